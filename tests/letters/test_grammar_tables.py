"""The tables of grammar: what they say themselves, what is found by them, and what beside it is left alone."""

from __future__ import annotations

import pytest

from followup_tui.letters.proofreader.agreement import agreement_marks
from followup_tui.letters.proofreader.noun_rules import indefinite_article
from followup_tui.letters.proofreader.pattern_rules import load_rules
from followup_tui.letters.proofreader.preposition_rules import is_time, preposition_marks
from followup_tui.letters.proofreader.proofreader import Proofreader
from followup_tui.letters.proofreader.tagged_rules import load_tagged_rules
from followup_tui.letters.proofreader.tagged_words import (
    dependents,
    needed_prepositions,
    pairs_of,
    parse_line,
    regularised,
    words_of,
)
from followup_tui.letters.proofreader.verb_rules import verb_marks
from letters import first_suggestions

PATTERNS_MOST = 650


@pytest.mark.parametrize(
    ("part", "found_least"),
    [("tables_seen", 0.94), ("tables_unseen", 0.84), ("kinds_seen", 0.78), ("kinds_unseen", 0.55)],
)
def test_sentences_of_every_kind_are_found_and_mended(reader: Proofreader, part: str, found_least: float) -> None:
    result = first_suggestions.tally(part, reader)
    planted, found, mended = result.planted.total(), result.found.total(), result.mended.total()
    assert planted >= 70
    assert found >= found_least * planted, result.told
    assert mended >= 0.9 * found, result.told


def test_there_are_fewer_patterns_than_may_be() -> None:
    assert len(load_rules().rules) + len(load_tagged_rules()) < PATTERNS_MOST


def test_no_table_calls_wrong_what_it_calls_right() -> None:
    found = [one for ones in dependents().values() for one in ones]
    assert len(found) > 200
    for one in found:
        assert one.wrong, one
        assert one.right not in one.wrong, one
        assert one.wrong <= words_of("words", "prepositions"), one


def test_the_verbs_of_the_tables_have_forms() -> None:
    known = load_rules().forms["ing"]
    names = (
        "gerund",
        "gerund_too",
        "gerund_of_mine",
        "infinitive",
        "object_infinitive",
        "dative",
        "bare",
        "no_to",
    )
    verbs = {verb for name in names for verb in words_of("patterns", name)} | set(needed_prepositions())
    assert {verb for verb in verbs if verb not in known} == set()
    assert not words_of("patterns", "gerund") & words_of("patterns", "infinitive")


def test_pasts_that_are_no_words_have_right_ones() -> None:
    assert [regularised()[word] for word in ("teached", "catched", "drived")] == ["taught", "caught", "drove"]
    assert not {"feed", "seed", "showed", "lied"} & regularised().keys()


def test_pairs_are_whole() -> None:
    for section, names in (("families", ("adverb", "adjective", "verb", "noun", "feeling")), ("agreement", ())):
        for name in names:
            assert all(word and other for word, other in pairs_of(section, name).items()), (section, name)


@pytest.mark.parametrize(
    ("line", "put"),
    [
        ("i/P depend/Vb of/I it/P ./.", "on"),
        ("i/P depend/Vb in/I part/Nn on/I it/P ./.", None),
        ("i/P listened/Vdn the/D talk/Nn ./.", "to the"),
        ("please/O reply/Vb until/I friday/X ./.", "by"),
        ("i/P will/A wait/Vb until/I friday/X ./.", None),
    ],
)
def test_prepositions(line: str, put: str | None) -> None:
    assert [mark.put[0] for mark in preposition_marks(parse_line(line))] == ([put] if put else [])


@pytest.mark.parametrize(
    ("line", "put"),
    [
        ("i/P avoid/Vb to/R drive/Vb ./.", "driving"),
        ("it/P was/A recommended/Vdn to/R wait/Vb ./.", None),
        ("i/P am/A used/Vdn to/R wait/Vb with/I it/P ./.", "waiting"),
        ("the/D tool/Nn is/A used/Vdn to/R write/Vb ./.", None),
        ("i/P have/A write/Vb it/P ./.", "written"),
    ],
)
def test_verbs(line: str, put: str | None) -> None:
    assert [mark.put[0] for mark in verb_marks(parse_line(line))] == ([put] if put else [])


@pytest.mark.parametrize(
    ("line", "put"),
    [
        ("the/D quality/Nn of/I tools/Ns are/A high/J ./.", "is"),
        ("the/D number/Nn of/I tools/Ns are/A long/J ./.", None),
        ("people/Ns who/P works/Vz there/R ./.", "work"),
        ("if/S the/D menu/Nn change/Nn with/I the/D tides/Ns ./.", "changes"),
        ("if/S the/D list/Nn were/A long/J ./.", None),
        ("the/D guests/Ns who/P come/Vb every/D year/Nn is/A kind/J ./.", "are"),
        ("the/D one/Nn who/P helps/Vz make/Vb the/D plan/Nn ./.", None),
        ("the/D one/Nn who/P says/Vz the/D plans/Ns are/A bad/J ./.", None),
        ("your/P advices/Ns was/A good/J ./.", None),
        ("my/P wife/Nn and/C my/P son/Nn is/A here/R ./.", "are"),
    ],
)
def test_agreement(line: str, put: str | None) -> None:
    assert [mark.put[0] for mark in agreement_marks(parse_line(line))] == ([put] if put else [])


def test_times_and_articles() -> None:
    assert is_time(parse_line("the/D last/J two/M years/Ns ./."), 0)
    assert not is_time(parse_line("the/D september/X cruise/Nn ./."), 0)
    assert [indefinite_article(word) for word in ("engineer", "union", "hour", "nurse")] == ["an", "a", "an", "a"]
