"""The line that adds an application."""

from __future__ import annotations

import time
from datetime import date, datetime
from statistics import quantiles
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.model.application import WorkMode
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.parsing.quick_entry import QuickEntry, describe_entry, form_of, parse_quick_entry
from followup_tui.domain.parsing.typed_people import parse_person

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 10, 17, tzinfo=BERLIN)
"""A Sunday."""
FULL = (
    "Acme Robotics, Backend dev, last fri 14:00, with Dana Ruiz <dana@acme.example>, https://acme.example/jobs/7,8"
)
DANA = Person("Dana Ruiz", "dana@acme.example")


def quick(line: str) -> QuickEntry:
    return parse_quick_entry(line, now=NOW, zone=BERLIN)


def said(line: str) -> str:
    return describe_entry(quick(line), BERLIN)


def test_one_line_names_company_role_interview_people_and_link() -> None:
    assert quick(FULL).problems == ()
    assert said(FULL) == (
        "Acme Robotics · Backend dev · interview Fri 20 Nov 2026 14:00 CET"
        " · with Dana Ruiz <dana@acme.example> · https://acme.example/jobs/7,8"
    )


@pytest.mark.parametrize(
    ("aside", "told"),
    [("(panel)", " · note: panel"), ("(onsite)", " · onsite"), ("(via Zoom)", " · video, Zoom"), ("(Berlin)", "")],
)
def test_how_one_meets_may_be_in_brackets_behind_the_hour(aside: str, told: str) -> None:
    entry = quick(f"Acme, Dev, tue 9:00 {aside} with Ann Li")
    assert describe_entry(entry, BERLIN).partition("with Ann Li")[2] == told
    assert (entry.unread, entry.problems) == ((), ())


@pytest.mark.parametrize("hours", ["37.5 hours", "40h", "(32-40 uur)", "30 Stunden"])
def test_hours_of_work_a_week_are_not_the_length_of_an_interview(hours: str) -> None:
    entry = quick(f"Acme, Dev, tue 9:00, {hours}")
    assert (entry.note, entry.when and entry.when.ends_at, entry.unread, entry.problems) == (hours, None, (), ())


@pytest.mark.parametrize(
    "line",
    [
        "Acme, Dev, fri, 20 nov, 14:00",
        "Acme; Dev; last fri 14:00",
        "Acme | Dev | Nov 20, 2026, 2pm",
        "Dev at Acme, last fri 14:00",
        "Dev @ Acme, 20 nov, 14:00",
        "Acme - Dev, 2026-11-20 14:00",
        "Acme – Dev, last fri 2pm",
        '"Acme" - Dev, last fri 2pm',
        "Acme, last fri 14:00, Dev",
        "https://x.example/1 Acme, Dev, last fri 14:00",
    ],
)
def test_the_parts_may_be_separated_and_ordered_in_several_ways(line: str) -> None:
    assert describe_entry(quick(line)).removesuffix(" · https://x.example/1") == (
        "Acme · Dev · interview Fri 20 Nov 2026 14:00 CET"
    )
    assert quick(line).problems == ()


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("fri", "Fri 27 Nov 2026"),
        ("fri 14:00", "Fri 27 Nov 2026 14:00 CET"),
        ("sun 9:00", "Sun 29 Nov 2026 09:00 CET"),
        ("sun 11:00", "Sun 22 Nov 2026 11:00 CET"),
        ("this sun 9:00", "Sun 22 Nov 2026 09:00 CET"),
        ("sun 22 nov 9:00", "Sun 22 Nov 2026 09:00 CET"),
        ("had an interview sun 9:00", "Sun 22 Nov 2026 09:00 CET"),
        ("interviewed fri", "Fri 20 Nov 2026"),
        ("interviewed fri 20 nov", "Fri 20 Nov 2026"),
        ("tue", "Tue 24 Nov 2026"),
        ("2 dec", "Wed 2 Dec 2026"),
        ("20 nov", "Fri 20 Nov 2026"),
        ("next fri", "Fri 27 Nov 2026"),
        ("last tue", "Tue 17 Nov 2026"),
        ("yesterday 3pm", "Sat 21 Nov 2026 15:00 CET"),
        ("8:00", "Sun 22 Nov 2026 08:00 CET"),
        ("23:00", "Sun 22 Nov 2026 23:00 CET"),
    ],
)
def test_a_weekday_is_the_coming_one_and_a_day_without_a_year_the_nearest(words: str, day: str) -> None:
    assert said(f"Acme, Dev, {words}") == f"Acme · Dev · interview {day}"


