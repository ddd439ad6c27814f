"""Save a letter as a draft in the user's mail account (IMAP), to be sent from any mail program."""

from __future__ import annotations

import imaplib
import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imap_tools import BaseMailBox, FolderInfo, MailBox, MailBoxUnencrypted
from imap_tools.errors import MailboxAppendError, UnexpectedCommandStatusError

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.mail_account import MailAccount, Security
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.touch import OutgoingLetter
from followup_tui.letters.delivery import mail_login
from followup_tui.letters.delivery.mail_login import MailError, OutcomeUnknown, Server, quote_reply
from followup_tui.letters.delivery.message import message_bytes

_PREFIXES = ("", "INBOX.", "INBOX/")
_USUAL_NAMES = (
    "drafts", "draft", "entwürfe", "entwurf", "brouillons", "borradores", "bozze", "concepten", "rascunhos",
    "utkast", "kladder", "luonnokset", "szkice", "koncepty", "piszkozatok", "taslaklar",
    "черновики", "下書き", "草稿",
)  # fmt: skip
"""What servers and mail programs call the folder, in the languages that they speak."""
_MAX_FOLDERS_SHOWN, _NAME_LIMIT = 100, 40


def save_to_drafts(mailing: OutgoingLetter, account: MailAccount, password: str) -> str:
    """Save a letter in the drafts folder on the IMAP server, encrypted, and return the folder's name.

    The folder is the one in the settings, or the one that the server marks for drafts (RFC 6154) or calls Drafts,
    in one of many languages. `Refused` if something is missing or wrong; `MailError` if it wasn't saved;
    `OutcomeUnknown` if the server's answer was lost.
    """
    server = mail_login.imap_server(account)
    mail_login.require_password(password, server)
    message = message_bytes(mailing)
    with _connect(server) as mailbox:
        _log_in(mailbox, server, account.user, password)
        name = _drafts_folder(mailbox, account.drafts, server)
        _append(mailbox, server, name, message)
        with suppress(OSError, imaplib.IMAP4.error):  # the draft is saved: a failed logout no longer matters
            mailbox.client.logout()
    return _shown(name)


@contextmanager
def _connect(server: Server) -> Iterator[BaseMailBox]:
    """Open an encrypted connection that is ready for the login; failures become `MailError`."""
    context = mail_login.ssl_context(server)
    mailbox: BaseMailBox | None = None
    is_open = False
    try:
        if server.security is Security.TLS:
            mailbox = MailBox(server.host, server.port, timeout=mail_login.TIMEOUT, ssl_context=context)
        else:
            mailbox = MailBoxUnencrypted(server.host, server.port, timeout=mail_login.TIMEOUT)
            # A server that greets us as logged in (PREAUTH) no longer lets the connection be encrypted.
            if "STARTTLS" not in mailbox.client.capabilities or mailbox.client.state != "NONAUTH":
                raise mail_login.no_encryption(server)
            mailbox.client.starttls(context)
        is_open = True
        yield mailbox
    except imaplib.IMAP4.abort:
        raise MailError(f"{server} broke off the connection; {server.nothing}, try again later.") from None
    except (imaplib.IMAP4.error, UnexpectedCommandStatusError) as error:
        reply = quote_reply(_reply_of(error))
        raise MailError(
            f"{server} didn't answer as IMAP does{reply}; {server.nothing}, look at imap_host."
        ) from None
    except OSError as error:
        raise mail_login.connection_error(error, server, is_open=is_open) from None
    finally:
        if mailbox is not None:
            with suppress(OSError):  # the connection may be broken, which is reported already
                mailbox.client.shutdown()


