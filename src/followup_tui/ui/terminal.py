"""The terminal from both sides: odd bytes, a closed window, lines cleared of what could drive it; how it is lent
to the user's editor, and what leaves it for the clipboard. Python is kept quiet between a key and its repaint."""

from __future__ import annotations

import asyncio
import codecs
import gc
import re
import signal
import sys
import webbrowser
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TextIO

from rich.segment import Segment
from textual.app import App, SuspendNotSupported
from textual.color import Color
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.filter import LineFilter

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.text import shown_line
from followup_tui.external_editor import EditorSession, edit_text, editor_command
from followup_tui.ui.first_frame import ENTER_SCREEN, FirstFrame
from followup_tui.ui.ground import ASK, AnswerReader, can_ask
from followup_tui.ui.rows.pieces import as_wide, in_ascii
from followup_tui.ui.theme import follow_ground

HUNG_UP = 129
"""Exit code where the terminal went away: 128 and the number of SIGHUP."""


PASTE_START, PASTE_END = "\x1b[200~", "\x1b[201~"
_CONTROLS = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"


class PasteCleaner:
    """Drops control characters from pasted text: after an Esc in it, Textual would press its letters as keys."""

    def __init__(self) -> None:
        self._is_pasting = False
        self._seen = ""  # the end of what came before a paste, which may be the beginning of its mark
        self._held = ""  # the end of a paste so far, likewise

    def clean(self, text: str) -> str:
        """Return what comes next without them; the beginning of a mark waits for its rest inside a paste alone."""
        kept = ""
        while text:
            if self._is_pasting:
                inside, mark, rest = (self._held + text).partition(PASTE_END)
                self._held = "" if mark else _beginning(PASTE_END, inside)
                kept += re.sub(_CONTROLS, "", inside.removesuffix(self._held)) + mark
                self._is_pasting = not mark
            else:
                seen = self._seen + text
                _, mark, rest = seen.partition(PASTE_START)
                kept += text.removesuffix(rest)
                self._seen = "" if mark else _beginning(PASTE_START, seen)
                self._is_pasting = bool(mark)
            text = rest
        return kept


def _beginning(mark: str, text: str) -> str:
    """Return the longest beginning of a mark with which a text ends."""
    return next((mark[:length] for length in range(len(mark) - 1, 0, -1) if text.endswith(mark[:length])), "")


class ForgivingDecoder:
    """Makes text of what the terminal sends, also of bytes that are none; says when the input has ended, and what
    the terminal answers on its ground."""

    def __init__(
        self, encoding: str, ended: Callable[[], None], answered: Callable[[bool], object] = bool
    ) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._cleaner = PasteCleaner()
        self._answers = AnswerReader(answered)
        self._ended = ended

    def decode(self, raw: bytes, final: bool = False) -> str:
        """The text of some bytes; no bytes at all mean that the terminal is gone."""
        if not raw and not final:
            self._ended()
        return self._answers.rest_of(self._cleaner.clean(self._decoder.decode(raw, final)))


class ScreenInput:
    """The stream Textual draws to; once the terminal is gone it swallows what is drawn and says so once."""

    def __init__(self, stream: TextIO, gone: Callable[[], None]) -> None:
        self._stream = stream
        self._gone = gone
        self._open = True

    def write(self, text: str) -> int:
        """Write, as far as there is a terminal."""
        return self._try(lambda: self._stream.write(text))

    def flush(self) -> None:
        """Flush, as far as there is a terminal."""
        self._try(self._stream.flush)

    def _try(self, action: Callable[[], int | None]) -> int:
        if not self._open:
            return 0
        try:
            return action() or 0
        except OSError:  # a window that was closed answers EIO to every write from now on
            self._open = False
            self._gone()
            return 0

    def __getattr__(self, name: str) -> Any:
        """Whatever else a stream can do, the stream does."""
        return getattr(self._stream, name)


