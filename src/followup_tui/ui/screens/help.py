"""Help: the user's own keys for everything that this screen can do."""

from __future__ import annotations

from followup_tui.ui.keys import Group, Place, actions_at, shown_key
from followup_tui.ui.screens.reading import Reading
from followup_tui.ui.widgets.rows import Row, wrap

KEYS_WIDTH = 20


class HelpScreen(Reading):
    """All keys of a screen, grouped, each with its sentence and its twin in the shell."""

    def __init__(self, place: Place) -> None:
        super().__init__("Help", closing=("question_mark",))
        self._place = place

    def rows(self) -> list[Row]:
        """Group by group."""
        rows: list[Row] = []
        width = max(20, self.size.width * 9 // 10 - KEYS_WIDTH - 6)
        for group in Group:
            actions = [action for action in actions_at(self._place) if action.group is group]
            if not actions:
                continue
            rows += [((f" {group.value}", "strong"),)]
            for action in actions:
                keys = " ".join(shown_key(key) for key in self.followup.keymap.of(action)) or "(no key)"
                told = action.help + (f"  [{action.twin}]" if action.twin else "")
                first, *others = wrap(told, width, 4)
                rows.append(((f"  {keys:<{KEYS_WIDTH}}", "key"), (first, "text")))
                rows += [((" " * (KEYS_WIDTH + 2), "text"), (line, "text")) for line in others]
            rows.append(())
        rows.append(((" In brackets: the same from the shell, after `followup-tui`.", "dim"),))
        return rows
