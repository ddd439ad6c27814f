"""Factories of domain values: plain ones, and Hypothesis strategies for any."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import strategies as st

from followup_tui.domain.format import Voice
from followup_tui.domain.model.application import Answer, Application, NextStep, Outcome, Pace, Stage, WorkMode
from followup_tui.domain.model.change import Change, Edit
from followup_tui.domain.model.contact import Contact, ContactRole
from followup_tui.domain.model.details import Entity, Offer, OfferAnswer
from followup_tui.domain.model.interview import Interview, Interviewer, InterviewKind
from followup_tui.domain.model.touch import CallOutcome, Channel, Direction, Letter, LetterKind, Touch, TouchKind
from followup_tui.store.row_codec import columns, encode_row

NOW = datetime(2026, 11, 22, 14, tzinfo=UTC)


def application(number: int = 1, company: str = "Acme Robotics", **more: object) -> Application:
    plain = Application(number=number, company=company, role="Backend dev", stage_at=NOW, created_at=NOW)
    return replace(plain, **more)  # type: ignore[arg-type]


def encode(entity: Entity) -> dict[str, object]:
    """Return an entity's stored values by column."""
    return dict(zip(columns(type(entity)), encode_row(entity), strict=True))


def change(*edits: Edit, label: str = "Acme Robotics → Thanked") -> Change:
    return Change(verb="advance", label=label, at=NOW, edits=edits)


def addition(*rows: Entity) -> Change:
    return change(*(Edit(None, row) for row in rows), label="added")


def one_of_each_kind(
    number: int = 1,
) -> tuple[Application, Contact, Interview, Interviewer, Touch, NextStep, Offer]:
    """Return an application with one row of every other kind."""
    one = application(number)
    contact = Contact(application_id=one.id, name="Dana Ruiz", created_at=NOW)
    interview = Interview(application_id=one.id, starts_at=NOW, zone="Europe/Berlin", created_at=NOW)
    return (
        one,
        contact,
        interview,
        Interviewer(application_id=one.id, interview_id=interview.id, contact_id=contact.id),
        Touch(
            application_id=one.id,
            kind=TouchKind.THANK_YOU,
            direction=Direction.OUT,
            at=NOW,
            contact_id=contact.id,
            interview_id=interview.id,
            created_at=NOW,
        ),
        NextStep(
            application_id=one.id,
            answer=Answer.DECIDE_BY,
            by_on=date(2026, 12, 1),
            interview_id=interview.id,
            said_at=NOW,
            created_at=NOW,
        ),
        Offer(application_id=one.id, made_at=NOW, answer_by=date(2026, 12, 4), pay="62k", created_at=NOW),
    )


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(3, 1, 1), datetime(9899, 12, 31), timezones=ZONES)  # noqa: DTZ001
DAYS = st.dates(date(3, 1, 1), date(9899, 12, 31))


def _maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


APPLICATIONS = st.builds(
    Application,
    id=st.uuids(version=4).map(lambda id: id.hex),
    number=st.integers(1, 2**63 - 1),
    company=TEXTS,
    role=TEXTS,
    stage=st.sampled_from(Stage),
    stage_at=MOMENTS,
    outcome=_maybe(st.sampled_from(Outcome)),
    closed_from=_maybe(st.sampled_from(Stage)),
    url=TEXTS,
    location=TEXTS,
    source=TEXTS,
    notes=TEXTS,
    tags=st.lists(TEXTS, max_size=3).map(tuple),
    applied_on=_maybe(DAYS),
    region=TEXTS,
    pace=st.sampled_from(Pace),
    snoozed_until=_maybe(DAYS),
    pinned_on=_maybe(DAYS),
    pinned_why=TEXTS,
    pay=TEXTS,
    referrer=TEXTS,
    work_mode=_maybe(st.sampled_from(WorkMode)),
    created_at=MOMENTS,
)


@st.composite
def any_of_each_kind(draw: st.DrawFn) -> tuple[Entity, ...]:
    """Draw an application with any values, and one row of every other kind with any values."""
    one = draw(APPLICATIONS)
    of_it = st.just(one.id)
    contact = draw(
        st.builds(
            Contact,
            application_id=of_it,
            name=TEXTS,
            email=TEXTS,
            phone=TEXTS,
            title=TEXTS,
            address=TEXTS,
            notes=TEXTS,
            role=_maybe(st.sampled_from(ContactRole)),
            reach_by=_maybe(st.sampled_from(Channel)),
            voice=_maybe(st.sampled_from(Voice)),
            created_at=MOMENTS,
        )
    )
    interview = draw(
        st.builds(
            Interview,
            application_id=of_it,
            starts_at=MOMENTS,
            ends_at=_maybe(MOMENTS),
            zone=TEXTS,
            time_known=st.booleans(),
            kind=_maybe(st.sampled_from(InterviewKind)),
            place=TEXTS,
            notes=TEXTS,
            cancelled_at=_maybe(MOMENTS),
            created_at=MOMENTS,
        )
    )
    touch = st.builds(
        Touch,
        application_id=of_it,
        kind=st.sampled_from(TouchKind),
        direction=st.sampled_from(Direction),
        channel=_maybe(st.sampled_from(Channel)),
        at=MOMENTS,
        contact_id=_maybe(st.just(contact.id)),
        interview_id=_maybe(st.just(interview.id)),
        outcome=_maybe(st.sampled_from(CallOutcome)),
        note=TEXTS,
        override=TEXTS,
        created_at=MOMENTS,
    )
    next_step = st.builds(
        NextStep,
        application_id=of_it,
        answer=st.sampled_from(Answer),
        by_on=_maybe(DAYS),
        by_at=_maybe(MOMENTS),
        note=TEXTS,
        interview_id=_maybe(st.just(interview.id)),
        said_at=MOMENTS,
        created_at=MOMENTS,
    )
    offer = st.builds(
        Offer,
        application_id=of_it,
        made_at=MOMENTS,
        answer_by=_maybe(DAYS),
        pay=TEXTS,
        start=TEXTS,
        notes=TEXTS,
        asked_time_at=_maybe(MOMENTS),
        answer=_maybe(st.sampled_from(OfferAnswer)),
        answered_at=_maybe(MOMENTS),
        created_at=MOMENTS,
    )
    met = Interviewer(application_id=one.id, interview_id=interview.id, contact_id=contact.id)
    letter = st.builds(
        Letter,
        application_id=of_it,
        kind=st.sampled_from(LetterKind),
        template=TEXTS,
        contact_id=_maybe(st.just(contact.id)),
        interview_id=_maybe(st.just(interview.id)),
        channel=st.sampled_from(Channel),
        subject=TEXTS,
        body=TEXTS,
        attachments=st.lists(TEXTS, max_size=3).map(tuple),
        created_at=MOMENTS,
        changed_at=MOMENTS,
        sent_at=_maybe(MOMENTS),
        unanswered_at=_maybe(MOMENTS),
    )
    return one, contact, interview, met, draw(touch), draw(next_step), draw(offer), draw(letter)
