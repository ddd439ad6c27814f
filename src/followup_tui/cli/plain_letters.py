"""Letters and calls in the plain review: drafted from the same templates, read by the same proofreader."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from followup_tui.cli.letters import finding_line, open_proofreader
from followup_tui.cli.prompts import LeftAlone, Option
from followup_tui.cli.questions import LEAVES, About, Verb
from followup_tui.domain.choices import CALLS
from followup_tui.domain.errors import Refused
from followup_tui.domain.letter import LetterKind, Mailing
from followup_tui.domain.letter_fields import FIELDS, Kept
from followup_tui.domain.letter_told import letter_words
from followup_tui.domain.sending import addressee
from followup_tui.domain.text import shown, shown_line
from followup_tui.domain.touch import Channel
from followup_tui.letters.out.mail_program import open_in_mail_program
from followup_tui.letters.out.mailto import mailto
from followup_tui.letters.out.paper import plain_text
from followup_tui.letters.out.saving import save_eml
from followup_tui.settings.writing import save_setting

if TYPE_CHECKING:
    from followup_tui.domain.letter import Letter, Sender
    from followup_tui.domain.touch import CallOutcome
    from followup_tui.tracker.composing import Composition


def ask_letter(about: About) -> Verb:
    """A draft to go on with, or a letter that is two thirds written; then by which way it goes."""
    return _Desk(about).letter()


def ask_call(about: About) -> Verb:
    """What to say, and the number; then how the call went."""
    return _Desk(about).call()


class _Desk:
    """One application's letters and scripts, asked about line by line."""

    def __init__(self, about: About) -> None:
        self._about = about
        self._id = about.ids[0]
        self._reason = ""

    @cached_property
    def _sender(self) -> Sender:
        return self._about.session.load_settings().sender()

    # Letters

    def letter(self) -> Verb:
        """Show the letter with what was found in it, and ask what becomes of it."""
        letter = self._draft() or self._composed(spoken=False).letter
        mailing = self._about.tracker.mailing(letter, self._sender)
        self._say_text(plain_text(mailing))
        self._proof(letter)
        options: list[Option[str]] = [
            ("m", "Open it in your mail program", "m"),
            ("f", "Save it as a mail file (.eml)", "f"),
            ("k", "Keep the draft for later", "k"),
            ("y", "It is sent already: record it", "y"),
        ]
        way = self._about.prompts.chosen(f"{self._about.company}: what becomes of it? {LEAVES}.", options)
        letter = self._about.tracker.keep_letter(letter)
        if way == "k":
            self._about.prompts.say("It is kept as a draft.")
            raise LeftAlone
        self._insist_allowed(letter)
        if way in ("m", "f"):
            (self._by_mail_program if way == "m" else self._as_file)(mailing)
            self._ask_whether_sent()
        by = None if way == "y" else Channel.EMAIL
        tracker, seen = self._about.tracker, self._about.seen
        return lambda why: tracker.send_letter(letter, by=by, override=why or self._reason, versions=seen)

    def _draft(self) -> Letter | None:
        """The draft to go on with; None for a new letter."""
        tracker, now = self._about.tracker, self._about.session.now()
        drafts = [one for one in tracker.letters(self._id) if one.sent_at is None and not one.kind.is_spoken]
        drafts.sort(key=lambda letter: letter.changed_at, reverse=True)
        if not drafts:
            return None
        dossier = self._about.briefing.dossier
        options: list[Option[Letter | None]] = [
            (str(number), shown_line(letter_words(letter, dossier, now)), letter)
            for number, letter in enumerate(drafts, 1)
        ]
        options.append(("n", "A new letter", None))
        return self._about.prompts.chosen(f"{self._about.company}: which letter? {LEAVES}.", options)

    def _composed(self, *, spoken: bool, template: str = "", to: str | None = None) -> Composition:
        """A letter or a script with nothing missing, once what it needs was asked for."""
        offered: frozenset[str] = frozenset()
        asked: dict[str, str] = {}
        while True:
            composition = self._about.tracker.compose(
                self._id, self._sender, template=template, to=to, asked=asked, spoken=spoken
            )
            asks = composition.asks(offered)
            if not asks:
                for problem in composition.problems:
                    self._about.prompts.say(problem)
                return composition
            offered |= {asks[0]}
            typed = self._ask_field(composition, asks[0])
            if typed:
                asked[asks[0]] = typed
                to = self._keep(composition, asks[0], typed) or to

    def _ask_field(self, composition: Composition, name: str) -> str:
        about, is_needed = FIELDS[name], name in composition.missing
        skip = "" if is_needed else " An empty line goes on without."
        return self._about.prompts.text(f"{about.label}? {about.help}{skip} {LEAVES}.", may_be_empty=not is_needed)

    def _keep(self, composition: Composition, name: str, text: str) -> str | None:
        """Write down what holds for more than this letter; the contact that came with it, where one did."""
        home = composition.home(name)
        if home is Kept.SENDER:
            save_setting(self._about.session.settings_place, {FIELDS[name].setting: text})
            del self._sender
        elif home is not Kept.LETTER:
            self._about.tracker.fill_field(composition, name, text)
            return self._about.tracker.whom_now(composition)
        return None

    def _say_text(self, text: str) -> None:
        for line in text.rstrip("\n").split("\n"):
            self._about.prompts.say(shown(line))

    def _proof(self, letter: Letter) -> None:
        """Say what the proofreader found."""
        reading = self._about.tracker.reading(letter, None, self._sender)
        with open_proofreader() as proofreader:
            proof = proofreader.proof(letter.body, reading, subject=letter.subject)
        for finding in proof.subject_findings:
            self._about.prompts.say(f"Found in the subject: {finding_line(finding)}")
        for finding in proof.findings:
            line, _ = finding.place_in(letter.body)
            self._about.prompts.say(f"Found in line {line}: {finding_line(finding)}")
        if proof.missing:
            self._about.prompts.say(proof.missing)

    # Its ways out

    def _insist_allowed(self, letter: Letter) -> None:
        """Ask for a reason before it goes where the guard speaks against it."""
        verdict = self._about.tracker.judged_letter(letter)
        if not verdict.allowed:
            self._reason = self._about.prompts.text(
                f"{verdict.why} Why send it anyway? An empty line keeps it a draft."
            )

    def _by_mail_program(self, mailing: Mailing) -> None:
        if not mailing.to_email:
            raise Refused(f"No mail address of {mailing.to_name or 'theirs'} is known; the draft is kept.")
        open_in_mail_program(mailto(mailing))

    def _as_file(self, mailing: Mailing) -> None:
        place = self._about.prompts.understood(
            f"Into which folder, or file? An empty line leaves it a draft; {LEAVES}.",
            lambda typed: save_eml(mailing, Path(typed).expanduser().absolute()),
        )
        self._about.prompts.say(f"Saved as {shown_line(str(place))}.")

    def _ask_whether_sent(self) -> None:
        options: list[Option[bool]] = [("y", "Yes: record it", True), ("n", "Not yet: keep the draft", False)]
        if not self._about.prompts.chosen("Did you send it?", options):
            raise LeftAlone

    # Calls

    def call(self) -> Verb:
        """Say the number and the script, then ask how it went; nobody there brings the words for the voicemail."""
        self._say_script(self._composed(spoken=True))
        options = [CALLS[0], CALLS[1], ("v", "No answer: what to say on their voicemail", (CALLS[1][2][0], True))]
        outcome, voicemail = self._about.prompts.chosen(
            f"{self._about.company}: how did it go? {LEAVES}.", options
        )
        if not voicemail:
            return self._called(outcome)
        self._say_script(self._composed(spoken=True, template=LetterKind.VOICEMAIL.value))
        ways: list[Option[bool]] = [("v", "I left it: record it", True), ("x", "I left none", False)]
        if not self._about.prompts.chosen(f"{self._about.company}: and the voicemail? {LEAVES}.", ways):
            return self._called(outcome)
        tracker, about = self._about.tracker, self._about
        return lambda why: tracker.log_unanswered(about.ids, override=why, versions=about.seen)

    def _called(self, outcome: CallOutcome) -> Verb:
        return lambda why: self._about.tracker.log(
            self._about.ids, "call", outcome=outcome, override=why, versions=self._about.seen
        )

    def _say_script(self, composition: Composition) -> None:
        person = addressee(composition.dossier, composition.letter)
        name = (person.name or person.email) if person else "whoever answers"
        number = person.phone if person and person.phone else "no number is known"
        self._about.prompts.say(f"{shown_line(name)}: {shown_line(number)}")
        self._say_text(composition.letter.body)
