"""What one talked about, asks, sends and thanks for, as phrases that fit into a sentence."""

from __future__ import annotations

import re

from followup_tui.domain.format import capitalized, uncapitalized
from followup_tui.domain.letters.phrases import NUMBER_WORDS, line_of, phrase_of, unquoted
from followup_tui.domain.letters.questions import AND_ASKS, PAST, asks_directly, is_question, told_question
from followup_tui.domain.model.text import shown

TOPIC_LONGEST = 80
"""Characters that notes may have; what is longer is no phrase to weave into a sentence."""

# Patterns are kept as text: `re` compiles each when it is first used.
_WHO = r"(?:we|i|they|he|she|you|(?-i:(?:(?:Mr|Mrs|Ms|Dr|Prof)\.? )?[A-Z][a-z]+(?: [A-Z][a-z]+)?))"
_HOW = r"(?:have|had|were|was|been|also|both|mostly|mainly|briefly|really|just|even|then|all|all'd)"
_TALKED = (
    r"(?:talk(?:ed|ing)?|spoke(?:n)?|speak(?:ing)?|chat(?:ted|ting)?|ask(?:ed|ing)?|discuss(?:ed)?|wonder(?:ed)?|went|go"
    r"|touch(?:ed)?|told|heard|learn(?:ed|t)|read)"
)
_TO_WHOM = r"(?:me|us|them|you|a lot|much|a bit|at length|(?:with|to)\s\w+)"
_SHOWING = (
    r"(?:(?:show(?:ed|n)?|walk(?:ed)?|took|led|talk(?:ed)?) (?:me|us) (?:through|around|over)"
    r"|show(?:ed|n)? (?:me|us))"
)
_TELLING = r"(?:discuss(?:ed|ing)?|mention(?:ed)?|cover(?:ed)?|explain(?:ed)?|describe[ds]?|debated|reviewed)"
_ABOUT = r"(?:about|on|over|of|regarding|concerning)"
_LEAD = (
    rf"(?i)^(?:{_WHO}\s+)?(?:{_HOW}\s+)*(?:{_TALKED}\s+(?:{_TO_WHOM}\s+)?(?:(?:mostly|mainly|briefly|also|only)\s+)?{_ABOUT}\s+"
    rf"|{_SHOWING}\s+|{_TELLING}\s+(?:to me\s+|me\s+)?)"
    rf"|^(?:(?:we\s+|i\s+)?(?:had|have)\s+)?(?:(?:a|an|the|our|my|your)\s+)?(?:\w+\s+)?"
    rf"(?:conversations?|discussions?|talks?|chats?|questions?)\s+(?:(?:that\s+)?{_WHO}\s+had\s+)?{_ABOUT}\s+"
    r"|^(?:about|regarding|concerning|topic:|topics:|re:|on(?=\s+(?:the|our|your|their|how|why|what|a|\w+ing)\b))\s*"
    r"|^(?:i\s+)?(?:also\s+|really\s+)*(?:liked|loved|enjoyed|appreciated)\s+(?:(?:hearing|talking|learning)\s+about\s+"
    r"|(?=(?:how|why|what|that|your|our)\b))"
)
"""What stands before a topic where somebody wrote a sentence of it: "we talked about"."""
_MANY_THINGS = (
    r"(?i)^(?:we (?:talked|spoke) about )?(?:(?:lots|a lot|many|a few|various|several|all (?:kinds|sorts))(?: of)?"
    r"(?: other| different)? (?:things|stuff|topics|subjects)|everything|this and that),? (?:but )?"
    r"(?:mainly|mostly|especially|above all|in particular|particularly)(?: about)?\s+"
)
"""Before the one thing that counts: "lots of things but mainly"."""
_PRONOUN = r"(?:i|he|she|it|we|they|you|everyone|everybody|nobody|somebody|there|that|this)"
FINITE = (
    r"(?:is|are|was|were|am|has|have|had|will|would|can|can't|cannot|could|should|must|do|does|did|don't|doesn't"
    r"|didn't|isn't|aren't|wasn't|won't|uses?|needs?|wants?|said|told|asked|liked?|loves?|loved|seems?|seemed|went"
    r"|goes|runs?|works?|worked|makes?|made|means?|takes?|took|got|gets?|came|comes|became|becomes|starts?|started"
    r"|ends?|ended|keeps?|kept|pays"
    r"|pay(?= (?!and\b|or\b|for\b|in\b)\w)|paid|fits?|says|knows?|knew|lives?|lost|won|found|finds"
    r"|moved|moves|passed"
    r"|left|grew|grows|sold|gave|gives|bought|built|wrote|spoke|met|led|ran|taught|broke|fell|began)"
)
"""Verbs that make a sentence of the words before them."""
_CLAUSE = (
    rf"(?i)^(?:{_PRONOUN}\s+\w+|{_PRONOUN}(?:'|’)\w+|(?:(?:the|a|an|my|your|our|their|his|her)\s+)?(?:\w+\s+){{1,3}}"
    rf"(?:is|are|was|were|has|have|had|will|would|can|could|should|must|isn't|aren't|doesn't|don't|wants"
    r"|said|told|asked|liked|loves|seems|went|goes|makes|takes|got|gets"
    r"|(?:uses|needs|runs)(?= (?!and\b|or\b|in\b)\w))\b)"
)
"""A sentence rather than a phrase: "they use Kafka", "the team is small"."""
_RELATIVE = (
    r"(?i)\b(?:how|why|what|when|where|whether|which|who|whom|that|whose|if)\b|\s(?:we|you|they|i|he|she)\s"
)
_JUDGED = (
    r"(?i:^(?:(?:very|really|so|too|pretty|quite)\s+)?(?:good|great|bad|nice|nervous|friendly|boring|lovely|awful|ok"
    r"|okay|fine|todo|n/?a|none|nothing|no|yes|idk|liked|loved|hated|said|told|met|was|were|had|went)\b)"
    r"|(?i:(?:it|this|that|these|those|them|us|you|something|everything|anything|things|stuff)$)"
)
_TIED = (
    r"(?i:(?:for|to|with|from|at|by|because|since|as|if|while|although|but|and|or|so|then|thanks?|please)\b(?!-))"
)
"""What can't follow "about": another preposition, or what joins sentences."""
_I_DID = r"(?i:(?:\w{2,}ed|built|led|ran|got|took|made|gave|wrote|won) (?:my|our|an?|the) \w)"
"""What one did, without its subject: "finished my thesis"."""
_REMARK = (
    r"(?i), (?:(?:very|really|so|super|quite|pretty) )?(?:interesting|cool|great|nice|fun|awesome|helpful"
    r"|impressive|exciting|inspiring|good)$"
)
"""What one only thinks of a topic: "the lab, very interesting"."""
_LISTED = r"[:;{}<>|\[\]@=#*`\\]|https?:|www\.|^[^\w\"“„]"
_FIRST_SMALL = (
    r"(?:the|a|an|our|your|their|my|his|her|its|this|that|these|those|some|any|all|both|how|why|what|when|where|whether"
    r"|which|who|working|moving|building|using|scaling|hiring|testing|growing|improving|migrating|onboarding|mentoring"
    r"|managing|leading|writing|learning|teaching|reducing|adding|making|getting|going|handling|planning|splitting"
    r"|new|recent|upcoming|future|next|remote|hybrid|technical|daily|team|teams|data|code|product|customer|customers"
    r"|company|culture|growth|security|design|quality|work|plans|goals|values|roadmap|challenges|expectations"
    r"|responsibilities|salary|pay|hours|travel|training|mentorship|leadership|deployment|deployments|migration"
    r"|monitoring|on-call|onboarding|process|processes|tools|tooling|research|sales|marketing|budget|budgets|projects"
    r"|project|priorities|possible|potential|patient|patients|student|students|several|many|eleven|twelve|fifteen|twenty|thirty|over|fluent|strong"
    r"|solid|deep|broad|extensive|hands-on|better|different|closer|higher|family|personal|commute|health|location)"
)
"""Words that have a capital only because a sentence was typed with them at its beginning."""
_COMMON_ENDS = r"[A-Z][a-z]+(?:ated|[ts]ions?|ment|ments|ness|ance|ence|ship|ity|ities|ing|ism|ies|als?)$"


