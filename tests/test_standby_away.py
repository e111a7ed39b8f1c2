"""While the standby is away: who asks is known as ever, and nothing is told to be sure that is not.

A standby that never comes is as good as one that has gone: commits wait for it in vain.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from harness import until
from meeting_people import mark_of
from servers import Server, alone
from sqlalchemy import Engine, func, make_url, select, text
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from gsn_dash.__main__ import main
from gsn_dash.access.routes import make_guard, make_routes
from gsn_dash.access.visitors import Gate
from gsn_dash.domain.ledger import AccountRule, LedgerMap
from gsn_dash.meeting.keys import Keys, new_key
from gsn_dash.operate.audit import run_erase
from gsn_dash.operate.people import run_people
from gsn_dash.settings import Settings, read_settings
from gsn_dash.store import wires
from gsn_dash.store.acting import EDITOR, acting
from gsn_dash.store.audit import find_people, list_deeds, verify
from gsn_dash.store.engine import make_engine
from gsn_dash.store.keys import keep_key, redeem_key
from gsn_dash.store.ledger_maps import read_map, save_map
from gsn_dash.store.logins import find_login
from gsn_dash.store.migrate import migrate
from gsn_dash.store.people import find_person, granted_role
from gsn_dash.store.trouble import NotConfirmed
from gsn_dash.web.rights import COOKIE, Browser

KEYED = read_settings({"GSN_PROXY": "1", "GSN_READERS": "192.0.2.0/24"})
SITE = "http://localhost"
WITH_LOGIN = read_settings(
    {
        "GSN_PROXY": "1",
        "GSN_OIDC_METADATA_URL": "https://id.example/.well-known/openid-configuration",
        "GSN_OIDC_CLIENT_ID": "gsn",
        "GSN_OIDC_SECRET": "secret",
        "GSN_OIDC_REDIRECT": f"{SITE}/oauth2callback",
        "GSN_OIDC_ROLES": "GSN-red=redaktör",
    }
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server with a migrated database, of these tests alone: the others wait for no standby."""
    with alone() as made:
        engine = make_engine(made.url)
        migrate(engine)
        engine.dispose()
        yield made


