"""A letter template as it is in its file: header lines, an empty line, and the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.text import shown_line, similar_names
from followup_tui.domain.model.touch import Channel, LetterKind

SOURCE_LIMIT = 20_000
"""Characters of a template, twelve times the longest shipped one."""
MAX_WORDS = 1_000
"""The highest word limit a template can set."""
CHANNELS = (Channel.EMAIL, Channel.LINKEDIN, Channel.POST, Channel.PHONE)
_DISPLAY_LIMIT = 40
_HEADERS = ("Title", "Kind", "Channel", "Words", "Subject")
_OPTIONAL = frozenset({"Subject"})
_HEADER = r"([A-Za-z][A-Za-z ]*):[ \t]*(.*)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template: `name` comes from its file, `title` is for people, `words` is the word limit of a letter.

    `subject` and `body` are Jinja source; `subject_line` and `body_line` are the lines of the file, from 1, where
    they begin. `file` is the file name for messages; `is_own` is true for the user's templates.
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
    """A template that can't be used; `line` of its file, from 1, or 0 for the whole file."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.line = line


def read_template(text: str, *, name: str, file: str, is_own: bool) -> Template:
    """Parse a template file; `BrokenTemplate` if its header is incomplete. The Jinja source isn't checked."""
    if len(text) > SOURCE_LIMIT:
        raise BrokenTemplate(
            f"A template has at most {SOURCE_LIMIT:,} characters, and this one has {len(text):,}."
        )
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    end = next((place for place, line in enumerate(lines) if not line.strip()), len(lines))
    header = _parse_header(lines[:end])
    for wanted in _HEADERS:
        if wanted not in header and wanted not in _OPTIONAL:
            raise BrokenTemplate(f"The line “{wanted}: …” is missing above the first empty line.", 1)
    channel = _parse_channel(*header["Channel"])
    if channel is Channel.EMAIL and "Subject" not in header:
        raise BrokenTemplate("An email needs a line “Subject: …” above the first empty line.", 1)
    subject_line, subject = header.get("Subject", (1, ""))
    body = "\n".join(lines[end + 1 :])
    if not body.strip():
        raise BrokenTemplate("There is no text below the first empty line.", end + 1)
    return Template(
        name=name,
        title=shown_line(header["Title"][1]) or name,
        kind=_parse_kind(*header["Kind"]),
        channel=channel,
        words=_parse_words(*header["Words"]),
        subject=subject,
        body=body,
        subject_line=subject_line,
        body_line=end + 2,
        file=file,
        is_own=is_own,
    )


def _parse_header(lines: list[str]) -> dict[str, tuple[int, str]]:
    """Return the values of the header with their line numbers, by name."""
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
                f"“{parts[1][:_DISPLAY_LIMIT]}” is no line of a header{did_you_mean(name, _HEADERS) or '.'}",
                number,
            )
        if name in header:
            raise BrokenTemplate(f"“{name}” stands there twice.", number)
        header[name] = (number, parts[2].strip())
    return header


def _parse_kind(line: int, value: str) -> LetterKind:
    wanted = re.sub(r"[\s_-]+", "_", value).lower()
    kinds = {kind.value: kind for kind in LetterKind}
    if wanted not in kinds:
        raise BrokenTemplate(f"{quoted(value)} is no kind of letter{did_you_mean(wanted, kinds) or '.'}", line)
    return kinds[wanted]


def _parse_channel(line: int, value: str) -> Channel:
    channels = {channel.value: channel for channel in CHANNELS}
    if value.lower() not in channels:
        raise BrokenTemplate(
            f"{quoted(value)} is no way to reach them: write email, linkedin, post or phone.", line
        )
    return channels[value.lower()]


def _parse_words(line: int, value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", value) or not 0 < int(value) <= MAX_WORDS:
        raise BrokenTemplate(f"“Words” is the most words a letter may have, from 1 to {MAX_WORDS:,}.", line)
    return int(value)


def quoted(text: str) -> str:
    """Return a text in quotes, safe to show and shortened if it is long."""
    shown = shown_line(text)
    return f"“{shown[:_DISPLAY_LIMIT]}…”" if len(shown) > _DISPLAY_LIMIT else f"“{shown}”"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return "; did you mean “…”?" with the most similar known name, to end a sentence, or an empty text."""
    # Shortened, because comparing a long name is slow.
    near = similar_names(name, known)
    return f"; did you mean “{near[0]}”?" if near else ""
