"""A list for each code of a ledger: which of ours it is, with proposals that a person confirms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from gsn_dash.domain.ledger_objects import LedgerObject
from gsn_dash.present.ledger_map import MapUnread, read_codes, write_codes
from gsn_dash.present.ledger_objects import (
    KINDS,
    NO_CODES,
    NOTHING,
    describe_object,
    describe_proposals,
    name_ours,
    say_reason,
)
from gsn_dash.ui.page import show_text
from gsn_dash.ui.state.labels import plain_label

# A page of hundreds of lists helps nobody: the smallest of so many are lines of text.
MOST_LISTS = 40
# Signs in a field of lines: all that a page sends at once is held to 262 kB.
LONGEST_LINES = 80_000


@dataclass(frozen=True)
class Chosen:
    """What a person has made of the codes of a kind: by list, and by lines of text."""

    kind: str
    by_list: Mapping[str, str]
    lines: str
    keys: frozenset[str]

    def read(self) -> dict[str, str]:
        """Codes to our keys. Raises MapUnread for a line that cannot be read."""
        lines = read_codes(self.lines, self.keys, KINDS[self.kind])
        for code in lines.keys() & self.by_list.keys():
            raise MapUnread(f"{KINDS[self.kind]}: ”{code}” har redan en egen lista ovan.")
        return {**{code: key for code, key in self.by_list.items() if key}, **lines}


def choose(
    kind: str,
    turn: int,
    objects: Sequence[LedgerObject],
    mapped: Mapping[str, str],
    names: Mapping[str, str],
) -> Chosen:
    """The lists of a kind, those with a proposal or nothing first. `names` are ours, by key."""
    rows = _rows(kind, objects, mapped)
    keys = frozenset({*names, *mapped.values()})
    show_text(describe_proposals(rows[:MOST_LISTS]) if rows else NO_CODES[kind])
    with st.container(horizontal=True, gap="small"):
        by_list = {each.code: _ask(turn, each, keys, names) for each in rows[:MOST_LISTS]}
    rest = rows[MOST_LISTS:]
    lines = ""
    if rest:
        lines = st.text_area(
            f"{KINDS[kind]} som inte har någon lista: en rad för varje, kod = vad",
            write_codes({each.code: each.key for each in rest if each.key}),
            max_chars=LONGEST_LINES,
            key=f"ledger_map_{kind}_lines_{turn}",
        )
    return Chosen(kind, by_list, lines, keys)


def _rows(
    kind: str, objects: Sequence[LedgerObject], mapped: Mapping[str, str]
) -> list[LedgerObject]:
    """The codes of the ledger, then those that are mapped and that it does not have."""
    known = {each.code for each in objects}
    others = [
        LedgerObject(kind, code, "", {}, None, key)
        for code, key in sorted(mapped.items())
        if code not in known
    ]
    return [*sorted(objects, key=lambda each: bool(each.key)), *others]


def _ask(turn: int, each: LedgerObject, keys: frozenset[str], names: Mapping[str, str]) -> str:
    """Which of ours a code is; empty where none."""
    options = ["", *sorted(keys)]
    proposed = each.proposal.key if each.proposal else ""
    reason = f" – förslag: {say_reason(each.proposal)}" if each.proposal else ""
    return st.selectbox(
        plain_label(f"{describe_object(each)}{reason}"),
        options,
        options.index(each.key or proposed),
        lambda key: name_ours(key, names) if key else NOTHING[each.kind],
        key=f"ledger_map_{each.kind}_{each.code}_{turn}",
        width=440,
    )
