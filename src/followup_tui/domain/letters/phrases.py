"""Phrases that fit into a letter: days and hours in words, a typed day, and how people and positions are named."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

from followup_tui.domain.format import MONTH_FIRST, English, Voice, capitalized, with_one_stop
from followup_tui.domain.letters.sentence_forms import is_person
from followup_tui.domain.model.contact import is_address
from followup_tui.domain.model.text import shown, shown_line
from followup_tui.domain.parsing.employer_words import INSTITUTIONS
from followup_tui.domain.parsing.person_parts import is_given_name, read_name
from followup_tui.domain.parsing.person_words import PARTICLES, folded

LINE_LONGEST = 500
"""Characters that a field of one line may bring into a letter."""
BLOCK_LONGEST = 2_000
"""The same for a field of several lines, such as an address."""
ASKED_LONGEST = 300

NUMBER_WORDS = r"(?:one|two|three|four|five|six|seven|eight|nine|ten)"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ROUNDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
AS_SAID = (
    r"(?i)^as (?:(?:we|i|you) )?(?:discussed|agreed|mentioned|said|told|explained|talked|spoke|promised)\b"
    r"[^,:]*(?:[,:] |$)"
)
"""Before what was talked about already: "as we discussed on the phone, the commute is too long"."""
_PLEASE = (
    r"(?i)(?:,? (?:please|lol|ha(?:ha)+|tbh|imh?o|btw|thx|np|no prob(?:lem)?s?|no worries)"
    r"|, (?:thanks|thank you|sorry))+(?=[.!?…]*$)"
)
"""What is said behind everything else: "35 hours, please"."""
_BEGUN = (
    r"(?i)^(?:sorry,? (?!about\b|for\b|to\b)"
    r"|(?:hi|hello|hey|well|hm+|ok(?:ay)?|sure|yes|no|sorry|actually|honestly)[,:!.]+ "
    r"|(?:here you (?:go|are)|as (?:requested|promised|asked)|attached|enclosed)[,:!.]+ )+"
)
"""How one begins to speak before one says something: "sorry, not before Monday", "here you go: my CV"."""
_WEEK = 7
_HALF_A_YEAR = 182


def line_of(text: str, longest: int = LINE_LONGEST) -> str:
    """Text from outside as one line of a letter: no controls, single spaces, not endless."""
    return " ".join(shown_line(text).split())[:longest].strip()


def lines_of(text: str) -> str:
    """Text from outside as several lines of a letter, empty ones left out."""
    lines = (line_of(line) for line in shown(text).replace("\t", " ").split("\n"))
    return "\n".join(line for line in lines if line)[:BLOCK_LONGEST].strip()


def bare_line(text: str) -> str:
    """A typed line without what one only begins and ends to speak with: "sorry, …", "…, please"."""
    return re.sub(_BEGUN, "", re.sub(_PLEASE, "", text))


def phrase_of(text: str) -> str:
    """What was typed or noted as a phrase inside a sentence: its first line, without a full stop at the end."""
    first = next((line for line in shown(text).split("\n") if line.strip()), "")
    phrase = bare_line(line_of(first, ASKED_LONGEST).rstrip(" .,;:…"))
    return re.sub(AS_SAID, "", phrase)


_NOTHING = (
    r"(?i)(?:ok(?:ay)?|yes|no|none|nothing|n\s?[/.]?\s?a|todo|tb[acd]|idk|dunno|no idea|not sure|same|x+|see .+"
    r"|(?:i )?(?:don['’]?t|do not) know|whatever|nvm|test)(?: yet| really| so far| at the moment| for now)?|\W*"
)


def says_nothing(text: str) -> bool:
    """Whether a typed line only says that there is nothing to say: "n/a", "not sure yet", "…"."""
    return re.fullmatch(_NOTHING, text.strip().rstrip(".!? ")) is not None


def unquoted(text: str) -> str:
    """A text without the quotation marks that are around the whole of it."""
    return re.sub(r"^[\"“”„'‘]([^\"“”„]*)[\"“”'’]$", r"\1", text)


def sentence_of(text: str) -> str:
    """What was typed as a sentence: begun with a capital and ended with a full stop where it has no end."""
    line = line_of(text, ASKED_LONGEST)
    if not line:
        return ""
    return capitalized(line) + ("" if line[-1] in ".?!…" else ".")


def tidy_ends(text: str) -> str:
    """Leave one end mark where a name brings its own: "at Acme Inc.."; an American year is closed by a comma."""
    text = re.sub(rf"\b((?:{'|'.join(MONTHS)}) \d\d?, \d{{4}})(?= [a-z])", r"\1,", text)
    return with_one_stop(re.sub(r"([!?])[.?](?![.?])", r"\1", text))


def round_phrase(number: int) -> str:
    """Which round it is in words, "second"; nothing from the eleventh on."""
    return _ROUNDS[number - 1] if 0 < number <= len(_ROUNDS) else ""


def format_letter_date(day: date, today: date, english: English) -> str:
    """A date without its weekday: "20 November", "November 20" in America; with a year half a year away."""
    month, is_near = MONTHS[day.month - 1], abs((day - today).days) <= _HALF_A_YEAR
    if english in MONTH_FIRST:
        return f"{month} {day.day}" + ("" if is_near else f", {day.year}")
    return f"{day.day} {month}" + ("" if is_near else f" {day.year}")


def format_weekday(day: date, today: date, english: English) -> str:
    """A date with its weekday: "Friday, 20 November"."""
    return f"{WEEKDAYS[day.weekday()]}, {format_letter_date(day, today, english)}"


def day_phrase(day: date, today: date, english: English) -> str:
    """A day as a sentence says it today: "today", "yesterday", "on Friday", "on 20 November".

    One that has passed needs no comma after it in a sentence; one ahead does: "on Friday, 27 November".
    """
    passed = (today - day).days
    near = {0: "today", 1: "yesterday", -1: "tomorrow"}
    if passed in near:
        return near[passed]
    if 1 < passed < _WEEK:
        return f"on {WEEKDAYS[day.weekday()]}"
    return f"on {(format_letter_date if passed > 0 else format_weekday)(day, today, english)}"


def format_hour(local: datetime) -> str:
    """An hour as people say it everywhere: "3 pm", "9:30 am", "noon"."""
    if (local.hour, local.minute) == (12, 0):
        return "noon"
    hour = local.hour % 12 or 12
    minute = f":{local.minute:02}" if local.minute else ""
    return f"{hour}{minute} {'am' if local.hour < 12 else 'pm'}"


def with_hour(day: str, at: datetime) -> str:
    """A day in words with its hour: "on Friday at 3 pm", "on Friday, 27 November, at noon"."""
    comma = "," if ", " in day else ""
    return f"{day}{comma} at {format_hour(at)}"


# People and positions

SUBJECT_LONGEST = 45
"""Characters that a role may take of a subject line."""
_TITLES = {
    "Professor": "prof professor",
    "Dr.": "dr doctor dott dottssa drs",
    "Rev.": "rev",
    "Sir": "sir",
    "Dame": "dame",
    "Mx.": "mx",
    "Mr.": "mr herr herrn hr monsieur sig signor senor sr dhr heer",
    "Mrs.": "mrs",
    "Miss": "miss",
    "Ms.": "ms frau fr fraulein madame mme mlle signora senora sra srta mevr mevrouw mw dona",
}
"""How one is addressed in a letter, the most particular first, for the words before a name."""
_FAMILY_FIRST = (
    " li wang zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao guo luo liang zheng xie tang deng feng cai"
    " peng pan yuan yu su lu jiang ding wei shen kim park choi jung kang cho yoon jang lim kwon hwang ahn nguyen"
    " tran le pham hoang phan vu vo dang bui ngo duong "
)
"""Family names that often stand first, and seldom are given names: of "Li Wei" one can't know which is which."""
_BY_FIRST_NAME = ("Sir", "Dame")
_GENDERS = r"(?:m|w|f|d|x|h|v|i|gn|div|divers|all|any|k|u|a|n|\*|alle)"
_HOURS = r"\d{1,2}(?:[.,]\d)? ?(?:h|hrs?|hours?|std)\.?(?: ?(?:/|per|a|pro) ?(?:w|wk|week|woche))?"
_MARKS = (
    rf"(?i)\s*[(\[]\s*{_GENDERS}(?:\s*[/|,;*·•+:-]\s*{_GENDERS})+\b[^)\]]*[)\]]"
    r"|\s*[(\[]\s*(?:all genders?|any gender|alle geschlechter|gn|mensch)\s*\W?\s*[)\]]"
    r"|[\s,–-]+[mwfhd](?:[/|*][mwfdxhvi]){1,2}(?=$|[\s,)])"
    r"|\s*[(\[]\s*(?:(?:fully |100 ?% )?remote|hybrid|on-?site|(?:full|part)[- ]?time|\d{1,3}(?:[-–]\d{1,3})? ?%)"
    r"[^)\]]*[)\]]"
    r"|\s*[(\[]\s*(?:\d+[- ]?(?:months?|mos?|yrs?|years?)\b[^)\]]*|contract|temp(?:orary)?|permanent|ftc"
    r"|fixed[- ]term[^)\]]*|maternity cover)\s*[)\]]"
    rf"|\s*[(\[]\s*{_HOURS}\s*[)\]]|[\s,–-]+{_HOURS}$|[\s,–-]+\d{{1,3}}(?:[-–]\d{{1,3}})? ?%$"
    r"|\s+(?:in )?(?:teilzeit|vollzeit|part[- ]time|full[- ]time)(?:\s*\d{1,3} ?%)?$"
    r"|\s*[(\[]?\s*(?:#|\b(?:req(?:uisition)?|ref(?:erence)?|job|id|jr|posting)\b\.?"
    r"\s*(?:id|no\.?|nr\.?|number)?\s*[:#]?)\s*[A-Z]{0,3}[-_]?\d{2,}[\w-]*\s*[)\]]?"
)
"""What an advertisement puts behind a position and nobody says: genders, hours, numbers."""
_BESIDE_NAME = (
    r"(?i)\b(?:(dr)|dipl)\.?-(?:ing|inf|kfm|med)\.?(?=\s)|^(?:the )?rt\.? hon\.? "
    r"|(?:,? (?:kcb|cbe|obe|mbe|kbe|dbe|(?-i:[B-DF-HJ-NP-TV-XZ]{3,}))\b)+$"
)
"""What is written beside a name, and never said in a greeting; of "Dr.-Ing." the first part is."""
_TWO = r"(?i)([\w.'’ -]+?)(?<! von)(?<! de) (?:and|und|&) (?!zu )([\w.'’ -]+)"
_ONLY_ADDRESS = r"(?:[A-Z][a-z]+\.?(?:-Ing\.)?|[a-z.]+\.)(?: (?:[A-Z][a-z]*\.(?:-Ing\.)?|[a-z.]+\.))*"
"""How one is addressed, with what belongs to it: "Frau Dr.-Ing.", "Dr. med."; "Professor of Law" is a job."""
_CALLED = r"(?i)\s+(?:position|role|job|opening|vacancy)$"


