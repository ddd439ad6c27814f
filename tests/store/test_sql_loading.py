"""SQLAlchemy, SQLModel and Alembic are loaded by one thread at a time."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from house.shape import SOURCE

pytestmark = pytest.mark.file_only

SQL = {"sqlalchemy", "sqlmodel", "alembic"}
LOCK = "SQL_LOADING"
TOP = re.compile(r"^(?:from|import) ([\w.]+)(?: import (\([^)]*\)|.*))?", re.MULTILINE)
TWO_THREADS = """
import sys
from pathlib import Path
from threading import Barrier, Thread
from followup_tui.store.integrity import expected_layout
from followup_tui.tracker.tracker import Tracker
gate, failed = Barrier(2), []
def run(work):
    gate.wait()
    try:
        work()
    except Exception as error:
        failed.append(repr(error))
sys.setswitchinterval(1e-5)
threads = [Thread(target=run, args=[work]) for work in (expected_layout, Tracker(Path(sys.argv[1])).prepare)]
for each in threads:
    each.start()
for each in threads:
    each.join()
sys.exit("; ".join(failed) or 0)
"""


def _path(module: str) -> Path:
    path = SOURCE.parent / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _deferred(tree: ast.AST, has_lock: bool = False) -> Iterator[tuple[str, bool]]:
    """Each name that is imported inside of something, and whether the lock is held."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not isinstance(tree, ast.Module):
            for name in (node.module, *(f"{node.module}.{each.name}" for each in node.names)):
                yield name, has_lock
        elif not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)):
            locks = isinstance(node, ast.With) and LOCK in ast.unparse(node.items[0])
            yield from _deferred(node, has_lock or locks)


@cache
def _at_the_top(module: str) -> frozenset[str]:
    """What a module of the program imports as it is imported itself."""
    if not module.startswith("followup_tui") or not _path(module).exists():
        return frozenset()
    found: set[str] = set()
    for base, names in TOP.findall(_path(module).read_text(encoding="utf-8")):
        found |= {base, *(f"{base}.{name}" for name in re.findall(r"\w+", names))}
    return frozenset(found)


@cache
def _loads_sql(module: str) -> bool:
    """Whether importing a module loads one of these libraries."""
    found, left = {module}, [module]
    while left:
        new = _at_the_top(left.pop()) - found
        found |= new
        left += new
    return any(name.split(".")[0] in SQL for name in found)


def test_every_import_in_a_function_that_loads_them_holds_the_lock() -> None:
    found = {
        (str(path.relative_to(SOURCE)), name): has_lock
        for path in SOURCE.rglob("*.py")
        if "    from followup_tui." in (text := path.read_text(encoding="utf-8"))
        for name, has_lock in _deferred(ast.parse(text))
        if _loads_sql(name)
    }
    assert ("tracker/commit.py", "followup_tui.store.writer") in found
    assert [place for place, has_lock in found.items() if not has_lock] == []


@pytest.mark.file_only
def test_two_threads_that_load_them_at_once_both_succeed(database: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", TWO_THREADS, str(database)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
