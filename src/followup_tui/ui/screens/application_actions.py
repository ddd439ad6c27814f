"""The actions that have no flow of their own, as functions of the screen on which they are run: on applications,
and on the file itself (back up, restore, check)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from textual.screen import Screen

from followup_tui.actions import Place
from followup_tui.domain.commands.applications import form_for
from followup_tui.domain.describe import format_ago
from followup_tui.domain.format import capitalized, format_moment, plural
from followup_tui.domain.model.errors import FollowupError, Refused
from followup_tui.domain.model.text import LINE_LIMIT, shown
from followup_tui.domain.views.options import copyable, openable
from followup_tui.flows.question import Choice, Option, Run
from followup_tui.ui.base_app import BaseApp, load_screen
from followup_tui.ui.dialogs.add_and_edit import QuickAddScreen, edit_form
from followup_tui.ui.dialogs.coach_list import server_entries
from followup_tui.ui.dialogs.dialog import open_next
from followup_tui.ui.dialogs.flow_runner import perform
from followup_tui.ui.dialogs.form_dialog import FORM
from followup_tui.ui.dialogs.info_pages import (
    HelpScreen,
    InsightsScreen,
    JournalScreen,
    OffersScreen,
    PlaybookScreen,
)
from followup_tui.ui.dialogs.palette import (
    Palette,
    PaletteEntry,
    action_entries,
    begin_entries,
    export_entries,
    filter_entries,
    theme_entries,
)
from followup_tui.ui.dialogs.questions import ChoiceDialog
from followup_tui.ui.dialogs.settings_screen import SettingsScreen
from followup_tui.ui.screens.application_screen import ApplicationScreen
from followup_tui.ui.screens.board import BoardScreen
from followup_tui.ui.terminal import can_open_links, copy_text, edit_suspended

if TYPE_CHECKING:
    from followup_tui.server_address import Place as DatabasePlace
    from followup_tui.tracker.safety import Backup
    from followup_tui.ui.dialogs.dialog import DialogResult


async def add_application(screen: ApplicationScreen, pasted: str = "") -> None:
    """Open the dialog that adds an application in one line, which may begin with a pasted text."""
    if len(pasted) > LINE_LIMIT:
        screen.tell("What you pasted is too long for one application; nothing was added.", alert=True)
        return
    typing = screen.followup.typing
    typing.begin("new")
    is_form = FORM in typing.left
    dialog = QuickAddScreen(pasted)
    await screen.followup.open_dialog(dialog)
    if is_form:
        await dialog.action_form()


async def edit_application(screen: ApplicationScreen) -> None:
    """Edit the card under the cursor in the full form."""
    if len(screen.targets()) > 1:
        screen.refuse("Edit takes one application at a time; nothing was changed.")
        return
    details = screen.details()
    if details is not None:
        await screen.followup.open_dialog(edit_form(screen.followup, details))


async def open_help(screen: ApplicationScreen) -> None:
    """Open the keys of a screen."""
    await screen.followup.open_dialog(HelpScreen(screen.PLACE, screen.dead_actions()))


async def open_palette(screen: ApplicationScreen) -> None:
    """Find an action, a theme or a saved filter by its name."""
    await screen.followup.open_dialog(Palette(palette_entries(screen)))


def palette_entries(screen: ApplicationScreen) -> list[PaletteEntry]:
    """Return what the palette offers on a screen; on the board first steps, shared boards, saved filters too."""
    app = screen.followup
    entries = [
        *action_entries(screen.PLACE, app.keymap.shown, screen.run_action_id),
        *export_entries(screen),
        *theme_entries(app),
    ]
    if isinstance(screen, BoardScreen):
        entries += begin_entries(screen.welcome.run)
        entries += server_entries(app)
        entries += filter_entries(app.settings.filters, screen.filter_bar.narrow_to)
    return entries


async def open_export(screen: ApplicationScreen) -> None:
    """Pick a format, then a place, and write everything there."""
    await screen.followup.open_dialog(Palette(export_entries(screen)))


async def repeat_command(screen: ApplicationScreen) -> None:
    """Run the last command again on the targets."""
    if screen.last_command is None:
        screen.refuse("There is nothing to repeat yet; nothing was changed.")
    else:
        done = await perform(screen, Run(screen.last_command), screen.targets())
        await open_next(screen.followup, done)


async def open_review(screen: ApplicationScreen) -> None:
    """Open the review, or return to it if it is open below this screen."""
    while isinstance(screen.app.screen, ApplicationScreen) and len(screen.app.screen_stack) > 1:
        if screen.app.screen.PLACE is Place.REVIEW:
            return
        await screen.app.pop_screen()
    try:
        review = load_screen("review")()
    except FollowupError as error:
        screen.followup.tell(error.sentence, alert=True)
    else:
        await screen.followup.push_screen(review)


async def _open(screen: ApplicationScreen, dialog: Callable[[], Screen[Any]]) -> None:
    """Open a dialog that needs to know nothing."""
    await screen.followup.open_dialog(dialog())


open_playbook = partial(_open, dialog=PlaybookScreen)
open_offers = partial(_open, dialog=OffersScreen)
open_insights = partial(_open, dialog=InsightsScreen)
open_settings = partial(_open, dialog=SettingsScreen)
open_journal = partial(_open, dialog=JournalScreen)


def open_link(screen: ApplicationScreen) -> None:
    """Open the application's link in the browser; refuses what is not a web page."""
    details = screen.details()
    if details is None:
        return
    try:
        link = openable(details.application.url, details.application.company)
    except FollowupError as error:
        screen.refuse(error.sentence)
        return
    if can_open_links(screen.followup):
        screen.followup.open_url(link)
        screen.tell(f"Opening {link}")
    else:
        screen.tell(f"No browser opens here; copied the link {copy_text(screen.followup, link)}: {link}")


