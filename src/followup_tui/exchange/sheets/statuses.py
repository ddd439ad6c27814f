"""The stages that the status words of other programs and of spreadsheets stand for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from followup_tui.domain.model.application import Outcome, Stage
from followup_tui.exchange.sheets.words import (
    ANY_END,
    BREAK,
    NUMBER,
    PAUSE,
    UNKNOWN,
    StatusIdeas,
    Word,
    WordTable,
    read_word_lists,
)


@dataclass(frozen=True, slots=True)
class StatusMeaning:
    """The stage and outcome of a status; `stage` is None if there was no interview yet.

    `reading` says how an ambiguous word was understood. `is_applied` is False for a job that is only saved,
    `is_accepted` is True for an offer that was taken, `is_offer` for one that waits for an answer.
    `is_left_out` is True for rows that the user doesn't want.
    """

    stage: Stage | None
    outcome: Outcome | None = None
    reading: str = ""
    is_applied: bool = True
    is_accepted: bool = False
    is_offer: bool = False
    is_left_out: bool = False


MEANINGS: dict[str, StatusMeaning] = {
    "saved": StatusMeaning(None, is_applied=False),
    "applied": StatusMeaning(None),
    "interviewed": StatusMeaning(Stage.INTERVIEWED),
    "thanked": StatusMeaning(Stage.THANKED),
    "awaiting": StatusMeaning(Stage.AWAITING),
    "offer": StatusMeaning(Stage.AWAITING, reading="an offer that waits for your answer", is_offer=True),
    "accepted": StatusMeaning(Stage.MOVED_ON, Outcome.ACCEPTED, "an offer that you accepted", is_accepted=True),
    "declined": StatusMeaning(Stage.MOVED_ON, Outcome.DECLINED, "an offer that you declined"),
    "rejected": StatusMeaning(Stage.MOVED_ON, Outcome.REJECTED),
    "withdrew": StatusMeaning(Stage.MOVED_ON, Outcome.WITHDREW),
    "no_reply": StatusMeaning(Stage.MOVED_ON, Outcome.NO_REPLY),
    "moved_on": StatusMeaning(Stage.MOVED_ON),
    "left_out": StatusMeaning(None, is_applied=False, is_left_out=True),
}
"""What a status can mean, by the words of `--status "Onsite scheduled=interviewed"`."""


def meaning_name(meaning: StatusMeaning) -> str:
    """Return the word for a meaning, however the status was understood: "offer"."""
    return next(name for name, each in MEANINGS.items() if replace(each, reading=meaning.reading) == meaning)


_TURNED_DOWN = StatusMeaning(Stage.MOVED_ON, Outcome.REJECTED, "read as the employer's no")
_APPLIED_ONLY = StatusMeaning(None, reading="its cell of the interview is empty")
_NEVER_APPLIED = StatusMeaning(None, reading="no status of the sheet says applied")
_REPLY_AWAITED = frozenset({"wait", "stalled", "pending", "reply", "harmless", "voice", PAUSE, NUMBER})
"""Ideas of a status that waits for a reply, and doesn't say to what."""
_NOT_THANKED = StatusMeaning(Stage.INTERVIEWED, reading="which doesn't say that you thanked them")
_SIGNS = {**dict.fromkeys("❌✖✗✘🚫⛔👎", "no"), "👻": "ghosted"}
"""What a sign says that is the whole status, each an end; beside words that say no end it leaves them open."""
_INTERVIEWS = frozenset({"interview", "weak_interview", "voice"})
_ANY_INTERVIEW = re.compile(
    r"\d+(?:st|nd|rd|th)?|first|second|third|next|r|int|inte?r?vi?e?i?[wj]\w*|inteview\w*|rounds?|runde|stage|ronda|turno"
    r"|tour|fase|\w*gespr(?:a|ae)ch\w*|entretiens?|entrevist\w*|colloqui\w*|\w*gesprek\w*|rozmow\w*|intvw\w*|vgs?"
)
"""Words that name any interview, and say nothing of its kind."""
_FOLLOWED_UP = ("followed", "chased", "nachge", "relance", "sollecitat", "opgevolgd")
_ABBREVIATION = re.compile(r"\s*\(([A-Z]{2,5})\)")  # "(DBS)" says nothing of how far things are
_MAX_LENGTH = 200
_REFUSALS = frozenset({"reject", "decline", "rescinded"})


