"""Sheets of every make: delimiters, encodings, headers, statuses, and bytes that are no sheet at all."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.model.application import Application, Outcome, Stage
from followup_tui.domain.model.errors import BadInput, FollowupError
from followup_tui.domain.model.text import BLOCK_LIMIT, LINE_LIMIT
from followup_tui.exchange.plan import AmbiguousDates, ImportPlan, ImportSource, RowResult
from followup_tui.exchange.sheets.formats import FORMAT_NAMES, FORMATS, detect_format
from followup_tui.exchange.sheets.importer import plan_import
from followup_tui.exchange.sheets.statuses import status_meaning

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 10, tzinfo=ZONE)


def planned(
    content: str | bytes,
    *,
    existing: tuple[Application, ...] = (),
    format: str | None = None,
    take_all: bool = False,
    day_first: bool | None = None,
) -> ImportPlan:
    content = content.encode() if isinstance(content, str) else content
    return plan_import(
        [ImportSource("jobs.csv", content)],
        existing=existing,
        now=NOW,
        zone=ZONE,
        first_number=100,
        format=format,
        take_all=take_all,
        day_first=day_first,
    )


def applications(plan: ImportPlan) -> tuple[Application, ...]:
    edits = plan.change.edits if plan.change else ()
    return tuple(edit.after for edit in edits if isinstance(edit.after, Application))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_whatever_the_cells_hold(delimiter: str) -> None:
    rows = [["Company", "Role", "Status", "Notes"], ["A;,|\tB", "Dev", "Interview", 'one\n"two",;|\t;;;\nthree']]
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    (made,) = applications(planned(file.getvalue()))
    assert (made.company, made.notes) == ("A;,| B", 'one\n"two",;|\t;;;\nthree')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    plan = planned("Company,Role,Status\nMüller,Köchin,Interview\n".encode(encoding))
    assert [made.company for made in applications(plan)] == ["Müller"]
    assert bool(plan.remarks) is (encoding == "cp1252")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(end: str) -> None:
    lines = [
        "",
        "Company,Role,Status,Notes",
        'A,Dev,Interview,"one',
        'two"',
        "",
        "B,Dev,Interview",
        "C,,Interview",
    ]
    plan = planned(end.join(lines))
    assert [(row.line, row.result) for row in plan.rows] == [
        (3, RowResult.NEW),
        (6, RowResult.NEW),
        (7, RowResult.ERROR),
    ]


def test_excels_own_first_line_and_a_repeated_header_are_no_applications() -> None:
    plan = planned("sep=;\nCompany;Role;Status\nA;Dev;Interview\nCompany;Role;Status\n")
    assert [row.result for row in plan.rows] == [RowResult.NEW, RowResult.SKIPPED]
    assert "repeats the header" in plan.rows[1].why


def test_missing_cells_are_empty_and_empty_ones_too_many_do_not_matter() -> None:
    plan = planned("Company,Role,Status,Notes\nA,Dev,Interview\nB,Dev,Interview,,,,\nC,Dev,Interview,x,y\n")
    assert [row.result for row in plan.rows] == [RowResult.NEW, RowResult.NEW, RowResult.ERROR]


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "empty"), (b"\n\n,,\n", "empty"), (b"PK\x03\x04..", "workbook")]
)
def test_what_is_no_sheet_is_refused_with_a_sentence(content: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        planned(content)


def test_a_sheet_without_company_or_role_is_refused_with_the_headers_seen_and_those_understood() -> None:
    with pytest.raises(BadInput) as refused:
        planned("Betrieb,Was,Status\nA,Dev,Interview\n")
    for word in ("Betrieb, Was, Status", "Job Title", "jobs.csv", "--map", "role=Was"):
        assert word in refused.value.sentence


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadInput, match=", ".join(FORMAT_NAMES)):
        planned("Company,Role\n", format="xls")


def test_a_format_that_was_asked_for_is_used_whatever_the_headers_say() -> None:
    sheet = "Company,Job Title,Application Date,Contact Email\nA,Dev,11/3/26,me@example.org\n"
    plan = planned(sheet, format="linkedin", take_all=True)
    assert plan.change is not None
    assert len(plan.change.edits) == 1, "no contact"
    with pytest.raises(AmbiguousDates):
        planned(sheet, take_all=True)


@pytest.mark.parametrize(
    ("deadline", "applied"),
    [("11/21/2026", (11, 2)), ("21/11/2026", (2, 11)), ("yes, by 11/21/2026", None), ("11/2/2026", None)],
)
def test_the_order_of_day_and_month_is_that_of_columns_that_nothing_is_taken_from(
    deadline: str, applied: tuple[int, int] | None
) -> None:
    sheet = f"Company,Role,Date Applied,Deadline\nA,Dev,11/02/2026,{deadline}\n"
    if applied is None:
        with pytest.raises(AmbiguousDates):
            planned(sheet, take_all=True)
        return
    (made,) = applications(planned(sheet, take_all=True))
    assert made.applied_on == date(2026, *applied)


def test_every_format_recognises_its_own_headers() -> None:
    for each in FORMATS:
        for signature in each.signatures:
            assert detect_format([*signature, "One more"]) is each


@pytest.mark.parametrize(
    ("status", "stage", "outcome"),
    [
        ("Interviewing", Stage.INTERVIEWED, None),
        ("PHONE-SCREEN", Stage.INTERVIEWED, None),
        ("Interview scheduled", Stage.INTERVIEWED, None),
        ("3rd Interview (onsite)", Stage.INTERVIEWED, None),
        ("🎉 Offer", Stage.AWAITING, None),
        ("Accepted", Stage.MOVED_ON, Outcome.ACCEPTED),
        ("Declined by company", Stage.MOVED_ON, Outcome.REJECTED),
        ("Withdrawn", Stage.MOVED_ON, Outcome.WITHDREW),
        ("Offer declined", Stage.MOVED_ON, Outcome.DECLINED),
        ("No response", Stage.MOVED_ON, Outcome.NO_REPLY),
        ("Ghosted", Stage.MOVED_ON, Outcome.NO_REPLY),
        ("thank-you sent", Stage.THANKED, None),
        ("Awaiting response", Stage.AWAITING, None),
        ("Wishlist", None, None),
        ("1. Applied", None, None),
        ("", None, None),
    ],
)
def test_a_status_is_understood(status: str, stage: Stage | None, outcome: Outcome | None) -> None:
    meaning = status_meaning(status)
    assert meaning is not None
    assert (meaning.stage, meaning.outcome) == (stage, outcome)


@pytest.mark.parametrize("status", ["foo", "???", "✅", "(", "interview rejected offer", "x" * 20_000])
def test_a_status_that_is_not_known_is_said_to_be(status: str) -> None:
    assert status_meaning(status) is None
    sheet = f"Company,Role,Status\nA,Dev,{status}\n"
    assert [row.result for row in planned(sheet).rows] == [RowResult.ERROR]
    assert [row.stage for row in planned(sheet, take_all=True).rows] == [Stage.AWAITING]


def test_without_a_status_column_the_interview_date_tells() -> None:
    sheet = "Company,Role,Interview date\nA,Dev,2026-11-20\nB,Dev,\n"
    assert [(row.result, row.stage) for row in planned(sheet).rows] == [
        (RowResult.NEW, Stage.INTERVIEWED),
        (RowResult.SKIPPED, None),
    ]
    assert planned(sheet, take_all=True).rows[1].stage is Stage.AWAITING


def test_a_sheet_that_tells_neither_is_left_out_with_the_way_to_take_it() -> None:
    (row,) = planned("Company,Role\nA,Dev\n").rows
    assert row.result is RowResult.SKIPPED
    assert "neither a status nor an interview date; --all" in row.why


def test_a_cell_too_long_is_an_error_of_its_row_and_the_others_go_in() -> None:
    long = "x" * (LINE_LIMIT + 1)
    notes = "y" * (BLOCK_LIMIT + 1)
    plan = planned(
        f"Company,Role,Status,Notes\n{long},Dev,Interview,\nB,Dev,Interview,{notes}\nC,Dev,Interview,z\n"
    )
    assert [(row.line, row.result) for row in plan.rows] == [
        (2, RowResult.ERROR),
        (3, RowResult.ERROR),
        (4, RowResult.NEW),
    ]
    assert plan.rows[1].company == "B"
    assert csv.field_size_limit() == 131_072, "the limit of the whole process is put back"


def test_columns_that_nothing_is_taken_from_are_named() -> None:
    assert planned("Company,Role,Shoe size\n").remarks == (
        "jobs.csv: nothing is taken from the column Shoe size.",
    )


def test_a_column_without_a_header_is_named_by_its_number_if_anything_is_in_it() -> None:
    sheet = "Company,,Role,Company,\nA,,Dev,B,\nC,,Dev,D,x\n"
    assert planned(sheet).remarks == (
        "jobs.csv: nothing is taken from the column Company.",
        "jobs.csv: nothing is taken from column 5, which has no header.",
    )


CELLS = st.one_of(
    st.sampled_from(["", "Acme", "Acme GmbH", "ACME, Inc.", "Globex", "Dev", "Interview", "Applied", "Rejected"]),
    st.sampled_from(["https://a.example/1", "https://a.example/1#x", "https://b.example/2", "2026-11-02", "n/a"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)
HEADER = ["Company", "Role", "Status", "URL", "Notes", "Tags", "Date applied", "Interview date", "Contact"]


@given(st.lists(st.lists(CELLS, min_size=1, max_size=len(HEADER)), max_size=12), st.booleans())
def test_every_record_has_exactly_one_row_and_its_line(records: list[list[str]], take_all: bool) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADER)
    lines = []
    for record in records:
        lines.append(1 + sum(1 for _ in io.StringIO(file.getvalue(), newline="")))
        writer.writerow(record)
    plan = planned(file.getvalue(), take_all=take_all, day_first=True)
    assert [row.line for row in plan.rows] == lines


ROWS = st.tuples(
    st.sampled_from(["Acme", "Acme GmbH", "ACME AG", "Globex", "globex, Inc.", "ß"]),
    st.sampled_from(["Dev", "dev ", "SRE", "Ops"]),
    st.sampled_from(["Interview", "Applied", "Rejected", "Offer", "Thank you sent", "what", ""]),
    st.sampled_from(
        ["", "https://a.example/1", "http://A.example/1/", "https://a.example/2", "b.example/3", "n/a"]
    ),
    st.sampled_from(["", "a note", "another"]),
    st.sampled_from(["", "x, y", "z"]),
    st.sampled_from(["", "2026-11-02", "2026-11-03", "never"]),
    st.sampled_from(["", "", "2026-11-12", "2026-11-13 10:00"]),
    st.sampled_from(["", "Bo", "Lee <lee@example.com>"]),
)


@given(st.lists(ROWS, max_size=14), st.booleans())
def test_a_sheet_read_twice_changes_nothing_the_second_time(rows: list[tuple[str, ...]], take_all: bool) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([HEADER, *rows])
    first = planned(file.getvalue(), take_all=take_all)
    again = planned(file.getvalue(), existing=tuple(reversed(applications(first))), take_all=take_all)
    assert again.change is None
    for before, after in zip(first.rows, again.rows, strict=True):
        left_out = before.result in (RowResult.SKIPPED, RowResult.ERROR)
        assert after.result is (before.result if left_out else RowResult.SAME)


@given(
    st.one_of(
        st.binary(max_size=200),
        st.binary(max_size=200).map(lambda tail: b"Company,Role,Status,Notes,Date,Interview\n" + tail),
        st.text('Ab12/,;"\n\r\t|\x00\x1bé', max_size=200).map(
            lambda tail: ("Company;Role;Status;Notes;Date;Interview\n" + tail).encode()
        ),
    ),
    st.sampled_from([None, *FORMAT_NAMES]),
    st.booleans(),
)
def test_any_bytes_give_a_plan_or_a_sentence(content: bytes, format: str | None, take_all: bool) -> None:
    try:
        plan = planned(content, format=format, take_all=take_all)
    except FollowupError:
        return
    lines = [row.line for row in plan.rows]
    assert lines == sorted(set(lines))
    assert all(row.why.endswith(".") for row in plan.rows)
    ids = {made.id for made in applications(plan)}
    assert plan.change is None or all(edit.application_id in ids for edit in plan.change.edits)
    assert sum(row.result is RowResult.NEW for row in plan.rows) == len(ids)


@pytest.mark.parametrize("status", ["Applied", "", "Under review", "Quux"])
def test_with_all_what_was_only_applied_for_comes_in_as_applied(status: str) -> None:
    (made,) = applications(
        planned(f"Company,Role,Status,Date Applied\nAcme,Dev,{status},2026-11-02", take_all=True)
    )
    assert (made.stage, made.applied_only, made.applied_on) == (Stage.AWAITING, True, date(2026, 11, 2))


def test_with_all_an_interview_is_more_than_a_status_that_says_nothing_of_it() -> None:
    for status in ("Applied", "Quux"):
        sheet = f"Company,Role,Status,Interview Date\nAcme,Dev,{status},2026-11-20"
        (made,) = applications(planned(sheet, take_all=True))
        assert (made.stage, made.applied_only) == (Stage.INTERVIEWED, False)


def test_rows_keep_what_was_read_of_them_only_for_who_looks_at_it() -> None:
    sheet = "Company,Role,Status,Interview Date\nAcme,Dev,Interviewing,2026-11-20\nGlobex,Dev,Saved,\n"
    sources = [ImportSource("jobs.csv", sheet.encode())]
    now = datetime(2026, 11, 30, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    shown, quiet = (
        plan_import(
            sources, existing=(), now=now, zone=ZoneInfo("Europe/Berlin"), first_number=1, with_facts=with_facts
        )
        for with_facts in (True, False)
    )
    assert dict(shown.rows[0].facts())["Interview"]
    assert [row.facts() for row in quiet.rows] == [(), ()]
    assert quiet.rows == shown.rows
