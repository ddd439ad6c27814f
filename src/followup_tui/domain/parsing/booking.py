"""An interview in one line, in any order, and an invitation pasted from a mail as the line one would type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from itertools import pairwise

from followup_tui.domain.format import format_full_day
from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.details import ApplicationDetails, interview_days, latest_interview
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.interview import Booking, Interview, InterviewKind, when_of
from followup_tui.domain.model.legal_forms import PLAIN_FORMS
from followup_tui.domain.model.text import LINE_LIMIT, shown_line
from followup_tui.domain.model.when import Prefer, When, format_when, to_input_text
from followup_tui.domain.model.zones import GENERIC, SEASONAL
from followup_tui.domain.parsing.date_words import plain_date
from followup_tui.domain.parsing.dates import looks_like_date
from followup_tui.domain.parsing.day_context import NEARLY_A_YEAR
from followup_tui.domain.parsing.day_phrases import MONTH, UNNAMED_WEEKDAY
from followup_tui.domain.parsing.interview_words import HowOneMeets, describe_meeting, read_meeting
from followup_tui.domain.parsing.job_words import bare_role
from followup_tui.domain.parsing.line_labels import without_labels
from followup_tui.domain.parsing.line_parts import LineParts, Understand, sort_links, with_profile, without_links
from followup_tui.domain.parsing.line_pieces import around_date, join_parts, split_line
from followup_tui.domain.parsing.line_reading import MOST_DATE_PARTS, sort_out
from followup_tui.domain.parsing.times import split_clock, split_hour
from followup_tui.domain.parsing.typed_people import bare_people, write_person

MOST_DATE_WORDS = 6
_BETWEEN_DATES = frozenset(
    {"or", "and", "to", "until", "till", "through", "oder", "und", "bis", "ou", "et", "-", "–", "/"}
)
_WAS = (
    r"(?i)\s*(?:(?:it|that|this|(?:the|my|our) (?:\w+ )?(?:interview|round|call|chat|meeting|trial))\s+)?"
    r"(?:was|took place|happened)\b(?!\s+(?:moved|postponed|rescheduled|cancell?ed|called off|put (?:off|back)))"
)
"""What begins a line that tells of a round that has been, as the question “or when was it?” asks."""
_NO_DAY = When(day=date.min, at=None, zone="UTC")


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingLine:
    """A round that was typed, and the parts of the line that weren't understood, as they were typed."""

    booking: Booking
    unread: tuple[str, ...] = ()


def leans_to(details: ApplicationDetails, line: str = "") -> Prefer:
    """Which way the date of an interview leans: behind where an import said that there was one, and not when.

    Behind it is also where the line begins with “was”. Where one was added by hand without its day, it is the
    nearest.
    """
    if re.match(_WAS, line):
        return Prefer.PAST
    application = details.application
    if application.stage is Stage.MOVED_ON or application.applied_only or latest_interview(details) is not None:
        return Prefer.FUTURE
    return Prefer.PAST if application.imported else Prefer.NEAREST


def split_date(text: str, understand: Understand) -> tuple[When, str]:
    """Return the date at the beginning, which may contain commas, and the text after it.

    Raises `BadInput` where it doesn't begin with a date.
    """
    parts = list(re.finditer(r"[^,;]+", text)) or list(re.finditer(r".*", text))[:1]
    dated = 1
    while dated < min(MOST_DATE_PARTS, len(parts)) and looks_like_date(_plain(parts[dated][0])):
        dated += 1
    for count in range(dated, 0, -1):
        said = " ".join(_plain(part[0]) for part in parts[:count])
        try:
            return understand(said), text[parts[count - 1].end() :].lstrip(" ,;").strip()
        except BadInput:
            if count == 1:
                if found := _first_words(text, understand):
                    return found
                raise
    raise AssertionError("one part is always tried")


def _first_words(text: str, understand: Understand) -> tuple[When, str] | None:
    """The date in the first words, without a comma behind it, and the text after it: "thursday call Karen"."""
    words = list(re.finditer(r"\S+", text))
    for last, following in reversed(list(pairwise(words[: MOST_DATE_WORDS + 1]))):
        reason = text[following.start() :]
        if _plain(following[0]).casefold() in _BETWEEN_DATES or looks_like_date(_plain(following[0])):
            continue  # half of two days, or of one
        try:
            return understand(text[: last.end()].rstrip(" ,;:")), reason
        except BadInput:
            continue
    return None


