"""What an invitation says besides stays with the interview, without what programs write around it."""

from __future__ import annotations

import pytest

from exchange.invitation_files import ANN, END, ME, START, after, calendar, event, one, planned, usual
from followup_tui.exchange.exports.export_calendar import content_line
from followup_tui.exchange.plan import ImportPlan

PREP = "Prep: https://acme.example/guide\nPlease bring your portfolio.\n14:00 Intro\n14:20 Portfolio review"
RULE = "_" * 80
TEAMS = (
    f"{RULE}\nMicrosoft Teams Need help?<https://aka.example/Join>\n"
    "Join the meeting now<https://teams.microsoft.com/l/meetup-join/19%3ameeting_ab>\nMeeting ID: 290 551 118 36\n"
    f"Passcode: w7LmQp\n{'_' * 32}\nDial in by phone\n+44 20 7946 0501,,55120934#<tel:+44> United Kingdom\n"
    f"Find a local number<https://dialin.teams.example/x>\nFor organizers: Meeting options<https://x.example>\n{RULE}"
)
MEET_RULE = f"-::~:~::{'~:' * 30}::~:~::-"
MEET = (
    f"{MEET_RULE}\nJoin with Google Meet: https://meet.google.com/abc-defg-hij\n"
    "Or dial: (GB) +44 20 7946 0812 PIN: 9#\n"
    f"Learn more about Meet at: https://g.example/a\n\nPlease do not edit this section.\n{MEET_RULE}"
)
ZOOM = (
    "Ann Li is inviting you to a scheduled Zoom meeting.\n\nJoin Zoom Meeting\nhttps://acme.zoom.us/j/977?pwd=R\n\n"
    "Meeting ID: 977 1182 3004\nPasscode: 630417\n\n---\n\nOne tap mobile\n"
    "+16465550112,,97711823004#,,,,*630417# US (New York)\n\nJoin by SIP\n• 97711823004@zoomcrc.com\n"
)
CALENDLY = (
    "Event Name: Interview\n\nNeed to make changes to this event?\nCancel: https://calendly.com/cancellations/b\n"
    "Reschedule: https://calendly.com/reschedulings/b\n\nPowered by Calendly.com"
)


def invited(description: str, *lines: str, sequence: int = 0) -> bytes:
    return usual(
        content_line("DESCRIPTION", description.replace("\n", "\\n").replace(",", "\\,")),
        *lines,
        sequence=sequence,
    )


def notes(plan: ImportPlan) -> str:
    (interview,) = one(plan).interviews
    return interview.notes


@pytest.mark.parametrize("call", ["", TEAMS, MEET, CALENDLY])
def test_what_to_prepare_is_kept_and_what_a_program_writes_is_not(call: str) -> None:
    told = f"Hi Robin,\n\n{PREP}\n\nBest,\nAnn\n\n{call}"
    assert notes(planned(invited(told))) == PREP
    assert notes(planned(invited(f"{PREP}\n\n{call}"))) == PREP


def test_words_below_a_zoom_call_are_kept() -> None:
    assert notes(planned(invited(f"{ZOOM}\n{PREP}"))) == PREP
    assert notes(planned(invited(ZOOM))) == ""


@pytest.mark.parametrize(
    "said", ["With Ann Li", "Interviewer: Ann Li", "Link: https://meet.google.com/abc-defg-hij"]
)
def test_what_is_read_anyway_is_no_note(said: str) -> None:
    text = f"{said}\n{PREP}\n{MEET}"
    assert notes(planned(invited(text))) == PREP


@pytest.mark.parametrize(
    "signature",
    [
        "Ann",
        "Ann Li\nHead of People, Acme Robotics",
        "Ann Li\nshe/her\nTalent Partner\nAcme Robotics GmbH\nT: +44 20 7946 0000\nwww.acme.example",
        "Ann Li (Recruiter)",
        "All the best\nAnn",
        "Speak soon,\nAnn Li\nRecruiter",
    ],
)
def test_a_signature_is_no_note_also_without_a_closing(signature: str) -> None:
    assert notes(planned(invited(f"{PREP}\n\n{signature}"))) == PREP


@pytest.mark.parametrize(
    "last",
    ["Ann Li\n14:20 Portfolio review", "Ann Li\nAsk for Sam", "Schedule:\nAnn Li, Recruiter", "Ann meets you"],
)
def test_lines_below_a_name_that_say_more_than_who_it_is_are_kept(last: str) -> None:
    assert notes(planned(invited(f"{PREP}\n{last}"))).endswith(last.removeprefix("Ann Li\n"))


def test_a_newer_invitation_adds_its_lines_and_keeps_what_is_there() -> None:
    before = one(planned(invited("Please bring your portfolio.")))
    plan = planned(invited("Please bring your portfolio.\nAsk for Sam.", sequence=1), existing=[before])
    ((after_,),) = [each.interviews for each in after(plan, [before])]
    assert after_.notes == "Please bring your portfolio.\nAsk for Sam."
    assert "Adds to its notes" in plan.rows[0].why


def test_the_notes_are_shown_before_they_are_taken() -> None:
    plan = planned(invited(PREP))
    assert ("Notes", PREP) in plan.rows[0].facts()
    assert "Please bring your portfolio." in plan.readings[0]


def test_a_long_description_is_cut_at_a_word() -> None:
    found = notes(planned(invited("Please read on and on about the company. " * 100)))
    assert len(found) <= 1_502
    assert found.endswith(" …")


@pytest.mark.parametrize(
    ("title", "people"),
    [
        ("Acme: Product Designer interview w/ Tom Ford & Amy Lin", ["Ann Li", "Tom Ford", "Amy Lin"]),
        ("Interview with Tom Ford - Acme Product Designer", ["Ann Li", "Tom Ford"]),
        ("Gespräch mit Lena Vogt und Jan Horn: Acme Product Designer", ["Ann Li", "Lena Vogt", "Jan Horn"]),
        ("Interview with Acme Robotics: Product Designer", ["Ann Li"]),
        ("Robin Okafor with Acme: Product Designer", ["Ann Li"]),
    ],
)
def test_people_in_the_title_are_people(title: str, people: list[str]) -> None:
    details = one(planned(calendar(event(START, END, f"SUMMARY:{title}", ANN, ME))))
    assert [contact.name for contact in details.contacts] == people
    assert details.application.company.startswith("Acme")
    assert details.application.role == "Product Designer"


@pytest.mark.parametrize(
    "told",
    [
        "Interview panel: Helen Castle (Therapy Lead), Suresh Menon (Clinical Specialist)",
        "You'll meet two of our trustees, Helen Castle and Suresh Menon, on Zoom.",
        "You'll be seeing me and Helen Castle. Interviewer: Suresh Menon",
    ],
)
def test_people_in_a_sentence_are_people(told: str) -> None:
    names = [contact.name for contact in one(planned(invited(told))).contacts]
    assert {"Helen Castle", "Suresh Menon"} <= set(names)
