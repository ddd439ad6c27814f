"""Recording an offer, asking for more time, and answering it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from followup_tui.domain.commands.stages import close
from followup_tui.domain.commands.touches import clear_snooze
from followup_tui.domain.format import format_day
from followup_tui.domain.model.change import Change, Edit, change_on, moment_at
from followup_tui.domain.model.details import ApplicationDetails, next_recorded_at, open_offer
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.offer import Offer
from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.model.touch import Channel, Direction, Touch, TouchKind
from followup_tui.domain.rules.playbook import Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What they offered, as far as it was said: None or empty leaves what is recorded already as it is."""

    answer_by: date | None = None
    pay: str = ""
    start: str = ""
    notes: str = ""


def make_offer(details: ApplicationDetails, now: datetime, terms: Terms, book: Rulebook) -> Change:
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
    given = {
        name: value
        for name in ("answer_by", "pay", "start", "notes")
        if (value := getattr(terms, name))  # empty leaves it as it is
    }
    standing = open_offer(details)
    if standing is not None:
        revised = replace(standing, **given)
        if revised == standing:
            raise Refused(
                f"The offer of {application.company} is recorded like that already; nothing was changed."
            )
        doing = f": their offer changed{_deadline(revised, today)}"
        return change_on("offer", application, doing, now, (Edit(standing, revised),))
    recorded = next_recorded_at(details, now)
    offer = Offer(application_id=application.id, made_at=now, created_at=moment_at(recorded, 1), **given)
    after = replace(
        clear_snooze(application, now, book.calendar),
        stage=Stage.AWAITING,
        stage_at=application.stage_at if application.stage is Stage.AWAITING else now,
        outcome=None,
        closed_from=None,
        applied_only=False,
    )
    reply = Touch(
        application_id=application.id,
        kind=TouchKind.REPLY,
        direction=Direction.IN,
        at=now,
        note="They made an offer",
        zone=book.calendar.zone.key,
        created_at=recorded,
    )
    changed = (Edit(application, after),) if after != application else ()
    doing = f": they made an offer{_deadline(offer, today)}"
    return change_on("offer", application, doing, now, (*changed, Edit(None, reply), Edit(None, offer)))


def _deadline(offer: Offer, today: date) -> str:
    return f", answer by {format_day(offer.answer_by, today)}" if offer.answer_by else ""


def ask_time(details: ApplicationDetails, now: datetime, until: date | None, book: Rulebook) -> Change:
    """Record that one asked for more time; with a day where they granted it until then. No guard holds it up."""
    offer, today = _required(details), book.calendar.day_of(now)
    if until is not None and until < today:
        raise BadInput(f"{format_day(until, today)} has passed; nothing was saved, name a day ahead.", "until")
    after = replace(offer, asked_time_at=now, answer_by=until or offer.answer_by)
    asked = Touch(
        application_id=offer.application_id,
        kind=TouchKind.SENT,
        direction=Direction.OUT,
        channel=Channel.EMAIL,
        at=now,
        note="Asked for more time",
        zone=book.calendar.zone.key,
        created_at=next_recorded_at(details, now),
    )
    doing = f": asked for more time{f', until {format_day(until, today)}' if until else ''}"
    return change_on("more_time", details.application, doing, now, (Edit(offer, after), Edit(None, asked)))


def accept(details: ApplicationDetails, now: datetime, book: Rulebook) -> Change:
    """Accept the open offer, which closes the application; the others stay as they are. Refuses without one."""
    _required(details)
    return replace(close(details, now, book, Outcome.ACCEPTED), verb="accept")


def decline(details: ApplicationDetails, now: datetime, book: Rulebook) -> Change:
    """Decline the open offer, which closes the application. Refuses without one."""
    _required(details)
    return replace(close(details, now, book, Outcome.DECLINED), verb="decline")


def _required(details: ApplicationDetails) -> Offer:
    offer = open_offer(details)
    if offer is None:
        company = details.application.company
        raise Refused(f"{company} has no offer that waits for an answer; nothing was changed, record it first.")
    return offer