_ADDED = r"(?:, |: | [-–—|] )(?![^(]*\))"
"""Before a part that would part a sentence: "Marketing Manager, EMEA"."""
_HOW_ONE_WORKS = r"(?i)(?:fully |100 ?% )?(?:remote|hybrid|on-?site|contract|temporary|permanent|fixed[- ]term)"
_SAID_LONGEST = 60
"""Characters of a position in a sentence; of a longer one only its first two parts are said."""
_TWO_LONGEST = 75
"""Characters of these two; of longer ones only the first is said."""


class NameParts(NamedTuple):
    """A name in a letter; `address` is "Dr." or empty, `full` the name without it and without suffixes."""

    full: str
    first: str
    last: str
    address: str


def name_parts(name: str, title: str, english: English) -> NameParts:
    """The parts of a contact's name; `title` counts where it is only how one is addressed."""
    name = re.sub(_BESIDE_NAME, lambda found: found[1] or "", name).strip()
    if (two := re.fullmatch(_TWO, name)) is not None:
        first_person, second_person = (name_parts(person, "", english) for person in two.groups())
        if is_address(two[1]):  # "Mr. and Mrs. Miller"
            first_address = name_parts(f"{two[1]} {second_person.last}", "", english).address
            address = f"{first_address} and {second_person.address}"
            return NameParts(second_person.full, "", second_person.last, address)
        people = (first_person, second_person)
        first = " and ".join(person.first or person.full for person in people)
        full = " and ".join(f"{person.address} {person.full}".strip() for person in people)
        return NameParts(full, first, second_person.last, "")
    read = read_name(name.title() if len(name) > 3 and (name.islower() or name.isupper()) else name)
    words = read.name.split()
    titles = [word for word in read.address.split() if is_address(word)]
    while len(words) > 1 and is_address(words[0]):
        titles.append(words.pop(0))
    job_ends = next((at for at, word in enumerate(words[:-1]) if is_address(word)), 0)
    if job_ends and is_person(words[job_ends - 1].lower()):  # "Headteacher Mrs Patel"
        titles.append(words[job_ends])
        words = words[job_ends + 1 :]
    for part in re.split(r"\s*[·,;]\s*", title):
        if is_address(part) or (re.fullmatch(_ONLY_ADDRESS, part) and is_address(part.split()[0])):
            titles += re.split(r"[\s-]+", part)
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in (*PARTICLES, "und"):
        start -= 1
    folded_titles = {folded(word) for word in titles}
    address = next((salutation for salutation, forms in _TITLES.items() if folded_titles & set(forms.split())), "")
    if english not in MONTH_FIRST:
        address = address.rstrip(".")
    full = " ".join(words)
    if words and (words[0] in PARTICLES or _is_family_first(words)):
        return NameParts(full, "", full, address)
    first = words[0] if len(words) > 1 or (words and not address) else ""
    return NameParts(full, first, " ".join(words[start:]) if len(words) > 1 or address else "", address)


