"""Make the pictures of the README from the demo's made-up search, at a moment that stands still.

    .venv/bin/python screenshots/make.py            draws every picture anew: an .svg, and a .png made of it
    .venv/bin/python screenshots/make.py --check    draws nothing, names the pictures that are stale, then exits 1

The .png files are drawn with DejaVu Sans Mono, which must be installed for that; checking needs no font.
"""

from __future__ import annotations

import asyncio
import hashlib
import html
import os
import re
import struct
import sys
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import east_asian_width
from unittest.mock import patch
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from followup_tui.ui.app import FollowupApp

HERE = Path(__file__).parent
NOW, ZONE = "2026-11-22T10:00:00+01:00", "Europe/Berlin"
COMMAND = ".venv/bin/python screenshots/make.py"
PROGRAM = "followup-tui"

SHEET = "job-search.csv"
"""The sheet beside this script that is imported."""
LINE = "Otter Maps, Platform engineer, fri 14:00, with Dana Ruiz"
"""What is typed into quick add."""
MISTAKE = " Please let me know if you need further informations."
"""What is typed into a letter, for the proofreader to find."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture: the terminal's width and height in cells, the keys pressed, and the line then typed, if any."""

    name: str
    width: int = 100
    height: int = 30
    keys: tuple[str, ...] = ()
    typed: str = ""
    then: tuple[str, ...] = ()
    is_empty: bool = False
    theme: str = "followup-dark"


PICTURES = (
    Picture(name="board-80x24", width=80, height=24),
    Picture(name="board-light", width=120, height=30, keys=("2", "j"), theme="followup-light"),
    Picture(name="board-160x50", width=160, height=50, keys=("3", "j", "j")),
    Picture(name="detail", keys=("slash", *"saltmarsh", "enter", "enter")),
    Picture(name="review", width=80, height=24, keys=("r",)),
    Picture(name="review-wide", width=130, height=24, keys=("r", "x", "x")),
    Picture(
        name="review-end",
        width=80,
        height=24,
        keys=("r", *"xb", *"feo" * 3, *"te" * 2, *"fe", *"x" * 11),
    ),
    Picture(
        name="letter",
        width=120,
        height=32,
        keys=("w", "enter", "enter", "e", "ctrl+end", *["up"] * 4, "end"),
        typed=MISTAKE,
    ),
    Picture(name="letter-80x24", width=80, height=24, keys=("w", "enter", "enter")),
    Picture(name="call", width=80, height=33, keys=("slash", *"kestrel", "enter", "c")),
    Picture(name="voicemail", width=80, height=24, keys=("slash", *"kestrel", "enter", "c", "v")),
    Picture(name="quick-add", width=80, height=24, keys=("n",), typed=LINE),
    Picture(name="form", width=80, height=24, keys=("n",), typed=LINE, then=("tab",)),
    Picture(
        name="import-80x24",
        width=80,
        height=24,
        keys=("O", "ctrl+u"),
        typed=str(HERE / SHEET),
        then=("enter", "j", "j", "j"),
    ),
    Picture(
        name="import",
        width=140,
        height=30,
        keys=("O", "ctrl+u"),
        typed=str(HERE / SHEET),
        then=("enter", "a", "G", "k", "k"),
    ),
    Picture(
        name="import-columns",
        width=80,
        height=24,
        keys=("O", "ctrl+u"),
        typed=str(HERE / SHEET),
        then=("enter", "m", "down", "down", "down", "down"),
    ),
    Picture(name="insights", width=100, height=48, keys=("I",)),
    Picture(name="settings", width=80, height=24, keys=("comma", *"jjjjjj", "enter"), typed="Alex Novak"),
    Picture(name="settings-wide", width=140, height=36, keys=("comma", "enter", *"jjj")),
    Picture(name="help", width=118, height=64, keys=("question_mark",)),
    Picture(name="empty-board", width=80, height=24, is_empty=True),
)


# Drawing


def drawn() -> dict[str, str]:
    """Every picture by its name, as SVG."""
    _stand_still()
    with tempfile.TemporaryDirectory(prefix="followup-pictures-") as folder:
        return {each.name: asyncio.run(_draw(each, Path(folder) / f"{each.name}.db")) for each in PICTURES}


