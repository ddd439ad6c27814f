"""Fail the n-th write, sync, truncate, rename, link or unlink of a command, or be killed there; look at the file.

Run as `python io_faults.py SHIM FOLDER MOST NAME...` with the shim preloaded: one process loads the program, and
forks a child for each fault. Prints the figures as JSON. MOST 0 tries every point; else so many are spread over
all. NAME is a verb's first word, or `upgrade`; `journal-off` as the first NAME is the control, which must find
damage.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import re
import shutil
import subprocess
import sys
import traceback
from collections import Counter
from dataclasses import asdict, dataclass
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
from followup_tui.store import connections

COUNT, ONCE, STICKY, SHORT_ONCE, SHORT_STICKY, KILL = range(1, 7)
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
    "note|1|they have a cat",
    "offer|1|--by|fri|--pay|62k",
    "accept|3",
    "snooze|1|fri",
    "advance|1|2",
    "close|2|rejected",
    "undo",
    "redo",
    "letter|2|--template|check-in|--set|my_name=Alex|--keep",
    "delete|4",
    "merge|3|4",
    "forget|2|--yes",
    "import|{folder}/sheet.csv",
    "export|--format|json|-o|{folder}/all.json",
    "backup",
    "backup|{folder}/copy.db",
    "restore|{folder}/older.db|--yes",
    "check|--repair",
)
_NOTHING = re.compile(r"[Nn]othing (?:was|has been) (?:saved|changed|written)")
_CRASHED, _KILLED = 99, -9


@dataclass
class Ran:
    """How a forked command ended, what it said, and how many calls it made."""

    code: int
    said: str
    calls: int


class Server:
    """Has everything loaded, and forks a child for each command."""

    def __init__(self, shim: Path, folder: Path) -> None:
        self.shim = ctypes.CDLL(str(shim))
        self.shim.fault_calls.restype = ctypes.c_long
        self.base, self.place, self.out = folder / "base", folder / "now", folder / "said"
        self.path = self.place / "followup.db"

    def start_over(self) -> None:
        """Put the files back as they were."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.base, self.place)

    def run(self, words: list[str], how: int = COUNT, error: int = 0, nth: int = 0) -> Ran:
        """Run a command in a child under a fault."""
        child = os.fork()
        if child == 0:
            os._exit(self._in_child(words, how, error, nth))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        calls, _, said = self.out.read_text().partition("\n") if code != _KILLED else ("0", "", "")
        return Ran(code, said, int(calls))

    def _in_child(self, words: list[str], how: int, error: int, nth: int) -> int:
        self.shim.fault_arm(f"{self.place}/".encode(), how, error, ctypes.c_long(nth))
        try:
            code, said = command(self.path, *words)
        except BaseException:  # noqa: BLE001  whatever it is: it came out of the program, and is told
            code, said = _CRASHED, traceback.format_exc()
        calls = self.shim.fault_calls()
        self.out.write_text(f"{calls}\n{said}")
        return code


@dataclass
class Case:
    """A command with the state before it and the one after it."""

    words: list[str]
    calls: int
    old: dict[str, object]
    new: dict[str, object]


def prepare(server: Server, line: str, release: Path | None) -> Case:
    """Make the files that a command begins with, and see what it does where nothing fails."""
    shutil.rmtree(server.base, ignore_errors=True)
    server.base.mkdir(parents=True)
    with own_home(server.base):
        if release:
            unpack(release, server.base / "followup.db")
        else:
            make_board(server.base / "older.db")
            shutil.copy(server.base / "older.db", server.base / "followup.db")
            command(server.base / "followup.db", "note", "2", "a second call")
            if line.startswith("redo"):
                command(server.base / "followup.db", "undo")
            shutil.rmtree(server.base / "followup-backups", ignore_errors=True)
            (server.base / "sheet.csv").write_text(SHEET)
    words = line.format(folder=server.place).split("|")
    server.start_over()
    command(server.path, *words)  # here, so that all that it loads is loaded before the first fork
    server.start_over()
    old = state(server.path)
    ran = server.run(words)
    assert ran.code == 0, (line, ran.said)
    return Case(words, ran.calls, old, state(server.path))