def test_a_company_with_a_comma_is_quoted() -> None:
    both = quick('"Lucerne, Publishing & Co", Editor')
    assert (both.company, both.role, both.problems) == ("Lucerne, Publishing & Co", "Editor", ())
    assert quick('"Lucerne, Pub').company == "Lucerne, Pub"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("", "the company first"),
        ("Acme", "then the role, after a comma"),
        ("Acme, last fri 14:00, dana@acme.example", "then the role, after a comma"),
        ("Acme, Dev, 32 Jan", "There is no day 32 in Jan; write another one."),
        ("Acme, Dev, 25:00", "25:00 is no time of day; write one like 14:00 or 2:30pm."),
        ("Acme, Dev, 3/4", "“3/4” can be 4 Mar or 3 Apr; write the month's name."),
        ("Acme, Dev, tomorrow, 2 dec", "two dates: leave only the interview's"),
        ("Acme, Dev, with", "with whom?"),
        (
            "Acme, Dev, with Dana <bad>",
            "“Dana <bad>” has no whole email address; write one like dana@acme.example.",
        ),
        ("Acme, Dev, http://", "a whole link, like https://acme.example/jobs/7"),
        ("Acme, Dev, https://acme.example@evil.example/", "a whole link, like https://acme.example/jobs/7"),
        ("x" * 20_001, "at most 20,000 characters"),
    ],
)
def test_what_is_missing_or_not_understood_is_prompted_for(line: str, problem: str) -> None:
    assert quick(line).problems == (problem,)


def test_what_is_no_date_no_person_and_no_link_is_not_understood() -> None:
    note = "3 months, 24/7, Python 3.11, 5, mail bob@x.example later, soon"
    assert quick(f"Acme, Dev, fri, {note}").unread == tuple(note.split(", "))
    assert quick(f"Acme, Dev, fri, note: {note}").note == note
    assert quick(f"Acme, Dev, fri, {note}").problems == ()


@pytest.mark.parametrize("joined", ["&", "and", "+"])
def test_several_people_are_joined_by_a_word_or_a_sign(joined: str) -> None:
    line = f"Acme, Dev, Dana Ruiz <dana@acme.example> {joined} bob@acme.example, with Eve {joined} Ann Lee"
    assert quick(line).people == (DANA, Person(email="bob@acme.example"), Person("Eve"), Person("Ann Lee"))