def _log_in(mailbox: BaseMailBox, server: Server, user: str, password: str) -> None:
    capabilities = mailbox.client.capabilities
    try:
        if "AUTH=PLAIN" in capabilities:
            mailbox.login_utf8(user, password, initial_folder=None)
        elif "LOGINDISABLED" not in capabilities and f"{user}{password}".isascii():
            mailbox.login(user, password, initial_folder=None)
        else:
            raise mail_login.no_login_method(server)
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, UnexpectedCommandStatusError) as error:
        secret = b64encode(f"\0{user}\0{password}".encode()).decode()
        reply = _reply_of(error)
        later = mail_login.refused_for_now(server, 0, reply, password, secret)
        raise (later or mail_login.login_failed(server, reply, password, secret)) from None


def _drafts_folder(mailbox: BaseMailBox, wanted: str, server: Server) -> str:
    """Return the name of the drafts folder; `Refused` if it doesn't exist or can't be told from the others."""
    folders = _selectable_folders(mailbox, wanted)
    marked = [folder for folder in folders if "\\drafts" in _flags(folder)]
    names = (wanted,) if wanted else _USUAL_NAMES
    matching = [] if wanted else marked
    for name_of in (_whole_name, _last_name):
        matching = matching or [
            candidate for name in names for candidate in folders if name_of(candidate) == _folded(name)
        ]
    if matching:
        return next((candidate.name for candidate in matching if candidate.name == wanted), matching[0].name)
    shown_names = ", ".join(_shown(folder.name) for folder in folders[:_MAX_FOLDERS_SHOWN]) or "none"
    problem = f"has no folder “{_shown(wanted)}”" if wanted else "doesn't tell which folder is for drafts"
    raise Refused(f"{server.host} {problem}, so {server.nothing}; set drafts under [mail]. It has: {shown_names}.")


def _selectable_folders(mailbox: BaseMailBox, wanted: str) -> list[FolderInfo]:
    """Return the folders that a message can be saved in."""
    try:
        folders = mailbox.folder.list()
    except ValueError:  # the name of some folder isn't valid modified UTF-7: ask only for those that matter
        names = [f"{prefix}{name}" for name in (wanted or "Drafts", "Draft") for prefix in _PREFIXES]
        folders = [folder for name in names for folder in mailbox.folder.list("", name)]
    return [folder for folder in folders if not _flags(folder) & {"\\noselect", "\\nonexistent"}]


def _folded(name: str) -> str:
    """A name as it is compared: in any case, its umlauts composed or not."""
    return unicodedata.normalize("NFC", name.casefold())


def _whole_name(folder: FolderInfo) -> str:
    return _folded(folder.name)


def _last_name(folder: FolderInfo) -> str:
    """A folder's name without those above it: "Drafts" of "INBOX.Drafts"."""
    return re.sub("^inbox[./]", "", _folded(folder.name.rpartition(folder.delim or "\0")[2]))


def _flags(folder: FolderInfo) -> set[str]:
    return {flag.lower() for flag in folder.flags}


def _append(mailbox: BaseMailBox, server: Server, name: str, message: bytes) -> None:
    try:
        mailbox.append(message, name, flag_set=r"\Draft")
    except (OSError, imaplib.IMAP4.abort):
        raise OutcomeUnknown(
            f"{server.host} never said whether it took the draft, so it is unknown whether it was saved: look "
            f"into the folder {_shown(name)} before you try again."
        ) from None
    except MailboxAppendError as error:
        reply = quote_reply(_reply_of(error))
        raise MailError(
            f"{server.host} didn't take the draft into {_shown(name)}{reply}; {server.nothing},"
            " look into your mailbox."
        ) from None


def _reply_of(error: imaplib.IMAP4.error | UnexpectedCommandStatusError) -> bytes | str:
    """Return the server's words in an error."""
    if isinstance(error, UnexpectedCommandStatusError):
        words = error.command_result[1]
        last = words[-1] if words else ""
    else:
        last = error.args[0] if error.args else ""
    return last if isinstance(last, bytes | str) else ""


def _shown(name: str) -> str:
    return shown_line(name)[:_NAME_LIMIT]
