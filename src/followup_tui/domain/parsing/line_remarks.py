"""The parts of a typed line that are remarks: how somebody was, and what says nothing of the application."""

from __future__ import annotations

import re

from followup_tui.domain.parsing.line_actions import may_tell_of_offer
from followup_tui.domain.parsing.line_parts import LineParts
from followup_tui.domain.parsing.line_pieces import is_date_word
from followup_tui.domain.parsing.line_words import TALKED, known_word
from followup_tui.domain.parsing.person_words import is_more_of_role
from followup_tui.domain.parsing.typed_people import certain_people

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_IMPRESSION = (
    r"(?P<name>[^\W\d_a-z]\S*(?: [^\W\d_a-z]\S*){0,2})(?P<said> (?:was|is|seemed|were))? [^\W\dA-Z][^A-Z]*"
)
_REMARK = r"[^\W\dA-Z_]+(?:(?: |['’-])[^\W\dA-Z_]+)+[.!]?"
_PLAIN = frozenset({"for", "about", "of", "the", "a", "an"})
_TELLING = TALKED | frozenset({"applied", "maybe", "or"})


def take_impression(part: str, found: LineParts) -> bool:
    """Take a part that says how somebody was, who is one of the people: "Dana was nice"; whether it does."""
    said = re.fullmatch(_IMPRESSION, part)
    people = certain_people(said["name"]) if said and (said["said"] or " " in said["name"]) else ()
    found.people += [one for one in people if one.name not in {each.name for each in found.people}]
    found.notes += [part] if people else []
    return bool(people)


def take_remark(part: str, found: LineParts) -> bool:
    """Take a part that can be nothing but a note beside names in capital letters: "bring laptop"; whether it is.

    It has small letters, and no word of a date, a round, a person, a job, an application or an offer.
    """
    is_remark = (
        re.fullmatch(_REMARK, part) is not None
        and not f"{found.company}{found.role}".islower()
        and not (is_more_of_role(part) or may_tell_of_offer(part))
        and not any(map(_tells, re.split("[ -]", part)))
    )
    found.notes += [part] if is_remark else []
    return is_remark


def _tells(word: str) -> bool:
    """Whether a word in small letters could say more than a remark does."""
    one = known_word(word)
    may_lead = word not in _PLAIN and (one.is_marker or is_date_word(word))
    return may_lead or one.is_round or one.is_given or one.is_head or word in _TELLING
