"""The flows that log a contact: a thank-you, what it was, when it was, and whether to go against the guard."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date, datetime

from followup_tui.domain.commands.touches import LOGGABLE, Thanks, describe_postal_time, postal_warning
from followup_tui.domain.commands.touches import thank as thank_change
from followup_tui.domain.format import capitalized, format_day, format_moment
from followup_tui.domain.model.contact import Contact, contacts_named
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.touch import CallOutcome, Channel, Touch, TouchKind
from followup_tui.domain.model.when import Prefer, When
from followup_tui.domain.rules.contact_meaning import meanings
from followup_tui.domain.rules.guard import Blocked, Verdict
from followup_tui.domain.rules.rule_context import context_of
from followup_tui.domain.rules.thank_you import likely_way_to_thank, possibly_met
from followup_tui.domain.views.options import CALLED, CALLS, KINDS, LATER, MEANINGS, MOST_PEOPLE, WAYS, likely_kind
from followup_tui.flows.question import Choice, Flow, Option, Run, Selection, Text, flow_of


def thank(selection: Selection) -> Flow:
    """Ask how a thank-you was sent, to whom if several people wait, and when if not now.

    Raises `Refused` if nobody waits for one.
    """
    waiting: tuple[Contact, ...] = ()
    perhaps: tuple[Contact, ...] = ()
    if len(selection.cards) == 1:
        waiting = people_to_thank(selection)
        perhaps = () if waiting else possibly_met(selection.history)
    person: Contact | None = None
    at: datetime | None = None
    while True:
        chosen = yield _thank_question(selection, waiting or perhaps, person, at)
        if isinstance(chosen, Channel):
            break
        if chosen is None:
            at = yield moment_question(selection, "when was the thank-you sent?")
        else:
            person = chosen
    thanked = (person,) if person else perhaps
    to = tuple(_name_or_id(contact, selection.details.contacts) for contact in thanked)
    remark = ""
    if chosen is Channel.POST:
        late = postal_warning(selection.details, at or selection.now, selection.rules)
        remark = late or describe_postal_time(selection.rules.playbook)
    return Run(
        lambda ids, seen, why: selection.tracker.commands.thank(
            ids, to=to, by=chosen, at=at, override=why, versions=seen
        ),
        remark=remark,
    )


def people_to_thank(selection: Selection) -> tuple[Contact, ...]:
    """Who would be thanked now, found by a dry run; raises its refusal. An override skips the guard."""
    change = thank_change(selection.details, selection.now, Thanks(override="dry run"), selection.rules)
    ids = {edit.after.contact_id for edit in change.edits if isinstance(edit.after, Touch)}
    return tuple(contact for contact in selection.details.contacts if contact.id in ids)


def log(selection: Selection) -> Flow:
    """Ask what happened, when if not now, and how a call went."""
    at: datetime | None = None
    while True:
        kind = yield selection.choice(
            f"what happened{time_words(selection, at)}?",
            options=KINDS if at else [*KINDS, LATER],
            marked=likely_kind(selection.cards),
        )
        if kind is not None:
            break
        at = yield moment_question(selection, "when was it?")
    if kind == CALLED:
        return (yield from flow_of("answer")(selection))  # what they said is kept as their reply
    outcome, left_voicemail = None, False
    if kind == "call":
        outcome, left_voicemail = yield selection.choice(
            f"how did the call go{time_words(selection, at)}?", options=CALLS
        )
    if left_voicemail:
        return unanswered_call(selection, at)
    return (yield from contact(selection, kind, at, outcome))


def _thank_question(
    selection: Selection, waiting: Sequence[Contact], person: Contact | None, at: datetime | None
) -> Choice:
    people = (person,) if person else waiting
    names = [contact.label for contact in people]
    whom = ""
    if len(names) > 2:
        whom = f" to all {len(names)}"
    elif names:
        whom = f" to {' and '.join(names)}"
    likely = likely_way_to_thank(selection.details.contacts, people) if people else Channel.EMAIL
    now = ", now" if at is None else ""
    options: list[Option] = [(key, f"{label}{now}" if way is likely else label, way) for key, label, way in WAYS]
    if at is None:
        options.append(LATER)
    alone: list[Option] = []
    if person is None:
        for number, contact in enumerate(waiting[:MOST_PEOPLE], 1):
            alone.append((str(number), f"Only {contact.label}…", contact))
    return selection.choice(
        f"thank-you{whom}{time_words(selection, at)}",
        options=[*options, *alone] if len(alone) > 1 else options,
        marked=likely,
        unlisted=alone,
    )


def _name_or_id(person: Contact, contacts: Sequence[Contact]) -> str:
    """The name, by which a repeated command finds the person elsewhere too; the id if several share the name."""
    name = person.label
    return name if len(contacts_named(contacts, name)) == 1 else person.id


def time_words(selection: Selection, at: datetime | None) -> str:
    """When it was, behind a question: ", yesterday 16:00"; empty for now."""
    return f", {format_moment(at, selection.now)}" if at else ""


def what_to_send(selection: Selection) -> Generator[Text, tuple[str, When | None] | None, tuple[str, When | None]]:
    """Ask what they want to be sent; a day behind the last comma is when: "two references, by Friday"."""

    def read(text: str) -> tuple[str, When | None]:
        what, _, day = text.rpartition(",")
        try:
            return what.strip(), selection.understand_day(day.strip().removeprefix("by "), field="by")
        except BadInput:
            return text, None

    def said(text: str) -> str:
        what, when = read(text)
        return f"{what}, by {selection.format_when(when)}" if what and when else what or "and what?"

    told = yield selection.text(
        "what do they want from you?",
        parse=read,
        echo=said,
        placeholder="two references, by fri",
        enter="continues (optional)",
        may_be_empty=True,
    )
    return told or ("", None)


def moment_question(selection: Selection, question: str) -> Text:
    """Ask for a moment in the past, and say it back; of a day without an hour the day alone."""

    def echo(text: str) -> str:
        moment, when = selection.understand_moment(text), selection.understand_day(text, Prefer.PAST)
        return format_moment(moment, selection.now) if when.at else format_day(when.day, selection.now.date())

    return selection.text(
        question,
        parse=selection.understand_moment,
        echo=echo,
        examples=("yesterday 16:00", "fri"),
        enter="continues",
    )


def contact(selection: Selection, kind: str, at: datetime | None, outcome: CallOutcome | None) -> Flow:
    """Log one contact; asks what it was where it may be the thank-you that is due, or news of an offer elsewhere.

    Of several applications each contact is what is due there.
    """
    if len(selection.cards) > 1 or outcome is CallOutcome.NO_ANSWER:
        return log_contact(selection, kind, at=at, outcome=outcome)
    context = context_of(selection.details, selection.rules, at or selection.now)
    touch_kind, _, by = LOGGABLE[kind]
    possible = meanings(touch_kind, context, by)
    if TouchKind.THANK_YOU not in possible and TouchKind.OTHER_OFFER not in possible:
        return log_contact(selection, kind, at=at, outcome=outcome)
    options: list[Option] = [(*MEANINGS[meaning], meaning) for meaning in possible]
    if possible[0] is TouchKind.THANK_YOU:
        options[:1] = _thank_options([contact for contact in context.history.unthanked if contact is not None])
    chosen = yield selection.choice("what was it?", options=options)
    if isinstance(chosen, Contact):
        return Run(
            lambda ids, seen, why: selection.tracker.commands.thank(
                ids, to=(chosen.id,), by=by, at=at, override=why, versions=seen
            )
        )
    # Repeated for another application, the likeliest is what is due there.
    return log_contact(selection, kind, at=at, outcome=outcome, meant=None if chosen is possible[0] else chosen)


def _thank_options(waiting: Sequence[Contact]) -> list[Option]:
    """A thank-you to all who wait, then to each alone where several do."""
    key, label = MEANINGS[TouchKind.THANK_YOU]
    if waiting:
        label = f"The thank-you to {' and '.join(contact.label for contact in waiting)}"
    options: list[Option] = [(key, label, TouchKind.THANK_YOU)]
    if len(waiting) > 1:
        for number, contact in enumerate(waiting[:MOST_PEOPLE], 1):
            options.append((str(number), f"The thank-you to {contact.label} only", contact))
    return options


def log_contact(
    selection: Selection,
    kind: str,
    *,
    at: datetime | None = None,
    outcome: CallOutcome | None = None,
    meant: TouchKind | None = None,
) -> Run:
    """Log one contact; `kind` is a word of `LOGGABLE`."""
    return Run(
        lambda ids, seen, why: selection.tracker.commands.log(
            ids, kind, at=at, outcome=outcome, meant=meant, override=why, versions=seen
        )
    )


def unanswered_call(selection: Selection, at: datetime | None = None) -> Run:
    """Log a call that nobody answered and the voicemail that was left."""
    return Run(
        lambda ids, seen, why: selection.tracker.commands.log_unanswered(ids, at=at, override=why, versions=seen)
    )


def confirm_guard(selection: Selection, run: Run, blocked: Blocked) -> Flow:
    """Ask why to contact them against the guard's advice."""
    verdict, today = blocked.verdict, selection.now.date()
    fine = describe_fine_from(verdict, today)
    reason = yield selection.text(
        fine,
        lead=blocked.sentence,
        placeholder="Why do it anyway?",
        enter="does it anyway",
        escape="cancels",
        is_unexpected=True,
        line_question=f"{blocked.sentence} {capitalized(fine)}. Why do it anyway?",
    )
    return Run(run.command, remark=run.remark, decides=run.decides, reason=reason)


def describe_fine_from(verdict: Verdict, today: date) -> str:
    """From which day the guard allows a contact: "fine from Mon 23 Nov"."""
    return f"fine from {format_day(verdict.from_on, today)}" if verdict.from_on else "better not"


def confirm_date(selection: Selection, day: date | None, verb: str) -> Generator[Choice, bool, bool]:
    """Ask whether to snooze or pin it past what is fixed before the day; True where nothing is."""
    fixed = selection.tracker.queries.commitments_before(selection.ids, day)
    if not fixed:
        return True
    return (
        yield selection.choice(
            f"{verb.lower()} it anyway?",
            options=[
                ("n", "Leave it as it is", False),  # first, where Enter finds it
                ("y", f"{verb} it; interviews and offers stay on the card", True),
            ],
            refusal=fixed,
        )
    )
