"""`followup-tui due`: the contract of its JSON, its order, its exit codes, and that a prompt needn't wait."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from itertools import combinations, combinations_with_replacement
from pathlib import Path
from typing import Any

import pytest
from platformdirs import PlatformDirs
from rich import cells

from followup_tui.cells import cell_len, set_cell_size
from followup_tui.cli.main import main
from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.touch import Channel
from followup_tui.domain.rules.action import CALM, ActionKind, State, is_awaited_call, is_undated_offer
from followup_tui.domain.views.card import Card, card_status
from followup_tui.files import data_folder, log_file, settings_file
from followup_tui.tracker import due as tracker_due
from followup_tui.tracker.due import DueItem
from run_cli import Shell, program
from ui.terminal import Terminal

FIELDS: dict[str, type | tuple[type, ...]] = {
    "id": int,
    "uid": str,
    "company": str,
    "role": str,
    "stage": str,
    "action": str,
    "due_on": str,
    "state": str,
    "days": int,
    "channel": (str, type(None)),
    "contact": (str, type(None)),
    "why": str,
    "asks_on": str,
    "is_held": bool,
    "interview": (str, type(None)),
}
"""The contract: fields may be added, never renamed."""
DUE, NOTHING_DUE = 3, 0
FLAGS = ("--all", "--count", "--json")


@pytest.fixture
def search(shell: Shell) -> Shell:
    """A search with something late, missing, due today and ahead."""
    interviews = {
        "Ahead": "wed 14:00",
        "Today": "yesterday 9:00",
        "Late": "last thu 9:00",
        "Missing": "12 nov 9:00",
        "Waiting": "last fri 9:00",
    }
    return shell.begin(
        *(
            ("add", company, "Dev", "--interview", when, "--with", f"Dana Ruiz <dana@{company}.example>")
            for company, when in interviews.items()
        ),
        ("thank", "5"),
        ("answer", "5", "they_call"),
        ("add", "Gone", "Dev"),
        ("close", "6", "withdrew"),
    )


def due(shell: Shell, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shell("due", "--json", *arguments).json
    return found


def test_each_object_has_the_fields_of_the_contract(search: Shell) -> None:
    found = due(search, "--all")
    assert [set(each) for each in found] == [set(FIELDS)] * 5
    for each in found:
        for name, kind in FIELDS.items():
            assert isinstance(each[name], kind), name
        assert each["action"] in set(ActionKind)
        assert each["state"] in set(State)
        assert each["stage"] in set(Stage)
        assert each["days"] == (date.fromisoformat(each["due_on"]) - date(2026, 11, 22)).days
        assert each["asks_on"] <= each["due_on"]
        assert each["why"].endswith((".", "?"))
        assert len(each["uid"]) == 32


@pytest.mark.parametrize("options", [[], ["--count"], ["--json"], ["--all"], ["--on", "friday"], ["--notify"]])
def test_before_the_first_application_nothing_is_due(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["due", *options]) == 0
    assert "can't be opened" not in capsys.readouterr().err


def test_what_is_due_is_listed_loudest_first(search: Shell) -> None:
    states = {each["company"]: each["state"] for each in due(search)}
    assert states == {"Missing": "missing", "Late": "late", "Today": "today"}
    assert list(states) == ["Missing", "Late", "Today"]
    late = due(search)[1]
    assert (late["action"], late["due_on"], late["days"]) == ("thank", "2026-11-20", -2)
    assert (late["channel"], late["contact"]) == ("email", "Dana Ruiz")


def test_what_lies_ahead_comes_behind_it_by_its_day(search: Shell) -> None:
    found = due(search, "--all")
    assert [each["company"] for each in found][3:] == ["Ahead", "Waiting"]
    assert [each["state"] for each in found][3:] == ["ahead", "ahead"]
    assert [each["action"] for each in found][3:] == ["ask_next_step", "check_in"]


def test_what_will_be_due_by_a_day_is_told_as_it_will_stand_then(search: Shell) -> None:
    found = {each["company"]: each for each in due(search, "--on", "in 4 business days")}
    assert set(found) == {"Missing", "Late", "Today", "Ahead"}
    assert (found["Today"]["state"], found["Today"]["days"]) == ("missing", -4)
    assert (found["Ahead"]["state"], found["Ahead"]["days"]) == ("today", 0)
    assert due(search, "--on", "today") == due(search)
    assert {each["company"] for each in due(search, "--on", "2 dec")} == {*found, "Waiting"}


def test_the_exit_code_tells_whether_something_is_due(search: Shell) -> None:
    for count in range(4):
        for flags in combinations(FLAGS, count):
            assert search("due", *flags).code == DUE
            assert search("due", "--on", "tomorrow", *flags).code == DUE
    for id in ("2", "3", "4"):
        search.well("thank", id)
        search.well("answer", id, "they_call")
    for count in range(4):
        for flags in combinations(FLAGS, count):
            assert search("due", *flags).code == NOTHING_DUE
    assert search("due", "--on", "wed", "--count").code == DUE


def test_the_count_is_only_a_number(search: Shell) -> None:
    assert (search("due", "--count").out, search("due", "--count").err) == ("3\n", "")
    assert search("due", "--all", "--count").out == "5\n"
    assert search("due", "--on", "wed", "--count").out == "4\n"


@pytest.mark.file_only
def test_an_empty_database_has_nothing_due(shell: Shell) -> None:
    ran = shell("due")
    assert (ran.code, ran.out, ran.err.count("\n")) == (NOTHING_DUE, "", 1)
    assert "followup-tui add" in ran.err
    assert (shell("due", "--json").out, shell("due", "--count").out) == ("[]\n", "0\n")
    assert not shell.database.exists()


def test_all_clear_says_what_is_next(search: Shell) -> None:
    search.well("close", "2", "3", "4", "withdrew")
    assert search("due").err.splitlines() == [
        "All clear. Next: #1 Ahead, interview Wed 25 Nov 14:00 in 3d; --all tells more.",
        "basket: 2 active, 6 new this week",
    ]


def test_a_person_reads_a_table(search: Shell) -> None:
    lines = search("due", "--all").out.splitlines()
    assert lines[0].split() == ["ID", "COMPANY", "ACTION", "WHOM", "WHY"]
    assert [line[:10].strip() for line in lines[1:]] == [
        "!  missing",
        "!  2d late",
        "=  today",
        "~  in 3d",
        "~  in 9d",
    ]
    assert (
        "2  Today    thank                       Dana Ruiz by email  The interview was on Sat 21 Nov" in lines[3]
    )
    assert search("due", "--all").err.startswith("basket: 5 active")


@pytest.mark.parametrize(
    ("on", "as_of"), [("yesterday", "As of Sat 21 Nov:"), ("thu", "As of Thu 26 Nov, if nothing")]
)
def test_another_day_is_named_and_todays_basket_is_not_told_beside_it(search: Shell, on: str, as_of: str) -> None:
    told = search("due", "--on", on).err
    assert told.startswith(as_of)
    assert "basket:" not in told
    assert "basket:" in search("due", "--on", "today").err


def test_the_weekday_of_today_puts_off_for_a_week(search: Shell) -> None:
    search.well("snooze", "2", "sun")  # today is one, too
    assert [each["due_on"] for each in due(search, "--all") if each["company"] == "Today"] == ["2026-11-29"]


def test_what_was_put_off_or_pinned_is_due_on_that_day(search: Shell) -> None:
    search.well("snooze", "2", "3", "thu")
    search.well("pin", "4", "1 dec", "--why", "their fair")
    found = {each["company"]: each for each in due(search, "--all")}
    assert [found[name]["due_on"] for name in ("Today", "Late", "Missing")] == [
        "2026-11-26",
        "2026-11-26",
        "2026-12-01",
    ]
    assert [found[name]["action"] for name in ("Today", "Missing")] == ["wait", "pinned"]
    assert due(search) == []


def test_the_list_the_dossier_and_what_is_due_say_the_same(search: Shell) -> None:
    told = {each["id"]: each for each in due(search, "--all")}
    for each in search.well("list", "--json").json:
        asked = told[each["id"]]
        assert each["next_action"] == {name: asked[name] for name in each["next_action"]}
        whole = search.card(str(each["id"]))["next_action"]
        del whole["chain"]
        assert whole == {name: asked[name] for name in whole}
    listed = [each["id"] for each in search.well("list", "--json", "--stage", "interviewed").json]
    assert listed == [id for id, each in told.items() if each["stage"] == "interviewed"]


@pytest.mark.parametrize("flags", [flags for count in range(4) for flags in combinations(FLAGS, count)])
def test_both_ways_in_say_the_same(search: Shell, flags: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    quick = search("due", *flags)
    monkeypatch.setattr("followup_tui.cli.dispatch._plain_words", lambda arguments: None)
    assert search("due", *flags) == quick


def test_rules_of_ones_own_are_heeded_at_once(search: Shell, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("")
    settings.with_name("playbook.toml").write_text("[thank_you]\ndue_after_days = 3\n")
    found = {each["company"]: each for each in due(search, "--config", str(settings))}
    assert (found["Today"]["due_on"], found["Late"]["due_on"]) == ("2026-11-24", "2026-11-22")


def test_the_basket_is_one_line_of_talk(search: Shell) -> None:
    assert search("due").err == "basket: 5 active, 6 new this week\n"
    assert search("due", "--json").err == search("due", "--count").err == ""


def test_the_basket_counts_what_the_user_sent_alone(shell: Shell) -> None:
    for company in ("Acme", "Bolt", "Calm"):
        shell.well(
            "add", company, "Dev", "--interview", "last fri 9:00", "--with", f"Dana Ruiz <dana@{company}.example>"
        )
    for _ in range(4):
        shell.well("log", "1", "reply")
    assert "%" not in shell("due").err
    shell.well("thank", "1")
    for _ in range(3):
        shell.well("log", "1", "email", "--as", "check_in", "--override", "they asked me to")
    assert "%" not in shell("due").err
    shell.well("log", "1", "email", "--as", "check_in", "--override", "they asked me to")
    assert "100% of your follow-ups went to Acme" in shell("due").err


@pytest.mark.parametrize(("on", "first"), [("tomorrow", "As of Mon 23 Nov"), ("wed", "As of Wed 25 Nov")])
def test_a_later_day_says_first_as_of_when(search: Shell, on: str, first: str) -> None:
    told = search("due", "--on", on).err
    assert told.startswith(f"{first}, if nothing happens till then:\n")
    assert search("due", "--on", on, "--json").err == ""
    assert "As of" not in search("due", "--on", "today").err


# What the quick way says once more


def item(action: ActionKind, state: State, days: int) -> DueItem:
    return DueItem(
        id=1, uid="", company="", role="", stage="", action=action.value, due_on="", state=state.value, days=days,
        channel=None, contact=None, why="", asks_on="", is_held=False, interview=None, rank=0,
    )  # fmt: skip


@pytest.mark.parametrize("action", ActionKind)
def test_an_action_has_the_words_it_has_everywhere(action: ActionKind) -> None:
    assert tracker_due.action_label(action.value) == action.label
    assert (action.value in tracker_due.CALM) is (action in CALM)


@pytest.mark.parametrize(
    ("state", "days", "is_missing"),
    [(State.LATE, -2, False), (State.TODAY, 0, False), (State.MISSING, -4, True), (State.AHEAD, 4, False)],
)
def test_a_state_has_the_sign_and_words_of_the_badge(state: State, days: int, is_missing: bool, now: Any) -> None:
    day = date.fromordinal(now.date().toordinal() + days)
    card = Card(
        id="", number=1, version=1, stage=Stage.AWAITING, company="", role="", location="", outcome=None,
        stage_at=now, created_at=now, action=ActionKind.CHECK_IN, asks_on=day, due_on=day, is_missing=is_missing,
    )  # fmt: skip
    sign, words = card_status(card, now)
    assert tracker_due.SIGNS[state.value] == sign
    assert words.endswith(tracker_due.describe_due_item(item(ActionKind.CHECK_IN, state, days)))


@pytest.mark.parametrize(
    ("days", "words"), [(12, "by Fri 4 Dec"), (2, "by Tue 24 Nov"), (0, "today"), (-1, "1d late")]
)
@pytest.mark.parametrize("asks", [State.AHEAD, State.TODAY])
def test_an_offer_is_named_with_its_day_and_is_late_only_after_it(
    asks: State, days: int, words: str, now: Any
) -> None:
    day = now.date() + timedelta(days=days)
    state = State.LATE if days < 0 else State.TODAY if days == 0 else asks
    offer = item(ActionKind.ANSWER_OFFER, state, days)._replace(due_on=day.isoformat())
    sign = "!" if days < 0 else "="
    assert (tracker_due.sign_of(offer), tracker_due.describe_due_item(offer)) == (sign, words)
    card = Card(
        id="", number=1, version=1, stage=Stage.AWAITING, company="", role="", location="", outcome=None,
        stage_at=now, created_at=now, action=ActionKind.ANSWER_OFFER, asks_on=day, due_on=day,
    )  # fmt: skip
    assert card_status(card, now)[0] == sign


@pytest.mark.parametrize("action", [ActionKind.ANSWER_OFFER, ActionKind.CHECK_IN])
@pytest.mark.parametrize(("asks", "due"), combinations_with_replacement(range(-2, 4), 2))
def test_an_offer_without_a_known_day_is_the_same_one_everywhere(
    action: ActionKind, asks: int, due: int, now: Any
) -> None:
    today = now.date()
    asks_on, due_on = today + timedelta(days=asks), today + timedelta(days=due)
    state = State.LATE if due < 0 else State.TODAY if asks <= 0 else State.AHEAD
    due_item = item(action, state, due)._replace(asks_on=asks_on.isoformat(), due_on=due_on.isoformat())
    is_asked_by_when = tracker_due.describe_due_item(due_item) == "by when?"
    assert is_asked_by_when is is_undated_offer(action, asks_on, due_on, today)


@pytest.mark.parametrize("action", [ActionKind.WAIT, ActionKind.CHECK_IN])
@pytest.mark.parametrize(("due", "asks"), combinations_with_replacement(range(4), 2))
def test_a_call_that_they_promised_is_the_same_one_everywhere(
    action: ActionKind, asks: int, due: int, now: Any
) -> None:
    asks_on, due_on = now.date() + timedelta(days=asks), now.date() + timedelta(days=due)
    due_item = item(action, State.AHEAD, due)._replace(asks_on=asks_on.isoformat(), due_on=due_on.isoformat())
    is_call = tracker_due.action_words(due_item) == "they call"
    assert is_call is is_awaited_call(action, asks_on, due_on)
    card = Card(
        id="", number=1, version=1, stage=Stage.AWAITING, company="", role="", location="", outcome=None,
        stage_at=now, created_at=now, action=action, asks_on=asks_on, due_on=due_on,
    )  # fmt: skip
    assert card_status(card, now)[1].startswith("they call") is is_call


def test_what_may_be_done_any_day_is_never_called_late() -> None:
    assert tracker_due.describe_due_item(item(ActionKind.MOVE_ON, State.LATE, -9)) == "today"


def test_the_quick_widths_are_those_of_a_terminal() -> None:
    shown = [*(chr(code) for code in range(0x20, 0x300) if chr(code).isprintable()), *"─━│▌▎▸↑↓“”„’‘–—…日👩"]
    for text in (text for one in shown for text in (one, one * 3, f"{one}日")):
        assert cell_len(text) == cells.cell_len(text)
        assert [set_cell_size(text, size) for size in range(5)] == [
            cells.set_cell_size(text, size) for size in range(5)
        ]


@pytest.mark.skipif(sys.platform != "linux", reason="the other platforms ask platformdirs anyway")
@pytest.mark.parametrize("named", [{}, {"XDG": "/srv/x"}, {"XDG": ""}, {"XDG": "here"}, {"HOME": "here"}])
def test_the_plain_folders_are_those_of_platformdirs(
    named: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        if "XDG" in named:
            monkeypatch.setenv(variable, named["XDG"])
        else:
            monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", named.get("HOME", os.environ["HOME"]))
    folders = PlatformDirs("followup-tui", appauthor=False)
    assert str(data_folder()) == folders.user_data_dir
    assert str(settings_file(None).parent) == folders.user_config_dir
    assert str(log_file().parent) == folders.user_log_dir


@pytest.mark.parametrize("channel", Channel)
def test_a_channel_is_called_as_everywhere(channel: Channel) -> None:
    assert tracker_due.channel_words(channel.value) == channel.way


# What a prompt waits for


@pytest.mark.file_only
@pytest.mark.parametrize("arguments", ["due", "due --json", "due --count", "due --all"])
def test_a_prompt_waits_for_nothing_heavy(search: Shell, arguments: str) -> None:
    script = (
        "import os, sys\n"
        "os._exit = lambda code: None\n"
        "from followup_tui.cli.main import main\n"
        f"sys.argv = ['followup-tui', '--db', {str(search.database)!r}, *{arguments.split()!r}]\n"
        "assert main() == 3\n"
        "heavy = {'textual', 'sqlmodel', 'sqlalchemy', 'pydantic', 'click', 'rich', 'rich_click', 'dateparser',\n"
        "  'holidays', 'platformdirs', 'dataclasses', 'tomllib', 'followup_tui.domain.rules.next_action'}\n"
        "sys.exit(len(heavy & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr.strip().splitlines()[-1:]) in (
        (0, []),
        (0, ["basket: 5 active, 6 new this week"]),
    )


def test_a_program_of_its_own_says_the_same(search: Shell) -> None:
    ran = program("--db", str(search.database), "due", "--json", "--all")
    assert ran.returncode == DUE
    assert json.loads(ran.stdout) == due(search, "--all")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_what_can_not_be_written_is_one_sentence(search: Shell) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "followup_tui", "--db", str(search.database), "due"]
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (ran.returncode, ran.stderr.count(b"\n")) == (1, 1)


@pytest.mark.file_only
def test_an_unreadable_database_is_one_sentence(shell: Shell) -> None:
    shell.database.write_bytes(b"no database at all, and too long to be taken for one" * 9)
    ran = shell("due", "--json")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)


def test_a_day_that_is_not_understood_is_one_sentence(shell: Shell) -> None:
    ran = shell("due", "--on", "blursday")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert main(["due", "--nope"]) == 2


def test_without_an_interview_every_line_asks_for_its_day_and_nobody_is_thanked(shell: Shell) -> None:
    why = "No interview is recorded: say when it was, as all dates count from it."
    assert shell.well("add", "Acme", "Dev").err.endswith("next: when was the interview?\n")
    told = " ".join(shell.well("show", "acme").out.split())
    assert "record when the interview was" in told
    assert why in told
    assert "thank" not in told
    item = json.loads(shell("due", "--json").out)[0]
    assert (item["action"], item["due_on"], item["why"]) == ("record_interview", "2026-11-22", why)
    assert why in shell("due").out
    shell.well("log", "acme", "note", "--note", "asked a friend")
    assert json.loads(shell("due", "--json").out)[0]["action"] == "record_interview"
    shell.well("interview", "acme", "last fri 14:00")
    assert json.loads(shell("due", "--json").out)[0]["action"] == "thank", "the nearest Friday was the day before"


@pytest.mark.parametrize("width", [80, 40])
def test_the_basket_breaks_at_words_on_a_terminal(
    database: Path, capsys: pytest.CaptureFixture[str], width: int
) -> None:
    shell = Shell(database, capsys)
    for company in ("Acme Robotics and Automation of Lower Austria", "Globex", "Initech"):
        shell.well("add", company, "Dev", "--interview", "tomorrow 14:00")
    for id in ("1", "2"):
        shell.well("offer", id, "--by", "1 dec")
    basket = shell("due").err.splitlines()[-1]
    assert len(basket) > width
    said = _due_on_terminal(database, width)
    lines = said[said.index("basket: ") :].splitlines()
    assert max(map(len, lines)) < width
    assert " ".join(lines) == basket


def _due_on_terminal(database: Path, width: int) -> str:
    terminal = Terminal("--db", str(database), "due", size=(width, 24))
    try:
        terminal.end()
    finally:
        terminal.release()
    return terminal.written.decode().replace("\r", "")


@pytest.mark.parametrize(("width", "is_whole"), [(160, True), (80, False)])
def test_the_reason_goes_on_below_itself_on_a_wide_terminal(
    database: Path, capsys: pytest.CaptureFixture[str], width: int, is_whole: bool
) -> None:
    shell = Shell(database, capsys)
    shell.well("add", "Acme", "Dev", "--interview", "last fri 14:00", "--contact", "Dana Ruiz")
    shell.well("add", "Globex", "Dev", "--interview", "last fri 15:00", "--contact", "Bo Chen <bo@x.example>")
    reason = json.loads(shell("due", "--json").out)[0]["why"]
    said = _due_on_terminal(database, width)
    table = said[: said.index("basket: ")].splitlines()
    assert max(map(len, table)) <= width
    begin = table[0].index("WHY")
    shown = " ".join(line[begin:].strip() for line in table[1:])
    assert (reason in shown) is is_whole
    assert ("…" in shown) is not is_whole
    assert [line.split()[0] for line in table[1:] if line[:begin].strip()] == ["!", "!"], "a row each"


def test_an_interview_of_another_year_is_named_with_its_year(shell: Shell) -> None:
    shell.well("add", "Acme", "Dev", "--interview", "12 Mar 2027 14:00")
    shell.well("add", "Beta", "Dev", "--interview", "4 Dec 2026 14:00")
    assert "Your interview is on Fri 12 Mar 2027 at 14:00" in shell.well("show", "1").out
    assert "Your interview is on Fri 4 Dec at 14:00" in shell.well("show", "2").out
