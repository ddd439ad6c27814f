"""How a mail address, a link and a phone number are known in a text about people."""

from __future__ import annotations

import re

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
MAIL = r"(?<![^\s<>,;:\"()\[\]|])[^\s<>@,;:\"()\[\]|]+@[^\s<>@,;:\"()\[\]|]+(?!@)"
LINK = r"https?://[^\s<>\"“”|]+|www\.[^\s<>\"“”|]+|(?<![\w@.])(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s<>\"“”,;|]+"
_EXTENSION = r"(?:,?\s*(?:\(\s*)?(?:ext(?:ension)?\b\.?|x|durchwahl|dw\b\.?|poste)\s*:?\s*\d{1,6}\)?)"
PHONE = rf"(?<![\w.+])(?P<phone>\+?\(?\d[\d\ ()./\-\u2010-\u2013]{{4,25}}\d(?:{_EXTENSION})?)(?![\w/]|[.:]\d)"
LONE_EXTENSION = r"(?<!\w)(?:ext(?:ension)?\.?|x|durchwahl)\s?\d{2,6}\b"
_DATE = (
    r"(?a)\d{4}[-./]\d{1,2}[-./]\d{1,2}.*|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})|\d{8}|[12]\d{3} ?- ?[12]\d{3}"
)


def phone_digits(text: str) -> str:
    """The digits of a phone number, or nothing where a text can't be one: too few or too many, or a date."""
    said = re.split(_EXTENSION, text.strip(), maxsplit=1, flags=re.IGNORECASE)[0]
    digits = "".join(filter(str.isdecimal, said))
    return digits if 6 <= len(digits) <= 15 and not re.fullmatch(_DATE, said.strip()) else ""


def with_scheme(link: str) -> str:
    """A link that can be opened: https before one without a scheme."""
    return link if re.match(r"(?i)[a-z][a-z0-9+.-]*://", link) else f"https://{link}"
