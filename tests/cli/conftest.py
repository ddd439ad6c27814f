"""The program as it is used in a shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from run_cli import Shell


@pytest.fixture
def shell(database: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Runs commands on the test's database, in this process."""
    return Shell(database, capsys)
