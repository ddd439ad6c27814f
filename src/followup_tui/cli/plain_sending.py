"""By which way a letter goes, asked in the plain review by the keys of the screen; only what went is recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from followup_tui.cli.plain_composing import say_text
from followup_tui.cli.prompts import LEAVES, LeftAlone, Option
from followup_tui.cli.questions import About, Verb
from followup_tui.domain.errors import BadInput, FollowupError
from followup_tui.domain.letter_told import recorded_words
from followup_tui.domain.text import shown_line
from followup_tui.domain.touch import Channel
from followup_tui.domain.wording import day_words
from followup_tui.letters.out.mail_program import open_in_mail_program
from followup_tui.letters.out.mailto import mailto
from followup_tui.letters.out.paper import print_view
from followup_tui.letters.out.saving import save_eml

if TYPE_CHECKING:
    from followup_tui.domain.letter import Letter, Mailing
    from followup_tui.settings import Settings
    from followup_tui.tracker.outcome import Done

_DRAFT = "It stays a draft."
Versions = Mapping[str, int]


class Sending:
    """A letter that was kept and is about to go."""

    def __init__(self, about: About, letter: Letter, settings: Settings) -> None:
        self._about = about
        self._letter = letter
        self._settings = settings
        self._reason = ""
        self._at_once = False

    def settle(self) -> Verb:
        """Ask the guard, then the way until one leads somewhere; what records it."""
        try:
            self._ask_reason()
            channel = self._gone()
        except LeftAlone as left:
            raise LeftAlone(left.words or _DRAFT) from None
        # What went by itself is recorded whatever happened meanwhile.
        seen = None if self._at_once else self._about.seen
        return lambda why: self._record(channel, why or self._reason, seen)

    def _ask_reason(self) -> None:
        """A reason before it goes where the guard speaks against it."""
        verdict = self._about.tracker.judged_letter(self._letter)
        if verdict.allowed:
            return
        today = self._about.session.now().date()
        fine = f"Fine from {day_words(verdict.from_on, today)}." if verdict.from_on else "Better not."
        self._reason = self._about.prompts.text(
            f"{verdict.why} {fine} Why send it anyway? An empty line or {LEAVES} a draft.", is_unforeseen=True
        )

    def _gone(self) -> Channel:
        """By which way it went."""
        ways = self._ways()
        options: list[Option[str]] = [(key, words, key) for key, (words, _) in ways.items()]
        while True:
            key = self._about.prompts.chosen(f"{self._about.company}: by which way? {LEAVES}.", options)
            try:
                return ways[key][1]()
            except FollowupError as error:
                self._about.prompts.say(error.sentence)

    def _ways(self) -> dict[str, tuple[str, Callable[[], Channel]]]:
        """The ways out by the keys that the screen has for them."""
        ways: dict[str, tuple[str, Callable[[], Channel]]] = {
            "m": ("In your mail program", self._by_mail_program),
            "e": ("As a file (.eml), with what is attached", self._as_file),
            "p": ("On paper: to print, or to write by hand", self._on_paper),
        }
        if self._letter.channel is Channel.POST:
            ways = {"p": ways.pop("p"), **ways}
        if self._settings.mail.smtp_host:
            ways["s"] = ("At once, by your mail account", self._by_account)
        if self._settings.mail.imap_host:
            ways["d"] = ("Into your mail account's drafts", self._into_drafts)
        ways["x"] = ("It is sent already: only record it", lambda: self._letter.channel)
        return ways

    # The ways

    def _by_mail_program(self) -> Channel:
        open_in_mail_program(mailto(self._mailing_with_address()))
        return self._if_it_went(Channel.EMAIL)

    def _as_file(self) -> Channel:
        mailing = self._mailing()
        place = self._about.prompts.understood(
            f"Into which folder, or file? {LEAVES} a draft.", lambda typed: save_eml(mailing, _place(typed))
        )
        self._about.prompts.say(f"Saved as {shown_line(str(place))}.")
        return self._if_it_went(Channel.EMAIL)

    def _on_paper(self) -> Channel:
        if not self._mailing().to_address and self._letter.contact_id is not None:
            self._about.prompts.understood(
                "Their postal address? A semicolon begins a line; an empty line goes on without it.",
                lambda typed: self._fill("address", "\n".join(part.strip() for part in typed.split(";"))),
                may_be_empty=True,
                is_unforeseen=True,
            )
        say_text(self._about, print_view(self._mailing()))
        return self._if_it_went(Channel.POST)

    def _by_account(self) -> Channel:
        from followup_tui.letters.out.mail import password_of, send

        mailing, account = self._mailing_with_address(), self._settings.mail
        self._about.prompts.say(f"Sending to {shown_line(mailing.to_email)}…")
        send(mailing, account, password_of(account))
        self._at_once = True
        return Channel.EMAIL

    def _into_drafts(self) -> Channel:
        from followup_tui.letters.out.mail import password_of, save_to_drafts

        account = self._settings.mail
        folder = save_to_drafts(self._mailing(), account, password_of(account))
        self._about.prompts.say(f"It lies in {shown_line(folder)}.")
        return self._if_it_went(Channel.EMAIL)

    # What they need

    def _mailing(self) -> Mailing:
        return self._about.tracker.mailing(self._letter, self._settings.sender())

    def _mailing_with_address(self) -> Mailing:
        if not self._mailing().to_email:
            self._about.prompts.understood(
                f"Their mail address? Such as dana@acme.example. {LEAVES} a draft.",
                lambda typed: self._fill("email", typed),
                is_unforeseen=True,
            )
        return self._mailing()

    def _fill(self, name: str, text: str) -> None:
        """Write down with the person what was missing; somebody new is whom the letter goes to."""
        tracker, id = self._about.tracker, self._letter.application_id
        before = {contact.id for contact in tracker.dossier(id).contacts}
        tracker.fill(id, {name: text}, to=self._letter.contact_id)
        new = [contact.id for contact in tracker.dossier(id).contacts if contact.id not in before]
        if new:
            self._letter = tracker.keep_letter(replace(self._letter, contact_id=new[0]))

    def _if_it_went(self, channel: Channel) -> Channel:
        posted = channel is Channel.POST
        options: list[Option[bool]] = [
            ("y", f"Yes, I {'posted' if posted else 'sent'} it: record it", True),
            ("n", "Not yet: keep the draft", False),
        ]
        if not self._about.prompts.chosen("Is it in the post?" if posted else "Did you send it?", options):
            raise LeftAlone(_DRAFT)
        return channel

    def _record(self, channel: Channel, why: str, seen: Versions | None) -> Done:
        tracker, letter, say = self._about.tracker, self._letter, self._about.prompts.say
        words = recorded_words(letter, tracker.dossier(letter.application_id))
        done = tracker.send_letter(letter, by=channel, override=why, versions=seen)
        say(f"{shown_line(words[0].upper() + words[1:])}.")
        return done


def _place(typed: str) -> Path:
    try:
        return Path(typed).expanduser().absolute()
    except (RuntimeError, ValueError):
        raise BadInput(f"{shown_line(typed)} is no place for a file.", "file") from None
