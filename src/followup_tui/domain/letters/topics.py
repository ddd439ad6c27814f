"""What one talked about, asks, sends and thanks for, as phrases that fit into a sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

from followup_tui.domain.format import capitalized, uncapitalized
from followup_tui.domain.letters.addressee import to_them
from followup_tui.domain.letters.phrases import MONTHS, NUMBER_WORDS, line_of, phrase_of, sentence_of, unquoted
from followup_tui.domain.letters.questions import AND_ASKS, asks_directly, indirect_question, is_question
from followup_tui.domain.letters.sentence_forms import (
    Form,
    form_of,
    indefinite,
    is_adverb,
    is_deed,
    is_in,
    is_known,
    is_plural,
    is_sentence,
    is_verb,
    subject_of,
    with_article,
)
from followup_tui.domain.letters.verbs import verbs_by_form
from followup_tui.domain.model.text import shown
from followup_tui.domain.parsing.person_parts import is_given_name

TOPIC_LONGEST = 80
"""Characters that notes may have; what is longer is no phrase to weave into a sentence."""

# Patterns are kept as text: `re` compiles each when it is first used.
_WHO = (
    r"(?:we|i|they|he|she|you|(?:your|their|the)(?! way\b)(?: [\w-]+){1,3}?"
    r"|(?-i:(?:(?:Mr|Mrs|Ms|Dr|Prof)\.? )?[A-Z][a-z]+(?: [A-Z][a-z]+)?))"
)
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
_TELLING = (
    r"(?:discuss(?:ed|ing)?|mention(?:ed)?|cover(?:ed)?|explain(?:ed)?|describe[ds]?|debated|reviewed"
    r"|(?:told|asked)(?= me (?:how|why|what|when|where|which|who)\b))"
)
_ABOUT = r"(?:about|on|over|of|through|regarding|concerning)"
_LEAD = (
    rf"(?i)^(?:{_WHO}\s+)?(?:{_HOW}\s+)*(?:{_TALKED}\s+(?:{_TO_WHOM}\s+)?(?:(?:mostly|mainly|briefly|also|only)\s+)?{_ABOUT}\s+"
    rf"|{_SHOWING}\s+|{_TELLING}:?\s+(?:to me\s+|me\s+)?)"
    rf"|^(?:(?:we\s+|i\s+)?(?:had|have)\s+)?(?:(?:a|an|the|our|my|your)\s+)?(?:\w+\s+)?"
    rf"(?:conversations?|discussions?|talks?|chats?|questions?)\s+"
    rf"(?:(?:that\s+)?{_WHO}\s+had\s+)?{_ABOUT}\s+"
    r"|^(?:(?:a|the|that|your)\s+)?(?:\w+\s+)?(?:bits?|parts?|points?|stuff)\s+(?:about|re:?|regarding)\s+"
    r"|^(?:it\s+was\s+)?(?:\w+\s+)?(?:nice|great|good|interesting)\s+to\s+(?:hear|talk|learn|chat|speak)\s+about\s+"
    r"|^(?:about|regarding|concerning|topic:|topics:|re:|on(?=\s+(?:the|our|your|their|how|why|what|a|\w+ing)\b))\s*"
    r"|^we\s+(?:[\w']+\s+){1,3}(?:about|on|over)\s+"
    r"|^(?:i\s+)?(?:also\s+|really\s+)*(?:liked|loved|enjoyed|appreciated)\s+(?:(?:hearing|talking|learning)\s+about\s+"
    r"|(?=(?:how|why|what|your|our)\b))"
)
"""What stands before a topic where somebody wrote a sentence of it: "we talked about"."""
_MANY_THINGS = (
    r"(?i)^(?:we (?:talked|spoke) about )?(?:(?:lots|a lot|many|a few|various|several|all (?:kinds|sorts))(?: of)?"
    r"(?: other| different)? (?:things|stuff|topics|subjects)|everything|this and that|not much),? (?:but )?"
    r"(?:mainly|mostly|especially|above all|in particular|particularly)(?: about)?\s+"
)
"""Before the one thing that counts: "lots of things but mainly"."""
_RELATIVE = (
    r"(?i)\b(?:how|why|what|when|where|whether|which|who|whom|that|whose|if)\b|\s(?:we|you|they|i|he|she)\s"
)
_JUDGED = (
    r"(?i:^(?:(?:very|really|so|too|pretty|quite)\s+)?(?:good|great|bad|nice|nervous|friendly|boring|lovely|awful|ok"
    r"|okay|fine|todo|n/?a|none|nothing|no|yes|idk|was|were|went)\b)"
    r"|(?i:(?:it|this|that|these|those|them|us|you|something|everything|anything|things|stuff)$)"
)
_TIED = (
    r"(?i:(?:for|to|with|from|at|by|because|since|as|if|while|although|but|and|or|so|then|thanks?|please)\b(?!-))"
)
"""What can't follow "about": another preposition, or what joins sentences."""
_REMARK = (
    r"(?i), (?:(?:very|really|so|super|quite|pretty) )?(?:interesting|cool|great|nice|fun|awesome|helpful"
    r"|impressive|exciting|inspiring|good)$"
)
"""What one only thinks of a topic: "the lab, very interesting"."""
_LISTED = r"[:;{}<>|\[\]@=#*`\\]|https?:|www\.|^[^\w\"“„]"
_COMMON_ENDS = r"[A-Z][a-z]+(?:ated|[ts]ions?|ment|ments|ness|ance|ence|ship|ity|ities|ing|ism|ies|als?)$"


