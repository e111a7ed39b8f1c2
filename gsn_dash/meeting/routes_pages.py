"""The documents of meetings: the screen, and the pages for starting, taking over and joining."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from gsn_dash.domain.meeting.agenda import OPENING
from gsn_dash.domain.meeting.place import Place, as_json
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.meeting.answering import Refused, StoreDoor, check_own, page, read_form
from gsn_dash.meeting.document import (
    JOIN,
    START,
    LetsIn,
    StartPage,
    join_document,
    missing_meeting_document,
    screen_document,
    start_document,
)
from gsn_dash.meeting.doorkeeper import Doorkeeper
from gsn_dash.meeting.meetings import Meetings
from gsn_dash.meeting.messages import PREVIEW
from gsn_dash.meeting.places import Site, site_of
from gsn_dash.meeting.sources import occasion_of
from gsn_dash.present.occasions import PARAMETER, name_place, read_place
from gsn_dash.settings import Settings
from gsn_dash.store.meeting_drafts import MeetingRefused, checked_name, read_code
from gsn_dash.store.meetings import (
    Meeting,
    find_meeting,
    live_meetings,
    start_meeting,
    take_over,
)
from gsn_dash.store.read import read_snapshot
from gsn_dash.web.rights import Browser, browser_of, remember

_NEEDS_KEY = "För att hålla möte härifrån behövs en nyckel; den skrivs ut där webbplatsen startas."
_NEEDS_LOGIN = "För att hålla möte behöver du logga in som mötesledare."
_NO_FIGURES = "Det finns inga uppgifter att visa på ett möte än."
_NO_OCCASION = "Tillfället finns inte; börja om från dagordningen."
_NO_CODE = "Skriv mötets kod; den som visar ser den."
_ENDED = "Mötet är avslutat och går inte att ta över."
_AWAY = 503


class PageRoutes:
    """Documents of our own; each gives the browser the cookie that it is known by."""

    def __init__(
        self, meetings: Meetings, door: StoreDoor, doorkeeper: Doorkeeper, settings: Settings
    ) -> None:
        self._meetings = meetings
        self._door = door
        self._doorkeeper = doorkeeper
        self._settings = settings

    def routes(self) -> list[BaseRoute]:
        return [
            Route(START, self.start_page),
            Route(START, self.start, methods=["POST"]),
            Route(JOIN, self.join),
            Route("/mote/{code}", self.screen),
        ]

    async def start_page(self, request: Request) -> Response:
        """The form for starting a meeting."""
        said = request.query_params.get(PARAMETER, "")
        return await self._start_page(request, browser_of(request), form={PARAMETER: said})

    async def start(self, request: Request) -> Response:
        """Start a meeting, or take one over, and go to its screen."""
        form = {}
        try:
            form = await read_form(request)
            meeting = await self._started(request, form)
        except Refused as refused:
            return await self._start_page(request, browser_of(request), refused, form)
        response = RedirectResponse(f"/mote/{meeting.code}", status_code=303)
        return remember(browser_of(request), request, response)

    async def join(self, request: Request) -> Response:
        """The form for following a meeting, or on to the meeting whose code was filled in."""
        browser, typed = browser_of(request), request.query_params.get("kod", "").strip()
        if not typed:
            told = _NO_CODE if "kod" in request.query_params else ""
            return remember(browser, request, page(join_document(told)))
        code = read_code(typed.replace("-", ""))
        try:
            found = await self._door.ask(find_meeting, code) if code else None
        except Refused as refused:
            return page(join_document(refused.sentence, typed), refused.status)
        if found is None:
            return page(missing_meeting_document(typed), 404)
        response = RedirectResponse(f"/mote/{found.code}", status_code=303)
        return remember(browser, request, response)

    async def screen(self, request: Request) -> Response:
        """The screen of a meeting, or of the rehearsal."""
        said = request.path_params["code"]
        code = PREVIEW if said.lower() == PREVIEW else read_code(said)
        if code is None or not await self._exists(code):
            return page(missing_meeting_document(said), 404)
        if code != said:
            return RedirectResponse(f"/mote/{code}", status_code=308)
        response = page(screen_document(code, self._site(request)))
        return remember(browser_of(request), request, response)

    async def _exists(self, code: str) -> bool:
        if code == PREVIEW or self._meetings.rooms.find(code) is not None:
            return True
        try:
            return await self._door.ask(find_meeting, code) is not None
        except Refused:
            return True  # nobody can tell now; the screen waits until somebody can

    async def _start_page(
        self,
        request: Request,
        browser: Browser,
        refused: Refused | None = None,
        form: Mapping[str, str] = MappingProxyType({}),
    ) -> Response:
        told, status = (refused.sentence, refused.status) if refused else ("", 200)
        live, may = (), self._doorkeeper.is_here(request)
        try:
            if status != _AWAY:  # or it has been waited for already, in vain
                live = await self._door.ask(live_meetings)
                may = await self._doorkeeper.may_present(request)
        except Refused as away:
            told, status = told or away.sentence, away.status
        place = read_place(form.get(PARAMETER, ""))
        about = name_place(place, self._meetings.given.figures().occasions) if place else ""
        given = (form.get("name", ""), place, about)
        lets_in = LetsIn.NOTHING if may else self._lets_in()
        text = start_document(StartPage(self._site(request), live, lets_in, told, *given))
        return remember(browser, request, page(text, status))

    async def _started(self, request: Request, form: Mapping[str, str]) -> Meeting:
        """The meeting that is presented in this browser from now on. Raises Refused."""
        check_own(request)
        snapshot = await self._snapshot(form.get(PARAMETER, ""))
        try:
            name = checked_name(form.get("name", ""))
        except MeetingRefused as problem:
            raise Refused(400, problem.sentence) from problem
        key = form.get("key", "").strip()
        needs = _NEEDS_LOGIN if self._doorkeeper.has_login else _NEEDS_KEY
        await self._doorkeeper.let_in(request, key, needs)
        browser = browser_of(request)
        if "code" in form:
            told = form["code"], browser.mark, name
            meeting = await self._doorkeeper.do(request, take_over, *told)
            if meeting is None:
                raise Refused(410, _ENDED)
            return meeting

        def started(engine: Engine) -> Meeting:
            start, shown = as_json(Place(OPENING)), (OPENING, snapshot.batch)
            occasion = occasion_of(snapshot)
            return start_meeting(engine, *occasion, name, browser.mark, start, shown)

        return await self._doorkeeper.do(request, started)

    def _lets_in(self) -> LetsIn:
        return LetsIn.LOGIN if self._doorkeeper.has_login else LetsIn.KEY

    async def _snapshot(self, said: str) -> Snapshot:
        """The figures in force, of the occasion that is said or else the latest. Raises Refused."""
        await self._door.wait_open()
        snapshot = self._meetings.given.figures().snapshot
        if snapshot is None:
            raise Refused(503, _NO_FIGURES)
        place = read_place(said) if said else occasion_of(snapshot)
        if place != occasion_of(snapshot):
            snapshot = await self._door.ask(read_snapshot, place) if place else None
        if snapshot is None:
            raise Refused(404, _NO_OCCASION)
        return snapshot

    def _site(self, request: Request) -> Site:
        return site_of(request, self._settings.address, self._settings.port)
