"""Edits the notes of an application in the user's editor."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from followup_tui.domain.commands.applications import form_for
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.text import shown
from followup_tui.ui.suspend import edit_suspended

if TYPE_CHECKING:
    from followup_tui.ui.dialogs.flow_runner import FlowScreen


async def edit_notes(screen: FlowScreen, details: ApplicationDetails) -> None:
    """Open the notes in the editor and save the edited text; a text that can't be saved stays in its file."""
    app, application = screen.followup, details.application
    before = shown(application.notes) + "\n" * bool(application.notes)
    try:
        session, text = edit_suspended(app, before, "notes.txt", app.heed_signals)
    except Refused as error:
        screen.tell(error.sentence, alert=True)
        return
    if text.rstrip() == before.rstrip():
        session.forget()
        screen.tell(f"The notes on {application.company} are unchanged.")
        return
    draft = replace(form_for(details), notes=text)
    seen = {application.id: application.version}
    edit = partial(app.tracker.commands.edit, application.id, draft, seen)
    if await app.run_command(edit, follow=application.id, kept=f"Your text is in {session.path}.") is not None:
        session.forget()
