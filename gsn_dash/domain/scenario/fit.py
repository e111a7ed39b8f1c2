"""What of a scenario a snapshot can take: a link or a document may speak of other figures."""

from __future__ import annotations

from gsn_dash.domain.scenario.apply import apply
from gsn_dash.domain.scenario.deviation_parts import deviation_parts
from gsn_dash.domain.scenario.levers import Lever, is_moved, overlay_at, overlay_of, position_of
from gsn_dash.domain.scenario.offered import levers_of
from gsn_dash.domain.scenario.overlays import Overlay, Scenario, UsedUp, Utilisation
from gsn_dash.domain.snapshot import Snapshot

MOST_ASSUMPTIONS = 60


def fit(snapshot: Snapshot, scenario: Scenario) -> tuple[Scenario, tuple[Overlay, ...]]:
    """The scenario that the snapshot can take, and the overlays that it cannot.

    An overlay is refused where it speaks of what the snapshot does not have, or where no lever
    has a position that says just that. What is said of the whole deviation is said of each part;
    what only says what the papers do is left out. Beyond `MOST_ASSUMPTIONS` none is taken.
    """
    taken, refused = [], []
    for overlay in _spelled_out(snapshot, scenario):
        is_moved_by = _is_moved_by(snapshot, overlay)
        if is_moved_by is None or len(taken) == MOST_ASSUMPTIONS:
            refused.append(overlay)
        elif is_moved_by:
            taken.append(overlay)
    return Scenario(tuple(taken)), tuple(refused)


def _spelled_out(snapshot: Snapshot, scenario: Scenario) -> list[Overlay]:
    """The overlays, with what is said of the whole deviation said of the parts instead.

    Without parts it stays, to be refused.
    """
    parts = [part.key for part in deviation_parts(snapshot)]
    said = {overlay.part for overlay in scenario.of(UsedUp)}
    found: list[Overlay] = []
    for overlay in scenario.overlays:
        if overlay == UsedUp(scenario.used_up("")) and parts:
            found += [UsedUp(overlay.share, part) for part in parts if part not in said]
        else:
            found.append(overlay)
    return found


def _is_moved_by(snapshot: Snapshot, overlay: Overlay) -> bool | None:
    """Whether an overlay moves a lever from its rest, None where it cannot be taken."""
    alone = Scenario((overlay,))
    try:
        apply(snapshot, alone)
    except ValueError:
        return None
    own = [lever for lever in levers_of(snapshot, alone) if overlay_of(alone, lever) == overlay]
    if not own or not all(_stands(alone, lever) for lever in own):
        return None
    moved = any(is_moved(alone, lever) for lever in own)
    if not moved and isinstance(overlay, Utilisation) and overlay.share != own[0].reported:
        return None  # 84 % is not the 84.375 % that the lever's rest stands for
    return moved


def _stands(alone: Scenario, lever: Lever) -> bool:
    """Whether the lever has a position that says just what the overlay does.

    The exact ratio that the papers rest on counts as the rest, which is near it.
    """
    at, said = position_of(alone, lever), overlay_of(alone, lever)
    if at not in lever.positions:
        return False
    is_reported = at == lever.resting and lever.reported in vars(said).values()
    return is_reported or overlay_at(alone, lever, at) == said
