"""What a follower or the presenter does: step, ask to present, hand over, end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from gsn_dash.domain.meeting.place import as_json, read_place
from gsn_dash.meeting.answering import Refused, StoreDoor, answer, read_object, refusal
from gsn_dash.meeting.ending import end
from gsn_dash.meeting.meetings import Meetings
from gsn_dash.meeting.rights import browser_of, is_own
from gsn_dash.meeting.sources import NoFigures
from gsn_dash.store.meeting_drafts import MeetingRefused, read_code
from gsn_dash.store.meetings import (
    ask_to_present,
    find_meeting,
    hand_over,
    move_meeting,
    take_back_ask,
)
from gsn_dash.store.scenario_drafts import ScenarioRefused

Asked = dict[str, Any]
# What is done for a meeting's code, a browser's mark and what was sent.
Deed = Callable[[str, str, Asked], Awaitable[Asked]]

_NOT_OURS = "Det här går bara att göra från mötets egen sida; läs in den på nytt."
_NOT_PRESENTER = "Det är någon annan som presenterar nu."
_ENDED = "Mötet är avslutat."
_MISSING = "Det finns inget möte med den koden."
_NO_PLACE = "Platsen i mötet går inte att läsa; läs in sidan på nytt."
_NO_ASK = "Frågan om att få presentera finns inte längre."
_NO_FIGURES = "Databasen har inte längre uppgifterna som mötet handlar om."


class StepRoutes:
    """Each of them takes JSON from a page of ours, and answers with JSON."""

    def __init__(self, meetings: Meetings, door: StoreDoor) -> None:
        self._meetings = meetings
        self._door = door

    def routes(self) -> list[BaseRoute]:
        deeds: dict[str, Deed] = {
            "plats": self.step,
            "be-om": self.ask,
            "angra": self.take_back,
            "lamna-over": self.hand_over,
            "avsluta": self.end,
        }
        return [
            Route(f"/api/mote/{{code}}/{name}", _posted(deed), methods=["POST"])
            for name, deed in deeds.items()
        ]

    async def step(self, code: str, mark: str, asked: Asked) -> Asked:
        """The presenter goes to another place."""
        try:
            place = as_json(read_place(asked.get("place")))
        except ValueError as problem:
            raise Refused(400, _NO_PLACE) from problem
        shown = self._shown(code, place["view"])
        sequence = await self._door.ask(move_meeting, code, mark, place, shown)
        if sequence is None:
            raise await self._explain(code)
        self._meetings.rooms.stepped(code, sequence, place)
        return {"sequence": sequence}

    async def ask(self, code: str, mark: str, asked: Asked) -> Asked:
        """A follower asks to present."""
        name = asked.get("name")
        if not isinstance(name, str):
            raise Refused(400, "Skriv ditt namn, så att den som presenterar ser vem som frågar.")
        if not await self._door.ask(ask_to_present, code, mark, name):
            raise await self._explain(code)
        return {"asked": True}

    async def take_back(self, code: str, mark: str, _asked: Asked) -> Asked:
        """A follower asks no longer."""
        await self._door.ask(take_back_ask, code, mark)
        return {"asked": False}

    async def hand_over(self, code: str, mark: str, asked: Asked) -> Asked:
        """The presenter lets somebody who has asked present instead."""
        ask_id = asked.get("id")
        if type(ask_id) is not int or not 0 <= ask_id < 2**63:
            raise Refused(400, _NO_ASK)
        given = await self._door.ask(hand_over, code, mark, ask_id)
        if given is None:
            found = await self._door.ask(find_meeting, code)
            is_theirs = found and found.presenter_mark == mark and found.ended_at is None
            raise Refused(409, _NO_ASK) if is_theirs else await self._explain(code)
        return {"sequence": given.sequence}

    async def end(self, code: str, mark: str, _asked: Asked) -> Asked:
        """The presenter ends the meeting, and what it showed is kept."""

        def ended(engine: Engine) -> bool:
            found = find_meeting(engine, code)
            is_theirs = found and found.presenter_mark == mark and found.ended_at is None
            now = datetime.now(UTC)
            return bool(is_theirs) and end(engine, self._meetings.given.figures(), found, now)

        try:
            is_done = await self._door.ask(ended)
        except NoFigures as problem:
            raise Refused(409, _NO_FIGURES) from problem
        except ScenarioRefused as problem:
            raise Refused(409, problem.sentence) from problem
        if not is_done:
            raise await self._explain(code)
        return {"ended": True}

    def _shown(self, code: str, view: str) -> tuple[str, int] | None:
        """The view, and the import whose figures it is shown with; None before there are any."""
        room = self._meetings.rooms.find(code)
        if room is not None and room.deck is not None:
            return view, room.deck.batch
        snapshot = self._meetings.given.figures().snapshot
        return (view, snapshot.batch) if snapshot else None

    async def _explain(self, code: str) -> Refused:
        """Why the store did not do as asked."""
        found = await self._door.ask(find_meeting, code)
        if found is None:
            return Refused(404, _MISSING)
        return Refused(410, _ENDED) if found.ended_at is not None else Refused(403, _NOT_PRESENTER)


def _posted(deed: Deed) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of a deed: only for pages of ours, and a refusal is an answer too."""

    async def endpoint(request: Request) -> Response:
        try:
            if not is_own(request):
                raise Refused(403, _NOT_OURS)
            asked = await read_object(request)
            said = request.path_params["code"]
            code = read_code(said) or said
            return answer(await deed(code, browser_of(request).mark, asked))
        except Refused as refused:
            return refusal(refused)
        except MeetingRefused as refused:
            return refusal(Refused(400, refused.sentence))

    return endpoint
