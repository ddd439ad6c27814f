"""By which way a letter goes, asked in the plain review by the keys of the screen; only what went is recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from followup_tui.cli.plain_composing import say_text
from followup_tui.cli.prompts import LEAVES, LeftAlone
from followup_tui.cli.questions import About, Verb
from followup_tui.domain.commands.letters import postal_lines
from followup_tui.domain.format import format_day
from followup_tui.domain.letters.description import describe_recorded_letter
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.touch import Channel
from followup_tui.domain.views.options import ways_out, whether_sent
from followup_tui.letters.delivery.mailto import mailto_link, open_in_mail_program
from followup_tui.letters.delivery.print_page import print_page
from followup_tui.letters.delivery.save_file import parse_file_path, save_eml

if TYPE_CHECKING:
    from followup_tui.domain.model.letter import Letter, OutgoingLetter
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
        fine = f"Fine from {format_day(verdict.from_on, today)}." if verdict.from_on else "Better not."
        self._reason = self._about.prompts.text(
            f"{verdict.why} {fine} Why send it anyway? An empty line or {LEAVES} a draft.", is_unforeseen=True
        )

    def _gone(self) -> Channel:
        """By which way it went."""
        ways = self._ways()
        offered = ways_out(self._letter.channel, self._settings.mail)
        options = [(key, words, ways[key]) for key, words in offered if key in ways]
        while True:
            go = self._about.prompts.chosen(f"{self._about.company}: by which way? {LEAVES}.", options)
            try:
                return go()
            except FollowupError as error:
                self._about.prompts.say(error.sentence)

    def _ways(self) -> Mapping[str, Callable[[], Channel]]:
        """What is done for each of the ways out that need no screen, by its key."""
        return {
            "m": self._by_mail_program,
            "e": self._as_file,
            "p": self._on_paper,
            "s": self._by_account,
            "d": self._into_drafts,
            "x": lambda: self._letter.channel,
        }

    # The ways

    def _by_mail_program(self) -> Channel:
        open_in_mail_program(mailto_link(self._mailing_with_address()))
        return self._if_it_went(Channel.EMAIL)

    def _as_file(self) -> Channel:
        mailing = self._mailing()
        place = self._about.prompts.understood(
            f"Into which folder, or file? {LEAVES} a draft.",
            lambda typed: save_eml(mailing, parse_file_path(typed)),
        )
        self._about.prompts.say(f"Saved as {shown_line(str(place))}.")
        return self._if_it_went(Channel.EMAIL)

    def _on_paper(self) -> Channel:
        if not self._mailing().to_address and self._letter.contact_id is not None:
            self._about.prompts.understood(
                "Their postal address? A semicolon begins a line; an empty line goes on without it.",
                lambda typed: self._fill("address", postal_lines(typed)),
                may_be_empty=True,
                is_unforeseen=True,
            )
        say_text(self._about, print_page(self._mailing()))
        return self._if_it_went(Channel.POST)

    def _by_account(self) -> Channel:
        from followup_tui.letters.delivery.password import get_password
        from followup_tui.letters.delivery.smtp import send

        mailing, account = self._mailing_with_address(), self._settings.mail
        self._about.prompts.say(f"Sending to {shown_line(mailing.to_email)}…")
        send(mailing, account, get_password(account))
        self._at_once = True
        return Channel.EMAIL

    def _into_drafts(self) -> Channel:
        from followup_tui.letters.delivery.imap import save_to_drafts
        from followup_tui.letters.delivery.password import get_password

        account = self._settings.mail
        folder = save_to_drafts(self._mailing(), account, get_password(account))
        self._about.prompts.say(f"It lies in {shown_line(folder)}.")
        return self._if_it_went(Channel.EMAIL)

    # What they need

    def _mailing(self) -> OutgoingLetter:
        return self._about.tracker.mailing(self._letter, self._settings.sender())

    def _mailing_with_address(self) -> OutgoingLetter:
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
        before = tracker.details(id)
        tracker.fill(id, {name: text}, to=self._letter.contact_id)
        new = tracker.whom_now(before) if self._letter.contact_id is None else None
        if new:
            self._letter = tracker.keep_letter(replace(self._letter, contact_id=new))

    def _if_it_went(self, channel: Channel) -> Channel:
        if not self._about.prompts.chosen(*whether_sent(channel)):
            raise LeftAlone(_DRAFT)
        return channel

    def _record(self, channel: Channel, why: str, seen: Versions | None) -> Done:
        tracker, letter, say = self._about.tracker, self._letter, self._about.prompts.say
        words = describe_recorded_letter(letter, tracker.details(letter.application_id))
        done = tracker.send_letter(letter, by=channel, override=why, versions=seen)
        say(f"{shown_line(words[0].upper() + words[1:])}.")
        return done
