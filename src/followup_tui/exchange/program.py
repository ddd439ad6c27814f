"""How the export of one program differs from any other sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from followup_tui.exchange.headers import Field, squeezed


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A kind of sheet. It is recognised where all headers of `signature` are there, whatever else there is.

    `overrides` says what a header holds where `headers.ALIASES` would say otherwise; None leaves it out.
    `day_first` is the program's own order of dates, None where the columns must tell; `source` is where the
    applications were found, if the sheet needn't say it; `silence` tells why a sheet without status says nothing.
    """

    name: str
    title: str
    signature: tuple[str, ...] = ()
    overrides: Mapping[str, Field | None] = field(default_factory=dict)
    day_first: bool | None = None
    source: str = ""
    silence: str = "the sheet has neither a status nor an interview date"

    def recognises(self, headers: Sequence[str]) -> bool:
        """Whether the headers are those that this program writes."""
        return {squeezed(header) for header in self.signature} <= {squeezed(header) for header in headers}

    def squeezed_overrides(self) -> dict[str, Field | None]:
        """The overrides by their headers as they are compared."""
        return {squeezed(header): filled for header, filled in self.overrides.items()}
