"""The quiet lines under tables and pictures: the same as a file.

The tables and pictures of Tänk om have none: they show assumptions, and a file that has left its
scenario looks like the figures themselves.
"""

from __future__ import annotations

from html import escape

from gsn_dash.ui.data import Place
from gsn_dash.ui.occasions import shown
from gsn_dash.ui.state.chosen_occasion import PARAMETER, say_place

_TABLE = (("Excel", "xlsx"), ("CSV", "csv"))
_PICTURE = (("SVG", "svg"), ("PNG", "png"))


def table_line(name: str, about: str, against: Place | None = None) -> str:
    """The links to a table's files; `name` is that in the catalogue, `about` its caption.

    `against` is the occasion that the table holds the shown one against.
    """
    more = f"mot={say_place(against)}" if against else ""
    return _line("Hämta", f"/hamta/tabell/{name}", _TABLE, about, more)


def picture_line(name: str, about: str) -> str:
    """The links to a picture's files; `name` is that in the catalogue, `about` its title."""
    return _line("Hämta bilden", f"/hamta/bild/{name}", _PICTURE, about)


def whole_line() -> str:
    """The links to one workbook with every table, and to what is for programs."""
    whole = _line("Hämta alla tabeller", "/hamta/allt", (("Excel", "xlsx"),), "alla tabeller")
    return whole.replace("</p>", ' · <a href="/oppna-data">Öppna data</a></p>')


def _line(
    lead: str, address: str, kinds: tuple[tuple[str, str], ...], about: str, asked: str = ""
) -> str:
    """The files are of the occasion that the page shows, also when a later one comes."""
    figures = shown()
    place = figures.place if figures else None
    said = f"{PARAMETER}={say_place(place)}" if place else ""
    query = "&".join(part for part in (said, asked) if part)
    # Hidden, it is a block of its own, and told with a space before it.
    more = f'<span class="gsn-hidden">{escape(about)}</span>'
    links = " · ".join(
        f'<a href="{escape(address)}.{ending}?{escape(query)}" download>{text}{more}</a>'
        for text, ending in kinds
    )
    return f'<p class="gsn-fetch">{lead}: {links}</p>'
