"""Write what was typed in a dialog into the settings file, and heed it at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from followup_tui.domain.model.errors import BadInput, FollowupError
from followup_tui.settings.save import save_setting
from followup_tui.ui.base_app import BaseApp


async def set_up(app: BaseApp, values: Mapping[str, str]) -> bool:
    """Write settings into the file, and heed them; whether they can be taken. Raises `BadInput` for a wrong one.

    Where the file can't be written they hold until the end of the program, and that is told.
    """
    try:
        await app.run_in_thread(partial(save_setting, app.settings_place, values))
    except BadInput:
        raise
    except FollowupError as error:
        app.tell(f"{error.sentence} Your change lasts until you quit.", alert=True)
    app.settings = replace(app.settings, **values)  # type: ignore[arg-type]
    return True
