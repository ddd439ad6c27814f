"""Fail the n-th write, sync, truncate, rename, link, unlink or new file of a command, or kill it there; then look.

Run as `python io_faults.py SHIM FOLDER MOST PART PARTS NAME...` with the shim preloaded: one process loads the
program, and forks children that try some faults each. They add a line for each run to FOLDER/results.jsonl; what
is in there without a violation isn't tried again, so that a run that was stopped goes on. MOST 0 tries every fault
at every call, the ends of each series of like calls before the others; else so many are spread over all. Of some
processes each takes every PARTS-th fault. NAME is a verb, or `upgrade`; with `journal-off` as the first NAME it is
the control, which must find damage.
"""

from __future__ import annotations

import ctypes
import errno
import gc
import json
import os
import re
import shutil
import subprocess
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from faults.scene import (
    RELEASES,
    Figures,
    command,
    is_sound,
    make_board,
    own_home,
    partials,
    python,
    state,
    unpack,
)
from followup_tui.cli import OK, SOMETHING_FOUND
from followup_tui.store import connections
from store.damage import falsify_index, page_of, zeroed

OFF, COUNT, ONCE, STICKY, SHORT_ONCE, SHORT_STICKY, KILL = range(7)
KINDS = {
    "EIO once": (ONCE, errno.EIO),
    "EIO from then on": (STICKY, errno.EIO),
    "ENOSPC once": (ONCE, errno.ENOSPC),
    "ENOSPC from then on": (STICKY, errno.ENOSPC),
    "a short write": (SHORT_ONCE, 0),
    "a short write, then ENOSPC": (SHORT_STICKY, errno.ENOSPC),
    "kill -9": (KILL, 0),
}
SHEET = "Company,Role,Interview date\nHooli,Dev,2026-11-20\nPied Piper,Dev,2026-11-19\nGlobex,SRE,2026-11-18\n"
VERBS = (
    "add|Umbrella|Ops|--interview|fri 10:00|--with|Ann Li <ann@umbrella.example>",
    "edit|1|--role|Lead|--notes|two lines",
    "thank|1",
    "log|1|email|--override|they asked me to",
    "answer|1|decide_by|--by|fri",
    "interview|1|fri 9:00",
    "interview|1|today 15:00;seen|1",
    "note|1|they have a cat",
    "offer|1|--by|fri|--pay|62k",
    "more-time|3|--until|fri",
    "accept|3",
    "decline|3",
    "snooze|1|fri",
    "snooze|1|fri;snooze|1|--off",
    "pin|1|fri|--why|they said so|--yes",
    "pace|1|slow",
    "region|1|US-CA",
    "advance|1|2",
    "advance|2;back|2",
    "move|1|awaiting|--override|they asked me to",
    "close|2|rejected",
    "close|2|rejected;reopen|2",
    "undo",
    "undo;redo",
    "letter|2|--template|check-in|--set|my_name=Alex|--keep",
    "letter|2|--template|check-in|--set|my_name=Alex|--keep;letter|2|--draft|--discard",
    "letter|2|--template|check-in|--set|my_name=Alex|--keep;letter|2|--draft|--sent|email|--override|they asked",
    "letter|2|--template|check-in|--set|my_name=Alex|-o|{folder}/made.txt",
    "delete|4",
    "merge|3|4",
    "forget|2|--yes",
    "import|{folder}/sheet.csv",
    "export|--format|json|-o|{folder}/made.json",
    "export|--format|xlsx|-o|{folder}/made.xlsx",
    "backup",
    "backup|{folder}/made.db",
    "restore|{folder}/older.db|--yes",
    "damage index;check|--repair",
    "damage page;check|--repair",
    "--config|{folder}/made.toml|settings|theme|nord",
    "due|--all",
    "list|--all",
)
"""What is run, after other commands before each semicolon."""
_UPGRADE = "list|--all"
_NOTHING = re.compile(r"[Nn]othing (?:was|has been) (?:saved|changed|written)")
_SOMETHING = re.compile(r"(?:was|were|is|are) (?:saved|restored|repaired|upgraded|there|written|done|erased)")
_CRASHED, _KILLED = 99, -9
_DIGITS = re.compile(r"[0-9a-f]{6,}|\d+")
_FIRST, _LAST = 3, 2
_BATCH = 60
"""Faults that one child tries: it stays no longer, so that nothing which it holds on to piles up."""


@dataclass
class Ran:
    """How a command ended, what it said, and the calls it made while they were counted."""

    code: int
    said: str
    calls: list[str]


