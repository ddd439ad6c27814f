"""Spanish family names, which come in pairs: "Gil Soto, Ana" is Ana Gil Soto."""

from __future__ import annotations

from followup_tui.domain.parsing.given_names import is_given_name
from followup_tui.domain.parsing.job_titles import PARTICLES, folded, words_of

_NAMES = words_of(
    "aguilar alonso alvarado arias ayala blanco bravo cabrera calvo campos cano carmona carrasco castillo castro"
    " contreras cortes crespo cruz delgado diaz dominguez duran espinosa esteban figueroa flores fuentes gallego"
    " garcia garrido gil guerrero guzman herrera herrero hidalgo ibanez iglesias izquierdo lara leon lozano luna"
    " marin medina mejia mendoza merino molina montero mora morales moreno moya munoz navarro nieto nunez ortega"
    " ortiz pardo parra pascual pastor pena prieto ramos rey reyes rios rivera rojas roldan romero rosales rubio"
    " ruiz salas salazar sanz santana santiago santos serrano silva solis sosa soto suarez torres valencia valle"
    " vargas vega velasco vera vicente vidal villa villanueva zapata"
)
_PATRONYMIC = "ez"
_SHORTEST = 4


def are_two_family_names(text: str) -> bool:
    """Whether a text is a pair of Spanish family names: one at least is a common one, the first no given name."""
    words = [word for word in text.split() if word.casefold() not in PARTICLES]
    return len(words) == 2 and not is_given_name(words[0]) and any(map(_is_family_name, words))


def _is_family_name(word: str) -> bool:
    said = folded(word)
    return word[:1].isupper() and (said in _NAMES or (said.endswith(_PATRONYMIC) and len(said) > _SHORTEST))
