"""Letters in the plain review: drafted from the same templates, read by the same proofreader, by the same keys."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from followup_tui.cli.commands.proof import finding_line, open_proofreader
from followup_tui.cli.plain_composing import Composer, say_text
from followup_tui.cli.plain_sending import Sending
from followup_tui.cli.prompts import LEAVES, LeftAlone, Option
from followup_tui.cli.questions import About, Verb
from followup_tui.domain.format import plural
from followup_tui.domain.letters.description import describe_letter, describe_letter_to, is_outdated
from followup_tui.domain.letters.template_choice import template_for_another
from followup_tui.domain.model.errors import Conflict, FollowupError, NotFound
from followup_tui.domain.model.text import shown_line
from followup_tui.ui.loan import is_editor_set

if TYPE_CHECKING:
    from followup_tui.domain.model.letter import Letter

_ANEW = ("t", "p")
"""The answers whose questions, left alone, leave the letter as it is, to be asked about again."""
_STAYS = "It stays a draft."


def ask_letter(about: About) -> Verb:
    """A draft to go on with, or a letter that is two thirds written; then what becomes of it."""
    with ExitStack() as open_things:
        return _Desk(about, open_things).settle()


class _Desk:
    """One application's letter, changed and asked about until it goes, is kept or is thrown away."""

    def __init__(self, about: About, open_things: ExitStack) -> None:
        self._about = about
        self._composer = Composer(about)
        self._proofreader = open_things.enter_context(open_proofreader())
        self._is_kept = False
        self._found = 0
        self._letter = self._draft() or self._composer.compose().letter

    def settle(self) -> Verb:
        """Show the letter with what was found in it, and ask what becomes of it until that is settled."""
        self._show()
        self._say_unused()
        while True:
            try:
                verb = self._one()
            except LeftAlone as left:
                raise LeftAlone(left.words or (_STAYS if self._is_kept else "")) from None
            except (Conflict, NotFound):
                raise
            except FollowupError as error:
                self._about.prompts.say(error.sentence)
            else:
                if verb is not None:
                    return verb

    def _one(self) -> Verb | None:
        """One answer; what is to be recorded, or None where there is more to ask."""
        doing = {
            "s": self._send,
            "e": self._edit,
            "t": self._from_template,
            "p": self._to_somebody,
            "k": self._keep,
            "D": self._throw_away,
        }
        options: list[Option[str]] = [("s", "Send it, or record that it is sent", "s")]
        if is_editor_set():
            options.append(("e", "Edit it in your editor", "e"))
        options.append(("t", "Begin anew from another template", "t"))
        if len(self._about.briefing.details.contacts) > 1:
            options.append(("p", "Write it to somebody else", "p"))
        options += [("k", "Keep the draft for later", "k"), ("D", "Throw it away", "D")]
        chosen = self._about.prompts.chosen(f"{self._about.company}: what becomes of it? {LEAVES}.", options)
        if chosen not in _ANEW:
            return doing[chosen]()
        try:
            return doing[chosen]()
        except LeftAlone:
            return None  # on with the letter as it is

    def _draft(self) -> Letter | None:
        """The draft to go on with; None for a new letter."""
        tracker, now = self._about.tracker, self._about.session.now()
        drafts = tracker.drafts(self._about.ids[0])
        if not drafts:
            return None
        details = self._about.briefing.details
        options: list[Option[Letter | None]] = [
            (str(number), shown_line(describe_letter(letter, details, now)), letter)
            for number, letter in enumerate(drafts, 1)
        ]
        options.append(("n", "A new letter", None))
        draft = self._about.prompts.chosen(f"{self._about.company}: which letter? {LEAVES}.", options)
        self._is_kept = draft is not None
        return draft

    # What it says, and what was found in it

    def _show(self) -> None:
        letter, say = self._letter, self._about.prompts.say
        whom = describe_letter_to(letter, self._about.tracker.details(letter.application_id))
        files = f", with {plural(len(letter.attachments), 'file')}" if letter.attachments else ""
        say(f"The {shown_line(whom)} by {letter.channel.label}{files}:")
        if letter.subject:
            say(f"Subject: {shown_line(letter.subject)}")
            say()
        say_text(self._about, letter.body)
        aged = is_outdated(letter, self._about.session.now())
        if aged:
            say(aged)
        self._proof()

    def _proof(self) -> None:
        """Say what the proofreader found."""
        letter, say = self._letter, self._about.prompts.say
        reading = self._about.tracker.reading(letter, None, self._composer.sender)
        proof = self._proofreader.proof(letter.body, reading, subject=letter.subject)
        for finding in proof.subject_findings:
            say(f"Found in the subject: {finding_line(finding)}")
        for finding in proof.findings:
            line, _ = finding.place_in(letter.body)
            say(f"Found in line {line}: {finding_line(finding)}")
        if proof.missing:
            say(proof.missing)
        self._found = len(proof.subject_findings) + len(proof.findings)

    def _say_unused(self) -> None:
        """What stands behind the verb was typed before anybody had read the letter, and sends nothing."""
        unused = self._about.prompts.unused()
        if unused:
            self._about.prompts.say(f"“{shown_line(unused)}” was not needed and did nothing.")

    # What becomes of it

    def _send(self) -> Verb | None:
        if self._found:
            options: list[Option[bool]] = [("y", "Yes, as it is", True), ("n", "No", False)]
            if not self._about.prompts.chosen(f"{plural(self._found, 'finding')}: send it as it is?", options):
                return None
            self._found = 0  # asked once
        self._about.tracker.mailing(self._letter, self._composer.sender)  # refuses an empty one
        self._save()
        return Sending(self._about, self._letter, self._composer.settings).settle()

    def _edit(self) -> None:
        from followup_tui.cli.plain_editing import edited  # a good deal to load, for those who edit

        changed = edited(self._letter)
        if changed == self._letter:
            self._about.prompts.say("Nothing was changed.")
            return
        self._letter = changed
        self._save()
        self._show()

    def _from_template(self) -> None:
        letter = self._letter
        known = self._about.tracker.templates(letter.application_id, to=letter.contact_id)
        options: list[Option[str]] = [
            (str(number), f"{shown_line(one.title)}{' (this one)' * (one.name == letter.template)}", one.name)
            for number, one in enumerate(known, 1)
        ]
        names = [(one.name, "", one.name) for one in known]
        self._anew(self._about.prompts.chosen(f"Begin anew as? {LEAVES}.", options, names), letter.contact_id)

    def _to_somebody(self) -> None:
        """Another person; a thank-you is chosen anew, so that no two are alike."""
        letter = self._letter
        people = self._about.briefing.details.contacts
        options: list[Option[str]] = [
            (
                str(number),
                shown_line(one.name or one.email) + " (this one)" * (one.id == letter.contact_id),
                one.id,
            )
            for number, one in enumerate(people, 1)
        ]
        to = self._about.prompts.chosen(f"Write it to? {LEAVES}.", options)
        self._anew(template_for_another(letter), to)

    def _anew(self, template: str, to: str | None) -> None:
        """Another letter instead of this one; a draft stays beside it."""
        self._letter = self._composer.compose(template=template, to=to).letter
        if self._is_kept:
            self._about.prompts.say("The draft is kept beside the new letter.")
        self._is_kept = False
        self._show()

    def _keep(self) -> None:
        self._save()
        raise LeftAlone("It is kept as a draft.")

    def _throw_away(self) -> None:
        if self._is_kept:
            self._about.prompts.say(f"{self._about.tracker.discard_letter(self._letter.id).said}.")
            raise LeftAlone("Undo brings it back.")
        raise LeftAlone("It is thrown away; nothing was kept of it.")

    def _save(self) -> None:
        self._letter = self._about.tracker.keep_letter(self._letter)
        self._is_kept = True
