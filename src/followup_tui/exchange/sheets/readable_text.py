"""Texts as they are meant: the encoding of a file, told by its bytes, and cells without marks around them.

Bytes that are damaged are marked; what spreadsheets, Markdown and HTML put around a text is taken away.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Sequence
from html.entities import html5
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from followup_tui.domain.model.text import shorten, shown_line

if TYPE_CHECKING:
    from followup_tui.exchange.sheets.table import TableRow

REPAIRED = "\uf2fe"
"""Stands before every character that was repaired, until the cell it is in has been named."""
DAMAGED = "\ufffd"

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks and their encodings; UTF-32 first, as its mark begins like that of UTF-16."""
_NAMED_CELLS = 5
"""Damaged cells that are named; of more, their number is told."""
_SAMPLE = 4096
_BROKEN = re.compile("[\udc80-\udcff]+")
_TWICE = re.compile("[\u00c2-\u00c5\u00e2][\x80-\u00ff\u0152-\u2122]+")
"""What may be UTF-8 that was read as Windows-1252 or Latin-1 and written as UTF-8 again: "Ã¼" for "ü"."""
_QUOTED_CAPITAL = re.compile("(?<=[A-Z\u00c0-\u00de])\u00c3[\u00ab\u00bb]")
_MOST_READINGS = 3
_BROKEN_BYTE = re.compile("[\udc80-\udcff]")
_WESTERN_LETTERS = "äöüßéèêëàâáçñíìîóòôúùûÄÖÜÉÈÀÇÑÅåøØæÆœŒãõÓÍÁÚ"
_WESTERN_SIGNS = "’‘“”„–—…€‚•™«»°·ºª¿¡ÊËÎÏÔÙÛÚÌÒÈÂÃÕÝýÿšŠžŽłŁ\xa0"
_SIGNS_OF_TEXT = "’‘“”„–—…€"
_ENCODING_NAMES = {"cp1252": "Western European (Windows-1252)", "mac_roman": "Western European (Mac Roman)"}


class DecodedText(NamedTuple):
    """The text of a file; `remark` tells a guessed encoding, `is_damaged` that it has `REPAIRED` or `DAMAGED`."""

    text: str
    remark: str = ""
    is_damaged: bool = False


def decode_text(name: str, content: bytes) -> DecodedText:
    """Return the text in a file. Bytes that aren't UTF-8 are read as the old encoding that fits them best."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            if encoding == "utf-8":
                return _decode_utf8(name, content[len(mark) :])
            return _decode_wide(content[len(mark) :], encoding)
    wide = _wide_encoding(content[:_SAMPLE])
    return _decode_wide(content, wide) if wide else _decode_utf8(name, content)


def _decode_wide(content: bytes, encoding: str) -> DecodedText:
    text = content.decode(encoding, errors="replace").removeprefix("\ufeff")
    return DecodedText(text, is_damaged=DAMAGED in text)


def _wide_encoding(sample: bytes) -> str:
    """Return UTF-16 without a byte order mark by the zeros in every other byte, or an empty text."""
    even, odd = sample[::2], sample[1::2]
    if len(odd) < 2:
        return ""
    zeros = even.count(0) / len(even), odd.count(0) / len(odd)
    if zeros[1] > 0.4 and zeros[0] < 0.1:
        return "utf-16-le"
    return "utf-16-be" if zeros[0] > 0.4 and zeros[1] < 0.1 else ""


def _decode_utf8(name: str, content: bytes) -> DecodedText:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", errors="surrogateescape")
    else:
        repaired = _TWICE.sub(_read_once, text.replace(REPAIRED, ""))
        if REPAIRED in repaired:
            return DecodedText(repaired, is_damaged=True)
        return DecodedText(text, is_damaged=DAMAGED in text)
    broken = b"".join(_bytes_of(run.group()) for run in _BROKEN.finditer(text))
    encoding = _legacy_encoding(text)
    if _is_old(text, broken):
        remark = (
            f"{name} is not UTF-8 and was read as {_ENCODING_NAMES[encoding]}; look whether umlauts are right."
        )
        whole = _BROKEN.sub(lambda run: _bytes_of(run.group()).decode(encoding, errors="replace"), text)
        return DecodedText(whole, remark, DAMAGED in whole)
    repaired = _BROKEN_BYTE.sub(
        lambda byte: REPAIRED + _bytes_of(byte.group()).decode(encoding, errors="replace"),
        text.replace(REPAIRED, ""),
    )
    return DecodedText(repaired, is_damaged=True)


def _read_once(run: re.Match[str]) -> str:
    """Return text that was read as an old encoding, once or more often, as it was; any other text as it is."""
    text = run[0]
    if _QUOTED_CAPITAL.match(run.string, run.start()):
        return text  # «IRMÃ», not "û"
    for _ in range(_MOST_READINGS):
        try:
            once = b"".join(map(_old_byte, text)).decode("utf-8")
        except UnicodeError:
            break
        if once == text:
            break
        text = once
    is_certain = text != run[0] and all(one in _WESTERN_LETTERS or one in _WESTERN_SIGNS for one in text)
    return REPAIRED + text if is_certain else run[0]


def _old_byte(character: str) -> bytes:
    """Return the byte that a character is in Windows-1252, or in Latin-1 where that has none."""
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def _bytes_of(escaped: str) -> bytes:
    return escaped.encode("ascii", errors="surrogateescape")


def _is_old(text: str, broken: bytes) -> bool:
    """Whether no character outside ASCII is UTF-8; the few that look so by chance don't count."""
    beyond = len(text) - len(text.encode("ascii", errors="ignore")) - len(broken)
    return beyond == 0 or beyond * 10 < len(broken)


