"""Bad calendar files and mails: a sentence with file and line, bounded time, and never an exception of ours."""

from __future__ import annotations

import base64
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import IS_THOROUGH
from exchange.invitation_files import ANN, END, ME, START, TITLE, calendar, event, one, planned, usual
from followup_tui.domain.model.errors import BadInput, FollowupError
from followup_tui.exchange.exports.calendar_and_card_files import MAX_EVENTS
from followup_tui.exchange.invitations.invited_people import Own
from followup_tui.exchange.plan import RowResult


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
        bytes(range(256)) * 50,
        b"\0" * 1000,
        b"\xff\xfe\0",
        b"PK\x03\x04 not a calendar",
    ],
)
def test_a_file_without_events_is_refused_with_its_name(content: bytes) -> None:
    with pytest.raises(BadInput, match=r"invite\.ics.*nothing was imported"):
        planned(content)


def test_a_file_that_is_cut_off_keeps_the_events_before() -> None:
    file = calendar(event(START, TITLE, ANN, ME), event(START, "SUMMARY:Second", uid="2"))
    plan = planned(file[: file.index(b"Second") + 3])
    assert [row.result for row in plan.rows] == [RowResult.NEW, RowResult.ERROR]
    assert (plan.rows[1].line, "cut off" in plan.rows[1].why) == (13, True)


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_lines_are_counted_as_an_editor_counts_them(end: bytes) -> None:
    file = calendar(event("SUMMARY:x"), event(START, TITLE, ANN, ME, uid="2")).replace(b"\r\n", end)
    assert [(row.line, row.result) for row in planned(file).rows] == [(4, RowResult.ERROR), (10, RowResult.NEW)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    text = usual().decode().replace("Backend", "Köchin").encode(encoding)
    plan = planned(text)
    assert one(plan).application.role == "Köchin Engineer"
    assert bool(plan.remarks) is (encoding == "cp1252")


def test_a_fold_may_split_a_character() -> None:
    file = usual().replace(b"Backend", "Kö".encode()[:-1] + b"\r\n " + "öchin".encode()[1:])
    assert one(planned(file)).application.role == "Köchin Engineer"


def test_hostile_text_loses_its_controls() -> None:
    file = usual().replace(b"Acme:", "\x1b]52;c;aGk=\x07A\u202ecme\0\x85:".encode())
    application = one(planned(file)).application
    assert application.company.isprintable()
    assert "\x1b" not in "".join(planned(file).readings) + planned(file).rows[0].why


def test_attachments_and_pictures_do_not_count() -> None:
    picture = "ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "A" * 2_000_000
    assert len(one(planned(usual(picture))).interviews) == 1


def test_an_endless_event_is_refused() -> None:
    plan = planned(usual("DESCRIPTION:" + "x" * 600_000))
    assert plan.rows[0].result is RowResult.ERROR
    assert "500,000 bytes" in plan.rows[0].why


def test_a_town_hall_brings_no_crowd() -> None:
    crowd = [f"ATTENDEE;CN=P {each}:mailto:p{each}@acme.example" for each in range(1_000)]
    plan = planned(usual(*crowd))
    assert len(one(plan).contacts) <= 30
    assert "Only the first" in plan.rows[0].why


def test_too_many_events_are_refused() -> None:
    with pytest.raises(BadInput, match=f"more than {MAX_EVENTS:,} events"):
        planned(b"BEGIN:VEVENT\nEND:VEVENT\n" * (MAX_EVENTS + 1))


def test_many_events_are_read_in_bounded_time() -> None:
    count = 10_000 if IS_THOROUGH else 2_500
    events = [event(START, END, f"SUMMARY:Meeting {each}", uid=str(each)) for each in range(count)]
    start = time.process_time()
    plan = planned(calendar(*events, method=""))
    assert {row.result for row in plan.rows} == {RowResult.SKIPPED}
    assert time.process_time() - start < count * 6e-3, "some 10 s for 10,000, on a slow machine"


@pytest.mark.parametrize("name", ["SUMMARY", "DESCRIPTION", "LOCATION"])
@pytest.mark.parametrize(
    "token", ["-\\n", " ", "A ", "technical ", "|", "(", "<style", "for the ", "role: ", "https://a.example/x "]
)
def test_no_text_takes_long_to_understand(token: str, name: str) -> None:
    text = f"{name}:{token * (19_000 // len(token))}"
    start = time.process_time()
    planned(calendar(event(START, *((TITLE,) if name != "SUMMARY" else ()), text, ANN, ME)))
    assert time.process_time() - start < 5, "some 0.1 s"


def test_a_mail_to_several_does_not_tell_which_is_oneself() -> None:
    part = CALENDAR_PART % (b"utf-8", b"8bit", usual("ATTENDEE;CN=Sam Lee:mailto:sam@acme.example"))
    several = (MAIL % part).replace(b"To: robin@okafor.example", b"To: robin@okafor.example, sam@acme.example")
    details = one(planned(several, name="m.eml", own=Own()))
    assert [each.name for each in details.contacts] == ["Ann Li", "Sam Lee"]


def test_components_inside_an_event_are_passed_over() -> None:
    alarm = ("BEGIN:VALARM", "DESCRIPTION:REMINDER", "DTSTART:20200101T000000Z", "SUMMARY:No", "END:VALARM")
    assert one(planned(usual(*alarm))).application.company == "Acme"


MAIL = (
    b"From: Ann <ann@acme.example>\r\nTo: robin@okafor.example\r\nSubject: Interview\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n%s\r\n--b--\r\n'
)
CALENDAR_PART = (
    b"Content-Type: text/calendar; charset=%s; method=REQUEST\r\nContent-Transfer-Encoding: %s\r\n\r\n%s"
)


def mail(part: bytes, name: str = "m.eml") -> list[str]:
    """Return the role and the people that a mail with this part brings."""
    details = one(planned(MAIL % part, name=name))
    return [details.application.role, *(each.name for each in details.contacts)]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16", "no-such-charset", "x-unknown"])
@pytest.mark.parametrize("transfer", ["base64", "quoted-printable", "8bit", "no-such-encoding"])
def test_an_invitation_is_found_in_a_mail_whatever_its_encoding(charset: str, transfer: str) -> None:
    text = usual().decode().replace("Backend", "Köchin")
    known = charset if charset in ("iso-8859-1", "utf-16") else "utf-8"
    if known == "utf-16" and transfer != "base64":
        pytest.skip("UTF-16 in a mail is always base64")
    content = text.encode(known)
    if transfer == "base64":
        content = base64.encodebytes(content)
    if transfer == "quoted-printable":
        content = content.replace(b"=", b"=3D").replace(b"\xc3", b"=C3").replace(b"\xfc", b"=FC")
    part = CALENDAR_PART % (charset.encode(), transfer.encode(), content)
    assert mail(part) == ["Köchin Engineer", "Ann Li"]


def test_an_attached_file_is_found_by_its_name() -> None:
    head = b'Content-Type: application/octet-stream; name="invite.ics"\r\nContent-Disposition: attachment\r\n\r\n'
    assert mail(head + usual()) == ["Backend Engineer", "Ann Li"]


def test_the_same_invitation_as_part_and_as_file_is_one() -> None:
    part = CALENDAR_PART % (b"utf-8", b"8bit", usual())
    file = b'Content-Type: application/ics; name="invite.ics"\r\n\r\n' + usual()
    plan = planned(MAIL % (part + b"\r\n--b\r\n" + file), name="m.eml")
    assert [row.result for row in plan.rows] == [RowResult.NEW]


def test_a_subject_that_decodes_to_controls_is_cleaned() -> None:
    subject = b"Subject: =?utf-8?Q?Interview_=0D=0A=1B]0;x=07_for_SRE?="
    part = CALENDAR_PART % (b"utf-8", b"8bit", usual().replace(TITLE.encode(), b"SUMMARY:Interview"))
    plan = planned((MAIL % part).replace(b"Subject: Interview", subject), name="m.eml")
    assert one(plan).application.role == "SRE"
    assert one(plan).application.company == "Acme"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"From: a@b.example\r\nTo: c@d.example\r\n\r\nHello\r\n", "without an invitation"),
        (MAIL % b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx", "ask for the invitation as .ics"),
        (MAIL % b"Content-Type: text/calendar\r\n\r\nnonsense", "holds no event"),
        (b"From: a\nTo: b\n" + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 3_000, "invitation|nested"),
    ],
)
def test_a_mail_without_an_invitation_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        planned(content, name="m.eml")