def try_one(server: Server, case: Case, kind: str, nth: int, again: bool) -> list[str]:
    """What is wrong after one fault: nothing, one hopes."""
    server.start_over()
    ran = server.run(case.words, *KINDS[kind], nth)
    found, wrong = state(server.path), []
    if ran.code == _CRASHED or "Traceback" in ran.said or "fault of its own" in ran.said:
        wrong.append(f"a traceback: {ran.said[-300:]}")
    if not is_sound(found):
        wrong.append(f"damaged: {str(found['damage'])[:200]}")
    elif found not in (case.old, case.new):
        wrong.append("neither the old state nor the new one")
    elif ran.code == 0 and found != case.new:
        wrong.append("acknowledged, and lost")
    elif ran.code != 0 and _NOTHING.search(ran.said) and found != case.old:
        wrong.append(f"it said that nothing was saved, and it was: {ran.said[-200:]}")
    elif ran.code not in (0, 1, _KILLED):
        wrong.append(f"exit code {ran.code}: {ran.said[-200:]}")
    elif ran.code == 1 and not ran.said.strip():
        wrong.append("no sentence")
    if not wrong and (again or partials(server.place)):
        wrong += go_on(server, kind)
    return wrong


def go_on(server: Server, kind: str) -> list[str]:
    """After the fault is gone the next command works, and sweeps up what was left behind."""
    left = partials(server.place)
    for partial in left:
        os.utime(partial, (0, 0))  # nobody sweeps up what another program may still write
    swept = {partial.parent for partial in left}
    ran = server.run(["note", "1", "and on"])
    if ran.code == 0 and server.path.with_name("followup-backups") in swept:
        ran = server.run(["backup"])
    if ran.code == 0 and server.place in swept:
        ran = server.run(["backup", str(server.place / "another.db")])
    still = partials(server.place)
    return [] if ran.code == 0 and not still else [f"afterwards: {ran.said[-200:]} {still}"]


def points(calls: int, most: int) -> list[tuple[str, int]]:
    """Every fault at every call; or so many of them, spread evenly."""
    every = [(kind, nth) for nth in range(1, calls + 1) for kind in KINDS]
    if not most or most >= len(every):
        return every
    return [every[number * len(every) // most] for number in range(most)]


def main(shim: Path, folder: Path, most: int, names: list[str]) -> None:
    control = names[:1] == ["journal-off"]
    if control:
        connections._WRITING = connections._WRITING.replace("journal_mode = DELETE", "journal_mode = OFF")
        names = names[1:]
    figures = Figures("the control, with the journal off" if control else "I/O faults")
    kinds: Counter[str] = Counter()
    server = Server(shim, folder)
    with own_home(folder / "elsewhere"):
        cases = [(line, None) for line in VERBS if not names or line.split("|")[0] in names]
        if not names or "upgrade" in names:
            cases += [("list|--all", release) for release in sorted(RELEASES.glob("*.gz"))]
        for line, release in cases:
            case = prepare(server, line, release)
            name = f"upgrade from {release.name.removesuffix('.db.gz')}" if release else line.split("|")[0]
            for number, (kind, nth) in enumerate(points(case.calls, most)):
                wrong = try_one(server, case, kind, nth, again=number % 10 == 0)
                figures.violations += [f"{name}, {kind} at call {nth}: {each}" for each in wrong]
                figures.runs += 1
                kinds[kind] += 1
            print(f"{name}: {case.calls} calls, {len(figures.violations)} violations so far", file=sys.stderr)
    figures.notes = dict(kinds)
    print(json.dumps(asdict(figures)))


def compile_shim(folder: Path) -> Path:
    """Compile the shim; the path of the library."""
    shim = folder / "fault_shim.so"
    source = Path(__file__).with_name("fault_shim.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, source, "-ldl"], check=True)
    return shim


def measure(folder: Path, most: int = 0, *names: str) -> Figures:
    """Run the fork server with the shim preloaded; its figures."""
    shim = compile_shim(folder)
    words, environment = python(__file__, shim, folder, most, *names, LD_PRELOAD=str(shim))
    ran = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    return Figures(**json.loads(ran.stdout.splitlines()[-1]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
