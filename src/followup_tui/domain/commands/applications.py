"""Making an application from a draft, editing it, and deleting it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from followup_tui.domain.commands.application_people import contact_of, link_of, people_edits
from followup_tui.domain.model.application import Application, interviewed
from followup_tui.domain.model.application_form import ApplicationForm, usually_met
from followup_tui.domain.model.change import Change, Edit, change_on, moment_at
from followup_tui.domain.model.details import (
    ApplicationDetails,
    Entity,
    latest_interview,
    next_recorded_at,
    people_in,
    stage_start,
)
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.interview import Interview, end_instant, instant, when_of
from followup_tui.domain.model.letter import Letter
from followup_tui.domain.model.next_step import Answer, NextStep
from followup_tui.domain.model.same_person import recognised, with_newcomers
from followup_tui.domain.model.stage import Stage
from followup_tui.domain.model.when import When
from followup_tui.domain.rules.withdrawal import booked_when_moved


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
    if draft.applied_only and draft.interview is None:
        application = replace(application, stage=Stage.AWAITING, applied_only=True)
    interview = _interview(application.id, draft, draft.interview, now) if draft.interview else None
    met = usually_met(draft.people) if draft.met is None else draft.met
    everybody = with_newcomers(draft.people, met)
    people = [contact_of(application.id, person, moment_at(now, place)) for place, person in enumerate(everybody)]
    rows: list[Entity] = [application, *people, *([interview] if interview else [])]
    if interview and draft.decides_on:
        rows.append(_decision(interview, draft.decides_on, now, moment_at(now, len(people))))
    there = recognised(everybody, met).values()
    links = [
        link_of(interview, contact)
        for contact, person in zip(people, everybody, strict=True)
        if interview and any(one is person for one in there)
    ]
    return Change(
        verb="add",
        label=f"{draft.company} added",
        at=now,
        edits=tuple(Edit(None, row) for row in (*rows, *links)),
    )


def _decision(interview: Interview, day: date, now: datetime, created_at: datetime) -> NextStep:
    """What they said at the interview: by which day they decide."""
    return NextStep(
        application_id=interview.application_id,
        answer=Answer.DECIDE_BY,
        by_on=day,
        interview_id=interview.id,
        said_at=now,
        zone=interview.zone,
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
        raise Refused(f"{application.company} is like that already; nothing was changed.")
    edits = (Edit(application, after), *parts)
    return Change(verb="edit", label=f"{draft.company} edited", at=now, edits=edits)


def form_for(details: ApplicationDetails) -> ApplicationForm:
    """The draft that editing an application starts from; saving it unchanged changes nothing."""
    application = details.application
    interview = latest_interview(details)
    return ApplicationForm(
        company=application.company,
        role=application.role,
        interview=when_of(interview) if interview else None,
        people=tuple(contact.person for contact in details.contacts),
        kind=interview.kind if interview else None,
        place=interview.place if interview else "",
        url=application.url,
        location=application.location,
        source=application.source,
        tags=application.tags,
        notes=application.notes,
        region=application.region,
        pace=application.pace,
        pay=application.pay,
        referrer=application.referrer,
        work_mode=application.work_mode,
        applied_on=application.applied_on,
        applied_only=application.applied_only,
    )


def with_met(details: ApplicationDetails, draft: ApplicationForm) -> ApplicationForm:
    """The draft that says who was in the latest interview, too: whoever comes isn't taken to have been there."""
    interview = latest_interview(details)
    return replace(draft, met=tuple(one.person for one in people_in(interview, details)) if interview else ())


def _as_typed(application: Application, draft: ApplicationForm) -> Application:
    return replace(
        application,
        company=draft.company,
        role=draft.role,
        url=draft.url,
        location=draft.location,
        source=draft.source,
        tags=draft.tags,
        notes=draft.notes,
        region=draft.region,
        pace=draft.pace,
        pay=draft.pay,
        referrer=draft.referrer,
        work_mode=draft.work_mode,
        applied_on=draft.applied_on,
    )


def _interview(application_id: str, draft: ApplicationForm, when: When, now: datetime) -> Interview:
    return Interview(
        application_id=application_id,
        starts_at=instant(when),
        ends_at=end_instant(when),
        zone=when.zone,
        time_known=when.at is not None,
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
    said = replace(interview, kind=draft.kind, place=draft.place)
    if when == when_of(interview):
        return [] if said == interview else [Edit(interview, said)]
    moved = replace(
        said,
        starts_at=instant(when),
        zone=when.zone,
        time_known=when.at is not None,
        ends_at=end_instant(when),
    )
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
    parts = (
        letters,
        details.offers,
        details.next_steps,
        details.touches,
        details.interviewers,
        details.interviews,
        details.contacts,
    )
    edits = tuple(Edit(row, None) for rows in parts for row in rows)
    application = details.application
    return change_on("delete", application, " deleted", now, (*edits, Edit(application, None)))
