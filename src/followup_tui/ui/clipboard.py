"""Copying: through the system's clipboard where there is one, else through the terminal."""

from __future__ import annotations

from typing import Any

from textual.app import App


def copy_text(app: App[Any], text: str) -> str:
    """Copy a text both ways that there are; says, in a few words, which way it went.

    The terminal never answers whether it took a text, so only the system's clipboard is spoken of as certain.
    """
    app.copy_to_clipboard(text)
    import pyperclip  # looks for the system's clipboard when it is loaded

    try:
        pyperclip.copy(text)
    except pyperclip.PyperclipException:
        return "by the terminal, if it allows that"
    return "to the clipboard"
