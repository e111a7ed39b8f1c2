"""What the surroundings decide of who may read, how people log in, and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_network
from pathlib import Path
from re import compile
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network

CALLBACK = "/oauth2callback"
_EVERYBODY = "alla"
_OWN_COMPUTER = "127.0.0.0/8, ::1"
_CLAIMS = "roles, groups"
_LONGEST_HOURS, _IDLE_MINUTES = "12", "120"
_SHORTEST_SECRET = 32
_HOST = compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")
# How roles are written in settings and commands, and what they are called there.
ROLE_NAMES = {
    "läsare": "reader",
    "mötesledare": "presenter",
    "redaktör": "editor",
    "administratör": "administrator",
}


class AccessError(ValueError):
    """A setting that cannot be used; the text is one Swedish sentence for the operator."""


@dataclass(frozen=True)
class Oidc:
    """A provider of log-ins, by OpenID Connect.

    `claims` are the claims that roles are looked for in, `roles` what their values stand for.
    """

    metadata_url: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    claims: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]

    @property
    def origin(self) -> str:
        """The site's own address as browsers know it: https://name[:port]."""
        parts = urlsplit(self.redirect_uri)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True)
class AccessSettings:
    """`readers` may read, everybody where it is empty; `proxies` are believed where they say whom
    they ask for, and are empty where no proxy stands before the site. `hosts` are the names that
    the site answers at, small and without port; any where it is empty.

    A log-in lasts for `longest`, and less where nothing is asked for during `idle`. `contact` is
    where who has trouble with the site turns, empty where the operator has not said.
    `cookie_secret` is empty where one is to be made and kept with the state.
    """

    readers: tuple[Network, ...] = ()
    proxies: tuple[Network, ...] = ()
    hosts: tuple[str, ...] = ()
    oidc: Oidc | None = None
    longest: timedelta = timedelta(hours=12)
    idle: timedelta = timedelta(hours=2)
    contact: str = ""
    cookie_secret: str = field(default="", repr=False)


# What holds where nothing is said.
EVERYBODY = AccessSettings()


def read_access(environ: Mapping[str, str], behind_proxy: bool) -> AccessSettings:
    """Read them out of `environ`; an empty value counts as not set. Raises AccessError."""
    longest = _whole(environ, "GSN_LOGIN_HOURS", _LONGEST_HOURS, 24 * 7)
    idle = _whole(environ, "GSN_IDLE_MINUTES", _IDLE_MINUTES, 24 * 60)
    said = _said(environ, "GSN_READERS")
    proxies = _said(environ, "GSN_PROXIES") or _OWN_COMPUTER
    return AccessSettings(
        readers=() if said in ("", _EVERYBODY) else _networks("GSN_READERS", said),
        proxies=_networks("GSN_PROXIES", proxies) if behind_proxy else (),
        hosts=_hosts(_said(environ, "GSN_HOSTS")),
        oidc=_oidc(environ),
        longest=timedelta(hours=longest),
        idle=timedelta(minutes=idle),
        contact=_said(environ, "GSN_CONTACT"),
        cookie_secret=_cookie_secret(environ),
    )


def _said(environ: Mapping[str, str], name: str) -> str:
    return environ.get(name, "").strip()


def _networks(name: str, said: str) -> tuple[Network, ...]:
    found = []
    for part in filter(None, said.replace(",", " ").split()):
        try:
            found.append(ip_network(part, strict=False))
        except ValueError as problem:
            raise AccessError(
                f"{name} har ”{part}”, som inte är något nät; skriv nät som 10.20.0.0/16 med"
                " komma emellan" + (", eller alla." if name == "GSN_READERS" else ".")
            ) from problem
    if not found:
        raise AccessError(f"{name} har inget nät; skriv ett nät som 10.20.0.0/16.")
    return tuple(found)


def _hosts(said: str) -> tuple[str, ...]:
    """The names as browsers ask for them; what none would ask for would never be met."""
    parts = said.replace(",", " ").split() or ([said] if said else [])
    return tuple(map(_host, parts))


