"""The search: all that was written is found, by the beginnings of words, and what was found is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import NOW
from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.text import fold
from followup_tui.domain.views.search import AROUND, Field, SearchText, SearchTexts
from followup_tui.tracker.listing import texts_at
from followup_tui.tracker.tracker import Tracker
from run_cli import Shell

ONE = "1" * 32


def holds(text: str, typed: str, field: Field = Field.NOTE) -> bool:
    return SearchTexts([SearchText(ONE, field, text)]).ids_with(" ".join(fold(typed).split())) == {ONE}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Zoë Álvarez", "zoe al"),
        ("Straße 50% off_", "STRASSE"),
        ("STRASSE", "straße"),
        ("Kelvin \u212a", "k"),
        ("\ufb01ne print", "fi"),
        ("İstanbul", "istanbul"),
        ("Łódź, Ørsted", "orsted"),
        ("pay: 50% more", "50%"),
        ("a\\b c++", "c++"),
        ("we use .NET", ".net"),
        ("dana@acme.example", "acme.ex"),
        ("dana.ruiz@acme.example", "dana.ruiz@"),
        ("O’Neill-Smith", "smith"),
        ("株式会社東京", "東京"),
        ("call\nback", "call back"),
        ("“quoted”", "quoted"),
        ("e\u0301te\u0301", "été"),
    ],
)
def test_a_word_is_found_from_its_beginning_whatever_its_case_and_marks(text: str, typed: str) -> None:
    assert holds(text, typed)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Acme", "cme"),
        ("remote", "mote"),
        ("50% off", "0%"),
        ("Ann Lee", "ann li"),
        ("", "x"),
        ("AcmeCorp", "corp"),
    ],
)
def test_what_stands_within_a_word_is_not_looked_for(text: str, typed: str) -> None:
    assert not holds(text, typed)


def test_no_phrase_reaches_from_one_text_into_the_next() -> None:
    texts = SearchTexts([SearchText(ONE, Field.PERSON, "Dana"), SearchText(ONE, Field.PERSON, "Ruiz")])
    assert texts.ids_with("ruiz") == {ONE}
    assert not texts.ids_with("dana ruiz")


@pytest.mark.parametrize("typed", ["+1", "212", "2125550100", "12125550100", "5550100", "555 0100", "(212) 555"])
def test_a_number_is_found_however_its_groups_are_written(typed: str) -> None:
    assert holds("+1 (212) 555 0100", typed, Field.PHONE)


@given(st.text(), st.text(min_size=1, max_size=4))
def test_any_two_texts_can_be_compared_and_what_was_found_is_told(text: str, typed: str) -> None:
    texts = SearchTexts([SearchText(ONE, Field.NOTE, text)])
    needle = " ".join(fold(typed).split())
    match = texts.match(ONE, needle, (Field.NOTE,))
    assert (match is not None) is (texts.ids_with(needle) == {ONE})
    assert match is None or len(match.excerpt) <= AROUND + 2


@given(st.text())
def test_folding_twice_folds_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert "".join(map(fold, text)) == fold(text)


def test_of_a_long_text_the_part_around_what_was_found_is_told() -> None:
    texts = SearchTexts([SearchText(ONE, Field.NOTE, f"{'so ' * 40}then Dana said yes{' and' * 40}")])
    match = texts.match(ONE, "dana", tuple(Field))
    assert match is not None
    assert match.excerpt.startswith("…then Dana said yes and")
    assert match.excerpt[0] == match.excerpt[-1] == "…"


def test_all_that_was_typed_is_found_with_the_field_it_stands_in(database: Path) -> None:
    with closing(Tracker(database, clock=lambda: NOW)) as tracker:
        form = ApplicationForm(
            company="Coco",
            role="Rolo",
            notes="Nono",
            tags=("Tata",),
            source="Soso",
            url="https://lili.example",
            pay="Papa",
            referrer="Rere",
        )
        id = tracker.commands.add(form).cards[0].id
        tracker.commands.log([id], "note", note="Toto")
        tracker.commands.answer([id], Answer.UNCLEAR, note="Sisi")
    texts = texts_at(database)
    for needle, field in {
        "coco": Field.COMPANY, "rolo": Field.ROLE, "nono": Field.NOTE, "tata": Field.TAG, "soso": Field.SOURCE,
        "lili": Field.LINK, "toto": Field.NOTE, "sisi": Field.NOTE, "papa": Field.PAY,
        "rere": Field.PERSON,
    }.items():  # fmt: skip
        assert texts.ids_with(needle) == texts.ids_with(needle, field) == {id}
        match = texts.match(id, needle, tuple(Field))
        assert match is not None
        assert match.field is field


def test_who_put_in_a_word_is_found_as_such(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell = Shell(database, capsys)
    shell.well("add", "Globex", "SRE", "--referrer", "Bob Li")
    shell.well("add", "Initech", "SRE", "--with", "Cy Young, referrer, cy@initech.example, +49 30 1234567")
    shell.well("add", "Bob's Burgers", "Cook", "--with", "Bob Chen")
    found = {
        typed: [each["company"] for each in shell.well("list", "--json", typed).json]
        for typed in ("referrer:bob", "referrer:cy", "person:bob", "+49301234567", "030 1234567")
    }
    assert found["referrer:bob"] == ["Globex"]
    assert found["referrer:cy"] == found["+49301234567"] == found["030 1234567"] == ["Initech"]
    assert sorted(found["person:bob"]) == ["Bob's Burgers", "Globex"]


def test_a_text_that_is_none_hides_no_other(database: Path) -> None:
    with closing(Tracker(database)) as tracker:
        ids = [
            tracker.commands.add(ApplicationForm(company=name, role="Dev", notes="word")).cards[0].id
            for name in "AB"
        ]
    with closing(sqlite3.connect(database)) as other, other:
        other.execute(
            "UPDATE application SET notes = CAST(x'ff20776f7264' AS TEXT), tags = 'odd', source = x'ff'"
            " WHERE id = ?",
            ids[:1],
        )
    texts = texts_at(database)
    assert texts.ids_with("word", Field.NOTE) == set(ids)
    assert texts.ids_with("odd", Field.TAG) == set(ids[:1])


def test_where_there_is_no_database_nothing_is_found(database: Path) -> None:
    assert not texts_at(database).ids_with("word")


def test_a_list_tells_where_it_found_what_it_does_not_show(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(database, capsys)
    shell.well("add", "Globex", "SRE", "--with", "Dana Ruiz <dana@globex.example>")
    shell.well("add", "Dana Foods", "Cook")
    lines = shell.well("list", "dana").out.splitlines()
    assert lines[0].endswith("FOUND IN")
    assert [line.endswith("person Dana Ruiz") for line in lines[1:]] == [True, False]
    assert "FOUND IN" not in shell.well("list", "cook").out
    matched = {each["company"]: each["matched"] for each in shell.well("list", "--json", "dana").json}
    assert matched == {"Globex": {"field": "person", "text": "Dana Ruiz"}, "Dana Foods": None}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("+49 30 1234567", "+49301234567"),
        ("+49 30 1234567", "+4930"),
        ("+49 30 1234567", "030 1234567"),
        ("+49 30 1234567", "0301234567"),
        ("+49 30 1234567", "030/123 45 67"),
        ("+49 30 1234567", "0049 30 1234567"),
        ("+49 30 1234567", "1234567"),
        ("+49 (0)30 123-4567", "+49 30 1234567"),
        ("+49301234567", "+49 30 123"),
        ("+49301234567", "030 1234"),
        ("0049 30 1234567", "+49 30 1234567"),
        ("030 1234567", "+49 30 1234567"),
        ("030/1234567", "030 1234567"),
        ("(212) 555-0100", "212 555 0100"),
        ("(212) 555-0100", "212.555"),
        ("+1 212 555 0100", "+1 (212) 555-0100"),
    ],
)
def test_a_phone_number_is_found_however_it_is_spaced(text: str, typed: str) -> None:
    assert holds(text, typed, Field.PHONE)


@pytest.mark.parametrize(
    ("text", "typed"),
    [("+49 30 1234567", "030 7654321"), ("+49 30 1234567", "+48 30 12"), ("+49 30 1234567", "234567")],
)
def test_another_number_is_not_found(text: str, typed: str) -> None:
    assert not holds(text, typed, Field.PHONE)


def test_a_number_is_found_among_all_texts_and_told() -> None:
    texts = SearchTexts([SearchText(ONE, Field.NOTE, "0301"), SearchText(ONE, Field.PHONE, "+49 30 1234567")])
    assert texts.ids_with("030 1234") == {ONE}
    assert str(texts.match(ONE, "030 1234", list(Field))) == "phone +49 30 1234567"
    assert not SearchTexts([SearchText(ONE, Field.NOTE, "0301234")]).ids_with("030 1234")


@pytest.mark.parametrize("typed", ["+49 30 1234567", "0049301234567", "030 1234567"])
def test_a_number_is_found_with_every_key_that_is_typed(typed: str) -> None:
    for stored in ("0049 30 1234567", "+49 30 1234567", "030 1234567"):
        texts = SearchTexts([SearchText(ONE, Field.PHONE, stored)])
        for end in range(1, len(typed) + 1):
            texts.ids_with(typed[:end].strip())
        assert texts.ids_with(typed) == {ONE}
