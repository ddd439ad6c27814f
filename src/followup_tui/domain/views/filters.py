"""The small language of a filter: plain words, states, stages, and what is looked for in one place only.

Any text is a filter: what is none of its words is looked for as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, partial
from typing import NamedTuple

from followup_tui.domain.model.application import OUTCOME_WORDS, STAGES, Outcome, Stage
from followup_tui.domain.model.errors import NotFound
from followup_tui.domain.model.text import fold, shown_line, similar_names
from followup_tui.domain.rules.action import CALM, ActionKind, State, state_of
from followup_tui.domain.views.board import Board, count_applied
from followup_tui.domain.views.card import Card, action_words
from followup_tui.domain.views.search import ON_CARD, Field, SearchMatch, SearchTexts, has_word


class Kind(StrEnum):
    """What a term looks at beside the fields of `search`."""

    TEXT = "text"
    STAGE = "stage"
    STATE = "state"
    DUE = "due"


class Term(NamedTuple):
    """One word of a filter: `value` is folded, `is_not` turns it round."""

    kind: Kind | Field
    value: str
    is_not: bool = False

    @property
    def words(self) -> str:
        """The term as it was understood: "stage awaiting", "not late", "note “two words”"."""
        words = self.value.replace("_", " ") if self.kind in _BARE else f"“{self.value}”"
        if self.kind is Kind.DUE:
            words = _DUE[self.value].words
        elif self.kind is Kind.STATE and self.value == "late":
            words = "late or missing"
        elif self.choices:
            words += f" ({self.choices})"
        if self.kind not in (Kind.TEXT, Kind.STATE):
            words = f"{self.kind.value} {words}"
        return f"not {words}" if self.is_not else words

    @property
    def choices(self) -> str:
        """What is to be typed behind a key whose word isn't known: "the outcomes are accepted, …"; else empty.

        What is nearly one of them comes first: "did you mean accepted? the outcomes are …". A stage without its
        key is looked for as text, and says how it is typed: "did you mean stage:thanked?".
        """
        if self.kind is not Kind.TEXT:
            return ""
        for stage in STAGES:
            if self.value == stage.label.lower():
                return f"did you mean {Kind.STAGE.value}:{stage.value}?"  # "moved_on", as a space ends a term
        key, colon, said = self.value.partition(":")
        if not colon or key not in _CHOICES:
            return ""
        told, names = _CHOICES[key]
        meant = "".join(f"did you mean {name}? " for name in similar_names(said, names))
        return f"{meant}{told} {', '.join(names)}"


_BARE = frozenset({Kind.STAGE, Kind.STATE, Kind.DUE})
Narrowing = Callable[[Iterable[Card]], list[Card]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What is looked for: every one of the terms must hold. `text` is what was typed."""

    text: str = ""
    terms: tuple[Term, ...] = ()

    @property
    def needs_texts(self) -> bool:
        """Whether it looks for words, which stand in the database."""
        return any(term.kind not in _BARE for term in self.terms)

    @property
    def is_plain(self) -> bool:
        """Whether it is words alone, of which there is nothing to explain."""
        return all(term.kind is Kind.TEXT and not (term.is_not or term.choices) for term in self.terms)

    @property
    def names_stage(self) -> bool:
        """Whether it says itself in which stages to look."""
        return any(term.kind is Kind.STAGE and not term.is_not for term in self.terms)

    @property
    def words(self) -> str:
        """What was understood: "stage awaiting, late"."""
        return ", ".join(term.words for term in self.terms)

    def and_also(self, other: Filter) -> Filter:
        """Both filters at once."""
        texts = (text for text in (self.text, other.text) if text)
        return Filter(text=" ".join(texts), terms=tuple(dict.fromkeys((*self.terms, *other.terms))))

    def holds(self, card: Card, today: date, texts: SearchTexts | None = None) -> bool:
        """Whether a card is one of those looked for."""
        return bool(self.narrow((card,), today, texts))

    def narrow(self, cards: Iterable[Card], today: date, texts: SearchTexts | None = None) -> tuple[Card, ...]:
        """Those of many cards that are looked for, in their order; words narrow nothing without the texts."""
        # One term after the other on the cards that remain: it must be done between two keys.
        for narrowing in _narrowings(self.terms, today, texts):
            cards = narrowing(cards)
        return tuple(cards)

    def match(self, card: Card, texts: SearchTexts) -> SearchMatch | None:
        """What was found of a card where the board doesn't show it; None where it shows all that was found."""
        for term in self.terms:
            if term.is_not or term.kind in _BARE:
                continue
            fields = tuple(Field) if term.kind is Kind.TEXT else (Field(term.kind),)
            field = texts.field_with(card.id, term.value, fields)
            if field is not None and field not in ON_CARD:
                return texts.match(card.id, term.value, (field,))
        return None


