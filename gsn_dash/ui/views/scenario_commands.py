"""What a visitor asks of the kept scenarios, and what comes of it.

Each command ends with what the page is to say (`opened.tell`); none raises for what a person or
the database may do, and none touches the levers but those that open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from gsn_dash.domain.scenario.document import DocumentRefused, write_document
from gsn_dash.domain.scenario.fingerprint import fingerprint
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.scenarios import (
    AWAY,
    OTHER_OCCASION,
    SAVE_BEFORE_FREEZING,
    UNKNOWN_ID,
    UNREADABLE,
    apart,
    describe_deleted,
)
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.scenario_drafts import (
    DELETED,
    Conflict,
    ScenarioDraft,
    ScenarioRefused,
    ScenarioVersion,
)
from gsn_dash.store.scenarios import (
    Changed,
    Engine,
    create_scenario,
    delete_scenario,
    find_scenario,
    freeze_scenario,
    history_of,
    rename_scenario,
    save_scenario,
    undo_delete,
)
from gsn_dash.ui import data
from gsn_dash.ui.changing import MayNot, do
from gsn_dash.ui.rights import Deed
from gsn_dash.ui.state import opened
from gsn_dash.ui.state import scenario as state
from gsn_dash.ui.state.opened import Told

CREATE, SAVE, RENAME, FREEZE, DELETE, UNDO = (
    "create", "save", "rename", "freeze", "delete", "undo",
)  # fmt: skip
_DONE = {
    CREATE: "”{}” är sparat som ett nytt scenario.",
    SAVE: "”{}” är sparat.",
    RENAME: "Scenariot heter nu ”{}”.",
    FREEZE: "”{}” är fryst och kan inte ändras längre.",
    UNDO: "”{}” är tillbaka.",
}
_LOST = "Scenariot finns inte längre i databasen; spara det som ett nytt."


@dataclass(frozen=True)
class Typed:
    """What the visitor has written in the form."""

    name: str
    author: str
    note: str


def create(snapshot: Snapshot, typed: Typed) -> None:
    """Save what is assumed now as a new scenario, and let it be the open one."""
    draft = _draft(snapshot, typed)
    before = opened.told().draft
    # What was sent in vain may have arrived: the same draft again is the same scenario.
    if before is not None and replace(draft, id=before.id) == before:
        draft = before
    _carry_out(snapshot, CREATE, draft, lambda engine: create_scenario(engine, draft))


def change(snapshot: Snapshot, kind: str, typed: Typed) -> None:
    """Save over, rename, freeze or delete the open scenario, as the visitor has seen it."""
    seen = opened.opened().version
    hindrance = _hindrance(snapshot, seen) if kind == FREEZE else ""
    if hindrance:
        opened.tell(Told(hindrance, True))
        return
    _change(snapshot, kind, _draft(snapshot, typed), seen)


def _hindrance(snapshot: Snapshot, seen: ScenarioVersion) -> str:
    """Why the open scenario should not be frozen as it stands; empty where it may be."""
    if opened.is_changed(state.current()):
        return SAVE_BEFORE_FREEZING
    occasion = snapshot.occasion
    same = (seen.year, seen.number) == (occasion.year, occasion.number)
    return "" if same else OTHER_OCCASION


def insist(snapshot: Snapshot, told: Told) -> None:
    """Do what was asked on top of what somebody else has done; theirs stays in the history."""
    _change(snapshot, told.kind, told.draft, told.conflict.newest)


def create_instead(snapshot: Snapshot, draft: ScenarioDraft) -> None:
    """Keep what was asked for as a scenario of its own, beside the other's."""
    _carry_out(snapshot, CREATE, draft, lambda engine: create_scenario(engine, draft))


def open_theirs(snapshot: Snapshot, theirs: ScenarioVersion) -> None:
    """Open what somebody else has saved in between."""
    _open(snapshot, theirs)


def open_by_id(snapshot: Snapshot, name: str) -> None:
    """Open the newest version of a scenario."""
    _reach(lambda engine: _open(snapshot, find_scenario(engine, name)))


def open_wanted(snapshot: Snapshot) -> None:
    """Open what the address asks for; it is asked for again where the database is away."""
    asked = opened.wanted()
    if asked is not None:
        _reach(lambda engine: _give(snapshot, asked, history_of(engine, asked.id)))


def go_back(before: opened.Before) -> None:
    """Take back what was assumed, and the scenario that was open, before another was opened."""
    opened.tell(Told())
    opened.hold(before.opened)
    state.replace_scenario(before.scenario)


def close() -> None:
    """No saved scenario is open any more; the levers stay."""
    opened.tell(Told())
    opened.hold(None)


