"""Letters in words: what one is, whom it goes to, and what became of it."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import PurePath

from followup_tui.domain.commands.letters import addressee, in_copy
from followup_tui.domain.format import format_day, format_moment
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.touch import Letter

_RELATIVE = r"(?i)\b(today|yesterday|tomorrow|this morning|this afternoon)\b"


def describe_letter(letter: Letter, details: ApplicationDetails, now: datetime) -> str:
    """ "thank-you to Dana Ruiz, sent by email Sat 21 Nov", "draft of a check-in, Sat 21 Nov 10:00"."""
    if letter.sent_at is None:
        return f"draft: {describe_letter_to(letter, details)}, {format_moment(letter.changed_at, now)}"
    day = format_day(letter.sent_at.astimezone(now.tzinfo).date(), now.date())
    return f"{describe_letter_to(letter, details)}{_files(letter)}, sent {letter.channel.way} {day}"


def describe_recorded_letter(letter: Letter, details: ApplicationDetails) -> str:
    """Which letter was recorded: "thank-you to Dana Ruiz recorded: “Thank you for Friday”"."""
    subject = f": “{letter.subject}”" if letter.subject else ""
    return f"{describe_letter_to(letter, details)}{_files(letter)} recorded{subject}"


def _files(letter: Letter) -> str:
    """The names of the files that go along: " with references.pdf and cv.pdf"."""
    names = [PurePath(file).name for file in letter.attachments]
    return f" with {' and '.join(names)}" if names else ""


def describe_letter_to(letter: Letter, details: ApplicationDetails) -> str:
    """What it is and whom it goes to: "thank-you to Dana Ruiz", with those who get a copy."""
    person = addressee(details, letter)
    return letter.label + (f" to {person.label}" if person else "") + in_copy(details, letter)


def as_one_text(subject: str, body: str) -> str:
    """A letter as an editor gets it: a line for the subject, a blank one, and the body."""
    return f"Subject: {subject}\n\n{body}\n"


def split_subject(came: str, subject: str) -> tuple[str, str]:
    """Subject and body of a text that an editor gave back; the subject as it was where its line is gone."""
    first, _, rest = came.partition("\n")
    if not first.casefold().startswith("subject:"):
        return subject, came.strip("\n")
    return first[len("subject:") :].strip(), rest.strip("\n")


def is_outdated(letter: Letter, now: datetime) -> str:
    """A sentence where a draft of another day speaks of today or yesterday; empty where it doesn't."""
    written_on = letter.changed_at.astimezone(now.tzinfo).date()
    match = re.search(_RELATIVE, letter.body)
    if match is None or written_on == now.date() or letter.sent_at is not None:
        return ""
    return f"This was written on {format_day(written_on, now.date())}: see whether “{match[0]}” is still right."