def _narrowings(terms: Iterable[Term], today: date, texts: SearchTexts | None) -> Iterator[Narrowing]:
    for kind, value, is_not in terms:
        if isinstance(kind, Field) or kind is Kind.TEXT:
            if texts is not None:
                ids = texts.ids_with(value, kind if isinstance(kind, Field) else None)
                actions = _actions_named(value) if kind is Kind.TEXT else frozenset()
                yield _of_badges(actions, ids, is_not) if actions else _of_ids(ids, is_not)
        elif kind is Kind.STAGE and value == _APPLIED:
            yield _of_applied(is_not)
        elif kind is Kind.STAGE:
            yield _of_stage(Stage(value), is_not)
        elif kind is Kind.DUE:
            yield _of_due(_DUE[value], today, is_not)
        else:
            yield _of_state(_STATES[value], today, is_not)


def _of_ids(ids: frozenset[str], is_not: bool) -> Narrowing:
    return lambda cards: [card for card in cards if (card.id in ids) is not is_not]


@cache
def _actions_named(value: str) -> frozenset[ActionKind]:
    """What asks for something by such a word: people look for what they read on the cards."""
    return frozenset(action for action in ActionKind if has_word(action_words(action), value))


def _of_badges(actions: Collection[ActionKind], ids: Collection[str], is_not: bool) -> Narrowing:
    names_interview = ActionKind.ASK_NEXT_STEP in actions

    def matches(card: Card) -> bool:
        has_badge = card.action in actions and not card.is_held
        return has_badge or card.id in ids or (names_interview and card.interview_on is not None)

    return lambda cards: [card for card in cards if matches(card) is not is_not]


def _of_stage(stage: Stage, is_not: bool) -> Narrowing:
    return lambda cards: [card for card in cards if (card.stage is stage) is not is_not]


def _of_applied(is_not: bool) -> Narrowing:
    return lambda cards: [card for card in cards if card.is_applied is not is_not]


def _of_state(is_so: Callable[[Card, State | None], bool], today: date, is_not: bool) -> Narrowing:
    state = cache(partial(_state, today))  # the same days come again and again
    return lambda cards: [
        card
        for card in cards
        if is_so(card, state(card.action, card.asks_on, card.due_on, card.is_missing)) is not is_not
    ]


def _of_due(days: _DueDays, today: date, is_not: bool) -> Narrowing:
    first, last = today + timedelta(days=days.first), today + timedelta(days=days.last)

    def is_due(card: Card) -> bool:
        due_on = card.due_on if card.action is not None else None
        return any(day is not None and first <= day <= last for day in (due_on, card.interview_on))

    return lambda cards: [card for card in cards if is_due(card) is not is_not]


def _state(
    today: date, action: ActionKind | None, asks_on: date | None, due_on: date | None, is_missing: bool
) -> State | None:
    """How a card's action stands on a day, as the board's header counts it; None where it asks for nothing."""
    if action is None or asks_on is None or due_on is None:
        return None
    state = state_of(asks_on, due_on, is_missing, today)
    return State.TODAY if action in CALM and state is not State.AHEAD else state


def _asks(action: ActionKind) -> Callable[[Card, State | None], bool]:
    return lambda card, state: card.action is action and state is not State.AHEAD


_STATES: Mapping[str, Callable[[Card, State | None], bool]] = {
    "late": lambda card, state: state in (State.LATE, State.MISSING),
    "today": lambda card, state: state is State.TODAY,
    "missing": lambda card, state: state is State.MISSING,
    "ahead": lambda card, state: state is State.AHEAD,
    "snoozed": lambda card, state: card.is_held and state is not None,
    "pinned": lambda card, state: card.action is ActionKind.PINNED,
    "unanswered": _asks(ActionKind.RECORD_ANSWER),
    "quiet": _asks(ActionKind.MOVE_ON),
}
_APPLIED = "applied"
"""A state that is typed as a stage, `stage:applied`: the bare word stands in names of roles and companies."""


class _DueDays(NamedTuple):
    """The first and the last day from today on, and what they are called."""

    first: int
    last: int
    words: str


_DUE: Mapping[str, _DueDays] = {
    "tomorrow": _DueDays(1, 1, "tomorrow"),
    "week": _DueDays(0, 7, "in the next 7 days"),
}
"""The days on which something is due or an interview is booked, typed as `due:week`."""
_DUE_NAMES = (*_DUE, "today", "late", "missing", "ahead")
"""What `due:` takes: the days, and the states that say the same without it."""
_CHOICES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    Kind.DUE.value: ("due: takes", _DUE_NAMES),
    Kind.STAGE.value: ("the stages are", (*(stage.label.lower() for stage in STAGES), _APPLIED)),
    Field.OUTCOME.value: ("the outcomes are", tuple(outcome.label for outcome in Outcome)),
}
"""What may be typed behind the keys that take only some words."""
_ALSO_CALLED = {"due": "today"}
STATES: tuple[str, ...] = (*_STATES, *_ALSO_CALLED)
"""The words that mean a state rather than a text; in quotes they are text."""

KNOWN_WORDS = f"{', '.join(STATES)}, due:{', due:'.join(_DUE)}, stage:, person:, company:, role:, note:, #tag"
"""What a filter knows besides plain words, as one types it."""

BUILT_IN: Mapping[str, str] = {
    "Late": "late",
    "Due today": "today",
    "Due tomorrow": "due:tomorrow",
    "Due this week": "due:week",
    "No answer recorded": "unanswered",
    "Quiet long enough": "quiet",
}
"""Filters that everybody has, by name."""