def undo(snapshot: Snapshot, gone: ScenarioVersion, author: str) -> None:
    """Bring back what was deleted, signed by who does."""
    draft = _draft(snapshot, Typed(gone.name, author, gone.note))
    _change(snapshot, UNDO, draft, gone)


def _draft(snapshot: Snapshot, typed: Typed) -> ScenarioDraft:
    occasion = snapshot.occasion
    document = write_document(state.current())
    base = (occasion.year, occasion.number, snapshot.batch)
    return ScenarioDraft(typed.name, typed.author, typed.note, document, *base)


def _change(snapshot: Snapshot, kind: str, draft: ScenarioDraft, seen: ScenarioVersion) -> None:
    place = (seen.id, seen.version)

    def command(engine: Engine) -> Changed:
        match kind:
            case "save":
                return save_scenario(engine, *place, draft)
            case "rename":
                return rename_scenario(engine, *place, draft.name, draft.author)
            case "delete":
                return delete_scenario(engine, *place, draft.author)
            case "undo":
                return undo_delete(engine, *place, draft.author)
        mark = fingerprint(snapshot)
        return freeze_scenario(engine, *place, draft.author, mark, snapshot.batch)

    _carry_out(snapshot, kind, draft, command)


def _carry_out(
    snapshot: Snapshot, kind: str, draft: ScenarioDraft, command: Callable[[Engine], Changed]
) -> None:
    before = opened.told()

    def run(engine: Engine) -> None:
        try:
            found = command(engine)
        except ScenarioRefused as problem:
            opened.tell(replace(before, sentence=problem.sentence, is_warning=True))
            return
        _take(snapshot, kind, draft, found)

    asked = before.kind if before.conflict else kind
    wanted = replace(before, kind=asked, draft=draft)
    _reach(lambda engine: do(Deed.SAVE_SCENARIO, engine, run), wanted)


def _take(snapshot: Snapshot, kind: str, draft: ScenarioDraft, found: Changed) -> None:
    """Say what has come of a command, and show the new version."""
    if found is None:
        opened.tell(Told(_LOST, True))
    elif isinstance(found, Conflict):
        opened.tell(Told(conflict=found, kind=kind, draft=draft))
    elif kind == DELETE:
        opened.hold(None)
        opened.tell(Told(f"”{apart(found.name)}” är borttaget.", deleted=found))
    else:
        state.load_version(snapshot, found, keeps_levers=True)
        opened.tell(Told(_DONE[kind].format(apart(found.name))))


def _open(snapshot: Snapshot, version: ScenarioVersion | None) -> None:
    """Try the levers of a version; what was assumed and not saved can be taken back."""
    if version is None:
        opened.tell(Told(UNKNOWN_ID, True))
        return
    held, found = state.current(), opened.opened()
    is_unsaved = opened.is_changed(held) or (found is None and bool(held.overlays))
    before = opened.Before(held, found) if is_unsaved else None
    if _load(snapshot, version):
        said = f"”{apart(version.name)}” är öppnat."
        told = opened.told() if version.state == DELETED else Told(said)
        opened.tell(replace(told, before=before))


def _load(snapshot: Snapshot, version: ScenarioVersion, keeps_levers: bool = False) -> bool:
    """Let a version be the open one, or one that is deleted be tried; False where it cannot."""
    try:
        state.load_version(snapshot, version, keeps_levers)
    except DocumentRefused:
        opened.tell(Told(UNREADABLE, True))
        return False
    if version.state == DELETED:
        when = version.saved_at.astimezone(data.ZONE)
        opened.hold(None)
        opened.tell(Told(describe_deleted(version.name, version.author, when), deleted=version))
    return True


def _give(snapshot: Snapshot, asked: opened.Wanted, history: tuple[ScenarioVersion, ...]) -> None:
    """Open what an address asks for: the version that its levers were laid on, or the newest."""
    opened.want(None)
    opened.tell(Told())
    if not history:
        opened.tell(Told(UNKNOWN_ID, True))
        return
    held = state.current()
    is_moved = opened.is_changed(held) if opened.opened() else bool(held.overlays)
    keeps_levers = asked.has_levers or is_moved
    seen = [version for version in history if version.version == asked.based_on]
    _load(snapshot, (seen or history)[-1] if keeps_levers else history[-1], keeps_levers)


def _reach(run: Callable[[Engine], None], told: Told | None = None) -> None:
    """Do something with the database, or say that it does not answer, in the place of `told`."""
    engine = data.engine()
    if engine is None:
        opened.tell(replace(told or Told(), sentence=AWAY, is_warning=True))
        return
    try:
        run(engine)
    except (MayNot, StoreUnavailable) as problem:
        opened.tell(replace(told or Told(), sentence=problem.sentence, is_warning=True))
