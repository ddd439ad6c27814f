"""Who put in a word for one is read wherever a line is typed, and what only looks like it is not."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from conftest import NOW, ZONE
from followup_tui.domain.parsing.job_words import plain_referrer
from followup_tui.domain.parsing.quick_entry import QuickEntry, describe_entry, form_of, parse_quick_entry

BERLIN = ZoneInfo(ZONE)


def read(line: str) -> QuickEntry:
    return parse_quick_entry(line, now=NOW.astimezone(BERLIN), zone=BERLIN)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("referred by Bob", "Bob"),
        ("Referred by bob lee", "bob lee"),
        ("I was referred by Bob Lee", "Bob Lee"),
        ("got referred by Bob Lee", "Bob Lee"),
        ("via Bob", "Bob"),
        ("through Bob Lee", "Bob Lee"),
        ("through my friend Priya", "Priya"),
        ("recommended by Ms. Priya Nair", "Ms. Priya Nair"),
        ("recommended to me by Ann Li", "Ann Li"),
        ("thanks to Bob", "Bob"),
        ("thanks to Bob Lee at Globex", "Bob Lee at Globex"),
        ("thanks to a referral from Bob", "Bob"),
        ("Bob's referral", "Bob"),
        ("Bob’s recommendation", "Bob"),
        ("via Bob Lee's intro", "Bob Lee"),
        ("Bob Lee referred me", "Bob Lee"),
        ("referral: Bob Lee", "Bob Lee"),
        ("referrer: Bob", "Bob"),
        ("referral from Siobhán O’Brien", "Siobhán O’Brien"),
        ("intro from Bob", "Bob"),
        ("(referred by Bob)", "Bob"),
    ],
)
def test_who_put_in_a_word_becomes_the_referrer_in_any_place(said: str, name: str) -> None:
    for line in (
        f"Acme, SRE, fri 14:00, {said}, with Dana Ruiz",
        f"Acme, SRE, {said}",
        f"Acme; SRE; {said}; fri 14:00",
        f"Acme - SRE - {said} - with Dana Ruiz",
    ):
        quick = read(line)
        assert (quick.company, quick.role, quick.referrer) == ("Acme", "SRE", name)
        assert (quick.unread, quick.note, quick.problems) == ((), "", ())
        assert f"referred by {name}" in describe_entry(quick)
        assert form_of(quick).referrer == name
        assert [person.name for person in quick.people] in ([], ["Dana Ruiz"])


@pytest.mark.parametrize(
    ("line", "role", "referrer", "people"),
    [
        ("SRE at Acme referred by Bob", "SRE", "Bob", []),
        ("Acme, SRE referred by Bob fri 14:00", "SRE", "Bob", []),
        ("Acme, SRE via Bob, fri 14:00", "SRE", "Bob", []),
        ("Acme, SRE, fri 14:00 with Ann Li via Bob Lee", "SRE", "Bob Lee", ["Ann Li"]),
        ("Acme, SRE, referred by Bob with Ann Li fri 14:00", "SRE", "Bob", ["Ann Li"]),
        ("Acme, SRE, fri 14:00, referred by Bob Lee <bob@globex.example>", "SRE", "Bob Lee", ["Bob Lee"]),
    ],
)
def test_inside_a_part_the_rest_is_read_as_ever(line: str, role: str, referrer: str, people: list[str]) -> None:
    quick = read(line)
    assert (quick.company, quick.role, quick.referrer) == ("Acme", role, referrer)
    assert [person.name for person in quick.people] == people
    assert not quick.unread
    assert quick.when is not None or "fri" not in line


@pytest.mark.parametrize(
    "said",
    [
        "via LinkedIn",
        "via Zoom",
        "through the website",
        "via video",
        "through Indeed",
        "thanks to all",
        "via phone",
    ],
)
def test_what_is_nobody_is_no_referrer(said: str) -> None:
    assert read(f"Acme, SRE, fri 14:00, {said}").referrer == ""


def test_an_address_makes_them_one_of_the_people_who_wasnt_met() -> None:
    form = form_of(read("Acme, SRE, fri 14:00, with Dana Ruiz, referred by Bob Lee <bob@globex.example>"))
    assert [str(person.role) for person in form.people] == ["None", "referrer"]
    assert form.met is not None
    assert [person.name for person in form.met] == ["Dana Ruiz"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [("referred by Bob", "Bob"), ("Bob Lee", "Bob Lee"), ("via Bob", "Bob"), ("LinkedIn", "LinkedIn"), ("", "")],
)
def test_a_field_for_it_takes_the_name_alone(typed: str, name: str) -> None:
    assert plain_referrer(typed) == name


def test_a_long_part_is_read_in_no_time() -> None:
    assert read("Acme, SRE, " + "via Bob's referral by " * 80).referrer == ""
