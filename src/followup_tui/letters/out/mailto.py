"""The link that opens a letter in the user's mail program."""

from __future__ import annotations

from urllib.parse import quote

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.letter import OutgoingLetter
from followup_tui.letters.out.outgoing import body_of, recipient_of, subject_of

LIMIT = 2_000
"""Characters the whole link may have.

Windows hands over no more than 2,083 (Microsoft KB 208427, INTERNET_MAX_URL_LENGTH), Outlook and Chrome stop at
2,046, and what is beyond is cut off or nothing opens at all, without a word.
"""


def mailto(mailing: OutgoingLetter) -> str:
    """The `mailto:` link of a letter: one recipient, subject and body, each part percent-encoded (RFC 6068).

    `Refused` where the recipient isn't one plain address, where the link gets too long to be relied on, and where
    something is attached, which no link can carry.
    """
    if mailing.attachments:
        raise Refused("A mail link can't carry attachments, so it was not opened; save it as .eml, or send it.")
    local, _, domain = recipient_of(mailing, needed=True).rpartition("@")
    body = body_of(mailing).replace("\n", "\r\n")
    link = f"mailto:{quote(local, safe='')}@{domain}?subject={quote(subject_of(mailing), safe='')}"
    if body:
        link += f"&body={quote(body, safe='')}"
    if len(link) > LIMIT:
        raise Refused(
            f"This letter makes a link of {len(link):,} characters and mail programs take {LIMIT:,} for sure, "
            "so it was not opened; save it as .eml or copy it instead."
        )
    return link
