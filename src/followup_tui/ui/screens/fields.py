"""Typing into a field: keys are carried out in the order in which they came, corrections among them."""

from __future__ import annotations

import asyncio

from textual.widget import Widget


async def settle(field: Widget) -> None:
    """Wait until a field has taken every key that came before this moment."""
    taken = asyncio.Event()
    field.call_later(taken.set)
    await taken.wait()


async def correct(field: Widget, key: str) -> bool:
    """Carry out what corrects a field (backspace, arrows) at once; whether the key does that.

    Left to itself it would come only after all the letters, and the Enter, that were typed behind it.
    """
    bound = field._bindings.key_to_bindings.get(key)
    if bound:
        await settle(field)
        await field.run_action(bound[0].action)
    return bool(bound)
