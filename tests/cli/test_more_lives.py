"""Ten more real lives; see `test_real_lives.py`."""

from __future__ import annotations

from cli.test_real_lives import Life, add, life, mail
from run_cli import Shell

__all__ = ["life"]


def test_two_offers_of_which_one_is_accepted(life: Life, shell: Shell) -> None:
    for company, name in (("Acme", "Ada Fox"), ("Globex", "Gus Ray"), ("Initech", "Ina Poe")):
        life("Tue 3 Nov 2026 09:00", add(company, "3 nov 2026 10:00", mail(name)))
    life("Tue 3 Nov 2026 18:00", "thank 1 2 3", "answer 1 2 3 they_call")
    life("Mon 9 Nov 2026 09:00", "offer 1 --by 2026-11-13", "offer 2 --by 2026-11-16")
    assert life("Tue 10 Nov 2026 09:00", "accept 1", of=2) == "answer_offer Mon 16 Nov - Gus Ray"
    assert "You accepted Acme's offer: decline this one" in " ".join(shell.well("show", "2").out.split())
    assert life("Tue 10 Nov 2026 09:05", of=3) == "withdraw Fri 13 Nov email Ina Poe"
    assert life("Tue 10 Nov 2026 09:10", "decline 2", of=2) == "tell_answer Mon 16 Nov email Gus Ray"
    assert life("Tue 10 Nov 2026 09:15", "undo", "undo", of=3) == "tell_of_offer Tue 10 Nov email Ina Poe"


def test_somebody_of_the_panel_is_remembered_on_the_next_day(life: Life) -> None:
    life("Mon 9 Nov 2026 09:00", add("Panelo", "9 nov 2026 10:00", mail("Abe Cole")))
    assert life("Mon 9 Nov 2026 12:00", "thank 1", "answer 1 they_call") == "check_in Thu 19 Nov email Abe Cole"
    assert life("Tue 10 Nov 2026 09:00", ["interview", "1", "9 nov 10:00", "--with", mail("Bo Chen")]) == (
        "thank Tue 10 Nov email Bo Chen"
    )


def test_a_rejection_and_a_message_three_months_later(life: Life) -> None:
    life("Mon 2 Nov 2026 09:00", add("Later", "2 nov 2026 10:00", mail("Sol Way")))
    life("Mon 2 Nov 2026 17:00", "thank 1", "answer 1 they_call")
    assert (
        life("Tue 10 Nov 2026 09:00", "log 1 reply", "close 1 rejected")
        == "gracious_note Fri 13 Nov email Sol Way"
    )
    assert life("Thu 12 Nov 2026 09:00", "log 1 email") == "nothing"
    assert life("Mon 8 Feb 2027 09:00") == "reconnect Tue 23 Feb email Sol Way"
    assert life("Tue 9 Feb 2027 09:00", "log 1 email") == "nothing"


def test_an_offer_without_a_day_and_more_time_that_runs_out(life: Life) -> None:
    life("Tue 3 Nov 2026 09:00", add("Acme", "3 nov 2026 10:00", mail("Ada Fox")))
    life("Tue 3 Nov 2026 18:00", "thank 1", "answer 1 they_call")
    assert life("Mon 9 Nov 2026 09:00", "offer 1") == "answer_offer Tue 17 Nov - Ada Fox"
    assert life("Mon 16 Nov 2026 09:00", "more-time 1 --until 2026-11-20") == "answer_offer Fri 20 Nov - Ada Fox"
    assert life("Mon 23 Nov 2026 09:00") == "answer_offer Fri 20 Nov - Ada Fox late"


def test_keeping_in_touch_by_phone_until_they_answer(life: Life) -> None:
    life("Tue 3 Nov 2026 09:00", add("Phono", "3 nov 2026 10:00", mail("Mo Bell", "+1 212 555 0100")))
    assert life("Tue 3 Nov 2026 18:00", "thank 1", "answer 1 keep_in_touch") == "call Tue 10 Nov phone Mo Bell"
    assert life("Tue 10 Nov 2026 09:00", "log 1 call --outcome spoke") == "record_answer Tue 10 Nov - -"
    assert (
        life("Tue 10 Nov 2026 09:05", "answer 1 decide_by --by 2026-11-20") == "check_in Tue 24 Nov email Mo Bell"
    )