@pytest.mark.parametrize(
    "said",
    [
        "{number}, {mail}", "tel. {number}, email {mail}", "her email is {mail}, her number is {number}",
        "reach her at {mail}, phone {number}", "{mail} and mobile {number}", "mail: {mail} and call {number}",
        "she's on {mail}, WhatsApp {number}", "you can reach her on {number}, e-mail {mail}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["Gemma Clark", "Bo Li"])
def test_words_that_only_lead_to_an_address_are_no_note_and_nobody_else(said: str, name: str) -> None:
    first = name.split()[0].lower()
    told = said.format(number="020 7946 0123", mail=f"{first}@ey.example")
    entry = quick(f"EY, Associate, fri, with {name}, {told}")
    assert entry.people == (Person(name, f"{first}@ey.example", "020 7946 0123"),)
    assert (entry.note, entry.unread, entry.problems) == ("", (), ())


def test_a_number_behind_a_name_is_no_date() -> None:
    for number in ("020 7946 0123", "0161 496 0000", "425-555-0119", "(0171) 555 0134"):
        assert quick(f"EY, Associate, fri, Gemma Clark {number}").people == (Person("Gemma Clark", phone=number),)


@pytest.mark.parametrize(
    "typed",
    [
        "* Acme, Dev, fri 10:00", "• Acme, Dev, fri 10:00", "- [ ] Acme, Dev, fri 10:00",
        "1) Acme, Dev, fri 10:00", "**Acme** - Dev - fri 10:00", "| Acme | Dev | fri 10:00 |",
        "1. Acme\n2. Dev\n3. fri 10:00", "* Acme\n* Dev\n* fri 10:00",
    ],
)  # fmt: skip
def test_the_marks_of_a_list_are_no_part_of_the_employer(typed: str) -> None:
    entry = quick(typed)
    assert (entry.company, entry.role, entry.unread, entry.problems) == ("Acme", "Dev", (), ())
    assert entry.when is not None


def test_what_only_looks_like_a_mark_stays() -> None:
    assert quick("1. FC Union, Coach, fri").company == "1. FC Union"
    assert quick("3M, Dev, fri").company == "3M"
    assert quick("Acme, C++ Dev, fri, note: **bring** `id`").note == "**bring** `id`"


def test_words_before_a_date_still_say_how_one_meets() -> None:
    for said in ("phone call 12.12.2026 14:00", "phone 2026-12-12 14:00", "phone 12 December 14:00"):
        assert quick(f"EY, Associate, {said}").meeting.kind == "phone"


def test_a_person_is_a_name_an_address_or_both() -> None:
    assert parse_person(' "Dana  Ruiz" <dana@acme.example> ') == DANA
    assert parse_person("dana@acme.example") == Person(email="dana@acme.example")
    assert parse_person("Dana Ruiz") == Person("Dana Ruiz")
    assert str(DANA) == "Dana Ruiz <dana@acme.example>"


@pytest.mark.parametrize("number", ["+49 30 123456", "(212) 555-0100", "030/123456"])
def test_a_number_behind_a_person_is_that_persons_number(number: str) -> None:
    assert parse_person(f"Dana Ruiz, {number}") == Person("Dana Ruiz", phone=number)
    known = Person(DANA.name, DANA.email, number)
    assert parse_person(str(known)) == known
    added = quick(f"Acme, Dev, with {DANA}, {number}, last fri 14:00, note: note")
    assert (added.people, added.note, added.problems) == ((known,), "note", ())
    assert parse_person("Dana Ruiz, 2026") == Person("Dana Ruiz", notes="2026")


@pytest.mark.parametrize(
    "text", ["", " ", "<>", "Dana <>", "Dana <x>", "a@b@c", "x\n@y", "TBD", "HR", "ask for the boss"]
)
def test_a_person_without_a_usable_address_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse_person(text)


@pytest.mark.parametrize(
    "hostile", ["[red]x[/", "\x1b]52;\x07", "\x9b2J", "\u202eevil", "a\0b", "e" + "\u0301" * 99]
)
def test_hostile_text_is_kept_as_typed_and_shown_harmless(hostile: str) -> None:
    line = quick(f'"{hostile}", Dev, with {hostile}')
    assert line.company == hostile.strip("\0")
    assert describe_entry(line) == shown_line(describe_entry(line))


@given(st.text())
def test_any_line_is_understood_or_prompted_for_and_its_echo_is_one_harmless_line(line: str) -> None:
    echoed = said(line)
    assert "\n" not in echoed
    assert echoed == shown_line(echoed)


@given(st.text(alphabet=" ,;|<>@\"'“-&+:/.aw9", max_size=300))
def test_a_line_of_signs_alone_breaks_nothing(line: str) -> None:
    assert isinstance(quick(line), QuickEntry)


def test_every_key_of_a_line_is_understood_at_once() -> None:
    """Some 1.5 ms each on an idle machine; beside other work several times as much."""
    quick(FULL)
    took = []
    for end in [*range(len(FULL))] * 3:
        before = time.process_time()
        quick(FULL[:end])
        took.append(time.process_time() - before)
    assert quantiles(took, n=20)[9] < 0.01


@pytest.mark.parametrize(
    "part", ["a,", "<", "a <", '"', "| ", "fri,", "with a and ", " at ", " - ", "http:", "a@", " "]
)
def test_a_paste_as_long_as_a_line_may_be_is_understood_in_a_moment(part: str) -> None:
    """At most 0.4 s on an idle machine; where it grew faster than the line it would be many."""
    line = (part * 20_000)[:20_000]
    before = time.process_time()
    said(line)
    assert time.process_time() - before < 2


# Only applied for


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Acme, Dev, applied 2 Nov", "Acme · Dev · applied Mon 2 Nov 2026"),
        ("Acme, Dev, applied on Nov 2, 2026", "Acme · Dev · applied Mon 2 Nov 2026"),
        ("Acme, applied yesterday, Dev", "Acme · Dev · applied Sat 21 Nov 2026"),
        ("Acme, Dev, applied", "Acme · Dev · applied"),
        (
            "Acme, Dev, applied 2 Nov, with Dana Ruiz, https://acme.example/7",
            "Acme · Dev · applied Mon 2 Nov 2026 · with Dana Ruiz · https://acme.example/7",
        ),
    ],
)
def test_a_line_may_say_that_one_only_applied(line: str, told: str) -> None:
    entry = quick(line)
    assert (entry.applied_only, entry.when, entry.problems) == (True, None, ())
    assert describe_entry(entry, BERLIN) == told
    assert form_of(entry).applied_only


