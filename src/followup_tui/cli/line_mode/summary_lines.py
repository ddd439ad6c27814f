"""An application and the end of the review, in lines that a screen reader can read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from followup_tui.domain.describe import (
    add_ago,
    describe_interview,
    describe_stage,
    describe_touch,
    describe_where,
    format_day_ago,
    interview_notes,
    remarks,
)
from followup_tui.domain.format import plural
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.text import name_among, shown, shown_line
from followup_tui.domain.rules.basket import Basket
from followup_tui.domain.views.card import Card, card_status
from followup_tui.domain.views.review import Review
from followup_tui.domain.views.review_cursor import ReviewCursor
from followup_tui.domain.views.summary import (
    Summary,
    chain_of,
    describe_answers,
    describe_contact_rules,
    describe_due_date,
    describe_own_dates,
    describe_rest,
    describe_task,
    is_plainly_counted,
)

LAST_TOUCHES = 3
"""Touches that are shown."""
NOTES_LINES = 5
"""Lines of the notes that are shown; `followup-tui show` shows all."""


def heading(cursor: ReviewCursor) -> str:
    """The position in the review and its group: "3 of 7, thank-yous", or "looking back"."""
    review, id = cursor.standing.review, cursor.shown
    item = next((item for item in review.waiting if item.id == id), None)
    place = f"{review.place} of {review.total}"
    if cursor.is_looking_back or item is None:
        return f"{place}, looking back"
    coming = f"{review.coming_back} more after it" if review.coming_back else ""
    return ", ".join(filter(None, (place, item.group.label, cursor.standing.again(item.id), coming)))


def application_lines(summary: Summary) -> Iterator[str]:
    """The application, what is next and why, contacts, answers, the last touches, and the guard's advice."""
    details, now = summary.details, summary.now
    application = details.application
    about = (application.company, application.role, application.location, describe_stage(details, now))
    yield ", ".join(shown_line(part) for part in about if part) + "."
    yield from _next_lines(summary)
    for person in details.contacts:
        yield f"Reach: {_person(person)}"
    for at, day, words in describe_answers(summary):
        yield f"They said, {add_ago(day, at, now)}: {shown_line(words)}"
    for touch in list(reversed(details.touches))[:LAST_TOUCHES]:
        words = describe_touch(touch, details) + remarks(touch)
        yield f"Last, {format_day_ago(touch.at, now, touch.zone)}: {shown_line(words)}"
    for interview in details.interviews:
        yield f"Round: {shown_line(describe_interview(interview, now))}"
        yield from (f"At: {shown_line(where)}" for where in describe_where(interview))
        yield from (f"Noted: {shown_line(line)}" for line in interview_notes(interview))
    yield from (f"Contact by {words}." for words in describe_contact_rules(summary))
    yield from (f"Set by you: {shown_line(words)}" for words in describe_own_dates(summary))
    if application.url:
        yield f"Link: {shown_line(application.url)}"
    notes = shown(application.notes).split("\n") if application.notes else []
    yield from (f"Notes: {line}" for line in notes[:NOTES_LINES])
    if len(notes) > NOTES_LINES:
        yield f"{plural(len(notes) - NOTES_LINES, 'more line')} of notes: followup-tui show {application.number}"


def _next_lines(summary: Summary) -> Iterator[str]:
    action = summary.action
    if action is None:
        yield describe_rest(summary.details) or "Next: nothing."
        return
    task = ", ".join(filter(None, (describe_task(summary), describe_due_date(action, summary.today))))
    yield f"Next: {task}" if task.endswith("?") else f"Next: {task}."
    yield f"Why: {shown_line(action.why)}"
    if not is_plainly_counted(summary):
        yield from map(shown_line, chain_of(summary))


def _person(person: Contact) -> str:
    parts = dict.fromkeys((person.addressed, person.job, person.email, person.phone))
    return ", ".join(shown_line(part) for part in parts if part)


def closing_lines(
    review: Review, coming: str, basket: Basket, now: datetime, cards: Collection[Card]
) -> Iterator[str]:
    """The end of the review: what was decided, skipped and is still waiting, what is next, and the basket.

    `coming` is as `Queries.coming` has it, and `cards` are those of the whole board.
    """
    following = f"Next: {coming}." if coming else "Nothing else is coming up."
    if not review.total:
        yield f"All clear. {following}"
    else:
        ended = "You're done for today" if review.is_over else "Stopped"
        yield f"{ended}: {_sum(review)}."
        yield from (f"Decided: {shown_line(mark.deed)}" for mark in review.done_with)
        for item in review.left:
            again = ", after a decision today" if review.was_decided(item.id) else ""
            name = shown_line(name_among(item.card, cards))
            yield f"Left for later: {name}, {card_status(item.card, now)[1]}{again}"
        if not review.is_over:
            wait = "waits" if len(review.waiting) == 1 else "wait"
            yield f"{plural(len(review.waiting), 'application')} {wait}; `followup-tui review` goes on from here."
        yield following
    yield f"Basket: {basket.words}."


def _sum(review: Review) -> str:
    parts = [f"{len(review.done_with)} decided"]
    if review.left:
        parts.append(f"{len(review.left)} left for later")
    if review.waiting:
        parts.append(f"{len(review.waiting)} still to decide")
    return ", ".join(parts)
