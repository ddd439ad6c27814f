"""Guess company and role of an interview from title, domains and text; a person confirms the guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from followup_tui.domain.parsing.employer_words import INSTITUTIONS, is_employer_word, names_business, names_office
from followup_tui.domain.parsing.person_parts import is_given_name
from followup_tui.domain.parsing.person_words import is_job_title
from followup_tui.exchange.invitations.domain_names import domain_label, name_of, squash
from followup_tui.exchange.invitations.event_fields import (
    AT,
    FOR,
    INTERVIEW,
    LEGAL_FORM,
    MAILBOX,
    PROGRAMS,
    ROBOT,
    ROLE,
    SENDER_WORDS,
    WITH,
    is_free_mail,
)
from followup_tui.exchange.invitations.evidence import Evidence, words_key
from followup_tui.exchange.invitations.invitation import Invitation
from followup_tui.exchange.invitations.invitation_text import EventText, page_text, text_of, without_jobs
from followup_tui.exchange.invitations.invited_people import Invited, domain_of
from followup_tui.exchange.invitations.meeting import links_in
from followup_tui.exchange.invitations.role_guess import MAX_NAME, clean_role, role_evidence, says_role
from followup_tui.exchange.invitations.title_parts import Chunk, bare_title, chunks_of, is_subject

MAX_LABELS = 10
"""Domains that are looked for in a text."""
MAX_WORD = 11
"""Letters of a domain that may be one word; a longer one is made of several, which nothing else spells."""

_LABELLED = re.compile(
    r"(?im)^[^\w\n]{0,8}(?:company|employer|organi[sz]ation|unternehmen|firma|arbeitgeber|entreprise"
    r"|société|empresa|azienda|bedrijf|werkgever)"
    r"(?: name)?\s*:[ \t]*(?P<name>[^\n]{2,80})$"
)
_WORD = r"[A-ZÀ-Þ0-9][\w&'’+-]*"
_NAME = (
    rf"{_WORD}(?: (?:(?:of|and|und|&|de|et|du|des|della|van|für|y|e) )?(?:(?:the|la"
    rf"|le) )?{_WORD}){{0,5}}(?: e\.V\.)?"
)
_WHOLE_NAME = re.compile(_NAME)
_SAID = re.compile(
    r"(?:(?i:interest in(?: joining)?|interviews? at|opportunity (?:at|with)|career (?:at|with)"
    r"|life at|working (?:at|for|with)|work (?:at|for|with)"
    r"|appl(?:y|ying|ied|ication) (?:to|at|with|for a job at)|(?:inter)?view(?:ing)? (?:process )?with"
    r"|here at|team at|welcome to|join(?:ing)?|behalf of|bewerbung (?:bei(?: der| dem)?|beim)"
    r"|candidature (?:chez|à|au sein de)|candidatura (?:en|a|presso)|sollicitatie bij|(?:rappel|lavoro"
    r"|grüße?) (?:von|de|da)|(?:i['’]?m|this is) [A-Z]\w+ (?:from|at|with)"
    r"|(?:role|position|opening|job|stelle|poste|puesto|posizione|functie|gespräch|entretien"
    r"|entrevista|colloquio|gesprek|visite|conversation|day|round|loop|interview) (?:\w+ )?(?:at|with"
    r"|bei|chez|en|presso|bij|beim|to))"
    r"|\bConfirmed with)"
    rf" (?:(?i:the|der|die|das|dem|den|la|le|les|il|el|de|het|our client) )?(?P<name>{_NAME})"
    rf"|(?m:^|(?<=[.!?,] ))(?:(?i:the|die|der|das|la|el|il) )?(?P<inviting>{_NAME}) (?:has invited"
    rf"|invites|is inviting|would like to invite|is pleased|is delighted|lädt|looks forward|team"
    rf"|confirms)\b"
    rf"|(?:from|of) (?P<of>{_NAME})(?= (?:will|wird|would|here)\b)"
    rf"|(?<=[\w)] )(?:at|chez|bei|bij|presso) (?:(?:the|der|la|le) )?(?P<at>{_NAME})"
)
_CLIENT = re.compile(
    r"\b(?:(?i:our|my|your|unser\w*|mein\w*|notre|mon|nuestro|mi|nostro|mio|onze|mijn)"
    r" (?:end )?(?:client|Kunde[n]?|Mandant(?:en)?|portfolio company|cliente|klant|opdrachtgever)\b,?"
    rf"|(?i:end client|client|kunde|cliente|klant|opdrachtgever):)(?: (?:(?i:the|is|die|der|den|le|la"
    rf"|il|el|de|het) )?(?P<name>{_NAME}))?"
    r"|\b(?:(?:arranged|organi[sz]ed|booked|set up) (?:your|an|the) interview (?:with [A-ZÀ-Þ][^\n.;,]{2,40}? )?at"
    rf"|[Oo]n behalf of|[Ii]m Auftrag de[rs]|[Pp]our le compte de|[Pp]er conto di)"
    rf" (?:the )?(?P<at>{_NAME}(?!['’\w])(?! (?:team|hiring)))"
)
"""The employer that an agency speaks of; without a name it isn't known."""
_NAMED_CLIENT = re.compile(
    rf"(?P<name>{_NAME})(?:,| \(| –| -) ?(?:my|our|unser|mein|notre|nuestro|nostro) (?:client|Kunde"
    rf"|cliente)\b"
)
"""An agency's client whose name goes before: "Acme (my client)"."""
_INSTITUTION = re.compile(
    rf"\b(?:{INSTITUTIONS}) (?:of|for|de|di|zu|van|für|d['’]) ?(?:the )?[A-ZÀ-Þ]\w+(?: [A-ZÀ-Þ]\w+)*"
    r"|\b[A-ZÀ-Þ]\w+(?: [A-ZÀ-Þ]\w+){0,3} (?:University|College|School|Hospital|Hochschule|Universität"
    r"|Council|Library|Museum|Clinic|Trust)\b"
)
"""Employers whose name says what they are, and whose domain seldom spells it."""
_ARTICLE = re.compile(r"^(?:the|der|die|das|dem|den|la|le|les|il|lo|el|de|het) (?=[A-ZÄÖÜÉ0-9])")
_PLACE_BEHIND = re.compile(r" (?:in|à|en|te|près de|cerca de) [^\W\d_a-z]")
_OF_SENDER = re.compile(rf"(?: at | from | @ |, | – | - | \| |\()\s*(?P<name>{_NAME})\)?$")
"""The employer behind somebody's name: "Kirsty at Acme", "Kirsty (Acme)"."""
_VIA = re.compile(r" (?:via|by|through|über) [A-Z][\w.]+$")

