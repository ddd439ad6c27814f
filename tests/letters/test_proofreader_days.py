"""Days that a letter names, compared with the calendar and with the interviews."""

from __future__ import annotations

from datetime import date

import pytest

from followup_tui.domain.letters.finding import ProofContext
from followup_tui.letters.proofreader.letter_text import ParsedLetter
from followup_tui.letters.proofreader.wrong_facts import date_findings

TODAY = date(2026, 11, 25)
"""A Wednesday."""
KNOWN = ProofContext(today=TODAY, interview_days=(date(2026, 11, 24), date(2026, 12, 3)))
ONE = ProofContext(today=TODAY, interview_days=(date(2026, 11, 24),))
AHEAD = ProofContext(today=TODAY, interview_days=(date(2026, 12, 3),))


def found(sentence: str, context: ProofContext) -> list[tuple[str, tuple[str, ...]]]:
    letter = ParsedLetter(text=f"Dear Dana,\n\n{sentence}\n\nKind regards,\nRobin")
    return [(one.text, one.suggestions) for one in date_findings(letter, context)]


@pytest.mark.parametrize(
    ("sentence", "context", "wrong"),
    [
        ("See you on Wednesday, 1 December 2026.", ProofContext(), ("Wednesday", ("Tuesday",))),
        ("See you on Wednesday, 3 December.", AHEAD, ("Wednesday", ("Thursday",))),
        ("I am free on Monday, December 1st.", AHEAD, ("Monday", ("Tuesday",))),
        ("I can start on Monday the 5th of January.", AHEAD, ("Monday", ("Tuesday",))),
        ("I look forward to meeting the team on 20 November.", AHEAD, ("20 November", ())),
        ("Thank you for the interview on Monday.", ONE, ("Monday", ("Tuesday",))),
        ("Thank you for the interview on Monday.", KNOWN, ("Monday", ("Tuesday",))),
        ("Thank you for our interview on 24 October.", ONE, ("24 October", ("24 November",))),
        ("Thank you for our interview on Oct. 24.", ONE, ("Oct. 24", ("Nov. 24",))),
        ("Thank you for the interview on November 23rd.", ONE, ("November 23rd", ("November 24th",))),
        ("It was good to hear of the press at our interview on Friday.", ONE, ("Friday", ("Tuesday",))),
        ("I look forward to our interview on Friday.", AHEAD, None),  # in nine days: this Friday may be another's
        ("I look forward to our interview on 4 December.", AHEAD, ("4 December", ("3 December",))),
        ("Our interview for the job on 3 January 2027.", AHEAD, ("3 January 2027", ("3 December 2026",))),
        ("Our interview is on Thursday, 4 Feb 2027.", AHEAD, ("Thursday, 4 Feb 2027", ("Thursday, 3 Dec 2026",))),
        ("Thank you for meeting with me on Monday.", ONE, ("Monday", ("Tuesday",))),
        ("The final interview on 9 December suits me.", KNOWN, ("9 December", ())),
    ],
)  # fmt: skip
def test_a_day_that_does_not_fit_is_found(
    sentence: str, context: ProofContext, wrong: tuple[str, tuple[str, ...]] | None
) -> None:
    capitals = [(text, put) for text, put in found(sentence, context)]
    assert capitals == ([wrong] if wrong else [])


@pytest.mark.parametrize(
    "sentence",
    [
        "Thank you for the interview on Tuesday.",
        "Thank you for our interview on Tuesday, 24 November.",
        "Thank you for the interview on Nov. 24th, 2026.",
        "I look forward to our interview on Thursday, 3 December.",
        "I will be in another interview on Friday.",
        "Could we move our interview on 3 December to 7 December?",
        "I could come to an interview on Monday instead.",
        "I have worked there since 1 March 2019 and will stay until you decide.",
        "You said on 20 November that you would decide soon.",
        "I will send what we spoke of on 20 November.",
        "I can start on 1 February.",
        "We meet every Monday and Friday.",
        "I was born on 3 May 1990.",
        "I will be away from 20 to 27 November.",
        "The report of 12/11/2026 will help.",
        "Our interview on the 24th was a pleasure.",
        "May 24 people come to the interview on a day?",
        "Since we spoke on Friday I will have finished the draft.",
        "The interviews on Monday at your Leeds office, as Tom told me, went well.",
    ],
)
def test_a_day_that_fits_or_may_fit_is_left_alone(sentence: str) -> None:
    assert found(sentence, KNOWN) == []


def test_without_a_date_of_today_only_dates_with_a_year_are_looked_at() -> None:
    nothing_known = ProofContext(interview_days=(date(2026, 11, 24),))
    assert found("Thank you for the interview on Monday, 24 October.", nothing_known) == []
    assert found("There is no 31 November 2026 and no 30 February.", KNOWN) == []
