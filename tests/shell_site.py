"""What app.py puts around Streamlit, served around a stand-in that answers as Streamlit does."""

import asyncio
import gzip
import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import brotli
import uvicorn
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from gsn_dash.web.first_view import FirstViews
from gsn_dash.web.server import make_middleware, make_routes

OURS = "<html lang='sv'>Mötet</html>"
_UNPACK = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
ENGLISH = "<html lang='en'>You need to enable JavaScript to run this app.</html>"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return _UNPACK[self.headers.get("content-encoding", "")](self.body).decode()


@dataclass
class Site:
    """A served web shell whose figures' version and database the test decides.

    `views` are the pages' first views; one that is an error is raised. `asked` are the addresses
    of those that have been composed.
    """

    port: int = 0
    status: tuple[str, bool] = ("7", True)
    views: dict[str, str | Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def compose(self, address: str) -> str | None:
        self.asked.append(address)
        view = self.views.get(address)
        if isinstance(view, Exception):
            raise view
        return view

    def get(self, address: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, address, headers=named)
        response = connection.getresponse()
        answer = Answer(
            response.status,
            {name.lower(): value for name, value in response.getheaders()},
            response.read(),
        )
        connection.close()
        return answer


@contextmanager
def served_shell() -> Iterator[Site]:
    """The shell, for as long as it lasts."""
    site = Site()
    inner = [
        Route("/text", lambda _: PlainTextResponse("svar")),
        Route("/mote/x", lambda _: HTMLResponse(OURS, headers={"content-language": "sv"})),
        Route("/{rest:path}", lambda _: HTMLResponse(ENGLISH), methods=["GET", "POST"]),
    ]
    views = FirstViews(lambda: site.status, lambda address: site.compose(address))
    app = Starlette(
        routes=make_routes(lambda: site.status, lambda: "enforced") + inner,
        middleware=make_middleware(views),
    )
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    opened = threading.Event()

    async def run() -> None:
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        site.port = server.servers[0].sockets[0].getsockname()[1]
        opened.set()
        await serving

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    assert opened.wait(20)
    yield site
    server.should_exit = True
    thread.join(10)
