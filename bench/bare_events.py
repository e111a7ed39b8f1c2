"""A bare page with server-sent events: one who steps, and all who are told of it.

Run as `python bench/bare_events.py PORT`. Nothing is kept and nobody is checked: a number is
counted up, and every open page writes it.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Route

_PAGE = """<!doctype html><html lang="sv"><title>Händelser</title>
<main><h1 style="font-size:5rem">0</h1></main><script>
new EventSource("/events").onmessage = ({ data }) =>
  (document.querySelector("h1").textContent = data);
addEventListener("keydown", () => fetch("/step", { method: "POST" }));
</script></html>"""

_waiting: set[asyncio.Queue[int]] = set()
_steps = 0


async def page(_request: Request) -> HTMLResponse:
    return HTMLResponse(_PAGE)


async def step(_request: Request) -> PlainTextResponse:
    global _steps
    _steps += 1
    for queue in _waiting:
        queue.put_nowait(_steps)
    return PlainTextResponse(str(_steps))


async def events(_request: Request) -> StreamingResponse:
    return StreamingResponse(_tell(), media_type="text/event-stream")


async def _tell() -> AsyncIterator[str]:
    queue: asyncio.Queue[int] = asyncio.Queue()
    _waiting.add(queue)
    try:
        yield f"data: {_steps}\n\n"
        while True:
            yield f"data: {await queue.get()}\n\n"
    finally:
        _waiting.discard(queue)


app = Starlette(
    routes=[Route("/", page), Route("/step", step, methods=["POST"]), Route("/events", events)]
)

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
