"""Email addresses and host names, as far as they are plain enough to be handed to a mail program or a server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

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


class Security(StrEnum):
    """How a connection is kept private: encrypted from its first byte, or before anything is said on it."""

    TLS = "tls"
    STARTTLS = "starttls"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAccount:
    """Where mail is sent and drafts are kept; a host that is empty can't be used.

    `user` is the name one logs in with; `drafts` the name of the folder for drafts, empty for the one that the
    server marks as such; `password_command` a command whose first line of output is the password, empty for the
    system's keyring; `ca_file` a file of certificates to trust besides the system's own.
    """

    user: str = ""
    smtp_host: str = ""
    smtp_port: int = 465
    smtp_security: Security = Security.TLS
    imap_host: str = ""
    imap_port: int = 993
    imap_security: Security = Security.TLS
    drafts: str = ""
    password_command: str = ""
    ca_file: str = ""
