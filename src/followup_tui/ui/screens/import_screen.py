"""The import screen: what each row of a file would become, how it is read, and one key that writes it all."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Sequence
from functools import partial
from inspect import isawaitable

from textual.app import ComposeResult

from followup_tui.actions import Place
from followup_tui.domain.model.application import Application, Stage
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.views.board import Board, urgency
from followup_tui.domain.views.card import Card
from followup_tui.tracker.import_choices import first_folder, remember_folder
from followup_tui.tracker.import_preview import (
    AmbiguousDates,
    ImportPlan,
    ImportPreview,
    ImportResult,
    NeedsZone,
    describe_change,
    describe_counts,
    describe_remarked,
    describe_tally,
    is_same_plan,
    needs_look,
)
from followup_tui.ui.base_app import board_view, load_screen
from followup_tui.ui.dialogs.dialog import DialogResult
from followup_tui.ui.dialogs.import_dialogs import FilePrompt
from followup_tui.ui.rows.pieces import Row, spread
from followup_tui.ui.screens.application_screen import ApplicationScreen
from followup_tui.ui.screens.import_reading import CHANGES, Doubt, ImportReading, with_keys
from followup_tui.ui.screens.import_rows import MOVES, ImportRows, Item, counts_row, detail_rows
from followup_tui.ui.widgets.text_lines import Bar, Notice, NoticeBar, TextLines

PATIENCE = 0.5
"""Seconds of work after which the screen says how long it has taken."""
TICK = 0.25


def _move(move: Callable[[ImportRows], None], screen: ApplicationScreen) -> None:
    """Move the cursor."""
    move(screen.query_one(ImportRows))


async def _read_otherwise(change: Callable[[ImportReading], object], screen: ImportScreen) -> None:
    """Change how the file is read, unless it is being read or written."""
    if screen.is_free():
        result = change(screen.reading)
        if isawaitable(result):
            await result


class ImportScreen(ApplicationScreen):
    """The rows of a file with what would become of each; nothing is written before Enter."""

    PLACE = Place.IMPORT
    CSS_PATH = "import_screen.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (9, "-flat"), (16, "-low"), (30, "-high")]
    ACTIONS = {
        **{id: partial(_move, move) for id, move in MOVES.items()},
        **{id: partial(_read_otherwise, change) for id, change in CHANGES.items()},
    }

    def __init__(self, path: str) -> None:
        super().__init__()
        self._plan: ImportPlan | None = None
        self._only_unplain = False
        self._problem: Sequence[str] = ()
        self._work = ""
        self._since = 0.0
        self._is_writing = self._is_waiting = False
        self.reading = self._reading_of(path)

    def compose(self) -> ComposeResult:
        """Header, the rows with their headings, the row under the cursor in full, notice and footer."""
        yield Bar(id="header")
        yield Bar(id="heading")
        yield ImportRows(id="rows")
        yield TextLines(id="row")
        yield NoticeBar(id="notice")
        yield self.make_footer()

    def on_mount(self) -> None:
        """Read the file."""
        self.set_interval(TICK, self._show_progress)
        self.read()

    def targets(self) -> Sequence[Card]:
        """No application: what is here isn't on the board yet."""
        return ()

    def show_board(self, board: Board, follow: str | None) -> None:
        """Plan again, behind what is shown: what the rows become depends on the board."""
        if self._plan is not None and not self._is_writing:
            self._plan_again()

    @property
    def rows(self) -> ImportRows:
        """The list."""
        return self.query_one(ImportRows)

    # Reading

    def _reading_of(self, path: str) -> ImportReading:
        app = self.followup
        preview = ImportPreview(app.place, [path], zone=app.zone, settings_place=app.settings_place)
        return ImportReading(self, preview, self.read)

    async def action_other_file(self) -> None:
        """Pick another file."""
        if self.is_free():
            await self.followup.open_dialog(_pick("Import another file", self._turn_to))

    def _turn_to(self, path: str) -> bool:
        takes_all = self.reading.preview.options.take_all
        self.reading = self._reading_of(path)
        self.reading.preview.read_all(takes_all)
        self._plan = None
        self._list()
        self.read()
        return True

    def read(self) -> None:
        """Find out, behind the keys, what becomes of each row."""
        self.tell("")
        self._begin(f"Reading {self.reading.preview.title}")
        self._plan_again()

    def _plan_again(self) -> None:
        self.run_worker(self._plan_in_thread(self.reading), name="plan", group="plan", exclusive=True)

    async def _plan_in_thread(self, reading: ImportReading) -> None:
        plan: ImportPlan | None = None
        doubt: Doubt | None = None
        problem: Sequence[str] = ()
        try:
            plan = await asyncio.to_thread(reading.preview.plan)
        except (AmbiguousDates, NeedsZone) as error:
            doubt = error
        except FollowupError as error:
            problem = reading.problem(error)
        if self not in self.app.screen_stack or self._is_writing:  # closed meanwhile, or accepted as it was shown
            return
        self._work, self._plan, self._problem, reading.doubt = "", plan, problem, doubt
        if self._is_waiting:
            self.tell("")
        self._is_waiting = False
        self._list()
        if doubt is not None:
            await reading.ask(doubt)

    def action_look_at(self) -> None:
        """Show only what needs a look, or all."""
        self._only_unplain = not self._only_unplain
        self._list()

    def _list(self) -> None:
        """Fill the list with the plan."""
        if self._plan is None:
            self.rows.fill((), self._empty_rows())
        else:
            rows = [row for row in self._plan.rows if needs_look(row) or not self._only_unplain]
            items: list[Item] = [*map(self._remark, self._plan.remarks), *rows]
            self.rows.fill([with_keys(each, self.followup.shown) for each in items], self._empty_rows())
        self._show_header()

    def _remark(self, told: str) -> str:
        """A remark without the name of the only file, which the header has."""
        short = told.removeprefix(f"{self.reading.preview.title}: ")
        return short[:1].upper() + short[1:]

    # Showing

    def _begin(self, work: str) -> None:
        self._work, self._since = work, time.monotonic()

    def _show_progress(self) -> None:
        if self._work and time.monotonic() - self._since >= PATIENCE:
            self._show_header()

    def on_import_rows_item_changed(self) -> None:
        """Show all about the row under the cursor."""
        self._show_header()
        self.query_one("#heading", Bar).show([self.rows.heading])
        below = self.query_one("#row", TextLines)
        below.show(detail_rows(self.rows.focused, below.size.width, max(1, below.size.height)))

    def _empty_rows(self) -> Sequence[str]:
        shown = self.followup.shown
        if self._work:
            return ()
        if self.reading.doubt is not None:
            return [f"{shown('date_order')} says how dates and times are written."]
        if self._plan is None:
            return [*self._problem, f"{shown('other_file')} picks another file, {shown('leave')} goes back."]
        return ["No rows to show."]

    def _show_header(self) -> None:
        width, title = self.size.width, self.reading.preview.title
        row: Row = ((" Import ", "strong"), (f" {title}", "text"))
        if self._work:
            seconds = int(time.monotonic() - self._since)
            row = ((f" {self._work}…" + (f" {seconds} s" if seconds else ""), "accent"),)
        elif self._plan is not None:
            used = sum(len(text) for text, _ in row)
            only = "only rows to check" if self._only_unplain else ""
            words = ", ".join(filter(None, (self.reading.words, only)))
            row = spread((*row, *counts_row(self._plan, width - used)), words, width)
        self.query_one("#header", Bar).show([row])

    # Writing

    def is_free(self) -> bool:
        """Whether nothing is being read or written; else say so."""
        if self._work:
            self._is_waiting = True
            self.tell(f"{self._work}; please wait.")
        return not self._work

    def action_accept(self) -> None:
        """Write it all as one change; that goes on if something else is opened meanwhile."""
        if not self.is_free():
            return
        if self._plan is None:
            self.refuse("There is nothing to import yet; nothing was changed.")
        elif self._plan.change is None and self._plan.whole is None:
            self.refuse(f"Nothing here is new ({describe_counts(self._plan)}); nothing was changed.")
        else:
            self._is_writing = True
            self._begin(f"Importing {self.reading.preview.title}")
            self._show_header()
            self.followup.run_worker(self._write(self._plan), name="import", group="import")

    async def _write(self, shown: ImportPlan) -> None:
        app, preview = self.followup, self.reading.preview
        try:
            result = await app.run_in_thread(partial(app.done_and_known, preview.write))
        except FollowupError as error:
            self._work, self._is_writing = "", False
            self._show_header()
            self.tell(error.sentence, alert=True)
            return
        await asyncio.to_thread(remember_folder, preview.names[0])
        await app.reload()
        while self in app.screen_stack:
            await app.pop_screen()
        self._tell_written(shown, result)

    def _tell_written(self, shown: ImportPlan, result: ImportResult) -> None:
        """Say on the board what was written, the cursor on the most urgent of it."""
        app, written = self.followup, result.plan
        tally = " · ".join((describe_tally(written), *result.memory))
        if written.whole is not None:
            app.tell(Notice(f"The board now matches {self.reading.preview.title}", tally))
            return
        if written.change is None:
            app.tell(f"The board changed in the meantime, and nothing was new any more: {tally}.", alert=True)
            return
        edits = [edit for edit in written.change.edits if isinstance(edit.row, Application)]
        ids = {edit.row.id for edit in edits if edit.before is None} or {edit.row.id for edit in edits}
        if view := board_view(app.screen):
            view.show_board(app.board, _most_urgent(app.board, ids))
        changed = "" if is_same_plan(shown, written) else "the board had changed in the meantime"
        is_one = len(written.rows) == 1
        origin = "" if is_one else f"from {self.reading.preview.title}"
        facts = ", ".join(filter(None, (changed, describe_remarked(written), origin)))
        more = " · ".join(filter(None, (facts, *result.memory)))
        keys = f"{app.shown('review')} reviews what is due, {app.shown('undo')} undo"
        told = describe_change(written) if is_one else f"Imported: {describe_counts(written)}"
        app.tell(Notice(told, more, keys))

    # Leaving

    async def action_leave(self) -> None:
        """Go back; nothing was written."""
        await self.action_quit()

    async def action_quit(self) -> None:
        """Go back to the board, unless it is being written."""
        if not self._is_writing or self.is_free():
            await self.followup.pop_screen()


def _most_urgent(board: Board, ids: Collection[str]) -> str | None:
    """The application to look at first among those of these ids; open ones come before closed ones."""
    cards = [card for card in board.cards.values() if card.id in ids]
    first = min(cards, key=lambda card: (card.stage is Stage.MOVED_ON, urgency(card, board.today)), default=None)
    return first.id if first else None


def _pick(title: str, finish: Callable[[str], DialogResult]) -> FilePrompt:
    """The dialog that asks for a file, in the folder that was used last."""

    async def done(path: str) -> DialogResult:
        return finish(path)

    return FilePrompt(title, first_folder(), done)


async def open_import(screen: ApplicationScreen) -> None:
    """Ask for a file, and show what its rows would become."""
    screen.followup.typing.begin("import")
    title = "Import a spreadsheet, an invitation or contacts"
    await screen.followup.open_dialog(_pick(title, load_screen("import")))
