"""Direct questions made indirect, to be part of a sentence: "why did you leave?" gives "why you left"."""

from __future__ import annotations

import re

from followup_tui.domain.format import uncapitalized
from followup_tui.domain.letters.sentence_forms import is_adverb, is_in
from followup_tui.domain.letters.verbs import verbs_by_base, verbs_by_form

_BE = r"(?:is|are|was|were)"
_HELPS = rf"(?:do|does|did|{_BE}|can|could|will|would|should|must|may|have|has|had)"
_DETERMINER = r"(?:the|your|our|my|their|this|that|his|her|its|an?)"
_PRONOUN = r"(?:you|we|they|i|he|she|it|there)"
_QUESTION = (
    rf"(?i)((?:(?:how|what|which|whose)(?: (?!(?:{_HELPS}|{_DETERMINER}|{_PRONOUN})\b)[\w-]+){{0,3}}"
    r"|why|when|where|who(?:m|se)?) )?"
    rf"({_HELPS})(n['’]t|not)? (.+)"
)
"""What is asked for, the verb that is turned around, and what follows it."""
AND_ASKS = (
    rf"(?i)\?? (and|or) (?=(?:(?:what|who|how(?: \w+)?|why|when|where)(?:['’]s| {_HELPS})"
    rf"|{_HELPS} {_PRONOUN})\b)"
)
"""Between two questions in one line."""
_AND_MORE = r"(?i)\?? (and|or) (?=(?:what|who|whose|which|how|why|when|where)\b \w)"
"""Behind a question, before another or before the part of a sentence: "how big is it and who leads it"."""
_ASIDE = r"(?i)[?,] (?:(?:i(?:['’]m| am| was)?|we|just) )*(?:wonder(?:ed|ing)?|curious|asking)$"
"""What one says behind a question: "do you use Rust? I wondered"."""


def is_question(text: str) -> bool:
    """Whether a text turns verb and subject as a question does."""
    parts = _question_parts(_in_full(text))
    if parts is None:
        return False
    # "have an exam", "wasn't the right time"
    is_own = parts[1] is None and re.match("(?i)ha(?:ve|s|d)|was", parts[2])
    subject = _PRONOUN if is_own else rf"(?:{_PRONOUN}|the|your|our|my|their|this|that|an?)"
    return text.rstrip().endswith("?") or re.match(rf"(?i){subject}\b", parts[4]) is not None


def asks_directly(text: str) -> bool:
    """Whether a text begins as a question does, whatever its subject: "how do on-call shifts work"."""
    return _question_parts(_in_full(text)) is not None


def _question_parts(text: str) -> re.Match[str] | None:
    """What is asked for, the helping verb, "n't" and the rest of a direct question; None if it is none.

    "How people are trained" is none: it is in the order of a statement.
    """
    parts = re.fullmatch(_QUESTION, text)
    how = re.match(r"(?i)how ((?!many\b|much\b|often\b|far\b)\w+)", parts[1] or "") if parts else None
    if parts is None or how is None:
        return parts
    is_degree = is_in(how[1], "adjectives") or is_adverb(how[1])
    begins_subject = re.match(rf"(?i)(?:{_DETERMINER}|{_PRONOUN})\b", parts[4])
    return parts if is_degree or (how[1].islower() and begins_subject) else None


def _in_full(text: str) -> str:
    text = re.sub(r"(?i)^(what|who|where|how|when)['’]s (?=the|your|our|my|their)", r"\1 is ", text)
    return re.sub(r"(?i)^(what|where|how) ?re (?=the|your|our|my|their)", r"\1 are ", text)


