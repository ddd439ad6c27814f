"""Mail addresses and host names, as far as they are plain enough to be handed to a mail program or a server."""

from __future__ import annotations

import re

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = rf"{_LABEL}(?:\.{_LABEL})*"
# One that begins with a dash could be taken for an option by the program that it is handed to.
_ADDRESS = rf"(?!-)(?P<local>{_ATOM}(?:\.{_ATOM})*)@(?P<domain>{_DOMAIN})"
_IPV6 = r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*"
# RFC 5321, 4.5.3.1: octets of the part before the @, and of a whole path without its angle brackets.
_LOCAL_LIMIT, _ADDRESS_LIMIT, _HOST_LIMIT = 64, 254, 253


def is_mail_address(text: str) -> bool:
    """Whether a text is exactly one plain address, "dana@acme.example": no name, no comment, no second one.

    Only ASCII: a domain with other letters is written in its xn-- form.
    """
    found = re.fullmatch(_ADDRESS, text)
    return found is not None and len(text) <= _ADDRESS_LIMIT and len(found["local"]) <= _LOCAL_LIMIT


def is_host(text: str) -> bool:
    """Whether a text is a server's name or its IP address, without scheme, port or path."""
    return len(text) <= _HOST_LIMIT and re.fullmatch(rf"{_DOMAIN}|{_IPV6}", text) is not None
