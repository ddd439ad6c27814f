"""What a typed line says was done, is to be done or comes next, which is no part of the job: "follow up"."""

from __future__ import annotations

import re
from functools import lru_cache

from followup_tui.domain.model.application import Answer, Outcome
from followup_tui.domain.parsing.day_phrases import MONTH, WEEKDAY
from followup_tui.domain.parsing.interview_words import CALLED_OFF
from followup_tui.domain.parsing.job_words import is_pay

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_PAPERS = (
    r"(?:(?:my|the|a|an|in|off) )*"
    r"(?:cv|résumé|resume|application|portfolio|lebenslauf|bewerbung|candidatura|curriculum)"
)
APPLIED = (
    r"(?:(?:i )?(?:have |just |only |already )*applied(?: (?:online|directly|in person))?"
    rf"|(?:sent|submitted|emailed) {_PAPERS}(?: (?:off|in))?"
    rf"|{_PAPERS} (?:sent|submitted|in|enviad[oa]|inviat[oa]|envoyée?|verschickt|abgeschickt|geschickt|verstuurd)"
    r"|beworben|candidature(?: envoyée)?|candidaté|postulé|inviata candidatura|gesolliciteerd"
    r"|sollicitatie(?: verstuurd)?)"
)
_TURNED_DOWN = "turned down|declined|refused"
_WITHDREW = "withdrew|(?<!offer )(?<!offer was )withdrawn"
_TAKEN_BACK = "offer (?:was )?(?:withdrawn|rescinded|retracted|taken back)"
_NO_ABROAD = "absage|refus|rechazo|rechazad[oa]|afgewezen"
_OFFER = (
    r"(?:(?:(?:i|we|they)(?:['’]ve)? )?(?:have |has |had |just )*"
    r"(?:(?:got|received|made(?: me)?|gave(?: me)?|sent(?: me)?|extended|there is|with) )?(?:an? |the |their )?"
    r"(?:(?:verbal|written|formal|firm|job) )*offer(?: letter)?"
    r"(?: (?:received|made|extended|in hand|on the table|(?:came|is|just)? ?in|came through))?"
    r"|(?:(?:they|i|have|just) )*(?:was |been )?offered(?: (?:me|us))?(?: (?:the|a) (?:job|role|position|post))?"
    r"|zusage|jobangebot|vertragsangebot|offre reçue|oferta recibida|offerta ricevuta|aanbod gekregen)"
)
_ENDED = (
    rf"(?:(?:(?:i|they) )?(?:was |got |been |have been )*(?:rejected|ghosted|{_TURNED_DOWN})(?: me)?"
    rf"|(?:got (?:a )?)?(?:rejection|refusal)(?: (?:e?mail|letter))?|{_NO_ABROAD}|{_WITHDREW}|{CALLED_OFF}"
    rf"|{_OFFER}|{_TAKEN_BACK}|said no|(?:gone|went) quiet)"
)
_TO_DO = (
    r"(?:(?:(?:have|has|i) )?(?:not|haven['’]?t|hasn['’]?t|nothing|never) heard(?: (?:anything|back))*"
    r"|no (?:reply|answer|response|news)(?: yet)?|instead of \w+"
    r"|(?:it )?went (?:really |very |quite |pretty )?(?:well|great|fine|good|ok(?:ay)?|bad(?:ly)?)"
    r"|(?:to ?do:? |(?:i )?(?:will|must|should|have to) )?"
    r"(?:follow(?:ing)?[- ]?up|check(?:ing)? in|chase(?: up)?|get back|reply|respond|write"
    r"|thank[- ]you(?: (?:note|email|letter|card))? (?:sent|written|posted)"
    r"|reach out|apply|remember|remind(?: me)?|thank|(?:i )?thanked|ask"
    rf"|send (?:(?:them|him|her) )?(?:{_PAPERS}|references|documents"
    r"|(?:a )?thank[- ]you(?: (?:note|email|letter))?)"
    r"|nachfassen|relancer|nudge|chaser|saved(?: for later)?|bookmarked"
    r"|waiting(?: to hear(?: back)?)?|warte|need to \w+)(?: (?:him|her|them|it)(?: (?:already|back|up))?)?)"
)
_CALLS = r"(?:ring|call|phone|email|e-mail|mail|text|message|contact|ask for)"
_DUE = (
    r"(?:closing(?: date)?|closes|deadline|due|apply(?: by)?|applications? (?:close|due)|starts?"
    r"|start(?:ing)? date|bewerbungsfrist|frist|date limite|fecha límite|scadenza|eintritt)"
    r"(?: (?:is|on|by|am|le|el|bis|date))?:?"
)
_BEFORE_NAME = r" (?:to|by|from|a|à|bei|von|an|de)"
_KINDS = {"applied": rf"(?:{APPLIED}|{_PAPERS}|(?:i )?applying)", "ended": _ENDED, "to do": _TO_DO, "due": _DUE}
_OUTCOMES = {
    Outcome.NO_REPLY: "ghosted|(?:gone|went) quiet",
    Outcome.WITHDREW: _WITHDREW,
    Outcome.DECLINED: rf"i (?:have )?(?:{_TURNED_DOWN})|(?:{_TURNED_DOWN}) (?:the|their|an) offer",
    Outcome.REJECTED: rf"rejected|rejection|said no|refusal|{_TURNED_DOWN}|{_NO_ABROAD}|{_TAKEN_BACK}",
}
_UNTIL = (
    r"(?i)(?:.*\b)?(?:by|until|till|before|bis|deadline|expires?|expiring|ends|runs out|lapses|due)"
    r"(?: (?:is|on|at|the|by|zum))*:? (?P<day>\S.*)"
)
_NAMED_DAY = (
    r"(?:(?:next|this|on|in|early|late|end of|the end of) )*(?:the )?"
    rf"(?:week|month|tomorrow|today|{WEEKDAY}|(?:\d+\w* )?{MONTH})\b"
)
_SAYING = (
    r"(?:(?:they|she|he|(?P<who>(?-i:[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?))(?= (?:said|says|told|promised) )) )?"
    r"(?:(?:said|says|told(?: me)?|promised)(?: that)? )?"
    r"(?:(?:they|we|i|she|he)(?: would| will|['’]ll|['’]d)? |(?:will|should|to) )?(?:should )?"
)
_CALL = r"(?:call|ring|phone)"
DECIDES = (
    rf"(?i)(?:[,;]|\s[-–—](?=\s)|(?<=\w{{2}})\.(?=\s))\s*(?P<said>(?:{_SAYING}(?P<verb>decide|make a decision"
    r"|(?:expect(?:ing)? )?(?:an? |the |their )?(?:decision|answer|feedback|results?|response|reply|news)"
    r"(?: (?:is|comes?|will come|is expected|expected|is due|due|to come))?"
    r"|hear(?: back)?|know(?: more)?|respond|(?:e-?mail|write|text|message)(?: me| us)?(?: back)?"
    r"|let me know|tell me|get back(?: to (?:me|us))?|be in touch"
    rf"|{_CALL}(?: me)?(?: back)?)(?: (?:by|within|until)|(?= in \w+ (?:\w+ )?(?:days?|weeks?)\b)"
    rf"|(?<!call)(?<!ring)(?<!phone)(?<!call me)(?<!back)(?: on)?(?= {_NAMED_DAY})) ?"
    r"|(?:sie |wir )?(?:entscheiden(?: sich)?|melden sich|antworten|geben (?:mir )?bescheid|antwort|rückmeldung"
    r"|entscheidung) (?:spätestens )?(?:bis(?: zum)?|(?=in |innerhalb )) ?)(?P<day>[^,;#]+?))"
    r"(?:(?<=[^\W\d_])\.)?\s*(?=[,;#]|$)"
)
"""What they said of the day of their answer: after a comma, or in a sentence of its own."""
ANSWERS = {
    Answer.THEY_CALL: (
        rf"{_SAYING}{_CALL}(?: me| us)?(?: back)?|sie (?:rufen (?:mich )?(?:an|zurück)|melden sich)"
    ),
    Answer.KEEP_IN_TOUCH: r"(?:(?:they |we )?(?:said |will |['’]ll )?(?:to )?)?(?:keep|stay) in touch",
}
"""What they said of the next step without a day; with "call" a day is that of their call."""

