"""Legal forms of employers: "Inc.", "GmbH & Co. KG", "S.A."."""

from __future__ import annotations

import re
from functools import cache

PLAIN_FORMS = "gmbh llc llp plc inc ltd snc sarl srl spa eurl ltda"
"""Forms that are no other word in small letters, unlike "ab" and "co"."""
_OTHERS = (
    "incorporated limited corp corporation co company ag aktiengesellschaft se kg kgaa mbh gesmbh ohg gbr eg ev"
    " lp pc pllc sa sas sasu bv bvba nv vof ab oy oyj as asa aps pty ptyltd pte sl slu lda kft zrt sro doo ug"
)
_RARE = "cv eu haftungsbeschrankt sca sci sp sprl spzoo ulc zoo"
"""Forms that are more often something else: told only at the end of a text known as a name."""
LAST_WORDS = frozenset(f"{PLAIN_FORMS} {_OTHERS} {_RARE} z o".split())
"""The words, folded, that the name of an employer may end with."""
_LONGEST_DOTTED = 4
_FORMS = frozenset(f"{PLAIN_FORMS} {_OTHERS}".split())


def _spelt(forms: str) -> str:
    """The pattern of forms, the short ones with or without dots: "S.A."."""
    ordered = sorted(forms.split(), reverse=True)  # a form before its own beginning
    return "|".join(r"\.?".join(form) if len(form) <= _LONGEST_DOTTED else form for form in ordered)


@cache
def legal_form() -> re.Pattern[str]:
    """The pattern of a legal form behind the name of an employer; one that is another word, too, has a capital."""
    plain = rf"(?i:gmbh & co\.? kg(?:aa)?|{_spelt(PLAIN_FORMS)})"
    others = rf"(?=[a-z./]{{0,3}}[A-Z])(?i:a/s|{_spelt(_OTHERS)})"
    return re.compile(rf",?\s+(?:{plain}|{others})(?![\w-])\.?")


def is_legal_form(text: str) -> bool:
    """Whether a text is a legal form, in any letters: "Inc.", "ltd"."""
    return "".join(filter(str.isalnum, text)).casefold() in _FORMS
