"""The import screen: see each row before it is written, change how it is read, accept, or leave no trace."""

from __future__ import annotations

import ast
import os
import re
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from unittest.mock import patch

import pytest

from exchange.export_boards import exported
from exchange.test_workbook import made, yearly
from followup_tui import exchange
from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.tracker import import_preview
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui.app import FollowupApp
from followup_tui.ui.screens.import_reading import with_keys
from followup_tui.ui.screens.import_screen import ImportScreen
from ui.pilot import BoardPilot, open_board

SHEET = """Company,Role,Status,Date Applied
Navona,Analyst,Interview,2026-11-02
Bergamot,QA,Applied,2026-11-03
Corvid,SRE,Quux,2026-11-04
Acme,Acme engineer,Interview,2026-11-05
"""
AMBIGUOUS = "Company,Role,Status,Interview Date\nNavona,Dev,Interview,03/04/2026\n"
UNKNOWN = "Bude,Was,Stand\nNavona,Dev,Interview\n"
HOSTILE = (
    "Company,Role,Status,[b]Notes[/b]\n"
    "\x1b[31mNavona\x07[bold]x[/bold],\u202eDev,Interview,[link=x]y\n"
    "\u65e5\u672c\u4f1a\u793e,\u958b\u767a,\x1b]0;title\x07Quux\x00,\n"
)


async def pick(user: BoardPilot, path: Path | str) -> None:
    """Open the import of a file and wait until its rows are there."""
    await user.type("O", "ctrl+u")
    await user.write(str(path))
    await user.type("enter")
    await read(user)


async def read(user: BoardPilot) -> None:
    """Wait until nothing is being read or written."""
    await user.expect(lambda: not any(screen._work for screen in screens(user.app)))
    await user.settle()


def screens(app: FollowupApp) -> list[ImportScreen]:
    return [screen for screen in app.screen_stack if isinstance(screen, ImportScreen)]


@asynccontextmanager
async def importing(
    database: Path, content: str | bytes, size: tuple[int, int] = (80, 24), name: str = "jobs.csv"
) -> AsyncIterator[BoardPilot]:
    file = database.with_name(name)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    async with open_board(database, size) as user:
        await pick(user, file)
        yield user


def bytes_of(database: Path) -> dict[str, bytes]:
    """The database as another program finds it, and all that lies beside it but the sheets."""
    with closing(Tracker(database)) as other:
        cards = repr(
            sorted((card.number, card._replace(version=0)) for card in other.queries.board().cards.values())
        )
        history = repr(other.queries.history(None))
    return {"cards": cards.encode(), "history": history.encode()}


# Looking


async def test_each_row_is_shown_with_what_it_becomes(small: Path) -> None:
    async with importing(small, SHEET) as user:
        assert user.sees("jobs.csv · 1 new · 1 updated · 1 left out · 1 not read")
        assert user.sees("+ new")
        assert user.sees("Navona")
        assert user.sees("- left out")
        assert user.sees("! not read")
        assert user.sees("i remark"), "what is said of the whole file comes first"
        assert user.sees("The status “Quux” isn't known")
        await user.type("j")
        assert user.sees("+ new, line 2, Interviewed · Navona · Analyst")
        await user.type("j")
        assert user.sees("a takes it")
        await user.type("j")
        assert user.sees("Quux")
        assert user.sees("! not read, line 4")


FULL = """Company,Role,Status,Link,Location,Work mode,Pay,Interview date,Contact,Applied,Thanked on,Tags,Notes
Navona,Backend,Interviewed,https://jobs.example/7,"Rome, Prati",hybrid,95k,2026-12-01 14:00 America/New_York,\
"Dana Ruiz (CTO) <dana@navona.example>; Ben Ode",2026-11-02,2026-11-20,"rust, fintech","They use Rust.
A team of twelve people who work in three countries and meet once a year, in Trieste"
Bergamot,QA,Applied,,Oslo,,,,,2026-11-03,,,
Corvid,SRE,Offer,,,,70k,,,,,,
Quux,SRE,Quax,,,,80k,2026-12-01,,,,,
"""


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_lower_pane_says_what_was_read_of_the_row_and_nothing_else(
    small: Path, size: tuple[int, int]
) -> None:
    async with importing(small, FULL, size) as user:
        await user.type("j")
        for told in (
            "Goes to Interviewed",
            "Interview: Tue 1 Dec 2026 14:00 EST (20:00 CET)",
            "With: Dana Ruiz (CTO) <dana@navona.example> / Ben Ode",
            "Link: https://jobs.example/7",
            "Place: Rome, Prati",
            "Pay: 95k",
            "Applied on: Mon 2 Nov 2026",
            "Thanked on: Fri 20 Nov 2026",
            "Tags: rust, fintech",
            "Notes: They use Rust. / A team of twelve",
        ):
            assert user.sees(told), told
        await user.type("j")
        assert user.sees("a takes it, into"), "the reason of what is left out"
        assert user.sees("Place: Oslo · Applied on: Tue 3 Nov 2026")
        await user.type("j")
        assert user.sees("Pay: 70k")
        for empty in ("Place:", "Interview:", "With:", "Notes:", "Thanked on:", "Answer by:"):
            assert not user.sees(empty), empty
        await user.type("j")
        assert user.sees("s says what it means")
        assert user.sees("Interview: Tue 1 Dec 2026 · Pay: 80k"), "a row that isn't read says what it holds"


