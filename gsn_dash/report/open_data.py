"""The figures in force as open data: rows, as JSON and CSV, and what describes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gsn_dash.domain.amounts import ORE, Money, round_fraction, total_of
from gsn_dash.domain.checks.finding import Finding
from gsn_dash.domain.figures import Figure, SourceRef
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present import open_data as words
from gsn_dash.present.derivations import describe_rule
from gsn_dash.present.findings import VERDICTS, describe_finding
from gsn_dash.present.inventory import derived_refs, stated_groups
from gsn_dash.present.names import name_municipality, name_quantity
from gsn_dash.present.open_data import Resource
from gsn_dash.present.places import name_spot
from gsn_dash.present.ratios import Ratio, find_ratio
from gsn_dash.present.sources import account_for, figure_of, share_of
from gsn_dash.report.csv_table import harmless, write_number, write_rows
from gsn_dash.report.sources import NO_ANSWERS, Answers

_RATIO_STEP = Decimal("1e-9")
Row = dict[str, Any]


def write_json(
    snapshot: Snapshot,
    findings: Sequence[Finding],
    resource: Resource,
    answers: Answers = NO_ANSWERS,
) -> bytes:
    """A table of the occasion as a JSON object; what is unknown is null.

    `answers` are by the key of the finding. Who gave them is not published.
    """
    occasion = snapshot.occasion
    content = {
        "tillfalle": {
            "ar": occasion.year,
            "nummer": occasion.number,
            "period_start": occasion.period_start,
            "period_slut": occasion.period_end,
            "mote": occasion.meeting_on,
        },
        "inlasning": snapshot.read_in,
        "licens": words.LICENCE_URL,
        "beskrivning": "/oppna-data/v1/datapackage.json",
        resource.name: rows_of(snapshot, findings, resource, answers),
    }
    return _dump(content)


def write_csv(
    snapshot: Snapshot,
    findings: Sequence[Finding],
    resource: Resource,
    answers: Answers = NO_ANSWERS,
) -> bytes:
    """The same rows as CSV with semicolons and decimal comma; what is unknown is empty."""
    names = [field.name for field in resource.fields]
    rows = rows_of(snapshot, findings, resource, answers)
    return write_rows(names, ([_write(row.get(name)) for name in names] for row in rows))


def rows_of(
    snapshot: Snapshot,
    findings: Sequence[Finding],
    resource: Resource,
    answers: Answers = NO_ANSWERS,
) -> list[Mapping[str, Any]]:
    """The rows of a table: str, int, Decimal or date as its fields say, None for no value."""
    makers: dict[str, Callable[[], Iterator[Row]]] = {
        words.FIGURES.name: lambda: _figures(snapshot),
        words.TOTALS.name: lambda: _totals(snapshot),
        words.POPULATIONS.name: lambda: _populations(snapshot),
        words.DOCUMENTS.name: lambda: _documents(snapshot),
        words.CONTROLS.name: lambda: _controls(snapshot, findings, answers),
    }
    names = [field.name for field in resource.fields]
    return [{name: row.get(name) for name in names} for row in makers[resource.name]()]


def _figures(snapshot: Snapshot) -> Iterator[Row]:
    stated = (figure.ref for group in stated_groups(snapshot) for figure in group.figures)
    for ref in dict.fromkeys((*stated, *derived_refs(snapshot))):
        figure = figure_of(snapshot, ref)
        if figure is not None:
            yield _figure_row(snapshot, figure)
        elif ref.startswith("share:"):
            yield _share_row(snapshot, ref)
        else:
            found = find_ratio(snapshot, ref)
            if found is not None:
                yield _ratio_row(ref, found)


def _totals(snapshot: Snapshot) -> Iterator[Row]:
    """What the papers print, whatever their parts give."""
    for ref, figure in snapshot.totals.items():
        if ref.split(":")[0] in words.AREAS:
            yield _figure_row(snapshot, figure)


def _figure_row(snapshot: Snapshot, figure: Figure) -> Row:
    row: Row = {
        "id": figure.ref,
        "omrade": words.AREAS[figure.ref.split(":")[0]],
        "namn": name_quantity(snapshot, figure.ref),
        "enhet": words.KR,
        "status": words.DERIVED if figure.is_derived else words.STATED,
        "tryckt": figure.printed or None,
        **_origin(figure),
    }
    if isinstance(figure.amount, Money):
        # A rule may divide by months: what it gives is rounded to the öre.
        step = round_fraction(Fraction(figure.amount.kr), ORE)
        about = words.YES if figure.approximate else words.NO
        return {**row, "varde": step, "noggrannhet": figure.precision or None, "cirka": about}
    least = _least(figure)
    return {**row, "status": words.UNKNOWN, "orsak": figure.amount.reason, "minst": least}


def _least(figure: Figure) -> Decimal | None:
    """What a sum with unknown terms is at least; None for what is no sum."""
    if not figure.is_derived or figure.origin.rule != "sum":
        return None
    return total_of(part.amount for part in figure.origin.inputs).known.kr


def _origin(figure: Figure) -> Row:
    if isinstance(figure.origin, SourceRef):
        place = figure.origin
        return {"papper": place.document.key, "plats": name_spot(place), "sida": place.page}
    inputs = dict.fromkeys(part.ref for part in figure.origin.inputs)
    return {"regel": describe_rule(figure.origin), "bygger_pa": " ".join(inputs) or None}


def _ratio_row(ref: str, found: Ratio) -> Row:
    row: Row = {
        "id": ref,
        "omrade": words.AREAS[ref.split(":")[0]],
        "namn": found.name,
        "enhet": words.RATIO,
        "regel": found.rule,
        "bygger_pa": " ".join(figure.ref for figure in found.inputs),
    }
    if found.value is None:
        return {**row, "status": words.UNKNOWN, "orsak": "ett av beloppen är okänt"}
    value = round_fraction(Fraction(found.value), _RATIO_STEP)
    return {**row, "status": words.DERIVED, "varde": value}


def _share_row(snapshot: Snapshot, ref: str) -> Row:
    account = account_for(snapshot, ref)
    return {
        "id": ref,
        "omrade": words.AREAS["share"],
        "namn": account.name,
        "enhet": words.RATIO,
        "status": words.DERIVED,
        "varde": round_fraction(share_of(snapshot, ref), _RATIO_STEP),
        "regel": account.rule,
        "bygger_pa": " ".join(part.ref for part in account.inputs) or None,
    }


def _populations(snapshot: Snapshot) -> Iterator[Row]:
    for counted in sorted(snapshot.populations, key=lambda p: (p.municipality, p.as_of)):
        yield {
            "kommunkod": counted.municipality,
            "kommun": name_municipality(snapshot, counted.municipality),
            "datum": counted.as_of,
            "antal": counted.count,
            "papper": counted.source.document.key,
        }


def _documents(snapshot: Snapshot) -> Iterator[Row]:
    for document in snapshot.documents.values():
        yield {
            "nyckel": document.key,
            "titel": document.title,
            "slag": document.kind,
            "daterat": document.dated,
            "sidor": document.pages or None,
        }


def _controls(snapshot: Snapshot, findings: Sequence[Finding], answers: Answers) -> Iterator[Row]:
    for finding in findings:
        title, explanation = describe_finding(snapshot, finding)
        yield {
            **_answer_to(finding, answers),
            "id": finding.key,
            "kontroll": title,
            "resultat": VERDICTS[finding.verdict],
            "forklaring": explanation,
            "uppgift": finding.ref,
        }


def _answer_to(finding: Finding, answers: Answers) -> Row:
    found = answers.get(finding.key)
    if found is None:
        return {}
    is_current = found.fingerprint == finding.fingerprint
    return {
        "svar": found.words,
        "svarsdag": found.given_on,
        "svar_aktuellt": words.YES if is_current else words.NO,
    }


def _write(value: str | int | Decimal | date | None) -> str:
    if isinstance(value, Decimal):
        return write_number(value)
    return "" if value is None else harmless(str(value))


def _dump(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1, default=_as_json).encode()


def _as_json(value: Decimal | date) -> float | int | str:
    """An amount in öre has fewer digits than a number in JSON holds, so nothing is lost."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat()
