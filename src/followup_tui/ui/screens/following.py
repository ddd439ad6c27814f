"""The verbs of following up: what happened, and dates of one's own; each asks by as few keys as it can."""

from __future__ import annotations

from followup_tui.ui.screens.moving import Moving


class Following(Moving):
    """A screen whose applications are followed up; the questions are loaded when their key is pressed first."""

    async def action_thank(self) -> None:
        """Ask by which way a thank-you was sent, and to whom."""
        from followup_tui.ui.asking.thanks import ask_thanks

        await self.ask(ask_thanks)

    async def action_answer(self) -> None:
        """Ask what they said about the next step."""
        from followup_tui.ui.asking.answer import ask_answer

        await self.ask(ask_answer)

    async def action_log(self) -> None:
        """Ask what happened."""
        from followup_tui.ui.asking.contact import ask_contact

        await self.ask(ask_contact)

    async def action_interview(self) -> None:
        """Ask about a further round, or the one that is booked."""
        from followup_tui.ui.asking.interview import ask_interview

        await self.ask(ask_interview)

    async def action_note(self) -> None:
        """Write a note into the history."""
        from followup_tui.ui.asking.contact import ask_note

        await self.ask(ask_note)

    async def action_snooze(self) -> None:
        """Ask until when it is put off."""
        from followup_tui.ui.asking.own_dates import ask_snooze

        await self.ask(ask_snooze)

    async def action_pin(self) -> None:
        """Ask for a day of the user's own, and why."""
        from followup_tui.ui.asking.own_dates import ask_pin

        await self.ask(ask_pin)

    async def action_pace(self) -> None:
        """Ask how fast they decide."""
        from followup_tui.ui.asking.own_dates import ask_pace

        await self.ask(ask_pace)

    async def action_region(self) -> None:
        """Ask where the employer's holidays are."""
        from followup_tui.ui.asking.own_dates import ask_region

        await self.ask(ask_region)
