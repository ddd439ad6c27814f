"""How one meets by an invitation: the call and its link, the place, the phone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from followup_tui.domain.model.interview import InterviewKind
from followup_tui.exchange.invitations.invitation import Invitation
from followup_tui.exchange.invitations.invitation_text import page_text, text_of

_URL = re.compile(r"https?://[^\s<>\"'|\\^`{}\[\]]+", re.IGNORECASE)
_CALLS = re.compile(
    r"""(?ix)^https?://(?:[\w-]+\.)*(?:
        zoom(?:gov)?\.(?:us|com)(?:/[\w-]+)*/(?:j|my|w|s|wc)/
      | teams\.microsoft\.(?:com|us)/(?:l/meetup-join|meet|meetup-join|dl/launcher)
      | teams\.live\.com/(?:l/meetup-join|meet)
      | meet\.google\.com/(?:lookup/)?[a-z]
      | hangouts\.google\.com/|g\.co/meet/
      | webex\.com/(?!webappng/sites/[^/]+/dashboard)\S
      | meet\.jit\.si/|8x8\.vc/|whereby\.com/|meet\.goto\.com/|gotomeet(?:ing)?\.(?:me|com)/
      | bluejeans\.com/|chime\.aws/|join\.skype\.com/|around\.co/r/|v\.ringcentral\.com/
      | meetings?\.(?:dialpad|ringcentral|vonage)\.com/|lifesizecloud\.com/|livestorm\.co/
      | (?:app\.)?gather\.town/|meeting\.tencent\.com/|vc\.feishu\.cn/j/|meet\.proton\.me/
      | calendly\.com/events/[\w-]+/(?:google_meet|zoom|microsoft_teams|webex|gotomeeting)
    )""",
)
_CALL_HOST = re.compile(r"(?i)https?://(?:meet|meeting|zoom|teams|visio|webex|jitsi|bbb)\.[\w.-]+/[^\s/]")
"""An employer's own server for calls: meet.acme.example."""
_BARE = re.compile(
    r"(?i)(?<![\w@./-])(?=(?:meet\.[\w-]|(?:[\w-]+\.)?zoom\.(?:us|com)/|teams\.(?:microsoft"
    r"|live)\.com/|whereby\.com/"
    r"|(?:[\w-]+\.)?webex\.com/))[\w.-]+\.[a-z]{2,}/"
)
"""Where the address of a call begins that is written without its scheme: "meet.google.com/abc-defg-hij"."""
_NO_CALL = re.compile(r"(?i)meetingoptions|/u/[a-z]|/recording|dialin\.teams|support\.|aka\.ms|/pstn")
_BEFORE_LINK = re.compile(
    r"(?i)(?:join|(?:start|begin|open) (?:your|the) interview|interview link|enlace|lien|video"
    r"|meeting link|call link|conference|dial in|einwähl|teil(?:zu)?nehmen|rejoindre|visio|unirse"
    r"|videollamada|partecip|deelnemen)[^\n]{0,60}$"
)
_ONLINE = re.compile(
    r"(?ix)\b(?:(?:microsoft\s+)?teams(?:[\s-]*(?:meeting|besprechung))?|google\s*meet|hangouts?"
    r"|zoom(?:[\s-]*(?:meeting"
    r"|call|video\w*|web\s+conference))?|(?:cisco\s+)?web-?ex|video[\s-]*(?:call|chat|conference"
    r"|interview|konferenz|anruf)?"
    r"|visio(?:conf[ée]rence)?|videollamada|videochiamata|online|remote|virtual|virtuell|skype"
    r"|besprechung|meeting|r[ée]uni[oó]n|riunione|vergadering|de|di|van|su|en|op|auf|sur"
    r"|web\s+conference|link|see|below|in|the|description|invite|via|by|per|über|on)\b|[\s.,;:()/|-]"
)
_PHONE = re.compile(
    r"(?i)\b(?:phone|telephone|tel|call(?:s|ing)?|dial|telefon\w*|anruf|t[ée]l[ée]phon\w*|tel[ée]fon\w*)\b"
)
_PHONE_INTERVIEW = re.compile(
    r"(?i)telefon(?:interview|gespräch|termin)|telefonisches (?:interview|gespräch)"
    r"|phone (?:interview|screen|call)"
    r"|\b(?:method|format|type|mode|medium|how|art|modalit[éà]): ?(?:by )?"
    r"(?:(?:tele)?phone|telefon|téléphone|telefono)\b"
    r"|\b(?:interview|speak|talk|chat|conversation|gespräch|entretien|colloquio|sentiamo|parliamo"
    r"|entrevista|hablamos)\b"
    r"[^\n.;!?]{0,40}\b(?:by (?:tele)?phone|over the phone|par téléphone|per telefono|por teléfono)\b"
)
_NUMBER = re.compile(r"^(?:tel:)?\+?\(?\d[\d\s()./-]{6,25}\d$")
_ONSITE = re.compile(
    r"(?i)\b(?:on-?site|in[\s-]person|vor ort|sur place|presencial|in presenza|op locatie|office|superday"
    r"|campus (?:visit|interview)|trial (?:shift|day)|(?<!virtual )(?:assessment|selection) (?:day"
    r"|cent(?:re|er))|probearbeiten|probetag)\b"
)
_CALLS_YOU = re.compile(
    r"(?i)\b(?:(?:i|we|[\w)]+)(?:['’]ll| will) (?:call|phone|ring|dial) (?:you|your)"
    r"|give you a (?:ring|call|bell)|(?:wir rufen|ich rufe) (?:sie |dich )?an"
    r"|je vous appelle|nous vous appel|te llamar|le llamar"
    r"|la chiamer|we bellen)"
)
_COME = re.compile(
    r"(?i)\b(?:on-?site|in[\s-]person|vor ort|sur (?:place|site)|presencial|en persona"
    r"|in (?:presenza|sede)|op locatie"
    r"|in unser(?:e[mnr]?)? (?:büro|haus|filiale|praxis|werk|räume)"
    r"|dans nos (?:locaux|bureaux)|nuestras oficinas|nostra sede|ons kantoor|te esperamos en"
    r"|(?-i:Café [A-ZÀ-Þ]\w*)"
    r"|(?<!based )(?<!work )(?<!working )at (?:our|the) (?:[\w-]+ ){0,2}(?:office|site|plant|store|shop"
    r"|restaurant|studio|practice|clinic|school|museum|garage|workshop|farm|hotel|bakery|warehouse"
    r"|factory|hq|headquarters|campus|branch)|at reception"
    r"|photo id|campus visit|trial (?:shift|day)|come (?:to|round|by|along|over|in|and see)"
    r"|meet(?:ing)? (?:you|us|me) at (?-i:[A-Z]\w*)|ask for (?:me|us|(?-i:[A-Z]\w*))"
    r"|report to (?:(?:the |our |main )*reception|(?-i:[A-Z]\w*))|(?:take|taking) place (?:in"
    r"|at) (?:the|our) (?!video|virtual|online)\w+|am standort|room \d+|\d(?:st|nd|rd|th) floor"
    r"|ground floor|\d\. (?:og|stock)|front desk|lobby|sign in at"
    r"|(?:assessment|selection|training) (?:day|cent(?:re|er))|(?:wear|bring) (?:[\w-]+ ){0,3}(?:shoes"
    r"|boots|clothes|clothing|id)|visitor badge|parking"
    r"|am empfang|à l['’]accueil|en recepción|bij de receptie)\b"
)
_LABELLED_PLACE = re.compile(
    r"(?im)^[^\w\n]*(?:(?:interview )?location|where|address|venue|meeting point|treffpunkt"
    r"|(?:veranstaltungs)?ort|wo|adresse|où|lieu(?: de rendez-vous)?|dónde|dove|waar|sede"
    r"|dirección|lugar|luogo|indirizzo|locatie|adres)"
    r"[ \t]*:[ \t]*(?P<place>[^\n]{3,120})$"
)
_SAYS_VIDEO = re.compile(
    r"(?i)\b(?:video\w*|visio(?:conf[ée]rence)?|virtual|virtuell\w*|online|webinar|teams|zoom|web-?ex|whereby"
    r"|videollamada|videochiamata|skype|google meet)\b"
)
_BY_VIDEO = re.compile(
    r"(?i)\b(?:video[- ]?(?:call|chat|interview)|(?:via|by|over|on|per|par|por|über) (?:zoom|(?:ms "
    r"|microsoft )?teams|skype|google meet|webex"
    r"|whatsapp video|facetime|visio|video|videollamada|videochiamata))\b"
)
_OTHER_LINK = re.compile(
    r"(?i)(?:job ad|advert\w*|posting|description|apply|careers?|stelle\w*|annonce|coder\w*|hacker\w*|codility"
    r"|prepare|read|docs?|profile|directions?|map|parking|unsubscribe|reschedule|cancel)[^\n]{0,40}$"
)
_OTHER_PAGE = re.compile(
    r"(?i)/(?:jobs?|careers?|karriere|stellen)/|linkedin\.|/maps?\b|coderpad|hackerrank|codility"
)
_UNKNOWN = re.compile(r"(?i)^(?:tb[adc]|to be (?:announced|confirmed|determined|decided)|n/?a|none|-+|\?+)\W*$")


