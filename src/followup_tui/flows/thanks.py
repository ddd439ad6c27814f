"""The flow that records a thank-you, and how it asks when something happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from followup_tui.domain.commands.touches import Thanks, describe_postal_time, postal_warning
from followup_tui.domain.commands.touches import thank as thank_change
from followup_tui.domain.format import format_moment
from followup_tui.domain.model.contact import Contact, contacts_named
from followup_tui.domain.model.touch import Channel, Touch
from followup_tui.domain.rules.thank_you import possibly_met
from followup_tui.domain.views.options import LATER, MOST_PEOPLE, WAYS
from followup_tui.flows.question import Choice, Flow, Option, Run, Text
from followup_tui.flows.selection import Selection


def thank(selection: Selection) -> Flow:
    """Ask how a thank-you was sent, to whom if several people wait, and when if not now.

    Raises `Refused` if nobody waits for one.
    """
    named = people_to_thank(selection) if len(selection.cards) == 1 else ()
    perhaps = possibly_met(selection.history) if len(selection.cards) == 1 and not named else ()
    waiting = named or perhaps
    person: Contact | None = None
    at: datetime | None = None
    while True:
        chosen = yield _thank_question(selection, waiting, person, at)
        if isinstance(chosen, Channel):
            break
        if chosen is None:
            at = yield moment_question(selection, "when was the thank-you sent?")
        else:
            person = chosen
    meant = (person,) if person else perhaps
    to = tuple(_name_or_id(one, selection.details.contacts) for one in meant)
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


def _thank_question(
    selection: Selection, waiting: Sequence[Contact], person: Contact | None, at: datetime | None
) -> Choice:
    names = [each.label for each in ((person,) if person else waiting)]
    whom = f" to {' and '.join(names)}" if 1 <= len(names) <= 2 else f" to all {len(names)}" if names else ""
    options: list[Option] = list(WAYS)
    if at is None:
        key, label, channel = options[0]
        options[0] = (key, f"{label}, now", channel)
        options.append(LATER)
    alone: list[Option] = []
    if person is None:
        alone = [
            (str(number), f"Only {each.label}…", each) for number, each in enumerate(waiting[:MOST_PEOPLE], 1)
        ]
    return selection.choice(
        f"thank-you{whom}{time_words(selection, at)}",
        options=[*options, *alone] if len(alone) > 1 else options,
        unlisted=alone,
    )


def _name_or_id(person: Contact, contacts: Sequence[Contact]) -> str:
    """The name, by which a repeated command finds the person elsewhere too; the id if several share the name."""
    name = person.label
    return name if len(contacts_named(contacts, name)) == 1 else person.id


def time_words(selection: Selection, at: datetime | None) -> str:
    """When it was, behind a question: ", yesterday 16:00"; empty for now."""
    return f", {format_moment(at, selection.now)}" if at else ""


def moment_question(selection: Selection, question: str) -> Text:
    """Ask for a moment in the past."""
    return selection.text(
        question,
        parse=selection.understand_moment,
        echo=lambda text: format_moment(selection.understand_moment(text), selection.now),
        examples=("yesterday 16:00", "fri"),
        enter="continues",
    )
