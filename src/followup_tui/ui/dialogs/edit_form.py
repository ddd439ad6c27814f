"""The form of an application that is there already, also where another window has changed it meanwhile."""

from __future__ import annotations

from functools import partial

from followup_tui.domain.commands.applications import form_for, with_met
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.text import shown_line
from followup_tui.tracker.half_typed import Fields
from followup_tui.ui.base_app import BaseApp
from followup_tui.ui.dialogs.dialog import DialogResult
from followup_tui.ui.dialogs.form_dialog import FORM, ApplicationFormDialog
from followup_tui.ui.dialogs.form_fields import all_texts, label_of

MOST_CHARACTERS = 40
"""Characters of another window's value in a sentence."""


def edit_form(app: BaseApp, details: ApplicationDetails, remark: str = "") -> ApplicationFormDialog:
    """Return the form of an application.

    Where another window has changed it meanwhile, the form opens again on saving: with what was typed, and
    else with what is there now.
    """
    application, before = details.application, _form_of(details)

    async def save(draft: ApplicationForm) -> DialogResult:
        seen = {application.id: application.version}
        edit = partial(app.tracker.commands.edit, application.id, draft, seen)
        if await app.run_command(edit, follow=application.id) is not None:
            return True
        if application.id not in app.board.cards:
            return False
        there = app.tracker.queries.details(application.id)
        if there.application.version == application.version:
            return False
        now, typed = _form_of(there), dialog.fields()
        app.typing.left[FORM] = moved(typed, before, now)
        return edit_form(app, there, _both_versions(there.application.company, typed, before, now))

    dialog = ApplicationFormDialog(f"Edit {application.company}", before, save, remark=remark)
    return dialog


def _form_of(details: ApplicationDetails) -> ApplicationForm:
    return with_met(details, form_for(details))


def moved(typed: Fields, before: ApplicationForm, now: ApplicationForm) -> Fields:
    """Return what was typed in the fields of one form for those of another, in which people have other places."""
    old, new = all_texts(before), all_texts(now)
    places = {text: field for field, text in new.items() if field.startswith("person-")}
    found: dict[str, str] = {}
    for field, text in typed.items():
        place = places.get(old[field], "people") if field.startswith("person-") else field
        found[place] = f"{found[place]}; {text}" if place in found else text
    return found


def _both_versions(company: str, typed: Fields, before: ApplicationForm, now: ApplicationForm) -> str:
    """Say what another window has changed in the fields in which something was typed."""
    old, new = all_texts(before), all_texts(now)
    theirs = [
        f"{label_of(field)} “{shown_line(new.get(field, ''))[:MOST_CHARACTERS]}”"
        for field in typed
        if old[field] != new.get(field, "")
    ]
    changed = f"{shown_line(company)} was changed from another window meanwhile"
    if not theirs:
        return f"{changed}, and the form shows that. What you typed is kept: ctrl+s saves it."
    return f"{changed}: {', '.join(theirs)}. What you typed is kept: ctrl+s saves it instead, Esc leaves theirs."
