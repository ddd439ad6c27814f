"""A template of a letter as it stands in its file: header lines, an empty line, and the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.letter import LetterKind
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.touch import Channel

SOURCE_LIMIT = 20_000
"""Characters a template may have, a dozen times what the longest shipped one has."""
WORDS_MOST = 1_000
"""The most words a template can set as the limit of its letters."""
CHANNELS = (Channel.EMAIL, Channel.POST, Channel.PHONE)
_SHOWN = 40
_HEADERS = ("Title", "Kind", "Channel", "Words", "Subject")
_OPTIONAL = frozenset({"Subject"})
_HEADER = r"([A-Za-z][A-Za-z ]*):[ \t]*(.*)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template: `name` is that of its file, `title` what people read, `words` the most a letter may have.

    `subject` and `body` are Jinja; the lines are those of the file, from 1, at which they begin. `file` names it
    in sentences, and `is_own` tells the user's from the shipped.
    """

    name: str
    title: str
    kind: LetterKind
    channel: Channel
    words: int
    subject: str
    body: str
    subject_line: int = 1
    body_line: int = 1
    file: str
    is_own: bool = False


class BrokenTemplate(FollowupError):
    """A template that can't be used; `line` of its file, from 1, or 0 where the whole file is meant."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.line = line


def read_template(text: str, *, name: str, file: str, is_own: bool) -> Template:
    """The template in a file's text; `BrokenTemplate` where its header isn't whole. The Jinja isn't looked at."""
    if len(text) > SOURCE_LIMIT:
        raise BrokenTemplate(
            f"A template has at most {SOURCE_LIMIT:,} characters, and this one has {len(text):,}."
        )
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    end = next((place for place, line in enumerate(lines) if not line.strip()), len(lines))
    header = _header(lines[:end])
    for wanted in _HEADERS:
        if wanted not in header and wanted not in _OPTIONAL:
            raise BrokenTemplate(f"The line “{wanted}: …” is missing above the first empty line.", 1)
    channel = _channel(*header["Channel"])
    if channel is Channel.EMAIL and "Subject" not in header:
        raise BrokenTemplate("An email needs a line “Subject: …” above the first empty line.", 1)
    subject_line, subject = header.get("Subject", (1, ""))
    body = "\n".join(lines[end + 1 :])
    if not body.strip():
        raise BrokenTemplate("There is no text below the first empty line.", end + 1)
    return Template(
        name=name,
        title=shown_line(header["Title"][1]) or name,
        kind=_kind(*header["Kind"]),
        channel=channel,
        words=_words(*header["Words"]),
        subject=subject,
        body=body,
        subject_line=subject_line,
        body_line=end + 2,
        file=file,
        is_own=is_own,
    )


def _header(lines: list[str]) -> dict[str, tuple[int, str]]:
    """The header's lines with their numbers, by name."""
    header: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(lines, 1):
        parts = re.fullmatch(_HEADER, line.lstrip("\ufeff"))
        if parts is None:
            raise BrokenTemplate(
                "A template begins with lines such as “Title: Thank-you”, then an empty line, then its text.",
                number,
            )
        name = parts[1].strip().capitalize()
        if name not in _HEADERS:
            raise BrokenTemplate(
                f"“{parts[1][:_SHOWN]}” is no line of a header{nearest(name, _HEADERS) or '.'}", number
            )
        if name in header:
            raise BrokenTemplate(f"“{name}” stands there twice.", number)
        header[name] = (number, parts[2].strip())
    return header


def _kind(line: int, value: str) -> LetterKind:
    wanted = re.sub(r"[\s_-]+", "_", value).lower()
    known = {kind.value: kind for kind in LetterKind}
    if wanted not in known:
        raise BrokenTemplate(f"{quoted(value)} is no kind of letter{nearest(wanted, known) or '.'}", line)
    return known[wanted]


def _channel(line: int, value: str) -> Channel:
    known = {channel.value: channel for channel in CHANNELS}
    if value.lower() not in known:
        raise BrokenTemplate(f"{quoted(value)} is no way to reach them: write email, post or phone.", line)
    return known[value.lower()]


def _words(line: int, value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", value) or not 0 < int(value) <= WORDS_MOST:
        raise BrokenTemplate(f"“Words” is the most words a letter may have, from 1 to {WORDS_MOST:,}.", line)
    return int(value)


def quoted(text: str) -> str:
    """A text fit to be shown, in quotes, cut where it is long."""
    shown = shown_line(text)
    return f"“{shown[:_SHOWN]}…”" if len(shown) > _SHOWN else f"“{shown}”"


def nearest(name: str, known: Iterable[str]) -> str:
    """A question after the known name that resembles one, to end a sentence with; empty where none does."""
    import difflib

    # A long name would take long to compare, and resembles nothing.
    near = difflib.get_close_matches(name[:_SHOWN], list(known), n=1)
    return f"; did you mean “{near[0]}”?" if near else ""
