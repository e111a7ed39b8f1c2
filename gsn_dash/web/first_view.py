"""Documents that carry the first view of a page, which stands until Streamlit has drawn it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape
from re import compile

from gsn_dash.web.document import SCRIPTS, shell_document
from gsn_dash.web.site import PAGES, STYLESHEETS, TITLE, static_address

_MORE_NEEDS_SCRIPTS = (
    "Här är sidan utan det som går att välja och ställa in. Det, och de flesta andra sidor, "
    "behöver JavaScript."
)
_AWAY = "Sidan har inte fått kontakt med servern, så det som går att ställa in fungerar inte än."
_LINKS = "gsn-first-links"
# Fits pictures to the room that they have.
_FITTING = "pictures.js"
_START = compile(r'<script type="module" crossorigin src="([^"]+)"></script>')


@dataclass(frozen=True)
class FirstViews:
    """Where the first views come from: the figures are not known here.

    `status` is the version of the figures in force, and whether the database answers; it costs
    nothing. `compose` gives the first view of the page with an address as HTML, or None where it
    has none just now; it may take a second, and raise anything.
    """

    status: Callable[[], tuple[str, bool]]
    compose: Callable[[str], str | None]


def first_view_document(address: str, view: str) -> str:
    """The shell of the page with this `address`, with its first `view`, which is HTML, in it."""
    head, body = _shell_round(address)
    return f"{head}{view}{body}"


@cache
def _shell_round(address: str) -> tuple[str, str]:
    """What stands before and after the first view."""
    # Straight after it: the pictures are fitted to where they stand before they are painted.
    fitting = f'<script src="{static_address(_FITTING)}"></script>'
    text = shell_document(
        f"{PAGES[address]} – {TITLE}",
        # The other sheets have the last word.
        ("first.css", *STYLESHEETS),
        (*(name for name in SCRIPTS if name != _FITTING), "first.js"),
        f"{_top(address)}\0{_bottom()}{fitting}",
    )
    early = f'<link rel="preload" as="script" href="{static_address(_FITTING)}" />'
    text = text.replace("<script", f"{early}\n    <script", 1)
    before, _, after = _with_late_start(text).partition("\0")
    return before, after


def _with_late_start(text: str) -> str:
    """Streamlit's script is fetched, but run by first.js: when the first view has been painted."""
    found = _START.search(text)
    if found is None:
        raise ValueError("Streamlits index.html har ändrats: dess skript står inte där det stod.")
    text = text.replace(found[0], f'<link rel="modulepreload" crossorigin href="{found[1]}">')
    return text.replace('<div id="root">', f'<div id="root" data-script="{found[1]}">')


def _top(address: str) -> str:
    """The bar with the pages. A narrow screen opens them from a button, which needs no script."""
    links = "".join(
        f'<a href="/{each}"{_current(each == address)}><span>{escape(title)}</span></a>'
        for each, title in PAGES.items()
    )
    return (
        '<div id="gsn-first"><header class="gsn-first-bar">'
        f'<span class="gsn-first-name">{TITLE}</span>'
        f'<button type="button" popovertarget="{_LINKS}">Meny</button>'
        f'<nav id="{_LINKS}" popover aria-label="Sidor">{links}</nav></header>'
        '<main class="gsn-first-main">'
        f'<noscript><p class="gsn-first-noscript">{_MORE_NEEDS_SCRIPTS}</p></noscript>'
    )


def _current(is_it: bool) -> str:
    return ' aria-current="page"' if is_it else ""


def _bottom() -> str:
    return (
        '</main><div class="gsn-first-away" role="status">'
        f"<p hidden>{_AWAY}</p></div></div>"
    )
