"""The moves: each looks at an application and returns the Change that a verb makes, or refuses with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from followup_tui.domain.commands.touches import Thanks, clear_snooze, describe_ways, thank_yous
from followup_tui.domain.format import format_clock_text, format_day
from followup_tui.domain.model.application import Outcome, Stage
from followup_tui.domain.model.change import Change, Edit, change_on, details_after
from followup_tui.domain.model.details import ApplicationDetails, OfferAnswer, stage_start
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.touch import Touch
from followup_tui.domain.rules.history import history_of
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rounds import called_off_with_end, day_of_interview, hour_of_interview

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
        raise Refused(f"{details.name} is already closed; nothing was changed. Reopen it first.")
    return move_to(details, now, book, target, outcome, override)


def back(details: ApplicationDetails, now: datetime, book: Rulebook) -> Change:
    """To the stage before; the history stays. Refuses on the first stage, and before the first interview."""
    application = details.application
    if application.is_applied:
        raise Refused(
            f"{details.name} has no interview yet, so there is nothing to step back to: nothing was"
            " changed, record an interview to bring it to Interviewed."
        )
    target = application.stage.before
    if target is None:
        raise Refused(
            f"{details.name} is at the first stage, so there is nothing to step back to; nothing was changed."
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
        raise Refused(f"{details.name} is already at {stage.label}; nothing was changed.")
    if stage is Stage.MOVED_ON:
        if outcome is None:
            raise Refused(
                f"Say how it ended with {details.name} (accepted, declined, rejected, withdrew or no"
                " reply); nothing was changed."
            )
        return close(details, now, book, outcome)
    reopened: tuple[Edit, ...] = ()
    if application.stage is Stage.MOVED_ON:
        reopened = (*_answer_offers(details, None, None), *_book_again(details, now))
        details = _with(details, reopened)
    after = replace(
        application,
        stage=stage,
        stage_at=stage_start(details, stage, now),
        outcome=None,
        closed_from=None,
        # Interviewed and Thanked say that there was an interview; Awaiting leaves it as it was.
        applied_only=application.applied_only and stage is Stage.AWAITING,
    )
    touches: tuple[Touch, ...] = ()
    if application.stage is Stage.INTERVIEWED and stage is Stage.THANKED:
        touches = thank_yous(history_of(details, *book, now), now, Thanks(override=override), book)
    doing = f" → {stage.label}"
    if touches:
        after = clear_snooze(after, now, book.calendar)
        doing += describe_ways(details, touches)
    edits = (Edit(application, after), *reopened, *(Edit(None, touch) for touch in touches))
    return change_on("move", application, doing, now, edits)


def close(details: ApplicationDetails, now: datetime, book: Rulebook, outcome: Outcome) -> Change:
    """Done with it: to Moved on with how it ended; remembers the stage it was closed from.

    A closed application takes another outcome without losing that stage. A no, theirs or the user's, cancels the
    interviews that haven't begun; after an acceptance or their silence they stay booked, on the card and in what
    is due. The label says which.
    """
    application = details.application
    if application.outcome is outcome:
        raise Refused(f"{details.name} is closed as “{outcome.label}” already; nothing was changed.")
    after = replace(application, outcome=outcome)
    if application.stage is not Stage.MOVED_ON:
        after = replace(after, stage=Stage.MOVED_ON, stage_at=now, closed_from=application.stage)
    doing = f" → {Stage.MOVED_ON.label}: {outcome.label}"
    offers = _answer_offers(details, _ANSWERS[outcome], after.stage_at)
    cancelled = _cancel_interviews(details, now, after.stage_at) if outcome.is_no else _book_again(details, now)
    ended = _with(details, (Edit(application, after), *cancelled))
    called_off, ahead = called_off_with_end(ended), history_of(ended, *book, now).ahead
    if called_off:
        when = " and ".join(_when(interview, now, book) for interview in called_off)
        doing += f"; {'interview' if len(called_off) == 1 else 'interviews'} cancelled: {when}"
    if ahead is not None:
        doing += f"; still booked: interview {_when(ahead, now, book)}"
    return change_on("close", application, doing, now, (Edit(application, after), *offers, *cancelled))


def _with(details: ApplicationDetails, edits: tuple[Edit, ...]) -> ApplicationDetails:
    return details_after([details], edits)[0] if edits else details


def _when(interview: Interview, now: datetime, book: Rulebook) -> str:
    day = format_day(day_of_interview(interview, book.calendar), book.calendar.day_of(now))
    return f"{day} {format_clock_text(hour_of_interview(interview, book.calendar))}".rstrip()


def _cancel_interviews(details: ApplicationDetails, now: datetime, ended_at: datetime) -> tuple[Edit, ...]:
    """Those that haven't begun are cancelled at the moment of the end, by which `_book_again` finds them."""
    ahead = (
        interview
        for interview in details.interviews
        if interview.cancelled_at is None and interview.starts_at > now
    )
    return tuple(Edit(interview, replace(interview, cancelled_at=ended_at)) for interview in ahead)


def _book_again(details: ApplicationDetails, now: datetime) -> tuple[Edit, ...]:
    """What the end cancelled is booked again, unless its hour has passed."""
    cancelled = (interview for interview in called_off_with_end(details) if interview.starts_at > now)
    return tuple(Edit(interview, replace(interview, cancelled_at=None)) for interview in cancelled)


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
    """The offer that is open, or that this end had answered, gets another answer; with None it is open again.

    Of several, as after a merge, only one is open then: the one that was open, or the newest.
    """
    ended_at = details.application.stage_at if details.application.stage is Stage.MOVED_ON else None
    offers = [offer for offer in details.offers if offer.answer is None or offer.answered_at == ended_at]
    if answer is None:
        offers = sorted(offers, key=lambda offer: offer.answer is None)[-1:]
    changed = (offer for offer in offers if offer.answer is not answer)
    return tuple(Edit(offer, replace(offer, answer=answer, answered_at=at)) for offer in changed)


def reopen(details: ApplicationDetails, now: datetime, book: Rulebook) -> Change:
    """Take a closed application up again, at the stage it was closed from. Refuses where it is open."""
    application = details.application
    if application.stage is not Stage.MOVED_ON:
        raise Refused(f"{details.name} is still open, at {application.stage.label}; nothing was changed.")
    stage = application.closed_from or Stage.AWAITING
    edits = move_to(details, now, book, stage).edits
    return change_on("reopen", application, f" reopened: {stage.label}", now, edits)
