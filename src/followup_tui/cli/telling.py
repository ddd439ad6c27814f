"""One application, or the journal, told in lines and as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

from followup_tui.cli.saying import say, say_table
from followup_tui.domain.describe import describe_round, describe_stage, describe_touch, remarks
from followup_tui.domain.format import format_day, format_moment
from followup_tui.domain.letters.description import describe_letter
from followup_tui.domain.model.change import EntryState, JournalEntry
from followup_tui.domain.model.details import Entity, latest_interview, people_in
from followup_tui.domain.model.letter import Letter
from followup_tui.domain.model.text import shown, shown_line
from followup_tui.domain.rules.action import NextAction
from followup_tui.domain.views.summary import (
    Summary,
    chain_of,
    describe_answers,
    describe_contact_rules,
    describe_due_date,
    describe_own_dates,
    describe_task,
)

_TAKEN_BACK = {EntryState.UNDONE: "undone", EntryState.DROPPED: "undone for good"}


def entry_rows(entries: Iterable[JournalEntry], now: datetime) -> list[tuple[str, ...]]:
    """The journal's lines as rows: when, what, and whether it was taken back."""
    return [(format_moment(entry.at, now), entry.label, _TAKEN_BACK.get(entry.state, "")) for entry in entries]


def entry_object(entry: JournalEntry) -> dict[str, Any]:
    """A line of the journal as JSON has it."""
    return {name: _plain(getattr(entry, name)) for name in ("sequence", "at", "verb", "label", "state")}


def _next_object(action: NextAction, chain: list[str]) -> dict[str, Any]:
    """The next action as `due --json` has it, and the chain that led to its date."""
    return {
        "action": action.action,
        "due_on": action.due_on.isoformat(),
        "state": action.state,
        "days": action.days,
        "channel": action.channel,
        "contact": action.contact or None,
        "why": action.why,
        "asks_on": action.step.asks_on.isoformat(),
        "chain": chain,
    }


def object_of(briefing: Summary, letters: Sequence[Letter]) -> dict[str, Any]:
    """Everything about an application: the names of `list --json`, and what that leaves out."""
    details = briefing.details
    application, latest = details.application, latest_interview(details)
    whole = _object(application) | {"uid": application.id, "id": application.number}
    whole["stage_since"] = whole.pop("stage_at")
    del whole["number"]
    whole["interview"] = latest and {
        "starts_at": _plain(latest.starts_at),
        "zone": latest.zone,
        "time_known": latest.time_known,
    }
    return whole | {
        "damaged": False,
        "next_action": _next_object(briefing.action, chain_of(briefing)) if briefing.action else None,
        "contacts": [_part(contact) for contact in details.contacts],
        "interviews": [
            _part(each) | {"interviewer_uids": [person.id for person in people_in(each, details)]}
            for each in details.interviews
        ],
        "touches": [_part(touch) for touch in details.touches],
        "next_steps": [_part(answer) for answer in details.next_steps],
        "letters": [_part(letter) for letter in letters],
    }


def _object(entity: Entity) -> dict[str, Any]:
    return {each.name: _plain(getattr(entity, each.name)) for each in fields(entity) if each.name != "version"}


def _part(entity: Entity) -> dict[str, Any]:
    """A row that belongs to an application: ids are called uid, as everywhere in the JSON."""
    found = _object(entity)
    del found["application_id"]
    return {re.sub(r"(?:^|(?<=_))id$", "uid", name): value for name, value in found.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def say_dossier(briefing: Summary, letters: Sequence[Letter]) -> None:
    """Print everything about an application for a person, what comes next and why before all else."""
    details, now = briefing.details, briefing.now
    application = details.application
    say(f"{shown_line(application.company)} · {shown_line(application.role)}")
    facts = [
        ("ID", str(application.number)),
        ("Stage", describe_stage(details, now)),
        ("Location", application.location),
        ("Link", application.url),
        ("Found at", application.source),
        ("Tags", ", ".join(application.tags)),
        ("Applied", format_day(application.applied_on, now.date()) if application.applied_on else ""),
    ]
    say_table([(f"{name}:", value) for name, value in facts if value])
    _say_section("Next", _next_lines(briefing))
    _say_section("Set by hand", describe_own_dates(briefing))
    _say_section("People", [_person(each.name, each.title, each.email, each.phone) for each in details.contacts])
    _say_section("Rounds", [describe_round(each, details, now) for each in details.interviews])
    _say_section("What they said", [f"{day}  {words}" for day, words in describe_answers(briefing)])
    _say_section(
        "History",
        [
            f"{format_moment(each.at, now)}  {describe_touch(each, details)}{remarks(each)}"
            for each in reversed(details.touches)
        ],
    )
    for letter in reversed(letters):
        told = [] if letter.sent_at is None else [letter.subject, "", *letter.body.split("\n")]
        _say_section(f"Letter: {describe_letter(letter, details, now)}", told or ["(a draft; `letter` shows it)"])
    _say_section("Notes", application.notes.split("\n") if application.notes else [])


def _say_section(heading: str, lines: list[str]) -> None:
    if lines:
        say(f"\n{heading}")
        for line in lines:
            say(f"  {shown(line)}".replace("\n", "\n    "))


def _person(*parts: str) -> str:
    return " · ".join(shown_line(part) for part in parts if part)


def _next_lines(briefing: Summary) -> list[str]:
    """What comes next and by when, why, what was counted from where, and what the guard says."""
    action = briefing.action
    if action is None:
        return []
    when = describe_due_date(action, briefing.today)
    said = [f"{describe_task(briefing)} {when}".rstrip(), action.why, *chain_of(briefing)]
    return [*said, *(f"Contact by {words}." for words in describe_contact_rules(briefing))]
