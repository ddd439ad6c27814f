"""Entries of a cell for several: a line each, long texts indented below it, and what its people are called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from followup_tui.domain.model.contact import Contact, Person
from followup_tui.domain.model.text import without_controls
from followup_tui.domain.parsing.people import PeopleRead, read_people
from followup_tui.domain.parsing.person_parts import marked_name


def label_of(one: Contact | Person) -> str:
    """What a sheet calls somebody: by name, or else by address, number or link, on one line.

    A name that could be read as anything else is between marks.
    """
    said = " ".join(without_controls(one.name or one.email or one.phone or one.link).split())
    is_plain = one.name in ("", one.email, one.phone) or read_people(said) == PeopleRead((Person(said),))
    return said if is_plain else marked_name(said)


def write_entry(head: str, texts: Mapping[str, str]) -> str:
    """Return a line with its long texts below, those that aren't empty."""
    for label, text in texts.items():
        if text:
            below = without_controls(text)
            head += f"\n  {label}: " + (below.replace("\n", "\n  ") if "\n" in below else below)
    return head


def split_entries(cell: str) -> list[str]:
    """Return the entries of a cell: a line with the indented ones below it."""
    return [entry for entry in re.split(r"(?<!\n)\n+(?!\n| {2})", cell) if entry.strip()]


def split_texts(entry: str, labels: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Return the first line of an entry and the texts below it by label; other lines below belong to the first."""
    head, *lines = entry.split("\n")
    found: dict[str, str] = {}
    last = ""
    for line in lines:
        label, _, said = line.strip().partition(":")
        if label in labels and last != labels[-1]:
            last, found[label] = label, said.strip()
        elif last:
            found[last] += f"\n{line.removeprefix('  ')}"
        else:
            head += f" {line.strip()}"
    return head.strip(), found
