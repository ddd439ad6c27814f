"""Guess company and role of an interview from title, domains and text; a person confirms the guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from followup_tui.domain.parsing.interview_words import FOR_ALL
from followup_tui.domain.parsing.person_parts import is_given_name
from followup_tui.exchange.invitations.domain_names import domain_label, name_in, squash
from followup_tui.exchange.invitations.event_fields import (
    AT,
    FOR,
    INTERVIEW,
    LEGAL_FORM,
    MAILBOX,
    PREPOSITION,
    PROGRAMS,
    ROLE,
    SENDER_WORDS,
    WITH,
    plain_text,
)
from followup_tui.exchange.invitations.invitation import Invitation
from followup_tui.exchange.invitations.invited_people import Invited
from followup_tui.exchange.invitations.meeting import links_in

MAX_NAME = 80
"""Characters of a guessed company or role; a longer text is a sentence."""

MAX_WORDS = 5
"""Words that the name of a company may have."""

MAX_LABELS = 10
"""Domains that are looked for in a text."""

_MESSAGE_PREFIX = re.compile(
    r"(?i)^(?:\s*(?:re|fwd?|aw|wg|tr|updated invitation|invitation|einladung|canceled|cancelled|abgesagt|accepted"
    r"|declined|tentative|confirmed|reminder|updated|rescheduled|new event)\s*:)+\s*"
)
_SHOWN_DATE = re.compile(r"\s+@\s+(?:[^\W\d_]{2,4}\.?,?\s+(?:[^\W\d_]{3,9}\.?\s+)?)?\d{1,2}\b.*$")
"""What calendars put behind a title in the subject of a mail: "@ Tue Nov 24, 2026 2pm - 3pm (CET)"."""
_SEPARATOR = re.compile(r"\s+[-–—/·•~]+\s+|\s*[|:;]+\s+|\s*<>\s*|\s*[–—|]\s*|\s*//\s*|^[^\w(\[]+|[^\w)\]]+$")
_REQUISITION = re.compile(
    r"(?i)\s*[\[(]?\b(?:req(?:uisition)?|job|jr|r|id|ref(?:erenz)?|kennziffer)(?:\s*(?:id|no|nr|number))?\.?\s*[#:-]?\s*"
    r"[a-z]{0,4}-?\d{2,}[\w-]*\b[\])]?|\s*[\[(]?#\d{2,}[\])]?"
)
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_LABELLED_ROLE = re.compile(
    r"(?im)^[^\w\n]{0,8}(?:position|role|job(?: title)?|opening|vacancy|req(?:uisition)?|stelle|rolle|poste|puesto"
    r"|posizione|ruolo|functie|vacature|für die stelle)\s*:[ \t]*(?P<role>[^\n]{2,120})$"
    r"|(?<=[.!?;] )(?:position|role|stelle|rolle|poste|puesto|posizione|ruolo|functie): (?P<told>[^\n.;!?]{2,80})"
)
_LABELLED_COMPANY = re.compile(
    r"(?im)^[^\w\n]{0,8}(?:company|employer|unternehmen|firma|entreprise|empresa|azienda|bedrijf)"
    r"\s*:[ \t]*(?P<name>[^\n]{2,80})$"
)
_LABELLED_TITLE = re.compile(
    r"(?im)^[^\w\n]{0,8}(?:event(?: name)?|topic|subject|betreff|thema)\s*:[ \t]*(?P<title>[^\n]{2,150})$"
)
_ROLE_IN_TEXT = (
    re.compile(
        r"(?i)\b(?:interview(?:ing|ed)?|stage|round|step|call|chat|conversation) for (?:the |our |an? )?"
        r"(?P<role>[^\n.;:!?()]{2,80}?(?: \([^()\n]{2,30}\)(?= role\b| position\b))?)"
        r"(?= with | at | on | role\b| position\b|[.,\n(]|$)"
    ),
    re.compile(
        r"(?i)\b(?:for|as|about|regarding)\s+(?:the|our|an?)\s+(?:open\s+)?"
        r"(?P<role>[^\n.;:!?()]{2,80}?(?: \([^()\n]{2,30}\))?)"
        r"\s+(?:role|position|opening|vacancy|opportunity|job)\b"
    ),
    re.compile(r"(?i)\b(?:the|our|this|an?)\s+(?P<role>[^\n.;:!?()]{2,60}?)\s+(?:role|position|opening)\b"),
    re.compile(
        r"(?i)\b(?:position|role|stelle|stelle als|position als|poste de|puesto de|posto di|functie van)\s+"
        r"(?:of|as|als|des|der|einer|eines|de|d['’])?\s*(?:an?\s+)?(?P<role>[^\n.;:!?]{2,80})"
    ),
    re.compile(
        r"(?:(?i:\b(?:position|role) (?:of|as)(?: an?)?|\bstelle als|\bpos(?:te|izione|to|ición) d[ie]|\bpuesto de"
        r"|\bfunctie van) |\b[Pp]oste d['’])(?P<role>[A-ZÀ-Þ](?:[^\n.;:,!?()]|\(\w{1,3}\)){2,60})"
    ),
    re.compile(r"\b(?P<role>[A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+){1,4}) (?:role|position|opening)\b"),
)
_PROGRAM_WORDS = re.compile(r"(?i)calendly|goodtime|greenhouse|lever|ashby|zoom|google|room")
_WHO_LEADS = re.compile(r"(?i)(?:the )?(?:c[etofmp]o|[se]?vp|(?:co-?)?founders?|director|head)")
"""Whom one meets rather than what one applies for: "CEO interview"."""
_NAMED_AS_ROLE = (_ROLE_IN_TEXT[1], _ROLE_IN_TEXT[2], _ROLE_IN_TEXT[4])
"""What these patterns find is a role, whatever it is called."""
_CAPITALIZED = r"[A-ZÄÖÜÉ0-9][\w&'’+-]*(?: (?:[A-ZÄÖÜÉ0-9][\w&'’+-]*|of|and|und|&|de|et))*"
_ROLE_OF_INTERVIEW = re.compile(r"(?m)^(?P<role>[A-ZÄÖÜÉ][^\n.;:!?]{2,60}?) [Ii]nterview\b")
_COMPANY_IN_TEXT = re.compile(
    r"(?:[Ii]nterest in(?: joining)?|[Ii]nterviews? at|[Oo]pportunity (?:at|with)|[Cc]areer at"
    r"|[Aa]ppl(?:ying|ied|ication) (?:to|at|with)"
    r"|(?:[Rr]ole|[Pp]osition|[Oo]pening|Stelle|poste|puesto) (?:at|with|bei|chez|en))"
    rf" (?:the )?(?P<name>{_CAPITALIZED})"
    rf"|[Ii]nterviews? with (?:the )?(?P<asking>{_CAPITALIZED})(?= for\b|\.)"
    rf"|(?m:^)(?P<inviting>{_CAPITALIZED}) (?:has invited|invites|is inviting|would like to invite) you\b"
)
_CLIENT = re.compile(
    r"\b(?:(?:our|my|unser\w*|mein\w*|notre|mon|nuestro|mi|nostro|mio|onze|mijn)"
    r" (?:client|Kunden?|Mandant(?:en)?|cliente|klant)\b,?"
    rf"|(?i:client|kunde|cliente|klant):)(?: (?:the )?(?P<name>{_CAPITALIZED}))?"
    r"|\b(?:(?:arranged|organi[sz]ed|booked|set up) (?:your|an|the) interview (?:with [A-ZÀ-Þ][^\n.;,]{2,40}? )?at"
    rf"|[Oo]n behalf of|[Ii]m Auftrag de[rs]|[Pp]our le compte de)"
    rf" (?:the )?(?P<at>{_CAPITALIZED}(?!['’\w])(?! (?:team|hiring)))"
)
"""The employer that an agency speaks of; without a name it isn't known."""
_INSTITUTION = re.compile(
    r"\b(?:University|Universität|Université|Universidad|College|Institute|City|Town|County|Borough|Bank|Port"
    r"|Ministry|Museum) (?:of|de|di|zu)"
    r" [A-ZÀ-Þ]\w+(?: [A-ZÀ-Þ]\w+)*"
    r"|\b[A-ZÀ-Þ]\w+(?: [A-ZÀ-Þ]\w+){0,3} (?:University|College|School|Hospital|Hochschule|Universität)\b"
)
"""Employers whose name says what they are, and whose domain seldom spells it."""
_ARTICLE = re.compile(r"^(?:the|der|die|das|dem|den|la|le|les|il|lo|el|de|het) (?=[A-ZÄÖÜÉ0-9])")
_PLACE_BEHIND = re.compile(r" (?:in|à|en|te|près de|cerca de) [^\W\d_a-z]")
_AROUND_TEXT = " ,.-–|/\"'“”"


