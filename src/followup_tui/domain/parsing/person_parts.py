"""What a text about people is made of: its names, its tokens, and the runs of them.

Names are given names, pairs of Spanish family names, and whole ones in the order in which one says them; a run of
tokens is one person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from followup_tui.domain.model.contact import ADDRESSES, is_address
from followup_tui.domain.model.text import words_of
from followup_tui.domain.parsing.person_words import (
    DEGREES,
    LINK,
    LONE_EXTENSION,
    MAIL,
    NO_PERSON,
    PARTICLES,
    PHONE,
    folded,
    is_job,
    is_job_title,
    is_name,
    phone_digits,
    split_title,
    voice_of,
    way_to_reach,
)

# Given names

_GIVEN_NAMES = words_of(
    "aaron achim adam adele adrian adriana adriano agathe agnes agnese agnieszka agustin ahmed aiko aisha"
    " aitor alain alan albert alberto albrecht alejandra alejandro aleksandr aleksandra alessandra alessandro"
    " alessia alessio alex alexandre alexandru alexey alfonso alfredo alice alicia alina alisa allison alvaro"
    " amanda amandine amara amelia amina amira amparo amy ana anais ananya anastasia anders andre andrea"
    " andreea andrei andres andrew andrzej anette angela angeles angelika angelo angie anita anja anke ann"
    " anna annalisa anne annegret anneke annelies annie annika anouk anselmo antje antoine anton antonella"
    " antonia antonio araceli arianna ariel arjan arjun armin arnaud arne arthur arturo arun ashley astrid"
    " asuncion audrey aurelie aurore ava avi axel aylin ayse baptiste barbara barbel bart bartosz bas bastian"
    " bastien beata beate beatrice beatriz becky begona belen ben benedetta benedikt bengt benito benjamin"
    " benoit bernhard bert bertrand beth bettina betty beverly bianca bilal bill billy birgitta bjorn blandine"
    " bo bob bogdan bonnie borja brad brandon brenda brent brett brian brianna bridget brigitte britta bruce"
    " bruno bryan burak burkhard caitlin caleb cameron camille carina carl carla carlijn carlos carlota"
    " carlotta carmelo carmen carol carolin caroline carolyn carrie carsten cassandra catalina caterina"
    " catherine cathy cecilia cedric cees celine cem cesar chantal charlene charlotte cheryl chiara chidi"
    " chloe chris christelle christian christina christine christoph christophe cindy cinzia claire clara"
    " clarence claudia claudio clemence clemens clement coen colleen conrad corey corinna corinne cornelia"
    " corrado courtney craig cristian cristiano cristina cy cynthia cyril daan dagmar damien dan dana daniela"
    " daniele danielle darren dave david davide debbie debora deborah debra declan deepa deepak delphine"
    " denise deniz dennis derek detlef devin diana diane didier diego dieter dietmar dimitris dirk dirkje"
    " divya dmitri dmitry domenico dominic dominik dominique donald donatella donna dora doris dorota dorothea"
    " dorothy doug douglas dylan eckhard ed edda eddie edgar edith edoardo eduardo edward eileen ekaterina"
    " elaine eleanor elena eleni eleonora elfriede elif elin elisa elisabeth elisabetta elizabeth elke ella"
    " ellen ellie elodie eloy emanuela emanuele emeka emeline emil emilia emiliano emilie emilio emily emma"
    " emmanuelle emre encarna enrico enrique enzo eric erica erik erika erin ernest ernesto ernst esmee"
    " esteban estelle esther ethan etienne ettore eugene eugenia eugenio eva evan evelyn evert evgeny ewa"
    " ewald eyal fabian fabien fabio fabiola fabrice fabrizio farah fatima fatma federica federico felicia"
    " felicitas felipe felix femi femke ferdinand ferdinando fermin fernando filippo fiona flavia flavio"
    " florian florin franca frances francesca francesco francis francisca francisco franco francois frank"
    " frans franziska frauke frederic frederick frederik fredrik freek friederike gabi gabriel gabriela"
    " gabriele gabrielle gael gaelle gaetano gareth gary gaurav gavin gema gemma genevieve geoff geoffrey"
    " georg george gerald gerard gerardo gerd gerda gergely gerhard gerrit gertrud giacomo giada gianluca"
    " gianni gijs gilles gina giorgia giorgio giorgos giovanna giovanni gisela giulia giuliano giulio giuseppe"
    " gladys glenn gloria gonzalo gordon graham grazia graziella greg gregor gregorio greta grzegorz guadalupe"
    " gudrun guido guillaume guillermo gunnar gunter gustav gustavo gwen gwenaelle hailey hakan hamza hanna"
    " hannah hanneke hannelore hans harald harm harriet harry hartmut haruto hassan hector hedwig heidi heike"
    " heiko hein heiner heinrich heinz helen helena helene helga hella helmut henk henning henri henrik"
    " henrike henry herbert hermann herve hilde hiroshi holger holly horst howard hugh hugo hugues ian ibrahim"
    " ida ignacio igor iker ilaria ilona ilse ilya imanol imke imogen imran ina ineke ines inga inge ingo"
    " ingrid inmaculada ioana ioannis irene iria irina iris irmgard isaac isabel isabella isabelle isha isidro"
    " ismael isolde istvan itziar ivan ivano iwona jaap jacek jacinto jackie jacob jacopo jacqueline jacques"
    " jaime jakob jakub jamal james jamie jan jana jane janet janice janina janine janneke jared jasmin"
    " jasmine jasper jaume javier jeanne jeff jelle jenna jennifer jens jeremiah jeremy jeroen jeronimo jerry"
    " jerzy jessica jesus jill jim jiri jiwoo jo joan joanna joaquin jocelyn jocelyne jochen jodie joe joel"
    " johan johanna john jolanda jonas jonathan joost jordi jorg jorge joris jos jose josefa josep joseph"
    " josephine joshua josie joyce juan juanita judith judy julia julian juliane julie julio jurgen jurre"
    " justin justyna kai kaitlyn kamil karan karen karim karin karl karolina karsten katalin katarina"
    " katarzyna kate katerina katharina katherine kathleen kathrin kathryn kathy katie katja kavita kayla kees"
    " keith kelsey kemal ken kenji kenneth kenta kerstin kevin khalid kieran kim kirill kirsten kirsty klara"
    " klaus knut koen kofi konrad konstantin korinna kostas kristen kristin kristina kristy krzysztof kurt"
    " kwame kyle laetitia lara larisa larissa larry lars laszlo laura laure lauren laurence laurent laurie"
    " lawrence layla lea leah leen leila leire lena lenka lennart leo leon leonhard leonie leonor leslie"
    " leticia letizia lia liane lieke liesbeth liliana lina linda linnea lionel lisa lisanne liz loes loic"
    " lois lorena lorenza lorenzo lothar lotte louis louise luca lucas lucia luciano lucie lucien lucy ludger"
    " ludmila ludovic ludovica luigi luis luisa luise lukas lukasz luke lutz lydia lynn maaike maarten mabel"
    " macarena machteld maciej mackenzie madeline maelle magda magdalena maggie magnus maik maja malcolm"
    " malgorzata malik malin malte mandy manfred manish manolo manuel manuela marcel marcella marcello marcelo"
    " marcia marcin marco marcos marcus mareike marek margaret margarete margarita margaux marge margit"
    " margriet maria mariam marian mariangela marianne mariano maribel maricarmen marie marieke marije marilyn"
    " marine mario marion marisol marita marjan marjolein marjorie marko markus marlene marloes marsha marta"
    " martha martijn martina marvin mary massimiliano massimo mateo mateusz mathias mathieu mathilde matias"
    " matilde mats matt matteo matthew matthias maureen maurice mauricio maurizio mauro maxim maximilian"
    " maximo maya meera mees megan mehmet mei meike melanie melissa menno meredith merel merve mia michael"
    " michaela michal michele michelle mieke miguel mihai mika mikael mike mikhail mikkel mildred milena minho"
    " mireille mirella miren miriam mirjam mirko mitchell mohamed mohammed molly mona monica monika monique"
    " morgane moshe murat muriel mustafa nadege nadia nadine nancy naomi nasser natalia natalie natalya"
    " natasha nathalie nathan nathaniel neha neil nele nerea ngozi nicholas nick nicola nicole nicoletta niels"
    " nienke nigel nikhil nikita nikki niklas nikolai nikos nils nina nisha noah noelia noemi noemie noor"
    " noortje nora norbert norma norman nuria odile oksana olaf ole oleg olga oliver olivia oluwaseun omar"
    " omer omri ondrej ophelie oriol ornella ortrud oscar oskar osvaldo ottmar otto owen ozlem pablo paco"
    " paige paloma pam pamela paola paolo pascale pasquale patricia patrick patrizia paul paula pauline pavel"
    " pawel pedro peggy penelope pernille perrine peter petra phil philipp phoebe phyllis pia pien piero"
    " pierre piers piet pieter pietro pilar piotr pooja prakash priya priyanka quentin rachel radu rafael"
    " rafal raffaele rahul rainer rajesh rakesh ralf ralph ramiro ramon ramona randall rania raphael raquel"
    " rashid rasmus raul ravi raymond rebecca reggie regina reiner reinhard reinhold remi renata renate renato"
    " rene renske rhys rianne ricarda ricardo riccardo richard rik riley rita ritu rob robbert robbie robert"
    " roberta roberto rodney rodolfo rodrigo roel roger rohan rohit roland rolf romain roman ronald ronja"
    " ronnie rory rosa rosalie rosanna rosanne rosario rosemary rossella roswitha roxane ruben rudiger rudolf"
    " rupert russell ruth ruud ryan sabina sabine sabrina sachin sakura salma salvatore sam samantha sami"
    " samir samuel sandeep sander sandra sandrine sandro sanjay sanne sara sarah sascha saskia saul scott sean"
    " sebastian selin selina seojun serena sergei sergi sergio seth severine sevgi shane shannon sharon shaun"
    " shawn sheila shelby sherry shira shirley shreya sidney siegfried sigrid silke silvana silvia silvio"
    " simon simona simone sjoerd sneha sofia sofie solene sonia sonja sonke sophia sophie soren stacey stacy"
    " stanislaw stanley stefan stefania stefanie stefano steffen steffi stella stephane stephanie stephen"
    " steve steven stijn stuart sue sunil suresh susan susana susanna susanne suzan suzanne sven svenja"
    " svetlana swati sylke sylvain sylvia sylvie takashi tamara tammy tania tanja tanvi tara tariq tatiana"
    " tatjana ted teodoro terence teresa terrance terry tess thandi thea theo theodore theresa thibault"
    " thierry thijs thilo thomas thorsten tiffany tilo tim timo timothy tina tineke tiziana tjeerd tobias toby"
    " todd tom tomas tomasz tommaso tommy tony torben torsten tove tracey tracy traudel travis trent trevor"
    " tricia tristan truus tunde twan tyler udo ugo ulf uli ulla ulrich ulrike umberto ursula urszula uta ute"
    " uwe vadim valentin valentina valeria valerie valerio vanessa varun vasily veerle veit velma vera verena"
    " vernon veronica veronika veronique vicente vicki vicky victor victoria vijay vikram viktor viktoria"
    " vince vincent vincenzo virginie vittoria vittorio vivek vivian vladimir volker waldemar waltraud wanda"
    " wendy wenke werner wesley wiebke wietske wilfried wilhelm willem willie wilma wim winfried wojciech"
    " wolfgang wouter xavi xavier xenia yael yann yannick yannis yara yasmin yasmine yilmaz yolanda yossi yuki"
    " yulia yuri yusuf yuto yves yvette yvonne zachary zainab zara zbigniew zdenek zoe zoey zola zoltan zsofia"
    " zuzanna"
)


def is_given_name(word: str) -> bool:
    """Whether a word is a given name that is seldom anything else; in small letters it isn't taken for one."""
    return word[:1].isupper() and is_known_given_name(folded(word))


