"""A table of inhabitants, as Statistics Sweden publishes it, to drafts with their day."""

from __future__ import annotations

import re
from datetime import date

from gsn_dash.domain.drafts import PopulationDraft
from gsn_dash.domain.refs import population_ref
from gsn_dash.domain.snapshot import Municipality
from gsn_dash.ingest import meanings
from gsn_dash.ingest.contribution_table import find_municipality
from gsn_dash.ingest.gathering import Gathering, TableOf
from gsn_dash.ingest.headings import plain, years_in

_DAY = re.compile(r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_NOVEMBER = re.compile(r"november|\bnov\b")
_DECEMBER = re.compile(r"31 december|31 dec\b|årsskifte")
_COUNT = re.compile(r"[0-9]{1,3}(?: ?[0-9]{3})*|[0-9]{1,9}")
_NO_DAY = (
    "det framgår inte om folkmängden gäller 1 november eller 31 december, och vilket år:"
    " skriv det i rubriken"
)


def read_population(gathering: Gathering, table: TableOf) -> None:
    """Add what the table gives to `gathering`: of the municipalities that are known, where any."""
    counts = [x for x, m in table.recognised.columns.items() if m == meanings.COUNT]
    days = {x: _day_of_column(table, x) for x in counts}
    others = 0
    for y, _ in enumerate(table.body, start=table.first):
        code, name = _named(gathering, table, y)
        if not code:
            others += bool(name)
            continue
        for x in counts:
            _read(gathering, table, code, name, days[x], y, x)
    if others:
        gathering.remarks.append(f"{others} rader om andra områden än våra kommuner läses inte")
    told = {draft.municipality for draft in gathering.populations}
    missing = [m.name for code, m in gathering.known.municipalities.items() if code not in told]
    if missing and told:
        gathering.remarks.append(f"filen har ingen folkmängd för {', '.join(missing)}")


def _read(
    gathering: Gathering, table: TableOf, code: str, name: str, day: date | None, y: int, x: int
) -> None:
    cell = table.cell(y, x)
    own = _own_day(table, y)
    day = own or day
    if not cell.text and not cell.fault:
        return
    text = " ".join(cell.text.split())
    if cell.fault or not _COUNT.fullmatch(text) or not text.strip("0 "):
        gathering.tell(table, y, x, f"”{cell.text}” är inget antal invånare")
    elif day is None:
        gathering.tell(table, y, x, _NO_DAY)
    elif gathering.states(table, y, x, population_ref(code, day)):
        place = table.place(gathering.document, name, y, x)
        count = int(text.replace(" ", ""))
        gathering.populations.append(PopulationDraft(code, day, count, place))


def _named(gathering: Gathering, table: TableOf, y: int) -> tuple[str, str]:
    """The municipality's code and name; an empty code where it is none that is read."""
    texts = {meaning: table.cell(y, x).text for x, meaning in table.recognised.columns.items()}
    number, name = texts.get(meanings.CODE, ""), texts.get(meanings.MUNICIPALITY, "")
    if not number and not name:
        return "", ""
    if gathering.known.municipalities:
        return find_municipality(gathering, number or name), name or number
    found = re.fullmatch(r"([0-9]{4})\s*(.*)", f"{number} {name}".strip())
    if not found or not found[2]:
        return "", name or number
    gathering.municipalities[found[1]] = Municipality(found[1], found[2])
    return found[1], found[2]


def _own_day(table: TableOf, y: int) -> date | None:
    for x, meaning in table.recognised.columns.items():
        if meaning == meanings.DATE:
            return _iso_day(table.cell(y, x).text)
    return None


def _iso_day(text: str) -> date | None:
    found = _DAY.search(text)
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def _day_of_column(table: TableOf, x: int) -> date | None:
    """The day that a heading gives, with the caption's help: a year there, a day above."""
    heading, caption = plain(table.heading(x)), plain(table.recognised.caption)
    named = _iso_day(heading)
    if named:
        return named
    years = years_in(heading) or years_in(caption)
    if len(years) != 1:
        return None
    for text in (heading, caption):
        if _NOVEMBER.search(text):
            return date(years.pop(), 11, 1)
        if _DECEMBER.search(text):
            return date(years.pop(), 12, 31)
    return None