def _host(part: str) -> str:
    name = part.lower().rstrip(".")
    try:
        # A browser asks for no zone of an address.
        if name.count(":") > 1 and "%" not in name:
            return str(IPv6Address(name))
        # What reads otherwise when it is read back, browsers write in another way.
        asked = name.encode("idna").decode()
        if _HOST.fullmatch(asked) and name in (asked, asked.encode().decode("idna")):
            return asked
    except ValueError:
        pass
    raise AccessError(
        f"GSN_HOSTS har ”{part}”; skriv bara namnet, som ekonomi.exempel.se, med komma mellan"
        " flera."
    )


def _whole(environ: Mapping[str, str], name: str, usual: str, most: int) -> int:
    text = _said(environ, name) or usual
    if text.isascii() and text.isdigit() and 1 <= int(text) <= most:
        return int(text)
    raise AccessError(f"{name} är ”{text}” men ska vara ett heltal mellan 1 och {most}.")


def _secret(environ: Mapping[str, str], name: str) -> str:
    """The secret itself, or what stands in the file that `name`_FILE says."""
    path = _said(environ, f"{name}_FILE")
    if not path:
        return _said(environ, name)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise AccessError(
            f"Filen {path} i {name}_FILE går inte att läsa; se till att den finns och att kontot"
            " som webbplatsen körs med får läsa den."
        ) from problem


def _cookie_secret(environ: Mapping[str, str]) -> str:
    secret = _secret(environ, "GSN_COOKIE_SECRET")
    if secret and len(secret) < _SHORTEST_SECRET:
        raise AccessError(
            f"GSN_COOKIE_SECRET är för kort; den ska ha minst {_SHORTEST_SECRET} slumpade tecken."
        )
    return secret


def _oidc(environ: Mapping[str, str]) -> Oidc | None:
    needed = {
        "GSN_OIDC_METADATA_URL": _said(environ, "GSN_OIDC_METADATA_URL"),
        "GSN_OIDC_CLIENT_ID": _said(environ, "GSN_OIDC_CLIENT_ID"),
        "GSN_OIDC_SECRET": _secret(environ, "GSN_OIDC_SECRET"),
        "GSN_OIDC_REDIRECT": _said(environ, "GSN_OIDC_REDIRECT"),
    }
    if not any(needed.values()):
        return None
    missing = [name for name, value in needed.items() if not value]
    if missing:
        raise AccessError(
            f"Inloggningen är halvt inställd: {' och '.join(missing)} saknas. Ange alla, eller ta"
            " bort dem som finns."
        )
    metadata_url, client_id, secret, redirect = needed.values()
    _check_address("GSN_OIDC_METADATA_URL", metadata_url, "")
    _check_address("GSN_OIDC_REDIRECT", redirect, CALLBACK)
    claims = _said(environ, "GSN_OIDC_CLAIMS") or _CLAIMS
    names = tuple(filter(None, claims.replace(",", " ").split()))
    return Oidc(metadata_url, client_id, secret, redirect, names, _roles(environ))


def _check_address(name: str, address: str, ending: str) -> None:
    """Secrets go over the net: in the open only to this very computer."""
    try:
        parts = urlsplit(address)
        is_near = parts.hostname in ("localhost", "127.0.0.1", "::1")
        is_good = parts.scheme == "https" or (parts.scheme == "http" and is_near)
        is_good = is_good and bool(parts.hostname)
    except ValueError:
        is_good = False
    if not is_good or (ending and parts.path != ending):
        tail = f" och sluta med {ending}" if ending else ""
        raise AccessError(f"{name} är ”{address}” men ska börja med https://{tail}.")


def _roles(environ: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What a claim's value stands for; where nothing is said, the roles' own names."""
    said = _said(environ, "GSN_OIDC_ROLES")
    if not said:
        own = {**ROLE_NAMES, **{role: role for role in ROLE_NAMES.values()}}
        return tuple(own.items())
    found = {}
    for part in filter(None, (part.strip() for part in said.split(","))):
        value, _, name = (each.strip() for each in part.rpartition("="))
        role = ROLE_NAMES.get(name.lower())
        if not value or role is None:
            raise AccessError(
                f"GSN_OIDC_ROLES har ”{part}”; skriv värde=roll, där rollen är"
                f" {', '.join(ROLE_NAMES)}."
            )
        found[value] = role
    return tuple(found.items())
