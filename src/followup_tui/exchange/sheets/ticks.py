"""Columns of ticks: an "x" under "Interview?" or "OFFER" says that the application came to that stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from followup_tui.domain.model.application import STAGES, Outcome
from followup_tui.exchange.sheets.columns import ImportField, header_field
from followup_tui.exchange.sheets.statuses import MEANINGS, StatusMeaning, is_plain, status_meaning

_TICKS = frozenset(
    {
        "yes",
        "y",
        "x",
        "true",
        "checked",
        "done",
        "ja",
        "oui",
        "si",
        "sí",
        "wahr",
        "vrai",
        "verdadero",
        "vero",
        "waar",
    }
    | {"waar", "✓", "✔", "✔️", "☑", "☑️", "✅", "🗸", "√"}
)
_NO_TICKS = frozenset(
    {"no", "n", "false", "unchecked", "nein", "non", "nee", "falsch", "faux", "falso", "onwaar"}
    | {"✗", "✘", "❌", "✖", "✖️", "☐", "⬜"}
)
_YES_OR_NO = _TICKS | _NO_TICKS
_CHECKS = _TICKS - {"x"}
_STAGES = [
    MEANINGS[name]
    for name in ("interviewed", "offer", "accepted", "declined", "rejected", "withdrew", "no_reply", "applied")
]
"""What a tick can mean; a "Follow up" or "Thank you" that is ticked is no stage."""


def is_ticked(text: str) -> bool:
    """Whether a cell of a column of ticks is one: "x", "yes", "✓", "TRUE"."""
    return text.strip().casefold() in _TICKS


def is_yes_or_no(text: str) -> bool:
    """Whether a cell says no more than that something is so, or isn't."""
    return text.casefold() in _YES_OR_NO


def are_ticks(said: Iterable[str]) -> bool:
    """Whether cells are all ticks or their opposite; with a "✓" elsewhere an "x" may be a no."""
    folded = {text.casefold() for text in said}
    is_mixed = "x" in folded and not folded.isdisjoint(_CHECKS)
    return bool(folded & _TICKS) and folded <= _YES_OR_NO and not is_mixed


def names_stage(header: str) -> bool:
    """Whether a header is a stage and nothing else; that of applying in words of its date, unlike "Referral"."""
    said = _stage_of(header)
    meaning = status_meaning(said) if is_plain(said) else None
    if meaning not in _STAGES:
        return False
    field = header_field(header)
    return meaning.stage is not None or (field is not None and field[0] is ImportField.APPLIED_ON)


def not_ticked(header: str) -> list[str]:
    """Return what a column of ticks says of a row without one: of "Applied?" that it is not applied for yet."""
    return ["Not applied"] if status_meaning(_stage_of(header)) == MEANINGS["applied"] else []


def latest_status(status: str, ticked: Sequence[str], read: Callable[[str], StatusMeaning | None]) -> str:
    """Return the status of a row, or a later one of `ticked`, headers of ticks and further statuses.

    `read` tells what a status means.
    """
    stages = map(_stage_of, ticked)
    return max((status, *stages), key=lambda said: _rank(read(said)) if said else (-3, False))


def _stage_of(header: str) -> str:
    return header.replace("?", " ").strip()


def _rank(meaning: StatusMeaning | None) -> tuple[int, bool]:
    """Return how far an application with this status has come; one that isn't known comes before all others.

    How it ended says more than that it did: "Closed" and "Rejected".
    """
    if meaning is None:
        return -2, False
    if meaning.stage is None:
        return -1, meaning.is_applied
    says_how = meaning.is_offer or meaning.outcome not in (None, Outcome.NO_REPLY)
    return STAGES.index(meaning.stage), says_how
