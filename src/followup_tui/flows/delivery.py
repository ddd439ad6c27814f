"""The flow that sends a letter: the guard, the way, a missing address, and whether it was sent."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from followup_tui.domain.commands.letters import addressee, postal_lines
from followup_tui.domain.format import capitalized, with_one_stop
from followup_tui.domain.model.errors import BadInput, FollowupError, Refused
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.touch import Channel, Letter, LetterKind, OutgoingLetter
from followup_tui.domain.parsing.typed_people import parse_person
from followup_tui.domain.rules.thank_you import way_to_thank
from followup_tui.domain.views.options import how_sent, ways_out, whether_sent
from followup_tui.files import parse_file_path, starting_folder
from followup_tui.flows.question import (
    Choice,
    Copy,
    Effect,
    Flow,
    Message,
    Option,
    Page,
    Question,
    Run,
    Save,
    SaveDraft,
    Selection,
    Stop,
    Text,
    Work,
)
from followup_tui.flows.touches import describe_fine_from
from followup_tui.letters.delivery import mail_login, smtp
from followup_tui.letters.delivery.mail_login import OutcomeUnknown
from followup_tui.letters.delivery.message import mailto_link, open_in_mail_program, plain_text
from followup_tui.letters.delivery.save_file import save_eml
from followup_tui.tracker.commit import CommandResult
from followup_tui.tracker.letters import NOTHING_ATTACHED
from followup_tui.tracker.regions import sender_of

STAYS = "It's still a draft."

Steps = Generator[Question | Effect, Any, Channel | None]
"""A way of sending: it returns the channel by which the letter was sent, or None if it was not."""


def send(selection: Selection, letter: Letter) -> Flow:
    """Ask how to send a saved letter until one way succeeds, and record it once it was sent.

    The guard asks for a reason first.
    """
    delivery = Delivery(selection, selection.tracker.letters.get(letter.id))
    reason = yield from _confirm_guard(delivery)
    if not (yield from _confirm_claims(delivery)):
        return Stop(STAYS)
    refusal = ""
    while True:
        channels = ways_out(delivery.letter.channel, selection.settings.mail)
        way = yield Choice(
            question="Send it",
            options=[(key, label, key) for key, label in channels if key != "c" or not selection.is_line_mode],
            refusal=refusal,
            line_question=f"{selection.subject}: how?",
        )
        try:
            channel = yield from _WAYS[way](delivery)
        except FollowupError as error:
            refusal = error.sentence
        else:
            break
    if channel is None:
        return Stop(STAYS)
    sent, was_sent_here = channel, delivery.was_sent_here

    def command(ids: object, seen: Mapping[str, int], why: str) -> CommandResult:
        # A letter that was sent here is recorded whatever another window changed meanwhile.
        versions = None if was_sent_here else seen
        return selection.tracker.letters.send(delivery.letter, by=sent, override=why or reason, versions=versions)

    return Run(command)


def _confirm_guard(delivery: Delivery) -> Generator[Text, str, str]:
    selection = delivery.selection
    verdict = selection.tracker.letters.may_send(delivery.letter, selection.details)
    if verdict.allowed:
        return ""
    fine = describe_fine_from(verdict, selection.now.date())
    return (
        yield Text(
            question=f"Better not yet: {fine}" if verdict.from_on else "Better not",
            lead=f"{verdict.why} The draft is kept; to send it all the same, give a reason.",
            placeholder="Why send it anyway?",
            enter="continues with this reason",
            escape="keeps the draft",
            is_unexpected=True,
            line_question=f"{verdict.why} {capitalized(fine)}. Why send it anyway?",
        )
    )


def _confirm_claims(delivery: Delivery) -> Generator[Question | Effect, Any, bool]:
    """Whether to go on where the letter says what isn't so, or lacks a file; one may be attached now."""
    letters = delivery.selection.tracker.letters
    for doubt in letters.doubts(delivery.letter, delivery.selection.details):
        options: list[Option] = [("y", "Send it as it is", "send"), ("n", "Not yet: keep the draft", "keep")]
        if doubt == NOTHING_ATTACHED:
            options.insert(0, ("a", "Attach a file", "attach"))
        answer = yield Choice(question="Look at this first", options=options, refusal=doubt, line_question=doubt)
        if answer == "keep":
            return False
        if answer == "attach":
            path = yield Text(question="Attach a file", parse=file_path, echo=file_path)
            delivery.letter = yield SaveDraft(replace(delivery.letter, attachments=(path,)))
    return True


