"""The tables of the appendix that no page has: the papers' investments, and where all is from."""

from __future__ import annotations

from gsn_dash.domain.amounts import MKR
from gsn_dash.domain.collaborating import KeySplit, key_split, key_steps
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.investing import is_over, total_row
from gsn_dash.domain.refs import TOTAL, InvestmentKey
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.inventory import Group, derived_refs, stated_groups
from gsn_dash.present.names import name_collaboration, name_period
from gsn_dash.present.numbers import format_day, format_mkr
from gsn_dash.present.places import format_as_printed
from gsn_dash.present.sharing import describe_key, describe_parts
from gsn_dash.present.sources import (
    Account,
    account_for,
    account_of,
    count_inhabitants,
    figure_of,
    share_ref,
)
from gsn_dash.present.tables import Cell, Table, TableRow, number, word

# As the papers have them: those of the period, then those of the year.
_PERIOD = {
    "original": "Grundbudget",
    "carried_over": "Överfört",
    "extra": "Extra beviljat",
    "appropriation": "Totalt anslag",
    "outcome": "Utfall",
    "outcome_deviation": "Avvikelse mot anslaget",
}
_YEAR = {"forecast": "Prognos", "forecast_deviation": "Avvikelse mot anslaget"}


def investments_table(snapshot: Snapshot) -> Table | None:
    """The papers' one line of the investments; None where they state nothing of it."""
    total = total_row(snapshot)
    spans = [
        [(name, figure) for measure, name in names.items() if (figure := _find(snapshot, measure))]
        for names in (_PERIOD, {} if is_over(snapshot.occasion, [total]) else _YEAR)
    ]
    found = [column for span in spans for column in span]
    if all(figure.is_unknown for _, figure in found):
        return None
    occasion = snapshot.occasion
    heads = (name_period(occasion).capitalize(), f"Helår {occasion.year}")
    cells = tuple(number(figure, format_mkr(figure.amount)) for _, figure in found)
    return Table(
        "Investeringar, miljoner kronor",
        ("", *(name for name, _ in found)),
        (TableRow(word("Alla projekt"), cells),),
        tuple((head, len(span)) for head, span in zip(heads, spans, strict=True) if span),
        unit=MKR,
    )


def _find(snapshot: Snapshot, measure: str) -> Figure | None:
    """The figure in force; what every occasion has is unknown where no paper states it."""
    return figure_of(snapshot, InvestmentKey(TOTAL, measure).ref)


def stated_tables(snapshot: Snapshot) -> tuple[Table, ...]:
    """Area by area what the papers print: its value here, its characters there, its place."""
    return tuple(_stated(snapshot, group) for group in stated_groups(snapshot) if group.figures)


def _stated(snapshot: Snapshot, group: Group) -> Table:
    rows = []
    for figure in group.figures:
        told = account_of(snapshot, figure)
        cells = (
            Cell(told.value, mark=told.mark, amount=figure.amount, figure=figure),
            word(format_as_printed(figure.printed)),
            word(_name_spot(told)),
        )
        rows.append(TableRow(word(told.name), cells))
    headings = ("Uppgift", "Gäller", "Tryckt som", "Var det står")
    return Table(f"{group.heading}: uppgifter ur papperen", headings, tuple(rows))


def _name_spot(told: Account) -> str:
    """The paper by the beginning of its title, which the list of papers has whole, and where."""
    paper = told.paper.partition(":")[0]
    return f"{paper}: {told.spot}" if told.spot else paper


def derived_table(snapshot: Snapshot) -> Table:
    """What no paper prints: its value, and the rule behind it; of a share by a key its parts,
    as `key_notes` says once what all of them have in common."""
    parts = _shares_in_parts(snapshot)
    rows = []
    for ref in dict.fromkeys(derived_refs(snapshot)):
        told = account_for(snapshot, ref)
        if told is not None:
            cells = (Cell(told.value), word(parts.get(ref, told.rule)))
            rows.append(TableRow(word(told.name), cells))
    headings = ("Uppgift", "Värde", "Så räknas det")
    return Table("Uppgifter som inget papper säger", headings, tuple(rows))


def key_notes(snapshot: Snapshot) -> tuple[str, ...]:
    """What every member's share by a key follows from, once for each key."""
    return tuple(
        f"{name_collaboration(snapshot, split.key.collaboration)}, andelar enligt nyckeln:"
        f" {describe_key(split.key)}. Medlemmarna har tillsammans"
        f" {count_inhabitants(key_steps(split).everybody)} ({format_day(split.counted_on)})."
        for split in _splits(snapshot)
    )


def _shares_in_parts(snapshot: Snapshot) -> dict[str, str]:
    return {
        share_ref(split.key.collaboration, member.municipality): f"{describe_parts(member)}."
        for split in _splits(snapshot)
        for member in key_steps(split).members
    }


def _splits(snapshot: Snapshot) -> list[KeySplit]:
    found = (key_split(snapshot, name) for name in snapshot.allocation_keys)
    return [split for split in found if split is not None]
