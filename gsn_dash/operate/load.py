"""Load a folder of the papers' figures: read it whole, check it, record it in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DataError, IntegrityError

from gsn_dash.ingest.data_folder import hash_files, parse_folder
from gsn_dash.ingest.table import Problem
from gsn_dash.store.read import knows_files
from gsn_dash.store.record import Recorded, record


@dataclass(frozen=True)
class LoadReport:
    """What a load did, in one Swedish sentence, and every problem that stopped it."""

    sentence: str
    problems: tuple[str, ...] = ()


def load_data(engine: Engine, folder: Path, by: str) -> LoadReport:
    """Record the figures in `folder`, all of them or none; the same figures again: nothing."""
    drafts, problems = parse_folder(folder)
    if problems:
        return _refused(folder, tuple(_located(problem) for problem in problems))
    try:
        with engine.begin() as connection:
            recorded = record(connection, drafts, by)
    except (IntegrityError, DataError) as error:
        diagnosis = getattr(error.orig, "diag", None)
        name = (diagnosis and diagnosis.constraint_name) or "okänd"
        return _refused(folder, (f"databasen godtar inte en rad (regeln {name})",))
    return LoadReport(_sentence(recorded))


def _located(problem: Problem) -> str:
    row = f"rad {problem.row}" if problem.row else ""
    where = ", ".join(part for part in (problem.file, row, problem.column) if part)
    return f"{where}: {problem.sentence}"


def _refused(folder: Path, problems: tuple[str, ...]) -> LoadReport:
    return LoadReport(f"Inget lästes in från {folder}: rätta det som står nedan.", problems)


def is_loaded(engine: Engine, folder: Path) -> bool:
    """Whether an import has read the folder just as it is now.

    Then a start need not load it, and must not: corrections made since would be undone.
    """
    try:
        files = hash_files(folder)
    except OSError:
        return False  # the load says which file is missing
    with engine.connect() as connection:
        return knows_files(connection, files)


def _sentence(recorded: Recorded) -> str:
    if recorded.batch is None:
        return "Uppgifterna fanns redan: inget ändrades."
    changes = {
        "nya uppgifter": recorded.added,
        "rättade": recorded.corrected,
        "återtagna": recorded.withdrawn,
        "ändrade namn": recorded.named if not recorded.added else 0,
    }
    said = ", ".join(f"{count} {what}" for what, count in changes.items() if count)
    return f"Inläsning {recorded.batch}: {said or 'inget nytt'}, {recorded.unchanged} oförändrade."
