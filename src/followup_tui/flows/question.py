"""The steps of a flow as plain values, and the applications that a flow is about.

Steps are questions to ask, work to do in between, and what comes of it. Details are loaded once.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pkgutil import resolve_name
from typing import Any
from zoneinfo import ZoneInfo

from followup_tui.actions import FLOWS
from followup_tui.domain.format import plural
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import BadInput, FollowupError
from followup_tui.domain.model.interview import past_moment
from followup_tui.domain.model.touch import Letter, OutgoingLetter
from followup_tui.domain.model.when import Prefer, When, format_when, required_ahead
from followup_tui.domain.parsing.dates import parse_common_when
from followup_tui.domain.parsing.day_rules import DayRules, day_rules
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.history import History, history_of
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.views.card import Card
from followup_tui.settings import Settings
from followup_tui.tracker.commit import CommandResult
from followup_tui.tracker.composition import Composition
from followup_tui.tracker.tracker import Tracker

Option = tuple[str, str, Any]
"""The key of an answer, its label, and the value that it stands for."""

Command = Callable[[Sequence[str], Mapping[str, int], str], CommandResult]
"""Changes applications by their ids; takes the versions that the user saw, and a reason to override the guard."""

LIST_KEYS = "123456789abcdefghijklmopqrstuvwxyz"
"""Keys of the entries of a list; `n` is left out, since it means a new entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A question that one key answers; the answer is the value of the option.

    `subject` is whom the question is about; `marked` is the value of the option that Enter takes, the first one
    if it is None; `refusal` says why an earlier answer failed. In line mode `line_question` replaces subject and
    question, and the options in `unlisted` are accepted though they are not shown. What was typed ahead never
    answers a question that `is_unexpected`. `step` is its place among those of a flow, "2 of 4".
    """

    question: str
    options: Sequence[Option]
    subject: str = ""
    marked: Any = None
    refusal: str = ""
    line_question: str = ""
    unlisted: Sequence[Option] = ()
    is_unexpected: bool = False
    step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A question that a line of text answers; the answer is what `parse` returns, or None for an empty line.

    `parse` raises a `FollowupError` for what it can't accept, and so does `echo`, which says what was understood
    so far; `unread` says what wasn't. With `day`, the date and the rest of a line, a weekday can be turned to the
    other side of today. `lead` is a sentence above the field, `start` its first content, and `note`
    a further hint. `enter` and `escape` say what these keys do. `has_lines` keeps the line breaks of what is
    pasted. A question that `is_unexpected` drops keys that were pressed before it was painted; in line mode, text
    typed ahead never answers it, nor one that is not `is_foreseen`. `step` is its place among those of a flow.
    """

    question: str
    subject: str = ""
    parse: Callable[[str], Any] = str
    echo: Callable[[str], str] | None = None
    unread: Callable[[str], str] | None = None
    day: Callable[[str], tuple[When | None, object]] | None = None
    line_echo: Callable[[str], str] | None = None
    lead: str = ""
    start: str = ""
    placeholder: str = ""
    examples: Sequence[str] = ()
    note: str = ""
    enter: str = "saves"
    escape: str = "closes"
    may_be_empty: bool = False
    has_lines: bool = False
    is_unexpected: bool = False
    is_foreseen: bool = True
    line_question: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A letter as it is printed; the flow continues once the user has seen it."""

    mailing: OutgoingLetter


Question = Choice | Text | Page


@dataclass(frozen=True, slots=True)
class Save:
    """A change that is written at once, with its own undo step; the answer is its result."""

    command: Callable[[], CommandResult]
    application_id: str


@dataclass(frozen=True, slots=True)
class SaveSettings:
    """Settings that are written to the settings file; `Selection.settings` returns the new ones afterwards."""

    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """A draft that is saved; the answer is the letter as it was saved."""

    letter: Letter


@dataclass(frozen=True, slots=True)
class Work:
    """A call that may take a while; the answer is what it returns. `message` is shown before it starts."""

    call: Callable[[], Any]
    message: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """A text for the clipboard; the answer says which way it went."""

    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to show; an empty one clears the last."""

    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The fields of a letter that the user was asked for, and what was typed for them."""

    values: Mapping[str, str] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLetter:
    """A letter to open in the letter screen."""

    composition: Composition
    answered: Answered = Answered()


@dataclass(frozen=True, slots=True)
class WriteLetter:
    """A letter to open in between; the flow continues once the letter is sent or left, without an answer."""

    opened: OpenLetter


QuietEffect = Save | SaveSettings | SaveDraft | Work | Copy | Message
"""What is done without asking the user anything."""
Effect = QuietEffect | WriteLetter


@dataclass(frozen=True, slots=True)
class Run:
    """A command to run on the selected applications.

    `remark` is shown with the result. A command that does not `decides` leaves the application in the review.
    `then`, a flow, is asked about the same `Selection` once the command has run, as one that no guard holds up.
    """

    command: Command
    remark: str = ""
    decides: bool = True
    reason: str = ""
    then: Callable[[Any], Flow] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCall:
    """A call script to open; `is_ringing` if the call is under way already."""

    composition: Composition
    answered: Answered = Answered()
    is_ringing: bool = False


@dataclass(frozen=True, slots=True)
class Attach:
    """The files to send along with the open letter from now on."""

    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """Nothing to run; the message says what was left as it is."""

    message: str = ""


FlowResult = Run | OpenLetter | OpenCall | Attach | Stop
Step = Question | Effect | FlowResult

Flow = Generator[Question | Effect, Any, FlowResult]
"""The questions of one action: yields questions and effects, is sent their answers, and returns what to run.

