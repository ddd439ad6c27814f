"""The review line by line: the order, the verbs and the marks of the screen, which can go on from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial

from followup_tui.cli.context import CliContext
from followup_tui.cli.exit_codes import OK
from followup_tui.cli.known_cards import KnownCards
from followup_tui.cli.pages import application_lines, closing_lines, heading
from followup_tui.cli.prompts import LEAVE, LEAVES, LeftAlone, Prompts, Stopped
from followup_tui.cli.questions import QUESTIONS, About, Verb
from followup_tui.cli.result import result_lines
from followup_tui.domain.format import format_day, format_full_day
from followup_tui.domain.model.errors import BadInput, Conflict, FollowupError, NotFound
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.parsing.quick_entry import QuickEntry, describe_entry, form_of, parse_quick_entry
from followup_tui.domain.rules.guard import Blocked
from followup_tui.domain.views.summary import summarize
from followup_tui.tracker.outcome import Done
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui.fitting import fitting_verbs
from followup_tui.ui.keys import BY_ID, Keymap, shown_key
from followup_tui.ui.walking import Standing, Walk

WORDS: Mapping[str, tuple[str, ...]] = {
    "thank": ("thank", "thanked"),
    "answer": ("answer", "answered"),
    "log": ("follow", "followed", "log"),
    "letter": ("write", "letter"),
    "call": ("call",),
    "interview": ("interview",),
    "snooze": ("snooze",),
    "pin": ("pin",),
    "close": ("done", "close"),
    "advance": ("advance",),
    "note": ("note",),
    "skip": ("skip",),
    "earlier": ("back",),
    "undo": ("undo",),
    "redo": ("redo",),
    "new": ("new", "add"),
    "review": ("again",),
    "help": ("help",),
    "quit": ("quit", "exit"),
}
"""The actions that the plain review knows by the screen's keys, and the words that do the same."""

HELP: Mapping[str, str] = {
    "new": "A new application in one line: company, role, when, who, link.",
    "earlier": "To the one before: hear it again, decide otherwise.",
    "undo": "Take this review's last decision or skip back, and return to it.",
    "review": "Go through what was left over once more.",
    "help": "Say all keys.",
    "quit": "End the review; it can be taken up again.",
}
"""What is said of an action where the screen's sentence speaks of what only the screen has."""


def _ask_letter(about: About) -> Verb:
    from followup_tui.cli.plain_letters import ask_letter  # the ways out take a while to load

    return ask_letter(about)


def _ask_call(about: About) -> Verb:
    from followup_tui.cli.plain_calls import ask_call

    return ask_call(about)


_DECIDING: Mapping[str, Callable[[About], Verb]] = {**QUESTIONS, "letter": _ask_letter, "call": _ask_call}
"""Each verb's questions, by the name of its action."""
_PROMPTED = ("thank", "answer", "log", "snooze", "close", "skip", "quit", "help")
"""Those that every prompt names; help tells the others."""
_ASIDE = frozenset({"note"})
"""What is written down aside and decides nothing: the application stays."""
_AT_THE_END = ("new", "review", "earlier", "undo", "quit", "help")


