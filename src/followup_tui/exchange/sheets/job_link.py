"""Links to jobs: which two lead to the same posting, and which lead to none in particular."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from followup_tui.domain.parsing.person_words import words_of

MAX_LINK_LENGTH = 2_000
"""Characters up to which a link is parsed; a longer one is compared unchanged."""


class JobLink(NamedTuple):
    """A link as it is compared: one `key` is one page; it is empty if it names no posting.

    `has_id` says that something in it looks like the number of a posting; without one it may be a list of several.
    """

    key: str
    has_id: bool


NO_LINK = JobLink("", has_id=False)

_LINK = re.compile(
    r"(?:https?:)?(?://)?(?:[^/?#\s@]*@)?([^/?#\s:]+\.[^/?#\s:]+|localhost)(?::\d+)?(/[^?#]*)?(?:\?([^#]*))?(?:#(.*))?",
    re.IGNORECASE | re.DOTALL,
)
_TRACKING = re.compile(
    r"utm_.*|fbclid|gclid|msclkid|mc_[ce]id|igshid|_ga|_gl|trk.*|tracking_?id|ref_?id|referr?er|gh_src|"
    r"lever-[a-z]+(?:\[\])?|lipi|lici|midtoken|midsig|ebp|pagenum|vjs|tk|iis|iisn|advn|adid|xkcb|sjdu|eid|otptoken|"
    r"recommended_?flavor|original_?referer|original_?subdomain|session_?id|sort.*|lang|language|locale|hl|geo_?id|"
    r"f_[a-z]+|share.*|mobile|embed|distance|radius|limit",
    re.IGNORECASE,
)
"""Query parameters that tell where a visitor came from or how a page looks, and never which job it is."""
_SEARCH = re.compile(
    r"ref|src|source|from|origin|position|page|order|q|query|search|keywords?|what|where|location|start|ss|view|apply|"
    r"applying",
    re.IGNORECASE,
)
"""Query parameters that tell the same, unless their value looks like a number of a job."""
_ID_PARAMETERS = {
    "gh_jid": "greenhouse",
    "currentjobid": "linkedin",
    "jk": "indeed",
    "vjk": "indeed",
    "ashby_jid": "ashby",
}
"""Parameters that name a posting of one job board, on whatever page they are, and the board."""
_POSTINGS = {
    "linkedin": re.compile(r"(?:[\w-]+\.)*linkedin\.com/(?:comm/)?jobs/view/(?:[^/]*?-)?(\d{6,})"),
    "greenhouse": re.compile(r"(?:[\w-]+\.)*greenhouse\.io/(?:embed/)?[\w-]+/jobs/(\d{4,})"),
    "lever": re.compile(r"(?:[\w-]+\.)*lever\.co/[^/]+/([0-9a-f]{8}-[0-9a-f-]{27})"),
    "ashby": re.compile(r"(?:[\w-]+\.)*ashbyhq\.com/[^/]+/([0-9a-f]{8}-[0-9a-f-]{27})"),
}
"""Pages of postings on job boards that have more than one address for the same posting."""


_GENERIC = words_of(
    "about apply application applications bewerbung board boards browse career careers carriere carrieres "
    "company contact current de dev empleo emploi en en-gb en-us es find fr home hiring index index.html "
    "index.php it job job-openings jobboerse jobs join join-us joinus karriere lavora-con-noi list listing "
    "listings nl offene-stellen offres open open-positions open-roles opening openings opportunities pages "
    "people portal position positions posting postings recruiting recruitment results role roles search "
    "stellen stellenangebote team teams trabajo us vacancies vacancy vacatures view viewjob work work-with-us "
    "working-here collections recommended"
)
"""Parts of a path that careers pages and lists of jobs have too."""
_ENDINGS = re.compile(r"/(?:apply|application|bewerben|thanks|confirmation|detail|details)$", re.IGNORECASE)
_ANCHORS = words_of(
    "about apply application apply-now bewerben bottom content description details footer form header jobs job "
    "joblist location main maincontent main-content menu nav openings open-positions open-roles overview page "
    "positions requirements section search skip top vacancies"
)
"""Fragments that only scroll to a part of a page."""
_DOCUMENT = re.compile(
    r"(?:docs|drive|sheets)\.google\.com|(?:www\.)?dropbox\.com|(?:[\w-]+\.)?notion\.(?:so|site)|1drv\.ms|"
    r"onedrive\.live\.com|[\w-]+\.sharepoint\.com|(?:www\.)?evernote\.com|(?:www\.)?icloud\.com"
)
"""Hosts of a user's own documents."""
_FILE = re.compile(r"\.(?:pdf|docx?|odt|rtf|txt|xlsx?|ods|pages|md)$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LONG_ID = re.compile(
    r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}|\d{3,}|(?:^|[^a-z0-9])(?:r|jr|req|job|id)?[-_]?\d+(?:$|[^a-z0-9])"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


