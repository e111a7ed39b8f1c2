"""Who may hold a meeting: this computer's own browsers, and whoever has used a key once."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from at_once import together
from harness import AppServer, free_port, surroundings
from meeting_client import Answer, Browser

from gsn_dash.meeting import keys as new_keys
from gsn_dash.settings import PROJECT

ELSEWHERE = "192.0.2.7"
KEY = re.compile(r"Nyckel för att hålla möte eller ändra siffror från .* här: (\S+)\. Den gäller")


@pytest.fixture(scope="module")
def printed_key(meeting_app: AppServer) -> str:
    return next(found[1] for line in meeting_app.lines if (found := KEY.match(line)))


@pytest.fixture
def here(meeting_app: AppServer) -> Iterator[Browser]:
    browser = Browser(int(meeting_app.environ["PORT"]))
    yield browser
    browser.leave()


@pytest.fixture(scope="module")
def proxied(
    meeting_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[AppServer]:
    """An app that a proxy stands before, which alone is believed about whom it asks for."""
    state = tmp_path_factory.mktemp("proxied")
    given = {"DATABASE_URL": meeting_url, "GSN_PROXY": "1", "PORT": str(free_port())}
    app = AppServer(surroundings(GSN_STATE=str(state), **given)).wait_open()
    yield app
    app.stop()


def elsewhere(meeting_app: AppServer, address: str = ELSEWHERE) -> Browser:
    """A browser on another computer, behind a proxy on this one."""
    browser = Browser(int(meeting_app.environ["PORT"]), forwarded=address)
    browser.get("/mote/starta")
    return browser


def try_start(browser: Browser, **fields: str) -> Answer:
    return browser.submit("/mote/starta", name="Anna Berg", **fields)


def test_on_this_computer_no_key_is_asked_for(here: Browser):
    assert "Nyckel" not in here.get("/mote/starta").text
    answer = try_start(here)
    assert answer.status == 303
    screen = here.get(answer.headers["location"])
    assert screen.status == 200 and 'class="gsn-meeting"' in screen.text


def test_the_printed_key_lets_one_browser_elsewhere_present_and_no_other(
    meeting_app: AppServer, printed_key: str
):
    browser, other = elsewhere(meeting_app), elsewhere(meeting_app)
    assert "Nyckel" in browser.get("/mote/starta").text
    refused = try_start(browser)
    assert refused.status == 403 and "behövs en nyckel" in refused.text
    assert 'value="Anna Berg"' in refused.text  # the name need not be written again
    code = browser.start(key=printed_key.lower().replace("-", " "))
    assert browser.step(code, "3:decision").status == 200
    # It is remembered by the browser, for the next meeting too.
    assert "Nyckel" not in browser.get("/mote/starta").text
    assert try_start(browser).status == 303
    again = try_start(other, key=printed_key)
    assert again.status == 403 and "redan använd" in again.text


def test_a_wrong_name_does_not_use_the_key_up(meeting_app: AppServer, new_key: str):
    browser = elsewhere(meeting_app)
    nameless = browser.submit("/mote/starta", name="  ", key=new_key)
    assert nameless.status == 400 and "tomt" in nameless.text
    assert try_start(browser, key=new_key).status == 303


@pytest.fixture
def new_key(meeting_url: str) -> str:
    """A key by `python -m gsn_dash key`, while the app is served."""
    command = [sys.executable, "-m", "gsn_dash", "key"]
    environ = surroundings(DATABASE_URL=meeting_url)
    ended = subprocess.run(command, cwd=PROJECT, env=environ, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")
    return KEY.match(ended.stdout)[1]


def test_who_guesses_keys_is_slowed_down_and_keeps_nobody_out(proxied: AppServer, new_key: str):
    guesser, colleague = elsewhere(proxied, "192.0.2.66"), elsewhere(proxied, "192.0.2.66")
    guess = together(40, lambda number: try_start(guesser, key=f"AAAA-BB{number:02}").status)
    assert sorted(guess) == [403] * 10 + [429] * 30
    began = time.monotonic()
    assert try_start(colleague, key=new_key).status == 303
    assert time.monotonic() - began > 0.9, "as slow as another guess would be"


def test_who_asks_again_and_again_to_present_fills_nothing(here: Browser, meeting_app: AppServer):
    """Each new name that is said stays in the database for good."""
    code = here.start()
    asking, address = elsewhere(meeting_app, "192.0.2.67"), f"/api/mote/{code}/be-om"
    wrong = [asking.post(address, {"name": ""}).status for _ in range(2)]
    said = [asking.post(address, {"name": f"Falsk {number}"}) for number in range(12)]
    assert wrong + [answer.status for answer in said] == [400] * 2 + [200] * 10 + [429] * 2
    assert "härifrån" in said[-1].json["sentence"]
    assert asking.post(f"/api/mote/{code}/angra", {}).status == 200


def test_a_key_has_too_many_others_beside_it_to_be_guessed():
    parts = new_keys.new_key().split("-")
    signs = len(set(new_keys._LETTERS)) ** sum(map(len, parts))
    # A month long, a thousand tries in every second, while a hundred keys are good.
    assert 30 * 86_400 * 1000 * 100 / signs < 1e-6


@pytest.mark.parametrize(
    "headers",
    [
        {"forwarded": "for=192.0.2.7"},
        {"x_forwarded_host": "gsn.example"},
        {"via": "1.1 proxy"},
        {"x_forwarded_proto": "https"},
        {"x_forwarded_port": "443"},
        {"x_client_ip": "192.0.2.7"},
        {"x_original_host": "gsn.example"},
        {"cf_connecting_ip": "192.0.2.7"},
        {"true_client_ip": "192.0.2.7"},
        {"fly_client_ip": "192.0.2.7"},
        {"host": "gsn.example", "origin": "http://gsn.example"},
        {"host": "192.168.1.5:8501", "origin": "http://192.168.1.5:8501"},
    ],
)
def test_who_came_through_a_proxy_or_by_another_name_is_not_here(
    here: Browser, headers: dict[str, str]
):
    body, kind = b"name=Anna", "application/x-www-form-urlencoded"
    sent = {"origin": here.origin, "content_type": kind, **headers}
    answer = here.ask("POST", "/mote/starta", body, **sent)
    assert answer.status == 403 and "behövs en nyckel" in answer.text


def test_a_proxy_that_tells_nothing_is_known_by_its_old_way_of_speaking(here: Browser):
    body = "name=Anna"
    with socket.create_connection(("localhost", here.port)) as sock:
        sock.sendall(
            f"POST /mote/starta HTTP/1.0\r\nHost: localhost:{here.port}\r\nOrigin: {here.origin}"
            f"\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        assert sock.makefile("rb").readline().split()[1] == b"403"


def test_behind_a_proxy_that_cannot_be_told_the_settings_say_that_nobody_is_here(
    proxied: AppServer, new_key: str
):
    browser = Browser(int(proxied.environ["PORT"]))
    assert "Nyckel" in browser.get("/mote/starta").text
    refused = try_start(browser)
    assert refused.status == 403 and "behövs en nyckel" in refused.text
    assert try_start(browser, key=new_key).status == 303


@pytest.mark.parametrize("way", ["/las-upp", "/mote/starta"])
def test_who_is_let_in_goes_on_by_a_secret_that_nobody_has_planted(
    proxied: AppServer, new_key: str, way: str
):
    planted = f"gsn_browser={'0' * 32}"
    victim, thief = elsewhere(proxied), elsewhere(proxied)
    victim.cookie = thief.cookie = planted
    kind, body = "application/x-www-form-urlencoded", f"name=Anna&key={new_key}".encode()
    let_in = victim.ask("POST", way, body, origin=victim.origin, content_type=kind)
    assert let_in.status == 303 and victim.cookie != planted
    assert try_start(victim).status == 303
    assert try_start(thief).status == 403


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", "http://[", ""])
def test_a_page_of_another_site_starts_and_moves_nothing(here: Browser, origin: str):
    code = here.start()
    kind = "application/x-www-form-urlencoded"
    started = here.ask("POST", "/mote/starta", b"name=A", origin=origin, content_type=kind)
    assert started.status == 403
    place = {"place": {"view": "3:decision"}}
    moved = here.post(f"/api/mote/{code}/plats", place, origin=origin)
    assert moved.status == 403 and moved.json["sentence"].endswith(".")
    # Or it is our own page, behind a proxy that has been set up wrongly.
    assert "(Host)" in started.text and "(Host)" in moved.json["sentence"]


def test_a_meeting_is_taken_over_here_and_not_without_a_key_elsewhere(
    meeting_app: AppServer, here: Browser
):
    code = here.start("Anna Berg")
    assert f'value="{code}"' in here.get("/mote/starta").text
    assert try_start(elsewhere(meeting_app), code=code).status == 403
    other = Browser(here.port)
    assert other.start("Bo Ek", code=code) == code
    assert here.step(code, "3:decision").status == 403
    assert other.step(code, "3:decision").status == 200


def test_the_cookie_cannot_be_read_by_scripts_and_is_secure_behind_tls(
    meeting_app: AppServer, proxied: AppServer
):
    plain = Browser(int(meeting_app.environ["PORT"])).get("/mote/anslut").headers["set-cookie"]
    assert re.match(r"gsn_browser=[0-9a-f]{32};", plain)
    assert "HttpOnly" in plain and "SameSite=lax" in plain and "Secure" not in plain
    told = {"x_forwarded_proto": "https", "x_forwarded_host": "gsn.example"}
    for app, is_believed in ((meeting_app, False), (proxied, True)):
        behind = Browser(int(app.environ["PORT"]), forwarded=ELSEWHERE)
        assert ("Secure" in behind.get("/mote/anslut", **told).headers["set-cookie"]) == is_believed
        found = behind.get("/mote/starta", **told).text
        assert ("https://gsn.example/mote/anslut" in found) == is_believed
    kept = Browser(int(meeting_app.environ["PORT"]), cookie=plain.partition(";")[0])
    assert "set-cookie" not in kept.get("/mote/anslut").headers
    forged = Browser(int(meeting_app.environ["PORT"]), cookie="gsn_browser=jag")
    assert "set-cookie" in forged.get("/mote/anslut").headers