def indirect_question(text: str) -> str:
    """A direct question as an indirect one, or "" where its subject can't be told from the rest."""
    text = _in_full(re.sub(_ASIDE, "", text).rstrip("? "))
    between = AND_ASKS if re.search(AND_ASKS, text) else _AND_MORE
    parts = re.split(between, text, maxsplit=1)
    if len(parts) > 1:
        first, joint, second = parts
        both = [indirect_question(part) if asks_directly(part) else part for part in (first, second)]
        return f" {joint} ".join(both) if all(both) else ""
    if "?" in text:
        return ""
    question = _question_parts(text)
    if question is None or question[3]:
        return ""
    asks, helper = uncapitalized(question[1] or "whether "), question[2].lower()
    words: list[str] = question[4].split()
    bare = [re.sub(r"^\W+|\W+$", "", word).lower().replace("’", "'") for word in words]
    if re.match("(?:who|what|which|how m(?:any|uch)) ", asks) and _is_own_subject(bare[0]):
        return uncapitalized(text)  # "who will be there"
    end = _subject_end(bare, helper, asks)
    if not end:
        return ""
    subject, after = " ".join(words[:end]), words[end:]
    if helper not in ("do", "does", "did"):
        return " ".join((f"{asks}{subject}", helper, *after))
    place = next((at for at, word in enumerate(after) if not is_in(word.lower(), "adverbs")), None)
    if place is None:
        return ""
    word = after[place].rstrip(",")
    comma = after[place][len(word) :]
    form = _without_helper(word, helper)
    if form is None:
        return ""
    return " ".join((f"{asks}{subject}", *after[:place], f"{form}{comma}", *after[place + 1 :]))


def _without_helper(word: str, helper: str) -> str | None:
    """The form of a verb that needs no "do", "does" or "did"; None if the word is no known verb."""
    if helper == "do":
        return word
    verb = verbs_by_base().get(word.lower())
    if verb is None:
        return None
    return verb.past if helper == "did" else verb.third


def _is_own_subject(first: str) -> bool:
    """Whether what is asked for is the subject itself, by the word after the verb: "be" of "who will be there"."""
    is_verb = first in verbs_by_base() and not is_in(first, "noun_verbs")
    return is_verb or is_in(first, "prepositions", "adverbs") or first.endswith("ing")


def _subject_end(words: list[str], helper: str, asks: str) -> int:
    """How many words the subject of a question has, or 0 where that isn't sure."""
    if re.fullmatch(_PRONOUN, words[0]):
        return 1
    ends = range(2 if is_in(words[0], "determiners") else 1, len(words))
    if helper in ("do", "does", "did", "can", "could", "will", "would", "should", "must", "may"):
        end = next((at for at in ends if _is_verb(words, at)), 0)
        while end > 1 and is_in(words[end - 1], "adverbs"):
            end -= 1
        return end
    if helper in ("have", "has", "had"):
        return next((at for at in ends if words[at] in verbs_by_form()["participle"] or words[at] == "been"), 0)
    if len(words) > 2 and is_in(words[-1], "adjectives"):
        joins = is_in(words[-2], "determiners", "adverbs", "relatives") or words[-2] in ("too", "very", "not")
        if not joins:
            return len(words) - 1  # "is the desk at the back free"
    is_what = asks.startswith(("what", "who"))
    end = next((at for at in ends if _begins_predicate(words, at, is_what=is_what)), 0)
    is_noun = not asks.startswith(("whether ", "why ", "how is")) and is_in(words[0], "determiners")
    return end or (len(words) if is_noun else 0)


def _is_verb(words: list[str], at: int) -> bool:
    after = words[at + 1] if at + 1 < len(words) else ""
    is_over = not after or is_in(after, "prepositions", "determiners", "objects", "numbers", "adverbs")
    is_over = is_over or after.endswith(("ly", "ing"))
    return words[at] in verbs_by_base() and (not is_in(words[at], "noun_verbs") or is_over)


def _begins_predicate(words: list[str], at: int, *, is_what: bool) -> bool:
    """Whether the subject of a question is over before a word: "the role | remote", "the team | split"."""
    word = words[at]
    if is_in(words[at - 1], "determiners", "adjectives"):
        return False
    is_participle = word.endswith(("ed", "ing")) or word in verbs_by_form()["participle"]
    if is_participle and not is_in(word, "noun_verbs"):
        return True
    if is_what:
        return word == "like"
    is_role = word in ("in", "on", "at", "from", "for", "too", "so", "not", "like")
    return is_role or is_in(word, "determiners", "adverbs", "adjectives")