def _is_family_first(words: list[str]) -> bool:
    return len(words) > 1 and f" {folded(words[0])} " in _FAMILY_FIRST and not is_given_name(words[0])


def greeting(parts: NameParts, company: str, voice: Voice) -> str:
    """The greeting without its comma: "Dear Dr. Leyen", "Hi Dana", "Dear hiring team at Acme"."""
    if not parts.full:
        return f"Dear hiring team at {company}" if company else "Dear hiring team"
    if voice is Voice.FRIENDLY and len(parts.first.strip(".")) > 1:
        return f"Hi {parts.first}"
    if not parts.address:
        return f"Hi {parts.full}" if voice is Voice.FRIENDLY and parts.last == parts.full else f"Dear {parts.full}"
    return f"Dear {parts.address} {parts.first if parts.address in _BY_FIRST_NAME and parts.first else parts.last}"


def sign_off(voice: Voice, english: English) -> str:
    """The words above the name, without their comma."""
    if voice is Voice.FRIENDLY:
        return "Best" if english in MONTH_FIRST else "Best wishes"
    return "Best regards" if english in MONTH_FIRST else "Kind regards"


_CALLED_THE = rf"(?!Bank)(?:{INSTITUTIONS}|Church|Government) (?:of|for)\b"


def company_in_sentence(company: str) -> str:
    """An employer as one says it: "University of Leeds" gives "the University of Leeds"."""
    return f"the {company}" if re.match(_CALLED_THE, company) else company


