"""Letters in words: what one is, whom it goes to, and what became of it."""

from __future__ import annotations

import re
from datetime import datetime

from followup_tui.domain.dossier import Dossier
from followup_tui.domain.letter import Letter
from followup_tui.domain.sending import addressee
from followup_tui.domain.wording import day_words, moment_words

_RELATIVE = r"(?i)\b(today|yesterday|tomorrow|this morning|this afternoon)\b"


def letter_words(letter: Letter, dossier: Dossier, now: datetime) -> str:
    """ "thank-you to Dana Ruiz, sent by email Sat 21 Nov", "draft of a check-in, Sat 21 Nov 10:00"."""
    if letter.sent_at is None:
        return f"draft: {named(letter, dossier)}, {moment_words(letter.changed_at, now)}"
    day = day_words(letter.sent_at.astimezone(now.tzinfo).date(), now.date())
    return f"{named(letter, dossier)}, sent by {letter.channel.label} {day}"


def recorded_words(letter: Letter, dossier: Dossier) -> str:
    """Which letter was recorded: "thank-you to Dana Ruiz recorded: “Thank you for Friday”"."""
    return f"{named(letter, dossier)} recorded{f': “{letter.subject}”' if letter.subject else ''}"


def named(letter: Letter, dossier: Dossier) -> str:
    """What it is and whom it goes to: "thank-you to Dana Ruiz"."""
    person = addressee(dossier, letter)
    return letter.kind.label + (f" to {person.name or person.email}" if person else "")


def as_one_text(subject: str, body: str) -> str:
    """A letter as an editor gets it: a line for the subject, a blank one, and the body."""
    return f"Subject: {subject}\n\n{body}\n"


def parted(came: str, subject: str) -> tuple[str, str]:
    """Subject and body of a text that an editor gave back; the subject as it was where its line is gone."""
    first, _, rest = came.partition("\n")
    if not first.casefold().startswith("subject:"):
        return subject, came.strip("\n")
    return first[len("subject:") :].strip(), rest.strip("\n")


def grown_old(letter: Letter, now: datetime) -> str:
    """A sentence where a draft of another day speaks of today or yesterday; empty where it doesn't."""
    written_on = letter.changed_at.astimezone(now.tzinfo).date()
    found = re.search(_RELATIVE, letter.body)
    if found is None or written_on == now.date() or letter.sent_at is not None:
        return ""
    return f"This was written on {day_words(written_on, now.date())}: see whether “{found[0]}” is still right."