def sentences(content: bytes, name: str = "invite.ics") -> list[str]:
    """Return what is said about a file: of each event, or why none can be read."""
    try:
        return [row.why for row in planned(content, name=name).rows]
    except FollowupError as error:
        return [error.sentence]


LINES = st.sampled_from(
    [
        *usual().decode().split("\r\n"),
        *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "TZID:X", "END:VTIMEZONE", "RRULE:FREQ=YEARLY", ""),
        *("DTSTART;TZID=X:20261124T130000", "DTSTART:", "DTEND:20261124", "ATTENDEE:mailto:", 'ATTENDEE;CN="a:b'),
        *(
            "ORGANIZER;CN=:mailto:a@b",
            "RECURRENCE-ID:x",
            "DURATION:P",
            "LOCATION:\\",
            "TZOFFSETTO:+9999",
            " folded",
        ),
        *("BEGIN:STANDARD", "END:STANDARD", "TZOFFSETFROM:x", "DTSTART:16010101T000000", "METHOD:CANCEL"),
    ]
)


@given(st.lists(LINES | st.text(max_size=30), max_size=40))
def test_any_lines_are_planned_or_refused_with_a_sentence(lines: list[str]) -> None:
    content = "\n".join(lines).encode("utf-8", "surrogatepass")
    assert all(sentence.endswith(".") for sentence in sentences(b"BEGIN:VCALENDAR\n" + content))


@given(st.binary(max_size=300), st.integers(0, 2_000))
def test_any_bytes_in_a_good_file_are_planned_or_refused(noise: bytes, place: int) -> None:
    good = usual()
    place %= len(good)
    for content in (good[:place] + noise + good[place:], good[:place] + noise):
        assert all(sentence.endswith(".") for sentence in sentences(content))


@given(st.binary(max_size=200), st.integers(0, 5_000))
def test_any_bytes_in_a_mail_are_planned_or_refused(noise: bytes, place: int) -> None:
    good = MAIL % (CALENDAR_PART % (b"utf-8", b"base64", base64.encodebytes(usual())))
    place %= len(good)
    for content in (good[:place] + noise + good[place:], good[:place] + noise):
        assert all(sentence.endswith(".") for sentence in sentences(content, name="m.eml"))
