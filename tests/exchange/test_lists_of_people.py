"""A list of people is refused with a sentence that says so; applications with people in them are read."""

from __future__ import annotations

import pytest

from exchange.import_board import ImportBoard
from followup_tui.domain.model.errors import BadInput
from followup_tui.exchange.plan import ImportSource
from followup_tui.exchange.sheets.formats import parse_hand_words
from followup_tui.exchange.sheets.importer import plan_import

PEOPLE = "Name,Company,Email,Phone,Role\nRuth Penhallow,Aldermoor,r@aldermoor.example,,Head of Platform\n"


@pytest.mark.parametrize(
    "sheet",
    [
        PEOPLE,
        PEOPLE.replace("Name", "Full name"),
        PEOPLE.replace("Name", "Contact"),
        "Company,Name,Position,LinkedIn\nAldermoor,Ruth Penhallow,CTO,https://www.linkedin.com/in/ruth\n",
        "Firma,Name,Telefon,Position\nAldermoor,Frau Dr. Schäfer,0731 12345,Leiterin Technik\n",
    ],
)
def test_a_list_of_people_is_refused_as_one(sheet: str) -> None:
    with pytest.raises(BadInput, match=r"looks like a list of people.*Address cards"):
        ImportBoard().plan(sheet)


@pytest.mark.parametrize(
    "sheet",
    [
        "Company,Role,Contact,Email\nAldermoor,Dev,Ruth Penhallow,r@aldermoor.example\n",
        PEOPLE.replace("Phone", "Status"),
        PEOPLE.replace("Phone", "Applied on"),
        PEOPLE.replace("Phone", "Interview"),
        PEOPLE.replace("Ruth Penhallow", "Platform team 3"),
    ],
)
def test_what_tells_of_applications_is_read(sheet: str) -> None:
    assert len(ImportBoard().plan(sheet).rows) == 1


def test_the_user_can_say_that_each_row_is_an_application() -> None:
    board = ImportBoard()
    plan = plan_import(
        [ImportSource("people.csv", PEOPLE.encode())],
        existing=(),
        now=board.now,
        zone=board.now.tzinfo,  # type: ignore[arg-type]
        first_number=1,
        take_all=True,
        words=parse_hand_words(["nothing=Name"], []),
    )
    assert [(row.company, row.role) for row in plan.rows] == [("Aldermoor", "Head of Platform")]