class Guess(NamedTuple):
    """What an invitation seems to be about; an empty text if nothing tells."""

    company: str
    role: str


class _Chunk(NamedTuple):
    """A part of a title, and the word before it that joins it to the rest, or an empty text."""

    joined_by: str
    text: str


def guess_application(invitation: Invitation, invited: Invited) -> Guess:
    """Return the company and the role that an invitation is most likely about."""
    body = "\n".join(map(_body, (invitation.description, invitation.background)))
    titles = [invitation.title, *(found["title"] for found in _LABELLED_TITLE.finditer(body))]
    titles = [_SHOWN_DATE.sub("", title) for title in titles]
    names = {*invited.own_names, *(person.name for person in invited.people if person.name)}
    chunks = [chunk for title in titles for chunk in _chunks(title, names)]
    labels = _labels(invitation, invited)
    role = _role(chunks, "\n".join((*titles, body)), labels, names)
    everybody = (one.name for one in (invitation.organizer, *invitation.attendees) if one is not None)
    text = "\n".join((*titles, body, invitation.location))
    senders = "\n".join((*invited.sender_names, *everybody))
    company = _company(chunks, (text, senders), invited, labels, names, role)
    if company and role != company:
        role = role.removeprefix(f"{company} ").removesuffix(company).rstrip(" ,-–|")
    return Guess(company, role)