class Delivery:
    """A saved letter that is about to be sent; missing addresses are filled in on the way."""

    def __init__(self, selection: Selection, letter: Letter) -> None:
        self.selection = selection
        self.letter = letter
        self.was_sent_here = False
        self.is_unanswered = False

    def outgoing(self) -> OutgoingLetter:
        """The letter as it is sent."""
        return self.selection.tracker.letters.outgoing(self.letter, sender_of(self.selection.settings))

    def addressed(self) -> Generator[Question | Effect, Any, OutgoingLetter]:
        """The letter as it is sent, once its email address is known."""
        if not self.outgoing().to_email:
            ways = f"{self._nobody_to_mail()} {self._other_ways()}"
            email = yield Text(
                question="Their email address",
                lead=ways,
                parse=_email,
                placeholder="dana@acme.example",
                enter="continues, alone returns to the other ways",
                may_be_empty=True,
                is_foreseen=False,
                line_question=f"{ways} Their email address?",
            )
            if email is None:
                raise Refused(ways)
            yield from self.fill({"email": email})
        return self.outgoing()

    def _nobody_to_mail(self) -> str:
        name = shown_line(self.outgoing().to_name)
        return with_one_stop(f"You have no email address {f'for {name}' if name else 'there'}.")

    def _other_ways(self) -> str:
        """How else it can reach them, best through somebody whose address is known."""
        details = self.selection.details
        _, through = way_to_thank(details.contacts, addressee(details, self.letter))
        if through is None or self.letter.kind is not LetterKind.THANK_YOU:
            return "It can go as a LinkedIn message, which is copied, or as a card."
        return (
            f"It can go through {shown_line(through.label)}, with the letter “Thank-you to pass on”, as"
            " a LinkedIn message, which is copied, or as a card."
        )

    def fill(self, values: Mapping[str, str]) -> Generator[Effect, Any, None]:
        """Save what was missing with the person; a person who is new becomes the addressee of the letter."""
        tracker, letter = self.selection.tracker, self.letter
        before = self.selection.details
        yield Save(
            partial(tracker.letters.fill, letter.application_id, values, to=letter.contact_id),
            letter.application_id,
        )
        if letter.contact_id is None:
            added = tracker.letters.new_contact(before)
            if added:
                self.letter = yield SaveDraft(replace(letter, contact_id=added))


def file_path(text: str) -> str:
    """The absolute path of an existing file; raises `BadInput`."""
    try:
        path = Path(text.strip()).expanduser().absolute()
        exists = path.is_file()
    except (OSError, RuntimeError, ValueError):
        exists, path = False, Path(text)
    if not exists:
        raise BadInput(f"There is no file {shown_line(str(path))}; nothing was attached, check the path.", "file")
    return str(path)


def _email(text: str) -> str:
    email = parse_person(text).email if "@" in text else ""
    if not email:
        raise BadInput(f"“{shown_line(text)}” isn't an email address; write one like dana@acme.example.", "email")
    return email


QuestionAndOptions = tuple[str, list[tuple[str, str, Channel | None]]]
"""The question whether a letter was sent, or how, with its answers."""


def _if_sent(message: str, question_and_options: QuestionAndOptions) -> Steps:
    """Ask whether it was sent; by which channel, or None."""
    yield Message(message)
    question, options = question_and_options
    sent: Channel | None = yield Choice(question=question, options=options)
    return sent


