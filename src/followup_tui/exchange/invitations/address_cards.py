"""Address cards: the people of vCard files of versions 2.1 to 4.0."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import vobject

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.mail_account import is_mail_address
from followup_tui.domain.model.text import clean_block, clean_line, shown_line
from followup_tui.domain.parsing.person_words import with_scheme
from followup_tui.exchange.exports.card_file import RawCard, split_cards
from followup_tui.exchange.invitations.invited_people import person_of
from followup_tui.exchange.plan import ImportSource

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
    person = person_of(_line(card, "fn") or _name(card), emails[0] if emails else "")
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
        title=_line(card, "title") or _line(card, "role") or person.title,
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


def _name(card: dict[str, list[Any]]) -> str:
    """Return given and family name of a card without a formatted name."""
    for each in card.get("n", []):
        value = each.value
        parts = (getattr(value, "given", ""), getattr(value, "additional", ""), getattr(value, "family", ""))
        words = [" ".join(part) if isinstance(part, list) else str(part) for part in parts]
        name = clean_line(" ".join(filter(None, map(str.strip, words))), "name").text
        if name:
            return name
    return ""


def _address(card: dict[str, list[Any]]) -> str:
    """Return a postal address, that of work first, a line for each line of an envelope."""
    lines = sorted(card.get("adr", [])[:MAX_VALUES], key=lambda each: "work" not in _types(each))
    for each in lines:
        text = "\n".join(filter(None, map(str.strip, clean_block(str(each.value), "address").text.split("\n"))))
        if text.strip(" ,\n"):
            return text
    return ""
