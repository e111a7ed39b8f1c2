"""Who may hold meetings: whoever has the role, and who is let in with a key that gives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import anyio
from sqlalchemy import Engine
from starlette.requests import Request

from gsn_dash.access.roles import Deed
from gsn_dash.access.visitors import Gate, Visitor
from gsn_dash.meeting.answering import Refused, StoreDoor
from gsn_dash.meeting.meetings import Meetings
from gsn_dash.settings_access import AccessSettings
from gsn_dash.store.acting import acting
from gsn_dash.store.keys import KEY_DAYS
from gsn_dash.store.logins import is_guest
from gsn_dash.web.addresses import address_of
from gsn_dash.web.rights import Lately, browser_of, new_browser, renew

_WRONG_KEY = (
    f"Nyckeln gäller inte: den är felskriven, redan använd eller äldre än {KEY_DAYS} dagar."
)
_TOO_MANY = (
    "Nyckeln gäller inte. Många fel nycklar har kommit härifrån, så varje försök tar en stund nu."
)
# So many wrong keys from one address within a minute; then each takes its time.
_MOST_WRONG, _WRONG_SECONDS, _SLOWLY_SECONDS = 10, 60.0, 1.0
# So many asks to present are kept from one address within a minute, at each meeting.
_MOST_ASKS, _ASKS_SECONDS = 10, 60.0
_TOO_OFTEN = (
    "Det har kommit många önskemål om att få visa härifrån den senaste minuten; försök igen om en"
    " stund."
)
_MAY_NOT = "Du får inte visa på mötet, eller inte längre; logga in eller lås upp först."

Found = TypeVar("Found")


class Doorkeeper:
    """One for the process, so that who guesses keys has to wait at every door."""

    def __init__(
        self, meetings: Meetings, door: StoreDoor, gate: Gate, access: AccessSettings
    ) -> None:
        self._meetings = meetings
        self._door = door
        self._gate = gate
        self._access = access
        # Nobody is locked out. A whole office may have one address, and one there could keep the
        # others out by guessing; what makes guessing hopeless is how many keys there are.
        self._wrong_keys = Lately(_MOST_WRONG, _WRONG_SECONDS)
        self._asks = Lately(_MOST_ASKS, _ASKS_SECONDS)

    @property
    def has_login(self) -> bool:
        """Whether people log in with a provider here."""
        return self._gate.has_login

    def is_here(self, request: Request) -> bool:
        """Whether this computer's own browser asks, for sure."""
        return self._gate.is_here(request)

    async def who(self, request: Request) -> Visitor:
        """Who asks, now. Raises Refused where nobody can tell."""
        if self.is_here(request):
            return self._gate.who(request)
        return await self._door.ask(lambda _engine: self._gate.who(request))

    async def may_present(self, request: Request) -> bool:
        """Whether the visitor may hold meetings. Raises Refused where nobody can tell."""
        return (await self.who(request)).may(Deed.PRESENT)

    async def do(
        self,
        request: Request,
        work: Callable[..., Found],
        *arguments: Any,
        at: str = "",
        refusal: str = _MAY_NOT,
    ) -> Found:
        """`work(engine, *arguments)`, put down as the visitor's, who is asked for in the same go.

        Raises Refused, with the sentence `refusal`, where the visitor may not hold meetings and
        is no guest `at` this one, whom its presenter has handed it over to.
        """

        def done(engine: Engine, browser: str) -> Found:
            visitor = self._gate.who(request)
            if not visitor.may(Deed.PRESENT) and not (at and is_guest(engine, at, browser)):
                self._gate.note_refused(visitor, Deed.PRESENT)
                raise Refused(403, refusal)
            with acting(self._gate.actor(visitor)):
                return work(engine, *arguments)

        return await self._door.ask(done, browser_of(request).mark)

    async def ask(
        self, request: Request, code: str, work: Callable[..., Found], *arguments: Any
    ) -> Found:
        """`work(engine, *arguments)`, which anybody may have done at a meeting, but not too often:
        each new name that is said stays in the database. Raises Refused.

        What comes to nothing, by its result, does not count.
        """
        who, done = (address_of(request, self._access), code), None
        if self._asks.is_enough(who):
            raise Refused(429, _TOO_OFTEN)
        self._asks.note(who)
        try:
            done = await self._door.ask(work, *arguments)
        finally:
            if not done:
                self._asks.take_back(who)
        return done

    async def let_in(self, request: Request, key: str, needs_key: str) -> None:
        """Raises Refused where neither the visitor nor the key that the browser brings may present.

        `needs_key` is said to who brings none.
        """
        visitor = await self.who(request)
        if visitor.may(Deed.PRESENT):
            return
        if not key:
            await self._door.ask(lambda _engine: self._gate.note_refused(visitor, Deed.PRESENT))
        await self.unlock(request, key, needs_key)

    async def unlock(self, request: Request, key: str, needs_key: str) -> None:
        """Log the browser in with its key. Raises Refused where it is not good.

        The browser is renewed with it. `needs_key` is said to who brings none.
        """
        if not key:
            raise Refused(403, needs_key)
        address = address_of(request, self._access)
        is_slow = self._wrong_keys.is_enough(address)
        # A wrong one until it is found to be right: many that come at once are as many tries.
        self._wrong_keys.note(address)
        if is_slow:
            await anyio.sleep(_SLOWLY_SECONDS)
        browser = new_browser()
        if not await self._door.ask(self._meetings.keys.redeem, key, browser.mark):
            raise Refused(429, _TOO_MANY) if is_slow else Refused(403, _WRONG_KEY)
        renew(request, browser)
        self._wrong_keys.take_back(address)
