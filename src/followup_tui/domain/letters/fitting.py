"""What was typed for a field, as it fits into the sentence that the templates put it in."""

from __future__ import annotations

import re

from followup_tui.domain.format import capitalized, in_words, uncapitalized
from followup_tui.domain.letters.addressee import to_them
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
from followup_tui.domain.letters.sentence_forms import (
    Form,
    form_of,
    is_adverb,
    is_foreign,
    is_plural,
    is_sentence,
    is_verb,
    subject_of,
    with_article,
    word_class,
)
from followup_tui.domain.letters.topics import joined, small_first
from followup_tui.domain.letters.verbs import verbs_by_form

_AT_PRESENT = (
    r"(?:look|hop|plan|learn|study|finish|will|work|mov|start|com|go|leav|stay|relocat|complet|expect)\w*ing\b"
)
_SPAN_OF_WORK = r"\bsince\b|\bfor (?:\S+ ){1,3}(?:years?|months?|weeks?|decades?)\b"
_BRING = "I would bring"
_BECAUSE = (
    r"(?i)^(?:(?:it['’]?s |this is )?(?:because(?! of)|as(?! (?:of|an?|soon|long|far|for|from)\b)|cause|cuz"
    r"|since(?! then| our| we (?:last )?(?:spoke|met|talked)| last| \w+day\b"
    r"| (?:jan|feb|apr|jun|jul|aug|sep|oct|nov|dec)\w*\b| \d))|that|reason:|news:)\s+"
)
_SINCE_THEN = (
    r"(?i)((?:since|as) (?!(?:then|i|we|you) )(?!.*\b(?:there|and|but|or|what|which|that|than)\b.* (?:i|we) )"
    r"\S.* \S+ [^,]+?),? ((?-i:I|we) \w+.*)"
)
"""A cause before what follows from it: "since my father is ill I stay here"."""
_YEARS_EXPERIENCE = (
    rf"(?i)\b((?:\d+\+?|{NUMBER_WORDS}|several|many) (?:years|months)) "
    r"(?=(?:(?!of\b|with\b|in\b)[\w-]+ )?(?:experience|practice|training)\b)"
)


_SPLICE = (
    r"(?i)(?!(?:if|when|while|since|as|once|although|though|because|after|before|until|whether|to|last|next)\b)"
    r"([^,]+), "
    r"(?!i(?:['’]m| am)? (?:think|guess|believe|hope|fear|suppose|afraid)\b)(.+)"
)
"""Two sentences with a mere comma between: "staying at my firm, they matched it"."""
_OWN_PLACE = (
    r"(?i)\b(at|with|from) (?=(?:current|present|previous|former|old) (?:firm|job|employer|company|place)\b)"
)


