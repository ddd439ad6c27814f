"""Letters and calls line by line: the text with its findings, what to do with it, and how a call went."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial

from followup_tui.cli.commands.proof import finding_line, open_proofreader
from followup_tui.cli.context import CliContext
from followup_tui.cli.line_mode.line_runner import (
    LEAVES,
    Cancelled,
    InputEnded,
    LineRunner,
    Option,
    Prompts,
    line_selection,
    say_text,
)
from followup_tui.cli.output import is_terminal, result_lines
from followup_tui.domain.commands.letters import addressee
from followup_tui.domain.format import capitalized, plural
from followup_tui.domain.letters.description import (
    as_one_text,
    describe_letter_to,
    describe_recorded_letter,
    is_outdated,
    split_subject,
)
from followup_tui.domain.model.application import Outcome
from followup_tui.domain.model.errors import Conflict, FollowupError, NotFound, Refused
from followup_tui.domain.model.text import clean_block, clean_line, shown_line
from followup_tui.domain.model.touch import Letter
from followup_tui.external_editor import EditorSession, edit_text, editor_command, is_editor_set
from followup_tui.flows.delivery import STAYS, send
from followup_tui.flows.letter import addressee as addressee_flow
from followup_tui.flows.letter import call, finish_call, letter, template
from followup_tui.flows.offers import after_answer
from followup_tui.flows.question import Flow, OpenCall, OpenLetter, Run, Selection, Stop
from followup_tui.tracker.commit import CommandResult
from followup_tui.tracker.regions import sender_of
from followup_tui.tracker.tracker import Tracker


def run_letter(selection: Selection, prompts: Prompts, runner: LineRunner) -> Run:
    """Show a letter and ask what to do with it; raises `Cancelled` if it is not to be recorded."""
    opened = runner.run(letter, selection)
    assert isinstance(opened, OpenLetter)
    return show_letter(opened, selection, prompts, runner)


def show_letter(opened: OpenLetter, selection: Selection, prompts: Prompts, runner: LineRunner) -> Run:
    """Show an open letter and ask what to do with it, as `run_letter` does."""
    with ExitStack() as stack:
        return LetterMenu(selection, prompts, runner, opened, stack).run()


class LetterMenu:
    """An open letter."""

    def __init__(
        self, selection: Selection, prompts: Prompts, runner: LineRunner, opened: OpenLetter, stack: ExitStack
    ) -> None:
        self._selection = selection
        self._tracker = selection.tracker
        self._prompts = prompts
        self._runner = runner
        self._proofreader = stack.enter_context(open_proofreader(selection.settings))
        self._findings = 0
        self._open(opened)

    def run(self) -> Run:
        """Ask what to do with the letter until something is to be recorded."""
        self._show()
        self._prompts.drop_pending()  # typed before anybody had read the letter: it sends nothing
        while True:
            try:
                run = self._choose_action()()
            except Cancelled as cancelled:
                if self._is_answered and not (self._is_kept or cancelled.message):
                    self._save()
                raise Cancelled(cancelled.message or (STAYS if self._is_kept else "")) from None
            except (Conflict, NotFound):
                raise
            except FollowupError as error:
                self._prompts.say(error.sentence)
            else:
                if run is not None:
                    return run

    def _choose_action(self) -> Callable[[], Run | None]:
        options: list[Option[Callable[[], Run | None]]] = [("s", "Send it, or record that it is sent", self._send)]
        if is_editor_set():
            options.append(("e", "Edit it in your editor", self._edit))
        options.append(("t", "Start over from another template", partial(self._replace, template)))
        if len(self._selection.details.contacts) > 1:
            options.append(("p", "Write it to somebody else", partial(self._replace, addressee_flow)))
        options += [("k", "Keep the draft for later", self._keep), ("D", "Discard it", self._discard)]
        return self._prompts.chosen(
            f"{shown_line(self._selection.subject)}: what becomes of it? {LEAVES}.", options
        )

    def _open(self, opened: OpenLetter) -> None:
        self._letter = opened.composition.letter
        self._is_kept, self._is_answered = opened.composition.is_kept, opened.composition.is_answered
        self._answered = opened.answered
        for problem in filter(None, (opened.composition.early, *opened.composition.problems)):
            self._prompts.say(problem)

    # The letter and its findings

    def _show(self) -> None:
        letter, say = self._letter, self._prompts.say
        files = f", with {plural(len(letter.attachments), 'file')}" if letter.attachments else ""
        title = shown_line(describe_letter_to(letter, self._current().details))
        say(f"The {title} {letter.channel.way}{files}:")
        if letter.subject:
            say(f"Subject: {shown_line(letter.subject)}")
            say()
        say_text(self._prompts, letter.body)
        outdated = is_outdated(letter, self._selection.now)
        if outdated:
            say(outdated)
        self._proofread()

    def _proofread(self) -> None:
        letter, say = self._letter, self._prompts.say
        reading = self._tracker.letters.proof_context(letter, None, sender_of(self._selection.settings))
        proof = self._proofreader.proof(letter.body, reading, subject=letter.subject)
        for finding in proof.subject_findings:
            say(f"Found in the subject: {finding_line(finding)}")
        for finding in proof.findings:
            line, _ = finding.place_in(letter.body)
            say(f"Found in line {line}: {finding_line(finding)}")
        if proof.missing:
            say(proof.missing)
        self._findings = len(proof.subject_findings) + len(proof.findings)

    def _current(self) -> Selection:
        """The selection with its details as they are now: people may have been added since."""
        return self._selection.about(*self._selection.cards)

    # What to do with it

    def _send(self) -> Run | None:
        if self._findings:
            options = [("y", "Yes, as it is", True), ("n", "No", False)]
            if not self._prompts.chosen(f"{plural(self._findings, 'finding')}: send it as it is?", options):
                return None
            self._findings = 0  # asked once
        self._tracker.letters.outgoing(self._letter, sender_of(self._selection.settings))  # refuses an empty one
        self._save()
        result = self._runner.run(partial(send, letter=self._letter), self._current())
        if isinstance(result, Stop):
            raise Cancelled(result.message)
        assert isinstance(result, Run)
        return replace(result, command=partial(self._record, result))

    def _record(self, run: Run, ids: list[str], seen: Mapping[str, int], why: str) -> CommandResult:
        letter = self._tracker.letters.get(self._letter.id)
        words = describe_recorded_letter(letter, self._tracker.queries.details(letter.application_id))
        result = run.command(ids, seen, why)
        self._prompts.say(f"{shown_line(capitalized(words))}.")
        return result

    def _edit(self) -> None:
        changed = edit_letter(self._letter)
        if changed == self._letter:
            self._prompts.say("Nothing was changed.")
            return
        self._letter = changed
        self._save()
        self._show()

    def _replace(self, flow: Callable[..., Flow]) -> None:
        """Compose another letter instead; a draft is kept. If that is cancelled, the letter stays."""
        was_kept = self._is_kept
        try:
            opened = self._runner.run(partial(flow, letter=self._letter, answered=self._answered), self._current())
        except Cancelled:
            return
        assert isinstance(opened, OpenLetter)
        self._open(opened)
        if was_kept:
            self._prompts.say("The draft is kept beside the new letter.")
        self._show()

    def _keep(self) -> None:
        self._save()
        raise Cancelled("It is kept as a draft.")

    def _discard(self) -> None:
        if self._is_kept:
            self._prompts.say(f"{self._tracker.letters.discard(self._letter.id).said}.")
            raise Cancelled("Undo brings it back.")
        raise Cancelled("It is discarded; nothing was kept of it.")

    def _save(self) -> None:
        self._letter = self._tracker.letters.save(self._letter)
        self._is_kept = True


def edit_letter(letter: Letter) -> Letter:
    """The letter as the user's editor left it; raises `FollowupError` with the place of the text if that fails."""
    editor_command()
    editing = EditorSession(as_one_text(letter.subject, letter.body), "letter.txt")
    try:
        _run_editor(editing)
        subject, body = split_subject(editing.text(), letter.subject)
        changed = replace(
            letter, subject=clean_line(subject, "subject").text, body=clean_block(body, "letter").text
        )
    except FollowupError as error:
        raise Refused(f"{error.sentence} {editing.left()}".strip()) from None
    editing.forget()
    return changed


