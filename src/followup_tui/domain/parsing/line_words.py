"""The words by which the parts of a typed line are told: what stands before a company, a role or people; firms."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from followup_tui.domain.model.legal_forms import is_legal_form
from followup_tui.domain.model.text import words_of
from followup_tui.domain.parsing.day_phrases import MONTH, WEEKDAY
from followup_tui.domain.parsing.employer_words import is_employer_noun
from followup_tui.domain.parsing.interview_words import begins_or_ends_as_role, is_round
from followup_tui.domain.parsing.person_parts import is_known_given_name
from followup_tui.domain.parsing.person_words import folded, is_field, is_job_word

_JOBS = words_of(
    "actress adjuster advocate agent agente aide aide-soignant aide-soignante albanil ambassador animateur"
    " animatrice appraiser archivist artist autista babysitter baker bakker banker barrister bartender"
    " beautician begeleider biologist blacksmith bookseller boulanger boulangere brewer bricklayer broker"
    " butcher caissier caissiere cajera cajero caretaker carpenter carpintera carpintero chairman"
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
    " loodgieter lpn machinist macon maestra maestro magasinier magasiniere mason"
    " mathematician mecanica mecanicien mecanicienne mecanico meccanico medica medico menuisier menuisiere"
    " merchandiser midwife modeler modeller moderator muratore musician nanny negotiator nutritionist"
    " operative optician ouvrier ouvriere packer painter panadera panadero paramedic parrucchiera parrucchiere"
    " patissier patissiere peluquera peluquero phlebotomist physicist physiotherapist picker"
    " plombier plumber porter postman profe profesor profesora professeur professeure proofreader"
    " psychologist publicist purchaser qs radiographer ragioniera ragioniere redacteur registrar rep reporter"
    " reviewer rn roofer sailor saldatore salesman salesperson saleswoman scheduler schilder schoonmaakster"
    " schoonmaker sculptor sdet seamstress soldador soldadora solicitor sommelier soudeur soudeure"
    " soudeus soudeuse stagehand statistician stewardess stylist ta tailor teller timmerman tpm"
    " trader treasurer upholsterer verpleger videographer waiter waitress watchmaker welder"
    " werkvoorbereider worker op geselle gesellin azubi hand mate bouncer doorman valet dishwasher member tech"
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
    r"\w{3,}(?:ologist|ographer|iatrist|ician|keeper|maker|worker|seller)s?|"
    r"\w*(?:kassierer|oniker|schlosser|schweisser|schweißer|dachdecker|gartner|metzger|kellner|friseur|lackierer"
    r"|installateur|laborant|schwester|therapeut|betreuer|helfer|arbeiter|monteur|disponent|lagerist|einkaufer|prufer|planer|verwalter)(?:in)?"
    r"|\w*(?:arzt|arztin|kochin|padagogin|beauftragte[rn]?|auszubildende[rn]?|azubi|volontar|volontarin)"
    r"|\w{3,}(?:maler|tischler|schreiner|maurer|backer|koch|schneider|optiker|makler|chemiker|biologe|padagoge|wirt)(?:in)?"
)
_FIELDS = words_of(
    "accueil almacen angular aws buchhaltung bus caisse calidad care cassa claims clientele cocina commercial"
    " compras cucina cuisine day dental desk empfang english forklift front golang history"
    " java kasse keuken kotlin kuche lager loan logistique magazijn magazzino maintenance maths night"
    " node oracle pflege php primary python qualita qualitat qualite rayon react ruby"
    " cabin bar pub rust salesforce sap scala science secondary service swift tienda truck vendite"
    " ventas vente ventes"
    " verkauf verkoop versand veterinary vue lab practice housing recycling imaging"
)
"""What somebody works on, in further languages, folded."""
FILLERS = words_of(
    "ok okay so well ho tengo heb hab j'ai i'll we'll you i we i'm i've we've had have has got just a an the"
    " is was will be am are my our it ich wir habe um uh nous vous proposons needed wanted"
    " gesucht sucht recherche busca cerca next: todo: todo fyi re: plus since after"
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
JOINERS = words_of("of & and del della dei do dos the de la le du des der die das für und et y e van von à al i")
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
TOWNS_OR_WORDS = words_of("nice reading essen split bath mobile")
KINDS_OF_ROUND = words_of(
    "group culture coding peer trial skills practical fit case values panel machine system design technical pair"
    " presentation portfolio aptitude psychometric writing typing driving open stage final team live"
    " hiring on-site onsite assessment selection discovery follow-up competency online take-home role-play"
    " cooking lab audition"
)
"""Words before "round" or "assessment" that are no name."""
ROUND_WORDS = words_of(
    "interview interviewed screen screening round call chat meeting onsite phone video zoom teams"
)


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
        is_employer_noun(text),
        is_legal_form(text),
        low in ROUND_WORDS or is_round(text),
        text in MARKERS and text not in JOINERS,
        text.islower() and re.fullmatch(DAY, text) is not None,
    )