def _body(text: str) -> str:
    return plain_text(text) if re.search(r"(?i)<(?:br|p|div|a|b|html)\b[^<>]*>", text) else text


def _chunks(title: str, names: Iterable[str]) -> Iterator[_Chunk]:
    """Yield what a title names besides the interview and known people."""
    title = _REQUISITION.sub(" ", _MESSAGE_PREFIX.sub("", title))
    for name in sorted(names, key=len, reverse=True):
        title = re.sub(rf"(?i)(?<!\w){re.escape(name)}(?:['’]s)?(?!\w)", "|", title)
        title = re.sub(rf"(?i)\s\+\s*{re.escape(name.split()[0])}\s*$", "|", title)  # "Ann + Robin"
    aside = [found[1] for found in _BRACKET.finditer(title) if ROLE.search(found[1])]
    title = _BRACKET.sub(lambda found: " | " if ROLE.search(found[1]) else found[0], title)
    for part in (*_SEPARATOR.split(INTERVIEW.sub(" | ", title)), *aside):
        # Split by words that join: every second piece is such a word.
        pieces = PREPOSITION.split(part)
        for word, text in zip(["", *pieces[1::2]], pieces[0::2], strict=True):
            text = re.sub(r"^\)|\($", "", text.strip(_AROUND_TEXT)).strip(_AROUND_TEXT)
            if len(text) > 1 and not text.isdigit():
                yield _Chunk(word.casefold(), text)


# The role


