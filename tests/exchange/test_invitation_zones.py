"""Times of invitations: every kind of zone is read right or asked for, and never silently taken for UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from exchange.invitation_files import ANN, ME, TITLE, ZONE, calendar, event, one, planned
from followup_tui.exchange.invitations.invitation import ANY_ZONE
from followup_tui.exchange.plan import NeedsZone, RowResult

NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)


def zone(name: str, offset: str, *, summer: str = "") -> tuple[str, ...]:
    """Return the definition of a zone as Exchange writes it."""
    summer = summer or offset
    return (
        "BEGIN:VTIMEZONE",
        f"TZID:{name}",
        "BEGIN:STANDARD",
        "DTSTART:16010101T030000",
        f"TZOFFSETFROM:{summer}",
        f"TZOFFSETTO:{offset}",
        "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:16010101T020000",
        f"TZOFFSETFROM:{offset}",
        f"TZOFFSETTO:{summer}",
        "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
    )


def invitation(start: str, *before: str, day: str = "20261124") -> bytes:
    """Return an invitation whose start has these parameters and this hour."""
    return calendar(event(f"DTSTART{start.format(day)}", TITLE, ANN, ME), before=before)


@pytest.mark.parametrize(
    ("start", "before", "starts_at", "booked"),
    [
        (":{}T090000Z", (), NINE, "Europe/Berlin"),
        (":{}T090000Z", ("X-WR-TIMEZONE:America/New_York",), NINE, "America/New_York"),
        (";TZID=Europe/Berlin:{}T100000", (), NINE, "Europe/Berlin"),
        (";TZID=America/New_York:{}T040000", (), NINE, "America/New_York"),
        (";TZID=Asia/Kolkata:{}T143000", (), NINE, "Asia/Kolkata"),
        (";TZID=/freeassociation.sourceforge.net/Europe/Berlin:{}T100000", (), NINE, "Europe/Berlin"),
        (";TZID=W. Europe Standard Time:{}T100000", (), NINE, "Europe/Berlin"),
        (";TZID=Eastern Standard Time:{}T040000", (), NINE, "America/New_York"),
        (';TZID="Eastern Standard Time":{}T040000', (), NINE, "America/New_York"),
        (";TZID=tzone://Microsoft/Utc:{}T090000", (), NINE, "Europe/Berlin"),
        (";TZID=UTC:{}T090000", (), NINE, "Europe/Berlin"),
        (
            ";TZID=W. Europe Standard Time:{}T100000",
            zone("W. Europe Standard Time", "+0100", summer="+0200"),
            NINE,
            "Europe/Berlin",
        ),
        (";TZID=Customized Time Zone:{}T143000", zone("Customized Time Zone", "+0530"), NINE, "UTC+05:30"),
        (";TZID=My Office:{}T053000", zone("My Office", "-0330", summer="-0230"), NINE, "UTC-03:30"),
        (
            ';TZID="(UTC+01:00) Berlin, Rome":{}T100000',
            zone("(UTC+01:00) Berlin, Rome", "+0100"),
            NINE,
            "UTC+01:00",
        ),
        (";TZID=Europe/Berlin:{}T110000", zone("Europe/Berlin", "+0200"), NINE, "UTC+02:00"),
    ],
)
def test_every_kind_of_zone_is_read_right(
    start: str, before: tuple[str, ...], starts_at: datetime, booked: str
) -> None:
    (interview,) = one(planned(invitation(start, *before))).interviews
    assert (interview.starts_at, interview.zone) == (starts_at, booked)


def test_summer_and_winter_follow_the_definition() -> None:
    rules = zone("Custom", "+0100", summer="+0200")
    for day, hour in (("20260701", 8), ("20261201", 9), ("20261025", 9), ("20260329", 8)):
        (interview,) = one(planned(invitation(";TZID=Custom:{}T100000", *rules, day=day))).interviews
        assert interview.starts_at.hour == hour, day


def test_two_files_may_define_different_zones_by_the_same_name() -> None:
    files = [
        invitation(";TZID=Customized Time Zone:{}T100000", *zone("Customized Time Zone", offset)).replace(
            b"UID:1", b"UID:" + offset.encode()
        )
        for offset in ("+0100", "-0500", "+0900")
    ]
    hours = [interview.starts_at.hour for interview in one(planned(*files)).interviews]
    assert hours == [1, 9, 15]


@pytest.mark.parametrize(
    ("start", "before", "starts_at", "booked"),
    [
        (":{}T100000", ("X-WR-TIMEZONE:Europe/Berlin",), NINE, "Europe/Berlin"),
        (":{}T040000", ("X-WR-TIMEZONE:America/New_York",), NINE, "America/New_York"),
        (":{}T100000", ("X-WR-TIMEZONE;VALUE=TEXT:Europe/Berlin",), NINE, "Europe/Berlin"),
        (":{}T100000", ("X-WR-TIMEZONE:W. Europe Standard Time",), NINE, "Europe/Berlin"),
        (":{}T100000", (*zone("Asia/Kolkata", "+0530"), "X-WR-TIMEZONE:Europe/Berlin"), NINE, "Europe/Berlin"),
    ],
)
def test_a_time_without_a_zone_is_in_that_of_its_calendar_which_is_told(
    start: str, before: tuple[str, ...], starts_at: datetime, booked: str
) -> None:
    plan = planned(invitation(start, *before))
    (interview,) = one(plan).interviews
    assert (interview.starts_at, interview.zone) == (starts_at, booked)
    assert f"Its hour names no time zone: that of its calendar was taken, {booked}." in plan.rows[0].why


@pytest.mark.parametrize("named", ["Nowhere/Else", "", "Local"])
def test_where_nobody_knows_the_zone_of_the_calendar_either_it_is_asked_for(named: str) -> None:
    with pytest.raises(NeedsZone):
        planned(invitation(":{}T100000", f"X-WR-TIMEZONE:{named}"))


def test_an_unknown_zone_of_an_event_is_asked_for_though_its_calendar_has_one() -> None:
    with pytest.raises(NeedsZone):
        planned(invitation(";TZID=Our Office:{}T100000", "X-WR-TIMEZONE:Europe/Berlin"))


def test_a_whole_day_needs_no_zone_and_no_remark() -> None:
    plan = planned(invitation(";VALUE=DATE:{}", "X-WR-TIMEZONE:America/New_York"))
    assert "time zone" not in plan.rows[0].why


def test_a_time_without_a_zone_is_asked_for() -> None:
    file = invitation(":{}T100000")
    with pytest.raises(NeedsZone) as asked:
        planned(file)
    assert (asked.value.file, asked.value.line, asked.value.zone) == ("invite.ics", 4, "")
    assert asked.value.local.isoformat() == "2026-11-24T10:00:00"
    assert asked.value.sentence == (
        "invite.ics:4: the event on Tue 24 Nov 2026 10:00 names no time zone; nothing was imported, say"
        " --zone Europe/Berlin or whatever its zone is."
    )
    for name in ("", ANY_ZONE):
        (interview,) = one(planned(file, zones={name: ZoneInfo("America/Denver")})).interviews
        assert (interview.starts_at.hour, interview.zone) == (17, "America/Denver")


@pytest.mark.parametrize("name", ["Mars/Base", "Customized Time Zone", "GMT+25", "Foo Standard Time", "tzone://X"])
def test_an_unknown_zone_is_asked_for_by_its_name(name: str) -> None:
    file = invitation(f";TZID={name}:{{}}T100000")
    with pytest.raises(NeedsZone) as asked:
        planned(file, zones={"": ZONE})
    assert asked.value.zone == name
    assert f'--zone "{name}=Europe/Berlin"' in asked.value.sentence
    for answer in (name, ANY_ZONE):
        assert one(planned(file, zones={answer: ZONE})).interviews[0].starts_at == NINE


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=YEARLY;BYHOUR=1;BYSECOND=1,2", "FREQ=DAILY", "nonsense", "FREQ=YEARLY;BYDAY=99XX"],
)
def test_a_definition_that_cannot_be_counted_is_none(rule: str) -> None:
    lines = [line if "RRULE" not in line else f"RRULE:{rule}" for line in zone("Bad", "+0100", summer="+0200")]
    with pytest.raises(NeedsZone):
        planned(invitation(";TZID=Bad:{}T100000", *lines))


def test_a_zone_defined_behind_the_event_counts() -> None:
    lines = "\r\n".join(zone("Late", "+0100"))
    file = invitation(";TZID=Late:{}T100000").replace(b"END:VCALENDAR", f"{lines}\r\nEND:VCALENDAR".encode())
    assert one(planned(file)).interviews[0].starts_at == NINE


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ((), "has no start"),
        (("DTSTART:20261124",), ""),
        (("DTSTART:2026",), "“2026” (DTSTART) is no date"),
        (("DTSTART:00000101T000000Z",), "(DTSTART) is no date"),
        (("DTSTART:00010101T000000Z",), "The year 1 is out of reach"),
        (("DTSTART:99991231T235959Z",), "The year 9999 is out of reach"),
        (("DTSTART;TZID=America/New_York:99991231T235959",), "The year 9999 is out of reach"),
        (("DTSTART:20261324T130000Z",), "is no date"),
        (("DTSTART;VALUE=PERIOD:20261124T130000Z/PT1H",), "is no date"),
        (("DTSTART:20261124T130000-0500",), "is no date"),
        (("DTSTART:20261124T130000Z", "DTEND:20261124T120000Z"), "ends before it begins"),
        (("DTSTART:20261124T130000Z", "DTEND:nonsense"), ""),
        (("DTSTART:20261124T130000Z", "DURATION:-PT1H"), ""),
        (("DTSTART:20261124T130000Z", "DURATION:P99999999999D"), ""),
        (("DTSTART:20261124T130000Z", "SEQUENCE:99999999999999999999"), ""),
        (("DTSTART:20261124T130000Z", "SEQUENCE:-1", "DTSTAMP:x"), ""),
    ],
)
def test_a_damaged_event_is_told_by_its_line_and_the_others_go_in(lines: tuple[str, ...], says: str) -> None:
    good = event("DTSTART:20261125T130000Z", TITLE, ANN, ME, uid="good")
    plan = planned(calendar(event(*lines, TITLE, ANN, ME), good))
    bad, other = plan.rows
    assert (bad.file, bad.line) == ("invite.ics", 4)
    assert (bad.result is RowResult.ERROR) is bool(says)
    assert says in bad.why
    assert other.result in (RowResult.NEW, RowResult.MERGED)


def test_a_duration_tells_the_end() -> None:
    file = calendar(event("DTSTART;TZID=Europe/Berlin:20261025T013000", "DURATION:PT2H", TITLE, ANN, ME))
    (interview,) = one(planned(file)).interviews
    assert interview.ends_at is not None
    assert (interview.ends_at - interview.starts_at).total_seconds() == 7200, "also where the clock goes back"
