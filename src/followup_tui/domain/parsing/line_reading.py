"""What the parts of a typed line say, in any order: a new application's line, or that of one more round."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from followup_tui.domain.model.contact import ContactRole
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.parsing.date_words import plain_date
from followup_tui.domain.parsing.day_phrases import WEEKDAY
from followup_tui.domain.parsing.interview_words import (
    KIND_OF_ROUND,
    NOTHING_SAID,
    is_plain_round,
    is_sure_start,
    read_meeting,
)
from followup_tui.domain.parsing.job_words import (
    TERMS,
    NamedPart,
    Referral,
    is_board,
    is_pay,
    site_behind_via,
    source_of,
    split_name,
    split_referral,
    work_mode_and_place_of,
)
from followup_tui.domain.parsing.line_actions import (
    action_of,
    is_call,
    leads_to_name,
    offered_pay,
    start_of,
    until_of,
)
from followup_tui.domain.parsing.line_answer import take_day_they_want
from followup_tui.domain.parsing.line_cutting import around_part, weighed
from followup_tui.domain.parsing.line_parts import LineParts, is_role, split_applied
from followup_tui.domain.parsing.line_people import WITH_PERSON, take_impression, take_people, take_reachable
from followup_tui.domain.parsing.line_pieces import (
    BEFORE_PEOPLE,
    LONGEST_PART,
    Piece,
    around_date,
    cut,
    duration_of,
    has_legal_form,
    is_note,
    may_be_date,
)
from followup_tui.domain.parsing.person_words import NO_PERSON
from followup_tui.domain.parsing.times import split_clock
from followup_tui.domain.parsing.typed_people import certain_people, named_with_more, with_more

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_SAYS_WITH = rf"(?i)\s(?:{BEFORE_PEOPLE})\s"
_BARE_WEEKDAY = rf"(?i)^(?:on )?(?={WEEKDAY}\b(?! \d+(?:st|nd|rd|th|[./ -]|$)))"
_FROM_SITE = r"(?i)(?:from|via|on|through) "
_NEXT = r"(?i)(?:the |my |an? )?next |(?:i am |i'm |we are )?interviewing\b"
_NOTE = r"(?i)notes?:\s*"
_SENTENCE = r"(?i)(?:they|she|he|we|it)['’](?:ll|ve|re|d|s) \w"
_DEADLINE = (
    r"(?i)(?:^|\s)(?:by|till|until|deadline|closing|closes|due|starts?|starting|bis|ab)(?: on| date)?:? "
    r"(?P<day>[^,]+)$"
)
_NO_PEOPLE = (
    rf"(?i)(?:(?:zoom|teams|webex|skype)\s+)?(?:{NO_PERSON}\s*)+|(?:an? )?panel of \w+(?: people)?"
    r"|(?:\d\d?|one|two|three|four|five|six|several|some) (?:\w+ )?(?:people|persons|interviewers|others?)"
)
MOST_DATE_PARTS = 3
"""Parts that one date may be spread over: "Fri, 20 Nov, 14:00"."""
_MOST_PARTS = 40
"""Parts that are looked at one by one; what a paste has beyond them isn't understood."""

Read = TypeVar("Read")


def sort_out(parts: Sequence[str], found: LineParts) -> None:
    """Take what each part says into `found`."""
    parts, at = _with_end_last(parts), 0
    while at < min(len(parts), _MOST_PARTS):
        role, people, whens, notes = found.role, len(found.people), found.said_dates[:], found.notes[:]
        is_of_note = is_note(parts[at]) or found.open == "note"
        at += _take(parts[at:], found)
        found.open = (
            "role" if found.role != role else "people" if len(found.people) > people
            else "date" if found.said_dates != whens else "note" if is_of_note and found.notes != notes else ""
        )  # fmt: skip
    found.unread += parts[_MOST_PARTS:]


