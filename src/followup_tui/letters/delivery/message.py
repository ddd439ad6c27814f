"""A letter as an email message: the bytes of an .eml file and of what is sent, with its attachments."""

from __future__ import annotations

import mimetypes
import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from email import policy
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, quote
from pathlib import Path

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.mail_account import is_mail_address
from followup_tui.domain.model.text import clean_block, clean_line, shown_line
from followup_tui.domain.model.touch import OutgoingLetter

SIZE_LIMIT = 20_000_000
"""Bytes all attachments may have together: a third more once encoded, which most servers accept."""

_NAME_LIMIT = 80
_UNKNOWN_TYPE = "application/octet-stream"
# Some programs would unpack an attached message instead of delivering it as a file.
_OPAQUE = frozenset({"message", "multipart"})
_UNSAFE = r'[/\\:*?"<>|\s]+'
# Seven bits, so that every server accepts it; lines end with CRLF.
_POLICY = policy.SMTP.clone(cte_type="7bit")
_LINE_LENGTH = 76
_LINE_END = "\r\n"
_PLAIN_NAME = r"[A-Za-z0-9 ]*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An attached file: a name that is safe on every system, its MIME type ("application/pdf") and its bytes."""

    name: str
    mime_type: str
    content: bytes = field(repr=False)


def eml_bytes(mailing: OutgoingLetter) -> bytes:
    """Return the letter as an .eml file, which mail programs open as an unsent message (`X-Unsent`).

    Unknown addresses are left out. `Refused` if an address isn't plain or an attachment can't be read.
    """
    return _message(mailing, unsent=True)


def message_bytes(mailing: OutgoingLetter) -> bytes:
    """Return the letter as it is sent to a server; `Refused` as in `eml_bytes`."""
    return _message(mailing, unsent=False)


def _message(mailing: OutgoingLetter, *, unsent: bool) -> bytes:
    own, recipient = sender_address(mailing, needed=False), recipient_address(mailing, needed=False)
    headers = ["X-Unsent: 1"] if unsent else []
    if own:
        headers.append(_address_header("From", mailing.sender.name, own))
    if recipient:
        headers.append(_address_header("To", mailing.to_name, recipient))
    headers += [_text_header("Subject", clean_subject(mailing)), f"Date: {format_datetime(mailing.written_at)}"]
    if own:
        # With the domain of the address: the default would reveal the name of this computer.
        headers.append(f"Message-ID: {make_msgid(domain=own.rpartition('@')[2])}")
    return "".join(f"{header}\r\n" for header in headers).encode("ascii") + _mime_part(mailing)


def _mime_part(mailing: OutgoingLetter) -> bytes:
    """Return the MIME headers, an empty line and the body."""
    message = EmailMessage(policy=_POLICY)
    message.set_content(clean_body(mailing) + "\n", charset="utf-8")
    for attachment in read_attachments(mailing.attachments):
        main, _, sub = attachment.mime_type.partition("/")
        message.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.name)
    return message.as_bytes()


# Headers with the user's text are not written by EmailMessage: it decodes its input, so a subject such as
# "=?utf-8?q?…?=" would change, and it fails on some names.
def _text_header(header: str, text: str) -> str:
    is_plain = text.isascii() and "=?" not in text and len(header) + 2 + len(text) <= _LINE_LENGTH
    return f"{header}: {text}" if is_plain else _encoded_header(header, text)


def _address_header(header: str, name: str, address: str) -> str:
    shown = clean_name(name)
    if not shown:
        return f"{header}: {address}"
    if not shown.isascii() or "=?" in shown or len(shown) > _LINE_LENGTH // 2:
        return f"{_encoded_header(header, shown)}\r\n <{address}>"
    bare = shown if re.fullmatch(_PLAIN_NAME, shown) else f'"{quote(shown)}"'
    return (
        f"{header}: {bare}\r\n <{address}>"
        if len(address) > _LINE_LENGTH // 2
        else f"{header}: {bare} <{address}>"
    )