async def test_a_low_screen_keeps_the_reason_and_begins_what_was_read(small: Path) -> None:
    async with importing(small, FULL, (60, 12)) as user:
        await user.type("j")
        assert user.sees("Goes to Interviewed")
        assert user.sees("Interview: Tue 1 Dec 2026 14:00 EST (20:00 CET)")


async def test_an_address_card_that_is_left_out_says_what_was_read_of_it(small: Path) -> None:
    async with open_board(small) as user:
        await pick(user, SAMPLES / "contacts.vcf")
        assert user.sees("whose it is with m")
        assert user.sees("Name: Priya Natarajan · Company: Northwind Traders")
        assert user.sees("Phone: +49 30 5550123")


async def test_a_full_folder_says_that_more_folders_are_in_it(small: Path, tmp_path: Path) -> None:
    many = tmp_path / "many"
    for number in range(20):
        (many / f"folder-{number}").mkdir(parents=True)
        (many / f"sheet-{number}.csv").touch()
        (many / f"words-{number}.txt").touch()
    async with open_board(small) as user:
        await user.type("O", "ctrl+u")
        await user.write(f"{many}/")
        assert user.sees("sheet-")
        assert not user.sees("words-")
        assert user.sees("… and 49 more, 20 folders among them")


async def test_esc_leaves_no_trace(small: Path, tmp_path: Path) -> None:
    before = bytes_of(small)
    async with importing(small, SHEET) as user:
        await user.type("a")
        await read(user)
        await user.type("escape")
        assert user.screen_name == "BoardScreen"
        assert bytes_of(small) == before
        assert not list(tmp_path.rglob("import-folder"))
        assert not list(tmp_path.rglob("backups"))


async def test_enter_writes_it_all_and_one_u_takes_it_back(small: Path) -> None:
    before = bytes_of(small)["cards"]
    async with importing(small, SHEET) as user:
        await user.type("enter")
        await user.expect(lambda: user.screen_name == "BoardScreen")
        await user.settle()
        assert user.stage_of("Navona") is Stage.INTERVIEWED
        assert "Bergamot" not in user.stages()
        assert user.cursor == "Navona"
        assert user.sees("Imported: 1 new, 1 updated, 1 left out, 1 not read"), "whole, in 80 columns"
        assert user.sees("u undo")
        await user.type("u")
        assert bytes_of(small)["cards"] == before
        await user.type("U")
        assert user.stage_of("Navona") is Stage.INTERVIEWED


async def test_the_cursor_is_on_the_most_urgent_and_the_message_begins_with_the_counts(small: Path) -> None:
    rows = ("Aldo,Dev,Rejected,2026-11-02", "Bergamot,QA,Interview,2026-12-02", "Corvid,SRE,Interview,2026-11-18")
    async with importing(small, "\n".join(("Company,Role,Status,Interview Date", *rows))) as user:
        await user.type("enter")
        await user.expect(lambda: user.screen_name == "BoardScreen")
        await user.settle()
        assert user.cursor == "Corvid"
        assert user.sees("Imported: 3 new · from")
        assert not user.sees("3 applications"), "said once"
        assert user.sees("r reviews what is due, u undo")