def test_a_pin_over_the_second_interview(life: Life) -> None:
    life("Tue 3 Nov 2026 09:00", add("Pinna", "3 nov 2026 10:00", mail("Max Orr")))
    life("Tue 3 Nov 2026 12:00", "thank 1", "answer 1 next_round")
    life("Fri 6 Nov 2026 09:00", ["interview", "1", "18 nov 10:00", "--with", mail("Eva Lund")])
    life("Mon 9 Nov 2026 09:00", ["pin", "1", "20 nov", "--why", "call Maria", "--yes"])
    assert life("Wed 18 Nov 2026 12:00") == "thank Thu 19 Nov email Eva Lund"
    assert life("Wed 18 Nov 2026 17:00", "thank 1") == "pinned Fri 20 Nov - Eva Lund"


def test_an_interview_that_is_moved_by_a_week(life: Life) -> None:
    life("Tue 10 Nov 2026 09:00", add("Movio", "10 nov 2026 10:00", mail("Pat Kay")))
    life(
        "Tue 10 Nov 2026 12:00",
        "thank 1",
        "answer 1 next_round",
        ["interview", "1", "17 nov 15:00", "--with", mail("Mia Sun")],
    )
    life("Mon 16 Nov 2026 09:00", ["interview", "1", "24 nov 15:00", "--move"])
    assert life("Tue 17 Nov 2026 16:30") == "ask_next_step Tue 24 Nov - Mia Sun"
    assert life("Tue 24 Nov 2026 16:30") == "thank Wed 25 Nov email Mia Sun"


def test_a_slow_employer_and_a_bavarian_holiday(life: Life) -> None:
    slow = add("Bureau", "3 nov 2026 10:00", mail("Ida Low"), more=("--pace", "slow"))
    life("Tue 3 Nov 2026 09:00", slow)
    assert life("Tue 3 Nov 2026 12:00", "thank 1", "answer 1 they_call") == "check_in Fri 20 Nov email Ida Low"
    bavarian = [word if word != "US" else "DE-BY" for word in add("Isar", "4 jan 2027 10:00", mail("Uli Kern"))]
    life("Mon 4 Jan 2027 09:00", bavarian)
    assert (
        life("Mon 4 Jan 2027 12:00", "thank 2", "answer 2 they_call", of=2) == "check_in Thu 14 Jan email Uli Kern"
    )


def test_an_offer_that_is_declined_and_one_that_comes_after_the_acceptance(life: Life) -> None:
    for company, name in (("Acme", "Ada Fox"), ("Globex", "Gus Ray")):
        life("Tue 3 Nov 2026 09:00", add(company, "3 nov 2026 10:00", mail(name)))
    life("Tue 3 Nov 2026 18:00", "thank 1 2", "answer 1 2 they_call")
    life("Mon 9 Nov 2026 09:00", "offer 1")
    assert life("Tue 10 Nov 2026 09:00", "decline 1", of=2) == "check_in Fri 13 Nov email Gus Ray"
    life("Thu 12 Nov 2026 09:00", add("Umbra", "12 nov 2026 8:00", mail("Una Ott")))
    life("Thu 12 Nov 2026 10:00", "offer 3")
    assert life("Fri 13 Nov 2026 09:00", "accept 3", of=2) == "withdraw Tue 17 Nov email Gus Ray"
    life("Sat 14 Nov 2026 09:00", add("Hooli", "13 nov 2026 10:00", mail("Hal Fry")))
    assert life("Sat 14 Nov 2026 10:00", of=4) == "thank Sat 14 Nov email Hal Fry"