@lru_cache(maxsize=1 << 14)
def job_link(url: str) -> JobLink:
    """Return how a link is compared; `NO_LINK` for a home page, a document, a page for all jobs, or no link.

    Scheme, "www.", case of the host, tracking and search parameters, and anchors that only scroll don't count;
    fragments and parameters that can name a job do.
    """
    if not url:
        return NO_LINK
    if len(url) > MAX_LINK_LENGTH:
        return JobLink(url, has_id=False)
    parts = _LINK.fullmatch(url.strip())
    if parts is None:
        return NO_LINK
    host, path, query, fragment = parts.groups("")
    host = host.casefold().removeprefix("www.").removeprefix("m.")
    if "%" in path or not path.isascii():
        path = normalize("NFC", unquote(path))
    path = (re.sub("/{2,}", "/", path) if "//" in path else path).rstrip("/")
    parameters = _parameters(query)
    for name, value in parameters:
        if name.casefold() in _ID_PARAMETERS and value:
            return JobLink(f"{_ID_PARAMETERS[name.casefold()]}:{value.casefold()}", has_id=True)
    for board, pattern in _POSTINGS.items():
        if board in host and (found := pattern.match(f"{host}{path}")):
            return JobLink(f"{board}:{found[1].casefold()}", has_id=True)
    return _other_page(host, path, parameters, _fragment(fragment))


def _other_page(host: str, path: str, parameters: list[tuple[str, str]], fragment: str) -> JobLink:
    if _DOCUMENT.fullmatch(host):
        return NO_LINK
    path = _ENDINGS.sub("", path)
    segments = [part for part in path.split("/") if part]
    is_general = all(part.casefold() in _GENERIC for part in segments)
    if is_general and not parameters and not fragment:
        return NO_LINK
    query = "&".join(f"{name}={value}" for name, value in sorted(parameters))
    has_id = not (_FILE.search(path) and not parameters) and (
        _looks_like_id(segments)
        or any(_DIGIT.search(value) for _, value in parameters)
        or bool(_DIGIT.search(fragment))
    )
    return JobLink(f"{host}{path}?{query}#{fragment}", has_id=has_id)


def _looks_like_id(segments: list[str]) -> bool:
    return any(_LONG_ID.search(_YEAR.sub("", part.casefold())) is not None for part in segments)


def _parameters(query: str) -> list[tuple[str, str]]:
    found = []
    for part in query.split("&") if query else ():
        name, _, value = part.partition("=")
        is_search = _SEARCH.fullmatch(name) and not re.search(r"\d{3}", value)
        if name and not is_search and not _TRACKING.fullmatch(name):
            found.append((name, unquote(value)))
    return found


def _fragment(text: str) -> str:
    """Return the part of a fragment that can name a job, or an empty text."""
    if not text:
        return ""
    text = unquote(text).split(":~:", 1)[0].strip("/!").removesuffix("/apply")
    route, _, query = text.partition("?")
    kept = "&".join(f"{name}={value}" for name, value in sorted(_parameters(query)))
    if not _DIGIT.search(route) and route.casefold() in _ANCHORS:
        route = ""
    return f"{route}?{kept}" if kept else route
