"""What `letter` and `proof` do once they know what is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from followup_tui.cli import FINE
from followup_tui.cli.doing import report
from followup_tui.cli.saying import say, say_table, tell
from followup_tui.domain.errors import BadInput, Refused
from followup_tui.domain.finding import Finding, Proof, taught_key
from followup_tui.domain.guard import Blocked
from followup_tui.domain.letter_fields import FIELDS, Kept
from followup_tui.domain.text import shown_line
from followup_tui.domain.touch import Channel

if TYPE_CHECKING:
    from followup_tui.domain.letter import Letter
    from followup_tui.letters.proofing.proofreader import Proofreader
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
    if not order.writes:
        _print(order, tracker, letter, settings)
        return FINE
    if order.send or order.sent_by:
        _insist_allowed(tracker, letter, order.override)
    kept = tracker.keep_letter(letter)
    if order.send:
        return _sent(order, tracker, kept, settings)
    if order.sent_by:
        return report(tracker.send_letter(kept, by=Channel(order.sent_by), override=order.override))
    if order.into_drafts:
        _put_into_drafts(tracker, kept, settings)
    tell(f"Kept as a draft: {kept.subject or kept.kind.label}; `--draft` takes it up again.")
    return FINE


def _listed(order: Order, tracker: Tracker, id: str) -> int:
    written = tracker.templates(id, to=_contact(tracker, id, order.to))
    known = (*written, *tracker.templates(id, spoken=True))
    say_table([(one.name, one.title) for one in known], heading=("NAME", "LETTER"), cut=(1,))
    for problem in tracker.shelf.problems:
        tell(str(problem))
    return FINE


def _wanted(order: Order, tracker: Tracker, id: str, settings: Settings) -> Letter:
    """The draft, or a new letter with nothing missing."""
    files = tuple(_file(name) for name in order.attach)
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
    for problem in composition.problems:
        tell(problem)
    _insist_complete(composition)
    return replace(composition.letter, attachments=files)


def _is_spoken(tracker: Tracker, template: str) -> bool:
    return bool(template) and tracker.shelf.take(template).kind.is_spoken


def _insist_complete(composition: Composition) -> None:
    if not composition.missing:
        return
    told = ", ".join(f"{FIELDS[name].label.lower()} (--set {name}=…)" for name in composition.missing)
    own = any(FIELDS[name].kept is Kept.SENDER for name in composition.missing)
    where = " What is yours belongs into the settings, see `followup-tui info`." if own else ""
    raise Refused(f"This letter needs {told}; nothing was drafted.{where}")


def _draft(order: Order, tracker: Tracker, id: str) -> Letter:
    """The newest draft, of the template and to the person that were named."""
    to = _contact(tracker, id, order.to)
    drafts = [
        letter
        for letter in tracker.letters(id)
        if letter.sent_at is None
        and (not order.template or letter.template == order.template)
        and (to is None or letter.contact_id == to)
    ]
    if not drafts:
        raise Refused("There is no such draft; `letter ID --keep` makes one.")
    return max(drafts, key=lambda letter: letter.changed_at)


def _contact(tracker: Tracker, id: str, name: str | None) -> str | None:
    """The contact that is meant by a part of the name."""
    if name is None:
        return None
    people = tracker.dossier(id).contacts
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


def _insist_allowed(tracker: Tracker, letter: Letter, override: str) -> None:
    verdict = tracker.judged_letter(letter)
    if not verdict.allowed and not override:
        raise Blocked(f"{verdict.why} Nothing was sent.", verdict)


# The ways out


def _print(order: Order, tracker: Tracker, letter: Letter, settings: Settings) -> None:
    from followup_tui.letters.out.eml import eml_bytes
    from followup_tui.letters.out.mailto import mailto
    from followup_tui.letters.out.paper import plain_text, print_view
    from followup_tui.letters.out.saving import save

    mailing = tracker.mailing(letter, settings.sender())
    forms: Mapping[str, Callable[[], str]] = {
        "text": lambda: plain_text(mailing, with_subject=not letter.kind.is_spoken),
        "mailto": lambda: mailto(mailing),
        "print": lambda: print_view(mailing),
        "eml": lambda: eml_bytes(mailing).decode("utf-8"),
    }
    text = forms[order.form]()
    if order.output is None:
        say(text, end="" if text.endswith("\n") else "\n")
    else:
        content = eml_bytes(mailing) if order.form == "eml" else text.encode()
        tell(f"Written to {save(content, Path(order.output), ['letter.txt'])}")


def _sent(order: Order, tracker: Tracker, letter: Letter, settings: Settings) -> int:
    from followup_tui.letters.out.mail import password_of, send

    account = settings.mail
    mailing = tracker.mailing(letter, settings.sender())
    send(mailing, account, password_of(account))
    done = tracker.send_letter(letter, by=Channel.EMAIL, override=order.override)
    return report(done, f"sent to {mailing.to_email}")


def _put_into_drafts(tracker: Tracker, letter: Letter, settings: Settings) -> None:
    from followup_tui.letters.out.mail import password_of, save_to_drafts

    account = settings.mail
    save_to_drafts(tracker.mailing(letter, settings.sender()), account, password_of(account))
    tell("It lies among your mail account's drafts.")


# Proofreading


@contextmanager
def open_proofreader() -> Iterator[Proofreader]:
    """The proofreader, as long as it is needed."""
    from followup_tui.letters.proofing.proofreader import Proofreader

    proofreader = Proofreader()
    proofreader.start()
    try:
        yield proofreader
    finally:
        proofreader.close()


def finding_line(finding: Finding) -> str:
    """A finding on one line: the text, what is wrong with it, and what it could be instead."""
    about_it = f"“{shown_line(finding.text)}” " if finding.text else ""
    instead = f" → {' or '.join(map(_quoted, finding.suggestions[:3]))}" if finding.suggestions else ""
    return f"{about_it}{finding.message}{instead}"


def _quoted(text: str) -> str:
    return f"“{shown_line(text)}”" if text else "(nothing)"


def proofread(
    tracker: Tracker,
    text: str,
    id: str | None,
    settings: Settings,
    ignore: Sequence[str] = (),
    heed: Sequence[str] = (),
) -> Proof:
    """What is found in a text; what is to be ignored for good, or heeded again, is written down first."""
    if heed:
        _heed(tracker, heed)
    with open_proofreader() as proofreader:
        proof = proofreader.proof(text, tracker.reading(None, id, settings.sender()))
    wanted = {" ".join(one.split()).casefold() for one in ignore}
    meant = [one for one in proof.findings if " ".join(one.text.split()).casefold() in wanted]
    for finding in meant:
        tracker.teach(finding)
    unknown = wanted - {" ".join(one.text.split()).casefold() for one in meant}
    if unknown:
        tell(f"Nothing was found in {', '.join(sorted(map(shown_line, unknown)))}, so there is nothing to ignore.")
    return replace(proof, findings=_left(proof.findings, meant))


def _left(findings: Iterable[Finding], ignored: Sequence[Finding]) -> tuple[Finding, ...]:
    keys = {taught_key(one.rule, one.text) for one in ignored}
    return tuple(one for one in findings if taught_key(one.rule, one.text) not in keys)


def _heed(tracker: Tracker, texts: Sequence[str]) -> None:
    wanted = {" ".join(one.split()).casefold() for one in texts}
    keys = [key for key in tracker.taught() if key.rpartition(":")[2] in wanted]
    number = tracker.unteach(keys)
    tell(f"Heeded again: {number}." if number else "None of this was ignored.")
