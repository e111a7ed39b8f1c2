"""Our own small components: every one is registered and mounted here, in the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from gsn_dash.web.site import STATIC_DIR

_PARTS = Path(__file__).parent / "components"


def join_parts(*names: str) -> str:
    """Files of a component as one: they know each other's names.

    Those that pages have at their head too lie among the static files.
    """
    paths = (_PARTS / name for name in names)
    found = (path if path.exists() else STATIC_DIR / path.name for path in paths)
    return "\n".join(path.read_text(encoding="utf-8") for path in found)


def component(name: str, scripts: Sequence[str], styles: Sequence[str] = ()) -> Callable[..., Any]:
    """A component of those files, the last script exporting how it is drawn.

    Returns what mounts it: called with `key`, `data` (JSON, which the script gets as
    `component.data[0]`) and Streamlit's own arguments. Call this at import: it is registered once
    a process, and mounting registers it anew where a runtime lacks it.
    """
    bare = st.components.v2.component(
        name,
        css=join_parts(*styles) if styles else None,
        js=join_parts(*scripts),
        isolate_styles=False,
    )

    def mount(key: str, data: object, **others: Any) -> Any:
        # In a list, which Streamlit sends as it is: of a dict it asks pandas about each value,
        # and so loads pandas.
        return bare(key=key, data=[data], **others)

    return mount
