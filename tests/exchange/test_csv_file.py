"""CSV files of every encoding and layout, damaged ones too, read by bytes."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.word_lists import CASES
from followup_tui.domain.model.errors import BadInput
from followup_tui.exchange.plan import ImportSource
from followup_tui.exchange.sheets.columns import ImportField
from followup_tui.exchange.sheets.readable_text import DAMAGED, REPAIRED
from followup_tui.exchange.sheets.sheet_files import read_csv_file
from followup_tui.exchange.sheets.table import MAX_ROWS, Table

SHEET = "Company,Role,Status,Contact\nMüller,Köchin,Interview,Zoë\nCafé,Chef,Offre,Ñandú\n"


def read(content: bytes | str, overrides: dict[str, ImportField | None] | None = None) -> Table:
    content = content.encode() if isinstance(content, str) else content
    return read_csv_file(ImportSource("jobs.csv", content), overrides or {})


def cells(table: Table) -> list[list[str]]:
    return [row.cells for row in table.rows]


@pytest.mark.parametrize(
    "content",
    [
        SHEET.encode(),
        SHEET.encode("utf-8-sig"),
        SHEET.encode("utf-16"),
        b"\xfe\xff" + SHEET.encode("utf-16-be"),
        SHEET.encode("utf-16-le"),
        SHEET.encode("utf-16-be"),
        SHEET.encode("utf-32"),
        SHEET.encode("cp1252"),
        SHEET.encode("mac_roman"),
    ],
)
def test_every_usual_encoding_is_read_with_and_without_byte_order_mark(content: bytes) -> None:
    table = read(content)
    assert cells(table) == [["Müller", "Köchin", "Interview", "Zoë"], ["Café", "Chef", "Offre", "Ñandú"]]


@pytest.mark.parametrize(("encoding", "words"), [("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman")])
def test_a_guessed_encoding_is_named(encoding: str, words: str) -> None:
    (remark,) = read(SHEET.encode(encoding)).remarks
    assert words in remark


@pytest.mark.parametrize(
    "text",
    [
        "“Müller’s” – Köln",
        "Café Noir: “50 000 €”",
        "“quoted”",
        "it’s €50k – €60k",
        "L’Oréal à Paris",
        "Garçon – ça va?",
        "ÖBB ÜBERSICHT",
        "faits… déjà",
    ],
)
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_signs_of_windows_and_mac_are_not_taken_for_each_other_s_letters(text: str, encoding: str) -> None:
    assert cells(read(f"Company,Role\n{text},Chef\n".encode(encoding)))[0][0] == text


def test_one_wrong_byte_spoils_its_own_cell_only_and_the_cell_is_named() -> None:
    table = read((CASES / "F16-one-latin1-byte.csv").read_bytes())
    assert cells(table) == [
        ["Müller & Söhne", "Ingenieur", "Interview", "Jürgen Groß"],
        ["Café Noir", "Chef", "Interview", "Zoë Léger"],
        ["Bøhn AS", "Utvikler", "Interview", "Åse Øye"],
    ]
    assert table.remarks == (
        "jobs.csv: a cell has bytes that don't fit the encoding of the file; look at line 3, Contact, which now"
        " reads “Zoë Léger”.",
    )


@pytest.mark.parametrize(
    ("wrong", "company", "told"),
    [
        (b"L\xe9ger", "Léger", 1),
        (b"\xfcber \xe4hnlich", "über ähnlich", 1),
        (b"end\xc3", "endÃ", 1),
        (b"\x81", "Å", 1),
        ("\ufffd".encode(), DAMAGED, 1),
        ("\uf2fe".encode(), "\uf2fe", 0),
    ],
)
def test_bytes_that_are_wrong_are_read_by_themselves(wrong: bytes, company: str, told: int) -> None:
    table = read(b"Company,Role\nM\xc3\xbcller,K\xc3\xb6chin\n" + wrong + b",Dev\n")
    assert table.rows[0].cells == ["Müller", "Köchin"]
    assert table.rows[1].cells == [company, "Dev"]
    assert sum("line 3" in remark for remark in table.remarks) == told


def test_of_many_damaged_cells_five_are_named_and_the_rest_counted() -> None:
    table = read(b"Company,Role\n" + "ü,Dev\n".encode() * 9 + b"\xe9,Dev\n" * 9)
    (remark,) = table.remarks
    assert remark.startswith("jobs.csv: 9 cells have bytes")
    assert "line 15" in remark
    assert "; and 4 more." in remark


def test_a_utf_16_file_that_is_cut_short_keeps_its_good_cells() -> None:
    table = read(SHEET.encode("utf-16")[:-3])
    assert cells(table)[0] == ["Müller", "Köchin", "Interview", "Zoë"]
    assert any("line 3" in remark for remark in table.remarks)


def test_the_header_is_found_below_a_legend() -> None:
    table = read((CASES / "F25-header-in-line-12.csv").read_bytes())
    assert table.headers == ("Company", "Role", "Status")
    assert [(row.line, row.cells) for row in table.rows] == [(14, ["Acme", "Dev", "Interview"])]


@pytest.mark.parametrize("above", [0, 1, 11, 49])
@pytest.mark.parametrize("filler", ["", "title", 'My "search', '"never closed', ",,,", "sep=;"])
def test_the_header_is_found_in_any_of_the_first_50_lines_whatever_stands_above(above: int, filler: str) -> None:
    table = read(f"{filler}\n" * above + "Company;Role;Status\nAcme;Dev;Offer\n")
    assert [(row.line, row.cells) for row in table.rows] == [(above + 2, ["Acme", "Dev", "Offer"])]


def test_a_header_further_down_is_not_looked_for() -> None:
    with pytest.raises(BadInput, match="in its first 50 lines"):
        read("title\n" * 50 + "Company,Role\nA,Dev\n")


def test_a_header_cell_with_a_line_break_is_one_cell() -> None:
    table = read('"Company\n(HQ)",Role,"Interview\nDate"\nA,Dev,2026-11-17\n')
    assert table.headers == ("Company\n(HQ)", "Role", "Interview\nDate")
    assert table.rows[0].line == 4


def test_the_header_with_most_fields_wins_over_a_row_that_looks_like_one() -> None:
    table = read("Company,Role\nA,Dev\nCompany,Role,Status,Notes\nB,Dev,Offer,x\n")
    assert table.headers == ("Company", "Role", "Status", "Notes")


def test_a_column_named_by_hand_makes_a_header() -> None:
    table = read("Betrieb;Was\nA;Dev\n", {"betrieb": ImportField.COMPANY, "was": ImportField.ROLE})
    assert cells(table) == [["A", "Dev"]]


def test_a_quotation_mark_never_closed_is_told_with_its_lines_and_what_is_above_is_read() -> None:
    table = read('Company,Role\nA,Dev\n"B,Dev\nC,Dev\n')
    assert (table.rows[0].line, table.rows[0].cells) == (2, ["A", "Dev"])
    assert "lines 3 to 4" in table.rows[1].error


def test_nuls_and_very_long_fields_are_read() -> None:
    long = "x" * 1_000_000
    table = read(f"Company,Role,Notes\nA\x00B,Dev,{long}\nC,Dev,\n")
    assert [row.cells[0] for row in table.rows] == ["A\x00B", "C"]
    assert len(table.rows[0].cells[2]) == 1_000_000


def test_a_sheet_with_too_many_rows_is_refused_with_a_sentence() -> None:
    with pytest.raises(BadInput, match=r"jobs\.csv has more than 250,000 rows"):
        read("Company,Role\n" + "A,Dev\n" * (MAX_ROWS + 1))


def test_many_wide_lines_without_header_are_refused_soon() -> None:
    with pytest.raises(BadInput, match="no column for the company"):
        read((",".join(f"a{number}" for number in range(3_000)) + "\n") * 60)


HEADER = b"Company,Role,Status,Notes\n"


@given(
    st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=300).map(HEADER.__add__),
        st.text(max_size=150).map(lambda text: HEADER + text.encode("utf-16-le", errors="surrogatepass")),
        st.text(max_size=150).map(lambda text: (HEADER.decode() + text).encode("utf-16", errors="surrogatepass")),
        st.text('a,;|\t"\r\n\x00é\ufeff', max_size=200).map(lambda text: ("\n" + HEADER.decode() + text).encode()),
    )
)
def test_any_bytes_are_a_table_or_a_sentence(content: bytes) -> None:
    try:
        table = read(content)
    except BadInput:
        return
    assert len({row.line for row in table.rows}) == len(table.rows)
    assert all(row.cells or row.error for row in table.rows)
    assert not any(REPAIRED in cell for row in table.rows for cell in row.cells) or REPAIRED.encode() in content


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7\n1 0 obj", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is a picture"),
        (b"\x7fELF\x02\x01\x01" + bytes(60), "is a program"),
        (b"\x1f\x8b\x08\x00", "is a compressed file"),
        (b"SQLite format 3\x00" + bytes(90), "is a database"),
        (b"<html><table><tr><td>Company</td></tr></table></html>", "is a web page"),
        (b"\n<!DOCTYPE HTML>\n<table>", "is a web page"),
        (b'<?xml version="1.0"?><Workbook><Table>', "is an XML file"),
        (bytes(range(256)) * 9, "is no text"),
        (random.Random(7).randbytes(5_000), "is no text"),
    ],
)
def test_a_file_that_is_no_text_is_refused_by_what_it_is(content: bytes, says: str) -> None:
    for name in ("jobs.csv", "jobs.xlsx", "jobs"):
        with pytest.raises(BadInput, match=f"{name} {says}.*nothing was imported"):
            read_csv_file(ImportSource(name, content), {})


def test_a_markdown_table_is_read_without_its_marks() -> None:
    table = (
        "# Jobs\n\n| **Company** | Role | Link |\n|:--|:-:|--:|\n| **Acme** | `SRE` | <https://acme.example/1> |\n"
        '| Sorrel \\| Co | _"C" dev_ | |\n'
    )
    found = [[cell.strip() for cell in row[1:3]] for row in cells(read(table))[1:]]
    assert found == [["Acme", "SRE"], ["Sorrel | Co", '"C" dev']]
