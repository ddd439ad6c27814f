"""One proofreader for all tests of a process: Harper takes a second of it to start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from followup_tui.letters.proofreader.proofreader import Proofreader


@pytest.fixture(scope="session")
def reader() -> Iterator[Proofreader]:
    reader = Proofreader()
    reader.start()
    yield reader
    reader.close()
