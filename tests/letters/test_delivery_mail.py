"""Sending and saving drafts, with real servers where they are installed, and with servers that misbehave."""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from followup_tui.domain.model.errors import FollowupError, Refused
from followup_tui.domain.model.mail_account import MailAccount, Security
from followup_tui.domain.model.touch import OutgoingLetter, Sender
from followup_tui.letters.delivery import mail_login
from followup_tui.letters.delivery.imap import save_to_drafts
from followup_tui.letters.delivery.mail_login import MailError, OutcomeUnknown
from followup_tui.letters.delivery.message import message_bytes
from followup_tui.letters.delivery.smtp import send
from letters.mail_factories import mailing
from letters.mail_server import (
    PASSWORD,
    SIZE_LIMIT,
    USER,
    Connection,
    MailServer,
    dovecot_server,
    exim_server,
    misbehaving_server,
    received_messages,
    server_context,
)

SECRET = "BODY-4711"
LETTER = mailing(body=f"Dear Dana,\n\n{SECRET}\n.\n..two\nFrom me, é 日 𐀀\n{'long ' * 400}\n.\n.")
WAYS = {"smtp": send, "imap": save_to_drafts}
Way = Callable[[OutgoingLetter, MailAccount, str], object]


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def smtp(authority: trustme.CA) -> Iterator[MailServer]:
    with exim_server(authority) as server:
        yield server


@pytest.fixture(scope="session")
def imap(authority: trustme.CA) -> Iterator[MailServer]:
    with dovecot_server(authority) as server:
        yield server


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path) -> str:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return str(tmp_path / "ca.pem")


def account(kind: str, port: int, trusted: str = "", security: Security = Security.TLS) -> MailAccount:
    told = {f"{kind}_host": "localhost", f"{kind}_port": port, f"{kind}_security": security}
    return MailAccount(user=USER, ca_file=trusted, **told)  # type: ignore[arg-type]


@contextmanager
def raises_sentence(kind: type[FollowupError], *words: str) -> Iterator[None]:
    """The block fails with finished sentences, which hold the words and neither password nor letter."""
    with pytest.raises(FollowupError) as caught:
        yield
    assert type(caught.value) is kind
    sentence = caught.value.sentence
    for word in words:
        assert re.search(word, sentence), sentence
    assert sentence.endswith(".")
    assert sentence.isprintable()
    assert PASSWORD not in sentence
    assert SECRET not in sentence
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def without_id(message: bytes) -> bytes:
    return re.sub(rb"(?m)^Message-ID: .*\n", b"", message.replace(b"\r\n", b"\n"))


@pytest.mark.parametrize("security", Security)
def test_a_letter_arrives_as_it_was_written(smtp: MailServer, security: Security, tmp_path: Path) -> None:
    (tmp_path / "cv.pdf").write_bytes(bytes(range(256)) * 100)
    letter = replace(LETTER, to_name="Ruiz, Дана", subject="Thänk you", attachments=(str(tmp_path / "cv.pdf"),))
    send(letter, smtp.account(security), PASSWORD)
    (content,) = received_messages(smtp)
    trace, start, message = content.partition(b"From: ")
    assert b"Envelope-to: dana@acme.example\n" in trace
    assert re.search(rb"with esmtpsa\s+\(TLS1\.[23]\)", trace)
    boundary = re.search(rb'boundary="(.*?)"', message)
    expected = message_bytes(letter)
    other = re.search(rb'boundary="(.*?)"', expected)
    assert boundary is not None
    assert other is not None
    assert without_id(start + message) == without_id(expected.replace(other[1], boundary[1]))


def test_dots_at_the_beginning_of_lines_arrive(smtp: MailServer) -> None:
    letter = mailing(body=".\n..\n...\na\n.b\n.\r\n.\r\nQUIT")
    send(letter, smtp.tls, PASSWORD)
    (content,) = received_messages(smtp)
    assert content.endswith(b"\n\n.\n..\n...\na\n.b\n.\n.\nQUIT\n")


@pytest.mark.parametrize("security", Security)
def test_a_wrong_password_is_told_and_nothing_was_sent(smtp: MailServer, security: Security) -> None:
    with raises_sentence(MailError, "didn't accept the user and the password", "nothing was sent"):
        send(LETTER, smtp.account(security), PASSWORD + "x")