class Meeting(NamedTuple):
    """How one meets; texts are empty and `kind` is None where the invitation doesn't tell."""

    kind: InterviewKind | None
    place: str
    link: str


def meeting_of(invitation: Invitation, rooms: Iterable[str]) -> Meeting:
    """Return how one meets; `rooms` are the names of the rooms that were invited."""
    link = _call_link(invitation)
    place = _place(invitation.location, link)
    if not place and not link:
        place = _told_place(invitation, rooms)
    return Meeting(_kind(invitation, place, link), place, link)


def _kind(invitation: Invitation, place: str, link: str) -> InterviewKind | None:
    if _is_phone(place) and not link:
        return InterviewKind.PHONE
    says_onsite = bool(_ONSITE.search(invitation.title))
    if link:
        return InterviewKind.VIDEO if not place else InterviewKind.ONSITE if says_onsite else None
    if place:
        return InterviewKind.ONSITE
    if _PHONE.search(invitation.title):
        return InterviewKind.PHONE
    if invitation.location and not _UNKNOWN.match(invitation.location):
        return InterviewKind.VIDEO
    if says_onsite or _COME.search(text_of(invitation).body):
        return InterviewKind.ONSITE
    if _CALLS_YOU.search(invitation.description) or _PHONE_INTERVIEW.search(invitation.description):
        return InterviewKind.PHONE
    says_video = _SAYS_VIDEO.search(invitation.title) or _BY_VIDEO.search(invitation.description)
    return InterviewKind.VIDEO if says_video else None