async def copy_value(screen: ApplicationScreen) -> None:
    """Copy an address, a phone number, the link or a name; asks which if there are several."""
    details = screen.details()
    if details is None:
        return
    values = [(_COPIED[what], value) for what, some in copyable(details).items() for value in some][:9]
    if len(values) == 1:
        await _copy(screen, values[0])
    else:
        options = [
            (str(place), f"{capitalized(what)}: {value}", (what, value))
            for place, (what, value) in enumerate(values, 1)
        ]
        await screen.followup.open_dialog(
            ChoiceDialog(Choice(question="Copy what?", options=options), partial(_copy, screen))
        )


_COPIED = {"mail": "email address", "phone": "phone number", "url": "link", "name": "name"}
"""The kinds of `copyable` in words."""


async def _copy(screen: ApplicationScreen, chosen: tuple[str, str]) -> bool:
    what, value = chosen
    screen.tell(f"Copied the {what} {copy_text(screen.followup, value)}: {value}")
    return True


async def write_letter(screen: ApplicationScreen) -> None:
    """Ask which letter to write, and open it."""
    screen.call_later(lambda: screen.followup.proofreader)  # ready by the time that the questions are answered
    await screen.run_flow_of("letter")


async def edit_notes_of_target(screen: ApplicationScreen) -> None:
    """Edit the notes in the user's editor, and save them if they have changed.

    A text that can't be saved stays in its file.
    """
    if len(screen.targets()) > 1:
        screen.refuse("Edit the notes of one application at a time; nothing was changed.")
        return
    details = screen.details()
    if details is None:
        return
    app, application = screen.followup, details.application
    before = shown(application.notes) + "\n" * bool(application.notes)
    try:
        session, text = edit_suspended(app, before, "notes.txt", app.handle_signals)
    except Refused as error:
        screen.tell(error.sentence, alert=True)
        return
    if text.rstrip() == before.rstrip():
        session.forget()
        screen.tell(f"The notes on {details.name} are unchanged.")
        return
    draft = replace(form_for(details), notes=text)
    seen = {application.id: application.version}
    edit = partial(app.tracker.commands.edit, application.id, draft, seen)
    if await app.run_command(edit, follow=application.id, kept=f"Your text is in {session.path}.") is not None:
        session.forget()


T = TypeVar("T")
_KEYS = "123456789"
"""Keys of the newest backups in the list; the others are chosen with the arrows."""