def is_known_given_name(word: str) -> bool:
    """Whether a folded word is in the list of given names."""
    return word in _GIVEN_NAMES


# Spanish family names, which come in pairs: "Gil Soto, Ana" is Ana Gil Soto

_SPANISH_FAMILY_NAMES = words_of(
    "aguilar alonso alvarado arias ayala blanco bravo cabrera calvo campos cano carmona carrasco castillo castro"
    " contreras cortes crespo cruz delgado diaz dominguez duran espinosa esteban figueroa flores fuentes gallego"
    " garcia garrido gil guerrero guzman herrera herrero hidalgo ibanez iglesias izquierdo lara leon lozano luna"
    " marin medina mejia mendoza merino molina montero mora morales moreno moya munoz navarro nieto nunez ortega"
    " ortiz pardo parra pascual pastor pena prieto ramos rey reyes rios rivera rojas roldan romero rosales rubio"
    " ruiz salas salazar sanz santana santiago santos serrano silva solis sosa soto suarez torres valencia valle"
    " vargas vega velasco vera vicente vidal villa villanueva zapata"
)
_PATRONYMIC = "ez"
_SHORTEST_PATRONYMIC = 4


def are_two_family_names(text: str) -> bool:
    """Whether a text is a pair of Spanish family names: one at least is a common one, the first no given name."""
    words = [word for word in text.split() if word.casefold() not in PARTICLES]
    return len(words) == 2 and not is_given_name(words[0]) and any(map(_is_spanish_family_name, words))


