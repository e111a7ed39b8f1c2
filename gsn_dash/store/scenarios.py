"""Keep scenarios: add a version, tell the second of two writers, list them.

Every change is a new version, written only on top of the newest that its writer has seen
(`based_on`). Asking for what is already so writes nothing and gives the newest version, so a
caller that has lost an answer can ask again. All functions raise StoreUnavailable where the
database does not answer or will not do as asked, and those that write ScenarioRefused where what
a person wrote may not be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine, Row, func, insert, select, true
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import IntegrityError

from gsn_dash.store.rights import SCENARIOS
from gsn_dash.store.scenario_drafts import (
    DELETED,
    FROZEN,
    OPEN,
    Conflict,
    ScenarioDraft,
    ScenarioRefused,
    ScenarioSummary,
    ScenarioVersion,
    checked,
    checked_line,
    read_id,
    too_large,
)
from gsn_dash.store.schema import scenario, scenario_version
from gsn_dash.store.trouble import told_of
from gsn_dash.store.ways import begin

LISTED = 500
_READING = (
    "Databasen svarar inte, så scenarierna går inte att läsa; försök igen om en stund.",
    "Databasen lämnar inte ut scenarierna; den som sköter databasen ser varför i loggen.",
)
_WRITING = (
    "Databasen svarade inte, så det är ovisst om scenariot sparades; försök igen.",
    "Databasen tog inte emot ändringen, så inget är sparat; den som sköter databasen ser varför i"
    " loggen.",
)
Changed = ScenarioVersion | Conflict | None
Kept = TypeVar("Kept", bound=ScenarioSummary)


def create_scenario(engine: Engine, draft: ScenarioDraft) -> ScenarioVersion:
    """Keep a new scenario, also a copy of another ("save as"); returns its version 1.

    The same draft again, by its `id`, gives the version 1 that is there already. Raises
    ScenarioRefused where the id is no uuid or another scenario's.
    """
    draft = checked(draft)
    name = read_id(draft.id)
    if name is None:
        raise ScenarioRefused("id", "Scenariot har ingen giltig beteckning; börja om med ett nytt.")
    with _writing(engine) as connection:
        is_new = upsert(scenario).values(id=name).on_conflict_do_nothing().returning(scenario.c.id)
        if connection.execute(is_new).one_or_none() is None:
            return _created_before(connection, name, draft)
        return _add(connection, name, 1, _content_of(draft))


def save_scenario(engine: Engine, id: str, based_on: int, draft: ScenarioDraft) -> Changed:
    """Save `draft` on top of version `based_on`.

    Where a newer version is there nothing is written, and the Conflict tells what has come
    since. To save over it, call again with its newest version; that also brings a deleted
    scenario back. None where there is no such scenario. Raises ScenarioRefused where it is
    frozen.
    """
    kept = _content_of(checked(draft))
    return _change(engine, id, based_on, lambda newest: replace(newest, **kept))


def rename_scenario(engine: Engine, id: str, based_on: int, name: str, author: str) -> Changed:
    """Give it another name; the rest as in `save_scenario`. Raises ScenarioRefused if deleted."""
    texts = {"name": checked_line("name", name), "author": checked_line("author", author)}
    return _change(engine, id, based_on, lambda newest: replace(newest, **texts))


def delete_scenario(engine: Engine, id: str, based_on: int, author: str) -> Changed:
    """Take it off the list; its versions stay, and `undo_delete` brings it back."""
    values = {"author": checked_line("author", author), "state": DELETED}
    return _change(engine, id, based_on, lambda newest: replace(newest, **values))


def undo_delete(engine: Engine, id: str, based_on: int, author: str) -> Changed:
    """Bring it back as it was before it was deleted; one that is not deleted is left alone."""
    values = {"author": checked_line("author", author), "state": OPEN}

    def bring_back(newest: ScenarioVersion) -> ScenarioVersion:
        return replace(newest, **values) if newest.state == DELETED else newest

    return _change(engine, id, based_on, bring_back)


def freeze_scenario(
    engine: Engine, id: str, based_on: int, author: str, fingerprint: str, batch: int
) -> Changed:
    """Let nothing change it any more, nor delete it.

    `fingerprint` (1–200 characters) is of the figures that it was computed from, and `batch`
    is the import that they were of, which may be a later one than when it was saved.
    """
    values = {
        "author": checked_line("author", author),
        "state": FROZEN,
        "fingerprint": checked_line("fingerprint", fingerprint),
        "batch": batch,
    }
    return _change(engine, id, based_on, lambda newest: replace(newest, **values))


def list_scenarios(engine: Engine) -> tuple[ScenarioSummary, ...]:
    """The newest version of each scenario that is not deleted, newest first, at most 500.

    Without their documents, which may be many megabytes together: see `find_scenarios`.
    """
    version = scenario_version
    # One step in the primary key's index for each scenario, however many versions it has.
    newest = (
        select(*(column for column in version.c if column.name != "document"))
        .where(version.c.scenario_id == scenario.c.id)
        .order_by(version.c.version.desc())
        .limit(1)
        .lateral("newest")
    )
    rows = (
        select(newest)
        .select_from(scenario.join(newest, true()))
        .where(newest.c.state != DELETED)
        .order_by(newest.c.saved_at.desc(), newest.c.scenario_id)
        .limit(LISTED)
    )
    with _reading(engine) as connection:
        return tuple(_read(row, ScenarioSummary) for row in connection.execute(rows))


def find_scenarios(engine: Engine, ids: Sequence[str]) -> tuple[ScenarioVersion, ...]:
    """The newest version of a few scenarios, in the order asked for, without those not there."""
    names = [name for name in map(read_id, ids) if name is not None]
    with _reading(engine) as connection:
        found = [_newest(connection, name) for name in names]
    return tuple(version for version in found if version is not None)


def find_scenario(engine: Engine, id: str) -> ScenarioVersion | None:
    """Its newest version, also where it is deleted; None where there is no such scenario."""
    name = read_id(id)
    if name is None:
        return None
    with _reading(engine) as connection:
        return _newest(connection, name)


def history_of(engine: Engine, id: str) -> tuple[ScenarioVersion, ...]:
    """All its versions, oldest first; none where there is no such scenario."""
    name = read_id(id)
    if name is None:
        return ()
    with _reading(engine) as connection:
        return _versions_after(connection, name, 0)


def _change(
    engine: Engine, id: str, based_on: int, change: Callable[[ScenarioVersion], ScenarioVersion]
) -> Changed:
    """Write what `change` makes of the newest version, if that is the one it is based on."""
    name = read_id(id)
    if name is None:
        return None
    with _writing(engine) as connection:
        # Nobody else adds a version between what is read here and what is written.
        if not connection.execute(select(func.hold_scenario(name))).scalar_one():
            return None
        newest = _newest(connection, name)
        wanted = change(newest)
        if wanted == newest:
            return newest
        if newest.version != based_on:
            return Conflict(newest, _versions_after(connection, name, based_on))
        _refuse_where_closed(newest, wanted)
        return _add(connection, name, newest.version + 1, _content_of(wanted))


def _refuse_where_closed(newest: ScenarioVersion, wanted: ScenarioVersion) -> None:
    if newest.state == FROZEN:
        sentence = "Scenariot är fryst och kan inte ändras; spara det som ett nytt."
        raise ScenarioRefused("state", sentence)
    if newest.state == DELETED and wanted.state != OPEN:
        raise ScenarioRefused("state", "Scenariot är borttaget; ångra borttagningen först.")


def _created_before(connection: Connection, name: UUID, draft: ScenarioDraft) -> ScenarioVersion:
    first = _versions_after(connection, name, 0)[0]
    if _content_of(first) != _content_of(draft):
        sentence = "Det finns redan ett annat scenario med samma beteckning; spara som ett nytt."
        raise ScenarioRefused("id", sentence)
    return first


def _content_of(source: ScenarioDraft | ScenarioVersion) -> dict[str, object]:
    """What is written of a draft or a version, but for its place among the versions."""
    values = {"state": OPEN, "fingerprint": None, **asdict(source)}
    return {key: value for key, value in values.items() if key not in _PLACE}


_PLACE = ("id", "version", "saved_at")


def _add(connection: Connection, name: UUID, version: int, content: dict) -> ScenarioVersion:
    values = {"scenario_id": name, "version": version, **content}
    statement = insert(scenario_version).values(values).returning(scenario_version)
    return _read(connection.execute(statement).one())


def _newest(connection: Connection, name: UUID) -> ScenarioVersion | None:
    table = scenario_version
    rows = select(table).where(table.c.scenario_id == name)
    row = connection.execute(rows.order_by(table.c.version.desc()).limit(1)).one_or_none()
    return _read(row) if row else None


def _versions_after(connection: Connection, name: UUID, seen: int) -> tuple[ScenarioVersion, ...]:
    table = scenario_version
    rows = select(table).where(table.c.scenario_id == name, table.c.version > seen)
    return tuple(_read(row) for row in connection.execute(rows.order_by(table.c.version)))


def _read(row: Row, kind: type[Kept] = ScenarioVersion) -> Kept:
    values = dict(row._mapping)
    return kind(id=str(values.pop("scenario_id")), **values)


@contextmanager
def _reading(engine: Engine) -> Iterator[Connection]:
    with told_of(*_READING), engine.connect() as connection:
        yield connection


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is committed at the end; what the database refuses becomes ours."""
    with told_of(*_WRITING), _refusals(), begin(engine, SCENARIOS) as connection:
        yield connection


@contextmanager
def _refusals() -> Iterator[None]:
    """Tell what a person wrote from what the database cannot do."""
    try:
        yield
    except IntegrityError as problem:
        refused = problem.orig.diag.constraint_name
        if refused == "scenario_version_document_check":
            raise too_large() from problem
        if refused in ("scenario_version_occasion_fkey", "scenario_version_batch_fkey"):
            said = "Databasen har inte de uppgifter som scenariot bygger på; läs in sidan på nytt."
            raise ScenarioRefused("base", said) from problem
        raise
