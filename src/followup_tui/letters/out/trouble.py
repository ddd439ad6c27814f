"""What can go wrong on the way to a mail server, as sentences; none repeats the password or the letter."""

from __future__ import annotations

import os
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

from followup_tui.domain.model.errors import FollowupError, Refused
from followup_tui.domain.model.mail_account import MailAccount, Security, is_host
from followup_tui.domain.model.text import shown_line

PATIENCE = 30.0
"""Seconds that a server may take for each of its answers."""

_SAID = 200


class MailTrouble(FollowupError):
    """A server couldn't be reached or said no; nothing was sent or saved."""


class OutcomeUnknown(FollowupError):
    """The line broke after all was handed over: it may have arrived, so it must not simply be tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server as the settings name it; `kind` is "smtp" or "imap", the beginning of its keys there."""

    kind: str
    host: str
    port: int
    security: Security
    ca_file: str = ""

    def __str__(self) -> str:
        """Name and port, as a sentence tells them."""
        return f"{self.host}, port {self.port},"


def smtp_server(account: MailAccount) -> Server:
    """The server that sends; `Refused` where none is set."""
    server = Server(
        kind="smtp",
        host=account.smtp_host,
        port=account.smtp_port,
        security=account.smtp_security,
        ca_file=account.ca_file,
    )
    return _usable(server, account, "so nothing was sent")


def imap_server(account: MailAccount) -> Server:
    """The server that keeps the drafts; `Refused` where none is set."""
    server = Server(
        kind="imap",
        host=account.imap_host,
        port=account.imap_port,
        security=account.imap_security,
        ca_file=account.ca_file,
    )
    return _usable(server, account, "so no draft was saved")


def _usable(server: Server, account: MailAccount, nothing: str) -> Server:
    for key, value in ((f"{server.kind}_host", server.host), ("user", account.user)):
        if not value:
            raise Refused(f"No {key} is set, {nothing}; set it under [mail] in the settings.")
    if not account.user.isprintable():
        raise Refused(f"The user holds characters that can't be sent, {nothing}; correct user under [mail].")
    if not is_host(server.host):
        told = shown_line(server.host)[:_SAID]
        raise Refused(f"“{told}” is no server's name, {nothing}; correct {server.kind}_host in the settings.")
    return server


def checked_password(password: str, nothing: str) -> None:
    """`Refused` where a text can't be a password, because it would end the line on which it is sent."""
    if not password or not password.isprintable():
        what = "holds characters that can't be sent" if password else "is empty"
        raise Refused(f"The password {what}, {nothing}; look at the keyring, or at password_command.")


def trusted(server: Server, nothing: str) -> ssl.SSLContext:
    """What a server's certificate is held against: the system's authorities, and those in `ca_file`."""
    context = ssl.create_default_context()
    if server.ca_file:
        place = Path(server.ca_file).expanduser()
        try:
            context.load_verify_locations(cafile=place)
        except (OSError, ValueError) as trouble:
            why = "holds no certificates" if isinstance(trouble, ssl.SSLError) else "can't be read"
            raise Refused(f"{shown_line(str(place))} {why}, {nothing}; correct ca_file in the settings.") from None
    return context


def cause_of(trouble: OSError, server: Server, *, is_open: bool) -> str:
    """Why a server couldn't be spoken with, as the beginning of a sentence; `is_open` once it speaks TLS."""
    if isinstance(trouble, socket.gaierror):
        return f"The mail server {server.host} wasn't found: you are offline, or {server.kind}_host is wrong"
    if isinstance(trouble, ssl.SSLCertVerificationError):
        why = shown_line(trouble.verify_message).rstrip(".")
        return (
            f"The certificate of {server.host} can't be trusted ({why}): {server.kind}_host is wrong, its "
            "authority belongs into ca_file, or somebody is in between"
        )
    if isinstance(trouble, ssl.SSLEOFError | ssl.SSLZeroReturnError | ConnectionResetError | BrokenPipeError):
        return f"{server} broke off the connection"
    if isinstance(trouble, ssl.SSLError):
        return f"{server} doesn't speak TLS as it should{_other_security(server)}"
    if isinstance(trouble, ConnectionRefusedError):
        return f"{server} takes no connections: look at {server.kind}_host and {server.kind}_port"
    if isinstance(trouble, TimeoutError):
        return f"{server} didn't answer in time{'' if is_open else _other_security(server)}"
    return f"{server} can't be reached ({os.strerror(trouble.errno) if trouble.errno else 'no reason is known'})"


def _other_security(server: Server) -> str:
    other = Security.STARTTLS if server.security is Security.TLS else Security.TLS
    return f': perhaps that port needs {server.kind}_security = "{other}"'


def no_encryption(server: Server) -> str:
    """That a server offers no STARTTLS, as the beginning of a sentence."""
    return (
        f"{server} offers no encryption, or somebody in between takes the offer away, so nothing was said to it, "
        "the password least of all"
    )


def answer_words(words: bytes | str, *secrets: str) -> str:
    """What a server answered, in brackets and fit to be shown; empty where it repeats a secret."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    said = " ".join(shown_line(text).split())[:_SAID]
    if not said or any(secret and secret in text for secret in secrets):
        return ""
    return f" ({said})"
