"""A playbook of one's own: single values over the shipped ones, and what is refused by name."""

from __future__ import annotations

from typing import Any

import pytest

from followup_tui.domain.model.application import Answer
from followup_tui.domain.rules.playbook import playbook_of
from playbook.history import history
from playbook.moments import PLAYBOOK, SHIPPED


def answers(answer: str, **values: Any) -> dict[str, Any]:
    return {"answer": {answer: values}}


def test_the_shipped_rules_have_nothing_wrong() -> None:
    assert playbook_of(SHIPPED, {}) == (PLAYBOOK, ())


def test_every_shipped_rule_has_its_why() -> None:
    rules = {name: rule for name, rule in SHIPPED.items() if name not in ("answer", "source")}
    rules |= SHIPPED["answer"]
    assert set(Answer) <= set(SHIPPED["answer"])
    assert [name for name, rule in rules.items() if not rule.get("why", "").strip()] == []


def test_every_source_a_rule_names_is_told() -> None:
    rules = [*SHIPPED.values(), *SHIPPED["answer"].values()]
    named = {source for rule in rules for source in rule.get("sources", ())}
    assert named
    assert named <= set(SHIPPED["source"])


def test_a_single_value_of_ones_own_is_in_force_and_the_others_stay() -> None:
    own, problems = playbook_of(SHIPPED, answers("they_call", first_wait=3))
    assert problems == ()
    assert own.schedules[Answer.THEY_CALL].checks[0].wait == 3
    assert own.schedules[Answer.THEY_CALL].checks[1].wait == 7
    assert own.schedules[Answer.UNCLEAR] == PLAYBOOK.schedules[Answer.UNCLEAR]


def test_a_value_of_ones_own_moves_the_date() -> None:
    own, _ = playbook_of(SHIPPED, answers("they_call", first_wait=10))
    story = history("US", "Europe/Berlin", own).interview("Wed 18 Nov 2026 14:00").said(Answer.THEY_CALL)
    assert story.thanked("Thu 19 Nov 2026").at("Fri 20 Nov 2026").asks.startswith("check_in Fri 4 Dec 2026")


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("thanks", {"thanks": {"due_after_days": 2}}),
    ("thank_you.due_after", {"thank_you": {"due_after": 2}}),
    ("answer.they_phone", answers("they_phone", first_wait=3)),
    ("answer.they_call.first_wait", answers("they_call", first_wait="soon")),
    ("answer.they_call.first_wait", answers("they_call", first_wait=2.5)),
    ("answer.they_call.first_wait", answers("they_call", first_wait=True)),
    ("answer.they_call.first_wait", answers("they_call", first_wait=[7])),
    ("answer.they_call.first_wait", answers("they_call", first_wait=-1)),
    ("answer.they_call.second_wait", answers("they_call", second_wait=-5)),
    ("answer.they_call.quiet_wait", answers("they_call", quiet_wait=-5)),
    ("answer.they_call.quiet_until_day", answers("they_call", quiet_until_day=-30)),
    ("answer.they_call.first_wait", answers("they_call", first_wait=10**9)),
    ("answer.they_call.first_by", answers("they_call", first_by="pigeon")),
    ("answer.they_call", {"answer": {"they_call": 7}}),
    ("answer", {"answer": "they_call"}),
    ("answer.send_something.then", answers("send_something", then="send_something")),
    ("answer.send_something.then", answers("send_something", then="call_promised")),
    ("answer.call_promised.otherwise", answers("call_promised", otherwise="call_promised")),
    ("answer.call_promised.day_ends_at", answers("call_promised", day_ends_at="25:00")),
    ("interview.lasts_minutes", {"interview": {"lasts_minutes": 0}}),
    ("interview.lasts_minutes", {"interview": {"lasts_minutes": -60}}),
    ("thank_you.missing_after", {"thank_you": {"missing_after": -3}}),
    ("gracious_note.within", {"gracious_note": {"within": -2}}),
    ("pace.slow", {"pace": {"slow": 0}}),
    ("pace.fast", {"pace": {"fast": -0.7}}),
    ("pace.slow", {"pace": {"slow": float("nan")}}),
    ("pace.slow", {"pace": {"slow": float("inf")}}),
    ("pace.slow", {"pace": {"slow": "1.75"}}),
    ("guard.contacts_apart", {"guard": {"contacts_apart": -5}}),
    ("guard.voicemails_most", {"guard": {"voicemails_most": "two"}}),
    ("basket.share_most", {"basket": {"share_most": 2.0}}),
    ("basket.live_least", {"basket": {"live_least": -3}}),
]


@pytest.mark.parametrize(("key", "own"), WRONG, ids=[f"{key}-{place}" for place, (key, _) in enumerate(WRONG)])
def test_a_bad_value_is_refused_by_name_and_the_defaults_stay_in_force(key: str, own: dict[str, Any]) -> None:
    playbook, problems = playbook_of(SHIPPED, own)
    assert playbook == PLAYBOOK
    assert [problem.key for problem in problems] == [key]
    assert problems[0].sentence.endswith((".", "?"))


IMPOSSIBLE: list[tuple[str, dict[str, Any]]] = [
    ("answer.they_call.contacts_most", answers("they_call", contacts_most=1)),
    ("answer.keep_in_touch.calls_most", answers("keep_in_touch", calls_most=0)),
    ("answer.dont_contact.first_by", answers("dont_contact", first_by="phone_if_known")),
    ("pace.slow", {"pace": {"slow": 0.5}}),
]


@pytest.mark.parametrize(("key", "own"), IMPOSSIBLE, ids=[key for key, _ in IMPOSSIBLE])
def test_values_that_cannot_go_together_are_refused_by_name(key: str, own: dict[str, Any]) -> None:
    playbook, problems = playbook_of(SHIPPED, own)
    assert playbook == PLAYBOOK
    assert key in [problem.key for problem in problems]


def test_every_mistake_is_named_and_one_of_them_leaves_all_own_values_aside() -> None:
    own = answers("they_call", first_wait=-1, second_wait=9, third_wait=4) | {"guard": {"calls_apart": "never"}}
    playbook, problems = playbook_of(SHIPPED, own)
    assert playbook == PLAYBOOK
    assert {problem.key for problem in problems} == {
        "answer.they_call.first_wait",
        "answer.they_call.third_wait",
        "guard.calls_apart",
    }


def test_a_hostile_name_of_a_key_is_shown_without_control_characters() -> None:
    _, problems = playbook_of(SHIPPED, {"guard": {"\x1b]0;owned\x07": 1}})
    assert [problem.key.isprintable() for problem in problems] == [True]
