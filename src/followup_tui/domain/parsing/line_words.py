"""The words by which the parts of a typed line are told: what stands before a company, a role or people; firms."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from followup_tui.domain.model.text import words_of
from followup_tui.domain.parsing.day_phrases import MONTH, WEEKDAY
from followup_tui.domain.parsing.interview_words import begins_or_ends_as_role, is_round
from followup_tui.domain.parsing.person_parts import is_known_given_name
from followup_tui.domain.parsing.person_words import folded, is_field, is_job_word

_LEGAL_FORMS = frozenset(
    re.findall(
        r"\w+",
        "inc incorporated llc llp lp ltd limited gmbh ag se kg kgaa ohg gbr corp corporation co plc pc pllc sa sas"
        " sarl srl spa bv nv ab oy oyj as asa aps pty ptyltd sl slu lda kft zrt sro doo ev eg",
    )
)
FIRM_NOUNS = words_of(
    "academy accountants aerospace agency air airlines airways albergo amt analytics apotheek apotheke"
    " apparel aquarium architects arena asociación asset associates association assurances atelier ateliers"
    " athletics attorneys autohaus autos ayuntamiento backerei bakery bakkerij banca banco bank banque barbers"
    " bau beauty bezirksamt bibliothek biotech bistro books borough boulangerie bouw brasserie brauerei"
    " brewery brewing brothers builders buses bäckerei cabs cafe café capital care catering chemicals"
    " chiropractic church cinema civils cleaners cleaning clinic clinica clinique clothing cloud club clínica"
    " coffee colegio collective college company comune construcciones construction consulting coop cooperativa"
    " cooperative cosmetics council county creative credit cruises dachbau dairy data daycare dental"
    " department depot design digital diner docks druckerei dynamics ecole edilizia editions editorial ehpad"
    " electric electrical elektro energie energy engineering escuela estate estates events farm farmacia farms"
    " fashion federation ferries films finance financial finanzamt fitness fliesen florists fondation food"
    " foods foundation foundry freight fundación furniture gallery games garage gardens gasthaus gasthof"
    " gemeente gemeindeverwaltung grill groep group groupe grupo gruppe gruppo gym gärtnerei hair handel"
    " haulage haus hausverwaltung health healthcare heating hochschule hof holdings homes hospice hospital"
    " hotel hotels hôpital immobilien imports imprimerie industries infants infirmary ingenieurbüro inn"
    " institut institute instituto instruments insurance interactive interiors international istituto kanzlei"
    " kennels kindergarten kinderopvang kita kitchen klinik klinikum klinikverbund krankenhaus lab labs"
    " landratsamt laundry lawyers leisure lettings library librería lodge logistics logistik lycée mairie"
    " maison makelaars manufacturing marina marine market markets maschinenbau media medical metals metzgerei"
    " mill mills ministry mobility motors museum mutual nails networks notaris nurseries nursery officina"
    " officine optical optics optik optometry orchards ospedale osteria outdoors outfit outfitters packaging"
    " panadería panificio paper partners pets pflegedienst pflegeheim pharma pharmacie pharmacy physio"
    " pictures pilates pizzeria plastics plumbing ports praxis preschool press primary properties pub"
    " publishing radio rail railways realty records recruitment reederei rehab reisen rentals residencia"
    " resort restaurant restaurante ristorante roasters robotics roofing résidence résidences salon sanitär"
    " school schools schreinerei schule scuola security seguros semiconductor semiconductors seniorenheim"
    " services shipping society software solicitors solutions sons spa sparkasse spedition sports"
    " stadtbibliothek stadtwerke staffing steakhouse steel steuerberatung stiftung stores studio studios"
    " supermarket supplies supply surgery surveyors systems taller talleres taqueria tattoo tavern taxis tech"
    " technik technologies technology telecom textiles theater theatre therapeutics therapy tienda tipografia"
    " tires tischlerei tours trading transport transports trasporti trattoria travel trust tyres union"
    " universidad universitat university universität université ventures verein verlag versicherung"
    " versicherungen veterinarians veterinary vets vineyard volksbank warehouse wealth weddings weingut"
    " wellness werk werke wireless wirtshaus works yard yoga ziekenhuis zoo zorg école éditions"
    " basisschool lyceum menuiserie plomberie charpente crèche gestoría bufete autoescuela ditta azienda"
    " impresa liceo asilo carrozzeria gelateria zahnarztpraxis grundschule gymnasium bauunternehmen"
    " malerbetrieb practice chambers nhs housing cidery distillery winery quarry shipyard joinery scaffolding"
    " removals recycling genomics diagnostics imaging optometrists opticians stables equestrian aviation"
    " couriers parcels coaches savings advisors legal"
)
"""Nouns that end or begin the name of a firm."""
_JOBS = words_of(
    "actress adjuster advocate agent agente aide aide-soignant aide-soignante albanil ambassador animateur"
    " animatrice appraiser archivist artist autista babysitter baker bakker banker barrister bartender"
    " beautician begeleider biologist blacksmith bookseller boulanger boulangere brewer bricklayer broker"
    " butcher buyer caissier caissiere cajera cajero caretaker carpenter carpintera carpintero chairman"
    " chauffeur chauffeure chauffeus chauffeuse checker chemist cinematographer cleaner cna coach cobbler"
    " coiffeur coiffeuse columnist commercialista commessa commesso concierge conductor conductora counsellor"
    " counselor courier crew cuoca cuoco dancer dba deckhand dependienta dependiente dev dietitian docente"
    " drafter draftsman educador educadora educator educatore educatrice electricien electricienne"
    " electricista elektricien elettricista emt encargada encargado evangelist examiner exec expediter"
    " falegname farmacista farmer farmhand firefighter fisioterapista fitter florist fontanera fontanero"
    " foreman formateur formatrice gardener geologist geometra glazier governess graphiste guard hairdresser"
    " handler hca helper hostess housekeeper hygienist idraulico installer instructor interpreter investigator"
    " janitor jeweler jeweller joiner journalist kapper kapster laborer labourer landscaper lasser leader"
    " leraar lerares liaison limpiador limpiadora livreur livreure livreus livreuse loader locksmith"
    " loodgieter lpn machinist macon maestra maestro magasinier magasiniere magazijnmedewerker mason"
    " mathematician mecanica mecanicien mecanicienne mecanico meccanico medica medico menuisier menuisiere"
    " merchandiser midwife modeler modeller moderator muratore musician nanny negotiator nutritionist"
    " operative optician ouvrier ouvriere packer painter panadera panadero paramedic parrucchiera parrucchiere"
    " patissier patissiere peluquera peluquero phlebotomist photographer physicist physiotherapist picker"
    " planner plombier plumber porter postman profe profesor profesora professeur professeure proofreader"
    " psychologist publicist purchaser qs radiographer ragioniera ragioniere redacteur registrar rep reporter"
    " reviewer rn roofer sailor saldatore salesman salesperson saleswoman scheduler schilder schoonmaakster"
    " schoonmaker sculptor sdet seamstress secretary soldador soldadora solicitor sommelier soudeur soudeure"
    " soudeus soudeuse stagehand statistician stewardess stylist superintendent ta tailor teller timmerman tpm"
    " trader treasurer underwriter upholsterer verpleger videographer waiter waitress watchmaker welder"
    " werkvoorbereider winkelmedewerker"
    " apothecary arborist archaeologist attendant auctioneer author barber beekeeper biochemist botanist"
    " builder cabinetmaker caseworker caterer chiropodist colorist compositor conservator conveyancer coroner"
    " decorator dietician diver draughtsman dresser ecologist fabricator facilitator farrier fireman fisherman"
    " forester framer fundraiser gamekeeper geneticist geographer geophysicist glassblower goldsmith grader"
    " groomer groundskeeper groundsman guide hairstylist handyman headteacher historian host invigilator"
    " keyworker lifeguard linguist logistician luthier mediator meteorologist microbiologist naturalist"
    " neurologist oceanographer optometrist organist osteopath pathologist pedagogue plasterer podiatrist"
    " policeman practitioner presenter projectionist prosecutor psychiatrist psychotherapist radiologist"
    " referee restorer rigger scaffolder seller server sonographer sorter stockist stonemason storekeeper"
    " tattooist telemarketer tiler toolmaker typist usher valuer violinist warden webmaster"
    " winemaker woodworker zookeeper zoologist leerkracht conducteur bezorger tandarts huisarts jardinier"
    " facteur avocat medecin pharmacien opticien farmaceutico jardinero repartidor mozo conserje logopadin"
    " bauzeichner hotelfachfrau hotelfachmann rezeptionist"
)
"""Nouns of jobs in six languages, folded, which elsewhere may be a name or something else."""
_GERMAN_JOB = (
    r"\w*(?:schlosser|schweisser|schweißer|dachdecker|gartner|metzger|kellner|friseur|lackierer|installateur|laborant"
    r"|schwester|therapeut|betreuer|helfer|arbeiter|monteur|disponent|lagerist|einkaufer|prufer|planer|verwalter)(?:in)?"
    r"|\w*(?:arzt|arztin|kochin|padagogin|beauftragte[rn]?|auszubildende[rn]?|azubi|volontar|volontarin)"
    r"|\w{3,}(?:maler|tischler|schreiner|maurer|backer|koch|schneider|optiker|makler|chemiker|biologe|padagoge|wirt)(?:in)?"
)
_FIELDS = words_of(
    "accueil almacen angular aws buchhaltung bus caisse calidad care cassa claims clientele cocina commercial"
    " compras cucina cuisine customer day delivery dental desk empfang english forklift front golang history"
    " java kasse keuken kotlin kuche lager linux loan logistique magazijn magazzino maintenance maths night"
    " node oracle pflege php primary production produktion python qualita qualitat qualite rayon react ruby"
    " rust salesforce sap scala science secondary service swift tienda truck vendite ventas vente ventes"
    " verkauf verkoop versand veterinary vue lab practice housing recycling imaging aviation legal"
)
"""What somebody works on, in further languages, folded."""
FILLERS = words_of(
    "ok okay so well ho tengo heb hab j'ai i'll we'll you i we i'm i've we've had have has got just a an the"
    " is was will be am are my our it ich wir habe um uh nous vous proposons"
)
AT = frozenset({"at", "@", "bei", "beim", "chez", "presso", "bij"})
FROM = frozenset({"from", "of", "von", "vom", "van", "da", "de chez", "von der", "von dem", "aus", "de"})
EN = "en"
AGENCY = frozenset({"from", "at", "@", "bei", "chez"})
WITH = frozenset({"with", "w/", "w", "mit", "avec", "con", "met"})
FOR = frozenset(
    {
        "for",
        "as",
        "about",
        "re",
        "re:",
        "regarding",
        "concerning",
        "für",
        "als",
        "wegen",
        "pour",
        "para",
        "per",
        "voor",
    }
    | {"over", "comme", "como", "come", "sobre", "zur"}
)
IN = frozenset({"in", "à", "a"})
HOW = frozenset({"via", "over", "by", "on", "per", "using", "par", "über", "in", "through"})
TO = frozenset({"to", "with"})
MARKERS = frozenset({EN}) | AT | FROM | WITH | FOR | IN | HOW | TO
ARTICLES = words_of(
    "the a an our der die das den dem einen eine einer ein le la les l' un une el los las una il lo de het een"
)
JOINERS = words_of("of & and the de la le du des der die das für und et y e van von à al i")
ROLE_JOINERS = words_of("of & and de la le du des der die das und et y e van à al in i de' d'")
ROLE_NOUNS = words_of("role position job opening vacancy stelle post")
DAY = re.sub("[?]P<[a-z]+>", "?:", f"{WEEKDAY}|{MONTH}|today|tomorrow|or|tbc|tba")
TALKED = words_of(
    "seeing met meeting spoke spoken speaking talk talked talking chatted chatting interviewed interviewing"
)
MET = words_of("met meeting seeing")
AND = frozenset({"&", "+", "and", "und", "et", "y", "e", "u."})
DASHES = frozenset("-–—")
PLATFORMS = frozenset({"zoom", "teams", "skype", "webex"})
ROUND_WORDS = words_of(
    "interview interviewed screen screening round call chat meeting onsite phone video zoom teams"
)


def is_legal_form(text: str) -> bool:
    """Whether a text is the end of a company's name: "Inc.", "Ltd."."""
    return "".join(filter(str.isalnum, text)).casefold() in _LEGAL_FORMS


class KnownWord(NamedTuple):
    """What is known of a word by itself."""

    text: str
    low: str
    is_upper: bool
    is_head: bool
    is_area: bool
    is_given: bool
    is_firm: bool
    is_legal: bool
    is_round: bool
    is_marker: bool
    is_day: bool


@lru_cache(maxsize=4096)
def known_word(text: str) -> KnownWord:
    """Return what is known of a word."""
    low = folded(text)
    bare = text.strip("(\"“'")
    return KnownWord(
        text,
        low,
        bool(bare) and not bare[0].islower(),
        low in _JOBS
        or re.fullmatch(_GERMAN_JOB, low) is not None
        or begins_or_ends_as_role(text.strip(".,()"))
        or is_job_word(text),
        (is_field(low) and text != "it") or low in _FIELDS,
        is_known_given_name(low),
        low in FIRM_NOUNS or text.casefold() in FIRM_NOUNS,
        is_legal_form(text),
        low in ROUND_WORDS or is_round(text),
        text in MARKERS and text not in JOINERS,
        text.islower() and re.fullmatch(DAY, text) is not None,
    )
