"""The day by which an offer wants an answer, and the day on which what a status says happened."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from exchange.import_board import ZONE, ImportBoard, sheet
from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.details import Offer
from followup_tui.domain.model.touch import TouchKind
from followup_tui.exchange.plan import ImportPlan

NOW = datetime(2026, 11, 30, 10, tzinfo=ZONE)
DEC_7 = date(2026, 12, 7)


def board_of(status: str, *, header: str = "", cell: str = "", applied: str = "5.10.2026") -> ImportBoard:
    board = ImportBoard(NOW)
    take(board, status, header=header, cell=cell, applied=applied)
    return board


def take(
    board: ImportBoard, status: str, *, header: str = "", cell: str = "", applied: str = "5.10.2026"
) -> ImportPlan:
    head = f"Company,Role,Status,Applied,Interview,{header or 'Nothing much'}"
    text = sheet(head, [["Acme", "Dev", status, applied, "20.11.2026", cell]])
    plan = board.take(text)
    assert board.take(text).change is None
    return plan


def offer_of(board: ImportBoard) -> Offer:
    (offer,) = board.only().offers
    return offer


@pytest.mark.parametrize(
    "status",
    [
        "OFFER!! have to answer until 7.12.",
        "offer, reply by 7 Dec",
        "Offer (decide by Mon, Dec 7)",
        "Offer - deadline: 2026-12-07",
        "Angebot, Antwort bis 7.12.2026",
        "Angebot, Antwort bis zum 7.12.",
        "offre, réponse jusqu'au 7 décembre",
        "offre, réponse avant le 7 décembre",
        "oferta, responder hasta el 7.12.2026",
        "offerta, rispondere entro il 7.12.",
        "offer came 27.11., answer by 7.12.",
    ],
)
def test_the_deadline_in_the_status_of_an_offer_is_its_day(status: str) -> None:
    board = board_of(status)
    assert offer_of(board).answer_by == DEC_7
    assert board.only().application.notes == f"Status: {status}"


@pytest.mark.parametrize(
    "status",
    ["Offer", "offer, reply soon", "offer until friday", "offer came 27.11.", "offer 10-12k", "offer no. 2"],
)
def test_of_an_offer_that_names_no_deadline_none_is_made_up(status: str) -> None:
    assert offer_of(board_of(status)).answer_by is None


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Offer deadline", "7.12.2026"),
        ("Deadline", "2026-12-07"),
        ("Decision by", "until 7.12."),
        ("Answer by", "7 Dec"),
        ("Respond by", "Dec 7 at noon"),
        ("Antwort bis", "7.12."),
        ("Frist", "bis 7.12."),
        ("Répondre avant le", "7.12."),
        ("Plazo de respuesta", "7.12.2026"),
        ("Scadenza offerta", "7.12."),
        ("Antwoord voor", "7.12."),
    ],
)
def test_the_deadline_of_an_offer_can_have_its_column(header: str, cell: str) -> None:
    board = board_of("Offer", header=header, cell=cell)
    assert offer_of(board).answer_by == DEC_7
    assert board.only().application.notes == ""


@pytest.mark.parametrize(("status", "cell"), [("Interviewed", "7.12.2026"), ("Offer", "soon")])
def test_a_deadline_that_is_none_of_an_offer_is_kept_in_the_notes(status: str, cell: str) -> None:
    board = board_of(status, header="Deadline", cell=cell)
    assert board.only().application.notes == f"Deadline: {cell}"
    assert [each.answer_by for each in board.only().offers] in ([], [None])


def test_more_time_moves_the_day_that_the_sheet_gave_and_no_other() -> None:
    board = board_of("offer, answer by 7.12.")
    plan = take(board, "offer, more time until 18.12.")
    assert "the day to answer the offer by, Fri 18 Dec" in plan.rows[0].why
    assert offer_of(board).answer_by == date(2026, 12, 18)


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("rejected per mail 25.11.", date(2026, 11, 25)),
        ("absage 25.11.", date(2026, 11, 25)),
        ("Rejected by mail on Nov 25", date(2026, 11, 25)),
        ("nice people, rejected 25.11.2026", date(2026, 11, 25)),
        ("REJECTED after onsite 25.11.", date(2026, 11, 25)),
        ("rejected following final interview, 25.11.", date(2026, 11, 20)),
        ("rejected before onsite 25.11.", date(2026, 11, 20)),
        ("rejected 3.12.", date(2026, 11, 20)),
        ("rejected after the interview on 25.11.", date(2026, 11, 20)),
        ("applied 24.11., rejected", date(2026, 11, 20)),
        ("rejected 1.11.", date(2026, 11, 20)),
        ("rejected", date(2026, 11, 20)),
    ],
)
def test_they_said_no_on_the_day_in_the_status_if_it_can_be(status: str, told: date) -> None:
    application = board_of(status).only().application
    assert (application.stage, application.stage_at.date()) == (Stage.MOVED_ON, told)


def test_a_no_of_a_later_sheet_has_its_day_too() -> None:
    board = board_of("Interviewed")
    take(board, "rejected per mail 25.11.")
    assert board.only().application.stage_at.date() == date(2026, 11, 25)


@pytest.mark.parametrize(("status", "made"), [("offer came 27.11.", 27), ("offer 27.11., answer by 7.12.", 27)])
def test_an_offer_was_made_on_the_day_in_the_status(status: str, made: int) -> None:
    offer = offer_of(board_of(status))
    assert (offer.day_known, offer.made_at.date()) == (True, date(2026, 11, made))


@pytest.mark.parametrize(
    "status",
    [
        "rejected 25.11.",
        "offer until 7.12.",
        "waiting for answer until friday",
        "Onsite was friday",
        "onsite 20.11.",
    ],
)
def test_what_names_no_other_day_of_an_interview_asks_for_none(status: str) -> None:
    (row,) = take(ImportBoard(NOW), status).rows
    assert "says when" not in row.why


@pytest.mark.parametrize(
    "status", ["they call me back", "first call was ok", "2nd round done, waiting", "home task handed in"]
)
def test_words_beside_the_stage_are_kept(status: str) -> None:
    assert board_of(status).only().application.notes == f"Status: {status}"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("Thank-you email sent 25.11.", TouchKind.THANK_YOU),
        ("thanked them on Nov 25", TouchKind.THANK_YOU),
        ("Followed up 25.11.", TouchKind.CHECK_IN),
        ("nachgefragt am 25.11.", TouchKind.CHECK_IN),
    ],
)
def test_the_day_of_a_contact_in_the_status_is_that_contacts_day(status: str, kind: TouchKind) -> None:
    (touch,) = board_of(status).only().touches
    assert (touch.kind, touch.at.astimezone(ZONE).date(), touch.note) == (kind, date(2026, 11, 25), "")


@pytest.mark.parametrize(
    "status", ["Followed up", "follow up 25.11.", "followed up 7.12.", "followed up, on hold since 25.11."]
)
def test_a_contact_without_a_day_or_still_to_come_is_not_made_up(status: str) -> None:
    assert not board_of(status).only().touches


@pytest.mark.parametrize(
    "status",
    [
        "2nd interview scheduled for 3.12. 11:00",
        "Interview Thu 3 Dec, 11am",
        "onsite Dec 3 at 11:00",
        "Interview 3.12.2026 11:00",
        "passed, onsite Dec 3 11am",
        "HM call done - final round Thu 3 Dec 11:00",
    ],
)
def test_a_day_with_an_hour_in_the_status_of_an_interview_is_its_day(status: str) -> None:
    board = board_of(status)
    assert board.starts() == ["20.11. 12:00", "03.12. 11:00"]
    assert board.only().application.notes == f"Status: {status}"


@pytest.mark.parametrize(
    ("status", "starts"),
    [
        ("test passed, panel interview 3.12.", ["03.12. 12:00"]),
        ("Interview scheduled Dec 3", ["03.12. 12:00"]),
        ("interview booked 20.11.", []),
        ("interview, decision 3.12.", []),
    ],
)
def test_the_only_interview_of_a_row_may_have_a_day_to_come_without_an_hour(
    status: str, starts: list[str]
) -> None:
    board = ImportBoard(NOW)
    board.take(sheet("Company,Role,Status,Interview", [["Acme", "Dev", status, ""]]))
    assert board.starts() == starts


@pytest.mark.parametrize(
    "status",
    [
        "Interviewed - they call 3.12. 11:00",
        "Interview or call 3.12. or 4.12. 11:00",
        "interviewed, decision 3.12. 11:00",
    ],
)
def test_an_hour_that_may_be_of_something_else_is_no_interview(status: str) -> None:
    assert board_of(status).starts() == ["20.11. 12:00"]


def test_a_long_status_is_quoted_with_a_sign_that_it_goes_on() -> None:
    (row,) = take(ImportBoard(NOW), "2nd round with the whole of the product team on Tue 10am").rows
    assert "“2nd round with the whole of the product…” says when" in row.why


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        ("test passed, panel interview 12/10", "Status “test passed, panel interview 12/10” says when"),
        ("interview on Friday", "Status “interview on Friday” says when"),
        ("Interview next week", "The sheet doesn't say when"),
        ("Interview", "The sheet doesn't say when"),
        ("Offer", "The sheet doesn't say when"),
    ],
)
def test_a_missing_interview_day_is_asked_for_once(status: str, asked: str) -> None:
    (row,) = ImportBoard().plan(sheet("Company,Role,Status", [["Acme", "Dev", status]])).rows
    assert asked in row.why
    assert row.why.count("record") == 1
