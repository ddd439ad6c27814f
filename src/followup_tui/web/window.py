"""A window in a browser: the process that draws its board, and the socket to its page."""

from __future__ import annotations

import asyncio
import json
import os
import struct
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress

from aiohttp import WSMsgType, web

from followup_tui.domain.model.text import shown

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
        shown = asyncio.create_task(self._show(process, said))
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT and not await self._take(process, message.data):
                    break
        finally:
            await _end(process)
            await shown
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