_PROGRAM = re.compile(r"(?i)calendly|goodtime|greenhouse|lever|ashby|zoom|google|room|\bbot\b|note-?taker")


def labels_of(invitation: Invitation, invited: Invited) -> list[str]:
    """Return the names in the domains of people, links and pages, the likeliest first."""
    found = [domain_label(domain) for domain in invited.domains]
    for text in (invitation.location, *invitation.links, invitation.url, invitation.description):
        for link in links_in(text):
            host, _, path = re.sub(r"^https?://", "", link).partition("/")
            tenant = re.fullmatch(
                r"([\w-]+)\.(?:zoom\.us|webex\.com|bamboohr\.com|teamtailor\.com|recruitee\.com|workable\.com)",
                host.casefold(),
            )
            if tenant and not re.fullmatch(r"us\d+web|www|global|meet\w*|apply|app", tenant[1]):
                found.append(squash(tenant[1]))
            if re.fullmatch(
                r"(?:jobs|boards|job-boards|apply)\.(?:\w+\.)?(?:lever\.co|greenhouse\.io|ashbyhq\.com"
                r"|workable\.com|smartrecruiters\.com)",
                host,
            ):
                found.append(squash(path.partition("/")[0]))
    for one in (invitation.organizer, *invitation.attendees):  # "acme-hiring@" of a program that invites for many
        first, *parts = re.split(r"[._-]", one.email.partition("@")[0] if one else "")
        if any(map(MAILBOX.fullmatch, parts)) and not MAILBOX.fullmatch(first):
            found.append(squash(first))
        elif (
            one
            and domain_label(one.email.rpartition("@")[2]) in PROGRAMS
            and not (MAILBOX.fullmatch(first) or ROBOT.fullmatch(first))
        ):
            found.append(squash("".join((first, *parts))))
    return list(dict.fromkeys(label for label in found if len(label) > 1 and label not in PROGRAMS))[:MAX_LABELS]


