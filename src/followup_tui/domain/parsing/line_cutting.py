"""Cuttings of a part of a typed line that no comma divides: they are weighed, and the best is taken if clear.

A cutting is a row of segments. It is as good as they are, and as they follow one another; it has one company and
one role, and lacks something without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from followup_tui.domain.model.contact import is_address
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.parsing.interview_words import KIND_OF_ROUND, is_round, split_round
from followup_tui.domain.parsing.job_words import is_pay
from followup_tui.domain.parsing.line_actions import action_of, bare_action, is_call, leads_to_name, offered_pay
from followup_tui.domain.parsing.line_parts import is_role
from followup_tui.domain.parsing.line_pieces import (
    BEFORE_PEOPLE,
    LONGEST_PART,
    Piece,
    around_date,
    has_legal_form,
    split_at_date,
)
from followup_tui.domain.parsing.line_words import AT, DASHES, EN, FROM, MARKERS, MET, TALKED, WITH, known_word
from followup_tui.domain.parsing.person_words import PARTICLES, is_level
from followup_tui.domain.parsing.segment_scores import WORDS, is_lone, is_town_in
from followup_tui.domain.parsing.segments import Segment, read_segment

_LONGEST_SEGMENT = 8
_MOST_WORDS = 40
_BEAM = 12
"""Cuttings up to a word that are gone on with."""
_LEAST = -3.0
_CUT = 1.0
"""What a segment costs that no word announces."""
_CLEAR = 0.6
"""How much better than the next the best cutting must be."""
_NO = -9.0
_LONGEST_SHORT = 4
"""Letters of what somebody works on, in capital letters: "MSAT technician"."""
_NAMES_COMPANY = r"(?:^|[a-z] )(?:at|@|bei|chez|from) (?:the )?[^\W_a-z\d]"
_SAYS_WITH = rf"(?i)(?:^|\s)(?:{BEFORE_PEOPLE})\s"
_START = Segment("", "", 0.0)
_BRACKET = r"(\([^()]*\))"
_JOB_AT = r"\(([^()]+?),? ((?:at|@|bei|chez|from) [^()]+)\)"
"""What somebody is, and where: "(Head of Product at Acme)"."""


class _Cutting(NamedTuple):
    score: float
    company: str = ""
    role: str = ""
    segments: tuple[Segment, ...] = ()


class Around(NamedTuple):
    """What the other parts say: whether there are any, and whether one may be or is a company or a role."""

    is_listed: bool = False
    may_name: bool = False
    has_role: bool = False
    names_company: bool = False
    has_company: bool = False


def around_part(part: str, others: Sequence[str], *, has_company: bool) -> Around:
    """What the parts behind one say of the company and the role."""
    names = [one for one in others if not (_names_nothing(one) or (part[:1].isupper() and _is_remark(one)))]
    return Around(
        is_listed=bool(others),
        may_name=bool(names),
        has_role=any(map(is_role, names)),
        names_company=any(re.search(_NAMES_COMPANY, one) or has_legal_form(one) for one in names),
        has_company=has_company,
    )


def _is_remark(part: str) -> bool:
    """Whether a part beside one in capital letters begins as a remark does: "bring ID", "walked in"."""
    return part[0].islower() and " " in part and not (is_role(part) or re.search(_NAMES_COMPANY, part))


@lru_cache(maxsize=2048)
def _names_nothing(part: str) -> bool:
    """Whether a part says no more than when, with whom and how one meets, what was done, or of pay."""
    before, _, behind = around_date(part)
    said = re.split(_SAYS_WITH, f"{before} {behind}".strip(), maxsplit=1)[0].strip()
    is_told = (
        not re.search(r"[^\W\d_]", said)
        or is_round(said)
        or re.fullmatch(KIND_OF_ROUND, said) is not None
        or bool(action_of(said))
    )
    return is_told or is_pay(part) or offered_pay(part) is not None


def weighed(part: str, around: Around) -> list[Piece]:
    """The pieces of a part of several kinds by its best cutting; none where it says neither company nor role.

    Where the next best has another company or role, a piece of the kind "doubt" says which are meant.
    """
    if len(part) > LONGEST_PART:
        return []
    tokens: list[tuple[str, str]] = []
    for text in re.split(_BRACKET, re.sub(_JOB_AT, r"(\1) \2", part)):
        rest = text.strip(" :")
        while rest:
            before, date, rest = (rest, "", "") if rest.startswith("(") else split_at_date(rest)
            tokens += [("word", word) for word in re.findall(WORDS, before)]
            tokens += [("date", date)] if date else []
    segments, is_clear = _best(tokens, around)
    kinds = {segment.kind for segment in segments}
    is_told = bool(kinds & {"company", "role"}) or ("people" in kinds and around.names_company)
    is_told = is_told or (around.may_name and {"action", "people"} <= kinds)
    is_left = "text" in kinds and "company" not in kinds
    if len(segments) < 2 or not is_told or is_left or (not is_clear and (around.may_name or around.has_company)):
        return []
    return _pieces_of(segments) + ([] if is_clear else [Piece("doubt", _doubt(segments))])


def _doubt(segments: Sequence[Segment]) -> str:
    said = {segment.kind: segment.text for segment in segments}
    named = [f"“{shown_line(said[kind])[:40]}” the {kind}" for kind in ("company", "role") if kind in said]
    return f"is {' and '.join(named)}?"


def _pieces_of(segments: Sequence[Segment]) -> list[Piece]:
    """The segments as pieces; words that say nothing go with those beside them that aren't understood."""
    pieces: list[Piece] = []
    filler = ""
    is_met = any(segment.kind == "round" for segment in segments)
    for segment in segments:
        kind, text = segment.kind, segment.text
        if kind == "filler":
            filler = f"{filler} {text}".strip()
        elif kind == "text":
            text = f"{filler} {text}".strip()
        filler = filler if kind == "filler" else ""
        if kind == "action":
            pieces.append(Piece(segment.lead, text if segment.lead == "to do" else bare_action(text)))
            continue
        if (
            pieces
            and pieces[-1].kind == "to do"
            and kind in {"company", "people"}
            and leads_to_name(pieces[-1].text)
        ):
            pieces[-1] = Piece("to do", f"{pieces[-1].text} {text}")  # "send portfolio to Studio Anemone"
        if kind == "people" and is_call(segment.lead):
            is_booked = is_round(segment.lead) and any(one.kind == "date" for one in segments)
            pieces.append(Piece("round", segment.lead) if is_booked else Piece("to do", f"{segment.lead} {text}"))
        if kind == "date" and (at := _dated(pieces, is_met)) >= 0:
            pieces[at] = Piece(pieces[at].kind, f"{pieces[at].text} {text}")
            continue
        if kind in {"place", "site"} or (kind == "town" and (not pieces or pieces[-1].kind in {"date", "round"})):
            kind, text = "round", f"in {text}"  # where one meets
        if not segment.lead and (doubt := _doubt_of_employer(pieces, kind, text)):
            pieces.append(Piece("doubt", doubt))
        kind = {"town": "place", "text": "unread"}.get(kind, kind)
        who = [at for at, piece in enumerate(pieces) if piece.kind == "people"]
        if kind == "phone" and who:
            pieces[who[-1]] = Piece("people", f"{pieces[who[-1]].text} {text}")
        elif kind in {"unread", "filler"} and pieces and pieces[-1].kind == "unread":
            pieces[-1] = Piece("unread", f"{pieces[-1].text} {text}")
        elif kind != "filler":
            pieces.append(Piece("unread" if kind == "phone" else kind, text))
    return pieces


