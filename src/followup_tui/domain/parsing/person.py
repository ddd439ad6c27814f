"""A typed person: name, mail address and phone number."""

from __future__ import annotations

import re

from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line

MAIL = r"[^\s<>@,;:\"()\[\]]+@[^\s<>@,;:\"()\[\]]+"
NAMED_MAIL = r"(?P<name>[^<>]*)<(?P<email>[^<>]*)>"
PHONE = r"(?<![^\s,;])(?P<phone>\+?\(?\d[\d ()./-]{5,25}\d)\s*$"


def parse_person(text: str) -> Person:
    """Return the person in "Dana Ruiz <dana@acme.example>", in a bare address or a name; a number may follow.

    Raises `BadInput` for an empty text, a number alone, and an address that no mail can be sent to.
    """
    said = text.strip()
    number = re.search(PHONE, said)
    said, phone = (said[: number.start()].rstrip(" ,;"), number["phone"]) if number else (said, "")
    match = re.fullmatch(NAMED_MAIL, said)
    name, email = (match["name"], match["email"]) if match else ("", said) if "@" in said else (said, "")
    name, email = " ".join(name.split()).strip(" \"'“”"), email.strip()
    if not name and not email:
        raise BadInput("Say who, like “Dana Ruiz <dana@acme.example>”.", "with")
    if (email and not re.fullmatch(MAIL, email)) or (match and not email) or "<" in name or ">" in name:
        raise BadInput(f"“{shown_line(said)[:60]}” has no mail address like dana@acme.example.", "with")
    return Person(name=name, email=email, phone=phone)
