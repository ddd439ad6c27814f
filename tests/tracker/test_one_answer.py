"""Never two answers: the board, `due`, `may-contact`, `log` and the letter agree at every moment of a life."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import ZONE
from followup_tui.domain.commands.touches import LOGGABLE
from followup_tui.domain.format import dated
from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.application_form import ApplicationForm, OfferTerms
from followup_tui.domain.model.contact import ContactRole, Person
from followup_tui.domain.model.details import ApplicationDetails, open_offer
from followup_tui.domain.model.errors import FollowupError, Refused
from followup_tui.domain.model.interview import Booking
from followup_tui.domain.model.touch import CallOutcome, Channel, Direction, Letter, LetterKind, Sender, TouchKind
from followup_tui.domain.model.when import When
from followup_tui.domain.rules.action import OUTGOING, ActionKind
from followup_tui.domain.rules.check_in import to_send
from followup_tui.domain.rules.contact_meaning import meanings
from followup_tui.domain.rules.guard import Blocked, Verdict
from followup_tui.domain.rules.history import history_of
from followup_tui.domain.rules.rule_context import ContactRule, context_of
from followup_tui.domain.views.summary import describe_contact_rules
from followup_tui.exchange.plan import ImportSource
from followup_tui.files import settings_file
from followup_tui.tracker.due import DueItem, due_at
from followup_tui.tracker.import_choices import Accept, InvitationWishes
from followup_tui.tracker.imports import ImportOptions, import_sources
from followup_tui.tracker.tracker import Tracker
from rulebook import may_contact
from tracker.test_offers import _VERBS as OFFERS
from trackers import Clock

BERLIN = ZoneInfo(ZONE)
SENDER = Sender(name="Alex Novak", email="alex@home.example")
WORDS = {"email": LetterKind.CHECK_IN, "call": LetterKind.CALL, "voicemail": LetterKind.VOICEMAIL}
COMPANIES = ("Acme", "ACME Ltd", "Globex")
Verb = Callable[[Tracker, str, int], object]


def _promise(tracker: Tracker, id: str, number: int) -> object:
    at = tracker.clock() + timedelta(hours=5 * number)
    by = When(day=at.astimezone(BERLIN).date(), at=at, zone=ZONE)
    return tracker.commands.answer([id], Answer.CALL_PROMISED, by=by)


def _says(tracker: Tracker, id: str, number: int) -> object:
    answers = (Answer.DONT_CONTACT, Answer.KEEP_IN_TOUCH, Answer.SEND_SOMETHING, Answer.NEXT_ROUND)
    return tracker.commands.answer([id], answers[number % len(answers)])


_INVITATION = """BEGIN:VCALENDAR
VERSION:2.0
METHOD:{method}
BEGIN:VEVENT
UID:{id}
SEQUENCE:{number}
STATUS:{status}
DTSTAMP:{begin}
DTSTART:{begin}
SUMMARY:Interview
ORGANIZER;CN=Dana Ruiz:mailto:dana@acme.example
END:VEVENT
END:VCALENDAR
"""


def _import(tracker: Tracker, id: str, number: int) -> object:
    """A sheet that knows no day, an invitation from a calendar, or the cancellation of what is booked."""
    details = tracker.queries.details(id)
    ahead = history_of(details, *tracker.queries.rules_for(details), tracker.clock()).ahead
    begin = ahead.starts_at if ahead else tracker.clock() + timedelta(days=number)
    method, state = ("CANCEL", "CANCELLED") if ahead else ("REQUEST", "CONFIRMED")
    text = _INVITATION.format(method=method, status=state, id=id, number=number, begin=f"{begin:%Y%m%dT%H%M%SZ}")
    name = "invitation.ics"
    if number % 3 == 2:
        name, status = "jobs.csv", ("Interviewed", "Thank-you sent", "Offer", "Rejected")[number % 4]
        text = f"Company,Role,Status\nSheet {number},Dev,{status}\n"
    wishes = InvitationWishes(belongs_to=str(details.application.number), accept=Accept.EVERYTHING)
    options = ImportOptions(take_all=True, invitations=wishes)
    source = ImportSource(name, text.encode())
    done = import_sources(tracker.place, [source], options, zone=BERLIN, clock=tracker.clock)
    if done.plan.change is None:
        raise Refused("Nothing was imported.")
    return done


_VERBS: dict[str, Verb] = {
    **OFFERS,
    "import": _import,
    "promise": _promise,
    "says": _says,
    "call": lambda t, id, n: t.commands.log([id], "call", outcome=list(CallOutcome)[n % 2], override="they asked"),
    "seen": lambda t, id, n: t.commands.mark_seen([id]),
    "delete": lambda t, id, n: t.removal.delete([id]),
}


def steps_of(verbs: Mapping[str, Verb], most: int) -> st.SearchStrategy[list[tuple[str, int, int]]]:
    """Up to so many verbs, each with the place of its application and a number.

    A life has a few kinds of verbs, much of it at one hour: so they meet in more ways than among all of them.
    """
    number = st.one_of(st.sampled_from((0, 1, 2)), st.integers(0, 20))

    def of_some(some: list[str]) -> st.SearchStrategy[list[tuple[str, int, int]]]:
        """Steps of some verbs."""
        step = st.tuples(st.sampled_from(some), st.integers(0, len(COMPANIES) - 1), number)
        return st.lists(step, min_size=1, max_size=most)

    return st.lists(st.sampled_from(sorted(verbs)), min_size=2, max_size=4, unique=True).flatmap(of_some)


@settings(max_examples=settings().max_examples // 3)
@given(steps_of(_VERBS, 8))
@example([("answer", 1, 0), ("answer", 1, 15), ("call", 0, 0)])  # they replied, and the other role was called
@example([("promise", 0, 0)])  # an hour later today is said in the verdict and in the refusal
@example([("promise", 0, 7), ("offer", 2, 8), ("book", 0, 9)])
@example([("thank", 0, 0), ("book", 0, 0)])  # thanked late, and a round in between names nobody
@example([("offer", 2, 8), ("email", 0, 1), ("says", 1, 0), ("decline", 2, 0), ("undo", 0, 0)])
@example([("thank", 0, 0), ("import", 0, 2), ("import", 0, 19), ("thank", 1, 0)])  # news of an offer waits a day
def test_there_is_one_answer_at_one_instant_and_undo_restores_it(steps: list[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        with closing(Tracker(Path(folder) / "followup.db", zone=BERLIN, clock=clock)) as tracker:
            ids = [_added(tracker, company, 6 + place) for place, company in enumerate(COMPANIES)]
            for verb, which, number in steps:
                clock.at += timedelta(hours=number)
                before = _state(tracker, ids)
                try:
                    _VERBS[verb](tracker, ids[which], number)
                except FollowupError:
                    assert _state(tracker, ids) == before
                    continue
                if verb not in ("undo", "redo"):
                    after = _state(tracker, ids)
                    tracker.commands.undo()
                    assert _state(tracker, ids) == before
                    tracker.commands.redo()
                    assert _state(tracker, ids) == after
            _check(tracker, _state(tracker, ids), clock)


DANA = Person("Dana Ruiz", "dana@acme.example", "+49 30 1234567")
TIA = Person("Tia Wade", "tia@acme.example", role=ContactRole.RECRUITER)


@pytest.mark.parametrize("verbs", ["thank book", "book", "thank book thank book:1", "book:0 book:1 thank book:2"])
@pytest.mark.parametrize(
    ("people", "first", "again"),
    [
        ((), "", ""),
        ((DANA,), "Dana Ruiz", ""),
        ((Person("Dana Ruiz"),), "Dana Ruiz", ""),
        ((DANA, Person("Sam Okafor", "sam@acme.example")), "Dana Ruiz", ""),
        ((replace(TIA, email=""),), "Tia Wade", ""),
        ((replace(DANA, role=ContactRole.REFERRER),), "Dana Ruiz", ""),
        ((TIA,), "Tia Wade", "Tia Wade"),
        ((DANA, TIA), "Tia Wade", "Tia Wade"),
    ],
    ids=["nobody", "Dana", "no mail", "two", "recruiter, no mail", "referrer", "recruiter", "and a recruiter"],
)
def test_nameless_interviewers_are_nobody_who_had_a_thank_you_since(
    database: Path, verbs: str, people: tuple[Person, ...], first: str, again: str
) -> None:
    clock = Clock()
    with closing(Tracker(database, zone=BERLIN, clock=clock)) as tracker:
        id = _added(tracker, "Acme", 6, people)
        for verb, _, number in (each.partition(":") for each in verbs.split()):
            _VERBS[verb](tracker, id, int(number or 0))
        _check(tracker, _state(tracker, [id]), clock)
        composed = tracker.letters.compose(id, SENDER)
        names = {contact.id: contact.name for contact in composed.details.contacts}
        assert names.get(composed.letter.contact_id or "", "") == (again if "thank" in verbs else first)


def _added(tracker: Tracker, company: str, days: int, people: tuple[Person, ...] = (DANA,)) -> str:
    at = tracker.clock() - timedelta(days=days)
    form = ApplicationForm(
        company=company, role=company, people=people, interview=When(day=at.date(), at=at, zone=ZONE)
    )
    return tracker.commands.add(form).cards[0].id


def _state(tracker: Tracker, ids: list[str]) -> list[ApplicationDetails]:
    found = []
    for id in ids:
        with suppress(FollowupError):  # it may be deleted, or its addition undone
            found.append(tracker.queries.details(id))
    return found


def _check(tracker: Tracker, all_details: list[ApplicationDetails], clock: Clock) -> None:
    now = clock.at.astimezone(BERLIN)
    due = {item.uid: item for item in due_at(tracker.place, settings_file(None), now, ahead=True)}
    board = tracker.queries.board()
    for details in all_details:
        id = details.application.id
        _check_shown(tracker, details, board.cards[id].action, due.get(id), clock.at)
        assert board.cards[id].interview_on == _interview_day(due.get(id))
        for word, kind in WORDS.items():
            verdict = tracker.queries.may_contact(id, word)
            assert _logged(tracker, id, word) == (None if verdict.allowed else verdict)
            if kind.is_spoken:
                assert tracker.letters.may_send(_letter(id, kind, clock.at)) == verdict
        _check_pane(tracker, details)
        _check_one_a_day(tracker, details, clock.at)
        composed = tracker.letters.compose(id, SENDER, template="other-offer", details=details).letter
        rules = tracker.queries.rules_for(details)
        verdict = may_contact(details, TouchKind.OTHER_OFFER, clock.at, *rules)
        assert tracker.letters.may_send(composed) == verdict
        _check_letters(tracker, details, clock.at)
        card = board.cards[id]
        if card.action is ActionKind.TELL_OF_OFFER and card.asks_on is not None:
            assert verdict.allowed == (card.asks_on <= now.date())
            assert verdict.from_on == max(card.asks_on, now.date())
            assert tracker.queries.may_contact(id) == verdict
    _check_later_days(tracker, all_details, clock.at)


def _check_letters(tracker: Tracker, details: ApplicationDetails, at: datetime) -> None:
    """What is written by itself, and a check-in: the letter says what `may-contact` and `log` say."""
    id = details.application.id
    action = tracker.queries.next_action(id)
    if action is not None and action.action in OUTGOING and action.channel is not Channel.PHONE:
        proposed = tracker.letters.compose(id, SENDER).letter
        assert _sent(tracker, proposed) == tracker.queries.may_contact(id)
    case = context_of(details, tracker.queries.rules_for(details), at)
    if meanings(TouchKind.CHECK_IN, case)[0] in (TouchKind.CHECK_IN, TouchKind.SENT) and to_send(case) is None:
        check_in = tracker.letters.compose(id, SENDER, template="check-in").letter
        assert _sent(tracker, check_in) == tracker.queries.may_contact(id, "email")
        named = _logged(tracker, id, "email", TouchKind.CHECK_IN)
        assert named == (None if (verdict := tracker.letters.may_send(check_in)).allowed else verdict)


def _check_pane(tracker: Tracker, details: ApplicationDetails) -> None:
    """The side pane says of an email and a call what `may-contact` says."""
    id = details.application.id
    for line in describe_contact_rules(tracker.queries.summary(id)):
        ways, words = line.split(": ", 1)
        for way in ways.split(" and "):
            if way in WORDS:
                verdict = tracker.queries.may_contact(id, way)
                assert words.startswith("OK today") == verdict.allowed, (line, verdict)
                assert words.startswith(("never", "not again")) == (
                    not verdict.allowed and verdict.from_on is None
                ), (line, verdict)


DATED = frozenset({ContactRule.ONE_A_DAY, ContactRule.CONTACTS_APART, ContactRule.CALLS_APART})


def _check_one_a_day(tracker: Tracker, details: ApplicationDetails, at: datetime) -> None:
    """Once they were contacted today, an email or a call is refused unless it answers them, or thanks them."""
    id = details.application.id
    today = at.astimezone(BERLIN).date()
    made = [one for one in details.touches if one.direction is Direction.OUT]
    made += [one.touch for one in details.related if one.of_employer and one.touch.direction is Direction.OUT]
    is_made = any(one.at.astimezone(BERLIN).date() == today for one in made)
    context = context_of(details, tracker.queries.rules_for(details), at)
    for word, kind in (("email", TouchKind.CHECK_IN), ("call", TouchKind.CALL)):
        verdict = tracker.queries.may_contact(id, word)
        assert verdict.from_on is not None or verdict.rule not in DATED, verdict
        meant = meanings(kind, context, LOGGABLE[word][2])[0]
        if is_made and meant not in (TouchKind.SENT, TouchKind.THANK_YOU) and open_offer(details) is None:
            assert not verdict.allowed, (word, meant)


def _sent(tracker: Tracker, letter: Letter) -> Verdict:
    """What the guard says of a letter, which is what sending it is refused with; what is recorded is undone."""
    verdict = tracker.letters.may_send(letter)
    saved = tracker.letters.save(letter)
    if verdict.allowed:
        tracker.letters.send(saved)
        tracker.commands.undo()
    else:
        with pytest.raises(Blocked) as refusal:
            tracker.letters.send(saved)
        assert refusal.value.verdict == verdict
    tracker.letters.discard(letter.id)
    return verdict


def _check_shown(
    tracker: Tracker, details: ApplicationDetails, card: ActionKind | None, item: DueItem | None, at: datetime
) -> None:
    """The board and `due` say what the engine says; an open offer and a booked interview are on both."""
    action = tracker.queries.next_action(details.application.id)
    assert (card, item.action if item else None) == (
        (action.action, action.action.value) if action else (None, None)
    )
    if open_offer(details) is not None:
        assert card is ActionKind.ANSWER_OFFER
    ahead = history_of(details, *tracker.queries.rules_for(details), at).ahead
    assert (_interview_day(item) is not None) == (ahead is not None)


def _interview_day(item: DueItem | None) -> object:
    return datetime.fromisoformat(item.interview).date() if item is not None and item.interview else None


def _check_later_days(tracker: Tracker, all_details: list[ApplicationDetails], at: datetime) -> None:
    """`due --on` a later day says what the engine will say on that morning, if nothing happens but time."""
    today = at.astimezone(BERLIN).date()
    for days in (1, 2, 3, 5, 8, 13, 21):
        day = today + timedelta(days=days)
        morning = datetime.combine(day, time(), BERLIN)
        rows = {
            item.uid: item
            for item in due_at(tracker.place, settings_file(None), at.astimezone(BERLIN), on=day, ahead=True)
        }
        for details in all_details:
            step, item = tracker.schedule.step_at(details, morning), rows.get(details.application.id)
            said = (item.action, item.due_on, item.asks_on, item.why) if item else None
            assert said == (
                (step.action.value, step.due_on.isoformat(), step.asks_on.isoformat(), dated(step.why))
                if step
                else None
            )


def _logged(tracker: Tracker, id: str, word: str, meant: TouchKind | None = None) -> Verdict | None:
    """What `log` is refused with; what it records is undone."""
    try:
        tracker.commands.log([id], word, meant=meant)
    except Blocked as refusal:
        return refusal.verdict
    tracker.commands.undo()
    return None


def _letter(id: str, kind: LetterKind, at: datetime) -> Letter:
    return Letter(application_id=id, kind=kind, template=kind.value, created_at=at, changed_at=at)


def _asked_on(tracker: Tracker, clock: Clock, days: int) -> list[tuple[str, str]]:
    """What `due --on` says so many days ahead: the actions and how they stand."""
    now = clock.at.astimezone(BERLIN)
    day = now.date() + timedelta(days=days)
    return [(item.action, item.state) for item in due_at(tracker.place, settings_file(None), now, on=day)]


@pytest.mark.parametrize("hour", [9, 16, None])
def test_a_promised_call_is_missed_on_the_days_after_its_own_and_not_on_its_morning(
    database: Path, hour: int | None
) -> None:
    clock = Clock()
    with closing(Tracker(database, zone=BERLIN, clock=clock)) as tracker:
        id = _added(tracker, "Acme", 3)
        tracker.commands.thank([id], override="late")
        day = clock.at.astimezone(BERLIN).date() + timedelta(days=3)
        at = datetime.combine(day, time(hour), BERLIN) if hour is not None else None
        tracker.commands.answer([id], Answer.CALL_PROMISED, by=When(day=day, at=at, zone=ZONE))
        assert [_asked_on(tracker, clock, days) for days in range(3)] == [[]] * 3
        assert _asked_on(tracker, clock, 3) == []
        first = ("missed_call", "late" if hour is not None else "today")
        assert [_asked_on(tracker, clock, days) for days in (4, 7)] == [[first], [("missed_call", "late")]]
        clock.at = datetime.combine(day, time(18), BERLIN)
        assert _asked_on(tracker, clock, 0) == ([("missed_call", "today")] if hour is not None else [])
        tracker.commands.log([id], "call", outcome=CallOutcome.SPOKE, override="they called")
        assert ("missed_call", "late") not in _asked_on(tracker, clock, 2)


def test_what_lies_between_is_heeded(database: Path) -> None:
    clock = Clock()
    with closing(Tracker(database, zone=BERLIN, clock=clock)) as tracker:
        id = _added(tracker, "Acme", 3)
        at = clock.at + timedelta(days=2)
        tracker.commands.interview(id, Booking(when=When(day=at.date(), at=at, zone=ZONE)))
        tracker.commands.offer([_added(tracker, "Globex", 3)], OfferTerms(answer_by=at.date() + timedelta(days=4)))
        assert ("ask_next_step", "today") in _asked_on(tracker, clock, 2)
        assert ("thank", "today") in _asked_on(tracker, clock, 3), "the interview is over by then"
        assert ("answer_offer", "late") in _asked_on(tracker, clock, 7)
        assert not [action for action, _ in _asked_on(tracker, clock, 7) if action == "tell_of_offer"]
