"""The answers to what a verb asks, each with its key: the same on the screen and in the plain review."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from followup_tui.domain.model.mail_account import MailAccount
from followup_tui.domain.model.next_step import Answer
from followup_tui.domain.model.stage import Outcome
from followup_tui.domain.model.touch import CallOutcome, Channel


class Day(Enum):
    """Whether an answer names a day."""

    NEVER = 0
    PERHAPS = 1
    ALWAYS = 2


class Said(NamedTuple):
    """One of the answers: its key, how people put it, and the question about its day."""

    key: str
    words: str
    answer: Answer
    day: Day = Day.NEVER
    question: str = ""


ANSWERS = (
    Said("d", "They decide by a day…", Answer.DECIDE_BY, Day.ALWAYS, "by when do they decide?"),
    Said("c", "They'll call or write…", Answer.THEY_CALL, Day.PERHAPS, "by when will they call?"),
    Said("x", "Don't contact us", Answer.DONT_CONTACT),
    Said("k", "Keep in touch", Answer.KEEP_IN_TOUCH),
    Said("n", "There is a next round…", Answer.NEXT_ROUND, Day.PERHAPS, "by when do they name its date?"),
    Said("s", "Send them something…", Answer.SEND_SOMETHING, Day.PERHAPS, "by when do they want it?"),
    Said("p", "They promised to call at a time…", Answer.CALL_PROMISED, Day.ALWAYS, "when will they call?"),
    Said("u", "Something unclear", Answer.UNCLEAR),
    Said("o", "I didn't ask", Answer.NOT_ASKED),
)
REPLIED = ("r", "They replied; I'll sort it later")

KINDS = (
    ("e", "Email", "email"),
    ("c", "Call…", "call"),
    ("v", "Voicemail", "voicemail"),
    ("p", "Post", "post"),
    ("m", "Message", "message"),
    ("r", "They replied", "reply"),
)
"""What happened, by the words of `touching.LOGGABLE`."""
CALLS = (
    ("s", "We spoke", (CallOutcome.SPOKE, False)),
    ("n", "No answer", (CallOutcome.NO_ANSWER, False)),
    ("v", "No answer, and I left a voicemail", (CallOutcome.NO_ANSWER, True)),
)
"""How a call went, and whether a voicemail was left at its end."""

WAYS = (
    ("e", "By email", Channel.EMAIL),
    ("p", "By post, which takes days: an email beside it is wise", Channel.POST),
    ("m", "By message", Channel.MESSAGE),
    ("i", "In person", Channel.IN_PERSON),
)
"""By which way a thank-you was sent."""

LATER = ("w", "At another time…")
MOST_PEOPLE = 9
"""People that have a key of their own."""

ENDS = (
    ("o", Outcome.OFFER),
    ("r", Outcome.REJECTED),
    ("w", Outcome.WITHDREW),
    ("n", Outcome.NO_REPLY),
)
"""How an application ended."""

BOOKED = (
    ("n", "Another round…"),
    ("m", "Move it to another time…"),
    ("x", "It was called off"),
)
"""What to do about an interview that is booked."""

_OUT = (
    ("m", "In your mail program"),
    ("e", "As a file (.eml), with what is attached"),
    ("c", "Copy the text"),
    ("p", "On paper: to print, or to write by hand"),
)
_AT_ONCE = ("s", "At once, by your mail account")
_INTO_DRAFTS = ("d", "Into your mail account's drafts")
_SENT_ALREADY = ("x", "It is sent already: only record it")


def ways_out(channel: Channel, account: MailAccount) -> list[tuple[str, str]]:
    """By which way a letter can go, that of its channel first; the account's own where it has the servers."""
    ways = sorted(_OUT, key=lambda way: (channel is Channel.POST) and way[0] != "p")
    ways += [_AT_ONCE] if account.smtp_host else []
    ways += [_INTO_DRAFTS] if account.imap_host else []
    return [*ways, _SENT_ALREADY]


def whether_sent(channel: Channel) -> tuple[str, list[tuple[str, str, bool]]]:
    """The question whether a letter went by a channel, and its answers."""
    question, done = ("Is it in the post?", "posted") if channel is Channel.POST else ("Did you send it?", "sent")
    return question, [("y", f"Yes, I {done} it: record it", True), ("n", "Not yet: keep the draft", False)]


_OFF = frozenset({"off", "none", "wake"})


def is_off(text: str) -> bool:
    """Whether a text in a day's place takes the day off again."""
    return text.strip().casefold() in _OFF
