"""Handing a mail link to the desktop, whose mail program opens it."""

from __future__ import annotations

import shutil
import subprocess
import sys

from followup_tui.domain.model.errors import Refused

OPENERS = ("open",) if sys.platform == "darwin" else ("xdg-open", "wslview", "termux-open-url")
"""The programs that open a link as the desktop is set up to, the first one that is installed."""
TAKES = 2.0
"""Seconds after which a program that still runs has taken the link: it is the mail program itself then."""


def open_in_mail_program(link: str) -> None:
    """Open a `mailto:` link; `Refused` where nothing here can.

    Not by `webbrowser`: that takes a browser for the terminal where there is no desktop, which draws over the
    screen, and calls a link opened that nothing took.
    """
    opener = next(filter(None, map(shutil.which, OPENERS)), None)
    if opener is None:
        raise _refused()
    try:
        process = subprocess.Popen(
            [opener, link],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        code = process.wait(TAKES)
    except subprocess.TimeoutExpired:
        return
    except OSError:
        raise _refused() from None
    if code:
        raise _refused()


def _refused() -> Refused:
    return Refused("No mail program could be started here; the draft is kept, save it as .eml or copy it instead.")
