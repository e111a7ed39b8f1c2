"""Those who join without a screen: they fetch all that a browser does that has never been there.

First the document, then all files, over as many connections as a browser opens, then the page
itself over Streamlit's connection until its last part has come. Which files is asked of a browser
that opens the page in the same run, so it is the same measure for any page.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Request
from sessions import Viewer

# As many as a browser opens to one server.
CONNECTIONS = 6
_HEAD = (
    "GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n"
    "Accept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: sv-SE\r\n\r\n"
)


@dataclass(frozen=True)
class Visit:
    """A page as it is fetched: its address, and the addresses of its files on the same server.

    `brings_pictures` is whether the document itself has all of the page's pictures.
    """

    url: str
    files: tuple[str, ...]
    brings_pictures: bool


def files_of(browser: Browser, url: str, settled: str) -> tuple[str, ...]:
    """What a browser fetches that has never been there, until `settled` is on the page."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="sv-SE")
    page = context.new_page()
    found: list[str] = []
    host = urlsplit(url).netloc

    def note(request: Request) -> None:
        address = urlsplit(request.url)
        is_file = request.method == "GET" and request.resource_type != "document"
        if is_file and address.netloc == host:
            found.append(f"{address.path}?{address.query}" if address.query else address.path)

    page.on("requestfinished", note)
    page.goto(url)
    page.locator(settled).first.wait_for()
    number = -1
    while number != len(found):
        number = len(found)
        page.wait_for_timeout(500)
    context.close()
    return tuple(found)


@dataclass
class Joined:
    """One who has joined: seconds until the document had come, and until all of it had."""

    viewer: Viewer
    document: float
    all: float


async def join(visit: Visit) -> Joined:
    """Fetch the page as a cold browser does."""
    began = time.perf_counter()
    address = urlsplit(visit.url)
    first = await _Connection.opened(visit.url)
    await first.get(address.path or "/")
    document = time.perf_counter() - began
    left = deque(visit.files)
    others = [_fetch(visit.url, left) for _ in range(CONNECTIONS - 1)]
    await asyncio.gather(first.get_all(left), *others)
    viewer = Viewer(visit.url)
    await viewer.join()
    return Joined(viewer, document, time.perf_counter() - began)


async def _fetch(url: str, left: deque[str]) -> None:
    if left:
        connection = await _Connection.opened(url)
        await connection.get_all(left)


@dataclass
class _Connection:
    """One that is kept open between what is asked for."""

    host: str
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def opened(cls, url: str) -> _Connection:
        address = urlsplit(url)
        ways = await asyncio.open_connection(address.hostname, address.port, limit=2**20)
        return cls(address.netloc, *ways)

    async def get_all(self, left: deque[str]) -> None:
        """Fetch one after the other as long as there are any left, then close."""
        while left:
            await self.get(left.popleft())
        self.writer.close()

    async def get(self, path: str) -> None:
        self.writer.write(_HEAD.format(path=path, host=self.host).encode())
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
        assert lines[0].split()[1] == "200", f"{path}: {lines[0]}"
        headers = dict(line.split(": ", 1) for line in lines[1:] if line)
        if headers.get("transfer-encoding") == "chunked":
            while size := int(await self.reader.readline(), 16):
                await self.reader.readexactly(size + 2)
            await self.reader.readexactly(2)
        else:
            await self.reader.readexactly(int(headers["content-length"]))
