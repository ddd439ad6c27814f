from __future__ import annotations

import os
import select
import shlex
import sys
from pathlib import Path
from typing import Any

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringError, KeyringLocked

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.mail_account import MailAccount
from followup_tui.letters.delivery import mail_login
from followup_tui.letters.delivery.mail_login import SERVICE, get_password

PYTHON = shlex.quote(sys.executable)
ACCOUNT = MailAccount(user="robin@okafor.example")


class Pocket(KeyringBackend):
    """A keyring of its own for a test, which can be made to fail."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.trouble: Exception | None = None

    def get_password(self, service: str, username: str) -> str | None:
        if self.trouble:
            raise self.trouble
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.trouble:
            raise self.trouble
        self.kept[service, username] = password


@pytest.fixture
def pocket(monkeypatch: pytest.MonkeyPatch) -> Pocket:
    mine = Pocket()
    monkeypatch.setattr(keyring.core, "_keyring_backend", mine)
    return mine


def by(command: str) -> MailAccount:
    return MailAccount(user="robin", password_command=command)


@pytest.mark.parametrize(
    ("said", "password"),
    [
        ("s3cret", "s3cret"),
        ("s3cret\\n", "s3cret"),
        ("s3cret\\r\\nlogin: robin\\n", "s3cret"),
        (" two  words \\n", " two  words "),
        ("pässwörd 日\\n", "pässwörd 日"),
    ],
)
def test_the_first_line_of_a_command_is_the_password(said: str, password: str) -> None:
    assert get_password(by(f"printf '{said}'")) == password


@given(st.text(st.characters(exclude_categories=("C", "Zl", "Zp", "Zs")), min_size=1, max_size=50))
def test_any_password_comes_out_of_a_command_as_it_is(password: str) -> None:
    if password.isprintable():
        assert get_password(by(f"printf %s {shlex.quote(password)}")) == password


def test_no_shell_reads_the_command(tmp_path: Path) -> None:
    assert get_password(by(f"echo '$HOME' ; touch {tmp_path}/made")) == f"$HOME ; touch {tmp_path}/made"
    assert not (tmp_path / "made").exists()


def test_a_command_can_take_no_keys_and_write_nothing_on_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    script = (
        "import os, sys; sys.stderr.write('private'); assert not sys.stdin.read();"
        " print(os.getsid(0) == os.getpid())"
    )
    assert get_password(by(f"{PYTHON} -c {shlex.quote(script)}")) == "True"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("sh -c 'echo s3cret; echo private >&2; exit 3'", r"\(sh\) ended with the error 3; run it in a terminal"),
        ("no-such-program-4711 x", r"\(no-such-program-4711\) can't be started \(No such file"),
        ("/etc/passwd", r"\(passwd\) can't be started \(Permission denied\)"),
        ("echo 'open", "quotation mark is left open"),
        (" ", "it is empty"),
        ("true", "said no password"),
        ("echo", "said no password"),
        ("printf 'a\\tb'", "said no password"),
        ("printf 'a\\033b'", "said no password"),
        ("printf '\\377'", "no UTF-8"),
        ("yes s3cret", "more than a password"),
    ],
)
def test_what_goes_wrong_with_a_command_is_told_without_what_it_said(command: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as caught:
        get_password(by(command))
    assert "s3cret" not in caught.value.sentence
    assert "private" not in caught.value.sentence
    assert caught.value.sentence.endswith(".")


def test_a_command_that_takes_too_long_is_ended_with_all_that_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(mail_login, "COMMAND_TIMEOUT", 1.0)
    pipe = tmp_path / "held-open"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(Refused, match=r"took longer than .* and was ended"):
            get_password(by(f"sh -c 'sleep 60 >{pipe} & wait'"))
        # The pipe ends when the last process that holds it has ended, and not before one has held it.
        ended, _, _ = select.select([reader], [], [], 30)
        assert ended, "the child that was started is still there"
        assert os.read(reader, 1) == b""
    finally:
        os.close(reader)


def test_a_detached_child_that_keeps_the_output_open_is_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mail_login, "COMMAND_TIMEOUT", 0.3)
    script = "import os, time; os.fork() or (os.setsid(), time.sleep(3))"
    with pytest.raises(Refused, match=r"took longer than"):
        get_password(by(f"{PYTHON} -c {shlex.quote(script)}"))


def test_a_password_is_looked_for_in_the_keyring_under_the_users_name(pocket: Pocket) -> None:
    pocket.kept[SERVICE, "robin@okafor.example"] = "s3cret ü"
    assert get_password(ACCOUNT) == "s3cret ü"


def test_a_command_is_asked_before_the_keyring(pocket: Pocket) -> None:
    pocket.kept[SERVICE, ACCOUNT.user] = "kept"
    assert get_password(MailAccount(user=ACCOUNT.user, password_command="echo said")) == "said"


def test_a_keyring_without_the_password_is_told(pocket: Pocket) -> None:
    with pytest.raises(
        Refused, match=r"no password for robin@okafor\.example; save one there, or set password_com"
    ):
        get_password(ACCOUNT)


def test_without_a_user_there_is_nothing_to_look_for(pocket: Pocket) -> None:
    with pytest.raises(Refused, match="No user is set"):
        get_password(MailAccount())


def _desktop_trouble() -> list[Exception]:
    if sys.platform != "linux":
        return []
    from secretstorage.exceptions import SecretStorageException

    return [SecretStorageException("s3cret")]


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (KeyringLocked("s3cret"), "is locked"),
        (InitError("s3cret"), "didn't answer"),
        (KeyringError("s3cret"), "didn't answer"),
        (OSError("s3cret"), "didn't answer"),
        *((each, "didn't answer") for each in _desktop_trouble()),
    ],
)
def test_a_keyring_that_fails_is_told_without_what_it_said(pocket: Pocket, trouble: Exception, words: str) -> None:
    pocket.trouble = trouble
    with pytest.raises(Refused, match=f"{words}.*password_command") as caught:
        get_password(ACCOUNT)
    assert "s3cret" not in caught.value.sentence


def test_a_system_without_a_keyring_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from keyring.backends.fail import Keyring

    monkeypatch.setattr(keyring.core, "_keyring_backend", Keyring())
    with pytest.raises(Refused, match=r"no keyring that can be used; set password_command under \[mail\]"):
        get_password(ACCOUNT)


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    absent: Any = None
    monkeypatch.setitem(sys.modules, "keyring", absent)
    with pytest.raises(Refused, match=r"install .*keyring`.*password_command"):
        get_password(ACCOUNT)
    assert get_password(by("echo said")) == "said"
