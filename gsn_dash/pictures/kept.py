"""What has been made of the snapshots in force, made once for all who look."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from gsn_dash.domain.snapshot import Snapshot

Made = TypeVar("Made")
# Of each snapshot in force, by its identity: itself, and what has been made of it. Replaced
# whole and never changed, so that no lock is needed; what is made twice is kept once.
_held: dict[int, tuple[Snapshot, dict[str, object]]] = {}


def hold(snapshots: Iterable[Snapshot]) -> None:
    """These are in force from now on: what has been made of any other goes."""
    global _held
    before = _held
    _held = {id(s): before.get(id(s), (s, {})) for s in snapshots}


def kept(snapshot: Snapshot, name: str, make: Callable[[], Made]) -> Made:
    """`make()` once for a snapshot in force: pictures and tables that depend on it alone.

    For any other snapshot (an assumed one, or one that has been replaced while its page was
    drawn) it is made each time. Two threads may both make; all get what the first one kept.
    """
    held, made = _held.get(id(snapshot), (None, {}))
    if held is not snapshot:
        return make()
    if name not in made:
        made.setdefault(name, make())
    return made[name]
