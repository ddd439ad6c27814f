"""What holds for any life of an application, however it goes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from followup_tui.domain.model.application import Answer, Outcome, Stage
from followup_tui.domain.model.details import OfferElsewhere, open_offer
from followup_tui.domain.model.touch import CallOutcome, Channel, Direction, Touch, TouchKind
from followup_tui.domain.rules.action import OUTGOING, ActionKind, Step, state_on
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.history import history_of
from followup_tui.domain.rules.next_action import next_action
from followup_tui.domain.rules.rounds import over_at
from followup_tui.domain.rules.rule_context import ContactRule, paced, untold_offers
from playbook.history import History
from playbook.moments import PLAYBOOK, Moment, calendar
from playbook.strategies import (
    Event,
    Life,
    answer_event,
    books,
    contact_event,
    lives,
    lives_beside_offers,
    thank_you_event,
)
from rulebook import may_contact

KIND = {
    ActionKind.THANK: TouchKind.THANK_YOU,
    ActionKind.TELL_OF_OFFER: TouchKind.OTHER_OFFER,
    ActionKind.CHECK_IN: TouchKind.CHECK_IN,
    ActionKind.MISSED_CALL: TouchKind.CHECK_IN,
    ActionKind.CALL: TouchKind.CALL,
    ActionKind.VOICEMAIL: TouchKind.VOICEMAIL,
    ActionKind.GRACIOUS_NOTE: TouchKind.GRACIOUS_NOTE,
    ActionKind.RECONNECT: TouchKind.CHECK_IN,
}
"""The contact that each action asks for."""

MOMENT = timedelta(microseconds=1)
often = settings(max_examples=min(2_000, 3 * settings().max_examples))
"""More lives than the profile asks for: one takes a few milliseconds, and the rare ones tell most."""


def moments(step: Step, seen: Moment) -> Iterator[datetime]:
    """Moments at which a step stands: its first and last, midnights, and some in between."""
    last = step.until_at - MOMENT if step.until_at else max(step.from_at, seen.now) + timedelta(days=75)
    marks = {step.from_at, last, step.from_at + (last - step.from_at) / 3}
    for day in (step.asks_on, step.due_on, step.due_on + timedelta(days=1)):
        begins = seen.calendar.begin_of(day)
        marks |= {begins - MOMENT, begins, begins + timedelta(hours=11)}
    return iter(sorted(mark for mark in marks if step.from_at <= mark <= last))


def is_open(seen: Moment) -> bool:
    return seen.details.application.stage is not Stage.MOVED_ON


@often
@given(lives() | lives_beside_offers())
def test_the_playbook_never_proposes_what_the_guard_would_block(life: Life) -> None:
    seen = life.seen()
    for step in seen.outlook:
        if step.action not in OUTGOING:
            continue
        for at in moments(step, seen):
            if at < seen.calendar.begin_of(step.asks_on):
                continue
            verdict = may_contact(seen.details, KIND[step.action], at, PLAYBOOK, seen.calendar, to=step.contact_id)
            assert verdict.allowed, f"{step.action} at {at}: {verdict.rule}, {verdict.why}"


@often
@given(lives())
def test_check_ins_calls_and_moving_on_are_never_due_on_a_weekend_or_a_holiday(life: Life) -> None:
    seen = life.seen()
    counted = {ActionKind.CHECK_IN, ActionKind.CALL, ActionKind.MOVE_ON, ActionKind.GRACIOUS_NOTE}
    for step in seen.outlook:
        of_ones_own = step.is_held or step.due_on == seen.details.application.snoozed_until
        if step.action in counted and not of_ones_own:
            assert seen.calendar.is_business_day(step.due_on), f"{step.action} {step.due_on:%a %d %b %Y}"


@often
@given(lives(), st.lists(st.integers(1, 60 * 24 * 60), min_size=3, max_size=8))
def test_due_dates_do_not_move_while_nothing_happens_but_time(life: Life, minutes: list[int]) -> None:
    seen = life.seen()
    ends = [one.ends_at or one.starts_at + timedelta(hours=1) for one in seen.details.interviews]
    before = None
    at = seen.now
    for later in sorted(minutes):
        at = seen.now + timedelta(minutes=later)
        now = next_action(seen.details, PLAYBOOK, seen.calendar, at)
        asked = (
            None
            if now is None
            else (now.action, now.step.is_held, now.step.contact_id, sum(end <= at for end in ends))
        )
        if before is not None and now is not None and before[0] == asked:
            assert (now.due_on, now.step.asks_on) == before[1], f"{now.action} at {at}"
        before = None if now is None else (asked, (now.due_on, now.step.asks_on))


TWO_ROUNDS = Life(
    region="US",
    zone="America/New_York",
    begins=datetime(2026, 10, 21, 0, 9, tzinfo=UTC),
    first=("Dana Ruiz", "Sam Okafor"),
    events=(
        contact_event(timedelta(minutes=4), "call, spoke"),
        Event(timedelta(hours=5), "a second round an hour later", books(1, (), "Europe/Berlin", None)),
    ),
    looked_at_after=timedelta(hours=2),
)
"""Two rounds on two days, after which it is late for the first one's thank-you before a weekend."""


