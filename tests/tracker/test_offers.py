"""An open offer is on the board and in what is due until it is answered, whatever else is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conftest import NOW, ZONE
from followup_tui.domain.commands.answers import accept, ask_time, decline
from followup_tui.domain.model.application import Answer, Outcome, Stage
from followup_tui.domain.model.application_form import ApplicationForm, OfferTerms
from followup_tui.domain.model.details import OfferAnswer, open_offer
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.interview import Booking
from followup_tui.domain.model.when import When
from followup_tui.domain.rules.action import ActionKind, State
from followup_tui.files import settings_file
from followup_tui.tracker.due import basket_at, due_at
from followup_tui.tracker.tracker import Tracker
from trackers import Clock

TODAY = NOW.date()
FRIDAY = date(2026, 12, 4)


@pytest.fixture
def here(database: Path, clock: Clock) -> Iterator[Tracker]:
    with closing(Tracker(database, zone=ZoneInfo(ZONE), clock=clock)) as tracker:
        yield tracker


def added(tracker: Tracker, company: str = "Acme") -> str:
    return tracker.commands.add(ApplicationForm(company=company, role="Dev")).cards[0].id


def accepts(tracker: Tracker, id: str) -> None:
    tracker.commands.run("accept", [id], accept)


def declines(tracker: Tracker, id: str) -> None:
    tracker.commands.run("decline", [id], decline)


def asks_time(tracker: Tracker, id: str, until: date | None = None) -> None:
    tracker.commands.run("more_time", [id], lambda each, now, rules: ask_time(each, now, until, rules))


def offered(tracker: Tracker, **terms: object) -> str:
    id = added(tracker)
    tracker.commands.offer([id], OfferTerms(**terms))  # type: ignore[arg-type]
    return id


@pytest.mark.parametrize(
    ("by", "asks", "due"),
    [
        (FRIDAY, date(2026, 11, 30), FRIDAY),
        (TODAY, TODAY, TODAY),
        (TODAY + timedelta(days=1), TODAY, TODAY + timedelta(days=1)),
        (TODAY + timedelta(days=3), TODAY + timedelta(days=2), TODAY + timedelta(days=3)),
        (TODAY + timedelta(days=30), TODAY + timedelta(days=20), TODAY + timedelta(days=30)),
        (None, TODAY, date(2026, 11, 27)),
    ],
)
def test_it_asks_from_two_thirds_of_the_time_on_or_at_once_where_they_named_no_day(
    here: Tracker, by: date | None, asks: date, due: date
) -> None:
    action = here.queries.next_action(offered(here, answer_by=by))
    assert action is not None
    assert (action.action, action.step.asks_on, action.due_on) == (ActionKind.ANSWER_OFFER, asks, due)
    assert ("named no day: ask" in action.why) == (by is None)


def test_it_is_late_when_its_day_has_passed_and_says_what_to_ask(here: Tracker, clock: Clock) -> None:
    id = offered(here, answer_by=FRIDAY)
    clock.at = datetime(2026, 12, 5, 9, tzinfo=ZoneInfo(ZONE))
    action = here.queries.next_action(id)
    assert action is not None
    assert (action.state, action.due_on) == (State.LATE, FRIDAY)
    assert action.why.endswith(
        "That day has passed: ask them today whether it still stands, or record what you answered."
    )


def test_it_is_louder_than_all_else(here: Tracker) -> None:
    thanked = here.commands.add(
        ApplicationForm(
            company="Early", role="Dev", interview=When(day=TODAY - timedelta(days=3), at=None, zone=ZONE)
        )
    )
    id = offered(here)
    board = here.queries.board()
    first = due_at(here.place, settings_file(None), NOW.astimezone(ZoneInfo(ZONE)))[0]
    assert first.uid == id
    assert thanked.cards[0].id in board.cards


def test_a_revised_offer_changes_the_one_that_is_open_and_keeps_what_was_not_said(here: Tracker) -> None:
    id = offered(here, answer_by=FRIDAY, pay="60k", start="January")
    here.commands.offer([id], OfferTerms(pay="65k"))
    (offer,) = here.queries.details(id).offers
    assert (offer.answer_by, offer.pay, offer.start) == (FRIDAY, "65k", "January")
    with pytest.raises(Refused, match="recorded like that already"):
        here.commands.offer([id], OfferTerms(pay="65k"))
    with pytest.raises(BadInput, match="has passed"):
        here.commands.offer([id], OfferTerms(answer_by=TODAY - timedelta(days=1)))


def test_more_time_is_granted_until_a_day_or_only_asked_for(here: Tracker) -> None:
    id = offered(here, answer_by=FRIDAY)
    asks_time(here, id)
    assert open_offer(here.queries.details(id)).answer_by == FRIDAY  # type: ignore[union-attr]
    asks_time(here, id, FRIDAY + timedelta(days=4))
    offer = open_offer(here.queries.details(id))
    assert offer is not None
    assert (offer.answer_by, offer.asked_time_at) == (FRIDAY + timedelta(days=4), NOW)
    with pytest.raises(BadInput, match="has passed"):
        asks_time(here, id, TODAY - timedelta(days=1))
    with pytest.raises(BadInput, match="They want to know by Tue 8 Dec, and Fri 4 Dec is earlier"):
        asks_time(here, id, FRIDAY)


@pytest.mark.parametrize(
    ("ends", "outcome", "answer"),
    [
        (accepts, Outcome.ACCEPTED, OfferAnswer.ACCEPTED),
        (declines, Outcome.DECLINED, OfferAnswer.DECLINED),
        (lambda t, id: t.commands.finish([id], Outcome.REJECTED), Outcome.REJECTED, OfferAnswer.TAKEN_BACK),
        (lambda t, id: t.commands.finish([id], Outcome.NO_REPLY), Outcome.NO_REPLY, OfferAnswer.LAPSED),
        (lambda t, id: t.commands.finish([id], Outcome.WITHDREW), Outcome.WITHDREW, OfferAnswer.DECLINED),
    ],
)
def test_the_end_answers_it_and_reopening_opens_it_again(
    here: Tracker, ends: Callable[[Tracker, str], object], outcome: Outcome, answer: OfferAnswer
) -> None:
    id, other = offered(here, answer_by=FRIDAY), added(here, "Globex")
    before = here.queries.details(id)
    ends(here, id)
    ended = here.queries.details(id)
    assert (ended.application.outcome, ended.offers[0].answer) == (outcome, answer)
    assert here.queries.details(other).application.stage is not Stage.MOVED_ON, "nothing is closed unasked"
    here.commands.undo()
    assert here.queries.details(id) == before
    here.commands.redo()
    here.commands.reopen([id])
    assert open_offer(here.queries.details(id)) == before.offers[0]


def test_without_an_offer_nothing_is_accepted_declined_or_put_off(here: Tracker) -> None:
    id = added(here)
    for verb in (accepts, declines, asks_time):
        with pytest.raises(Refused, match="no offer that waits"):
            verb(here, id)
    offer = offered(here)
    accepts(here, offer)
    with pytest.raises(Refused, match="no offer that waits"):
        accepts(here, offer)


def test_two_entries_of_one_job_merge_into_one_offer(here: Tracker) -> None:
    one, two = offered(here, pay="60k"), offered(here, answer_by=FRIDAY, pay="62k", notes="car")
    here.removal.merge(one, two)
    (offer,) = here.queries.details(one).offers
    assert (offer.answer_by, offer.pay, offer.notes) == (FRIDAY, "60k", "car\n\nAlso: 62k")
    here.commands.undo()
    assert [len(here.queries.details(id).offers) for id in (one, two)] == [1, 1]


@pytest.mark.parametrize("closed", [1, 2], ids=["one was open", "closed together"])
def test_one_of_two_offers_that_were_merged_is_open_again(here: Tracker, closed: int) -> None:
    ids = [here.commands.add(ApplicationForm(company="Acme", role=role)).cards[0].id for role in ("dev", "lead")]
    here.commands.offer(ids, OfferTerms(pay="60,000"))
    here.commands.finish(ids[:closed], Outcome.DECLINED)
    here.removal.merge(ids[1], ids[0])
    here.commands.reopen([ids[1]])
    assert [one.answer for one in here.queries.details(ids[1]).offers].count(None) == 1
    here.commands.undo()
    here.commands.redo()
    here.commands.finish([ids[1]], Outcome.ACCEPTED)
    assert [one.answer for one in here.queries.details(ids[1]).offers].count(OfferAnswer.ACCEPTED) == 1


def test_the_basket_names_it_on_the_board_and_in_the_shell_alike(here: Tracker) -> None:
    offered(here, answer_by=FRIDAY)
    globex = added(here, "Globex")
    at = NOW + timedelta(days=2)
    here.commands.interview(globex, Booking(when=When(day=at.date(), at=at, zone=ZONE)))
    zone = ZoneInfo(ZONE)
    due = [item.uid for item in due_at(here.place, settings_file(None), NOW.astimezone(zone))]
    assert here.queries.basket() == basket_at(here.place, settings_file(None), NOW.astimezone(zone), due)
    assert here.queries.basket().words.startswith(
        "offer from Acme by Fri 4 Dec, 1 other active, Globex interview Tue 24 Nov 10:00, 2 active"
    )


def test_the_basket_tells_two_open_roles_of_one_employer_apart_on_the_board_and_in_the_shell(
    here: Tracker,
) -> None:
    offered(here, answer_by=FRIDAY)
    other = here.commands.add(ApplicationForm(company="ACME", role="SRE")).cards[0].id
    at = NOW + timedelta(days=2)
    here.commands.interview(other, Booking(when=When(day=at.date(), at=at, zone=ZONE)))
    now, settings = NOW.astimezone(ZoneInfo(ZONE)), settings_file(None)
    due = [item.uid for item in due_at(here.place, settings, now)]
    told = "offer from Acme (Dev) by Fri 4 Dec, 1 other active, ACME (SRE) interview Tue 24 Nov 10:00,"
    assert here.queries.basket().words.startswith(told)
    assert here.queries.basket() == basket_at(here.place, settings, now, due)
    third = here.commands.add(ApplicationForm(company="Acme GmbH", role="sre")).cards[0].id
    told = "offer from Acme (Dev) by Fri 4 Dec, 2 others active, ACME (SRE, #2) interview Tue 24 Nov 10:00,"
    assert here.queries.basket().words.startswith(told)
    due = [item.uid for item in due_at(here.place, settings, now)]
    assert here.queries.basket() == basket_at(here.place, settings, now, due)
    here.commands.finish([other, third], Outcome.REJECTED)
    assert here.queries.basket().words.startswith("offer from Acme by Fri 4 Dec,")
    due = [item.uid for item in due_at(here.place, settings, now)]
    assert here.queries.basket() == basket_at(here.place, settings, now, due)


def _snooze(tracker: Tracker, id: str, days: int) -> None:
    tracker.commands.snooze([id], TODAY + timedelta(days=days + 1))


def _pin(tracker: Tracker, id: str, days: int) -> None:
    tracker.commands.pin([id], TODAY + timedelta(days=days + 1), "holiday")


def _book(tracker: Tracker, id: str, days: int) -> None:
    tracker.commands.interview(id, Booking(when=When(day=TODAY + timedelta(days=days - 5), at=None, zone=ZONE)))


_VERBS: dict[str, Callable[[Tracker, str, int], object]] = {
    "snooze": _snooze,
    "pin": _pin,
    "book": _book,
    "offer": lambda t, id, n: t.commands.offer(
        [id], OfferTerms(answer_by=TODAY + timedelta(days=n) if n % 3 else None, pay=f"{n}k")
    ),
    "more time": lambda t, id, n: asks_time(t, id, TODAY + timedelta(days=n) if n % 2 else None),
    "accept": lambda t, id, n: accepts(t, id),
    "decline": lambda t, id, n: declines(t, id),
    "close": lambda t, id, n: t.commands.finish([id], list(Outcome)[n % len(Outcome)]),
    "reopen": lambda t, id, n: t.commands.reopen([id]),
    "move": lambda t, id, n: t.commands.move_to([id], list(Stage)[n % 3], override="they asked"),
    "back": lambda t, id, n: t.commands.back([id]),
    "answer": lambda t, id, n: t.commands.answer([id], (Answer.UNCLEAR, Answer.THEY_CALL)[n % 2]),
    "reply": lambda t, id, n: t.commands.log([id], "reply"),
    "email": lambda t, id, n: t.commands.log([id], "email", override="they asked"),
    "thank": lambda t, id, n: t.commands.thank([id], override="late"),
    "call off": lambda t, id, n: t.commands.cancel_interview(id),
    "undo": lambda t, id, n: t.commands.undo(),
    "redo": lambda t, id, n: t.commands.redo(),
}
