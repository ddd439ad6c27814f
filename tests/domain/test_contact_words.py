"""The role of a person and how they like to be reached, as one types them, and the line that a person is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.format import Voice
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import ContactRole, Person
from followup_tui.domain.model.interview import InterviewKind
from followup_tui.domain.model.touch import Channel
from followup_tui.domain.model.when import Prefer
from followup_tui.domain.parsing.booking import parse_booking
from followup_tui.domain.parsing.dates import parse_when
from followup_tui.domain.parsing.people import read_people
from followup_tui.domain.parsing.quick_entry import form_of, parse_quick_entry
from followup_tui.domain.parsing.typed_people import (
    met_line,
    parse_people,
    person_lines,
    read_people_lines,
    write_person,
)

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 10, tzinfo=BERLIN)
RECRUITER, MANAGER = ContactRole.RECRUITER, ContactRole.HIRING_MANAGER
INTERVIEWER, REFERRER = ContactRole.INTERVIEWER, ContactRole.REFERRER
TOM = Person("Tom Fox", "tom@x.example", role=RECRUITER)
DANA = Person("Dana Ruiz", role=MANAGER)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("recruiter Tom Fox, tom@x.example", [TOM]),
        ("hiring manager: Dana Ruiz", [DANA]),
        ("our recruiter Tom Fox <tom@x.example>", [TOM]),
        ("the recruiter is Tom Fox, tom@x.example", [TOM]),
        ("Tom Fox <tom@x.example>, recruiter", [TOM]),
        ("Tom Fox (recruiter) tom@x.example", [TOM]),
        ("Tom Fox recruiter tom@x.example", [TOM]),
        ("Dana Ruiz - hiring manager", [DANA]),
        ("recruiter Tom Fox <tom@x.example> and hiring manager Dana Ruiz", [TOM, DANA]),
        ("VP Eng Dana Ruiz, hiring manager", [replace(DANA, title="VP Eng")]),
        ("interviewer Ann Li, Bo Chen", [Person("Ann Li", role=INTERVIEWER), Person("Bo Chen")]),
        ("Ann Li (interviewer)", [Person("Ann Li", role=INTERVIEWER)]),
        ("referrer Bob Lee", [Person("Bob Lee", role=REFERRER)]),
        ("Tom Fox, Senior Recruiter", [Person("Tom Fox", title="Senior Recruiter", role=RECRUITER)]),
        ("Recruiter: Tom Fox", [Person("Tom Fox", title="Recruiter", role=RECRUITER)]),
        ("recruiter: tom@x.example", [Person("", "tom@x.example", role=RECRUITER)]),
        ("tom@x.example, recruiter", [Person("", "tom@x.example", role=RECRUITER)]),
        ("Dana Ruiz, CTO", [Person("Dana Ruiz", title="CTO")]),
        ("Ann Li, Bo Chen (panel)", [Person("Ann Li"), Person("Bo Chen", notes="panel")]),
    ],
)
def test_the_words_beside_a_name_give_the_role(text: str, people: list[Person]) -> None:
    assert list(read_people(text).people) == people
    assert read_people(text).rest == ()


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Tom Fox, best by phone", Channel.PHONE),
        ("Tom Fox best by phone", Channel.PHONE),
        ("Tom Fox prefers LinkedIn", Channel.LINKEDIN),
        ("Tom Fox, prefers LinkedIn messages", Channel.LINKEDIN),
        ("Tom Fox (prefers email)", Channel.EMAIL),
        ("Tom Fox, prefers to be called", Channel.PHONE),
        ("Tom Fox, reach him by text", Channel.MESSAGE),
        ("Tom Fox, email only", Channel.EMAIL),
        ("Tom Fox, best in person", Channel.IN_PERSON),
        ("Tom Fox, preferably by post", Channel.POST),
    ],
)
def test_how_somebody_likes_to_be_reached_is_read(text: str, way: Channel) -> None:
    assert read_people(text).people == (Person("Tom Fox", reach_by=way),)


@pytest.mark.parametrize("text", ["Tom Best", "Tom Fox, bestseller", "Tom Fox, phone", "George Best, CTO"])
def test_what_only_sounds_like_it_is_no_way_to_reach_somebody(text: str) -> None:
    assert [one.reach_by for one in read_people(text).people] == [None]


NAMES = st.sampled_from(["Dana Ruiz", "Ann Li", "Bo Chen", "Priya Nair"])
PEOPLE = st.builds(
    Person,
    name=NAMES,
    email=st.sampled_from(["", "x@acme.example"]),
    phone=st.sampled_from(["", "+1 212 555 0100"]),
    title=st.sampled_from(["", "CTO", "Head of Data", "Senior Recruiter", "Frau Dr."]),
    link=st.sampled_from(["", "https://people.example/in/x"]),
    notes=st.sampled_from(["", "she/her", "met at PyCon", "likes cats, plays chess"]),
    role=st.sampled_from([None, RECRUITER, MANAGER, INTERVIEWER, REFERRER]),
    reach_by=st.sampled_from([None, *Channel]),
    voice=st.sampled_from([None, *Voice]),
).filter(lambda one: one.title != "Senior Recruiter" or one.role is not None)


@given(PEOPLE)
def test_the_line_of_a_person_reads_back_as_they_are(person: Person) -> None:
    assert parse_people(write_person(person)) == (person,)


def test_a_typed_line_says_who_is_the_recruiter() -> None:
    quick = parse_quick_entry(
        "Acme, Backend, fri 14:00, recruiter Tom Fox, tom@x.example, best by phone", now=NOW, zone=BERLIN
    )
    assert quick.people == (replace(TOM, reach_by=Channel.PHONE),)
    assert (quick.unread, quick.problems) == ((), ())


def test_who_put_in_a_word_is_not_taken_to_be_in_the_interview() -> None:
    quick = parse_quick_entry("Acme, Backend, fri 14:00 with Ann Li, referrer Bob Lee", now=NOW, zone=BERLIN)
    assert [one.name for one in form_of(quick).people] == ["Ann Li", "Bob Lee"]
    assert [one.name for one in form_of(quick).met or ()] == ["Ann Li"]


def test_a_round_says_the_roles_of_its_people() -> None:
    line = parse_booking(
        "tue 10:00, Ann Li, interviewer, best by phone",
        lambda said: parse_when(said, now=NOW, zone=BERLIN, lean=Prefer.FUTURE),
    )
    assert line.booking.people == (Person("Ann Li", role=INTERVIEWER, reach_by=Channel.PHONE),)


# The form's lines

ANN, BO = Person("Ann Li", "ann@x.example", contact_id="1"), Person("Bo Chen", contact_id="2")
DRAFT = ApplicationForm(company="Acme", role="Dev", people=(ANN, BO), met=(ANN,))


def test_lines_that_were_not_edited_leave_people_and_round_as_they_are() -> None:
    odd = Person("§ 7", "x@acme.example", contact_id="3")
    draft = replace(DRAFT, people=(*DRAFT.people, odd), met=(odd,))
    lines = person_lines(draft)
    assert read_people_lines(draft, [*lines, ""], met_line(draft)) == (draft.people, draft.met)


def test_a_renamed_person_stays_who_they_are_and_in_the_round() -> None:
    people, met = read_people_lines(DRAFT, ["Anna Lee <ann@x.example>, recruiter", "Bo Chen", ""], "Ann Li")
    assert (people[0].name, people[0].role, people[0].contact_id) == ("Anna Lee", RECRUITER, "1")
    assert met == (people[0],)


def test_names_in_the_round_are_those_of_the_people_or_new_ones() -> None:
    people, met = read_people_lines(DRAFT, [*person_lines(DRAFT), ""], "Bo and Cy Young")
    assert [one.name for one in people] == ["Ann Li", "Bo Chen", "Cy Young"]
    assert [(one.name, one.contact_id) for one in met] == [("Bo Chen", "2"), ("Cy Young", "")]


def test_an_emptied_line_takes_the_person_off() -> None:
    people, met = read_people_lines(DRAFT, ["", "Bo Chen", "Cy Young; Di Park"], "Ann Li")
    assert ([one.name for one in people], met) == (["Bo Chen", "Cy Young", "Di Park"], ())


@pytest.mark.parametrize("said", ["best by phone", "prefers phone", "best reached by phone", "best on the phone"])
def test_how_somebody_likes_to_be_reached_is_not_how_one_meets(said: str) -> None:
    line = parse_booking(
        f"tue 10:00 on Zoom with Ann Li, {said}",
        lambda typed: parse_when(typed, now=NOW, zone=BERLIN, lean=Prefer.FUTURE),
    )
    assert (line.booking.kind, line.booking.place) == (InterviewKind.VIDEO, "Zoom")
