"""The words by which a text about a person is known: job titles, labels, roles, ways to reach them; or nobody."""

from __future__ import annotations

import re
from unicodedata import combining, normalize

from followup_tui.domain.format import Voice
from followup_tui.domain.model.contact import ADDRESSES, ContactRole, is_address
from followup_tui.domain.model.legal_forms import PLAIN_FORMS
from followup_tui.domain.model.text import words_of
from followup_tui.domain.model.touch import Channel
from followup_tui.domain.parsing.interview_words import begins_or_ends_as_role

_JOBS = words_of(
    "recruiter recruiters recruiterin manager managerin director president engineer engineers developer"
    " designer analyst scientist consultant coordinator specialist officer assistant advisor adviser architect"
    " administrator founder cofounder co-founder ceo cto cfo coo cpo cio ciso cmo chro vp svp evp avp hm hr"
    " headhunter sourcer interviewer interviewers supervisor teamlead leiter leiterin geschaftsfuhrer"
    " geschaftsfuhrerin personalreferent personalreferentin personaler personalerin personalleiter"
    " personalleiterin bereichsleiter abteilungsleiter abteilungsleiterin teamleiter teamleiterin"
    " ansprechpartner ansprechpartnerin vorgesetzter responsable directeur directrice recruteur recruteuse rh"
    " drh rrhh reclutador reclutadora gerente jefe jefa responsabile selezionatore selezionatrice direttore"
    " direttrice leidinggevende referrer counsel paralegal panel team department dept abteilung"
    " personalabteilung equipe equipo committee kontakt superintendent generalist strategist stakeholder"
    " researcher mgr dir direccion direzione direktion geschaftsleitung geschaftsfuhrung sekretariat verwaltung"
    " administracion recepcion"
)
_JOBS_OR_NAMES = words_of(
    "lead head chief partner principal associate owner intern peer contact editor producer buyer hoofd"
)
"""Jobs that are family names too: behind a name one of them alone is part of it."""
_AREAS = words_of(
    "senior sr junior talent acquisition hiring people human resources technical engineering software product"
    " project program sales marketing operations ops finance account executive business development customer"
    " success data research design regional global general managing deputy vice office staffing recruiting"
    " recruitment internal external corporate campus university it ux ui qa devops backend frontend fullstack"
    " platform infrastructure security legal content brand growth strategy partnerships relations culture group"
    " search r&d eng tech technology analytics communications support services solutions delivery machine"
    " learning ai ml mobile web cloud field client employee experience personal bereich entwicklung vertrieb"
    " einkauf chargé charge ressources humaines recursos humanos risorse umane agency rev revenue"
    " store shop shift nurse nursing kitchen restaurant site duty plant warehouse clinic clinical nursery hotel"
)
_TIES = words_of("the our of and for in & to a an de du des la le les der die das und et y e - at")

LABELS = words_of(
    "contact contacts name names person people email e-mail mail phone tel telephone telefon telefono mobile"
    " mobil cell handy fax linkedin link profile interviewer interviewers with w/ via attendees participants"
    " ansprechpartner ansprechpartnerin kontakt contacto contatto panel committee round onsite screen team"
    " number office work direct main who from met"
)
"""What stands before a colon and says nothing that the person's fields don't."""

