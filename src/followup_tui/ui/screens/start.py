"""What a start asks: at the first one the user's name and region, guessed as far as possible; at any, what becomes
of text that was half-typed when the program ended."""

from __future__ import annotations

import asyncio
import os
import pwd
from collections.abc import Awaitable, Callable
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label

from followup_tui.actions import BY_ID
from followup_tui.cells import cell_len
from followup_tui.domain.model.errors import BadInput, FollowupError
from followup_tui.domain.model.text import shown_line
from followup_tui.flows.question import Choice
from followup_tui.settings.save import save_setting
from followup_tui.tracker.half_typed import HalfTyped, HalfTypedFile, LeftBehind
from followup_tui.tracker.regions import known_region, understood_region
from followup_tui.ui.base_app import BaseApp
from followup_tui.ui.dialogs.dialog import Dialog
from followup_tui.ui.dialogs.questions import ChoiceDialog
from followup_tui.ui.dialogs.settings_screen import set_up
from followup_tui.ui.rows.pieces import fit
from followup_tui.ui.screens.board import BoardScreen
from followup_tui.ui.terminal import copy_text
from followup_tui.ui.widgets.text_fields import LineInput
from followup_tui.ui.widgets.text_lines import Bar, TextLines

HOW = {
    "name": "Enter goes to the next line · Esc skips both",
    "region": "Enter saves and opens the board · Esc skips both",
}


THEME_HINT = "Too dark or too light? {key} and “theme” changes them at any time."


def guessed_name() -> str:
    """The full name that the system has for the user; empty if it has none, or only that of the account."""
    try:
        account = pwd.getpwuid(os.getuid())
    except KeyError:  # a user without an account, as in a container
        return ""
    name = shown_line(account.pw_gecos.split(",")[0].strip())
    return "" if name == account.pw_name else name


class FirstStartDialog(Dialog):
    """Name and region; the zone is shown."""

    BINDINGS = [
        # An Enter that was typed before the terminal was taken over arrives as one: it must not save both lines.
        Binding("ctrl+j", "onward", show=False, priority=True),
    ]

    def compose(self) -> ComposeResult:
        """Two fields, and what is known already."""
        rules = self.followup.tracker.schedule.rules
        fields = (
            ("name", "Name", guessed_name(), "signs your letters"),
            ("region", "Region", rules.home_region, "for public holidays, e.g. California or DE-BY"),
        )
        with Vertical(id="dialog") as frame:
            frame.border_title = "Welcome"
            yield self._lines("Follow up after every interview, on time.", "text")
            zone = f"Your time zone is {self.followup.zone.key} (set TZ to change it)."
            yield self._lines(zone, "dim")
            yield self._lines(THEME_HINT.format(key=self.followup.shown("palette")), "dim")
            for id, label, value, hint in fields:
                with Horizontal(classes="field"):
                    yield Label(label, classes="label", markup=False)
                    yield LineInput(value, id=id, placeholder=hint, select_on_focus=True)
            yield Bar(id="dialog-says")

    def _lines(self, text: str, look: str) -> TextLines:
        return TextLines([((text, look),)])

    @on(Input.Changed, "#region")
    def echo_region(self) -> None:
        """Say which region was understood; what isn't one yet is said when it is saved."""
        if self.query_one("#region", Input).has_focus:
            self.say(understood_region(self._region()) or HOW["region"])

    def _region(self) -> str:
        """The region that was typed; "-ON" is a part of the country that was guessed."""
        typed = self.query_one("#region", Input).value.strip()
        return f"{self.followup.tracker.schedule.rules.home_region[:2]}{typed}" if typed.startswith("-") else typed

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say what Enter does in this line."""
        self.say(HOW[event.widget.id or "name"])

    async def action_onward(self) -> None:
        """Enter: the next field, and save on the last."""
        await self.settled()
        if self.focused is not None and self.focused.id == "name":
            self.focus_next()
        else:
            await self.action_save()

    async def action_leave(self) -> None:
        """Skip: an empty settings file remembers that it was asked."""
        try:
            await self.followup.run_in_thread(partial(save_setting, self.followup.settings_place, {}))
        except FollowupError as error:
            self.followup.tell(error.sentence, alert=True)
        await self.close_dialog()

    async def save(self) -> bool:
        """Write what was typed into the settings; stays open at what can't be understood."""
        try:
            typed = {
                "name": self.query_one("#name", Input).value.strip(),
                "region": known_region(self._region()),
            }
            await set_up(self.followup, {id: text for id, text in typed.items() if text})
        except BadInput as problem:
            self.say(problem.sentence, alert=True)
            self.query_one(f"#{problem.field or 'region'}").focus()
            return False
        self.followup.tracker.schedule.forget_rules()
        await self.followup.reload()
        return True


