"""The full copy: into an empty database it gives an equal one, any other takes what it lacks, and nothing else."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import NOW
from exchange.export_boards import BERLIN, HOSTILE, exported, full_board, hostile_board, imported, write_rows
from followup_tui.domain.model.application import Application
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.errors import BadInput, StoreTrouble
from followup_tui.exchange.json_copy import read_copy
from followup_tui.exchange.json_plan import COPY_VERSION, LISTS
from followup_tui.exchange.plan import ImportSource, RowResult
from followup_tui.store.row_codec import columns
from followup_tui.tracker.imports import CODEC, ImportOptions, import_sources, read_sources
from followup_tui.tracker.tracker import Tracker
from made_once import made_once
from store.factories import application, one_of_each_kind

Damage = Callable[[dict[str, Any]], object]


@pytest.fixture
def full(tmp_path: Path) -> Path:
    place = tmp_path / "full.db"
    made_once(place, "full", lambda: full_board(place))
    return place


def copy_of(place: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exported(place))
    return found


def refusal(place: Path, content: bytes) -> str:
    with pytest.raises(BadInput) as refused:
        imported(place, content)
    assert not place.exists() or sqlite3.connect(place).execute("SELECT count(*) FROM application").fetchone() == (
        0,
    )
    return refused.value.sentence


def test_out_in_and_out_again_is_the_same_to_the_byte(full: Path, database: Path) -> None:
    first = exported(full)
    result = imported(database, first)
    assert result.plan.dropped == 0
    assert exported(database) == first


@pytest.mark.parametrize(
    "known", [{"email": "jobs@acme.example"}, {"phone": "+49 30 5550 0100"}, {"link": "https://acme.example"}]
)
def test_a_contact_without_a_name_goes_out_and_in(tmp_path: Path, database: Path, known: dict[str, str]) -> None:
    one = application()
    nameless = Contact(application_id=one.id, created_at=NOW, **known)
    first = exported(write_rows(tmp_path / "nameless.db", one, nameless))
    imported(database, first)
    assert exported(database) == first
    assert "name" not in copy_of(database)["contacts"][0]


def test_the_copy_has_something_in_every_list(full: Path) -> None:
    assert {
        name: len(rows) > 0 for name, rows in copy_of(full).items() if isinstance(rows, list)
    } == dict.fromkeys([*LISTS, "journal", "ignored_findings", "review_marks"], True)


def test_the_copy_has_every_field_of_every_row(tmp_path: Path) -> None:
    found = copy_of(hostile_board(tmp_path / "hostile.db"))
    for name, kind in LISTS.items():
        assert set(found[name][0]) <= set(columns(kind))
        missing = set(columns(kind)) - set(found[name][0])
        optional = {"outcome", "closed_from", "applied_on", "snoozed_until", "pinned_on", "ends_at", "kind"}
        optional |= {"snoozed_at", "pinned_at"}
        optional |= {
            "cancelled_at",
            "work_mode",
            "role",
            "reach_by",
            "voice",
            "answer_by",
            "asked_time_at",
            "answer",
            "answered_at",
            "event_revised_at",
            "seen_on",
            "by_at",
            "channel",
            "sent_at",
            "unanswered_at",
            "contact_id",
            "interview_id",
            "region",
            "zone",
        }
        assert missing - {"attachments", "event_uid", "imported"} <= optional


def test_the_order_of_a_copy_depends_on_its_data_alone(tmp_path: Path) -> None:
    rows = [each for number in (3, 1, 2) for each in one_of_each_kind(number)]
    forward = write_rows(tmp_path / "a.db", *rows)
    backward = write_rows(tmp_path / "b.db", *sorted(rows, key=lambda row: row.id))
    lists = [{name: copy_of(place)[name] for name in LISTS} for place in (forward, backward)]
    assert lists[0] == lists[1]


def test_undo_and_redo_go_on_in_the_restored_database(full: Path, database: Path) -> None:
    imported(database, exported(full))
    tracker = Tracker(database, zone=BERLIN, clock=lambda: NOW)
    original = Tracker(full, zone=BERLIN, clock=lambda: NOW)
    with closing(tracker), closing(original):
        assert tracker.commands.undo().said == original.commands.undo().said
        assert tracker.commands.redo().said == original.commands.redo().said
    assert copy_of(full)["applications"] == copy_of(database)["applications"]


def test_the_restored_database_knows_what_is_due(full: Path, database: Path) -> None:
    imported(database, exported(full))
    here, there = (Tracker(place, zone=BERLIN, clock=lambda: NOW) for place in (full, database))
    with closing(here), closing(there):
        assert there.schedule.is_current(NOW)
        assert there.queries.board() == here.queries.board()


def test_a_second_import_of_the_same_copy_changes_nothing(full: Path) -> None:
    before = exported(full)
    plan = imported(full, before).plan
    assert plan.change is None
    assert {row.result for row in plan.rows} == {RowResult.SAME}
    assert exported(full) == before


def test_what_a_database_lacks_is_added_as_one_change_and_undo_takes_it_back(full: Path, database: Path) -> None:
    write_rows(database, application(1, "Mine"))
    before = {name: copy_of(database)[name] for name in LISTS}
    plan = imported(database, exported(full)).plan
    assert plan.change is not None
    assert {row.result for row in plan.rows} == {RowResult.NEW}
    found = copy_of(database)
    assert len(found["applications"]) == len(copy_of(full)["applications"]) + 1
    for name in list(LISTS)[1:]:
        assert found[name] == [{**each, "version": 0} for each in copy_of(full)[name]] or name == "letters"
    assert len(found["letters"]) == 1
    with closing(Tracker(database, zone=BERLIN, clock=lambda: NOW)) as tracker:
        tracker.commands.undo()
    assert {name: copy_of(database)[name] for name in LISTS} == before


def test_a_number_that_is_taken_is_given_anew_and_named(full: Path, database: Path) -> None:
    write_rows(database, application(1, "Mine"))
    plan = imported(database, exported(full)).plan
    (renamed,) = [row for row in plan.rows if "since 1 is another application here" in row.why]
    numbers = [each["number"] for each in copy_of(database)["applications"]]
    assert len(set(numbers)) == len(numbers)
    assert f"as number {max(numbers)}, since 1 is another" in renamed.why


def test_the_journal_of_the_copy_is_not_mixed_in_and_that_is_said(full: Path, database: Path) -> None:
    write_rows(database, application(1, "Mine"))
    (remark,) = imported(database, exported(full)).plan.remarks
    assert "of its journal" in remark
    assert "1 ignored finding" in remark
    assert len(copy_of(database)["journal"]) == 2


def test_what_differs_stays_and_is_named(full: Path) -> None:
    content = exported(full)
    with closing(Tracker(full, zone=BERLIN, clock=lambda: NOW)) as tracker:
        id = tracker.queries.find("1")
        form = tracker.queries.details(id).application
        tracker.commands.log([id], "note", note="later")
        tracker.commands.set_pace([id], type(form.pace).SLOW)
    before = exported(full)
    plan = imported(full, content).plan
    assert plan.change is None
    (row,) = [row for row in plan.rows if "Kept as it is here" in row.why]
    assert "pace" in row.why
    assert exported(full) == before


def test_a_touch_that_is_missing_is_added_to_an_application_that_is_there(full: Path) -> None:
    content = exported(full)
    with closing(sqlite3.connect(full)) as connection, connection:
        (touch,) = connection.execute("SELECT id FROM touch ORDER BY id LIMIT 1").fetchone()
        connection.execute("DELETE FROM touch WHERE id = ?", (touch,))
    plan = imported(full, content).plan
    (row,) = [row for row in plan.rows if row.result is RowResult.MERGED]
    assert row.why == "Adds 1 touch."
    assert copy_of(full)["touches"] == [{**each} for each in json.loads(content)["touches"]]


def test_each_row_names_its_line(full: Path, database: Path) -> None:
    content = exported(full)
    lines = content.decode().splitlines()
    for row in imported(database, content).plan.rows:
        assert f'"company":{json.dumps(row.company, ensure_ascii=False)}' in lines[row.line - 1]


def test_several_copies_are_one_change(tmp_path: Path, database: Path) -> None:
    places = [write_rows(tmp_path / f"{n}.db", *one_of_each_kind(1)) for n in range(2)]
    sources = [ImportSource(f"{n}.json", exported(place)) for n, place in enumerate(places)]
    result = import_sources(database, sources, ImportOptions(), zone=BERLIN, clock=lambda: NOW)
    assert result.plan.change is not None
    assert [each["number"] for each in copy_of(database)["applications"]] == [1, 2]


def test_hostile_text_is_escaped_on_the_way_out_and_cleaned_on_the_way_in(tmp_path: Path, database: Path) -> None:
    content = exported(hostile_board(tmp_path / "hostile.db"))
    assert not any((ord(one) < 32 and one != "\n") or 127 <= ord(one) < 160 for one in content.decode())
    assert "\u202e" not in content.decode()
    assert json.loads(content)["applications"][0]["company"] == HOSTILE
    result = imported(database, content)
    assert result.plan.dropped > 10
    found = copy_of(database)
    assert "\x1b" not in json.dumps(found, ensure_ascii=False)
    assert "\x1b" not in found["applications"][0]["company"]
    assert "\x1b" not in json.loads(json.dumps(found["journal"]))[0]["label"]
    assert exported(database) == exported(database)


def test_a_copy_that_was_cleaned_once_stays_as_it_is(tmp_path: Path, database: Path) -> None:
    imported(database, exported(hostile_board(tmp_path / "hostile.db")))
    again = tmp_path / "again.db"
    imported(again, exported(database))
    assert exported(again) == exported(database)


DAMAGES: dict[str, tuple[Damage, str]] = {
    "newer": (lambda copy: copy.update(version=COPY_VERSION + 1), "newer followup-tui"),
    "no version": (lambda copy: copy.pop("version"), "which version"),
    "true for a version": (lambda copy: copy.update(version=True), "which version"),
    "another format": (lambda copy: copy.update(format="kanban"), "no export of followup-tui"),
    "no list": (lambda copy: copy.update(touches={}), "touches is no list"),
    "list missing": (lambda copy: copy.pop("journal"), "journal is no list"),
    "list unknown": (lambda copy: copy.update(tasks=[]), "tasks is no list of a full copy"),
    "row is a text": (lambda copy: copy["touches"].insert(0, "x"), "touches[0] is no object"),
    "field unknown": (lambda copy: copy["contacts"][0].update(fax="1"), "contacts[0].fax is no field"),
    "field missing": (lambda copy: copy["applications"][1].pop("company"), "applications[1].company is missing"),
    "company empty": (
        lambda copy: copy["applications"][1].update(company=""),
        "applications[1].company is missing",
    ),
    "id missing": (lambda copy: copy["touches"][2].pop("id"), "touches[2].id is missing"),
    "id with quotes": (lambda copy: copy["letters"][0].update(id='a"b'), "letters[0].id is no id"),
    "enum": (lambda copy: copy["applications"][0].update(stage="hired"), "applications[0].stage is none of"),
    "number as text": (
        lambda copy: copy["applications"][0].update(number="1"),
        "[0].number is a text",
    ),
    "number negative": (lambda copy: copy["applications"][0].update(number=-1), "applications[0].number"),
    "text as number": (lambda copy: copy["applications"][0].update(role=5), "applications[0].role is a number"),
    "null for a text": (lambda copy: copy["applications"][0].update(role=None), "applications[0].role is null"),
    "list for a text": (lambda copy: copy["touches"][0].update(note=["x"]), "touches[0].note is a list"),
    "one for true": (lambda copy: copy["interviews"][0].update(time_known=1), "interviews[0].time_known"),
    "tags as text": (lambda copy: copy["applications"][0].update(tags="a, b"), "applications[0].tags"),
    "day": (lambda copy: copy["applications"][0].update(applied_on="2026-02-30"), "applied_on is no day"),
    "moment naive": (
        lambda copy: copy["touches"][0].update(at="2026-11-22T10:00:00"),
        "[0].at is no moment",
    ),
    "year 9999": (lambda copy: copy["touches"][0].update(at="9999-11-22T10:00:00Z"), "between the years"),
    "year 0": (lambda copy: copy["applications"][0].update(applied_on="0000-01-01"), "applied_on is no day"),
    "zone": (lambda copy: copy["interviews"][0].update(zone="Mars/Base"), "interviews[0].zone is no time zone"),
    "surrogate": (lambda copy: copy["touches"][0].update(note="a\ud800b"), "half a character"),
    "too long": (lambda copy: copy["applications"][0].update(company="x" * 30_000), "at most 20,000 fit"),
    "number twice": (lambda copy: copy["applications"][1].update(number=1), "applications[1].number is that of"),
    "id twice": (lambda copy: copy["touches"].append(copy["touches"][0]), ".id is that of touches[0] too"),
    "no such application": (
        lambda copy: copy["touches"][0].update(application_id="none"),
        "names none of this",
    ),
    "no such contact": (lambda copy: copy["touches"][0].update(contact_id="none"), "touches[0].contact_id names"),
    "edits": (lambda copy: copy["journal"][0].update(edits="[]"), "journal[0].edits is no list"),
    "edits of what": (lambda copy: copy["journal"][0].update(edits=[{"of": "x"}]), "is no list of edits"),
    "journal order": (lambda copy: copy["journal"].reverse(), "is not larger than the one before"),
    "mark": (lambda copy: copy["review_marks"][0].update(state="gone"), "review_marks[0].state is none of"),
}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_wrong_value_is_refused_with_its_place_and_nothing_is_imported(
    full: Path, database: Path, damage: str
) -> None:
    copy = copy_of(full)
    change, told = DAMAGES[damage]
    change(copy)
    said = refusal(database, json.dumps(copy).encode())
    assert told in said
    assert said.endswith((".", "first."))
    assert "copy.json" in said


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"format":"followup-tui",\n"applications":[\n{"id":', "copy.json:3: the file ends too early"),
        (b'{"format": "followup-tui", "version": 1, "a": NaN}', "a is no list of a full copy"),
        (b'{"format": "followup-tui", "version": NaN}', "which version"),
        (b'{"format": "followup-tui", "version": 1e400}', "which version"),
        (b'{"format":"followup-tui","version":1,"version":2}', "has “version” twice"),
        (b'{"format": "followup-tui", "version": ' + b"9" * 5_000 + b"}", "which version"),
        (b'{"format":' + b"[" * 100_000, "nests lists and objects too deeply"),
        (b'{"a":' * 100_000, "nests lists and objects too deeply"),
        (b'{"format": "followup-tui",\n\n "x": \xff}', "copy.json:3: a byte is no UTF-8"),
        (b'{"format": "followup-tui", "version": 1,}', "copy.json:1: this is no JSON"),
        (b'[{"id": 1}]', "no export of followup-tui"),
        (b'{"tasks": []}', "no export of followup-tui"),
        (b"{}", "no export of followup-tui"),
    ],
)  # fmt: skip
def test_what_is_no_copy_is_refused_with_its_line(database: Path, content: bytes, told: str) -> None:
    assert told in refusal(database, content)


def test_numbers_no_reader_keeps_and_doubled_names_are_found_where_they_stand(full: Path, database: Path) -> None:
    text = exported(full).decode()
    first = json.loads(text)["applications"][0]["number"]
    for wrong, told in (("NaN", "null"), ("1.5", "a number with a fraction"), ("9" * 40, "a number too large")):
        damaged = text.replace(f'"number":{first},', f'"number":{wrong},', 1)
        assert told in refusal(database, damaged.encode()) or wrong == "NaN"
    doubled = text.replace('"number":', '"role":"x","number":', 1)
    assert "applications[0] is an object that has “role” twice" in refusal(database, doubled.encode())


def test_a_copy_cut_anywhere_is_refused(full: Path, database: Path) -> None:
    content = exported(full)
    for end in range(10, len(content) - 3, max(1, len(content) // 60)):
        refusal(database, content[:end])


@given(st.binary(max_size=200))
def test_any_bytes_behind_the_beginning_of_a_copy_are_refused(tail: bytes) -> None:
    with pytest.raises(BadInput, match=r"nothing was imported"):
        read_copy("x.json", b'{"format":"followup-tui","version":1,"applications":[{' + tail, CODEC)


@given(st.data())
def test_a_copy_with_any_value_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    row = {"id": "a", "number": 1, "company": "Acme", "role": "Dev", "stage_at": "2026-11-22T09:00:00Z"}
    row |= {"created_at": "2026-11-22T09:00:00Z"}
    values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
        max_leaves=5,
    )
    row[data.draw(st.sampled_from([*columns(LISTS["applications"])]))] = data.draw(values)
    copy: dict[str, object] = {name: [] for name in (*LISTS, "journal", "ignored_findings", "review_marks")}
    copy |= {"format": "followup-tui", "version": 1, "applications": [row]}
    told = ""
    try:
        found = read_copy("x.json", json.dumps(copy).encode(), CODEC)
    except BadInput as refused:
        told = refused.sentence
    assert "applications[0]" in told or len(found.copy.rows[Application]) == 1


def test_a_huge_file_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    place = tmp_path / "huge.json"
    with place.open("wb") as file:
        file.write(b'{"format":"followup-tui",')
        file.truncate(200_000_000)
    with pytest.raises(BadInput, match="longer than 180 MB"):
        read_sources([str(place)], None)


def test_a_damaged_row_is_named_and_nothing_is_exported(full: Path) -> None:
    for table, field, value in (
        ("touch", "kind", "'shout'"),
        ("interview", "starts_at", "'soon'"),
        ("touch", "note", "x'ff'"),
    ):
        place = full.with_name(f"{table}-{field}.db")
        place.write_bytes(full.read_bytes())
        with closing(sqlite3.connect(place)) as connection, connection:
            connection.execute(
                f"UPDATE {table} SET {field} = CAST({value} AS TEXT) WHERE id = (SELECT min(id) FROM {table})"
            )
        with pytest.raises(StoreTrouble, match=f"The {field} in a row of the table {table}"):
            exported(place)


def test_an_empty_and_a_missing_database_export_as_an_empty_copy(database: Path, tmp_path: Path) -> None:
    found = copy_of(database)
    assert found["format"] == "followup-tui"
    assert all(not found[name] for name in LISTS)
    assert not database.exists()
    assert imported(tmp_path / "other.db", exported(database)).plan.rows == ()


def test_a_copy_does_not_tell_when_it_was_made(full: Path) -> None:
    assert exported(full) == exported(full, at=NOW + timedelta(days=400))
