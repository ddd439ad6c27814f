"""The vocabulary of letters: every field a template may name, in words for people, and where its value is kept."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from followup_tui.domain.model.touch import LetterKind


class FieldOwner(StrEnum):
    """Where the value of a field lives, and so where it is to be written down where it is missing."""

    SENDER = "sender"
    CONTACT = "contact"
    INTERVIEW = "interview"
    APPLICATION = "application"
    LETTER = "letter"

    @property
    def label(self) -> str:
        """The place in words: "in the settings", "with the contact"."""
        return _PLACES[self.value]


_PLACES = {
    "sender": "in the settings",
    "contact": "with the contact",
    "interview": "with the interview",
    "application": "with the application",
    "letter": "in this letter only",
}


class LetterField(NamedTuple):
    """A field: what people call it, one sentence on what belongs into it, and where it is kept.

    `setting` is the attribute it has there (a sender's "phone", a contact's "title"), empty where it follows from
    what was recorded. `is_asked` tells that a value may be given for one letter alone.
    """

    label: str
    help: str
    kept: FieldOwner
    setting: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether its value can be typed for one letter."""
        return bool(self.setting) or self.kept is FieldOwner.LETTER


_SENDER, _CONTACT, _INTERVIEW = FieldOwner.SENDER, FieldOwner.CONTACT, FieldOwner.INTERVIEW
_APPLICATION, _LETTER = FieldOwner.APPLICATION, FieldOwner.LETTER

