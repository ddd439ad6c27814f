"""Statuses and headers that public trackers of job hunts use, and neighbours of those once read wrongly."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.errors import BadInput
from followup_tui.exchange.plan import ImportPlan, ImportSource
from followup_tui.exchange.sheets.columns import ImportField, header_field
from followup_tui.exchange.sheets.contents import sheet_columns
from followup_tui.exchange.sheets.importer import plan_import
from followup_tui.exchange.sheets.statuses import meaning_name, status_meaning
from followup_tui.exchange.sheets.table import Table, TableRow


def name_of(status: str) -> str:
    meaning = status_meaning(status)
    return "unknown" if meaning is None else meaning_name(meaning)


def planned(sheet: str) -> ImportPlan:
    source = ImportSource("jobs.csv", sheet.encode())
    now, zone = datetime(2026, 11, 30, 9, tzinfo=UTC), ZoneInfo("Europe/Berlin")
    return plan_import([source], existing=(), now=now, zone=zone, first_number=1, take_all=True)


def columns_of(headers: list[str], *rows: list[str]) -> dict[str, str]:
    table = Table("jobs.csv", tuple(headers), tuple(TableRow(2 + at, row) for at, row in enumerate(rows)), ())
    return {column.header: column.field.value for column in sheet_columns(table, {})}


@pytest.mark.parametrize(
    ("status", "name"),
    [
        ("Antwort des Betriebes offen", "awaiting"),
        ("Decision still open", "awaiting"),
        ("Offen - keine Antwort", "no_reply"),
        ("Open, no response", "no_reply"),
        ("Open", "applied"),
        ("Interview offen", "interviewed"),
        ("Bearbeitung", "applied"),
        ("In Person", "interviewed"),
        ("Applied in person", "applied"),
        ("Screener call", "interviewed"),
        ("PRUEBA_COMPLETADA", "applied"),
        ("Prueba de código", "applied"),
        ("Waiting to apply", "saved"),
        ("Waiting to hear", "awaiting"),
        ("interesse", "saved"),
        ("geen_interesse", "withdrew"),
        ("Resume tailored", "saved"),
        ("Resume sent", "applied"),
        ("Applied, updated CV", "unknown"),
        ("New Application / Applied", "applied"),
        ("Decline email sent by JP Apr 27", "unknown"),
        ("Declined", "rejected"),
        ("Got the Job Offer", "offer"),
        ("Got the job", "accepted"),
        ("Delivery Failed", "unknown"),
        ("Failed the interview", "rejected"),
        ("UnderApprovalAfterInterview", "awaiting"),
        ("Vacancy withdrawn", "no_reply"),
        ("Requisition cancelled", "no_reply"),
        ("Position withdrawn by me", "withdrew"),
        ("Application withdrawn", "withdrew"),
        ("Hiring Manager", "interviewed"),
        ("Waiting for hiring manager", "awaiting"),
        ("Passed to hiring manager", "applied"),
        ("Offer Discussion", "offer"),
        ("En discussion", "unknown"),
        ("Revisado", "applied"),
        ("TechnicalTask", "applied"),
        ("Technical test requested", "applied"),
        ("p1 - Apply today", "saved"),
        ("bekeken", "unknown"),
    ],
)
def test_a_status_of_a_real_tracker_is_what_it_says(status: str, name: str) -> None:
    assert name_of(status) == name


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Offer Amount", ImportField.FACT),
        ("Remote/hybrid format", ImportField.WORK_MODE),
        ("Where you found it", ImportField.SOURCE),
        ("response_status", ImportField.STATUS),
        ("Tracker Status", ImportField.STATUS),
        ("salary_monthly_gross", ImportField.PAY),
        ("Salary low", ImportField.PAY),
        ("source_url", ImportField.URL),
        ("Agency / Client", ImportField.COMPANY),
        ("Recruitment agency name", ImportField.FACT),
    ],
)
def test_a_header_of_a_real_tracker_is_its_field(header: str, field: ImportField) -> None:
    found = header_field(header)
    assert found is not None
    assert found[0] is field


def test_most_cells_under_comp_are_amounts_and_others_say_that_there_is_none() -> None:
    cells = [["Acme", "Dev", "$90K–$115K"], ["Beta", "Dev", "Up to $127K"], ["Gamma", "Dev", "TBD, too low"]]
    assert columns_of(["Company", "Role", "Comp (if known)"], *cells)["Comp (if known)"] == "pay"
    words = [["Acme", "Dev", "strong"], ["Beta", "Dev", "two rivals"], ["Gamma", "Dev", "$90K"]]
    assert columns_of(["Company", "Role", "Comp (if known)"], *words)["Comp (if known)"] == "fact"


def test_a_sheet_of_headers_alone_without_a_role_has_none() -> None:
    assert "role" not in columns_of(["headline", "employer_name", "application_date"]).values()


def test_what_is_only_said_to_be_known_is_no_pay() -> None:
    cells = [["Acme", "Dev", "True", "4200"], ["Beta", "Dev", "False", ""]]
    columns = columns_of(["Company", "Role", "salary_known", "salary_gross"], *cells)
    assert columns["salary_known"] == "fact"
    assert columns["salary_gross"] == "pay"


def test_whom_one_applied_to_is_the_employer_and_a_day_is_not() -> None:
    cells = [["Dev", "Acme", "rejected"], ["Analyst", "Nordwerk", "applied"], ["Data engineer", "Beta GmbH", ""]]
    assert columns_of(["title", "applied to", "outcome"], *cells)["applied to"] == "company"
    days = [["Acme", "Dev", "2026-11-02"], ["Beta", "Dev", "2026-11-03"]]
    assert columns_of(["Company", "title", "applied to"], *days)["applied to"] == "date applied"


@pytest.mark.parametrize(
    ("status", "name"),
    [
        ("reeejected", "rejected"),
        ("On campus", "interviewed"),
        ("found", "saved"),
        ("Applied, found on LinkedIn", "applied"),
        ("found another job", "withdrew"),
        ("Angebot vorliegend", "offer"),
        ("Contracted", "accepted"),
        ("Contract sent", "offer"),
        ("Geen gehoor", "no_reply"),
        ("Reprobado", "rejected"),
        ("Te contactarán", "awaiting"),
        ("refusee_candidat", "withdrew"),
        ("refusee_entreprise", "rejected"),
        ("Cultural fit", "interviewed"),
        ("Not a cultural fit", "unknown"),
        ("OnBoarding", "accepted"),
        ("Onboarding terminated", "unknown"),
        ("Candidaté le 3 mars", "applied"),
        ("Pas encore candidaté", "saved"),
        ("Candidate dropped", "unknown"),
        ("Colloquio Assente", "unknown"),
        ("DESCLASSIFICADO", "rejected"),
        ("Diskwalificatie", "rejected"),
        ("AGUARDANDO_CONTATO", "awaiting"),
        ("Leadership-CEO chat", "interviewed"),
        ("Offer letter released", "offer"),
        ("Prueba Psicotécnica", "applied"),
    ],
)
def test_words_of_whole_sheets_are_what_they_say(status: str, name: str) -> None:
    assert name_of(status) == name


@pytest.mark.parametrize(
    ("status", "name"),
    [
        ("Applied - frobnicated", "applied"),
        ("Application frobnicated", "unknown"),
        ("Application sent to Frobnic", "applied"),
        ("Bewerbung frobniziert", "unknown"),
        ("Bewerbung raus", "applied"),
        ("cover letter half done", "saved"),
        ("cover letter frobnicated", "unknown"),
        ("Resume forwarded to Frobnic", "applied"),
        ("Rejected - frobnicated", "rejected"),
        ("Frobnic interview", "interviewed"),
        ("Applyed 12 nov", "applied"),
        ("Submitted to client", "applied"),
        ("in pipeline", "applied"),
        ("En cours d'examen", "applied"),
        ("Pre-screening", "applied"),
        ("Da contattare", "saved"),
        ("Better candidate selected", "rejected"),
        ("Vérification des références", "awaiting"),
        ("Embauche confirmée", "accepted"),
        ("Action préalable à l'embauche", "unknown"),
        ("Bounced", "unknown"),
        ("Mail bounced, applied again", "unknown"),
        ("Resume being reviewed by a friend", "unknown"),
        ("Resume under review", "applied"),
        ("Application form half filled", "unknown"),
        ("Application form filled in", "applied"),
        ("Filled", "rejected"),
        ("Filled internally", "rejected"),
        ("Thank you note drafted", "unknown"),
        ("Thank you note sent", "thanked"),
        ("Walked away", "withdrew"),
        ("Walked away from offer", "declined"),
        ("They lost interest", "rejected"),
        ("Lost interest", "withdrew"),
        ("Kept on file", "rejected"),
        ("not_contacted", "saved"),
        ("Screening - Phone", "interviewed"),
        ("Video screening", "interviewed"),
        ("Screening", "applied"),
        ("Applied by phone", "applied"),
        ("Zusageempfehlung", "unknown"),
        ("Zusage erhalten", "offer"),
        ("noresponse", "no_reply"),
        ("Behavioral", "interviewed"),
    ],
)
def test_a_word_that_nobody_knows_beside_the_name_of_an_application_leaves_it_unknown(
    status: str, name: str
) -> None:
    assert name_of(status) == name


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("🔗", ImportField.URL),
        ("📍", ImportField.LOCATION),
        ("📞 interview", ImportField.INTERVIEW_ON),
        ("Contact #", ImportField.CONTACT_PHONE),
        ("Interview #2", ImportField.INTERVIEW_ON),
        ("HR no.", ImportField.CONTACT_PHONE),
        ("IV date", ImportField.INTERVIEW_ON),
        ("Stage 1", ImportField.INTERVIEW_ON),
        ("Stage", ImportField.STATUS),
        ("Stipend", ImportField.PAY),
        ("In office", ImportField.WORK_MODE),
        ("Office", ImportField.LOCATION),
        ("Zu-/Absage", ImportField.STATUS),
        ("Form Link", ImportField.URL),
    ],
)
def test_signs_and_short_forms_of_headers_are_their_fields(header: str, field: ImportField) -> None:
    found = header_field(header)
    assert found is not None
    assert found[0] is field


def test_numbered_stages_are_interviews() -> None:
    plan = planned("Company,Role,Stage 1,Stage 2,Status\nAcme,Dev,2026-11-03,2026-11-10,Active\n")
    assert dict(plan.rows[0].facts())["Interview"] == "Tue 3 Nov 2026\nTue 10 Nov 2026"


def test_a_row_with_an_address_is_no_header() -> None:
    link = "https://jobs.example/job/software-engineer-senior"
    rows = f"Dev,University of Elsewhere,{link},applied\nOps,Nordwerk,https://jobs.example/7,rejected\n"
    plan = planned(
        "title, applied to, link, outcome\n" + rows + "Analyst,Beta GmbH,https://jobs.example/8,ghosted\n"
    )
    assert [(row.company, row.role) for row in plan.rows] == [
        ("University of Elsewhere", "Dev"),
        ("Nordwerk", "Ops"),
        ("Beta GmbH", "Analyst"),
    ]


def test_where_all_say_no_to_applied_nothing_is_applied_for() -> None:
    columns = columns_of(["Company", "Title", "Applied? (Y/N)"], ["Acme", "Dev", "N"], ["Beta", "Dev", "N"])
    assert columns["Applied? (Y/N)"] == "tick"
    columns = columns_of(["Company", "Title", "Applied"], ["Acme", "Dev", "2026-11-02"], ["Beta", "Dev", "no"])
    assert columns["Applied"] == "date applied"


def test_the_name_of_hr_is_a_person_and_where_it_is_at_the_status() -> None:
    headers = ["Employer", "Position", "HR name", "CTC offered", "Where it is at", "Person I met"]
    row = ["Acme", "Dev", "Dana Ruiz", "12 LPA", "interviewed", "Bo Chen"]
    fields = ["company", "role", "contact name", "pay", "status", "contact name"]
    assert columns_of(headers, row) == dict(zip(headers, fields, strict=True))


def test_the_title_of_a_contact_is_no_role() -> None:
    with pytest.raises(BadInput):
        planned(
            "company,contact_name,contact_title,current_status\n"
            "Acme,Dana Ruiz,Chief Sales Officer,Applied\nBeta,Sam Lee,Head of Sales,Applied\n"
        )


def test_the_users_own_address_in_linkedins_export_is_no_contact() -> None:
    plan = planned(
        "Application Date,Contact Email,Contact Phone Number,Company,Job Title,Job Url,Resume Name\n"
        '"4/13/20, 12:07 AM",me@example.org,,Acme,Dev,http://www.linkedin.com/jobs/view/181,CV.pdf\n'
    )
    assert plan.change is not None
    assert not any(isinstance(edit.after, Contact) for edit in plan.change.edits)


def test_who_referred_is_the_referrer_and_a_yes_is_not() -> None:
    assert (
        columns_of(["Company", "Role", "REFERRED BY"], ["Acme", "Dev", "Dana Ruiz"])["REFERRED BY"] == "referrer"
    )
    assert columns_of(["Company", "Role", "Referred by"], ["Acme", "Dev", "yes"])["Referred by"] == "fact"


def test_where_somebody_was_thanked_what_waits_had_an_interview() -> None:
    waiting = "".join(f"Acme {n},Dev,awaiting\n" for n in range(6))
    plan = planned(f"Company,Role,Status\n{waiting}Beta,Dev,thanked\nGamma,Dev,interviewed\n")
    assert {row.why.partition(":")[0] for row in plan.rows[:6]} == {"Goes to Awaiting"}


def test_where_nothing_is_said_to_be_applied_for_what_waits_for_a_reply_is() -> None:
    waiting = "".join(f"Acme {n},Dev,Awaiting response\n" for n in range(6))
    plan = planned(f"Company,Role,Status\n{waiting}Beta,Dev,Active\n")
    assert plan.rows[0].why == (
        "Goes to Awaiting (applied): status “Awaiting response” (no status of the sheet says applied)."
    )
    plan = planned(f"Company,Role,Status\n{waiting}Beta,Dev,Applied\n")
    assert plan.rows[0].why.startswith("Goes to Awaiting: status “Awaiting response”.")
    plan = planned(f"Company,Role,Status\n{waiting}Beta,Dev,Awaiting decision after interview\n")
    assert plan.rows[6].why.startswith("Goes to Awaiting: status")
