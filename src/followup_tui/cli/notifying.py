"""What is due as a notification of the desktop, printed where there is no desktop: `due --notify`."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from followup_tui.cli import FINE, SOMETHING
from followup_tui.cli.due import action_words, all_clear, say_due, sign_of, when_words
from followup_tui.cli.saying import is_terminal, tell
from followup_tui.domain.model.text import shown_line
from followup_tui.tracker.due import DueItem, due_at

if TYPE_CHECKING:
    from datetime import date

    from followup_tui.cli.session import Session

LINES = 5
"""Applications that a notification names; what is beyond them is counted."""
WIDEST = 60
"""Characters of a company's name in a notification."""
PATIENCE = 10.0
"""Seconds that the desktop may take to answer."""

Desktop = Callable[[str, str], str]
"""Shows a title and a text; gives back why it could not, as the beginning of a sentence, or nothing."""

_HARMLESS = str.maketrans({"<": "‹", ">": "›", "&": "＆"})
"""Many desktops read a text as markup, and none says so beforehand: these signs look the same and mean nothing."""


def notify_due(session: Session, *, on: date | None = None, desktop: Desktop | None = None) -> int:
    """Send what is due by a day as one notification; the exit code, 3 where there was something.

    Without a desktop it is printed as `due` does, and stderr says which way was used.
    """
    items = due_at(session.place, session.settings_place, session.now(), on=on)
    if not items:
        if is_terminal(sys.stderr):  # cron would make a mail of it
            tell(f"{all_clear(session)} No notification was sent.")
        return FINE
    trouble = (desktop or on_desktop)(title_of(items), text_of(items))
    if trouble:
        code = say_due(session, on=on)
        tell(f"{trouble}, so what is due was printed.")
        return code
    tell(f"Sent to the desktop: {title_of(items)}.")
    return SOMETHING


def title_of(items: Sequence[DueItem]) -> str:
    """How many there are: "3 to do, 1 of them late"."""
    late = sum(sign_of(item) == "!" for item in items)
    return f"{len(items):,} to do" + (f", {late:,} of them late" if late else "")


def text_of(items: Sequence[DueItem]) -> str:
    """The loudest of them, a line each: "! Acme Robotics: thank Dana Ruiz, 1d late"."""
    lines = [_line(item) for item in items[:LINES]]
    if len(items) > LINES:
        lines.append(f"and {len(items) - LINES:,} more: followup-tui review")
    return "\n".join(lines)


def _line(item: DueItem) -> str:
    company = shown_line(item.company)
    company = company if len(company) <= WIDEST else f"{company[: WIDEST - 1]}…"
    whom = f" {shown_line(item.contact)[:WIDEST]}" if item.contact and item.action == "thank" else ""
    return f"{sign_of(item)} {company}: {action_words(item.action)}{whom}, {when_words(item)}".translate(_HARMLESS)


def on_desktop(title: str, text: str) -> str:
    """Show a notification where there is a desktop; why that couldn't be, as the beginning of a sentence."""
    if sys.platform != "darwin" and not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return "There is no session bus to reach a desktop by (DBUS_SESSION_BUS_ADDRESS is not set)"
    try:
        # An extra, which most people go without; and the shell's prompt never comes here.
        import desktop_notifier
    except ImportError:
        return "Notifications need one package more (pip install desktop-notifier)"
    log = logging.getLogger("desktop_notifier")
    log.propagate = False
    log.addHandler(reasons := _Reasons())
    sent: list[str] = []
    notifier = desktop_notifier.DesktopNotifier(app_name="followup-tui", app_icon=None)
    shown = notifier.send(title, text, on_dispatched=lambda: sent.append(title))
    try:
        asyncio.run(asyncio.wait_for(shown, PATIENCE))
    except TimeoutError:
        return f"The desktop did not answer within {PATIENCE:g} seconds"
    finally:
        log.removeHandler(reasons)
    return "" if sent else f"The desktop took no notification ({reasons.last or 'it said nothing'})"


class _Reasons(logging.Handler):
    """The package logs what went wrong and goes on; this remembers it."""

    last = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Remember what went wrong, in one line without a full stop."""
        fault = record.exc_info[1] if record.exc_info else None
        self.last = shown_line(str(fault or record.getMessage())).rstrip(".")
