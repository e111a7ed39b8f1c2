"""Pictures of what if: the reported bar, unmoved, and under it the assumed one, that follows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import count

from gsn_dash.charts.data import BridgeChart, Mark, Motion, Row, RowsChart, Step, Style
from gsn_dash.domain.amounts import KR, MKR, Money, Unknown
from gsn_dash.domain.collaborating import bill, payers
from gsn_dash.domain.investing import portfolio
from gsn_dash.domain.operating import ITEMS, line
from gsn_dash.domain.project_rows import ProjectRow
from gsn_dash.domain.refs import TOTAL, ContributionKey, InvestmentKey, operating
from gsn_dash.domain.scenario.compiled_bills import EVERYBODY, OTHERS, member_name
from gsn_dash.domain.scenario.compiled_operating import ACTIVITIES
from gsn_dash.domain.scenario.levers import contribution_of, is_moved
from gsn_dash.domain.scenario.offered import filled
from gsn_dash.domain.scenario.program import Quantity
from gsn_dash.domain.scenario.trial import Trial
from gsn_dash.domain.year_end import as_stated
from gsn_dash.pictures.marks import has_known, mkr_mark
from gsn_dash.present.names import ITEMS as ITEM_NAMES
from gsn_dash.present.names import name_collaboration, name_municipality, name_project
from gsn_dash.present.numbers import SPACE, format_kr, format_mkr, format_percent
from gsn_dash.present.templates import BySign, Number, Template, as_json, kr, mkr, percent, render
from gsn_dash.present.what_if import lacks, say_missing

WHAT_IF = "Tänk om"
_WIDEST = Money(Decimal(1_000_000))
ACTIVITIES_NAME = "Verksamheter, utöver prognosen"
_STOPS = [Decimal(stop) for stop in ("1", "1.5", "2", "3", "4", "5", "6", "8")]


def operating_chart(trial: Trial) -> RowsChart | None:
    """The deviation from the year's budget: forecast and assumed, by item."""
    rows = [_operating_row(trial, item) for item in ITEMS]
    if trial.has(ACTIVITIES) and any(x.kind == "year_end" for x in trial.compiled.levers):
        own = _mkr_assumed(trial, trial.now(ACTIVITIES), None, "+")
        rows.insert(-1, Row(ACTIVITIES_NAME, (own,)))
    period = line(trial.base, "net", "period").deviation.amount
    floor = [] if isinstance(period, Unknown) else [period.in_unit(MKR)]
    end = _round_end([*_values(rows), *floor])
    title = f"GSN, avvikelse mot budget vid årets slut {trial.base.occasion.year}"
    return _chart(title, trial, rows, "Mkr", (-end, end))


def _operating_row(trial: Trial, item: str) -> Row:
    reported = line(trial.base, item, "year").deviation
    name = operating(item, "year", "deviation")
    marks = [mkr_mark(as_stated(reported), *_year_end(trial), signed=True)]
    if trial.has(name):
        marks.append(_mkr_assumed(trial, trial.now(name), trial.change(name), "+"))
    return Row(ITEM_NAMES[item], tuple(marks))


def _mkr_assumed(
    trial: Trial, now: Quantity, change: Quantity | None, style: str = "", note: Template = ()
) -> Mark:
    """An assumed mark; it says that it is as the forecast where nothing moves it."""
    still = (f"som {_year_end(trial)[1].lower()}",)
    notes = (BySign(kr(change), note, still, note),) if change else note
    return _assumed(trial, now, (mkr(now, style),), notes, MKR)


def _assumed(
    trial: Trial,
    now: Quantity,
    label: Template,
    note: Template,
    unit: Decimal,
    widest: str = "som prognosen",
) -> Mark:
    """`widest` is the longest note that the levers can give."""
    motion = Motion(
        now.node, int(now.per * unit), as_json(label), as_json(note), widest_note=widest
    )
    said = render(label, trial.values), render(note, trial.values)
    value = trial.amount(now, unit)
    return Mark(Style.WHATIF, value, said[0], "", WHAT_IF, said[1], motion=motion)


