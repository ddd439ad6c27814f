"""A real Chromium without a window, driven over its DevTools protocol; the terminal in it is read too."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import signal
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import pyte

from servers import skip_test

PATIENCE = 60.0
"""Seconds until a test gives up."""
_FLAGS = """
    --headless=new --no-sandbox --disable-quic --disable-background-networking --disable-component-update
    --disable-sync --disable-extensions --disable-default-apps --no-first-run --no-default-browser-check
    --disable-domain-reliability --disable-client-side-phishing-detection --disable-dev-shm-usage
    --disable-gpu --disable-3d-apis --password-store=basic --remote-debugging-port=0
"""
_NAMES = "MAP rebound.example 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
"""No name leads anywhere but to this machine."""
_KEYS = {"Enter": ("\r", 13), "Escape": ("", 27), "Tab": ("\t", 9)}


class Page:
    """One tab."""

    def __init__(self, browser: Chromium, session: str) -> None:
        self._browser = browser
        self._session = session
        self.asked: list[str] = []  # the addresses of all requests
        self.errors: list[str] = []  # what scripts and policies complained of
        self._loads = 0
        self._size = (80, 24)
        self._screen = pyte.Screen(*self._size)
        self._stream = pyte.ByteStream(self._screen)

    async def send(self, method: str, **parameters: object) -> Any:
        return await self._browser.send(method, self._session, **parameters)

    def take(self, method: str, event: Any) -> None:
        """An event of this tab."""
        if method == "Network.webSocketFrameReceived" and event["response"]["opcode"] == 2:
            self._stream.feed(base64.b64decode(event["response"]["payloadData"]))
        elif method == "Network.webSocketFrameSent":
            self._heed_size(event["response"]["payloadData"])
        elif method == "Page.loadEventFired":
            self._loads += 1
        elif method == "Network.webSocketCreated":
            self.asked.append(event["url"])
        elif method == "Network.requestWillBeSent":
            self.asked.append(event["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            self.errors.append(json.dumps(event["exceptionDetails"]))
        elif method == "Log.entryAdded":
            self.errors.append(event["entry"]["text"])

    def _heed_size(self, sent: str) -> None:
        word, *more = json.loads(sent)
        if word == "resize" and (more[0]["width"], more[0]["height"]) != self._size:
            self._size = more[0]["width"], more[0]["height"]
            self._screen.resize(self._size[1], self._size[0])

    @property
    def text(self) -> str:
        """What the terminal shows."""
        return "\n".join(self._screen.display)

    async def goes(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not is_so():
                    await self._browser.event()
        except TimeoutError:
            raise AssertionError(f"{self.text}\n{self.errors}") from None

    async def shows(self, *words: str) -> None:
        """Wait until the terminal shows all these words."""
        await self.goes(lambda: all(word in self.text for word in words))

    async def open(self, address: str) -> None:
        """Go to an address, and wait until it is loaded."""
        await self._load("Page.navigate", url=address)

    async def reload(self) -> None:
        await self._load("Page.reload")

    async def _load(self, method: str, **parameters: object) -> None:
        loads = self._loads
        self._screen.reset()
        await self.send(method, **parameters)
        await self.goes(lambda: self._loads > loads)

    async def becomes(self, script: str) -> None:
        """Wait until a script is true."""
        async with asyncio.timeout(PATIENCE):
            while not await self.evaluate(script):
                await asyncio.sleep(0.02)

    async def evaluate(self, script: str) -> Any:
        """The value of a script, awaited."""
        given = await self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return given["result"].get("value")

    async def type(self, text: str) -> None:
        for sign in text:
            await self._key(sign, sign, ord(sign.upper()))

    async def press(self, key: str, *, ctrl: bool = False) -> None:
        """Press Enter, Escape or Tab, or a letter with ctrl."""
        text, code = _KEYS.get(key, ("" if ctrl else key, ord(key[0].upper())))
        await self._key(key, text, code, 2 if ctrl else 0)

    async def _key(self, key: str, text: str, code: int, modifiers: int = 0) -> None:
        common = {"key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        await self.send("Input.dispatchKeyEvent", type="keyDown", text=text, **common)
        await self.send("Input.dispatchKeyEvent", type="keyUp", **common)

    async def picture(self) -> bytes:
        """A PNG of the tab."""
        return base64.b64decode((await self.send("Page.captureScreenshot"))["data"])

    async def close(self) -> None:
        await self.send("Page.close")


class Chromium:
    """The browser, by its debugging socket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = count(1)
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._pages: dict[str, Page] = {}
        self._happened = asyncio.Event()
        self.reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self._socket:
            got = json.loads(message.data)
            if answer := self._answers.pop(got.get("id"), None):
                answer.set_result(got)
            elif page := self._pages.get(got.get("sessionId", "")):
                page.take(got["method"], got["params"])
            self._happened.set()

    async def event(self) -> None:
        """Wait until something has happened."""
        self._happened.clear()
        await self._happened.wait()

    async def send(self, method: str, session: str = "", **parameters: object) -> Any:
        number = next(self._numbers)
        self._answers[number] = answer = asyncio.get_running_loop().create_future()
        where = {"sessionId": session} if session else {}
        await self._socket.send_json({"id": number, "method": method, "params": parameters, **where})
        got = await asyncio.wait_for(answer, PATIENCE)
        assert "error" not in got, got
        return got["result"]

    async def page(self, width: int = 1000, height: int = 640) -> Page:
        """A new tab."""
        made = await self.send("Target.createTarget", url="about:blank")
        attached = await self.send("Target.attachToTarget", targetId=made["targetId"], flatten=True)
        page = self._pages[attached["sessionId"]] = Page(self, attached["sessionId"])
        for part in ("Page", "Network", "Runtime", "Log"):
            await page.send(f"{part}.enable")
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        await page.send("Emulation.setDeviceMetricsOverride", **size)
        return page


@asynccontextmanager
async def chromium(folder: Path) -> AsyncIterator[Chromium]:
    """Run Chromium with everything it keeps in a folder; skips the test where it isn't installed."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        skip_test("Chromium isn't installed")
    process = await asyncio.create_subprocess_exec(
        program,
        *_FLAGS.split(),
        f"--host-resolver-rules={_NAMES}",
        f"--user-data-dir={folder}",
        "about:blank",
        env={**os.environ, "HOME": str(folder)},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stderr is not None
    said: deque[bytes] = deque(maxlen=20)
    try:
        address = ""
        while not address:
            line = await asyncio.wait_for(process.stderr.readline(), PATIENCE)
            assert line, said
            said.append(line)
            address = line.decode().partition("DevTools listening on ")[2].strip()
        async with aiohttp.ClientSession() as client, client.ws_connect(address, max_msg_size=0) as socket:
            yield Chromium(socket)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
