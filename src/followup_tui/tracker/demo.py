"""The demo: a lively made-up search whose dates follow the clock, in a folder that goes when the demo ends."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from followup_tui.domain.commands.touches import LOGGABLE
from followup_tui.domain.model.application import Application
from followup_tui.domain.model.change import Change, Edit
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import Entity
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.interview import Interview, Interviewer, InterviewKind
from followup_tui.domain.model.next_step import NextStep
from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.model.touch import CallOutcome, Channel, Direction, Touch, TouchKind
from followup_tui.places import playbook_file, templates_folder
from followup_tui.settings.writing import save_setting
from followup_tui.tracker.demo_search import LEADS, Happened, Lead
from followup_tui.tracker.tracker import Tracker

DEMO_SENDER = {"name": "Alex Novak", "email": "alex@novak.example", "phone": "+49 30 5550 0100"}
"""Who writes the demo's letters."""
PREFIX = "followup-tui-demo-"
"""How the names of demo folders begin; the number of the process and something random follow."""

_SATURDAY = 5
_MINUTES = 7
"""Minutes by which two things that would have happened later today are put before now."""


def demo_change(now: datetime, zone: ZoneInfo) -> Change:
    """The whole made-up search as one change: the same ids whenever it is made, and dates around `now`."""
    edits: list[Edit] = []
    for number, lead in enumerate(LEADS, 1):
        edits += [Edit(None, row) for row in _Making(lead, number, now, zone).rows()]
    return Change(
        verb="import",
        label=f"Demo: {len(LEADS)} made-up applications",
        at=now - timedelta(days=1),
        edits=tuple(edits),
    )


def fill_demo(place: Path, now: datetime, zone: ZoneInfo) -> None:
    """Make the demo's database: the search, and a few changes since, so that the journal has something to undo."""
    moment = now
    tracker = Tracker(place, clock=lambda: moment)
    try:
        tracker.commands.commit(demo_change(now, zone))
        moment = now - timedelta(hours=3)
        tracker.commands.log([tracker.queries.find("Saltmarsh")], "note", note="Their job post is online again.")
        moment = now - timedelta(hours=2)
        tracker.commands.finish([tracker.queries.find("Meridian")], Outcome.NO_REPLY)
        moment = now - timedelta(minutes=50)
        tracker.commands.advance([tracker.queries.find("Brightwell")])
    finally:
        tracker.close()


def _without_mail(settings: bytes) -> bytes:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(settings)
    except (TOMLKitError, UnicodeDecodeError):  # the start tells that
        return settings
    document.pop("mail", None)
    return tomlkit.dumps(document).encode()


def demo_settings(own: Path, place: Path) -> Path:
    """A copy of the user's own settings for the demo to write into, with a made-up sender; returns `place`.

    What a letter asks for is written down there, so that nothing of it stays; the mail account is left out, so
    that nothing made up is sent by it. Rules and letters of their own lie beside it as beside the settings; a
    settings file that can't be read is told as it is elsewhere.
    """
    try:
        place.write_bytes(_without_mail(own.read_bytes()))
    except OSError:
        place.write_bytes(b"")
    for name in (playbook_file(own), templates_folder(own)):
        if name.exists():
            place.with_name(name.name).symlink_to(name, target_is_directory=name.is_dir())
    for key, value in DEMO_SENDER.items():
        try:
            save_setting(place, {key: value})
        except FollowupError:  # it isn't TOML, which the start tells
            break
    return place


