"""Coaching on a server: the list over all seekers' boards, and with whom this board is shared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain, repeat
from pathlib import Path

from textual import events
from textual.worker import Worker

from followup_tui.cells import cell_len
from followup_tui.domain.model.errors import FollowupError
from followup_tui.flows.question import LIST_KEYS, Choice, Option, Text
from followup_tui.tracker.coaching import (
    NOBODY_SHARES,
    CoachLine,
    coach_lines,
    coach_summary,
    coaches,
    seeker_of,
    seekers,
    share_board,
    unshare_board,
)
from followup_tui.tracker.due import DueItem, action_words, describe_due_item, sign_of
from followup_tui.ui.base_app import BaseApp
from followup_tui.ui.dialogs.dialog import PAGES, DialogResult
from followup_tui.ui.dialogs.palette import PaletteEntry
from followup_tui.ui.dialogs.questions import ChoiceDialog, TextPrompt
from followup_tui.ui.rows.pieces import fit

READ_EVERY = 5.0
"""Seconds between two looks at all boards."""
NAME_WIDTH, WHEN_WIDTH = 34, 9
HINT = "Enter opens the seeker's board to read it, Esc leaves."


class CoachList(ChoiceDialog):
    """What is urgent for all seekers, a line each; Enter leaves for the board of the marked one."""

    def __init__(self, *, leaves: bool, marked: str) -> None:
        """`leaves` is whether closing it leaves the program; `marked` is what `next_command` was for a line."""
        super().__init__(Choice(question="Coach", options=[("", "Reading the boards…", None)]), self._open)
        self._leaves = leaves
        self._marked = marked
        self._reading: Worker[None] | None = None

    def on_mount(self) -> None:
        """Read the boards, and again every few seconds."""
        self.set_interval(READ_EVERY, self._read_in_background)
        self._read_in_background()

    def _read_in_background(self) -> None:
        if self._reading is None or self._reading.is_finished:  # many boards may take longer than the interval
            self._reading = self.run_worker(self._read(), name="coach", group="coach")

    async def _read(self) -> None:
        app = self.followup
        try:
            lines = await app.run_in_thread(partial(coach_lines, app.place, app.settings_place, app.now()))
        except FollowupError as error:
            self.say(error.sentence, alert=True)
            return
        options = _options(lines) or [("", NOBODY_SHARES, None)]
        commands = [command for _, _, command in options]
        marked = self._question.options[self._place][2] or self._marked
        self._place = commands.index(marked) if marked in commands else min(self._place, len(commands) - 1)
        self._question = Choice(question=f"Coach · {coach_summary(lines)}" if lines else "Coach", options=options)
        self.on_resize()
        self.say(HINT)

    async def take_key(self, event: events.Key) -> bool:
        """As in any choice; also pages and both ends."""
        if event.key in PAGES:
            self._place = max(0, min(self._place + PAGES[event.key], len(self._question.options) - 1))
            self._show()
            return True
        if event.key == "q":
            await self.action_leave()
            return True
        return await super().take_key(event)

    async def _choose(self, value: str | None) -> None:
        await self._finish(value)  # the list stays until the program is left

    async def _open(self, command: str | None) -> bool:
        """Leave for a seeker's board, if it is still there to be read."""
        app = self.followup
        try:
            is_shared = command and seeker_of(command) in await app.run_in_thread(partial(seekers, app.place))
        except FollowupError as error:
            self.say(error.sentence, alert=True)
            return False
        if command and is_shared:
            app.next_command = command
            app.exit()
        else:
            self._read_in_background()
        return False

    async def action_leave(self) -> None:
        """Close the list, or the program that was opened for it."""
        if self._leaves:
            self.app.exit()
        else:
            await super().action_leave()


def _options(lines: Sequence[CoachLine]) -> list[Option]:
    named = [f"{line.seeker}: {line.item.company}" if line.item else f"{line.seeker}:" for line in lines]
    width = min(NAME_WIDTH, max(map(cell_len, named), default=0))
    return [
        ("", f"{fit(name, width)}  {_words(line.item)}", line.command)
        for name, line in zip(named, lines, strict=True)
    ]


def _words(item: DueItem | None) -> str:
    if item is None:
        return "  nothing due"
    whom = f" {item.contact}" if item.contact and item.action == "thank" else ""
    return f"{sign_of(item)} {describe_due_item(item):<{WHEN_WIDTH}} {action_words(item)}{whom}"


# Sharing one's own board


async def ask_sharing(app: BaseApp) -> None:
    """List who can read this board, to end that or to let one more."""
    try:
        names = await app.run_in_thread(partial(coaches, app.place))
    except FollowupError as error:
        app.tell(error.sentence, alert=True)
        return
    options: list[Option] = [("n", "Share it with a coach", "")]
    keys = chain(LIST_KEYS, repeat(""))
    options += [(key, f"Stop sharing with {name}", name) for key, name in zip(keys, names, strict=False)]
    question = Choice(subject="Who can read this board?", question=", ".join(names) or "only you", options=options)
    await app.open_dialog(ChoiceDialog(question, partial(_change_sharing, app)))


async def _change_sharing(app: BaseApp, name: str) -> DialogResult:
    if name:
        return await _run_and_tell(app, partial(unshare_board, app.place, name))
    text = Text(
        question="With which coach?",
        lead="They can read everything on your board and change nothing.",
        placeholder="the name they log in with at the server",
        enter="shares",
    )
    return TextPrompt(text, partial(_share, app))


async def _share(app: BaseApp, name: str) -> DialogResult:
    return await _run_and_tell(app, partial(share_board, app.place, name))


async def _run_and_tell(app: BaseApp, work: Callable[[], str]) -> bool:
    app.tell(await app.run_in_thread(work))
    return True


def server_entries(app: BaseApp) -> list[PaletteEntry]:
    """Return the palette's entries for one's own board on a server; none for a file or a seeker's board."""
    if isinstance(app.place, Path) or app.place.seeker:
        return []
    return [
        PaletteEntry("Coach", "What is urgent on all boards that are shared with you.", "", partial(_coach, app)),
        PaletteEntry("Share", "Let a coach read your board, or stop that.", "", partial(ask_sharing, app)),
    ]


async def _coach(app: BaseApp) -> None:
    await app.open_dialog(CoachList(leaves=False, marked=""))
