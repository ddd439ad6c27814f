"""Company and role, guessed from titles and texts as people and programs write them."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from exchange.invitation_files import ME, ROBIN, START, calendar, event
from followup_tui.exchange.exports.calendar_and_card_files import ZoneDefinitions
from followup_tui.exchange.invitations.invitation import Invitation, read_invitations
from followup_tui.exchange.invitations.invitation_guess import guess_application
from followup_tui.exchange.invitations.invited_people import invited_to

_FILE = Path(__file__).parent / "invitations" / "titles.tsv"
TITLES = [line.split("\t") for line in _FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(("title", "organizer", "text", "company", "role"), TITLES)
def test_company_and_role_are_guessed_right(
    title: str, organizer: str, text: str, company: str, role: str
) -> None:
    lines = (
        START,
        ME,
        f"ORGANIZER:mailto:{organizer}",
        f"SUMMARY:{title.replace(',', chr(92) + ',')}",
        f"DESCRIPTION:{text.replace(',', chr(92) + ',')}",
    )
    (found,), _ = read_invitations(
        "a.ics",
        calendar(event(*lines)),
        zone=ZoneInfo("Europe/Berlin"),
        zones={},
        definitions=ZoneDefinitions(),
    )
    assert isinstance(found, Invitation)
    assert guess_application(found, invited_to(found, ROBIN)) == (company, role)
