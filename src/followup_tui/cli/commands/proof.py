"""Reading a text for mistakes from the shell: what `proof` does, and the plain review with each letter."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from followup_tui.cli import FAILED, OK, SOMETHING_DUE
from followup_tui.cli.completion import complete_file
from followup_tui.cli.context import CliContext
from followup_tui.cli.output import write, write_json, write_message
from followup_tui.cli.params import command
from followup_tui.domain.letters.finding import Finding, Proof, without_ignored
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.text import BLOCK_LIMIT, clean_block, shown_line
from followup_tui.letters.proofreader.checkers import GrammarChecker
from followup_tui.letters.proofreader.proofreader import Proofreader
from followup_tui.tracker.regions import sender_of

if TYPE_CHECKING:
    from followup_tui.settings import Settings
    from followup_tui.tracker.tracker import Tracker

BYTES_MOST = 4 * BLOCK_LIMIT
"""Bytes of a file that are read; more is no letter."""


@contextmanager
def open_proofreader(settings: Settings) -> Iterator[Proofreader]:
    """The proofreader, as long as it is needed."""
    proofreader = Proofreader(grammar=GrammarChecker.if_installed() if settings.grammar else None)
    proofreader.start()
    try:
        yield proofreader
    finally:
        proofreader.close()


def proofread_text(
    tracker: Tracker,
    text: str,
    id: str | None,
    settings: Settings,
    ignore: Sequence[str] = (),
    heed: Sequence[str] = (),
) -> Proof:
    """The findings in a text; saves those that are to be ignored for good, or flagged again (`heed`)."""
    if heed:
        _heed(tracker, heed)
    with open_proofreader(settings) as proofreader:
        proof = proofreader.proof(text, tracker.letters.proof_context(None, id, sender_of(settings)))
    to_ignore = {_folded(text) for text in ignore}
    matching = [finding for finding in proof.findings if _folded(finding.text) in to_ignore]
    ignored = frozenset(map(tracker.letters.ignore_finding, matching))
    unknown = to_ignore - {_folded(finding.text) for finding in matching}
    if unknown:
        write_message(
            f"Nothing was found in {', '.join(sorted(map(shown_line, unknown)))}, so there is nothing to ignore."
        )
    return replace(proof, findings=without_ignored(proof.findings, ignored))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _heed(tracker: Tracker, texts: Sequence[str]) -> None:
    folded = {_folded(text) for text in texts}
    keys = [key for key in tracker.letters.ignored_findings() if key.rpartition(":")[2] in folded]
    number = tracker.letters.stop_ignoring(keys)
    write_message(f"Heeded again: {number}." if number else "None of this was ignored.")


# What is told of it


def finding_line(finding: Finding) -> str:
    """A finding on one line: the text, what is wrong with it, and what it could be instead."""
    about_it = f"“{shown_line(finding.text)}” " if finding.text else ""
    instead = f" → {' or '.join(map(_quoted, finding.suggestions[:3]))}" if finding.suggestions else ""
    return f"{about_it}{finding.message}{instead}"


def _quoted(text: str) -> str:
    return f"“{shown_line(text)}”" if text else "(nothing)"


def write_proof(proof: Proof, text: str, *, as_json: bool) -> int:
    """Say what was found in a text that was typed so, and what couldn't be looked for; the exit code."""
    cleaned = clean_block(text, "text").text
    places = [_place_typed(finding.place_in(cleaned), text) for finding in proof.findings]
    findings = list(zip(proof.findings, places, strict=True))
    if as_json:
        write_json([_object(finding, *place) for finding, place in findings])
    else:
        for finding, (line, column) in findings:
            write(f"{line}:{column} {finding_line(finding)}")
    if not cleaned.strip():
        write_message("There is no text in it.")
    if proof.missing:
        write_message(proof.missing)
    if findings:
        return SOMETHING_DUE
    return FAILED if proof.missing else OK


def _object(finding: Finding, line: int, column: int) -> dict[str, object]:
    return {
        "line": line,
        "column": column,
        "text": finding.text,
        "rule": finding.rule,
        "message": finding.message,
        "suggestions": list(finding.suggestions),
    }


def _place_typed(place: tuple[int, int], text: str) -> tuple[int, int]:
    """Where a place of the cleaned text stands in what was typed: there may be characters that were dropped."""
    line, column = place
    typed = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[line - 1]
    if clean_block(typed + ".", "text").text == typed + ".":
        return place
    # What is whole up to each character, with a full stop behind it, since space at an end is trimmed.
    before = bisect_left(
        range(len(typed)), column, key=lambda at: len(clean_block(f"{typed[: at + 1]}.", "text").text) - 1
    )
    return line, before + 1


# What is read


def read_text(file: str) -> str:
    """The text of a file, or of the input for "-"; raises a sentence where it can't be read or is too long."""
    name = "The input" if file == "-" else shown_line(file)
    try:
        content = _input() if file == "-" else _content_of(Path(file))
    except OSError as error:
        raise Refused(f"{name} can't be read ({error.strerror}); nothing was checked, check the path.") from None
    if len(content) > BYTES_MOST:
        raise BadInput(f"{name} has more than {BYTES_MOST:,} bytes, so nothing was checked; shorten it.", "file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInput(
            f"{name} isn't UTF-8 text in line {line}; nothing was checked, save it as UTF-8.", "file"
        ) from None


def _input() -> bytes:
    if sys.stdin is None:
        raise Refused("There is no input to read; nothing was checked, name a file.")
    return sys.stdin.buffer.read(BYTES_MOST + 1)


def _content_of(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(BYTES_MOST + 1)


@command()
@click.argument("file", metavar="FILE|-", shell_complete=complete_file)
@click.option("--for", "about", metavar="ID", help="The application it is for, so that its names are known.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list of objects.")
@click.option("--ignore", metavar="TEXT", multiple=True, help="Never flag this text again, in any letter.")
@click.option("--heed", metavar="TEXT", multiple=True, help="Flag it again.")
def proof(
    session: CliContext,
    file: str,
    about: str | None,
    as_json: bool,
    ignore: tuple[str, ...],
    heed: tuple[str, ...],
) -> int:
    """Proofread a text, offline; the exit code is 3 if something was found.

    It is 1 if nothing was found but not everything could be checked; stderr says why. The objects of --json
    have line and column (from 1, in characters), text, rule, message and suggestions.
    """

    text = read_text(file)
    cleaned = clean_block(text, "text").text
    with session.writing() if ignore or heed else session.reading() as tracker:
        id = tracker.queries.find(about) if about else None
        proof = proofread_text(tracker, cleaned, id, session.load_settings(), ignore, heed)
    return write_proof(proof, text, as_json=as_json)
