"""Recording what they said about the next step, the offer they made, and the answer to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from followup_tui.domain.commands.stages import close
from followup_tui.domain.commands.touches import clear_snooze, new_touch, under_way
from followup_tui.domain.describe import describe_answer, describe_interview
from followup_tui.domain.format import dated, format_day, format_full_day
from followup_tui.domain.model.application import Answer, Application, NextStep, Outcome, Stage
from followup_tui.domain.model.application_form import OfferTerms
from followup_tui.domain.model.change import Change, Edit, change_on, edits_between, moment_at
from followup_tui.domain.model.details import ApplicationDetails, Offer, next_recorded_at, open_offer
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.touch import KEPT_OPEN, LEFT_ALONE, Channel, Direction, TouchKind
from followup_tui.domain.model.when import When
from followup_tui.domain.rules.history import History, history_of
from followup_tui.domain.rules.offers import accepted_elsewhere
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rule_context import context_of

NEEDS_DAY = frozenset({Answer.DECIDE_BY, Answer.CALL_PROMISED})
"""Answers that mean nothing without the day they named."""
HAS_NO_DAY = frozenset({Answer.UNCLEAR, Answer.NOT_ASKED})
_BEFORE_INTERVIEW = frozenset({Answer.SEND_SOMETHING, Answer.CALL_PROMISED, Answer.DONT_CONTACT})
"""What they may well say before one has met them."""


def _require_met(history: History, said: Answer, book: Rulebook) -> None:
    """Refuse an answer to an interview that hasn't taken place, where nothing was said or written before it."""
    if history.ahead is None or said in _BEFORE_INTERVIEW or history.details.touches:
        return
    words = describe_interview(history.ahead, history.at.astimezone(book.calendar.zone))
    raise Refused(
        f"The {words} at {history.details.name} hasn't taken place yet; nothing was saved. Record"
        " what they say after it, or log a reply if they wrote to you."
    )


def answer(
    details: ApplicationDetails,
    now: datetime,
    said: Answer,
    book: Rulebook,
    *,
    by: When | None = None,
    note: str = "",
) -> Change:
    """Record what they said; `by` is the day they named, with its hour where they named one.

    Where they had said something else on an earlier day, this is their reply, and is kept as one too. What was
    closed without a reply is reopened. Refuses where the day is missing or makes no sense.
    """
    application = details.application
    if application.stage is Stage.MOVED_ON and application.outcome is not Outcome.NO_REPLY:
        raise Refused(f"{details.name} is closed; nothing was saved. Reopen it first.")
    _require_day(said, by)
    history = history_of(details, *book, now)
    begun = under_way(history, book.calendar) or history.round
    if begun is None:
        _require_met(history, said, book)
    recorded = next_recorded_at(details, now)
    step = NextStep(
        application_id=application.id,
        answer=said,
        by_on=_day(by, book),
        by_at=by.at.astimezone(UTC) if by and by.at else None,
        note=note,
        interview_id=begun.id if begun else None,
        said_at=now,
        zone=book.calendar.zone.key,
        created_at=moment_at(recorded, 1),
    )
    after = clear_snooze(application, now, book.calendar)
    again = _said_already(history, step) if application.stage is not Stage.MOVED_ON else None
    if again is not None:
        return _said_again(details, again, note, after, now, book)
    if application.stage is Stage.MOVED_ON:
        after = replace(after, stage=Stage.AWAITING, stage_at=now, outcome=None, closed_from=None)
    is_reply = _is_news(history, book) or application.stage is Stage.MOVED_ON
    edits = [*edits_between(application, after)]
    if is_reply:
        edits.append(Edit(None, new_touch(details, now, book, TouchKind.REPLY, Direction.IN)))
    edits.append(Edit(None, step))
    words = describe_answer(step, book.calendar.day_of(now))
    beside = "; noted, it sets no date until you record an interview" if application.applied_only else ""
    doing = f": they {'replied,' if is_reply else 'said'} {words}{beside}"
    return change_on("answer", application, doing, now, tuple(edits))


