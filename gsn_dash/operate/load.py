"""Load a folder of the papers' figures: read it whole, check it, record it in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DataError, IntegrityError

from gsn_dash.ingest.data_folder import parse_folder
from gsn_dash.ingest.table import Problem
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


def _sentence(recorded: Recorded) -> str:
    absent = _describe_absent(recorded.absent) if recorded.absent else ""
    if recorded.batch is None:
        return f"Uppgifterna fanns redan: inget ändrades.{absent}"
    if not recorded.added and not recorded.corrected:
        return f"Inläsning {recorded.batch}: {recorded.named} namn ändrade, inga uppgifter.{absent}"
    return (
        f"Inläsning {recorded.batch}: {recorded.added} nya uppgifter,"
        f" {recorded.corrected} rättade, {recorded.unchanged} oförändrade.{absent}"
    )


def _describe_absent(count: int) -> str:
    """A row that has gone from the folder stays in force: said, since nobody may expect it."""
    what = "En uppgift" if count == 1 else f"{count} uppgifter"
    return f" {what} i databasen finns inte i mappen och gäller fortfarande."
