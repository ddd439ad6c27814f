"""Ten thousand applications with ten touches each: how long the engine takes to say what comes next for all."""

from __future__ import annotations

import time
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import followup_tui.domain.rules
from followup_tui.domain.model.application import Answer, Application, NextStep, Pace, Stage
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.interview import Interview, Interviewer
from followup_tui.domain.model.touch import CallOutcome, Channel, Direction, Touch, TouchKind
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.next_action import next_action
from followup_tui.domain.rules.playbook import playbook_of

TOUCHES = 10
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
_AFTERWARDS = (
    (TouchKind.CHECK_IN, Direction.OUT, Channel.EMAIL),
    (TouchKind.CALL, Direction.OUT, Channel.PHONE),
    (TouchKind.VOICEMAIL, Direction.OUT, Channel.PHONE),
    (TouchKind.REPLY, Direction.IN, None),
    (TouchKind.NOTE, Direction.NONE, None),
    (TouchKind.NOTE, Direction.NONE, None),
    (TouchKind.NOTE, Direction.NONE, None),
)


def seconds_for(applications: int, runs: int) -> list[float]:
    """Seconds for the next actions of so many applications, run by run; the values are made before."""
    import holidays

    all_details = made_details(applications)
    tables = tomllib.loads((Path(followup_tui.domain.rules.__file__).parent / "playbook.toml").read_text("utf-8"))
    playbook, _ = playbook_of(tables, {})
    days = {year: dict(holidays.country_holidays("US", years=year)) for year in (2026, 2027)}
    taken: list[float] = []
    for _ in range(runs):
        calendar = Calendar(ZoneInfo("Europe/Berlin"), region="US", free_days=lambda year: days.get(year, {}))
        started = time.perf_counter()
        for details in all_details:
            next_action(details, playbook, calendar, NOW)
        taken.append(time.perf_counter() - started)
    return taken


def made_details(applications: int) -> list[ApplicationDetails]:
    """Applications with an interview, a thank-you, nine other touches and what was said, the same each time."""
    random = Random(7)
    return [_made(random, number) for number in range(1, applications + 1)]


def _made(random: Random, number: int) -> ApplicationDetails:
    met_at = NOW - timedelta(minutes=random.randrange(60, 60 * 24 * 60))
    stage = random.choice((Stage.INTERVIEWED, Stage.THANKED, Stage.AWAITING, Stage.AWAITING))
    application = Application(
        number=number,
        company=f"Employer {number}",
        role="dev",
        stage=stage,
        stage_at=met_at,
        pace=random.choice(tuple(Pace)),
        created_at=met_at,
    )
    id = application.id
    interview = Interview(application_id=id, starts_at=met_at, zone="America/New_York", created_at=met_at)
    contact = Contact(application_id=id, name="Dana Ruiz", phone="1", created_at=met_at)
    link = Interviewer(application_id=id, interview_id=interview.id, contact_id=contact.id)
    thanks = _touch(id, TouchKind.THANK_YOU, Direction.OUT, Channel.EMAIL, met_at + timedelta(hours=5), interview)
    later = sorted(met_at + (NOW - met_at) * random.random() for _ in range(TOUCHES - 1))
    touches = [_touch(id, *random.choice(_AFTERWARDS), at, None) for at in later]
    said = NextStep(
        application_id=id,
        answer=random.choice(tuple(Answer)),
        by_on=(met_at + timedelta(days=random.randrange(30))).date(),
        said_at=max([met_at, *(touch.at for touch in touches if touch.kind is TouchKind.REPLY)]),
        created_at=met_at,
    )
    return ApplicationDetails(
        application=application,
        contacts=(contact,),
        interviews=(interview,),
        interviewers=(link,),
        touches=tuple(sorted((thanks, *touches), key=lambda touch: touch.at)),
        next_steps=(said,),
    )


def _touch(
    id: str,
    kind: TouchKind,
    direction: Direction,
    channel: Channel | None,
    at: datetime,
    interview: Interview | None,
) -> Touch:
    return Touch(
        application_id=id,
        kind=kind,
        direction=direction,
        channel=channel,
        at=at,
        interview_id=interview.id if interview else None,
        contact_id=None,
        outcome=CallOutcome.NO_ANSWER if kind is TouchKind.CALL else None,
        created_at=at,
    )
