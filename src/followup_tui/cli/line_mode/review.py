"""The review line by line: the order, the actions and the marks of the screen's review, which can continue it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cached_property, partial

from followup_tui.actions import BY_ID, Place, actions_at
from followup_tui.cli import OK
from followup_tui.cli.context import CliContext
from followup_tui.cli.line_mode.letters import run_call, run_letter, show_letter
from followup_tui.cli.line_mode.line_runner import (
    LEAVE,
    LEAVES,
    Cancelled,
    InputEnded,
    LineRunner,
    Prompts,
    line_selection,
)
from followup_tui.cli.line_mode.summary_lines import application_lines, closing_lines, heading
from followup_tui.cli.output import result_lines, write_message
from followup_tui.domain.format import format_full_day
from followup_tui.domain.model.errors import BadInput, Conflict, FollowupError, NotFound, nothing_saved
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.parsing.day_rules import day_rules
from followup_tui.domain.parsing.quick_entry import (
    QuickEntry,
    describe_doubts,
    describe_entry,
    describe_unread,
    form_of,
    parse_quick_entry,
)
from followup_tui.domain.rules.action import recommended_actions
from followup_tui.domain.rules.guard import Blocked
from followup_tui.domain.views.card import Card
from followup_tui.domain.views.review_cursor import ReviewCursor, ReviewState
from followup_tui.flows.question import Flow, OpenLetter, Run, Selection, flow_of
from followup_tui.flows.touches import confirm_guard
from followup_tui.keymap import Keymap, make_keymap, shown_key
from followup_tui.settings import load_settings
from followup_tui.tracker.commit import CommandResult
from followup_tui.tracker.tracker import Tracker

_NOT_HERE = frozenset({"delete", "merge", "forget"})
"""Actions on the whole application, which `followup-tui` itself has commands for."""
_DECIDING = tuple(action.id for action in actions_at(Place.REVIEW) if action.flow and action.id not in _NOT_HERE)
"""Actions on the application that is shown: all that ask their questions by a flow."""
_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "thank": ("thank", "thanked"),
    "answer": ("answer", "answered"),
    "log": ("follow", "followed", "log"),
    "letter": ("write", "letter"),
    "back": ("step",),
    "close": ("done", "close"),
    "earlier": ("back",),
    "new": ("new", "add"),
    "review": ("again",),
    "quit": ("quit", "exit"),
}
WORDS: Mapping[str, tuple[str, ...]] = {
    id: _SPELLINGS.get(id, (id.partition("_")[0],))
    for id in (*_DECIDING, "skip", "earlier", "undo", "redo", "new", "review", "help", "quit")
}
"""The actions of line mode, which have the keys of the screen, and the words that do the same."""

HELP: Mapping[str, str] = {
    "new": "A new application in one line: company, role, when, who, link.",
    "earlier": "To the one before: hear it again, decide otherwise.",
    "undo": "Take this review's last decision or skip back, and return to it.",
    "review": "Go through what was left for later once more.",
    "help": "Say all keys.",
    "quit": "End the review; you can continue it later.",
}
"""The help of an action whose sentence for the screen mentions what only the screen has."""


_LETTERS = ("letter", "call")
"""Actions that show a letter or a script before they ask."""
_PROMPTED = ("thank", "answer", "log", "snooze", "close", "skip", "quit", "help")
"""The actions that the first prompt names; help names the others."""
_USUAL = ("skip", "quit", "help")
"""The actions that every prompt names, besides those that the application asks for."""
_AT_THE_END = ("new", "review", "earlier", "undo", "quit", "help")


CACHE_FOR = timedelta(minutes=1)
"""How long cards are reused: with time alone an application comes to need another action."""
_LABELS = {"review": "what was left", "earlier": "back"}


class CardCache:
    """All cards of a database by the application's id, read again only after another process has written."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self._cards: dict[str, Card] = {}
        self._read_at: datetime | None = None

    def now(self) -> dict[str, Card]:
        """The cards as they are on disk."""
        at = self._tracker.clock()
        changed = self._tracker.queries.changed_elsewhere()
        if self._read_at is None or changed or not timedelta() <= at - self._read_at < CACHE_FOR:
            self._cards = {card.id: card for card in self._tracker.schedule.cards(at)}
            self._read_at = at
        return self._cards

    def after(self, command: Callable[[], CommandResult]) -> CommandResult:
        """Run a command and update the cards; its own write does not count as another process's change."""
        if self._tracker.queries.changed_elsewhere():
            self._read_at = None
        result = command()
        self._tracker.queries.changed_elsewhere()
        self._cards.update({card.id: card for card in (*result.cards, *result.related)})
        for id in result.gone:
            self._cards.pop(id, None)
        return result


def review_lines(session: CliContext) -> int:
    """Go through the review on standard input and output; the exit code."""
    settings, problems = load_settings(session.settings_place, action_ids=BY_ID)
    keymap = make_keymap(settings.keys)
    for problem in problems:
        write_message(f"{session.settings_place.name}: {problem}")
    for sentence in keymap.problems:
        write_message(sentence)
    with session.writing() as tracker:
        return LineReview(session, tracker, Prompts(sys.stdin), keymap).run()


