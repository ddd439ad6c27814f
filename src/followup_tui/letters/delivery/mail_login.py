"""Mail servers, the password for them, and what can go wrong, as sentences without password and letter.

The password comes from the user's command or from the system's keyring.
"""

from __future__ import annotations

import os
import shlex
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING

from followup_tui.domain.model.errors import FollowupError, Refused
from followup_tui.domain.model.mail_account import MailAccount, Security, is_host
from followup_tui.domain.model.text import shown_line
from followup_tui.extras import install_command

if TYPE_CHECKING:
    from types import ModuleType

TIMEOUT = 30.0
"""Seconds that a server may take for each of its answers."""

_FOR_NOW = 4
"""The first digit of SMTP's replies that may be another one a little later (RFC 5321, 4.2.1)."""
_IMAP_FOR_NOW = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]")
"""The response codes by which an IMAP server says the same (RFC 5530)."""
_REPLY_LIMIT = 200


class MailError(FollowupError):
    """A server couldn't be reached or refused; nothing was sent or saved."""


class OutcomeUnknown(FollowupError):
    """The connection broke after everything was handed over: it may have arrived, so don't simply retry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server from the settings; `kind` is "smtp" or "imap", the prefix of its keys there.

    `nothing` is what to say about the letter if it fails: "nothing was sent".
    """

    kind: str
    host: str
    port: int
    security: Security
    ca_file: str
    nothing: str

    def __str__(self) -> str:
        """Name and port, for use in a sentence."""
        return f"{self.host}, port {self.port},"


def smtp_server(account: MailAccount) -> Server:
    """Return the server that sends; `Refused` if it isn't set."""
    return _server(account, "smtp", account.smtp_host, account.smtp_port, account.smtp_security)


def imap_server(account: MailAccount) -> Server:
    """Return the server that keeps the drafts; `Refused` if it isn't set."""
    return _server(account, "imap", account.imap_host, account.imap_port, account.imap_security)


_NOTHING: Mapping[str, str] = {"smtp": "nothing was sent", "imap": "no draft was saved"}


def _server(account: MailAccount, kind: str, host: str, port: int, security: Security) -> Server:
    nothing = _NOTHING[kind]
    for key, value in ((f"{kind}_host", host), ("user", account.user)):
        if not value:
            raise Refused(f"No {key} is set, so {nothing}; set it under [mail] in the settings.")
    if not account.user.isprintable():
        raise Refused(f"The user holds characters that can't be sent, so {nothing}; correct user under [mail].")
    if not is_host(host):
        shown = shown_line(host)[:_REPLY_LIMIT]
        raise Refused(f"“{shown}” is no server's name, so {nothing}; correct {kind}_host in the settings.")
    return Server(kind=kind, host=host, port=port, security=security, ca_file=account.ca_file, nothing=nothing)


def require_password(password: str, server: Server) -> None:
    """Raise `Refused` if a text can't be a password: it is empty or would end the protocol line."""
    if not password or not password.isprintable():
        problem = "holds characters that can't be sent" if password else "is empty"
        raise Refused(f"The password {problem}, so {server.nothing}; look at the keyring, or at password_command.")


def ssl_context(server: Server) -> ssl.SSLContext:
    """Return a context that trusts the system's authorities and those in `ca_file`."""
    context = ssl.create_default_context()
    if server.ca_file:
        path = Path(server.ca_file).expanduser()
        try:
            context.load_verify_locations(cafile=path)
        except (OSError, ValueError) as error:
            why = "holds no certificates" if isinstance(error, ssl.SSLError) else "can't be read"
            raise Refused(
                f"{shown_line(str(path))} {why}, so {server.nothing}; correct ca_file in the settings."
            ) from None
    return context


