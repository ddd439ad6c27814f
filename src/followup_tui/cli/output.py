"""The way out of the command line: whatever it prints passes here, a change's result too, and nothing raw reaches
a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence

from followup_tui.cells import cell_len, set_cell_size
from followup_tui.cli import FAILED, OK
from followup_tui.domain.format import plural
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.text import escape_controls, plain, shown, shown_line

TYPE_CHECKING = False  # as type checkers know it: `typing` itself takes longer to load than all of this
if TYPE_CHECKING:
    from typing import Any, TextIO

    from followup_tui.tracker.commit import CommandResult

GAP = "  "
"""What stands between two columns of a table."""
NARROWEST = 8
"""Cells below which no column is cut: less says nothing."""
WRAPS_FROM = 60
"""Cells from which the last column is broken at its words: in fewer it is cut, as a row would be many lines."""

ADD_ONE = 'add one with: followup-tui add "Acme Robotics" "Backend dev" --interview "fri 14:00"'
"""What to do while there are no applications, as the end of a sentence."""

_LOCALE = ("LC_ALL", "LC_CTYPE", "LANG")


def write(text: str = "", *, end: str = "\n", to: TextIO | None = None, at_once: bool = False) -> None:
    """Data, on stdout where no other stream is given; `at_once` where somebody waits for it."""
    stream = to or sys.stdout
    _write(stream, shown(text) + end)
    if at_once and stream is not None:
        _try(stream, stream.flush)


def write_bytes(content: bytes) -> None:
    """A file's content, on stdout as it is: for a pipe or a file, never for a terminal."""
    if sys.stdout is not None:
        stream = sys.stdout

        def put() -> None:
            stream.flush()
            stream.buffer.write(content)
            stream.buffer.flush()

        _try(stream, put)


def wrap_to_terminal(text: str, stream: TextIO | None) -> str:
    """Text broken at its words to the width of the terminal that a stream goes to; as it is for any other stream.

    What a line is indented by, its further lines are indented by too; a word that is too long stays whole.
    """
    if not is_terminal(stream):
        return text
    room = max(NARROWEST, terminal_width() - 1)  # some terminals go on after the last cell
    return "\n".join(_broken(line, room) for line in shown(text).split("\n"))


def terminal_width() -> int:
    """How many cells a line of the terminal has."""
    import shutil  # Not at the top: `due --count` writes no table and breaks no line.

    return shutil.get_terminal_size().columns


def _broken(text: str, room: int) -> str:
    words = text.split(" ")
    indent = text[: len(text) - len(text.lstrip(" "))]
    lines: list[str] = []
    line = words[0]
    for word in words[1:]:
        if line.strip() and cell_len(line) + 1 + cell_len(word) > room:
            lines.append(line)
            line = indent + word
        else:
            line += f" {word}"
    return "\n".join((*lines, line))


def write_message(text: str) -> None:
    """Talk, on stderr, behind all data that was said before."""
    if sys.stdout is not None and not sys.stdout.closed:
        _try(sys.stdout, sys.stdout.flush)
    _write(sys.stderr, shown(text) + "\n")


def write_json(value: Any) -> None:
    """A value as JSON on stdout, a list with a line an item: no control is raw, and it parses back to the same."""
    encode = json.JSONEncoder(ensure_ascii=not supports_utf8(sys.stdout)).encode
    text = encode(value)
    # What is printable holds nothing raw, and that is sooner seen than searched for.
    is_harmless = text.isprintable()
    if isinstance(value, list) and value:
        # Encoded at one go, which takes half as long as item by item, unless a text holds what parts the items.
        parted = text.count("}, {") == len(value) - 1
        body = text[1:-1].replace("}, {", "},\n{") if parted else ",\n".join(map(encode, value))
        text = f"[\n{body}\n]"
    _write(sys.stdout, (text if is_harmless else escape_controls(text)) + "\n")


def write_table(rows: Iterable[Sequence[str]], *, heading: Sequence[str] = (), cut: Sequence[int] = ()) -> None:
    """Rows in aligned columns. On a terminal the columns `cut` give way, so that no row is wider than it.

    A last column among them goes on below itself where it has the room. A column of numbers is aligned right.
    """
    body = list(rows)
    lines = [heading, *body] if heading else body
    if not lines:
        return
    is_utf8 = supports_utf8(sys.stdout)
    columns = [_measured(column, is_utf8) for column in zip(*lines, strict=True)]
    widths = [max(cells) for _, cells in columns]
    are_numbers = [all(text.isdigit() for text in texts[bool(heading) :]) for texts, _ in columns]
    room = _room_of_last(widths, cut)
    if room >= WRAPS_FROM:
        columns, widths[-1] = _wrapped(columns, room), room
    _narrow(widths, cut)
    aligned = [
        _aligned(texts, cells, width, to_right=is_number)
        for (texts, cells), width, is_number in zip(columns, widths, are_numbers, strict=True)
    ]
    rows_of_text = map(GAP.join, zip(*aligned, strict=True))
    _write(sys.stdout, "\n".join(map(str.rstrip, rows_of_text)) + "\n")


