"""The user's mail account, as the settings describe it; its password is in none of these."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