def _is_spanish_family_name(word: str) -> bool:
    said = folded(word)
    return word[:1].isupper() and (
        said in _SPANISH_FAMILY_NAMES or (said.endswith(_PATRONYMIC) and len(said) > _SHORTEST_PATRONYMIC)
    )


# A whole name, its parts put in the order in which one says them

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_PLAIN = r"[^\W\d_a-z][^\W\d_]*['’\-]?[^\W\d_]+(?: [^\W\d_a-z][^\W\d_]*['’\-]?[^\W\d_]+){0,3}"


_MORE_OF_TITLE = r"(?:[a-z]{1,5}\.(?:[a-z]{1,3}\.)* )+(?=\S)"


class PersonName(NamedTuple):
    """A name in the order in which it is said, how one is addressed ("Dr."), and what follows it ("PhD")."""

    name: str
    address: str = ""
    beside: tuple[str, ...] = ()


def is_degree(text: str) -> bool:
    """Whether a text is only what may follow a name: "Jr.", "PhD", "PMP, SPHR"."""
    words = re.findall(r"[^\s,]+", text)
    return bool(words) and all(folded(word) in DEGREES for word in words)


def is_family_name(text: str) -> bool:
    """Whether a text can be a family name that stands first: one word, perhaps with particles or a second name."""
    words = text.split()
    return len([word for word in words if word.casefold() not in PARTICLES]) == 1


