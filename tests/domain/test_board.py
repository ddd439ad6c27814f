"""The board: whatever changes, it is what one would build anew, and a glance is its beginning."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.format import shortened
from followup_tui.domain.model.application import STAGES, Application, Outcome, Stage
from followup_tui.domain.model.details import Offer
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.board import Board, DueCounts, Sort, build_board, first_page_board
from followup_tui.domain.views.card import Card, card_of, card_status
from followup_tui.domain.views.filters import filter_board, parse_filter
from followup_tui.files import settings_file
from followup_tui.store.board_query import BoardMoment, read_first_cards
from followup_tui.store.row_codec import columns as columns_of
from followup_tui.store.row_codec import format_moment
from followup_tui.store.upgrade import create
from followup_tui.store.writer import Writer
from followup_tui.tracker.first_page import CARDS_A_COLUMN, first_page
from followup_tui.tracker.regions import fingerprint_of
from followup_tui.tracker.tracker import Tracker
from store import factories
from store.factories import MOMENTS, NOW, TEXTS, addition, application, encode

ZONE = ZoneInfo("Europe/Berlin")

TODAY = NOW.date()
DAYS = [TODAY + timedelta(days=days) for days in (-2, -1, 0, 1, 3)]
IDS = st.sampled_from([f"{one:032x}" for one in range(12)])
# Few moments and names, so that ties are common; damaged rows share the number 0.
CARDS = st.builds(
    Card,
    id=IDS,
    number=st.integers(0, 5),
    version=st.integers(0, 3),
    stage=st.sampled_from(Stage),
    company=st.sampled_from(["acme", "Acme", "ÄRA", "ära", "Straße", "STRASSE", ""]),
    role=TEXTS,
    location=st.sampled_from(["Wien", "Graz"]),
    outcome=st.none() | st.sampled_from(Outcome),
    stage_at=st.integers(0, 2).map(lambda days: NOW - timedelta(days=days)),
    created_at=st.integers(0, 2).map(lambda days: NOW - timedelta(days=days)),
    damaged=st.booleans(),
    action=st.none() | st.sampled_from(ActionKind),
    asks_on=st.sampled_from(DAYS),
    due_on=st.sampled_from(DAYS),
    is_missing=st.booleans(),
    is_held=st.booleans(),
)
SORTS = st.sampled_from(Sort)


def card(number: int = 1, company: str = "Acme Robotics", **more: object) -> Card:
    return card_of(application(number, company, **more))


def companies(board: Board, stage: Stage = Stage.INTERVIEWED) -> list[str]:
    return [card.company for card in board.columns[stage]]


@given(st.lists(CARDS), st.lists(st.tuples(st.lists(CARDS, max_size=4), st.lists(IDS, max_size=3))), SORTS)
def test_a_board_kept_up_to_date_equals_one_built_anew(
    cards: list[Card], steps: list[tuple[list[Card], list[str]]], sort: Sort
) -> None:
    board = build_board(cards, sort, TODAY)
    for changed, gone in steps:
        by_id = {id: card for id, card in board.cards.items() if id not in gone}
        by_id |= {card.id: card for card in changed}
        board = board.with_changes(changed, gone)
        anew = build_board(by_id.values(), sort, TODAY)
        assert board.columns == anew.columns
        assert board.cards == anew.cards


@given(st.lists(CARDS), st.randoms(use_true_random=False), SORTS)
def test_a_board_is_the_same_whatever_order_its_cards_are_read_in(
    cards: list[Card], chance: object, sort: Sort
) -> None:
    board = build_board(cards, sort, TODAY)
    shuffled = list(board.cards.values())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert build_board(shuffled, sort, TODAY).columns == board.columns


@given(st.lists(CARDS), SORTS, SORTS)
def test_sorting_a_board_anew_equals_building_it_so(cards: list[Card], first: Sort, second: Sort) -> None:
    assert build_board(cards, first, TODAY).sorted_by(second) == build_board(cards, second, TODAY)


@given(st.lists(CARDS), SORTS, st.sampled_from(["late", "-today", "stage:int", "ahead stage:aw"]))
def test_a_narrowed_board_keeps_the_order_of_what_it_leaves(cards: list[Card], sort: Sort, words: str) -> None:
    board = build_board(cards, sort, TODAY)
    wanted = parse_filter(words)
    narrowed = filter_board(board, wanted)
    for stage in STAGES:
        holding = [card for card in board.columns[stage] if wanted.holds(card, TODAY)]
        assert list(narrowed.columns[stage]) == holding
        assert narrowed.count(stage) == len(holding)
    assert set(narrowed.cards) == {card.id for column in narrowed.columns.values() for card in column}


def test_no_words_narrow_nothing() -> None:
    board = build_board([card()], Sort.AGE, TODAY)
    assert filter_board(board, "  ") is board


def test_the_longest_in_a_stage_stands_first_but_what_closed_last_does() -> None:
    ages = {"new": NOW, "old": NOW - timedelta(days=9)}
    for stage, order in ((Stage.AWAITING, ["old", "new"]), (Stage.MOVED_ON, ["new", "old"])):
        cards = [card(number, name, stage=stage, stage_at=at) for number, (name, at) in enumerate(ages.items(), 1)]
        assert companies(build_board(cards, Sort.AGE, TODAY), stage) == order


def test_companies_are_sorted_whatever_their_case() -> None:
    cards = [card(number, name) for number, name in enumerate(("beta", "Alpha", "alpha", "Gamma"), 1)]
    assert companies(build_board(cards, Sort.COMPANY, TODAY)) == ["Alpha", "alpha", "beta", "Gamma"]


def test_the_newest_stands_first_and_of_two_of_one_moment_the_higher_number() -> None:
    cards = [card(1, "first"), card(2, "second"), card(3, "older", created_at=NOW - timedelta(days=1))]
    assert companies(build_board(cards, Sort.NEWEST, TODAY)) == ["second", "first", "older"]


def test_stepping_through_the_orders_comes_back_to_the_first() -> None:
    order = Sort.AGE
    for _ in Sort:
        order = order.following
    assert order is Sort.AGE
    assert len({sort.label for sort in Sort}) == len(Sort)


def test_live_are_all_that_have_not_moved_on() -> None:
    board = build_board([card(number, stage=stage) for number, stage in enumerate(STAGES, 1)], Sort.AGE, TODAY)
    assert board.live == 3


def test_a_glimpsed_board_counts_what_it_has_not_read_also_after_sorting_and_a_change() -> None:
    board = first_page_board(
        {Stage.AWAITING: [card(1, stage=Stage.AWAITING)]}, {Stage.AWAITING: 7}, 0, Sort.AGE, TODAY
    )
    assert (board.count(Stage.AWAITING), board.live) == (7, 7)
    assert board.sorted_by(Sort.NEWEST).live == 7
    assert board.with_changes([card(2)]).live == 8


def test_an_open_offer_is_first_in_its_column_also_before_it_asks_and_counts_as_due_only_then() -> None:
    late = card(1, stage=Stage.AWAITING)._replace(action=ActionKind.THANK, asks_on=TODAY, due_on=TODAY)
    offers = [
        card(number, stage=Stage.AWAITING)._replace(
            action=ActionKind.ANSWER_OFFER,
            asks_on=TODAY + timedelta(days=asks),
            due_on=TODAY + timedelta(days=due),
        )
        for number, asks, due in ((2, 9, 14), (3, -1, 2), (4, 5, 8))
    ]
    board = build_board([late, *offers], Sort.DUE, TODAY)
    assert [one.number for one in board.columns[Stage.AWAITING]] == [3, 4, 2, 1]
    assert board.due == DueCounts(today=2)


# The glance


APPLICATIONS = st.builds(
    Application,
    id=st.uuids(version=4).map(lambda id: id.hex),
    number=st.integers(1, 2**40),
    company=TEXTS,
    role=TEXTS,
    location=TEXTS,
    stage=st.sampled_from(Stage),
    stage_at=MOMENTS | st.just(NOW),
    created_at=MOMENTS | st.just(NOW),
    applied_on=st.none() | factories.DAYS,
    applied_only=st.booleans(),
    pinned_on=st.none() | st.just(TODAY),
)


@cache
def _made() -> bytes:
    """An empty database, made once: Alembic would take longer than all else here."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "empty.db")
        create(path)
        return path.read_bytes()


