"""People whom the text of an invitation names: behind "interviewer:" or "with", in an agenda, at the door."""

from __future__ import annotations

import re
from collections.abc import Collection

from followup_tui.domain.parsing.person_parts import is_given_name
from followup_tui.exchange.invitations.event_fields import LEGAL_FORM
from followup_tui.exchange.invitations.invitation_text import says_job

NAME = r"[A-ZÀ-Þ][\w'’-]+(?: (?:(?:van|von|de|der|den|da|di|le|la|el|bin) )*[A-ZÀ-Þ][\w'’-]+){1,2}"
_HONORIFIC = (
    r"(?:(?:la|il|el|der|dem|den) (?=[DdSs](?:ott|ig)|Ing|Sra?|Frau|Herr))?"
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Professor|Dean|Sir|Fr|Rev|Sister|D(?=\.)|Dª|Dña|Don|Doña|Matron|Canon"
    r"|Captain|Chef|Cllr|Judge"
    r"|Herrn?|Frau|Mme|M(?=\.)|[Ss]ig(?:\.ra)?|Sra?"
    r"|[Dd]ott(?:\.ssa)?|Ing)\.? ){0,4}"
)
_ASIDE = r"(?: \([^()\n]*\)|, [\w ]{2,30}(?=,? and | und | et | y |;))?"
"""What somebody does, between two names of a list."""
_LIST = (
    rf"{_HONORIFIC}{NAME}"
    rf"(?:{_ASIDE}(?:, | ?[;&+/] ?|,? and | und | et | y | e | en ){_HONORIFIC}{NAME})*"
)
_TOLD = re.compile(
    r"(?m)(?:(?P<label>(?i:(?:^[^\w\n]*|(?<=[.!?;] ))(?:your |ihre? )?(?:interviewers?(?:\(s\))?"
    r"|interviewer(?:in|innen)|(?:interview )?panel(?:l?ists?| chair| members?)?|assessors?|chair|hiring manager"
    r"|meet|with|hosts?|gesprächspartner(?:in)?|ansprechpartner(?:in)?|intervieweurs?"
    r"|entrevistador(?:es|a)?|participants?|attendees|teilnehmende|teilnehmer(?:innen)?|participantes"
    r"|partecipanti|deelnemers|tribunal|commissie|jury|attending|contact(?: person)?|kontakt|wer|who|qui|quién"
    r"|chi|wie|personas?"
    r"|vous rencontrerez)(?: [^\W\d_]+){0,3}(?:\s*:\s*|\s[–-]\s| (?:will be|are|is|sind|ist|sera"
    r"|seront|será[n]?) )))"
    r"|(?i:\b(?:with|w/|mit|avec|con|met|meet|meeting|panel (?:is|are)|joined by|interviewed by"
    r"|(?:te|le|la|lo|os) (?:llamará|recibirá|atenderá|entrevistará)|(?:ti|la|vi) (?:chiamerà|riceverà"
    r"|accoglierà|incontrerà)|seeing|gesprek heb je met|speaking to"
    r"|introduce you to|consist(?:s|ing)? of|compris(?:es|ed of|ing)|made up of|besteht aus|composé de"
    r"|estaremos|estarán|invited by|(?:von|durch|bei|nach) (?=Herrn?\b|Frau\b)|vous (?:rencontrerez"
    r"|serez reçue? par)(?: également| aussi)?) (?:(?:me|us|mich|uns|moi|nous) (?:and|und|et) )?)"
    r")"
    rf"(?P<people>{_LIST})"
)
_AGENDA = re.compile(
    r"(?m)^[ \t]*\d{1,2}[:.]\d\d\b[^\n]*?(?:[ ](?:[-–—]|(?i:with|mit|avec|con))|[^\W\d_]:)[ ]"
    rf"(?P<people>{_LIST})(?=[ \t]*(?:\(|,|$))"
)
"""A line of a schedule: "10:00 Coding - Lin Shao", "10:00 AM – 10:45 AM Coding: Lin Shao"."""
_WHO_COMES = re.compile(
    rf"(?P<people>{_HONORIFIC}{NAME})(?: (?:from|of|von|de) [^\n.;:!?]{{2,40}}?|, [^\n.,;:!?]{{2,40}},)?"
    r" (?:will (?:(?:also|then) )?(?:meet|see|call|ring|interview|greet|speak|join|lead|host|run"
    r"|conduct|be (?:your|on|interviewing|conducting|joining|meeting|speaking|calling))|(?:is"
    r"|are) (?:meeting|interviewing|joining)|is your interviewer|wird (?:Sie|dich)"
    r"|(?:ruft|empfängt|begrüßt|erwartet|holt) (?:Sie|dich)|(?:belt|ontvangt) (?:je|jou|u)"
    r"|vous (?:appellera|recevra|rencontrera|accueillera)|ti chiamerà|la chiamerà|te llamará"
    r"|le llamará)\b"
)
_TOGETHER = re.compile(
    rf"(?P<people>{_HONORIFIC}{NAME})(?= (?:and|und|et|y|e|en) [^\n.;:!?]{{2,60}} (?:will|werden|vont) )"
)
_ASK_FOR = re.compile(
    r"(?i:\b(?:ask for|report to|check in with|demande[rz]|pregunt(?:ar?|e|en) por|(?:frag|fragen sie"
    r"|fragt)(?: einfach)? nach|meld(?:e dich|en sie sich|t euch)? bei|meld je bij"
    r"|vraag naar|chiedere di|chiedi di)):? (?:(?:dem|der|the|le|la|el|il|our) [\w ]{3,20}, )?"
    rf"(?P<people>{_HONORIFIC}[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?)(?= (?:at|in|en|on|when|à|im|am|an"
    rf"|bij|aan|al|alla|upon|if|and)\b|[.,;(\n]|\s*$)"
)
"""Whom one asks for at the door, often by the given name alone."""
_WITH_OFFICE = re.compile(
    rf"\b(?i:the|our|your|le|la|notre|der|die|dem|den|unser\w*|el|nuestr[oa]|il|de"
    rf"|onze) (?P<job>[^\n.,;:()]{{3,30}}), (?P<people>{_LIST})(?=[,.;:()\n]| and | und | et "
    rf"| will |$)"
)
"""Somebody behind the office: "our COO, Imani Wolde", "le chef, Yvon Le Dantec"."""
_PAIR = re.compile(
    rf"\((?P<people>{_HONORIFIC}{NAME}(?:, | and | und | et | y | e | en | & ){_HONORIFIC}{NAME})\)"
)
_SURNAME = re.compile(
    r"(?:(?i:\b(?:with|mit|avec|con|met|meet|by|von|bei|nach|und|and|interviewer"
    r"|gesprächspartner(?:in)?|teilnehmer)):? |(?m:^)[\s•*-]*)"
    r"(?P<people>(?:(?:Mr|Mrs|Ms|Dr|Prof|Herrn?|Frau|Mme|M|Sra|Sr|Sig\.ra|Sig|Dott\.ssa|Dott|Mevr"
    r"|Dhr)\.? ){1,4}[A-ZÀ-Þ][\w'’-]+)(?= (?:und|and|et|y|e|will|ruft|wird|from|von|aus|empfängt)\b"
    r"|[,.;)\n]| \(|$)"
)
"""Somebody whose family name alone is told: "Frau Dr. Lang"."""
_WITH = re.compile(
    rf"(?i:\b(?:with|w/|mit|avec|con|met)) (?P<people>{NAME}(?:(?:, | ?& ?| (?:and|und|et|y|e|en) ){NAME})*)"
)
_BETWEEN = re.compile(rf"{_ASIDE}(?:,? (?:and|und|et|y|e|en) |, | ?[;&+/] ?)")