def is_mail_of(address: str, name: str) -> bool:
    """Whether the part before the @ has a word of the name, or is its initials: "dana.r", "bo", "jli", "dr"."""
    local = folded(address.partition("@")[0])
    words = [folded(word) for word in name.split()]
    if any(word in (local if len(word) >= 3 else re.split(r"[\W\d_]+", local)) for word in words):
        return True
    if len(words) > 1 and local in {words[0][0] + words[-1], words[0] + words[-1][0], words[-1] + words[0][0]}:
        return True
    initials = folded("".join(part[0] for part in name.replace("-", " ").split()))
    return len(initials) >= 2 and local == initials


@lru_cache(maxsize=4096)
def read_name(text: str) -> PersonName:
    """The parts of a text that names one person, "Dr. Ann Li" or "Smith, Jane, Jr."; every word is kept."""
    said = " ".join(text.split()).strip(" \"'“”„,;")
    words = said.split()
    if not words:
        return PersonName("")
    ends = folded(words[0]) in ADDRESSES or any(folded(word) in DEGREES for word in words[1:])
    if not ends and (re.fullmatch(_PLAIN, said) or not re.search(r"[,(\"“]", said)):
        return PersonName(said if len(words[-1]) < 3 else said.rstrip("."))
    # Not at the top: it takes 0.1 s to load, and nearly every name is plain.
    from nameparser import HumanName

    found = HumanName(said)
    name = " ".join(filter(None, (found.first, found.middle, found.last)))
    more = re.match(_MORE_OF_TITLE, name) if found.title else None
    if more:  # "Prof. Dr. h.c. Ana Cruz"
        return PersonName(
            name[more.end() :], f"{found.title} {more[0].strip()}", tuple(filter(None, (found.suffix,)))
        )
    beside = tuple(filter(None, (found.suffix, found.nickname)))
    if found.suffix and "," not in said and len(name.split()) + bool(found.title) < 2:
        return PersonName(said)
    if found.title and not (found.first and found.last):
        return PersonName(" ".join(filter(None, (found.title, name))), "", beside)
    if not name:
        return PersonName(said)
    return PersonName(name, found.title, beside)