@contextmanager
def stored(applications: Iterable[Application], offers: Iterable[int] = ()) -> Iterator[Path]:
    """A database of these; those at the places `offers` have an offer, to be answered some days later."""
    applications = list(applications)
    made = [
        Offer(application_id=one.id, made_at=NOW, answer_by=TODAY + timedelta(days=place % 4), created_at=NOW)
        for place, one in enumerate(applications)
        if place in offers
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "followup.db")
        path.write_bytes(_made())
        with closing(sqlite3.connect(path)) as connection, connection:
            for kind, table, records in ((Application, "application", applications), (Offer, "offer", made)):
                names = columns_of(kind)
                sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
                connection.executemany(sql, [[encode(one)[name] for name in names] for one in records])
        with closing(Tracker(path, zone=ZONE, clock=lambda: NOW)) as tracker:
            tracker.prepare()
        yield path


def whole(path: Path, sort: Sort) -> Board:
    with closing(Tracker(path, zone=ZONE, clock=lambda: NOW)) as tracker:
        return tracker.queries.board(sort)


def seen_at(path: Path, sort: Sort) -> Board:
    return first_page(path, sort, NOW.astimezone(ZONE), ZONE, settings_file(None))


def moment_at(now: datetime) -> BoardMoment:
    return BoardMoment(format_moment(now), TODAY.isoformat(), fingerprint_of(settings_file(None), ZONE))