def small_word(word: str) -> str:
    """A word in small letters where it is no name."""
    low = re.sub("['’]s$", "", word).lower()
    is_common = is_known(low) or re.fullmatch(_COMMON_ENDS, word) or re.fullmatch(NUMBER_WORDS, low)
    return word.lower() if is_common and not is_given_name(word) else word


def small_first(text: str) -> str:
    """A phrase with a small first letter where only its place in the typed line gave it a capital."""
    lead = re.match(r"(?i)(?:the|an?|our|your|their|my) (?=\w)", text)
    start = lead.end() if lead else 0
    word = re.compile(r"[^\W\d_]*(?:['’][^\W\d_]*)?").match(text, start)
    first_word = word[0] if word else ""
    following = text[start + len(first_word) :]
    is_name = bool(start and re.match(r" (?:of|for|and) [A-Z]", following))  # "The Duty of Candour"
    is_name = is_name or is_in(following[1:].partition(" ")[0], "trained")  # "Relativity certified"
    small = small_word(first_word) if first_word[1:].islower() and not is_name else first_word
    return text[:start].lower() + small + following


_SAID = (
    rf"(?i)^{_WHO}\s+(?:{_HOW}\s+)*(?:said|told me|mentioned|explained|thinks?|thought|believes?)\s+(?:that\s+)?"
)
"""Before what somebody said: "you said that"."""


_THAT_CLAUSE = r"(?i)that (?:the|an?|your|our|my|their|his|her|its|you|we|they|i|he|she|it|there)\b"


_LIVED = (
    r"(?i)(?:seeing|meeting|visiting) (?-i:[A-Z])"
    r"|(?:seeing|meeting|visiting|hearing|learning|watching|walking|tasting|trying(?: out)?)"
    r" (?:about|the|your|how|why|what|so|some|all|a|an|everyone)\b"
    r"|(?:(?:the|a|our|my|that) )?(?:(?:tour|walk|visit)(?: (?:of|through|around|to)\b.*|$)"
    r"|(?:lunch|coffee|dinner|breakfast) with\b)"
)
"""What one did there rather than talked about: "seeing the robots", "the tour of the workshop"."""


class FittedTopic(NamedTuple):
    """What was talked about: a phrase that can follow "about", and a sentence of its own that reads better."""

    phrase: str
    sentence: str = ""


