"""The full form, with a line for each person and who was in the interview; links that are opened."""

from __future__ import annotations

import webbrowser
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual.widgets import Input

from conftest import NOW
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import ContactRole, Person
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.touch import Channel
from followup_tui.domain.model.when import When
from followup_tui.tracker.tracker import Tracker
from ui.pilot import open_board

BERLIN = ZoneInfo("Europe/Berlin")


def names_met(details: ApplicationDetails) -> list[str]:
    met = {link.contact_id for link in details.interviewers}
    return [one.name for one in details.contacts if one.id in met]


async def test_people_are_edited_line_by_line_and_the_interview_keeps_its_own(database: Path) -> None:
    at = datetime(2026, 11, 20, 14, tzinfo=BERLIN)
    with closing(Tracker(database, clock=lambda: NOW)) as tracker:
        people = (Person("Dana Ruiz", "dana@acme.example", "+1 212 555 0100", title="CTO"), Person("Bo Chen"))
        when = When(day=at.date(), at=at, zone="Europe/Berlin")
        tracker.commands.add(ApplicationForm(company="Acme", role="Dev", interview=when, people=people))
    async with open_board(database) as user:
        before = user.details("Acme")
        await user.type("e")
        screen = user.app.screen
        lines = [screen.query_one(f"#{id}", Input) for id in ("met", "person-0", "person-1", "people")]
        assert [line.value for line in lines] == [
            "Dana Ruiz, Bo Chen", "Dana Ruiz (CTO) <dana@acme.example>, +1 212 555 0100", "Bo Chen", "",
        ]  # fmt: skip
        lines[0].value = "Bo"
        lines[1].value = "Dana Ruiz <dana@acme.example>, hiring manager, best by LinkedIn"
        lines[3].value = "Tom Fox, recruiter; referrer Cy Young"
        await user.type("ctrl+s")
        after = user.details("Acme")
        dana = after.contacts[0]
        assert (dana.phone, dana.title) == ("", "")
        assert (dana.role, dana.reach_by) == (ContactRole.HIRING_MANAGER, Channel.LINKEDIN)
        assert [one.name for one in after.contacts] == ["Dana Ruiz", "Bo Chen", "Tom Fox", "Cy Young"]
        assert names_met(after) == ["Bo Chen"]
        await user.type("u")
        assert user.details("Acme") == before


async def test_a_person_that_is_not_understood_is_refused_at_the_line(database: Path) -> None:
    with closing(Tracker(database, clock=lambda: NOW)) as tracker:
        tracker.commands.add(ApplicationForm(company="Acme", role="Dev"))
    async with open_board(database) as user:
        await user.type("e")
        user.app.screen.query_one("#people", Input).value = "dana@"
        await user.type("ctrl+s")
        assert user.sees("no whole email address")
        assert user.app.screen.focused is not None
        assert user.app.screen.focused.id == "people"


@pytest.mark.parametrize(
    ("browser", "said"),
    [
        (None, "No browser opens here; copied the link"),
        (webbrowser.GenericBrowser("lynx"), "No browser opens here; copied the link"),
        (webbrowser.BackgroundBrowser("firefox"), "Opening https://jobs.example/7"),
    ],
)
async def test_a_link_is_opened_only_where_a_browser_has_a_window(
    database: Path, monkeypatch: pytest.MonkeyPatch, browser: webbrowser.BaseBrowser | None, said: str
) -> None:
    def get() -> webbrowser.BaseBrowser:
        if browser is None:
            raise webbrowser.Error
        return browser

    monkeypatch.setattr(webbrowser, "get", get)
    with closing(Tracker(database, clock=lambda: NOW)) as tracker:
        tracker.commands.add(ApplicationForm(company="Acme", role="Dev", url="https://jobs.example/7"))
    opened: list[str] = []
    async with open_board(database) as user:
        user.app.open_url = lambda url, **_: opened.append(url)  # type: ignore[method-assign]
        await user.type("o")
        assert user.sees(said)
    assert bool(opened) is said.startswith("Opening")
