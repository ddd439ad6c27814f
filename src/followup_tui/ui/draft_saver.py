"""What goes on behind a letter while it is written: it is saved, and read for mistakes, aside from the keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from followup_tui.domain.letters.finding import Proof, ProofContext
from followup_tui.domain.model.application import new_id
from followup_tui.domain.model.errors import Conflict, FollowupError
from followup_tui.domain.model.letter import Letter
from followup_tui.ui.base_app import BaseApp

if TYPE_CHECKING:
    from followup_tui.letters.proofing.aside import ProofreaderAside


class EditedText(NamedTuple):
    """A letter's text as it stands on the screen."""

    subject: str
    body: str


class DraftSaver:
    """A draft that is saved as it is typed; `letter` is as it is on disk, or as it began.

    `begun` is its text as it is shown. A draft in which nothing was typed is not saved at all, unless `save` is
    told to.
    """

    def __init__(self, app: BaseApp, letter: Letter, begun: EditedText, *, is_kept: bool) -> None:
        self._app = app
        self.letter = letter
        self.begun = self._saved = begun
        self.is_kept = is_kept
        self.trouble = ""
        self._saving = asyncio.Lock()

    async def save(self, text: EditedText, *, always: bool = False) -> bool:
        """Save the text where it isn't saved yet; whether it is on disk now. What went wrong is in `trouble`."""
        async with self._saving:
            if text == self._saved and (self.is_kept or not always):
                return self.is_kept
            return await self._keep(replace(self.letter, subject=text.subject, body=text.body), text)

    async def change(self, letter: Letter, text: EditedText) -> bool:
        """Save other facts about the letter, such as its attachments, with the text."""
        async with self._saving:
            return await self._keep(replace(letter, subject=text.subject, body=text.body), text)

    async def _keep(self, letter: Letter, text: EditedText) -> bool:
        try:
            self.letter = await self._written(letter)
        except FollowupError as error:
            self.trouble = error.sentence
            return False
        self._saved, self.is_kept, self.trouble = text, True, ""
        return True

    async def _written(self, letter: Letter) -> Letter:
        """The letter as it is on disk; where another window had changed it, as a draft of its own beside that."""
        keep = self._app.tracker.letters.save
        try:
            return await self._app.run_in_thread(partial(self._app.done_and_known, partial(keep, letter)))
        except Conflict:
            own = replace(letter, id=new_id(), version=0, sent_at=None)
            written = await self._app.run_in_thread(partial(self._app.done_and_known, partial(keep, own)))
            self._app.tell(
                "This draft was changed in another window; yours goes on beside it, as another draft.", alert=True
            )
            return written


class ProofRunner:
    """Reads the newest text only: while one is read, those that are typed meanwhile replace each other."""

    def __init__(self, proofreader: ProofreaderAside, shown: Callable[[EditedText, Proof], None]) -> None:
        self._proofreader = proofreader
        self._shown = shown
        self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="proofing")
        self._wanted: tuple[EditedText, ProofContext] | None = None
        self._is_reading = False

    async def read(self, text: EditedText, reading: ProofContext) -> None:
        """Read a text; what was found is shown once it has been, unless another text came meanwhile."""
        self._wanted = (text, reading)
        if self._is_reading:
            return
        self._is_reading = True
        try:
            while self._wanted is not None:
                (text, reading), self._wanted = self._wanted, None
                work = partial(self._proofreader.proof, text.body, reading, subject=text.subject)
                proof = await asyncio.get_running_loop().run_in_executor(self._aside, work)
                if self._wanted is None:
                    self._shown(text, proof)
        finally:
            self._is_reading = False

    def close(self) -> None:
        """Read no more."""
        self._wanted = None
        self._aside.shutdown(wait=False, cancel_futures=True)
