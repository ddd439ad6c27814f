"""Looking from the shell: lists, dossiers, the journal, and where things are."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from followup_tui.cli.open_board import run_board
from run_cli import Shell

LISTED = {
    *("id", "uid", "company", "role", "stage", "stage_since", "outcome", "location", "url", "source", "tags"),
    *("applied_on", "applied_only", "interview", "created_at", "damaged", "next_action"),
}
"""What an object of `list --json` has: names may be added, never renamed or taken away."""

SHOWN = LISTED | {
    *("closed_from", "notes", "region", "pace", "snoozed_until", "pinned_on", "pinned_why", "pay", "referrer"),
    *("snoozed_at", "pinned_at"),
    "work_mode",
    *("contacts", "interviews", "touches", "next_steps", "offers", "letters"),
}
PARTS = {
    "contacts": {
        "uid",
        "name",
        "email",
        "phone",
        "title",
        "address",
        "notes",
        "link",
        "role",
        "reach_by",
        "created_at",
        "voice",
    },
    "interviews": {
        *("uid", "starts_at", "ends_at", "zone", "time_known", "kind", "place", "notes", "cancelled_at"),
        *("created_at", "interviewer_uids", "link", "event_uid", "event_sequence", "event_revised_at", "seen_on"),
    },
    "touches": {
        *("uid", "kind", "direction", "channel", "at", "contact_uid", "interview_uid", "outcome", "note"),
        *("override", "created_at", "zone"),
    },
    "letters": {
        *("uid", "kind", "template", "channel", "contact_uid", "interview_uid", "subject", "body", "attachments"),
        *("created_at", "changed_at", "sent_at", "unanswered_at"),
    },
}


@pytest.fixture
def search(shell: Shell) -> Shell:
    """A shell on a small search."""
    return shell.begin(
        ("add", "Acme Robotics", "Backend dev", "--interview", "tue 14:00", "--with", "Dana <d@a.example>"),
        ("add", "Globex", "SRE", "--location", "Köln", "--interview", "yesterday 9:00"),
        ("add", "Initech", "Data engineer", "--url", "https://initech.example"),
        ("move", "3", "awaiting"),
        ("add", "Umbrella", "QA"),
        ("close", "4", "rejected"),
    )


def companies(shell: Shell, *arguments: str) -> list[str]:
    return [each["company"] for each in shell.well("list", "--json", *arguments).json]


def test_a_list_shows_the_live_ones_stage_by_stage(search: Shell) -> None:
    ran = search.well("list")
    assert ran.err == ""
    assert [line.split()[:2] for line in ran.out.splitlines()] == [
        ["ID", "COMPANY"],
        ["2", "Globex"],
        ["1", "Acme"],
        ["3", "Initech"],
    ]


def test_a_list_is_widened_and_narrowed(search: Shell) -> None:
    assert companies(search, "--all") == ["Globex", "Acme Robotics", "Initech", "Umbrella"]
    assert companies(search, "--stage", "moved_on") == ["Umbrella"]
    assert companies(search, "--stage", "Moved On") == ["Umbrella"]
    assert companies(search, "KÖLN") == ["Globex"]
    assert companies(search, "dev", "acme") == ["Acme Robotics"]
    assert companies(search, "umbrella") == []
    assert companies(search, "umbrella", "--all") == ["Umbrella"]


def test_a_list_is_sorted_within_each_stage(search: Shell) -> None:
    assert companies(search, "--sort", "company") == ["Acme Robotics", "Globex", "Initech"]
    assert companies(search, "--sort", "newest") == ["Globex", "Acme Robotics", "Initech"]
    assert companies(search, "--sort", "age") == ["Globex", "Acme Robotics", "Initech"]
    assert companies(search) == companies(search, "--sort", "due") == ["Globex", "Acme Robotics", "Initech"]


def test_a_list_shows_the_badge_of_each(search: Shell) -> None:
    search.well("snooze", "3", "thu")
    page = search.well("list").out
    for words in ("= thank today", "~ interview Tue 14:00", "z until Thu"):
        assert words in page


def test_what_was_set_by_hand_is_shown(search: Shell) -> None:
    search.well("pin", "1", "3 dec", "--why", "they asked me to call then", "--yes")
    search.well("pace", "1", "slow")
    search.well("region", "1", "us-ca")
    search.well("snooze", "3", "thu")
    page = search.well("show", "1").out
    assert "\nSet by you\n  pinned to Thu 3 Dec: they asked me to call then\n" in page
    assert "a slow employer" in page
    assert "holidays of US-CA" in page
    card = search.card()
    assert (card["pinned_on"], card["pinned_why"]) == ("2026-12-03", "they asked me to call then")
    assert (card["next_action"]["action"], card["next_action"]["due_on"]) == ("pinned", "2026-12-03")
    assert search.card("3")["snoozed_until"] == search.card("3")["next_action"]["due_on"] == "2026-11-26"
    assert "snoozed until Thu 26 Nov" in search.well("show", "3").out


def test_what_has_moved_on_asks_for_nothing(search: Shell) -> None:
    search.well("close", "3", "withdrew")
    assert search.card("3")["next_action"] is None
    assert "\nNext\n" not in search.well("show", "3").out
    listed = {each["id"]: each["next_action"] for each in search.well("list", "--all", "--json").json}
    assert (listed[3], listed[4]["action"]) == (None, "gracious_note")


@pytest.mark.file_only
def test_an_empty_list_says_on_stderr_how_to_add_one(shell: Shell) -> None:
    ran = shell.well("list")
    assert ran.out == ""
    assert "followup-tui add" in ran.err
    assert shell.well("list", "--json").json == []
    assert not shell.database.exists()


def test_an_empty_list_says_why_it_is_empty(search: Shell) -> None:
    assert "xyzzy" in search.well("list", "xyzzy").err
    assert "Thanked" in search.well("list", "--stage", "thanked").err
    search.well("close", "1", "2", "3", "withdrew")
    assert "4 applications moved on" in search.well("list").err


def test_the_objects_of_a_list_keep_their_names(search: Shell) -> None:
    listed = {each["company"]: each for each in search.well("list", "--json", "--all").json}
    assert {frozenset(each) for each in listed.values()} == {frozenset({*LISTED, "matched"})}
    acme = listed["Acme Robotics"]
    del acme["uid"], acme["matched"]
    assert acme == {
        "id": 1,
        "company": "Acme Robotics",
        "role": "Backend dev",
        "stage": "interviewed",
        "stage_since": "2026-11-24T13:00:00+00:00",
        "outcome": None,
        "location": "",
        "url": "",
        "source": "",
        "tags": [],
        "applied_on": None,
        "applied_only": False,
        "interview": {"starts_at": "2026-11-24T13:00:00+00:00", "zone": "Europe/Berlin", "time_known": True},
        "created_at": "2026-11-22T09:00:00+00:00",
        "damaged": False,
        "next_action": {"action": "ask_next_step", "due_on": "2026-11-24", "state": "ahead", "days": 2},
    }
    assert listed["Globex"]["next_action"] == {
        "action": "thank",
        "due_on": "2026-11-22",
        "state": "today",
        "days": 0,
    }
    assert (listed["Umbrella"]["stage"], listed["Umbrella"]["outcome"]) == ("moved_on", "rejected")


def test_a_dossier_says_the_same_as_the_list_and_more(search: Shell) -> None:
    search.well("edit", "1", "--interview", "last fri 14:00")
    search.well("advance", "1")
    search.well("letter", "1", "--template", "check-in", "--set", "my_name=Alex Novak", "--keep")
    whole = search.card()
    listed = search.well("list", "acme", "--json").json[0]
    asked = whole["next_action"]
    assert set(asked) == {*listed["next_action"], "channel", "contact", "why", "asks_on", "chain"}
    whole["next_action"] = {name: asked[name] for name in listed["next_action"]}
    assert {name: whole[name] for name in LISTED} == {name: listed[name] for name in LISTED}
    assert set(whole) == SHOWN
    assert {name: set(whole[name][0]) for name in PARTS} == PARTS
    thanks = whole["touches"][0]
    assert thanks["kind"] == "thank_you"
    assert thanks["contact_uid"] == whole["contacts"][0]["uid"]
    assert whole["interviews"][0]["interviewer_uids"] == [whole["contacts"][0]["uid"]]


def test_a_dossier_reads_as_a_page(search: Shell) -> None:
    search.well("edit", "1", "--interview", "last fri 14:00")
    search.well("advance", "1")
    search.well("answer", "1", "decide_by", "--by", "mon", "--note", "or sooner")
    search.well("note", "1", "line one\nline two")
    search.well("edit", "1", "--notes", "pays well", "--tags", "a,b")
    page = search.well("show", "acme").out
    assert page.splitlines()[0] == "Acme Robotics · Backend dev"
    for words in (
        "Thanked since",
        "\nNext\n  check in with Dana by email on Wed 25 Nov\n",
        "  The day they named is Mon 23 Nov: 2 business days later it is Wed 25 Nov.\n",
        "\n  Contact by ",
        "Fri 20 Nov 2026 14:00 CET with Dana",
        "Sun 22 Nov  they decide by Mon 23 Nov: or sooner",
        "thank-you to Dana by email",
        ", just now  note: line one\n",
        "pays well",
        "a, b",
    ):
        assert words in page
    assert "    line two" in page


@pytest.mark.parametrize("typed", ["1", "#1", "acme", "ROBOTICS"])
def test_an_application_answers_to_its_number_and_to_its_name(search: Shell, typed: str) -> None:
    assert search.card(typed)["company"] == "Acme Robotics"


def test_an_application_answers_to_the_beginning_of_its_full_id(search: Shell) -> None:
    assert search.card(search.card("2")["uid"][:12])["company"] == "Globex"


@pytest.mark.parametrize("typed", ["", " ", "nobody", "e", "99"])
def test_what_is_not_found_or_not_clear_is_one_sentence(search: Shell, typed: str) -> None:
    ran = search("show", typed)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)


def test_the_history_is_newest_first_and_can_be_of_one_application(search: Shell) -> None:
    search.well("undo")
    entries = search.well("history", "--json").json
    assert [set(entry) for entry in entries] == [{"sequence", "at", "verb", "label", "state"}] * 6
    assert (entries[0]["label"], entries[0]["state"]) == ("Umbrella → Moved on: rejected", "undone")
    assert entries[-1] == {
        "sequence": 1,
        "at": "2026-11-22T09:00:00+00:00",
        "verb": "add",
        "label": "Acme Robotics added",
        "state": "done",
    }
    assert [each["label"] for each in search.well("history", "initech", "--json").json] == [
        "Initech → Awaiting",
        "Initech added",
    ]
    assert len(search.well("history", "--limit", "2").out.splitlines()) == 2
    assert search.well("history").out.splitlines()[0].endswith("undone")


def test_an_empty_history_says_so(shell: Shell) -> None:
    ran = shell.well("history")
    assert (ran.out, ran.err) == ("", "No changes yet.\n")


@pytest.mark.file_only
def test_a_damaged_row_is_listed_as_such_and_the_others_as_they_are(search: Shell) -> None:
    with closing(sqlite3.connect(search.database)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(
            "UPDATE application SET role = CAST(x'ff41' AS TEXT), url = CAST(x'fe' AS TEXT) WHERE number = 2"
        )
        connection.commit()
    listed = {each["id"]: each for each in search.well("list", "--json").json}
    assert (listed[2]["damaged"], listed[2]["role"], listed[2]["url"]) == (True, "\ufffdA", "\ufffd")
    assert listed[1]["role"] == "Backend dev"
    assert "damaged row" in search.well("list").out
    refused = search("show", "2")
    assert (refused.code, refused.err.count("\n")) == (1, 1)


def test_info_says_where_everything_is(search: Shell) -> None:
    facts = search.well("info", "--json").json
    assert set(facts) == {
        "version",
        "half_typed",
        "database",
        "backups",
        "settings",
        "playbook",
        "letters",
        "import_words",
        "region",
        "log",
        "zone",
    }
    assert facts["database"] == {"path": str(search.database), "exists": True, "applications": 4, "trouble": ""}
    assert facts["zone"] == {"name": "Europe/Berlin", "from": "TZ", "doubt": ""}
    page = search.well("info").out
    assert str(search.database) in page
    assert "applications: 4" in page


def test_info_tells_what_is_wrong_with_the_settings(shell: Shell, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('sort = "colour"\n[keys]\nadvance = "n"\n')
    problems = shell.well("info", "--json", "--config", str(settings)).json["settings"]["problems"]
    assert problems[0].startswith("line 1, sort: ")
    assert any("advance" in problem and "new" in problem for problem in problems)


@pytest.mark.parametrize(("theme", "is_one"), [("followup-light", True), ("nord", True), ("folowup-light", False)])
def test_info_tells_of_a_theme_that_there_is_not(shell: Shell, tmp_path: Path, theme: str, is_one: bool) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(f'theme = "{theme}"\n')
    problems = shell.well("info", "--json", "--config", str(settings)).json["settings"]["problems"]
    assert (problems == []) is is_one
    assert is_one or '"folowup-light" is none of' in problems[0]


def test_info_tells_which_rules_are_in_force_and_where_home_is(shell: Shell, tmp_path: Path) -> None:
    settings, playbook = tmp_path / "settings.toml", tmp_path / "playbook.toml"
    shipped = shell.well("info", "--json", "--config", str(settings)).json
    assert shipped["playbook"] == {"path": str(playbook), "exists": False, "in_force": False, "problems": []}
    assert shipped["region"] == {"name": "DE", "from": "the zone Europe/Berlin"}
    assert "the shipped rules are in force" in shell.well("info", "--config", str(settings)).out
    settings.write_text('region = "us-ca"\n')
    playbook.write_text("[guard]\ncontacts_apart = 6\n")
    own = shell.well("info", "--json", "--config", str(settings)).json
    assert (own["playbook"]["in_force"], own["playbook"]["problems"]) == (True, [])
    assert own["region"] == {"name": "US-CA", "from": "settings"}
    assert "in force, over the shipped rules" in shell.well("info", "--config", str(settings)).out


def test_info_tells_what_is_wrong_with_the_playbook(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "playbook.toml").write_text("[guard]\ncontacts_apart = -1\n")
    config = ("--config", str(tmp_path / "settings.toml"))
    playbook = shell.well("info", "--json", *config).json["playbook"]
    assert playbook["in_force"] is False
    assert playbook["problems"][0].startswith("line 2, guard.contacts_apart: It is -1")
    page = shell.well("info", *config).out
    assert "problems: 1, so the shipped rules are in force" in page
    assert "Playbook, line 2, guard.contacts_apart: It is -1" in page


def test_what_is_wrong_with_the_playbook_is_told_as_the_board_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def run(
        place: Path, settings: object, keymap: object, problems: tuple[str, ...], *_: object, **more: object
    ) -> tuple[int, str]:
        assert more["is_own"] is True
        told.extend(problems)
        return 0, ""

    monkeypatch.setenv("TEXTUAL_FPS", "60")
    monkeypatch.setattr("followup_tui.ui.app.run", run)
    (tmp_path / "playbook.toml").write_text("[guard]\ncontacts_apart = 'x'\n")
    assert run_board(tmp_path / "followup.db", tmp_path / "settings.toml") == 0
    (sentence,) = told
    assert sentence.startswith("playbook.toml: line 2, guard.contacts_apart: ")
    assert sentence.endswith(" The shipped rules are in force.")


@pytest.mark.file_only
def test_info_still_says_where_things_are_when_the_database_can_not_be_read(shell: Shell) -> None:
    shell.database.write_bytes(b"not a database at all, but long enough to be looked at" * 10)
    ran = shell("info", "--json")
    assert ran.code == 1
    assert ran.json["database"]["applications"] is None
    assert "not a database of followup-tui" in ran.err


def test_a_json_line_is_one_application(search: Shell) -> None:
    lines = search.well("list", "--json").out.splitlines()
    assert (lines[0], lines[-1]) == ("[", "]")
    assert [json.loads(line.rstrip(","))["id"] for line in lines[1:-1]] == [2, 1, 3]
