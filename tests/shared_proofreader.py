"""One proofreader for many commands: Harper takes a second to start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from followup_tui.cli.commands import proof
from followup_tui.letters.proofreader.proofreader import Proofreader


class SharedProofreader(Proofreader):
    """Started once; a command that starts or closes it does nothing."""

    def start(self) -> None:
        """It runs already."""

    def close(self) -> None:
        """The next command needs it too."""


@pytest.fixture(scope="session")
def shared_proofreader() -> Iterator[SharedProofreader]:
    shared = SharedProofreader()
    Proofreader.start(shared)
    yield shared
    Proofreader.close(shared)


@pytest.fixture
def quick_proofreader(shared_proofreader: SharedProofreader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands of this process take the proofreader that runs already."""
    monkeypatch.setattr(proof, "Proofreader", lambda **_: shared_proofreader)
