"""A letter as plain text for the clipboard, and as a page to print or copy by hand."""

from __future__ import annotations

import textwrap

from followup_tui.domain.model.text import clean_block
from followup_tui.domain.model.touch import OutgoingLetter, written_date
from followup_tui.letters.delivery.message import clean_body, clean_name, clean_subject

WIDTH = 72
"""Columns of a printed page; longer lines are wrapped between words."""

_NO_ADDRESS = "(No postal address is known: look it up before you post it.)"


def plain_text(mailing: OutgoingLetter, *, with_subject: bool = False) -> str:
    """Return the body, ready to paste into a mail; with the "Subject:" line above it on request."""
    body = f"{clean_body(mailing)}\n"
    return f"Subject: {clean_subject(mailing)}\n\n{body}" if with_subject else body


def print_page(mailing: OutgoingLetter, width: int = WIDTH) -> str:
    """Return a page to print or copy by hand: sender, date, recipient, and the letter wrapped at `width`.

    A line in brackets replaces an unknown postal address.
    """
    sender = mailing.sender
    sender_block = _block(clean_name(sender.name), _address(sender.address), clean_name(sender.phone))
    day = written_date(mailing.written_at.date(), sender.english)
    recipient_block = _block(
        clean_name(mailing.to_name), clean_name(mailing.company), _address(mailing.to_address) or _NO_ADDRESS
    )
    return (
        "\n\n".join(filter(None, (sender_block, day, recipient_block, _wrapped(clean_body(mailing), width))))
        + "\n"
    )


def _address(address: str) -> str:
    return clean_block(address, "postal address").text.strip()


def _block(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _wrapped(body: str, width: int) -> str:
    return "\n".join(_line(line, width) for line in body.split("\n"))


def _line(line: str, width: int) -> str:
    # A list item continues below its first word; a word that is too long, such as a link, isn't broken.
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