def parse_booking(text: str, understand: Understand) -> BookingLine:
    """A round in one line. Raises `BadInput` without a date, with two, and for what can't be meant."""
    if len(text) > LINE_LIMIT:
        raise BadInput(
            f"A line has at most {LINE_LIMIT:,} characters; nothing was saved, shorten it.", "interview"
        )
    problems: list[str] = []
    line, typed_links = without_links(join_parts(text), problems)
    links = sort_links(typed_links)
    # The application is known: no part of the line is the company or the role.
    found = LineParts(understand, company="known", role="known")
    sort_out(list(split_line(without_labels(line))), found)
    found.put_end()
    if problems or found.problems:
        raise BadInput((found.problems or [f"That link can't be opened; write {problems[0]}."])[0], "interview")
    if not found.whens:
        return BookingLine(booking=Booking(when=understand(_plain(", ".join(found.unread)))))
    if len(found.whens) > 1:
        raise BadInput("That names two dates; nothing was saved, keep only that of the interview.", "interview")
    found.take_places()
    people, unread = bare_people(found.unread)
    meeting, said = read_meeting(found.meets)
    people, profiles = with_profile(tuple(dict.fromkeys((*found.people, *people))), links.profile)
    link, *second = filter(None, (links.call, links.job)) if links.call or links.job else ("",)
    return BookingLine(
        booking=Booking(
            when=found.whens[0],
            people=people,
            kind=meeting.kind or (InterviewKind.VIDEO if links.call else None),
            place=meeting.place,
            link=link,
            notes=", ".join((*said, *found.notes)),
            referrer=found.referrer,
        ),
        unread=(*unread, *second, *profiles, *links.others),
    )


_SAME = (
    r"(?i)\b(?:at )?(?:the )?same {en}\b|\b(?:um |zur |am |die |der)*(?:selben?|gleichen?) {de}\b"
    r"|(?:à |le )?(?:la )?même {fr}\b|\b(?:a |el |la )*mism[ao] {es}\b|\b(?:alla |lo )?stess[ao] {it}\b"
    r"|\b(?:op )?(?:de|het)zelfde {nl}\b"
)
_SAME_TIME = _SAME.format(
    en="(?:time|hour)", de="(?:uhr)?zeit", fr="heure", es="hora", it="(?:ora|orario)", nl="(?:tijd(?:stip)?|uur)"
)
_SAME_DAY = _SAME.format(en="day", de="tag", fr="jour", es="d[ií]a", it="giorno", nl="dag")


def as_moved(text: str, interview: Interview) -> str:
    """The new date of a round with what stays as it was: "thursday same time", "same day 16:00", "16:00"."""
    before = when_of(interview)
    day, ends_at = format_full_day(before.day), interview.ends_at
    if before.at and ends_at:
        before = replace(before, ends_at=ends_at.astimezone(before.at.tzinfo))
    clock = to_input_text(before).removeprefix(day)
    text = re.sub(_SAME_DAY, day, re.sub(_SAME_TIME, lambda _: clock, text))
    hour, rest = split_hour(plain_date(text))
    return f"{day} {text}" if hour and not rest.strip() else text


def ahead_or_recorded(ahead: Understand, nearest: Understand, details: ApplicationDetails) -> Understand:
    """Understands a date as one ahead, but of next year as that of a recorded round: "20 Nov" on 22 November."""
    days = interview_days(details)

    def understand(text: str) -> When:
        when = ahead(text)
        near = nearest(text) if days else when
        return near if near.day in days and (when.day - near.day).days > NEARLY_A_YEAR else when

    return understand


def split_when(line: BookingLine) -> tuple[When, object]:
    """The date of a round that was typed, and all the rest."""
    return line.booking.when, replace(line, booking=replace(line.booking, when=_NO_DAY))


def with_notes(booking: Booking, said: Sequence[str]) -> Booking:
    """The round with further notes behind its own."""
    return replace(booking, notes=", ".join(filter(None, (booking.notes, *said))))


def describe_booking(line: BookingLine, zone: tzinfo) -> str:
    """What was understood of a round, as it is said back: "Tue 24 Nov 2026 14:00 CET · with Dana Ruiz · video"."""
    booking = line.booking
    said = [format_when(booking.when, zone)]
    if booking.people:
        said.append("with " + " & ".join(map(write_person, booking.people)))
    said += [describe_meeting(HowOneMeets(booking.kind, booking.place)), booking.link]
    said.append(f"referred by {booking.referrer}" if booking.referrer else "")
    said += [f"note: {booking.notes}"] if booking.notes else []
    return " · ".join(shown_line(part) for part in said if part)


def describe_rest(unread: tuple[str, ...]) -> str:
    """The parts that weren't understood, safe to show; empty where all was."""
    said = ", ".join(f"“{shown_line(part)[:60]}”" for part in unread)
    return f"not understood: {said}" if said else ""


def _plain(text: str) -> str:
    return " ".join(text.split())


# An invitation in prose: "Hi Sam, we'd love to invite you …"

