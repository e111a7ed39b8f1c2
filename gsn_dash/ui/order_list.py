"""The list where views are chosen and put in order: a small component that answers at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gsn_dash.ui.component import component

_mount = component("gsn_order", ["order.js"], ["order.css"])


@dataclass(frozen=True)
class Row:
    """What can be shown: its key, its name for the reader, and whether it is shown now."""

    key: str
    name: str
    shown: bool


@dataclass(frozen=True)
class Order:
    """The keys in the order that the reader wants them, and those that are not to be shown."""

    keys: tuple[str, ...]
    hidden: frozenset[str]


def choose_order(
    key: str,
    label: str,
    rows: Sequence[Row],
    usual: Sequence[str],
    words: Mapping[str, str],
    turn: int,
) -> Order:
    """Show the rows with a box and two arrows each; returns how the reader has put them.

    `key` may not have two underscores beside each other: Streamlit keeps those to itself.
    `usual` is the order that a press restores. `words` are up, down, moved, restore and restored,
    with {name}, {place} and {of}. What the reader has done stands while `turn` is the same;
    another turn lays out `rows` as they are given.
    """
    data = {
        "label": label,
        "turn": turn,
        "views": [{"key": row.key, "name": row.name, "shown": row.shown} for row in rows],
        "usual": list(usual),
        "words": dict(words),
    }
    # Without a callback the component's state would not be told of.
    told = _mount(key=key, data=data, on_choice_change=lambda: None).get("choice")
    keys = [row.key for row in rows]
    if not told or told["turn"] != turn or sorted(told["order"]) != sorted(keys):
        return Order(tuple(keys), frozenset(row.key for row in rows if not row.shown))
    return Order(tuple(told["order"]), frozenset(told["hidden"]) & set(keys))
