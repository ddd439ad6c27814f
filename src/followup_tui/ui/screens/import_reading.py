"""How the import screen reads a file: by its columns, statuses, dates and sheets; each change reads it again."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from followup_tui.domain.format import format_clock, format_full_day
from followup_tui.domain.model.errors import FollowupError
from followup_tui.flows.question import Choice, Text
from followup_tui.tracker.import_preview import (
    READ_OR_NOT,
    AmbiguousDates,
    ImportPreview,
    MappingItem,
    MissingColumns,
    NeedsZone,
)
from followup_tui.ui.dialogs.dialog import DialogResult
from followup_tui.ui.dialogs.import_dialogs import MappingDialog
from followup_tui.ui.dialogs.questions import ChoiceDialog, TextPrompt
from followup_tui.ui.screens.application_screen import ApplicationScreen
from followup_tui.ui.screens.import_rows import Item

Doubt = AmbiguousDates | NeedsZone
_NEXT_ORDER: Mapping[bool | None, bool | None] = {None: True, True: False, False: None}
"""How dates are read, and how after one more key."""
_ORDER_WORDS = {True: "the day first", False: "the month first", None: "as each column tells"}


class ImportReading:
    """The choices about one import; `read` plans it again behind the keys.

    `doubt` is the date that could be two days, or the time without a zone, as long as it is not known which.
    """

    def __init__(self, screen: ApplicationScreen, preview: ImportPreview, read: Callable[[], None]) -> None:
        self.preview = preview
        self.doubt: Doubt | None = None
        self._screen = screen
        self._read = read

    @property
    def words(self) -> str:
        """What was chosen, where it isn't the usual way."""
        options = self.preview.options
        told = ["all rows"] if options.take_all else []
        if options.day_first is not None:
            told.append("day first" if options.day_first else "month first")
        return ", ".join(told)

    def take_all(self) -> None:
        """Take rows without an interview too, or leave them out."""
        self.preview.read_all(not self.preview.options.take_all)
        self._read()

    async def turn_order(self) -> None:
        """Read dates with the day first, the month first, or as each column tells."""
        if self.doubt is not None:
            await self.ask(self.doubt)
            return
        order = _NEXT_ORDER[self.preview.options.day_first]
        self.preview.read_days(order)
        self._read()
        self._screen.tell(f"Dates like 03/04: {_ORDER_WORDS[order]}")

    async def ask(self, doubt: Doubt) -> None:
        """Ask what nothing in the file tells."""
        await (self._ask_zone(doubt) if isinstance(doubt, NeedsZone) else self._ask_order(doubt))

    async def _ask_zone(self, doubt: NeedsZone) -> None:
        """Ask for the zone of a time that has none, or one that nobody knows."""
        named = f"names the zone “{doubt.zone}”, which nobody knows" if doubt.zone else "names no time zone"

        def parse(typed: str) -> bool:
            self.preview.read_zone(doubt.zone, typed)
            return True

        question = Text(
            question="in which time zone?",
            lead=f"The event on {format_full_day(doubt.local.date())} {format_clock(doubt.local)} {named}.",
            parse=parse,
            start=self._screen.followup.zone.key,
            enter="reads it",
        )
        await self._screen.followup.open_dialog(TextPrompt(question, self._answered))

    async def ask_employer(self) -> None:
        """Ask of which company and role an invitation is, or of which application."""

        def parse(typed: str) -> bool:
            self.preview.read_employer(typed)
            return True

        question = Text(
            question="whose invitation is it?",
            parse=parse,
            examples=("Acme Robotics, Backend dev",),
            note="Company, role; or an application's number",
            enter="reads it",
        )
        await self._screen.followup.open_dialog(TextPrompt(question, self._answered))

    async def ask_role(self) -> None:
        """Ask for the role of all rows that have none."""
        preview = self.preview
        if not preview.has_sheets:
            self._screen.tell("Only the rows of a sheet can lack a role.")
            return

        def parse(typed: str) -> bool:
            preview.read_role(typed)
            return True

        question = Text(
            question="which role for rows without one?",
            parse=parse,
            examples=("Backend dev",),
            start=preview.role,
            note="Leave it empty to leave such rows out",
            enter="reads it",
        )
        await self._screen.followup.open_dialog(TextPrompt(question, self._answered))

    async def _answered(self, _: object) -> DialogResult:
        self._read()
        return True

    async def _ask_order(self, doubt: AmbiguousDates) -> None:
        """Ask whether the day or the month comes first, where nothing in a column tells."""

        async def answered(day_first: bool) -> DialogResult:
            self.preview.read_days(day_first)
            self._read()
            return True

        options = [
            ("d", f"{format_full_day(doubt.day_first)}, the day first", True),
            ("m", f"{format_full_day(doubt.month_first)}, the month first", False),
        ]
        question = Choice(question=f"{doubt.column}: what is {doubt.example}?", options=options)
        await self._screen.followup.open_dialog(ChoiceDialog(question, answered))

    async def map_columns(self) -> None:
        """Say which column is which field; of an invitation, whose it is."""
        preview = self.preview
        if not preview.has_sheets:
            if preview.has_invitations:
                await self.ask_employer()
            else:
                self._screen.tell("This file has no columns to choose from.")
            return
        await self._map("Columns", preview.columns, preview.field_names, preview.read_columns)

    async def map_statuses(self) -> None:
        """Say which stage a status stands for."""
        preview = self.preview
        await self._map("Statuses", preview.statuses, preview.meaning_names, preview.read_statuses)

    async def choose_sheets(self) -> None:
        """Say which sheets of a workbook are read."""
        preview = self.preview
        await self._map("Sheets", preview.sheets, READ_OR_NOT, preview.read_sheets)

    def problem(self, error: FollowupError) -> list[str]:
        """Why the file can't be read, then the keys that can help."""
        shown, title = self._screen.followup.shown, self.preview.title
        if not isinstance(error, MissingColumns):
            return [f"! {text_with_keys(error.sentence, shown)}"]
        told = [
            f"! {title} has no column for the {error.lacking}.",
            f"{shown('columns')} says which columns are company and role.",
        ]
        if error.lacks_only_role:
            told.append(f"{shown('role')} gives one role to all rows without one.")
        if self.preview.has_workbook:
            told.append(f"{shown('sheets')} chooses the sheets.")
        return told

    async def _map(
        self,
        title: str,
        load: Callable[[], list[MappingItem]],
        names: Sequence[str],
        take: Callable[[Mapping[str, str]], None],
    ) -> None:
        try:
            items = await asyncio.to_thread(load)
        except FollowupError as error:
            self._screen.refuse(error.sentence)
            return
        if not items:
            self._screen.tell(f"There are no {title.lower()} in this file.")
            return

        async def done(changed: Mapping[str, str]) -> DialogResult:
            if changed:
                take(changed)
                self._read()
            return True

        await self._screen.followup.open_dialog(MappingDialog(title, items, names, done))


