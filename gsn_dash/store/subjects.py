"""What figures are about: names of papers, occasions, projects and the like, put right in place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Table, delete, func, literal_column, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert as upsert

from gsn_dash.domain.drafts import FOLDER, Drafts
from gsn_dash.domain.snapshot import Project
from gsn_dash.store import schema

Values = list[dict[str, Any]]


def record_subjects(connection: Connection, drafts: Drafts) -> int:
    """Record the names that the drafts have; they are no figures. Returns how many were new.

    A whole folder says in which order things come, and which parts they have no more; what any
    other import brings comes last, and adds parts.
    """
    is_whole = drafts.kind == FOLDER
    changed = 0
    for table, key, values in _subjects(drafts):
        if not values:
            continue
        rows = values if is_whole else _last(connection, table, values)
        changed += _put_right(connection, table, key, rows, is_whole)
    return changed + (_drop_parts(connection, drafts) if is_whole else 0)


def _put_right(
    connection: Connection, table: Table, key: tuple[str, ...], values: Values, is_whole: bool
) -> int:
    kept = {*key, "id"} if is_whole else {*key, "id", "position"}
    statement = upsert(table).values(values)
    others = {c.name: statement.excluded[c.name] for c in table.c if c.name not in kept}
    if others:
        statement = statement.on_conflict_do_update(
            index_elements=key,
            set_=others,
            where=or_(*(table.c[name].is_distinct_from(new) for name, new in others.items())),
        )
    else:
        statement = statement.on_conflict_do_nothing(index_elements=key)
    return len(connection.execute(statement.returning(literal_column("1"))).all())


def _last(connection: Connection, table: Table, values: Values) -> Values:
    """Rows with a position get one after all that the table has."""
    if "position" not in table.c:
        return values
    held = connection.execute(select(func.max(table.c.position))).scalar() or 0
    return [{**row, "position": held + row["position"]} for row in values]


def _subjects(drafts: Drafts) -> list[tuple[Table, tuple[str, ...], Values]]:
    """Tables, their keys and rows, in an order that the foreign keys allow."""
    members = [
        {"group_key": a.key, "activity_key": m} for a in drafts.activities for m in a.members
    ]
    codes = [{"project_key": p.key, "code": c} for p in drafts.projects for c in p.codes]
    occasions = [{"year": o.year, "number": o.number} for o in drafts.occasions]
    return [
        (schema.document, ("key",), [asdict(d) for d in drafts.documents]),
        (schema.occasion, ("year", "number"), occasions),
        (schema.activity, ("key",), [{"key": a.key, "name": a.name} for a in drafts.activities]),
        (schema.activity_member, ("group_key", "activity_key"), members),
        (schema.project, ("key",), _in_order(_project_row(p) for p in drafts.projects)),
        (schema.project_code, ("project_key", "code"), codes),
        (schema.municipality, ("code",), [asdict(m) for m in drafts.municipalities]),
        (schema.collaboration, ("key",), _in_order(asdict(c) for c in drafts.collaborations)),
    ]


def _in_order(values: Iterable[dict[str, Any]]) -> Values:
    """The order of the file is the order on the pages."""
    return [{**row, "position": number} for number, row in enumerate(values, start=1)]


def _project_row(project: Project) -> dict[str, Any]:
    kind = "rest" if project.is_rest else "group" if project.is_group else "project"
    return {"key": project.key, "name": project.name, "kind": kind}


def _drop_parts(connection: Connection, drafts: Drafts) -> int:
    """Members of a group and codes of a project that the drafts name no more."""
    dropped = 0
    for table, owner, owners, parts in _parts(drafts):
        statement = delete(table).where(table.c[owner].in_(owners))
        if parts:
            statement = statement.where(tuple_(*table.c).not_in(parts))
        dropped += len(connection.execute(statement.returning(literal_column("1"))).all())
    return dropped


def _parts(drafts: Drafts) -> list[tuple[Table, str, list[str], list[tuple[str, str]]]]:
    """Members of groups and codes of projects: table, owner's column, owners, (owner, part)."""
    groups, projects = drafts.activities, drafts.projects
    return [
        (
            schema.activity_member,
            "group_key",
            [group.key for group in groups],
            [(group.key, member) for group in groups for member in group.members],
        ),
        (
            schema.project_code,
            "project_key",
            [project.key for project in projects],
            [(project.key, code) for project in projects for code in project.codes],
        ),
    ]
