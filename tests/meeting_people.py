"""Who meets in the tests of the meetings' store, and where they are."""

from hashlib import sha256

from sqlalchemy import Engine

from gsn_dash.store.meetings import Meeting, start_meeting


def mark_of(name: str) -> str:
    """The mark of a browser whose secret is `name`."""
    return sha256(name.encode()).hexdigest()


EVA, BO, CIA = (mark_of(name) for name in ("Eva", "Bo", "Cia"))
OPENING = {"view": "opening", "row": "", "levers": {}}
TABLE = {"view": "operating:table", "row": "rad 1", "levers": {"a": -3}}


def started(engine: Engine, place: dict = OPENING, **changes) -> Meeting:
    """A meeting of the papers' occasion that Eva has started."""
    return start_meeting(engine, 2023, 2, "Eva", EVA, place, **changes)
