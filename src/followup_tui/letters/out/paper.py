"""A letter as plain text for the clipboard, and as a page to print or to copy by hand."""

from __future__ import annotations

import textwrap

from followup_tui.domain.model.letter import OutgoingLetter, written_date
from followup_tui.domain.model.text import clean_block
from followup_tui.letters.out.outgoing import body_of, name_of, subject_of

WIDTH = 72
"""Columns of a printed page; what is longer is wrapped between words."""

_THEIRS_UNKNOWN = "(No postal address is known: look it up before you post it.)"


def plain_text(mailing: OutgoingLetter, *, with_subject: bool = False) -> str:
    """The body as one pastes it into a window for writing mail; on demand below its "Subject:" line."""
    body = f"{body_of(mailing)}\n"
    return f"Subject: {subject_of(mailing)}\n\n{body}" if with_subject else body


def print_view(mailing: OutgoingLetter, width: int = WIDTH) -> str:
    """A page to print, or to copy by hand: who writes, the date, to whom, and the letter wrapped at `width`.

    Where their postal address isn't known, a line in brackets stands in its place and says so.
    """
    sender = mailing.sender
    writer = _block(name_of(sender.name), _address(sender.address), name_of(sender.phone))
    day = written_date(mailing.written_at.date(), sender.english)
    reader = _block(
        name_of(mailing.to_name), name_of(mailing.company), _address(mailing.to_address) or _THEIRS_UNKNOWN
    )
    return "\n\n".join(filter(None, (writer, day, reader, _wrapped(body_of(mailing), width)))) + "\n"


def _address(address: str) -> str:
    return clean_block(address, "postal address").text.strip()


def _block(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _wrapped(body: str, width: int) -> str:
    return "\n".join(_line(line, width) for line in body.split("\n"))


def _line(line: str, width: int) -> str:
    # A list's item goes on below its first word; a word that is too long, a link say, stays whole.
    indent = line[: len(line) - len(line.lstrip(" \t-*•"))]
    return textwrap.fill(
        line,
        width,
        subsequent_indent=" " * len(indent.expandtabs(4)),
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
        tabsize=4,
    )
