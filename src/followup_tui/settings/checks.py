"""The checks of single settings: each returns the value as it is used, or raises `InvalidValue` with the reason.

A check takes the value, the names that are allowed, and a list to which a table adds the mistakes in its items.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from followup_tui.domain.format import English
from followup_tui.domain.model.mail_account import MailAccount, Security, is_host, is_mail_address
from followup_tui.domain.model.text import FILTER_LIMIT, shown_line, similar_names
from followup_tui.keymap import is_key
from followup_tui.settings.toml_file import SHOWN, Errors

ADDRESS_LINES = 8
"""Maximum number of lines in a postal address."""
MAX_DAYS_OFF = 183
"""Maximum days of one entry, and of all in a row, as a calendar needs business days to count.

See `domain.rules.calendar.NoBusinessDays`.
"""

_MAX_LINE = 200
_MAX_PORT = 65_535
_STARTTLS_PORTS = {"smtp": 587, "imap": 143}
_PASSWORDS = frozenset({"password", "passwd", "passphrase", "pass", "pw", "secret"})
_COLOR = r"#(?:[0-9A-Fa-f]{3}){1,2}"
_DAY = timedelta(days=1)
_SATURDAY = 5


Check = Callable[..., Any]


class InvalidValue(Exception):
    """A value that can't be used, with the sentence why; `item` is its position if it is in a list."""

    def __init__(self, sentence: str, *item: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.item = item


def check_bool(value: Any, *_: object) -> bool:
    """Check true or false."""
    if not isinstance(value, bool):
        raise InvalidValue(f"It is either true or false, without quotes, not {shown(value)}; the default stays.")
    return value


def check_choice(value: Any, choices: Collection[str] = (), *_: object) -> str:
    """Check a text in one line; one of the choices if there are any."""
    if not isinstance(value, str):
        raise InvalidValue(f"It is a text in quotes, not {shown(value)}; the default stays.")
    if not value.isprintable():
        raise InvalidValue("It holds characters that can't be shown; the default stays.")
    if choices and value not in choices:
        listed = ", ".join(sorted(choices))
        raise InvalidValue(f"{quoted(value)} is none of {listed}{_suggestion(value, choices)}; the default stays.")
    return value


def check_name(value: Any, choices: Collection[str] = (), *_: object) -> str:
    """Check a text in one line that isn't empty."""
    if isinstance(value, str) and not value.strip():
        raise InvalidValue("It is empty; the default stays.")
    return check_choice(value, choices)


def check_english(value: Any, choices: Collection[str] = (), *_: object) -> English:
    """Check a variety of English."""
    return English(check_choice(value, choices))


def _text_check(is_valid: Callable[[str], object], reason: str, *, limit: int = 200, too_long: str = "") -> Check:
    """Return a check of a text in one line that is empty or valid; strips it."""

    def check(value: Any, *_: object) -> str:
        text = check_choice(value).strip()
        if len(text) > limit:
            raise InvalidValue(too_long or f"It has more than {limit} characters; the default stays.")
        if text and not is_valid(text):
            raise InvalidValue(f"{quoted(text)} {reason}")
        return text

    return check


check_line = _text_check(bool, "")
check_region = _text_check(
    # The form only: the tracker, which knows the holidays, checks whether such a region exists.
    lambda region: re.fullmatch(r"[A-Za-z]{2}(-(?! )[\w ]{1,20}(?<! ))?", region),
    "is no region; write one like DE, DE-BY or US-CA; the default stays.",
)
check_email = _text_check(
    lambda text: is_mail_address(text) and "." in text.rpartition("@")[2],  # "a@b" is a slip
    "is no plain email address like robin@okafor.example; the default stays.",
    limit=254,
)
check_phone = _text_check(
    lambda text: any(map(str.isdecimal, text)),
    "is no phone number, as it has no digit; write one like +49 30 1234567; the default stays.",
)
check_host = _text_check(is_host, "is no server's name; write it alone, like mail.okafor.example, without a port.")
check_command = _text_check(
    bool, "", limit=1_000, too_long="The command has more than 1,000 characters; put it into a script of its own."
)
check_file = _text_check(
    lambda path: path.startswith(("/", "~")),
    "is no whole path; write one that begins with / or ~; it is left out.",
)


def check_address(value: Any, *_: object) -> str:
    """Check a postal address of a few lines; drops empty ones."""
    if not isinstance(value, str):
        raise InvalidValue(f"It is a text in quotes, or in three of them for several lines, not {shown(value)}.")
    lines = [line.strip() for line in value.replace("\t", " ").splitlines() if line.strip()]
    if not all(line.isprintable() for line in lines):
        raise InvalidValue("It holds characters that can't be shown; the default stays.")
    if len(lines) > ADDRESS_LINES or any(len(line) > _MAX_LINE for line in lines):
        raise InvalidValue(
            f"A postal address has at most {ADDRESS_LINES} lines of {_MAX_LINE} characters; the default stays."
        )
    return "\n".join(lines)


def check_port(value: Any, *_: object) -> int:
    """Check a port number."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _MAX_PORT:
        raise InvalidValue(f"A port is a number from 1 to {_MAX_PORT} without quotes, not {shown(value)}.")
    return value


def check_security(value: Any, *_: object) -> Security:
    """Check the encryption of a connection."""
    return Security(check_choice(value, tuple(Security)))


def _require_table(value: Any, otherwise: str) -> None:
    if not isinstance(value, dict):
        raise InvalidValue(otherwise)


def check_mail(value: Any, checks: Mapping[str, Check], errors: Errors) -> MailAccount:
    """Check a mail account key by key.

    A password in it is refused and never repeated in a message.
    """
    _require_table(
        value, 'The mail account is a table of its own: [mail], and below it lines like user = "robin".'
    )

    def check_key(key: str, entry: Any) -> Any:
        if key.casefold() in _PASSWORDS:
            raise InvalidValue(
                "A password doesn't belong into this file and is not read from it: take it out, and keep it in the"
                " system's keyring, or name a command that prints it as password_command."
            )
        return checks[require_known(key, checks, "key of [mail]")](entry)

    account = check_items(value.items(), check_key, errors)
    for kind, port in _STARTTLS_PORTS.items():
        if account.get(f"{kind}_security") is Security.STARTTLS:
            account.setdefault(f"{kind}_port", port)
    return replace(MailAccount(), **account)


def is_color(text: str) -> bool:
    """Whether a text is a color as it is written in the settings, "#ff8080" or "#f88"."""
    return re.fullmatch(_COLOR, text.strip()) is not None


def check_colors(value: Any, names: Collection[str], errors: Errors) -> Mapping[str, str]:
    """Check a table of names and colors; whether they can be read, the screen finds out."""
    _require_table(value, 'Colors are a table of their own: [colors], and below it lines like late = "#ff8080".')

    def check_color(name: str, color: Any) -> str:
        require_known(name, names, "color")
        if not isinstance(color, str) or not is_color(color):
            raise InvalidValue(f"{shown(color)} can't be shown; write it like #ff8080; it is left out.")
        return color.strip().lower()

    return MappingProxyType(check_items(value.items(), check_color, errors))


def check_keys(value: Any, action_ids: Collection[str], errors: Errors) -> Mapping[str, tuple[str, ...]]:
    """Check a table of actions and their keys; any action is allowed if `action_ids` is empty."""
    _require_table(value, 'Keys are a table of their own: [keys], and below it lines like advance = "L".')

    def check_binding(action: str, keys: Any) -> tuple[str, ...]:
        if action_ids:
            require_known(action, action_ids, "action")
        if isinstance(keys, str):
            return (_check_key(keys),)
        if not isinstance(keys, list):
            raise InvalidValue(f'{_kind(keys)} is no key; write a key in quotes, or a list like ["L", "f5"].')
        return tuple(_check_key(key, position) for position, key in enumerate(keys))

    return MappingProxyType(check_items(value.items(), check_binding, errors))


def _check_key(key: Any, *position: int) -> str:
    if not isinstance(key, str):
        raise InvalidValue(f'{_kind(key)} is no key; write it in quotes, like "L".', *position)
    if not key.isprintable() or len(key) > SHOWN or not is_key(key.strip()):
        raise InvalidValue(f"{quoted(key)} is no key's name; write one like L, space, or ctrl+s.", *position)
    return key.strip()


def check_filters(value: Any, _: object, errors: Errors) -> Mapping[str, str]:
    """Check a table of names and filter texts; a name that differs from another by case only is left out."""
    _require_table(
        value, 'Filters are a table of their own: [filters], and below it lines like Mine = "late #python".'
    )
    names: dict[str, str] = {}

    def check_filter(name: str, text: Any) -> str:
        if not name.strip() or not name.isprintable() or len(name) > SHOWN:
            raise InvalidValue(f"A filter's name can be read and has at most {SHOWN} characters; it is left out.")
        same = names.get(name.strip().casefold())
        if same is not None:
            raise InvalidValue(f"There is a filter {quoted(same)} already; this one is left out.")
        checked = _check_filter_text(text)
        names[name.strip().casefold()] = name.strip()
        return checked

    filters = check_items(value.items(), check_filter, errors)
    return MappingProxyType({name.strip(): text for name, text in filters.items()})


def _check_filter_text(text: Any) -> str:
    if not isinstance(text, str):
        raise InvalidValue(
            f'{_kind(text)} is no filter; write in quotes what is typed after /, like "late #python".'
        )
    if not text.strip() or not text.isprintable() or len(text) > FILTER_LIMIT:
        raise InvalidValue(f"A filter has 1 to {FILTER_LIMIT} characters that can be shown; it is left out.")
    return text.strip()


def check_days_off(value: Any, _: object, errors: Errors) -> tuple[str, ...]:
    """Check a list of dates and date ranges."""
    if not isinstance(value, list):
        raise InvalidValue(f'Days off are a list like ["2026-12-24"], not {shown(value)}; the default stays.')
    entries = check_items(enumerate(value), lambda _, entry: _check_day_off(entry), errors).values()
    if longest_break(days_off(entries)) > MAX_DAYS_OFF:
        raise InvalidValue(
            f"Together they leave more than {MAX_DAYS_OFF} days in a row without work; none of them counts."
        )
    return tuple(entries)


def _check_day_off(value: Any) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    text = shown(value)
    if not isinstance(value, str):
        raise InvalidValue(
            f'{_kind(value)} is no day off; write a date in quotes, like "2026-12-24"; it is left out.'
        )
    try:
        start, end = _date_range(value)
    except ValueError:
        raise InvalidValue(
            f'{text} is no day; write "2026-12-24", or "2026-12-24..2027-01-01" for several; it is left out.'
        ) from None
    if not 0 <= (end - start).days < MAX_DAYS_OFF:
        why = "ends before it begins" if end < start else f"has more than {MAX_DAYS_OFF} days"
        raise InvalidValue(f"{text} {why}; it is left out.")
    return start.isoformat() if start == end else f"{start}..{end}"


def _date_range(entry: str) -> tuple[date, date]:
    """Return the first and last day of an entry such as "2026-12-24..2027-01-01". Raises ValueError."""
    first, dots, last = entry.partition("..")
    start = date.fromisoformat(first.strip())
    return start, date.fromisoformat(last.strip()) if dots else start


def days_off(entries: Iterable[str]) -> frozenset[date]:
    """Return all days of checked entries."""
    days: set[date] = set()
    for start, end in map(_date_range, entries):
        days.update(start + _DAY * count for count in range((end - start).days + 1))
    return frozenset(days)


def longest_break(days: Iterable[date]) -> int:
    """Return the most days off in a row, including the weekends between two of them."""
    longest = run = 0
    previous: date | None = None
    for day in sorted(days):
        gap = (day - previous).days if previous else 0
        is_joined = previous is not None and all(
            (previous + _DAY * count).weekday() >= _SATURDAY for count in range(1, gap)
        )
        run = run + gap if is_joined else 1
        longest, previous = max(longest, run), day
    return longest


def check_items(
    items: Iterable[tuple[Any, Any]], check: Callable[[Any, Any], Any], errors: Errors
) -> dict[Any, Any]:
    """Return the checked items by key or position; leaves out invalid ones and adds them to `errors`."""
    valid: dict[Any, Any] = {}
    for key, value in items:
        try:
            valid[key] = check(key, value)
        except InvalidValue as error:
            errors.append(((key, *error.item), error.sentence))
    return valid


def require_known(name: str, names: Collection[str], noun: str) -> str:
    """Return a name that is one of `names`; `noun` says of what. Raises `InvalidValue` with the most similar."""
    if name not in names:
        raise InvalidValue(f"There is no {noun} {quoted(name)}{_suggestion(name, names)}; it is ignored.")
    return name


def _suggestion(name: str, names: Iterable[str]) -> str:
    """Return " (did you mean …?)" with the most similar name, or an empty text."""
    near = similar_names(name, names)
    return f" (did you mean {near[0]}?)" if near else ""


def _kind(value: Any) -> str:
    """Return what a value is, to begin a sentence with."""
    if isinstance(value, bool | int | float):
        return shown(value)
    return {"list": "A list", "dict": "A table", "str": "A text"}.get(type(value).__name__, "A date or time")


def shown(value: Any) -> str:
    """Return a value as it is shown within a sentence."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)[:SHOWN] if isinstance(value, int | float) else _kind(value).lower()


def quoted(text: str) -> str:
    """Return a text in quotes, safe to display and cut if it is long."""
    safe = shown_line(text)
    return f'"{safe[:SHOWN]}…"' if len(safe) > SHOWN else f'"{safe}"'
