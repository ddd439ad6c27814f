"""The terminal is lent to the user's own editor, while the program sleeps."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from typing import Any

from textual.app import App, SuspendNotSupported

from followup_tui.domain.model.errors import Refused
from followup_tui.external_editor import EditorSession, edit_text, editor_command

AFTERWARDS = 0.1
"""Seconds until ctrl+c is heeded again: the loop hears of those meant for the editor only after it has ended."""


def edit_suspended(app: App[Any], text: str, name: str, heed: Callable[[], None]) -> tuple[EditorSession, str]:
    """Let the editor have the terminal and a text until it ends; return the text as it is now, and its session.

    ctrl+c is for the editor alone; `heed` heeds it again afterwards. Raises `Refused`, with where the edited text
    is, if that doesn't work.
    """
    editor_command()
    session = EditorSession(text, name)
    loop = asyncio.get_running_loop()
    # Not SIG_IGN: what is ignored when a program starts is ignored by that program too.
    loop.add_signal_handler(signal.SIGINT, _let_be)
    try:
        with app.suspend():
            edit_text(session)
        return session, session.text()
    except SuspendNotSupported as error:
        session.forget()
        raise Refused("An editor can't be opened here; nothing was changed, do it in a terminal.") from error
    except Refused as error:
        raise Refused(f"{error.sentence} {session.left()}".strip()) from error
    finally:
        loop.call_later(AFTERWARDS, heed)


def _let_be() -> None:
    """What a ctrl+c that was meant for the editor does here: nothing."""