_NOBODY = frozenset(
    {"", "a confirmer", "a definir", "anonymous", "aucun", "aucune", "aun no", "da confermare"}
    | {"da definire", "desconocida", "desconocido", "done", "false", "geen", "idk", "inconnu", "inconnue"}
    | {"ja", "k a", "ka", "keine", "keine angabe", "keiner", "n", "n b", "n n", "na", "nadie", "nb"}
    | {"nee", "nein", "nessuno", "niemand", "nil", "ninguna", "ninguno", "nn", "no", "no contact"}
    | {"no one", "nobody", "noch nicht bekannt", "noch offen", "noch unbekannt", "nog niet"}
    | {"nog niet bekend", "nog onbekend", "non", "non ancora", "none", "none yet", "noone"}
    | {"not applicable", "not available", "not given", "not known", "not known yet", "not listed"}
    | {"not named", "not provided", "not sure", "not yet", "nothing", "null", "nvt", "offen", "ok"}
    | {"onbekend", "oui", "pas connu", "pas encore", "pas encore connu", "pending", "personne"}
    | {"por confirmar", "por definir", "same", "same as above", "sconosciuto", "see above", "see notes"}
    | {"si", "tba", "tbc", "tbd", "to be announced", "to be confirmed", "to be decided"}
    | {"to be determined", "true", "unbekannt", "unknown", "various", "wird noch bekannt gegeben", "x"}
    | {"y", "yes"}
)
"""Texts that name nobody, folded, without punctuation."""
_LATER = (
    "confirmed|announced|decided|determined|advised|assigned|arranged|preciser|definir|confirmer|venir|voir"
    "|determiner|completer|determinar|concretar|confirmar|asignar|confermare|definire|stabilire|comunicare|precisare"
    "|klaren|bestatigen|benennen|bepalen|bevestigen"
)
_NOT_YET = (
    rf"(?:to be|a|da|por|zu|noch zu|nog te|sin) (?:{_LATER})"
    "|(?:pendiente|pending|awaiting|waiting|en attente|in attesa|ausstehend|en cours)(?: (?:(?:de|di|for) )?"
    rf"(?:{_LATER}|confirmacion|confirmation|conferma|reponse|name|contact|info|details|nom|nombre|nome))?"
    "|(?:folgt|steht)(?: noch)?(?: aus)?|wird (?:noch )?(?:nachgereicht|benannt|mitgeteilt)"
    "|(?:non|no|nicht|noch nicht|not|not yet|niet|nog niet|pas|pas encore|non ancora|aun no) (?:precise|communique"
    "|indique|indicado|asignado|confirmado|definido|indicato|comunicato|assegnato|confermato|definito|genannt"
    "|benannt|angegeben|zugeteilt|opgegeven|toegewezen|assigned|confirmed|announced|decided|set|given)"
)
"""What says in seven languages that somebody is still to be named, written as those."""

_NONE = words_of(
    "no not none kein keine keinen noch aucun aucune ningun ninguna nessun nessuna geen sin sans ohne"
)
_NONE_OF = words_of(
    "contact contacts name names person people info information details recruiter interviewer yet one idea"
    " assigned known provided given listed available email phone kontakt angabe angaben ansprechpartner bekannt"
    " nicht nom contacto nombre nome contatto naam set specified determined"
)
_SENTENCE = words_of(
    "to is are was were will would can could should have has had did does do been be not via call called calls"
    " ask asked asks sent send emailed email mailed spoke speak talked met meet meeting waiting wait need needs"
    " get got reply replied replies said says follow followup up on by about after before until when if then"
    " they them he she we you i me my his her their this that it's its or but so because please left message"
    " voicemail through nice friendly great good bad also too only just still already soon later today tomorrow"
    " remote hybrid onsite zoom teams skype ag kg bv corp company agency staffing"
    " consulting somebody someone anyone everybody everyone recruiting salary visa interview round screen chat"
    " job role application website portal form kein keine nicht wird wurde hat ist sind war per uhr mit bei"
    " durch nach avec pour chez est con linkedin indeed glassdoor xing stepstone monster ziprecruiter dice"
    " handshake wellfound angellist otta hired phone video referred referral guy woman person lady friend maybe"
    " perhaps probably possibly one two three"
    f" {PLAIN_FORMS}"
)
"""Words that no name has, in small letters."""
_LONE_NAMES = words_of("will guy said my")
"""Words of sentences that are a given name where one stands alone with a capital letter."""
PARTICLES = words_of(
    "van von vom de der den del della di da das dos du la le ten ter te bin bint ibn al el y e zu zur zum af av"
    " dal st. mac ap 't het op vande vander los las bei dem"
)
DEGREES = words_of(
    "jr sr ii iii iv phd ph.d mba md m.d jd j.d dphil msc m.sc bsc b.sc ma m.a ba b.a esq cpa cfa pmp sphr phr"
    " shrm-cp shrm-scp mph pe csm llm ll.m rn mdiv edd ed.d dr.h.c"
)
"""What may follow a name."""
_SHORT = LABELS | _NONE | _TIES | ADDRESSES | DEGREES | frozenset(one for one in _NOBODY if " " not in one)
_ENDS = " .,;:!?*'\"“”„()[]-–—_/|•·"
_LONGEST_TITLE = 12
"""Words of a name with a job beside it."""
_SIGNS = r"[^\w\s]|_"
_WORD = r"[^\s,;:/()\[\]\"“”|–—]+"


