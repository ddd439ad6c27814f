"""Edits a text in the user's editor, from the screen or from line mode; needs no Textual."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from shutil import rmtree

from followup_tui.domain.model.errors import Refused

NAMES = ("VISUAL", "EDITOR")
"""The environment variables that name the editor; the first one that is set counts."""


class EditorSession:
    """A private copy of a text in a file for the editor; kept until `forget` is called."""

    def __init__(self, text: str, name: str) -> None:
        """Write the copy; raises `Refused` if no file can be made."""
        self.before = text
        try:
            self.folder = Path(tempfile.mkdtemp(prefix="followup-text-"))  # 0700
            self.path = self.folder / name
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except OSError as error:
            where = tempfile.gettempdir()
            raise Refused(
                f"No file for the editor could be made in {where} ({error.strerror}); nothing was changed. Make"
                " room there, or set TMPDIR to another folder."
            ) from error

    def text(self) -> str:
        """Return the text as it is now; raises `Refused` if the file is not UTF-8 or can't be read."""
        try:
            return self.path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Refused(
                "What the editor left can't be read as UTF-8; nothing was changed, save it as UTF-8."
            ) from error

    def left(self) -> str:
        """Return a sentence that says where the edited text is; if nothing was edited, forget it and return ""."""
        if not self.path.exists() or self.path.read_bytes() == self.before.encode():
            self.forget()
            return ""
        return f"Your text is in {self.path}."

    def forget(self) -> None:
        """Delete the copy."""
        rmtree(self.folder, ignore_errors=True)


def editor_command() -> list[str]:
    """Return the editor with its options, from VISUAL or EDITOR; raises `Refused` if none is set."""
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
    """Whether an editor is set."""
    return any(os.environ.get(name, "").strip() for name in NAMES)


def edit_text(session: EditorSession, *, stdin: int | None = None) -> None:
    """Run the editor on a session until it ends, with another standard input if one is given.

    Raises `Refused` if the editor can't be started or fails.
    """
    words = editor_command()
    try:
        code = subprocess.run([*words, str(session.path)], stdin=stdin, check=False).returncode
    except OSError as error:
        raise Refused(
            f"The editor {words[0]} can't be started ({error.strerror}); nothing was changed, look at"
            f" {' and '.join(NAMES)}."
        ) from error
    if code:
        raise Refused(f"The editor ended with an error ({code}); nothing was changed, try again.")
