"""What a cell says without what spreadsheets, Markdown and HTML put around it."""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import NamedTuple

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
_MARKS = re.compile(r"['=\[<&]")
"""A cell without any of these says just what is in it; nearly every cell is one."""

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_BARE_ADDRESS = re.compile(
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,}(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE
)
_AFTER_ADDRESS = ".,;:!?)]}'’”"


class PlainCell(NamedTuple):
    """The text of a cell, and the address behind it if the whole cell is a link."""

    text: str
    link: str = ""

    def joined(self) -> str:
        """Return the text with the address behind it."""
        return f"{self.text} ({self.link})" if self.link and self.link != self.text else self.text


def plain_cell(cell: str) -> PlainCell:
    """Return what a cell says: without a guard before a formula, `="…"`, links as code, and HTML entities."""
    if _MARKS.search(cell) is None:
        return PlainCell(cell)
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
