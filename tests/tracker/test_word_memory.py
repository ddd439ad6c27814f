"""Words of sheets are remembered beside the settings, and a file that can't be read or written is told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.errors import Refused
from followup_tui.exchange.plan import ImportSource
from followup_tui.exchange.sheets.formats import NO_WORDS, HandWords, parse_hand_words
from followup_tui.files import import_words_file
from followup_tui.tracker.import_choices import forget_words, remember_words, remembered_words
from followup_tui.tracker.imports import ImportOptions, ImportResult, import_sources

WORDS = HandWords({'Be"trieb\\': "company", "Ünïcode 🎉": "role"}, {"Zz = top": "offer", "tab\x7f": "rejected"})


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def test_words_are_kept_as_they_were_written_and_forgotten(settings: Path) -> None:
    assert remembered_words(settings).words == NO_WORDS
    assert "remembered for the next import" in remember_words(settings, WORDS)
    assert remembered_words(settings) == (WORDS, "")
    assert import_words_file(settings).stat().st_mode & 0o777 == 0o600
    assert forget_words(settings) is True
    assert forget_words(settings) is False
    assert remembered_words(settings).words == NO_WORDS


def test_newer_words_replace_older_ones_about_the_same_and_saying_it_again_is_quiet(settings: Path) -> None:
    remember_words(settings, parse_hand_words(["company=Firma"], ["Zz=offer"]))
    assert remember_words(settings, parse_hand_words(["company=Firma"], [])) == ""
    remember_words(settings, parse_hand_words(["role=FIRMA"], ["ZZ=rejected"]))
    assert remembered_words(settings).words == HandWords({"FIRMA": "role"}, {"ZZ": "rejected"})


@pytest.mark.parametrize("text", ["columns = 3", "[columns]\nA = 1\n[statuses]\nx = 'great'", ""])
def test_what_means_nothing_in_the_file_is_not_used(settings: Path, text: str) -> None:
    settings.parent.mkdir()
    import_words_file(settings).write_text(text)
    assert remembered_words(settings) == (NO_WORDS, "")


def test_a_file_that_is_damaged_is_told_and_not_overwritten(settings: Path) -> None:
    settings.parent.mkdir()
    import_words_file(settings).write_text("[columns\n")
    remembered = remembered_words(settings)
    assert remembered.words == NO_WORDS
    assert remembered.problem.startswith("import-words.toml: line 1: This isn't TOML")
    assert "mended or deleted" in remember_words(settings, WORDS)
    assert import_words_file(settings).read_text() == "[columns\n"


def test_a_folder_in_its_place_is_told(settings: Path) -> None:
    import_words_file(settings).mkdir(parents=True)
    assert "can't be read" in remembered_words(settings).problem
    with pytest.raises(Refused, match="still remembered"):
        forget_words(settings)


def test_where_the_file_cannot_be_written_the_words_are_said_not_to_be_remembered(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    place = tmp_path / "config" / "settings.toml"
    assert "aren't remembered" in remember_words(place, WORDS)


def run(database: Path, settings: Path | None, words: HandWords = NO_WORDS, *, dry: bool = False) -> ImportResult:
    return import_sources(
        database,
        [ImportSource("jobs.csv", b"Betrieb,Role,Status\nA,Dev,Offer\n")],
        ImportOptions(words=words, is_dry_run=dry),
        zone=ZoneInfo("Europe/Berlin"),
        clock=lambda: datetime(2026, 11, 18, 9, tzinfo=UTC),
        settings_place=settings,
    )


def test_an_import_remembers_what_it_was_told_and_a_dry_run_does_not(database: Path, settings: Path) -> None:
    words = parse_hand_words(["company=Betrieb"], [])
    assert run(database, settings, words, dry=True).memory == ()
    assert remembered_words(settings).words == NO_WORDS
    assert "remembered" in run(database, settings, words).memory[0]
    again = run(database, settings)
    assert again.memory == ()
    assert any("“Betrieb” as company, as you said before" in remark for remark in again.plan.remarks)