_LEVEL = (
    r"(?i)(?:level|lvl|grade|band|[lepgmt]|ic|t)[ -]?\d{1,2}|i{1,3}|iv|v|\(?[mfhwdx](?:/[mfhwdx*]){1,3}\)?"
    r"|entry[- ]level|(?:new|recent) grad(?:uate)?|class of \d{4}|sr\.?|jr\.?|senior|junior|mid[- ]level"
)
_FIELD = (
    r"(?:[^\W\d_]{3,}(?:ability|ibility|ations?|[cs]tions?|[st]ions?|ments?|ology|ities|urance|liance|ware|nomics|tics)"
    r"|banking|manufacturing|purchasing|accounting|training|learning|testing|licensing|planning|trading|advertising"
    r"|pricing|computing|networking|onboarding|lending|billing|logistics|payroll|tax|audit|procurement|retail|health"
    r"|e-?commerce|ads|maps|identity|trust|safety|risk|fraud|storage|search|north|south|east|west|emea|apac|dach|latam"
    r"|nordics|benelux|uk|us|eu|europe|americas|enterprise|smb|mid-market|consumer|gtm|b2b|b2c|ios|android|linux)"
)
"""A word for what a team works on, or for its market."""
_ADJECTIVE = frozenset({"al", "ic", "ve"})
"""How an adjective before one ends: "Clinical Operations"."""


_COMMON = _JOBS | _JOBS_OR_NAMES | _AREAS | _SENTENCE | _SHORT


def folded(text: str) -> str:
    """The text in small letters, without accents and the dots and commas at its ends."""
    if text.isascii():
        return text.casefold().strip(_ENDS)
    letters = normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not combining(letter)).strip(_ENDS)


def _job_word(word: str) -> str:
    """The word as it stands in the lists; "Hr." is a gentleman, "HR" a department."""
    return "herr" if word.rstrip(".,") == "Hr" else folded(word)


def without_labels(text: str) -> str:
    """The text without the words before a name that only say that it is one: "with Dana", "Contact Dana Ruiz"."""
    words = text.split()
    while len(words) > 1 and folded(words[0]) in LABELS:
        words = words[1:]
    return " ".join(words)


def without_label_behind(text: str) -> str:
    """The text without the words at its end that only say what comes: "Tom Baker, Tel."."""
    words = text.split()
    while words and folded(words[-1]) in LABELS:
        words = words[:-1]
    return " ".join(words)


def names_nobody(text: str) -> bool:
    """Whether a text says that nobody is known, or only that something was done: "TBD", "n/a", "yes", "✓"."""
    said = " ".join(re.sub(_SIGNS, "", folded(text)).split())
    first, _, others = said.partition(" ")
    is_open = re.fullmatch(_NOT_YET, said) is not None
    return said in _NOBODY or is_open or (first in _NONE and bool(others) and set(others.split()) <= _NONE_OF)


