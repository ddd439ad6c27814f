"""Whom one meets and how, where an invitation says it in its text alone."""

from __future__ import annotations

import time
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from exchange.invitation_files import ME, ROBIN, START, calendar, event
from followup_tui.domain.model.interview import InterviewKind
from followup_tui.exchange.exports.calendar_and_card_files import ZoneDefinitions
from followup_tui.exchange.invitations.invitation import Invitation, read_invitations
from followup_tui.exchange.invitations.invitation_guess import guess_application
from followup_tui.exchange.invitations.invited_people import invited_to
from followup_tui.exchange.invitations.meeting import Meeting, meeting_of

ANN = "Ann Li:mailto:ann@acme.example"


def invitation(
    text: str, *, title: str = "Interview", organizer: str = ANN, guests: tuple[str, ...] = ()
) -> Invitation:
    """Return what is read of an invitation with this text."""
    escaped = text.replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")
    lines = (START, ME, *(f"ATTENDEE;CN={guest}" for guest in guests))
    (found,), _ = read_invitations(
        "a.ics",
        calendar(event(*lines, f"ORGANIZER;CN={organizer}", f"SUMMARY:{title}", f"DESCRIPTION:{escaped}")),
        zone=ZoneInfo("Europe/Berlin"),
        zones={},
        definitions=ZoneDefinitions(),
    )
    assert isinstance(found, Invitation)
    return found


def met(found: Invitation) -> list[tuple[str, str]]:
    return [(one.name, one.email) for one in invited_to(found, ROBIN).people]


def how(found: Invitation) -> Meeting:
    return meeting_of(found, ())


@pytest.mark.parametrize(
    ("address", "text", "name"),
    [
        ("wen@acme.example", "You will pair with Wen Li on a small task.", "Wen Li"),
        ("pvenn@acme.example", "Room 118. Prof. Paula Venn", "Paula Venn"),
        ("h.weiler@acme.example", "Es begrüßt Sie Hans Weiler.", "Hans Weiler"),
        ("wen@acme.example", "Wen Li or Wen Ho will be there.", ""),
        ("xy@acme.example", "You meet Paula Venn.", ""),
    ],
)
def test_an_address_gets_the_only_name_of_the_text_that_it_is_made_of(address: str, text: str, name: str) -> None:
    found = invitation(text, guests=(f"{address}:mailto:{address}",))
    assert {email: said for said, email in met(found)}[address] == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Interviewers: Beth Orr; Samir Joshi", ["Beth Orr", "Samir Joshi"]),
        ("09:00 Interview 1 – Beth Orr, Vice President\n09:45 Interview 2 – TBD", ["Beth Orr"]),
        ("9:00 Breakfast with Prof. Nell Havers\n10:30 Job talk", ["Nell Havers"]),
        ("Panel chair: Mrs Delia Foss", ["Delia Foss"]),
        ("A conversation with Carla Nunez, cabin crew recruiter", ["Carla Nunez"]),
        ("Gespräch mit Petra Lux und Hans Weiler", ["Petra Lux", "Hans Weiler"]),
        ("An interview with Acme Robotics about the role", []),
        ("With Robin Okafor, the candidate", []),
        ("You will meet Paul Kerr (Plant Manager) and Susan Day from HR.", ["Paul Kerr", "Susan Day"]),
        ("The panel is Mary Cole, Head of Finance, and Tim Ross.", ["Mary Cole", "Tim Ross"]),
        ("Ansprechpartnerin: Frau Lena Brandt", ["Lena Brandt"]),
        ("Meet Acme Robotics", []),
        (
            "At reception. Panel: Paul Kerr, Head of Sales; Aki Sano, Analyst; Fr. Leo Moor, Community Board.",
            ["Paul Kerr", "Aki Sano", "Leo Moor"],
        ),
        ("An assessment day. Your assessors: Paul Kerr and Devi Chand.", ["Paul Kerr", "Devi Chand"]),
        ("Talk with Paul Kerr and Human Resources", ["Paul Kerr"]),
        ("Paul Kerr from Salt & Sons will meet you. Our coffee will keep you awake.", ["Paul Kerr"]),
        ("Le llamará Paula Cano (RRHH).", ["Paula Cano"]),
        ("Paul Kerr, Talent Partner, will call you at noon.", ["Paul Kerr"]),
        (
            "Herzlich willkommen. Ihre Gesprächspartner: Petra Lux (Technik) und Silke Ahl (Personal).",
            ["Petra Lux", "Silke Ahl"],
        ),
        ("Ask for: Paul", ["Paul"]),
        ("Ask for Reception. Report to Human Resources.", []),
        ("Talk with Ann Li", []),
        ("Interviewer(s): Chen Wei", ["Chen Wei"]),
        ("Interviewer: Grace Abara\nLocation: Hall 2", ["Grace Abara"]),
        ("Teilnehmende: Miriam Vogt, Jens Albrecht", ["Miriam Vogt", "Jens Albrecht"]),
        ("Interviewers: Oba Ade, Vice President, Acme LLP", ["Oba Ade"]),
        ("2:00 PM - 2:20 PM: Deep-dive with Hana Mori (Head of Support)", ["Hana Mori"]),
        ("A talk with Acme Robotics (Berlin)", []),
        (
            "9:00 AM – 9:45 AM PST  Coding: Devin Hart\n10:00 AM – 10:45 AM PST  Design: Oba Ade",
            ["Devin Hart", "Oba Ade"],
        ),
        ("9:00 Agenda: Company Overview\n9:30 Tour: Product Floor", []),
        ("Vous rencontrerez également M. Paul Duval, associé.", ["Paul Duval"]),
        ("Un colloquio con la dott.ssa Elena Ricci", ["Elena Ricci"]),
    ],
)
def test_people_whom_the_text_names_are_met(text: str, names: list[str]) -> None:
    assert met(invitation(text)) == [("Ann Li", "ann@acme.example"), *((name, "") for name in names)]