def fit_topic(text: str) -> FittedTopic:
    """What was talked about: "We talked about their roadmap." gives "your roadmap"; both parts may be empty."""
    typed = re.sub(r"^\([^()]*\)\s*", "", phrase_of(text).strip(" -–—•*!?"))
    typed = re.sub(r"\s*;\s*| / ", ", ", typed)
    topic = unquoted(typed)
    if topic != typed and is_sentence(topic):
        return FittedTopic(f"the idea that “{topic}”")
    if topic != typed and form_of(topic) is Form.ACTION:
        return FittedTopic(f"“{topic}”")
    topic = re.sub(r"(?i)^(?:mainly|mostly|especially|above all)\s+", "", topic)
    topic = re.sub(_MANY_THINGS, "", re.sub(_REMARK, "", topic))
    for _ in range(2):  # "we talked about our conversation about"
        topic = re.sub(_LEAD, "", topic).strip()
    topic = re.sub(r"(?i)^how come\b", "why", topic)
    topic = re.sub(r"(?i)^(?:we|i) had (?=(?:a )?(?:tour|lunch|coffee|dinner|breakfast|walk)\b)", "", topic)
    further_parts = phrase_of(text).split(";")[1:]
    if (
        not topic
        or any(is_sentence(part.strip()) for part in further_parts)
        or re.search(_LISTED, topic)
        or re.match(rf"{_JUDGED}|{_TIED}", topic)
    ):
        return FittedTopic("")
    if is_question(topic) or (re.match(rf"{_EMBEDDED}.*", topic) and asks_directly(topic)):
        question = indirect_question(topic)
        return FittedTopic(to_them(question), "" if question else f"One question has stayed with me: {topic}?")
    if re.match(_THAT_CLAUSE, topic) or (re.match("(?i)that ", topic) and is_sentence(topic[len("that ") :])):
        return FittedTopic(f"the fact that {to_them(small_first(topic[len('that ') :]))}")
    if re.match(_LIVED, topic):
        low = small_first(topic)
        phrase = low if re.match(r"[a-z]+ing\b", low) else with_article(low, "the")
        return FittedTopic(phrase, f"I enjoyed {phrase}.")
    is_time = re.match(r"(?i)when\b[^,]*$", topic)  # "when we will launch"
    if ((form := form_of(topic)) is Form.SENTENCE and not is_time) or (form is Form.VERB and is_deed(topic)):
        return FittedTopic("", _topic_sentence(topic, form))
    topic = small_first(to_them(joined(topic)))
    before = re.split(r",? and (?=(?:how|why|wh\w+)\b)", topic, maxsplit=1)[0]  # "the lab and who runs it"
    is_whole = re.search(_RELATIVE, before) or form is Form.DOING or re.match(r"[\w-]+ing about\b", topic)
    return FittedTopic(topic if is_whole else with_article(before, "the") + topic[len(before) :])


def _topic_sentence(topic: str, form: Form) -> str:
    phrase = to_them(re.sub(_SAID, "", topic))
    if form is Form.VERB:
        return sentence_of(f"I {uncapitalized(phrase)}")
    own = re.match(r"(?i)(?:i|my)\b", phrase)
    return sentence_of(phrase if own else f"What has stayed with me is that {small_first(phrase)}")


def joined(topic: str) -> str:
    """A topic of several parts with "and" before the last: "pay, parking" gives "pay and parking"."""
    if topic.count(",") == 1 and ", and " in topic:
        return topic.replace(", and ", " and ")
    last = topic.rpartition(", ")[2].split(" ")[0].rstrip(".").lower()
    is_list = re.fullmatch(r"(?:[\w’'-]+ ){0,6}[\w’'%-]+(?:, (?:[\w’'-]+ ){0,6}[\w’'%-]+)+", topic)
    if (
        not is_list
        or is_in(last, "prepositions", "adverbs")
        or is_adverb(last)
        or re.search(r"\bones?$|, \w+ of (?:them|these|which)\b", topic)  # "the sorter, the old one"
        or re.search(rf"{_RELATIVE}|(?i: and | or )", topic)
    ):
        return topic
    return " and ".join(topic.rsplit(", ", 1))


