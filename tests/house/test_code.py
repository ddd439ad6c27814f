"""The house rules that a machine can hold us to."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "followup_tui"
FUNCTION_LINES, CLASS_LINES, FILE_LINES = 50, 250, 400
EVERYTHING = {"Exception", "BaseException"}
COMMANDS = ("setup-and-open", "setup-and-test")


@cache
def _modules() -> list[tuple[str, str, ast.Module]]:
    """Every module of the program: its place, its text and its tree."""
    texts = ((path, path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py")))
    return [(path.relative_to(SOURCE).as_posix(), text, ast.parse(text)) for path, text in texts]


def _found(kind: type[ast.AST] | tuple[type[ast.AST], ...]) -> Iterator[tuple[str, ast.AST]]:
    for place, _, tree in _modules():
        for node in ast.walk(tree):
            if isinstance(node, kind):
                yield f"{place}:{getattr(node, 'lineno', 0)}", node


def _caught(handler: ast.ExceptHandler) -> set[str]:
    """The last names of what a handler catches; empty where it catches all."""
    if handler.type is None:
        return set()
    return {getattr(node, "attr", getattr(node, "id", "")) for node in ast.walk(handler.type)}


def _passes_on(handler: ast.ExceptHandler) -> bool:
    """Whether a handler only cleans up (a rollback, say) and raises the same exception again."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _does_nothing(body: list[ast.stmt]) -> bool:
    return all(
        isinstance(line, ast.Pass | ast.Continue)
        or (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))
        for line in body
    ) and any(isinstance(line, ast.Pass | ast.Expr) for line in body)


def _without_comments(stylesheet: str) -> str:
    return re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment.group().count("\n"), stylesheet, flags=re.DOTALL)


def _styles(pattern: str) -> list[str]:
    return [
        f"{path.relative_to(SOURCE).as_posix()}:{number} {line.strip()}"
        for path in sorted(SOURCE.rglob("*.tcss"))
        for number, line in enumerate(_without_comments(path.read_text(encoding="utf-8")).splitlines(), 1)
        if re.search(pattern, line)
    ]


def _too_long(kind: type[ast.AST] | tuple[type[ast.AST], ...], limit: int) -> list[str]:
    lengths = ((place, node, node.end_lineno - node.lineno + 1) for place, node in _found(kind))  # type: ignore[attr-defined]
    return [f"{place} {getattr(node, 'name', '')} {length}" for place, node, length in lengths if length > limit]


def test_every_room_imports_only_rooms_below_it() -> None:
    lint_imports = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([lint_imports, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_nothing_catches_every_exception() -> None:
    handlers = [(place, node) for place, node in _found(ast.ExceptHandler) if isinstance(node, ast.ExceptHandler)]
    broad = [(place, node) for place, node in handlers if not _caught(node) or _caught(node) & EVERYTHING]
    assert [place for place, node in broad if not _passes_on(node)] == []


def test_nothing_suppresses_every_exception() -> None:
    calls = [(place, node) for place, node in _found(ast.Call) if isinstance(node, ast.Call)]
    suppressing = [
        (place, {getattr(name, "id", "") for name in node.args})
        for place, node in calls
        if getattr(node.func, "attr", getattr(node.func, "id", "")) == "suppress"
    ]
    assert [place for place, names in suppressing if names & EVERYTHING] == []


def test_nothing_swallows_an_exception_in_silence() -> None:
    silent = [
        place
        for place, node in _found(ast.ExceptHandler)
        if isinstance(node, ast.ExceptHandler) and _does_nothing(node.body)
    ]
    assert silent == []


def test_no_function_is_longer_than_one_can_see() -> None:
    assert _too_long((ast.FunctionDef, ast.AsyncFunctionDef), FUNCTION_LINES) == []


def test_no_class_is_longer_than_one_can_see() -> None:
    assert _too_long(ast.ClassDef, CLASS_LINES) == []


def test_no_file_is_longer_than_one_can_see() -> None:
    long = [f"{place} {text.count(chr(10))}" for place, text, _ in _modules() if text.count("\n") > FILE_LINES]
    assert long == []


def test_a_look_names_its_colours_by_the_theme() -> None:
    assert _styles(r"#[0-9a-fA-F]{3,8}\s*(?:\d+%\s*)?(?:;|$|\})|\b(?:rgb|rgba|hsl|hsla)\(") == []


def test_no_look_shouts_another_down() -> None:
    assert _styles(r"!\s*important") == []


def test_only_the_clock_reads_the_clock() -> None:
    reads = re.compile(
        r"\bdatetime\.(?:now|utcnow|today)\(|\bdate\.today\(|(?<![\w.])time\.time\(|\barrow\.(?:now|utcnow)\("
    )
    found = [
        f"{place}:{number}"
        for place, text, _ in _modules()
        for number, line in enumerate(text.splitlines(), 1)
        if reads.search(line) and place != "tracker/clock.py"
    ]
    assert found == []


def test_no_module_is_named_for_odds_and_ends() -> None:
    odd = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "data", "info"}
    assert [place for place, _, _ in _modules() if Path(place).stem in odd] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_marks_the_command_that_ci_runs(name: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(rf"<!-- {name} -->\s*\n```[a-z]*\n(.+?)\n```", readme, flags=re.DOTALL)
    assert len(blocks) == 1
    assert blocks[0].strip()