def small_word(word: str) -> str:
    """A word in small letters where it is no name."""
    is_common = re.fullmatch(rf"(?i){_FIRST_SMALL}(?:['’]s)?|{NUMBER_WORDS}", word) or re.fullmatch(
        _COMMON_ENDS, word
    )
    return word.lower() if is_common else word


def small_first(text: str) -> str:
    """A phrase with a small first letter where only its place in the typed line gave it a capital."""
    word, space, rest = text.partition(" ")
    word = small_word(word) if word[1:].islower() else word
    leads = re.fullmatch(r"(?:the|a|an|our|your|their|my)", word)
    return word + space + (small_first(rest) if leads and rest else rest)


_ONE_THING = (
    r"(?:round|interview|task|exercise|case study|assignment|project|roadmap|backlog|rollout|rota|roster|codebase"
    r"|product|app|website|platform|office|warehouse|team|role|position|department|budget|vacancy|presentation|demo"
    r"|dashboard|merger|redesign)"
)
_JOINS = r"(?:an?|the|my|our|your|their|his|her|its|this|that|each|every|in|for|with|of|on|at|to|and|or|as|is)\b"


def fit_topic(text: str) -> str:
    """A topic that can follow "about", or "": "We talked about their roadmap." gives "your roadmap"."""
    typed = re.sub(r"^\([^()]*\)\s*", "", phrase_of(text).strip(" -–—•*!?"))
    typed = re.sub(r"\s*;\s*| / ", ", ", typed)
    topic = unquoted(typed)
    if topic != typed and is_clause(topic):
        return f"the idea that “{topic}”"
    topic = re.sub(_MANY_THINGS, "", re.sub(_REMARK, "", topic))
    for _ in range(2):  # "we talked about our conversation about"
        topic = re.sub(_LEAD, "", topic).strip()
    if is_question(topic):
        topic = told_question(topic)
    told = phrase_of(text).split(";")[1:]
    if (
        not topic
        or any(is_clause(part.strip()) for part in told)
        or re.search(_LISTED, topic)
        or re.match(rf"{_JUDGED}|{_TIED}|{_I_DID}", topic)
    ):
        return ""
    if re.match(rf"(?i)that (?!is\b|was\b|.*\b(?:who|which|that)\b)(?:{_PRONOUN}\b|.* {FINITE}\b)", topic):
        said = re.sub(r"(?i)^their\b", "your", re.sub(r"(?i)^they\b", "you", topic[len("that ") :]))
        return f"the fact that {small_first(said)}"
    if is_clause(topic):
        return ""
    topic = re.sub(r"(?i)^their\b", "your", topic)
    topic = _joined(topic)
    topic = re.sub(r"(?i)^((?:how|why|what|when|where|whether)\s+)they(?=\s)", r"\1you", topic)
    topic = small_first(topic)
    is_bare = re.fullmatch(rf"(?i)(?:(?!{_JOINS})[\w/&-]+ ){{0,4}}{_ONE_THING}", topic)
    return f"the {topic}" if is_bare and not re.search(_RELATIVE, topic) else topic


