"""A table of inhabitants, as Statistics Sweden publishes it, to drafts with their day."""

from __future__ import annotations

import re
from datetime import date

from gsn_dash.domain.drafts import PopulationDraft
from gsn_dash.domain.refs import population_ref
from gsn_dash.domain.snapshot import Municipality
from gsn_dash.ingest import meanings
from gsn_dash.ingest.contribution_table import find_municipality
from gsn_dash.ingest.count_days import UNTOLD, day_of_count, iso_day, year_of_count
from gsn_dash.ingest.gathering import Gathering, TableOf
from gsn_dash.ingest.headings import plain

_ONE_SEX = re.compile(r"\b(?:män|kvinnor|pojkar|flickor)\b")
_BOTH_SEXES = re.compile(r"män (?:och|samt|/) ?kvinnor|kvinnor (?:och|samt|/) ?män")
_FORECAST = re.compile(r"prognos|framskrivning|framräkn")
_COUNT = re.compile(r"[0-9]{1,3}(?: ?[0-9]{3})*|[0-9]{1,9}")
_ONE_PART = "det är bara männen eller kvinnorna"
_NO_DAY = (
    "det framgår inte om folkmängden gäller 1 november eller 31 december: välj dagen, eller skriv"
    " den i rubriken"
)
_NO_YEAR = "det framgår inte vilket år folkmängden gäller: skriv året i rubriken"


def read_population(gathering: Gathering, table: TableOf) -> None:
    """Add what the table gives to `gathering`: of the municipalities that are known, where any."""
    counts = [x for x, m in table.recognised.columns.items() if m == meanings.COUNT]
    if _refuse_others(gathering, table, counts):
        return
    days = {x: _day_of_column(table, x) for x in counts}
    if _refuse_days(gathering, table, days):
        return
    others = 0
    for y, _ in enumerate(table.body, start=table.first):
        code, name = _named(gathering, table, y)
        if not code:
            others += bool(name) and any(_COUNT.fullmatch(table.cell(y, x).text) for x in counts)
            continue
        for x in counts:
            _read(gathering, table, code, name, days[x], y, x)
    if others:
        rows_said = "1 rad" if others == 1 else f"{others} rader"
        gathering.remarks.append(f"{rows_said} om andra områden än våra kommuner läses inte")
    told = {draft.municipality for draft in gathering.populations}
    missing = [m.name for code, m in gathering.known.municipalities.items() if code not in told]
    if missing and told:
        gathering.remarks.append(f"filen har ingen folkmängd för {', '.join(missing)}")


def _refuse_others(gathering: Gathering, table: TableOf, counts: list[int]) -> bool:
    """Whether the table says that it is not of all inhabitants, or not counted; that is told."""
    around = _plain_around(table)
    for x in counts:
        said = f"{around} | {plain(table.heading(x))}"
        sentence = ""
        if _FORECAST.search(said):
            sentence = "det är en prognos: bara räknade invånare läses in"
        elif _ONE_SEX.search(_BOTH_SEXES.sub("", said)):
            sentence = f"{_ONE_PART}: ta fram tabellen för alla invånare"
        if sentence:
            gathering.tell(table, table.first - 1 if table.first else 0, x, sentence)
            return True
    return False


def _refuse_days(gathering: Gathering, table: TableOf, days: dict[int, date | None]) -> bool:
    """Whether a column's day cannot be told, nor do the rows have their own; it is told once."""
    untold = [x for x, day in days.items() if day is None]
    if not untold or meanings.DATE in table.recognised.columns.values():
        return False
    rows = range(table.first, table.first + len(table.body))
    if not any(table.cell(y, untold[0]).text and _named(gathering, table, y)[0] for y in rows):
        return False
    has_year = year_of_count(table.heading(untold[0]), table.recognised.caption)
    sentence = _NO_DAY if has_year else _NO_YEAR
    gathering.tell(table, table.first - 1 if table.first else 0, untold[0], sentence)
    return True


def _plain_around(table: TableOf) -> str:
    return plain(f"{table.sheet} | {table.recognised.caption}")


def _read(
    gathering: Gathering, table: TableOf, code: str, name: str, day: date | None, y: int, x: int
) -> None:
    cell = table.cell(y, x)
    own = _own_day(table, y)
    day = own or day
    if not cell.text and not cell.fault:
        return
    text = " ".join(cell.text.split())
    if any(_ONE_SEX.fullmatch(plain(each.text)) for each in table.rows[y]):
        gathering.tell(table, y, x, f"{_ONE_PART}: ta bort raden, och låt bara alla invånare stå")
    elif cell.fault or not _COUNT.fullmatch(text) or not text.strip("0 "):
        gathering.tell(table, y, x, f"”{cell.text}” är inget antal invånare")
    elif day is None:
        gathering.tell(table, y, x, "raden har inget datum: skriv det som ÅÅÅÅ-MM-DD")
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
            return iso_day(table.cell(y, x).text)
    return None


def _day_of_column(table: TableOf, x: int) -> date | None:
    """The day that the heading gives, with what stands around the table or a person's choice."""
    heading, found = table.heading(x), table.recognised
    named = iso_day(plain(heading))
    if named:
        return named
    year = year_of_count(heading, found.caption)
    day = day_of_count(heading, found.caption, found.notes) or found.counted
    return None if year is None or day in ("", UNTOLD) else date.fromisoformat(f"{year}-{day}")
