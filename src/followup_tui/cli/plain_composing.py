"""What a letter or a script lacks, asked for line by line in the plain review, and where it is written down."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from followup_tui.cli.prompts import LEAVES
from followup_tui.cli.questions import About
from followup_tui.domain.commands.letters import require_plausible
from followup_tui.domain.letters.template_fields import FIELDS, FieldOwner
from followup_tui.domain.model.text import shown
from followup_tui.settings.writing import save_setting

if TYPE_CHECKING:
    from followup_tui.domain.model.letter import Sender
    from followup_tui.settings import Settings
    from followup_tui.tracker.composing import Composition

_FORESEEN = (FieldOwner.LETTER, FieldOwner.INTERVIEW)
"""Where the answer to a question is kept that one knows of ahead; a name or a number is asked for once."""


class Composer:
    """Letters and scripts for one application; what was typed for one holds for the next one too."""

    def __init__(self, about: About) -> None:
        self._about = about
        self._asked: dict[str, str] = {}
        self._offered: frozenset[str] = frozenset()

    @cached_property
    def settings(self) -> Settings:
        """The user's settings."""
        return self._about.session.load_settings()

    @property
    def sender(self) -> Sender:
        """Who writes."""
        return self.settings.sender()

    def compose(self, *, spoken: bool = False, template: str = "", to: str | None = None) -> Composition:
        """A letter or a script with nothing missing, once what it needs was asked for."""
        tracker, id = self._about.tracker, self._about.ids[0]
        while True:
            composition = tracker.compose(
                id, self.sender, template=template, to=to, asked=self._asked, spoken=spoken
            )
            asks = composition.asks(self._offered)
            if not asks:
                for problem in filter(None, (composition.early, *composition.problems)):
                    self._about.prompts.say(problem)
                return composition
            to = self._ask(composition, asks[0]) or to

    def _ask(self, composition: Composition, name: str) -> str | None:
        """Ask for a field until it can be taken; the contact that came with it, where one did."""
        about, is_needed, home = FIELDS[name], name in composition.missing, composition.home(name)
        skip = "" if is_needed else " An empty line goes on without."
        self._offered |= {name}
        return self._about.prompts.understood(
            f"{about.label}? {about.help}{skip} {LEAVES}.",
            lambda typed: self._taken(composition, name, typed),
            may_be_empty=not is_needed,
            is_unforeseen=home not in _FORESEEN,
        )

    def _taken(self, composition: Composition, name: str, text: str) -> str | None:
        """Write down what holds for more than this letter; the contact that came with it, where one did."""
        home, to = composition.home(name), None
        require_plausible(FIELDS[name].setting, text)
        if home is FieldOwner.SENDER:
            save_setting(self._about.session.settings_place, {FIELDS[name].setting: text})
            del self.settings
        elif home is not FieldOwner.LETTER:
            self._about.tracker.fill_field(composition, name, text)
            to = self._about.tracker.whom_now(composition.details)
        self._asked[name] = text
        return to


def say_text(about: About, text: str) -> None:
    """A text as it stands, line by line."""
    for line in text.rstrip("\n").split("\n"):
        about.prompts.say(shown(line))
