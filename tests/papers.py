"""What the domain's tests read: the papers' snapshot, copies of data/, snapshots made by hand."""

import csv
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, make_url

from gsn_dash.domain.amounts import MKR, Amount, Money, Unknown
from gsn_dash.domain.figures import Document, Figure, SourceRef
from gsn_dash.domain.refs import InvestmentKey
from gsn_dash.domain.snapshot import Claim, Occasion, Project, Snapshot
from gsn_dash.settings import PROJECT
from gsn_dash.store.engine import make_engine
from gsn_dash.store.read import read_snapshot

FOLDER = PROJECT / "data"
PAPER = Document("paper", "Ett papper", "bilaga", None)
PLACE = SourceRef(PAPER, "ett avsnitt")
SPRING = Occasion(2023, 2, date(2023, 1, 1), date(2023, 4, 30), date(2023, 5, 4), date(2023, 5, 8))
REST = Project("rest", "Övriga projekt", (), is_rest=True)
LAMPS = Project("lamps", "Lampor", ("0001",))
CABLES = Project("cables", "Kablar", ("0002",))
WHOLE_YEAR = Occasion(
    2023, 3, date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 20), date(2024, 2, 1)
)


def read_papers(server_url: str, database: str) -> Snapshot:
    """The snapshot of the papers in a loaded database; no connection is left behind."""
    engine = make_engine(make_url(server_url).set(database=database).render_as_string(False))
    try:
        snapshot = read_snapshot(engine)
    finally:
        engine.dispose()
    assert snapshot is not None
    return snapshot


@contextmanager
def rolled_back(server_url: str, database: str) -> Iterator[Connection]:
    """A transaction that is never committed, so that many tests can use one database."""
    engine = make_engine(make_url(server_url).set(database=database).render_as_string(False))
    try:
        with engine.connect() as connection:
            yield connection
            connection.rollback()
    finally:
        engine.dispose()


def copy_papers(folder: Path) -> Path:
    """A copy of data/ below `folder` that a test may change."""
    return Path(shutil.copytree(FOLDER, folder / "data"))


def rows_in(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a file of the papers, read without the program's own reader."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def change(folder: Path, name: str, old: str, new: str) -> int:
    """Put `new` where `old` stands, which must be in one place; returns its row in the file."""
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def append(folder: Path, name: str, *lines: str) -> None:
    """Add rows last in a file."""
    with (folder / name).open("a", encoding="utf-8", newline="") as file:
        file.writelines(f"{line}\n" for line in lines)


def mkr(text: str) -> Money:
    """Millions of kr, written with a decimal point: "-24.7"."""
    return Money(Decimal(text) * MKR)


def kr(text: str) -> Money:
    """Kr, written with a decimal point."""
    return Money(Decimal(text))


def stated(ref: str, amount: Amount, printed: str = "", step: str = "100000") -> Figure:
    """A figure as a paper states it, by default in steps of 0.1 Mkr."""
    return Figure(ref, amount, Decimal(step), PLACE, printed)


def not_known(ref: str, printed: str = "") -> Figure:
    """A figure that a paper does not give."""
    return stated(ref, Unknown("papperet anger den inte"), printed)


def claim(ref: str, kind: str, value: Any) -> Claim:
    """Something that a paper says."""
    return Claim(ref, kind, value, str(value), Decimal(0), PLACE)


def snapshot_with(**parts: Any) -> Snapshot:
    """A snapshot of an occasion in April that holds `parts` and nothing else."""
    nothing: dict[str, Any] = {
        "occasion": SPRING,
        "batch": 1,
        "documents": {PAPER.key: PAPER},
        "activities": (),
        "operating": {},
        "projects": (),
        "investments": {},
        "municipalities": {},
        "collaborations": (),
        "contributions": {},
        "restated": (),
        "allocation_keys": {},
        "populations": (),
        "totals": {},
        "claims": (),
        "cells": (),
    }
    return Snapshot(**{**nothing, **parts})


def investments_with(
    cells: Mapping[tuple[str, str], Amount],
    projects: Iterable[Project],
    lost: Iterable[tuple[str, str]] = (),
    **parts: Any,
) -> Snapshot:
    """Investments of (project, measure) -> Money; `lost` has a printed text and no amount."""
    figures = {}
    for names, amount in cells.items():
        key = InvestmentKey(*names)
        figures[key] = stated(key.ref, amount)
    for project, text in lost:
        key = InvestmentKey(project, "appropriation")
        figures[key] = not_known(key.ref, text)
    return snapshot_with(projects=tuple(projects), investments=figures, **parts)
