"""Letters and call scripts as rows: heading, length, findings, the letters of an application, what to say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from followup_tui.domain.commands.letters import addressee, in_copy
from followup_tui.domain.format import plural
from followup_tui.domain.letters.description import describe_letter
from followup_tui.domain.letters.finding import Finding, Proof
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.touch import Channel, Letter
from followup_tui.ui.rows.pieces import Row, fit, wrap

MIN_WIDTH = 8
"""Cells that rows have at least; on a narrower screen they are cut."""
MESSAGE_LINES = 3
"""Lines that the sentence of one finding may take."""
MISSING_LINES = 2
"""Lines that the sentence about what can't be checked may take."""
SUGGESTIONS = 9
"""Suggestions that have a key, from 1."""
PARAGRAPH_LINES = 200
"""Lines that a paragraph may take."""
FOUND_WIDTH = 40
"""Cells that the text of a finding may take."""
LABEL_WIDTH = 8
"""Cells of the labels in front of whom a letter goes to and of its subject."""


class FoundText(NamedTuple):
    """A finding, and whether it is in the subject."""

    finding: Finding
    in_subject: bool


def found_texts(proof: Proof) -> list[FoundText]:
    """Return all findings in reading order: the subject's first."""
    subject = [FoundText(finding, True) for finding in proof.subject_findings]
    return [*subject, *(FoundText(finding, False) for finding in proof.findings)]


def letter_heading(details: ApplicationDetails, letter: Letter) -> Row:
    """Return "Acme Robotics · thank-you to Dana Ruiz by email"."""
    person = addressee(details, letter)
    recipient = f" to {person.label}" if person else ""
    files = f" · {plural(len(letter.attachments), 'file')} attached" if letter.attachments else ""
    text = f" · {letter.label}{recipient} {letter.channel.way}{files}"
    return ((f" {details.application.company}", "strong"), (text, "text"))


def to_row(details: ApplicationDetails, letter: Letter) -> Row:
    """Return "To       Dana Ruiz <dana@acme.example> (Cc Bo Chen)", or what is missing of the address."""
    person = addressee(details, letter)
    if person is None:
        return (_label("To"), (f"{shown_line(details.application.company)}, no contact name", "dim"))
    address = f" <{person.email}>" if person.email and person.name else ""
    copies = shown_line(in_copy(details, letter))
    lacks = "" if person.email or letter.channel is not Channel.EMAIL else ", no email address yet"
    return (
        _label("To"),
        (f"{shown_line(person.label)}{shown_line(address)}", "text"),
        (lacks, "alert"),
        (copies, "text"),
    )


def subject_label() -> Row:
    """Return what stands before the subject line."""
    return (_label("Subject"),)


def _label(text: str) -> tuple[str, str]:
    return (f" {text:<{LABEL_WIDTH}}", "dim")


def length_row(body: str, most_words: int, found: Sequence[FoundText] | None, *, is_complete: bool = True) -> Row:
    """Return "112 words · 2 findings", with the most words it should have if it has more.

    `found` is None before it was checked; if the check was not complete, no findings means nothing.
    """
    number = len(body.split())
    is_too_long = bool(most_words) and number > most_words
    limit = f" of {most_words}" if is_too_long else ""
    if found is None:
        result = "reading…"
    elif found:
        result = plural(len(found), "finding")
    else:
        result = "no findings" if is_complete else "not all checked"
    return (
        (f" {number}{limit} words", "alert" if is_too_long else "dim"),
        (f" · {result}", "accent" if found else "dim"),
    )


def finding_rows(found: Sequence[FoundText], position: int, missing: str, width: int, height: int) -> list[Row]:
    """Return the current finding with its suggestions, the ones after it, and what can't be checked."""
    room = max(MIN_WIDTH, width - 2)
    warning: list[Row] = (
        [((f" {line}", "alert"),) for line in wrap(missing, room, MISSING_LINES)] if missing else []
    )
    rows: list[Row] = []
    for number in range(position, len(found)):
        rows += _finding_rows(found, number, room, is_current=number == position)
        if len(rows) >= height:
            break
    return [*rows[: max(0, height - len(warning))], *warning]


