"""Which browser it is that asks, and whether it stands on the server's own computer."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, replace
from hashlib import sha256
from ipaddress import ip_address
from re import compile
from secrets import token_hex
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response

COOKIE = "gsn_browser"
# A year: who has been let in with a key need not be again for the next meetings.
_COOKIE_SECONDS = 31_536_000
_RENEWED = "gsn.renewed_browser"
_SECRET = compile(r"[0-9a-f]{32}")
# How the headers begin that proxies add, of which many add only one or two.
_FORWARDED = (
    "forwarded",
    "via",
    "x-forwarded",
    "x-real",
    "x-client",
    "x-original",
    "true-client",
    "cf-",
    "fly-",
)
_MOST_NOTED = 1000


@dataclass(frozen=True)
class Browser:
    """A browser by the secret in its cookie; `mark` is what others may know of it."""

    secret: str
    is_new: bool

    @property
    def mark(self) -> str:
        return sha256(self.secret.encode()).hexdigest()


def browser_of(request: HTTPConnection) -> Browser:
    """The browser that asks; a new one where it has no cookie of ours, or has just been renewed."""
    renewed = request.scope.get(_RENEWED)
    if renewed is not None:
        return renewed
    secret = request.cookies.get(COOKIE, "")
    if _SECRET.fullmatch(secret):
        return Browser(secret, is_new=False)
    return new_browser()


def new_browser() -> Browser:
    """One whose secret nobody has known before."""
    return Browser(token_hex(16), is_new=True)


def renew(request: HTTPConnection, browser: Browser) -> None:
    """Let the one that asks be `browser` from now on; its answer is to `remember` it.

    Who is let in must not go on by a secret that somebody else may have given the browser.
    """
    request.scope[_RENEWED] = replace(browser, is_new=False)


def remember(browser: Browser, request: HTTPConnection, response: Response) -> Response:
    """The response, which gives the browser its cookie where it has none, or is renewed."""
    if browser.is_new or _RENEWED in request.scope:
        response.set_cookie(
            COOKIE,
            browser.secret,
            max_age=_COOKIE_SECONDS,
            path="/",
            httponly=True,
            samesite="lax",
            secure=is_secure(request),
        )
    return response


def is_secure(request: HTTPConnection) -> bool:
    """Whether the browser came by https, to us or to a proxy of ours (`hosts.AskedAt`)."""
    return request.scope.get("scheme") in ("https", "wss")


def is_local(request: HTTPConnection) -> bool:
    """Whether a browser on this very computer asks, with no proxy between that can be told.

    A proxy that adds nothing cannot be: where there is one, the settings have to say so.
    """
    # Proxies that neither tell whom they forward for nor keep the host speak HTTP/1.0.
    if request.scope.get("http_version") == "1.0":
        return False
    client = request.client.host if request.client else ""
    if not is_loopback(client) or any(name.startswith(_FORWARDED) for name in request.headers):
        return False
    hosts = [request.headers.get("host", "")]
    if "origin" in request.headers:
        hosts.append(_origin(request))
    return all(is_loopback(name_of(host)) for host in hosts)


def is_own(request: HTTPConnection) -> bool:
    """Whether a page of ours asks: a browser tells the origin of all that it posts."""
    origin = _origin(request)
    return bool(origin) and origin == request.headers.get("host", "").lower()


class Lately:
    """Who has done something so often of late, `most` times within `seconds`, that it is enough."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._times: dict[Hashable, deque[float]] = {}

    def is_enough(self, who: Hashable) -> bool:
        """Whether `most` have been noted within the time."""
        since = time.monotonic() - self._seconds
        return sum(at > since for at in self._times.get(who, ())) >= self._most

    def note(self, who: Hashable) -> None:
        """Once more; of so many that they cannot all be kept, the first is forgotten."""
        if who not in self._times and len(self._times) >= _MOST_NOTED:
            self._times.pop(next(iter(self._times)))
        self._times.setdefault(who, deque(maxlen=self._most)).append(time.monotonic())

    def take_back(self, who: Hashable) -> None:
        """What was noted last does not count."""
        times = self._times.get(who)
        if times:
            times.pop()
            if not times:
                del self._times[who]


def _origin(request: HTTPConnection) -> str:
    """The host and port of the page that asks, empty where it does not tell."""
    try:
        return urlsplit(request.headers.get("origin", "")).netloc.lower()
    except ValueError:
        return ""


def name_of(host: str) -> str:
    """The host's name, small and without its port: localhost, 127.0.0.1 or ::1."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_loopback(name: str) -> bool:
    """Whether a name or an address is this very computer's own."""
    if name == "localhost":
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
