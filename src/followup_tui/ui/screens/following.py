"""The verbs of following up: what happened, and dates of one's own; each asks by as few keys as it can."""

from __future__ import annotations

from followup_tui.ui.screens.moving import Moving


class Following(Moving):
    """A screen whose applications are followed up; the questions are loaded when their key is pressed first."""

    async def action_thank(self) -> None:
        """Ask by which way a thank-you was sent, and to whom."""
        await self.run_flow_of("thank")

    async def action_answer(self) -> None:
        """Ask what they said about the next step."""
        await self.run_flow_of("answer")

    async def action_log(self) -> None:
        """Ask what happened."""
        await self.run_flow_of("log")

    async def action_interview(self) -> None:
        """Ask about a further round, or the one that is booked."""
        await self.run_flow_of("interview")

    async def action_note(self) -> None:
        """Write a note into the history."""
        await self.run_flow_of("note")

    async def action_snooze(self) -> None:
        """Ask until when it is put off."""
        await self.run_flow_of("snooze")

    async def action_pin(self) -> None:
        """Ask for a day of the user's own, and why."""
        await self.run_flow_of("pin")

    async def action_pace(self) -> None:
        """Ask how fast they decide."""
        await self.run_flow_of("pace")

    async def action_region(self) -> None:
        """Ask where the employer's holidays are."""
        await self.run_flow_of("region")
