"""Measure what issue 2 promises, each as a ratio in one run: `python tests/benchmarks/run.py all`.

What is compared runs in turn, A B A B, and the medians of the ratios are told; milliseconds are for comparison
within one run only. Linux, standard library only; needs the package installed beside this interpreter.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import boards
from boards import NEEDLE, Program
from console import Repaint, running
from figures import median, ms, p95, print_table, ratio, told
from saving import Saving, pressed_in_turn, print_savings

SIZES = (10, 100, 10_000, 100_000)
KANBAN_SIZES = (10, 100, 1_000)
MOVES_IN_VIEW = "jjjjkkkk" * 3
MOVES_ALONG = "j" * 20 + "k" * 20
"""Further than a screen of 50 lines reaches, and no further than a quarter of 100 cards."""
TEXTUAL = b"\x1b[?2004h"
"""What Textual writes before its first paint and nobody else does: that pasted text is to be marked."""
CSV_ROWS = 10_000
FEW_DUE, MANY_DUE = 90, 7_500
FILTERS = "/12\b\b17\b\b13\b\b45\b\blate\x15employer 7\x15-role stage:th"
"""Words that show other cards at each key and words that all cards hold, taken back one by one and at once."""
FILTER_LIMIT = 30
"""Milliseconds that are promised for a key after the first, over everything that is known."""
FEWER_BYTES = 2_000


def first_paint(folder: Path, runs: int) -> None:
    """From the start until the first card is on the wire, 160×50, against the smallest app; then Textual's own."""
    smallest = boards.smallest(folder)
    ours = {size: boards.followup(folder, boards.board(folder, size)) for size in SIZES}
    for program in ours.values():
        _warm_up(program)
    frames: dict[int, list[float]] = {size: [] for size in SIZES}
    times: dict[int, list[float]] = {size: [] for size in (0, *SIZES)}
    for turn in range(runs + 1):
        round_ = {0: (0.0, _paint(smallest))} | {size: _frame_and_paint(program) for size, program in ours.items()}
        if turn:  # the first round fills the file cache
            for size, (frame, paint) in round_.items():
                times[size].append(paint)
                if size:
                    frames[size].append(frame)
    rows = [("smallest Textual app", ms(median(times[0])), "1", "")]
    for name, measured, limits in (
        ("first frame", frames, dict.fromkeys(SIZES, 0.4)),
        ("Textual's paint", times, {10: 1.25, 100: 1.25, 10_000: 1.25, 100_000: 2.0}),
    ):
        for size in SIZES:
            times_over = ratio(measured[size], times[0])
            result = f"at most {limits[size]}: {told(limits[size], times_over)}"
            rows.append((f"{size:,}, {name}", ms(median(measured[size])), f"{times_over:.2f}", result))
    print_table(("First paint", "median", "ratio", "promised"), rows)


def keys(folder: Path, runs: int) -> None:
    """From a cursor key to the last byte of its repaint, 160×50, once everything is loaded."""
    sizes = (100, 10_000)
    programs = {size: boards.followup(folder, boards.board(folder, size)) for size in sizes}
    for name, moves in (("in view", MOVES_IN_VIEW), ("with scrolling", MOVES_ALONG)):
        rounds: dict[int, list[list[Repaint]]] = {size: [] for size in sizes}
        for _ in range(runs):
            for size in sizes:
                rounds[size].append(_pressed(programs[size], moves))
        rows = []
        for size in sizes:
            limit = 16 if size == 10_000 else None
            rows.append((f"{size:,} applications", *_told_keys(rounds[size], limit)))
        high = {size: [p95([key.last for key in round_]) for round_ in rounds[size]] for size in sizes}
        grown = ratio(high[10_000], high[100])
        rows.append(("10,000 against 100", "", "", f"p95 × {grown:.2f}", f"at most 1.3: {told(1.3, grown)}"))
        print_table((f"Cursor, {name}", "median", "p95", "bytes a key", "promised"), rows)


