"""Whether the database itself holds the app to what each page may do; said in the log and asked."""

from __future__ import annotations

import logging

from sqlalchemy import Engine

from gsn_dash.settings import ROLE_URLS, Settings
from gsn_dash.store.roles import unbounded

log = logging.getLogger(__name__)
_found: dict[Settings, tuple[str, ...]] = {}


def note_bounds(settings: Settings, engine: Engine) -> None:
    """Find out which of the app's log-ins may do more than they should, and log it once.

    `engine` is what the app reads by, with its ways to write. Raises what SQLAlchemy raises.
    """
    found = unbounded(engine)
    if found and found != _found.get(settings):
        log.warning("%s", say_unbounded(found))
    _found[settings] = found


def say_unbounded(roles: tuple[str, ...]) -> str:
    """One Swedish sentence for the operator; of no roles the empty text."""
    if not roles:
        return ""
    if len(roles) == len(ROLE_URLS):
        what = "Databasen begränsar inte vad programmet får göra: det loggar in som en enda ägare"
    else:
        what = f"Databasen låter {', '.join(roles)} göra mer än de ska"
    return (
        f"{what}; ange {', '.join(ROLE_URLS.values())} och kör python -m gsn_dash roles, "
        "så hindrar databasen själv det som en sida inte får göra."
    )


def bounds_of(settings: Settings) -> str:
    """For who asks how the app is: "enforced", "not enforced: ROLES", or "unknown" so far."""
    found = _found.get(settings)
    if found is None:
        return "unknown"
    return f"not enforced: {', '.join(found)}" if found else "enforced"
