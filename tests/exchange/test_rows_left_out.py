"""Legends, keys and notes to oneself in a sheet are no applications, and are named as left out."""

from __future__ import annotations

import pytest

from exchange.import_board import ImportBoard
from followup_tui.exchange.plan import RowResult

HEADER = "Company,Role,Status,Notes"


def results(*rows: str) -> list[tuple[RowResult, str]]:
    board = ImportBoard()
    plan = board.take("\n".join((HEADER, *rows, "")), take_all=True)
    return [(row.result, row.why if row.result is RowResult.SKIPPED else row.company) for row in plan.rows]


LEGEND = (RowResult.SKIPPED, "The row is a legend.")
NOTE = (RowResult.SKIPPED, "The row is a note.")
TOTAL = (RowResult.SKIPPED, "The row is a total.")


@pytest.mark.parametrize(
    ("row", "left_out"),
    [
        ("Legend:,green = good,,", LEGEND),
        ("Legend: green = good,,,", LEGEND),
        ("Colour key:,G = good,R = rejected,", LEGEND),
        ("Légende :,vert = favori,,", LEGEND),
        ("Farblegende:,grün = Zusage,rot = Absage,", LEGEND),
        ("Key,,,", LEGEND),
        ("green = good,yellow = waiting,,", LEGEND),
        (",\"A = applied, R = rejected\",,", LEGEND),
        ("Note to self: call Dana first,,,", NOTE),
        ("NB: dates are American,see below,,", NOTE),
        ("Hinweis:,nur Vollzeit,,", NOTE),
        ("Last updated: 20 Nov 2026,,,", NOTE),
        ("Remember to ask for feedback,x,,", NOTE),
        ("TOTAL,30,offers: 2,", TOTAL),
        ("SUM,15,offers: 1,see above", TOTAL),
        ("Total: 14,,interviewed,", TOTAL),
        ("Gesamt,12,3 Absagen,", TOTAL),
        ("Average,,,2.5 rounds each", TOTAL),
        ("Count,50 %,Offer,", TOTAL),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_above", [False, True])
def test_legends_and_notes_are_left_out_and_named(
    row: str, left_out: tuple[RowResult, str], is_above: bool
) -> None:
    application = "Acme,Dev,Interviewed,"
    rows = [row, application] if is_above else [application, row]
    expected = [left_out, (RowResult.NEW, "Acme")]
    assert results(*rows) == (expected if is_above else expected[::-1])


def test_the_lines_of_a_legend_go_on_until_something_else() -> None:
    rows = results("Legend,,,", "green,good,,", "✅,offer,,", "R,rejected,,", "Acme,Dev,,", "red,Red Ltd,,")
    assert rows[:4] == [LEGEND] * 4
    assert rows[4:] == [(RowResult.NEW, "Acme"), (RowResult.NEW, "red")]


@pytest.mark.parametrize(
    "row",
    ["Legend,Dev,Interviewed,", "Key,Account manager,,", "Orange,Dev,,", "Notion,Note taker,Interviewed,x = y",
     "Standard Bank,Teller,,", "Total,Engineer,Offer,", "Total Wine,3,Offer,", "Sum Up,Dev,,",
     "Todoist,Dev,Interviewed,", "Key Bank,A = B,,"],
)  # fmt: skip
def test_an_employer_whose_name_is_like_one_stays(row: str) -> None:
    assert results(row) == [(RowResult.NEW, row.partition(",")[0])]


@pytest.mark.parametrize(
    ("row", "is_total"),
    [
        ("TOTAL,30,,offers: 2", True),
        ("Total,30,offers: 2; no: 4,", True),
        ("Summe,12,3 Absagen,", True),
        ("Total applications: 12,,25%,", True),
        ("Total,Dev,Interviewed,", False),
        ("Total,Dev,Offer 2 days ago?,", False),
    ],
)
def test_a_total_may_name_what_it_counts(row: str, is_total: bool) -> None:
    (found,) = results(row)
    assert (found == (RowResult.SKIPPED, "The row is a total.")) == is_total