class _Unclear(Exception):
    """The words of a status contradict each other."""


def _withdrawal(status: StatusIdeas) -> str:
    if status.has("my_refusal"):
        if status.has("by_them"):
            return "rejected"
        return "declined" if status.has("offer", "other_offer") else "withdrew"
    if status.has("said_no"):
        if status.has("by_them") or not status.has("offer"):
            raise _Unclear  # who said it
        return "declined"
    if status.has("other_offer") or (status.has("elsewhere") and status.has("accept", "hired")):
        return "withdrew"
    if not status.has("withdrew"):
        return ""
    if status.has("by_them"):
        return "rejected"
    if status.has(*_REFUSALS) or (status.has("offer") and not status.has("accept", "hired")):
        raise _Unclear
    return "withdrew"


def _refusal(status: StatusIdeas) -> str:
    if status.has("rescinded"):
        return "rejected"
    word = "decline" if status.has("decline") else "reject"
    if not status.has(word):
        return ""
    if status.has("ghosted", "no_reply") and status.is_broken(
        word, "ghosted" if status.has("ghosted") else "no_reply", (BREAK,)
    ):
        raise _Unclear
    if status.has("accept", "hired") or status.before("wait", word):
        raise _Unclear
    if status.has("offer") and not status.has("by_them"):
        return _refused_offer(status, word)
    if status.before(word, "contract") and not status.is_broken(word, "contract"):
        raise _Unclear  # who refused it
    if status.is_mine:
        if status.has("by_them") or status.has("interview"):
            raise _Unclear
        return "withdrew"
    if word == "decline" and status.has("sent") and not status.has("by_them"):
        raise _Unclear  # who sent it
    if word == "decline" and status.has("interview", "invited") and not status.has("after"):
        raise _Unclear
    return "turned_down" if word == "decline" and not status.has("by_them") else "rejected"


def _refused_offer(status: StatusIdeas, word: str) -> str:
    comes_first = status.before(word, "offer")
    if status.has("interview", "after", "contract") or (comes_first and status.is_broken(word, "offer")):
        raise _Unclear
    return "declined"


def _acceptance(status: StatusIdeas) -> str:
    if not status.has("accept", "hired"):
        return ""
    if status.has("hired"):
        if status.has("undecided"):
            return "offer"
        if status.has("task", "to_do"):
            return "offer" if status.has("reply", "decision", "contract") else ""  # "got it, need to reply"
        if status.before("wait", "hired") or status.before("by_them", "hired"):
            raise _Unclear
        return "accepted"
    if status.has("offer") or status.has("after"):
        return "accepted"
    if status.has("interview", "invited"):
        return "interviewed"
    if status.has("apply", "assess", "wait", "by_them"):
        raise _Unclear
    return "accepted"


def _silence(status: StatusIdeas) -> str:
    if status.has("nothing_yet"):
        return "awaiting" if status.has("interview") else "applied"
    if not status.has("no_reply", "ghosted"):
        return ""
    is_still = status.has("still") and status.has("apply", "sent", "interview", "invited")
    if (status.has("yet") or is_still) and not status.has("ghosted"):
        return "applied" if status.has("apply", "sent") else "awaiting"
    if status.has("wait", "pending", "offer", "saved"):
        raise _Unclear
    return "no_reply"


def _closing(status: StatusIdeas) -> str:
    if not status.has("closed"):
        return ""
    is_over = status.before("wait", "closed") and status.is_broken("wait", "closed")
    if status.has("pending", "offer", "thank", "saved") or (status.has("wait") and not is_over):
        raise _Unclear
    return "no_reply" if status.is_plain or status.has("apply", "interview") else ""


def _offer(status: StatusIdeas) -> str:
    if not status.has("offer"):
        is_open = status.has("sent", "process", "wait", "pending", "to_do", "chosen")
        return "offer" if status.has("contract") and is_open else ""
    if not status.is_plain and status.set <= {"offer", "harmless", PAUSE, UNKNOWN}:
        raise _Unclear  # "offer revoked" in words that nobody knows
    if status.before("wait", "offer"):
        return "awaiting"
    if status.before("offer", "pending") and (status.is_broken("offer", "pending") or status.has("by_me")):
        return "offer"
    if status.has("pending", "saved") or (status.has("apply") and not status.is_broken("apply", "offer")):
        raise _Unclear
    near = status.has("interview") and not status.is_broken("interview", "offer") and not status.has("after")
    return "interviewed" if near else "offer"


