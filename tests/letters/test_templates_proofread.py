"""Every shipped letter passes its own proofreader without a finding, for every shape of application."""

from __future__ import annotations

from dataclasses import replace

import pytest

from followup_tui.domain.format import English, Voice
from followup_tui.domain.letters.finding import ProofContext
from followup_tui.domain.model.application import Answer, Outcome
from followup_tui.domain.model.interview import InterviewKind
from followup_tui.letters.proofreader.proofreader import Proofreader
from letters.letter_factories import (
    ASKED,
    LIBRARY,
    ME,
    MOST,
    NAMES,
    PANEL,
    SEEDS,
    letter,
    met,
    with_notes,
    with_titles,
)
from playbook.moments import Moment

LATER = "Wed 2 Dec 2026"
MORE = {
    **ASKED,
    "topic": "the move to Kafka",
    "news": "I have just finished the course on stream processing that we spoke of.",
    "reason": "I have accepted a position closer to my family.",
    "start_on": "Monday, January 4",
    "offer": "I have moved two teams to it, and I could help from the first week.",
    "answer_by": "next Friday",
    "more_until": "in two weeks",
    "other_times": "Tuesday after 2 pm, or any time on Friday",
}
SHAPES: dict[str, Moment] = {
    "nobody is known": met().at("Thu 19 Nov 2026"),
    "one person, the same day": met("Dana Ruiz").at("Wed 18 Nov 2026 17:00"),
    "a panel": with_titles(met(*PANEL).at("Thu 19 Nov 2026"), "Head of Data", "Dr.", "Recruiter", "", "CTO"),
    "a panel that was not asked": met(*PANEL, answer=Answer.NOT_ASKED).at("Fri 20 Nov 2026"),
    "a second round": met("Dana Ruiz").interview("Mon 23 Nov 2026 10:00", "Sam Okafor").at("Tue 24 Nov 2026"),
    "they decide by a day": met("Věra Nováková", answer=Answer.DECIDE_BY, by="Fri 27 Nov 2026").at(LATER),
    "they call": met("Øyvind Lie", answer=Answer.THEY_CALL).thanked("Thu 19 Nov 2026").at(LATER),
    "keep in touch": met("Dana Ruiz", answer=Answer.KEEP_IN_TOUCH).thanked("Thu 19 Nov 2026").at(LATER),
    "a promised call": met("Dana Ruiz", answer=Answer.CALL_PROMISED, by="Fri 20 Nov 2026 10:00").at(
        "Fri 20 Nov 2026"
    ),
    "something to send": met("Dana Ruiz", answer=Answer.SEND_SOMETHING, by="Mon 23 Nov 2026").at(
        "Fri 20 Nov 2026"
    ),
    "the next round": met("Dana Ruiz", answer=Answer.NEXT_ROUND).at("Fri 20 Nov 2026"),
    "a rejection": met("Dana Ruiz").ended("Mon 23 Nov 2026", Outcome.REJECTED).at("Tue 24 Nov 2026"),
    "an offer": met("Dana Ruiz").ended("Mon 23 Nov 2026", Outcome.ACCEPTED).at("Tue 24 Nov 2026"),
    "long ago, after a check-in": met("Dana Ruiz").emailed("Wed 2 Dec 2026").at("Mon 4 Jan 2027"),
    "with notes": with_notes(met("Dana Ruiz").at("Thu 19 Nov 2026"), "Talked about the on-call rota"),
}


ALL_WORDINGS = ("one person, the same day", "a promised call")


def _read(
    reader: Proofreader,
    name: str,
    moment: Moment,
    english: English,
    asked: dict[str, str],
    *,
    seed: int = 0,
    voice: Voice = Voice.FORMAL,
) -> list[str]:
    """What is found in a letter to each of the people, with where it stands."""
    application = moment.details.application
    found: list[str] = []
    for to in moment.details.contacts or (None,):
        made = letter(
            name, moment, to=to, sender=replace(ME, english=english, voice=voice), asked=asked, seed=seed
        )
        assert made.missing == ()
        context = ProofContext(
            sender=ME.name,
            company=application.company,
            role=application.role,
            recipient=to.name if to else "",
            people=tuple(contact.name for contact in moment.details.contacts),
            other_companies=("Globex", "Initech"),
            other_people=("Ada Stern",),
            other_roles=("Data engineer",),
            english=english,
            kind=LIBRARY.templates[name].kind,
            attachments=1,
        )
        proof = reader.proof(made.body, context, subject=made.subject)
        assert proof.missing == ""
        for one in (*proof.findings, *proof.subject_findings):
            around = made.body[max(0, one.start - 20) : one.end + 20]
            found.append(f"{one.rule} “{one.text}” in …{around}…: {one.message}")
    return found


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_letter_has_no_finding(reader: Proofreader, name: str) -> None:
    found = {
        shape: some
        for place, (shape, moment) in enumerate(SHAPES.items())
        for asked, voice in ((ASKED, Voice.FORMAL), (MORE, Voice.FORMAL), (MORE, Voice.FRIENDLY))
        if (
            some := [
                finding
                for seed in (SEEDS[: MOST[name]] if shape in ALL_WORDINGS else (SEEDS[place % len(SEEDS)],))
                for finding in _read(reader, name, moment, English.BRITISH, asked, seed=seed, voice=voice)
            ]
        )
    }
    assert found == {}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("english", English)
def test_no_english_finds_another_spelling_in_a_shipped_letter(reader: Proofreader, english: English) -> None:
    moment = SHAPES["a panel"]
    assert [found for name in NAMES for found in _read(reader, name, moment, english, MORE)] == []


def test_a_round_by_phone_or_on_site_reads_as_well(reader: Proofreader) -> None:
    moment = SHAPES["one person, the same day"]
    for kind in InterviewKind:
        interviews = tuple(replace(one, kind=kind) for one in moment.details.interviews)
        met_so = replace(moment, details=replace(moment.details, interviews=interviews))
        assert [found for name in NAMES for found in _read(reader, name, met_so, English.AMERICAN, MORE)] == []
