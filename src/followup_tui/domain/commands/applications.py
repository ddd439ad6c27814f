"""Making an application from a draft, editing it, deleting it, and the dates that the user sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from followup_tui.domain.describe import describe_interview
from followup_tui.domain.format import format_day
from followup_tui.domain.model.application import Answer, Application, NextStep, Pace, Stage, interviewed
from followup_tui.domain.model.application_form import ApplicationForm, OfferTerms, stored_link, usually_met
from followup_tui.domain.model.change import (
    Change,
    Edit,
    change_on,
    contact_of,
    edits_between,
    link_of,
    moment_at,
    people_edits,
)
from followup_tui.domain.model.contact import Person, recognised, with_newcomers
from followup_tui.domain.model.details import (
    ApplicationDetails,
    Entity,
    Offer,
    latest_interview,
    next_recorded_at,
    open_offer,
    people_in,
    stage_start,
)
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.interview import Interview, instant, time_of, when_of
from followup_tui.domain.model.text import fold_name
from followup_tui.domain.model.touch import Letter
from followup_tui.domain.model.when import When
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.rules.check_in import to_send
from followup_tui.domain.rules.next_action import is_overtaken
from followup_tui.domain.rules.offers import booked_when_moved, tell_of_offer
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rounds import day_of_interview, over_at
from followup_tui.domain.rules.rule_context import context_of


def add(draft: ApplicationForm, *, number: int, now: datetime) -> Change:
    """A new application with its people and, where they were said, its interview and the day of the decision."""
    application = Application(
        number=number,
        company=draft.company,
        role=draft.role,
        stage_at=instant(draft.interview) if draft.interview else now,
        created_at=now,
    )
    application = _as_typed(application, draft)
    if draft.offer:
        application = replace(application, stage=Stage.AWAITING, stage_at=now)
    elif draft.applied_only and draft.interview is None:
        application = replace(application, stage=Stage.AWAITING, applied_only=True)
    if draft.outcome:
        application = replace(
            application, stage=Stage.MOVED_ON, stage_at=now, outcome=draft.outcome, closed_from=application.stage
        )
    interview = _interview(application.id, draft, draft.interview, now) if draft.interview else None
    met = usually_met(draft.people) if draft.met is None else draft.met
    everybody = with_newcomers(draft.people, met)
    people = [contact_of(application.id, person, moment_at(now, place)) for place, person in enumerate(everybody)]
    rows: list[Entity] = [application, *people]
    if interview:
        rows.append(interview)
    if interview and (draft.decides_on or draft.answer):
        rows.append(_answer(interview, draft, now, moment_at(now, len(people))))
    if draft.offer:
        rows.append(_offer(application.id, draft.offer, now, moment_at(now, len(people) + 1)))
    if interview:
        met_ids = {id(person) for person in recognised(everybody, met).values()}
        present = [contact for contact, person in zip(people, everybody, strict=True) if id(person) in met_ids]
        rows += (link_of(interview, contact) for contact in present)
    edits = tuple(Edit(None, row) for row in rows)
    return Change(verb="add", label=f"{draft.company} added", doing=" added", at=now, edits=edits)


def with_known_addresses(draft: ApplicationForm, others: Iterable[ApplicationDetails]) -> ApplicationForm:
    """The draft whose people have the email address by which they are known for another role at the employer.

    `others` are the applications there. Only those are completed of whom one address is known.
    """
    addresses_by_name: dict[str, set[str]] = {}
    for other in others:
        for contact in other.contacts:
            if contact.email:
                addresses_by_name.setdefault(fold_name(contact.name), set()).add(contact.email)

    def with_address(person: Person) -> Person:
        if not person.name or person.email:
            return person
        addresses = addresses_by_name.get(fold_name(person.name), set())
        return replace(person, email=next(iter(addresses))) if len(addresses) == 1 else person

    met = None if draft.met is None else tuple(map(with_address, draft.met))
    return replace(draft, people=tuple(map(with_address, draft.people)), met=met)


def _answer(interview: Interview, draft: ApplicationForm, now: datetime, created_at: datetime) -> NextStep:
    """What they said at the interview about the next step."""
    return NextStep(
        application_id=interview.application_id,
        answer=draft.answer or Answer.DECIDE_BY,
        by_on=draft.decides_on,
        interview_id=interview.id,
        said_at=min(now, interview.ends_at or interview.starts_at),
        zone=interview.zone,
        created_at=created_at,
    )


def _offer(application_id: str, terms: OfferTerms, now: datetime, created_at: datetime) -> Offer:
    """The offer that they had made when the application was added."""
    notes = "; ".join(filter(None, (terms.notes, terms.until)))
    return Offer(
        application_id=application_id,
        made_at=now,
        answer_by=terms.answer_by,
        pay=terms.pay,
        start=terms.start,
        notes=notes,
        created_at=created_at,
    )


def edit(details: ApplicationDetails, draft: ApplicationForm, now: datetime) -> Change:
    """What differs between the application and its edited draft. Refuses where nothing does.

    The application's own row is written with every edit: by its version others see that what they edit is old.
    """
    application = details.application
    rounds = _round_edits(details, draft, now)
    edited = replace(details, interviews=_held(details, rounds))
    after = _as_typed(application, draft)
    if rounds and draft.interview is not None and application.is_applied:
        after = interviewed(after, instant(draft.interview))
    elif rounds and application.stage is Stage.INTERVIEWED:
        after = replace(after, stage_at=stage_start(edited, Stage.INTERVIEWED, now))
    people = with_newcomers(draft.people, draft.met or ())
    parts = (*rounds, *people_edits(edited, people, draft.met, now))
    if after == application and not parts:
        raise Refused(f"{details.name} is like that already; nothing was changed.")
    edits = (Edit(application, after), *parts)
    doing = " edited" if draft.company == application.company else ""  # else the label has the new name
    return Change(verb="edit", label=f"{draft.company} edited", at=now, edits=edits, doing=doing)


_TYPED = (
    "company", "role", "location", "source", "tags", "notes", "region", "pace", "pay", "referrer", "work_mode",
    "applied_on",
)  # fmt: skip
"""What an application has as it was typed, by the name of the field."""


def form_for(details: ApplicationDetails) -> ApplicationForm:
    """The draft that editing an application starts from; saving it unchanged changes nothing."""
    application = details.application
    interview = latest_interview(details)
    return ApplicationForm(
        **{name: getattr(application, name) for name in (*_TYPED, "url", "applied_only")},
        interview=when_of(interview) if interview else None,
        people=tuple(contact.person for contact in details.contacts),
        kind=interview.kind if interview else None,
        place=interview.place if interview else "",
    )


def with_met(details: ApplicationDetails, draft: ApplicationForm) -> ApplicationForm:
    """The draft that says who was in the latest interview, too: whoever comes isn't taken to have been there."""
    interview = latest_interview(details)
    return replace(draft, met=tuple(one.person for one in people_in(interview, details)) if interview else ())


