"""Several programs write at once: none loses a verb, and none is told of an error."""

from __future__ import annotations

import subprocess
from collections import Counter
from contextlib import closing
from pathlib import Path

from conftest import NOW
from faults.scene import Figures, is_sound, own_home, python, state
from followup_tui.store.reader import Reader
from followup_tui.tracker.tracker import Tracker

_VERBS_AN_APPLICATION = 6


def write_at_once(folder: Path, writers: int, verbs: int) -> Figures:
    """Let so many programs carry out so many verbs each on one file."""
    figures = Figures(f"{writers} writers of {verbs:,} verbs each at once", runs=writers * verbs)
    path = folder / "followup.db"
    with own_home(folder):
        with closing(Tracker(path)) as tracker:
            tracker.prepare()
        words, environment = python(Path(__file__).with_name("run_commands.py"), path, verbs)
        programs = [
            subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(writers)
        ]
        said: Counter[str] = Counter()
        worst = 0.0
        for program in programs:
            out, err = program.communicate()
            *labels, longest = out.splitlines() or ["nan"]
            said.update(labels)
            worst = max(worst, float(longest))
            if program.returncode or err or len(labels) != verbs:
                figures.violations.append(
                    f"one ended with {program.returncode} after {len(labels)}: {err[-1500:]}"
                )
        with closing(Reader(path)) as reader:
            if Counter(entry.label for entry in reader.journal(limit=None)) != said:
                figures.violations.append("what was acknowledged and what is there differ")
            numbers = sorted(card.number for card in reader.cards(NOW))
        if numbers != list(range(1, writers * -(-verbs // _VERBS_AN_APPLICATION) + 1)):
            figures.violations.append("a number was given twice")
        if not is_sound(state(path)):
            figures.violations.append("the file is damaged")
    figures.notes["worst wait"] = f"{worst:.2f} s"
    return figures