def test_with_an_interview_the_day_of_applying_is_kept_beside_it() -> None:
    entry = quick("Acme, Dev, applied 2 Nov, last fri 14:00")
    assert (entry.applied_only, entry.applied_on) == (False, date(2026, 11, 2))
    assert describe_entry(entry, BERLIN) == (
        "Acme · Dev · interview Fri 20 Nov 2026 14:00 CET · applied Mon 2 Nov 2026"
    )
    assert (form_of(entry).applied_only, form_of(entry).applied_on) == (False, date(2026, 11, 2))


@pytest.mark.parametrize(
    ("line", "role", "note"),
    [
        ("Acme, Applied Scientist", "Applied Scientist", ""),
        ("Applied Materials, Dev", "Dev", ""),
        ("Acme, Dev, applied for the senior role", "Dev", "applied for the senior role"),
    ],
)
def test_applied_in_a_name_is_a_name(line: str, role: str, note: str) -> None:
    entry = quick(line)
    assert (entry.role, ", ".join(entry.unread), entry.applied_only) == (role, note, False)


def test_a_day_of_applying_that_lies_ahead_is_a_problem() -> None:
    entry = quick("Acme, Dev, applied tomorrow")
    assert entry.problems
    assert "in the future" in entry.problems[0]


@pytest.mark.parametrize(
    ("people", "names"),
    [
        ("Ann <a@x.example> and Bo", ["Ann", "Bo"]),
        ("Ann Li <a@x.example> and Bo Chen", ["Ann Li", "Bo Chen"]),
        ("Ann Li and Bo Chen <b@x.example>", ["Ann Li", "Bo Chen"]),
        ("Ann Li <a@x.example> & Bo Chen", ["Ann Li", "Bo Chen"]),
        ("Ann Li <a@x.example> and Bo Chen and Cy Young", ["Ann Li", "Bo Chen", "Cy Young"]),
        ("Ann Li <a@x.example> and Bo Chen <b@x.example>", ["Ann Li", "Bo Chen"]),
    ],
)
def test_beside_somebody_with_an_address_a_bare_name_is_a_person(people: str, names: list[str]) -> None:
    entry = quick(f"Acme, Dev, last fri 14:00, {people}")
    assert [one.name for one in entry.people] == names
    assert (entry.company, entry.role, entry.unread, entry.problems) == ("Acme", "Dev", (), ())


