"""Every key of the board does what its sentence says, on the screen and in the file, and can be taken back."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from followup_tui.actions import Place, actions_at, make_keymap
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.model.touch import TouchKind
from followup_tui.tracker.tracker import Tracker
from ui.hand import COMPANIES, Hand, fill, sitting

INTERVIEWED, THANKED, AWAITING, MOVED_ON = Stage


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["L"], {"Acme": THANKED}),
        ([">"], {"Acme": THANKED}),
        (["shift+right"], {"Acme": THANKED}),
        (["2", "L"], {"Delta": AWAITING}),
        (["3", "L", "o"], {"Fathom": MOVED_ON}),
        (["3", "L", "down", "enter"], {"Fathom": MOVED_ON}),
        (["2", "H"], {"Delta": INTERVIEWED}),
        (["2", "<"], {"Delta": INTERVIEWED}),
        (["3", "shift+left"], {"Fathom": THANKED}),
        (["m", "3"], {"Acme": AWAITING}),
        (["m", "down", "enter"], {"Acme": THANKED}),
        (["m", "4", "w"], {"Acme": MOVED_ON}),
        (["d", "r"], {"Acme": MOVED_ON}),
        (["4", "R"], {"Harrow": INTERVIEWED}),
        (["2", "f", "e", *"asked", "enter"], {"Delta": AWAITING}),
        (["space", "space", "L"], {"Acme": THANKED, "Bolt": THANKED}),
        (["space", "j", "v", "L"], {"Acme": THANKED, "Bolt": THANKED, "Cobalt": THANKED}),
        (["*", "L"], {"Acme": THANKED, "Bolt": THANKED, "Cobalt": THANKED}),
        (["*", "d", "n"], {"Acme": MOVED_ON, "Bolt": MOVED_ON, "Cobalt": MOVED_ON}),
        (["L", "1", "."], {"Acme": THANKED, "Bolt": THANKED}),
    ],
    ids=" ".join,
)
async def test_a_verb_is_on_disk_at_once_and_one_u_takes_it_back(
    hand: Hand, keys: list[str], expected: dict[str, Stage]
) -> None:
    before = hand.stages()
    await hand.type(*keys)
    after = hand.stages()
    assert {name: stage for name, stage in after.items() if stage is not before[name]} == expected
    assert hand.cursor in expected
    assert hand.sees("u undo")
    await hand.type("u")
    if keys[-1] == ".":
        await hand.type("u")
    assert hand.stages() == before
    assert hand.sees("U redo")
    await hand.type("U", *(["U"] if keys[-1] == "." else []))
    assert hand.stages() == after


async def test_an_outcome_is_asked_by_one_key_and_kept(hand: Hand) -> None:
    for key, outcome in {
        "o": Outcome.OFFER,
        "r": Outcome.REJECTED,
        "w": Outcome.WITHDREW,
        "n": Outcome.NO_REPLY,
    }.items():
        await hand.type("d")
        assert hand.sees("how did it end?")
        company = hand.cursor
        await hand.type(key)
        assert hand.details(company).application.outcome is outcome
        await hand.type("u")


async def test_esc_on_a_question_changes_nothing(hand: Hand) -> None:
    before = hand.stages()
    for keys in (("d", "escape"), ("m", "escape"), ("f", "escape"), ("m", "4", "escape"), ("N", "escape")):
        await hand.type(*keys)
        assert hand.screen_name == "BoardScreen"
    assert hand.stages() == before


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("e", TouchKind.CHECK_IN),
        ("cs", TouchKind.CALL),
        ("v", TouchKind.VOICEMAIL),
        ("p", TouchKind.CHECK_IN),
        ("r", TouchKind.REPLY),
    ],
)
async def test_what_happened_is_logged_by_one_key(hand: Hand, key: str, kind: TouchKind) -> None:
    await hand.type("f", *key)
    assert [touch.kind for touch in hand.details("Acme").touches] == [kind]
    await hand.type("u")
    assert hand.details("Acme").touches == ()


async def test_a_note_goes_into_the_history(hand: Hand) -> None:
    await hand.type("N")
    await hand.write("They have a dog.")
    await hand.type("enter")
    assert [touch.note for touch in hand.details("Acme").touches] == ["They have a dog."]
    await hand.type("u")
    assert hand.details("Acme").touches == ()


async def test_an_empty_note_is_not_saved_and_says_so(hand: Hand) -> None:
    await hand.type("N", "enter")
    assert hand.screen_name == "TextPrompt"
    assert hand.sees("Type something first")


# Quick add


async def test_quick_add_shows_what_it_understood_and_saves(hand: Hand) -> None:
    await hand.type("n")
    await hand.write("Kestrel, Backend dev, fri 14:00, Dana Ruiz <dana@kestrel.example>")
    await hand.expect(lambda: hand.sees("Ruiz <dana@kestrel.example>"))
    assert hand.sees("Fri 20 Nov")
    await hand.type("enter")
    details = hand.details("Kestrel")
    assert details.application.role == "Backend dev"
    assert [contact.email for contact in details.contacts] == ["dana@kestrel.example"]
    assert hand.cursor == "Kestrel"
    await hand.type("u")
    assert "Kestrel" not in hand.stages()
    await hand.type("U")
    assert hand.details("Kestrel") == details


async def test_keys_typed_ahead_act_on_what_they_were_meant_for(hand: Hand) -> None:
    await hand.burst("n", *"Kestrel, Dev", "enter", "L")
    assert hand.stage_of("Kestrel") is THANKED
    assert hand.stage_of("Acme") is INTERVIEWED


async def test_a_whole_session_typed_in_one_burst_arrives_in_order(hand: Hand) -> None:
    await hand.burst("j", "L", "d", "o", "u", "/", *"gra", "enter", "L", "w", "escape", "N", *"ok", "enter")
    stages = hand.stages()
    assert stages["Bolt"] is THANKED
    assert hand.details("Gravel").application.outcome is Outcome.WITHDREW
    assert [touch.note for touch in hand.details("Gravel").touches][-1:] == ["ok"]


async def test_a_line_without_a_role_stays_with_a_word_of_what_is_missing(hand: Hand) -> None:
    await hand.type("n")
    await hand.write("Kestrel")
    await hand.type("enter")
    assert hand.screen_name == "QuickAddScreen"
    assert hand.sees("then the role, after a comma")
    await hand.write(", Dev")
    await hand.type("enter")
    assert hand.stage_of("Kestrel") is INTERVIEWED


async def test_esc_warns_before_it_throws_typed_text_away(hand: Hand) -> None:
    await hand.type("n")
    await hand.write("Kestrel")
    await hand.type("escape")
    assert hand.sees("Esc again throws away")
    assert hand.sees("Kestrel")
    await hand.type("escape")
    assert hand.screen_name == "BoardScreen"
    await hand.type("n", "escape")
    assert hand.screen_name == "BoardScreen", "nothing was typed, so nothing is asked"


async def test_tab_opens_the_full_form_with_what_the_line_says(hand: Hand) -> None:
    await hand.type("n")
    await hand.write("Kestrel, Dev, tomorrow 9:00, with Sam Lee, https://kestrel.example/7")
    await hand.type("tab")
    assert hand.screen_name == "ApplicationFormDialog"
    for text in ("Kestrel", "Dev", "Sam Lee", "https://kestrel.example/7"):
        assert hand.sees(text)
    await hand.type("ctrl+s")
    details = hand.details("Kestrel")
    assert details.application.url == "https://kestrel.example/7"
    assert [contact.name for contact in details.contacts] == ["Sam Lee"]
    assert len(details.interviews) == 1


# The form


async def test_an_error_at_a_field_names_it_and_keeps_the_text(hand: Hand) -> None:
    await hand.type("n")
    await hand.write("Kestrel, Dev")
    await hand.type("tab", "tab", "tab")
    await hand.write("when pigs fly")
    await hand.type("ctrl+s")
    assert hand.screen_name == "ApplicationFormDialog"
    assert hand.app.screen.focused is not None
    assert hand.app.screen.focused.id == "interview"
    assert hand.sees("when pigs fly")
    assert "Kestrel" not in hand.stages()
    await hand.type(*["backspace"] * len("when pigs fly"))
    await hand.write("tomorrow 9:00")
    await hand.type("ctrl+s")
    assert len(hand.details("Kestrel").interviews) == 1


async def test_the_form_needs_a_company(hand: Hand) -> None:
    await hand.type("e", *["backspace"] * len("Acme"), "ctrl+s")
    assert hand.screen_name == "ApplicationFormDialog"
    assert hand.sees("needs a company")
    assert hand.stage_of("Acme") is INTERVIEWED


async def test_edit_changes_only_what_was_changed_and_undo_gives_it_back(hand: Hand) -> None:
    before = hand.details("Acme").application
    await hand.type("e", "tab")
    await hand.write(" II")
    await hand.type("ctrl+s")
    after = hand.details("Acme").application
    assert after.role == "Acme engineer II"
    await hand.type("u")
    assert hand.details("Acme").application == before


async def test_enter_goes_from_field_to_field_and_saves_on_the_last_line(hand: Hand) -> None:
    await hand.type("e", *["enter"] * 9)
    await hand.write("remote, python")
    await hand.type("enter")
    assert hand.screen_name == "BoardScreen"
    assert hand.details("Acme").application.tags == ("remote", "python")


async def test_esc_in_a_changed_form_warns_and_in_an_unchanged_one_closes(hand: Hand) -> None:
    await hand.type("e", "escape")
    assert hand.screen_name == "BoardScreen"
    await hand.type("e", "x", "escape")
    assert hand.screen_name == "ApplicationFormDialog"
    assert hand.sees("Esc again")
    await hand.type("escape")
    assert hand.screen_name == "BoardScreen"
    assert "Acme" in hand.stages()


async def test_a_form_that_another_window_overtook_keeps_its_text(hand: Hand) -> None:
    await hand.type("e", "tab")
    await hand.write(" of mine")
    with closing(Tracker(hand.app.place)) as other:
        other.commands.advance([other.queries.find("Acme")])
    await hand.type("ctrl+s")
    assert hand.screen_name == "ApplicationFormDialog"
    assert hand.sees("of mine")
    assert hand.details("Acme").application.role == "Acme engineer"


# Selecting


async def test_a_selection_is_counted_toggled_and_let_go(hand: Hand) -> None:
    await hand.type("space")
    assert hand.sees("1 selected")
    assert hand.cursor == "Bolt", "the cursor steps on"
    await hand.type("*")
    assert hand.sees("3 selected")
    await hand.type("*")
    assert not hand.sees("selected")
    await hand.type("*", "escape")
    assert not hand.sees("selected")


async def test_edit_takes_one_application_at_a_time(hand: Hand) -> None:
    await hand.type("*", "e")
    assert hand.screen_name == "BoardScreen"
    assert hand.sees("one application at a time")


async def test_after_a_verb_the_selected_are_let_go_so_that_the_next_verb_takes_only_the_card_one_sees(
    hand: Hand,
) -> None:
    await hand.type("*", "L")
    assert not hand.sees("selected")
    assert not hand.kanban.selected
    await hand.type("1", "2", "g")
    cursor = hand.cursor
    before = hand.stages()
    await hand.type("L")
    assert [name for name, stage in hand.stages().items() if stage is not before[name]] == [cursor]
    await hand.type("u", "u")
    assert not hand.sees("selected")


async def test_a_refused_verb_leaves_the_selected_selected_and_a_repeated_one_takes_the_card_under_the_cursor(
    hand: Hand,
) -> None:
    await hand.type("space", "space", "R")
    assert hand.sees("2 selected")
    await hand.type("d", "w")
    assert not hand.sees("selected")
    await hand.type("1", ".")
    assert sum(stage is MOVED_ON for stage in hand.stages().values()) == 4


async def test_a_verb_leaves_out_the_selected_that_it_cannot_take(hand: Hand) -> None:
    await hand.type("space", "4", "space", "R")
    assert hand.stage_of("Acme") is INTERVIEWED
    assert hand.stage_of("Harrow") is INTERVIEWED
    assert hand.sees("1 left out")


# Reading: help, journal, palette, detail


async def test_help_shows_the_users_own_keys_for_every_action(small: Path) -> None:
    async with sitting(small, (100, 200), keymap=make_keymap({"advance": ("f5",), "note": ()})) as hand:
        await hand.type("?")
        assert hand.screen_name == "HelpScreen"
        shown = "\n".join(hand.lines())
        assert "f5" in shown
        assert "(no key)" in shown
        for action in actions_at(Place.BOARD):
            assert action.help.split()[0] in shown
            assert action.group.value in shown
        await hand.type("?")
        assert hand.screen_name == "BoardScreen"


@pytest.mark.parametrize("key", ["escape", "q", "enter"])
async def test_help_and_journal_close_and_quit_nothing(hand: Hand, key: str) -> None:
    for opening in ("?", "J"):
        await hand.type(opening, "j", "k", "G", "g", "pagedown", key)
        assert hand.screen_name == "BoardScreen"
    assert hand.app.is_running


async def test_the_journal_tells_what_was_done_and_taken_back(hand: Hand) -> None:
    await hand.type("L", "u", "J")
    assert hand.sees("Acme → Thanked (undone)")
    assert hand.sees("Harrow added")


async def test_the_palette_runs_a_verb_by_its_name(hand: Hand) -> None:
    await hand.type(":")
    await hand.write("advance")
    await hand.expect(lambda: hand.sees("To the next stage"))
    await hand.type("down")
    await hand.type("enter")
    await hand.expect(lambda: hand.stage_of("Acme") is THANKED)


async def test_the_detail_takes_the_same_verbs_and_leads_back(hand: Hand) -> None:
    await hand.type("enter")
    assert hand.screen_name == "DetailScreen"
    assert hand.sees("Acme engineer")
    await hand.type("L")
    assert hand.stage_of("Acme") is THANKED
    assert hand.sees("thank-you")
    await hand.type("N")
    await hand.write("nice people")
    await hand.type("enter")
    assert hand.sees("nice people")
    await hand.type("d", "o")
    assert hand.stage_of("Acme") is MOVED_ON
    await hand.type("R", "H", "m", "3", "u", "u", "u")
    assert hand.stage_of("Acme") is MOVED_ON
    await hand.type("q")
    assert hand.screen_name == "BoardScreen"
    assert hand.cursor == "Acme"


async def test_the_detail_scrolls_and_fits_any_width(hand: Hand, now: datetime) -> None:
    with closing(Tracker(hand.app.place)) as other:
        for number in range(30):
            at = now - timedelta(days=30 - number)
            other.commands.log([other.queries.find("Acme")], "note", note=f"note number {number}", at=at)
    await hand.type("enter")
    assert hand.sees("note number 29")
    assert not hand.sees("note number 0")
    await hand.type("G")
    assert hand.sees("note number 0")
    await hand.type("k", "j", "pageup", "pagedown", "g")
    assert hand.sees("Acme engineer")
    for size in ((30, 8), (200, 60), (1, 1), (80, 24)):
        await hand.resize(*size)
        hand.assert_harmless()


async def test_undoing_the_adding_of_the_open_application_is_told(hand: Hand) -> None:
    await hand.burst("n", *"Kestrel, Dev", "enter", "enter")
    assert hand.screen_name == "DetailScreen"
    await hand.type("u")
    assert hand.sees("no longer exists")
    await hand.type("L", "e", "d", "N", "escape")
    assert hand.screen_name == "BoardScreen"


# Refusals and empty places


async def test_a_refusal_is_a_sentence_and_changes_nothing(hand: Hand) -> None:
    before = hand.stages()
    for keys in (("H",), ("R",), ("4", "L"), ("1", ".")):
        await hand.type(*keys)
        assert hand.sees("! ")
    assert hand.stages() == before


async def test_an_empty_board_says_the_next_key_and_every_verb_says_so_too(database: Path) -> None:
    async with sitting(database) as hand:
        assert hand.sees("No applications yet")
        assert hand.sees("n  add one")
        for key in ("L", "H", "d", "m", "f", "N", "R", "enter", "space", "v", "*", "e", "j", "k", "g", "G", "."):
            await hand.type(key)
            assert hand.screen_name == "BoardScreen", key
            hand.assert_harmless()
        await hand.type("u")
        assert hand.sees("nothing to undo")
        await hand.burst("n", *"Acme, Dev", "enter")
        assert hand.cursor == "Acme"


async def test_the_users_own_keys_stand_in_hints_and_work(database: Path) -> None:
    async with sitting(database, keymap=make_keymap({"new": ("X",), "advance": ("z",)})) as hand:
        assert hand.sees("X  add one")
        await hand.burst("X", *"Acme, Dev", "enter", "z")
        assert hand.stage_of("Acme") is THANKED


async def test_a_problem_with_the_settings_is_told_at_the_start(small: Path) -> None:
    async with sitting(small, problems=("settings.toml: line 3 is odd.",)) as hand:
        await hand.expect(lambda: hand.sees("line 3 is odd"))


async def test_q_quits_from_the_board_with_nought(hand: Hand) -> None:
    await hand.pilot.press("q")
    await hand.expect(lambda: not hand.app.is_running)
    assert hand.app.return_code == 0


async def test_what_another_program_writes_is_shown_and_the_cursor_stays(hand: Hand) -> None:
    await hand.type("j")
    with closing(Tracker(hand.app.place)) as other:
        other.commands.add(ApplicationForm(company="Aardvark", role="Dev"))
        other.commands.advance([other.queries.find("Acme")])
    await hand.app._look_around()
    await hand.settle()
    assert hand.sees("Aardvark")
    assert hand.cursor == "Bolt"


async def test_a_verb_on_a_card_changed_elsewhere_is_refused_and_shows_what_is_there(hand: Hand) -> None:
    with closing(Tracker(hand.app.place)) as other:
        other.commands.edit(other.queries.find("Acme"), ApplicationForm(company="Acme Ltd", role="Dev"))
    await hand.type("L")
    assert hand.stage_of("Acme Ltd") is INTERVIEWED
    assert hand.sees("Acme Ltd")
    assert hand.sees("changed from another window")
    await hand.type("L")
    assert hand.stage_of("Acme Ltd") is THANKED


async def test_opening_an_application_that_is_gone_says_so(hand: Hand) -> None:
    await hand.burst("n", *"Kestrel, Dev", "enter")
    with closing(Tracker(hand.app.place)) as other:
        other.commands.undo()
    await hand.type("e")
    assert hand.sees("no longer exists")


def test_the_small_board_is_what_these_tests_think(small: Path, tmp_path: Path) -> None:
    fill(tmp_path / "again.db")
    for place in (small, tmp_path / "again.db"):
        with closing(Tracker(place)) as tracker:
            columns = tracker.queries.board().columns
        assert {stage: tuple(card.company for card in cards) for stage, cards in columns.items()} == COMPANIES