@pytest.mark.parametrize(
    "guest",
    [
        "Workday Scheduling:mailto:acme@acme.example",
        "Campus Recruiting:mailto:campus@acme.example",
        "Talent Operations:mailto:talentops@acme.example",
        "Dept. of Economics:mailto:econ@acme.example",
        "Acme Health:mailto:welcome@acme-health.example",
        "notetaker:mailto:notetaker@fireflies.example",
        "Second Guest:mailto:second@okafor.example",
        "clerk@acme.example:mailto:clerk@acme.example",
        "acme-hiring@mailer.example:mailto:acme-hiring@mailer.example",
        "meeting-room-two@acme.example:mailto:meeting-room-two@acme.example",
        "GreetBot:mailto:start@greetbot.example",
        "Stadt Seedorf:mailto:post@seedorf.example",
        "Assistant to CEO:mailto:desk@acme.example",
        "Front Office Manager:mailto:fom@acme.example",
        "HQ-3F-Orca:mailto:orca@acme.example",
        "hiring-oslo@acme.example:mailto:hiring-oslo@acme.example",
        '"Mia Tran (Recruiting Coordinator)":mailto:mia.tran@acme.example',
        "Kita Sonne e.V.:mailto:kita@sonne.example",
        "The Welcome Pub:mailto:thewelcomepub@gmail.com",
        "Acme Cafés:mailto:acmecafes@acme.example",
        "thewelcomepub.kitchen@gmail.com:mailto:thewelcomepub.kitchen@gmail.com",
    ],
)
def test_departments_programs_and_other_candidates_are_nobody_to_thank(guest: str) -> None:
    found = invitation("Welcome to The Welcome Pub", guests=(guest,))
    assert met(found) == [("Ann Li", "ann@acme.example")]


def test_an_address_that_everybody_can_have_is_somebody_by_a_name() -> None:
    found = invitation("With Paul Kerr at The Pub", guests=("paulkerr@gmail.com:mailto:paulkerr@gmail.com",))
    assert met(found)[1] == ("Paul Kerr", "paulkerr@gmail.com")


@pytest.mark.parametrize("local", ["_x", "-", ".hello", "美味"])
def test_an_address_without_letters_to_compare_stops_no_import(local: str) -> None:
    found = invitation("Dinner at Salt Bistro", guests=(f"{local}@gmail.com:mailto:{local}@gmail.com",))
    assert met(found)[0] == ("Ann Li", "ann@acme.example")


