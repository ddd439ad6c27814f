"""Towns and other places that a typed part may name alone, behind company and role: "Acme, SRE, Berlin"."""

from __future__ import annotations

import re

from followup_tui.domain.parsing.job_titles import folded, words_of

_TOWNS = frozenset(
    re.findall(
        "[^|]+",
        "aachen|aalborg|aarhus|aberdeen|adelaide|albany|albuquerque|alicante|alkmaar|almere|amersfoort|"
        "amiens|amstelveen|amsterdam|anaheim|anchorage|angers|ann arbor|annecy|antwerp|apeldoorn|arnhem|"
        "athens|atlanta|augsburg|austin|aylesbury|badalona|baden|baltimore|bamberg|bangalore|barcelona|"
        "bari|basel|basildon|basingstoke|baton rouge|bayreuth|beijing|belfast|bellevue|bengaluru|bergamo|"
        "bergen|berlin|bern|bielefeld|bilbao|billund|birmingham|boca raton|bochum|boise|bologna|bonn|"
        "bordeaux|boston|boulder|bournemouth|bracknell|bradford|brasov|bratislava|braunschweig|breda|"
        "bremen|bremerhaven|brescia|brest|brighton|brisbane|bristol|brno|bruges|brugge|brussel|brussels|"
        "bruxelles|bucharest|budapest|buenos aires|burbank|burlington|burnaby|bydgoszcz|cadiz|caen|"
        "cagliari|calgary|cambridge|canberra|canterbury|cape town|cardiff|cary|catania|celle|chandler|"
        "charleroi|charleston|chattanooga|cheltenham|chemnitz|chennai|chester|chicago|cincinnati|"
        "clermont-ferrand|cleveland|cluj-napoca|coburg|coimbra|cologne|colorado springs|columbus|como|"
        "copenhagen|cordoba|cork|cottbus|coventry|crawley|cupertino|dallas|darmstadt|debrecen|delft|delhi|"
        "den haag|denver|derby|des moines|detroit|dijon|doncaster|dordrecht|dortmund|dresden|dubai|dublin|"
        "duisburg|dundee|dunkirk|durban|durham|dusseldorf|edinburgh|eindhoven|el segundo|emden|enschede|"
        "erfurt|erlangen|eschborn|espoo|essen|esslingen|evanston|evry|exeter|farnborough|faro|ferrara|"
        "firenze|flensburg|florence|foggia|fort worth|frankfurt|frankfurt am main|freiburg|fremont|fresno|"
        "fribourg|fulda|furth|galway|garching|gdansk|gdynia|gelsenkirchen|geneva|geneve|genf|genova|gent|"
        "ghent|giessen|gijon|girona|glasgow|glendale|gloucester|goteborg|gothenburg|gottingen|gouda|"
        "granada|grand rapids|graz|greenville|greenwich|grenoble|groningen|guadalajara|guildford|gurgaon|"
        "gurugram|gutersloh|haarlem|hagen|halle|hamburg|hamilton|hanau|hannover|hanover|harrisburg|"
        "hartford|hasselt|hayward|heidelberg|heilbronn|helmond|helsinki|herne|hertogenbosch|herzogenaurach|"
        "hildesheim|hilversum|hollywood|hong kong|honolulu|hoofddorp|houston|hull|huntsville|hyderabad|"
        "ingolstadt|innsbruck|ipswich|irvine|iserlohn|ismaning|istanbul|jacksonville|jena|jersey city|"
        "johannesburg|kaiserslautern|karlsruhe|karlstad|kassel|katowice|kaunas|kempten|kiel|kista|"
        "klagenfurt|knoxville|koblenz|kolding|kolkata|koln|konstanz|kortrijk|krakow|krefeld|kuala lumpur|"
        "kyoto|la coruna|lagos|lancaster|landshut|las palmas|las vegas|lausanne|le havre|le mans|leeds|"
        "leeuwarden|leicester|leiden|leipzig|leuven|leverkusen|lexington|liege|lille|limerick|limoges|"
        "lincoln|linkoping|linz|lisboa|lisbon|liverpool|livorno|ljubljana|lleida|lodz|logrono|london|"
        "long beach|lorient|los angeles|loughborough|louisville|lubeck|lublin|lucca|ludwigsburg|"
        "ludwigshafen|lulea|lund|luneburg|luton|luxembourg|lyon|maastricht|madison|madrid|magdeburg|"
        "maidenhead|mainz|malaga|malmo|manchester|mannheim|maranello|marbella|marburg|marseille|marseilles|"
        "mechelen|melbourne|memphis|menlo park|messina|metz|mexico city|miami|middlesbrough|milan|milano|"
        "milton keynes|milwaukee|minneapolis|modena|moers|monchengladbach|monterrey|montpellier|montreal|"
        "montreuil|monza|moscow|mountain view|mulheim|mulhouse|mumbai|munchen|munich|munster|murcia|"
        "nairobi|namur|nancy|nanterre|nantes|naples|napoli|nashville|neuss|new delhi|new york|"
        "new york city|newark|newcastle|newcastle upon tyne|newport|nice|nijmegen|nimes|noida|norfolk|"
        "norrkoping|northampton|norwich|nottingham|nuneaton|nuremberg|nurnberg|nyc|oakland|oberhausen|"
        "odense|offenbach|oklahoma city|oldenburg|olomouc|omaha|orebro|orlando|orleans|osaka|oslo|"
        "osnabruck|ostend|ostrava|ottawa|ottobrunn|overland park|oviedo|oxford|paderborn|padova|palermo|"
        "palma|palma de mallorca|palo alto|pamplona|paris|parma|pasadena|passau|peoria|perpignan|perth|"
        "perugia|pescara|peterborough|pforzheim|philadelphia|phoenix|piacenza|pisa|pittsburgh|plano|"
        "pleasanton|plymouth|plzen|poitiers|portland|porto|portsmouth|potsdam|poznan|prag|prague|preston|"
        "providence|pune|quebec|quebec city|raleigh|ratingen|ravenna|reading|recklinghausen|redmond|"
        "redwood city|regensburg|reims|remscheid|rennes|reno|reston|reutlingen|richardson|riga|rimini|"
        "riverside|rochester|roma|rome|rosenheim|rostock|rotkreuz|rotterdam|roubaix|rouen|rzeszow|"
        "saarbrucken|sacramento|saint-denis|saint-etienne|salamanca|salerno|salford|salt lake city|"
        "salzburg|san antonio|san diego|san francisco|san jose|san mateo|san sebastian|santa clara|"
        "santa cruz|santa monica|santander|santiago|sao paulo|schaffhausen|schiphol|schwerin|scottsdale|"
        "seattle|seoul|sevilla|seville|sf|shanghai|sheffield|siegen|siena|sindelfingen|singapore|slough|"
        "sofia|solingen|south bend|southampton|spokane|springfield|st gallen|st louis|st. gallen|st. louis|"
        "st. paul|st. petersburg|stamford|stavanger|stevenage|stockholm|stockport|stoke-on-trent|"
        "strasbourg|stuttgart|sunderland|sunnyvale|swansea|swindon|sydney|syracuse|szczecin|szeged|tacoma|"
        "taipei|tallinn|tampa|tampere|taranto|tarragona|tarrasa|tartu|taunton|tel aviv|tempe|the hague|"
        "thessaloniki|thun|tilburg|timisoara|tokyo|toledo|torino|toronto|torrance|toulon|toulouse|tours|"
        "trento|treviso|trier|trieste|trondheim|troyes|tubingen|tucson|tulsa|turin|turku|udine|ulm|uppsala|"
        "utrecht|valencia|valladolid|vancouver|vannes|vantaa|varese|vasteras|veldhoven|venice|venlo|verona|"
        "versailles|vicenza|vienna|vigo|villeurbanne|vilnius|vitoria|walldorf|wallisellen|walnut creek|"
        "waltham|warrington|warsaw|warszawa|warwick|washington|washington dc|waterloo|watford|weimar|"
        "weiterstadt|westminster|wichita|wien|wiesbaden|wilmington|winnipeg|winterthur|woking|wolfsburg|"
        "wolverhampton|worcester|wroclaw|wuppertal|wurzburg|york|ypres|zaandam|zagreb|zaragoza|zoetermeer|"
        "zug|zurich|zwickau|zwolle",
    )
)
_STATE = (
    r"[^\W_a-z][\w.'’ -]{2,30},? (?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]"
    r"|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])"
)
"""A town of any size with the state behind it: "Rochester MN"."""
_BEHIND = r"(?:, ?| )\(?[A-Z]{2}\)?| ?\((?:hybrid|remote|onsite|on-site)\)"
"""A state or country, or how one works, behind a town."""