def is_job_title(text: str) -> bool:
    """Whether a text is a job, a department or a team: "VP Eng", "Head of Design", "HR", "hiring team"."""
    words = [_job_word(word) for word in re.findall(_WORD, text)]
    words = [word for word in words if word]
    if not words or len(words) > 9:
        return False
    jobs = [word for word in words if word in _JOBS or word in _JOBS_OR_NAMES]
    if all(word in _JOBS or word in _JOBS_OR_NAMES or word in _AREAS or word in _TIES for word in words):
        return bool(jobs) or bool(set(words) & _AREAS)
    leads = words[0] in _JOBS or words[0] in _JOBS_OR_NAMES
    return (leads and len(words) > 2 and words[1] in {"of", "for", "de", "der", "du", "di"}) or (
        len(words) > 1 and words[0] in _AREAS and words[-1] in _JOBS
    )


def is_more_of_role(text: str) -> bool:
    """Whether a part behind a role goes on with it: its field or its level, "Observability", "L6", "(m/w/d)"."""
    words = [folded(word) for word in text.split()]
    if is_level(text):
        return True
    *before, last = words
    return len(words) <= 5 and is_field(last) and all(is_field(one) or one[-2:] in _ADJECTIVE for one in before)


def is_level(text: str) -> bool:
    """Whether a text is the level of a job: "II", "L6", "(m/w/d)"."""
    return re.fullmatch(_LEVEL, text) is not None


def is_field(word: str) -> bool:
    """Whether a word in small letters is what a team works on, or for whom: "sales", "observability"."""
    return word in _AREAS or word in _TIES or re.fullmatch(_FIELD, word) is not None


def is_job(text: str) -> bool:
    """Whether the last word is a job, whatever stands before it: "Payments Platform Engineer"."""
    words = [_job_word(word) for word in re.findall(_WORD, text)]
    return len(words) > 1 and (words[-1] in _JOBS or words[-1] in _JOBS_OR_NAMES)


def is_job_word(word: str) -> bool:
    """Whether a word is a job by itself, and no family name: "recruiter", "CTO"."""
    return _job_word(word) in _JOBS


def is_common(word: str) -> bool:
    """Whether a word of letters is in one of the lists, so that a text with it isn't plainly a name."""
    return folded(word) in _COMMON


def split_title(text: str) -> tuple[str, str]:
    """The job before or behind a name, and the name: "Recruiter Tom", "Tom Baker Senior Recruiter"."""
    words = text.split()
    if len(words) > _LONGEST_TITLE:
        return "", text
    address = next((at for at, word in enumerate(words) if at and folded(word) in ADDRESSES), 0)
    if address and begins_or_ends_as_role(" ".join(words[:address])):
        return " ".join(words[:address]), " ".join(words[address:])  # "Filialleiter Herr Kruse"
    for count in range(len(words) - 1, 0, -1):
        head = words[:count]
        if _is_all_job(head) and is_name(" ".join(words[count:])):
            return " ".join(head), " ".join(words[count:])
    for count in range(2, len(words)):
        tail = words[count:]
        lone = len(tail) == 1 and folded(tail[0]) in _JOBS_OR_NAMES
        if _is_all_job(tail) and not lone and is_name(" ".join(words[:count])):
            return " ".join(tail), " ".join(words[:count])
    return "", text


def _is_all_job(words: list[str]) -> bool:
    said = [_job_word(word) for word in words]
    return any(word in _JOBS or word in _JOBS_OR_NAMES for word in said) and all(
        word in _JOBS or word in _JOBS_OR_NAMES or word in _AREAS or word in _TIES for word in said
    )


