"""Columns whose headers don't tell: what their cells are says which field they fill, or that none is certain."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.application import Application, Outcome, Stage
from followup_tui.domain.model.interview import Interview
from followup_tui.exchange.plan import ImportPlan, ImportSource, RowResult
from followup_tui.exchange.sheets.columns import ImportField
from followup_tui.exchange.sheets.contents import sheet_columns
from followup_tui.exchange.sheets.formats import parse_hand_words
from followup_tui.exchange.sheets.importer import plan_import
from followup_tui.exchange.sheets.table import Table, TableRow

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
WORDS = Path(__file__).parent / "words"
LINKS = [f"https://jobs.acme.example/req/{n}" for n in (101, 102, 103)]
MAILS = ["ann@acme.example", "bo@globex.example", "cy@initech.example"]


def sheets_of(name: str) -> dict[str, list[tuple[str, str, list[str]]]]:
    """Return the columns of each sheet in a list: what they hold, their headers and their cells."""
    sheets: dict[str, list[tuple[str, str, list[str]]]] = {}
    for line in (WORDS / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            columns = sheets.setdefault(line[1:].strip(), [])
        elif not line.startswith("#"):
            field, header, cells = line.split("\t")
            columns.append((field, header, cells.split("|")))
    return sheets


SHEETS = sheets_of("columns.tsv")


@pytest.mark.parametrize("name", SHEETS)
def test_each_column_of_a_sheet_that_people_keep_fills_its_field(name: str) -> None:
    columns = SHEETS[name]
    longest = max(len(cells) for *_, cells in columns)
    rows = tuple(
        TableRow(2 + at, [cells[at] if at < len(cells) else "" for *_, cells in columns]) for at in range(longest)
    )
    table = Table(f"{name}.csv", tuple(header for _, header, _ in columns), rows, ())
    beside = (ImportField.FACT, ImportField.ENDED_ON)
    read = {each.position: each.field for each in sheet_columns(table, {}) if each.field not in beside}
    assert [(header, read.get(at, "none")) for at, (_, header, _) in enumerate(columns)] == [
        (header, field) for field, header, _ in columns
    ]


def field_of(header: str, cells: list[str], *others: tuple[str, list[str]]) -> str:
    """Return what the column after company and role is read as."""
    columns = [
        ("Company", ["Acme", "Globex", "Initech"]),
        ("Role", ["Dev", "Ops", "QA"]),
        (header, cells),
        *others,
    ]
    rows = tuple(TableRow(2 + at, [column[at] for _, column in columns]) for at in range(len(cells)))
    table = Table("board.csv", tuple(name for name, _ in columns), rows, ())
    return next((each.field.value for each in sheet_columns(table, {}) if each.position == 2), "none")


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("Lien internet", LINKS, "link"),
        ("Internetz", LINKS, "link"),
        ("Annonce ici bas", [f"[Dev]({link})" for link in LINKS], "link"),
        ("Zu erreichen unter", MAILS, "contact mail"),
        ("N° de téléphone", ["+49 30 1234567", "030 7654321", "(030) 111 22 33"], "contact phone"),
        ("Suivi", ["Interviewing", "Rejected", ""], "status"),
        ("Où en est-on ?", ["Entretien passé", "Refus", "Postulé"], "status"),
        ("Cómo va", ["Entrevista", "Rechazado", "Sin respuesta"], "status"),
        ("Budget", ["60,000 €", "€55k", "CHF 90'000 - 100'000"], "fact"),
        ("Paie", ["42 000 CHF par an", "₹18,00,000", "NZ$ 90,000 p.a."], "fact"),
        ("Zakres", ["$120k", "120k - 140k", "12 000 zł / month"], "fact"),
    ],
)
def test_an_undecided_header_is_what_all_of_its_cells_are(header: str, cells: list[str], field: str) -> None:
    assert field_of(header, cells) == field


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Glassdoor page", [f"https://www.glassdoor.example/Reviews/acme-{n}.htm" for n in (1, 2, 3)]),
        ("Ansicht", ["https://www.linkedin.com/in/ann", "https://www.linkedin.com/in/bo", ""]),
        ("Accueil", ["https://acme.example", "https://globex.example", "https://initech.example"]),
        ("Ordner", ["https://drive.google.com/d/1", "https://drive.google.com/d/2", ""]),
        ("Meeting room", ["https://zoom.us/j/101", "https://zoom.us/j/102", "https://zoom.us/j/103"]),
        ("Internetz", [LINKS[0], "see mail", LINKS[2]]),
        ("Identifiant", ["me@home.example"] * 3),
        ("Matricule", ["4155550100", "4155550101", "4155550102"]),
        ("Vu", ["12-11-2026", "13-11-2026", "14-11-2026"]),
        ("Suivi", ["Interviewing", "ask Dana", ""]),
        ("Cadre", ["Onsite", "Onsite", "Onsite"]),
        ("Kultur", ["yes", "no", "yes"]),
        ("Scadenza", ["2026-10-01", "2026-10-02", "2026-10-03"]),
        ("Company Website", LINKS),
        ("Follow up", ["Interviewing", "Rejected", "Applied"]),
        ("Suivi", ["", "", ""]),
    ],
)
def test_what_could_be_something_else_fills_no_field(header: str, cells: list[str]) -> None:
    assert field_of(header, cells) == "none"


def test_what_a_column_holds_takes_nothing_from_a_header_that_names_the_field() -> None:
    assert field_of("Lien internet", LINKS, ("Job URL", LINKS)) == "none"
    assert field_of("Suivi", ["Rejected", "Offer", ""], ("Status", ["Applied", "Interview", "Offer"])) == "none"


def test_of_two_columns_that_hold_the_same_none_is_certain() -> None:
    assert field_of("Internetz", LINKS, ("Annonce ici bas", LINKS)) == "none"


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("OFFER", ["", "x", ""], "tick"),
        ("REJECTED", ["TRUE", "FALSE", "FALSE"], "tick"),
        ("Interview?", ["yes", "no", "Yes"], "tick"),
        ("Phone screen", ["✓", "✓", ""], "tick"),
        ("Absage", ["ja", "nein", "nein"], "tick"),
        ("Entretien", ["oui", "non", ""], "tick"),
        ("Applied?", ["☑", "☐", "☑"], "tick"),
        ("Interview?", ["✓", "x", "x"], "interview date"),
        ("Interview?", ["2026-11-20", "no", ""], "interview date"),
        ("Thank you sent", ["yes", "no", ""], "thank-you date"),
        ("Referral?", ["yes", "no", ""], "none"),
        ("Remote?", ["yes", "no", ""], "work mode"),
        ("Follow up?", ["yes", "no", ""], "none"),
        ("Offer deadline passed", ["yes", "no", ""], "none"),
        ("Interview prep done", ["yes", "no", ""], "none"),
    ],
)
def test_a_column_of_ticks_under_a_stage_says_who_came_to_it(header: str, cells: list[str], field: str) -> None:
    assert field_of(header, cells) == field


@pytest.mark.parametrize(
    ("header", "cells", "beside", "field"),
    [
        ("Date", ["2026-11-24", "2026-11-25", ""], ("Time", ["14:00", "9:30 AM", ""]), "interview date"),
        ("Datum", ["2026-11-24", "2026-11-25", ""], ("Uhrzeit", ["14 Uhr", "9:30", ""]), "interview date"),
        ("Date", ["2026-11-24", "2026-11-25", ""], ("Heure", ["14h30", "9h00", ""]), "interview date"),
        ("Fecha", ["2026-11-24", "2026-11-25", ""], ("Hora", ["14:00", "9:30", ""]), "interview date"),
        ("Data", ["2026-11-24", "2026-11-25", ""], ("Ora", ["14,30", "9.00", ""]), "interview date"),
        ("Date", ["2026-11-24", "2026-11-25", ""], ("Time", ["14,5", "9,25", ""]), "date applied"),
        ("Date", ["2026-11-24", "2026-11-25", ""], ("Time", ["full", "part", ""]), "date applied"),
        ("Date applied", ["2026-11-04", "2026-11-05", ""], ("Time", ["14:00", "9:30", ""]), "date applied"),
    ],
)
def test_a_day_beside_an_hour_is_that_of_the_interview(
    header: str, cells: list[str], beside: tuple[str, list[str]], field: str
) -> None:
    assert field_of(header, cells, beside) == field


def test_where_nobody_was_interviewed_the_day_beside_an_hour_is_none_of_an_interview() -> None:
    others = ("Time", ["14:00", "9:30", "8:00"]), ("Status", ["Applied", "Applied", "Saved"])
    assert field_of("Date", ["2026-11-04", "2026-11-05", "2026-11-06"], *others) == "date applied"


def planned(text: str, *statuses: str) -> ImportPlan:
    return plan_import(
        [ImportSource("board.csv", text.encode())],
        existing=[],
        now=NOW,
        zone=ZONE,
        first_number=1,
        words=parse_hand_words([], statuses),
    )


def applications(plan: ImportPlan) -> list[Application]:
    edits = plan.change.edits if plan.change is not None else ()
    return [edit.after for edit in edits if isinstance(edit.after, Application)]


TICKS = """Company,Role,Status,Interview?,OFFER,REJECTED
Acme,Dev,,x,,
Globex,Ops,Applied,x,x,
Initech,QA,Interviewing,,,x
Hooli,PM,Rejected,x,,
Stark,Cook,call Dana,x,,
Wayne,Guard,,,,
"""


def test_the_latest_of_status_and_ticks_says_the_stage() -> None:
    plan = planned(TICKS)
    assert [(each.company, each.stage, each.outcome) for each in applications(plan)] == [
        ("Acme", Stage.INTERVIEWED, None),
        ("Globex", Stage.AWAITING, None),
        ("Initech", Stage.MOVED_ON, Outcome.REJECTED),
        ("Hooli", Stage.MOVED_ON, Outcome.REJECTED),
        ("Stark", Stage.INTERVIEWED, None),
    ]
    assert applications(plan)[-1].notes == "Status: call Dana"
    assert plan.rows[-1].result is RowResult.SKIPPED
    assert "an empty status means no interview yet" in plan.rows[-1].why
    assert not any("nothing is taken" in remark for remark in plan.remarks)


def test_what_is_said_of_a_status_by_hand_counts_for_ticks_too() -> None:
    plan = planned("Company,Role,Offer\nAcme,Dev,x\nGlobex,Ops,\n", "Offer=accepted")
    assert [each.outcome for each in applications(plan)] == [Outcome.ACCEPTED]


def test_the_hour_beside_the_day_is_that_of_the_interview() -> None:
    plan = planned("Company,Role,Status,Date,Time\nAcme,Dev,Interview,2026-11-24,14:30\nGlobex,Ops,Interview,,\n")
    assert plan.change is not None
    (interview,) = [edit.after for edit in plan.change.edits if isinstance(edit.after, Interview)]
    assert interview.starts_at == datetime(2026, 11, 24, 13, 30, tzinfo=UTC)
    assert interview.time_known
    assert all(each.applied_on is None for each in applications(plan))


def test_a_sheet_with_a_date_alone_is_read_as_before() -> None:
    plan = planned("Company,Role,Status,Date\nAcme,Dev,Interview,2026-11-04\n")
    assert [each.applied_on for each in applications(plan)] == [date(2026, 11, 4)]


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("Where", ["Oslo", "Berlin (hybrid)", "Remote"], "location"),
        ("Wo?", ["Bonn", "Köln", ""], "location"),
        ("Where", ["LinkedIn", "Indeed", "Company website"], "source"),
        ("Where", ["https://acme.example", "2 Nov", ""], "none"),
        ("", LINKS, "link"),
        ("", MAILS, "contact mail"),
        ("", ["Interviewing", "Rejected", ""], "status"),
        ("", ["good", "bad", "so-so"], "none"),
        ("Réponse", ["2e entretien prévu", "réponse négative", ""], "status"),
        ("Feedback", ["Rejected", "Interview", "nice people"], "status"),
        ("So far", ["no", "waiting", "offer"], "status"),
        ("So far", ["no", "yes", "waiting"], "none"),
        ("Feedback", ["nice people", "cold office", "Rejected"], "none"),
        ("Panel", ["Jill Pope", "Ty Cole, Fay Ross", ""], "contact name"),
        ("Panel", ["Jill Pope jill7@zed.example", "Ty Cole 07700 900112", ""], "contact name"),
        ("Panel", ["Jill Pope", "12.-13.11.2026", ""], "interview date"),
        ("Grade / £", ["£31k", "£36-38k", "£25/hr"], "pay"),
        ("How much", ["£31k", "£36-38k", "£25/hr"], "pay"),
        ("How much", ["a lot", "too little", ""], "fact"),
        ("Chair", ["Jill Pope", "Ty Cole", ""], "contact name"),
        ("Interview", ["Phone screen", "Panel", "Onsite"], "fact"),
        ("Interview", ["2 Nov 2026", "booked", ""], "interview date"),
        ("Start", ["2026-11-09 10:00", "2026-11-26 13:00", ""], "interview date"),
        ("Start", ["2027-01-01", "2027-02-01", ""], "none"),
        ("Timestamp", ["2026-11-09 10:00", "2026-11-26 13:00", ""], "none"),
        ("Sent", ["06/10/2026", "12/10/2026", ""], "date applied"),
        ("Sent", ["yes", "no", ""], "none"),
    ],
)
def test_a_header_that_says_little_is_what_its_cells_say(header: str, cells: list[str], field: str) -> None:
    assert field_of(header, cells) == field
