"""Accepting an offer leads through the other live applications; nothing is closed unasked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import NOW, ZONE
from flows.conversation import User, add
from followup_tui.domain.commands.offers import Terms
from followup_tui.domain.model.errors import Conflict
from followup_tui.domain.model.interview import Booking
from followup_tui.domain.model.letter import LetterKind
from followup_tui.domain.model.offer import OfferAnswer
from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.model.when import When
from followup_tui.flows import flow_of
from followup_tui.flows.question import OpenLetter, Stop
from followup_tui.flows.record import close

ACCEPT = flow_of("accept_offer")


def offered(user: User, company: str = "Acme") -> str:
    id = add(user.tracker, company)
    user.tracker.commands.offer([id], Terms())
    return id


def outcomes(user: User, ids: list[str]) -> list[Outcome | None]:
    return [user.details(id).application.outcome for id in ids]


def sends(user: User, opened: OpenLetter) -> None:
    user.tracker.letters.send(user.tracker.letters.save(opened.composition.letter))


def test_each_other_is_asked_about_and_only_what_was_chosen_is_done(user: User) -> None:
    acme = offered(user)
    left, closed, written, stopped, after = others = [
        add(user.tracker, name) for name in ("Globex", "Initech", "Umbra", "Zuse", "Ara")
    ]
    user.write = lambda opened: sends(user, opened)
    assert user.then(ACCEPT, acme, "l", "c", "w", "", "s") == Stop()
    assert user.details(acme).application.outcome is Outcome.ACCEPTED
    assert outcomes(user, others) == [None, Outcome.WITHDREW, Outcome.WITHDREW, None, None]
    assert user.questions[:2] == ["withdraw? 1 of 5", "withdraw? 2 of 5"]
    (letter,) = user.tracker.letters.of(written)
    assert (letter.kind, letter.sent_at) == (LetterKind.WITHDRAWAL, NOW)
    undone = []
    while outcomes(user, [acme]) == [Outcome.ACCEPTED]:
        user.tracker.commands.undo()
        undone.append(outcomes(user, [closed, written, acme]))
    assert undone == [
        [Outcome.WITHDREW, None, Outcome.ACCEPTED],
        [None, None, Outcome.ACCEPTED],
        [None, None, None],
    ]
    assert {left, stopped, after}.isdisjoint(
        id for id in others if user.details(id).application.stage is Stage.MOVED_ON
    )


def test_enter_leaves_it_open_as_the_first_answer_does(user: User) -> None:
    acme, other = offered(user), add(user.tracker, "Globex")
    user.then(ACCEPT, acme, "l")
    (question,) = user.asked
    assert question.options[0][2] == "leave"
    assert outcomes(user, [other]) == [None]


def test_a_letter_that_is_not_sent_closes_nothing(user: User) -> None:
    acme, other = offered(user), add(user.tracker, "Globex")
    user.write = lambda opened: user.tracker.letters.save(opened.composition.letter)  # type: ignore[assignment]
    user.then(ACCEPT, acme, "w", "")
    assert outcomes(user, [other]) == [None]
    assert [draft.kind for draft in user.tracker.letters.drafts(other)] == [LetterKind.WITHDRAWAL]


def test_the_nearest_interview_comes_first_and_is_named(user: User) -> None:
    acme, late, soon = offered(user), add(user.tracker, "Globex"), add(user.tracker, "Initech")
    for id, days in ((late, 9), (soon, 1)):
        at = NOW + timedelta(days=days)
        user.tracker.commands.interview(id, Booking(when=When(day=at.date(), at=at, zone=ZONE)))
    user.then(ACCEPT, acme, "c", "l")
    assert [(question.subject, question.question) for question in user.asked] == [
        ("Initech", "withdraw? interview Mon 10:00, 1 of 2"),
        ("Globex", "withdraw? interview 1 Dec 10:00, 2 of 2"),
    ]
    assert outcomes(user, [soon, late]) == [Outcome.WITHDREW, None]


def test_another_offer_is_declined(user: User) -> None:
    acme, other = offered(user), offered(user, "Globex")
    user.then(ACCEPT, acme, "c")
    assert user.asked[0].options[2][1] == "Decline their offer: close it without a letter"
    assert outcomes(user, [other]) == [Outcome.DECLINED]
    assert user.details(other).offers[0].answer is OfferAnswer.DECLINED


def test_what_moved_on_or_was_only_applied_for_is_not_asked_about(user: User) -> None:
    acme, closed = offered(user), add(user.tracker, "Globex")
    user.tracker.commands.finish([closed], Outcome.REJECTED)
    assert user.then(ACCEPT, acme) == Stop()
    assert user.asked == []


def test_what_another_window_changed_meanwhile_is_refused(user: User) -> None:
    acme, other = offered(user), add(user.tracker, "Globex")

    def elsewhere(opened: OpenLetter) -> None:
        user.tracker.commands.finish([third], Outcome.REJECTED)

    third = add(user.tracker, "Initech")
    user.write = elsewhere
    with pytest.raises(Conflict, match="changed from another window"):
        user.then(ACCEPT, acme, "w", "", "c")
    assert outcomes(user, [other, third]) == [None, Outcome.REJECTED]


def test_closing_as_accepted_leads_through_the_others_too_and_another_end_does_not(user: User) -> None:
    ids = [add(user.tracker, name) for name in ("Acme", "Globex", "Initech")]
    results = [user.answer(close, user.select(ids[0]), key) for key in "adrwn"]
    assert [bool(getattr(result, "then", None)) for result in results] == [True, False, False, False, False]


def test_line_mode_says_what_was_closed_and_names_the_role(user: User) -> None:
    user.is_line_mode = True
    acme = offered(user)
    add(user.tracker, "Globex")
    user.then(ACCEPT, acme, "c")
    assert user.asked[0].line_question == "#2 Globex, Dev: withdraw? 1 of 1"
    assert user.messages == ["Globex → Moved on: withdrew"]