OFFER_AND_VOICEMAIL = Life(
    region="US",
    zone="Europe/Berlin",
    begins=datetime(2026, 10, 1, tzinfo=UTC),
    first=(),
    events=(
        answer_event(timedelta(minutes=1), Answer.DECIDE_BY, None),
        thank_you_event(timedelta(minutes=1)),
        contact_event(timedelta(minutes=1), "email"),
        answer_event(timedelta(days=1, minutes=1), Answer.DECIDE_BY, None),
        contact_event(timedelta(minutes=1), "call, no answer"),
    ),
    looked_at_after=timedelta(minutes=1),
    elsewhere=(
        OfferElsewhere(
            made_at=datetime(2026, 10, 1, tzinfo=UTC),
            application_id="of Globex",
            company="Globex",
            of_agency=False,
            answer_by=None,
            ended_at=None,
        ),
    ),
)
"""News of an offer on a day on which a voicemail could be left, a week before it is time to move on."""


@often
@given(lives() | lives_beside_offers())
@example(TWO_ROUNDS)
@example(OFFER_AND_VOICEMAIL)
def test_the_outlook_is_kept(life: Life) -> None:
    seen = life.seen()
    steps = seen.outlook
    for step, following in pairwise(steps):
        assert step.until_at == following.from_at or following.action is ActionKind.RECONNECT
    for step in steps:
        for at in moments(step, seen):
            now = next_action(seen.details, PLAYBOOK, seen.calendar, at)
            assert now is not None
            found = (now.action, now.due_on, now.step.asks_on, now.why, now.channel, now.contact, now.state)
            state = state_on(step, seen.calendar.day_of(at))
            told = (step.action, step.due_on, step.asks_on, step.why, step.channel, step.contact, state)
            assert found == told, f"at {at}"


@often
@given(lives_beside_offers())
def test_of_an_offer_that_stands_they_are_told_or_know_or_asked_not_to_be_contacted(life: Life) -> None:
    seen = life.seen()
    history = history_of(seen.details, PLAYBOOK, seen.calendar, seen.now)
    verdict = may_contact(seen.details, TouchKind.OTHER_OFFER, seen.now, PLAYBOOK, seen.calendar)
    untold = untold_offers(history)
    at_once = (None, ContactRule.NO_CONTACT, ContactRule.ONE_A_DAY)
    if not all(offer.answer_by == history.today for offer in untold):
        assert verdict.rule in at_once
    elif untold:  # tomorrow there is none to tell of
        assert verdict.rule in (*at_once, ContactRule.NO_OFFER)
    assert verdict.allowed == (verdict.rule is None)
    if verdict.rule is ContactRule.ONE_A_DAY:
        assert verdict.from_on == history.today + timedelta(days=1)
    else:
        assert verdict.from_on == (history.today if verdict.allowed else None)
    if open_offer(seen.details) is not None:
        assert seen.then.action is ActionKind.ANSWER_OFFER
    elif seen.next is not None and seen.next.action is ActionKind.TELL_OF_OFFER:
        assert verdict.allowed or not seen.next.is_due
        after = replace(seen.details, touches=(*seen.details.touches, _told(seen)))
        following = next_action(after, PLAYBOOK, seen.calendar, seen.now + timedelta(minutes=1))
        assert following is None or following.action is not ActionKind.TELL_OF_OFFER, "once is enough"


