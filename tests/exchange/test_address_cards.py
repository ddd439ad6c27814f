"""Address cards of versions 2.1 to 4.0: people are read whole, and one bad card doesn't lose the others."""

from __future__ import annotations

import quopri
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.model.application import Application, Stage
from followup_tui.domain.model.change import details_after
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import BadInput, FollowupError
from followup_tui.exchange.invitations.address_cards import AddressCard, UnreadCard, plan_address_cards, read_cards
from followup_tui.exchange.plan import ImportPlan, ImportSource, RowResult, nothing_stored

NOW = datetime(2026, 11, 22, 10, tzinfo=ZoneInfo("Europe/Berlin"))
SAMPLES = Path(__file__).parent / "samples"


def card(*lines: str, version: str = "3.0") -> bytes:
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", "")).encode()


def read(content: bytes) -> AddressCard:
    (found,) = read_cards(ImportSource("a.vcf", content))
    assert isinstance(found, AddressCard), found
    return found


def stored(
    company: str = "Acme", *people: Contact, number: int = 1, stage: Stage = Stage.INTERVIEWED
) -> ApplicationDetails:
    application = Application(
        number=number, company=company, role="Dev", stage=stage, stage_at=NOW, created_at=NOW
    )
    mine = tuple(
        Contact(application_id=application.id, name=each.name, email=each.email, phone=each.phone, created_at=NOW)
        for each in people
    )
    return ApplicationDetails(application=application, contacts=mine)


def person(name: str, email: str = "", phone: str = "") -> Contact:
    return Contact(application_id="", name=name, email=email, phone=phone, created_at=NOW)


def planned(content: bytes, *existing: ApplicationDetails, application_id: str = "") -> ImportPlan:
    board = nothing_stored({each.application.id: each for each in existing})
    return plan_address_cards([ImportSource("a.vcf", content)], board, NOW, application_id=application_id)


def contacts(plan: ImportPlan, *existing: ApplicationDetails) -> list[Contact]:
    assert plan.change is not None
    return [each for details in details_after(existing, plan.change.edits) for each in details.contacts]


DANA = ("FN:Dana Ruiz", "ORG:Acme;Engineering", "TITLE:VP Eng", "EMAIL:dana@acme.example", "TEL:+1 212 555 0100")


def test_the_sample_has_two_people() -> None:
    priya, bjoern = read_cards(ImportSource("contacts.vcf", (SAMPLES / "contacts.vcf").read_bytes()))
    assert isinstance(priya, AddressCard)
    assert isinstance(bjoern, AddressCard)
    assert (priya.name, priya.company, priya.title) == (
        "Priya Natarajan",
        "Northwind Traders",
        "Engineering Manager",
    )
    assert (priya.email, priya.phone) == ("priya.natarajan@northwind.example", "+49 30 5550123")
    assert (bjoern.name, bjoern.company, bjoern.phone, bjoern.line) == (
        "Björn Müller",
        "Fabrikam",
        "+49 40 5550155",
        10,
    )


@pytest.mark.parametrize("version", ["2.1", "3.0", "4.0"])
@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_every_version_is_read_with_any_end_of_line(version: str, end: bytes) -> None:
    lines = (
        *DANA,
        "URL:https://acme.example/dana",
        "NOTE:Met at the fair\\, likes Go",
        "item1.X-ABLABEL:_$!<Work>!$_",
    )
    found = read(card(*lines, version=version).replace(b"\r\n", end))
    assert (found.name, found.company, found.title) == ("Dana Ruiz", "Acme", "VP Eng")
    assert (found.email, found.phone, found.link) == (
        "dana@acme.example",
        "+1 212 555 0100",
        "https://acme.example/dana",
    )
    assert found.notes == "Met at the fair, likes Go"


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        (("N:Ruiz;Dana;;Dr.;", "EMAIL:d@a.example"), "name", "Dana Ruiz"),
        (("N:Ruiz;Dana;;Dr.;", "EMAIL:d@a.example"), "title", "Dr."),
        (("N:Keil;Sabine;;Frau Dr.;", "FN:Sabine Keil", "TITLE:CTO"), "title", "CTO"),
        (("EMAIL:d@a.example",), "name", "d@a.example"),
        (("FN:A", "EMAIL;TYPE=HOME:h@x.example", "EMAIL;TYPE=WORK:w@x.example"), "email", "w@x.example"),
        (("FN:A", "EMAIL;TYPE=WORK:w@x.example", "EMAIL;TYPE=HOME,PREF:h@x.example"), "email", "h@x.example"),
        (("FN:A", "EMAIL:w@x.example", "EMAIL;PREF=1:h@x.example"), "email", "h@x.example"),
        (("FN:A", "EMAIL:nonsense", "EMAIL:h@x.example"), "email", "h@x.example"),
        (("FN:A", "TEL;TYPE=FAX:1111111", "TEL;TYPE=HOME:2222222"), "phone", "2222222"),
        (("FN:A", 'TEL;VALUE=uri;TYPE="voice,work":tel:+1-555-0100'), "phone", "+1-555-0100"),
        (("FN:A", "TEL;VALUE=uri;TYPE=work:tel:+1-555-0100;ext=12"), "phone", "+1-555-0100 ext. 12"),
        (("FN:A", "item1.TEL;type=CELL:0170 555"), "phone", "0170 555"),
        (("FN:A", "X-SOCIALPROFILE;type=linkedin:https://linkedin.com/in/a"), "link", "https://linkedin.com/in/a"),
        (("FN:A", "ADR;TYPE=WORK:;;1 Main St;Town;;9000;USA"), "address", "1 Main St\nTown,  9000\nUSA"),
        (("FN:A", "ROLE:Recruiter"), "title", "Recruiter"),
        (("FN:A\x1b]0;x\x07\u202eB",), "name", "A]0;xB"),
    ],
)
def test_what_a_field_can_look_like(lines: tuple[str, ...], field: str, value: str) -> None:
    assert getattr(read(card(*lines)), field) == value