def topic_of(notes: str) -> str:
    """The first line of notes where it is a phrase that can follow "about"; a whole sentence is none."""
    first = next((line for line in shown(notes).split("\n") if line.strip()), "")
    is_phrase = len(line_of(first)) <= TOPIC_LONGEST and not re.search(r"[.?!]|^\s*[-*•]", first)
    return fit_topic(first).phrase if is_phrase else ""


_ATTACHED = (
    r"(?i)^(?:i(?: am|['’]m| have|['’]ve)? (?:also )?(?:attach(?:ed|ing)?|enclos(?:ed?|ing)|sent|sending)"
    r"|(?:please )?(?:find )?(?:attached|enclosed)(?: (?:is|are|please find|you(?:['’]ll| will)? find))?"
    r"|here(?:['’]s| is| are))\s+"
)


_DOCUMENT = (
    r"(?i)(?!(?:an?|the|my|your|our|some|all|both|two|three|four|five)\b)(?:[a-z-]+ ){0,2}"
    r"(?:cv|r[eé]sum[eé]|portfolio|transcripts?|references?|diplomas?|certificates?|cover letter"
    r"|writing samples?|licen[cs]e|availability|address|phone number|passport|id|showreel)(?: \(.+\))?"
)
_COUNTED_FILE = (
    r"(?i)(?:link to|(?:scan(?:ned copy)?|copy|photo|picture|pdf|list|summary|draft|translation|sample|screenshot"
    r"|proof|breakdown|printout) of)\b"
)
_NO_THING = r"(?i:(?:it|them|that|this|one|none|nothing|n/?a|yes|no|ok(?:ay)?|todo|tbd)$)"


def _own_thing(thing: str) -> str:
    """A thing with the word that it lacks: "my CV", "a copy of it", "the lesson plan"."""
    if re.fullmatch(_DOCUMENT, thing):
        return f"my {small_first(thing)}"
    small = thing if thing[:2].isupper() else small_first(thing)
    if re.match(_COUNTED_FILE, thing):
        return f"{indefinite(small)} {small}"
    is_bare = is_plural(small) and not re.search(r"\d", small) and not re.match(_SEVERAL, small)
    if re.match(r"[a-z]+['’]s ", small):
        return f"my {small}"  # "driver's license"
    is_done = re.match(r"(?i)(?:signed|filled-in|completed|corrected|updated) (?!copies)", small)
    return f"the {small}" if is_bare or is_done else with_article(small, "the")


_SEVERAL = (
    r"(?i)(?:copies|scans|photos|pictures|samples|screenshots|drafts|examples|some|all|both|the|my|your|our|these)\b"
    r"|\w+(?:ty|teen|ve|ree|ne|wo|our|ix|en|ight) "
)
"""What is sent in several, and needs no article: "copies of my license", "three samples"."""
_OF_MINE = r"(?i)\bof (?=(?:passport|diploma|licen[cs]e|degree|certificate|contract|id)\b)"


