"""What a letter is made of: greeting, body with whole sentences, sign-off, name; its spaces, and its length."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_tui.domain.letters.finding import Finding, ProofContext
from followup_tui.letters.proofreader.known_names import distance, folded, name_parts
from followup_tui.letters.proofreader.letter_text import (
    PARAGRAPH,
    WORD,
    LetterWord,
    ParsedLetter,
    is_abbreviated,
    load_harper_config,
)
from followup_tui.letters.proofreader.names import Dictionary
from followup_tui.letters.proofreader.pattern_rules import load_rules

_ENDS = re.compile(r"[.!?…:;,][\"'”’)\]*]*$|[\"”]$|0$|[-–—]$")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*•–+>]|\d{1,2}[.)]|[a-z][.)])[ \t]")
_SENTENCE_WORDS = 4
"""A last line of fewer words may be a heading, an address or a list."""
_REPEATED = re.compile(r"\b([^\W\d_]+(?:'[a-z]+)?)(?P<w>[ \t\n]+\1)\b(?!['’\-])", re.IGNORECASE)
_LOW_START = re.compile(
    r"(?<=[a-z]{3}[.] )(?P<w>it|the|i|we|my|you|your|this|that|he|she|they|in|if|please|thank|what)\b(?= [a-z])"
)
_LOW_NAME = re.compile(
    r"\b(?P<w>(?:mr|mrs|ms|dr)(?=\.? [A-Z])|(?:(?<=\buse )|(?<=\bused )|(?<=\busing )|(?<=\bwith ))excel\b)"
)
_ORDINAL = re.compile(
    r"\b(?P<number>\d*(?:(?<!1)(?:1(?:nd|rd|th)|2(?:st|rd|th)|3(?:st|nd|th))|[04-9](?:st|nd|rd)|1[1-3](?:st|nd|rd)))\b"
)
_JOINED = re.compile(r"(?<=[^\W_A-Z]{2})[.!?](?=[A-Z][a-z]*[ ,'’])(?!Js\b|Net\b)")
_RUNS_ON = re.compile(
    r"\s*Dear (?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? (?P<w>[A-Z][\w'’-]+)(?= (?:I|It|Thank|We|This|My)\b)"
)
_GREETS_AGAIN = re.compile(r"[ \t]*(?:Dear|Hello|Hi) (?:[A-Z][\w.'’-]* ?){1,4}[,:][ \t]*$")
_TITLED_GAP = re.compile(
    r"\b(?:Company|Employer|Organi[sz]ation|Recipient|Hiring Manager|Contact|Manager|Interviewer|Job|Role|Position"
    r"|First|Last|Full) (?:Name|Title)\b(?!:)"
)
_WHAT_IS = re.compile(r"\b(?:what|all|who|where)\b[^.?!\n]{0,40}$", re.IGNORECASE)
"""Before "is is" it may be meant: "What it is is a chance"."""
_TWICE_IS_FINE = frozenset({"that", "had", "bye", "blah", "no", "so", "her"})
_ENDED = re.compile(r"[.!?:][\"'”’)]*$")
_MARKS_MOST = 2
"""Sentences with an exclamation mark that a letter bears."""


def structure_findings(letter: ParsedLetter, context: ProofContext) -> Iterator[Finding]:
    """What is missing from the letter, and what is too much of it; a script is made of notes."""
    is_spoken = context.kind is not None and context.kind.is_spoken
    if not is_spoken and letter.lines:
        yield from _frame_findings(letter, context)
        yield from _greeting_comma(letter)
        yield from _greeting_in_sentence(letter)
        yield from _second_greeting(letter)
        yield from _missing_end_marks(letter)
        yield from _exclamations(letter)
    yield from _length(letter, context)


def _ordinal(wrong: str) -> str:
    number = wrong[:-2]
    ending = "th" if number[-2:] in ("11", "12", "13") else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
    return number + ending


def space_findings(letter: ParsedLetter) -> Iterator[Finding]:
    """Doubled spaces and words, sentences without a space between, gaps; also for a subject."""
    text = letter.plain
    for match in _TITLED_GAP.finditer(text):
        yield letter.finding(*match.span(), "placeholder", "This looks like a gap that was never filled in.")
    gaps = list(re.finditer(r"(?<=\S)[ \u00a0]{2,}(?=\S)", text))
    after_ends = [gap for gap in gaps if _ENDED.search(text[max(0, gap.start() - 3) : gap.start()])]
    single = len(re.findall(r"[a-z]{2}[.!?] [A-Z]", text))
    habit = len(after_ends) >= 2 and len(after_ends) > single  # who types two spaces after each sentence means it
    for match in _LOW_START.finditer(text):
        if not is_abbreviated(text[max(0, match.start() - 12) : match.start()]):
            put = (match["w"].capitalize(),)
            yield letter.finding(*match.span("w"), "capital", "A sentence begins with a capital letter.", put)
    for match in _LOW_NAME.finditer(text):
        message = "This is written with a capital letter."
        yield letter.finding(*match.span("w"), "capital", message, (match["w"].capitalize(),))
    for match in _ORDINAL.finditer(text):
        yield letter.finding(
            *match.span(), "spelling", "The ending doesn't fit the number.", (_ordinal(match["number"]),)
        )
    for gap in gaps:
        if not (habit and gap in after_ends):
            yield letter.finding(gap.start(), gap.end(), "doubled_space", "One space is enough.", (" ",))
    for match in _JOINED.finditer(text):
        yield letter.finding(
            match.start(), match.end(), "no_space", "A space is missing here.", (match.group() + " ",)
        )
    for match in _REPEATED.finditer(text):
        is_meant = match[1].casefold() == "is" and _WHAT_IS.search(text[: match.start()])
        if match[1].casefold() not in _TWICE_IS_FINE and not is_meant:
            put = (match[1],)
            yield letter.finding(
                match.start(), match.end(), "repeated_word", "The same word stands here twice.", put
            )


def _frame_findings(letter: ParsedLetter, context: ProofContext) -> Iterator[Finding]:
    """Greeting, sign-off and name. Of a text that is no letter of ours, one half asks for the other."""
    is_letter = context.kind is not None
    if letter.greeting is None and (is_letter or letter.closing):
        yield letter.finding(0, 0, "missing_greeting", "There is no greeting.")
    end = len(letter.text.rstrip())
    if letter.closing is None:
        if is_letter or letter.greeting:
            yield letter.finding(end, end, "missing_sign_off", "A sign-off such as “Best regards,” is missing.")
        return
    signature = letter.text[letter.closing[0] :]
    if not _is_signed(signature, letter.text[letter.closing[1] :], context.sender):
        message = (
            f"Your name, {context.sender}, is missing under the sign-off."
            if context.sender
            else "Your name is missing under the sign-off; `settings name` keeps it for all letters."
        )
        yield letter.finding(end, end, "missing_name", message)


def _is_signed(signature: str, below: str, sender: str) -> bool:
    if not sender:
        return bool(below.strip())
    names = {folded(part) for part in name_parts(sender)}
    words = [folded(word.group()) for word in WORD.finditer(signature)]
    close = (word for word in words for name in names if _is_short_for(word, name) or distance(word, name, 2) <= 1)
    return any(close) or any(len(name) > 4 and distance(word, name, 2) <= 2 for word in words for name in names)


def _is_short_for(word: str, name: str) -> bool:
    return len(word) >= 2 and (word == name or (len(word) > 2 and name.startswith(word)))


def _greeting_comma(letter: ParsedLetter) -> Iterator[Finding]:
    """A greeting without a comma, where the sign-off has one: some leave out both on purpose."""
    if letter.greeting is None or letter.closing is None:
        return
    greeting = letter.text[slice(*letter.greeting)].rstrip()
    closing = letter.text[slice(*letter.closing)].rstrip()
    if greeting[-1:].isalpha() and closing.endswith(","):
        end = letter.greeting[0] + len(greeting)
        last = WORD.search(greeting, greeting.rfind(" ") + 1)
        start = letter.greeting[0] + last.start() if last else letter.greeting[0]
        message = "A comma goes after the greeting, as after the sign-off."
        yield letter.finding(start, end, "greeting_comma", message, (letter.text[start:end] + ",",))


def _greeting_in_sentence(letter: ParsedLetter) -> Iterator[Finding]:
    """A greeting that runs on into the first sentence without a comma."""
    if match := _RUNS_ON.match(letter.text):
        start, end = match.span("w")
        message = "A comma goes after the greeting."
        yield letter.finding(start, end, "greeting_comma", message, (letter.text[start:end] + ",",))


def _second_greeting(letter: ParsedLetter) -> Iterator[Finding]:
    """A line that greets once more, as where two drafts were put together."""
    for start, end in letter.lines:
        line = letter.text[start:end]
        if letter.greeting and start > letter.greeting[1] and _GREETS_AGAIN.match(line):
            yield letter.finding(start, end, "second_greeting", "The letter greets twice.")


def _missing_end_marks(letter: ParsedLetter) -> Iterator[Finding]:
    """Paragraphs whose last sentence has no end mark."""
    start, end = letter.body
    for paragraph in PARAGRAPH.finditer(letter.plain[start:end]):
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
        yield letter.finding(at + word.start(), at + len(text), "end_mark", "The sentence has no end mark.", put)


def _exclamations(letter: ParsedLetter) -> Iterator[Finding]:
    marks = list(re.finditer(r"(?<![!?])!(?![!?=])", letter.plain))
    for mark in marks[_MARKS_MOST:]:
        message = "Two exclamation marks are as many as a letter bears."
        yield letter.finding(mark.start(), mark.end(), "exclamation", message, (".",))


def _length(letter: ParsedLetter, context: ProofContext) -> Iterator[Finding]:
    limit = load_rules().longest.get(context.kind.value) if context.kind else None
    words = list(re.finditer(r"\S+", letter.text[slice(*letter.body)]))
    if limit is None or context.kind is None or len(words) <= limit:
        return
    at = letter.body[0] + words[limit].start()
    message = (
        f"The {context.kind.label} letter has {len(words)} words; more than {limit} are seldom read to the end."
    )
    yield letter.finding(at, at, "too_long", message)


_SHORT = 5
"""Words in capitals with no more letters may be abbreviations; only the loud ones among them shout."""


def shouting_findings(letter: ParsedLetter, context: ProofContext, dictionary: Dictionary) -> Iterator[Finding]:
    """Each run of words in capitals in which one at least is a word that is shouted."""
    names = " ".join((context.company, context.role, context.sender, *context.people))
    expected = set(re.findall(r"[^\W_]+", names))
    is_spoken = context.kind is not None and context.kind.is_spoken
    for run in _capital_runs(letter):
        if is_spoken and _is_heading(letter, run):
            continue
        if any(_is_shouted(word.text, expected, dictionary) for word in run):
            start, end = run[0].start, run[-1].end
            text = letter.text[start:end]
            put = text.capitalize() if run[0].at_start else text.lower()
            yield Finding(
                start=start,
                end=end,
                text=text,
                rule="shouting",
                message="Capitals read as shouting.",
                suggestions=(re.sub(r"\bi\b", "I", put),),
            )


def _is_heading(letter: ParsedLetter, run: list[LetterWord]) -> bool:
    """Whether the run is all that stands on its line."""
    start = letter.text.rfind("\n", 0, run[0].start) + 1
    line = letter.text[start : run[-1].end] + letter.text[run[-1].end :].partition("\n")[0]
    return line.strip(" \t:") == letter.text[run[0].start : run[-1].end]


def _capital_runs(letter: ParsedLetter) -> Iterator[list[LetterWord]]:
    run: list[LetterWord] = []
    for word in letter.words:
        joins = bool(run) and letter.text[run[-1].end : word.start] in (" ", ", ")
        if word.text.isupper() and joins:
            run.append(word)
            continue
        if run:
            yield run
        run = [word] if word.text.isupper() and len(word.text) > 1 else []
    if run:
        yield run


def _is_shouted(text: str, expected: set[str], dictionary: Dictionary) -> bool:
    rules = load_harper_config()
    if text in expected or text in rules.abbreviations:
        return False
    if "-" in text and all(len(part) <= _SHORT for part in text.split("-")):
        return any(part.casefold() in rules.loud for part in text.split("-"))
    if text.casefold() in rules.loud:
        return True
    return len(text) > _SHORT and (dictionary.is_known is False or text.casefold() in dictionary.known)