# Tokens and runs

MARKED_NAME = r"«(?P<marked>(?!\s)(?:[^»]|»»)+)»(?!»)"
"""A name that is taken as it is: "«Team 3, Berlin»"; one within another, "Marie «Mimi» Dupont", is a nickname."""


def marked_name(name: str) -> str:
    """Return a name in the marks between which it is read as it is."""
    return f"«{name.replace('»', '»»')}»"


_TOKENS = rf"""(?ix)
    (?P<name> (?:\A|(?<=;\s)|(?<=\n)) {MARKED_NAME} (?=\s*(?:[<(,;\n]|\Z)) )
  | (?P<mail> <\s*(?:mailto:)?\s*(?P<mail_in>{MAIL})\s*> | (?:mailto:)?(?P<mail_bare>{MAIL}) )
  | (?P<link> <\s*(?P<link_in>{LINK})\s*> | (?P<link_bare>{LINK}) )
  | (?P<thing> {NO_PERSON} )
  | (?P<number> {PHONE} )
  | (?P<extension> {LONE_EXTENSION} )
  | (?P<bracket> \((?P<inside>[^()]*)\) | \[(?P<inside_square>[^\[\]]*)\] )
  | (?P<strong> \s*[;\n\r\u2028•·]\s* | (?:^|(?<=[\s;]))\d{{1,2}}[.)]\s+(?=[^\W\d])
      | \s+(?:&|\+|and|(?-i:und|et|y|e|en))\s+ )
  | (?P<weak> \s*,\s* | \s*\|\s* | \s+[-–—/@]\s+ | \s*[–—→]\s* | (?<=[a-z])\s*/\s*(?=[a-z])
      | (?<=\w)\s*:(?=\s|$) | \s+(?-i:at|from|bei|chez|aus)\s+
      | \s+(?=prefers\s|best\s(?:by|via)\s|(?:friendly|formal)\svoice) )
"""
TRAILING = ".,;:!?"


class Token(NamedTuple):
    """A marked name, an email address, a link, a number, a bracket, a separator or a text, as `kind` says."""

    kind: str
    text: str


