"""Who asks, and what they may do: one answer for pages and for routes.

It is asked for again at each deed, so that who has been logged out, or has lost a role, cannot
go on in a page that is open already.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from sqlalchemy import Engine
from starlette.requests import HTTPConnection

from gsn_dash.access.oidc import Claimed, read_claims
from gsn_dash.access.refused import Refusals
from gsn_dash.access.roles import Deed, Role, role_of
from gsn_dash.settings import Settings
from gsn_dash.store.acting import Actor
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.logins import Login, begin_login, find_login, note_seen
from gsn_dash.store.people import find_person, granted_role, record_refusal
from gsn_dash.web.rights import browser_of, is_local

# A key is for who prepares a meeting on another computer, and for the next meetings too.
KEY_LASTS = timedelta(days=30)
# Not written down more often, since each page asks.
_SEEN_AGAIN = timedelta(minutes=1)
log = logging.getLogger(__name__)
_AWAY = "Databasen svarar inte just nu, så det går inte att se vem du är; försök igen om en stund."


class Way(Enum):
    """How somebody has become more than a reader, or not."""

    NONE = "none"
    HERE = "here"
    KEY = "key"
    LOGIN = "login"


@dataclass(frozen=True)
class Visitor:
    """Somebody who asks: `name` is empty for who has none, `mark` is the log-in's, `person` the
    pseudonym of who has logged in."""

    role: Role
    way: Way
    name: str = ""
    mark: str = ""
    person: str = ""

    def may(self, deed: Deed) -> bool:
        """Whether the visitor's role is enough."""
        return self.role >= deed.least

    @property
    def title(self) -> str:
        """Who it is in a few words; empty for who is nobody in particular."""
        if self.way is Way.LOGIN:
            return f"{self.name}, {self.role.title}"
        role = self.role.title.capitalize()
        return {Way.KEY: f"{role} med nyckel", Way.HERE: f"{role} på den här datorn"}.get(
            self.way, ""
        )


ANYBODY = Visitor(Role.READER, Way.NONE)
# What those are called who have no account of their own.
_OPERATOR, _KEYED = "Den som sköter webbplatsen", "Webbläsare med nyckel"
COMMAND, _STRANGER = "Kommando på servern", "Okänd besökare"
NAMELESS = (_OPERATOR, _KEYED, COMMAND, _STRANGER)


class Gate:
    """One for the process. `engine` gives the way to the database, or None while it is away."""

    def __init__(self, settings: Settings, engine: Callable[[], Engine | None]) -> None:
        self._access = settings.access
        self._behind_proxy = settings.behind_proxy
        self._engine = engine
        self._refusals = Refusals()

    @property
    def has_login(self) -> bool:
        """Whether people log in with a provider here, else keys are what lets them in."""
        return self._access.oidc is not None

    def is_here(self, connection: HTTPConnection) -> bool:
        """Whether this computer's own browser asks, for sure, and that is enough here."""
        return not self.has_login and not self._behind_proxy and is_local(connection)

    def claims(self, connection: HTTPConnection) -> Claimed | None:
        """What the visitor's cookies say, whether or not that log-in still goes on."""
        oidc = self._access.oidc
        return read_claims(connection.cookies, oidc) if oidc is not None else None

    def marks(self, connection: HTTPConnection) -> Iterator[str]:
        """The marks of the log-ins that the visitor's cookies stand for, or did until they ended:
        of the person, and of a key, which may both be there. Raises StoreUnavailable.
        """
        claimed, browser = self.claims(connection), browser_of(connection)
        marks = [claimed.mark] if claimed else []
        for mark in marks if browser.is_new else [*marks, browser.mark]:
            if find_login(self.reached(), mark) is not None:
                yield mark

    def who(self, connection: HTTPConnection, is_used: bool = True) -> Visitor:
        """Who asks, now. Raises StoreUnavailable where nobody can tell.

        Without `is_used` nobody does anything: the log-in is not the longer for it.
        """
        if self.is_here(connection):
            return Visitor(Role.ADMINISTRATOR, Way.HERE)
        claimed = self.claims(connection)
        if claimed is not None:
            found = self._logged_in(claimed, is_used)
            if found is not None:
                return found
        browser = browser_of(connection)
        return ANYBODY if browser.is_new else self._keyed(browser.mark, is_used)

    def actor(self, visitor: Visitor) -> Actor | None:
        """What a deed of the visitor's is put down to; None for who may do none.

        Raises StoreUnavailable.
        """
        return None if visitor.role == Role.READER else self.known_as(visitor)

    def known_as(self, visitor: Visitor) -> Actor:
        """Who the visitor is in the chain of deeds; of strangers there is but one.

        Raises StoreUnavailable.
        """
        if visitor.person:
            return Actor(visitor.person, visitor.name, visitor.role.key)
        subject, name = {
            Way.HERE: ("här", _OPERATOR),
            Way.KEY: (f"nyckel {visitor.mark}", _KEYED),
        }.get(visitor.way, ("okänd", _STRANGER))
        # Asked for at each deed: one that is remembered may have been erased since, or lost by a
        # fail-over, and the deed would be put down to nobody.
        return Actor(find_person(self.reached(), subject, name), name, visitor.role.key)

    def note_refused(self, visitor: Visitor, deed: Deed) -> None:
        """Put down that the visitor asked for a deed without the role for it.

        Once a minute at most for each visitor and deed. A refusal that cannot be put down is one
        all the same, so this raises nothing.
        """
        if not self._refusals.is_new(visitor.person or visitor.mark, deed):
            return
        try:
            record_refusal(self.reached(), self.known_as(visitor), deed.value)
        except StoreUnavailable as problem:
            log.warning("a refusal could not be put down: %s", deed.value, exc_info=problem)

    def reached(self) -> Engine:
        """The way to the database. Raises StoreUnavailable while it is away."""
        engine = self._engine()
        if engine is None:
            raise StoreUnavailable(_AWAY)
        return engine

    def _logged_in(self, claimed: Claimed, is_used: bool) -> Visitor | None:
        """The person, where the log-in goes on."""
        engine = self.reached()
        login = find_login(engine, claimed.mark)
        if login is None:
            login = self._first_seen(engine, claimed)
        if login is None or not login.is_good(self._access.longest, self._access.idle):
            return None
        if is_used:
            self._note(engine, claimed.mark, login)
        # What the administrator has set counts before what the provider says, also downwards.
        granted = granted_role(engine, login.person)
        role = role_of(granted) if granted else claimed.role
        return Visitor(role, Way.LOGIN, claimed.name, claimed.mark, login.person)

    def _first_seen(self, engine: Engine, claimed: Claimed) -> Login | None:
        person = find_person(engine, claimed.subject, claimed.name)
        by = Actor(person, claimed.name, claimed.role.key)
        begin_login(engine, claimed.mark, by, claimed.at, self._access.longest)
        return find_login(engine, claimed.mark)

    def _keyed(self, mark: str, is_used: bool) -> Visitor:
        engine = self.reached()
        login = find_login(engine, mark)
        if login is None or login.role is None or not login.is_good(KEY_LASTS, KEY_LASTS):
            return ANYBODY
        if is_used:
            self._note(engine, mark, login)
        return Visitor(role_of(login.role), Way.KEY, mark=mark)

    def _note(self, engine: Engine, mark: str, login: Login) -> None:
        if login.now - login.seen_at > _SEEN_AGAIN:
            # Who may read does so also while nothing can be written; it has been logged.
            with suppress(StoreUnavailable):
                note_seen(engine, mark)
