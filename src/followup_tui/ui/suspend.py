"""The terminal is lent to the user's own editor, while the program sleeps."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from typing import Any

from textual.app import App, SuspendNotSupported

from followup_tui.domain.model.errors import Refused
from followup_tui.external_editor import EditorSession, edit_text

AFTERWARDS = 0.1
"""Seconds until ctrl+c is heeded again: the loop hears of those meant for the editor only after it has ended."""


def suspend_for_editor(app: App[Any], loan: EditorSession, heed: Callable[[], None]) -> None:
    """Let the editor have the terminal and the text until it ends; raises `Refused` where it doesn't work.

    ctrl+c is for the editor alone; `heed` heeds it again afterwards.
    """
    loop = asyncio.get_running_loop()
    # Not SIG_IGN: what is ignored when a program starts is ignored by that program too.
    loop.add_signal_handler(signal.SIGINT, _let_be)
    try:
        with app.suspend():
            edit_text(loan)
    except SuspendNotSupported as error:
        raise Refused("An editor can't be opened here; nothing was changed, do it in a terminal.") from error
    finally:
        loop.call_later(AFTERWARDS, heed)


def _let_be() -> None:
    """What a ctrl+c that was meant for the editor does here: nothing."""