# Specific types come before the types they inherit from: the first match counts.
_FAILURES: tuple[tuple[tuple[type[OSError], ...], str], ...] = (
    ((socket.gaierror,), "The mail server {host} wasn't found: you are offline, or {kind}_host is wrong"),
    (
        (ssl.SSLCertVerificationError,),
        "The certificate of {host} can't be trusted ({why}): {kind}_host is wrong, its authority belongs into "
        "ca_file, or somebody is in between",
    ),
    (
        (ssl.SSLEOFError, ssl.SSLZeroReturnError, ConnectionResetError, BrokenPipeError),
        "{server} broke off the connection",
    ),
    ((ssl.SSLError,), "{server} doesn't speak TLS as it should{other_security}"),
    ((ConnectionRefusedError,), "{server} takes no connections: look at {kind}_host and {kind}_port"),
    ((TimeoutError,), "{server} didn't answer in time{hint}"),
    ((OSError,), "{server} can't be reached ({why})"),
)
"""What to say about each kind of connection failure, as the beginning of a sentence."""


def connection_error(error: OSError, server: Server, *, is_open: bool, advice: str = "") -> MailError:
    """Return the error for a failed connection, with the reason; `is_open` once TLS is established."""
    other_kind = Security.STARTTLS if server.security is Security.TLS else Security.TLS
    other_security = f': perhaps that port needs {server.kind}_security = "{other_kind}"'
    if isinstance(error, ssl.SSLCertVerificationError):
        why = shown_line(error.verify_message).rstrip(".")
    else:
        why = os.strerror(error.errno) if error.errno else "no reason is known"
    text = next(text for types, text in _FAILURES if isinstance(error, types)).format(
        server=server,
        host=server.host,
        kind=server.kind,
        why=why,
        other_security=other_security,
        hint="" if is_open else other_security,
    )
    return MailError(f"{text}; {server.nothing}{advice}.")


def no_encryption(server: Server) -> MailError:
    """Return the error for a server that offers no STARTTLS."""
    return MailError(
        f"{server} offers no encryption, or somebody in between takes the offer away, so nothing was said to it, "
        f"the password least of all; {server.nothing}, try it on another network."
    )


def no_login_method(server: Server) -> MailError:
    """Return the error for a server without a supported login method."""
    return MailError(
        f"{server} offers no way to log in that followup-tui knows; {server.nothing}, use your mail program."
    )


def login_failed(server: Server, reply: bytes | str, *secrets: str) -> MailError:
    """Return the error for a rejected login, with the server's reply unless it repeats a secret."""
    return MailError(
        f"{server.host} didn't accept the user and the password{quote_reply(reply, *secrets)}; {server.nothing}, "
        "look at user under [mail] and at the password."
    )


def refused_for_now(server: Server, code: int, reply: bytes | str, *secrets: str) -> MailError | None:
    """Return the error for a reply that holds only for the moment, else None; an IMAP server's has no code."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    if code // 100 != _FOR_NOW and not any(word in text.upper() for word in _IMAP_FOR_NOW):
        return None
    return MailError(
        f"{server.host} refuses for now{quote_reply(reply, *secrets)}, which need not be your fault;"
        f" {server.nothing}, try again in a few minutes."
    )


def quote_reply(reply: bytes | str, *secrets: str) -> str:
    """Return a server's reply in brackets, safe to show; empty if it repeats a secret."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    shown = " ".join(shown_line(text).split())[:_REPLY_LIMIT]
    if not shown or any(secret and secret in text for secret in secrets):
        return ""
    return f" ({shown})"


SERVICE = "followup-tui"
"""The service name in the keyring; the account's user is the name beside it."""
COMMAND_TIMEOUT = 60.0
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
    deadline = monotonic() + COMMAND_TIMEOUT
    reader.start()
    reader.join(COMMAND_TIMEOUT)
    try:
        if not chunks:
            raise subprocess.TimeoutExpired(words, COMMAND_TIMEOUT)
        if len(chunks[0]) > _OUTPUT_LIMIT:
            raise Refused(f"{name} says more than a password; let it say that alone.")
        code = process.wait(max(deadline - monotonic(), 0.0))
    except subprocess.TimeoutExpired:
        raise Refused(
            f"{name} took longer than {COMMAND_TIMEOUT:.0f} seconds and was ended; run it in a terminal."
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