class PlainReview:
    """One sitting: it shows what waits first, takes a line, and goes on until it is left."""

    def __init__(self, session: CliContext, tracker: Tracker, prompts: Prompts, keymap: Keymap) -> None:
        self._session = session
        self._tracker = tracker
        self._prompts = prompts
        self._keymap = keymap
        self._known = KnownCards(tracker)
        self._walk = Walk(self._standing())
        self._since = tracker.newest_line()
        self._about: About | None = None

    def run(self) -> int:
        """Go through the review until it is left or the input ends; the exit code."""
        self._prompts.say(f"Review of {format_full_day(self._session.now().date())}.")
        try:
            while self._one():
                self._prompts.say()
        except Stopped:
            self._prompts.unused()
        if self._walk.shown is not None:  # else the end was told already
            self._say_end()
        return OK

    # One application at a time

    def _one(self) -> bool:
        """Show where one stands and take lines until one stands elsewhere; whether it goes on."""
        id = self._walk.shown
        if id is None:
            self._about = None
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
        details = self._tracker.details(id)
        briefing = summarize(details, self._tracker.outlooks.book(details.application.region), self._session.now())
        self._about = About(session=self._session, tracker=self._tracker, prompts=self._prompts, briefing=briefing)
        self._prompts.say(heading(self._walk))
        for line in application_lines(briefing):
            self._prompts.say(line)

    def _take(self) -> bool | None:
        """Take one line: True to show where one stands now, False to leave, None for another line."""
        typed = self._prompts.verb(self._lead())
        if not typed:
            return self._about is not None
        action = self._actions.get(typed) or self._actions.get(typed.casefold())
        if action is None:
            self._prompts.unused()
            self._prompts.say(f"“{shown_line(typed)}” is no key here; {self._key('help')} tells all of them.")
            return None
        if action == "quit":
            raise Stopped
        try:
            moved = self._carry_out(action)
        except LeftAlone as left:
            self._prompts.say(left.words or "Left as it is.")
            moved = None
        except Conflict as conflict:
            self._prompts.say(conflict.sentence)
            self._renew(None)
            moved = True
        except FollowupError as error:
            self._prompts.say(error.sentence)
            moved = None
        unused = self._prompts.unused()
        if unused:
            self._prompts.say(f"“{shown_line(unused)}” was not needed and did nothing.")
        return moved

    def _carry_out(self, action: str) -> bool | None:
        if action in _DECIDING:
            return self._decide(action)
        doing: Callable[[], bool | None] = getattr(self, f"_{action}")
        return doing()

    def _lead(self) -> str:
        """The keys and their words, on the line that ends with the mark."""
        ids: tuple[str, ...] = _AT_THE_END
        if self._about is not None:
            card = self._known.now().get(self._about.ids[0])
            ids = tuple(dict.fromkeys((*(fitting_verbs(card) if card else ()), *_PROMPTED)))
        left = bool(self._walk.standing.review.left)
        return ", ".join(f"{self._key(id)} {_label(id)}" for id in ids if id != "review" or left) + " "

    # The verbs

    def _decide(self, action: str) -> bool | None:
        """Ask what a verb needs, and carry it out as a decision; against the guard only with a reason."""
        about = self._about
        if about is None:
            self._prompts.unused()
            self._prompts.say("Nothing is left to decide.")
            return None
        verb = _DECIDING[action](about)
        if action in _ASIDE:
            return self._told(partial(verb, ""))
        try:
            return self._told(partial(self._tracker.decide, about.ids, partial(verb, "")))
        except Blocked as blocked:
            why = self._why(blocked)
        return self._told(partial(self._tracker.decide, about.ids, partial(verb, why)))

    def _why(self, blocked: Blocked) -> str:
        """The reason to do it although the guard says no; `LeftAlone` where there is none."""
        self._prompts.unused()
        self._prompts.say(blocked.sentence)
        fine_on = blocked.verdict.from_on
        fine = f"Fine from {format_day(fine_on, self._session.now().date())}." if fine_on else "Better not."
        return self._prompts.text(f"{fine} Why do it anyway? An empty line or {LEAVES} undone.")

    def _told(self, verb: Callable[[], Done]) -> bool:
        """Carry a verb out, tell what came of it, and go where it leads."""
        done = self._known.after(verb)
        for line in result_lines(done):
            self._prompts.say(line)
        self._renew(done.cards[0].id if done.cards else None)
        return True

    def _skip(self) -> bool | None:
        """Put it behind the others; from an earlier one only go on."""
        id = self._walk.shown
        if id is None:
            self._prompts.say("Nothing is left to decide.")
            return None
        if self._walk.is_looking_back:
            self._walk.go_forth(self._known.now())
            return True
        left = any(item.id == id for item in self._tracker.skip(id, self._known.now().values()).left)
        self._prompts.say("Left for another day." if left else "It comes back at the end.")
        self._renew(id)
        return True

    def _earlier(self) -> bool | None:
        if self._walk.go_back(self._known.now()):
            return True
        self._prompts.say("This is the first of today.")
        return None

    def _review(self) -> bool | None:
        if not self._walk.standing.review.left:
            self._prompts.say("Nothing was left over.")
            return None
        self._tracker.begin_again()
        self._renew(self._walk.shown or "")
        return True

    def _undo(self) -> bool:
        return self._told(partial(self._tracker.take_back, self._since, "`followup-tui undo` goes further back"))

    def _redo(self) -> bool:
        return self._told(self._tracker.redo)

    def _new(self) -> bool:
        """Another application in one line, and then on from where one stands."""
        quick = self._prompts.understood(
            f"New application: company, role, when, who, link; such as"
            f" “Acme Robotics, Backend dev, fri 14:00”. {LEAVES}.",
            self._quick_add,
        )
        assert quick is not None, "an empty line leaves it"
        return self._told(lambda: self._tracker.add(form_of(quick)))

    def _quick_add(self, typed: str) -> QuickEntry:
        quick = parse_quick_entry(typed, now=self._session.now(), zone=self._session.zone)
        if quick.problems:
            raise BadInput(f"Not yet: {quick.problems[0]}; nothing was saved.", "line")
        self._prompts.say(f"Understood: {describe_entry(quick, self._session.zone)}")
        return quick

    def _help(self) -> None:
        for id, words in WORDS.items():
            keys = " or ".join(dict.fromkeys((self._key(id), words[0])))
            self._prompts.say(f"{keys}: {_label(id)}. {HELP.get(id) or BY_ID[id].help}")
        self._prompts.say(
            f"An empty line says it again. {LEAVE} leaves a question. What stands behind a key answers its"
            " questions, such as “s mon”, “t e”, “a d fri”."
        )

    # Where one stands

    @cached_property
    def _actions(self) -> dict[str, str]:
        """The action for each key of one character and each word that may be typed."""
        found = {word: id for id, words in WORDS.items() for word in words}
        for id in WORDS:
            found |= {shown_key(key): id for key in self._keymap.of(BY_ID[id]) if len(shown_key(key)) == 1}
        return found

    def _key(self, id: str) -> str:
        key = self._keymap.shown(BY_ID[id])
        return key if len(key) == 1 else WORDS[id][0]

    def _standing(self) -> Standing:
        return Standing(self._tracker.review(self._known.now().values()), self._tracker.marks())

    def _renew(self, follow: str | None) -> None:
        self._walk.renew(self._standing(), follow)

    def _say_end(self) -> None:
        review, basket = self._standing().review, self._tracker.basket()
        coming = self._tracker.coming_words(self._known.now().values())
        for line in closing_lines(review, coming, basket, self._session.now()):
            self._prompts.say(line)
        if basket.thin:
            self._prompts.say(f"One more lead? {self._key('new')} adds it right here.")


def _label(id: str) -> str:
    return _LABELS.get(id) or BY_ID[id].label.lower()


_LABELS = {"review": "what was left", "earlier": "back"}
