"""Every verb of the board from the shell, and that one undo takes it back."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from followup_tui.actions import ACTIONS
from followup_tui.cli.group import FAMILIES
from followup_tui.domain.model.change import Change, Edit
from followup_tui.tracker.tracker import Tracker
from run_cli import Shell, program


@pytest.fixture
def acme(shell: Shell) -> Shell:
    """A shell on a database with Acme in it."""
    return shell.begin(
        ("add", "Acme Robotics", "Backend dev", "--interview", "yesterday 14:00", "--with", "Dana <d@a.example>"),
    )


def stage(shell: Shell, id: str = "1") -> str:
    return str(shell.card(id)["stage"])


def test_every_twin_in_the_table_of_keys_is_a_command() -> None:
    commands = {name for commands in FAMILIES.values() for name in commands} | {"--help"}
    assert [action.twin for action in ACTIONS if action.twin and action.twin.split()[0] not in commands] == []


def test_adding_says_the_new_id_and_what_was_understood_of_the_date(shell: Shell) -> None:
    ran = shell.well("add", "Acme", "Dev", "--interview", "last fri 14:00")
    assert ran.out == "1\n"
    assert ran.err.startswith("Acme added · ID 1 · interview Fri 20 Nov 2026 14:00 CET, 2 days ago · next: thank")
    assert ran.err.count("\n") == 1


def test_adding_keeps_everything_that_was_said(shell: Shell) -> None:
    shell.well(
        *("add", "Acme", "Dev", "--interview", "2 Dec", "--with", "Dana Ruiz <dana@acme.example>", "--with", "Al"),
        *("--url", "https://acme.example/7", "--location", "Köln", "--source", "a friend", "--tags", "a, b,"),
        *("--note", "pays well", "--region", "DE", "--pace", "slow"),
    )
    card = shell.card()
    assert card["interview"] == {
        "starts_at": "2026-12-02T11:00:00+00:00",
        "zone": "Europe/Berlin",
        "time_known": False,
    }
    people = {each["name"]: each["email"] for each in card["contacts"]}
    assert people == {"Dana Ruiz": "dana@acme.example", "Al": ""}
    wanted = {
        "url": "https://acme.example/7", "location": "Köln", "source": "a friend", "tags": ["a", "b"],
        "notes": "pays well", "region": "DE", "pace": "slow",
    }  # fmt: skip
    assert {name: card[name] for name in wanted} == wanted


def test_an_added_application_is_undone_and_redone_as_the_same_one(acme: Shell) -> None:
    before = acme.card()
    assert acme.well("undo").err == "Undone: Acme Robotics added\n"
    assert acme.well("list", "--json").json == []
    acme.well("redo")
    assert acme.card() == before


@pytest.mark.parametrize("company", ["", "   ", "\x1b\x07"])
def test_an_application_without_a_company_is_refused_with_a_sentence(shell: Shell, company: str) -> None:
    ran = shell("add", company, "Dev")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "An application needs a company; nothing was saved, type one.\n"


def test_a_date_that_is_not_understood_saves_nothing(shell: Shell) -> None:
    ran = shell("add", "Acme", "Dev", "--interview", "blursday")
    assert ran.code == 1
    assert "blursday" in ran.err
    assert shell.well("list", "--json").json == []


def test_names_that_begin_with_a_dash_go_behind_two_dashes(shell: Shell) -> None:
    ran = shell("add", "-Acme", "Dev")
    assert ran.code == 2
    assert "“--”" in ran.err
    shell.well("add", "--", "-Acme", "--Dev")
    assert (shell.card()["company"], shell.card()["role"]) == ("-Acme", "--Dev")


def test_advancing_goes_stage_by_stage_and_needs_an_outcome_at_the_end(acme: Shell) -> None:
    assert acme.well("advance", "acme").err.startswith("Acme Robotics → Thanked · next: ")
    acme.well("advance", "1")
    assert stage(acme) == "awaiting"
    refused = acme("advance", "1")
    assert refused.code == 1
    assert refused.err.startswith("Say how it ended with Acme Robotics")
    assert refused.err.count("\n") == 1
    acme.well("advance", "1", "--outcome", "offer")
    assert (stage(acme), acme.card()["outcome"]) == ("moved_on", "accepted")
    assert acme("advance", "1").code == 1


def test_one_undo_takes_back_what_was_done_to_several(acme: Shell) -> None:
    acme.well("add", "Globex", "SRE")
    acme.well("advance", "1", "globex", "#1")
    assert (stage(acme), stage(acme, "2")) == ("thanked", "thanked")
    acme.well("undo")
    assert (stage(acme), stage(acme, "2")) == ("interviewed", "interviewed")


def test_what_could_not_be_taken_along_is_told_and_the_rest_is_done(acme: Shell) -> None:
    acme.well("add", "Globex", "SRE")
    acme.well("advance", "globex")
    ran = acme("back", "1", "2")
    assert ran.code == 1
    assert "Acme Robotics is at the first stage" in ran.err
    assert stage(acme, "2") == "interviewed"


def test_nothing_is_done_where_one_of_the_ids_is_unknown(acme: Shell) -> None:
    ran = acme("advance", "1", "nobody")
    assert ran.code == 1
    assert "nobody" in ran.err
    assert stage(acme) == "interviewed"


@pytest.mark.parametrize(
    ("verb", "after"),
    [
        (("back", "1"), "thanked"),
        (("move", "1", "interviewed"), "interviewed"),
        (("move", "1", "Moved-On", "--outcome", "No Reply"), "moved_on"),
        (("close", "1", "rejected"), "moved_on"),
    ],
)
def test_a_move_is_done_and_undone(acme: Shell, verb: tuple[str, ...], after: str) -> None:
    acme.well("move", "1", "awaiting")
    before = acme.card()
    acme.well(*verb)
    assert stage(acme) == after
    acme.well("undo")
    assert acme.card() == before


def test_a_closed_application_is_reopened_where_it_was(acme: Shell) -> None:
    acme.well("move", "1", "awaiting")
    acme.well("close", "1", "no_reply")
    acme.well("reopen", "1")
    assert (stage(acme), acme.card()["outcome"]) == ("awaiting", None)
    acme.well("undo")
    assert stage(acme) == "moved_on"


def test_a_note_of_several_words_needs_no_quotes(acme: Shell) -> None:
    acme.well("note", "acme", "bring", "the", "portfolio")
    assert acme.card()["touches"][-1]["note"] == "bring the portfolio"
    acme.well("undo")
    assert acme.card()["touches"] == []


def test_a_note_is_read_from_the_input(acme: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO("eins\nzwei \xff".encode("latin-1"))))
    acme.well("note", "1", "-")
    assert acme.card()["touches"][-1]["note"] == "eins\nzwei \ufffd"


def test_an_empty_note_is_refused(acme: Shell) -> None:
    ran = acme("note", "1", "  ")
    assert (ran.code, ran.err) == (1, "A note needs a text; nothing was saved, write one.\n")


def test_a_call_is_logged_with_when_and_how_it_went(acme: Shell) -> None:
    ran = acme.well(
        "log",
        "1",
        "call",
        "--at",
        "yesterday 16:00",
        "--outcome",
        "no_answer",
        "--note",
        "busy",
        "--override",
        "asked",
    )
    assert "Sat 21 Nov 2026 16:00 CET" in ran.err
    touch = acme.card()["touches"][-1]
    wanted = {
        "kind": "call",
        "outcome": "no_answer",
        "note": "busy",
        "override": "asked",
        "at": "2026-11-21T15:00:00+00:00",
    }
    assert {name: touch[name] for name in wanted} == wanted
    acme.well("undo")
    assert acme.card()["touches"] == []


def test_a_day_without_an_hour_is_noon_and_today_is_no_later_than_now(acme: Shell) -> None:
    acme.well("log", "1", "reply", "--at", "fri")
    assert acme.card()["touches"][0]["at"] == "2026-11-20T11:00:00+00:00"
    acme.well("log", "1", "reply", "--at", "today")
    assert acme.card()["touches"][-1]["at"] == "2026-11-22T09:00:00+00:00"


@pytest.mark.parametrize(
    "arguments", [("email", "--at", "tomorrow"), ("email", "--at", ""), ("email", "--outcome", "spoke")]
)
def test_what_can_not_have_happened_is_not_logged(acme: Shell, arguments: tuple[str, ...]) -> None:
    ran = acme("log", "1", *arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert acme.card()["touches"] == []


def test_editing_changes_only_what_was_named(acme: Shell) -> None:
    before = acme.card()
    acme.well("edit", "1", "--role", "Platform engineer", "--location", "Bremen")
    after = acme.card()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"role", "location"}
    acme.well("undo")
    assert acme.card() == before


def test_editing_moves_the_interview_and_replaces_the_people(acme: Shell) -> None:
    ran = acme.well("edit", "1", "--interview", "last fri 9:00", "--with", "Sam Lee")
    assert "interview Fri 20 Nov 2026 09:00 CET" in ran.err
    card = acme.card()
    assert [each["name"] for each in card["contacts"]] == ["Sam Lee"]
    assert card["interview"]["starts_at"] == "2026-11-20T08:00:00+00:00"
    acme.well("edit", "1", "--interview", "", "--with", "")
    card = acme.card()
    assert (card["interview"], card["contacts"]) == (None, [])
    assert card["interviews"][0]["cancelled_at"] is not None


def test_editing_nothing_is_refused(acme: Shell) -> None:
    assert acme("edit", "1").code == 1
    same = acme("edit", "1", "--role", "Backend dev")
    assert (same.code, same.err) == (1, "Acme Robotics is like that already; nothing was changed.\n")


def test_a_company_can_not_be_edited_away(acme: Shell) -> None:
    assert acme("edit", "1", "--company", "").code == 1


def test_there_is_nothing_to_undo_or_redo_at_first(shell: Shell) -> None:
    assert shell("undo").err == "There is nothing to undo.\n"
    assert shell("redo").err == "There is nothing to redo.\n"


def test_copy_prints_the_mail_first_and_what_was_asked_for(acme: Shell) -> None:
    acme.well("edit", "1", "--url", "https://acme.example/7")
    assert acme.well("copy", "1").out == "d@a.example\n"
    assert acme.well("copy", "1", "url").out == "https://acme.example/7\n"
    assert acme.well("copy", "1", "name").out == "Dana\n"
    assert acme("copy", "1", "phone").code == 1


def test_open_hands_a_web_page_to_the_browser(acme: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda link: opened.append(link) or True)
    acme.well("edit", "1", "--url", "https://acme.example/7?a=b#c")
    acme.well("open", "1")
    assert opened == ["https://acme.example/7?a=b#c"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "mailto:a@b.example",
        "https://",
        "https://user:pass@acme.example/",
        "https://acme.example@evil.example/",
        "-https://acme.example",
        "https://[::1",
        "https://acme.example/ --new-window",
    ],
)
def test_open_hands_nothing_else_to_the_browser(acme: Shell, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    with closing(Tracker(acme.database)) as tracker:  # as an older version saved it
        id = tracker.queries.find("1")
        before = tracker.queries.details(id).application
        edits = (Edit(before, replace(before, url=url)),) if url else ()
        tracker.commands.commit(Change(verb="edit", label="Link", at=before.created_at, edits=edits))
    ran = acme("open", "1")
    assert (ran.code, ran.err.count("\n"), opened) == (1, 1, [])


@pytest.mark.parametrize("command", [("list",), ("due",), ("show", "1"), ("list", "--json")])
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "There is no settings file {place}; the defaults are in force.\n"),
        ("region = [", "own.toml: line 1: This isn't TOML: "),
        ('regoin = "DE"', 'own.toml: line 1, regoin: There is no setting "regoin'),
        ('region = "DE"', ""),
    ],
)
def test_a_settings_file_that_is_named_and_has_a_fault_is_told_of(
    acme: Shell, tmp_path: Path, command: tuple[str, ...], content: str | None, told: str
) -> None:
    place = tmp_path / "own.toml"
    if content is not None:
        place.write_text(content)
    ran = acme("--config", str(place), *command)
    assert ran.err.startswith(told.format(place=place))
    assert ("settings" in ran.err or "own.toml" in ran.err) == bool(told)
    assert ran.out
    assert ran.code in {0, 3}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "ask Dana", "https://", "acme"])
def test_what_is_no_link_is_refused_and_says_where_it_goes(acme: Shell, url: str) -> None:
    for ran in (acme("edit", "1", f"--url={url}"), acme("add", "Globex", "SRE", f"--url={url}")):
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == (
            "A link begins with https://, http:// or mailto:; nothing was saved."
            " Put any other text into the notes.\n"
        )
    assert [each["company"] for each in acme.well("list", "--json").json] == ["Acme Robotics"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("https://a.example/7", "https://a.example/7"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("mailto:jobs@a.example", "mailto:jobs@a.example"),
        ("a.example:8080/jobs?id=7", "https://a.example:8080/jobs?id=7"),
        ("", None),
    ],
)
def test_a_link_is_saved_and_a_host_alone_gets_its_scheme(acme: Shell, typed: str, stored: str | None) -> None:
    acme.well("edit", "1", "--url", "https://before.example")
    acme.well("edit", "1", "--url", typed)
    assert (acme.card()["url"] or None) == stored


def test_a_link_that_no_browser_takes_is_printed(acme: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webbrowser.open", lambda link: False)
    acme.well("edit", "1", "--url", "https://acme.example/7")
    ran = acme("open", "1")
    assert (ran.code, ran.out) == (1, "https://acme.example/7\n")


def test_two_shells_that_add_at_once_lose_nothing(shell: Shell) -> None:
    shell.well("add", "First", "Dev")
    command = [sys.executable, "-m", "followup_tui", "--db", str(shell.database), "add"]
    both = [
        subprocess.Popen([*command, name, "Dev"], stdout=-1, stderr=-1, env=os.environ) for name in ("Ada", "Bob")
    ]
    assert [each.communicate() and each.returncode for each in both] == [0, 0]
    added = shell.well("list", "--json").json
    assert sorted((each["id"], each["company"]) for each in added)[0] == (1, "First")
    assert sorted(each["id"] for each in added) == [1, 2, 3]


def test_two_first_shells_make_one_database_between_them(database: Path) -> None:
    command = [sys.executable, "-m", "followup_tui", "--db", str(database), "add"]
    both = [
        subprocess.Popen([*command, name, "Dev"], stdout=-1, stderr=-1, env=os.environ) for name in ("Ada", "Bob")
    ]
    said = [each.communicate() for each in both]
    assert [each.returncode for each in both] == [0, 0], said


def test_bytes_that_are_no_text_are_dropped_and_told(database: Path) -> None:
    ran = program("--db", str(database), "add", b"Ac\xffme", b"Dev\xfe")
    assert ran.returncode == 0
    assert "2 control characters dropped" in ran.stderr.decode()
    listed = program("--db", str(database), "list")
    assert "Acme" in listed.stdout.decode()


@pytest.mark.file_only
def test_the_options_for_all_may_stand_behind_the_command(database: Path, shell: Shell) -> None:
    other = database.with_name("other.db")
    shell.well("add", "Elsewhere", "Dev", "--db", str(other))
    assert shell.well("list", "--json").json == []
    assert [each["company"] for each in shell.well("list", "--json", "--db", str(other)).json] == ["Elsewhere"]