def _measured(column: Sequence[str], is_utf8: bool) -> tuple[Sequence[str], list[int]]:
    """A column's texts as they will stand on stdout, and how many cells of a terminal each takes."""
    together = "".join(column)
    if together.isascii() and together.isprintable():  # as most are, which is sooner seen of all at once
        return column, list(map(len, column))
    texts = [plain_line(text, is_utf8) for text in column]
    return texts, list(map(cell_len, texts))


def _room_of_last(widths: Sequence[int], cut: Sequence[int]) -> int:
    """The cells left for the last column on a terminal where it gives way and is wider; 0 where it needs none."""
    if len(widths) - 1 not in cut or not is_terminal(sys.stdout):
        return 0
    room = terminal_width() - sum(widths[:-1]) - len(GAP) * (len(widths) - 1)
    return room if room < widths[-1] else 0


def _wrapped(
    columns: Sequence[tuple[Sequence[str], list[int]]], room: int
) -> list[tuple[Sequence[str], list[int]]]:
    """The columns with the last one broken at its words, and nothing beside its further lines."""
    cells_of_lines = [_broken(text, room).split("\n") for text in columns[-1][0]]
    wrapped: list[list[str]] = []
    for texts, _ in columns[:-1]:
        spread: list[str] = []
        for text, lines in zip(texts, cells_of_lines, strict=True):
            spread += [text, *[""] * (len(lines) - 1)]
        wrapped.append(spread)
    wrapped.append([line for lines in cells_of_lines for line in lines])
    return [(texts, list(map(cell_len, texts))) for texts in wrapped]


def plain_line(text: str, is_utf8: bool) -> str:
    """Text as it will stand on one line of stdout: safe, and in ASCII where stdout knows no more."""
    line = shown_line(text)
    return line if is_utf8 or line.isascii() else plain(line)


def supports_utf8(stream: TextIO | None) -> bool:
    """Whether a stream takes every character: the locale that the user named, or else the stream's encoding."""
    encoding = (getattr(stream, "encoding", None) or "").lower().replace("-", "")
    named = next((value for value in map(os.environ.get, _LOCALE) if value), "")
    return encoding.startswith("utf8") and (not named or "utf" in named.lower())


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person reads (or types) there, rather than a program."""
    return stream is not None and not stream.closed and stream.isatty()


def flush_output() -> None:
    """Send out what is still held back, so that trouble with stdout is told and not lost."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.closed:
            _try(stream, stream.flush)


def exit_with(sentence: str, code: int) -> int:
    """Say why on stderr, as far as anybody still listens there, and return the code."""
    try:
        if sentence:
            write_message(sentence)
        flush_output()
    except (FollowupError, BrokenPipeError):
        # Nobody listens any more; Python would complain of that once more as it ends.
        _silence()
    return code


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:  # closed by whoever started the program
        return
    if not text.isascii() and not supports_utf8(stream):
        text = plain(text)
    _try(stream, lambda: stream.write(text))


def _try(stream: TextIO, action: Any) -> None:
    try:
        action()
    except BrokenPipeError:
        raise
    except OSError as error:
        _silence()
        raise FollowupError(
            f"The output could not be written ({error.strerror}); whatever was reported as done is"
            " saved. Write it to another place."
        ) from None


def _silence() -> None:
    """From here on whatever is still held back goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None and not stream.closed:
            try:
                stream.flush()
            except OSError:
                os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _aligned(texts: Sequence[str], cells: Sequence[int], width: int, *, to_right: bool) -> list[str]:
    """A column's texts, which take so many cells each, all made as wide as the column."""
    aligned: list[str] = []
    for text, count in zip(texts, cells, strict=True):
        blanks = " " * (width - count)
        if count > width:
            aligned.append(_cut(text, width))
        else:
            aligned.append(blanks + text if to_right else text + blanks)
    return aligned


def _cut(text: str, width: int) -> str:
    """Text cut to a width, with a sign that it goes on."""
    return set_cell_size(text, width - 1) + ("…" if supports_utf8(sys.stdout) else "~")


def _narrow(widths: list[int], cut: Sequence[int]) -> None:
    if not cut or not is_terminal(sys.stdout):
        return
    room = terminal_width()
    while sum(widths) + len(GAP) * (len(widths) - 1) > room:
        widest = max(cut, key=lambda column: widths[column])
        if widths[widest] <= NARROWEST:
            return
        widths[widest] -= 1


def write_result(result: CommandResult, *more: str) -> int:
    """Write a line with what was done and what comes next, and one for each thing left out; the exit code."""
    for line in result_lines(result, *more):
        write_message(line)
    return FAILED if result.left_out else OK


def result_lines(result: CommandResult, *more: str) -> list[str]:
    """The lines of the report."""
    parts = [result.said, *filter(None, more)]
    if result.dropped:
        parts.append(f"{plural(result.dropped, 'control character')} dropped")
    if result.next_text or result.next_reason:
        parts.append(", ".join(filter(None, (result.next_text, result.next_reason))))
    lines = [" · ".join(parts), *result.left_out]
    if result.warning:
        lines.append(result.warning)
    return lines
