"""Reading a text for mistakes from the shell: places, exit codes, what is ignored, and what can't be read."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from cli.test_hostile import clean
from followup_tui.domain.letters.finding import LENGTH_MOST
from run_cli import Shell, program

LETTER = "Dear Dana Ruiz,\n\nThank you for {}.\n\nKind regards,\nAlex Novak\n"
HOSTILE = "\x1b]52;c;x\x07\u202e"


@pytest.fixture
def acme(shell: Shell) -> Shell:
    """A shell on Acme, where Dana was met, and Globex."""
    return shell.begin(
        ("add", "Acme", "Dev", "--interview", "last fri 14:00", "--with", "Dana Ruiz <dana@acme.example>"),
        ("add", "Globex", "SRE"),
    )


def written(tmp_path: Path, text: str | bytes) -> str:
    """A file with a text in it."""
    place = tmp_path / "letter.txt"
    place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(place)


def failed(shell: Shell, *arguments: str) -> str:
    """A command that checks nothing and says why in one sentence; the sentence."""
    ran = shell("proof", *arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1), ran
    assert clean(ran.err)
    return ran.err


# What is found


def test_a_clean_letter_ends_well_and_says_nothing(acme: Shell, tmp_path: Path) -> None:
    ran = acme.well("proof", written(tmp_path, LETTER.format("the interview")), "--for", "1")
    assert (ran.out, ran.err) == ("", "")
    assert acme.well("proof", written(tmp_path, LETTER.format("the interview")), "--json").json == []


def test_a_mistake_is_told_with_its_place_and_what_it_could_be(acme: Shell, tmp_path: Path) -> None:
    ran = acme("proof", written(tmp_path, LETTER.format("teh interview")))
    assert (ran.code, ran.err) == (3, "")
    assert ran.out.startswith("3:15 “teh” ")
    assert " → “the”" in ran.out


def test_json_says_all_of_it_and_columns_count_characters(acme: Shell, tmp_path: Path) -> None:
    ran = acme("proof", written(tmp_path, LETTER.format("the café 😀 and teh interview")), "--json")
    assert ran.code == 3
    found = next(each for each in ran.json if each["text"] == "teh")
    assert set(found) == {"line", "column", "text", "rule", "message", "suggestions"}
    assert (found["line"], found["column"], found["text"]) == (3, 30, "teh")
    assert found["suggestions"][0] == "the"
    assert found["message"].endswith((".", "?"))


def test_columns_are_those_of_what_was_typed_though_controls_are_passed_over(acme: Shell, tmp_path: Path) -> None:
    text = "\ufeff" + LETTER.format("\x1b[0mthe cafe\u0301 and \x07teh interview").replace("\n", "\r\n")
    (found,) = acme("proof", written(tmp_path, text), "--json").json
    line = text.removeprefix("\ufeff").split("\r\n")[found["line"] - 1]
    assert line[found["column"] - 1 :].startswith("teh interview")


def test_the_input_is_read_for_a_dash(acme: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    source = io.TextIOWrapper(io.BytesIO(LETTER.format("teh interview").encode()))
    monkeypatch.setattr(sys, "stdin", source)
    assert acme("proof", "-").out.startswith("3:15 “teh” ")


def test_names_are_those_of_the_application_that_is_named(acme: Shell, tmp_path: Path) -> None:
    place = written(tmp_path, LETTER.format("the interview at Globex"))
    ran = acme("proof", place, "--for", "acme", "--json")
    assert ran.code == 3
    assert [found["text"] for found in ran.json] == ["Globex"]
    assert [found["text"] for found in acme("proof", place, "--for", "globex", "--json").json] == ["Dana Ruiz"]
    assert "No application" in failed(acme, place, "--for", "initech")


# What is ignored


def test_what_is_ignored_is_found_no_more_until_it_is_heeded_again(acme: Shell, tmp_path: Path) -> None:
    place = written(tmp_path, LETTER.format("the tlak"))
    assert acme("proof", place).code == 3
    assert acme.well("proof", place, "--ignore", "Tlak").out == ""
    assert acme.well("proof", place).out == ""
    ran = acme("proof", place, "--heed", "TLAK")
    assert (ran.code, ran.err) == (3, "Heeded again: 1.\n")
    assert acme("proof", place, "--heed", "tlak").err == "None of this was ignored.\n"


def test_what_was_not_found_can_not_be_ignored(acme: Shell, tmp_path: Path) -> None:
    ran = acme.well("proof", written(tmp_path, LETTER.format("the talk")), "--ignore", "Zorblax")
    assert ran.err == "Nothing was found in zorblax, so there is nothing to ignore.\n"


# What can't be read


def test_a_file_that_is_not_there_and_a_folder_are_said_to_be_unread(acme: Shell, tmp_path: Path) -> None:
    assert "can't be read (No such file or directory); nothing was checked" in failed(acme, str(tmp_path / "no"))
    assert "can't be read (Is a directory)" in failed(acme, str(tmp_path))


def test_a_file_that_is_no_text_is_told_with_its_line(acme: Shell, tmp_path: Path) -> None:
    place = written(tmp_path, b"Dear Dana,\n\nGr\xfc\xdfe\n")
    assert "isn't UTF-8 text in line 3; nothing was checked" in failed(acme, place)


def test_an_empty_text_is_said_to_be_empty(acme: Shell, tmp_path: Path) -> None:
    for text in ("", " \n\n", "\ufeff"):
        ran = acme.well("proof", written(tmp_path, text), "--json")
        assert (ran.json, ran.err) == ([], "There is no text in it.\n")


def test_a_text_too_long_to_be_checked_does_not_pass_for_one_without_mistakes(acme: Shell, tmp_path: Path) -> None:
    assert "nothing was checked" in failed(acme, written(tmp_path, "word " * (LENGTH_MOST // 5 + 1)))
    ran = acme("proof", written(tmp_path, "word " * (LENGTH_MOST // 5 + 1)), "--json")
    assert (ran.code, ran.json) == (1, [])


def test_a_huge_file_is_not_read_to_its_end(acme: Shell, tmp_path: Path) -> None:
    assert "has more than 800,000 bytes" in failed(acme, written(tmp_path, "wörd " * 200_000))
    assert "characters and at most 200,000 fit" in failed(acme, written(tmp_path, "word " * 100_000))
    assert "/dev/zero has more than" in failed(acme, "/dev/zero")


@pytest.mark.parametrize("as_json", [True, False])
def test_nothing_that_was_read_reaches_the_terminal_raw(acme: Shell, tmp_path: Path, as_json: bool) -> None:
    text = LETTER.format(f"the tlak{HOSTILE} about Zor\x9bblax\u2028and\x00 teh \u2066rest")
    ran = acme("proof", written(tmp_path, text), "--for", "1", *(["--json"] if as_json else []))
    assert ran.code == 3
    assert clean(ran.out + ran.err)


@pytest.mark.parametrize("option", ["--for", "--ignore", "--heed"])
def test_nothing_that_is_typed_reaches_the_terminal_raw(acme: Shell, tmp_path: Path, option: str) -> None:
    ran = acme("proof", written(tmp_path, "Dear Dana,\n"), option, f"x{HOSTILE}")
    assert ran.code in {0, 1, 3}
    assert clean(ran.out + ran.err)
    assert clean(failed(acme, str(tmp_path / f"x{HOSTILE}")))


def test_as_a_program_it_reads_a_pipe_and_ends_with_three(tmp_path: Path) -> None:
    ran = program("--db", str(tmp_path / "none.db"), "proof", "-", stdin=LETTER.format("teh interview").encode())
    assert (ran.returncode, ran.stderr) == (3, b"")
    assert ran.stdout.decode().startswith("3:15 “teh” ")
    assert not os.path.lexists(tmp_path / "none.db"), "looking makes no database"
