"""What they said and how one reached them, as sentences: nobody's words in quotes, and no "by in person"."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from followup_tui.domain.describe import describe_answer
from followup_tui.domain.model.application import Answer, NextStep
from followup_tui.domain.model.touch import Channel

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("channel", "way"),
    [
        (Channel.EMAIL, "by email"),
        (Channel.PHONE, "by phone"),
        (Channel.POST, "by post"),
        (Channel.MESSAGE, "by message"),
        (Channel.LINKEDIN, "on LinkedIn"),
        (Channel.IN_PERSON, "in person"),
    ],
)
def test_each_channel_follows_a_verb(channel: Channel, way: str) -> None:
    assert channel.way == way


def said(answer: Answer, by: date | None) -> str:
    step = NextStep(application_id="a", answer=answer, by_on=by, said_at=NOW, created_at=NOW)
    return describe_answer(step, NOW.date())


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer.DECIDE_BY, "they decide by Fri 4 Dec"),
        (Answer.THEY_CALL, "they call by Fri 4 Dec"),
        (Answer.CALL_PROMISED, "they call on Fri 4 Dec"),
        (Answer.SEND_SOMETHING, "to send them something by Fri 4 Dec"),
    ],
)
def test_a_day_that_was_entered_is_told_in_plain_words(answer: Answer, words: str) -> None:
    assert said(answer, date(2026, 12, 4)) == words


@pytest.mark.parametrize("answer", Answer)
@pytest.mark.parametrize("by", [None, date(2026, 12, 4)])
def test_no_answer_is_quoted(answer: Answer, by: date | None) -> None:
    assert not set('“”"') & set(said(answer, by))
