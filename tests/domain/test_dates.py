"""Dates as people say them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.format import (
    dated,
    format_clock,
    format_day,
    format_full_day,
    format_moment,
    kept_dates,
    order_dates,
)
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.when import Prefer, When, format_when, to_input_text
from followup_tui.domain.model.zones import zone_named
from followup_tui.domain.parsing.dates import looks_like_date, parse_when
from followup_tui.domain.parsing.day_phrases import VOCABULARY
from followup_tui.domain.parsing.day_rules import DayRules

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 22, 10, 17, 33, tzinfo=BERLIN)
"""A Sunday."""


def when(text: str, lean: Prefer = Prefer.FUTURE, now: datetime = NOW, zone: ZoneInfo = BERLIN) -> When:
    return parse_when(text, now=now, zone=zone, lean=lean)


def said(text: str, lean: Prefer = Prefer.FUTURE, now: datetime = NOW, zone: ZoneInfo = BERLIN) -> str:
    return format_when(when(text, lean, now, zone), zone)


SAME_BOTH_WAYS = {
    "yesterday 3pm": "Sat 21 Nov 2026 15:00 CET",
    "next tue 14:00": "Tue 24 Nov 2026 14:00 CET",
    "in 5 business days": "Fri 27 Nov 2026",
    "in 3 working days": "Wed 25 Nov 2026",
    "tomorrow": "Mon 23 Nov 2026",
    "tomorrow 9": "Mon 23 Nov 2026 09:00 CET",
    "+2w": "Sun 6 Dec 2026",
    "-2d": "Fri 20 Nov 2026",
    "2 days ago": "Fri 20 Nov 2026",
    "last friday": "Fri 20 Nov 2026",
    "a week from friday": "Fri 4 Dec 2026",
    "2026-12-01T14:00-05:00": "Tue 1 Dec 2026 14:00 UTC-05:00 (20:00 CET)",
    "2026-12-01 14:00": "Tue 1 Dec 2026 14:00 CET",
    "2026-12-01T13:00Z": "Tue 1 Dec 2026 13:00 UTC (14:00 CET)",
    "in an hour": "Sun 22 Nov 2026 11:17 CET",
    "30 minutes ago": "Sun 22 Nov 2026 09:47 CET",
    "today": "Sun 22 Nov 2026",
    "now": "Sun 22 Nov 2026 10:17 CET",
    "30.11.2026": "Mon 30 Nov 2026",
    "25/11/2026": "Wed 25 Nov 2026",
    "Dec 1 2026 2:30pm": "Tue 1 Dec 2026 14:30 CET",
    "1st of December, 2026 at 2.30 p.m.": "Tue 1 Dec 2026 14:30 CET",
    "next week": "Mon 23 Nov 2026",
    "friday next week": "Fri 27 Nov 2026",
    "day after tomorrow": "Tue 24 Nov 2026",
    "Fri 20 Nov 14:00": "Fri 20 Nov 2026 14:00 CET",
    "tomorrow evening 7": "Mon 23 Nov 2026 19:00 CET",
    "tonight": "Sun 22 Nov 2026",
    "tomorrow 10am EST": "Mon 23 Nov 2026 10:00 EST (16:00 CET)",
    "10am tomorrow EST": "Mon 23 Nov 2026 10:00 EST (16:00 CET)",
    "10am tomorrow (Eastern Time - US & Canada)": "Mon 23 Nov 2026 10:00 EST (16:00 CET)",
    "10am - Monday, November 23, 2026 (UK, Ireland, Lisbon Time)": "Mon 23 Nov 2026 10:00 GMT (11:00 CET)",
    "10am tomorrow America/New_York": "Mon 23 Nov 2026 10:00 EST (16:00 CET)",
    "10am tomorrow GMT": "Mon 23 Nov 2026 10:00 GMT (11:00 CET)",
    "10am tomorrow (GMT-5)": "Mon 23 Nov 2026 10:00 UTC-05:00 (16:00 CET)",
    "10am tomorrow Pacific": "Mon 23 Nov 2026 10:00 PST (19:00 CET)",
    "noon tomorrow": "Mon 23 Nov 2026 12:00 CET",
    "2026 24 nov": "Tue 24 Nov 2026",
    "tomorrow 10:00-11:00": "Mon 23 Nov 2026 10:00–11:00 CET",
    "23 nov 2026 10:00-11": "Mon 23 Nov 2026 10:00–11:00 CET",
}

LEANING = {
    "friday": ("Fri 20 Nov 2026", "Fri 27 Nov 2026"),
    "sunday": ("Sun 22 Nov 2026", "Sun 22 Nov 2026"),
    "fri 14:00": ("Fri 20 Nov 2026 14:00 CET", "Fri 27 Nov 2026 14:00 CET"),
    "sun 9:00": ("Sun 22 Nov 2026 09:00 CET", "Sun 29 Nov 2026 09:00 CET"),
    "mon 9": ("Mon 16 Nov 2026 09:00 CET", "Mon 23 Nov 2026 09:00 CET"),
    "2 Dec": ("Tue 2 Dec 2025", "Wed 2 Dec 2026"),
    "Nov 30": ("Sun 30 Nov 2025", "Mon 30 Nov 2026"),
    "30.11.": ("Sun 30 Nov 2025", "Mon 30 Nov 2026"),
    "29 feb": ("Thu 29 Feb 2024", "Tue 29 Feb 2028"),
    "the 2nd": ("Mon 2 Nov 2026", "Wed 2 Dec 2026"),
    "the 31st": ("Sat 31 Oct 2026", "Thu 31 Dec 2026"),
    "end of month": ("Sat 31 Oct 2026", "Mon 30 Nov 2026"),
    "3d": ("Thu 19 Nov 2026", "Wed 25 Nov 2026"),
    "14:00": ("Sat 21 Nov 2026 14:00 CET", "Sun 22 Nov 2026 14:00 CET"),
    "noon": ("Sat 21 Nov 2026 12:00 CET", "Sun 22 Nov 2026 12:00 CET"),
    "10am EST": ("Sat 21 Nov 2026 10:00 EST (16:00 CET)", "Sun 22 Nov 2026 10:00 EST (16:00 CET)"),
    "24 nov 14:00 Europe/Berlin": ("Mon 24 Nov 2025 14:00 CET", "Tue 24 Nov 2026 14:00 CET"),
    "24th day of november": ("Mon 24 Nov 2025", "Tue 24 Nov 2026"),
}


@pytest.mark.parametrize("lean", Prefer)
@pytest.mark.parametrize("text", SAME_BOTH_WAYS)
def test_words_that_say_which_day_mean_it_whatever_the_lean(text: str, lean: Prefer) -> None:
    assert said(text, lean) == SAME_BOTH_WAYS[text]


@pytest.mark.parametrize("text", LEANING)
def test_words_that_leave_the_side_open_lean_behind_for_what_happened_and_ahead_for_plans(text: str) -> None:
    assert (said(text, Prefer.PAST), said(text, Prefer.FUTURE)) == LEANING[text]


REFUSED = {
    "": "no date yet",
    "5": "isn't understood",
    "12": "isn't understood",
    "soon": "isn't understood",
    "random words": "isn't understood",
    "last week": "isn't understood",
    "in today and": "isn't understood",
    "nov 24 26": "isn't understood",
    "2 dec 9": "isn't understood",
    "14:00 15:00": "isn't understood",
    "friday saturday": "isn't understood",
    "32 Jan": "no day 32 in Jan",
    "29 Feb 2027": "Feb 2027 has no day 29",
    "13/13/2026": "no month 13",
    "2026-13-01": "no month 13",
    "3/4": "can be 4 Mar or 3 Apr",
    "3/4/2027": "can be 4 Mar or 3 Apr",
    "25:00": "no time of day",
    "tomorrow 13pm": "no time of day",
    "28 mar 2027 02:30": "the clock skips it",
    "fri 14": "a day or an hour",
    "10am tomorrow Berlin": "isn't understood",
    "10am tomorrow (Mars Time)": "isn't understood",
    "1 jul 10am EST": "reads EDT, not EST",
    "10am IST": "several zones",
    "10:00 Mars/Olympus": "no time zone",
    "Thu 24 Nov 2026": "it is Tue 24 Nov 2026",
    "99999 years": "out of reach",
    "99999 business days": "too many",
    "in 1 day and 3 hours": "can't be counted together",
    "tomorrow" * 50: "400 characters",
}


AFTERNOONS = {
    "fri 2:30": "14:30",
    "fri 1:00": "13:00",
    "fri 6:59": "18:59",
    "fri 2.30": "14:30",
    "fri 3": "15:00",
    "fri at 4": "16:00",
    "fri 5 Uhr": "17:00",
    "fri 2:30-3:30": "14:30–15:30",
    "fri 1-2": "13:00–14:00",
    "fri 2:30 London": "14:30",
}
NO_AFTERNOONS = {
    "fri 02:30": "02:30",
    "fri 2:30am": "02:30",
    "fri 2:30pm": "14:30",
    "fri morning 5:30": "05:30",
    "fri 7:00": "07:00",
    "fri 12:30-1:30": "12:30–13:30",
    "fri 9:00-2:30": "09:00–14:30",
    "fri 5:30-12:00": "05:30–12:00",
    "2026-11-27T02:30": "02:30",
}


@pytest.mark.parametrize("text", AFTERNOONS | NO_AFTERNOONS)
def test_an_hour_from_one_to_seven_is_in_the_afternoon_and_says_so_unless_the_half_is_said(text: str) -> None:
    when = parse_when(text, now=NOW, zone=BERLIN, lean=Prefer.FUTURE, field="interview")
    shown = format_when(when, BERLIN)
    assert (AFTERNOONS | NO_AFTERNOONS)[text] in shown
    assert (", in the afternoon" in shown) is (text in AFTERNOONS)


def test_what_happened_today_before_now_is_not_put_into_the_afternoon_to_come() -> None:
    ten = NOW.astimezone(BERLIN).replace(hour=10)
    assert format_when(parse_when("today 6:30", now=ten, zone=BERLIN, lean=Prefer.PAST), BERLIN).endswith(
        "06:30 CET"
    )


@pytest.mark.parametrize("text", REFUSED)
def test_what_isnt_understood_is_refused_with_a_finished_sentence_and_never_guessed(text: str) -> None:
    with pytest.raises(BadInput, match=REFUSED[text]) as refusal:
        parse_when(text, now=NOW, zone=BERLIN, lean=Prefer.FUTURE, field="interview")
    assert refusal.value.field == "interview"
    assert refusal.value.sentence.endswith(".")


@pytest.mark.parametrize(
    ("text", "day"),
    {
        "next mon": "Mon 30 Nov 2026",
        "next tue": "Tue 24 Nov 2026",
        "the next wed": "Wed 25 Nov 2026",
        "next fri": "Fri 27 Nov 2026",
        "coming tue": "Tue 24 Nov 2026",
        "next sun": "Sun 29 Nov 2026",
        "tue": "Tue 24 Nov 2026",
        "tue next week": "Tue 1 Dec 2026",
    }.items(),
)
def test_the_next_weekday_is_the_first_one_after_today(text: str, day: str) -> None:
    assert said(text, now=NOW + timedelta(days=1)) == day


@pytest.mark.parametrize("text", ["Tue at Noonish", "ASAP Maybe", "Blursday 14:00"])
def test_a_refusal_names_what_was_typed_as_it_was_typed(text: str) -> None:
    with pytest.raises(BadInput, match=f"“{text}”"):
        said(text)


def test_business_days_are_those_of_the_region() -> None:
    thanksgiving = date(2026, 11, 26)
    interview = datetime(2026, 11, 18, 10, tzinfo=NEW_YORK)
    due = parse_when(
        "in 6 business days",
        now=interview,
        zone=NEW_YORK,
        lean=Prefer.FUTURE,
        days=DayRules(lambda day: day.weekday() < 5 and day != thanksgiving),
    )
    assert due.day == date(2026, 11, 27)


def test_a_year_without_business_days_is_refused_rather_than_searched_for_ever() -> None:
    with pytest.raises(BadInput, match="no business day"):
        parse_when("5bd", now=NOW, zone=BERLIN, lean=Prefer.FUTURE, days=DayRules(lambda _day: False))


def test_an_hour_away_is_an_hour_of_time_when_the_clocks_change() -> None:
    before_summer = datetime(2027, 3, 28, 1, 30, tzinfo=BERLIN)
    assert said("in an hour", now=before_summer) == "Sun 28 Mar 2027 03:30 CEST"
    before_winter = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    assert said("in an hour", now=before_winter) == "Sun 25 Oct 2026 02:30 CET"


@pytest.mark.parametrize(
    ("text", "day"),
    {
        "mar 15 9 AM London": "Mon 15 Mar 2027 09:00 GMT (10:00 CET)",
        "mar 15 9:00 Pacific": "Mon 15 Mar 2027 09:00 PDT (17:00 CET)",
        "mar 15 9 AM": "Mon 15 Mar 2027 09:00 CET",
        "mar 24 nov h 15:00": "Tue 24 Nov 2026 15:00 CET",
        "mar 24 noviembre": "Tue 24 Nov 2026",
        "mar 24 à 10h": "Tue 24 Nov 2026 10:00 CET",
    }.items(),
)
def test_mar_is_march_unless_another_month_or_a_foreign_hour_follows(text: str, day: str) -> None:
    assert said(text) == day


def test_an_hour_that_comes_twice_is_the_first_unless_letters_tell() -> None:
    assert said("25 oct 2026 02:30") == "Sun 25 Oct 2026 02:30 CEST"
    assert said("25 oct 2026 02:30 CET") == "Sun 25 Oct 2026 02:30 CET"


def test_an_offset_that_is_ones_own_is_taken_for_ones_own_zone() -> None:
    assert when("2026-12-01T14:00-05:00", zone=NEW_YORK).zone == "America/New_York"
    assert when("2026-12-01T14:00-05:00").zone == "UTC-05:00"
    assert when("tomorrow 10am EST").zone == "America/New_York"
    assert when("tomorrow 10:00 IST", zone=ZoneInfo("Asia/Kolkata")).zone == "Asia/Kolkata"


def test_now_is_never_ahead_of_the_clock() -> None:
    assert when("now", now=NOW.replace(microsecond=999)).at == NOW


def test_a_zone_is_found_by_the_name_it_was_given() -> None:
    assert zone_named("UTC-05:00").utcoffset(None) == timedelta(hours=-5)
    assert zone_named("Europe/Berlin") == BERLIN
    for name in ("Nowhere/Town", "UTC+99:00", "../../etc/passwd", ""):
        with pytest.raises(BadInput):
            zone_named(name)


def test_a_mere_number_or_word_does_not_look_like_a_date() -> None:
    dates = ("fri", "2 dec", "25:00", "32 Jan", "3/4", "in 3 months", "noon", "30.11.", "2026-12-01")
    others = ("5", "3 months", "Python 3.11", "remote", "soon", "three friends", "", "2026")
    assert [text for text in (*dates, *others) if looks_like_date(text)] == list(dates)


COMMON = ["yesterday 3pm", "next tue 14:00", "2026 24 nov", "+2w", "10am EST", "30.11.", "32 Jan", "soon"]


def test_dates_are_understood_without_loading_dateparser() -> None:
    script = f"""