@pytest.fixture
def store(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The way to it, which does not wait for long."""
    monkeypatch.setattr(wires, "SECURED_SECONDS", 0.05)
    engine = make_engine(server.url)
    yield engine
    engine.dispose()


@contextmanager
def reached_with(server: Server, setting: str) -> Iterator[Engine]:
    """A way to it whose address has a setting of the server's in it."""
    url = make_url(server.url).update_query_dict({"options": f"-c {setting}"})
    engine = make_engine(url.render_as_string(hide_password=False))
    yield engine
    engine.dispose()


@contextmanager
def standby_away(server: Server) -> Iterator[None]:
    """What is committed inside is confirmed by nobody."""
    _await_standby(server, "gone")
    try:
        yield
    finally:
        _await_standby(server, "")


def _await_standby(server: Server, name: str) -> None:
    server.tell(f"ALTER SYSTEM SET synchronous_standby_names = '{name}'")
    server.tell("SELECT pg_reload_conf()")
    engine = make_engine(server.url)
    until(lambda: _is_confirmed(engine) == (not name), "the server to follow its settings")
    engine.dispose()


def _is_confirmed(engine: Engine) -> bool:
    with suppress(OperationalError), engine.begin() as connection:
        return bool(connection.execute(select(func.pg_logical_emit_message(True, "test", ""))))
    return False


def keyed(engine: Engine, name: str) -> str:
    """The mark of a browser that a key has let in."""
    mark = Browser(mark_of(name)[:32], is_new=False).mark
    keep_key(engine, mark_of(f"key of {name}"), EDITOR)
    assert redeem_key(engine, mark_of(f"key of {name}"), mark)
    return mark


def cookie_of(name: str) -> str:
    return f"{COOKIE}={mark_of(name)[:32]}"


def unseen_for_long(server: Server, mark: str) -> None:
    """As if five minutes had gone by since the log-in was used."""
    earlier = f"UPDATE login SET seen_at = seen_at - interval '5 minutes' WHERE mark = '{mark}'"
    guard = "ALTER TABLE login {} TRIGGER USER"
    server.tell("; ".join((guard.format("DISABLE"), earlier, guard.format("ENABLE"))))


def logged_in(name: str, at: str) -> str:
    """The cookie of a person who has logged in at the provider, on a computer of theirs."""
    claims = {"iss": "https://id.example", "sub": name, "name": name, "roles": ["GSN-red"]}
    kept = {**claims, "origin": SITE, "is_logged_in": True, "iat": int(time.time()), "nonce": at}
    signed = create_signed_value(get_cookie_secret(), USER_COOKIE_NAME, json.dumps(kept))
    return f"{USER_COOKIE_NAME}={signed.decode()}"


def asking(cookie: str = "", client: str = "198.51.100.7") -> HTTPConnection:
    headers = [(b"cookie", cookie.encode()), (b"host", b"localhost")]
    scope = {"type": "http", "http_version": "1.1", "headers": headers, "client": (client, 1)}
    return HTTPConnection(scope)


def gate_of(engine: Engine, settings: Settings) -> Gate:
    return Gate(settings, lambda: engine)


def save(engine: Engine) -> None:
    """Something that nobody has saved before, and that builds on no figures."""
    version = read_map(engine).version
    account = str(3000 + version)
    save_map(engine, version, LedgerMap((AccountRule(account, account, "revenue"),), {}, {}), "Bo")


def as_who_sits_here(_server: Server, _engine: Engine) -> tuple[Settings, HTTPConnection]:
    return read_settings({}), asking(client="127.0.0.1")


def as_who_has_a_key(server: Server, engine: Engine) -> tuple[Settings, HTTPConnection]:
    unseen_for_long(server, keyed(engine, "Eva"))
    return KEYED, asking(cookie_of("Eva"))


def as_who_comes_from_the_provider(_: Server, _engine: Engine) -> tuple[Settings, HTTPConnection]:
    return WITH_LOGIN, asking(logged_in("Cia", "work"))


@pytest.mark.parametrize(
    ("come", "name"),
    [
        (as_who_sits_here, "Den som sköter webbplatsen"),
        (as_who_has_a_key, "Webbläsare med nyckel"),
        (as_who_comes_from_the_provider, "Cia"),
    ],
)
def test_who_saves_is_told_that_it_is_saved_and_not_confirmed_which_it_is(
    server: Server, store: Engine, come: Callable, name: str
):
    settings, connection = come(server, store)
    gate, before = gate_of(store, settings), read_map(store).version
    with standby_away(server):
        for _ in range(2):
            with acting(gate.actor(gate.who(connection))), pytest.raises(NotConfirmed) as told:
                save(store)
            assert "sparat på den första databasservern" in told.value.sentence
        assert read_map(store).version == before + 2
    put_down = [(deed.name, deed.action) for deed in list_deeds(store, 3)]
    assert put_down[:2] == [(name, "map")] * 2
    assert name != "Cia" or put_down[2] == ("Cia", "log_in")
    assert verify(store).breaks == ()


def test_who_reads_from_outside_with_a_key_goes_on_reading(server: Server, store: Engine):
    gate, mark = gate_of(store, KEYED), keyed(store, "Bo")
    unseen_for_long(server, mark)
    was = find_login(store, mark).seen_at
    page = Route("/tal", lambda _request: PlainTextResponse("tal"))
    site = Starlette(routes=[page], middleware=make_guard(gate, KEYED.access))
    with standby_away(server):
        answer = TestClient(site, headers={"cookie": cookie_of("Bo")}).get("/tal")
    assert answer.status_code == 200
    assert find_login(store, mark).seen_at > was
    # Nor does it matter that nothing can be written at all.
    unseen_for_long(server, mark)
    with reached_with(server, "default_transaction_read_only=on") as full:
        assert gate_of(full, KEYED).who(asking(cookie_of("Bo"))).mark == mark


def test_a_key_lets_its_browser_in_and_the_operator_is_given_one(
    server: Server, store: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
):
    key, keys, mark = new_key(), Keys(), mark_of("a browser")
    keys.add(key)
    monkeypatch.setenv("DATABASE_URL", server.url)
    with standby_away(server):
        assert keys.redeem(store, key, mark)
        assert not keys.redeem(store, key, mark_of("another browser"))
        assert main(["key"]) == 0
        said = capsys.readouterr()
        assert "bara på den första databasservern" in said.err
        given = re.search(r": (\S{4}-\S{4}-\S{4})\. ", said.out)[1]
        assert keys.redeem(store, given, mark_of("a third browser"))
    assert find_login(store, mark).role == EDITOR


def test_who_logs_out_everywhere_is_out_everywhere_and_told_when_that_is_sure(
    server: Server, store: Engine
):
    gate = gate_of(store, WITH_LOGIN)
    here, there = (logged_in("Anna", at) for at in ("work", "home"))
    assert gate.who(asking(here)).name == gate.who(asking(there)).name == "Anna"
    site = TestClient(Starlette(routes=make_routes(gate, WITH_LOGIN)), SITE)
    headers = {"cookie": here, "origin": SITE}
    with standby_away(server):
        for _ in range(2):
            answer = site.post("/logga-ut", content=b"alla=1", headers=headers)
            assert answer.status_code == 503 and "http-equiv" not in answer.text
            assert "Tar reserven över kan dina inloggningar gälla igen" in answer.text
            assert gate.who(asking(there)).name == gate.who(asking(here)).name == ""
    answer = site.post("/logga-ut", content=b"alla=1", headers=headers)
    assert answer.status_code == 200 and "Du är utloggad. " in answer.text
    done = [deed.action for deed in list_deeds(store, 10) if deed.name == "Anna"]
    assert done == ["log_out", "log_in", "log_in"]


def test_what_an_operator_takes_away_is_taken_whole_and_told_when_that_is_sure(
    server: Server, store: Engine, capsys: pytest.CaptureFixture
):
    gate, cookie = gate_of(store, WITH_LOGIN), logged_in("Eva Ek", "work")
    eva = gate.who(asking(cookie))
    with standby_away(server):
        for _ in range(2):
            assert run_people(store, eva.person, "läsare", True) == 1
            said = capsys.readouterr()
            assert said.out == "" and said.err.count("kan det vara ogjort") == 2
            assert granted_role(store, eva.person) == "reader"
            assert gate.who(asking(cookie)).name == ""
    assert run_people(store, eva.person, "läsare", True) == 0
    assert "utloggad överallt" in capsys.readouterr().out
    again = logged_in("Eva Ek", "home")
    assert gate.who(asking(again)).person == eva.person
    with standby_away(server):
        assert run_erase(store, "Eva Ek", True, "root") == 1
    said = capsys.readouterr()
    assert said.out == "" and "kan namnet finnas igen" in said.err
    assert find_people(store, "Eva Ek") == () and gate.who(asking(again)).name == ""


def test_a_database_that_is_told_to_be_quiet_does_not_keep_the_warning_back(
    server: Server, store: Engine
):
    server.tell("ALTER DATABASE gsn SET client_min_messages = error")
    try:
        with (
            reached_with(server, "client_min_messages=error") as quiet,
            standby_away(server),
            pytest.raises(NotConfirmed),
        ):
            save(quiet)
    finally:
        server.tell("ALTER DATABASE gsn RESET client_min_messages")


def test_a_deed_is_never_put_down_to_somebody_whom_a_fail_over_has_lost(store: Engine):
    gate, here = gate_of(store, read_settings({})), asking(client="127.0.0.1")
    lost = gate.actor(gate.who(here)).pseudonym
    with store.begin() as connection:
        # As a standby has it that never came to know of it.
        connection.execute(text("ALTER TABLE person DISABLE TRIGGER USER"))
        gone = text("UPDATE person SET subject = 'gone' WHERE pseudonym = :lost")
        connection.execute(gone, {"lost": lost})
        connection.execute(text("ALTER TABLE person ENABLE TRIGGER USER"))
    known = gate.actor(gate.who(here))
    assert known.pseudonym not in ("", lost)
    assert find_person(store, "här", known.name) == known.pseudonym
