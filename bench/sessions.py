"""Viewers without a browser: they open Streamlit's own connection and take what a page sends."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

_PROTOCOLS = ["streamlit"]
_MOST_BYTES = 50_000_000
# A run may be cut short for the next, which then ends: only the first of these is the last.
_FINISHED = ("FINISHED_SUCCESSFULLY", "FINISHED_EARLY_FOR_RERUN")


@dataclass
class Viewer:
    """One session of a page; `url` is the page's address."""

    url: str
    socket: ClientConnection | None = None
    # The page's own components: what the browser would answer with, by their names.
    _components: dict[str, str] = field(default_factory=dict)

    async def join(self) -> float:
        """Connect and take the whole page; returns the seconds that it took."""
        began = time.perf_counter()
        address = urlsplit(self.url)
        self.socket = await connect(
            f"ws://{address.netloc}/_stcore/stream",
            subprotocols=_PROTOCOLS,
            origin=f"http://{address.netloc}",
            max_size=_MOST_BYTES,
            open_timeout=120,
        )
        await self.rerun()
        return time.perf_counter() - began

    async def rerun(self, told: Mapping[str, object] | None = None) -> float:
        """Ask for the page anew; returns the seconds until its last part had come.

        `told` are new states of components of the page, by their names.
        """
        began = time.perf_counter()
        message = BackMsg()
        message.rerun_script.query_string = ""
        message.rerun_script.page_name = urlsplit(self.url).path.strip("/")
        for name, state in (told or {}).items():
            widgets = message.rerun_script.widget_states.widgets
            widgets.add(id=self._components[name], json_value=json.dumps(state))
        await self.socket.send(message.SerializeToString())
        while not await self._is_last():
            pass
        return time.perf_counter() - began

    async def _is_last(self) -> bool:
        message = ForwardMsg.FromString(await self.socket.recv())
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._note(message.delta.new_element)
        if kind != "script_finished":
            return False
        status = ForwardMsg.ScriptFinishedStatus.Name(message.script_finished)
        assert status in _FINISHED, f"{self.url}: {status}"
        return status == _FINISHED[0]

    def _note(self, element: Element) -> None:
        if element.HasField("bidi_component"):
            self._components[element.bidi_component.component_name] = element.bidi_component.id
        # What costs little because it is not there is not to be measured.
        assert "gsn-banner" not in element.html.body, f"{self.url}: {element.html.body}"

    async def leave(self) -> None:
        await self.socket.close()


async def join_all(urls: list[str]) -> tuple[list[Viewer], list[float]]:
    """All of them at once; returns them, and the seconds that each took."""
    viewers = [Viewer(url) for url in urls]
    return viewers, list(await asyncio.gather(*(each.join() for each in viewers)))


async def leave_all(viewers: list[Viewer]) -> None:
    await asyncio.gather(*(each.leave() for each in viewers))