def spoil(path: Path, sql: str, values: Sequence[object] = ()) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(sql, values)


@given(
    st.lists(APPLICATIONS, max_size=30, unique_by=(lambda one: one.number, lambda one: one.id)),
    st.sets(st.integers(0, 12), max_size=4),
    SORTS,
)
def test_a_glance_is_the_beginning_of_the_board(
    applications: list[Application], offers: set[int], sort: Sort
) -> None:
    with stored(applications, offers) as path:
        board, glimpsed = whole(path, sort), read_first_cards(path, sort, 3, moment_at(NOW))
        if glimpsed is None:
            assert sort is Sort.COMPANY, "only the order by company needs all cards"
            assert seen_at(path, sort) == board
            return
        first = first_page_board(*glimpsed, sort, TODAY)
        for stage in STAGES:
            assert first.columns[stage] == board.columns[stage][:3]
            assert first.count(stage) == board.count(stage)
        assert first.live == board.live


@pytest.mark.parametrize("sort", Sort)
def test_the_first_paint_knows_the_whole_of_a_small_board(sort: Sort) -> None:
    with stored(application(number, stage=stage) for number, stage in enumerate(STAGES * 3, 1)) as path:
        board, seen = whole(path, sort), seen_at(path, sort)
        assert (seen.columns, seen.cards) == (board.columns, board.cards)
        assert not any(seen.beyond.values())


def test_the_first_paint_reads_no_more_of_a_column_than_a_terminal_shows() -> None:
    with stored(application(number) for number in range(1, CARDS_A_COLUMN + 51)) as path:
        seen = seen_at(path, Sort.AGE)
        assert len(seen.columns[Stage.INTERVIEWED]) == CARDS_A_COLUMN
        assert seen.beyond[Stage.INTERVIEWED] == 50


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize(
    "damage",
    [
        "stage = 'nowhere'",
        "stage_at = '-'",
        "stage_at = '1999-01-01'",
        "created_at = x'ff'",
        "company = CAST(x'ff41' AS TEXT)",
        "company = x'ff41'",
        "outcome = 'maybe'",
        "version = 'two'",
    ],
)
def test_where_a_row_is_damaged_the_whole_board_is_read_and_shows_it(damage: str, sort: Sort) -> None:
    with stored(application(number) for number in range(1, 4)) as path:
        spoil(path, f"UPDATE application SET {damage} WHERE number = 2")
        seen = seen_at(path, sort)
        assert seen == whole(path, sort)
        assert [card.damaged for card in seen.cards.values()].count(True) == 1


@pytest.mark.parametrize("sort", Sort)
def test_a_file_that_is_missing_or_empty_is_an_empty_board(database: Path, sort: Sort) -> None:
    assert seen_at(database, sort) == first_page_board({}, {}, 0, sort, TODAY)
    assert not database.exists(), "looking writes nothing"
    database.touch()
    assert seen_at(database, sort).live == 0
    assert database.stat().st_size == 0


def test_a_glance_sees_what_the_writer_wrote(database: Path) -> None:
    with closing(Writer(database)) as writer, writer.transaction() as transaction:
        transaction.record(addition(application(1)))
    assert companies(seen_at(database, Sort.AGE)) == ["Acme Robotics"]


# Where a card stands


VIENNA = ZoneInfo("Europe/Vienna")
MORNING = datetime(2026, 11, 22, 0, 30, tzinfo=VIENNA)


