"""Scores quick add's reading of lines as people type them: `python -m domain.typed_lines` in `tests`.

A line of the files says what is right: company, role, hour (with its zone where it isn't the user's), end, people,
and words that must be kept: "tags …", "link …", "applied …", "place …" in their fields, others in the note; a
semicolon divides fields. "ask" stands for a line of which a part can't be understood.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.when import When
from followup_tui.domain.parsing.quick_entry import QuickEntry, parse_quick_entry

CASES = Path(__file__).parent / "cases"
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 10, tzinfo=BERLIN)
"""A Wednesday."""


def typed_lines(half: str) -> list[tuple[str, str]]:
    """The lines of one file, such as "tuning", each with what is right."""
    text = (CASES / f"lines-{half}.txt").read_text(encoding="utf-8")
    pairs = (row.split(" => ") for row in text.splitlines())
    return [(typed.removeprefix("{GB}"), right) for typed, right in pairs]


def verdict(typed: str, right: str) -> str:
    """Whether a line was read "right", was "asked" about, or was read "wrong"."""
    entry = parse_quick_entry(typed, now=NOW, zone=BERLIN)
    if right == "ask":
        return "right" if entry.problems or entry.unread or entry.doubts else "wrong"
    company, role, when, end, people, others = (field.strip() for field in right.split("|"))
    agrees = (
        (entry.company, entry.role) == (company, role)
        and _said(entry.when) == (when, end)
        and _are_named(entry.people, [one.strip() for one in people.split(";") if one.strip()])
        and _keeps(entry, others)
    )
    missing_role = not role and len(entry.problems) == 1 and "role" in entry.problems[0]
    if agrees and not (entry.unread or entry.doubts) and (not entry.problems or missing_role):
        return "right"
    return "asked" if entry.problems or entry.unread or entry.doubts else "wrong"


def _said(when: When | None) -> tuple[str, str]:
    if when is None:
        return "", ""
    said = f"{when.at:%Y-%m-%d %H:%M}" if when.at else str(when.day)
    zone = "" if when.zone == BERLIN.key else f" {when.zone}"
    return said + zone, f"{when.ends_at:%H:%M}" if when.ends_at else ""


def _are_named(people: tuple[Person, ...], names: list[str]) -> bool:
    def is_named(one: Person, said: str) -> bool:
        field = "email" if "<" in said else "phone" if said[-1].isdigit() else "name"
        name = said.partition(" <")[0].partition(" +")[0]
        return bool(getattr(one, field)) and (one.name.endswith(name) or one.phone == said)

    return len(people) == len(names) and all(map(is_named, people, names))


def _keeps(entry: QuickEntry, others: str) -> bool:
    fields = {
        "tags": " ".join(entry.tags),
        "link": entry.url.removeprefix("https://"),
        "applied": str(entry.applied_on),
        "decides": str(entry.decides_on),
        "location": entry.location,
        "place": entry.meeting.place.removeprefix("https://"),
        "pay": entry.pay,
        "mode": entry.work_mode or "",
        "referrer": entry.referrer,
        "note": entry.note,
    }
    said = (other.partition(" ") for other in others.split("; "))
    return all(
        fields.get(kind, value) == value.removeprefix("https://") for kind, _, value in said if kind in fields
    )


if __name__ == "__main__":
    for half in ("tuning", "held-out", "wide", "interviewed", "later", "unseen", "fresh"):
        read = [(verdict(typed, right), typed) for typed, right in typed_lines(half)]
        print(half, {word: sum(one == word for one, _ in read) for word in ("right", "asked", "wrong")})
        for word, typed in read:
            if word != "right":
                print(f"  {word}: {typed}")
