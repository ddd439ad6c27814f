"""The checks of single values; each gives its value back as it is used, or says in a sentence why it can't be."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from followup_tui.domain.model.mail_account import is_mail_address
from followup_tui.settings.files import SHOWN, Wrong, nearest, quoted

if TYPE_CHECKING:
    from followup_tui.domain.model.letter import English

ADDRESS_LINES = 8
"""Lines that a postal address may have."""

# Here only the shape: whether there is such a place is known to the tracker, which knows the holidays.
_REGION = r"[A-Za-z]{2}(-(?! )[\w ]{1,20}(?<! ))?"
_LONGEST_LINE = 200


def switch(value: Any, choices: Collection[str]) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Wrong(f"It is either true or false, without quotes, not {shown(value)}; the default stays.")
    return value


def words(value: Any, choices: Collection[str]) -> str:
    """A text in one line; one of the choices where there are any."""
    if not isinstance(value, str):
        raise Wrong(f"It is a text in quotes, not {shown(value)}; the default stays.")
    if not value.isprintable():
        raise Wrong("It holds characters that can't be shown; the default stays.")
    if choices and value not in choices:
        listed = ", ".join(sorted(choices))
        raise Wrong(f"{quoted(value)} is none of {listed}{nearest(value, choices)}; the default stays.")
    return value


def name(value: Any, choices: Collection[str]) -> str:
    """A text in one line that isn't empty."""
    if isinstance(value, str) and not value.strip():
        raise Wrong("It is empty; the default stays.")
    return words(value, choices)


def region(value: Any, choices: Collection[str]) -> str:
    """A country, with or without its state."""
    found = words(value, choices).strip()
    if found and not re.fullmatch(_REGION, found):
        raise Wrong(f"{quoted(found)} is no region; write one like DE, DE-BY or US-CA; the default stays.")
    return found


def line(value: Any, choices: Collection[str]) -> str:
    """A short text in one line, without spaces around it."""
    found = words(value, choices).strip()
    if len(found) > _LONGEST_LINE:
        raise Wrong(f"It has more than {_LONGEST_LINE} characters; the default stays.")
    return found


def email(value: Any, choices: Collection[str]) -> str:
    """One plain mail address, or nothing."""
    found = words(value, choices).strip()
    if found and not is_mail_address(found):
        raise Wrong(f"{quoted(found)} is no plain mail address like robin@okafor.example; the default stays.")
    return found


def address(value: Any, choices: Collection[str]) -> str:
    """A postal address of a few lines, without empty ones."""
    if not isinstance(value, str):
        raise Wrong(f"It is a text in quotes, or in three of them for several lines, not {shown(value)}.")
    lines = [each.strip() for each in value.replace("\t", " ").splitlines() if each.strip()]
    if not all(each.isprintable() for each in lines):
        raise Wrong("It holds characters that can't be shown; the default stays.")
    if len(lines) > ADDRESS_LINES or any(len(each) > _LONGEST_LINE for each in lines):
        raise Wrong(
            f"A postal address has at most {ADDRESS_LINES} lines of {_LONGEST_LINE} characters; the default stays."
        )
    return "\n".join(lines)


def english(value: Any, choices: Collection[str]) -> English:
    """One of the Englishes."""
    from followup_tui.domain.model.letter import English  # a start that doesn't set it needs none of it

    return English(words(value, choices))


CHECKS: Mapping[str, Callable[[Any, Collection[str]], Any]] = {
    "theme": name,
    "ascii": switch,
    "sort": words,
    "mouse": switch,
    "region": region,
    "name": line,
    "email": email,
    "phone": line,
    "address": address,
    "english": english,
}
"""The check of each setting that is one value."""


def kind(value: Any) -> str:
    """What a value is, to begin a sentence with."""
    if isinstance(value, bool | int | float):
        return shown(value)
    return {"list": "A list", "dict": "A table", "str": "A text"}.get(type(value).__name__, "A date or time")


def shown(value: Any) -> str:
    """A value fit to be shown within a sentence."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)[:SHOWN] if isinstance(value, int | float) else kind(value).lower()


def unknown(name: str, known: Collection[str], what: str) -> str:
    """The sentence about a name that nothing has, with the nearest that there is."""
    return f"There is no {what} {quoted(name)}{nearest(name, known)}; it is ignored."
