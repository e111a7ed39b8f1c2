"""Every address of the meetings, and of the key that opens for them and for changes."""

from __future__ import annotations

from starlette.routing import BaseRoute

from gsn_dash.access.visitors import Gate
from gsn_dash.meeting.answering import StoreDoor
from gsn_dash.meeting.doorkeeper import Doorkeeper
from gsn_dash.meeting.meetings import Meetings
from gsn_dash.meeting.routes_pages import PageRoutes
from gsn_dash.meeting.routes_steps import StepRoutes
from gsn_dash.meeting.routes_stream import StreamRoutes
from gsn_dash.meeting.routes_unlock import UnlockRoutes
from gsn_dash.settings import Settings


def make_routes(meetings: Meetings, gate: Gate, settings: Settings) -> list[BaseRoute]:
    """The documents, the stream, and what is posted."""
    door = StoreDoor(meetings)
    doorkeeper = Doorkeeper(meetings, door, gate, settings.access)
    return [
        *StreamRoutes(meetings, settings).routes(),
        *StepRoutes(meetings, door, doorkeeper).routes(),
        *PageRoutes(meetings, door, doorkeeper, settings).routes(),
        *UnlockRoutes(doorkeeper).routes(),
    ]
