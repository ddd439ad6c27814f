"""The page "Playbook" tells every rule of the playbook, with its reason and its sources."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

import pytest

from followup_tui.domain.views.playbook_page import playbook_page
from followup_tui.tracker.rules import SHIPPED

TABLES: dict[str, Any] = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))


def _leaves(table: Mapping[str, Any], place: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*place, name))
        else:
            yield (*place, name)


def _another(name: str, value: Any) -> Any:
    if name in ("first_by", "second_by"):
        return "phone" if value == "email" else "email"
    if name in ("then", "otherwise"):
        return "unclear"
    if name == "sources":
        return []
    return f"{value} indeed" if isinstance(value, str) else value + 1


UNTOLD = {("answer", "dont_contact", "second_by")}
"""By which way a check-in would be made that there is not."""


@pytest.mark.parametrize("place", sorted(set(_leaves(TABLES)) - UNTOLD), ids=".".join)
def test_every_value_of_the_playbook_is_told(place: tuple[str, ...]) -> None:
    changed = deepcopy(TABLES)
    table = changed
    for name in place[:-1]:
        table = table[name]
    table[place[-1]] = _another(place[-1], table[place[-1]])
    assert playbook_page(changed) != playbook_page(TABLES)


def test_each_rule_has_a_heading_its_values_and_its_why() -> None:
    passages = playbook_page(TABLES)
    assert len(passages) == len(TABLES) - 2 + len(TABLES["answer"])  # answers one by one, sources beside the rules
    assert len({passage.heading for passage in passages}) == len(passages)
    assert all(passage.values and passage.why for passage in passages)


def test_every_source_stands_beside_the_rule_whose_number_it_is() -> None:
    told = {source for passage in playbook_page(TABLES) for source in passage.sources}
    assert told == set(TABLES["source"].values())


def test_the_page_reads_as_sentences() -> None:
    thanks = next(passage for passage in playbook_page(TABLES) if passage.heading == "The thank-you")
    assert thanks.values[0].startswith("One for each interviewer once the interview is over; due within 1 day")
    assert "TopResume survey 2017" in thanks.sources[0]
