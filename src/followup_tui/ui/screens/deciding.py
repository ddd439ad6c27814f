"""How it decides: the rules in force as a page to read."""

from __future__ import annotations

from followup_tui.domain.views.playbook_page import INTRODUCTION, playbook_page
from followup_tui.ui.screens.reading import Reading
from followup_tui.ui.widgets.rows import Row, wrap

LINES = 12
"""Lines that one sentence may take."""


class DecidingScreen(Reading):
    """Every rule with its values, its reason and where its numbers come from."""

    def __init__(self) -> None:
        super().__init__("How it decides", closing=("K", "question_mark"))

    def rows(self) -> list[Row]:
        """A passage for each rule."""
        room = max(8, self.query_one("#text").size.width - 2)
        rules = self.followup.tracker.outlooks.rules
        whose = f"Your own values from {rules.playbook_path} are among them." if rules.playbook_path else ""
        rows = [row for words in (*INTRODUCTION, whose) for row in _wrapped(words, room, "text")]
        for passage in playbook_page(rules.tables):
            rows += [(), *_wrapped(passage.heading, room, "strong")]
            rows += [row for words in passage.values for row in _wrapped(words, room, "text")]
            rows += _wrapped(f"Why: {passage.why}", room, "accent")
            rows += [row for words in passage.sources for row in _wrapped(f"Source: {words}", room, "dim")]
        return rows


def _wrapped(words: str, room: int, look: str) -> list[Row]:
    return [((f" {line}", look),) for line in wrap(words, room, LINES)]
