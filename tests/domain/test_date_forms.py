"""Dates as people write them in six languages, in mails and in calendars; the clock stands on Wed 18 Nov 2026."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.when import Prefer
from followup_tui.domain.parsing.dates import parse_when

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 10, tzinfo=BERLIN)
FORMS = (Path(__file__).parent / "cases" / "dates-wide.txt").read_text(encoding="utf-8").splitlines()


def read(text: str, field: str = "interview") -> str:
    """Return what a text means, in Berlin, or "ask" where it is refused."""
    try:
        when = parse_when(text, now=NOW, zone=BERLIN, lean=Prefer.FUTURE, field=field)
    except BadInput:
        return "ask"
    start = when.at.astimezone(BERLIN).strftime("%Y-%m-%d %H:%M") if when.at else str(when.day)
    return start + (when.ends_at.astimezone(BERLIN).strftime("-%H:%M") if when.ends_at else "")


@pytest.mark.parametrize("form", FORMS)
def test_a_date_is_read_in_the_form_in_which_people_write_it(form: str) -> None:
    text, _, right = form.partition(" => ")
    assert read(text) == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Dienstag in zwei Wochen", "2026-12-08"),
        ("tuesday week", "2026-12-01"),
        ("a week on thursday", "2026-11-26"),
        ("in drei Tagen", "2026-11-21"),
        ("dans deux mois", "2027-01-18"),
        ("le 27 à 10h", "2026-11-27 10:00"),
        ("30 Nov 1430", "2026-11-30 14:30"),
        ("30 Nov 2027", "2027-11-30"),
        ("12.30.2026", "2026-12-30"),
        ("13.11.2026", "2026-11-13"),
        ("fri 9-10", "2026-11-20 09:00-10:00"),
        ("de 9h à 10h vendredi", "2026-11-20 09:00-10:00"),
    ],
)
def test_the_neighbours_of_these_forms(text: str, right: str) -> None:
    assert read(text) == right


def test_weeks_after_a_weekday_are_one_day_whatever_it_is_for() -> None:
    assert {read("monday week", field) for field in ("interview", "by", "until")} == {"2026-11-30"}
