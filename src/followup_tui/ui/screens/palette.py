"""The palette: every verb of the screen beneath, found by typing its name."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from followup_tui.ui.keys import Action, Group, actions_at
from followup_tui.ui.screens.verbs import VerbScreen

ORDER = tuple(Group)


class Verbs(Provider):
    """The actions of the screen on which the palette was opened."""

    def _actions(self) -> tuple[Action, ...]:
        screen = self.screen
        assert isinstance(screen, VerbScreen)
        actions = (action for action in actions_at(screen.PLACE) if action.id != "palette")
        return tuple(sorted(actions, key=lambda action: ORDER.index(action.group)))

    def _run(self, action: Action) -> None:
        self.app.run_worker(self.screen.run_action(action.id))

    async def discover(self) -> Hits:
        """All of them, before anything was typed."""
        for action in self._actions():
            yield DiscoveryHit(self._named(action), partial(self._run, action), help=action.help)

    async def search(self, query: str) -> Hits:
        """Those whose name or sentence holds what was typed."""
        matcher = self.matcher(query)
        for action in self._actions():
            score = max(matcher.match(action.label), matcher.match(action.help) * 0.8)
            if score > 0:
                yield Hit(score, self._named(action), partial(self._run, action), help=action.help)

    def _named(self, action: Action) -> Content:
        assert isinstance(self.screen, VerbScreen)
        key = self.screen.followup.keymap.shown(action)
        return Content(f"{action.label}  ({key})" if key else action.label)