import sys
from datetime import datetime, UTC
from zoneinfo import ZoneInfo
from followup_tui.domain.model.when import Prefer; from followup_tui.domain.parsing.dates import parse_when
from followup_tui.domain.model.errors import FollowupError
for text in {COMMON!r}:
    try:
        parse_when(text, now=datetime(2026, 11, 22, tzinfo=UTC), zone=ZoneInfo("UTC"), lean=Prefer.PAST)
    except FollowupError:
        print(text)
assert not {{"dateparser", "pytz"}} & set(sys.modules)  # arrow is the date library of this way and is wanted
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n") == ["32 Jan", "soon", ""]


def test_the_values_of_dates_and_forms_load_nothing_that_understands_text() -> None:
    script = """
import sys
from followup_tui.domain.model import application_form, contact, interview, when
assert not [name for name in sys.modules if name.startswith("followup_tui.domain.parsing.")]
"""
    assert subprocess.run([sys.executable, "-c", script]).returncode == 0


def test_a_date_in_an_unusual_order_is_read_by_the_clock_that_is_given() -> None:
    long_ago = datetime(1999, 3, 1, 12, tzinfo=BERLIN)
    assert when("24th day of november", Prefer.FUTURE, long_ago).day == date(1999, 11, 24)
    assert when("24th day of november", Prefer.PAST, long_ago).day == date(1998, 11, 24)