def _doubt_of_employer(pieces: Sequence[Piece], kind: str, text: str) -> str:
    """What to ask where a segment may belong to the employer, or a role may begin with another."""
    last = pieces[-1] if pieces else Piece("", "")
    if kind in {"town", "people"} and _is_one_word_company(last):
        return f"is the employer “{shown_line(last.text)} {shown_line(text)}”?"
    role = next((piece.text for piece in pieces if piece.kind == "role"), "")
    if kind == "company" and last.kind == "date" and _may_name_employer(role):
        return f"is the employer “{shown_line(text)}” or “{shown_line(role.split()[0])}”?"
    return ""


def _may_name_employer(role: str) -> bool:
    """Whether the first word of a role may be the employer: "JLR Graduate Engineer", but not "Java Engineer"."""
    first, *more = role.split() or [""]
    known = known_word(first)
    is_of_job = known.is_head or known.is_area or is_level(first) or known.low == "graduate"
    return bool(more) and known.is_upper and not is_of_job


def _dated(pieces: Sequence[Piece], is_met: bool) -> int:
    """The piece whose day a date is, where that is no interview: "follow up … next monday"; else -1."""
    kinds = [piece.kind for piece in pieces]
    if kinds[-1:] == ["due"]:
        return len(kinds) - 1
    return next((at for at, kind in enumerate(kinds) if kind in {"to do", "ended"}), -1) if not is_met else -1


