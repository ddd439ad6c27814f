"""What a list says of each application beyond its card, read in two SELECTs for all of them."""

from __future__ import annotations

from typing import NamedTuple

from followup_tui.store.ahead import AheadReader
from followup_tui.store.codec import moment_of, tags_of

# As bytes: one text that isn't UTF-8 must not keep the others from being listed.
_EXTRAS = (
    "SELECT id, CAST(url AS BLOB), CAST(source AS BLOB), CAST(tags AS BLOB), CAST(applied_on AS BLOB)"
    " FROM application WHERE url <> '' OR source <> '' OR tags <> '[]' OR applied_on IS NOT NULL"
)
# Beside max(), SQLite takes the other columns from the row that has it.
_ROUNDS = (
    "SELECT application_id, CAST(max(starts_at) AS BLOB), CAST(zone AS BLOB), time_known"
    " FROM interview WHERE cancelled_at IS NULL GROUP BY application_id"
)


class Extras(NamedTuple):
    """What `list --json` adds to a card; `interview` is the round that counts now."""

    url: str
    source: str
    tags: tuple[str, ...]
    applied_on: str | None
    interview: dict[str, str | bool] | None


class ListReader(AheadReader):
    """A reader that also reads what a list says."""

    def extras(self) -> dict[str, Extras]:
        """What a list says beyond the cards, by application id; those with nothing to say are left out."""
        rounds: dict[str, dict[str, str | bool]] = {
            id: {"starts_at": _moment(_text(starts_at)), "zone": _text(zone), "time_known": bool(time_known)}
            for id, starts_at, zone, time_known in self._rows(_ROUNDS)
        }
        found = {
            id: Extras(
                _text(url), _text(source), _tags(_text(tags)), _text(applied_on) or None, rounds.pop(id, None)
            )
            for id, url, source, tags, applied_on in self._rows(_EXTRAS)
        }
        found.update((id, Extras("", "", (), None, interview)) for id, interview in rounds.items())
        return found


def _text(value: bytes | None) -> str:
    return value.decode(errors="replace") if value else ""


def _moment(text: str) -> str:
    try:
        return moment_of(text).isoformat()
    except ValueError:
        return text


def _tags(text: str) -> tuple[str, ...]:
    try:
        return tags_of(text)
    except ValueError:
        return (text,)
