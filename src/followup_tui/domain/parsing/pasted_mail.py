"""An invitation in prose, pasted from a mail: "Hi Sam, we'd love to invite you …" as the line one would type."""

from __future__ import annotations

import re

from followup_tui.domain.parsing.line_pieces import around_date, bare_role
from followup_tui.domain.parsing.times import split_clock

_SHORTEST = 60
_LONGEST = 5_000
"""Characters of a mail that is looked at."""
# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_GREETING = (
    r"(?i)\s*(?:hi|hello|hey|dear|good (?:morning|afternoon)|hallo|guten tag|sehr geehrte[rs]?|liebe[rs]?|bonjour"
    r"|hola|buenos días|estimad[oa]|gentile|ciao|buongiorno|beste|geachte)\b[^,!:\n]{0,60}[,!:\n]"
)
_CLOSING = (
    r"(?im)(?:^\s*|(?<=[.,!?])\s+)(?:best(?: regards| wishes)?|(?:kind|warm) regards|regards|cheers|thanks"
    r"|thank you|sincerely|mit freundlichen grüßen|viele grüße|beste grüße|freundliche grüße|cordialement"
    r"|bien à vous|saludos|un saludo|atentamente|cordiali saluti|distinti saluti"
    r"|met vriendelijke groet(?:en)?|groeten)\s*(?:[,!.]|$)"
)
_WORD = r"[A-ZÀ-Þ0-9][\w&'’+-]*(?:\.\w+)*"
_NAME = rf"{_WORD}(?: (?:&|of|de|und|et|y|srl|spa|snc|sarl|gmbh|inc|llc|ltd|{_WORD}))*"
_SAID_ROLE = (
    r"(?:[Ff]or|[Aa]s|[Aa]bout|[Rr]egarding|[Tt]o|[Ii]n) (?:the|our|an?) (?:open )?"
    r"(?P<role>(?!(?:\w+ )?(?:interview|call|chat|meeting)\b)[^\n.;:!?]{2,60}?)"
    r" (?:role|position|opening|opportunity|job)\b",
    r"(?:role|position) (?:of|as) (?:an? )?(?P<role>[^\n.;:!?,]{2,60}?)(?= at\b| with\b| on\b|[,.\n]|$)",
    r"(?:Stelle|Position) (?:als|des|der|einer|eines) (?P<role>[^\n.;:!?,]{2,60}?)(?= am\b| bei\b| in\b|[,.\n]|$)",
    r"\bals (?P<role>(?-i:[A-ZÄÖÜ])[^\n.;:!?,]{2,60}?)(?= am\b| bei\b| in\b| zu\b|[,.\n]|$)",
    r"\b(?:poste|puesto|posizione|functie|ruolo) (?:de |d['’]|di |van )(?P<role>[^\n.;:!?,]{2,60}?)"
    r"(?= chez\b| en\b| presso\b| bij\b| le\b| el\b| il\b| op\b| au sein\b|[,.\n]|$)",
)
_SAID_COMPANY = (
    rf"(?:role|position|opening|opportunity|job) (?:here )?(?:at|with) (?:the )?(?P<company>{_NAME})",
    rf"(?:[Ii]nterview|team|work|working) (?:here )?(?:at|with) (?:the )?(?P<company>{_NAME})",
    rf"(?:joining|interest in|on behalf of|here at|appl(?:y|ying|ication) (?:at|with|to)) (?P<company>{_NAME})",
    rf"\b(?:puesto|posición|vacante) de [^,.;\n]{{2,60}}? en (?P<company>{_NAME})",
    rf"\b(?:bei der|beim|bei|chez|presso|bij|au sein de|en la empresa) (?:der |dem |la |le )?(?P<company>{_NAME})",
    rf"\bat (?P<company>(?=[A-ZÀ-Þ]){_NAME})",
)
_PERSON = r"(?:(?:Frau|Herrn?|Ms\.?|Mr\.?|Dr\.?) )?[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,3}"
_PEOPLE = rf"\b(?:with|mit|avec|con|met) (?P<people>{_PERSON}(?:(?:,| and| und| et| y| e| en) {_PERSON})*)"
_SENTENCE = r"(?<![\d.])[.!?](?=[\s,]|$)|(?<=[ap]\.m)\.(?=\s)|\n"
_QUESTION = r"(?i)(?<=\w)\s(?:works?|suits?|fits?|be (?:ok|okay|possible)|passt|convient)\b.*$"
_COMMA = r"(?<=\w),?(?: den| the)?(?= (?:\d|[A-Z][a-z]+\.? \d|at\b|um\b))"
"""What stands between the parts of one date: "Tuesday, December 8, 2026, at 2 pm", "Donnerstag, den 26.11."."""


def mail_as_line(text: str) -> str:
    """Return the line that says what an invitation in prose says, or the text as it is if it is no invitation.

    An invitation greets somebody, and names a company, a role and an hour.
    """
    said = text[:_LONGEST].replace("\r", "")
    greeting = re.match(_GREETING, said) if len(said) >= _SHORTEST else None
    if greeting is None:
        return text
    body, signature = _parted(said[greeting.end() :])
    body = re.sub(r"(?<![.!?:])\n(?!\n)", " ", body)
    role = _first(_SAID_ROLE, body, "role")
    company = _first(_SAID_COMPANY, body, "company")
    date = _date(body)
    if not (role and company and date):
        return text
    people = [found["people"] for found in re.finditer(_PEOPLE, body) if found["people"] != company]
    who = people[0] if people else signature
    return ", ".join(filter(None, (company, bare_role(role), date, f"with {who}" if who else "")))


def _parted(text: str) -> tuple[str, str]:
    """The text before its closing words, and the name below them."""
    closing = re.search(_CLOSING, text)
    if closing is None:
        return text, ""
    below = next((line.strip() for line in re.split(r"[\n,]", text[closing.end() :]) if line.strip()), "")
    is_name = bool(re.fullmatch(r"[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’.-]*){0,3}", below))
    return text[: closing.start()], below if is_name else ""


def _first(patterns: tuple[str, ...], text: str, name: str) -> str:
    found = (match for pattern in patterns if (match := re.search(pattern, text)))
    return next((match[name].strip(" ,.'’") for match in found), "")


def _date(body: str) -> str:
    """The first day with an hour that a sentence names, or an empty text."""
    for sentence in re.split(_SENTENCE, body):
        _, date, _ = around_date(" ".join(re.sub(_QUESTION, "", re.sub(_COMMA, "", sentence)).split()))
        if date and split_clock(date.casefold()).start:
            return date
    return ""
