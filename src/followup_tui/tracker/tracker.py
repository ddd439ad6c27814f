"""The tracker: every verb the program has, for the screen and the shell alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from followup_tui.domain.commands import applications, stages
from followup_tui.domain.commands.answers import answer
from followup_tui.domain.commands.interviews import book_round, cancel, reschedule
from followup_tui.domain.commands.schedule import pin, set_pace, set_region, snooze
from followup_tui.domain.commands.touches import Thanks, log, log_unanswered, thank, touch_of
from followup_tui.domain.model.application import Pace
from followup_tui.domain.model.application_form import ApplicationForm, clean_form
from followup_tui.domain.model.change import Change
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.interview import Booking, InterviewKind
from followup_tui.domain.model.next_step import Answer
from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.model.text import clean_block, clean_line
from followup_tui.domain.model.touch import CallOutcome, Channel
from followup_tui.domain.model.when import When
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.tracker.committing import Ids, Versions
from followup_tui.tracker.composing import Composing
from followup_tui.tracker.outcome import Done


class Tracker(Composing):
    """One database and the verbs on it; each refuses with a sentence, and each can be undone."""

    # What there is

    def add(self, draft: ApplicationForm) -> Done:
        """A new application."""
        clean, dropped = clean_form(draft)
        return self._commit(
            lambda: applications.add(clean, number=self._reader.next_number(), now=self.clock()), dropped=dropped
        )

    def edit(self, id: str, draft: ApplicationForm, versions: Versions | None = None) -> Done:
        """Change what an application says; only what differs is written."""
        clean, dropped = clean_form(draft)
        return self._each(
            "edit", [id], lambda each, at, book: applications.edit(each, clean, at), versions, dropped
        )

    # Stages

    def advance(
        self, ids: Ids, versions: Versions | None = None, outcome: Outcome | None = None, override: str = ""
    ) -> Done:
        """To the next stage; the thank-you that goes with it asks the guard, unless `override` gives a reason."""
        why = clean_block(override, "reason")
        return self._each(
            "move",
            ids,
            lambda each, at, book: stages.advance(each, at, book, outcome, why.text),
            versions,
            why.dropped,
        )

    def back(self, ids: Ids, versions: Versions | None = None) -> Done:
        """To the stage before."""
        return self._each("move", ids, stages.back, versions)

    def move_to(
        self,
        ids: Ids,
        stage: Stage,
        versions: Versions | None = None,
        outcome: Outcome | None = None,
        override: str = "",
    ) -> Done:
        """To any stage; the thank-you that goes with it asks the guard, unless `override` gives a reason."""
        why = clean_block(override, "reason")
        return self._each(
            "move",
            ids,
            lambda each, at, book: stages.move_to(each, at, book, stage, outcome, why.text),
            versions,
            why.dropped,
        )

    def finish(self, ids: Ids, outcome: Outcome, versions: Versions | None = None) -> Done:
        """Done with them: closed with an outcome."""
        return self._each("close", ids, lambda each, at, book: stages.close(each, at, book, outcome), versions)

    def reopen(self, ids: Ids, versions: Versions | None = None) -> Done:
        """Take closed ones up again."""
        return self._each("reopen", ids, stages.reopen, versions)

    # What happened

    def thank(
        self,
        ids: Ids,
        *,
        to: Sequence[str] = (),
        by: Channel = Channel.EMAIL,
        at: datetime | None = None,
        override: str = "",
        versions: Versions | None = None,
    ) -> Done:
        """A thank-you was sent: to those named by id or a part of their name, else to all who wait for one."""
        why = clean_block(override, "reason")
        thanks = Thanks(to=tuple(to), by=by, at=at, override=why.text)
        return self._each(
            "thank", ids, lambda each, now, book: thank(each, now, thanks, book), versions, why.dropped
        )

    def log(
        self,
        ids: Ids,
        word: str,
        *,
        at: datetime | None = None,
        note: str = "",
        outcome: CallOutcome | None = None,
        override: str = "",
        versions: Versions | None = None,
    ) -> Done:
        """Record a touch; `word` is one of `touching.LOGGABLE`. Asks the guard, unless there is an `override`."""
        said, why = clean_block(note, "note"), clean_block(override, "reason")

        def move(details: ApplicationDetails, now: datetime, book: Rulebook) -> Change:
            touch = touch_of(details, now, word, at=at, note=said.text, outcome=outcome, override=why.text)
            return log(details, now, touch, book)

        return self._each("log", ids, move, versions, said.dropped + why.dropped)

    def log_unanswered(
        self, ids: Ids, *, at: datetime | None = None, override: str = "", versions: Versions | None = None
    ) -> Done:
        """A call that nobody answered and the voicemail left at its end, as one change."""
        why = clean_block(override, "reason")
        return self._each(
            "log",
            ids,
            lambda each, now, book: log_unanswered(each, now, book, at=at, override=why.text),
            versions,
            why.dropped,
        )

    def answer(
        self, ids: Ids, said: Answer, *, by: When | None = None, note: str = "", versions: Versions | None = None
    ) -> Done:
        """What they said about the next step, at the interview or by a reply."""
        text = clean_block(note, "note")
        return self._each(
            "answer",
            ids,
            lambda each, now, book: answer(each, now, said, book, by=by, note=text.text),
            versions,
            text.dropped,
        )

    def interview(
        self,
        id: str,
        when: When,
        *,
        people: Sequence[Person] = (),
        kind: InterviewKind | None = None,
        versions: Versions | None = None,
    ) -> Done:
        """A further round; the card goes back to Interviewed."""
        dropped = 0
        clean: list[Person] = []
        for person in people:
            name, mail = clean_line(person.name, "name"), clean_line(person.email, "mail address")
            phone = clean_line(person.phone, "phone number")
            dropped += name.dropped + mail.dropped + phone.dropped
            named = Person(name=name.text, email=mail.text, phone=phone.text)
            clean += [named] if named.name or named.email else []
        booking = Booking(when=when, people=tuple(clean), kind=kind)
        return self._each(
            "interview", [id], lambda each, now, book: book_round(each, now, booking, book), versions, dropped
        )

    def reschedule(self, id: str, when: When, versions: Versions | None = None) -> Done:
        """Another time for the round that lies ahead."""
        return self._each("interview", [id], lambda each, now, book: reschedule(each, now, when, book), versions)

    def cancel_interview(self, id: str, versions: Versions | None = None) -> Done:
        """The round that lies ahead doesn't take place."""
        return self._each("interview", [id], cancel, versions)

    # The user's own dates

    def snooze(self, ids: Ids, until: date | None, versions: Versions | None = None) -> Done:
        """Hide them until a day; None wakes them."""
        return self._each("snooze", ids, lambda each, now, book: snooze(each, now, until, book), versions)

    def pin(self, ids: Ids, on: date | None, why: str = "", versions: Versions | None = None) -> Done:
        """A date of the user's own with its reason; None takes it off."""
        reason = clean_line(why, "reason")
        return self._each(
            "pin",
            ids,
            lambda each, now, book: pin(each, now, on, reason.text, book),
            versions,
            reason.dropped,
        )

    def set_pace(self, ids: Ids, pace: Pace, versions: Versions | None = None) -> Done:
        """How fast the employer decides."""
        return self._each("pace", ids, lambda each, now, book: set_pace(each, now, pace), versions)

    def set_region(self, ids: Ids, region: str, versions: Versions | None = None) -> Done:
        """Where the employer's holidays are; empty is the home region. `BadInput` for one that nobody knows."""
        from followup_tui.tracker.regions import known_region  # it loads all holidays there are

        known = known_region(region) if region.strip() else ""
        return self._each("region", ids, lambda each, now, book: set_region(each, now, known), versions)

    def commit(self, change: Change, *, dropped: int = 0) -> Done:
        """Write a change that was made elsewhere: an import, the demo's cards."""
        return self._commit(lambda: change, dropped=dropped)
