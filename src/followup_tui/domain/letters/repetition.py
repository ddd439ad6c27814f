"""Which sentences letters have in common: what was written before isn't written again where it can be helped."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from followup_tui.domain.model.letter import Letter

LETTERS_REMEMBERED = 10
"""The user's last letters whose sentences are not repeated."""
NOTHING_USED: Mapping[str, int] = MappingProxyType({})
_SAME_APPLICATION = 1_000
_WORDS = 5
"""Two sentences that begin with the same words read alike, whatever follows."""
_WORD = r"[^\W_]+(?:['’][^\W_]+)?"
_FRAME = r"(?i)^(?:dear|hi|hello)\b|^(?:kind|best|warm)?\s*(?:regards|wishes)?,?$"


def sentence_keys(text: str) -> frozenset[str]:
    """How each sentence of a letter begins, in small letters; greeting, sign-off and short lines are left out."""
    sentences = (one for line in text.split("\n") for one in re.split(r"(?<=[.?!])\s+", line.strip()))
    found = (re.findall(_WORD, one.casefold()) for one in sentences if not re.match(_FRAME, one))
    return frozenset(" ".join(words[:_WORDS]) for words in found if len(words) >= _WORDS)


def used_sentences(
    letters: Iterable[Letter], *, template: str, application_id: str, to: str | None
) -> Mapping[str, int]:
    """The sentences of other letters, oldest first, with their weights; a draft of this very letter has none.

    A later one weighs more, and one of a letter for the same application most.
    """
    weights: dict[str, int] = {}
    for place, one in enumerate(letters, start=1):
        if one.sent_at is None and (one.template, one.application_id, one.contact_id) == (
            template, application_id, to
        ):  # fmt: skip
            continue
        weight = place + (_SAME_APPLICATION if one.application_id == application_id else 0)
        for key in sentence_keys(f"{one.subject}\n{one.body}"):
            weights[key] = max(weight, weights.get(key, 0))
    return weights


def seed_of(number: int, template: str) -> int:
    """The number from which the wordings of a letter follow, by the application's number and the template."""
    return zlib.crc32(f"{number} {template}".encode())
