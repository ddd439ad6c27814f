"""The made-up search of the demo: who was met, how many days ago, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from followup_tui.domain.model.next_step import Answer
from followup_tui.domain.model.stage import Outcome, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What they said about the next step, and the day they named, in days from today."""

    answer: Answer
    by: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Something that was logged so many days ago; `word` is one of `touching.LOGGABLE`."""

    ago: int
    word: str
    note: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """One application. `met` is the day of the interview and `since` that of the stage, in days from today.

    A person is a name and a title; mail addresses are made from the name and `domain`.
    """

    company: str
    role: str
    location: str
    domain: str
    met: int
    stage: Stage = Stage.INTERVIEWED
    since: int = 0
    hour: int = 14
    kind: str = "video"
    people: tuple[tuple[str, str], ...] = ()
    earlier: int | None = None
    said: Said | None = None
    happened: tuple[Happened, ...] = ()
    outcome: Outcome | None = None
    notes: str = ""
    tags: tuple[str, ...] = ()
    source: str = ""
    phone: str = ""


_T, _A, _M = Stage.THANKED, Stage.AWAITING, Stage.MOVED_ON

LEADS: tuple[Lead, ...] = (
    # Interviewed: booked, or met and not thanked yet
    Lead(
        company="Kestrel Robotics", role="Backend developer", location="Berlin", domain="kestrel.example",
        met=-1, hour=14, people=(("Dana Ruiz", "Engineering manager"), ("Sam Okafor", "Staff engineer")),
        said=Said(answer=Answer.DECIDE_BY, by=5, note="two more candidates this week"),
        notes="Motion planning team of six. Ask about on-call.\nThey liked the scheduling project.",
        tags=("python", "robotics"), source="a friend", phone="+49 30 5550 0142",
    ),
    Lead(
        company="みどり電機", role="Site reliability engineer", location="Tokyo · remote", domain="midori.example",
        met=0, hour=9, people=(("Aiko Hayashi", "Head of infrastructure"),), tags=("remote",),
        notes="Second round would be with the Osaka team.",
    ),
    Lead(
        company="Blåbær Software", role="Platform engineer", location="Trondheim", domain="blabaer.example",
        met=-2, hour=11, people=(("Ingrid Åsheim", "CTO"),), said=Said(answer=Answer.UNCLEAR), source="job board",
    ),
    Lead(
        company="Northlight Energy", role="Data engineer", location="Hamburg", domain="northlight.example",
        met=1, hour=10, kind="onsite", people=(("Jonas Weber", "Team lead"),), tags=("sql", "climate"),
        notes="Bring the portfolio. Third floor, ask for Jonas.",
    ),
    Lead(
        company="Café Numérique", role="Full-stack developer", location="Lyon", domain="cafe-numerique.example",
        met=3, hour=15, people=(("Élodie Marchand", "Founder"),), source="meetup",
    ),
    Lead(
        company="Quarry & Finch", role="Developer advocate", location="Dublin", domain="quarryfinch.example",
        met=6, hour=16, kind="phone", people=(("Niamh Byrne", "Recruiter"),), phone="+353 1 555 0171",
    ),
    Lead(
        company="Tidewater Analytics", role="Analytics engineer", location="Rotterdam", domain="tidewater.example",
        met=-3, hour=13, people=(("Pieter de Wit", "Head of data"),), said=Said(answer=Answer.NOT_ASKED),
        tags=("sql",),
    ),
    Lead(
        company="Halden Health", role="Senior Python developer", location="Zürich", domain="halden.example",
        met=8, hour=11, earlier=-6, people=(("Beatrix Hürlimann", "VP engineering"),),
        said=Said(answer=Answer.NEXT_ROUND, by=8, note="meet the whole team"), source="referral",
    ),
    # Thanked: inside the time they gave
    Lead(
        company="Paper Lantern", role="Software engineer, tools", location="Amsterdam",
        domain="paperlantern.example",
        met=-3, stage=_T, since=-2, people=(("Marit Jansen", "Engineering manager"),),
        said=Said(answer=Answer.DECIDE_BY, by=2), tags=("tools",),
    ),
    Lead(
        company="Ostrova Maps", role="Geodata engineer", location="Prague", domain="ostrova.example",
        met=-4, stage=_T, since=-3, people=(("Věra Nováková", "Tech lead"), ("Tomáš Dvořák", "Geodesist")),
        said=Said(answer=Answer.THEY_CALL, by=3, note="after the board meets"), phone="+420 555 010 190",
    ),
    Lead(
        company="Brightwell Labs", role="Machine learning engineer", location="Cambridge",
        domain="brightwell.example",
        met=-11, stage=_T, since=-11, people=(("Priya Raman", "Research lead"),), source="conference",
        said=Said(answer=Answer.KEEP_IN_TOUCH), notes="Small team, slow process, very kind people.",
    ),
    Lead(
        company="Løvstad Shipping", role="Backend developer", location="Bergen", domain="lovstad.example",
        met=-2, stage=_T, since=-1, people=(("Øyvind Lie", "Product owner"),),
    ),
    Lead(
        company="Cobalt Garden", role="DevOps engineer", location="Vienna", domain="cobaltgarden.example",
        met=-6, stage=_T, since=-5, people=(("Lena Aigner", "CTO"),), tags=("kubernetes",),
        said=Said(answer=Answer.SEND_SOMETHING, by=0, note="the write-up of the outage"),
    ),
    Lead(
        company="푸른솔 데이터", role="Data platform engineer", location="Seoul · remote",
        domain="pureunsol.example",
        met=-4, stage=_T, since=-4, people=(("Minji Seo", "Director"),), said=Said(answer=Answer.DECIDE_BY, by=6),
        tags=("remote", "spark"),
    ),
    # Awaiting: the ball is with them
    Lead(
        company="Initiative Zukunft", role="Softwareentwickler", location="Leipzig", domain="zukunft.example",
        met=-9, stage=_A, since=-4, people=(("Karla Groß", "Geschäftsführerin"),),
        said=Said(answer=Answer.DECIDE_BY, by=-1),
        happened=(Happened(ago=4, word="email", note="Asked how it goes."),),
    ),
    Lead(
        company="Saltmarsh Systems", role="Data engineer", location="Bristol", domain="saltmarsh.example",
        met=-12, stage=_A, since=-6, people=(("Owen Pritchard", "Head of engineering"),), phone="+44 117 555 0126",
        said=Said(answer=Answer.KEEP_IN_TOUCH),
        happened=(
            Happened(ago=6, word="call", outcome="spoke", note="Budget is being signed, try again next week."),
            Happened(ago=1, word="voicemail"),
        ),
    ),
    Lead(
        company="Vermilion Press", role="Web developer", location="Antwerp", domain="vermilion.example",
        met=-8, stage=_A, since=-5, people=(("Lotte Peeters", "Art director"),),
        said=Said(answer=Answer.THEY_CALL, by=-2),
    ),
    Lead(
        company="Grünspan AG", role="Embedded developer", location="Graz", domain="gruenspan.example",
        met=-15, stage=_A, since=-10, people=(("Matthias Öller", "Abteilungsleiter"),),
        happened=(Happened(ago=10, word="email"), Happened(ago=5, word="call", outcome="no_answer")),
        said=Said(answer=Answer.DECIDE_BY, by=-6),
    ),
    Lead(
        company="Pico & Daughters", role="Platform engineer", location="Lisbon", domain="picodaughters.example",
        met=-10, stage=_A, since=-7, people=(("Inês Falcão", "Co-founder"),),
        said=Said(answer=Answer.CALL_PROMISED, by=1), tags=("startup",),
        notes="Equity is part of it: ask for the numbers.",
    ),
    Lead(
        company="Meridian Rail", role="Site reliability engineer", location="Lille", domain="meridian.example",
        met=-20, stage=_A, since=-14, people=(("Hugo Lefèvre", "Responsable exploitation"),),
        happened=(Happened(ago=14, word="email"), Happened(ago=7, word="email", note="Second check-in.")),
    ),
    Lead(
        company="Foxglove Clinic", role="IT lead", location="Edinburgh", domain="foxglove.example",
        met=-7, stage=_A, since=-3, people=(("Fiona Macrae", "Practice manager"),),
        said=Said(answer=Answer.DONT_CONTACT, by=10, note="they write to everybody at the same time"),
    ),
    Lead(
        company="Sundial Software", role="Python developer", location="Madrid", domain="sundial.example",
        met=-5, stage=_A, since=-1, people=(("Álvaro Peña", "Lead developer"),), source="job board",
        happened=(Happened(ago=1, word="reply", note="Thanks, we decide on Friday."),),
        said=Said(answer=Answer.DECIDE_BY, by=4),
    ),
    # Moved on
    Lead(
        company="Larkspur Digital", role="Backend developer", location="Munich", domain="larkspur.example",
        met=-16, stage=_M, since=-2, outcome=Outcome.OFFER, people=(("Theresa Lang", "Head of product"),),
        happened=(Happened(ago=3, word="reply", note="They made an offer, answer within two weeks."),),
    ),
    Lead(
        company="Bramble Bank", role="Data engineer", location="Frankfurt", domain="bramble.example",
        met=-14, stage=_M, since=-4, outcome=Outcome.REJECTED, people=(("Henrik Vogt", "Recruiter"),),
        happened=(Happened(ago=4, word="reply", note="Somebody from inside got it."),),
    ),
    Lead(
        company="Orchard Street Games", role="Tools programmer", location="Malmö", domain="orchardstreet.example",
        met=-25, stage=_M, since=-11, outcome=Outcome.REJECTED, people=(("Signe Lund", "Producer"),),
    ),
    Lead(
        company="Hollow Oak Archives", role="Developer", location="Oxford", domain="hollowoak.example",
        met=-31, stage=_M, since=-9, outcome=Outcome.NO_REPLY,
        happened=(Happened(ago=24, word="email"), Happened(ago=17, word="voicemail")),
    ),
    Lead(
        company="Tern Logistics", role="Full-stack developer", location="Gdańsk", domain="tern.example",
        met=-28, stage=_M, since=-18, outcome=Outcome.WITHDREW, people=(("Łucja Żak", "HR"),),
        notes="Four days a week in the office, two hours away.",
    ),
    Lead(
        company="Ember & Slate", role="Consultant", location="Cologne", domain="emberslate.example",
        met=-35, stage=_M, since=-21, outcome=Outcome.REJECTED, people=(("Ralf Brandt", "Partner"),),
    ),
    Lead(
        company="Windrose Travel", role="Web developer", location="Barcelona", domain="windrose.example",
        met=-40, stage=_M, since=-19, outcome=Outcome.NO_REPLY, happened=(Happened(ago=33, word="email"),),
    ),
    Lead(
        company="Cinder Cone", role="Python developer", location="Reykjavík", domain="cindercone.example",
        met=-22, stage=_M, since=-13, outcome=Outcome.REJECTED, people=(("Sigrún Jónsdóttir", "CTO"),),
        happened=(Happened(ago=13, word="reply", note="Close call; they would like to keep in touch."),),
    ),
    Lead(
        company="Mosaic Public Radio", role="Audio platform engineer", location="Brussels",
        domain="mosaicradio.example",
        met=-18, stage=_M, since=-8, outcome=Outcome.WITHDREW, notes="Pay half of what was advertised.",
    ),
    Lead(
        company="Anvil & Thread", role="Quality engineer", location="Copenhagen", domain="anvilthread.example",
        met=-45, stage=_M, since=-30, outcome=Outcome.REJECTED,
    ),
)  # fmt: skip
"""Companies and people are made up; .example leads nowhere."""
