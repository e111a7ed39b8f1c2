"""The pictures of the sheet in `sheet_demo`: some that move, and two of every look that do not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sheet_program import PROGRAM, RESTING, values_at

from gsn_dash.charts.data import BridgeChart, Mark, Motion, Row, RowsChart, Step, Style
from gsn_dash.domain.scenario.program import Quantity
from gsn_dash.present.numbers import format_number
from gsn_dash.present.templates import Template, as_json, kr, mkr, percent, render

MKR, KR = 1_000_000, 1


def moving_mark(
    name: str, value: Quantity, label: Template, unit: int, note: Template = ()
) -> Mark:
    """An assumed mark as it is drawn at rest, with its motion; room for its texts at rest."""
    answers = values_at(RESTING)
    motion = Motion(
        value.node,
        value.per * unit,
        as_json(label),
        as_json(note),
        widest=render(label, answers),
        widest_note=render(note, answers),
    )
    amount = Decimal(answers[value.node]) / (value.per * unit)
    words = render(label, answers), "", name, render(note, answers)
    return Mark(Style.WHATIF, amount, *words, motion=motion)


def _reported(style: Style, value: str, name: str, decimals: int = 1, note: str = "") -> Mark:
    label = format_number(Decimal(value), decimals)
    return Mark(style, Decimal(value), label, f"figure {name} {label}", name, note)


def operating() -> RowsChart:
    """Deviations on both sides of zero."""
    pairs = (("Intäkter", PROGRAM.revenue), ("Kostnader", PROGRAM.cost), ("Netto", PROGRAM.net))
    rows = tuple(
        Row(
            name,
            (
                _reported(Style.FORECAST, at, "Prognosen"),
                moving_mark("Tänk om", value, (mkr(value, "+"),), MKR),
            ),
        )
        for (name, value), at in zip(pairs, ("0.4", "-2.6", "-2.2"), strict=True)
    )
    scale = Decimal(-4), Decimal(4)
    return RowsChart("Avvikelse vid årets slut", "Avvikelser.", rows, "Mkr", scale=scale)


def investments() -> RowsChart:
    """What is derived, unknown and incomplete, and notes that follow."""
    unknown = Mark(Style.OUTCOME, None, "okänt", "figure unknown", "Bokfört")
    network, office, projects = PROGRAM.network, PROGRAM.office, PROGRAM.projects
    share = (percent(projects, PROGRAM.granted), "\u00a0%")
    whole = moving_mark("Tänk om", projects, (mkr(projects),), MKR, share)
    rows = (
        Row(
            "Nätverksprojekten",
            (
                replace(_reported(Style.FORECAST, "5.4", "Prognosen"), derived=True),
                moving_mark("Tänk om", network, (mkr(network),), MKR),
                unknown,
            ),
            "anslag 6,4",
        ),
        Row("Office 365", (moving_mark("Tänk om", office, (mkr(office),), MKR),)),
        Row("Alla projekt", (replace(whole, at_least=True),)),
    )
    scale = Decimal(0), Decimal(15)
    return RowsChart("Så mycket används", "Investeringar.", rows, "Mkr", scale=scale)


def bridge() -> BridgeChart:
    """From one bill through each municipality's change to another."""
    before = _reported(Style.NEUTRAL, "1051234.5", "I papperen", 0)
    steps = [Step("I papperen", "level", before)]
    for name, change in zip(("Ludvika", "Smedjebacken", "Falun"), PROGRAM.changes, strict=True):
        mark = moving_mark("Ändring", change, (kr(change, "+"),), KR)
        steps.append(Step(name, "change", replace(mark, style=Style.DEVIATION_NEUTRAL)))
    return BridgeChart("Vad som ändras", "Räkningarna.", tuple(steps), "kr")


def still() -> RowsChart:
    """Every look there is, on two panels, and nothing that moves."""
    rows = tuple(
        Row(
            f"Rad {number} {style.value}",
            (
                replace(
                    _reported(style, f"{6.4 - number:.1f}", "Belopp", note="härledd"),
                    at_least=number == 2,
                    derived=number == 4,
                ),
                _reported(style, "0" if number == 3 else f"{number}.25", "Annat"),
            ),
        )
        for number, style in enumerate(Style)
    )
    unknown = Mark(Style.OUTCOME, None, "okänt", "figure unknown", "Avvikelse")
    gain = _reported(Style.DEVIATION_GOOD, "3.2", "Avvikelse")
    aside = tuple(Row(row.label, (gain if at % 2 else unknown,)) for at, row in enumerate(rows))
    return RowsChart("Alla utseenden", "Utseenden.", rows, "Mkr", aside)


def still_bridge() -> BridgeChart:
    """A bridge that nothing moves."""
    return BridgeChart(
        "Från budget till utfall",
        "Netto går från −4,3 till −0,3.",
        (
            Step("Budgeterat netto", "level", _reported(Style.BUDGET, "-4.3", "Budget")),
            Step("Verksamheter", "change", _reported(Style.DEVIATION_GOOD, "5.2", "Bättre")),
            Step(
                "Alla övriga",
                "change",
                _reported(Style.DEVIATION_BAD, "-1.2", "Sämre", note="härledd"),
            ),
            Step("Okänt", "change", Mark(Style.NEUTRAL, None, "okänt", "unknown", "Okänt")),
            Step("Utfall netto", "level", _reported(Style.OUTCOME, "-0.3", "Utfall")),
        ),
        "Mkr",
    )
