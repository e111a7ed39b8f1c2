"""Corrections of a figure, and the moment that PostgreSQL tells of each."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from papers import change, copy_papers
from sqlalchemy import Engine

from gsn_dash.operate.load import load_data
from gsn_dash.store.engine import make_engine

_COSTS = ("outcome;-21,5", "outcome;-21,6")


class Change:
    """Corrects the costs so far, there and back again, in a database that has the papers."""

    def __init__(self, engine: Engine, heard: psycopg.Connection, folder: Path) -> None:
        self._engine = engine
        self._heard = heard
        self._folder = folder
        self._printed = _COSTS

    @classmethod
    @contextmanager
    def made(cls, url: str, folder: Path) -> Iterator[Change]:
        """Corrections in the database at `url`; the figures are read from a copy in `folder`."""
        engine = make_engine(url)
        with psycopg.connect(url, autocommit=True) as heard:
            heard.execute("LISTEN gsn")
            yield cls(engine, heard, copy_papers(folder))
        engine.dispose()

    def correct(self) -> float:
        """Correct the figure; returns when the database told of it, in seconds of the clock."""
        change(self._folder, "operating.csv", *self._printed)
        self._printed = self._printed[::-1]
        moments: list[float] = []
        ear = threading.Thread(target=self._hear, args=(moments,))
        ear.start()
        report = load_data(self._engine, self._folder, by="mätning")
        assert not report.problems, report.problems
        ear.join()
        return moments[0]

    def _hear(self, moments: list[float]) -> None:
        for notice in self._heard.notifies(timeout=30):
            if notice.payload == "figures":
                moments.append(time.time())
                return
