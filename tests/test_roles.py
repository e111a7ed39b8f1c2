"""Which role may what, all of it in one table, and what settings may say of who gets in."""

from __future__ import annotations

import pytest
from starlette.requests import HTTPConnection

from gsn_dash.access.documents import accessibility_document
from gsn_dash.access.guard import read_way_on
from gsn_dash.access.refused import Refusals
from gsn_dash.access.roles import Deed, Role
from gsn_dash.access.visitors import Visitor, Way
from gsn_dash.settings_access import AccessError, AccessSettings, read_access
from gsn_dash.store.acting import ROLES
from gsn_dash.web.addresses import address_of, may_read_from

MAY = {
    #                    reader presenter editor administrator
    Deed.SAVE_SCENARIO: (False, True, True, True),
    Deed.ARRANGE: (False, True, True, True),
    Deed.PRESENT: (False, True, True, True),
    Deed.ANSWER: (False, False, True, True),
    Deed.CHANGE_FIGURES: (False, False, True, True),
    Deed.ISSUE: (False, False, True, True),
}
OIDC = {
    "GSN_OIDC_METADATA_URL": "https://log-in.example/.well-known/openid-configuration",
    "GSN_OIDC_CLIENT_ID": "gsn",
    "GSN_OIDC_SECRET": "hemligt",
    "GSN_OIDC_REDIRECT": "https://gsn.example/oauth2callback",
}


@pytest.mark.parametrize("deed", Deed)
def test_each_role_may_what_the_table_says(deed: Deed):
    assert tuple(Visitor(role, Way.LOGIN).may(deed) for role in Role) == MAY[deed]


def test_the_store_knows_the_same_roles():
    assert tuple(role.key for role in Role) == ROLES


@pytest.mark.parametrize(
    ("told", "nearest", "found"),
    [
        ("", "192.0.2.7", "192.0.2.7"),
        ("10.9.9.9, 192.0.2.7", "127.0.0.1", "192.0.2.7"),
        ("10.9.9.9, 192.0.2.7", "198.51.100.1", "198.51.100.1"),  # no proxy of ours says it
        ("192.0.2.7, 127.0.0.1", "::1", "192.0.2.7"),
        ("", "127.0.0.1", "127.0.0.1"),
        ("skrap", "127.0.0.1", "skrap"),  # which is in nobody's network
    ],
)
def test_only_our_own_proxies_are_believed_about_whom_they_ask_for(
    told: str, nearest: str, found: str
):
    access = read_access({"GSN_READERS": "192.0.2.0/24"}, behind_proxy=True)
    headers = [(b"x-forwarded-for", told.encode())] if told else []
    scope = {"type": "http", "headers": headers, "client": (nearest, 1)}
    assert address_of(HTTPConnection(scope), access) == found
    assert may_read_from(found, access) == (found == "192.0.2.7")
    bare = read_access({}, behind_proxy=False)
    assert address_of(HTTPConnection(scope), bare) == nearest
    assert may_read_from(nearest, bare)


def test_an_address_is_in_its_network_however_it_is_written():
    access = read_access({"GSN_READERS": "192.0.2.0/24 2001:db8::/32"}, behind_proxy=False)
    for address in ("192.0.2.9", "::ffff:192.0.2.9", "192.0.2.9:4711", "[2001:db8::1]:80"):
        assert may_read_from(address, access), address
    for address in ("192.0.3.9", "2001:db9::1", "", "unknown", "192.0.2.9.1"):
        assert not may_read_from(address, access), address


@pytest.mark.parametrize(
    "way_on",
    ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "", "/a b", "/å", "/\n"],
)
def test_a_log_in_leads_on_to_no_other_site(way_on: str):
    assert read_way_on(way_on) == "/"
    assert read_way_on("/kallor?figur=a:b#c") == "/kallor?figur=a:b#c"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"GSN_OIDC_SECRET": "", "GSN_OIDC_REDIRECT": ""}, "GSN_OIDC_SECRET och GSN_OIDC_REDIRECT"),
        ({"GSN_OIDC_METADATA_URL": "http://log-in.example/x"}, "GSN_OIDC_METADATA_URL"),
        ({"GSN_OIDC_REDIRECT": "https://gsn.example/annat"}, "/oauth2callback"),
        ({"GSN_OIDC_ROLES": "x=chef"}, "läsare, mötesledare, redaktör, administratör"),
        ({"GSN_OIDC_SECRET_FILE": "/finns/inte"}, "/finns/inte"),
        ({"GSN_READERS": "kommunen"}, "kommunen"),
        ({"GSN_HOSTS": "https://gsn.example"}, "https://gsn.example"),
        ({"GSN_HOSTS": "gsn.example gsn.example:8501"}, "gsn.example:8501"),
        *(
            ({"GSN_HOSTS": name}, f"”{name}”")
            for name in ("a.example?x", "a#", "*", ",", ".se", "[::1]", "a:b", "fe80::1%a", "ß.se")
        ),
        ({"GSN_COOKIE_SECRET": "kort"}, "GSN_COOKIE_SECRET"),
        ({"GSN_LOGIN_HOURS": "0"}, "GSN_LOGIN_HOURS"),
        ({"GSN_IDLE_MINUTES": "1,5"}, "GSN_IDLE_MINUTES"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_in_a_sentence(changed: dict[str, str], said: str):
    with pytest.raises(AccessError) as told:
        read_access({**OIDC, **changed}, behind_proxy=False)
    assert said in str(told.value) and str(told.value).endswith(".")
    assert "hemligt" not in str(told.value)


def test_names_are_kept_as_browsers_ask_for_them():
    said = "Ekonomi.Örebro.se., xn--rebro-iua.se gsn-1.example 10.0.0.7 2001:DB8:0::1"
    hosts = read_access({"GSN_HOSTS": said}, behind_proxy=True).hosts
    assert hosts[:2] == ("ekonomi.xn--rebro-iua.se", "xn--rebro-iua.se")
    assert hosts[2:] == ("gsn-1.example", "10.0.0.7", "2001:db8::1")
    assert read_access({"GSN_HOSTS": " "}, behind_proxy=True).hosts == ()


def test_secrets_may_stand_in_files_and_are_not_shown(tmp_path):
    (tmp_path / "secret").write_text("en hemlighet\n")
    given = {**OIDC, "GSN_OIDC_SECRET": "", "GSN_OIDC_SECRET_FILE": str(tmp_path / "secret")}
    access = read_access(given, behind_proxy=False)
    assert access.oidc.client_secret == "en hemlighet"
    assert "hemlighet" not in repr(access)
    assert read_access({}, behind_proxy=False) == AccessSettings()


def test_refusals_are_put_down_once_a_minute_for_each_visitor_and_deed(monkeypatch):
    noted, at = Refusals(), 1000.0
    monkeypatch.setattr("time.monotonic", lambda: at)
    assert [noted.is_new("", Deed.PRESENT) for _ in range(3)] == [True, False, False]
    assert noted.is_new("anna", Deed.PRESENT) and noted.is_new("", Deed.ISSUE)
    at += 61
    assert noted.is_new("", Deed.PRESENT)


def test_the_statement_of_accessibility_says_what_the_law_asks_for():
    said = accessibility_document("anna@gsn.example")
    for part in ("(2018:1937)", "Hör av dig till anna@gsn.example", "digg.se", "skärmläsare"):
        assert part in said
    assert "Gemensamma servicenämnden genom Ludvika kommun" in accessibility_document("")
