"""Mail servers on loopback for tests: Exim, Dovecot, and small servers that misbehave on purpose."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from grp import getgrgid
from pathlib import Path
from pwd import getpwnam, getpwuid

import trustme

from followup_tui.domain.model.mail_account import MailAccount, Security
from servers import skip_test

USER, PASSWORD = "robin", 's3cret ü"é'
SIZE_LIMIT = 300_000
"""Bytes that Exim takes for one message."""

_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin", "/usr/local/sbin"))
_DEADLINE = 15.0
_UNREAD = 65_536

_EXIM = """\
primary_hostname = localhost
spool_directory = {folder}/spool
log_file_path = {folder}/spool/%slog
pid_file_path = {folder}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {tls} : {starttls}
tls_on_connect_ports = {tls}
tls_advertise_hosts = *
tls_certificate = {folder}/cert.pem
tls_privatekey = {folder}/key.pem
acl_smtp_rcpt = rcpt
acl_smtp_auth = login
auth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}
message_size_limit = {limit}
deliver_drop_privilege = true
keep_environment =
host_lookup =
rfc1413_hosts =
never_users =
begin acl
login:
  accept encrypted = *
rcpt:
  deny message = log in first
       !authenticated = *
  deny message = nobody of that name
       local_parts = nobody
  accept domains = acme.example
  deny message = no relaying
begin routers
all:
  driver = accept
  transport = maildir
