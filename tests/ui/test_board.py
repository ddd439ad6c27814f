"""Every key of the board does what its sentence says, on the screen and in the file, and can be taken back."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from followup_tui.actions import Place, actions_at
from followup_tui.domain.model.application import Outcome, Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.touch import TouchKind
from followup_tui.keymap import make_keymap
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui.dialogs.form_dialog import FIELDS
from ui.pilot import COMPANIES, FREE_KEY, OTHER_FREE_KEY, BoardPilot, fill, open_board

INTERVIEWED, THANKED, AWAITING, MOVED_ON = Stage


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["L"], {"Acme": THANKED}),
        ([">"], {"Acme": THANKED}),
        (["shift+right"], {"Acme": THANKED}),
        (["2", "L"], {"Delta": AWAITING}),
        (["3", "L", "r"], {"Fathom": MOVED_ON}),
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
    user: BoardPilot, keys: list[str], expected: dict[str, Stage]
) -> None:
    before = user.stages()
    await user.type(*keys)
    after = user.stages()
    assert {name: stage for name, stage in after.items() if stage is not before[name]} == expected
    assert user.cursor in expected
    assert user.sees("u undo")
    await user.type("u")
    if keys[-1] == ".":
        await user.type("u")
    assert user.stages() == before
    assert user.sees("U redo")
    await user.type("U", *(["U"] if keys[-1] == "." else []))
    assert user.stages() == after


async def test_an_outcome_is_asked_by_one_key_and_kept(user: BoardPilot) -> None:
    for key, outcome in {
        "a": Outcome.ACCEPTED,
        "d": Outcome.DECLINED,
        "r": Outcome.REJECTED,
        "w": Outcome.WITHDREW,
        "n": Outcome.NO_REPLY,
    }.items():
        await user.type("d")
        assert user.sees("how did it end?")
        company = user.cursor
        await user.type(key)
        assert user.details(company).application.outcome is outcome
        if outcome in (Outcome.ACCEPTED, Outcome.DECLINED):
            assert user.sees("write the letter")
            await user.type("escape")
        await user.type("u")


async def test_esc_on_a_question_changes_nothing(user: BoardPilot) -> None:
    before = user.stages()
    for keys in (
        ("d", "escape"),
        ("m", "escape"),
        ("f", "escape"),
        ("m", "4", "escape", "escape"),
        ("N", "escape"),
    ):
        await user.type(*keys)
        assert user.screen_name == "BoardScreen"
    assert user.stages() == before


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
async def test_what_happened_is_logged_by_one_key(user: BoardPilot, key: str, kind: TouchKind) -> None:
    await user.type("f", *key)
    assert [touch.kind for touch in user.details("Acme").touches] == [kind]
    await user.type("u")
    assert user.details("Acme").touches == ()


async def test_a_note_goes_into_the_history(user: BoardPilot) -> None:
    await user.type("N")
    await user.write("They have a dog.")
    await user.type("enter")
    assert [touch.note for touch in user.details("Acme").touches] == ["They have a dog."]
    await user.type("u")
    assert user.details("Acme").touches == ()


async def test_an_empty_note_is_not_saved_and_says_so(user: BoardPilot) -> None:
    await user.type("N", "enter")
    assert user.screen_name == "TextPrompt"
    assert user.sees("Type something first")


# Quick add


async def test_quick_add_shows_what_it_understood_and_saves(user: BoardPilot) -> None:
    await user.type("n")
    await user.write("Kestrel, Backend dev, fri 14:00, Dana Ruiz <dana@kestrel.example>")
    await user.expect(lambda: user.sees("Ruiz <dana@kestrel.example>"))
    assert user.sees("Fri 20 Nov")
    await user.type("enter")
    details = user.details("Kestrel")
    assert details.application.role == "Backend dev"
    assert [contact.email for contact in details.contacts] == ["dana@kestrel.example"]
    assert user.cursor == "Kestrel"
    await user.type("u")
    assert "Kestrel" not in user.stages()
    await user.type("U")
    assert user.details("Kestrel") == details


async def test_keys_typed_ahead_act_on_what_they_were_meant_for(user: BoardPilot) -> None:
    await user.burst("n", *"Kestrel, Dev", "enter", "L")
    assert user.stage_of("Kestrel") is THANKED
    assert user.stage_of("Acme") is INTERVIEWED


async def test_a_whole_session_typed_in_one_burst_arrives_in_order(user: BoardPilot) -> None:
    await user.burst("j", "L", "d", "r", "u", "/", *"gra", "enter", "L", "w", "escape", "N", *"ok", "enter")
    stages = user.stages()
    assert stages["Bolt"] is THANKED
    assert user.details("Gravel").application.outcome is Outcome.WITHDREW
    assert [touch.note for touch in user.details("Gravel").touches][-1:] == ["ok"]


async def test_a_line_without_a_role_stays_with_a_word_of_what_is_missing(user: BoardPilot) -> None:
    await user.type("n")
    await user.write("Kestrel")
    await user.type("enter")
    assert user.screen_name == "QuickAddScreen"
    assert user.sees("Put a comma after the company")
    await user.write(", Dev")
    await user.type("enter")
    assert user.stage_of("Kestrel") is INTERVIEWED


async def test_esc_warns_before_it_throws_typed_text_away(user: BoardPilot) -> None:
    await user.type("n")
    await user.write("Kestrel")
    await user.type("escape")
    assert user.sees("Press Esc again to discard")
    await user.write(", Dev")
    await user.type("escape")
    assert user.screen_name == "QuickAddScreen", "more was typed since it warned"
    assert user.sees("Press Esc again to discard")
    assert user.sees("Kestrel")
    await user.type("escape")
    assert user.screen_name == "BoardScreen"
    await user.type("n", "escape")
    assert user.screen_name == "BoardScreen", "nothing was typed, so nothing is asked"


async def test_tab_opens_the_full_form_with_what_the_line_says(user: BoardPilot) -> None:
    await user.type("n")
    await user.write("Kestrel, Dev, tomorrow 9:00, with Sam Lee, https://kestrel.example/7")
    await user.type("tab")
    assert user.screen_name == "ApplicationFormDialog"
    for text in ("Kestrel", "Dev", "Sam Lee", "https://kestrel.example/7"):
        assert user.sees(text)
    await user.type("ctrl+s")
    details = user.details("Kestrel")
    assert details.application.url == "https://kestrel.example/7"
    assert [contact.name for contact in details.contacts] == ["Sam Lee"]
    assert len(details.interviews) == 1


# The form


async def test_an_error_at_a_field_names_it_and_keeps_the_text(user: BoardPilot) -> None:
    await user.type("n")
    await user.write("Kestrel, Dev")
    await user.type("tab", "tab", "tab")
    await user.write("when pigs fly")
    await user.type("ctrl+s")
    assert user.screen_name == "ApplicationFormDialog"
    assert user.app.screen.focused is not None
    assert user.app.screen.focused.id == "interview"
    assert user.sees("when pigs fly")
    assert "Kestrel" not in user.stages()
    await user.type(*["backspace"] * len("when pigs fly"))
    await user.write("tomorrow 9:00")
    await user.type("ctrl+s")
    assert len(user.details("Kestrel").interviews) == 1


async def test_the_form_needs_a_company(user: BoardPilot) -> None:
    await user.type("e", *["backspace"] * len("Acme"), "ctrl+s")
    assert user.screen_name == "ApplicationFormDialog"
    assert user.sees("needs a company")
    assert user.stage_of("Acme") is INTERVIEWED


async def test_edit_changes_only_what_was_changed_and_undo_gives_it_back(user: BoardPilot) -> None:
    before = user.details("Acme").application
    await user.type("e", "tab")
    await user.write(" II")
    await user.type("ctrl+s")
    after = user.details("Acme").application
    assert after.role == "Acme engineer II"
    await user.type("u")
    assert user.details("Acme").application == before


async def test_enter_goes_from_field_to_field_and_saves_on_the_last_line(user: BoardPilot) -> None:
    await user.type("e", *["enter"] * (len(FIELDS) - 1))
    await user.write("remote, python")
    await user.type("enter")
    assert user.screen_name == "BoardScreen"
    assert user.details("Acme").application.tags == ("remote", "python")


async def test_a_form_without_a_change_is_saved_by_closing(user: BoardPilot) -> None:
    before = user.details("Acme")
    await user.type("e", "ctrl+s")
    assert user.screen_name == "BoardScreen"
    assert user.details("Acme") == before


async def test_a_form_takes_pay_work_mode_and_the_day_of_applying(user: BoardPilot) -> None:
    await user.type("e", *["tab"] * [id for id, _ in FIELDS].index("work_mode"), *"sofa", "ctrl+s")
    assert user.sees("The work mode can be remote, hybrid or onsite")
    await user.type(*["backspace"] * 4, *"Remote", "tab", *"60k", *["tab"] * 4, *"Bob", "tab", *"2 nov", "ctrl+s")
    application = user.details("Acme").application
    assert (application.work_mode, application.pay, application.referrer) == ("remote", "60k", "Bob")
    assert str(application.applied_on) == "2026-11-02"
    await user.type("u")
    assert user.details("Acme").application.pay == ""


async def test_esc_in_a_changed_form_warns_and_in_an_unchanged_one_closes(user: BoardPilot) -> None:
    await user.type("e", "escape")
    assert user.screen_name == "BoardScreen"
    await user.type("e", "x", "escape")
    assert user.screen_name == "ApplicationFormDialog"
    assert user.sees("Esc again")
    await user.type("escape")
    assert user.screen_name == "BoardScreen"
    assert "Acme" in user.stages()


async def test_a_form_that_another_window_overtook_keeps_its_text(user: BoardPilot) -> None:
    await user.type("e", "tab")
    await user.write(" of mine")
    with closing(Tracker(user.app.place)) as other:
        other.commands.advance([other.queries.find("Acme")])
    await user.type("ctrl+s")
    assert user.screen_name == "ApplicationFormDialog"
    assert user.sees("of mine")
    assert user.details("Acme").application.role == "Acme engineer"


# Selecting


async def test_a_selection_is_counted_toggled_and_let_go(user: BoardPilot) -> None:
    await user.type("space")
    assert user.sees("1 selected")
    assert user.cursor == "Bolt", "the cursor steps on"
    await user.type("*")
    assert user.sees("3 selected")
    await user.type("*")
    assert not user.sees("selected")
    await user.type("*", "escape")
    assert not user.sees("selected")


async def test_edit_takes_one_application_at_a_time(user: BoardPilot) -> None:
    await user.type("*", "e")
    assert user.screen_name == "BoardScreen"
    assert user.sees("one application at a time")


async def test_after_a_verb_the_selected_are_let_go_so_that_the_next_verb_takes_only_the_card_one_sees(
    user: BoardPilot,
) -> None:
    await user.type("*", "L")
    assert not user.sees("selected")
    assert not user.kanban.selected
    await user.type("1", "2", "g")
    cursor = user.cursor
    before = user.stages()
    await user.type("L")
    assert [name for name, stage in user.stages().items() if stage is not before[name]] == [cursor]
    await user.type("u", "u")
    assert not user.sees("selected")


async def test_a_refused_verb_leaves_the_selected_selected_and_a_repeated_one_takes_the_card_under_the_cursor(
    user: BoardPilot,
) -> None:
    await user.type("space", "space", "R")
    assert user.sees("2 selected")
    await user.type("d", "w")
    assert not user.sees("selected")
    await user.type("1", ".")
    assert sum(stage is MOVED_ON for stage in user.stages().values()) == 4


async def test_a_verb_leaves_out_the_selected_that_it_cannot_take(user: BoardPilot) -> None:
    await user.type("space", "4", "space", "R")
    assert user.stage_of("Acme") is INTERVIEWED
    assert user.stage_of("Harrow") is INTERVIEWED
    assert user.sees("1 left out")


# Reading: help, journal, palette, detail


async def test_help_shows_the_users_own_keys_for_every_action(small: Path) -> None:
    async with open_board(small, (100, 200), keymap=make_keymap({"advance": ("f5",), "note": ()})) as user:
        await user.type("?")
        assert user.screen_name == "HelpScreen"
        shown = "\n".join(user.lines())
        assert "f5" in shown
        assert "(no key)" in shown
        for action in actions_at(Place.BOARD):
            assert action.help.split()[0] in shown
            assert action.group.value in shown
        await user.type("?")
        assert user.screen_name == "BoardScreen"


@pytest.mark.parametrize("key", ["escape", "q", "enter"])
async def test_help_and_journal_close_and_quit_nothing(user: BoardPilot, key: str) -> None:
    for opening in ("?", "J"):
        await user.type(opening, "j", "k", "G", "g", "pagedown", key)
        assert user.screen_name == "BoardScreen"
    assert user.app.is_running


async def test_the_journal_tells_what_was_done_and_taken_back(user: BoardPilot) -> None:
    await user.type("L", "u", "J")
    assert user.sees("Acme → Thanked (undone)")
    assert user.sees("Harrow added")


async def test_the_palette_runs_a_verb_by_its_name(user: BoardPilot) -> None:
    await user.type(":")
    await user.write("advance")
    await user.expect(lambda: user.sees("Move to the next stage"))
    await user.type("down")
    await user.type("enter")
    await user.expect(lambda: user.stage_of("Acme") is THANKED)


async def test_the_detail_takes_the_same_verbs_and_leads_back(user: BoardPilot) -> None:
    await user.type("enter")
    assert user.screen_name == "DetailScreen"
    assert user.sees("Acme engineer")
    await user.type("L")
    assert user.stage_of("Acme") is THANKED
    assert user.sees("thank-you")
    await user.type("N")
    await user.write("nice people")
    await user.type("enter")
    assert user.sees("nice people")
    await user.type("d", "r")
    assert user.stage_of("Acme") is MOVED_ON
    await user.type("R", "H", "m", "3", "u", "u", "u")
    assert user.stage_of("Acme") is MOVED_ON
    await user.type("q")
    assert user.screen_name == "BoardScreen"
    assert user.cursor == "Acme"


async def test_the_detail_scrolls_and_fits_any_width(user: BoardPilot, now: datetime) -> None:
    with closing(Tracker(user.app.place)) as other:
        for number in range(30):
            at = now - timedelta(days=30 - number)
            other.commands.log([other.queries.find("Acme")], "note", note=f"note number {number}", at=at)
    await user.type("enter")
    assert user.sees("note number 29")
    assert not user.sees("note number 0")
    await user.type("G")
    assert user.sees("note number 0")
    await user.type("k", "j", "pageup", "pagedown", "g")
    assert user.sees("Acme engineer")
    for size in ((30, 8), (200, 60), (1, 1), (80, 24)):
        await user.resize(*size)
        user.assert_harmless()


async def test_undoing_the_adding_of_the_open_application_is_told(user: BoardPilot) -> None:
    await user.burst("n", *"Kestrel, Dev", "enter", "enter")
    assert user.screen_name == "DetailScreen"
    await user.type("u")
    assert user.sees("no longer exists")
    await user.type("L", "e", "d", "N", "escape")
    assert user.screen_name == "BoardScreen"


# Refusals and empty places


async def test_a_refusal_is_a_sentence_and_changes_nothing(user: BoardPilot) -> None:
    before = user.stages()
    for keys in (("H",), ("R",), ("4", "L"), ("1", ".")):
        await user.type(*keys)
        assert user.sees("! ")
    assert user.stages() == before


async def test_an_empty_board_says_the_next_key_and_every_verb_says_so_too(database: Path) -> None:
    async with open_board(database) as user:
        assert user.sees("No applications yet")
        assert user.sees("n  Add your first application")
        for key in ("L", "H", "d", "m", "f", "N", "R", "space", "v", "*", "e", "j", "k", "g", "G", "."):
            await user.type(key)
            assert user.screen_name == "BoardScreen", key
            user.assert_harmless()
        await user.type("u")
        assert user.sees("nothing to undo")
        await user.burst("n", *"Acme, Dev", "enter")
        assert user.cursor == "Acme"


async def test_the_users_own_keys_stand_in_hints_and_work(database: Path) -> None:
    async with open_board(
        database, keymap=make_keymap({"new": (FREE_KEY,), "advance": (OTHER_FREE_KEY,)})
    ) as user:
        assert user.sees(f"{FREE_KEY}  Add your first application")
        await user.burst(FREE_KEY, *"Acme, Dev", "enter", OTHER_FREE_KEY)
        assert user.stage_of("Acme") is THANKED


async def test_a_problem_with_the_settings_is_told_at_the_start(small: Path) -> None:
    async with open_board(small, problems=("settings.toml: line 3 is odd.",)) as user:
        await user.expect(lambda: user.sees("line 3 is odd"))


async def test_q_quits_from_the_board_with_nought(user: BoardPilot) -> None:
    await user.pilot.press("q")
    await user.expect(lambda: not user.app.is_running)
    assert user.app.return_code == 0


@pytest.mark.parametrize("keys", ["cd", "n", "?", ":", "/x", "w", "e", "a"])
async def test_what_is_typed_for_the_shell_behind_q_starts_nothing(user: BoardPilot, keys: str) -> None:
    for key in ("q", *keys):
        user._send(key)
    await user.expect(lambda: not user.app.is_running)
    assert user.app.fault is None
    assert len(user.app.screen_stack) <= 1


async def test_who_leaves_while_the_board_is_read_starts_nothing_more(user: BoardPilot) -> None:
    with patch.object(user.app, "_exit", True), patch.object(user.app, "recompute") as recompute:
        await user.app._read_whole()
    assert not recompute.called


async def test_what_another_program_writes_is_shown_and_the_cursor_stays(user: BoardPilot) -> None:
    await user.type("j")
    with closing(Tracker(user.app.place)) as other:
        other.commands.add(ApplicationForm(company="Aardvark", role="Dev"))
        other.commands.advance([other.queries.find("Acme")])
    await user.app._look_around()
    await user.settle()
    assert user.sees("Aardvark")
    assert user.cursor == "Bolt"


async def test_a_verb_on_a_card_changed_elsewhere_is_refused_and_shows_what_is_there(user: BoardPilot) -> None:
    with closing(Tracker(user.app.place)) as other:
        other.commands.edit(other.queries.find("Acme"), ApplicationForm(company="Acme Ltd", role="Dev"))
    await user.type("L")
    assert user.stage_of("Acme Ltd") is INTERVIEWED
    assert user.sees("Acme Ltd")
    assert user.sees("changed from another window")
    await user.type("L")
    assert user.stage_of("Acme Ltd") is THANKED


async def test_opening_an_application_that_is_gone_says_so(user: BoardPilot) -> None:
    await user.burst("n", *"Kestrel, Dev", "enter")
    with closing(Tracker(user.app.place)) as other:
        other.commands.undo()
    await user.type("e")
    assert user.sees("no longer exists")


def test_the_small_board_is_what_these_tests_think(small: Path, tmp_path: Path) -> None:
    fill(tmp_path / "again.db")
    for place in (small, tmp_path / "again.db"):
        with closing(Tracker(place)) as tracker:
            columns = tracker.queries.board().columns
        assert {stage: tuple(card.company for card in cards) for stage, cards in columns.items()} == COMPANIES


async def test_the_footer_of_an_offer_has_the_keys_that_answer_it(user: BoardPilot) -> None:
    await user.type("$", *"fri", "enter", "enter", "enter", "enter")
    while user.screen_name != "BoardScreen":
        await user.type("enter")
    for keys in ([], ["enter"]):
        await user.type(*keys)
        assert all(word in user.lines()[-1] for word in ("A Accept", "- Decline", "T More time")), user.lines()[-1]
    await user.type("q", "4")
    assert "Accept" not in user.lines()[-1]


async def test_the_footer_of_an_offer_found_by_the_filter_changes_once_it_is_declined(user: BoardPilot) -> None:
    await user.type("$", *"fri", "enter", "enter", "enter", "enter")
    while user.screen_name != "BoardScreen":
        await user.type("enter")
    await user.type("4", "/", *"offer", "enter")
    assert "- Decline" in user.lines()[-1]
    await user.type("-", "y", "escape")
    assert user.screen_name == "BoardScreen"
    assert "Decline" not in user.lines()[-1]
