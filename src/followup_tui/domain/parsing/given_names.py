"""Given names that are seldom family names or other words: what makes a bare name a person beyond doubt."""

from __future__ import annotations

from followup_tui.domain.parsing.job_titles import folded, words_of

_NAMES = words_of(
    "aaron adam adrian agnes ahmed aisha alejandro alex alice alina alisa amanda amelia amy ana anders"
    " andrea andrew angela angelika anita anja ann anna anne annika antje anton antonia ashley astrid"
    " barbara bastian beatriz ben benjamin bettina bianca bjorn brian brigitte camille carla carmen"
    " carolin caroline catherine cecilia charlotte chiara chloe christina christine christoph claire clara"
    " claudia conrad cornelia cynthia daniela danielle david deborah denise dennis derek diana diego"
    " dieter dmitri dominik dora doris dorothea ed edith edward eileen elena elisa elisabeth elizabeth"
    " ella ellen emilia emily emma eric erik erika ernst esther eva evelyn fatima felicia felix fiona"
    " florian francesca frank franziska frederik friederike gabriela gabriele georg gerd gerhard giovanni"
    " giulia gregor greta guillaume hannah hanna hans harald heike heinz helen helena helga henrik hiroshi"
    " holger ignacio ina ines inga ingrid irene irina iris isabel isabella isabelle ivan jacek jacqueline"
    " jakob jan jana jane janet janine javier jennifer jens jeremy jessica jill joan joanna jochen joe"
    " johanna john jonas jonathan jorg jorge jose joseph josephine joshua juan judith julia julian juliane"
    " julie jurgen kai karin karl karolina katarina kate katharina kathrin kathy katja kenji kerstin kevin"
    " kim kirsten klaus klara kristin kristina lara larissa lars laura lea lena leon leonie leticia lina"
    " linda linnea lisa liz lorena lucas lucia lucie luis luisa luise lukas lydia magdalena malte manuela"
    " marco marcel marcus margaret maria marie marion markus marlene marta martina mathias matthew"
    " matthias maximilian megan mei melanie melissa mia michael michaela michelle miguel mika miriam"
    " mohamed mohammed monica monika natalia natalie natasha nicholas nicola nicole niklas nils nina nora"
    " oksana olaf olga oliver olivia oscar otto patricia patrick paula petra philipp pia priya rachel"
    " rainer ralf rahul rebecca regina renate rita robert roberta ruth sabine sabrina samantha samuel"
    " sandra sanjay sara sarah sebastian selina sergei silke silvia simone sofia sofie sonja sophia sophie"
    " stefan stefanie stephanie stephen steve steven susan susanne sven svenja sylvia takashi tamara tania"
    " tanja tatjana teresa theo theresa tim tina tobias tom tomas tony torsten ulrich ulrike ursula ute"
    " uwe valentina valerie vanessa vera veronica veronika victoria viktor vincent vladimir wiebke"
    " wolfgang yasmin yuki yusuf yvonne zoe dana sam cy bo dan jim bob bill dave mike matt nick peggy pam"
    " phil rob sue ted cathy chris greg jeff"
)


def is_given_name(word: str) -> bool:
    """Whether a word is a given name that is seldom anything else; in small letters it isn't taken for one."""
    return word[:1].isupper() and folded(word) in _NAMES
