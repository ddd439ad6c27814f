"""The meaning to propose for a status whose words don't tell it."""

from __future__ import annotations

from collections.abc import Mapping

from followup_tui.exchange.sheets.statuses import status_ideas
from followup_tui.exchange.sheets.words import join_negations

_LIKELIEST: Mapping[str, tuple[str, ...]] = {
    "rejected": ("reject", "lone_reject", "decline", "rescinded"),
    "withdrew": ("withdrew", "my_refusal"),
    "no_reply": ("ghosted", "no_reply", "closed", "weak_closed"),
    "accepted": ("accept",),
    "offer": ("offer", "posting", "contract", "hired"),  # who doubts that they were hired, accepted nothing yet
    "thanked": ("thank",),
    "awaiting": ("wait", "stalled", "pending", "decision", "reply"),
    "interviewed": ("interview", "invited", "weak_interview"),
    "applied": ("apply", "application", "sent", "process", "screening", "assess", "recorded", "no_interview"),
    "saved": ("saved", "not_applied", "weak_saved", "undecided"),
    "moved_on": ("moved_on",),
}
"""The meanings that a status may have by one of its ideas, the likeliest first."""


def likeliest_meaning(status: str) -> str:
    """Return the name of the meaning to propose for a status that isn't known."""
    found = {word.idea for word in join_negations(status_ideas(status))}
    if "not" in found:  # "not rejected": not what it denies
        return "awaiting"
    if found >= {"decline", "interview"}:  # who declined, isn't said: mostly who keeps the sheet
        return "withdrew"
    return next((name for name, ideas in _LIKELIEST.items() if not found.isdisjoint(ideas)), "interviewed")