def describe_filter(wanted: Filter) -> str:
    """What a saved filter shows, as a sentence; with the words by which people look for what is coming."""
    if any(term.kind is Kind.DUE for term in wanted.terms):
        return f"Your agenda ahead, what is upcoming: {wanted.words}, interviews too."
    return f"Show only {wanted.words}."


def parse_filter(text: str) -> Filter:
    """The filter that was typed; a term of which the end is still to be typed narrows nothing."""
    parsed = (_term(*match.group("not", "key", "quoted", "plain")) for match in re.finditer(_TERM, text))
    terms = tuple(dict.fromkeys(term for term in parsed if term.value))
    return Filter(text=text.strip(), terms=terms)


_FIELDS: Mapping[str, Field] = {
    **{field.value: field for field in Field},
    "contact": Field.PERSON,
    "email": Field.MAIL,
    "notes": Field.NOTE,
    "place": Field.LOCATION,
    "title": Field.ROLE,
    "url": Field.LINK,
}
# A quote that is left open reaches to the end: so it does while it is typed.
_TERM = (
    rf"(?i)(?!\s)(?P<not>-?)(?P<key>(?:{'|'.join(('stage', 'due', *_FIELDS))}):|\#)?"
    r'(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S*))'
)


def _term(minus: str, key: str | None, quoted: str | None, plain: str | None) -> Term:
    is_not = bool(minus)
    typed = quoted if quoted is not None else plain or ""
    value = " ".join(fold(typed).split())
    if key is None:
        state = _ALSO_CALLED.get(value, value)
        is_state = state in _STATES and quoted is None
        return Term(Kind.STATE, state, is_not) if is_state else Term(Kind.TEXT, value, is_not)
    name = key.casefold().removesuffix(":")
    if name == Kind.DUE:
        return _due_term(value, is_not)
    kind: Kind | Field = Kind.STAGE
    if name == Kind.STAGE:
        meaning = _begun(value, (*(stage.value for stage in STAGES), _APPLIED))
    elif name == Field.OUTCOME:
        kind, word = Field.OUTCOME, _begun(value, OUTCOME_WORDS)
        meaning = OUTCOME_WORDS[word].label if word else ""
    else:
        kind, meaning = _FIELDS.get(name, Field.TAG), value
    if value and not meaning:
        return Term(Kind.TEXT, f"{name}:{value}", is_not)
    return Term(kind, meaning, is_not)


def _due_term(value: str, is_not: bool) -> Term:
    """The days or the state whose name begins so; empty while it is still to be typed, else text."""
    name = next((name for name in _DUE_NAMES if name.startswith(value)), "") if value else ""
    if value and not name:
        return Term(Kind.TEXT, f"{Kind.DUE.value}:{value}", is_not)
    return Term(Kind.STATE if name in _STATES else Kind.DUE, name, is_not)


def _begun(typed: str, names: Iterable[str]) -> str:
    """The first of some names that begins as typed, whether its words are joined or not; else empty."""
    bare = re.sub(r"[\s_-]+", "", typed)
    return next((name for name in names if bare and name.replace("_", "").startswith(bare)), "")


def parse_words(words: Iterable[str]) -> Filter:
    """The filter of words that a shell has parted: one that begins with a key is a single term, quotes or not."""
    return parse_filter(" ".join(_whole(word) for word in words))


def _whole(word: str) -> str:
    keyed = re.match(r"-?(?:\w+:|#)(?=[^\"]*$)", word)
    return f'{keyed[0]}"{word[keyed.end() :]}"' if keyed and re.search(r"\s", word) else word


def saved_filters(own: Mapping[str, str]) -> Mapping[str, str]:
    """The filters there are by name: the built-in ones, and the user's, which may take a built-in one's place."""
    named = {name.casefold() for name in own}
    return {name: text for name, text in BUILT_IN.items() if name.casefold() not in named} | dict(own)


def filter_named(name: str, own: Mapping[str, str]) -> Filter:
    """The saved filter of a name, whatever its case; `NotFound` names those there are."""
    saved = saved_filters(own)
    for saved_name, text in saved.items():
        if saved_name.casefold() == name.strip().casefold():
            return parse_filter(text)
    raise NotFound(
        f"There is no filter “{shown_line(name)}”; there are {', '.join(saved)}, and the settings take more."
    )


def filter_board(board: Board, wanted: Filter | str, texts: SearchTexts | None = None) -> Board:
    """The board with only the cards that match a filter, which may be given as it is typed."""
    if isinstance(wanted, str):
        wanted = parse_filter(wanted)
    if not wanted.terms:
        return board
    columns = {stage: wanted.narrow(board.columns[stage], board.today, texts) for stage in STAGES}
    cards = {card.id: card for column in columns.values() for card in column}
    if len(cards) == len(board.cards):
        return board
    return Board(
        sort=board.sort,
        today=board.today,
        columns=columns,
        cards=cards,
        applied=count_applied(cards.values()) if board.applied else 0,
    )
