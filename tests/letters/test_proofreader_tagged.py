"""Grammar that needs parts of speech: what is found, what it becomes, and what is left alone."""

from __future__ import annotations

import pytest

from followup_tui.domain.letters.finding import ProofContext
from followup_tui.domain.model.touch import LetterKind
from followup_tui.letters.proofreader import checkers
from followup_tui.letters.proofreader.letter_text import ParsedLetter
from followup_tui.letters.proofreader.proofreader import proofread
from followup_tui.letters.proofreader.tagged_rules import load_tagged_rules, tagged_findings
from followup_tui.letters.proofreader.tagged_words import plural, regular_form, singular, tag_words
from letters.first_suggestions import apply_first

ME = ProofContext(sender="Sam Weber", recipient="Dana Ruiz", kind=LetterKind.CHECK_IN, attachments=1)
LETTER = "Dear Dana,\n\n{}\n\nBest regards,\nSam Weber"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("I was impress by the calm of the ward.", "I was impressed by the calm of the ward."),
        ("The sample was find by a colleague.", None),
        ("They have came to Leeds twice.", "They have come to Leeds twice."),
        ("I could heard the machines.", "I could hear the machines."),
        ("I taken the course in June.", "I took the course in June."),
        ("Thank you for the chance of join the crew.", None),
        ("We hoped hearing from you.", "We hoped to hear from you."),
        ("You made me to see the point.", "You made me see the point."),
        ("I am agree with the plan.", "I agree with the plan."),
        ("The training of new nurses take two weeks.", "The training of new nurses takes two weeks."),
        ("The figures in the annex was checked.", "The figures in the annex were checked."),
        ("The people there is very friendly.", "The people there are very friendly."),
        ("I heard that you was ill.", "I heard that you were ill."),
        ("It depend on the weather.", "It depends on the weather."),
        ("I love this trade because is honest.", "I love this trade because it is honest."),
        ("Is not easy work, but I like it.", "It is not easy work, but I like it."),
        ("Write to me if there anything else.", "Write to me if there is anything else."),
        ("I can take as many you need.", "I can take as many as you need."),
        ("It was fun meet you and the crew.", "It was fun to meet you and the crew."),
        ("I am very patience with visitors.", "I am very patient with visitors."),
        ("It is more easy to read at night.", "It is easier to read at night."),
        ("I have two brother.", "I have two brothers."),
        ("I have another questions.", "I have another question."),
        ("I could move to the London in May.", "I could move to London in May."),
        ("Last month I visit the depot.", "Last month I visited the depot."),
        ("I have met your colleague last week.", "I met your colleague last week."),
        ("I am working there since May.", "I have been working there since May."),
        ("You told me about he plan.", "You told me about his plan."),
        ("I met the residents and theirs families.", "I met the residents and their families."),
        ("Everything what you said was clear.", "Everything that you said was clear."),
        ("I am not afraid from late shifts.", "I am not afraid of late shifts."),
        ("The samples are similar with mine.", "The samples are similar to mine."),
        ("I can cope up with the noise.", "I can cope with the noise."),
        ("You asked when could I start.", "You asked when I could start."),
        ("Never I have been happier.", "Never have I been happier."),
        ("If any one in your team has a question, ask me.", "If anyone in your team has a question, ask me."),
        ("I know, that you are busy.", "I know that you are busy."),
        ("I gave my two weeks notice.", "I gave my two weeks' notice."),
        ("You shown me the vault.", "You showed me the vault."),
        ("I no have a car at the moment.", "I don't have a car at the moment."),
        ("I am writing for asking about the date.", "I am writing to ask about the date."),
        ("I enjoyed me a lot that day.", "I enjoyed myself a lot that day."),
        ("I will be there on nine o'clock.", "I will be there at nine o'clock."),
        ("In my opinion is the best school in town.", "In my opinion it is the best school in town."),
        ("I can start since the first of May.", "I can start from the first of May."),
        ("I work as engineer in a small company.", "I work as an engineer in a small company."),
        ("I look forward to start in March.", "I look forward to starting in March."),
        ("The rags will be weaved into a rug.", "The rags will be woven into a rug."),
        ("It is recommend to start early.", "It is recommended to start early."),
        ("A neighbor who seen it told me.", "A neighbor who saw it told me."),
        ("Guests who return every spring is rare.", "Guests who return every spring are rare."),
        ("The clay that we mixed with sand were warm.", "The clay that we mixed with sand was warm."),
        ("The boxes there seems heavy.", "The boxes there seem heavy."),
        ("Me and my aunt keeps bees.", "Me and my aunt keep bees."),
        ("Nothing stand in my way.", "Nothing stands in my way."),
        ("Everybody at the desk enjoy the tea.", "Everybody at the desk enjoys the tea."),
        ("I enclose summary.", "I enclose a summary."),
        ("I accept position of cook.", "I accept the position of cook."),
        ("We talked about how the boxes gets moved.", "We talked about how the boxes get moved."),
        ("We talked about template that you use.", "We talked about the template that you use."),
        ("I would like a plan, so is easy for me.", "I would like a plan, so it is easy for me."),
        ("The letter who came is here.", "The letter that came is here."),
        ("We made a note yesterday, and I make a list last week.",
         "We made a note yesterday, and I made a list last week."),
        ("As I have said in the interview, I can stay.", "As I said in the interview, I can stay."),
        ("He showed us how mend the nets.", "He showed us how to mend the nets."),
        ("In my last post I responsible for the till.", "In my last post I am responsible for the till."),
        ("I have left already my old post.", "I have already left my old post."),
        ("You asked me where is the depot, and I looked.", "You asked me where the depot is, and I looked."),
        ("The cook's I met were kind.", "The cooks I met were kind."),
        ("It uses less lamps than before.", "It uses fewer lamps than before."),
        ("The mill and it's owners have changed.", "The mill and its owners have changed."),
        ("I still have friends their.", "I still have friends there."),
        ("You said that your opening a shop.", "You said that you're opening a shop."),
    ],
)  # fmt: skip
def test_a_mistake_is_found_and_mended(wrong: str, right: str | None) -> None:
    text = LETTER.format(wrong)
    found = proofread(text, ME, "", checkers.check).findings
    assert found, wrong
    if right is not None:
        assert len(found) == 1, found
        assert apply_first(text, found[0]) == LETTER.format(right)


