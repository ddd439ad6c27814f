"""Letters by keys: begun, mended, kept as they are typed, sent by each way, recorded only once they went."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, nullcontext
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest
from textual import events
from textual.widgets import TextArea

from followup_tui.domain.letters.description import split_subject
from followup_tui.domain.model.application import Answer, Outcome, Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.errors import Refused, StoreTrouble
from followup_tui.domain.model.touch import CallOutcome, Channel, Letter, TouchKind
from followup_tui.domain.model.when import When
from followup_tui.letters.delivery.message import OPENERS
from followup_tui.settings import Settings, save
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui.screens.letter import LetterScreen
from followup_tui.ui.screens.letter_draft import EditedText
from trackers import berlin_time
from ui.corrupt import HOSTILE, corrupt
from ui.pilot import BoardPilot, open_board

BERLIN = ZoneInfo("Europe/Berlin")
SENDER = Settings(name="Alex Novak", email="alex@novak.example", phone="+49 30 5550 0100")
ACME, BOLT, FATHOM, HARROW = "Acme", "Bolt", "Fathom", "Harrow"
"""Acme had two interviewers on Friday; Bolt one, whose email address isn't known; Fathom said “keep in touch” and
asks for a call; Harrow said no."""


def _on(day: str) -> When:
    at = berlin_time(f"{day}T14:00")
    return When(day=at.date(), at=at, zone="Europe/Berlin")


@pytest.fixture(scope="session")
def _search(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("letters") / "followup.db"
    clock = berlin_time("2026-11-09T09:00")
    with closing(Tracker(place, clock=lambda: clock, zone=BERLIN)) as tracker:
        for company, day, people in (
            (ACME, "2026-11-20", ("Dana Ruiz <dana@acme.example>", "Sam Okafor <sam@acme.example>")),
            (BOLT, "2026-11-20", ("Ivy Chen",)),
            (FATHOM, "2026-11-10", ("Priya Raman <priya@fathom.example>",)),
            (HARROW, "2026-11-12", ("Otto Lang <otto@harrow.example>",)),
        ):
            met = tuple(Person(name.partition(" <")[0], name.partition(" <")[2].rstrip(">")) for name in people)
            tracker.commands.add(
                ApplicationForm(company=company, role=f"{company} engineer", interview=_on(day), people=met)
            )
        clock = berlin_time("2026-11-11T09:00")
        tracker.commands.thank([tracker.queries.find(FATHOM)])
        tracker.commands.answer([tracker.queries.find(FATHOM)], Answer.KEEP_IN_TOUCH)
        clock = berlin_time("2026-11-20T18:00")
        tracker.commands.finish([tracker.queries.find(HARROW)], Outcome.REJECTED)
        for company in (ACME, BOLT):
            by = When(day=berlin_time("2026-11-27T09:00").date(), at=None, zone="Europe/Berlin")
            tracker.commands.answer([tracker.queries.find(company)], Answer.DECIDE_BY, by=by)
    return place


@pytest.fixture
def place(_search: Path, database: Path) -> Path:
    """A search of four, the test's own."""
    shutil.copy(_search, database)
    return database


