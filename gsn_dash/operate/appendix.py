"""python -m gsn_dash appendix: the board paper's appendix as a file, as on its page."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.scenario.fingerprint import fingerprint
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.appendix import name_file
from gsn_dash.report.formats import FORMATS, make_appendix
from gsn_dash.report.sources import (
    AppendixSources,
    ChosenScenario,
    chosen_scenarios,
    given_answers,
    read_options,
    write_options,
)
from gsn_dash.store.answers import read_answers
from gsn_dash.store.issued import Issued, IssuedDraft, keep_issued, read_issued
from gsn_dash.store.read import read_snapshot
from gsn_dash.store.scenarios import find_scenarios
from gsn_dash.store.written import NotKept

_ZONE = ZoneInfo("Europe/Stockholm")
_OCCASION = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_DONE, _FAILED = 0, 1


class CannotMake(Exception):
    """The appendix cannot be made like this; the text is one Swedish sentence."""


@dataclass(frozen=True)
class Wanted:
    """What the operator has asked for: the occasion as 2023-2 and the day as ÅÅÅÅ-MM-DD, empty
    for the latest and today. `again` is the id of an issued one that is to be made again."""

    occasion: str = ""
    format: str = "pdf"
    out: str = ""
    dated: str = ""
    scenarios: tuple[str, ...] = ()
    issue: bool = False
    again: str = ""


def run_appendix(engine: Engine, wanted: Wanted, by: str) -> int:
    """Make the file, issue it where that is asked for, and say where it is; returns the exit code.

    Raises StoreUnavailable.
    """
    try:
        print(_make_again(engine, wanted) if wanted.again else _make(engine, wanted, by))
    except (CannotMake, NotKept) as problem:
        print(problem, file=sys.stderr)
        return _FAILED
    except OSError as problem:
        print(f"Filen går inte att spara i {problem.filename}; välj en annan.", file=sys.stderr)
        return _FAILED
    return _DONE


def _make(engine: Engine, wanted: Wanted, by: str) -> str:
    if wanted.format not in FORMATS:
        raise CannotMake(f"Slaget ”{wanted.format}” finns inte; välj pdf eller docx.")
    snapshot = _read(engine, wanted.occasion)
    occasion = snapshot.occasion
    sources = AppendixSources(
        snapshot,
        _read_day(wanted.dated) if wanted.dated else occasion.appendix_dated,
        run_controls(snapshot),
        given_answers(read_answers(engine, (occasion.year, occasion.number)), _ZONE),
        _find_frozen(engine, wanted.scenarios),
        is_draft=not wanted.issue,
    )
    content = make_appendix(sources, wanted.format)
    path = Path(wanted.out or name_file(occasion, wanted.format, sources.is_draft))
    if sources.is_draft:
        path.write_bytes(content)
        return f"Utkastet är sparat i {path}."
    # Kept first: a file that looks issued is one that the list has.
    return _write_issued(path, _issue(engine, sources, wanted.format, content, by))


def _issue(engine: Engine, sources: AppendixSources, kind: str, content: bytes, by: str) -> Issued:
    snapshot = sources.snapshot
    return keep_issued(
        engine,
        IssuedDraft(
            snapshot.occasion.year,
            snapshot.occasion.number,
            snapshot.batch,
            kind,
            write_options(sources),
            fingerprint(snapshot),
            content,
            by,
        ),
    )


def _write_issued(path: Path, issued: Issued) -> str:
    """Raises CannotMake where it is issued and the file cannot be written."""
    try:
        path.write_bytes(issued.content)
    except OSError as problem:
        raise CannotMake(
            f"Bilagan är utfärdad med id {issued.id}, men filen går inte att spara i {path};"
            " hämta den under Bilaga."
        ) from problem
    return f"Bilagan är utfärdad av {issued.issued_by} och sparad i {path}. Id: {issued.id}"


def _read(engine: Engine, text: str) -> Snapshot:
    found = _OCCASION.fullmatch(text)
    if text and not found:
        raise CannotMake(f"Tillfället ”{text}” går inte att läsa; skriv till exempel 2023-2.")
    place = (int(found[1]), int(found[2])) if found else None
    snapshot = read_snapshot(engine, place)
    if snapshot is None and place:
        raise CannotMake(f"Tillfälle {text} finns inte i databasen; skriv ett som finns.")
    if snapshot is None:
        raise CannotMake("Databasen har inga uppgifter än: läs in dem först.")
    return snapshot


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        said = f"Dagen ”{text}” går inte att läsa; skriv till exempel 2023-05-04."
        raise CannotMake(said) from problem


def _find_frozen(engine: Engine, names: tuple[str, ...]) -> tuple[ChosenScenario, ...]:
    found = find_scenarios(engine, names)
    missing = set(names) - {version.id for version in found}
    if missing:
        raise CannotMake(f"Scenariot {min(missing)} finns inte; ange ett id ur dess adress.")
    for version in found:
        if not version.fingerprint:
            raise CannotMake(f"Scenariot ”{version.name}” är inte fryst; frys det först.")
    return chosen_scenarios(found, _ZONE)


def _make_again(engine: Engine, wanted: Wanted) -> str:
    """Make an issued appendix from the figures of its batch, and hold it against the kept one."""
    kept = read_issued(engine, wanted.again)
    snapshot = kept and read_snapshot(engine, (kept.year, kept.number), kept.batch)
    if snapshot is None:
        raise CannotMake(f"Ingen utfärdad bilaga har id {wanted.again}; se listan under Bilaga.")
    made = make_appendix(read_options(kept.options, snapshot), kept.format)
    path = Path(wanted.out or name_file(snapshot.occasion, kept.format, is_draft=False, again=True))
    path.write_bytes(made)
    if made == kept.content:
        return f"Bilagan blev densamma, tecken för tecken, och är sparad i {path}."
    raise CannotMake(
        f"Bilagan blev en annan än den utfärdade: ett namn kan ha rättats, eller programmet är av"
        f" en annan version. Den nya är sparad i {path}; den utfärdade finns kvar under Bilaga."
    )
