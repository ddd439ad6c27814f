"""An offer at one employer asks for one message to each of the others: on the board, in `due`, by every verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from conftest import NOW, ZONE
from followup_tui.domain.commands.answers import accept, decline
from followup_tui.domain.commands.applications import form_for
from followup_tui.domain.model.application import Answer, Application, Outcome
from followup_tui.domain.model.application_form import ApplicationForm, OfferTerms
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.details import ApplicationDetails, OfferElsewhere, OffersElsewhere
from followup_tui.domain.model.touch import CallOutcome, LetterKind, Sender, TouchKind
from followup_tui.domain.model.when import When
from followup_tui.domain.rules.guard import Blocked
from followup_tui.files import settings_file
from followup_tui.tracker.due import due_at
from followup_tui.tracker.tracker import Tracker

FRIDAY = date(2026, 12, 4)
SENDER = Sender(name="Alex Novak", email="alex@home.example")


def add(tracker: Tracker, company: str, role: str = "Dev") -> str:
    """Interviewed five days ago, thanked, and they'd call: nothing is due."""
    at = NOW - timedelta(days=5)
    person = Person("Dana Ruiz", f"dana@{company.split()[0].lower()}.example")
    form = ApplicationForm(
        company=company, role=role, people=(person,), interview=When(day=at.date(), at=at, zone=ZONE)
    )
    id = tracker.commands.add(form).cards[0].id
    tracker.commands.answer([id], Answer.THEY_CALL)
    tracker.commands.thank([id], at=NOW - timedelta(days=4))
    return id


def asks(tracker: Tracker, id: str) -> str:
    """What is asked for: on the board, by the engine, and in `due` it must be one."""
    action = tracker.queries.next_action(id)
    card = tracker.queries.board().cards[id]
    rows = due_at(tracker.place, settings_file(None), NOW.astimezone(ZoneInfo(ZONE)), ahead=True)
    told = [row.action for row in rows if row.uid == id]
    assert told == ([action.action.value] if action else [])
    assert card.action is (action.action if action else None)
    return told[0] if told else ""


def offer(tracker: Tracker, id: str) -> None:
    tracker.commands.offer([id], OfferTerms(answer_by=FRIDAY))


def test_recording_an_offer_asks_all_others_at_once_and_undo_takes_it_back(tracker: Tracker) -> None:
    acme, globex, initech = (add(tracker, name) for name in ("Acme", "Globex", "Initech"))
    done = tracker.commands.offer([acme], OfferTerms(answer_by=FRIDAY))
    assert {card.id for card in done.related} == {globex, initech}
    assert [asks(tracker, id) for id in (acme, globex, initech)] == ["answer_offer"] + ["tell_of_offer"] * 2
    tracker.commands.undo()
    assert [asks(tracker, id) for id in (acme, globex, initech)] == ["check_in"] * 3
    tracker.commands.redo()
    assert asks(tracker, globex) == "tell_of_offer"


def test_only_those_are_computed_who_can_be_told(tracker: Tracker) -> None:
    acme, globex = add(tracker, "Acme"), add(tracker, "Globex")
    bare = tracker.commands.add(ApplicationForm(company="Initech", role="Dev")).cards[0].id
    tracker.commands.add(ApplicationForm(company="Umbrella", role="Dev", applied_only=True))
    tracker.commands.finish([add(tracker, "Hooli")], Outcome.WITHDREW)
    known = tracker.commands.add(
        ApplicationForm(company="Contoso", role="Dev", people=(Person("Ann Li", "ann@contoso.example"),))
    )
    done = tracker.commands.offer([acme], OfferTerms(answer_by=FRIDAY))
    assert {card.id for card in done.related} == {globex, known.cards[0].id}
    assert asks(tracker, bare) == "record_interview"
    tracker.commands.log([bare], "email")
    assert asks(tracker, bare) != "tell_of_offer", "nobody is known there"


def test_telling_them_on_the_phone_counts_and_undo_takes_it_back(tracker: Tracker) -> None:
    acme, globex = add(tracker, "Acme"), add(tracker, "Globex")
    offer(tracker, acme)
    assert tracker.queries.may_contact(globex, "call").allowed
    script = tracker.letters.compose(globex, SENDER, spoken=True).letter
    assert "I have received an offer from another employer, which I must answer by Friday" in script.body
    assert tracker.letters.may_send(script).allowed
    tracker.commands.log([globex], "call", outcome=CallOutcome.NO_ANSWER)
    assert asks(tracker, globex) == "voicemail", "one contact a day, of which a voicemail is the end"
    with pytest.raises(Blocked, match="one contact a day"):
        tracker.commands.log([globex], "email")
    tracker.commands.undo()
    tracker.commands.log([globex], "call", outcome=CallOutcome.SPOKE)
    assert asks(tracker, globex) == "record_answer"
    assert "offer" not in tracker.letters.compose(globex, SENDER, spoken=True).letter.body
    tracker.commands.undo()
    assert asks(tracker, globex) == "tell_of_offer"


def test_a_snooze_past_the_day_says_so_and_holds_until_that_day(tracker: Tracker) -> None:
    acme, globex = add(tracker, "Acme"), add(tracker, "Globex")
    offer(tracker, acme)
    asked = tracker.queries.commitments_before([globex], FRIDAY)
    assert asked.startswith("Before Fri 4 Dec comes Globex: tell them of the other offer by ")
    assert tracker.queries.commitments_before([acme, globex], NOW.date() + timedelta(days=1)) == ""
    done = tracker.commands.snooze([globex], FRIDAY)
    assert asks(tracker, globex) == "wait"
    assert done.cards[0].due_on is not None
    assert NOW.date() < done.cards[0].due_on < FRIDAY
    tracker.commands.log([globex], "linkedin")
    assert asks(tracker, globex) != "tell_of_offer"


