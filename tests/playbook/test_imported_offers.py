"""An imported offer of which no day is known asks for that day, now and then, and is never late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from followup_tui.domain.model.details import Offer
from followup_tui.domain.rules.action import ActionKind, State
from followup_tui.domain.views.card import UpcomingAction, card_of, card_status, describe_next_action
from followup_tui.domain.views.review import ReviewGroup, group_of
from followup_tui.domain.views.summary import describe_chain, describe_due_date
from playbook.history import history
from playbook.moments import Moment, day, moment, words

IMPORTED = Offer(
    application_id="application",
    made_at=moment("Mon 23 Nov 2026 09:00", "Europe/Berlin"),
    created_at=moment("Mon 23 Nov 2026 09:00", "Europe/Berlin"),
    day_known=False,
)

ASK_DAY = "next: ask by when they want an answer to the offer"


def seen(when: str, offer: Offer = IMPORTED) -> Moment:
    found = history().at(when)
    return replace(found, details=replace(found.details, offers=(offer,)))


@pytest.mark.parametrize(
    ("when", "asks"),
    [
        ("Mon 23 Nov 2026", "answer_offer Mon 23 Nov 2026, today 0"),
        ("Tue 24 Nov 2026", "answer_offer Tue 1 Dec 2026, ahead 7"),
        ("Tue 1 Dec 2026", "answer_offer Tue 1 Dec 2026, today 0"),
        ("Wed 2 Dec 2026", "answer_offer Tue 15 Dec 2026, ahead 13"),
        ("Tue 15 Dec 2026", "answer_offer Tue 15 Dec 2026, today 0"),
    ],
)
def test_it_asks_on_the_day_of_the_import_and_again_after_a_week_and_then_twice_as_long(
    when: str, asks: str
) -> None:
    assert seen(when).asks == asks
    assert seen(when).then.why.endswith("ask them, and record that day.")


def test_it_is_never_late_and_is_there_every_day() -> None:
    begin = seen("Mon 23 Nov 2026")
    for days in range(0, 365, 3):
        found = replace(begin, now=begin.now + timedelta(days=days)).then
        assert (found.action, found.state in (State.TODAY, State.AHEAD)) == (ActionKind.ANSWER_OFFER, True)


@pytest.mark.parametrize("days", range(20))
def test_it_is_in_the_review_of_each_day(days: int) -> None:
    begin = seen("Mon 23 Nov 2026")
    found = replace(begin, now=begin.now + timedelta(days=days))
    shown = card_of(found.details.application, found.then.step)
    assert group_of(shown, found.now.date()) is ReviewGroup.OFFERS


def test_an_offer_with_a_day_waits_for_its_own_day() -> None:
    found = seen("Mon 23 Nov 2026", replace(IMPORTED, answer_by=day("Fri 4 Dec 2026")))
    assert found.then.state is State.AHEAD
    assert group_of(card_of(found.details.application, found.then.step), found.now.date()) is None


def test_the_reason_names_no_day_on_which_nobody_was_reminded() -> None:
    found = seen("Wed 2 Dec 2026")
    told = describe_chain(found.then.step, found.calendar, found.calendar.day_of(found.now))
    assert told == ["No day is known yet: it is in the review every day, and due again on Tue 15 Dec."]


def test_once_they_named_a_day_it_is_an_offer_as_any_other() -> None:
    named = replace(IMPORTED, answer_by=day("Fri 4 Dec 2026"))
    assert seen("Mon 7 Dec 2026", named).asks == "answer_offer Fri 4 Dec 2026, late -3"


def test_the_words_of_a_note_are_no_mark() -> None:
    noted = replace(IMPORTED, notes="62k", day_known=False)
    assert seen("Tue 24 Nov 2026", noted).asks == "answer_offer Tue 1 Dec 2026, ahead 7"
    known = replace(IMPORTED, notes="The sheet didn't tell the day.", day_known=True)
    assert words(seen("Tue 24 Nov 2026", known).then.due_on) == "Tue 1 Dec 2026"
    assert "They made an offer on Mon 23 Nov" in seen("Tue 24 Nov 2026", known).then.why


@pytest.mark.parametrize(
    ("when", "offer", "sign", "card", "next_is", "by"),
    [
        ("Wed 2 Dec 2026", IMPORTED, "=", "offer: by when?", ASK_DAY, "by a day not known yet"),
        ("Mon 14 Dec 2026", IMPORTED, "=", "offer: by when?", ASK_DAY, "by a day not known yet"),
        ("Tue 15 Dec 2026", IMPORTED, "=", "offer today", "next: answer the offer today", "today"),
        (
            "Mon 23 Nov 2026",
            replace(IMPORTED, answer_by=day("Tue 24 Nov 2026")),
            "=",
            "offer by Tue",
            "next: answer the offer by Tue 24 Nov",
            "by Tue 24 Nov, today if you can",
        ),
        (
            "Mon 23 Nov 2026",
            replace(IMPORTED, answer_by=day("Thu 26 Nov 2026")),
            "=",
            "offer by Thu",
            "next: answer the offer by Thu 26 Nov",
            "by Thu 26 Nov",
        ),
    ],
)
def test_between_reminders_no_day_is_made_up(
    when: str, offer: Offer, sign: str, card: str, next_is: str, by: str
) -> None:
    found = seen(when, offer)
    today = found.now.date()
    shown = card_of(found.details.application, found.then.step)
    assert card_status(shown, found.now) == (sign, card)
    assert describe_next_action(found.then, today) == next_is
    assert describe_due_date(found.then, today) == by
    upcoming = UpcomingAction(shown, found.then.due_on).words(today)
    assert ("ask about the offer again on" in upcoming) == ("by when" in card)
