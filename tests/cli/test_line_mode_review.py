"""The daily review line by line: the same script as on the screen, from a person, a pipe or a hostile hand."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.test_hostile import HOSTILE, clean, infested
from followup_tui.actions import ACTIONS, BY_ID, Place
from followup_tui.cli.commands import overview
from followup_tui.cli.context import CliContext
from followup_tui.cli.line_mode.line_runner import Prompts
from followup_tui.cli.line_mode.review import HELP, WORDS, LineReview
from followup_tui.cli.main import main
from followup_tui.domain.model.application import Answer, Outcome
from followup_tui.domain.model.application_form import ApplicationForm, OfferTerms
from followup_tui.domain.model.change import EntryState
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.interview import Booking
from followup_tui.domain.model.when import When
from followup_tui.domain.views.review import MarkState
from followup_tui.keymap import make_keymap
from followup_tui.tracker.tracker import Tracker
from run_cli import Ran, Shell, program
from ui.terminal import Terminal

__all__ = ["infested"]

FRIDAY = datetime.fromisoformat("2026-11-20T14:00:00+01:00")
MET = When(day=FRIDAY.date(), at=FRIDAY, zone="Europe/Berlin")
Sit = Callable[..., Ran]


@pytest.fixture
def tracker(database: Path) -> Iterator[Tracker]:
    tracker = Tracker(database)
    yield tracker
    tracker.close()


@pytest.fixture
def sit(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Sit:
    """Goes through the review by the lines that are given; then the input ends."""

    def sit(*lines: str, plain: bool = True) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return shell("review", *(["--plain"] if plain else []))

    return sit


def met(tracker: Tracker, *companies: str) -> list[str]:
    """Applications interviewed on Friday, whose answer is known and whose thank-you is due; their ids."""
    ids = []
    for company in companies:
        person = Person(name="Dana Ruiz", email=f"dana@{company.lower()}.example")
        ids += [
            tracker.commands.add(ApplicationForm(company=company, role="Dev", interview=MET, people=(person,)))
            .cards[0]
            .id
        ]
    tracker.commands.answer(ids, Answer.KEEP_IN_TOUCH)
    return ids


def names(count: int) -> list[str]:
    return [f"Company{number:02}" for number in range(1, count + 1)]


def changes(tracker: Tracker) -> list[str]:
    """What the journal holds, the oldest first."""
    return [entry.label for entry in reversed(tracker.queries.history(None)) if entry.state is EntryState.DONE]


def headings(ran: Ran) -> list[str]:
    return [line for line in ran.out.splitlines() if " of " in line and line[0].isdigit()]


# The whole way


SCRIPT = (
    ("t e",),
    ("t", "e"),
    ("thank", "m"),
    ("s mon",),
    ("snooze", "in 3 business days"),
    ("p fri, they asked me to",),
    ("pin", "2 Dec", "they are away"),
    ("d r",),
    ("done", "w"),
    ("L",),
)
"""Ten decisions, in one line each or as they are asked for."""


def test_thirty_that_are_due_are_decided_by_lines_with_exactly_thirty_changes(tracker: Tracker, sit: Sit) -> None:
    ids = met(tracker, *names(30))
    before = changes(tracker)
    ran = sit(*(line for lines in SCRIPT * 3 for line in lines))
    made = changes(tracker)[len(before) :]
    assert ran.code == 0
    assert [label.partition(" ")[0].rstrip(":") for label in made] == names(30), "each once, in their order"
    overview = tracker.review.today()
    assert (overview.is_over, len(overview.decided), overview.left) == (True, 30, ())
    assert {mark.application_id for mark in overview.decided} == set(ids)
    assert [line.partition(",")[0] for line in headings(ran)] == [f"{place} of 30" for place in range(1, 31)]
    assert "You're done for today: 30 decided." in ran.out
    assert ran.out.count("\nDecided: ") == 30
    assert (ran.err, clean(ran.out)) == ("", True)


def test_an_application_is_told_whole_and_in_lines_to_be_read_aloud(tracker: Tracker, sit: Sit) -> None:
    (acme,) = met(tracker, "Acme")
    tracker.commands.log([acme], "note", note="asked for the slides")
    ran = sit()
    told = ran.out.splitlines()
    assert told[:4] == [
        "Review of Sun 22 Nov 2026.",
        "1 of 1, thank-yous",
        "Acme, Dev, Interviewed.",
        "Next: thank Dana Ruiz by email, was due Sat 21 Nov.",
    ]
    assert told[4].startswith("Why: The interview was on Fri 20 Nov")
    assert "Reach: Dana Ruiz, dana@acme.example" in told
    assert "They said, Sun 22 Nov: to keep in touch" in told
    assert "Last, Sun 22 Nov: note: asked for the slides" in told
    keys = "w write, t thanked, a answered, f followed up, s snooze, d close, x skip, q quit, ? help > "
    assert keys in told


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("lines", "label"),
    [
        (("t e",), "Acme → Thanked"),
        (("t", "w", "yesterday 16:00", "p"), "Acme → Thanked by post"),
        (("a d fri",), "Acme: they said they decide by Fri 27 Nov"),
        (("answered", "c", ""), "Acme: they said they call"),
        (("a", "c", "fri"), "Acme: they said they call by Fri 27 Nov"),
        (("a r",), "Acme: reply"),
        (("f r",), "Acme: reply"),
        (("f", "c", "n"), "Acme: call, no answer"),
        (("f c v",), "Acme: call, no answer, voicemail left"),
        (("f w", "yesterday", "e", "t"), "Acme → Thanked"),
        (("i tue 14:00, Sam Lee, video",), "Acme: video interview Tue 24 Nov 14:00"),
        (("s mon",), "Acme snoozed until Mon 23 Nov"),
        (("p mon, they asked",), "Acme pinned to Mon 23 Nov: they asked"),
        (("p", "mon", "they asked"), "Acme pinned to Mon 23 Nov: they asked"),
        (("d n",), "Acme → Moved on: no reply"),
        (("L",), "Acme → Thanked"),
        (("w", "Alex Novak", "", "s x"), "Acme → Thanked"),
        (("c", "Alex Novak", "", "s"), "Acme: call"),
        (("call", "Alex Novak", "", "", "x"), "Acme: call, no answer"),
        (("c", "Alex Novak", "", "v", "+43 1 234567", "v"), "Acme: call, no answer, voicemail left"),
    ],
)
def test_each_verb_asks_what_it_needs_and_is_one_change_and_one_decision(
    tracker: Tracker, sit: Sit, lines: tuple[str, ...], label: str
) -> None:
    met(tracker, "Acme")
    before = changes(tracker)
    ran = sit(*lines)
    assert ran.code == 0
    made = changes(tracker)[len(before) :]
    assert len(made) == 1, ran.out
    assert made[0].startswith(label)
    assert [mark.deed for mark in tracker.review.today().decided] == made


def test_a_note_decides_nothing_and_the_application_stays(tracker: Tracker, sit: Sit) -> None:
    met(tracker, "Acme", "Globex")
    ran = sit("N rang the bell twice", "d r")
    assert [label.partition(" ")[0] for label in changes(tracker)[-2:]] == ["Acme:", "Acme"]
    assert headings(ran) == ["1 of 2, thank-yous", "1 of 2, thank-yous", "2 of 2, thank-yous"]
    assert [mark.deed for mark in tracker.review.today().decided] == ["Acme → Moved on: rejected"]


def test_of_two_interviewers_both_are_thanked_before_the_next_comes(tracker: Tracker, sit: Sit) -> None:
    people = (Person(name="Dana Ruiz"), Person(name="Sam Lee"))
    tracker.commands.add(ApplicationForm(company="Acme", role="Dev", interview=MET, people=people))
    met(tracker, "Globex")
    ran = sit("t 2 e", "k", "t e")
    assert headings(ran)[:2] == ["1 of 2, thank-yous", "1 of 2, thank-yous, more to do"]
    assert changes(tracker)[-2:] == ["Acme: thanked Sam Lee", "Acme → Thanked"]
    assert "This is the first one." in ran.out


def test_undo_takes_back_a_skip_and_nothing_from_before_the_review(tracker: Tracker, sit: Sit) -> None:
    met(tracker, "Acme", "Globex")
    before = changes(tracker)
    ran = sit("x", "u", "u", "d r", "x", "u", "u", "u")
    assert ran.out.count("Acme is no longer skipped") == 1
    assert ran.out.count("Globex is no longer skipped") == 1
    assert "Undone: Acme → Moved on: rejected" in ran.out
    assert ran.out.count("Nothing of this review is left to undo; `followup-tui undo` goes further back.") == 2
    assert (changes(tracker), tracker.review.marks()) == (before, ())


def test_a_booked_interview_is_moved_or_called_off(tracker: Tracker, sit: Sit) -> None:
    (acme,) = met(tracker, "Acme")
    tracker.commands.interview(acme, Booking(when=When(day=date(2026, 11, 22), at=None, zone="Europe/Berlin")))
    sit("i m thu 9:00", "k", "i x")
    assert "Thu 26 Nov 09:00" in changes(tracker)[-2]
    assert "called off" in changes(tracker)[-1] or "cancelled" in changes(tracker)[-1]


def test_one_of_several_is_thanked_alone(tracker: Tracker, sit: Sit, shell: Shell) -> None:
    people = (Person(name="Dana Ruiz"), Person(name="Sam Lee"))
    tracker.commands.add(ApplicationForm(company="Acme", role="Dev", interview=MET, people=people))
    ran = sit("t", "2", "e")
    assert "thank-you to Dana Ruiz and Sam Lee?" in ran.out
    assert "thank-you to Sam Lee?" in ran.out
    assert changes(tracker)[-1] == "Acme: thanked Sam Lee"


# Questions


def test_what_is_not_understood_is_asked_again_and_what_is_understood_said_back(
    tracker: Tracker, sit: Sit
) -> None:
    met(tracker, "Acme")
    ran = sit("s", "soonish", "in 3 business days")
    assert "“soonish” isn't understood as a date" in ran.out
    assert "Understood: Wed 25 Nov 2026." in ran.out
    assert changes(tracker)[-1] == "Acme snoozed until Wed 25 Nov"


@pytest.mark.parametrize(
    "lines", [("s", "-"), ("s", ""), ("t", ""), ("t -",), ("d", "-"), ("N", ""), ("a d", "-")]
)
def test_a_question_can_be_left_and_nothing_happens(tracker: Tracker, sit: Sit, lines: tuple[str, ...]) -> None:
    met(tracker, "Acme", "Globex")
    before = changes(tracker)
    ran = sit(*lines)
    assert "Left as it is." in ran.out
    assert changes(tracker) == before
    assert headings(ran) == ["1 of 2, thank-yous"]


def test_an_answer_that_is_none_of_those_offered_is_asked_for_again(tracker: Tracker, sit: Sit) -> None:
    met(tracker, "Acme")
    ran = sit("d z", "r")
    assert "“z” is none of a, d, r, w, n" in ran.out
    assert changes(tracker)[-1] == "Acme → Moved on: rejected"


def test_accepting_leads_through_the_others_and_what_was_typed_ahead_closes_nothing(
    tracker: Tracker, sit: Sit
) -> None:
    ids = met(tracker, "Acme", "Globex", "Initech")
    tracker.commands.offer(ids[:1], OfferTerms())
    ran = sit("accept y c", "n", "c", "l")
    assert "“c” was not needed and did nothing." in ran.out
    assert "#2 Globex, Dev: withdraw? 1 of 2" in ran.out
    assert headings(ran) == ["1 of 3, offers", "2 of 2, to withdraw from"]
    assert changes(tracker)[-2:] == ["Acme → Moved on: accepted", "Globex → Moved on: withdrew"]


def test_a_withdrawal_letter_is_written_in_between(tracker: Tracker, sit: Sit) -> None:
    ids = met(tracker, "Acme", "Globex", "Initech")
    tracker.commands.offer(ids[:1], OfferTerms())
    ran = sit("A y", "n", "w", "Alex Novak", "", "s", "x", "-", "u")
    assert "The withdrawal to Dana Ruiz" in ran.out
    assert "Left as it is." in ran.out
    assert [tracker.queries.details(id).application.outcome for id in ids] == [Outcome.ACCEPTED, None, None]


def test_what_leaves_a_question_declines_no_offer(tracker: Tracker, sit: Sit) -> None:
    (acme,) = met(tracker, "Acme")
    tracker.commands.offer([acme], OfferTerms())
    ran = sit("-")
    assert "“-” isn't a key here" in ran.out
    assert "decline decline" in ran.out
    assert sit("decline y", "n").out
    assert tracker.queries.details(acme).application.outcome is Outcome.DECLINED


def test_what_a_verb_has_no_use_for_is_said_and_does_nothing(tracker: Tracker, sit: Sit) -> None:
    met(tracker, "Acme", "Globex")
    ran = sit("d r and more", "what is this", "")
    assert "“and more” was not needed and did nothing." in ran.out
    assert "“what” isn't a key here; ? lists them all." in ran.out
    assert headings(ran) == ["1 of 2, thank-yous", "2 of 2, thank-yous", "2 of 2, thank-yous"]


def test_the_guards_no_asks_for_a_reason_or_leaves_it(tracker: Tracker, sit: Sit, shell: Shell) -> None:
    (acme,) = met(tracker, "Acme")
    tracker.commands.thank([acme])
    tracker.commands.pin([acme], FRIDAY.date().replace(day=22), "call them")
    before = changes(tracker)
    ran = sit("f e", "", "f e", "they asked me to write again")
    assert "Why do it anyway? An empty line or - cancels." in ran.out
    assert ran.out.count("Left as it is.") == 1
    assert len(changes(tracker)) == len(before) + 1
    assert shell.card()["touches"][-1]["override"] == "they asked me to write again"


def test_help_names_every_key_and_every_action_of_the_screen_has_its_place(tracker: Tracker, sit: Sit) -> None:
    met(tracker, "Acme")
    told = sit("?").out
    for id in WORDS:
        assert f": {HELP.get(id) or BY_ID[id].help}" in told
        assert Place.REVIEW in BY_ID[id].places
    known = {action.id for action in ACTIONS if action.twin and Place.REVIEW in action.places}
    on_the_whole_application = {"open", "open_link", "copy", "edit", "edit_notes", "delete", "merge", "forget"}
    assert known - set(WORDS) == on_the_whole_application | {"offers", "insights", "settings"}, (
        "an action with a flow is known here by itself; one that only the screen has belongs in this list"
    )


def test_no_word_and_no_key_means_two_actions() -> None:
    words = [word for some in WORDS.values() for word in some]
    assert sorted(words) == sorted(set(words))


def test_pace_region_and_stage_are_set_by_lines(tracker: Tracker, sit: Sit, shell: Shell) -> None:
    met(tracker, "Acme")
    ran = sit("pace slow", "region DE-BY", "step", "move awaiting", "q")
    assert ran.code == 0
    card = shell.card()
    assert (card["pace"], card["region"], card["stage"]) == ("slow", "DE-BY", "awaiting"), ran.out
    assert "Acme is at the first stage" in ran.out


def test_help_speaks_of_nothing_that_only_the_screen_has(tracker: Tracker, sit: Sit) -> None:
    told = sit("?").out
    for words in ("Tab", "form", "board", "Board", "look at", "screen"):
        assert words not in told, words


def test_the_only_person_to_thank_may_be_named_by_number(tracker: Tracker, sit: Sit) -> None:
    met(tracker, "Acme", "Globex")
    ran = sit("t 1 e", "t", "1", "e")
    assert [label.partition(" ")[0] for label in changes(tracker)[-2:]] == ["Acme", "Globex"]
    assert "is none of" not in ran.out
    assert "Only Dana" not in ran.out


@pytest.mark.parametrize("width", [80, 40])
def test_on_a_terminal_lines_break_at_words(tracker: Tracker, database: Path, width: int) -> None:
    met(tracker, "Acme Robotics and Automation of Lower Austria")
    terminal = Terminal("--db", str(database), "review", "--plain", size=(width, 24))
    try:
        terminal.wait_for("help >")
        terminal.type("?\n")
        terminal.wait_for("such as", "help >")
        terminal.type("q\n")
        assert terminal.end() == 0
    finally:
        terminal.release()
    lines = terminal.written.decode().replace("\r", "").split("\n")
    assert max(map(len, lines)) < width
    whole = " ".join(" ".join(lines).split())
    assert "The interview was on Fri 20 Nov: thank Dana Ruiz the same day or the next." in whole


def test_the_users_own_keys_are_in_force_here_too(tracker: Tracker, sit: Sit, tmp_path: Path) -> None:
    met(tracker, "Acme", "Globex")
    place = tmp_path / "home" / "config" / "followup-tui" / "settings.toml"
    place.parent.mkdir(parents=True)
    place.write_text('[keys]\nclose = ["D"]\nsnooze = ["f5"]\n', encoding="utf-8")
    ran = sit("D r", "snooze mon")
    assert "snooze snooze, D close" in ran.out
    assert [label.partition(" ")[0] for label in changes(tracker)[-2:]] == ["Acme", "Globex"]


# Skip, back, undo


def test_what_is_skipped_comes_back_at_the_end_and_is_left_the_second_time(tracker: Tracker, sit: Sit) -> None:
    met(tracker, "Acme", "Globex")
    before = changes(tracker)
    ran = sit("x", "d r", "skip", "q")
    assert "It comes back at the end." in ran.out
    assert "2 of 2, thank-yous, skipped before" in ran.out
    assert "It is left until tomorrow." in ran.out
    assert "You're done for today: 1 decided, 1 left for later." in ran.out
    assert "Left for later: Acme, thank 1d late" in ran.out
    assert len(changes(tracker)) == len(before) + 1
    again = sit("again", "d r")
    assert "You're done for today: 2 decided." in again.out


def test_what_is_left_is_named_by_its_role_where_another_one_of_the_employer_is_open(
    tracker: Tracker, sit: Sit
) -> None:
    met(tracker, "Acme")
    other = tracker.commands.add(ApplicationForm(company="Acme", role="QA")).cards[0].id
    tracker.commands.snooze([other], date(2026, 12, 24))
    assert "Left for later: Acme (Dev), thank 1d late" in sit("x", "skip", "q").out


def test_back_shows_the_one_before_and_skip_goes_on_from_it(tracker: Tracker, sit: Sit) -> None:
    met(tracker, "Acme", "Globex", "Initech")
    ran = sit("k", "d r", "back", "x", "d r")
    assert "This is the first one." in ran.out
    assert headings(ran) == [
        "1 of 3, thank-yous",
        "2 of 3, thank-yous",
        "2 of 3, looking back",
        "2 of 3, thank-yous",
        "3 of 3, thank-yous",
    ]
    assert ran.out.count("Acme, Dev, Moved on since Sun 22 Nov, rejected.") == 1


def test_undo_returns_to_the_application_and_its_decision_is_no_longer_one(tracker: Tracker, sit: Sit) -> None:
    met(tracker, "Acme", "Globex")
    before = changes(tracker)
    ran = sit("d r", "u", "t e", "undo", "U", "d w")
    assert "Undone: Acme → Moved on: rejected" in ran.out
    assert "Redone: Acme → Thanked" in ran.out
    assert changes(tracker)[len(before) :] == ["Acme → Thanked", "Globex → Moved on: withdrew"]
    assert [mark.deed for mark in tracker.review.today().decided] == changes(tracker)[len(before) :]


# Stopping and going on


def test_the_end_of_the_input_ends_it_as_q_does(tracker: Tracker, sit: Sit) -> None:
    met(tracker, "Acme", "Globex")
    ran = sit("d r")
    assert ran.code == 0
    assert "Stopped: 1 decided, 1 still to decide." in ran.out
    assert "1 application waits; `followup-tui review` goes on from here." in ran.out
    quitted = sit("q")
    assert quitted.out.splitlines()[-5:] == ran.out.splitlines()[-5:]


def test_the_end_of_the_input_within_a_question_does_nothing(tracker: Tracker, sit: Sit) -> None:
    met(tracker, "Acme")
    before = changes(tracker)
    ran = sit("s")
    assert (ran.code, changes(tracker)) == (0, before)
    assert "Stopped: 0 decided, 1 still to decide." in ran.out


def test_it_is_taken_up_where_it_was_left(tracker: Tracker, sit: Sit) -> None:
    met(tracker, "Acme", "Globex", "Initech")
    sit("t e", "x", "q")
    ran = sit()
    assert headings(ran) == ["3 of 3, thank-yous"]
    assert "Initech, Dev, Interviewed." in ran.out
    assert "You're done for today: 3 decided." in sit("d r", "d r").out


def test_what_was_asked_for_is_sent_whatever_the_guard_says_of_writing(tracker: Tracker, sit: Sit) -> None:
    (acme,) = met(tracker, "Acme")
    tracker.commands.thank([acme])
    tracker.commands.answer([acme], Answer.SEND_SOMETHING, by=replace(MET, day=MET.day.replace(day=22), at=None))
    ran = sit("")
    assert "email Dana Ruiz what they asked for" in ran.out
    assert "Contact by sending what they asked for: OK today." in ran.out
    assert "between contacts" not in ran.out


def test_a_call_to_somebody_whose_number_nobody_knows_says_so(
    tracker: Tracker, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    met(tracker, "Acme")
    monkeypatch.setenv("FOLLOWUP_NOW", "2026-11-22T12:00:00+01:00")
    tracker.commands.thank([tracker.queries.find("Acme")])
    monkeypatch.setenv("FOLLOWUP_NOW", "2026-11-27T12:00:00+01:00")
    ran = sit("")
    assert "Next: call Dana Ruiz, no number known, today." in ran.out
    assert "f followed up, t thanked, a answered" in ran.out, "what is asked for comes first"


def test_what_was_begun_on_the_screen_goes_on_here(tracker: Tracker, sit: Sit) -> None:
    acme, globex, _ = met(tracker, "Acme", "Globex", "Initech")
    tracker.review.decide([acme], lambda: tracker.commands.finish([acme], Outcome.REJECTED))
    tracker.review.skip(globex)
    ran = sit("d r", "k", "x")
    assert headings(ran)[:2] == ["3 of 3, thank-yous", "3 of 3, thank-yous, skipped before"]
    assert "Initech, Dev, Interviewed." in ran.out
    assert [mark.state for mark in tracker.review.marks()] == [
        MarkState.DECIDED,
        MarkState.SKIPPED,
        MarkState.DECIDED,
    ]


def test_nothing_due_says_so_with_the_next_date_and_one_can_add(tracker: Tracker, sit: Sit) -> None:
    (acme,) = met(tracker, "Acme")
    tracker.commands.thank([acme])
    ran = sit("n Globex, SRE, tomorrow 9:00", "n", "Umbrella", "-", "")
    assert "All clear. Next: Acme, call Fri 27 Nov." in ran.out
    assert "Have another lead? n adds it." in ran.out
    assert "Understood: Globex · SRE · interview Mon 23 Nov 2026 09:00 CET" in ran.out
    assert "Nothing was saved. Then the role, after a comma." in ran.out
    assert "All clear. Next: Globex, interview Mon 23 Nov 09:00." in ran.out
    assert ran.code == 0


def test_an_empty_board_has_nothing_to_decide_and_a_word_for_it(sit: Sit) -> None:
    ran = sit("t", "x", "u", "k", "again", "zz")
    assert ran.code == 0
    assert "All clear. Nothing else is coming up." in ran.out
    assert ran.out.count("Nothing left to decide.") == 2
    assert "There is nothing to undo." in ran.out
    assert "Basket: empty." in ran.out


def test_one_more_added_in_between_is_not_lost_and_the_place_is_kept(tracker: Tracker, sit: Sit) -> None:
    met(tracker, "Acme", "Globex")
    ran = sit("n Initech, Dev, yesterday 9:00", "d r", "d r", "d r")
    assert [line.partition(",")[0] for line in headings(ran)] == ["1 of 2", "1 of 3", "2 of 3", "3 of 3"]
    assert "You're done for today: 3 decided." in ran.out


# Another window


class Meanwhile(io.StringIO):
    """An input during which something happens elsewhere, before a line is typed."""

    def __init__(self, *lines: str | Callable[[], object]) -> None:
        super().__init__()
        self._lines = list(lines)

    def readline(self, size: int | None = -1) -> str:
        while self._lines and not isinstance(self._lines[0], str):
            self._lines.pop(0)()  # type: ignore[operator]
        return f"{self._lines.pop(0)}\n" if self._lines else ""


def meanwhile(database: Path, *lines: str | Callable[[], object]) -> str:
    out = io.StringIO()
    session = CliContext(str(database))
    with session.writing() as tracker:
        assert LineReview(session, tracker, Prompts(Meanwhile(*lines), out), make_keymap({})).run() == 0
    return out.getvalue()


def test_what_another_window_changed_is_not_overwritten_but_shown_anew(tracker: Tracker, database: Path) -> None:
    (acme,) = met(tracker, "Acme")
    edited = ApplicationForm(company="Acme", role="Lead", interview=MET)
    told = meanwhile(database, lambda: tracker.commands.edit(acme, edited), "d r", "d w")
    assert "Acme was changed from another window in between; nothing was overwritten" in told
    assert "Acme, Lead, Interviewed." in told
    assert changes(tracker)[-1] == "Acme → Moved on: withdrew"


def test_what_another_window_settled_is_not_asked_again(tracker: Tracker, database: Path) -> None:
    _, globex = met(tracker, "Acme", "Globex")
    told = meanwhile(database, "d r", lambda: tracker.commands.finish([globex], Outcome.ACCEPTED), "d r", "q")
    assert "Globex was changed from another window" in told
    assert changes(tracker)[-1] == "Globex → Moved on: accepted"
    assert tracker.review.today().is_over


def test_what_another_window_took_back_is_passed_over(tracker: Tracker, database: Path) -> None:
    met(tracker, "Acme")
    tracker.commands.add(ApplicationForm(company="Globex", role="SRE", interview=MET))
    told = meanwhile(database, tracker.commands.undo, "d r", "d r", "q")
    assert "Globex" not in changes(tracker)[-1]
    assert tracker.review.today().is_over
    assert "Traceback" not in told


# Ways in, and hostile hands


def test_without_a_terminal_review_goes_line_by_line_and_says_so(tracker: Tracker, sit: Sit) -> None:
    met(tracker, "Acme")
    ran = sit("d r", plain=False)
    assert ran.code == 0
    assert ran.err == "The input is no terminal, so the review goes line by line.\n"
    assert changes(tracker)[-1] == "Acme → Moved on: rejected"


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_can_not_draw_is_asked_line_by_line(tracker: Tracker, database: Path, term: str) -> None:
    met(tracker, "Acme")
    master, side = pty.openpty()
    try:
        os.write(master, b"d r\nq\n")
        ran = subprocess.run(
            [sys.executable, "-m", "followup_tui", "--db", str(database), "review"],
            stdin=side,
            stdout=subprocess.PIPE,
            stderr=side,
            env={**os.environ, "TERM": term},
            check=False,
            timeout=60,
        )
    finally:
        os.close(master)
        os.close(side)
    assert ran.returncode == 0
    assert b"You're done for today: 1 decided." in ran.stdout
    assert clean(ran.stdout.decode())
    assert changes(tracker)[-1] == "Acme → Moved on: rejected"


def test_a_pipe_of_odd_bytes_and_endless_lines_does_no_harm(tracker: Tracker, database: Path) -> None:
    met(tracker, "Acme", "Globex")
    before = changes(tracker)
    lines = [b"\xff\xfe\x00", b"\x1b]52;c;x\x07", b"N " + b"x" * 1_000_001, b"N \xff\x1b[2J ok", b"d r"]
    ran = program("--db", str(database), "review", stdin=b"\r\n".join(lines))
    assert ran.returncode == 0
    assert clean(ran.stdout.decode())
    assert clean(ran.stderr.decode())
    assert "at most 200,000 fit" in ran.stdout.decode()
    assert [label.partition(" ")[0] for label in changes(tracker)[len(before) :]] == ["Acme:", "Acme"]


def test_nothing_in_the_data_reaches_the_terminal_raw(
    infested: Shell, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = sit(*("t", "p", "a", "d fri", "f", "c v", "because", "k", "x", "i", "-", "u", "?", "", "x", "x") * 4)
    assert ran.code == 0
    assert clean(ran.out)
    assert clean(ran.err)
    assert len(headings(ran)) > 10


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(st.text(max_size=12), st.sampled_from([*HOSTILE, *"tafispdLNxkun", "t e", "d r", "s mon", ""]))
    )
)
def test_whatever_is_typed_it_ends_well_and_nothing_raw_comes_out(
    tmp_path_factory: pytest.TempPathFactory, typed: list[str]
) -> None:
    place = tmp_path_factory.mktemp("typed") / "followup.db"
    tracker = Tracker(place)
    met(tracker, "Acme", "Globex")
    told = meanwhile(place, *(line.replace("\n", " ") for line in typed))
    known = {mark.application_id for mark in tracker.review.marks()}
    assert known <= {item.id for item in tracker.queries.board().cards.values()}
    tracker.close()
    assert clean(told)


def test_in_a_locale_of_ascii_only_ascii_is_said(tracker: Tracker, database: Path) -> None:
    met(tracker, "Bjørn")
    ran = program("--db", str(database), "review", "--plain", stdin=b"a k\n", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert ran.returncode == 0
    assert ran.stdout.isascii()


def test_line_by_line_nothing_loads_the_screen(database: Path) -> None:
    script = (
        "import sys; from followup_tui.cli.main import main; main(['review']); sys.exit('textual' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "FOLLOWUP_DB": str(database)},
    )
    assert ran.returncode == 0, ran.stderr


def test_in_a_real_terminal_keys_typed_ahead_are_for_the_review_it_opens_on(
    tracker: Tracker, database: Path
) -> None:
    met(tracker, "Acme", "Globex")
    before = changes(tracker)
    terminal = Terminal("--db", str(database), "review")
    try:
        terminal.type("dr")
        terminal.wait_for("Globex", "rejected")
        terminal.type("tequ")  # to the board, and what is undone there is the decision made here
        terminal.wait_for("Interviewed")
        terminal.type("q")
        assert terminal.end() == 0
    finally:
        terminal.release()
    assert changes(tracker)[len(before) :] == ["Acme → Moved on: rejected"]
    assert [mark.deed for mark in tracker.review.today().decided] == ["Acme → Moved on: rejected"]


def test_on_a_terminal_review_opens_the_screen_on_the_review(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[Path, str]] = []

    def run_board(place: Path, settings_place: Path, start: str = "") -> int:
        opened.append((place, start))
        return 7

    monkeypatch.setattr(overview, "why_no_screen", lambda: "")
    monkeypatch.setattr(overview, "run_board", run_board)
    assert main(["--db", str(database), "review"]) == 7
    assert opened == [(database, "review")]
    assert BY_ID["review"].places & {Place.BOARD}, "the board, which it begins on, knows this action"


def test_only_the_first_prompt_names_all_keys(tracker: Tracker, sit: Sit) -> None:
    met(tracker, "Acme")
    first, second, *_ = [line for line in sit("", "", "q").out.splitlines() if "? help >" in line]
    assert "s snooze" in first
    assert "s snooze" not in second
    assert "x skip, q quit, ? help >" in second
