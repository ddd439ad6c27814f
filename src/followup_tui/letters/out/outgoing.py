"""What goes out, made fit for it: texts without controls, and addresses that are one plain address."""

from __future__ import annotations

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.letter import OutgoingLetter
from followup_tui.domain.model.mail_account import is_mail_address
from followup_tui.domain.model.text import clean_block, clean_line, shown_line

_TOLD = 80


def subject_of(mailing: OutgoingLetter) -> str:
    """The subject in one line."""
    return clean_line(mailing.subject, "subject").text


def body_of(mailing: OutgoingLetter) -> str:
    """The body, with "\\n" between its lines and none at its end."""
    return clean_block(mailing.body, "letter").text


def name_of(name: str) -> str:
    """A person's name in one line, with single spaces."""
    return " ".join(clean_line(name, "name").text.split())


def recipient_of(mailing: OutgoingLetter, *, needed: bool) -> str:
    """The address it goes to; `Refused` where it isn't one plain address, or is missing though `needed`."""
    address = mailing.to_email.strip()
    if not address and not needed:
        return ""
    whom = shown_line(mailing.to_name or mailing.company)[:_TOLD] or "whom this letter is for"
    if not address:
        raise Refused(f"No mail address is known of {whom}, so nothing went out; add one, or copy the letter.")
    if not is_mail_address(address):
        told = shown_line(address)[:_TOLD]
        raise Refused(f"“{told}” isn't one plain mail address, so nothing went out; correct that of {whom}.")
    return address


def own_address(mailing: OutgoingLetter, *, needed: bool) -> str:
    """The user's own address; `Refused` where it isn't one plain address, or is missing though `needed`."""
    address = mailing.sender.email.strip()
    if not address and not needed:
        return ""
    if not address:
        raise Refused("Your own mail address isn't set, so nothing went out; set email in the settings.")
    if not is_mail_address(address):
        told = shown_line(address)[:_TOLD]
        raise Refused(f"Your own address “{told}” isn't a plain mail address; correct email in the settings.")
    return address