def _take(parts: Sequence[str], found: LineParts) -> int:
    """Take what the first part says, with the parts that belong to it; returns how many these are."""
    first = parts[0]
    if found.may_be_offered and found.company and _take_offer(first, found):
        return 1
    if is_note(first):
        found.notes.append(re.sub(_NOTE, "", first, count=1))
        take_day_they_want(first, found)
        return 1
    if deadline := _deadline_of(first):
        return _take_deadline(deadline, parts, found)
    if field := split_name(first):
        return _take_field(field, parts, found)
    if _take_action(first, found):
        return 1
    if found.company and duration_of(first):
        found.durations.append(first)
        return 1
    if found.company and re.fullmatch(_NO_PEOPLE, first):
        found.notes.append(first)
        return 1
    if found.role and _take_named(Piece("text", first), found):
        return 1
    if found.company and not found.is_known and _take_terms(first, found):
        return 1
    if not (found.source or found.is_known) and (source := _source_said(first, found)):
        found.source = source
        return 1
    if not found.referrer and (referral := split_referral(first)):
        return _take_referral(referral, parts, found)
    if not found.is_known and not found.role and has_legal_form(first) and len(first.split()) == 2:
        found.take_text(first, is_next=False)  # "W AG", "Morgen GmbH": no word of a date, and none before people
        return 1
    if found.company:
        if taken := _take_applied(parts[:MOST_DATE_PARTS], found):
            return taken
        if (found.role or not is_role(first)) and (completed := with_more(found.people, first)):
            found.people = completed
            return 1
        if found.role and not found.is_known and (named := named_with_more(parts)):
            found.people += named
            return 2
        if not _says_more(first) and (taken := take_people(parts, found)):
            return taken
    if found.role and not found.is_known and (take_impression(first, found) or take_reachable(first, found)):
        return 1
    return _take_pieces(parts, found)


def _take_offer(part: str, found: LineParts) -> bool:
    """Take a part that tells of an offer, by when it wants an answer, or when one would start; whether it does."""
    if offered_pay(part) is not None:
        found.take_end(part)
    elif not found.until and may_be_date(until_of(part), False):
        found.until = part
    elif not found.starts and start_of(part):
        found.starts = part
    else:
        return False
    return True


def _with_end_last(parts: Sequence[str]) -> Sequence[str]:
    """The parts with how it ended behind the rest: of "offer! Acme" and "Acme said no" the company is first."""
    words = parts[0].split() if parts and len(parts[0]) <= LONGEST_PART else []
    for count in range(min(3, len(words)), 0, -1):
        for at in range(len(words) - count, -1, -1):
            said = " ".join(words[at : at + count])
            rest = " ".join((*words[:at], *words[at + count :]))
            is_set_off = said[-1] in "!:" or at + count == len(words)
            if is_set_off and (rest or parts[1:]) and action_of(said.rstrip("!:")) == "ended":
                return [*filter(None, [rest]), *parts[1:], said.rstrip("!:")]
    return parts


def _deadline_of(part: str) -> str:
    """The end of a part that says by when, which is never the day of an interview: "by wed", "deadline 10 dec"."""
    said = re.search(_DEADLINE, part) if len(part) <= LONGEST_PART else None
    is_day = said and may_be_date(said["day"], False) and not split_clock(plain_date(said["day"])).start
    return said[0].strip() if said and is_day else ""


def _take_deadline(deadline: str, parts: Sequence[str], found: LineParts) -> int:
    """Take the end of the first part that says by when, with the words before it where they belong to it."""
    before = parts[0][: -len(deadline)].rstrip(" :–-")
    is_whole = not before or (bool(found.company) and not before[0].isupper() and not around_date(before)[1])
    if not (found.may_be_offered and _take_offer(deadline, found)):
        found.notes.append(parts[0] if is_whole else deadline)
    return 1 if is_whole else _take([before, *parts[1:]], found)


def _take_action(part: str, found: LineParts) -> bool:
    """Take a part that only says what was done or is to be done: "got rejected yesterday", "call Jo Lind"."""
    words = part.split()
    said, kind = next(
        ((count, kind) for count in range(len(words), 0, -1) if (kind := action_of(" ".join(words[:count])))),
        (0, ""),
    )
    is_whole = said == len(words) and (bool(found.company) or said > 1)  # "Chase" is an employer
    is_by = leads_to_name(" ".join(words[:said]))  # "rejected by HR"
    if kind == "applied" and is_whole and not found.company:
        found.applied_only = True
    elif (kind == "to do" and is_whole) or (found.company and re.match(_SENTENCE, part)):
        found.notes.append(part)
    elif kind == "ended" and (is_whole or (found.role and (is_by or not is_role(part)))):
        found.take_end(part)
    elif not found.role or (is_role(part) and not is_by):
        return False  # "Follow-up nurse"
    elif kind in {"to do", "due"}:
        found.notes.append(part)
    elif is_call(words[0]) and (people := certain_people(re.sub(r"(?i) asap$", "", " ".join(words[1:])))):
        found.people += people
        found.notes.append(part)
    else:
        return False
    return True


