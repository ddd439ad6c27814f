"""Dates that contradict themselves, and words that mean several days at once."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.format import format_full_day
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.when import Prefer
from followup_tui.domain.parsing.dates import parse_when
from followup_tui.domain.parsing.day_rules import NO_REGION, DayRules
from followup_tui.domain.parsing.quick_entry import parse_quick_entry

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=BERLIN)
"""A Wednesday."""
FRIDAY_FREE = DayRules(lambda day: day.weekday() not in {4, 5})


def day(typed: str, field: str = "date", lean: Prefer = Prefer.FUTURE, days: DayRules = NO_REGION) -> str:
    found = parse_when(typed, now=NOW, zone=BERLIN, lean=lean, field=field, days=days)
    return format_full_day(found.day)


@pytest.mark.parametrize("lean", Prefer)
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("thu 20 Nov 14:00", "Fri 20 Nov 2026"),
        ("tuesday 25 november 2pm", "Wed 25 Nov 2026"),
        ("Do 20.11. 14 Uhr", "Fri 20 Nov 2026"),
        ("Donnerstag, den 20. November", "Fri 20 Nov 2026"),
        ("nov 20, thu", "Fri 20 Nov 2026"),
        ("20 nov thursday 14:00", "Fri 20 Nov 2026"),
        ("20th of nov (thu)", "Fri 20 Nov 2026"),
        ("thu 20/11", "Fri 20 Nov 2026"),
        ("thu the 20th", "Fri 20 Nov 2026"),
        ("thu 2 dec", "Wed 2 Dec 2026"),
    ],
)
def test_a_weekday_never_moves_a_date_by_a_year(typed: str, meant: str, lean: Prefer) -> None:
    with pytest.raises(BadInput, match=f"The weekday doesn't agree: it is {meant};"):
        day(typed, lean=lean)


@pytest.mark.parametrize(
    ("typed", "lean", "meant"),
    [
        ("fri 20 nov", Prefer.PAST, "Fri 20 Nov 2026"),
        ("mon 16 mar", Prefer.PAST, "Mon 16 Mar 2026"),
        ("sun 31 jan", Prefer.FUTURE, "Sun 31 Jan 2027"),
        ("fri 1 jan", Prefer.NEAREST, "Fri 1 Jan 2027"),
        ("thu 20 nov 2025", Prefer.FUTURE, "Thu 20 Nov 2025"),
        ("thu 3/12", Prefer.FUTURE, "Thu 3 Dec 2026"),
        ("20. November", Prefer.FUTURE, "Fri 20 Nov 2026"),
        ("Dec 1 (Tue)", Prefer.FUTURE, "Tue 1 Dec 2026"),
    ],
)
def test_a_weekday_that_agrees_is_taken(typed: str, lean: Prefer, meant: str) -> None:
    assert day(typed, lean=lean) == meant


PERIODS = {
    "next week": ("Mon 23 Nov 2026", "Fri 27 Nov 2026"),
    "this week": ("Fri 20 Nov 2026", "Fri 20 Nov 2026"),
    "next month": ("Tue 1 Dec 2026", "Thu 31 Dec 2026"),
    "end of the week": ("Fri 20 Nov 2026", "Fri 20 Nov 2026"),
    "eow": ("Fri 20 Nov 2026", "Fri 20 Nov 2026"),
    "end of november": ("Mon 30 Nov 2026", "Mon 30 Nov 2026"),
    "beginning of next week": ("Mon 23 Nov 2026", "Tue 24 Nov 2026"),
    "within the next week": ("Fri 27 Nov 2026", "Fri 27 Nov 2026"),
    "sometime next week": ("Fri 27 Nov 2026", "Fri 27 Nov 2026"),
    "next year": ("Fri 1 Jan 2027", "Fri 31 Dec 2027"),
    "january": ("Fri 1 Jan 2027", "Sun 31 Jan 2027"),
    "in january": ("Fri 1 Jan 2027", "Sun 31 Jan 2027"),
    "KW 50": ("Mon 7 Dec 2026", "Fri 11 Dec 2026"),
}
"""What they mean for a snooze, and as the last day of a promise."""


@pytest.mark.parametrize("typed", PERIODS)
def test_a_period_is_its_last_day_for_a_promise_and_no_day_for_an_interview(typed: str) -> None:
    first, last = PERIODS[typed]
    assert (day(typed), day(typed, "by"), day(typed, "until")) == (first, last, last)
    with pytest.raises(BadInput, match=f"several days, at the latest {last}; write the day"):
        day(typed, "interview")


@pytest.mark.parametrize("typed", PERIODS)
def test_quick_add_asks_for_the_day_of_a_period(typed: str) -> None:
    found = parse_quick_entry(f"Acme, SRE, {typed}", now=NOW, zone=BERLIN)
    assert found.when is None
    assert found.problems


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("end of the week", "Thu 19 Nov 2026"),
        ("end of next week", "Thu 26 Nov 2026"),
        ("eow", "Thu 19 Nov 2026"),
        ("next week", "Thu 26 Nov 2026"),
        ("late next week", "Thu 26 Nov 2026"),
        ("early next week", "Mon 23 Nov 2026"),
        ("week of 30 nov", "Thu 3 Dec 2026"),
        ("last week of november", "Thu 26 Nov 2026"),
    ],
)
def test_a_week_ends_with_the_employers_weekend(typed: str, meant: str) -> None:
    assert day(typed, "by", days=FRIDAY_FREE) == meant


def test_a_week_begins_on_sunday_where_friday_is_free() -> None:
    assert day("next week", days=FRIDAY_FREE) == "Sun 22 Nov 2026"
    sunday = datetime(2026, 11, 22, 10, 0, tzinfo=BERLIN)
    found = parse_when("end of this week", now=sunday, zone=BERLIN, lean=Prefer.FUTURE, days=FRIDAY_FREE)
    assert format_full_day(found.day) == "Thu 26 Nov 2026"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("in about ten days", "Sat 28 Nov 2026"),
        ("around 10 dec", "Thu 10 Dec 2026"),
        ("in etwa zwei Wochen", "Wed 2 Dec 2026"),
        ("first half of December", "Tue 15 Dec 2026"),
        ("second half of next week", "Fri 27 Nov 2026"),
        ("week after next", "Fri 4 Dec 2026"),
        ("übernächste Woche", "Fri 4 Dec 2026"),
        ("before the new year", "Thu 31 Dec 2026"),
        ("Christmas eve", "Thu 24 Dec 2026"),
        ("new year's eve", "Thu 31 Dec 2026"),
        ("new year's day", "Fri 1 Jan 2027"),
        ("before Christmas", "Thu 24 Dec 2026"),
        ("Dec 1 at the latest", "Tue 1 Dec 2026"),
        ("spätestens Freitag", "Fri 20 Nov 2026"),
        ("by next friday", "Fri 20 Nov 2026"),
        ("they'll decide by next friday", "Fri 20 Nov 2026"),
        ("they should get back to me by 4 Dec", "Fri 4 Dec 2026"),
        ("sie melden sich bis Freitag", "Fri 20 Nov 2026"),
        ("sie entscheiden bis 4.12.", "Fri 4 Dec 2026"),
        ("Ende nächster Woche", "Fri 27 Nov 2026"),
        ("Ende des Monats", "Mon 30 Nov 2026"),
        ("fin de semaine prochaine", "Fri 27 Nov 2026"),
        ("eind volgende week", "Fri 27 Nov 2026"),
        ("fine settimana prossima", "Fri 27 Nov 2026"),
        ("Anfang Dezember", "Thu 10 Dec 2026"),
        ("in 3 Werktagen", "Mon 23 Nov 2026"),
        ("dans 5 jours ouvrés", "Wed 25 Nov 2026"),
        ("within the week", "Fri 20 Nov 2026"),
        ("in the next two weeks", "Wed 2 Dec 2026"),
        ("a week or two", "Wed 2 Dec 2026"),
        ("10 days or so", "Sat 28 Nov 2026"),
        ("in under two weeks", "Wed 2 Dec 2026"),
        ("within 48 hours", "Fri 20 Nov 2026"),
        ("next Tuesday or Wednesday", "Wed 25 Nov 2026"),
        ("before Friday", "Thu 19 Nov 2026"),
        ("before the weekend", "Fri 20 Nov 2026"),
        ("month end", "Mon 30 Nov 2026"),
        ("bis Monatsende", "Mon 30 Nov 2026"),
        ("end of Q1", "Wed 31 Mar 2027"),
        ("by Xmas", "Fri 25 Dec 2026"),
        ("d'ici vendredi", "Fri 20 Nov 2026"),
        ("antes del viernes", "Thu 19 Nov 2026"),
        ("nach Weihnachten", "Mon 28 Dec 2026"),
        ("mid january", "Fri 15 Jan 2027"),
        ("by january", "Sun 31 Jan 2027"),
        ("im Januar", "Sun 31 Jan 2027"),
        ("by first week of january", "Fri 8 Jan 2027"),
        ("first week of december", "Fri 4 Dec 2026"),
        ("second week of january", "Fri 15 Jan 2027"),
        ("first week of May 2027", "Fri 7 May 2027"),
        ("KW 50", "Fri 11 Dec 2026"),
        ("in der KW 50", "Fri 11 Dec 2026"),
        ("week 50", "Fri 11 Dec 2026"),
        ("semaine 2", "Fri 15 Jan 2027"),
        ("KW 53", "Fri 1 Jan 2027"),
        ("bis KW 3 2028", "Fri 21 Jan 2028"),
        ("heute in 14 Tagen", "Wed 2 Dec 2026"),
        ("tomorrow in a week", "Thu 26 Nov 2026"),
        ("Freitag in zwei Wochen", "Fri 4 Dec 2026"),
        ("Heiligabend", "Thu 24 Dec 2026"),
        ("next week sometime", "Fri 27 Nov 2026"),
        ("they gave me a week", "Wed 25 Nov 2026"),
        ("I have until 4 Dec", "Fri 4 Dec 2026"),
        ("first thing friday", "Fri 20 Nov 2026"),
        ("a fortnight on friday", "Fri 4 Dec 2026"),
        ("eoy", "Thu 31 Dec 2026"),
        ("not before the 25th", "Wed 25 Nov 2026"),
        ("in the new year", "Fri 1 Jan 2027"),
        ("over the weekend", "Sun 22 Nov 2026"),
        ("by the weekend", "Sun 22 Nov 2026"),
        ("first week of next month", "Fri 4 Dec 2026"),
        ("in 3ish weeks", "Wed 9 Dec 2026"),
        ("prima di venerdì", "Thu 19 Nov 2026"),
        ("spätestens Ende Dezember", "Thu 31 Dec 2026"),
        ("avant la fin du mois", "Mon 30 Nov 2026"),
        ("in den nächsten zwei Wochen", "Wed 2 Dec 2026"),
        ("dans les prochaines deux semaines", "Wed 2 Dec 2026"),
        ("sous huit jours", "Thu 26 Nov 2026"),
        ("noch vor Weihnachten", "Thu 24 Dec 2026"),
        ("vor Silvester", "Wed 30 Dec 2026"),
        ("Wednesday or Thursday", "Thu 26 Nov 2026"),
        ("Thursday or Friday", "Fri 20 Nov 2026"),
        ("after the weekend", "Mon 23 Nov 2026"),
        ("before the 25th", "Tue 24 Nov 2026"),
        ("fin janvier", "Sun 31 Jan 2027"),
        ("a finales de mes", "Mon 30 Nov 2026"),
        ("entro la fine della settimana", "Fri 20 Nov 2026"),
        ("début du mois prochain", "Thu 10 Dec 2026"),
    ],
)
def test_by_when_they_decide_is_understood_as_it_is_said(typed: str, meant: str) -> None:
    assert day(typed, "by") == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vor 3 Tagen", "Sun 15 Nov 2026"),
        ("il y a une semaine", "Wed 11 Nov 2026"),
        ("hace 3 días", "Sun 15 Nov 2026"),
        ("tre giorni fa", "Sun 15 Nov 2026"),
        ("letzten Dienstag", "Tue 17 Nov 2026"),
        ("vergangenen Freitag", "Fri 13 Nov 2026"),
        ("diesen Freitag", "Fri 20 Nov 2026"),
        ("lundi dernier", "Mon 16 Nov 2026"),
        ("vorige maandag", "Mon 16 Nov 2026"),
        ("heute Nachmittag", "Wed 18 Nov 2026"),
        ("heute Morgen um 9", "Wed 18 Nov 2026"),
        ("hier soir", "Tue 17 Nov 2026"),
        ("avant-hier", "Mon 16 Nov 2026"),
        ("ayer por la tarde", "Tue 17 Nov 2026"),
        ("vor einer Stunde", "Wed 18 Nov 2026"),
        ("last night", "Tue 17 Nov 2026"),
        ("the friday before last", "Fri 6 Nov 2026"),
        ("wednesday before last", "Wed 4 Nov 2026"),
        ("a week ago today", "Wed 11 Nov 2026"),
    ],
)
def test_days_gone_by_are_understood_in_other_languages(typed: str, meant: str) -> None:
    assert day(typed) == meant


@pytest.mark.parametrize("typed", ["Christmas eve", "Heiligabend", "24 dec", "christmas eve"])
def test_a_holiday_is_one_day_for_an_interview(typed: str) -> None:
    assert day(typed, "interview") == "Thu 24 Dec 2026"
    with pytest.raises(BadInput, match="several days, at the latest"):
        day("before christmas", "interview")


def test_a_week_that_the_year_lacks_is_refused() -> None:
    with pytest.raises(BadInput, match="no week 53 in that year"):
        day("KW 53 2027", "by")


@pytest.mark.parametrize("typed", ["october", "in october", "some time in october"])
def test_what_happened_in_a_month_is_asked_for_its_day(typed: str) -> None:
    with pytest.raises(BadInput, match="can be any day of that month; write the day"):
        day(typed, lean=Prefer.PAST)
    assert day(f"end of {typed.split()[-1]}", lean=Prefer.PAST) == "Sat 31 Oct 2026"


@pytest.mark.parametrize("typed", ["soon", "they'll call me", "when the budget is approved", "they couldn't say"])
def test_what_names_no_day_is_asked_about(typed: str) -> None:
    with pytest.raises(BadInput, match="isn't understood"):
        day(typed, "by")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("16 nov", "Mon 16 Nov 2026"),
        ("16.11.", "Mon 16 Nov 2026"),
        ("Tuesday 10 Nov", "Tue 10 Nov 2026"),
        ("1 oct", "Thu 1 Oct 2026"),
        ("1 sep", "Wed 1 Sep 2027"),
        ("18 nov", "Wed 18 Nov 2026"),
        ("2 dec", "Wed 2 Dec 2026"),
        ("16 nov 2027", "Tue 16 Nov 2027"),
    ],
)
def test_a_deadline_that_has_just_passed_is_no_day_of_next_year(typed: str, meant: str) -> None:
    assert day(typed, "by") == meant


@pytest.mark.parametrize(
    ("today", "meant"), [("2026-12-28", "Fri 24 Dec 2027"), ("2026-12-23", "Thu 24 Dec 2026")]
)
def test_before_the_holidays_is_the_coming_eve_on_any_day_of_the_year(today: str, meant: str) -> None:
    now = datetime.fromisoformat(f"{today}T10:00").replace(tzinfo=BERLIN)
    found = parse_when("before the holidays", now=now, zone=BERLIN, lean=Prefer.FUTURE, field="by")
    assert format_full_day(found.day) == meant
