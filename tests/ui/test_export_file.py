"""Exports from the palette: each format by its name, into a place of one's own."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from followup_tui.exchange.exports.export_formats import ExportFormat
from ui.pilot import BoardPilot

HOME_FILE = "followup-2026-11-22.json"


async def choose(user: BoardPilot, words: str) -> None:
    """Choose an export in the palette."""
    await user.type(":")
    await user.write(words)
    await user.expect(lambda: user.sees("Export"))
    await user.type("enter")
    await user.expect(lambda: user.screen_name == "TextPrompt")


async def name_file(user: BoardPilot, place: Path) -> None:
    """Type a file's name in place of the one that is proposed."""
    await user.type("ctrl+u")
    await user.write(str(place))
    await user.type("enter")


@pytest.mark.parametrize(
    ("words", "format"),
    [
        ("export json", ExportFormat.JSON),
        ("export csv", ExportFormat.CSV),
        ("export excel", ExportFormat.XLSX),
        ("export markdown", ExportFormat.MD),
        ("export calendar", ExportFormat.ICS),
        ("export contacts", ExportFormat.VCF),
    ],
)
async def test_each_format_is_written_where_it_was_asked(
    user: BoardPilot, tmp_path: Path, words: str, format: ExportFormat
) -> None:
    await choose(user, words)
    place = tmp_path / f"out.{format.value}"
    await name_file(user, place)
    await user.expect(lambda: user.sees(f"Wrote {place.name} to /"))
    assert place.exists()
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert user.screen_name == "BoardScreen"


async def test_the_key_of_the_board_offers_the_formats_alone(user: BoardPilot, tmp_path: Path) -> None:
    await user.type("x")
    await user.expect(lambda: user.screen_name == "Palette")
    assert user.sees("Export contacts…")
    assert not user.sees("Undo")
    await user.write("csv")
    await user.type("enter")
    await user.expect(lambda: user.screen_name == "TextPrompt")
    place = tmp_path / "out.csv"
    await name_file(user, place)
    await user.expect(lambda: user.sees("Wrote "))
    assert place.exists()


async def test_the_home_folder_and_the_day_are_proposed_and_all_applications_go_out(
    user: BoardPilot, tmp_path: Path
) -> None:
    await user.type("space", "/")
    await user.write("bolt")
    await user.type("enter")
    await choose(user, "export json")
    await user.type("enter")
    await user.expect(lambda: user.sees("Wrote "))
    copy = json.loads((tmp_path / "home" / HOME_FILE).read_text())
    assert len(copy["applications"]) == 8


async def test_the_documents_folder_is_proposed_where_there_is_one(user: BoardPilot, tmp_path: Path) -> None:
    (tmp_path / "home" / "Documents").mkdir()
    await choose(user, "export json")
    await user.type("enter")
    await user.expect(lambda: user.sees("Wrote "))
    assert (tmp_path / "home" / "Documents" / HOME_FILE).exists()


async def test_a_second_export_of_the_day_gets_another_name(user: BoardPilot, tmp_path: Path) -> None:
    for _ in range(2):
        await choose(user, "export json")
        await user.type("enter")
        await user.expect(lambda: user.sees("Wrote "))
    assert (tmp_path / "home" / "followup-2026-11-22-2.json").exists()


async def test_a_file_that_is_there_is_kept_and_the_dialog_stays(user: BoardPilot, tmp_path: Path) -> None:
    place = tmp_path / "mine.json"
    place.write_text("mine")
    await choose(user, "export json")
    await name_file(user, place)
    assert user.screen_name == "TextPrompt"
    await user.expect(lambda: user.sees("left as it is; choose"))
    assert place.read_text() == "mine"


async def test_a_missing_folder_is_said_and_the_dialog_stays(user: BoardPilot, tmp_path: Path) -> None:
    await choose(user, "export csv")
    await name_file(user, tmp_path / "no" / "x.csv")
    await user.expect(lambda: user.sees("There is no folder"))
    assert user.screen_name == "TextPrompt"


async def test_esc_writes_nothing(user: BoardPilot, tmp_path: Path) -> None:
    await choose(user, "export json")
    await user.type("escape")
    assert user.screen_name == "BoardScreen"
    assert not list((tmp_path / "home").glob("followup-*"))
