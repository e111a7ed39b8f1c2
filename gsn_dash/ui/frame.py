"""What stands above and below every page, and in place of one that failed."""

from collections.abc import Hashable, Sequence
from datetime import datetime
from html import escape

import streamlit as st

from gsn_dash.present.frame import EARLIER, describe_occasion, describe_rest, describe_update
from gsn_dash.present.occasions import describe_unread
from gsn_dash.ui.canvas import canvas
from gsn_dash.ui.data import ZONE, Figures
from gsn_dash.ui.first_view import first_view
from gsn_dash.ui.occasions import show_choice
from gsn_dash.ui.page import show_note
from gsn_dash.ui.rights import render_visitor
from gsn_dash.ui.state.updates import note_drawn
from gsn_dash.web.document import foot_links

_BOARD_NAME = '<span class="gsn-board">Gemensamma servicenämnden (GSN)</span>'
_FAULT = (
    "Sidan kunde inte visas. Ladda om den; hjälper inte det, säg till den som sköter systemet, "
    "så står det i loggen vad som hände."
)


def show_frame_top(
    figures: Figures, page: str, banner: str | None = None, unread: str = ""
) -> None:
    """The board's name with the occasion and who is logged in, and above it a warning sentence if
    there is one.

    Where there are several occasions, the one that is shown is also a list to choose in. `page` is
    the page's address, `unread` what that says that is no occasion, or empty.
    """
    with canvas().box(key="gsn_frame_top"):
        if banner:
            canvas().html(f'<div class="gsn-banner" role="alert">{escape(banner)}</div>')
        if len(figures.occasions) > 1:
            _show_line_with_choice(figures, page)
        else:
            _show_line(_BOARD_NAME + _say_occasion(figures) + _say_visitor(page), "stretch")
        if unread:
            show_note(describe_unread(unread), True)


def _show_line_with_choice(figures: Figures, page: str) -> None:
    """The name of the occasion is the list; on paper, where there is no list, it is words."""
    with canvas().box(key="gsn_frame_line", row=True):
        _show_line(_BOARD_NAME)
        show_choice(figures)
        if figures.snapshot is not None:
            rest = describe_rest(figures.snapshot.occasion)
            paper = f'<span class="gsn-paper-only">{_say_occasion(figures)}</span>'
            earlier = "" if figures.is_latest else f"<strong>{escape(EARLIER)}</strong>"
            _show_line(f'{paper}<span class="gsn-screen-only">{escape(rest)}</span>{earlier}')
        _show_line(_say_visitor(page))


def _show_line(html: str, width: str = "content") -> None:
    canvas().html(f'<div class="gsn-frame-top">{html}</div>', width)


def _say_visitor(page: str) -> str:
    """A first view only keeps the room: it is the same for everybody."""
    said = "" if first_view() else render_visitor(page)
    return f'<span class="gsn-visitor-room">{said}</span>'


def _say_occasion(figures: Figures) -> str:
    if figures.snapshot is None:
        return ""
    return f"<span>{escape(describe_occasion(figures.snapshot.occasion))}</span>"


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
    """Quiet lines at the foot of the page, one paragraph each, over what the law wants said."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines) + foot_links()
    with canvas().box(key="gsn_frame_bottom"):
        canvas().html(f'<footer class="gsn-frame-bottom">{paragraphs}</footer>')


def show_fault(_error: Exception) -> bool:
    """One Swedish sentence where the page broke off; for st.App's on_script_error.

    Returns True, which keeps Streamlit from showing its own English box. Streamlit has
    already logged the error.
    """
    st.html(f'<div class="gsn-banner" role="alert">{_FAULT}</div>')
    return True
