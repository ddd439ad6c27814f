"""Letters on a real file: drafts that survive a kill, letters that move the card, and what was taught."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from conftest import NOW, ZONE
from followup_tui.domain.format import English
from followup_tui.domain.letters.description import describe_letter
from followup_tui.domain.letters.finding import Finding
from followup_tui.domain.letters.template_fields import FieldOwner
from followup_tui.domain.model.application import Answer, Outcome, Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.errors import BadInput, Conflict, NotFound, Refused
from followup_tui.domain.model.interview import Booking
from followup_tui.domain.model.touch import Channel, Letter, LetterKind, Sender, TouchKind
from followup_tui.domain.model.when import When
from followup_tui.domain.rules.guard import Blocked
from followup_tui.domain.rules.rule_context import ContactRule
from followup_tui.tracker.tracker import Tracker
from trackers import Clock, Opens

ME = Sender(name="Alex Novak", email="alex@novak.example")
YESTERDAY = NOW - timedelta(days=1)
TYPING = """
import sys
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo
from followup_tui.tracker.tracker import Tracker

tracker = Tracker(Path(sys.argv[1]), zone=ZoneInfo("Europe/Berlin"))
letter = tracker.letters.get(sys.argv[2])
count = 0
while True:
    count += 1
    letter = tracker.letters.save(replace(letter, body=f"Dear Dana, {count}"))
    print(count, flush=True)
