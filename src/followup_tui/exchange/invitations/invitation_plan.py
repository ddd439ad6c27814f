"""Plan invitations: each event joins an application, moves or cancels its interview, or makes a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from followup_tui.domain.commands.interviews import (
    add_past_round,
    book_round,
    cancel_round,
    is_past_round,
    revise_round,
)
from followup_tui.domain.model.application import Application
from followup_tui.domain.model.change import Change, Edit, details_after
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.interview import Booking, Interview, Interviewer, event_of, instant, when_of
from followup_tui.domain.model.text import clean_line, name_among
from followup_tui.domain.model.when import format_when
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.exchange.exports.calendar_and_card_files import ZoneDefinitions
from followup_tui.exchange.exports.export_calendar import NEXT_ACTION, OWN_DOMAIN
from followup_tui.exchange.invitations.event_fields import SURE_INTERVIEW
from followup_tui.exchange.invitations.invitation import Invitation, UnreadEvent
from followup_tui.exchange.invitations.invitation_guess import Guess, guess_application
from followup_tui.exchange.invitations.invitation_match import (
    EmployerMatch,
    InvitationChoices,
    KnownEmployers,
    Target,
    choose_target,
    dates_of_series,
    same_round,
    same_unnamed,
    series_round,
)
from followup_tui.exchange.invitations.invitation_rows import (
    as_known,
    booking_of,
    describe_booking,
    describe_changes,
    event_facts,
    reading_of,
    row_of,
    stored_row,
    unread_row,
    version_of,
)
from followup_tui.exchange.invitations.invitation_source import read_events
from followup_tui.exchange.invitations.invited_people import Invited, Own, invited_to
from followup_tui.exchange.plan import (
    ImportPlan,
    ImportSource,
    PlannedRow,
    RowResult,
    StoredApplications,
    change_label,
    keys_of,
)
from followup_tui.exchange.sheets.records import name_of

_NO_NEWS = {
    "REPLY": "It is somebody's answer to an invitation, and tells nothing new.",
    "REFRESH": "It asks for the latest version of an invitation, and tells nothing new.",
    "COUNTER": "It proposes another time that nobody has agreed to: import the invitation that confirms it.",
    "DECLINECOUNTER": "It declines another time that was proposed: the interview stays as it is.",
}
"""Why messages of these methods change nothing."""


def plan_invitations(
    sources: Sequence[ImportSource],
    stored: StoredApplications,
    now: datetime,
    zone: ZoneInfo,
    *,
    choices: InvitationChoices,
    own: Own,
    rules_for: Callable[[str], Rulebook],
) -> ImportPlan:
    """Return the plan for calendar files and mails with invitations in them.

    `zone` is the user's own; `rules_for` returns the rules of a region. Raises `BadInput` for a file without
    events, and `NeedsZone`.
    """
    definitions = ZoneDefinitions()
    planner = _Planner(stored, now.astimezone(UTC), zone, choices, rules_for)
    remarks: list[str] = []
    for source in sources:
        events, mail_own, told = read_events(source, zone, choices.zones, definitions, now=now)
        remarks += told
        planner.add_file(events, own._replace(addresses=own.addresses | mail_own))
    return ImportPlan(
        tuple(planner.rows),
        planner.change([source.name for source in sources]),
        0,
        tuple(remarks),
        tuple(planner.readings),
        tuple(planner.guessed),
    )


class _Planner:
    """Plans events one after the other, each on what those before it leave."""

    def __init__(
        self,
        stored: StoredApplications,
        now: datetime,
        zone: ZoneInfo,
        choices: InvitationChoices,
        rules_for: Callable[[str], Rulebook],
    ) -> None:
        self.rows: list[PlannedRow] = []
        self.readings: list[str] = []
        self.guessed: list[PlannedRow] = []
        self._stored, self._now, self._zone = stored, now, zone
        self._choices, self._rules_for = choices, rules_for
        self._known = KnownEmployers(stored.applications, stored.keys())
        self._next_number = stored.next_number
        self._changed: dict[str, ApplicationDetails] = {}
        self._new: set[str] = set()
        self._edits: list[Edit] = []

    def add_file(self, events: Sequence[Invitation | UnreadEvent], own: Own) -> None:
        """Plan the events of a file."""
        for event in events:
            if isinstance(event, UnreadEvent):
                self.rows.append(unread_row(event, event.why))
                continue
            try:
                row = self._plan(event, own, is_alone=len(events) == 1)
            except BadInput as error:
                row = unread_row(event, error.sentence)
            self.rows.append(replace(row, facts=partial(event_facts, event, own, self._zone)))

    def change(self, names: Sequence[str]) -> Change | None:
        """Return one change for all events, or None if nothing changes."""
        if not self._edits:
            return None
        changed = [details.application for details in self._changed.values()]
        only = name_among(changed[0], self._known.applications.values()) if len(changed) == 1 else ""
        label = change_label(len(self._new), len(changed) - len(self._new), names, only=only)
        return Change(verb="import", label=label, at=self._now, edits=tuple(self._edits))

    def _plan(self, event: Invitation, own: Own, *, is_alone: bool) -> PlannedRow:
        if event.uid.endswith(NEXT_ACTION):
            why = "It is a next action that followup-tui exported, and no interview."
            return row_of(event, None, RowResult.SKIPPED, why)
        if event.method in _NO_NEWS:
            return row_of(event, None, RowResult.SKIPPED, _NO_NEWS[event.method])
        known = self._known.with_event(event.uid)
        if known is not None:
            details = self._details(known)
            interview = next(each for each in details.interviews if each.event_uid == event.uid)
            return self._revise(event, own, details, interview)
        found = series_round(event, self._known, self._details)
        if found is not None:
            return self._revise_first(event, own, *found) if ";" in event.uid else stored_row(event, *found)
        for details in map(self._details, self._known.named(event.company) if event.company else ()):
            for interview in details.interviews:
                if event.uid == f"{interview.id}{OWN_DOMAIN}":
                    return stored_row(event, details, interview)
        invited = invited_to(event, own)
        guess = self._guess(event, invited)
        said = replace(self._choices, company=guess.company, role=guess.role) if event.company else self._choices
        match = self._known.find(
            emails=() if event.company else [person.email for person in invited.people],
            domains=() if said.company else invited.domains,
            company=guess.company,
            title="" if said.company else event.title,
        )
        if event.is_cancelled:
            return self._cancel_unknown(event, match)
        is_interview = is_alone or event.method == "REQUEST" or bool(SURE_INTERVIEW.search(event.title))
        if not (is_interview or event.company or (match.ids and match.is_certain) or self._choices.application_id):
            why = "It doesn't look like an interview: import it alone, or say with --for ID where it belongs."
            return row_of(event, None, RowResult.SKIPPED, why)
        target = choose_target(self._known, match, guess, said, instant(event.when))
        is_guess = event.is_prose or bool(event.company and not event.role and target.application is None)
        target = target._replace(is_guess=target.is_guess or is_guess)
        if target.application is None:
            return self._create(event, guess, invited, target)
        return self._join(event, invited, target)

    def _guess(self, event: Invitation, invited: Invited) -> Guess:
        guess = guess_application(event, invited)
        company = self._choices.company or event.company or guess.company
        return Guess(company, self._choices.role or event.role or guess.role)

    # An interview that is stored

    def _revise(
        self, event: Invitation, own: Own, details: ApplicationDetails, interview: Interview
    ) -> PlannedRow:
        """Plan an event whose interview is stored: only a newer version changes anything."""
        new, here = version_of(event), event_of(interview)
        if new.is_older_than(here):
            why = "It is an older version than the one you have: nothing was taken."
            return row_of(event, details, RowResult.SAME, why, is_remarked=True)
        if event.is_cancelled:
            return self._cancel(event, details, [interview, *dates_of_series(details, event.uid)])
        if not here.is_older_than(new):
            return stored_row(event, details, interview)
        return self._change_round(event, details, interview, booking_of(event, invited_to(event, own)))

    def _revise_first(
        self, event: Invitation, own: Own, details: ApplicationDetails, interview: Interview
    ) -> PlannedRow:
        if event.is_cancelled:
            return self._cancel(event, details, [interview])
        return self._change_round(event, details, interview, booking_of(event, invited_to(event, own)))

    def _change_round(
        self, event: Invitation, details: ApplicationDetails, interview: Interview, booking: Booking
    ) -> PlannedRow:
        booking, completed = as_known(details, booking)
        try:
            change = revise_round(details, self._now, interview, booking, self._rules(details))
        except Refused:
            return row_of(event, details, RowResult.SAME, "It is stored already, and nothing in it is new.")
        names = {contact.id: contact.name or contact.email for contact in details.contacts}
        names |= {
            edit.row.id: edit.row.name or edit.row.email for edit in change.edits if isinstance(edit.row, Contact)
        }
        links = [edit for edit in change.edits if isinstance(edit.row, Interviewer)]
        came = [names[edit.after.contact_id] for edit in links if isinstance(edit.after, Interviewer)]
        went = [names[edit.before.contact_id] for edit in links if isinstance(edit.before, Interviewer)]
        why = describe_changes(interview, booking, came, went, self._zone)
        return self._merge(event, details, (*completed, *change.edits), booking, None, why)

    def _cancel(
        self, event: Invitation, details: ApplicationDetails, interviews: Sequence[Interview]
    ) -> PlannedRow:
        """Plan that those of these interviews are cancelled that aren't yet."""
        cancelled = [each for each in interviews if each.cancelled_at is None]
        if not cancelled:
            return row_of(event, details, RowResult.SAME, "The interview is cancelled already.")
        edits: list[Edit] = []
        now_details = details
        for interview in cancelled:
            identity = replace(version_of(event), uid=interview.event_uid or event.uid)
            change = cancel_round(now_details, self._now, interview, identity)
            edits += change.edits
            (now_details,) = details_after([now_details], change.edits)
        when = " and ".join(format_when(when_of(each), self._zone) for each in cancelled[:3])
        why = f"Cancels the interview on {when}."
        return self._merge(event, details, edits, Booking(when=event.when), None, why)

    def _cancel_unknown(self, event: Invitation, match: EmployerMatch) -> PlannedRow:
        """Plan a cancellation whose event isn't stored: of a series, or of a round that was typed by hand."""
        ids = self._known.with_events_of(event.uid) or self._known.live(match.ids)
        is_series = bool(self._known.with_events_of(event.uid))
        for details in map(self._details, ids):
            found = dates_of_series(details, event.uid) if is_series else same_unnamed(details, event)
            if found:
                return self._cancel(event, details, found)
        why = "It cancels an interview that isn't stored: nothing was taken."
        return row_of(event, None, RowResult.SKIPPED, why)

    # An interview that is new

    def _join(self, event: Invitation, invited: Invited, target: Target) -> PlannedRow:
        assert target.application is not None, "the application that the event joins"
        details = self._details(target.application.id)
        booking = booking_of(event, invited)
        stored = same_round(details, event, self._now)
        if stored is not None:  # typed by hand before, or invited to twice: by a recruiter and by a tool
            identity = booking.event if not stored.event_uid else None
            return self._change_round(event, details, stored, replace(booking, event=identity))
        booking, completed = as_known(details, booking)
        is_past = is_past_round(details, instant(booking.when), self._now)
        record = add_past_round if is_past else book_round
        change = record(details, self._now, booking, self._rules(details))
        told = describe_booking(booking, self._zone)
        ahead = [one for one in details.interviews if one.cancelled_at is None and one.starts_at > self._now]
        stays = f" The one on {format_when(when_of(ahead[0]), self._zone)} stays." if ahead else ""
        why = f"Joins {name_of(target.application)}, {target.why}: interview on {told}.{stays}{_words_read(event)}"
        edits = (*completed, *change.edits)
        row = self._merge(event, details, edits, booking, invited, why, is_remarked=target.is_guess)
        if target.is_guess:
            self.guessed.append(row)
        return row

    def _create(self, event: Invitation, guess: Guess, invited: Invited, target: Target) -> PlannedRow:
        for text, name in ((guess.company, "company"), (guess.role, "role")):
            if not text:
                raise BadInput(
                    f"The invitation doesn't tell the {name}: say whose it is with --for ID or --company and"
                    " --role."
                )
        booking = booking_of(event, invited)
        application = Application(
            number=self._next_number,
            company=clean_line(guess.company, "company").text,
            role=clean_line(guess.role, "role").text,
            stage_at=self._now,
            created_at=self._now,
        )
        details = ApplicationDetails(application=application)
        change = book_round(details, self._now, booking, self._rules(details))
        self._next_number += 1
        self._new.add(application.id)
        told = f"Interview on {describe_booking(booking, self._zone)}"
        names = [name for name in ("company", "role") if target.is_guess and not getattr(self._choices, name)]
        what = "Company and role are" if len(names) > 1 else f"The {names[0]} is" if names else ""
        guessed = f" {what} guessed from the invitation." if what else ""
        closed = f" {target.why}" if target.why else ""
        edits = (Edit(None, application), *change.edits)
        why = f"{told}.{_words_read(event)}{guessed}{closed}"
        row = self._merge(
            event, details, edits, booking, invited, why, RowResult.NEW, is_remarked=bool(target.why)
        )
        if target.is_guess:
            self.guessed.append(row)
        return row

    # Parts of a row

    def _merge(
        self,
        event: Invitation,
        details: ApplicationDetails,
        edits: Sequence[Edit],
        booking: Booking,
        invited: Invited | None,
        why: str,
        result: RowResult = RowResult.MERGED,
        *,
        is_remarked: bool = False,
    ) -> PlannedRow:
        """Keep the edits of an event, and return its row."""
        before = [] if result is RowResult.NEW else [details]
        (after,) = details_after(before, edits)
        id = after.application.id
        self._changed[id] = after
        self._edits += edits
        self._known.add(after.application)
        self._known.add_keys(keys_of(after))
        row = row_of(event, after, result, why, is_remarked=is_remarked)
        what = "a new application" if result is RowResult.NEW else name_of(after.application)
        reading = reading_of(event, booking, invited, Guess(row.company, row.role), f"→ {what}: {why}", self._zone)
        self.readings.append(reading)
        return row

    def _details(self, id: str) -> ApplicationDetails:
        if id not in self._changed:
            return self._stored.details([id])[id]
        return self._changed[id]

    def _rules(self, details: ApplicationDetails) -> Rulebook:
        return self._rules_for(details.application.region)


def _words_read(event: Invitation) -> str:
    """Return a sentence about what is a guess in an invitation without a calendar, or an empty text."""
    return " Day and hour are read from the words of the mail." if event.is_prose else ""