@pytest.mark.parametrize("rest", ["Ann Li <a@x.example> and the whole team", "salt and pepper", "Ann Li and Bo"])
def test_what_is_no_name_beside_an_address_is_not_taken_for_a_person(rest: str) -> None:
    assert quick(f"Acme, Dev, {rest}").unread == (rest,)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Acme, Dev, last fri 14:00, they decide by dec 2", "they decide by Wed 2 Dec 2026"),
        ("Acme, Dev, yesterday, decide by friday", "they decide by Fri 27 Nov 2026"),
        ("Acme, Dev, decision by 2 Dec, last fri 14:00", "they decide by Wed 2 Dec 2026"),
        (
            "Acme, Dev, last fri 14:00, they'll decide by fri, note: nice",
            "they decide by Fri 27 Nov 2026 · note: nice",
        ),
        (
            "Acme, Dev, last fri 14:00, I should hear back by tue #python",
            "they decide by Tue 24 Nov 2026 · #python",
        ),
        (
            "Acme, Dev, last fri 14:00, Ruth said I'd hear by 4 Dec",
            "they decide by Fri 4 Dec 2026 · note: Ruth said I'd hear by 4 Dec",
        ),
        (
            "Acme, Dev, last fri 14:00, Ann Lee told me they'd decide by 4 Dec",
            "they decide by Fri 4 Dec 2026 · note: Ann Lee told me they'd decide by 4 Dec",
        ),
        (
            "Acme, Dev, last fri 14:00 with Ruth Lee. Decision by 4 Dec.",
            "they decide by Fri 4 Dec 2026 · with Ruth Lee",
        ),
        (
            "Acme, Dev, last fri 14:00 with Ruth Lee. They'll decide by fri",
            "they decide by Fri 27 Nov 2026 · with Ruth Lee",
        ),
        ("Acme, Dev, last fri 14:00, they'll ring me by fri", "they call by Fri 27 Nov 2026"),
        ("Acme, Dev, last fri 14:00, she will phone back by 4.12.", "they call by Fri 4 Dec 2026"),
    ],
)
def test_the_day_of_their_decision_may_be_in_the_line(line: str, told: str) -> None:
    assert said(line).endswith(told)
    assert quick(line).problems == quick(line).unread == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Acme, Dev, tomorrow 9:00, they decide by fri", "note: they decide by fri"),
        ("Acme, Dev, applied 2 Nov, hear back by Fri", "note: hear back by Fri"),
        ("Acme, Dev, last fri 14:00, note: they decide by fri", "note: they decide by fri"),
    ],
)
def test_without_an_interview_that_was_held_such_a_day_is_a_note(line: str, told: str) -> None:
    assert said(line).endswith(told)
    assert quick(line).decides_on is None


def test_a_day_of_decision_that_is_no_day_is_asked_for_again() -> None:
    assert "“xyz” isn't understood as a date" in quick("Acme, Dev, last fri 14:00, they decide by xyz").problems[0]


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("Ann Li, ann@acme.example via recruiter Jo Lind", ["Ann Li <ann@acme.example>", "Jo Lind"]),
        ("Ann Li, ann@acme.example and Tom Reyes", ["Ann Li <ann@acme.example>", "Tom Reyes"]),
        ("Ann Li, jo.lind@x.example recruiter Jo Lind", ["Ann Li", "Jo Lind <jo.lind@x.example>"]),
        ("Ann Li, jobs@acme.example recruiter Jo Lind", ["Ann Li", "Jo Lind <jobs@acme.example>"]),
        ("Ann Li and Ann Smith <ann@x.example>", ["Ann Li", "Ann Smith <ann@x.example>"]),
    ],
)
def test_an_address_belongs_to_whom_its_name_says(typed: str, people: list[str]) -> None:
    found = quick(f"Acme, Dev, last fri 10am with {typed}").people
    assert [f"{one.name} <{one.email}>" if one.email else one.name for one in found] == people


