"""The user's own hand on the dates: put off, pinned, at another pace, in another region."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from followup_tui.domain.describe import describe_interview
from followup_tui.domain.format import format_day
from followup_tui.domain.model.application import Application, Pace
from followup_tui.domain.model.change import Change, Edit, change_on
from followup_tui.domain.model.details import ApplicationDetails, open_offer
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.stage import Stage
from followup_tui.domain.rules.check_in import to_send
from followup_tui.domain.rules.offers import tell_of_offer
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rounds import day_of_interview, over_at
from followup_tui.domain.rules.rule_context import context_of
from followup_tui.domain.rules.snooze import is_overtaken


def snooze(details: ApplicationDetails, now: datetime, until: date | None, book: Rulebook) -> Change:
    """Put an application off until a day; None wakes it. Refuses what has moved on, and a day that has come."""
    application = _open(details)
    if until is None and application.snoozed_until is None:
        raise Refused(f"{application.company} isn't snoozed; nothing was changed.")
    if until is not None and application.is_applied and application.pinned_on is None:
        raise Refused(
            f"{application.company} has nothing due until an interview is recorded; nothing was changed. Pin a"
            " date to be reminded of it."
        )
    today = book.calendar.day_of(now)
    require_ahead(until, today, "snoozed")
    doing = f" snoozed until {format_day(until, today)}" if until else " is back"
    set_at = now if until else None
    if until == application.snoozed_until and not is_overtaken(
        context_of(details, book, now), application.snoozed_at
    ):
        set_at = application.snoozed_at
    after = replace(application, snoozed_until=until, snoozed_at=set_at)
    return _changed("snooze", application, after, doing, now)


def commitments_before(details: ApplicationDetails, now: datetime, until: date, book: Rulebook) -> list[str]:
    """What is fixed between now and a day, in words: interviews, a promised call, what is to be sent, offers."""
    calendar, local = book.calendar, now.astimezone(book.calendar.zone)
    context = context_of(details, book, now)
    history = context.history
    rounds = [one for one in details.interviews if one.cancelled_at is None and over_at(one, book.playbook) > now]
    fixed = [
        describe_interview(one, local)
        for one in sorted(rounds, key=lambda one: one.starts_at)
        if day_of_interview(one, calendar) < until
    ]
    today = local.date()  # what was due before is late already, and the card says so
    promise = history.promise
    if promise is not None and promise.message is None and today <= promise.on < until:
        missed = "" if now < promise.missed_at else ", which didn't come"
        fixed.append(f"the call they promised for {format_day(promise.on, today)}{missed}")
    wanted = to_send(context)
    if wanted is not None and wanted.by_on is not None and today <= wanted.by_on < until:
        fixed.append(f"what they asked you to send by {format_day(wanted.by_on, today)}")
    offer = open_offer(details)
    if offer is not None and offer.answer_by is not None and offer.answer_by < until:
        fixed.append(f"their offer's deadline on {format_day(offer.answer_by, today)}")
    told = tell_of_offer(context)
    if told is not None and today < told.due_on < until:
        fixed.append(f"telling them of your other offer, by {format_day(told.due_on, today)}")
    return fixed


def pin(details: ApplicationDetails, now: datetime, on: date | None, why: str, book: Rulebook) -> Change:
    """A date of the user's own with its reason, which beats the playbook's; None takes it off.

    Refuses what has moved on, a day that has passed, and a pin without a reason.
    """
    application = _open(details)
    today = book.calendar.day_of(now)
    if on is None:
        if application.pinned_on is None:
            raise Refused(f"{application.company} isn't pinned; nothing was changed.")
        unpinned = replace(application, pinned_on=None, pinned_why="", pinned_at=None)
        return _changed("pin", application, unpinned, " unpinned", now)
    require_ahead(on, today, "pinned", or_today=True)
    if not why.strip():
        raise BadInput("Say why with a pin, so that you know on that day; nothing was changed.", "why")
    is_same = (on, why.strip()) == (application.pinned_on, application.pinned_why)
    is_same = is_same and not is_overtaken(context_of(details, book, now), application.pinned_at)
    set_at = application.pinned_at if is_same else now
    after = replace(application, pinned_on=on, pinned_why=why.strip(), pinned_at=set_at)
    return _changed("pin", application, after, f" pinned to {format_day(on, today)}: {why.strip()}", now)


def set_pace(details: ApplicationDetails, now: datetime, pace: Pace) -> Change:
    """How fast the employer decides. Refuses where it is so already."""
    application = details.application
    if application.pace is pace:
        raise Refused(f"The pace of {application.company} is {pace.value} already; nothing was changed.")
    return _changed("pace", application, replace(application, pace=pace), f": pace {pace.value}", now)


def set_region(details: ApplicationDetails, now: datetime, region: str) -> Change:
    """Where the employer's holidays are; empty is the user's home region. Refuses where it is so already."""
    application = details.application
    if application.region == region:
        raise Refused(
            f"{application.company} has the region {region or 'of your home'} already; nothing was changed."
        )
    doing = f": region {region or 'as at home'}"
    return _changed("region", application, replace(application, region=region), doing, now)


def _open(details: ApplicationDetails) -> Application:
    application = details.application
    if application.stage is Stage.MOVED_ON:
        raise Refused(f"{application.company} is closed, so nothing is due; nothing was changed.")
    return application


def require_ahead(day: date | None, today: date, what: str, *, or_today: bool = False) -> None:
    """Refuse a day of the user's own that is past."""
    if day is not None and (day < today or (day == today and not or_today)):
        raise BadInput(
            f"It can't be {what} to {format_day(day, today)}, which isn't ahead; nothing was"
            " changed, name a later day.",
            "date",
        )


def _changed(verb: str, before: Application, after: Application, doing: str, now: datetime) -> Change:
    if before == after:
        raise Refused(f"{before.company} is like that already; nothing was changed.")
    return change_on(verb, before, doing, now, (Edit(before, after),))
