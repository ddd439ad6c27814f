"""Before and right after the interview: ask, write down what they said, thank everybody who was there."""

from __future__ import annotations

from datetime import date, timedelta

from followup_tui.domain.action import Action, Counted, Step
from followup_tui.domain.case import Case, given
from followup_tui.domain.contact import Contact
from followup_tui.domain.course import Course, held_on
from followup_tui.domain.explaining import GUARD
from followup_tui.domain.guard import earliest
from followup_tui.domain.next_step import Answer
from followup_tui.domain.stage import Stage
from followup_tui.domain.touch import Channel, TouchKind


def ask_next_step(case: Case) -> Step:
    """An interview is booked and not over yet: on its day, ask."""
    interview = case.course.ahead
    assert interview is not None, "there is one ahead"
    day = held_on(interview, case.calendar)
    hour = f" at {interview.starts_at.astimezone(case.calendar.zone):%H:%M}" if interview.time_known else ""
    return case.step(
        Action.ASK_NEXT_STEP,
        day,
        f"Your interview is on {case.day(day)}{hour}: ask “what's the next step?” before you leave.",
        person=case.person(ahead=True),
        chain=(given("The interview", day),),
    )


def record_answer(case: Case, day: date, because: str) -> Step:
    """It isn't known what they said about the next step: asked for on the day itself."""
    return case.step(
        Action.RECORD_ANSWER,
        day,
        f"{because} on {case.day(day)}: write down what they said about the next step, it sets the dates.",
        chain=(given(because, day),),
    )


def owes_thanks(course: Course) -> bool:
    """Whether somebody is to be thanked: as long as the stage says so, or it was entered before the round."""
    application = course.dossier.application
    if not course.unthanked or (course.round is None and course.dossier.interviews):
        return False
    if course.has_followed_up:
        return False  # whoever was followed up with is no longer sent a thank-you
    if application.stage is Stage.THANKED and course.round is not None:
        return bool(course.thanked) or application.stage_at <= course.round.starts_at
    return application.stage is Stage.INTERVIEWED


def thank(case: Case) -> Step | None:
    """A thank-you to each interviewer: asked for from the interview's end, due the next day, later missing.

    None where the guard never allows one.
    """
    course, calendar = case.course, case.calendar
    person = course.unthanked[0]
    fine = earliest(course, TouchKind.THANK_YOU, case.playbook, calendar, person.id if person else None)
    if fine is None:
        return None
    missing_from = calendar.after(course.over_on, case.playbook.thanks_missing_after + 1)
    is_missing = course.today >= missing_from
    days = case.playbook.thanks_due_days
    due_on = course.over_on + timedelta(days=days)
    chain: tuple[Counted, ...] = (Counted(met_words(course), course.over_on, days, False, due_on),)
    if fine > due_on:
        due_on, chain = fine, (*chain, given(GUARD, fine))
    return case.step(
        Action.THANK,
        due_on,
        _why(course, person, is_missing=is_missing),
        channel=Channel.EMAIL,
        person=person,
        asks_on=max(course.over_on, fine),
        is_missing=is_missing,
        chain=chain,
        until_at=None if is_missing else calendar.begin_of(missing_from),
    )


def met_words(course: Course) -> str:
    """What happened on the day from which all counts, as the beginning of a sentence."""
    if course.round is not None:
        return "The interview was"
    if course.dossier.interviews:
        return "The interview was called off"
    return "No interview is recorded; it came to this stage"


def _why(course: Course, person: Contact | None, *, is_missing: bool) -> str:
    day = course.said(course.over_on)
    whom = (person.name or person.email) if person else "they" if is_missing else "them"
    if len(course.unthanked) > 1:
        whom += f" and {len(course.unthanked) - 1} more"
    if is_missing:
        return (
            f"{met_words(course)} on {day}, and {whom} had no thank-you yet: a late one is still better than none."
        )
    asking = ""
    if course.answer is not None and course.answer.answer in (Answer.UNCLEAR, Answer.NOT_ASKED):
        asking = ", and ask in it what the next step is"
    return f"{met_words(course)} on {day}: thank {whom} the same day or the next{asking}."
