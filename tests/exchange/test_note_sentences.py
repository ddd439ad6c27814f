"""What the notes of a row tell: a thank-you that was sent, when it ended, and by when they decide."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from exchange.import_board import ZONE, ImportBoard, sheet
from followup_tui.domain.model.application import Outcome, Stage
from followup_tui.domain.model.touch import DATE_NOT_GIVEN, TouchKind
from followup_tui.exchange.plan import PlannedRow

NOW = datetime(2026, 12, 1, 10, tzinfo=ZONE)
HEADER = "Company,Role,Status,Applied,Interview,Notes"


def board_of(
    notes: str, status: str = "Interviewed", interview: str = "19.11.2026"
) -> tuple[ImportBoard, PlannedRow]:
    board = ImportBoard(NOW)
    text = sheet(HEADER, [["Acme", "Dev", status, "5.10.2026", interview, notes]])
    (row,) = board.take(text).rows
    assert board.take(text).change is None
    return board, row


@pytest.mark.parametrize(
    "notes",
    [
        "thank you sent 20.11.",
        "sent thx to both 20.11.",
        "Thank you sent Nov 20",
        "20.11. sent thank you to Maya. They said they'd get back by 4.12.",
        "thanked Yuki 20.11.",
        "thx sent 20.11.; followed up 28.11.",
        "Dankesmail am 20.11. geschickt",
        "thank-you sent to Ann, 20.11.",
        "Emailed thank you notes on Nov 20 to everyone",
        "remerciements envoyés le 20.11.",
        "nice people\nthanked all three on Fri 20 Nov",
    ],
)
def test_a_thank_you_in_the_notes_was_sent_on_its_day(notes: str) -> None:
    board, _ = board_of(notes)
    (touch,) = board.only().touches
    assert (touch.kind, touch.at.astimezone(ZONE).date(), touch.note) == (
        TouchKind.THANK_YOU,
        date(2026, 11, 20),
        "",
    )
    assert board.only().application.stage is Stage.THANKED
    assert board.only().application.notes == notes


@pytest.mark.parametrize(
    "notes", ["nach 1. Gespräch bedankt", "thanked Ann", "sent thank-you", "thank-you note sent!"]
)
def test_a_thank_you_without_a_day_counts_after_an_interview_that_was_held(notes: str) -> None:
    board, _ = board_of(notes)
    (touch,) = board.only().touches
    assert touch.note == DATE_NOT_GIVEN
    assert board.only().application.stage is Stage.THANKED


@pytest.mark.parametrize(
    "notes",
    [
        "need to thank",
        "thank them!",
        "no thank-you sent",
        "no thank you yet :(",
        "haven't thanked Ann",
        "thank-you due 2.12.",
        "got a thank you from Maya 20.11.",
        "They thanked me 20.11.",
        "~~thank you sent 20.11.~~",
    ],
)
def test_what_says_that_none_was_sent_is_no_thank_you(notes: str) -> None:
    board, row = board_of(notes)
    assert (board.only().touches, board.only().application.stage) == ((), Stage.INTERVIEWED)
    assert "record the thank-you" not in row.why


@pytest.mark.parametrize(
    ("notes", "interview"),
    [
        ("thank you sent 10.11.", "19.11.2026"),
        ("thank you sent 20.12.", "19.11.2026"),
        ("thank you note sent?", "19.11.2026"),
        ("thank-you sent to Ann but not Tom 20.11.", "19.11.2026"),
        ("nach 1. Gespräch bedankt", "10.11.2026 & 19.11.2026"),
        ("sent thank-you", "3.12.2026"),
    ],
)
def test_a_thank_you_that_is_not_certain_is_remarked(notes: str, interview: str) -> None:
    board, row = board_of(notes, interview=interview)
    assert board.only().touches == ()
    assert "in the notes: record the thank-you if you sent it." in row.why


def test_a_column_of_thank_yous_tells_it_alone() -> None:
    board = ImportBoard(NOW)
    board.take(
        sheet("Company,Role,Status,Interview,Thank-you sent,Notes", ["Acme,Dev,,19.11.2026,no,thanked 20.11."])
    )
    assert board.only().touches == ()


@pytest.mark.parametrize(
    ("status", "notes", "day"),
    [
        ("Rejected", "rejected by email 25.11., nice note", date(2026, 11, 25)),
        ("no", "auto reject 25.11.", date(2026, 11, 25)),
        ("Absage", "Absage per Mail am 25.11.", date(2026, 11, 25)),
        ("Rejected", "got the no on Nov 25", date(2026, 11, 25)),
        ("withdrew - pay too low", "told Greg by email 25.11.", date(2026, 11, 25)),
        ("offer declined", "informed HR on 25.11.", date(2026, 11, 25)),
        ("Rejected", "told Greg about it 25.11.", date(2026, 11, 19)),
        ("Rejected", "rejected 10.11.", date(2026, 11, 19)),
        ("Rejected", "onsite was 25.11.", date(2026, 11, 19)),
        ("rejected 24.11.", "rejected by email 25.11.", date(2026, 11, 24)),
    ],
)
def test_it_ended_on_the_day_in_the_notes_if_the_status_names_none(status: str, notes: str, day: date) -> None:
    board, _ = board_of(notes, status)
    application = board.only().application
    assert (application.stage, application.stage_at.date()) == (Stage.MOVED_ON, day)


@pytest.mark.parametrize(
    "notes",
    [
        "They said they'd get back by 4.12.",
        "they will let me know by Dec 4",
        "HR will be in touch by Friday, Dec 4",
        "melden sich bis 4.12.",
        "nice team. Decision by 4 Dec",
    ],
)
def test_the_day_by_which_they_give_word_is_read(notes: str) -> None:
    board, _ = board_of(notes, "waiting")
    assert [each.by_on for each in board.only().next_steps] == [date(2026, 12, 4)]


@pytest.mark.parametrize(
    "notes",
    ["I should get back to them by 4.12.", "call back Tom by 4.12.", "tell them by 4.12.", "reply by 4.12."],
)
def test_what_the_user_has_to_say_by_a_day_is_no_decision_of_theirs(notes: str) -> None:
    board, _ = board_of(notes, "waiting")
    assert board.only().next_steps == ()


@pytest.mark.parametrize("status", ["Done", "closed", "Finished", "Complete", "erledigt"])
def test_a_status_of_any_end_is_asked_about_unless_the_notes_tell(status: str) -> None:
    board, row = board_of("nice people", status)
    assert board.only().application.stage is Stage.INTERVIEWED
    assert "is not known" in row.why
    board, _ = board_of("nice people. They said no on Nov 25", status)
    application = board.only().application
    assert (application.outcome, application.stage_at.date()) == (Outcome.REJECTED, date(2026, 11, 25))
    assert application.notes == "nice people. They said no on Nov 25"


@pytest.mark.parametrize("status", ["position closed", "Closed - no reply", "Archived"])
def test_an_end_that_says_of_what_it_is_one_is_known(status: str) -> None:
    board, _ = board_of("", status)
    assert board.only().application.stage is Stage.MOVED_ON
