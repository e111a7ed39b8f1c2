"""A browser as the meeting's server sees it: a cookie, a stream of messages, and posts."""

from __future__ import annotations

import http.client
import json
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from harness import WAIT_SECONDS


@dataclass
class Answer:
    """What a request gave."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def connect(
    port: int, trust: ssl.SSLContext | None = None, seconds: float = WAIT_SECONDS
) -> http.client.HTTPConnection:
    """A connection that is not open yet; by TLS where there is something to trust."""
    if trust is None:
        return http.client.HTTPConnection("localhost", port, timeout=seconds)
    return http.client.HTTPSConnection("localhost", port, timeout=seconds, context=trust)


class Stream:
    """A connection that is listened to until `close`, or until the server ends it."""

    def __init__(
        self,
        port: int,
        address: str,
        headers: dict[str, str],
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._connection = connect(port, trust)
        self._connection.request("GET", address, headers=headers)
        self.sock = self._connection.sock
        self.response = self._connection.getresponse()
        self.heard: list[dict] = []
        self._given: dict[str, int] = {}
        self._messages: queue.Queue[dict | None] = queue.Queue()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        try:
            for line in self.response:
                if line.startswith(b"data: "):
                    self._messages.put(json.loads(line[6:]))
        except (OSError, ValueError, http.client.HTTPException, AttributeError):
            pass  # the server was killed, or the test has closed
        self._messages.put(None)

    def next(self, topic: str, wanted: Callable[[dict], object] = bool) -> dict:
        """The next message of a topic that is wanted; fails when the stream ends, or is silent.

        What is passed over of the topic is not given again; of other topics it is.
        """
        at = self._given.get(topic, 0)
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            for message in self.heard[at:]:
                at += 1
                if message["topic"] == topic and wanted(message):
                    self._given[topic] = at
                    return message
            assert time.monotonic() < deadline, f"heard only {self.heard[-3:]}"
            message = self._messages.get(timeout=WAIT_SECONDS)
            assert message is not None, f"the stream ended; heard {self.heard[-3:]}"
            self.heard.append(message)

    def wait_end(self) -> None:
        """Until the server has ended the stream."""
        while self._messages.get(timeout=WAIT_SECONDS) is not None:
            pass

    def close(self) -> None:
        self.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(WAIT_SECONDS)
        self._connection.close()


@dataclass
class Browser:
    """One browser at one server's port; `forwarded` makes it come from another computer.

    `trust` is what trusts the certificate of a site that is reached by TLS.
    """

    port: int
    cookie: str = ""
    forwarded: str = ""
    trust: ssl.SSLContext | None = None
    streams: list[Stream] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http{'s' if self.trust else ''}://localhost:{self.port}"

    def headers(self, **more: str) -> dict[str, str]:
        given = {name.replace("_", "-"): value for name, value in more.items()}
        if self.cookie:
            given.setdefault("cookie", self.cookie)
        if self.forwarded:
            given.setdefault("x-forwarded-for", self.forwarded)
        return given

    def ask(self, method: str, address: str, body: bytes | None = None, **headers: str) -> Answer:
        connection = connect(self.port, self.trust)
        connection.request(method, address, body, self.headers(**headers))
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        answer = Answer(response.status, found, response.read())
        connection.close()
        if "gsn_browser=" in found.get("set-cookie", ""):
            self.cookie = found["set-cookie"].partition(";")[0]
        return answer

    def get(self, address: str, **headers: str) -> Answer:
        return self.ask("GET", address, **headers)

    def post(self, address: str, content: object, **headers: str) -> Answer:
        given = {"origin": self.origin, "content_type": "application/json", **headers}
        return self.ask("POST", address, json.dumps(content).encode(), **given)

    def submit(self, address: str, **fields: str) -> Answer:
        kind = "application/x-www-form-urlencoded"
        body = urlencode(fields).encode()
        return self.ask("POST", address, body, origin=self.origin, content_type=kind)

    def unlock(self, key: str) -> None:
        """Use a key, as one does from another computer than the server's."""
        self.get("/las-upp")
        answer = self.submit("/las-upp", key=key)
        assert answer.status == 303, answer.text

    def start(self, name: str = "Anna Berg", **fields: str) -> str:
        """Start a meeting, or take one over; its code."""
        self.get("/mote/starta")
        answer = self.submit("/mote/starta", name=name, **fields)
        assert answer.status == 303, answer.text
        return answer.headers["location"].removeprefix("/mote/")

    def follow(self, *codes: str, quietly: bool = False) -> Stream:
        name = "tyst" if quietly else "mote"
        query = urlencode([(name, code) for code in codes])
        address = f"/api/handelser?{query}"
        self.streams.append(Stream(self.port, address, self.headers(), self.trust))
        return self.streams[-1]

    def step(self, code: str, view: str, row: str = "", **levers: int) -> Answer:
        named = {name.replace("_at_", ":"): at for name, at in levers.items()}
        place = {"view": view, "row": row, "levers": named}
        return self.post(f"/api/mote/{code}/plats", {"place": place})

    def deck(self, code: str, hash: str) -> dict:
        answer = self.get(f"/api/mote/{code}/vyer/{hash}")
        assert answer.status == 200, answer.text
        return answer.json

    def leave(self) -> None:
        for stream in self.streams:
            stream.close()
        self.streams.clear()