def _as_typed(application: Application, draft: ApplicationForm) -> Application:
    url = application.url if draft.url == application.url else stored_link(draft.url)
    return replace(application, url=url, **{name: getattr(draft, name) for name in _TYPED})


def _interview(application_id: str, draft: ApplicationForm, when: When, now: datetime) -> Interview:
    return Interview(
        application_id=application_id,
        **time_of(when),
        kind=draft.kind,
        place=draft.place,
        created_at=now,
    )


def _round_edits(details: ApplicationDetails, draft: ApplicationForm, now: datetime) -> list[Edit]:
    interview, when = latest_interview(details), draft.interview
    if interview is None:
        return [Edit(None, _interview(details.application.id, draft, when, now))] if when else []
    if when is None:
        return [Edit(interview, replace(interview, cancelled_at=next_recorded_at(details, now)))]
    revised = replace(interview, kind=draft.kind, place=draft.place)
    if when == when_of(interview):
        return [*edits_between(interview, revised)]
    moved = replace(revised, **time_of(when))
    if moved == interview:
        return []
    if moved.starts_at > now:
        moved = replace(moved, created_at=booked_when_moved(details, interview, now))
    return [Edit(interview, moved)]


def _held(details: ApplicationDetails, rounds: Sequence[Edit]) -> tuple[Interview, ...]:
    """The interviews as they are after the edits."""
    rows = {interview.id: interview for interview in details.interviews}
    rows |= {edit.after.id: edit.after for edit in rounds if isinstance(edit.after, Interview)}
    return tuple(rows.values())


def delete(details: ApplicationDetails, letters: Sequence[Letter], now: datetime) -> Change:
    """Delete an application with its people, interviews, touches, answers, offers and letters."""
    application = details.application
    rows: list[Entity] = [
        *letters,
        *details.offers,
        *details.next_steps,
        *details.touches,
        *details.interviewers,
        *details.interviews,
        *details.contacts,
        application,
    ]
    return change_on("delete", application, " deleted", now, tuple(Edit(row, None) for row in rows))


def snooze(details: ApplicationDetails, now: datetime, until: date | None, book: Rulebook) -> Change:
    """Put an application off until a day; None wakes it. Refuses what has moved on, and a day that has come."""
    application = _open(details)
    if until is None and application.snoozed_until is None:
        raise Refused(f"{details.name} isn't snoozed; nothing was changed.")
    if until is not None and application.is_applied and application.pinned_on is None:
        raise Refused(
            f"{details.name} has nothing due until an interview is recorded; nothing was changed. Pin a"
            " date to be reminded of it."
        )
    today = book.calendar.day_of(now)
    require_ahead(until, today, "snoozed")
    doing = f" snoozed until {format_day(until, today)}" if until else " is back"
    set_at = now if until else None
    if until == application.snoozed_until and not is_overtaken(
        context_of(details, book, now), application.snoozed_at
    ):
        set_at = application.snoozed_at
    after = replace(application, snoozed_until=until, snoozed_at=set_at)
    return _changed("snooze", application, after, doing, now)


