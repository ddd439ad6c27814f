"""The words by which an employer is known."""

from __future__ import annotations

import re
from functools import lru_cache

from followup_tui.domain.model.text import words_of
from followup_tui.domain.parsing.interview_words import begins_or_ends_as_role
from followup_tui.domain.parsing.person_words import folded

_NOUNS = words_of(
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
    " removals recycling genomics"
    " kwekerij falegnameria systeme kliniken energia retail airline sohne stadt gemeinde agentur agence"
    " agencia agenzia headhunters recruiters personalvermittlung personalberatung"
    " diagnostics imaging optometrists opticians stables equestrian aviation"
    " couriers parcels coaches savings advisors legal"
)
"""Nouns that end or begin the name of an employer."""
INSTITUTIONS = (
    "University|Universität|Université|Universidad|Universiteit|Università|College|Institute|City|Town|County|Borough"
    "|Bank|Port|Ministry|Museum|Hospital|School|Stadt|Gemeinde|Ville|Ayuntamiento|Comune|Gemeente|Department|Office"
    "|Agency|Center|Centre|Society|Council|Foundation|Association|Hochschule|Library|Clinic|Trust"
)
"""Employers whose name says what they are, and of whom or where: "University of Leeds"."""
_ENDS = (
    r"\w+(?:[eo]rei|zentrum|werke?|klinik|schule|bibliothek|praxis|kanzlei|verband|verein|gruppe|bank|kasse|kreis)"
    r"|(?:pharma(?!ci)|bio(?!log|chem)|logisti|te(?:ch|c)nolog)\w{2,}(?<!ist)(?<!iker)|(?:universi|versicherung|soluci|soluti)\w*"
)
"""How such nouns begin or end in several languages, folded."""


def is_employer_noun(word: str) -> bool:
    """Whether a word by itself says what an employer is or does: "Bakery", "Stadtwerke", "Capital"."""
    low = folded(word)
    single = f"{low[:-3]}y" if low.endswith("ies") else low.removesuffix("s")
    return not _NOUNS.isdisjoint({low, word.casefold(), single})


@lru_cache(maxsize=8192)
def is_employer_word(word: str) -> bool:
    """Whether a word is such a noun, or begins or ends as one: "Zellwerk", "Biotech"."""
    return is_employer_noun(word) or re.fullmatch(_ENDS, folded(word)) is not None


def names_business(name: str) -> bool:
    """Whether a name of several words begins or ends as those of employers do: "Hotel Sonne", "Acme Foods"."""
    words = name.split()
    return len(words) > 1 and (is_employer_word(words[0]) or is_employer_word(words[-1]))


def names_office(name: str) -> bool:
    """Whether an employer is called by what many of its people are: "Moss & Fern Architects"."""
    return " " in name and name.endswith("s") and begins_or_ends_as_role(name.split()[-1][:-1])