async def test_remarks_name_the_keys_of_the_screen(small: Path) -> None:
    rows = ("Corvid,SRE,Quux,", "Bergamot,QA,Applied,")
    async with importing(small, "\n".join(("Company,Role,Status,Interview Date", *rows)), (150, 40)) as user:
        assert user.sees("The status “Quux” isn't known"), "without the name of the only file"
        assert user.sees("say what it means: s.")
        await user.type("j")
        assert user.sees("s says what it means, and a takes it")
        assert not user.sees(" --")


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ('Name the right header with --map "company=…".', "Name the right header with m."),
        ('Say --status "On hold=awaiting".', "Say s."),
        ("Say --day-first or --month-first, or write it as YYYY-MM-DD.", "Say d, or write it as YYYY-MM-DD."),
        ('none for the role, or --role "…" gives one.', "none for the role, or r gives one."),
        ("Left out: applied; --all takes it.", "Left out: applied; a takes it."),
        ("Say which with --for ID or --company and --role.", "Say which with m."),
        ("Acme is closed and stays so: --for 12 reopens it.", "Acme is closed and stays so: 12 at m reopens it."),
        (
            "Read Foo, as you said before; --forget-words forgets it.",
            "Read Foo, as you said before; m or s changes it.",
        ),
    ],
)
def test_the_key_stands_for_the_whole_option_and_nothing_around_it(told: str, seen: str) -> None:
    keys = {"role": "r", "sheets": "t", "columns": "m", "statuses": "s", "date_order": "d", "take_all": "a"}
    assert with_keys(told, keys.__getitem__) == seen


class OptionsTold(ast.NodeVisitor):
    """Collects every text that names an option of the shell, with 1 for what it fills in."""

    DIALOGS = ("NeedsZone", "NeedsConfirmation", "AmbiguousDates")
    NOT_ON_SCREEN = ("check_columns",)

    def __init__(self) -> None:
        self.texts: list[str] = []

    def visit(self, node: ast.AST) -> None:
        """Visit all but what the screen asks about in a dialog, and what it can't come to."""
        if getattr(node, "name", "") not in (*self.DIALOGS, *self.NOT_ON_SCREEN):
            super().visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        text = "".join(f"{each.value}" if isinstance(each, ast.Constant) else "1" for each in node.values)
        if re.search(r"(?<!-)--[a-z]", text):
            self.texts.append(text)


def test_every_option_that_a_remark_names_has_its_key() -> None:
    told = OptionsTold()
    for path in Path(exchange.__file__).parent.rglob("*.py"):
        told.visit(ast.parse(path.read_text(encoding="utf-8")))
    assert len(told.texts) >= 8
    for text in told.texts:
        assert "--" not in with_keys(text, lambda action: f"<{action}>"), text


async def test_j_and_k_move_in_the_list_of_statuses(small: Path) -> None:
    rows = ("Corvid,SRE,Quux,", "Bergamot,QA,Fnord,")
    async with importing(small, "\n".join(("Company,Role,Status,Interview Date", *rows))) as user:
        await user.type("s")
        await user.expect(lambda: user.sees("▸ Quux"))
        await user.type("j")
        assert user.sees("▸ Fnord")
        await user.type("k")
        assert user.sees("▸ Quux")
        assert not user.sees(" * ")


async def test_the_lists_of_an_import_go_to_both_ends_and_show_what_their_columns_cut(small: Path) -> None:
    words = ("Quux until the budget of the next year is known", *(f"Fnord {number}" for number in range(30)))
    rows = (f"Corvid {place},SRE,{word}," for place, word in enumerate(words))
    async with importing(small, "\n".join(("Company,Role,Status,Interview Date", *rows))) as user:
        await user.type("s")
        await user.expect(lambda: user.sees("▸ Quux"))
        assert user.sees(f"  {words[0]}: 1 row")
        for key, word in (("G", "Fnord 29"), ("g", "Quux"), ("end", "Fnord 29"), ("home", "Quux")):
            await user.type(key)
            assert user.sees(f"▸ {word}"), key
        await user.type("j")
        assert not user.sees(words[0])
        await user.type("escape", "end")
        assert "Corvid 30" in next(line for line in user.lines() if line.startswith("▌"))
        await user.type("home")
        assert "remark" in next(line for line in user.lines() if line.startswith("▌"))


@pytest.mark.parametrize(
    ("sheet", "taken"),
    [
        ("Company,Status\nCorvid,Interviewed\nBergamot,Offer", 2),
        ("Company,Role,Status\nCorvid,,Interviewed\nBergamot,QA,Offer", 1),
    ],
)
async def test_rows_without_a_role_are_given_one(small: Path, sheet: str, taken: int) -> None:
    async with importing(small, sheet) as user:
        await user.type("r")
        await user.write("Night nurse")
        await user.type("enter")
        await user.expect(lambda: user.sees("2 new"))
        await user.type("enter")
        await user.expect(lambda: user.screen_name == "BoardScreen")
        roles = [card.role for card in user.disk().cards.values() if card.company in ("Corvid", "Bergamot")]
        assert roles.count("Night nurse") == taken


