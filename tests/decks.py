"""Decks that the tests compose, what their views say, and what holds of every one of them."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import unescape
from urllib.parse import unquote

from papers import snapshot_with, stated

from gsn_dash.domain.amounts import Amount
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.meeting.agenda import make_agenda
from gsn_dash.domain.refs import OperatingKey
from gsn_dash.domain.scenario.program import Dial, evaluate
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.meeting.deck.content import DeckSources
from gsn_dash.present.inventory import known_refs

READ_AT = datetime(2023, 5, 4, 9, 30, tzinfo=UTC)
MOST_BYTES = 400_000
LONGEST_ROW = 200
SOURCE = re.compile(r"/kallor\?figur=([^#\"&]+)#figur-")
ADDRESS = re.compile(r'href(?:="|": ")([^"]*)')
ENGLISH = re.compile(
    r"\b(the|and|of|year|budgeted|unknown|none|null|true|false|error|deviation|forecast|more)\b",
    re.IGNORECASE,
)


def sources_of(snapshot: Snapshot, **changes) -> DeckSources:
    """What a deck of the snapshot is made of, with every view on its agenda."""
    held = {
        "findings": run_controls(snapshot),
        "read_at": READ_AT,
        "agenda": make_agenda(snapshot),
        "decisions": {},
    }
    return DeckSources(snapshot, **{**held, **changes})


def written(deck: dict) -> bytes:
    return json.dumps(deck, ensure_ascii=False, separators=(",", ":")).encode()


def view_of(deck: dict, key: str) -> dict:
    return next(view for view in deck["views"] if view["key"] == key)


def labels_of(view: dict) -> list[str]:
    """The numbers at a still picture's marks."""
    return [mark["label"].replace("\u00a0", " ") for mark in view["picture"]["marks"]]


def told(view: dict) -> str:
    """All that a view says in words."""
    parts = [view["message"], view["html"], *view["notes"]]
    parts += [text for number in view["numbers"] for text in (number["name"], number["text"])]
    text = " ".join(" ".join(_texts(part)) for part in parts)
    return unescape(re.sub(r"<[^>]*>", " ", text)).replace("\u00a0", " ")


def _texts(part: object) -> Iterator[str]:
    """The words of a text or a template; not the marks of its own grammar."""
    match part:
        case str():
            yield part
        case list():
            for one in part:
                yield from _texts(one)
        case {"by": _, **ways}:
            for way in ways.values():
                yield from _texts(way)
        case {"items": inner} | {"texts": inner}:
            yield from _texts(inner)


def assert_leads_to_sources(snapshot: Snapshot, deck: dict) -> None:
    text = json.dumps(deck["views"], ensure_ascii=False).replace('\\"', '"')
    links = [link for link in ADDRESS.findall(text) if link]
    assert all(SOURCE.match(link) or link == "/granskning" for link in links)
    refs = {unquote(found[1]) for link in links if (found := SOURCE.match(link))}
    assert refs <= known_refs(snapshot), refs - known_refs(snapshot)


def values_of(sheet: dict) -> list:
    """The program's values with the levers where the deck has them, as a browser reckons them."""
    positions = [_as_range(lever["positions"]) for lever in sheet["levers"]]
    dials = [Dial(p, x["resting"]) for p, x in zip(positions, sheet["levers"], strict=True)]
    return evaluate(sheet["program"], dials, [lever["value"] for lever in sheet["levers"]])


def _as_range(positions: list | dict) -> list[int] | range:
    if isinstance(positions, dict):
        return positions["values"]
    low, high, step = positions
    return range(low, high + 1, step)


def assert_settled(sheet: dict) -> None:
    values = values_of(sheet)
    assert sheet["settled"]["values"]
    assert all(str(values[node]) == said for node, said in sheet["settled"]["values"])


# ---- Occasions of deviations alone ----


def deviations_of(amounts: Mapping[tuple[str, str], Amount]) -> Snapshot:
    """An occasion with deviations alone: (item, span) to amount."""
    figures = {}
    for (item, span), amount in amounts.items():
        key = OperatingKey("total", item, span, "deviation")
        figures[key] = stated(key.ref, amount)
    return snapshot_with(operating=figures)


def net_of(so_far: Amount, year: Amount) -> Snapshot:
    """An occasion of which only the net's deviations are told."""
    return deviations_of({("net", "period"): so_far, ("net", "year"): year})
