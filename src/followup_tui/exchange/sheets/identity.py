"""What identifies an application: company, role, link, town and requisition number, as they are compared."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from followup_tui.domain.model.text import could_be_one_company, fold_company, fold_name, other_spelling, words_of

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


_GENDERS = re.compile(
    r"[(\[]?\b(?:all genders?|alle geschlechter|gn|[mwfdhxi](?:\s?[/|,*.+]\s?[mwfdhxi]n?){1,3}|[mf]/?w/?d)\b"
    r"[)\]]?|"
    r"[:*_/(](?:in|innen)\b\)?",
)
"""What job titles add to say that everybody may apply: "(m/w/d)", "(all genders)", ":in"."""
_LEVELS = words_of(
    "senior sr junior jr lead principal staff head chief director manager management intern internship trainee "
    "working student werkstudent praktikant praktikum azubi apprentice graduate entry mid level associate vp "
    "vice president executive assistant deputy team i ii iii iv v 1 2 3 4 5 part time parttime full fulltime "
    "leiter leiterin leitung"
)
"""Words that make another job of a title."""
_GRADES = words_of("i ii iii iv v 1 2 3 4 5")
"""Those that a shorter title leaves out."""
_NO_TOWN = words_of(
    "remote hybrid onsite on site anywhere home office homeoffice worldwide wfh fully partly possible from "
    "work tbd various multiple locations flexible eu emea europe"
)

_SPELT_OUT = {"sr": "senior", "jr": "junior"}
_CITY_NAMES = """
munich munchen muenchen | cologne koln koeln | vienna wien | zurich zuerich | geneva geneve genf | bern berne |
basel bale basle | milan milano mailand | rome roma rom | turin torino | florence firenze florenz |
venice venezia venedig | naples napoli neapel | genoa genova | warsaw warszawa warschau varsovie |
prague praha prag | krakow cracow krakau | wroclaw breslau | gdansk danzig | lisbon lisboa lissabon lisbonne |
brussels bruxelles brussel | antwerp antwerpen anvers | copenhagen kobenhavn kopenhagen |
gothenburg goteborg goeteborg | nuremberg nurnberg nuernberg | hanover hannover | dusseldorf duesseldorf |
seville sevilla | bucharest bucuresti bukarest | athens athina athen | strasbourg strassburg
"""
"""The names of a city in English, in its own language and in its neighbours'; put together by hand."""
_CITY = {name: names.split()[0] for names in _CITY_NAMES.split("|") for name in names.split()}
_EUROPEAN = {*_CITY.values()} | words_of(
    "paris london berlin dublin madrid hamburg lyon oxford cambridge manchester"
)
_AMERICAN = words_of(
    "tx texas oh ohio ga georgia ky kentucky tn tennessee ny fl florida il illinois nh ct wi wisconsin nj ma "
    "pa va mo ontario"
)
"""Parts of America that have towns called like European cities; without codes that are words or countries."""


class Identity(NamedTuple):
    """The normalized values by which applications are compared; `town` is the set of words of the place.

    `spelling` is the company's name spelt out, "mueller" for "Müller", or empty.
    """

    company: str
    role: str
    link: JobLink
    town: frozenset[str] = frozenset()
    requisition: str = ""
    spelling: str = ""

    def could_be_company_of(self, other: Identity) -> bool:
        """Whether both can be applications at one company, however it is spelt."""
        return self.company == other.company or any(
            could_be_one_company(one, another)
            for one in {self.company, self.spelling or self.company}
            for another in {other.company, other.spelling or other.company}
        )

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Company and role, in every spelling."""
        return (self.name, (self.spelling, self.role)) if self.spelling else (self.name,)

    @property
    def name(self) -> tuple[str, str]:
        """Company and role."""
        return self.company, self.role


def identity(company: str, role: str, url: str, location: str = "", requisition: str = "") -> Identity:
    """Return the values by which an application is compared."""
    return Identity(
        fold_company(company),
        fold_role(role),
        job_link(url),
        fold_town(location),
        fold_name(requisition).replace(" ", "").lstrip("#") if requisition else "",
        other_spelling(company),
    )


@lru_cache(maxsize=8192)
def fold_role(role: str) -> str:
    """Return a job title without case, accents, punctuation, and marks such as "(m/w/d)"."""
    bare = _GENDERS.sub(" ", normalize("NFKC", role).casefold())
    folded = fold_name(bare) or fold_name(role)
    return " ".join(_SPELT_OUT.get(word, word) for word in folded.split(" "))


@lru_cache(maxsize=4096)
def fold_town(location: str) -> frozenset[str]:
    """Return the words of a place, a city under one name, without those that name none, such as "remote".

    "Paris, TX" is one word, so that it isn't a Paris that says more.
    """
    words = frozenset(_CITY.get(word, word) for word in fold_name(location).split()) - _NO_TOWN
    european, american = words & _EUROPEAN, words & _AMERICAN
    if not european or not american:
        return words
    return words - european | {f"{city} in America" for city in european}


def could_be_one_role(one: str, other: str) -> bool:
    """Whether two folded titles can mean one job: one is the other shortened, and both are of the same level."""
    if one == other:
        return True
    words, longer = sorted((one.split(), other.split()), key=len)
    left = list(longer)
    for word in words:
        match = next((each for each in left if each == word), None)
        match = match or next((each for each in left if _is_short_for(word, each)), None)
        if match is None:
            return False
        left.remove(match)
    return bool(words) and not (set(left) - _GRADES) & _LEVELS


def could_be_one_town(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two places can be the same: one says no more than the other."""
    return one <= other or other <= one


def _is_short_for(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one))


_SHORTEST = 4
_MOST_ALIKE = 20
"""Names with one half in common; where there are more, that half tells nothing."""


class NearNames:
    """Folded names, each under its first and its last half, one of which a slip leaves as it is."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._by_half: dict[str, list[str]] = {}
        self._near: dict[str, list[str]] = {}

    def add(self, name: str) -> None:
        """Add a name."""
        if len(name) < _SHORTEST or name in self._known:
            return
        self._known.add(name)
        half = len(name) // 2
        for key in (f"<{name[:half]}", f">{name[-half:]}"):
            found = self._by_half.setdefault(key, [])
            if len(found) <= _MOST_ALIKE:
                found.append(name)

    def near(self, name: str) -> list[str]:
        """Return the names that differ from this one by one slip, which no digit is part of.

        A name that was asked about before has those that were known then.
        """
        found = self._near.get(name)
        if found is None:
            found = self._near[name] = self._find(name)
        return found

    def _find(self, name: str) -> list[str]:
        halves = {(len(name) + more) // 2 for more in (-1, 0, 1)}
        keys = [key for half in halves if half for key in (f"<{name[:half]}", f">{name[-half:]}")]
        alike = (self._by_half.get(key, ()) for key in keys)
        candidates = dict.fromkeys(each for found in alike if len(found) <= _MOST_ALIKE for each in found)
        return [each for each in candidates if is_one_slip(name, each)]


def is_one_slip(one: str, other: str) -> bool:
    """Whether one letter is missing, doubled, wrong or in another place; "Studio 1" isn't "Studio 2"."""
    if one == other or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < _SHORTEST:
        return False
    if one[0] != other[0]:
        return False  # hardly a slip: "Acme" and "Bcme"
    start = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    if any(letter.isdigit() for letter in left + right):
        return False
    return max(len(left), len(right)) == 1 or (len(left) == 2 and left == right[::-1])
