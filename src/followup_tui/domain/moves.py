"""The moves: each looks at an application and returns the Change that a verb makes, or refuses with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from followup_tui.domain.application import Application
from followup_tui.domain.change import Change, Edit
from followup_tui.domain.contact import Contact
from followup_tui.domain.dossier import Dossier
from followup_tui.domain.errors import Refused
from followup_tui.domain.interview import Interview
from followup_tui.domain.stage import Outcome, Stage
from followup_tui.domain.touch import CallOutcome, Channel, Direction, Touch, TouchKind

Move = Callable[[Dossier, datetime], Change]


def advance(dossier: Dossier, now: datetime, outcome: Outcome | None = None) -> Change:
    """To the next stage: records the thank-you, then that the ball is with them, then how it ended.

    Refuses where the application has moved on already, or waits and no `outcome` is given.
    """
    application = dossier.application
    target = application.stage.after
    if target is None:
        raise Refused(
            f"{application.company} has moved on already; nothing was changed, reopen it to take it up again."
        )
    return move_to(dossier, now, target, outcome)


def back(dossier: Dossier, now: datetime) -> Change:
    """To the stage before; the history stays. Refuses on the first stage."""
    application = dossier.application
    target = application.stage.before
    if target is None:
        raise Refused(f"{application.company} stands at the first stage; there is nothing to step back to.")
    return move_to(dossier, now, target)


def move_to(dossier: Dossier, now: datetime, stage: Stage, outcome: Outcome | None = None) -> Change:
    """To any stage. From Interviewed to Thanked records the thank-yous that are still missing.

    Refuses where the application stands there already, or should move on and no `outcome` is given.
    """
    application = dossier.application
    if application.stage is stage:
        raise Refused(f"{application.company} stands at {stage.label} already; nothing was changed.")
    if stage is Stage.MOVED_ON:
        if outcome is None:
            raise Refused(
                f"Say how it ended with {application.company} (offer, rejected, withdrew or no reply);"
                " nothing was changed."
            )
        return close(dossier, now, outcome)
    after = replace(
        application, stage=stage, stage_at=stage_start(dossier, stage, now), outcome=None, closed_from=None
    )
    thanks = _missing_thanks(dossier, now) if (application.stage, stage) == _THANKING else ()
    edits = (Edit(application, after), *(Edit(None, touch) for touch in thanks))
    return _change("move", application, f" → {stage.label}", now, edits)


_THANKING = (Stage.INTERVIEWED, Stage.THANKED)


def close(dossier: Dossier, now: datetime, outcome: Outcome) -> Change:
    """Done with it: to Moved on with how it ended; remembers the stage it was closed from.

    A closed application takes another outcome without losing that stage.
    """
    application = dossier.application
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
    return _change("close", application, doing, now, (Edit(application, after),))


def reopen(dossier: Dossier, now: datetime) -> Change:
    """Take a closed application up again, at the stage it was closed from. Refuses where it is open."""
    application = dossier.application
    if application.stage is not Stage.MOVED_ON:
        raise Refused(f"{application.company} is still open, at {application.stage.label}; nothing was changed.")
    stage = application.closed_from or Stage.AWAITING
    edits = move_to(dossier, now, stage).edits
    return _change("reopen", application, f" reopened: {stage.label}", now, edits)


def log(dossier: Dossier, now: datetime, touch: Touch) -> Change:
    """Record a touch; a follow-up on a Thanked application puts it into Awaiting by itself."""
    application = dossier.application
    edits = [Edit(None, touch)]
    doing = f": {_told(touch)}"
    if touch.kind in _FOLLOW_UPS and application.stage is Stage.THANKED:
        edits.insert(0, Edit(application, replace(application, stage=Stage.AWAITING, stage_at=touch.at)))
        doing += f" → {Stage.AWAITING.label}"
    return _change("log", application, doing, now, tuple(edits))


_FOLLOW_UPS = frozenset({TouchKind.CHECK_IN, TouchKind.CALL, TouchKind.VOICEMAIL})

LOGGABLE: dict[str, tuple[TouchKind, Direction, Channel | None]] = {
    "email": (TouchKind.CHECK_IN, Direction.OUT, Channel.EMAIL),
    "call": (TouchKind.CALL, Direction.OUT, Channel.PHONE),
    "voicemail": (TouchKind.VOICEMAIL, Direction.OUT, Channel.PHONE),
    "post": (TouchKind.CHECK_IN, Direction.OUT, Channel.POST),
    "reply": (TouchKind.REPLY, Direction.IN, None),
    "note": (TouchKind.NOTE, Direction.NONE, None),
}
"""What one can log by one word, and the touch that it stands for."""


def touch_of(
    dossier: Dossier,
    now: datetime,
    word: str,
    *,
    at: datetime | None = None,
    note: str = "",
    outcome: CallOutcome | None = None,
    override: str = "",
) -> Touch:
    """The touch that one of the words of `LOGGABLE` stands for, made at `at` (now where it isn't given).

    Refuses a touch that lies in the future, and a call's outcome on anything but a call.
    """
    kind, direction, channel = LOGGABLE[word]
    if at is not None and at > now:
        raise Refused("What lies ahead can't be logged as done; nothing was saved, check the date.")
    if outcome is not None and kind is not TouchKind.CALL:
        raise Refused(f"Only a call can end with “{outcome.label}”; nothing was saved, leave the outcome out.")
    return Touch(
        application_id=dossier.application.id,
        kind=kind,
        direction=direction,
        channel=channel,
        at=at or now,
        outcome=outcome,
        note=note,
        override=override,
        created_at=now,
    )


def _told(touch: Touch) -> str:
    told = touch.kind.label
    if touch.kind is TouchKind.CHECK_IN and touch.channel is not None:
        told += f" by {touch.channel.label}"
    if touch.outcome is not None:
        told += f", {touch.outcome.label}"
    return told


def several(changes: Sequence[Change], verb: str, now: datetime) -> Change:
    """Many changes as one, so that one undo takes all of them back; its label says what all of them do."""
    if len(changes) == 1:
        return changes[0]
    doings = {change.doing for change in changes}
    doing = doings.pop() if len(doings) == 1 else f": {verb}"
    edits = tuple(edit for change in changes for edit in change.edits)
    return Change(verb=verb, label=f"{len(changes)} applications{doing}", at=now, edits=edits)


def _change(verb: str, application: Application, doing: str, now: datetime, edits: tuple[Edit, ...]) -> Change:
    return Change(verb=verb, label=f"{application.company}{doing}", at=now, edits=edits, doing=doing)


def latest_interview(dossier: Dossier) -> Interview | None:
    """The round that counts now: the one that starts last and isn't cancelled."""
    booked = [interview for interview in dossier.interviews if interview.cancelled_at is None]
    return max(booked, key=lambda interview: interview.starts_at, default=None)


def people_in(interview: Interview, dossier: Dossier) -> tuple[Contact, ...]:
    """Who was in the room, in the order in which the people were named."""
    met = {link.contact_id for link in dossier.interviewers if link.interview_id == interview.id}
    return tuple(contact for contact in dossier.contacts if contact.id in met)


def stage_start(dossier: Dossier, stage: Stage, now: datetime) -> datetime:
    """From when a stage counts that is entered now: Interviewed from the interview, where there is one."""
    interview = latest_interview(dossier)
    if stage is Stage.INTERVIEWED and interview is not None:
        return interview.starts_at
    return now


def in_turn(start: datetime, place: int) -> datetime:
    """The moment at which the row at a `place` of several new ones is made: rows read back oldest first."""
    return start + timedelta(microseconds=place)


def _missing_thanks(dossier: Dossier, now: datetime) -> tuple[Touch, ...]:
    interview = latest_interview(dossier)
    interview_id = interview.id if interview else None
    people = [contact.id for contact in people_in(interview, dossier)] if interview else []
    thanked = {
        touch.contact_id
        for touch in dossier.touches
        if touch.kind is TouchKind.THANK_YOU and touch.interview_id == interview_id
    }
    return tuple(
        Touch(
            application_id=dossier.application.id,
            kind=TouchKind.THANK_YOU,
            direction=Direction.OUT,
            channel=Channel.EMAIL,
            at=now,
            contact_id=contact_id,
            interview_id=interview_id,
            created_at=in_turn(now, place),
        )
        for place, contact_id in enumerate(people or [None])
        if contact_id not in thanked
    )