class LineReview:
    """One run of the review: shows an application, takes a line, and goes on until the user quits."""

    def __init__(self, session: CliContext, tracker: Tracker, prompts: Prompts, keymap: Keymap) -> None:
        self._session = session
        self._tracker = tracker
        self._prompts = prompts
        self._keymap = keymap
        prompts.quits = frozenset({self._key("quit"), *WORDS["quit"]})
        self._card_cache = CardCache(tracker)
        self._runner = LineRunner(prompts, session.settings_place, self._write)
        self._cursor = ReviewCursor(self._review_state())
        self._since = tracker.review.newest_line()
        self._selection: Selection | None = None
        self._has_named_all = False  # the keys, which the first prompt names

    def run(self) -> int:
        """Go through the review until the user quits or the input ends; the exit code."""
        self._prompts.say(f"Review of {format_full_day(self._session.now().date())}.")
        try:
            while self._one():
                self._prompts.say()
        except InputEnded:
            self._prompts.take_pending()
        if self._cursor.shown is not None:  # else the end was shown already
            self._say_end()
        return OK

    # One application at a time

    def _one(self) -> bool:
        """Show the current application and take lines until another one is current; whether the review goes on."""
        id = self._cursor.shown
        if id is None:
            self._selection = None
            self._say_end()
        else:
            try:
                self._show(id)
            except NotFound as gone:  # another window took it back
                self._prompts.say(gone.sentence)
                self._renew(None)
                return True
        while True:
            goes_on = self._take()
            if goes_on is not None:
                return goes_on

    def _show(self, id: str) -> None:
        details = self._tracker.queries.details(id)
        summary = self._tracker.queries.summary_of(details, self._session.now())
        self._selection = line_selection(self._session, self._tracker, details)
        self._prompts.say(heading(self._cursor))
        self._prompts.say_all(application_lines(summary))

    def _take(self) -> bool | None:
        """Take one line: True to show the current application, False to quit, None for another line."""
        typed = self._prompts.verb(self._lead())
        if not typed:
            return self._selection is not None
        action = self._actions.get(typed) or self._actions.get(typed.casefold())
        if action is None:
            self._prompts.take_pending()
            self._prompts.say(f"“{shown_line(typed)}” isn't a key here; {self._key('help')} lists them all.")
            return None
        if action == "quit":
            raise InputEnded
        try:
            moved = self._run(action)
        except Conflict as conflict:
            self._prompts.say(conflict.sentence)
            self._renew(None)
            moved = True
        except (Cancelled, FollowupError) as ended:
            self._prompts.say(ended.sentence)
            moved = None
        self._prompts.drop_pending()
        return moved

    def _run(self, action: str) -> bool | None:
        if action in _DECIDING:
            return self._decide(action)
        method: Callable[[], bool | None] = getattr(self, f"_{action}")
        return method()

    def _lead(self) -> str:
        """The keys and their labels, on the line of the prompt."""
        ids: tuple[str, ...] = _AT_THE_END
        if self._selection is not None:
            card = self._card_cache.now().get(self._selection.id)
            usual = _USUAL if self._has_named_all else _PROMPTED
            ids = tuple(dict.fromkeys((*(recommended_actions(card.action) if card else ()), *usual)))
            self._has_named_all = True
        if not self._cursor.standing.review.left:
            ids = tuple(id for id in ids if id != "review")
        return ", ".join(f"{self._key(id)} {_label(id)}" for id in ids) + " "

    # Actions

    def _decide(self, action: str) -> bool | None:
        """Run the flow of an action and its command; against the guard only with a reason."""
        selection = self._selection
        if selection is None:
            self._prompts.take_pending()
            self._prompts.say("Nothing left to decide.")
            return None
        run = self._flow_result(action, selection)
        if run.remark:
            self._prompts.say(run.remark)
        try:
            return self._perform(selection, run)
        except Blocked as blocked:
            confirmed = self._runner.run(partial(confirm_guard, run=run, blocked=blocked), selection)
        assert isinstance(confirmed, Run)
        return self._perform(selection, confirmed)

    def _flow_result(self, action: str, selection: Selection) -> Run:
        if action in _LETTERS:
            run_text = run_letter if action == "letter" else run_call
            return run_text(selection, self._prompts, self._runner)
        result = self._runner.run(flow_of(action), selection)
        assert isinstance(result, Run)
        return result

    def _perform(self, selection: Selection, run: Run) -> bool:
        command = partial(run.command, selection.ids, selection.versions, run.reason)
        decided = partial(self._tracker.review.decide, selection.ids, command)
        self._run_and_tell(decided if run.decides else command)
        if run.then is not None:
            self._ask_then(run.then, selection)
        return True

    def _ask_then(self, flow: Callable[[Selection], Flow], selection: Selection) -> None:
        """Ask what follows a command that has run; whatever ends it, the review goes on."""
        try:
            self._runner.run(flow, selection)
        except (Cancelled, FollowupError) as ended:
            self._prompts.say(ended.sentence)
        self._renew(selection.id)

    def _write(self, opened: OpenLetter) -> None:
        """Show a letter that a flow opens in between, and record it if it is sent."""
        selection = line_selection(self._session, self._tracker, opened.composition.details)
        try:
            self._perform(selection, show_letter(opened, selection, self._prompts, self._runner))
        except Cancelled as cancelled:
            self._prompts.say(cancelled.sentence)

    def _run_and_tell(self, command: Callable[[], CommandResult]) -> bool:
        """Run a command, show its result, and go on to the next application."""
        result = self._card_cache.after(command)
        self._prompts.say_all(result_lines(result))
        self._renew(result.cards[0].id if result.cards else None)
        return True

    def _skip(self) -> bool | None:
        """Put the application behind the others; from an earlier one only go on."""
        id = self._cursor.shown
        if id is None:
            self._prompts.say("Nothing left to decide.")
            return None
        if self._cursor.is_looking_back:
            self._cursor.go_forth(self._card_cache.now())
            return True
        review = self._tracker.review.skip(id, self._card_cache.now().values())
        is_left = any(item.id == id for item in review.left)
        self._prompts.say("It is left until tomorrow." if is_left else "It comes back at the end.")
        self._renew(id)
        return True

    def _earlier(self) -> bool | None:
        if self._cursor.go_back(self._card_cache.now()):
            return True
        self._prompts.say("This is the first one.")
        return None

    def _review(self) -> bool | None:
        if not self._cursor.standing.review.left:
            self._prompts.say("Nothing was left for later.")
            return None
        self._tracker.review.restart()
        self._renew(self._cursor.shown or "")
        return True

    def _undo(self) -> bool:
        return self._run_and_tell(
            partial(self._tracker.review.undo, self._since, "`followup-tui undo` goes further back")
        )

    def _redo(self) -> bool:
        return self._run_and_tell(self._tracker.commands.redo)

    def _new(self) -> bool:
        """Add an application in one line."""
        quick = self._prompts.understood(
            f"New application, such as “Acme Robotics, Backend dev, fri 14:00, with Dana Ruiz”. {LEAVES}.",
            self._quick_add,
        )
        assert quick is not None, "an empty line leaves it"
        return self._run_and_tell(lambda: self._tracker.commands.add(form_of(quick)))

    def _quick_add(self, typed: str) -> QuickEntry:
        home = self._tracker.schedule.rules_for("").calendar
        quick = parse_quick_entry(typed, now=self._session.now(), zone=self._session.zone, days=day_rules(home))
        wrong = quick.problems[0] if quick.problems else describe_doubts(quick)
        if wrong:
            raise BadInput(nothing_saved(wrong), "line")
        unread = describe_unread(quick)
        if unread:
            raise BadInput(f"{nothing_saved(unread)} Write “note:” before what is a note.", "line")
        self._prompts.say(f"Understood: {describe_entry(quick, self._session.zone)}")
        return quick

    def _help(self) -> None:
        for id, words in WORDS.items():
            keys = " or ".join(dict.fromkeys((self._key(id), words[0])))
            self._prompts.say(f"{keys}: {HELP.get(id) or BY_ID[id].help}")
        self._prompts.say(
            f"An empty line says it again. {LEAVE} (dash) cancels a question. What follows a key answers its"
            " questions, such as “s mon”, “t e”, “a d fri”."
        )

    # State

    @cached_property
    def _actions(self) -> dict[str, str]:
        """The action of each key with one character and of each word."""
        actions = {word: id for id, words in WORDS.items() for word in words}
        for id in WORDS:
            keys = map(shown_key, self._keymap.of(BY_ID[id]))
            actions |= {key: id for key in keys if _is_typed(key)}
        return actions

    def _key(self, id: str) -> str:
        key = self._keymap.shown(BY_ID[id])
        return key if _is_typed(key) else WORDS[id][0]

    def _review_state(self) -> ReviewState:
        review = self._tracker.review
        return ReviewState(review.today(self._card_cache.now().values()), review.marks())

    def _renew(self, follow: str | None) -> None:
        self._cursor.renew(self._review_state(), follow)

    def _say_end(self) -> None:
        cards, basket = self._card_cache.now().values(), self._tracker.queries.basket()
        review, coming = self._review_state().review, self._tracker.queries.coming(cards)
        self._prompts.say_all(closing_lines(review, coming, basket, self._session.now(), cards))
        if basket.thin:
            self._prompts.say(f"Have another lead? {self._key('new')} adds it.")


def _is_typed(key: str) -> bool:
    """Whether a key can be typed as a line; what leaves a question declines no offer."""
    return len(key) == 1 and key != LEAVE


def _label(id: str) -> str:
    return _LABELS.get(id) or BY_ID[id].label.lower()
