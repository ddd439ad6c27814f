"""What an invitation says in sentences, without what programs add: the body, and what is below the greeting."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.legal_forms import legal_form
from followup_tui.domain.parsing.employer_words import names_business
from followup_tui.domain.parsing.person_words import is_job, is_job_title
from followup_tui.exchange.invitations.event_fields import ROLE, SENDER_WORDS, plain_text
from followup_tui.exchange.invitations.invitation import Invitation

MAX_READ = 8_000
"""Characters of a description whose sentences are read; what follows is about privacy and parking."""

_CLOSING = re.compile(
    r"(?im)(?:^|(?<=[.!?,] ))[ \t]*(?:--|—|(?:(?:kind|best|warm|many|with kind|with best) )?(?:regards"
    r"|wishes)|(?:all the )?best|cheers|(?:many )?thanks(?: again)?|thank you"
    r"|yours (?:sincerely|faithfully)|sincerely|(?:see|speak to|talk to) you(?: soon)?|(?:speak|talk) soon"
    r"|until then|looking forward|warmly|bis (?:dann|bald)"
    r"|(?:mit )?(?:freundlichen?|(?:vielen|viele|beste|liebe|herzlichen?|schöne) )\s*gr[üu](?:ß|ss)en?"
    r"|gruß|lg|vg|mfg|(?:bien )?cordialement|bien à vous|bonne journée|à bientôt|salutations"
    r"|(?:un )?(?:cordial )?saludos?|atentamente"
    r"|(?:cordiali |distinti )?saluti|a presto|(?:met )?(?:vriendelijke )?groet(?:en|jes)?)"
    r"[ \t]*(?:[,.!–-]*[ \t]*(?:\n|$)|[,!–-]+[ \t]*(?=[A-ZÀ-Þ][^.!?\n]{0,60}\.?[ \t]*(?:\n|\Z))"
    r"|(?= [A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+)?\W*$))"
)
_CALL_DETAILS = re.compile(
    r"(?im)^(?:[_=~-]{3,}|(?:microsoft )?teams(?: meeting|-besprechung)?(?: need help\??)?"
    r"|join (?:on your|with google|zoom|the|from|by)[^\n]*|meeting id[^\n]*|passcode[^\n]*"
    r"|one tap mobile[^\n]*|dial in[^\n]*"
    r"|phone conference id[^\n]*|kenncode[^\n]*|besprechungs-id[^\n]*|find a local number[^\n]*|powered by[^\n]*"
    r"|need to make changes\??[^\n]*|cancel:[^\n]*|reschedule:[^\n]*|more phone numbers[^\n]*)$"
)
_ADDRESS = re.compile(r"<?(?:https?://|mailto:|www\.)[^\s<>]+>?|[\w.+-]+@[\w-]+\.[\w.-]+|\+?\d[\d ()/-]{7,}\d")

_JOB_BEHIND = re.compile(
    r"(?<!\w)(?P<who>[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,3})(?: ?\((?P<aside>[^()\n]*)\)"
    r"| ?[,–—-] (?!\d)(?:(?:our|the|your|notre|unser\w*) )?(?P<job>[^\n.,;:()]{2,50}?)"
    r"(?=[,.;:()\n]| and | und | et | will | is |$))"
)
"""What is in brackets or behind a comma after words with capitals."""


class EventText(NamedTuple):
    """The sentences of an invitation, and what is below them: who writes, and from where."""

    body: str
    signature: str


def text_of(invitation: Invitation) -> EventText:
    """Return the sentences of an invitation and of the mail around it, and what is below them."""
    parts = [_parted(text) for text in (invitation.description, invitation.background) if text]
    return EventText("\n".join(part.body for part in parts), "\n".join(part.signature for part in parts))


@lru_cache(maxsize=32)
def _parted(text: str) -> EventText:
    text = _CALL_DETAILS.sub("\n", page_text(text))
    closing = _CLOSING.search(text)
    end = closing.start() if closing else len(text)
    return EventText(_ADDRESS.sub(" ", text[:end]), text[closing.end() :] if closing else "")


@lru_cache(maxsize=32)
def page_text(text: str) -> str:
    """Return a text as it is read, where it is a page, too: at most `MAX_READ` characters, without empty space."""
    page = plain_text(text) if re.search(r"(?i)<(?:br|p|div|a|b|html)\b[^<>]*>", text) else text
    short = re.sub(r"[^\w\s]{9,}", "________", re.sub(r"[\w&'’+-]{80,}", "", page))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[^\S\n]+", " ", short))[:MAX_READ]


_CALL_BLOCK = re.compile(
    r"(?ims)^(?:_{8,}[ \t]*$(?=.{0,300}?(?:teams|webex|skype|zoom|\bmeet\b|meeting|besprechung|r[ée]uni[oó]n"
    r"|riunione|vergadering))|microsoft teams\b).*(?:^_{8,}[ \t]*$|\Z)"
)
"""What Google Meet and Teams put below a description, between two rules."""
_OF_PROGRAMS = re.compile(
    r"(?i)[^\n]{2,60} (?:is inviting you to a scheduled|lädt (?:sie|dich) zu einem)[^\n]*"
    r"|(?:you can )?join(?:ing)?\b[^\n]{0,40}(?:meeting|instructions|sip|browser|online|link|call)\b[^\n]{0,80}"
    r"|one tap mobile|dial(?: by your location|-?in)\b[^\n]*|(?:meeting|conference) (?:id|link|url)\b[^\n]*"
    r"|(?:passcode|password|pin|kenncode|code secret)\b ?:[^\n]*"
    r"|[•*+]?[\d @+().,#*-]{9,}(?:[#*]|@\S+)?[^\n.!?]{0,40}"
    r"|(?:powered by|sent (?:via|with|by)|gesendet mit|verzonden via|envoyé (?:par|via)|enviado con|©)[^\n]*"
    r"|(?:event name|what|when|wann|quand|cuándo|quando|date|time|datum|uhrzeit|invitees?|candidate|location|where"
    r"|time ?zone|zeitzone|job|job title|role|position|posting|company|employer|mode|interview type)\s*:[^\n]*"
    r"|(?:if you )?(?:need to|re-?schedule|cancel|decline|accept|change|suggest (?:another|a new)|yes, i.ll be"
    r"|manage your|sign in to|unsubscribe|view (?:in|this)|add to (?:your )?calendar)\b[^\n]{0,200}"
    r"|[^\n]{0,80}(?:do not reply|not? reply to this|no-?reply|(?:system|automatic(?:ally)?) generated"
    r"|privacy policy|datenschutz|confidential|may be privileged|intended recipient|avant d.imprimer"
    r"|antes de imprimir|before printing|please do not edit)[^\n]*"
    r"|[-–—=*_~•. ]{3,}"
)
"""A line that a program writes into every invitation, or that says what is read anyway."""
_DIAL_IN = re.compile(
    r"(?i)(?:dial|call)[- ]?in(?: (?:number|details))? ?:[^\n]*\d{4}[^\n]*"
    r"|(?:pin|access code|conference (?:id|code)) ?:? ?[\d #*]{3,}"
)
"""How one calls in, which stands nowhere else: unlike the many numbers of a program, it has a label."""
_HELLO = re.compile(
    r"(?i)(?:(?:hi|hello|hey|dear|hallo|guten (?:tag|morgen)|moin|bonjour|salut|hola|buenos días|buongiorno|salve"
    r"|ciao|beste|liebe[rs]?|sehr geehrte[rs]?|chère?|cher|estimad[oa]|gentile|geachte|dag)\b[^.!?\n]{0,50}[,!.:]*"
    r"|[^\W\d_]+(?: [^\W\d_]+)?[,!:]?)"
)
_LABEL_ALONE = re.compile(r"(?i)\W*(?:[^\W\d_]+(?: [^\W\d_]+){0,3} ?:)?(?:\W|\b(?:with|and|und)\b)*")
_NAME_LINE = re.compile(r"[-–—~ ]*(?P<name>[^,(|\n]+?)[.\s]*(?:[,(|] *(?P<job>.+?)\)?)?")
_BELOW_NAME = re.compile(
    r"(?i)[a-z]+/[a-z]+(?:/[a-z]+)?"
    r"|(?:[a-z]{1,8}\W{1,3})?(?:\+?[\d ()./-]{7,}|[^\s@]+@[^\s@]+|(?:https?://|www\.|linkedin\.com)\S+)"
)
"""A line of a signature that is neither job nor employer: "she/her", "T: +44 20 7946 0000"."""
_SIGNATURE_LINES = 6
_MOST_NOTES = 1_500
"""Characters of an invitation's sentences that are kept."""


