"""Accepting an offer leads through the other live applications; nothing is closed unasked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import NOW, ZONE
from flows.conversation import User, add
from followup_tui.domain.commands.answers import keep_open
from followup_tui.domain.model.application import Outcome, Stage
from followup_tui.domain.model.application_form import ApplicationForm, OfferTerms
from followup_tui.domain.model.details import OfferAnswer
from followup_tui.domain.model.errors import Conflict, Refused
from followup_tui.domain.model.interview import Booking
from followup_tui.domain.model.touch import KEPT_OPEN, LEFT_ALONE, Channel, LetterKind, TouchKind
from followup_tui.domain.model.when import When
from followup_tui.domain.rules.action import ActionKind
from followup_tui.flows.question import Choice, OpenLetter, Run, Stop, flow_of
from followup_tui.flows.record import close

ACCEPT = flow_of("accept_offer")


def offered(user: User, company: str = "Acme") -> str:
    id = add(user.tracker, company)
    user.tracker.commands.offer([id], OfferTerms())
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
    assert user.then(ACCEPT, acme, "n", "l", "c", "w", "", "s") == Stop()
    assert user.details(acme).application.outcome is Outcome.ACCEPTED
    assert outcomes(user, others) == [None, Outcome.WITHDREW, Outcome.WITHDREW, None, None]
    assert user.questions[1:3] == ["withdraw? 1 of 5", "withdraw? 2 of 5"]
    (letter,) = user.tracker.letters.of(written)
    assert (letter.kind, letter.sent_at) == (LetterKind.WITHDRAWAL, NOW)
    undone = []
    while outcomes(user, [acme]) == [Outcome.ACCEPTED]:
        user.tracker.commands.undo()
        undone.append(outcomes(user, [closed, written, acme]))
    assert undone == [
        [Outcome.WITHDREW, Outcome.WITHDREW, Outcome.ACCEPTED],  # "stop" left the rest as it is
        [Outcome.WITHDREW, None, Outcome.ACCEPTED],
        [None, None, Outcome.ACCEPTED],
        [None, None, None],
    ]
    assert {left, stopped, after}.isdisjoint(
        id for id in others if user.details(id).application.stage is Stage.MOVED_ON
    )


def asked(user: User, id: str) -> ActionKind | None:
    action = user.tracker.queries.next_action(id)
    return action.action if action else None


def test_stop_asking_leaves_the_rest_quiet_on_the_board_until_something_happens_and_one_undo_brings_it_back(
    user: User,
) -> None:
    acme, globex, initech, zuse = (
        offered(user),
        *(add(user.tracker, name) for name in ("Globex", "Initech", "Zuse")),
    )
    user.tracker.commands.snooze([zuse], NOW.date() + timedelta(days=3))
    assert user.then(ACCEPT, acme, "n", "l", "s") == Stop()
    assert [asked(user, id) for id in (globex, initech, zuse)] == [ActionKind.WITHDRAW, *[ActionKind.WAIT] * 2]
    rows = {each.id: each for each in user.tracker.queries.board().cards.values()}
    assert rows[initech].stage is not Stage.MOVED_ON
    assert rows[initech].due_on is not None
    assert rows[initech].due_on > NOW.date() + timedelta(days=30), "it isn't forgotten for good"
    action = user.tracker.queries.next_action(initech)
    assert action is not None
    assert not action.is_due
    assert "left this one as it is" in action.why
    user.tracker.commands.undo()
    assert [asked(user, id) for id in (globex, initech)] == [ActionKind.WITHDRAW] * 2
    assert user.details(zuse).touches == ()
    user.tracker.commands.redo()
    assert user.details(zuse).touches[-1].note == LEFT_ALONE, "it would ask once its snooze ends"


def test_stop_asking_where_nothing_asks_to_withdraw_changes_nothing(user: User) -> None:
    acme = offered(user)
    bare = user.tracker.commands.add(ApplicationForm(company="Globex", role="Dev")).cards[0].id
    before = asked(user, bare)
    assert user.then(ACCEPT, acme, "n", "s") == Stop()
    assert (asked(user, bare), user.details(bare).touches) == (before, ())


@pytest.mark.parametrize("at_once", [True, False])
def test_what_is_kept_open_is_not_asked_about_again(user: User, at_once: bool) -> None:
    acme, globex = offered(user), add(user.tracker, "Globex")
    before = user.tracker.queries.next_action(globex)
    user.then(ACCEPT, acme, "n", "k" if at_once else "l")
    if not at_once:
        asked = user.tracker.queries.next_action(globex)
        assert asked is not None
        assert asked.action is ActionKind.WITHDRAW
        selection = user.select(globex)
        selection.cards = [user.tracker.queries.board().cards[globex]]
        chosen = user.answer(close, selection, "k")
        assert isinstance(chosen, Run)
        chosen.command(selection.ids, selection.versions, "")
    kept = user.tracker.queries.next_action(globex)
    assert (kept and kept.action) == (before and before.action)
    assert user.details(globex).touches[-1].note == KEPT_OPEN
    user.tracker.commands.undo()
    undone = user.tracker.queries.next_action(globex)
    assert undone is not None
    assert undone.action is ActionKind.WITHDRAW
    user.tracker.commands.redo()
    with pytest.raises(Refused, match="isn't to be withdrawn from"):
        user.tracker.commands.run("log", [globex], keep_open)


@pytest.mark.parametrize(
    ("flow", "fields", "kind", "outcome"),
    [
        ("accept_offer", ["", ""], LetterKind.ACCEPTANCE, Outcome.ACCEPTED),
        ("decline_offer", [""], LetterKind.DECLINE, Outcome.DECLINED),
    ],
)
def test_an_answer_to_an_offer_is_asked_for_once_and_its_letter_is_offered(
    user: User, flow: str, fields: list[str], kind: LetterKind, outcome: Outcome
) -> None:
    acme = offered(user)
    assert user.answer(flow_of(flow), user.select(acme), "n") == Stop("Acme: the offer is still open")
    (question,) = user.asked
    assert isinstance(question, Choice)
    assert question.marked is False  # Enter alone answers no offer
    assert outcomes(user, [acme]) == [None]
    user.write = lambda opened: sends(user, opened)
    user.then(flow_of(flow), acme, "w", *fields)
    (letter,) = user.tracker.letters.of(acme)
    assert (letter.kind, letter.sent_at, outcomes(user, [acme])) == (kind, NOW, [outcome])
    user.tracker.commands.undo()
    assert outcomes(user, [acme]) == [outcome]
    user.tracker.commands.undo()
    assert outcomes(user, [acme]) == [None]


@pytest.mark.parametrize("flow", ["accept_offer", "decline_offer"])
def test_without_an_offer_nothing_is_asked(user: User, flow: str) -> None:
    acme = add(user.tracker, "Acme")
    with pytest.raises(Refused, match="has no offer that waits"):
        user.answer(flow_of(flow), user.select(acme))


def test_enter_leaves_it_open_as_the_first_answer_does(user: User) -> None:
    acme, other = offered(user), add(user.tracker, "Globex")
    user.then(ACCEPT, acme, "n", "l")
    _, question = user.asked
    assert question.options[0][2] == "leave"
    assert "asks again" in question.options[0][1]
    assert outcomes(user, [other]) == [None]
    asked = user.tracker.queries.next_action(other)
    assert asked is not None, "as the answer says"
    assert asked.action is ActionKind.WITHDRAW


def test_a_letter_that_is_not_sent_closes_nothing(user: User) -> None:
    acme, other = offered(user), add(user.tracker, "Globex")
    user.write = lambda opened: user.tracker.letters.save(opened.composition.letter)  # type: ignore[assignment]
    user.then(ACCEPT, acme, "n", "w", "")
    assert outcomes(user, [other]) == [None]
    assert [draft.kind for draft in user.tracker.letters.drafts(other)] == [LetterKind.WITHDRAWAL]


def test_the_nearest_interview_comes_first_and_is_named(user: User) -> None:
    acme, late, soon = offered(user), add(user.tracker, "Globex"), add(user.tracker, "Initech")
    for id, days in ((late, 9), (soon, 1)):
        at = NOW + timedelta(days=days)
        user.tracker.commands.interview(id, Booking(when=When(day=at.date(), at=at, zone=ZONE)))
    user.then(ACCEPT, acme, "n", "c", "l")
    assert [(question.subject, question.question) for question in user.asked[1:]] == [
        ("Initech", "withdraw? interview Mon 10:00, 1 of 2"),
        ("Globex", "withdraw? interview 1 Dec 10:00, 2 of 2"),
    ]
    assert outcomes(user, [soon, late]) == [Outcome.WITHDREW, None]


def test_another_offer_is_declined(user: User) -> None:
    acme, other = offered(user), offered(user, "Globex")
    user.then(ACCEPT, acme, "n", "c")
    assert user.asked[1].question == "decline their offer? 1 of 1"
    assert user.asked[1].options[2][1] == "Decline their offer: close it without a letter"
    assert outcomes(user, [other]) == [Outcome.DECLINED]
    assert user.details(other).offers[0].answer is OfferAnswer.DECLINED


def test_what_moved_on_or_was_only_applied_for_is_not_asked_about(user: User) -> None:
    acme, closed = offered(user), add(user.tracker, "Globex")
    user.tracker.commands.finish([closed], Outcome.REJECTED)
    assert user.then(ACCEPT, acme, "n") == Stop()
    assert user.questions == ["write the letter of acceptance?"]


def test_what_another_window_changed_meanwhile_is_refused(user: User) -> None:
    acme, other = offered(user), add(user.tracker, "Globex")

    def elsewhere(opened: OpenLetter) -> None:
        user.tracker.commands.finish([third], Outcome.REJECTED)

    third = add(user.tracker, "Initech")
    user.write = elsewhere
    with pytest.raises(Conflict, match="changed from another window"):
        user.then(ACCEPT, acme, "n", "w", "", "c")
    assert outcomes(user, [other, third]) == [None, Outcome.REJECTED]


def test_closing_as_accepted_or_declined_asks_what_follows_and_another_end_does_not(user: User) -> None:
    ids = [add(user.tracker, name) for name in ("Acme", "Globex", "Initech")]
    results = [user.answer(close, user.select(ids[0]), key) for key in "adrwn"]
    assert [bool(getattr(result, "then", None)) for result in results] == [True, True, False, False, False]


def test_line_mode_says_what_was_closed_and_names_the_role(user: User) -> None:
    user.is_line_mode = True
    acme = offered(user)
    add(user.tracker, "Globex")
    user.then(ACCEPT, acme, "n", "c")
    assert user.asked[1].line_question == "#2 Globex, Dev: withdraw? 1 of 1"
    assert user.messages == ["Globex → Moved on: withdrew"]


def test_an_offer_of_another_employer_is_declined_and_not_withdrawn_from(user: User) -> None:
    acme, globex = offered(user), offered(user, "Globex")
    user.write = lambda opened: sends(user, opened)
    user.then(ACCEPT, acme, "n", "w", "")
    (letter,) = user.tracker.letters.of(globex)
    assert (letter.kind, outcomes(user, [globex])) == (LetterKind.DECLINE, [Outcome.DECLINED])


@pytest.mark.parametrize(
    ("flow", "note"), [("accept_offer", "Accepted the offer"), ("decline_offer", "Declined the offer")]
)
def test_whoever_told_them_already_records_that_and_how(user: User, flow: str, note: str) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    user.tracker.commands.offer([acme], OfferTerms())
    assert user.then(flow_of(flow), acme, "t", "c") == Stop()
    (told,) = (touch for touch in user.details(acme).touches if touch.kind is TouchKind.SENT)
    assert (told.note, told.channel) == (note, Channel.PHONE)
