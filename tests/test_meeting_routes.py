"""The meeting's documents and what is posted: right answers, and Swedish ones to what is wrong."""

import json
import re
import time
from collections.abc import Iterator

import psycopg
import pytest
from harness import AppServer
from meeting_client import Browser

OPENING = {"view": "opening", "row": "", "levers": {}}


@pytest.fixture(scope="module")
def presenter(meeting_app: AppServer) -> Browser:
    return Browser(int(meeting_app.environ["PORT"]))


@pytest.fixture(scope="module")
def code(presenter: Browser) -> str:
    return presenter.start("Anna <b>Berg</b>")


@pytest.fixture
def browser(meeting_app: AppServer) -> Iterator[Browser]:
    browser = Browser(int(meeting_app.environ["PORT"]))
    yield browser
    browser.leave()


@pytest.mark.parametrize("address", ["/mote/starta", "/mote/anslut", "/mote/forhandsvisning"])
def test_the_documents_are_swedish_and_ask_nobody_else(browser: Browser, address: str):
    answer = browser.get(address)
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert '<html lang="sv">' in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    own = f"http://localhost:{browser.port}"
    assert set(re.findall(r"https?://[^\"/< ]+", answer.text)) <= {own}
    for file in re.findall(r'(?:src|href)="(/[^"]+)"', answer.text):
        assert browser.get(file).status == 200, file


def test_the_screen_knows_its_code_and_fetches_its_script(browser: Browser, code: str):
    screen = browser.get(f"/mote/{code}").text
    assert f'data-code="{code}"' in screen
    assert screen.index("/gsn-static/stream.js") < screen.index("/gsn-mote/screen.js")
    script = re.search(r'src="(/gsn-mote/screen\.js\?v=\w+)"', screen)[1]
    packed = browser.get(script, accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert "immutable" in packed.headers["cache-control"]
    assert browser.get("/gsn-mote/screen.js").headers["cache-control"] == "no-cache"
    assert browser.get("/gsn-mote/annat.js").status == 404


def test_an_address_that_is_said_aloud_leads_to_the_screen(browser: Browser, code: str):
    answer = browser.get(f"/mote/{code.lower()}")
    assert (answer.status, answer.headers["location"]) == (308, f"/mote/{code}")
    typed = browser.get(f"/mote/anslut?kod=%20{code[:2].lower()}-{code[2:]}")
    assert (typed.status, typed.headers["location"]) == (303, f"/mote/{code}")


@pytest.mark.parametrize("typed", ["BCDFG", "abc", "<script>", "x" * 500])
def test_a_code_that_no_meeting_has_is_told_and_can_be_corrected(browser: Browser, typed: str):
    for answer in (browser.get(f"/mote/{typed}"), browser.get(f"/mote/anslut?kod={typed}")):
        assert answer.status == 404
        assert "Det finns inget möte med koden" in answer.text
        assert "<script>" not in answer.text and 'name="kod"' in answer.text


def test_unknown_addresses_below_are_still_the_swedish_404(browser: Browser):
    answer = browser.get("/mote/starta/annat")
    assert answer.status == 404 and "Sidan finns inte" in answer.text


def test_names_are_written_out_and_never_read_as_markup(browser: Browser, code: str):
    listed = browser.get("/mote/starta").text
    assert "Anna &lt;b&gt;Berg" in listed and "<b>" not in listed


def test_the_pages_say_where_others_find_the_meeting(browser: Browser, code: str):
    on_this = browser.get("/mote/starta").text
    assert "bara att nå från den här datorn" in on_this
    behind = {"x_forwarded_for": "192.0.2.7", "x_forwarded_proto": "https"}
    reached = browser.get("/mote/starta", host="gsn.example", **behind).text
    # Where no proxy is to be, nobody's word is taken for how the browser came.
    assert 'href="http://gsn.example/mote/anslut"' in reached
    assert "bara att nå" not in reached
    screen = browser.get(f"/mote/{code}", host="gsn.example", **behind).text
    assert f'data-link="http://gsn.example/mote/{code}"' in screen


def test_the_code_as_a_picture_is_another_for_another_address(browser: Browser, code: str):
    here = browser.get(f"/api/mote/{code}/qr.svg")
    there = browser.get(f"/api/mote/{code}/qr.svg", host="gsn.example")
    assert here.headers["content-type"].startswith("image/svg+xml")
    assert here.text.rstrip().endswith("</svg>") and f"möte {code}" in here.text
    assert here.text != there.text
    assert browser.get("/api/mote/inget/qr.svg").status == 404


@pytest.mark.parametrize("host", ["[", "[::1", "a b", '"><b>', "x" * 3000, "[" + ":" * 500 + "]"])
def test_a_host_that_can_be_none_is_not_said_on(browser: Browser, code: str, host: str):
    for address in (f"/mote/{code}", "/mote/starta", f"/api/mote/{code}/qr.svg"):
        answer = browser.get(address, host=host)
        assert answer.status in (200, 400), address
        if answer.status == 200 and address.startswith("/mote"):
            assert f"http://localhost:{browser.port}/mote/" in answer.text


@pytest.mark.parametrize("turn", [-1, 1.5, "1", True, 2**53])
def test_a_turn_that_is_none_is_refused(presenter: Browser, code: str, turn: object):
    sent = {"place": OPENING, "turn": turn}
    assert presenter.post(f"/api/mote/{code}/plats", sent).status == 400


def test_a_step_that_turns_up_after_a_later_one_comes_to_nothing(presenter: Browser, code: str):
    later = {"place": {**OPENING, "view": "operating:table"}, "turn": 1_700_000_000_002}
    assert presenter.post(f"/api/mote/{code}/plats", later).status == 200
    late = {"place": OPENING, "turn": 1_700_000_000_001}
    answer = presenter.post(f"/api/mote/{code}/plats", late)
    assert answer.status == 409 and answer.json["sentence"].endswith(".")
    (told,) = presenter.get(f"/api/nu?mote={code}").json["messages"][1:]
    assert told["place"]["view"] == "operating:table"


@pytest.mark.parametrize(
    "place",
    [None, "opening", {}, {"view": ""}, {"view": 1}, {"view": "x" * 81}, {**OPENING, "x": 1},
     {**OPENING, "row": "\x00"}, {**OPENING, "levers": {"a": 1.5}},
     {**OPENING, "levers": {"a": True}}, {**OPENING, "levers": {"a": 10**12}}],
)  # fmt: skip
def test_a_place_that_is_none_is_refused(presenter: Browser, code: str, place: object):
    answer = presenter.post(f"/api/mote/{code}/plats", {"place": place})
    assert answer.status == 400 and answer.json["sentence"].endswith(".")


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"{", 400), (b"[]", 400), (b"[" * 9000, 400), (b"\xff", 400),
     (b"x" * 70_000, 413)],
)  # fmt: skip
def test_rubbish_is_refused_in_swedish(presenter: Browser, code: str, body: bytes, status: int):
    sent = {"origin": presenter.origin, "content_type": "application/json"}
    answer = presenter.ask("POST", f"/api/mote/{code}/plats", body, **sent)
    assert answer.status == status and answer.json["sentence"].endswith(".")


