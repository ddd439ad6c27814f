from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from followup_tui.domain.format import English
from followup_tui.domain.model.text import clean_block
from followup_tui.domain.model.touch import Sender, written_date
from followup_tui.letters.delivery.message import WIDTH, plain_text, print_page
from letters.mail_factories import HOSTILE, SENDER, mailing


def test_a_page_has_both_addresses_the_date_and_the_letter() -> None:
    british = replace(SENDER, english=English.BRITISH)
    body = f"Dear Dana,\n\n{'thank you ' * 12}\n\n- {'a point that goes on ' * 5}\nRobin"
    assert print_page(mailing(body=body, sender=british)) == (
        "Robin Okafor\nWeg 1\n10115 Berlin\n+49 30 1234\n\n"
        "22 November 2026\n\n"
        "Dana Ruiz\nAcme Robotics\n1 Gear St\nSpringfield\n\n"
        "Dear Dana,\n\n"
        "thank you thank you thank you thank you thank you thank you thank you\n"
        "thank you thank you thank you thank you thank you\n\n"
        "- a point that goes on a point that goes on a point that goes on a point\n"
        "  that goes on a point that goes on\n"
        "Robin\n"
    )


def test_where_a_card_goes_to_is_told_in_its_place_and_an_address_of_ones_own_is_left_out() -> None:
    page = print_page(mailing(to_address=" \n", sender=Sender()))
    assert page.startswith("November 22, 2026\n\n")
    assert "\nAcme Robotics\n(No postal address is known: look it up before you post it.)\n" in page


@given(HOSTILE)
def test_a_page_keeps_every_word_and_fits_its_width(text: str) -> None:
    page = print_page(mailing(body=f"start\n{text}")).partition("start")[2]
    assert page.split() == clean_block(text, "").text.split()
    assert all(len(line) <= WIDTH or " " not in line.strip() for line in page.expandtabs(4).splitlines())


def test_the_clipboard_gets_the_body_and_the_subject_on_demand() -> None:
    letter = mailing(body="One\r\n\x1b[31mTwo\r\n\r\n")
    assert plain_text(letter) == "One\n[31mTwo\n"
    assert plain_text(letter, with_subject=True) == "Subject: Thank you\n\nOne\n[31mTwo\n"


@pytest.mark.parametrize("english", English)
def test_a_date_is_written_as_one_writes_it_there(english: English) -> None:
    american = english in (English.AMERICAN, English.CANADIAN)
    assert written_date(date(2026, 5, 3), english) == ("May 3, 2026" if american else "3 May 2026")


def test_the_ways_without_a_mail_account_load_no_mail_library() -> None:
    code = (
        "import sys\n"
        "from followup_tui.letters.delivery import mail_login, message, save_file\n"
        "print({'imap_tools', 'imaplib', 'smtplib', 'keyring', 'jinja2'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"
