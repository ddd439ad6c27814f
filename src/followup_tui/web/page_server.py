"""The server of the page: it answers only who knows this run's address, and a socket only to its own page.

Behind each socket is a window: the process that draws its board.
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import json
import logging
import os
import re
import secrets
import struct
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import textual_serve
from aiohttp import WSMsgType, web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler

from followup_tui.domain.model.text import shown

LOCALHOST = "localhost"
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?", re.IGNORECASE)


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches a host; of names that is certain for `localhost` alone."""
    address = _ip_address(host)
    return address.is_loopback if address else host.lower() == LOCALHOST


def is_own_host(header: str, names: Collection[str], *, allows_others: bool) -> bool:
    """Whether a `Host` header names this server: by an IP address, as `localhost`, or by one of `names`.

    A page that makes its own name point here (DNS rebinding) still sends that name. The port may be another one,
    that of a tunnel; without `allows_others` an IP address must be one of this machine alone.
    """
    name = _host_name(header)
    address = _ip_address(name)
    if address:
        return allows_others or address.is_loopback
    return name == LOCALHOST or name in {each.lower() for each in names}


def is_own_origin(origin: str, host: str) -> bool:
    """Whether an `Origin` header is that of the page which was served at a `Host`, with or without TLS."""
    return origin.lower() in {f"http://{host.lower()}", f"https://{host.lower()}"}


def _host_name(header: str) -> str:
    """Return the name in a `Host` header in lower case; empty if it isn't one."""
    found = _HOST.fullmatch(header)
    return found["name"].lower() if found else ""


def _ip_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


GRACE = 4.0
"""Seconds that a board may take to end after its window was closed; it ends itself sooner."""
MOST_SAID = 4000
"""Characters that are kept of what a board says on its way out."""
_WIDEST, _HIGHEST = 1000, 500
_HEAD = struct.Struct(">cI")
"""What each packet begins with: D for data or M for a message as JSON, and how many bytes follow."""
_CLEAR = "\x1b[2J\x1b[H\x1b[?25l"


class Window:
    """Runs a command that draws on packets, as `ui/web_driver.py` does, for one socket."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], socket: web.WebSocketResponse
    ) -> None:
        self._command = command
        self._environment = environment
        self._socket = socket

    async def run(self, width: int, height: int) -> str:
        """Run the board until it ends or its page is closed; what it said on its way out."""
        columns, rows = _fitted(width, height)
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env={**os.environ, **self._environment, "COLUMNS": str(columns), "ROWS": str(rows)},
            start_new_session=True,  # ctrl+c is for the server, which ends its windows in good order
        )
        assert process.stderr is not None
        said = asyncio.create_task(process.stderr.read())
        showing = asyncio.create_task(self._show(process, said))
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT and not await self._take(process, message.data):
                    break
        finally:
            await _end(process)
            await showing
        return _readable(await said)

    async def _take(self, process: Process, text: str) -> bool:
        """Hand on what the page sent; False if that is nothing that the page sends."""
        try:
            message = json.loads(text)
        except (ValueError, RecursionError):
            return False
        match message:
            case ["stdin", str(typed)]:
                await _send(process, b"D", typed.encode("utf-8", "replace"))
            case ["resize", {"width": int(width), "height": int(height)}]:
                columns, rows = _fitted(width, height)
                await _send_message(process, {"type": "resize", "width": columns, "height": rows})
            case ["focus" | "blur" as word, *_]:
                await _send_message(process, {"type": word})
            case ["ping", str(sent)]:
                await self._socket.send_json(["pong", sent])
            case _:
                return False
        return True

    async def _show(self, process: Process, said: asyncio.Task[bytes]) -> None:
        """Send the page what the board draws; once that has ended, what it said, and close the socket."""
        assert process.stdout is not None
        with suppress(asyncio.IncompleteReadError):  # the board has ended
            while True:
                kind, size = _HEAD.unpack(await process.stdout.readexactly(_HEAD.size))
                await self._pass_on(kind, await process.stdout.readexactly(size))
        last_words = _readable(await said)
        if last_words:
            await self._pass_on(b"D", f"{_CLEAR}{last_words}".replace("\n", "\r\n").encode())
        await self._socket.close()

    async def _pass_on(self, kind: bytes, payload: bytes) -> None:
        with suppress(ConnectionError):  # the page is gone, and the board will be told
            if self._socket.closed:
                return
            if kind == b"D":
                await self._socket.send_bytes(payload)
                return
            message = json.loads(payload)
            if message["type"] == "open_url":
                await self._socket.send_json(["open_url", {"url": message["url"], "new_tab": True}])


def _fitted(width: int, height: int) -> tuple[int, int]:
    return max(1, min(width, _WIDEST)), max(1, min(height, _HIGHEST))


def _readable(said: bytes) -> str:
    return shown(said.decode("utf-8", "replace").strip()[-MOST_SAID:])


async def _send(process: Process, kind: bytes, payload: bytes) -> None:
    assert process.stdin is not None
    with suppress(ConnectionError):  # the board has ended by itself
        process.stdin.write(_HEAD.pack(kind, len(payload)) + payload)
        await process.stdin.drain()


async def _send_message(process: Process, message: Mapping[str, object]) -> None:
    await _send(process, b"M", json.dumps(message).encode())


async def _end(process: Process) -> None:
    """Tell the board that its page is gone, and see that it ends."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), GRACE)
    except TimeoutError:
        process.kill()
        await process.wait()