def _thank_you(status: StatusIdeas) -> str:
    if not status.has("thank"):
        return ""
    is_open = status.has("task", "to_do", "saved", "not")
    if is_open and status.has("over"):
        return "interviewed"  # and the thank-you is still to be written
    is_told = status.is_plain or status.has("sent", "interview", "was_thanked")
    if is_open or not is_told or status.before("by_them", "thank"):
        raise _Unclear
    return "thanked"


def _interview(status: StatusIdeas) -> str:
    found = next((idea for idea in ("interview", "invited") if status.has(idea)), "")
    if not found:
        is_talk = status.has("talk") and status.has(
            "set", "over", "ordinal", "weak_closed", "weak_interview", NUMBER
        )
        assessed = ("assess",) if is_talk else ()
        known = ("weak_interview", "by_them", "decision", "reply", "weak_closed", *assessed)
        is_known = _is_about(status, *known)
        return "interviewed" if is_known and (is_talk or status.has("weak_interview")) else ""
    if found == "invited" and status.has("assess"):
        return "applied"
    for waiting in ("wait", "pending"):
        if status.before(waiting, found):
            if status.has("reply", "decision") or status.has("after"):
                return "awaiting"
            return "applied" if status.has("invited") else "interviewed"
    if status.before(UNKNOWN, "after"):
        raise _Unclear  # what came after it is in words that nobody knows
    if status.has("after") and _is_about(status, "interview", "after"):
        return "awaiting"
    if status.before("interview", "wait") and _is_about(status, "interview", "wait", "weak_closed"):
        if status.before("over", "wait") or status.before("weak_closed", "wait"):
            return "awaiting"
        raise _Unclear  # for the date or for their word
    is_answer_due = status.has("wait", "pending") and status.has("reply", "decision")
    return "not_thanked" if is_answer_due and status.has("over", "after") else "interviewed"


def _waiting(status: StatusIdeas) -> str:
    if not status.has("wait", "pending"):
        return ""
    if not status.is_plain:
        raise _Unclear
    if status.before("wait", "saved") and not status.is_broken("wait", "saved"):
        return "saved"  # "Waiting to apply"
    if status.has("apply", "sent", "assess", "process"):
        return "applied"
    if status.has("saved"):
        if status.before("saved", "wait") and status.is_broken("saved", "wait") and not status.has("reply"):
            return "saved"  # "Not applied yet (waiting for a letter)"
        raise _Unclear
    if status.has("wait") or status.has("reply", "decision"):
        return "awaiting"
    return "applied"


def _before_interview(status: StatusIdeas) -> str:
    if status.has("to_do") or status.before("yet", "task"):
        return "saved" if status.is_plain else ""
    if status.has("saved", "weak_saved"):
        word = "saved" if status.has("saved") else "weak_saved"
        if status.after_break(word, "apply"):
            return "applied"
        if status.has("apply", "sent") and not status.before(word, "apply"):
            raise _Unclear
        is_clear = status.is_plain or status.says_not_applied
        return "saved" if is_clear and not status.has("by_them") else ""
    if status.has("apply"):
        is_clear = status.is_plain or status.says_applied or status.has("sent")
        return "applied" if is_clear else ""
    if status.before("task", "process"):
        raise _Unclear  # "Need a referral first"
    if status.has("sent", "process", "assess", "no_interview") and status.is_plain and not status.has("reply"):
        return "applied"
    return ""


def _lone_word(status: StatusIdeas) -> str:
    if status.set == {"not"}:
        return "rejected"
    if status.has("undecided") and _is_about(status, "undecided", "yet", UNKNOWN) and not status.has("over"):
        return "saved"
    if status.has("set") and _is_about(status, "set"):
        return "interviewed"  # nothing else is scheduled
    if status.has("moved_on") and _is_about(status, "moved_on"):
        return "moved_on"
    return "no_reply" if status.has("weak_closed") and _is_about(status, "weak_closed") else ""


