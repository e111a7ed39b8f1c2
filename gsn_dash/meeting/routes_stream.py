"""The addresses that a screen reads from: the stream, its decks, its code as a picture."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from gsn_dash.meeting.answering import answer
from gsn_dash.meeting.bundles import URL, bundle
from gsn_dash.meeting.meetings import Meetings
from gsn_dash.meeting.messages import FIGURES_TOPIC, PREVIEW, meeting_topic, missing
from gsn_dash.meeting.places import site_of
from gsn_dash.meeting.stream import EventStream, Listening, current_messages
from gsn_dash.settings import Settings
from gsn_dash.store.meeting_drafts import read_code
from gsn_dash.web.packing import takes_gzip
from gsn_dash.web.rights import browser_of

# To follow, and to look in without being counted.
_ASKED = ("mote", "tyst")
# Nobody has so many meetings open in one browser.
_MOST_TOPICS = 20
_LONGEST_CODE = 20
# How long an answer waits for what nobody has asked for before.
_PATIENCE_SECONDS = 3.0
_FOR_GOOD = "public, max-age=31536000, immutable"


class StreamRoutes:
    """Everything here is for anybody: who has the code may follow."""

    def __init__(self, meetings: Meetings, settings: Settings) -> None:
        self._meetings = meetings
        self._settings = settings

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/api/handelser", self.listen),
            Route("/api/nu", self.now),
            Route("/api/mote/{code}/vyer/{hash}", self.deck),
            Route("/api/mote/{code}/qr.svg", self.picture_of_link),
            Route(URL + "/{name}", self.file),
        ]

    async def listen(self, request: Request) -> EventStream | Response:
        """What happens, from now on, for as long as the browser listens."""
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        return EventStream(self._meetings.hub, _listening(request))

    async def now(self, request: Request) -> Response:
        """The same messages as they are now, for a browser whose stream is silent."""
        asked = _listening(request)
        passing = replace(asked, followed=frozenset())
        found = await current_messages(self._meetings.hub, passing, _PATIENCE_SECONDS)
        told = ",".join(message.text(asked.mark) for message in found)
        headers = {"cache-control": "no-store"}
        return Response(f'{{"messages":[{told}]}}', media_type="application/json", headers=headers)

    async def deck(self, request: Request) -> Response:
        """All views of a meeting, by the hash of their content."""
        hash, decks = request.path_params["hash"], self._meetings.decks
        code = _canonical(request.path_params["code"])
        found = decks.find(hash)
        if found is None and code is not None:
            # After a restart nothing is known here until somebody asks.
            asked = Listening("", frozenset({meeting_topic(code)}))
            await current_messages(self._meetings.hub, asked, _PATIENCE_SECONDS)
            found = decks.find(hash)
        if found is None:
            return answer({"sentence": "Vyerna finns inte här, eller inte än."}, 404)
        return _packed(request, found.packed, found.plain, "application/json", _FOR_GOOD)

    async def file(self, request: Request) -> Response:
        """One of the files of the screen and of the meetings' pages."""
        try:
            found = bundle(request.path_params["name"])
        except KeyError:
            return answer({"sentence": "Filen finns inte."}, 404)
        # A browser that asks for another version has a document of another: it may not keep this.
        is_asked = request.query_params.get("v") == found.version
        caching = _FOR_GOOD if is_asked else "no-cache"
        return _packed(request, found.packed, found.plain, found.kind, caching)

    async def picture_of_link(self, request: Request) -> Response:
        """The meeting's address, for a phone's camera."""
        code = read_code(request.path_params["code"])
        if code is None:
            return answer({"sentence": "Det är ingen kod för ett möte."}, 404)
        site = site_of(request, self._settings.address, self._settings.port)
        import segno  # only when somebody wants the code to hold a telephone before

        drawn = BytesIO()
        link = segno.make(f"{site.base}/mote/{code}", micro=False, error="m")
        link.save(drawn, kind="svg", scale=8, light="white", title=f"Adressen till möte {code}")
        headers = {"cache-control": "no-store"}
        return Response(drawn.getvalue(), media_type="image/svg+xml", headers=headers)


def _listening(request: Request) -> Listening:
    """What a browser asks to hear: the figures, the meetings it follows, those it looks in on."""
    followed, quiet = (request.query_params.getlist(name)[:_MOST_TOPICS] for name in _ASKED)
    topics = frozenset({FIGURES_TOPIC}) | _topics(followed) | _topics(quiet)
    counted = _topics(followed) - {meeting_topic(PREVIEW)}
    # What can be no meeting's code is answered, and that is all: nobody looks for it.
    wrong = {code for code in (*followed, *quiet) if _canonical(code) is None}
    told = tuple(missing(code) for code in sorted(wrong) if len(code) <= _LONGEST_CODE)
    return Listening(browser_of(request).mark, topics, counted, told)


def _topics(said: list[str]) -> frozenset[str]:
    codes = map(_canonical, said)
    return frozenset(meeting_topic(code) for code in codes if code is not None)


def _canonical(said: str) -> str | None:
    """The code as it is kept, or the rehearsal; None for what can be none."""
    return PREVIEW if said == PREVIEW else read_code(said)


def _packed(request: Request, packed: bytes, plain: bytes, kind: str, caching: str) -> Response:
    headers = {"cache-control": caching, "vary": "Accept-Encoding"}
    if not takes_gzip(request.scope):
        return Response(plain, media_type=kind, headers=headers)
    headers["content-encoding"] = "gzip"
    return Response(packed, media_type=kind, headers=headers)