LAST_COMMA = r"(?i),\s+(?=(?:and|&|und)\s)"
"""The comma before the last one of a list: "Ann Li, Bo Chen, and Cy Young"."""
COMMA = Token("weak", ",")


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text, in its order."""
    at = 0
    for match in re.finditer(_TOKENS, text):
        kind = next(name for name in _KINDS if match[name] is not None)
        if kind == "number" and not phone_digits(match["phone"]):
            continue
        if match.start() > at:
            yield from _text(text[at : match.start()])
        at = match.end()
        yield from _entity(kind, match)
    yield from _text(text[at:])


_KINDS = ("name", "mail", "link", "thing", "number", "extension", "bracket", "strong", "weak")


def _text(text: str) -> Iterator[Token]:
    said = " ".join(text.split()).strip("<>\"“”„‘’'` ")
    if said.strip(TRAILING + "-–—_*/|?()[]'"):
        yield Token("text", said)


def _entity(kind: str, match: re.Match[str]) -> Iterator[Token]:
    if kind == "name":
        yield Token(kind, match["marked"].replace("»»", "»"))
    elif kind == "mail":
        yield Token(kind, (match["mail_in"] or match["mail_bare"]).strip(TRAILING))
        if match["mail_in"]:
            yield Token("close", "")
    elif kind == "link":
        link = (match["link_in"] or match["link_bare"]).rstrip(TRAILING)
        yield Token(kind, link)
    elif kind == "number":
        yield Token(kind, match["phone"].strip())
    elif kind == "bracket":
        yield Token(kind, match["inside"] if match["inside"] is not None else match["inside_square"])
    elif kind == "thing":
        yield Token("extension", match[0])
    else:
        yield Token(kind, match[0].strip() or "\n")


AND = frozenset({"&", "+", "and", "und", "et", "y", "e", "en"})


def runs_of(found: Iterator[Token]) -> list[tuple[list[Token], str]]:
    """The tokens between strong separators, with the one behind; "VP Sales & Marketing" stays whole.

    A comma behind an email address in brackets divides too: "Ruiz, Dana <dana@…>, Lee, Sam <sam@…>".
    """
    runs: list[tuple[list[Token], str]] = []
    run: list[Token] = []
    for token in found:
        closed = token == COMMA and bool(run) and run[-1].kind == "close"
        if token.kind == "strong" or closed:
            if run:
                runs.append((run, token.text.casefold()))
            run = []
            continue
        if not run and runs and runs[-1][1] in AND and _is_rest_of_title(runs[-1][0][-1], token):
            run, separator = runs.pop()
            token = Token("text", f"{run.pop().text} {separator} {token.text}")
        run.append(token)
    return [*runs, (run, "")] if run else runs


def _is_rest_of_title(last: Token, token: Token) -> bool:
    return (
        token.kind == last.kind == "text"
        and is_job_title(token.text)
        and (is_job_title(last.text) or bool(split_title(last.text)[0]))
        and not (is_job(token.text) and is_job(last.text))
    )


def family_first(run: list[Token]) -> list[Token]:
    """The tokens of a run, with "Ruiz, Dana" and "García Márquez, Ana <ana@…>" put in the order of speech."""
    run, suffixes = _without_degrees([token for token in run if token.kind != "close"])
    if COMMA not in run:
        return [*run, *suffixes]
    names = [
        place for place, token in enumerate(run) if token.kind == "text" and is_name(read_name(token.text).name)
    ]
    if len(names) != 2 or names[1] != names[0] + 2 or run[names[0] + 1] != COMMA:
        return [*run, *suffixes]
    first, second = (run[place].text for place in names)
    address, _, family = first.rpartition(" ")
    if is_address(address) and is_name(family) and is_name(second) and " " not in second:
        # "Dr. Lang, Uwe" is Dr. Uwe Lang
        first, second = family, f"{address} {second}"
    behind = run[names[1] + 1] if names[1] + 1 < len(run) else Token("", "")
    given = len(second.split()) == 1 and behind.kind == "mail"
    given = given or (are_two_family_names(first) and is_given_name(second.split()[0]))
    if (is_given_name(first) and is_given_name(second)) or way_to_reach(second) or voice_of(second):
        return [*run, *suffixes]
    if is_family_name(first) or given:
        return [*run[: names[0]], Token("text", f"{second} {first}"), *run[names[1] + 1 :], *suffixes]
    return [*run, *suffixes]


def _without_degrees(run: list[Token]) -> tuple[list[Token], list[Token]]:
    """The run without the parts that are only degrees, ", PhD", and these."""
    kept: list[Token] = []
    found: list[Token] = []
    for token in run:
        if token.kind == "text" and kept and is_degree(token.text):
            found.append(token)
            if kept[-1].kind == "weak":
                kept.pop()
        else:
            kept.append(token)
    return kept, found
