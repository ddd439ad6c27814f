"""The filter's language: every text means something, and what it means is what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import NOW
from domain.test_board import CARDS, TODAY
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.errors import NotFound
from followup_tui.domain.model.next_step import Answer
from followup_tui.domain.model.stage import STAGES, Stage
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.board import Sort, build_board, count_due
from followup_tui.domain.views.card import Card
from followup_tui.domain.views.filters import (
    BUILT_IN,
    STATES,
    Ask,
    Filter,
    Kind,
    filter_board,
    filter_named,
    parse_filter,
    parse_words,
    saved_filters,
)
from followup_tui.tracker.listing import found_at
from followup_tui.tracker.tracker import Tracker
from run_cli import Shell

WORDS = ("ac", "ss", "ä", "wien", "GRAZ", "ra", "meX")
TAGGED = frozenset(f"{one:032x}" for one in range(0, 12, 2))
NOTED = frozenset(f"{one:032x}" for one in range(0, 12, 3))
FOUND = {Ask(Kind.TAG, "python"): TAGGED, Ask(Kind.NOTE, "will call"): NOTED}

Naive = Callable[[Card], bool]


def _asks_today(card: Card) -> bool:
    return card.action is not None and card.asks_on is not None and card.asks_on <= TODAY


def _is_calm(card: Card) -> bool:
    return card.action in (ActionKind.MOVE_ON, ActionKind.GRACIOUS_NOTE)


def _is_late(card: Card) -> bool:
    return bool(_asks_today(card) and not card.is_missing and card.due_on and card.due_on < TODAY)


NAIVE_STATES: dict[str, Naive] = {
    "late": lambda card: _is_late(card) and not _is_calm(card),
    "today": lambda card: _asks_today(card) and (_is_calm(card) or not (card.is_missing or _is_late(card))),
    "missing": lambda card: _asks_today(card) and card.is_missing and not _is_calm(card),
    "ahead": lambda card: card.action is not None and not _asks_today(card),
    "snoozed": lambda card: card.action is not None and card.is_held,
    "pinned": lambda card: card.action is ActionKind.PINNED,
    "unanswered": lambda card: card.action is ActionKind.RECORD_ANSWER and _asks_today(card),
    "quiet": lambda card: card.action is ActionKind.MOVE_ON and _asks_today(card),
}
NAIVE_STATES["due"] = NAIVE_STATES["today"]


def _text(word: str) -> Naive:
    return lambda card: word.casefold() in f"{card.company}\n{card.role}\n{card.location}".casefold()


def _field(field: str, word: str) -> Naive:
    return lambda card: word.casefold() in getattr(card, field).casefold()


TERMS: list[tuple[str, Naive]] = [
    *NAIVE_STATES.items(),
    *((word, _text(word)) for word in WORDS),
    *((f'"{word}"', _text(word)) for word in (*STATES, "a c", "stage:awaiting")),
    *((f"stage:{stage.value[:3]}", lambda card, stage=stage: card.stage is stage) for stage in STAGES),
    ('Stage:"moved on"', lambda card: card.stage is Stage.MOVED_ON),
    ("stage:moved-on", lambda card: card.stage is Stage.MOVED_ON),
    ("company:ACME", _field("company", "acme")),
    ("location:wi", _field("location", "wi")),
    ("role:a", _field("role", "a")),
    ("#Python", lambda card: card.id in TAGGED),
    ("tag:python", lambda card: card.id in TAGGED),
    ('note:"Will call"', lambda card: card.id in NOTED),
    # What looks like a word of the filter and is none is text.
    *((text, _text(text)) for text in ("stage:nowhere", "later", "days:3", "a-b", "C#")),
    # What isn't finished narrows nothing.
    *((text, lambda card: True) for text in ("tag:", "#", "note:", "stage:", '""', "company:")),
]
TYPED = st.lists(st.tuples(st.sampled_from(TERMS), st.booleans()), max_size=4)


@given(st.lists(CARDS), TYPED)
def test_what_is_shown_is_what_each_term_holds_by_itself(
    cards: list[Card], typed: list[tuple[tuple[str, Naive], bool]]
) -> None:
    board = build_board(cards, Sort.DUE, TODAY)
    text = "  ".join(("-" if is_not else "") + term for (term, _), is_not in typed)
    unfinished = {"tag:", "#", "note:", "stage:", '""', "company:"}

    def holds(card: Card) -> bool:
        return all(naive(card) is not (is_not and term not in unfinished) for (term, naive), is_not in typed)

    narrowed = filter_board(board, parse_filter(text), FOUND)
    for stage in STAGES:
        assert narrowed.columns[stage] == tuple(card for card in board.columns[stage] if holds(card))
    wanted = parse_filter(text)
    assert all(wanted.holds(card, TODAY, FOUND) is holds(card) for card in board.cards.values())


@given(st.text() | st.text('late#:-"stagenotg “”\\%_\t', max_size=40), CARDS)
def test_any_text_is_a_filter(text: str, card: Card) -> None:
    wanted = parse_filter(text)
    assert wanted.holds(card, TODAY) in (True, False)
    assert wanted.words.isprintable() or not text.isprintable()
    assert parse_filter(text) == wanted
    assert parse_words([text]).words is not None


@given(st.lists(CARDS), st.text(max_size=12))
def test_whatever_is_quoted_is_looked_for_as_it_stands(cards: list[Card], text: str) -> None:
    text = text.replace('"', "")
    needle = normalize("NFC", text).casefold().strip()
    wanted = parse_filter(f'"{text}"')
    assert all(term.kind is Kind.TEXT for term in wanted.terms)
    for card in cards:
        assert wanted.holds(card, TODAY) is (needle in f"{card.company}\n{card.role}\n{card.location}".casefold())


@given(st.lists(CARDS))
def test_a_state_finds_as_many_as_the_header_counts(cards: list[Card]) -> None:
    # A card that asks for nothing has no days either; the cards made here may have some.
    board = build_board((card for card in cards if card.action), Sort.DUE, TODAY)
    counts = count_due(board.cards.values(), TODAY)
    assert counts == tuple(len(filter_board(board, word).cards) for word in ("today", "late", "missing"))


def test_what_is_not_known_yet_narrows_nothing() -> None:
    wanted = parse_filter("#python -note:word late")
    assert wanted.asks == (Ask(Kind.TAG, "python"), Ask(Kind.NOTE, "word"))
    assert parse_filter("late").terms == wanted.terms[-1:]
    assert Filter(terms=wanted.terms[:2]).narrow((), TODAY) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("stage:awaiting late", "stage awaiting, late"),
        ('acme "late" -#python', "“acme”, “late”, not tag “python”"),
        ('note:"two words', "note “two words”"),
        ("stage:m DUE", "stage moved on, today"),
        ("late late", "late"),
        ("  ", ""),
    ],
)
def test_it_says_what_was_understood(text: str, words: str) -> None:
    assert parse_filter(text).words == words


def test_a_filter_of_words_alone_has_nothing_to_explain() -> None:
    assert parse_filter('acme "two words"').is_plain
    assert not any(parse_filter(text).is_plain for text in ("late", "-acme", "company:acme", "#x"))


def test_words_that_a_shell_has_parted_keep_their_quotes() -> None:
    assert parse_words(["note:two words", "late", "-#a b"]).words == "note “two words”, late, not tag “a b”"
    assert parse_words(["acme robotics"]) == parse_filter("acme robotics")
    assert parse_words(['"late"']).words == "“late”"


# By name


def test_a_saved_filter_is_found_whatever_its_case_and_may_take_a_built_in_ones_place() -> None:
    assert filter_named("due TODAY", {}).words == "today"
    assert filter_named("late", {"LATE": "late #python"}).words == "late, tag “python”"
    assert list(saved_filters({"late": "x"})) == ["Due today", "No answer recorded", "Quiet long enough", "late"]
    with pytest.raises(NotFound, match=r"no filter “mine”.*Late.*Quiet long enough"):
        filter_named("mine", {})


@pytest.mark.parametrize("text", BUILT_IN.values())
def test_each_built_in_filter_is_a_state(text: str) -> None:
    assert [term.kind for term in parse_filter(text).terms] == [Kind.STATE]


# Tags and notes, in a real database

NOTES = (
    "Straße 50% off_ a\\b",
    "STRASSE",
    "Kelvin \u212a",
    "\ufb01ne print",
    "İstanbul",
    'it\'s "so"',
    "wörd",
    "",
)
NEEDLES = ("strasse", "ß", "50%", "off_", "a\\b", "k", "fi", "i", "it's", "Ö", "x" * 60_000, "%", "_")


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[str]]]:
    """A database with each note somewhere else, and all texts of each application by its id."""
    place = tmp_path_factory.mktemp("noted") / "followup.db"
    texts: dict[str, list[str]] = {}
    with closing(Tracker(place, clock=lambda: NOW)) as tracker:
        for number, note in enumerate(NOTES):
            texts_in: list[str] = [note]
            draft = ApplicationForm(company=f"C{number}", role="Dev", notes=note, tags=(note,) if note else ())
            id = tracker.commands.add(draft).cards[0].id
            said = NOTES[(number + 1) % len(NOTES)] or "said"
            tracker.commands.log([id], "note", note=f"touch {said}")
            if number % 2:
                tracker.commands.answer([id], Answer.UNCLEAR, note=f"answer {number}")
                texts_in.append(f"answer {number}")
            texts[id] = [*texts_in, f"touch {said}"]
    return place, texts


@pytest.mark.parametrize("needle", [*NEEDLES, "touch", "answer 3", "zzz"], ids=lambda needle: needle[:9])
def test_a_note_is_found_whatever_its_case_and_its_letters(
    noted: tuple[Path, dict[str, list[str]]], needle: str
) -> None:
    place, texts = noted
    (ask,) = parse_filter(f'note:"{needle}"').asks
    wanted = {id for id, each in texts.items() if any(needle.casefold() in text.casefold() for text in each)}
    assert found_at(place, [ask])[ask] == wanted


@pytest.mark.parametrize("needle", NEEDLES, ids=lambda needle: needle[:9])
def test_a_tag_is_found_whatever_its_case_and_its_letters(
    noted: tuple[Path, dict[str, list[str]]], needle: str
) -> None:
    place, texts = noted
    (ask,) = parse_filter(f'tag:"{needle}"').asks
    assert found_at(place, [ask])[ask] == {
        id for id, each in texts.items() if needle.casefold() in each[0].casefold()
    }


def test_a_text_that_is_none_hides_no_other(database: Path) -> None:
    import sqlite3

    with closing(Tracker(database)) as tracker:
        ids = [
            tracker.commands.add(ApplicationForm(company=name, role="Dev", notes="word")).cards[0].id
            for name in "AB"
        ]
    with closing(sqlite3.connect(database)) as other, other:
        other.execute(
            "UPDATE application SET notes = CAST(x'ff776f7264' AS TEXT), tags = 'odd' WHERE id = ?", ids[:1]
        )
    asks = [Ask(Kind.NOTE, "word"), Ask(Kind.TAG, "odd")]
    assert found_at(database, asks) == {asks[0]: frozenset(ids), asks[1]: frozenset(ids[:1])}


def test_where_there_is_no_database_nothing_is_found(database: Path) -> None:
    ask = Ask(Kind.NOTE, "word")
    assert found_at(database, [ask]) == {ask: frozenset()}


# In the shell


@pytest.fixture
def shell(database: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """An application due today, one that is put off, and a rejected one."""
    shell = Shell(database, capsys)
    shell.well("add", "Globex", "SRE", "--interview", "yesterday 14:00", "--note", "They will call back")
    shell.well("add", "Initech", "Late shift planner", "--interview", "yesterday 9:00")
    shell.well("add", "Umbrella", "QA")
    shell.well("edit", "1", "--tags", "python, remote")
    shell.well("snooze", "2", "thu")
    shell.well("close", "3", "rejected")
    return shell


def listed(shell: Shell, *arguments: str) -> list[str]:
    return [each["company"] for each in shell.well("list", "--json", *arguments).json]


@pytest.mark.parametrize(
    ("arguments", "companies"),
    [
        (["today"], ["Globex"]),
        (["due", "#python"], ["Globex"]),
        (["tag:python", "tag:remote"], ["Globex"]),
        (["note:call back"], ["Globex"]),
        (['note:"call back" late'], []),
        (["snoozed"], ["Initech"]),
        (['"late"'], ["Initech"]),
        (["-snoozed"], ["Globex"]),
        (["-tag:python", "--stage", "interviewed"], ["Initech"]),
        (["stage:moved"], ["Umbrella"]),
        (["stage:moved", "-qa"], []),
        (["--filter", "due today"], ["Globex"]),
        (["--filter", "Late"], []),
        (["--filter", "Due today", "-glob"], []),
        (["--", "-snoozed"], ["Globex"]),
    ],
    ids=lambda each: " ".join(each),
)
def test_a_list_takes_the_same_language(shell: Shell, arguments: Sequence[str], companies: Sequence[str]) -> None:
    assert listed(shell, *arguments) == companies


def test_a_list_takes_a_filter_of_ones_own(shell: Shell, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('[filters]\n"They call" = \'note:"will call"\'\n', encoding="utf-8")
    assert listed(shell, "--config", str(settings), "--filter", "they call") == ["Globex"]


def test_a_list_of_an_unknown_filter_names_those_there_are(shell: Shell) -> None:
    ran = shell("list", "--filter", "mine\x1b[31m")
    assert ran.code == 1
    assert "“mine[31m”" in ran.err
    assert "Quiet long enough" in ran.err


def test_an_empty_list_says_what_was_understood(shell: Shell) -> None:
    assert "is late, tag “python”; --all looks" in shell.well("list", "late", "#python").err
    assert "--all" not in shell.well("list", "stage:moved", "late").err
    assert "holds “xyzzy”" in shell.well("list", "xyzzy").err


def test_a_list_still_answers_to_its_options(shell: Shell) -> None:
    assert shell("list", "-h").out.startswith("Usage")
    assert shell("list", "--nothing").code == 2


def test_a_stage_that_there_is_not_names_those_that_there_are() -> None:
    words = parse_filter("stage:foo late").words
    assert words == "“stage:foo” (the stages are interviewed, thanked, awaiting, moved on, applied), late"
