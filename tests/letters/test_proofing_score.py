"""How much the proofreader finds in the set of letters, and that SCORE.md says so."""

from __future__ import annotations

import pytest

from followup_tui.domain.finding import Reading
from followup_tui.letters.proofing.proofreader import Proofreader
from letters import score

FOUND_LEAST = {"tuning": 0.98, "held_out": 0.95, "later": 0.95, "last": 0, "sentences": 0.93, "first": 0.75}
"""Shares: what was reached, less what a new version of Harper may change."""
WORDS_AN_ALARM = 400
"""In so many words of clean letters one false alarm may be raised."""


@pytest.mark.parametrize("part", score.PARTS)
def test_a_part_is_found_well_enough_and_as_it_was_kept(reader: Proofreader, part: str) -> None:
    scored = score.score(score.read_set(part), reader)
    assert scored.share >= FOUND_LEAST[part], scored.misses
    assert len(scored.alarms) * WORDS_AN_ALARM <= scored.words, scored.alarms
    kept = score.SCORE.read_text(encoding="utf-8")
    assert "\n".join(score.report(part, scored)) in kept, "renew it: python tests/letters/score.py"


def test_the_set_is_large_and_of_many_kinds() -> None:
    letters = [letter for part in score.PARTS for letter in score.read_set(part)]
    held_out = score.read_set("held_out")
    assert len(letters) >= 40
    assert len({planted.kind for letter in letters for planted in letter.planted}) >= 25
    assert len(held_out) >= 15
    assert sum(len(letter.planted) for letter in held_out) >= 60


def test_good_sentences_that_are_nearly_wrong_are_left_alone(reader: Proofreader) -> None:
    text = (score.SET / "good_sentences.txt").read_text(encoding="utf-8")
    reading = Reading(sender="Sam Weber", company="Acme Robotics", recipient="Dana Ruiz", people=("Dana Ruiz",))
    found = {line: reader.proof(line, reading).findings for line in text.splitlines()}
    assert {line: findings for line, findings in found.items() if findings} == {}
