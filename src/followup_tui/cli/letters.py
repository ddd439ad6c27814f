"""What `letter` does once it knows what is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from followup_tui.cli import FINE
from followup_tui.cli.doing import report
from followup_tui.cli.saying import say, say_table, tell
from followup_tui.domain.commands.letters import require_plausible, require_sendable
from followup_tui.domain.letters.description import describe_letter_to, describe_recorded_letter
from followup_tui.domain.letters.template_fields import FIELDS, FieldOwner
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.touch import Channel
from followup_tui.domain.rules.guard import Blocked

if TYPE_CHECKING:
    from followup_tui.domain.model.letter import Letter
    from followup_tui.settings import Settings
    from followup_tui.tracker.composing import Composition
    from followup_tui.tracker.tracker import Tracker


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What `letter` was told, option by option."""

    template: str
    to: str | None
    fields: Mapping[str, str]
    attach: tuple[str, ...]
    draft: bool
    keep: bool
    discard: bool
    form: str
    output: str | None
    send: bool
    into_drafts: bool
    sent_by: str | None
    templates: bool
    override: str

    @property
    def writes(self) -> bool:
        """Whether it changes anything."""
        return self.keep or self.discard or self.send or self.into_drafts or self.sent_by is not None


def carry_out(order: Order, tracker: Tracker, id: str, settings: Settings) -> int:
    """Do what was ordered for an application; the exit code."""
    if order.templates:
        return _listed(order, tracker, id)
    if order.discard:
        return report(tracker.discard_letter(_draft(order, tracker, id).id))
    letter = _wanted(order, tracker, id, settings)
    if order.writes:
        _insist_can_go(order, tracker, letter, settings)
    if order.output is not None or not order.writes:
        _print(order, tracker, letter, settings)
    if not order.writes:
        return FINE
    password = _password(settings) if order.send or order.into_drafts else ""
    kept = tracker.keep_letter(letter)
    if order.send:
        return _sent(order, tracker, kept, settings, password)
    if order.sent_by:
        return _record(order, tracker, kept, Channel(order.sent_by))
    if order.into_drafts:
        _put_into_drafts(tracker, kept, settings, password)
    subject = f", “{kept.subject}”" if kept.subject else ""
    tell(
        f"Kept as a draft: {describe_letter_to(kept, tracker.details(id))}{subject}; `--draft` takes it up again."
    )
    return FINE


def _listed(order: Order, tracker: Tracker, id: str) -> int:
    written = tracker.templates(id, to=_contact(tracker, id, order.to))
    known = (*written, *tracker.templates(id, spoken=True))
    rows = [(one.name, "yours" if one.is_own else "shipped", one.title) for one in known]
    say_table(rows, heading=("NAME", "WHOSE", "LETTER"), cut=(2,))
    for problem in tracker.shelf.problems:
        tell(str(problem))
    return FINE


def _wanted(order: Order, tracker: Tracker, id: str, settings: Settings) -> Letter:
    """The draft, or a new letter with nothing missing."""
    files = tuple(_file(name) for name in order.attach)
    for name, value in order.fields.items():
        require_plausible(FIELDS[name].setting, value)
    if order.draft:
        draft = _draft(order, tracker, id)
        return replace(draft, attachments=(*draft.attachments, *files)) if files else draft
    composition = tracker.compose(
        id,
        settings.sender(),
        template=order.template,
        to=_contact(tracker, id, order.to),
        asked=order.fields,
        spoken=_is_spoken(tracker, order.template),
    )
    early = [composition.early] if composition.early and not order.writes else []
    for problem in (*early, *composition.problems):
        tell(problem)
    _insist_complete(composition)
    return replace(composition.letter, attachments=files)


def _is_spoken(tracker: Tracker, template: str) -> bool:
    return bool(template) and tracker.shelf.take(template).kind.is_spoken


def _insist_complete(composition: Composition) -> None:
    if not composition.missing:
        return
    told = ", ".join(f"{FIELDS[name].label.lower()} (--set {name}=…)" for name in composition.missing)
    own = any(FIELDS[name].kept is FieldOwner.SENDER for name in composition.missing)
    where = " What is yours belongs into the settings, see `followup-tui info`." if own else ""
    raise Refused(f"This letter needs {told}; nothing was drafted.{where}")