def is_clause(text: str) -> bool:
    """Whether a text is a sentence rather than a phrase: "they use Kafka", not "what they use"."""
    found = re.match(_CLAUSE, text)
    return found is not None and not re.search(_RELATIVE, found[0])


def _joined(topic: str) -> str:
    """A topic of several parts with "and" before the last: "pay, parking" gives "pay and parking"."""
    if topic.count(",") == 1 and ", and " in topic:
        return topic.replace(", and ", " and ")
    is_list = re.fullmatch(r"(?:[\w’'-]+ ){0,3}[\w’'-]+(?:, (?:[\w’'-]+ ){0,3}[\w’'-]+)+", topic)
    if not is_list or re.search(rf"{_RELATIVE}|(?i: and | or )", topic):
        return topic
    return " and ".join(topic.rsplit(", ", 1))


def topic_of(notes: str) -> str:
    """The first line of notes where it is a phrase that can follow "about"; a whole sentence is none."""
    first = next((line for line in shown(notes).split("\n") if line.strip()), "")
    is_phrase = len(line_of(first)) <= TOPIC_LONGEST and not re.search(r"[.?!]|^\s*[-*•]", first)
    return fit_topic(first) if is_phrase else ""


_ATTACHED = (
    r"(?i)^(?:i(?: am|['’]m| have|['’]ve)? (?:also )?(?:attach(?:ed|ing)|enclos(?:ed|ing)|sent|sending)"
    r"|(?:please )?(?:find )?(?:attached|enclosed)(?: (?:is|are|please find|you(?:['’]ll| will)? find))?"
    r"|here(?:['’]s| is| are))\s+"
)


