"""Letters from the shell: drafted, printed, saved, kept, sent and recorded; and by lines in the plain review."""

from __future__ import annotations

import io
import stat
import sys
from collections.abc import Callable, Mapping
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from cli.test_hostile import clean
from followup_tui.letters.delivery import imap, mail_login, smtp
from run_cli import Ran, Shell, program

HOSTILE = "\x1b]52;c;x\x07\u202e"
SUBJECT = "Thank you for our conversation about the Dev position"
ACCOUNT = """
[mail]
user = "alex"
smtp_host = "smtp.novak.example"
imap_host = "imap.novak.example"
password_command = "echo secret"
"""
Sit = Callable[..., Ran]


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """The user's settings, with a name and an address."""
    place = tmp_path / "home" / "config" / "followup-tui" / "settings.toml"
    place.parent.mkdir(parents=True)
    place.write_text('name = "Alex Novak"\nemail = "alex@novak.example"\n', encoding="utf-8")
    return place


@pytest.fixture
def shell(database: Any, capsys: pytest.CaptureFixture[str], settings: Path) -> Shell:
    return Shell(database, capsys)


@pytest.fixture
def acme(shell: Shell) -> Shell:
    """A shell on Acme, where Dana and Sam were met on Friday."""
    people = ("--with", "Dana Ruiz <dana@acme.example>", "--with", "Sam Lee <sam@acme.example>")
    return shell.begin(
        ("add", "Acme", "Dev", "--interview", "last fri 14:00", *people),
    )


