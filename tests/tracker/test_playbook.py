from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.model.application import Answer, Pace
from followup_tui.settings.toml_file import SIZE_LIMIT
from followup_tui.tracker.rules import SHIPPED, LoadedPlaybook, load_playbook


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "playbook.toml"


@pytest.fixture
def shipped(tmp_path: Path) -> LoadedPlaybook:
    return load_playbook(tmp_path / "none.toml")


def _written(file: Path, content: str | bytes) -> LoadedPlaybook:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_playbook(file)


def test_without_a_file_the_shipped_rules_are_in_force(shipped: LoadedPlaybook) -> None:
    assert shipped.problems == ()
    assert shipped.path is None
    assert shipped.tables == tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    assert shipped.playbook.schedules[Answer.THEY_CALL].checks[0].wait == 7


@pytest.mark.parametrize("content", ["", "# nothing yet\n", "\ufeff\n"])
def test_an_empty_file_changes_nothing_and_is_in_force(file: Path, shipped: LoadedPlaybook, content: str) -> None:
    loaded = _written(file, content)
    assert (loaded.playbook, loaded.tables) == (shipped.playbook, shipped.tables)
    assert (loaded.path, loaded.problems) == (file, ())


def test_the_shipped_file_itself_can_be_taken_as_ones_own(file: Path, shipped: LoadedPlaybook) -> None:
    loaded = _written(file, SHIPPED.read_bytes())
    assert loaded.problems == ()
    assert loaded.playbook == shipped.playbook


def test_a_file_of_ones_own_overrides_single_values(file: Path, shipped: LoadedPlaybook) -> None:
    loaded = _written(file, '[answer.they_call]\nfirst_wait = 9\nwhy = "My own way."\n\n[pace]\nslow = 2\n')
    assert loaded.problems == ()
    assert loaded.path == file
    changed, before = loaded.playbook.schedules, shipped.playbook.schedules
    assert changed[Answer.THEY_CALL].checks[0].wait == 9
    assert changed[Answer.THEY_CALL].checks[1] == before[Answer.THEY_CALL].checks[1]
    assert {answer for answer in changed if changed[answer] != before[answer]} == {Answer.THEY_CALL}
    assert loaded.playbook.factors[Pace.SLOW] == 2
    assert loaded.tables["answer"]["they_call"]["why"] == "My own way."
    assert loaded.tables["answer"]["they_call"]["sources"] == ["check_in", "caps", "silence"]
    assert loaded.tables["source"] == shipped.tables["source"]


@pytest.mark.parametrize(
    ("content", "key", "line", "words"),
    [
        ("[answer.they_call]\n\nfrist_wait = 3\n", "answer.they_call.frist_wait", 3, "did you mean first_wait?"),
        ("[gaurd]\ncontacts_apart = 3\n", "gaurd", 1, "did you mean guard?"),
        ("guard.contacts_apart = '5'\n", "guard.contacts_apart", 1, "whole number"),
        ("[guard]\n# days\ncontacts_apart = -1\n", "guard.contacts_apart", 3, "can't be less than 0"),
        ("[pace]\nslow = nan\n", "pace.slow", 2, "above 0"),
        (
            "[answer.dont_contact]\nfirst_by = 'phone'\ncalls_most = 1\n",
            "answer.dont_contact.first_by",
            2,
            "email",
        ),
        ("[answer.dont_contact]\nsecond_wait = 5\n", "answer.dont_contact.contacts_most", 1, "check-ins"),
        ("\n[pace]\nfast = 3\n", "pace.slow", 2, "can't be faster"),
        ("guard = 5\n", "guard", 1, "It is a table"),
        ('\n"guard.contacts_apart" = 5\n', "guard.contacts_apart", 2, "no rule of this name"),
        ('"a\\u001bb".c = 1\n', "a", 1, "no rule of this name"),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_line_while_the_shipped_rules_hold(
    file: Path, shipped: LoadedPlaybook, content: str, key: str, line: int, words: str
) -> None:
    loaded = _written(file, content)
    (problem,) = loaded.problems
    assert problem.key.startswith(key)
    assert problem.line == line
    assert words in problem.sentence
    assert problem.sentence.endswith(" The shipped rules are in force.")
    assert not re.search("[\x00-\x1f\x7f-\x9f]", str(problem))
    assert loaded.path is None
    assert (loaded.playbook, loaded.tables) == (shipped.playbook, shipped.tables)


def test_one_mistake_leaves_the_whole_file_aside_and_all_of_them_are_told_by_line(
    file: Path, shipped: LoadedPlaybook
) -> None:
    loaded = _written(file, "[guard]\ncalls_apart = true\n[basket]\nlive_least = 5\nshare_most = 'half'\n")
    assert [(problem.key, problem.line) for problem in loaded.problems] == [
        ("guard.calls_apart", 2),
        ("basket.share_most", 5),
    ]
    assert loaded.playbook == shipped.playbook


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("[guard]\ncontacts_apart = = 5\n", 2, "isn't TOML"),
        (b"# fine\n# caf\xe9\n", 2, "isn't UTF-8"),
        ("#" * (SIZE_LIMIT + 1), 0, "longer than a megabyte"),
        (f"x = {'[' * 100_000}", 0, "nested too deeply"),
        (f"{'.'.join(['a'] * 3_000)} = 1", 0, "nested too deeply"),
        (f"[{'.'.join(['a'] * 60)}]", 0, "nested too deeply"),
        (f"[guard]\ncalls_apart = 0x{'f' * 9_999}", 0, "too long"),
    ],
)
def test_a_file_that_cannot_be_read_as_a_whole_says_what_holds(
    file: Path, shipped: LoadedPlaybook, content: str | bytes, line: int, words: str
) -> None:
    loaded = _written(file, content)
    (problem,) = loaded.problems
    assert (problem.key, problem.line) == ("", line)
    assert words in problem.sentence
    assert problem.sentence.endswith("; the shipped rules are in force.")
    assert loaded.playbook == shipped.playbook


def test_a_folder_in_the_files_place_is_told(tmp_path: Path) -> None:
    (problem,) = load_playbook(tmp_path).problems
    assert "The playbook can't be read" in problem.sentence


_values = st.one_of(
    st.integers(-3, 400).map(str),
    st.floats().map(str),
    st.sampled_from(["true", "'x'", "'email'", "'17:00'", "[]", "{}", "{ a = 1 }", "2026-11-22", '""']),
)
_tables = st.sampled_from(
    ["guard", "pace", "basket", "answer.they_call", "answer.dont_contact", "answer", "source"]
)
_keys = st.sampled_from(
    ["contacts_apart", "slow", "first_wait", "second_by", "why", "sources", "then", "x", "pace"]
)


@given(st.lists(st.tuples(_tables, _keys, _values), unique_by=lambda one: one[0], max_size=4))
def test_no_file_at_all_can_stop_the_program_and_each_mistake_has_its_line(
    tmp_path_factory: pytest.TempPathFactory, entries: list[tuple[str, str, str]]
) -> None:
    file = tmp_path_factory.getbasetemp() / "any-playbook.toml"
    loaded = _written(file, "".join(f"[{table}]\n{key} = {value}\n" for table, key, value in entries))
    assert all(problem.line for problem in loaded.problems)
    assert (loaded.path is None) == bool(loaded.problems)


def test_settings_alone_load_no_playbook() -> None:
    probe = (
        "import sys, followup_tui.settings;"
        "sys.exit(any(name in sys.modules for name in ('tomllib', 'followup_tui.domain.rules.playbook')))"
    )
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
