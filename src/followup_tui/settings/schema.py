"""The settings: each is one entry with its default, its check and its sentence; how they are loaded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from followup_tui.domain.model.mail_account import MailAccount
from followup_tui.settings import checks
from followup_tui.settings.checks import Check, InvalidValue, check_items, require_known
from followup_tui.settings.toml_file import (
    Errors,
    KeyPath,
    Problem,
    UnreadableFile,
    locate_problems,
    read_document,
)

if TYPE_CHECKING:
    from followup_tui.domain.format import English

NO_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType({})
NO_FILTERS: Mapping[str, str] = MappingProxyType({})
NO_COLORS: Mapping[str, str] = MappingProxyType({})
TABLES = frozenset({"colors", "keys", "filters", "mail"})
"""The settings that are tables of their own."""


def _setting(
    default: Any,
    check: Check,
    sentence: str,
    *,
    group: str = "",
    choices: Collection[str] | Mapping[str, Check] = (),
    example: Any = None,
    at_start: bool = False,
) -> Any:
    """Return a field of `Settings`; `example` is shown in the documented file if the default says nothing.

    `group` is the heading of the settings that begin with this one. One that is read `at_start` needs a restart.
    """
    metadata = {
        "check": check, "sentence": sentence, "group": group, "choices": choices, "example": example,
        "at_start": at_start,
    }  # fmt: skip
    return field(default_factory=lambda: default, hash=not isinstance(default, Mapping), metadata=metadata)


COLORS: Mapping[str, tuple[str, str]] = {
    "text": ("foreground", "Plain text."),
    "background": ("background", "The ground of the board."),
    "card": ("surface", "The ground of cards, dialogs and the pane."),
    "bar": ("panel", "The ground of the first and the last line."),
    "focus": ("accent", "Where the cursor is, and keys to press."),
    "interviewed": ("primary", "The stage Interviewed."),
    "thanked": ("secondary", "The stage Thanked."),
    "awaiting": ("success", "The stage Awaiting."),
    "late": ("error", "Late or missing."),
    "today": ("warning", "Due today."),
}
"""The keys of [colors]: the theme's variable and a sentence."""

MAIL_KEYS: Mapping[str, tuple[Check, str, str | None]] = {
    "user": (checks.check_line, "Your user name.", "robin@okafor.example"),
    "smtp_host": (checks.check_host, "The server for sending.", "smtp.okafor.example"),
    "smtp_port": (checks.check_port, "Its port; by default 465, or 587 with starttls.", None),
    "smtp_security": (checks.check_security, "Its encryption: tls from the start, or starttls.", None),
    "imap_host": (checks.check_host, "The server for drafts.", "imap.okafor.example"),
    "imap_port": (checks.check_port, "Its port; by default 993, or 143 with starttls.", None),
    "imap_security": (checks.check_security, "Its encryption: tls from the start, or starttls.", None),
    "drafts": (
        checks.check_line,
        "The drafts folder; by default the one the server names.",
        "Drafts",
    ),
    "password_command": (
        checks.check_command,
        "A command that prints the password; by default it comes from the keyring.",
        "pass show mail/okafor",
    ),
    "ca_file": (
        checks.check_file,
        "A file with certificates to trust, for a server of your own.",
        "~/okafor-ca.pem",
    ),
}
"""The keys of [mail]: check, sentence, example."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the program looks and behaves; if `ascii` or `english` is None, the locale decides."""

    theme: str = _setting(
        "auto",
        checks.check_name,
        "The theme, by its name in the palette; auto is the light one where the terminal says that it is light.",
        group="Looks",
    )
    ascii: bool | None = _setting(
        None,
        checks.check_bool,
        "Use plain ASCII characters only; by default the locale decides.",
        example=True,
        at_start=True,
    )
    sort: str = _setting(
        "due",
        checks.check_choice,
        "The order of the cards in a column: due is most urgent first, age is longest in the stage.",
        choices=("due", "company", "age", "newest"),
        group="Board",
    )
    mouse: bool = _setting(
        True,
        checks.check_bool,
        "Use the mouse to select, open and drag cards; if false, the terminal keeps the mouse.",
        at_start=True,
    )
    region: str = _setting(
        "",
        checks.check_region,
        "Where you look for work: a country, with its state if that matters; by default the locale decides.",
        example="DE-BY",
        group="Dates",
    )
    days_off: tuple[str, ...] = _setting(
        (),
        checks.check_days_off,
        "Your days off, which don't count as business days: dates, or ranges of dates.",
        example=("2026-12-24..2027-01-01",),
    )
    name: str = _setting(
        "", checks.check_line, "Your name, as you sign letters.", example="Robin Okafor", group="You"
    )
    email: str = _setting("", checks.check_email, "Your email address.", example="robin@okafor.example")
    phone: str = _setting(
        "", checks.check_phone, "Your phone number, for letters and voice messages.", example="+49 30 1234567"
    )
    address: str = _setting(
        "",
        checks.check_address,
        "Your postal address, for printed letters.",
        example="Long Street 1\n10115 Berlin\nGermany",
    )
    english: English | None = _setting(  # noqa: RUF009 a field
        None,
        checks.check_english,
        "Your English, for spelling, dates and hours everywhere; by default the locale or your region decides.",
        choices=("american", "british", "canadian", "australian", "indian"),
        example="american",
        group="Writing",
    )
    grammar: bool = _setting(
        True,
        checks.check_bool,
        "Find more mistakes in letters, if the extra `grammar` is installed; it needs 450 MB of memory.",
        at_start=True,
    )
    voice: str = _setting(
        "formal",
        checks.check_choice,
        "The tone of your letters: formal greets with the full name, friendly with the first name."
        " “friendly voice” or “formal voice” in a contact's line decides for that person.",
        choices=("formal", "friendly"),
    )
    colors: Mapping[str, str] = _setting(
        NO_COLORS,
        checks.check_colors,
        "Your own values over those of the theme: what each is for, and #rrggbb.",
        group="Colors",
        choices={name: sentence for name, (_, sentence) in COLORS.items()},
        example={"late": "#ff8080", "background": "#101418"},
    )
    keys: Mapping[str, tuple[str, ...]] = _setting(
        NO_KEYS,
        checks.check_keys,
        "Your own keys: an action's name and its key or keys; an empty list removes them.",
        example={"advance": ("L", "f5")},
        group="Keys",
        at_start=True,
    )
    filters: Mapping[str, str] = _setting(
        NO_FILTERS,
        checks.check_filters,
        "Your own filters, for the palette and `list --filter`: a name, and what you would type after /.",
        example={"Remote Python": "#python #remote -late", "Waits for a call": 'stage:awaiting note:"will call"'},
        group="Filters",
    )
    mail: MailAccount = _setting(  # noqa: RUF009 a field
        MailAccount(),
        checks.check_mail,
        "Your mail account, for sending letters and keeping drafts; always encrypted. Its password is in the"
        " system's keyring or comes from password_command; it is never in this file.",
        group="Mail",
        choices={key: check for key, (check, *_) in MAIL_KEYS.items()},
    )

    def days_off_days(self) -> frozenset[date]:
        """Return the days off, one by one."""
        return checks.days_off(self.days_off)