# The ways


def _by_mail_program(delivery: Delivery) -> Steps:
    outgoing = yield from delivery.addressed()
    yield Work(partial(open_in_mail_program, mailto_link(outgoing)))
    return (yield from _if_sent("Your mail program has it", whether_sent(Channel.EMAIL)))


def _as_file(delivery: Delivery) -> Steps:
    outgoing = delivery.outgoing()
    saved = yield Text(
        question="Save it as a mail file (.eml)",
        lead="A mail program opens it as a draft with its attachments. Into which folder, or file?",
        parse=lambda text: save_eml(outgoing, parse_file_path(text)),
        start=starting_folder(),
        echo=lambda text: shown_line(str(parse_file_path(text))),
        line_question="Into which folder, or file?",
    )
    return (yield from _if_sent(f"Saved as {saved}", whether_sent(Channel.EMAIL)))


def _by_clipboard(delivery: Delivery) -> Steps:
    outgoing = delivery.outgoing()
    way = yield Copy(plain_text(outgoing))
    is_named, channel = delivery.letter.contact_id is not None, delivery.letter.channel
    by_message = channel is Channel.LINKEDIN or (is_named and not outgoing.to_email)
    without = ", without the subject," if channel is Channel.EMAIL else ""
    likely = Channel.LINKEDIN if by_message else Channel.EMAIL
    return (yield from _if_sent(f"Copied the text{without} {way}", how_sent(likely)))


def _on_paper(delivery: Delivery) -> Steps:
    if not delivery.outgoing().to_address and delivery.letter.contact_id is not None:
        address = yield Text(
            question="Their postal address",
            parse=postal_lines,
            placeholder="Acme Robotics; 1 Main Street; 10115 Berlin",
            note="A semicolon starts a new line",
            enter="continues (optional)",
            may_be_empty=True,
            is_foreseen=False,
        )
        if address:
            yield from delivery.fill({"address": address})
    yield Page(delivery.outgoing())
    return (yield from _if_sent("", whether_sent(Channel.POST)))


def _at_once(delivery: Delivery) -> Steps:
    outgoing = yield from delivery.addressed()
    account = delivery.selection.settings.mail
    if delivery.is_unanswered and not (yield from _confirm_claims(delivery)):
        return None
    try:
        yield Work(
            lambda: smtp.send(outgoing, account, mail_login.get_password(account)),
            f"Sending to {shown_line(outgoing.to_email)}…",
        )
    except OutcomeUnknown:
        delivery.letter = yield SaveDraft(replace(delivery.letter, unanswered_at=delivery.selection.now))
        delivery.is_unanswered = True
        raise
    delivery.was_sent_here = True
    return Channel.EMAIL


def _into_drafts(delivery: Delivery) -> Steps:
    # Not at the top: most letters go into no mailbox.
    from followup_tui.letters.delivery.imap import save_to_drafts

    outgoing, account = delivery.outgoing(), delivery.selection.settings.mail
    folder = yield Work(
        lambda: save_to_drafts(outgoing, account, mail_login.get_password(account)),
        "Saving it among your mail account's drafts…",
    )
    return (yield from _if_sent(f"It's in {shown_line(folder)}", whether_sent(Channel.EMAIL)))


def _sent_already(delivery: Delivery) -> Steps:
    yield from ()
    return delivery.letter.channel


def _sent_otherwise(delivery: Delivery) -> Steps:
    return (yield from _if_sent("", how_sent(delivery.letter.channel)))


_WAYS: Mapping[str, Callable[[Delivery], Steps]] = {
    "m": _by_mail_program,
    "e": _as_file,
    "c": _by_clipboard,
    "p": _on_paper,
    "s": _at_once,
    "d": _into_drafts,
    "x": _sent_already,
    "o": _sent_otherwise,
}
"""The way of sending behind each key of `ways_out`."""