def commitments_before(details: ApplicationDetails, now: datetime, until: date, book: Rulebook) -> list[str]:
    """What is fixed between now and a day, in words: interviews, a promised call, what is to be sent, offers."""
    calendar, local = book.calendar, now.astimezone(book.calendar.zone)
    context = context_of(details, book, now)
    history = context.history
    fixed = [
        describe_interview(interview, local)
        for interview in sorted(details.uncancelled, key=lambda interview: interview.starts_at)
        if over_at(interview, book.playbook) > now and day_of_interview(interview, calendar) < until
    ]
    today = local.date()  # what was due before is late already, and the card says so
    promise = history.promise
    if promise is not None and promise.message is None and today <= promise.on < until:
        missed = "" if now < promise.missed_at else ", which didn't come"
        fixed.append(f"the call they promised for {format_day(promise.on, today)}{missed}")
    wanted = to_send(context)
    if wanted is not None and wanted.by_on is not None and today <= wanted.by_on < until:
        fixed.append(f"what they asked you to send by {format_day(wanted.by_on, today)}")
    offer = open_offer(details)
    if offer is not None and offer.answer_by is not None and offer.answer_by < until:
        fixed.append(f"their offer's deadline on {format_day(offer.answer_by, today)}")
    news = tell_of_offer(context)
    if news is not None and today < news.due_on < until:
        fixed.append(f"{ActionKind.TELL_OF_OFFER.label} by {format_day(news.due_on, today)}")
    return fixed


def pin(details: ApplicationDetails, now: datetime, on: date | None, why: str, book: Rulebook) -> Change:
    """A date of the user's own with its reason, which beats the playbook's; None takes it off.

    A snooze ends with it. Refuses what has moved on, a day that has passed, and a pin without a reason.
    """
    application = _open(details)
    today = book.calendar.day_of(now)
    if on is None:
        if application.pinned_on is None:
            raise Refused(f"{details.name} isn't pinned; nothing was changed.")
        unpinned = replace(application, pinned_on=None, pinned_why="", pinned_at=None)
        return _changed("pin", application, unpinned, " unpinned", now)
    require_ahead(on, today, "pinned", or_today=True)
    if not why.strip():
        raise BadInput("Say why with a pin, so that you know on that day; nothing was changed.", "why")
    is_same = (on, why.strip()) == (application.pinned_on, application.pinned_why)
    is_same = is_same and not is_overtaken(context_of(details, book, now), application.pinned_at)
    set_at = application.pinned_at if is_same else now
    awake = replace(application, snoozed_until=None, snoozed_at=None)
    after = replace(awake, pinned_on=on, pinned_why=why.strip(), pinned_at=set_at)
    return _changed("pin", application, after, f" pinned to {format_day(on, today)}: {why.strip()}", now)


def set_pace(details: ApplicationDetails, now: datetime, pace: Pace) -> Change:
    """How fast the employer decides. Refuses where it is so already."""
    application = details.application
    if application.pace is pace:
        raise Refused(f"The pace of {details.name} is {pace.value} already; nothing was changed.")
    return _changed("pace", application, replace(application, pace=pace), f": pace {pace.value}", now)


def set_region(details: ApplicationDetails, now: datetime, region: str) -> Change:
    """Where the employer's holidays are; empty is the user's home region. Refuses where it is so already."""
    application = details.application
    if application.region == region:
        raise Refused(f"{details.name} has the region {region or 'of your home'} already; nothing was changed.")
    doing = f": region {region or 'as at home'}"
    return _changed("region", application, replace(application, region=region), doing, now)


def _open(details: ApplicationDetails) -> Application:
    application = details.application
    if application.stage is Stage.MOVED_ON:
        raise Refused(f"{details.name} is closed, so nothing is due; nothing was changed.")
    return application


def require_ahead(day: date | None, today: date, verb: str, *, or_today: bool = False) -> None:
    """Refuse a day of the user's own that is past."""
    if day is not None and (day < today or (day == today and not or_today)):
        raise BadInput(
            f"It can't be {verb} to {format_day(day, today)}, which isn't ahead; nothing was"
            " changed, name a later day.",
            "date",
        )


def _changed(verb: str, before: Application, after: Application, doing: str, now: datetime) -> Change:
    if before == after:
        raise Refused(f"{before.company} is like that already; nothing was changed.")
    return change_on(verb, before, doing, now, (Edit(before, after),))