The error of an effect is raised inside the flow, where the effect was yielded.
"""


def flow_of(action_id: str) -> Callable[..., Flow]:
    """The flow of an action, a function that takes a `Selection`; its module is imported with its first use."""
    flow: Callable[..., Flow] = resolve_name(f"followup_tui.flows.{FLOWS[action_id]}:{action_id}")
    return flow


class Conversation:
    """A running flow that can return to an earlier question.

    A flow depends on nothing but its answers, so that it is started again and given the same answers.
    """

    def __init__(self, start: Callable[[], Flow]) -> None:
        self._start = start
        self._flow = start()
        self._answers: list[Any] = []

    @property
    def position(self) -> int:
        """How many answers were given, the start included; see `return_to`."""
        return len(self._answers)

    def answer(self, answer: Any) -> Step:
        """Give an answer, None to start or an error to raise; the next step. Lets errors of the flow through."""
        self._answers.append(answer)
        return self._resume(answer)

    def return_to(self, position: int) -> None:
        """Return to the question that was asked at a position, as if nothing had been answered since."""
        if self.position == position:
            return
        del self._answers[position:]
        self._flow = self._start()
        for answer in self._answers:
            self._resume(answer)

    def _resume(self, answer: Any) -> Step:
        try:
            step: Step = self._flow.throw(answer) if isinstance(answer, FollowupError) else self._flow.send(answer)
        except StopIteration as end:
            step = end.value
        return step


class Selection:
    """One or more applications, and the moment at which the action was started."""

    def __init__(
        self,
        cards: Sequence[Card],
        tracker: Tracker,
        now: datetime,
        zone: ZoneInfo,
        *,
        load_settings: Callable[[], Settings] = Settings,
        details: ApplicationDetails | None = None,
        is_line_mode: bool = False,
    ) -> None:
        """`details` are those of the first application if they were loaded before; `is_line_mode` if questions are
        asked line by line: a line can't be completed once it was sent."""
        self.cards = tuple(cards)
        self.tracker = tracker
        self.now = now
        self.zone = zone
        self.is_line_mode = is_line_mode
        self._load_settings = load_settings
        if details is not None:
            self.__dict__["details"] = details

    @property
    def subject(self) -> str:
        """The application by its name, or the number of applications."""
        return plural(len(self.cards), "application") if len(self.cards) > 1 else self.details.name

    def choice(self, question: str, options: Sequence[Option], **more: Any) -> Choice:
        """A `Choice` about these applications."""
        return Choice(subject=self.subject, question=question, options=options, **more)

    def text(self, question: str, **more: Any) -> Text:
        """A `Text` about these applications."""
        return Text(subject=self.subject, question=question, **more)

    def date_question(
        self, question: str, field: str, complete: Callable[[str], str] = lambda text: text, **more: Any
    ) -> Text:
        """A `Text` that a date answers, which is told as it is understood; the answer is a `When`.

        By `field` is known whether "next week" means its last day; `complete` adds what a short answer leaves out.
        """

        def understand(text: str) -> When:
            return self.understand_day(complete(text), field=field)

        return self.text(
            question,
            parse=understand,
            echo=lambda text: self.format_when(understand(text)),
            day=lambda text: (required_ahead(understand(text), self.now), None),
            **more,
        )

    @property
    def id(self) -> str:
        """The id of the first application."""
        return self.cards[0].id

    @property
    def ids(self) -> list[str]:
        """The ids of all applications."""
        return [card.id for card in self.cards]

    @property
    def versions(self) -> Mapping[str, int]:
        """The version of each application that the user saw."""
        return {card.id: card.version for card in self.cards}

    @property
    def settings(self) -> Settings:
        """The user's settings as they are now."""
        return self._load_settings()

    @cached_property
    def details(self) -> ApplicationDetails:
        """The details of the first application."""
        return self.tracker.queries.details(self.id)

    @cached_property
    def rules(self) -> Rulebook:
        """The rules and the calendar for the first application."""
        return self.tracker.schedule.rules_for(self.details.application.region)

    @cached_property
    def history(self) -> History:
        """The contact history of the first application."""
        return history_of(self.details, *self.rules, self.now)

    def about(self, *cards: Card) -> Selection:
        """A selection of applications at the same moment, whose details are loaded again."""
        return Selection(
            cards,
            self.tracker,
            self.now,
            self.zone,
            load_settings=self._load_settings,
            is_line_mode=self.is_line_mode,
        )

    def understand_day(self, text: str, prefer: Prefer = Prefer.FUTURE, field: str = "date") -> When:
        """The date in a text, by the business days of the employers' regions; raises `BadInput`."""
        return parse_common_when(text, self._day_rules(), now=self.now, zone=self.zone, lean=prefer, field=field)

    def _day_rules(self) -> Iterable[DayRules]:
        yield day_rules(self.rules.calendar)
        if len(self.cards) > 1:
            yield from map(day_rules, self._other_calendars)

    @cached_property
    def _other_calendars(self) -> list[Calendar]:
        regions = {self.tracker.queries.details(id).application.region for id in self.ids[1:]}
        return [self.tracker.schedule.rules_for(region).calendar for region in regions]

    def understand_moment(self, text: str) -> datetime:
        """The moment in the past at which something happened; raises `BadInput` for one in the future."""
        when = self.understand_day(text, Prefer.PAST)
        moment = past_moment(when, self.now, self.details.interviews if len(self.cards) == 1 else ())
        if moment > self.now:
            raise BadInput(f"{format_when(when, self.zone)} is in the future; say when it happened.", "at")
        return moment

    def format_when(self, when: When) -> str:
        """A date as it was understood, in the user's zone."""
        return format_when(when, self.zone)
