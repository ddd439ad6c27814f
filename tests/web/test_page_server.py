"""A real server on this machine: who gets in, what they get, and what becomes of a window's process."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import followup_tui.web
from followup_tui.web import page_server
from followup_tui.web.page_server import NO_TOKEN, NOT_OURS, PageServer
from run_cli import Shell

PATIENCE = 60.0
"""Seconds until a test gives up."""
PAGE = Path(followup_tui.web.__file__).parent / "page"
ECHO = """
import os, struct, sys
write = lambda text: os.write(1, struct.pack(">cI", b"D", len(text)) + text)
write(b"process %d of %s by %s" % (os.getpid(), os.environ["COLUMNS"].encode(), os.environ["ROWS"].encode()))
while head := sys.stdin.buffer.read(5):
    kind, size = struct.unpack(">cI", head)
    write(kind + sys.stdin.buffer.read(size))
"""
"""Draws which process it is, then whatever is sent to it."""


@dataclass
class Served:
    """A running server, and a client that is allowed everything."""

    server: PageServer
    port: int
    client: aiohttp.ClientSession
    told: list[str] = field(default_factory=list)
    reported: list[BaseException] = field(default_factory=list)

    def address(self, path: str = "", token: str | None = None) -> str:
        return f"http://127.0.0.1:{self.port}/{self.server.token if token is None else token}/{path}"

    @property
    def own(self) -> dict[str, str]:
        return {"Origin": f"http://127.0.0.1:{self.port}"}

    async def status(self, path: str = "", token: str | None = None, **headers: str) -> int:
        async with self.client.get(self.address(path, token), headers=headers) as answer:
            return answer.status

    async def socket(self, path: str = "ws", token: str | None = None, **headers: str) -> Any:
        return await self.client.ws_connect(self.address(path, token), headers=headers or self.own)


@asynccontextmanager
async def serving(
    command: Sequence[str] = (sys.executable, "-c", ECHO),
    *,
    environment: dict[str, str] | None = None,
    **more: Any,
) -> AsyncIterator[Served]:
    """Run a server on a free port."""
    told: list[str] = []
    reported: list[BaseException] = []
    server = PageServer(command, environment or {}, tell=told.append, report=reported.append)
    runner = await server.start("127.0.0.1", 0)
    try:
        async with aiohttp.ClientSession() as client:
            yield Served(server, runner.addresses[0][1], client, told, reported)
    finally:
        await runner.cleanup()


def process_in(drawn: bytes) -> int:
    found = re.search(rb"process (\d+)", drawn)
    assert found, drawn
    return int(found[1])


def runs(process: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(process, 0)
        return True
    return False


async def ends(process: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while runs(process):
            await asyncio.sleep(0.01)


PARTS = ("", "page/page.css", "page/page.js", "static/js/textual.js", "static/css/xterm.css", "ws")


async def test_whoever_lacks_the_token_gets_nothing() -> None:
    async with serving() as served:
        right = served.server.token
        assert len(right) >= 43
        for wrong in (
            "",
            "x",
            right[:-1],
            right + "x",
            right.swapcase(),
            "static",
            "%00",
            "🔑",
            "..",
            f"x{right}",
        ):
            for part in PARTS:
                async with served.client.get(served.address(part, wrong)) as answer:
                    assert (answer.status, await answer.text()) == (403, NO_TOKEN), (wrong, part)
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await served.socket(token=wrong)
            assert refused.value.status == 403
        for bare in ("", "static/js/textual.js", "ws", f"?{right}", "favicon.ico", "download/x"):
            async with served.client.get(f"http://127.0.0.1:{served.port}/{bare}") as answer:
                assert answer.status == 403, bare


async def test_each_run_has_a_token_of_its_own() -> None:
    async with serving() as one, serving() as other:
        assert one.server.token != other.server.token
        assert await one.status(token=other.server.token) == 403


async def test_with_the_token_the_page_and_all_its_parts_come_from_here_and_are_kept_nowhere() -> None:
    async with serving() as served:
        for part in (*PARTS[:-1], "static/fonts/RobotoMono-VariableFont_wght.ttf"):
            async with served.client.get(served.address(part)) as answer:
                assert answer.status == 200, part
                headers = answer.headers
            assert headers["Cache-Control"] == "no-store"
            assert headers["Referrer-Policy"] == "no-referrer"
            assert "default-src 'none'" in headers["Content-Security-Policy"]
            assert "http" not in headers["Content-Security-Policy"]
        for made in PAGE.iterdir():
            text = made.read_text(encoding="utf-8")
            assert not re.search(r"(?:src|href|url)\W{1,3}(?:https?:)?//", text), made
        assert await served.status("static/") in (403, 404)
        assert await served.status("static/../../page_server.py") in (403, 404)
        assert await served.status("page/%2e%2e/page_server.py") in (403, 404)
        assert await served.status("download/x") == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.7", ""])
async def test_a_name_that_was_pointed_here_is_refused(host: str) -> None:
    async with serving() as served:
        for part in PARTS:
            async with served.client.get(served.address(part), headers={"Host": host}) as answer:
                assert (answer.status, await answer.text()) == (403, NOT_OURS)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await served.socket(Host=host, Origin=f"http://{host}")


async def test_the_port_of_a_tunnel_is_taken() -> None:
    async with serving() as served:
        socket = await served.socket(Host="localhost:9000", Origin="http://localhost:9000")
        assert b"process" in await socket.receive_bytes()


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:1", "http://localhost", "file://", ""]
)
async def test_a_socket_from_a_foreign_page_is_refused(origin: str) -> None:
    async with serving() as served:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await served.socket(Origin=origin)
        assert refused.value.status == 403
        assert await served.status(Origin=origin) == 403


async def test_a_socket_without_an_origin_is_refused() -> None:
    async with serving() as served:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await served.client.ws_connect(served.address("ws"))
        assert refused.value.status == 403


async def test_each_window_is_a_process_of_its_own_that_ends_with_it() -> None:
    async with serving() as served:
        one, other = (
            await served.socket("ws?width=100&height=30"),
            await served.socket("ws?width=9999999&height=x"),
        )
        first, second = await one.receive_bytes(), await other.receive_bytes()
        assert b"100 by 30" in first
        assert b"80 by 24" in second
        await one.close()
        await ends(process_in(first))
        assert runs(process_in(second))
        await other.send_json(["stdin", "hé"])
        assert await other.receive_bytes() == b"Dh\xc3\xa9"
    await ends(process_in(second))


async def test_a_page_is_answered_in_textuals_words() -> None:
    async with serving() as served:
        socket = await served.socket()
        await socket.receive_bytes()
        await socket.send_json(["resize", {"width": 90, "height": 100_000}])
        assert await socket.receive_bytes() == b'M{"type": "resize", "width": 90, "height": 500}'
        await socket.send_json(["focus"])
        assert await socket.receive_bytes() == b'M{"type": "focus"}'
        await socket.send_json(["stdin", "\ud800"])
        assert await socket.receive_bytes() == b"D?"
        await socket.send_json(["ping", "7"])
        assert await socket.receive_json() == ["pong", "7"]


@pytest.mark.parametrize(
    "text",
    ["", "no JSON", "[" * 100_000, "null", "[]", '["quit"]', '["stdin", 7]', '["resize", {}]', '["stdin"]'],
)
async def test_what_no_page_sends_closes_the_window(text: str) -> None:
    async with serving() as served:
        socket = await served.socket()
        process = process_in(await socket.receive_bytes())
        await socket.send_str(text)
        await ends(process)
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
        assert served.reported == []


async def test_what_a_board_says_on_its_way_out_is_on_the_page_and_in_the_terminal() -> None:
    command = (sys.executable, "-c", "import sys; sys.exit('The file is \\x1b[31mdamaged.')")
    async with serving(command) as served:
        socket = await served.socket()
        drawn = await socket.receive_bytes()
        assert drawn.endswith(b"The file is [31mdamaged.")
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
        await socket.close()
    assert served.told == ["The file is [31mdamaged."]


async def test_a_board_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_server, "GRACE", 0.1)
    async with serving((sys.executable, "-c", ECHO + "\nimport time; time.sleep(600)")) as served:
        socket = await served.socket()
        process = process_in(await socket.receive_bytes())
        await socket.close()
        await ends(process)


async def test_a_board_that_draws_more_than_anybody_reads_ends_too() -> None:
    flood = ECHO.replace("while head", "for _ in range(200): write(b'x' * 65536)\nwhile head")
    async with serving((sys.executable, "-c", flood)) as served:
        socket = await served.socket()
        process = process_in(await socket.receive_bytes())
        await socket.close()
        await ends(process)


async def test_no_request_is_logged_not_even_a_broken_one(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    async with serving() as served:
        await served.status()
        await served.status("nothing")
        line = f"GET /{served.server.token}/"
        for broken in (f"{line} HTP/9", f"{line}\x00 HTTP/1.1", "OPTIONS * HTTP/1.1\r\nHost: localhost"):
            reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
            writer.write(f"{broken}\r\n\r\n".encode())
            assert b" 40" in (await reader.read(4000)).partition(b"\r\n")[0]
            writer.close()
        token = served.server.token
        assert served.reported == []
    said = capfd.readouterr()
    assert token not in said.out + said.err + caplog.text


async def test_a_fault_of_the_server_is_reported_without_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving() as served:
        monkeypatch.setattr("followup_tui.web.page_server.is_own_host", lambda *_, **__: 1 / 0)
        assert await served.status() == 500
        assert [type(error) for error in served.reported] == [ZeroDivisionError]


async def test_a_real_board_is_added_to_and_undone_over_the_socket(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('name = "Alex"\n', encoding="utf-8")
    environment = {
        "TEXTUAL_DRIVER": "followup_tui.ui.web_driver:SafeWebDriver",
        "FOLLOWUP_DB": str(database),
        "FOLLOWUP_CONFIG": str(settings),
        "LC_ALL": "C",  # what the server's terminal can't draw, a browser can
    }
    command = (sys.executable, "-P", "-m", "followup_tui", "serve", "--window")
    async with serving(command, environment=environment) as served:
        await (await served.socket()).close()  # a window that is closed before it has drawn anything ends well
        socket = await served.socket("ws?width=100&height=30")

        async def shows(words: str) -> None:
            drawn = b""
            async with asyncio.timeout(PATIENCE):
                while words.encode() not in drawn:
                    drawn += await socket.receive_bytes()

        await shows("│")
        await socket.send_json(["stdin", "nAcme, Dev, yesterday\r"])
        await shows("added")
        shell = Shell(database, capsys)
        assert shell.card()["company"] == "Acme"
        await socket.send_json(["stdin", "u"])
        await shows("Undone")
        assert shell.well("list", "--all", "--json").json == []
        await socket.close()
    assert served.told == []
