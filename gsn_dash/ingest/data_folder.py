"""The folder `data/`: one file for each kind of row, read whole or refused whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gsn_dash.domain.drafts import Drafts, choose_in_force
from gsn_dash.domain.refs import parse_ref
from gsn_dash.ingest import drafting
from gsn_dash.ingest.table import Problem, Row, RowError, read_rows

# Columns that name a row of another file: that file's field, and names that need no row.
_REFERENCES = {
    "document": ("documents", ()),
    "occasion": ("occasions", ()),
    "subject": ("activities", ("total",)),
    "project": ("projects", ("total",)),
    "municipality": ("municipalities", ()),
    "collaboration": ("collaborations", ()),
}
_PLACE = ("document", "section", "row", "column", "page")


@dataclass(frozen=True)
class File:
    """A file of the folder: how a row of it is read, and the columns that tell rows apart."""

    name: str
    draft_row: Callable[[Row], object]
    identity: tuple[str, ...]


# By Drafts' field, in an order that a reader of the folder would take.
FILES = {
    "documents": File("documents.csv", drafting.draft_document, ("document",)),
    "occasions": File("occasions.csv", drafting.draft_occasion, ("year", "number")),
    "activities": File("activities.csv", drafting.draft_activity, ("activity",)),
    "projects": File("projects.csv", drafting.draft_project, ("project",)),
    "municipalities": File("municipalities.csv", drafting.draft_municipality, ("code",)),
    "collaborations": File("collaborations.csv", drafting.draft_collaboration, ("collaboration",)),
    "operating": File(
        "operating.csv",
        drafting.draft_operating,
        ("occasion", "subject", "item", "span", "measure"),
    ),
    "investments": File(
        "investments.csv", drafting.draft_investment, ("occasion", "project", "measure")
    ),
    "contributions": File(
        "contributions.csv",
        drafting.draft_contribution,
        ("occasion", "collaboration", "municipality", *_PLACE),
    ),
    "totals": File("totals.csv", drafting.draft_total, ("occasion", "ref")),
    "claims": File("claims.csv", drafting.draft_claim, ("occasion", "ref", *_PLACE)),
    "cells": File(
        "printed_cells.csv",
        drafting.draft_cell,
        ("occasion", "document", "table", "row", "column"),
    ),
    "keys": File("allocation_keys.csv", drafting.draft_key, ("occasion", "collaboration")),
    "populations": File("populations.csv", drafting.draft_population, ("municipality", "as_of")),
}


def hash_files(folder: Path) -> tuple[tuple[str, str], ...]:
    """Each file of the folder with its sha256. Raises OSError where one cannot be read."""
    return tuple((file.name, _hash((folder / file.name).read_bytes())) for file in FILES.values())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def parse_folder(folder: Path) -> tuple[Drafts, tuple[Problem, ...]]:
    """Read every file of `folder`. With any problem the drafts must not be recorded."""
    parsed: dict[str, tuple] = {}
    known: dict[str, set[str]] = {}
    problems: list[Problem] = []
    hashes: list[tuple[str, str]] = []
    for field, file in FILES.items():
        path = folder / file.name
        try:
            content = path.read_bytes()
        except OSError:
            problems.append(Problem(file.name, 0, "", f"filen {path} går inte att öppna"))
            continue
        hashes.append((file.name, _hash(content)))
        parsed[field] = _parse_file(field, content, known, problems)
    parsed["contributions"] = choose_in_force(parsed.get("contributions", ()))
    return Drafts(**parsed, files=tuple(hashes)), tuple(problems)


def _parse_file(
    field: str, content: bytes, known: dict[str, set[str]], problems: list[Problem]
) -> tuple:
    """The drafts of one file; `known` gathers the names that later files may speak of."""
    file = FILES[field]
    drafts = []
    first_row: dict[tuple[str, ...], int] = {}
    try:
        for row in read_rows(content):
            try:
                drafts.append(file.draft_row(row))
                _refuse_repeated(row, file.identity, first_row)
                _refuse_unknown(row, field, known)
            except RowError as error:
                problems.append(Problem(file.name, row.number, error.column, error.sentence))
    except RowError as error:
        problems.append(Problem(file.name, error.row or 0, error.column, error.sentence))
    # Of a file that is wrong itself one cannot say what it lacks.
    if not any(problem.file == file.name for problem in problems):
        known[field] = {"-".join(names) for names in first_row}
    return tuple(drafts)


def _refuse_repeated(
    row: Row, identity: tuple[str, ...], first_row: dict[tuple[str, ...], int]
) -> None:
    """Two rows about one thing would be two truths: which one is meant is for a person to say."""
    first = first_row.setdefault(tuple(row.text(name) for name in identity), row.number)
    if first != row.number:
        raise RowError(identity[-1], f"raden säger samma sak som rad {first}: ta bort en av dem")


def _refuse_unknown(row: Row, field: str, known: dict[str, set[str]]) -> None:
    """A row that speaks of something that no file names cannot be placed."""
    for column, (target, free) in _REFERENCES.items():
        if column in row.cells and target != field and target in known:
            _refuse_name(column, row.text(column), target, known[target].union(free))
    if field == "keys" and "municipalities" in known:
        for code in row.text("members").split():
            _refuse_name("members", code, "municipalities", known["municipalities"])
    quantity = parse_ref(row.text("ref")) if "ref" in row.cells else None
    for subject, key in quantity.subjects if quantity else ():
        target, _ = _REFERENCES[subject]
        if target in known:
            _refuse_name("ref", key, target, known[target])


def _refuse_name(column: str, name: str, target: str, names: set[str]) -> None:
    if name not in names:
        raise RowError(column, f"”{name}” finns inte i {FILES[target].name}")
