"""Towns that a typed part may name alone, behind company and role: "Acme, SRE, Berlin"."""

from __future__ import annotations

import re

from followup_tui.domain.parsing.job_titles import folded

_TOWNS = frozenset(
    re.findall(
        "[^|]+",
        "amsterdam|antwerp|athens|atlanta|austin|baltimore|bangalore|barcelona|basel|beijing|belfast|"
        "bengaluru|berlin|bern|bilbao|birmingham|bologna|bonn|bordeaux|boston|braunschweig|bremen|brisbane|"
        "bristol|brno|brussel|brussels|bruxelles|bucharest|budapest|buenos aires|calgary|cambridge|cape town|"
        "cardiff|chicago|cincinnati|cleveland|cologne|columbus|copenhagen|cork|dallas|delhi|den haag|denver|"
        "detroit|dortmund|dresden|dubai|dublin|dusseldorf|edinburgh|eindhoven|erfurt|essen|firenze|florence|"
        "frankfurt|frankfurt am main|freiburg|gdansk|geneva|geneve|genf|genova|ghent|glasgow|gothenburg|graz|"
        "grenoble|groningen|hamburg|hannover|hanover|heidelberg|helsinki|hong kong|houston|hyderabad|"
        "istanbul|jena|karlsruhe|kassel|kiel|koln|krakow|kyoto|lausanne|leeds|leipzig|lille|lisboa|lisbon|"
        "liverpool|ljubljana|london|los angeles|lubeck|luxembourg|lyon|madrid|magdeburg|mainz|malaga|"
        "manchester|mannheim|marseille|melbourne|mexico city|miami|milan|milano|milwaukee|minneapolis|"
        "montpellier|montreal|moscow|mumbai|munchen|munich|munster|nantes|naples|napoli|nashville|new delhi|"
        "new york|new york city|nice|nuremberg|nurnberg|nyc|oakland|osaka|oslo|ottawa|oxford|palo alto|paris|"
        "philadelphia|phoenix|pittsburgh|portland|porto|potsdam|poznan|prag|prague|pune|rennes|riga|roma|"
        "rome|rostock|rotterdam|sacramento|salt lake city|salzburg|san diego|san francisco|san jose|"
        "sao paulo|seattle|seoul|sevilla|seville|sf|shanghai|sheffield|singapore|sofia|stockholm|strasbourg|"
        "stuttgart|sydney|tallinn|tel aviv|the hague|tokyo|torino|toronto|toulouse|tubingen|turin|ulm|"
        "utrecht|valencia|vancouver|venice|vienna|vilnius|warsaw|warszawa|washington|washington dc|wien|"
        "wiesbaden|wroclaw|wuppertal|zagreb|zaragoza|zurich",
    )
)
_STATE = (
    r"[^\W_a-z][\w.'’ -]{2,30},? (?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]"
    r"|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])"
)
"""A town of any size with the state behind it: "Rochester MN"."""
_BEHIND = r"(?:, ?| )\(?[A-Z]{2}\)?| ?\((?:hybrid|remote|onsite|on-site)\)"
"""A state or country, or how one works, behind a town."""


def is_town(text: str) -> bool:
    """Whether a part is a large town and no more, written with a capital letter: "Berlin", "Austin TX"."""
    if re.fullmatch(_STATE, text):
        return True
    return text[:1].isupper() and folded(re.sub(rf"(?:{_BEHIND})$", "", text)) in _TOWNS