def _told(seen: Moment) -> Touch:
    return Touch(
        application_id="application",
        kind=TouchKind.OTHER_OFFER,
        direction=Direction.OUT,
        channel=Channel.EMAIL,
        at=seen.now,
        created_at=seen.now,
    )


@often
@given(lives())
def test_every_open_application_has_a_next_action_with_a_date_and_a_reason_in_one_sentence(life: Life) -> None:
    seen = life.seen()
    found = seen.next
    if not is_open(seen):
        ahead = history_of(seen.details, seen.playbook, seen.calendar, seen.now).ahead
        asked = {ActionKind.GRACIOUS_NOTE, ActionKind.RECONNECT} | ({ActionKind.ASK_NEXT_STEP} if ahead else set())
        assert (found is None and ahead is None) or (found is not None and found.action in asked)
        assert found is None or (found.step.interview_on is not None) == (ahead is not None)
        return
    assert found is not None
    assert isinstance(found.due_on, date)
    assert found.days == (found.due_on - seen.calendar.day_of(seen.now)).days
    assert re.fullmatch(r"[^\n]*[.?!”]", found.why), found.why
    assert not re.search(r"[.?!]\s+[A-Z]", found.why), found.why


@often
@given(lives())
def test_the_same_history_gives_the_same_answer(life: Life) -> None:
    seen, again = life.seen(), life.seen()
    fresh = calendar.__wrapped__(life.region, life.zone)
    assert seen.next == again.next == next_action(again.details, PLAYBOOK, fresh, again.now)
    assert seen.outlook == again.outlook


OVERLAPPED = Life(
    region="US",
    zone="Europe/Berlin",
    begins=datetime(2026, 10, 5, 8, tzinfo=UTC),
    first=(),
    events=(Event(timedelta(minutes=30), "a round of three hours", books(0, (), "Europe/Berlin", 180)),),
    looked_at_after=timedelta(minutes=1),
)
"""Three hours at the employer, an hour of which a further interview takes: they are thanked after the last."""


@often
@given(lives(), st.integers(1, 90))
@example(OVERLAPPED, 1)
def test_a_further_round_restarts_the_clock(life: Life, hours: int) -> None:
    story = life.lived()
    assume(story.application.stage is not Stage.MOVED_ON)
    story.pinned(None).snoozed(None)
    booked_at = life.now(story)
    assume(all(one.starts_at < booked_at for one in story.details.interviews))
    starts_at = booked_at + timedelta(hours=hours)
    story.round(starts_at, "Noor Vance", zone=life.zone, booked_at=booked_at)
    held_until = starts_at + timedelta(hours=1)
    ends = [over_at(one, PLAYBOOK) for one in story.details.interviews if one.cancelled_at is None]
    over = story.seen(max(ends))  # one before may be on still
    if held_until < over.now:
        assert story.seen(held_until).then.action is ActionKind.ASK_NEXT_STEP
    held_on = over.calendar.day_of(over.now)
    assume(over.calendar.day_of(starts_at) == held_on)
    owed = history_of(over.details, over.playbook, over.calendar, over.now).owed
    assume(all(one.held.interview and one.held.interview.starts_at == starts_at for one in owed))
    assert over.then.action is ActionKind.THANK
    assert "thank Noor Vance" in over.then.why
    assert over.then.due_on == held_on + timedelta(days=1)
    story.thanks(over.now + timedelta(days=1), "Noor Vance")
    story.answered(Answer.THEY_CALL, over.now + timedelta(days=1, minutes=1))
    after = story.seen(over.now + timedelta(days=1, minutes=2))
    wait = paced(PLAYBOOK, 7, story.application.pace)
    thanked_on = after.calendar.day_of(over.now + timedelta(days=1))
    assert (after.then.action, after.then.due_on) == (ActionKind.CHECK_IN, after.calendar.after(thanked_on, wait))


# -- Following the playbook -------------------------------------------------------------------------------------