ZONES = st.sampled_from(
    [BERLIN, NEW_YORK, *map(ZoneInfo, ("UTC", "Asia/Kolkata", "Pacific/Apia", "America/St_Johns"))]
)
QUARTERS = st.integers(-12 * 4, 14 * 4).map(lambda quarters: quarters * 15)
MOMENTS = st.integers(946_684_800, 4_070_908_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
FOREIGN = "kw 53 1600 um halb drei a las cuatro fin heute or fortnight january new year's"
WORDS = st.sampled_from(
    [*sorted(VOCABULARY), "fri", "monday", "nov", "may", "24th", "14:00", "9", "2026", "est", *FOREIGN.split()]
)
SOUP = st.one_of(
    st.text(), st.lists(st.one_of(WORDS, st.from_regex(r"[0-9:./+ -]{1,9}")), max_size=6).map(" ".join)
)


@given(
    text=SOUP,
    now=MOMENTS,
    zone=ZONES,
    lean=st.sampled_from(Prefer),
    field=st.sampled_from(("date", "by", "until", "interview")),
)
def test_any_text_is_a_date_that_can_be_spelled_again_or_a_refusal(
    text: str, now: datetime, zone: ZoneInfo, lean: Prefer, field: str
) -> None:
    try:
        meant = parse_when(text, now=now, zone=zone, lean=lean, field=field)
    except BadInput:
        return
    assert (meant.at is None) or (meant.at.date() == meant.day)
    assert format_when(meant, zone)
    assert when(to_input_text(meant), lean, now, zone) == meant


@given(day=st.dates(date(1900, 1, 1), date(2200, 12, 31)), now=MOMENTS, zone=ZONES, lean=st.sampled_from(Prefer))
def test_an_iso_date_is_that_date(day: date, now: datetime, zone: ZoneInfo, lean: Prefer) -> None:
    assert when(day.isoformat(), lean, now, zone).day == day


@given(
    moment=MOMENTS,
    zone=ZONES,
    offset=QUARTERS,
    now=MOMENTS,
)
def test_an_iso_moment_with_an_offset_is_that_moment(
    moment: datetime, zone: ZoneInfo, offset: int, now: datetime
) -> None:
    there = moment.replace(microsecond=0) + timedelta(minutes=offset)
    sign, minutes = "-" if offset < 0 else "+", abs(offset)
    text = f"{there:%Y-%m-%dT%H:%M:%S}{sign}{minutes // 60:02}:{minutes % 60:02}"
    at = when(text, Prefer.FUTURE, now, zone).at
    assert at is not None
    assert at.astimezone(UTC) == moment.replace(microsecond=0)


@given(
    text=st.sampled_from(["fri", "the 15th", "2 dec", "30.6.", "end of month", "mon 8:15", "20:45", "4/4 9:00"]),
    now=MOMENTS,
    zone=ZONES,
)
def test_the_lean_is_respected(text: str, now: datetime, zone: ZoneInfo) -> None:
    past, future = when(text, Prefer.PAST, now, zone), when(text, Prefer.FUTURE, now, zone)
    today = now.astimezone(zone).date()
    assert past.day <= today <= future.day
    if past.at and future.at:
        assert past.at <= now <= future.at


@given(moment=MOMENTS, zone=ZONES, now=MOMENTS, is_american=st.booleans())
def test_a_moment_spelled_into_a_form_is_read_back_as_the_same_moment(
    moment: datetime, zone: ZoneInfo, now: datetime, is_american: bool
) -> None:
    local = moment.replace(microsecond=0).astimezone(zone)
    meant = When(day=local.date(), at=local, zone=zone.key)
    order_dates(lambda: is_american)
    spelled = to_input_text(meant)
    order_dates()
    again = when(spelled, Prefer.FUTURE, now, BERLIN)
    assert again == meant
    assert again.at is not None
    assert again.at.astimezone(UTC) == moment.replace(microsecond=0)
    assert replace(again, at=None) == replace(meant, at=None)


@given(
    now=MOMENTS,
    away=st.integers(-150, 150),
    hour=st.times(time(7), time(20)),
    zone=ZONES,
    is_american=st.booleans(),
)
def test_a_date_in_any_form_in_which_the_program_writes_it_is_read_back(
    now: datetime, away: int, hour: time, zone: ZoneInfo, is_american: bool
) -> None:
    here = now.astimezone(zone)
    at = datetime.combine(here.date() + timedelta(days=away), hour.replace(second=0, microsecond=0), zone)
    day = at.date()
    order_dates(lambda: is_american)
    days = [format_day(day, here.date()), format_full_day(day), day.isoformat()]
    moments = [format_moment(at, here), f"{format_full_day(day)} {format_clock(at)}"]
    with kept_dates():
        kept = [format_day(day, here.date()), format_moment(at, here)]
    days.append(dated(kept[0]))
    moments.append(dated(kept[1]))
    order_dates()
    assert {when(one, Prefer.NEAREST, now, zone).day for one in days} == {day}
    assert {when(one, Prefer.NEAREST, now, zone).at for one in moments} == {at}


@pytest.mark.parametrize(
    ("typed", "day"),
    [("sun", "2026-11-29"), ("sunday", "2026-11-29"), ("mon", "2026-11-23"), ("22 nov", "2027-11-22")],
)
def test_what_is_put_off_is_put_off_to_a_later_day_than_today(typed: str, day: str) -> None:
    when = parse_when(typed, now=NOW, zone=BERLIN, lean=Prefer.LATER)
    assert (NOW.date().isoformat(), when.day.isoformat()) == ("2026-11-22", day)


def test_utc_has_one_name_whatever_the_system_calls_it() -> None:
    zone = ZoneInfo("Etc/UTC")
    now = datetime(2026, 11, 30, 12, tzinfo=zone)
    when = parse_when("4 dec 14:00", now=now, zone=zone, lean=Prefer.FUTURE, field="interview")
    assert to_input_text(when) == "Fri 4 Dec 2026 14:00 UTC"
    assert parse_when(to_input_text(when), now=now, zone=zone, lean=Prefer.FUTURE, field="interview") == when
