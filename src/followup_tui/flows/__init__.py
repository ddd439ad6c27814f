"""The questions of each action, written once for the screen and for line mode; no Textual here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from followup_tui.actions import ACTIONS

if TYPE_CHECKING:
    from followup_tui.flows.question import Flow

FLOWS: Mapping[str, str] = {action.id: action.flow for action in ACTIONS if action.flow}
"""The module of each action's flow, by the action's id, which is also the name of the flow's function."""


def flow_of(action_id: str) -> Callable[..., Flow]:
    """The flow of an action, a function that takes a `Selection`.

    Its module is imported with its first use, since the first paint needs none.
    """
    module = import_module(f"followup_tui.flows.{FLOWS[action_id]}")
    flow: Callable[..., Flow] = getattr(module, action_id)
    return flow
