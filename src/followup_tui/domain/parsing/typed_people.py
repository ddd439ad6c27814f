"""People as they are typed: in an argument, in the lines of the form, and in a quick-add line without a "with".

Each may have any of the forms of `people`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import (
    Person,
    is_address,
    reach_words,
    recognised,
    voice_words,
    with_newcomers,
)
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.parsing.job_words import may_be_place
from followup_tui.domain.parsing.people import PeopleRead, read_people
from followup_tui.domain.parsing.person_parts import is_degree, is_given_name, is_mail_of
from followup_tui.domain.parsing.person_words import (
    MAIL,
    PARTICLES,
    PHONE,
    is_common,
    is_job,
    is_job_title,
    is_name,
    phone_digits,
    plain_role,
    role_in_title,
    voice_of,
    way_to_reach,
)

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_BAD_ADDRESS = r"[^<>]*<([^<>]*)>.*"
_WRITTEN_OUT = (
    r"(?<![\w.])(?P<who>[a-z][a-z0-9.+-]*)(?:\s+at\s+|\s*[(\[{]\s*at\s*[)\]}]\s*)"
    r"(?P<where>[a-z0-9-]+(?:(?:\.|\s+dot\s+|\s*[(\[{]\s*dot\s*[)\]}]\s*)[a-z0-9-]+)*)(?![\w.@])"
)
"""A email address in words, all in small letters: "dana at x.example", "dana (at) x (dot) example"."""


def parse_people(text: str) -> tuple[Person, ...]:
    """Return the people whom a typed text names, one or more.

    Raises `BadInput` where it names nobody, a part isn't understood, or an email address isn't one.
    """
    said = " ".join(text.split())
    if not said:
        raise BadInput("Say who, like “Dana Ruiz <dana@acme.example>”.", "with")
    address = re.fullmatch(_BAD_ADDRESS, said)
    if written_out := re.search(_WRITTEN_OUT, said):
        shown = shown_line(written_out[0])[:60]
        raise BadInput(f"“{shown}” isn't an email address; write it with an @, like dana@acme.example.", "with")
    found = PeopleRead() if address and not _is_reachable(address[1]) else read_people(text.strip())
    shown = shown_line(said)[:60]
    if (address or "@" in said) and not any(one.email or one.link for one in found.people):
        raise BadInput(f"“{shown}” has no whole email address; write one like dana@acme.example.", "with")
    partly = next((one.email for one in found.people if one.email and "." not in one.email.partition("@")[2]), "")
    if partly:
        raise BadInput(
            f"“{shown_line(partly)[:60]}” is no whole email address; write one like dana@acme.example.", "with"
        )
    if not found.people:
        raise BadInput(f"“{shown}” names nobody; write a name, like “Dana Ruiz <dana@acme.example>”.", "with")
    if found.rest:
        left = shown_line(", ".join(found.rest))[:60]
        raise BadInput(f"“{left}” isn't understood as a person; write “Dana Ruiz <dana@acme.example>”.", "with")
    return found.people


def parse_person(text: str) -> Person:
    """Return the one person whom a typed text names; raises `BadInput` as `parse_people`, and for several."""
    people = parse_people(text)
    if len(people) > 1:
        raise BadInput(f"“{shown_line(text)[:60]}” names {len(people)} people; write one.", "with")
    return people[0]


def write_person(person: Person) -> str:
    """A person in one line that reads back as they are: "Dana Ruiz (CTO) <dana@acme.example>, best by phone"."""
    name, title, notes = (" ".join(text.split()) for text in (person.name, person.title, person.notes))
    role = person.role.label if person.role and person.role is not role_in_title(title) else ""
    ways = (person.phone, role, person.link, reach_words(person.reach_by), voice_words(person.voice))
    beside = ", ".join(filter(None, ways))
    # "Frau Dr." is read back as a title only before the name, "CTO" only behind it.
    named = [f"{name} ({title})", f"{title} {name}"] if name and title else [name or title]
    noted = [f" ({notes})", f", {notes}"] if notes else [""]
    heads = [f"{one} <{person.email}>" if one and person.email else one or person.email for one in named]
    lines = [", ".join(filter(None, (head, beside))) + note for head, note in product(heads, noted)]
    return next((one for one in lines if len(lines) > 1 and read_people(one).people == (person,)), lines[0])


def _is_reachable(address: str) -> bool:
    return bool(re.fullmatch(MAIL, address.strip().removeprefix("mailto:"))) or "/" in address


# The people of the form: a line for each, and a line with those who are in the interview


def person_lines(draft: ApplicationForm) -> tuple[str, ...]:
    """A line for each person that reads back as they are."""
    return tuple(shown_line(write_person(person)) for person in draft.people)


def met_line(draft: ApplicationForm) -> str:
    """Who is in the interview, by their names: "Ann Li, Bo Chen"."""
    return shown_line(", ".join(one.name or str(one) for one in draft.met or ()))


def read_people_lines(
    draft: ApplicationForm, lines: Sequence[str], met: str
) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Everybody, and who is in the interview; the first of `lines` are those of the draft's people, edited.

    A line that wasn't edited leaves the person as they are, also where it wouldn't be understood. Raises
    `BadInput` for the field "people" or "met".
    """
    now: dict[int, Person] = {}
    people: list[Person] = []
    for place, line in enumerate(lines):
        before = draft.people[place] if place < len(draft.people) else None
        found = _read_line(before, line)
        people += found
        now |= {place: found[0]} if found and before is not None else {}
    if met == met_line(draft):
        were = recognised(draft.people, draft.met or ()).values()
        there = [one for place, one in now.items() if any(draft.people[place] is each for each in were)]
        return tuple(people), tuple(there)
    said = _parsed(met, "met") if met.strip() else ()
    known = recognised(people, said)
    everybody = with_newcomers(people, said)
    return everybody, tuple(known.get(place, one) for place, one in enumerate(said))


