"""The files that pages link to: tables, pictures, the template and issued appendices."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from gsn_dash.charts.data import Picture
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.appendix import name_issued
from gsn_dash.present.files import name_file
from gsn_dash.present.tables import Table
from gsn_dash.publish.answering import CSV, DOCX, PDF, PNG, SVG, XLSX, NotFound, Published, publish
from gsn_dash.publish.shelf import Shelf
from gsn_dash.report.catalogue import Listed, list_pictures, list_tables
from gsn_dash.report.csv_table import write_csv
from gsn_dash.report.over_time import list_changes, list_hits, list_lines
from gsn_dash.report.png import draw_png
from gsn_dash.report.sources import Answers, given_answers
from gsn_dash.report.svg import draw_svg
from gsn_dash.store.issued import read_issued
from gsn_dash.ui.data import ZONE, Figures

# A slide of a shared screen is 1920 pixels wide.
_PNG_WIDTH = 1920
_NO_TABLE = "Det finns ingen tabell med det namnet; gå till sidan och hämta den där."
_NO_PICTURE = "Det finns ingen bild med det namnet; gå till sidan och hämta den där."
_NOTHING = "Papperen för det här tillfället har inga belopp för det som skulle hämtas."
_NO_APPENDIX = "Det finns ingen utfärdad bilaga med det namnet; se listan på sidan Bilaga."
_ISSUED_KINDS = {"pdf": PDF, "docx": DOCX}

Made = TypeVar("Made")


class FileRoutes:
    """Everything here is for anybody: what it shows, the pages show too."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def routes(self) -> list[BaseRoute]:
        makers = {
            "/hamta/tabell/{name}.xlsx": self._table_workbook,
            "/hamta/tabell/{name}.csv": self._table_csv,
            "/hamta/bild/{name}.svg": self._picture_svg,
            "/hamta/bild/{name}.png": self._picture_png,
            "/hamta/allt.xlsx": self._everything,
            "/hamta/mall.xlsx": self._template,
        }
        found: list[BaseRoute] = [Route(path, self._at(make)) for path, make in makers.items()]
        # An issued appendix is kept by the database, for ever.
        found.append(Route("/hamta/bilaga/{id}", self._at(self._issued, keeps=False)))
        return [*found, Route("/hamta/{rest:path}", self._at(self._missing))]

    def _at(self, make: Callable[[Request], Published], keeps: bool = True) -> Callable:
        async def endpoint(request: Request) -> Response:
            return await self._shelf.answer(request, make, keeps=keeps)

        return endpoint

    def _table_workbook(self, request: Request) -> Published:
        # What makes a kind of file is imported when one is asked for.
        from gsn_dash.report.workbook import write_table

        snapshot, listed = self._table(request)
        content = write_table(snapshot, listed.title, _made(listed))
        return publish(content, XLSX, _file_name(snapshot, listed.title, "xlsx"))

    def _table_csv(self, request: Request) -> Published:
        snapshot, listed = self._table(request)
        content = write_csv(snapshot, _made(listed))
        return publish(content, CSV, _file_name(snapshot, listed.title, "csv"))

    def _table(self, request: Request) -> tuple[Snapshot, Listed[Table]]:
        figures = self._shelf.figures(request)
        snapshot, before = figures.snapshot, self._shelf.compared(request)
        if before is not None:
            return snapshot, _named(list_changes(before, snapshot), request, _NO_TABLE)
        listed = list_tables(snapshot, figures.findings, _answers(figures))
        listed |= list_hits(snapshot.occasion, figures.history)
        return snapshot, _named(listed, request, _NO_TABLE)

    def _picture_svg(self, request: Request) -> Published:
        snapshot, listed = self._picture(request)
        content = draw_svg(_made(listed)).encode()
        return publish(content, SVG, _file_name(snapshot, listed.title, "svg"))

    def _picture_png(self, request: Request) -> Published:
        snapshot, listed = self._picture(request)
        content = draw_png(draw_svg(_made(listed)), _PNG_WIDTH)
        return publish(content, PNG, _file_name(snapshot, listed.title, "png"))

    def _picture(self, request: Request) -> tuple[Snapshot, Listed[Picture]]:
        figures = self._shelf.figures(request)
        snapshot = figures.snapshot
        listed = list_pictures(snapshot)
        if request.path_params["name"] not in listed:
            listed = list_lines(snapshot, self._shelf.series(), figures.history)
        return snapshot, _named(listed, request, _NO_PICTURE)

    def _everything(self, request: Request) -> Published:
        from gsn_dash.report.workbook import write_all

        figures = self._shelf.figures(request)
        content = write_all(figures.snapshot, figures.findings, _answers(figures))
        return publish(content, XLSX, _file_name(figures.snapshot, "Alla tabeller", "xlsx"))

    def _template(self, request: Request) -> Published:
        """Prefilled with the lines of an occasion; empty where there is none yet."""
        from gsn_dash.report.template import write_template

        snapshot = self._shelf.latest().snapshot and self._shelf.figures(request).snapshot
        return publish(write_template(snapshot), XLSX, "GSN mall för inläsning.xlsx")

    def _issued(self, request: Request) -> Published:
        try:
            asked = str(UUID(request.path_params["id"]))
        except ValueError as problem:
            raise NotFound(_NO_APPENDIX) from problem
        found = read_issued(self._shelf.engine(), asked)
        if found is None:
            raise NotFound(_NO_APPENDIX)
        name = name_issued(found.year, found.number, found.format)
        return publish(found.content, _ISSUED_KINDS[found.format], name)

    def _missing(self, _request: Request) -> Published:
        raise NotFound("Det finns ingen fil på den här adressen; gå till sidan och hämta den där.")


def _answers(figures: Figures) -> Answers:
    return given_answers(figures.answers, ZONE)


def _named(listed: dict[str, Listed], request: Request, otherwise: str) -> Listed:
    found = listed.get(request.path_params["name"])
    if found is None:
        raise NotFound(otherwise)
    return found


def _made(listed: Listed[Made]) -> Made:
    made = listed.make()
    if made is None:
        raise NotFound(_NOTHING)
    return made


def _file_name(snapshot: Snapshot, title: str, ending: str) -> str:
    return f"{name_file(snapshot.occasion, title)}.{ending}"
