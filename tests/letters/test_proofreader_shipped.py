"""The letters that the program writes itself: the proofreader has nothing to say about any."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_tui.domain.format import English
from followup_tui.domain.letters.finding import ProofContext
from followup_tui.domain.model.touch import LetterKind
from followup_tui.letters.proofreader.proofreader import Proofreader
from letters.letter_factories import LIBRARY, ME, NAMES, letter
from playbook.strategies import Life, lives


@settings(max_examples=settings().max_examples // 5)  # each reads fifteen letters
@given(life=lives(), english=st.sampled_from(tuple(English)))
def test_what_the_program_writes_raises_no_alarm(reader: Proofreader, life: Life, english: English) -> None:
    moment = life.seen()
    application, people = moment.details.application, tuple(one.name for one in moment.details.contacts)
    for name in NAMES:
        made = letter(name, moment, sender=replace(ME, english=english))
        context = ProofContext(
            sender=ME.name,
            company=application.company,
            role=application.role,
            recipient=people[0] if people else "",
            people=people,
            english=english,
            kind=LIBRARY.get(name).kind,
            attachments=1,
        )
        proof = reader.proof(made.body, context, made.subject)
        assert (proof.findings, proof.subject_findings) == ((), ()), name


@pytest.mark.parametrize("kind", [LIBRARY.get(name).kind for name in ("call", "voicemail")])
def test_a_script_is_made_of_notes(reader: Proofreader, kind: LetterKind) -> None:
    text = (
        "OPENING\nHello, this is Sam Weber about the job\n\n- Ask!\n- When!\n- Thank!\n\nANYTHING ELSE:\nThank you"
    )
    context = ProofContext(
        sender="Sam Weber", company="Acme", recipient="Dana Ruiz", people=("Dana Ruiz",), kind=kind
    )
    assert reader.proof(text, context).findings == ()
    assert [one.rule for one in reader.proof(text.replace("about", "abuot"), context).findings] == [
        "harper:SpellCheck"
    ]
