"""The answers to what an action asks, each with its key; the link that may be opened, what is worth copying."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple
from urllib.parse import urlsplit

from followup_tui.domain.model.application import Answer, Outcome, Pace
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.mail_account import MailAccount
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.touch import CallOutcome, Channel, TouchKind
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.card import Card


def common_action(cards: Sequence[Card]) -> ActionKind | None:
    """The next action that all of these cards share, or None."""
    actions = {card.action for card in cards}
    return actions.pop() if len(actions) == 1 else None


LIKELY_KINDS: Mapping[ActionKind, str] = {ActionKind.CALL: "call", ActionKind.VOICEMAIL: "voicemail"}
"""What happened where these were the next action, as a value of `KINDS`; else an email."""


def likely_kind(cards: Sequence[Card]) -> str:
    """What most likely happened, as a value of `KINDS`."""
    return LIKELY_KINDS.get(common_action(cards) or ActionKind.WAIT, "email")


_LIKELY_OUTCOMES = {ActionKind.MOVE_ON: Outcome.NO_REPLY, ActionKind.WITHDRAW: Outcome.WITHDREW}
"""How an application ended where these were the next action; else with their no."""


def likely_outcome(cards: Sequence[Card]) -> Outcome | None:
    """How the applications most likely ended; None where an offer waits for an answer."""
    if any(card.action is ActionKind.ANSWER_OFFER for card in cards):
        return None  # what is likely is for the user to say
    return _LIKELY_OUTCOMES.get(common_action(cards) or ActionKind.WAIT, Outcome.REJECTED)


# Answers about the next step


class Day(Enum):
    """Whether an answer names a day."""

    NEVER = 0
    PERHAPS = 1
    ALWAYS = 2


class AnswerOption(NamedTuple):
    """One of the answers: its key, its label, and the question about its day."""

    key: str
    label: str
    answer: Answer
    day: Day = Day.NEVER
    question: str = ""


ANSWERS = (
    AnswerOption("d", "They'll decide by a day…", Answer.DECIDE_BY, Day.ALWAYS, "when will they decide?"),
    AnswerOption(
        "c",
        "They'll get in touch, some day or by a day…",
        Answer.THEY_CALL,
        Day.PERHAPS,
        "by when will they call or write?",
    ),
    AnswerOption(
        "p",
        "They'll phone on a fixed day, best with its hour…",
        Answer.CALL_PROMISED,
        Day.ALWAYS,
        "on which day, and when, will they phone?",
    ),
    AnswerOption("x", "“Don't contact us”", Answer.DONT_CONTACT),
    AnswerOption("k", "“Keep in touch”", Answer.KEEP_IN_TOUCH),
    AnswerOption(
        "n", "There is another round…", Answer.NEXT_ROUND, Day.PERHAPS, "when will they tell you the date?"
    ),
    AnswerOption(
        "s", "I should send them something…", Answer.SEND_SOMETHING, Day.PERHAPS, "when do they want it?"
    ),
    AnswerOption("u", "Nothing clear", Answer.UNCLEAR),
    AnswerOption("o", "Nothing: I didn't ask about the next step", Answer.NOT_ASKED),
)
INVITED = "They invited me to an interview…"
"""What "another round" is called while there was none."""
OFFERED = ("m", "They made an offer…")
OFFER_CHANGED = ("m", "They changed their offer…")
"""What an offer is called while one is open."""
TURNED_DOWN = ("t", "They turned me down…")
REPLIED = ("r", "They replied; I'll sort it out later")

# Contacts

CALLED = "called"
"""They called, so that one is asked what they said."""
KINDS = (
    ("e", "Email", "email"),
    ("c", "Call…", "call"),
    ("v", "Voicemail", "voicemail"),
    ("p", "Post", "post"),
    ("m", "Message", "message"),
    ("l", "LinkedIn message", "linkedin"),
    ("r", "They replied", "reply"),
    ("t", "They called…", CALLED),
)
"""What happened, by the words of `touches.LOGGABLE`."""
CALLS = (
    ("s", "We spoke", (CallOutcome.SPOKE, False)),
    ("n", "No answer", (CallOutcome.NO_ANSWER, False)),
    ("v", "No answer, and I left a voicemail", (CallOutcome.NO_ANSWER, True)),
)
"""How a call went, and whether a voicemail was left at its end."""

WAYS = (
    ("e", "By email", Channel.EMAIL),
    ("c", "On the phone", Channel.PHONE),
    ("p", "By post: a card takes 2 to 5 days to arrive", Channel.POST),
    ("m", "By message", Channel.MESSAGE),
    ("l", "By LinkedIn message", Channel.LINKEDIN),
    ("i", "In person", Channel.IN_PERSON),
)
"""How a thank-you was sent."""

MEANINGS: Mapping[TouchKind, tuple[str, str]] = {
    TouchKind.THANK_YOU: ("t", "The thank-you"),
    TouchKind.OTHER_OFFER: ("o", "News of your offer elsewhere"),
    TouchKind.SENT: ("s", "What they asked for, or an answer"),
    TouchKind.CHECK_IN: ("c", "A check-in"),
    TouchKind.CALL: ("c", "A call about the next step"),
}
"""What a contact was, where it can be several things: a key and a label each."""

LATER = ("w", "At another time…", None)
MOST_PEOPLE = 9
"""People that have a key."""

# Stages, interviews, pace

ENDS = tuple(
    (key, f"{outcome.label.capitalize()}: {who}", outcome)
    for key, outcome, who in (
        ("a", Outcome.ACCEPTED, "I took their offer"),
        ("d", Outcome.DECLINED, "I turned their offer down"),
        ("r", Outcome.REJECTED, "they turned me down"),
        ("w", Outcome.WITHDREW, "I pulled out"),
        ("n", Outcome.NO_REPLY, "they never answered"),
    )
)
"""How an application ended."""
STILL_OPEN = ("o", "They made an offer; I'll decide later…", None)
"""What ends nothing, though people say it where they are asked for the end."""
OFFER_STANDS = ("o", "It is still open; they changed its terms or deadline…", None)
"""The same where an offer is open."""
KEEP_OPEN = ("k", "It goes on beside the offer you accepted: don't ask again", "keep")
"""What answers that it should be withdrawn from."""

BOOKED = (
    ("n", "Another round…", "another"),
    ("m", "Move it to another time…", "move"),
    ("x", "It was cancelled", "cancel"),
)
"""What to do about an interview that is booked."""
UNREAD = (("n", "Keep it as a note on the interview", True), ("x", "Leave it out", False))
"""What to do with words of a line that weren't understood."""

