"""A letter that was composed from a template, and what belongs to it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from followup_tui.domain.letters.template_fields import FIELDS, FOLLOWS, WELCOME, FieldOwner
from followup_tui.domain.model.details import ApplicationDetails, met_alone
from followup_tui.domain.model.letter import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A letter to begin with, or a draft to continue, and what belongs to it.

    `missing` are the names of the fields that it needs, whose labels are in brackets in their places; `unused`
    those with which it could have said more. `most_words` is how long it may be, 0 for no limit; `early` is a
    sentence on why it comes early, empty if it doesn't; `problems` are sentences on what is wrong with the user's
    own templates.
    """

    letter: Letter
    details: ApplicationDetails
    most_words: int = 0
    early: str = ""
    missing: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    is_kept: bool = False

    def asks(self, offered: Collection[str]) -> tuple[str, ...]:
        """Return the fields to ask for, without those that were offered: what is missing, then what is welcome."""
        needed = [name for name in self.missing if FIELDS[name].is_asked]
        welcome = [
            name
            for name in WELCOME.get(self.letter.kind, ())
            if name in self.unused and FOLLOWS.get(name) not in self.unused
        ]
        return tuple(name for name in (*needed, *welcome) if name not in offered)

    def home(self, name: str) -> FieldOwner:
        """Return where the value of a field that was asked for is kept.

        The notes of an interview are not replaced; what was discussed with one of several is for one letter.
        """
        about = FIELDS[name]
        if about.kept is FieldOwner.SENDER or (about.kept is FieldOwner.CONTACT and about.setting):
            return about.kept
        round = next((one for one in self.details.interviews if one.id == self.letter.interview_id), None)
        if name != "topic" or round is None or round.notes:
            return FieldOwner.LETTER
        return (
            FieldOwner.INTERVIEW if met_alone(round, self.details, self.letter.contact_id) else FieldOwner.LETTER
        )
