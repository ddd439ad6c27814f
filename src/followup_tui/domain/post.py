"""A card by post: how long it takes, and whether it still comes in time."""

from __future__ import annotations

from datetime import date, datetime

from followup_tui.domain.course import course_of
from followup_tui.domain.dossier import Dossier
from followup_tui.domain.next_step import Answer
from followup_tui.domain.playbook import Playbook
from followup_tui.domain.rulebook import Rulebook
from followup_tui.domain.wording import counted, day_words

_FASTEST = 2
"""Days that post takes at least."""


def card_words(playbook: Playbook) -> str:
    """What is wise beside every card, as a sentence."""
    takes = playbook.post_takes_days
    days = f"{_FASTEST} to {takes} days" if takes > _FASTEST else counted(takes, "day")
    return f"A card takes {days} by post: send an email the same day beside it; both together are one thank-you."


def warning(dossier: Dossier, sent_at: datetime, book: Rulebook) -> str:
    """The sentence that a card sent then may come after they decide; empty where it comes in time."""
    playbook, calendar = book
    said = course_of(dossier, playbook, calendar, sent_at).answer
    sent_on = calendar.day_of(sent_at)
    if said is None or said.answer is not Answer.DECIDE_BY or said.by_on is None:
        return ""
    if not _comes_too_late(sent_on, said.by_on, book):
        return ""
    decide = f"{dossier.application.company} decides by {day_words(said.by_on, sent_on)}"
    return f"{decide}, less than {counted(playbook.post_needs, 'business day')} away: a card may come too late."


def _comes_too_late(sent_on: date, decided_on: date, book: Rulebook) -> bool:
    return decided_on < book.calendar.after(sent_on, book.playbook.post_needs)
