"""What a visitor asks to have kept: tried where that is allowed and possible, else told why not."""

from __future__ import annotations

from collections.abc import Callable

from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.written import NotKept
from gsn_dash.ui import data
from gsn_dash.ui.rights import may_edit
from gsn_dash.ui.state.importing import Told

AWAY = "Databasen svarar inte just nu, så inget sparades; försök igen om en stund."
MAY_NOT = "Den här webbläsaren får inte ändra siffror; lås upp med en nyckel först."


def try_change(
    change: Callable[[data.Engine], Told], away: str = AWAY, may_not: str = MAY_NOT
) -> Told:
    """What came of `change`, which may raise NotKept and StoreUnavailable; or why it was not
    tried."""
    engine = data.engine()
    if engine is None:
        return Told(away, True)
    if not may_edit():
        return Told(may_not, True)
    try:
        return change(engine)
    except (NotKept, StoreUnavailable) as problem:
        return Told(problem.sentence, True)