SCHEMA: Mapping[str, Mapping[str, Any]] = {setting.name: setting.metadata for setting in fields(Settings)}
"""Check, sentence, choices and example of each setting, by name."""


def load_settings(
    path: Path, *, action_ids: Collection[str] = (), themes: Collection[str] = ()
) -> tuple[Settings, tuple[Problem, ...]]:
    """Return the settings in a file and its problems by line; a missing file is all defaults.

    A file that isn't TOML is all defaults. Names of actions and themes are checked if `action_ids` and `themes`
    are given.
    """
    try:
        document = read_document(path, name="settings", otherwise="the defaults are in force")
    except UnreadableFile as error:
        return Settings(), (error.problem,)
    errors: Errors = []
    names_at_run_time = {"theme": themes, "keys": action_ids}

    def check(name: str, value: Any) -> Any:
        """A setting by its own check; what is wrong inside of a table is kept with its key."""
        setting = SCHEMA[require_known(name, SCHEMA, "setting")]
        nested: Errors = []
        checked = setting["check"](value, names_at_run_time.get(name, setting["choices"]), nested)
        errors.extend(((name, *key), sentence) for key, sentence in nested)
        return checked

    settings = Settings(**check_items(document.values.items(), check, errors))
    return settings, locate_problems(errors, document.text)


def check_setting(key: KeyPath, value: Any, beside: Mapping[str, Any], names: Collection[str] = ()) -> Any:
    """Return the value of a setting, or of an entry of one that is a table, as it is used. Raises `InvalidValue`.

    `beside` are the other entries of the table. `names` are the actions or the themes, if the key is about them.
    """
    setting = SCHEMA[require_known(str(key[0]), SCHEMA, "setting")]
    errors: Errors = []
    whole = value if len(key) == 1 else {**beside, str(key[1]): value}
    checked = setting["check"](whole, names or setting["choices"], errors)
    for path, sentence in errors:
        if len(key) == 1 or path[0] == key[1]:
            raise InvalidValue(sentence)
    if len(key) == 1:
        return checked
    return checked[str(key[1]).strip()] if isinstance(checked, Mapping) else getattr(checked, str(key[1]))
