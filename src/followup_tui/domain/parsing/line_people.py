"""The parts of a typed line that name people: "with Ann Li, Bo Chen and Cy Young"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.parsing.interview_words import (
    is_round,
)
from followup_tui.domain.parsing.line_parts import LineParts
from followup_tui.domain.parsing.line_pieces import (
    AND,
    BEFORE_PEOPLE,
)
from followup_tui.domain.parsing.people import is_titled_name
from followup_tui.domain.parsing.person_parts import is_degree
from followup_tui.domain.parsing.person_words import MAIL, is_job_title, is_name
from followup_tui.domain.parsing.typed_people import (
    certain_people,
    is_bare_name,
    is_whole_name,
    parse_people,
    titled_people,
)

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
WITH_PERSON = rf"(?i)(?:{BEFORE_PEOPLE})(?:\s+|$)"
_WHOSE = (
    r"(?i) (and|&|\+|und) (?:his|her|their|my|the|sein\w*|ihr\w*) ([\w-]+) "
    r"((?-i:[A-ZÄÖÜ][\w.-]*)(?: (?-i:[A-ZÄÖÜ])[\w.-]+)*)"
)
_AND_TEAM = (
    r"(?i) (?:and|und|&|\+|et|y|e|en) (?:(?:the|das|dem|sein(?:em)?|ihr(?:em)?|el|il|het) |l['’])?"
    r"(?:team|équipe|equipo)$"
)
_MOST_PEOPLE = 8


def take_people(parts: Sequence[str], found: LineParts) -> int:
    """How many of the parts name people: the first begins with "with", or has an email address and bare names."""
    match = re.match(WITH_PERSON, parts[0])
    named = re.split(AND, said := parts[0][match.end() if match else 0 :])
    bare = [one for one in named if not _has_address(one)]
    if not match and (found.is_known or len(bare) == len(named) or not all(map(is_bare_name, bare))):
        return 0
    if not said:
        found.problems.append("with whom?")
        return 1
    said = re.sub(r"^(?:(?:the|an?|our|their|my|dem|der|den|unserem|unserer|il|la|le|el) |l['’])(?=.)", "", said)
    said = re.sub(_WHOSE, r" \1 \3 (\2)", re.sub(r"\s+u\.\s+", " und ", said))  # "and his boss Ms. Grün"
    listed = _up_to_round([said, *parts[1:]], found)
    said, *more = listed or (said, *parts[1:])
    if team := re.search(_AND_TEAM, said):
        found.notes.append(said[team.start() :].strip())
        said = said[: team.start()]
    if is_job_title(said) and not is_titled_name(said):
        found.notes.append(parts[0])  # "with HR"
        return 1
    count = len(listed) or (_people_parts([said, *more]) if match else 1)
    try:
        found.people += parse_people(", ".join((said, *more[: count - 1])))
    except BadInput as refusal:
        if titled := titled_people(said, is_led=True):
            found.people += titled
            return 1
        found.problems.append(refusal.sentence)
    return count


def _up_to_round(parts: Sequence[str], found: LineParts) -> Sequence[str]:
    """The people before a round in brackets, which is noted: "Ann Li, Bo Chen (panel)"; empty without one."""
    for at, part in enumerate(parts[:_MOST_PEOPLE]):
        bracket = re.search(r" \(([^()]+)\)$", part)
        said = part[: bracket.start()] if bracket else part
        if bracket and is_round(bracket[1]):
            if at and not (is_whole_name(said) or re.search(AND, said)):
                break  # "with Ann Li, Berlin (onsite)"
            found.meets.append(bracket[1])
            return (*parts[:at], said)
        if at and not _names_somebody(said):
            break
    return ()


def _people_parts(parts: Sequence[str]) -> int:
    """How many parts are one list of people: "Ann Li, Bo Chen and Cy Young", "Ruiz, Dana <dana@…>", "Ann, CTO"."""
    for count in range(min(len(parts), _MOST_PEOPLE), 1, -1):
        last = parts[count - 1]
        ends = len(re.split(AND, last)) > 1 or ("<" in last and "@" in last)
        if ends and all(_names_somebody(part) for part in parts[1:count]):
            return count
    if len(parts) > 1 and is_job_title(parts[1]):
        return 2
    listed = next((at for at, part in enumerate(parts) if at and not is_whole_name(part)), len(parts))
    return listed if 2 < listed <= _MOST_PEOPLE else 1  # "Ann Li, Bo Chen, Cy Young"


def _names_somebody(part: str) -> bool:
    said = part.partition("<")[0].strip()
    return all(is_name(one) or is_degree(one) or is_job_title(one) for one in re.split(AND, said) if one)


def _has_address(text: str) -> bool:
    return bool(re.fullmatch(MAIL, text)) or (text.endswith(">") and "<" in text and "@" in text)


_IMPRESSION = (
    r"(?P<name>[^\W\d_a-z]\S*(?: [^\W\d_a-z]\S*){0,2})(?P<said> (?:was|is|seemed|were))? [^\W\dA-Z][^A-Z]*"
)


def take_impression(part: str, found: LineParts) -> bool:
    """Take a part that says how somebody was, who is one of the people: "Dana was nice"; whether it does."""
    said = re.fullmatch(_IMPRESSION, part)
    people = certain_people(said["name"]) if said and (said["said"] or " " in said["name"]) else ()
    found.people += [one for one in people if one.name not in {each.name for each in found.people}]
    found.notes += [part] if people else []
    return bool(people)


def take_reachable(part: str, found: LineParts) -> bool:
    """Take a part that is somebody with a phone number, which no date begins: "Dana Ruiz 020 7946 0123"."""
    people = certain_people(part, is_listed=bool(found.people))
    if not (people and all(one.name and one.phone for one in people)):
        return False
    found.people += people
    return True