class _Making:
    """The rows of one lead."""

    def __init__(self, lead: Lead, number: int, now: datetime, zone: ZoneInfo) -> None:
        self.lead, self.number, self.now, self.zone = lead, number, now.astimezone(UTC), zone
        self.today = now.astimezone(zone).date()
        self.random = Random(f"{lead.company} {lead.role}")
        self.application = self._application()
        self.contacts = [self._contact(name, title) for name, title in lead.people]

    def rows(self) -> list[Entity]:
        """All of them, parents first."""
        lead = self.lead
        rounds = [self._interview(days) for days in (lead.earlier, lead.met) if days is not None]
        links = [self._link(each, contact) for each in rounds for contact in self.contacts]
        thanked = rounds if lead.stage is not Stage.INTERVIEWED else rounds[:-1]
        thanks = [thank for each in thanked for thank in self._thanks(each)]
        happened = [self._touch(each) for each in lead.happened]
        answers = [self._answer(rounds, happened)] if lead.said else []
        return [self.application, *self.contacts, *rounds, *links, *thanks, *happened, *answers]

    def _id(self) -> str:
        return UUID(int=self.random.getrandbits(128), version=4).hex

    def _at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A moment on a working day so many days from today; nothing that has happened lies ahead of now."""
        moment = datetime.combine(
            _working_day(self.today + timedelta(days=days), ahead=days > 0), time(hour, minute), self.zone
        )
        return (
            moment.astimezone(UTC)
            if days > 0
            else min(moment.astimezone(UTC), self.now - timedelta(minutes=_MINUTES))
        )

    def _application(self) -> Application:
        lead = self.lead
        first_met = lead.met if lead.earlier is None else lead.earlier
        is_new = lead.stage is Stage.INTERVIEWED
        return Application(
            id=self._id(),
            number=self.number,
            company=lead.company,
            role=lead.role,
            stage=lead.stage,
            stage_at=self._at(lead.met, lead.hour) if is_new else self._at(lead.since, 16, 20),
            outcome=lead.outcome,
            closed_from=Stage.AWAITING if lead.outcome else None,
            url=f"https://{lead.domain}/jobs/{100 + self.number}",
            location=lead.location,
            source=lead.source,
            notes=lead.notes,
            tags=lead.tags,
            applied_on=self._at(min(first_met, 0) - 18, 12).astimezone(self.zone).date(),
            created_at=self._at(min(first_met, 0) - 6, 17, self.number),
        )

    def _contact(self, name: str, title: str) -> Contact:
        first = name.split(" ")[0].casefold()
        return Contact(
            id=self._id(),
            application_id=self.application.id,
            name=name,
            title=title,
            email=f"{_ascii(first)}@{self.lead.domain}",
            phone=self.lead.phone,
            created_at=self.application.created_at,
        )

    def _interview(self, days: int) -> Interview:
        starts_at = self._at(days, self.lead.hour)
        return Interview(
            id=self._id(),
            application_id=self.application.id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=45),
            zone=self.zone.key,
            kind=InterviewKind(self.lead.kind),
            created_at=self.application.created_at,
        )

    def _link(self, interview: Interview, contact: Contact) -> Interviewer:
        return Interviewer(
            id=self._id(),
            application_id=self.application.id,
            interview_id=interview.id,
            contact_id=contact.id,
        )

    def _thanks(self, interview: Interview) -> list[Touch]:
        """A thank-you to each of them, some hours after the interview."""
        at = min(interview.starts_at + timedelta(hours=4), self.now - timedelta(minutes=_MINUTES))
        people: list[str | None] = [contact.id for contact in self.contacts]
        return [
            Touch(
                id=self._id(),
                application_id=self.application.id,
                kind=TouchKind.THANK_YOU,
                direction=Direction.OUT,
                channel=Channel.EMAIL,
                at=at,
                contact_id=person,
                interview_id=interview.id,
                created_at=at,
            )
            for person in people or [None]
        ]

    def _touch(self, happened: Happened) -> Touch:
        kind, direction, channel = LOGGABLE[happened.word]
        at = self._at(-happened.ago, 10, 40)
        return Touch(
            id=self._id(),
            application_id=self.application.id,
            kind=kind,
            direction=direction,
            channel=channel,
            at=at,
            contact_id=self.contacts[0].id if self.contacts else None,
            outcome=CallOutcome(happened.outcome) if happened.outcome else None,
            note=happened.note,
            created_at=at,
        )

    def _answer(self, rounds: Sequence[Interview], happened: Sequence[Touch]) -> NextStep:
        """What they said at the end of the latest interview that took place, or in their reply since."""
        said = self.lead.said
        assert said is not None, "asked only where something was said"
        held = [each for each in rounds if each.starts_at < self.now]
        interview = held[-1] if held else rounds[-1]
        replies = [touch.at for touch in happened if touch.kind is TouchKind.REPLY]
        at = min(max((interview.starts_at, *replies)) + timedelta(minutes=2), self.now - timedelta(minutes=2))
        by = None if said.by is None else _working_day(self.today + timedelta(days=said.by), ahead=said.by > 0)
        return NextStep(
            id=self._id(),
            application_id=self.application.id,
            answer=said.answer,
            by_on=by,
            note=said.note,
            interview_id=interview.id,
            said_at=at,
            created_at=at,
        )


def _working_day(day: date, *, ahead: bool) -> date:
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1 if ahead else -1)
    return day


def _ascii(name: str) -> str:
    from unicodedata import normalize

    return normalize("NFKD", name.replace("ø", "o").replace("ł", "l")).encode("ascii", "ignore").decode() or "post"


@contextmanager
def throwaway_folder() -> Iterator[Path]:
    """A folder only the user can read, gone at the end; those that killed demos left behind go too."""
    base = Path(tempfile.gettempdir())
    sweep(base)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=base))
    try:
        # Held as long as this process lives, however it ends: by it a sweep tells the living from the dead.
        with (folder / "alive").open("w") as alive:
            fcntl.flock(alive, fcntl.LOCK_EX)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(base: Path) -> list[Path]:
    """Remove the demo folders in `base` that are the user's own and whose demo is no longer running."""
    left = [folder for folder in base.glob(f"{PREFIX}*") if _is_left_behind(folder)]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return left


def _is_left_behind(folder: Path) -> bool:
    match = re.fullmatch(rf"{PREFIX}(\d+)-\w+", folder.name)
    try:
        found = folder.lstat()
        if match is None or folder.is_symlink() or not folder.is_dir() or found.st_uid != os.getuid():
            return False
        if _is_running(int(match[1])):
            return False
        alive = folder / "alive"
        if not alive.exists():
            return True
        with alive.open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # held by a process we can't see, or gone in the meantime: leave it
        return False
    return True


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