def _require_day(said: Answer, by: When | None) -> None:
    if by is None and said in NEEDS_DAY:
        what = "call" if said is Answer.CALL_PROMISED else "decide"
        raise BadInput(f"Say when they {what}; nothing was saved, or take “they call” if they named no day.", "by")
    if by is not None and said in HAS_NO_DAY:
        raise BadInput("An answer that names nothing has no day; nothing was saved, leave the day out.", "by")


def _day(by: When | None, book: Rulebook) -> date | None:
    if by is None:
        return None
    return book.calendar.day_of(by.at) if by.at else by.day


def _is_news(history: History, book: Rulebook) -> bool:
    """Whether an answer of an earlier day is in force: a second one the same day mends the first."""
    said = history.answer
    return said is not None and book.calendar.day_of(said.said_at, said.zone) < history.today


def _said_already(history: History, step: NextStep) -> NextStep | None:
    """The answer in force if it is the same: recorded twice, it is no reply and restarts no clock."""
    said = history.answer
    same = said is not None and (said.answer, said.by_on, said.by_at) == (step.answer, step.by_on, step.by_at)
    return said if same else None


def _said_again(
    details: ApplicationDetails, again: NextStep, note: str, after: Application, now: datetime, book: Rulebook
) -> Change:
    """The same answer once more, with a note if there is a new one."""
    application = details.application
    words = describe_answer(again, book.calendar.day_of(now))
    edits = (*edits_between(application, after), Edit(again, replace(again, note=note or again.note)))
    return change_on("answer", application, f": they said {words}, as before", now, edits)


def make_offer(details: ApplicationDetails, now: datetime, terms: OfferTerms, book: Rulebook) -> Change:
    """Record that they made an offer, which is their word: it waits for the user's in Awaiting.

    Of an offer that is open already the terms given are changed. Refuses a day before today, and a revision that
    changes nothing.
    """
    application, today = details.application, book.calendar.day_of(now)
    if terms.answer_by is not None and terms.answer_by < today:
        raise BadInput(
            f"{format_day(terms.answer_by, today)} has passed; nothing was saved, name a day ahead.",
            "by",
        )
    values = {name: getattr(terms, name) for name in ("answer_by", "pay", "start", "notes")}
    values = {name: value for name, value in values.items() if value}  # empty leaves it as it is
    standing = open_offer(details)
    if terms.until or (standing and terms.answer_by not in (None, standing.answer_by)):
        notes = terms.notes or (standing.notes if standing else "")
        values["notes"] = _with_hour(notes, terms.until, standing)
    if standing is not None:
        revised = replace(standing, **values)
        if revised == standing:
            raise Refused(f"The offer of {details.name} is recorded like that already; nothing was changed.")
        doing = f": their offer changed{_deadline(revised, today)}"
        return change_on("offer", application, doing, now, (Edit(standing, revised),))
    recorded = next_recorded_at(details, now)
    offer = Offer(application_id=application.id, made_at=now, created_at=moment_at(recorded, 1), **values)
    after = replace(
        clear_snooze(application, now, book.calendar),
        stage=Stage.AWAITING,
        stage_at=application.stage_at if application.stage is Stage.AWAITING else now,
        outcome=None,
        closed_from=None,
        applied_only=False,
    )
    reply = new_touch(details, now, book, TouchKind.REPLY, Direction.IN, note="They made an offer")
    doing = f": they made an offer{_deadline(offer, today)}"
    edits = (*edits_between(application, after), Edit(None, reply), Edit(None, offer))
    return change_on("offer", application, doing, now, edits)


def _with_hour(notes: str, until: str, standing: Offer | None) -> str:
    """Notes with the hour by which they want an answer, instead of one on the day that they had named before."""
    before = f"by {dated(format_full_day(standing.answer_by))} " if standing and standing.answer_by else until
    kept = (part for part in notes.split("; ") if part != until and not (before and part.startswith(before)))
    return "; ".join(filter(None, (*kept, until)))


def _deadline(offer: Offer, today: date) -> str:
    return f", answer by {format_day(offer.answer_by, today)}" if offer.answer_by else ""