def _encoded_header(header: str, text: str) -> str:
    return f"{header}: {Header(text, 'utf-8', _LINE_LENGTH, header).encode(linesep=_LINE_END)}"


# Texts and addresses


def clean_subject(mailing: OutgoingLetter) -> str:
    """Return the subject as one line."""
    return clean_line(mailing.subject, "subject").text


def clean_body(mailing: OutgoingLetter) -> str:
    """Return the body, with "\\n" between its lines and none at the end."""
    return clean_block(mailing.body, "letter").text


def clean_name(name: str) -> str:
    """Return a person's name as one line with single spaces."""
    return " ".join(clean_line(name, "name").text.split())


def recipient_address(mailing: OutgoingLetter, *, needed: bool) -> str:
    """Return the recipient's address; `Refused` if it isn't one plain address, or is missing though `needed`."""
    address = mailing.to_email.strip()
    if not address and not needed:
        return ""
    whom = shown_line(mailing.to_name or mailing.company)[:_NAME_LIMIT] or "whom this letter is for"
    if not address:
        raise Refused(
            f"You have no email address for {whom}, so nothing went out; add one, or send it as a LinkedIn"
            " message or a card."
        )
    if not is_mail_address(address):
        shown = shown_line(address)[:_NAME_LIMIT]
        raise Refused(f"“{shown}” isn't one plain email address, so nothing went out; correct that of {whom}.")
    return address


def sender_address(mailing: OutgoingLetter, *, needed: bool) -> str:
    """Return the user's address; `Refused` if it isn't one plain address, or is missing though `needed`."""
    address = mailing.sender.email.strip()
    if not address and not needed:
        return ""
    if not address:
        raise Refused("Your own email address isn't set, so nothing went out; set email in the settings.")
    if not is_mail_address(address):
        shown = shown_line(address)[:_NAME_LIMIT]
        raise Refused(
            f"Your own address “{shown}” isn't a plain email address, so nothing went out; correct email in the"
            " settings."
        )
    return address


# Attachments


def read_attachments(paths: Iterable[str]) -> tuple[Attachment, ...]:
    """Read the files in order; `Refused` if one can't be read, isn't a regular file, or they are too large."""
    read: list[Attachment] = []
    room = SIZE_LIMIT
    for path in paths:
        content = _read_file(Path(path), room)
        room -= len(content)
        name = safe_file_name(Path(path).name)
        read.append(Attachment(name=name, mime_type=_mime_type(name), content=content))
    return tuple(read)


def safe_file_name(name: str) -> str:
    """Return a file name without characters that other systems reject; the extension is kept."""
    plain = re.sub(_UNSAFE, " ", shown_line(name)).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > _NAME_LIMIT // 4:
        return plain[:_NAME_LIMIT].strip(" .") or "attachment"
    return f"{stem[: _NAME_LIMIT - len(ending) - 1].strip(' .')}.{ending}"


def _mime_type(name: str) -> str:
    mime_type, encoding = mimetypes.guess_type(name)
    return _UNKNOWN_TYPE if mime_type is None or encoding or mime_type.partition("/")[0] in _OPAQUE else mime_type


def _read_file(path: Path, room: int) -> bytes:
    shown = shown_line(path.name)[:_NAME_LIMIT]
    try:
        # Without NONBLOCK, opening a pipe would block until somebody writes to it.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Refused(
                    f"The attachment {shown} is no regular file; nothing went out, take it off the letter."
                )
            content = file.read(room + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its path is none"
        raise Refused(
            f"The attachment {shown} can't be read ({why}); nothing went out, put it back or take it off."
        ) from None
    if len(content) > room:
        raise Refused(
            f"The attachments have more than {SIZE_LIMIT // 1_000_000} MB together, which many servers "
            f"refuse; nothing went out, take {shown} off the letter or send a link."
        )
    return content
