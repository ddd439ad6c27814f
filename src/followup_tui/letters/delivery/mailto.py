"""The `mailto:` link of a letter, and opening it in the user's mail program."""

from __future__ import annotations

import shutil
import subprocess
import sys
from urllib.parse import quote

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.touch import OutgoingLetter
from followup_tui.letters.delivery.message import clean_body, clean_subject, recipient_address

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
    """Return the link of a letter: one recipient, subject and body, each part percent-encoded (RFC 6068).

    `Refused` if the recipient isn't one plain address, the link is too long, or the letter has attachments.
    """
    if mailing.attachments:
        raise Refused("A mail link can't carry attachments, so it was not opened; save it as .eml, or send it.")
    local, _, domain = recipient_address(mailing, needed=True).rpartition("@")
    body = clean_body(mailing).replace("\n", "\r\n")
    link = f"mailto:{quote(local, safe='')}@{domain}?subject={quote(clean_subject(mailing), safe='')}"
    if body:
        link += f"&body={quote(body, safe='')}"
    if len(link) > LIMIT:
        raise Refused(
            f"This letter makes a link of {len(link):,} characters and mail programs take {LIMIT:,} for sure, "
            "so it was not opened; save it as .eml or copy it instead."
        )
    return link


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
