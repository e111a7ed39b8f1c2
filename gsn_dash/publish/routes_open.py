"""Open data: a document about it, and the tables and their descriptions under it."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from gsn_dash.present.open_data import RESOURCES, Resource
from gsn_dash.publish.answering import CSV, JSON, NotFound, Published, page, publish
from gsn_dash.publish.document import open_data_document
from gsn_dash.publish.shelf import Shelf
from gsn_dash.report.open_data import write_csv, write_json
from gsn_dash.report.open_description import ROOT, catalogue, data_package, occasions
from gsn_dash.report.sources import given_answers
from gsn_dash.ui.data import ZONE, Figures

_JSON_LD = "application/ld+json; charset=utf-8"
_MISSING = "Det finns inga öppna data på den här adressen; de som finns beskrivs på /oppna-data."
_WRITERS = {"json": (write_json, JSON), "csv": (write_csv, CSV)}


class OpenDataRoutes:
    """Everything here is for anybody, and for programs of anybody's."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/oppna-data", self.document),
            Route("/oppna-data/", self.document),
            Route(f"{ROOT}/datapackage.json", self._at(self._package)),
            Route(f"{ROOT}/katalog.jsonld", self._at(self._catalogue)),
            Route(f"{ROOT}/tillfallen.json", self._at(self._occasions)),
            Route(f"{ROOT}/{{name}}.{{ending}}", self._at(self._table)),
            Route("/oppna-data/{rest:path}", self._at(self._missing)),
        ]

    def _at(self, make: Callable[[Request], Published]) -> Callable:
        async def endpoint(request: Request) -> Response:
            return await self._shelf.answer(request, make, is_open=True, as_json=True)

        return endpoint

    async def document(self, request: Request) -> Response:
        """What there is, and how it is to be read; also where there are no figures yet."""
        figures = self._shelf.latest()
        text = open_data_document(figures.snapshot and figures.snapshot.occasion, _places(figures))
        return page(request, text)

    def _table(self, request: Request) -> Published:
        resource = RESOURCES.get(request.path_params["name"])
        ending = request.path_params["ending"]
        if resource is None or ending not in _WRITERS:
            raise NotFound(_MISSING)
        figures = self._shelf.figures(request)
        return _write(figures, resource, ending)

    def _package(self, request: Request) -> Published:
        snapshot = self._shelf.figures(request).snapshot
        return publish(data_package(snapshot.occasion), JSON)

    def _occasions(self, request: Request) -> Published:
        lines = self._shelf.figures(request).occasions
        return publish(
            occasions((o.year, o.number, o.period_end, o.meeting_on) for o in lines), JSON
        )

    def _catalogue(self, _request: Request) -> Published:
        return publish(catalogue(), _JSON_LD)

    def _missing(self, _request: Request) -> Published:
        raise NotFound(_MISSING)


def _write(figures: Figures, resource: Resource, ending: str) -> Published:
    write, kind = _WRITERS[ending]
    answers = given_answers(figures.answers, ZONE)
    content = write(figures.snapshot, figures.findings, resource, answers)
    occasion = figures.snapshot.occasion
    # JSON is looked at in the browser; a table is for a spreadsheet.
    name = f"gsn-{occasion.year}-{occasion.number}-{resource.name}.csv" if ending == "csv" else ""
    return publish(content, kind, name)


def _places(figures: Figures) -> list[tuple[int, int]]:
    return [(line.year, line.number) for line in figures.occasions]
