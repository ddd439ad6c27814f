"""Invitations and address cards from the shell: confirmed by a person, or refused without a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from exchange.invitation_files import END, START, calendar, event, usual
from followup_tui.cli import import_command
from run_cli import Shell

SAMPLES = Path(__file__).parents[1] / "exchange" / "samples"
GOOGLE, OUTLOOK, CARDS = (
    str(SAMPLES / name) for name in ("google-invite.ics", "outlook-invite.ics", "contacts.vcf")
)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody sits at the terminal and types these answers, one after the other."""
    typed: list[str] = []
    monkeypatch.setattr(import_command, "is_terminal", lambda stream: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda prompt="": typed.pop(0))
    return typed


def test_without_a_terminal_a_guess_is_refused_with_what_to_say(shell: Shell) -> None:
    ran = shell("import", GOOGLE)
    assert ran.code == 1
    assert "Northwind Traders · Backend Engineer: Interview on Tue 24 Nov" in ran.err
    assert "Company and role are guessed" in ran.err
    for option in ("--for ID", "--company", "--role", "--yes"):
        assert option in ran.err
    assert shell.well("list", "--json").json == []


def test_with_yes_it_goes_in_and_one_undo_takes_it_back(shell: Shell) -> None:
    shell.well("import", GOOGLE, OUTLOOK, "--yes")
    card = shell.card("northwind")
    (interview,) = card["interviews"]
    assert interview["link"] == "https://meet.google.com/abc-defg-hij"
    assert (interview["event_uid"], interview["kind"]) == ("7b2k3example@google.com", "video")
    assert interview["ends_at"] == "2026-11-24T13:45:00+00:00"
    assert [each["name"] for each in card["contacts"]] == ["Priya Natarajan"]
    shell.well("undo")
    assert shell.well("list", "--json").json == []


def test_said_company_and_role_need_no_confirmation(shell: Shell) -> None:
    shell.well("import", GOOGLE, "--company", "Northwind", "--role", "SRE")
    assert (shell.card()["company"], shell.card()["role"]) == ("Northwind", "SRE")


def test_it_joins_the_application_that_is_named(shell: Shell) -> None:
    shell.well("add", "Northwind Holding", "Architect")
    shell.well("import", GOOGLE, "--for", "1")
    assert len(shell.card()["interviews"]) == 1
    ran = shell("import", OUTLOOK, "--for", "nobody")
    assert (ran.code, "nobody" in ran.err) == (1, True)


def test_on_a_terminal_what_was_read_is_shown_and_yes_takes_it(shell: Shell, answers: list[str]) -> None:
    answers.append("y")
    ran = shell.well("import", GOOGLE)
    for said in (
        "Technical interview: Backend Engineer",
        "Company: Northwind Traders",
        "Role:    Backend Engineer",
        "When:    Tue 24 Nov 2026 14:00–14:45 CET",
        "Link:    https://meet.google.com/abc-defg-hij",
        "With:    Priya Natarajan <priya.natarajan@northwind.example>",
        "You:     me@example.org (guessed",
        "a new application",
    ):
        assert said in ran.err
    assert shell.card()["company"] == "Northwind Traders"


def test_on_a_terminal_no_leaves_everything_as_it_was(shell: Shell, answers: list[str]) -> None:
    answers.append("n")
    ran = shell("import", GOOGLE)
    assert (ran.code, "Nothing was imported." in ran.err) == (1, True)
    assert shell.well("list", "--json").json == []


def test_on_a_terminal_a_missing_zone_is_asked_for(shell: Shell, answers: list[str], tmp_path: Path) -> None:
    file = tmp_path / "floating.ics"
    file.write_bytes(usual().replace(START.encode(), b"DTSTART:20261124T130000").replace(b"134500Z", b"134500"))
    answers += ["Nowhere/Land", "America/New_York", "y"]
    ran = shell.well("import", str(file))
    assert "no time zone" in ran.err
    assert shell.card()["interviews"][0]["starts_at"] == "2026-11-24T18:00:00+00:00"


def test_the_zone_can_be_said(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "unknown.ics"
    file.write_bytes(
        usual().replace(START.encode(), b"DTSTART;TZID=Mars:20261124T130000").replace(END.encode(), b"")
    )
    refused = shell("import", str(file), "--yes")
    assert (refused.code, '--zone "Mars=Europe/Berlin"' in refused.err) == (1, True)
    for zone in ("Mars=America/New_York", "america/new_york"):
        planned = shell.well("import", str(file), "--dry-run", "--json", "--zone", zone).json
        assert "Tue 24 Nov 2026 13:00 EST" in planned[0]["why"]
    wrong = shell("import", str(file), "--zone", "Nowhere")
    assert (wrong.code, "no time zone" in wrong.err) == (1, True)


def test_a_dry_run_says_what_the_real_run_does(shell: Shell) -> None:
    files = (GOOGLE, OUTLOOK, CARDS)
    shell.well("add", "Fabrikam", "SRE")
    planned = shell.well("import", *files, "--dry-run", "--json").json
    done = shell.well("import", *files, "--yes", "--json").json
    assert planned == done
    assert [each["result"] for each in done] == ["new", "merged", "skipped", "merged"]


def test_show_tells_where_an_interview_is(shell: Shell) -> None:
    shell.well("import", GOOGLE, "--yes")
    assert "https://meet.google.com/abc-defg-hij" in shell.well("show", "1").out


def test_a_damaged_event_leaves_the_exit_code_1_and_the_others_in(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "two.ics"
    good = usual().decode().split("\r\n")
    file.write_bytes(calendar(event("SUMMARY:Broken"), "\r\n".join(good[3:-2])))
    ran = shell("import", str(file), "--yes")
    assert ran.code == 1
    assert f"{file}:4: “Broken”: The event has no start" in ran.err
    assert shell.card()["company"] == "Acme"


def test_the_users_own_address_comes_from_the_settings(shell: Shell, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('email = "Priya.Natarajan@northwind.example"\nname = "Priya Natarajan"\n')
    shell.well("--config", str(settings), "import", GOOGLE, "--yes")
    assert [each["email"] for each in shell.card()["contacts"]] == ["me@example.org"]


def test_cards_join_the_applications_that_are_open(shell: Shell) -> None:
    shell.well("import", GOOGLE, OUTLOOK, "--yes")
    ran = shell.well("import", CARDS)
    assert "Updated 2 applications" in ran.err
    (priya,) = shell.card("northwind")["contacts"]
    assert (priya["title"], priya["phone"]) == ("Engineering Manager", "+49 30 5550123")
    assert shell.card("fabrikam")["contacts"][-1]["name"] == "Björn Müller"
    assert "Nothing was changed: 2 same" in shell.well("import", CARDS).err


def test_cards_of_nobody_known_are_left_out_with_the_reason(shell: Shell) -> None:
    ran = shell.well("import", CARDS)
    assert "Björn Müller: There is no application at Fabrikam: left out, say whose it is with --for ID." in ran.err


def test_what_an_invitation_says_besides_is_shown_below_its_interview(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "invite.ics"
    file.write_bytes(usual("DESCRIPTION:Please bring your portfolio."))
    shell.well("import", str(file), "--yes")
    rounds = shell.well("show", "1").out.partition("\nRounds\n")[2].splitlines()
    assert rounds[1].strip() == "Please bring your portfolio."
