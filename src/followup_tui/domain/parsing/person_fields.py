"""How an email address, a link and a phone number are known in a text about people."""

from __future__ import annotations

import re

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
MAIL = r"(?<![^\s<>,;:\"()\[\]|])[^\s<>@,;:\"()\[\]|]+@[^\s<>@,;:\"()\[\]|]+(?!@)"
LINK = r"https?://[^\s<>\"“”|]+|www\.[^\s<>\"“”|]+|(?<![\w@.])(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s<>\"“”,;|]+"
_EXTENSION = r"(?:,?\s*(?:\(\s*)?(?:ext(?:ension)?\b\.?|x|durchwahl|dw\b\.?|poste)\s*:?\s*\d{1,6}\)?)"
PHONE = rf"(?<![\w.+])(?P<phone>\+?\(?\d[\d\ ()./\-\u2010-\u2013]{{4,25}}\d(?:{_EXTENSION})?)(?![\w/]|[.:]\d)"
LONE_EXTENSION = r"(?<!\w)(?:ext(?:ension)?\.?|x|durchwahl)\s?\d{2,6}\b"
_NUMBERED = (
    r"(?:meeting|conference|webinar|event|call|room|access|participant|job|role|position|posting|vacancy|req(?:uisition)?"
    r"|ref(?:erence)?|case|ticket|application|candidate|besprechungs|konferenz|kunden|stellen|referenz)"
)
_THING = (
    rf"(?:{_NUMBERED}[\ -]?(?:id|no\.?|nr\.?|number|nummer|code|pin|key)|id|req(?:uisition)?|ref(?:erence)?\.?|pin"
    r"|dial[\ -]?in|einwahl|reception|switchboard|front\ desk|hotline|zentrale|empfang|rezeption|kennziffer)"
)
NO_PERSON = (
    rf"(?<![\w@])(?:{_THING}(?:\s*[:\#]+\s*|\s+)\+?\(?[a-z]{{0,3}}-?\d[\d\ ()./-]{{2,}}\d\#?"
    rf"|{_NUMBERED}\s*\#\s*\d+"
    r"|(?:pass\ ?code|password|kenncode|kennwort|passwort)(?:\s*:\s*|\s+(?=\S*\d))[^\s,;]+)"
)
"""A number or a code that says that it is nobody's: "Meeting ID: 812 3456 7890", "Reception +49 30 1234"."""
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
