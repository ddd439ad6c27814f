"""What was typed for a field, as it fits into the sentence that the templates put it in."""

from __future__ import annotations

import re

from followup_tui.domain.letters.phrases import NUMBER_WORDS, line_of, phrase_of, sentence_of
from followup_tui.domain.model.text import shown

TOPIC_LONGEST = 80
"""Characters that notes may have; what is longer is no phrase to weave into a sentence."""

# Patterns are kept as text: `re` compiles each when it is first used.
_WHO = r"(?:we|i|they|he|she|you)"
_HOW = r"(?:have|had|were|was|been|also|both|mostly|mainly|briefly|really|just|even|then|all|all'd)"
_TALKED = (
    r"(?:talk(?:ed|ing)?|spoke(?:n)?|speak(?:ing)?|chat(?:ted|ting)?|ask(?:ed|ing)?|discuss(?:ed)?|wonder(?:ed)?|went|go"
    r"|touch(?:ed)?)"
)
_TO_WHOM = r"(?:me|us|them|you|a lot|much|a bit|at length|(?:with|to)\s\w+)"
_TELLING = r"(?:discuss(?:ed|ing)?|mention(?:ed)?|cover(?:ed)?|explain(?:ed)?|describe[ds]?|debated|reviewed)"
_ABOUT = r"(?:about|on|over|of|regarding|concerning)"
_LEAD = (
    rf"(?i)^(?:{_WHO}\s+)?(?:{_HOW}\s+)*(?:{_TALKED}\s+(?:{_TO_WHOM}\s+)?(?:(?:mostly|mainly|briefly|also|only)\s+)?{_ABOUT}\s+"
    rf"|{_TELLING}\s+(?:to me\s+|me\s+)?)"
    rf"|^(?:(?:we\s+|i\s+)?(?:had|have)\s+)?(?:(?:a|an|the|our|my|your)\s+)?(?:\w+\s+)?"
    rf"(?:conversations?|discussions?|talks?|chats?|questions?)\s+(?:(?:that\s+)?{_WHO}\s+had\s+)?{_ABOUT}\s+"
    r"|^(?:about|regarding|concerning|topic:|topics:|re:|on(?=\s+(?:the|our|your|their|how|why|what|a)\b))\s*"
)
"""What stands before a topic where somebody wrote a sentence of it: "we talked about"."""
_PRONOUN = r"(?:i|he|she|it|we|they|you|everyone|everybody|nobody|somebody|there|that|this)"
_FINITE = (
    r"(?:is|are|was|were|am|has|have|had|will|would|can|can't|cannot|could|should|must|do|does|did|don't|doesn't"
    r"|didn't|isn't|aren't|wasn't|won't|uses?|needs?|wants?|said|told|asked|liked?|loves?|loved|seems?|seemed|went"
    r"|goes|runs?|works?|worked|makes?|made|means?|takes?|took|got|gets?|came|comes|became|becomes|starts?|started"
    r"|ends?|ended|keeps?|kept|pays?|paid|fits?|says|knows?|knew|lives?|lost|won|found|finds|moved|moves|passed"
    r"|left|grew|grows|sold|gave|gives|bought|built|wrote|spoke|met|led|ran|taught|broke|fell|began)"
)
_CLAUSE = (
    rf"(?i)^(?:{_PRONOUN}\s+\w+|{_PRONOUN}(?:'|’)\w+|(?:(?:the|a|an|my|your|our|their|his|her)\s+)?(?:\w+\s+){{1,3}}"
    rf"(?:is|are|was|were|has|have|had|will|would|can|could|should|must|isn't|aren't|doesn't|don't|uses|needs|wants"
    r"|said|told|asked|liked|loves|seems|went|goes|runs|makes|takes|got|gets)\b)"
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
_LISTED = r"[:;{}<>|\[\]@=#*`\\]|https?:|www\.|^\W"
_FIRST_SMALL = (
    r"(?:the|a|an|our|your|their|my|his|her|its|this|that|these|those|some|any|all|both|how|why|what|when|where|whether"
    r"|which|who|working|moving|building|using|scaling|hiring|testing|growing|improving|migrating|onboarding|mentoring"
    r"|managing|leading|writing|learning|teaching|reducing|adding|making|getting|going|handling|planning|splitting"
    r"|new|recent|upcoming|future|next|remote|hybrid|technical|daily|team|teams|data|code|product|customer|customers"
    r"|company|culture|growth|security|design|quality|work|plans|goals|values|roadmap|challenges|expectations"
    r"|responsibilities|salary|pay|hours|travel|training|mentorship|leadership|deployment|deployments|migration"
    r"|monitoring|on-call|onboarding|process|processes|tools|tooling|research|sales|marketing|budget|budgets|projects"
    r"|project|priorities|possible|potential|patient|patients|student|students|several|many|fluent|strong"
    r"|solid|deep|broad|extensive|hands-on|better|different|closer|higher|family|personal|commute|health|location)"
)
"""Words that have a capital only because a sentence was typed with them at its beginning."""
_COMMON_ENDS = r"[A-Z][a-z]+(?:ated|[ts]ions?|ment|ments|ness|ance|ence|ship|ity|ities|ing|ism|ies|als?)$"


def small_first(text: str) -> str:
    """A phrase with a small first letter where only its place in the typed line gave it a capital."""
    word, space, rest = text.partition(" ")
    is_common = re.fullmatch(rf"(?i){_FIRST_SMALL}|{NUMBER_WORDS}", word) or re.fullmatch(_COMMON_ENDS, word)
    if word[:1].isupper() and word[1:].islower() and is_common:
        word = word.lower()
    leads = re.fullmatch(r"(?:the|a|an|our|your|their|my)", word)
    return word + space + (small_first(rest) if leads and rest else rest)


def fit_topic(text: str) -> str:
    """A topic that can follow "about", or "": "We talked about their roadmap." gives "your roadmap"."""
    topic = phrase_of(text).strip("\"“”„'‘’ -–—•*!?")
    for _ in range(2):  # "we talked about our conversation about"
        topic = re.sub(_LEAD, "", topic).strip()
    if not topic or re.search(_LISTED, topic) or re.match(rf"{_JUDGED}|(?i:that\s+{_PRONOUN}\b)", topic):
        return ""
    found = re.match(_CLAUSE, topic)
    if found and not re.search(_RELATIVE, found[0]):
        return ""
    topic = re.sub(r"(?i)^their\b", "your", topic)
    topic = _joined(topic)
    topic = re.sub(r"(?i)^((?:how|why|what|when|where|whether)\s+)they(?=\s)", r"\1you", topic)
    return small_first(topic)


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


def fit_thing(text: str) -> str:
    """What is sent, as it stands after a colon: "Send me your CV." gives "my CV"."""
    thing = re.sub(_ATTACHED, "", phrase_of(text))
    thing = re.sub(
        r"(?i)\s+(?:that |which )?(?:you|they) (?:had )?(?:asked (?:me )?for|wanted|requested)\b", "", thing
    )
    thing = re.sub(r"(?i)\b(as|in) pdf\b", r"\1 a PDF", thing)
    thing = re.sub(
        r"(?i)^(?:that\s+)?(?:(?:i|they|she|he|please)\s+)?(?:asked\s+(?:me\s+)?(?:for|to)\s+|want(?:ed|s)?\s+|need(?:ed|s)?\s+"
        r"|should\s+|will\s+|to\s+)?(?:(?:re)?send(?:ing)?|email|mail|forward|attach(?:ing|ed)?|provide|share|upload|submit)"
        r"(?:\s+(?:them|him|her|you|me|us|over|along|back|in))*\s+|^(?:they|she|he)\s+(?:asked|wanted|want|need)\s+(?:me\s+)?"
        r"(?:for\s+)?|^(?:asked\s+)?for\s+|^(?:about|regarding|concerning)\s+",
        "",
        thing,
    )
    thing = re.sub(r"(?i)^your\b", "my", thing)
    thing = re.sub(r"(?i)^their\b", "your", thing)
    if re.fullmatch(_DOCUMENT, thing):
        thing = f"my {small_first(thing)}"
    elif re.match(r"(?i)link to\b", thing):
        thing = f"a {small_first(thing)}"
    elif re.fullmatch(_TASK, thing) or re.match(
        r"(?i)(?:signed|filled-in|completed|corrected|updated) (?!copies)", thing
    ):
        thing = f"the {small_first(thing)}"
    return small_first(thing) if not re.match(r"\W", thing) else ""


_ABOUT_ME = (
    r"(?:accepted|found|took|received|decided|moved|signed|finished|completed|passed|earned|won|published|got|built"
    r"|launched|led|ran|started|joined|gave|spoke|wrote|learned|learnt|taught|became|was|worked|managed|set|shipped"
    r"|created|designed|developed|organi[sz]ed|migrated|helped|trained|cut|reduced|raised|improved|grew|did|made"
    r"|had|have|am|want|need|prefer|love|enjoy|like|hold (?=an?\b)|own (?=an?\b)|speak(?! (?:to|with|at|about)\b)"
    r"|live (?=in|near|close|nearby|just|around|\d)|(?:work|learn) (?=well|best|fast|hard|quickly)"
    r"|cannot|can't|can|could|will|would|don't|did not|didn't|know|recently"
    r"|just|already)"
)
_ABLE = (
    r"(?:help|bring|lead|build|take|run|set up|teach|write|improve|support|contribute|share|offer|cover|add|train"
    r"|mentor|work|design|manage|translate|automate|optimi[sz]e|maintain|negotiate|analy[sz]e|introduce"
    r"|organi[sz]e|develop|create|reduce|solve|migrate|deliver)"
)
_NO_ABILITY = rf"(?i)(?:work|design|help|support|train)\s+(?:{_FINITE}|strikes?|delays?)\b"
_NO_VERB = (
    r"(?:advanced|experienced|skilled|certified|licen[cs]ed|detailed|dedicated|limited|related|varied|extended|motivated"
    r"|qualified|seasoned|trusted|increased|combined|mixed|applied|interested)"
)
_DID = rf"(?i)(?!(?:need|speed|seed|feed|breed|red|bed|hundred|{_NO_VERB})\b)[a-z]{{2,}}ed\s\w"
"""A verb in the past that is no word before a noun: "scaled it", not "advanced skills"."""
_SKILL = r"(?:experience|background|skills?|knowledge|expertise|degree|certifica\w+|licen[cs]e|diploma)"
_DOING = (
    r"(?i)(?!during\b|nothing\b|something\b|anything\b)[a-z]+ing\b"
    rf"(?! (?:is|was|and \w+ {_SKILL}|{_SKILL})\b)"
)
_AT_PRESENT = (
    r"(?:look|hop|plan|learn|study|finish|will|work|mov|start|com|go|leav|stay|relocat|complet|expect)\w*ing\b"
)
_SPAN_OF_WORK = r"\bsince\b|\bfor (?:\S+ ){1,3}(?:years?|months?|weeks?|decades?)\b"
_BRING = "I would bring"


def _of_doing(low: str, *, is_brought: bool) -> str:
    """A sentence of what one does: "auditing since 2010" gives "I have been auditing since 2010"."""
    if re.search(_SPAN_OF_WORK, low):
        return f"I have been {low}"
    is_skill = is_brought and not re.match(_AT_PRESENT, low)
    return f"I have experience {low}" if is_skill else f"I am {low}"


def _is_sentence(text: str) -> bool:
    """Whether a text has its own subject and verb."""
    subject = r"(?:i|we|he|she|it|they|you|there)(?:\s|['’])"
    if re.match(rf"(?i)(?:(?:\w+ years ago|since|when|after|before|in|at|during)\b.* )?{subject}", text):
        return True
    word = r"(?!(?:that|which|who|whose)\b)[\w'’-]+"
    # "boss offered me a raise"
    if re.match(rf"{_MINE}\s\w+ed\s\w", text):
        return True
    has_verb = rf"(?i)(?:{word}\s+){{1,8}}{_FINITE}\b|(?:my|our|the|your|their)(?:\s[\w'’-]+){{1,2}}\s\w+ed\b"
    return bool(re.match(has_verb, text))


_I_AM = (
    r"(?i)(?:eager|keen|able|willing|happy|glad|ready|good|great|fluent|comfortable|familiar|used|excited|passionate|proud"
    r"|confident|free|available|new|open|strong) (?:to|in|at|with|about|for|on|from|of)\b"
    r"|(?:sick|ill|unwell|pregnant|abroad|away|busy|out of town|on (?:holiday|vacation|leave|call))\b"
)
"""What one is rather than has: "eager to learn", "fluent in Spanish", "sick"."""
_PERSON = (
    r"(?i)(an? )?((?!.*\b(?:i|we|as|an?|the|my|your|with|of|for|to|in)\b)"
    rf"(?!{_ABOUT_ME}\b(?<!trained))(?:[\w-]+ ){{1,5}}"
    r"(?:speaker|learner|worker|player|starter|listener|communicator|leader|nurse|teacher|engineer|developer|driver"
    r"|trainer|cook|chef|writer|editor|translator|technician|electrician|accountant|lawyer))"
)
_PERSON_OF = (
    r"(?i)(?:(?:regular|active|former|founding|core|certified|qualified|licensed|trained|senior|junior|lead) )*"
    r"(?:contributor|member|volunteer|(?:co-?)?founder|maintainer|author|speaker|organi[sz]er|mentor|coach|owner|user"
    r"|manager|trainer|teacher|tutor|instructor|engineer|developer|nurse|chair|president|captain|secretary|treasurer"
    r"|editor|winner|graduate|student|supervisor|fan|leader|lead|head) (?:to|of|for|at|in|on|with|since)\b"
)
"""What one is, with what belongs to it: "contributor to dbt since 2022"."""
_MINE = (
    r"(?i)(?:flight|train|bus|car|bike|boss|shift|wife|husband|partner|son|daughter|kids?|child|children|baby|mother|mom"
    r"|mum|father|dad|dog|cat|landlord|visa)\b"
)
"""Of these one means one's own: "flight got cancelled"."""
_LATELY = r"(?:now|currently|finally|recently|just|already)"
_TRAINED = (
    rf"(?i)(?!(?:an?|my|the|i)\b|(?:{_LATELY} )?{_ABOUT_ME}\b)(?:[\w./-]+ ){{0,3}}"
    r"(?:trained|certified|qualified|licen[cs]ed|accredited|registered|bilingual)"
    r"(?: (?:in|as|by|since|for)\b.*| \(.*)?"
)
"""What one is by training: "GWO trained", "ServSafe certified since Monday"."""

_BECAUSE = (
    r"(?i)^(?:(?:it['’]?s |this is )?(?:because(?! of)|as|cause|cuz"
    r"|since(?! then| our| we (?:last )?(?:spoke|met|talked)| last| \w+day\b"
    r"| (?:jan|feb|apr|jun|jul|aug|sep|oct|nov|dec)\w*\b| \d))|that|reason:|news:)\s+"
)


def own_sentence(text: str, noun: str = "") -> str:
    """What was typed about oneself as a whole sentence: "ran two migrations" gives "I ran two migrations."

    `noun` is what makes a sentence of a noun, such as "I would bring"; without it a noun gives "".
    """
    said = " ".join(text.split()).strip(' "“”-–—•*')
    said = re.sub(_BECAUSE, "", said)
    if not said:
        return ""
    low = (
        said[0].lower() + said[1:] if not said.startswith(("I ", "I'", "I’")) and not said[:2].isupper() else said
    )
    if match := re.match(r"(?i)(?:because of|due to|owing to)\s+(.+)", said):
        return sentence_of(f"This is because of {match[1]}") if noun else ""
    if re.match(rf"(?i:{_NO_VERB} (?:in|by|as|for|with|to|at)\b)", said) or re.match(_I_AM, said):
        return sentence_of(f"I am {low}")
    if noun == _BRING and re.match(_PERSON_OF, said):
        be = "have been" if re.search(_SPAN_OF_WORK, low) else "am"
        return sentence_of(f"I {be} {'an' if low[0] in 'aeio' else 'a'} {low}")
    if noun == _BRING and (person := re.fullmatch(_PERSON, said)):
        return sentence_of(f"I am {person[1] or ('an ' if low[0] in 'aeio' else 'a ')}{small_first(person[2])}")
    if re.match(rf"(?i:{_LATELY} (?:\w+ing|back|home|available|free|based|in|at|an?)\b|not \w+ing\b)", said):
        return sentence_of(f"I am {low}")
    if re.fullmatch(_TRAINED, said):
        own = said if re.match(r"\w+ [A-Z]", said) else low  # "First Aid certified"
        return sentence_of(f"I {'have been' if re.search(_SPAN_OF_WORK, low) else 'am'} {own}")
    if re.match(rf"(?i:(?:{_LATELY} )?{_ABOUT_ME}\b)", said) or re.match(_DID, said):
        return sentence_of(f"I {low}")
    if match := re.match(r"(?i)(?:in order )?to\s+(.+)", said):
        return sentence_of(f"I would like to {match[1]}")
    if re.match(_DOING, said):
        return sentence_of(_of_doing(low, is_brought=noun == _BRING))
    if re.match(rf"(?i){_ABLE}\b", said) and noun and not re.match(_NO_ABILITY, said):
        return sentence_of(f"I could {low}")
    if noun and (match := re.match(r"(?i)(no|not|too (?:many|few)|too)\s", said)):
        start = {"no": "There is", "too many": "There are", "too few": "There are"}.get(
            match[1].casefold(), "It is"
        )
        return sentence_of(f"{start} {low}")
    if noun == _BRING and re.fullmatch(r"(?i)(?:very|really|highly) (?!good\b)\w+(?: and \w+)?", said):
        return sentence_of(f"I am {low}")
    if _is_sentence(said):
        return sentence_of(f"My {low}" if re.match(_MINE, said) else said)
    if match := re.match(r"(?i)(?:the )?((?:\w+ ){0,2}\w+) ((?:too|not|very) .+)", said):
        return sentence_of(f"The {match[1].lower()} {'are' if match[1].endswith('s') else 'is'} {match[2]}")
    if noun == _BRING and ", " in said and not re.search(r" (?:and|or) |&", said):
        return sentence_of(f"What I would bring: {small_first(said)}")
    return sentence_of(f"{noun} {_with_article(small_first(said))}") if noun else ""


_COUNTED = (
    r"(?i)(?:\w+ ){1,4}(?:background|degree|diploma|certificate|licen[cs]e)(?: \w+){0,3}"
    r"|(?:PhD|BSc|BA|MBA|MSc|MA|master['’]s|bachelor['’]s|doctorate|degree|diploma|certificate|licen[cs]e)"
    r"(?: (?:in|of|from|for)\b.*)?"
    r"|(?:[\w-]+ )?(?:caseload|team|budget|network|portfolio|track record|stack|fleet|staff|client base|pipeline"
    r"|range) of .+"
    r"|(?:[\w’'-]+ ){0,2}(?:appointment|exam|interview|funeral|wedding|operation|conflict|shift|meeting|flight"
    r"|trip)"
)
_OF_THE_JOB = r"(?i)(?:commute|salary|pay|location|distance|travel|schedule|hours|timing|contract|notice period)"


def _with_article(noun: str) -> str:
    """A noun with "the" or "a" where it stands bare: "commute", "better offer"."""
    if re.match(r"(?i)for\b", noun):
        return noun
    if found := re.fullmatch(r"(?i)(dentist|doctor)(?:['’]?s['’]?)?(?: appointment)?", noun):
        return f"a {found[1]}’s appointment"
    if re.match(r"(?i)(?:better|different|closer|new|good|competing|higher|bigger)\b", noun) and not noun.endswith(
        "s"
    ):
        return f"a {noun}"
    if re.fullmatch(_COUNTED, noun) and not re.match(r"(?i)(?:a|an|the|my)\b", noun):
        return f"{'an' if re.match(r'(?i)[aeiou]|m(?:ba|sc|a)(?![a-z])', noun) else 'a'} {noun}"
    if re.fullmatch(r"(?i)(?:health|family|studies)", noun):
        return f"my {noun}"
    if re.fullmatch(_OF_THE_JOB, noun):
        return f"the {noun}"
    return noun


def fit_reason(text: str) -> str:
    """Why one withdraws, as a sentence: "because the commute is too long" gives "The commute is too long."""
    said = re.sub(r"(?i)^for\s+", "", text.strip())
    if re.fullmatch(r"(?i)[\w'’ -]*\breasons?\.?", said) and not _is_sentence(said):
        return sentence_of(f"This is for {said[0].lower()}{said[1:]}")
    return own_sentence(text, "The main reason is")


_YEARS_OF = (
    r"(?i)^((?:over |more than )?[\w+]+ years) "
    r"(?!(?:of|in|as|at|with|on|for|and|or|from|under|ago|\w+ing)\b)(?=\w)"
)
"""Before what they were spent with: "10+ years payroll"."""
_NO_OFFER = r"(?i)(?:ok(?:ay)?|yes|no|none|nothing|n/?a|todo|tbd|idk|x+|\W*)[.!]?"


def fit_offer(text: str) -> str:
    """What one can bring, as a sentence: "three years of Kafka" gives "I would bring three years of Kafka."""
    if re.fullmatch(_NO_OFFER, text.strip()):
        return ""
    return own_sentence(re.sub(_YEARS_OF, r"\1 of ", text), _BRING)


_ASKING = (
    r"(?i)^(?:(?:i|we)(?:'d|’d| would)? (?:would )?(?:like|want|need|prefer|(?:ask|asked|hope|wish) for)"
    r"(?: to have)?|asking for|ask for|could (?:i|we) (?:have|get)|more money:|is there room for)\s+"
)


_BARE_WISH = (
    r"(?i)(?:base |yearly |sign-?on |higher |later |starting |relocation )*(?:salary|bonus|start|budget)\b"
)


def fit_wish(text: str) -> str:
    """What one asks for in an offer, as a question: "more pay" gives "Would more pay be possible?"."""
    wish = small_first(re.sub(_ASKING, "", phrase_of(text).rstrip("?! ")))
    wish = re.sub(r"(?i)^to (?:ask|request)(?: you)?(?: for)?\s+", "", wish)
    if not wish:
        return ""
    if re.match(r"(?i)(?:can|could|would|may|might|is|are|do)\b", wish):
        return f"{wish[0].upper()}{wish[1:]}?"
    if wish.startswith("to "):
        return f"Would it be possible {wish}?"
    bare = re.match(_BARE_WISH, wish)
    return f"Would {'a ' if bare else ''}{wish} be possible?"


def fit_news(text: str) -> str:
    """Something new about oneself, as a sentence; "" for a noun, of which nobody knows what became of it."""
    return own_sentence(text)
