"""Fifteen real lives, week by week: what the shell advises at each turn was decided before anybody ran them.

Employers are in the US, where Wed 11 Nov (Veterans Day), Thu 26 Nov and Fri 25 Dec 2026 are holidays.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from conftest import ZONE
from playbook.moments import moment
from run_cli import Shell

Life = Callable[..., str]


@pytest.fixture
def life(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Life:
    """At a moment runs commands, then says what is asked: action, day, way, to whom, and whether it is late."""

    def lived(when: str, *commands: str | list[str], of: int = 1) -> str:
        at = moment(f"{when}", ZONE)
        monkeypatch.setenv("FOLLOWUP_NOW", at.isoformat())
        for command in commands:
            shell.well(*(command if isinstance(command, list) else command.split()))
        (found,) = [one for one in shell("due", "--all", "--json").json if one["id"] == of] or [None]
        if found is None:
            return "nothing"
        way, to = found["channel"] or "-", found["contact"] or "-"
        day = datetime.fromisoformat(found["due_on"])
        late = " late" if found["state"] == "late" else ""
        return f"{found['action']} {day:%a} {day.day} {day:%b} {way} {to}{late}"

    return lived


def add(company: str, when: str, *people: str, more: tuple[str, ...] = ()) -> list[str]:
    met = [word for person in people for word in ("--with", person)]
    return ["add", company, "Dev", "--region", "US", "--interview", when, *met, *more]


def mail(name: str, number: str = "") -> str:
    """Somebody with an address, and perhaps a number."""
    return f"{name} <{name.split()[0].lower()}@x.example>{number and ', '}{number}"


def test_two_roles_with_one_recruiter_of_which_one_is_lost(life: Life) -> None:
    rita = mail("Rita Moss")
    one, two = add("Vertex", "3 nov 2026 10:00", rita), add("Vertex", "5 nov 2026 10:00", rita)
    life("Mon 2 Nov 2026 09:00", one, ["add", "Vertex", "Planner", *two[3:]])
    assert life("Tue 3 Nov 2026 12:00") == "thank Wed 4 Nov email Rita Moss"
    life("Tue 3 Nov 2026 13:00", "answer 1 they_call", "thank 1")
    assert life("Wed 4 Nov 2026 09:00", of=2) == "ask_next_step Thu 5 Nov - Rita Moss"
    assert life("Thu 5 Nov 2026 12:00", of=2) == "thank Fri 6 Nov email Rita Moss"
    life("Thu 5 Nov 2026 13:00", "answer 2 they_call", "thank 2")
    assert (
        life("Tue 10 Nov 2026 09:00", "log 1 reply", "close 1 rejected")
        == "gracious_note Fri 13 Nov email Rita Moss"
    )
    assert life("Tue 10 Nov 2026 10:00", of=2) == "check_in Tue 17 Nov email Rita Moss"


def test_a_decision_over_the_holidays_and_a_call_that_nobody_answers(life: Life) -> None:
    life("Thu 17 Dec 2026 09:00", add("Nordwind", "17 dec 2026 10:00", mail("Ola Berg", "+1 212 555 0133")))
    life("Thu 17 Dec 2026 12:00", "answer 1 decide_by --by 2027-01-04")
    assert life("Thu 17 Dec 2026 12:01") == "thank Fri 18 Dec email Ola Berg"
    assert life("Fri 18 Dec 2026 15:00", "thank 1") == "check_in Wed 6 Jan email Ola Berg"
    assert life("Wed 6 Jan 2027 09:00", "log 1 email") == "call Wed 13 Jan phone Ola Berg"
    assert life("Wed 13 Jan 2027 09:00", "log 1 call --outcome no_answer") == "voicemail Wed 13 Jan phone Ola Berg"
    assert life("Wed 13 Jan 2027 09:05", "log 1 voicemail") == "wait Thu 21 Jan - -"
    assert life("Thu 21 Jan 2027 09:00") == "move_on Thu 21 Jan - -"


def test_a_panel_of_which_one_has_no_address(life: Life) -> None:
    life("Mon 9 Nov 2026 09:00", add("Panelo", "9 nov 2026 10:00", mail("Ann Li"), "Bo Chen", mail("Cy Young")))
    assert life("Mon 9 Nov 2026 12:00") == "thank Tue 10 Nov email Ann Li"
    life("Mon 9 Nov 2026 12:05", ["thank", "1", "--to", "Ann Li"], ["thank", "1", "--to", "Cy Young"])
    assert life("Mon 9 Nov 2026 12:10") == "thank Tue 10 Nov email Bo Chen"
    assert life("Mon 9 Nov 2026 12:15", "thank 1") == "record_answer Mon 9 Nov - -"


def test_a_take_home_task_and_the_wait_after_it(life: Life, shell: Shell) -> None:
    life("Thu 5 Nov 2026 09:00", add("Tasko", "5 nov 2026 10:00", mail("Kim Park")))
    life("Fri 6 Nov 2026 09:00", ["answer", "1", "send_something", "--by", "13 nov"], "thank 1")
    assert life("Mon 9 Nov 2026 09:00") == "send_something Fri 13 Nov email Kim Park"
    assert "what they asked you to send by Fri 13 Nov" in shell("snooze", "1", "16 nov").err
    assert life("Thu 12 Nov 2026 09:00", "log 1 email") == "check_in Mon 23 Nov email Kim Park"


def test_a_holiday_over_the_second_interview(life: Life) -> None:
    life("Mon 2 Nov 2026 09:00", add("Alpen", "2 nov 2026 10:00", mail("Max Orr")))
    life("Mon 2 Nov 2026 12:00", "thank 1", "answer 1 next_round")
    life("Fri 6 Nov 2026 09:00", ["interview", "1", "18 nov 14:00", "--with", mail("Eva Lund")])
    life("Mon 9 Nov 2026 09:00", ["snooze", "1", "30 nov", "--yes"])
    assert life("Tue 10 Nov 2026 09:00") == "ask_next_step Wed 18 Nov - Eva Lund"
    assert life("Wed 18 Nov 2026 16:00") == "thank Thu 19 Nov email Eva Lund"
    assert life("Thu 19 Nov 2026 09:00", "thank 1") == "record_answer Thu 19 Nov - -"
    assert life("Thu 19 Nov 2026 09:05", ["answer", "1", "decide_by", "--by", "27 nov"]) == (
        "check_in Tue 1 Dec email Eva Lund"
    )


def test_an_accepted_offer_with_an_interview_elsewhere_on_the_next_day(life: Life) -> None:
    people = [mail(name) for name in ("Ada Fox", "Gus Ray", "Ina Poe")]
    for place, company in enumerate(("Acme", "Globex", "Initech")):
        life("Tue 3 Nov 2026 09:00", add(company, "3 nov 2026 10:00", people[place]))
    life("Tue 3 Nov 2026 18:00", "thank 1 2 3", "answer 1 2 3 they_call")
    assert life("Mon 9 Nov 2026 09:00", "offer 1 --by 2026-11-13") == "answer_offer Fri 13 Nov - Ada Fox"
    assert life("Mon 9 Nov 2026 10:00", of=2) == "tell_of_offer Tue 10 Nov email Gus Ray"
    life("Mon 9 Nov 2026 10:05", "log 2 email", "log 3 email")
    assert life("Thu 12 Nov 2026 09:00", "more-time 1 --until 2026-11-18") == "answer_offer Wed 18 Nov - Ada Fox"
    life("Thu 12 Nov 2026 10:00", "log 2 reply", ["interview", "2", "19 nov 10:00"])
    life("Wed 18 Nov 2026 09:00", "close 1 accepted")
    assert life("Wed 18 Nov 2026 10:00", of=1) == "tell_answer Wed 18 Nov email Ada Fox"
    assert life("Wed 18 Nov 2026 10:00", "log 1 email", of=1) == "nothing"
    assert life("Wed 18 Nov 2026 10:00", of=2) == "withdraw Fri 20 Nov email Gus Ray"
    assert life("Wed 18 Nov 2026 10:00", of=3) == "withdraw Fri 20 Nov email Ina Poe"
    assert life("Thu 19 Nov 2026 08:00", of=2) == "ask_next_step Thu 19 Nov - -"
    assert life("Thu 19 Nov 2026 08:05", "interview 2 --cancel", of=2) == "withdraw Fri 20 Nov email Gus Ray"
    assert life("Thu 19 Nov 2026 08:10", "close 2 withdrew", of=2) == "nothing"
    assert life("Fri 20 Nov 2026 09:00", "log 3 reply", of=3) == "record_answer Fri 20 Nov - -"


def test_an_accepted_offer_that_is_taken_back(life: Life) -> None:
    for company, name in (("Acme", "Ada Fox"), ("Globex", "Gus Ray")):
        life("Mon 9 Nov 2026 09:00", add(company, "9 nov 2026 10:00", mail(name)))
    life("Tue 10 Nov 2026 09:00", "thank 1 2", "answer 1 2 they_call")
    life("Mon 16 Nov 2026 09:00", "offer 1")
    assert life("Tue 17 Nov 2026 09:00", "accept 1", of=2) == "withdraw Thu 19 Nov email Gus Ray"
    assert life("Wed 2 Dec 2026 09:00", "close 1 rejected", of=2) == "check_in Fri 20 Nov email Gus Ray late"


def test_a_promised_call_that_comes_on_the_next_business_day(life: Life) -> None:
    life("Tue 10 Nov 2026 09:00", add("Ringo", "10 nov 2026 10:00", mail("Lou Reed")))
    life("Tue 10 Nov 2026 12:00", "thank 1", ["answer", "1", "call_promised", "--by", "13 nov 15:00"])
    assert life("Fri 13 Nov 2026 14:00") == "wait Fri 13 Nov - Lou Reed"
    assert life("Fri 13 Nov 2026 16:00") == "missed_call Fri 13 Nov email Lou Reed"
    assert life("Mon 16 Nov 2026 11:00", "log 1 reply") == "record_answer Mon 16 Nov - -"
    life(
        "Mon 16 Nov 2026 11:05",
        "answer 1 next_round",
        ["interview", "1", "19 nov 9:00", "--with", mail("Lou Reed")],
    )
    assert life("Mon 16 Nov 2026 11:10") == "ask_next_step Thu 19 Nov - Lou Reed"


def test_one_agency_recruiter_for_two_employers(life: Life) -> None:
    tom = mail("Tom Fox")
    life("Thu 5 Nov 2026 09:00", add("Bluth", "5 nov 2026 10:00", tom), add("Sitwell", "6 nov 2026 10:00", tom))
    life("Thu 5 Nov 2026 12:00", "thank 1", ["answer", "1", "decide_by", "--by", "12 nov"])
    life("Fri 6 Nov 2026 12:00", "thank 2", ["answer", "2", "decide_by", "--by", "13 nov"])
    assert life("Mon 16 Nov 2026 09:00", "log 1 email", of=2) == "check_in Mon 23 Nov email Tom Fox"


def test_a_sheet_from_before(life: Life, tmp_path: Path) -> None:
    sheet = tmp_path / "jobs.csv"
    sheet.write_text(
        "Company,Role,Status,Interview date\nWren,Dev,Offer received,\nLark,Dev,Interviewed,\nRobin,Dev,Applied,\n"
        "Finch,Dev,Rejected,\n",
        encoding="utf-8",
    )
    assert life("Mon 9 Nov 2026 09:00", ["import", str(sheet)]) == "answer_offer Mon 9 Nov - -"
    assert "late" not in life("Mon 16 Nov 2026 09:00")
    assert life("Mon 16 Nov 2026 09:00", of=2).startswith("record_interview")
    assert [life("Mon 9 Nov 2026 10:00", of=place) for place in (3, 4)] == ["nothing", "nothing"]


def test_a_phone_screen_and_then_the_hiring_manager(life: Life) -> None:
    life("Tue 3 Nov 2026 09:00", add("Stagely", "3 nov 2026 10:00", mail("Pat Kay")))
    life(
        "Tue 3 Nov 2026 12:00",
        "thank 1",
        "answer 1 next_round",
        ["interview", "1", "10 nov 15:00", "--with", mail("Mia Sun")],
    )
    assert life("Tue 10 Nov 2026 16:30") == "thank Wed 11 Nov email Mia Sun"
    assert life("Tue 10 Nov 2026 17:00", "thank 1") == "record_answer Tue 10 Nov - -"
    assert life("Tue 17 Nov 2026 09:00") == "record_answer Tue 10 Nov - - late"
    assert life("Wed 18 Nov 2026 09:00") == "check_in Wed 18 Nov email Mia Sun"


def test_weeks_of_silence_and_then_a_reply(life: Life) -> None:
    life("Mon 2 Nov 2026 09:00", add("Quieta", "2 nov 2026 10:00", mail("Sol Way")))
    assert life("Mon 2 Nov 2026 17:00", "answer 1 they_call", "thank 1") == "check_in Thu 12 Nov email Sol Way"
    assert life("Thu 12 Nov 2026 09:00", "log 1 email") == "check_in Mon 23 Nov email Sol Way"
    assert life("Mon 23 Nov 2026 09:00", "log 1 email") == "wait Wed 2 Dec - -"
    assert life("Wed 2 Dec 2026 09:00") == "move_on Wed 2 Dec - -"
    assert life("Fri 4 Dec 2026 09:00", "close 1 no_reply") == "nothing"
    assert life("Tue 8 Dec 2026 09:00", "log 1 reply") == "record_answer Tue 8 Dec - -"


def test_whoever_asked_for_no_contact_hears_of_no_offer_and_gets_the_withdrawal(life: Life) -> None:
    for company, name in (("Acme", "Ada Fox"), ("Hush", "Zoe Lin")):
        life("Mon 2 Nov 2026 09:00", add(company, "2 nov 2026 10:00", mail(name)))
    life("Mon 2 Nov 2026 17:00", "thank 1 2", "answer 1 they_call", "answer 2 dont_contact")
    assert life("Tue 3 Nov 2026 09:00", "offer 1", of=2) == "check_in Tue 17 Nov email Zoe Lin"
    assert life("Thu 5 Nov 2026 09:00", "accept 1", of=2) == "withdraw Mon 9 Nov email Zoe Lin"


def test_an_interview_they_cancel_on_the_evening_before(life: Life) -> None:
    life("Mon 9 Nov 2026 09:00", add("Cancelo", "12 nov 2026 10:00", mail("Lee Orr")))
    assert life("Wed 11 Nov 2026 18:00", "interview 1 --cancel") == "ask_new_date Fri 13 Nov email Lee Orr"
    assert life("Thu 12 Nov 2026 09:00", "log 1 email") == "check_in Thu 19 Nov email Lee Orr"
    assert (
        life("Tue 17 Nov 2026 09:00", ["interview", "1", "20 nov 10:00"]) == "ask_next_step Fri 20 Nov - Lee Orr"
    )


def test_two_interviews_on_one_day_and_a_card_by_post(life: Life, shell: Shell) -> None:
    life(
        "Tue 10 Nov 2026 08:00",
        add("Morn", "10 nov 2026 9:00", mail("Abe Cole")),
        add("Noon", "10 nov 2026 14:00", mail("Bea Dorn")),
    )
    assert [life("Tue 10 Nov 2026 16:00", of=place) for place in (1, 2)] == [
        "thank Wed 11 Nov email Abe Cole",
        "thank Wed 11 Nov email Bea Dorn",
    ]
    life("Tue 10 Nov 2026 16:05", ["answer", "1", "decide_by", "--by", "12 nov"])
    assert "may come too late" in " ".join(shell.well("thank", "1", "--by", "post").err.split())
    assert life("Tue 10 Nov 2026 16:10") == "check_in Mon 16 Nov email Abe Cole"
