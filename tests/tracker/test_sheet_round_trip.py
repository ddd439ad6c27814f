"""An exported sheet, imported into an empty database, shows all that was there: in `due`, `list` and `show`."""

from __future__ import annotations

import io
import tempfile
from contextlib import closing, redirect_stdout, suppress
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ZONE
from exchange.export_boards import exported
from followup_tui.cli.commands.show import write_details
from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import ContactRole, Person
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.interview import Booking, InterviewKind
from followup_tui.domain.model.when import When
from followup_tui.domain.views.card import status_words
from followup_tui.exchange.exports.export_formats import ExportFormat
from followup_tui.exchange.plan import ImportSource
from followup_tui.files import settings_file
from followup_tui.tracker.due import due_at
from followup_tui.tracker.imports import ImportOptions, import_sources
from followup_tui.tracker.tracker import Tracker
from tracker.test_one_answer import COMPANIES, Verb, steps_of
from tracker.test_whole_lives import VERBS as LIVES
from trackers import Clock

BERLIN = ZoneInfo(ZONE)
PEOPLE = (
    Person("Dana Ruiz", "dana@acme.example", title="CTO", notes="likes tea"),
    Person("Sam Okafor", phone="+49 30 5550 0100", role=ContactRole.RECRUITER),
    Person("Ann-Marie Weiß", "jobs@acme.example"),
)
NOTE = "first line\n\nthird: line (cancelled), with Ann"
KINDS = (None, *InterviewKind)


def _book(tracker: Tracker, id: str, number: int) -> object:
    at = (tracker.clock() + timedelta(hours=5 * number - 40)).replace(microsecond=0)
    zone = (BERLIN, ZoneInfo("America/New_York"))[number % 2]
    when = When(
        day=at.astimezone(zone).date(), at=at.astimezone(zone) if number % 5 else None, zone=zone.key,
        ends_at=at.astimezone(zone) + timedelta(minutes=45) if number % 3 and number % 5 else None,
    )  # fmt: skip
    booking = Booking(
        when=when, people=PEOPLE[: number % 3 + 1], kind=KINDS[number % 4],
        place="Room 5.12" if number % 2 else "",
        link="https://meet.example/a?b=1,2;3" if number % 3 == 0 else "", notes=NOTE if number % 7 == 1 else "",
    )  # fmt: skip
    return tracker.commands.interview(id, booking)


def _book_two_a_day(tracker: Tracker, id: str, number: int) -> object:
    day = tracker.clock().astimezone(BERLIN) - timedelta(days=number % 4)
    for turn, person in enumerate(PEOPLE[:2]):
        at = day.replace(hour=9 + turn * (number % 7), minute=0, second=0, microsecond=0)
        booking = Booking(when=When(day=at.date(), at=at, zone=ZONE), people=(person,))
        tracker.commands.interview(id, booking)
    return None


def _says(tracker: Tracker, id: str, number: int) -> object:
    at = tracker.clock() + timedelta(hours=9 * number + 1)
    by = When(day=at.astimezone(BERLIN).date(), at=at if number % 2 else None, zone=ZONE)
    answer = list(Answer)[number % len(Answer)]
    return tracker.commands.answer([id], answer, by=by if number % 3 else None, note=NOTE if number % 4 else "")


_OTHERS = ("delete", "merge", "edit", "import", "book", "book an hour")
"""Verbs that leave gaps in the numbers, or a round without people: who was there is then asked after an import."""
VERBS: dict[str, Verb] = {
    **{name: verb for name, verb in LIVES.items() if name not in _OTHERS},
    "book with people": _book,
    "book two a day": _book_two_a_day,
    "cancel": lambda t, id, n: t.commands.cancel_interview(id),
    "they say": _says,
    "log with a note": lambda t, id, n: t.commands.log([id], "note", note=NOTE),
    "pin with a reason": lambda t, id, n: t.commands.pin(
        [id], (t.clock() + timedelta(days=n)).astimezone(BERLIN).date(), "ask: visa (or not)"
    ),
}


