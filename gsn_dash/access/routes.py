"""The addresses of logging in and out, and of what the law wants said about the site."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import anyio
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from gsn_dash.access.documents import (
    ACCESSIBILITY,
    ACCOUNT,
    FAILED_SENTENCE,
    PRIVACY,
    AccountPage,
    accessibility_document,
    account_document,
    out_document,
    privacy_document,
)
from gsn_dash.access.files import file_route
from gsn_dash.access.guard import (
    LOG_IN,
    LOG_OUT,
    UNLOCK,
    WAY_ON,
    WAY_ON_SECONDS,
    WAY_OUT,
    WAY_OUT_SECONDS,
    LogIns,
    ReadersOnly,
    read_way_on,
)
from gsn_dash.access.oidc import LOGOUT, way_to_provider
from gsn_dash.access.sessions import OwnSessions
from gsn_dash.access.visitors import ANYBODY, Gate, Way
from gsn_dash.settings import Settings
from gsn_dash.settings_access import AccessSettings
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.logins import end_login
from gsn_dash.store.trouble import NotConfirmed
from gsn_dash.web.rights import COOKIE, is_own, is_secure

_NOT_OURS = "Det här går bara att göra från webbplatsens egen sida; öppna sidan på nytt."
_NOT_CONFIRMED = (
    "Du är utloggad, men bara på den första databasservern: reserven svarar inte. Tar reserven över"
    " kan dina inloggningar gälla igen; säg till den som sköter servern."
)
_EVERYWHERE = b"alla=1"


def make_routes(gate: Gate, settings: Settings) -> list[BaseRoute]:
    """The documents, the ways in and out, and where a file is handed in."""
    return [*AccessRoutes(gate, settings).routes(), file_route(gate)]


def make_guard(gate: Gate, access: AccessSettings) -> list[Middleware]:
    """What stands before all routes and pages, outermost first."""
    return [
        Middleware(ReadersOnly, gate=gate, access=access),
        Middleware(LogIns, access=access),
        Middleware(OwnSessions),
    ]


class AccessRoutes:
    """For anybody, also outside the readers' networks."""

    def __init__(self, gate: Gate, settings: Settings) -> None:
        self._gate = gate
        self._access = settings.access

    def routes(self) -> list[BaseRoute]:
        return [
            Route(LOG_IN, self.log_in),
            Route(LOG_OUT, self.log_out, methods=["POST"]),
            Route(ACCOUNT, self.account),
            Route(ACCESSIBILITY, self.accessibility),
            Route(PRIVACY, self.privacy),
        ]

    async def log_in(self, request: Request) -> Response:
        """On to the provider, or to where a key is given; and back to `vidare` afterwards."""
        way_on = read_way_on(request.query_params.get("vidare", "/"))
        if not self._gate.has_login:
            return RedirectResponse(f"{UNLOCK}?vidare={way_on.strip('/')}", status_code=303)
        response = RedirectResponse(way_to_provider(), status_code=303)
        response.set_cookie(
            WAY_ON,
            quote(way_on, safe=""),
            max_age=WAY_ON_SECONDS,
            httponly=True,
            samesite="lax",
            secure=is_secure(request),
        )
        return response

    async def account(self, request: Request) -> Response:
        """Who is logged in, and the way out."""
        told = FAILED_SENTENCE if "fel" in request.query_params else ""
        return await self._account(request, told)

    async def _account(self, request: Request, told: str, status: int = 200) -> Response:
        visitor = ANYBODY
        try:
            visitor = await anyio.to_thread.run_sync(self._gate.who, request)
        except StoreUnavailable as problem:
            told, status = problem.sentence, 503
        hours = self._access.longest // timedelta(hours=1)
        minutes = self._access.idle // timedelta(minutes=1)
        page = AccountPage(visitor, self._gate.has_login, told, hours, minutes)
        return _page(account_document(page), status)

    async def log_out(self, request: Request) -> Response:
        """End the visitor's log-in, or all that the person has, for every page that is open."""
        if not is_own(request):
            return await self._account(request, _NOT_OURS, 403)
        everywhere, told = await request.body() == _EVERYWHERE, ""
        try:
            await anyio.to_thread.run_sync(self._end, request, everywhere)
        except NotConfirmed:
            told = _NOT_CONFIRMED
        except StoreUnavailable as problem:
            return await self._account(request, problem.sentence, 503)
        goes_on = LOGOUT if self._gate.has_login else "/"
        response = _page(out_document(goes_on, told), 503 if told else 200)
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
        if self._gate.has_login:
            response.set_cookie(
                WAY_OUT,
                "1",
                max_age=WAY_OUT_SECONDS,
                httponly=True,
                samesite="strict",
                secure=is_secure(request),
            )
        return response

    def _end(self, request: Request, everywhere: bool) -> None:
        """All log-ins that the visitor's cookies stand for, also one that ended before: whoever is
        out may have been told that it was not confirmed. After this, it is."""
        gate = self._gate
        visitor = gate.who(request)
        is_in = visitor.way in (Way.KEY, Way.LOGIN)
        by = gate.known_as(visitor) if is_in else None
        end_login(gate.reached(), list(gate.marks(request)), by, is_in and everywhere)

    async def accessibility(self, _request: Request) -> Response:
        """The statement of accessibility."""
        return _page(accessibility_document(self._access.contact))

    async def privacy(self, _request: Request) -> Response:
        """What is known of who visits."""
        return _page(privacy_document(self._access.contact, self._gate.has_login))


def _page(text: str, status: int = 200) -> HTMLResponse:
    headers = {"content-language": "sv", "cache-control": "no-store"}
    return HTMLResponse(text, status_code=status, headers=headers)
