"""The board as a pure function of its cards: four columns, sorted, filtered, and kept up to date."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from followup_tui.domain.application import Application
from followup_tui.domain.stage import STAGES, Outcome, Stage


class Card(NamedTuple):
    """What the board shows of an application; a named tuple, since 100,000 are made before the first paint."""

    id: str
    number: int
    version: int
    stage: Stage
    company: str
    role: str
    location: str
    outcome: Outcome | None
    stage_at: datetime
    created_at: datetime
    damaged: bool = False


def card_of(application: Application) -> Card:
    """The card of an application."""
    return Card(
        id=application.id,
        number=application.number,
        version=application.version,
        stage=application.stage,
        company=application.company,
        role=application.role,
        location=application.location,
        outcome=application.outcome,
        stage_at=application.stage_at,
        created_at=application.created_at,
    )