class Scene:
    """The files of a command, which are put back for each fault."""

    def __init__(self, shim: Path, folder: Path) -> None:
        self.shim = ctypes.CDLL(str(shim))
        self.shim.fault_log.restype = ctypes.c_char_p
        self.base, self.place = folder / "base", folder / "now"
        self.path = self.place / "followup.db"

    def start_over(self) -> None:
        """Put the files back as they were."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.base, self.place)

    def run(self, words: list[str], how: int = COUNT, error: int = 0, nth: int = 0) -> Ran:
        """Run a command under a fault; in a child where that is to be killed."""
        if how != KILL:
            return self._run(words, how, error, nth)
        child = os.fork()
        if child == 0:
            os._exit(self._run(words, how, error, nth).code)
        return Ran(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), "", [])

    def _run(self, words: list[str], how: int, error: int, nth: int) -> Ran:
        self._arm(how, error, nth)
        try:
            code, said = command(self.path, *words)
        except BaseException:  # noqa: BLE001  whatever it is: it came out of the program, and is told
            code, said = _CRASHED, traceback.format_exc()
        calls = self.shim.fault_log().decode().splitlines()
        self._arm(OFF)
        return Ran(code, said, calls)

    def _arm(self, how: int, error: int = 0, nth: int = 0) -> None:
        self.shim.fault_arm(f"{self.place}/".encode(), how, error, ctypes.c_long(nth))


@dataclass
class Case:
    """A command with the calls it makes, the state before it and the one after it."""

    name: str
    words: list[str]
    calls: list[str]
    old: dict[str, object]
    new: dict[str, object]
    code: int


def prepare(scene: Scene, line: str, release: Path | None) -> Case:
    """Make the files that a command begins with, and see what it does where nothing fails."""
    name = f"upgrade from {release.name.removesuffix('.db.gz')}" if release else line.replace("|", " ")
    *before, line = line.split(";")
    shutil.rmtree(scene.base, ignore_errors=True)
    scene.base.mkdir(parents=True)
    with own_home(scene.base):
        path = scene.base / "followup.db"
        if release:
            unpack(release, path)
        else:
            make_board(scene.base / "older.db")
            shutil.copy(scene.base / "older.db", path)
            command(path, "note", "2", "a second call")
            for each in before:
                damage(path, each) if each.startswith("damage") else _must_run(path, each)
            shutil.rmtree(scene.base / "followup-backups", ignore_errors=True)
            (scene.base / "sheet.csv").write_text(SHEET)
    words = line.format(folder=scene.place).split("|")
    scene.start_over()
    old = state(scene.path)
    ran = scene.run(words)
    assert ran.code in {OK, SOMETHING_FOUND}, (line, ran.said)
    return Case(name, words, ran.calls, old, state(scene.path), ran.code)


def _must_run(path: Path, line: str) -> None:
    code, said = command(path, *line.split("|"))
    assert code == 0, (line, said)


def damage(path: Path, what: str) -> None:
    """Let an index disagree with its table, or fill a page with zeros."""
    if what == "damage index":
        falsify_index(path, "ix_application_number", "UPDATE application SET number = 90 WHERE number = 4")
    else:
        path.write_bytes(zeroed(path.read_bytes(), page_of(path, "touch")))


def try_one(scene: Scene, case: Case, kind: str, nth: int, again: bool) -> tuple[str, list[str]]:
    """What a command said under a fault, and what is wrong afterwards: nothing, one hopes."""
    scene.start_over()
    ran = scene.run(case.words, *KINDS[kind], nth)
    found, wrong = state(scene.path), []
    if ran.code == _CRASHED or "Traceback" in ran.said or "hit a bug" in ran.said:
        wrong.append(f"a traceback: {ran.said[-300:]}")
    if not is_sound(found) and found != case.old:
        wrong.append(f"damaged: {str(found['damage'])[:200]}")
    elif found not in (case.old, case.new):
        wrong.append("neither the old state nor the new one")
    elif ran.code == case.code and found != case.new:
        wrong.append(f"acknowledged, and lost: {ran.said[-200:]}")
    elif ran.code == 1 and found != case.old and not _SOMETHING.search(ran.said):
        wrong.append(f"it didn't say what was saved: {ran.said[-300:]}")
    elif ran.code != 0 and _NOTHING.search(ran.said) and found != case.old:
        wrong.append(f"it said that nothing was saved, and it was: {ran.said[-300:]}")
    elif ran.code not in (case.code, 1, _KILLED):
        wrong.append(f"exit code {ran.code}: {ran.said[-200:]}")
    elif ran.code == 1 and not ran.said.strip():
        wrong.append("no sentence")
    if not wrong and (again or partials(scene.place)):
        wrong += go_on(scene, case)
    return ran.said if ran.code == 1 else "", wrong


def go_on(scene: Scene, case: Case) -> list[str]:
    """After the fault is gone the next command works, and sweeps up what was left behind."""
    left = partials(scene.place)
    for partial in left:
        os.utime(partial, (0, 0))  # nobody sweeps up what another program may still write
    swept = {partial.parent for partial in left}
    ran = scene.run(["note", "1", "and on"] if is_sound(state(scene.path)) else case.words)
    if ran.code == 0 and scene.path.with_name("followup-backups") in swept:
        ran = scene.run(["backup"])
    if ran.code == 0 and scene.place in swept:
        ran = scene.run(["backup", str(scene.place / "another.db")])
    still = partials(scene.place)
    return [] if ran.code in {OK, SOMETHING_FOUND} and not still else [f"afterwards: {ran.said[-200:]} {still}"]


def points(calls: list[str], most: int) -> list[tuple[str, int]]:
    """Every fault at every call; or so many of them, spread evenly."""
    every = [(kind, nth) for nth in range(1, len(calls) + 1) for kind in KINDS]
    if not most or most >= len(every):
        return every
    kinds = list(KINDS)
    return [(kinds[number % len(kinds)], 1 + number * len(calls) // most) for number in range(most)]


def ends_of_series(calls: list[str]) -> set[int]:
    """The first and last calls of each series that do the same to the same file, counted from 1."""
    chosen: set[int] = set()
    for _, series in groupby(range(1, len(calls) + 1), key=lambda nth: _DIGITS.sub("#", calls[nth - 1])):
        like = list(series)
        chosen.update(like[:_FIRST] + like[-_LAST:])
    return chosen


def main(shim: Path, folder: Path, most: int, part: int, parts: int, *names: str) -> None:
    """Try this process's share of the faults, and write each result down as soon as it is known."""
    if names[:1] == ("journal-off",):
        connections._WRITING = connections._WRITING.replace("journal_mode = DELETE", "journal_mode = OFF")
        names = names[1:]
    results, place = folder / "results.jsonl", folder / f"part{part}"
    done = {fault for fault, each in read(results).items() if not each["wrong"]}
    scene = Scene(shim, place)
    cases = [(line, None) for line in VERBS if not names or line.split(";")[-1].split("|")[0] in names]
    if not names or "upgrade" in names:
        cases += [(_UPGRADE, release) for release in sorted(RELEASES.glob("*.gz"))]
    with own_home(scene.place):
        for is_first in (True, False) if not most else (False,):
            for line, release in cases:
                case, start = prepare(scene, line, release), time.monotonic()
                ends = ends_of_series(case.calls) if is_first else None
                left = [
                    (kind, nth)
                    for number, (kind, nth) in enumerate(points(case.calls, most))
                    if number % parts == part and (case.name, len(case.calls), kind, nth) not in done
                    if ends is None or nth in ends
                ]
                for begin in range(0, len(left), _BATCH):
                    _try_in_child(scene, case, left[begin : begin + _BATCH], results)
                done.update((case.name, len(case.calls), *each) for each in left)
                took = time.monotonic() - start
                print(f"{case.name}: {len(case.calls)} calls, {len(left)} runs, {took:.0f} s", file=sys.stderr)


