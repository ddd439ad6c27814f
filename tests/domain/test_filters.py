"""The filter's language: every text means something, and what it means is what is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.test_board import CARDS, TODAY
from followup_tui.domain.model.application import STAGES, Stage
from followup_tui.domain.model.errors import NotFound
from followup_tui.domain.model.text import fold
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.board import Sort, build_board, count_due
from followup_tui.domain.views.card import Card
from followup_tui.domain.views.filters import (
    BUILT_IN,
    STATES,
    Kind,
    Term,
    filter_board,
    filter_named,
    parse_filter,
    parse_words,
    saved_filters,
)
from followup_tui.domain.views.search import ON_CARD, Field, SearchText, SearchTexts
from run_cli import Shell

WORDS = ("ac", "ss", "ä", "wien", "GRAZ", "ra", "meX")
TAGGED = frozenset(f"{one:032x}" for one in range(0, 12, 2))
NOTED = frozenset(f"{one:032x}" for one in range(0, 12, 3))


def texts_of(cards: Sequence[Card]) -> SearchTexts:
    """What was written about these cards: what they show, a tag of some and a note of others."""
    shown = [SearchText(card.id, field, str(getattr(card, field))) for card in cards for field in ON_CARD]
    marked = ((TAGGED, Field.TAG, "Python"), (NOTED, Field.NOTE, "They will call"))
    more = [SearchText(card.id, field, text) for ids, field, text in marked for card in cards if card.id in ids]
    return SearchTexts([*shown, *more])


Naive = Callable[[Card], bool]


def _asks_today(card: Card) -> bool:
    return card.action is not None and card.asks_on is not None and card.asks_on <= TODAY


def _is_calm(card: Card) -> bool:
    return card.action in (ActionKind.MOVE_ON, ActionKind.GRACIOUS_NOTE)


def _is_late(card: Card) -> bool:
    return bool(_asks_today(card) and not card.is_missing and card.due_on and card.due_on < TODAY)


NAIVE_STATES: dict[str, Naive] = {
    "late": lambda card: (_is_late(card) or (_asks_today(card) and card.is_missing)) and not _is_calm(card),
    "today": lambda card: _asks_today(card) and (_is_calm(card) or not (card.is_missing or _is_late(card))),
    "missing": lambda card: _asks_today(card) and card.is_missing and not _is_calm(card),
    "ahead": lambda card: card.action is not None and not _asks_today(card),
    "snoozed": lambda card: card.action is not None and card.is_held,
    "pinned": lambda card: card.action is ActionKind.PINNED,
    "unanswered": lambda card: card.action is ActionKind.RECORD_ANSWER and _asks_today(card),
    "quiet": lambda card: card.action is ActionKind.MOVE_ON and _asks_today(card),
}
NAIVE_STATES["due"] = NAIVE_STATES["today"]


def _is_due_in(first: int, last: int) -> Naive:
    def holds(card: Card) -> bool:
        days = [card.due_on] if card.action is not None else []
        return any(day and first <= (day - TODAY).days <= last for day in (*days, card.interview_on))

    return holds


def begins_a_word(needle: str, text: str) -> bool:
    """Whether a word of a text begins with a needle, letter by letter; of no script without spaces."""
    wanted, looked_in = (" ".join(fold(each).split()) for each in (needle, text))
    for place in range(len(looked_in)):
        is_inside = place > 0 and _is_letter(looked_in[place - 1]) and _is_letter(wanted[:1])
        if looked_in.startswith(wanted, place) and not is_inside:
            return True
    return not wanted


def _is_letter(letter: str) -> bool:
    return letter == "_" or letter.isalnum()


BADGES = {
    ActionKind.ANSWER_OFFER: "offer",
    ActionKind.TELL_OF_OFFER: "tell of offer",
    ActionKind.ASK_NEXT_STEP: "interview",
    ActionKind.RECORD_INTERVIEW: "interview when?",
    ActionKind.RECORD_ANSWER: "their answer?",
    ActionKind.THANK: "thank",
    ActionKind.MISSED_CALL: "no call:",
    ActionKind.SEND_SOMETHING: "send",
    ActionKind.VOICEMAIL: "voicemail",
    ActionKind.CALL: "call",
    ActionKind.CHECK_IN: "check-in",
    ActionKind.PINNED: "pinned",
    ActionKind.MOVE_ON: "move on?",
    ActionKind.WITHDRAW: "withdraw",
}
"""What cards say by the action they ask for, besides the days."""


def _badges(card: Card) -> Iterator[str]:
    if card.action is not None and not card.is_held:
        yield BADGES.get(card.action, "")
    if card.interview_on is not None:
        yield "interview"


def _text(word: str) -> Naive:
    return lambda card: (
        any(begins_a_word(word, text) for text in (card.company, card.role, card.location, *_badges(card)))
        or (
            (card.id in TAGGED and begins_a_word(word, "Python"))
            or (card.id in NOTED and begins_a_word(word, "They will call"))
        )
    )


def _field(field: str, word: str) -> Naive:
    return lambda card: begins_a_word(word, getattr(card, field))


TERMS: list[tuple[str, Naive]] = [
    *NAIVE_STATES.items(),
    *((word, _text(word)) for word in WORDS),
    *((f'"{word}"', _text(word)) for word in (*STATES, "a c", "stage:awaiting")),
    *((f"stage:{stage.value[:3]}", lambda card, stage=stage: card.stage is stage) for stage in STAGES),
    ('Stage:"moved on"', lambda card: card.stage is Stage.MOVED_ON),
    ("stage:moved-on", lambda card: card.stage is Stage.MOVED_ON),
    ("due:tomorrow", _is_due_in(1, 1)),
    ("due:tom", _is_due_in(1, 1)),
    ("Due:WEEK", _is_due_in(0, 7)),
    ("due:late", NAIVE_STATES["late"]),
    ("due:today", NAIVE_STATES["today"]),
    ("company:ACME", _field("company", "acme")),
    ("location:wi", _field("location", "wi")),
    ("role:a", _field("role", "a")),
    ("#Python", lambda card: card.id in TAGGED),
    ("tag:python", lambda card: card.id in TAGGED),
    ('note:"Will call"', lambda card: card.id in NOTED),
    # What looks like a word of the filter and is none is text.
    *(
        (text, _text(text.strip('"')))
        for text in (
            *("stage:nowhere", "due:never", "later", "days:3", "a-b", "C#", "pyth", '"will call"', "ill"),
            *("offer", "Interview", "thank", "in", '"their answer"', "call", "move on"),
        )
    ),
    # What isn't finished narrows nothing.
    *((text, lambda card: True) for text in ("tag:", "#", "note:", "stage:", "due:", '""', "company:")),
]
TYPED = st.lists(st.tuples(st.sampled_from(TERMS), st.booleans()), max_size=4)


@given(st.lists(CARDS), TYPED)
def test_what_is_shown_is_what_each_term_holds_by_itself(
    cards: list[Card], typed: list[tuple[tuple[str, Naive], bool]]
) -> None:
    board = build_board(cards, Sort.DUE, TODAY)
    text = "  ".join(("-" if is_not else "") + term for (term, _), is_not in typed)
    unfinished = {"tag:", "#", "note:", "stage:", "due:", '""', "company:"}

    def holds(card: Card) -> bool:
        return all(naive(card) is not (is_not and term not in unfinished) for (term, naive), is_not in typed)

    texts = texts_of([*board.cards.values()])
    narrowed = filter_board(board, parse_filter(text), texts)
    for stage in STAGES:
        assert narrowed.columns[stage] == tuple(card for card in board.columns[stage] if holds(card))
    wanted = parse_filter(text)
    assert all(wanted.holds(card, TODAY, texts) is holds(card) for card in board.cards.values())


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
    wanted = parse_filter(f'"{text}"')
    assert all(term.kind is Kind.TEXT for term in wanted.terms)
    for card in cards:
        assert wanted.holds(card, TODAY, texts_of([card])) is _text(text)(card)


@given(st.lists(CARDS))
def test_a_state_finds_as_many_as_the_header_counts(cards: list[Card]) -> None:
    # A card that asks for nothing has no days either; the cards made here may have some.
    board = build_board((card for card in cards if card.action), Sort.DUE, TODAY)
    counts = count_due(board.cards.values(), TODAY)
    today, late, missing = (len(filter_board(board, word).cards) for word in ("today", "late", "missing"))
    assert counts == (today, late - missing, missing), "what is missing is late too"


@given(st.lists(CARDS))
def test_before_the_texts_are_read_words_narrow_nothing(cards: list[Card]) -> None:
    board = build_board(cards, Sort.DUE, TODAY)
    assert filter_board(board, "#python -note:word acme").cards == board.cards
    assert filter_board(board, "late zzz").cards == filter_board(board, "late").cards


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("stage:awaiting late", "stage awaiting, late or missing"),
        ('acme "late" -#python', "“acme”, “late”, not tag “python”"),
        ('note:"two words', "note “two words”"),
        ("stage:m DUE", "stage moved on, today"),
        ("late late", "late or missing"),
        ("due:late", "late or missing"),
        ("-late", "not late or missing"),
        ("  ", ""),
    ],
)
def test_it_says_what_was_understood(text: str, words: str) -> None:
    assert parse_filter(text).words == words


def test_a_filter_of_words_alone_has_nothing_to_explain() -> None:
    assert parse_filter('acme "two words"').is_plain
    assert not any(parse_filter(text).is_plain for text in ("late", "-acme", "company:acme", "#x"))


def test_words_that_a_shell_has_parted_keep_their_quotes() -> None:
    assert (
        parse_words(["note:two words", "late", "-#a b"]).words
        == "note “two words”, late or missing, not tag “a b”"
    )
    assert parse_words(["acme robotics"]) == parse_filter("acme robotics")
    assert parse_words(['"late"']).words == "“late”"


# By name


def test_a_saved_filter_is_found_whatever_its_case_and_may_take_a_built_in_ones_place() -> None:
    assert filter_named("due TODAY", {}).words == "today"
    assert filter_named("late", {"LATE": "late #python"}).words == "late or missing, tag “python”"
    assert list(saved_filters({"late": "x"})) == [*(name for name in BUILT_IN if name != "Late"), "late"]
    with pytest.raises(NotFound, match=r"no filter “mine”.*Late.*Quiet long enough"):
        filter_named("mine", {})


@pytest.mark.parametrize("text", BUILT_IN.values())
def test_each_built_in_filter_is_a_state_or_days(text: str) -> None:
    assert [term.kind for term in parse_filter(text).terms] in ([Kind.STATE], [Kind.DUE])


# In the shell


@pytest.fixture
def shell(database: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """An application due today, one that is put off, and a rejected one."""
    shell = Shell(database, capsys)
    return shell.begin(
        ("add", "Globex", "SRE", "--interview", "yesterday 14:00", "--note", "They will call back"),
        (
            *("add", "Initech", "Late shift planner", "--interview", "yesterday 9:00"),
            *("--with", "Dana Ruiz <dana@initech.example>, +1 212 555 0100"),
        ),
        ("add", "Umbrella", "QA"),
        ("edit", "1", "--tags", "python, remote"),
        ("snooze", "2", "thu"),
        ("close", "3", "rejected"),
    )


def listed(shell: Shell, *arguments: str) -> list[str]:
    return [each["company"] for each in shell.well("list", "--json", *arguments).json]


@pytest.mark.parametrize(
    ("arguments", "companies"),
    [
        (["today"], ["Globex"]),
        (["due:week"], ["Globex", "Initech"]),
        (["due:tomorrow"], []),
        (["-due:tomorrow", "due:week", "#python"], ["Globex"]),
        (["--filter", "due this week"], ["Globex", "Initech"]),
        (["due", "#python"], ["Globex"]),
        (["tag:python", "tag:remote"], ["Globex"]),
        (["note:call back"], ["Globex"]),
        (["call back"], ["Globex"]),
        (["pyth"], ["Globex"]),
        (["person:dana"], ["Initech"]),
        (["ruiz"], ["Initech"]),
        (["5550100"], ["Initech"]),
        (["mail:dana@ini"], ["Initech"]),
        (["emote"], []),
        (["outcome:rej", "stage:moved"], ["Umbrella"]),
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


@pytest.mark.parametrize(
    ("outcome", "written"),
    [
        ("no_reply", "no_reply"),
        ("no_reply", "no reply"),
        ("no_reply", "no_r"),
        ("no_reply", "NO_REPLY"),
        ("no_reply", "noreply"),
        ("no_reply", "ghosted"),
        ("Ghosted", "no-answer"),
        ("withdrew", "withdrawn"),
        ("withdrawn", "withdr"),
        ("withdraw", "Withdrawal"),
        ("rejected", "reject"),
        ("rejection", "rej"),
        ("withdrew", "w"),
    ],
)
def test_an_outcome_is_written_in_any_form_by_its_beginning_to_close_and_to_find(
    shell: Shell, outcome: str, written: str
) -> None:
    shell.well("reopen", "3")
    shell.well("close", "3", outcome)
    assert listed(shell, "--all", f"outcome:{written}") == ["Umbrella"]
    assert "Umbrella" not in listed(shell, "--all", f"-outcome:{written}")


@pytest.mark.parametrize("typed", ["outcome:fired", "-outcome:fired", 'outcome:"moved away"'])
def test_a_word_for_no_outcome_says_which_there_are(typed: str) -> None:
    assert "the outcomes are accepted, declined, rejected, withdrew, no reply)" in parse_filter(typed).words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("stage:intervewed", "interviewed"),
        ("stage:movd", "moved on"),
        ("-stage:awating", "awaiting"),
        ("outcome:rejeted", "rejected"),
        ("due:tomorow", "tomorrow"),
    ],
)
def test_a_slip_behind_a_key_is_told_with_what_was_meant(typed: str, meant: str) -> None:
    assert f"did you mean {meant}? " in parse_filter(typed).words


@pytest.mark.parametrize("typed", ["interviewed", "Thanked", "acme awaiting"])
def test_a_stage_without_its_key_is_text_and_says_how_it_is_looked_for(typed: str) -> None:
    assert f"(did you mean stage:{typed.split()[-1].lower()}?)" in parse_filter(typed).words
    assert parse_filter("applied").is_plain  # roles and companies have that word


def test_what_is_offered_for_each_stage_finds_that_stage() -> None:
    for stage in STAGES:
        offered = parse_filter(f'"{stage.label}"').words.split("did you mean ")[1].rstrip("?)")
        assert parse_filter(offered).terms == (Term(Kind.STAGE, stage.value),)


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
    assert "is late or missing, tag “python”; --all looks" in shell.well("list", "late", "#python").err
    assert "--all" not in shell.well("list", "stage:moved", "late").err
    assert "holds “xyzzy”" in shell.well("list", "xyzzy").err


def test_a_list_still_answers_to_its_options(shell: Shell) -> None:
    assert shell("list", "-h").out.startswith("Usage")
    assert shell("list", "--nothing").code == 2


def test_a_stage_that_there_is_not_names_those_that_there_are() -> None:
    words = parse_filter("stage:foo late").words
    assert (
        words == "“stage:foo” (the stages are interviewed, thanked, awaiting, moved on, applied), late or missing"
    )
