"""Keeps what is half-typed in dialogs, and offers it at the next start if the program ended meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from followup_tui.actions import BY_ID
from followup_tui.cells import cell_len
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.text import shown_line
from followup_tui.flows.question import Choice
from followup_tui.tracker.half_typed import HalfTyped, HalfTypedFile, LeftBehind
from followup_tui.ui.base_app import BaseApp
from followup_tui.ui.clipboard import copy_text
from followup_tui.ui.dialogs.choice import ChoiceDialog
from followup_tui.ui.dialogs.dialog import Dialog
from followup_tui.ui.rows.pieces import fit
from followup_tui.ui.screens.board import BoardScreen

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
            question = Choice(
                subject=subject,
                question=asked,
                options=[
                    (
                        "c",
                        f"Continue with “{_cut(shown_line(left.half_typed.text), TYPED_CELLS)}”",
                        self._continue,
                    ),
                    ("d", "Discard it", self._discard),
                    ("l", "Later: ask me again at the next start", self._leave),
                ],
                is_unexpected=True,
            )
            await self._app.open_dialog(ChoiceDialog(question, partial(_decide, left)))

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

    async def _leave(self, left: LeftBehind) -> bool:
        return True


async def _decide(left: LeftBehind, decision: Callable[[LeftBehind], Awaitable[bool]]) -> bool:
    return await decision(left)


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
