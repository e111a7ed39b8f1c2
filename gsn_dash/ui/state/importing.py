"""The file that a visitor has given, how it is to be read, and what keeping it would do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from secrets import token_hex

import streamlit as st

from gsn_dash.domain.drafts import OccasionDraft
from gsn_dash.importing.flow import Look
from gsn_dash.ingest.opened import Choices, Opened
from gsn_dash.ingest.recognising import Recognised
from gsn_dash.store.read import Batch

_HELD, _TOLD, _WITHDRAWING = "import_held", "import_told", "import_withdrawing"
_TURN = "import_told_turn"


@dataclass(frozen=True)
class Held:
    """A file on its way in; `turn` is another for each file, and for each way of reading it.

    `same` is the import that has read it already. `seen` is what keeping it would do, None until
    it has been looked at.
    """

    opened: Opened
    turn: int
    recognised: tuple[Recognised, ...]
    occasion: OccasionDraft | None = None
    same: Batch | None = None
    seen: Look | None = None

    @property
    def choices(self) -> Choices:
        """How the file is to be read."""
        return Choices(self.occasion, self.recognised)


@dataclass(frozen=True)
class Told:
    """What came of the last thing that was asked; `field` is the key of what lacks something."""

    sentence: str = ""
    is_warning: bool = False
    field: str = ""


@dataclass(frozen=True)
class Withdrawing:
    """An import that a visitor thinks of withdrawing, and what that would do."""

    batch: int
    seen: Look


def held() -> Held | None:
    """The file on its way in; None where there is none."""
    return st.session_state.get(_HELD)


def hold(file: Held | None) -> None:
    """Take up a file, or let go of it."""
    st.session_state[_HELD] = file


def show_seen(seen: Look | None) -> None:
    """Note what keeping the file would do; None where it must be looked at again."""
    now = held()
    if now is not None:
        hold(replace(now, seen=seen))


def next_turn() -> int:
    """A number that no file has had."""
    st.session_state["import_turn"] = st.session_state.get("import_turn", 0) + 1
    return st.session_state["import_turn"]


def tell(told: Told, about: str = "") -> None:
    """Note what came of a command; `about` is the part of the page that says it."""
    st.session_state.setdefault(_TOLD, {})[about] = told
    st.session_state[_TURN] = token_hex(4)


def told_turn() -> str:
    """Another text each time that something is told."""
    return st.session_state.get(_TURN, "")


def told(about: str = "") -> Told:
    """What came of the last command in a part of the page; empty where there is nothing."""
    return st.session_state.get(_TOLD, {}).get(about, Told())


def forget_told() -> None:
    """What was told belongs to the visit before."""
    st.session_state[_TOLD] = {}


def withdrawing() -> Withdrawing | None:
    """The import that is thought of being withdrawn."""
    return st.session_state.get(_WITHDRAWING)


def think_of(withdrawal: Withdrawing | None) -> None:
    """Take up a withdrawal, or let go of it."""
    st.session_state[_WITHDRAWING] = withdrawal