@pytest.mark.parametrize(
    ("action", "asks", "due", "more", "words"),
    [
        (ActionKind.THANK, -1, 0, {}, ("=", "thank today")),
        (ActionKind.THANK, 0, 1, {}, ("=", "thank today")),
        (ActionKind.THANK, -2, -1, {}, ("!", "thank 1d late")),
        (ActionKind.THANK, -6, -5, {"is_missing": True}, ("!", "thank missing")),
        (ActionKind.CHECK_IN, 4, 4, {}, ("~", "check-in in 4d")),
        (ActionKind.CHECK_IN, 0, 0, {}, ("=", "check-in today")),
        (ActionKind.CALL, -3, -3, {}, ("!", "call 3d late")),
        (ActionKind.ASK_NEXT_STEP, 2, 2, {}, ("~", "interview in 2d")),
        (ActionKind.TELL_OF_OFFER, -1, 2, {}, ("=", "tell of offer today")),
        (ActionKind.TELL_OF_OFFER, -4, -3, {}, ("!", "tell of offer 3d late")),
        (ActionKind.ANSWER_OFFER, 7, 12, {}, ("=", "offer by 4 Dec")),
        (ActionKind.ANSWER_OFFER, 1, 4, {}, ("=", "offer by Thu")),
        (ActionKind.ANSWER_OFFER, -3, 4, {}, ("=", "offer by Thu")),
        (ActionKind.ANSWER_OFFER, -3, 0, {}, ("=", "offer today")),
        (ActionKind.ANSWER_OFFER, -3, -1, {}, ("!", "offer 1d late")),
        (ActionKind.PINNED, 0, 0, {}, ("*", "pinned today")),
        (ActionKind.PINNED, 4, 4, {}, ("*", "pinned Thu")),
        (ActionKind.PINNED, -1, -1, {}, ("!", "pinned 1d late")),
        (ActionKind.WAIT, 1, 1, {"is_held": True}, ("z", "until Mon")),
        (ActionKind.WAIT, 9, 9, {"is_held": True}, ("z", "until 1 Dec")),
        (ActionKind.WAIT, 12, 12, {}, ("~", "wait 12d")),
        (ActionKind.WAIT, 86, 86, {}, ("~", "quiet")),
        (ActionKind.MOVE_ON, -40, -40, {}, ("=", "move on?")),
        (ActionKind.WAIT, 1, 0, {}, ("~", "they call today")),
    ],
)
def test_a_card_says_what_it_asks_for(
    action: ActionKind, asks: int, due: int, more: dict[str, bool], words: tuple[str, str]
) -> None:
    asked = card()._replace(
        action=action,
        asks_on=MORNING.date() + timedelta(days=asks),
        due_on=MORNING.date() + timedelta(days=due),
        **more,
    )
    assert card_status(asked, MORNING) == words


@pytest.mark.parametrize(
    ("words", "short"),
    [
        ("tell of offer 3d late", "tell 3d late"),
        ("tell of offer 12d late", "tell 12d late"),
        ("tell of offer today", "tell of offer"),
        ("interview Mon 10:00", "int. Mon 10:00"),
        ("interview 30 Nov 16:00", "30 Nov 16:00"),
        ("interview when?", "interview when?"),
        ("check-in 9d late", "check-in 9d late"),
        ("check-in 52d late", "check 52d late"),
        ("no call: 12d late", "no call: 12d"),
        ("rejected: a note?", "rejected, note?"),
        ("no reply: a note?", "no reply, note?"),
        ("offer by 31 Mar 2027", "offer by 31 Mar"),
        ("pinned Mar 31, 2027", "pinned Mar 31"),
    ],
)
def test_what_has_no_room_on_a_card_is_shortened_to_what_matters(words: str, short: str) -> None:
    assert shortened(words, 16) == short
    assert shortened(words, len(words)) == words


@pytest.mark.parametrize("days", [1, 12, 123])
@pytest.mark.parametrize("action", list(ActionKind))
@pytest.mark.parametrize("days_to_it", [-1, 0, 1])
def test_no_badge_is_cut_in_a_column_of_a_small_screen(action: ActionKind, days: int, days_to_it: int) -> None:
    due = MORNING.date() + timedelta(days=days * days_to_it)
    asked = card()._replace(action=action, asks_on=min(due, MORNING.date()), due_on=due, outcome=Outcome.REJECTED)
    _, words = card_status(asked, MORNING)
    for width in (17, 16, 11):
        short = shortened(words, width)
        assert len(short) <= width
        assert not days_to_it or f"{days}d" not in words or f"{days}d" in short


def test_days_turn_at_the_midnight_of_the_one_who_looks() -> None:
    day = MORNING.date()
    asked = card()._replace(action=ActionKind.CHECK_IN, asks_on=day, due_on=day)
    assert card_status(asked, MORNING) == ("=", "check-in today")
    assert card_status(asked, MORNING.astimezone(UTC)) == ("~", "check-in in 1d")


def test_a_closed_card_says_how_it_ended() -> None:
    closed = card(stage=Stage.MOVED_ON, outcome=Outcome.NO_REPLY)
    assert card_status(closed, MORNING) == (" ", "no reply")
    assert card_status(closed._replace(outcome=None), MORNING) == (" ", "closed")


def test_a_damaged_card_says_so_and_nothing_made_up() -> None:
    assert card_status(card()._replace(damaged=True), MORNING) == ("?", "damaged row")


@given(CARDS, MOMENTS)
def test_every_card_has_a_sign_one_cell_wide_and_words(one: Card, moment: datetime) -> None:
    sign, words = card_status(one, moment)
    assert len(sign) == 1
    assert words