class Follower:
    """Does what the playbook asks for, when it is due or some days late, while they stay silent."""

    def __init__(self, life: Life, late: list[int], answers: list[Answer]) -> None:
        self.story: History = life.lived()
        self.now = life.now(self.story)
        self.late, self.answers = late, answers
        self.made: list[tuple[str, Touch, Moment]] = []

    def follow(self) -> ActionKind | None:
        """One step; what was asked for."""
        seen = self.story.seen(self.now)
        found = seen.next
        if found is None:
            return None
        step = found.step
        if found.action in OUTGOING:
            self._contact(step, seen.calendar)
        elif found.action is ActionKind.SEND_SOMETHING:
            self.story.did(TouchKind.SENT, self._when(step, seen.calendar), Channel.EMAIL)
        elif found.action is ActionKind.RECORD_ANSWER:
            self._answer()
        elif found.action is ActionKind.PINNED:
            self.now = self._when(step, seen.calendar)
            self.story.pinned(None)
        elif found.action is not ActionKind.MOVE_ON:
            self.now = max(self.now, step.until_at or seen.calendar.begin_of(step.due_on))
        elif found.step.asks_on > seen.calendar.day_of(self.now):
            self.now = seen.calendar.begin_of(found.step.asks_on)
            return ActionKind.WAIT
        return found.action

    def _when(self, step: Step, its: Calendar) -> datetime:
        """Ten hours into the day on which it is due, or so many days later; or now, where that is past."""
        days = self.late.pop() if self.late else 0
        at = max(self.now, its.begin_of(step.due_on) + timedelta(hours=10)) + timedelta(days=days)
        self.now = at + timedelta(minutes=1)
        return at

    def _contact(self, step: Step, its: Calendar) -> None:
        """The contact that is asked for; where the lateness made something else of it, that is asked for next."""
        now = self.now
        at = self._when(step, its)
        late = self.story.seen(at).next
        if late is None or (late.action, late.step.contact_id) != (step.action, step.contact_id):
            self.now = at if at > now else at + timedelta(minutes=1)
            return
        before = self.story.seen(at)
        kind = KIND[step.action]
        verdict = may_contact(before.details, kind, at, PLAYBOOK, its, to=step.contact_id)
        assert verdict.allowed, f"{step.action} at {at}: {verdict.why}"
        if kind is TouchKind.THANK_YOU:
            names = [one.name for one in before.details.contacts if one.id == step.contact_id]
            self.story.thanks(at, *names, by=step.channel or Channel.EMAIL)
        else:
            outcome = CallOutcome.NO_ANSWER if kind is TouchKind.CALL else None
            self.story.did(kind, at, step.channel, outcome)
        made = next(one for one in reversed(self.story.details.touches) if one.at == at)
        self.made.append((step.action, made, before))

    def _answer(self) -> None:
        answer = self.answers.pop() if self.answers else Answer.NOT_ASKED
        day = self.story.seen(self.now).calendar.day_of(self.now) + timedelta(days=4)
        self.story.answered(answer, self.now, by_on=day)
        self.now += timedelta(minutes=1)


BESIDE_THANKS = (TouchKind.THANK_YOU, TouchKind.CALL, TouchKind.VOICEMAIL)
"""A call never stands in the way of a thank-you, nor does the one to somebody else."""


def is_close_with_reason(action: ActionKind, last: Touch, made: Touch, before: Moment) -> bool:
    """Whether one of the guard's exceptions lies between two contacts."""
    heard = any(last.at < one.at <= made.at for one in before.details.touches if one.kind is TouchKind.REPLY)
    met = any(last.at < one.starts_at <= made.at for one in before.details.interviews)
    application = before.details.application
    rejected = application.outcome is Outcome.REJECTED and application.stage_at >= last.at
    decided = last.kind is TouchKind.THANK_YOU and any(
        one.answer is Answer.DECIDE_BY for one in before.details.next_steps
    )
    same_call = (last.kind, made.kind) == (TouchKind.CALL, TouchKind.VOICEMAIL)
    thanks = made.kind is TouchKind.THANK_YOU and last.kind in BESIDE_THANKS
    return heard or met or rejected or decided or same_call or thanks or action is ActionKind.MISSED_CALL


CALLED_FIRST = Life(
    region="US",
    zone="Europe/Berlin",
    begins=datetime(2026, 10, 1, tzinfo=UTC),
    first=(),
    events=(contact_event(timedelta(minutes=1), "call, no answer"),),
    looked_at_after=timedelta(minutes=1),
)
"""A call right after the interview that nobody answers; who was met is thanked the next day all the same."""


