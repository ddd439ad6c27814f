"""The role that an invitation is about: what titles, labels and sentences call so, weighed together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from followup_tui.domain.parsing.interview_words import FOR_ALL, begins_or_ends_as_role
from followup_tui.exchange.invitations.event_fields import AT, FOR, INTERVIEW, ROLE, WITH
from followup_tui.exchange.invitations.evidence import Evidence, words_key
from followup_tui.exchange.invitations.title_parts import Chunk, is_subject, without_interview, without_requisition

MAX_NAME = 80
"""Characters of a guessed company or role; a longer text is a sentence."""
_MAX_WORDS = 9

_LABEL = (
    r"(?:position(?:sbezeichnung)?|role|job(?: ?title)?|opening|vacancy|requisition|req|stelle|rolle"
    r"|poste|puesto|posizione|ruolo"
    r"|functie|vacature|für die stelle|bewerbung als|beruf|post|oferta|offre|job posting"
    r"|position title|applied for|application for|for|role is|position is|job is)"
)
_LABELLED = re.compile(
    rf"(?im)^[^\w\n]{{0,8}}{_LABEL}(?:\s*[:：]|\s[–-](?=\s)|(?<= is)(?=\s))[ \t]*(?P<role>[^\n]{{2,120}})$"
    r"|(?<=[.!?;,] )(?:position|role|post|job|stelle|rolle|poste|puesto|posizione|ruolo|functie)"
    r": (?P<told>[^\n.;!?]{2,80})"
)
_NOUN = r"(?:role|position|opening|vacancy|opportunity|job|post|gig|contract)"
_END = (
    r"(?=,? (?:with|at|on|in our|in the|here|within|from|via|by|this|next|and (?:we|to|how|what|why"
    r"|your)|which|that|bei|beim|im|in unser\w*|am|an der|chez|au sein"
    r"|presso|en nuestr\w+|bij|is|are|will|has|have|would|um|ein|einzuladen|und|statt|et|y|e|dans|avec"
    r"|con|mit|met) "
    rf"|,? {_NOUN}\b|[.;:!?\n]|\s*[|/•·]|,(?! [A-Z][\w&]+(?: [\w&]+){{0,2}}(?:[.\n]|$))| [–—-] | \(|$)"
)
_SAID = (
    # "the Staff Engineer (Payments) role", "our animator opening": it is called a role, whatever it is.
    (
        re.compile(
            rf"(?i)\b(?:the|our|this|an?|open|their|about|for|re:?)\s+(?P<role>(?:(?!\b(?:the|our|an?"
            rf"|this|for|about|your|new)\b)"
            rf"[^\n.;:!?()]){{2,60}}?(?: \([^()\n]{{2,30}}\))?)\s+{_NOUN}\b"
        ),
        3.0,
    ),
    (re.compile(rf"\b(?P<role>[A-ZÀ-Þ][\w&-]+(?: (?:(?:of|and|&) )?[A-ZÀ-Þ][\w&-]+){{0,4}}) {_NOUN}\b"), 2.0),
    (re.compile(rf"(?m)(?:^|(?<=[.!?] ))(?P<role>[a-zà-ÿ][\w&/-]+(?: [\w&/-]+){{0,4}}) {_NOUN}\b"), 2.5),
    (re.compile(rf"['’]s (?P<role>[A-ZÀ-Þ][^\n.;:!?()]{{2,50}}?) {_NOUN}\b"), 3.0),
    # "the position of Clerk", "die Stelle als Oberarzt", "le poste de Vendeuse"
    (
        re.compile(
            r"(?i:\b(?:position|role|post|job) (?:of|as)(?: an?| the)?|\b(?:stelle|position|ausbildung"
            r"|tätigkeit)(?: als| zum| zur| der| des| eine[rs])"
            r"|\b(?:pos(?:te|izione|to|ición)|ruolo|figura) d(?:[ie]l?l?a?|el)|\bpuesto de|\bplaza de"
            r"|\bfunctie(?: van)?|\bvacature(?: van| voor)?"
            rf"|\b(?:la|die|der|the)(?: \w+e)? (?:stelle"
            rf"|posizione)) (?:[„“\"«]\s*)?(?P<role>(?:[^\n.;:,!?()„“\"«»]"
            rf"|\([\w/]{{1,9}}\)){{3,60}}?)(?:[“”\"»]|{_END})"
        ),
        3.0,
    ),
    # "we are looking for a baker", "cerchiamo un apprendista"
    (
        re.compile(
            r"(?i:\b(?:looking for|hiring|seeking|suchen|sucht|cerchiamo|buscamos|recherchons|cherchons|zoeken)) "
            rf"(?i:an?|our next|eine?n?|une?|un[ao]?|een) (?P<role>(?:[^\n.;:,!?()]){{3,60}}?){_END}"
        ),
        3.0,
    ),
    (re.compile(rf"(?i:\b(?:poste|offre) d['’])(?P<role>[^\n.;:,!?]{{3,60}}?){_END}"), 3.0),
    # "interview for Florist", "your application as Clerk", "talk about Developer Relations"
    (
        re.compile(
            r"(?i:\b(?:interview(?:ing|ed)?|stage|round|step|call|chat|conversation|meeting|talk|speak"
            r"|screen|appl(?:y|ied|ying|ication)|considered"
            r"|bewerbung|beworben|gespräch|candidature|postulé|candidatura|solicitud|sollicitatie"
            r"|entretien|entrevista|colloquio|gesprek)"
            r"(?: [^\n.;:,!?()]{1,40}?)?"
            r" (?:for|as|about|regarding|als|um|zum|zur|für|pour|comme|para|como|per|come|voor|sobre|over|re:?)) "
            rf"(?i:(?:the|our|an?|die stelle(?: als)?|den|der|die|das|le|la|el|il|de|l['’]"
            rf"|un[ae]?) )?(?P<role>(?:[^\n.;:!?()]|\([\w/]{{1,9}}\)){{2,60}}?){_END}"
        ),
        1.5,
    ),
    (
        re.compile(
            r"(?i:\b(?:the|our|an?)) (?P<role>[^\n.;:,!?()]{0,40}(?:professor|fellow|lecture|intern"
            r"|apprentice|trainee|clerk)ship"
            r"(?: (?:in|for|of) [A-Z]\w+(?: [A-Z]\w+)*)?)"
        ),
        3.0,
    ),
)
_LINE_OF_INTERVIEW = re.compile(r"(?m)^(?P<role>[A-ZÄÖÜÉ][^\n.;:!?]{2,60}?) [Ii]nterview\b")
_BRACKET = re.compile(r"(?<=[\w.,] )\((?P<role>[^()\n]{3,60})\)")
_WHO_LEADS = re.compile(
    r"(?i)(?:the )?(?:c[etofmp]o|[se]?vp|(?:co-?)?founders?|directors?|head|panel|manager"
    r"|hiring manager|recruiter)"
)
"""Whom one meets rather than what one applies for: "CEO interview"."""
_NO_ROLE = re.compile(
    r"(?i)(?:.*\b(?:interviews?|gespräch|entretien|entrevista|colloquio|gesprek|team|role|position|job"
    r"|opportunity|details|questions?|you|your|us|me|it"
    r"|this|that|what|how|why|where|who|we|i|days?|hours?|minutes?|min|time|experience|background"
    r"|today|tomorrow|week|company|application|stage|round"
    r"|next steps?|a bit|everything|anything|organi[sz]er|zoom|teams|video|phone|meeting|call|chat"
    r"|schedule|confirmation)"
    r"|(?:open|same|above|right|new|current|advertised|following|first|second|final|next|dream|perfect"
    r"|great|good|your|full[- ]time|part[- ]time)(?: .{0,12})?|\W*\d.*)"
)
_DIVIDES = re.compile(r"(?:['’]s)?[\s,:–|-]+")
_SENTENCE = re.compile(
    r"(?i)\b(?:you|your|we|i|for|to|with|please|will|is|are|ask|meet|the|hi|dear|hello|by|from|and)\b"
)
_TRAILING = re.compile(
    rf"(?i)(?:[\s,]+(?:{_NOUN}|stelle|w/|with|for|mit|via|-|(?:end )?client|employer|kunde|cliente|klant):?)+\s*$"
)
_LEADING = re.compile(
    r"(?i)^(?:(?:of|for|about|re|regarding|the|our|an?|der|die|des|den|als|de|di|du|del(?:la)?"
    r"|eine?[nr]?|um|zum|zur|open|le|la|el|il|per|bewerbung|functie|stelle|poste?|puesto|posizione"
    r"|vacature"
    r"|(?-i:job|vacancy|opening)|job title|role|position|candidature)(?:\s*:\s*|\s+)|(?:poste )?d['’]|l['’])+"
)


def role_evidence(
    chunks: Sequence[Chunk], titles: str, body: str, company: str, people: Iterable[str], *, is_alone: bool
) -> Evidence:
    """Return what the role may be called; `is_alone` where the title names one thing besides a known employer."""
    found = Evidence(words_key, margin=0)
    for text, weight in (*_of_chunks(chunks, is_alone=is_alone), *_of_text(titles, body, company, tuple(people))):
        role = clean_role(text, company)
        if weight < 3 and _WHO_LEADS.fullmatch(role):
            continue
        if not role or words_key(role) == words_key(company) or _NO_ROLE.fullmatch(role):
            continue
        if weight >= 3 or says_role(role) or role[:1].isupper() or weight == 2.5:
            found.add(role, weight + (1.5 if says_role(role) else 0))
    return found


def _of_chunks(chunks: Sequence[Chunk], *, is_alone: bool) -> Iterator[tuple[str, float]]:
    for chunk in chunks:
        says = says_role(chunk.text)
        if chunk.joined_by in WITH | AT or (_WHO_LEADS.fullmatch(chunk.text) and chunk.joined_by not in FOR):
            continue
        if chunk.joined_by in FOR:
            yield chunk.text, 3.0
        elif says:
            yield chunk.text, 3.5
        elif is_alone and is_subject(chunk.text):
            yield chunk.text, 2.5 if chunk.is_whole else 1.0


def _of_text(titles: str, body: str, company: str, people: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    for label in _LABELLED.finditer(body):
        yield label["role"] or label["told"], 7.0
    told: dict[str, float] = {}
    for pattern, weight in _SAID:
        for found in pattern.finditer(f"{titles}\n{body}"):
            told[found["role"]] = max(weight, told.get(found["role"], 0))
    yield from told.items()
    for found in _LINE_OF_INTERVIEW.finditer(body):
        if says_role(found["role"]) and not _WHO_LEADS.fullmatch(found["role"]):
            yield found["role"], 1.0
    for found in _BRACKET.finditer(body):
        if says_role(found["role"]) and not body[: found.start()].rstrip().endswith(people):
            yield found["role"], 1.0
    for line in re.split(r"\n|(?<=[\w)\]]{3}[.!?]) ", body):
        yield from _of_line(line.strip(" .*#•"), company, people)


def _of_line(line: str, company: str, people: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    """Yield the role of a line: beside the employer, "Acme – Designer", or by itself."""
    parts = re.split(r"\s+[-–—|·:/@]\s+|: |,? at ", line)
    if len(line) > MAX_NAME or len(parts) > 3:
        return
    known = {words_key(name) for name in (company, *people) if name}
    others = [part for part in parts if not any(name in words_key(part) for name in known)]
    if len(parts) == 2 and len(others) == 1:
        is_sure = bool(re.search(r"\s[-–—|·/@]\s", line)) or _is_role(others[0])
        if (
            is_sure
            and len(others[0].split()) <= 6
            and is_subject(others[0])
            and not INTERVIEW.fullmatch(others[0])
        ):
            yield others[0], 2.0 if says_role(others[0]) else 1.5
    elif len(parts) == 1 and len(line.split()) <= 6 and _is_role(line):
        yield line, 1.0


def _is_role(text: str) -> bool:
    """Whether a text is a role by itself, and no sentence."""
    return begins_or_ends_as_role(text.partition(" (")[0]) and not _SENTENCE.search(text)


@lru_cache(maxsize=2_000)
def says_role(text: str) -> bool:
    """Whether a text has a word that only roles have."""
    return bool(ROLE.search(text) or re.search(FOR_ALL, text))


def clean_role(text: str, company: str = "") -> str:
    """Return a role without the words around it, and without the employer; empty for what is no name."""
    text = without_requisition(text)
    text = without_interview(text)
    text = _LEADING.sub("", re.sub(r"^\(([^()]*(?:\([^()]*\)[^()]*)*)\)$", r"\1", text.strip()))
    text = re.split(r"(?i)\s+(?:at|@|with|bei|beim|am|an der|chez|presso|bij|in unser\w*|in our)\s+", text)[0]
    text = re.split(r"(?i)\s*,\s*(?:client|employer|company|location|kunde|cliente|klant)\s*:", text)[0]
    text = _TRAILING.sub("", text)
    text = _without_company(text, company)
    text = " ".join(text.split()).strip(" ,.;:-–|\"'“”„«»")
    return text if len(text) <= MAX_NAME and len(text.split()) <= _MAX_WORDS and len(text) > 1 else ""


def _without_company(text: str, company: str) -> str:
    """Return a role without the employer before or behind it: "Acme Designer", "Designer, Acme"."""
    lower, name = text.casefold(), company.casefold()
    if name and lower.startswith(name) and (found := _DIVIDES.match(text, len(company))):
        return text[found.end() :]
    if name and lower.rstrip(")").endswith(name) and not text[: lower.rindex(name)][-1:].isalnum():
        return text[: lower.rindex(name)].rstrip(" ,–|(-")
    return text
