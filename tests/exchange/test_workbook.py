"""Workbooks of Excel and LibreOffice, and files that only look like them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_tui.domain.model.errors import BadInput
from followup_tui.exchange.plan import ImportPlan, ImportSource
from followup_tui.exchange.sheets import sheet_files
from followup_tui.exchange.sheets.importer import plan_import
from followup_tui.exchange.sheets.sheet_files import read_tables
from followup_tui.exchange.sheets.table import Table
from followup_tui.exchange.sheets.workbook_worker import cell_text

HEADER = ["Company", "Role", "Status", "Interview Date", "Contact Phone", "Applied"]
CONTENT = '<?xml version="1.0" encoding="UTF-8"?>'


def moment(text: str) -> datetime:
    """Return a moment without a zone, as cells have them."""
    return datetime.fromisoformat(text)


def made(*sheets: tuple[str, Callable[[Any, Any], None]]) -> bytes:
    """Return an Excel workbook; each sheet has its name and what writes into it."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    for name, write in sheets:
        write(book, book.add_worksheet(name))
    book.close()
    return file.getvalue()


def jobs(book: Any, sheet: Any) -> None:
    clock = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    day = book.add_format({"num_format": "d mmm yy"})
    sheet.write_row(2, 0, HEADER)
    sheet.write_row(3, 0, ["Acme", "Dev", "Interview"])
    sheet.write_datetime(3, 3, moment("2026-11-17T14:30"), clock)
    sheet.write_number(3, 4, 4915150123456)
    sheet.write_datetime(3, 5, moment("2026-11-02"), day)
    sheet.write_row(6, 0, ["Beta", "Ops", "Offer"])
    sheet.set_row(6, None, None, {"hidden": True})


def legend(_: Any, sheet: Any) -> None:
    sheet.write(0, 0, "Applied = sent")


def read(content: bytes, name: str = "jobs.xlsx") -> Table:
    return read_tables(ImportSource(name, content), {})[0]


def test_dates_are_dates_and_numbers_are_as_typed() -> None:
    table = read(made(("Jobs", jobs)))
    assert table.headers == tuple(HEADER)
    assert [(row.line, row.cells) for row in table.rows] == [
        (4, ["Acme", "Dev", "Interview", "2026-11-17 14:30", "4915150123456", "2026-11-02"]),
        (7, ["Beta", "Ops", "Offer"]),
    ], "the line numbers are those of the sheet; hidden rows are rows, empty ones aren't"
    assert table.remarks == ()


