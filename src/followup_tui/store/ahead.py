"""What playbook and review need beyond the cards: what was kept of them, holidays, where the attention went."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.domain.model.letter import Letter
from followup_tui.domain.views.review import Mark
from followup_tui.store.codec import DamagedRow, decode, moment_of, moment_text
from followup_tui.store.due import TOUCHES
from followup_tui.store.holidays import Kept, read_holidays
from followup_tui.store.letters import SELECT_LETTER, SELECT_LETTERS, SELECT_NAMES, SELECT_TAUGHT
from followup_tui.store.reader import Reader
from followup_tui.store.reviews import SELECT_MARKS, marks_of


class Known(NamedTuple):
    """An employer and one of the people known there, of whom the name may be empty."""

    application_id: str
    company: str
    role: str
    person: str


class KeptUnder(NamedTuple):
    """Under which rules the steps were kept, and from which moment on they hold."""

    fingerprint: str
    at: datetime


class AheadReader(Reader):
    """A reader that also reads what lies ahead."""

    def kept(self) -> KeptUnder | None:
        """Under which rules the steps were kept; None where none were."""
        found = dict(self._rows("SELECT key, value FROM kept"))
        try:
            return KeptUnder(found["outlook"], moment_of(found["outlook_at"]))
        except (KeyError, ValueError):
            return None

    def next_turn(self, at: datetime) -> datetime | None:
        """The next moment at which a kept step gives way to another; None where none does."""
        rows = self._rows("SELECT min(until_at) FROM outlook WHERE until_at > ?", (moment_text(at),))
        turn = rows[0][0] if rows else None
        return moment_of(turn) if turn and not turn.startswith("9999") else None

    def holidays(self, source: str) -> Kept:
        """The holidays that are kept and were reckoned by one release of the `holidays` package."""
        with self._reading() as connection:
            return {} if connection is None else read_holidays(connection, source)

    def newest_line(self, *, in_force: bool = False) -> int:
        """The number of the journal's newest line, or of the newest one in force; 0 where there is none."""
        where = "WHERE state = 'done'" if in_force else ""
        rows = self._rows(f"SELECT sequence FROM journal {where} ORDER BY sequence DESC LIMIT 1")
        return int(rows[0][0]) if rows else 0

    def marks(self, day: date) -> tuple[Mark, ...]:
        """The marks of a day's review that are in force, in the order in which they were made."""
        return tuple(marks_of(self._rows(SELECT_MARKS, (day.isoformat(),))))

    def touches_since(self, at: datetime) -> dict[str, int]:
        """How many touches each application had since a moment, notes to oneself left out."""
        return dict(self._rows(TOUCHES, (moment_text(at),)))

    def letters(self, application_id: str) -> tuple[Letter, ...]:
        """The letters of an application, drafts and those that were sent, oldest first."""
        return self._letters(SELECT_LETTERS, application_id)

    def letter(self, id: str) -> Letter | None:
        """One letter; None where there is none of that id."""
        return next(iter(self._letters(SELECT_LETTER, id)), None)

    def taught(self) -> tuple[str, ...]:
        """The keys of the findings that are ignored for good, in the order in which they were taught."""
        return tuple(str(key) for (key,) in self._rows(SELECT_TAUGHT))

    def names(self) -> list[Known]:
        """Every employer with each person known there."""
        return [Known(*row) for row in self._rows(SELECT_NAMES)]

    def _letters(self, sql: str, value: str) -> tuple[Letter, ...]:
        try:
            return tuple(decode(Letter, row) for row in self._rows(sql, (value,)))
        except DamagedRow as damage:
            raise StoreTrouble(
                f"The {damage.field} of a letter can't be read: it was left as it is. Put a backup in the file's"
                " place."
            ) from None
