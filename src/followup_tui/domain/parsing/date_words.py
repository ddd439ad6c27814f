"""A date in small letters and English words, from any of several languages and notations."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from unicodedata import combining, normalize

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# In each table English comes first.
_MONTHS = {
    "jan": "january januar janner janvier enero gennaio januari janeiro",
    "feb": "february februar febr fevrier fev febrero febbraio februari fevereiro",
    "mar": "march marz maerz mrz mars marzo maart mrt marco",
    "apr": "april avril avr abril aprile",
    "may": "may mai mayo maggio mei maio mag",
    "jun": "june juni juin junio giugno junho giu",
    "jul": "july juli juillet juil julio luglio julho lug",
    "aug": "august aout agosto augustus",
    "sep": "september septembre septiembre settembre setembro",
    "oct": "october oktober okt octobre octubre ottobre outubro ott",
    "nov": "november novembre noviembre novembro",
    "dec": "december dezember dez decembre diciembre dicembre dezembro dic",
}
MONTH_BEGINNINGS = frozenset(word[:3] for name, words in _MONTHS.items() for word in (name, *words.split()))
"""How the names of months begin, in all languages."""
_WEEKDAYS = {
    "mon": "monday montag lundi lunes lunedi maandag",
    "tue": "tuesday dienstag mardi martes martedi dinsdag",
    "wed": "wednesday mittwoch mercredi miercoles mercoledi woensdag",
    "thu": "thursday donnerstag jeudi jueves giovedi donderdag",
    "fri": "friday freitag vendredi viernes venerdi vrijdag",
    "sat": "saturday samstag sonnabend samedi sabado sabato zaterdag",
    "sun": "sunday sonntag dimanche domingo domenica zondag",
}
_SHORT_WEEKDAYS = {
    "mon": "mo lun lu ma", "tue": "di mar dinsd", "wed": "mi mer mie wo", "thu": "do jeu jue gio don",
    "fri": "fr ven vie vr vri", "sat": "sa sam sab za zat", "sun": "so dim dom zo",
}  # fmt: skip
"""Short names, which count only before a day: "Di, 3. Nov"."""
_DAYS = {
    "today": "heute aujourd'hui hoy oggi vandaag hoje",
    "tomorrow": "morgen demain mañana manana domani",
    "yesterday": "gestern ayer ieri gisteren",
}
_MORE_DAYS = {
    "day after tomorrow": "ubermorgen uebermorgen overmorgen dopodomani",
    "day before yesterday": "vorgestern eergisteren anteayer",
    "next": (
        "nachste nachsten nachster naechste naechsten prochain prochaine proximo proxima prossimo prossima"
        " volgende"
    ),
    "coming": "kommende kommenden kommender aanstaande komende",
    "last": (
        "letzte letzten letzter letztem vergangene vergangenen vergangener dernier derniere pasado pasada scorso"
        " scorsa vorige afgelopen"
    ),
    "this": "diese diesen dieser diesem",
    "week": "woche wochen kw semaine semana settimana",
    "christmas": "weihnachten noel navidad natale kerst kerstmis",
    "christmas eve": "heiligabend nochebuena kerstavond",
    "new year": "neujahr",
    "new year eve": "silvester sylvester nochevieja",
    "end": "ende eind fine fin finales",
    "beginning": "anfang debut principios inizio begin",
    "mid": "mitte mediados meta midden milieu",
    "month": "monat monats mois mes mese maand",
    "year": "jahr jahres annee ano anno jaar",
    "morning": "vormittag vormittags fruh matin mattina mattino ochtend",
    "afternoon": "nachmittag nachmittags tarde pomeriggio middag",
    "evening": "abend abends soir noche sera avond",
}
_UNITS = {
    "day": "tag tage tagen jour jours día días dia dias giorno giorni dag dagen",
    "week": "woche wochen semaine semaines semana semanas settimana settimane week weken",
    "hour": "stunde stunden heure heures hora horas ora ore uur uren",
    "minute": "minute minuten minutes minuto minutos minuti minuut",
    "month": "monat monate monaten mois mes meses mese mesi maand maanden",
}
_BUSINESS_DAYS = (
    r"werktage?n?|arbeitstage?n?|werkdag(?:en)?|jours? (?:ouvr(?:é|able)s?)|d[ií]as? (?:hábil|laborable)(?:e?s)?"
    r"|giorn[oi] lavorativ[oi]"
)
_COUNTS = {
    "1": "ein eine einen einer einem eins un une una uno een 1", "2": "zwei deux dos due twee 2",
    "3": "drei trois tres tre drie 3", "4": "vier quatre cuatro quattro 4",
    "5": "fünf funf cinq cinco cinque vijf 5", "6": "sechs six seis sei zes 6",
    "7": "sieben sept siete sette zeven 7", "8": "acht huit ocho otto 8", "9": "neun neuf nueve nove negen 9",
    "10": "zehn dix diez dieci tien 10", "11": "elf onze once undici 11",
    "12": "zwölf zwolf douze doce dodici twaalf 12", "14": "vierzehn catorce 14", "15": "quinze 15",
}  # fmt: skip
_FOREIGN = {
    foreign: english
    for table in (_MONTHS, _WEEKDAYS, _DAYS)
    for english, words in table.items()
    for foreign in words.split()[0 if table is _DAYS else 1 :]
} | {foreign: english for english, words in _MORE_DAYS.items() for foreign in words.split()}
_SHORT = {short: english for english, words in _SHORT_WEEKDAYS.items() for short in words.split()}
ANY_WEEKDAY = (
    rf"(?:{'|'.join(f'{name}|{words.replace(chr(32), chr(124))}' for name, words in _WEEKDAYS.items())}"
    rf"|lunedì|martedì|mercoledì|giovedì|venerdì|miércoles|sábado)\b\.?|(?:{'|'.join(_SHORT)})\b\.?(?= \d)"
)
"""The weekdays as they are typed, in all languages; a short name only before a number."""
_MISTYPED = {
    "eow": "end of week", "eom": "end of month", "eoy": "end of year",
    "tmr": "tomorrow", "tmw": "tomorrow", "tommorow": "tomorrow", "tommorrow": "tomorrow", "tommorw": "tomorrow",
    "tomarrow": "tomorrow", "wensday": "wednesday", "wendsday": "wednesday", "saterday": "saturday",
    "satuday": "saturday", "tusday": "tuesday", "thurday": "thursday", "thirsday": "thursday",
    "teusday": "tuesday",
}  # fmt: skip


@cache
def _typing_errors() -> dict[str, str]:
    weekdays = (words.split()[0] for words in _WEEKDAYS.values())
    return _MISTYPED | typing_errors_of(*weekdays, "tomorrow", "yesterday")


def typing_errors_of(*words: str) -> dict[str, str]:
    """Return, with the word meant, what has two of its letters exchanged, one left out or one doubled inside."""
    found: dict[str, str] = {}
    for word in words:
        for at in range(1, len(word) - 1):
            swapped = f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"
            left_out, doubled = word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]
            found |= {one: word for one in (swapped, left_out, doubled) if one != word}
    return found


def _by_word(table: dict[str, str]) -> dict[str, str]:
    return {word: english for english, words in table.items() for word in words.split()}


_UNIT_OF, _COUNT_OF = _by_word(_UNITS), _by_word(_COUNTS)
_AMOUNT = (
    rf"(?P<count>{'|'.join(_COUNT_OF)}|\d{{1,3}}) "
    rf"(?:(?P<business>{_BUSINESS_DAYS})|(?P<unit>{'|'.join(_UNIT_OF)}))(?!\w)"
)
_AMOUNT_AHEAD = (
    r"(?<!\S)(?:in|innerhalb von|dans|sous|en|dentro de|tra|fra|over|binnen)"
    r"(?:(?: den| der| les| las| los| de)? (?:nächsten|kommenden|prochaine?s|próxim[ao]s|prossim[ei]|komende))?"
    rf" {_AMOUNT}"
)
"""How long from now in six languages: "in 14 Tagen", "dentro de dos semanas", "over twee weken"."""
_AMOUNT_AGO = rf"(?<!\S)(?:(?P<before>vor|il y a|hace) )?{_AMOUNT}(?(before)| (?:fa|geleden)(?!\w))"
"""How long ago: "vor 3 Tagen", "il y a une semaine", "tre giorni fa"."""
_ARTICLE = r"(?:(?:el|il|le|am|den|de) (?:d[ií]a |giorno )?)"
_DAY_ALONE = rf"^{_ARTICLE}(\d{{1,2}})\.?(?= (?:at|um|om|à|a las?|alle|,)|$)"
"""The day of a month alone: "am 25. um 10", "el día 25 a las 10"."""
_DASH_BEFORE_HOUR = (
    r"(?<!\d)(\d{4}|\d{1,2}/\d{1,2}|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*) [-–—]"
    r" (?=\d{1,2}(?:[:.h]\d\d| ?[ap]m| ?uhr))"
)
_DASHED_DAY = r"(?<![\d-])(2[4-9]|3[01])-(0?[1-9]|1[0-2])(?![\d:.-])"
_CLOCK = r"\d{1,2}(?: ?[:.h] ?\d\d)? ?(?:h\b|uhr\b|uur\b|ore\b)?"
_SPAN = rf"(?<!\S)(?:de|dalle|van|von|from) ({_CLOCK}) (?:à|a|alle|tot|bis|to|until|till) ({_CLOCK})(?![\w:.])"
"""From one hour to another: "de 15h30 à 16h15", "dalle 9 alle 10"."""
AMOUNT_WORDS = frozenset((*_COUNT_OF, *_UNIT_OF, "dans", "dentro", "tra", "fra", "over", "pasado", "que", "viene"))
"""Words that belong to a foreign date beside others of it."""
_WHOLE_PHRASES = (
    (r"(?<!\w)(?:die |der )?übernächste[rn]? woche|(?<!\w)(?:la )?semaine d['’]après(?!\w)", "week after next"),
    (r"^avant[- ]hier(?!\w)", "day before yesterday"),
    (r"^hier(?= soir| matin| [àa] | \d|$)|^last(?= night(?!\w))|(?<!\w)(?:yday|y'day|yest)(?!\w)", "yesterday"),
    (r"(?<!\w)déc(?!\w)", "dec"),
    (r"(?<!\w)gister(?=avond|middag|ochtend)", "gisteren "),
    (r"(?<!\w)heute morgen(?!\w)", "this morning"),
    (r"(?<=ayer) por la (?:ma[ñn]ana|tarde|noche)", ""),
    (r"(?<!\w)(monats|jahres|wochen)ende(?!\w)", r"ende \1"),
    (r"(?<!\w)(?:a )?couple(?: of)? (?=\w)", "a couple of "),
    (r"^(?:nach|après|dopo|na) (?=\w+$)", "after "),
    (r"^(?:earlier|later) today(?!\w)", "today"),
    (r"(?<= ago) today$|(?<=dag) a\.s\.?(?!\w)|(?<=\d)-?ish(?= (?:day|week|month|hour|min)s?\b)", ""),
    (r"(?<!\S)(?:(?:at|@|around|about) ?)*(\d{1,2}(?:[:.]\d\d)?(?: ?[ap]m)?)[ -]?ish(?!\w)", r"at \1"),
    (r"(?<=\byear)['’]s(?!\w)", "s"),
    (r"^(?:just|right) now$", "now"),
)
"""Words that mean something together only, in several languages and in English."""
_AFTER_TOMORROW = r"(?<!\w)(?:apr[eè]s[- ]demain|pasado ma[ñn]ana)(?!\w)"
_PART_OF_DAY = (
    r"(?:[àa]|de|por|en|du|dans|del|della|di|nel|in|'s) ?(?:la |las |l['’]|der )?(?P<after>apr[eè]s[- ]midi)(?!\w)"
    r"|(?<=\d)(?P<h> ?h)?,? (?:de la|por la|du|del|della|di|dell['’]|de l['’]|am|'s) ?"
    r"(?P<part>tarde|noche|ma[ñn]ana|matin|soir|pomeriggio|sera|mattina|mattino)(?!\w)"
)
"""Behind the hour, which part of the day it is in: "a las 4 de la tarde"."""
_MORNING = frozenset({"mañana", "manana", "matin", "mattina", "mattino"})
_FILLERS = frozenset(
    ("den", "der", "des", "am", "im", "le", "du", "el", "del", "il", "della", "de", "la", "op", "van", "het")
)
"""Words beside foreign dates that say nothing: "Dienstag, den 3. November", "16 de noviembre de 2026"."""

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_WORD = r"[^\W\d_]+(?:'[^\W\d_]+)?"
_SHORT_FIRST = r"^([^\W\d_]{2,5})[.,]{0,2} (?=\d|(?:um|halb|viertel) )"
_COMPACT_MOMENT = r"(?a)(?<!\d)(\d{4})(\d\d)(\d\d)t(\d\d)(\d\d)(?:(\d\d)(?:\.\d+)?)?(?=z|[+-]|\b)"
_COMPACT_DAY = r"(?a)(?<![\w./:-])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\w./:-])"
_YEAR_AFTER_QUOTE = r"(?a)(?<=[\s,])['’](\d\d)(?!\d)"
_HOURS = "|".join(word for word, count in _COUNT_OF.items() if word.isalpha() and int(count) <= 12)
_NO_HOURS = "|".join(word for word, unit in _UNIT_OF.items() if unit != "hour")
_PART_HOUR = (
    r"(?<!\w)(?:(?P<half>halb|om half|half(?! six\b)(?= [a-z]))|(?P<to>viertel vor|dreiviertel|kwart voor)"
    rf"|viertel nach|kwart over) (?P<hour>\d{{1,2}}|{_HOURS})(?!\w)(?: (?:uhr|uur)\b)?"
)
"""The half and quarter hours of German and Dutch: "halb drei" is half past two."""
_AT_HOUR = (
    r"(?<!\S)(?:um|om|ab|gegen|tegen|verso le|sobre las|hacia las|kl\.?|a las?|alle(?: ore)?|ore|a partir das|às|à"
    rf"|vers) (?:(?P<word>{_HOURS})(?! (?:{_NO_HOURS})\b)|(?P<hour>\d{{1,2}}))"
    r"(?(hour)(?: ?[:.h] ?(?P<minute>\d\d))?(?: ?h\b)?(?![\d:.])|\b)(?: ?(?:horas?|hs|ore|heures?|uhr|uur)\b)?"
    r"(?: (?P<half>et demie|y media|e mezz[ao])| (?P<past>et quart|y cuarto|e un quarto)"
    r"| (?P<to>moins le quart|menos cuarto|meno un quarto))?"
)
"""The hour in languages that say it without a sign of their own: "a las 10", "alle tre", "à 14h30"."""
_NEXT_BEHIND = r"\b(mon|tue|wed|thu|fri|sat|sun|week|month) (next|last)\b(?! week)"
"""The weekday is named first in French: "lundi prochain"."""
_EDGE = (
    r"^(?:(?:a|alla|am|zu|spätestens|before) )?(end|beginning|mid) "
    rf"(?=(?:(?:this|next|last) )?(?:week|month|year)\b|(?:{'|'.join(_MONTHS)})\b)"
)
_END_OF_DAY = r"\b(?:by )?(?:eod|cob|e\.o\.d\.|end of (?:the )?(?:business )?day|close of business)\b(?: on)?"


@lru_cache(maxsize=2048)
def plain_date(text: str) -> str:
    """The text in small letters, with English names of months and weekdays and single spaces."""
    said = " ".join(normalize("NFKC", text).casefold().replace("−", "-").split())
    if said.isascii() and not re.search(r"[a-z]", said):
        return re.sub(_DASHED_DAY, r"\1/\2", re.sub(_COMPACT_DAY, r"\1-\2-\3", said))
    said = re.sub(_COMPACT_MOMENT, lambda m: f"{m[1]}-{m[2]}-{m[3]}t{m[4]}:{m[5]}:{m[6] or '00'}", said)
    said = re.sub(_COMPACT_DAY, r"\1-\2-\3", said)
    said = re.sub(_YEAR_AFTER_QUOTE, r"20\1", said)
    short = re.match(_SHORT_FIRST, said)
    if short and _folded(short[1]) in _SHORT and (short[1] != "mar" or _is_tuesday(said[short.end() :])):
        said = f"{_SHORT[_folded(short[1])]} {said[short.end() :]}"
    said = re.sub(_END_OF_DAY, " ", said)
    said = re.sub(_SPAN, r"\1 - \2", said.replace(" · ", ", ").replace("(us & canada)", ""))
    said = re.sub(rf"^{_ARTICLE}(?=\d)|(?<=\d )de (?=[a-z])", "", re.sub(_DAY_ALONE, r"the \1", said))
    said = re.sub(r"(?<=[\s,])h (?=\d{1,2}[:.]\d\d)", "", re.sub(_DASHED_DAY, r"\1/\2", said))
    said = re.sub(_DASH_BEFORE_HOUR, r"\1 ", said)
    for pattern, words in _WHOLE_PHRASES:
        said = re.sub(pattern, words, said)
    said = re.sub(_AFTER_TOMORROW, "day after tomorrow", said.replace(" que viene", " proximo"))
    said = re.sub(_PART_OF_DAY, lambda match: " morning" if match["part"] in _MORNING else " afternoon", said)
    said = re.sub(_AMOUNT_AHEAD, lambda match: f"in {_english_amount(match)}", said)
    said = re.sub(_AMOUNT_AGO, lambda match: f"{_english_amount(match)} ago", said)
    said = re.sub(_AT_HOUR, _at_hour, said)
    foreign = False

    def english(match: re.Match[str]) -> str:
        nonlocal foreign
        if mistyped := _typing_errors().get(match[0]):
            return mistyped
        found = _FOREIGN.get(_folded(match[0]))
        foreign = foreign or found is not None
        return found or match[0]

    said = re.sub(_WORD, english, re.sub(_PART_HOUR, _part_hour, said))
    if foreign:
        said = said.replace("coming week", "next week")
        said = " ".join(re.sub(_WORD, lambda match: "" if match[0] in _FILLERS else match[0], said).split())
        said = re.sub(_NEXT_BEHIND, r"\2 \1", said)
        said = re.sub(_EDGE, r"\1 of ", said)
    said = re.sub(r"(?a)\b(\d{1,2})(?:er|ro|º|°|de|ste)\b(?= )", r"\1", said)
    return " ".join(said.split()).strip(" ,!")


def _is_tuesday(rest: str) -> bool:
    """Whether "mar" before a day is "mardi", "martes" or "martedì": another month or their hour follows."""
    words = re.findall(_WORD, rest)
    return any(_folded(word)[:3] in MONTH_BEGINNINGS for word in words) or bool(re.search(_AT_HOUR, rest))


def _english_amount(match: re.Match[str]) -> str:
    unit = "business day" if match["business"] else _UNIT_OF[match["unit"]]
    return f"{_COUNT_OF.get(match['count'], match['count'])} {unit}s"


def _part_hour(match: re.Match[str]) -> str:
    hour = int(_COUNT_OF.get(match["hour"], match["hour"]))
    if match["half"]:
        return f"half past {(hour - 2) % 12 + 1}"
    return f"quarter {'to' if match['to'] else 'past'} {hour}"


def _at_hour(match: re.Match[str]) -> str:
    hour = int(match["hour"] or _COUNT_OF[match["word"]])
    if match["half"] or match["past"]:
        return f"at {hour}:{'30' if match['half'] else '15'}"
    return f"at {hour - 1}:45" if match["to"] else f"at {hour}:{match['minute'] or '00'}"


def _folded(word: str) -> str:
    if word.isascii():
        return word
    return "".join(letter for letter in normalize("NFKD", word) if not combining(letter))
