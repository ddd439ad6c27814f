"""Help: the user's own keys for everything that this screen can do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterator

from rich.cells import cell_len
from textual import events

from followup_tui.actions import BY_ID, Action, Group, Place, actions_at, text_at
from followup_tui.domain.ago import format_ago
from followup_tui.domain.format import format_moment
from followup_tui.domain.model.change import EntryState
from followup_tui.domain.model.letter import OutgoingLetter
from followup_tui.domain.views.offer_table import NO_OFFERS, offers_table
from followup_tui.domain.views.playbook_page import INTRODUCTION, playbook_page
from followup_tui.key_names import shown_key
from followup_tui.letters.delivery.print_page import WIDTH, print_page
from followup_tui.ui.clipboard import copy_text
from followup_tui.ui.dialogs.dialog import DialogResult, open_next
from followup_tui.ui.dialogs.text_viewer import TextViewer
from followup_tui.ui.widgets.text_lines import Row, wrap

KEYS_WIDTH = 20


class HelpScreen(TextViewer):
    """All keys of a screen, grouped, each with its sentence and its twin in the shell."""

    def __init__(self, place: Place, dead: Collection[str] = ()) -> None:
        """`dead` are the ids of actions that can do nothing there now."""
        super().__init__("Help", closing=("question_mark",))
        self._place = place
        self._dead = dead

    def rows(self) -> list[Row]:
        """Group by group; on a narrow screen each sentence stands below its keys."""
        width = self.query_one("#text").size.width
        indent = KEYS_WIDTH + 2 if width >= 2 * KEYS_WIDTH + 20 else 4
        rows: list[Row] = []
        for heading, actions in _sections(self._place, self._dead):
            rows.append(((f" {heading}", "strong"),))
            for action in actions:
                rows += self._told(text_at(action, self._place), indent, width - indent - 1)
            rows.append(())
        rows.append(((" In brackets: the same from the shell, after `followup-tui`.", "dim"),))
        return rows

    def leads_on(self) -> str:
        """To the rules."""
        key = self.followup.shown("decides")
        return f"{key} how it decides · " if key else ""

    async def take_key(self, event: events.Key) -> bool:
        """On to the rules, or as in any text."""
        if event.key not in self.followup.keymap.of(BY_ID["decides"]):
            return await super().take_key(event)

        await self.followup.open_dialog(PlaybookScreen())
        return True

    def _told(self, action: Action, indent: int, width: int) -> list[Row]:
        keys = " ".join(shown_key(key) for key in self.followup.keymap.of(action)) or "(no key)"
        told = action.help + (f"  [{action.twin}]" if action.twin else "")
        lines = wrap(told, max(8, width), 6)
        beside = f"  {keys:<{KEYS_WIDTH}}"
        if indent < KEYS_WIDTH or len(keys) >= KEYS_WIDTH:
            return [((beside, "key"),), *(((" " * indent + line, "text"),) for line in lines)]
        others: list[Row] = [((" " * indent + line, "text"),) for line in lines[1:]]
        return [((beside, "key"), (lines[0], "text")), *others]


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
        days = [f" {format_moment(entry.at, now):<18}" for entry in entries]
        with_ago = [f"{day} {format_ago(entry.at, now):<15}" for day, entry in zip(days, entries, strict=True)]
        ends = (cell_len(entry.label + TAKEN_BACK.get(entry.state, "")) for entry in entries)
        if all(cell_len(day) + 1 + end <= width for day, end in zip(with_ago, ends, strict=True)):
            days = with_ago
        rows: list[Row] = [
            (
                (day, "dim"),
                (f" {entry.label}", "text" if entry.state is EntryState.DONE else "dim"),
                (TAKEN_BACK.get(entry.state, ""), "accent"),
            )
            for day, entry in zip(days, entries, strict=True)
        ]
        return rows or [((" Nothing was changed yet.", "dim"),)]


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
        super().__init__("How it decides", closing=("K", "question_mark"))

    def rows(self) -> list[Row]:
        """A passage for each rule."""
        room = max(8, self.query_one("#text").size.width - 2)
        rules = self.followup.tracker.schedule.rules
        whose = f"Your own values from {rules.playbook_path} are among them." if rules.playbook_path else ""
        rows = [row for words in (*INTRODUCTION, whose) for row in _wrapped(words, room, "text")]
        for passage in playbook_page(rules.tables):
            rows += [(), *_wrapped(passage.heading, room, "strong")]
            rows += [row for words in passage.values for row in _wrapped(words, room, "text")]
            rows += _wrapped(f"Why: {passage.why}", room, "accent")
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
        return "Enter goes on once it is written · y copies · "

    async def take_key(self, event: events.Key) -> bool:
        """Go on, copy, or as in any text."""
        if event.key == "enter":
            await self.close_dialog()
            await open_next(self.followup, await self._then())
            return True
        if event.key == "y":
            self.say(f"It went {copy_text(self.followup, print_page(self._mailing))}. Enter goes on.")
            return True
        return await super().take_key(event)