_BARE = r"(?i)(?!(?:an?|the|my|your|our|some|all|both|two|three|four|five)\b)(?:[a-z-]+ ){0,2}"
_DOCUMENT = (
    rf"{_BARE}(?:cv|r[eé]sum[eé]|portfolio|transcripts?|references?|diplomas?|certificates?|cover letter"
    r"|writing samples?|licen[cs]e|availability|address|phone number)"
)
_TASK = rf"{_BARE}(?:assignment|task|test|form|questionnaire|case study|take-home|exercise|challenge)"


_COUNTED_FILE = (
    r"(?i)(?:link to|(?:scan(?:ned copy)?|copy|photo|picture|pdf|list|summary|draft|translation|sample|screenshot"
    r"|proof|breakdown|printout) of)\b"
)
_NO_THING = r"(?i:(?:it|them|that|this|one|none|nothing|n/?a|yes|no|ok(?:ay)?|todo|tbd)$)"


def fit_thing(text: str) -> str:
    """What is sent, as it stands after a colon: "Send me your CV." gives "my CV"."""
    thing = re.sub(_ATTACHED, "", phrase_of(text))
    thing = re.sub(
        r"(?i),?\s+(?:(?:just )?(?:like|as|that|which) )?(?:you|they)(?:['’]d)? (?:had )?"
        r"(?:asked(?: me)?(?: for| to)?|wanted|requested|needed|said)\b(?: me)?(?=,|$)"
        r"|,? as (?:requested|agreed|promised)$",
        "",
        thing,
    )
    thing = re.sub(r"(?i)(?: is| are|['’]s) (?:now )?(?:attached|enclosed)$", "", thing)
    thing = re.sub(r"(?i)\btake[- ]home$", "take-home assignment", thing)
    thing = re.sub(r"(?i)\b(as|in) pdf\b", r"\1 a PDF", thing)
    thing = re.sub(
        r"(?i)^(?:that\s+)?(?:(?:i|they|she|he|please)\s+)?(?:asked\s+(?:me\s+)?(?:for|to)\s+|want(?:ed|s)?\s+|need(?:ed|s)?\s+"
        r"|should\s+|will\s+|to\s+)?(?:(?:re)?send(?:ing)?|email|mail|forward|attach(?:ing|ed)?|provide|share|upload|submit|bring)"
        r"(?:\s+(?:them|him|her|you|me|us|over|along|back|in))*\s+"
        r"|^(?:they|she|he|you)\s+(?:asked|want(?:ed|s)?|needs?)\s+(?:me\s+)?"
        r"(?:for\s+|to\s+(?:see|have|get|look at|read|check)\s+)?"
        r"|^(?:asked\s+)?for\s+|^(?:about|regarding|concerning)\s+",
        "",
        thing,
    )
    thing = re.sub(r"(?i)^your\b", "my", thing)
    thing = re.sub(r"(?i)^their\b", "your", thing)
    if re.fullmatch(_DOCUMENT, thing):
        thing = f"my {small_first(thing)}"
    elif re.match(_COUNTED_FILE, thing):
        thing = f"a {thing if thing[:2].isupper() else uncapitalized(thing)}"
    elif re.fullmatch(_TASK, thing) or re.match(
        r"(?i)(?:signed|filled-in|completed|corrected|updated) (?!copies)", thing
    ):
        thing = f"the {small_first(thing)}"
    return "" if re.match(rf"\W|{_NO_THING}", thing) or is_clause(thing) else small_first(thing)


def is_link(thing: str) -> bool:
    """Whether what is sent is an address of the web, which needs no attachment."""
    return bool(re.search(r"https?://|\bwww\.", thing))