@pytest.mark.parametrize("security", Security)
def test_a_certificate_of_a_strange_authority_is_not_trusted(smtp: MailServer, security: Security) -> None:
    with raises_sentence(MailError, "certificate of localhost can't be trusted", "nothing was sent"):
        send(LETTER, replace(smtp.account(security), ca_file=""), PASSWORD)


@pytest.mark.parametrize(
    ("address", "words"), [("nobody@acme.example", "nobody of that name"), ("x@y.example", "no relaying")]
)
def test_a_recipient_that_the_server_refuses_is_named(smtp: MailServer, address: str, words: str) -> None:
    with raises_sentence(MailError, f"refused the recipient {address} \\({words}\\)", "nothing was sent"):
        send(replace(LETTER, to_email=address), smtp.tls, PASSWORD)


COPIES = (("Bo Chen", "bo@acme.example"), ("", "ann@acme.example"))


def test_everybody_who_gets_a_copy_gets_the_letter(smtp: MailServer) -> None:
    send(replace(LETTER, copies=COPIES), smtp.tls, PASSWORD)
    contents = received_messages(smtp, 3)
    got = {found for each in contents for found in re.findall(rb"Envelope-to: (.*)", each)}
    assert got == {b"dana@acme.example", b"bo@acme.example", b"ann@acme.example"}
    assert all(b"Cc: Bo Chen <bo@acme.example>,\n ann@acme.example\n" in each for each in contents)


def test_where_one_of_several_is_refused_nobody_gets_it(smtp: MailServer) -> None:
    with raises_sentence(MailError, "refused the recipient x@y.example", "nothing was sent"):
        send(replace(LETTER, copies=(*COPIES, ("Ada", "x@y.example"))), smtp.tls, PASSWORD)
    send(LETTER, smtp.tls, PASSWORD)
    (content,) = received_messages(smtp)
    assert b"Cc:" not in content


def test_a_letter_too_large_for_the_server_is_told_before_it_is_sent(smtp: MailServer, tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * SIZE_LIMIT)
    with raises_sentence(Refused, r"0\.4 MB .* takes 0\.3 MB", "nothing was sent"):
        send(replace(LETTER, attachments=(str(tmp_path / "big"),)), smtp.tls, PASSWORD)


def fetch_only_message(server: MailServer, folder: str) -> tuple[bytes, bytes]:
    """Flags and bytes of the only message in a folder, which is emptied."""
    context = ssl.create_default_context(cafile=server.tls.ca_file)
    with imaplib.IMAP4_SSL("localhost", server.tls.imap_port, ssl_context=context, timeout=10) as line:
        line.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
        assert line.select(folder)[1] == [b"1"]
        ((flags, content), _) = line.fetch("1", "(FLAGS BODY.PEEK[])")[1]
        line.store("1", "+FLAGS", r"(\Deleted)")
        line.expunge()
    return flags, content


@pytest.mark.parametrize("security", Security)
def test_a_draft_lies_in_the_folder_that_the_server_marks(imap: MailServer, security: Security) -> None:
    assert save_to_drafts(LETTER, imap.account(security), PASSWORD) == "Entwürfe"
    flags, content = fetch_only_message(imap, '"Entw&APw-rfe"')
    assert b"\\Draft" in flags
    assert without_id(content) == without_id(message_bytes(LETTER))


def test_a_draft_lies_in_the_folder_that_the_settings_name(imap: MailServer) -> None:
    name = "Drafts & more 日本"
    assert save_to_drafts(LETTER, replace(imap.tls, drafts=name), PASSWORD) == name
    flags, _ = fetch_only_message(imap, '"Drafts &- more &ZeVnLA-"')
    assert b"\\Draft" in flags


def test_a_draft_needs_no_recipient_and_no_sender(imap: MailServer) -> None:
    save_to_drafts(replace(LETTER, to_email="", sender=Sender()), imap.tls, PASSWORD)
    assert b"\r\nTo:" not in fetch_only_message(imap, '"Entw&APw-rfe"')[1]


def test_a_folder_that_is_not_there_is_told_with_those_that_are(imap: MailServer) -> None:
    with raises_sentence(Refused, "no folder “Nowhere”", "no draft was saved", "Entwürfe", "INBOX"):
        save_to_drafts(LETTER, replace(imap.tls, drafts="Nowhere"), PASSWORD)


@pytest.mark.parametrize("security", Security)
def test_a_wrong_password_is_told_and_no_draft_was_saved(imap: MailServer, security: Security) -> None:
    with raises_sentence(MailError, "didn't accept the user and the password", "no draft was saved"):
        save_to_drafts(LETTER, imap.account(security), "wrong")


