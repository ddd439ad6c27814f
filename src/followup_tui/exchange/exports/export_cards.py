"""The contacts as address cards, vCard 3.0 (RFC 2426), which every address book reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.contact import Contact
from followup_tui.exchange.exports.export_source import ExportSource, one_line
from followup_tui.exchange.invitations.content_lines import content_line, escaped, text_line


def cards_text(source: ExportSource) -> Iterator[str]:
    """Yield a card for each contact."""
    for details in source.applications:
        for contact in details.contacts:
            yield _card(contact, details.application)


def _card(contact: Contact, application: Application) -> str:
    name = one_line(contact.label) or one_line(application.company)  # FN must not be empty
    address = escaped(contact.address)
    return "".join(
        (
            "BEGIN:VCARD\r\nVERSION:3.0\r\n",
            content_line("N", _parts_of(name)),
            text_line("FN", name),
            text_line("ORG", one_line(application.company)),
            text_line("TITLE", one_line(contact.title)),
            text_line("EMAIL;TYPE=INTERNET", one_line(contact.email)),
            text_line("TEL", one_line(contact.phone)),
            text_line("URL", one_line(contact.link)),
            content_line("ADR;TYPE=WORK", f";;{address};;;;") if address else "",
            text_line("NOTE", contact.notes),
            text_line("UID", f"{contact.id}@followup-tui"),
            f"REV:{contact.created_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\r\n",
            "END:VCARD\r\n",
        )
    )


def _parts_of(name: str) -> str:
    """Return a name as family name and given names: its last word, and those before it."""
    given, _, family = name.rpartition(" ")
    return f"{escaped(family)};{escaped(given)};;;"
