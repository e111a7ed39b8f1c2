"""/las-upp: where a browser on another computer gets the right to change figures, with a key."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from gsn_dash.access.roles import Deed
from gsn_dash.meeting.answering import Refused, check_own, page, read_form
from gsn_dash.meeting.document import UNLOCK, unlock_document
from gsn_dash.meeting.doorkeeper import Doorkeeper
from gsn_dash.web.rights import browser_of, remember
from gsn_dash.web.site import PAGES

_NEEDS_KEY = "Skriv nyckeln; den skrivs ut där webbplatsen startas."
_USUAL = "inlasning"


class UnlockRoutes:
    """The form for a key. Who needs none is told so, and goes back to the page he came from."""

    def __init__(self, doorkeeper: Doorkeeper) -> None:
        self._doorkeeper = doorkeeper

    def routes(self) -> list[BaseRoute]:
        return [Route(UNLOCK, self.form), Route(UNLOCK, self.unlock, methods=["POST"])]

    async def form(self, request: Request) -> Response:
        """The form, or that it is not needed."""
        browser, told, status, known = browser_of(request), "", 200, False
        try:
            known = (await self._doorkeeper.who(request)).may(Deed.CHANGE_FIGURES)
        except Refused as refused:
            told, status = refused.sentence, refused.status
        text = unlock_document(_way_on(request.query_params.get("vidare", "")), known, told)
        return remember(browser, request, page(text, status))

    async def unlock(self, request: Request) -> Response:
        """Redeem the key, and go on to the page that asked for it."""
        way_on = _USUAL
        try:
            check_own(request)
            posted = await read_form(request)
            way_on = _way_on(posted.get("vidare", ""))
            key = posted.get("key", "").strip()
            await self._doorkeeper.unlock(request, key, _NEEDS_KEY)
        except Refused as refused:
            text = unlock_document(way_on, False, refused.sentence)
            return remember(browser_of(request), request, page(text, refused.status))
        response = RedirectResponse(f"/{way_on}", status_code=303)
        return remember(browser_of(request), request, response)


def _way_on(asked: str) -> str:
    """The page to go on to; never an address elsewhere."""
    return asked if asked in PAGES else _USUAL
