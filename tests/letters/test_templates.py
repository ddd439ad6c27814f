"""Every shipped letter is whole, short and warm, whatever the application looks like."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.format import English, Voice
from followup_tui.domain.letters.template_values import template_values
from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.contact import Contact, ContactRole
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.interview import InterviewKind
from followup_tui.domain.model.touch import Channel, LetterKind, Sender
from followup_tui.domain.rules.rule_context import context_of
from followup_tui.letters.renderer import RenderedLetter, render, require_valid
from letters.letter_factories import (
    ASKED,
    LIBRARY,
    ME,
    MOST,
    NAMES,
    PANEL,
    SEEDS,
    SENT,
    book_of,
    facts,
    first_contact,
    letter,
    met,
    with_notes,
    with_titles,
)
from playbook.history import history
from playbook.moments import Moment
from playbook.strategies import Life, lives

HOSTILE = (
    "{{ 7*7 }}",
    "{% for x in range(9) %}x{% endfor %}",
    "{# gone #}",
    "[red]x[/",
    "[@click=app.quit]x[/]",
    "\x1b]52;c;ZWNobw==\x07",
    "a\u202eb\u2066c",
    "nul\0nul\r\n\r\n\r\nbreak",
    "line\u2028break\u2029here",
    "<b>&amp; Sons</b>",
    "Müller & Söhne",
    "日本語テキスト",
    "Zoë  Łukasz\tO'Brien",
    "%s {0} $(reboot)",
    "x" * 5_000,
)
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff]")
NOT_SAID = re.compile(r"(?i)just checking|touch(?:ing)? base|circl\w+ back|sorry to bother|desperate|asap|beg\b|!")
BRITISH_OR_AMERICAN = re.compile(
    r"(?i)\b\w*(?:our(?:ed|able|ite)|ising|ized?|izing|isation|ization)\b|\b(?:color|favor|honor|honour|colour"
    r"|favour|center|centre|program|programme|fulfil|fulfill|learnt|learned|toward|towards|whilst|gotten)\b"
)
SAME_EVERYWHERE = {"sized", "prize", "rising"}


def assert_whole(made: RenderedLetter) -> None:
    """No hole, no doubled space, no needless empty line, nothing that could drive a terminal."""
    for text in (made.subject, made.body):
        assert "  " not in text
        assert not CONTROLS.search(text)
    assert made.body == made.body.strip()
    assert "\n\n\n" not in made.body
    assert all(line == line.strip() for line in made.body.split("\n"))
    assert "\n" not in made.subject


def assert_no_leftovers(made: RenderedLetter) -> None:
    """Nothing of the template shows."""
    for text in (made.subject, made.body):
        assert not re.search(r"[{}\[\]<>]|None|True|False| [,.;:?]|,,|\.\.", text), text
    assert made.missing == ()


def assert_well_said(name: str, made: RenderedLetter, sender: Sender = ME) -> None:
    template = LIBRARY.get(name)
    assert len(made.body.split()) <= template.words
    assert not NOT_SAID.search(made.body)
    lines = made.body.split("\n")
    if not template.kind.is_spoken:
        assert re.match(r"Hello,$|Dear .+,$" if name == "referrer" else r"Dear .+,$", lines[0])
        assert lines[1] == ""
        tells_number = sender.phone and template.channel is not Channel.LINKEDIN
        close = "Best regards," if sender.english in (English.AMERICAN, English.CANADIAN) else "Kind regards,"
        ends = [close, sender.name, *([sender.phone] if tells_number else [])]
        assert lines[-len(ends) :] == ends
        assert lines[-len(ends) - 1] == ""
    assert bool(made.subject) == (template.channel is Channel.EMAIL)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_whole(name: str) -> None:
    require_valid(LIBRARY.get(name))


@given(life=lives(), english=st.sampled_from(tuple(English)), phone=st.booleans())
def test_every_letter_suits_every_life_of_an_application(life: Life, english: English, phone: bool) -> None:
    moment = life.seen()
    sender = replace(ME, english=english, phone=ME.phone if phone else "")
    known = facts(moment, sender=sender, asked=ASKED)
    for name, seed in product(NAMES, SEEDS):
        made = render(LIBRARY.get(name), known, seed=seed)
        if name == "voicemail" and not phone:
            assert made.missing == ("my_phone",)
            continue
        assert_whole(made)
        assert_no_leftovers(made)
        assert_well_said(name, made, sender)


@st.composite
def hostile_dossiers(draw: st.DrawFn) -> tuple[Moment, ApplicationDetails, Sender, Contact | None]:
    """A life in which every text is hostile."""
    moment = draw(lives(most=3)).seen()
    text = st.sampled_from(HOSTILE)
    details = moment.details
    contacts = tuple(
        replace(one, name=draw(text), title=draw(text), phone=draw(text), address=draw(text), notes=draw(text))
        for one in details.contacts
    )
    changed = replace(
        details,
        application=replace(details.application, company=draw(text), role=draw(text)),
        contacts=contacts,
        interviews=tuple(replace(one, notes=draw(text), place=draw(text)) for one in details.interviews),
        next_steps=tuple(replace(one, note=draw(text)) for one in details.next_steps),
    )
    sender = Sender(name=draw(text), phone=draw(text), address=draw(text), email=draw(text))
    return moment, changed, sender, first_contact(changed)


@given(hostile_dossiers(), st.dictionaries(st.sampled_from(("topic", "news", "thing", "reason", "start_on")),
                                           st.sampled_from(HOSTILE)))  # fmt: skip
def test_whatever_stands_in_the_data_is_text(
    made: tuple[Moment, ApplicationDetails, Sender, Contact | None], asked: dict[str, str]
) -> None:
    moment, details, sender, to = made
    known = template_values(
        context_of(details, book_of(moment), moment.now).history,
        sender,
        contact=to,
        book=book_of(moment),
        asked=asked,
    )
    for name in NAMES:
        rendered = render(LIBRARY.get(name), known)
        assert_whole(rendered)
        assert not re.search(r"(?<!:)49", rendered.body.replace("+", ""))  # 9:49 pm is an hour


def test_a_company_called_like_a_template_is_written_as_it_is() -> None:
    moment = met("Dana Ruiz").at("Thu 19 Nov 2026")
    odd = replace(moment.details.application, company="{{ my_phone }} & Söhne", role="{% raw %}")
    made = letter("thank-you", replace(moment, details=replace(moment.details, application=odd)))
    assert "about the {% raw %} position at {{ my_phone }} & Söhne." in made.body


@pytest.mark.parametrize("name", SENT)
def test_where_nobody_is_known_it_goes_to_the_team(name: str) -> None:
    made = letter(name, history().interview("Wed 18 Nov 2026 14:00").at("Thu 19 Nov 2026"))
    greeted = "Hello" if name == "referrer" else "Dear hiring team at Acme Robotics"  # who knows me is no team
    assert made.body.startswith(f"{greeted},\n\n")
    assert_no_leftovers(made)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", [None, *InterviewKind])
def test_a_letter_without_an_interview_or_with_any_kind_has_no_hole(name: str, kind: InterviewKind | None) -> None:
    moment = met("Zoë Łukaszewicz").at("Thu 19 Nov 2026")
    details = moment.details
    interviews = tuple(replace(one, kind=kind) for one in details.interviews) if kind else ()
    made = letter(name, replace(moment, details=replace(details, interviews=interviews)))
    assert_whole(made)
    assert_no_leftovers(made)
    assert_well_said(name, made)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("asks", [False, True])
@pytest.mark.parametrize("template", ["thank-you-panel", "thank-you-late"])
def test_the_members_of_a_panel_get_letters_that_differ(template: str, asks: bool, seed: int) -> None:
    story = met(*PANEL[:4], answer=Answer.NOT_ASKED if asks else Answer.THEY_CALL)
    moment = with_titles(story.at("Thu 19 Nov 2026"), "CTO", "Recruiter", "", "Head of Data")
    asked = {**ASKED, "topic": "the move to Kafka"}
    people = moment.details.contacts
    bodies = [letter(template, moment, to=person, asked=asked, seed=seed).body.split("\n") for person in people]
    for one, other in combinations(bodies, 2):
        assert SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False).ratio() < 0.65
        assert set(one) & set(other) == {"", "Best regards,", ME.name, ME.phone}  # greetings name the person


def test_a_panel_of_five_gets_five_subjects() -> None:
    moment = met(*PANEL).at("Thu 19 Nov 2026")
    assert len({letter("thank-you-panel", moment, to=person).subject for person in moment.details.contacts}) == 5


ASKING = re.compile(r"(?i)next step|what comes next|what happens (?:next|from here)")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("template", ["thank-you-panel", "thank-you-round", "thank-you-late"])
def test_one_of_a_panel_is_asked_for_the_next_step_where_nobody_was(template: str, seed: int) -> None:
    unclear, told = (
        met(*PANEL, answer=answer).at("Thu 19 Nov 2026") for answer in (Answer.UNCLEAR, Answer.THEY_CALL)
    )
    for moment, asked in ((unclear, 1), (told, 0)):
        bodies = [letter(template, moment, to=person, seed=seed).body for person in moment.details.contacts]
        texts = [body.replace("hearing about the next step", "") for body in bodies]
        assert sum(bool(ASKING.search(text)) for text in texts) == asked


def test_the_recruiter_of_a_panel_is_asked_else_the_hiring_manager() -> None:
    moment = met(*PANEL, answer=Answer.UNCLEAR).at("Thu 19 Nov 2026")
    for roles, asked in (({2: ContactRole.HIRING_MANAGER, 4: ContactRole.RECRUITER}, 4),
                         ({2: ContactRole.HIRING_MANAGER}, 2), ({}, 0)):  # fmt: skip
        people = tuple(
            replace(person, role=roles.get(place)) for place, person in enumerate(moment.details.contacts)
        )
        changed = replace(moment, details=replace(moment.details, contacts=people))
        assert [facts(changed, to=person)["asks_next_step"] for person in people] == [
            place == asked for place in range(5)
        ]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_letter_that_asks_always_asks(seed: int) -> None:
    assert ASKING.search(letter("thank-you-asking", met(*PANEL).at("Thu 19 Nov 2026"), seed=seed).body)


@pytest.mark.parametrize("name", NAMES)
def test_no_word_is_spelled_in_one_country_only(name: str) -> None:
    template = LIBRARY.get(name)
    found = {word.group() for word in BRITISH_OR_AMERICAN.finditer(re.sub(r"\{.*?\}+", " ", template.body))}
    assert found <= SAME_EVERYWHERE


@pytest.mark.parametrize("answer", [*Answer, None])
@pytest.mark.parametrize("people", [(), PANEL[:1]])
def test_a_voicemail_takes_twenty_to_thirty_seconds_and_says_the_number_twice(
    answer: Answer | None, people: tuple[str, ...]
) -> None:
    dated = answer in (Answer.DECIDE_BY, Answer.CALL_PROMISED)
    story = met(*people, answer=answer, by="Fri 20 Nov 2026" if dated else "")
    for day in ("Wed 18 Nov 2026", "Mon 7 Dec 2026"):
        made = letter("voicemail", story.at(day))
        assert 50 <= len(made.body.split()) <= 75, made.body
        assert made.body.count(ME.phone) == 2
        assert made.body.count(ME.name) == 2


def test_what_a_letter_cannot_do_without_is_told_all_at_once() -> None:
    moment = met("Dana Ruiz").at("Thu 19 Nov 2026")
    needs = {name: letter(name, moment, sender=Sender(), asked={}).missing for name in NAMES}
    assert needs.pop("voicemail") == ("my_name", "my_phone")
    assert needs.pop("sending") == ("thing", "my_name")
    assert needs.pop("negotiating") == ("wish", "my_name")
    assert set(needs.values()) == {("my_name",)}


def test_the_limits_are_those_of_the_advice() -> None:
    for template in LIBRARY.templates.values():
        if template.kind is LetterKind.THANK_YOU:
            assert template.words == {Channel.POST: 90, Channel.LINKEDIN: 50}.get(template.channel, 200)


@pytest.mark.parametrize("name", NAMES)
def test_only_what_has_an_attachment_speaks_of_one(name: str) -> None:
    made = letter(name, met("Dana Ruiz").at("Thu 19 Nov 2026"), asked=ASKED)
    assert ("attach" in made.body.lower()) is (name == "sending")


def test_a_thank_you_reads_as_a_letter() -> None:
    moment = with_notes(
        met("Dana Ruiz", answer=Answer.DECIDE_BY, by="Fri 27 Nov 2026").at("Thu 19 Nov 2026"), "Kafka"
    )
    assert letter(
        "thank-you", moment, asked={"offer": "ran such a move at Globex", "question": "is lunch free?"}
    ) == RenderedLetter(
        "Thank you for talking with me about the Backend dev position",
        "Dear Dana Ruiz,\n\n"
        "Thank you for taking the time to speak with me yesterday about the Backend dev position at Acme"
        " Robotics.\n\n"
        "I was glad that we talked about Kafka. I ran such a move at Globex.\n\n"
        "I understand that I may hear from you by Friday, November 27.\n\n"
        "I would like to ask whether lunch is free.\n\n"
        "If any question is still open on your side, I am happy to answer it.\n\n"
        "Best regards,\nAlex Kim\n+1 646 555 0134",
    )


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("thank-you")])
@pytest.mark.parametrize("seed", SEEDS)
def test_without_a_topic_a_thank_you_is_short_and_claims_nothing_about_the_conversation(
    name: str, seed: int
) -> None:
    body = letter(name, met("Dana Ruiz").at("Thu 19 Nov 2026"), asked={}, seed=seed).body
    assert len(body.split()) < 85
    assert not re.search(
        r"clear picture|how well|openly|answered|kept me thinking|described|showed me|learned", body
    )


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("thank-you")])
@pytest.mark.parametrize("seed", SEEDS)
def test_what_one_brings_never_stands_alone_and_nothing_hangs_behind_a_topic(name: str, seed: int) -> None:
    moment = met("Dana Ruiz").at("Thu 19 Nov 2026")
    asked = {"offer": "I have baked rye for six years"}
    alone = letter(name, moment, asked=asked, seed=seed).body
    assert "\n\nI have baked" not in alone
    asked |= {"topic": "how you keep the dough alive", "question": "when does the shift start?"}
    assert not re.search(r"(?:alive|starts),? (?:well|too)\b", letter(name, moment, asked=asked, seed=seed).body)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_friend_declines_without_i_ll_not(seed: int) -> None:
    friendly = replace(ME, voice=Voice.FRIENDLY)
    body = letter("declining", met("Dana Ruiz").at("Thu 19 Nov 2026"), sender=friendly, seed=seed).body
    assert "I won't be accepting it" in body or "I must decline" in body


def test_a_university_is_said_with_its_article() -> None:
    moment = met("Dana Ruiz").at("Thu 19 Nov 2026")
    for company, said in (
        ("University of Leeds", "the University of Leeds"),
        ("City of York", "the City of York"),
        ("Leeds Museum", "Leeds Museum"),
        ("Bank of America", "Bank of America"),
    ):
        application = replace(moment.details.application, company=company)
        changed = replace(moment, details=replace(moment.details, application=application))
        assert facts(changed)["company"] == said


def test_a_withdrawal_before_any_meeting_speaks_of_none() -> None:
    made = letter("withdrawing", met("Dana Ruiz").at("Mon 16 Nov 2026"))
    assert "Please cancel our interview on Wednesday, November 18." in made.body
    assert "conversation" not in made.body
    assert "time" not in made.body


def test_no_choice_has_more_wordings_than_there_are_seeds() -> None:
    assert max(MOST.values()) <= len(SEEDS)


@pytest.mark.parametrize("name", SENT)
def test_a_letter_has_two_openings_and_two_closings_at_least(name: str) -> None:
    moment = met("Dana Ruiz", answer=Answer.NEXT_ROUND).at("Thu 19 Nov 2026")
    bodies = [letter(name, moment, seed=seed).body.split("\n\n") for seed in SEEDS]
    assert len({body[1] for body in bodies}) > 1
    assert len({body[-2] for body in bodies}) > 1


@pytest.mark.parametrize("name", ["check-in", "moving-on", "sending"])
def test_what_is_written_before_the_interview_does_not_look_back_at_it(name: str) -> None:
    made = letter(name, met("Dana Ruiz").at("Mon 16 Nov 2026"))
    assert not re.search(r"spoke|speaking with me|your time on|interview", made.body)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["call", "voicemail"])
def test_a_call_before_the_interview_is_about_it(name: str, seed: int) -> None:
    body = letter(name, met("Dana Ruiz").at("Mon 16 Nov 2026"), seed=seed).body
    assert re.search(r"interview .*on Wednesday, November 18, at 2 pm", body)
    assert not re.search(r"spoke|I applied|where things stand|what happens next|next step is\?", body)


def test_a_call_asks_for_a_doctor_as_one_does() -> None:
    moment = met("Dr. Ursula von der Leyen").at("Thu 19 Nov 2026")
    assert "May I speak with Dr. von der Leyen, please?" in letter("call", moment).body
    friendly = replace(ME, voice=Voice.FRIENDLY)
    assert "May I speak with Ursula von der Leyen, please?" in letter("call", moment, sender=friendly).body


@pytest.mark.parametrize("name", ["check-in", "reconnecting", "thank-you-late", "sending"])
def test_an_american_date_with_its_year_is_closed_by_a_comma(name: str) -> None:
    for seed in SEEDS:
        made = letter(name, met("Dana Ruiz").at("Thu 16 Sep 2027"), seed=seed)
        assert "November 18, 2026" in made.body + made.subject
        assert not re.search(r"2026 [a-z]", made.body)


def test_a_call_asks_about_the_day_they_named() -> None:
    story = met("Dana Ruiz", answer=Answer.DECIDE_BY, by="Fri 27 Nov 2026").thanked("Thu 19 Nov 2026")
    before, after = (letter("call", story.at(day)).body for day in ("Wed 25 Nov 2026", "Tue 1 Dec 2026"))
    assert "“You had mentioned Friday, November 27. Does that date still hold?”" in before
    assert "“You had mentioned Friday, November 27. Is there a new date that I should keep in mind?”" in after
    assert "When might I expect" not in before + after
    assert "thank you for the interview" not in before


def test_a_call_thanks_for_the_interview_where_nobody_did_yet() -> None:
    assert (
        "“First of all, thank you for the interview yesterday.”"
        in letter("call", met("Dana Ruiz").at("Thu 19 Nov 2026")).body
    )


DATED = re.compile(r"day, [A-Z][a-z]+ \d+\b(?![,.”?])")


@given(life=lives())
def test_a_date_with_its_weekday_is_closed_by_a_comma_or_ends_its_sentence(life: Life) -> None:
    moment = life.seen()
    for name in NAMES:
        body = letter(name, moment).body
        assert not DATED.search(body), body
