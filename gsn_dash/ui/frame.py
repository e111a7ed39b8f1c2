"""What stands above and below every page, and in place of one that failed."""

from collections.abc import Hashable, Sequence
from datetime import datetime
from html import escape

import streamlit as st

from gsn_dash.present.frame import describe_update
from gsn_dash.ui.data import ZONE
from gsn_dash.ui.state.updates import note_drawn

_BOARD = "Gemensamma servicenämnden (GSN)"
_FAULT = (
    "Sidan kunde inte visas. Ladda om den; hjälper inte det, säg till den som sköter systemet, "
    "så står det i loggen vad som hände."
)


def show_frame_top(occasion_line: str, banner: str | None) -> None:
    """The board's name with the occasion, and above it a warning sentence if there is one."""
    warning = f'<div class="gsn-banner" role="alert">{escape(banner)}</div>' if banner else ""
    occasion = f"<span>{escape(occasion_line)}</span>" if occasion_line else ""
    with st.container(key="gsn_frame_top"):
        st.html(
            f'{warning}<div class="gsn-frame-top"><span class="gsn-board">{_BOARD}</span>'
            f"{occasion}</div>"
        )


def show_update(page: str, version: Hashable) -> None:
    """A quiet line over the foot of the window once the figures have changed under the page.

    `version` names the figures that the page is drawn with. The line lies over the page, so that
    nothing that is read or held moves; it is there empty before, so that it is read out.
    """
    changed_at = note_drawn(page, version, datetime.now(ZONE))
    said = f"<p>{escape(describe_update(changed_at))}</p>" if changed_at else ""
    with st.container(key="gsn_update"):
        st.html(f'<div class="gsn-update" role="status">{said}</div>')


def show_frame_bottom(lines: Sequence[str]) -> None:
    """Quiet lines at the foot of the page, one paragraph each."""
    if not lines:
        return
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    with st.container(key="gsn_frame_bottom"):
        st.html(f'<footer class="gsn-frame-bottom">{paragraphs}</footer>')


def show_fault(_error: Exception) -> bool:
    """One Swedish sentence where the page broke off; for st.App's on_script_error.

    Returns True, which keeps Streamlit from showing its own English box. Streamlit has
    already logged the error.
    """
    st.html(f'<div class="gsn-banner" role="alert">{_FAULT}</div>')
    return True
