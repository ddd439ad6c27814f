"""Invitations join, move, cancel and make applications: the same twice changes nothing, an older one neither."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from exchange.invitation_files import (
    ANN,
    END,
    ME,
    NOW,
    START,
    TITLE,
    ZONE,
    after,
    calendar,
    event,
    one,
    planned,
    usual,
)
from followup_tui.domain.commands.interviews import book_round
from followup_tui.domain.model.application import Application, Outcome, Stage
from followup_tui.domain.model.change import details_after
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails, people_in
from followup_tui.domain.model.interview import Booking
from followup_tui.domain.model.when import When
from followup_tui.exchange.plan import ImportPlan, RowResult, describe_change
from rulebook import BOOK

STARTS_AT = datetime(2026, 11, 24, 13, tzinfo=UTC)
SAM = "ATTENDEE;CN=Sam Lee:mailto:sam@acme.example"
LATER = ("DTSTART:20261126T090000Z", "DTEND:20261126T100000Z", TITLE, ANN, ME)


def stored(
    company: str = "Acme",
    role: str = "Backend Engineer",
    *,
    number: int = 1,
    email: str = "",
    stage: Stage = Stage.INTERVIEWED,
    stage_at: datetime = NOW,
    applied_only: bool = False,
) -> ApplicationDetails:
    application = Application(
        number=number,
        company=company,
        role=role,
        stage=stage,
        stage_at=stage_at,
        outcome=Outcome.REJECTED if stage is Stage.MOVED_ON else None,
        applied_only=applied_only,
        created_at=NOW,
    )
    person = Contact(application_id=application.id, name="Ann Li", email=email, created_at=NOW)
    return ApplicationDetails(application=application, contacts=(person,) if email else ())


def booked(details: ApplicationDetails, at: datetime | None, day: datetime = STARTS_AT) -> ApplicationDetails:
    local = at.astimezone(ZONE) if at else None
    when = When(day=day.date(), at=local, zone=ZONE.key)
    change = book_round(details, NOW, Booking(when=when), BOOK)
    (made,) = details_after([details], change.edits)
    return made


def told(plan: ImportPlan) -> list[tuple[RowResult, str]]:
    return [(row.result, row.why) for row in plan.rows]


def test_an_invitation_of_an_unknown_company_makes_an_application_and_says_that_it_guessed() -> None:
    plan = planned(usual())
    details = one(plan)
    assert (details.application.company, details.application.role) == ("Acme", "Backend Engineer")
    assert (details.application.stage, details.application.stage_at) == (Stage.INTERVIEWED, STARTS_AT)
    (interview,) = details.interviews
    assert (interview.starts_at, interview.ends_at) == (STARTS_AT, STARTS_AT + timedelta(minutes=45))
    assert (interview.event_uid, interview.event_sequence, interview.zone) == ("1", 0, "Europe/Berlin")
    assert [(each.name, each.email) for each in people_in(interview, details)] == [("Ann Li", "ann@acme.example")]
    assert plan.rows[0].result is RowResult.NEW
    assert "Company and role are guessed" in plan.rows[0].why
    assert plan.guessed == plan.rows
    assert "Backend Engineer" in plan.readings[0]


def test_said_company_and_role_are_no_guess() -> None:
    plan = planned(usual(), company="Acme Holding", role="SRE")
    assert (one(plan).application.company, one(plan).application.role) == ("Acme Holding", "SRE")
    assert plan.guessed == ()


def test_the_same_twice_changes_nothing() -> None:
    details = one(planned(usual()))
    again = planned(usual(), existing=[details])
    assert again.change is None
    assert told(again) == [(RowResult.SAME, "It is stored already.")]
    both = planned(usual(), usual())
    assert [row.result for row in both.rows] == [RowResult.NEW, RowResult.SAME]


def test_a_newer_version_moves_the_interview_and_brings_link_place_and_people() -> None:
    details = one(planned(usual()))
    plan = planned(
        calendar(event(*LATER, SAM, "LOCATION:https://zoom.us/j/1", uid="1", sequence=1)), existing=[details]
    )
    moved = one(plan, [details])
    (interview,) = moved.interviews
    assert interview.starts_at == moved.application.stage_at == datetime(2026, 11, 26, 9, tzinfo=UTC)
    assert (interview.link, interview.event_sequence) == ("https://zoom.us/j/1", 1)
    assert [each.name for each in people_in(interview, moved)] == ["Ann Li", "Sam Lee"]
    assert plan.rows[0].result is RowResult.MERGED
    assert plan.rows[0].why == (
        "Moves it from Tue 24 Nov 2026 14:00 CET to Thu 26 Nov 2026 10:00 CET; adds the link; adds Sam Lee."
    )
    assert plan.guessed == ()


def test_of_two_versions_with_one_number_the_one_revised_later_counts() -> None:
    details = one(planned(usual()))
    newer = calendar(event(*LATER, stamp="20261121T100000Z"))
    assert one(planned(newer, existing=[details]), [details]).interviews[0].starts_at.day == 26
    older = calendar(event(*LATER, stamp="20261119T100000Z"))
    assert planned(older, existing=[details]).change is None


def test_an_older_version_changes_nothing_and_says_so() -> None:
    details = one(planned(usual(sequence=2)))
    plan = planned(calendar(event(*LATER, sequence=1)), existing=[details])
    assert plan.change is None
    assert told(plan) == [(RowResult.SAME, "It is an older version than the one you have: nothing was taken.")]


def test_the_same_version_leaves_an_interview_that_was_moved_by_hand() -> None:
    details = one(planned(usual()))
    (interview,) = details.interviews
    moved = replace(details, interviews=(replace(interview, starts_at=STARTS_AT + timedelta(days=1)),))
    plan = planned(usual(), existing=[moved])
    assert plan.change is None
    assert "was moved since" in plan.rows[0].why


def test_who_is_no_longer_invited_leaves_the_round_and_stays_a_contact() -> None:
    details = one(planned(usual(SAM)))
    plan = planned(usual(sequence=1), existing=[details])
    changed = one(plan, [details])
    assert [each.name for each in people_in(changed.interviews[0], changed)] == ["Ann Li"]
    assert [each.name for each in changed.contacts] == ["Ann Li", "Sam Lee"]
    assert plan.rows[0].why == "Without Sam Lee."


@pytest.mark.parametrize("sequence", [0, 1])
@pytest.mark.parametrize("by_status", [True, False])
def test_a_cancellation_cancels(sequence: int, by_status: bool) -> None:
    details = one(planned(usual()))
    lines = ("STATUS:CANCELLED",) if by_status else ()
    method = "REQUEST" if by_status else "CANCEL"
    plan = planned(usual(*lines, sequence=sequence, method=method), existing=[details])
    cancelled = one(plan, [details])
    assert cancelled.interviews[0].cancelled_at == NOW
    assert told(plan) == [(RowResult.MERGED, "Cancels the interview on Tue 24 Nov 2026 14:00 CET.")]
    again = planned(usual(*lines, sequence=sequence, method=method), existing=[cancelled])
    assert (again.change, again.rows[0].result) == (None, RowResult.SAME)


def test_an_interview_that_was_called_off_takes_place_again_by_a_newer_version_only() -> None:
    details = one(planned(usual()))
    cancelled = one(planned(usual(sequence=1, method="CANCEL"), existing=[details]), [details])
    assert planned(usual(), existing=[cancelled]).change is None
    plan = planned(usual(sequence=2), existing=[cancelled])
    assert one(plan, [cancelled]).interviews[0].cancelled_at is None
    assert "takes place after all" in plan.rows[0].why


def test_a_cancellation_of_something_unknown_is_left_out() -> None:
    plan = planned(usual(method="CANCEL"))
    assert plan.change is None
    assert plan.rows[0].result is RowResult.SKIPPED
    assert "cancels an interview that isn't stored" in plan.rows[0].why


def test_a_cancellation_finds_the_round_that_was_typed_by_hand() -> None:
    details = booked(stored(), STARTS_AT)
    plan = planned(usual(method="CANCEL"), existing=[details])
    assert one(plan, [details]).interviews[0].cancelled_at == NOW


SERIES = "RRULE:FREQ=DAILY;COUNT=3"
FIRST = "RECURRENCE-ID:20261124T130000Z"


def test_the_first_date_of_a_series_alone_is_moved_and_called_off_with_all() -> None:
    first = one(planned(usual(SERIES, uid="s")))
    moved = one(planned(calendar(event(*LATER, FIRST, uid="s", sequence=1)), existing=[first]), [first])
    assert [each.starts_at for each in moved.interviews] == [datetime(2026, 11, 26, 9, tzinfo=UTC)]
    again = planned(usual(SERIES, uid="s"), existing=[moved])
    assert again.change is None
    assert told(again)[0][0] is RowResult.SAME
    assert "was moved since" in told(again)[0][1]
    off = one(planned(usual(SERIES, uid="s", sequence=2, method="CANCEL"), existing=[moved]), [moved])
    assert all(each.cancelled_at for each in off.interviews)


def test_the_first_date_of_a_series_alone_is_called_off() -> None:
    first = one(planned(usual(SERIES, uid="s")))
    cancellation = usual(FIRST, uid="s", method="CANCEL")
    off = one(planned(cancellation, existing=[first]), [first])
    assert [bool(each.cancelled_at) for each in off.interviews] == [True]
    again = planned(cancellation, existing=[off])
    assert again.change is None
    assert told(again) == [(RowResult.SAME, "The interview is cancelled already.")]


def test_a_series_that_is_called_off_after_its_first_date_takes_its_moved_dates_along() -> None:
    other = event(*LATER, "RECURRENCE-ID:20261125T130000Z", uid="s", sequence=1)
    both = one(planned(calendar(event(START, END, TITLE, ANN, ME, SERIES, uid="s"), other)))
    first_off = one(planned(usual(FIRST, uid="s", method="CANCEL"), existing=[both]), [both])
    assert [bool(each.cancelled_at) for each in first_off.interviews] == [True, False]
    off = one(planned(usual(SERIES, uid="s", sequence=2, method="CANCEL"), existing=[first_off]), [first_off])
    assert all(each.cancelled_at for each in off.interviews)


def test_a_series_that_is_called_off_takes_its_moved_dates_along() -> None:
    other = event(*LATER, "RECURRENCE-ID:20261125T130000Z", uid="s", sequence=1)
    both = one(planned(calendar(event(START, END, TITLE, ANN, ME, SERIES, uid="s"), other)))
    assert len(both.interviews) == 2
    off = one(planned(usual(SERIES, uid="s", sequence=2, method="CANCEL"), existing=[both]), [both])
    assert all(each.cancelled_at for each in off.interviews)


def test_cancelling_a_series_cancels_its_moved_date() -> None:
    moved = event(START, END, TITLE, ANN, ME, "RECURRENCE-ID:20261117T130000Z", uid="s")
    details = one(planned(calendar(moved)))
    plan = planned(usual(uid="s", sequence=1, method="CANCEL"), existing=[details])
    assert one(plan, [details]).interviews[0].cancelled_at == NOW


def test_one_date_of_a_series_is_an_event_by_itself() -> None:
    series = event(START, END, TITLE, ANN, ME, "RRULE:FREQ=WEEKLY;COUNT=3", uid="s")
    moved = event(*LATER, "RECURRENCE-ID:20261201T130000Z", uid="s")
    plan = planned(calendar(series, moved))
    assert [each.event_uid for each in one(plan).interviews] == ["s", "s;2026-12-01T13:00:00+00:00"]
    assert "repeats: only its first date" in plan.rows[0].why


@pytest.mark.parametrize("method", ["REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER"])
def test_messages_that_tell_nothing_new_change_nothing(method: str) -> None:
    details = one(planned(usual()))
    plan = planned(calendar(event(*LATER, sequence=5), method=method), existing=[details])
    assert plan.change is None
    assert plan.rows[0].result is RowResult.SKIPPED


def test_it_joins_by_a_contacts_mail_address_whatever_the_company_is_called() -> None:
    details = stored("Holding Ltd", email="Ann@acme.example")
    plan = planned(usual(), existing=[details])
    joined = one(plan, [details])
    assert len(joined.contacts) == 1, "Ann is known"
    assert people_in(joined.interviews[0], joined) == joined.contacts
    assert plan.rows[0].result is RowResult.MERGED
    assert "a contact's email address" in plan.rows[0].why
    assert plan.guessed == ()


@pytest.mark.parametrize(
    ("company", "email"), [("Acme", ""), ("acme", ""), ("Acme GmbH", ""), ("Other", "bo@acme.example")]
)
def test_it_joins_by_company_and_by_mail_domain(company: str, email: str) -> None:
    details = stored(company, email=email)
    assert len(one(planned(usual(), existing=[details]), [details]).interviews) == 1


def test_a_name_that_begins_alike_is_a_guess() -> None:
    details = stored("Acme Robotics")
    plan = planned(usual(), existing=[details])
    assert len(one(plan, [details]).interviews) == 1
    assert plan.guessed == plan.rows


def test_another_job_at_the_company_is_a_guess() -> None:
    details = stored(role="Data Analyst", email="ann@acme.example")
    plan = planned(usual(), existing=[details])
    assert plan.guessed == plan.rows
    assert "though it is about “Backend Engineer”" in plan.rows[0].why


def test_of_two_jobs_at_a_company_the_one_with_the_role_is_joined() -> None:
    both = [stored(role="Data Analyst"), stored(role="Backend Engineer", number=2)]
    analyst, backend = after(planned(usual(), existing=both), both)
    assert (len(analyst.interviews), len(backend.interviews)) == (0, 1)


def test_of_two_jobs_that_fit_the_user_must_choose() -> None:
    both = [stored(role="Backend Engineer"), stored(role="Backend Engineer", number=2)]
    plan = planned(usual(), existing=both)
    assert plan.change is None
    assert plan.rows[0].result is RowResult.ERROR
    assert (
        "(#1), Acme · Backend Engineer (#2), or to a new one: say which with --for ID or --company and --role."
        in plan.rows[0].why
    )
    first, second = after(planned(usual(), existing=both, application_id=both[1].application.id), both)
    assert (len(first.interviews), len(second.interviews)) == (0, 1)


def test_what_was_only_applied_for_comes_to_interviewed() -> None:
    details = stored(stage=Stage.AWAITING, applied_only=True)
    joined = one(planned(usual(), existing=[details]), [details]).application
    assert (joined.stage, joined.applied_only, joined.stage_at) == (Stage.INTERVIEWED, False, STARTS_AT)


def test_a_closed_application_is_not_revived_by_a_guess() -> None:
    details = stored(stage=Stage.MOVED_ON, stage_at=NOW - timedelta(days=9))
    plan = planned(usual(), existing=[details])
    closed, new = after(plan, [details])
    assert (closed, new.application.number) == (details, 2)
    assert "Acme · Backend Engineer (#1) is closed and stays so: --for 1 reopens it." in plan.rows[0].why
    reopened = one(planned(usual(), existing=[details], application_id=details.application.id), [details])
    assert (reopened.application.stage, reopened.application.outcome) == (Stage.INTERVIEWED, None)


def test_a_round_before_what_is_known_goes_into_the_history() -> None:
    details = stored(stage=Stage.THANKED)
    past = calendar(event("DTSTART:20261110T130000Z", TITLE, ANN, ME))
    joined = one(planned(past, existing=[details]), [details])
    assert joined.application == details.application
    assert len(joined.interviews) == 1


def test_the_round_that_was_typed_by_hand_becomes_the_event() -> None:
    for details in (booked(stored(), STARTS_AT), booked(stored(), None)):
        joined = one(planned(usual(), existing=[details]), [details])
        (interview,) = joined.interviews
        assert (interview.event_uid, interview.starts_at, interview.time_known) == ("1", STARTS_AT, True)


@pytest.mark.parametrize(
    "line",
    [
        "DESCRIPTION:Sorry\\, I need to move our call to Thursday.",
        "DESCRIPTION:We have rescheduled your interview.",
        "DESCRIPTION:The interview has been moved.",
        "DESCRIPTION:Das Gespräch wurde verschoben.",
        "SUMMARY:Rescheduled: Interview with Acme: Backend Engineer",
    ],
)
def test_an_invitation_that_says_so_moves_the_one_interview_that_was_typed(line: str) -> None:
    details = booked(stored(), STARTS_AT)
    lines = [one for one in LATER if not (line.startswith("SUMMARY") and one == TITLE)]
    plan = planned(calendar(event(*lines, line)), existing=[details])
    (interview,) = one(plan, [details]).interviews
    assert interview.starts_at == datetime(2026, 11, 26, 9, tzinfo=UTC)
    assert "24 Nov" in plan.rows[0].why
    assert "26 Nov" in plan.rows[0].why


@pytest.mark.parametrize(
    "line", ["DESCRIPTION:If you need to reschedule\\, use this link.", "DESCRIPTION:Move our team forward!"]
)
def test_a_further_interview_names_the_one_that_stays(line: str) -> None:
    details = booked(stored(), STARTS_AT)
    plan = planned(calendar(event(*LATER, line)), existing=[details])
    assert len(one(plan, [details]).interviews) == 2
    assert "The one on Tue 24 Nov 2026 14:00 CET stays." in plan.rows[0].why


def test_of_two_interviews_ahead_none_is_moved_by_words() -> None:
    details = booked(booked(stored(), STARTS_AT), STARTS_AT + timedelta(days=1), STARTS_AT + timedelta(days=1))
    moved = "DESCRIPTION:We have rescheduled your interview."
    assert len(one(planned(calendar(event(*LATER, moved)), existing=[details]), [details]).interviews) == 3


def test_the_same_hour_on_the_clock_of_another_zone_is_the_interview_that_was_typed() -> None:
    denver = datetime(2026, 11, 24, 11, tzinfo=ZoneInfo("America/Denver"))
    when = When(day=denver.date(), at=denver, zone="America/Denver")
    details = stored()
    (details,) = details_after([details], book_round(details, NOW, Booking(when=when), BOOK).edits)
    there = event("DTSTART;TZID=Europe/Berlin:20261124T110000", TITLE, ANN, ME)
    (interview,) = one(planned(calendar(there), existing=[details]), [details]).interviews
    assert (interview.starts_at.hour, interview.zone) == (10, "Europe/Berlin")


def test_two_invitations_to_one_interview_make_one_round() -> None:
    second = usual(SAM, "LOCATION:https://zoom.us/j/1", uid="calendly-2")
    plan = planned(usual(), second)
    details = one(plan)
    (interview,) = details.interviews
    assert (interview.event_uid, interview.link) == ("1", "https://zoom.us/j/1")
    assert [each.name for each in details.contacts] == ["Ann Li", "Sam Lee"]


def test_a_contact_without_an_address_gets_it_from_the_invitation() -> None:
    known = stored(email="x@y.example")
    details = replace(known, contacts=(replace(known.contacts[0], email=""),))
    joined = one(planned(usual(), existing=[details]), [details])
    assert [(each.name, each.email) for each in joined.contacts] == [("Ann Li", "ann@acme.example")]


def test_of_a_whole_calendar_only_interviews_are_taken() -> None:
    def day(hour: int, title: str, *lines: str) -> str:
        return event(f"DTSTART:20261124T{hour:02}0000Z", f"SUMMARY:{title}", *lines, uid=title)

    events = (
        day(8, "Dentist"),
        day(9, "Interview with Globex for SRE"),
        day(10, "Team lunch at Mario's"),
        day(11, "Acme chat", ANN),
    )
    plan = planned(calendar(*events, method=""), existing=[stored(email="ann@acme.example")])
    assert [row.result.value for row in plan.rows] == ["skipped", "new", "skipped", "merged"]
    assert plan.rows[0].why.startswith("“Dentist”: It doesn't look like an interview")


def test_an_invitation_that_names_no_role_asks_for_it() -> None:
    file = calendar(event(START, "SUMMARY:Interview", ANN, ME))
    plan = planned(file)
    assert plan.rows[0].result is RowResult.ERROR
    assert "doesn't tell the role: say whose it is with --for ID or --company and --role." in plan.rows[0].why
    assert one(planned(file, role="SRE")).application.role == "SRE"


def test_an_interview_all_day_long_is_known_by_its_day() -> None:
    file = calendar(event("DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261126", TITLE, ANN, ME))
    plan = planned(file)
    (interview,) = one(plan).interviews
    assert (interview.time_known, interview.starts_at) == (False, datetime(2026, 11, 24, 11, tzinfo=UTC))
    assert "several days: only the first" in plan.rows[0].why


def test_a_round_moved_ahead_brings_back_what_had_gone_on() -> None:
    details = one(planned(usual(), now=NOW))
    waiting = replace(details, application=replace(details.application, stage=Stage.AWAITING, stage_at=STARTS_AT))
    later = STARTS_AT + timedelta(hours=20)
    plan = planned(calendar(event(*LATER, sequence=1)), existing=[waiting], now=later)
    assert one(plan, [waiting]).application.stage is Stage.INTERVIEWED


def test_one_change_holds_all_events_and_a_label() -> None:
    plan = planned(usual(), usual(uid="2", sequence=1).replace(b"acme", b"globex").replace(b"Acme", b"Globex"))
    assert plan.change is not None
    assert plan.change.label == "Imported 2 applications from 2 files"
    assert [each.application.company for each in after(plan)] == ["Acme", "Globex"]


def test_a_company_in_letters_of_another_alphabet_is_known_by_its_name() -> None:
    known = stored("みどり電機", "バックエンド エンジニア")
    title = "SUMMARY:バックエンド エンジニア 面接"
    plan = planned(
        calendar(event(START, END, title, ME)),
        existing=[known, stored("푸른솔 데이터", "데이터 엔지니어", number=2)],
        company="みどり電機",
        role="バックエンド エンジニア",
    )
    assert [(row.company, row.result) for row in plan.rows] == [("みどり電機", RowResult.MERGED)]


def test_roles_in_letters_of_another_alphabet_are_told_apart() -> None:
    plan = planned(
        usual(),
        existing=[stored("みどり電機", "バックエンド エンジニア")],
        company="みどり電機",
        role="営業",
    )
    assert [row.result for row in plan.rows] == [RowResult.NEW]


def test_the_journal_names_the_one_application_and_its_role_beside_another_open_one() -> None:
    plan = planned(usual())
    assert plan.change is not None
    assert plan.change.label == "Imported Acme from invite.ics"
    assert describe_change(plan) == "Imported Acme from invite.ics", "said once"
    (acme,) = after(plan)
    analyst = replace(acme.application, id="other", number=9, role="Data Analyst")
    newer = planned(usual("LOCATION:Room 7", sequence=1), existing=[acme, ApplicationDetails(application=analyst)])
    assert newer.change is not None
    assert newer.change.label == "Updated Acme (Backend Engineer) from invite.ics"
    assert describe_change(planned(usual(), usual())) == "Imported Acme from 2 files: 1 new, 1 same"
