"""Letters to send out, for tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from conftest import NOW
from followup_tui.domain.model.touch import OutgoingLetter, Sender

SENDER = Sender(
    name="Robin Okafor", email="robin@okafor.example", phone="+49 30 1234", address="Weg 1\n10115 Berlin"
)
LETTER = OutgoingLetter(
    sender=SENDER,
    to_name="Dana Ruiz",
    to_email="dana@acme.example",
    to_address="1 Gear St\nSpringfield",
    company="Acme Robotics",
    subject="Thank you",
    body="Dear Dana,\n\nThank you for your time.\n\nRobin",
    written_at=NOW,
)

_PARTS = (
    *'aBé日𐀀 \r\n\t\x1b\x00\x85\u2028\u202e\ud800&?=#%+,;:<>@"\\().-*',
    *("\r\n", "..", "&body=", "?cc=x@y.example", "%0A", "=?utf-8?q?x?=", "=?utf-8?b?////?="),
    *("\r\nBcc:x@y.example", "\n.\n", "From "),
)
HOSTILE = st.text(max_size=120) | st.lists(st.sampled_from(_PARTS), max_size=30).map("".join)
"""Texts of any kind, and such as break out of what they stand in."""


def mailing(**changes: Any) -> OutgoingLetter:
    """The usual letter with some of it changed."""
    return replace(LETTER, **changes)