async def test_the_sheets_of_a_workbook_are_chosen_and_their_columns_listed_once(small: Path) -> None:
    years = [
        (year, yearly((company, "Dev", "Interview"), header=("Company", "Role", "Status")))
        for year, company in (("2024", "Acorn"), ("2025", "Birch"), ("2026", "Cedar"))
    ]
    other = ("Wishes", yearly(("Dogwood", "Ops", "saved", "yes"), header=("Employer", "Job", "Note", "Fun")))
    async with importing(small, made(*years, other), (150, 40), "hunt.xlsx") as user:
        await user.expect(lambda: user.sees("3 new"))
        assert user.sees("t chooses among them."), user.lines()
        await user.type("m")
        await user.expect(lambda: user.sees("Status"))
        assert sum("Company" in line for line in user.lines()) == 1
        await user.type("escape", "t")
        await user.expect(lambda: user.sees("Wishes"))
        await user.type("space", "j", "l", "enter")
        await user.expect(lambda: user.sees("1 new"))
        assert user.sees("Cedar")
        assert not user.sees("Acorn")
        await user.type("t")
        await user.expect(lambda: user.sees("Wishes"))
        await user.type("r", "enter")
        await user.expect(lambda: user.sees("2 new"))
        assert user.sees("Acorn")


async def test_what_has_no_sheets_says_so(small: Path) -> None:
    async with importing(small, SHEET) as user:
        await user.type("t")
        await user.expect(lambda: user.sees("There are no sheets in this file."))


async def test_the_folder_is_offered_the_next_time(small: Path) -> None:
    async with importing(small, SHEET) as user:
        await user.type("enter")
        await user.expect(lambda: user.screen_name == "BoardScreen")
        await user.settle()
        await user.type("O")
        assert user.sees("jobs.csv")


async def test_rows_without_an_interview_come_in_as_applied(small: Path) -> None:
    async with importing(small, SHEET) as user:
        await user.type("a")
        await read(user)
        assert user.sees("all rows")
        await user.type("enter")
        await user.expect(lambda: user.screen_name == "BoardScreen")
        await user.settle()
        assert user.stage_of("Bergamot") is Stage.AWAITING
        assert user.sees("2 only applied")


async def test_only_rows_with_a_remark_or_an_unknown_status_are_shown_as_those_to_check(small: Path) -> None:
    rows = (
        "Navona,Dev,Interview,2026-11-02",
        "Bergamot,QA,Applied,",
        "Corvid,SRE,Quux,",
        ",,,",
        "Doric,Dev,Interview,",
    )
    sheet = "\n".join(("Company,Role,Status,Interview Date", *rows))
    async with importing(small, sheet) as user:
        for takes_all in (False, True):
            await user.type("v")
            await user.expect(lambda: user.sees("Corvid"))
            assert user.sees("Doric")
            for plain in ("Navona", "Bergamot", "- left out"):
                assert not user.sees(plain), plain
            await user.type("v")
            assert user.sees("Navona")
            if not takes_all:
                await user.type("a")
                await read(user)


async def test_the_list_of_statuses_can_leave_rows_out(small: Path) -> None:
    async with importing(small, "Company,Role,Status\nNavona,Dev,Interview\nCorvid,SRE,Quux\n") as user:
        await user.type("s")
        await user.expect(lambda: user.sees("Quux"))
        await user.type("l")
        assert user.sees("‹ left out ›")
        await user.type("enter")
        await user.expect(lambda: user.sees("1 new · 1 left out"))


async def test_where_nothing_is_new_enter_says_so_and_stays(small: Path) -> None:
    async with importing(small, "Company,Role,Status\nBolt,Bolt engineer,Interview\n") as user:
        await user.type("enter")
        assert user.screen_name == "ImportScreen"
        assert user.sees("Nothing here is new (1 same); nothing was changed.")


async def test_the_second_weeks_sheet_shows_and_brings_what_is_new(small: Path) -> None:
    week_1 = "Company,Role,Status,Date Applied\nZephyr,Analyst,Applied,2026-11-02\nYarrow,QA,Applied,2026-11-03\n"
    week_2 = (
        "Company,Role,Status,Date Applied,Interview Date\nZephyr,Analyst,Interview,2026-11-02,2026-11-25\n"
        "Yarrow,QA,Applied,2026-11-03,\nXylem,Dev,Applied,2026-11-19,\n"
    )
    async with importing(small, week_1) as user:
        await user.type("a")
        await read(user)
        await user.type("enter")
        await user.expect(lambda: user.screen_name == "BoardScreen")
        await user.settle()
        assert user.stage_of("Zephyr") is Stage.AWAITING
        file = small.with_name("week-2.csv")
        file.write_text(week_2, encoding="utf-8")
        await pick(user, file)
        await user.type("a")
        await read(user)
        assert user.sees("1 new · 1 updated · 1 same")
        await user.type("enter")
        await user.expect(lambda: user.screen_name == "BoardScreen")
        await user.settle()
        assert user.stage_of("Zephyr") is Stage.INTERVIEWED
        await user.expect(lambda: user.sees("2 applied"))


