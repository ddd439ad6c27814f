"""A question as part of a sentence: "why did you leave?" gives "why you left"."""

from __future__ import annotations

import re

_ASKS = (
    r"((?:how(?: (?:many|much|often|long|big|well) ?(?:\w+)?)?|what(?: kind of \w+)?|why|when|where"
    r"|which \w+|who)\s+)?"
)
_PRONOUN = r"(?:you|we|they|i|he|she|it|there)"
_NAMED = r"(?:the|your|our|my|their|this|that|a|an) \w+"
_BE = r"(?:is|are|was|were)"
_HELPS = rf"(?:{_BE}|can|could|will|would|should|must|have|has|had)"
_STATE = r"(?:(?:\w+(?:ed|ing)|been)\b.*|(?:in|on|at|from|for|still|too|so|not|always|already|often)\b.*|[\w-]+)"
"""What may follow a subject of two words, so that no word of the subject itself is taken for it."""
_OFTEN = r"(?:(?:ever|also|really|already|still|always|usually|often|once|just|first) )"
_PAST_WORDS = """be:was become:became begin:began bring:brought build:built buy:bought catch:caught choose:chose
come:came cut:cut do:did draw:drew drive:drove fall:fell feel:felt find:found forget:forgot
get:got give:gave go:went grow:grew have:had hear:heard hold:held keep:kept know:knew lead:led
leave:left let:let lose:lost make:made mean:meant meet:met pay:paid put:put read:read rise:rose
run:ran say:said see:saw sell:sold send:sent set:set shut:shut speak:spoke spend:spent
split:split stand:stood take:took teach:taught tell:told think:thought understand:understood
win:won write:wrote
regret:regretted prefer:preferred commit:committed"""
PAST = dict(pair.split(":") for pair in _PAST_WORDS.split())
"""Verbs whose past isn't made with "-ed", with their past."""


def _inflected(verb: str, helper: str) -> str:
    """A verb as it stands without "does" or "did": "leave" gives "left"."""
    if helper == "do":
        return verb
    ends_in_y = re.search(r"[^aeiou]y$", verb)
    stem = f"{verb[:-1]}i" if ends_in_y else verb
    if helper == "did":
        stop = re.fullmatch(r"[^aeiou]*[aeiou]([bdgmnprt])", verb)  # "stop", "plan"
        return PAST.get(verb) or re.sub("ee?d$", "ed", f"{stem}{stop[1] if stop else ''}ed")
    return "has" if verb == "have" else f"{stem}{'es' if re.search(r'(?:s|x|z|ch|sh|o|i)$', stem) else 's'}"


_STATES = (
    r"(?:\w+ed|available|possible|paid|common|mandatory|optional|free|flexible|ok(?:ay)?|fine|usual|part of)\b.*"
)
_BARE_BE = rf"(?i)({_BE}) ((?:[\w-]+ ){{1,3}}?)({_STATES})"
"""A question about something that has no article: "is remote work possible"."""
_BARE_DO = r"(?i)do ([\w-]+s .+)"
_KNOWN_VERB = (
    r"(?:start|begin|open|end|be|have|get|take|work|happen|cost|go|come|look|pay|need|use|move|meet|change|apply"
    r"|expect|last|include|cover|help|do|stay|stop|grow|join|run)"
)
_MODAL = (
    rf"(?i){_ASKS}(can|could|will|would|should|must) ((?:the|your|our|my|their|this|that|an?)(?: [\w-]+){{1,3}}?)"
    rf" ({_KNOWN_VERB}\b.*)"
)
"""A question whose subject ends before a verb that is well known: "when would the training start"."""
_VERB_ENDS = r"(?i) (?:\w+ing|an?|the|your|our|my|their|in|on|at|for|from|with|to|by|of|about)\b"
"""What may follow the verb of a named subject; "the data team sit" may have its verb one word later."""
AND_ASKS = (
    rf"(?i)\?? (and|or) (?=(?:(?:what|who|how(?: \w+)?|why|when|where)(?:['’]s| (?:do|does|did|{_HELPS}))"
    rf"|(?:do|does|did|{_HELPS}) {_PRONOUN})\b)"
)
"""Between two questions in one line."""


def is_question(text: str) -> bool:
    """Whether a text turns verb and subject as a question does."""
    turned = rf"(?:do|does|did|{_HELPS})(?:n['’]t)? (?:{_PRONOUN}|the|your|our|my|their|this|that|an?)\b"
    is_bare = any(re.fullmatch(pattern, text) for pattern in (_BARE_BE, _BARE_DO))
    return is_bare or bool(re.match(rf"(?i){_ASKS}{turned}", _in_full(text)))


def asks_directly(text: str) -> bool:
    """Whether a text begins as a question does, whatever its subject: "how do on-call shifts work"."""
    return bool(re.match(rf"(?i){_ASKS}(?:do|does|did|{_HELPS})(?:n['’]t)? ", text))


def _in_full(text: str) -> str:
    return re.sub(r"(?i)^(what|who|where|how|when)['’]s (?=the|your|our|my|their)", r"\1 is ", text)


def told_question(text: str) -> str:
    """A question as part of a sentence, or "" where its subject can't be told from the rest."""
    text = _in_full(text.rstrip("? "))
    first, joint, rest = [*re.split(AND_ASKS, text, maxsplit=1), "", ""][:3]
    if joint:
        told = [told_question(part) if is_question(part) else part for part in (first, rest)]
        return f" {joint} ".join(told) if all(told) else ""
    if found := re.fullmatch(_BARE_BE, text):
        return f"whether {found[2]}{found[1].lower()} {found[3]}"
    if found := re.fullmatch(_MODAL, text):
        return f"{(found[1] or 'whether ').lower()}{found[3]} {found[2].lower()} {found[4]}"
    if found := re.fullmatch(_BARE_DO, text):
        return f"whether {found[1]}"
    if found := re.fullmatch(rf"(?i){_ASKS}(do|does|did) ({_PRONOUN}|{_NAMED}) ({_OFTEN})?(\w+)(.*)", text):
        asks, helper, subject, often, verb, rest = found.groups("")
        is_short = re.fullmatch(_PRONOUN, subject, re.IGNORECASE) or not rest
        if not is_short and not (re.fullmatch(_KNOWN_VERB, verb.lower()) and re.match(_VERB_ENDS, rest)):
            return ""
        return f"{(asks or 'whether ').lower()}{subject} {often}{_inflected(verb.lower(), helper.lower())}{rest}"
    if found := re.fullmatch(rf"(?i){_ASKS}({_HELPS}) (?:({_PRONOUN}) (.+)|({_NAMED}) ({_STATE}))", text):
        asks, helper, pronoun, after, named, state = found.groups("")
        if not re.match(r"(?i)(?:what|who) $", asks) or pronoun:
            return f"{(asks or 'whether ').lower()}{pronoun or named} {helper.lower()} {after or state}"
    if found := re.fullmatch(
        rf"(?i)(what|who|where|how \w+) ({_BE}) ((?:the|your|our|my|their) .+?)( like| for)?", text
    ):
        return f"{found[1].lower()} {found[3]} {found[2].lower()}{found[4] or ''}"
    return ""
