"""What was typed for a field, as it fits into the sentence that the templates put it in."""

from __future__ import annotations

import re

from followup_tui.domain.format import capitalized, in_words, uncapitalized
from followup_tui.domain.letters.phrases import (
    AS_SAID,
    NUMBER_WORDS,
    bare_line,
    line_of,
    phrase_of,
    sentence_of,
    unquoted,
)
from followup_tui.domain.letters.questions import is_question
from followup_tui.domain.letters.topics import FINITE, is_clause, small_first

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
_NO_ABILITY = rf"(?i)(?:work|design|help|support|train)\s+(?:{FINITE}|strikes?|delays?)\b"
_NO_VERB = (
    r"(?:advanced|experienced|skilled|certified|licen[cs]ed|detailed|dedicated|limited|related|varied|extended|motivated"
    r"|qualified|seasoned|trusted|increased|combined|mixed|applied|interested)"
)
_DID = rf"(?i)(?!(?:need|speed|seed|feed|breed|red|bed|hundred|{_NO_VERB})\b)[a-z]{{2,}}ed\s\w"
"""A verb in the past that is no word before a noun: "scaled it", not "advanced skills"."""
_SKILL = r"(?:experience|background|skills?|knowledge|expertise|degree|certifica\w+|licen[cs]e|diploma)"
_DOING = (
    r"(?i)(?!during\b|wedding\b|nothing\b|something\b|anything\b)[a-z]+ing\b"
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
    if re.match(rf"(?i)(?:(?:\w+ years ago|since|when|after|before|in|at|during|as|if)\b.* )?{subject}", text):
        return True
    word = r"(?!(?:that|which|who|whose)\b)[\w'’-]+"
    # "boss offered me a raise"
    if re.match(rf"{_MINE}\s\w+ed\s\w", text):
        return True
    has_verb = rf"(?i)(?:{word}\s+){{1,8}}{FINITE}\b|(?:my|our|the|your|their)(?:\s[\w'’-]+){{1,2}}\s\w+ed\b"
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

_BARE_SUBJECT = (
    r"(?i)(?!(?:the|an?|my|your|our|their|his|her|its|this|that|no|every|each|another|one"
    r"|what|how|why)\b)(?:[\w-]+ ){0,2}"
    r"(?:rate|role|position|job|office|company|team|offer|commute|salary|pay|location|budget|deadline"
    r"|start date|contract|schedule|notice period|project|site|shift|pattern|market|interview|course|exam)"
    rf" {FINITE}\b"
)
"""One thing that a sentence begins with where its article was left out: "market rate is higher"."""
_BECAUSE = (
    r"(?i)^(?:(?:it['’]?s |this is )?(?:because(?! of)|as(?! (?:of|an?|soon|long|far|for|from)\b)|cause|cuz"
    r"|since(?! then| our| we (?:last )?(?:spoke|met|talked)| last| \w+day\b"
    r"| (?:jan|feb|apr|jun|jul|aug|sep|oct|nov|dec)\w*\b| \d))|that|reason:|news:)\s+"
)


_SINCE_THEN = (
    r"(?i)((?:since|as) (?!(?:then|i|we|you) )(?!.*\b(?:there|and|but|or)\b.* (?:i|we) )"
    rf"\S.* {FINITE} [^,]+?),? ((?-i:I|we) \w+.*)"
)
"""A cause before what follows from it: "since my father is ill I stay here"."""
_YEARS_EXPERIENCE = (
    rf"(?i)\b((?:\d+\+?|{NUMBER_WORDS}|several|many) (?:years|months)) "
    r"(?=(?:(?!of\b|with\b|in\b)[\w-]+ )?(?:experience|practice|training)\b)"
)


def own_sentence(text: str, noun: str = "") -> str:
    """What was typed about oneself as a whole sentence: "ran two migrations" gives "I ran two migrations."

    `noun` is what makes a sentence of a noun, such as "I would bring"; without it a noun gives "".
    """
    said = bare_line(" ".join(text.split()).strip(" -–—•*"))
    said = unquoted(said.rstrip(" .!…")).rstrip(" .!…")
    if reference := re.match(AS_SAID, said):  # "as I told you, the commute is too long"
        rest = own_sentence(said[reference.end() :], noun)
        is_word = re.match(r"(?:It|An?|The|My|Our|Your|There|This|They|We|You|He|She)\b", rest)
        low = uncapitalized(rest) if is_word else rest
        return rest and f"{capitalized(reference[0].rstrip(' ,:'))}, {low}"
    if because := re.fullmatch(_SINCE_THEN, said):
        return sentence_of(f"{because[1]}, {because[2]}")
    return _sentence_about_me(re.sub(_YEARS_EXPERIENCE, r"\1 of ", re.sub(_BECAUSE, "", said)), noun)


def _sentence_about_me(said: str, noun: str) -> str:
    if not said:
        return ""
    low = uncapitalized(said) if not said.startswith(("I ", "I'", "I’")) and not said[:2].isupper() else said
    if match := re.match(r"(?i)(?:because of|due to|owing to)\s+(.+)", said):
        return sentence_of(f"This is because of {match[1]}") if noun else ""
    if re.match(rf"(?i)used to (?:{_ABLE}|be|have|own|live|play|head|sell|manage)\b", said):
        return sentence_of(f"I {low}")
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
    if match := re.match(r"(?i)(want|need|prefer|wish)(?:r?ing) to\s+(.+)", said):
        return sentence_of(f"I {match[1].lower()} to {match[2]}")
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
        lead = "My " if re.match(_MINE, said) else "The " if re.match(_BARE_SUBJECT, said) else ""
        return sentence_of(f"{lead}{low}" if lead else said)
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
    r"|trip|strike|emergency|accident|delay|deadline|power cut|outage|clash|counteroffer|promotion|raise)"
    r"(?: (?:on|at|in) .+)?"
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


_REASON = "The main reason is"
_BEFORE_PARTS = rf"(?:{_REASON}|There (?:is|are)(?= (?:no|too)\b))"
_SHORT_PART = r"(?i)(?!.*\b(?:on|in|at|with|between|for|of|to|from)\b)[\w’'-]+(?: [\w’'-]+){0,2}"
"""One of several reasons."""


def fit_reason(text: str) -> str:
    """Why one withdraws, as a sentence: "because the commute is too long" gives "The commute is too long."""
    said = re.sub(r"(?i)^(?:for|due to|because of|owing to)\s+", "", bare_line(text.strip()))
    if re.fullmatch(r"(?i)[\w'’ -]*\breasons?\.?", said) and not _is_sentence(said):
        return sentence_of(f"This is for {uncapitalized(said)}")
    if is_question(text):
        return ""
    made = own_sentence(text, _REASON)
    parts = re.split(r"[,;] (?:and )?| and ", re.sub(_BEFORE_PARTS, "", made).strip(" ."))
    is_list = len(parts) > 1 and all(re.fullmatch(_SHORT_PART, part) for part in parts)
    if not re.match(_BEFORE_PARTS, made) or not is_list:
        return made
    parts = [_with_article(part) for part in parts]
    return f"The main reasons are {in_words(parts)}."


_YEARS_OF = (
    r"(?i)^((?:over |more than )?[\w+]+ years) "
    r"(?!(?:of|in|as|at|with|on|for|and|or|from|under|ago|behind|before|after|across|inside|within|without|between|\w+ing)\b)(?=\w)"
)
"""Before what they were spent with: "10+ years payroll"."""


_SINCE = (
    rf"(?i)(since (?:\d{{4}}|\w+ \d{{4}}|last \w+)|for (?:\d+|{NUMBER_WORDS}) years),? "
    r"(?!(?:i|we|and)\b)([a-z]\w+ \w.*)"
)
"""A span of time before what one has been in it: "since 2019 head chef of two kitchens"."""


def fit_offer(text: str) -> str:
    """What one can bring, as a sentence: "three years of Kafka" gives "I would bring three years of Kafka."""
    since = re.fullmatch(_SINCE, text.strip(" .!"))
    if since and not _is_sentence(since[2]):
        text = f"I have been {since[2]} {uncapitalized(since[1])}"
    return own_sentence(re.sub(_YEARS_OF, r"\1 of ", text), _BRING)


_ASKING = (
    r"(?i)^(?:(?:i|we)(?:['’]d|['’]m| would| was| am|['’]ve| have| had)? (?:would )?(?:like|want|need|prefer"
    r"|expect(?:ed)?|in mind|(?:ask|hope?|wish|look|aim)(?:e?d|ing)? for)(?: to have)?|asking for|ask for"
    r"|could (?:i|we) (?:have|get)|more money:|is there room for)\s+"
)


_BARE_WISH = (
    r"(?i)(?:base |yearly |sign-?on |higher |later |starting |relocation )*(?:salary|bonus|start|budget)\b"
)


_WORKS_SO = (
    r"(?i)(?:work(?:ing)? )?((?:fully |mostly |partly )?(?:remote(?:ly)?|from home|part[- ]time|full[- ]time))"
    rf"(?=$|,| (?:\d|{NUMBER_WORDS}|a few|some|every|most|on|from|for|instead|at least|half))"
)
_DOES = r"(?i)(?:start|begin|keep|join|move|stay|take|postpone|talk|bring|work) (?!date|day|permit|visa)(?=\w)"


_AMOUNT = (
    r"(?i)((?:[$€£]|usd |eur |chf |gbp )?\d[\d.,]*"
    r"(?: ?(?:k|m|[$€£]|euros?|dollars|pounds|usd|eur|chf|gbp)\b)*[$€£%]?)"
)
_PAID = rf"{_AMOUNT} ((?:sign(?:ing|-on)|yearly |annual )?(?: ?bonus|salary|budget|allowance))(?=$|, )"
_PAID_BASE = rf"{_AMOUNT} (?:base|basic|fixed)(?: salary| pay)?(?=$|, )"
"""An amount before what it is paid as: "$105k base"."""


_IF_POSSIBLE = (
    r"(?i)^(?:if|whether) (.+?) (?:is|are|were|was|would be|could be) (?:possible|ok(?:ay)?|negotiable|an option)$"
)


def fit_wish(text: str) -> str:
    """What one asks for in an offer, as a question: "more pay" gives "Would more pay be possible?"."""
    wish = small_first(re.sub(_ASKING, "", phrase_of(text).rstrip("?! ")))
    wish = re.sub(r"(?i)\b(\d) day week\b", r"\1-day week", re.sub(_IF_POSSIBLE, r"\1", wish))
    wish = re.sub(r"(?i)^to (?:ask|request)(?: you)?(?: for)?\s+", "", wish)
    if not wish:
        return ""
    if is_question(wish) or re.match(r"(?i)(?:can|could|would|may|might|is|are|do)\b", wish):
        return f"{capitalized(wish)}?"
    if re.match(_WORKS_SO, wish):
        wish = re.sub(r"(?<=remote)(?!ly)", "ly", re.sub(_WORKS_SO, r"to work \1", wish))
    elif re.match(_DOES, wish):
        wish = f"to {wish}"
    if wish.startswith("to "):
        return f"Would it be possible {wish}?"
    if is_clause(wish) or re.match(_BARE_SUBJECT, wish):
        return own_sentence(text)
    wish = re.sub(_PAID, r"a \2 of \1", re.sub(_PAID_BASE, r"a base salary of \1", wish))
    wish = re.sub(r"^(a [^,]+), (?=a [^,]+$)", r"\1 and ", wish)
    wish = f"{wish}," if re.fullmatch(r"[^,]+, [^,]+", wish) and not re.search(" (?:and|or) ", wish) else wish
    bare = re.match(rf"{_BARE_WISH}|\d-day week\b", wish)
    return f"Would {'a ' if bare else ''}{wish} be possible?"


_OFFERED = (
    r"(?i)^(?:(?:you|they|we|i)(?:['’]ve| have)? (?:offer(?:ed)?|promised|agreed (?:to|on)|accept(?:ed)?)(?: me)?"
    r"|i(?:['’]m| am) (?:getting|offered))\s+"
)
"""Before the terms where a sentence was made of them: "you offered me 95k"."""


def fit_terms(text: str) -> str:
    """What was agreed on, as it stands after a colon: "72k, 28 days leave" gives "72k and 28 days of leave"."""
    of_days = r"(?i)\b(\d+ (?:days|weeks)) (?=(?:paid )?(?:holidays?|vacation|leave|home office)\b)"
    if re.match(AS_SAID, line := line_of(text).rstrip(" .,;:!…")) and not phrase_of(text):
        said = re.sub(r"(?i)\bagreed(?! (?:to|upon)\b)", "agreed to", line)
        said = re.sub(r"(?i)\b(talked|spoke)(?! (?:about|of)\b)", r"\1 about", said)
        return re.sub(r"(?i)^as (?=(i|you|we)?\b)", lambda who: f"those that {'' if who[1] else 'we '}", said)
    terms = re.sub(
        r"(?i)^(?:as )?(?:(?:stated |written |described )?in|per) (?=(?:the|your|our)\b)", "those in ", line
    )
    terms = re.sub(r"\s*;\s*", ", ", re.sub(_OFFERED, "", phrase_of(terms).rstrip("!")))
    if is_clause(terms):
        return ""
    terms = small_first(re.sub(of_days, r"\1 of ", terms))
    terms = re.sub(r"(?i)(?<!\ba )(?<!\bthe )\b(\d+ ?% (?:bonus|raise|match|stake)\b)", r"a \1", terms)
    if re.match(r"(?i)(?:base(?: salary| pay)?|salary|bonus|sign-?on bonus) (?:of|from)\b", terms):
        terms = f"a {uncapitalized(terms)}"
    if ", " in terms and not re.search(r"(?i) (?:and|or) ", terms):
        terms = " and ".join(terms.rsplit(", ", 1))
    return terms


def fit_news(text: str) -> str:
    """Something new about oneself, as a sentence; "" for a noun, of which nobody knows what became of it."""
    return own_sentence(text)
