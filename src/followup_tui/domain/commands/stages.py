"""The moves: each looks at an application and returns the Change that a verb makes, or refuses with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from followup_tui.domain.commands.touches import Thanks, clear_snooze, describe_ways, thank_yous
from followup_tui.domain.format import format_day
from followup_tui.domain.model.change import Change, Edit, change_on
from followup_tui.domain.model.details import ApplicationDetails, stage_start
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.offer import OfferAnswer
from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.model.touch import Touch
from followup_tui.domain.rules.history import history_of
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rounds import day_of_interview, hour_of_interview

Command = Callable[[ApplicationDetails, datetime, Rulebook], Change]


def advance(
    details: ApplicationDetails, now: datetime, book: Rulebook, outcome: Outcome | None = None, override: str = ""
) -> Change:
    """To the next stage: records the thank-you, then that the ball is with them, then how it ended.

    Refuses where the application has moved on already, or waits and no `outcome` is given.
    """
    application = details.application
    target = application.stage.after
    if target is None:
        raise Refused(f"{application.company} is already closed; nothing was changed. Reopen it first.")
    return move_to(details, now, book, target, outcome, override)


def back(details: ApplicationDetails, now: datetime, book: Rulebook) -> Change:
    """To the stage before; the history stays. Refuses on the first stage, and before the first interview."""
    application = details.application
    if application.is_applied:
        raise Refused(
            f"{application.company} has no interview yet, so there is nothing to step back to: nothing was"
            " changed, record an interview to bring it to Interviewed."
        )
    target = application.stage.before
    if target is None:
        raise Refused(
            f"{application.company} is at the first stage, so there is nothing to step back to;"
            " nothing was changed."
        )
    return move_to(details, now, book, target)


def move_to(
    details: ApplicationDetails,
    now: datetime,
    book: Rulebook,
    stage: Stage,
    outcome: Outcome | None = None,
    override: str = "",
) -> Change:
    """To any stage. From Interviewed to Thanked records the thank-yous still missing, if the guard lets it.

    Refuses that before the interview, as a thank-you is refused.
    Refuses if the application is there already, or should move on without an `outcome`.
    """
    application = details.application
    if application.stage is stage:
        raise Refused(f"{application.company} is already at {stage.label}; nothing was changed.")
    if stage is Stage.MOVED_ON:
        if outcome is None:
            raise Refused(
                f"Say how it ended with {application.company} (accepted, declined, rejected, withdrew or no"
                " reply); nothing was changed."
            )
        return close(details, now, book, outcome)
    after = replace(
        application,
        stage=stage,
        stage_at=stage_start(details, stage, now),
        outcome=None,
        closed_from=None,
        # Interviewed and Thanked say that there was an interview; Awaiting leaves it as it was.
        applied_only=application.applied_only and stage is Stage.AWAITING,
    )
    touches = _missing_thanks(details, now, book, override) if (application.stage, stage) == _THANKING else ()
    if touches:
        after = clear_snooze(after, now, book.calendar)
    again = _answer_offers(details, None, None) if application.stage is Stage.MOVED_ON else ()
    edits = (Edit(application, after), *again, *(Edit(None, touch) for touch in touches))
    doing = f" → {stage.label}{describe_ways(details, touches) if touches else ''}"
    return change_on("move", application, doing, now, edits)


_THANKING = (Stage.INTERVIEWED, Stage.THANKED)


def _missing_thanks(
    details: ApplicationDetails, now: datetime, book: Rulebook, override: str
) -> tuple[Touch, ...]:
    return thank_yous(history_of(details, *book, now), now, Thanks(override=override), book)


def close(details: ApplicationDetails, now: datetime, book: Rulebook, outcome: Outcome) -> Change:
    """Done with it: to Moved on with how it ended; remembers the stage it was closed from.

    A closed application takes another outcome without losing that stage. An interview that is still booked stays
    so, on the card and in what is due, until it is over or cancelled; the label says so.
    """
    application = details.application
    if application.outcome is outcome:
        raise Refused(f"{application.company} is closed as “{outcome.label}” already; nothing was changed.")
    closed = application.stage is Stage.MOVED_ON
    after = replace(
        application,
        stage=Stage.MOVED_ON,
        stage_at=application.stage_at if closed else now,
        outcome=outcome,
        closed_from=application.closed_from if closed else application.stage,
    )
    doing = f" → {Stage.MOVED_ON.label}: {outcome.label}"
    offers = _answer_offers(details, _ANSWERS[outcome], after.stage_at)
    ahead = history_of(details, *book, now).ahead
    if ahead is not None:
        day = format_day(day_of_interview(ahead, book.calendar), book.calendar.day_of(now))
        when = f"{day} {hour_of_interview(ahead, book.calendar)}".rstrip()
        doing += f"; its interview {when} is still booked"
    return change_on("close", application, doing, now, (Edit(application, after), *offers))


_ANSWERS = {
    Outcome.ACCEPTED: OfferAnswer.ACCEPTED,
    Outcome.DECLINED: OfferAnswer.DECLINED,
    Outcome.WITHDREW: OfferAnswer.DECLINED,
    Outcome.REJECTED: OfferAnswer.TAKEN_BACK,
    Outcome.NO_REPLY: OfferAnswer.LAPSED,
}
"""What the end of an application says of an offer that waited for an answer."""


def _answer_offers(
    details: ApplicationDetails, answer: OfferAnswer | None, at: datetime | None
) -> tuple[Edit, ...]:
    """The offer that is open, or that this end had answered, gets another answer; with None it is open again."""
    ended_at = details.application.stage_at if details.application.stage is Stage.MOVED_ON else None
    return tuple(
        Edit(offer, replace(offer, answer=answer, answered_at=at))
        for offer in details.offers
        if offer.answer is not answer and (offer.answer is None or offer.answered_at == ended_at)
    )


def reopen(details: ApplicationDetails, now: datetime, book: Rulebook) -> Change:
    """Take a closed application up again, at the stage it was closed from. Refuses where it is open."""
    application = details.application
    if application.stage is not Stage.MOVED_ON:
        raise Refused(f"{application.company} is still open, at {application.stage.label}; nothing was changed.")
    stage = application.closed_from or Stage.AWAITING
    edits = move_to(details, now, book, stage).edits
    return change_on("reopen", application, f" reopened: {stage.label}", now, edits)