_ARTICLE = r"(?: an?| my| the| our)?"
_JUST_NOW = (
    r"(?i)^\W*(?:i |i['’]ve |i have |i['’]m |we |we['’]ve )?just "
    rf"(?:(?:(?:had|did|done|finished|completed|left|back from|done with){_ARTICLE}"
    rf"|(?:came|got|walked|stepped)(?: back)? (?:from|out of){_ARTICLE})"
    r" (?=(?:[\w-]+ ){0,2}(?:interview|round|call|chat|screen|meeting)\b)"
    r"|(?P<phone>got off the phone |(?:had|finished) a phone call )"
    r"|(?=(?:interviewed|met|spoke|talked|chatted)\b))"
    r"|^\W*(?:ich )?(?:komme |bin |war )?gerade (?:vom|aus dem|im) (?=\w*gespräch)"
    r"|^\W*je sors (?:d['’]un |de l['’])(?=entretien)"
)


def without_just_now(line: str) -> tuple[str, bool]:
    """A line without the words at its start that say one has met just now, and whether it has them."""
    said = re.match(_JUST_NOW, line)
    if said is None:
        return line, False
    return ("call " if said["phone"] else "") + line[said.end() :], True


@lru_cache(maxsize=2048)
def action_of(text: str) -> str:
    """Return what words say: "applied", "ended" (by a no or an offer), "to do", "due"; else an empty text."""
    for kind, words in _KINDS.items():
        if re.fullmatch(f"(?i)(?:(?:still|just|now|already) )?{words}(?:{_BEFORE_NAME})?", text):
            return kind
    return ""