@pytest.mark.parametrize(
    "right",
    [
        "Our conversation about how experiments get reviewed has stayed with me.",
        "Our conversation about why teams leave the old tool has stayed with me.",
        "What we said about how results get shared interested me a great deal.",
        "The plan for where the vans park is clear to me.",
        "I liked the idea of the way people work here.",
        "What I told you was true, and all of the furniture that I showed you was made here.",
        "New drivers get paired with somebody experienced for their first fortnight.",
        "A few of the questions were hard, and a number of files take time.",
        "One of the people who work there, and one of the team, rang me.",
        "I was struck by the noise, and it meant a lot to me.",
        "It wasn't easy to say, and I would rather not put it in writing.",
        "I am taking a course for six weeks and staying with my sister for two weeks.",
        "Does anyone have the key, and could experienced staff transfer?",
        "Before this turns into a novel, I hope this helps.",
        "The people I worked with know me as patient.",
        "I let it go, and I heard them sing in the London office of the bank.",
        "The most patient man I know sold me two year-old trees.",
        "However you decide, I wish you well.",
        "We did something similar with wood, about two percent of the time.",
        "The role you described fits what I do, and the first thing I did was ask the porter.",
        "The person who helps make the plan lets us know, and what matters is that you came.",
        "Tracking costs is hard, and nobody need fill in the form.",
        "In addition to software, I am used to noise and committed to quality.",
        "Prior to termination they had complete knowledge of it.",
        "I suggest meeting on Friday, if there is room for it.",
        "There are many training and mentoring programs, and many felt both.",
        "A talent team member called, and when yours breaks, I would like help, too.",
        "I learned to swim, and you know how kind it was.",
        "I attach the notes from yesterday, and I hope last week went well.",
        "The owner of the shop who called is my aunt.",
    ],
)
def test_what_is_right_is_left_alone(right: str) -> None:
    text = LETTER.format(right)
    letter = ParsedLetter(text=text)
    assert list(tagged_findings(letter, checkers.check(text, "american").tags)) == []


def test_every_rule_compiles_and_marks_what_is_wrong() -> None:
    assert len(load_tagged_rules()) > 60
    for rule in load_tagged_rules():
        assert "x" in rule.find.groupindex, rule
        assert rule.say.endswith("."), rule


def test_words_and_marks_are_one_line_with_places() -> None:
    low = "i was impress by it."
    tagged = tag_words(low, 0, len(low), {0: "PRON", 2: "AUX", 6: "VERB", 14: "ADP", 17: "PRON"})
    assert tagged.line == " i/P was/A impress/Vb by/I it/P ./. "
    assert [low[slice(*place)] for place in tagged.places.values()] == ["i", "was", "impress", "by", "it", "."]


def test_without_parts_of_speech_nothing_is_found() -> None:
    assert list(tagged_findings(ParsedLetter(text=LETTER.format("I have two brother.")), {})) == []


def test_forms() -> None:
    assert [plural(one) for one in ("box", "day", "study", "child")] == ["boxes", "days", "studies", "children"]
    assert [singular(one) for one in ("boxes", "days", "studies", "people")] == ["box", "day", "study", "person"]
    assert regular_form("vibrate", "ing") == "vibrating"
    assert regular_form("vibrate", "past") == "vibrated"
    assert regular_form("wrap", "past") == "wrapped"
    assert regular_form("deploy", "third") == "deploys"
    assert regular_form("fly", "past") is None