_RULES: tuple[Callable[[StatusIdeas], str], ...] = (
    _withdrawal,
    _refusal,
    _acceptance,
    _silence,
    _closing,
    _offer,
    _thank_you,
    _interview,
    _waiting,
    _before_interview,
    _lone_word,
)
"""The rules in their order: how it ended says more than how far it came, and that more than how it began."""


def _is_about(status: StatusIdeas, *ideas: str) -> bool:
    """Whether nothing but these ideas and harmless words is in the status."""
    return status.set <= {*ideas, "harmless", "talk", "set", "over", "ordinal", PAUSE, BREAK, NUMBER}


@cache
def _table() -> WordTable:
    return WordTable(read_word_lists("status_words.toml"))


@lru_cache(maxsize=1024)
def status_ideas(status: str) -> tuple[Word, ...]:
    """Return the words of a status with their ideas, in their order."""
    return _table().ideas(status[:_MAX_LENGTH])


@lru_cache(maxsize=1024)
def joined_ideas(status: str) -> StatusIdeas:
    """Return the ideas of a status or a sentence, joined; a sentence is asked about several of them."""
    return StatusIdeas(status_ideas(status))


@lru_cache(maxsize=1024)
def is_plain(status: str) -> bool:
    """Whether every word of a status is known."""
    return bool(status) and joined_ideas(status).is_plain


@lru_cache(maxsize=1024)
def names_details(status: str) -> bool:
    """Whether a status says why one waits, for what, or which interview it is: "on hold", "in review"."""
    for word in status_ideas(status):
        if word.idea in ("stalled", "assess", "process"):
            return True
        if word.idea in _INTERVIEWS and not all(map(_ANY_INTERVIEW.fullmatch, word.text.split())):
            return True
    return False


def says_followed_up(status: str) -> bool:
    """Whether a status says that one followed up, not that one will."""
    return any(word.idea == "follow" and word.text.startswith(_FOLLOWED_UP) for word in _table().ideas(status))


def has_idea(status: str, *ideas: str) -> bool:
    """Whether one of the ideas is among the words of a status."""
    return joined_ideas(status).has(*ideas)


@lru_cache(maxsize=1024)
def without_interview(status: str) -> StatusMeaning | None:
    """Return what a status means in a row whose cell of the interview is empty, and in which nobody was thanked.

    "No reply yet" waits for the answer to an application then.
    """
    meaning, said = status_meaning(status), {word.idea for word in status_ideas(status)}
    is_first = "yet" in said and said.isdisjoint(("interview", "interviewed", "decision", "after", "talk"))
    return _APPLIED_ONLY if meaning == MEANINGS["awaiting"] and is_first else meaning


@lru_cache(maxsize=1024)
def waiting_for_reply(status: str) -> StatusMeaning | None:
    """Return what a status means in a sheet without a status for those that one only applied for."""
    meaning = status_meaning(status)
    if meaning != MEANINGS["awaiting"]:
        return meaning
    said = {word.idea for word in status_ideas(status)}
    return _NEVER_APPLIED if said <= _REPLY_AWAITED else meaning


@lru_cache(maxsize=1024)
def status_meaning(status: str) -> StatusMeaning | None:
    """Return what a status means, or None if its words don't tell; an empty one means no interview yet."""
    if not status:
        return MEANINGS["applied"]
    if len(status) > _MAX_LENGTH or status.strip(" .!").casefold() in ANY_END:
        return None
    signs = {_SIGNS[sign] for sign in status if sign in _SIGNS}
    if len(signs) == 1 and not any(map(str.isalnum, status)):
        return status_meaning(signs.pop())
    known = _ABBREVIATION.sub(lambda found: found[0] if _table().idea(found[1].casefold()) else "", status)
    read = StatusIdeas(_table().ideas(known))
    if read.has("doubt") or "?" in status:
        return None
    try:
        found = next(filter(None, (rule(read) for rule in _RULES)), "")
    except _Unclear:
        return None
    meaning = {**MEANINGS, "turned_down": _TURNED_DOWN, "not_thanked": _NOT_THANKED}.get(found)
    if read.negates_something() or (signs and meaning and meaning.outcome is None):
        return None
    return meaning
