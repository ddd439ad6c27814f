"""The first start: the user's name and region, guessed as far as possible; asked once, and Esc skips it."""

from __future__ import annotations

import os
import pwd
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label

from followup_tui.domain.model.errors import BadInput, FollowupError
from followup_tui.domain.model.text import shown_line
from followup_tui.settings.save import save_setting
from followup_tui.tracker.regions import known_region, understood_region
from followup_tui.ui.dialogs.dialog import Dialog
from followup_tui.ui.dialogs.set_up import set_up
from followup_tui.ui.widgets.bars import Bar
from followup_tui.ui.widgets.line_input import LineInput
from followup_tui.ui.widgets.text_lines import TextLines

HOW = {
    "name": "Enter goes to the next line · Esc skips both",
    "region": "Enter saves and opens the board · Esc skips both",
}


def guessed_name() -> str:
    """The full name that the system has for the user; empty if it has none, or only that of the account."""
    try:
        account = pwd.getpwuid(os.getuid())
    except KeyError:  # a user without an account, as in a container
        return ""
    name = shown_line(account.pw_gecos.split(",")[0].strip())
    return "" if name == account.pw_name else name


class FirstStartDialog(Dialog):
    """Name and region; the zone is shown."""

    def compose(self) -> ComposeResult:
        """Two fields, and what is known already."""
        rules = self.followup.tracker.schedule.rules
        fields = (
            ("name", "Name", guessed_name(), "signs your letters"),
            ("region", "Region", rules.home_region, "for public holidays, e.g. California or DE-BY"),
        )
        with Vertical(id="dialog") as frame:
            frame.border_title = "Welcome"
            yield self._lines("Follow up after every interview, on time.", "text")
            zone = f"Your time zone is {self.followup.zone.key} (set TZ to change it)."
            yield self._lines(zone, "dim")
            for id, label, value, hint in fields:
                with Horizontal(classes="field"):
                    yield Label(label, classes="label", markup=False)
                    yield LineInput(value, id=id, placeholder=hint, select_on_focus=True)
            yield Bar(id="dialog-says")

    def _lines(self, text: str, look: str) -> TextLines:
        return TextLines([((text, look),)])

    @on(Input.Changed, "#region")
    def echo_region(self) -> None:
        """Say which region was understood; what isn't one yet is said when it is saved."""
        region_field = self.query_one("#region", Input)
        if region_field.has_focus:
            self.say(understood_region(region_field.value) or HOW["region"])

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say what Enter does in this line."""
        self.say(HOW[event.widget.id or "name"])

    async def action_onward(self) -> None:
        """Enter: the next field, and save on the last."""
        await self.settled()
        if self.focused is not None and self.focused.id == "name":
            self.focus_next()
        else:
            await self.action_save()

    async def action_leave(self) -> None:
        """Skip: an empty settings file remembers that it was asked."""
        try:
            await self.followup.run_in_thread(partial(save_setting, self.followup.settings_place, {}))
        except FollowupError as error:
            self.followup.tell(error.sentence, alert=True)
        await self.close_dialog()

    async def save(self) -> bool:
        """Write what was typed into the settings; stays open at what can't be understood."""
        typed = {id: self.query_one(f"#{id}", Input).value.strip() for id in ("name", "region")}
        try:
            region = known_region(typed["region"])
            await set_up(self.followup, {id: text for id, text in (typed | {"region": region}).items() if text})
        except BadInput as problem:
            self.say(problem.sentence, alert=True)
            self.query_one(f"#{problem.field or 'region'}").focus()
            return False
        self.followup.tracker.schedule.forget_rules()
        await self.followup.reload()
        return True