def _finding_rows(found: Sequence[FoundText], number: int, room: int, *, is_current: bool) -> list[Row]:
    finding, in_subject = found[number]
    text = ""
    if finding.text:
        text = fit(finding.text, min(FOUND_WIDTH, max(1, len(shown_line(finding.text))))).rstrip()
    place = f"{number + 1} of {len(found)}{' in the subject' if in_subject else ''}"
    quoted = f"“{text}”" if text and not finding.message.startswith(f"“{text}”") else ""  # not told twice
    if not is_current:
        told = f"{place}: {quoted} {finding.message}" if quoted else f"{place}: {finding.message}"
        return [(("   ", "text"), (fit(told, room - 2).rstrip(), "dim"))]
    heads = [f"{place}: {quoted}"] if quoted else wrap(f"{place}: {finding.message}", room - 2, MESSAGE_LINES)
    rows: list[Row] = [
        ((" ▸ " if line is heads[0] else "   ", "accent"), (fit(line, room - 2).rstrip(), "strong"))
        for line in heads
    ]
    if quoted:
        rows += [((f"   {line}", "text"),) for line in wrap(finding.message, room - 2, MESSAGE_LINES)]
    if finding.suggestions:
        rows.append((("   ", "text"), *_suggestions_row(finding.suggestions[:SUGGESTIONS])))
    return rows


def _suggestions_row(suggestions: Sequence[str]) -> Row:
    """Return "Enter receive  2 relieve": each with its key."""
    pieces: list[tuple[str, str]] = []
    for number, text in enumerate(suggestions, 1):
        key = "Enter" if number == 1 else str(number)
        pieces += [(key, "key"), (f" {shown_line(text) or '(remove it)'}  ", "text")]
    return tuple(pieces)


def letter_rows(letters: Sequence[Letter], details: ApplicationDetails, now: datetime, width: int) -> list[Row]:
    """Return the letters of an application, newest first; those that were sent with their whole text."""
    room = max(MIN_WIDTH, width - 2)
    rows: list[Row] = []
    for letter in reversed(letters):
        if letter.kind.is_spoken:
            continue
        rows += [(), ((f" Letter: {describe_letter(letter, details, now)}", "heading"),)]
        if letter.sent_at is not None:
            lines = [letter.subject, "", *letter.body.split("\n")] if letter.subject else letter.body.split("\n")
            rows += [
                ((f" {part}", "text"),) for line in lines for part in wrap(line, room, PARAGRAPH_LINES) or ("",)
            ]
    return rows


def script_rows(letter: Letter, details: ApplicationDetails, width: int) -> list[Row]:
    """Return whom to call, unless the script has the number, and what to say."""
    room = max(MIN_WIDTH, width - 2)
    lines = ["", *letter.body.split("\n"), ""]
    rows = _callee_rows(letter, details, room)
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        style = "heading" if line[:1].isalpha() and after and not before else "text"
        style = "strong" if "Dial:" in line else style
        rows += [((f" {part}", style),) for part in wrap(line, room, PARAGRAPH_LINES) or ("",)]
    return rows


def _callee_rows(letter: Letter, details: ApplicationDetails, room: int) -> list[Row]:
    person = addressee(details, letter)
    if person and person.phone and person.phone in letter.body:
        return []
    name = person.label if person else "whoever answers"
    title = f", {person.title}" if person and person.title else ""
    rows: list[Row] = [((f" {line}", "text"),) for line in wrap(f"{name}{title}", room, 2)]
    if person and person.phone:
        rows.append(((f" {person.phone}", "strong"),))
    else:
        rows.append(((" No phone number yet.", "alert"),))
    return [*rows, ()]
