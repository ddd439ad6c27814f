"""Send a letter by the user's mail account (SMTP), never over an unencrypted connection."""

from __future__ import annotations

import smtplib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.mail_account import MailAccount, Security
from followup_tui.domain.model.touch import OutgoingLetter
from followup_tui.letters.delivery import mail_login
from followup_tui.letters.delivery.mail_login import MailError, OutcomeUnknown, Server, quote_reply
from followup_tui.letters.delivery.message import message_bytes, recipient_address, sender_address

_OK, _LOGGED_IN, _START_INPUT = 250, 235, 354
_FORWARDED = 251
_TOO_LARGE = 552
_WRONG_WAY = frozenset({500, 501, 502, 503, 504, 530, 538})
"""Codes by which a server refuses how the login is made, not the password (RFC 4954)."""
_DATA_TIMEOUT = 120.0
"""Seconds that a server may take for the letter itself: it may scan for viruses before it accepts it."""
# Sent instead of this computer's name, which is private; RFC 5321 allows an address literal.
_CLIENT_NAME = "[127.0.0.1]"


def send(mailing: OutgoingLetter, account: MailAccount, password: str) -> None:
    """Send a letter by SMTP, encrypted, from the user's address; return once the server has accepted it for all.

    `Refused` if something is missing or wrong before connecting; `MailError` if it wasn't sent;
    `OutcomeUnknown` if the server's last answer was lost, so that it may have been sent.
    """
    server = mail_login.smtp_server(account)
    mail_login.require_password(password, server)
    sender, recipient = sender_address(mailing, needed=True), recipient_address(mailing, needed=True)
    recipients = (recipient, *(address for _, address in mailing.copies))
    message = message_bytes(mailing)
    with _connect(server) as client:
        _log_in(client, server, account.user, password)
        _send_envelope(client, server, sender, recipients, len(message))
        _send_data(client, server, message)
        with suppress(OSError):  # the letter is accepted: a failed QUIT no longer matters
            client.docmd("QUIT")


@contextmanager
def _connect(server: Server) -> Iterator[smtplib.SMTP]:
    """Open an encrypted connection that is ready for the login; failures become `MailError`."""
    context = mail_login.ssl_context(server)
    client: smtplib.SMTP | None = None
    is_open = False
    try:
        if server.security is Security.TLS:
            client = smtplib.SMTP_SSL(
                server.host, server.port, _CLIENT_NAME, timeout=mail_login.TIMEOUT, context=context
            )
        else:
            client = smtplib.SMTP(server.host, server.port, _CLIENT_NAME, timeout=mail_login.TIMEOUT)
            _say_hello(client, server)
            if not client.has_extn("starttls"):
                raise mail_login.no_encryption(server)
            client.starttls(context=context)
        _say_hello(client, server)
        is_open = True
        yield client
    except smtplib.SMTPServerDisconnected as error:
        # smtplib raises this for a timeout too; only its context shows the reason.
        cause = error.__context__ if isinstance(error.__context__, OSError) else ConnectionResetError()
        raise mail_login.connection_error(cause, server, is_open=is_open, advice=", try again later") from None
    except smtplib.SMTPResponseException as error:
        raise _rejected(server, error.smtp_code, error.smtp_error) from None
    except OSError as error:
        raise mail_login.connection_error(error, server, is_open=is_open) from None
    finally:
        if client is not None:
            client.close()


def _say_hello(client: smtplib.SMTP, server: Server) -> None:
    code, reply = client.ehlo()
    if code != _OK:
        raise _rejected(server, code, reply)


def _log_in(client: smtplib.SMTP, server: Server, user: str, password: str) -> None:
    methods = client.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in methods:
        # Not smtplib's login(), which only takes ASCII.
        secret = b64encode(f"\0{user}\0{password}".encode()).decode()
        code, reply = client.docmd("AUTH", f"PLAIN {secret}")
        if code != _LOGGED_IN:
            raise _login_refused(server, code, reply, password, secret)
    elif "LOGIN" in methods and f"{user}{password}".isascii():
        client.user, client.password = user, password
        try:
            client.auth("LOGIN", client.auth_login)
        except smtplib.SMTPAuthenticationError as error:
            raise _login_refused(server, error.smtp_code, error.smtp_error, password) from None
    else:
        raise mail_login.no_login_method(server)


def _login_refused(server: Server, code: int, reply: bytes | str, *secrets: str) -> MailError:
    """The error for a login that wasn't accepted: the code tells whether the password is to blame."""
    if later := mail_login.refused_for_now(server, code, reply, *secrets):
        return later
    if code not in _WRONG_WAY:
        return mail_login.login_failed(server, reply, *secrets)
    return MailError(
        f"{server.host} takes no login this way{quote_reply(reply, *secrets)}: code {code} says nothing about the"
        f" password; {server.nothing}, look at smtp_port and smtp_security, or use your mail program."
    )


def _send_envelope(
    client: smtplib.SMTP, server: Server, sender: str, recipients: Iterable[str], size: int
) -> None:
    """Announce the sender, the recipients and the size in bytes; if one is refused, nobody gets it."""
    has_size = client.has_extn("size")
    limit = client.esmtp_features.get("size", "") if has_size else ""
    if limit.isdigit() and 0 < int(limit) < size:
        raise _too_large(server, size, int(limit))
    code, reply = client.mail(sender, [f"SIZE={size}"] if has_size else [])
    if code == _TOO_LARGE:
        raise _too_large(server, size, 0)
    if code != _OK:
        raise mail_login.refused_for_now(server, code, reply) or MailError(
            f"{server.host} didn't take {sender} as the sender{quote_reply(reply)}; {server.nothing}, "
            "look at email in the settings."
        )
    for recipient in recipients:
        code, reply = client.rcpt(recipient)
        if code not in (_OK, _FORWARDED):
            raise mail_login.refused_for_now(server, code, reply) or MailError(
                f"{server.host} refused the recipient {recipient}{quote_reply(reply)}; {server.nothing}, "
                "look at the address."
            )


def _send_data(client: smtplib.SMTP, server: Server, message: bytes) -> None:
    """Send the letter, which ends with a newline; no server delivers it before the closing dot."""
    code, reply = client.docmd("DATA")
    if code != _START_INPUT:
        raise _rejected(server, code, reply)
    if client.sock is not None:
        client.sock.settimeout(_DATA_TIMEOUT)
    client.send(message.replace(b"\r\n.", b"\r\n.."))
    try:
        client.send(b".\r\n")
        code, reply = client.getreply()
    except OSError:
        raise _outcome_unknown(server) from None
    if 200 <= code < 300:
        return
    if code == _TOO_LARGE:
        raise _too_large(server, len(message), 0)
    # A reply that isn't SMTP has the code -1.
    raise _rejected(server, code, reply) if 400 <= code < 600 else _outcome_unknown(server)


def _outcome_unknown(server: Server) -> OutcomeUnknown:
    return OutcomeUnknown(
        f"{server.host} never said whether it took the letter, so it is unknown whether it was sent: look "
        "into your mailbox before you send it again."
    )


def _too_large(server: Server, size: int, limit: int) -> Refused:
    most = f", which takes {limit / 1e6:,.1f} MB" if limit else ""
    return Refused(
        f"The letter has {size / 1e6:,.1f} MB with its attachments, too much for {server.host}{most}; "
        f"{server.nothing}, leave an attachment out."
    )


def _rejected(server: Server, code: int, reply: bytes | str) -> MailError:
    later = ", try again later" if 400 <= code < 500 else ", use your mail program"
    return MailError(f"{server.host} said no with code {code}{quote_reply(reply)}; {server.nothing}{later}.")
