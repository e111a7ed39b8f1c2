"""Asks an app without a server: what is asked goes straight in, and the answer comes whole."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from meeting_client import Answer


@dataclass(frozen=True)
class AsgiClient:
    """Asks `app`, which is what uvicorn would be given."""

    app: Any

    def get(self, address: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.ask("GET", address, headers)

    def ask(self, method: str, address: str, headers: Mapping[str, str] | None = None) -> Answer:
        # In a thread of its own: the tests' browser has a loop going in this one.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(
                lambda: asyncio.run(self._ask(method, address, headers or {}))
            ).result()

    async def _ask(self, method: str, address: str, headers: Mapping[str, str]) -> Answer:
        path, _, query = address.partition("?")
        given = {"host": "localhost", **headers}
        scope = {
            "type": "http",
            "http_version": "1.1",
            "scheme": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
            "client": ("127.0.0.1", 1),
            "server": ("localhost", 80),
        }
        sent: list[dict] = []

        async def send(message: dict) -> None:
            sent.append(message)

        async def receive() -> dict:
            return {"type": "http.request", "body": b"", "more_body": False}

        await self.app(scope, receive, send)
        names = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
        body = b"".join(message.get("body", b"") for message in sent[1:])
        return Answer(sent[0]["status"], names, body)