def company_evidence(
    invitation: Invitation, invited: Invited, chunks: Sequence[Chunk], text: EventText, titles: Sequence[str]
) -> Evidence | None:
    """Return what the employer may be called, or None where an agency keeps its client's name to itself."""
    found = Evidence(company_key, margin=0.5)
    said = "\n".join((*titles, text.body, text.signature, invitation.location))
    clients = [found for pattern in (_NAMED_CLIENT, _CLIENT) for found in pattern.finditer(said)]
    client = next((one for one in clients if any(one.groupdict().values())), next(iter(clients), None))
    told = client.groupdict() if client else {}
    if client and not is_given_name((told.get("at") or "").partition(" ")[0]):
        name = told["name"] or told.get("at") or ""
        if not name:
            return None
        found.add(_clean(re.sub(r" (?:Recruit|Talent |Hiring |HR ).*", "", name)), 9.0)
    is_robot = _is_robot(invitation, invited)
    is_program = is_robot or _is_program(invitation, invited, said)
    labels = labels_of(invitation, invited)
    people = {*invited.own_names, *(person.name for person in invited.people if person.name)}
    for name, weight in _of_domains(invitation, invited, said, labels, is_program=is_program):
        found.add(name, weight)
    for institution in _INSTITUTION.finditer(said):
        found.add(_clean(institution[0]), 1.75)
    for name, weight in _of_senders(invited, labels, is_program=is_program):
        if not _is_no_name(name):
            found.add(_clean(name), weight)
    for name, weight in (
        *_of_chunks(chunks, labels),
        *_of_text(said, text, labels),
    ):
        name = _clean(name)
        if (
            name
            and not any(person in name for person in people)
            and not is_given_name(name.partition(" ")[0])
            and not _is_no_name(name)
        ):
            found.add(name, weight)
    if labels and not any(_is_spelt(name, labels[0]) for name in found.names()):
        is_word = len(labels[0]) <= MAX_WORD and not is_robot
        found.add(labels[0].capitalize(), 1.5 if is_word else 0.5)
    return found


def _is_spelt(name: str, label: str) -> bool:
    """Whether a domain is a name, or begins or ends with one of its words."""
    return squash(name) == label or (" " in name and _is_in_a_domain(name, (label,)))


def _of_domains(
    invitation: Invitation, invited: Invited, said: str, labels: Sequence[str], *, is_program: bool
) -> Iterator[tuple[str, float]]:
    senders = "\n".join(
        (*invited.sender_names, *(one.name for one in (invitation.organizer, *invitation.attendees) if one))
    )
    share = 0.5 if is_program else 1.0
    for place, label in enumerate(labels):
        for text, weight in ((said, 4.0), (senders, 2.0)):
            if named := name_of(text, label):
                yield named, weight * share * (1.0 if place == 0 else 0.5)


def _is_program(invitation: Invitation, invited: Invited, said: str) -> bool:
    """Whether only a mailbox invites whose employer the text doesn't name: a program's or an agency's."""
    domain = domain_of(invitation.organizer.email) if invitation.organizer else ""
    if any(one.email for one in invited.people) or not domain or is_free_mail(domain):
        return False
    return not name_of(said, domain_label(domain))


