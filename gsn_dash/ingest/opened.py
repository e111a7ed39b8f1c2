"""A file of any kind that can be read: opened, shown as it was understood, and then read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from gsn_dash.domain.drafts import (
    POPULATION,
    TABLE,
    TEMPLATE,
    DocumentDraft,
    Drafts,
    OccasionDraft,
    choose_in_force,
)
from gsn_dash.domain.ledger import DEFAULT_MAP, LedgerMap
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.ingest import meanings
from gsn_dash.ingest.cells import MOST_LINES, Cell, FileRefused, Workbook, document_key
from gsn_dash.ingest.contribution_table import read_contributions
from gsn_dash.ingest.control import ControlTotal
from gsn_dash.ingest.filled_template import ONLY_KEPT, UNFILLED, changed_tables, is_filled
from gsn_dash.ingest.gathering import Gathering, Known, TableOf, TooManyNewError
from gsn_dash.ingest.investment_table import read_investments
from gsn_dash.ingest.occasions import fault_of, is_blank, occasion_sheet, read_occasion
from gsn_dash.ingest.operating_table import read_operating
from gsn_dash.ingest.own_words import refuse_other_times, refuse_other_units
from gsn_dash.ingest.population_table import read_population
from gsn_dash.ingest.recognising import Recognised, recognise
from gsn_dash.ingest.sie.reading import read_sie
from gsn_dash.ingest.table import Problem
from gsn_dash.ingest.workbook import open_workbook

SIE = "sie"
_SIE_ENDINGS = ("se", "si", "sie")
_READERS = {
    meanings.OPERATING: read_operating,
    meanings.INVESTMENTS: read_investments,
    meanings.CONTRIBUTIONS: read_contributions,
    meanings.POPULATION: read_population,
}


@dataclass(frozen=True)
class Opened:
    """A file as it was understood, before anything of it is read as figures.

    kind: table, template, population or sie. `workbook` is None for sie. `occasion` is what a
    template says itself. Remarks are Swedish sentences.
    """

    name: str
    sha256: str
    kind: str
    workbook: Workbook | None
    recognised: tuple[Recognised, ...]
    remarks: tuple[str, ...]
    content: bytes = field(default=b"", repr=False)
    occasion: OccasionDraft | None = None


@dataclass(frozen=True)
class Choices:
    """What a person has chosen before a file is read.

    `occasion` is None where the file tells it itself (a template) or needs none (populations,
    SIE); its `document` may be empty, and is then the file. `recognised` None takes the file's
    own. `title` is what the file is called among the sources, its name where empty.
    """

    occasion: OccasionDraft | None = None
    recognised: tuple[Recognised, ...] | None = None
    title: str = ""
    ledger_map: LedgerMap = DEFAULT_MAP


@dataclass(frozen=True)
class ReadFile:
    """What a file gives. With any problem the drafts must not be recorded."""

    drafts: Drafts
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...]
    control_totals: tuple[ControlTotal, ...]


def known_in(snapshot: Snapshot | None) -> Known:
    """The names of the figures in force."""
    if snapshot is None:
        return Known()
    return Known(
        snapshot.activities,
        snapshot.projects,
        snapshot.municipalities,
        snapshot.collaborations,
    )


def open_file(name: str, content: bytes) -> Opened:
    """Open a file and recognise what it holds. Raises cells.FileRefused."""
    sha256 = hashlib.sha256(content).hexdigest()
    if _is_sie(name, content):
        return Opened(name, sha256, SIE, None, (), (), content)
    workbook = open_workbook(name, content)
    recognised = recognise(workbook)
    if not recognised:
        raise FileRefused(
            "I filen hittas ingen tabell med rubriker som programmet känner igen, till exempel"
            " Budget, Utfall och Prognos. Använd mallen, eller skriv rubriker över kolumnerna."
        )
    sheet = occasion_sheet(workbook)
    occasion = read_occasion(name, sheet)[0] if sheet else None
    kinds = {table.kind for table in recognised} - {meanings.IGNORED}
    kind = POPULATION if kinds == {meanings.POPULATION} else TABLE
    kind = TEMPLATE if sheet else kind
    return Opened(name, sha256, kind, workbook, recognised, workbook.remarks, content, occasion)


def _is_sie(name: str, content: bytes) -> bool:
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"#FLAGGA"):
        return True
    return name.rpartition(".")[2].lower() in _SIE_ENDINGS


def read_opened(opened: Opened, choices: Choices, known: Known) -> ReadFile:
    """Read an opened file as it was chosen; problems are told, and never raised."""
    if opened.workbook is None:
        return _read_ledgers(opened, choices)
    occasion, problems = _occasion(opened, choices)
    tables = opened.recognised if choices.recognised is None else choices.recognised
    if opened.kind == TEMPLATE:
        problems = (*problems, *changed_tables(opened.name, tables))
    gathering = Gathering(
        opened.name,
        document_key(opened.sha256),
        known,
        (occasion.year, occasion.number) if occasion else None,
        is_template=opened.kind == TEMPLATE,
        problems=list(problems),
    )
    # A table of inhabitants names the municipalities that others speak of.
    for table in sorted(tables, key=lambda each: each.kind != meanings.POPULATION):
        _read_table(gathering, opened.workbook, table, occasion)
    if opened.kind == TEMPLATE and not problems and not is_filled(opened.workbook, tables):
        gathering.remarks.append(ONLY_KEPT)
    if not problems and not _holds_figures(gathering) and not gathering.problems:
        sentence = "filen har inga belopp under rubrikerna"
        gathering.problems.append(Problem(opened.name, 0, "", sentence))
    return _read_file(opened, choices, gathering, occasion)


def _occasion(opened: Opened, choices: Choices) -> tuple[OccasionDraft | None, tuple[Problem, ...]]:
    """The occasion of the figures, or what is wrong with it."""
    if choices.occasion is None and opened.kind == TEMPLATE and opened.occasion is None:
        sheet = occasion_sheet(opened.workbook)
        if is_blank(sheet) and not is_filled(opened.workbook, opened.recognised):
            return None, (Problem(opened.name, 0, "", UNFILLED),)
        return read_occasion(opened.name, sheet)
    occasion = choices.occasion or opened.occasion
    if occasion is None:
        if opened.kind == POPULATION:
            return None, ()
        sentence = "det är inte sagt vilket tillfälle som uppgifterna hör till: välj ett"
        return None, (Problem(opened.name, 0, "", sentence),)
    fault = fault_of(occasion)
    if fault:
        return None, (Problem(opened.name, 0, "", fault),)
    document = occasion.document or document_key(opened.sha256)
    return replace(occasion, document=document), ()


def _read_table(
    gathering: Gathering, workbook: Workbook, table: Recognised, occasion: OccasionDraft | None
) -> None:
    if table.kind not in _READERS or (occasion is None and table.kind != meanings.POPULATION):
        return
    rows = next((sheet.rows for sheet in workbook.sheets if sheet.name == table.sheet), None)
    if rows is None or not _fits(rows, table):
        sentence = f"tabellen på bladet ”{table.sheet}” finns inte i filen: välj filen igen"
        gathering.problems.append(Problem(gathering.file, 0, "", sentence, table.sheet))
        return
    # A kind that was chosen by hand keeps only the columns that it can have.
    allowed = meanings.MEANINGS[table.kind]
    columns = {x: meaning for x, meaning in table.columns.items() if meaning in allowed}
    body = TableOf(replace(table, columns=columns), rows)
    if occasion is not None and table.kind != meanings.POPULATION:
        refuse_other_times(gathering, body, occasion)
        refuse_other_units(gathering, body)
    count = len(body.body)
    if table.kind != meanings.POPULATION and count > MOST_LINES:
        sentence = (
            f"tabellen har {count} rader; högst {MOST_LINES} läses: ta bort det som inte hör dit"
        )
        gathering.problems.append(Problem(gathering.file, 0, "", sentence, table.sheet))
        return
    try:
        _READERS[table.kind](gathering, body)
    except TooManyNewError as error:
        gathering.problems.append(Problem(gathering.file, 0, "", str(error), table.sheet))


def _fits(rows: tuple[tuple[Cell, ...], ...], table: Recognised) -> bool:
    """Whether what was chosen lies within the sheet: it has been to a browser and back."""
    within = all(0 <= y < len(rows) for y in table.heading_rows)
    return within and 0 <= table.ends <= len(rows) and all(x >= 0 for x in table.columns)


def _holds_figures(gathering: Gathering) -> bool:
    return bool(
        gathering.operating or gathering.investments or gathering.contributions
        or gathering.totals or gathering.populations
    )  # fmt: skip


def _read_file(
    opened: Opened, choices: Choices, gathering: Gathering, occasion: OccasionDraft | None
) -> ReadFile:
    drafts = Drafts(
        documents=(_document(opened, choices),),
        occasions=(occasion,) if occasion else (),
        activities=tuple(gathering.activities.values()),
        projects=tuple(gathering.projects.values()),
        municipalities=tuple(gathering.municipalities.values()),
        collaborations=tuple(gathering.collaborations.values()),
        operating=tuple(gathering.operating),
        investments=tuple(gathering.investments),
        contributions=choose_in_force(tuple(gathering.contributions)),
        totals=tuple(gathering.totals),
        populations=tuple(gathering.populations),
        files=((opened.name, opened.sha256),),
        kind=opened.kind,
    )
    remarks = (*opened.remarks, *_sentences(gathering.remarks))
    return ReadFile(drafts, tuple(gathering.problems), remarks, tuple(gathering.control_totals))


def _document(opened: Opened, choices: Choices) -> DocumentDraft:
    title = choices.title.strip() or opened.name
    return DocumentDraft(document_key(opened.sha256), title, "fil", None, "")


def _sentences(remarks: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{text[0].upper()}{text[1:]}." for text in dict.fromkeys(remarks))


def _read_ledgers(opened: Opened, choices: Choices) -> ReadFile:
    """A file of an accounting system, whose ledgers are kept by month."""
    read = read_sie(opened.name, opened.content, choices.ledger_map)
    drafts = Drafts(
        documents=(_document(opened, choices),),
        files=((opened.name, opened.sha256),),
        kind="ledger",
        ledgers=read.ledgers,
    )
    return ReadFile(drafts, read.problems, read.remarks, read.control_totals)