"""


@pytest.fixture
def acme(tracker: Tracker) -> str:
    """An interview of yesterday with two people, nobody thanked yet."""
    when = When(day=YESTERDAY.date(), at=YESTERDAY, zone=ZONE)
    people = (Person("Dana Ruiz", "dana@acme.example"), Person("Sam Okafor", "sam@acme.example"))
    done = tracker.commands.add(
        ApplicationForm(company="Acme Robotics", role="Backend dev", interview=when, people=people)
    )
    return done.cards[0].id


def _letter(tracker: Tracker, id: str, kind: LetterKind = LetterKind.THANK_YOU, to: str = "Dana Ruiz") -> Letter:
    contact = next((one.id for one in tracker.queries.details(id).contacts if one.name == to), None)
    return tracker.letters.save(
        Letter(
            application_id=id,
            kind=kind,
            template="plain",
            contact_id=contact,
            subject="Thank you",
            body="Dear Dana Ruiz,\n\nThank you.\n",
            created_at=NOW,
            changed_at=NOW,
        )
    )


def _kinds(tracker: Tracker, id: str) -> list[TouchKind]:
    return [touch.kind for touch in tracker.queries.details(id).touches]


# Drafts


def test_a_draft_is_kept_as_it_is_typed_and_several_stand_side_by_side(tracker: Tracker, acme: str) -> None:
    first, second = _letter(tracker, acme), _letter(tracker, acme, to="Sam Okafor")
    kept = tracker.letters.save(replace(first, body="Dear Dana,"))
    assert tracker.letters.get(first.id) == kept
    assert {one.id: one.body for one in tracker.letters.of(acme)} == {
        first.id: "Dear Dana,",
        second.id: second.body,
    }


def test_typing_a_draft_is_no_change_that_undo_takes_back(tracker: Tracker, acme: str) -> None:
    letter = _letter(tracker, acme)
    tracker.letters.save(replace(letter, body="more"))
    assert [entry.verb for entry in tracker.queries.history(None)] == ["add"]


def test_a_draft_typed_in_two_windows_is_never_overwritten_silently(
    tracker: Tracker, opened: Opens, acme: str
) -> None:
    letter = _letter(tracker, acme)
    opened().letters.save(replace(letter, body="theirs"))
    with pytest.raises(Conflict, match="Nothing was overwritten"):
        tracker.letters.save(replace(letter, body="mine"))
    assert tracker.letters.get(letter.id).body == "theirs"


def test_what_drives_a_terminal_is_dropped_from_a_draft(tracker: Tracker, acme: str) -> None:
    letter = _letter(tracker, acme)
    kept = tracker.letters.save(
        replace(letter, subject="Thank\x1b]0;x\x07 you\r\nBcc: x", body="a\x1b[2Jb\r\nc\u202e")
    )
    assert (kept.subject, kept.body) == ("Thank]0;x you Bcc: x", "a[2Jb\nc")


def test_a_letter_longer_than_fits_is_refused_and_the_draft_stays(tracker: Tracker, acme: str) -> None:
    letter = _letter(tracker, acme)
    with pytest.raises(BadInput, match="at most 200,000 fit"):
        tracker.letters.save(replace(letter, body="x" * 200_001))
    assert tracker.letters.get(letter.id).body == letter.body


def test_a_draft_of_an_application_that_was_taken_back_waits_for_it(tracker: Tracker, acme: str) -> None:
    letter = _letter(tracker, acme)
    tracker.commands.undo()
    with pytest.raises(NotFound):
        tracker.letters.save(replace(letter, body="more"))
    tracker.commands.redo()
    assert tracker.letters.of(acme) == (letter,)


@pytest.mark.file_only
def test_a_draft_survives_being_killed_while_it_is_typed(tracker: Tracker, acme: str, database: Path) -> None:
    letter = _letter(tracker, acme)
    with subprocess.Popen(
        [sys.executable, "-c", TYPING, str(database), letter.id], stdout=subprocess.PIPE, text=True
    ) as typing:
        assert typing.stdout is not None
        acknowledged = [int(typing.stdout.readline()) for _ in range(5)][-1]
        os.kill(typing.pid, signal.SIGKILL)
        acknowledged = max([acknowledged, *map(int, typing.stdout.read().split())])
    saved = int(tracker.letters.get(letter.id).body.removeprefix("Dear Dana, "))
    assert acknowledged <= saved <= acknowledged + 1


def test_a_draft_that_was_thrown_away_comes_back_by_undo(tracker: Tracker, acme: str) -> None:
    letter = _letter(tracker, acme)
    assert tracker.letters.discard(letter.id).said == "Acme Robotics: draft of the thank-you discarded"
    assert tracker.letters.of(acme) == ()
    with pytest.raises(NotFound):
        tracker.letters.get(letter.id)
    tracker.commands.undo()
    assert tracker.letters.of(acme) == (letter,)


# Sent


def test_a_thank_you_to_one_of_two_keeps_the_card_until_both_are_thanked(tracker: Tracker, acme: str) -> None:
    done = tracker.letters.send(_letter(tracker, acme))
    assert (done.said, done.cards[0].stage) == ("Acme Robotics: thanked Dana Ruiz", Stage.INTERVIEWED)
    done = tracker.letters.send(_letter(tracker, acme, to="Sam Okafor"), by=Channel.POST)
    assert (done.cards[0].stage, _kinds(tracker, acme)) == (Stage.THANKED, [TouchKind.THANK_YOU] * 2)
    assert {letter.channel for letter in tracker.letters.of(acme)} == {Channel.EMAIL, Channel.POST}
    assert all(letter.sent_at == NOW for letter in tracker.letters.of(acme))


def test_undo_makes_a_draft_of_a_letter_again_and_redo_sends_it(tracker: Tracker, acme: str) -> None:
    letter = _letter(tracker, acme)
    tracker.letters.send(letter)
    tracker.commands.undo()
    assert (tracker.letters.get(letter.id), _kinds(tracker, acme)) == (letter, [])
    tracker.commands.redo()
    assert tracker.letters.get(letter.id).sent_at == NOW
    assert _kinds(tracker, acme) == [TouchKind.THANK_YOU]


def test_a_letter_goes_out_once_and_is_no_draft_any_more(tracker: Tracker, acme: str) -> None:
    letter = _letter(tracker, acme)
    tracker.letters.send(letter)
    sent = tracker.letters.get(letter.id)
    with pytest.raises(Conflict):
        tracker.letters.send(letter, override="again")
    with pytest.raises(Refused, match="sent already"):
        tracker.letters.send(sent)
    with pytest.raises(Refused, match="stays in the history"):
        tracker.letters.discard(letter.id)
    with pytest.raises(Conflict):
        tracker.letters.save(replace(letter, body="other words"))


def test_the_guard_is_asked_before_and_when_a_letter_is_recorded(
    tracker: Tracker, acme: str, clock: Clock
) -> None:
    tracker.commands.thank([acme])
    clock.at += timedelta(days=1)
    letter = _letter(tracker, acme, LetterKind.CHECK_IN)
    verdict = tracker.letters.may_send(letter)
    assert (verdict.allowed, verdict.rule) == (False, ContactRule.CONTACTS_APART)
    with pytest.raises(Blocked):
        tracker.letters.send(letter)
    assert tracker.letters.get(letter.id) == letter
    done = tracker.letters.send(letter, override="they asked me to")
    touch = tracker.queries.details(acme).touches[-1]
    assert (done.cards[0].stage, touch.kind) == (Stage.AWAITING, TouchKind.CHECK_IN)
    assert (touch.override, touch.note) == ("they asked me to", "Thank you")


@pytest.mark.parametrize(
    ("kind", "outcome", "touch"),
    [
        (LetterKind.WITHDRAWAL, Outcome.WITHDREW, TouchKind.SENT),
        (LetterKind.ACCEPTANCE, Outcome.ACCEPTED, TouchKind.SENT),
        (LetterKind.MOVING_ON, Outcome.NO_REPLY, TouchKind.GRACIOUS_NOTE),
    ],
)
def test_a_last_letter_closes_the_application_in_the_same_change(
    tracker: Tracker, acme: str, kind: LetterKind, outcome: Outcome, touch: TouchKind
) -> None:
    done = tracker.letters.send(_letter(tracker, acme, kind))
    assert (done.cards[0].stage, done.cards[0].outcome) == (Stage.MOVED_ON, outcome)
    assert _kinds(tracker, acme) == [touch]
    tracker.commands.undo()
    assert tracker.queries.details(acme).application.stage is Stage.INTERVIEWED
    assert _kinds(tracker, acme) == []


def test_a_note_after_a_rejection_goes_out_though_the_application_is_closed(tracker: Tracker, acme: str) -> None:
    tracker.commands.finish([acme], Outcome.REJECTED)
    tracker.letters.send(_letter(tracker, acme, LetterKind.GRACIOUS_NOTE))
    assert _kinds(tracker, acme) == [TouchKind.GRACIOUS_NOTE]


def test_a_script_is_not_sent(tracker: Tracker, acme: str) -> None:
    with pytest.raises(Refused, match="read, not sent"):
        tracker.letters.send(_letter(tracker, acme, LetterKind.CALL))


# Composed


def test_a_thank_you_is_refused_while_the_interview_lies_ahead_and_other_letters_are_not(
    tracker: Tracker, clock: Clock
) -> None:
    ahead = NOW + timedelta(days=2)
    when = When(day=ahead.date(), at=ahead, zone=ZONE)
    done = tracker.commands.add(
        ApplicationForm(company="Globex", role="SRE", interview=when, people=(Person("Ada Stern"),))
    )
    id = done.cards[0].id
    with pytest.raises(Refused, match="still ahead"):
        tracker.letters.compose(id, Sender(name="Alex Novak"), template="thank-you-card")
    suited = tracker.letters.recommended(tracker.queries.details(id))[1]
    assert suited.choices == ("confirming", "moving-interview", "sending", "withdrawing")
    assert "still ahead" in suited.unsure
    composition = tracker.letters.compose(id, Sender(name="Alex Novak"), template="withdrawing")
    assert composition.letter.kind is LetterKind.WITHDRAWAL
    clock.at = ahead + timedelta(minutes=10)
    assert not tracker.letters.recommended(tracker.queries.details(id))[1].choices
    assert tracker.letters.compose(id, Sender(name="Alex Novak")).letter.kind is LetterKind.THANK_YOU


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_withdrawal_asks_to_cancel_the_interview_whether_it_is_closed_before_or_by_the_letter(
    tracker: Tracker, clock: Clock, is_closed: bool
) -> None:
    ahead = NOW + timedelta(days=2)
    when = When(day=ahead.date(), at=ahead, zone=ZONE)
    id = tracker.commands.add(ApplicationForm(company="Globex", role="SRE", interview=when)).cards[0].id
    if is_closed:
        tracker.commands.finish([id], Outcome.WITHDREW)
    composed = tracker.letters.compose(id, Sender(name="Alex Novak"), template="withdrawing")
    assert "Please cancel our interview on Tuesday" in composed.letter.body
    done = tracker.letters.send(tracker.letters.save(composed.letter))
    (interview,) = tracker.queries.details(id).interviews
    assert interview.cancelled_at is not None
    if not is_closed:
        assert "withdrew; interview cancelled: Tue 24 Nov" in done.said
    clock.at = ahead + timedelta(days=1)
    late = tracker.letters.compose(id, Sender(name="Alex Novak"), template="withdrawing")
    assert "cancel our interview" not in late.letter.body


def test_after_a_withdrawal_no_second_one_is_offered(tracker: Tracker, acme: str, clock: Clock) -> None:
    tracker.letters.send(_letter(tracker, acme, LetterKind.WITHDRAWAL))
    clock.at += timedelta(minutes=5)
    assert tracker.letters.templates(acme)[0].name == "sending"


def test_a_check_in_that_comes_early_says_why(tracker: Tracker, acme: str, clock: Clock) -> None:
    tracker.commands.answer([acme], Answer.THEY_CALL)
    tracker.commands.thank([acme])
    clock.at += timedelta(days=1)
    early = tracker.letters.compose(acme, Sender(name="Alex Novak")).early
    assert early.startswith("This comes early: Your last contact was on Sun 22 Nov (thank-you)")
    clock.at += timedelta(days=7)
    early = tracker.letters.compose(acme, Sender(name="Alex Novak")).early
    assert early.startswith("This comes early: wait until ")
    clock.at += timedelta(days=20)
    assert not tracker.letters.compose(acme, Sender(name="Alex Novak")).early


def test_what_was_talked_about_with_one_of_several_is_for_that_letter_alone(tracker: Tracker, acme: str) -> None:
    assert tracker.letters.compose(acme, Sender(name="Alex Novak")).home("topic") is FieldOwner.LETTER
    when = When(day=YESTERDAY.date(), at=YESTERDAY, zone=ZONE)
    alone = tracker.commands.add(
        ApplicationForm(company="Globex", role="SRE", interview=when, people=(Person("Ada Stern"),))
    )
    composition = tracker.letters.compose(alone.cards[0].id, Sender(name="Alex Novak"))
    assert composition.home("topic") is FieldOwner.INTERVIEW


def test_a_number_that_came_with_a_person_is_kept(tracker: Tracker, acme: str) -> None:
    people = (
        Person("Dana Ruiz", "dana@acme.example", "+1 212 555 0100"),
        Person("Carla Diaz", "", "+49 30 123456"),
    )
    tracker.commands.interview(
        acme, Booking(when=When(day=NOW.date(), at=NOW + timedelta(hours=5), zone=ZONE), people=tuple(people))
    )
    known = {one.name: one.phone for one in tracker.queries.details(acme).contacts}
    assert known["Carla Diaz"] == "+49 30 123456"


# The proofreader's knowledge


def test_the_proofreader_knows_who_belongs_into_a_letter_and_who_does_not(tracker: Tracker, acme: str) -> None:
    tracker.commands.add(
        ApplicationForm(company="Globex", role="SRE", people=(Person("Ada Stern"), Person("Sam Okafor")))
    )
    tracker.commands.add(ApplicationForm(company="ACME Robotics", role="Backend dev"))
    sender = Sender(name="Alex Novak", english=English.BRITISH)
    reading = tracker.letters.proof_context(_letter(tracker, acme), None, sender)
    assert (reading.company, reading.role, reading.recipient) == ("Acme Robotics", "Backend dev", "Dana Ruiz")
    assert reading.people == ("Dana Ruiz", "Sam Okafor")
    assert (reading.other_companies, reading.other_people, reading.other_roles) == (
        ("Globex",),
        ("Ada Stern",),
        ("SRE",),
    )
    assert (reading.sender, reading.english) == ("Alex Novak", English.BRITISH)
    assert (reading.kind, reading.attachments) == (LetterKind.THANK_YOU, 0)


def test_a_text_for_an_application_is_no_letter_and_a_text_for_none_knows_no_names(
    tracker: Tracker, acme: str
) -> None:
    about = tracker.letters.proof_context(None, acme, Sender())
    assert (about.company, about.kind, about.attachments) == ("Acme Robotics", None, None)
    assert tracker.letters.proof_context(None, None, Sender()).other_companies == ()


def test_what_was_taught_holds_for_every_window_until_it_is_taken_back(
    tracker: Tracker, opened: Opens, acme: str
) -> None:
    finding = Finding(start=0, end=10, text="Kubernetes ", rule="harper:SpellCheck", message="Unknown.")
    key = tracker.letters.ignore_finding(finding)
    tracker.letters.ignore_finding(replace(finding, text="kubernetes"))
    assert opened().letters.ignored_findings() == (key,) == ("harper:SpellCheck:kubernetes",)
    assert opened().letters.stop_ignoring([key]) == 1
    assert tracker.letters.ignored_findings() == ()
    assert tracker.letters.stop_ignoring([key]) == 0


def test_what_is_missing_is_not_ignored_for_good(tracker: Tracker) -> None:
    with pytest.raises(Refused):
        tracker.letters.ignore_finding(Finding(start=0, end=0, text="", rule="greeting", message="No greeting."))


# Letters on a coming interview, to all who take part


def _panel(tracker: Tracker, *people: Person) -> str:
    when = When(day=(NOW + timedelta(days=3)).date(), at=NOW + timedelta(days=3), zone=ZONE)
    form = ApplicationForm(company="Moss", role="Gardener", interview=when, people=people)
    return tracker.commands.add(form).cards[0].id


@pytest.mark.parametrize("template", ["confirming", "moving-interview"])
def test_a_letter_on_a_coming_panel_goes_to_all_and_is_recorded_so(tracker: Tracker, template: str) -> None:
    id = _panel(
        tracker,
        Person("Dana Ruiz", "dana@moss.example"),
        Person("Bo Chen", "bo@moss.example"),
        Person("Sam Okafor"),
        Person("Ann Li", "ann@moss.example"),
        Person("Ann Lee", "ANN@moss.example"),
    )
    letter = tracker.letters.save(tracker.letters.compose(id, ME, template=template).letter)
    outgoing = tracker.letters.outgoing(letter, ME)
    assert outgoing.to_email == "dana@moss.example"
    assert outgoing.copies == (("Bo Chen", "bo@moss.example"), ("Ann Li", "ann@moss.example"))
    assert " to Dana Ruiz (Cc Bo Chen and Ann Li)" in describe_letter(letter, tracker.queries.details(id), NOW)
    tracker.letters.send(letter, by=Channel.EMAIL)
    assert tracker.queries.details(id).touches[-1].note == f"{letter.subject} (Cc Bo Chen and Ann Li)"


def test_only_what_goes_by_mail_to_a_panel_that_is_ahead_has_copies(tracker: Tracker, acme: str) -> None:
    alone = _panel(tracker, Person("Dana Ruiz", "dana@moss.example"))
    assert (
        tracker.letters.outgoing(tracker.letters.compose(alone, ME, template="confirming").letter, ME).copies == ()
    )
    thanks = tracker.letters.compose(acme, ME).letter
    assert tracker.letters.outgoing(thanks, ME).copies == ()
    two = _panel(tracker, Person("Dana Ruiz", "dana@fern.example"), Person("Bo Chen", "bo@fern.example"))
    letter = tracker.letters.save(tracker.letters.compose(two, ME, template="confirming").letter)
    tracker.letters.send(letter, by=Channel.LINKEDIN)
    assert tracker.queries.details(two).touches[-1].note == letter.subject


def test_a_copy_goes_to_nobody_of_an_earlier_round(tracker: Tracker, acme: str) -> None:
    later = NOW + timedelta(days=3)
    tracker.commands.interview(
        acme,
        Booking(when=When(day=later.date(), at=later, zone=ZONE), people=(Person("Bo", "bo@acme.example"),)),
    )
    letter = tracker.letters.compose(acme, ME, template="confirming").letter
    outgoing = tracker.letters.outgoing(letter, ME)
    assert {outgoing.to_email, *(address for _, address in outgoing.copies)} <= {
        "bo@acme.example", "dana@acme.example"
    }  # fmt: skip
    assert "sam@acme.example" not in str(outgoing.copies)


def test_every_letter_that_is_sent_has_a_name_of_its_own(tracker: Tracker, acme: str) -> None:
    names = {
        name: replace(_letter(tracker, acme, one.kind), template=name).label
        for name, one in tracker.letters.library.shipped.items()
        if not one.kind.is_spoken and (one.kind is not LetterKind.THANK_YOU or name == "thank-you")
    }
    assert len(set(names.values())) == len(names), names
    assert names["feedback"] == "request for feedback"
