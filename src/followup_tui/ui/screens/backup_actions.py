"""The board's actions on the file itself: back up, restore, check."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from followup_tui.domain.describe import format_ago
from followup_tui.domain.format import format_moment, plural
from followup_tui.domain.model.errors import FollowupError
from followup_tui.flows.question import Choice, Option
from followup_tui.ui.base_app import BaseApp
from followup_tui.ui.dialogs.choice import ChoiceDialog
from followup_tui.ui.screens.application_screen import ApplicationScreen

if TYPE_CHECKING:
    from followup_tui.server_address import Place
    from followup_tui.tracker.safety import Backup
    from followup_tui.ui.dialogs.dialog import DialogResult

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


def _sound(place: Place) -> str:
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