def _role(chunks: Sequence[_Chunk], body: str, labels: Sequence[str], people: Iterable[str]) -> str:
    labelled = _LABELLED_ROLE.search(body)
    if labelled:
        return _clean_role(labelled["role"] or labelled["told"])
    named = [
        chunk
        for chunk in chunks
        if _says_role(chunk.text)
        and chunk.joined_by not in WITH
        and not (_WHO_LEADS.fullmatch(chunk.text) and chunk.joined_by not in FOR)
    ]
    if named:
        role = _clean_role(max(named, key=lambda chunk: chunk.joined_by in FOR).text)
        fuller = re.search(
            rf"(?m)(?:^|[.!?] )((?:[A-ZÀ-Þ][\w-]+ ){{1,4}}{re.escape(role)}(?: \([^()\n]{{2,20}}\))?)(?=[.\n]|$)",
            body,
        )
        return fuller[1] if fuller and role and not INTERVIEW.search(fuller[1]) else role
    for pattern in (*_ROLE_IN_TEXT, _ROLE_OF_INTERVIEW):
        for found in pattern.finditer(body):
            role = _clean_role(found["role"])
            is_lead = pattern is _ROLE_OF_INTERVIEW and _WHO_LEADS.fullmatch(role)
            if is_lead or INTERVIEW.fullmatch(f"{role} interview"):
                continue  # "CEO interview", "Hiring Manager Interview"
            if ROLE.search(role) or (pattern in _NAMED_AS_ROLE and role[:1].isupper()):
                return role
    if heading := _role_of_heading(body, labels):
        return heading
    bracketed = next(
        (
            found[1]
            for found in _BRACKET.finditer(body)
            if _says_role(found[1]) and not body[: found.start()].rstrip().endswith(tuple(people))
        ),
        "",
    )
    if bracketed:
        return _clean_role(bracketed)
    # What stands before "at Acme" is the role, whatever it is called.
    before = [one.text for one, at in pairwise(chunks) if at.joined_by in AT and not one.joined_by]
    if before and not _is_labelled(before[0], labels):
        return _clean_role(before[0])
    asked = [chunk.text for chunk in chunks if chunk.joined_by in FOR and not _is_labelled(chunk.text, labels)]
    return _clean_role(asked[0]) if asked else ""


def _role_of_heading(body: str, labels: Sequence[str]) -> str:
    """Return the role that a heading gives next to the employer: "Acme – Staff Designer"."""
    for line in body.splitlines():
        parts = re.split(r"\s+[-–—|·:]\s+", line.strip(" .*#"))
        if len(parts) == 2 and len(line) <= MAX_NAME and any(_is_labelled(part, labels) for part in parts):
            found = [part for part in parts if _says_role(part) and not _is_labelled(part, labels)]
            if found and "," not in found[0]:
                return _clean_role(found[0])
    return ""


def _says_role(text: str) -> bool:
    return bool(ROLE.search(text) or re.search(FOR_ALL, text))


def _clean_role(text: str) -> str:
    text = _REQUISITION.sub(" ", text)
    text = re.sub(r"(?i)\s+(?:role|position|opening|vacancy)\s*$", "", text)
    text = re.sub(
        r"(?i)^(?:(?:poste? de|puesto de|stelle als|posizione di|functie van)\s+|poste d['’])", "", text.strip()
    )
    text = re.sub(r"(?i)^(?:the|our|an?|der|die|des|als|de|d['’])\s+", "", text)
    text = re.split(r"(?i)\s+(?:at|@|with|bei|beim|am|an der|chez|presso|bij|in unser\w*|in our)\s+", text)[0]
    text = re.split(r"(?i)\s*,\s*(?:client|employer|company|location|kunde|cliente|klant)\s*:", text)[0]
    text = " ".join(text.split()).strip(" ,.;:-–|")
    return text if len(text) <= MAX_NAME else ""


# The company