_SHORTEST_MAIL = 60
_LONGEST_MAIL = 5_000
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
_NAME = rf"{_WORD}(?: (?:&|of|de|und|et|y|{PLAIN_FORMS.replace(' ', '|')}|{_WORD}))*"
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
_ZONE_LABEL = (
    r"(?im)^[ \t]*(?:time ?zone|zeitzone|fuseau horaire|zona horaria|fuso orario|tijdzone)[ \t]*[:=][ \t]*"
    r"(?P<zone>[^\n]{2,60})$|\(?\ball times (?:are )?(?:shown |given |listed )?(?:in )?(?P<all>[^\n.;)]{2,40})\)?"
)
_ZONE_BEHIND = (
    r"[\s,–-]*(?P<zone>[(\[](?=[^()]*(?:\b(?:[Tt]ime|[Zz]eit|UTC|GMT)\b|/)|[A-Z]{2,4}[)\]])"
    r"(?:[^()\[\]]|\([^()]*\)){2,60}[)\]]|(?:[A-Z]\w+ ){1,3}[Tt]ime\b|[A-Z]\w+/[A-Z]\w+"
    rf"|(?:{'|'.join((*GENERIC, *SEASONAL)).upper()})\b)"
)
"""The zone behind a day in a mail: "(Eastern Time - US & Canada)", "America/New_York", "EST"."""
_MOST_DATES = 4
_COMMA = r"(?<=\w),?(?: den| the)?(?= (?:\d|[A-Z][a-z]+\.? \d|at\b|um\b))"
"""What stands between the parts of one date: "Tuesday, December 8, 2026, at 2 pm", "Donnerstag, den 26.11."."""


def mail_as_line(text: str) -> str:
    """Return the line that says what an invitation in prose says, or the text as it is if it is no invitation.

    An invitation greets somebody, and names a company, a role and an hour. Of several mails in one text it is the
    first that does; a second day in it stays in the line, so that one is asked which it is.
    """
    if len(text) < _SHORTEST_MAIL:
        return text
    return next(filter(None, map(_line_of, messages_in(text))), text)


def messages_in(text: str) -> tuple[str, ...]:
    """Return the mails of a text, the newest first, without quotation marks and the headers of quoted ones."""
    said = re.sub(r"(?m)^[ \t]*(?:> ?)+", "", text[:_LONGEST_MAIL].replace("\r", ""))
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


_MOVES = (
    r"(?i)\b(?:mov(?:e|ed|ing)|re-?schedul\w+|postpon\w+|shift\w*|push\w*|chang\w+|verschoben|verschieben|verleg\w+"
    r"|déplac\w+|report\w+|repouss\w+|aplaza\w+|reprogram\w+|traslad\w+|spost\w+|rinvi\w+|verplaats\w*|verze\w+)"
)
_ANY_MONTH = MONTH.replace("?P<month>", "?:")
_ON_DAY = rf"(?:the |den |dem |le |el )?(?:{UNNAMED_WEEKDAY}|\d{{1,2}}(?:st|nd|rd|th|\.)? ?{_ANY_MONTH})"
_TO = "(?:to|auf|zum|au|al|naar)"
_FROM_OLD = rf"(?i)\b(?:from|vom|von|du|del|dal|van) {_ON_DAY}[^!?\n]{{0,40}}? {_TO} (?={_ON_DAY})"
_TO_NEW = rf"(?i)\b{_TO} (?={_ON_DAY})"


def _with_new_day(sentence: str) -> str:
    """A sentence that moves an interview, with the new day alone: "moved from Tue 3 to Thu 5 Dec"."""
    if not re.search(_MOVES, sentence):
        return sentence
    return re.sub(_TO_NEW, "on ", re.sub(_FROM_OLD, "on ", sentence))


def new_day_in(body: str) -> str:
    """The day without an hour to which a mail moves an interview, or an empty text."""
    for sentence in re.split(_SENTENCE, _flowing(_parted(body)[0])):
        if (moved := _with_new_day(sentence)) != sentence:
            return around_date(re.sub(_COMMA, "", moved[moved.rindex("on ") + 3 :]))[1]
    return ""


def dates_in(body: str) -> tuple[str, ...]:
    """Return the days with an hour that the sentences of a mail name, each once; a weekday's own day isn't two.

    A zone that follows the day, or is said of all times, is named with each.
    """
    found: dict[str, str] = {}
    body, _ = _parted(body)
    said = re.search(_ZONE_LABEL, body)
    for_all = (said["zone"] or said["all"]).strip() if said else ""
    body = re.sub(_ZONE_LABEL, "", body)
    flowing = _flowing(re.sub(_TIME_LABEL, r" at ", re.sub(_DAY_AND_HOUR, r"\1 ", body)))
    for sentence in re.split(_SENTENCE, flowing):
        plain = re.sub(_QUESTION, "", re.sub(_COMMA, "", _with_new_day(sentence)))
        for place, choice in enumerate(re.split(_OR, plain)):
            rest = " ".join(re.sub(r"(?<=[:.]\d\d)\.$", "", choice).split()).lstrip("-*•– ")
            while rest and len(found) < _MOST_DATES:
                _, date, rest = around_date(rest)
                clock = split_clock(plain_date(date))
                if clock.start and not clock.start.names_zone:
                    behind = re.match(_ZONE_BEHIND, rest)
                    zone = behind["zone"].strip("()[]") if behind else for_all
                    date = f"{date} ({zone})" if zone else date
                if clock.start and (clock.rest.strip(" ,") or place):
                    found.setdefault(plain_date(date), date)
    return tuple(found.values())
