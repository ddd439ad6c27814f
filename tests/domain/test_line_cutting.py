"""Lines without commas: the clearly best cutting is taken, and what isn't understood is shown."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ZONE
from followup_tui.domain.parsing.line_cutting import Around, weighed
from followup_tui.domain.parsing.quick_entry import describe_entry, parse_quick_entry

BERLIN = ZoneInfo(ZONE)
MONDAY = datetime(2026, 11, 30, 10, tzinfo=BERLIN)

READ = {
    # Company and role beside one another: the noun of a job, and where small letters begin.
    "Harbor Point assistant manager interview friday 11am": (
        "Harbor Point · assistant manager · interview Fri 4 Dec 2026 11:00 CET"
    ),
    "phone screen Greenfield Organics warehouse supervisor thursday 10am": (
        "Greenfield Organics · warehouse supervisor · interview Thu 3 Dec 2026 10:00 CET · phone"
    ),
    "Bäckerei Winter Verkäuferin Mo 7.12. 8 Uhr mit Herrn Winter": (
        "Bäckerei Winter · Verkäuferin · interview Mon 7 Dec 2026 08:00 CET · with Herrn Winter"
    ),
    # The role first, and a legal form or a town behind the company.
    "Senior Product Manager Zellwerk GmbH Berlin Do 3.12. 11 Uhr": (
        "Zellwerk GmbH · Senior Product Manager · interview Thu 3 Dec 2026 11:00 CET · Berlin"
    ),
    "infirmière de nuit clinique des Lilas jeudi 3 déc 9h avec Mme Aubert": (
        "clinique des Lilas · infirmière de nuit · interview Thu 3 Dec 2026 09:00 CET · with Mme Aubert"
    ),
    # In small letters the words before the names count, and the given names.
    "had a chat with maria from siemens about the welder job tue 3pm": (
        "siemens · welder · interview Tue 24 Nov 2026 15:00 CET · with maria"
    ),
    "care assistant oakdene lodge mon 14th dec 11am with manager sheila": (
        "oakdene lodge · care assistant · interview Mon 14 Dec 2026 11:00 CET · with sheila (manager)"
    ),
    # A town behind the company is where the job is, in small letters too; a noun of an employer alone keeps it.
    "dental nurse smilewell harrogate interview wed 11am": (
        "smilewell · dental nurse · interview Wed 2 Dec 2026 11:00 CET · harrogate"
    ),
    "Kassiererin Sparkasse Kassel Do 3.12. 11 Uhr": (
        "Sparkasse Kassel · Kassiererin · interview Thu 3 Dec 2026 11:00 CET"
    ),
    # Pay by its rate, a field before the noun of a job, a saint's name, about an hour.
    "store associate Kingsley Print Shop 16 an hour interview today at 3": (
        "Kingsley Print Shop · store associate · interview Mon 30 Nov 2026 15:00 CET, in the afternoon"
        " · pay: 16 an hour"
    ),
    "lumen data engineer zoom weds 10": (
        "lumen · data engineer · interview Wed 2 Dec 2026 10:00 CET · video, Zoom"
    ),
    "Pflegefachkraft Caritas Seniorenheim St. Anna Passau Hospitation 10. Dezember 7 Uhr": (
        "Caritas Seniorenheim St. Anna · Pflegefachkraft · interview Thu 10 Dec 2026 07:00 CET · Passau"
        " · note: Hospitation"
    ),
    "Harbor Point bar supervisor tue 8th 5ish": (
        "Harbor Point · bar supervisor · interview Tue 8 Dec 2026 17:00 CET, in the afternoon"
    ),
    # Who, from where, for what, in several languages and in any order.
    "entrevista con Laura Díaz en Construcciones Vega para albañil el viernes a las 9": (
        "Construcciones Vega · albañil · interview Fri 4 Dec 2026 09:00 CET · with Laura Díaz"
    ),
    "colloquio con Marco Villa da Edilnova per geometra giovedì alle 15": (
        "Edilnova · geometra · interview Thu 3 Dec 2026 15:00 CET · with Marco Villa"
    ),
    "gesprek met Joris Smit van Bakkerij de Graan over de functie verkoper woensdag 10 uur": (
        "Bakkerij de Graan · verkoper · interview Wed 2 Dec 2026 10:00 CET · with Joris Smit"
    ),
    "Gespräch mit Frau Albers von der Sparkasse Lüneburg morgen 14 Uhr wegen Kundenberaterin": (
        "Sparkasse Lüneburg · Kundenberaterin · interview Tue 1 Dec 2026 14:00 CET · with Frau Albers"
    ),
    "coffee with Nadia Rahman (Head of Product at Flowdesk) wed 9am about product designer": (
        "Flowdesk · product designer · interview Wed 2 Dec 2026 09:00 CET · with Nadia Rahman (Head of Product)"
        " · note: coffee"
    ),
    "final round with Castor Energy's CTO Ben Adler on 3 Dec 5pm, platform engineer": (
        "Castor Energy · platform engineer · interview Thu 3 Dec 2026 17:00 CET · with Ben Adler (CTO)"
        " · note: final round"
    ),
    "Interview with Olivia Brandt, Talent Acquisition at Nordlicht, for marketing manager on Wed 11am": (
        "Nordlicht · marketing manager · interview Wed 2 Dec 2026 11:00 CET"
        " · with Olivia Brandt (Talent Acquisition)"
    ),
    # An agency's recruiter is no employer where another is named.
    "talked to recruiter Amy Chen from Robert Walters about a controller position at Delmonte Foods on friday": (
        "Delmonte Foods · controller · interview Fri 27 Nov 2026 · with Amy Chen, recruiter (from Robert Walters)"
    ),
    # Pay, how one works, how long, a number and who put in a word need no comma either.
    "Cedar Bank loan officer $62k hybrid Tue 1pm": (
        "Cedar Bank · loan officer · interview Tue 1 Dec 2026 13:00 CET · pay: $62k · hybrid"
    ),
    "Sunrise Living caregiver Friday 10am 45 min £14.20/hr": (
        "Sunrise Living · caregiver · interview Fri 4 Dec 2026 10:00–10:45 CET · pay: £14.20/hr"
    ),
    "phone Magda at Eastway Bakery about the baker job fri 9:00 07700 900456": (
        "Eastway Bakery · baker · interview Fri 4 Dec 2026 09:00 CET · with Magda, 07700 900456 · phone"
    ),
    "Fairmont Hotel night auditor via Jo Lind thu 2pm": (
        "Fairmont Hotel · night auditor · interview Thu 3 Dec 2026 14:00 CET · referred by Jo Lind"
    ),
    "Referred by Anna Keller to Hexagon Labs for lab technician, interview Dec 2 10am": (
        "Hexagon Labs · lab technician · interview Wed 2 Dec 2026 10:00 CET · referred by Anna Keller"
    ),
    "applied yesterday to Vireo Labs as a bioinformatician via Indeed": (
        "Vireo Labs · bioinformatician · applied Sun 29 Nov 2026 · source: Indeed"
    ),
    "Lakeside Marina deckhand interview Dec 5 at the marina office": (
        "Lakeside Marina · deckhand · interview Sat 5 Dec 2026 · the marina office"
    ),
    # Words that say nothing, labels, notes and shifts.
    "um Thursday the third at eleven am call with Brian at Hartwell Dental receptionist job": (
        "Hartwell Dental · receptionist · interview Thu 3 Dec 2026 11:00 CET · with Brian"
    ),
    "had second round friday with Olu Adebayo at Northlight Energy (grid engineer) they want references": (
        "Northlight Energy · grid engineer · interview Fri 27 Nov 2026 · with Olu Adebayo"
        " · note: had second round, they want references"
    ),
    "Re: Your application: Ward Clerk, Penhallow NHS Trust, 4 Dec 9:20": (
        "Penhallow NHS Trust · Ward Clerk · interview Fri 4 Dec 2026 09:20 CET"
    ),
    "Pomeroy Legal, lawyer, fri 2:30pm #law next step: bring passport": (
        "Pomeroy Legal · lawyer · interview Fri 4 Dec 2026 14:30 CET · #law · note: next step: bring passport"
    ),
    "applied yesterday on Indeed night auditor at Hotel Brambleside 13.20/hr": (
        "Hotel Brambleside · night auditor · applied Sun 29 Nov 2026 · source: Indeed · pay: 13.20/hr"
    ),
    "Lab analyst / Corwen Water / Cardiff / Wed 9 Dec 11am": (
        "Corwen Water · Lab analyst · interview Wed 9 Dec 2026 11:00 CET · Cardiff"
    ),
    "from Totaljobs - warehouse operative, Speedwell Parcels": (
        "Speedwell Parcels · warehouse operative · source: Totaljobs"
    ),
    "Speedwell Parcels, driver, £12.60 p/h + OT, 4 on 4 off": (
        "Speedwell Parcels · driver · pay: £12.60 p/h + OT · note: 4 on 4 off"
    ),
    "Gorse Hill School, teacher, with friday off, 13.20/hr": (
        "Gorse Hill School · teacher · pay: 13.20/hr · note: with friday off"
    ),
    "Vorstellungsgespräch bei der Seilbahn Obertal GmbH als Betriebsleiter am Donnerstag halb drei": (
        "Seilbahn Obertal GmbH · Betriebsleiter · interview Thu 3 Dec 2026 14:30 CET, in the afternoon"
    ),
    "Call avec Inès de chez Papyrus Tech pour le job de product designer, mercredi 2 à 18h, 48k€": (
        "Papyrus Tech · product designer · interview Wed 2 Dec 2026 18:00 CET · with Inès · pay: 48k€"
    ),
    "saw on Stepstone: Buchhalter Teilzeit, Gärtnerei Sommer, Münster": (
        "Gärtnerei Sommer · Buchhalter Teilzeit · source: Stepstone · Münster"
    ),
}


@pytest.mark.parametrize("line", READ)
def test_a_line_without_commas_is_cut_where_it_is_clear(line: str) -> None:
    entry = parse_quick_entry(line, now=MONDAY, zone=BERLIN)
    assert (describe_entry(entry, BERLIN), entry.unread, entry.problems) == (READ[line], (), ())


@pytest.mark.parametrize(
    ("line", "company", "role", "unread"),
    [
        ("Veridis Labs QC chemist tue 8 dec bring notes", "Veridis Labs", "QC chemist", "bring notes"),
        ("Quill & Sons bookkeeper interview at 3", "Quill & Sons", "bookkeeper", "at 3"),
        ("Acorn Nursery wants me for nursery assistant thu 9am", "Acorn Nursery", "nursery assistant", "wants me"),
        ("Emma Stone from Orbit Media called about video editor fri 2pm", "Orbit Media", "video editor", "called"),
        ("Tom from Hays called, temp admin, fri 2pm", "Hays", "temp admin", "called"),
        ("Acme has moved it, SRE, fri 2pm", "Acme", "SRE", "has moved it"),
        ("Castellan Museum curator interview wed or thu", "Castellan Museum", "curator", "wed or thu"),
    ],
)  # fmt: skip
def test_words_of_no_kind_are_shown_beside_what_is_clear(line: str, company: str, role: str, unread: str) -> None:
    entry = parse_quick_entry(line, now=MONDAY, zone=BERLIN)
    assert (entry.company, entry.role, entry.unread) == (company, role, (unread,))


@pytest.mark.parametrize(
    "line",
    [
        "ASML process engineer fri 10:00",
        "Peak Fitness Personal Trainer Thursday 6pm and Steps",
        "Jane Street SWE intern",
        "VG Bibliothek Ahlen Bibliothekarin (w/m/d) am 10.12.2026 um 9 Uhr E9b",
        "got rejected last week at Volvo but recruiter Annika says new role: test engineer, call thu 1pm",
    ],
)
def test_what_can_be_cut_in_two_ways_is_asked_about_or_read_whole(line: str) -> None:
    entry = parse_quick_entry(line, now=MONDAY, zone=BERLIN)
    assert entry.problems or entry.unread or f"{entry.company} {entry.role}" in line


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("We were happy to read that you like it here at Acme today, SRE, fri 10:00", "is more than a role"),
        ("Acme, curator interview wed or thu", "is more than a role"),
        ("Acme, Senior Test Engineer, mon 10:00", ""),
        ("Acme, lecturer in linguistics, mon 10:00", ""),
    ],
)
def test_a_company_or_a_role_that_is_none_is_asked_about(line: str, says: str) -> None:
    problems = parse_quick_entry(line, now=MONDAY, zone=BERLIN).problems
    assert says in problems[0] if says else not problems


LISTED = {
    "First interview with HelloFresh on Thursday, 3pm, Buyer, Maria": (
        "HelloFresh · Buyer · interview Thu 3 Dec 2026 15:00 CET · with Maria · note: First interview"
    ),
    "Acme, SRE, 2 December 2026, 14h": "Acme · SRE · interview Wed 2 Dec 2026 14:00 CET",
    "Acme, SRE, interview in two weeks with Tom": "Acme · SRE · interview Mon 14 Dec 2026 · with Tom",
    "Acme, SRE, had my interview a week ago": "Acme · SRE · interview Mon 23 Nov 2026",
    "Acme, SRE, interviewed yesterday, will hear back within two weeks": (
        "Acme · SRE · interview Sun 29 Nov 2026 · they decide by Mon 14 Dec 2026"
    ),
    "Acme, SRE, fri 3pm, with Karl Heinz and his boss Ms. Grün": (
        "Acme · SRE · interview Fri 4 Dec 2026 15:00 CET · with Karl Heinz & Ms. Grün (boss)"
    ),
    "Acme, SRE, fri 3pm, Alice Chen and Mark Obi": (
        "Acme · SRE · interview Fri 4 Dec 2026 15:00 CET · with Alice Chen & Mark Obi"
    ),
    "Klarna: Backend dev. I spoke with Eva": "Klarna · Backend dev · with Eva",
    "Cleaner, ABM, next Wed 9 Dec 11.00": "ABM · Cleaner · interview Wed 9 Dec 2026 11:00 CET",
    "Year 4 teacher, Wickham Park, Tues 8 Dec 9:30": (
        "Wickham Park · Year 4 teacher · interview Tue 8 Dec 2026 09:30 CET"
    ),
}


@pytest.mark.parametrize("line", LISTED)
def test_a_listed_line_is_read_part_by_part(line: str) -> None:
    entry = parse_quick_entry(line, now=MONDAY, zone=BERLIN)
    assert (describe_entry(entry, BERLIN), entry.unread, entry.problems) == (LISTED[line], (), ())


def test_a_doubtful_cutting_is_shown_with_its_question() -> None:
    entry = parse_quick_entry("target electronics graduate test engineer fri 9:00", now=MONDAY, zone=BERLIN)
    assert (entry.company, entry.role) == ("target electronics", "graduate test engineer")
    assert entry.doubts == ("is “target electronics” the company and “graduate test engineer” the role?",)
    assert not entry.problems, "a second Enter takes it"


def test_the_hour_of_an_interview_that_was_called_off_is_not_taken() -> None:
    entry = parse_quick_entry(
        "Gorse Hill School cover supervisor iv cancelled was wed 10am", now=MONDAY, zone=BERLIN
    )
    assert (entry.company, entry.role, entry.when) == ("Gorse Hill School", "cover supervisor", None)
    assert entry.problems[0].startswith("“cancelled”: leave out the interview")


def test_a_day_off_is_nobody() -> None:
    entry = parse_quick_entry("teacher with friday off", now=MONDAY, zone=BERLIN)
    assert (entry.people, entry.when, entry.note) == ((), None, "with friday off")


@pytest.mark.parametrize(
    "name",
    [
        "Met Office",
        "Round Table Pizza",
        "Call of Duty League",
        "Nurse Next Door",
        "O2 Telefónica",
        "Bank of Ireland",
    ],
)
def test_a_name_before_a_comma_is_not_cut(name: str) -> None:
    assert weighed(name, Around(is_listed=True, may_name=True, has_role=True)) == []
    assert parse_quick_entry(f"{name}, Analyst, fri 10:00", now=MONDAY, zone=BERLIN).company == name


def test_nothing_of_a_line_is_lost_while_it_is_typed() -> None:
    line = "spoke with Dana Ruiz from Globex about the welder job tue 3pm via Zoom bring shoes £30k"
    for end in range(1, len(line) + 1):
        entry = parse_quick_entry(line[:end], now=MONDAY, zone=BERLIN)
        said = " ".join((describe_entry(entry, BERLIN), *entry.unread, *entry.problems))
        words = line[:end].split()[:-1]
        assert all(
            word in said for word in words if word in {"Dana", "Ruiz", "Globex", "welder", "shoes", "bring"}
        )


PIECES = [
    "Acme",
    "GmbH",
    "welder",
    "tue",
    "3pm",
    "with",
    "maria",
    "from",
    "siemens",
    "at",
    "for",
    "about",
    "by",
    "applied",
    "to",
    "they",
    "want",
    "()",
    "(",
    ")",
    "(x",
    "(())",
    ",",
    ";",
    "|",
    "/",
    "@",
    "-",
    "–",
    ".",
    ":",
    "!",
    "#",
    "'s",
    "’s",
    '"',
    "'",
    "“",
    "[x](y)",
    "x@y.de",
    "12/3",
    "3.12.",
    "14h",
    "25:99",
    "Dr.",
    "+49",
    "£30k",
    "https://a.b",
    "🙂",
    "0",
    "half",
    "past",
    "nine",
    "in",
    "two",
    "weeks",
    "on",
    "Wednesday",
]


def test_a_part_that_holds_only_a_sign_is_read() -> None:
    for line in ("(), past, #, EUR", "25:99, (, #tag, next, past, {, &", "( ) Acme, welder"):
        assert parse_quick_entry(line, now=MONDAY, zone=BERLIN).company, line
    assert [one.name for one in parse_quick_entry("call with Ann ()", now=MONDAY, zone=BERLIN).people] == ["Ann"]


@given(line=st.lists(st.sampled_from(PIECES), min_size=1, max_size=12), mark=st.sampled_from([" ", ", "]))
def test_a_line_of_any_words_and_signs_is_read(line: list[str], mark: str) -> None:
    entry = parse_quick_entry(mark.join(line), now=MONDAY, zone=BERLIN)
    assert describe_entry(entry, BERLIN) or entry.problems or entry.unread


@pytest.mark.parametrize(
    ("typed", "company", "role"),
    [
        ("baker at rye & salt fri 2pm", "rye & salt", "baker"),
        ("Lonza Visp MSAT technician fri 2pm", "Lonza Visp", "MSAT technician"),
        ("Visp Bank AG auditor fri 2pm", "Visp Bank AG", "auditor"),
    ],
)
def test_short_capitals_before_the_noun_of_a_job_belong_to_it_unless_they_are_a_legal_form(
    typed: str, company: str, role: str
) -> None:
    entry = parse_quick_entry(typed, now=MONDAY, zone=BERLIN)
    assert (entry.company, entry.role, entry.problems) == (company, role, ())


@pytest.mark.parametrize("typed", ["Mercy Care ICU nurse fri 2pm", "rye & salt baker fri 2pm"])
def test_where_a_word_may_go_with_the_company_or_the_role_it_is_asked(typed: str) -> None:
    assert parse_quick_entry(typed, now=MONDAY, zone=BERLIN).doubts