def role_in_sentence(role: str) -> str:
    """A position as one says it: "Data Analyst (m/w/d) - Req 4711" gives "Data Analyst"."""
    phrase = re.sub(_CALLED, "", re.sub(_MARKS, "", role).strip(" -–—,;:|/"))
    phrase = re.sub(r"(?i)^(?:the|an?)\s+(?=\S)", "", phrase)
    phrase = re.sub(
        r"(?i)\s+(?:position|role|job)(?= (?:in|for|at)\b)|^(?:position|role|job) (?:as|of)(?: an?)?\s+",
        "",
        phrase,
    )
    parts = re.split(_ADDED, phrase)
    if len(parts) > 1:  # no brackets within brackets: "Analyst – Risk (CDI)"
        parts = re.split(_ADDED, re.sub(r"\s*\([^()]*\)", "", phrase))
        parts = [part for part in parts if not re.fullmatch(_HOW_ONE_WORKS, part)]
        phrase = _with_parts(parts)
    return phrase or role


def _with_parts(parts: list[str]) -> str:
    """A position with its further parts in brackets, as many as fit: "Marketing Manager (EMEA, remote)"."""
    if len(parts) == 1:
        return parts[0]
    whole = f"{parts[0]} ({', '.join(parts[1:])})"
    if len(whole) <= _SAID_LONGEST:
        return whole
    two = f"{parts[0]} ({parts[1]})"
    return two if len(two) <= _TWO_LONGEST else parts[0]


def short_role(role: str) -> str:
    """A position that fits into a subject line, cut where a part of it ends."""
    short = role
    for boundary in (r"\s+[-–—|/]\s+|\s*[(\[,;:]\s*", r"\s+(?:of|for|in|with|and|at|to|&)\s+"):
        while len(short) > SUBJECT_LONGEST and (ends := list(re.finditer(boundary, short))):
            short = short[: ends[-1].start()].rstrip()
    if len(short) > SUBJECT_LONGEST:
        short = short[: SUBJECT_LONGEST + 1].rpartition(" ")[0] or short[:SUBJECT_LONGEST]
    return short