class Opener:
    """A desktop of the test's own, which writes down what it was given to open."""

    def __init__(self, folder: Path) -> None:
        self._links = folder / "links"
        for name in OPENERS:
            program = folder / name
            program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >> "{self._links}"\n')
            program.chmod(0o700)

    @property
    def links(self) -> list[str]:
        """What it was given, in order."""
        return self._links.read_text().splitlines() if self._links.exists() else []


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opener:
    """What was handed to the mail program."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return Opener(folder)


@asynccontextmanager
async def _at(
    place: Path, company: str, settings: Settings = SENDER, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[BoardPilot]:
    """Sit at the board with the cursor on a company."""
    async with open_board(place, size, settings=settings) as user:
        await user.type("slash")
        await user.write(company)
        await user.type("enter")
        assert user.cursor == company
        yield user


def _paper(user: BoardPilot) -> LetterScreen:
    screen = user.app.screen
    assert isinstance(screen, LetterScreen), user.screen_name
    return screen


def _body(user: BoardPilot) -> str:
    return next(screen for screen in user.app.screen_stack if isinstance(screen, LetterScreen)).fields.text().body


def _letters(place: Path, company: str) -> list[Letter]:
    with closing(Tracker(place)) as other:
        return list(other.letters.of(other.queries.find(company)))


async def _insert(user: BoardPilot, text: str) -> None:
    """Write a paragraph below the greeting."""
    await user.type("e", "end", "enter", "enter")
    await user.write(text)
    await user.type("escape")


# From the board to recorded


async def test_a_thank_you_goes_from_the_board_to_recorded_in_five_keys(place: Path, opened: Opener) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter", "s", "m", "y")
        assert user.screen_name == "BoardScreen"
        assert user.sees("Acme: thanked Dana Ruiz"), user.lines()
    (link,) = opened.links
    parts = urlsplit(link)
    assert (parts.scheme, unquote(parts.path)) == ("mailto", "dana@acme.example")
    assert parse_qs(parts.query)["body"][0].startswith("Dear Dana Ruiz,\r\n\r\n")
    (letter,) = _letters(place, ACME)
    assert letter.sent_at is not None
    assert letter.body.endswith("Alex Novak\n+49 30 5550 0100")


async def test_the_next_letter_goes_to_the_other_interviewer_and_reads_differently(
    place: Path, opened: Opener
) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter")
        first = _body(user)
        await user.type("s", "m", "y")
        await user.type("w", "enter")
        second = _body(user)
        assert second.startswith("Dear Sam Okafor,")
        shared = set(first.split("\n")) & set(second.split("\n"))
        assert shared <= {"", "Kind regards,", "Alex Novak", "+49 30 5550 0100"}
        await user.type("s", "m", "y")
        assert user.stage_of(ACME) is Stage.THANKED


async def test_what_was_talked_about_is_woven_in_and_kept_with_the_round(place: Path) -> None:
    async with _at(place, BOLT) as user:
        await user.type("w")
        await user.write("the move to Kafka")
        await user.type("enter", "enter", "enter")
        assert "the move to Kafka" in _body(user)
        assert user.details(BOLT).interviews[0].notes == "the move to Kafka"
        await user.type("q", "u")
        assert user.details(BOLT).interviews[0].notes == ""


async def test_what_was_talked_about_with_one_of_several_stays_in_that_letter(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w")
        await user.write("the move to Kafka")
        await user.type("enter", "enter", "enter")
        assert "the move to Kafka" in _body(user)
        assert user.details(ACME).interviews[0].notes == ""


async def test_your_name_is_asked_for_once_and_kept_in_the_settings(place: Path) -> None:
    async with _at(place, ACME, Settings()) as user:
        await user.type("w")
        assert user.sees("your name")
        await user.write("Alex Novak")
        await user.type("enter", "enter")
        assert _body(user).endswith("Kind regards,\nAlex Novak")
        assert 'name = "Alex Novak"' in user.app.settings_place.read_text(encoding="utf-8")
        await user.type("q", "w", "enter")
        assert user.screen_name == "LetterScreen"


async def test_a_letter_after_a_rejection_is_the_gracious_note(place: Path, opened: Opener) -> None:
    async with _at(place, HARROW) as user:
        await user.type("w")
        assert _paper(user).draft.letter.template == "gracious-note"
        await user.type("s", "m", "y")
        assert user.details(HARROW).touches[-1].kind is TouchKind.GRACIOUS_NOTE


async def test_out_of_the_review_a_letter_is_a_decision_and_brings_the_next(place: Path, opened: Opener) -> None:
    async with open_board(place, settings=SENDER) as user:
        await user.type("r")
        first = user.app.screen.targets()[0].company  # type: ignore[attr-defined]
        await user.type("w", "enter", "s", "x")
        assert user.screen_name == "ReviewScreen"
        with closing(Tracker(place)) as other:
            assert [
                other.queries.details(mark.application_id).application.company
                for mark in other.review.today().decided
            ] == [first]
        await user.type("u")
        assert _letters(place, first)[0].sent_at is None


# Drafts


async def test_a_letter_that_was_only_looked_at_leaves_no_draft(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter", "q")
        assert user.screen_name == "BoardScreen"
    assert _letters(place, ACME) == []


async def test_a_letter_for_which_a_question_was_answered_is_kept(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w")
        await user.write("sailing")
        await user.type("enter", "enter", "enter", "q")
        assert user.sees("The draft to Acme is kept")
    (letter,) = _letters(place, ACME)
    assert "sailing" in letter.body


async def test_what_is_typed_is_on_disk_within_a_second_without_a_key(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter", "e")
        await user.write("Hello ")
        await user.expect(lambda: [one.body.startswith("Hello Dear ") for one in _letters(place, ACME)] == [True])


async def test_a_draft_is_taken_up_where_it_was_left_and_a_second_one_stands_beside_it(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter", "e")
        await user.write("First. ")
        await user.type("escape", "q")
        assert user.sees("The draft to Acme is kept")
        await user.type("w")
        assert user.sees("Draft: thank-you to Dana Ruiz")
        await user.type("n", "enter", "e")
        await user.write("Second. ")
        await user.type("escape", "q")
        begun = set()
        for key in ("1", "2"):
            await user.type("w", key)
            begun.add(_body(user)[:6])
            await user.type("q")
        assert begun == {"First.", "Second"}
    assert len(_letters(place, ACME)) == 2


async def test_writing_begins_at_the_top_and_both_ends_are_one_key_away(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter", "e")
        await user.burst("T", "ctrl+end", "E", "ctrl+home", "t", "ctrl+end", "e")
        body = _body(user)
        assert (body[:3], body[-2:]) == ("tTD", "Ee")
        await user.burst("ctrl+shift+home", "x")
        assert _body(user) == "x"


async def test_keys_are_letters_in_the_text_and_verbs_out_of_it(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.burst("w", "enter", "e", *"snitq", "backspace", "x", "escape", "q", "w", "1")
        assert _body(user).startswith("snitxDear")
        assert user.screen_name == "LetterScreen"


async def test_a_draft_that_cannot_be_saved_stays_on_the_screen_and_is_saved_later(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter", "e")
        keep = user.app.tracker.letters.save

        def full(letter: Letter) -> Letter:
            raise StoreTrouble("The disk is full; your text is still here.")

        monkeypatch.setattr(user.app.tracker.letters, "save", full)
        await user.write("Dear ")
        await user.expect(lambda: user.sees("The disk is full"))
        await user.type("escape", "q")
        assert user.screen_name == "LetterScreen"
        monkeypatch.setattr(user.app.tracker.letters, "save", keep)
        await user.type("q")
        assert user.screen_name == "BoardScreen"
    assert _letters(place, ACME)[0].body.count("Dear Dear ") == 1


async def test_a_draft_that_another_window_changed_goes_on_beside_it_as_another_draft(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter", "e")
        await user.write("Mine. ")
        await user.expect(lambda: bool(_letters(place, ACME)))
        with closing(Tracker(place)) as other:
            other.letters.save(replace(_letters(place, ACME)[0], body="Theirs."))
        await user.write("More. ")
        await user.expect(lambda: user.sees("yours is now a second draft"))
        await user.write("Still. ")
        await user.type("escape", "q")
    bodies = {letter.body for letter in _letters(place, ACME)}
    assert len(bodies) == 2
    assert "Theirs." in bodies
    assert any(body.startswith("Mine. More. Still. ") for body in bodies)


async def test_undo_in_a_letter_takes_back_its_text_and_nothing_else(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("n")
        await user.write("Kestrel, Backend dev")
        await user.type("enter")
        await user.type("slash", "ctrl+u")
        await user.write(ACME)
        await user.type("enter", "w", "enter")
        begun = _body(user)
        await user.type("e")
        await user.write(" Hello there.")
        await user.type("escape", "u")
        assert _body(user) == begun
        await user.type("U")
        assert " Hello there." in _body(user)
        await user.type("u", "u", "u")
        assert user.sees("There is nothing to undo in this letter")
        assert _body(user) == begun
    with closing(Tracker(place)) as other:
        assert other.queries.find("Kestrel")


async def test_what_an_editor_made_of_a_letter_is_taken_back_by_undo(
    place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter")
        begun = _body(user)
        _paper(user).fields.replace_text(EditedText("Another subject", "Another letter."))
        await user.type("u")
        assert _body(user) == begun


async def test_before_an_interview_no_thank_you_is_written_but_another_letter_can_be(place: Path) -> None:
    with closing(Tracker(place)) as other:
        other.commands.add(ApplicationForm(company="Moss", role="Gardener", interview=_on("2026-11-25")))
    async with _at(place, "Moss") as user:
        await user.type("w")
        assert user.sees("still ahead")
        assert not user.sees("Thank-you")
        assert user.sees("Confirming an interview")
        withdrawing = next(line for line in user.lines() if "Withdraw" in line)
        await user.type(withdrawing.replace("│", " ").replace("▸", " ").split()[0])
        await user.type("enter")
        assert user.screen_name == "LetterScreen"
        assert "withdraw" in _body(user)


async def test_an_attached_file_is_left_here_again_by_undo(place: Path, tmp_path: Path) -> None:
    (tmp_path / "references.txt").write_text("Two people.", encoding="utf-8")
    async with _at(place, ACME) as user:
        await user.type("w", "enter", "a")
        await user.write(str(tmp_path / "references.txt"))
        await user.type("enter")
        assert user.sees("1 file attached")
        await user.type("u")
        await user.expect(lambda: not user.sees("1 file attached"))
    assert _letters(place, ACME)[0].attachments == ()


async def test_enter_never_leads_into_the_text(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter", "enter", "enter")
        assert not _paper(user).is_writing
        await user.expect(lambda: _paper(user).findings.is_current)
        await user.type("enter")
        assert not _paper(user).is_writing
        assert user.sees("No suggestion here")


async def test_a_letter_takes_no_place_of_a_word_that_is_marked(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter")
        await _insert(user, "I recieved it.")
        await user.expect(lambda: _paper(user).findings.is_current)
        await user.type("n", "e", "x")
        assert "recievedx" in _body(user)


async def test_a_name_holds_until_the_end_where_the_settings_cannot_be_written(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise Refused("The settings file can't be written; nothing was changed.")

    monkeypatch.setattr(save, "save_setting", locked)
    async with _at(place, ACME, Settings()) as user:
        await user.type("w")
        await user.write("Alex Novak")
        await user.type("enter", "enter")
        assert user.screen_name == "LetterScreen"
        assert "Alex Novak" in _body(user)


async def test_the_guard_speaks_before_one_writes_and_keys_typed_ahead_are_no_reason(place: Path) -> None:
    async with _at(place, FATHOM) as user:
        await user.type("f", "e")
        await user.type("slash", "ctrl+u")
        await user.write(FATHOM)
        await user.type("enter", "w", "enter")
        assert user.sees("This comes early")
        touches = len(user.details(FATHOM).touches)
        await user.type("s")
        if user.sees("Check the findings first"):
            await user.type("s")
        assert user.sees("Better not yet")
        await user.type("escape")
        await user.burst("s", "m", "y", "enter", "enter")
        assert user.sees("Better not yet")
        assert len(user.details(FATHOM).touches) == touches


async def test_what_is_pasted_drives_nothing(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter", "e")
        user.app.screen.post_message(events.Paste("one\x1b[31mtwo\x07\nthree"))
        await user.settle()
        await user.type("x")
        assert "one[31mtwo\nthreex" in _body(user)
        user.app.screen.post_message(events.Paste("x" * 300_000))
        await user.settle()
        assert user.sees("at most 200,000")


async def test_a_key_pressed_twice_records_no_voicemail(place: Path) -> None:
    async with _at(place, FATHOM) as user:
        touches = user.details(FATHOM).touches
        await user.type("c", "enter")
        await user.burst("v", "v")
        await user.settle()
        assert user.details(FATHOM).touches == touches
        assert user.sees("once you've left it")
        await user.type("escape")
        assert user.sees("Opening")


async def test_a_draft_is_thrown_away_and_undo_brings_it_back(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter", "e")
        await user.write("x")
        await user.type("escape", "D")
        assert _letters(place, ACME) == []
        await user.type("u")
        assert len(_letters(place, ACME)) == 1


async def test_another_template_begins_anew_and_keeps_what_was_written(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter", "e")
        await user.write("x")
        await user.type("escape", "t")
        assert user.sees("Start over as")
        chosen = next(line for line in user.lines() if "Check-in, the first" in line).split()
        await user.type(chosen[chosen.index("Check-in,") - 1], "enter")
        assert _paper(user).draft.letter.template == "check-in"
    assert [letter.template for letter in _letters(place, ACME)] == ["thank-you-panel"]


async def test_it_can_go_to_somebody_else(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter", "p", "2", "enter")
        assert _body(user).startswith("Dear Sam Okafor,")
        await user.type("q")
    async with _at(place, BOLT) as user:
        await user.type("w", "enter", "p")
        assert user.sees("There are no other contacts there")


# The proofreader


async def test_a_mistake_is_found_while_one_types_and_enter_mends_it(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter")
        await _insert(user, "I recieve it.")
        await user.expect(lambda: user.sees("recieve”"))
        await user.type("n")
        assert _paper(user).query_one(TextArea).selected_text == "recieve"
        await user.type("enter")
        assert "I receive it." in _body(user)
        await user.type("u")
        assert "I recieve it." in _body(user)


async def test_what_is_ignored_is_never_found_again_until_undo(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter")
        await _insert(user, "We recieve it.")
        await user.expect(lambda: user.sees("recieve”"))
        paper = _paper(user)
        await user.type("i")
        await user.expect(lambda: not any(found.finding.text == "recieve" for found in paper.findings.found))
        with closing(Tracker(place)) as other:
            assert len(other.letters.ignored_findings()) == 1
        await user.type("u")
        await user.expect(lambda: any(found.finding.text == "recieve" for found in paper.findings.found))


async def test_a_letter_with_findings_is_sent_only_when_it_is_said_twice(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter")
        await _insert(user, "I recieve it.")
        await user.expect(lambda: user.sees("recieve”"))
        await user.type("s")
        assert user.sees("again to send it as it is")
        await user.type("s")
        assert user.screen_name == "ChoiceDialog"


@pytest.mark.parametrize(
    "keys", ["enter enter enter", "enter n enter n enter", "n n enter n n enter", "n i n enter", "2 n enter"]
)
async def test_keys_on_findings_act_in_their_order_also_before_the_text_is_checked_again(
    place: Path, keys: str
) -> None:
    bodies: list[str] = []
    for is_fast in (False, True):
        another = shutil.copy(place, place.with_name(f"{is_fast}.db"))
        async with _at(another, ACME) as user:
            await user.type("w", "enter")
            await _insert(user, "I definately recieved teh adress.")
            await _checked(user)
            assert len(_paper(user).findings.found) == 4
            for some in [keys.split()] if is_fast else [[key] for key in keys.split()]:
                await user.burst(*some)
                await _checked(user)
            bodies.append(_body(user))
    assert bodies[0] == bodies[1]
    assert "definately recieved teh adress" not in bodies[0]


async def _checked(user: BoardPilot) -> None:
    """Wait until the letter is checked again by all checkers."""
    paper = _paper(user)
    await user.expect(lambda: paper.findings.is_current)
    await user.app.workers.wait_for_complete([one for one in user.app.workers if one.group == "proofing"])


async def test_the_name_of_another_employer_is_found(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter")
        await _insert(user, "I like Fathom.")
        paper = _paper(user)
        await user.expect(lambda: any(found.finding.text == "Fathom" for found in paper.findings.found))


# The ways out


async def test_a_mail_address_that_is_missing_is_asked_for_and_kept(place: Path, opened: Opener) -> None:
    async with _at(place, BOLT) as user:
        await user.type("w", "enter", "s", "m")
        assert user.sees("Their email address")
        await user.write("nonsense")
        await user.type("enter")
        assert user.sees("isn't an email address")
        await user.type("ctrl+u")
        await user.write("ivy@bolt.example")
        await user.type("enter", "y")
        assert user.stage_of(BOLT) is Stage.THANKED
        assert user.details(BOLT).contacts[0].email == "ivy@bolt.example"
    assert opened.links[0].startswith("mailto:ivy@bolt.example?")


async def test_an_address_for_nobody_yet_makes_the_letter_theirs(place: Path, opened: Opener) -> None:
    with closing(Tracker(place)) as other:
        other.commands.add(ApplicationForm(company="Moss", role="Gardener", interview=_on("2026-11-20")))
    async with _at(place, "Moss") as user:
        await user.type("w", "enter", "s", "m")
        await user.write("jobs@moss.example")
        await user.type("enter")
        assert opened.links[0].startswith("mailto:jobs@moss.example?")
        await user.type("y")
        assert user.stage_of("Moss") is Stage.THANKED


@pytest.mark.parametrize("way", ["board", "detail"])
async def test_the_line_of_the_addressee_has_the_address_that_was_typed(
    place: Path, opened: Opener, way: str
) -> None:
    with closing(Tracker(place)) as other:
        other.commands.add(ApplicationForm(company="Moss", role="Gardener", interview=_on("2026-11-20")))
    for company, before, address in (
        (BOLT, "no email address yet", "ivy@bolt.example"),
        ("Moss", "no contact name", "jobs@moss.example"),
    ):
        async with _at(place, company) as user:
            await user.type(*(["enter"] if way == "detail" else []), "w", "enter")
            assert user.sees(before)
            await user.type("s", "m")
            await user.write(address)
            await user.type("enter", "n")
            assert user.screen_name == "LetterScreen"
            assert user.sees(address)
            assert not user.sees(before)


async def test_the_line_of_the_addressee_has_who_gets_a_copy(place: Path) -> None:
    people = (Person("Ida Moss", "ida@moss.example"), Person("Bo Chen", "bo@moss.example"))
    with closing(Tracker(place)) as other:
        ahead = ApplicationForm(company="Moss", role="Gardener", interview=_on("2027-11-24"), people=people)
        other.commands.add(ahead)
    async with _at(place, "Moss") as user:
        await user.type("w", "1", "enter")
        assert user.sees("Ida Moss <ida@moss.example> (Cc Bo Chen)")
        await user.type("s", "x")
    with closing(Tracker(place)) as other:
        assert other.queries.details(other.queries.find("Moss")).touches[-1].note.endswith("(Cc Bo Chen)")


async def test_the_line_of_the_addressee_has_the_address_typed_in_another_window(place: Path) -> None:
    async with _at(place, BOLT) as user:
        await user.type("w", "enter")
        assert user.sees("no email address yet")
        with closing(Tracker(place)) as other:
            bolt = other.queries.details(other.queries.find(BOLT))
            other.letters.fill(bolt.application.id, {"email": "ivy@bolt.example"}, to=bolt.contacts[0].id)
        await user.expect(lambda: user.sees("ivy@bolt.example"))


async def test_a_letter_that_did_not_go_stays_a_draft_and_nothing_is_logged(place: Path, opened: Opener) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter", "s", "m", "n")
        assert user.screen_name == "LetterScreen"
        assert user.details(ACME).touches == ()
    assert [letter.sent_at for letter in _letters(place, ACME)] == [None]


async def test_where_no_mail_program_can_be_started_it_says_so_and_logs_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    async with _at(place, ACME) as user:
        await user.type("w", "enter", "s", "m")
        assert user.sees("No mail program could be started")
        assert user.details(ACME).touches == ()
        await user.type("x")
        assert [touch.kind for touch in user.details(ACME).touches] == [TouchKind.THANK_YOU]


async def test_a_mail_file_carries_the_letter_and_what_is_attached(place: Path, tmp_path: Path) -> None:
    (tmp_path / "references.txt").write_text("Two people.", encoding="utf-8")
    async with _at(place, ACME) as user:
        await user.type("w", "enter", "a")
        await user.write(str(tmp_path / "nothing.pdf"))
        await user.type("enter")
        assert user.sees("There is no file")
        await user.type("ctrl+u")
        await user.write(str(tmp_path / "references.txt"))
        await user.type("enter", "s", "e", "ctrl+u")
        await user.write(str(tmp_path / "letter.eml"))
        await user.type("enter")
        assert user.sees("Did you send it?")
        await user.type("y")
    message = message_from_bytes((tmp_path / "letter.eml").read_bytes(), policy=default)
    assert message["To"] == "Dana Ruiz <dana@acme.example>"
    assert [part.get_filename() for part in message.iter_attachments()] == ["references.txt"]  # type: ignore[attr-defined]
    assert _letters(place, ACME)[0].attachments == (str(tmp_path / "references.txt"),)


async def test_a_copied_letter_says_which_way_it_went(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter", "s", "c")
        assert user.app.clipboard.startswith("Dear Dana Ruiz,")
        assert user.sees("Copied the text, without the subject, if the terminal allows it")


async def test_a_card_shows_the_sheet_with_the_address_and_is_recorded_as_post(place: Path) -> None:
    async with _at(place, ACME, size=(80, 40)) as user:
        await user.type("w", "enter", "s", "p")
        await user.write("Acme; 1 Main Street; 10115 Berlin")
        await user.type("enter")
        assert user.screen_name == "PrintPreview"
        assert user.sees("1 Main Street")
        await user.type("enter", "y")
        touch = user.details(ACME).touches[-1]
        assert (touch.kind, touch.channel) == (TouchKind.THANK_YOU, Channel.POST)
        assert user.details(ACME).contacts[0].address == "Acme\n1 Main Street\n10115 Berlin"


async def test_the_guard_is_asked_before_the_letter_goes(place: Path, opened: Opener) -> None:
    async with _at(place, ACME) as user:
        await user.type("t", "e", "w")
        while user.screen_name == "TextPrompt":  # what is new
            await user.type("enter")
        await user.type("s")
        assert user.screen_name == "TextPrompt"
        assert user.sees("to send it all the same, give a reason")
        assert opened.links == []
        await user.write("they asked me to")
        await user.type("enter", "m", "y")
        touch = user.details(ACME).touches[-1]
        assert (touch.kind, touch.override) == (TouchKind.CHECK_IN, "they asked me to")


async def test_the_editor_gets_the_letter_and_what_it_leaves_comes_back(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor"
    script.write_text(
        "#!/bin/sh\nprintf 'Subject: Other\\n\\nDear Dana,\\n\\nBye.\\n' >\"$1\"\n", encoding="utf-8"
    )
    script.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(script))
    async with _at(place, ACME) as user:
        monkeypatch.setattr(user.app, "suspend", nullcontext)
        await user.type("w", "enter", "E")
        assert _paper(user).fields.text() == ("Other", "Dear Dana,\n\nBye.")
        await user.expect(lambda: [one.subject for one in _letters(place, ACME)] == ["Other"])


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        ("Subject: New\n\nDear\n", ("New", "Dear")),
        ("subject:New\nDear\n\nBye\n", ("New", "Dear\n\nBye")),
        ("Dear\n", ("Old", "Dear")),
        ("", ("Old", "")),
    ],
)
def test_a_letter_from_the_editor_is_parted_into_subject_and_text(came: str, expected: tuple[str, str]) -> None:
    assert split_subject(came, "Old") == expected


# On the phone


async def test_a_call_shows_the_script_and_the_number_and_is_logged_by_one_key(place: Path) -> None:
    async with _at(place, FATHOM, size=(80, 40)) as user:
        await user.type("c")
        assert user.sees("their phone number")
        await user.write("+44 20 5550 0123")
        await user.type("enter")
        assert user.screen_name == "CallScreen"
        assert user.sees("+44 20 5550 0123")
        assert user.sees("May I speak with Priya Raman, please?")
        await user.type("s")
        assert user.sees("what did they say?")
        await user.type("escape")
        touch = user.details(FATHOM).touches[-1]
        assert (touch.kind, touch.outcome) == (TouchKind.CALL, CallOutcome.SPOKE)
        assert user.details(FATHOM).contacts[0].phone == "+44 20 5550 0123"


async def test_nobody_answers_and_the_voicemail_is_read_and_logged_with_the_call(place: Path) -> None:
    async with _at(place, FATHOM) as user:
        await user.type("c", "enter", "v")
        assert user.sees("Again, that is Alex Novak")
        await user.type("v")
        kinds = [touch.kind for touch in user.details(FATHOM).touches[-2:]]
        assert kinds == [TouchKind.CALL, TouchKind.VOICEMAIL]
        await user.type("u")
        assert len(user.details(FATHOM).touches) == 1


async def test_no_answer_is_logged_and_the_next_call_screen_begins_with_the_voicemail(place: Path) -> None:
    async with _at(place, FATHOM) as user:
        await user.type("c", "enter", "x")
        assert user.details(FATHOM).touches[-1].outcome is CallOutcome.NO_ANSWER
        await user.type("c")
        assert user.sees("Again, that is Alex Novak")
        await user.type("v")
        assert [touch.kind for touch in user.details(FATHOM).touches[-2:]] == [TouchKind.CALL, TouchKind.VOICEMAIL]


async def test_leaving_the_call_logs_nothing(place: Path) -> None:
    async with _at(place, FATHOM) as user:
        await user.type("c", "enter", "q")
        assert len(user.details(FATHOM).touches) == 1


# Wherever


@pytest.mark.parametrize("size", [(30, 8), (40, 15), (80, 24), (160, 50)])
async def test_letter_and_script_fit_every_size_with_hostile_text_in_every_field(
    database: Path, size: tuple[int, int]
) -> None:
    corrupt(database)
    async with open_board(database, size, settings=SENDER) as user:
        await user.type("j")  # to somebody who can be thanked, behind the interview of today
        for key in ("w", "c"):
            await user.type(key)
            while user.screen_name in ("TextPrompt", "ChoiceDialog"):
                user.assert_harmless()
                await user.type("n" if user.screen_name == "ChoiceDialog" else "enter")
            user.assert_harmless()
            await user.type("question_mark")
            user.assert_harmless()
            await user.type("escape", "q")


async def test_pasted_controls_reach_neither_screen_nor_disk(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter", "e")
        await user.paste("".join(HOSTILE))
        user.assert_harmless()
        await user.type("escape", "q")
    body = _letters(place, ACME)[0].body
    assert "\x1b" not in body
    assert "\u202e" not in body


async def test_a_sent_letter_is_read_in_the_detail_with_its_text(place: Path, opened: Opener) -> None:
    async with _at(place, ACME, size=(80, 50)) as user:
        await user.type("w", "enter", "s", "m", "y", "enter")
        assert user.sees("Letter: thank-you to Dana Ruiz, sent by email Sun 22 Nov")
        assert user.sees("Dear Dana Ruiz,")


async def test_a_draft_of_another_day_that_says_yesterday_is_told(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter", "e")
        await user.write("We spoke yesterday. ")
        await user.type("escape", "q")
    monkeypatch.setenv("FOLLOWUP_NOW", berlin_time("2026-11-24T10:00").isoformat())
    async with _at(place, ACME) as user:
        await user.type("w", "1")
        assert user.sees("written on Sun 22 Nov: see whether “yesterday” is still right")


async def test_a_letter_takes_one_application_at_a_time(place: Path) -> None:
    async with open_board(place, settings=SENDER) as user:
        await user.type("asterisk", "w")
        assert user.sees("one employer at a time")


async def test_help_names_the_keys_of_findings_also_while_there_are_none(place: Path) -> None:
    async with _at(place, ACME) as user:
        await user.type("w", "enter")
        assert user.screen_name == "LetterScreen"
        await user.type("?", "/", *"suggestion", "enter")
        assert user.sees("Use the first suggestion")
        await user.type("escape", "/", *"flag this", "enter")
        assert user.sees("Never flag this again")