def test_a_number_alone_is_kept() -> None:
    (one,) = quick("Acme, Dev, last fri 10am, with +49 30 1234567").people
    assert one.phone == "+49 30 1234567"


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("Jean-Luc Picard – jlp@airbus.com", ["Jean-Luc Picard <jlp@airbus.com>"]),
        ("Jean-Luc Picard, jlp@airbus.com", ["Jean-Luc Picard <jlp@airbus.com>"]),
        ("Ann Li, al@airbus.com", ["Ann Li <al@airbus.com>"]),
        ("Ann Li, bo.chen@airbus.com", ["Ann Li", "bo.chen@airbus.com"]),
        ("Ann Li, jobs@airbus.com", ["Ann Li", "jobs@airbus.com"]),
    ],
)
def test_an_address_of_initials_is_that_of_the_person_before_it(typed: str, people: list[str]) -> None:
    joint = " – " if "–" in typed else ", "
    line = joint.join(["Airbus", "Flight Test Engineer", typed])
    assert [str(one) for one in quick(line).people] == people


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("interview next week tuesday", "2026-11-24"),
        ("interview tuesday next week with Tom", "2026-11-24"),
        ("interview in two weeks with Tom", "2026-12-06"),
        ("second round in 3 business days", "2026-11-25"),
        ("Christmas eve 10:00", "2026-12-24"),
        ("interview on the 31st", "2026-12-31"),
        ("met on the 20th", "2026-11-20"),
        ("met on the 25th", "2026-10-25"),
    ],
)
def test_a_day_without_its_month_is_read_beside_the_round(said: str, day: str) -> None:
    quick = parse_quick_entry(f"Acme, Dev, {said}", now=NOW, zone=BERLIN)
    assert quick.when is not None
    assert (str(quick.when.day), quick.problems, quick.unread) == (day, (), ())


@pytest.mark.parametrize("pay", ["19,50 €/h", "€19,50/h", "25,80 CHF/h"])
def test_a_comma_within_pay_parts_nothing(pay: str) -> None:
    entry = quick(f"REWE, cook, {pay}, fri 8:00")
    assert (entry.company, entry.role, entry.pay, entry.unread) == ("REWE", "cook", pay, ())


@pytest.mark.parametrize(
    ("typed", "role"),
    [
        ("Band 6 - Staff Nurse", "Band 6 Staff Nurse"),
        ("Level 3 – Teaching Assistant", "Level 3 Teaching Assistant"),
    ],
)
def test_a_grade_before_a_dash_belongs_to_the_role(typed: str, role: str) -> None:
    entry = quick(f"Acme, {typed}, fri 14:00")
    assert (entry.company, entry.role, entry.unread) == ("Acme", role, ())


def test_a_town_or_name_right_behind_an_employer_of_one_word_may_be_part_of_it() -> None:
    assert quick("interview at Wells Fargo for teller fri 14:00").doubts == ("is the employer “Wells Fargo”?",)
    assert quick("interview at Morgan Stanley for analyst").doubts == ("is the employer “Morgan Stanley”?",)
    assert quick("interview at Bosch in Stuttgart for welder fri 14:00").doubts == ()
    assert quick("interview at Bosch with Ann Li for welder fri 14:00").doubts == ()


@pytest.mark.parametrize(
    ("typed", "company", "role", "mode"),
    [
        ("GitLab (remote), SRE, fri 14:00", "GitLab", "SRE", WorkMode.REMOTE),
        ("SRE (fully remote) at Acme, fri 14:00", "Acme", "SRE", WorkMode.REMOTE),
        ("Acme (hybrid) - SRE - fri 14:00", "Acme", "SRE", WorkMode.HYBRID),
        ("Acme, SRE, fri 14:00 (remote)", "Acme", "SRE", WorkMode.REMOTE),
        ("Acme (Europe), SRE, fri 14:00", "Acme (Europe)", "SRE", None),
        ("Acme, SRE, note: they said (remote) is fine", "Acme", "SRE", None),
    ],
)
def test_how_one_works_in_brackets_is_no_part_of_a_name(
    typed: str, company: str, role: str, mode: WorkMode | None
) -> None:
    entry = quick(typed)
    assert (entry.company, entry.role, entry.work_mode, entry.unread) == (company, role, mode, ())
