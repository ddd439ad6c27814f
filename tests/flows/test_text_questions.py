"""What is typed into a question is understood, or refused in a sentence."""

from __future__ import annotations

import io
from pathlib import Path

from flows.conversation import User, add
from followup_tui.cli.line_mode.line_runner import LineRunner, Prompts
from followup_tui.flows.question import Conversation, Flow, Stop, Text, flow_of


def test_line_mode_asks_again_for_a_company_that_none_or_several_have(user: User) -> None:
    kept, gone = add(user.tracker, "Acme", "Dana Ruiz"), add(user.tracker, "Acorn")
    add(user.tracker, "Acton")
    selection = user.select(kept)
    question = Conversation(lambda: flow_of("merge")(selection)).answer(None)
    assert isinstance(question, Text)
    out = io.StringIO()

    def ask() -> Flow:
        return Stop((yield question))

    runner = LineRunner(Prompts(io.StringIO("zzz\nac\nacorn\n"), out), Path("settings.toml"), write=print)
    assert runner.run(lambda _: ask(), selection) == Stop(gone)
    assert "No application matches" in out.getvalue()
    assert out.getvalue().count("merge which one into it?") == 3
    assert "Understood: #2 Acorn, Dev." in out.getvalue()
