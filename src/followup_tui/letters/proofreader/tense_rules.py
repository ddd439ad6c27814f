"""Tenses and forms that other words rule out: "I know her for ten years", "when I will have it"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_tui.letters.proofreader.agreement import noun_phrase
from followup_tui.letters.proofreader.clause_rules import is_subject, sentence_start
from followup_tui.letters.proofreader.preposition_rules import is_time_word
from followup_tui.letters.proofreader.tagged_words import GrammarMark, Words, first_marks, words_of

_SAY_SINCE = "What began in the past and goes on is told with “have”."
_SAY_PAST = "The time is past, so the verb stands in the past."
_SAY_WILL = "After “if” and “when” the future stands in the present."
_SAY_BASE = "After this auxiliary stands the verb's base form."
_NO_WILL = ("when", "until", "before", "after", "once", "unless", "if")


def tense_marks(words: Words) -> Iterator[GrammarMark]:
    """Each verb in a tense or form that the rest of its sentence rules out."""
    rules = (
        _since,
        _past,
        _perfect_in_past,
        _will_in_condition,
        _so_far,
        _bare_form,
        _look_forward,
        _how_to,
        _would,
    )
    return first_marks(words, rules)


def _clause(words: Words, place: int, most: int = 12) -> range:
    """The places from one on to the next mark."""
    return range(place, place + len(words.rest(place, most)))


def _begins_in_past(words: Words, place: int) -> bool:
    """Whether "since" or "for" at a place tells how long something has gone on."""
    word, after, then = words[place], words.at(place + 1), words.at(place + 2)
    if word.text == "since":
        is_clause = after.text in words_of("clauses", "subjects") and (
            then.text in ("was", "were") or then.kind == "Vd"
        )
        at = place + 1 + (after.kind[0] == "D") + (then.kind[0] == "J")
        follower = words.at(at + 1)  # "so since then I" opens a clause of its own
        return is_clause or (is_time_word(words.at(at)) and follower.text != "is" and follower.kind != "P")
    years = then.text if after.kind[0] in "MJD" else ""
    return word.text == "for" and years in ("years", "months", "decades") and words.at(place + 3).kind[0] in ".RCI"


def _since(words: Words, place: int) -> GrammarMark | None:
    """The present or simple past of what goes on: "I know her for ten years", "since Easter I dream of it"."""
    word = words[place]
    subject = words.before(place, "R")
    if words.at(subject).text not in words_of("clauses", "subjects") or words.at(subject).text in ("it", "you"):
        return None
    if not is_subject(words, subject) and not _after_since(words, subject):
        return None
    is_present = word.kind in ("Vb", "Vz") or word.text in ("am", "are", "was")
    if not is_present or words.at(place + 1).kind == "Vg" or word.text in ("see", "hope", "think", "believe"):
        return None
    told = _after_since(words, subject)
    for at in _clause(words, place + 1):
        if words[at].kind[0] in "AV" and not (word.text == "was" and words[at].kind == "Vdn"):
            break
        if words[at].kind[0] in "SC" and words[at].text not in ("since", "for"):
            break
        if words[at].text == "for" and word.base not in words_of("clauses", "lasting") and word.kind[0] != "A":
            break
        if words[at].text in ("since", "for") and _begins_in_past(words, at):
            told = word.text != "was" or words[at].text == "since"
            break
    if not told:
        return None
    have = "has" if words[subject].text in ("he", "she") else "have"
    participle = "been" if word.kind[0] == "A" else word.put("part")
    return GrammarMark(place, place + 1, "tense", _SAY_SINCE, (f"{have} {participle}",))


def _after_since(words: Words, subject: int) -> bool:
    """Whether the sentence begins with "since" and a time, before a subject: "since Easter I"."""
    start = sentence_start(words, subject)
    opener = [word for word in words[start:subject] if word.kind != "."]
    return (
        len(opener) in (2, 3, 4)
        and opener[0].text == "since"
        and is_time_word(opener[-1])
        and not any(word.kind[0] in "AVP" for word in opener)
    )


def _past_opener(words: Words, place: int) -> bool:
    """Whether the sentence begins with a time that is past, right before the subject at a place."""
    start = sentence_start(words, place)
    end = place - (words.at(place - 1).text == ",")
    told = words.texts(start, end)
    if re.fullmatch(r"in (?:20(?:[01]\d|2[0-4])|19\d\d)", told):
        return words[place].text in ("i", "we")
    return re.fullmatch(r"yesterday(?: \w+)?|last (?:\w+ )?\w+|.{,20} ago", told) is not None


def _subject_before(words: Words, place: int) -> int | None:
    """Where the subject right before a verb begins."""
    at = words.before(place, "R")
    if words.at(at).text in words_of("clauses", "subjects"):
        return at
    phrase = noun_phrase(words, at) if words.at(at).is_noun else None
    return None if phrase is None else phrase.start


def _past(words: Words, place: int) -> GrammarMark | None:
    """The present where a past time opens the sentence: "last month my landlord raises the rent"."""
    word = words[place]
    if word.kind not in ("Vb", "Vz") or word.put("past") == word.text:
        return None
    start = _subject_before(words, place)
    if start is None or not _past_opener(words, start):
        return None
    return GrammarMark(place, place + 1, "tense", _SAY_PAST, (word.put("past"),))


def _perfect_in_past(words: Words, place: int) -> GrammarMark | None:
    """The perfect where a past day opens the sentence: "on Monday I have received an offer"."""
    at = words.after(place, "R")
    if words[place].text not in ("have", "has") or "n" not in words.at(at).kind[1:] or not words.at(at).is_verb:
        return None
    start = _subject_before(words, place)
    if start is None:
        return None
    opener = words.texts(sentence_start(words, start), start - (words.at(start - 1).text == ","))
    is_day = re.fullmatch(
        r"on \w+day|when (?:we|i|you) (?:spoke|met|talked|came|visited).{,20}|during .{,30}interview", opener
    )
    if not is_day and not _past_opener(words, start):
        return None
    put = f"{words.texts(place + 1, at)} {words[at].put('past')}".strip()
    return GrammarMark(place, at + 1, "tense", _SAY_PAST, (put,))


def _will_in_condition(words: Words, place: int) -> GrammarMark | None:
    """The future in a clause of time or condition: "when Max will send me the file"."""
    verb = words.at(place + 1)
    if words[place].text != "will" or not (verb.kind.startswith("Vb") or verb.text in ("have", "be")):
        return None
    start = _subject_before(words, place)
    if start is None or words.at(start).text == "you":
        return None
    is_soon = words.texts(start - 3, start) == "as soon as"
    opener, before = words.at(start - 1).text, words.at(start - 4 if is_soon else start - 2)
    if not is_soon and opener not in _NO_WILL:
        return None
    if opener == "if" and words.at(start).text not in words_of("clauses", "subjects"):
        return None  # "if the machine will be needed again"
    if before.kind != "." or before.text in ("-", "–", "—", "(", '"'):
        return None
    is_one = words[start].text not in ("i", "we", "they") and words.at(place - 1).kind != "Ns"
    forms = {"have": ("have", "has"), "be": ("am" if words[start].text == "i" else "are", "is")}
    many, one = forms.get(verb.text, (verb.text, verb.put("third")))
    return GrammarMark(place, place + 2, "tense", _SAY_WILL, (one if is_one else many,))


def _so_far(words: Words, place: int) -> GrammarMark | None:
    """The simple past with "so far": "so far I did not miss a shift"."""
    did, verb = words[place], words.at(place + 1 + (words.at(place + 1).text == "not"))
    if did.text not in ("did", "didn't") or not verb.kind.startswith("Vb"):
        return None
    end = words.at(place + 1).text == "not"
    start = _subject_before(words, place)
    if start is None or (did.text == "did" and not end):
        return None
    opener = words.texts(start - 3, start).removesuffix(" ,")
    if not re.search(r"(?:^| )(?:so far|until now|up to now|till now|to date)$", opener):
        return None
    have = "has" if words[start].text in ("he", "she", "it") else "have"
    have += " not" if end else "n't"
    return GrammarMark(place, place + 2 + end, "tense", _SAY_SINCE, (f"{have} {verb.put('part')}",))


def _bare_form(words: Words, place: int) -> GrammarMark | None:
    """A "to" between a modal verb and its verb: "I must to decline", "you need not to worry"."""
    verb = words.at(place + 1)
    if words[place].text != "to" or not (verb.kind.startswith("Vb") or verb.text in ("be", "have")):
        return None
    at = words.before(place, "R")
    modal = words.at(at - 1) if words.at(at).text == "not" else words.at(at)
    if modal.text.removesuffix("n't") not in words_of("clauses", "modals") and (
        modal.text not in ("need", "cannot", "can't") or words.at(at).text != "not"
    ):
        return None
    subject = at - 1 - (words.at(at).text == "not")
    if words.at(subject).kind[0] not in "PNX" or {"what", "which", "all", "everything", "whatever", "best"} & set(
        words.texts(subject - 3, subject + 1).split()
    ):
        return None  # "do what you can to help"
    return GrammarMark(place, place + 2, "verb_form", _SAY_BASE, (verb.text,))


def _look_forward(words: Words, place: int) -> GrammarMark | None:
    """ "Look forward" without "to", and "of" for "have": "I look forward meeting you", "sorry to of missed it"."""
    word, after = words[place], words.at(place + 1)
    if word.text == "forward" and words.at(place - 1).base == "look" and after.kind == "Vg":
        return GrammarMark(place, place + 1, "missing_word", "“to” is missing.", ("forward to",))
    if word.text == "of" and words.at(place - 1).text == "to" and "n" in after.kind[1:] and after.is_verb:
        return GrammarMark(place, place + 1, "confused_word", "This should be “have”.", ("have",))
    return None


def _how_to(words: Words, place: int) -> GrammarMark | None:
    """A question word with a base form: "I don't know what expect", "she showed me how mix it"."""
    word, verb, after = words[place], words.at(place + 1), words.at(place + 2)
    before = words.at(place - 1)
    asks = before.text in words_of("clauses", "knowing") or (
        before.text in ("me", "us", "you")
        and words.at(place - 2).base in ("show", "teach", "tell", "ask", "explain")
    )
    if word.text not in ("how", "what", "where", "when") or not asks or not verb.is_base or verb.kind != "Vb":
        return None
    if word.text == "how":
        fits = after.kind[0] in "DP" and verb.text not in ("come", "do", "dare", "about")
    else:
        fits = after.kind[0] in ".I"
    return (
        GrammarMark(place, place + 2, "missing_word", "“to” is missing.", (f"{word.text} to {verb.text}",))
        if fits
        else None
    )


def _would(words: Words, place: int) -> GrammarMark | None:
    """ "Will" after a condition that is only thought of: "if you gave me the chance, I will prove it"."""
    if words[place].text != "will" or words.at(place - 2).text != "," or not is_subject(words, place - 1):
        return None
    clause = words[sentence_start(words, place) : place - 2]
    if len(clause) < 4 or clause[0].text != "if" or any(word.kind == "." for word in clause):
        return None
    subject, verb = clause[1], clause[2]
    is_thought = verb.text == "were" or (
        verb.text in ("gave", "chose", "could") and subject.text in ("you", "i", "they")
    )
    if subject.kind != "P" or not is_thought:
        return None
    return GrammarMark(place, place + 1, "tense", "A condition in the past takes “would”.", ("would",))
