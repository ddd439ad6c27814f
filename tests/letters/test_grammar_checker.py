"""LingoTweaker as an extra: what it adds, and what happens without it. `.ci/run` installs it for this file."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from followup_tui.domain.letters.finding import LENGTH_MOST, Proof, ProofContext
from followup_tui.letters.proofreader import checkers
from followup_tui.letters.proofreader.background import BackgroundProofreader
from followup_tui.letters.proofreader.checkers import CheckerResult, GrammarChecker
from followup_tui.letters.proofreader.proofreader import Proofreader
from followup_tui.letters.proofreader.worker import Worker

LETTER = "Dear Dana,\n\n{}\n\nKind regards,\nRobin Okafor\n"
ME = ProofContext(sender="Robin Okafor", company="Acme", recipient="Dana Ruiz", people=("Dana Ruiz",))

needs_extra = pytest.mark.skipif(not checkers.is_installed(), reason="the extra `grammar` isn't installed")


@pytest.fixture(scope="module")
def reader() -> Iterator[Proofreader]:
    reader = Proofreader(grammar=GrammarChecker.if_installed())
    reader.start()
    yield reader
    reader.close()


def added(proof: Proof) -> list[tuple[str, str]]:
    """The words that the extra found, with its first suggestion."""
    assert not proof.missing
    return [(one.text, one.suggestions[0]) for one in proof.findings if one.rule.startswith("grammar:")]


@needs_extra
@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Thank you for inviting Ravi and I to the workshop.", ("I", "me")),
        ("🙂 It suggest that Zoë is right.", ("suggest", "suggests")),
    ],
)
def test_it_finds_what_nothing_else_does(reader: Proofreader, sentence: str, found: tuple[str, str]) -> None:
    proof = reader.proof(LETTER.format(sentence), ME)
    assert added(proof) == [found], proof


@needs_extra
@pytest.mark.parametrize(
    "sentence",
    [
        "Of course I had hoped for more, and I wish you well.",
        "I recieved your colour chart afterwards.",  # spelling is Harper's
        "The solution to pole is found in pgvector.",
        "My number is 030 123, and I am free all of tomorrow morning.",
    ],
)
def test_it_leaves_alone_what_is_right_or_of_others(reader: Proofreader, sentence: str) -> None:
    assert added(reader.proof(LETTER.format(sentence), ME)) == []


@needs_extra
def test_in_the_background_its_findings_come_second() -> None:
    reader = BackgroundProofreader(grammar=GrammarChecker.if_installed())
    reader.start()
    try:
        text = LETTER.format("Thank you for inviting Ravi and I to the workshop.")
        assert added(reader.proof(text, ME)) == []
        more = reader.proof_with_grammar(text, ME)
        assert more is not None
        assert [word for word, _ in added(more)] == ["I"]
        assert reader.proof_with_grammar(LETTER.format("Thank you for the talk."), ME) is None
    finally:
        reader.close()


def test_a_process_that_fails_is_told_and_the_other_checks_go_on() -> None:
    broken = GrammarChecker(Worker(command=(sys.executable, "-c", "")))
    reader = Proofreader(grammar=broken)
    try:
        proof = reader.proof(LETTER.format("I recieved it."), ME)
    finally:
        reader.close()
    assert (
        proof.missing
        == "The extra grammar can't be checked: the checker stopped unexpectedly; the other checks are on."
    )
    assert [one.text for one in proof.findings] == ["recieved"]


def test_where_it_is_not_installed_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkers, "find_spec", lambda name: None)
    assert GrammarChecker.if_installed() is None


def test_a_text_that_is_too_long_starts_no_process() -> None:
    checker = GrammarChecker(Worker(command=("no-such-program-4711",)))
    assert checker.check("x " * LENGTH_MOST) == CheckerResult()
