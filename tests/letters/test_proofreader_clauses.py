"""Clauses, tenses, phrases and lookalikes: what is found, what it becomes, and what is left alone."""

from __future__ import annotations

import pytest

from followup_tui.domain.letters.finding import ProofContext
from followup_tui.domain.model.touch import LetterKind
from followup_tui.letters.proofreader import checkers
from followup_tui.letters.proofreader.proofreader import proofread
from followup_tui.letters.proofreader.tagged_rules import frames, lookalike_marks
from followup_tui.letters.proofreader.tagged_words import parse_line
from letters.first_suggestions import apply_first

ME = ProofContext(sender="Sam Weber", recipient="Dana Ruiz", kind=LetterKind.CHECK_IN, attachments=1)
LETTER = "Dear Dana,\n\n{}\n\nBest regards,\nSam Weber"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("My parents very proud of the job.", "My parents are very proud of the job."),
        ("It not a reason to worry.", "It is not a reason to worry."),
        ("We still looking for the keys.", "We are still looking for the keys."),
        ("The course would a good start.", "The course would be a good start."),
        ("I always am early.", "I am always early."),
        ("I repaired already the pump.", "I already repaired the pump."),
        ("I will bring tomorrow the forms.", "I will bring the forms tomorrow."),
        ("The van was enough big for the beds.", "The van was big enough for the beds."),
        ("In May must I leave the flat.", "In May I must leave the flat."),
        ("My sister she is a nurse.", "My sister is a nurse."),
        ("I didn't see no dust.", "I didn't see any dust."),
        ("Although it rained, but we went on.", "Although it rained, we went on."),
        ("If the hour is too late please tell me.", "If the hour is too late, please tell me."),
        ("I was glad to hear, that you won.", "I was glad to hear that you won."),
        ("I know Ana for ten years.", "I have known Ana for ten years."),
        ("Last month my boss raises the fees.", "Last month my boss raised the fees."),
        ("On Monday I have received your box.", "On Monday I received your box."),
        ("When Max will send the file, I will print it.", "When Max sends the file, I will print it."),
        ("So far I did not miss a shift.", "So far I have not missed a shift."),
        ("I must to decline.", "I must decline."),
        ("She showed me how mix the paint.", "She showed me how to mix the paint."),
        ("It was one of the best workshop so far.", "It was one of the best workshops so far."),
        ("How much people work with you?", "How many people work with you?"),
        ("Your rooms are beautifully.", "Your rooms are beautiful."),
        ("My able to listen helps.", "My ability to listen helps."),
        ("I introduced me to the crew.", "I introduced myself to the crew."),
        ("Ana is the cook with who I work.", "Ana is the cook with whom I work."),
        ("I can start by end of the month.", "I can start by the end of the month."),
        ("I spent a year in United States.", "I spent a year in the United States."),
        ("There was eleven other guests.", "There were eleven other guests."),
        ("I did three mistakes.", "I made three mistakes."),
        ("He came on the 22th of April.", "He came on the 22nd of April."),
        ("At my school, every pupil receive a card.", "At my school, every pupil receives a card."),
        ("You gave me opportunity to teach.", "You gave me an opportunity to teach."),
        ("It went to waist.", "It went to waste."),
        ("I am allergic of dust.", "I am allergic to dust."),
        ("I am very keen about the job.", "I am very keen on the job."),
        ("I am excited for the role.", "I am excited about the role."),
        ("I reflected over the talk.", "I reflected on the talk."),
        ("I have a question to the contract.", "I have a question about the contract."),
    ],
)
def test_a_mistake_is_found_and_mended(wrong: str, right: str) -> None:
    text = LETTER.format(wrong)
    found = proofread(text, ME, "", checkers.check).findings
    assert [apply_first(text, one) for one in found] == [LETTER.format(right)]


@pytest.mark.parametrize(
    "right",
    [
        "I think that a team this proud of its work is rare.",
        "Would a good night's sleep help?",
        "I scrubbed in for the first case.",
        "I know that since 2019 you have had three directors.",
        "I am early, as I always am.",
        "I heard yesterday the plan is off.",
        "There are enough big rooms for all.",
        "Should I call first, or may I come at once?",
        "My answer he knows well.",
        "I don't say no to tea, and I have no doubt about it.",
        "If you could please send the form, I would be glad.",
        "If the machine will be needed again, we keep it on.",
        "She works for two weeks at a time.",
        "I do what I can to help.",
        "You know how kind it was.",
        "Most of the day was dry.",
        "I trust both her kitchen and her son.",
        "The songs were beautifully sung.",
        "I wonder about who I should ask.",
        "I can send it by end of day.",
        "The United States team won.",
        "It may affect the plan, and the whole team accepts it.",
        "I did all of it by the 22nd.",
        "I was glad of the lift, so since then I like buses.",
        "One can use this knowledge in many places.",
        "On one hand the pay is good.",
        "The youth have less to worry about.",
        "It gives us a lot of opportunity to talk.",
        "A short call does more good than three letters.",
        "I am still waiting for the health check.",
        "The visit is booked for next Tuesday.",
    ],
)
def test_what_is_right_is_left_alone(right: str) -> None:
    assert proofread(LETTER.format(right), ME, "", checkers.check).findings == ()


@pytest.mark.parametrize(
    ("line", "put"),
    [
        ("a/D big/J affect/O on/I me/P ./.", ["effect"]),
        ("they/P affect/Vb the/D plan/Nn ./.", []),
        ("off/I you're/O list/Nn ./.", ["your"]),
        ("i/P know/Vb you're/O right/J ./.", []),
        ("the/D following/J weak/J ./.", ["week"]),
    ],
)
def test_a_lookalike_is_told_by_what_stands_beside_it(line: str, put: list[str]) -> None:
    assert [mark.put[0] for mark in lookalike_marks(parse_line(line))] == put


def test_no_frame_puts_a_word_in_its_own_place() -> None:
    for wrong, ones in frames().items():
        assert all(one.right.casefold() != wrong and one.before and one.after for one in ones), wrong
