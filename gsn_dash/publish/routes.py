"""Every address that files and open data are fetched at."""

from __future__ import annotations

from starlette.routing import BaseRoute

from gsn_dash.publish.routes_files import FileRoutes
from gsn_dash.publish.routes_open import OpenDataRoutes
from gsn_dash.publish.shelf import Given, Shelf


def make_routes(given: Given) -> list[BaseRoute]:
    """/hamta and /oppna-data, with what lies under them."""
    shelf = Shelf(given)
    return [*FileRoutes(shelf).routes(), *OpenDataRoutes(shelf).routes()]
