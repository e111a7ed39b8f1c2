"""What a follower or the presenter does: step, ask to present, hand over, end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from gsn_dash.domain.meeting.place import as_json, read_place
from gsn_dash.meeting.answering import (
    Refused,
    StoreDoor,
    answer,
    check_own,
    read_object,
    refusal,
)
from gsn_dash.meeting.doorkeeper import Doorkeeper
from gsn_dash.meeting.ending import end
from gsn_dash.meeting.meetings import Meetings
from gsn_dash.meeting.sources import NoFigures
from gsn_dash.store.meeting_drafts import MeetingRefused, read_code
from gsn_dash.store.meetings import (
    ask_to_present,
    dismiss_ask,
    find_meeting,
    hand_over,
    move_meeting,
    take_back_ask,
    take_over,
)
from gsn_dash.store.scenario_drafts import ScenarioRefused
from gsn_dash.web.rights import browser_of

Asked = dict[str, Any]
# The way to the database for who may do this: `reach(work, *arguments)`.
Reach = Callable[..., Awaitable[Any]]
# What is done for a meeting's code, a browser's mark and what was sent.
Deed = Callable[[Reach, str, str, Asked], Awaitable[Asked]]

_LAST_TURN = 2**53  # the largest whole number that a script counts with

_NO_COOKIE = "Det här går bara att göra från mötets egen sida; läs in den på nytt."
_NOT_PRESENTER = "Det är någon annan som visar nu."
_ENDED = "Mötet är avslutat."
_MISSING = "Det finns inget möte med den koden."
_NO_PLACE = "Platsen i mötet går inte att läsa; läs in sidan på nytt."
_PASSED = "Ett senare steg har redan visats."
_ALREADY = "Du visar redan."
_NOT_ENDED = "Mötet ändrades medan det skulle avslutas; försök igen."
_NOT_LEADER = (
    "Bara en mötesledare kan göra det här. Den som lämnade över till dig kan ta tillbaka visningen"
    " och avsluta mötet."
)
_NO_ASK = "Frågan om att få visa finns inte längre."
_NO_FIGURES = "Databasen har inte längre uppgifterna som mötet handlar om."


class StepRoutes:
    """Each of them takes JSON from a page of ours, and answers with JSON."""

    def __init__(self, meetings: Meetings, door: StoreDoor, doorkeeper: Doorkeeper) -> None:
        self._meetings = meetings
        self._door = door
        self._doorkeeper = doorkeeper

    def routes(self) -> list[BaseRoute]:
        presenters: dict[str, Deed] = {
            "plats": self.step,
            "lamna-over": self.hand_over,
            "avvisa": self.dismiss,
        }
        return [
            *(self._route(name, deed, self._as_presenter) for name, deed in presenters.items()),
            # For a guest there is a meeting to show, not one to end or to take from others.
            self._route("avsluta", self.end, self._as_leader),
            self._route("ta-tillbaka", self.take_over, self._as_leader),
            self._route("be-om", self.ask, self._as_asking),
            self._route("angra", self.take_back, self._as_anybody),
        ]

    def _route(self, name: str, deed: Deed, way: Callable[[Request, str], Reach]) -> Route:
        return Route(f"/api/mote/{{code}}/{name}", _posted(deed, way), methods=["POST"])

    def _as_presenter(self, request: Request, code: str) -> Reach:
        return partial(self._doorkeeper.do, request, at=code)

    def _as_leader(self, request: Request, _code: str) -> Reach:
        return partial(self._doorkeeper.do, request, refusal=_NOT_LEADER)

    def _as_asking(self, request: Request, code: str) -> Reach:
        return partial(self._doorkeeper.ask, request, code)

    def _as_anybody(self, _request: Request, _code: str) -> Reach:
        return self._door.ask

    async def step(self, reach: Reach, code: str, mark: str, asked: Asked) -> Asked:
        """The presenter goes to another place."""
        try:
            place = as_json(read_place(asked.get("place")))
        except ValueError as problem:
            raise Refused(400, _NO_PLACE) from problem
        turn = asked.get("turn")
        if turn is not None and not (type(turn) is int and 0 <= turn < _LAST_TURN):
            raise Refused(400, _NO_PLACE)
        shown = self._shown(code, place["view"])
        sequence = await reach(move_meeting, code, mark, place, shown, turn)
        if sequence is None:
            raise await self._explain(code, mark, _PASSED)
        self._meetings.rooms.stepped(code, sequence, place)
        return {"sequence": sequence}

    async def ask(self, reach: Reach, code: str, mark: str, asked: Asked) -> Asked:
        """A follower asks to present."""
        name = asked.get("name")
        if not isinstance(name, str):
            raise Refused(400, "Skriv ditt namn, så att den som visar ser vem som frågar.")
        here = self._meetings.followers(code)
        if not await reach(ask_to_present, code, mark, name, here):
            raise await self._explain(code, mark, _ALREADY)
        return {"asked": True}

    async def take_back(self, reach: Reach, code: str, mark: str, _asked: Asked) -> Asked:
        """A follower asks no longer."""
        await reach(take_back_ask, code, mark)
        return {"asked": False}

    async def hand_over(self, reach: Reach, code: str, mark: str, asked: Asked) -> Asked:
        """The presenter lets somebody who has asked present instead."""
        given = await reach(hand_over, code, mark, _read_ask(asked))
        if given is None:
            raise await self._explain(code, mark, _NO_ASK)
        return {"sequence": given.sequence}

    async def take_over(self, reach: Reach, code: str, mark: str, asked: Asked) -> Asked:
        """Who may hold meetings presents this one again, whoever does."""
        name = asked.get("name")
        if not isinstance(name, str):
            raise Refused(400, "Skriv ditt namn, så att de som följer ser vem som visar.")
        given = await reach(take_over, code, mark, name)
        if given is None:
            raise await self._explain(code, mark, _ENDED)
        return {"sequence": given.sequence}

    async def dismiss(self, reach: Reach, code: str, mark: str, asked: Asked) -> Asked:
        """The presenter says no to somebody who has asked."""
        if not await reach(dismiss_ask, code, mark, _read_ask(asked)):
            raise await self._explain(code, mark, _NO_ASK)
        return {}

    async def end(self, reach: Reach, code: str, mark: str, _asked: Asked) -> Asked:
        """The presenter ends the meeting, and what it showed is kept."""

        def ended(engine: Engine) -> bool:
            figures = self._meetings.given.figures()
            return end(engine, figures, code, mark, datetime.now(UTC))

        try:
            is_done = await reach(ended)
        except NoFigures as problem:
            raise Refused(409, _NO_FIGURES) from problem
        except ScenarioRefused as problem:
            raise Refused(409, problem.sentence) from problem
        if not is_done:
            raise await self._explain(code, mark, _NOT_ENDED)
        return {"ended": True}

    def _shown(self, code: str, view: str) -> tuple[str, int] | None:
        """The view, and the import whose figures it is shown with; None before there are any."""
        room = self._meetings.rooms.find(code)
        if room is not None and room.deck is not None:
            return view, room.deck.batch
        snapshot = self._meetings.given.figures().snapshot
        return (view, snapshot.batch) if snapshot else None

    async def _explain(self, code: str, mark: str, otherwise: str) -> Refused:
        """Why the store did not do as asked; `otherwise` is said to who presents."""
        found = await self._door.ask(find_meeting, code)
        if found is None:
            return Refused(404, _MISSING)
        if found.ended_at is not None:
            return Refused(410, _ENDED)
        is_theirs = found.presenter_mark == mark
        return Refused(409, otherwise) if is_theirs else Refused(403, _NOT_PRESENTER)


def _read_ask(asked: Asked) -> int:
    """Which ask is meant. Raises Refused."""
    ask_id = asked.get("id")
    if type(ask_id) is not int or not 0 <= ask_id < 2**63:
        raise Refused(400, _NO_ASK)
    return ask_id


def _posted(
    deed: Deed, way: Callable[[Request, str], Reach]
) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of a deed: only for pages of ours, and a refusal is an answer too."""

    async def endpoint(request: Request) -> Response:
        try:
            check_own(request)
            asked = await read_object(request)
            said = request.path_params["code"]
            code, browser = read_code(said) or said, browser_of(request)
            if browser.is_new:
                # Every page of ours has given it a cookie: it would be somebody else each time.
                raise Refused(403, _NO_COOKIE)
            return answer(await deed(way(request, code), code, browser.mark, asked))
        except Refused as refused:
            return refusal(refused)
        except MeetingRefused as refused:
            return refusal(Refused(400, refused.sentence))

    return endpoint