def test_a_form_of_another_site_cannot_look_like_a_step(presenter: Browser, code: str):
    body = json.dumps({"place": OPENING}).encode()
    sent = {"origin": presenter.origin, "content_type": "text/plain"}
    assert presenter.ask("POST", f"/api/mote/{code}/plats", body, **sent).status == 415


@pytest.mark.parametrize(
    "deed", ["plats", "be-om", "lamna-over", "ta-tillbaka", "avvisa", "avsluta"]
)
def test_nothing_is_done_to_a_meeting_that_is_not_there(browser: Browser, deed: str):
    browser.get("/mote/anslut")
    content = {"place": OPENING, "name": "Bo", "id": 1}
    answer = browser.post(f"/api/mote/BCDFG/{deed}", content)
    assert answer.status in (404, 409) and answer.json["sentence"].endswith(".")


def test_only_the_presenter_hands_over_and_ends(browser: Browser, code: str):
    browser.get("/mote/anslut")
    for deed, content in (("lamna-over", {"id": 1}), ("avsluta", {})):
        answer = browser.post(f"/api/mote/{code}/{deed}", content)
        assert answer.status in (403, 409), deed


def test_who_has_been_to_no_page_asks_for_nothing(meeting_app: AppServer, code: str):
    stranger = Browser(int(meeting_app.environ["PORT"]))
    assert stranger.post(f"/api/mote/{code}/be-om", {"name": "Bo"}).status == 403


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "a\x07b", 7, None])
def test_who_asks_has_to_say_a_name(browser: Browser, code: str, name: object):
    browser.get("/mote/anslut")
    answer = browser.post(f"/api/mote/{code}/be-om", {"name": name})
    assert answer.status == 400 and answer.json["sentence"].endswith(".")


def test_the_page_that_asks_about_a_version_is_gone(browser: Browser):
    assert browser.get("/api/version").status == 404
    assert browser.get("/healthz").json["database"] == "ok"


def test_a_database_that_hangs_is_not_waited_for(browser: Browser, meeting_url: str):
    browser.forwarded = "192.0.2.9"
    with psycopg.connect(meeting_url) as connection:
        connection.execute("LOCK TABLE presenter_key")
        began = time.monotonic()
        answer = browser.submit("/mote/starta", name="Anna Berg", key="AAAA-AAAA")
        waited = time.monotonic() - began
    assert answer.status == 503 and "svarade inte" in answer.text
    assert 'value="Anna Berg"' in answer.text
    assert waited < 9  # once, and not once more for the page that says so
