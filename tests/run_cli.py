"""The command line as a test types it: in this process, or as a program of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from followup_tui.cli.main import main
from made_once import made_once


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Shell:
    """Types commands for one database."""

    def __init__(self, database: Path | str, capsys: pytest.CaptureFixture[str]) -> None:
        self.database = database
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Ran:
        self._capsys.readouterr()
        code = main(["--db", str(self.database), *arguments])
        said = self._capsys.readouterr()
        return Ran(code, said.out, said.err)

    def well(self, *arguments: str) -> Ran:
        """A command that must end well."""
        ran = self(*arguments)
        assert ran.code == 0, ran
        return ran

    def begin(self, *commands: tuple[str, ...]) -> Shell:
        """Commands that many tests begin with, and that must end well; the shell."""
        made_once(self.database, commands, lambda: [self.well(*command) for command in commands])
        return self

    def card(self, id: str = "1") -> dict[str, Any]:
        """Everything about one application."""
        found: dict[str, Any] = self.well("show", id, "--json").json
        return found


def program(
    *arguments: str | bytes, stdin: bytes | None = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """`followup-tui` in a process of its own, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "followup_tui", *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
        timeout=60,
    )
