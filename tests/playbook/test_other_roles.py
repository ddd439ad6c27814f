"""Several jobs at one employer, and one recruiter for several: the guard counts across applications."""

from __future__ import annotations

from dataclasses import replace

import pytest

from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.details import ApplicationDetails, relate
from followup_tui.domain.model.touch import TouchKind
from playbook.first_days import FINE, interviewed
from playbook.history import History, history
from playbook.moments import Moment


def beside(seen: Moment, *others: History) -> Moment:
    """The same moment with other applications beside it."""
    known = [
        replace(story.details, application=replace(story.application, id=f"other {place}"))
        for place, story in enumerate(others)
    ]
    return replace(seen, details=relate([seen.details], [seen.details, *known])[0])


def at_company(story: History, company: str, *tags: str, role: str = "Data engineer") -> History:
    story.application = replace(story.application, company=company, role=role, tags=tags)
    return story


def mailed(story: History, name: str, email: str) -> History:
    story._contacts = [replace(one, email=email) if one.name == name else one for one in story._contacts]
    return story


def waiting() -> History:
    """An interview on Wed 18 Nov, thanked on Thu 19 Nov, they'd call: the check-in is due on Tue 1 Dec."""
    return interviewed().said(Answer.THEY_CALL).thanked("Thu 19 Nov 2026")


def other(company: str = "Acme Robotics", person: str = "Mira Lindt") -> History:
    """Another role, written to on Mon 30 Nov."""
    story = history().interview("Mon 9 Nov 2026 10:00", person).said(Answer.UNCLEAR).thanked("Tue 10 Nov 2026")
    return at_company(story.emailed("Mon 30 Nov 2026"), company)


@pytest.mark.parametrize(
    "company", ["Acme Robotics", "ACME robotics", "Acme Robotics Inc.", "The Acme Robotics", "Acmé Robotics"]
)
def test_a_contact_for_the_other_role_holds_the_check_in_back(company: str) -> None:
    seen = beside(waiting().at("Tue 1 Dec 2026"), other(company))
    assert seen.email == "contacts_apart until Mon 7 Dec 2026"
    assert seen.asks == "check_in Mon 7 Dec 2026, ahead 6, by email to Dana Ruiz"
    assert seen.then.why == (
        "A check-in, because they said they'd call: no sooner, you contacted them for the other role on"
        " Mon 30 Nov; look up Dana Ruiz's email address, or write on LinkedIn."
    )


@pytest.mark.parametrize("company", ["Acme Rockets", "Acme", "Robotics", "Beta GmbH"])
def test_another_employer_holds_nothing_back(company: str) -> None:
    assert beside(waiting().at("Tue 1 Dec 2026"), other(company)).email == FINE


def test_on_the_day_the_distance_is_kept_the_contact_is_fine() -> None:
    assert beside(waiting().at("Mon 7 Dec 2026"), other()).email == FINE


def test_never_two_contacts_a_day_to_one_employer_even_after_a_reply() -> None:
    story = waiting().replied("Mon 30 Nov 2026 12:00").said(Answer.THEY_CALL)
    assert beside(story.at("Mon 30 Nov 2026"), other()).email == "one_a_day until Tue 1 Dec 2026"
    assert beside(story.at("Tue 1 Dec 2026"), other()).email == FINE


@pytest.mark.parametrize(
    ("here", "there", "is_held"),
    [
        ("Acme GmbH", "Acme Inc", True),
        ("Acme Ltd", "The ACME", True),
        ("Acme GmbH & Co. KG", "Acme, Inc.", True),
        ("Acme AG", "Acme Holding AG", False),
        ("Acme Labs Inc", "Acme Inc", False),
    ],
)
def test_an_employer_by_two_legal_forms_is_one_for_the_guard(here: str, there: str, is_held: bool) -> None:
    story = at_company(waiting(), here)
    assert (beside(story.at("Tue 1 Dec 2026"), other(there)).email != FINE) == is_held


def test_a_reply_about_the_other_role_lifts_the_distance_to_it() -> None:
    answered = other().replied("Mon 30 Nov 2026 15:00")
    assert beside(waiting().at("Tue 1 Dec 2026"), answered).email == FINE


def test_a_call_for_the_other_role_is_a_call() -> None:
    called = at_company(history().interview("Mon 9 Nov 2026 10:00").called("Mon 30 Nov 2026"), "Acme Robotics")
    called.replied("Mon 30 Nov 2026 15:00")
    seen = beside(waiting().at("Tue 1 Dec 2026"), called)
    assert (seen.email, seen.call) == (FINE, "calls_apart until Mon 7 Dec 2026")


def test_an_interview_for_the_second_role_is_thanked_for_whatever_was_written_before_it() -> None:
    story = history().interview("Tue 1 Dec 2026 10:00", "Dana Ruiz")
    seen = beside(story.at("Tue 1 Dec 2026"), other())
    assert seen.asks == "thank Wed 2 Dec 2026, today 1 to Dana Ruiz"
    assert seen.thanks("Dana Ruiz") == FINE


def test_what_they_asked_for_is_never_held_back() -> None:
    story = interviewed().thanked("Thu 19 Nov 2026").said(Answer.SEND_SOMETHING, "Tue 1 Dec 2026")
    assert beside(story.at("Tue 1 Dec 2026"), other()).verdict(TouchKind.SENT) == FINE


def test_the_same_recruiter_for_two_employers_hears_from_you_once_a_week() -> None:
    mine = mailed(waiting(), "Dana Ruiz", "dana@staffing.example")
    theirs = mailed(other("Beta GmbH", "D. Ruiz"), "D. Ruiz", "DANA@staffing.example ")
    assert beside(mine.at("Tue 1 Dec 2026"), theirs).email == "contacts_apart until Mon 7 Dec 2026"
    stranger = mailed(other("Beta GmbH", "D. Ruiz"), "D. Ruiz", "ruiz@staffing.example")
    assert beside(mine.at("Tue 1 Dec 2026"), stranger).email == FINE


def test_at_an_agency_each_recruiter_counts_alone() -> None:
    mine = at_company(waiting(), "Staffing Ltd", "agency")
    colleague, same = other("Staffing Ltd"), other("Staffing Ltd", "Dana Ruiz")
    assert beside(mine.at("Tue 1 Dec 2026"), colleague).email == FINE
    assert beside(mine.at("Tue 1 Dec 2026"), same).email == "contacts_apart until Mon 7 Dec 2026"


def test_what_is_planned_for_the_other_role_holds_nothing_back_yet() -> None:
    assert beside(waiting().at("Sun 29 Nov 2026"), other()).asks.startswith("check_in Tue 1 Dec 2026, ahead 2")


def test_an_application_is_not_beside_itself() -> None:
    story = waiting()
    details: ApplicationDetails = relate([story.details], [story.details])[0]
    assert details.related == ()
