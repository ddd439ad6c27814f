"""Address cards (vCard 2.1 to 4.0): read their people, and plan what becomes of each.

A person joins the open application at their company, or is left out with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

import vobject

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.change import Change, Edit, details_after, moment_at
from followup_tui.domain.model.contact import Contact, is_address
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.mail_account import is_mail_address
from followup_tui.domain.model.text import clean_block, clean_line, shown_line
from followup_tui.domain.parsing.person_words import with_scheme
from followup_tui.exchange.exports.calendar_and_card_files import RawCard, split_cards
from followup_tui.exchange.invitations.domain_names import squash
from followup_tui.exchange.invitations.event_fields import is_employer_domain
from followup_tui.exchange.invitations.invitation_match import MAX_NAMED, KnownEmployers
from followup_tui.exchange.invitations.invitation_rows import name_them
from followup_tui.exchange.invitations.invited_people import domain_of, person_of
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

MAX_VALUES = 20
"""Addresses and numbers of one kind that are read of a card."""
_FORWARDED = re.compile(r"(?i)^(?:tel|mailto):")
_EXTENSION = re.compile(r"(?i);ext=(?=\d)")


class AddressCard(NamedTuple):
    """A person as a card has them, texts cleaned; `others` are further addresses, numbers and links."""

    file: str
    line: int
    name: str
    company: str
    title: str
    email: str
    phone: str
    link: str
    address: str
    notes: str
    others: tuple[str, ...]
    is_company: bool


class UnreadCard(NamedTuple):
    """A card that can't be read: where it begins, and why, as a sentence."""

    file: str
    line: int
    why: str


def read_cards(source: ImportSource) -> list[AddressCard | UnreadCard]:
    """Return the cards of a file in their order. Raises `BadInput` if it has none."""
    name = shown_line(source.name)
    return [_read(name, card) for card in split_cards(name, source.content)]


def _read(file: str, card: RawCard) -> AddressCard | UnreadCard:
    try:
        if card.error:
            raise BadInput(card.error)
        return _person(file, card.line, _parse(card.text))
    except BadInput as error:
        return UnreadCard(file, card.line, error.sentence)


def _parse(text: str) -> dict[str, list[Any]]:
    try:
        parsed: dict[str, list[Any]] = vobject.readOne(text, ignoreUnreadable=True).contents
    except (vobject.base.VObjectError, ValueError, KeyError, TypeError, AttributeError, IndexError, StopIteration):
        raise BadInput("The card is damaged and can't be read; export it again.") from None
    return parsed


def _person(file: str, line: int, card: dict[str, list[Any]]) -> AddressCard:
    organization = _parts(card, "org")
    said = (text.replace(" ", "") for text in _texts(card, "email", ("work", "internet")))  # folded inside
    emails = [text for text in said if is_mail_address(text)]
    phones = _texts(card, "tel", ("cell", "work", "voice"), leave_out=("fax", "pager"))
    profiles = (
        text for name in ("socialprofile", "x-socialprofile") for text in _texts(card, name, ("linkedin",))
    )
    links = list(map(_link, (*_texts(card, "url", ("work",)), *profiles)))
    person = person_of(
        _line(card, "fn") or _of_name(card, "name", "given", "additional", "family"), emails[0] if emails else ""
    )
    name = person.name or person.email
    company = organization[0] if organization else ""
    kind = (_line(card, "kind") or _line(card, "x-abshowas")).casefold()
    if not name and not company:
        raise BadInput("The card names neither a person nor a company.")
    return AddressCard(
        file=file,
        line=line,
        name=name or company,
        company=company,
        title=_line(card, "title") or _line(card, "role") or person.title or _of_name(card, "title", "prefix"),
        email=person.email,
        phone=phones[0] if phones else "",
        link=links[0] if links else "",
        address=_address(card),
        notes=clean_block("\n".join(filter(None, (person.notes, *_raw(card, "note")))), "notes").text,
        others=(*emails[1:], *phones[1:], *links[1:]),
        is_company=kind in ("org", "company", "group") or not name or name == company,
    )


