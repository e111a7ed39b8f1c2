"""What routes have in common: pages, JSON and refusals, and the way to the database."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import anyio
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from gsn_dash.meeting.meetings import Meetings
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.web.rights import is_own

LARGEST_BODY = 65_536  # bytes
AWAY = "Databasen svarar inte just nu; försök igen om en stund."
_NOT_OURS = (
    "Det här går bara att göra från webbplatsens egen sida. Kom du därifrån, skickar en proxy inte"
    " vidare adressen som den nås på (Host); säg till den som sköter webbplatsen."
)
_PATIENCE_SECONDS, _ASK_AGAIN_SECONDS = 3.0, 0.05
_UNSURE = (
    "Databasen svarade inte i tid, så det är ovisst om det blev gjort; ladda om sidan och se efter"
    " innan du försöker igen."
)
# A database that hangs says nothing at all. The browser gives a step up after six seconds.
_ANSWER_SECONDS = 5.0
# Steps wait for their own, however many files are being fetched at the same time.
_THREADS = 8

Found = TypeVar("Found")


class Refused(Exception):
    """What is asked for is not done; the text is one Swedish sentence for who asked."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status

    @property
    def sentence(self) -> str:
        return str(self)


class StoreDoor:
    """The way to the database for what visitors ask, off the event loop."""

    def __init__(self, meetings: Meetings) -> None:
        self._meetings = meetings
        self._threads = anyio.CapacityLimiter(_THREADS)

    async def ask(self, work: Callable[..., Found], *arguments: Any) -> Found:
        """`work(engine, *arguments)`. Raises Refused where the database does not answer.

        What is given up may still be done, as whatever is lost on its way.
        """
        try:
            with anyio.fail_after(_ANSWER_SECONDS):
                engine = await self.wait_open()
                asked = partial(work, engine, *arguments)
                return await anyio.to_thread.run_sync(
                    asked, limiter=self._threads, abandon_on_cancel=True
                )
        except StoreUnavailable as problem:
            raise Refused(503, problem.sentence) from problem
        except TimeoutError as problem:
            raise Refused(503, _UNSURE) from problem

    async def wait_open(self) -> Engine:
        """The way to the database; just after a start it is waited for. Raises Refused."""
        given = self._meetings.given
        with anyio.move_on_after(_PATIENCE_SECONDS):
            while given.engine() is None and not given.figures().problem:
                await anyio.sleep(_ASK_AGAIN_SECONDS)
        engine = given.engine()
        if engine is None:
            raise Refused(503, AWAY)
        return engine


def answer(content: dict[str, Any], status: int = 200) -> JSONResponse:
    """JSON that is not kept anywhere."""
    return JSONResponse(content, status_code=status, headers={"cache-control": "no-store"})


def refusal(refused: Refused) -> JSONResponse:
    """Why something was not done, for a script."""
    return answer({"sentence": refused.sentence}, refused.status)


def page(text: str, status: int = 200) -> Response:
    """A document of ours: that it says its language lets it through `SwedishDocuments`."""
    headers = {"content-language": "sv", "cache-control": "no-store"}
    return HTMLResponse(text, status_code=status, headers=headers)


def check_own(request: Request) -> None:
    """Raises Refused where no page of ours asks, as far as can be told."""
    if not is_own(request):
        raise Refused(403, _NOT_OURS)


async def read_body(request: Request) -> bytes:
    """What has been posted. Raises Refused where it is larger than anything of ours."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            raise Refused(413, "Det som skickades är för stort.")
    return body


async def read_form(request: Request) -> dict[str, str]:
    """The fields that have been posted. Raises Refused."""
    body = await read_body(request)
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


async def read_object(request: Request) -> dict[str, Any]:
    """The JSON object that has been posted. Raises Refused."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(415, "Det som skickades är inte JSON.")
    try:
        found = json.loads(await read_body(request))
    except (ValueError, RecursionError) as problem:
        raise Refused(400, "Det som skickades går inte att läsa.") from problem
    if not isinstance(found, dict):
        raise Refused(400, "Det som skickades är inget objekt.")
    return found