_SENTENCE_BEHIND = re.compile(r"(?<=[a-zß-ÿ]{4})(?<!Blvd)(?<!Bldg)\.\s+[A-ZÀ-Þ].*$")
"""What a line says behind the place: "Stationsplein 10, Utrecht. Report to reception."."""
_EMPTY_BRACKETS = re.compile(r"\(\s*\)")


_STREET = re.compile(
    r"(?:(?:No\.? |Unit |Suite |Hall |Bldg |Building )?\d{1,5}[A-Za-z]?(?:[-–/]\d+)?,? (?:(?:[NSEW]"
    r"|North|South|East|West)\.? )?(?:[A-Z0-9][\w'’.-]*\.? ){1,4}"
    r"(?:St|Street|Rd|Road|Ave|Avenue|Lane|Ln|Way|Blvd|Boulevard|Drive|Dr|Walk|Place|Pl|Plaza|Square"
    r"|Sq|Court|Ct|Quay|Row|Terrace|Hill|Parkway|Pkwy|Close|Crescent"
    r"|Gardens|Park|Yard|Highway|Hwy|Wharf|Mews|Broadway|Circle|Dock|Gate|Green|Grove)\b\.?(?! \d)"
    r"|(?:[A-ZÄÖÜ][\wäöüß-]*?(?:str\.|stra(?:ß|ss)e|weg|allee|platz|gasse|ring|damm|ufer|markt"
    r"|chaussee|steig|graben|berg|hof|laan|straat|plein|kade|gracht|singel|dijk|dreef|park|gata|gaten"
    r"|veien|vegen|gatan|vägen|gade|vej)"
    r"|(?:[A-ZÄÖÜ][\wäöüß.-]+ ){1,3}(?:Str\.|Stra(?:ß|ss)e|Weg|Allee|Platz|Ring|Damm|Ufer|Markt)|(?:Am"
    r"|An der|An den|Im|In der|Zum|Zur|Auf der|Auf dem) [A-ZÄÖÜ][\wäöüß-]+)"
    r" \d{1,4}(?: ?[a-z](?!\w))?(?:[-–/]\d+)?"
    r"|(?:\d{1,4}(?: ?(?:bis|ter))?,? )?(?i:rue|avenue|boulevard|bd|quai|place|chemin|impasse|allée"
    r"|route|cours|passage|square)(?-i: (?:(?:de|du|des|la|le|les|d|l|saint"
    r"|sainte)[ '’-]?)*[A-ZÀ-Þ][\wÀ-ÿ'’-]*(?: (?:(?:de|du|des|la|le|et) )*[A-ZÀ-Þ0-9][\wÀ-ÿ'’-]*)*)"
    r"|(?:[Cc]alle|C/|Avda?\.|[Aa]venida|[Pp]laza|[Pp]aseo|R[úu]a|Carrer|Carretera|Ronda|Camino"
    r"|Pol\. Ind\.|Polígono)(?: (?:de|del|la|las|los|el|do|da|San|Santa"
    r"|Industrial))* ?[A-ZÀ-Þ][\wÀ-ÿ'’-]*(?: (?:(?:de|del|la"
    r"|y) )*[A-ZÀ-Þ][\wÀ-ÿ'’-]*)*,?(?: (?:n\.?º )?\d{1,4})?"
    r"|(?:[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Ll]argo|[Vv]icolo|[Pp]iazzale)(?: (?:dei|delle|della|del"
    r"|di|d['’]))? ?[A-ZÀ-Þ][\wÀ-ÿ'’.-]*(?: (?:(?:e|di|dei"
    r"|della) )*[A-ZÀ-Þ][\wÀ-ÿ'’-]*)*,? \d{1,4}(?:/\w+)?)"
    r"(?:,? \(?(?:\d{1,2}(?:st|nd|rd|th)|ground|first|second|third|top|\d{1,2}\.) (?:floor|OG|Stock"
    r"|étage|planta|piano)\)?)?"
    r"(?:,? (?:(?:in|à|en|a|te) )?(?:\d{4,5}(?: [A-Z]{2})? )?(?:St\. )?[A-ZÀ-Þ][\wÀ-ÿ'’-]+(?: (?:am|an der|upon"
    r"|of|de|la) )?(?: ?[A-ZÀ-Þ][\wÀ-ÿ'’-]+){0,2}(?:,? [A-Z]{2}\b(?: \d{5})?"
    r"|,? [A-Z]{1,2}\d[\dA-Z]? \d[A-Z]{2})?)?"
)
"""A street with its number, in the order of six languages, and the town behind it."""


