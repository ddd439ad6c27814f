"""The moves: each looks at an application and returns the Change that a verb makes, or refuses with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from followup_tui.domain.change import Change, Edit, change_on
from followup_tui.domain.course import course_of
from followup_tui.domain.dossier import Dossier
from followup_tui.domain.errors import Refused
from followup_tui.domain.rounds import stage_start
from followup_tui.domain.rulebook import Rulebook
from followup_tui.domain.stage import Outcome, Stage
from followup_tui.domain.touch import Touch
from followup_tui.domain.touching import Thanks, thank_yous, woken

Move = Callable[[Dossier, datetime, Rulebook], Change]


def advance(
    dossier: Dossier, now: datetime, book: Rulebook, outcome: Outcome | None = None, override: str = ""
) -> Change:
    """To the next stage: records the thank-you, then that the ball is with them, then how it ended.

    Refuses where the application has moved on already, or waits and no `outcome` is given.
    """
    application = dossier.application
    target = application.stage.after
    if target is None:
        raise Refused(
            f"{application.company} has moved on already; nothing was changed, reopen it to take it up again."
        )
    return move_to(dossier, now, book, target, outcome, override)


def back(dossier: Dossier, now: datetime, book: Rulebook) -> Change:
    """To the stage before; the history stays. Refuses on the first stage."""
    application = dossier.application
    target = application.stage.before
    if target is None:
        raise Refused(f"{application.company} stands at the first stage; there is nothing to step back to.")
    return move_to(dossier, now, book, target)


def move_to(
    dossier: Dossier,
    now: datetime,
    book: Rulebook,
    stage: Stage,
    outcome: Outcome | None = None,
    override: str = "",
) -> Change:
    """To any stage. From Interviewed to Thanked records the thank-yous still missing, if the guard lets it.

    For an interview that still lies ahead nobody is thanked: the card moves and no more.

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
        return close(dossier, now, book, outcome)
    after = replace(
        application, stage=stage, stage_at=stage_start(dossier, stage, now), outcome=None, closed_from=None
    )
    touches = _missing_thanks(dossier, now, book, override) if (application.stage, stage) == _THANKING else ()
    if touches:
        after = woken(after, now, book.calendar)
    edits = (Edit(application, after), *(Edit(None, touch) for touch in touches))
    return change_on("move", application, f" → {stage.label}", now, edits)


_THANKING = (Stage.INTERVIEWED, Stage.THANKED)


def _missing_thanks(dossier: Dossier, now: datetime, book: Rulebook, override: str) -> tuple[Touch, ...]:
    course = course_of(dossier, *book, now)
    if course.round is None and course.ahead is not None:
        return ()
    return thank_yous(dossier, now, now, Thanks(override=override), book)


def close(dossier: Dossier, now: datetime, book: Rulebook, outcome: Outcome) -> Change:
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
    return change_on("close", application, doing, now, (Edit(application, after),))


def reopen(dossier: Dossier, now: datetime, book: Rulebook) -> Change:
    """Take a closed application up again, at the stage it was closed from. Refuses where it is open."""
    application = dossier.application
    if application.stage is not Stage.MOVED_ON:
        raise Refused(f"{application.company} is still open, at {application.stage.label}; nothing was changed.")
    stage = application.closed_from or Stage.AWAITING
    edits = move_to(dossier, now, book, stage).edits
    return change_on("reopen", application, f" reopened: {stage.label}", now, edits)
