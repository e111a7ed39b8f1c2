"""Who may hold meetings and change figures: this computer's own browsers, and who has had a key."""

from __future__ import annotations

from starlette.requests import Request

from gsn_dash.meeting.answering import Refused, StoreDoor
from gsn_dash.meeting.meetings import Meetings
from gsn_dash.settings import Settings
from gsn_dash.store.keys import KEY_DAYS, may_present
from gsn_dash.web.rights import Browser, WrongKeys, is_local

_WRONG_KEY = (
    f"Nyckeln gäller inte: den är felskriven, redan använd eller äldre än {KEY_DAYS} dagar."
)
_TOO_MANY = "För många fel nycklar; vänta en minut och försök igen."


class Doorkeeper:
    """One for the process, so that who guesses keys has to wait at every door."""

    def __init__(self, meetings: Meetings, door: StoreDoor, settings: Settings) -> None:
        self._meetings = meetings
        self._door = door
        self._behind_proxy = settings.behind_proxy
        self._wrong_keys = WrongKeys()

    def is_here(self, request: Request) -> bool:
        """Whether this computer's own browser asks, for sure."""
        return is_local(request) and not self._behind_proxy

    async def knows(self, request: Request, browser: Browser) -> bool:
        """Whether the browser needs no key. Raises Refused where nobody can tell."""
        return self.is_here(request) or await self._door.ask(may_present, browser.mark)

    async def let_in(self, request: Request, browser: Browser, key: str, needs_key: str) -> None:
        """Raises Refused where neither the browser nor the key that it brings is known.

        `needs_key` is said to who brings none.
        """
        if await self.knows(request, browser):
            return
        if not key:
            raise Refused(403, needs_key)
        address = request.client.host if request.client else ""
        if self._wrong_keys.must_wait(address):
            raise Refused(429, _TOO_MANY)
        # Before anybody has looked: many that come at once are as many tries.
        self._wrong_keys.note(address)
        if not await self._door.ask(self._meetings.keys.redeem, key, browser.mark):
            raise Refused(403, _WRONG_KEY)
        self._wrong_keys.forgive(address)
