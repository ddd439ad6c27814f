"""How one meets by an invitation: the call and its link, the place, the phone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from followup_tui.domain.model.interview import InterviewKind
from followup_tui.exchange.invitations.invitation import Invitation

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
    r"(?i)(?<![\w@./-])(?=(?:meet\.[\w-]|(?:[\w-]+\.)?zoom\.(?:us|com)/|teams\.(?:microsoft|live)\.com/|whereby\.com/"
    r"|(?:[\w-]+\.)?webex\.com/))[\w.-]+\.[a-z]{2,}/"
)
"""Where the address of a call begins that is written without its scheme: "meet.google.com/abc-defg-hij"."""
_NO_CALL = re.compile(r"(?i)meetingoptions|/u/[a-z]|/recording|dialin\.teams|support\.|aka\.ms|/pstn")
_BEFORE_LINK = re.compile(
    r"(?i)(?:join|video|meeting link|call link|conference|dial in|einwähl|teilnehmen|rejoindre|visio|unirse"
    r"|videollamada|partecip|deelnemen)[^\n]{0,60}$"
)
_ONLINE = re.compile(
    r"(?ix)\b(?:(?:microsoft\s+)?teams(?:[\s-]*(?:meeting|besprechung))?|google\s*meet|hangouts?|zoom(?:[\s-]*(?:meeting"
    r"|call|video\w*|web\s+conference))?|(?:cisco\s+)?web-?ex|video[\s-]*(?:call|chat|conference|interview|konferenz|anruf)?"
    r"|visio(?:conf[ée]rence)?|videollamada|videochiamata|online|remote|virtual|virtuell|skype|besprechung|meeting|r[ée]uni[oó]n|riunione|vergadering|de|di|van|su|en|op|auf|sur"
    r"|web\s+conference|link|see|below|in|the|description|invite|via|by|per|über|on)\b|[\s.,;:()/|-]"
)
_PHONE = re.compile(
    r"(?i)\b(?:phone|telephone|tel|call(?:s|ing)?|dial|telefon\w*|anruf|t[ée]l[ée]phon\w*|tel[ée]fon\w*)\b"
)
_PHONE_INTERVIEW = re.compile(
    r"(?i)telefon(?:interview|gespräch|termin)|telefonisches (?:interview|gespräch)"
    r"|phone (?:interview|screen|call)"
    r"|\b(?:interview|speak|talk|chat|conversation|gespräch|entretien|colloquio|sentiamo|parliamo|entrevista|hablamos)\b"
    r"[^\n.;!?]{0,40}\b(?:by (?:tele)?phone|over the phone|par téléphone|per telefono|por teléfono)\b"
)
_NUMBER = re.compile(r"^(?:tel:)?\+?\(?\d[\d\s()./-]{6,25}\d$")
_ONSITE = re.compile(
    r"(?i)\b(?:on-?site|in[\s-]person|vor ort|sur place|presencial|in presenza|op locatie|office|superday"
    r"|campus (?:visit|interview)|trial (?:shift|day)|probearbeiten|probetag)\b"
)
_CALLS_YOU = re.compile(
    r"(?i)\b(?:(?:i|we|\w+)(?:['’]ll| will) (?:call|phone|ring) (?:you|your)"
    r"|(?:wir rufen|ich rufe) (?:sie |dich )?an|je vous appelle|nous vous appel|te llamar|le llamar"
    r"|la chiamer|we bellen)"
)
_COME = re.compile(
    r"(?i)\b(?:on-?site|in[\s-]person|vor ort|sur (?:place|site)|presencial|en persona"
    r"|in (?:presenza|sede)|op locatie"
    r"|in unser(?:e[mnr]?)? (?:büro|haus|filiale|praxis|werk|räume)"
    r"|dans nos (?:locaux|bureaux)|nuestras oficinas|nostra sede|ons kantoor|te esperamos en"
    r"|(?-i:Café [A-ZÀ-Þ]\w*)"
    r"|(?<!based )(?<!work )(?<!working )at (?:our|the) (?:[\w-]+ ){0,2}(?:office|site|plant|store|shop"
    r"|restaurant|hq|headquarters|campus|branch)|at reception"
    r"|photo id|campus visit|trial shift|come to|am standort|room \d+)\b"
)
_LABELLED_PLACE = re.compile(
    r"(?im)^[^\w\n]*(?:location|address|venue|meeting point|treffpunkt|ort|adresse|lieu"
    r"|dirección|lugar|luogo|indirizzo|locatie|adres)"
    r"[ \t]*:[ \t]*(?P<place>[^\n]{3,120})$"
)
_SAYS_VIDEO = re.compile(
    r"(?i)\b(?:video\w*|visio(?:conf[ée]rence)?|virtual|virtuell\w*|online|webinar|teams|zoom|web-?ex|whereby"
    r"|videollamada|videochiamata|skype|google meet)\b"
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
    if not place and not link and (told := _LABELLED_PLACE.search(invitation.description)):
        place = _place(_SENTENCE_BEHIND.sub("", told["place"]), link)
    if not place and not link:
        place = next(iter(rooms), "")
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
    if says_onsite or _COME.search(invitation.description):
        return InterviewKind.ONSITE
    if _CALLS_YOU.search(invitation.description) or _PHONE_INTERVIEW.search(invitation.description):
        return InterviewKind.PHONE
    return InterviewKind.VIDEO if _SAYS_VIDEO.search(invitation.title) else None


_SENTENCE_BEHIND = re.compile(r"(?<=[a-zß-ÿ]{4})(?<!Blvd)(?<!Bldg)\.\s+[A-ZÀ-Þ].*$")
"""What a line says behind the place: "Stationsplein 10, Utrecht. Report to reception."."""
_EMPTY_BRACKETS = re.compile(r"\(\s*\)")


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
