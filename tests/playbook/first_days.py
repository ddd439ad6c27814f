"""How most stories begin: an interview on Wed 18 Nov 2026, and a thank-you on the day after."""

from __future__ import annotations

from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.touch import Channel
from playbook.history import History, history
from playbook.moments import Moment

FINE = "fine"
APART = "contacts_apart until Fri 27 Nov 2026"
"""Five business days after the thank-you of Thu 19 Nov."""


def interviewed(region: str = "US") -> History:
    return history(region).interview("Wed 18 Nov 2026 14:00", "Dana Ruiz")


def thanked(answer: Answer | None = None, by: str = "", by_way: Channel = Channel.EMAIL) -> History:
    story = interviewed()
    return (story.said(answer, by) if answer else story).thanked("Thu 19 Nov 2026", by=by_way)


def expect(seen: Moment, asks: str, *, email: str = FINE, call: str = FINE) -> None:
    """What is asked for next, and the guard's verdict on an email and on a call at that moment."""
    assert (seen.asks, f"email {seen.email}", f"call {seen.call}") == (asks, f"email {email}", f"call {call}")