def test_the_sheet_with_the_best_header_is_read_and_named() -> None:
    def old(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Company", "Role"])
        sheet.write_row(1, 0, ["Gone", "Dev"])

    table = read(made(("Legend", legend), ("2025", old), ("Jobs", jobs), ("Empty", lambda book, sheet: None)))
    assert [row.cells[0] for row in table.rows] == ["Acme", "Beta"]
    (remark,) = table.remarks
    assert "the sheet “Jobs” was read, and not “Legend” or “2025”" in remark
    assert '--sheet "2025" reads it instead (repeat --sheet for both)' in remark


def yearly(*rows: tuple[str, ...], header: Sequence[str] = HEADER) -> Callable[[Any, Any], None]:
    def write(_: Any, sheet: Any) -> None:
        for at, cells in enumerate([header, *rows]):
            sheet.write_row(at, 0, cells)

    return write


def planned(content: bytes, *sheets: str) -> ImportPlan:
    source = ImportSource("hunt.xlsx", content, sheets)
    now, zone = moment("2026-11-30T10:00").replace(tzinfo=UTC), ZoneInfo("Europe/Berlin")
    return plan_import([source], existing=(), now=now, zone=zone, first_number=1, take_all=True)


def test_sheets_with_the_same_headers_are_read_together_and_each_row_names_its_own() -> None:
    more = [*HEADER, "Pay"]
    content = made(
        ("2025", yearly(("Acme", "Dev", "Rejected"))),
        ("Notes", legend),
        ("2026", yearly(("Bolt", "Ops", "Offer"), ("Cork", "Cook", "Interview"), header=more)),
    )
    plan = planned(content)
    assert [(row.file, row.line, row.company) for row in plan.rows] == [
        ("hunt.xlsx (2025)", 2, "Acme"),
        ("hunt.xlsx (2026)", 2, "Bolt"),
        ("hunt.xlsx (2026)", 3, "Cork"),
    ]
    assert ("Sheet", "2026") in plan.rows[1].facts()
    assert "hunt.xlsx: the sheets “2025” and “2026” were read, and not “Notes”." in plan.remarks


def test_a_column_that_only_one_of_like_sheets_shows_by_its_cells_is_the_same_in_the_others() -> None:
    header = ["Company", "Role", "How it's going"]
    content = made(
        ("2025", yearly(("Acme", "Dev", "gone a bit sideways"), ("Bolt", "Ops", "rejected"), header=header)),
        ("2026", yearly(("Cork", "Cook", "interviewed"), ("Dorn", "Nurse", "rejected"), header=header)),
        ("2027", yearly(("Elm", "Cook", "fingers crossed"), header=[*header, "Pay"])),
    )
    plan = planned(content)
    assert [row.why.partition(": ")[0] for row in plan.rows] == [
        "Goes to Awaiting (applied)",
        "Goes to Moved on (rejected)",
        "Goes to Interviewed",
        "Goes to Moved on (rejected)",
        "Goes to Awaiting (applied)",
    ]
    assert "status “gone a bit sideways” is not known" in plan.rows[0].why
    assert "neither a status" in plan.rows[4].why, "another header says nothing of these cells"


def test_the_user_chooses_sheets_by_name() -> None:
    content = made(
        ("2025", yearly(("Acme", "Dev", "Rejected"))),
        ("2026", yearly(("Bolt", "Ops", "Offer"))),
        ("Old", yearly(("Cork", "Cook"), header=["Company", "Role"])),
    )
    assert [row.company for row in planned(content, "2026").rows] == ["Bolt"]
    assert [row.company for row in planned(content, "old", " 2025 ").rows] == ["Cork", "Acme"]
    with pytest.raises(BadInput, match="has no sheet “2024”; nothing was imported, its sheets are “2025”"):
        planned(content, "2024")
    with pytest.raises(BadInput, match=r"hunt.xlsx \(Legend\) has no column"):
        planned(made(("2025", yearly(("Acme", "Dev", "Offer"))), ("Legend", legend)), "Legend")
    with pytest.raises(BadInput, match="is no workbook"):
        read_tables(ImportSource("a.csv", b"Company,Role\nAcme,Dev\n", ("2025",)), {})


def test_one_sheet_per_stage_says_the_stage_of_its_rows() -> None:
    header = ["Company", "Role", "Applied on"]
    plan = planned(
        made(
            ("Applied", yearly(("Acme", "Dev", "2026-11-02"), header=header)),
            ("Interviewing", yearly(("Bolt", "Ops", "2026-11-03"), header=header)),
            ("Rejected", yearly(("Cork", "Cook", "2026-11-01"), header=header)),
            ("Other", yearly(("Dorn", "Nurse", "2026-11-01"), header=header)),
        )
    )
    assert [row.why.partition(": ")[0] for row in plan.rows] == [
        "Goes to Awaiting (applied)",
        "Goes to Interviewed",
        "Goes to Moved on (rejected)",
        "Goes to Awaiting (applied)",
    ]


def test_a_sheet_of_another_kind_or_a_hidden_one_is_left_out() -> None:
    def hidden(book: Any, sheet: Any) -> None:
        jobs(book, sheet)
        sheet.hide()

    people = yearly(("Acme", "Recruiter", "Dana", "d@acme.example"), header=["Company", "Role", "Name", "Email"])
    tables = read_tables(ImportSource("a.xlsx", made(("Jobs", jobs), ("Old", hidden), ("People", people))), {})
    assert [table.name for table in tables] == ["a.xlsx"]
    assert "and not “Old” or “People”" in tables[0].remarks[0]


def test_a_hidden_sheet_is_read_only_if_no_other_has_a_header() -> None:
    def hidden(book: Any, sheet: Any) -> None:
        jobs(book, sheet)
        sheet.hide()

    def short(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Company", "Role"])
        sheet.write_row(1, 0, ["Seen", "Dev"])

    assert read(made(("Seen", short), ("Hidden", hidden))).rows[0].cells[0] == "Seen"
    assert read(made(("Legend", legend), ("Hidden", hidden))).rows[0].cells[0] == "Acme"


@pytest.mark.parametrize("left", [0, 3])
def test_a_merged_company_is_that_of_each_of_its_rows(left: int) -> None:
    def merged(book: Any, sheet: Any) -> None:
        sheet.merge_range(0, left, 0, left + 2, "My job hunt")
        sheet.write_row(1, left, ["Company", "Role", "Status"])
        sheet.merge_range(2, left, 4, left, "Acme")
        for row in (2, 3, 4):
            sheet.write_row(row, left + 1, [f"Dev {row}", "Offer"])

    assert [row.cells[:2] for row in read(made(("Jobs", merged))).rows] == [
        ["Acme", "Dev 2"],
        ["Acme", "Dev 3"],
        ["Acme", "Dev 4"],
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (4915150123456.0, "4915150123456"),
        (0.5, "0.5"),
        (46343.583333, "46343.583333"),
        (1e300, "1e+300"),
        (True, "yes"),
        (False, "no"),
        ("", ""),
        ("007", "007"),
        (moment("2026-11-17T14:30"), "2026-11-17 14:30"),
        (moment("2026-11-17T14:30:05"), "2026-11-17 14:30:05"),
        (moment("2026-11-17T13:59:59.999999"), "2026-11-17 14:00"),
        (moment("2026-11-17"), "2026-11-17"),
        (moment("9999-12-31T23:59:59.999999"), "9999-12-31 23:59:59"),
        (date(2026, 11, 17), "2026-11-17"),
        (time(9), "09:00"),
        (time(9, 5, 7, 3), "09:05:07"),
        (timedelta(hours=14, minutes=30), "14:30"),
    ],
)
def test_a_value_is_written_as_one_would_type_it(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_addresses_behind_words_come_along() -> None:
    def linked(_: Any, sheet: Any) -> None:
        sheet.write_row(1, 2, ["Company", "Role", "Link", "Email", "Notes"])
        sheet.write_url(2, 2, "https://acme.example", string='Acme "A"')
        sheet.write_url(2, 3, "https://acme.example/jobs/1?a=1&b=2#x", string="Dev")
        sheet.write_url(2, 4, "https://acme.example/ad", string="here")
        sheet.write_url(2, 5, "mailto:dana@acme.example", string="dana@acme.example")
        sheet.write_url(2, 6, "https://plain.example/")
        sheet.write_url(1, 2, "https://header.example", string="Company")

    table = read(made(("Legend", legend), ("Jobs", linked)))
    assert table.headers[0] == "Company"
    assert table.rows[0].cells == [
        '=HYPERLINK("https://acme.example","Acme ""A""")',
        '=HYPERLINK("https://acme.example/jobs/1?a=1&b=2#x","Dev")',
        '=HYPERLINK("https://acme.example/ad","here")',
        "dana@acme.example",
        "https://plain.example/",
    ]


def ods(body: str) -> bytes:
    """Return a LibreOffice workbook with one sheet of this XML."""
    file = BytesIO()
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    names += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f"{CONTENT}<office:document-content{names}><office:body><office:spreadsheet>"
            f'<table:table table:name="Bewerbungen">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            f'{CONTENT}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return file.getvalue()


def ods_row(*cells: str) -> str:
    texts = (
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f"<table:table-row>{''.join(texts)}</table:table-row>"


def test_a_workbook_of_libreoffice_is_read_with_its_dates() -> None:
    dated = (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>Müller</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p>Köchin</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2026-11-17T14:30:00">'
        "<text:p>17.11.26</text:p></table:table-cell></table:table-row>"
    )
    table = read(ods(ods_row("Firma", "Stelle", "Vorstellungsgespräch am") + dated), "jobs.ods")
    assert [row.cells for row in table.rows] == [["Müller", "Köchin", "2026-11-17 14:30"]]
    assert table.remarks == ()


def test_addresses_that_are_not_read_are_told() -> None:
    cell = '<text:a xlink:href="https://a.example">Dev</text:a>'
    (remark,) = read(ods(ods_row("Company", "Role") + ods_row("Acme", cell)), "jobs.ods").remarks
    assert "jobs.ods: addresses behind words aren't read; save it as .xlsx" in remark


def archive(**parts: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as made_archive:
        for name, content in parts.items():
            made_archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04", "may be cut short"),
        (b"PK\x05\x06" + bytes(18), "an archive without a sheet"),
        (made(("Jobs", jobs))[:-400], "may be cut short"),
        (made(("Jobs", jobs))[:300], "may be cut short"),
        (archive(word__document_xml=b"x"), "is a Word document"),
        (archive(photo=b"x"), "an archive without a sheet"),
        (archive(xl__workbook_xml=b"<nonsense"), "can't be read"),
        (archive(content_xml=b"\x00\x01"), "can't be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000), "can't be read"),
        (made(("Legend", legend)), "no column for the company and none for the role"),
        (made(("Empty", lambda book, sheet: None)), "is empty"),
        (None, "unpacks to more than 300 MB"),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_sentence(content: bytes | None, says: str) -> None:
    if content is None:  # made only here: each process would make all of it to know its tests
        content = archive(xl__workbook_xml=bytes(sheet_files.MAX_UNPACKED + 1))
    with pytest.raises(BadInput) as refused:
        read(content)
    assert says in refused.value.sentence
    assert refused.value.sentence.startswith("jobs.xlsx ")


def test_a_workbook_with_a_password_is_refused_with_what_to_do() -> None:
    content = bytearray(made(("Jobs", jobs)))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    with pytest.raises(BadInput, match="has a password"):
        read(bytes(content))


@pytest.mark.parametrize(
    "sheet",
    [
        # Two cells that span the largest sheet there can be: as a table it would have 17 billion cells.
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Company</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>',
    ],
)
def test_a_sheet_that_would_fill_the_memory_is_refused_in_bounded_memory(sheet: str) -> None:
    parts = {}
    with ZipFile(BytesIO(made(("Jobs", jobs)))) as original:
        for name in original.namelist():
            parts[name] = original.read(name)
    before, _, rest = parts["xl/worksheets/sheet1.xml"].decode().partition("<sheetData>")
    after = rest.partition("</sheetData>")[2]
    parts["xl/worksheets/sheet1.xml"] = f"{before}<sheetData>{sheet}</sheetData>{after}".encode()
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as bomb:
        for name, content in parts.items():
            bomb.writestr(name, content)
    with pytest.raises(BadInput, match="nothing was imported"):
        read(file.getvalue())


def test_an_archive_that_declares_less_than_it_holds_is_refused() -> None:
    content = bytearray(made(("Jobs", jobs)))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 24 : at + 28] = (10).to_bytes(4, "little")
        at = content.find(b"PK\x01\x02", at + 4)
    with pytest.raises(BadInput, match="nothing was imported"):
        read(bytes(content))


def test_rows_repeated_a_million_times_are_refused_or_empty() -> None:
    many = ods_row("A", "Dev").replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="1000000">'
    )
    with pytest.raises(BadInput, match="nothing was imported"):
        read(ods(ods_row("Company", "Role") + many))
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    assert len(read(ods(ods_row("Company", "Role") + ods_row("A", "Dev") + empty)).rows) == 1


def test_a_workbook_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_files, "TIMEOUT", 0.001)
    with pytest.raises(BadInput, match="took longer"):
        read(made(("Jobs", jobs)))


GOOD = made(("Jobs", jobs))


@settings(max_examples=settings().max_examples // 3)  # each starts a process
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=40))
def test_any_damage_to_a_workbook_is_a_table_or_a_sentence(at: int, noise: bytes) -> None:
    content = GOOD[:at] + noise + GOOD[at + len(noise) :]
    try:
        read(content)
    except BadInput as refused:
        text = refused.sentence
    else:
        text = "read."
    assert text.endswith(".")
