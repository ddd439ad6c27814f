"""What was missing for a letter and is known now: kept with the person or the round, for the next one too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from followup_tui.domain.change import Change, Edit, change_on, in_turn
from followup_tui.domain.contact import Contact
from followup_tui.domain.dossier import Dossier
from followup_tui.domain.editing import link_of
from followup_tui.domain.errors import BadInput, Refused
from followup_tui.domain.interview import Interview
from followup_tui.domain.mail_address import is_mail_address
from followup_tui.domain.text import shown_line

OF_PERSON = ("name", "email", "phone", "title", "address")
"""What is known of a person, by the fields of `Contact`."""
DIGITS_LEAST = 5
"""Digits that a phone number has at least."""
_TOLD = 80


def postal_lines(typed: str) -> str:
    """A postal address that was typed on one line, where a semicolon begins the next."""
    return "\n".join(part.strip() for part in typed.split(";"))


def fill(
    dossier: Dossier,
    now: datetime,
    values: Mapping[str, str],
    *,
    contact: Contact | None = None,
    interview: Interview | None = None,
) -> Change:
    """Write down what was missing: `values` by the fields of a contact, and "topic" for a round's notes.

    Without a contact a new person is added to the application, and to the round where one is given. A round that
    has notes keeps them: what was talked about is then known for this letter alone. Refuses where nothing is new;
    raises `BadInput` where a value can't be what it is taken for.
    """
    for name, value in values.items():
        insist_likely(name, value)
    edits: list[Edit] = []
    known = {name: values[name] for name in OF_PERSON if values.get(name)}
    if known:
        made_at = max((now, *(in_turn(one.created_at, 1) for one in dossier.contacts)))
        before = contact or Contact(application_id=dossier.application.id, name="", created_at=made_at)
        after = _with(before, known)
        edits += [Edit(contact, after)] if after != contact else []
        if contact is None and interview is not None:
            edits.append(Edit(None, link_of(interview, after)))
    if values.get("topic") and interview is not None and not interview.notes:
        edits.append(Edit(interview, replace(interview, notes=values["topic"])))
    if not edits:
        raise Refused(f"Nothing new is known about {dossier.application.company}; nothing was changed.")
    doing = f": {', '.join(_WORDS[name] for name in (*OF_PERSON, 'topic') if values.get(name))} written down"
    return change_on("fill", dossier.application, doing, now, tuple(edits))


def insist_likely(name: str, value: str) -> None:
    """Raise `BadInput` where a phone number or a mail address doesn't look like one; empty ones are none."""
    text = value.strip()
    if name == "phone" and text and not _may_be_dialled(text):
        raise BadInput(
            f"“{shown_line(text)[:_TOLD]}” is no phone number: one has {DIGITS_LEAST} digits at least and no"
            " letters; nothing was saved.",
            name,
        )
    if name == "email" and text and not is_mail_address(text):
        raise BadInput(
            f"“{shown_line(text)[:_TOLD]}” is no mail address, such as dana@acme.example; nothing was saved.", name
        )


def _may_be_dialled(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= DIGITS_LEAST and not any(map(str.isalpha, text))


def _with(contact: Contact, known: Mapping[str, str]) -> Contact:
    return replace(
        contact,
        name=known.get("name", contact.name),
        email=known.get("email", contact.email),
        phone=known.get("phone", contact.phone),
        title=known.get("title", contact.title),
        address=known.get("address", contact.address),
    )


_WORDS = {
    "name": "name",
    "email": "mail address",
    "phone": "phone number",
    "title": "title",
    "address": "postal address",
    "topic": "what you talked about",
}