def _labels(invitation: Invitation, invited: Invited) -> list[str]:
    """Return the names in the domains of people, links and pages, the likeliest first."""
    found = [domain_label(domain) for domain in invited.domains]
    for text in (invitation.location, *invitation.links, invitation.url):
        for link in links_in(text):
            host = re.sub(r"^https?://|[/?#:].*$", "", link.casefold())
            tenant = re.fullmatch(r"([\w-]+)\.(?:zoom\.us|webex\.com)", host)
            if tenant and not re.fullmatch(r"us\d+web|www|global|meet\w*", tenant[1]):
                found.append(squash(tenant[1]))
    for one in (invitation.organizer, *invitation.attendees):  # "acme-hiring@" of a program that invites for many
        first, *parts = re.split(r"[._-]", one.email.partition("@")[0] if one else "")
        if any(map(MAILBOX.fullmatch, parts)) and not MAILBOX.fullmatch(first):
            found.append(squash(first))
    return list(dict.fromkeys(label for label in found if len(label) > 1))[:MAX_LABELS]


def _company(
    chunks: Sequence[_Chunk],
    texts: tuple[str, str],
    invited: Invited,
    labels: Sequence[str],
    people: set[str],
    role: str,
) -> str:
    text, senders = texts
    if labelled := _LABELLED_COMPANY.search(text):
        return _clean_company(labelled["name"])
    if (client := _CLIENT.search(text)) and not is_given_name((client["at"] or "").partition(" ")[0]):
        return _clean_company(
            re.sub(r" (?:Recruit|Talent |Hiring |HR ).*", "", client["name"] or client["at"] or "")
        )
    cleaned = [_clean_company(SENDER_WORDS.sub(" ", sender)) for sender in invited.sender_names]
    for said in (text, senders):
        for label in labels:
            if named := name_in(said, label):
                # "Waterdam" of the sender "Gemeente Waterdam", or of the "University of Waterdam"
                fuller = (*cleaned, *(found[0] for found in _INSTITUTION.finditer(text)))
                return next((name for name in fuller if name.endswith(f" {named}")), named)
        if said == text and (told := _told_company(text, role, people)):
            return told
    at = [chunk.text for chunk in chunks if chunk.joined_by in AT]
    at += [chunk.text for chunk in chunks if _has_legal_form(chunk.text) and not ROLE.search(chunk.text)]
    if at:
        return _clean_company(at[0])
    for name in cleaned:
        if len(name) > 1 and squash(name) not in PROGRAMS and not _PROGRAM_WORDS.search(name):
            return name
    if institution := _INSTITUTION.search(text):
        return _clean_company(institution[0])
    if labels:
        return labels[0].capitalize()
    others = [chunk.text for chunk in chunks if not ROLE.search(chunk.text) and chunk.joined_by not in FOR]
    return next((_clean_company(other) for other in others if other[:1].isupper() or other[:1].isdigit()), "")


def _has_legal_form(text: str) -> bool:
    """Whether a text ends in a legal form, which has a capital: "Müller AG", and not "from 2 pm ab"."""
    return any(not form[0].islower() and form.end() >= len(text.rstrip(".")) for form in LEGAL_FORM.finditer(text))


def _told_company(text: str, role: str, people: set[str]) -> str:
    """Return the company that a sentence names, as in “your interest in Acme” or “Backend Engineer at Acme”."""
    found = [match["name"] or match["asking"] or match["inviting"] for match in _COMPANY_IN_TEXT.finditer(text)]
    found = [name for name in found if not is_given_name(name.partition(" ")[0]) and not ROLE.search(name)]
    if role:
        found += re.findall(rf"{re.escape(role)}\s+(?:at|@|with|bei|chez|en|presso|bij)\s+({_CAPITALIZED})", text)
    return next((_clean_company(name) for name in found if name not in people), "")


def _is_labelled(text: str, labels: Iterable[str]) -> bool:
    return any(squash(text).startswith(label) for label in labels)


def _clean_company(text: str) -> str:
    text = " ".join(text.split()).strip(" ,;:-–|\"'“”()[]")
    text = _ARTICLE.sub("", text)
    ends = (form.end() for form in LEGAL_FORM.finditer(text) if _PLACE_BEHIND.match(text, form.end()))
    text = text[: next(ends, None)]
    return text.rstrip("!?") if len(text) <= MAX_NAME else ""