def _legacy_encoding(text: str) -> str:
    """Return the old encoding in which the bytes beyond ASCII stand as letters and signs of the West do."""
    around = [
        (text[max(0, run.start() - 1) : run.start()], _bytes_of(run.group()), text[run.end() : run.end() + 1])
        for run in islice(_BROKEN.finditer(text), _SAMPLE)
    ]
    scores = {
        encoding: sum(
            _western_score(f"{left}{broken.decode(encoding, errors='replace')}{right}", len(left))
            for left, broken, right in around
        )
        for encoding in _ENCODING_NAMES
    }
    return max(scores, key=lambda encoding: scores[encoding])


def _western_score(text: str, start: int) -> int:
    """Return how well letters and signs fit between their neighbours: no letter beside a digit, no "CafÈ"."""
    score = 0
    for at in range(start, len(text)):
        one, left, right = text[at], text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " "
        if one.isascii():
            continue
        if one in _WESTERN_LETTERS:
            is_odd = left.isdigit() or right.isdigit() or (left.islower() and one.isupper())
            score += -1 if is_odd else 2 if left.isalpha() or right.isalpha() else 0
        elif one in _SIGNS_OF_TEXT:
            score += 2 if left.isalpha() or right.isalpha() else 1
        else:
            score -= 2
    return score


_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_GUARDED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")
"""A guard before what begins like a formula, also in full width; a text that began so already has one more."""

_QUOTED = r'"((?:[^"]|"")*)"'
_TEXT_FORMULA = re.compile(rf"=\s*(?:T\(\s*)?{_QUOTED}\s*\)?\s*", re.IGNORECASE)
_LINK_FORMULA = re.compile(
    rf"=\s*(?:HYPERLINK|LIEN_HYPERTEXTE|HIPERV[IÍ]NCULO|COLLEG\.IPERTESTUALE)\(\s*{_QUOTED}\s*"
    rf"(?:[;,]\s*(?:{_QUOTED}|[^\"]*?)\s*)?\)\s*",
    re.IGNORECASE,
)
_HTML_LINK = re.compile(r"<a\s[^<>]*?href\s*=\s*[\"']?([^\"'\s<>]+)[^<>]*>([^<>]*)</a>", re.IGNORECASE)
_HTML_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li)>\s*<(?:p|div|li)>", re.IGNORECASE)
_HTML_TAG = re.compile(r"</?(?:a|b|i|u|p|br|div|em|li|ul|ol|span|strong)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]*)\]\(\s*<?((?:[^\s()<>]|\([^\s()<>]*\))+)>?(?:\s+\"[^\"]*\")?\s*\)")
_ANGLE_LINK = re.compile(r"<(https?://[^\s<>]+)>", re.IGNORECASE)
_NAMED_PAGE = re.compile(r"([^()]*[^()\s])\s*\((https?://[^\s()]+)\)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_STRUCK = re.compile(
    r"(?<!~)~~(?=[^\s~])(?P<tildes>(?:(?!~~).)*[^\s~])~~(?!~)|<(?P<tag>s|del|strike)(?:\s[^<>]*)?>(?P<marked>.*?)</(?P=tag)\s*>",
    re.IGNORECASE | re.DOTALL,
)
"""What is struck out, in Markdown and in HTML; one tilde says "about", as in "~100k"."""
_MARKS = re.compile(r"['=\[<&]|~~")
"""A cell without any of these says just what is in it; nearly every cell is one."""

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_BARE_ADDRESS = re.compile(
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,}(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE
)
_AFTER_ADDRESS = ".,;:!?)]}'’”"


