"""A text on loan to the user's own editor, from the screen or line by line: no screen is needed for it."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from shutil import rmtree

from followup_tui.domain.model.errors import Refused

NAMES = ("VISUAL", "EDITOR")
"""The variables that name the editor, the first that is set counts."""


class EditorSession:
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


def editor_command() -> list[str]:
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


def is_editor_set() -> bool:
    """Whether an editor is named."""
    return any(os.environ.get(name, "").strip() for name in NAMES)


def edit_text(loan: EditorSession, *, stdin: int | None = None) -> None:
    """Run the editor on a loan until it ends, with a standard input of its own where one is given.

    Raises `Refused` where it doesn't work.
    """
    words = editor_command()
    try:
        code = subprocess.run([*words, str(loan.path)], stdin=stdin, check=False).returncode
    except OSError as error:
        raise Refused(
            f"The editor {words[0]} can't be started ({error.strerror}); nothing was changed, look at"
            f" {' and '.join(NAMES)}."
        ) from error
    if code:
        raise Refused(f"The editor ended with an error ({code}); nothing was changed.")
