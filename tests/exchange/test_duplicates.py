"""Which rows are about the same application: never where anything that is known speaks against it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.import_board import WEDNESDAY, ZONE, ImportBoard, sheet
from followup_tui.domain.commands.merge import merge
from followup_tui.domain.model.application import Application, Outcome, Stage
from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.text import could_be_one_company, fold_company
from followup_tui.exchange.plan import RowResult

NEW, MERGED, SAME = RowResult.NEW, RowResult.MERGED, RowResult.SAME
CASES = Path(__file__).parent / "cases"
HEADER = "Company,Role,Status,Location,Link,Applied,Interview date"


def case(name: str) -> str:
    return (CASES / name).read_text(encoding="utf-8")


def results(*rows: str, board: ImportBoard | None = None) -> list[RowResult]:
    return [row.result for row in (board or ImportBoard()).take(sheet(HEADER, rows)).rows]


def known(**fields: object) -> ImportBoard:
    """Return a board with one application that the user added."""
    board = ImportBoard()
    acme = Application(number=3, company="Acme GmbH", role="Dev", stage_at=WEDNESDAY, created_at=WEDNESDAY)
    board.edit([Edit(None, replace(acme, **fields))])  # type: ignore[arg-type]
    return board


@pytest.mark.parametrize(
    ("name", "count"),
    [("F02-three-openings-one-title.csv", 3), ("F29-fragment-links.csv", 2), ("F29-one-careers-page.csv", 4)],
)
def test_the_given_cases_stay_apart_and_reading_them_again_changes_nothing(name: str, count: int) -> None:
    board = ImportBoard()
    assert [row.result for row in board.take(case(name)).rows] == [NEW] * count
    again = board.take(case(name))
    assert [row.result for row in again.rows] == [SAME] * count
    assert again.change is None
    assert not any(row.is_remarked for row in again.rows)


def test_three_openings_of_one_title_are_one_rejected_one_to_thank_and_one_ahead() -> None:
    board = ImportBoard()
    plan = board.take(case("F02-three-openings-one-title.csv"))
    assert [(each.stage, each.outcome) for each in board.applications] == [
        (Stage.MOVED_ON, Outcome.REJECTED),
        (Stage.INTERVIEWED, None),
        (Stage.INTERVIEWED, None),
    ]
    assert [len(each.interviews) for each in board.details.values()] == [1, 1, 1]
    assert "Not the same as line 2 of sheet0.csv (the links differ)." in plan.rows[1].why


@pytest.mark.parametrize(
    "rows",
    [
        # Different companies, whatever the link.
        ("Acme GmbH,Dev,Interview,,https://x.example/1,,", "Acme AG,Dev,Interview,,https://x.example/1,,"),
        ("Navona,Dev,Interview,,https://x.example/jobs/view,,", "Beta,Dev,Interview,,https://x.example/jobs/view,,"),
        ("A,Dev,Interview,,linkedin.com/jobs/view/4000000,,", "B,Dev,Interview,,linkedin.com/jobs/view/4000000,,"),
        ("Muller,Dev,Interview,,https://x.example/1,,", "Mueller,Dev,Interview,,https://x.example/1,,"),
        ("Acme,Dev,Interview,,,,", "Acme GmbH,Dev,Interview,,,,"),
        # Different specific links.
        ("A,Dev,Interview,,https://a.example/#/job/17,,", "A,Dev,Interview,,https://a.example/#/job/18,,"),
        ("A,Dev,Interview,,https://a.example/c?gh_jid=1,,", "A,Dev,Interview,,https://a.example/c?gh_jid=2,,"),
        ("A,Dev,Interview,,https://a.example/c#17,,", "A,Dev,Interview,,https://a.example/c#18,,"),
        ("A,Dev,Interview,,https://a.example/ads/dev-berlin,,", "A,Dev,Interview,,https://a.example/ads/dev-rome,,"),
        # Different towns, with the same link or none.
        ("A,Dev,Interview,Calgary,,,", "A,Dev,Interview,Burnaby,,,"),
        ('A,Dev,Interview,Portland OR,https://a.example/1,,', 'A,Dev,Interview,Portland ME,https://a.example/1,,'),
        # Different roles with one link: a careers page.
        ("A,Analyst,Interview,,https://a.example/jobs/1,,", "A,Designer,Interview,,https://a.example/jobs/1,,"),
        ("A,Senior Dev,Interview,,https://a.example/jobs/1,,", "A,Junior Dev,Interview,,https://a.example/jobs/1,,"),
        # One that ended, and one that was applied for or interviewed later.
        ("A,Dev,Rejected,,,2026-03-01,", "A,Dev,Interview,,,2026-03-02,"),
        ("A,Dev,Rejected,,https://a.example/1,2026-03-01,", "A,Dev,Interview,,https://a.example/1,2026-09-01,"),
        ("A,Dev,Rejected,,,,2026-10-05", "A,Dev,Interview,,,,2026-11-16"),
        ("A,Dev,Offer accepted,,,2026-03-01,2026-03-10", "A,Dev,Interview,,,,2026-11-24"),
        # Applied for months apart.
        ("A,Dev,Interview,,,2026-03-01,", "A,Dev,Interview,,,2026-09-01,"),
    ],
)  # fmt: skip
def test_these_are_two_whatever_their_order_and_stay_two(rows: tuple[str, str]) -> None:
    for order in (rows, rows[::-1]):
        board = ImportBoard()
        assert results(*order, board=board) == [NEW, NEW]
        assert results(*order, board=board) == [SAME, SAME]
        assert results(*order[::-1], board=board) == [SAME, SAME]
        one_by_one = ImportBoard()
        assert [results(row, board=one_by_one) for row in order] == [[NEW], [NEW]]


@pytest.mark.parametrize(
    "rows",
    [
        ("A,Dev,Interview,,,,", "a,  DEV,Interview,,,,"),
        ("Acme Inc.,Dev,Interview,,,,", "ACME INC,Dev (m/w/d),Interview,,,,"),
        ("Acme,Dev,Interview,,https://x.example/1,,", "Acme GmbH,Dev,Interview,,http://www.x.example/1/#apply,,"),
        ("The Acme,Dev,Interview,,https://x.example/1,,", "Acme,Developer,Interview,,https://x.example/1,,"),
        ("A,Dev,Interview,,https://a.example/careers,,", "A,Dev,Interview,,https://a.example/jobs/17,,"),
        ("A,Dev,Interview,,https://a.example,,", "A,Dev,Interview,,,,"),
        ("A,Dev,Interview,Berlin,,,", "A,Dev,Interview,Berlin (hybrid),,,"),
        ("A,Dev,Interview,Remote,,,", "A,Dev,Interview,Berlin,,,"),
        ("A,Dev,Interview,,,2026-11-02,", "A,Dev,Interview,,,2026-11-03,"),
        ("A,Dev,Interview,,,,2026-11-10", "A,Dev,Interview,,,,2026-11-17"),
        ("A,Dev,Interview,,,,2026-11-10", "A,Dev,Rejected,,,,2026-11-10"),
        ("A,Dev,Interview,,indeed.com/viewjob?jk=4a&from=x,,", "A,Dev,Interview,,de.indeed.com/rc/clk?jk=4a,,"),
    ],
)  # fmt: skip
def test_these_are_one_whatever_their_order(rows: tuple[str, str]) -> None:
    for order in (rows, rows[::-1]):
        board = ImportBoard()
        assert results(*order, board=board)[0] is NEW
        assert len(board.details) == 1
        assert results(*order, board=board) == [SAME, SAME]


def test_a_requisition_number_in_the_notes_tells_two_openings_apart() -> None:
    header = "Company,Role,Status,Notes"
    rows = [("A", "Dev", "Interview", "Job ID: R-1101"), ("A", "Dev", "Interview", "Job ID: R-1102")]
    plan = ImportBoard().take(sheet(header, rows))
    assert [row.result for row in plan.rows] == [NEW, NEW]
    assert "the requisition numbers differ" in plan.rows[1].why
    rows = [("A", "Dev", "Interview", "Job: ask about pay"), ("A", "Dev", "Interview", "Ref: Sam")]
    assert [row.result for row in ImportBoard().take(sheet(header, rows)).rows] == [NEW, MERGED]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_row_without_link_that_fits_several_openings_is_one_of_its_own_with_a_remark(place: int) -> None:
    rows = ["A,Dev,Interview,,https://a.example/1,,", "A,Dev,Interview,,https://a.example/2,,"]
    rows.insert(place, "A,Dev,Interview,,,,")
    board = ImportBoard()
    plan = board.take(sheet(HEADER, rows))
    assert [row.result for row in plan.rows] == [NEW, NEW, NEW]
    assert any("isn't certain" in row.why for row in plan.rows)
    assert results(*rows, board=board) == [SAME, SAME, SAME]


def test_a_date_in_common_makes_it_certain() -> None:
    rows = ["A,Dev,Interview,,https://a.example/1,2026-11-02,", "A,Dev,Interview,,https://a.example/2,2026-11-09,"]
    assert results(*rows, "A,Dev,Interview,,,2026-11-09,") == [NEW, NEW, SAME]


def test_a_company_whose_name_lacks_the_legal_form_is_remarked_and_another_form_is_not() -> None:
    (row,) = known().plan(sheet(HEADER, ["Acme,Dev,Interview,,,,2026-11-17"])).rows
    assert (row.result, row.is_remarked) == (NEW, True)
    assert "It could be Acme GmbH · Dev (#3), but the company's name differs" in row.why
    (row,) = known().plan(sheet(HEADER, ["Acme AG,Dev,Interview,,,,2026-11-17"])).rows
    assert (row.result, row.is_remarked) == (NEW, False)


@pytest.mark.parametrize(
    ("row", "result"),
    [
        ("Fjord AS,Dev,Interview,,,2026-10-28,2026-11-10", MERGED),
        ("Fjord AS,Dev,Interview,,,2026-10-28,2026-11-11", NEW),
        ("Fjord AS,Dev,Interview,,,2026-10-29,2026-11-10", NEW),
        ("Fjord AS,Dev,Interview,,,,2026-11-10", NEW),
        ("Fjord AS,Senior Dev,Interview,,,2026-10-28,2026-11-10", NEW),
        ("Fjord Labs,Dev,Interview,,,2026-10-28,2026-11-10", NEW),
    ],
)
def test_only_the_legal_form_differs_where_role_and_days_are_the_same(row: str, result: RowResult) -> None:
    board = ImportBoard()
    board.take(sheet(HEADER, ["Fjord,Dev,Interview,,,2026-10-28,2026-11-10"]))
    row += ",Ask about SQL"
    plan = board.take(sheet(f"{HEADER},Notes", [row]))
    assert plan.rows[0].result is result
    assert ("Only the legal form of the company's name differs." in plan.rows[0].why) == (result is MERGED)
    assert [each.result for each in board.plan(sheet(f"{HEADER},Notes", [row])).rows] == [SAME]


def test_two_that_were_merged_are_both_found_again() -> None:
    board = ImportBoard()
    rows = ["Fjord,Dev,Interview,,,,", "North Fjord AS,Dev,Offer,,,,"]
    assert results(*rows, board=board) == [NEW, NEW]
    kept, other = (board.details[each.id] for each in board.applications)
    board.edit(merge(kept, other, [], WEDNESDAY).edits)
    assert results(*rows, board=board) == [SAME, SAME]
    moved = ["Fjord,Dev,Interview,Oslo,,,2026-11-20", "North Fjord AS,Dev,Offer,Oslo,,,2026-11-20"]
    assert NEW not in results(*moved, board=board)


def test_a_link_of_two_companies_with_a_number_is_remarked() -> None:
    rows = ["A,Dev,Interview,,https://x.example/17,,", "B,Dev,Interview,,https://x.example/17,,"]
    plan = ImportBoard().take(sheet(HEADER, rows))
    assert "Its link is also that of line 2 of sheet0.csv" in plan.rows[1].why
    assert plan.rows[1].is_remarked


def test_one_that_ended_is_not_revived_and_the_row_says_why() -> None:
    board = known(stage=Stage.MOVED_ON, outcome=Outcome.REJECTED, applied_on=date(2026, 9, 1))
    plan = board.take(sheet(HEADER, ["Acme GmbH,Dev,Interview,,,2026-11-02,2026-11-16"]))
    assert "Acme GmbH · Dev (#3) (one ended, and the other was applied for later)" in plan.rows[0].why
    assert [each.stage for each in board.applications] == [Stage.MOVED_ON, Stage.INTERVIEWED]


def test_one_that_ended_stays_so_where_the_sheet_lags_behind() -> None:
    board = known(stage=Stage.MOVED_ON, outcome=Outcome.REJECTED, stage_at=WEDNESDAY - timedelta(days=1))
    plan = board.take(sheet(HEADER, ["Acme GmbH,Dev,Interview,,,,2026-11-12"]))
    assert "It stays in Moved on (rejected), though the sheet says Interviewed." in plan.rows[0].why
    assert [each.stage for each in board.applications] == [Stage.MOVED_ON]


def test_the_same_link_is_the_same_application_under_another_title() -> None:
    board = known(url="https://a.example/1")
    row = "Acme,Developer (all genders),Interview,,http://a.example/1/?utm_campaign=z,,"
    (planned,) = board.plan(sheet(HEADER, [row])).rows
    assert planned.result is SAME
    assert "Same link as Acme GmbH · Dev (#3)" in planned.why


def test_what_the_user_renamed_is_still_found_by_the_row_it_came_from() -> None:
    board = ImportBoard()
    board.take(sheet(HEADER, ["Acme,Dev,Interview,,,,"]))
    (acme,) = board.applications
    board.edit([Edit(acme, replace(acme, company="Acme Deutschland GmbH", role="Developer"))])
    assert results("Acme,Dev,Interview,,,,", board=board) == [SAME]


def test_ten_thousand_rows_of_one_name_are_not_compared_each_with_each() -> None:
    rows = [f"A,Dev,Interview,,https://a.example/{place},," for place in range(3_000)]
    board = ImportBoard()
    assert set(results(*rows, board=board)) == {NEW}
    random.Random(1).shuffle(rows)
    assert set(results(*rows, board=board)) == {SAME}


COMPANIES = ["Acme", "Acme GmbH", "ACME AG", "The Acme", "Globex", "globex, Inc.", "Müller", "Mueller"]
LINKS = [
    "",
    "https://a.example/careers",
    "https://a.example/1",
    "https://a.example/2",
    "https://b.example/#/job/17",
]
ROWS = st.lists(
    st.tuples(
        st.sampled_from(COMPANIES),
        st.sampled_from(["Dev", "Developer", "Senior Dev", "Analyst"]),
        st.sampled_from(["Interview", "Rejected", "Applied", "Offer", "Awaiting decision"]),
        st.sampled_from(["", "Berlin", "Rome", "Remote"]),
        st.sampled_from(LINKS),
        st.sampled_from(["", "2026-09-01", "2026-11-02", "2026-11-03"]),
        st.sampled_from(["", "2026-11-10", "2026-11-16 10:00", "2026-11-24 10:00"]),
    ),
    max_size=10,
)


@given(ROWS, st.booleans())
def test_importing_twice_changes_nothing(rows: list[tuple[str, ...]], in_two_parts: bool) -> None:
    board = ImportBoard()
    for part in [rows[:5], rows[5:]] if in_two_parts else [rows]:
        board.take(sheet(HEADER, part))
    again = board.take(sheet(HEADER, rows)) if not in_two_parts else board.take(sheet(HEADER, rows[5:]))
    assert again.change is None
    assert {row.result for row in again.rows} <= {SAME}


@given(ROWS, st.randoms(use_true_random=False))
def test_in_whatever_order_different_companies_links_and_towns_never_merge(
    rows: list[tuple[str, ...]], shuffle: random.Random
) -> None:
    shuffle.shuffle(rows)
    board = ImportBoard()
    plan = board.take(sheet(HEADER, rows))
    groups: dict[str, list[tuple[str, ...]]] = {}
    for row, planned in zip(rows, plan.rows, strict=True):
        line = f"line {planned.line}" if planned.result is NEW else planned.why.split(" as ")[1].split(" of ")[0]
        groups.setdefault(line, []).append(row)
    assert len(groups) == len(board.details)
    for group in groups.values():
        for one in group:
            for other in group:
                assert could_be_one_company(fold_company(one[0]), fold_company(other[0]))
                assert len({row[4] for row in (one, other)} - {"", "https://a.example/careers"}) < 2
                assert len({row[3] for row in (one, other)} - {"", "Remote"}) < 2


@given(ROWS)
def test_a_dry_run_says_what_the_import_does(rows: list[tuple[str, ...]]) -> None:
    board = ImportBoard()
    board.take(sheet(HEADER, rows[:4]))
    planned = board.plan(sheet(HEADER, rows))
    assert planned.rows == board.take(sheet(HEADER, rows)).rows


def test_days_are_those_of_the_users_zone() -> None:
    board = known(stage=Stage.MOVED_ON, outcome=Outcome.REJECTED, stage_at=WEDNESDAY.replace(hour=0, minute=30))
    assert board.applications[0].stage_at.astimezone(ZONE).date() == date(2026, 11, 18)
    assert results("Acme GmbH,Dev,Interview,,,,2026-11-18 14:00", board=board) == [MERGED]
    assert results("Acme GmbH,Dev,Interview,,,,2026-11-19 14:00", board=board) == [NEW]