def _is_robot(invitation: Invitation, invited: Invited) -> bool:
    """Whether a program's own address invites, and nobody else is named."""
    local = invitation.organizer.email.partition("@")[0] if invitation.organizer else ""
    return not any(one.email for one in invited.people) and ROBOT.fullmatch(local) is not None


def _of_senders(invited: Invited, labels: Sequence[str], *, is_program: bool) -> Iterator[tuple[str, float]]:
    for sender in invited.sender_names:
        first, _, rest = sender.partition(" ")
        is_office = MAILBOX.fullmatch(first) or (squash(rest) in labels and not is_employer_word(first))
        bare = rest if rest and is_office else sender  # "Reception Acme", "Planning Acme"
        name = _clean(SENDER_WORDS.sub(" ", _VIA.sub("", bare)))
        if "@" not in sender and squash(name) not in PROGRAMS and not _PROGRAM.search(name):
            yield name, 0.5 if is_program else 2.0
    for person in invited.people:
        if behind := _OF_SENDER.search(person.name):
            yield behind["name"], 2.5


def _of_chunks(chunks: Sequence[Chunk], labels: Sequence[str]) -> Iterator[tuple[str, float]]:
    for chunk in chunks:
        name, _, inside = _ARTICLE.sub("", chunk.text).partition(" (")
        if inside and not says_role(inside):
            yield inside, 1.0
        if chunk.joined_by in FOR or not (name[:1].isupper() or name[:1].isdigit()):
            continue
        if chunk.joined_by in AT or (has_legal_form(chunk.text) and not ROLE.search(chunk.text)):
            yield name, 3.0
        elif chunk.joined_by in WITH and is_subject(name):
            yield SENDER_WORDS.sub(" ", name), 2.0
        elif is_subject(name) and (not says_role(chunk.text) or names_office(name)):
            is_likely = names_business(name) or ("," not in name and _is_in_a_domain(name, labels))
            yield name, 2.5 if is_likely else 1.0


def _is_in_a_domain(name: str, labels: Sequence[str]) -> bool:
    """Whether a domain begins or ends with a long word of a name: ronchilegno.example of "Falegnameria Ronchi"."""
    words = [word for word in map(squash, name.split()) if len(word) > 4]
    return any(label.startswith(word) or label.endswith(word) for word in words for label in labels)


def _of_text(said: str, text: EventText, labels: Sequence[str]) -> Iterator[tuple[str, float]]:
    for label in _LABELLED.finditer(said):
        yield label["name"], 7.0
    for match in _SAID.finditer(said):
        name = match["name"] or match["inviting"] or match["of"] or match["at"]
        yield name, 4.0 if match["inviting"] else 1.75 if match["at"] else 2.5
    for line in said.splitlines():
        name = line.strip(" .,!")
        if _WHOLE_NAME.fullmatch(name) and _without_office(name) != name:
            yield name, 2.0
    for line in (*text.body.splitlines(), *re.split(r"\n|, | \| | – ", text.signature)):
        if _WHOLE_NAME.fullmatch(line.strip(" .!")) and not is_job_title(line):
            yield line, 2.0 if _is_in_a_domain(line, labels) else 1.0


def company_key(name: str) -> str:
    """Return the words of a company's name as they are compared: without its legal form."""
    return words_key(_without_form(name))


def _without_form(name: str) -> str:
    forms = [form for form in LEGAL_FORM.finditer(name) if form.end() >= len(name.rstrip("."))]
    return name[: forms[0].start()] if forms else name


def has_legal_form(text: str) -> bool:
    """Whether a text ends in a legal form: "Müller AG"."""
    return any(form.end() >= len(text.rstrip(".")) for form in LEGAL_FORM.finditer(text))


_NO_NAME = re.compile(
    r"(?i)(?:th(?:is|at|e|ere|ey)|it|we|you|your|our|i|my|hi|hello|hey|dear|please|here|look|thanks?"
    r"|thank you|on|at|in|for|if|as|when|what|where|how|who|an?|once|after|before"
    r"|wir|sie|ihr|ich|das|es|nous|vous|je|le|nos|hola|hallo|bonjour|ciao|buongiorno|interviews?"
    r"|meeting|video|zoom|teams|google|microsoft|webex)(?:['’ ].*)?"
)


