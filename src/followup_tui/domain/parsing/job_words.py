"""What a part of a typed line says of the job itself: its pay and town, fields with their names, who referred one.

And where one found it. It loads no dates, which `--help` has no need of.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from followup_tui.domain.model.application import WorkMode
from followup_tui.domain.model.text import words_of
from followup_tui.domain.parsing.person_parts import is_given_name
from followup_tui.domain.parsing.person_words import folded, is_name

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_AMOUNT = r"(?:\d{1,3}|(?=\.\d\d))(?:,\d\d(?=,))*(?:[.,' ]?\d{3})*(?:[.,]\d{1,2})?\s?(?:k\b|tsd\b\.?)?"
_MONEY = (
    r"(?:\.[-–](?!\w)|(?:us|ca|au|nz|s|hk|r)?[$€£¥₹₽₺₪]|zł|kč|ft\b|kr\b\.?|fr\.|rs\.?"
    r"|(?:usd|eur|euros?|gbp|chf|cad|aud|nzd|sgd|hkd|inr|jpy|sek|nok|dkk|isk|pln|czk|huf|ron|brl|mxn|zar|aed|ils|lpa|cpm)\b)"
)
"""How currencies are written, in lines and in cells of sheets."""
_TIME = (
    r"h|hr|hour|mile|mt|shift|word|session|visit|day|week|wk|month|mo|year|yr|annum|std|stunde|tag|monat|jahr|heure|jour|mois|an|hora|día|mes|año|ora|giorno"
    r"|mese|anno|uur|dag|maand|jaar|miesiąc|rok"
)
_PAY = (
    r"(?i)(?:(?:base|salary|pay|rate|gehalt|ote|comp(?:ensation)?)(?: of)?:? )?"
    r"(?:up to |about |around |from |ca\.? |~ ?|bis |ab |bis zu |jusqu'à |hasta |fino a |tot )?"
    rf"(?P<before>{_MONEY})?\s?{_AMOUNT}(?:\s?(?:[-–—]|to|bis|à|a|tot)\s?{_MONEY}?\s?{_AMOUNT})?\s?(?P<behind>{_MONEY})?"
    rf"(?:(?P<rate>\s?(?:/|per|pro|par|por|al|all'|an?)\s?(?:{_TIME})\b\.?|(?<=\d) hr\b)|\s?p/?[hdw]\b"
    r"|\s(?:p\.?a\.?|p\.?m\.?|gross|net|brutto|netto|bruts?|nets?|brutos?|netos?|lord[oi]|nett[oi]|bruto|base|ote)"
    r"|\s?(?:\+|plus|and|&|und)\s?(?:\d+ ?% )?(?:equity|bonus|stock(?: options)?|options|rsus?|shares|benefits"
    r"|commission|tips|super|overtime|ot|pension|provision|aktien|dienstwagen|firmenwagen))*"
)
_THOUSANDS = r"(?i)\d\s?k\b"
_PENSION = r"(?i)401\s?\(?k\)?"
WORKING_HOURS = (
    r"\(?(?:\d\d?[-–])?(?:2[5-9]|[3-9]\d)(?:[.,]\d)? ?(?:h|hrs?|hours?|std\.?|stunden|uur|heures|horas|ore)\)?"
)
"""Hours of work a week, no time of day and no length of an interview: "(32-40 uur)", "37.5 hours"."""
TERMS = (
    r"(?i)(?:\d{1,3} ?[-–] ?)?\d{1,3} ?%|(?:full|part)[- ]time|vollzeit|teilzeit|(?:un)?befristet|permanent"
    r"|temporary|contract(?:or)?|freelance|temps plein|temps partiel|cdi|cdd|fulltime|parttime|asap"
    r"|(?:asap|immediate) start|band \d\w?|urgent(?:ly)?|as soon as possible"
    r"|\d{1,2}[- ]months? contract|(?:full|half|all)[- ]day|ganztägig|halbtags"
    r"|(?:night|day|late|early|weekend)s? shifts?|nights|weekends"
    r"|(?:\d{1,2} ?[-–] ?)?\d{1,2} ?(?:std\.?|wochenstunden)(?:/woche)?"
    r"|\d{1,2} ?(?:h|hrs?|hours?) ?(?:/|per |a )w(?:ee)?k"
    r"|(?:\d{1,2} on,? )?\d{1,2} off|(?:with )?(?:mon|tues|wednes|thurs|fri|satur|sun)days? off|self[- ]employed"
    rf"|{WORKING_HOURS}"
)
"""How much and how long one works, which is a note."""
_MODES = {
    WorkMode.REMOTE: (
        r"wfh|(?:(?:fully|100 ?%|all)[- ])?(?:remote(?:[- ](?:first|only|work))?|home ?office|télétravail|remoto)"
    ),
    WorkMode.HYBRID: r"hybride?(?:[- ](?:work|job|role))?|híbrido|ibrido",
    WorkMode.ONSITE: r"wfo|in[- ](?:the )?office|office[- ]based",
}
_NAMED = {
    "company": r"company|employer|organi[sz]ation|firma|unternehmen",
    "role": r"role|position|job title|stelle",
    "people": r"contact(?: person)?|ansprechpartner(?:in)?|hiring manager|recruiter",
    "location": r"location|place|where|city|town|ort|standort",
    "pay": r"pay|salary|compensation|gehalt",
    "": r"date|time|date and time|when|interview|termin|datum|uhrzeit|link|url|tags?",
}
"""By field, what may stand before a colon; without a field, what follows says itself what it is."""
FIELD_NAMES = "|".join(_NAMED.values())


_A_ROLE = r"(?i)^(?:the|our|an?|une?|una|eine[nr]?|een|der|die|das|des|le|la|el|il|de|het)\s+(?=\S)"
_POST = (
    r"(?i)^(?:poste d['’]|(?:post[eo]?|job|puesto|plaza|position|stelle|posizione|ruolo|functie|role) "
    r"(?:de |di |als |van |of |del )?(?:an? )?)"
)
"""The words before a role that only say that it is one: "poste d'ingénieur", "Stelle als Koch"."""


class NamedPart(NamedTuple):
    """A part that names its field: "location: Berlin"; no `name` where the text says itself what it is."""

    name: str
    text: str


def bare_role(text: str) -> str:
    """A role without the words that only say that it is one: "the SRE job"."""
    said = re.sub(_POST, "", re.sub(_A_ROLE, "", text.strip())).rstrip(" !")
    return re.sub(r"(?i)\s+(?:role|position|job|opening|vacancy|post|stelle)$", "", said)


def is_pay(part: str) -> bool:
    """Whether a part is an amount of money and no more: "85-95k", "€70,000 a year"; "401k" is a pension."""
    said = re.fullmatch(_PAY, part)
    if said is None or re.fullmatch(_PENSION, part):
        return False
    is_rate = said["rate"] and re.match(r"\d*[.,' ]\d\d|\d{2,}", part)  # "13.20/hr", "16 an hour"
    return bool(said["before"] or said["behind"] or is_rate or re.search(_THOUSANDS, part))


def work_mode_of(part: str) -> WorkMode | None:
    """Where one works, if a part says no more: "fully remote", "hybrid"."""
    return next((mode for mode, words in _MODES.items() if re.fullmatch(f"(?i){words}", part)), None)


def work_mode_and_place_of(part: str) -> tuple[WorkMode | None, str]:
    """How one works and where, if a part says no more: "Remote (Germany)", "hybrid Oslo", "Leeds (hybrid)"."""
    for mode, words in _MODES.items():
        said = re.fullmatch(
            rf"(?i:{words})(?: \(([^()\d]+)\)|,? (?:in |from )?([^\W\d_a-z][^()\d]*))?", part
        ) or re.fullmatch(rf"(\S.*?) \((?i:{words})\)", part)
        place = next(filter(None, said.groups()), "") if said else ""
        if said and (not place or is_town(place) or is_region(place)):
            return mode, place
    return None, ""


def split_name(part: str) -> NamedPart | None:
    """The field that a part names before a colon, and its text; None where it names none."""
    said = re.match(r"([^\W\d_][\w ]{2,20}?)\s*:\s*(?=\S)(?!//)", part)
    if said is None:
        return None
    name = next((field for field, words in _NAMED.items() if re.fullmatch(f"(?i){words}", said[1])), None)
    return None if name is None else NamedPart(name, part[said.end() :])


# Towns and other places

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
        "ahmedabad|akron|altrincham|amarillo|andover|asheville|ashford|athlone|auckland|aylsham|ballarat|"
        "bangor|barnet|barnsley|barrow|battersea|bellingham|bendigo|bexley|bhopal|birkenhead|blackburn|"
        "blackpool|bocholt|bognor|bolton|bootle|bournville|brackmills|brampton|brantford|brentford|"
        "bridgeport|brixton|bromley|buffalo|burnley|cairns|camden|cardigan|carlisle|chandigarh|charlotte|"
        "chatham|chelmsford|chesterfield|chichester|chippenham|christchurch|clapham|coimbatore|colchester|"
        "corby|crewe|croydon|darwin|daventry|dayton|derry|dorking|dover|drogheda|dudley|duluth|dundalk|"
        "dunedin|ealing|eastbourne|enfield|ennis|epsom|esher|eugene|falkirk|fareham|fargo|farnham|"
        "folkestone|frisco|gateshead|geelong|goslar|gotha|grantham|greensboro|greifswald|grimsby|hackney|"
        "halifax|harlow|harrogate|hastings|hatfield|havant|hemel|hertford|hilo|hobart|hoboken|hounslow|"
        "huddersfield|indore|inverness|islington|jaipur|kelowna|kettering|kidderminster|kilkenny|"
        "kilmarnock|kitchener|kochi|kozhikode|lambeth|laredo|leatherhead|leith|letterkenny|lewisham|"
        "lichfield|limburg|lisburn|livingston|llandudno|loughton|lowestoft|lubbock|lucknow|macclesfield|"
        "maidstone|mangalore|mansfield|margate|markham|mcallen|minden|mississauga|mysore|mysuru|nagpur|"
        "naperville|nashua|neubrandenburg|newham|newquay|newry|ogden|oldham|olympia|oshawa|paisley|peckham|"
        "penzance|plauen|poole|providence|provo|putney|ramsgate|redditch|reigate|richmond|rockford|"
        "rotherham|runcorn|salisbury|saskatoon|savannah|scarborough|scunthorpe|shrewsbury|sidcup|siegburg|"
        "sligo|solihull|southall|southend|southport|staines|stirling|stralsund|surat|tallahassee|tamworth|"
        "tauranga|telford|thiruvananthapuram|topeka|torquay|tottenham|tralee|trenton|trivandrum|truro|"
        "twickenham|uxbridge|vadodara|visakhapatnam|vizag|waco|wakefield|walsall|walthamstow|waterford|"
        "wellington|wembley|wetzlar|weymouth|wigan|wimbledon|winchester|wismar|wollongong|woolwich|"
        "worthing|wrexham|yeovil|yonkers|"
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


# Who put in a word, and where one found the job

_DID = (
    r"(?:referred|recommended|introduced|suggested|put forward|empfohlen|vermittelt|recommandée?|recomendad[oa])"
)
_REFERRAL_WORD = r"(?:referral|referrer|recommendation|introduction|intro|tip)"
_BY = (
    rf"(?:(?:(?:i|we) )?(?:was |were |got |have been )?{_DID}(?: me)?(?: there| here| to (?:me|them|it))?"
    rf" (?:by|through|via|von|durch|par|por)\s|(?:an? |the |my )?{_REFERRAL_WORD} (?:from|by|of|via|through)\s"
    r"|(?:referral|referrer|referred by):\s?)"
)
_CERTAIN = rf"(?i)(?P<before>.*?)(?:^|\s|\()(?:thanks to (?:an? |the ))?{_BY}\s*(?P<name>[^\s()].*?)\)?"
_OF_NAME = (
    rf"(?i)(?:via |through |thanks to |on )?(?:(?P<name>.+?)['’]s? {_REFERRAL_WORD}"
    rf"|(?P<other>.+?) (?:has )?{_DID} me(?: there| to them)?)"
)
_PERHAPS = r"(?i)(?P<before>.*?)(?:^|\s)(?:via|through|thanks to|thx to|courtesy of)\s+(?P<name>.+)"
_BEHIND_NAME = r"(?i)\s(?=(?:with|w/|for|as|to)\s)"
_FRIEND = r"(?i)(?:my |an? |the )?(?:(?:old|former|good) )*(?:friend|colleague|coworker|boss|cousin) "
_BOARDS = (
    r"linked ?in|indeed|glassdoor|xing|step ?stone|monster|wellfound|angel ?list|zip ?recruiter|dice|otta"
    r"|handshake|welcome to the jungle|total ?jobs|reed|cv[- ]library|adzuna|info ?jobs|hello ?work|naukri|gumtree"
    r"|hacker ?news|hn|reddit|craigslist|slack|discord|meetup"
    r"|(?:the |their )?(?:company )?(?:web ?site|careers? page|job (?:board|fair|ad))"
)
_FOUND = (
    r"(?i)(?:(?:found|seen|saw|posted|listed|spotted)(?: it| this)? )?"
    r"(?:on|via|through|from|at|über|auf|sur|su|op)"
    rf" (?P<board>{_BOARDS})"
    r"|(?:found|seen|saw|spotted)(?: it| this)? (?:on|via|through|at) (?P<place>\S+(?: \S+){0,2})"
    r"|source: ?(?P<named>.+)"
)
_CALL_PROGRAMS = (
    r"(?i)(?:jitsi|whereby|signal|whats ?app|telegram|hire ?vue|blue ?jeans|coder ?pad|hacker ?rank|gather"
    r"|calendly|slack|discord|go ?to|chime|riverside|viber|wechat|threema)"
)
_MOST_WORDS = 3
_LONGEST_REFERRAL = 300
"""Characters of a part that is looked at; a longer one is a paste."""


class Referral(NamedTuple):
    """Who put in a word, and the rest of the text before and behind."""

    name: str
    rest: str


def split_referral(part: str) -> Referral | None:
    """Return who put in a word by a part of a line, or None where it doesn't say so.

    "Via", "through" and "thanks to" say it of a person alone: "via LinkedIn" is none.
    """
    if len(part) > _LONGEST_REFERRAL:
        return None
    said = re.fullmatch(_CERTAIN, part)
    if said:
        return _referral(said["before"], said["name"])
    said = re.fullmatch(_OF_NAME, part)
    if said and _is_person(said["name"] or said["other"]):
        return _referral("", said["name"] or said["other"])
    said = re.fullmatch(_PERHAPS, part)
    if said:
        found = _referral(said["before"], said["name"])
        if _is_person(re.split(r"\s+(?:at|from|of|<|\()", f"{found.name} ", maxsplit=1)[0]):
            return found
    return None


def source_of(part: str) -> str:
    """Return where a job was found, if a part of a line says no more: "via LinkedIn", "found on Indeed"."""
    said = re.fullmatch(_FOUND, part)
    return (said["board"] or said["place"] or said["named"]) if said else ""


def site_behind_via(text: str) -> str:
    """Return the site or agency of "via Behance"; empty for a program that one meets or is called with."""
    said = re.fullmatch(r"(?:[Vv]ia|[Tt]hrough) ([^\W_a-z]\S*(?: [^\W_a-z]\S*){0,2})", text)
    return said[1] if said and not re.match(_CALL_PROGRAMS, said[1]) else ""


def plain_referrer(text: str) -> str:
    """Return the name alone where a field says more: "referred by Bob" is "Bob"."""
    found = split_referral(" ".join(text.split()))
    return found.name if found and not found.rest else text


def _referral(before: str, said: str) -> Referral:
    name, *behind = re.split(_BEHIND_NAME, said, maxsplit=1)
    return Referral(re.sub(_FRIEND, "", name.strip(" ,.")), " ".join((before.strip(" ,-–("), *behind)).strip())


def _is_person(said: str) -> bool:
    name = re.sub(_FRIEND, "", said.strip())
    words = name.split()
    return 1 <= len(words) <= _MOST_WORDS and is_given_name(words[0]) and is_name(name)


def is_board(text: str) -> bool:
    """Whether a text is a place where jobs are found: "LinkedIn", "Company website"."""
    return re.fullmatch(rf"(?i)(?:{_BOARDS})(?:\.\w+)?", text.strip()) is not None