@pytest.mark.parametrize("security", Security)
def test_a_strange_certificate_is_not_trusted_with_a_draft(imap: MailServer, security: Security) -> None:
    with raises_sentence(MailError, "certificate of localhost can't be trusted", "no draft was saved"):
        save_to_drafts(LETTER, replace(imap.account(security), ca_file=""), PASSWORD)


def greet_smtp(line: Connection, *features: str) -> None:
    line.send("220 hello")
    line.receive()
    line.send(*(f"250-{feature}" for feature in ("hello", *features)), "250 HELP")


def greet_imap(line: Connection, *features: str, greeting: str = "OK") -> None:
    line.send(f"* {greeting} hello")
    tag = line.receive().split()[0]
    line.send(f"* CAPABILITY IMAP4rev1 {' '.join(features)}", f"{tag} OK done")


GREETINGS = {"smtp": greet_smtp, "imap": greet_imap}


@pytest.mark.parametrize("kind", WAYS)
def test_a_server_that_offers_no_encryption_hears_no_password(kind: str) -> None:
    def talk(line: Connection) -> None:
        GREETINGS[kind](line, "AUTH PLAIN LOGIN", "AUTH=PLAIN")
        while line.receive():
            line.send("250 fine")

    with (
        misbehaving_server(talk) as received,
        raises_sentence(MailError, "offers no encryption", "nothing|no draft"),
    ):
        WAYS[kind](LETTER, account(kind, received.port, security=Security.STARTTLS), PASSWORD)
    assert len(received.lines) == 1


@pytest.mark.parametrize("kind", WAYS)
def test_a_server_that_refuses_the_encryption_it_offers_hears_no_password(kind: str) -> None:
    def talk(line: Connection) -> None:
        GREETINGS[kind](line, "STARTTLS")
        asked = line.receive()
        line.send("454 not now" if kind == "smtp" else f"{asked.split()[0]} NO not now")
        while line.receive():
            line.send("250 fine")

    with misbehaving_server(talk) as received, raises_sentence(MailError, "nothing was sent|no draft was saved"):
        WAYS[kind](LETTER, account(kind, received.port, security=Security.STARTTLS), PASSWORD)
    assert len(received.lines) == 2 + (kind == "imap" and "LOGOUT" in received.lines[-1])


def test_a_server_that_calls_one_logged_in_beforehand_hears_nothing() -> None:
    def talk(line: Connection) -> None:
        greet_imap(line, "STARTTLS", greeting="PREAUTH")
        while line.receive():
            line.send("* BAD")

    with misbehaving_server(talk) as received, raises_sentence(MailError, "offers no encryption"):
        save_to_drafts(LETTER, account("imap", received.port, security=Security.STARTTLS), PASSWORD)
    assert len(received.lines) == 1


@pytest.mark.parametrize("kind", WAYS)
def test_a_certificate_for_another_name_is_not_trusted(kind: str, authority: trustme.CA, trusted: str) -> None:
    context = server_context(authority, "mail.other.example")
    with (
        misbehaving_server(lambda line: None, context) as received,
        raises_sentence(MailError, "can't be trusted", "mismatch"),
    ):
        WAYS[kind](LETTER, account(kind, received.port, trusted), PASSWORD)
    assert received.lines == []


@pytest.mark.parametrize("kind", WAYS)
def test_a_port_that_speaks_no_tls_is_told_with_the_setting(kind: str) -> None:
    other = f'{kind}_security = "starttls"'
    with (
        misbehaving_server(lambda line: line.send("220 hello")) as received,
        raises_sentence(MailError, "TLS", other),
    ):
        WAYS[kind](LETTER, account(kind, received.port), PASSWORD)


@pytest.mark.parametrize("kind", WAYS)
@pytest.mark.parametrize("security", Security)
def test_a_silent_server_is_not_waited_for_for_ever(
    kind: str, security: Security, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_login, "TIMEOUT", 0.1)
    with (
        misbehaving_server(Connection.receive_all) as received,
        raises_sentence(MailError, "didn't answer in time"),
    ):
        WAYS[kind](LETTER, account(kind, received.port, security=security), PASSWORD)


