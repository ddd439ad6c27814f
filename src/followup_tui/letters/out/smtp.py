"""Sending a letter by the user's own mail account; never over a line that isn't encrypted."""

from __future__ import annotations

import smtplib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.letter import OutgoingLetter
from followup_tui.domain.model.mail_account import MailAccount, Security
from followup_tui.letters.out import trouble as troubles
from followup_tui.letters.out.eml import message_bytes
from followup_tui.letters.out.outgoing import own_address, recipient_of
from followup_tui.letters.out.trouble import MailTrouble, OutcomeUnknown, Server, answer_words, cause_of

_OK, _LOGGED_IN, _GO_ON = 250, 235, 354
_FORWARDED = 251
_TOO_LARGE = 552
_NOTHING = "nothing was sent"
_DELIVERY_PATIENCE = 120.0
"""Seconds that a server may take for the letter itself: it may look for viruses before it says yes."""
# Said in place of this machine's own name, which is nobody's business; RFC 5321 allows the address.
_MY_NAME = "[127.0.0.1]"


def send(mailing: OutgoingLetter, account: MailAccount, password: str) -> None:
    """Send a letter by SMTP, encrypted, from the user's own address; returns once the server has taken it.

    `Refused` where something is missing or wrong before a server is asked; `MailTrouble` where it wasn't sent;
    `OutcomeUnknown` where the server's last answer was lost, so that it may have been sent.
    """
    server = troubles.smtp_server(account)
    troubles.checked_password(password, f"so {_NOTHING}")
    sender, recipient = own_address(mailing, needed=True), recipient_of(mailing, needed=True)
    message = message_bytes(mailing)
    with _connected(server) as line:
        _log_in(line, server, account.user, password)
        _announce(line, server, sender, recipient, len(message))
        _hand_over(line, server, message)
        with suppress(OSError):  # it was taken: how the farewell goes no longer matters
            line.docmd("QUIT")


@contextmanager
def _connected(server: Server) -> Iterator[smtplib.SMTP]:
    """A connection that is encrypted and ready for the login; whatever breaks on it is told as `MailTrouble`."""
    context = troubles.trusted(server, f"so {_NOTHING}")
    line: smtplib.SMTP | None = None
    is_open = False
    try:
        if server.security is Security.TLS:
            line = smtplib.SMTP_SSL(server.host, server.port, _MY_NAME, timeout=troubles.PATIENCE, context=context)
        else:
            line = smtplib.SMTP(server.host, server.port, _MY_NAME, timeout=troubles.PATIENCE)
            _greet(line, server)
            if not line.has_extn("starttls"):
                raise MailTrouble(f"{troubles.no_encryption(server)}; {_NOTHING}.")
            line.starttls(context=context)
        _greet(line, server)
        is_open = True
        yield line
    except smtplib.SMTPServerDisconnected as trouble:
        # It comes for a time-out too, and only its context tells.
        before = trouble.__context__
        why = cause_of(before if isinstance(before, OSError) else ConnectionResetError(), server, is_open=is_open)
        raise MailTrouble(f"{why}; {_NOTHING}, try again later.") from None
    except smtplib.SMTPResponseException as answer:
        raise _said_no(server, answer.smtp_code, answer.smtp_error) from None
    except OSError as trouble:
        raise MailTrouble(f"{cause_of(trouble, server, is_open=is_open)}; {_NOTHING}.") from None
    finally:
        if line is not None:
            line.close()


def _greet(line: smtplib.SMTP, server: Server) -> None:
    code, words = line.ehlo()
    if code != _OK:
        raise _said_no(server, code, words)


def _log_in(line: smtplib.SMTP, server: Server, user: str, password: str) -> None:
    ways = line.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in ways:
        # Not by smtplib's own login, which takes ASCII alone.
        secret = b64encode(f"\0{user}\0{password}".encode()).decode()
        code, words = line.docmd("AUTH", f"PLAIN {secret}")
        if code != _LOGGED_IN:
            raise _not_let_in(server, answer_words(words, password, secret))
    elif "LOGIN" in ways and f"{user}{password}".isascii():
        line.user, line.password = user, password
        try:
            line.auth("LOGIN", line.auth_login)
        except smtplib.SMTPAuthenticationError as answer:
            raise _not_let_in(server, answer_words(answer.smtp_error, password)) from None
    else:
        raise MailTrouble(f"{server} offers no way to log in that followup-tui knows; {_NOTHING}.")


def _not_let_in(server: Server, said: str) -> MailTrouble:
    return MailTrouble(
        f"{server.host} didn't accept the user and the password{said}; {_NOTHING}, look at user under [mail] "
        "and at the password."
    )


def _announce(line: smtplib.SMTP, server: Server, sender: str, recipient: str, size: int) -> None:
    """Who writes to whom, and how much."""
    has_size = line.has_extn("size")
    limit = line.esmtp_features.get("size", "") if has_size else ""
    if limit.isdigit() and 0 < int(limit) < size:
        raise _too_large(server, size, int(limit))
    code, words = line.mail(sender, [f"SIZE={size}"] if has_size else [])
    if code == _TOO_LARGE:
        raise _too_large(server, size, 0)
    if code != _OK:
        raise MailTrouble(
            f"{server.host} didn't take {sender} as the sender{answer_words(words)}; {_NOTHING}, "
            "look at email in the settings."
        )
    code, words = line.rcpt(recipient)
    if code not in (_OK, _FORWARDED):
        raise MailTrouble(
            f"{server.host} refused the recipient {recipient}{answer_words(words)}; {_NOTHING}, "
            "look at the address."
        )


def _hand_over(line: smtplib.SMTP, server: Server, message: bytes) -> None:
    """The letter itself, which ends with a line end; no server delivers it before the dot that closes it comes."""
    code, words = line.docmd("DATA")
    if code != _GO_ON:
        raise _said_no(server, code, words)
    if line.sock is not None:
        line.sock.settimeout(_DELIVERY_PATIENCE)
    line.send(message.replace(b"\r\n.", b"\r\n.."))
    try:
        line.send(b".\r\n")
        code, words = line.getreply()
    except OSError:
        raise _unknown(server) from None
    if 200 <= code < 300:
        return
    if code == _TOO_LARGE:
        raise _too_large(server, len(message), 0)
    # What is no answer of SMTP at all has the code -1.
    raise _said_no(server, code, words) if 400 <= code < 600 else _unknown(server)


def _unknown(server: Server) -> OutcomeUnknown:
    return OutcomeUnknown(
        f"{server.host} never said whether it took the letter, so it is unknown whether it was sent: look "
        "into your mailbox before you send it again."
    )


def _too_large(server: Server, size: int, limit: int) -> Refused:
    most = f", which takes {limit / 1e6:,.1f} MB" if limit else ""
    return Refused(
        f"The letter has {size / 1e6:,.1f} MB with its attachments, too much for {server.host}{most}; {_NOTHING}, "
        "leave an attachment out."
    )


def _said_no(server: Server, code: int, words: bytes | str) -> MailTrouble:
    later = ", try again later" if 400 <= code < 500 else ""
    return MailTrouble(f"{server.host} said no with code {code}{answer_words(words)}; {_NOTHING}{later}.")