def is_name(text: str) -> bool:
    """Whether a text looks like the name of one person: at most six words beside titles, none a common one."""
    words = text.split()
    if (
        not 1 <= len(words) <= 6 + sum(map(is_address, words))
        or any(one.isdigit() for one in text)
        or not any(map(str.isalpha, text))
    ):
        return False
    if names_nobody(text) or is_job_title(text):
        return False
    lower = text == text.casefold() and text != text.upper()
    for word in words:
        bare = word.strip(".,'’\"“”")
        if not re.fullmatch(r"[^\W\d_](?:[^\W\d_]|['’.\-‐])*\.?", word.strip('"“”')) or not bare:
            return False
        said = bare.casefold()
        is_lone = len(words) == 1 and not (said in _LONE_NAMES and bare.istitle())
        if said in _SENTENCE and (lower or bare[0].islower() or len(words) > 2 or is_lone):
            return False
        is_small = not lower and bare[0].islower() and said not in PARTICLES and word not in ("jun.", "sen.")
        if is_small and folded(word) not in ADDRESSES:
            return False
    return not lower or len(words) <= 3


# What somebody has to do with an application, and how to reach them

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


# Email addresses, links and phone numbers

MAIL = r"(?<![^\s<>,;:\"()\[\]|])[^\s<>@,;:\"()\[\]|]+@[^\s<>@,;:\"()\[\]|]+(?!@)"
LINK = r"https?://[^\s<>\"“”|]+|www\.[^\s<>\"“”|]+|(?<![\w@.])(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s<>\"“”,;|]+"
_EXTENSION = r"(?:,?\s*(?:\(\s*)?(?:ext(?:ension)?\b\.?|x|durchwahl|dw\b\.?|poste)\s*:?\s*\d{1,6}\)?)"
PHONE = rf"(?<![\w.+])(?P<phone>\+?\(?\d[\d\ ()./\-\u2010-\u2013]{{4,25}}\d(?:{_EXTENSION})?)(?![\w/]|[.:]\d)"
LONE_EXTENSION = r"(?<!\w)(?:ext(?:ension)?\.?|x|durchwahl)\s?\d{2,6}\b"
_NUMBERED = (
    r"(?:meeting|conference|webinar|event|call|room|access|participant|job|role|position|posting|vacancy|req(?:uisition)?"
    r"|ref(?:erence)?|case|ticket|application|candidate|besprechungs|konferenz|kunden|stellen|referenz)"
)
_THING = (
    rf"(?:{_NUMBERED}[\ -]?(?:id|no\.?|nr\.?|number|nummer|code|pin|key)|id|req(?:uisition)?|ref(?:erence)?\.?|pin"
    r"|dial[\ -]?in|einwahl|reception|switchboard|front\ desk|hotline|zentrale|empfang|rezeption|kennziffer)"
)
NO_PERSON = (
    rf"(?<![\w@])(?:{_THING}(?:\s*[:\#]+\s*|\s+)\+?\(?[a-z]{{0,3}}-?\d[\d\ ()./-]{{2,}}\d\#?"
    rf"|{_NUMBERED}\s*\#\s*\d+"
    r"|(?:pass\ ?code|password|kenncode|kennwort|passwort)(?:\s*:\s*|\s+(?=\S*\d))[^\s,;]+)"
)
"""A number or a code that says that it is nobody's: "Meeting ID: 812 3456 7890", "Reception +49 30 1234"."""
_DATE = (
    r"(?a)\d{4}[-./]\d{1,2}[-./]\d{1,2}.*|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})|\d{8}|[12]\d{3} ?- ?[12]\d{3}"
)


def phone_digits(text: str) -> str:
    """The digits of a phone number, or nothing where a text can't be one: too few or too many, or a date."""
    said = re.split(_EXTENSION, text.strip(), maxsplit=1, flags=re.IGNORECASE)[0]
    digits = "".join(filter(str.isdecimal, said))
    return digits if 6 <= len(digits) <= 15 and not re.fullmatch(_DATE, said.strip()) else ""


def with_scheme(link: str) -> str:
    """A link that can be opened: https before one without a scheme."""
    return link if re.match(r"(?i)[a-z][a-z0-9+.-]*://", link) else f"https://{link}"
