"""Letters: drafts kept as they are typed, what the proofreader must know, and a letter that was sent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from followup_tui.domain.commands.letters import addressee, discard, judge_letter, send
from followup_tui.domain.letters.finding import Finding, ProofContext, ignored_key
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import NotFound, Refused
from followup_tui.domain.model.letter import Letter, Sender
from followup_tui.domain.model.text import clean_block, clean_line
from followup_tui.domain.model.touch import Channel
from followup_tui.domain.rules.guard import Verdict
from followup_tui.tracker.committing import Versions
from followup_tui.tracker.outcome import Done
from followup_tui.tracker.reviewing import Reviewing


class Lettering(Reviewing):
    """A database in which letters are drafted, and recorded once they are on their way."""

    def letters(self, id: str) -> tuple[Letter, ...]:
        """The letters of an application: drafts and those that were sent, oldest first."""
        return self._reader.letters(id)

    def drafts(self, id: str) -> list[Letter]:
        """The drafts of an application that can be gone on with, the newest first."""
        open_ones = (one for one in self.letters(id) if one.sent_at is None and not one.kind.is_spoken)
        return sorted(open_ones, key=lambda letter: letter.changed_at, reverse=True)

    def letter(self, letter_id: str) -> Letter:
        """One letter as it was saved last; raises `NotFound` where it no longer exists."""
        letter = self._reader.letter(letter_id)
        if letter is None:
            raise NotFound("This draft no longer exists; it was thrown away from another window.")
        return letter

    def keep_letter(self, letter: Letter) -> Letter:
        """Save a draft as it stands; returns it as it was saved, with controls dropped and its new version.

        Raises `Conflict` where it was changed, sent or thrown away from another window meanwhile, and `NotFound`
        where its application is gone.
        """
        subject, body = clean_line(letter.subject, "subject"), clean_block(letter.body, "letter")
        clean = replace(letter, subject=subject.text, body=body.text, changed_at=self.clock())
        with self._writing, self._ready_writer().transaction() as transaction:
            self.details(letter.application_id)
            return transaction.save_draft(clean)

    def discard_letter(self, letter_id: str) -> Done:
        """Throw a draft away; undo brings it back."""
        letter = self.letter(letter_id)
        return self._each("discard", [letter.application_id], lambda each, at, book: discard(each, at, letter))

    def judged_letter(self, letter: Letter) -> Verdict:
        """The guard's verdict on sending this letter now."""
        details = self.details(letter.application_id)
        return judge_letter(details, letter, self.clock(), self._book(details))

    def send_letter(
        self,
        letter: Letter,
        *,
        by: Channel | None = None,
        at: datetime | None = None,
        override: str = "",
        versions: Versions | None = None,
    ) -> Done:
        """Record a letter, which was kept before, as sent; `by` another way than it was written for.

        The touch, the move of the card and the draft that becomes a letter are one change. Asks the guard, unless
        there is an `override`.
        """
        why = clean_block(override, "reason")
        return self._each(
            "send",
            [letter.application_id],
            lambda each, now, book: send(each, now, letter, book, by=by, at=at, override=why.text),
            versions,
            why.dropped,
        )

    # The proofreader

    def reading(self, letter: Letter | None, application_id: str | None, sender: Sender) -> ProofContext:
        """What the proofreader must know of a letter, or of any text for an application, or of any at all."""
        taught = frozenset(self.taught())
        here = letter.application_id if letter is not None else application_id
        if here is None:
            return ProofContext(sender=sender.name, english=sender.english, taught=taught)
        details = self.details(here)
        recipient = addressee(details, letter) if letter is not None else None
        return replace(
            self._among_others(details),
            sender=sender.name,
            english=sender.english,
            taught=taught,
            recipient=recipient.name if recipient else "",
            kind=letter.kind if letter is not None else None,
            attachments=len(letter.attachments) if letter is not None else None,
        )

    def _among_others(self, details: ApplicationDetails) -> ProofContext:
        """The names that belong into a letter, and those that don't; one known in both places belongs."""
        application = details.application
        own = {application.company.casefold(), *(contact.name.casefold() for contact in details.contacts)}
        elsewhere = [known for known in self._reader.people() if known.application_id != application.id]
        companies = dict.fromkeys(one.company for one in elsewhere if one.company.casefold() not in own)
        people = dict.fromkeys(one.person for one in elsewhere if one.person and one.person.casefold() not in own)
        roles = dict.fromkeys(one.role for one in elsewhere if one.role.casefold() != application.role.casefold())
        return ProofContext(
            company=application.company,
            role=application.role,
            people=tuple(contact.name for contact in details.contacts if contact.name),
            other_companies=tuple(companies),
            other_people=tuple(people),
            other_roles=tuple(roles),
        )

    def taught(self) -> tuple[str, ...]:
        """The keys of the findings that are ignored for good, in the order in which they were taught."""
        return self._reader.ignored_findings()

    def teach(self, finding: Finding) -> str:
        """Ignore a finding for good, in any text; returns its key, by which it can be heeded again."""
        if not finding.text.strip():
            raise Refused("What is missing can't be ignored for good; nothing was changed.")
        key = ignored_key(finding.rule, finding.text)
        with self._writing, self._ready_writer().transaction() as transaction:
            transaction.ignore_finding(key, self.clock())
        return key

    def unteach(self, keys: Collection[str]) -> int:
        """Heed findings again; returns how many of them had been ignored."""
        with self._writing, self._ready_writer().transaction() as transaction:
            return transaction.stop_ignoring(keys)