def _best(tokens: Sequence[tuple[str, str]], around: Around) -> tuple[Sequence[Segment], bool]:
    """The segments of the best cutting of some words and dates, and whether it is clear; empty where none is good.

    `tokens` are ("word", …) and ("date", …).
    """
    if not 1 < len(tokens) <= _MOST_WORDS:
        return (), False
    beams: list[dict[tuple[str, str, str], _Cutting]] = [{} for _ in range(len(tokens) + 1)]
    beams[0]["", "", ""] = _Cutting(0.0)
    is_lower = all(text.islower() for kind, text in tokens if kind == "word" and text[:1].isalpha())
    for start in range(len(tokens)):
        goes_on = sorted(beams[start].values(), reverse=True, key=lambda one: one.score)[:_BEAM]
        for end, segment in _segments(tokens, start, is_lower):
            for cutting in goes_on:
                more = _with(cutting, segment, around)
                if more is None:
                    continue
                state = more.company, more.role, segment.kind
                if state not in beams[end] or beams[end][state].score < more.score:
                    beams[end][state] = more
    ranked = sorted(
        (_ended(one, around) for one in beams[-1].values()),
        reverse=True,
        key=lambda one: one.score,
    )
    if not ranked or ranked[0].score < _LEAST:
        return (), False
    best = ranked[0]
    others = (one.score for one in ranked if _names(one) != _names(best))
    return best.segments, best.score - next(others, _NO) >= _CLEAR


def _names(cutting: _Cutting) -> tuple[str, str]:
    """The company of a cutting and its role; whether a town belongs to the company is no question."""
    words = cutting.company.split()
    bare = words[:-1] if len(words) > 1 and is_town_in(words[-1], cutting.company.islower()) else words
    return " ".join(bare), cutting.role


def _segments(tokens: Sequence[tuple[str, str]], start: int, is_lower: bool) -> Iterator[tuple[int, Segment]]:
    """The segments that may begin at a token, each with its end."""
    if tokens[start][1] in DASHES:
        yield start + 1, Segment("filler", "", 0.0)
        return
    if tokens[start][0] == "date":
        yield start + 1, Segment("date", tokens[start][1], 0.0)
        return
    for end in range(start + 1, min(len(tokens), start + _LONGEST_SEGMENT) + 1):
        ended = tokens[end - 2][1] if end - 1 > start else ""
        if (
            tokens[end - 1][0] == "date"
            or tokens[end - 1][1] in DASHES
            or (ended.endswith(":") and ended not in MARKERS)
        ):
            return
        for segment in read_segment(" ".join(text for _, text in tokens[start:end]), is_lower):
            yield end, segment


def _with(cutting: _Cutting, segment: Segment, around: Around) -> _Cutting | None:
    """The cutting with one more segment; None where it can't follow."""
    last = cutting.segments[-1] if cutting.segments else _START
    kind, before = segment.kind, last.kind
    score = cutting.score + segment.score + _joint(last, segment)
    company, role = cutting.company, cutting.role
    if kind == "company":
        if company or around.has_company:
            return None
        company = segment.text
        score -= 2.0 if around.names_company and segment.lead not in AT | {EN} else 0
    elif kind == "role":
        if role:
            return None
        role = segment.text
        score -= 4.0 if around.has_role else 0
    elif kind == "site" and not (before == "company" and last.lead in WITH):
        return None  # "with Acme at Heathrow"
    elif kind == before and not segment.lead and kind in {"people", "date", "round"}:
        return None
    return _Cutting(score, company, role, (*cutting.segments, segment))