def _year_end(trial: Trial) -> tuple[Style, str]:
    """How what is reported of the year's end looks, and what it is called."""
    if trial.base.occasion.is_closing:
        return Style.OUTCOME, "Utfallet"
    return Style.FORECAST, "Prognosen"


def projects_chart(trial: Trial) -> RowsChart | None:
    """What every project is forecast, and assumed, to spend of its appropriation."""
    found = portfolio(trial.base)
    rows = [_project_row(trial, row) for row in (*found.rows, found.total)]
    granted = found.total.appropriation.amount
    floor = [] if isinstance(granted, Unknown) else [granted.in_unit(MKR)]
    values = [*_values(rows), *floor]
    below = [value for value in values if value < 0]  # what totals leave beside their parts
    ends = -_round_end(below) if below else Decimal(0), _round_end(values)
    used = "användes" if trial.base.occasion.is_closing else "används"
    title = f"GSN, investeringar {trial.base.occasion.year}: så mycket {used}"
    return _chart(title, trial, rows, "Mkr", ends)


def _project_row(trial: Trial, row: ProjectRow) -> Row:
    share = format_percent(row.utilisation)
    marks = [mkr_mark(as_stated(row.forecast), *_year_end(trial), share)]
    name = InvestmentKey(row.project.key, "forecast").ref
    if trial.has(name):
        whole = InvestmentKey(row.project.key, "appropriation").ref
        note: Template = ()
        if trial.has(whole) and row.utilisation is not None:
            share = (percent(trial.now(name), trial.now(whole)), f"{SPACE}%")
            note = (BySign(Number(trial.now(whole).node, "int"), share, (), share),)
        marks.append(_mkr_assumed(trial, trial.now(name), trial.change(name), "", note))
    where = " i papperen" if trial.scenario.moves_money_of(row.project.key) else ""
    granted = f"anslag {format_mkr(row.appropriation.amount)}{where}"
    return Row(name_project(row.project), tuple(marks), granted)


def bills_chart(trial: Trial) -> RowsChart | None:
    """What each municipality pays for the collaborations: in the papers, and assumed."""
    rows = [_bill_row(trial, code) for code in payers(trial.base)]
    if not rows:
        return None
    end = _round_end(_values(rows))
    title = "Kommunernas kostnad för samarbetena per år"
    return _chart(title, trial, rows, "kr", (Decimal(0), end))


def _bill_row(trial: Trial, code: str) -> Row:
    own = bill(trial.base, code)
    ref = ContributionKey(TOTAL, code).ref
    reported = Mark(
        Style.NEUTRAL,
        own.total.known.in_unit(KR),
        _at_least(format_kr(own.total.known).removesuffix(f"{SPACE}kr"), own.total.missing),
        ref,
        "I papperen",
        say_missing(own.total.missing),
        at_least=bool(own.total.missing),
    )
    missing = lacks(trial.scenario, own)
    now, change = trial.now(ref), trial.change(ref)
    label = (_at_least("", missing), kr(now)) if missing else (kr(now),)
    note = say_missing(missing) or ("med antaget" if own.total.missing else "")
    still = note or "som i papperen"
    notes = (BySign(kr(change), (note,), (still,), (note,)),)
    assumed = _assumed(trial, now, label, notes, KR, still)
    return Row(name_municipality(trial.base, code), (reported, _with_slot(assumed, missing)))


def _with_slot(mark: Mark, missing: int) -> Mark:
    return replace(mark, at_least=bool(missing))


def _at_least(text: str, missing: int) -> str:
    return f"minst{SPACE}{text}" if missing else text


