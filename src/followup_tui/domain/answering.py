"""Recording what they said about the next step, at the interview or by a reply."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from followup_tui.domain.change import Change, Edit, change_on, in_turn
from followup_tui.domain.course import Course, course_of
from followup_tui.domain.dates import When
from followup_tui.domain.dossier import Dossier, recorded_next
from followup_tui.domain.errors import BadInput, Refused
from followup_tui.domain.next_step import Answer, NextStep
from followup_tui.domain.rulebook import Rulebook
from followup_tui.domain.stage import Outcome, Stage
from followup_tui.domain.touch import Direction, Touch, TouchKind
from followup_tui.domain.touching import under_way, woken
from followup_tui.domain.wording import day_words

NEEDS_DAY = frozenset({Answer.DECIDE_BY, Answer.CALL_PROMISED})
"""Answers that mean nothing without the day they named."""
HAS_NO_DAY = frozenset({Answer.UNCLEAR, Answer.NOT_ASKED})


def answer(
    dossier: Dossier, now: datetime, said: Answer, book: Rulebook, *, by: When | None = None, note: str = ""
) -> Change:
    """Record what they said; `by` is the day they named, with its hour where they named one.

    Where they had said something else on an earlier day, this is their reply, and is kept as one too. What was
    closed for want of a reply is taken up again. Refuses where the day is missing or makes no sense.
    """
    application = dossier.application
    if application.stage is Stage.MOVED_ON and application.outcome is not Outcome.NO_REPLY:
        raise Refused(f"{application.company} has moved on; nothing was saved, reopen it to take it up again.")
    _insist_day(said, by)
    course = course_of(dossier, *book, now)
    begun = under_way(course, book.calendar) or course.round
    recorded = recorded_next(dossier, now)
    step = NextStep(
        application_id=application.id,
        answer=said,
        by_on=_day(by, book),
        by_at=by.at.astimezone(UTC) if by and by.at else None,
        note=note,
        interview_id=begun.id if begun else None,
        said_at=now,
        created_at=in_turn(recorded, 1),
    )
    after = woken(application, now, book.calendar)
    if application.stage is Stage.MOVED_ON:
        after = replace(after, stage=Stage.AWAITING, stage_at=now, outcome=None, closed_from=None)
    touches = (
        (_reply(dossier, now, recorded),) if _is_news(course, book) or application.stage is Stage.MOVED_ON else ()
    )
    edits = (
        *((Edit(application, after),) if after != application else ()),
        *(Edit(None, touch) for touch in touches),
        Edit(None, step),
    )
    word = "they replied, " if touches else "they said "
    return change_on("answer", application, f": {word}{answer_words(step, book.calendar.day_of(now))}", now, edits)


def answer_words(step: NextStep, today: date) -> str:
    """An answer in words: "decide by Fri 27 Nov", "keep in touch"."""
    words = _WORDS[step.answer]
    if step.by_on is None:
        return words.removesuffix(" by")
    return f"{words} {day_words(step.by_on, today)}"


_WORDS = {
    Answer.DECIDE_BY: "“we decide by”",
    Answer.THEY_CALL: "“we'll call you”",
    Answer.DONT_CONTACT: "“don't contact us”",
    Answer.KEEP_IN_TOUCH: "“keep in touch”",
    Answer.NEXT_ROUND: "“there is a next round”",
    Answer.SEND_SOMETHING: "“send us something”",
    Answer.CALL_PROMISED: "“we'll call you on”",
    Answer.UNCLEAR: "something unclear",
    Answer.NOT_ASKED: "nothing, the next step wasn't asked for",
}


def _insist_day(said: Answer, by: When | None) -> None:
    if by is None and said in NEEDS_DAY:
        what = "call" if said is Answer.CALL_PROMISED else "decide"
        raise BadInput(
            f"Say by when they {what}; nothing was saved, or take “they call” if they named no day.", "by"
        )
    if by is not None and said in HAS_NO_DAY:
        raise BadInput("An answer that names nothing has no day; nothing was saved, leave the day out.", "by")


def _day(by: When | None, book: Rulebook) -> date | None:
    if by is None:
        return None
    return book.calendar.day_of(by.at) if by.at else by.day


def _is_news(course: Course, book: Rulebook) -> bool:
    """Whether an answer of an earlier day is in force: a second one the same day mends the first."""
    said = course.answer
    return said is not None and book.calendar.day_of(said.said_at) < course.today


def _reply(dossier: Dossier, now: datetime, recorded: datetime) -> Touch:
    return Touch(
        application_id=dossier.application.id,
        kind=TouchKind.REPLY,
        direction=Direction.IN,
        at=now,
        created_at=recorded,
    )