def test_somebody_of_a_department_is_somebody() -> None:
    found = invitation("Welcome", guests=('"Ng, Wei (Talent)":mailto:wei.ng@acme.example',))
    assert met(found)[1] == ("Wei Ng", "wei.ng@acme.example")


@pytest.mark.parametrize("email", ["w.adler@adler.example", "wen@adler.example", "adler@adler.example"])
def test_who_has_the_name_of_the_employer_is_somebody(email: str) -> None:
    assert met(invitation("Welcome", guests=(f"Wen Adler:mailto:{email}",)))[1] == ("Wen Adler", email)


@pytest.mark.parametrize(
    ("text", "kind", "link"),
    [
        (
            "Entretien en visio. Lien : https://visio.example/acme/442",
            InterviewKind.VIDEO,
            "https://visio.example/acme/442",
        ),
        ("Via Teams: https://teams.example/l/zl", InterviewKind.VIDEO, "https://teams.example/l/zl"),
        ("Our virtual session: https://webinar.example/1", InterviewKind.VIDEO, "https://webinar.example/1"),
        ("A Zoom call. Job ad: https://acme.example/jobs/7", None, ""),
        ("I'll call your mobile.", InterviewKind.PHONE, ""),
        ("Je vous appelle demain.", InterviewKind.PHONE, ""),
        ("I'll give you a ring.", InterviewKind.PHONE, ""),
        ("Method: Phone", InterviewKind.PHONE, ""),
        ("Report to main reception by 8.20.", InterviewKind.ONSITE, ""),
        ("Report to management is part of the job.", None, ""),
        ("Telefoninterview. Wir rufen an.", InterviewKind.PHONE, ""),
        ("vor Ort in Kassel", InterviewKind.ONSITE, ""),
        ("Entrevista presencial en nuestras oficinas", InterviewKind.ONSITE, ""),
        ("Bring a photo ID.", InterviewKind.ONSITE, ""),
        ("Looking forward to it.", None, ""),
        ("Quick WhatsApp video call with our coach.", InterviewKind.VIDEO, ""),
        ("Wednesday\nmeet.google.com/abc-defg-hij", InterviewKind.VIDEO, "https://meet.google.com/abc-defg-hij"),
        ("acme.zoom.us/j/77, see you", InterviewKind.VIDEO, "https://acme.zoom.us/j/77"),
        (
            "https://meet.acme.example/abc or https://acme.example",
            InterviewKind.VIDEO,
            "https://meet.acme.example/abc",
        ),
        ("Ann@meet.acme.example/x, www.acme.example/meet/", None, ""),
        ("https://meet.acme.example/a or https://meet.acme.example/b", None, ""),
        ("ci sentiamo per telefono", InterviewKind.PHONE, ""),
        ("We'll talk for half an hour over the phone.", InterviewKind.PHONE, ""),
        ("If you are late, reach us by phone.", None, ""),
        ("Entretien sur site, 3 rue du Port", InterviewKind.ONSITE, ""),
        ("A day at our Reading office", InterviewKind.ONSITE, ""),
        ("You would be based at our Reading office.", None, ""),
        ("An informal coffee, Café Linde, Torstr. 5", InterviewKind.ONSITE, ""),
    ],
)
def test_how_one_meets_is_read_from_the_text(text: str, kind: InterviewKind | None, link: str) -> None:
    found = how(invitation(text))
    assert (found.kind, found.link) == (kind, link)


def test_a_place_with_its_label_is_where_one_goes() -> None:
    found = how(invitation("Position: Advisor\nLocation: 14 High Street, York\nDress: smart"))
    assert found == Meeting(InterviewKind.ONSITE, "14 High Street, York", "")
    assert how(invitation("Treffpunkt: Halle 2, Raum 2.14")).place == "Halle 2, Raum 2.14"
    assert how(invitation("Location: Zoom")).place == ""


def guess(found: Invitation) -> tuple[str, str]:
    return tuple(guess_application(found, invited_to(found, ROBIN)))