def own_sentence(text: str, noun: str = "") -> str:
    """What was typed about oneself as a whole sentence: "ran two migrations" gives "I ran two migrations."

    `noun` is what makes a sentence of a noun, such as "I would bring"; without it a noun gives "", since nobody
    knows what became of it.
    """
    phrase = bare_line(" ".join(text.split()).strip(" -–—•*"))
    phrase = unquoted(phrase.rstrip(" .!…")).rstrip(" .!…")
    if reference := re.match(AS_SAID, phrase):  # "as I told you, the commute is too long"
        rest = own_sentence(phrase[reference.end() :], noun)
        is_word = re.match(r"(?:It|An?|The|My|Our|Your|There|This|They|We|You|He|She)\b", rest)
        low = uncapitalized(rest) if is_word else rest
        return rest and f"{capitalized(reference[0].rstrip(' ,:'))}, {low}"
    if (because := re.fullmatch(_SINCE_THEN, phrase)) and is_sentence(because[1].partition(" ")[2]):
        return sentence_of(f"{because[1]}, {because[2]}")
    phrase = re.sub(_OWN_PLACE, r"\1 my ", re.sub(_BECAUSE, "", phrase))
    if re.match(r"(?i)own \w", phrase) and noun == _BRING:
        return sentence_of(f"I have my {uncapitalized(phrase)}")
    beside = re.fullmatch(r"(?i)(.+?), (?:and )?own (\w.*)", phrase)
    if beside and (made := own_sentence(beside[1], noun)).startswith("I"):
        return f"{made.rstrip('.')}, and I have my own {beside[2]}."  # "reliable, own car"
    spliced = re.fullmatch(_SPLICE, phrase)
    if spliced and is_sentence(spliced[2]) and _stands_alone(spliced[1], spliced[2], noun):
        return f"{own_sentence(spliced[1], noun)} {own_sentence(spliced[2], noun)}"
    sentence = _sentence_about_me(re.sub(_YEARS_EXPERIENCE, r"\1 of ", phrase), noun)
    first, joint, rest = sentence.partition(" and ")
    lacks_be = joint and first.startswith("I ") and not first.startswith("I am ") and form_of(rest) is Form.STATE
    lacks_be = lacks_be and not ("," in first and is_verb(rest.split()[0].strip(".")))  # "can weld, cut and fit"
    return f"{first} and am {rest}" if lacks_be else sentence  # "can start now and happy to travel"


def _stands_alone(first: str, second: str, noun: str) -> bool:
    """Whether the first of two parts is a sentence too: not "this year" before "I moved"."""
    form = form_of(first)
    is_reason = form is Form.NOUN and noun == _REASON and not re.match(r"(?i)(?:i|we)\b", second)
    return is_reason or form not in (Form.NOUN, Form.PERSON, Form.AMOUNT)


def _sentence_about_me(phrase: str, noun: str) -> str:
    low = (
        uncapitalized(phrase) if not phrase.startswith(("I ", "I'", "I’")) and not phrase[:2].isupper() else phrase
    )
    if match := re.match(r"(?i)(?:because of|due to|owing to)\s+(.+)", phrase):
        return sentence_of(f"This is because of {_reason_noun(small_first(match[1]))}") if noun else ""
    if not phrase:
        return ""
    if is_foreign(phrase):
        return sentence_of(phrase)
    form = form_of(phrase)
    match form:
        case Form.SENTENCE:
            return sentence_of(re.sub(_AND_I, r"\1, and ", _with_subject(phrase)))
        case Form.VERB if noun != _BRING and low.split()[0] in word_class("received"):
            return sentence_of(f"I was {low}")
        case Form.VERB:
            return sentence_of(f"I {_till_now(low)}")
        case Form.ACTION:
            return sentence_of(f"I {'could ' if noun == _BRING else ''}{low}")
        case Form.INFINITIVE:
            return sentence_of(f"I would like {re.sub(r'(?i)^in order ', '', low)}")
        case Form.DOING:
            return sentence_of(_of_doing(low, is_brought=noun == _BRING))
        case Form.STATE if any(" " in part and form_of(part) is Form.NOUN for part in phrase.split(", ")[1:]):
            return sentence_of(phrase)  # "reliable, own car"
        case Form.STATE:
            parts = re.split(", (?!.*(?: and | or ))", low if re.match(r"\w+ [a-z]|\w+$", phrase) else phrase)
            return sentence_of(_of_state(in_words(parts) if len(parts) > 2 else joined(", ".join(parts))))
        case Form.THIRD:
            return sentence_of(f"It {low}")
        case Form.AMOUNT if noun == _BRING:
            return sentence_of(f"I have {low}")
        case Form.AMOUNT if noun:
            return sentence_of(f"There {'are' if is_plural(phrase) else 'is'} {low}")
        case Form.PERSON if noun != _REASON:
            be = "have been" if re.search(_SPAN_OF_WORK, low) else "am"
            return sentence_of(f"I {be} {with_article(small_first(phrase))}")
    return _of_noun(phrase, low, noun)


