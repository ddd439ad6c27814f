"""What it says is saved survives kills, other writers, full disks and I/O errors: the short form of `run.py`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from faults.run import PARTS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="faults are made with Linux's own means")


@pytest.mark.parametrize("name", PARTS)
def test_nothing_acknowledged_is_lost_and_nothing_is_damaged(name: str, tmp_path: Path) -> None:
    if name in {"io", "control"} and shutil.which("cc") is None:
        pytest.skip("there is no C compiler")
    for figures in PARTS[name](tmp_path, False):
        assert figures.runs
        assert figures.violations == []
