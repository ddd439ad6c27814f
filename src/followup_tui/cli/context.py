"""What a command works on: the database and the settings file that were named, and the clock."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from followup_tui.domain.format import order_dates
from followup_tui.domain.model.text import shown_line
from followup_tui.files import data_folder, database_file, settings_file
from followup_tui.store.database_file import prepare_folder
from followup_tui.tracker.clock import local_zone, now
from followup_tui.tracker.regions import is_month_first_at

TYPE_CHECKING = False  # as type checkers know it: `typing` itself takes longer to load than all of this
if TYPE_CHECKING:
    from followup_tui.server_address import Place
    from followup_tui.settings import Settings
    from followup_tui.tracker.tracker import Tracker


class CliContext:
    """The options that hold for every command; they may stand before it or after it."""

    # No dataclass, which is slow to load: a shell's prompt waits for `due`.
    def __init__(self, database: str | None = None, settings: str | None = None) -> None:
        """`database` and `settings` are what was typed, None where nothing was."""
        self.database = database
        self.settings = settings

    @property
    def place(self) -> Place:
        """Where the database is: its file, or its address on a server."""
        return database_file(self.database)

    @property
    def settings_place(self) -> Path:
        """The settings file."""
        return settings_file(self.settings)

    @property
    def zone(self) -> ZoneInfo:
        """The user's zone."""
        return local_zone()

    def now(self) -> datetime:
        """The moment it is, in the user's zone."""
        return now().astimezone(self.zone)

    def load_settings(self) -> Settings:
        """The user's settings; what is wrong with them is told where the program opens."""
        return self._read_settings()[0]

    def settings_problems(self) -> list[str]:
        """What is wrong with a settings file that was named for this command, each as one line."""
        place = self.settings_place
        if not os.path.exists(place):
            return [f"There is no settings file {shown_line(str(place))}; the defaults are in force."]
        return [f"{shown_line(place.name)}: {problem}" for problem in self._read_settings()[1]]

    def _read_settings(self) -> tuple[Settings, Sequence[object]]:
        # Not at the top: `due` and `list` go without it.
        from followup_tui.settings import load_settings

        return load_settings(self.settings_place)

    def order_dates(self) -> None:
        """Show dates in the order of the user's English, which is looked up with the first of them."""
        order_dates(lambda: is_month_first_at(self.settings_place))

    @contextmanager
    def reading(self) -> Iterator[Tracker]:
        """The tracker, to look at things."""
        # Not at the top: `list` goes without it.
        from followup_tui.tracker.tracker import Tracker

        tracker = Tracker(self.place, settings_place=self.settings_place)
        try:
            yield tracker
        finally:
            tracker.close()

    @contextmanager
    def writing(self) -> Iterator[Tracker]:
        """The tracker, to change things; the first change makes the folder that all data lies in."""
        create_data_folder(self.place)
        with self.reading() as tracker:
            yield tracker


def create_data_folder(place: Place) -> None:
    """Make the platform's data folder where the database is to lie in it; a folder the user named is theirs."""
    if isinstance(place, Path) and place.parent == data_folder() and not os.path.isdir(place.parent):
        prepare_folder(place)