def _of_noun(phrase: str, low: str, noun: str) -> str:
    if noun and re.match(r"(?i)(?:just |really |simply )?not\s", phrase):
        return sentence_of(f"It is {low}")
    if subject := subject_of(phrase):
        rest = phrase[len(subject) :].strip()
        return sentence_of(f"{_with_subject(small_first(subject))} {'are' if is_plural(subject) else 'is'} {rest}")
    if noun == _REASON and re.match(r"(?i)(?:after|before|despite|during)\s", phrase):
        return sentence_of(f"I have decided this {low}")
    if noun == _BRING and re.match(r"[^,]+ since (?:\d{4}|last|[A-Z])", phrase):
        return sentence_of(f"I have had {with_article(small_first(phrase))}")
    if noun == _BRING and ", " in phrase and not re.search(r" (?:and|or) |&| of (?:them|these|which)\b", phrase):
        return sentence_of(f"What I would bring: {joined(small_first(phrase))}")
    if noun == _REASON and re.search(", | and ", phrase):
        return sentence_of(f"{noun} {small_first(phrase)}")
    return sentence_of(f"{noun} {_reason_noun(small_first(phrase))}") if noun else ""


def _with_subject(phrase: str) -> str:
    """A sentence with the article that its subject lacks: "rate is low" gives "the rate is low"."""
    subject = subject_of(phrase) or phrase
    first = subject.partition(" ")[0].lower()
    if first in word_class("own"):
        return f"my {uncapitalized(phrase)}"
    is_noun = not re.match(_NO_NOUN, phrase) and not is_adverb(first) and "," not in subject
    if subject.lower() in word_class("of_the_job"):
        return f"the {uncapitalized(phrase)}"
    lacks = is_noun and with_article(small_first(subject), "the") != small_first(subject)
    return f"the {uncapitalized(phrase)}" if lacks else phrase


_AND_I = r"^(?!I\b)(.*?[^,]) and (?=I (?:am|have|could|can|would|will)\b)"
"""Between what is said of others and what one says of oneself."""
_NO_NOUN = r"(?i)(?:i|we|you|he|she|it|they|there|this|that|what|everyone|everybody|nobody|someone)\b"


def _till_now(low: str) -> str:
    """What one did since a day is what one has done: "worked since May" gives "have worked since May"."""
    word, _, rest = low.partition(" ")
    if word in verbs_by_form()["participle"] and word not in verbs_by_form()["past"]:
        return f"have {low}"  # "been doing this"
    verb = verbs_by_form()["past"].get(word)
    is_span = re.search(r"\bsince (?!then\b)(?:\d|[A-Z]|last\b)", rest)
    return f"have {verb.participle} {rest}" if verb and is_span and verb.base != "be" else low


def _of_state(low: str) -> str:
    first = next((word for word in low.split() if word not in word_class("adverbs")), "")
    if first in word_class("intransitive") and first not in word_class("passives"):
        return f"I {low}"  # "just moved to Denver"
    if re.match(r"too\b|(?:(?:so|very|not) )?(?:{})\b".format("|".join(sorted(word_class("of_things")))), low):
        return f"It is {low}"
    if re.search(_SPAN_OF_WORK, low):
        return f"I have been {low}"
    return f"I {'was' if first in word_class('passives') else 'am'} {low}"


def _of_doing(low: str, *, is_brought: bool) -> str:
    """A sentence of what one does: "auditing since 2010" gives "I have been auditing since 2010"."""
    word, _, rest = low.partition(" ")
    verb = verbs_by_form()["ing"].get(word)
    if verb and verb.base in word_class("states"):
        return f"I {verb.base} {rest}"
    if re.search(_SPAN_OF_WORK, low):
        return f"I have been {low}"
    is_now = re.match(_AT_PRESENT, low) or re.search(r"\b(?:right now|at the moment|these days)\b", low)
    is_skill = is_brought and not is_now and word not in word_class("adverbs")
    return f"I have experience {low}" if is_skill else f"I am {low}"