def _stand_still() -> None:
    """Nobody's clock, zone, colours or settings change a picture; to be called before Textual is imported."""
    for name in [name for name in os.environ if name.startswith(("FOLLOWUP_", "TEXTUAL_"))]:
        del os.environ[name]
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "LC_ALL"):
        os.environ.pop(name, None)
    os.environ["FOLLOWUP_CONFIG"] = str(HERE / "settings.toml")  # there is none, and no playbook beside it
    os.environ.update(FOLLOWUP_NOW=NOW, TZ=ZONE, LANG="C.UTF-8", TERM="xterm-256color", COLORTERM="truecolor")


async def _draw(picture: Picture, place: Path) -> str:
    from textual import events

    from followup_tui.keymap import make_keymap
    from followup_tui.settings import Settings
    from followup_tui.tracker.demo import DEMO_SENDER
    from followup_tui.ui.app import FollowupApp

    if not picture.is_empty:
        place.write_bytes(_demo())
    app = FollowupApp(place, Settings(ascii=False, theme=picture.theme, **DEMO_SENDER), make_keymap({}))
    async with app.run_test(size=(picture.width, picture.height)) as pilot:
        await _settled(app, pilot)
        _press(app, picture.keys)
        await _settled(app, pilot)
        _hold_cursors(app)
        if picture.typed:
            app.post_message(events.Paste(picture.typed))
            await _settled(app, pilot)
        for key in picture.then:
            await pilot.press(key)
            await _settled(app, pilot)  # the first may open a file, which the next is about
        _hold_cursors(app)
        await _settled(app, pilot)
        return tidy(app.export_screenshot(title=PROGRAM))


def _press(app: FollowupApp, keys: tuple[str, ...]) -> None:
    """Press keys one behind the other, as a terminal sends what is typed ahead: each is carried out in turn."""
    from textual.events import Key
    from textual.keys import _character_to_key

    for key in keys:
        is_sign = len(key) == 1
        event = Key(_character_to_key(key) if is_sign else key, key if is_sign else None)
        event.set_sender(app)
        app.post_message(event)


@cache
def _demo() -> bytes:
    """The demo without the companies whose names are wide: the font would paint boxes in their place."""
    from followup_tui.tracker import demo

    leads = tuple(lead for lead in demo.LEADS if not any(east_asian_width(sign) in "WF" for sign in lead.company))
    with tempfile.TemporaryDirectory() as folder, patch.object(demo, "LEADS", leads):
        place = Path(folder) / "demo.db"
        demo.fill_demo(place, datetime.fromisoformat(NOW), ZoneInfo(ZONE))
        return place.read_bytes()


async def _settled(app: FollowupApp, pilot: Pilot[None]) -> None:
    """Until what was read and prepared in threads is on the screen."""
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()
    while not getattr(app.screen, "is_read", True):  # a letter is read once no key has come for a moment
        await pilot.pause(0.02)
        await app.workers.wait_for_complete()
    await pilot.pause()


def _hold_cursors(app: FollowupApp) -> None:
    """A cursor that blinks would be there in one picture and gone in the next."""
    from textual.widgets import Input, TextArea

    for widget in app.screen.query("Input, TextArea").results():
        if isinstance(widget, Input | TextArea):
            widget.cursor_blink = False


_FONTS = '"DejaVu Sans Mono", "Fira Code", Menlo, Consolas, monospace'
_WEB_FONT = re.compile(r"\s*@font-face \{[^}]*\}")
_FAMILY = re.compile(r"font-family: [^;]+;")
_MAKER = re.compile(r"<!-- Generated with .*? -->")
_MADE_WITH = re.compile(r"<!-- Made by screenshots/make\.py with (.+?) -->")


def tidy(svg: str) -> str:
    """The same drawing, which fetches nothing from the web and says what it was made with."""
    svg = _FAMILY.sub(f"font-family: {_FONTS};", _WEB_FONT.sub("", svg))
    svg = _MAKER.sub(f"<!-- Made by screenshots/make.py with {_libraries()} -->", svg)
    return "\n".join(line.rstrip() for line in svg.strip().splitlines()) + "\n"


