from __future__ import annotations

import email
import os
import re
import socket
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.text import clean_block, clean_line
from followup_tui.domain.model.touch import Sender
from followup_tui.letters.delivery import message
from followup_tui.letters.delivery.message import eml_bytes, message_bytes, safe_file_name
from letters.mail_factories import HOSTILE, SENDER, mailing

HEADERS = [
    "X-Unsent",
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
]


def parsed(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def header(message: Message, name: str) -> str:
    """A header's text by the old parser, which reads adjacent encoded words as RFC 2047 has them."""
    return str(make_header(decode_header(message[name].replace("\r\n", ""))))


def text(part: Message) -> str:
    """The text of a part, with newlines between its lines and none at its end."""
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode().replace("\r\n", "\n").rstrip("\n")


def test_a_message_has_all_that_a_mail_program_wants(now: object) -> None:
    message = parsed(eml_bytes(mailing()))
    assert message.keys() == HEADERS
    assert message["X-Unsent"] == "1"
    assert message["From"] == "Robin Okafor <robin@okafor.example>"
    assert message["To"] == "Dana Ruiz <dana@acme.example>"
    assert parsedate_to_datetime(message["Date"]) == now
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    assert text(message) == "Dear Dana,\n\nThank you for your time.\n\nRobin"
    assert "X-Unsent" not in parsed(message_bytes(mailing()))


@given(HOSTILE, HOSTILE, HOSTILE)
@example("=?utf-8?q?=0d=0aBcc:x@y?=", ".\r\n.\r\n", "=?utf-8?q?=0d=0aBcc:x@y?=")
@example("é" * 300, "x" * 3000, "𐀀 " * 90)
@example("a" * 600, "From me\nFrom you", 'Ruiz, Dana \\"D\\"')
def test_whatever_the_texts_hold_they_come_back_and_nothing_else(subject: str, body: str, name: str) -> None:
    content = eml_bytes(
        mailing(subject=subject, body=body, to_name=name, sender=Sender(name=name, email="r@o.example"))
    )
    assert content.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", content)
    assert max(map(len, content.split(b"\r\n"))) <= 78
    message = email.message_from_bytes(content)
    assert message.keys() == HEADERS
    assert header(message, "Subject") == clean_line(subject, "").text
    assert text(message) == clean_block(body, "").text
    for key, address in (("To", "dana@acme.example"), ("From", "r@o.example")):
        ((found, told),) = getaddresses([message[key].replace("\r\n", "")])
        assert told == address
        assert str(make_header(decode_header(found))) == " ".join(clean_line(name, "").text.split())


def test_the_name_of_this_machine_stays_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getfqdn", lambda: "private-host")
    content = eml_bytes(mailing())
    assert re.fullmatch(r"<[\d.]+@okafor\.example>", parsed(content)["Message-ID"])
    assert b"private-host" not in content


@given(HOSTILE)
@example("é" * 300)
@example("a" * 600)
@example('Chen, Bo \\"B\\"')
def test_copies_are_named_each_on_a_line_of_its_own(name: str) -> None:
    others = ((name, "bo@acme.example"), ("", f"{'n' * 40}@acme.example"), (name, "ann@acme.example"))
    content = eml_bytes(mailing(copies=others))
    assert max(map(len, content.split(b"\r\n"))) <= 78
    told = getaddresses([email.message_from_bytes(content)["Cc"].replace("\r\n", "")])
    assert [address for _, address in told] == [address for _, address in others]
    shown = " ".join(clean_line(name, "").text.split())
    assert [str(make_header(decode_header(one))) for one, _ in told] == [shown, "", shown]


def test_what_is_not_known_is_left_to_the_mail_program() -> None:
    message = parsed(eml_bytes(mailing(to_email="", sender=Sender())))
    assert not {"To", "From", "Message-ID"} & set(message.keys())


def test_addresses_that_are_not_plain_are_refused() -> None:
    with pytest.raises(Refused, match="correct that of Dana"):
        eml_bytes(mailing(to_email="a@b.example\r\nBcc: x@y.example"))
    with pytest.raises(Refused, match="correct email in the settings"):
        eml_bytes(mailing(sender=Sender(email="robin@")))


def test_attachments_go_along_with_their_names_and_bytes(tmp_path: Path) -> None:
    files = {
        "Lebenslauf Jörg.pdf": b"%PDF\n\r\n\x00",
        "notes.txt": "ä\n".encode(),
        "old.eml": b"a: b\n\nc",
        "x": b"",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    message = parsed(eml_bytes(mailing(attachments=tuple(str(tmp_path / name) for name in files))))
    found = {part.get_filename(): part.get_payload(decode=True) for part in message.iter_attachments()}
    assert found == files
    kinds = [part.get_content_type() for part in message.iter_attachments()]
    assert kinds == ["application/pdf", "text/plain", "application/octet-stream", "application/octet-stream"]
    body = message.get_body()
    assert body is not None
    assert body.get_content().startswith("Dear Dana")


@given(HOSTILE)
def test_an_attachments_name_is_safe_and_comes_back(name: str) -> None:
    safe = safe_file_name(name)
    assert 0 < len(safe) <= 81
    assert not re.search(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|]|^\.|^\s', safe)
    message = EmailMessage(policy=policy.SMTP.clone(cte_type="7bit"))
    message.set_content("x")
    message.add_attachment(b"x", maintype="a", subtype="b", filename=safe)
    (part,) = parsed(message.as_bytes()).iter_attachments()
    assert part.get_filename() == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc passwd"),
        (".bashrc", "bashrc"),
        ("a" * 300 + ".pdf", "a" * 76 + ".pdf"),
        ("\u202egpj.exe", "gpj.exe"),
        ("", "attachment"),
        (" . ", "attachment"),
        ("cv.tar.gz", "cv.tar.gz"),
    ],
)
def test_a_name_keeps_its_ending_and_loses_what_is_dangerous(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place, words in (
        (tmp_path / "pipe", "no regular file"),
        (tmp_path, "directory|regular"),
        (tmp_path / "gone.pdf", "gone.pdf can't be read .No such file"),
        (Path("/dev/zero"), "no regular file"),
        (tmp_path / "nul\0", "can't be read"),
    ):
        with pytest.raises(Refused, match=words):
            eml_bytes(mailing(attachments=(str(place),)))


def test_attachments_beyond_the_limit_are_refused_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message, "SIZE_LIMIT", 1_000)
    both = (tmp_path / "a", tmp_path / "b")
    for file in both:
        file.write_bytes(b"x" * 500)
    assert eml_bytes(mailing(attachments=tuple(map(str, both))))
    both[1].write_bytes(b"x" * 501)
    with pytest.raises(Refused, match="take b off the letter"):
        eml_bytes(mailing(attachments=tuple(map(str, both))))


@given(st.binary(max_size=2000))
def test_an_attachments_bytes_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.bin"
    file.write_bytes(content)
    (part,) = parsed(eml_bytes(mailing(attachments=(str(file),), sender=SENDER))).iter_attachments()
    assert part.get_payload(decode=True) == content