FIELDS: Mapping[str, LetterField] = {
    # Who writes.
    "my_name": LetterField("Your name", "Your full name, as it stands below your letters.", _SENDER, "name"),
    "my_first_name": LetterField("Your first name", "The first word of your name.", _SENDER),
    "my_phone": LetterField("Your phone number", "The number to be called back on.", _SENDER, "phone"),
    "my_email": LetterField("Your email address", "The address you write from.", _SENDER, "email"),
    "voice": LetterField("How you sound", "One of formal and friendly.", _SENDER, "voice"),
    "sign_off": LetterField("The sign-off", "Best regards, Kind regards or what suits how you sound.", _SENDER),
    "my_address": LetterField("Your postal address", "Your address, a line for each part.", _SENDER, "address"),
    # Whom to.
    "name": LetterField("Their name", "The full name of the person it goes to.", _CONTACT, "name"),
    "first_name": LetterField("Their first name", "Their name without the family name.", _CONTACT),
    "last_name": LetterField("Their family name", "Their name without the first names.", _CONTACT),
    "greeted": LetterField("How they are called", "Dr. Leyen, Dana Ruiz or, among friends, Dana.", _CONTACT),
    "greeting": LetterField(
        "The greeting", "Dear and their name, or the hiring team where nobody is known.", _CONTACT
    ),
    "title": LetterField("Their title", "What they do there, such as Head of Engineering.", _CONTACT, "title"),
    "phone": LetterField("Their phone number", "The number to call.", _CONTACT, "phone"),
    "postal_address": LetterField("Their postal address", "Where a card goes to.", _CONTACT, "address"),
    "company": LetterField("The employer", "The employer's name.", _APPLICATION, "company"),
    "role": LetterField("The position", "The position you applied for.", _APPLICATION, "role"),
    "short_role": LetterField("The position, in short", "What of it fits into a subject line.", _APPLICATION),
    # The round.
    "interview_day": LetterField(
        "The day of the interview", "In words for a sentence: today, yesterday, on Friday.", _INTERVIEW
    ),
    "interview_on": LetterField(
        "The date of the interview", "In words that hold whenever it is read: on 20 November.", _INTERVIEW
    ),
    "interview_kind": LetterField("How you met", "One of phone, video and onsite.", _INTERVIEW),
    "round": LetterField("Which round", "The number of the round, from 1.", _INTERVIEW),
    "round_words": LetterField("Which round, in words", "First, second, third, as far as tenth.", _INTERVIEW),
    "rounds": LetterField("How many rounds", "How many rounds have taken place.", _INTERVIEW),
    "met_before": LetterField(
        "Whether you met before", "True where this person was in an earlier round too.", _INTERVIEW
    ),
    "met": LetterField(
        "Whether you met", "True where this person was in the round, or nobody is known who was.", _INTERVIEW
    ),
    "others": LetterField("The others", "The names of the other interviewers of the round.", _INTERVIEW),
    "was_there": LetterField(
        "Whether they interviewed you", "True for the interviewers of the round.", _INTERVIEW
    ),
    "position": LetterField("Their place in the panel", "A number from 0, for words that differ.", _INTERVIEW),
    "panel_size": LetterField("How many were there", "How many people interviewed you.", _INTERVIEW),
    "owes_thanks": LetterField(
        "Whether you owe thanks", "True where this person had no thank-you for the interview yet.", _INTERVIEW
    ),
    "thanks_late": LetterField(
        "Whether thanks come late", "True where the interview was longer ago than thanks should take.", _INTERVIEW
    ),
    "waiting": LetterField(
        "Who is thanked through them",
        "The names of those who can't be written to and wait for thanks.",
        _INTERVIEW,
    ),
    "waits_alone": LetterField("Whether that is one person", "True for one name in the field before.", _INTERVIEW),
    "topic": LetterField(
        "What you talked about",
        "A few words that follow “our conversation about”, such as the new rota.",
        _LETTER,
    ),
    "offer": LetterField(
        "What you can bring",
        "One sentence on what you bring to what you talked about, such as: I ran night shifts for years.",
        _LETTER,
    ),
    "question": LetterField(
        "A question of your own",
        "Your question, or a few words that follow “I would like to ask”, such as how shifts are planned.",
        _LETTER,
    ),
    "coming_day": LetterField("The next interview", "The day of the next interview.", _INTERVIEW),
    "coming_at": LetterField("When it is", "The day of that interview with its hour.", _INTERVIEW),
    "called_off_day": LetterField(
        "The cancelled interview", "The day on which the interview was to be that was cancelled last.", _INTERVIEW
    ),
    "coming_with_you": LetterField(
        "Whether they will be there",
        "True where this person is in the next interview, or nobody is known.",
        _INTERVIEW,
    ),
    "coming_panel": LetterField(
        "Whether several will interview you", "True where the next interview has several interviewers.", _INTERVIEW
    ),
    "coming_kind": LetterField("How you will meet", "One of phone, video and onsite.", _INTERVIEW),
    # What they said, and what has happened since.
    "asks_next_step": LetterField(
        "Whether to ask", "True where the next step wasn't asked for, or remained unclear.", _INTERVIEW
    ),
    "answer": LetterField("What they said", "The recorded answer, such as keep_in_touch.", _INTERVIEW),
    "decide_on": LetterField("The day they named", "By when you may hear from them.", _INTERVIEW),
    "decide_passed": LetterField("Whether that day has passed", "True from the day after it.", _INTERVIEW),
    "decide_same_day": LetterField("Whether that is your deadline", "For an offer elsewhere.", _INTERVIEW),
    "decide_later": LetterField("Whether that is after your deadline", "For an offer elsewhere.", _INTERVIEW),
    "promised_at": LetterField("The promised call", "When they promised to call.", _INTERVIEW),
    "thing": LetterField("What they asked for", "What you send them, such as two references.", _LETTER),
    "thing_is_link": LetterField("Whether that is a link", "True where it has an address of the web.", _LETTER),
    "last_contact_day": LetterField(
        "Your last contact", "When you wrote or called last, unless that was today.", _APPLICATION
    ),
    "has_replied": LetterField("Whether they replied", "True where they replied since.", _APPLICATION),
    # For this letter only.
    "today": LetterField("Today's date", "In words, without the weekday.", _APPLICATION),
    "news": LetterField(
        "Something new", "One sentence they don't know yet, such as a certificate you earned.", _LETTER
    ),
    "reason": LetterField("Your reason", "Why, in one sentence.", _LETTER),
    "answer_by": LetterField(
        "By when you must answer", "The day they want to know, such as Friday, 4 December.", _LETTER
    ),
    "other_offer": LetterField("Whether to tell of an offer", "True until they know of it.", _APPLICATION),
    "answer_when": LetterField(
        "When you must answer", "The same in a sentence: by Friday, in two weeks.", _APPLICATION
    ),
    "topic_said": LetterField(
        "What you talked about, as a sentence", "What you typed, where it is a sentence by itself.", _APPLICATION
    ),
    "start_said": LetterField(
        "When you start, as a sentence", "What you typed, where it is no day: I can start any time.", _APPLICATION
    ),
    "times_said": LetterField(
        "When you could instead, as a sentence", "What you typed, where it is a sentence by itself.", _APPLICATION
    ),
    "start_when": LetterField("When you start", "The same in a sentence: on Monday, in two weeks.", _APPLICATION),
    "more_when": LetterField("When you will answer", "In a sentence: by Friday, in two weeks.", _APPLICATION),
    "more_span": LetterField("How much more time", "What you ask for: three more days, a week.", _APPLICATION),
    "offer_by": LetterField("Their date", "By when they want an answer to their offer.", _APPLICATION),
    "more_until": LetterField(
        "By when you can answer",
        "How much longer, such as one more week, or the day that you ask for, such as Friday, 4 December.",
        _LETTER,
    ),
    "other_times": LetterField(
        "When you could instead", "One or several times, such as Tuesday after 2 pm.", _LETTER
    ),
    "favor": LetterField(
        "What they did for you",
        "A few words that follow “thank you for”, such as introducing me to Dana Ruiz.",
        _LETTER,
    ),
    "wish": LetterField("What you ask for", "A few words, such as a base salary of 95,000.", _LETTER),
    "start_on": LetterField("Your first day", "The day you start, such as Monday, 4 January.", _LETTER),
    "terms": LetterField("What they offer", "A few words, such as 95,000 a year and 30 days off.", _LETTER),
}
"""Every name that a template may use."""

WELCOME: Mapping[LetterKind, tuple[str, ...]] = {
    LetterKind.THANK_YOU: ("topic", "offer", "question"),
    LetterKind.CHECK_IN: ("news",),
    LetterKind.WITHDRAWAL: ("reason",),
    LetterKind.ACCEPTANCE: ("start_on", "terms"),
    LetterKind.OTHER_OFFER: ("answer_by",),
    LetterKind.CALL: ("phone", "my_phone"),
    LetterKind.PASS_ON: ("topic", "offer"),
    LetterKind.REPLY: ("other_times", "more_until", "reason", "question"),
    LetterKind.DECLINE: ("reason",),
    LetterKind.THANKS: ("favor",),
    LetterKind.GRACIOUS_NOTE: ("question",),
}
"""What each kind can do without, and is better with: it is asked for, too."""
ASKED_AS: Mapping[str, str] = {"start_when": "start_on", "answer_when": "answer_by", "more_when": "more_until"}
"""Fields that say a typed day in a sentence, with the field that is typed."""
SAID: Mapping[str, str] = {"topic": "topic_said", "start_on": "start_said", "other_times": "times_said"}
"""Fields whose typed words may be a sentence of their own in a letter, with the field that they are then."""
FOLLOWS: Mapping[str, str] = {"offer": "topic", "question": "topic"}
"""A field that is asked for only after another one, where the letter asks for that one too."""