begin transports
maildir:
  driver = appendfile
  maildir_format
  directory = {folder}/mail
  create_directory
  envelope_to_add
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{user}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
"""

_DOVECOT = """\
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = yes
auth_failure_delay = 0
auth_mechanisms = plain login
mail_location = maildir:{folder}/mail
first_valid_uid = 1
{ownership}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}
}}
service imap-login {{
  {chroot}
  inet_listener imap {{
    port = {starttls}
  }}
  inet_listener imaps {{
    port = {tls}
  }}
}}
service anvil {{
  {chroot}
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
namespace inbox {{
  inbox = yes
  mailbox Entwürfe {{
    auto = create
    special_use = \\Drafts
  }}
  mailbox "Drafts & more 日本" {{
    auto = create
  }}
}}
"""


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """A real server: its accounts for TLS and STARTTLS, and its Maildir."""

    tls: MailAccount
    starttls: MailAccount
    mail: Path

    def account(self, security: Security) -> MailAccount:
        return self.tls if security is Security.TLS else self.starttls


@dataclass
class Received:
    """The lines that a misbehaving server received, and its port."""

    port: int = 0
    lines: list[str] = field(default_factory=list)


class Connection:
    """One connection, from the side of a misbehaving server."""

    def __init__(self, connection: socket.socket, received: Received) -> None:
        self.connection, self._received = connection, received
        self._file = connection.makefile("rb")

    def send(self, *lines: str) -> None:
        self.connection.sendall("".join(f"{line}\r\n" for line in lines).encode())

    def receive(self) -> str:
        line = self._file.readline().decode("utf-8", "replace").rstrip("\r\n")
        if line:
            self._received.lines.append(line)
        return line

    def close(self) -> None:
        self._file.close()

    def receive_all(self) -> None:
        while self._file.read(65_536):
            continue


def find_program(name: str) -> str:
    """Return the path of a server's program; skip the test if it isn't installed, unless servers are required."""
    found = shutil.which(name, path=_PATH)
    if found is None:
        skip_test(f"{name} isn't installed")
    return str(found)


@contextmanager
def exim_server(authority: trustme.CA) -> Iterator[MailServer]:
    """Run Exim, which accepts mail for acme.example from logged-in users and delivers it to a Maildir."""
    command = find_program("exim4")
    # Exim gives up the rights of root for its own user's, and lets nobody but these run it as a server.
    owner = "Debian-exim" if os.geteuid() == 0 else getpwuid(os.geteuid()).pw_name
    if owner != "Debian-exim":
        skip_test("only root and Exim's own user can start Exim")
    with _server_folder(authority, owner) as folder:
        (folder / "mail").mkdir(mode=0o700)
        (folder / "spool").mkdir(mode=0o700)
        _change_owner(folder, owner)
        tls, starttls = _free_ports()
        told = {"tls": tls, "starttls": starttls, "limit": SIZE_LIMIT, "user": USER, "password": PASSWORD}
        config = folder / "exim.conf"
        config.write_text(_EXIM.format(folder=folder, **told), encoding="utf-8")
        with _run_server([command, "-C", str(config), "-bdf"], folder, starttls, owner):
            yield _mail_server(folder, "smtp", tls, starttls)


@contextmanager
def dovecot_server(authority: trustme.CA) -> Iterator[MailServer]:
    """Run Dovecot with one user, a folder marked for drafts, and another with a difficult name."""
    command = find_program("dovecot")
    owner = "mail" if os.geteuid() == 0 else getpwuid(os.geteuid()).pw_name
    with _server_folder(authority, owner) as folder:
        (folder / "mail").mkdir(mode=0o700)
        _change_owner(folder, owner)
        (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
        (folder / "users").chmod(0o644)
        (folder / "key.pem").chmod(0o644)
        tls, starttls = _free_ports()
        entry = getpwnam(owner)
        users = ("default_internal_user", "default_login_user")
        alone = "\n".join(f"{user} = {owner}" for user in users)
        alone += f"\ndefault_internal_group = {getgrgid(entry.pw_gid).gr_name}"
        told = {
            "uid": entry.pw_uid,
            "gid": entry.pw_gid,
            "ownership": "" if os.geteuid() == 0 else alone,
            "chroot": "" if os.geteuid() == 0 else "chroot =",
        }
        config = folder / "dovecot.conf"
        config.write_text(_DOVECOT.format(folder=folder, tls=tls, starttls=starttls, **told), encoding="utf-8")
        with _run_server([command, "-F", "-c", str(config)], folder, starttls, None):
            yield _mail_server(folder, "imap", tls, starttls)


@contextmanager
def misbehaving_server(
    talk: Callable[[Connection], None], context: ssl.SSLContext | None = None
) -> Iterator[Received]:
    """Run a server whose connection is handled by `talk`, with TLS if a context is given."""
    received = Received()
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        # Little waits here unread: what is longer can't have left its sender while nobody reads.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _UNREAD)
        listening.settimeout(_DEADLINE)
        received.port = listening.getsockname()[1]
        thread = threading.Thread(target=_serve_once, args=(listening, talk, context, received), daemon=True)
        thread.start()
        yield received
        thread.join(_DEADLINE)
        assert not thread.is_alive(), "the server still talks"


def _serve_once(
    listening: socket.socket,
    talk: Callable[[Connection], None],
    context: ssl.SSLContext | None,
    received: Received,
) -> None:
    with suppress(OSError):  # what the client made of it is what is tested
        connection, _ = listening.accept()
        connection.settimeout(_DEADLINE)
        if context:
            connection = context.wrap_socket(connection, server_side=True)
        with closing(connection):
            line = Connection(connection, received)
            try:
                talk(line)
            finally:
                line.close()


def server_context(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    """Return a TLS context for a server with these names."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


@contextmanager
def _server_folder(authority: trustme.CA, owner: str) -> Iterator[Path]:
    # Not in pytest's folder: the servers' users must get there, and the path of a socket is short.
    with tempfile.TemporaryDirectory(prefix="followup-mail-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        certificate = authority.issue_cert("localhost", "127.0.0.1")
        authority.cert_pem.write_to_path(str(folder / "ca.pem"))
        certificate.private_key_pem.write_to_path(str(folder / "key.pem"))
        certificate.cert_chain_pems[0].write_to_path(str(folder / "cert.pem"))
        yield folder


def _change_owner(folder: Path, owner: str) -> None:
    if os.geteuid() == 0:
        entry = getpwnam(owner)
        for place in (folder, *folder.iterdir()):
            os.chown(place, entry.pw_uid, entry.pw_gid)


@contextmanager
def _run_server(command: list[str], folder: Path, port: int, owner: str | None) -> Iterator[None]:
    more: dict[str, object] = {}
    if owner is not None and os.geteuid() == 0:
        entry = getpwnam(owner)
        more = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    said = (folder / "said").open("wb")
    with closing(said):
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd="/",
            **more,  # type: ignore[call-overload]
        )
    try:
        _wait_for(lambda: _is_listening(port) or process.poll() is not None)
        if process.poll() is not None:
            skip_test(f"{command[0]} ended at once: {(folder / 'said').read_text(errors='replace')[-500:]}")
        yield
    finally:
        process.terminate()
        try:
            process.wait(_DEADLINE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _DEADLINE
    while not is_so():
        assert time.monotonic() < deadline, "the server didn't do it in time"
        time.sleep(0.01)


def received_messages(server: MailServer, count: int = 1) -> list[bytes]:
    """Wait for `count` messages in the Maildir, then remove and return them."""
    new = server.mail / "new"
    _wait_for(lambda: new.is_dir() and len(list(new.iterdir())) >= count)
    contents = [place.read_bytes() for place in sorted(new.iterdir())]
    for place in new.iterdir():
        place.unlink()
    return contents


def _is_listening(port: int) -> bool:
    try:
        with closing(socket.create_connection(("127.0.0.1", port), timeout=1)) as line:
            return bool(line.recv(1))
    except OSError:
        return False


def _free_ports() -> tuple[int, int]:
    with (
        closing(socket.create_server(("127.0.0.1", 0))) as one,
        closing(socket.create_server(("127.0.0.1", 0))) as two,
    ):
        return one.getsockname()[1], two.getsockname()[1]


def _mail_server(folder: Path, kind: str, tls: int, starttls: int) -> MailServer:
    base = MailAccount(user=USER, ca_file=str(folder / "ca.pem"))
    names = {f"{kind}_host": "localhost"}
    return MailServer(
        tls=replace(base, **names, **{f"{kind}_port": tls}),  # type: ignore[arg-type]
        starttls=replace(base, **names, **{f"{kind}_port": starttls, f"{kind}_security": Security.STARTTLS}),  # type: ignore[arg-type]
        mail=folder / "mail",
    )
