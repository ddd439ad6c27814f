from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.mail_account import is_host, is_mail_address
from followup_tui.domain.model.text import clean_block, clean_line
from followup_tui.letters.delivery.message import LIMIT, mailto_link
from letters.mail_factories import HOSTILE, mailing


def test_a_link_carries_recipient_subject_and_body() -> None:
    assert mailto_link(mailing(subject="Thanks & more", body="Dear Dana,\n\n1 + 1 = 2\n")) == (
        "mailto:dana@acme.example?subject=Thanks%20%26%20more&body=Dear%20Dana%2C%0D%0A%0D%0A1%20%2B%201%20%3D%202"
    )


@given(HOSTILE, HOSTILE, HOSTILE)
def test_whatever_the_texts_hold_the_link_carries_just_them(subject: str, body: str, name: str) -> None:
    link = mailto_link(mailing(subject=subject, body=body, to_name=name, company=name))
    assert re.fullmatch(r"[A-Za-z0-9:@?&=%._~-]+", link)
    parts = urlsplit(link)
    fields = parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)
    assert parts.path == "dana@acme.example"
    assert set(fields) <= {"subject", "body"}
    assert fields["subject"] == [clean_line(subject, "").text]
    assert fields.get("body", [""]) == [clean_block(body, "").text.replace("\n", "\r\n")]


@given(HOSTILE | HOSTILE.map("dana@acme.example".__add__) | HOSTILE.map(lambda text: f"{text}@acme.example"))
def test_a_recipient_is_one_plain_address_or_refused(address: str) -> None:
    if is_mail_address(address.strip()):
        assert mailto_link(mailing(to_email=address)).count("@") == 1
        return
    with pytest.raises(Refused) as refusal:
        mailto_link(mailing(to_email=address))
    assert refusal.value.sentence.endswith(".")
    assert clean_line(refusal.value.sentence, "").dropped == 0


@pytest.mark.parametrize(
    "address",
    [
        "dana@acme.example,x@y.example",
        "dana@acme.example;x@y.example",
        "Dana <dana@acme.example>",
        "dana@acme.example?cc=x@y.example",
        "dana@acme.example\nx",
        "-oQ/tmp@acme.example",
        "dana@-acme.example",
        "dana@acme..example",
        ".dana@acme.example",
        '"dana ruiz"@acme.example',
        "dana@[127.0.0.1]",
        "dana@bücher.example",
        "dana",
        f"{'d' * 65}@acme.example",
        f"dana@{'acme.' * 50}example",
    ],
)
def test_what_is_not_one_plain_address_is_refused_by_name(address: str) -> None:
    with pytest.raises(Refused, match=r"isn't one plain email address.*correct that of Dana Ruiz"):
        mailto_link(mailing(to_email=address))


@pytest.mark.parametrize("address", ["d@e", "o'neil+jobs@mail.acme.example", "a=b?c&d%e@acme.example"])
def test_unusual_addresses_that_are_plain_are_taken(address: str) -> None:
    assert is_mail_address(address)
    assert urlsplit(mailto_link(mailing(to_email=f" {address} "))).query.startswith("subject=")


def test_without_an_address_it_says_so() -> None:
    with pytest.raises(Refused, match="You have no email address for Dana Ruiz"):
        mailto_link(mailing(to_email=""))


def test_a_link_that_mail_programs_could_cut_off_is_refused() -> None:
    room = LIMIT - len(mailto_link(mailing(body="x")))
    assert len(mailto_link(mailing(body="x" * (room + 1)))) == LIMIT
    with pytest.raises(Refused, match=r"2,001 characters.*\.eml or copy"):
        mailto_link(mailing(body="x" * (room + 2)))


def test_attachments_are_not_left_out_in_silence() -> None:
    with pytest.raises(Refused, match="can't carry attachments"):
        mailto_link(mailing(attachments=("/tmp/cv.pdf",)))


@pytest.mark.parametrize("host", ["mail.acme.example", "localhost", "127.0.0.1", "::1", "xn--bcher-kva.example"])
def test_a_host_is_a_name_or_an_address(host: str) -> None:
    assert is_host(host)


@pytest.mark.parametrize("host", ["", "acme.example:25", "smtp://acme", "a b", "a..b", "a/b", "a\n", "ü.example"])
def test_what_is_no_host_is_none(host: str) -> None:
    assert not is_host(host)


def test_those_who_get_a_copy_are_in_the_link() -> None:
    copies = (("Bo Chen", "bo+jobs@acme.example"), ("Ann", "a&b@acme.example"))
    found = parse_qs(urlsplit(mailto_link(mailing(copies=copies))).query)
    assert found["cc"] == ["bo+jobs@acme.example,a&b@acme.example"]
