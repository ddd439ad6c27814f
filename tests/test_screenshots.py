"""The pictures of the README show the program as it is."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pyte
import pytest

ROOT = Path(__file__).parent.parent
MAKER = ROOT / "screenshots" / "make.py"


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, with a folder of its own for pictures."""
    spec = importlib.util.spec_from_file_location("make_pictures", MAKER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    folder = tmp_path / "screenshots"
    folder.mkdir()
    monkeypatch.setattr(module, "HERE", folder)
    return module


def _svg(words: str, made_with: str, stroke: str = "") -> str:
    maker = f"<!-- Made by screenshots/make.py with {made_with} -->"
    return f'<svg>{maker}{stroke}<text x="0" y="20">{words}</text></svg>'


def _keep(make: ModuleType, svg: str, painted_from: str | None = None) -> None:
    (make.HERE / "board.svg").write_text(svg, encoding="utf-8")
    chunk = f"tEXtDrawing\0{make.fingerprint(painted_from or svg)}"
    (make.HERE / "board.png").write_bytes(chunk.encode())


def test_no_picture_is_stale() -> None:
    """Where this fails the pictures are made anew by the command that it names; look at them before committing."""
    run = subprocess.run(
        [sys.executable, MAKER, "--check"], capture_output=True, text=True, check=False, timeout=900
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_picture_fetches_anything() -> None:
    drawings = sorted(MAKER.parent.glob("*.svg"))
    assert drawings
    for drawing in drawings:
        text = drawing.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert "@font-face" not in text
        assert "url(http" not in text
        assert 'href="http' not in text


def test_the_same_picture_is_fresh(make: ModuleType) -> None:
    svg = _svg("8 live", make._libraries())
    _keep(make, svg)
    assert list(make.stale({"board": svg})) == []


def test_another_word_or_stroke_is_stale(make: ModuleType) -> None:
    _keep(make, _svg("8 live", make._libraries()))
    for changed in (_svg("9 live", make._libraries()), _svg("8 live", make._libraries(), "<rect/>")):
        assert [line.partition(":")[0] for line in make.stale({"board": changed})] == ["board.svg"]


def test_under_another_textual_only_the_words_count(make: ModuleType) -> None:
    _keep(make, _svg("8 live", "Textual 1.0 and Rich 1.0"))
    assert list(make.stale({"board": _svg("8 live", make._libraries(), "<rect/>")})) == []
    assert list(make.stale({"board": _svg("9 live", make._libraries())})) != []


def test_a_painting_of_another_drawing_is_stale(make: ModuleType) -> None:
    svg = _svg("8 live", make._libraries())
    _keep(make, svg, painted_from="an older drawing")
    assert list(make.stale({"board": svg})) == ["board.png: was not made of board.svg"]


def test_a_missing_or_a_left_over_picture_is_told(make: ModuleType) -> None:
    _keep(make, _svg("8 live", make._libraries()))
    assert list(make.stale({"detail": "<svg/>"})) == [
        "detail: is missing",
        "board.png: is no longer made",
        "board.svg: is no longer made",
    ]


def test_the_recording_plays_from_the_board_back_to_the_board() -> None:
    head, *events = map(json.loads, (MAKER.parent / "recording.cast").read_text("utf-8").splitlines())
    screen = pyte.Screen(head["width"], head["height"])
    stream, seen = pyte.Stream(screen), []
    for _, _, text in events:
        stream.feed(text)
        seen.append("\n".join(screen.display))
    times = [at for at, _, _ in events]
    assert times == sorted(times)
    assert all(stage in seen[0] and stage in seen[-1] for stage in ("Interviewed", "Thanked", "Awaiting"))
    assert "Otter Maps" not in seen[0]
    assert "Otter Maps" in seen[-1]
    assert any(" 2 of " in each for each in seen)  # the review
    assert any("Dear " in each for each in seen)
    sizes = [(MAKER.parent / f"recording.{ending}").stat().st_size for ending in ("cast", "gif")]
    assert max(sizes) < 1_500_000