class SafeDriver(LinuxDriver):
    """Textual's driver, which one wrong byte does not kill, and which ends the app when the terminal is gone."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._gone = False
        self._first_frame: FirstFrame | None = getattr(app, "first_frame", None)
        self._file = ScreenInput(self._file, self._terminal_gone)  # type: ignore[assignment, arg-type]

    def start_application_mode(self) -> None:
        """Take the terminal over, also from the first frame, which is shown until ours is painted over it."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._first_frame is not None and self._first_frame.is_shown:
            self.attrs_before = self._first_frame.hand_over()
        elif can_ask():
            self.write(ASK)

    def write(self, data: str) -> None:
        """Write, but not what would blank the first frame."""
        if data != ENTER_SCREEN or self._first_frame is None or not self._first_frame.is_shown:
            super().write(data)

    def run_input_thread(self) -> None:
        """Read keys until the terminal is gone."""
        # Textual looks its decoder up by this name: the strict one ends the program at the first odd byte.
        vars(linux_driver)["getincrementaldecoder"] = lambda encoding: (
            lambda: ForgivingDecoder(encoding, self._input_ended, self._ground_told)
        )
        try:
            super().run_input_thread()
        except OSError:  # EIO: the window was closed
            self._terminal_gone()

    def _ground_told(self, light: bool) -> None:
        settings = self._app.settings  # type: ignore[attr-defined]
        self._app.call_later(follow_ground, self._app, settings, light=light)

    def _input_ended(self) -> None:
        self._terminal_gone()
        self.exit_event.wait()  # the ended input would be found ready to read for ever

    def _terminal_gone(self) -> None:
        if not self._gone:
            self._gone = True
            self._loop.call_soon_threadsafe(self._app.end, HUNG_UP)  # type: ignore[attr-defined]

    def _sigcont_application(self, *_: object) -> None:
        """Wake up, unless it is the wake-up call that goes with hanging up."""
        if not self._gone:
            super()._sigcont_application()


@lru_cache(maxsize=4096)  # frames, marks and what other keys have drawn come again and again
def _safe(text: str) -> str:
    return as_wide(shown_line(text), text)


class SafeText(LineFilter):
    """Drops what could drive the terminal from every line, whichever widget drew it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without control, reordering and invisible characters."""
        return [
            segment
            if segment.control or (segment.text.isprintable() and segment.text.isascii())
            else Segment(_safe(segment.text), segment.style)
            for segment in segments
        ]


class PlainAscii(LineFilter):
    """Draws with ASCII alone, for terminals that know no more."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments in ASCII, as wide as they were."""
        after = [each.text for each in segments[1:]] + [""]
        return [
            segment if segment.control else Segment(_in_ascii(segment.text, beside), segment.style)
            for segment, beside in zip(segments, after, strict=True)
        ]


def _in_ascii(text: str, beside: str) -> str:
    """A segment in ASCII; a blank at the begin of the next one gives its last ellipsis room too."""
    return in_ascii(f"{text} ")[:-1] if text.endswith("…  ") and beside.startswith(" ") else in_ascii(text)


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


SWITCH_SECONDS = 0.0005
"""How long another thread may go on where the screen's has something to do: a tenth of Python's own default."""
LEAST = 5
"""Collections of young objects after which a full one is worth while."""
NEVER = 1_000_000
LOOK_SECONDS = 0.5


def spare_keys(app: App[None]) -> None:
    """Collect all garbage in pauses alone, and let the screen's thread go before all others.

    A repaint leaves rows that only the collector finds, and a full collection takes as long as a repaint.
    """
    gc.enable()
    gc.freeze()  # all that was loaded stays: the collector need not walk it
    youngest, young, _ = gc.get_threshold()
    gc.set_threshold(youngest, young, NEVER)
    sys.setswitchinterval(SWITCH_SECONDS)
    app.set_interval(LOOK_SECONDS, Pauses().look, name="collect garbage")


class Pauses:
    """Collects all garbage where there may be some and nothing has been made since the last look."""

    def __init__(self) -> None:
        self._seen: tuple[int, ...] = ()

    def look(self) -> None:
        """Look whether this is a pause."""
        _, *older = gc.get_count()
        if older[1] >= LEAST and tuple(older) == self._seen:
            gc.collect()
        self._seen = tuple(older)
