"""Words that call an interview off or put it off, in eight languages."""

CANCELLED = r"cancell?ed|called off|abgesagt|annulée?|cancelad[ao]|annullat[oa]|geannuleerd|odwołan[aey]"
POSTPONED = (
    r"postponed|verschoben|reportée?|aplazad[ao]|pospuest[ao]|adiad[ao]|rinviat[oa]|uitgesteld|przełożon[aey]"
)
CALLED_OFF = f"{CANCELLED}|{POSTPONED}"