def _joint(last: Segment, segment: Segment) -> float:
    """How well a segment follows another."""
    kind, lead, before = segment.kind, segment.lead, last.kind
    score = 0.0
    if not lead and kind not in {"date", "text", "filler"} and before not in {"", "date", "filler", "action"}:
        score -= _CUT  # nothing but its words tells where it begins
        score -= _split_role(last, segment)
        if segment.text[:1].isupper() and last.text[-1:].isalpha() and last.text.split()[-1][0].isupper():
            score -= 0.4
    if before == "people" and kind == "company" and not lead:
        score -= 1.5
    if before == "people" and kind != "people" and not lead and _ends_with_given_name(last.text):
        score -= 1.5 if segment.text[:1].isupper() else 0
    is_met = before == "round" and last.text.split()[-1].casefold() in TALKED
    if lead in FROM and kind == "company":
        score += _from(last, lead)
    elif lead == "(":
        score += 2.0 if before == "people" else _NO
    elif kind == "role" and segment.score and lead == "()":
        score += 1.0 if before == "company" else _NO
    elif kind == "company" and not lead and before == "round" and last.text[0].isupper() and is_lone(last.text):
        score -= 2.0  # "Met Office", "Round Table Pizza"
    elif (
        kind == "round"
        and not lead
        and before == "company"
        and segment.text[0].isupper()
        and is_lone(segment.text)
    ):
        score -= 2.0  # "O2 Telefónica"
    elif kind == "role" and not lead and before == "round" and not split_round(f"{last.text} {segment.text}")[0]:
        score -= 3.0  # "Interview Coordinator"
    elif (
        kind == "people" and lead and ((lead == "to" and not is_met) or (lead in FROM and before != "round"))
    ) or (kind == "company" and lead == "to" and before not in {"", "referral", "action", "date"}):
        score += _NO
    elif before == "action" and kind in {"company", "people", "role"} and not lead:
        score += 2.0 if leads_to_name(last.text) and kind != "role" else -5.0  # "Applied Scientist"
    elif kind == "people" and not lead:
        if before == "company" and last.lead == "'s":
            score += 3.0
        elif is_met and last.text.split()[-1].casefold() in MET:
            score += 2.0
    elif kind == "town" and not lead and before in {"", "text", "people", "company"}:
        score -= 0.8 if before == "company" else 1.5
    elif kind == "terms" and before == "role":
        score -= 3.0  # "Verkäufer Teilzeit"
    elif kind == "text" and before == "text":
        score += 1.0
    return score


def _from(last: Segment, lead: str) -> float:
    """How well a company follows that "from" or "of" announces: behind somebody, a round or what was done."""
    is_named = last.kind == "people" and (last.score > 0.5 or " " in last.text)
    is_told = last.kind in {"round", "date", "action"} and lead not in {"of", "de", "van"}
    return (3.0 if is_named or is_told else _NO) - (1.0 if lead in PARTICLES else 0.0)  # "Anneke de Wit of Acme"


def _split_role(last: Segment, segment: Segment) -> float:
    """What it costs to cut between a field and the noun of a job: "lumen data | engineer"."""
    if last.kind != "company" or segment.kind != "role":
        return 0.0
    *before, word = last.text.split()
    one, is_short = known_word(word), word.isupper() and len(word) <= _LONGEST_SHORT
    if before and is_short and not (one.is_legal or known_word(before[-1]).is_area):
        return 1.6  # "Lonza MSAT | technician"
    is_alike = word[0].isupper() == segment.text[0].isupper()
    return 1.6 if is_alike and (one.is_area or is_level(word) or word == "graduate") else 0.0


def _ends_with_given_name(text: str) -> bool:
    words = text.split()
    return known_word(words[-1]).is_given and (len(words) == 1 or is_address(words[-2]) or not words[-1].isalpha())


def _ended(cutting: _Cutting, around: Around) -> _Cutting:
    missing = 0.0
    if not (cutting.company or around.has_company or around.names_company):
        missing += 1.2 if around.may_name else 2.5
    if not (cutting.role or around.may_name or around.has_company):
        missing += 1.5
    has_company = cutting.company or around.has_company or around.may_name
    is_whole = around.is_listed and len(cutting.segments) == 1 and has_company
    return cutting._replace(score=cutting.score - missing + (3.0 if is_whole else 0))


def _is_one_word_company(piece: Piece) -> bool:
    """Whether a piece is an employer of one word, whose name may go on with a town or person: "Wells Fargo"."""
    return piece.kind == "company" and " " not in piece.text
