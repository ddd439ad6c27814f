"""The rules of each move, one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.commands import stages, touches
from followup_tui.domain.model.application import STAGES, Application, Outcome, Stage
from followup_tui.domain.model.change import Change, combine, details_after
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.interview import Interview, Interviewer
from followup_tui.domain.model.touch import CallOutcome, Direction, Touch, TouchKind
from followup_tui.domain.rules.guard import Blocked
from rulebook import BOOK
from store.factories import any_of_each_kind

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
BEFORE = NOW - timedelta(days=5)


def at(stage: Stage, company: str = "Acme", **more: object) -> ApplicationDetails:
    plain = Application(number=1, company=company, role="dev", stage=stage, stage_at=BEFORE, created_at=BEFORE)
    return ApplicationDetails(application=replace(plain, **more))  # type: ignore[arg-type]


def met(
    *names: str, stage: Stage = Stage.INTERVIEWED, days_ago: int = 2, onto: ApplicationDetails | None = None
) -> ApplicationDetails:
    """The dossier with one more round, with these people in it."""
    details = onto or at(stage)
    id = details.application.id
    start = NOW - timedelta(days=days_ago)
    interview = Interview(application_id=id, starts_at=start, zone="Europe/Vienna", created_at=BEFORE)
    people = tuple(Contact(application_id=id, name=name, created_at=BEFORE) for name in names)
    links = tuple(
        Interviewer(application_id=id, interview_id=interview.id, contact_id=person.id) for person in people
    )
    return replace(
        details,
        contacts=details.contacts + people,
        interviews=(*details.interviews, interview),
        interviewers=details.interviewers + links[::-1],
    )


def after(change: Change) -> Application:
    (application,) = (edit.after for edit in change.edits if isinstance(edit.after, Application))
    return application


def touches_in(change: Change) -> list[Touch]:
    return [edit.after for edit in change.edits if isinstance(edit.after, Touch)]


def thanked(details: ApplicationDetails, change: Change) -> list[str | None]:
    names = {contact.id: contact.name for contact in details.contacts}
    return [touch.contact_id and names[touch.contact_id] for touch in touches_in(change)]


# Advancing


def test_advancing_goes_through_the_stages_in_their_order() -> None:
    for stage, following in pairwise(STAGES):
        moved = after(stages.advance(at(stage), NOW, BOOK, Outcome.ACCEPTED))
        assert (moved.stage, moved.stage_at) == (following, NOW)


def test_advancing_thanks_every_interviewer_in_the_order_they_were_named() -> None:
    details = met("Dana", "Ari", "Bo")
    change = stages.advance(details, NOW, BOOK)
    assert thanked(details, change) == ["Dana", "Ari", "Bo"]
    (interview,) = details.interviews
    for touch in touches_in(change):
        assert (touch.kind, touch.direction, touch.channel) == (TouchKind.THANK_YOU, Direction.OUT, None)
        assert (touch.at, touch.interview_id) == (NOW, interview.id)
    assert [touch.created_at for touch in touches_in(change)] == sorted(
        {each.created_at for each in touches_in(change)}
    )


def test_advancing_thanks_only_who_was_not_thanked_yet() -> None:
    details = met("Dana", "Ari")
    first = touches_in(stages.advance(details, NOW, BOOK))[0]
    assert thanked(details, stages.advance(replace(details, touches=(first,)), NOW, BOOK)) == ["Ari"]


def test_advancing_where_all_were_thanked_writes_no_second_thank_you() -> None:
    details = met("Dana", "Ari")
    whole = replace(details, touches=tuple(touches_in(stages.advance(details, NOW, BOOK))))
    assert touches_in(stages.advance(whole, NOW, BOOK)) == []


def test_advancing_thanks_for_an_earlier_round_as_long_as_it_is_not_too_late() -> None:
    details = met("Bo", days_ago=1, onto=met("Dana", days_ago=9))
    assert thanked(details, stages.advance(details, NOW, BOOK)) == ["Bo", "Dana"]
    details = met("Bo", days_ago=1, onto=met("Dana", days_ago=16))
    assert thanked(details, stages.advance(details, NOW, BOOK)) == ["Bo"]


def test_thanks_for_an_earlier_round_do_not_count_for_the_latest() -> None:
    first = met("Dana", days_ago=9)
    sent = tuple(touches_in(stages.advance(first, NOW - timedelta(days=8), BOOK)))
    second = met(days_ago=1, onto=replace(first, touches=sent))
    again = Interviewer(
        application_id=first.application.id,
        interview_id=second.interviews[-1].id,
        contact_id=second.contacts[0].id,
    )
    details = replace(second, interviewers=(*second.interviewers, again))
    assert thanked(details, stages.advance(details, NOW, BOOK)) == ["Dana"]


def test_a_cancelled_round_is_no_round() -> None:
    details = met("Bo", days_ago=1, onto=met("Dana", days_ago=9))
    cancelled = replace(details.interviews[1], cancelled_at=NOW)
    details = replace(details, interviews=(details.interviews[0], cancelled))
    assert thanked(details, stages.advance(details, NOW, BOOK)) == ["Dana"]


def test_where_nobody_is_known_one_thank_you_is_recorded_without_a_name() -> None:
    for details in (at(Stage.INTERVIEWED), met()):
        assert thanked(details, stages.advance(details, NOW, BOOK)) == [None]


def test_only_the_step_from_interviewed_to_thanked_records_thanks() -> None:
    assert touches_in(stages.move_to(met("Dana"), NOW, BOOK, Stage.AWAITING)) == []
    assert touches_in(stages.move_to(met("Dana", stage=Stage.AWAITING), NOW, BOOK, Stage.THANKED)) == []


def test_advancing_what_waits_asks_how_it_ended() -> None:
    with pytest.raises(Refused, match=r"^Say how it ended with Acme .*nothing was changed\.$"):
        stages.advance(at(Stage.AWAITING), NOW, BOOK)


def test_advancing_what_has_moved_on_is_refused() -> None:
    with pytest.raises(Refused, match=r"^Acme is already closed; nothing was changed. Reopen it"):
        stages.advance(at(Stage.MOVED_ON, outcome=Outcome.ACCEPTED), NOW, BOOK, Outcome.REJECTED)


# Back, and anywhere


def test_back_goes_one_stage_back_and_leaves_the_history() -> None:
    details = met("Dana", stage=Stage.THANKED)
    change = stages.back(details, NOW, BOOK)
    assert after(change).stage is Stage.INTERVIEWED
    assert len(change.edits) == 1


def test_back_on_the_first_stage_is_refused() -> None:
    with pytest.raises(Refused, match=r"^Acme is at the first stage"):
        stages.back(at(Stage.INTERVIEWED), NOW, BOOK)


def test_back_at_interviewed_its_time_counts_from_the_interview() -> None:
    details = met("Dana", stage=Stage.THANKED, days_ago=3)
    assert after(stages.back(details, NOW, BOOK)).stage_at == NOW - timedelta(days=3)
    assert after(stages.back(at(Stage.THANKED), NOW, BOOK)).stage_at == NOW


def test_moving_to_where_it_stands_is_refused() -> None:
    for stage in STAGES[:-1]:
        with pytest.raises(Refused, match=rf"^Acme is already at {stage.label}; nothing was changed\.$"):
            stages.move_to(at(stage), NOW, BOOK, stage)


def test_moving_out_of_moved_on_forgets_how_it_ended() -> None:
    closed = at(Stage.MOVED_ON, outcome=Outcome.REJECTED, closed_from=Stage.THANKED)
    moved = after(stages.move_to(closed, NOW, BOOK, Stage.AWAITING))
    assert (moved.stage, moved.outcome, moved.closed_from) == (Stage.AWAITING, None, None)


# Closing and reopening


@pytest.mark.parametrize("stage", STAGES[:-1])
def test_closing_remembers_the_stage_and_reopening_goes_back_there(stage: Stage) -> None:
    closed = after(stages.close(at(stage), NOW, BOOK, Outcome.WITHDREW))
    assert (closed.stage, closed.outcome, closed.closed_from) == (Stage.MOVED_ON, Outcome.WITHDREW, stage)
    assert closed.stage_at == NOW
    opened = after(stages.reopen(ApplicationDetails(application=closed), NOW, BOOK))
    assert (opened.stage, opened.outcome, opened.closed_from) == (stage, None, None)


def test_another_outcome_changes_neither_the_day_nor_the_stage_it_was_closed_from() -> None:
    closed = after(stages.close(at(Stage.THANKED), BEFORE, BOOK, Outcome.NO_REPLY))
    again = after(stages.close(ApplicationDetails(application=closed), NOW, BOOK, Outcome.REJECTED))
    assert again == replace(closed, outcome=Outcome.REJECTED)


def test_closing_the_same_way_twice_is_refused() -> None:
    closed = after(stages.close(at(Stage.THANKED), NOW, BOOK, Outcome.NO_REPLY))
    with pytest.raises(Refused, match=r"^Acme is closed as “no reply” already; nothing was changed\.$"):
        stages.close(ApplicationDetails(application=closed), NOW, BOOK, Outcome.NO_REPLY)


def test_reopening_what_is_open_is_refused() -> None:
    with pytest.raises(Refused, match=r"^Acme is still open, at Awaiting; nothing was changed\.$"):
        stages.reopen(at(Stage.AWAITING), NOW, BOOK)


def test_what_was_imported_as_closed_is_reopened_at_awaiting() -> None:
    assert after(stages.reopen(at(Stage.MOVED_ON), NOW, BOOK)).stage is Stage.AWAITING


def test_reopening_at_interviewed_thanks_nobody() -> None:
    closed = after(stages.close(met("Dana"), NOW, BOOK, Outcome.REJECTED))
    assert touches_in(stages.reopen(replace(met("Dana"), application=closed), NOW, BOOK)) == []


# Logging


def logged(details: ApplicationDetails, word: str, **more: object) -> Change:
    touch = touches.touch_of(details, NOW, word, **more, book=BOOK)  # type: ignore[arg-type]
    return touches.log(details, NOW, touch, BOOK)


@pytest.mark.parametrize("word", ["email", "post", "call", "voicemail"])
def test_a_follow_up_puts_what_was_thanked_into_awaiting(word: str) -> None:
    an_hour_ago = NOW - timedelta(hours=1)
    moved = after(logged(at(Stage.THANKED), word, at=an_hour_ago))
    assert (moved.stage, moved.stage_at) == (Stage.AWAITING, an_hour_ago)


@pytest.mark.parametrize("word", ["reply", "note"])
def test_a_reply_or_note_moves_nothing(word: str) -> None:
    assert len(logged(at(Stage.THANKED), word).edits) == 1


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage is not Stage.THANKED])
@pytest.mark.parametrize("word", touches.LOGGABLE)
def test_from_other_stages_no_touch_moves_anything(word: str, stage: Stage) -> None:
    (edit,) = logged(at(stage), word).edits
    assert edit.before is None


@pytest.mark.parametrize("word", touches.LOGGABLE)
def test_a_touch_keeps_what_was_said_of_it(word: str) -> None:
    (touch,) = touches_in(logged(at(Stage.AWAITING), word, at=BEFORE, note="twice", override="they asked me to"))
    kind, direction, channel = touches.LOGGABLE[word]
    assert (touch.kind, touch.direction, touch.channel) == (kind, direction, channel)
    assert (touch.at, touch.created_at) == (BEFORE, NOW)
    assert (touch.note, touch.override) == ("twice", "they asked me to")


def test_what_has_not_happened_yet_is_not_logged() -> None:
    with pytest.raises(Refused, match=r"^That is in the future, so it can't be logged as done; nothing was saved"):
        touches.touch_of(at(Stage.AWAITING), NOW, "call", at=NOW + timedelta(minutes=1), book=BOOK)


def test_only_a_call_has_an_outcome() -> None:
    for word in touches.LOGGABLE.keys() - {"call"}:
        with pytest.raises(Refused, match=r"^Only a call can end with “no answer”; nothing was saved"):
            touches.touch_of(at(Stage.AWAITING), NOW, word, outcome=CallOutcome.NO_ANSWER, book=BOOK)


# Labels, and many at once


@pytest.mark.parametrize(
    ("move", "label"),
    [
        (lambda: stages.advance(at(Stage.THANKED), NOW, BOOK), "Acme → Awaiting"),
        (lambda: stages.close(at(Stage.THANKED), NOW, BOOK, Outcome.NO_REPLY), "Acme → Moved on: no reply"),
        (
            lambda: stages.reopen(at(Stage.MOVED_ON, closed_from=Stage.THANKED), NOW, BOOK),
            "Acme reopened: Thanked",
        ),
        (lambda: logged(at(Stage.AWAITING), "email"), "Acme: check-in by email"),
        (lambda: logged(at(Stage.THANKED), "post"), "Acme: check-in by post → Awaiting"),
        (lambda: logged(at(Stage.AWAITING), "call", outcome=CallOutcome.SPOKE), "Acme: call, spoke"),
        (lambda: stages.reopen(at(Stage.MOVED_ON, "A → B"), NOW, BOOK), "A → B reopened: Awaiting"),
    ],
)
def test_a_change_says_what_it_does_in_one_line(move: Callable[[], Change], label: str) -> None:
    assert move().label == label


def test_what_many_applications_share_is_said_once_whatever_their_names() -> None:
    changes = [stages.advance(at(Stage.THANKED, name), NOW, BOOK) for name in ("A → B", "C", ": D")]
    both = combine(changes, "move", NOW)
    assert both.label == "3 applications → Awaiting"
    assert both.edits == tuple(edit for change in changes for edit in change.edits)


def test_where_many_go_different_ways_only_the_verb_is_said() -> None:
    changes = [stages.advance(at(stage), NOW, BOOK) for stage in (Stage.INTERVIEWED, Stage.THANKED)]
    assert combine(changes, "move", NOW).label == "2 applications: move"


def test_one_alone_is_itself() -> None:
    change = stages.back(at(Stage.THANKED), NOW, BOOK)
    assert combine([change], "move", NOW) is change


def test_a_reversed_change_reversed_is_the_change() -> None:
    change = stages.advance(met("Dana", "Ari"), NOW, BOOK)
    assert change.reversed().reversed() == change
    assert [edit.before for edit in change.reversed().edits] == [edit.after for edit in reversed(change.edits)]


@given(any_of_each_kind(), st.sampled_from(Stage), st.none() | st.sampled_from(Outcome))
def test_any_move_on_any_values_refuses_or_writes_where_it_was_told_to(
    family: tuple[object, ...], stage: Stage, outcome: Outcome | None
) -> None:
    application, contact, interview, link, touch, answer, offer, _ = family
    details = ApplicationDetails(
        application=application,  # type: ignore[arg-type]
        contacts=(contact,),  # type: ignore[arg-type]
        interviews=(interview,),  # type: ignore[arg-type]
        interviewers=(link,),  # type: ignore[arg-type]
        touches=(touch,),  # type: ignore[arg-type]
        next_steps=(answer,),  # type: ignore[arg-type]
        offers=(offer,),  # type: ignore[arg-type]
    )
    stands = details.application
    closing = stage is Stage.MOVED_ON
    if stands.stage is stage or (closing and outcome in (None, stands.outcome)):
        with pytest.raises(Refused, match=r"\.$"):
            stages.move_to(details, NOW, BOOK, stage, outcome)
        return
    try:
        change = stages.move_to(details, NOW, BOOK, stage, outcome)
    except Blocked:
        change = stages.move_to(details, NOW, BOOK, stage, outcome, override="they asked for it")
    moved = after(change)
    assert (moved.stage, moved.outcome) == (stage, outcome if closing else None)
    assert change.label.startswith(stands.company)


@pytest.mark.parametrize("days_ahead", [1, 9])
def test_before_the_interview_every_way_to_thanked_refuses_with_the_same_sentence(days_ahead: int) -> None:
    details = met("Dana Ruiz", days_ago=-days_ahead)
    told = set()
    for change in (
        lambda: stages.advance(details, NOW, BOOK),
        lambda: stages.move_to(details, NOW, BOOK, Stage.THANKED),
        lambda: touches.thank(details, NOW, touches.Thanks(), BOOK),
    ):
        with pytest.raises(Refused) as refused:
            change()
        told.add(refused.value.sentence)
    assert len(told) == 1
    assert "is still ahead" in told.pop()


def test_a_second_round_ahead_holds_up_no_thanks_for_the_first() -> None:
    details = met("Ann Li", days_ago=-3, onto=met("Dana Ruiz"))
    assert after(stages.advance(details, NOW, BOOK)).stage is Stage.THANKED


def test_a_second_round_ahead_keeps_it_at_interviewed_when_the_first_was_thanked_for() -> None:
    """As it would if the round was booked after the thank-you."""
    details = met("Ann Li", days_ago=-3, onto=met("Dana Ruiz"))
    change = touches.thank(details, NOW, touches.Thanks(), BOOK)
    assert thanked(details, change) == ["Dana Ruiz"]
    assert after_all(details, change).stage is Stage.INTERVIEWED
    earlier = touches.thank(details, NOW, touches.Thanks(at=NOW - timedelta(days=1)), BOOK)
    assert after_all(details, earlier).stage is Stage.INTERVIEWED


def after_all(details: ApplicationDetails, change: Change) -> Application:
    """The application after a change, which need not touch it."""
    return details_after([details], change.edits)[0].application
