"""Each check of the proofreader: what it finds, and what comes close and is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.format import English
from followup_tui.domain.letters.finding import LENGTH_MOST, Finding, ProofContext, ignored_key
from followup_tui.domain.model.touch import LetterKind
from followup_tui.letters.proofreader.letter_text import ParsedLetter
from followup_tui.letters.proofreader.pattern_rules import load_rules, text_pieces
from followup_tui.letters.proofreader.proofreader import Proofreader, merge_findings
from letters import score

CONTEXT = ProofContext(
    sender="Sam Weber",
    company="Acme Robotics GmbH",
    role="Backend developer",
    recipient="Dana Ruiz",
    people=("Dana Ruiz", "Věra Nováková"),
    other_companies=("Square", "Northwind Traders Ltd", "Acme"),
    other_people=("Will Turner", "Priya Natarajan", "Grace Okafor"),
    other_roles=("Data engineer",),
    kind=LetterKind.THANK_YOU,
    attachments=0,
)
LETTER = "Dear Dana,\n\nThank you for your time on Tuesday. {}\n\nBest regards,\nSam Weber\n"


def _rules(reader: Proofreader, sentence: str, context: ProofContext = CONTEXT) -> set[tuple[str, str]]:
    """Rule and text of what is found in a letter with this sentence in it."""
    proof = reader.proof(LETTER.format(sentence), context)
    assert not proof.missing
    return {(one.rule, one.text) for one in proof.findings}


@pytest.mark.parametrize(
    ("sentence", "rule", "text"),
    [
        ("I like [Company].", "placeholder", "[Company]"),
        ("I like {{ company }}.", "placeholder", "{{ company }}"),
        ("I like {% if x %}.", "placeholder", "{% if x %}"),
        ("I like <company>.", "placeholder", "<company>"),
        ("Call me at XXX.", "placeholder", "XXX"),
        ("TODO write more.", "placeholder", "TODO"),
        ("My number is ____.", "placeholder", "____"),
        ("Lorem ipsum it is.", "placeholder", "Lorem ipsum"),
        ("I could come on wed.", "weekday", "wed"),
        ("I am free on Monday or thu.", "weekday", "thu"),
        ("Could we say sat or Sunday?", "weekday", "sat"),
        ("I would love to join Square.", "other_company", "Square"),
        ("I would love to join Northwind Traders.", "other_company", "Northwind Traders"),
        ("I would love to join Northwind.", "other_company", "Northwind"),
        ("It was good to meet Priya.", "other_person", "Priya"),
        ("It was good to meet Will.", "other_person", "Will"),
        ("Please greet Grace Okafor.", "other_person", "Grace Okafor"),
        ("I applied for the Data engineer position.", "wrong_role", "Data engineer"),
        ("I applied for the position of data engineer.", "wrong_role", "data engineer"),
        ("I spoke with Vera Nováková.", "name_misspelt", "Vera"),
        ("I spoke with Věra Novákova.", "name_misspelt", "Novákova"),
        ("I admire Acme Robotcs.", "company_misspelt", "Acme Robotcs"),
        ("I liked  it.", "doubled_space", "  "),
        ("I liked it the the most.", "repeated_word", "the the"),
        ("I liked it , too.", "space_before_mark", " ,"),
        ("I came,saw and asked.", "no_space", ","),
        ("I came.Then I asked.", "no_space", "."),
        ("I came,, and asked.", "doubled_mark", ",,"),
        ("I liked it VERY much.", "shouting", "VERY"),
        ("I liked it ABSOLUTELY.", "shouting", "ABSOLUTELY"),
        ("I liked it!!", "exclamation", "!!"),
        ("I liked it 😀.", "emoji", "😀"),
        ("I liked it :-)", "emoji", ":-)"),
        ("I'm gonna call.", "slang", "gonna"),
        ("Thx for the tour.", "slang", "Thx"),
        ("I need an answer ASAP.", "pushy", "ASAP"),
        ("I am just checking in.", "pushy", "just checking in"),
        ("I really need this job.", "begging", "I really need this job"),
        ("My CV is attached.", "attachment", "attached"),
        ("I look forward to hear from you.", "verb_form", "hear"),
        ("There was many questions.", "agreement", "was"),
        ("I got the informations.", "uncountable", "informations"),
        ("I recieved it.", "harper:SpellCheck", "recieved"),
    ],
)
def test_a_mistake_is_found(reader: Proofreader, sentence: str, rule: str, text: str) -> None:
    assert (rule, text) in _rules(reader, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "I was born in 1990 (I think).",
        "The room was square, and will do.",
        "Square rooms are rare. Will you move? Grace periods end.",
        "We use the method of Grace Hopper.",
        "I enjoyed my time at Acme Robotics.",
        "At Acme I would stay.",
        "I have worked as a data engineer before.",
        "I spoke with Věra Nováková, and Věra's slides were clear.",
        "Data is my trade, and Dana's talk was about it.",
        "I had had doubts, and I know that that is over.",
        "We use SQL, an API, CI/CD and an SRE rota; our CEO has a PhD.",
        "It costs 1,000 euros, e.g., in Node.js shops.",
        "I work at https://example.org/a,,b??c and write to sam@weber.example now.",
        "I have grown attached to it.",
        "The offer ends at 5:30 p.m., I think.",
        "みどり電機 and Żuk are names, and so is Solveig.",
        "I use Square every day, and Square Analytics is my home.",
        "Thank you for the time you took on Saturday 1 May to talk with me.",
        "We met on the 2nd May to discuss it, and in May to plan the rest.",
        "I sat with Thu all day and sat still; they wed in June, and thus the sun came out.",
    ],
)
def test_what_comes_close_is_left_alone(reader: Proofreader, sentence: str) -> None:
    assert _rules(reader, sentence) == set()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Thank you for your time.\n\nBest regards,\nSam Weber", "missing_greeting"),
        ("Dear Dana,\n\nThank you for your time.", "missing_sign_off"),
        ("Dear Dana,\n\nThank you for your time.\n\nBest regards,", "missing_name"),
        ("Dear Dana,\n\nThank you for your time\n\nBest regards,\nSam", "end_mark"),
        ("Dear Dana\n\nThank you for your time.\n\nBest regards,\nSam", "greeting_comma"),
        ("Dear Tom,\n\nThank you for your time.\n\nBest regards,\nSam", "greeting_name"),
        ("Dear Danna,\n\nThank you for your time.\n\nBest regards,\nSam", "name_misspelt"),
        ("Dear Dana,\n\nIt was good to meet you.\n\nBest regards,\nSam", "no_thanks"),
        ("Dear Dana,\n\nThank you" + " very much" * 110 + ".\n\nBest regards,\nSam", "too_long"),
    ],
)
def test_a_letter_that_lacks_something_is_told_so(reader: Proofreader, text: str, rule: str) -> None:
    assert rule in {one.rule for one in reader.proof(text, CONTEXT).findings}


@pytest.mark.parametrize(
    "text",
    [
        "Dear Ms. Ruiz:\n\nThank you.\n\nBest regards,\nSam Weber",
        "Dear Hiring Team,\n\nThank you for your time.\n\nPeace,\nSam",
        "Dana,\n\nThanks for the call.\n\nBest, Sam",
        "12 Elm Street\nSpringfield\n\nDear Dana,\n\nThank you for your time.\n\nSincerely,\n\n\nSam Weber",
        "Dear Dana\n\nThank you for your time:\n\n- the tour\n- the talk\n\nKind regards\nSam Weber",
        "Dear Dana and Věra,\n\nThank you.\n\nLooking forward to hearing from you,\nSam",
    ],
)
def test_a_letter_of_any_usual_shape_lacks_nothing(reader: Proofreader, text: str) -> None:
    assert reader.proof(text, CONTEXT).findings == ()


def test_a_script_needs_neither_greeting_nor_sign_off(reader: Proofreader) -> None:
    context = replace(CONTEXT, kind=LetterKind.VOICEMAIL)
    assert reader.proof("This is Sam Weber. My CV is attached to the mail I sent.", context).findings == ()


def test_a_text_that_is_no_letter_needs_no_frame(reader: Proofreader) -> None:
    assert reader.proof("The quick brown fox jumps over the lazy dog.", ProofContext()).findings == ()


def test_a_name_is_found_among_ten_thousand_and_a_first_name_that_many_have_means_nobody(
    reader: Proofreader,
) -> None:
    many = range(10_000)
    context = replace(
        CONTEXT,
        other_companies=(*(f"Nordwind{one} Energy AG" for one in many), "Square"),
        other_people=(*(f"Solveig Holm{one}" for one in many), "Priya Natarajan"),
        other_roles=(*(f"Driver of route {one}" for one in many), "Data engineer"),
    )
    wrong = "At Nordwind77 Energy I met Priya and Solveig Holm99 about the data engineer position; so did Solveig."
    assert {text for _, text in _rules(reader, wrong, context)} == {
        "Nordwind77 Energy",
        "Priya",
        "Solveig Holm",
        "data engineer",
    }


def test_an_attachment_that_is_there_may_be_named(reader: Proofreader) -> None:
    assert _rules(reader, "My CV is attached.", replace(CONTEXT, attachments=1)) == set()


def test_the_last_letter_may_say_that_nobody_answered(reader: Proofreader) -> None:
    sentence = "I haven't heard back from you, which is fine."
    assert "pushy" in {rule for rule, _ in _rules(reader, sentence, replace(CONTEXT, kind=LetterKind.CHECK_IN))}
    assert _rules(reader, sentence, replace(CONTEXT, kind=LetterKind.MOVING_ON)) == set()


def test_the_spelling_is_that_of_the_english_one_writes(reader: Proofreader) -> None:
    american, british = CONTEXT, replace(CONTEXT, english=English.BRITISH)
    assert ("harper:SpellCheck", "colour") in _rules(reader, "I like the colour.", american)
    assert _rules(reader, "I like the colour.", british) == set()
    assert ("harper:SpellCheck", "color") in _rules(reader, "I like the color.", british)


@pytest.mark.parametrize("mark", ["P.S.", "PS:", "P.S. -", "PPS", "p.s."])
def test_a_postscript_is_read_as_the_letter_is_and_the_lines_of_the_name_are_not(
    reader: Proofreader, mark: str
) -> None:
    name = "Sam Weber\nPS Systems, senior engineer discuss about\n+49 30 123456"
    letter = f"Dear Dana,\n\nThank you for your time on Tuesday.\n\nBest regards,\n{name}\n"
    wrong = "We discussed about pay. Could you explain me the steps? I look forward to meet you."
    found = [one.text.strip() for one in reader.proof(f"{letter}\n{mark} {wrong}\n", CONTEXT).findings]
    assert {"about", "me", "meet"} <= set(found)
    assert not {"about", "me", "meet"} & {one.text.strip() for one in reader.proof(letter, CONTEXT).findings}


@pytest.mark.parametrize(
    ("word", "english", "is_other"),
    [
        *((word, English.AMERICAN, True) for word in ("colour", "travelled", "labelling")),
        *((word, English.AMERICAN, False) for word in ("realy", "finaly", "sence", "alow", "colege", "untill")),
        *((word, English.BRITISH, True) for word in ("color", "center")),
        *((word, English.BRITISH, False) for word in ("realy", "untill", "allways", "sence")),
    ],
)
def test_a_misspelt_word_is_not_said_to_be_of_the_other_english(
    reader: Proofreader, word: str, english: English, is_other: bool
) -> None:
    findings = reader.proof(
        LETTER.format(f"I thought of the {word} of it."), replace(CONTEXT, english=english)
    ).findings
    messages = [one.message for one in findings if one.text == word and one.rule == "harper:SpellCheck"]
    assert messages
    assert all(("spelling, and your letters are in" in message) is is_other for message in messages)


def test_what_was_taught_is_not_told_again_and_hides_nothing(reader: Proofreader) -> None:
    ignored = frozenset({ignored_key("other_company", "Square")})
    assert _rules(reader, "I would love to join Square.", replace(CONTEXT, ignored=ignored)) == set()
    ignored = frozenset({ignored_key("slang", "plz")})
    left = _rules(reader, "Come along, plz, if you can.", replace(CONTEXT, ignored=ignored))
    assert left == {("harper:SpellCheck", "plz")}


def test_a_suggestion_replaces_what_is_wrong(reader: Proofreader) -> None:
    text = LETTER.format("I recieved it, and I look forward to hear from you.")
    for one in reversed(reader.proof(text, CONTEXT).findings):
        assert text[one.start : one.end] == one.text
        text = text[: one.start] + one.suggestions[0] + text[one.end :]
    assert text == LETTER.format("I received it, and I look forward to hearing from you.")


def test_messages_are_finished_sentences(reader: Proofreader) -> None:
    text = LETTER.format("I recieved a answer , and He don't like [Company] ASAP.")
    for one in reader.proof(text, CONTEXT).findings:
        assert one.message[0].isupper() or one.message[0] in "““"
        assert one.message.endswith((".", "?"))


def test_the_subject_is_read_by_itself(reader: Proofreader) -> None:
    proof = reader.proof(LETTER.format(""), CONTEXT, "Thank you: Data engineer at Square [date] recieved")
    assert {(one.rule, one.text) for one in proof.subject_findings} == {
        ("wrong_role", "Data engineer"),
        ("other_company", "Square"),
        ("placeholder", "[date]"),
        ("harper:SpellCheck", "recieved"),
    }
    assert reader.proof(LETTER.format(""), CONTEXT, "Thank you for Tuesday").subject_findings == ()


def test_of_findings_that_overlap_the_most_helpful_is_kept() -> None:
    def finding(rule: str, start: int, end: int, *put: str) -> Finding:
        return Finding(start=start, end=end, text="x", rule=rule, message="X.", suggestions=put)

    name, spelling = finding("name_misspelt", 5, 9, "Dana"), finding("harper:SpellCheck", 5, 9, "Data")
    apart, nowhere = finding("slang", 9, 12), finding("missing_greeting", 0, 0)
    assert merge_findings([spelling, apart, name, nowhere, nowhere]) == (nowhere, name, apart)


def test_patterns_that_are_not_tried_would_not_have_matched() -> None:
    skipped = 0
    for planted in (one for part in score.PARTS for letter in score.read_set(part) for one in letter.planted[:1]):
        sheet = ParsedLetter(text=planted.text)
        pieces = text_pieces(sheet.low)
        for rule in load_rules().rules:
            if not rule.may_match(pieces):
                skipped += 1
                assert list(rule.matches(sheet.low, sheet.clause_starts)) == [], rule.pattern
    assert skipped


@given(
    st.text(
        st.characters() | st.sampled_from("\x00\x1b\u202e\u0301\ud800\U0001f600\u200d[{<_!.,' \n"), max_size=300
    )
)
def test_any_text_is_read_and_every_finding_stands_where_it_says(reader: Proofreader, text: str) -> None:
    proof = reader.proof(text, CONTEXT, text[:60])
    assert not proof.missing or proof.missing.endswith("isn't English, and only English can be checked.")
    for one in proof.findings:
        assert 0 <= one.start <= one.end <= len(text)
        assert text[one.start : one.end] == one.text
    ends = [one.end for one in proof.findings if one.start < one.end]
    starts = [one.start for one in proof.findings if one.start < one.end]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


def test_positions_count_characters_whatever_stands_before(reader: Proofreader) -> None:
    text = LETTER.format("👩‍👩‍👧 שלום \ud800 e\u0301 I recieved it.")
    found = [one for one in reader.proof(text, CONTEXT).findings if one.text == "recieved"]
    assert [text[one.start : one.end] for one in found] == ["recieved"]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "piece", ["a ", "[", "{{", "_", "the ", "A.", "Dana ", "x@", "a\n", "e\u0301", "best kind "]
)
def test_a_text_as_long_as_is_read_is_read(reader: Proofreader, piece: str) -> None:
    assert not reader.proof(piece * (LENGTH_MOST // len(piece)), CONTEXT).missing


def test_a_text_of_a_million_characters_is_refused_with_a_sentence(reader: Proofreader) -> None:
    proof = reader.proof("a" * 1_000_000, CONTEXT)
    assert proof.findings == ()
    assert "1,000,000 characters" in proof.missing


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. Webber would be happy to help.",
        "Mr. van der Berg was kind.",
        "Zürich suits me.",
        "The new debarker and the proofer were next to the dunlin.",
        "She lined it with kozo, and my unisons are my own.",
        "I would leave them longer at the toe, prime and letter a fascia, and none of this is urgent.",
        "A c6g.large is plenty.",
        "Neither of us was late.",
        "I use pytest and redis.",
    ],
)
def test_words_of_trades_and_names_of_others_are_left_alone(reader: Proofreader, sentence: str) -> None:
    assert _rules(reader, sentence) == set()


@pytest.mark.parametrize(
    ("sentence", "rule", "text"),
    [
        ("I like acme robotics gmbh.", "company_misspelt", "acme robotics gmbh"),
        ("See you on 31 February.", "date", "31 February"),
        ("Write to jo@muster,example.", "address", ","),
        ("I like Company Name.", "placeholder", "Company Name"),
    ],
)
def test_slips_that_are_no_words_are_found(reader: Proofreader, sentence: str, rule: str, text: str) -> None:
    assert (rule, text) in _rules(reader, sentence)


def test_a_word_taken_out_takes_a_space_with_it(reader: Proofreader) -> None:
    text = LETTER.format("We can able to come.")
    (one,) = reader.proof(text, CONTEXT).findings
    assert "We can come." in text[: one.start] + one.suggestions[0] + text[one.end :]


def test_a_word_that_was_taught_is_found_under_no_other_rule_of_words(reader: Proofreader) -> None:
    ignored = frozenset({ignored_key("harper:SpellCheck", "teh")})
    assert _rules(reader, "I like teh idea.") != set()
    assert _rules(reader, "I like teh idea.", replace(CONTEXT, ignored=ignored)) == set()


def test_a_letter_that_greets_twice_is_told(reader: Proofreader) -> None:
    text = LETTER.format("It was good.\n\nHello Dana,\n\nI liked it.")
    assert "second_greeting" in {one.rule for one in reader.proof(text, CONTEXT).findings}


def test_spelling_of_another_english_says_so(reader: Proofreader) -> None:
    (one,) = reader.proof(LETTER.format("It is my favourite."), CONTEXT).findings
    assert "British" in one.message
    assert "`english`" in one.message


@pytest.mark.parametrize(
    ("greeting", "english", "put"),
    [
        ("Dear Hr. Müller,", English.AMERICAN, ("Hr.", "Mr.")),
        ("Dear Frau Schmidt,", English.BRITISH, ("Frau", "Ms")),
        ("Dear M. Dupont,", English.AMERICAN, ("M.", "Mr.")),
        ("Dear Sra. Ruiz,", English.BRITISH, ("Sra.", "Ms")),
        ("Dear Herr Dr. Müller,", English.AMERICAN, ("Herr Dr.", "Dr.")),
        ("Dear Frau Prof. Dr. Vogt,", English.BRITISH, ("Frau Prof. Dr.", "Professor")),
        ("Dear Mr. Pan,", English.AMERICAN, None),
        ("Dear Dr. Frau,", English.AMERICAN, None),
    ],
)
def test_a_title_in_the_greeting_is_an_english_one(
    reader: Proofreader, greeting: str, english: English, put: tuple[str, str] | None
) -> None:
    text = f"{greeting}\n\nThank you for your time.\n\nRegards,\nSam Weber\n"
    found = reader.proof(text, ProofContext(sender="Sam Weber", english=english)).findings
    assert [(one.text, one.suggestions[0]) for one in found if one.rule == "title"] == ([put] if put else [])


def test_of_a_text_that_is_no_letter_of_ours_a_promised_attachment_is_asked_about(reader: Proofreader) -> None:
    text = "Dear Dana,\n\nI have attached my references.\n\nRegards,\nSam Weber\n"
    found = reader.proof(text, ProofContext(sender="Sam Weber")).findings
    assert [(one.text, one.message[:31]) for one in found] == [("attached", "Something attached is spoken of")]


@pytest.mark.parametrize(
    ("letter", "found"),
    [
        ("Dear Dana Ruiz,\n\nIt was good to meet you, Ms. Ruis.\n\nRegards,\nSam", [("name_misspelt", "Ruis")]),
        ("Dear Ms. Ruiz,\n\nIt was good to meet you, Ms. Ruis.\n\nRegards,\nSam", [("name_misspelt", "Ruis")]),
        ("Dear Dana Ruiz,\n\nIt was good to meet you and Ms. Chen.\n\nRegards,\nSam", []),
        ("Dear hiring team,\n\nIt was good to meet the team.\n\nRegards,\nSam", []),
        ("Dear Dana Ruiz\n\nIt was good to meet you.\n\nRegards,\nSam", [("greeting_comma", "Ruiz")]),
        (
            "Dear Dana,\n\nIt was good to meet you.\n\nMit freundlichen Grüßen\nSam",
            [("foreign_sign_off", "Mit freundlichen Grüßen")],
        ),
        ("Dear Dana,\n\nIt was good to meet you.\n\nCordialement,\nSam", [("foreign_sign_off", "Cordialement")]),
        ("Dear Dana,\n\nI enjoyed talking about Yahoo! and the role.\n\nRegards,\nSam", []),
        ("Dear Dana,\n\nThat was good! and short.\n\nRegards,\nSam", [("harper:SentenceCapitalization", "and")]),
        (
            "Dear Dana,\n\nEnclosed you will find my references.\n\nMy attachment is a PDF.\n\nRegards,\nSam",
            [("attachment", "Enclosed")],
        ),
    ],
)
def test_of_a_text_without_an_application_only_what_it_says_itself_is_known(
    reader: Proofreader, letter: str, found: list[tuple[str, str]]
) -> None:
    assert [(one.rule, one.text) for one in reader.proof(letter, ProofContext()).findings] == found


def test_a_text_in_another_language_is_said_to_be_so_and_its_words_are_left_alone(reader: Proofreader) -> None:
    german = "Vielen Dank für das freundliche Gespräch. Gerne würde ich Ihr Team unterstützen und freue mich sehr."
    whole = reader.proof(f"Sehr geehrte Frau Ruiz,\n\n{german}\n\nMit freundlichen Grüßen\nSam Weber", CONTEXT)
    assert (whole.findings, whole.missing) == ((), "This isn't English, and only English can be checked.")
    part = reader.proof(LETTER.format(f"I recieved it.\n\n{german}"), CONTEXT)
    assert [one.text for one in part.findings] == ["recieved"]
    assert "“Vielen Dank für das freundliche Gespräch" in part.missing
    gap = reader.proof(f"Sehr geehrte Frau Ruiz,\n\n{german} [Firma]", CONTEXT)
    assert [one.rule for one in gap.findings] == ["placeholder"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Thnak you for yuor tiem on tusday and the convesation abaut yur plens.",
        "I worked with Kubernetes, Grafana, Prometheus, Ansible, Terraform and Helm.",
        "I lived in La Paz, Las Cruces and Los Altos, and with Juan de la Cruz and Jan van den Berg.",
    ],
)
def test_english_with_many_unknown_words_is_still_english(reader: Proofreader, sentence: str) -> None:
    assert not reader.proof(LETTER.format(sentence), CONTEXT).missing
