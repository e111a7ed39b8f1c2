"""Followers without a browser: they hold a stream open and note when each message came."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

# Whether a message is the news that is waited for, and which: None where it is not.
Reading = Callable[[Any], object | None]


@dataclass
class LightClient:
    """One stream of server-sent events; `news` is (when it came, what it was), newest last.

    Times are seconds of the machine's clock, which the browsers beside it go by too; `began` is
    when it set out to connect. Nothing is noted twice in a row.
    """

    url: str
    reading: Reading
    news: list[tuple[float, object]] = field(default_factory=list)
    task: asyncio.Task | None = None
    began: float = 0.0

    async def follow(self) -> None:
        """Connect, and read until cancelled."""
        self.began = time.time()
        address = urlsplit(self.url)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        path = f"{address.path}?{address.query}" if address.query else address.path
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode())
        self.task = asyncio.create_task(self._read(reader, writer))

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                if line.startswith(b"data:"):
                    self._note(json.loads(line[5:]))
        finally:
            writer.close()

    def _note(self, message: Any) -> None:
        what = self.reading(message)
        if what is not None and (not self.news or self.news[-1][1] != what):
            self.news.append((time.time(), what))

    def came_after(self, moment: float) -> float | None:
        """When the first news after a moment came; None while there is none."""
        return next((when for when, _ in self.news if when > moment), None)


class Crowd:
    """Light clients in a thread of their own, so that waiting for them stops nobody."""

    def __init__(self) -> None:
        self.clients: list[LightClient] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def join(self, count: int, url: str, reading: Reading, within: float = 0.0) -> None:
        """Let so many follow, spread evenly over `within` seconds."""
        new = [LightClient(url, reading) for _ in range(count)]
        self.clients += new
        self._run(_let_in(new, within))

    def leave(self) -> None:
        """Let all of them go."""
        self._run(_let_go(self.clients))
        self.clients = []

    def close(self) -> None:
        """Let all go and end the thread."""
        self.leave()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self, work: Coroutine) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result()


async def _let_in(clients: list[LightClient], within: float) -> None:
    for client in clients:
        await client.follow()
        await asyncio.sleep(within / len(clients))


async def _let_go(clients: list[LightClient]) -> None:
    tasks = [client.task for client in clients if client.task]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
