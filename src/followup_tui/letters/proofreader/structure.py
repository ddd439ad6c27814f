"""What a letter is made of: greeting, body with whole sentences, sign-off, name; its spaces, and its length."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_tui.domain.letters.finding import Finding, ProofContext
from followup_tui.letters.proofreader.harper_config import load_harper_config
from followup_tui.letters.proofreader.letter_text import PARAGRAPH, WORD, Sheet, Word
from followup_tui.letters.proofreader.names import Ordinary
from followup_tui.letters.proofreader.pattern_rules import load_rules
from followup_tui.letters.proofreader.similarity import distance, folded, name_parts

_ENDS = re.compile(r"[.!?…:;,][\"'”’)\]*]*$|[\"”]$|0$|[-–—]$")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*•–+>]|\d{1,2}[.)]|[a-z][.)])[ \t]")
_SENTENCE_WORDS = 4
"""A last line of fewer words may be a heading, an address or a list."""
_REPEATED = re.compile(r"\b([^\W\d_]+(?:'[a-z]+)?)(?P<w>[ \t\n]+\1)\b(?!['’\-])", re.IGNORECASE)
_JOINED = re.compile(r"(?<=[^\W_A-Z]{2})[.!?](?=[A-Z][a-z]*[ ,'’])(?!Js\b|Net\b)")
_GREETS_AGAIN = re.compile(r"[ \t]*(?:Dear|Hello|Hi) (?:[A-Z][\w.'’-]* ?){1,4}[,:][ \t]*$")
_TITLED_GAP = re.compile(
    r"\b(?:Company|Employer|Organi[sz]ation|Recipient|Hiring Manager|Contact|Manager|Interviewer|Job|Role|Position"
    r"|First|Last|Full) (?:Name|Title)\b(?!:)"
)
_TWICE_IS_FINE = frozenset({"that", "had", "bye", "blah", "no", "so", "her"})
_ENDED = re.compile(r"[.!?:][\"'”’)]*$")
_MARKS_MOST = 2
"""Sentences with an exclamation mark that a letter bears."""


def shape_findings(sheet: Sheet, reading: ProofContext) -> Iterator[Finding]:
    """What is missing from the letter, and what is too much of it; a script is made of notes."""
    is_spoken = reading.kind is not None and reading.kind.is_spoken
    if not is_spoken and sheet.lines:
        yield from _frame(sheet, reading)
        yield from _open_greeting(sheet)
        yield from _second_greeting(sheet)
        yield from _open_ends(sheet)
        yield from _exclamations(sheet)
    yield from _length(sheet, reading)


def space_findings(sheet: Sheet) -> Iterator[Finding]:
    """Doubled spaces and words, sentences without a space between, gaps; also for a subject."""
    text = sheet.plain
    for match in _TITLED_GAP.finditer(text):
        yield _found(sheet, *match.span(), "placeholder", "This looks like a gap that was never filled in.")
    gaps = list(re.finditer(r"(?<=\S)[ \u00a0]{2,}(?=\S)", text))
    after_ends = [gap for gap in gaps if _ENDED.search(text[max(0, gap.start() - 3) : gap.start()])]
    single = len(re.findall(r"[a-z]{2}[.!?] [A-Z]", text))
    habit = len(after_ends) >= 2 and len(after_ends) > single  # who types two spaces after each sentence means it
    for gap in gaps:
        if not (habit and gap in after_ends):
            yield _found(sheet, gap.start(), gap.end(), "doubled_space", "One space is enough.", (" ",))
    for match in _JOINED.finditer(text):
        yield _found(
            sheet, match.start(), match.end(), "no_space", "A space is missing here.", (match.group() + " ",)
        )
    for match in _REPEATED.finditer(text):
        if match[1].casefold() not in _TWICE_IS_FINE:
            put = (match[1],)
            yield _found(
                sheet, match.start(), match.end(), "repeated_word", "The same word stands here twice.", put
            )


def _found(sheet: Sheet, start: int, end: int, rule: str, message: str, put: tuple[str, ...] = ()) -> Finding:
    text = sheet.text[start:end]
    return Finding(start=start, end=end, text=text, rule=rule, message=message, suggestions=put)


def _frame(sheet: Sheet, reading: ProofContext) -> Iterator[Finding]:
    """Greeting, sign-off and name. Of a text that is no letter of ours, one half asks for the other."""
    is_letter = reading.kind is not None
    if sheet.greeting is None and (is_letter or sheet.closing):
        yield _found(sheet, 0, 0, "missing_greeting", "The letter greets nobody.")
    end = len(sheet.text.rstrip())
    if sheet.closing is None:
        if is_letter or sheet.greeting:
            yield _found(sheet, end, end, "missing_sign_off", "A sign-off such as “Best regards,” is missing.")
        return
    signature = sheet.text[sheet.closing[0] :]
    if not _is_signed(signature, sheet.text[sheet.closing[1] :], reading.sender):
        who = f", {reading.sender}" if reading.sender else ""
        yield _found(sheet, end, end, "missing_name", f"Your name{who}, is missing under the sign-off.")


def _is_signed(signature: str, below: str, sender: str) -> bool:
    if not sender:
        return bool(below.strip())
    names = {folded(part) for part in name_parts(sender)}
    words = [folded(word.group()) for word in WORD.finditer(signature)]
    close = (word for word in words for name in names if _is_short_for(word, name) or distance(word, name, 2) <= 1)
    return any(close) or any(len(name) > 4 and distance(word, name, 2) <= 2 for word in words for name in names)


def _is_short_for(word: str, name: str) -> bool:
    return len(word) >= 2 and (word == name or (len(word) > 2 and name.startswith(word)))


def _open_greeting(sheet: Sheet) -> Iterator[Finding]:
    """A greeting without a comma, where the sign-off has one: some leave out both on purpose."""
    if sheet.greeting is None or sheet.closing is None:
        return
    greeting = sheet.text[slice(*sheet.greeting)].rstrip()
    closing = sheet.text[slice(*sheet.closing)].rstrip()
    if greeting[-1:].isalpha() and closing.endswith(","):
        end = sheet.greeting[0] + len(greeting)
        last = WORD.search(greeting, greeting.rfind(" ") + 1)
        start = sheet.greeting[0] + last.start() if last else sheet.greeting[0]
        message = "A comma goes after the greeting, as after the sign-off."
        yield _found(sheet, start, end, "greeting_comma", message, (sheet.text[start:end] + ",",))


def _second_greeting(sheet: Sheet) -> Iterator[Finding]:
    """A line that greets once more, as where two drafts were put together."""
    for start, end in sheet.lines:
        line = sheet.text[start:end]
        if sheet.greeting and start > sheet.greeting[1] and _GREETS_AGAIN.match(line):
            yield _found(sheet, start, end, "second_greeting", "The letter greets twice.")


def _open_ends(sheet: Sheet) -> Iterator[Finding]:
    """Paragraphs whose last sentence has no end mark."""
    start, end = sheet.body
    for paragraph in PARAGRAPH.finditer(sheet.plain[start:end]):
        text = paragraph.group().rstrip()
        last_line = text[text.rfind("\n") + 1 :]
        if _ENDS.search(text) or _LIST_ITEM.match(last_line) or not text[-1].isalnum():
            continue
        words = list(WORD.finditer(text))
        if len(words) < _SENTENCE_WORDS or len(last_line.split()) < 1 or not re.search(r" [a-z]", text):
            continue
        at = start + paragraph.start()
        word = words[-1]
        put = (text[word.start() :] + ".",)
        yield _found(sheet, at + word.start(), at + len(text), "end_mark", "The sentence has no end mark.", put)


def _exclamations(sheet: Sheet) -> Iterator[Finding]:
    marks = list(re.finditer(r"(?<![!?])!(?![!?=])", sheet.plain))
    for mark in marks[_MARKS_MOST:]:
        message = "Two exclamation marks are as many as a letter bears."
        yield _found(sheet, mark.start(), mark.end(), "exclamation", message, (".",))


def _length(sheet: Sheet, reading: ProofContext) -> Iterator[Finding]:
    limit = load_rules().longest.get(reading.kind.value) if reading.kind else None
    words = list(re.finditer(r"\S+", sheet.text[slice(*sheet.body)]))
    if limit is None or reading.kind is None or len(words) <= limit:
        return
    at = sheet.body[0] + words[limit].start()
    message = (
        f"The {reading.kind.label} letter has {len(words)} words; more than {limit} are seldom read to the end."
    )
    yield _found(sheet, at, at, "too_long", message)


_SHORT = 5
"""Words in capitals with no more letters may be abbreviations; only the loud ones among them shout."""


def shouting_findings(sheet: Sheet, reading: ProofContext, ordinary: Ordinary) -> Iterator[Finding]:
    """Each run of words in capitals in which one at least is a word that is shouted."""
    names = " ".join((reading.company, reading.role, reading.sender, *reading.people))
    expected = set(re.findall(r"[^\W_]+", names))
    is_spoken = reading.kind is not None and reading.kind.is_spoken
    for run in _runs(sheet):
        if is_spoken and _is_heading(sheet, run):
            continue
        if any(_shouts(word.text, expected, ordinary) for word in run):
            start, end = run[0].start, run[-1].end
            text = sheet.text[start:end]
            put = text.capitalize() if run[0].opens else text.lower()
            yield Finding(
                start=start,
                end=end,
                text=text,
                rule="shouting",
                message="Capitals read as shouting.",
                suggestions=(re.sub(r"\bi\b", "I", put),),
            )


def _is_heading(sheet: Sheet, run: list[Word]) -> bool:
    """Whether the run is all that stands on its line."""
    start = sheet.text.rfind("\n", 0, run[0].start) + 1
    line = sheet.text[start : run[-1].end] + sheet.text[run[-1].end :].partition("\n")[0]
    return line.strip(" \t:") == sheet.text[run[0].start : run[-1].end]


def _runs(sheet: Sheet) -> Iterator[list[Word]]:
    run: list[Word] = []
    for word in sheet.words:
        joins = bool(run) and sheet.text[run[-1].end : word.start] in (" ", ", ")
        if word.text.isupper() and joins:
            run.append(word)
            continue
        if run:
            yield run
        run = [word] if word.text.isupper() and len(word.text) > 1 else []
    if run:
        yield run


def _shouts(text: str, expected: set[str], ordinary: Ordinary) -> bool:
    rules = load_harper_config()
    if text in expected or text in rules.abbreviations:
        return False
    if text.casefold() in rules.loud:
        return True
    return len(text) > _SHORT and (ordinary.is_known is False or text.casefold() in ordinary.known)