def _reason_noun(noun: str) -> str:
    """A noun with "the", "my" or "a" where it stands bare: "commute", "better offer"."""
    if match := re.fullmatch(r"(?i)(dentist|doctor)(?:['’]?s['’]?)?(?: appointment)?", noun):
        return f"a {match[1]}’s appointment"
    if re.fullmatch(r"(?i)(?:health|family|studies)", noun):
        return f"my {noun}"
    if re.split(r"['’]s ", noun)[0].lower() in word_class("own"):
        return f"my {noun}"  # "partner's job"
    if noun.lower() in word_class("of_the_job"):
        return f"the {noun}"
    return with_article(noun)


_REASON = "The reason is"
_SHORT_PART = r"(?i)(?!.*\b(?:on|in|at|with|between|for|of|to|from)\b)[\w’'-]+(?: [\w’'-]+){0,2}"
"""One of several reasons."""


def fit_reason(text: str) -> str:
    """Why one withdraws, as a sentence: "because the commute is too long" gives "The commute is too long."""
    phrase = re.sub(r"(?i)^(?:for|due to|because of|owing to)\s+", "", bare_line(text.strip()))
    if re.fullmatch(r"(?i)[\w'’ -]*\breasons?\.?", phrase) and not is_sentence(phrase):
        return sentence_of(f"This is for {uncapitalized(phrase)}")
    if phrase.lower() in ("family", "health"):
        return f"This is for {phrase.lower()} reasons."
    if is_question(text):
        return ""
    sentence = own_sentence(text, _REASON)
    start = re.match(rf"{_REASON}|There (?:is|are)", sentence)
    parts = re.split(r"[,;] (?:and )?| and ", sentence[start.end() :].strip(" .")) if start else []
    if len(parts) < 2 or not all(re.fullmatch(_SHORT_PART, part) for part in parts):
        return sentence
    if start and start[0] != _REASON and all(form_of(part) is Form.AMOUNT for part in parts):
        return f"{start[0]} {in_words(parts)}."
    return f"The reasons are {in_words([_reason_noun(part) for part in parts])}."


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


_BECAUSE_I = (
    r"(?i)((?:because|since|as) i(?:['’]m|['’]ve)? [^,]+?(?=,? I (?:could|can|would|will) )"
    r"|(?:because of|thanks to|due to) [^,]+?(?=,? (?-i:I) )),? (I .+)"
)
"""What one is, before what one could do therefore: "because I am good at Excel I could help"."""


def fit_offer(text: str) -> str:
    """What one can bring, as a sentence: "three years of Kafka" gives "I would bring three years of Kafka."""
    text = to_them(re.sub(r"(?i)^(?=how to )", "I know ", text), ("their",))
    if because := re.fullmatch(_BECAUSE_I, text.strip(" .!")):
        return sentence_of(f"{because[1]}, {because[2]}")
    since = re.fullmatch(_SINCE, text.strip(" .!"))
    if since and not is_sentence(since[2]):
        text = f"I have been {since[2]} {uncapitalized(since[1])}"
    return own_sentence(re.sub(_YEARS_OF, r"\1 of ", text), _BRING)


_ASKING = (
    r"(?i)^(?:(?:i|we)(?:['’]d|['’]m| would| was| am|['’]ve| have| had)? (?:would )?(?:like|want|need|prefer"
    r"|expect(?:ed)?|in mind|(?:ask|hope?|wish|look|aim)(?:e?d|ing)? for)(?: to have)?|asking for|ask for"
    r"|could (?:i|we) (?:have|get)|more money:|is there room for)\s+"
)


_WORKS_SO = (
    r"(?i)(?:work(?:ing)? )?((?:fully |mostly |partly )?(?:remote(?:ly)?|from home|part[- ]time|full[- ]time))"
    rf"(?=$|,| (?:\d|{NUMBER_WORDS}|a few|some|every|most|on|from|for|instead|at least|half))"
)