def fit_thing(text: str) -> str:
    """What is sent, as it stands after a colon: "Send me your CV." gives "my CV"."""
    thing = re.sub(_ATTACHED, "", phrase_of(text))
    thing = re.sub(
        r"(?i),?\s+(?:(?:just )?(?:like|as|that|which) )?(?:you|they)(?:['’]d)? (?:had )?"
        r"(?:asked(?: me)?(?: for| to)?|wanted|requested|needed|said)\b(?: me)?(?=,|$)"
        r"|,? as (?:requested|agreed|promised|asked|discussed)$",
        "",
        thing,
    )
    thing = re.sub(r"(?i)(?: is| are|['’]s) (?:now )?(?:attached|enclosed)$", "", thing)
    thing = re.sub(rf"(?<=[a-z]s) (?=(?:{'|'.join(MONTHS)})\b)", " for ", thing)  # "payslips October"
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
    thing = to_them(re.sub(_OF_MINE, "of my ", thing))
    if not re.search(_ADDRESS, thing):
        parts = re.split(r"(, | and (?=[^,]*$))", thing)
        is_list = all(re.fullmatch(rf"{_DOCUMENT}|(?:[\w’'/-]+ ){{1,5}}[\w’'/-]+", part) for part in parts[::2])
        joints = [*parts[1::2], ""]
        thing = "".join(map(str.__add__, map(_own_thing, parts[::2]), joints)) if is_list else _own_thing(thing)
    if re.match(rf"\W|{_NO_THING}", thing) or is_sentence(thing):
        return ""
    ends = is_link(thing) and not re.search(_ADDRESS, thing)  # the template ends no address
    last = thing.rpartition(", ")[2].partition(" ")[0]
    ends_counted = is_in(last, "determiners", "numbers") or last.isdigit()
    thing = joined(thing) if ends_counted else thing  # not "sketches, v2"
    return small_first(thing) + "." * ends


_ADDRESS = r"https?://|\bwww\."


def is_link(thing: str) -> bool:
    """Whether what is sent is a link, which needs no attachment."""
    return bool(re.search(rf"{_ADDRESS}|\blinks? to\b", thing))


_EMBEDDED = r"(?i)(?:how|what|why|when|where|whether|if|which|who|whom|whose)\b"
_ASKS_ABOUT = (
    r"(?i)^(?:(?:(?:could|can|would|will) you (?:please |kindly )?(?:tell|let|explain)(?: me| us)?(?: know)?"
    r"(?: more)?"
    r"|(?:please )?(?:tell me|let me know)|(?:may|can|could) i (?:also )?ask(?: you)?"
    r"|(?:i |i['’]d )?(?:(?!(?:how|wh\w+|do|does|did|will|would(?! like| love)|can|could|should|must|is|are)\b)"
    r"[\w'’]+ ){0,3}to (?:ask|know|hear|understand)"
    r"(?: you)?(?: more)?"
    r"|(?:i(?:['’]m| am)? )?(?:didn['’]t|don['’]t|wasn['’]t|not|no|still|curious|unsure|unclear|forgot)"
    rf"(?: (?!{_EMBEDDED[4:]})[\w'’]+){{0,3}}(?= {_EMBEDDED[4:]})"
    r"|i (?:was |am )?wonder(?:ing|ed)?|wondering|ask(?:ing)?|(?:one |my |a )?(?:more )?question:?)(?:\s+|$))+"
)
"""Before a question where a sentence was made of it: "I'd like to ask"."""


_ASKS_LATE = r"(?i), (?:do|does|did|is|are|can|could|will|would|should) (?:i|you|we|they|it|there|the)\b"
"""A question that begins with what it is about: "the uniform, do I buy it"."""


_TURNED = r"(?i) (?:will|do|did|can|could|would|should|are|am) (?:i|you|we|they)\b"
"""Where a question turns verb and subject behind a longer start: "how soon after the test will I hear"."""


_INVERTED = r"(?:how \w+|what|where|when|why|how) (?:is|are|was|were|do|does|did|can|could|will|would|should)\b"
"""How a direct question begins, whose verb stands before its subject."""