@pytest.mark.parametrize("kind", WAYS)
def test_a_port_where_nobody_listens_is_told(kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with raises_sentence(MailError, "takes no connections", f"{kind}_port"):
        WAYS[kind](LETTER, account(kind, port), PASSWORD)


@pytest.mark.parametrize("kind", WAYS)
def test_a_name_that_is_not_found_is_told(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_found(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", not_found)
    with raises_sentence(MailError, "wasn't found: you are offline"):
        WAYS[kind](LETTER, account(kind, 1), PASSWORD)


@pytest.mark.parametrize(
    ("breaks_at", "large", "kind", "words"),
    [
        ("greeting", False, MailError, "nothing was sent"),
        ("EHLO", False, MailError, "broke off.*nothing was sent"),
        ("AUTH", False, MailError, "broke off.*nothing was sent"),
        ("MAIL", False, MailError, "broke off.*nothing was sent"),
        ("RCPT", False, MailError, "broke off.*nothing was sent"),
        ("DATA", False, MailError, "broke off.*nothing was sent"),
        ("text", True, MailError, "broke off.*nothing was sent"),
        ("dot", False, OutcomeUnknown, "unknown whether it was sent: look into your mailbox"),
    ],
)
def test_wherever_the_line_breaks_one_knows_whether_it_was_sent(
    authority: trustme.CA,
    trusted: str,
    tmp_path: Path,
    breaks_at: str,
    large: bool,
    kind: type[FollowupError],
    words: str,
) -> None:
    def talk(line: Connection) -> None:
        if breaks_at == "greeting":
            return
        line.send("220 hello")
        verb = verb_of(line.receive())
        while verb and verb != breaks_at:
            line.send(*SMTP_ANSWERS[verb])
            if verb == "DATA":
                while breaks_at == "dot" and line.receive() != ".":
                    continue
                return
            verb = verb_of(line.receive())

    # More than the buffers on the way can hold: else all of it is handed over before the line breaks.
    (tmp_path / "portfolio.bin").write_bytes(bytes(12_000_000))
    letter = replace(LETTER, attachments=(str(tmp_path / "portfolio.bin"),)) if large else LETTER
    with (
        misbehaving_server(talk, server_context(authority, "localhost")) as received,
        raises_sentence(kind, words),
    ):
        send(letter, account("smtp", received.port, trusted), PASSWORD)


SMTP_ANSWERS = {
    "EHLO": ("250-hello", "250 AUTH LOGIN PLAIN"),
    "AUTH": ("235 welcome",),
    "MAIL": ("250 fine",),
    "RCPT": ("250 fine",),
    "DATA": ("354 go on",),
    "QUIT": ("221 bye",),
}


def verb_of(said: str) -> str:
    return said[:4].upper()


def smtp_talk(**answers: str) -> Callable[[Connection], None]:
    """A server that answers as usual but for some commands; "dot" is what it says to the letter."""

    def talk(line: Connection) -> None:
        line.send(answers.get("greeting", "220 hello"))
        while said := line.receive():
            verb = verb_of(said)
            line.send(answers[verb]) if verb in answers else line.send(*SMTP_ANSWERS[verb])
            if verb == "DATA" and "DATA" not in answers:
                while line.receive() != ".":
                    continue
                line.send(answers.get("dot", "250 taken"))

    return talk


@pytest.mark.parametrize(
    ("answers", "kind", "words"),
    [
        ({"greeting": "554 go away"}, MailError, r"code 554 \(go away\)"),
        ({"EHLO": "250 hello"}, MailError, "no way to log in"),
        ({"AUTH": f"535 no such thing as {PASSWORD}"}, MailError, "the password; nothing"),
        ({"AUTH": "535 5.7.8 use an app password"}, MailError, "use an app password"),
        ({"AUTH": "454 4.7.0 Temporary authentication failure"}, MailError, "refuses for now.*try again in a few"),
        ({"AUTH": f"421 busy {PASSWORD}"}, MailError, "refuses for now, which.*try again in a few"),
        ({"AUTH": "504 5.5.4 no such mechanism"}, MailError, "504 says nothing about the password"),
        ({"AUTH": "534 5.7.9 use an app password"}, MailError, "the password.*use an app password"),
        ({"MAIL": "451 4.3.0 out of memory"}, MailError, "refuses for now.*try again in a few"),
        ({"RCPT": "450 4.2.0 greylisted"}, MailError, "refuses for now.*greylisted.*try again in a few"),
        ({"RCPT": "452 4.2.2 mailbox full"}, MailError, "refuses for now.*nothing was sent"),
        ({"MAIL": "553 not you"}, MailError, r"didn't take robin@okafor.example as the sender \(not you\)"),
        ({"MAIL": "552 too big"}, Refused, "too much for localhost"),
        ({"RCPT": "550 \x1b[2Junknown"}, MailError, r"recipient dana@acme.example \(\[2Junknown\)"),
        ({"DATA": "451 later"}, MailError, "code 451.*try again later"),
        ({"dot": "554 looks like spam"}, MailError, "code 554.*nothing was sent"),
        ({"dot": "552 full"}, Refused, "too much.*nothing was sent"),
        ({"dot": "what?"}, OutcomeUnknown, "unknown whether it was sent"),
    ],
)
def test_every_no_of_a_server_is_a_sentence(
    authority: trustme.CA, trusted: str, answers: dict[str, str], kind: type[FollowupError], words: str
) -> None:
    with (
        misbehaving_server(smtp_talk(**answers), server_context(authority, "localhost")) as received,
        raises_sentence(kind, words),
    ):
        send(LETTER, account("smtp", received.port, trusted), PASSWORD)


@pytest.mark.parametrize("farewell", ["221 bye", "500 what?", ""])
def test_once_taken_the_farewell_does_not_matter(authority: trustme.CA, trusted: str, farewell: str) -> None:
    talk = smtp_talk(QUIT=farewell)
    with misbehaving_server(talk, server_context(authority, "localhost")) as received:
        send(LETTER, account("smtp", received.port, trusted), PASSWORD)
    assert [verb for verb in map(verb_of, received.lines) if verb in SMTP_ANSWERS] == list(SMTP_ANSWERS)
    assert received.lines[0] == "ehlo [127.0.0.1]"


def imap_talk(
    append: str | None, folders: tuple[str, ...] = (r'* LIST (\Drafts) "/" Drafts',)
) -> Callable[[Connection], None]:
    """An IMAP server that says this to a draft; None breaks the line as soon as it has it."""

    def talk(line: Connection) -> None:
        line.send("* OK hello")
        while said := line.receive():
            tag, verb, *_ = said.split()
            if verb == "CAPABILITY":
                line.send("* CAPABILITY IMAP4rev1", f"{tag} OK done")
            elif verb == "LIST":
                asked = said.split()[-1].strip('"')
                line.send(*(each for each in folders if asked == "*" or each.endswith(asked)), f"{tag} OK done")
            elif verb == "APPEND":
                line.send("+ go on")
                line.receive()
                if append is None:
                    return
                while SECRET not in line.receive():
                    continue
                line.connection.sendall(f"{tag} {append}\r\n".encode())
            else:
                line.send(f"{tag} OK done")

    return talk


@pytest.mark.parametrize(
    ("append", "kind", "words"),
    [
        ("NO [OVERQUOTA] full", MailError, r"didn't take the draft into Drafts \(\[OVERQUOTA\] full\)"),
        (None, OutcomeUnknown, "unknown whether it was saved: look into the folder Drafts"),
    ],
)
def test_a_draft_that_was_not_taken_is_told(
    authority: trustme.CA, trusted: str, append: str | None, kind: type[FollowupError], words: str
) -> None:
    letter = replace(LETTER, body=f"{SECRET}")
    with (
        misbehaving_server(imap_talk(append), server_context(authority, "localhost")) as received,
        raises_sentence(kind, words),
    ):
        save_to_drafts(letter, account("imap", received.port, trusted), "plain")
    assert not any(SECRET in line for line in received.lines[:4])


def test_a_folder_called_drafts_will_do_and_none_is_told(authority: trustme.CA, trusted: str) -> None:
    context = server_context(authority, "localhost")
    listed = ('* LIST (\\Noselect) "/" Drafts', "* LIST () NIL {12}", "INBOX.Drafts")
    with misbehaving_server(imap_talk("OK done", listed), context) as received:
        letter = replace(LETTER, body=SECRET)
        assert save_to_drafts(letter, account("imap", received.port, trusted), "plain") == "INBOX.Drafts"
    listed = (*listed[:1], '* LIST () "/" "Sent &AOk- \x1b"', '* LIST () "/" "no \xe9"')
    with (
        misbehaving_server(imap_talk("OK done", listed), context) as received,
        raises_sentence(Refused, "doesn't tell", "It has: Sent é"),
    ):
        save_to_drafts(letter, account("imap", received.port, trusted), "plain")


@pytest.mark.parametrize(
    ("listed", "wanted", "found"),
    [
        (r'* LIST (\HasNoChildren) "." "INBOX.Entw&APw-rfe"', "", "INBOX.Entwürfe"),
        (r'* LIST (\HasNoChildren) "." "INBOX.Entw&APw-rfe"', "Entwu\u0308rfe", "INBOX.Entwürfe"),
        ('* LIST () "/" "Entwu&Awg-rfe"', "Entwürfe", "Entwu\u0308rfe"),
        ('* LIST () "/" "Draft"', "", "Draft"),
        ('* LIST () "/" "Draft"', "draft", "Draft"),
        (r'* LIST (\Drafts) "/" "Entw&APw-rfe"', "", "Entwürfe"),
        ('* LIST () "/" "Drafts"', "drafts", "Drafts"),
        ('* LIST () "." "INBOX.Drafts"', "Drafts", "INBOX.Drafts"),
        ('* LIST () "/" "[Mail]/DRAFTS"', "", "[Mail]/DRAFTS"),
        ('* LIST () "/" "Brouillons"', "", "Brouillons"),
    ],
)
def test_the_drafts_folder_is_found_by_its_mark_or_its_name(
    authority: trustme.CA, trusted: str, listed: str, wanted: str, found: str
) -> None:
    folders = (r'* LIST (\Sent) "/" "Sent"', '* LIST () "/" "Drafts of poems"', listed)
    with misbehaving_server(imap_talk("OK done", folders), server_context(authority, "localhost")) as received:
        target = replace(account("imap", received.port, trusted), drafts=wanted)
        assert save_to_drafts(replace(LETTER, body=SECRET), target, "plain") == found


def test_where_no_folder_is_for_drafts_all_are_named(authority: trustme.CA, trusted: str) -> None:
    folders = tuple(f'* LIST () "/" "Folder {number}"' for number in range(1, 10))
    with (
        misbehaving_server(imap_talk("OK done", folders), server_context(authority, "localhost")) as received,
        raises_sentence(Refused, "doesn't tell", r"Folder 1, .*Folder 9\."),
    ):
        save_to_drafts(LETTER, account("imap", received.port, trusted), "plain")


@pytest.mark.parametrize("wanted", ["", "Drafts"])
def test_a_folder_with_an_unreadable_name_keeps_no_draft_from_its_folder(
    authority: trustme.CA, trusted: str, wanted: str
) -> None:
    listed = ('* LIST () "/" "R&D"', '* LIST () "/" Drafts')
    with misbehaving_server(imap_talk("OK done", listed), server_context(authority, "localhost")) as received:
        target = replace(account("imap", received.port, trusted), drafts=wanted)
        assert save_to_drafts(replace(LETTER, body=SECRET), target, "plain") == "Drafts"


@pytest.mark.parametrize("kind", WAYS)
def test_what_is_missing_is_told_before_a_server_is_asked(kind: str, tmp_path: Path) -> None:
    good, way = account(kind, 1), WAYS[kind]
    for changes, password, words in (
        ({f"{kind}_host": ""}, "x", f"No {kind}_host is set"),
        ({"user": ""}, "x", "No user is set"),
        ({"user": "a\r\nb"}, "x", "can't be sent"),
        ({f"{kind}_host": "https://acme"}, "x", f"correct {kind}_host"),
        ({}, "", "password is empty"),
        ({}, "x\r\ny", "characters that can't be sent"),
        ({"ca_file": str(tmp_path / "gone.pem")}, "x", "can't be read"),
        ({"ca_file": __file__}, "x", "holds no certificates"),
    ):
        with raises_sentence(Refused, words, "nothing was sent|no draft was saved"):
            way(LETTER, replace(good, **changes), password)  # type: ignore[arg-type]


def test_sending_needs_both_addresses() -> None:
    with raises_sentence(Refused, "Your own email address isn't set"):
        send(replace(LETTER, sender=Sender()), account("smtp", 1), PASSWORD)
    with raises_sentence(Refused, "You have no email address for Dana Ruiz"):
        send(replace(LETTER, to_email=""), account("smtp", 1), PASSWORD)


def test_an_attachment_that_is_gone_is_told_before_a_server_is_asked(tmp_path: Path) -> None:
    letter = replace(LETTER, attachments=(str(tmp_path / "gone"),))
    for kind, way in WAYS.items():
        with raises_sentence(Refused, "attachment gone can't be read"):
            way(letter, account(kind, 1), PASSWORD)
