"""Rows of a sheet that are no applications: lines, totals, headings, legends, notes, and the header again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from followup_tui.domain.parsing.date_words import plain_date
from followup_tui.domain.parsing.day_phrases import MONTH
from followup_tui.exchange.sheets.table import TableRow

_RULE = " -–—:=_|*+"
_TOTALS = frozenset(
    {"total", "totals", "tot", "sum", "count", "summe", "gesamt", "anzahl", "somme", "suma", "totale", "totaal"}
    | {"average", "avg", "mean", "median", "durchschnitt", "moyenne", "media", "gemiddelde"}
)
"""Words for a sum, and for an average."""
_SUMMED = frozenset(
    {"applications", "jobs", "rows", "entries", "companies", "interviews", "bewerbungen", "candidatures"}
    | {"entretiens", "candidature", "colloqui", "candidaturas", "solicitudes", "entrevistas", "sollicitaties"}
)
"""What sums count, behind the word for a sum: "Total applications: 12"."""
_HEADING = re.compile(r"[-–—=*_#•~+>]{2,}.*|.*[^\W\d_]:|(?:[^\W\d_]+:? ?\d+[,; ]*){2,}")
_PERIOD = re.compile(rf"(?i)(?:{MONTH}|q[1-4]|kw ?\d\d?|week ?\d\d?)\.?(?:\W+(?:20)?\d\d)?")
_WORDS = re.compile(r"[^\W\d_]+")
_LONGEST_TOTAL = 40
_LEGEND = re.compile(
    r"(?i)(?P<word>(?:colou?r|status|farb|symbol)?[ -]?(?:legend[ae]?|légende|leyenda|leggenda|key|codes"
    r"|abbreviations|abkürzungen))(?:\s*:.*)?",
    re.DOTALL,
)
_EQUALS = re.compile(r"[^=]{1,30}\s=\s?[^\W\d_=][^=]*(?:[,;|/][^=]{1,30}\s=\s?[^\W\d_=][^=]*)*")
"""What a legend says: "green = good", "A = applied, R = rejected"."""
_NOTE = re.compile(
    r"(?i)(?:notes?(?: to (?:my)?self)?|n\.?b\.?|nota(?: bene)?|p\.?s\.?|to-? ?do|reminder|remember|tip|hinweis"
    r"|notiz|anmerkung|remarque|rappel|à noter|nota para mí|recordatorio|promemoria|opmerking|goal|ziel|objectif"
    r"|objetivo|last updated?|updated|stand|as of)\s*:.*|(?:remember|don.t forget) to\b.*",
    re.DOTALL,
)
_EXPLAINED = re.compile(
    r"(?i)[\W_]+|\w{1,2}|(?:light |dark )?(?:green|yellow|red|orange|blue|gr[ae]y|grün|gelb|rot|blau)"
)
"""What a line below a legend explains: a sign, a letter or a colour."""
_FEW = 2
"""Cells of a line in a legend: what is explained, and what it means."""


class RowsLeftOut:
    """Says of each row in turn why it is no application; `company` and `role` are the positions of their columns.

    `role` is -1 in a sheet without such a column.
    """

    def __init__(self, header: Sequence[str], company: int, role: int) -> None:
        self._header = header
        self._company, self._role = company, role
        self._legend_line = -1

    def reason(self, row: TableRow) -> str:
        """Return why the row is no application, or an empty text."""
        if row.error:
            return ""
        cells = [cell.strip() for cell in row.cells]
        filled = list(filter(None, cells))
        if not filled:
            return "The row is empty."
        if not any(cell.strip(_RULE) for cell in cells):
            return "The row is a line."
        if _is_total(*filled) or self._is_summary(cells):
            return "The row is a total."
        if len(self._header) > 1:
            if _is_heading(*filled):
                return "The row is a heading."
            named = (cells[self._company] if len(cells) > self._company else "") or filled[0]
            if self._is_legend(row.line, named, filled):
                self._legend_line = row.line
                return "The row is a legend."
            if _NOTE.fullmatch(named):
                return "The row is a note."
        return "The row repeats the header." if cells == self._header else ""

    def _is_summary(self, cells: Sequence[str]) -> bool:
        """Whether a row names a sum for its company and no role, whatever else it says: "TOTAL,30,offers: 2"."""
        company, role = (cells[at] if 0 <= at < len(cells) else "" for at in (self._company, self._role))
        return self._role >= 0 and (not role or _is_number(role)) and _is_total(company)

    def _is_legend(self, line: int, named: str, filled: Sequence[str]) -> bool:
        """Whether a row is one, or one of the short lines directly below it."""
        word = _LEGEND.fullmatch(named)
        if word and (word["word"] != named or len(filled) == 1):
            return True
        goes_on = line == self._legend_line + 1 and len(filled) <= _FEW and _EXPLAINED.fullmatch(filled[0])
        return bool(goes_on) or all(map(_EQUALS.fullmatch, filled))


def _is_total(first: str, *others: str) -> bool:
    """Whether the cells of a row sum the others up: "Total: 3" for a company, and nothing else but numbers."""
    word, *more = _WORDS.findall(first[:_LONGEST_TOTAL].casefold()) or [""]
    return (
        len(first) < _LONGEST_TOTAL
        and word in _TOTALS
        and _SUMMED.issuperset(more)
        and all(map(_is_number, others))
    )


def _is_number(text: str) -> bool:
    return text.replace(".", "").replace(",", "").rstrip("%").strip().isdigit()


def _is_heading(first: str, *others: str) -> bool:
    """Whether a row's only cell divides the list: "--- NOVEMBER ---", "May 2026", "Later:", "offers: 1, no: 2"."""
    return not others and bool(_HEADING.fullmatch(first) or _PERIOD.fullmatch(plain_date(first)))
