"""The actions on applications, as functions of the screen on which they are run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from followup_tui.actions import Place
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.stage import Stage
from followup_tui.flows import FLOWS, flow_of
from followup_tui.ui.base_app import load_screen
from followup_tui.ui.clipboard import copy_text
from followup_tui.ui.screens.application_screen import ApplicationScreen


async def move_to(screen: ApplicationScreen, stage: Stage) -> None:
    """Move the targets to a stage; the flow asks what it has to know."""
    from followup_tui.ui.dialogs.flow_runner import run_flow  # the first paint asks nothing

    await run_flow(screen, partial(flow_of("move_to"), stage=stage))


async def add_application(screen: ApplicationScreen) -> None:
    """Open the dialog that adds an application in one line."""
    from followup_tui.ui.dialogs.quick_add import QuickAddScreen  # the first paint goes without it

    await screen.followup.open_dialog(QuickAddScreen())


async def edit_application(screen: ApplicationScreen) -> None:
    """Edit the card under the cursor in the full form."""
    # The first paint needs no form.
    from followup_tui.domain.commands.applications import form_for
    from followup_tui.ui.dialogs.application_form import ApplicationFormDialog

    if len(screen.targets()) > 1:
        screen.refuse("Edit takes one application at a time; nothing was changed.")
        return
    details = screen.details()
    if details is None:
        return
    application = details.application
    tracker = screen.followup.tracker
    seen = {application.id: application.version}
    await screen.followup.open_dialog(
        ApplicationFormDialog(
            f"Edit {application.company}",
            form_for(details),
            lambda draft: screen.followup.run_command(
                lambda: tracker.commands.edit(application.id, draft, seen), follow=application.id
            ),
        )
    )


async def repeat_command(screen: ApplicationScreen) -> None:
    """Run the last command again on the targets."""
    if screen.last_command is None:
        screen.refuse("There is no verb to repeat yet.")
    else:
        await screen.do(screen.last_command)


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


async def open_playbook(screen: ApplicationScreen) -> None:
    """Open the rules in force, with their reasons."""
    from followup_tui.ui.dialogs.info_pages import PlaybookScreen  # the first paint goes without it

    await screen.followup.open_dialog(PlaybookScreen())


def open_link(screen: ApplicationScreen) -> None:
    """Open the application's link in the browser; refuses what is not a web page."""
    from followup_tui.domain.views.links import openable  # the first paint opens no link

    details = screen.details()
    if details is None:
        return
    try:
        link = openable(details.application.url, details.application.company)
    except FollowupError as error:
        screen.refuse(error.sentence)
    else:
        screen.followup.open_url(link)
        screen.tell(f"Opening {link}")


async def copy_value(screen: ApplicationScreen) -> None:
    """Copy an address, a phone number, the link or a name; asks which if there are several."""
    # The first paint copies nothing.
    from followup_tui.domain.views.links import copyable
    from followup_tui.flows.question import Choice
    from followup_tui.ui.dialogs.choice import ChoiceDialog

    details = screen.details()
    if details is None:
        return
    values = [(what, value) for what, some in copyable(details).items() for value in some][:9]
    if len(values) == 1:
        await _copy(screen, values[0][1])
    else:
        options = [(str(place), f"{what}: {value}", value) for place, (what, value) in enumerate(values, 1)]
        await screen.followup.open_dialog(
            ChoiceDialog(Choice(question="Copy what?", options=options), partial(_copy, screen))
        )


async def _copy(screen: ApplicationScreen, value: str) -> bool:
    screen.tell(f"Copied {value} ({copy_text(screen.followup, value)})")
    return True


async def write_letter(screen: ApplicationScreen) -> None:
    """Ask which letter to write, and open it."""
    screen.call_later(lambda: screen.followup.proofreader)  # ready by the time that the questions are answered
    await screen.run_flow_of("letter")


async def edit_notes_of_target(screen: ApplicationScreen) -> None:
    """Edit the notes in the user's editor; they are saved when it ends if they have changed."""
    from followup_tui.ui.dialogs.notes import edit_notes  # the first paint starts no editor

    if len(screen.targets()) > 1:
        screen.refuse("Notes are edited for one application at a time; nothing was changed.")
        return
    details = screen.details()
    if details is not None:
        await edit_notes(screen, details)


APPLICATION_ACTIONS: Mapping[str, Callable[[ApplicationScreen], object]] = {
    **{id: partial(ApplicationScreen.run_flow_of, action_id=id) for id in FLOWS},
    "letter": write_letter,
    "new": add_application,
    "edit": edit_application,
    "edit_notes": edit_notes_of_target,
    "repeat": repeat_command,
    "review": open_review,
    "decides": open_playbook,
    "open_link": open_link,
    "copy": copy_value,
}
"""The actions on applications, by their ids: those with questions run their flow."""