@often
@given(
    lives(most=5),
    st.lists(st.integers(0, 12), max_size=12),
    st.lists(st.sampled_from(tuple(Answer)), max_size=4),
)
@example(CALLED_FIRST, [], [])
def test_following_the_playbook_is_never_pushy_and_ends_in_moving_on(
    life: Life, late: list[int], answers: list[Answer]
) -> None:
    follower = Follower(life, late, answers)
    asked: list[ActionKind | None] = []
    while not asked or asked[-1] not in (None, ActionKind.MOVE_ON):
        asked.append(follower.follow())
        assert len(asked) < 60, asked
    if is_open(follower.story.seen(follower.now)):
        assert asked[-1] is ActionKind.MOVE_ON
    for action, made, before in follower.made:
        contacts = [one for one in before.details.touches if one.kind in KIND.values() and one.at < made.at]
        if contacts and not is_close_with_reason(ActionKind(action), contacts[-1], made, before):
            last_on, its = before.calendar.day_of(contacts[-1].at), before.calendar
            assert its.day_of(made.at) >= its.after(last_on, PLAYBOOK.contacts_apart), (action, made.at)


CONTACTS = (TouchKind.THANK_YOU, TouchKind.CHECK_IN, TouchKind.CALL, TouchKind.VOICEMAIL)


def unanswered_call(answer: Answer, days: int | None, called_after: timedelta, looked_at_after: timedelta) -> Life:
    """An interview on Thu 17 Sep 2026 in New York, a thank-you, and a call that nobody answers."""
    return Life(
        region="US",
        zone="America/New_York",
        begins=datetime(2026, 9, 17, 14, tzinfo=UTC),
        first=(),
        events=(
            answer_event(timedelta(minutes=1), answer, days),
            thank_you_event(timedelta(minutes=1)),
            contact_event(called_after, "call, no answer"),
        ),
        looked_at_after=looked_at_after,
    )


@often
@given(lives(), st.sampled_from(CONTACTS), st.integers(1, 60 * 24 * 12))
@example(unanswered_call(Answer.THEY_CALL, None, timedelta(days=39), timedelta(hours=2)), TouchKind.VOICEMAIL, 796)
@example(unanswered_call(Answer.DECIDE_BY, 30, timedelta(days=1), timedelta(hours=2)), TouchKind.VOICEMAIL, 796)
@example(unanswered_call(Answer.DECIDE_BY, 30, timedelta(days=1), timedelta(hours=2)), TouchKind.CALL, 7_960)
def test_a_later_contact_never_makes_the_next_one_earlier(life: Life, kind: TouchKind, minutes: int) -> None:
    made_at = life.now(life.lived())
    moved_to = made_at + timedelta(minutes=minutes)
    kept, moved = (after_contact(life.lived(), kind, at, moved_to) for at in (made_at, moved_to))
    rounds = kept.details.interviews
    assume(not any(made_at < one.starts_at + timedelta(hours=3) <= moved_to for one in rounds))
    earlier, later = next_contact(kept), next_contact(moved)
    if earlier is not None and later is not None:
        told = f"{earlier.action} {earlier.due_on}, {later.action} {later.due_on}"
        assert later.due_on >= earlier.due_on, told


def after_contact(story: History, kind: TouchKind, at: datetime, now: datetime) -> Moment:
    """The life with one more contact, looked at a minute after `now`."""
    if kind is TouchKind.THANK_YOU:
        story.thanks(at)
    else:
        story.did(kind, at, Channel.EMAIL if kind is TouchKind.CHECK_IN else Channel.PHONE, NO_ANSWER.get(kind))
    return story.seen(now + timedelta(minutes=1))


NO_ANSWER = {TouchKind.CALL: CallOutcome.NO_ANSWER}


def next_contact(seen: Moment) -> Step | None:
    """The next check-in, call or end of them; None where something else is open."""
    steps = [step for step in seen.outlook if step.action is not ActionKind.WAIT]
    following = {ActionKind.CHECK_IN, ActionKind.CALL, ActionKind.MOVE_ON}
    return steps[0] if steps and steps[0].action in following else None
