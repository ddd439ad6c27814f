"""Accepting an offer asks to withdraw from the others: on the board, in `due`, in the basket, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from conftest import NOW, ZONE
from followup_tui.domain.commands.answers import accept, leave_alone
from followup_tui.domain.commands.applications import form_for
from followup_tui.domain.model.application import Application, Outcome, Stage, is_accepted_here
from followup_tui.domain.model.application_form import ApplicationForm, OfferTerms
from followup_tui.domain.model.change import Change, Edit
from followup_tui.domain.model.details import Offer, OfferAnswer, offers_made
from followup_tui.domain.model.interview import Booking
from followup_tui.domain.model.touch import LetterKind
from followup_tui.domain.model.when import When
from followup_tui.domain.rules.action import recommended_actions
from followup_tui.domain.views.options import likely_outcome
from followup_tui.domain.views.review import ReviewGroup
from followup_tui.files import settings_file
from followup_tui.store.reader import Reader
from followup_tui.tracker.due import basket_at, due_at
from followup_tui.tracker.schedule import compute_basket_at
from followup_tui.tracker.tracker import Tracker
from tracker.test_offers_elsewhere import SENDER, add
from trackers import Clock


def asks(tracker: Tracker, clock: Clock, id: str) -> str:
    """What is asked for: on the board, by the engine, and in `due` it must be one."""
    action, card = tracker.queries.next_action(id), tracker.queries.board().cards[id]
    rows = due_at(tracker.place, settings_file(None), clock.at.astimezone(tracker.schedule.zone), ahead=True)
    told = [row.action for row in rows if row.uid == id]
    assert told == [one for one in (action and action.action, card.action) if one][:1]
    assert card.action is (action.action if action else None)
    return told[0] if told else ""


def accepted(tracker: Tracker, id: str) -> None:
    tracker.commands.offer([id], OfferTerms())
    tracker.commands.run("accept", [id], accept)


@pytest.mark.parametrize(
    "accepts", [accepted, lambda t, id: t.commands.finish([id], Outcome.ACCEPTED)], ids=["offer", "closed"]
)
def test_all_others_ask_at_once_and_undo_and_redo_take_it_back_and_forth(
    tracker: Tracker, clock: Clock, accepts: Callable[[Tracker, str], object]
) -> None:
    acme, globex, other = add(tracker, "Acme"), add(tracker, "Globex"), add(tracker, "Acme", "Second role")
    clock.at += timedelta(minutes=5)
    accepts(tracker, acme)
    assert [asks(tracker, clock, id) for id in (acme, globex, other)] == ["", "withdraw", "withdraw"]
    tracker.commands.undo()
    assert "withdraw" not in (asks(tracker, clock, globex), asks(tracker, clock, other))
    tracker.commands.redo()
    assert asks(tracker, clock, globex) == "withdraw"
    clock.at += timedelta(minutes=5)
    assert asks(tracker, clock, add(tracker, "Initech")) == "check_in", (
        "what comes later has nothing to do with it"
    )


@pytest.mark.parametrize("accepts", [accepted, lambda t, id: t.commands.finish([id], Outcome.ACCEPTED)])
@pytest.mark.parametrize(
    "ends",
    [
        lambda t, id: t.commands.finish([id], Outcome.REJECTED),
        lambda t, id: t.commands.finish([id], Outcome.WITHDREW),
        lambda t, id: t.commands.reopen([id]),
        lambda t, id: t.removal.delete([id]),
    ],
    ids=["rejected", "withdrew", "reopened", "deleted"],
)
def test_where_it_comes_to_nothing_after_all_the_others_ask_as_before(
    tracker: Tracker,
    clock: Clock,
    accepts: Callable[[Tracker, str], object],
    ends: Callable[[Tracker, str], object],
) -> None:
    acme, globex = add(tracker, "Acme"), add(tracker, "Globex")
    clock.at += timedelta(minutes=5)
    accepts(tracker, acme)
    assert asks(tracker, clock, globex) == "withdraw"
    clock.at += timedelta(days=1)
    ends(tracker, acme)
    assert asks(tracker, clock, globex) not in ("withdraw", "")
    tracker.commands.undo()
    assert asks(tracker, clock, globex) == "withdraw"


def test_the_letter_withdraws_and_what_one_goes_on_with_is_left_alone(tracker: Tracker, clock: Clock) -> None:
    acme, globex, initech = (add(tracker, name) for name in ("Acme", "Globex", "Initech"))
    clock.at += timedelta(minutes=5)
    accepted(tracker, acme)
    card = tracker.queries.board().cards[globex]
    assert (recommended_actions(card.action), likely_outcome([card])) == (("letter", "close"), Outcome.WITHDREW)
    assert ReviewGroup.TO_WITHDRAW in [item.group for item in tracker.review.today().waiting]
    composed = tracker.letters.compose(globex, SENDER)
    assert composed.letter.kind is LetterKind.WITHDRAWAL
    assert tracker.letters.may_send(composed.letter).allowed
    tracker.letters.send(tracker.letters.save(composed.letter))
    assert tracker.queries.details(globex).application.outcome is Outcome.WITHDREW
    clock.at += timedelta(minutes=5)
    tracker.commands.log([initech], "reply")
    assert asks(tracker, clock, initech) == "record_answer"


@pytest.mark.parametrize("by_form", [False, True], ids=["moved", "edited"])
def test_an_interview_that_is_moved_afterwards_goes_on_until_undo(
    tracker: Tracker, clock: Clock, by_form: bool
) -> None:
    acme, globex, initech = (add(tracker, name) for name in ("Acme", "Globex", "Initech"))
    for id in (globex, initech):
        at = clock.at + timedelta(days=7)
        tracker.commands.interview(id, Booking(when=When(day=at.date(), at=at, zone=ZONE)))
    clock.at += timedelta(minutes=5)
    accepted(tracker, acme)
    assert asks(tracker, clock, globex) == asks(tracker, clock, initech) == "withdraw"
    clock.at += timedelta(minutes=5)
    before = tracker.queries.details(globex)
    at = clock.at + timedelta(days=9)
    when = When(day=at.date(), at=at, zone=ZONE)
    if by_form:
        tracker.commands.edit(globex, replace(form_for(before), interview=when))
    else:
        tracker.commands.reschedule(globex, when)
    tracker.commands.cancel_interview(initech)
    assert asks(tracker, clock, globex) == "ask_next_step"
    assert asks(tracker, clock, initech) == "withdraw", "one that is cancelled goes on with nothing"
    tracker.commands.undo()
    tracker.commands.undo()
    assert asks(tracker, clock, globex) == "withdraw"
    assert tracker.queries.details(globex).interviews == before.interviews


def test_what_was_left_alone_is_quiet_until_its_interview_or_until_the_silence_was_long_enough(
    tracker: Tracker, clock: Clock
) -> None:
    acme, globex, booked, wrote = (add(tracker, name) for name in ("Acme", "Globex", "Initech", "Hooli"))
    at = clock.at + timedelta(days=7)
    tracker.commands.interview(booked, Booking(when=When(day=at.date(), at=at, zone=ZONE)))
    clock.at += timedelta(minutes=5)
    accepted(tracker, acme)
    tracker.commands.run("log", [globex, booked, wrote], leave_alone)
    clock.at += timedelta(minutes=5)
    assert asks(tracker, clock, wrote) == "wait"
    tracker.commands.log([wrote], "reply")
    assert asks(tracker, clock, wrote) == "record_answer", "what one goes on with asks as ever"
    said: dict[str, list[str]] = {globex: [], booked: []}
    for _ in range(110):
        for id, words in said.items():
            found = asks(tracker, clock, id)
            words += [found] if words[-1:] != [found] else []
        clock.at += timedelta(days=1)
    assert said[globex] == ["wait", "move_on"]
    assert said[booked][:3] == ["wait", "ask_next_step", "withdraw"], "they met once more"


def test_without_an_acceptance_a_moved_interview_keeps_the_day_of_its_booking(
    tracker: Tracker, clock: Clock
) -> None:
    globex, at = add(tracker, "Globex"), clock.at + timedelta(days=7)
    tracker.commands.interview(globex, Booking(when=When(day=at.date(), at=at, zone=ZONE)))
    booked = {one.created_at for one in tracker.queries.details(globex).interviews}
    clock.at += timedelta(minutes=5)
    at += timedelta(days=1)
    tracker.commands.reschedule(globex, When(day=at.date(), at=at, zone=ZONE))
    assert {one.created_at for one in tracker.queries.details(globex).interviews} == booked


def test_the_basket_names_it_and_is_not_thin_until_the_search_goes_on(tracker: Tracker, clock: Clock) -> None:
    acme, *_ = (add(tracker, name) for name in ("Acme", "Globex", "Initech"))
    tracker.commands.add(ApplicationForm(company="Umbrella", role="Dev", applied_only=True))
    clock.at += timedelta(days=20)

    def basket() -> tuple[str, tuple[str, ...]]:
        now = clock.at.astimezone(tracker.schedule.zone)
        fast, slow = (
            basket_at(tracker.place, settings_file(None), now, ()),
            compute_basket_at(tracker.place, settings_file(None), now, tracker.schedule.zone),
        )
        assert fast.words == slow.words
        assert fast.thin == slow.thin
        return fast.words, fast.thin

    assert basket()[1] == ("none new for 20 days",)
    accepted(tracker, acme)
    assert basket() == ("Acme's offer accepted, withdraw from 2 others, 2 active, 1 applied", ())
    clock.at += timedelta(days=1)
    add(tracker, "Initrode")
    assert basket()[0].startswith("3 active, 1 new this week")


def test_a_frozen_clock_is_no_reason_to_miss_it(tracker: Tracker, clock: Clock) -> None:
    acme, globex = add(tracker, "Acme"), add(tracker, "Globex")
    accepted(tracker, acme)
    assert tracker.queries.details(globex).application.created_at == NOW
    assert asks(tracker, clock, globex) == "withdraw"


def every_end() -> list[Application | Offer]:
    """Applications with each outcome, ended at once or later, without an offer and with each answer to one."""
    rows: list[Application | Offer] = []
    for outcome in (None, *Outcome):
        for later in (0, 1):
            for answer in ("no offer", None, *OfferAnswer):
                number = len(rows) + 1
                ended = NOW + timedelta(hours=later)
                application = Application(
                    number=number, company=f"Firm {number}", role="Dev", outcome=outcome, created_at=NOW,
                    stage=Stage.MOVED_ON if outcome else Stage.AWAITING, stage_at=ended,
                )  # fmt: skip
                rows.append(application)
                if answer != "no offer":
                    offer = Offer(application_id=application.id, made_at=NOW - timedelta(days=1), created_at=NOW)
                    answered = ended if answer else None
                    rows.append(
                        replace(offer, answer=OfferAnswer(answer) if answer else None, answered_at=answered)
                    )
    return rows


def test_the_sql_and_the_rule_say_alike_which_offers_were_accepted_here(tracker: Tracker, clock: Clock) -> None:
    edits = tuple(Edit(None, row) for row in every_end())
    tracker.commands.commit(Change(verb="import", label="all", at=clock.at, edits=edits))
    reader = Reader(tracker.place)
    details = list(reader.load_details([id for id, *_ in reader.identities()]))
    offers = reader.offers()
    assert sorted(offers) == sorted(offers_made(details))
    assert {one.accepted_at is None for one in offers} == {True, False}
    ended = [one.application for one in details]
    accepted = [one for one in ended if is_accepted_here(one.outcome, one.stage_at, one.created_at)]
    assert 0 < len(accepted) < len(ended)
    clock.at += timedelta(hours=2)
    now = clock.at.astimezone(tracker.schedule.zone)
    quick = basket_at(tracker.place, settings_file(None), now, ())
    told = compute_basket_at(tracker.place, settings_file(None), now, tracker.schedule.zone)
    assert (quick.accepted, quick.to_withdraw) == (told.accepted, told.to_withdraw)
    assert told.accepted
    reader.close()
