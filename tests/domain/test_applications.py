"""Adding and editing an application: only what differs is written, and people stay the people they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.commands import stages
from followup_tui.domain.commands.applications import add, edit, form_for
from followup_tui.domain.model.application import Application, NextStep, Pace, Stage
from followup_tui.domain.model.application_form import ApplicationForm, clean_form
from followup_tui.domain.model.change import Change
from followup_tui.domain.model.contact import Contact, Person
from followup_tui.domain.model.details import ApplicationDetails, latest_interview, people_in
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.interview import Interview, Interviewer, when_of
from followup_tui.domain.model.touch import Touch
from followup_tui.domain.model.when import When
from rulebook import BOOK

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
VIENNA = ZoneInfo("Europe/Vienna")
YESTERDAY = When(day=date(2026, 11, 20), at=datetime(2026, 11, 20, 14, tzinfo=VIENNA), zone="Europe/Vienna")
TUESDAY = When(day=date(2026, 11, 24), at=datetime(2026, 11, 24, 14, tzinfo=VIENNA), zone="Europe/Vienna")
FRIDAY = When(day=date(2026, 11, 27), at=None, zone="Europe/Vienna")
DANA, ARI, BO = Person("Dana Ruiz", "dana@acme.example"), Person("Ari"), Person("", "bo@acme.example")
PLAIN = ApplicationForm(company="Acme", role="dev")


def carried_out(change: Change, details: ApplicationDetails | None = None) -> ApplicationDetails:
    """The dossier after a change, read as the store reads: oldest first, ties by id."""
    before: tuple[Any, ...] = (
        ()
        if details is None
        else (
            details.application,
            *details.contacts,
            *details.interviews,
            *details.interviewers,
            *details.touches,
            *details.next_steps,
        )
    )
    rows: dict[str, Any] = {row.id: row for row in before}
    for one in change.edits:
        assert rows.get(one.row.id) == one.before
        rows.pop(one.row.id, None)
        if one.after is not None:
            rows[one.row.id] = one.after
    return ApplicationDetails(
        application=next(row for row in rows.values() if isinstance(row, Application)),
        contacts=_of(rows, Contact, "created_at"),
        interviews=_of(rows, Interview, "starts_at"),
        interviewers=_of(rows, Interviewer, "id"),
        touches=_of(rows, Touch, "created_at"),
        next_steps=_of(rows, NextStep, "said_at"),
    )


def _of(rows: dict[str, Any], kind: type[Any], order: str) -> tuple[Any, ...]:
    found = (row for row in rows.values() if isinstance(row, kind))
    return tuple(sorted(found, key=lambda row: (getattr(row, order), row.id)))


def added(draft: ApplicationForm = PLAIN, **more: object) -> ApplicationDetails:
    return carried_out(add(replace(draft, **more), number=1, now=NOW))  # type: ignore[arg-type]


def edited(details: ApplicationDetails, **more: object) -> ApplicationDetails:
    return carried_out(changed(details, **more), details)


def changed(details: ApplicationDetails, **more: object) -> Change:
    return edit(details, replace(form_for(details), **more), LATER)  # type: ignore[arg-type]


def kinds(change: Change) -> list[tuple[str, bool, bool]]:
    """Of each edit the kind of row, and whether it is there before and after."""
    return [(type(one.row).__name__, one.before is not None, one.after is not None) for one in change.edits]


def in_the_room(details: ApplicationDetails) -> list[str]:
    interview = latest_interview(details)
    return [person.name or person.email for person in people_in(interview, details)] if interview else []


NAMES = st.text(st.characters(categories=["L"]), min_size=1, max_size=3)
PEOPLE = st.lists(
    st.builds(Person, name=NAMES | st.just("Dana"), email=st.sampled_from(["", "a@b.example", "c@d.example"]))
    | st.builds(Person, email=st.sampled_from(["a@b.example", "c@d.example"])),
    max_size=5,
).map(tuple)
ZONES = st.sampled_from(["Europe/Vienna", "America/St_Johns", "Pacific/Apia", "Asia/Kolkata", "UTC"])


@st.composite
def whens(draw: st.DrawFn) -> When:
    zone = draw(ZONES)
    day = draw(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
    minutes = draw(st.none() | st.integers(0, 24 * 60 - 1))
    if minutes is None:
        return When(day=day, at=None, zone=zone)
    moment = datetime.combine(day, datetime.min.time(), UTC) + timedelta(minutes=minutes)
    local = moment.astimezone(ZoneInfo(zone))
    return When(day=local.date(), at=local, zone=zone)


DRAFTS = st.builds(
    ApplicationForm,
    company=NAMES,
    role=NAMES,
    interview=st.none() | whens(),
    people=PEOPLE,
    url=NAMES.map("https://{}".format) | st.just(""),
    notes=NAMES | st.just(""),
    tags=st.lists(NAMES, max_size=2, unique=True).map(tuple),
    pace=st.sampled_from(Pace),
)


# Adding


def test_a_new_application_stands_at_interviewed_from_now() -> None:
    details = added()
    assert (details.application.stage, details.application.stage_at) == (Stage.INTERVIEWED, NOW)
    assert details == ApplicationDetails(application=details.application)


def test_where_a_date_was_said_the_stage_counts_from_the_interview() -> None:
    details = added(interview=TUESDAY)
    (interview,) = details.interviews
    assert details.application.stage_at == interview.starts_at == TUESDAY.at
    assert (interview.zone, interview.time_known) == ("Europe/Vienna", True)


def test_an_interview_of_which_only_the_day_is_known_stands_at_noon_there() -> None:
    (interview,) = added(interview=FRIDAY).interviews
    assert interview.starts_at == datetime(2026, 11, 27, 12, tzinfo=VIENNA)
    assert not interview.time_known


def test_people_are_in_the_interview_that_is_added_with_them() -> None:
    assert in_the_room(added(interview=TUESDAY, people=(DANA, ARI))) == ["Dana Ruiz", "Ari"]


@given(PEOPLE)
def test_people_stand_in_the_order_in_which_they_were_typed(people: tuple[Person, ...]) -> None:
    assert form_for(added(people=people)).people == people


@given(DRAFTS)
def test_what_was_typed_is_what_the_form_shows_again(draft: ApplicationForm) -> None:
    assert form_for(carried_out(add(draft, number=1, now=NOW))) == draft


# Editing


@given(DRAFTS)
def test_saving_unchanged_is_refused(draft: ApplicationForm) -> None:
    details = added(draft)
    with pytest.raises(Refused, match="is like that already; nothing was changed"):
        changed(details)


@given(DRAFTS, DRAFTS)
def test_after_an_edit_the_form_shows_what_was_typed(first: ApplicationForm, second: ApplicationForm) -> None:
    details = added(first)
    if form_for(details) != second:
        told = form_for(edited_or_same(details, second))
        assert sorted(map(str, told.people)) == sorted(map(str, second.people))
        assert replace(told, people=()) == replace(second, people=())


def edited_or_same(details: ApplicationDetails, draft: ApplicationForm) -> ApplicationDetails:
    try:
        return carried_out(edit(details, draft, LATER), details)
    except Refused:
        return details


@given(DRAFTS, DRAFTS)
def test_an_edit_taken_back_leaves_what_was_there(first: ApplicationForm, second: ApplicationForm) -> None:
    details = added(first)
    after = edited_or_same(details, second)
    if after is not details:
        change = edit(details, second, LATER)
        assert carried_out(change.reversed(), carried_out(change, details)) == details


def test_a_new_note_writes_the_application_alone() -> None:
    details = added(interview=TUESDAY, people=(DANA,))
    change = changed(details, notes="pays well")
    assert kinds(change) == [("Application", True, True)]
    assert change.edits[0].after == replace(details.application, notes="pays well")
    assert change.label == "Acme edited"


def test_a_new_mail_address_keeps_the_person_and_what_was_sent_to_them() -> None:
    details = added(interview=TUESDAY, people=(DANA, ARI))
    assert TUESDAY.at is not None
    details = carried_out(stages.advance(details, TUESDAY.at + timedelta(hours=2), BOOK), details)
    assert details.touches
    after = edited(details, people=(replace(DANA, email="ruiz@acme.example"), ARI))
    assert [person.id for person in after.contacts] == [person.id for person in details.contacts]
    assert after.contacts[0].email == "ruiz@acme.example"
    assert after.touches == details.touches


def test_who_was_known_by_the_address_alone_gets_a_name() -> None:
    details = added(interview=TUESDAY, people=(BO,))
    after = edited(details, people=(Person("Bo Lind", BO.email),))
    (person,) = after.contacts
    assert (person.id, person.name) == (details.contacts[0].id, "Bo Lind")


def test_two_of_one_name_are_two_people() -> None:
    namesakes = (Person("Dana", "a@b.example"), Person("Dana", "c@d.example"))
    details = added(people=namesakes)
    after = edited(details, people=namesakes[1:])
    assert [person.id for person in after.contacts] == [details.contacts[1].id]


def test_who_comes_stands_last_and_was_in_the_latest_round() -> None:
    details = added(interview=TUESDAY, people=(DANA,))
    after = edited(details, people=(DANA, ARI, BO))
    assert [person.name or person.email for person in after.contacts] == ["Dana Ruiz", "Ari", "bo@acme.example"]
    assert in_the_room(after) == ["Dana Ruiz", "Ari", "bo@acme.example"]


def test_who_comes_stands_last_also_where_the_clock_stands_still() -> None:
    details = added(people=(DANA, ARI))
    change = edit(details, replace(form_for(details), people=(DANA, ARI, BO)), NOW)
    assert [str(person) for person in form_for(carried_out(change, details)).people] == list(
        map(str, (DANA, ARI, BO))
    )


def test_who_is_taken_off_leaves_the_history_without_their_name() -> None:
    details = added(interview=YESTERDAY, people=(DANA, ARI))
    details = carried_out(stages.advance(details, NOW, BOOK), details)
    after = edited(details, interview=YESTERDAY, people=(ARI,))
    assert in_the_room(after) == ["Ari"]
    assert len(after.touches) == len(details.touches) == 2
    assert {touch.contact_id for touch in after.touches} == {None, after.contacts[0].id}


def test_another_date_moves_the_round_and_the_stage_that_counts_from_it() -> None:
    details = added(interview=TUESDAY)
    after = edited(details, interview=FRIDAY)
    (interview,) = after.interviews
    assert interview.id == details.interviews[0].id
    assert when_of(interview) == FRIDAY
    assert after.application.stage_at == interview.starts_at


def test_another_date_does_not_touch_the_time_of_a_later_stage() -> None:
    details = added(interview=TUESDAY)
    waiting = carried_out(stages.move_to(details, NOW, BOOK, Stage.AWAITING), details)
    assert edited(waiting, interview=FRIDAY).application == waiting.application


def test_no_date_any_more_cancels_the_round_and_the_stage_counts_from_now() -> None:
    after = edited(added(interview=TUESDAY, people=(DANA,)), interview=None)
    assert [interview.cancelled_at for interview in after.interviews] == [LATER]
    assert form_for(after).interview is None
    assert after.application.stage_at == LATER


def test_a_first_date_makes_a_round_with_everybody_in_it() -> None:
    after = edited(added(people=(DANA, ARI)), interview=TUESDAY)
    assert in_the_room(after) == ["Dana Ruiz", "Ari"]
    assert after.application.stage_at == TUESDAY.at


def test_whoever_comes_as_the_date_goes_was_in_no_round() -> None:
    after = edited(added(interview=TUESDAY), interview=None, people=(DANA,))
    assert after.interviewers == ()


def test_every_edit_writes_the_application_so_that_old_eyes_are_seen() -> None:
    details = added(interview=TUESDAY, people=(DANA,))
    for more in ({"people": ()}, {"interview": FRIDAY}, {"people": (replace(DANA, email=""),)}):
        assert ("Application", True, True) in kinds(changed(details, **more))


# Drafts


@pytest.mark.parametrize("field", ["company", "role"])
def test_an_application_needs_a_company_and_a_role(field: str) -> None:
    with pytest.raises(BadInput, match=rf"^An application needs a {field}; nothing was saved") as refusal:
        clean_form(replace(PLAIN, **{field: " \x1b\t"}))  # type: ignore[arg-type]
    assert refusal.value.field == field


def test_a_draft_is_cleaned_in_every_field_and_what_was_dropped_is_counted() -> None:
    hostile = "a\x1b]52;c;\x07b\u202e"
    draft = ApplicationForm(
        company=hostile,
        role=hostile,
        people=(Person(hostile, hostile), Person("\x07")),
        url=hostile,
        location=hostile,
        source=hostile,
        tags=(hostile, hostile, "\x07"),
        notes=f"{hostile}\n{hostile}",
        region=hostile,
    )
    clean, dropped = clean_form(draft)
    plain = "a]52;c;b"
    assert clean == ApplicationForm(
        company=plain,
        role=plain,
        people=(Person(plain, plain),),
        url=plain,
        location=plain,
        source=plain,
        tags=(plain,),
        notes=f"{plain}\n{plain}",
        region=plain,
    )
    assert dropped == 3 * 12 + 2


@given(DRAFTS)
def test_cleaning_twice_is_cleaning_once(draft: ApplicationForm) -> None:
    clean, _ = clean_form(draft)
    assert clean_form(clean) == (clean, 0)


@pytest.mark.parametrize(
    ("person", "about"),
    [
        (Person(email="tony@stark.example"), ()),
        (Person(email="tony@stark.example", phone="+1 212 555 0100"), ("+1 212 555 0100",)),
        (Person("Tony", "tony@stark.example"), ("tony@stark.example",)),
        (Person(link="linkedin.com/in/tony"), ()),
    ],
)
def test_what_a_person_is_called_by_is_not_said_of_them_again(person: Person, about: tuple[str, ...]) -> None:
    assert added(people=(person,)).contacts[0].about == about