_ASKS_ABOUT = (
    r"(?i)^(?:(?:(?:could|can|would|will) you (?:please |kindly )?(?:tell|let|explain)(?: me| us)?(?: know)?"
    r"(?: more)?"
    r"|(?:please )?(?:tell me|let me know)|(?:may|can|could) i (?:also )?ask(?: you)?"
    r"|i(?:['’]d| would)? (?:also )?(?:like|want|wanted|love) to (?:ask|know|hear|understand)(?: you)?(?: more)?"
    r"|i (?:was |am )?wonder(?:ing|ed)?|wondering|ask(?:ing)?|(?:one |my |a )?(?:more )?question:?)(?:\s+|$))+"
)
"""Before a question where a sentence was made of it: "I'd like to ask"."""
_EMBEDDED = r"(?i)(?:how|what|why|when|where|whether|if|which|who|whom|whose)\b"


def fit_question(text: str) -> str:
    """A question, as it follows "I would like to ask": "Is it paid?" gives "whether it is paid".

    A question whose subject can't be told from its verb stays as it is: "this: How do night shifts work?".
    """
    said = re.sub(_ASKS_ABOUT, "", unquoted(phrase_of(text).strip("?! "))).strip()
    said = re.sub(r"(?i)^(?:(?:what |how )?about|on|regarding)\s+(?=\w)", "about ", said)
    asked = said.removeprefix("about ")
    if asks_directly(asked) or is_question(asked) or re.search(AND_ASKS, asked):
        return told_question(asked) or f"this: {capitalized(asked)}?"
    if re.match(_EMBEDDED, said):
        said = uncapitalized(said)
        counted = re.match(r"how (?:many|much) [\w -]+?(?= (?:in|at|on|per) )", said)
        lacks_verb = counted and not re.search(rf"\b{FINITE}\b", said)
        return f"{counted[0]} there are{said[counted.end() :]}" if counted and lacks_verb else said
    if len(said) < 3 or is_clause(said):
        return ""
    return said if said.startswith("about ") else f"about {small_first(said)}"


_THANKING = (
    r"(?i)^(?:i(?: would|['’]d) like to )?(?:many )?(?:thank(?:s| you)(?: (?:so|very) much)? )?for\s+(?:that\s+)?"
)
_REFERRER = r"(?i)(you|he|she|they|(?-i:[A-Z][a-z]+))(?: (?:also|kindly|just|really|have|has|had))* "
_HELPED = (
    r"recommend|refer|introduc|forward|pass|mention|connect|shar|vouch|invit|encourag|point|help|writ|speak|mak"
)
_IRREGULAR = {form: word for word, form in PAST.items()}
_HELP = (
    r"(?:very )?(?:good |kind |great |warm )?(?:intro(?:duction)?|referral|recommendation|tip|reference|contact"
    r"|words?|hint|lead|heads[- ]up|link)"
)
_KINDNESS = r"(?:(?:kind|great) )?(?:help|advice|support|encouragement|time|trust)"


def _gerund(word: str) -> str:
    """A verb that says what somebody did, as it follows "for": "introduced" gives "introducing"; else ""."""
    low = word.lower()
    if low.endswith("ing"):
        return low
    if low.endswith("ed") and len(low) > 4 and low not in ("need", "speed"):
        return re.sub("i$", "y", low[:-1] if low.endswith("eed") else low[:-2]) + "ing"
    base = _IRREGULAR.get(low) or (low if low in PAST or re.fullmatch(rf"(?:{_HELPED})e?", low) else "")
    stop = re.fullmatch(r"[^aeiou]*[aeiou]([bdgmnpt])", base)  # "put", "get"
    return base and (f"{base}{stop[1]}" if stop else re.sub("(?<!e)e$", "", base)) + "ing"


def fit_favor(text: str) -> str:
    """What a referrer did, as it follows "thank you for": "introduced me to Ann" gives "introducing me to Ann"."""
    said = unquoted(re.sub(_THANKING, "", phrase_of(text)).rstrip(" !"))
    who = re.match(_REFERRER, said)
    verb, _, rest = (said[who.end() :] if who else said).partition(" ")
    if (doing := _gerund(verb)) and (rest or who):
        if who and who[1].lower() != "you":
            rest = re.sub(r"\b(?:his|her|their)\b(?= )", "your", rest)
        return f"{doing} {rest}".strip()
    if is_clause(said):
        return ""
    said = small_first(re.sub(r"(?i)^(?:his|her|their)\b", "your", said))
    if re.match(rf"(?i){_HELP}\b", said):
        return f"the {said}"
    return f"your {said}" if re.match(rf"(?i){_KINDNESS}\b", said) else said
