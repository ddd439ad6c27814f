"""How much the proofreader finds in the set of letters, and that SCORE.md says so."""

from __future__ import annotations

import pytest

from followup_tui.domain.finding import Reading
from followup_tui.letters.proofing.proofreader import Proofreader
from letters import score

FOUND_LEAST = {"tuning": 0.98, "held_out": 0.95, "later": 0.95, "sentences": 0.93}
"""Shares: what was reached, less what a new version of Harper may change."""


@pytest.fixture(scope="module")
def scores(reader: Proofreader) -> dict[str, score.Score]:
    return {part: score.score(score.read_set(part), reader) for part in score.PARTS}


@pytest.mark.parametrize("part", FOUND_LEAST)
def test_most_planted_mistakes_are_found(scores: dict[str, score.Score], part: str) -> None:
    assert scores[part].share >= FOUND_LEAST[part], scores[part].misses


def test_clean_letters_raise_at_most_one_false_alarm_in_a_thousand_words(scores: dict[str, score.Score]) -> None:
    alarms = [alarm for result in scores.values() for alarm in result.alarms]
    words = sum(result.words for result in scores.values())
    assert len(alarms) * 1_000 <= words, alarms


def test_the_set_is_large_and_of_many_kinds() -> None:
    letters = [letter for part in score.PARTS for letter in score.read_set(part)]
    held_out = score.read_set("held_out")
    assert len(letters) >= 40
    assert len({planted.kind for letter in letters for planted in letter.planted}) >= 25
    assert len(held_out) >= 15
    assert sum(len(letter.planted) for letter in held_out) >= 60


def test_the_kept_score_is_the_one_that_is_reached(scores: dict[str, score.Score]) -> None:
    assert score.SCORE.read_text(encoding="utf-8") == score.page(scores), "renew it: python tests/letters/score.py"


def test_good_sentences_that_are_nearly_wrong_are_left_alone(reader: Proofreader) -> None:
    text = (score.SET / "good_sentences.txt").read_text(encoding="utf-8")
    reading = Reading(sender="Sam Weber", company="Acme Robotics", recipient="Dana Ruiz", people=("Dana Ruiz",))
    found = {line: reader.proof(line, reading).findings for line in text.splitlines()}
    assert {line: findings for line, findings in found.items() if findings} == {}
