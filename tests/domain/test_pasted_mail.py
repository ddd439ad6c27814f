"""Lines and invitations in prose, pasted from a mail, in six languages; written before the rules were mended."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.parsing.booking import dates_in, mail_as_line, new_day_in
from followup_tui.domain.parsing.line_pieces import join_parts
from followup_tui.domain.parsing.quick_entry import parse_quick_entry

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 11, 18, 10, tzinfo=BERLIN)

MAILS = {
    "Hi Sam, we'd love to invite you to interview for the Data Engineer role at Globex on Tuesday, December 8 at"
    " 2:00 PM CET with Lena Hartmann.": "Globex | Data Engineer | 12-08 14:00 | Lena Hartmann",
    "Hi Jo,\n\nThanks for applying to the Product Designer position at Brightly. We would like to schedule a video"
    " interview on Thursday, November 26 at 10:00 AM CET with Hana Sato.\n\nBest,\nHana": (
        "Brightly | Product Designer | 11-26 10:00 | Hana Sato"
    ),
    "Dear Ms. Doe,\n\nThank you for your interest in Kestrel Bank. We were impressed by your application for the"
    " Risk Analyst position and would like to invite you to a phone interview on December 2, 2026 at 3:30 pm"
    " CET.\n\nKind regards,\nMary Poe\nTalent Acquisition": "Kestrel Bank | Risk Analyst | 12-02 15:30 | Mary Poe",
    "Hello Jo,\nGreat speaking with you! The next step for the Backend Engineer role at Vertex Labs is a"
    " technical interview with Omar Haddad and Lena Ortiz. Does Friday, Nov 27, 2-3 PM CET work?\nCheers,\nRavi": (
        "Vertex Labs | Backend Engineer | 11-27 14:00 | Omar Haddad, Lena Ortiz"
    ),
    "Sehr geehrte Frau Doe,\nwir laden Sie herzlich zum Vorstellungsgespräch als Controllerin am Dienstag,"
    " 8. Dezember 2026 um 10:00 Uhr bei der Brückner GmbH ein.\nMit freundlichen Grüßen\nHeike Vogt": (
        "Brückner GmbH | Controllerin | 12-08 10:00 | Heike Vogt"
    ),
    "Liebe Jo,\nvielen Dank für deine Bewerbung als Projektleiterin bei der Kranich GmbH! Gerne möchten wir dich"
    " am Donnerstag, den 26.11. um 14 Uhr kennenlernen.\nViele Grüße\nEva": (
        "Kranich GmbH | Projektleiterin | 11-26 14:00 | Eva"
    ),
    "Bonjour Madame,\nSuite à votre candidature au poste de Comptable, nous vous proposons un entretien le mardi"
    " 24 novembre à 14h30 chez Noyer SA avec Claire Petit.\nCordialement,\nLuc Moreau": (
        "Noyer SA | Comptable | 11-24 14:30 | Claire Petit"
    ),
    "Buenos días Ana,\nnos gustaría invitarte a una entrevista para el puesto de Analista en Roble SL el martes 24"
    " de noviembre a las 10:00 con Marta Gil.\nSaludos,\nMarta": "Roble SL | Analista | 11-24 10:00 | Marta Gil",
    "Dear Jo,\nplease come to an interview for our Office Manager role on Wednesday, 25 November 2026"
    " at 14:00 CET at Birch & Co.\nBest regards,\nIda Moe": "Birch & Co | Office Manager | 11-25 14:00 | Ida Moe",
    "Guten Tag Frau Doe,\nwir würden Sie gerne zu einem Gespräch für die Stelle als Buchhalterin bei der Linde KG"
    " einladen. Passt Ihnen Montag, 23. November, 15 Uhr?\nViele Grüße\nJan Klein": (
        "Linde KG | Buchhalterin | 11-23 15:00 | Jan Klein"
    ),
    "Gentile Jo,\nla invitiamo a un colloquio per la posizione di Contabile presso Ulivo srl martedì 24 novembre"
    " alle 10:30 con Anna Neri.\nCordiali saluti": "Ulivo srl | Contabile | 11-24 10:30 | Anna Neri",
}
LINES = {
    "Acme / SRE / Thu 3pm": "Acme | SRE | 11-19 15:00 | ",
    "Beta GmbH / Data Analyst / Mo 10 Uhr / mit Eva Kern": "Beta GmbH | Data Analyst | 11-23 10:00 | Eva Kern",
    "Acme, QA / Test Engineer, fri 10:00": "Acme | QA / Test Engineer | 11-20 10:00 | ",
    "Dana from Acme, SRE, tue 3": "Acme | SRE | 11-24 15:00 | Dana",
    "Had a call with Dana Ruiz from Acme about the SRE role yesterday 3pm": "Acme | SRE | 11-17 15:00 | Dana Ruiz",
    "Acme SA, Analista, martes 24 a las 10 con Ana Gil": "Acme SA | Analista | 11-24 10:00 | Ana Gil",
    "Roble SL, Contable, entrevista el viernes 27 a las 16:30 con Luis Paz": (
        "Roble SL | Contable | 11-27 16:30 | Luis Paz"
    ),
    "Ulivo srl, Contabile, giovedì alle 10 con Anna Neri": "Ulivo srl | Contabile | 11-19 10:00 | Anna Neri",
    "Noyer SA, Comptable, jeudi 19 à 14h30 avec Claire Petit": "Noyer SA | Comptable | 11-19 14:30 | Claire Petit",
    "Beuk BV, Kok, gesprek vrijdag 27 om 10:00 met Els Mol": "Beuk BV | Kok | 11-27 10:00 | Els Mol",
    "Kranich GmbH, Leiter, Vorstellungsgespräch am 25.11. um 9:30 mit Herrn Klein": (
        "Kranich GmbH | Leiter | 11-25 09:30 | Herrn Klein"
    ),
}


def read(text: str) -> str:
    found = parse_quick_entry(text, now=WEDNESDAY, zone=BERLIN)
    assert (found.unread, found.problems) == ((), ())
    assert found.when is not None
    assert found.when.at is not None
    people = ", ".join(person.name for person in found.people)
    return f"{found.company} | {found.role} | {found.when.at:%m-%d %H:%M} | {people}"


@pytest.mark.parametrize("text", MAILS)
def test_an_invitation_in_prose_is_the_line_that_one_would_type(text: str) -> None:
    assert read(text) == MAILS[text]
    assert read(join_parts(text)) == MAILS[text], "as it is pasted into one line"


@pytest.mark.parametrize("text", LINES)
def test_a_line_is_read_whatever_stands_between_its_parts(text: str) -> None:
    assert read(text) == LINES[text]


@pytest.mark.parametrize(
    "text",
    [
        "Hi Jo, it was great to meet you on Tuesday. We will be in touch about the next steps as soon as we can.",
        "Dear Jo, thank you for applying to the SRE position at Acme. Sadly we went with another candidate.",
        "Hi Bob Inc., SRE, fri 10:00 with Dana Ruiz, dana@hibob.example, https://hibob.example/jobs/12",
        "Hello Fresh, Data Engineer, fri 10:00, with Ann Li",
    ],
)
def test_what_is_no_invitation_stays_as_it_is(text: str) -> None:
    assert mail_as_line(text) == text


@pytest.mark.parametrize(
    ("line", "location", "place"),
    [
        ("Acme, SRE, Berlin", "Berlin", ""),
        ("Acme, SRE, Zürich, tomorrow 9am", "Zürich", ""),
        ("Acme, SRE, Austin TX", "Austin TX", ""),
        ("Acme, SRE, tomorrow 9am, 500 5th Ave New York", "", "500 5th Ave New York"),
        ("Acme, SRE, tomorrow 9am, Hauptstraße 12", "", "Hauptstraße 12"),
    ],
)
def test_a_large_town_and_a_street_say_themselves_what_they_are(line: str, location: str, place: str) -> None:
    found = parse_quick_entry(line, now=WEDNESDAY, zone=BERLIN)
    assert (found.location, found.meeting.place, found.unread) == (location, place, ())


SIGNED = "\n\nBest,\nHana Sato\nTalent Partner\n+49 30 1234567"
INVITED = "Hi Jo,\n\nwe'd like to invite you for the Product Designer position at Brightly on {when}." + SIGNED
THURSDAY = INVITED.format(when="Thursday 26 November at 10:00")
CHAINS = {
    "forwarded": "fyi\n\n---------- Forwarded message ---------\nFrom: Hana Sato <hana@brightly.example>\n"
    f"Date: Mon, 16 Nov 2026 at 09:12\nSubject: Interview\nTo: Jo\n\n{THURSDAY}",
    "answered": f"{THURSDAY}\n\nOn Mon, 16 Nov 2026 at 08:00, Jo <jo@x.example> wrote:\n> Hi Hana,\n"
    "> I could do Tuesday 24 November at 9:00 for the Product Designer role at Brightly.",
    "outlook": f"{THURSDAY}\n-----Original Message-----\nFrom: Jo\nSent: Monday, 16 November 2026 08:00\n"
    "To: Hana\n\nHi Hana, when?",
}


@pytest.mark.parametrize("chain", CHAINS)
def test_of_a_chain_of_mails_the_newest_that_invites_counts(chain: str) -> None:
    assert read(CHAINS[chain]) == "Brightly | Product Designer | 11-26 10:00 | Hana Sato"


@pytest.mark.parametrize(
    "when",
    [
        "Thursday 26 November at 10:00 or Friday 27 November at 15:00",
        "Thursday 26 November at 10:00, or 15:00",
        "Thursday 26 November at 10:00. Otherwise Friday 27 November at 15:00 is fine, too",
    ],
)
def test_several_times_in_one_mail_are_asked_about(when: str) -> None:
    found = parse_quick_entry(INVITED.format(when=when), now=WEDNESDAY, zone=BERLIN)
    assert (found.company, found.role) == ("Brightly", "Product Designer")
    assert found.problems == ("two dates: leave only the interview's",)


def test_a_signature_says_nothing_of_the_interview() -> None:
    text = INVITED.format(when="Thursday 26 November at 10:00") + "\nCall me Mon-Fri 9:00-17:00"
    assert read(text).endswith("11-26 10:00 | Hana Sato")


@pytest.mark.parametrize(
    ("sentence", "dates"),
    [
        ("We have to move your interview from Tue 1 to Thu 3 Dec at 15:00.", ["Thu 3 Dec at 15:00"]),
        ("It has been moved from Tuesday 1 December at 14:00 to Thursday 3 December at 15:00.", ["15:00"]),
        ("Your interview was rescheduled to Thursday 3 December at 15:00.", ["15:00"]),
        ("Wir müssen das Gespräch vom Di 1.12. auf Do 3.12. um 15:00 verschieben.", ["15:00"]),
        ("The interview is on Thu 3 Dec from 15:00 to 16:00.", ["15:00 to 16:00"]),
    ],
)
def test_a_mail_that_moves_an_interview_names_the_new_day(sentence: str, dates: list[str]) -> None:
    found = dates_in(sentence)
    assert len(found) == len(dates)
    assert all("3" in one and each in one and "1 Dec" not in one for one, each in zip(found, dates, strict=True))


def test_a_new_day_without_an_hour_is_named() -> None:
    assert new_day_in("We move your interview from Tue 1 Dec to Thu 3 Dec, same time.").endswith("Thu 3 Dec")
    assert new_day_in("We are free from Tue 1 Dec to Thu 3 Dec.") == ""