def ask_time(
    details: ApplicationDetails, now: datetime, until: date | None, book: Rulebook, by: Channel | None = None
) -> Change:
    """Record that one asked for more time; with a day where they granted it until then. No guard holds it up.

    `by` is the way it went, None where that isn't said: what was asked for before is then only granted.
    """
    offer, today = required_offer(details), book.calendar.day_of(now)
    if until is not None and until < today:
        raise BadInput(f"{format_day(until, today)} has passed; nothing was saved, name a day ahead.", "until")
    if until is not None and offer.answer_by is not None and until < offer.answer_by:
        raise BadInput(
            f"They want to know by {format_day(offer.answer_by, today)}, and {format_day(until, today)} is"
            " earlier; nothing was saved. If they moved the day forward, change the offer.",
            "until",
        )
    after = offer
    if until is not None and until != offer.answer_by:
        after = replace(offer, answer_by=until, notes=_with_hour(offer.notes, "", offer))
    if is_time_granted(offer, until) and by is None:
        doing = f": they gave more time{_until(until, today)}"
        return change_on("more_time", details.application, doing, now, (Edit(offer, after),))
    after = replace(after, asked_time_at=now)
    note = "Asked for more time"
    asked = new_touch(details, now, book, TouchKind.SENT, Direction.OUT, channel=by, note=note)
    doing = f": asked for more time{_until(until, today)}"
    return change_on("more_time", details.application, doing, now, (Edit(offer, after), Edit(None, asked)))


def is_time_granted(offer: Offer, until: date | None) -> bool:
    """Whether a day answers what was asked for before, so that nothing is asked for with it."""
    return until is not None and offer.asked_time_at is not None


def _until(day: date | None, today: date) -> str:
    return f", until {format_day(day, today)}" if day else ""


def accept(details: ApplicationDetails, now: datetime, book: Rulebook) -> Change:
    """Accept the open offer, which closes the application; the others stay as they are. Refuses without one."""
    required_offer(details)
    return replace(close(details, now, book, Outcome.ACCEPTED), verb="accept")


def decline(details: ApplicationDetails, now: datetime, book: Rulebook) -> Change:
    """Decline the open offer, which closes the application. Refuses without one."""
    required_offer(details)
    return replace(close(details, now, book, Outcome.DECLINED), verb="decline")


def tell_answer(details: ApplicationDetails, now: datetime, book: Rulebook, by: Channel | None = None) -> Change:
    """Record that one told them the answer to their offer; `by` is the way, None where that isn't said."""
    accepted = details.application.outcome is Outcome.ACCEPTED
    note = "Accepted the offer" if accepted else "Declined the offer"
    told = new_touch(details, now, book, TouchKind.SENT, Direction.OUT, channel=by, note=note)
    doing = f": told them {'yes' if accepted else 'no'}{f' {by.way}' if by else ''}"
    return change_on("log", details.application, doing, now, (Edit(None, told),))


def keep_open(details: ApplicationDetails, now: datetime, book: Rulebook) -> Change:
    """Go on with an application after an acceptance elsewhere; refuses where nothing asks to withdraw."""
    return _note_beside_acceptance(details, now, book, KEPT_OPEN, ": kept open")


def leave_alone(details: ApplicationDetails, now: datetime, book: Rulebook) -> Change:
    """Let an application ask for nothing after an acceptance elsewhere; refuses where nothing asks to withdraw."""
    return _note_beside_acceptance(details, now, book, LEFT_ALONE, ": left on the board, quiet")


def _note_beside_acceptance(
    details: ApplicationDetails, now: datetime, book: Rulebook, note: str, doing: str
) -> Change:
    if accepted_elsewhere(context_of(details, book, now)) is None:
        raise Refused(f"{details.name} isn't to be withdrawn from; nothing was changed.")
    noted = new_touch(details, now, book, TouchKind.NOTE, Direction.NONE, note=note)
    return change_on("log", details.application, doing, now, (Edit(None, noted),))


def required_offer(details: ApplicationDetails) -> Offer:
    """Return the offer that waits for an answer; refuses without one."""
    offer = open_offer(details)
    if offer is None:
        name = details.name
        raise Refused(f"{name} has no offer that waits for an answer; nothing was changed, record it first.")
    return offer
