"""Log-in roles are made and given their rights by any owner, and what is amiss is told."""

import pytest
from log_ins import urls
from sqlalchemy import event, make_url, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from gsn_dash.operate.bounds import bounds_of, note_bounds
from gsn_dash.operate.prepare import explain, open_ways, prepare, set_up_roles
from gsn_dash.settings import PROJECT, Settings, SettingsError, read_settings
from gsn_dash.store import roles
from gsn_dash.store.engine import StoreUnavailable, make_engine
from gsn_dash.store.migrate import migrate
from gsn_dash.store.read import read_snapshot
from gsn_dash.store.rights import LOGINS, READER
from gsn_dash.store.roles import RolesMissing, make_roles, unbounded
from gsn_dash.store.ways import make_ways


def test_it_is_found_out_where_the_database_does_not_hold_the_app(owner):
    address = owner.url.set(drivername="postgresql").render_as_string(False)
    for changed, found in (({}, ()), ({READER: address}, (READER,))):
        engine = make_ways(urls(address, **changed))
        assert unbounded(engine) == found
        engine.dispose()
    assert unbounded(owner) == LOGINS


def _settings(tmp_path, url=None, given=()):
    return Settings(url, tmp_path, 1, "localhost", PROJECT / "data", role_urls=tuple(given))


def test_the_app_serves_without_the_owner_when_the_owner_has_been_there(
    owner, empty_url, tmp_path, caplog
):
    url = owner.url.set(drivername="postgresql").render_as_string(False)
    settings = _settings(tmp_path, given=urls(url).items())
    prepare(settings, lambda _: None)
    engine = open_ways(settings)
    assert bounds_of(settings) == "unknown"
    note_bounds(settings, engine)
    assert read_snapshot(engine) is not None
    assert (bounds_of(settings), caplog.messages) == ("enforced", [])
    engine.dispose()
    with pytest.raises(StoreUnavailable, match="gsn_dash roles"):
        prepare(_settings(tmp_path, given=urls(empty_url).items()), lambda _: None)


def test_one_address_for_everything_works_and_says_what_is_not_held(owner, tmp_path, caplog):
    url = owner.url.set(drivername="postgresql").render_as_string(False)
    settings = _settings(tmp_path, url)
    engine = open_ways(settings)
    note_bounds(settings, engine)
    assert read_snapshot(engine) is not None
    engine.dispose()
    assert bounds_of(settings).startswith("not enforced")
    assert "GSN_READER_URL" in caplog.messages[0] and "gsn_dash roles" in caplog.messages[0]


@pytest.fixture
def rented(server_url, empty_url):
    """An empty database whose owner is nothing else on the server."""
    maker = make_engine(server_url)
    with maker.begin() as connection:
        connection.execute(text("CREATE ROLE gsn_test_owner LOGIN"))
        name = make_url(empty_url).database
        connection.execute(text(f'ALTER DATABASE "{name}" OWNER TO gsn_test_owner'))
    engine = make_engine(make_url(empty_url).set(username="gsn_test_owner").render_as_string(False))
    yield engine
    engine.dispose()
    there = make_engine(empty_url)
    with there.begin() as connection:
        connection.execute(text("REASSIGN OWNED BY gsn_test_owner TO CURRENT_USER"))
        connection.execute(text("DROP OWNED BY gsn_test_owner"))
        connection.execute(text("DROP ROLE gsn_test_owner"))
    there.dispose()
    maker.dispose()


def test_an_owner_who_may_make_no_roles_can_still_give_them_their_rights(
    rented, owner, empty_url, caplog
):
    """As on a rented server, where somebody else has made the log-ins, with their passwords."""
    migrate(rented)
    addresses = {role: make_url(url) for role, url in urls(empty_url).items()}
    own = {role: url.set(password="hemligt") for role, url in addresses.items()}
    make_roles(rented, {role: url.render_as_string(False) for role, url in own.items()})
    assert [message for message in caplog.messages if READER in message]
    assert "hemligt" not in caplog.text and "SCRAM" not in caplog.text
    app = make_ways(urls(empty_url))
    assert unbounded(app) == ()
    app.dispose()


def test_a_log_in_that_is_not_held_is_told_when_the_roles_are_made(owner, tmp_path):
    url = owner.url.set(drivername="postgresql").render_as_string(False)
    set_up_roles(_settings(tmp_path, url, urls(url).items()), owner)
    with pytest.raises(StoreUnavailable, match=f"Databasen låter {READER} göra mer än"):
        set_up_roles(_settings(tmp_path, url, urls(url, **{READER: url}).items()), owner)


def test_the_role_that_a_superusers_tables_are_given_to_is_not_asked_of_another_owner(
    owner, logins, monkeypatch
):
    monkeypatch.setattr(roles, "OWNER", "gsn_absent")
    monkeypatch.setattr(roles, "ROLES", ("gsn_absent", *LOGINS))
    with pytest.raises(ProgrammingError, match="must be owner|permission denied"):
        make_roles(logins[READER])  # which owns nothing, and fails for that alone


def test_roles_that_are_missing_are_named(owner, logins, monkeypatch):
    monkeypatch.setattr(roles, "ROLES", ("gsn_absent", *roles.ROLES))
    with pytest.raises(RolesMissing) as missing:
        make_roles(logins[READER])
    assert missing.value.roles == ("gsn_absent",)


def test_a_password_is_set_without_any_log_having_it(owner, tmp_path):
    url = make_url(urls(owner.url)[READER]).set(drivername="postgresql", password="hemligt")
    said = []
    event.listen(owner, "before_cursor_execute", lambda *told: said.append(told[2]))
    make_roles(owner, {READER: url.render_as_string(False)})
    assert any("SCRAM-SHA-256$" in each for each in said)
    assert not any("hemligt" in each for each in said)


def test_who_is_not_let_in_is_told_which_role_and_what_to_do(tmp_path):
    told = 'connection failed: FATAL:  password authentication failed for user "gsn_reader"'
    problem = OperationalError("", None, Exception(told))
    given = urls("postgresql://anna:hemligt@db/gsn")
    sentence = explain(problem, _settings(tmp_path, given=given.items()))
    assert "gsn_reader" in sentence and "GSN_READER_URL" in sentence and "hemligt" not in sentence


def test_the_addresses_of_all_roles_are_given_or_of_none():
    name = "GSN_READER_URL"
    with pytest.raises(SettingsError, match="GSN_IMPORT_URL"):
        read_settings({name: "postgresql://gsn_reader@db/gsn"})
    with pytest.raises(SettingsError, match=name):
        read_settings({name: "mysql://gsn_reader@db/gsn"})
    assert read_settings({}).is_embedded
    assert not read_settings({"DATABASE_URL": "postgresql://gsn@db/gsn"}).is_embedded
