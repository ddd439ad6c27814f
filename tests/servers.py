"""Tests that need a server's program skip without it, unless servers are required."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def skip_test(why: str) -> NoReturn:
    """Skip a test because a server is missing, or fail it if FOLLOWUP_SERVERS says that they are required."""
    if os.environ.get("FOLLOWUP_SERVERS") == "required":
        pytest.fail(f"{why}, and FOLLOWUP_SERVERS says that it must be there")
    pytest.skip(why)
