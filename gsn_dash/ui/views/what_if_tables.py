"""The tables of Tänk om …?: what the papers say, what is assumed, and the difference."""

from __future__ import annotations

from gsn_dash.domain.collaborating import Bill, bill, payers
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.investing import portfolio
from gsn_dash.domain.operating import line
from gsn_dash.domain.refs import TOTAL, ContributionKey, InvestmentKey, operating
from gsn_dash.domain.scenario.compiled_investments import BOOKED, CARRIED, LAPSES
from gsn_dash.domain.scenario.compiled_operating import ACTIVITIES
from gsn_dash.domain.scenario.program import Quantity
from gsn_dash.domain.scenario.trial import Trial
from gsn_dash.domain.snapshot import Contribution
from gsn_dash.domain.year_end import as_stated
from gsn_dash.pictures.what_if import ACTIVITIES_NAME
from gsn_dash.present.names import ITEMS, name_collaboration, name_municipality, name_project
from gsn_dash.present.numbers import SPACE, UNKNOWN, format_kr, format_mkr
from gsn_dash.present.ratios import utilisation_ref
from gsn_dash.present.tables import Cell, number, ratio_cell
from gsn_dash.present.templates import BySign, Number, Template, kr, mkr, percent
from gsn_dash.present.what_if import lacks, say_bill, say_missing
from gsn_dash.ui.moving_tables import Moving, MovingRow, MovingTable

_COLUMNS = ("I papperen", "Tänk om", "Skillnad")
# Of what nobody knows: no number, and so no zero either.
_AS_IT_WAS = "oförändrat"
_ASSUMED = "antaget"
_NONE = Cell("–")


def operating_table(trial: Trial) -> MovingTable:
    """Revenue, cost and what activities add, at year-end, and the deviation from the budget."""
    rows = []
    for item in ("revenue", "cost"):
        reported = line(trial.base, item, "year").result
        name = operating(item, "year", "forecast")
        rows.append(_mkr_row(trial, ITEMS[item], reported, name))
    if any(lever.kind == "year_end" for lever in trial.compiled.levers):
        added = Moving((mkr(trial.now(ACTIVITIES), "+"),))
        rows.append(MovingRow(ACTIVITIES_NAME, (_NONE, added, added)))
    reported = line(trial.base, "net", "year").deviation
    name = operating("net", "year", "deviation")
    rows.append(_mkr_row(trial, "Mot årets budget", reported, name, "+", is_total=True))
    year = trial.base.occasion.year
    return MovingTable(f"Vid årets slut {year}, Mkr", ("Post", *_COLUMNS), tuple(rows))


def _mkr_row(
    trial: Trial, heading: str, reported: Figure, name: str, style: str = "", is_total: bool = False
) -> MovingRow:
    before = number(as_stated(reported), format_mkr(reported.amount, bool(style)))
    if not trial.has(name):
        return MovingRow(heading, (before, Cell(UNKNOWN), _NONE), is_total)
    now, change = mkr(trial.now(name), style), mkr(trial.change(name), "+")
    return MovingRow(heading, (before, Moving((now,)), Moving((change,))), is_total)


def projects_table(trial: Trial) -> MovingTable:
    """What is left, carried over and used, in all, then each project."""
    found = portfolio(trial.base)
    left, spent = (InvestmentKey(TOTAL, measure).ref for measure in ("left", "forecast"))
    rows = [_mkr_row(trial, "Kvar vid årets slut", found.total.left, left, is_total=True)]
    if trial.has(CARRIED):
        rows += [
            _added_row(trial, "därav förs över till nästa år", CARRIED),
            _added_row(trial, "därav förs inte över", LAPSES),
        ]
    used = "Användes i år" if trial.base.occasion.is_closing else "Används i år"
    rows.append(_mkr_row(trial, used, found.total.forecast, spent))
    rows += _share_rows(trial)
    for row in found.rows:
        name = InvestmentKey(row.project.key, "forecast").ref
        rows.append(_mkr_row(trial, name_project(row.project), row.forecast, name))
        if trial.scenario.moves_money_of(row.project.key):
            granted = InvestmentKey(row.project.key, "appropriation").ref
            rows.append(
                _mkr_row(trial, "– dess anslag, med det som flyttas", row.appropriation, granted)
            )
    if not found.total.outcome.is_unknown and trial.has(BOOKED):
        rows.append(_added_row(trial, "Bokfört, oklart på vilka projekt", BOOKED))
    caption = f"Investeringar {trial.base.occasion.year}, Mkr"
    return MovingTable(caption, ("Projekt", *_COLUMNS), tuple(rows))


