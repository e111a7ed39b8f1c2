"""A meeting to try the screen with: a deck with a view of every kind, and a server that holds it.

The server keeps to what the real one promises a screen, but its meeting lives here in the test,
which can move it, hand it over, and take its server away and put it back.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from harness import free_port, until
from meeting_demo_deck import make_deck
from meeting_demo_routes import make_app

CODE = "BCD23"
MARK = "gsn_browser"


@dataclass
class Demo:
    """The one meeting, and what has been asked of its server."""

    port: int = field(default_factory=free_port)
    decks: dict[str, dict] = field(default_factory=dict)
    deck: str = ""
    place: dict = field(default_factory=lambda: {"view": "opening", "row": "", "levers": {}})
    sequence: int = 1
    presenter: str = "Bo"
    mark: str = ""
    asks: list[dict] = field(default_factory=list)
    ended: bool = False
    database: bool = True
    figures: dict = field(default_factory=lambda: {"version": "1", "ok": True, "apps": []})
    streams: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    connects: int = 0
    asked: int = 0
    posted: list[dict] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    slowness: float = 0.0
    is_mute: bool = False
    unmade: str = ""

    def __post_init__(self) -> None:
        self.put_deck(make_deck())

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def screen(self) -> str:
        return f"{self.url}/mote/{CODE}"

    def put_deck(self, deck: dict, keep: bool = True) -> None:
        """The deck from now on; without `keep` the server has not got it yet."""
        self.deck = hashlib.sha256(json.dumps(deck).encode()).hexdigest()[:16]
        if keep:
            self.decks[self.deck] = deck

    def go(self, view: str, row: str = "", **levers: int) -> None:
        """As if the presenter had gone there on another machine."""
        self.place = {"view": view, "row": row, "levers": levers}
        self.sequence += 1

    def following(self) -> int:
        return len({mark for mark, codes, _ in self.streams if CODE in codes})

    def message(self, code: str, mark: str) -> dict:
        """What a browser is told of a meeting."""
        topic = f"mote:{code}"
        if code not in (CODE, "forhandsvisning"):
            return {"topic": topic, "missing": True}
        if self.unmade:
            return {"topic": topic, "missing": True, "sentence": self.unmade}
        role = "presenter" if mark == self.mark else "follower"
        if self.ended or code != CODE:
            role = "alone"
        asks = [{"id": ask["id"], "name": ask["name"]} for ask in self.asks]
        return {
            "topic": topic,
            "sequence": self.sequence,
            "place": self.place,
            "deck": self.deck,
            "presenter": self.presenter,
            "role": role,
            "following": self.following(),
            "asks": asks if role == "presenter" else [],
            "asked": any(ask["mark"] == mark for ask in self.asks),
            "ended": self.ended,
            "database": self.database,
        }


@contextmanager
def served(demo: Demo) -> Iterator[None]:
    """The demo's server runs while inside; what has been connected is cut off after."""
    app = make_app(demo)
    config = uvicorn.Config(app, "127.0.0.1", demo.port, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started, "the demo's server")
    try:
        yield
    finally:
        server.force_exit = server.should_exit = True
        thread.join(10)
        demo.streams.clear()
