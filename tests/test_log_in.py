"""Logging in with a provider: what it gives, when it ends, and what is not let in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from accessibility import find_violations
from conftest import AppServer, Seen
from harness import free_port, heading
from joserfc.jwk import RSAKey
from logging_in import Person, for_others, grow_older, other_issuer, other_nonce, people_at, run_out
from oidc_provider import CLIENT, SECRET, Claims, Provider, provide
from playwright.sync_api import Page, expect
from scenario_board import fill, open_form, send, settle
from sqlalchemy import Engine, text

from gsn_dash.meeting.keys import key_mark, new_key
from gsn_dash.store.acting import ADMINISTRATOR, EDITOR, READER, Actor
from gsn_dash.store.audit import list_deeds
from gsn_dash.store.engine import make_engine
from gsn_dash.store.keys import keep_key
from gsn_dash.store.people import grant_role
from gsn_dash.web.rights import COOKIE

USER = "_streamlit_user"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with provide() as provider:
        yield provider


@pytest.fixture(scope="module")
def app(start_module_app: Callable[..., AppServer], provider: Provider) -> AppServer:
    port = str(free_port())
    return start_module_app(
        PORT=port,
        GSN_OIDC_METADATA_URL=f"{provider.issuer}/.well-known/openid-configuration",
        GSN_OIDC_CLIENT_ID=CLIENT,
        GSN_OIDC_SECRET=SECRET,
        GSN_OIDC_REDIRECT=f"http://localhost:{port}/oauth2callback",
        GSN_OIDC_ROLES="GSN-red=redaktör, GSN-möte=mötesledare",
        GSN_PROXY="1",
        GSN_READERS="192.0.2.0/24",
    ).wait_open()


@pytest.fixture
def store(module_url: str) -> Iterator[Engine]:
    engine = make_engine(module_url)
    yield engine
    engine.dispose()


@pytest.fixture
def person(app: AppServer, provider: Provider) -> Iterator[Callable[..., Person]]:
    """`person(**claims)`: a new browser, which is not logged in yet."""
    with people_at(app.url, provider) as come:
        yield come


def test_a_role_from_a_claim_lets_one_hold_a_meeting_until_one_logs_out(
    person: Callable[..., Person], provider: Provider, store: Engine
):
    anna = person()
    assert "Du är inte inloggad" in anna.account() and not anna.may_start()
    back = anna.log_in("/inlasning?tillfalle=2023-2")
    assert str(back.url).endswith("/inlasning?tillfalle=2023-2")
    account = anna.account()
    assert "Anna &lt;b&gt;Ek&lt;/b&gt;" in account and "redaktör" in account
    assert anna.may_start()
    # A key too, from before she had an account: her cookies let in twice.
    key = new_key()
    keep_key(store, key_mark(key), EDITOR)
    assert anna.post("/las-upp", key=key).status_code == 303
    stolen = dict(anna.client.cookies)
    heard = provider.logged_out
    led = anna.client.get("/auth/logout")  # by a link of anybody's
    assert (led.status_code, led.headers["location"]) == (303, "/inloggning")
    assert anna.may_start() and dict(anna.client.cookies) == stolen
    out = anna.post("/logga-ut")
    assert "Du är utloggad" in out.text
    anna.client.get("/auth/logout", follow_redirects=True)
    assert provider.logged_out == heard + 1
    assert not {USER, "gsn_ut"} & set(anna.client.cookies)
    assert "Du är inte inloggad" in anna.account() and not anna.may_start()
    thief = person()
    thief.client.cookies.update(stolen)
    assert {USER, COOKIE} <= set(stolen) and not thief.may_start()
    assert "Du är inte inloggad" in thief.account()


def test_logging_out_everywhere_ends_what_is_open_on_other_computers(person: Callable[..., Person]):
    one, other, another = person(), person(), person()
    for each in (one, other):
        each.log_in()
    another.client.headers["x-forwarded-for"] = "192.0.2.9"
    assert other.may_start()
    one.post("/logga-ut", alla="1")
    assert not other.may_start()
    another.log_in()  # and one can come back
    assert another.may_start()


@pytest.mark.parametrize(
    ("roles", "title", "may"),
    [(["GSN-red"], "redaktör", True), ("GSN-möte", "mötesledare", True), (["x"], "läsare", False)],
)
def test_claims_give_the_role_that_the_settings_say(
    person: Callable[..., Person], store: Engine, roles: object, title: str, may: bool
):
    somebody = person(sub=f"claims {title}", roles=roles)
    somebody.log_in()
    assert f"<dd>{title}</dd>" in somebody.account()
    assert somebody.may_start() == somebody.may_start() == may
    put_down = [deed.action for deed in list_deeds(store, 3)]
    assert put_down.count("refuse") == (not may), "once a minute"
    assert may or put_down[:2] == ["refuse", "log_in"], "without a role too"


@pytest.mark.parametrize("spoil", [other_issuer, other_nonce, for_others, run_out])
def test_a_token_that_is_not_meant_for_this_log_in_lets_nobody_in(
    person: Callable[..., Person], provider: Provider, spoil: Callable[[Claims], Claims]
):
    anna = person()
    provider.spoil = spoil
    back = anna.log_in("/driftbudget")
    assert "Inloggningen gick inte igenom" in back.text
    assert not anna.may_start()


def test_a_token_signed_with_another_key_lets_nobody_in(
    person: Callable[..., Person], provider: Provider
):
    anna = person()
    provider.signer = RSAKey.generate_key(2048, {"kid": "one"})
    assert "Inloggningen gick inte igenom" in anna.log_in().text
    assert not anna.may_start()


def test_a_cookie_that_has_been_changed_is_no_log_in(person: Callable[..., Person]):
    anna = person()
    anna.log_in()
    kept = anna.client.cookies[USER]
    for changed in (kept[:-2] + ("AA" if kept[-2:] != "AA" else "BB"), "x" + kept, ""):
        anna.client.cookies.set(USER, changed, domain="localhost.local", path="/")
        forged = person()
        forged.client.headers["cookie"] = f"{USER}={changed}"
        assert "Du är inte inloggad" in forged.account(), changed


def test_who_uses_the_site_stays_until_the_limit_and_no_longer(
    person: Callable[..., Person], store: Engine
):
    anna = person(sub="all day")
    back = anna.log_in()
    given = [
        cookie
        for answer in back.history
        for cookie in answer.headers.get_list("set-cookie")
        if cookie.startswith((f"{USER}=", f"{USER}_")) and "Max-Age=0" not in cookie
    ]
    assert len(given) >= 2 and all("Max-Age=43200" in cookie for cookie in given), "twelve hours"
    for _ in range(6):  # eleven hours, each time just before it has lain idle too long
        assert "Anna" in anna.account()
        grow_older(store, 110, "began_at", "seen_at")
    assert anna.may_start()
    grow_older(store, 61, "began_at", "seen_at")
    assert USER in anna.client.cookies, "which alone gives nothing"
    assert not anna.may_start() and "Du är inte inloggad" in anna.account()


@pytest.mark.parametrize(("minutes", "column"), [(780, "began_at"), (180, "seen_at")])
def test_a_log_in_ends_by_itself(
    person: Callable[..., Person], store: Engine, minutes: int, column: str
):
    anna = person(sub=f"old {column}")
    anna.log_in()
    assert anna.may_start()
    grow_older(store, minutes, column)
    assert not anna.may_start() and "Du är inte inloggad" in anna.account()


def test_only_the_readers_networks_read_and_who_has_logged_in(person: Callable[..., Person]):
    outside = person("198.51.100.1")
    for address in ("/", "/hamta/mall.xlsx", "/oppna-data", "/api/nu", "/mote/anslut"):
        answer = outside.client.get(address)
        assert (answer.status_code, "Bara för vissa nät" in answer.text) == (403, True), address
    for address in ("/healthz", "/tillganglighet", "/integritet", "/inloggning"):
        assert outside.client.get(address).status_code == 200, address
    assert person().client.get("/").status_code == 200
    assert outside.log_in("/oppna-data").status_code == 200
    # What the visitor himself has written before the proxy wrote is not believed.
    liar = person("198.51.100.1")
    liar.client.headers["x-forwarded-for"] = "192.0.2.7, 198.51.100.1"
    assert liar.client.get("/").status_code == 403


def test_cookies_are_kept_from_scripts_and_other_sites(person: Callable[..., Person]):
    anna = person()
    anna.client.headers["x-forwarded-proto"] = "https"
    way = anna.client.get("/logga-in?vidare=//evil.example")
    given = way.headers.get_list("set-cookie")
    assert given and "gsn_vidare=%2F;" in given[0]
    on = anna.client.get(way.headers["location"])
    for cookie in [*given, *on.headers.get_list("set-cookie")]:
        flags = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"httponly", "secure", "samesite=lax"} <= flags, cookie
    assert way.headers["strict-transport-security"].startswith("max-age=")


# What is asked of a route, and which of the roles below may: nobody, presenter, editor.
ROUTES = {
    "start": (False, True, True),
    "step": (False, True, True),
    "end": (False, True, True),
    "follow": (True, True, True),
    "ask": (True, True, True),
    "read": (True, True, True),
}


def test_each_role_may_at_a_route_what_the_table_says(person: Callable[..., Person]):
    people = []
    for roles in ([], ["GSN-möte"], ["GSN-red"]):
        people.append(person(sub=f"role {roles}", roles=roles))
        people[-1].log_in()
        people[-1].client.get("/mote/anslut")
    for at, somebody in enumerate(people):
        host = people[1]
        code = host.post("/mote/starta", name="Eva").headers["location"].rpartition("/")[2]
        seen = {
            "start": somebody.post("/mote/starta", name="Bo").status_code == 303,
            "follow": somebody.client.get(f"/mote/{code}").status_code == 200,
            "ask": at == 1 or somebody.deed(code, "be-om", name="Bo") == 200,
            "read": somebody.client.get("/oppna-data").status_code == 200,
        }
        # To step and to end takes the role and the meeting, which is taken over first.
        somebody.post("/mote/starta", name="Bo", code=code)
        place = {"place": {"view": "opening", "row": "", "levers": {}}}
        seen["step"] = somebody.deed(code, "plats", **place) == 200
        seen["end"] = somebody.deed(code, "avsluta") == 200
        assert seen == {deed: may[at] for deed, may in ROUTES.items()}, at


def test_who_has_lost_the_role_presents_no_more_and_a_guest_does(
    person: Callable[..., Person], store: Engine
):
    guest, host = person(), person(sub="host")
    host.log_in()
    guest.client.get("/mote/anslut")
    code = host.post("/mote/starta", name="Eva").headers["location"].rpartition("/")[2]
    assert guest.deed(code, "be-om", name="Bo") == 200
    place = {"place": {"view": "opening", "row": "", "levers": {}}}
    assert host.deed(code, "plats", **place) == 200 and guest.deed(code, "plats", **place) == 403
    with store.connect() as connection:
        ask = connection.execute(text("SELECT max(id) FROM meeting_ask")).scalar_one()
    assert host.deed(code, "lamna-over", id=ask) == 200
    assert guest.deed(code, "plats", **place) == 200
    # It is the guest's to show, and not to end; nor to take once it has been taken back.
    assert guest.deed(code, "avsluta") == 403
    assert host.deed(code, "ta-tillbaka", name="Eva") == 200
    assert guest.deed(code, "ta-tillbaka", name="Bo") == 403
    pseudonym = re.search(r"<code>(p[0-9a-f]{32})</code>", host.account())[1]
    grant_role(store, pseudonym, READER, Actor(pseudonym, "Eva", ADMINISTRATOR))
    assert host.deed(code, "plats", **place) == 403
    assert "<dd>läsare</dd>" in host.account()


def test_a_page_shows_who_is_logged_in_and_does_nothing_more_for_who_has_left(
    app: AppServer, person: Callable[..., Person], page: Page, seen: Seen, store: Engine
):
    person(sub="browser")  # what the provider says next
    page.goto(f"{app.url}/granskning")
    expect(heading(page)).to_have_text("Bara för vissa nät")
    page.goto(f"{app.url}/logga-in?vidare=/granskning%3Fforklara%3Dx")
    page.wait_for_url("**/granskning?forklara=x")
    expect(page.locator(".gsn-visitor")).to_contain_text("Anna <b>Ek</b>, redaktör")
    settle(page, f"{app.url}/tank-om")
    form = open_form(page, "Spara")
    fill(form, name="Efteråt", author="Anna")
    # In another window of the same browser, by the form there.
    window = page.context.new_page()
    window.goto(f"{app.url}/inloggning")
    assert find_violations(window) == []
    window.get_by_role("button", name="Logga ut", exact=True).click()
    expect(window.locator("h1")).to_have_text(re.compile("Utloggad|Bara för vissa nät"))
    send(form, "Spara")
    expect(page.get_by_text("Du får inte göra det härifrån, eller inte längre")).to_be_visible()
    with store.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM scenario")).scalar_one() == 0
    for address in ("/tillganglighet", "/integritet"):
        window.goto(f"{app.url}{address}")
        assert find_violations(window) == [], address
    assert set(seen.hosts) == {"localhost"}