def test_an_address_that_everybody_can_have_is_no_employers() -> None:
    dan = "Dan:mailto:dan@gmail.example"
    found = invitation("For the line cook job on Friday", title="Trial shift - Salt Bistro", organizer=dan)
    assert guess(found) == ("Salt Bistro", "line cook")


def test_a_role_in_brackets_and_an_institution_are_read_from_the_text() -> None:
    assert guess(invitation("With Ann Li, Acme LLP (Paralegal, Conveyancing)"))[1] == "Paralegal, Conveyancing"
    found = invitation("Come to the University of Westmark.", organizer="P:mailto:p@uniwest.example")
    assert guess(found)[0] == "University of Westmark"


def test_the_people_come_before_the_program_that_invites() -> None:
    rosa = ("Rosa Vidal:mailto:rosa@acme-health.example",)
    text = "Your interview for Data Manager at Acme Health is confirmed."
    found = invitation(text, title="Chat", organizer="Hire:mailto:no-reply@hire.example", guests=rosa)
    assert guess(found) == ("Acme Health", "Data Manager")


def test_the_employer_behind_a_name_is_no_title() -> None:
    anna = '"Weber, Anna (Adler GmbH)":mailto:anna.weber@adler.example'
    found = invitation("Wir freuen uns.", title="Vorstellungsgespräch Buchhalter", organizer=anna)
    assert [(one.name, one.title) for one in invited_to(found, ROBIN).people] == [("Anna Weber", "")]
    assert guess(found) == ("Adler GmbH", "Buchhalter")
    talent = '"Ng, Wei (Talent)":mailto:wei.ng@adler.example'
    assert invited_to(invitation("Hi", organizer=talent), ROBIN).people[0].title == "Talent"


@pytest.mark.parametrize(
    ("organizer", "text", "company"),
    [
        ("GreetBot:mailto:start@greetbot.example", "Record it for the Buyer role at Cloud Nine.", "Cloud Nine"),
        (
            "Staffing Four:mailto:jobs@staffingfour.example",
            "Staffing Four has arranged your interview with Paul Kerr at Ost Tools for Buyer.",
            "Ost Tools",
        ),
        ("Stadt Seedorf:mailto:post@seedorf.example", "In Seedorf", "Stadt Seedorf"),
        ("Selección Grupo Sur:mailto:seleccion@gruposur.example", "Burgos", "Grupo Sur"),
        ("Workday:mailto:acme-no-reply@myworkday.com", "Thanks for applying to Salt & Oak LLP.", "Salt & Oak LLP"),
        ("Workday:mailto:no-reply@myworkday.com", "Thanks for applying to the Buyer role.", ""),
        ("Ann:mailto:ann@aldmoor.ac.example", "Here at the University of Aldmoor.", "University of Aldmoor"),
    ],
)
def test_the_employer_is_who_is_named_not_who_invites_for_it(organizer: str, text: str, company: str) -> None:
    assert guess(invitation(text, title="Interview Buyer", organizer=organizer)) == (company, "Buyer")


def test_other_candidates_of_a_group_are_nobody_to_thank_but_who_is_named_is() -> None:
    group = ("liam.w@gmail.com:mailto:liam.w@gmail.com", "Sara Khan:mailto:sara.khan@gmail.com")
    assert met(invitation("An assessment day.", guests=group)) == [("Ann Li", "ann@acme.example")]
    assert met(invitation("Sara Khan leads the group.", guests=group))[1:] == [
        ("Sara Khan", "sara.khan@gmail.com")
    ]
    assert met(invitation("A chat.", guests=group[1:]))[1:] == [("Sara Khan", "sara.khan@gmail.com")]


def test_whom_a_program_writes_for_is_met() -> None:
    sender = "Dana Whitfield via SmartRecruiters:mailto:messages@smartrecruiters.com"
    assert met(invitation("Dana will call you.", organizer=sender)) == [("Dana Whitfield", "")]


