"""What a gesture costs, at most: one reading to ask, one inside the transaction, one look at the clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from house.gestures import GESTURES, LETTER, THANK, Counts, Gesture, measure

_measured: dict[str, Counts] = {}
"""By gesture: it costs the same every time in one process."""


async def _counts(gesture: Gesture, folder: Path) -> Counts:
    if gesture.name not in _measured:
        _measured[gesture.name] = await measure(gesture, folder)
    return _measured[gesture.name]


@pytest.mark.parametrize("gesture", GESTURES, ids=lambda gesture: gesture.name)
async def test_a_gesture_is_counted(gesture: Gesture, tmp_path: Path) -> None:
    counts = await _counts(gesture, tmp_path)
    assert counts.reads >= 1
    assert counts.analyses >= 1
    assert counts.clock_reads >= 1
    assert {"ui/app.py", "tracker/clock.py"} <= counts.files


@pytest.mark.parametrize(("gesture", "most"), [(THANK, 55), (LETTER, 79)], ids=["thank", "letter"])
async def test_a_gesture_goes_through_no_more_files_than_it_does(
    gesture: Gesture, most: int, tmp_path: Path
) -> None:
    files = (await _counts(gesture, tmp_path)).files
    assert len(files) <= most, sorted(files)


def _too_much(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason)


@_too_much("55 files today")
async def test_a_thank_you_goes_through_few_files(tmp_path: Path) -> None:
    files = (await _counts(THANK, tmp_path)).files
    assert len(files) <= 40, sorted(files)


async def test_a_thank_you_reads_the_application_once_to_ask_and_once_to_write(tmp_path: Path) -> None:
    assert (await _counts(THANK, tmp_path)).reads <= 2


async def test_a_thank_you_analyses_the_history_at_most_three_times(tmp_path: Path) -> None:
    assert (await _counts(THANK, tmp_path)).analyses <= 3


async def test_a_thank_you_reads_the_clock_once(tmp_path: Path) -> None:
    assert (await _counts(THANK, tmp_path)).clock_reads <= 1


@_too_much("79 files today")
async def test_a_letter_goes_through_few_files(tmp_path: Path) -> None:
    files = (await _counts(LETTER, tmp_path)).files
    assert len(files) <= 60, sorted(files)


async def test_a_letter_reads_the_application_at_most_four_times(tmp_path: Path) -> None:
    assert (await _counts(LETTER, tmp_path)).reads <= 4
