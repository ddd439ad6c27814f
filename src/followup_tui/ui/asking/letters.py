"""Before and while a letter is written: which draft, what is missing, from which template, to whom, with what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from followup_tui.domain.letters.description import as_one_text, describe_letter, split_subject
from followup_tui.domain.letters.template_choice import template_for_another
from followup_tui.domain.letters.template_fields import FIELDS, FieldOwner
from followup_tui.domain.model.errors import BadInput, FollowupError, Refused
from followup_tui.domain.model.letter import Letter, LetterKind
from followup_tui.domain.model.text import shown_line
from followup_tui.tracker.composing import Composition
from followup_tui.ui.asking.about import About
from followup_tui.ui.editor import lend
from followup_tui.ui.loan import Loan, command
from followup_tui.ui.screens.choose import Choose
from followup_tui.ui.screens.dialog import Followed
from followup_tui.ui.screens.prompt import Prompt
from followup_tui.ui.screens.verbs import VerbScreen

if TYPE_CHECKING:
    from followup_tui.ui.screens.letter import LetterScreen

KEYS = "123456789abcdefghijklmopqrstuvwxyz"
"""Keys of a list's entries, but for `n`, which is for a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was decided so far about the letter, or the script, to begin; `is_ringing` is on the phone already."""

    screen: VerbScreen
    id: str
    template: str = ""
    to: str | None = None
    spoken: bool = False
    is_ringing: bool = False
    asked: Mapping[str, str] = field(default_factory=dict)
    offered: frozenset[str] = frozenset()

    @property
    def about(self) -> About:
        """The application, for the titles of questions."""
        app = self.screen.followup
        return About(self.screen, [card for card in [app.board.cards.get(self.id)] if card is not None])


def ask_letter(screen: VerbScreen, id: str) -> Choose[Letter | None] | None:
    """Which draft to go on with where there are some; None where there is none, and a new one is begun."""
    tracker, now = screen.followup.tracker, screen.followup.now()
    drafts = tracker.drafts(id)
    if not drafts:
        return None
    details = tracker.details(id)

    async def finish(letter: Letter | None) -> Followed:
        if letter is None:
            return await begin(Wanted(screen=screen, id=id))
        return letter_screen(tracker.composition(letter))

    options: list[tuple[str, str, Letter | None]] = []
    for key, letter in zip(KEYS, drafts, strict=False):
        words = describe_letter(letter, details, now)
        options.append((key, shown_line(words[0].upper() + words[1:]), letter))
    options.append(("n", "A new letter", None))
    return Choose(About(screen, screen.targets()).title("letters"), options, finish)


async def begin(wanted: Wanted) -> Followed:
    """The letter, once all that it needs is known; until then the question for what is missing."""
    app = wanted.screen.followup
    try:
        composition = app.tracker.compose(
            wanted.id,
            app.settings.sender(),
            template=wanted.template,
            to=wanted.to,
            asked=wanted.asked,
            spoken=wanted.spoken,
        )
    except FollowupError as error:
        if isinstance(error, Refused) and not wanted.template and not wanted.spoken:
            return _ask_other(wanted, error.sentence)
        wanted.screen.refuse(error.sentence)
        return False
    asks = composition.asks(wanted.offered)
    if asks:
        return _ask_field(wanted, composition, asks[0])
    if wanted.spoken:
        from followup_tui.ui.screens.calling import CallScreen

        return CallScreen(composition, is_ringing=wanted.is_ringing)
    return letter_screen(composition)


def _ask_other(wanted: Wanted, refusal: str) -> Choose[str]:
    """What can be written where the letter that suits can't be: before an interview no thank-you, say."""
    known = wanted.screen.followup.tracker.templates(wanted.id, to=wanted.to)
    others = [one for one in known if one.kind is not LetterKind.THANK_YOU]
    options = [(key, shown_line(one.title), one.name) for key, one in zip(KEYS, others, strict=False)]

    async def finish(template: str) -> Followed:
        return await begin(replace(wanted, template=template))

    return Choose(wanted.about.title("another letter?"), options, finish, refusal=refusal)


def letter_screen(composition: Composition) -> LetterScreen:
    """The composer with a letter in it."""
    from followup_tui.ui.screens.letter import LetterScreen

    return LetterScreen(composition)


