from __future__ import annotations

import pytest

from followup_tui.letters.proofreader.proofreader import Proofreader


@pytest.fixture(scope="session")
def reader(shared_proofreader: Proofreader) -> Proofreader:
    return shared_proofreader
