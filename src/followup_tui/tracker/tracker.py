"""The tracker: the one way in to a database, for the screen and the shell alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from followup_tui.store.reader import Reader
from followup_tui.tracker.clock import now
from followup_tui.tracker.commands import Commands
from followup_tui.tracker.commit import Committer
from followup_tui.tracker.letters import Letters
from followup_tui.tracker.queries import Queries
from followup_tui.tracker.removal import Removal
from followup_tui.tracker.review import DailyReview
from followup_tui.tracker.safety import Safety
from followup_tui.tracker.schedule import ActionSchedule

if TYPE_CHECKING:
    from followup_tui.server_address import Place


class Tracker:
    """One database with its queries, commands, review, letters and schedule; safe to call from any thread."""

    def __init__(
        self,
        place: Place,
        *,
        settings_place: Path | None = None,
        zone: ZoneInfo | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self.place = place
        self.clock = clock
        self._reader = Reader(place)
        self.schedule = ActionSchedule(self._reader, settings_place, zone)
        self._committer = Committer(place, self._reader, self.schedule, clock)
        self.queries = Queries(self._reader, self.schedule, clock)
        self.commands = Commands(self._reader, self._committer)
        self.review = DailyReview(self._reader, self.schedule, self._committer, clock)
        self.removal = Removal(place, self._reader, self._committer, clock)
        self.safety = Safety(place, self._reader, self._committer, clock)
        self._committer.before_bulk = self.safety.back_up_before_bulk
        self.letters = Letters(self._reader, self.schedule, self._committer, self.queries, clock)

    def prepare(self) -> None:
        """Load what writing needs and create or upgrade the file: half a second or more."""
        self._committer.prepare()

    def probe(self) -> None:
        """Raise `StoreTrouble` unless the file can be written now, or the server answers; nothing is changed."""
        self._committer.probe()

    def close(self) -> None:
        """Close the file."""
        self._reader.close()
        self._committer.close()