def _ask_field(wanted: Wanted, composition: Composition, name: str) -> Prompt:
    needed = name in composition.missing
    about = FIELDS[name]

    async def finish(text: str) -> Followed:
        offered = wanted.offered | {name}
        if not text.strip():
            return await begin(replace(wanted, offered=offered))
        kept = await _keep(wanted, composition, name, text.strip())
        if kept is None:
            return False
        return await begin(replace(kept, offered=offered, asked={**kept.asked, name: text.strip()}))

    skip = "Enter goes on" if needed else "Enter goes on, also without"
    return Prompt(
        wanted.about.title(f"{about.label[0].lower()}{about.label[1:]}"),
        finish,
        lead=about.help,
        hint=f"{skip} · Esc closes",
        may_be_empty=not needed,
    )


async def _keep(wanted: Wanted, composition: Composition, name: str, text: str) -> Wanted | None:
    """Write down what holds for more than this letter; None where that went wrong, and was told."""
    app, home = wanted.screen.followup, composition.home(name)
    if home is FieldOwner.SENDER:
        return wanted if await app.set_up({FIELDS[name].setting: text}) else None
    if home is FieldOwner.LETTER:
        return wanted
    done = await app.carry_out(partial(app.tracker.fill_field, composition, name, text), follow=wanted.id)
    if done is None:
        return None
    return replace(wanted, to=app.tracker.whom_now(composition.details) or wanted.to)


# On a letter that is open


def ask_template(paper: LetterScreen) -> Choose[str]:
    """Another template; the letter is begun anew from it, and a draft that was changed stays."""
    letter, tracker = paper.drafting.letter, paper.followup.tracker
    known = tracker.templates(letter.application_id, to=letter.contact_id)
    options = [
        (key, f"{shown_line(one.title)}{' (this one)' * (one.name == letter.template)}", one.name)
        for key, one in zip(KEYS, known, strict=False)
    ]
    return Choose("Begin anew as", options, lambda name: _anew(paper, template=name, to=letter.contact_id))


def ask_addressee(paper: LetterScreen) -> Choose[str]:
    """Somebody else of the same application."""
    letter = paper.drafting.letter
    people = paper.followup.tracker.details(letter.application_id).contacts
    if len(people) < 2:
        raise BadInput("Nobody else is known there; edit the application to add people.", "to")
    options = [
        (key, f"{person.name or person.email}{' (this one)' * (person.id == letter.contact_id)}", person.id)
        for key, person in zip(KEYS, people, strict=False)
    ]
    return Choose("Write it to", options, lambda id: _anew(paper, template=template_for_another(letter), to=id))


async def _anew(paper: LetterScreen, *, template: str, to: str | None) -> Followed:
    beneath = paper.app.screen_stack[-2]
    assert isinstance(beneath, VerbScreen), "a letter is opened from a screen with applications"
    await paper.app.pop_screen()
    return await begin(Wanted(screen=beneath, id=paper.drafting.letter.application_id, template=template, to=to))


def ask_attachment(paper: LetterScreen) -> Prompt | Choose[str | None]:
    """A file to send along; where there are some already, one of them to leave here."""
    files = paper.drafting.letter.attachments

    async def another(file: str | None) -> Followed:
        if file is None:
            return _ask_file(paper)
        await paper.attach(tuple(one for one in files if one != file))
        return True

    if not files:
        return _ask_file(paper)
    options: list[tuple[str, str, str | None]] = [
        (key, f"Leave {Path(file).name} here", file) for key, file in zip(KEYS, files, strict=False)
    ]
    return Choose("Attached", [*options, ("n", "Send another file along", None)], another)


def _ask_file(paper: LetterScreen) -> Prompt:
    async def finish(text: str) -> Followed:
        path = _readable(text)
        await paper.attach((*(one for one in paper.drafting.letter.attachments if one != path), path))
        return True

    return Prompt("Send a file along", finish, placeholder="~/Documents/references.pdf", echo=_readable)


def _readable(text: str) -> str:
    """The absolute path of a file that is there; raises `BadInput`."""
    try:
        path = Path(text.strip()).expanduser().absolute()
        is_there = path.is_file()
    except (OSError, RuntimeError, ValueError):
        is_there, path = False, Path(text)
    if not is_there:
        raise BadInput(f"There is no file {shown_line(str(path))}; nothing was attached.", "file")
    return str(path)


def edit_letter(paper: LetterScreen) -> None:
    """Lend the letter to the user's editor and take back what came of it; subject first, then a blank line."""
    app, text = paper.followup, paper.text()
    loan = None
    try:
        command()
        loan = Loan(as_one_text(text.subject, text.body), "letter.txt")
        lend(app, loan, app.heed_signals)
        came = loan.text()
    except FollowupError as error:
        paper.tell(f"{error.sentence} {loan.left() if loan else ''}".strip(), alert=True)
        return
    subject, body = split_subject(came, text.subject)
    paper.take_text(subject, body)
    loan.forget()