def test_references_without_a_day_and_the_same_interviewer_twice(life: Life) -> None:
    life("Tue 3 Nov 2026 09:00", add("Refero", "3 nov 2026 10:00", mail("Pat Kay")))
    assert life("Tue 3 Nov 2026 12:00", "answer 1 send_something") == "thank Wed 4 Nov email Pat Kay"
    assert life("Tue 3 Nov 2026 13:00", "thank 1") == "send_something Wed 4 Nov email Pat Kay"
    life("Wed 4 Nov 2026 09:00", "log 1 email", ["interview", "1", "6 nov 10:00", "--with", mail("Pat Kay")])
    assert life("Fri 6 Nov 2026 12:00") == "thank Sat 7 Nov email Pat Kay"


def test_nobody_is_written_to_by_email_whose_address_is_not_known(life: Life, shell: Shell) -> None:
    life("Tue 3 Nov 2026 09:00", add("Nobody", "2 nov 2026 10:00"), add("Namely", "2 nov 2026 10:00", "Ada Fox"))
    life("Tue 3 Nov 2026 09:00", add("Mailed", "2 nov 2026 10:00", mail("Gus Ray")))
    assert life("Tue 3 Nov 2026 10:00") == "thank Tue 3 Nov - -"
    assert " by email " not in shell("due").out.partition("Mailed")[0]
    assert life("Tue 3 Nov 2026 18:00", "thank 2", "answer 2 they_call", of=2) == "check_in Fri 13 Nov - Ada Fox"
    assert "Next check in with Ada Fox on Fri" in " ".join(shell.well("show", "2").out.split())
    assert life("Tue 3 Nov 2026 18:00", "thank 3", "answer 3 they_call", of=3) == (
        "check_in Fri 13 Nov email Gus Ray"
    )


def test_a_life_in_march_with_a_reply_after_the_rejection(life: Life, shell: Shell) -> None:
    life("Mon 8 Mar 2027 09:00", add("Marzo", "mar 9 10:00", mail("Sol Way")))
    life("Tue 9 Mar 2027 12:00", "thank 1", "answer 1 they_call")
    assert life("Fri 12 Mar 2027 09:00", "close 1 rejected") == "gracious_note Tue 16 Mar email Sol Way"
    assert shell.well("log", "1", "reply").err == (
        "Marzo: reply · still closed; reopen it if they want you after all; next: gracious note Tue 16 Mar\n"
    )
    assert life("Tue 15 Jun 2027 09:00", "log 1 reply") == "nothing"
    assert life("Tue 15 Jun 2027 09:05", ["interview", "1", "jun 22 10:00"]) == "ask_next_step Tue 22 Jun - -"


def test_two_rounds_booked_ahead_and_a_pin_behind_them(life: Life, shell: Shell) -> None:
    life("Mon 9 Nov 2026 09:00", add("Acme", "9 nov 2026 10:00", mail("Ann Lee")))
    life("Mon 9 Nov 2026 11:00", ["interview", "1", "12 nov 11:00"], ["interview", "1", "13 nov 9:00"])
    assert life("Mon 9 Nov 2026 11:05", "thank 1") == "ask_next_step Thu 12 Nov - -"
    assert shell.card()["stage"] == "interviewed"
    assert "; it is fine from Fri 13 Nov, after the interview." in " ".join(shell("log", "1", "email").err.split())
    pinned = shell.well("pin", "1", "dec 1", "--why", "ask Tom", "--yes").err
    assert pinned == "Acme pinned to Tue 1 Dec: ask Tom · next: pinned Tue 1 Dec (interview Thu 12 Nov 11:00)\n"
    cancelled = shell.well("interview", "1", "--cancel").err
    assert cancelled == (
        "Acme: interview Thu 12 Nov 11:00 cancelled · next: pinned Tue 1 Dec (interview Fri 13 Nov 09:00)\n"
    )
    assert life("Fri 13 Nov 2026 11:00") == "thank Sat 14 Nov email Ann Lee"
    assert life("Fri 13 Nov 2026 11:05", "thank 1") == "pinned Tue 1 Dec - Ann Lee"
    assert shell.card()["stage"] == "thanked"