@pytest.fixture
def outbox(settings: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """A mail account, and what was handed to it: how, and to whom."""
    settings.write_text(settings.read_text(encoding="utf-8") + ACCOUNT, encoding="utf-8")
    handed: list[tuple[str, str]] = []

    def save(mailing: Any, account: Any, password: str) -> str:
        handed.append(("draft", mailing.to_email))
        return "Drafts"

    monkeypatch.setattr(smtp, "send", lambda mailing, account, password: handed.append(("sent", mailing.to_email)))
    monkeypatch.setattr(imap, "save_to_drafts", save)
    return handed


@pytest.fixture
def sit(acme: Shell, monkeypatch: pytest.MonkeyPatch) -> Sit:
    """Goes through the plain review of Acme by the lines that are given; then the input ends."""

    def sit(*lines: str) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        ran = acme.well("review", "--plain")
        assert clean(ran.out)
        return ran

    return sit


def touches(shell: Shell) -> list[Mapping[str, Any]]:
    return list(shell.card()["touches"])


def letters(shell: Shell) -> list[Mapping[str, Any]]:
    return list(shell.card()["letters"])


def unchanged(shell: Shell, *arguments: str) -> str:
    """A command that must be refused with one sentence and change nothing; the sentence."""
    before = shell.card()
    ran = shell("letter", "1", *arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1), ran
    assert shell.card() == before
    assert clean(ran.err)
    return ran.err


# Printed


def test_the_letter_that_suits_is_printed_and_nothing_is_saved(acme: Shell) -> None:
    ran = acme.well("letter", "1")
    assert ran.out.startswith(f"Subject: {SUBJECT}\n\nDear Dana Ruiz,\n\n")
    assert ran.out.endswith("Kind regards,\nAlex Novak\n")
    assert (ran.err, letters(acme)) == ("", [])


def test_where_no_letter_suits_by_itself_the_shell_names_those_that_may_be_meant(shell: Shell) -> None:
    shell.begin(("add", "Acme", "Dev", "--interview", "next tue 14:00", "--with", "Dana Ruiz"))
    refused = shell("letter", "acme")
    assert "still ahead" in refused.err
    assert "--template: confirming, moving-interview, sending or withdrawing." in refused.err
    assert "Tuesday, 24 November, at 2 pm" in shell.well("letter", "acme", "--template", "confirming").out


def test_each_format_holds_the_letter(acme: Shell) -> None:
    mailto = acme.well("letter", "1", "--format", "mailto").out
    assert mailto.startswith("mailto:dana@acme.example?")
    assert "Dear Dana Ruiz," in unquote(mailto)
    message = message_from_bytes(acme.well("letter", "1", "--format", "eml").out.encode(), policy=policy.default)
    assert (message["To"], message["Subject"], message["X-Unsent"]) == (
        "Dana Ruiz <dana@acme.example>",
        SUBJECT,
        "1",
    )
    page = acme.well("letter", "1", "--format", "print").out
    assert page.startswith("Alex Novak\n")
    assert "Dana Ruiz\nAcme\n" in page


def test_a_letter_on_paper_has_no_subject(acme: Shell) -> None:
    ran = acme.well("letter", "1", "--template", "thank-you-card")
    assert ran.out.startswith("Dear Dana Ruiz,\n")


def test_a_script_is_printed_and_never_sent(acme: Shell) -> None:
    assert "Subject:" not in acme.well("letter", "1", "--template", "call", "--set", "my_phone=+43 1 234567").out
    told = unchanged(acme, "--template", "call", "--set", "my_phone=+43 1 234567", "--sent", "email")
    assert "read, not sent" in told


def test_what_a_letter_lacks_is_named_with_the_option_that_says_it(acme: Shell, settings: Path) -> None:
    settings.write_text("", encoding="utf-8")
    assert "needs your name (--set my_name=…); nothing was drafted" in unchanged(acme)
    assert 'For all letters: `followup-tui settings name "…"`.' in unchanged(acme)
    assert acme.well("letter", "1", "--set", "my_name=Robin Okafor").out.endswith("Robin Okafor\n")


def test_another_person_and_a_field_are_taken(acme: Shell) -> None:
    out = acme.well("letter", "1", "--to", "sam@", "--set", "topic=the move to Kafka").out
    assert "Dear Sam Lee," in out
    assert "the move to Kafka" in out
    assert "known: Dana Ruiz, Sam Lee" in unchanged(acme, "--to", "nobody")
    assert "could be several people" in unchanged(acme, "--to", "acme.example")
    assert "no template" in unchanged(acme, "--template", "thank-yuo")


def test_what_can_be_no_number_and_no_address_is_refused(acme: Shell) -> None:
    assert "is no phone number" in unchanged(acme, "--template", "call", "--set", "phone=?")
    assert "isn't an email address" in unchanged(acme, "--set", "my_email=alex at home")


def test_the_templates_tell_the_users_own_from_the_shipped(acme: Shell, settings: Path) -> None:
    folder = settings.parent / "letters"
    folder.mkdir()
    shipped = acme.well("letter", "1", "--templates").out
    assert "yours" not in shipped
    own = "Title: Hello\nKind: check_in\nChannel: email\nWords: 90\nSubject: Hi\n\nDear {{ name }},\n"
    (folder / "hello.txt").write_text(own, encoding="utf-8")
    (folder / "broken.txt").write_text("no header\n", encoding="utf-8")
    ran = acme.well("letter", "1", "--templates")
    rows = [line.split(maxsplit=2) for line in ran.out.splitlines()]
    assert rows[0] == ["NAME", "WHOSE", "LETTER"]
    assert ["hello", "yours", "Hello"] in rows
    assert {row[1] for row in rows[1:] if row[0] != "hello"} == {"shipped"}
    assert "broken.txt, line 1" in ran.err


# Saved


@pytest.mark.parametrize(
    ("form", "suffix"), [("eml", "eml"), ("text", "txt"), ("print", "txt"), ("mailto", "txt")]
)
def test_in_a_folder_a_letter_gets_a_name_of_its_own(
    acme: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, suffix: str
) -> None:
    folder = tmp_path / "sub"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for place in (".", str(folder)):
        acme.well("letter", "1", "--format", form, "-o", place)
    names = {f"2026-11-22-acme-dana-ruiz.{suffix}", f"2026-11-22-acme-dana-ruiz-2.{suffix}"}
    assert {each.name for each in folder.iterdir()} == names
    assert {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {0o600}


def test_a_file_that_is_there_is_left_as_it_is(acme: Shell, tmp_path: Path) -> None:
    place = tmp_path / "letter.txt"
    assert acme.well("letter", "1", "-o", str(place)).err == f"Written to {place}: thank-you\n"
    assert place.read_text(encoding="utf-8") == acme.well("letter", "1").out
    place.write_text("mine", encoding="utf-8")
    assert "is there already and was left as it is" in unchanged(acme, "-o", str(place))
    assert place.read_text(encoding="utf-8") == "mine"


def test_a_folder_that_is_not_there_is_no_file(acme: Shell, tmp_path: Path) -> None:
    assert "There is no folder" in unchanged(acme, "-o", f"{tmp_path}/nowhere/")
    assert "can be written in" in unchanged(acme, "-o", f"{tmp_path}/nowhere/letter.txt")


def test_one_command_saves_and_records(acme: Shell, tmp_path: Path) -> None:
    acme.well("letter", "1", "--format", "eml", "-o", str(tmp_path), "--sent", "email")
    assert (tmp_path / "2026-11-22-acme-dana-ruiz.eml").is_file()
    assert len(touches(acme)) == 1
    folder = tmp_path / "letter.eml"
    folder.write_text("mine", encoding="utf-8")
    assert "is there already" in unchanged(acme, "-o", str(folder), "--sent", "email")


# Drafts


def test_a_draft_is_kept_taken_up_and_thrown_away(acme: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = acme.well("letter", "1", "--keep", "--set", "topic=teapots")
    assert ran.err == f"Kept as a draft: thank-you to Dana Ruiz, “{SUBJECT}”; `--draft` takes it up again.\n"
    monkeypatch.setenv("FOLLOWUP_NOW", "2026-11-22T10:05:00+01:00")
    acme.well("letter", "1", "--keep", "--to", "sam")
    assert "teapots" in acme.well("letter", "1", "--draft", "--to", "dana").out
    assert "Dear Sam Lee" in acme.well("letter", "1", "--draft").out
    acme.well("letter", "1", "--draft", "--to", "dana", "--keep")
    assert len(letters(acme)) == 2, "a draft that is kept again stays one"
    assert "draft of the thank-you discarded" in acme.well("letter", "1", "--discard", "--to", "dana").err
    assert "There is no such draft" in unchanged(acme, "--draft", "--to", "dana")
    acme.well("undo")
    assert len(letters(acme)) == 2


def test_a_file_goes_along_and_one_that_is_missing_does_not(acme: Shell, tmp_path: Path) -> None:
    file = tmp_path / "references.pdf"
    assert "There is no file" in unchanged(acme, "--attach", str(file), "--keep")
    file.write_bytes(b"%PDF")
    acme.well("letter", "1", "--attach", str(file), "--keep")
    message = message_from_bytes(
        acme.well("letter", "1", "--draft", "--format", "eml").out.encode(), policy=policy.default
    )
    assert [part.get_filename() for part in message.iter_attachments()] == ["references.pdf"]


def test_what_is_said_to_be_attached_goes_along_and_is_recorded(
    acme: Shell, tmp_path: Path, settings: Path
) -> None:
    account = '[mail]\nuser = "alex"\nsmtp_host = "smtp.novak.example"\npassword_command = "echo x"\n'
    settings.write_text(f'name = "Alex Novak"\nemail = "alex@novak.example"\n{account}', encoding="utf-8")
    sending = ("--template", "sending", "--set", "thing=your CV")
    assert "is attached, and nothing is. Nothing was sent" in unchanged(acme, *sending, "--send")
    file = tmp_path / "cv.pdf"
    file.write_bytes(b"%PDF")
    told = acme.well("letter", "1", *sending, "--attach", str(file), "--sent", "email").err
    assert "requested documents to Dana Ruiz with cv.pdf recorded" in told


def test_what_makes_no_sentence_is_refused_with_what_would(acme: Shell) -> None:
    assert "What fits: a few words that follow" in unchanged(acme, "--set", "topic=good chat")


# Recorded


def test_of_a_panel_each_is_recorded_by_name(acme: Shell) -> None:
    first = acme.well("letter", "1", "--sent", "email").err
    assert first.startswith(f"Acme: thanked Dana Ruiz · thank-you to Dana Ruiz recorded: “{SUBJECT}” · next: ")
    second = acme.well("letter", "1", "--sent", "post").err
    assert second.startswith("Acme → Thanked by post · thank-you to Sam Lee recorded: “")
    assert [each["channel"] for each in touches(acme)] == ["email", "post"]
    acme.well("undo")
    assert len(touches(acme)) == 1


def test_the_draft_is_recorded_that_was_kept(acme: Shell) -> None:
    acme.well("letter", "1", "--keep", "--to", "sam")
    acme.well("letter", "1", "--draft", "--sent", "message")
    assert [each["sent_at"] is not None for each in letters(acme)] == [True]
    assert acme.card()["stage"] == "interviewed"


def test_the_guards_no_keeps_nothing_and_says_how_one_gets_past_it(acme: Shell) -> None:
    acme.well("thank", "1")
    for way in (("--sent", "email"), ("--template", "gracious-note", "--sent", "email")):
        told = unchanged(acme, *way)
        for words in ("Nothing was recorded", ": not before Fri 27 Nov.", "give a reason: --override WHY."):
            assert words in told
    acme.well("letter", "1", "--sent", "email", "--override", "they asked me to")
    assert touches(acme)[-1]["override"] == "they asked me to"


def test_a_gracious_note_closes_an_open_application_and_leaves_a_closed_one_as_it_is(acme: Shell) -> None:
    acme.well("add", "Globex", "SRE", "--interview", "2 nov", "--with", "Al Gore <al@globex.example>")
    acme.well("letter", "2", "--template", "gracious-note", "--sent", "email")
    assert (acme.card("2")["stage"], acme.card("2")["outcome"]) == ("moved_on", "rejected")
    acme.well("close", "1", "no_reply")
    acme.well("letter", "1", "--template", "gracious-note", "--sent", "email")
    assert acme.card()["outcome"] == "no_reply"


def test_a_withdrawal_closes_the_application(acme: Shell) -> None:
    ran = acme.well("letter", "1", "--template", "withdrawing", "--sent", "email")
    assert "withdrawal to Dana Ruiz recorded" in ran.err
    assert (acme.card()["stage"], acme.card()["outcome"]) == ("moved_on", "withdrew")


# By the mail account


@pytest.mark.parametrize(("option", "key"), [("--send", "smtp_host"), ("--into-drafts", "imap_host")])
def test_without_an_account_nothing_is_sent_and_nothing_kept(acme: Shell, option: str, key: str) -> None:
    assert f"No {key} is set" in unchanged(acme, option)


def test_a_letter_is_sent_and_recorded(acme: Shell, outbox: list[tuple[str, str]]) -> None:
    ran = acme.well("letter", "1", "--send")
    assert "sent to dana@acme.example" in ran.err
    assert outbox == [("sent", "dana@acme.example")]
    assert [each["kind"] for each in touches(acme)] == ["thank_you"]
    acme.well("thank", "1")
    assert "Nothing was sent" in unchanged(acme, "--send")
    assert len(outbox) == 1


def test_a_letter_that_could_not_be_sent_stays_a_draft(
    acme: Shell, outbox: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def trouble(mailing: Any, account: Any, password: str) -> None:
        raise mail_login.MailError("The mail server wasn't found; nothing was sent.")

    monkeypatch.setattr(smtp, "send", trouble)
    ran = acme("letter", "1", "--send")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert ran.err.startswith(
        "The mail server wasn't found; nothing was sent. It is kept as a draft; `--draft --send`"
    )
    assert (touches(acme), len(letters(acme))) == ([], 1)


def test_a_letter_that_may_have_gone_out_is_not_sent_again_unasked(
    acme: Shell, outbox: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    works = smtp.send

    def broken(mailing: Any, account: Any, password: str) -> None:
        raise mail_login.OutcomeUnknown("The server never said whether it took the letter.")

    monkeypatch.setattr(smtp, "send", broken)
    ran = acme("letter", "1", "--send")
    assert (ran.code, "`--draft --sent email` records that it arrived" in ran.err) == (1, True)
    monkeypatch.setattr(smtp, "send", works)
    for again in ((), ("--draft",)):
        ran = acme("letter", "1", "--send", *again)
        assert ran.code == 1
        assert "had this letter on Sun 22 Nov and never answered" in ran.err
    assert (touches(acme), outbox, len(letters(acme))) == ([], [], 1)
    assert acme("letter", "1", "--send", "--override", "it isn't in my mailbox").code == 0
    assert (len(touches(acme)), outbox, len(letters(acme))) == (1, [("sent", "dana@acme.example")], 1)


def test_a_letter_among_the_accounts_drafts_is_not_recorded(acme: Shell, outbox: list[tuple[str, str]]) -> None:
    ran = acme.well("letter", "1", "--into-drafts")
    assert ran.err.startswith("It's in Drafts of your mail account.\nKept as a draft: thank-you to Dana Ruiz")
    assert outbox == [("draft", "dana@acme.example")]
    assert (touches(acme), len(letters(acme))) == ([], 1)


# Whatever is typed


@pytest.mark.parametrize(
    "arguments",
    [
        ("--sent", "pigeon"),
        ("--sent", "email", "--send"),
        ("--send", "--into-drafts"),
        ("--discard", "--keep"),
        ("--discard", "-o", "x"),
        ("--templates", "--sent", "email"),
        ("--set", "topic"),
        ("--set", "colour=red"),
        ("--set", "first_name=Al"),
        ("--format", "pdf"),
    ],
)
def test_what_can_not_be_meant_is_wrong_usage(acme: Shell, arguments: tuple[str, ...]) -> None:
    ran = acme("letter", "1", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: followup-tui letter")
    assert letters(acme) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--template", HOSTILE),
        ("--to", HOSTILE),
        ("--set", f"topic={HOSTILE}teapots"),
        ("--set", f"{HOSTILE}=x"),
        ("--set", f"phone={HOSTILE}"),
        ("--attach", HOSTILE),
        ("--keep", "--set", f"topic={HOSTILE}teapots"),
        ("--sent", "email", "--set", f"topic={HOSTILE}teapots", "--override", HOSTILE),
        ("-o", f"nowhere{HOSTILE}/x"),
        ("-o", f"{HOSTILE}/"),
        ("--format", HOSTILE),
    ],
)
def test_nothing_that_is_typed_reaches_the_terminal_raw(acme: Shell, arguments: tuple[str, ...]) -> None:
    ran = acme("letter", "1", *arguments)
    assert ran.code in {0, 1, 2}
    assert clean(ran.out + ran.err)
    assert clean(acme.well("show", "1").out)


def test_an_application_of_hostile_text_makes_a_harmless_letter(shell: Shell, tmp_path: Path) -> None:
    shell.well(
        "add",
        f"Ac{HOSTILE}me",
        f"De{HOSTILE}v",
        "--interview",
        "last fri",
        "--with",
        "Dana Ruiz <dana@acme.example>",
    )
    refused = shell("edit", "1", "--with", f"Da{HOSTILE}na <dana@acme.example>")
    assert refused.code == 1
    assert clean(refused.err)
    for form in ("text", "eml", "mailto", "print"):
        ran = shell.well("letter", "1", "--format", form, "-o", str(tmp_path))
        assert clean(shell.well("letter", "1", "--format", form).out.replace("\r", "") + ran.err)


def test_as_a_program_it_prints_a_letter(acme: Shell) -> None:
    ran = program("--db", str(acme.database), "letter", "1", LANG="C", LC_ALL="C")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.startswith(b"Subject: Thank you")


# In the plain review


def test_a_letter_is_shown_with_its_subject_and_recorded(acme: Shell, sit: Sit) -> None:
    ran = sit("w the move to Kafka", "I have done it before", "", "s x")
    assert f"The thank-you to Dana Ruiz by email:\nSubject: {SUBJECT}\n\nDear Dana Ruiz," in ran.out
    assert "the move to Kafka. I have done it before." in ran.out
    assert f"Thank-you to Dana Ruiz recorded: “{SUBJECT}”." in ran.out
    assert [each["channel"] for each in touches(acme)] == ["email"]


def test_what_stands_behind_the_verb_is_not_taken_for_your_name_and_sends_nothing(
    acme: Shell, sit: Sit, settings: Path
) -> None:
    settings.write_text("", encoding="utf-8")
    ran = sit("w teapots", "Robin Okafor", "", "", "k")
    assert settings.read_text(encoding="utf-8").strip() == 'name = "Robin Okafor"'
    assert ran.out.index("Your name?") < ran.out.index("about teapots")
    assert touches(acme) == []
    ran = sit("w n s x", "", "", "-")
    assert "about s x" in ran.out
    assert touches(acme) == []


def test_what_was_found_is_asked_about_once(acme: Shell, sit: Sit) -> None:
    ran = sit("w teh teapots", "", "", "s", "n", "s y", "-")
    assert "Found in line 5: “teh” Did you mean" in ran.out
    assert ran.out.count(": send it as it is? - (dash) cancels.") == 1
    assert ran.out.count(": how?") == 1
    assert "It's still a draft." in ran.out
    assert (touches(acme), len(letters(acme))) == ([], 1)


def test_another_template_and_another_person_are_taken(acme: Shell, sit: Sit) -> None:
    ran = sit("w teapots", "", "", "t thank-you-card", "p 2", "t", "-", "k")
    assert "The thank-you to Dana Ruiz by post:\nDear Dana Ruiz" in ran.out
    assert "The thank-you to Sam Lee by email:\nSubject: " in ran.out
    (kept,) = letters(acme)
    assert kept["body"].startswith("Dear Sam Lee,")


def test_a_draft_is_thrown_away_and_undo_brings_it_back(acme: Shell, sit: Sit) -> None:
    acme.well("letter", "1", "--keep")
    ran = sit("w 1", "D", "u")
    assert "Acme: draft of the thank-you discarded." in ran.out
    assert len(letters(acme)) == 1
    sit("w n", "", "D")
    assert len(letters(acme)) == 1


def test_a_letter_that_is_left_is_kept_only_where_a_question_was_answered(acme: Shell, sit: Sit) -> None:
    sit("w", "", "-")
    assert letters(acme) == []
    assert "It's still a draft." in sit("w teapots", "", "", "-").out
    assert len(letters(acme)) == 1


def test_the_editor_is_offered_where_one_is_set(
    acme: Shell, sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Edit it in your editor" not in sit("w", "", "-").out
    editor = tmp_path / "editor"
    editor.write_text(
        "#!/bin/sh\nsed -i 's/^Subject: .*/Subject: Teapots/; s/^Dear/Hello/' \"$1\"\n", encoding="utf-8"
    )
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    ran = sit("w", "", "e", "k")
    assert "Subject: Teapots\n\nHello Dana Ruiz" in ran.out
    assert [each["subject"] for each in letters(acme)] == ["Teapots"]
    editor.write_text('#!/bin/sh\necho more >> "$1"\nexit 3\n', encoding="utf-8")
    ran = sit("w 1", "e", "-")
    assert "The editor ended with an error (3); nothing was changed, try again. Your text is in " in ran.out
    monkeypatch.setenv("EDITOR", str(tmp_path / "none"))
    assert "can't be started (No such file or directory)" in sit("w 1", "e", "-").out


def test_each_way_out_records_only_what_went(
    acme: Shell, sit: Sit, tmp_path: Path, outbox: list[tuple[str, str]]
) -> None:
    ran = sit("w", "", "s m", "e", str(tmp_path), "n")
    assert "No mail program could be started here" in ran.out
    assert (tmp_path / "2026-11-22-acme-dana-ruiz.eml").is_file()
    assert (touches(acme), len(letters(acme))) == ([], 1)
    ran = sit("w 1", "s p", "10 Main Street; Berlin", "y", "w 1 s")
    assert "Dana Ruiz\nAcme\n10 Main Street\nBerlin\n" in ran.out
    assert [each["channel"] for each in touches(acme)] == ["post"]
    sit("w", "", "s", "d n")
    sit("w 1", "s", "s")
    assert outbox == [("draft", "sam@acme.example"), ("sent", "sam@acme.example")]
    assert [each["channel"] for each in touches(acme)] == ["post", "email"]


def test_an_address_that_is_missing_is_asked_for_until_it_is_one(
    acme: Shell, sit: Sit, outbox: list[tuple[str, str]]
) -> None:
    acme.well("close", "1", "withdrew")
    acme.well("add", "Globex", "SRE", "--interview", "last fri 14:00", "--with", "Al Gore")
    ran = sit("w", "", "s s", "?", "al@globex.example")
    assert "“?” isn't an email address" in ran.out
    assert outbox == [("sent", "al@globex.example")]
    assert acme.card("2")["contacts"][0]["email"] == "al@globex.example"


def test_the_guard_is_asked_before_a_letter_goes(acme: Shell, sit: Sit) -> None:
    acme.well("thank", "1")
    acme.well("pin", "1", "today", "--why", "write")
    before = touches(acme)
    ran = sit("w", "", "s", "")
    assert "Why send it anyway? An empty line or - keeps the draft." in ran.out
    assert touches(acme) == before
    sit("w 1", "s", "they asked me to", "x")
    assert touches(acme)[-1]["override"] == "they asked me to"


def test_before_a_call_it_is_said_what_speaks_against_it(acme: Shell, sit: Sit) -> None:
    acme.well("thank", "1")
    acme.well("pin", "1", "today", "--why", "call")
    ran = sit("c", "?", "555 0100", "", "-")
    assert ran.out.index("Better not yet: Your last contact") < ran.out.index("Dial: 555 0100")
    assert "“?” is no phone number: one has 5 digits at least and no letters" in ran.out
    assert "Left as it is." in ran.out
    ran = sit("c", "", "x", "they asked me to")
    assert (touches(acme)[-1]["kind"], touches(acme)[-1]["outcome"]) == ("call", "no_answer")


def test_ones_own_number_is_asked_for_before_the_call_and_not_after_the_beep(acme: Shell, sit: Sit) -> None:
    acme.well("thank", "1")
    acme.well("pin", "1", "today", "--why", "call")
    ran = sit("c", "555 0100", "555 0199", "v", "v", "they asked me to")
    assert ran.out.index("Your phone number?") < ran.out.index("Dial: 555 0100")
    assert ran.out.count("Your phone number?") == 1
    assert "You can reach me at 555 0199" in ran.out


def test_each_question_says_how_it_is_left(acme: Shell, sit: Sit) -> None:
    for lines in (("w", "-"), ("w", "", "s", "x"), ("c", "-"), ("N", "-"), ("s", "-"), ("p", "-"), ("f w", "-")):
        asked = [line for line in sit(*lines).out.splitlines() if "? " in line]
        assert all("- (dash) cancels" in line or "help >" in line or "another lead" in line for line in asked), (
            asked
        )


def test_what_is_to_be_passed_on_may_go_to_somebody_thanked_today(shell: Shell) -> None:
    shell.well(
        "add", "Acme", "Dev", "--interview", "last fri 14:00", "--with", "Dana Ruiz <dana@acme.example>, Tom Hale"
    )
    shell.well("thank", "acme", "--to", "Dana")
    ran = shell.well("letter", "acme", "--set", "topic=the roadmap", "--sent", "email")
    assert "thank-you to pass on to Dana Ruiz recorded" in ran.err
    assert shell.card("1")["stage"] == "thanked"


@pytest.mark.parametrize(
    ("people", "named", "forward"),
    [
        (("Tom Fox",), "Tom Fox", "forward this, please"),
        (("Tom Fox", "Bo Li"), "Tom Fox and Bo Li", "forward this to them, please"),
        (("Tom Fox", "Bo Li", "Cy Dahl"), "Tom Fox, Bo Li and Cy Dahl", "forward this to them, please"),
    ],
)
def test_a_letter_to_pass_on_names_who_is_thanked(
    shell: Shell, people: tuple[str, ...], named: str, forward: str
) -> None:
    met = [part for name in ("Ann Bee <ann@yew.example>", *people) for part in ("--with", name)]
    shell.well("add", "Yew", "Dev", "--interview", "last fri 9:00", *met)
    shell.well("thank", "1", "--to", "ann", "--by", "email")
    letter = shell("letter", "1", "--set", "my_name=Kim Doe").out
    assert named in letter
    assert "your colleagues" not in letter
    assert "Would you forward this" not in letter or forward in letter
