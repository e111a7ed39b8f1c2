"""The routes of `meeting_demo`'s server."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from gsn_dash.settings import PROJECT
from gsn_dash.web.site import STATIC_DIR, STATIC_URL, STYLESHEETS

if TYPE_CHECKING:
    from meeting_demo import Demo

PARTS = PROJECT / "gsn_dash" / "ui" / "components"
SCREEN = PROJECT / "gsn_dash" / "meeting" / "screen"
SCRIPTS = [
    *(PARTS / f"{name}.js" for name in (
        "sheet_program", "sheet_text", "sheet_svg", "sheet_lettering", "sheet_axis",
        "sheet_places", "sheet_picture", "sheet_levers",
    )),
    STATIC_DIR / "pictures.js",
    *(SCREEN / f"{name}.js" for name in (
        "place", "link", "fitting", "rows", "trial", "view", "dialogs", "bar", "hand",
        "following", "meeting",
    )),
]  # fmt: skip
STYLES = [
    *(STATIC_DIR / name for name in STYLESHEETS),
    PARTS / "sheet.css",
    SCREEN / "screen.css",
    SCREEN / "bar.css",
]
PULSE_SECONDS = 10
QR = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h3v3H1z"/></svg>'
DOCUMENT = """<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>Mötet</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/screen.css">
<script defer src="{static}/stream.js"></script><script type="module" src="/screen.js"></script>
</head><body class="gsn-meeting" data-code="{code}"></body></html>"""
PAGE = """<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>En sida</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/screen.css">
<link rel="stylesheet" href="/live.css"></head>
<body><main id="root"><h1>En sida</h1><p>Med text.</p></main>
<script type="module">import live from "/live.js"; window.told = [];
window.show = (version, ok, app) => live({data: {version, ok, app, stream: "/gsn-static/stream.js"},
setTriggerValue: (name, value) => window.told.push(value)}); window.show("1", true, "");
</script></body></html>"""


def _joined(paths: list[Path], kind: str) -> Response:
    return Response("\n".join(path.read_text(encoding="utf-8") for path in paths), media_type=kind)


def _marked(request: Request) -> str:
    return request.cookies.get("gsn_browser", "")


def make_app(demo: Demo) -> Starlette:
    """The server's routes round the meeting that `demo` is."""

    async def screen(request: Request) -> Response:
        html = DOCUMENT.format(code=request.path_params["code"], static=STATIC_URL)
        response = HTMLResponse(html)
        if not _marked(request):
            response.set_cookie("gsn_browser", secrets.token_hex(8), httponly=True)
        return response

    async def deck(request: Request) -> Response:
        found = demo.decks.get(request.path_params["hash"])
        return JSONResponse(found) if found else JSONResponse({}, status_code=404)

    async def stream(request: Request) -> Response:
        return StreamingResponse(_events(demo, request), media_type="text/event-stream")

    async def now(request: Request) -> Response:
        demo.asked += 1
        return JSONResponse({"messages": _messages(demo, request)})

    async def qr(_request: Request) -> Response:
        return Response(QR, media_type="image/svg+xml")

    file = {"screen.js": SCRIPTS, "live.js": [PARTS / "live.js"]}
    routes = [
        Route(f"/{name}", lambda _, paths=paths: _joined(paths, "text/javascript"))
        for name, paths in file.items()
    ]
    return Starlette(
        routes=[
            *routes,
            Route("/screen.css", lambda _: _joined(STYLES, "text/css")),
            Route("/live.css", lambda _: _joined([PARTS / "live.css"], "text/css")),
            Route("/", lambda _: HTMLResponse(PAGE)),
            Route("/mote/{code}", screen),
            Route("/api/handelser", stream),
            Route("/api/nu", now),
            Route("/api/mote/{code}/vyer/{hash}", deck),
            Route("/api/mote/{code}/qr.svg", qr),
            Route("/api/mote/{code}/{what}", _actions(demo), methods=["POST"]),
            Mount(STATIC_URL, StaticFiles(directory=STATIC_DIR)),
        ]
    )


def _messages(demo: Demo, request: Request) -> list[dict]:
    codes = [*request.query_params.getlist("mote"), *request.query_params.getlist("tyst")]
    told = [demo.message(code, _marked(request)) for code in codes]
    return [{"topic": "figures", **demo.figures}, *told]


async def _events(demo: Demo, request: Request) -> AsyncIterator[str]:
    asked = request.query_params
    stream = (_marked(request), tuple(asked.getlist("mote")), tuple(asked.getlist("tyst")))
    demo.streams.append(stream)
    demo.connects += 1
    latest: dict[str, str] = {}
    try:
        for tick in range(1_000_000_000):
            for message in [] if demo.is_mute else _messages(demo, request):
                text = json.dumps(message)
                if latest.get(message["topic"]) != text:
                    latest[message["topic"]] = text
                    yield f"data: {text}\n\n"
            if tick % (PULSE_SECONDS * 50) == PULSE_SECONDS * 50 - 1 and not demo.is_mute:
                yield 'data: {"topic":"puls"}\n\n'
            await anyio.sleep(0.02)
    finally:
        if stream in demo.streams:
            demo.streams.remove(stream)


def _actions(demo: Demo) -> object:
    async def act(request: Request) -> Response:
        body = await request.json()
        what, mark = request.path_params["what"], _marked(request)
        if what == "plats":
            return await _move(demo, mark, body["place"])
        if what == "be-om":
            demo.asks.append({"id": len(demo.asks) + 1, "name": body["name"], "mark": mark})
        elif what == "angra":
            demo.asks = [ask for ask in demo.asks if ask["mark"] != mark]
        elif what == "avvisa":
            demo.asks = [ask for ask in demo.asks if ask["id"] != body["id"]]
        elif what == "lamna-over":
            given = next(ask for ask in demo.asks if ask["id"] == body["id"])
            demo.mark, demo.presenter = given["mark"], given["name"]
            demo.asks.remove(given)
        elif what == "avsluta":
            demo.ended = True
        return JSONResponse({})

    return act


async def _move(demo: Demo, mark: str, place: dict) -> Response:
    demo.at_once += 1
    demo.most_at_once = max(demo.most_at_once, demo.at_once)
    await anyio.sleep(demo.slowness)
    demo.at_once -= 1
    demo.posted.append(place)
    if mark != demo.mark:
        sentence = f"Du visar inte längre: {demo.presenter} visar nu."
        return JSONResponse({"sentence": sentence}, status_code=403)
    if not demo.database:
        return JSONResponse({"sentence": "Databasen svarar inte."}, status_code=503)
    demo.place = place
    demo.sequence += 1
    return JSONResponse({"sequence": demo.sequence})