def _is_no_name(name: str) -> bool:
    """Whether a text is a role, an interview or a word of mails rather than an employer."""
    bare = SENDER_WORDS.sub("", name).strip(" ,.")
    return (
        not bare
        or _NO_NAME.fullmatch(name) is not None
        or INTERVIEW.fullmatch(name) is not None
        or not is_subject(name)
        or (says_role(name) and not has_legal_form(name) and not names_office(name))
        or is_job_title(name)
        or squash(name) in PROGRAMS
    )


def _without_office(text: str) -> str:
    """Return a name without the department behind it: "Acme Talent Acquisition"; a university is none."""
    offices = [
        one
        for one in SENDER_WORDS.finditer(text)
        if one.start() > 1 and not re.fullmatch("(?i)university|partner|the", one[0])
    ]
    while offices and offices[-1].end() == len(text.rstrip()):
        text = text[: offices.pop().start()].rstrip(" ,-–")
    return text


def _clean(text: str) -> str:
    text = " ".join(text.split()).strip(" ,;:-–|\"'“”()[]")
    text = re.split(r" (?:is|are|was|has|will|regarding)\b", _ARTICLE.sub("", text))[0]
    text = _without_office(text)
    ends = (form.end() for form in LEGAL_FORM.finditer(text) if _PLACE_BEHIND.match(text, form.end()))
    text = re.sub(r"['’]s$", "", text[: next(ends, None)]) if not re.match(r"St\. ", text) else text
    return text.rstrip("!?") if len(text) <= MAX_NAME else ""


_LABELLED_TITLE = re.compile(
    r"(?im)^[^\w\n]{0,8}(?:event(?: name)?|topic|subject|betreff|thema|what|objet|asunto|oggetto"
    r"|onderwerp)\s*:[ \t]*(?P<title>[^\n]{2,150})$"
)


class Guess(NamedTuple):
    """What an invitation seems to be about; an empty text if nothing tells, or sources contradict each other."""

    company: str
    role: str


def guess_application(invitation: Invitation, invited: Invited) -> Guess:
    """Return the company and the role that an invitation is most likely about.

    The employer comes first: what else a title names is then the role.
    """
    text = text_of(invitation)
    page = page_text("\n".join((invitation.description, invitation.background)))
    titles = [
        bare_title(title)
        for title in (invitation.title, *(found["title"] for found in _LABELLED_TITLE.finditer(page)))
    ]
    others = [person.name for person in invited.people if person.name]
    own = invited.own_names
    chunks = [chunk for title in titles for chunk in chunks_of(title, others, own)]
    companies = company_evidence(invitation, invited, chunks, text, titles)
    company = companies.best() if companies else ""
    titles = [without_jobs(re.sub(r" [-–—] ", " | ", title), others) for title in titles]
    body = without_jobs(_LABELLED_TITLE.sub("", text.body), others)
    left = [chunk for title in titles for chunk in chunks_of(title, others, own, company)]
    subjects = {words_key(one.text) for one in left if is_subject(one.text)}
    roles = role_evidence(
        left, "\n".join(titles), body, company, {*own, *others}, is_alone=bool(company) and len(subjects) == 1
    )
    role = roles.best()
    if companies and len(companies.names()) < 2 and not company:
        company = _only_other(chunks, role)
    return Guess(company, clean_role(role, company))


def _only_other(chunks: list[Chunk], role: str) -> str:
    """Return what a title names besides the role, where that is one thing alone."""
    others = {
        one.text
        for one in chunks
        if one.text[0].isupper()
        and is_subject(one.text)
        and words_key(one.text) != words_key(role)
        and not says_role(one.text)
    }
    return others.pop() if role and len(others) == 1 else ""
