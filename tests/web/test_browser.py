"""The real program in a real Chromium: add, advance, undo, reload; and what a foreign page gets."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from aiohttp import web

from followup_tui.store.reader import Reader
from followup_tui.web.page_server import NO_TOKEN, NOT_OURS
from web.chromium import PATIENCE, chromium

CONNECT = """new Promise(resolve => {{
  const socket = new WebSocket({address});
  socket.onopen = () => resolve("open");
  socket.onerror = () => resolve("refused");
}})"""


@asynccontextmanager
async def served(*options: str) -> AsyncIterator[str]:
    """Run `followup-tui serve` until ctrl+c; the address that it prints."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "followup_tui", "serve", "--port", "0", *options),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        yield (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode().strip()
    finally:
        process.terminate()
        _, said = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 0
    assert said.decode().splitlines()[-1] == "Stopped; all windows are closed and everything is saved."


@asynccontextmanager
async def foreign_page() -> AsyncIterator[str]:
    """Serve an empty page at a port of its own; its address."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(text="<title>foreign</title>", content_type="text/html")

    app = web.Application()
    app.router.add_get("/", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


async def test_a_board_in_chromium(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database, settings = tmp_path / "followup.db", tmp_path / "settings.toml"
    settings.write_text('name = "Alex"\n', encoding="utf-8")
    monkeypatch.setenv("FOLLOWUP_DB", str(database))
    monkeypatch.setenv("FOLLOWUP_CONFIG", str(settings))

    def stages() -> list[tuple[str, str]]:
        reader = Reader(database)
        found = [(one.company, one.stage.value) for one in reader.applications()]
        reader.close()
        return found

    async with chromium(tmp_path / "chromium") as browser, served() as address:
        page = await browser.page()
        await page.open(address)
        await page.shows("Where do you want to start?")
        await page.type("n")
        await page.shows("Enter")
        await page.type("Acme, Dev, yesterday")
        await page.press("Enter")
        await page.shows("added", "Interviewed 1")
        await page.type("L")
        await page.shows("Thanked 1")
        assert stages() == [("Acme", "thanked")]
        await page.type("u")
        await page.shows("Undone", "Interviewed 1")
        other = await browser.page()
        await other.open(address)
        await other.shows("Interviewed 1", "Acme")
        await other.type("L")
        await other.shows("Thanked 1")
        await page.shows("Thanked 1")  # also in the first window
        await page.reload()
        await page.shows("Thanked 1", "Acme")
        assert stages() == [("Acme", "thanked")]

        own = urlsplit(address)
        assert {urlsplit(asked).netloc for asked in page.asked} == {own.netloc}
        assert page.errors == []

        await page.type("q")
        await page.becomes("document.body.classList.contains('-closed')")
        for wrong, told in (
            (f"http://{own.netloc}/", NO_TOKEN),
            (f"{address[:-2]}/", NO_TOKEN),
            (address.replace("127.0.0.1", "rebound.example"), NOT_OURS),
        ):
            await page.open(wrong)
            assert await page.evaluate("document.body.innerText") == told
        async with foreign_page() as foreign:
            await page.open(foreign)
            assert await page.evaluate("document.title") == "foreign"
            socket = json.dumps(address.replace("http", "ws") + "ws")
            assert await page.evaluate(CONNECT.format(address=socket)) == "refused"