def _source_said(part: str, found: LineParts) -> str:
    """Where one found the job: "on LinkedIn", or "via Behance", which is no way to meet and no referral."""
    if (found.company or re.match(_FROM_SITE, part)) and (source := source_of(part)):
        return source
    if found.role and is_board(part):
        return part
    site = site_behind_via(part) if found.role else ""
    is_site = site and read_meeting([part])[0] == NOTHING_SAID and not split_referral(part)
    return site if is_site else ""


def _take_field(field: NamedPart, parts: Sequence[str], found: LineParts) -> int:
    """Take a part that names its field: "position: SRE", "contact: Dana Ruiz"."""
    if field.name == "people":
        return take_people([f"with {field.text}", *parts[1:]], found)
    if found.is_known:
        found.unread.append(parts[0])
    elif field.name == "company":
        found.name_company(field.text)
    elif field.name == "role":
        found.name_role(field.text)
    elif field.name == "location":
        found.location = field.text
    else:
        found.pay = field.text
    return 1


def _take_terms(part: str, found: LineParts) -> bool:
    """Take the pay or the work mode that a part says; False where it says neither, or one that is known."""
    mode, place = work_mode_and_place_of(part)
    if mode and found.work_mode is None and not (place and found.location):
        found.work_mode, found.location = mode, place or found.location
        return True
    if is_pay(part) and not found.pay:
        found.pay = re.sub(r"(?i)^(?:salary|pay|gehalt):? ", "", part)
        return True
    return False


def _says_more(part: str) -> bool:
    """Whether a part says more than whom one meets: "chat with Ann Li", "with Ann Li fri 14:00 via Zoom"."""
    if re.search(_SAYS_WITH, part):
        return True
    return bool(re.match(WITH_PERSON, part)) and len(cut(part, has_company=True, is_sentence=False)) > 1


def _take_pieces(parts: Sequence[str], found: LineParts) -> int:
    """Take the pieces of the first part; a date and people at its end may go on in the parts behind."""
    if parted := _split_role(parts[0], found):
        found.role, found.company = f"{found.company}, {parted[1]}", ""
        return _take([f"at {parted[2]}", *parts[1:]], found)
    first, is_first = parts[0], not found.company
    named = bool(found.company) and not (re.match(r"(?i)(?:at|@)\s", first) and not found.role)
    pieces = (
        []
        if found.company and found.role
        else weighed(first, around_part(first, parts[1:], has_company=bool(found.company)))
    )
    pieces = pieces or cut(first, has_company=named, is_sentence=found.is_sentence)
    if is_first and [one.kind for one in pieces] in (["round"], ["date"]) and not is_sure_start(pieces[0].text):
        pieces = [pieces[0]._replace(kind="text")]
    kinds = [piece.kind for piece in pieces]
    is_applied = "applied" in kinds and "round" not in kinds
    taken, was_company = 1, bool(found.company) and not found.role
    for place, piece in enumerate(pieces):
        behind = parts[1:] if place + 1 == len(pieces) else []
        if piece.kind == "date" and is_applied and found.understand_applied:
            days = (piece.text, *behind[: MOST_DATE_PARTS - 1])
            found.applied_on, count = _longest(days, found.understand_applied, found)
            taken = max(taken, count)
        elif piece.kind == "date":
            ahead = any(one.kind == "round" and re.match(_NEXT, one.text) for one in pieces[:place])
            said = re.sub(_BARE_WEEKDAY, "coming ", piece.text) if ahead else piece.text
            taken = max(taken, _take_date([said, *behind[: MOST_DATE_PARTS - 1]], found))
        elif piece.kind == "people":
            taken = max(taken, take_people([f"with {piece.text}", *behind], found))
        elif piece.kind == "company":
            found.name_company(piece.text)
        elif piece.kind == "role" and found.open == "people" and (titled := with_more(found.people, piece.text)):
            found.people = titled  # "CTO at Acme" behind a person
        elif _take_named(piece, found):
            continue
        elif piece.kind == "text" and place and is_first and not is_role(piece.text):
            found.unread.append(piece.text)
        elif piece.kind == "round":
            found.is_sentence = True
            found.meets += [] if is_plain_round(piece.text) else [piece.text]
        else:
            found.take_text(piece.text, is_next=was_company and not place)
    return taken


