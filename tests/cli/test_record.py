"""Following up from the shell: answers, thank-yous, interviews, dates of one's own, and what the guard says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from cli.test_hostile import clean
from followup_tui.domain.model.application import Answer
from run_cli import Shell

VERDICT = {"allowed", "rule", "from", "why"}
NEEDS_DAY = {"decide_by", "call_promised"}
HOSTILE = "\x1b]52;c;x\x07\u202e"


@pytest.fixture
def acme(shell: Shell) -> Shell:
    """A shell on Acme, where Dana and Sam were met on Friday, and Globex, where nobody was."""
    people = ("--with", "Dana Ruiz <dana@acme.example>", "--with", "Sam Lee <sam@acme.example>")
    return shell.begin(
        ("add", "Acme", "Dev", "--interview", "last fri 14:00", *people, "--region", "DE-BY"),
        ("add", "Globex", "SRE", "--interview", "yesterday 9:00"),
    )


def touches(shell: Shell, id: str = "1") -> list[Mapping[str, Any]]:
    return list(shell.card(id)["touches"])


def asked(shell: Shell, id: str = "1") -> tuple[str, str]:
    action = shell.card(id)["next_action"]
    return action["action"], action["due_on"]


def unchanged(shell: Shell, *arguments: str) -> str:
    """A command that must be refused with one sentence and change nothing; the sentence."""
    before = shell.card()
    ran = shell(*arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1), ran
    assert shell.card() == before
    return ran.err


def undone(shell: Shell, *arguments: str, id: str = "1") -> None:
    """A command that one undo takes back without a trace."""
    before = shell.card(id)
    shell.well(*arguments)
    assert shell.card(id) != before
    shell.well("undo")
    assert shell.card(id) == before


# What they said


@pytest.mark.parametrize("answer", [each.value for each in Answer])
def test_every_answer_is_recorded_and_undone(acme: Shell, answer: str) -> None:
    by = ("--by", "thu") if answer in NEEDS_DAY else ()
    undone(acme, "answer", "1", answer, *by)
    acme.well("answer", "1", answer.replace("_", "-").upper(), *by, "--note", "said at the door")
    said = acme.card()["next_steps"]
    assert [(each["answer"], each["note"]) for each in said] == [(answer, "said at the door")]
    assert said[0]["by_on"] == ("2026-11-26" if by else None)


def test_an_answer_says_what_comes_next_and_why(acme: Shell) -> None:
    acme.well("thank", "1")
    ran = acme.well("answer", "1", "decide_by", "--by", "wed")
    assert ran.err.startswith("Acme: they said they decide by Wed 25 Nov · next: check in")
    assert "because they'd decide by Wed 25 Nov" in ran.err


def test_the_hour_of_a_promised_call_is_echoed_and_kept(acme: Shell) -> None:
    ran = acme.well("answer", "1", "call_promised", "--by", "tue 14:00")
    assert "by Tue 24 Nov 2026 14:00 CET" in ran.err
    said = acme.card()["next_steps"][0]
    assert (said["by_on"], said["by_at"]) == ("2026-11-24", "2026-11-24T13:00:00+00:00")


@pytest.mark.parametrize("answer", sorted(NEEDS_DAY))
def test_an_answer_that_names_a_day_needs_it(acme: Shell, answer: str) -> None:
    assert "Say when they" in unchanged(acme, "answer", "1", answer)


def test_business_days_are_those_of_the_employer(acme: Shell) -> None:
    acme.well("region", "1", "us")
    acme.well("region", "2", "de")
    acme.well("answer", "1", "decide_by", "--by", "in 4 business days")
    acme.well("answer", "2", "decide_by", "--by", "in 4 business days")
    # Thanksgiving is the 26th.
    assert acme.card("1")["next_steps"][0]["by_on"] == "2026-11-27"
    assert acme.card("2")["next_steps"][0]["by_on"] == "2026-11-26"


def test_a_day_that_is_another_one_for_each_is_refused(acme: Shell) -> None:
    acme.well("region", "1", "us-ca")
    assert "say the date" in unchanged(acme, "answer", "1", "2", "decide_by", "--by", "in 4 business days")
    ran = acme.well("answer", "1", "2", "decide_by", "--by", "in 3 business days")
    assert "by Wed 25 Nov 2026" in ran.err
    acme.well("undo")
    assert [acme.card(id)["next_steps"] for id in ("1", "2")] == [[], []]


def test_a_reply_on_a_later_day_is_kept_as_one(acme: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    acme.well("answer", "1", "they_call")
    monkeypatch.setenv("FOLLOWUP_NOW", "2026-11-25T10:00:00+01:00")
    ran = acme.well("answer", "1", "decide_by", "--by", "mon")
    assert "they replied" in ran.err
    assert [touch["kind"] for touch in touches(acme)] == ["reply"]


# Thank-yous


def test_everybody_is_thanked_at_once_and_the_card_moves(acme: Shell) -> None:
    undone(acme, "thank", "1")
    ran = acme.well("thank", "1", "--at", "yesterday 16:00")
    assert "→ Thanked · Sat 21 Nov 2026 16:00 CET · next: " in ran.err
    assert [(each["kind"], each["channel"], each["at"]) for each in touches(acme)] == [
        ("thank_you", "email", "2026-11-21T15:00:00+00:00")
    ] * 2
    assert acme.card()["stage"] == "thanked"


def test_one_is_thanked_by_a_part_of_the_name_and_the_card_stays(acme: Shell) -> None:
    acme.well("thank", "1", "--to", "ruiz", "--by", "in person")
    assert [each["channel"] for each in touches(acme)] == ["in_person"]
    assert acme.card()["stage"] == "interviewed"
    acme.well("thank", "1", "--to", "sam@acme.example")
    assert acme.card()["stage"] == "thanked"
    assert "was thanked already" in unchanged(acme, "thank", "1")


def test_a_stranger_can_not_be_thanked(acme: Shell) -> None:
    assert "known: Dana Ruiz, Sam Lee" in unchanged(acme, "thank", "1", "--to", "nobody")


def test_several_applications_are_thanked_in_one_undo(acme: Shell) -> None:
    acme.well("thank", "1", "2")
    assert (len(touches(acme)), len(touches(acme, "2"))) == (2, 1)
    acme.well("undo")
    assert (touches(acme), touches(acme, "2")) == ([], [])


def test_what_lies_ahead_was_not_sent(acme: Shell) -> None:
    assert "is in the future" in unchanged(acme, "thank", "1", "--at", "tomorrow")


def test_a_card_by_post_suggests_an_email_beside_it(acme: Shell) -> None:
    ran = acme.well("thank", "1", "--by", "post")
    assert len(ran.err.splitlines()) == 2
    assert "A card takes 2 to 5 days by post: send an email the same day beside it" in ran.err
    assert [each["channel"] for each in touches(acme)] == ["post", "post"]


def test_a_card_by_post_warns_where_they_decide_soon(acme: Shell) -> None:
    acme.well("answer", "1", "decide_by", "--by", "thu")
    ran = acme.well("thank", "1", "2", "--by", "post")
    warned = "Acme decides by Thu 26 Nov, less than 5 business days away: a card may come too late."
    assert ran.err.splitlines()[-1] == warned
    assert "Globex decides" not in ran.err


def test_an_email_has_nothing_to_do_with_post(acme: Shell) -> None:
    assert "card" not in acme.well("thank", "1").err


# Interviews


def test_a_further_round_takes_the_card_back(acme: Shell) -> None:
    acme.well("thank", "1")
    acme.well("answer", "1", "next_round")
    undone(acme, "interview", "1", "tue 14:00")
    ran = acme.well(
        "interview", "1", "fri 9:00", "--with", "Dana Ruiz <dana@acme.example>", "--with", "Al", "--kind", "video"
    )
    assert "· Fri 27 Nov 2026 09:00 CET · next: " in ran.err
    card = acme.card()
    assert (card["stage"], card["interviews"][-1]["kind"]) == ("interviewed", "video")
    assert card["interview"]["starts_at"] == "2026-11-27T08:00:00+00:00"
    assert [each["name"] for each in card["contacts"]] == ["Dana Ruiz", "Sam Lee", "Al"]
    assert len(card["interviews"][-1]["interviewer_uids"]) == 2


def test_the_interview_ahead_is_moved_and_cancelled(acme: Shell) -> None:
    acme.well("interview", "1", "tue 14:00")
    undone(acme, "interview", "1", "thu 15:00", "--move")
    assert (
        "Acme: interview Tue 24 Nov 14:00 moved to Thu 26 Nov 15:00"
        in acme.well("interview", "1", "thursday 15:00", "--move").err
    )
    assert acme.card()["interview"]["starts_at"] == "2026-11-26T14:00:00+00:00"
    acme.well("interview", "1", "wednesday, same time", "--move")
    assert acme.card()["interview"]["starts_at"] == "2026-11-25T14:00:00+00:00"
    acme.well("interview", "1", "thu 15:00", "--move")
    assert acme.card()["interview"]["starts_at"] == "2026-11-26T14:00:00+00:00"
    assert len(acme.card()["interviews"]) == 2
    undone(acme, "interview", "1", "--cancel")
    acme.well("interview", "1", "--cancel")
    assert acme.card()["interview"]["starts_at"] == "2026-11-20T13:00:00+00:00"
    assert "No interview at Acme is coming up" in unchanged(acme, "interview", "1", "--cancel")
    assert "No interview at Acme is coming up" in unchanged(acme, "interview", "1", "fri", "--move")


def test_an_interview_that_was_is_booked_by_its_day(acme: Shell) -> None:
    acme.well("interview", "2", "yesterday 17:00", "--kind", "phone")
    assert acme.card("2")["interview"]["starts_at"] == "2026-11-21T16:00:00+00:00"


@pytest.mark.parametrize(
    "arguments",
    [
        ("interview", "1"),
        ("interview", "1", "fri", "--cancel"),
        ("interview", "1", "fri", "--cancel", "--move"),
        ("interview", "1", "fri", "--move", "--with", "Al"),
        ("interview", "1", "--cancel", "--kind", "video"),
        ("interview", "1", "fri", "--kind", "lunch"),
        ("snooze", "1"),
        ("pin", "1", "--why", "x"),
        ("pin", "1", "--off", "--why", "x"),
        ("answer", "1", "maybe"),
        ("answer", "1"),
        ("thank", "1", "--by", "pigeon"),
        ("pace", "1", "glacial"),
        ("may-contact", "1", "--by", "reply"),
        ("may-contact",),
        ("region",),
    ],
)
def test_what_can_not_be_meant_is_wrong_usage(acme: Shell, arguments: tuple[str, ...]) -> None:
    ran = acme(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"Usage: followup-tui {arguments[0]}")


# Dates of one's own


def test_a_snooze_hides_until_its_day_and_is_taken_off(acme: Shell) -> None:
    undone(acme, "snooze", "1", "wed")
    ran = acme.well("snooze", "1", "2", "in 3 business days")
    assert "Wed 25 Nov 2026" in ran.err
    assert [asked(acme, id) for id in ("1", "2")] == [("wait", "2026-11-25")] * 2
    assert acme.card()["snoozed_until"] == "2026-11-25"
    acme.well("snooze", "1", "2", "--off")
    assert [acme.card(id)["snoozed_until"] for id in ("1", "2")] == [None, None]


def test_a_pin_beats_the_playbook_and_says_why(acme: Shell) -> None:
    undone(acme, "pin", "1", "3 dec", "--why", "they asked me to call")
    ran = acme.well("pin", "1", "3 dec", "--why", "they asked me to call")
    assert ran.err.startswith("Acme pinned to Thu 3 Dec: they asked me to call · next: ")
    assert asked(acme) == ("pinned", "2026-12-03")
    acme.well("pin", "1", "--off")
    assert asked(acme)[0] == "thank"


@pytest.mark.parametrize("until", ["11 dec", "2 dec", "1 dec"])
def test_a_pin_ends_a_snooze(acme: Shell, until: str) -> None:
    acme.well("snooze", "1", until, "--yes")
    acme.well("pin", "1", "2 dec", "--why", "ring HR")
    assert (acme.card()["snoozed_until"], asked(acme)) == (None, ("pinned", "2026-12-02"))
    acme.well("undo")
    assert acme.card()["snoozed_until"] is not None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("snooze", "1", "yesterday"), "which isn't ahead"),
        (("snooze", "1", "blursday"), "blursday"),
        (("snooze", "1", ""), "no date yet"),
        (("snooze", "1", "--off"), "isn't snoozed"),
        (("pin", "1", "fri"), "Say why"),
        (("pin", "1", "last fri", "--why", "x"), "which isn't ahead"),
        (("pin", "1", "--off"), "isn't pinned"),
        (("pace", "1", "normal"), "already"),
        (("region", "1", "de-by"), "already"),
        (("region", "1", "nowhere"), "no region"),
        (("region", "1", "de-zz"), "no region"),
        (("add", "New", "Dev", "--region", "nowhere"), "no region"),
        (("edit", "1", "--region", "nowhere"), "no region"),
        (("answer", "1", "unclear", "--by", "fri"), "leave the day out"),
        (("interview", "1", "fri 14:00, maybe"), "Not understood"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(acme: Shell, arguments: tuple[str, ...], words: str) -> None:
    assert words in unchanged(acme, *arguments)


def test_a_closed_application_takes_no_date(acme: Shell) -> None:
    acme.well("close", "1", "withdrew")
    for arguments in (("snooze", "1", "fri"), ("pin", "1", "fri", "--why", "x"), ("answer", "1", "they_call")):
        assert "is closed" in unchanged(acme, *arguments)


def test_the_pace_is_set_and_undone(acme: Shell) -> None:
    undone(acme, "pace", "1", "slow")
    acme.well("pace", "1", "2", "Fast")
    assert [acme.card(id)["pace"] for id in ("1", "2")] == ["fast", "fast"]


def test_the_region_is_spelled_as_the_calendar_has_it_and_goes_home_again(acme: Shell) -> None:
    undone(acme, "region", "1", "us-ca")
    acme.well("region", "1", "2", "us-ca")
    assert [acme.card(id)["region"] for id in ("1", "2")] == ["US-CA", "US-CA"]
    acme.well("region", "1", "#2")
    assert [acme.card(id)["region"] for id in ("1", "2")] == ["", ""]
    acme.well("region", "acme", "globex", "de")
    acme.well("region", "acme", "globex", "--home")
    assert [acme.card(id)["region"] for id in ("1", "2")] == ["", ""]
    acme.well("edit", "1", "--region", "de")
    assert acme.card()["region"] == "DE"


# The guard


def test_the_guard_says_which_rule_and_from_which_day(acme: Shell) -> None:
    acme.well("thank", "1")
    verdict = acme.well("may-contact", "1", "--by", "call", "--json").json
    assert set(verdict) == VERDICT
    assert (verdict["allowed"], verdict["rule"], verdict["from"]) == (False, "contacts_apart", "2026-11-27")
    said = acme.well("may-contact", "1", "--by", "call").out
    assert said == f"Acme: no. {verdict['why']}\n"
    assert said.count("Fri 27 Nov") == 1


def test_the_guard_allows_what_the_playbook_proposes(acme: Shell) -> None:
    verdict = acme.well("may-contact", "1", "--json").json
    assert verdict == {"allowed": True, "rule": None, "from": "2026-11-22", "why": "OK to contact them today."}
    assert acme.well("may-contact", "1").out == "Acme: yes. OK to contact them today.\n"


def test_the_guard_knows_what_is_never_fine(acme: Shell) -> None:
    acme.well("answer", "1", "dont_contact")
    verdict = acme.well("may-contact", "1", "--by", "call", "--json").json
    assert (verdict["allowed"], verdict["rule"], verdict["from"]) == (False, "no_phone", None)
    assert acme.well("may-contact", "1", "--by", "call").out.startswith("Acme: no. They asked not")


def test_asking_the_guard_changes_nothing(acme: Shell) -> None:
    before = acme.card()
    acme.well("may-contact", "1")
    assert acme.card() == before
    assert acme("may-contact", "nobody").code == 1


@pytest.mark.parametrize(
    "arguments", [("log", "1", "email"), ("log", "1", "call", "--outcome", "spoke"), ("log", "1", "message")]
)
def test_a_blocked_contact_is_refused_until_a_reason_is_given(acme: Shell, arguments: tuple[str, ...]) -> None:
    acme.well("thank", "1")
    told = unchanged(acme, *arguments)
    assert told.endswith(
        ": not before Fri 27 Nov. Nothing was saved; to do it all the same, give a reason: --override WHY.\n"
    )
    undone(acme, *arguments, "--override", "they asked me to")
    acme.well(*arguments, "--override", "they asked me to")
    assert "they asked me to" in {each["override"] for each in touches(acme)}
    assert "against the advice: they asked me to" in acme.well("show", "1").out


def test_a_thank_you_from_before_the_interview_asks_when_it_was(acme: Shell) -> None:
    told = unchanged(acme, "thank", "1", "--at", "16 nov 9:00")
    assert "came after that moment; nothing was saved, check when you thanked them." in told


def test_what_they_said_at_a_past_interview_has_its_day(acme: Shell) -> None:
    acme.well("add", "Globex, Dev, 12 nov 14:00, they decide by 4 dec")
    (said,) = acme.card("3")["next_steps"]
    assert said["said_at"].startswith("2026-11-12")


def test_a_reply_and_a_note_are_never_blocked(acme: Shell) -> None:
    acme.well("thank", "1")
    acme.well("log", "1", "reply")
    acme.well("note", "1", "nice people")


@pytest.mark.parametrize("verb", [("advance", "1"), ("move", "1", "thanked"), ("thank", "1")])
def test_a_blocked_thank_you_is_refused_until_a_reason_is_given(acme: Shell, verb: tuple[str, ...]) -> None:
    acme.well("log", "1", "email", "--as", "check-in")
    assert "--override WHY" in unchanged(acme, *verb)
    acme.well(*verb, "--override", "I wrote of something else")
    assert {each["override"] for each in touches(acme) if each["kind"] == "thank_you"} == {
        "I wrote of something else"
    }


# Whatever is typed


@pytest.mark.parametrize(
    "arguments",
    [
        ("answer", "1", "they_call", "--note", HOSTILE),
        ("answer", "1", "decide_by", "--by", HOSTILE),
        ("answer", "1", HOSTILE),
        ("thank", "1", "--to", HOSTILE),
        ("thank", "1", "--override", HOSTILE, "--by", "post"),
        ("interview", "1", "tue", "--with", HOSTILE),
        ("interview", "1", HOSTILE),
        ("snooze", "1", HOSTILE),
        ("pin", "1", "fri", "--why", HOSTILE),
        ("pin", "1", "fri", "--why", f"why{HOSTILE}"),
        ("region", "1", HOSTILE),
        ("pace", "1", HOSTILE),
        ("may-contact", HOSTILE),
        ("due", "--on", HOSTILE),
        ("due", HOSTILE),
    ],
)
def test_nothing_that_is_typed_reaches_the_terminal_raw(acme: Shell, arguments: tuple[str, ...]) -> None:
    ran = acme(*arguments)
    assert ran.code in {0, 1, 2, 3}
    assert clean(ran.out + ran.err)
    assert clean(acme.well("show", "1").out)
    assert clean(acme("due", "--all").out)


def test_each_verb_says_what_comes_next(acme: Shell) -> None:
    for arguments in (
        ("thank", "1"),
        ("answer", "1", "they_call"),
        ("pace", "1", "slow"),
        ("region", "1", "US"),
        ("snooze", "1", "fri"),
        ("pin", "1", "fri", "--why", "x"),
        ("interview", "1", "mon 14:00"),
        ("log", "1", "reply"),
        ("undo",),
    ):
        next_is = "snoozed until Fri 27 Nov\n" if arguments[0] == "snooze" else " · next: "
        assert next_is in acme.well(*arguments).err, arguments


# The line one types


def test_an_interview_is_booked_with_people_and_a_note_in_one_line(shell: Shell) -> None:
    shell.well("add", "Kestrel", "Dev")
    shell.well("interview", "1", "call 1 dec 14:00 with Ann Li, Bo Chen and Cy Young", "--note", "portfolio")
    card = shell.card()
    assert [one["name"] for one in card["contacts"]] == ["Ann Li", "Bo Chen", "Cy Young"]
    assert card["interviews"][0]["notes"] == "portfolio"


def test_what_is_not_understood_of_an_interview_is_refused_and_named(acme: Shell) -> None:
    assert "Not understood: “bring the portfolio”" in unchanged(
        acme, "interview", "1", "1 dec 14:00, bring the portfolio"
    )
    said = acme("add", "Kestrel", "Dev", "--interview", "1 dec 14:00, Tower 3")
    assert (said.code, said.out) == (1, "")
    assert "Not understood: “Tower 3”" in said.err


def test_business_days_of_an_interview_are_the_employer_s(shell: Shell) -> None:
    shell.well("add", "Kestrel", "Dev", "--interview", "in 5 business days", "--region", "IL")
    shell.well("add", "Lark", "Dev", "--interview", "in 5 business days", "--region", "DE")
    days = [shell.card(id)["interviews"][0]["starts_at"][:10] for id in ("1", "2")]
    assert days == ["2026-11-29", "2026-11-27"]


@pytest.mark.parametrize("verb", [("snooze", "1", "thu"), ("pin", "1", "thu", "--why", "call Maria")])
def test_a_date_past_an_interview_asks_unless_told_not_to(shell: Shell, verb: tuple[str, ...]) -> None:
    shell.well("add", "Acme", "Dev", "--interview", "24 nov 10:00")
    ran = shell(*verb)
    assert ran.code == 1
    assert "Before Thu 26 Nov comes Acme: interview Tue 24 Nov 10:00" in ran.err
    shell.well(*verb, "--yes")


def test_long_after_a_no_a_message_reconnects_and_is_told_as_that(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.well("add", "Acme", "Dev", "--interview", "10 nov 10:00", "--with", "Jo Li <jo@acme.example>")
    shell.well("thank", "1", "--at", "10 nov 18:00")
    assert "check-in by email" in shell.well("log", "1", "email").err
    shell.well("undo")
    shell.well("close", "1", "rejected")
    assert "gracious note by email" in shell.well("log", "1", "email").err
    monkeypatch.setenv("FOLLOWUP_NOW", "2027-02-22T10:00:00+01:00")
    assert "message to reconnect by email" in shell.well("log", "1", "email").err
    assert touches(shell)[-1]["kind"] == "check_in", "the name in JSON stays"
    assert "message to reconnect by email" in shell.well("show", "1").out


def test_a_far_date_of_a_command_names_the_nearer_one(shell: Shell) -> None:
    shell.well("add", "Acme", "Dev", "--interview", "fri 14:00")
    other = "can be Mon 7 Dec too: write that date if you meant it."
    for command in (("interview", "1", "12/07 15:00", "--move"), ("offer", "1", "--by", "12/07")):
        assert other in shell.well(*command).err
    assert "too:" not in shell.well("interview", "1", "7/12 15:00", "--move").err


def test_an_interview_of_another_year_is_named_with_its_year_by_the_guard_and_the_reason(shell: Shell) -> None:
    shell.well("add", "Acme", "Dev", "--interview", "fri 12 mar 2027 14:00")
    assert "The interview on Fri 12 Mar 2027." in shell.well("show", "1").out
    assert "The interview is on Fri 12 Mar 2027 and comes first" in unchanged(shell, "log", "1", "email")
    shell.well("add", "Kestrel", "Dev", "--interview", "fri 27 nov 14:00")
    assert "The interview is on Fri 27 Nov and comes first" in unchanged(shell, "log", "2", "email")
