"""The web shell without Streamlit: headers, documents, packed files, routes, lifespan."""

import asyncio
import gzip
import http.client
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from gsn_dash.web.document import missing_document, shell_document
from gsn_dash.web.lifespan import make_lifespan
from gsn_dash.web.server import make_middleware, make_routes
from gsn_dash.web.site import PAGES, PICTURE_PAGES, PLOTLY_FILE, STATIC_DIR, static_address

OURS = "<html lang='sv'>Mötet</html>"
ENGLISH = "<html lang='en'>You need to enable JavaScript to run this app.</html>"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


@dataclass
class Site:
    """A served web shell whose figures' version and database the test decides."""

    port: int = 0
    status: tuple[str, bool] = ("7", True)

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


@pytest.fixture(scope="module")
def served() -> Iterator[Site]:
    """What app.py puts around Streamlit, around a stand-in that answers as Streamlit does."""
    site = Site()
    inner = [
        Route("/text", lambda _: PlainTextResponse("svar")),
        Route("/mote/x", lambda _: HTMLResponse(OURS, headers={"content-language": "sv"})),
        Route("/{rest:path}", lambda _: HTMLResponse(ENGLISH), methods=["GET", "POST"]),
    ]
    app = Starlette(
        routes=make_routes(lambda: site.status, lambda: "enforced") + inner,
        middleware=make_middleware(),
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


@pytest.fixture
def site(served: Site) -> Iterator[Site]:
    served.status = ("7", True)
    return served


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_each_page_address_gives_the_swedish_shell(site: Site, address: str, encoding: str):
    answer = site.get(f"/{address}", Accept_Encoding=encoding, Accept="text/html")

    assert answer.status == 200
    assert answer.text == shell_document(address in PICTURE_PAGES)
    assert ("content-encoding" in answer.headers) == (encoding == "gzip")


def test_shell_is_swedish_and_begins_with_our_script():
    shell = shell_document(False)

    assert '<html lang="sv">' in shell
    assert "JavaScript" in shell
    assert "enable JavaScript" not in shell
    assert "<!--" not in shell
    assert "agent" not in shell
    assert shell.index(static_address("sv.js")) < shell.index('type="module"')
    assert "modulepreload" in shell
    # Nothing that the security policy would stop.
    assert "<script>" not in shell


@pytest.mark.parametrize(
    "address", ["/finns-inte", "/driftbudget/x", "/index.html", "/static/x.js"]
)
def test_unknown_address_is_a_swedish_404_with_links_to_all_pages(site: Site, address: str):
    answer = site.get(address)

    assert answer.status == 404
    assert answer.text == missing_document()
    for page, title in PAGES.items():
        assert f'<a href="/{page}">{title}</a>' in answer.text


def test_trailing_slash_leads_to_the_page_with_its_query(site: Site):
    answer = site.get("/tank-om/?u=80")

    assert answer.status == 308
    assert answer.headers["location"] == "/tank-om?u=80"


def test_two_slashes_lead_nowhere_else(site: Site):
    answer = site.get("//driftbudget/")

    assert "location" not in answer.headers
    assert answer.status == 404


@pytest.mark.parametrize("path", ["openapi.json", "interact", "mcp", "annat"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_agent_interface_is_closed(site: Site, path: str, method: str):
    assert site.get(f"/_stcore/agent/{path}", method).status == 404


@pytest.mark.parametrize("address", ["/", "/finns-inte", "/text", "/healthz", "/gsn-static/sv.js"])
def test_every_answer_has_the_security_headers(site: Site, address: str):
    headers = site.get(address).headers

    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'self'"
    assert "unsafe" not in policy["script-src"].replace("'wasm-unsafe-eval'", "")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


def test_other_answers_pass_unchanged(site: Site):
    assert site.get("/text").text == "svar"


def test_a_document_that_says_it_is_swedish_passes(site: Site):
    answer = site.get("/mote/x")

    assert (answer.status, answer.text) == (200, OURS)
    assert "content-security-policy" in answer.headers


def test_versioned_file_is_packed_and_kept_for_good(site: Site):
    answer = site.get(static_address("gsn.css"), Accept_Encoding="gzip, br")

    assert answer.status == 200
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.text == (STATIC_DIR / "gsn.css").read_text(encoding="utf-8")
    assert len(answer.body) < len(answer.text.encode()) / 2


def test_unversioned_file_is_asked_about_again(site: Site):
    first = site.get("/gsn-static/sv.js", Accept_Encoding="gzip")
    again = site.get(
        "/gsn-static/sv.js", Accept_Encoding="gzip", If_None_Match=first.headers["etag"]
    )

    assert first.headers["cache-control"] == "no-cache"
    assert (again.status, again.body) == (304, b"")


def test_who_cannot_unpack_gets_the_plain_file(site: Site):
    answer = site.get("/gsn-static/sv.js", Accept_Encoding="identity")

    assert answer.body == (STATIC_DIR / "sv.js").read_bytes()


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("br", False),
        ("*;q=0", False),
    ],
)
@pytest.mark.parametrize("address", ["/", "/gsn-static/sv.js"])
def test_who_says_no_to_gzip_gets_none(site: Site, address: str, accepted: str, packed: bool):
    answer = site.get(address, Accept_Encoding=accepted)

    assert answer.status == 200
    assert ("content-encoding" in answer.headers) == packed


@pytest.mark.parametrize("name", ["%00.js", "a%00b.css", "x" * 300 + ".js", "x/" * 3000 + "y.js"])
@pytest.mark.parametrize("prefix", ["/gsn-static", "/static"])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_name_that_no_file_can_have_is_not_found(
    site: Site, prefix: str, name: str, encoding: str
):
    answer = site.get(f"{prefix}/{name}", Accept_Encoding=encoding)

    assert answer.status == 404
    assert "referrer-policy" in answer.headers


def test_help_fetches_what_draws_its_picture(site: Site):
    assert PLOTLY_FILE in site.get("/hjalp").text
    assert PLOTLY_FILE not in site.get("/granskning").text


def test_streamlits_own_files_are_packed(site: Site):
    script = shell_document(False).split('src="./static/')[1].split('"')[0]
    answer = site.get(f"/static/{script}", Accept_Encoding="gzip")

    assert answer.status == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("prefix", ["/gsn-static", "/static"])
def test_no_way_out_of_the_static_folders(site: Site, prefix: str):
    for path in ("/../site.py", "/%2e%2e/server.py", "/../../../app.py", "/../../index.html"):
        answer = site.get(prefix + path, Accept_Encoding="gzip")
        assert answer.status == 404, path


@pytest.mark.parametrize("ok", [True, False])
def test_health_tells_what_it_is_given(site: Site, ok: bool):
    site.status = ("12", ok)

    health = site.get("/healthz")

    assert (health.status, health.headers["cache-control"]) == (200, "no-store")
    told = {"status": "ok", "database": "ok" if ok else "lost", "rights": "enforced"}
    assert json.loads(health.body) == told


def test_lifespan_starts_and_stops_once_also_after_an_error():
    calls: list[str] = []
    lifespan = make_lifespan(lambda: calls.append("start"), lambda: calls.append("stop"))

    async def serve() -> None:
        async with lifespan(None):
            calls.append("serving")
            raise LookupError

    # A thread of its own: the browser of other tests holds a running loop in this one.
    with ThreadPoolExecutor() as threads, pytest.raises(LookupError):
        threads.submit(asyncio.run, serve()).result()
    assert calls == ["start", "serving", "stop"]
