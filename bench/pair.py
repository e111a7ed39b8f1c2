"""Our page with pictures, and Streamlit's own with the very same, served beside each other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from harness import fresh_state
from served import Site, served_app, served_small

from gsn_dash.charts.data import Picture
from gsn_dash.pictures.operating import bridge_picture, lines_picture, pace_picture
from gsn_dash.store.engine import make_engine
from gsn_dash.store.read import read_snapshot

PATH = "/driftbudget"


@dataclass(frozen=True)
class Lane:
    """One of the two: its name for who reads, where it is served, and the address of its page."""

    name: str
    site: Site
    url: str


@dataclass(frozen=True)
class Pair:
    """`pictures` are those of our page, in its order; the floor has them in their wide layout."""

    page: Lane
    floor: Lane
    pictures: tuple[Picture, ...]

    @property
    def lanes(self) -> tuple[Lane, Lane]:
        return self.page, self.floor


@contextmanager
def served_pair() -> Iterator[Pair]:
    """Both, while inside."""
    with fresh_state() as folder, served_app() as ours:
        pictures = _pictures_of(ours.database)
        path = folder / "figures.json"
        path.write_text(json.dumps([each.wide.figure for each in pictures]), encoding="utf-8")
        with served_small("pictures_app.py", BENCH_FIGURES=str(path)) as floor:
            yield Pair(
                Lane(f"Sidan, {len(pictures)} bilder", ours, ours.url + PATH),
                Lane("Streamlit", floor, floor.url),
                pictures,
            )


def _pictures_of(database: str) -> tuple[Picture, ...]:
    """The pictures of our page, made of the figures that it shows."""
    engine = make_engine(database)
    snapshot = read_snapshot(engine)
    engine.dispose()
    made = (
        lines_picture(snapshot, "period"),
        lines_picture(snapshot, "year"),
        bridge_picture(snapshot),
        pace_picture(snapshot),
    )
    assert all(made), "the papers have amounts for each picture"
    return made
