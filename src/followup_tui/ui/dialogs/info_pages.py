"""Pages to read: help, the numbers of the search, the playbook, offers, and the journal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterator
from functools import partial

from textual import events

from followup_tui.actions import BY_ID, Action, Group, Place, actions_at, text_at
from followup_tui.cells import cell_len
from followup_tui.domain.describe import format_ago
from followup_tui.domain.format import format_moment
from followup_tui.domain.model.change import EntryState, JournalEntry
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.touch import OutgoingLetter
from followup_tui.domain.views.filters import KNOWN_WORDS
from followup_tui.domain.views.insights import Insights
from followup_tui.domain.views.insights_page import (
    LABEL_WIDTH,
    NOTHING,
    InsightsTable,
    insights_tables,
    line_parts,
)
from followup_tui.domain.views.playbook_page import INTRODUCTION, playbook_page
from followup_tui.domain.views.summary import NO_OFFERS, offers_table
from followup_tui.keymap import shown_key
from followup_tui.letters.delivery.message import WIDTH, print_page
from followup_tui.ui.dialogs.dialog import DialogResult, ScrolledText, TextViewer, open_next
from followup_tui.ui.rows.pieces import Row, cut, fit, heading, wrap
from followup_tui.ui.terminal import copy_text
from followup_tui.ui.widgets.text_fields import SearchWords
from followup_tui.ui.widgets.text_lines import draw_later

KEYS_WIDTH = 17
COMMAND_WIDTH = 26
WIDE = 90
"""Cells from which on the commands stand in a column of their own."""


COLUMNS = "On the right: the same from the shell, after `followup-tui`."
"""What the last column of the help is."""


class HelpScreen(TextViewer):
    """All keys of a screen, grouped, each with its sentence and its command in the shell; / searches them."""

    IS_FITTED = False

    def __init__(self, place: Place, dead: Collection[str] = ()) -> None:
        """`dead` are the ids of actions that can do nothing there now."""
        super().__init__("Help", closing=("question_mark",))
        self._place = place
        self._dead = dead
        self._words = SearchWords()

    def rows(self) -> list[Row]:
        """Group by group what was searched for; on a narrow screen each sentence stands below its keys."""
        width = self.query_one("#text").size.width
        rows: list[Row] = []
        for title, actions in _sections(self._place, self._dead):
            found = [told for each in actions if self._is_wanted(told := text_at(each, self._place))]
            if found:
                rows += [*([()] if rows else []), heading(title, max(8, width - 2))]
            for action in found:
                rows += self._action_rows(action, width - 1)
        words = [
            each for each in GLOSSARY if self._place is Place.BOARD and self._words.are_in(f"{each[0]} {each[1]}")
        ]
        if words:
            rows += [*([()] if rows else []), heading("Words and marks", max(8, width - 2))]
        for term, meaning in words:
            first, *more = wrap(f"{term}: {meaning}", width - 3, 6)
            rows.append((("  ", "text"), (f"{term}:", "strong"), (first[len(term) + 1 :], "text")))
            rows += [(("  ", "text"), (line, "text")) for line in more]
        if not rows:
            return [((f" No key for “{self._words.text}”. Backspace to try other words.", "text"),)]
        if self._place is Place.BOARD:
            note = "“Awaiting 2 +1”: one more that you only applied for; it waits for an interview."
            rows += [(), *(((f" {line}", "dim"),) for line in wrap(note, width - 2, 3))]
        return [*(((f" {line}", "dim"),) for line in wrap(COLUMNS, width - 2, 3)), (), *rows]

    def _is_wanted(self, action: Action) -> bool:
        keys = " ".join(shown_key(key) for key in self.followup.keymap.of(action))
        if len(self._words.text) == 1:
            return self._words.text in keys.split()
        return self._words.are_in(f"{action.label} {action.help} {action.twin}")

    def leads_on(self) -> str:
        """What is searched for, or how to; and to the rules."""
        words = self._words.text
        if self._words.is_typing:
            return f"/{words}▏ Enter when done · "
        key = self.followup.shown("decides")
        search = f"/{words} Esc to show all · " if words else "/ to search · "
        return search + (f"{key} for the playbook · " if key else "")

    async def take_key(self, event: events.Key) -> bool:
        """Search, on to the rules, or as in any text."""
        if self._words.wants(event.key):
            self._words.take(event)
            self.query_one("#text", ScrolledText).top = 0
            self.fill()
            return True
        if event.key not in self.followup.keymap.of(BY_ID["decides"]):
            return await super().take_key(event)
        await self.followup.open_dialog(PlaybookScreen())
        return True

    def _action_rows(self, action: Action, width: int) -> list[Row]:
        """The keys, the name and the sentence, and the command, which is never broken."""
        keys = " ".join(shown_key(key) for key in self.followup.keymap.of(action)) or "(no key)"
        command = action.twin
        is_wide = width >= WIDE
        indent = KEYS_WIDTH + 2 if width >= 2 * KEYS_WIDTH + 20 else 4
        room = max(8, width - indent - (COMMAND_WIDTH + 2 if is_wide else 0))
        begins = action.help.startswith(f"{action.label} ")
        label = action.label if begins else f"{action.label}: "
        lines = wrap(action.help if begins else label + action.help, room, 6)
        texts: list[Row] = [
            ((line[: len(label)], "strong"), (line[len(label) :], "text")) if place == 0 else ((line, "text"),)
            for place, line in enumerate(lines)
        ]
        if command and is_wide:
            gap = " " * (room + 2 - cell_len(lines[0]))
            texts[0] = (*texts[0], (gap, "text"), (fit(command, COMMAND_WIDTH), "dim"))
        elif command:  # at the right edge
            if (free := room - cell_len(lines[-1]) - cell_len(command)) < 2:
                texts, free = [*texts, ()], max(0, room - cell_len(command))
            texts[-1] = (*texts[-1], (" " * free, "text"), (command, "dim"))
        blank = (" " * indent, "text")
        beside = f"  {keys:<{KEYS_WIDTH}}"
        if indent < KEYS_WIDTH or len(keys) >= KEYS_WIDTH:
            return [((beside, "key"),), *((blank, *row) for row in texts)]
        return [((beside, "key"), *texts[0]), *((blank, *row) for row in texts[1:])]


GLOSSARY = (
    ("Upcoming", "your agenda ahead is in the filter (/): due:tomorrow, or due:week for the next 7 days."),
    ("Dates", "“fri” is the nearest one in a new application, else the one ahead; “next fri” is the first one"
     " after today, and ↓ takes the one after it; “last fri” is the last one before it."),
    ("Basket", "the line under the story: how many applications are active and new, and whether one takes up your"
     " time."),
    ("Filter", f"/ takes any words, and these: {KNOWN_WORDS}. A dash in front means not."),
    ("Late or missing", "a thank-you not sent is late at first, then missing; the filter late has both."),
    ("Marks", "! late or missing · = due today · ~ ahead, nothing to do yet · z snoozed · * pinned · ? damaged."),
)  # fmt: skip
"""Words and marks of the board that no key explains."""


def _sections(place: Place, dead: Collection[str]) -> Iterator[tuple[str, list[Action]]]:
    """The actions of a place group by group, on the review those first that are its own."""
    actions = [action for action in actions_at(place) if action.id not in dead]
    own = [action for action in actions if place is Place.REVIEW and action.places == {place}]
    if own:
        yield "Go through the review", own
    for group in Group:
        some = [action for action in actions if action.group is group and action not in own]
        if some:
            yield group.value, some


NEWEST = 500
"""Lines of the journal that the screen shows; `followup-tui history` has them all."""
TAKEN_BACK = {EntryState.UNDONE: " (undone)", EntryState.DROPPED: " (undone for good)"}


class JournalScreen(TextViewer):
    """The newest changes of the whole database."""

    def __init__(self) -> None:
        super().__init__("Journal", closing=("J",))

    def rows(self) -> list[Row]:
        """One line for each change, with how long ago it was if every line has room for it."""
        now, width = self.followup.now(), self.query_one("#text").size.width
        entries = self.followup.tracker.queries.history(NEWEST)
        moments = [format_moment(entry.at, now) for entry in entries]
        longest = max(map(len, moments), default=0)
        days = [f" {moment:<{longest}}" for moment in moments]
        with_ago = [f"{day} {format_ago(entry.at, now):<15}" for day, entry in zip(days, entries, strict=True)]
        ends = (cell_len(entry.label + TAKEN_BACK.get(entry.state, "")) for entry in entries)
        if all(cell_len(day) + 1 + end <= width for day, end in zip(with_ago, ends, strict=True)):
            days = with_ago
        rows = [_journal_row(day, entry, width) for day, entry in zip(days, entries, strict=True)]
        return rows or [((" No changes yet.", "dim"),)]


def _journal_row(day: str, entry: JournalEntry, width: int) -> Row:
    undone = TAKEN_BACK.get(entry.state, "")
    label = cut(entry.label, width - cell_len(day) - 1 - len(undone))
    look = "text" if entry.state is EntryState.DONE else "dim"
    return (day, "dim"), (f" {label}", look), (undone, "accent")


class OffersScreen(TextViewer):
    """The offers that wait for an answer, side by side."""

    def __init__(self) -> None:
        super().__init__("Offers", closing=("percent_sign",))

    def rows(self) -> list[Row]:
        """A row for each thing to compare, a column for each offer; a long text goes on in the next line."""
        table = offers_table(self.followup.tracker.queries.offered(), self.followup.now().date())
        if not table:
            return [((f" {NO_OFFERS}", "dim"),)]
        room = max(10, (self.query_one("#text").size.width - _NAMES - 1) // (len(table[0]) - 1) - 2)
        rows: list[Row] = []
        for name, *texts in table:
            look = "text" if rows else "strong"
            cells = [wrap(text, room, LINES) or [""] for text in texts]
            for line in range(max(map(len, cells))):
                beside = "".join(_padded(cell[line] if line < len(cell) else "", room + 2) for cell in cells)
                rows.append(((f" {name if line == 0 else '':<{_NAMES}}", "dim"), (beside.rstrip(), look)))
        return rows


_NAMES = 11
"""Cells for the names of what is compared."""


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - cell_len(text))


LINES = 12
"""Lines that one sentence may take."""


class PlaybookScreen(TextViewer):
    """Every rule with its values, its reason and where its numbers come from."""

    def __init__(self) -> None:
        super().__init__("Playbook", closing=("K", "question_mark"))

    def rows(self) -> list[Row]:
        """A passage for each rule."""
        room = max(8, self.query_one("#text").size.width - 2)
        rules = self.followup.tracker.schedule.rules
        whose = f"Your own values from {rules.playbook_path} are included." if rules.playbook_path else ""
        rows = [row for words in (*INTRODUCTION, whose) for row in _wrapped(words, room, "text")]
        for passage in playbook_page(rules.tables):
            rows += [(), heading(passage.heading, room)]
            rows += [row for words in passage.values for row in _wrapped(words, room, "text")]
            rows += _wrapped(f"Why: {passage.why}", room, "strong")
            rows += [row for words in passage.sources for row in _wrapped(f"Source: {words}", room, "dim")]
        return rows


def _wrapped(words: str, room: int, look: str) -> list[Row]:
    return [((f" {line}", look),) for line in wrap(words, room, LINES)]


PREVIEW_LINES = 200
"""Lines that one paragraph may take."""


class PrintPreview(TextViewer):
    """The whole sheet; Enter goes on to whether it was posted."""

    def __init__(self, mailing: OutgoingLetter, then: Callable[[], Awaitable[DialogResult]]) -> None:
        super().__init__("On paper")
        self._mailing = mailing
        self._then = then

    def rows(self) -> list[Row]:
        """The sheet, line by line."""
        width = max(8, self.query_one("#text").size.width - 2)
        text = print_page(self._mailing, min(width, WIDTH))
        lines = (part for line in text.split("\n") for part in wrap(line, width, PREVIEW_LINES) or ("",))
        return [((f" {line}", "text"),) for line in lines]

    def leads_on(self) -> str:
        """What the keys do."""
        return "Enter once it's written · y copies · "

    async def take_key(self, event: events.Key) -> bool:
        """Go on, copy, or as in any text."""
        if event.key == "enter":
            await self.close_dialog()
            await open_next(self.followup, await self._then())
            return True
        if event.key == "y":
            way = copy_text(self.followup, print_page(self._mailing))
            self.say(f"Copied the page {way}. Press Enter once it's written.")
            return True
        return await super().take_key(event)


_LINES = 4
"""Lines that a note may take."""
_BARS = {"late": "edge-late", "today": "edge-today"}
"""The looks of bars whose meaning has another one in text."""


class InsightsScreen(TextViewer):
    """Tables with bars, counted behind the keys."""

    IS_FITTED = False

    def __init__(self) -> None:
        super().__init__("Insights", closing=("I",))
        self._insights: Insights | None = None
        self._trouble: FollowupError | None = None

    def on_mount(self) -> None:
        """Show that it counts, then the numbers."""
        self.run_worker(self._count())

    async def _count(self) -> None:
        try:
            work = partial(self.followup.tracker.queries.insights, self.followup.basket)
            self._insights = await self.followup.run_in_thread(work)
        except FollowupError as error:
            self._trouble = error
        draw_later(self, self.fill)

    def rows(self) -> list[Row]:
        """InsightsTable by table, a line for each number."""
        if self._trouble is not None:
            raise self._trouble
        if self._insights is None:
            return [((" Counting…", "dim"),)]
        if not self._insights.funnel["applications"]:
            return [((f" {NOTHING}", "dim"),)]
        width = self.query_one("#text", ScrolledText).size.width - 2
        tables = insights_tables(self._insights, self.followup.now().date())
        return [row for table in tables for row in (*self._table(table, width), ())]

    def _table(self, table: InsightsTable, width: int) -> list[Row]:
        is_ascii = bool(self.followup.settings.ascii)
        rows: list[Row] = [heading(table.heading, width)]
        for line, number, drawn in line_parts(table, width, is_ascii=is_ascii):
            beside = f"{number} " if number else ""
            drawn += " " if drawn else ""
            room = max(8, width - LABEL_WIDTH - 1 - len(drawn) - len(beside))
            first, *others = wrap(line.words, room, _LINES) or [""]
            rows.append(
                (
                    (f" {fit(line.label, LABEL_WIDTH)} ", "dim"),
                    (beside, "strong"),
                    (drawn, _BARS.get(line.meaning, line.meaning or "dim")),
                    (first, "text"),
                )
            )
            rows += [((" " * (LABEL_WIDTH + 2) + text, "text"),) for text in others]
        return rows + [((f" {text}", "dim"),) for text in wrap(table.note, max(8, width), _LINES)]
