"""What a wise friend would say at turns that few have thought of, by the commands that one would type there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import ZONE
from playbook.moments import moment
from run_cli import Shell

At = Callable[[str], Shell]
ANN = "Ann Li <ann@hooli.example>"
MET = ("add", "Hooli", "Dev", "--region", "US", "--interview", "10 nov 2026 10:00", "--with", ANN)


@pytest.fixture
def at(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> At:
    """The shell at a moment."""

    def at_that_time(when: str) -> Shell:
        monkeypatch.setenv("FOLLOWUP_NOW", moment(when, ZONE).isoformat())
        return shell

    return at_that_time


def why(shell: Shell) -> str:
    """The reason of the one thing that is asked for, now or later."""
    (found,) = shell("due", "--all", "--json").json
    return str(found["why"])


def test_whoever_asked_for_no_contact_is_left_alone_until_the_one_email_is_due(at: At) -> None:
    at("Tue 10 Nov 2026 12:00").begin(MET, ("thank", "1"), ("answer", "1", "dont_contact"))
    words = "They asked not to be contacted: one email after a long while, 10 business days after Tue 10 Nov."
    assert why(at("Wed 18 Nov 2026 09:00")) == words
    refused = at("Tue 24 Nov 2026 09:00")("log", "1", "email")
    assert "one email after a long while is enough: not before Wed 25 Nov" in refused.err
    assert "OK to contact" in at("Wed 25 Nov 2026 09:00").well("may-contact", "1").out


def test_a_reply_after_their_no_says_how_to_reopen_and_one_to_an_open_card_does_not(at: At) -> None:
    at("Tue 10 Nov 2026 12:00").begin(MET, ("thank", "1"), ("close", "1", "rejected"))
    shell = at("Mon 30 Nov 2026 12:00")
    assert "reopen it if they want you after all" in shell.well("log", "1", "reply").err
    shell.well("reopen", "1")
    assert "reopen" not in shell.well("log", "1", "reply").err


def test_a_job_that_was_applied_for_before_is_told_apart_from_one_that_is_on_the_board(at: At) -> None:
    at("Tue 10 Nov 2026 12:00").begin(MET, ("close", "1", "rejected"))
    shell = at("Mon 1 Feb 2027 12:00")
    again = shell.well("add", "hooli", "dev", "--applied", "today").err
    assert "You applied for this job before, ID 1, rejected: `merge 1 2` makes them one if it is" in again
    third = shell.well("add", "The Hooli, Inc.", "Dev.", "--applied", "today").err
    assert "It is there already as ID 2: `merge 2 3` makes them one, `undo`" in third


def test_the_hour_by_which_they_want_an_answer_is_kept_and_told(at: At) -> None:
    shell = at("Thu 12 Nov 2026 15:00").begin(MET, ("thank", "1"))
    shell.well("offer", "1", "--by", "tomorrow 17:00", "--notes", "30 days off")
    assert "30 days off; by Fri 13 Nov 2026 17:00 CET" in shell.well("show", "1").out
    shell.well("offer", "1", "--by", "mon noon", "--pay", "60k")
    assert "60k; 30 days off; by Mon 16 Nov 2026 12:00 CET\n" in shell.well("show", "1").out
    shell.well("offer", "1", "--by", "mon", "--start", "1 Feb")
    assert "30 days off; by Mon 16 Nov 2026 12:00 CET\n" in shell.well("show", "1").out
    shell.well("more-time", "1", "--until", "wed")
    assert "30 days off\n" in shell.well("show", "1").out, "the hour was one of the day before"
    shell.well("offer", "1", "--by", "thu", "--notes", "28 days off")
    assert "28 days off\n" in shell.well("show", "1").out


def test_an_offer_whose_day_has_passed_asks_whether_it_stands_and_needs_no_telephone(at: At) -> None:
    at("Thu 12 Nov 2026 15:00").begin(MET, ("thank", "1"), ("offer", "1", "--by", "tomorrow"))
    assert "passed" not in why(at("Fri 13 Nov 2026 23:00"))
    assert why(at("Sat 14 Nov 2026 09:00")).endswith("whether it still stands, or record what you answered.")


def test_a_task_due_by_an_hour_says_it(at: At) -> None:
    at("Tue 10 Nov 2026 12:00").begin(MET, ("thank", "1"), ("answer", "1", "send_something", "--by", "sun 20:00"))
    assert why(at("Wed 11 Nov 2026 09:00")) == "They asked you to send something by Sun 15 Nov 20:00."
    at("Wed 11 Nov 2026 09:00").well("answer", "1", "send_something", "--by", "sun")
    assert why(at("Wed 11 Nov 2026 10:00")) == "They asked you to send something by Sun 15 Nov."


def test_one_thank_you_to_one_recruiter_may_do_for_two_roles(at: At) -> None:
    kim = ("--with", "Kim Moss <kim@hireup.example>, recruiter", "--tags", "agency")
    shell = at("Tue 10 Nov 2026 18:00").begin(
        ("add", "Acme", "Buyer", "--interview", "today 10:00", *kim),
        ("add", "Zeta", "Buyer", "--interview", "today 11:30", *kim),
    )
    assert "Kim Moss is due for #1 and #2: one contact is enough, recorded for all at once." in shell("due").err
    shell.well("thank", "1", "2")
    assert "one contact is enough" not in shell("due").err


def test_thanks_to_two_people_of_one_employer_need_not_wait_for_each_other(at: At) -> None:
    shell = at("Tue 10 Nov 2026 18:00").begin(MET, (*MET[:2], "QA", *MET[3:-1], "Bo Chen <bo@hooli.example>"))
    assert "may have to wait" not in shell("due").err
