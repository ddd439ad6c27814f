"""What can be set, its defaults and its words; the documented file is made from the same lines."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from followup_tui.domain.model.mail_account import MailAccount
from followup_tui.settings.days_off import days_of

if TYPE_CHECKING:
    from followup_tui.domain.model.letter import English, Sender

NO_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType({})
TABLES = frozenset({"keys", "filters", "mail"})
"""The settings that are tables of their own."""
NO_FILTERS: Mapping[str, str] = MappingProxyType({})


def _setting(default: Any, sentence: str, *, choices: tuple[str, ...] = (), example: Any = None) -> Any:
    """A field with its sentence; `example` stands in the documented file where the default says nothing."""
    return field(default=default, metadata={"sentence": sentence, "choices": choices, "example": example})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the program looks and behaves; None in `ascii` leaves it to the locale."""

    theme: str = _setting("followup-dark", "The colours, by the name the palette lists them under.")
    ascii: bool | None = _setting(
        None, "Draw with plain ASCII characters only; left out, the locale decides.", example=True
    )
    sort: str = _setting(
        "due",
        "The order of the cards in a column as the board opens.",
        choices=("due", "company", "age", "newest"),
    )
    mouse: bool = _setting(
        True, "Let the mouse focus, open and drag cards; off, the terminal keeps it for itself."
    )
    region: str = _setting(
        "",
        "Where you look for work: a country, with its state where that matters; left out, the locale decides.",
        example="DE-BY",
    )
    days_off: tuple[str, ...] = _setting(
        (),
        "Days of yours that are no business days: dates, or the first and the last of several.",
        example=("2026-12-24..2027-01-01",),
    )
    name: str = _setting("", "Your name, as it stands below a letter.", example="Robin Okafor")
    email: str = _setting("", "The mail address that you write from.", example="robin@okafor.example")
    phone: str = _setting("", "Your phone number, for letters and voice messages.", example="+49 30 1234567")
    address: str = _setting(
        "", "Your postal address, for letters on paper.", example="Long Street 1\n10115 Berlin\nGermany"
    )
    english: English | None = field(
        default=None,
        metadata={
            "sentence": "The English you write, for spelling and dates; left out, the locale decides.",
            "choices": ("american", "british", "canadian", "australian", "indian"),
            "example": "american",
        },
    )
    keys: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: NO_KEYS,
        hash=False,
        metadata={
            "sentence": "Keys of your own: an action's name and its key or keys; an empty list takes them away."
        },
    )
    filters: Mapping[str, str] = field(
        default_factory=lambda: NO_FILTERS,
        hash=False,
        metadata={
            "sentence": "Filters of your own, by name in the palette and `list --filter`: what is typed after /.",
            "example": {
                "Remote Python": "#python #remote -late",
                "Waits for a call": 'stage:awaiting note:"will call"',
            },
        },
    )

    mail: MailAccount = field(
        default_factory=MailAccount,
        metadata={
            "sentence": "Your mail account, to send letters by it and to keep drafts in it; always encrypted. Its"
            " password is in the system's keyring, or comes from password_command; it never stands here.",
            "keys": {
                "user": ("The name you log in with.", "robin@okafor.example"),
                "smtp_host": ("The server that sends.", "smtp.okafor.example"),
                "smtp_port": ("Its port; left out, 465, or 587 with starttls.", None),
                "smtp_security": ("How it is encrypted: tls from the first byte, or starttls.", None),
                "imap_host": ("The server that keeps the drafts.", "imap.okafor.example"),
                "imap_port": ("Its port; left out, 993, or 143 with starttls.", None),
                "imap_security": ("How it is encrypted: tls from the first byte, or starttls.", None),
                "drafts": ("The folder for drafts; left out, the one that the server marks as such.", "Drafts"),
                "password_command": (
                    "A command that prints the password; left out, the keyring has it.",
                    "pass show mail/okafor",
                ),
                "ca_file": (
                    "A file of certificates to trust besides the system's, for a server of your own.",
                    "~/okafor-ca.pem",
                ),
            },
        },
    )

    def sender(self, locale: str | None = None) -> Sender:
        """Who writes the letters; where the English isn't set it is that of a locale such as "en_GB.UTF-8".

        Without one it is the locale that the environment names.
        """
        # Here and not above: a start that writes no letter needs none of it.
        from followup_tui.domain.model.letter import Sender, english_of

        return Sender(
            name=self.name,
            email=self.email,
            phone=self.phone,
            address=self.address,
            english=self.english or english_of(_named_locale() if locale is None else locale),
        )

    def days_off_days(self) -> frozenset[date]:
        """The days off, one by one."""
        return days_of(self.days_off)


def _named_locale() -> str:
    """The locale that the environment names for what is written; empty where it names none."""
    return next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "") or ""


def example_settings(keys: Mapping[str, tuple[str, ...]] = NO_KEYS) -> str:
    """The whole settings file in TOML, documented, every line commented out at its default.

    `keys` are the actions with their default keys, to be listed under `[keys]`.
    """
    lines = [
        "# Settings of followup-tui. Every line may be left out; a comment shows the default or an example.",
        "",
    ]
    for setting in fields(Settings):
        if setting.name in TABLES:
            continue
        lines.append(f"# {setting.metadata['sentence']}")
        if setting.metadata["choices"]:
            lines.append(f"# One of {', '.join(map(_toml, setting.metadata['choices']))}.")
        example = setting.metadata["example"]
        shown = setting.default if example is None else example
        lines += [f"# {setting.name} = {_toml(shown)}", ""]
    lines += [f"# {Settings.__dataclass_fields__['keys'].metadata['sentence']}", "[keys]"]
    lines += [f"# {action} = {_toml(its_keys)}" for action, its_keys in (keys or {"advance": ("L", "f5")}).items()]
    own = Settings.__dataclass_fields__["filters"].metadata
    lines += ["", f"# {own['sentence']}", "[filters]"]
    lines += [f"# {_toml(name)} = {_toml(text)}" for name, text in own["example"].items()]
    return "\n".join([*lines, *_mail_lines()]) + "\n"


def _mail_lines() -> list[str]:
    from textwrap import wrap  # only who reads the documented file needs it

    own, defaults = Settings.__dataclass_fields__["mail"].metadata, MailAccount()
    lines = ["", *(f"# {line}" for line in wrap(own["sentence"], 110)), "[mail]"]
    for key, (sentence, example) in own["keys"].items():
        shown = getattr(defaults, key) if example is None else example
        lines += [f"# {sentence}", f"# {key} = {_toml(shown)}"]
    return lines


def _toml(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
