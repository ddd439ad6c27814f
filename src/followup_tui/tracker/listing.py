"""Light queries by the path of a database, for the shell and for filters: they load no rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followup_tui.domain.model.application import STAGES, Stage
from followup_tui.domain.model.errors import NotFound
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.views.board import Board, Sort, build_board
from followup_tui.domain.views.card import Card
from followup_tui.domain.views.filters import Filter, filter_board
from followup_tui.domain.views.search import SearchMatch
from followup_tui.store.list_query import ListDetails, read_list_details
from followup_tui.store.list_query import texts_at as texts_at
from followup_tui.store.reader import Reader
from followup_tui.tracker.schedule import ActionSchedule

if TYPE_CHECKING:
    from followup_tui.server_address import Place

LIVE: tuple[Stage, ...] = tuple(stage for stage in STAGES if stage is not Stage.MOVED_ON)
"""The stages of active applications."""
MIN_ID_DIGITS = 4
"""How many digits are taken for the beginning of an id."""
MAX_CANDIDATES = 5
"""How many of several possible applications an error names."""

MAX_ROLE = 40
"""Characters of each one's role that it shows."""

Identity = tuple[str, int, str, str]
"""An application's id, number, company and role."""
_NO_EXTRAS = ListDetails(url="", source="", tags=(), applied_on=None, interview=None)


def find(typed: str, identities: Sequence[Identity]) -> str:
    """Return the id of the one application that `typed` names: a number, an id, a company's name or a part of it.

    A number wins over an id, an id over a name, a whole name over a part, and that over a name with a part of the
    role behind it. Raises `NotFound` with a sentence if none or several match.
    """
    wanted = typed.strip().removeprefix("#").casefold()
    if not wanted:
        raise NotFound(
            "Say which application: its number from `followup-tui list`, or a part of the company's name."
        )
    for names in _WAYS_TO_NAME:
        matches = [identity for identity in identities if names(wanted, *identity)]
        if len(matches) == 1:
            return matches[0][0]
        if matches:
            raise NotFound(_ambiguous(typed, matches))
    raise NotFound(
        f"No application matches “{shown_line(typed)}”; `followup-tui list --all` shows the numbers and names."
    )


def _names_role(wanted: str, id: str, number: int, company: str, role: str) -> bool:
    """Whether the first words are a part of the company's name and the last ones of the role: "acme sre"."""
    words = wanted.split()
    return any(
        " ".join(words[:count]) in company.casefold() and " ".join(words[count:]) in role.casefold()
        for count in range(1, len(words))
    )


_WAYS_TO_NAME: tuple[Callable[[str, str, int, str, str], bool], ...] = (
    lambda wanted, id, number, company, role: wanted == str(number),
    lambda wanted, id, number, company, role: len(wanted) >= MIN_ID_DIGITS and id.startswith(wanted),
    lambda wanted, id, number, company, role: company.casefold() == wanted,
    lambda wanted, id, number, company, role: wanted in company.casefold(),
    _names_role,
)
"""Whether a text names an application, in the order in which they are tried."""


def _ambiguous(typed: str, matches: Sequence[Identity]) -> str:
    named = ", ".join(
        f"{number} {shown_line(company)}{role and f' ({shown_line(role)[:MAX_ROLE]})'}"
        for _, number, company, role in matches[:MAX_CANDIDATES]
    )
    more = f" and {len(matches) - MAX_CANDIDATES} more" if len(matches) > MAX_CANDIDATES else ""
    return f"“{shown_line(typed)}” could be any of {named}{more}; nothing was changed, say the number."


def board_at(place: Place, sort: Sort, now: datetime, settings_place: Path) -> Board:
    """Return the board; `now` is in the user's zone."""
    with closing(Reader(place)) as reader:
        return build_board(ActionSchedule(reader, settings_place).cards(now), sort, now.date())


def identities_at(place: Place) -> list[Identity]:
    """Return the id, number, company and role of every application, by number."""
    with closing(Reader(place)) as reader:
        return reader.identities()


def cards_listed(
    place: Place, board: Board, stages: Collection[Stage], wanted: Filter
) -> dict[Card, SearchMatch | None]:
    """Return the cards of some columns that match a filter, column by column as on the board.

    With each comes what was found of it that no card shows.
    """
    texts = texts_at(place) if wanted.needs_texts else None
    narrowed = filter_board(board, wanted, texts)
    cards = [card for stage in STAGES if stage in stages for card in narrowed.columns[stage]]
    return {card: wanted.match(card, texts) if texts else None for card in cards}


def objects_of(place: Place, cards: Iterable[Card]) -> list[dict[str, Any]]:
    """Return the objects of `list --json`, in the order of the cards; moments are ISO 8601 in UTC."""
    extras = read_list_details(place)
    return [_object(card, extras.get(card.id, _NO_EXTRAS)) for card in cards]


def _object(card: Card, extras: ListDetails) -> dict[str, Any]:
    return {
        "id": card.number,
        "uid": card.id,
        "company": card.company,
        "role": card.role,
        "stage": card.stage,
        "stage_since": _format_moment(card.stage_at),
        "outcome": card.outcome,
        "location": card.location,
        "url": extras.url,
        "source": extras.source,
        "tags": extras.tags,
        "applied_on": extras.applied_on,
        "applied_only": card.applied_only,
        "interview": extras.interview,
        "created_at": _format_moment(card.created_at),
        "damaged": card.damaged,
    }


def _format_moment(at: datetime) -> str:
    # Same text as `isoformat`, without the cost of asking the zone for each offset.
    return f"{at.replace(tzinfo=None).isoformat()}+00:00" if at.tzinfo is UTC else at.astimezone(UTC).isoformat()