CHANGES: Mapping[str, Callable[[ImportReading], object]] = {
    "take_all": ImportReading.take_all,
    "columns": ImportReading.map_columns,
    "statuses": ImportReading.map_statuses,
    "date_order": ImportReading.turn_order,
    "role": ImportReading.ask_role,
    "sheets": ImportReading.choose_sheets,
}
"""What changes how a file is read, by the action's id."""


_OPTIONS = (
    (r'--status "[^"]*"', "{statuses}"),
    (r'--map "[^"]*"', "{columns}"),
    (r'--role "…"', "{role}"),
    (r'--sheet "[^"]*" reads it instead \(repeat --sheet for both\)', "{sheets} chooses among them"),
    (r"--all\b", "{take_all}"),
    (r"--day-first or --month-first\b", "{date_order}"),
    (r"--for ID or --company and --role\b|--for ID\b", "{columns}"),
    (r"--for (\d+)\b", r"\1 at {columns}"),
    (r"--forget-words forgets\b", "{columns} or {statuses} changes"),
)
"""Options of the shell in a remark, and what the screen says instead: `{action}` is that action's key."""


def with_keys(item: Item, shown: Callable[[str], str]) -> Item:
    """A row or a remark that names the keys of the screen in place of the shell's options."""
    return (
        text_with_keys(item, shown)
        if isinstance(item, str)
        else replace(item, why=text_with_keys(item.why, shown))
    )


def text_with_keys(text: str, shown: Callable[[str], str]) -> str:
    """A sentence that names the keys of the screen in place of the shell's options."""
    for option, on_screen in _OPTIONS:
        with_key = re.sub(r"\{(\w+)\}", lambda action: shown(action[1]).replace("\\", r"\\"), on_screen)
        text = re.sub(option, with_key, text)
    return text
