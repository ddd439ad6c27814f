"""The demo: a made-up search whose dates follow the clock, in a folder that is removed when the demo ends."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from unicodedata import normalize
from uuid import UUID
from zoneinfo import ZoneInfo

import tomlkit
from tomlkit.exceptions import TOMLKitError

from followup_tui.domain.commands.touches import LOGGABLE
from followup_tui.domain.model.application import Answer, Application, NextStep, Outcome, Stage
from followup_tui.domain.model.change import Change, Edit
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import Entity, Offer
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.interview import Interview, Interviewer, InterviewKind
from followup_tui.domain.model.touch import CallOutcome, Channel, Direction, Touch, TouchKind
from followup_tui.files import DEMO_PREFIX, is_running, playbook_file, templates_folder
from followup_tui.settings.save import save_setting
from followup_tui.tracker.tracker import Tracker

DEMO_SENDER = {"name": "Alex Novak", "email": "alex@novak.example", "phone": "+49 30 5550 0100"}
"""The sender of the demo's letters."""

_SATURDAY = 5
_EARLIER = timedelta(minutes=7)
"""How long before now something happened that would have happened later today."""
_AHEAD = timedelta(hours=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """One application of demo.toml, which explains the fields; days count from today."""

    company: str
    role: str
    location: str
    domain: str
    notes: str = ""
    source: str = ""
    phone: str = ""
    tags: Sequence[str] = ()
    stage: str = "interviewed"
    since: int = 0
    outcome: str = ""
    met: int
    earlier: int | None = None
    hour: int = 14
    soon: bool = False
    kind: str = "video"
    people: Sequence[tuple[str, str]] = ()
    said: Mapping[str, Any] | None = None
    happened: Sequence[Mapping[str, Any]] = ()
    offered: Mapping[str, Any] | None = None
    told: int | None = None


LEADS = tuple(
    Lead(**table) for table in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["leads"]
)


def demo_change(now: datetime, zone: ZoneInfo) -> Change:
    """Return the whole made-up search as one change: always with the same ids, and with dates around `now`."""
    rows = [row for number, lead in enumerate(LEADS, 1) for row in _RowFactory(lead, number, now, zone).rows()]
    label = f"Demo: {len(LEADS)} made-up applications"
    edits = tuple(Edit(None, row) for row in rows)
    return Change(verb="import", label=label, at=now - timedelta(days=1), edits=edits)


def fill_demo(place: Path, now: datetime, zone: ZoneInfo) -> None:
    """Create the demo's database: the search and a few later changes, before which undo doesn't go back."""
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
        tracker.removal.clear_journal()
    finally:
        tracker.close()


def demo_settings(own: Path, place: Path) -> Path:
    """Copy the user's settings to `place` for the demo to write into, with a made-up sender; returns `place`.

    The mail account is left out, so that nothing made up is sent. The user's playbook and templates are linked.
    A settings file that can't be parsed is copied as it is: its errors are shown at the start, as always.
    """
    try:
        place.write_bytes(_without_mail(own.read_bytes()))
    except OSError:
        place.write_bytes(b"")
    for file in (playbook_file(own), templates_folder(own)):
        if file.exists():
            place.with_name(file.name).symlink_to(file, target_is_directory=file.is_dir())
    try:
        for key, value in DEMO_SENDER.items():
            save_setting(place, {key: value})
    except FollowupError:  # not TOML: it stays as it was copied
        return place
    return place


def _without_mail(settings: bytes) -> bytes:
    try:
        document = tomlkit.parse(settings)
    except (TOMLKitError, UnicodeDecodeError):
        return settings
    document.pop("mail", None)
    return tomlkit.dumps(document).encode()


class _RowFactory:
    """Makes the rows of one lead."""

    def __init__(self, lead: Lead, number: int, now: datetime, zone: ZoneInfo) -> None:
        self.lead, self.number, self.now, self.zone = lead, number, now.astimezone(UTC), zone
        self.random = Random(f"{lead.company} {lead.role}")
        self.application = self._application()
        self.contacts = [self._contact(name, title) for name, title in lead.people]

    def rows(self) -> list[Entity]:
        """Return all rows, parents first."""
        lead = self.lead
        interviews = [self._interview(days) for days in (lead.earlier, lead.met) if days is not None]
        links = [
            Interviewer(**self._ids(), interview_id=interview.id, contact_id=contact.id)
            for interview in interviews
            for contact in self.contacts
        ]
        thanked = interviews[:-1] if lead.stage == Stage.INTERVIEWED else interviews
        people: list[str | None] = [contact.id for contact in self.contacts]
        thanks = [self._thank_you(interview, person) for interview in thanked for person in people or [None]]
        touches = [self._logged(**happened) for happened in lead.happened]
        if lead.told is not None:
            touches.append(self._told(lead.told))
        answers = [self._answer(interviews, touches, **lead.said)] if lead.said else []
        offers = [self._offer(**lead.offered)] if lead.offered else []
        return [self.application, *self.contacts, *interviews, *links, *thanks, *touches, *answers, *offers]

    def _id(self) -> str:
        return UUID(int=self.random.getrandbits(128), version=4).hex

    def _ids(self) -> dict[str, Any]:
        return {"id": self._id(), "application_id": self.application.id}

    def _day(self, days: int) -> date:
        """Return a working day about so many days from today."""
        day = self.now.astimezone(self.zone).date() + timedelta(days=days)
        while day.weekday() >= _SATURDAY:
            day += timedelta(days=1 if days > 0 else -1)
        return day

    def _at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """Return a moment on that day, in UTC; up to today it is in the past."""
        moment = datetime.combine(self._day(days), time(hour, minute), self.zone).astimezone(UTC)
        return moment if days > 0 else min(moment, self.now - _EARLIER)

    def _meets_at(self, days: int) -> datetime:
        """Return when an interview of that day starts; one that is `soon` is ahead, at whatever hour one looks."""
        is_soon = self.lead.soon and days == self.lead.met
        return (self.now + _AHEAD).replace(minute=0, second=0) if is_soon else self._at(days, self.lead.hour)

    def _application(self) -> Application:
        lead, stage = self.lead, Stage(self.lead.stage)
        first_met = min(lead.met if lead.earlier is None else lead.earlier, 0)
        is_new = stage is Stage.INTERVIEWED
        return Application(
            id=self._id(),
            number=self.number,
            company=lead.company,
            role=lead.role,
            stage=stage,
            stage_at=self._meets_at(lead.met) if is_new else self._at(lead.since, 16, 20),
            outcome=Outcome(lead.outcome) if lead.outcome else None,
            closed_from=Stage.AWAITING if lead.outcome else None,
            url=f"https://{lead.domain}/jobs/{100 + self.number}",
            location=lead.location,
            source=lead.source,
            notes=lead.notes,
            tags=tuple(lead.tags),
            applied_on=self._at(first_met - 18, 12).astimezone(self.zone).date(),
            created_at=self._at(first_met - 6, 17, self.number),
        )

    def _contact(self, name: str, title: str) -> Contact:
        first = name.split(" ")[0].casefold().replace("ø", "o").replace("ł", "l")
        mailbox = normalize("NFKD", first).encode("ascii", "ignore").decode() or "post"
        email, created_at = f"{mailbox}@{self.lead.domain}", self.application.created_at
        return Contact(
            **self._ids(), name=name, title=title, email=email, phone=self.lead.phone, created_at=created_at
        )

    def _interview(self, days: int) -> Interview:
        starts_at = self._meets_at(days)
        return Interview(
            **self._ids(),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=45),
            zone=self.zone.key,
            kind=InterviewKind(self.lead.kind),
            created_at=self.application.created_at,
        )

    def _offer(self, ago: int, by: int, pay: str, start: str) -> Offer:
        at = self._at(-ago, 15)
        return Offer(**self._ids(), made_at=at, answer_by=self._day(by), pay=pay, start=start, created_at=at)

    def _thank_you(self, interview: Interview, contact_id: str | None) -> Touch:
        at = min(interview.starts_at + timedelta(hours=4), self.now - _EARLIER)
        way = (TouchKind.THANK_YOU, Direction.OUT, Channel.EMAIL)
        return self._touch(way, at, contact_id, interview_id=interview.id)

    def _logged(self, ago: int, word: str, note: str = "", outcome: str = "") -> Touch:
        contact_id = self.contacts[0].id if self.contacts else None
        result = CallOutcome(outcome) if outcome else None
        return self._touch(LOGGABLE[word], self._at(-ago, 10, 40), contact_id, outcome=result, note=note)

    def _told(self, ago: int) -> Touch:
        """The message about the offer of another employer."""
        contact_id = self.contacts[0].id if self.contacts else None
        return self._touch(
            (TouchKind.OTHER_OFFER, Direction.OUT, Channel.EMAIL), self._at(-ago, 11, 10), contact_id
        )

    def _touch(
        self, way: tuple[TouchKind, Direction, Channel | None], at: datetime, contact_id: str | None, **more: Any
    ) -> Touch:
        kind, direction, channel = way
        own = {**self._ids(), "contact_id": contact_id, "at": at, "created_at": at, **more}
        return Touch(**own, kind=kind, direction=direction, channel=channel)

    def _answer(
        self,
        interviews: Sequence[Interview],
        touches: Sequence[Touch],
        answer: str,
        by: int | None = None,
        note: str = "",
    ) -> NextStep:
        """Return what they said at the end of the latest interview that took place, or in a later reply."""
        held = [interview for interview in interviews if interview.starts_at < self.now]
        interview = (held or interviews)[-1]
        replies = [touch.at for touch in touches if touch.kind is TouchKind.REPLY]
        at = min(max((interview.starts_at, *replies)) + timedelta(minutes=2), self.now - timedelta(minutes=2))
        return NextStep(
            **self._ids(),
            answer=Answer(answer),
            by_on=None if by is None else self._day(by),
            note=note,
            interview_id=interview.id,
            said_at=at,
            created_at=at,
        )


@contextmanager
def throwaway_folder() -> Iterator[Path]:
    """Make a folder that only the user can read and remove it at the end; folders of killed demos go first."""
    base = Path(tempfile.gettempdir())
    sweep(base)
    folder = Path(tempfile.mkdtemp(prefix=f"{DEMO_PREFIX}{os.getpid()}-", dir=base))
    try:
        # The lock lasts as long as this process: `sweep` sees by it that the demo is running.
        with (folder / "alive").open("w") as alive:
            fcntl.flock(alive, fcntl.LOCK_EX)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(base: Path) -> list[Path]:
    """Remove the demo folders in `base` that are the user's and whose demo is no longer running."""
    folders = [folder for folder in base.glob(f"{DEMO_PREFIX}*") if _is_left_behind(folder)]
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    return folders


def _is_left_behind(folder: Path) -> bool:
    match = re.fullmatch(rf"{DEMO_PREFIX}(\d+)-\w+", folder.name)
    try:
        owner = folder.lstat().st_uid
        if match is None or folder.is_symlink() or not folder.is_dir() or owner != os.getuid():
            return False
        if is_running(int(match[1])):
            return False
        alive = folder / "alive"
        if alive.exists():
            with alive.open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # locked by a process of another container, or just removed
        return False
    return True