_NOUNS = (
    "office|campus|hq|headquarters|studios?|store|shop|branch|building|tower|floor|plant|factory|hall|hotel|caf[eé]|library"
    "|museum|hospital|clinic|school|cent(?:er|re)|park|plaza|place|square|wharf|house|station|airport|terminal|wing|lobby"
    "|reception|beach|city|hill|valley|springs?|heights|view|harbou?r|bridge|gate|quay|gardens?|market|cross|common|lane|road|street|avenue|court|yard"
)
_NOUNS_BEFORE = (
    "filiale|standort|werk|niederlassung|hörsaal|raum|zimmer|gebäude|zentrale|hauptsitz|[a-zäöü]*haus|klinik|agence|magasin|siège|bureau|site"
    "|locaux|tienda|sede|oficinas?|ufficio|negozio|filiaal|kantoor|vestiging|winkel|room|floor|ward|building|hall|caf[eé]"
)
_PLACE = (
    rf"(?i)(?!assessment)(?:(?:[\w.'’&-]+ ){{1,3}}(?:{_NOUNS})(?: [a-z]?\d*)?"
    rf"|(?:{_NOUNS_BEFORE}) (?:(?:in|de|du|di|van|von|der|la|le) )*(?-i:[\d_]|[^\W_a-z])[\w.'’ -]*)"
)
_STREET = (
    r"(?i)\d{1,5}[a-z]? [\w .'’-]*\b(?:ave(?:nue)?|st(?:reet)?|road|rd|blvd|boulevard|lane|drive|way|square"
    r"|plaza|place|rue|quai)\b\.?[\w .'’-]*"
    r"|[\w .'’-]*(?:str(?:aße|asse|\.)|platz|allee|weg|straat|laan) ?\d{1,4}[a-z]?"
    r"|(?:calle|via|viale|piazza|plaza|rua|avenida) [\w .'’-]+ \d{1,4}[a-z]?"
)
_TOWN_FORM = (
    r"[^\W_a-z]\w{2,}(?:hausen|hofen|dorf|stadt|furt|ingen|haven|bury|mouth|shire|chester|pool|borough|ville|burgh"
    r"|köping|stad|sund|drecht|hoven|veen|wijk)(?: [^\W_a-z]\w+)?"
    r"|[^\W_a-z]\w+-(?:sur|sous|en|lès|am|an der|on|upon)-\w[\w-]+"
)
"""How the names of many towns end, of any size: "Oberpfaffenhofen", "Malmesbury"."""
_BEFORE_TOWN = words_of(
    "san santa santo saint st. los las el new north south east west bad port fort mount lake le la"
)
_COUNTRIES = words_of(
    "austria belgium brazil canada china czechia denmark deutschland finland france germany greece hungary india"
    " ireland israel italy italia japan luxembourg mexico netherlands norway poland portugal romania scotland"
    " singapore spain españa sweden switzerland schweiz suisse turkey uk usa us wales england österreich"
)


def is_place(text: str) -> bool:
    """Whether a part is an address or names a place by its noun: "Camden office", "Filiale Mosbach", "ward 7"."""
    return bool(re.fullmatch(_STREET, text) or re.fullmatch(_PLACE, text))


def may_be_place(text: str) -> bool:
    """Whether words that could be a name may be those of a place: "Menlo Park", "Santa Cruz"."""
    words = text.split()
    return words[0].casefold() in _BEFORE_TOWN or is_place(text) or any(map(is_town, (text, *words)))


def is_region(text: str) -> bool:
    """Whether a part is a state or a country, as it follows a town: "VT", "Denmark"."""
    return text.casefold() in _COUNTRIES or re.fullmatch(_STATE, f"Town {text}") is not None


def is_town(text: str) -> bool:
    """Whether a part is a large town and no more, written with a capital letter: "Berlin", "Austin TX"."""
    if re.fullmatch(_STATE, text) or re.fullmatch(_TOWN_FORM, text):
        return True
    return text[:1].isupper() and folded(re.sub(rf"(?:{_BEHIND})$", "", text)) in _TOWNS