# How it is read


async def test_a_status_is_read_as_another_stage(small: Path) -> None:
    async with importing(small, SHEET) as user:
        await user.type("s")
        assert user.sees("Quux")
        assert user.sees("?")
        while not user.sees("▸ Quux"):
            await user.type("down")
        await user.type("r", "enter")
        await read(user)
        assert not user.sees("not read")
        await user.type("j", "j")
        assert user.sees("line 4, Moved on")


async def test_columns_are_named_where_no_header_is_known(small: Path) -> None:
    async with importing(small, UNKNOWN) as user:
        assert user.sees("has no column for the company")
        assert user.sees("m says which columns are company and role.")
        await user.type("m", "c", "down", "r", "enter")
        await read(user)
        assert user.sees("+ new")
        assert user.sees("Navona")


async def test_the_header_stays_where_it_is_when_its_company_is_said_to_be_something_else(small: Path) -> None:
    async with importing(
        small, f"My search,,\n{UNKNOWN.replace('Bude', 'Firma').replace('Was', 'Rolle')}"
    ) as user:
        await user.type("m", "n", "enter")
        await read(user)
        assert user.sees("jobs.csv has no column for the company.")
        await user.type("m")
        assert user.sees("Firma")
        await user.type("c", "enter")
        await read(user)
        assert user.sees("Navona")
        await user.type("escape")
        assert user.screen_name == "BoardScreen"


async def test_an_empty_board_takes_a_full_copy(tmp_path: Path, small: Path) -> None:
    content = exported(small).decode()
    async with importing(tmp_path / "empty.db", content, name="copy.json") as user:
        assert user.sees("8 new")
        assert user.sees("The database is empty and takes the whole copy")
        await user.type("m")
        assert user.sees("This file has no columns to choose from")
        await user.type("enter")
        await read(user)
        assert user.sees("The board now matches copy.json")
        assert len(user.board.shown_board.cards) == 8


async def test_a_board_that_is_read_again_takes_no_notice_away_and_stops_no_key(small: Path) -> None:
    async with importing(small, exported(small).decode(), name="copy.json") as user:
        await user.type("m")
        assert user.sees("This file has no columns to choose from")
        gate = threading.Event()
        plan = import_preview.ImportPreview.plan

        def late(preview: import_preview.ImportPreview) -> import_preview.ImportPlan:
            gate.wait()
            return plan(preview)

        with patch.object(import_preview.ImportPreview, "plan", late):
            try:
                await user.app.reload()
                await user.type("m")
                assert user.sees("This file has no columns to choose from")
            finally:
                gate.set()
            await user.app.workers.wait_for_complete()
        await user.settle()
        assert user.sees("This file has no columns to choose from")


async def test_a_changed_mapping_is_not_lost_by_one_esc(small: Path) -> None:
    async with importing(small, SHEET) as user:
        await user.type("m", "right", "escape")
        assert user.sees("Esc again")
        await user.type("escape")
        assert user.screen_name == "ImportScreen"
        assert user.sees("+ new")


async def test_a_mapping_turns_both_ways_round_and_by_letter(small: Path) -> None:
    async with importing(small, SHEET) as user:
        await user.type("m")
        assert user.sees("‹ company ›")
        await user.type("left")
        assert user.sees("‹ nothing ›")
        await user.type("right")
        assert user.sees("‹ company ›")
        await user.type("l")
        assert user.sees("‹ link ›")
        await user.type("l")
        assert user.sees("‹ location ›")


@pytest.mark.parametrize(("key", "order"), [("d", "day first"), ("m", "month first")])
async def test_dates_that_could_be_two_days_are_asked_about(small: Path, key: str, order: str) -> None:
    async with importing(small, AMBIGUOUS) as user:
        assert user.sees("what is 03/04/2026?")
        await user.type(key)
        await read(user)
        assert user.sees(order)
        assert user.sees("Navona")


