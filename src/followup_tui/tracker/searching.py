"""What a filter asks for beyond the cards, looked up in the database."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from followup_tui.domain.views.filters import Ask, Found
from followup_tui.store.list_query import ListReader


def found_at(place: Path, asks: Iterable[Ask]) -> Found:
    """Which applications of the database at a place hold each of what is asked for.

    Takes a while where there are many notes. Raises `StoreTrouble` where the file can't be read.
    """
    with closing(ListReader(place)) as reader:
        return {ask: reader.ids_matching(ask) for ask in asks}
