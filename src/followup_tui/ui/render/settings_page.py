"""The settings as rows: each with its value and where it comes from, and all about one of them."""

from __future__ import annotations

from followup_tui.domain.model.text import shown_line
from followup_tui.tracker.setting_list import FROM_DEFAULT, FROM_FILE, SettingRow
from followup_tui.ui.rows.pieces import Row, fit, wrap

ORIGIN_FROM = 60
"""Cells from which on each row says where its value comes from."""
ORIGIN_WIDTH = 15
EDGE = 3
"""Cells in front of a label."""
_NOT_SET = "not set"
_ORIGINS = {
    FROM_FILE: "You set it in the settings file.",
    FROM_DEFAULT: "",
    "locale": "It comes from your locale.",
    "time zone": "It comes from your time zone.",
    "system": "It comes from your system.",
}


def label_width(width: int) -> int:
    """Cells for the names in a list of this width."""
    return 18 if width >= ORIGIN_FROM else max(8, min(14, width // 3))


def value_at_cell(width: int) -> int:
    """The cell in which the values begin."""
    return EDGE + label_width(width) + 1


def value_width(width: int) -> int:
    """Cells for the values in a list of this width."""
    return max(6, width - value_at_cell(width) - (ORIGIN_WIDTH + 3 if width >= ORIGIN_FROM else 1))


def setting_line(row: SettingRow, width: int, *, is_marked: bool) -> Row:
    """A setting in one line: a sign, its name, its value and, if there is room, its origin."""
    text = row.shown or _NOT_SET
    if row.problem:
        text = f"! {text}"
    label, value = fit(row.label, label_width(width) + 1), fit(text, value_width(width))
    origin = f"  {fit(row.origin, ORIGIN_WIDTH)} " if width >= ORIGIN_FROM else " "
    if is_marked:
        return ((" ▌ ", "cursor-edge"), (label, "cursor-strong"), (f"{value}{origin}", "cursor"))
    is_own = row.origin == FROM_FILE
    look = "alert" if row.problem else "strong" if is_own else "text" if row.shown else "dim"
    return (("   ", "text"), (label, "text"), (value, look), (origin, "accent" if is_own else "dim"))


def option_line(option: str, width: int, *, is_marked: bool, is_set: bool) -> Row:
    """One of the values to choose from, below its setting."""
    sign, tick = ("▸ ", "accent") if is_marked else ("  ", "text"), "  (now)" if is_set else ""
    room = max(4, value_width(width) - 2)
    return (
        (" " * (value_at_cell(width) - 2), "text"),
        sign,
        (fit(f"{option}{tick}", room).rstrip(), "strong" if is_marked else "text"),
    )


def error_lines(sentence: str, width: int) -> list[Row]:
    """Why a value wasn't saved, beside the field."""
    indent = min(value_at_cell(width), width // 3)
    lines = wrap(sentence, max(8, width - indent - 1), _ERROR_LINES)
    return [((" " * indent, "text"), (line, "alert")) for line in lines]


_ERROR_LINES = 5


def about_lines(row: SettingRow, width: int, height: int) -> list[Row]:
    """What a setting is for, where its value comes from, its default, and when a change takes effect."""
    facts = [_ORIGINS.get(row.origin, f"It comes from {row.origin}.")]
    if row.name:
        default = shown_line(row.default.replace("\n", ", ")) or _NOT_SET
        facts += [f"Default: {default}.", "Read at the next start." if row.at_start else "Takes effect at once."]
    facts = list(filter(None, facts))
    parts: list[tuple[str, str]] = [(row.problem, "alert")] if row.problem else []
    parts.append((row.sentence, "text"))
    parts += [(fact, "dim") for fact in facts] if height >= _TALL else [(" ".join(facts), "dim")]
    rows: list[Row] = []
    for text, look in parts:
        rows += [((f" {line}", look),) for line in wrap(text, max(8, width - 2), max(1, height - len(rows)))]
        if height >= _TALL and look != "dim":
            rows.append(())
    return rows[:height]


_TALL = 8
"""Lines from which on each fact has a line of its own."""
