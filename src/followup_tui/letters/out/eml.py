"""A letter as a message: the bytes of an .eml file, and of what is sent."""

from __future__ import annotations

import re
from email import policy
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, quote

from followup_tui.domain.model.letter import OutgoingLetter
from followup_tui.letters.out.attachments import read_attachments
from followup_tui.letters.out.outgoing import body_of, name_of, own_address, recipient_of, subject_of

# Seven bits, so that every server takes it; lines end as on the wire.
_POLICY = policy.SMTP.clone(cte_type="7bit")
_LINE = 76
_END = "\r\n"
_EASY = r"[A-Za-z0-9 ]*"


def eml_bytes(mailing: OutgoingLetter) -> bytes:
    """The letter as an .eml file, which mail programs open as a message yet to be sent (`X-Unsent`).

    Addresses that aren't known are left to the mail program. `Refused` where an address isn't plain, or an
    attachment can't be taken.
    """
    return _message(mailing, unsent=True)


def message_bytes(mailing: OutgoingLetter) -> bytes:
    """The letter as a server takes it; `Refused` as `eml_bytes`."""
    return _message(mailing, unsent=False)


def _message(mailing: OutgoingLetter, *, unsent: bool) -> bytes:
    own, recipient = own_address(mailing, needed=False), recipient_of(mailing, needed=False)
    headers = ["X-Unsent: 1"] if unsent else []
    if own:
        headers.append(_person("From", mailing.sender.name, own))
    if recipient:
        headers.append(_person("To", mailing.to_name, recipient))
    headers += [_text("Subject", subject_of(mailing)), f"Date: {format_datetime(mailing.written_at)}"]
    if own:
        # With the domain of the address: by itself it would tell the name of this machine.
        headers.append(f"Message-ID: {make_msgid(domain=own.rpartition('@')[2])}")
    return "".join(f"{header}\r\n" for header in headers).encode("ascii") + _content(mailing)


def _content(mailing: OutgoingLetter) -> bytes:
    """MIME headers, an empty line, and what follows it."""
    message = EmailMessage(policy=_POLICY)
    message.set_content(body_of(mailing) + "\n", charset="utf-8")
    for attachment in read_attachments(mailing.attachments):
        main, _, sub = attachment.kind.partition("/")
        message.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.name)
    return message.as_bytes()


# The headers with the user's words are written here and not by EmailMessage: it reads what it is given, so that a
# subject like "=?utf-8?q?…?=" would become another one, and some names it can't read at all.
def _text(header: str, text: str) -> str:
    is_plain = text.isascii() and "=?" not in text and len(header) + 2 + len(text) <= _LINE
    return f"{header}: {text}" if is_plain else _encoded(header, text)


def _person(header: str, name: str, address: str) -> str:
    shown = name_of(name)
    if not shown:
        return f"{header}: {address}"
    if not shown.isascii() or "=?" in shown or len(shown) > _LINE // 2:
        return f"{_encoded(header, shown)}\r\n <{address}>"
    bare = shown if re.fullmatch(_EASY, shown) else f'"{quote(shown)}"'
    return f"{header}: {bare}\r\n <{address}>" if len(address) > _LINE // 2 else f"{header}: {bare} <{address}>"


def _encoded(header: str, text: str) -> str:
    return f"{header}: {Header(text, 'utf-8', _LINE, header).encode(linesep=_END)}"
