"""The web shell without Streamlit: headers, documents, routes, lifespan."""

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from shell_site import OURS, Site, served_shell

from gsn_dash.web.document import missing_document, shell_document
from gsn_dash.web.lifespan import make_lifespan
from gsn_dash.web.site import PAGES, static_address


@pytest.fixture(scope="module")
def served() -> Iterator[Site]:
    with served_shell() as site:
        yield site


@pytest.fixture
def site(served: Site) -> Iterator[Site]:
    served.status, served.views, served.asked = ("7", True), {}, []
    return served


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_each_page_address_gives_the_swedish_shell(site: Site, address: str, encoding: str):
    answer = site.get(f"/{address}", Accept_Encoding=encoding, Accept="text/html")

    assert answer.status == 200
    assert answer.text == shell_document()
    assert answer.headers.get("content-encoding", "") == encoding


def test_shell_is_swedish_and_begins_with_our_script():
    shell = shell_document()

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


@pytest.mark.parametrize("address", ["hjalp", "tank-om"])
def test_pictures_are_fitted_before_streamlit_has_begun(site: Site, address: str):
    document = site.get(f"/{address}").text
    assert 0 < document.find(static_address("pictures.js")) < document.find('type="module"')


@pytest.mark.parametrize("ok", [True, False])
def test_health_tells_what_it_is_given(site: Site, ok: bool):
    site.status = ("12", ok)

    health = site.get("/healthz")

    assert (health.status, health.headers["cache-control"]) == (200, "no-store")
    # What a lost database holds its visitors to, nobody can tell.
    database, held = ("ok", "enforced") if ok else ("lost", "unknown")
    told = {"status": "ok", "database": database, "rights": held}
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
