"""The flows that record something, without a screen."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from conftest import NOW
from flows.conversation import User, add, met_on
from followup_tui.actions import BY_ID, FLOWS
from followup_tui.domain.model.application import Answer, Outcome, Pace, Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.touch import Channel, TouchKind
from followup_tui.domain.parsing.typed_people import parse_people
from followup_tui.domain.rules.guard import Blocked
from followup_tui.domain.views.card import card_status
from followup_tui.domain.views.options import INVITED
from followup_tui.flows.question import Choice, Run, Text, flow_of
from followup_tui.flows.touches import confirm_guard, moment_question


def test_every_flow_has_the_id_of_an_action() -> None:
    assert set(FLOWS) <= set(BY_ID)
    for action_id in FLOWS:
        assert flow_of(action_id).__name__ == action_id


@pytest.mark.parametrize(
    ("flow", "answers", "label"),
    [
        ("thank", ["e"], "Acme → Thanked"),
        ("thank", ["w", "yesterday 16:00", "p"], "Acme → Thanked by post"),
        ("thank", ["2", "m"], "Acme: thanked Sam Lee by message"),
        ("thank", ["c"], "Acme → Thanked by phone"),
        ("answer", ["d", "fri"], "Acme: they said they decide by Fri 27 Nov"),
        ("answer", ["c", ""], "Acme: they said they call"),
        ("answer", ["n", "tue 14:00, Ann Bee, video"], "Acme: video interview Tue 24 Nov 14:00"),
        ("answer", ["n", "", "fri"], "Acme: they said"),
        ("answer", ["n", "", ""], "Acme: they said"),
        ("answer", ["r"], "Acme: reply"),
        ("answer", ["s", "two references, by friday"], "Acme: they said to send them something by Fri 27 Nov"),
        ("answer", ["s", "references, a CV", ""], "Acme: they said to send them something"),
        ("answer", ["t", "y"], "Acme → Moved on: rejected"),
        ("log", ["t", "c", ""], "Acme: they said they call"),
        ("answer", ["m", "4 dec", "62k", "January", "car"], "Acme: they made an offer, answer by Fri 4 Dec"),
        ("close", ["o", "", "", "", ""], "Acme: they made an offer"),
        ("move_to", [str(len(Stage)), "o", "4 dec", "", "", ""], "Acme: they made an offer, answer by Fri 4 Dec"),
        ("offer", ["fri", "62k", "", ""], "Acme: they made an offer, answer by Fri 27 Nov"),
        ("log", ["e", "t"], "Acme → Thanked"),
        ("log", ["e", "1"], "Acme: thanked Dana Ruiz"),
        ("log", ["l", "c"], "Acme: check-in on LinkedIn"),
        ("log", ["w", "yesterday", "c", "n"], "Acme: call, no answer"),
        ("log", ["c", "v"], "Acme: call, no answer, voicemail left"),
        ("interview", ["tue 14:00, Ann Bee, video"], "Acme: video interview Tue 24 Nov 14:00"),
        ("note", ["rang twice"], "Acme: note"),
        ("snooze", ["mon"], "Acme snoozed until Mon 23 Nov"),
        ("pin", ["mon, they asked"], "Acme pinned to Mon 23 Nov: they asked"),
        ("pace", ["s"], "Acme"),
        ("region", ["us-ca"], "Acme"),
        ("advance", [], "Acme → Thanked"),
        ("back", [], "Acme → "),
        ("close", ["n"], "Acme → Moved on: no reply"),
        ("move_to", ["3"], "Acme → "),
        ("move_to", [str(len(Stage)), "a"], "Acme → Moved on: accepted"),
    ],
)
def test_a_flow_asks_what_its_command_needs(user: User, flow: str, answers: list[str], label: str) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz", "Sam Lee")
    if flow == "back":
        user.tracker.commands.thank([acme])
    done = user.run(flow_of(flow), [acme], *answers)
    assert done.said.startswith(label)
    assert len(user.asked) == len(answers)


@pytest.mark.parametrize(
    ("flow", "answers", "label"),
    [
        ("accept_offer", ["y"], "Acme → Moved on: accepted"),
        ("decline_offer", ["y"], "Acme → Moved on: declined"),
        ("more_time", ["8 dec", "e"], "Acme: asked for more time, until Tue 8 Dec"),
        ("more_time", ["", "x"], "Acme: asked for more time"),
        ("offer", ["", "65k", "", ""], "Acme: their offer changed"),
    ],
)
def test_an_offer_is_answered_by_its_flows(user: User, flow: str, answers: list[str], label: str) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz", "Sam Lee")
    user.run(flow_of("offer"), [acme], "", "62k", "", "")
    user.asked.clear()
    done = user.run(flow_of(flow), [acme], *answers)
    assert done.said.startswith(label)
    assert len(user.asked) == len(answers)
    user.tracker.commands.undo()
    assert user.details(acme).offers[0].pay == "62k"


@pytest.mark.parametrize(
    ("key", "way"), [("e", Channel.EMAIL), ("c", Channel.PHONE), ("i", Channel.IN_PERSON), ("x", None)]
)
def test_how_one_asked_for_more_time_is_asked_and_kept_as_it_was_said(
    user: User, key: str, way: Channel | None
) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    user.run(flow_of("offer"), [acme], "", "62k", "", "")
    user.run(flow_of("more_time"), [acme], "", key)
    touch = user.details(acme).touches[-1]
    assert (touch.kind, touch.channel) == (TouchKind.SENT, way)


def test_how_one_asked_is_not_asked_again_when_they_give_more_time(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    user.run(flow_of("offer"), [acme], "fri", "62k", "", "")
    user.run(flow_of("more_time"), [acme], "", "e")
    before = user.details(acme)
    user.asked.clear()
    done = user.run(flow_of("more_time"), [acme], "8 dec")
    assert done.said.startswith("Acme: they gave more time, until Tue 8 Dec")
    assert len(user.asked) == 1
    assert user.details(acme).touches == before.touches
    user.run(flow_of("more_time"), [acme], "", "c")
    assert len(user.details(acme).touches) == len(before.touches) + 1, "asked once more"


@pytest.mark.parametrize("flow", ["more_time", "accept_offer", "decline_offer"])
def test_without_an_offer_nothing_is_asked_about_it(user: User, flow: str) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    with pytest.raises(Refused, match="has no offer that waits for an answer"):
        user.run(flow_of(flow), [acme])
    assert user.asked == []


def test_the_time_of_a_contact_can_be_changed_before_the_first_question_is_answered(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz", "Sam Lee")
    user.run(flow_of("thank"), [acme], "w", "yesterday 16:00", "1", "e")
    assert user.questions == [
        "thank-you to Dana Ruiz and Sam Lee",
        "when was the thank-you sent?",
        "thank-you to Dana Ruiz and Sam Lee, Sat 21 Nov 16:00",
        "thank-you to Dana Ruiz, Sat 21 Nov 16:00",
    ]
    (touch,) = user.details(acme).touches
    assert touch.at == datetime.fromisoformat("2026-11-21T16:00:00+01:00")


@pytest.mark.parametrize(
    ("people", "likely"),
    [
        ("Dana Ruiz <dana@acme.example>", Channel.EMAIL),
        ("Dana Ruiz", Channel.EMAIL),
        ("Dana Ruiz +49 30 5550 0199", Channel.PHONE),
        ("Dana Ruiz https://linkedin.com/in/dana", Channel.LINKEDIN),
        ("Dana Ruiz, Sam Lee", Channel.EMAIL),
        ("Dana Ruiz +49 30 5550 0199, Sam Lee", Channel.EMAIL),
        ("Dana Ruiz <dana@acme.example>, Sam Lee", Channel.EMAIL),
        ("", Channel.EMAIL),
    ],
)
def test_the_way_to_thank_that_is_marked_is_what_is_known_of_them_else_email(
    user: User, people: str, likely: Channel
) -> None:
    named = parse_people(people) if people else ()
    form = ApplicationForm(company="Acme", role="Dev", interview=met_on("2026-11-20T14:00:00+01:00"), people=named)
    acme = user.tracker.commands.add(form).cards[0].id
    user.run(flow_of("thank"), [acme], "i")
    (question,) = user.asked
    assert isinstance(question, Choice)
    assert question.marked is likely
    assert [value for _, label, value in question.options if label.endswith(", now")] == [likely]


def test_a_moment_in_the_future_is_refused_when_it_is_parsed(user: User) -> None:
    selection = user.select(add(user.tracker, "Acme"))
    with pytest.raises(BadInput, match="is in the future"):
        selection.understand_moment("tomorrow")
    assert selection.understand_moment("today") == selection.now


def test_a_day_alone_is_after_the_interview_on_it(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    echo = moment_question(user.select(acme), "when was it?").echo
    assert echo is not None
    assert (echo("fri"), echo("fri 15:00")) == ("Fri 20 Nov", "Fri 20 Nov 15:00")
    user.run(flow_of("thank"), [acme], "w", "fri", "e")
    (touch,) = user.details(acme).touches
    assert touch.at >= user.details(acme).interviews[0].starts_at
    assert user.select(add(user.tracker, "Umbra")).understand_moment("thu").hour == 11, "noon there, in UTC"


def test_what_is_behind_is_asked_for_by_examples_of_what_is_behind(user: User) -> None:
    selection = user.select(add(user.tracker, "Acme"))
    with pytest.raises(BadInput, match="“yesterday 16:00”") as refused:
        selection.understand_moment("by pigeon")
    assert "in 3 business days" not in refused.value.sentence


def test_nobody_to_thank_is_refused_before_a_question(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    user.tracker.commands.thank([acme])
    with pytest.raises(Refused, match="was thanked already"):
        user.run(flow_of("thank"), [acme])
    globex = add(user.tracker, "Globex", interview="2026-11-25T14:00:00+01:00")
    with pytest.raises(Refused, match="is still ahead"):
        user.run(flow_of("thank"), [globex])
    assert user.asked == []


def test_a_person_who_shares_a_name_is_thanked_by_id(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz", "Dana Ruiz-Lopez")
    user.run(flow_of("thank"), [acme], "1", "e")
    names = {contact.id: contact.name for contact in user.details(acme).contacts}
    assert [names[touch.contact_id or ""] for touch in user.details(acme).touches] == ["Dana Ruiz"]


def test_a_thank_you_by_post_says_that_it_takes_days(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    result = user.answer(flow_of("thank"), user.select(acme), "p")
    assert isinstance(result, Run)
    assert "takes 2 to 5 days" in result.remark


def test_a_booked_interview_is_moved_cancelled_or_followed_by_another(user: User) -> None:
    acme = add(user.tracker, "Acme", interview="2026-11-24T10:00:00+01:00")
    user.run(flow_of("interview"), [acme], "m", "thu 11:30")
    user.run(flow_of("interview"), [acme], "n", "1 dec 9:00")
    user.run(flow_of("interview"), [acme], "x")
    assert user.questions[0] == "interview Tue 24 Nov 2026 10:00 CET"
    first, second = user.details(acme).interviews
    assert [bool(one.cancelled_at) for one in (first, second)] == [True, False]
    with pytest.raises(Refused, match="one application at a time"):
        user.run(flow_of("interview"), [acme, add(user.tracker, "Globex")])


@pytest.mark.parametrize(("flow", "typed"), [("snooze", "thu"), ("pin", "thu, call Maria")])
def test_a_date_past_something_fixed_is_asked_about_in_one_way(user: User, flow: str, typed: str) -> None:
    acme = add(user.tracker, "Acme", interview="2026-11-24T10:00:00+01:00")
    user.answer(flow_of(flow), user.select(acme), typed, "n")
    asked = user.asked[-1]
    assert isinstance(asked, Choice)
    assert (asked.refusal, asked.question) == (
        "Before Thu 26 Nov comes Acme: interview Tue 24 Nov 10:00.",
        f"{flow} it anyway?",
    )
    kept = user.details(acme).application
    assert (kept.snoozed_until, kept.pinned_on) == (None, None)
    user.run(flow_of(flow), [acme], typed, "y")
    done = user.details(acme).application
    assert date(2026, 11, 26) in (done.snoozed_until, done.pinned_on)
    user.asked.clear()
    user.run(flow_of(flow), [acme], typed.replace("thu", "tue"))
    assert len(user.asked) == 1, "on its day nothing is passed over"


def test_off_clears_a_date(user: User) -> None:
    acme = add(user.tracker, "Acme")
    user.run(flow_of("snooze"), [acme], "mon")
    user.run(flow_of("snooze"), [acme], "off")
    user.run(flow_of("pin"), [acme], "3 dec, why not")
    user.run(flow_of("pin"), [acme], "off")
    application = user.details(acme).application
    assert (application.snoozed_until, application.pinned_on) == (None, None)
    notes = [question.note for question in user.asked if isinstance(question, Text)]
    assert notes == ["", "Snoozed until Mon 23 Nov; “off” wakes it", "", "Pinned to Thu 3 Dec; “off” unpins"]


def test_line_mode_asks_for_the_reason_that_a_dialog_waits_for(user: User) -> None:
    acme = add(user.tracker, "Acme")
    with pytest.raises(BadInput, match="why"):
        user.run(flow_of("pin"), [acme], "mon")
    user.is_line_mode = True
    user.run(flow_of("pin"), [acme], "mon", "they asked")
    assert user.details(acme).application.pinned_why == "they asked"


def test_an_advance_from_the_last_stage_asks_how_it_ended(user: User) -> None:
    acme = add(user.tracker, "Acme")
    user.tracker.commands.move_to([acme], Stage.AWAITING, override="test")
    user.run(flow_of("advance"), [acme], "w")
    assert user.details(acme).application.outcome is Outcome.WITHDREW


def test_the_guard_asks_for_a_reason_and_drops_keys_typed_ahead(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz")
    user.tracker.commands.thank([acme])
    selection = user.select(acme)
    run = user.answer(flow_of("log"), selection, "e")
    assert isinstance(run, Run)
    with pytest.raises(Blocked) as refusal:
        run.command(selection.ids, selection.versions, "")
    confirmed = user.answer(lambda chosen: confirm_guard(chosen, run, refusal.value), selection, "they asked me")
    question = user.asked[-1]
    assert isinstance(question, Text)
    assert (question.is_unexpected, question.question.startswith("fine from ")) == (True, True)
    assert isinstance(confirmed, Run)
    confirmed.command(selection.ids, selection.versions, confirmed.reason)
    assert user.details(acme).touches[-1].override == "they asked me"


def test_a_command_can_be_repeated_on_other_applications(user: User) -> None:
    acme, globex = add(user.tracker, "Acme"), add(user.tracker, "Globex")
    result = user.answer(flow_of("thank"), user.select(acme), "w", "fri 18:00", "p")
    assert isinstance(result, Run)
    result.command([globex], {}, "")
    (touch,) = user.details(globex).touches
    assert (touch.kind, touch.channel) == (TouchKind.THANK_YOU, Channel.POST)


def test_a_selection_is_read_once_and_keeps_its_moment(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz", "Sam Lee")
    selection = user.select(acme)
    reads: list[str] = []
    read = user.tracker.queries.details
    monkeypatch.setattr(user.tracker.queries, "details", lambda id: reads.append(id) or read(id))  # type: ignore[func-returns-value]
    user.answer(flow_of("thank"), selection, "w", "yesterday", "1", "p")
    assert reads == [acme]


def test_business_days_that_differ_between_employers_are_refused(user: User) -> None:
    acme, globex = add(user.tracker, "Acme"), add(user.tracker, "Globex")
    user.tracker.commands.set_region([acme], "US")
    user.tracker.commands.set_region([globex], "DE")
    selection = user.select(acme, globex)
    with pytest.raises(BadInput, match="another day for each of them"):
        selection.understand_day("in 4 business days")
    assert selection.understand_day("fri").day == date(2026, 11, 27)
    assert selection.understand_day("in 1 business day").day == date(2026, 11, 23)


def test_the_likely_answer_is_marked(user: User) -> None:
    acme = add(user.tracker, "Acme")
    selection = user.select(acme)
    user.answer(flow_of("log"), selection, "r")
    (question,) = user.asked
    assert isinstance(question, Choice)
    assert question.marked == "email"


def test_several_applications_are_named_by_their_number(user: User) -> None:
    acme, globex = add(user.tracker, "Acme"), add(user.tracker, "Globex")
    user.run(flow_of("pace"), [acme, globex], "f")
    assert user.asked[0].subject == "2 applications"
    assert {user.details(id).application.pace for id in (acme, globex)} == {Pace.FAST}


def test_each_answer_is_recorded(user: User) -> None:
    acme = add(user.tracker, "Acme")
    done = user.run(flow_of("answer"), [acme], "p", "tue 14:00")
    said = user.details(acme).next_steps[-1]
    assert (said.answer, said.by_on) == (Answer.CALL_PROMISED, date(2026, 11, 24))
    assert done.said == "Acme: they said they call on Tue 24 Nov 14:00"


def test_an_open_offer_keeps_its_day_where_none_is_typed_and_the_question_says_so(user: User) -> None:
    acme = add(user.tracker, "Acme")
    user.run(flow_of("offer"), [acme], "", "62k", "", "")
    user.run(flow_of("offer"), [acme], "fri", "", "", "")
    user.run(flow_of("offer"), [acme], "", "64k", "", "")
    days = [one for one in user.asked if "want an answer" in one.question]
    kept = [getattr(one, "enter", "").partition("empty ")[2] for one in days]
    assert kept == ["if they named no day", "if they named no day", "to keep Fri 27 Nov"]
    offer = user.details(acme).offers[0]
    assert (offer.answer_by, offer.pay) == (date(2026, 11, 27), "64k")


@pytest.mark.parametrize("flow", ["thank", "advance"])
def test_a_card_is_not_late_right_after_the_thank_you(user: User, flow: str) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz", interview="2026-11-20T14:00:00+01:00")
    done = user.run(flow_of(flow), [acme], *(["e"] if flow == "thank" else []))
    assert card_status(done.cards[0], NOW) == ("=", "their answer? today")


def test_what_is_only_applied_for_is_invited_and_has_no_other_round(user: User) -> None:
    form = ApplicationForm(company="Globex", role="Dev", applied_only=True)
    globex, acme = user.tracker.commands.add(form).cards[0].id, add(user.tracker, "Acme")
    another = "There is another round…"
    for ids, label in (([globex], INVITED), ([acme], another), ([acme, globex], another)):
        user.asked.clear()
        user.run(flow_of("answer"), ids, "r")
        asked = user.asked[0]
        assert isinstance(asked, Choice)
        assert [told for key, told, _ in asked.options if key == "n"] == [label]


def test_where_an_offer_is_open_another_answer_changes_it(user: User) -> None:
    acme = add(user.tracker, "Acme", "Dana Ruiz")

    def called(flow: str, key: str, pay: str) -> str:
        user.run(flow_of(flow), [acme], key, "", pay, "", "")
        choice = next(each for each in reversed(user.asked) if isinstance(each, Choice))
        return next(label for option, label, _ in choice.options if option == key)

    assert called("answer", "m", "62k") == "They made an offer…"
    user.tracker.commands.undo()
    assert called("close", "o", "63k") == "They made an offer; I'll decide later…"
    assert called("answer", "m", "64k") == "They changed their offer…"
    assert called("close", "o", "65k") == "It is still open; they changed its terms or deadline…"