def notes_of(invitation: Invitation, people: Collection[Person], said: Collection[str]) -> str:
    """Return what an invitation says besides for somebody who goes there: what to bring or prepare, the schedule.

    It is without greeting, closing, signature and what programs add, and without lines that say nothing but the
    `people` or what else is `said`: the call's link, the place.
    """
    text = _CALL_BLOCK.sub("\n", page_text(invitation.description))
    lines = [
        line
        for line in map(str.strip, text.split("\n"))
        if line and (_DIAL_IN.fullmatch(line) or not _OF_PROGRAMS.fullmatch(line))
    ]
    closing = _CLOSING.search(text := "\n".join(lines))
    body = text[: closing.start() if closing else None].splitlines()
    known = [*(each for one in people for each in (str(one), one.name, one.email)), *said]
    is_ours = bool(invitation.company)  # then people stand in lines of their own
    kept = [
        line
        for line in _unsigned(body, people)
        if not (_is_said(line, known) or (is_ours and line.startswith("With ")))
    ]
    notes = "\n".join(kept[1:] if kept and _HELLO.fullmatch(kept[0]) else kept)
    return notes if len(notes) <= _MOST_NOTES else f"{notes[:_MOST_NOTES].rpartition(' ')[0]} …"


def _unsigned(lines: list[str], people: Collection[Person]) -> list[str]:
    """Return lines without a signature at their end: the name of one of the people, then job, employer, number."""
    names = {name for one in people for name in (one.name, one.name.partition(" ")[0]) if name}
    for at in range(max(1, len(lines) - _SIGNATURE_LINES), len(lines)):
        first = _NAME_LINE.fullmatch(lines[at])
        if first and first["name"] in names and not lines[at - 1].endswith(":"):
            below = [*([first["job"]] if first["job"] else []), *lines[at + 1 :]]
            return lines[:at] if all(map(_is_below_name, below)) else lines
    return lines


