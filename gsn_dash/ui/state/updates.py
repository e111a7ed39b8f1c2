"""Whether the figures have changed under the open page, since the visitor came to it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

_DRAWN = "updates_drawn"


@dataclass(frozen=True)
class _Drawn:
    """What a page was last drawn with, and when that last changed while it stood open."""

    page: str
    version: Hashable
    changed_at: datetime | None = None


def note_drawn(page: str, version: Hashable, now: datetime) -> datetime | None:
    """Call once in every run of a page; when its figures changed under the visitor, or None.

    `version` names the figures that the page is drawn with, None where there are none yet: the
    first figures change nothing that was seen. Another page begins afresh.
    """
    before: _Drawn | None = st.session_state.get(_DRAWN)
    drawn = _Drawn(page, version)
    if before is not None and before.page == page:
        has_changed = before.version not in (None, version)
        drawn = _Drawn(page, version, now if has_changed else before.changed_at)
    st.session_state[_DRAWN] = drawn
    return drawn.changed_at