def named_people(text: str, invited: Collection[str] = ()) -> list[str]:
    """Return the names of people whom a text says one will meet: behind "interviewer:", "with", in an agenda."""
    found = [found for pattern in (_TOLD, _WHO_COMES, _TOGETHER) for found in pattern.finditer(text)]
    agenda = [one["people"] for one in _AGENDA.finditer(text)]
    named = [(one["people"], bool(one.groupdict().get("label")) or _has_job(one)) for one in found]
    # Of a schedule with a name that is known to be one the other lines name people, too.
    is_sure = any(_each_named(people, invited, is_sure=False) for people in agenda)
    named += [(people, is_sure) for people in agenda]
    named += [(one["people"], _is_office(one["job"])) for one in _WITH_OFFICE.finditer(text)]
    named += [(one["people"], False) for one in _PAIR.finditer(text)]
    named += [(one["people"], False) for one in _SURNAME.finditer(text)]
    named += [(one["people"], not _is_office(one["people"])) for one in _ASK_FOR.finditer(text)]
    return list(
        dict.fromkeys(name for people, is_sure in named for name in _each_named(people, invited, is_sure=is_sure))
    )


def people_in_title(title: str, invited: Collection[str] = ()) -> list[str]:
    """Return the people with whom one meets by a title: "Interview w/ Tom Ford & Amy Lin"."""
    lists = (found["people"] for found in _WITH.finditer(title))
    return [name for people in lists for name in _each_named(people, invited, is_sure=False) if " " in name]


def _has_job(found: re.Match[str]) -> bool:
    """Whether the job of a single person is in brackets behind the name: "with Hana Mori (Head of CS)"."""
    if _BETWEEN.search(found["people"]):
        return False
    aside = re.match(r" \(([^()\n]{2,40})\)|, (?:our |the )?([^\n.,;:()]{2,40})", found.string[found.end() :])
    return aside is not None and _is_office(aside[1] or aside[2])


def _each_named(people: str, invited: Collection[str], *, is_sure: bool) -> list[str]:
    """Return the names of a list: where one is known, the others are people too, unless a comma divides them.

    Where it is sure that people are named, all are who are no office.
    """
    said = [one.partition(",")[0] for one in people.split("; ")] if ";" in people else _BETWEEN.split(people)
    bare = [re.sub(f"^{_HONORIFIC}", "", one) for one in said]
    known = [
        name != one or is_given_name(name.partition(" ")[0]) or name in invited
        for one, name in zip(said, bare, strict=True)
    ]
    is_list = is_sure or (any(known) and ("," not in people or ";" in people))
    return [
        name for name, is_known in zip(bare, known, strict=True) if is_known or (is_list and not _is_office(name))
    ]


def _is_office(name: str) -> bool:
    """Whether a text behind a name is a department, a role or an employer: "Human Resources", "Acme LLP"."""
    return bool(says_job(name) or LEGAL_FORM.search(name) or _NOBODY.search(name))


_NOBODY = re.compile(
    r"(?i)\b(?:reception|empfang|accueil|security|front|desk|zoom|teams|meet|google|microsoft|coffee"
    r"|lunch|tour|office|building|campus|main|company|part|session"
    r"|leitung|leiter(?:in)?|abteilung|bereich|technik|personal|geschäftsf\w+|inhaber(?:in)?|direction"
    r"|responsable|jef[ea]|café|hotel|chef(?!\w)|founder|owner|ceo|cto|coo|cfo|the|our|your|us|you"
    r"|interview|engineering|product|design|sales|marketing|finance)\b"
)
"""What is at a door, in a schedule or in an office, and nobody's name."""
