"""The commands on applications, for the screen and the shell alike; also deleting, merging and forgetting them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from followup_tui.domain.commands import applications, stages
from followup_tui.domain.commands.answers import answer, make_offer
from followup_tui.domain.commands.applications import delete, pin, set_pace, set_region, snooze
from followup_tui.domain.commands.interviews import book_round, cancel, mark_seen, reschedule
from followup_tui.domain.commands.merge import merge
from followup_tui.domain.commands.touches import Thanks, log, log_unanswered, thank, touch_of
from followup_tui.domain.format import plural
from followup_tui.domain.model.application import Answer, Application, Outcome, Pace, Stage
from followup_tui.domain.model.application_form import (
    ApplicationForm,
    OfferTerms,
    clean_fields,
    clean_form,
    clean_people,
)
from followup_tui.domain.model.change import Change, name_in
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import GONE, NotFound, StoreTrouble
from followup_tui.domain.model.interview import Booking
from followup_tui.domain.model.text import clean_block, clean_line, name_among
from followup_tui.domain.model.touch import CallOutcome, Channel, TouchKind
from followup_tui.domain.model.when import When
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.files import backups_folder
from followup_tui.store.backup import back_up, delete_backup, kept_files
from followup_tui.store.connections import first_bytes
from followup_tui.store.reader import Reader
from followup_tui.tracker.commit import CommandResult, Committer, Ids, Versions
from followup_tui.tracker.regions import known_region

if TYPE_CHECKING:
    from followup_tui.server_address import Place


class Commands:
    """The commands on one database; each refuses with a sentence, and each can be undone.

    `versions` are those the user saw: an application that was changed since raises `Conflict`. `override` is the
    user's reason to go on though the guard says no.
    """

    def __init__(self, reader: Reader, committer: Committer) -> None:
        self._reader = reader
        self._committer = committer
        self.run, self.undo, self.redo = committer.run, committer.undo, committer.redo

    def commit(self, change: Change, *, dropped: int = 0) -> CommandResult:
        """Write a change that was made elsewhere, such as the demo's applications."""
        return self._committer.commit(lambda at: change, dropped=dropped)

    def add(self, draft: ApplicationForm) -> CommandResult:
        """Add an application; who is known there already has the same address."""
        clean, dropped = clean_form(draft)

        def command(at: datetime) -> Change:
            """The application, with what other applications at this employer know, and named beside them."""
            others = self._reader.details_at(clean.company)
            completed = applications.with_known_addresses(clean, others)
            change = applications.add(completed, number=self._reader.next_number(), now=at)
            (application,) = (edit.after for edit in change.edits if isinstance(edit.after, Application))
            return name_in(change, name_among(application, [other.application for other in others]))

        return self._committer.commit(command, dropped=dropped)

    def edit(self, id: str, draft: ApplicationForm, versions: Versions | None = None) -> CommandResult:
        """Edit an application; only what differs is written."""
        clean, dropped = clean_form(draft)
        return self.run(
            "edit", [id], lambda each, at, rules: applications.edit(each, clean, at), versions, dropped
        )

    # Stages

    def advance(
        self, ids: Ids, versions: Versions | None = None, outcome: Outcome | None = None, override: str = ""
    ) -> CommandResult:
        """Move applications to the next stage; a thank-you that this records asks the guard."""
        why = clean_block(override, "reason")
        return self.run(
            "move",
            ids,
            lambda details, at, rules: stages.advance(details, at, rules, outcome, why.text),
            versions,
            why.dropped,
        )

    def back(self, ids: Ids, versions: Versions | None = None) -> CommandResult:
        """Move applications to the stage before."""
        return self.run("move", ids, stages.back, versions)

    def move_to(
        self,
        ids: Ids,
        stage: Stage,
        versions: Versions | None = None,
        outcome: Outcome | None = None,
        override: str = "",
    ) -> CommandResult:
        """Move applications to any stage; a thank-you that this records asks the guard."""
        why = clean_block(override, "reason")
        return self.run(
            "move",
            ids,
            lambda details, at, rules: stages.move_to(details, at, rules, stage, outcome, why.text),
            versions,
            why.dropped,
        )

    def finish(self, ids: Ids, outcome: Outcome, versions: Versions | None = None) -> CommandResult:
        """Close applications with an outcome."""
        return self.run(
            "close", ids, lambda details, at, rules: stages.close(details, at, rules, outcome), versions
        )

    def reopen(self, ids: Ids, versions: Versions | None = None) -> CommandResult:
        """Reopen closed applications."""
        return self.run("reopen", ids, stages.reopen, versions)

    # Contacts

    def thank(
        self,
        ids: Ids,
        *,
        to: Sequence[str] = (),
        by: Channel | None = None,
        at: datetime | None = None,
        override: str = "",
        versions: Versions | None = None,
    ) -> CommandResult:
        """Record a thank-you: to the people given by id or a part of their name, else to all who wait for one."""
        why = clean_block(override, "reason")
        thanks = Thanks(to=tuple(to), by=by, at=at, override=why.text)
        return self.run(
            "thank", ids, lambda details, now, rules: thank(details, now, thanks, rules), versions, why.dropped
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
        meant: TouchKind | None = None,
        versions: Versions | None = None,
    ) -> CommandResult:
        """Record a touch, which asks the guard; `word` is one of `touches.LOGGABLE`, `meant` see `touch_of`."""
        text, why = clean_block(note, "note"), clean_block(override, "reason")

        def command(details: ApplicationDetails, now: datetime, rules: Rulebook) -> Change:
            touch = touch_of(
                details,
                now,
                word,
                at=at,
                note=text.text,
                outcome=outcome,
                override=why.text,
                book=rules,
                meant=meant,
            )
            return log(details, now, touch, rules)

        return self.run("log", ids, command, versions, text.dropped + why.dropped)

    def log_unanswered(
        self, ids: Ids, *, at: datetime | None = None, override: str = "", versions: Versions | None = None
    ) -> CommandResult:
        """Record a call that nobody answered and the voicemail left at its end, as one change."""
        why = clean_block(override, "reason")
        return self.run(
            "log",
            ids,
            lambda details, now, rules: log_unanswered(details, now, rules, at=at, override=why.text),
            versions,
            why.dropped,
        )

    def answer(
        self, ids: Ids, said: Answer, *, by: When | None = None, note: str = "", versions: Versions | None = None
    ) -> CommandResult:
        """Record what they said about the next step, at the interview or in a reply."""
        text = clean_block(note, "note")
        return self.run(
            "answer",
            ids,
            lambda details, now, rules: answer(details, now, said, rules, by=by, note=text.text),
            versions,
            text.dropped,
        )

    def offer(self, ids: Ids, terms: OfferTerms, versions: Versions | None = None) -> CommandResult:
        """Record an offer, or change the open one."""
        clean, dropped = clean_fields(terms, {"pay": "pay", "start": "start"})
        return self.run(
            "offer", ids, lambda details, now, rules: make_offer(details, now, clean, rules), versions, dropped
        )

    # Interviews

    def interview(self, id: str, typed: Booking, versions: Versions | None = None) -> CommandResult:
        """Book a further interview; the application goes back to Interviewed."""
        people, dropped_of_people = clean_people(typed.people)
        clean, dropped = clean_fields(typed, {name: name for name in ("place", "link", "referrer")})
        booking = replace(clean, people=people)
        return self.run(
            "interview",
            [id],
            lambda details, now, rules: book_round(details, now, booking, rules),
            versions,
            dropped + dropped_of_people,
        )

    def reschedule(self, id: str, when: When, versions: Versions | None = None) -> CommandResult:
        """Change the time of the coming interview."""
        return self.run(
            "interview", [id], lambda details, now, rules: reschedule(details, now, when, rules), versions
        )

    def cancel_interview(self, id: str, versions: Versions | None = None) -> CommandResult:
        """Cancel the coming interview."""
        return self.run("interview", [id], cancel, versions)

    def mark_seen(self, ids: Ids, versions: Versions | None = None) -> CommandResult:
        """Mark today's interviews as seen: they ask no more today."""
        return self.run("seen", ids, mark_seen, versions)

    # The user's own dates

    def snooze(self, ids: Ids, until: date | None, versions: Versions | None = None) -> CommandResult:
        """Snooze applications until a day; None wakes them."""
        return self.run("snooze", ids, lambda details, now, rules: snooze(details, now, until, rules), versions)

    def pin(self, ids: Ids, on: date | None, why: str = "", versions: Versions | None = None) -> CommandResult:
        """Pin the next action to a day, with a reason; None removes the pin."""
        reason = clean_line(why, "reason")
        return self.run(
            "pin",
            ids,
            lambda details, now, rules: pin(details, now, on, reason.text, rules),
            versions,
            reason.dropped,
        )

    def set_pace(self, ids: Ids, pace: Pace, versions: Versions | None = None) -> CommandResult:
        """Set how fast the employer decides."""
        return self.run("pace", ids, lambda details, now, rules: set_pace(details, now, pace), versions)

    def set_region(self, ids: Ids, region: str, versions: Versions | None = None) -> CommandResult:
        """Set the region of the employer's holidays, empty for the home region; `BadInput` for an unknown one."""
        code = known_region(region) if region.strip() else ""
        return self.run("region", ids, lambda details, now, rules: set_region(details, now, code), versions)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetResult:
    """What was forgotten, how many backups still hold it, and how many were deleted for it."""

    result: CommandResult
    ids: frozenset[str]
    holding: tuple[Path, ...] = ()
    deleted: int = 0
    trouble: str = ""

    @property
    def notice(self) -> CommandResult:
        """The result with all of that in its sentence, short enough for one line."""
        return replace(self.result, said=" ".join(self._sentences(is_short=True)))

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was done, and what is left to do."""
        return tuple(self._sentences(is_short=False))

    def _sentences(self, *, is_short: bool) -> Iterator[str]:
        yield f"{self.result.said}. This can't be undone."
        if self.trouble:
            yield self.trouble
        if self.deleted:
            was = "was" if self.deleted == 1 else "were"
            yield f"{plural(self.deleted, 'backup')} that held it {was} deleted."
        if self.holding:
            count, has, those = len(self.holding), "have", "those"
            if count == 1:
                has, those = "has", "that"
            where = advice = ""
            if not is_short:
                where = f" in {self.holding[0].parent}"
                advice = f": delete {those} yourself, or use --backups next time"
            yield f"{plural(count, 'backup')}{where} still {has} it{advice}."


class Removal:
    """Takes applications off one database."""

    def __init__(self, place: Place, reader: Reader, committer: Committer, clock: Callable[[], datetime]) -> None:
        self._place = place
        self._reader = reader
        self._committer = committer
        self._clock = clock

    def delete(self, ids: Ids, versions: Versions | None = None) -> CommandResult:
        """Delete applications with everything that belongs to them; one undo brings all of it back."""
        return self._committer.run(
            "delete",
            ids,
            lambda details, at, rules: delete(details, self._reader.letters(details.application.id), at),
            versions,
        )

    def merge(self, kept: str, other: str, versions: Versions | None = None) -> CommandResult:
        """Merge an application into the one that is `kept`; one undo separates them again."""
        return self._committer.run_together(
            list(dict.fromkeys((kept, other))),
            lambda both, at: merge(both[0], both[-1], self._reader.letters(other), at),
            versions,
        )

    def forget(self, id: str, *, with_backups: bool = False) -> ForgetResult:
        """Erase an application from the file for good, and `with_backups` also delete the backups that hold it.

        A new backup is made instead of those. What was merged into the application is erased too.
        """
        companies = {known_id: company for known_id, _, company, _ in self._reader.identities()}
        company = companies.get(id)
        if company is None:
            raise NotFound(GONE)
        with self._committer.transaction() as transaction:
            ids = transaction.erase(id)
            at = self._clock()
        said = f"{company} is erased for good"
        change = Change(verb="forget", label=said, at=at, edits=())
        result = CommandResult(change=change, said=said, gone=tuple(ids), at=at)
        trouble = self._shrink()
        kept = kept_files(backups_folder(self._place)) if isinstance(self._place, Path) else ()
        holding = tuple(file for file in kept if _holds(file, ids))
        forgotten = ForgetResult(result=result, ids=ids, holding=holding, trouble=trouble)
        return self.forget_backups(forgotten) if with_backups else forgotten

    def forget_backups(self, forgotten: ForgetResult) -> ForgetResult:
        """Delete the backups that still hold what was forgotten, after a new one was made."""
        if not forgotten.holding or not isinstance(self._place, Path):
            return forgotten
        back_up(self._place, backups_folder(self._place), forgotten.result.at)
        holding = tuple(file for file in forgotten.holding if not delete_backup(file))
        return replace(forgotten, holding=holding, deleted=len(forgotten.holding) - len(holding))

    def clear_journal(self) -> None:
        """Delete the list of changes, so that undo goes back no further than now."""
        with self._committer.transaction() as transaction:
            transaction.clear_journal()

    def _shrink(self) -> str:
        """Write the file again; a sentence if that fails: the rows themselves have been overwritten already."""
        try:
            self._committer.vacuum()
        except StoreTrouble:
            return "Its text is overwritten, but the file could not be made smaller, which does no harm."
        return ""


def _holds(file: Path, ids: frozenset[str]) -> bool:
    """Whether one of the ids occurs anywhere in a file."""
    content = first_bytes(file, file.stat().st_size)
    return any(id.encode() in content for id in ids)
