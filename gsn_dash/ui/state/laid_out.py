"""What lay before a visitor when a form was laid out, however much it has moved since.

What is typed in a form is known here first when it is sent. So what somebody else keeps meanwhile
moves neither the fields nor what they are sent on top of.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import streamlit as st

from gsn_dash.ui.state.visits import visit

_FORMS = "laid_out"
Seen = TypeVar("Seen")


@dataclass(frozen=True)
class LaidOut(Generic[Seen]):
    """A form about something: its fields were filled from `shown`.

    `seen` is what the visitor has been told of: `shown`, or what has come since. `turn` is
    another each time the form is laid out, and names its fields. `awaits` is the version that it
    was kept as: when that is what the page shows, the form is laid out anew.
    """

    about: Hashable
    shown: Seen
    seen: Seen
    turn: int
    awaits: int | None = None


def lay_out(form: str, about: Hashable, now: Seen, version: int = 0) -> LaidOut[Seen]:
    """The form as it lies before the visitor: of `now`, at `version`, where it is a new one."""
    forms = st.session_state.setdefault(_FORMS, {})
    before, whole = forms.get(form), (visit(), about)
    is_same = before is not None and before.about == whole
    if is_same and (before.awaits is None or version < before.awaits):
        return before
    forms[form] = LaidOut(whole, now, now, before.turn + 1 if before else 0)
    return forms[form]


def tell_of(form: str, seen: Seen) -> None:
    """The visitor is told of what has come since; what is typed stays, to be sent on top of it."""
    forms = st.session_state[_FORMS]
    forms[form] = replace(forms[form], seen=seen)


def settle(form: str, version: int) -> None:
    """What was typed is kept as `version`; nothing for a form that has not been laid out."""
    forms = st.session_state.get(_FORMS, {})
    if form in forms:
        forms[form] = replace(forms[form], awaits=version)


def put_away(form: str) -> None:
    """The form is not before the visitor any more; the next time it is a new one."""
    settle(form, 0)
