"""What a visitor asks to have kept: tried where that is allowed and possible, else told why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from gsn_dash.store.acting import acting
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.written import NotKept
from gsn_dash.ui import data
from gsn_dash.ui.rights import Deed, asked_now, gate
from gsn_dash.ui.state.importing import Told

AWAY = "Databasen svarar inte just nu, så inget sparades; försök igen om en stund."
_MAY_NOT = (
    "Du får inte göra det härifrån, eller inte längre, så inget gjordes. Ladda om sidan, och logga"
    " in eller lås upp."
)

Made = TypeVar("Made")


class MayNot(NotKept):
    """The visitor may not do it, now; the text is one Swedish sentence for them."""


def do(deed: Deed, engine: data.Engine, change: Callable[[data.Engine], Made]) -> Made:
    """What comes of `change`, put down as the visitor's, who is asked for anew.

    Raises MayNot, StoreUnavailable, and what `change` does.
    """
    now = asked_now()
    if not now.may(deed):
        gate().note_refused(now, deed)
        raise MayNot(_MAY_NOT)
    with acting(gate().actor(now)):
        return change(engine)


def try_change(deed: Deed, change: Callable[[data.Engine], Told], away: str = AWAY) -> Told:
    """What came of `change`, which may raise NotKept and StoreUnavailable; or why it was not
    tried."""
    engine = data.engine()
    if engine is None:
        return Told(away, True)
    try:
        return do(deed, engine, change)
    except (NotKept, StoreUnavailable) as problem:
        return Told(problem.sentence, True)