async def make_backup(screen: ApplicationScreen) -> None:
    """Make a backup now."""
    made = await _run(screen, screen.followup.tracker.safety.back_up)
    if made is not None:
        screen.tell(f"Backed up: {made.name}")


async def _run(screen: ApplicationScreen, call: Callable[[], T]) -> T | None:
    """Run a call on the writer thread; None, with the refusal shown, if it refuses."""
    try:
        return await screen.followup.run_in_thread(call)
    except FollowupError as error:
        screen.refuse(error.sentence)
        return None


async def check_database(screen: ApplicationScreen) -> None:
    """Read all of the file and say what is wrong with it."""
    report = await _run(screen, screen.followup.tracker.safety.check)
    if report is None:
        return
    if report.is_sound:
        place = screen.followup.place
        screen.tell(_sound(place) if place.exists() else "There is no database yet; nothing to check")
    elif report.is_mended_by_indexes:
        await _offer_repair(screen, len(report.indexes))
    else:
        screen.refuse(f"{' '.join(report.sentences)} `followup-tui check --repair` repairs it.")


def _sound(place: DatabasePlace) -> str:
    return f"{place.name if isinstance(place, Path) else place} is sound"


async def _offer_repair(screen: ApplicationScreen, indexes: int) -> None:
    """Ask whether to make wrong indexes again, from which nothing is lost."""
    question = Choice(
        subject="1 damaged index" if indexes == 1 else f"{indexes} damaged indexes",
        question="repair?",
        options=[("y", "Make the indexes again: no row is lost", True), ("n", "Change nothing", False)],
        marked=False,
    )
    await screen.followup.open_dialog(ChoiceDialog(question, partial(_repair, screen)))


async def _repair(screen: ApplicationScreen, is_wanted: bool) -> bool:
    app = screen.followup
    if not is_wanted:
        screen.tell("Nothing was changed")
        return True
    try:
        done = await app.run_in_thread(app.tracker.safety.repair)
    except FollowupError as error:
        screen.refuse(error.sentence)
        return False
    app.note_trouble("")
    await app.reload()
    screen.tell(" ".join(done.sentences) if done else _sound(app.place), alert=True)
    return True


async def choose_backup(screen: ApplicationScreen) -> None:
    """List the backups; Enter on one asks whether to restore it."""
    app = screen.followup
    found = await app.run_in_thread(app.tracker.safety.all_backups)
    if not found:
        screen.refuse(f"There are no backups yet; {app.shown('backup')} makes one.")
        return
    now = app.now()
    options: list[Option] = [
        (_KEYS[place] if place < len(_KEYS) else "", f"{_named(each, app)}, {format_ago(each.made_at, now)}", each)
        for place, each in enumerate(found)
    ]
    question = Choice(subject="Restore", question="which backup?", options=options)
    await app.open_dialog(ChoiceDialog(question, partial(_ask, screen)))


def _named(backup: Backup, app: BaseApp) -> str:
    applications = backup.applications
    held = "can't be read" if applications is None else plural(applications, "application")
    return f"{format_moment(backup.made_at, app.moment)} · {held}"


async def _ask(screen: ApplicationScreen, backup: Backup) -> DialogResult:
    question = Choice(
        subject=_named(backup, screen.followup),
        question="restore it?",
        options=[("y", "Restore it; what is there now is backed up first", True), ("n", "Change nothing", False)],
        marked=False,
    )
    return ChoiceDialog(question, partial(_restore, screen, backup))


async def _restore(screen: ApplicationScreen, backup: Backup, is_wanted: bool) -> bool:
    app = screen.followup
    if not is_wanted:
        screen.tell("Nothing was changed")
        return True
    restore = partial(app.tracker.safety.restore, backup.path)
    done = await _run(screen, partial(app.done_and_known, restore))
    if done is None:
        return False
    await app.reload()
    if done.was_damaged or done.before is None:
        screen.tell(done.sentence(app.now()), alert=True)
    else:
        restored = f"Restored {plural(done.applications, 'application')}"
        screen.tell(f"{restored}; what was there is in the newest backup ({app.shown('restore')})")
    return True