def fit_question(text: str) -> str:
    """A question, as it follows "I would like to ask": "Is it paid?" gives "whether it is paid".

    A question whose subject can't be told from its verb stays as it is: "this: How do night shifts work?".
    """
    phrase = re.sub(_ASKS_ABOUT, "", unquoted(phrase_of(text).strip("?! "))).strip()
    phrase = re.sub(r"(?i)^(?:(?:what |how )?about|on|regarding)\s+(?=\w)", "about ", phrase)
    phrase = to_them(re.sub(r"(?i)^(?:and|also|or)\s+", "", phrase))
    question = phrase.removeprefix("about ")
    if re.search(_ASKS_LATE, question):
        return f"this: {capitalized(question)}?"
    if asks_directly(question) or is_question(question) or re.search(AND_ASKS, question):
        return indirect_question(question) or f"this: {capitalized(question)}?"
    if re.match(_EMBEDDED, phrase):
        phrase = uncapitalized(phrase)
        if text.rstrip().endswith("?") and re.match(_INVERTED, phrase):
            return f"this: {capitalized(phrase)}?"  # "how big is teh team?"
        counted = re.match(r"how (?:many|much) [\w -]+?(?= (?:in|at|on|per) )", phrase)
        lacks_verb = counted and not is_sentence(phrase[len("how many ") :]) and " there " not in counted[0]
        if counted and lacks_verb:
            return f"{counted[0]} there are{phrase[counted.end() :]}"
        has_verb = any(is_verb(word) for word in phrase.lower().split()[1:]) and not re.search(_TURNED, phrase)
        return phrase if has_verb else f"this: {capitalized(phrase)}?"  # "which floor"
    if len(phrase) < 3 or is_sentence(phrase):
        return ""
    phrase = small_first(phrase.removeprefix("about "))
    if re.match(r"(?i)any (?!thing\b)", phrase):
        return f"whether there {'are' if is_plural(phrase) else 'is'} {phrase}"
    if subject := subject_of(phrase):  # "remote days possible"
        return f"whether {subject} {'are' if is_plural(subject) else 'is'} {phrase[len(subject) :].strip()}"
    return f"about {with_article(joined(phrase), 'the')}"


_THANKING = (
    r"(?i)^(?:i(?: would|['’]d) like to )?(?:many )?"
    r"(?:(?:thank(?:s| you)|thx|cheers)(?: (?:so|very) much)? )?for\s+(?:that\s+)?"
    r"|^that\s+(?=(?:you|he|she|they)\b)"
)
_REFERRER = r"(?i)(you|he|she|they|(?-i:[A-Z][a-z]+))(?: (?:also|kindly|just|really|have|has|had))* "
_HELP = (
    r"(?:very )?(?:good |kind |great |warm )?(?:intro(?:duction)?|referral|recommendation|tip|reference|contact"
    r"|words?|hint|lead|heads[- ]up|link)"
)
_KINDNESS = r"(?:(?:kind|great|good) )?(?:help|advice|support|encouragement|time|trust)"


def _gerund(word: str) -> str:
    """A verb that says what somebody did, as it follows "for": "introduced" gives "introducing"; else ""."""
    low = word.lower()
    forms = verbs_by_form()
    gerunds = (forms[form][low].ing for form in ("past", "base", "third", "participle") if low in forms[form])
    return low if low.endswith("ing") else next(gerunds, "")


def fit_favor(text: str) -> str:
    """What a referrer did, as it follows "thank you for": "introduced me to Ann" gives "introducing me to Ann"."""
    phrase = unquoted(re.sub(_THANKING, "", phrase_of(text)).rstrip(" !"))
    who = re.match(_REFERRER, phrase)
    verb, _, rest = (phrase[who.end() :] if who else phrase).partition(" ")
    if (doing := _gerund(verb)) and (rest or who):
        if who and who[1].lower() != "you":
            rest = re.sub(r"\b(?:his|her|their)\b(?= )", "your", rest)
        return f"{doing} {rest}".strip()
    if is_sentence(phrase):
        return ""
    phrase = joined(small_first(re.sub(r"(?i)^(?:his|her|their)\b", "your", phrase)))
    if re.match(rf"(?i){_HELP}\b", phrase):
        return f"the {phrase}"
    return f"your {phrase}" if re.match(rf"(?i){_KINDNESS}\b", phrase) else phrase
