"""The composer: a letter that is two thirds written, to be read, mended, sent on its way and recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from followup_tui.domain.model.errors import FollowupError
from followup_tui.ui.asking.letters import ask_addressee, ask_attachment, ask_template
from followup_tui.ui.screens.dialog import Dialog
from followup_tui.ui.screens.findings import Findings


class LetterScreen(Findings):
    """One letter with the verbs on it; what was typed is kept as a draft whatever happens."""

    async def action_send(self) -> None:
        """Send it, after a look at the guard, and a word where something was found."""
        from followup_tui.ui.asking.sending import ask_way  # the ways out are loaded when the first letter goes

        if self.found and not self.is_warned:
            self.is_warned = True
            key = self.followup.shown("send")
            self.tell(f"Look at what was found first; {key} again sends it as it is.", alert=True)
        elif await self.save(always=True):
            await self._ask(ask_way)

    async def action_template(self) -> None:
        """Begin anew from another template; a draft in which something was changed stays beside it."""
        if await self.save() or not self.drafting.trouble:
            await self._ask(ask_template)

    async def action_addressee(self) -> None:
        """Write it to somebody else."""
        if await self.save() or not self.drafting.trouble:
            await self._ask(ask_addressee)

    async def action_attach(self) -> None:
        """Send a file along, or leave it here."""
        await self._ask(ask_attachment)

    async def attach(self, files: tuple[str, ...]) -> None:
        """Send these files along from now on; undo takes that back."""
        before = self.drafting.letter.attachments
        if await self._attached(files):
            self._note(lambda: self.run_worker(self._attached(before)))

    async def _attached(self, files: tuple[str, ...]) -> bool:
        if not await self.drafting.change(replace(self.drafting.letter, attachments=files), self.text()):
            self.tell(self.drafting.trouble, alert=True)
            return False
        self.know()
        self._show()
        return True

    async def action_edit_letter(self) -> None:
        """Write it in the user's own editor."""
        from followup_tui.ui.asking.letters import edit_letter

        if await self.save(always=True):
            edit_letter(self)

    async def action_discard(self) -> None:
        """Throw this draft away."""
        kept = await self.save()
        letter = self.drafting.letter
        await self.followup.pop_screen()
        if kept:
            await self.followup.carry_out(
                partial(self.followup.tracker.discard_letter, letter.id), follow=letter.application_id
            )
        else:
            self.followup.tell("Nothing was written, so nothing was kept.")

    async def action_leave(self) -> None:
        """Back to where one came from; what was typed is kept as a draft."""
        kept = await self.save()
        if self.drafting.trouble and not self.is_warned:
            self.is_warned = True
            self.tell(f"{self.drafting.trouble} Esc again leaves without it.", alert=True)
            return
        await self.followup.pop_screen()
        if kept:
            key = self.followup.shown("letter")
            self.followup.tell(
                f"The draft to {self.composition.details.application.company} is kept · {key} goes on"
            )

    async def _ask(self, question: Callable[[LetterScreen], Dialog]) -> None:
        """Ask what is to be asked; a refusal is told here."""
        try:
            dialog = question(self)
        except FollowupError as error:
            self.tell(error.sentence, alert=True)
        else:
            await self.followup.open_dialog(dialog)