_DOES = r"(?i)(?:start|begin|keep|join|move|stay|take|work) (?!date|day|permit|visa)(?=\w)"
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
    wish = re.sub(r"(?i)^(?:if|whether) (?:i|we) (?:can|could|may|might)\s+", "to ", wish)
    if not wish:
        return ""
    if asked := re.match(r"(?i)(?:if|whether)\s", wish):
        return f"May I ask whether {wish[asked.end() :]}?"
    if is_question(wish) or re.match(r"(?i)(?:can|could|would|may|might|is|are|do)\b", wish):
        return f"{capitalized(wish)}?"
    if re.match(_WORKS_SO, wish):
        wish = re.sub(r"(?<=remote)(?!ly)", "ly", re.sub(_WORKS_SO, r"to work \1", wish))
    elif (form := form_of(wish)) is Form.ACTION or re.match(_DOES, wish):
        wish = f"to {wish}"
    elif form is Form.AMOUNT:
        wish = f"to have {wish}"
    if wish.startswith("to "):
        return f"Would it be possible {wish}?"
    if is_sentence(wish):
        return own_sentence(text)
    wish = re.sub(_PAID, r"a \2 of \1", re.sub(_PAID_BASE, r"a base salary of \1", wish))
    wish = joined(wish) if wish.count(", ") > 1 else wish
    wish = re.sub(r"^(a [^,]+), (?=a (?:(?! and )[^,])+$)", r"\1 and ", wish)
    wish = f"{wish}," if re.fullmatch(r"[^,]+, [^,]+", wish) and not re.search(" (?:and|or) ", wish) else wish
    return f"Would {with_article(wish)} be possible?"


_OFFERED = (
    r"(?i)^(?:(?:you|they|we|i)(?:['’]ve| have)? (?:offer(?:ed)?|promised|agreed (?:to|on)|accept(?:ed)?)(?: me)?"
    r"|i(?:['’]m| am) (?:getting|offered))\s+"
)
"""Before the terms where a sentence was made of them: "you offered me 95k"."""


def fit_terms(text: str) -> str:
    """What was agreed on, as it stands after a colon: "72k, 28 days leave" gives "72k and 28 days of leave"."""
    of_days = r"(?i)\b(\d+ (?:days|weeks)) (?=(?:paid )?(?:holidays?|vacation|leave|home office)\b)"
    if re.match(AS_SAID, line := line_of(text).rstrip(" .,;:!…")) and not phrase_of(text):
        phrase = re.sub(r"(?i)\bagreed(?! (?:to|upon)\b)", "agreed to", line)
        phrase = re.sub(r"(?i)\b(talked|spoke)(?! (?:about|of)\b)", r"\1 about", phrase)
        return re.sub(r"(?i)^as (?=(i|you|we)?\b)", lambda who: f"those that {'' if who[1] else 'we '}", phrase)
    terms = re.sub(
        r"(?i)^(?:as )?(?:(?:stated |written |described )?in|per) (?=(?:the|your|our)\b)", "those in ", line
    )
    terms = re.sub(r"\s*;\s*", ", ", re.sub(_OFFERED, "", phrase_of(terms).rstrip("!")))
    if is_sentence(terms):
        return ""
    terms = small_first(re.sub(of_days, r"\1 of ", terms))
    terms = re.sub(r"(?i)(?<!\ba )(?<!\bthe )\b(\d+ ?% (?:bonus|raise|match|stake)\b)", r"a \1", terms)
    terms = with_article(re.sub(r"(?i)^(salary|base|bonus) (?=[\d$€£])", r"\1 of ", terms))
    if ", " in terms and not re.search(r"(?i) (?:and|or) ", terms):
        terms = " and ".join(terms.rsplit(", ", 1))
    return terms