def test_a_thank_you_for_one_of_two_interviews_on_a_day_comes_back_for_it(tmp_path: Path) -> None:
    clock = Clock()
    with closing(Tracker(tmp_path / "one.db", zone=BERLIN, clock=clock)) as tracker:
        id = _added(tracker, "Acme", 6)
        clock.at = clock.at.astimezone(BERLIN).replace(hour=8, minute=0, second=0, microsecond=0)
        _book_two_a_day(tracker, id, 4)  # today at 9 and 13
        clock.at += timedelta(days=1, hours=3)
        at = clock.at.astimezone(BERLIN) - timedelta(hours=1)
        tracker.commands.interview(id, Booking(when=When(day=at.date(), at=at, zone=ZONE), people=PEOPLE[2:]))
        tracker.commands.thank([id])
        before = _rounds_of(tracker.queries.details(id))
    sheet = exported(tmp_path / "one.db", ExportFormat.CSV, clock.at)
    import_sources(
        tmp_path / "other.db",
        [ImportSource("a.csv", sheet)],
        ImportOptions(take_all=True),
        zone=BERLIN,
        clock=clock,
    )
    with closing(Tracker(tmp_path / "other.db", zone=BERLIN, clock=clock)) as tracker:
        (card,) = tracker.queries.board().cards.values()
        assert _rounds_of(tracker.queries.details(card.id)) == before
    assert len(set(before)) == 3


def _rounds_of(details: ApplicationDetails) -> list[datetime]:
    starts = {each.id: each.starts_at for each in details.interviews}
    rows = (*details.touches, *details.next_steps)
    return sorted(starts[each.interview_id] for each in rows if each.interview_id)


@pytest.mark.parametrize("format", [ExportFormat.CSV, ExportFormat.XLSX])
@settings(max_examples=settings().max_examples // 2)
@given(steps=steps_of(VERBS, 10), hours=st.integers(0, 200))
def test_what_is_shown_comes_back(format: ExportFormat, steps: list[tuple[str, int, int]], hours: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        place = Path(folder) / "one.db"
        with closing(Tracker(place, zone=BERLIN, clock=clock)) as tracker:
            ids = [_added(tracker, company, 6 + turn) for turn, company in enumerate(COMPANIES)]
            for verb, which, number in steps:
                clock.at += timedelta(hours=number)
                with suppress(FollowupError):  # what can't be done changes nothing, as other tests show
                    VERBS[verb](tracker, ids[which], number)
        sheet = exported(place, format, clock.at)
        other = Path(folder) / "other.db"
        import_sources(
            other, [ImportSource(f"sheet.{format.value}", sheet)], ImportOptions(take_all=True), zone=BERLIN,
            clock=clock,
        )  # fmt: skip
        assert shown(other, clock.at) == shown(place, clock.at)
        clock.at += timedelta(hours=hours)
        assert shown(other, clock.at) == shown(place, clock.at)


def _added(tracker: Tracker, company: str, days: int) -> str:
    at = (tracker.clock() - timedelta(days=days)).replace(second=0, microsecond=0)
    form = ApplicationForm(
        company=company, role=company, people=PEOPLE[:2], interview=When(day=at.date(), at=at, zone=ZONE)
    )
    return tracker.commands.add(form).cards[0].id


def shown(place: Path, at: datetime) -> list[object]:
    """What `due`, `list`, the cards of the board and `show` say, without the ids that no person sees."""
    with closing(Tracker(place, zone=BERLIN, clock=lambda: at)) as tracker:
        board = tracker.queries.board()
        now = at.astimezone(BERLIN)
        due = [item._replace(uid="") for item in due_at(place, settings_file(None), now, ahead=True, offers=True)]
        cards = [
            (card.number, card.company, card.role, card.stage, status_words(card, now), card.interview_on)
            for column in board.columns.values()
            for card in column
        ]
        told = []
        for card in sorted(board.cards.values(), key=lambda card: card.number):
            with redirect_stdout(io.StringIO()) as page:
                write_details(tracker.queries.summary(card.id), ())
            told.append(page.getvalue())
        return [due, cards, *told]
