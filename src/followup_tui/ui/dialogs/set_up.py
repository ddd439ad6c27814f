"""Write what was typed in a dialog into the settings file, and heed it at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import partial

from followup_tui.domain.format import order_dates
from followup_tui.domain.model.errors import BadInput, FollowupError
from followup_tui.domain.views.board import Sort
from followup_tui.settings import Settings
from followup_tui.settings.save import save_setting
from followup_tui.settings.schema import SCHEMA
from followup_tui.tracker.regions import is_month_first
from followup_tui.ui.base_app import BaseApp
from followup_tui.ui.theme import use_theme


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
    order_dates(partial(is_month_first, app.settings))
    return True


_LOOKS, _RULES, _ORDER = {"theme", "colors"}, {"region", "days_off", "english"}, {"sort"}


async def heed(app: BaseApp, before: Settings, after: Settings) -> None:
    """Heed at once what differs between the settings of a file before and after, as far as it needs no restart."""
    changed = {
        field.name: getattr(after, field.name)
        for field in fields(Settings)
        if getattr(before, field.name) != getattr(after, field.name) and not SCHEMA[field.name]["at_start"]
    }
    app.settings = replace(app.settings, **changed)
    if changed.keys() & _LOOKS:
        use_theme(app, app.settings.theme, app.settings.colors)
    if changed.keys() & _ORDER:
        app.board = app.board.sorted_by(Sort(app.settings.sort))
    if changed.keys() & _RULES:
        order_dates(partial(is_month_first, app.settings))
        app.tracker.schedule.forget_rules()
    if changed.keys() & (_RULES | _ORDER):
        await app.reload()
        for screen in app.screen_stack:
            screen.query("*").refresh()  # also what is the same but for its dates
