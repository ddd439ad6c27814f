"""Dialogs that add an application in one line, with what was understood shown below, or edit one in its form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from followup_tui.domain.commands.applications import form_for, with_met
from followup_tui.domain.format import capitalized, format_day
from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.text import job_key, shown_line
from followup_tui.domain.parsing.day_rules import day_rules
from followup_tui.domain.parsing.line_pieces import join_parts
from followup_tui.domain.parsing.quick_entry import (
    MISSING,
    SPLITS,
    QuickEntry,
    describe_doubts,
    describe_entry,
    describe_unread,
    form_of,
    next_part,
    parse_quick_entry,
)
from followup_tui.domain.views.card import Card
from followup_tui.tracker.half_typed import Fields
from followup_tui.ui.base_app import BaseApp
from followup_tui.ui.dialogs.dialog import Dialog, DialogResult
from followup_tui.ui.dialogs.form_dialog import FORM, ApplicationFormDialog, all_texts, label_of
from followup_tui.ui.dialogs.questions import MOST_LINES, DaySide, echo_rows
from followup_tui.ui.widgets.text_fields import LineInput
from followup_tui.ui.widgets.text_lines import Bar, TextLines

QUICK_ADD = "quick add"
EXAMPLE = "Acme Robotics, Backend dev, fri 14:00, Dana Ruiz <dana@acme.example>"
CORRECT_IT = "Correct that part first; nothing is saved yet."
ECHO_LINES, BESIDE_ECHO = 10, 14
"""Lines that what was understood may take, and those of the screen that stay beside it."""
_HOW = "Company, role, when, who, link · {}Tab form · Esc closes"


class QuickAddScreen(Dialog):
    """One line: company, role, then in any order the interview, people, a link, a note. Tab opens the form."""

    BINDINGS = [Binding("tab", "form", "Full form", show=False, priority=True)]

    def __init__(self, pasted: str = "") -> None:
        super().__init__()
        self._pasted = pasted
        self._asked: set[str] = set()
        read, decision = (lambda line, split=split: split(self._understood(line)) for split in SPLITS)
        self._side = DaySide(read, lambda: self.followup.now().date(), decision)
        self._parsed: dict[str, QuickEntry] = {}  # since the line last changed
        self._jobs = self.followup.board, dict[tuple[str, str], Card]()

    def compose(self) -> ComposeResult:
        """The line and its echo."""
        with Vertical(id="dialog") as frame:
            frame.border_title = "New application"
            line = join_parts(self._pasted)
            yield LineInput(line, id="line", joint=join_parts, placeholder=EXAMPLE, select_on_focus=False)
            echo = TextLines(id="echo")
            echo.styles.height = MOST_LINES
            yield echo
            yield Bar(id="dialog-says")

    def on_mount(self) -> None:
        """Say what may be typed; prepare meanwhile what the first keys would have to wait for."""
        self._say_how()
        self.run_worker(lambda: self._known_card(self._parse(EXAMPLE)), thread=True)

    @property
    def typed(self) -> str:
        """What stands in the line."""
        return self.query_one("#line", Input).value

    def understood(self) -> QuickEntry:
        """What the line says at this moment."""
        self._parsed.clear()
        return self._understood(self.typed)

    def _understood(self, line: str) -> QuickEntry:
        if line not in self._parsed:
            self._parsed[line] = self._parse(line)
        return self._parsed[line]

    def _parse(self, line: str) -> QuickEntry:
        return parse_quick_entry(
            line,
            now=self.followup.now(),
            zone=self.followup.zone,
            days=day_rules(self.followup.tracker.schedule.rules_for("").calendar),
        )

    @on(Input.Changed)
    def echo(self) -> None:
        """Show what was understood, and what is missing now; what was said of the line before is gone."""
        lines = self.query_one("#echo", TextLines)
        if self.typed not in self._parsed:  # of keys typed ahead each one tells of the whole line
            self._parsed.clear()
        self._say_how()
        if not self.typed.strip():
            lines.show([])
            return
        quick = self._understood(self.typed)
        self._asked = set()
        wrong = [problem for problem in quick.problems if problem not in MISSING]
        missing = [problem for problem in quick.problems if problem in MISSING]
        rows = echo_rows(
            max(10, lines.size.width),
            describe_entry(quick, self.followup.zone),
            unread=[self._describe_known(quick), describe_doubts(quick), describe_unread(quick), *wrong],
            wanted=missing or ([] if wrong else [next_part(quick)]),
            day=self._side.remark(self.typed, quick.when.day if quick.when else quick.decides_on),
            most=max(MOST_LINES, min(ECHO_LINES, self.app.size.height - BESIDE_ECHO)),
        )
        lines.styles.height = max(MOST_LINES, len(rows))
        lines.show(rows)

    async def take_key(self, event: events.Key) -> bool:
        """Turn a weekday to the other side of today, or let the field have the key."""
        field = self.query_one("#line", Input)
        return await self._side.take_key(field, event.key) or await super().take_key(event)

    @property
    def kept_as(self) -> str:
        """Its name."""
        return QUICK_ADD

    @property
    def saved_by(self) -> str:
        """Enter, unless the line lacks something."""
        return "" if self.typed.strip() and self._understood(self.typed).problems else "Enter"

    def _say_how(self) -> None:
        self.say(_HOW.format(f"{self.saved_by} saves · " if self.saved_by else ""))

    def has_typed_text(self) -> bool:
        """Whether there is text to lose."""
        return bool(self.typed.strip())

    async def save(self) -> bool:
        """Add it; stays open with the line where something is missing."""
        quick = self.understood()
        if quick.problems:
            self.say(MISSING.get(quick.problems[0], CORRECT_IT), alert=True)
            return False
        for question in self._doubts(quick):
            if question not in self._asked:
                self._asked.add(question)
                self.say(question, alert=True)
                return False
        tracker = self.followup.tracker
        done = await self.followup.run_command(lambda: tracker.commands.add(form_of(quick)))
        return done is not None

    def _known_card(self, quick: QuickEntry) -> Card | None:
        """The card of the same job, if there is one; of those on the board at this moment."""
        board, jobs = self._jobs
        if not jobs or board is not self.followup.board:
            board = self.followup.board
            self._jobs = board, (jobs := board.jobs())
        return jobs.get(job_key(quick.company, quick.role))

    def _describe_known(self, quick: QuickEntry) -> str:
        """That the job is on the board, or how it ended the last time; empty for a new one."""
        card = self._known_card(quick)
        if card is None or not quick.company:
            return ""
        if card.stage is not Stage.MOVED_ON:
            return f"This job is on the board already: #{card.number}, {card.stage.label}."
        day = format_day(card.stage_at.astimezone(self.followup.zone).date(), self.followup.now().date())
        ended = card.outcome.label if card.outcome else "closed"
        return f"You applied for this job before: #{card.number}, {ended} {day}."

    def _doubts(self, quick: QuickEntry) -> Iterator[str]:
        """What a second Enter confirms."""
        if doubt := self._side.doubt(self.typed):
            yield doubt
        if quick.doubts:
            yield f"{capitalized(' '.join(quick.doubts))} Press Enter again to add it like that, or correct it."
        if describe_unread(quick):
            yield "Press Enter again to add it with that part as a note, or correct it."
        known = self._known_card(quick)
        if known is not None and known.stage is not Stage.MOVED_ON:
            self.followup.show_everywhere(known.id)
            how = f"Enter again adds a second card; Esc, then {self.followup.shown('interview')}, books a round."
            yield f"This job is on the board already: {how}"

    async def action_form(self) -> None:
        """The full form, with what was understood so far."""
        await self.settled()
        tracker = self.followup.tracker
        quick = self.understood()
        unread = describe_unread(quick)
        self.followup.typing.note(self.kept_as, self.fields())
        await self.close_dialog()

        async def add(made: ApplicationForm) -> bool:
            return await self.followup.run_command(partial(tracker.commands.add, made)) is not None

        await self.followup.open_dialog(
            ApplicationFormDialog(
                "New application",
                form_of(quick),
                add,
                new=True,
                remark=f"{unread}. It's in the notes: move it to its field, or leave it there." if unread else "",
            )
        )


MOST_CHARACTERS = 40
"""Characters of another window's value in a sentence."""


