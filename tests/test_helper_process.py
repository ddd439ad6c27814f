"""A second process does a share of long work: the results are the same, whatever becomes of it."""

from __future__ import annotations

import math
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, dataclass

import pytest

from followup_tui import helper_process
from followup_tui.helper_process import HelperProcess, open_helper, pickle_by_fields
from followup_tui.shared_work import HelperGone, SharedWork

NUMBERS = list(range(200))
ROOTS = list(map(math.isqrt, NUMBERS))


@pytest.fixture
def helper() -> Iterator[HelperProcess]:
    helper = HelperProcess(["math"])
    yield helper
    helper.close()


@pytest.fixture
def broken() -> HelperProcess:
    helper = HelperProcess([])
    helper.close()
    return helper


def shared(helper: HelperProcess | None) -> SharedWork[int, int]:
    work: SharedWork[int, int] = SharedWork(math.isqrt, helper)
    for number in NUMBERS:
        work.add(number)
    return work


def test_results_come_in_the_order_of_the_items(helper: HelperProcess) -> None:
    assert list(shared(helper).finish()) == ROOTS
    assert list(SharedWork(math.isqrt, helper).map(NUMBERS)) == list(zip(NUMBERS, ROOTS, strict=True))


def test_the_helper_takes_what_waits_while_this_process_does_something_else(helper: HelperProcess) -> None:
    work = shared(helper)
    while work._left:  # nobody but the helper takes any
        time.sleep(0.01)
    assert list(work.finish()) == ROOTS


def test_several_works_share_one_helper(helper: HelperProcess) -> None:
    roots, negative = shared(helper), SharedWork(abs, helper)
    for number in NUMBERS:
        negative.add(-number)
    assert list(roots.finish()) == ROOTS
    assert list(negative.finish()) == NUMBERS


def test_without_a_helper_one_item_is_kept_of_what_is_read_step_by_step() -> None:
    taken = []
    items = (taken.append(number) or number for number in NUMBERS)
    for place, _ in enumerate(SharedWork(math.isqrt, None).map(items)):
        assert len(taken) == place + 1
    assert taken == NUMBERS


def test_what_a_broken_helper_leaves_is_done_here(broken: HelperProcess) -> None:
    assert list(shared(broken).finish()) == ROOTS
    assert list(SharedWork(math.isqrt, broken).map(NUMBERS)) == list(zip(NUMBERS, ROOTS, strict=True))


def test_a_helper_that_is_killed_at_work_loses_nothing(helper: HelperProcess) -> None:
    work = shared(helper)
    helper._process.kill()
    assert list(work.finish()) == ROOTS


def test_who_asks_half_a_question_is_not_left_waiting(helper: HelperProcess) -> None:
    function = helper.dump(abs)
    with pytest.raises((pickle.PicklingError, AttributeError)):
        helper.ask(function, [*NUMBERS, lambda: None])
    with pytest.raises(HelperGone):
        helper.ask(function, 1)


def test_an_error_is_raised_here(helper: HelperProcess) -> None:
    work: SharedWork[int, int] = SharedWork(math.isqrt, helper)
    work.add(-1)
    with pytest.raises(ValueError, match="nonnegative"):
        list(work.finish())


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    name: str
    people: int = 0
    parts: tuple[Town, ...] = ()


def test_what_is_pickled_by_its_fields_is_equal_and_frozen() -> None:
    town = Town(name="Berlin", parts=(Town(name="Mitte", people=1),))
    plain = pickle.dumps(town)
    pickle_by_fields(Town)
    quick = pickle.dumps(town)
    assert quick != plain
    again = pickle.loads(quick)
    assert again == pickle.loads(plain) == town
    with pytest.raises(FrozenInstanceError):
        again.name = "Bonn"


def test_without_a_second_core_or_process_there_is_no_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(helper_process, "_cores", lambda: 1)
    with open_helper([]) as none:
        assert none is None
    monkeypatch.setattr(helper_process, "_cores", lambda: 2)
    monkeypatch.setattr(subprocess, "Popen", refuse)
    with open_helper([]) as none:
        assert none is None
    assert list(shared(none).finish()) == ROOTS


def test_the_helper_ends_with_its_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helper_process, "_cores", lambda: 2)
    with open_helper(["math"]) as helper:
        assert helper is not None
        assert helper._process.poll() is None
    assert helper._process.poll() is not None


def test_the_helper_ends_when_whoever_started_it_is_killed() -> None:
    command = (sys.executable, "-m", "followup_tui.helper_process", "math")
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")
