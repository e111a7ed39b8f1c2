"""What the surroundings decide: where the state lies, which database, which address.

The only module that reads the environment; everything else is handed a `Settings`.
"""

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gsn_dash.settings_access import AccessError, AccessSettings, read_access

PROJECT = Path(__file__).resolve().parent.parent
DEFAULT_PORT = 8501
DEFAULT_ADDRESS = "localhost"
# Where each log-in role of the database reaches it, when they are not the embedded server's.
ROLE_URLS = {
    "gsn_reader": "GSN_READER_URL",
    "gsn_scenarios": "GSN_SCENARIOS_URL",
    "gsn_meeting": "GSN_MEETING_URL",
    "gsn_import": "GSN_IMPORT_URL",
    "gsn_people": "GSN_PEOPLE_URL",
}


class SettingsError(Exception):
    """A setting that cannot be used; the text is one Swedish sentence for the operator."""


@dataclass(frozen=True)
class Settings:
    """Decided once at start.

    `database_url` is the owner's way to the database and `role_urls` (role, address) those of the
    roles that the app serves as: all of them, or none. With neither the embedded server is used,
    which then keeps all that it has below `state`. `data` is the folder with the papers' figures,
    which a start loads unless `starts_empty`.
    `behind_proxy` says that visitors come through a proxy, so that who comes from this computer is
    not known.
    `access` says who may read and how people log in.
    """

    database_url: str | None
    state: Path
    port: int
    address: str
    data: Path
    behind_proxy: bool = False
    access: AccessSettings = field(default_factory=AccessSettings)
    role_urls: tuple[tuple[str, str], ...] = ()
    starts_empty: bool = False

    @property
    def is_embedded(self) -> bool:
        """Whether the database is our own, run by this program."""
        return self.database_url is None and not self.role_urls


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read the settings out of `environ`; an empty value counts as not set.

    Raises SettingsError for a value that cannot be used.
    """
    behind_proxy = _is_on(environ, "GSN_PROXY", "när webbplatsen nås genom en proxy")
    return Settings(
        database_url=_database_url(environ, "DATABASE_URL"),
        state=_state(environ),
        port=_port(environ.get("PORT", "").strip()),
        address=environ.get("ADDRESS", "").strip() or DEFAULT_ADDRESS,
        data=PROJECT / "data",
        behind_proxy=behind_proxy,
        access=_access(environ, behind_proxy),
        role_urls=_role_urls(environ),
        starts_empty=_is_on(environ, "GSN_EMPTY", "när papperens siffror inte ska läsas in"),
    )


def _access(environ: Mapping[str, str], behind_proxy: bool) -> AccessSettings:
    try:
        return read_access(environ, behind_proxy)
    except AccessError as problem:
        raise SettingsError(str(problem)) from problem


def _role_urls(environ: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    found = {role: _database_url(environ, name) for role, name in ROLE_URLS.items()}
    missing = [ROLE_URLS[role] for role, url in found.items() if url is None]
    if len(missing) == len(found):
        return ()
    if missing:
        raise SettingsError(
            f"{', '.join(missing)} saknas; ange en adress för var och en av databasens roller, "
            "eller för ingen."
        )
    return tuple((role, url) for role, url in found.items() if url)


def _database_url(environ: Mapping[str, str], name: str) -> str | None:
    text = environ.get(name, "").strip()
    if not text:
        return None
    # The value is not repeated: it may hold a password.
    if text.startswith(("postgresql://", "postgres://")):
        place = re.split("[/?#]", text.partition("://")[2], maxsplit=1)[0]
        if text.count("@") == place.count("@") <= 1:
            return text
        # Read as it stands, a part of the password would be taken for the server's name.
        raise SettingsError(
            f"{name} går inte att läsa: i lösenordet skrivs @ som %40, / som %2F, ? som %3F och #"
            " som %23; rätta värdet."
        )
    raise SettingsError(
        f"{name} ska börja med postgresql://, till exempel "
        "postgresql://användare@värd/databas; rätta värdet eller ta bort det."
    )


def _port(text: str) -> int:
    if not text:
        return DEFAULT_PORT
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise SettingsError(
        f"PORT är ”{text}” men ska vara ett heltal mellan 1 och 65535, till exempel PORT=8501."
    )


def _is_on(environ: Mapping[str, str], name: str, when: str) -> bool:
    text = environ.get(name, "").strip()
    if text in ("", "0", "1"):
        return text == "1"
    raise SettingsError(f"{name} är ”{text}” men ska vara 1 {when}; ta annars bort värdet.")


def _state(environ: Mapping[str, str]) -> Path:
    chosen = environ.get("GSN_STATE", "").strip()
    if not chosen:
        return _default_state(environ)
    try:
        # Absolute but not resolved: a link that the operator made stays theirs to move.
        return Path(os.path.abspath(Path(chosen).expanduser()))
    except RuntimeError as problem:
        raise SettingsError(
            f"Hemmappen i GSN_STATE={chosen} går inte att hitta; ange hela sökvägen."
        ) from problem


def _default_state(environ: Mapping[str, str]) -> Path:
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/gsn")
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or _home() / "AppData" / "Local") / "gsn"
    if sys.platform == "darwin":
        return _home() / "Library" / "Application Support" / "gsn"
    chosen = environ.get("XDG_DATA_HOME", "").strip()
    # The XDG specification says that a relative path is to be ignored.
    base = Path(chosen) if os.path.isabs(chosen) else _home() / ".local" / "share"
    return base / "gsn"


def _home() -> Path:
    """The home folder, also when HOME is empty (then the user database knows it)."""
    try:
        home = Path.home()
    except RuntimeError:
        home = Path()
    if not home.is_absolute():
        home = _registered_home()
    return home


def _registered_home() -> Path:
    if sys.platform != "win32":
        import pwd

        try:
            home = Path(pwd.getpwuid(os.getuid()).pw_dir)
        except KeyError:
            home = Path()
        if home.is_absolute():
            return home
    raise SettingsError(
        "Det finns ingen hemmapp att spara i; välj en mapp med GSN_STATE=/sökväg/till/mapp."
    )
