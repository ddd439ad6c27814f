"""The parts of the letter screen by themselves: fields with undo, the draft, and the findings panel."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

from textual.app import App, ComposeResult

from followup_tui.domain.letters.finding import Finding, Proof, ProofContext
from followup_tui.domain.model.errors import Conflict, StoreTrouble
from followup_tui.domain.model.touch import Channel, Letter, LetterKind
from followup_tui.ui.render.letter import finding_rows, found_texts
from followup_tui.ui.screens.letter_draft import EditedText, LetterDraft, LetterFields
from followup_tui.ui.screens.letter_findings import FindingsPanel, ProofRunner

NOW = datetime(2026, 11, 22, 10, tzinfo=ZoneInfo("Europe/Berlin"))
TEXT = EditedText("Thank yuo", "Dear Dana,\n\nI recieve it.")


class FieldsApp(App[None]):
    """Shows the fields of a letter and a findings panel."""

    def compose(self) -> ComposeResult:
        self.notices: list[str] = []
        self.checks = 0
        self.fields = LetterFields(TEXT)
        app: Any = self  # the panel needs no more of the app than `shown` for what is tested here
        self.panel = FindingsPanel(self.fields, app, most_words=3, tell=self.tell, check_again=self.count_check)
        yield self.fields.subject
        yield self.fields.body
        yield self.panel.below
        yield self.panel.beside

    def shown(self, id: str) -> str:
        return id

    def tell(self, sentence: str, *, alert: bool = False) -> None:
        self.notices.append(sentence)

    def count_check(self) -> None:
        self.checks += 1


@asynccontextmanager
async def _running() -> AsyncIterator[FieldsApp]:
    app = FieldsApp()
    async with app.run_test():
        yield app


def _letter() -> Letter:
    return Letter(
        application_id="a",
        kind=LetterKind.THANK_YOU,
        template="thank-you",
        contact_id=None,
        interview_id=None,
        channel=Channel.EMAIL,
        subject=TEXT.subject,
        body=TEXT.body,
        created_at=NOW,
        changed_at=NOW,
    )


def _finding(text: str, start: int, *suggestions: str) -> Finding:
    return Finding(
        rule="test", start=start, end=start + len(text), text=text, message="?", suggestions=suggestions
    )


PROOF = Proof(
    findings=(_finding("recieve", TEXT.body.index("recieve"), "receive", "relieve"),),
    subject_findings=(_finding("yuo", 6, "you"),),
)


# Fields


async def test_the_fields_return_the_text_that_they_were_given() -> None:
    async with _running() as app:
        assert app.fields.text() == TEXT


async def test_undo_restores_typing_and_other_changes_in_reverse_order() -> None:
    async with _running() as app:
        fields = app.fields
        fields.replace(6, 9, "you", in_subject=True)
        fields.replace_text(EditedText("Thank you", "Bye."))
        assert fields.undo_typing()
        assert fields.text() == EditedText("Thank you", TEXT.body)
        assert not fields.undo_typing()
        assert fields.undo_step()
        assert fields.text() == TEXT
        assert not fields.undo_step()
        assert fields.redo_typing()
        assert fields.text().body == "Bye."


async def test_the_cursor_begins_at_the_top_and_no_finding_stays_selected() -> None:
    async with _running() as app:
        app.fields.prepare_writing()
        assert app.fields.body.cursor_location == (0, 0)
        app.fields.select(0, 4)
        app.fields.prepare_writing()
        assert app.fields.body.selected_text == ""


# Draft


class Disk:
    """Keeps what is written, or fails once."""

    def __init__(self) -> None:
        self.written: list[Letter] = []
        self.error: Exception | None = None

    async def write(self, letter: Letter) -> Letter:
        if self.error is not None:
            error, self.error = self.error, None
            raise error
        self.written.append(letter)
        return replace(letter, version=letter.version + 1)


def _draft(app: FieldsApp, disk: Disk) -> LetterDraft:
    return LetterDraft(_letter(), app.fields, is_saved=False, write=disk.write, tell=app.tell)


async def test_a_draft_is_saved_only_if_something_was_typed_or_on_request() -> None:
    async with _running() as app:
        disk = Disk()
        draft = _draft(app, disk)
        assert not await draft.save()
        assert disk.written == []
        assert await draft.save(always=True)
        assert await draft.save()
        assert len(disk.written) == 1
        app.fields.replace_text(EditedText("Other", "Bye."))
        assert await draft.save_changes()
        assert (disk.written[-1].subject, disk.written[-1].body) == ("Other", "Bye.")
        assert draft.letter.version == 2


async def test_a_draft_that_cannot_be_saved_says_why_until_it_can() -> None:
    async with _running() as app:
        disk = Disk()
        draft = _draft(app, disk)
        disk.error = StoreTrouble("The disk is full.")
        assert not await draft.save(always=True)
        assert app.notices == [draft.problem] == ["The disk is full."]
        assert await draft.save(always=True)
        assert draft.problem == ""


async def test_a_draft_that_another_window_changed_is_saved_as_another_draft() -> None:
    async with _running() as app:
        disk = Disk()
        draft = _draft(app, disk)
        before = draft.letter.id
        disk.error = Conflict("Acme")
        assert await draft.save(always=True)
        assert draft.letter.id != before
        assert "second draft" in app.notices[0]


# Findings


async def test_findings_are_gone_through_and_a_suggestion_is_taken_and_undone() -> None:
    async with _running() as app:
        panel = app.panel
        panel.update(TEXT, PROOF)
        assert panel.is_current
        assert panel.current is not None
        assert panel.current.in_subject
        panel.take_first()
        assert app.fields.text().subject == "Thank you"
        panel.move(1)
        assert app.fields.body.selected_text == "recieve"
        panel.take(2)
        assert app.notices[-1] == "There is no suggestion with that number."
        panel.take(1)
        assert "relieve" in app.fields.text().body
        assert app.fields.undo_typing()
        assert app.fields.undo_step()
        assert app.fields.text() == TEXT


async def test_next_goes_past_a_finding_that_has_no_place_in_the_text() -> None:
    proof = Proof(findings=(_finding("", 0), _finding("recieve", 14)), subject_findings=PROOF.subject_findings)
    async with _running() as app:
        panel = app.panel
        panel.update(TEXT, proof)
        gone_to = []
        for _ in range(5):
            panel.move(1)
            assert panel.current is not None
            gone_to.append(panel.found.index(panel.current))
        assert gone_to == [0, 1, 2, 0, 1]
        panel.move(-1)
        assert panel.current == panel.found[0]


def test_a_finding_whose_message_quotes_the_text_is_quoted_once() -> None:
    said = replace(_finding("recieve", 14), message="“recieve” is not in the dictionary.")
    found = found_texts(Proof(findings=(said, said)))
    shown = ["".join(text for text, _ in row) for row in finding_rows(found, 0, "", 80, 20)]
    assert [line.count("recieve") for line in shown if "recieve" in line] == [1, 1]


async def test_what_is_missing_is_ignored_in_this_letter_only_and_undo_reports_it_again() -> None:
    proof = Proof(findings=(_finding("", 0),))
    async with _running() as app:
        panel = app.panel
        panel.update(TEXT, proof)
        await panel.ignore()
        panel.update(TEXT, proof)
        assert panel.found == []
        assert app.fields.undo_step()
        panel.update(TEXT, proof)
        assert len(panel.found) == 1
        assert app.checks == 2


async def test_of_texts_that_come_while_one_is_checked_only_the_last_is_shown() -> None:
    shown: list[str] = []
    checked: list[str] = []
    go_on = Event()

    class SlowProofreader:
        def proof(self, text: str, context: ProofContext, /, *, subject: str) -> Proof:
            checked.append(text)
            go_on.wait(10)
            return Proof()

        def proof_with_grammar(self, text: str, context: ProofContext, /, *, subject: str) -> Proof | None:
            return None

    runner = ProofRunner(SlowProofreader(), lambda text, *_: shown.append(text.body))
    running = asyncio.create_task(runner.check(EditedText("", "one"), ProofContext()))
    await asyncio.sleep(0)
    for text in ("two", "three"):
        await runner.check(EditedText("", text), ProofContext())
    go_on.set()
    await running
    runner.close()
    assert checked == ["one", "three"]
    assert {*shown} == {"three"}


async def test_a_slower_checker_adds_its_findings_to_those_that_are_shown() -> None:
    shown: list[tuple[str, bool]] = []

    class TwoCheckers:
        def proof(self, text: str, context: ProofContext, /, *, subject: str) -> Proof:
            return Proof(missing="at once")

        def proof_with_grammar(self, text: str, context: ProofContext, /, *, subject: str) -> Proof | None:
            return Proof(missing="later") if text == "wrong" else None

    runner = ProofRunner(TwoCheckers(), lambda text, proof, is_last: shown.append((proof.missing, is_last)))
    await runner.check(EditedText("", "wrong"), ProofContext())
    await runner.check(EditedText("", "right"), ProofContext())
    runner.close()
    assert shown == [("at once", False), ("later", True), ("at once", False), ("at once", True)]