def _told_place(invitation: Invitation, rooms: Iterable[str]) -> str:
    """Return where the text says that one meets: behind a label, an address, or else the room that was invited.

    An address below the closing words is where they are, and not always where one meets.
    """
    if told := _LABELLED_PLACE.search(page_text(invitation.description)):
        return _place(_SENTENCE_BEHIND.sub("", told["place"]), "")
    said = f"{invitation.title}\n{text_of(invitation).body}"
    is_remote = any(pattern.search(said) for pattern in (_PHONE_INTERVIEW, _CALLS_YOU, _SAYS_VIDEO))
    street = None if is_remote and not _COME.search(said) else _STREET.search(said)
    return street[0].strip(" ,.(") if street else next(iter(rooms), "")


def _is_phone(place: str) -> bool:
    return bool(_PHONE.search(place) or _NUMBER.match(place))


def _place(location: str, link: str) -> str:
    """Return where one goes, or the number one is called at; the name of a program is no place."""
    text = re.sub(r"\s{2,}", " ", _EMPTY_BRACKETS.sub("", _URL.sub("", location))).strip(" ,;|-–<>")
    # The room beside "Microsoft Teams Meeting;" is where the others sit.
    is_online = bool(link) and any(not _ONLINE.sub("", part) for part in text.split(";"))
    if _UNKNOWN.match(text) or is_online or not _ONLINE.sub("", text):
        return ""
    return text


def _call_link(invitation: Invitation) -> str:
    """Return the link of the call: what stands in the place for it first, then what looks like one anywhere."""
    texts = (
        invitation.location,
        *invitation.links,
        invitation.url,
        invitation.description,
        invitation.background,
    )
    for text in texts:
        for url in links_in(_BARE.sub(r"https://\g<0>", text)):
            if _CALLS.match(url) and not _NO_CALL.search(url):
                return url
    for text in (*invitation.links, invitation.location):
        for url in links_in(text):
            return url
    for found in _URL.finditer(invitation.description):
        before = invitation.description[max(0, found.start() - 80) : found.start()]
        if _BEFORE_LINK.search(before) and not _NO_CALL.search(found[0]):
            return _unwrapped(found[0])
    return _only_link(invitation)


def _only_link(invitation: Invitation) -> str:
    """Return the only link of a text that speaks of a video call; an empty text where it may open another page."""
    text = _BARE.sub(r"https://\g<0>", invitation.description)
    found = [
        one
        for one in _URL.finditer(text)
        if not _OTHER_LINK.search(text[max(0, one.start() - 60) : one.start()]) and not _OTHER_PAGE.search(one[0])
    ]
    said = f"{invitation.title}\n{invitation.location}\n{text}"
    calls = [one for one in found if _CALL_HOST.match(one[0])] or found
    is_call = calls is not found or _SAYS_VIDEO.search(said)
    return _unwrapped(calls[0][0]) if len(calls) == 1 and is_call else ""


def links_in(text: str) -> list[str]:
    """Return the web links in a text, without the wrappers that mail filters put around them."""
    return [_unwrapped(found) for found in _URL.findall(text)]


def _unwrapped(url: str) -> str:
    url = url.rstrip(".,;:!?")
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(".,;:!?")
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return url
    if host.endswith(".safelinks.protection.outlook.com") or (
        host in ("www.google.com", "google.com") and parts.path == "/url"
    ):
        query = parse_qs(parts.query)
        inside = (query.get("url") or query.get("q") or [""])[0]
        return inside if _URL.fullmatch(inside) else url
    if host.startswith("urldefense"):
        defended = re.search(r"/v3/__(https?:.+?)__;", url)
        return unquote(defended[1]) if defended else url
    return url
