"""What is told around a letter: to whom it goes, how long it is, what was found in it, and what is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from followup_tui.domain.commands.letters import addressee
from followup_tui.domain.format import plural
from followup_tui.domain.letters.description import describe_letter
from followup_tui.domain.letters.finding import Finding, Proof
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.letter import Letter
from followup_tui.domain.model.text import shown_line
from followup_tui.ui.widgets.text_lines import Row, fit, wrap

MESSAGE_LINES = 3
"""Lines that the sentence of one finding may take."""
SUGGESTIONS = 9
"""Suggestions that have a key, from 1."""
LETTER_LINES = 200
"""Lines that a paragraph of a letter may take."""
LONGEST = 40
"""Cells of a text that was found, before it is cut."""


class FindingGroups(NamedTuple):
    """A finding, and whether it stands in the subject."""

    finding: Finding
    in_subject: bool


def found_in(proof: Proof) -> list[FindingGroups]:
    """All findings in the order in which one reads: the subject's first."""
    subject = [FindingGroups(finding, True) for finding in proof.subject_findings]
    return [*subject, *(FindingGroups(finding, False) for finding in proof.findings)]


def words_in(body: str) -> int:
    """How many words a text has."""
    return len(body.split())


def letter_heading(details: ApplicationDetails, letter: Letter) -> Row:
    """ "Acme Robotics · thank-you to Dana Ruiz by email"."""
    person = addressee(details, letter)
    whom = f" to {person.name or person.email}" if person else ""
    files = f" · {plural(len(letter.attachments), 'file')} attached" if letter.attachments else ""
    told = f" · {letter.kind.label}{whom} by {letter.channel.label}{files}"
    return ((f" {details.application.company}", "strong"), (told, "text"))


def measure(body: str, most: int, found: Sequence[FindingGroups] | None, *, is_whole: bool = True) -> Row:
    """ "112 words · 2 findings": how long it is, with the most it should have where it has more.

    `found` is None before it was read; where it couldn't be checked whole, nothing found says nothing.
    """
    number = words_in(body)
    long = f" of {most}" if most and number > most else ""
    told = (
        "reading…"
        if found is None
        else plural(len(found), "finding")
        if found
        else "no findings"
        if is_whole
        else "not all checked"
    )
    return ((f" {number}{long} words", "alert" if long else "dim"), (f" · {told}", "accent" if found else "dim"))


def finding_rows(found: Sequence[FindingGroups], place: int, missing: str, width: int, height: int) -> list[Row]:
    """The finding one is at with its sentence and its suggestions, then the others; what can't be checked last."""
    room = max(8, width - 2)
    warned: list[Row] = [((f" {line}", "alert"),) for line in wrap(missing, room, 2)] if missing else []
    rows: list[Row] = []
    for number in range(place, len(found)):
        rows += _told(found, number, room, is_current=number == place)
        if len(rows) >= height:
            break
    return [*rows[: max(0, height - len(warned))], *warned]


def _told(found: Sequence[FindingGroups], number: int, room: int, *, is_current: bool) -> list[Row]:
    finding, in_subject = found[number]
    text = fit(finding.text, min(LONGEST, max(1, len(shown_line(finding.text))))).rstrip() if finding.text else ""
    where = " in the subject" if in_subject else ""
    head = f"{number + 1} of {len(found)}{where}" + (f": “{text}”" if text else "")
    if not is_current:
        return [(("   ", "text"), (fit(f"{head} {finding.message}", room - 2).rstrip(), "dim"))]
    if not text:
        head = f"{head}: {finding.message}"
    rows: list[Row] = [((" ▸ ", "accent"), (fit(head, room - 2).rstrip(), "strong"))]
    if text:
        rows += [((f"   {line}", "text"),) for line in wrap(finding.message, room - 2, MESSAGE_LINES)]
    if finding.suggestions:
        rows.append((("   ", "text"), *_suggested(finding.suggestions[:SUGGESTIONS])))
    return rows


def _suggested(suggestions: Sequence[str]) -> Row:
    """ "Enter receive  2 relieve": each with its key."""
    pieces: list[tuple[str, str]] = []
    for number, text in enumerate(suggestions, 1):
        key = "Enter" if number == 1 else str(number)
        pieces += [(key, "key"), (f" {shown_line(text) or '(take it out)'}  ", "text")]
    return tuple(pieces)


def letter_rows(letters: Sequence[Letter], details: ApplicationDetails, now: datetime, width: int) -> list[Row]:
    """The letters of an application, the newest first; of those that were sent the whole text."""
    room = max(8, width - 2)
    rows: list[Row] = []
    for letter in reversed(letters):
        if letter.kind.is_spoken:
            continue
        rows += [(), ((f" Letter: {describe_letter(letter, details, now)}", "heading"),)]
        if letter.sent_at is not None:
            told = [letter.subject, "", *letter.body.split("\n")] if letter.subject else letter.body.split("\n")
            rows += [((f" {line}", "text"),) for text in told for line in wrap(text, room, LETTER_LINES) or ("",)]
    return rows
