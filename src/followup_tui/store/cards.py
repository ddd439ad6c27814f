"""Rows of the application table as cards: fast for sound rows, forgiving for damaged ones."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from itertools import chain
from operator import attrgetter
from typing import Any

from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.card import Card

CARD_COLUMNS = (
    "application.id, application.number, application.version, application.stage, company, role, location, outcome,"
    " stage_at, created_at, action, asks_on, due_on, is_missing, is_held"
)
SELECT_CARDS = (
    f"SELECT {CARD_COLUMNS} FROM application LEFT JOIN outlook ON outlook.application_id = application.id"
    " AND outlook.from_at <= ? AND outlook.until_at > ?"
)
"""Every card with the step that is in force at a moment, which is given twice, as `moment_text` writes it."""

_STAGES = {stage.value: stage for stage in Stage}
_OUTCOMES: dict[str | None, Outcome | None] = {None: None} | {outcome.value: outcome for outcome in Outcome}
_ACTIONS: dict[str | None, ActionKind | None] = {None: None} | {action.value: action for action in ActionKind}
_ZONE = attrgetter("tzinfo")
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def sound_cards(rows: Iterable[Sequence[Any]]) -> list[Card]:
    """The cards of rows; KeyError, TypeError or ValueError where one of them is damaged."""
    # So many new values at once make the collector walk all of them again and again, and find nothing.
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        cards = _cards(rows)
        _insist(cards)
        return cards
    finally:
        if was_collecting:
            gc.enable()


def _cards(rows: Iterable[Sequence[Any]]) -> list[Card]:
    # 100,000 of these stand before the first paint: no call per card but to C.
    stages, outcomes, moment, new, card = _STAGES, _OUTCOMES, datetime.fromisoformat, tuple.__new__, Card
    actions, day = _ACTIONS, date.fromisoformat
    return [
        new(
            card,
            (
                id,
                number,
                version,
                stages[stage],
                company,
                role,
                location,
                outcomes[outcome],
                moment(a),
                moment(b),
                False,
                actions[action],
                asks_on and day(asks_on),
                due_on and day(due_on),
                is_missing == 1,
                is_held == 1,
            ),
        )
        for (
            id,
            number,
            version,
            stage,
            company,
            role,
            location,
            outcome,
            a,
            b,
            action,
            asks_on,
            due_on,
            is_missing,
            is_held,
        ) in rows
    ]


def _insist(cards: Sequence[Card]) -> None:
    """TypeError where a text is none, a number is none, or a moment has no zone; all of it in C."""
    if cards:
        ids, numbers, versions, _, companies, roles, locations, _, stage_at, created_at, *_ = zip(
            *cards, strict=True
        )
        for texts in (ids, companies, roles, locations):
            "".join(texts)
        sum(numbers, sum(versions))
        if None in map(_ZONE, chain(stage_at, created_at)):
            raise TypeError("a moment needs a zone")


def salvaged_card(row: Sequence[Any]) -> Card:
    """The card of a row of bytes, with stand-ins for what can't be read: Interviewed, no outcome, 1970."""
    reading = _Salvage()
    id, number, version, stage, company, role, location, outcome, stage_at, created_at = row[:10]
    return Card(
        id=reading.text(id),
        number=reading.number(number),
        version=reading.number(version),
        stage=reading.member(_STAGES, stage, Stage.INTERVIEWED),
        company=reading.text(company),
        role=reading.text(role),
        location=reading.text(location),
        outcome=None if outcome is None else reading.member(_OUTCOMES, outcome, None),
        stage_at=reading.moment(stage_at),
        created_at=reading.moment(created_at),
        damaged=reading.damaged,
    )


class _Salvage:
    """Reads stored values one by one and remembers whether a stand-in was needed."""

    def __init__(self) -> None:
        self.damaged = False

    def text(self, value: object) -> str:
        if isinstance(value, bytes):
            try:
                return value.decode()
            except UnicodeDecodeError:
                self.damaged = True
                return value.decode(errors="replace")
        self.damaged = True
        return "?" if value is None else str(value)

    def number(self, value: object) -> int:
        if isinstance(value, int):
            return value
        self.damaged = True
        return 0

    def member(self, members: dict[Any, Any], value: object, stand_in: Any) -> Any:
        name = self.text(value)
        if name in members:
            return members[name]
        self.damaged = True
        return stand_in

    def moment(self, value: object) -> datetime:
        from followup_tui.store.codec import moment_of  # sound rows, and so the first paint, need no codec

        text = self.text(value)
        try:
            return moment_of(text)
        except ValueError:
            self.damaged = True
            return _LONG_AGO