def outcome_of(text: str) -> Outcome | None:
    """Return how an application ended by what a text says was done; None for an offer, which is still open."""
    return next((one for one, words in _OUTCOMES.items() if re.search(rf"(?i)\b(?:{words})\b", text)), None)


def offered_pay(text: str) -> str | None:
    """Return the pay in a text that tells of an offer, as it was said, or an empty text; None for another text."""
    said = re.fullmatch(rf"(?i){_OFFER}(?:(?: (?:of|at|for|with|is|was))?:? (?P<pay>.+))?", text)
    said = said or re.fullmatch(r"(?i)(?:an? )?(?P<pay>\S*\d\S*) offer", text)
    pay = (said["pay"] or "") if said else ""
    return pay if said and (not pay or is_pay(pay)) else None


def until_of(text: str) -> str:
    """Return by when an offer wants an answer: "Fri" of "they need my answer by Fri"; else an empty text."""
    said = re.fullmatch(_UNTIL, text)
    return said["day"] if said else ""


def start_of(text: str) -> str:
    """Return when one would start: "4 Jan" of "starting on 4 Jan"; else an empty text."""
    said = re.fullmatch(r"(?i)start(?:s|ing)?(?: date)?(?: is| on)?:? (?P<day>\S.*)", text)
    return said["day"] if said else ""


def may_tell_of_offer(line: str) -> bool:
    """Whether a word of a line could mean an offer."""
    return re.search(r"(?i)offer|zusage|jobangebot|vertragsangebot|offre|oferta|aanbod", line) is not None


def bare_action(text: str) -> str:
    """Return an action without the word before somebody: "rejected" of "rejected by"."""
    return re.sub(rf"(?i){_BEFORE_NAME}$", "", text)


def leads_to_name(text: str) -> bool:
    """Whether an action ends with the word before somebody: "sent CV to", "rejected by"."""
    return bare_action(text) != text


def is_call(word: str) -> bool:
    """Whether a word before a name says that one calls or writes to them."""
    return re.fullmatch(f"(?i){_CALLS}", word) is not None
