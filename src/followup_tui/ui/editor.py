"""A text in the user's own editor, while the program sleeps."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from typing import Any

from textual.app import App, SuspendNotSupported

from followup_tui.domain.errors import Refused

AFTERWARDS = 0.1
"""Seconds until ctrl+c is heeded again: the loop hears of those meant for the editor only after it has ended."""
NAMES = ("VISUAL", "EDITOR")
"""The variables that name the editor, the first that is set counts."""


class Loan:
    """A private copy of a text that an editor may change; kept until `forget` is called."""

    def __init__(self, text: str, name: str) -> None:
        """Write the copy; raises `Refused` where there is no room for it."""
        self.before = text
        try:
            self.folder = Path(tempfile.mkdtemp(prefix="followup-"))  # 0700
            self.path = self.folder / name
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except OSError as error:
            where = tempfile.gettempdir()
            raise Refused(
                f"No file for the editor could be made in {where} ({error.strerror}); nothing was changed."
            ) from error

    def text(self) -> str:
        """What stands in it now; raises `Refused` where that is no text."""
        try:
            return self.path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Refused("What the editor left can't be read as UTF-8; nothing was changed.") from error

    def left(self) -> str:
        """Where to find what was written in vain; empty, and forgotten, where nothing was."""
        if not self.path.exists() or self.path.read_bytes() == self.before.encode():
            self.forget()
            return ""
        return f"What you wrote is in {self.path}."

    def forget(self) -> None:
        """Leave nothing of it behind."""
        rmtree(self.folder, ignore_errors=True)


def command() -> list[str]:
    """The editor with its options, as VISUAL or EDITOR name it; raises `Refused` where they name none."""
    for name in NAMES:
        typed = os.environ.get(name, "").strip()
        if typed:
            try:
                return shlex.split(typed)
            except ValueError as error:
                raise Refused(
                    f"{name} can't be understood: {typed}. Nothing was changed; set it to a program's name."
                ) from error
    raise Refused("No editor is set, so nothing was changed; set one, for example: export EDITOR=nano")


def lend(app: App[Any], loan: Loan, heed: Callable[[], None]) -> None:
    """Let the editor have the terminal and the text until it ends; raises `Refused` where it doesn't work.

    ctrl+c is for the editor alone; `heed` heeds it again afterwards.
    """
    words = command()
    loop = asyncio.get_running_loop()
    # Not SIG_IGN: what is ignored when a program starts is ignored by that program too.
    loop.add_signal_handler(signal.SIGINT, _let_be)
    try:
        with app.suspend():
            code = subprocess.run([*words, str(loan.path)], check=False).returncode
    except SuspendNotSupported as error:
        raise Refused("This terminal can't be lent to an editor; nothing was changed.") from error
    except OSError as error:
        raise Refused(
            f"The editor {words[0]} can't be started ({error.strerror}); nothing was changed, look at"
            f" {' and '.join(NAMES)}."
        ) from error
    finally:
        loop.call_later(AFTERWARDS, heed)
    if code:
        raise Refused(f"The editor ended with an error ({code}); nothing was changed.")


def _let_be() -> None:
    """What a ctrl+c that was meant for the editor does here: nothing."""
