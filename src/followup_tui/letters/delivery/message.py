"""A letter as an email message with its attachments, as a `mailto:` link, as plain text, as a page to print."""

from __future__ import annotations

import mimetypes
import os
import re
import shutil
import stat
import subprocess
import sys
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field
from email import policy
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, quote
from pathlib import Path
from urllib.parse import quote as url_quote

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.mail_account import is_mail_address
from followup_tui.domain.model.text import clean_block, clean_line, shown_line
from followup_tui.domain.model.touch import OutgoingLetter, written_date

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
        headers.append(_address_header("From", (mailing.sender.name, own)))
    if recipient:
        headers.append(_address_header("To", (mailing.to_name, recipient)))
    if mailing.copies:
        headers.append(_address_header("Cc", *mailing.copies))
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
    return f"{header}: {text if is_plain else _encoded(header, text)}"


def _address_header(header: str, *people: tuple[str, str]) -> str:
    return f"{header}: " + ",\r\n ".join(_mailbox(header, name, address) for name, address in people)


def _mailbox(header: str, name: str, address: str) -> str:
    shown = clean_name(name)
    if not shown:
        return address
    if not shown.isascii() or "=?" in shown or len(shown) > _LINE_LENGTH // 2:
        return f"{_encoded(header, shown)}\r\n <{address}>"
    bare = shown if re.fullmatch(_PLAIN_NAME, shown) else f'"{quote(shown)}"'
    return f"{bare}\r\n <{address}>" if len(address) > _LINE_LENGTH // 2 else f"{bare} <{address}>"


def _encoded(header: str, text: str) -> str:
    return Header(text, "utf-8", _LINE_LENGTH, header).encode(linesep=_LINE_END)


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


LIMIT = 2_000
"""Characters of the whole link.

Windows passes on at most 2,083 (Microsoft KB 208427, INTERNET_MAX_URL_LENGTH), Outlook and Chrome 2,046; a longer
link is cut off or doesn't open at all, without an error.
"""
OPENERS = ("open",) if sys.platform == "darwin" else ("xdg-open", "wslview", "termux-open-url")
"""Programs that open a link with the desktop's default application; the first installed one is used."""
_START_TIMEOUT = 2.0
"""Seconds after which a program that still runs counts as opened: it is the mail program itself."""


def mailto_link(mailing: OutgoingLetter) -> str:
    """Return the link of a letter: its recipients, subject and body, each part percent-encoded (RFC 6068).

    `Refused` if the recipient isn't one plain address, the link is too long, or the letter has attachments.
    """
    if mailing.attachments:
        raise Refused("A mail link can't carry attachments, so it was not opened; save it as .eml, or send it.")
    body = clean_body(mailing).replace("\n", "\r\n")
    to = _in_link(recipient_address(mailing, needed=True))
    link = f"mailto:{to}?subject={url_quote(clean_subject(mailing), safe='')}"
    if mailing.copies:
        link += f"&cc={','.join(_in_link(address) for _, address in mailing.copies)}"
    if body:
        link += f"&body={url_quote(body, safe='')}"
    if len(link) > LIMIT:
        raise Refused(
            f"This letter makes a link of {len(link):,} characters and mail programs take {LIMIT:,} for sure, "
            "so it was not opened; save it as .eml or copy it instead."
        )
    return link


def _in_link(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{url_quote(local, safe='')}@{domain}"


def open_in_mail_program(link: str) -> None:
    """Open a `mailto:` link; `Refused` if no program can.

    Not with `webbrowser`: without a desktop it starts a terminal browser, which draws over the screen, and it
    reports success for links that nothing opened.
    """
    opener = next(filter(None, map(shutil.which, OPENERS)), None)
    if opener is None:
        raise _no_mail_program()
    try:
        process = subprocess.Popen(
            [opener, link],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        code = process.wait(_START_TIMEOUT)
    except subprocess.TimeoutExpired:
        return
    except OSError:
        raise _no_mail_program() from None
    if code:
        raise _no_mail_program()


def _no_mail_program() -> Refused:
    return Refused("No mail program could be started here; the draft is kept, save it as .eml or copy it instead.")


WIDTH = 72
"""Columns of a printed page; longer lines are wrapped between words."""

_NO_ADDRESS = "(No postal address is known: look it up before you post it.)"


def plain_text(mailing: OutgoingLetter, *, with_subject: bool = False) -> str:
    """Return the body, ready to paste into a mail; with the "Subject:" line above it on request."""
    body = f"{clean_body(mailing)}\n"
    return f"Subject: {clean_subject(mailing)}\n\n{body}" if with_subject else body


def print_page(mailing: OutgoingLetter, width: int = WIDTH) -> str:
    """Return a page to print or copy by hand: sender, date, recipient, and the letter wrapped at `width`.

    A line in brackets replaces an unknown postal address.
    """
    sender = mailing.sender
    sender_block = _block(clean_name(sender.name), _address(sender.address), clean_name(sender.phone))
    day = written_date(mailing.written_at.date(), sender.english)
    recipient_block = _block(
        clean_name(mailing.to_name), clean_name(mailing.company), _address(mailing.to_address) or _NO_ADDRESS
    )
    return (
        "\n\n".join(filter(None, (sender_block, day, recipient_block, _wrapped(clean_body(mailing), width))))
        + "\n"
    )


def _address(address: str) -> str:
    return clean_block(address, "postal address").text.strip()


def _block(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _wrapped(body: str, width: int) -> str:
    return "\n".join(_line(line, width) for line in body.split("\n"))


def _line(line: str, width: int) -> str:
    # A list item continues below its first word; a word that is too long, such as a link, isn't broken.
    indent = line[: len(line) - len(line.lstrip(" \t-*•"))]
    return textwrap.fill(
        line,
        width,
        subsequent_indent=" " * len(indent.expandtabs(4)),
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
        tabsize=4,
    )
