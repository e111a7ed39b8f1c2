"""The settings, and the operator's commands."""

import os
import re
import subprocess
import sys
from ipaddress import ip_network
from pathlib import Path

import pytest
from harness import free_port, surroundings
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from gsn_dash.__main__ import main
from gsn_dash.operate.address import shown_url
from gsn_dash.operate.parser import SURROUNDINGS
from gsn_dash.operate.prepare import explain
from gsn_dash.settings import PROJECT, Settings, SettingsError, read_settings
from gsn_dash.settings_access import AccessSettings

_READ_SETTINGS = ("settings.py", "settings_access.py")
ENGLISH = re.compile(
    r"\b(usage|options|positional|arguments|show|help message|error|traceback|invalid|file)\b", re.I
)


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "gsn_dash", *arguments],
        cwd=PROJECT,
        env=surroundings(**environ),
        capture_output=True,
        text=True,
        timeout=120,
    )


def assert_one_sentence(text: str) -> None:
    """One line, one sentence of Swedish, and no trace of Python."""
    assert text.endswith(".\n") and text.count("\n") == 1, text
    assert not ENGLISH.search(text), text


def test_settings_without_an_environment() -> None:
    settings = read_settings({"HOME": "/home/anna"})
    assert (settings.port, settings.address, settings.database_url) == (8501, "localhost", None)
    assert settings.data == PROJECT / "data"
    assert settings.state.is_absolute()


def test_settings_from_the_environment() -> None:
    given = {
        "DATABASE_URL": "postgresql://anna@db.exempel/gsn",
        "GSN_STATE": "/srv/gsn",
        "PORT": "9000",
        "ADDRESS": "0.0.0.0",
        "GSN_PROXY": "1",
        "GSN_EMPTY": "1",
    }
    assert read_settings(given) == Settings(
        "postgresql://anna@db.exempel/gsn",
        Path("/srv/gsn"),
        9000,
        "0.0.0.0",
        PROJECT / "data",
        True,
        # This computer's own proxy is believed, where there is one.
        access=AccessSettings(proxies=(ip_network("127.0.0.0/8"), ip_network("::1"))),
        starts_empty=True,
    )


def test_empty_values_are_as_if_not_set() -> None:
    names = ["DATABASE_URL", "GSN_STATE", "PORT", "ADDRESS", "GSN_PROXY", "GSN_EMPTY"]
    empty = dict.fromkeys(names, "")
    assert read_settings(empty) == read_settings({})


def test_relative_state_is_made_absolute() -> None:
    assert read_settings({"GSN_STATE": "här"}).state == Path.cwd() / "här"


@pytest.mark.skipif(sys.platform != "linux", reason="the folders of Linux")
def test_default_state(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert read_settings({"XDG_DATA_HOME": "/x"}).state == Path("/var/lib/gsn")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("HOME", "/home/anna")
    assert read_settings({"XDG_DATA_HOME": "/x"}).state == Path("/x/gsn")
    assert read_settings({}).state == Path("/home/anna/.local/share/gsn")
    assert read_settings({"XDG_DATA_HOME": "relative"}).state == read_settings({}).state
    monkeypatch.setenv("HOME", "")
    assert read_settings({}).state.is_absolute()


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80.5", "٣٣٣٣"])
def test_port_that_is_none(port: str) -> None:
    with pytest.raises(SettingsError, match="PORT"):
        read_settings({"PORT": port})


def test_a_proxy_is_said_to_be_there_or_not() -> None:
    assert not read_settings({"GSN_PROXY": "0"}).behind_proxy
    with pytest.raises(SettingsError, match="GSN_PROXY"):
        read_settings({"GSN_PROXY": "ja"})


def test_database_url_of_another_kind_is_refused_without_telling_its_password() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({"DATABASE_URL": "mysql://anna:hemligt@db/gsn"})
    assert "DATABASE_URL" in str(refused.value) and "hemligt" not in str(refused.value)


@given(st.text("aä1:@/?#%&, ", min_size=1, max_size=12), st.sampled_from("@/"))
def test_a_password_that_is_not_written_as_it_should_be_is_never_told(rest: str, sign: str) -> None:
    """A part of it would be taken for the server or the database, and both are told."""
    password = f"hemligt{sign}{rest}hemligt"
    try:
        settings = read_settings({"DATABASE_URL": f"postgresql://anna:{password}@db.exempel/gsn"})
        told = explain(OperationalError("", {}, Exception()), settings)
    except SettingsError as problem:
        told = str(problem)
    assert "DATABASE_URL" in told and "hemligt" not in told


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("localhost", "http://localhost:9000"),
        ("0.0.0.0", "http://localhost:9000"),
        ("::", "http://localhost:9000"),
        ("10.1.2.3", "http://10.1.2.3:9000"),
        ("fe80::1", "http://[fe80::1]:9000"),
    ],
)
def test_the_shown_address_can_be_opened(address: str, url: str) -> None:
    assert shown_url(address, 9000) == url


@pytest.mark.parametrize("command", [(), ("serve",), ("migrate",), ("load",), ("check",), ("key",)])
def test_help_is_swedish(command: tuple[str, ...]) -> None:
    ended = run(*command, "--help")
    assert ended.returncode == 0 and ended.stderr == ""
    assert "Användning:" in ended.stdout and "visa den här hjälpen" in ended.stdout
    words = ended.stdout.replace("--help", "").replace("--with-parent", "")
    assert not ENGLISH.search(words), words