async def test_the_question_of_dates_can_be_asked_again_and_the_order_be_turned(small: Path) -> None:
    async with importing(small, AMBIGUOUS) as user:
        await user.type("escape")
        assert user.sees("d says how dates and times are written.")
        await user.type("d", "d")
        await read(user)
        assert user.sees("day first")
        await user.type("d")
        await read(user)
        assert user.sees("month first")


# Picking a file


async def test_tab_completes_and_enter_opens_a_folder(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sheets"
    folder.mkdir()
    (folder / "applications.csv").write_text(SHEET, encoding="utf-8")
    async with open_board(small) as user:
        await user.type("O", "ctrl+u")
        await user.write(f"{tmp_path}/shee")
        await user.type("tab")
        assert user.sees("applications.csv")
        await user.type("tab", "enter")
        await read(user)
        assert user.screen_name == "ImportScreen"
        assert user.sees("Navona")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("dir.csv/", "No file here that can be imported."),
        ("zz", "No file here that can be imported starts with that."),
        ("nowhere/a", "There is no such folder."),
        ("letter.odt", "Enter reads this file."),
        ("no", "notes.md"),
        ("lo", "log.markdown"),
        ("di", "dir.csv/"),
    ],
)
async def test_where_no_file_is_offered_the_reason_stands_there(
    small: Path, tmp_path: Path, typed: str, told: str
) -> None:
    (tmp_path / "dir.csv").mkdir()
    for name in ("letter.odt", "notes.md", "log.markdown"):
        (tmp_path / name).write_text("hello", encoding="utf-8")
    async with open_board(small) as user:
        await user.type("O", "ctrl+u")
        await user.write(f"{tmp_path}/{typed}")
        await user.expect(lambda: user.sees(told))
        if typed == "di":
            await user.type("enter")
            await user.expect(lambda: user.sees("No file here that can be imported."))