def advance(folder: Path, runs: int) -> None:
    """From `L` until the move is on disk and on screen, and the synced commit alone on a file beside it."""
    saving = Saving("advance: saved and repainted", boards.board(folder, CSV_ROWS))
    pressed_in_turn(folder, runs, [saving])
    print_savings([saving], 60)


def decide(folder: Path, runs: int) -> None:
    """From `L` in the review until the decision is on disk and the next card on screen, few due and many."""
    few = Saving(f"{FEW_DUE} due", boards.quiet_board(folder, CSV_ROWS, FEW_DUE), "review")
    many = Saving(f"{MANY_DUE:,} due", boards.board(folder, CSV_ROWS), "review")
    for saving, due in ((few, FEW_DUE), (many, MANY_DUE)):
        found = json.loads(boards.followup(folder, saving.database).run("due", "--json", fine=(3,)).stdout)
        assert len(found) == due, f"{len(found)} of the applications are due instead of {due}"
    bare = pressed_in_turn(folder, runs, [few, many])
    print_savings([few, many], 70)
    grown = [("many due against few", f"× {ratio(many.whole, few.whole):.2f}"), ("bare Python", ms(median(bare)))]
    print_table(("Of the same rounds", "median"), grown)


def filtering(folder: Path, runs: int) -> None:
    """From a character of a filter, or one taken back, to the last byte of its repaint: few, many, with notes.

    The first key of each start is told apart: under it the texts are read.
    """
    databases = {
        "100 applications": boards.board(folder, 100),
        "10,000 applications": boards.board(folder, CSV_ROWS),
        "10,000 with 10 notes each": boards.noted_board(folder, CSV_ROWS, 10),
    }
    programs = {name: boards.followup(folder, database) for name, database in databases.items()}
    rounds: dict[str, list[list[Repaint]]] = {name: [] for name in programs}
    for _ in range(runs):
        for name, program in programs.items():
            rounds[name].append(_pressed(program, FILTERS)[1:])  # `/` itself repaints one line
    rows = []
    for name, pressed in rounds.items():
        first = [round_[0].last for round_ in pressed]
        later = [key.last for round_ in pressed for key in round_[1:]]
        most = max(len(key.written) for round_ in pressed for key in round_)
        promised = f"p95 under {FILTER_LIMIT} ms: {told(FILTER_LIMIT / 1e3, p95(later))}"
        busy = [key.busy for round_ in pressed for key in round_[1:]]
        thread = f"{ms(median(busy))}, {ms(p95(busy))}"
        rows.append((name, ms(median(later)), ms(p95(later)), ms(median(first)), f"{most:,}", thread, promised))
    heading = ("A filter's key", "median", "p95", "the first one", "most bytes", "screen's thread: median, p95")
    print_table((*heading, "promised"), rows)


def cli(folder: Path, runs: int) -> None:
    """Commands that print, from start to end."""
    python, ours = boards.bare_python(folder), boards.followup(folder)
    full = boards.followup(folder, boards.board(folder, CSV_ROWS))
    rows_to_import = boards.sheet(folder, CSV_ROWS)
    thousand = boards.followup(folder, boards.board(folder, 1_000))
    due = json.loads(thousand.run("due", "--all", "--json", fine=(0, 3)).stdout)
    assert len(due) >= 750, f"{len(due)} of 1,000 applications have a next action; a quarter has moved on"
    listed = json.loads(full.run("list", "--all", "--json").stdout)
    assert len(listed) == CSV_ROWS, f"{len(listed)} applications are listed"

    def import_anew() -> None:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            boards.followup(folder, Path(place) / "new.db").run("import", str(rows_to_import))

    measured: dict[str, Callable[[], object]] = {
        "bare Python": python.run,
        "`--version`": lambda: ours.run("--version"),
        "`due`, 1,000": lambda: thousand.run("due", fine=(0, 3)),
        "`due --json`, 1,000": lambda: thousand.run("due", "--json", fine=(0, 3)),
        "`list --all --json`, 10,000": lambda: full.run("list", "--all", "--json"),
        "`import`, 10,000 rows, new file": import_anew,
    }
    times = _in_turn(measured, runs)
    bare, version, due_text, due_json, listing, importing = times.values()
    promised = {
        "`--version`": f"under 3 × bare Python: {told(3, ratio(version, bare))}",
        "`due`, 1,000": f"under 4 × bare Python: {told(4, ratio(due_text, bare))}",
        "`due --json`, 1,000": f"under 4 × bare Python: {told(4, ratio(due_json, bare))}",
        "`list --all --json`, 10,000": f"under 0.5 s: {told(0.5, median(listing))}",
        "`import`, 10,000 rows, new file": f"under 3 s: {told(3, median(importing))}",
    }
    rows = [
        (name, ms(median(taken)), f"{ratio(taken, bare):.1f}", promised.get(name, ""))
        for name, taken in times.items()
    ]
    print_table(("Command line", "median", "× bare Python", "promised"), rows)