@pytest.mark.parametrize("charset", ["UTF-8", "ISO-8859-1", "windows-1252", "NO-SUCH"])
def test_quoted_printable_of_version_2_1_is_read_in_its_charset(charset: str) -> None:
    encoded = "utf-8" if charset == "NO-SUCH" else charset
    name = quopri.encodestring("Björn Müller".encode(encoded)).decode().strip()
    long = quopri.encodestring(("Straße 1\r\n" * 12).encode(encoded)).decode()
    head = f"CHARSET={charset};ENCODING=QUOTED-PRINTABLE"
    found = read(card(f"FN;{head}:{name}", f"NOTE;{head}:{long.replace(chr(10), '=0A=').strip()}", version="2.1"))
    if charset == "NO-SUCH":
        assert found.name.startswith("Bj")
    else:
        assert found.name == "Björn Müller"
        assert found.notes.startswith("Straße 1")


def test_pictures_are_left_out() -> None:
    folded = "PHOTO;ENCODING=b;TYPE=JPEG:" + "\r\n ".join(["A" * 74] * 20_000)
    unfolded = "PHOTO;ENCODING=BASE64;JPEG:\r\n" + "\r\n".join(["A" * 74] * 2_000) + "\r\n"
    for picture in (folded, unfolded):
        found = read(card("FN:Dana Ruiz", picture, "ORG:Acme"))
        assert (found.name, found.company) == ("Dana Ruiz", "Acme")


def test_one_bad_card_does_not_lose_the_others() -> None:
    bad = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Nobody"
    content = card(*DANA) + bad + b"\r\n" + card("FN:Sam") + card("NOTE:who?") + bad
    found = read_cards(ImportSource("a.vcf", content))
    assert [(each.line, isinstance(each, UnreadCard)) for each in found] == [
        (1, False),
        (9, True),
        (12, False),
        (16, True),
        (20, True),
    ]
    assert "another one begins" in found[1].why if isinstance(found[1], UnreadCard) else False
    assert "cut off" in found[4].why if isinstance(found[4], UnreadCard) else False


@pytest.mark.parametrize("content", [b"", b"\0" * 99, bytes(range(256)), b"BEGIN:VCARD", b"END:VCARD"])
def test_a_file_without_a_whole_card_is_told(content: bytes) -> None:
    try:
        (found,) = read_cards(ImportSource("a.vcf", content))
    except BadInput as error:
        assert "a.vcf holds no address card; nothing was imported, choose another file." in error.sentence  # noqa: PT017 both are right
    else:
        assert isinstance(found, UnreadCard)


def test_a_person_joins_by_company_by_domain_and_by_name_of_the_domain() -> None:
    other = stored("Other", number=2)
    for details in (stored("ACME"), stored("Acme GmbH"), stored("X", person("Bo", "bo@acme.example"))):
        plan = planned(card(*DANA), details, other)
        dana = contacts(plan, details)[-1]
        assert (dana.name, dana.title, dana.phone) == ("Dana Ruiz", "VP Eng", "+1 212 555 0100")
        assert plan.rows[0].result is RowResult.MERGED
        assert plan.rows[0].company == details.application.company


@pytest.mark.parametrize(
    ("existing", "lines", "says"),
    [
        ((), DANA, "There is no application at Acme: left out, say whose it is with --for ID."),
        ((stored(),), ("FN:Dana", "EMAIL:dana@gmail.com"), "the card names no company: left out, say whose it is"),
        ((stored(), stored(number=2)), DANA, "could belong to Acme · Dev (#1) and Acme · Dev (#2): left out"),
        ((stored("Acme Robotics"),), DANA, "Acme Robotics · Dev (#1), whose name is only alike: left out"),
        ((stored(stage=Stage.MOVED_ON),), DANA, "is closed: left out, --for 1 takes it anyway."),
        ((stored(),), ("FN:Acme", "ORG:Acme"), "is of a company, not of a person"),
        ((stored(),), ("FN:Sales", "KIND:org", "ORG:Acme"), "is of a company, not of a person"),
    ],
)
def test_who_belongs_to_no_one_application_is_left_out_with_the_reason(
    existing: tuple[ApplicationDetails, ...], lines: tuple[str, ...], says: str
) -> None:
    plan = planned(card(*lines), *existing)
    assert plan.change is None
    assert plan.rows[0].result is RowResult.SKIPPED
    assert says in plan.rows[0].why


