"""What a part of a typed line says of the job itself: its pay, where one works, and fields with their names."""

from __future__ import annotations

import re
from typing import NamedTuple

from followup_tui.domain.model.application import WorkMode

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_AMOUNT = r"\d{1,3}(?:,\d\d(?=,))*(?:[.,' ]?\d{3})*(?:[.,]\d{1,2})?\s?(?:k\b|tsd\b\.?)?"
_MONEY = (
    r"(?:(?:us|ca|au|nz|s|hk|r)?[$€£¥₹₽₺₪]|zł|kč|ft\b|kr\b\.?|fr\.|rs\.?"
    r"|(?:usd|eur|euros?|gbp|chf|cad|aud|nzd|sgd|hkd|inr|jpy|sek|nok|dkk|isk|pln|czk|huf|ron|brl|mxn|zar|aed|ils)\b)"
)
"""How currencies are written, in lines and in cells of sheets."""
_TIME = (
    r"h|hr|hour|day|week|wk|month|mo|year|yr|annum|std|stunde|tag|monat|jahr|heure|jour|mois|an|hora|día|mes|año|ora|giorno"
    r"|mese|anno|uur|dag|maand|jaar|miesiąc|rok"
)
_PAY = (
    r"(?i)(?:up to |about |around |from |ca\.? |~ ?|bis |ab |bis zu |jusqu'à |hasta |fino a |tot )?"
    rf"(?P<before>{_MONEY})?\s?{_AMOUNT}(?:\s?(?:[-–—]|to|bis|à|a|tot)\s?{_MONEY}?\s?{_AMOUNT})?\s?(?P<behind>{_MONEY})?"
    rf"(?:\s?(?:/|per|pro|par|por|al|all'|an?)\s?(?:{_TIME})\b\.?"
    r"|\s(?:p\.?a\.?|p\.?m\.?|gross|net|brutto|netto|bruts?|nets?|brutos?|netos?|lord[oi]|nett[oi]|bruto|base|ote))*"
)
_THOUSANDS = r"(?i)\d\s?k\b"
_PENSION = r"(?i)401\s?\(?k\)?"
_MODES = {
    WorkMode.REMOTE: (
        r"(?:(?:fully|100 ?%|all)[- ])?remote(?:[- ](?:first|only|work))?|home ?office|télétravail|remoto"
    ),
    WorkMode.HYBRID: r"hybride?(?:[- ](?:work|job|role))?|híbrido|ibrido",
    WorkMode.ONSITE: r"in[- ](?:the )?office|office[- ]based",
}
_NAMED = {
    "company": r"company|employer|organi[sz]ation|firma|unternehmen",
    "role": r"role|position|job title|stelle",
    "people": r"contact(?: person)?|ansprechpartner(?:in)?|hiring manager|recruiter",
    "location": r"location|place|where|city|town|ort|standort",
    "pay": r"pay|salary|compensation|gehalt",
    "": r"date|time|date and time|when|interview|termin|datum|uhrzeit|link|url|tags?",
}
"""By field, what may stand before a colon; without a field, what follows says itself what it is."""
FIELD_NAMES = "|".join(_NAMED.values())


_A_ROLE = r"(?i)^(?:the|our|an?|une?|una|eine[nr]?|een|der|die|das|des|le|la|el|il|de|het)\s+(?=\S)"
_POST = (
    r"(?i)^(?:poste d['’]|(?:post[eo]?|puesto|plaza|position|stelle|posizione|ruolo|functie|role) "
    r"(?:de |di |als |van |of |del )?(?:an? )?)"
)
"""The words before a role that only say that it is one: "poste d'ingénieur", "Stelle als Koch"."""


class NamedPart(NamedTuple):
    """A part that names its field: "location: Berlin"; no `name` where the text says itself what it is."""

    name: str
    text: str


def bare_role(text: str) -> str:
    """A role without the words that only say that it is one: "the SRE job"."""
    said = re.sub(_POST, "", re.sub(_A_ROLE, "", text.strip())).rstrip(" !")
    return re.sub(r"(?i)\s+(?:role|position|job|opening|vacancy|stelle)$", "", said)


def is_pay(part: str) -> bool:
    """Whether a part is an amount of money and no more: "85-95k", "€70,000 a year"; "401k" is a pension."""
    said = re.fullmatch(_PAY, part)
    if said is None or re.fullmatch(_PENSION, part):
        return False
    return bool(said["before"] or said["behind"] or re.search(_THOUSANDS, part))


def work_mode_of(part: str) -> WorkMode | None:
    """Where one works, if a part says no more: "fully remote", "hybrid"."""
    return next((mode for mode, words in _MODES.items() if re.fullmatch(f"(?i){words}", part)), None)


def split_name(part: str) -> NamedPart | None:
    """The field that a part names before a colon, and its text; None where it names none."""
    said = re.match(r"([^\W\d_][\w ]{2,20}?)\s*:\s*(?=\S)(?!//)", part)
    if said is None:
        return None
    name = next((field for field, words in _NAMED.items() if re.fullmatch(f"(?i){words}", said[1])), None)
    return None if name is None else NamedPart(name, part[said.end() :])
