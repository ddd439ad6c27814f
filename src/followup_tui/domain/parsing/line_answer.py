"""What a typed line tells that they said: of the next step, and of an offer."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.application_form import OfferTerms
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.when import When
from followup_tui.domain.parsing.day_phrases import WEEKDAY
from followup_tui.domain.parsing.line_actions import ANSWERS, DECIDES, start_of, until_of
from followup_tui.domain.parsing.line_parts import LineParts
from followup_tui.domain.parsing.line_pieces import around_date

_DEADLINE = r"(?i)(?:^|\s)(?:by|till|until|before|bis)\s"


class Said(NamedTuple):
    """What they said of the next step, the date that they named, and the words as they were typed."""

    answer: Answer | None = None
    by: When | None = None
    words: str = ""

    @property
    def day(self) -> date | None:
        """The day that they named."""
        return self.by.day if self.by else None


def said_of_next_step(line: str, found: LineParts, understand: Callable[[str], When]) -> tuple[str, Said]:
    """The line without "they decide by fri" or "keep in touch", and that; an unknown day is a problem."""
    if said := re.search(DECIDES, line):
        line = f"{line[: said.start()]} {line[said.end() :]}"
        if said["who"]:  # who said it is told nowhere else
            found.notes.append(said["said"])
        answer = Answer.THEY_CALL if re.match("(?i)call|ring|phone", said["verb"] or "") else Answer.DECIDE_BY
        try:
            return line, Said(answer, understand(said["day"]), said["said"])
        except BadInput as error:
            found.problems.append(f"“{shown_line(said['said'])[:60]}”: {error.sentence}".removesuffix("."))
            return line, Said()
    for answer, words in ANSWERS.items():
        if said := re.search(rf"(?i)[,;]\s*(?P<said>{words})\s*(?=[,;#]|$)", line):
            return f"{line[: said.start()]} {line[said.end() :]}", Said(answer, None, said["said"])
    return line, Said()


def take_day_they_want(part: str, found: LineParts) -> None:
    """Take the hour in what they want as the interview's, and ask about it: "they want to see me Friday at 2"."""
    before, said, _ = around_date(part)
    if found.whens or ":" in before or not said or re.search(_DEADLINE, f"{before} {said}"):
        return
    said = re.sub(rf"(?i)^in (?={WEEKDAY})", "", said)  # "come in Friday at 2"
    try:
        when = found.understand(said)
    except BadInput:
        return
    if when.at:
        found.take_date(when, said)
        found.doubts.append(f"is the interview “{shown_line(said)[:40]}”? If not, put “note:” before it.")


def offered_terms(
    found: LineParts, said: Said, understand: Callable[[str], When], zone: ZoneInfo, pay: str
) -> OfferTerms:
    """What they offered; a day that was named is that of the answer. One that isn't understood is a note."""
    by, notes = said.by, ""
    if found.until:
        try:
            by = understand(until_of(found.until))
        except BadInput:
            notes = found.until
    return OfferTerms.by(by, zone, pay=pay, start=start_of(found.starts), notes=notes)