def test_who_is_named_to_belong_there_joins() -> None:
    details = stored("Other")
    plan = planned(card(*DANA), details, application_id=details.application.id)
    assert [each.name for each in contacts(plan, details)] == ["Dana Ruiz"]


def test_a_known_person_is_completed_and_never_overwritten() -> None:
    details = stored("Acme", person("Dana R.", "DANA@acme.example", "+1 999"))
    plan = planned(card(*DANA), details)
    (dana,) = contacts(plan, details)
    assert (dana.name, dana.phone, dana.title) == ("Dana R.", "+1 999", "VP Eng")
    assert plan.rows[0].why == (
        "Dana R.: adds title. Kept: the phone number here is +1 999, in the card +1 212 555 0100."
    )


def test_the_same_twice_changes_nothing() -> None:
    details = stored()
    plan = planned(card(*DANA) + card(*DANA), details)
    assert [row.result for row in plan.rows] == [RowResult.MERGED, RowResult.SAME]
    assert plan.change is not None
    (after,) = details_after([details], plan.change.edits)
    assert planned(card(*DANA), after).change is None


def test_further_addresses_and_numbers_are_kept_in_the_notes() -> None:
    found = contacts(planned(card(*DANA, "EMAIL:d@home.example", "TEL:555 1234"), stored()), stored())
    assert found == []  # another board: nothing of it is changed
    details = stored()
    (dana,) = contacts(planned(card(*DANA, "EMAIL:d@home.example", "TEL:555 1234"), details), details)
    assert dana.notes == "Also: d@home.example, 555 1234"


LINES = st.sampled_from(
    [
        *("BEGIN:VCARD", "END:VCARD", "VERSION:2.1", *DANA, "N:;;;;", "ADR:;", "TEL;TYPE=:", "PHOTO:x", " fold"),
        *("FN;=:x", "FN;ENCODING=QUOTED-PRINTABLE:=4", 'EMAIL;X="a:b', "ORG:", "item.:x", "KIND:group"),
        "NOTE;CHARSET=utf-16:x",
    ]
)


@given(st.lists(LINES | st.text(max_size=20), max_size=30))
def test_any_lines_are_read_or_refused_with_a_sentence(lines: list[str]) -> None:
    content = "\n".join(("BEGIN:VCARD", *lines)).encode("utf-8", "surrogatepass")
    try:
        told = [row.why for row in planned(content, stored()).rows]
    except FollowupError as error:
        told = [error.sentence]
    assert all(sentence.endswith(".") for sentence in told)


@pytest.mark.parametrize(
    ("lines", "version"),
    [
        (("SOCIALPROFILE;TYPE=linkedin:https://www.linkedin.com/in/anagil",), "4.0"),
        (("X-SOCIALPROFILE;type=linkedin:https://www.linkedin.com/in/anagil",), "3.0"),
        (("URL;TYPE=Profile:www.linkedin.com/in/anagil",), "3.0"),
        (("URL:www.linkedin.com/in/anagil", "SOCIALPROFILE:https://x.example/anagil"), "4.0"),
    ],
)
def test_a_profile_is_a_link_that_can_be_opened(lines: tuple[str, ...], version: str) -> None:
    assert read(card("FN:Ana Gil", *lines, version=version)).link == "https://www.linkedin.com/in/anagil"


def test_the_name_of_an_account_alone_is_no_link() -> None:
    assert read(card("FN:Ana Gil", "X-SOCIALPROFILE;type=twitter:anagil")).link == "anagil"


def test_an_address_that_was_folded_in_the_middle_is_whole() -> None:
    assert read(card("FN:Hana Sato", "EMAIL:hana@", "  brightly.example")).email == "hana@brightly.example"


def test_a_family_name_with_a_title_before_the_given_name_is_one_person() -> None:
    assert read(card("FN:Dr. Lang\\, Uwe")).name == "Uwe Lang"


@pytest.mark.parametrize(("title", "is_other"), [("Dr.", False), ("Frau Dr.", False), ("CTO", True)])
def test_another_way_to_address_somebody_is_no_difference(title: str, is_other: bool) -> None:
    known = stored("Acme", person("Sabine Keil"))
    known = replace(known, contacts=(replace(known.contacts[0], title="Frau Dr."),))
    content = card("FN:Sabine Keil", f"TITLE:{title}", "ORG:Acme")
    (row,) = planned(content, known).rows
    assert ("Kept: the title here" in row.why) == is_other