def without_marks(rows: Sequence[TableRow], headers: Sequence[str]) -> tuple[list[TableRow], list[str]]:
    """Return the rows without the marks of repair, and where each damaged cell is."""
    kept: list[TableRow] = []
    damaged: list[str] = []
    for row in rows:
        if not any(REPAIRED in cell or DAMAGED in cell for cell in row.cells):
            kept.append(row)
            continue
        cells = [cell.replace(REPAIRED, "") for cell in row.cells]
        kept.append(row._replace(cells=cells))
        for position, (before, cell) in enumerate(zip(row.cells, cells, strict=True)):
            if before != cell or DAMAGED in cell:
                column = headers[position] if position < len(headers) else str(position + 1)
                how = "which now reads" if before != cell else "which is damaged:"
                damaged.append(f"line {row.line}, {shown_line(column).strip()}, {how} “{shorten(cell)}”")
    return kept, damaged


def damage_remarks(name: str, damaged: Sequence[str]) -> list[str]:
    """Return a sentence about cells that are damaged, or nothing."""
    if not damaged:
        return []
    more = f"; and {len(damaged) - _NAMED_CELLS:,} more" if len(damaged) > _NAMED_CELLS else ""
    cells = "a cell has bytes" if len(damaged) == 1 else f"{len(damaged):,} cells have bytes"
    named = "; ".join(damaged[:_NAMED_CELLS])
    return [f"{name}: {cells} that don't fit the encoding of the file; look at {named}{more}."]


class PlainCell(NamedTuple):
    """The text of a cell, the address behind it if the whole cell is a link, and what was struck out in it."""

    text: str
    link: str = ""
    struck: str = ""

    def joined(self) -> str:
        """Return the text with the address behind it."""
        return f"{self.text} ({self.link})" if self.link and self.link != self.text else self.text


def defused(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: before what begins like one stands a quotation mark.

    The import takes the mark off again; a text that begins with such marks already gets one more.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def plain_cell(cell: str) -> PlainCell:
    """Return what a cell says: without a guard before a formula, `="…"`, links as code, and HTML entities.

    What is struck out is no longer meant.
    """
    if _MARKS.search(cell) is None:
        return PlainCell(cell)
    struck = [each["tildes"] or each["marked"] for each in _STRUCK.finditer(cell)]
    if struck:
        kept = plain_cell(re.sub(" {2,}", " ", _STRUCK.sub(" ", cell)).strip())
        return kept._replace(struck=", ".join(filter(None, (plain_cell(each).text.strip() for each in struck))))
    text = cell.strip()
    if _GUARDED.match(text):
        text = text[1:]
    elif formula := _LINK_FORMULA.fullmatch(text):
        link = _unquoted(formula[1])
        return PlainCell(_unescaped(_unquoted(formula[2] or "")) or link, link)
    elif formula := _TEXT_FORMULA.fullmatch(text):
        text = _unquoted(formula[1])
    text = _unescaped(_without_tags(text) if "<" in text else text)
    if whole := _MARKDOWN_LINK.fullmatch(text.strip()):
        return PlainCell(whole[1].strip() or whole[2], whole[2])
    text = _ANGLE_LINK.sub(r"\1", text) if "<" in text else text
    return PlainCell(_MARKDOWN_LINK.sub(_spelled_out, text) if "](" in text else text)


def page_name(plain: PlainCell) -> PlainCell:
    """Return the name and the address of a page as Notion and Airtable write them: "Acme (https://notion.so/Acme-1f)"."""
    named = _NAMED_PAGE.fullmatch(plain.text.strip())
    return PlainCell(named[1], named[2]) if named and not plain.link else plain


def _without_tags(text: str) -> str:
    """Return a text without HTML's plainest tags; a link is written as Markdown's is."""
    linked = _HTML_LINK.sub(lambda link: f"[{link[2].strip()}]({link[1]})", text)
    return _HTML_TAG.sub("", _HTML_BREAK.sub(" ", linked))


def _unquoted(text: str) -> str:
    return text.replace('""', '"')


def _unescaped(text: str) -> str:
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(entity: re.Match[str]) -> str:
    """Return the character of an entity; "&nothing;" is none, though "&not" would be."""
    is_known = entity.group()[1] == "#" or entity.group()[1:] in html5
    return html.unescape(entity.group()) if is_known else entity.group()


def _spelled_out(link: re.Match[str]) -> str:
    return f"{link[1].strip()} ({link[2]})" if link[1].strip() not in ("", link[2]) else link[2]


def split_link(text: str) -> tuple[str, str]:
    """Return the web address in a text, and the text if it says more than the address; each may be empty.

    An address without a scheme gets https. What is no web address (an email address, a path) stays text.
    """
    if " " not in text and _WEB_ADDRESS.fullmatch(text):
        return text, ""
    found = _WEB_ADDRESS.search(text)
    if found is not None:
        address = found.group().rstrip(_AFTER_ADDRESS)
        return address, "" if text.strip("<>()[] ") == address else text
    if _BARE_ADDRESS.fullmatch(text) and "@" not in text:
        return f"https://{text}", ""
    return "", text
