"""The table [mail]: each key checked by itself; a password in it is refused, and never repeated."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from followup_tui.domain.model.mail_account import MailAccount, Security, is_host
from followup_tui.settings.checks import line, shown, unknown, words
from followup_tui.settings.files import Found, Wrong, quoted

_USUAL_PORTS = {"smtp": 587, "imap": 143}
"""The ports of connections that begin in the clear, by the beginning of their keys."""
_PASSWORDS = frozenset({"password", "passwd", "passphrase", "pass", "pw", "secret"})
_LAST_PORT = 65_535
_COMMAND_LIMIT = 1_000


def mail_account(value: Any, found: Found) -> MailAccount:
    """The account that a table describes; what is wrong in it keeps its default and is added to `found`."""
    if not isinstance(value, dict):
        raise Wrong('The mail account is a table of its own: [mail], and below it lines like user = "robin".')
    taken: dict[str, Any] = {}
    for key, given in value.items():
        try:
            taken[key] = _checked(key, given)
        except Wrong as wrong:
            found.append((("mail", key), wrong.sentence))
    for kind, port in _USUAL_PORTS.items():
        if taken.get(f"{kind}_security") is Security.STARTTLS:
            taken.setdefault(f"{kind}_port", port)
    return replace(MailAccount(), **taken)


def _checked(key: str, given: Any) -> Any:
    if key.casefold() in _PASSWORDS:
        raise Wrong(
            "A password doesn't belong into this file and is not read from it: take it out, and keep it in the "
            "system's keyring, or name a command that prints it as password_command."
        )
    if key not in _CHECKS:
        raise Wrong(unknown(key, _CHECKS, "key of [mail]"))
    return _CHECKS[key](given, ())


def _host(value: Any, choices: Collection[str]) -> str:
    host = line(value, choices)
    if host and not is_host(host):
        raise Wrong(
            f"{quoted(host)} is no server's name; write it alone, like mail.okafor.example, without a port."
        )
    return host


def _port(value: Any, choices: Collection[str]) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _LAST_PORT:
        raise Wrong(f"A port is a number from 1 to {_LAST_PORT} without quotes, not {shown(value)}.")
    return value


def _security(value: Any, choices: Collection[str]) -> Security:
    return Security(words(value, tuple(Security)))


def _command(value: Any, choices: Collection[str]) -> str:
    command = words(value, choices).strip()
    if len(command) > _COMMAND_LIMIT:
        raise Wrong(f"The command has more than {_COMMAND_LIMIT:,} characters; put it into a script of its own.")
    return command


def _file(value: Any, choices: Collection[str]) -> str:
    file = line(value, choices)
    if file and not file.startswith(("/", "~")):
        raise Wrong(f"{quoted(file)} is no whole path; write one that begins with / or ~; it is left out.")
    return file


_CHECKS: Mapping[str, Callable[[Any, Collection[str]], Any]] = {
    "user": line,
    "smtp_host": _host,
    "smtp_port": _port,
    "smtp_security": _security,
    "imap_host": _host,
    "imap_port": _port,
    "imap_security": _security,
    "drafts": line,
    "password_command": _command,
    "ca_file": _file,
}
