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
    person = addressee(dossier, letter)
    whom = f" to {person.name or person.email}" if person else ""
    if letter.sent_at is None:
        return f"draft: {letter.kind.label}{whom}, {moment_words(letter.changed_at, now)}"
    day = day_words(letter.sent_at.astimezone(now.tzinfo).date(), now.date())
    return f"{letter.kind.label}{whom}, sent by {letter.channel.label} {day}"


def grown_old(letter: Letter, now: datetime) -> str:
    """A sentence where a draft of another day speaks of today or yesterday; empty where it doesn't."""
    written_on = letter.changed_at.astimezone(now.tzinfo).date()
    found = re.search(_RELATIVE, letter.body)
    if found is None or written_on == now.date() or letter.sent_at is not None:
        return ""
    return f"This was written on {day_words(written_on, now.date())}: see whether “{found[0]}” is still right."
