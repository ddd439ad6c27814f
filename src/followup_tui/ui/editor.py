"""A text in the user's own editor, while the program sleeps."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from pathlib import Path
from shutil import rmtree
from typing import Any

from textual.app import App, SuspendNotSupported

from followup_tui.domain.errors import Refused

NAMES = ("VISUAL", "EDITOR")
"""The variables that name the editor, the first that is set counts."""


class Loan:
    """A private copy of a text that an editor may change; kept until `forget` is called."""

    def __init__(self, text: str, name: str) -> None:
        """Write the copy; raises `OSError` where there is no room for it."""
        self.before = text
        self.folder = Path(tempfile.mkdtemp(prefix="followup-"))  # 0700
        self.path = self.folder / name
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)

    def text(self) -> str:
        """What stands in it now; raises `Refused` where that is no text."""
        try:
            return self.path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Refused("What the editor left can't be read as UTF-8; nothing was changed.") from error

    def left(self) -> str:
        """Where to find what was written in vain; empty, and forgotten, where nothing was."""
        if self.path.read_bytes() == self.before.encode():
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


def lend(app: App[Any], loan: Loan) -> None:
    """Let the editor have the terminal and the text until it ends; raises `Refused` where it doesn't work."""
    words = command()
    try:
        with app.suspend():
            code = _run([*words, str(loan.path)])
    except SuspendNotSupported as error:
        raise Refused("This terminal can't be lent to an editor; nothing was changed.") from error
    except OSError as error:
        raise Refused(
            f"The editor {words[0]} can't be started ({error.strerror}); nothing was changed, look at"
            f" {' and '.join(NAMES)}."
        ) from error
    if code:
        raise Refused(f"The editor ended with an error ({code}); nothing was changed.")


def _run(words: list[str]) -> int:
    """Run a program to its end. ctrl+c is for it alone; it is heeded again afterwards."""
    with subprocess.Popen(words) as process:
        # Only now: a signal that is ignored when a program starts is ignored by that program too.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            return process.wait()
        finally:
            signal.signal(signal.SIGINT, before)
            if hasattr(signal, "siginterrupt"):
                signal.siginterrupt(signal.SIGINT, False)  # as asyncio had it
