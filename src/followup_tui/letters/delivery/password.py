"""The mail account's password, from the user's command or from the system's keyring."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.mail_account import MailAccount
from followup_tui.domain.model.text import shown_line
from followup_tui.extras import install_command

if TYPE_CHECKING:
    from types import ModuleType

SERVICE = "followup-tui"
"""The service name in the keyring; the account's user is the name beside it."""
TIMEOUT = 60.0
"""Seconds that a command may take: the user may have to unlock something first."""

_OUTPUT_LIMIT = 65_536
_NAME_LIMIT = 80
_OTHERWISE = "set password_command under [mail]"


def get_password(account: MailAccount) -> str:
    """Return the account's password; `Refused` with what to do if there is none.

    `password_command` comes first: it runs without a shell, and only the first line of its output counts. Without
    it the keyring is asked.
    """
    if account.password_command:
        return _password_from_command(account.password_command)
    if not account.user:
        raise Refused("No user is set, so no password was looked for; set it under [mail] in the settings.")
    with _keyring() as keyring:
        password = keyring.get_password(SERVICE, account.user)
    if not password:
        user = shown_line(account.user)[:_NAME_LIMIT]
        raise Refused(f"The keyring has no password for {user}; save one there, or {_OTHERWISE}.")
    return str(password)


@contextmanager
def _keyring() -> Iterator[ModuleType]:
    """Return the keyring module; its errors become `Refused` without their own text, which may hold a secret."""
    try:
        import keyring.errors  # Not at the top: an optional extra, and slow to load
    except ImportError:
        raise Refused(
            f"The keyring needs a package that isn't installed; install it with `{install_command('mail')}`, or"
            f" {_OTHERWISE}."
        ) from None
    other_errors: tuple[type[Exception], ...] = (keyring.errors.KeyringError, *_desktop_errors())
    try:
        yield keyring
    except keyring.errors.NoKeyringError:
        raise Refused(f"This system has no keyring that can be used; {_OTHERWISE}.") from None
    except keyring.errors.KeyringLocked:
        raise Refused(f"The keyring is locked and was not opened; unlock it, or {_OTHERWISE}.") from None
    except other_errors:
        raise Refused(f"The keyring didn't answer as it should; look whether it runs, or {_OTHERWISE}.") from None


def _desktop_errors() -> tuple[type[Exception], ...]:
    """Return the errors that the keyring backends of Linux desktops don't translate."""
    try:  # installed only on Linux
        from jeepney.wrappers import DBusErrorResponse
        from secretstorage.exceptions import SecretStorageException
    except ImportError:
        return (OSError,)
    return (OSError, DBusErrorResponse, SecretStorageException)


def _password_from_command(command: str) -> str:
    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    if not words:
        raise Refused(
            "password_command can't be understood: a quotation mark is left open, or it is empty;"
            " correct it under [mail]."
        )
    name = f"password_command ({shown_line(os.path.basename(words[0]))[:_NAME_LIMIT]})"
    output = _run(words, name)
    try:
        line = output.split(b"\n", 1)[0].rstrip(b"\r").decode()
    except UnicodeDecodeError:
        raise Refused(f"What {name} said is no UTF-8 text; look at it in a terminal.") from None
    if not line.strip() or not line.isprintable():
        raise Refused(f"{name} said no password in its first line; run it in a terminal.")
    return line


def _run(words: list[str], name: str) -> bytes:
    """Return a command's output; it gets no terminal, so it can't read keys meant for the program.

    Not `subprocess.run`: that collects endless output, and leaves the command's children running after a timeout.
    """
    try:
        process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it holds a NUL character"
        raise Refused(f"{name} can't be started ({why}); correct it under [mail].") from None
    chunks: list[bytes] = []
    reader = Thread(target=_read_output, args=(process, chunks), daemon=True)
    deadline = monotonic() + TIMEOUT
    reader.start()
    reader.join(TIMEOUT)
    try:
        if not chunks:
            raise subprocess.TimeoutExpired(words, TIMEOUT)
        if len(chunks[0]) > _OUTPUT_LIMIT:
            raise Refused(f"{name} says more than a password; let it say that alone.")
        code = process.wait(max(deadline - monotonic(), 0.0))
    except subprocess.TimeoutExpired:
        raise Refused(
            f"{name} took longer than {TIMEOUT:.0f} seconds and was ended; run it in a terminal."
        ) from None
    finally:
        _kill(process)
    if code:
        raise Refused(f"{name} ended with the error {code}; run it in a terminal to see why.")
    return chunks[0]


def _read_output(process: subprocess.Popen[bytes], chunks: list[bytes]) -> None:
    """Append the process's output, up to just over the limit; a detached child may keep this waiting."""
    if process.stdout is not None:
        with process.stdout as stream:
            chunks.append(stream.read(_OUTPUT_LIMIT + 1))


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process with all its children, unless it has ended."""
    if process.returncode is None:
        with suppress(ProcessLookupError):  # it has just ended
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
