"""The composer: a letter that is two thirds written, to be read, mended, sent on its way and recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from followup_tui.domain.letters.description import as_one_text, split_subject
from followup_tui.domain.model.errors import FollowupError, Refused
from followup_tui.domain.model.letter import Letter
from followup_tui.external_editor import EditorSession, editor_command
from followup_tui.flows.letter import addressee, attach, template
from followup_tui.flows.question import Attach, Flow, FlowResult, OpenLetter, Run, SaveDraft
from followup_tui.ui.dialogs.dialog import DialogResult
from followup_tui.ui.dialogs.flow_runner import FlowRunner, perform, screen_for
from followup_tui.ui.screens.application_screen import ApplicationScreen
from followup_tui.ui.screens.letter_findings import LetterFindings
from followup_tui.ui.suspend import suspend_for_editor


class LetterScreen(LetterFindings):
    """One letter with the verbs on it; what was typed is kept as a draft whatever happens."""

    async def action_send(self) -> None:
        """Send it, after a look at the guard, and a word where something was found."""
        from followup_tui.flows.delivery import send  # the ways out are loaded when the first letter goes

        if self.found and not self.is_warned:
            self.is_warned = True
            key = self.followup.shown("send")
            self.tell(f"Look at what was found first; {key} again sends it as it is.", alert=True)
        elif await self.save(always=True):
            await self._ask(send)

    async def action_template(self) -> None:
        """Begin anew from another template; a draft in which something was changed stays beside it."""
        if await self.save() or not self.drafting.trouble:
            await self._ask(template)

    async def action_addressee(self) -> None:
        """Write it to somebody else."""
        if await self.save() or not self.drafting.trouble:
            await self._ask(addressee)

    async def action_attach(self) -> None:
        """Send a file along, or leave it here."""
        await self._ask(attach)

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

    async def keep(self, letter: Letter) -> Letter:
        """Save the draft with what was changed about it; the letter as it was saved."""
        if not await self.drafting.change(letter, self.text()):
            raise Refused(self.drafting.trouble)
        return self.drafting.letter

    async def action_edit_letter(self) -> None:
        """Write it in the user's own editor."""
        if not await self.save(always=True):
            return
        text, loan = self.text(), None
        try:
            editor_command()
            loan = EditorSession(as_one_text(text.subject, text.body), "letter.txt")
            suspend_for_editor(self.followup, loan, self.followup.heed_signals)
            edited = loan.text()
        except FollowupError as error:
            self.tell(f"{error.sentence} {loan.left() if loan else ''}".strip(), alert=True)
            return
        self.take_text(*split_subject(edited, text.subject))
        loan.forget()

    async def action_discard(self) -> None:
        """Throw this draft away."""
        kept = await self.save()
        letter = self.drafting.letter
        await self.followup.pop_screen()
        if kept:
            await self.followup.run_command(
                partial(self.followup.tracker.letters.discard, letter.id), follow=letter.application_id
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

    async def _ask(self, flow: Callable[..., Flow]) -> None:
        """Run a flow about this letter."""
        await self.follow(_LetterFlow(self, partial(flow, letter=self.drafting.letter), self.targets()).start())


class _LetterFlow(FlowRunner):
    """A flow about an open letter: it is recorded, or replaced, on the screen beneath."""

    async def finish(self, result: FlowResult) -> DialogResult:
        """Attach files, or close the letter and then record it or open another."""
        screen = self.screen
        assert isinstance(screen, LetterScreen)
        if isinstance(result, Attach):
            await screen.attach(result.files)
            return True
        if not isinstance(result, Run | OpenLetter):
            return await super().finish(result)

        async def go_on(beneath: ApplicationScreen) -> DialogResult:
            if isinstance(result, Run):
                return await perform(beneath, result, self.selection.cards)
            return screen_for(result)

        return await screen.close_and_run(go_on)

    async def save_draft(self, step: SaveDraft) -> object:
        """Save the letter together with what was typed."""
        screen = self.screen
        assert isinstance(screen, LetterScreen)
        return await screen.keep(step.letter)
