"""The way to a page in a browser: Textual's packets, and an end once the page is gone."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

from textual.app import App
from textual.drivers import web_driver
from textual.drivers.web_driver import WebDriver
from textual.events import AppFocus

from followup_tui.ui.terminal import HUNG_UP, ForgivingDecoder

_GREETING = b"__GANGLION__\n"
"""What Textual writes before the first packet of each board; our server needs none."""


@cache
def _packet_stream() -> int:
    """What stdout was; from now on whatever else is printed goes to stderr, not between the packets."""
    packets = os.dup(1)
    os.dup2(2, 1)
    return packets


def _ignore_end() -> None:
    """Textual itself ends with this input."""


class SafeWebDriver(WebDriver):
    """Textual's driver for the web, which ends the app when nobody reads any more."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._is_gone = False
        self.fileno = _packet_stream()
        self._write = self._write_packet  # type: ignore[assignment]

    def _write_packet(self, packet: bytes) -> int:
        """Write a whole packet, as far as there is a page."""
        rest = memoryview(b"" if packet == _GREETING or self._is_gone else packet)
        try:
            while rest:
                rest = rest[os.write(self.fileno, rest) :]
        except OSError:  # the server has ended
            self._page_gone()
        return len(packet)

    def start_application_mode(self) -> None:
        """Start as the window that is being typed in; the page says so only to the first board of a process."""
        super().start_application_mode()
        self._app.call_later(self._app.post_message, AppFocus())

    def run_input_thread(self) -> None:
        """Read keys until the page is gone."""
        vars(web_driver)["getincrementaldecoder"] = lambda encoding: (
            lambda: ForgivingDecoder(encoding, lambda: None)
        )
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._page_gone()

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Take a message; the next board in this process begins with the page's size too."""
        super().on_meta(packet_type, payload)
        if packet_type == "resize":
            os.environ |= {"COLUMNS": str(payload["width"]), "ROWS": str(payload["height"])}

    def stop_application_mode(self) -> None:
        """Stop, and leave the keys that come now to the next board in this process."""
        super().stop_application_mode()
        self._key_thread.join()

    def _page_gone(self) -> None:
        if not self._is_gone:
            self._is_gone = True
            self._loop.call_soon_threadsafe(self._app.end, HUNG_UP)  # type: ignore[attr-defined]
