"""Taking the first suggestion of a finding never spoils a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest

from conftest import IS_THOROUGH
from followup_tui.domain.format import English
from followup_tui.domain.letters.finding import Finding, ProofContext
from followup_tui.domain.model.touch import LetterKind
from followup_tui.letters.proofreader.harper_findings import NEVER_SUGGESTED
from followup_tui.letters.proofreader.pattern_rules import load_rules
from followup_tui.letters.proofreader.proofreader import Proofreader
from letters import score
from letters.first_suggestions import apply_first

ME = ProofContext(sender="Sam Weber", recipient="Dana Ruiz", kind=LetterKind.CHECK_IN, attachments=1)


def proof(reader: Proofreader, line: str, context: ProofContext = ME) -> tuple[Finding, ...]:
    return reader.proof(f"Dear Dana,\n\n{line}\n\nBest regards,\nSam Weber", context).findings


def mended(reader: Proofreader, line: str) -> str:
    """The line with every first suggestion taken, from the last to the first."""
    text = f"Dear Dana,\n\n{line}\n\nBest regards,\nSam Weber"
    for one in reversed(reader.proof(text, ME).findings):
        assert one.suggestions, (line, one)
        text = apply_first(text, one)
    return text.splitlines()[2]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("The company and it's values impressed me.", "The company and its values impressed me."),
        ("There are less people in the room.", "There are fewer people in the room."),
        ("There was too much people in the room.", "There was too many people in the room."),
        ("Me and Sam talked about it.", "Sam and I talked about it."),
        ("Me and Olga met there.", "Olga and I met there."),
        ("I think they're office is lovely.", "I think their office is lovely."),
        ("Thank you for you kindness.", "Thank you for your kindness."),
        ("It dose not worry me.", "It does not worry me."),
        ("I look forward to hearing from you at you earliest convenience.",
         "I look forward to hearing from you at your earliest convenience."),
        ("I had alot of ideas.", "I had a lot of ideas."),
        ("I learned alot from it.", "I learned a lot from it."),
        ("I formally worked at Beta.", "I formerly worked at Beta."),
        ("You're time is precious.", "Your time is precious."),
        ("I took the brakes down the line.", "I took the brakes down the line."),
        ("The children was polite.", "The children were polite."),
        ("The committee members has my references.", "The committee members have my references."),
        ("Each of the machines need a daily check.", "Each of the machines needs a daily check."),
        ("I would grateful for a reply.", "I would be grateful for a reply."),
        ("I am convince that it will work.", "I am convinced that it will work."),
        ("I haven't never been late.", "I haven't ever been late."),
        ("It was great honor to come.", "It was a great honor to come."),
        ("I wrote email to you.", "I wrote an email to you."),
        ("I have been Berlin twice.", "I have been to Berlin twice."),
        ("She insisted to pay.", "She insisted on paying."),
        ("btw, the notes are online.", "By the way, the notes are online."),
        ("I need eight weeks notice.", "I need eight weeks' notice."),
        ("My name is Sam and I am a cook.", "My name is Sam and I am a cook."),
        ("It was a pleasant talk.", "It was a pleasant talk."),
        ("My last employer use to send two fitters.", "My last employer used to send two fitters."),
        ("I was boring in my last post.", "I was bored in my last post."),
        ("It was best interview of the year.", "It was the best interview of the year."),
        ("It was good interview for me.", "It was a good interview for me."),
        ("I have two childs and both wifes know.", "I have two children and both wives know."),
        ("We met where were all the engineers.", "We met where were all the engineers."),
    ],
)  # fmt: skip
def test_every_first_suggestion_taken_makes_the_line_right(reader: Proofreader, wrong: str, right: str) -> None:
    assert mended(reader, wrong) == right


def planted() -> Iterator[tuple[str, int, int, ProofContext]]:
    """Every mistake of the sets, in its letter; outside the thorough run every eighth."""
    everything = _planted()
    return everything if IS_THOROUGH else islice(everything, 0, None, 8)


def _planted() -> Iterator[tuple[str, int, int, ProofContext]]:
    for part in score.PARTS:
        for letter in score.read_set(part):
            yield from ((one.text, one.start, one.end, one.context) for one in letter.planted if one.start >= 0)
    for name, english in (
        ("wrong_sentences", English.BRITISH),
        ("wrong_sentences_by_class", English.BRITISH),
    ):
        context = ProofContext(
            sender="Sam Weber", recipient="Dana Ruiz", kind=LetterKind.CHECK_IN, english=english
        )
        for line in (score.SET / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            text = f"Dear Dana,\n\n{line}\n\nBest,\nSam"
            yield text.translate({ord("⟦"): "", ord("⟧"): ""}), text.index("⟦"), text.index("⟧") - 1, context


TWICE_MOST = 11
"""Mistakes that are two in one: "alot form", "I doesnt", "in Monday since long time"."""


def test_what_a_first_suggestion_mends_is_found_fault_with_no_more(reader: Proofreader) -> None:
    again = []
    for text, start, end, context in planted():
        for one in reader.proof(text, context).findings:
            if not one.suggestions or not (one.start < max(end, start + 1) and start <= one.end):
                continue
            assert one.text == text[one.start : one.end]
            mended_text = apply_first(text, one)
            last = one.start + len(one.suggestions[0])
            for left in reader.proof(mended_text, context).findings:
                if left.start <= last and one.start <= left.end and left.rule not in ("doubled_space", one.rule):
                    again.append((text[max(0, one.start - 30) : one.end + 20], one.suggestions[0], left.text))
                assert one.text not in left.suggestions or left.start != one.start, (one, left)
    assert len(again) <= TWICE_MOST, again


def test_no_suggestion_is_vulgar_or_an_arrow(reader: Proofreader) -> None:
    put = {one for rule in load_rules().rules for one in rule.put}
    assert not {one for one in put if "→" in one or set(one.casefold().split()) & NEVER_SUGGESTED}
    for line in ("We met in the clas.", "I like sexx.", "It is an asss.", "I have a dik."):
        assert not {put.casefold() for one in proof(reader, line) for put in one.suggestions} & NEVER_SUGGESTED


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("See you on Wednesday, 1 December 2026.", "See you on Tuesday, 1 December 2026."),
        ("See you on Monday, December 1, 2026.", "See you on Tuesday, December 1, 2026."),
        ("See you on Tuesday, 1 December 2026.", "See you on Tuesday, 1 December 2026."),
        ("The role is a prove of your growth.", "The role is a proof of your growth."),
        ("I was very shock by the news.", "I was very shocked by the news."),
        ("Therefor I wrote to you.", "Therefore I wrote to you."),
        ("I wrote the people which I met.", "I wrote the people who I met."),
        ("The engineers which showed me the lab were kind.", "The engineers who showed me the lab were kind."),
        ("Thank you for taking the to meet me.", "Thank you for taking the time to meet me."),
        ("If you need any thing, write.", "If you need anything, write."),
        ("I speak fluently English.", "I speak English fluently."),
        ("I wanted to follow-up.", "I wanted to follow up."),
        ("I wanted to followup.", "I wanted to follow up."),
        ("I can login to the portal.", "I can log in to the portal."),
        ("I will write once we setup the call.", "I will write once we set up the call."),
        ("I to would like that.", "I too would like that."),
        ("Who's portfolio was it?", "Whose portfolio was it?"),
        ("The company's are growing.", "The companies are growing."),
        ("I have five years experience.", "I have five years' experience."),
        ("I would like to know when will you decide.", "I would like to know when you will decide."),
        ("Please tell me where should I park.", "Please tell me where I should park."),
        ("You sad that it would grow.", "You said that it would grow."),
        ("I hope to hear form you soon.", "I hope to hear from you soon."),
        ("The manger of the shift was kind.", "The manager of the shift was kind."),
        ("My actual employer knows.", "My current employer knows."),
    ],
)
def test_what_was_missed_is_found_and_mended(reader: Proofreader, wrong: str, right: str) -> None:
    assert mended(reader, wrong) == right


@pytest.mark.parametrize(
    "line",
    [
        "What it is is a chance to learn.",
        "I have used pgvector, and I opened files with O_DIRECT.",
        "We set MAX_RETRIES to five, and `wdt_feed()` is called once.",
        "I bought adidas shoes.",
        "I would start ASAP, i.e. in May.",
        "FYI, my references are attached.",
        "The who, what and why were clear.",
        "The files are in .docx, written in C# on .NET 8.",
        "An A-grade answer needs a sketch, and an A+ needs two.",
        "The setup was easy, and the login page was fast.",
        "The work on the ward was hard, and my work load-tests the pumps.",
        "The company's customers are growing.",
        "You asked me when I will be free.",
        "The plant from which I come is closed.",
        "The interrupt must stay under 2 µs, and it found a stack overflow.",
        "I can send you the EXPLAIN output of the SELECT.",
        "The panna cotta was good, and etcd kept its fsync short.",
        "You have two more people to see before you make up your minds.",
        "My record has been clean since I started.",
        "I am an A-grade specialty registrar with an A.A.S. in C, and an A+ in Go.",
        "We signed up 240 families, most of whom had never held a card.",
    ],
)
def test_names_and_code_and_what_is_right_are_left_alone(reader: Proofreader, line: str) -> None:
    assert proof(reader, line) == ()
