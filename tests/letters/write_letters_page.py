"""Write `docs/letters.md`: ten letters to ten made-up applications, rendered from the shipped templates.

Run `python tests/letters/write_letters_page.py` after a template has changed; a test tells when.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "letters.md"
if __name__ == "__main__":  # run as a script, the tests are no package
    sys.path.insert(0, str(Path(__file__).parents[1]))

from followup_tui.domain.format import English, Voice  # noqa: E402
from followup_tui.domain.letters.template_choice import seed_of  # noqa: E402
from followup_tui.domain.model.application import Answer, Outcome  # noqa: E402
from followup_tui.domain.model.contact import ContactRole  # noqa: E402
from followup_tui.domain.model.details import Offer  # noqa: E402
from followup_tui.domain.model.touch import Sender  # noqa: E402
from followup_tui.letters.renderer import RenderedLetter, render  # noqa: E402
from letters.letter_factories import LIBRARY, facts, met  # noqa: E402
from playbook.moments import Moment  # noqa: E402

INTRODUCTION = """# Ten letters

This is what the program drafts before anybody changes a word. “Typed” is all that was typed for the letter;
everything else comes from the application. The names are made up.

`tests/letters/write_letters_page.py` writes this page from the templates, and a test keeps it current.
"""


@dataclass(frozen=True, kw_only=True)
class Example:
    """A made-up application at a moment, the template, and what the user typed."""

    title: str
    template: str
    moment: Moment
    company: str
    role: str
    sender: Sender
    asked: Mapping[str, str] = field(default_factory=dict)
    to: int = 0
    recruiter: int | None = None
    number: int = 1

    @property
    def at(self) -> Moment:
        """The moment with the company, the role and the recruiter of this application."""
        details = self.moment.details
        application = replace(details.application, company=self.company, role=self.role, number=self.number)
        contacts = tuple(
            replace(one, role=ContactRole.RECRUITER) if place == self.recruiter else one
            for place, one in enumerate(details.contacts)
        )
        return replace(self.moment, details=replace(details, application=application, contacts=contacts))

    def letter(self) -> RenderedLetter:
        """The letter as the program renders it."""
        moment = self.at
        known = facts(moment, to=moment.details.contacts[self.to], sender=self.sender, asked=self.asked)
        return render(LIBRARY.get(self.template), known, seed=seed_of(self.number, self.template))


def _me(name: str, english: English = English.AMERICAN, voice: Voice = Voice.FORMAL) -> Sender:
    return Sender(name=name, phone="+1 646 555 0134", english=english, voice=voice)


def _with_offer(moment: Moment) -> Moment:
    """The moment with an offer that wants an answer by Friday, 4 December."""
    offer = Offer(
        application_id=moment.details.application.id,
        made_at=moment.now,
        answer_by=moment.now.date().replace(month=12, day=4),
        created_at=moment.now,
    )
    return replace(moment, details=replace(moment.details, offers=(offer,)))


LATER = "Wed 2 Dec 2026"
EXAMPLES = (
    Example(
        title="A thank-you the day after a video interview",
        template="thank-you",
        number=1,
        company="Harbor Foods Inc.",
        role="Data Analyst (m/w/d)",
        moment=met("Dana Ruiz", answer=Answer.DECIDE_BY, by="Fri 27 Nov 2026").at("Thu 19 Nov 2026"),
        sender=_me("Alex Kim"),
        asked={
            "topic": "We talked about forecasting demand for fresh fruit.",
            "offer": "built such a forecast for three stores, and I could start from what I learned there",
        },
    ),
    Example(
        title="A thank-you to the recruiter of a panel, where nobody had said what comes next",
        template="thank-you-panel",
        number=2,
        company="St. Brendan’s Hospital",
        role="Pediatric Nurse",
        moment=met("Mira Lindt", "Sam Okafor", "Jo Park", answer=Answer.NOT_ASKED).at("Thu 19 Nov 2026"),
        to=2,
        recruiter=2,
        sender=_me("Noor Haddad"),
        asked={"topic": "how you train new nurses on the night shift", "offer": "trained six of them last year"},
    ),
    Example(
        title="A thank-you that comes late, in British English, with nothing typed",
        template="thank-you-late",
        number=3,
        company="Northfield School",
        role="Teacher of Mathematics",
        moment=met("Dr. Leyen").at("Wed 25 Nov 2026"),
        sender=_me("Tom Baker", English.BRITISH),
    ),
    Example(
        title="A check-in after the day they had named",
        template="check-in-decision",
        number=4,
        company="Brightline Logistics",
        role="Warehouse Manager",
        moment=met("Carla Diaz", answer=Answer.DECIDE_BY, by="Fri 27 Nov 2026")
        .thanked("Thu 19 Nov 2026")
        .at(LATER),
        sender=_me("Robin Okafor"),
        asked={"topic": "their move to two shifts"},
    ),
    Example(
        title="A second check-in, with news",
        template="check-in-second",
        number=5,
        company="Ito & Marsh LLP",
        role="Paralegal",
        moment=met("Ken Ito").thanked("Thu 19 Nov 2026").emailed(LATER).at("Wed 16 Dec 2026"),
        sender=_me("Lena Vogt"),
        asked={"news": "passed the notary exam on Monday"},
    ),
    Example(
        title="Asking to move an interview, in a friendly voice",
        template="moving-interview",
        number=6,
        company="Ohm & Sons",
        role="Electrician, Residential",
        moment=met("Ada Berg").at("Mon 16 Nov 2026"),
        sender=_me("Sasha Petrov", voice=Voice.FRIENDLY),
        asked={
            "other_times": "Thursday before noon, or any time on Friday",
            "reason": "my shift was moved to that afternoon",
        },
    ),
    Example(
        title="Negotiating an offer",
        template="negotiating",
        number=7,
        company="Kestrel GmbH",
        role="Backend Engineer",
        moment=_with_offer(met("Jonas Weber").thanked("Thu 19 Nov 2026").at("Mon 30 Nov 2026")),
        sender=_me("Alex Novak"),
        asked={
            "wish": "a base salary of 95,000 euros",
            "offer": "I have run two migrations of the size that you plan, and I would lead this one.",
        },
    ),
    Example(
        title="Declining an offer",
        template="declining",
        number=8,
        company="Salt & Cedar",
        role="Sous Chef",
        moment=_with_offer(met("Maria Rossi").thanked("Thu 19 Nov 2026").at("Mon 30 Nov 2026")),
        sender=_me("Emil Brandt"),
        asked={"reason": "because I have accepted a position closer to my family"},
    ),
    Example(
        title="Asking for feedback after a rejection",
        template="feedback",
        number=9,
        company="Lumen Studio",
        role="UX Designer (Remote)",
        moment=met("Priya Nair").ended("Mon 23 Nov 2026", Outcome.REJECTED).at("Tue 24 Nov 2026"),
        sender=_me("Zoë Martin"),
        asked={"topic": "Her redesign of the checkout"},
    ),
    Example(
        title="Reconnecting three months later",
        template="reconnecting",
        number=10,
        company="The Harbor Gazette",
        role="Staff Writer",
        moment=met("Ellen Frost").ended("Mon 23 Nov 2026", Outcome.REJECTED).at("Mon 1 Mar 2027"),
        sender=_me("Ida Holm"),
        asked={"news": "Since then I have published a series on coastal towns in two regional papers."},
    ),
)


def page() -> str:
    """The page as it should be."""
    parts = [INTRODUCTION]
    for number, example in enumerate(EXAMPLES, 1):
        letter = example.letter()
        typed = [f"- Typed for `{name}`: {text}" for name, text in example.asked.items()] or ["- Nothing typed"]
        lines = (f"> {line}".rstrip() for line in (f"**{letter.subject}**", "", *letter.body.split("\n")))
        about = f"{example.role} at {example.company}, template `{example.template}`"
        parts += [f"## {number}. {example.title}", about, "\n".join(typed), "\n".join(lines)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