@pytest.mark.parametrize(
    ("title", "text", "role"),
    [
        ("Interview", "For the Staff Engineer (Payments) role at Acme.", "Staff Engineer (Payments)"),
        ("Entretien RH – poste d’Assistant(e) comptable", "Bonjour", "Assistant(e) comptable"),
        ("Kennismakingsgesprek Zorgcoördinator", "Met Ann Li (teamleider)", "Zorgcoördinator"),
        ("Chat", "With Ann Li (Team Lead)", ""),
        ("Colloquio - Robin Okafor / Store Manager", "Ciao", "Store Manager"),
    ],
)
def test_a_role_keeps_its_bracket_and_is_nobodys_job(title: str, text: str, role: str) -> None:
    assert guess(invitation(text, title=title))[1] == role


def test_an_employer_is_whole_and_an_unnamed_client_is_asked_for() -> None:
    jo = "Jo Ortiz:mailto:jo@lakeside.example"
    assert (
        guess(invitation("Hi", title="Interview - Analyst - City of Lakeside", organizer=jo))[0]
        == "City of Lakeside"
    )
    assert guess(invitation("Die Stelle bei meinem Kunden. Personal Partner GmbH", title="Interview"))[0] == ""


def test_a_place_ends_with_its_sentence_and_a_room_beside_a_call_is_no_place() -> None:
    assert how(invitation("Locatie: Stationsplein 10, Utrecht. Meld je bij de receptie.")).place == (
        "Stationsplein 10, Utrecht"
    )
    assert how(invitation("Location: 5 St. Mary's Rd., York")).place == "5 St. Mary's Rd., York"
    call = invitation("https://teams.microsoft.com/l/meetup-join/19")
    assert how(replace(call, location="Microsoft Teams Meeting; Room Blue (10)")) == Meeting(
        InterviewKind.VIDEO, "", "https://teams.microsoft.com/l/meetup-join/19"
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Assessors on the day: Hattie Voss.", ["Hattie Voss"]),
        ("Preguntar por Eusebio Calvo en la nave 4.", ["Eusebio Calvo"]),
        ("La riceverà la dott.ssa Ornella Zanardi.", ["Ornella Zanardi"]),
        ("Final talk with our COO, Imani Wolde, about it.", ["Imani Wolde"]),
        ("The animator opening, Café Linde, Torstr. 5", []),
        ("Der Vorstand (Mareike Thoms und Ansgar Pohl) freut sich.", ["Mareike Thoms", "Ansgar Pohl"]),
        ("Gespräch bei Herrn Prof. Dr. Albers und Frau Dr. Winter.", ["Albers", "Winter"]),
        ("Frau Li begrüßt Sie. With Mr Li.", []),
        ("Please ask for Wilhelmina at reception.", ["Wilhelmina"]),
        (
            "The panel will consist of Dr Philippa Marsh (Librarian) and Mr Obadiah Stone.",
            ["Philippa Marsh", "Obadiah Stone"],
        ),
        ("Contact Person - Anil Kumar Reddy\nMode - F2F", ["Anil Kumar Reddy"]),
        ("Wer: Maren Uhl, Leitung Therapie", ["Maren Uhl"]),
        ("Interviewers will be Sandra Cole and Yusuf Ali.", ["Sandra Cole", "Yusuf Ali"]),
        ("Pregunte por D. Anselmo Gil.", ["Anselmo Gil"]),
        ("Tribunal: Dña. Rosa Marín, D. Luis Tena.", ["Rosa Marín", "Luis Tena"]),
        ("A talk with Ann Li and Carwyn Pwll on Teams", ["Carwyn Pwll"]),
    ],
)
def test_whoever_is_named_with_an_office_at_a_door_or_by_the_family_name_is_met(
    text: str, names: list[str]
) -> None:
    assert [name for name, email in met(invitation(text)) if not email] == names


def test_a_name_in_the_text_completes_that_of_an_address() -> None:
    guests = ("Mina P:mailto:mina@acme.example", "j.vesely@acme.example:mailto:j.vesely@acme.example")
    found = met(invitation("09:15 – 10:15 CAD (Pavel Novak)\nWith Mina Petrova and Jitka Veselá", guests=guests))
    assert found[1:3] == [("Mina Petrova", "mina@acme.example"), ("Jitka Veselá", "j.vesely@acme.example")]


