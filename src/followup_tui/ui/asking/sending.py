"""By which way a letter goes, and whether it went: only then it is recorded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from followup_tui.domain.commands.letters import postal_lines
from followup_tui.domain.format import format_day
from followup_tui.domain.model.errors import BadInput, FollowupError, Refused
from followup_tui.domain.model.letter import OutgoingLetter
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.touch import Channel
from followup_tui.domain.views.options import ways_out, whether_sent
from followup_tui.letters.delivery.mailto import mailto_link, open_in_mail_program
from followup_tui.letters.delivery.print_page import plain_text
from followup_tui.letters.delivery.save_file import parse_file_path, save_eml
from followup_tui.ui.clipboard import copy_text
from followup_tui.ui.screens.choose import Choose
from followup_tui.ui.screens.dialog import Dialog, Followed
from followup_tui.ui.screens.prompt import Prompt

if TYPE_CHECKING:
    from followup_tui.domain.model.letter import Letter
    from followup_tui.ui.screens.letter import LetterScreen


@dataclass(frozen=True, slots=True)
class Sending:
    """A letter that is about to go, and the reason that was given where the guard says no."""

    paper: LetterScreen
    letter: Letter
    reason: str = ""

    def mailing(self) -> OutgoingLetter:
        """The letter as it goes out."""
        app = self.paper.followup
        return app.tracker.mailing(self.letter, app.settings.sender())


Go = Callable[[Sending], Awaitable[Followed]]
"""What is done for a letter to go by some way; it raises a `FollowupError` where that fails."""


def ask_way(paper: LetterScreen) -> Dialog:
    """The ways out; first the question for a reason, where the guard speaks against it."""
    tracker = paper.followup.tracker
    letter = tracker.letter(paper.drafting.letter.id)  # as it was saved, cleaned of what can't be sent
    verdict = tracker.judged_letter(letter)
    if verdict.allowed:
        return _ways(Sending(paper, letter))

    async def finish(reason: str) -> Followed:
        return _ways(Sending(paper, letter, reason))

    today = paper.followup.now().date()
    fine = f"fine from {format_day(verdict.from_on, today)}" if verdict.from_on else ""
    return Prompt(
        f"Better not now: {fine}" if verdict.from_on else "Better not",
        finish,
        lead=f"{verdict.why} The draft is kept; to send it all the same, give a reason.",
        placeholder="Why send it anyway?",
        hint="Enter goes on with this reason · Esc leaves it a draft",
        is_unexpected=True,
    )


def _ways(sending: Sending, refusal: str = "") -> Choose[Go]:
    """The ways out; once more, with why, where one of them led nowhere."""
    ways = ways_out(sending.letter.channel, sending.paper.followup.settings.mail)
    options = [(key, words, _WAYS[key]) for key, words in ways]
    return Choose("Send it", options, lambda go: _go(sending, go), refusal=refusal)


async def _go(sending: Sending, go: Go) -> Followed:
    try:
        return await go(sending)
    except FollowupError as error:
        return _ways(sending, error.sentence)


# The ways


async def _by_mail_program(sending: Sending) -> Followed:
    paper, mailing = sending.paper, sending.mailing()
    if not mailing.to_email:
        return _ask_address(sending, _by_mail_program)
    link = mailto_link(mailing)
    await paper.followup.aside(partial(open_in_mail_program, link))
    return _ask_whether(sending, "Your mail program has it", Channel.EMAIL)


async def _as_file(sending: Sending) -> Followed:
    mailing = sending.mailing()

    async def finish(text: str) -> Followed:
        saved = save_eml(mailing, parse_file_path(text))
        return _ask_whether(sending, f"Saved as {saved}", Channel.EMAIL)

    return Prompt(
        "Save it as a mail file (.eml)",
        finish,
        lead="A mail program opens it as a draft, with what is attached. Into which folder, or file?",
        start="~/",
        echo=lambda text: shown_line(str(parse_file_path(text))),
    )


async def _by_clipboard(sending: Sending) -> Followed:
    went = copy_text(sending.paper.followup, plain_text(sending.mailing()))
    return _ask_whether(sending, f"Copied {went}", Channel.EMAIL)


async def _on_paper(sending: Sending) -> Followed:
    from followup_tui.ui.screens.printed import Printed

    mailing = sending.mailing()
    if not mailing.to_address and sending.letter.contact_id is not None:
        return _ask_postal(sending)
    return Printed(mailing, partial(_after_print, sending))


async def _after_print(sending: Sending) -> Followed:
    return _ask_whether(sending, "", Channel.POST)


async def _at_once(sending: Sending) -> Followed:
    from followup_tui.letters.delivery.password import get_password
    from followup_tui.letters.delivery.smtp import send

    mailing, account = sending.mailing(), sending.paper.followup.settings.mail
    if not mailing.to_email:
        return _ask_address(sending, _at_once)
    sending.paper.tell(f"Sending to {mailing.to_email}…")
    await sending.paper.followup.aside(lambda: send(mailing, account, get_password(account)))
    return await _record(sending, Channel.EMAIL)


async def _into_drafts(sending: Sending) -> Followed:
    from followup_tui.letters.delivery.imap import save_to_drafts
    from followup_tui.letters.delivery.password import get_password

    mailing, account = sending.mailing(), sending.paper.followup.settings.mail
    sending.paper.tell("Saving it among your mail account's drafts…")
    folder = await sending.paper.followup.aside(lambda: save_to_drafts(mailing, account, get_password(account)))
    return _ask_whether(sending, f"It lies in {folder}", Channel.EMAIL)


async def _otherwise(sending: Sending) -> Followed:
    return _ask_whether(sending, "", sending.letter.channel)


_WAYS: Mapping[str, Go] = {
    "m": _by_mail_program,
    "e": _as_file,
    "c": _by_clipboard,
    "p": _on_paper,
    "s": _at_once,
    "d": _into_drafts,
    "x": _otherwise,
}
"""What each of the ways out does, by its key."""


# Questions


def _ask_whether(sending: Sending, told: str, channel: Channel) -> Choose[bool]:
    """Whether it went; only then it is recorded."""
    sending.paper.tell(told)

    async def finish(went: bool) -> Followed:
        if went:
            return await _record(sending, channel)
        sending.paper.tell("It stays a draft.")
        return True

    question, options = whether_sent(channel)
    return Choose(question, options, finish)


async def _record(sending: Sending, channel: Channel) -> Followed:
    """Write down that it went, on the screen beneath: in a review this brings the next one."""
    paper = sending.paper
    tracker, cards = paper.followup.tracker, paper.targets()
    return await paper.leave_for(
        lambda beneath: beneath.perform(
            lambda ids, seen, why: tracker.send_letter(
                sending.letter, by=channel, override=why or sending.reason, versions=seen
            ),
            cards,
        )
    )


def _ask_address(sending: Sending, then: Go) -> Prompt:
    """The mail address that is missing; it is kept with the person."""
    from followup_tui.domain.parsing.quick_entry import parse_person

    async def finish(text: str) -> Followed:
        email = parse_person(text).email
        if not email:
            raise BadInput(f"{shown_line(text)} is no mail address.", "email")
        return await _filled(sending, {"email": email}, then)

    return Prompt("Their mail address", finish, placeholder="dana@acme.example", hint="Enter goes on · Esc closes")


def _ask_postal(sending: Sending) -> Prompt:
    """The postal address that is missing; it is kept with the person, and one can go without."""

    async def finish(text: str) -> Followed:
        if not text.strip():
            from followup_tui.ui.screens.printed import Printed

            return Printed(sending.mailing(), partial(_after_print, sending))
        return await _filled(sending, {"address": postal_lines(text)}, _on_paper)

    return Prompt(
        "Their postal address",
        finish,
        placeholder="Acme Robotics; 1 Main Street; 10115 Berlin",
        hint="A semicolon parts two lines · Enter goes on, also without · Esc closes",
        may_be_empty=True,
    )


async def _filled(sending: Sending, values: dict[str, str], then: Go) -> Followed:
    paper, letter = sending.paper, sending.letter
    app, id = paper.followup, letter.application_id
    before = app.tracker.details(id)
    if await app.carry_out(partial(app.tracker.fill, id, values, to=letter.contact_id), follow=id) is None:
        return False
    new = app.tracker.whom_now(before) if letter.contact_id is None else None
    if new:  # nobody was known: from now on it goes to whom that was written down for
        if not await paper.drafting.change(replace(letter, contact_id=new), paper.text()):
            raise Refused(paper.drafting.trouble)
        sending = replace(sending, letter=paper.drafting.letter)
    return await _go(sending, then)