def _run_editor(editing: EditorSession) -> None:
    # Not SIG_IGN: the editor would inherit an ignored signal.
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        # A pipe holds the answers to our own questions.
        edit_text(editing, stdin=None if is_terminal(sys.stdin) else subprocess.DEVNULL)
    finally:
        signal.signal(signal.SIGINT, before)


def run_call(selection: Selection, prompts: Prompts, runner: LineRunner) -> Run:
    """Say what speaks against a call, the number and the script; ask how the call went."""
    opened = runner.run(call, selection)
    assert isinstance(opened, OpenCall)
    verdict = selection.tracker.letters.may_send(opened.composition.letter)
    if not verdict.allowed:
        prompts.say(f"Better not yet: {verdict.why}")
    while True:
        _show_script(opened, prompts)
        result = runner.run(partial(finish_call, opened=opened), selection)
        if isinstance(result, Run):
            return result
        assert isinstance(result, OpenCall)
        opened = result


def _show_script(opened: OpenCall, prompts: Prompts) -> None:
    script = opened.composition.letter
    person = addressee(opened.composition.details, script)
    name = person.label if person else "whoever answers"
    number = person.phone if person and person.phone else "no number is known"
    if number not in script.body:
        prompts.say(f"{shown_line(name)}: {shown_line(number)}")
    say_text(prompts, script.body)


def ask_after_answer(session: CliContext, tracker: Tracker, ids: Sequence[str], outcome: Outcome) -> None:
    """Offer the letter, and ask about each of the others until the user stops."""
    prompts = Prompts(sys.stdin)
    runner = LineRunner(prompts, session.settings_place, lambda opened: _write(session, tracker, runner, opened))
    answered = line_selection(session, tracker, tracker.queries.details(ids[0]))
    try:
        runner.run(partial(after_answer, outcome=outcome), answered)
    except (Cancelled, InputEnded):
        prompts.say("Everything else stays as it is.")
    except FollowupError as error:
        prompts.say(error.sentence)


def _write(session: CliContext, tracker: Tracker, runner: LineRunner, opened: OpenLetter) -> None:
    """Show a letter, and record it if it is sent."""
    prompts = Prompts(sys.stdin)
    selection = line_selection(session, tracker, opened.composition.details)
    try:
        run = show_letter(opened, selection, prompts, runner)
        result = run.command(selection.ids, selection.versions, run.reason)
    except Cancelled as cancelled:
        prompts.say(cancelled.sentence)
    else:
        prompts.say_all(result_lines(result))