def test_ones_own_other_address_and_a_forwarded_mail_name_who_wrote_it() -> None:
    text = "From: Cora Whitt <c.whitt@acme.example>\nSubject: Interview\n\nSee you at Acme."
    assert met(invitation(text, organizer="Robin Okafor:mailto:robin@uni.example")) == [
        ("Cora Whitt", "c.whitt@acme.example")
    ]


def test_who_wrote_a_forwarded_mail_without_a_name_is_met_beside_a_guest_without_one() -> None:
    text = "From: cora@acme.example\nSubject: Interview\n\nSee you at Acme."
    guests = ("bo@acme.example:mailto:bo@acme.example",)
    found = met(invitation(text, organizer="Robin Okafor:mailto:robin@uni.example", guests=guests))
    assert ("", "bo@acme.example") in found


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        (
            "Come to our shop, 12 Foundry Lane, Dayton. Wear boots.",
            InterviewKind.ONSITE,
            "12 Foundry Lane, Dayton",
        ),
        ("Bei uns in der Werkstatt, Sägeweg 4, Tölz.", InterviewKind.ONSITE, "Sägeweg 4, Tölz"),
        (
            "Rendez-vous au restaurant, 8 quai des Brumes à Nantes.",
            InterviewKind.ONSITE,
            "8 quai des Brumes à Nantes",
        ),
        ("La aspettiamo in sede (Via dei Mille 22, Parma).", InterviewKind.ONSITE, "Via dei Mille 22, Parma"),
        ("Rúa do Príncipe 10.", InterviewKind.ONSITE, "Rúa do Príncipe 10"),
        ("Lunch at our studio, Torggata 11, Oslo.", InterviewKind.ONSITE, "Torggata 11, Oslo"),
        ("I'll call you.\n\nKind regards\nAnn\nAcme, 5 High Street, York", InterviewKind.PHONE, ""),
        ("On 12 March we move. See you.", None, ""),
        ("You have 30 minutes.", None, ""),
    ],
)
def test_an_address_in_the_text_is_where_one_meets_but_not_below_the_greeting(
    text: str, kind: InterviewKind | None, place: str
) -> None:
    found = how(invitation(text))
    assert (found.kind, found.place) == (kind, place)


@pytest.mark.parametrize(
    "text",
    [
        "Aa " * 9_000,
        "Aa of " * 3_000,
        "Aa Bb und " * 2_000,
        "\n" * 20_000,
        "A" * 20_000,
        "- " * 9_000,
        "Rue de " * 2_800,
        "int for " * 2_500,
        "Aa-" * 7_000,
        "Herr " * 4_000,
    ],
    ids=lambda text: text[:8],
)
def test_a_text_that_repeats_itself_is_read_in_bounded_time(text: str) -> None:
    started = time.process_time()
    guests = tuple(f"Bo B:mailto:bo@{'a' * many}.example" for many in range(9, 20))
    found = invitation(text, title=text[:280].replace("\n", " "), guests=guests)
    guess_application(found, invited_to(found, ROBIN))
    how(found)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "guest",
    [
        "Planning Hoekstra Transport:mailto:planning@hoekstratransport.example",
        "Assistenz GF:mailto:assistenz@adler.example",
        "Ufficio Personale:mailto:personale@adler.example",
        "Head's PA:mailto:pa@adler.example",
    ],
)
def test_an_office_with_the_name_of_its_mailbox_is_nobody_to_thank(guest: str) -> None:
    wen = ("Wen Adler", "wen@adler.example")
    assert met(invitation("Welcome", guests=(guest, "Wen Adler:mailto:wen@adler.example")))[1:] == [wen]


def test_ones_own_family_name_is_nobody_to_meet_and_panelists_are() -> None:
    assert met(invitation("Bitte Termin mit Frau Okafor einstellen."))[1:] == []
    assert met(invitation("Bitte Termin mit Frau Lang einstellen."))[1:] == [("Lang", "")]
    panel = "Oral exam. Panelists: Gloria Espinoza, RN; Walt Dupree."
    assert met(invitation(panel))[1:] == [("Gloria Espinoza", ""), ("Walt Dupree", "")]