def kanban(folder: Path, runs: int, python: Path) -> None:
    """kanban-tui beside ours, on boards of the same size, and the smallest app beside both."""
    smallest = boards.smallest(folder)
    rows = []
    for size in KANBAN_SIZES:
        pair = {
            "followup-tui": (boards.followup(folder, boards.board(folder, size)), 0.15),
            "kanban-tui": (boards.kanban_board(folder, python, size), 0.5),
        }
        paints: dict[str, list[float]] = {name: [] for name in ("smallest", *pair)}
        pressed: dict[str, list[Repaint]] = {name: [] for name in pair}
        for turn in range(runs + 1):
            paints["smallest"].append(_paint(smallest))
            for name, (program, quiet) in pair.items():
                with running(program.command, program.environment) as console:
                    paints[name].append(console.first_paint(NEEDLE))
                    if turn:
                        console.settle()
                        pressed[name] += [
                            console.press(key, quiet) for key in "jjkjkjkk"[: 2 if size == 10 else 8]
                        ]
        for name in pair:
            moves = pressed[name]
            rows.append(
                (
                    f"{size:,}",
                    name,
                    ms(median(paints[name][1:])),
                    f"{ratio(paints[name][1:], paints['smallest'][1:]):.2f}",
                    ms(p95([move.last for move in moves])),
                    f"{median([len(move.written) for move in moves]):,.0f}",
                )
            )
    print_table(("Cards", "", "first paint", "× smallest app", "key to last byte, p95", "bytes a key"), rows)
    versions = _in_turn(
        {
            "bare Python": boards.bare_python(folder).run,
            "followup-tui": lambda: boards.followup(folder).run("--version"),
            "kanban-tui": lambda: boards.kanban(folder, python).run("--version"),
        },
        runs,
    )
    bare = versions["bare Python"]
    told_versions = [(name, ms(median(taken)), f"{ratio(taken, bare):.1f}") for name, taken in versions.items()]
    print_table(("`--version`", "median", "× bare Python"), told_versions)


def _paint(program: Program) -> float:
    with running(program.command, program.environment) as console:
        return console.first_paint(NEEDLE)


def _warm_up(program: Program) -> None:
    """Start it once until all is loaded: that compiles modules, and remembers the colours of the first frame."""
    with running(program.command, program.environment) as console:
        console.first_paint(NEEDLE)
        console.settle()


def _frame_and_paint(program: Program) -> tuple[float, float]:
    """Seconds until the first frame, and until Textual has painted over it."""
    with running(program.command, program.environment) as console:
        return console.first_paint(NEEDLE), console.first_paint(NEEDLE, after=TEXTUAL)


def _pressed(program: Program, moves: str) -> list[Repaint]:
    with running(program.command, program.environment) as console:
        console.first_paint(NEEDLE)
        console.settle()
        return [console.press(key) for key in moves]