TYPED_CELLS, SUBJECT_CELLS = 44, 20
"""Cells of what was typed, and of the company, in the question whether to go on with it."""


class Resume:
    """What is half-typed in the dialogs of a running app."""

    def __init__(self, app: BaseApp) -> None:
        self._app = app
        self._file = HalfTypedFile(app.place)
        self._left: LeftBehind | None = None  # of a window that has ended; not decided on yet
        self._has_told = False  # that nothing can be kept: once

    def _half_typed(self) -> HalfTyped | None:
        stack, typing = self._app.screen_stack, self._app.typing
        dialogs = [each for each in stack if isinstance(each, Dialog) and each.is_filled and each.kept_as]
        if not dialogs and not typing.left:
            return None
        return typing.with_open({each.kept_as: each.fields() for each in dialogs if each.is_half_typed})

    @property
    def has_kept(self) -> bool:
        """Whether something is kept for the next start."""
        return self._file.kept is not None

    async def keep(self) -> None:
        """Keep it on the disk if it has changed, beside the thread that may be waiting for the database."""
        half_typed = self._half_typed()
        if half_typed == self._file.kept:  # as it nearly always is: no thread is woken for it
            return
        try:
            await asyncio.to_thread(self._file.keep, half_typed)
        except FollowupError as error:
            if not self._has_told:
                self._has_told = True
                self._app.tell(error.sentence, alert=True)

    def keep_now(self) -> None:
        """Keep it as the program ends. Raises `Refused` if it can't."""
        self._file.keep(self._half_typed())

    def close(self) -> None:
        """Let the next window offer what is kept, and what was left before."""
        self._file.close()
        if self._left is not None:
            self._left.release()

    async def offer(self) -> None:
        """Ask about what the last window that has ended left half-typed."""
        left = self._left = await asyncio.to_thread(self._file.left_behind)
        if left is not None:
            subject, asked = _question(left.half_typed)
            typed = _cut(shown_line(left.half_typed.text), TYPED_CELLS)
            question = Choice(
                subject=subject,
                question=asked,
                options=[
                    ("c", f"Continue with “{typed}”", partial(self._continue, left)),
                    ("d", "Discard it", partial(self._discard, left)),
                    ("l", "Later: ask me again at the next start", None),
                ],
                is_unexpected=True,
            )
            await self._app.open_dialog(ChoiceDialog(question, _decide))

    async def _continue(self, left: LeftBehind) -> bool:
        """Run its action again, with the dialogs filled as they were."""
        app, half_typed = self._app, left.half_typed
        board = app.screen
        assert isinstance(board, BoardScreen)
        if half_typed.ids and not all(id in app.board.cards for id in half_typed.ids):
            way = copy_text(app, half_typed.text)
            board.tell(
                f"{half_typed.subject} is no longer on the board; what you typed was copied ({way}).", alert=True
            )
            return True
        board.show_board(app.board, half_typed.ids[0] if half_typed.ids else None)
        board.cursor.selected = frozenset(half_typed.ids if len(half_typed.ids) > 1 else ())
        app.typing.resume(half_typed)
        await board.run_action_id(half_typed.action)
        if app.screen is board:  # it was refused, and that is told
            app.typing.drop()
            return True
        await self.keep()
        return await self._discard(left)

    async def _discard(self, left: LeftBehind) -> bool:
        self._left = None
        await asyncio.to_thread(left.delete)
        return True


async def _decide(decision: Callable[[], Awaitable[bool]] | None) -> bool:
    return decision is None or await decision()


def _question(half_typed: HalfTyped) -> tuple[str, str]:
    """Whom the question is about, and the question."""
    company = _cut(shown_line(half_typed.subject), SUBJECT_CELLS)
    known = {"new": "You were adding an application", "edit": f"You were editing {company}"}
    if half_typed.action in known:
        return "", f"{known[half_typed.action]} when the program ended"
    label = BY_ID[half_typed.action].label.rstrip("…").lower() if half_typed.action in BY_ID else ""
    return ", ".join(filter(None, (company, label))), "you were typing when the program ended"


def _cut(text: str, cells: int) -> str:
    return fit(text, min(cells, cell_len(text))).rstrip()