def _draft(order: Order, tracker: Tracker, id: str) -> Letter:
    """The newest draft, of the template and to the person that were named."""
    to = _contact(tracker, id, order.to)
    drafts = [
        letter
        for letter in tracker.drafts(id)
        if order.template in ("", letter.template) and to in (None, letter.contact_id)
    ]
    if not drafts:
        raise Refused("There is no such draft; `letter ID --keep` makes one.")
    return drafts[0]


def _contact(tracker: Tracker, id: str, name: str | None) -> str | None:
    """The contact that is meant by a part of the name."""
    if name is None:
        return None
    people = tracker.details(id).contacts
    found = [one for one in people if name.casefold().strip() in f"{one.name} {one.email}".casefold()]
    if len(found) != 1:
        known = ", ".join(one.name or one.email for one in people) or "nobody"
        which = "could be several people" if found else "is nobody"
        raise BadInput(f"“{shown_line(name)}” {which} there (known: {known}); nothing was done.", "to")
    return found[0].id


def _file(name: str) -> str:
    path = Path(name).absolute()
    if not path.is_file():
        raise BadInput(f"There is no file {shown_line(str(path))}; nothing was done.", "attach")
    return str(path)


def _insist_can_go(order: Order, tracker: Tracker, letter: Letter, settings: Settings) -> None:
    """Refuse before anything is kept where the guard says no, there is no mail account, or a script would go."""
    from followup_tui.letters.out.trouble import imap_server, smtp_server

    require_sendable(letter)
    if order.send:
        smtp_server(settings.mail)
    elif order.into_drafts:
        imap_server(settings.mail)
    if order.send or order.sent_by:
        verdict = tracker.judged_letter(letter)
        if not verdict.allowed and not order.override:
            raise Blocked(f"{verdict.why} Nothing was {'sent' if order.send else 'recorded'}.", verdict)


# The ways out


def _print(order: Order, tracker: Tracker, letter: Letter, settings: Settings) -> None:
    from followup_tui.letters.out.eml import eml_bytes
    from followup_tui.letters.out.mailto import mailto
    from followup_tui.letters.out.paper import plain_text, print_view
    from followup_tui.letters.out.saving import names_of, save

    mailing = tracker.mailing(letter, settings.sender())
    forms: Mapping[str, Callable[[], bytes]] = {
        "text": lambda: plain_text(mailing, with_subject=bool(letter.subject)).encode(),
        "mailto": lambda: mailto(mailing).encode() + b"\n",
        "print": lambda: print_view(mailing).encode(),
        "eml": lambda: eml_bytes(mailing),
    }
    content = forms[order.form]()
    if order.output is None:
        say(content.decode(), end="")
    else:
        suffix = ".eml" if order.form == "eml" else ".txt"
        tell(f"Written to {shown_line(str(save(content, _place(order.output), names_of(mailing, suffix))))}")


def _place(typed: str) -> Path:
    place = Path(typed)
    if not typed or (typed.endswith("/") and not place.is_dir()):
        raise BadInput(
            f"There is no folder {shown_line(typed) or 'without a name'}; nothing was written.", "output"
        )
    return place


def _password(settings: Settings) -> str:
    from followup_tui.letters.out.mail import password_of

    return password_of(settings.mail)


def _sent(order: Order, tracker: Tracker, letter: Letter, settings: Settings, password: str) -> int:
    from followup_tui.letters.out.mail import MailTrouble, send

    mailing = tracker.mailing(letter, settings.sender())
    try:
        send(mailing, settings.mail, password)
    except MailTrouble as trouble:
        raise Refused(f"{trouble.sentence} It is kept as a draft; `--draft --send` tries it again.") from None
    return _record(order, tracker, letter, Channel.EMAIL, f"sent to {mailing.to_email}")


def _record(order: Order, tracker: Tracker, letter: Letter, by: Channel, *more: str) -> int:
    """Record it, and say which one it was: of a panel each has a letter."""
    words = describe_recorded_letter(letter, tracker.details(letter.application_id))
    return report(tracker.send_letter(letter, by=by, override=order.override), words, *more)


def _put_into_drafts(tracker: Tracker, letter: Letter, settings: Settings, password: str) -> None:
    from followup_tui.letters.out.mail import save_to_drafts

    folder = save_to_drafts(tracker.mailing(letter, settings.sender()), settings.mail, password)
    tell(f"It lies in {shown_line(folder)} of your mail account.")