async def test_arrows_mark_a_file(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sheets"
    (folder / "deeper").mkdir(parents=True)
    (folder / "deeper" / "applications.csv").write_text(SHEET, encoding="utf-8")
    async with open_board(small) as user:
        await user.type("O", "ctrl+u")
        await user.write(f"{folder}/")
        await user.type("down", "enter")
        assert user.sees("applications.csv")
        await user.type("up", "enter")
        await read(user)
        assert user.sees("Navona")


async def test_enter_takes_the_only_file_that_begins_so(small: Path) -> None:
    for name in ("jobs.csv", "other.csv", "others.csv"):
        small.with_name(name).write_text(SHEET)
    async with open_board(small) as user:
        await user.type("O", "ctrl+u")
        await user.write(f"{small.parent}/oth")  # two begin so
        await user.type("enter")
        assert user.sees("There is no file")
        await user.type("ctrl+u")
        await user.write(f"{small.parent}/jo")
        await user.type("enter")
        await read(user)
        assert user.sees("jobs.csv · ")


async def test_a_file_that_is_not_there_is_a_sentence_and_the_path_stays(small: Path) -> None:
    async with open_board(small) as user:
        await user.type("O", "ctrl+u")
        await user.write("/nowhere/jobs.csv")
        await user.type("enter")
        assert user.sees("There is no file /nowhere/jobs.csv")
        assert user.screen_name == "FilePrompt"
        await user.type("escape")
        assert user.screen_name == "BoardScreen"


async def test_another_file_is_picked_from_the_screen(small: Path, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("Company,Role,Status\nZephyr,Dev,Interview\n", encoding="utf-8")
    async with importing(small, SHEET) as user:
        await user.type("f", "ctrl+u")
        await user.write(str(tmp_path / "other.csv"))
        await user.type("enter")
        await read(user)
        assert user.sees("other.csv")
        assert user.sees("Zephyr")
        assert not user.sees("Navona")


@pytest.mark.parametrize(
    ("content", "reason", "keys"),
    [
        (b"", "! odd.bin is empty", ""),
        (b"\n\n\n", "! odd.bin is empty", ""),
        (b"\x00\x01\x02\xff" * 50, "! odd.bin is no text", ""),
        (b"PK\x03\x04 but no workbook", "! odd.bin", ""),
        (b"# Applications on Tue Dec 1\n\n- Stage: Interviewed\n", "! odd.bin is a report for people to read", ""),
        (b"BEGIN:VCALENDAR", "! odd.bin", ""),
        (b"{} or not", "! odd.bin", ""),
        (b"Company\n", "! odd.bin has no column for the role.", "mr"),
        (b"Company,Status\n", "! odd.bin has no column for the role.", "mr"),
        (b"Role,Status\n", "! odd.bin has no column for the company.", "m"),
    ],
)
async def test_a_file_that_is_no_sheet_says_why_and_only_the_keys_that_help(
    small: Path, content: bytes, reason: str, keys: str
) -> None:
    before = bytes_of(small)
    file = small.with_name("odd.bin")
    file.write_bytes(content)
    async with open_board(small) as user:
        await pick(user, file)
        assert user.sees(reason)
        assert user.sees("m says which columns") == ("m" in keys)
        assert user.sees("r gives one role") == ("r" in keys)
        assert user.sees("f picks another file")
        await user.type("enter")
        assert user.sees("There is nothing to import yet")
        await user.type("m", "escape", "escape", "escape")
        await user.expect(lambda: user.screen_name == "BoardScreen")
    assert bytes_of(small) == before


async def test_a_pipe_is_no_file_and_says_so(small: Path) -> None:
    pipe = small.with_name("pipe.csv")
    os.mkfifo(pipe)
    async with open_board(small) as user:
        await pick(user, pipe)
        assert user.sees("ordinary file")
        assert not user.sees("says which columns")
        await user.type("m")
        assert user.sees("This file has no columns to choose from.")


# At every size, with any text


@pytest.mark.sampled(3)
@pytest.mark.parametrize("size", [(80, 24), (160, 50), (40, 12), (30, 8), (20, 6)])
@pytest.mark.parametrize("content", [SHEET, HOSTILE], ids=["sheet", "hostile"])
async def test_it_fits_every_size_and_no_text_drives_the_terminal(
    small: Path, size: tuple[int, int], content: str
) -> None:
    async with importing(small, content, size) as user:
        for keys in (("G",), ("g", "v"), ("v", "m", "down"), ("escape", "s", "G"), ("escape", "f"), ("escape",)):
            await user.type(*keys)
            user.assert_harmless()
        assert content is SHEET or user.sees("Navona[bold]"[: size[0] // 4])


async def test_growing_and_shrinking_keeps_the_cursor_in_view(small: Path) -> None:
    many = "Company,Role,Status\n" + "".join(f"Company {n},Dev,Interview\n" for n in range(200))
    async with importing(small, many) as user:
        await user.type("G")
        for size in ((40, 12), (160, 50), (80, 24)):
            await user.resize(*size)
            assert any(line.startswith("▌") for line in user.lines())
            assert user.sees("Company 199")


# Long work, and others at work


async def test_reading_goes_on_beside_the_keys_and_is_told(small: Path) -> None:
    go_on = threading.Event()
    real = import_preview.ImportPreview.plan

    def slow(preview: import_preview.ImportPreview) -> object:
        assert go_on.wait(10)
        return real(preview)

    file = small.with_name("jobs.csv")
    file.write_text(SHEET, encoding="utf-8")
    with patch.object(import_preview.ImportPreview, "plan", slow):
        async with open_board(small) as user:
            await user.type("O", "ctrl+u")
            await user.write(str(file))
            await user.type("enter")
            await user.expect(lambda: user.sees("Reading jobs.csv…"))
            await user.type("enter", "m", "?")
            assert user.screen_name == "HelpScreen"
            await user.type("escape")
            assert user.sees("please wait")
            go_on.set()
            await read(user)
            assert user.sees("Navona")
            assert not user.sees("please wait")


async def test_leaving_while_it_is_read_leaves_no_trace(small: Path) -> None:
    go_on = threading.Event()
    real = import_preview.ImportPreview.plan
    before = bytes_of(small)

    def slow(preview: import_preview.ImportPreview) -> object:
        assert go_on.wait(10)
        return real(preview)

    file = small.with_name("jobs.csv")
    file.write_text(SHEET, encoding="utf-8")
    with patch.object(import_preview.ImportPreview, "plan", slow):
        async with open_board(small) as user:
            await user.type("O", "ctrl+u")
            await user.write(str(file))
            await user.type("enter", "escape")
            assert user.screen_name == "BoardScreen"
            go_on.set()
            await user.settle()
            assert user.screen_name == "BoardScreen"
    assert bytes_of(small) == before


async def written_beside(user: BoardPilot, small: Path, change: Callable[[Tracker], object]) -> None:
    """Accept, while another program changes the board after the rows were shown."""
    with closing(Tracker(small)) as other:
        change(other)
    await user.type("enter")
    await user.expect(lambda: user.screen_name == "BoardScreen")
    await user.settle()


async def test_where_the_board_has_changed_meanwhile_it_is_said(small: Path) -> None:
    async with importing(small, SHEET, (160, 50)) as user:
        await written_beside(
            user, small, lambda other: other.commands.add(ApplicationForm(company="Zephyr", role="Dev"))
        )
        assert not user.sees("had changed in the meantime"), "nothing about these rows has changed"
        assert user.stage_of("Zephyr") is Stage.INTERVIEWED


async def test_where_a_row_came_out_otherwise_it_is_said(small: Path) -> None:
    sheet = SHEET + "Zephyr,Dev,Interview,2026-11-05\n"
    async with importing(small, sheet, (160, 50)) as user:
        await written_beside(
            user, small, lambda other: other.commands.add(ApplicationForm(company="Zephyr", role="Dev"))
        )
        assert user.sees("the board had changed in the meantime")
        assert list(user.stages()).count("Zephyr") == 1


async def test_the_palette_offers_it(small: Path) -> None:
    async with open_board(small) as user:
        await user.type(":")
        await user.write("import")
        await user.type("enter")
        assert user.screen_name == "FilePrompt"


# Invitations


SAMPLES = Path(__file__).parents[1] / "exchange" / "samples"
FLOATING = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
BEGIN:VEVENT
UID:one@example.org
DTSTART:20261126T140000
DTEND:20261126T150000
SUMMARY:Interview Zephyr Labs - Backend Engineer
ORGANIZER;CN=Ann Li:mailto:ann@zephyr.example
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


async def test_an_invitation_shows_what_was_read_and_enter_confirms_it(small: Path) -> None:
    async with open_board(small) as user:
        await pick(user, SAMPLES / "google-invite.ics")
        for told in (
            "· Northwind Traders · Backend Engineer",
            "When: Tue 24 Nov 2026 14:00–14:45 CET",
            "With: Priya Natarajan",
        ):
            assert user.sees(told), told
        assert "Northwind Traders" not in user.stages()
        await user.type("enter")
        await user.expect(lambda: user.screen_name == "BoardScreen")
        await user.settle()
        (interview,) = user.details("Northwind Traders").interviews
        assert interview.event_uid
        assert user.sees("Imported Northwind Traders from google-invite.ics")
        await user.type("u")
        assert "Northwind Traders" not in user.stages()


async def test_a_wrong_guess_is_put_right_before_it_is_taken(small: Path) -> None:
    async with open_board(small) as user:
        await pick(user, SAMPLES / "google-invite.ics")
        await user.type("m")
        await user.write("Zephyr Labs, Platform engineer")
        await user.type("enter")
        await read(user)
        assert user.sees("Zephyr Labs")
        assert not user.sees("Northwind")


async def test_an_invitation_joins_the_application_of_a_number(small: Path) -> None:
    async with open_board(small) as user:
        await pick(user, SAMPLES / "google-invite.ics")
        await user.type("m", "6", "enter")
        await read(user)
        await user.type("enter")
        await user.expect(lambda: user.screen_name == "BoardScreen")
        await user.settle()
        assert len(user.details("Fathom").interviews) == 1
        assert user.stage_of("Fathom") is Stage.INTERVIEWED


async def test_an_invitation_for_what_was_applied_for_brings_it_to_interviewed(small: Path) -> None:
    with closing(Tracker(small)) as other:
        other.commands.add(
            ApplicationForm(company="Northwind Traders", role="Backend Engineer", applied_only=True)
        )
    async with open_board(small) as user:
        assert user.sees("1 applied")
        await pick(user, SAMPLES / "google-invite.ics")
        await user.type("enter")
        await user.expect(lambda: user.screen_name == "BoardScreen")
        await user.settle()
        assert list(user.stages()).count("Northwind Traders") == 1
        assert user.stage_of("Northwind Traders") is Stage.INTERVIEWED
        await user.expect(lambda: not user.sees("1 applied"))


async def test_a_time_without_a_zone_is_asked_about(small: Path) -> None:
    async with importing(small, FLOATING, name="invite.ics") as user:
        assert user.sees("Thu 26 Nov 2026 14:00 names no time zone")
        await user.type("ctrl+u")
        await user.write("Nowhere/At all")
        await user.type("enter")
        assert user.screen_name == "TextPrompt"
        await user.type("ctrl+u")
        await user.write("Europe/Lisbon")
        await user.type("enter")
        await read(user)
        assert user.sees("14:00–15:00 WET")


async def test_the_question_of_the_zone_can_be_asked_again(small: Path) -> None:
    async with importing(small, FLOATING, name="invite.ics") as user:
        await user.type("escape")
        assert user.sees("d says how dates and times are written.")
        await user.type("d", "enter")
        await read(user)
        assert user.sees("14:00–15:00 CET")