def difference_chart(trial: Trial) -> BridgeChart | None:
    """Who pays more and who pays less, step by step to what it makes for all together."""
    steps = [
        (_name_payer(trial, code), trial.change(ContributionKey(TOTAL, code).ref))
        for code in payers(trial.base)
    ]
    for lever in trial.compiled.levers:
        # A switch settles at once, so that only who is in needs a step.
        if lever.kind == "member" and not lever.resting and is_moved(trial.scenario, lever):
            key = contribution_of(lever)
            name = member_name(key.collaboration, key.municipality)
            steps.append((name_municipality(trial.base, key.municipality), trial.change(name)))
    if trial.has(OTHERS):
        steps.append(("Övriga medlemmar", trial.now(OTHERS)))
    if not steps:
        return None
    bars = [_difference(trial, name, "change", change) for name, change in steps]
    start = Step("I papperen", "level", Mark(Style.NEUTRAL, Decimal(0), "0", "", "I papperen"))
    end = _difference(trial, "Tillsammans", "level", trial.now(EVERYBODY))
    title = "Vem betalar mer och vem betalar mindre per år, jämfört med papperen"
    alt = ". ".join(f"{step.label}: {step.mark.label} kr" for step in (*bars, end))
    # A tenth of the largest bill: else a single krona would fill the axis.
    bills = [bill(trial.base, code).total.known.in_unit(KR) for code in payers(trial.base)]
    floor = _round_end([max(bills, default=Decimal(0)) / 10])
    return BridgeChart(title, alt, (start, *bars, end), "kr", scale=(-floor, floor))


def _name_payer(trial: Trial, code: str) -> str:
    """A municipality, and what its difference does not count: what is assumed for an unknown."""
    own = [key.collaboration for key in filled(trial.scenario) if key.municipality == code]
    without = ", ".join(name_collaboration(trial.base, name) for name in sorted(own))
    name = name_municipality(trial.base, code)
    return f"{name}, utom {without}" if without else name


def _difference(trial: Trial, name: str, kind: str, change: Quantity) -> Step:
    mark = _assumed(trial, change, (kr(change, "+"),), (), KR)
    # Room for any difference, so that the plan is the same wherever the levers stand.
    room = replace(mark.motion, widest=format_kr(-_WIDEST, True), widest_note="")
    return Step(name, kind, replace(mark, motion=room))


def _chart(
    title: str, trial: Trial, rows: list[Row], unit: str, scale: tuple[Decimal, Decimal]
) -> RowsChart | None:
    if not has_known(mark for row in rows for mark in row.marks):
        return None
    alt = ". ".join(_describe_row(row, unit) for row in rows)
    return RowsChart(title, alt, tuple(rows), unit, scale=scale)


def _describe_row(row: Row, unit: str) -> str:
    return f"{row.label}: " + ", ".join(f"{m.name} {m.label} {unit}" for m in row.marks)


def alternative(chart: RowsChart | BridgeChart) -> list:
    """The chart in words that follow the levers, as JSON for the live sheet."""
    marks = (
        [(row.label, mark) for row in chart.rows for mark in row.marks]
        if isinstance(chart, RowsChart)
        else [(step.label, step.mark) for step in chart.steps]
    )
    parts: list = []
    for label, mark in marks:
        parts += [f"{label}, {mark.name}: ", *_label_of(mark), f" {chart.unit}. "]
    return parts


def _label_of(mark: Mark) -> list:
    return [mark.label] if mark.motion is None else list(mark.motion.label)


def _values(rows: list[Row]) -> list[Decimal]:
    """The papers' values. The axis grows with the others, and its floor is the same at any rest."""
    still = [mark for row in rows for mark in row.marks if mark.motion is None]
    return [mark.value for mark in still if mark.value is not None]


def _round_end(values: list[Decimal]) -> Decimal:
    """The least round number that holds all values, so that the scale seldom moves with them."""
    largest = max((abs(value) for value in values), default=Decimal(0))
    if not largest:
        return Decimal(1)
    powers = (Decimal(1).scaleb(power) for power in count(largest.adjusted()))
    return next(stop * power for power in powers for stop in _STOPS if stop * power >= largest)
