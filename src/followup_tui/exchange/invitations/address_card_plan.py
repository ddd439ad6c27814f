"""Plan address cards: each person joins the open application at their company, or is left out with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.change import Change, Edit, details_after, moment_at
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import BadInput
from followup_tui.exchange.invitations.address_cards import AddressCard, UnreadCard, read_cards
from followup_tui.exchange.invitations.invitation_guess import squash
from followup_tui.exchange.invitations.invitation_match import KnownEmployers
from followup_tui.exchange.invitations.invitation_target import MAX_NAMED
from followup_tui.exchange.invitations.invitation_text import name_them
from followup_tui.exchange.invitations.invitation_words import is_employer_domain
from followup_tui.exchange.invitations.invited_people import domain_of
from followup_tui.exchange.plan import ImportPlan, ImportSource, PlannedRow, RowResult, change_label
from followup_tui.exchange.sheets.records import name_of
from followup_tui.exchange.stored import StoredApplications, keys_of

_COMPARED = ("email", "phone", "title")
"""Fields whose difference is named; that of others is no contradiction."""
_WORDS = {"email": "email address", "phone": "phone number"}


def plan_address_cards(
    sources: Sequence[ImportSource], stored: StoredApplications, now: datetime, *, application_id: str = ""
) -> ImportPlan:
    """Return the plan for vCard files; with `application_id` all people join that application.

    Raises `BadInput` for a file without cards.
    """
    planner = _CardPlanner(stored, now.astimezone(UTC), application_id)
    for source in sources:
        for card in read_cards(source):
            planner.add(card)
    return ImportPlan(tuple(planner.rows), planner.change([source.name for source in sources]), 0)


class _CardPlanner:
    """Plans cards one after the other, each on what those before it leave."""

    def __init__(self, stored: StoredApplications, now: datetime, application_id: str) -> None:
        self.rows: list[PlannedRow] = []
        self._stored, self._now, self._application_id = stored, now, application_id
        self._known = KnownEmployers(stored.applications, stored.keys())
        self._changed: dict[str, ApplicationDetails] = {}
        self._edits: list[Edit] = []

    def add(self, card: AddressCard | UnreadCard) -> None:
        """Plan a card."""
        if isinstance(card, UnreadCard):
            self.rows.append(PlannedRow(card.file, card.line, "", "", RowResult.ERROR, card.why))
            return
        try:
            self.rows.append(self._plan(card))
        except BadInput as error:
            why = f"{card.name}: {error.sentence}"
            self.rows.append(PlannedRow(card.file, card.line, card.company, "", RowResult.SKIPPED, why))

    def change(self, names: Sequence[str]) -> Change | None:
        """Return one change for all cards, or None if nothing changes."""
        if not self._edits:
            return None
        label = change_label(0, len(self._changed), names)
        return Change(verb="import", label=label, at=self._now, edits=tuple(self._edits))

    def _plan(self, card: AddressCard) -> PlannedRow:
        application = self._application(card)
        details = self._details(application.id)
        contact = _same_person(details, card)
        if contact is None:
            start = max((self._now, *(moment_at(each.created_at, 1) for each in details.contacts)))
            added = _contact(application.id, card, start)
            return self._merge(
                card, details, Edit(None, added), f"Adds {_person(card)} to {name_of(application)}."
            )
        here = _contact(application.id, card, contact.created_at)
        completed = replace(
            contact,
            email=contact.email or here.email,
            phone=contact.phone or here.phone,
            title=contact.title or here.title,
            link=contact.link or here.link,
            address=contact.address or here.address,
            notes=contact.notes or here.notes,
        )
        differs = _differences(contact, here)
        if completed == contact:
            why = f"{card.name} is there already, and nothing in the card is new.{differs}"
            return _row(card, application, RowResult.SAME, why, is_remarked=bool(differs))
        new = [
            each.name for each in fields(contact) if getattr(contact, each.name) != getattr(completed, each.name)
        ]
        told = name_them([_WORDS.get(name, name) for name in new if name != "version"])
        why = f"{contact.name or card.name}: adds {told}.{differs}"
        return self._merge(card, details, Edit(contact, completed), why, is_remarked=bool(differs))

    def _application(self, card: AddressCard) -> Application:
        """Return the application that a card belongs to. Raises `BadInput` if that isn't exactly one."""
        if card.is_company:
            raise BadInput("The card is of a company, not of a person: left out.")
        if self._application_id:
            return self._known.applications[self._application_id]
        domain = domain_of(card.email)
        match = self._known.find(
            emails=[card.email] if card.email else [],
            domains=[domain] if is_employer_domain(domain) else [],
            company=card.company,
        )
        live = [self._known.applications[id] for id in self._known.live(match.ids)]
        if len(live) == 1 and match.is_certain:
            return live[0]
        named = name_them([name_of(each) for each in live[:MAX_NAMED]]) if live else ""
        if len(live) > 1:
            raise BadInput(f"It could belong to {named}: left out, say which with --for ID.")
        if live:
            raise BadInput(
                f"It may belong to {named}, whose name is only alike: left out, --for {live[0].number} takes it."
            )
        if match.ids:
            closed = self._known.applications[match.ids[0]]
            raise BadInput(f"{name_of(closed)} is closed: left out, --for {closed.number} takes it anyway.")
        at = f"at {card.company}" if card.company else "that it belongs to: the card names no company"
        raise BadInput(f"There is no application {at}: left out, say whose it is with --for ID.")

    def _merge(
        self, card: AddressCard, details: ApplicationDetails, edit: Edit, why: str, *, is_remarked: bool = False
    ) -> PlannedRow:
        (after,) = details_after([details], [edit])
        self._edits.append(edit)
        self._changed[after.application.id] = after
        self._known.add_keys(keys_of(after))
        return _row(card, after.application, RowResult.MERGED, why, is_remarked=is_remarked)

    def _details(self, id: str) -> ApplicationDetails:
        return self._changed[id] if id in self._changed else self._stored.details([id])[id]


def _row(
    card: AddressCard, application: Application, result: RowResult, why: str, *, is_remarked: bool = False
) -> PlannedRow:
    company, role, stage = application.company, application.role, application.stage
    return PlannedRow(card.file, card.line, company, role, result, why, stage, is_remarked)


def _same_person(details: ApplicationDetails, card: AddressCard) -> Contact | None:
    """Return the contact with the card's email address, else with its name."""
    for contact in details.contacts:
        if card.email and contact.email.casefold() == card.email.casefold():
            return contact
    for contact in details.contacts:
        if card.name and contact.name.casefold() == card.name.casefold():
            return contact
    return None


def _contact(application_id: str, card: AddressCard, at: datetime) -> Contact:
    also = f"Also: {', '.join(card.others)}" if card.others else ""
    return Contact(
        application_id=application_id,
        name=card.name,
        email=card.email,
        phone=card.phone,
        title=card.title,
        address=card.address,
        notes="\n".join(filter(None, (card.notes, also))),
        link=card.link,
        created_at=at,
    )


def _differences(contact: Contact, card: Contact) -> str:
    """Return a sentence about what the card has otherwise, or an empty text."""
    told = []
    for name in _COMPARED:
        kept, other = getattr(contact, name), getattr(card, name)
        if kept and other and squash(kept) != squash(other):
            told.append(f"the {_WORDS.get(name, name)} here is {kept}, in the card {other}")
    return f" Kept: {'; '.join(told)}." if told else ""


def _person(card: AddressCard) -> str:
    return f"{card.name} ({card.title})" if card.title else card.name
