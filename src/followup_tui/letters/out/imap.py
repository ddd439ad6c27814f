"""Saving a letter among the drafts of the user's own mail account, to be sent from any mail program.

With the standard library's client: what it lacks here is a look at the list of folders and their names' encoding.
"""

from __future__ import annotations

import imaplib
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.letter import OutgoingLetter
from followup_tui.domain.model.mail_account import MailAccount, Security
from followup_tui.domain.model.text import shown_line
from followup_tui.letters.out import trouble as troubles
from followup_tui.letters.out.eml import message_bytes
from followup_tui.letters.out.trouble import MailTrouble, OutcomeUnknown, Server, answer_words, cause_of

_NOTHING = "no draft was saved"
_LISTED = rb'\((?P<marks>[^)]*)\) (?:"(?:[^"\\]|\\.)*"|NIL) (?P<name>.*)'
_USUAL = frozenset({"drafts", "inbox.drafts", "inbox/drafts"})
_TOLD_FOLDERS, _TOLD = 8, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class _Folder:
    """A folder by its name on the wire, and its marks in small letters."""

    name: str
    marks: frozenset[str]

    @property
    def shown(self) -> str:
        return shown_line(_decoded(self.name))[:_TOLD]


def save_to_drafts(mailing: OutgoingLetter, account: MailAccount, password: str) -> str:
    """Put a letter among the drafts on the IMAP server, encrypted, and return the folder's name.

    The folder is the one that the settings name, or that the server marks for drafts (RFC 6154), or calls Drafts.
    `Refused` where something is missing or wrong; `MailTrouble` where it wasn't saved; `OutcomeUnknown` where the
    server's answer was lost.
    """
    server = troubles.imap_server(account)
    troubles.checked_password(password, f"so {_NOTHING}")
    message = message_bytes(mailing)
    with _connected(server) as line:
        _log_in(line, server, account.user, password)
        folder = _drafts(_folders(line), account.drafts, server)
        _put(line, server, folder, message)
        with suppress(OSError, imaplib.IMAP4.error):  # it was saved: how the farewell goes no longer matters
            line.logout()
    return folder.shown


@contextmanager
def _connected(server: Server) -> Iterator[imaplib.IMAP4]:
    """A connection that is encrypted and ready for the login; whatever breaks on it is told as `MailTrouble`."""
    context = troubles.trusted(server, f"so {_NOTHING}")
    line: imaplib.IMAP4 | None = None
    is_open = False
    try:
        if server.security is Security.TLS:
            line = imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=troubles.PATIENCE)
        else:
            line = imaplib.IMAP4(server.host, server.port, timeout=troubles.PATIENCE)
            # Who greets one as logged in already lets nothing be encrypted any more.
            if "STARTTLS" not in line.capabilities or line.state != "NONAUTH":
                raise MailTrouble(f"{troubles.no_encryption(server)}; {_NOTHING}.")
            line.starttls(context)
        is_open = True
        yield line
    except imaplib.IMAP4.abort:
        raise MailTrouble(f"{server} broke off the connection; {_NOTHING}, try again later.") from None
    except imaplib.IMAP4.error as answer:
        raise MailTrouble(
            f"{server} didn't answer as IMAP does{answer_words(_words_of(answer))}; {_NOTHING}."
        ) from None
    except OSError as trouble:
        raise MailTrouble(f"{cause_of(trouble, server, is_open=is_open)}; {_NOTHING}.") from None
    finally:
        if line is not None:
            with suppress(OSError):  # it may be broken, which was told
                line.shutdown()


def _log_in(line: imaplib.IMAP4, server: Server, user: str, password: str) -> None:
    secret = f"\0{user}\0{password}".encode()
    try:
        if "AUTH=PLAIN" in line.capabilities:
            line.authenticate("PLAIN", lambda _: secret)
        elif "LOGINDISABLED" not in line.capabilities and f"{user}{password}".isascii():
            line.login(_quoted(user), password)
        else:
            raise MailTrouble(f"{server} offers no way to log in that followup-tui knows; {_NOTHING}.")
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as answer:
        said = answer_words(_words_of(answer), password, b64encode(secret).decode())
        raise MailTrouble(
            f"{server.host} didn't accept the user and the password{said}; {_NOTHING}, look at user under [mail] "
            "and at the password."
        ) from None


def _folders(line: imaplib.IMAP4) -> list[_Folder]:
    """The folders that a letter can be put into."""
    _, entries = line.list()
    folders: list[_Folder] = []
    for entry in entries:
        # A name with unusual characters comes by itself, after the entry that announces its length.
        told, literal = entry if isinstance(entry, tuple) else (entry, None)
        match = re.match(_LISTED, told or b"", re.DOTALL)
        if match is None:
            continue
        name = _unquoted(match["name"]) if literal is None else literal
        if not name.isascii():
            continue
        marks = frozenset(match["marks"].decode("ascii", "replace").lower().split())
        if "\\noselect" not in marks and "\\nonexistent" not in marks:
            folders.append(_Folder(name=name.decode("ascii"), marks=marks))
    return folders


def _drafts(folders: list[_Folder], wanted: str, server: Server) -> _Folder:
    """The folder for drafts; `Refused` where it isn't there, or none can be told."""
    if wanted:
        found = [folder for folder in folders if folder.name == _encoded(wanted)]
    else:
        marked = [folder for folder in folders if "\\drafts" in folder.marks]
        found = marked or [folder for folder in folders if folder.name.lower() in _USUAL]
    if found:
        return found[0]
    there = ", ".join(folder.shown for folder in folders[:_TOLD_FOLDERS]) or "none"
    what = f"has no folder “{shown_line(wanted)[:_TOLD]}”" if wanted else "doesn't tell which folder is for drafts"
    raise Refused(f"{server.host} {what}, so {_NOTHING}; set drafts under [mail]. It has: {there}.")


def _put(line: imaplib.IMAP4, server: Server, folder: _Folder, message: bytes) -> None:
    try:
        kind, words = line.append(_quoted(folder.name), r"(\Draft)", "", message)
    except (OSError, imaplib.IMAP4.abort):
        raise OutcomeUnknown(
            f"{server.host} never said whether it took the draft, so it is unknown whether it was saved: look "
            f"into the folder {folder.shown} before you try again."
        ) from None
    if kind != "OK":
        said = answer_words(words[-1]) if words and isinstance(words[-1], bytes) else ""
        raise MailTrouble(f"{server.host} didn't take the draft into {folder.shown}{said}; {_NOTHING}.")


def _words_of(answer: imaplib.IMAP4.error) -> bytes | str:
    first = answer.args[0] if answer.args else ""
    return first if isinstance(first, bytes | str) else ""


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _unquoted(name: bytes) -> bytes:
    name = name.strip()
    return re.sub(rb"\\(.)", rb"\1", name[1:-1]) if name[:1] == b'"' else name


# Folders' names are in an UTF-7 of IMAP's own (RFC 3501, 5.1.3).
def _encoded(name: str) -> str:
    def coded(run: re.Match[str]) -> str:
        if run[0] == "&":
            return "&-"
        return f"&{b64encode(run[0].encode('utf-16-be')).decode().rstrip('=').replace('/', ',')}-"

    return re.sub(r"&|[^\x20-\x7e]+", coded, name)


def _decoded(name: str) -> str:
    def plain(run: re.Match[str]) -> str:
        if not run[1]:
            return "&"
        try:
            padded = run[1].replace(",", "/") + "=" * (-len(run[1]) % 4)
            return b64decode(padded).decode("utf-16-be", "replace")
        except ValueError:
            return run[0]

    return re.sub(r"&([^-]*)-", plain, name)