def edit_form(app: BaseApp, details: ApplicationDetails, remark: str = "") -> ApplicationFormDialog:
    """Return the form of an application.

    Where another window has changed it meanwhile, the form opens again on saving: with what was typed, and
    else with what is there now.
    """
    application, before = details.application, _form_of(details)

    async def save(draft: ApplicationForm) -> DialogResult:
        """Save; returns the form with both versions if another window was first."""
        seen = {application.id: application.version}
        edit = partial(app.tracker.commands.edit, application.id, draft, seen)
        if await app.run_command(edit, follow=application.id) is not None:
            return True
        if application.id not in app.board.cards:
            return False
        there = app.tracker.queries.details(application.id)
        if there.application.version == application.version:
            return False
        now, typed = _form_of(there), dialog.fields()
        app.typing.left[FORM] = moved(typed, before, now)
        return edit_form(app, there, _both_versions(there.name, typed, before, now))

    dialog = ApplicationFormDialog(f"Edit {details.name}", before, save, remark=remark)
    return dialog


def _form_of(details: ApplicationDetails) -> ApplicationForm:
    return with_met(details, form_for(details))


def moved(typed: Fields, before: ApplicationForm, now: ApplicationForm) -> Fields:
    """Return what was typed in the fields of one form for those of another, in which people have other places."""
    old, new = all_texts(before), all_texts(now)
    places = {text: field for field, text in new.items() if field.startswith("person-")}
    found: dict[str, str] = {}
    for field, text in typed.items():
        place = places.get(old[field], "people") if field.startswith("person-") else field
        found[place] = f"{found[place]}; {text}" if place in found else text
    return found


def _both_versions(company: str, typed: Fields, before: ApplicationForm, now: ApplicationForm) -> str:
    """Say what another window has changed in the fields in which something was typed."""
    old, new = all_texts(before), all_texts(now)
    theirs = [
        f"{label_of(field)} “{shown_line(new.get(field, ''))[:MOST_CHARACTERS]}”"
        for field in typed
        if old[field] != new.get(field, "")
    ]
    changed = f"{shown_line(company)} was changed from another window meanwhile"
    if not theirs:
        return f"{changed}, and the form shows that. What you typed is kept: ctrl+s saves it."
    return f"{changed}: {', '.join(theirs)}. What you typed is kept: ctrl+s saves it instead, Esc leaves theirs."
