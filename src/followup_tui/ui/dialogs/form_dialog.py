"""The full form of an application: each field by itself, errors at the field they belong to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, TextArea

from followup_tui.domain.format import format_full_day, in_own_order
from followup_tui.domain.model.application import Pace, WorkMode
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.interview import InterviewKind
from followup_tui.domain.model.text import shown, shown_line
from followup_tui.domain.model.when import Prefer, When, format_when, to_input_text
from followup_tui.domain.parsing.dates import parse_when
from followup_tui.domain.parsing.day_rules import DayRules, day_rules
from followup_tui.domain.parsing.interview_words import read_meeting
from followup_tui.domain.parsing.job_words import plain_referrer
from followup_tui.domain.parsing.line_parts import parse_applied_on
from followup_tui.domain.parsing.typed_people import met_line, person_lines, read_people_lines
from followup_tui.tracker.half_typed import Fields
from followup_tui.tracker.regions import known_region, understood_region
from followup_tui.ui.dialogs.dialog import Dialog, DialogResult
from followup_tui.ui.dialogs.questions import DaySide
from followup_tui.ui.widgets.text_fields import LineInput, TextBlock
from followup_tui.ui.widgets.text_lines import Bar

GROUPS = (
    ("Job", (("company", "Company"), ("role", "Role"))),
    ("Interview", (("interview", "When"), ("met", "With"), ("kind", "How"), ("place", "Where"))),
    ("People", (("people", "Person"),)),
    (
        "Details",
        (("url", "Link"), ("location", "Location"), ("work_mode", "Work mode"), ("pay", "Pay")),
    ),
    ("Timing", (("region", "Region"), ("pace", "Pace"))),
    (
        "Where you found it",
        (("source", "Source"), ("referrer", "Referrer"), ("applied_on", "Applied on"), ("tags", "Tags")),
    ),
)
"""The headings, and below each its fields; before the field for a new person stands one for each who is known."""
FIELDS = tuple(field for _, fields in GROUPS for field in fields)
HINTS = {
    "interview": "e.g. fri 14:00, yesterday, 2 Dec; empty if there is none yet",
    "met": "e.g. Dana Ruiz, Sam Lee",
    "people": "e.g. Tom Fox <tom@x.example>, recruiter, friendly voice",
    "kind": "phone, video or onsite",
    "place": "e.g. Zoom, or an address",
    "work_mode": "remote, hybrid or onsite",
    "pay": "in their words, e.g. 60-65k + bonus",
    "region": "for public holidays, e.g. DE or US-CA; empty for your own",
    "pace": "how fast they decide: slow, normal or fast",
    "referrer": "who told you about it, or recommended you",
    "applied_on": "e.g. 2 Nov, monday",
    "tags": "e.g. remote, python",
}
"""What stands in an empty field: an example says so, that nobody takes it for a value."""


def field_texts(draft: ApplicationForm) -> dict[str, str]:
    """What stands in each field but those of people who are known."""
    texts = {
        "company": draft.company,
        "role": draft.role,
        "interview": to_input_text(draft.interview) if draft.interview else "",
        "met": met_line(draft),
        "people": "",
        "kind": draft.kind or "",
        "place": draft.place,
        "url": draft.url,
        "location": draft.location,
        "region": draft.region,
        "pace": draft.pace.value,
        "work_mode": draft.work_mode or "",
        "pay": draft.pay,
        "source": draft.source,
        "referrer": draft.referrer,
        "applied_on": draft.applied_on.isoformat() if draft.applied_on else "",
        "tags": ", ".join(draft.tags),
    }
    return {field: shown_line(text) for field, text in texts.items()}


def all_texts(draft: ApplicationForm) -> dict[str, str]:
    """What stands in each field: those of people who are known, and the notes, too."""
    people = {f"person-{place}": line for place, line in enumerate(person_lines(draft))}
    return field_texts(draft) | people | {"notes": shown(draft.notes)}


def label_of(field: str) -> str:
    """The label of a field."""
    labels = {id: label for _, fields in GROUPS for id, label in fields}
    return labels.get(field, "Notes" if field == "notes" else "Person")


OneOf = TypeVar("OneOf", Pace, WorkMode)
FORM = "form"
HOW = "Enter or Tab for the next field · ctrl+s saves · Esc closes"


class ApplicationFormDialog(Dialog):
    """Every field; Enter goes on and saves on the last line, ctrl+s and ctrl+j save anywhere."""

    CSS_PATH = ["dialog.tcss", "application_form.tcss"]
    BINDINGS = [
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        draft: ApplicationForm,
        finish: Callable[[ApplicationForm], Awaitable[DialogResult]],
        *,
        new: bool = False,
        remark: str = "",
    ) -> None:
        """`remark` is what there is to say about the draft before anything else."""
        super().__init__()
        self._remark = remark
        self._title = title
        self._draft = draft
        self._finish = finish
        self._new = new
        self._filled: dict[str, str] = {}
        self._people_ids: tuple[str, ...] = ()
        self._side = DaySide(lambda text: (self._read(text), None), lambda: self.followup.now().date())

    def compose(self) -> ComposeResult:
        """A line for each field and a box for the notes."""
        lines = {f"person-{place}": line for place, line in enumerate(person_lines(self._draft))}
        self._filled = field_texts(self._draft) | lines
        self._people_ids = (*lines, "people")
        with Vertical(id="dialog") as frame:
            frame.border_title = Content(shown_line(self._title))  # a plain text would be read as markup
            with VerticalScroll(id="fields", can_focus=False):
                for heading, fields in GROUPS:
                    yield Label(heading, classes="group", markup=False)
                    known = [(id, "Person") for id in lines] if ("people", "Person") in fields else []
                    for field, label in (*known, *fields):
                        with Horizontal(classes="field"):
                            yield Label(label, classes="label", markup=False)
                            yield LineInput(
                                self._filled[field],
                                id=field,
                                placeholder=in_own_order(HINTS.get(field, "")),
                                select_on_focus=False,
                            )
                yield Label("Notes", classes="label", markup=False)
                yield TextBlock(shown(self._draft.notes), id="notes", tab_behavior="focus")
            yield Bar(id="dialog-says")

    def on_mount(self) -> None:
        """Say how to save, or what there is to look at first."""
        self.say(self._remark or HOW, alert=bool(self._remark))

    def _text(self, field: str) -> str:
        return self.query_one(f"#{field}", Input).value

    @property
    def kept_as(self) -> str:
        """Its name."""
        return FORM

    def fields(self) -> Fields:
        """The fields that differ from what the form opened with, which may have been changed meanwhile."""
        before = self._filled | {"notes": shown(self._draft.notes)}
        return {field: text for field, text in super().fields().items() if text != before[field]}

    @property
    def saved_by(self) -> str:
        """The key that saves; empty while a field can't be understood."""
        try:
            self.draft()
        except BadInput:
            return ""
        return "ctrl+s"

    def has_typed_text(self) -> bool:
        """Whether anything differs from what the form opened with."""
        return bool(self.fields()) or (self._new and any(self._filled.values()))

    @on(Input.Changed, "#interview")
    def echo_interview(self) -> None:
        """Show how the date was understood."""
        if not self._text("interview").strip() or self._text("interview") == self._filled["interview"]:
            return
        try:
            when = self._when()
        except BadInput as problem:
            self.say(problem.sentence, alert=True)
        else:
            if when is not None:
                far, look = self._side.remark(self._text("interview"), when.day)
                said = f"Interview: {format_when(when, self.followup.zone)}"
                self.say(f"{said}, {far}" if far else said, alert=look == "today")

    @on(Input.Changed, "#applied_on")
    def echo_applied_on(self) -> None:
        """Show how the day of applying was understood."""
        if self._text("applied_on") == self._filled["applied_on"]:
            return
        try:
            day = self._applied_on()
        except BadInput as problem:
            self.say(problem.sentence, alert=True)
        else:
            if day is not None:
                self.say(f"Applied: {format_full_day(day)}")

    @on(Input.Changed, "#region")
    def echo_region(self) -> None:
        """Show which region was understood; what isn't one yet is said when the form is saved."""
        if self._text("region") == self._filled["region"]:
            return
        self.say(understood_region(self._text("region")) or HOW)

    async def take_key(self, event: events.Key) -> bool:
        """Turn the interview's weekday to the other side of today, or let the field have the key."""
        field = self.focused
        if isinstance(field, Input) and field.id == "interview" and await self._side.take_key(field, event.key):
            return True
        return await super().take_key(event)

    def _when(self) -> When | None:
        return self._read(self._text("interview"))

    def _read(self, typed: str) -> When | None:
        if not typed.strip():
            return None
        if self._draft.interview is not None and typed == self._filled["interview"]:
            return self._draft.interview
        return parse_when(
            typed,
            now=self.followup.now(),
            zone=self.followup.zone,
            lean=Prefer.NEAREST,
            days=self._day_rules(),
            field="interview",
        )

    def _day_rules(self) -> DayRules:
        """What words for days mean in the region that is typed, or else that was known."""
        try:
            region = self._region()
        except BadInput:  # it is said when the form is saved
            region = self._draft.region
        return day_rules(self.followup.tracker.schedule.rules_for(region).calendar)

    def _people(self) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
        return read_people_lines(self._draft, [self._text(id) for id in self._people_ids], self._text("met"))

    def _region(self) -> str:
        typed = self._text("region")
        if typed == self._filled["region"]:
            return self._draft.region
        return known_region(typed)

    def _kind(self) -> InterviewKind | None:
        typed = self._text("kind").strip()
        said, rest = read_meeting([typed] if typed else [])
        if typed and (said.kind is None or rest):
            raise BadInput("“How” can be phone, video or onsite; nothing was saved.", "kind")
        return said.kind

    def _one_of(self, values: type[OneOf], field: str, choices: str) -> OneOf | None:
        """The value that is typed in a field, or None; raises `BadInput` with the `choices` for another word."""
        typed = self._text(field).strip().casefold()
        if typed not in [one.value for one in values] and typed:
            raise BadInput(f"The {choices}; nothing was saved.", field)
        return values(typed) if typed else None

    def _applied_on(self) -> date | None:
        typed = self._text("applied_on")
        if not typed.strip():
            return None
        if typed == self._filled["applied_on"]:
            return self._draft.applied_on
        try:
            return parse_applied_on(
                typed,
                now=self.followup.now(),
                zone=self.followup.zone,
                days=self._day_rules(),
            )
        except BadInput as problem:
            raise BadInput(problem.sentence, "applied_on") from None

    def draft(self) -> ApplicationForm:
        """What the form says now; raises `BadInput` naming the field that can't be understood."""
        people, met = self._people()
        return replace(
            self._draft,
            company=self._text("company"),
            role=self._text("role"),
            interview=self._when(),
            people=people,
            met=met,
            kind=self._kind(),
            place=self._text("place"),
            url=self._text("url"),
            location=self._text("location"),
            work_mode=self._one_of(WorkMode, "work_mode", "work mode can be remote, hybrid or onsite"),
            pay=self._text("pay"),
            source=self._text("source"),
            referrer=plain_referrer(self._text("referrer")),
            applied_on=self._applied_on(),
            tags=tuple(tag.strip() for tag in self._text("tags").split(",") if tag.strip()),
            notes=self.query_one("#notes", TextArea).text,
            region=self._region(),
            pace=self._one_of(Pace, "pace", "pace can be slow, normal or fast") or Pace.NORMAL,
        )

    async def save(self) -> DialogResult:
        """Hand the draft on; without a change just close. On an error stay, at the field it names."""
        if not self._new and not self.has_typed_text():
            return True
        try:
            draft = self.draft()
            for field, value in (("company", draft.company), ("role", draft.role)):
                if not value.strip():
                    raise BadInput(f"An application needs a {field}; nothing was saved, type one.", field)
        except BadInput as problem:
            self.say(problem.sentence, alert=True)
            for widget in self.query(f"#{problem.field or 'company'}"):
                widget.focus()
            return False
        return await self._finish(draft)

    async def action_onward(self) -> None:
        """Enter: the next field, a new line in the notes, save on the last line."""
        await self.settled()
        focused: Widget | None = self.focused
        if isinstance(focused, TextArea):
            focused.insert("\n")
        elif focused is not None and focused.id == FIELDS[-1][0]:
            await self.action_save()
        else:
            self.focus_next()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The field's label shows where one is."""
        for label in self.query(".label"):
            label.set_class(False, "-focused")
        if event.widget.parent is not None:
            for label in event.widget.parent.query_children(".label"):
                label.set_class(isinstance(event.widget, Input), "-focused")