def _read_line(before: Person | None, line: str) -> tuple[Person, ...]:
    if before is not None and line == shown_line(write_person(before)):
        return (before,)
    if not line.strip():
        return ()
    found = [one for text in filter(str.strip, line.split(";")) for one in _parsed(text, "people")]
    return (replace(found[0], contact_id=before.contact_id), *found[1:]) if before is not None else tuple(found)


def _parsed(text: str, field: str) -> tuple[Person, ...]:
    try:
        return parse_people(text)
    except BadInput as problem:
        raise BadInput(problem.sentence, field) from None


# People whom no "with" announces: what can be nothing but a name, and what is said behind one

_PRONOUNS = r"(?i)\((?:she|he|they)\s*/\s*\w+\)"  # kept as text: `re` compiles it when it is first used


_NAME_WORD = r"(?!\w{3,}(?:ing|tion|ment|ness|code|time|day|ware|ics)$)[^\W\d_a-z][^\W\d_A-Z]+(?:['’-][^\W\d_]+)?"


def certain_people(said: str, *, is_listed: bool = False) -> tuple[Person, ...]:
    """The people of a part that can be nothing else; else nobody.

    "Ms Priya Nair", "Dana Ruiz +1 212 555 0100", "Lucius Fox (CTO)", "CTO Lucius Fox". Behind other people
    (`is_listed`) and a given name any job tells it: "Bo Chen (Staff Engineer)"; else it may be a department's.
    """
    found = read_people(said)
    reached = all((one.email or one.phone) and not one.notes for one in found.people)
    roles = all(one.role and (is_bare_name(one.name) or one.email) for one in found.people)
    # "ann li (hr)": behind a title in brackets small letters are a name as well.
    named = all(_can_be_whole_name(one.name.title() if "(" in said else one.name) for one in found.people)
    titled = named and (
        any(_has_title(one, is_listed) for one in found.people) or bool(re.search(_PRONOUNS, said))
    )
    plain = _is_plainly_named(said) or all(" " in one.name and _is_plainly_named(one.name) for one in found.people)
    certain = is_address(said.partition(" ")[0]) or reached or roles or titled or plain
    return found.people if certain and not found.rest and len(phone_digits(said)) in {0, *range(9, 16)} else ()


def _has_title(person: Person, is_listed: bool) -> bool:
    may_be_job = is_listed or is_given_name(person.name.partition(" ")[0])
    return is_job_title(person.title) or (may_be_job and is_job(person.title))


def _is_plainly_named(said: str) -> bool:
    """Whether a part is a name beyond doubt: one to three words, the first a given name, and no common one.

    Particles aren't counted: "Joost van der Berg".
    """
    words = said.split()
    names = [word for word in words[1:] if word.casefold() not in PARTICLES]
    return len(names) <= 2 and is_bare_name(said) and is_given_name(words[0])


def _can_be_whole_name(name: str) -> bool:
    return is_bare_name(name) and (" " in name or is_given_name(name))


def is_bare_name(said: str) -> bool:
    """Whether a part can be a name where nothing else says so: capital letters, and no common word."""
    words = said.split()
    return is_name(said) and all(
        word in PARTICLES or (word[0].isupper() and not is_common(word)) for word in words
    )