def _link(text: str) -> str:
    """A link that can be opened; what names only an account of some service stays as it is."""
    return with_scheme(text) if re.match(r"[\w-]+(?:\.[\w-]+)+(?:/|$)", text) else text


def _raw(card: dict[str, list[Any]], name: str) -> list[str]:
    return [value if isinstance(value := each.value, str) else str(value) for each in card.get(name, [])]


def _line(card: dict[str, list[Any]], name: str) -> str:
    return next((text for text in (clean_line(raw, name).text for raw in _raw(card, name)) if text), "")


def _texts(
    card: dict[str, list[Any]], name: str, preferred: Sequence[str], leave_out: Sequence[str] = ()
) -> list[str]:
    """Return the values of a property, the preferred one first, then those of the types in `preferred`."""
    found: list[tuple[int, str]] = []
    for each in card.get(name, [])[:MAX_VALUES]:
        types = _types(each)
        text = _EXTENSION.sub(" ext. ", _FORWARDED.sub("", str(each.value).strip()))
        text = clean_line(text, name).text
        if not text or types & set(leave_out):
            continue
        ranks = [rank for rank, kind in enumerate(preferred, start=1) if kind in types]
        found.append((0 if "pref" in types else min(ranks, default=len(preferred) + 1), text))
    return list(dict.fromkeys(text for _, text in sorted(found, key=lambda each: each[0])))


def _types(line: Any) -> set[str]:
    """Return the types of a value; in version 2.1 they stand without their name."""
    params: dict[str, list[str]] = getattr(line, "params", {})
    named = [word for value in params.get("TYPE", []) for word in value.split(",")]
    bare = [name for name, values in params.items() if not values]
    pref = ["pref"] if "1" in params.get("PREF", []) else []
    return {word.casefold() for word in (*named, *bare, *getattr(line, "singletonparams", []), *pref)}


def _parts(card: dict[str, list[Any]], name: str) -> list[str]:
    """Return the parts of a structured value, such as the departments of a company."""
    for each in card.get(name, []):
        value = each.value if isinstance(each.value, list) else str(each.value).split(";")
        parts = [clean_line(str(part), name).text for part in value]
        if parts and parts[0]:
            return parts
    return []


def _of_name(card: dict[str, list[Any]], field: str, *parts: str) -> str:
    """Return some parts of a card's structured name, such as its prefix, of the first that has any."""
    for each in card.get("n", []):
        found = (getattr(each.value, part, "") for part in parts)
        words = (" ".join(part) if isinstance(part, list) else str(part) for part in found)
        if text := clean_line(" ".join(filter(None, map(str.strip, words))), field).text:
            return text
    return ""


def _address(card: dict[str, list[Any]]) -> str:
    """Return a postal address, that of work first, a line for each line of an envelope."""
    lines = sorted(card.get("adr", [])[:MAX_VALUES], key=lambda each: "work" not in _types(each))
    for each in lines:
        text = "\n".join(filter(None, map(str.strip, clean_block(str(each.value), "address").text.split("\n"))))
        if text.strip(" ,\n"):
            return text
    return ""


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
            row = self._plan(card)
        except BadInput as error:
            why = f"{card.name}: {error.sentence}"
            row = PlannedRow(card.file, card.line, card.company, "", RowResult.SKIPPED, why)
        self.rows.append(replace(row, facts=partial(_facts, card)))

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
                card, details, Edit(None, added), f"Adds {_described(card)} to {name_of(application)}."
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


def _facts(card: AddressCard) -> list[tuple[str, str]]:
    facts = (
        ("Name", card.name),
        ("Company", card.company),
        ("Title", card.title),
        ("Email", card.email),
        ("Phone", card.phone),
        ("Link", card.link),
        ("Address", card.address),
        ("Also", ", ".join(card.others)),
        ("Notes", card.notes),
    )
    return [(name, text) for name, text in facts if text]


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
        if kept and other and squash(kept) != squash(other) and not (is_address(kept) and is_address(other)):
            told.append(f"the {_WORDS.get(name, name)} here is {kept}, in the card {other}")
    return f" Kept: {'; '.join(told)}." if told else ""


def _described(card: AddressCard) -> str:
    return f"{card.name} ({card.title})" if card.title else card.name
