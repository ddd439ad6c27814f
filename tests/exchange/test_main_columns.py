"""The columns of company and role where no header says so: taken by their cells with a remark, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.application import Application
from followup_tui.exchange.plan import ImportPlan, ImportSource
from followup_tui.exchange.sheets.formats import NO_WORDS, HandWords, parse_hand_words
from followup_tui.exchange.sheets.importer import plan_import
from followup_tui.exchange.sheets.table import MissingColumns

FIRMS = ["Alderman Foods Inc.", "Cobalt Freight", "Kiln", "Dunmore & Sons"]
PLAIN = ["Lumenfold", "Quillbase", "Kiln", "Greyhaven"]
JOBS = ["Supply chain analyst", "Operations manager", "Buyer", "Logistics coordinator"]
GERMAN_JOBS = ["Projektleiterin Netzbau", "Referentin Einkauf", "Sachbearbeiter", "Entwicklerin"]
STATUSES = ["Applied", "Rejected", "Phone screen", "Offer"]
DAYS = ["2026-10-02", "2026-10-05", "2026-10-09", "2026-10-12"]
PEOPLE = ["Priya Raman", "Jonas Weil", "Fatou Diop", "Mark Tran"]
TOWNS = ["Leeds, UK", "London", "Bristol", "Remote"]
MAILS = ["ann@b.example", "bo@c.example", "cy@d.example", "di@e.example"]
OTHERS = ["Tern", "Patchwork", "Solstice", "Nimbus"]

Column = tuple[str, Sequence[str]]


def plan(*columns: Column, above: str = "", words: HandWords = NO_WORDS) -> ImportPlan:
    """Return the plan of importing a sheet of these columns into an empty board."""
    lines = [[header for header, _ in columns], *zip(*(cells for _, cells in columns), strict=True)]
    text = above + "\n".join(";".join(line) for line in lines)
    return plan_import(
        [ImportSource("board.csv", text.encode())],
        existing=(),
        now=datetime(2026, 11, 22, 9, tzinfo=UTC),
        zone=ZoneInfo("Europe/Berlin"),
        first_number=1,
        take_all=True,
        words=words,
    )


def jobs_of(read: ImportPlan) -> list[tuple[str, str]]:
    """Return the company and the role of each application that goes in."""
    assert read.change is not None
    applications = (edit.after for edit in read.change.edits if isinstance(edit.after, Application))
    return [(each.company, each.role) for each in applications]


TAKEN: dict[str, list[Column]] = {
    "who asks for firms": [("Who", FIRMS), ("What", JOBS), ("When", DAYS), ("Status", STATUSES)],
    "who behind the job": [("Title", JOBS), ("Who", FIRMS), ("Status", STATUSES)],
    "who beside with whom": [
        ("Who", PLAIN),
        ("Role", JOBS),
        ("With whom", PEOPLE),
        ("Applied", DAYS),
        ("State", STATUSES),
    ],
    "who beside met": [("Role", JOBS), ("Who", PLAIN), ("Met", PEOPLE), ("Status", STATUSES)],
    "where means a firm": [("Where", FIRMS), ("What", JOBS), ("Status", STATUSES)],
    "a place means a firm": [("Place", FIRMS), ("Role", JOBS), ("Status", STATUSES)],
    "a post that is no link": [("Shop", PLAIN), ("Post", JOBS), ("Result", STATUSES)],
    "a word of one's own": [("Target", PLAIN), ("Role", JOBS), ("Status", STATUSES)],
    "no header at all": [("", PLAIN), ("Role", JOBS), ("Status", STATUSES)],
    "two words beside people": [("Brand", OTHERS), ("Role", JOBS), ("Contact", PEOPLE), ("Status", STATUSES)],
    "a town beside it": [("Outfit", PLAIN), ("Role", JOBS), ("Spot", TOWNS), ("Status", STATUSES)],
    "only the role lacks a name": [("Company", PLAIN), ("Gig", JOBS), ("Status", STATUSES)],
    "a mere name is the job's": [("Name", JOBS), ("Employer", PLAIN), ("Status", STATUSES)],
    "german": [("Laden", PLAIN), ("Was genau", GERMAN_JOBS), ("Stand", STATUSES)],
    "firms in the first column": [("Outfit", FIRMS), ("Role", JOBS), ("Spot", OTHERS), ("Status", STATUSES)],
}


@pytest.mark.parametrize("name", TAKEN)
def test_company_and_role_are_taken_by_their_cells_and_it_is_said(name: str) -> None:
    columns = TAKEN[name]
    read = plan(*columns)
    company = next(cells for header, cells in columns if header != "Spot" and cells in (FIRMS, PLAIN, OTHERS))
    role = next(cells for _, cells in columns if cells in (JOBS, GERMAN_JOBS))
    assert jobs_of(read) == list(zip(company, role, strict=True))
    remark = read.remarks[0]
    assert "no header names the " in remark
    assert remark.count("--map") == 1, "the screen writes its key for it"


def test_a_banner_above_such_a_header_does_no_harm() -> None:
    read = plan(*TAKEN["who asks for firms"], above="JOB SEARCH;;;\nTotal;4;Offers;1\n;;;\n")
    assert jobs_of(read) == list(zip(FIRMS, JOBS, strict=True))
    assert [row.line for row in read.rows] == [5, 6, 7, 8]


def test_the_option_in_the_remark_reads_it_otherwise() -> None:
    columns = [("Target", PLAIN), ("Role", JOBS), ("Brand", OTHERS), ("Status", STATUSES)]
    words = parse_hand_words(["company=Brand"], [])
    read = plan(*columns, words=words)
    assert jobs_of(read) == list(zip(OTHERS, JOBS, strict=True))
    assert not any("no header names" in remark for remark in read.remarks)


REFUSED: dict[str, list[Column]] = {
    "firms behind the role": [("Thing", OTHERS), ("Role", JOBS), ("Agent", FIRMS), ("Status", STATUSES)],
    "two columns beside the role": [
        ("Thing", PLAIN),
        ("Role", JOBS),
        ("Target", OTHERS),
        ("Status", STATUSES),
        ("Date", DAYS),
    ][::-1],
    "an agency beside names of one word": [
        ("Lead", PLAIN),
        ("Agency", ["Hays Group", "Talentbridge Ltd", "Direct", "Michael Page"]),
        ("Role", JOBS),
        ("Status", STATUSES),
    ],
    "two columns of firms": [
        ("One", FIRMS),
        ("Role", JOBS),
        ("Two", [f"{one} Ltd" for one in OTHERS]),
        ("Status", STATUSES),
    ],
    "who asks for people": [("Who", PEOPLE), ("Role", JOBS), ("Status", STATUSES)],
    "who may be anybody": [("Who", PLAIN), ("Role", JOBS), ("Status", STATUSES)],
    "people under a strange header": [("Buddy", PEOPLE), ("Role", JOBS), ("Status", STATUSES)],
    "where is a town": [("Where", TOWNS), ("Role", JOBS), ("Status", STATUSES)],
    "where may be a town": [("Where", PLAIN), ("Role", JOBS), ("Status", STATUSES)],
    "the same in each row": [("Via", ["Talentbridge"] * 4), ("Role", JOBS), ("Status", STATUSES)],
    "two columns of jobs": [("Company", FIRMS), ("This", JOBS), ("That", JOBS[::-1]), ("Status", STATUSES)],
    "remarks in sentences": [
        ("Thoughts", ["nice people", "too far", "good pay", "slow"]),
        ("Role", JOBS),
        ("Status", STATUSES),
    ],
    "no list of applications": [("Target", FIRMS), ("Role", JOBS), ("Email", MAILS)],
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_could_be_two_columns_is_refused_with_the_headers_and_the_option(name: str) -> None:
    columns = REFUSED[name]
    with pytest.raises(MissingColumns) as refused:
        plan(*columns)
    assert all(header in refused.value.sentence for header, _ in columns)
    assert "--map" in refused.value.sentence


def test_the_refusal_names_the_header_that_asks_who() -> None:
    with pytest.raises(MissingColumns) as refused:
        plan(("Role", JOBS), ("Who", PLAIN), ("Status", STATUSES), ("Applied", DAYS))
    assert '--map "company=Who"' in refused.value.sentence


def test_a_sheet_whose_headers_say_it_needs_no_remark() -> None:
    read = plan(("Company", PLAIN), ("Role", JOBS), ("Target", FIRMS), ("Status", STATUSES))
    assert not any("no header names" in remark for remark in read.remarks)
    assert jobs_of(read) == list(zip(PLAIN, JOBS, strict=True))


def test_a_long_sheet_is_read_like_a_short_one() -> None:
    count = 1_000
    firms = [f"Firm{n} Labs" for n in range(count)]
    read = plan(("Outfit", firms), ("Gig", ["Buyer"] * count), ("Status", STATUSES * (count // 4)))
    assert jobs_of(read) == [(firm, "Buyer") for firm in firms]


@pytest.mark.parametrize("company", ["Acme Ltd", "Acme"])
@pytest.mark.parametrize("role", ["Designer", "Wizard"])
def test_a_row_that_says_words_of_headers_is_no_header(company: str, role: str) -> None:
    read = plan(
        ("Project", ["Website", "Migration", "Audit"]),
        ("Gig", [role, "Engineer", "Analyst"]),
        ("Customer", [company, "Globex Inc", "Hays Group"]),
        ("Status", ["Applied", "Offer", "Rejected"]),
    )
    assert jobs_of(read) == [(company, role), ("Globex Inc", "Engineer"), ("Hays Group", "Analyst")]
