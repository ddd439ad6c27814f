"""`coach`, `share` and `unshare`: what a coach sees of all boards on a server, and who decides that."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from followup_tui.actions import COACH
from followup_tui.cli import open_board
from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.server_address import ServerAddress
from followup_tui.store.reader import Reader
from postgres_server import PostgresServer, close_idle
from run_cli import Ran, Shell


class Role:
    """Somebody with a board on the server."""

    def __init__(self, server: PostgresServer, capsys: pytest.CaptureFixture[str], name: str = "") -> None:
        self.address = server.board(name)
        self.name = self.address.url.split("/")[2].split("@")[0]
        self.shell = Shell(self.address.url, capsys)

    def board_of(self, other: Role) -> ServerAddress:
        return self.address.of_seeker(other.name)


def sees_changes(window: Reader) -> None:
    """Look around until there is something to see: the server's notice of it is on its way."""
    end = time.monotonic() + 10
    while not window.changed():
        assert time.monotonic() < end


@pytest.fixture
def people(server: PostgresServer, capsys: pytest.CaptureFixture[str]) -> Iterator[list[Role]]:
    """A coach and three seekers."""
    found = [Role(server, capsys) for _ in range(4)]
    yield found
    for role in found:
        close_idle(role.address)


def shown(coach: Role) -> list[tuple[str, str]]:
    ran = coach.shell("coach", "--json")
    return [(each["seeker"], each["company"]) for each in ran.json]


def test_a_coach_sees_what_is_due_offers_and_interviews_within_two_weeks_most_urgent_first(
    people: list[Role],
) -> None:
    coach, alex, sam, kim = people
    alex.shell.well("add", "Late Thanks", "Dev", "--interview", "20 nov 9:00")
    alex.shell.well("add", "Soon", "Dev", "--interview", "6 dec 9:00")
    alex.shell.well("add", "Far", "Dev", "--interview", "7 dec 9:00")
    sam.shell.well("add", "Offer", "Dev", "--applied")
    sam.shell.well("offer", "1", "--by", "20 dec")
    for seeker in (alex, sam, kim):
        seeker.shell.well("share", coach.name)
    assert shown(coach) == [(sam.name, "Offer"), (alex.name, "Late Thanks"), (alex.name, "Soon")]
    printed = coach.shell("coach")
    assert printed.code == 3
    assert kim.name in printed.out.splitlines()[-1]
    assert "nothing due" in printed.out
    assert "Far" not in printed.out
    assert printed.err == "3 seekers: 1 due, 1 late, 1 offer, 1 interview\n"


def test_nothing_is_seen_before_it_is_shared_nor_after(people: list[Role]) -> None:
    coach, alex, *_ = people
    alex.shell.well("add", "Acme", "Dev", "--interview", "20 nov 9:00")
    unshared = coach.shell("coach")
    assert (unshared.code, unshared.out, "Nobody shares" in unshared.err) == (0, "", True)
    alex.shell.well("share", coach.name)
    with closing(Reader(coach.board_of(alex))) as window:
        assert [each[2] for each in window.identities()] == ["Acme"]
        assert not window.changed()
        alex.shell.well("unshare", coach.name)
        with pytest.raises(StoreTrouble, match="No board is shared"):
            sees_changes(window)
        assert window.identities() == []
    with pytest.raises(StoreTrouble, match="No board is shared"), closing(Reader(coach.board_of(alex))) as another:
        another.identities()
    assert shown(coach) == []
    alex.shell.well("share", coach.name)
    assert shown(coach) == [(alex.name, "Acme")]


def test_who_can_read_a_board_is_listed(people: list[Role]) -> None:
    coach, alex, sam, _ = people
    assert (alex.shell.well("share").out, alex.shell.well("share", "--json").json) == ("", [])
    alex.shell.well("share", coach.name)
    alex.shell.well("share", sam.name)
    assert alex.shell.well("share").out.split() == sorted((coach.name, sam.name))
    assert alex.shell.well("share", "--json").json == [{"coach": name} for name in sorted((coach.name, sam.name))]
    assert "already" in alex.shell.well("share", coach.name).err
    assert coach.shell.well("share").out == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("share nobody_here", "Nobody can log in as"),
        ("share pg_read_all_data", "Nobody can log in as"),
        ("share {own}", "your own name"),
        ("unshare nobody_here", "can't read your board anyway"),
    ],
)
def test_what_can_not_be_shared_is_refused_and_changes_nothing(people: list[Role], words: str, told: str) -> None:
    alex = people[1]
    refused = alex.shell(*words.format(own=alex.name).split())
    assert (refused.code, told in refused.err) == (1, True), refused
    assert alex.shell.well("share", "--json").json == []


def test_a_coach_neither_shares_nor_unshares_the_board_of_another(
    people: list[Role], capsys: pytest.CaptureFixture[str]
) -> None:
    coach, alex, sam, _ = people
    alex.shell.well("share", coach.name)
    visiting = Shell(f"{coach.address.url}?seeker={alex.name}", capsys)
    for words in (("share", sam.name), ("unshare", coach.name), ("share",)):
        refused = visiting(*words)
        assert (refused.code, f"only {alex.name} can share" in refused.err) == (1, True)
    assert alex.shell.well("share").out.split() == [coach.name]


def test_a_name_with_blanks_quotes_and_escapes_reaches_no_terminal_raw(
    server: PostgresServer, capsys: pytest.CaptureFixture[str], people: list[Role]
) -> None:
    coach = people[0]
    server.ask("""CREATE ROLE "o'Neil \x1b[31m%s" LOGIN""")
    server.ask(f"INSERT INTO followup.coaching (coach) VALUES ('{coach.name}')", role="o%27Neil%20%1B%5B31m%25s")
    ran: Ran = coach.shell("coach")
    assert "o'Neil" in ran.out
    assert "\x1b" not in ran.out
    server.ask("DELETE FROM followup.coaching", role="o%27Neil%20%1B%5B31m%25s")


@pytest.mark.file_only
@pytest.mark.parametrize("words", ["coach", "coach --json", "share", "share lena", "unshare lena"])
def test_a_file_has_one_board_alone(words: str, database: Any, capsys: pytest.CaptureFixture[str]) -> None:
    refused = Shell(database, capsys)(*words.split())
    assert (refused.code, "a file with one board" in refused.err) == (1, True)
    assert not Path(database).exists()


def test_leaving_a_seekers_board_comes_back_to_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[str, str, bool]] = []
    left_for = iter(["coach 12ab alex", "", "coach - sam", "", ""])

    def draw(place: Any, settings: Path, start: str = "", *, is_own: bool = False) -> tuple[int, str]:
        drawn.append((str(place), start, is_own))
        return 0, next(left_for)

    monkeypatch.setattr(open_board, "draw_board", draw)
    mine = "postgresql://lena@db.example/x"
    assert open_board.run_board(ServerAddress(mine), Path("settings.toml"), start=COACH) == 0
    assert drawn == [
        (mine, "coach", False),
        (f"{mine}?seeker=alex", "", False),
        (mine, "coach 12ab alex", False),
        (f"{mine}?seeker=sam", "", False),
        (mine, "coach - sam", False),
    ]