@pytest.mark.parametrize(
    "ends",
    [
        lambda t, id: t.commands.run("decline", [id], decline),
        lambda t, id: t.commands.run("accept", [id], accept),
        lambda t, id: t.commands.finish([id], Outcome.REJECTED),
        lambda t, id: t.removal.delete([id]),
        lambda t, id: t.commands.edit(id, replace(form_for(t.queries.details(id)), company="Globex Inc.")),
    ],
)
def test_an_offer_that_has_ended_asks_nobody_any_more(
    tracker: Tracker, ends: Callable[[Tracker, str], object]
) -> None:
    acme, globex = add(tracker, "Acme"), add(tracker, "Globex")
    offer(tracker, acme)
    ends(tracker, acme)
    assert asks(tracker, globex) != "tell_of_offer"
    tracker.commands.undo()
    assert asks(tracker, globex) == "tell_of_offer"


def test_another_role_at_the_same_employer_hears_nothing(tracker: Tracker) -> None:
    acme, other = add(tracker, "Acme Ltd"), add(tracker, "ACME", "SRE")
    offer(tracker, acme)
    assert asks(tracker, other) != "tell_of_offer"


def test_what_is_added_later_is_asked_about_as_well(tracker: Tracker) -> None:
    offer(tracker, add(tracker, "Acme"))
    assert asks(tracker, add(tracker, "Globex")) == "tell_of_offer"


def test_every_way_to_record_it_gets_one_answer_and_only_once(tracker: Tracker) -> None:
    acme, globex = add(tracker, "Acme"), add(tracker, "Globex")
    offer(tracker, acme)
    composed = tracker.letters.compose(globex, SENDER)
    assert (composed.letter.kind, composed.missing) == (LetterKind.OTHER_OFFER, ())
    assert "answer by Friday, December 4" in composed.letter.body
    assert tracker.letters.may_send(composed.letter).allowed
    assert tracker.queries.may_contact(globex).allowed
    assert tracker.queries.may_contact(globex, "email").allowed
    tracker.commands.log([globex], "email")
    assert tracker.queries.details(globex).touches[-1].kind is TouchKind.OTHER_OFFER
    assert asks(tracker, globex) == "check_in"
    assert not tracker.letters.may_send(composed.letter).allowed
    with pytest.raises(Blocked, match="You told them of the offer"):
        tracker.letters.send(tracker.letters.save(composed.letter))
    tracker.commands.undo()
    tracker.letters.send(tracker.letters.get(composed.letter.id))
    assert tracker.queries.details(globex).touches[-1].kind is TouchKind.OTHER_OFFER
    assert asks(tracker, globex) == "check_in"


def test_what_is_closed_together_knows_two_offers_of_one_moment_as_they_are_read_again(tracker: Tracker) -> None:
    """One of both was declined before the two rows were found to be one job, and merged."""
    for _ in range(8):  # the ids are random, and so is their order
        one, other, globex = (add(tracker, company) for company in ("Acme", "Acme", "Globex"))
        offer(tracker, one)
        tracker.commands.offer([other], OfferTerms())
        tracker.commands.finish([one], Outcome.DECLINED)
        tracker.removal.merge(other, one)
        tracker.commands.reopen([other])
        done = tracker.commands.finish([other, globex], Outcome.WITHDREW)
        assert [tracker.queries.details(each.details.application.id) for each in done.summaries] == [
            each.details for each in done.summaries
        ]
        tracker.removal.delete([other, globex])


@pytest.mark.parametrize("ids", [("a", "b"), ("b", "a")])
def test_of_two_offers_of_one_moment_the_application_with_the_lower_number_is_told_first(
    ids: tuple[str, str],
) -> None:
    """As after a round trip through a sheet, which makes all offers at once, under new ids."""
    offers = [
        OfferElsewhere(NOW, id, company, False, None, None, day_known=False, number=number)
        for id, company, number in zip(ids, ("Wildrye", "Eastwick"), (25, 43), strict=True)
    ]
    other = Application(number=50, company="Acme", role="Dev", stage_at=NOW, created_at=NOW)
    for read in (offers, offers[::-1]):
        known = OffersElsewhere(read).known_to(ApplicationDetails(application=other))
        assert [each.company for each in known.offers_elsewhere] == ["Wildrye", "Eastwick"]


@pytest.mark.parametrize(("decided_on", "asks_sooner"), [(3, False), (4, False), (7, True)])
def test_the_letter_compares_their_day_with_the_deadline(
    tracker: Tracker, decided_on: int, asks_sooner: bool
) -> None:
    acme, globex = add(tracker, "Acme"), add(tracker, "Globex")
    offer(tracker, acme)
    tracker.commands.answer(
        [globex], Answer.DECIDE_BY, by=When(day=date(2026, 12, decided_on), at=None, zone=ZONE)
    )
    body = tracker.letters.compose(globex, SENDER, template="other-offer").letter.body
    assert body.count("Friday, December 4") == 1
    assert ("sooner" in body) is asks_sooner
    assert "before then" not in body
