"""What every test stands on: a home of its own, a zone, and a clock that stands still."""

from __future__ import annotations

import gc
import itertools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine

from followup_tui.domain.format import order_dates
from followup_tui.letters.proofreader.background import BackgroundProofreader
from followup_tui.letters.proofreader.proofreader import Proofreader
from postgres_server import BOTH_ENGINES, BOTH_ENGINES_ROOMS, PostgresServer, postgres_server

if TYPE_CHECKING:
    from followup_tui.server_address import Place

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # the program is started some hundred times: compile it once
sys.dont_write_bytecode = False

gc.disable()  # until all tests are collected: there is no garbage, but a hundred thousand objects to look through

NOW = datetime.fromisoformat("2026-11-22T10:00:00+01:00")
"""The Sunday on which every test happens."""

ZONE = "Europe/Berlin"

_FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
_UNSET = (
    "FOLLOWUP_DB",
    "FOLLOWUP_CONFIG",
    "NO_COLOR",
    "FORCE_COLOR",
    "COLORFGBG",
    "COLUMNS",
    "LINES",
    "EDITOR",
    "VISUAL",
    "TEXTUAL_DRIVER",
    "TEXTUAL_THEME",
    "LC_ALL",
    "LC_CTYPE",
)

IS_THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
"""Whether all cases are run, of which a push runs a share: by `sampled`, by this, or by a profile's examples."""

# Derandomized except in the thorough run: a push is judged by what it changed, not by what a new seed finds.
# A test that needs more or fewer examples takes a share of its profile's: `settings().max_examples // 2`.
settings.register_profile(
    "ci", max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("default", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=1_000, deadline=None, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "default"))

# Tests write some ten thousand commits, each of which waits for a disk; in memory none does.
_MEMORY = Path("/dev/shm")
if "TMPDIR" not in os.environ and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > 2 << 30:
    os.environ["TMPDIR"], tempfile.tempdir = str(_MEMORY), None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of the like cases of a test marked `sampled(n)` every n-th is run, all of them in the thorough run.

    Of those that run on a file and on a server, the server has every fourth: each test has one there.
    """
    if IS_THOROUGH:
        return
    seen: Counter[tuple[str, bool]] = Counter()

    def is_left_out(item: pytest.Item) -> bool:
        mark = item.get_closest_marker("sampled")
        case = getattr(item, "callspec", None)
        is_on_server = case is not None and case.params.get("database") == "server"
        every = max(mark.args[0] if mark else 1, 4 if is_on_server else 1)
        name = item.nodeid.partition("[")[0], is_on_server
        seen[name] += 1
        return every > 1 and seen[name] % every != 1

    left_out = {item for item in items if is_left_out(item)}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish() -> None:
    """What is loaded by now lasts to the end: looking for garbage in it took a twentieth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    gc.enable()


# Set before the first test too, since the C library reads TZ only when told to and every worker starts here.
os.environ["TZ"] = ZONE
if hasattr(time, "tzset"):
    time.tzset()


_NUMBERS = itertools.count()


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of the test's own, kept if it fails. pytest's own looks through the names of all before it."""
    failed = request.session.testsfailed
    folder = tmp_path_factory.getbasetemp() / f"test-{next(_NUMBERS)}"
    folder.mkdir(mode=0o700)
    yield folder
    if request.session.testsfailed == failed:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def _garbage_is_collected_as_elsewhere() -> Iterator[None]:
    """What an app sets for its whole process would last for all tests after it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("followup_tui.ui.app.spare_keys", lambda app: None)
        yield


@pytest.fixture(autouse=True, scope="session")
def _statements_are_compiled_once() -> Iterator[None]:
    """To save time, all engines of files share the statements that one has compiled, as a program's one does."""
    first = create_engine("sqlite://")
    first.connect().close()  # now its dialect knows all that a connection tells

    def create(url: str, **more: Any) -> Engine:
        engine = create_engine(url, **more)
        if url == "sqlite://":
            engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("followup_tui.store.engine.create_engine", create)
        yield


class SharedProofreader(Proofreader):
    """Started with its first text: Harper takes a second to start, and nobody who is done with it ends it."""

    def start(self) -> None:
        """It starts by itself."""

    def close(self) -> None:
        """The next one needs it too."""


@pytest.fixture(scope="session")
def shared_proofreader() -> Iterator[Proofreader]:
    """The proofreader of all tests of a process that aren't about its process."""
    shared = SharedProofreader()
    yield shared
    Proofreader.close(shared)


@pytest.fixture(autouse=True, scope="session")
def _proofreaders_are_started_once(shared_proofreader: Proofreader) -> Iterator[None]:
    """Commands and apps of this process take those that run already."""
    of_apps = BackgroundProofreader()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("followup_tui.cli.commands.proof.Proofreader", lambda **_: shared_proofreader)
        patch.setattr("followup_tui.ui.base_app.BaseApp.proofreader", of_apps)
        yield
    of_apps.close()


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody's real board is touched, and nobody's own settings change a result."""
    umask = os.umask(0o022)  # a command makes its files its owner's alone, and would leave that to the next test
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in _FOLDERS:
        monkeypatch.setenv(name, str(home / name.removeprefix("XDG_").removesuffix("_HOME").lower()))
    for name in _UNSET:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("TZ", ZONE)
    monkeypatch.setenv("FOLLOWUP_NOW", NOW.isoformat())
    yield
    order_dates()  # a command has set the order of the user's English
    os.umask(umask)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """No test, and nothing that a test calls, reaches a network: only this machine, and files that are sockets."""

    def is_here(host: object) -> bool:
        return host in {"localhost", "127.0.0.1", "::1", b"localhost", None, ""}

    def guarded(call: Callable[..., Any]) -> Callable[..., Any]:
        def connect(one: socket.socket, address: Any) -> Any:
            if one.family != socket.AF_UNIX and not is_here(address[0]):
                pytest.fail(f"it would have connected to {address}")
            return call(one, address)

        return connect

    look_up = socket.getaddrinfo

    def getaddrinfo(host: Any, *more: Any, **named: Any) -> Any:
        if str(host).endswith(".invalid"):  # the standard says that nobody has such a name
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        if not is_here(host):
            pytest.fail(f"it would have asked a network for {host}")
        return look_up(host, *more, **named)

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield


@pytest.fixture
def now() -> datetime:
    """The moment at which the clock stands, aware."""
    return NOW


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Where a test's own database goes; nothing is there yet. Some tests run on a server too."""
    if getattr(request, "param", "file") == "file":
        yield tmp_path / "followup.db"
    else:
        yield from request.getfixturevalue("server").lent_board()


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """A PostgreSQL server, started with the first test that asks for it."""
    with postgres_server() as running:
        yield running


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of some modules on both: what holds for a file holds on a server."""
    module = metafunc.module.__name__
    is_both = module in BOTH_ENGINES or (IS_THOROUGH and module.partition(".")[0] in BOTH_ENGINES_ROOMS)
    is_file_only = metafunc.definition.get_closest_marker("file_only") is not None
    if is_both and "database" in metafunc.fixturenames and not is_file_only:
        metafunc.parametrize("database", ["file", "server"], indirect=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, to be filled; skips where this user can't mount one."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("this user can't mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a test that takes a long text or a file by its argument: workers must agree, and people read it."""
    return argname if isinstance(val, str | bytes) and len(val) > 60 else None