def test_help_names_every_command() -> None:
    told = run("--help").stdout
    commands = ("serve", "migrate", "load", "check", "key")
    assert all(re.search(rf"^ +{name} ", told, re.M) for name in commands)


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        ((), "KOMMANDO"),
        (("dansa",), "dansa"),
        (("serve", "--fort"), "--fort"),
        (("load", "a", "b"), "b"),
        (("audit",), "VAD"),
        (("audit", "list", "--most", "många"), "många"),
        (("key", "--role"), "--role"),
    ],
)
def test_command_that_is_none_is_told_what_was_wrong(
    arguments: tuple[str, ...], wrong: str, capsys: pytest.CaptureFixture
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    said = capsys.readouterr()
    assert ended.value.code == 2 and said.out == ""
    assert_one_sentence(said.err.replace("--help", ""))
    assert wrong in said.err.partition(";")[0]


def test_help_names_every_setting() -> None:
    read = "".join((PROJECT / "gsn_dash" / name).read_text() for name in _READ_SETTINGS)
    names = set(re.findall(r'"((?:GSN|DATABASE)_[A-Z_]+)"', read))
    assert len(names) > 15 and names <= set(re.findall(r"[A-Z_]{4,}", SURROUNDINGS))


@pytest.mark.parametrize(
    "arguments", [("check",), ("backup", "x"), ("audit", "verify"), ("people",), ("appendix",)]
)
def test_what_is_about_a_database_makes_none(
    arguments: tuple[str, ...], state: Path, capsys: pytest.CaptureFixture, monkeypatch
) -> None:
    monkeypatch.setenv("GSN_STATE", str(state))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert main(list(arguments)) == 1
    said = capsys.readouterr().err
    assert_one_sentence(said)
    assert f"ingen databas i mappen {state}" in said and not state.exists()


def test_a_command_on_the_server_has_the_settings_of_the_site(tmp_path: Path, state: Path) -> None:
    """Values may have spaces, as systemd lets them; they are never read as commands."""
    own = tmp_path / "gsn.env"
    own.write_text(f"# Så här\n\nGSN_STATE={state}\nGSN_CONTACT=Anna $(false) `false`, tel 1\n")
    script = (PROJECT / "deploy" / "gsn").read_text()
    for ours, here in (
        ("/etc/gsn/gsn.env", str(own)),
        ("/opt/gsn", str(PROJECT)),
        ("runuser -u gsn -- .venv/bin/python", sys.executable),
    ):
        assert script.count(ours) == 1
        script = script.replace(ours, here)
    ended = subprocess.run(
        ["sh", "-c", script, "gsn", "check"], env=surroundings(), capture_output=True, text=True
    )
    assert ended.returncode == 1 and f"ingen databas i mappen {state};" in ended.stderr


def test_bad_port_stops_every_command() -> None:
    ended = run("migrate", PORT="abc")
    assert ended.returncode == 1 and ended.stdout == ""
    assert_one_sentence(ended.stderr)


def test_migrate_and_load_twice(empty_url: str) -> None:
    migrated = run("migrate", DATABASE_URL=empty_url)
    assert (migrated.returncode, migrated.stderr) == (0, "")
    first = run("load", DATABASE_URL=empty_url)
    assert (first.returncode, first.stderr) == (0, "")
    again = run("load", str(PROJECT / "data"), DATABASE_URL=empty_url)
    assert again.returncode == 0 and "inget ändrades" in again.stdout
    assert "inget ändrades" not in first.stdout


def test_check_of_the_papers(empty_url: str) -> None:
    assert run("load", DATABASE_URL=empty_url).returncode == 0
    checked = run("check", DATABASE_URL=empty_url)
    assert checked.stderr == "" and len(checked.stdout.splitlines()) > 5


def test_load_runs_an_embedded_server_and_stops_it(state: Path) -> None:
    loaded = run("load", GSN_STATE=str(state))
    assert (loaded.returncode, loaded.stderr) == (0, "")
    assert not (state / "postgres" / "data" / "postmaster.pid").exists()


def test_load_of_a_folder_that_is_not_there() -> None:
    ended = run("load", "/finns/inte")
    assert ended.returncode == 1
    assert_one_sentence(ended.stderr)
    assert "/finns/inte" in ended.stderr


@pytest.mark.parametrize("command", ["migrate", "load", "check", "key"])
def test_database_that_does_not_answer(command: str) -> None:
    url = f"postgresql://anna:hemligt@localhost:{free_port()}/gsn"
    ended = run(command, DATABASE_URL=url)
    assert ended.returncode == 1 and ended.stdout == ""
    assert_one_sentence(ended.stderr)
    assert "hemligt" not in ended.stderr


def test_database_url_that_cannot_be_read() -> None:
    ended = run("migrate", DATABASE_URL="postgresql://värd:port/gsn")
    assert ended.returncode == 1
    assert_one_sentence(ended.stderr)


def test_state_that_cannot_be_made() -> None:
    ended = run("migrate", GSN_STATE="/proc/gsn")
    assert ended.returncode == 1
    assert_one_sentence(ended.stderr)
