"""Guess company and role of an interview from title, domains and text; a person confirms the guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize

from followup_tui.domain.parsing.interview_words import FOR_ALL
from followup_tui.domain.parsing.person_parts import is_given_name
from followup_tui.exchange.invitations.event_fields import (
    AT,
    FOR,
    INTERVIEW,
    LEGAL_FORM,
    PREPOSITION,
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
        r"(?i)\binterview(?:ing|ed)? for (?:the |our |an? )?(?P<role>[^\n.;:!?()]{2,80}?)"
        r"(?= with | at | on | role\b| position\b|[.,\n(]|$)"
    ),
    re.compile(
        r"(?i)\b(?:for|as|about|regarding)\s+(?:the|our|an?)\s+(?:open\s+)?(?P<role>[^\n.;:!?()]{2,80}?)"
        r"\s+(?:role|position|opening|vacancy|opportunity|job)\b"
    ),
    re.compile(r"(?i)\b(?:the|our|this|an?)\s+(?P<role>[^\n.;:!?()]{2,60}?)\s+(?:role|position|opening)\b"),
    re.compile(
        r"(?i)\b(?:position|role|stelle|stelle als|position als|poste de|puesto de|posto di|functie van)\s+"
        r"(?:of|as|als|des|der|einer|eines|de|d['’])?\s*(?:an?\s+)?(?P<role>[^\n.;:!?]{2,80})"
    ),
)
_CAPITALIZED = r"[A-ZÄÖÜÉ0-9][\w&'’+-]*(?: (?:[A-ZÄÖÜÉ0-9][\w&'’+-]*|of|and|und|&|de|et))*"
_ROLE_OF_INTERVIEW = re.compile(r"(?m)^(?P<role>[A-ZÄÖÜÉ][^\n.;:!?]{2,60}?) [Ii]nterview\b")
_COMPANY_IN_TEXT = re.compile(
    r"(?:[Ii]nterest in(?: joining)?|[Ii]nterviews? at|[Oo]pportunity (?:at|with)|[Cc]areer at"
    r"|(?:[Rr]ole|[Pp]osition|[Oo]pening|Stelle|poste|puesto) (?:at|with|bei|chez|en))"
    rf" (?:the )?(?P<name>{_CAPITALIZED})"
    rf"|[Ii]nterviews? with (?:the )?(?P<asking>{_CAPITALIZED})(?= for\b|\.)"
)
_INSTITUTION = re.compile(
    r"\b(?:University|Universität|Université|Universidad|College|Institute) (?:of|de|di|zu)"
    r" [A-ZÀ-Þ]\w+(?: [A-ZÀ-Þ]\w+)*"
    r"|\b[A-ZÀ-Þ]\w+(?: [A-ZÀ-Þ]\w+){0,3} (?:University|College|School|Hospital|Hochschule|Universität)\b"
)
"""Employers whose name says what they are, and whose domain seldom spells it."""
_NAME_WORD = re.compile(r"[\w&'’.+-]+")
_PHRASE = re.compile(r"[A-ZÄÖÜÉ0-9][\w&'’+-]*(?:[ -](?:[A-ZÄÖÜÉ0-9&][\w&'’+-]*|of|and|und|et|de|der|für))*")
_AROUND = re.compile(r"^(?:hq|inc|corp|labs?|tech|group|gmbh|ag|app|io|ai|get|join|try|use|go|we|the|my|hello)$")
_ARTICLE = re.compile(r"^(?:the|der|die|das|dem|den|la|le|les|il|lo|el|de|het) (?=[A-ZÄÖÜÉ0-9])")
_PLACE_BEHIND = re.compile(r" (?:in|à|en|te|près de|cerca de) [^\W\d_a-z]")
_AROUND_TEXT = " ,.-–|\"'“”"
_PLAIN_FORMS = frozenset({"gmbh", "inc", "llc", "ltd", "plc", "srl", "spa", "snc", "sarl"})
_WITHOUT_DOT = frozenset({"gmbh", "llc", "plc", "snc", "sarl"})
"""Legal forms that are no other word in small letters, unlike "ab" and "co"."""
_JOINING = frozenset({"of", "and", "und", "et", "de", "der", "für", "&"})
_EXTRAS = re.compile(
    r"(?i)^(?:HQ|Office|Building|Campus|Meet|Zoom|Teams|Video|Careers?|Us|We|You|Your|Our|I|The)$"
)


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
    role = _role(chunks, "\n".join((*titles, body)), labels)
    everybody = (one.name for one in (invitation.organizer, *invitation.attendees) if one is not None)
    text = "\n".join((*titles, body, invitation.location, *invited.sender_names, *everybody))
    company = _company(chunks, text, invited, labels, names, role)
    return Guess(company, role.removesuffix(company).rstrip(" ,-–|") if company and role != company else role)


@lru_cache(maxsize=10_000)
def squash(text: str) -> str:
    """Return the letters and digits of a name, without accents, as they stand in a domain."""
    folded = text.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return "".join(one for one in normalize("NFKD", folded) if one.isascii() and one.isalnum())


def domain_label(domain: str) -> str:
    """Return the part of a domain that names its owner: “globex” of mail.globex.co.uk."""
    parts = domain.split(".")[:-1]
    while len(parts) > 1 and parts[-1] in ("co", "com", "org", "net", "ac", "gov", "edu", "or", "ne"):
        parts = parts[:-1]
    return squash(parts[-1]) if parts else ""


def _body(text: str) -> str:
    return plain_text(text) if re.search(r"(?i)<(?:br|p|div|a|b|html)\b[^<>]*>", text) else text


def _chunks(title: str, names: Iterable[str]) -> Iterator[_Chunk]:
    """Yield what a title names besides the interview and known people."""
    title = _REQUISITION.sub(" ", _MESSAGE_PREFIX.sub("", title))
    for name in sorted(names, key=len, reverse=True):
        title = re.sub(rf"(?i)(?<!\w){re.escape(name)}(?:['’]s)?(?!\w)", "|", title)
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


def _role(chunks: Sequence[_Chunk], body: str, labels: Sequence[str]) -> str:
    labelled = _LABELLED_ROLE.search(body)
    if labelled:
        return _clean_role(labelled["role"])
    named = [chunk for chunk in chunks if _says_role(chunk.text) and chunk.joined_by not in WITH]
    if named:
        return _clean_role(max(named, key=lambda chunk: chunk.joined_by in FOR).text)
    for pattern in (*_ROLE_IN_TEXT, _ROLE_OF_INTERVIEW):
        for found in pattern.finditer(body):
            role = _clean_role(found["role"])
            if INTERVIEW.fullmatch(f"{role} interview"):
                continue  # "Hiring Manager Interview"
            if ROLE.search(role) or (pattern in _ROLE_IN_TEXT[1:3] and role[:1].isupper()):
                return role
    bracketed = next((found[1] for found in _BRACKET.finditer(body) if _says_role(found[1])), "")
    if bracketed:
        return _clean_role(bracketed)
    # What stands before "at Acme" is the role, whatever it is called.
    before = [one.text for one, at in pairwise(chunks) if at.joined_by in AT and not one.joined_by]
    if before and not _is_labelled(before[0], labels):
        return _clean_role(before[0])
    asked = [chunk.text for chunk in chunks if chunk.joined_by in FOR and not _is_labelled(chunk.text, labels)]
    return _clean_role(asked[0]) if asked else ""


def _says_role(text: str) -> bool:
    return bool(ROLE.search(text) or re.search(FOR_ALL, text))


def _clean_role(text: str) -> str:
    text = _REQUISITION.sub(" ", text)
    text = re.sub(r"(?i)\s+(?:role|position|opening|vacancy)\s*$", "", text)
    text = re.sub(r"(?i)^(?:poste? de|puesto de|stelle als|posizione di|functie van)\s+", "", text.strip())
    text = re.sub(r"(?i)^(?:the|our|an?|der|die|des|als|de|d['’])\s+", "", text)
    text = re.split(r"(?i)\s+(?:at|@|with|bei|chez|in unser\w*|in our)\s+", text)[0]
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
    return list(dict.fromkeys(label for label in found if len(label) > 1))[:MAX_LABELS]


def _company(
    chunks: Sequence[_Chunk], text: str, invited: Invited, labels: Sequence[str], people: set[str], role: str
) -> str:
    labelled = _LABELLED_COMPANY.search(text)
    if labelled:
        return _clean_company(labelled["name"])
    for label in labels:
        named = _named_in(text, label)
        if named:
            return named
    at = [chunk.text for chunk in chunks if chunk.joined_by in AT]
    at += [chunk.text for chunk in chunks if _has_legal_form(chunk.text) and not ROLE.search(chunk.text)]
    if at:
        return _clean_company(at[0])
    told = _told_company(text, role, people)
    if told:
        return told
    for sender in invited.sender_names:
        name = _clean_company(SENDER_WORDS.sub(" ", sender))
        if len(name) > 1 and not re.search(r"(?i)calendly|goodtime|greenhouse|lever|ashby|zoom|google|room", name):
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
    found = [match["name"] or match["asking"] for match in _COMPANY_IN_TEXT.finditer(text)]
    found = [name for name in found if not is_given_name(name.partition(" ")[0])]
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


def _named_in(text: str, label: str) -> str:
    """Return the longest name in a text that begins as a domain does: “Adventure Works”."""
    best = ""
    for variant in _variants(label):
        for line in text.split("\n"):
            for phrase in _PHRASE.finditer(line):
                best = max(best, _name_from(phrase[0], variant, line[phrase.end() :]), key=len)
        if best:
            return best
    return best


def _variants(label: str) -> Iterator[str]:
    """Yield the label, and what is left of it without “hq”, “get” and the like around it."""
    yield label
    for length in range(2, 6):
        if len(label) > length + 2:
            if _AROUND.match(label[-length:]):
                yield label[:-length]
            if _AROUND.match(label[:length]):
                yield label[length:]


def _name_from(phrase: str, label: str, rest: str) -> str:
    """Return the name in a phrase that begins as a domain does, with its legal form, or an empty text."""
    words = list(_NAME_WORD.finditer(phrase))
    for start in range(len(words)):
        joined, end = "", start
        while end < len(words) and len(joined) < len(label):
            joined += squash(_without_possessive(words[end][0]))
            end += 1
        if joined == label:
            return _extended(words, start, end, phrase, rest)
    return ""


def _extended(words: Sequence[re.Match[str]], start: int, end: int, phrase: str, rest: str) -> str:
    """Return a name with the capitalized words behind it that belong to it: at most five, and a legal form."""
    first, last = words[start].start(), end
    while True:
        behind = words[last - 1].end()
        legal = LEGAL_FORM.match(phrase[behind:] + rest)
        if legal and (legal[0] != legal[0].casefold() or squash(legal[0]) in _PLAIN_FORMS):
            is_end = squash(legal[0]) in _WITHOUT_DOT and legal[0].count(".") == 1  # that of the sentence
            return phrase[first:behind] + (legal[0].rstrip(".") if is_end else legal[0])
        is_open = last < min(len(words), start + 5) and words[last - 1][0] == _without_possessive(
            words[last - 1][0]
        )
        if not is_open or _ends_name(words[last][0]):
            break
        last += 1
    while last > end and words[last - 1][0] in _JOINING:
        last -= 1
    return _without_possessive(phrase[first : words[last - 1].end()])


def _without_possessive(word: str) -> str:
    return re.sub(r"['’]s$", "", word)


def _ends_name(word: str) -> bool:
    """Whether a capitalized word behind a company's name is no part of it."""
    return bool(
        INTERVIEW.fullmatch(word) or ROLE.fullmatch(word) or SENDER_WORDS.fullmatch(word) or _EXTRAS.match(word)
    )
