"""What a typed line must never file away as something else: it is read right, or asked about."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.parsing.quick_entry import QuickEntry, describe_entry, parse_quick_entry

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 10, tzinfo=BERLIN)
"""A Wednesday."""


def quick(line: str) -> QuickEntry:
    return parse_quick_entry(line, now=NOW, zone=BERLIN)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("we talked about it, SRE, fri 2pm", "is more than a company"),
    ],
)
def test_a_sentence_is_no_company(line: str, says: str) -> None:
    assert says in quick(line).problems[0]


def test_an_employer_in_the_role_is_taken_with_a_question() -> None:
    entry = quick("Hays, temp admin job at Lloyds, fri 2pm")
    assert (entry.company, entry.role, entry.note) == ("Lloyds", "temp admin", "Hays")
    assert entry.doubts == ("is “Lloyds” the employer?",)


@pytest.mark.parametrize(
    "company",
    ["Just Eat", "Call of Duty League", "International Rescue Committee", "Yahoo!", "Nurse Next Door", "Loop"],
)
def test_a_name_that_has_such_a_word_is_a_company(company: str) -> None:
    entry = quick(f"{company}, Buyer, fri 14:00")
    assert (entry.company, entry.role, entry.problems, entry.unread) == (company, "Buyer", (), ())


@pytest.mark.parametrize(
    ("part", "role"),
    [
        ("Observability", "Data Engineer, Observability"),
        ("L6", "Data Engineer, L6"),
        ("Clinical Operations", "Data Engineer, Clinical Operations"),
        ("(m/w/d)", "Data Engineer, (m/w/d)"),
        ("Level 2", "Data Engineer, Level 2"),
    ],
)
def test_a_field_or_a_level_behind_a_role_belongs_to_it(part: str, role: str) -> None:
    assert quick(f"Acme, Data Engineer, {part}, fri 14:00").role == role


@pytest.mark.parametrize("part", ["Cells", "Radio 4", "Montreux", "Ann", "Globex"])
def test_what_may_be_anything_is_no_part_of_the_role(part: str) -> None:
    entry = quick(f"Acme, Data Engineer, {part}, fri 14:00")
    assert entry.role == "Data Engineer"
    assert entry.unread == (part,) or [person.name for person in entry.people] == [part]


@pytest.mark.parametrize(
    ("behind", "people", "place", "unread"),
    [
        ("Anita Desai", ("Anita Desai",), "", ()),
        ("Wei Ming Tan, Raj Patel", ("Wei Ming Tan", "Raj Patel"), "", ()),
        ("Redwood Gardens", (), "Redwood Gardens", ()),
        ("Camden office", (), "Camden office", ()),
        ("3rd floor, Main Street 5", (), "3rd floor, Main Street 5", ()),
        ("Gigafactory Berlin", (), "", ("Gigafactory Berlin",)),
        ("Pair Programming", (), "", ("Pair Programming",)),
        ("Santa Quiteria", (), "", ("Santa Quiteria",)),
        ("bring laptop", (), "", ("bring laptop",)),
    ],
)
def test_behind_the_hour_stand_names_and_places(
    behind: str, people: tuple[str, ...], place: str, unread: tuple[str, ...]
) -> None:
    entry = quick(f"Acme, SRE, fri 14:00, {behind}")
    assert (tuple(person.name for person in entry.people), entry.meeting.place) == (people, place)
    assert entry.unread == unread


@pytest.mark.parametrize(
    ("line", "company", "people"),
    [
        ("call from Acme fri 2pm, SRE", "Acme", ()),
        ("call from Anke Petersen at Acme fri 2pm, SRE", "Acme", ("Anke Petersen",)),
        ("Dana from Acme, SRE, fri 2pm", "Acme", ("Dana",)),
        ("second round Acme, SRE, fri 2pm", "Acme", ()),
        ("Round Table Pizza, SRE, fri 2pm", "Round Table Pizza", ()),
        ("phone screen fri 2pm w Katie from Acme - SRE", "Acme", ("Katie",)),
        ("Acme, SRE, fri 2pm, with HR", "Acme", ()),
        ("Acme, SRE, fri 2pm with VP of Support Carl Dunn", "Acme", ("Carl Dunn",)),
        ("Acme, SRE, fri 2pm mit dem Filialleiter Herrn Kruse", "Acme", ("Herrn Kruse",)),
        (
            "Acme, SRE, fri 2pm, panel: Joe Stone, Amira Khan, Li Wei",
            "Acme",
            ("Joe Stone", "Amira Khan", "Li Wei"),
        ),
    ],
)
def test_who_and_for_whom(line: str, company: str, people: tuple[str, ...]) -> None:
    entry = quick(line)
    assert (entry.company, entry.role, entry.unread, entry.problems) == (company, "SRE", (), ())
    assert tuple(person.name for person in entry.people) == people


@pytest.mark.parametrize(
    "line", ["Acme, SRE, tomorrow, 3:30pm", "3:30pm Acme, SRE, tomorrow", "Interview tomorrow! Acme, SRE, 3:30p"]
)
def test_a_day_and_its_hour_may_stand_apart(line: str) -> None:
    entry = quick(line)
    assert entry.when is not None
    assert entry.when.at == datetime(2026, 11, 19, 15, 30, tzinfo=BERLIN)


def test_two_days_are_two_dates_wherever_they_stand() -> None:
    assert quick("Acme, SRE, tomorrow 10:00, 2 dec").problems == ("two dates: leave only the interview's",)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("they'll call", "they call"),
        ("they'll call by friday", "they call by Fri 20 Nov 2026"),
        ("keep in touch", "to keep in touch"),
        ("told me they decide by Dec 4", "they decide by Fri 4 Dec 2026"),
        ("they said they would get back to me within a week", "they decide by Wed 25 Nov 2026"),
        ("they decide by today", "they decide by Wed 18 Nov 2026"),
        ("sie melden sich bis Freitag", "they decide by Fri 20 Nov 2026"),
        ("sie entscheiden bis 4.12.", "they decide by Fri 4 Dec 2026"),
    ],
)
def test_what_they_said_of_the_next_step_is_taken(part: str, said: str) -> None:
    entry = quick(f"Acme, SRE, yesterday, {part}")
    assert (entry.problems, entry.unread) == ((), ())
    assert describe_entry(entry, BERLIN).split(" · ")[3:] == [said]


def test_a_decision_before_the_interview_is_asked_about() -> None:
    assert "that is before the interview" in quick("Acme, SRE, yesterday, they decide by last fri").problems[0]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("Gehalt 110.000 €", "pay: 110.000 €"),
        ("base 180k USD", "pay: base 180k USD"),
        ("$210,000 + equity", "pay: $210,000 + equity"),
        ("$250k base + 10% bonus", "pay: $250k base + 10% bonus"),
        ("Remote (Germany)", "Germany · remote"),
        ("hybrid Oslo", "Oslo · hybrid"),
        ("Leeds (hybrid)", "Leeds · hybrid"),
        ("empfohlen von Tobias", "referred by Tobias"),
        ("full day", "note: full day"),
        ("group interview", "note: group interview"),
        ("mit Hanno Renner und Team", "with Hanno Renner · note: und Team"),
        ("with Ann Lee and Bo Chen (panel)", "with Ann Lee & Bo Chen · note: panel"),
        ("with Ann Lee, Sofia Tran, Bo Chen (panel)", "with Ann Lee & Sofia Tran & Bo Chen · note: panel"),
        ("with Ann Lee (CTO), Bo Chen (2nd round)", "with Ann Lee (CTO) & Bo Chen · note: 2nd round"),
        ("with Ann Lee, Bo Chen (onsite)", "with Ann Lee & Bo Chen · onsite"),
        ("with Ann Lee, Berlin (onsite)", "with Ann Lee · Berlin (onsite)"),
        ("with Ann Lee, Bo Chen (CTO)", "with Ann Lee & Bo Chen (CTO)"),
        ("mit Frau Schulz u. Herrn Dr. Ing. Peter Heide", "with Frau Schulz & Herrn Dr. Ing. Peter Heide"),
        ("con l'ing. Neri", "with ing. Neri"),
    ],
)
def test_more_that_a_line_says_of_the_job_and_of_people(part: str, said: str) -> None:
    entry = quick(f"Acme, SRE, tomorrow 10:00, {part}")
    assert (entry.problems, entry.unread) == ((), ())
    assert describe_entry(entry, BERLIN).split(" · ", 3)[3] == said


@pytest.mark.parametrize("part", ["Remote (Foo)", "+1 415 555 0123", "remote Acme"])
def test_what_is_no_place_and_nobody_is_not_understood(part: str) -> None:
    entry = quick(f"Acme, SRE, tomorrow 10:00, {part}")
    assert (entry.unread, entry.people, entry.location) == ((part,), (), "")


@pytest.mark.parametrize(
    "company",
    ["W AG", "Mit AG", "Morgen GmbH", "Finch, Lowe & Partners", "Truss & Beam Architects", "Heute SE"],
)
def test_a_companys_name_is_no_word_of_the_line(company: str) -> None:
    entry = quick(f"{company}, Junior architect, tomorrow 13:00")
    assert (entry.company, entry.role, entry.problems, entry.unread) == (company, "Junior architect", (), ())
    behind = quick(f"Sr. Accountant, {company}, fri 10:00")
    assert company in (behind.company, behind.role)


def test_a_span_that_ends_before_it_begins_is_asked_about() -> None:
    assert "08:00 is before 09:00" in quick("Acme, SRE, tomorrow 9:00-8:00").problems[0]
    assert describe_entry(quick("Acme, SRE, tomorrow 9-5"), BERLIN).endswith("09:00–17:00 CET")


def test_re_names_the_role_behind_the_person() -> None:
    entry = quick("Met with Dov Lerner from Prism Optics on Friday re: lab technician")
    assert (entry.company, entry.role, entry.unread) == ("Prism Optics", "lab technician", ())
    assert entry.when is not None
    assert entry.when.day.isoformat() == "2026-11-13"


@pytest.mark.parametrize("said", ["bring laptop", "no names yet", "asked for references", "blah blah"])
def test_what_may_be_a_remark_is_asked_about_and_never_filed_silently(said: str) -> None:
    assert quick(f"Acme, SRE, fri 14:00, {said}").unread == (said,)


@pytest.mark.parametrize("said", ["ann lee", "next week maybe", "applied for the senior role", "no offer yet"])
def test_small_letters_that_may_say_more_are_asked_about(said: str) -> None:
    entry = quick(f"Acme, SRE, {said}")
    assert entry.unread or entry.problems or entry.people
