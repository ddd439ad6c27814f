"""Split vCard files into cards, each read by itself; pictures are left out and lines in old encodings decoded."""

from __future__ import annotations

import codecs
import quopri
import re
from typing import NamedTuple

from followup_tui.domain.model.errors import BadInput

MAX_CARDS = 50_000
"""Cards of one file that are read."""
MAX_CARD_BYTES = 200_000
"""Bytes of one card that are read, pictures not counted."""

_LEFT_OUT = re.compile(rb"(?i)(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY|X-ABCROP-RECTANGLE|X-MS-CARDPICTURE)[;:]")
_QUOTED = re.compile(rb"(?i)[;=]QUOTED-PRINTABLE[;:]")
_CHARSET = re.compile(rb"(?i);CHARSET=\"?([\w.:-]+)\"?")
_ENCODING = re.compile(rb"(?i);(?:ENCODING=)?(?:QUOTED-PRINTABLE|8BIT|7BIT)(?=[;:])")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class RawCard(NamedTuple):
    """A card as it stands in the file, decoded: the line where it begins, and why it can't be read, if so."""

    line: int
    text: str
    error: str = ""


def split_cards(name: str, content: bytes) -> list[RawCard]:
    """Return the cards of a file. Raises `BadInput` if it has none or too many."""
    if content.startswith(_UTF_16):
        content = content.decode("utf-16", errors="replace").encode()
    lines = content.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    cards: list[RawCard] = []
    begin = None
    for number, line in enumerate(lines, start=1):
        word = line[:20].strip().upper()
        if word == b"BEGIN:VCARD":
            if begin is not None:
                cards.append(RawCard(begin, "", "The card has no end (END:VCARD), and another one begins in it."))
            begin = number
        elif word == b"END:VCARD" and begin is not None:
            cards.append(_card(begin, lines[begin : number - 1]))
            begin = None
        if len(cards) > MAX_CARDS:
            raise BadInput(
                f"{name} has more than {MAX_CARDS:,} cards; nothing was imported, export those of employers.",
                "file",
            )
    if begin is not None:
        cards.append(RawCard(begin, "", "The file ends in the middle of this card: it is cut off, get it again."))
    if not cards:
        raise BadInput(f"{name} holds no address card; nothing was imported, choose another file.", "file")
    return cards


def _card(begin: int, lines: list[bytes]) -> RawCard:
    kept = _without_pictures(lines)
    if sum(map(len, kept)) > MAX_CARD_BYTES:
        return RawCard(begin, "", f"The card has more than {MAX_CARD_BYTES:,} bytes without its picture.")
    text = "\r\n".join(("BEGIN:VCARD", *map(_decode, _joined(kept)), "END:VCARD", ""))
    return RawCard(begin, text)


def _without_pictures(lines: list[bytes]) -> list[bytes]:
    """Return the lines but those of pictures, which go on until a line that begins another property."""
    kept: list[bytes] = []
    is_picture = False
    for line in lines:
        goes_on = line[:1] in (b" ", b"\t") or not line.strip() or (is_picture and b":" not in line)
        if not goes_on:
            is_picture = _LEFT_OUT.match(line) is not None
        if not is_picture and line.strip():
            kept.append(line)
    return kept


def _joined(lines: list[bytes]) -> list[bytes]:
    """Return whole lines: folded ones, and in quoted-printable those that end in “=”."""
    whole: list[bytes] = []
    for line in lines:
        if whole and whole[-1].endswith(b"=") and _QUOTED.search(whole[-1].partition(b":")[0] + b":"):
            whole[-1] = whole[-1][:-1] + line.lstrip(b" \t")
        elif whole and line[:1] in (b" ", b"\t"):
            whole[-1] += line[1:]
        else:
            whole.append(line)
    return whole


def _decode(line: bytes) -> str:
    head, colon, value = line.partition(b":")
    named = _CHARSET.search(head)
    is_quoted = _QUOTED.search(head + b":") is not None
    if is_quoted:
        value = quopri.decodestring(value)
    head = _ENCODING.sub(b"", _CHARSET.sub(b"", head) + b":")[:-1] if named or is_quoted else head
    text = _text(value, named[1].decode("ascii") if named else "utf-8")
    if is_quoted:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return f"{_text(head, 'utf-8')}{colon.decode()}{text}"


def _text(value: bytes, charset: str) -> str:
    try:
        return value.decode(charset)
    except (LookupError, ValueError):
        return value.decode("cp1252", errors="replace")
