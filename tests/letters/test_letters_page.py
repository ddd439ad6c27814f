"""The page of ten letters is what the templates make today, and each of them passes its own proofreader."""

from __future__ import annotations

import pytest

from followup_tui.domain.letters.finding import ProofContext
from followup_tui.letters.proofreader.proofreader import Proofreader
from letters.letter_factories import LIBRARY
from letters.write_letters_page import EXAMPLES, PAGE, Example, page


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python tests/letters/write_letters_page.py"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.template)
def test_each_letter_has_no_finding_and_no_gap(reader: Proofreader, example: Example) -> None:
    letter, details = example.letter(), example.at.details
    assert letter.missing == ()
    context = ProofContext(
        sender=example.sender.name,
        company=example.company,
        role=example.role,
        recipient=details.contacts[example.to].name,
        people=tuple(one.name for one in details.contacts),
        english=example.sender.english,
        kind=LIBRARY.get(example.template).kind,
        attachments=0,
    )
    proof = reader.proof(letter.body, context, subject=letter.subject)
    assert (proof.findings, proof.subject_findings) == ((), ())
