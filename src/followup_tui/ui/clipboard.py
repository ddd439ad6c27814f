"""Leaving the screen: text for the clipboard, links for a browser."""

from __future__ import annotations

import webbrowser
from typing import Any

from textual.app import App


def copy_text(app: App[Any], text: str) -> str:
    """Copy a text both ways that there are; says, in a few words, which way it went. In a browser, only there.

    The terminal never answers whether it took a text, so only the system's clipboard is spoken of as certain.
    """
    app.copy_to_clipboard(text)
    if app.is_web:
        return "if the browser allows it"
    import pyperclip  # looks for the system's clipboard when it is loaded

    try:
        pyperclip.copy(text)
    except pyperclip.PyperclipException:
        return "if the terminal allows it"
    return "to the clipboard"


def can_open_links(app: App[Any]) -> bool:
    """Whether there is a browser with a window of its own; a browser for terminals would draw over the screen."""
    if app.is_web:
        return True
    try:
        return type(webbrowser.get()) is not webbrowser.GenericBrowser
    except webbrowser.Error:
        return False
