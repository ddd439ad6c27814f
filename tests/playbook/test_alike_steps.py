"""Steps that are computed once for many applications are the ones that each would get by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.touch import RelatedTouch, Touch
from followup_tui.domain.rules.alike_steps import AlikeSteps
from followup_tui.domain.rules.next_action import upcoming_steps
from followup_tui.domain.rules.playbook import Rulebook
from playbook.history import history
from playbook.moments import PLAYBOOK, Moment
from playbook.strategies import Life, lives, lives_beside_offers
from playbook.test_properties import often


def require_own_steps(seen: Moment, *found: ApplicationDetails) -> None:
    """Compare what each gets beside the others with what it gets by itself."""
    alike = AlikeSteps(lambda region: Rulebook(PLAYBOOK, seen.calendar), seen.now)
    for details in found:
        assert alike.upcoming(details) == upcoming_steps(details, PLAYBOOK, seen.calendar, seen.now)


def renamed(details: ApplicationDetails) -> ApplicationDetails:
    """The same course with other people, at another employer."""

    def other(id: str | None) -> str | None:
        return None if id is None else f"other {id}"

    def other_person(one: Contact) -> Contact:
        return replace(
            one,
            id=f"other {one.id}",
            name=one.name and f"Jo {one.name[::-1]}",
            email=one.email and f"jo.{one.email}",
        )

    def other_touch(one: Touch) -> Touch:
        ids = {"contact_id": other(one.contact_id), "interview_id": other(one.interview_id)}
        return replace(one, id=f"other {one.id}", **ids)

    return replace(
        details,
        application=replace(details.application, id="other", number=77, company="Initech", role="QA", notes="x"),
        contacts=tuple(map(other_person, details.contacts)),
        interviews=tuple(replace(one, id=f"other {one.id}") for one in details.interviews),
        interviewers=tuple(
            replace(one, interview_id=f"other {one.interview_id}", contact_id=f"other {one.contact_id}")
            for one in details.interviewers
        ),
        touches=tuple(map(other_touch, details.touches)),
        next_steps=tuple(replace(one, interview_id=other(one.interview_id)) for one in details.next_steps),
        related=tuple(one._replace(role="Ops", contact_id=other(one.contact_id)) for one in details.related),
    )


@often
@given(
    life=lives() | lives_beside_offers(),
    elsewhere=st.none() | lives(),
    is_imported=st.booleans(),
    earlier=st.timedeltas(timedelta(0), timedelta(days=60)),
)
def test_every_life_has_its_own_steps_beside_one_with_other_names(
    life: Life, elsewhere: Life | None, is_imported: bool, earlier: timedelta
) -> None:
    seen = life.seen()
    people = [None, *(one.id for one in seen.details.contacts)]
    made = sorted(elsewhere.seen().details.touches, key=lambda one: (one.at, one.created_at)) if elsewhere else []
    related = tuple(
        RelatedTouch("Dev", replace(touch, application_id="another"), place % 2 == 0, people[place % len(people)])
        for place, touch in enumerate(made)
    )
    imported = ("row:1",) if is_imported else ()
    first = replace(
        seen.details, application=replace(seen.details.application, imported=imported), related=related
    )
    added = replace(first.application, created_at=first.application.created_at - earlier)
    older = replace(first, application=added)
    require_own_steps(seen, first, renamed(first), older, renamed(older), first, older)


def test_one_difference_that_counts_is_seen() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz")
    seen = story.at("Wed 18 Nov 2026 18:00")
    first = seen.details
    (person,), (interview,) = first.contacts, first.interviews
    others = (
        replace(first, contacts=(replace(person, email=""),)),
        replace(first, contacts=(replace(person, name=""),)),
        replace(first, contacts=(replace(person, email="", link="https://linkedin.com/in/dana"),)),
        replace(first, interviews=(replace(interview, starts_at=interview.starts_at - timedelta(days=1)),)),
        replace(first, interviewers=()),
        replace(first, contacts=(), interviewers=()),
        replace(first, application=replace(first.application, pinned_on=seen.now.date())),
    )
    require_own_steps(seen, first, *others, first, *others, renamed(first), *map(renamed, others))
    assert len({upcoming_steps(one, PLAYBOOK, seen.calendar, seen.now) for one in (first, *others)}) > 5


def test_a_sign_of_an_icon_font_in_a_reason_stays_as_it_was_typed() -> None:
    story = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz")
    seen = story.pinned("Mon 23 Nov 2026", "\ue000 the fair \uf8ff").at("Mon 23 Nov 2026 09:00")
    require_own_steps(seen, seen.details, renamed(seen.details), seen.details)


def test_a_kind_of_which_many_came_is_computed_once() -> None:
    seen = history().interview("Wed 18 Nov 2026 14:00", "Dana Ruiz").at("Wed 18 Nov 2026 18:00")
    asked: list[str] = []

    def rules_for(region: str) -> Rulebook:
        asked.append(region)
        return Rulebook(PLAYBOOK, seen.calendar)

    alike = AlikeSteps(rules_for, seen.now)
    for one in (seen.details, renamed(seen.details)) * 10:
        assert alike.upcoming(one)[0].contact == one.contacts[0].name
    assert len(asked) == 2, "the first by itself, and once for all that follow"
