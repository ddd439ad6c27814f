"""The flows of letters and calls, without a screen."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from flows.conversation import User, add, met_on
from followup_tui.domain.model.application import Outcome
from followup_tui.domain.model.application_form import ApplicationForm, OfferTerms
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.mail_account import MailAccount
from followup_tui.domain.model.touch import CallOutcome, Channel, Letter, LetterKind, OutgoingLetter, TouchKind
from followup_tui.domain.parsing.typed_people import parse_people
from followup_tui.flows import delivery
from followup_tui.flows.delivery import send
from followup_tui.flows.letter import addressee, attach, call_result, compose, finish_call, template
from followup_tui.flows.question import Attach, Choice, OpenCall, OpenLetter, Run, Stop, Text, flow_of
from followup_tui.letters.delivery import mail_login, smtp
from followup_tui.letters.delivery.mail_login import OutcomeUnknown
from followup_tui.settings import Settings
from followup_tui.tracker.regions import sender_of


def composed(user: User, id: str, *answers: str) -> Letter:
    opened = user.answer(flow_of("letter"), user.select(id), *answers)
    assert isinstance(opened, OpenLetter)
    return opened.composition.letter


def kept(user: User, id: str, *answers: str) -> Letter:
    return user.tracker.letters.save(composed(user, id, *answers))


def test_a_letter_asks_for_what_it_lacks_and_keeps_it(user: User) -> None:
    user.settings = Settings()
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    letter = composed(user, acme, "Alex Novak", "the move to Kafka", "ran one at Globex", "is on-call paid?")
    assert user.questions == [
        "your name",
        "what you talked about, for the thank-you",
        "what you can bring, for the thank-you",
        "a question of your own, for the thank-you",
    ]
    assert user.settings.name == "Alex Novak"
    assert "the move to Kafka" in letter.body
    assert "I ran one at Globex." in letter.body
    assert "whether on-call is paid." in letter.body
    assert user.details(acme).interviews[0].notes == "the move to Kafka"


def test_of_a_panel_a_question_says_whose_letter_it_is_about(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz", "Bo Chen")
    composed(user, acme, "the move to Kafka", "ran one at Globex", "is on-call paid?")
    assert user.questions[0] == "what you talked about, for the thank-you to Dana Ruiz"


def test_a_request_for_feedback_asks_for_your_question(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    user.tracker.commands.finish([acme], Outcome.REJECTED)
    assert composed(user, acme).template == "gracious-note"
    assert user.questions == []
    feedback = partial(compose, template="feedback")
    opened = user.answer(feedback, user.select(acme), "why i didnt get it")
    assert user.questions == ["a question of your own, for the request for feedback"]
    assert isinstance(opened, OpenLetter)
    assert "why I didn't get it." in opened.composition.letter.body


def test_a_draft_is_offered_before_a_new_letter(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    draft = kept(user, acme, "")
    assert composed(user, acme, "1").id == draft.id
    assert composed(user, acme, "n", "").id != draft.id


def test_on_an_offer_it_asks_which_letter_before_it_asks_why(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    user.tracker.commands.offer([acme], OfferTerms())
    question = next(flow_of("letter")(user.select(acme)))
    assert isinstance(question, Choice)
    names = [name for _, _, name in question.options]
    assert names == ["offer-day", "more-time", "negotiating", "accepting", "declining"]
    assert composed(user, acme, "1", "").template == "offer-day"
    user.asked.clear()
    more_time = composed(user, acme, "2", "3 more days", "")
    assert user.questions[1:] == [
        f"{one}, for the request for more time" for one in ("by when you can answer", "your reason")
    ]
    assert "have 3 more days to decide?" in more_time.body


def test_a_letter_that_asks_for_more_time_is_the_request(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    user.tracker.commands.offer([acme], OfferTerms())
    before = user.details(acme).offers[0]
    user.tracker.letters.send(kept(user, acme, "1", ""))
    assert user.details(acme).offers[0].asked_time_at is None, "the thanks ask for nothing"
    letter = kept(user, acme, "2", "3 more days", "")
    user.tracker.letters.send(letter)
    assert user.details(acme).offers[0].asked_time_at is not None
    user.asked.clear()
    user.run(flow_of("more_time"), [acme], "8 dec")
    assert len(user.asked) == 1
    user.tracker.commands.undo()
    user.tracker.commands.undo()
    assert user.details(acme).offers[0] == before


def test_an_acceptance_asks_for_what_the_offer_does_not_tell(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    user.tracker.commands.offer([acme], OfferTerms(start="Jan 11"))
    opened = user.answer(partial(compose, template="accepting"), user.select(acme), "$98k")
    assert isinstance(opened, OpenLetter)
    assert user.questions == ["what they offer, for the acceptance"]
    body = opened.composition.letter.body
    assert "that you offered: $98k." in body
    assert "I will start on Monday, January 11." in body or "I will start on Monday, 11 January." in body


def test_before_an_interview_it_asks_which_letter(user: User) -> None:
    acme = add(user.tracker, "Acme", interview="2026-11-25T14:00:00+01:00")
    selection = user.select(acme)
    flow = flow_of("letter")(selection)
    question = next(flow)
    assert isinstance(question, Choice)
    assert "still ahead" in question.refusal
    key = next(key for key, label, _ in question.options if "Withdraw" in label)
    assert composed(user, acme, key, "").template == "withdrawing"


def test_an_interview_is_confirmed_with_a_question_of_ones_own(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz", interview="2026-11-25T14:00:00+01:00")
    letter = composed(user, acme, "1", "how long it takes")
    assert letter.template == "confirming"
    assert " how long it takes" in letter.body
    assert "prepare" not in letter.body
    assert user.questions[1:] == ["a question of your own, for the interview confirmation"]


@pytest.mark.parametrize("typed", ["introduced me to Ann", ""])
def test_a_referrer_is_thanked_for_what_they_did(user: User, typed: str) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    opened = user.answer(partial(compose, template="referrer"), user.select(acme), typed)
    assert isinstance(opened, OpenLetter)
    assert user.questions[-1] == "what they did for you, for the thanks for the referral"
    assert ("hank you for introducing me to Ann. " in opened.composition.letter.body) == bool(typed)


def test_odd_terms_are_asked_about_once_and_kept_as_they_are(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    user.tracker.commands.offer([acme], OfferTerms(start="Jan 11"))
    question = next(compose(user.select(acme), template="accepting"))
    assert isinstance(question, Text)
    with pytest.raises(BadInput, match=r"“banana” names neither pay .* Enter again takes it as it is"):
        question.parse("banana")
    assert question.parse("banana") == "banana"


def test_a_letter_and_a_call_take_one_application(user: User) -> None:
    ids = [add(user.tracker, "Acme"), add(user.tracker, "Globex")]
    for flow in ("letter", "call"):
        with pytest.raises(Refused, match="one employer at a time"):
            user.answer(flow_of(flow), user.select(*ids))


def test_another_template_and_another_person_make_another_letter(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz", "Sam Lee")
    letter = composed(user, acme, "")
    selection = user.select(acme)
    opened = user.answer(partial(addressee, letter=letter), selection, "2", "")
    assert isinstance(opened, OpenLetter)
    assert opened.composition.letter.body.startswith("Dear Sam Lee,")
    other = user.answer(partial(template, letter=letter), selection, "2", "")
    assert isinstance(other, OpenLetter)
    assert other.composition.letter.template != letter.template
    alone = add(user.tracker, "Globex", "Al Gore")
    with pytest.raises(BadInput, match="There are no other contacts"):
        user.answer(partial(addressee, letter=composed(user, alone, "")), user.select(alone))


def test_what_was_answered_for_one_letter_is_not_asked_for_the_next(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz", "Sam Lee")
    selection = user.select(acme)
    opened = user.answer(flow_of("letter"), selection, "teapots", "", "")
    assert isinstance(opened, OpenLetter)
    next_one = partial(addressee, letter=opened.composition.letter, answered=opened.answered)
    other = user.answer(next_one, selection, "2")
    assert isinstance(other, OpenLetter)
    assert "teapots" in other.composition.letter.body


def test_files_are_attached_and_left_out_again(user: User, tmp_path: Path) -> None:
    file = tmp_path / "references.txt"
    file.write_text("Two people.", encoding="utf-8")
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    letter, selection = composed(user, acme, ""), user.select(acme)
    assert user.answer(partial(attach, letter=letter), selection, str(file)) == Attach((str(file),))
    with_file = replace(letter, attachments=(str(file),))
    assert user.answer(partial(attach, letter=with_file), selection, "1") == Attach(())
    with pytest.raises(BadInput, match="There is no file"):
        user.answer(partial(attach, letter=letter), selection, str(tmp_path / "nothing"))


def test_a_sent_letter_is_recorded_and_one_that_was_not_sent_stays_a_draft(user: User, tmp_path: Path) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    letter, selection = kept(user, acme, ""), user.select(acme)
    result = user.answer(partial(send, letter=letter), selection, "e", str(tmp_path), "n")
    assert result == Stop("It's still a draft.")
    assert user.details(acme).touches == ()
    result = user.answer(partial(send, letter=letter), selection, "x")
    assert isinstance(result, Run)
    result.command(selection.ids, selection.versions, "")
    assert [touch.kind for touch in user.details(acme).touches] == [TouchKind.THANK_YOU]


def test_a_way_that_fails_is_asked_again_with_the_reason(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    letter, selection = kept(user, acme, ""), user.select(acme)
    result = user.answer(partial(send, letter=letter), selection, "m", "dana@acme.example", "x")
    assert isinstance(result, Run)
    assert "No mail program could be started" in user.asked[-1].refusal  # type: ignore[union-attr]
    assert user.details(acme).contacts[0].email == "dana@acme.example"


def test_an_address_makes_an_unknown_person_the_addressee(user: User) -> None:
    acme = add(user.tracker, "Acme")
    letter, selection = kept(user, acme, ""), user.select(acme)
    user.answer(partial(send, letter=letter), selection, "p", "n")  # nobody is known: no address to ask for
    user.settings = Settings(name="Alex Novak", mail=MailAccount(smtp_host="mail.example"))
    with pytest.MonkeyPatch.context() as patch:
        sent: list[str] = []
        patch.setattr(smtp, "send", lambda outgoing, account, password: sent.append(outgoing.to_email))
        patch.setattr(mail_login, "get_password", lambda account: "secret")
        result = user.answer(partial(send, letter=letter), selection, "s", "jobs@acme.example")
    assert sent == ["jobs@acme.example"]
    assert isinstance(result, Run)
    user.tracker.commands.log([acme], "note", note="another window")
    result.command(selection.ids, {acme: 0}, "")  # sent: recorded whatever was changed meanwhile
    assert user.details(acme).touches[-1].contact_id == user.details(acme).contacts[0].id


def test_a_letter_that_a_server_never_answered_is_asked_about_before_it_goes_again(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    letter = kept(user, acme, "")
    user.settings = Settings(name="Alex Novak", mail=MailAccount(smtp_host="mail.example"))
    tried: list[str] = []

    def never_answered(outgoing: OutgoingLetter, account: MailAccount, password: str) -> None:
        tried.append(outgoing.to_email)
        if len(tried) == 1:
            raise OutcomeUnknown("It is unknown whether it was sent.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(smtp, "send", never_answered)
        patch.setattr(mail_login, "get_password", lambda account: "secret")
        stopped = user.answer(partial(send, letter=letter), user.select(acme), "s", "dana@acme.example", "s", "n")
        assert (isinstance(stopped, Stop), len(tried)) == (True, 1)
        assert "never answered" in user.asked[-1].refusal  # type: ignore[union-attr]
        again = user.answer(partial(send, letter=letter), user.select(acme), "y", "s")
    assert (isinstance(again, Run), len(tried)) == (True, 2)


def _panel(user: User) -> str:
    """Ann Li, whose address isn't known, was met with Dana Ruiz; Tom Fox, the recruiter, wasn't."""
    people = parse_people("Ann Li, Dana Ruiz <dana@acme.example>, and Tom Fox <tom@fox.example>, recruiter")
    form = ApplicationForm(
        company="Acme", role="Dev", interview=met_on("2026-11-20T14:00:00+01:00"), people=people, met=people[:2]
    )
    return user.tracker.commands.add(form).cards[0].id


def test_an_interviewer_without_an_address_is_thanked_through_the_recruiter(user: User) -> None:
    acme = _panel(user)
    opened = user.answer(flow_of("letter"), user.select(acme), "")
    assert isinstance(opened, OpenLetter)
    letter = user.tracker.letters.save(opened.composition.letter)
    assert letter.kind is LetterKind.PASS_ON
    assert "Tom Fox" in [one.name for one in user.details(acme).contacts if one.id == letter.contact_id]
    assert user.tracker.letters.may_send(letter).allowed
    user.tracker.letters.send(letter)
    (touch,) = user.details(acme).touches
    thanked = [one.name for one in user.details(acme).contacts if one.id == touch.contact_id]
    assert thanked == ["Ann Li"], "Dana Ruiz has an address, and a letter of her own"
    again = user.answer(flow_of("letter"), user.select(acme), "")
    assert isinstance(again, OpenLetter)
    assert again.composition.letter.kind is LetterKind.THANK_YOU


def test_another_person_gets_words_of_their_own_and_a_fellow_interviewer_can_pass_thanks_on(user: User) -> None:
    acme = _panel(user)
    selection = user.select(acme)
    passed_on = user.answer(flow_of("letter"), selection, "")
    assert isinstance(passed_on, OpenLetter)
    letter = passed_on.composition.letter
    for key, kind in (("1", LetterKind.THANK_YOU), ("2", LetterKind.THANK_YOU), ("3", LetterKind.PASS_ON)):
        opened = user.answer(partial(addressee, letter=letter, answered=passed_on.answered), selection, key)
        assert isinstance(opened, OpenLetter)
        assert opened.composition.letter.kind is kind
    dana = user.details(acme).contacts[1]
    to_dana = partial(compose, template="thank-you-pass-on", to=dana.id, answered=passed_on.answered)
    opened = user.answer(to_dana, selection)
    assert isinstance(opened, OpenLetter)
    body = opened.composition.letter.body
    assert body.startswith("Dear Dana Ruiz,")
    assert "Ann Li" in body
    assert "colleagues" not in body
    assert "arranging" not in body
    user.tracker.letters.send(user.tracker.letters.save(opened.composition.letter))
    (touch,) = user.details(acme).touches
    assert [one.name for one in user.details(acme).contacts if one.id == touch.contact_id] == ["Ann Li"]


def test_a_name_that_ends_in_a_full_stop_ends_the_sentence(user: User) -> None:
    acme = add(user.tracker, "Acme", "Alice A.")
    opened = user.answer(partial(compose, template="thank-you"), user.select(acme), "")
    assert isinstance(opened, OpenLetter)
    letter = user.tracker.letters.save(opened.composition.letter)
    user.answer(partial(send, letter=letter), user.select(acme), "m", "alice@acme.example", "x")
    (asked,) = [one for one in user.asked if isinstance(one, Text) and one.question == "Their email address"]
    assert "no email address for Alice A. It can go" in asked.lead


def test_whoever_has_no_address_is_offered_the_other_ways(user: User) -> None:
    acme = _panel(user)
    ann = next(one for one in user.details(acme).contacts if one.name == "Ann Li")
    selection = user.select(acme)
    opened = user.answer(partial(compose, template="thank-you", to=ann.id), selection, "")
    assert isinstance(opened, OpenLetter)
    letter = user.tracker.letters.save(opened.composition.letter)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery, "open_in_mail_program", lambda link: pytest.fail("there is no address"))
        result = user.answer(partial(send, letter=letter), selection, "m", "", "x")
    assert isinstance(result, Run)
    (asked,) = [one for one in user.asked if isinstance(one, Text) and one.question == "Their email address"]
    assert "You have no email address for Ann Li. It can go through Tom Fox" in asked.lead
    ways = [one for one in user.asked if isinstance(one, Choice) and one.question == "Send it"]
    assert ways[-1].refusal == asked.lead


@pytest.mark.parametrize(
    ("person", "template"),
    [
        ("Ann Li https://linkedin.com/in/annli", "thank-you-linkedin"),
        ("Ann Li <ann@acme.example>", "thank-you"),
        ("Ann Li", "thank-you"),
    ],
)
def test_a_thank_you_is_written_for_the_way_that_it_can_go(user: User, person: str, template: str) -> None:
    people = parse_people(person)
    form = ApplicationForm(
        company="Acme", role="Dev", interview=met_on("2026-11-20T14:00:00+01:00"), people=people
    )
    acme = user.tracker.commands.add(form).cards[0].id
    assert user.tracker.letters.templates(acme)[0].name == template


def test_the_guard_is_asked_before_a_letter_is_sent(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    user.tracker.commands.thank([acme])
    letter, selection = kept(user, acme, ""), user.select(acme)
    result = user.answer(partial(send, letter=letter), selection, "they asked", "x")
    assert isinstance(result, Run)
    result.command(selection.ids, selection.versions, "")
    assert user.details(acme).touches[-1].override == "they asked"


def test_a_call_that_nobody_answers_leads_to_the_voicemail(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz", interview="2026-10-29T12:00:00+01:00")
    selection = user.select(acme)
    opened = user.answer(flow_of("call"), selection, "")
    assert isinstance(opened, OpenCall)
    beep = user.answer(partial(finish_call, opened=opened), selection, "v")
    assert isinstance(beep, OpenCall)
    assert beep.is_ringing
    run = user.answer(partial(finish_call, opened=beep), selection, "v")
    assert isinstance(run, Run)
    run.command(selection.ids, selection.versions, "test")
    assert [touch.kind for touch in user.details(acme).touches] == [TouchKind.CALL, TouchKind.VOICEMAIL]


@pytest.mark.parametrize(("way", "outcome"), [("spoke", CallOutcome.SPOKE), ("no_answer", CallOutcome.NO_ANSWER)])
def test_a_call_is_logged_with_its_outcome(user: User, way: str, outcome: CallOutcome) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz", interview="2026-10-29T12:00:00+01:00")
    selection = user.select(acme)
    opened = user.answer(flow_of("call"), selection, "")
    assert isinstance(opened, OpenCall)
    call_result(selection, opened, way).command(selection.ids, selection.versions, "test")
    touch = user.details(acme).touches[-1]
    assert (touch.channel, touch.outcome) == (Channel.PHONE, outcome)


@pytest.mark.parametrize(
    ("answers", "channel"),
    [
        (["c", "e"], Channel.EMAIL),
        (["c", "l"], Channel.LINKEDIN),
        (["c", "m"], Channel.MESSAGE),
        (["x"], Channel.EMAIL),
        (["o", "l"], Channel.LINKEDIN),
        (["o", "p"], Channel.POST),
    ],
)
def test_a_letter_is_recorded_by_the_way_it_was_sent(user: User, answers: list[str], channel: Channel) -> None:
    """To somebody without an address, which makes a copied letter no LinkedIn message."""
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    selection = user.select(acme)
    composition = user.tracker.letters.compose(acme, sender_of(user.settings))
    letter = user.tracker.letters.save(composition.letter)
    result = user.answer(partial(send, letter=letter), selection, *answers)
    assert isinstance(result, Run)
    result.command(selection.ids, selection.versions, "")
    (touch,) = user.details(acme).touches
    assert touch.channel is channel
