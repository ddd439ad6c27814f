"""The mail account's password, from a command of the user's or from the system's keyring."""

from __future__ import annotations

import os
import selectors
import shlex
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.mail_account import MailAccount
from followup_tui.domain.model.text import shown_line

if TYPE_CHECKING:
    from types import ModuleType

SERVICE = "followup-tui"
"""The name under which the keyring has the password, with the account's user."""
PATIENCE = 60.0
"""Seconds that a command may take: it may have to be unlocked first."""

_MOST = 65_536
_CHUNK = 4_096
_TOLD = 80
_OTHERWISE = "set password_command under [mail]"


def password_of(account: MailAccount) -> str:
    """The account's password; `Refused` with what to do where there is none.

    From `password_command`, which is run without a shell and may say more than the password below its first line;
    else from the keyring.
    """
    if account.password_command:
        return _by_command(account.password_command)
    if not account.user:
        raise Refused("No user is set, so no password was looked for; set it under [mail] in the settings.")
    with _keyring() as keyring:
        password = keyring.get_password(SERVICE, account.user)
    if not password:
        told = shown_line(account.user)[:_TOLD]
        raise Refused(f"The keyring has no password for {told}; save one there, or {_OTHERWISE}.")
    return str(password)


def store_password(account: MailAccount, password: str) -> None:
    """Keep a password in the system's keyring; `Refused` where there is none, or it is locked."""
    if not account.user:
        raise Refused("No user is set, so the password was not saved; set user under [mail] in the settings.")
    if not password or not password.isprintable():
        raise Refused("A password is one line of characters that can be typed; it was not saved.")
    with _keyring() as keyring:
        keyring.set_password(SERVICE, account.user, password)


@contextmanager
def _keyring() -> Iterator[ModuleType]:
    """The keyring's module, where what fails with it is told; what it says itself could hold anything."""
    try:
        import keyring  # only where the extra is installed
        from keyring.errors import KeyringError, KeyringLocked, NoKeyringError
    except ImportError:
        raise Refused(
            "The keyring needs one package more, which isn't installed: pip install '.[mail]' where you set it "
            f"up, or {_OTHERWISE}."
        ) from None
    others: tuple[type[Exception], ...] = (KeyringError, *_desktop_errors())
    try:
        yield keyring
    except NoKeyringError:
        raise Refused(f"This system has no keyring that can be used; {_OTHERWISE}.") from None
    except KeyringLocked:
        raise Refused(f"The keyring is locked and was not opened; unlock it, or {_OTHERWISE}.") from None
    except others:
        raise Refused(f"The keyring didn't answer as it should; look whether it runs, or {_OTHERWISE}.") from None


def _desktop_errors() -> tuple[type[Exception], ...]:
    """What the keyrings of Linux desktops let through unchanged."""
    try:
        from jeepney.wrappers import DBusErrorResponse
        from secretstorage.exceptions import SecretStorageException
    except ImportError:
        return (OSError,)
    return (OSError, DBusErrorResponse, SecretStorageException)


def _by_command(command: str) -> str:
    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    if not words:
        raise Refused("password_command can't be understood: a quotation mark is left open, or it is empty.")
    told = shown_line(os.path.basename(words[0]))[:_TOLD]
    said = _said(words, told)
    try:
        line = said.split(b"\n", 1)[0].rstrip(b"\r").decode()
    except UnicodeDecodeError:
        raise Refused(f"What password_command ({told}) said is no UTF-8 text; look at it in a terminal.") from None
    if not line.strip() or not line.isprintable():
        raise Refused(f"password_command ({told}) said no password in its first line; run it in a terminal.")
    return line


def _said(words: list[str], told: str) -> bytes:
    """All that a command says; it has no terminal, so that it can't take keys that are meant for the program."""
    try:
        process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as trouble:
        why = getattr(trouble, "strerror", None) or "it holds a NUL character"
        raise Refused(f"password_command ({told}) can't be started ({why}); correct it under [mail].") from None
    try:
        said = _read(process)
    except subprocess.TimeoutExpired:
        _end(process)
        took = f"took longer than {PATIENCE:.0f} seconds"
        raise Refused(f"password_command ({told}) {took} and was ended; run it in a terminal.") from None
    if len(said) > _MOST:
        _end(process)
        raise Refused(f"password_command ({told}) says more than a password; let it say that alone.")
    if process.returncode:
        code = process.returncode
        raise Refused(f"password_command ({told}) ended with the error {code}; run it in a terminal to see why.")
    return said


def _read(process: subprocess.Popen[bytes]) -> bytes:
    """What a process says until it has ended, or has said too much; `TimeoutExpired` when patience ends."""
    deadline = monotonic() + PATIENCE
    said = b""
    if process.stdout is None:
        return said
    with process.stdout, selectors.DefaultSelector() as ready:
        ready.register(process.stdout, selectors.EVENT_READ)
        while len(said) <= _MOST:
            if not ready.select(max(deadline - monotonic(), 0.0)):
                raise subprocess.TimeoutExpired(process.args, PATIENCE)
            chunk = os.read(process.stdout.fileno(), _CHUNK)
            if not chunk:
                process.wait(max(deadline - monotonic(), 0.0))
                break
            said += chunk
    return said


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it has started."""
    with suppress(ProcessLookupError):  # it has ended by itself
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
