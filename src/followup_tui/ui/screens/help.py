"""Help: the user's own keys for everything that this screen can do."""

from __future__ import annotations

from collections.abc import Iterator

from textual import events

from followup_tui.ui.in_place import in_place
from followup_tui.ui.keys import BY_ID, Action, Group, Place, actions_at, shown_key
from followup_tui.ui.screens.reading import Reading
from followup_tui.ui.widgets.rows import Row, wrap

KEYS_WIDTH = 20


class HelpScreen(Reading):
    """All keys of a screen, grouped, each with its sentence and its twin in the shell."""

    def __init__(self, place: Place) -> None:
        super().__init__("Help", closing=("question_mark",))
        self._place = place

    def rows(self) -> list[Row]:
        """Group by group; on a narrow screen each sentence stands below its keys."""
        width = self.query_one("#text").size.width
        indent = KEYS_WIDTH + 2 if width >= 2 * KEYS_WIDTH + 20 else 4
        rows: list[Row] = []
        for heading, actions in _sections(self._place):
            rows.append(((f" {heading}", "strong"),))
            for action in actions:
                rows += self._told(in_place(action, self._place), indent, width - indent - 1)
            rows.append(())
        rows.append(((" In brackets: the same from the shell, after `followup-tui`.", "dim"),))
        return rows

    def leads_on(self) -> str:
        """To the rules."""
        key = self.followup.shown("decides")
        return f"{key} how it decides · " if key else ""

    async def take_key(self, event: events.Key) -> bool:
        """On to the rules, or as in any text."""
        if event.key not in self.followup.keymap.of(BY_ID["decides"]):
            return await super().take_key(event)
        from followup_tui.ui.screens.deciding import DecidingScreen

        await self.followup.open_dialog(DecidingScreen())
        return True

    def _told(self, action: Action, indent: int, width: int) -> list[Row]:
        keys = " ".join(shown_key(key) for key in self.followup.keymap.of(action)) or "(no key)"
        told = action.help + (f"  [{action.twin}]" if action.twin else "")
        lines = wrap(told, max(8, width), 6)
        beside = f"  {keys:<{KEYS_WIDTH}}"
        if indent < KEYS_WIDTH or len(keys) >= KEYS_WIDTH:
            return [((beside, "key"),), *(((" " * indent + line, "text"),) for line in lines)]
        others: list[Row] = [((" " * indent + line, "text"),) for line in lines[1:]]
        return [((beside, "key"), (lines[0], "text")), *others]


def _sections(place: Place) -> Iterator[tuple[str, list[Action]]]:
    """The actions of a place group by group, on the review those first that are its own."""
    actions = actions_at(place)
    own = [action for action in actions if place is Place.REVIEW and action.places == {place}]
    if own:
        yield "Go through the review", own
    for group in Group:
        some = [action for action in actions if action.group is group and action not in own]
        if some:
            yield group.value, some