def _libraries() -> str:
    return f"Textual {version('textual')} and Rich {version('rich')}"


# Checking


def stale(fresh: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with each picture that no longer shows the program.

    A picture made with the Textual at hand must be the same to the letter. Another release may draw the same
    screen with other strokes, so then only the words are compared, line by line.
    """
    for name, svg in fresh.items():
        drawing, painting = HERE / f"{name}.svg", HERE / f"{name}.png"
        if not drawing.exists() or not painting.exists():
            yield f"{name}: is missing"
            continue
        kept = drawing.read_text(encoding="utf-8")
        made_with = _MADE_WITH.search(kept)
        same_libraries = made_with is not None and made_with[1] == _libraries()
        if same_libraries and kept != svg:
            yield f"{name}.svg: does not show what the program shows now"
        elif not same_libraries and words(kept) != words(svg):
            yield f"{name}.svg: does not say what the program says now ({_libraries()} is at hand)"
        if drawing_of(painting.read_bytes()) != fingerprint(kept):
            yield f"{name}.png: was not made of {name}.svg"
    for path in sorted([*HERE.glob("*.svg"), *HERE.glob("*.png")]):
        if path.stem not in fresh:
            yield f"{path.name}: is no longer made"


_TEXT = re.compile(r'<text [^>]*?\by="([\d.]+)"[^>]*>(.*?)</text>')


def words(svg: str) -> list[str]:
    """The lines of text in a drawing from top to bottom, without spaces."""
    lines: dict[float, str] = {}
    for height, text in _TEXT.findall(svg):
        lines[float(height)] = lines.get(float(height), "") + html.unescape(text)
    return [said for said in ("".join(lines[height].split()) for height in sorted(lines)) if said]


# Painting

_KEYWORD = b"Drawing"
"""The PNG text chunk that holds the fingerprint of the SVG it was made of."""


def fingerprint(svg: str) -> str:
    """By which a painting knows its drawing."""
    return hashlib.sha256(svg.encode()).hexdigest()


def painted(svg: str, fonts: list[str]) -> bytes:
    """The drawing as PNG, with its fingerprint inside."""
    import resvg_py

    png = bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, skip_system_fonts=True, font_files=fonts, monospace_family="DejaVu Sans Mono"
        )
    )
    body = b"tEXt" + _KEYWORD + b"\0" + fingerprint(svg).encode()
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    end = png.rindex(b"IEND") - 4
    return png[:end] + chunk + png[end:]


def drawing_of(png: bytes) -> str:
    """The fingerprint of the drawing that a PNG was made of; empty where it has none."""
    found = re.search(rb"tEXt" + _KEYWORD + rb"\0([0-9a-f]{64})", png)
    return found[1].decode() if found else ""


def _fonts() -> list[str]:
    home = Path.home()
    folders = (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path("/Library/Fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
        home / "Library/Fonts",
    )
    for folder in folders:
        plain = next(folder.rglob("DejaVuSansMono.ttf"), None)
        if plain is not None:
            return [str(plain.with_name(f"DejaVuSansMono{style}.ttf")) for style in ("", "-Bold", "-Oblique")]
    sys.exit(
        "DejaVu Sans Mono was not found, so no picture was made; install it (Debian and Ubuntu: fonts-dejavu)."
    )


def main(arguments: list[str]) -> int:
    """Draw or check; the exit code."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    if arguments:
        found = list(stale(drawn()))
        print("\n".join([*found, f"Make them anew: {COMMAND}"]) if found else "Every picture is fresh.")
        return 1 if found else 0
    fonts = _fonts()
    for old in [*HERE.glob("*.svg"), *HERE.glob("*.png")]:
        old.unlink()
    for name, svg in drawn().items():
        (HERE / f"{name}.svg").write_text(svg, encoding="utf-8")
        (HERE / f"{name}.png").write_bytes(painted(svg, fonts))
        print(f"screenshots/{name}.svg and .png")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
