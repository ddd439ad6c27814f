"""An invitation in prose, pasted from a mail: "Hi Sam, we'd love to invite you …" as the line one would type."""

from __future__ import annotations

import re

from followup_tui.domain.parsing.date_words import plain_date
from followup_tui.domain.parsing.job_words import bare_role
from followup_tui.domain.parsing.line_pieces import around_date
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
_SENTENCE = r"(?<![\d.])[.!?](?=[\s,]|$)|(?<=[ap]\.m)\.(?=\s)|(?<=[:.]\d\d)\.(?=\s[A-ZÀ-Þ])|\n"
_OR = r"\s(?:or|oder|ou|o|oppure)\s(?=(?:on |at |am |um |le |el |il |à |a las? |alle )?[A-ZÀ-Þ\d])"
"""Between two times of which one is to be chosen."""
_QUESTION = r"(?i)(?<=\w)\s(?:works?|suits?|fits?|be (?:ok|okay|possible)|passt|convient)\b.*$"
_TIME_LABEL = r"(?i)[,;]?\s*\n?\s*(?<!\w)(?:time|uhrzeit|zeit|heure|hora|ora|orario|tijd|horaire)\s*:\s*(?=\d)"
_DAY_AND_HOUR = r"(\d{4})[ \t]*\n[ \t]*(?=\d{1,2}(?:[:.h]\d\d| ?[AaPp][Mm]))"
"""A day on one line and its hour on the next, with and without the word "Time:"."""
_QUOTED = (
    r"(?im)(?:^|, )[ \t]*(?:[-_*]{2,}[ \t]*(?:original|forwarded|weitergeleitete|ursprüngliche|begin|message"
    r"|mensaje|messaggio|doorgestuurd)[^\n,]*[-_*:]*"
    r"|(?:on|am|le|el|il|op)\b[^\n]{6,120}"
    r"(?:wrote|(?:schrieb|schreef)[^\n]{0,60}|a écrit|escribió|ha scritto)\s?:)"
)
"""What stands between a mail and the one that it answers or forwards."""
_HEADERS = (
    r"(?im)^[ \t]*(?:from|von|de|da|van)[ \t]*:[^\n]*\n"
    r"(?:[ \t]*(?:sent|to|cc|date|subject|gesendet|an|betreff|datum|envoyé|à|objet|enviado|para|asunto|fecha"
    r"|inviato|a|oggetto|data|verzonden|aan|onderwerp|reply-to)[ \t]*:[^\n]*\n?)+"
)
_QUOTED_SENDER = (
    r"(?im)^[> \t]*(?:from|von|de|da|van)[ \t]*:(?P<name>[^<\n]*)[<\[](?:mailto:)?(?P<mail>[^>\]\s]+@[^>\]\s]+)"
)
_MOST_DATES = 4
_COMMA = r"(?<=\w),?(?: den| the)?(?= (?:\d|[A-Z][a-z]+\.? \d|at\b|um\b))"
"""What stands between the parts of one date: "Tuesday, December 8, 2026, at 2 pm", "Donnerstag, den 26.11."."""


def mail_as_line(text: str) -> str:
    """Return the line that says what an invitation in prose says, or the text as it is if it is no invitation.

    An invitation greets somebody, and names a company, a role and an hour. Of several mails in one text it is the
    first that does; a second day in it stays in the line, so that one is asked which it is.
    """
    if len(text) < _SHORTEST:
        return text
    return next(filter(None, map(_line_of, messages_in(text))), text)


def messages_in(text: str) -> tuple[str, ...]:
    """Return the mails of a text, the newest first, without quotation marks and the headers of quoted ones."""
    said = re.sub(r"(?m)^[ \t]*(?:> ?)+", "", text[:_LONGEST].replace("\r", ""))
    found = (re.sub(_HEADERS, "\n", part).strip(" ,\n") for part in re.split(_QUOTED, said))
    return tuple(part for part in found if part)


def quoted_sender(text: str) -> tuple[str, str]:
    """Return the name and address of who wrote the mail that is quoted in a text, or empty texts."""
    found = re.search(_QUOTED_SENDER, text)
    return (found["name"].strip(' "'), found["mail"]) if found else ("", "")


def _line_of(message: str) -> str:
    greeting = re.match(_GREETING, message)
    if greeting is None:
        return ""
    body, signature = _parted(message[greeting.end() :])
    role, company = role_in(body), _first(_SAID_COMPANY, body, "company")
    dates = dates_in(body)
    if not (role and company and dates):
        return ""
    who = people_in(body, company) or signature
    return ", ".join((company, role, *dates, *([f"with {who}"] if who else ())))


def role_in(body: str) -> str:
    """Return the role that an invitation in prose is about, or an empty text."""
    return bare_role(_first(_SAID_ROLE, _flowing(body), "role"))


def people_in(body: str, company: str) -> str:
    """Return whom one is going to meet, as an invitation in prose says it, or an empty text."""
    found = (match["people"] for match in re.finditer(_PEOPLE, _flowing(body)))
    return next((people for people in found if not people.startswith(company or "\n")), "")


def _flowing(text: str) -> str:
    return re.sub(r"(?<![.!?:])\n(?!\n|\s*[-*•–])", " ", text)


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


def dates_in(body: str) -> tuple[str, ...]:
    """Return the days with an hour that the sentences of a mail name, each once; a weekday's own day isn't two."""
    found: dict[str, str] = {}
    body, _ = _parted(body)
    flowing = _flowing(re.sub(_TIME_LABEL, r" at ", re.sub(_DAY_AND_HOUR, r"\1 ", body)))
    for sentence in re.split(_SENTENCE, flowing):
        plain = re.sub(_QUESTION, "", re.sub(_COMMA, "", sentence))
        for place, choice in enumerate(re.split(_OR, plain)):
            rest = " ".join(re.sub(r"(?<=[:.]\d\d)\.$", "", choice).split()).lstrip("-*•– ")
            while rest and len(found) < _MOST_DATES:
                _, date, rest = around_date(rest)
                clock = split_clock(plain_date(date))
                if clock.start and (clock.rest.strip(" ,") or place):
                    found.setdefault(plain_date(date), date)
    return tuple(found.values())
