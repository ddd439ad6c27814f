"""Boards of Trello: lists are stages, and a card is due when its interview is, or the answer to its offer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from exchange.import_board import ImportBoard, sheet
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import BadInput
from followup_tui.exchange.plan import ImportSource
from followup_tui.exchange.sheets.sheet_files import read_tables
from followup_tui.exchange.source_kind import SourceKind, kind_of

DUE = "2026-11-24T19:00:00.000Z"


def board_json(**card: Any) -> str:
    """Return a board with one card."""
    lists = [{"id": name, "name": name} for name in ("Applied", "Interviewing", "Offer", "Wish list")]
    known = {"id": "c", "name": "Acme - Developer", "desc": "", "labels": [], "due": DUE, "idList": "Interviewing"}
    said = {"type": "commentCard", "data": {"text": "nice people", "card": {"id": "c"}}}
    items = {"idCard": "c", "name": "To do", "checkItems": [{"name": "ring Dana", "state": "complete"}]}
    cards = [known | card]
    return json.dumps({"name": "Hunt", "lists": lists, "cards": cards, "actions": [said], "checklists": [items]})


def taken(text: str) -> ApplicationDetails:
    board = ImportBoard()
    board.take(text)
    return board.only()


def test_a_card_has_its_stage_by_its_list_and_its_interview_when_it_is_due() -> None:
    text = board_json(desc="ask about Go", labels=[{"name": "remote"}])
    assert kind_of(ImportSource("board.json", text.encode())) is SourceKind.SHEET
    found = taken(text)
    assert (found.application.company, found.application.role) == ("Acme", "Developer")
    assert [f"{each.starts_at:%d.%m. %H:%M}" for each in found.interviews] == ["24.11. 19:00"]
    assert found.application.tags == ("remote",)
    assert found.application.notes.split("\n") == ["ask about Go", "nice people", "To do: ring Dana (complete)"]


def test_a_card_elsewhere_is_due_for_its_offer_or_keeps_the_day_in_the_notes() -> None:
    (offer,) = taken(board_json(idList="Offer")).offers
    assert str(offer.answer_by) == "2026-11-24"
    applied = taken(board_json(idList="Applied"))
    assert applied.interviews == ()
    assert f"Due Date: {DUE}" in applied.application.notes
    assert applied.application.applied_on is None


def test_due_dates_of_cards_in_a_sheet_are_read_too() -> None:
    header = "Task Name,Due Date,Status"
    found = taken(sheet(header, ["Acme - Developer,2026-11-20,Interview", "Borg - Dev,,Applied"][:1]))
    assert [each.starts_at.day for each in found.interviews] == [20]


@pytest.mark.parametrize(
    "broken", ["{", '{"lists": 1, "cards": [], "idList": 0}', '{"lists": [], "cards": [{"idList": 1}]}']
)
def test_a_damaged_board_is_refused(broken: str) -> None:
    with pytest.raises(BadInput):
        read_tables(ImportSource("board.json", broken.encode()), {})
