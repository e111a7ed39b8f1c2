"""The first view of a page: what the page would show, as HTML that a document can carry.

The page's own story is told, and draws here instead of with Streamlit (canvas.py). It is for
everybody who may read, so nothing of a visitor is in it: it is laid out by first.css as
Streamlit lays out the page, and first.js lets the page take its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from html import escape

from gsn_dash.charts.data import Picture
from gsn_dash.charts.svg.figure import picture_html
from gsn_dash.ui.data import Figures

_Parts = list["str | _Parts"]


class FirstView:
    """HTML that grows from above, of `figures`; the text that it is given is HTML already but
    where it says otherwise."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self._parts: _Parts = []

    def html(self, markup: str, width: str = "stretch") -> None:
        kind = "gsn-first-part" if width == "stretch" else "gsn-first-part gsn-first-narrow"
        self._parts.append(f'<div class="{kind}"><div class="stHtml">{markup}</div></div>')

    def heading(self, text: str, level: int) -> None:
        """`text` is plain."""
        said = f"<h{level}>{escape(text)}</h{level}>"
        self._parts.append(f'<div class="gsn-first-heading">{said}</div>')

    def picture(
        self, picture: Picture, key: str, lead_to: Callable[[str], str] | None = None
    ) -> None:
        """`key` is that of the same picture on the page, which shows when it is drawn there."""
        figure = picture_html(picture, lead_to)
        self._parts.append(f'<div class="gsn-first-part" data-key="{escape(key)}">{figure}</div>')

    def box(
        self, key: str = "", border: bool = False, row: bool = False
    ) -> AbstractContextManager[None]:
        kinds = ["gsn-first-row" if row else "gsn-first-parts"]
        kinds += [f"st-key-{key}"] if key else []
        kinds += ["gsn-first-border"] if border else []
        return self._within(" ".join(kinds), self._parts)

    def columns(self, count: int) -> Sequence[AbstractContextManager[None]]:
        row: _Parts = ['<div class="gsn-first-columns">']
        self._parts.append(row)
        columns: list[_Parts] = [[] for _ in range(count)]
        row.extend([*columns, "</div>"])
        return [self._within("gsn-first-parts", column) for column in columns]

    def choice(self, name: str, label: str, options: Mapping[str, str]) -> None:
        """Links that lead where the page's buttons do; label and options are plain."""
        first, *others = options
        chosen = f'<span class="gsn-first-chosen">{escape(options[first])}</span>'
        links = "".join(
            f'<a href="?{escape(name)}={escape(value)}">{escape(options[value])}</a>'
            for value in others
        )
        self._parts.append(
            f'<div class="gsn-first-choice" role="group" aria-label="{escape(label)}">'
            f"<p>{escape(label)}</p><div>{chosen}{links}</div></div>"
        )

    def chosen_of_list(self, text: str) -> None:
        """What a list on the page stands at; plain text."""
        self._parts.append(f'<div class="gsn-first-list">{escape(text)}</div>')

    def empty(self) -> None:
        """Something on the page that takes no height; but there is a gap on either side."""
        self._parts.append('<div class="gsn-first-part"></div>')

    def render(self) -> str:
        return f'<div class="gsn-first-parts">{_join(self._parts)}</div>'

    @contextmanager
    def _within(self, kinds: str, where: _Parts) -> Iterator[None]:
        before, inside = self._parts, [f'<div class="{kinds}">']
        where.append(inside)
        self._parts = inside
        yield
        inside.append("</div>")
        self._parts = before


def _join(parts: _Parts) -> str:
    return "".join(part if isinstance(part, str) else _join(part) for part in parts)


_drawn: ContextVar[FirstView | None] = ContextVar("first_view", default=None)


def first_view() -> FirstView | None:
    """The first view that is being drawn here; None on a page of Streamlit's."""
    return _drawn.get()


@contextmanager
def drawing(view: FirstView) -> Iterator[None]:
    """What is drawn inside, in this thread, is drawn in `view`."""
    token = _drawn.set(view)
    try:
        yield
    finally:
        _drawn.reset(token)
