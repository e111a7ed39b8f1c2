"""The folder `data/`: one file for each kind of row, read whole or refused whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from gsn_dash.domain.drafts import Drafts, choose_in_force
from gsn_dash.ingest import drafting
from gsn_dash.ingest.table import Problem, Row, RowError, read_rows

# Drafts' field -> (file, parser of a row), in an order that a reader of the folder would take.
FILES: dict[str, tuple[str, Callable[[Row], object]]] = {
    "documents": ("documents.csv", drafting.draft_document),
    "occasions": ("occasions.csv", drafting.draft_occasion),
    "activities": ("activities.csv", drafting.draft_activity),
    "projects": ("projects.csv", drafting.draft_project),
    "municipalities": ("municipalities.csv", drafting.draft_municipality),
    "collaborations": ("collaborations.csv", drafting.draft_collaboration),
    "operating": ("operating.csv", drafting.draft_operating),
    "investments": ("investments.csv", drafting.draft_investment),
    "contributions": ("contributions.csv", drafting.draft_contribution),
    "totals": ("totals.csv", drafting.draft_total),
    "claims": ("claims.csv", drafting.draft_claim),
    "cells": ("printed_cells.csv", drafting.draft_cell),
    "keys": ("allocation_keys.csv", drafting.draft_key),
    "populations": ("populations.csv", drafting.draft_population),
}


def parse_folder(folder: Path) -> tuple[Drafts, tuple[Problem, ...]]:
    """Read every file of `folder`. With any problem the drafts must not be recorded."""
    parsed: dict[str, tuple] = {}
    problems: list[Problem] = []
    hashes: list[tuple[str, str]] = []
    for field, (name, draft_row) in FILES.items():
        path = folder / name
        try:
            content = path.read_bytes()
        except OSError:
            problems.append(Problem(name, 0, "", f"filen {path} går inte att öppna"))
            continue
        hashes.append((name, hashlib.sha256(content).hexdigest()))
        parsed[field] = _parse_file(name, content, draft_row, problems)
    parsed["contributions"] = choose_in_force(parsed.get("contributions", ()))
    return Drafts(**parsed, files=tuple(hashes)), tuple(problems)


def _parse_file(
    name: str, content: bytes, draft_row: Callable[[Row], object], problems: list[Problem]
) -> tuple:
    drafts = []
    number = 1
    try:
        for row in read_rows(content):
            number = row.number
            try:
                drafts.append(draft_row(row))
            except RowError as error:
                problems.append(Problem(name, number, error.column, error.sentence))
    except RowError as error:
        problems.append(Problem(name, number, error.column, error.sentence))
    return tuple(drafts)
