"""Backups, restoring and taking applications away on the board: by key, and by themselves."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.store.backup import backups
from followup_tui.tracker.safety import Safety
from followup_tui.tracker.tracker import Tracker
from ui.pilot import BoardPilot, open_board


def _made(place: Path) -> list[Path]:
    return backups(place.with_name("followup-backups"))


async def _prepared(user: BoardPilot) -> None:
    """Wait until the board has loaded what writing needs, and has looked after its backup."""
    await user.expect(lambda: all(worker.is_finished for worker in user.app.workers if worker.name == "prepare"))
    await user.settle()


async def test_opening_a_board_backs_it_up_and_opening_it_again_does_not(small: Path) -> None:
    for _ in range(2):
        async with open_board(small) as user:
            await _prepared(user)
            await user.expect(lambda: len(_made(small)) == 1)


async def test_an_empty_board_is_not_backed_up(database: Path) -> None:
    async with open_board(database) as user:
        await _prepared(user)
        assert not database.with_name("followup-backups").exists()


async def test_a_backup_that_fails_is_told_once_and_keys_go_on(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def fail(self: Safety) -> None:
        tried.append(1)
        raise StoreTrouble("The disk is full: nothing was saved.")

    monkeypatch.setattr(Safety, "back_up_if_due", fail)
    async with open_board(small) as user:
        await user.expect(lambda: user.sees("No backup was made: The disk is full"))
        await user.type("L")
        assert user.stage_of("Acme") is Stage.THANKED
        await user.type("escape")
        user.app._back_up_in_thread()
        await user.expect(lambda: len(tried) == 2)
        await user.settle()
        assert not user.sees("No backup was made")


async def test_a_key_makes_a_backup(user: BoardPilot) -> None:
    await _prepared(user)
    before = len(_made(user.app.place))
    await user.type("B")
    await user.expect(lambda: user.sees("Backed up: "))
    assert len(_made(user.app.place)) == before + 1


async def test_a_backup_is_chosen_from_a_list_and_restored_after_asking(user: BoardPilot) -> None:
    await _prepared(user)
    await user.type("B", "delete")
    assert "Acme" not in user.stages()
    await user.type("V")
    assert user.sees("which backup?")
    assert user.sees("Sun 22 Nov 10:00 · 8 applications, just now")
    await user.type("enter")
    assert user.sees("restore it?")
    await user.type("enter")
    await user.expect(lambda: user.sees("Nothing was changed"))
    assert "Acme" not in user.stages()
    await user.type("V", "enter", "y")
    await user.expect(lambda: user.sees("Restored 8 applications; what was there is in the newest backup (V)"))
    assert "Acme" in user.stages()
    assert "Acme" in [card.company for card in user.app.board.cards.values()]
    await user.type("L")
    assert Stage.THANKED in {user.stage_of(user.cursor)}


async def test_an_open_board_shows_what_was_restored_from_elsewhere(user: BoardPilot) -> None:
    await _prepared(user)
    with closing(Tracker(user.app.place)) as other:
        made = other.safety.back_up()
        other.commands.add(ApplicationForm(company="Zuse", role="dev"))
        await user.expect(lambda: user.sees("Zuse"))
        other.safety.restore(made)
        await user.expect(lambda: not user.sees("Zuse"))
    await user.type("L")
    assert user.stages()[user.cursor] is Stage.THANKED


async def test_without_backups_the_list_says_so(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Safety, "back_up_if_due", lambda self: None)
    async with open_board(small) as user:
        await user.type("V")
        assert user.sees("There are no backups yet; B makes one.")


async def test_a_damaged_backup_is_refused_and_the_board_stays(user: BoardPilot) -> None:
    await _prepared(user)
    (made,) = _made(user.app.place)
    made.write_bytes(made.read_bytes()[:-4096])
    await user.type("V", "enter", "y")
    await user.expect(lambda: user.sees("damaged"))
    assert len(user.stages()) == 8


async def test_the_file_is_checked_by_a_key(user: BoardPilot) -> None:
    await user.type("C")
    await user.expect(lambda: user.sees("is sound"))


@pytest.mark.parametrize("name", ["Back up", "Restore", "Check", "Delete", "Merge", "Forget"])
async def test_the_palette_has_them(user: BoardPilot, name: str) -> None:
    await user.type("colon")
    await user.write(name.casefold())
    assert any(line.count("▸") and name in line for line in user.lines())


async def test_delete_takes_the_card_away_and_undo_brings_it_back(user: BoardPilot) -> None:
    await user.type("delete")
    assert user.sees("Acme deleted")
    assert "Acme" not in user.stages()
    assert user.cursor == "Bolt"
    await user.type("u")
    assert user.stage_of("Acme") is Stage.INTERVIEWED


async def test_all_that_are_selected_are_deleted(user: BoardPilot) -> None:
    await user.type("space", "space", "delete")
    assert user.sees("2 applications deleted")
    assert len(user.stages()) == 6
    await user.type("u")
    assert len(user.stages()) == 8


async def test_from_the_detail_delete_leads_back_to_the_board(user: BoardPilot) -> None:
    await user.type("enter", "delete")
    await user.expect(lambda: user.screen_name == "BoardScreen")
    assert user.sees("Acme deleted")
    assert len(user.stages()) == 7


async def test_from_the_detail_forget_leads_back_to_the_board(user: BoardPilot) -> None:
    await user.type("enter", "F", "y")
    await user.expect(lambda: user.screen_name == "BoardScreen")
    assert user.sees("Acme is erased for good")
    assert len(user.stages()) == 7


async def test_two_selected_are_merged_after_asking_which_stays(user: BoardPilot) -> None:
    await user.type("space", "space", "M")
    assert user.sees("keep which one?")
    await user.type("2")
    assert user.sees("merge them anyway?")
    await user.type("enter")
    assert {"Acme", "Bolt"} <= set(user.stages())
    await user.type("M", "2", "y")
    assert user.sees("merged into it")
    assert "Acme" not in user.stages()
    assert user.cursor == "Bolt"
    await user.type("u")
    assert len(user.stages()) == 8


async def test_one_is_merged_with_another_that_is_typed(user: BoardPilot) -> None:
    await user.type("M")
    await user.write("bolt")
    assert user.sees("Bolt, Bolt engineer")
    await user.type("enter", "y")
    assert "Bolt" not in user.stages()
    assert "Acme" in user.stages()


async def test_merging_three_is_refused(user: BoardPilot) -> None:
    await user.type("space", "space", "space", "M")
    assert user.sees("Select the two applications to merge; nothing was changed.")


async def test_forget_asks_first_and_has_no_undo(user: BoardPilot) -> None:
    await _prepared(user)
    await user.type("F", "enter")
    assert user.sees("Acme was kept")
    assert len(user.stages()) == 8
    await user.type("F", "b")
    await user.expect(lambda: user.sees("Acme is erased for good. This can't be undone."))
    assert len(user.stages()) == 7
    for file in (user.app.place, *_made(user.app.place)):
        assert b"Acme" not in file.read_bytes()


async def test_forget_says_in_one_line_that_backups_still_have_it(user: BoardPilot) -> None:
    await _prepared(user)
    await user.type("F", "y")
    await user.expect(lambda: user.sees("Acme is erased for good. This can't be undone. 1 backup still has it."))
    await user.type("u")
    assert "Acme" not in user.stages()