def _try_in_child(scene: Scene, case: Case, faults: list[tuple[str, int]], results: Path) -> None:
    """Try some faults in a child that begins with everything loaded, and write down each result."""
    gc.freeze()  # else the child's collector would write to all that it shares with this process
    child = os.fork()
    if child == 0:
        with results.open("a") as file:
            for number, (kind, nth) in enumerate(faults):
                said, wrong = try_one(scene, case, kind, nth, again=number % 10 == 0)
                found = {"case": case.name, "calls": len(case.calls), "kind": kind, "nth": nth}
                found |= {"call": case.calls[nth - 1], "said": said, "wrong": wrong}
                file.write(json.dumps(found) + "\n")
                file.flush()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


def read(results: Path) -> dict[tuple[object, ...], dict[str, object]]:
    """The results so far, by case, its calls, the kind of fault and the call; the newest of each."""
    newest: dict[tuple[object, ...], dict[str, object]] = {}
    for line in results.read_text().splitlines() if results.exists() else ():
        each = json.loads(line)
        newest[each["case"], each["calls"], each["kind"], each["nth"]] = each
    return newest


def compile_shim(folder: Path) -> Path:
    """Compile the shim; the path of the library."""
    shim = folder / "fault_shim.so"
    source = Path(__file__).with_name("fault_shim.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, source, "-ldl"], check=True)
    return shim


def measure(folder: Path, most: int = 0, *names: str, processes: int = 1) -> Figures:
    """Run so many processes with the shim preloaded, which go on where others stopped; the figures."""
    folder.mkdir(exist_ok=True)
    shim = compile_shim(folder)
    running = []
    for part in range(processes):
        words, environment = python(__file__, shim, folder, most, part, processes, *names, LD_PRELOAD=str(shim))
        errors = None if not most else subprocess.PIPE
        running.append(subprocess.Popen(words, env=environment, stderr=errors, text=True))
    for each in running:
        said = each.communicate()[1]
        assert each.returncode == 0, said and said[-3000:]
    found = read(folder / "results.jsonl").values()
    control = "journal-off" in names
    figures = Figures("the control, with the journal off" if control else "I/O faults", len(found))
    figures.violations = [
        f"{each['case']}, {each['kind']} at call {each['nth']}, {each['call']}: {wrong}"
        for each in found
        for wrong in each["wrong"]  # type: ignore[attr-defined]
    ]
    figures.notes = {"commands": len({each["case"] for each in found})}
    figures.notes |= Counter(str(each["kind"]) for each in found)
    return figures


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:6]), *sys.argv[6:])