def _added_row(trial: Trial, heading: str, name: str) -> MovingRow:
    """A row that no paper has a figure for."""
    return MovingRow(heading, (_NONE, Moving((mkr(trial.now(name)),)), _NONE))


def _share_rows(trial: Trial) -> list[MovingRow]:
    total = portfolio(trial.base).total
    spent, granted = (InvestmentKey(TOTAL, m).ref for m in ("forecast", "appropriation"))
    if not trial.has(spent, granted) or total.utilisation is None:
        return []
    now = (percent(trial.now(spent), trial.now(granted)), f"{SPACE}%")
    points = percent(trial.change(spent), trial.now(granted), "+")
    cells = (
        ratio_cell(total.utilisation, utilisation_ref(TOTAL)),
        Moving(now),
        Moving((points, f"{SPACE}procentenheter")),
    )
    return [MovingRow("Del av anslaget", cells)]


def bills_table(trial: Trial) -> MovingTable:
    """Each municipality's bill, and what it is made of; to the öre where a key divides."""
    rows = []
    for code in payers(trial.base):
        own = bill(trial.base, code)
        rows.append(_bill_row(trial, own))
        rows += [_contribution_row(trial, row) for row in own.rows]
    caption = "Kommunernas kostnad för samarbetena, kr per år"
    return MovingTable(caption, ("Kommun", *_COLUMNS), tuple(rows))


def _exact(trial: Trial, quantity: Quantity, style: str = "") -> Number:
    """Kr with öre where anything is divided by a key, which gives öre; else whole kr."""
    if not any(lever.kind == "equal_part" for lever in trial.compiled.levers):
        return kr(quantity, style)
    return Number(quantity.node, f"int{style}", quantity.per, None, 2)


def _bill_row(trial: Trial, own: Bill) -> MovingRow:
    ref = ContributionKey(TOTAL, own.municipality).ref
    missing, lacking = own.total.missing, lacks(trial.scenario, own)
    name = name_municipality(trial.base, own.municipality)
    known = _exact(trial, trial.now(ref))
    cells = (
        Cell(_no_unit(say_bill(own.total)), ref, "" if missing else "härledd"),
        Moving(
            (f"minst{SPACE}", known) if lacking else (known,),
            _ASSUMED if lacking < missing else "",
        ),
        Moving(_difference(trial, own)),
    )
    said = f"{name}, {say_missing(lacking)}" if lacking else name
    return MovingRow(said, cells, is_total=True)


def _difference(trial: Trial, own: Bill) -> Template:
    """How what is known differs, and what of it nobody knows: "okänt (E-arkiv)"."""
    known = _exact(trial, trial.change(ContributionKey(TOTAL, own.municipality).ref), "+")
    unknown = [row.key.collaboration for row in own.rows if row.figure.is_unknown]
    text: Template = (known,)
    for collaboration in unknown:
        name = name_collaboration(trial.base, collaboration)
        place = trial.compiled.places.get(("price", collaboration))
        if trial.has(ContributionKey(collaboration, own.municipality).ref):
            text = (*text, f" utom {name}")
        elif place is not None:
            said = (*text, f" och {UNKNOWN} ({name})")
            alone = (f"{UNKNOWN} ({name})",) if text == (known,) else said
            moved = (BySign(known, said, alone, said),)
            text = (BySign(Number(trial.compiled.moved[place], "int"), moved, text, text),)
    return text


def _contribution_row(trial: Trial, row: Contribution) -> MovingRow:
    reported, name = row.figure, row.key.ref
    heading = name_collaboration(trial.base, row.key.collaboration)
    before = number(reported, _no_unit(format_kr(reported.amount)))
    if not trial.has(name):
        return MovingRow(heading, (before, Cell(UNKNOWN, "", "okänd"), _unknown_change(trial, row)))
    now = (_exact(trial, trial.now(name)),)
    if reported.is_unknown:
        return MovingRow(heading, (before, Moving(now, _ASSUMED), _NONE))
    change = (_exact(trial, trial.change(name), "+"),)
    return MovingRow(heading, (before, Moving(now), Moving(change)))


def _unknown_change(trial: Trial, row: Contribution) -> Moving | Cell:
    place = trial.compiled.places.get(("price", row.key.collaboration))
    if place is None:
        return Cell(_AS_IT_WAS)
    moved = Number(trial.compiled.moved[place], "int")
    return Moving((BySign(moved, (UNKNOWN,), (_AS_IT_WAS,), (UNKNOWN,)),))


def _no_unit(text: str) -> str:
    """The caption says kr."""
    return text.removesuffix(f"{SPACE}kr")