def _is_below_name(line: str) -> bool:
    parts = re.split(r"\s*[,|·•]\s*|\s[-–—]\s", line)
    return bool(_BELOW_NAME.fullmatch(line)) or any(
        is_job_title(part) or names_business(part) or legal_form().search(part) is not None for part in parts
    )


def _is_said(line: str, said: Collection[str]) -> bool:
    """Whether a line has nothing but a label and what is read of it: "Link: https://…", "With Dana Ruiz"."""
    rest = line
    for each in filter(None, said):
        rest = rest.replace(each, "")
    return rest != line and _LABEL_ALONE.fullmatch(rest) is not None


def without_jobs(text: str, names: Collection[str]) -> str:
    """Return a text without the jobs behind people's names: "Dana Ruiz, Head of People", "Dov (SWE)"."""
    known = {*names, *(name.partition(" ")[0] for name in names)}
    if not any(name in text for name in known):
        return text

    def bare(found: re.Match[str]) -> str:
        words = found["who"].split()
        is_known = any(
            " ".join(words[start:end]) in known for end in (len(words), len(words) - 1) for start in range(end)
        )
        return f"{found['who']} " if is_known and says_job(found["aside"] or found["job"]) else found[0]

    return _JOB_BEHIND.sub(bare, text)


def says_job(text: str) -> bool:
    """Whether a text behind a name is a job or a department."""
    return bool(ROLE.search(text) or SENDER_WORDS.search(text) or is_job(text) or is_job_title(text))
