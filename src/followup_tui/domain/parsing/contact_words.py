"""The words that say what a person has to do with an application, how to reach them, and how to write to them."""

from __future__ import annotations

import re

from followup_tui.domain.model.contact import ContactRole
from followup_tui.domain.model.english import Voice
from followup_tui.domain.model.touch import Channel

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_ROLES = {
    ContactRole.HIRING_MANAGER: r"hiring (?:manager|lead)|hm|einstellender? manager(?:in)?",
    ContactRole.RECRUITER: (
        r"(?:\w+ )*(?:recruiter(?:in)?|headhunter|sourcer|recruteu(?:r|se)|reclutador|reclutadora|selezionatore"
        r"|selezionatrice)|(?:\w+ )*(?:talent acquisition|talent partner|recruit(?:ing|ment))(?: \w+)*"
    ),
    ContactRole.INTERVIEWER: r"interviewers?",
    ContactRole.REFERRER: r"referrer|referral",
}
_WAYS = {
    Channel.EMAIL: r"e-?mail(?:s|ed)?|mail|written to",
    Channel.PHONE: r"(?:tele)?phone|phoned|calls?|called",
    Channel.POST: r"post|letters?|cards?",
    Channel.LINKEDIN: r"linkedin",
    Channel.IN_PERSON: r"in person",
    Channel.MESSAGE: r"messages?|messaged|texts?|texted|sms|whatsapp|signal",
}
_LEAD = (
    r"best(?: reached)?|(?:prefers?|likes?)(?: to be(?: reached| contacted)?| to get)?"
    r"|reach(?: (?:her|him|them))?|preferably|rather"
)
_REACH = (
    rf"(?i)(?:(?:{_LEAD}) (?:(?:by|via|on|over|through) )?(?:an? )?(?P<way>.+?)(?: messages?)?"
    r"|(?:by )?(?P<only>.+?) (?:only|best|please|preferred))"
)

_VOICE = (
    r"(?i)(?:(?:an? |the |my |in |use |with |write )*(?P<how>formal|friendly|informal|casual)"
    r" (?:voice|tone|letters?|e-?mails?|mails?)|(?:voice|tone) (?P<said>formal|friendly)"
    r"|(?:(?:we are )?on )?(?:a )?first[- ]names? (?:terms|basis))"
)


def role_in_title(title: str) -> ContactRole | None:
    """The role that a job title implies: "Senior Technical Recruiter" is a recruiter."""
    said = " ".join(title.split())
    if not said:
        return None
    return next((role for role, words in _ROLES.items() if re.fullmatch(f"(?i){words}", said)), None)


def plain_role(text: str) -> ContactRole | None:
    """The role that a text is, in small letters as the program writes it; any other text is a title."""
    said = re.sub("^(?:the|an?|our|my|their|your) ", "", text)
    return next((role for role in _ROLES if role.label == said), None)


def way_to_reach(text: str) -> Channel | None:
    """How somebody likes to be reached, as a text says: "best by phone", "prefers LinkedIn", "email only"."""
    said = re.fullmatch(_REACH, " ".join(text.split()))
    if not said:
        return None
    way = said["way"] or said["only"]
    return next((channel for channel, words in _WAYS.items() if re.fullmatch(f"(?i){words}", way)), None)


def voice_of(text: str) -> Voice | None:
    """How letters to somebody sound, as a text says: "friendly voice", "formal letters", "on first-name terms"."""
    said = re.fullmatch(_VOICE, " ".join(text.split()))
    if not said:
        return None
    return Voice.FORMAL if "formal" in (said["how"] or said["said"] or "").casefold().split() else Voice.FRIENDLY
