"""What the user says by hand about headers and statuses, and the statuses that nobody knows."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.application import Application, Outcome, Stage
from followup_tui.domain.model.errors import BadInput
from followup_tui.exchange.plan import ImportPlan, ImportSource, RowResult
from followup_tui.exchange.sheets.formats import NO_WORDS, HandWords, checked_hand_words, parse_hand_words
from followup_tui.exchange.sheets.importer import plan_import

SHEET = "Betrieb,Was,Status\nA,Dev,Zz top\nB,Dev,zz  TOP\nC,Dev,Interview\n"


def planned(
    sheet: str, words: HandWords = NO_WORDS, remembered: HandWords = NO_WORDS, *, take_all: bool = False
) -> ImportPlan:
    return plan_import(
        [ImportSource("jobs.csv", sheet.encode())],
        existing=(),
        now=datetime(2026, 11, 18, 9, tzinfo=UTC),
        zone=ZoneInfo("Europe/Berlin"),
        first_number=1,
        take_all=take_all,
        words=words,
        remembered=remembered,
    )


def test_headers_and_statuses_are_read_as_said() -> None:
    words = parse_hand_words(["company=Betrieb", "Role = was"], ["ZZ Top=No reply"])
    plan = planned(SHEET, words)
    assert plan.change is not None
    made = [edit.after for edit in plan.change.edits if isinstance(edit.after, Application)]
    assert [(each.company, each.stage, each.outcome) for each in made] == [
        ("A", Stage.MOVED_ON, Outcome.NO_REPLY),
        ("B", Stage.MOVED_ON, Outcome.NO_REPLY),
        ("C", Stage.INTERVIEWED, None),
    ]
    assert plan.remarks == ()


@pytest.mark.parametrize("word", ["left out", "left_out", "Left-Out"])
def test_rows_of_a_status_are_left_out_if_the_user_says_so(word: str) -> None:
    """Also a row that couldn't be read, and one that is new only with every row taken."""
    sheet = "Company,Role,Status\nA,Dev,Zz top\nB,,zz  TOP\nC,Dev,Interview\n"
    plan = planned(sheet, parse_hand_words([], [f"ZZ Top={word}"]), take_all=True)
    assert [(row.company, row.result) for row in plan.rows] == [
        ("A", RowResult.SKIPPED),
        ("B", RowResult.SKIPPED),
        ("C", RowResult.NEW),
    ]
    assert plan.rows[0].why == "Left out: status “Zz top”, as you said."
    assert plan.remarks == ()


def test_remembered_words_are_named_where_they_were_used() -> None:
    remembered = HandWords(
        {"Betrieb": "company", "Was": "role", "Ort": "location"}, {"zz top": "no_reply", "x": "saved"}
    )
    (remark,) = planned(SHEET, remembered=remembered).remarks
    assert remark.startswith(
        "jobs.csv: read the column “Betrieb” as company, the column “Was” as role, the status"
    )
    assert "the status “zz top” as no reply, as you said before" in remark
    assert "Ort" not in remark
    assert "--forget-words" in remark


def test_what_is_said_now_wins_over_what_was_said_before() -> None:
    remembered = HandWords({"Betrieb": "role", "Was": "company"}, {"Zz Top": "offer"})
    plan = planned(SHEET, parse_hand_words(["role=WAS", "company=BETRIEB"], ["zz top=rejected"]), remembered)
    assert [(row.company, row.stage) for row in plan.rows][:1] == [("A", Stage.MOVED_ON)]
    assert "offer" not in " ".join(plan.remarks)


def test_a_column_can_be_left_out_by_hand() -> None:
    plan = planned("Company,Role,Status,Notes\nA,Dev,Offer,secret\n", parse_hand_words(["nothing=Notes"], []))
    assert plan.change is not None
    assert "secret" not in repr(plan.change)


def test_unknown_statuses_are_listed_with_where_they_went_and_what_to_say() -> None:
    sheet = "Company,Role,Status,Interview Date\nA,Dev,Zz,2026-11-12\nB,Dev,Zz,\nC,Dev,Zz,\nD,Dev,Yy,\n"
    assert [row.result for row in planned(sheet).rows] == [RowResult.ERROR] * 4
    assert planned(sheet).remarks == (
        'jobs.csv: the status “Zz” isn\'t known (3 rows: not read); say what it means: --status "Zz=interviewed".',
        'jobs.csv: the status “Yy” isn\'t known (1 row: not read); say what it means: --status "Yy=interviewed".',
    )
    placed = planned(sheet, take_all=True).remarks
    assert "Awaiting" in placed[0]
    assert len(placed) == 2


def test_of_very_many_unknown_statuses_ten_are_listed() -> None:
    sheet = "Company,Role,Status\n" + "".join(f"A,Dev {n},Zz{'abcdefghijklmnop'[n]}\n" for n in range(14))
    remarks = planned(sheet).remarks
    assert len(remarks) == 11
    assert remarks[-1] == "jobs.csv: 4 more statuses aren't known."


@pytest.mark.parametrize(
    ("maps", "statuses", "says"),
    [
        (["company"], [], "is not written like “company=Firma”"),
        (["company="], [], "is not written like"),
        (["boss=Chef"], [], "there is no field “boss”; nothing was imported, use one of company, role"),
        ([], ["Onsite"], "is not written like “Onsite=interviewed”"),
        ([], ["=interviewed"], "is not written like"),
        ([], ["Onsite=great"], "there is no meaning “great”; nothing was imported, use one of saved, applied"),
        ([], ["\x1b[31mOnsite=gr\x1beat"], "“great”"),
    ],
)
def test_what_is_said_wrongly_is_refused_with_the_right_way(
    maps: list[str], statuses: list[str], says: str
) -> None:
    with pytest.raises(BadInput) as refused:
        parse_hand_words(maps, statuses)
    assert says in refused.value.sentence
    assert "\x1b" not in refused.value.sentence


def test_a_status_with_an_equals_sign_and_a_field_of_two_words_can_be_said() -> None:
    words = parse_hand_words(["interview date=Wann", "Contact_Name=Wer"], ["a=b=offer"])
    assert words == HandWords({"Wann": "interview-date", "Wer": "contact-name"}, {"a=b": "offer"})


def test_remembered_words_that_mean_nothing_any_more_are_left_out() -> None:
    words = checked_hand_words(
        {"A": "company", "B": "boss", " ": "role"}, {"x": "offer", "y": "great", "  ": "offer"}
    )
    assert words == HandWords({"A": "company"}, {"x": "offer"})