TOKEN_BYTES = 32
_PAGE = Path(__file__).parent / "page"
_TERMINAL = Path(textual_serve.__file__).parent / "static"
"""The terminal for browsers that textual-serve brings: its script, its style and its font."""
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self';"
        " connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",  # the address has the token
    "X-Content-Type-Options": "nosniff",
}
NO_TOKEN = "Open the whole address that `followup-tui serve` printed: nothing is shown without its token.\n"
NOT_OURS = "This request doesn't come from the board's own page, so it was refused.\n"


class PageServer:
    """Serves one board: a page, what it is made of, and a socket for each window."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        names: Sequence[str] = (),
        allows_others: bool = False,
        tell: Callable[[str], None],
        report: Callable[[BaseException], None],
    ) -> None:
        """`command` draws a board for one window; `names` are further names of this machine.

        `tell` is called with what a board said on its way out, and `report` with an error of the server itself.
        """
        self.token = secrets.token_urlsafe(TOKEN_BYTES)
        self._command = command
        self._environment = environment
        self._names = names
        self._allows_others = allows_others
        self._tell = tell
        self._report = report
        self._sockets: set[web.WebSocketResponse] = set()

    async def start(self, host: str, port: int) -> web.AppRunner:
        """Listen; what is to be cleaned up at the end, whose `addresses` have the port. Raises `OSError`."""

        @web.middleware
        async def checked(request: web.Request, handler: Handler) -> web.StreamResponse:
            self._require_own(request)
            return await handler(request)

        app = web.Application(middlewares=[checked])
        app.on_response_prepare.append(_add_headers)
        app.on_shutdown.append(self._close_sockets)
        app.router.add_get(f"/{self.token}/", self._show_page)
        app.router.add_get(f"/{self.token}/ws", self._open_window)
        app.router.add_static(f"/{self.token}/page", _PAGE)
        app.router.add_static(f"/{self.token}/static", _TERMINAL)
        # No log of accesses: the token is in each address.
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE + 1, logger=self._logger())
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            await runner.cleanup()
            raise
        return runner

    def _require_own(self, request: web.Request) -> None:
        """Raise `HTTPForbidden` unless the request names this server and its token, and comes from its page."""
        host, origin = request.headers.get("Host", ""), request.headers.get("Origin")
        if not is_own_host(host, self._names, allows_others=self._allows_others):
            raise web.HTTPForbidden(text=NOT_OURS)
        token = request.path.partition("/")[2].partition("/")[0]
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self.token.encode()):
            raise web.HTTPForbidden(text=NO_TOKEN)
        # An address that is opened has no origin; whatever opens a socket has one.
        if (origin is not None or "Upgrade" in request.headers) and not is_own_origin(origin or "", host):
            raise web.HTTPForbidden(text=NOT_OURS)

    async def _show_page(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(_PAGE / "page.html")

    async def _open_window(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(heartbeat=15)
        await socket.prepare(request)
        self._sockets.add(socket)
        try:
            said = await Window(self._command, self._environment, socket).run(
                _number(request.query.get("width", ""), 80), _number(request.query.get("height", ""), 24)
            )
        finally:
            self._sockets.discard(socket)
        if said:
            self._tell(said)
        return socket

    async def _close_sockets(self, app: web.Application) -> None:
        await asyncio.gather(*(socket.close() for socket in list(self._sockets)))

    def _logger(self) -> logging.Logger:
        """A log that reports errors of this program, and drops what is wrong with a request: it may be quoted."""
        logger = logging.Logger("followup_tui.web")
        logger.addHandler(_Reporter(self._report))
        return logger


class _Reporter(logging.Handler):
    def __init__(self, report: Callable[[BaseException], None]) -> None:
        super().__init__(logging.ERROR)
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        """Report the error that a record is about."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and not isinstance(error, HttpProcessingError):
            self._report(error)


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)


def _number(text: str, usual: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else usual