def _told_keys(rounds: Sequence[Sequence[Repaint]], limit: int | None) -> tuple[str, str, str, str]:
    """Median, p95 (the median of the rounds' own), bytes, and whether both keep to what was promised."""
    high = median([p95([key.last for key in round_]) for round_ in rounds])
    sizes = [len(key.written) for round_ in rounds for key in round_]
    promised = f"under {FEWER_BYTES:,} bytes: {told(FEWER_BYTES, max(sizes))}"
    if limit is not None:
        promised = f"p95 under {limit} ms: {told(limit / 1e3, high)}; {promised}"
    middle = median([key.last for round_ in rounds for key in round_])
    return ms(middle), ms(high), f"{median(sizes):,.0f}, most {max(sizes):,}", promised


def _in_turn(measured: dict[str, Callable[[], object]], runs: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in measured}
    for turn in range(runs + 1):
        for name, work in measured.items():
            started = time.perf_counter()
            work()
            if turn:
                times[name].append(time.perf_counter() - started)
    return times


def engine(folder: Path, runs: int) -> None:
    """What comes next for 10,000 applications with ten touches each, computed by the engine alone."""
    import engine as measured

    times = measured.seconds_for(CSV_ROWS, runs)
    rows = [
        ("`next_action`, 10,000", ms(min(times)), ms(median(times)), f"under 0.5 s: {told(0.5, median(times))}")
    ]
    print_table(("Engine", "least", "median", "promised"), rows)


def insights(folder: Path, runs: int) -> None:
    """From `I` until the last number is on the screen: 10,000 applications with ten touches each."""
    import insights as measured

    counted = folder / f"{CSV_ROWS}-touched.db"
    if not counted.exists():
        measured.fill(counted, CSV_ROWS)
    shown = folder / f"{CSV_ROWS}-shown.db"
    shutil.copyfile(counted, shown)
    program = boards.followup(folder, shown)
    _warm_up(program)  # in another zone, so that it computes all steps
    keys, took = [], []
    for _ in range(runs):
        with running(program.command, program.environment) as console:
            console.first_paint(NEEDLE)
            console.settle()
            before = console.processor_seconds()
            keys.append(console.press("I", quiet=1.0).last)
            took.append(console.processor_seconds() - before)
    rows = [
        (name, ms(min(times)), ms(median(times)), f"under 0.3 s: {told(0.3, median(times))}")
        for name, times in (
            ("from the key to the last byte", keys),
            ("processor time of the program for it", took),
            ("processor time of the counting alone", measured.seconds_for(counted, runs)),
        )
    ]
    print_table(("Insights, 10,000", "least", "median", "promised"), rows)


COMMANDS = {
    "first-paint": first_paint,
    "keys": keys,
    "advance": advance,
    "decide": decide,
    "filter": filtering,
    "cli": cli,
    "engine": engine,
    "insights": insights,
}


def main() -> int:
    """Parse, make the boards where they are not there yet, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=(*COMMANDS, "kanban", "all"))
    parser.add_argument("--runs", type=int, default=0, help="rounds (first-paint 11, cli 7, the others 4)")
    parser.add_argument("--boards", type=Path, help="a folder to keep the boards in for the next time")
    parser.add_argument("--kanban-python", type=Path, metavar="PATH", help="Python with kanban-tui; see README.md")
    options = parser.parse_args()
    if options.what == "kanban" and options.kanban_python is None:
        parser.error("kanban needs --kanban-python; README.md tells how to make its environment")
    names = list(COMMANDS) if options.what == "all" else [options.what]
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.boards or Path(temporary)).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            if name in COMMANDS:
                COMMANDS[name](folder, options.runs or {"first-paint": 11, "cli": 7}.get(name, 4))
        if options.kanban_python is not None and options.what in ("kanban", "all"):
            kanban(folder, options.runs or 4, options.kanban_python.absolute())
    return 0


if __name__ == "__main__":
    sys.exit(main())
