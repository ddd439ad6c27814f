"""Lines as people type them: each part is where it belongs, or is said not to be understood."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from conftest import ZONE
from followup_tui.domain.model.application import Outcome
from followup_tui.domain.model.interview import InterviewKind
from followup_tui.domain.parsing.quick_entry import describe_entry, parse_quick_entry

BERLIN = ZoneInfo(ZONE)
WEDNESDAY = datetime(2026, 11, 18, 10, tzinfo=BERLIN)

READ = [
    *(
        (line, f"Globex · Data Engineer · interview {said}")
        for line, said in [
            ("Globex, Data Engineer, Thursday with Tom Baker", "Thu 19 Nov 2026 · with Tom Baker"),
            ("Globex, Data Engineer, thu w/ Tom Baker", "Thu 19 Nov 2026 · with Tom Baker"),
            ("Globex, Data Engineer, Donnerstag mit Tom Baker", "Thu 19 Nov 2026 · with Tom Baker"),
            ("Globex, thu 10am with Tom Baker, Data Engineer", "Thu 19 Nov 2026 10:00 CET · with Tom Baker"),
            ("call at Globex thu 10am with Tom, Data Engineer", "Thu 19 Nov 2026 10:00 CET · with Tom"),
            (
                "Globex, thu 10am with Tom Baker, hiring manager, Data Engineer",
                "Thu 19 Nov 2026 10:00 CET · with Tom Baker, hiring manager",
            ),
            (
                "Globex, Data Engineer, thu 10am with Tom Baker, Engineering Manager",
                "Thu 19 Nov 2026 10:00 CET · with Tom Baker (Engineering Manager)",
            ),
        ]
    ),
    (
        "Booked: second interview at Vandelay on 30 Nov 11am, latex salesman",
        "Vandelay · latex salesman · interview Mon 30 Nov 2026 11:00 CET · note: second interview",
    ),
    (
        "Globex, SRE, fri 14:00, panel: Ann Li, Bob Ray",
        "Globex · SRE · interview Fri 20 Nov 2026 14:00 CET · with Ann Li & Bob Ray",
    ),
    (
        "Globex, SRE, fri 14:00, the interviewers: Ann Li & Bob Ray",
        "Globex · SRE · interview Fri 20 Nov 2026 14:00 CET · with Ann Li & Bob Ray",
    ),
    *(
        (f"Acme, SRE, {said}", f"Acme · SRE · interview Fri 20 Nov 2026 14:00 CET · with {person}")
        for words, person in [
            ("Lucius Fox (CTO)", "Lucius Fox (CTO)"),
            ("Lucius Fox, CTO", "Lucius Fox (CTO)"),
            ("Lucius Fox (he/him)", "Lucius Fox (he/him)"),
            ("Lucius Fox - CTO", "Lucius Fox (CTO)"),
            ("CTO Lucius Fox", "Lucius Fox (CTO)"),
            ("Lucius Fox (Head of Data)", "Lucius Fox (Head of Data)"),
            ("Lucius Fox, VP Engineering", "Lucius Fox (VP Engineering)"),
            ("Lucius Fox, recruiter", "Lucius Fox, recruiter"),
            ("Lucius Fox, +49 30 123456", "Lucius Fox, +49 30 123456"),
            ("Lucius Fox & Bo Chen (CTO)", "Lucius Fox & Bo Chen (CTO)"),
            ("Ann Li, CTO", "Ann Li (CTO)"),
            ("Ann Li - hiring manager", "Ann Li, hiring manager"),
            ("Ann Li <ann@x.example>", "Ann Li <ann@x.example>"),
            ("recruiter Tom", "Tom, recruiter"),
            ("Dr. Ann Li", "Dr. Ann Li"),
        ]
        for said in (f"{words}, fri 14:00", f"fri 14:00, {words}")
    ),
    *(
        (line, f"Acme · SRE · interview {said}")
        for line, said in [
            ("Met Sarah Connor at Acme yesterday about the SRE role", "Tue 17 Nov 2026 · with Sarah Connor"),
            ("I met with Dana Ruiz at Acme for SRE yesterday", "Tue 17 Nov 2026 · with Dana Ruiz"),
            ("I'm meeting Ann Li of Acme on Tuesday 3pm for SRE", "Tue 24 Nov 2026 15:00 CET · with Ann Li"),
            ("meeting Ann Li from Acme on Tuesday 3pm for SRE", "Tue 24 Nov 2026 15:00 CET · with Ann Li"),
            (
                "Dana Ruiz at Acme will call me fri 5pm about SRE",
                "Fri 20 Nov 2026 17:00 CET · with Dana Ruiz · phone",
            ),
            ("Dana Ruiz at Acme, SRE, fri 10:00", "Fri 20 Nov 2026 10:00 CET · with Dana Ruiz"),
            ("SRE at Acme, fri 10:00", "Fri 20 Nov 2026 10:00 CET"),
            ("interviewing with Acme for SRE on Monday at 10", "Mon 23 Nov 2026 10:00 CET"),
            ("interviewed with Acme for SRE on Monday at 10", "Mon 16 Nov 2026 10:00 CET"),
            (
                "hiring manager Carla Gomez at Acme will call me Friday 5pm about the SRE position",
                "Fri 20 Nov 2026 17:00 CET · with Carla Gomez, hiring manager · phone",
            ),
            ("Acme: SRE: fri 15:00-15:45: Julia Meier", "Fri 20 Nov 2026 15:00–15:45 CET · with Julia Meier"),
            ("Acme, SRE, fri 2pm: Ann Li", "Fri 20 Nov 2026 14:00 CET · with Ann Li"),
            (
                "Acme, fri 2pm, Amy Reed (VP Product), SRE",
                "Fri 20 Nov 2026 14:00 CET · with Amy Reed (VP Product)",
            ),
            (
                "Acme, SRE, fri 9am with Ann Li (CTO), Bo Chen (Staff Engineer)",
                "Fri 20 Nov 2026 09:00 CET · with Ann Li (CTO) & Bo Chen (Staff Engineer)",
            ),
            ("Acme, SRE, interview was yesterday 2pm", "Tue 17 Nov 2026 14:00 CET"),
            ("Acme - SRE - Interview war gestern 14 Uhr", "Tue 17 Nov 2026 14:00 CET"),
            ("Acme, SRE, sat 11/21 9am in store, 12 Main St", "Sat 21 Nov 2026 09:00 CET · onsite, 12 Main St"),
            ("Acme, SRE, fri 9am in-store with Deb", "Fri 20 Nov 2026 09:00 CET · with Deb · onsite"),
            (
                "Acme, SRE, yesterday; they decide within two weeks",
                "Tue 17 Nov 2026 · they decide by Wed 2 Dec 2026",
            ),
            ("Acme, SRE, gestern, Antwort bis Freitag", "Tue 17 Nov 2026 · they decide by Fri 20 Nov 2026"),
            (
                "Acme, SRE, fri 9am, hear back in two weeks",
                "Fri 20 Nov 2026 09:00 CET · note: hear back in two weeks",
            ),
        ]
    ),
    ("Met Office, SRE, fri 10:00", "Met Office · SRE · interview Fri 20 Nov 2026 10:00 CET"),
    ("Meeting Pros, planner, fri 10:00", "Meeting Pros · planner · interview Fri 20 Nov 2026 10:00 CET"),
    ("Hiring Manager Portal, SRE, fri 10:00", "Hiring Manager Portal · SRE · interview Fri 20 Nov 2026 10:00 CET"),
    ("Kay & Moss, LLP - SRE - fri 10:30", "Kay & Moss, LLP · SRE · interview Fri 20 Nov 2026 10:30 CET"),
    ("Kay, LLP Partner - Europe, fri 10:30", "Kay · LLP Partner - Europe · interview Fri 20 Nov 2026 10:30 CET"),
    (
        "Amazon, SRE, loop on dec 3 10am with Ann Li",
        "Amazon · SRE · interview Thu 3 Dec 2026 10:00 CET · with Ann Li · note: loop",
    ),
    ("Acme, SRE, with Ann Li fri 14:00", "Acme · SRE · interview Fri 20 Nov 2026 14:00 CET · with Ann Li"),
    (
        "Stripe, backend engineer, thursday 3pm with Maria Lopez via zoom",
        "Stripe · backend engineer · interview Thu 19 Nov 2026 15:00 CET · with Maria Lopez · video, Zoom",
    ),
    (
        "Talked to recruiter Jane Doe about Senior PM at Contoso, next interview mon 10:00",
        "Contoso · Senior PM · interview Mon 23 Nov 2026 10:00 CET · with Jane Doe, recruiter"
        " · note: next interview",
    ),
    (
        "Acme, SRE, spoke to Tom Fox yesterday",
        "Acme · SRE · interview Tue 17 Nov 2026 · with Tom Fox",
    ),
    ("Acme, SRE, next round on mon 9am", "Acme · SRE · interview Mon 23 Nov 2026 09:00 CET · note: next round"),
    ("applied to Umbrella for lab technician on 2 Nov", "Umbrella · lab technician · applied Mon 2 Nov 2026"),
    ("applied for SRE at Acme yesterday", "Acme · SRE · applied Tue 17 Nov 2026"),
    ("applied to Acme, SRE, 2 Nov", "Acme · SRE · applied Mon 2 Nov 2026"),
    ("I applied at Acme as data engineer", "Acme · data engineer · applied"),
    ("I just applied to Acme, SRE", "Acme · SRE · applied"),
    (
        "applied with Acme for data engineer, referred by Bob",
        "Acme · data engineer · applied · referred by Bob",
    ),
    ("applied to Acme for SRE, fri 10:00", "Acme · SRE · interview Fri 20 Nov 2026 10:00 CET"),
    (
        "Applied scientist at Acme, fri 10:00",
        "Acme · Applied scientist · interview Fri 20 Nov 2026 10:00 CET",
    ),
    (
        "phone screen with Stark Industries tomorrow 9am, welder",
        "Stark Industries · welder · interview Thu 19 Nov 2026 09:00 CET · phone",
    ),
    (
        "Hooli, iOS dev (contract), fri 9:00, via LinkedIn",
        "Hooli · iOS dev (contract) · interview Fri 20 Nov 2026 09:00 CET · source: LinkedIn",
    ),
    (
        "Hooli, iOS dev, found on Indeed, fri 9:00",
        "Hooli · iOS dev · interview Fri 20 Nov 2026 09:00 CET · source: Indeed",
    ),
    (
        "Acme, SRE, fri 10:00 with Ann Li, Dana Ruiz, and Cy Young",
        "Acme · SRE · interview Fri 20 Nov 2026 10:00 CET · with Ann Li & Dana Ruiz & Cy Young",
    ),
    (
        "Recruiter Pat Stone (pat@hays.example) for Acme, SRE, fri 10:00",
        "Acme · SRE · interview Fri 20 Nov 2026 10:00 CET · with Pat Stone (Recruiter) <pat@hays.example>",
    ),
    ("LinkedIn, SRE, fri 10:00", "LinkedIn · SRE · interview Fri 20 Nov 2026 10:00 CET"),
    ("Via Ventures, analyst, fri 10", "Via Ventures · analyst · interview Fri 20 Nov 2026 10:00 CET"),
    ("Bob's Burgers, cook, fri 10", "Bob's Burgers · cook · interview Fri 20 Nov 2026 10:00 CET"),
    ("Acme, Referral manager, fri 10", "Acme · Referral manager · interview Fri 20 Nov 2026 10:00 CET"),
]


@pytest.mark.parametrize(("line", "said"), READ)
def test_a_sentence_is_read_as_it_is_meant(line: str, said: str) -> None:
    quick = parse_quick_entry(line, now=WEDNESDAY, zone=BERLIN)
    assert describe_entry(quick, BERLIN) == said
    assert (quick.problems, quick.unread) == ((), ())


@pytest.mark.parametrize(
    ("line", "unread"),
    [
        ("Acme, dev, ref: banana, fri 10", "ref: banana"),
        ("Acme, dev, thanks to everyone, fri 10:00", "thanks to everyone"),
        ("Acme, dev, tip: ask about equity, fri 10:00", "tip: ask about equity"),
        ("Acme, dev, they loved my talk, fri 10:00", "they loved my talk"),
        ("Acme, dev, fri 10:00, Trading Desk (Staff Engineer)", "Trading Desk (Staff Engineer)"),
    ],
)
def test_what_is_none_of_it_is_asked_about(line: str, unread: str) -> None:
    assert parse_quick_entry(line, now=WEDNESDAY, zone=BERLIN).unread == (unread,)


def test_an_address_is_no_employer() -> None:
    quick = parse_quick_entry("pat@hays.example, SRE, fri 10:00", now=WEDNESDAY, zone=BERLIN)
    assert "begin with the employer; people come later" in quick.problems[0]


def test_with_names_the_company_only_where_nothing_else_does() -> None:
    quick = parse_quick_entry("backend engineer thursday 3pm with Ann Li via zoom", now=WEDNESDAY, zone=BERLIN)
    assert [person.name for person in quick.people] == ["Ann Li"]
    assert quick.problems, "the role is asked for"


@pytest.mark.parametrize(
    ("line", "company", "role"),
    [
        ("Interview SRE, Acme GmbH, Tue 24 Nov 14:00", "Acme GmbH", "SRE"),
        ("SRE interview, Acme GmbH, Tue 24 Nov 14:00", "Acme GmbH", "SRE"),
        ("Interview: Backend dev at Acme GmbH, Mo 23.11. um 10 Uhr", "Acme GmbH", "Backend dev"),
        ("the SRE job at Acme on friday, 2 pm", "Acme", "SRE"),
        ("Backend developer interview, Globex, fri 14:00", "Globex", "Backend developer"),
        ("Acme interview, SRE, fri 14:00", "Acme", "SRE"),
        ("Acme, SRE interview fri 14:00", "Acme", "SRE"),
        ("Interview for an SRE at Acme, fri 14:00", "Acme", "SRE"),
        ("Acme, the SRE position, fri 14:00", "Acme", "SRE"),
        ("Interview Coordinator, Acme GmbH, fri 14:00", "Acme GmbH", "Interview Coordinator"),
        ("Acme, Interview coach, fri 14:00", "Acme", "Interview coach"),
        ("The Guardian, Editor, fri 14:00", "The Guardian", "Editor"),
    ],
)
def test_the_word_interview_belongs_to_neither_company_nor_role(line: str, company: str, role: str) -> None:
    found = parse_quick_entry(line, now=WEDNESDAY, zone=BERLIN)
    assert (found.company, found.role, found.unread, found.problems) == (company, role, (), ())


def test_which_interview_it_is_is_kept() -> None:
    found = parse_quick_entry("Phone interview: SRE, Acme GmbH, fri 14:00", now=WEDNESDAY, zone=BERLIN)
    assert (found.company, found.role, found.meeting.kind) == ("Acme GmbH", "SRE", InterviewKind.PHONE)


@pytest.mark.parametrize(
    ("said", "kind", "place", "end"),
    [
        ("with Ann Li on Zoom", InterviewKind.VIDEO, "Zoom", ""),
        ("with Ann Li on Teams for 45 min", InterviewKind.VIDEO, "Teams", "14:45"),
        ("with Ann Li using Webex", InterviewKind.VIDEO, "Webex", ""),
        ("with Ann Li by phone", InterviewKind.PHONE, "", ""),
        ("with Ann Li on the phone", InterviewKind.PHONE, "", ""),
        ("with Ann Li in person", InterviewKind.ONSITE, "", ""),
        ("with Ann Li for an hour", None, "", "15:00"),
        ("for 45 minutes with Ann Li", None, "", "14:45"),
        ("with Ann Li, 1.5 hours", None, "", "15:30"),
        ("with Ann Li, zoom.us/j/9", InterviewKind.VIDEO, "https://zoom.us/j/9", ""),
        ("with Ann Li via Zoom, acme.zoom.us/j/9", InterviewKind.VIDEO, "Zoom, https://acme.zoom.us/j/9", ""),
        (
            "with Ann Li, https://teams.microsoft.com/l/x",
            InterviewKind.VIDEO,
            "https://teams.microsoft.com/l/x",
            "",
        ),
        ("with Ann Li, meet.google.com/abc-def", InterviewKind.VIDEO, "https://meet.google.com/abc-def", ""),
    ],
)
def test_how_and_how_long_one_meets_stands_behind_the_person(
    said: str, kind: InterviewKind | None, place: str, end: str
) -> None:
    found = parse_quick_entry(f"Acme, SRE, fri 14:00, {said}", now=WEDNESDAY, zone=BERLIN)
    assert [one.name for one in found.people] == ["Ann Li"]
    assert found.when is not None
    assert (found.meeting.kind, found.meeting.place, found.note) == (kind, place, "")
    assert (f"{found.when.ends_at:%H:%M}" if found.when.ends_at else "") == end
    assert (found.url, found.unread, found.problems) == ("", (), ())


@pytest.mark.parametrize(
    ("line", "url", "profile", "note"),
    [
        ("fri 14:00, with Ann Li, linkedin.com/in/annli", "", "https://linkedin.com/in/annli", ""),
        ("with Ann Li, https://de.linkedin.com/in/annli", "", "https://de.linkedin.com/in/annli", ""),
        ("with Ann Li, xing.com/profile/Ann_Li", "", "https://xing.com/profile/Ann_Li", ""),
        ("fri 14:00, linkedin.com/in/annli", "", "", "https://linkedin.com/in/annli"),
        ("https://www.linkedin.com/jobs/view/4", "https://www.linkedin.com/jobs/view/4", "", ""),
        ("https://zoom.us/j/9", "", "", "https://zoom.us/j/9"),
        ("fri 14:00, zoom.us/j/9, acme.example/jobs/7", "https://acme.example/jobs/7", "", ""),
        ("https://notzoom.us/j/9", "https://notzoom.us/j/9", "", ""),
    ],
)
def test_a_link_goes_where_its_host_belongs(line: str, url: str, profile: str, note: str) -> None:
    found = parse_quick_entry(f"Acme, SRE, {line}", now=WEDNESDAY, zone=BERLIN)
    assert (found.url, "".join(one.link for one in found.people), found.note) == (url, profile, note)
    assert (found.unread, found.problems) == ((), ())


@pytest.mark.parametrize("verb", ["Rejected", "got turned down", "ghosted"])
def test_a_rejection_is_told_apart_from_the_employer(verb: str) -> None:
    entry = parse_quick_entry(f"{verb} by Initech, SRE", now=WEDNESDAY, zone=BERLIN)
    ended = Outcome.NO_REPLY if verb == "ghosted" else Outcome.REJECTED
    assert (entry.company, entry.role, entry.outcome, entry.unread, entry.problems) == (
        "Initech",
        "SRE",
        ended,
        (),
        (),
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "KPMG, tax trainee, assessment centre 8 Dec all day",
            "KPMG · tax trainee · note: assessment centre, all day",
        ),
        ("Acme, SRE, 8 Dec, full day, panel of four people", "Acme · SRE · note: full day, panel of four people"),
        ("Flipkart, SDE2, machine coding round 8 Dec", "Flipkart · SDE2 · note: machine coding round"),
        ("Acme, SRE, 8 Dec, selection day", "Acme · SRE · note: selection day"),
        ("Acme, SRE, 8 Dec, Joost van der Berg", "Acme · SRE · with Joost van der Berg"),
        ("Acme, SRE, 8 Dec, Maria de la Cruz", "Acme · SRE · with Maria de la Cruz"),
        ("Acme, RN, 8 Dec, Nurse manager Joan Healy", "Acme · RN · with Joan Healy (Nurse manager)"),
        ("Acme, cashier, 8 Dec with store mgr Linda", "Acme · cashier · with Linda (store mgr)"),
        ("Acme, chef, 8 Dec, Kitchen Manager Tom Fox", "Acme · chef · with Tom Fox (Kitchen Manager)"),
    ],
)
def test_what_kind_of_day_it_is_and_a_name_with_particles_are_read(typed: str, said: str) -> None:
    quick = parse_quick_entry(typed, now=WEDNESDAY, zone=BERLIN)
    assert (
        describe_entry(quick, BERLIN).replace(" · interview Tue 8 Dec 2026", ""),
        quick.problems,
        quick.unread,
    ) == (
        said,
        (),
        (),
    )


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("ASML process engineer, interview Wed 25 Nov 13:30, Teams, Joost van der Berg", "Joost van der Berg"),
    ],
)
def test_without_a_comma_behind_the_company_no_later_part_takes_its_place_or_the_roles(
    typed: str, person: str
) -> None:
    quick = parse_quick_entry(typed, now=WEDNESDAY, zone=BERLIN)
    assert quick.problems, "it is asked about"
    assert (quick.role, [one.name for one in quick.people]) == ("", [person] if person else [])
