"""Fill the disk so far that a command runs out of room at another point each time; after freeing it goes on."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from faults.scene import Figures, command, is_sound, make_board, own_home, partials, state

_MOST_ROOM = 700_000
"""Bytes with which everything fits."""
_NOTES = "x" * 60_000
_VERBS = (("add", "Umbrella", "Ops", "--notes", _NOTES), ("edit", "1", "--notes", _NOTES))


@contextmanager
def small_disk(place: Path) -> Iterator[bool]:
    """Mount a disk of two megabytes at a folder; False where this user can't."""
    place.mkdir(exist_ok=True)
    try:
        mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    yield mounted
    if mounted:
        subprocess.run(["umount", str(place)], check=True)


def fill_disks(folder: Path, times: int) -> Figures:
    """Half of the points on a small disk where one can be mounted, the others by a limit to a file's size."""
    figures = Figures("full disk", notes={"refused": 0})
    shown = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # as Python does it at its start
    try:
        with small_disk(folder / "small") as mounted, own_home(folder):
            base = folder / "base.db"
            make_board(base)
            for number in range(times):
                on_disk = mounted and number % 2 == 0
                place = folder / ("small" if on_disk else "limited")
                limit = _leave_room if on_disk else _limit_files
                wrong = _fill_once(base, place, number, limit, number * _MOST_ROOM // times, figures)
                figures.violations += [f"point {number}, {limit.__name__}: {each}" for each in wrong]
                figures.runs += 1
            figures.notes["on a mounted disk"] = (times + 1) // 2 if mounted else 0
    finally:
        signal.signal(signal.SIGXFSZ, shown)
    return figures


def _fill_once(
    base: Path, place: Path, number: int, limit: Callable[..., object], room: int, figures: Figures
) -> list[str]:
    place.mkdir(exist_ok=True)
    for old in place.iterdir():
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    path = place / "followup.db"
    shutil.copy(base, path)
    if number % 4 < 2:  # else a backup comes first, and runs out of room in the middle
        command(path, "backup")
    words = _VERBS[number // 2 % len(_VERBS)]
    old = state(path)
    with limit(path, room):  # type: ignore[attr-defined]
        code, said = _in_child(path, words)
    found, wrong = state(path), []
    if not is_sound(found):
        wrong.append(f"damaged: {found['damage']}")
    if code not in (0, 1) or (code == 1 and not said.strip()) or "Traceback" in said:
        wrong.append(f"exit code {code}: {said[-300:]}")
    if (found != old) != (code == 0):
        wrong.append(f"exit code {code}, and what is there is otherwise")
    if partials(place):
        wrong.append(f"left behind: {partials(place)}")
    if code == 1:
        figures.notes["refused"] += 1  # type: ignore[operator]
        code, said = _in_child(path, words)
        if code or not is_sound(state(path)):
            wrong.append(f"it doesn't go on after freeing: {said[-300:]}")
    return wrong


def _in_child(path: Path, words: tuple[str, ...]) -> tuple[int, str]:
    """Run a command in a forked process: a limit to files must not hit this one."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            code, said = command(path, *words)
        except BaseException as error:  # noqa: BLE001  whatever it is: it came out of the program, and is told
            code, said = 99, f"Traceback: {error!r}"
        os.write(writing, said.encode()[-1000:])
        os._exit(code)
    os.close(writing)
    with open(reading, "rb") as pipe:
        said = pipe.read().decode(errors="replace")
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


@contextmanager
def _leave_room(path: Path, room: int) -> Iterator[None]:
    ballast = path.with_name("ballast")
    free = os.statvfs(path.parent).f_bavail * os.statvfs(path.parent).f_frsize
    ballast.write_bytes(b"x" * max(free - room, 0))
    yield
    ballast.unlink()


@contextmanager
def _limit_files(path: Path, room: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