def _take_named(piece: Piece, found: LineParts) -> bool:
    """Take a piece that says by its kind what it is; False for a text, a date, people, a company or a round."""
    if piece.kind == "role":
        found.name_role(piece.text)
    elif piece.kind == "duration":
        found.durations.append(piece.text)
    elif piece.kind == "place":
        found.take_place(piece.text)
    elif piece.kind == "source":
        found.source = found.source or source_of(piece.text) or site_behind_via(piece.text)
    elif piece.kind == "referral" and (referral := split_referral(piece.text)):
        _take_referral(referral, (piece.text,), found)
    elif piece.kind == "unread":
        found.unread.append(piece.text)
    elif piece.kind == "ended":
        found.take_end(piece.text)
    elif piece.kind in {"to do", "due"}:
        found.notes.append(piece.text)
    elif piece.kind == "doubt":
        found.doubts.append(piece.text)
    elif piece.kind == "applied":
        found.applied_only = True
    elif piece.kind in {"text", "terms"} and found.role and re.fullmatch(KIND_OF_ROUND, piece.text):
        found.meets.append(piece.text)
    elif piece.kind in {"text", "terms"} and found.role and re.fullmatch(TERMS, piece.text):
        found.notes.append(piece.text)
    else:
        return piece.kind in {"pay", "mode"} and _take_terms(piece.text, found)
    return True


def _split_role(part: str, found: LineParts) -> re.Match[str] | None:
    """The rest of a role and the company: "Platform at Acme" behind "Senior Engineer"."""
    if found.is_known or found.role or found.is_order_said or not is_role(found.company):
        return None
    return re.fullmatch(r"(?i)(\S(?:(?! at ).)*) (?:at|@) ([^\d\s].*)", part)


def _take_referral(referral: Referral, parts: Sequence[str], found: LineParts) -> int:
    """Take who put in a word, who is one of the people where an address is said; then the rest of the part."""
    before, when, behind = around_date(referral.name)
    found.referrer = before.rstrip(" ,") if when else referral.name
    if "@" in found.referrer and (people := certain_people(found.referrer)):
        found.people += [replace(one, role=ContactRole.REFERRER) for one in people]
        found.referrer = " & ".join(one.name or one.email for one in people)
    rest = " ".join(filter(None, (referral.rest, when, behind)))
    return _take([rest, *parts[1:]], found) if rest else 1


def _take_applied(parts: Sequence[str], found: LineParts) -> int:
    """How many of the parts say that one applied, and when: "applied 2 Nov", "applied Nov 2, 2026"."""
    said = split_applied(parts[0])
    before, date_text, behind = around_date(parts[0]) if said is None else ("", "", "")
    text, date_text = (parts[0], "") if behind else (before, date_text)
    by = re.search(r"(?i)\s(?:via|on|through|from|at) \D+$", text)
    source = source_of(by[0].strip()) if by else ""
    if by and source and split_applied(rest := f"{text[: by.start()]} {date_text}".strip()) is not None:
        found.source = found.source or source
        return _take_applied([rest, *parts[1:]], found)
    if said is None or found.understand_applied is None:
        return 0
    found.applied_only = True
    if not said:
        return 1
    day, count = _longest((said, *parts[1:]), found.understand_applied, found)
    found.applied_on = day or found.applied_on
    return count


def _take_date(parts: Sequence[str], found: LineParts) -> int:
    """How many of the parts are one date, the most that make one; it is noted with what was understood."""
    if not may_be_date(parts[0], False):
        return 0
    when, count = _longest(parts, found.understand, found)
    if when is not None:
        found.take_date(when, " ".join(parts[:count]))
    return count


def _longest(parts: Sequence[str], understand: Callable[[str], Read], found: LineParts) -> tuple[Read | None, int]:
    """What the most of the parts mean together that are one date, and how many; else a problem is noted."""
    dated = 1
    while dated < len(parts) and may_be_date(parts[dated], True):
        dated += 1
    sentence = ""
    for count in range(dated, 0, -1):
        try:
            return understand(" ".join(parts[:count])), count
        except BadInput as refusal:
            sentence = refusal.sentence
    found.problems.append(sentence)
    return None, 1