def is_whole_name(said: str) -> bool:
    """Whether a part where people are named is a name of two or three words, which no place and no thing has."""
    words = said.split()
    return (
        2 <= len(words) <= 3
        and re.fullmatch(rf"{_NAME_WORD}|[A-Z]\.", words[0]) is not None
        and all(re.fullmatch(_NAME_WORD, word) for word in words[1:-1])
        and re.fullmatch(rf"{_NAME_WORD}|[A-Z]\.", words[-1]) is not None
        and is_bare_name(said)
        and not may_be_place(said)
    )


def bare_people(parts: Sequence[str]) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    """The people whom parts name that say nothing else: "Ruiz, Dana", "Ann Li", "PhD"; and the other parts.

    One word is a person only where it is a given name.
    """
    people: list[Person] = []
    rest: list[str] = []
    at = 0
    while at < len(parts):
        for count in range(min(3, len(parts) - at), 0, -1):
            found = read_people(", ".join(parts[at : at + count]))
            if _is_plain_list(found, parts[at : at + count]):
                people += found.people
                break
        else:
            rest.append(parts[at])
            count = 1
        at += count
    return tuple(people), tuple(rest)


def _is_plain_list(found: PeopleRead, parts: Sequence[str]) -> bool:
    if found.rest or not found.people or (len(parts) > 1 and len(found.people) > 1):
        return False
    if len(parts) > 1 and any(part in found.people[0].notes and not is_degree(part) for part in parts):
        return False
    return all(
        one.email or one.phone or is_address(one.name.split()[0] if one.name else "")
        or _can_be_whole_name(one.name)
        for one in found.people
    )  # fmt: skip


def with_more(people: Sequence[Person], part: str) -> list[Person]:
    """The people where a part behind them says more about the last one; none where it doesn't.

    That is a phone number, their email address, their role, how they like to be reached, or the voice of letters.
    """
    if not people:
        return []
    last, number = people[-1], _number_alone(part)
    if number:
        return [*people[:-1], replace(last, phone=number)]
    if not last.email and re.fullmatch(MAIL, part) and is_mail_of(part, last.name):
        return [*people[:-1], replace(last, email=part)]
    said = {"role": plain_role(part), "reach_by": way_to_reach(part), "voice": voice_of(part)}
    told: dict[str, Any] = {name: value for name, value in said.items() if value}
    if told:
        return [*people[:-1], replace(last, **told)]
    if not _is_title(part) or (last.title and not is_address(last.title)):
        return []
    notes = ", ".join(filter(None, (last.title, last.notes)))  # "Dr. Ann Li", "CTO"
    return [*people[:-1], replace(last, title=part, notes=notes)]


def _number_alone(part: str) -> str:
    """The phone number of a part that says no more, with or without a label: "030 1234567", "tel. 030 1234567"."""
    if number := re.fullmatch(PHONE, part):
        return number["phone"]
    people = read_people(part).people if re.search(PHONE, part) else ()
    return people[0].phone if len(people) == 1 and people[0] == Person(phone=people[0].phone) else ""


def named_with_more(parts: Sequence[str]) -> tuple[Person, ...]:
    """Whom the first part names, where the second says more: "Lucius Fox", "VP Engineering"; else nobody."""
    if len(parts) < 2 or " " not in parts[0] or not is_bare_name(parts[0]):
        return ()
    people = read_people(parts[0]).people
    return tuple(with_more(people, parts[1])) if len(people) == 1 else ()


_TITLED = (
    r"(?:(?:[Tt]he|[Mm]y|[Tt]heir|[Oo]ur) )?(?P<title>[^\W\d_A-Z][\w-]+(?: [^\W\d_A-Z][\w-]+)??)"
    r"(?P<said> (?:is|was)(?: called)?| named| called)? "
    r"(?P<name>[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,3})"
)


def titled_people(said: str, *, is_led: bool = False) -> tuple[Person, ...]:
    """Whom words name by what they are, in small letters, and a name: "founder Julie Ash", "the boss is Ray".

    Behind "with" (`is_led`) what they are may be any word: "with matron Julie Ash".
    """
    form = re.fullmatch(_TITLED, said)
    if (
        form is None
        or is_address(form["title"])
        or not (is_led or form["said"] or is_job_title(form["title"]) or is_job(form["title"]))
    ):
        return ()
    people = read_people(form["name"]).people
    if len(people) != 1 or people[0].notes or not all(map(is_bare_name, _without_address(people[0].name))):
        return ()
    return (
        replace(people[0], title=people[0].title or form["title"], notes=form["title"] if people[0].title else ""),
    )


def _without_address(name: str) -> list[str]:
    return [word for word in name.split() if not is_address(word)]


def _is_title(part: str) -> bool:
    return is_job_title(part) and not any(mark in part for mark in "()<>@")