PACES = (
    ("s", Pace.SLOW, "government, academia, regulated"),
    ("n", Pace.NORMAL, "most employers"),
    ("f", Pace.FAST, "retail, hospitality, agency"),
)
"""How fast employers decide, and which ones do."""

_OFF = frozenset({"off", "none", "wake"})


def is_off(text: str) -> bool:
    """Whether a text in the place of a date clears the date."""
    return text.strip().casefold() in _OFF


# Letters

_OUT = (
    ("m", "In your mail program"),
    ("e", "As a file (.eml), with attachments"),
    ("c", "Copy the text"),
    ("p", "On paper: to print, or to write by hand"),
)
_AT_ONCE = ("s", "Now, from your mail account")
_INTO_DRAFTS = ("d", "To your mail account's drafts")


def ways_out(channel: Channel, account: MailAccount) -> list[tuple[str, str]]:
    """How a letter can be sent, by its own channel first; by the mail account if it has the servers."""
    sent = [("x", f"Already sent {channel.way}: just record it"), ("o", "Already sent in another way…")]
    if channel is Channel.LINKEDIN:
        return [("c", "Copy the text, to paste it into a message"), *sent]
    ways = sorted(_OUT, key=lambda way: (channel is Channel.POST) and way[0] != "p")
    if account.smtp_host:
        ways.append(_AT_ONCE)
    if account.imap_host:
        ways.append(_INTO_DRAFTS)
    return [*ways, *sent]


def how_sent(likely: Channel) -> tuple[str, list[tuple[str, str, Channel | None]]]:
    """The question whether and how a letter was sent, where only the user knows; the likely way first."""
    ways = sorted(_SENT_BY, key=lambda way: way[2] is not likely)
    return "Did you send it, and how?", [*ways, ("n", "Not yet: keep the draft", None)]


def whether_sent(channel: Channel) -> tuple[str, list[tuple[str, str, Channel | None]]]:
    """The question whether a letter was sent by a channel, and its answers."""
    question, done = ("Is it in the post?", "posted") if channel is Channel.POST else ("Did you send it?", "sent")
    return question, [("y", f"Yes, I {done} it: record it", channel), ("n", "Not yet: keep the draft", None)]


_SENT_BY = (
    ("e", "Yes, by email", Channel.EMAIL),
    ("l", "Yes, as a LinkedIn message", Channel.LINKEDIN),
    ("m", "Yes, as another message", Channel.MESSAGE),
    ("p", "Yes, by post", Channel.POST),
)


# What an application leads to

COPYABLE = ("mail", "phone", "url", "name")
"""What can be copied, the most wanted first."""


def openable(url: str, company: str) -> str:
    """Return the link if it may be opened; raises `Refused` if there is none or it is not a web page."""
    if not url:
        raise Refused(f"{company} has no link; edit it to add one.")
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
        is_plain = parts.username is None and parts.password is None and url.isprintable() and " " not in url
    except ValueError:
        is_web = is_plain = False
    if not (is_web and is_plain):
        link = shown_line(url)[:200]
        raise Refused(f"The link of {company} is no plain address of a web page, so it was not opened: {link}")
    return url


def copyable(details: ApplicationDetails) -> Mapping[str, list[str]]:
    """What there is of each kind of `COPYABLE`, as it may reach a clipboard; the people's own first."""
    people = details.contacts
    copies = {
        "mail": [person.email for person in people],
        "phone": [person.phone for person in people],
        "url": [details.application.url],
        "name": [person.name for person in people] or [details.application.company],
    }
    return {kind: [shown_line(value) for value in values if value] for kind, values in copies.items()}
