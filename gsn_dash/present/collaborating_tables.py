"""The tables of the collaborations: the papers' summary, a municipality's bill, the key."""

from __future__ import annotations

from fractions import Fraction

from gsn_dash.domain.collaborating import (
    KeySplit,
    bill,
    bill_figure,
    collaboration_figure,
    contributions_of,
    key_steps,
    payers,
    share_of_payers,
)
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.refs import TOTAL, population_ref
from gsn_dash.domain.snapshot import Collaboration, Contribution, Snapshot
from gsn_dash.present.collaborating import describe_total, format_exact_kr, name_years
from gsn_dash.present.names import name_collaboration, name_municipality, name_year
from gsn_dash.present.numbers import format_number, format_percent
from gsn_dash.present.places import UNSTATED, name_spot
from gsn_dash.present.ratios import paid_share_ref
from gsn_dash.present.sharing import describe_rule, format_share
from gsn_dash.present.sources import share_ref
from gsn_dash.present.tables import Cell, Table, TableRow, number, word


def summary_table(snapshot: Snapshot) -> Table:
    """The collaborations by municipality, the sums that they give, and the printed sums."""
    codes = payers(snapshot)
    names = tuple(name_municipality(snapshot, code) for code in codes)
    rows = [_summary_row(snapshot, found, codes) for found in snapshot.collaborations]
    sums = tuple(_sum_cell(snapshot, code) for code in codes)
    rows.append(TableRow(word("Summa av uppgifterna"), (*sums, word("")), is_total=True))
    printed = tuple(_printed_cell(snapshot, code) for code in codes)
    rows.append(TableRow(word("Summa som rapporten skriver"), (*printed, word(""))))
    return Table("Kronor per år", ("Samarbete", *names, "År"), tuple(rows))


def _summary_row(
    snapshot: Snapshot, collaboration: Collaboration, codes: tuple[str, ...]
) -> TableRow:
    found = {row.key.municipality: row for row in contributions_of(snapshot, collaboration)}
    cells = tuple(
        _amount(found[code].figure) if code in found else Cell(UNSTATED) for code in codes
    )
    return TableRow(
        word(collaboration.name), (*cells, word(name_years(list(found.values()), snapshot)))
    )


def _amount(figure: Figure) -> Cell:
    return number(figure, "?" if figure.is_unknown else format_exact_kr(figure))


def _sum_cell(snapshot: Snapshot, code: str) -> Cell:
    """The sum of what is known, which says that it is the least where a term is not."""
    figure = bill_figure(snapshot, code)
    text, _, _ = describe_total(snapshot, bill(snapshot, code)).partition(", ")
    mark = "" if figure.is_unknown else "härledd"
    return Cell(text, figure.ref, mark, amount=figure.amount, figure=figure)


def _printed_cell(snapshot: Snapshot, code: str) -> Cell:
    """The sum as a paper prints it. It is no sum of ours, so no formula is to be made of it."""
    published = bill(snapshot, code).published
    if published is None:
        return Cell(UNSTATED)
    if published.is_unknown:
        return number(published, published.printed or "tom ruta")
    return number(published, format_exact_kr(published))


def bill_table(snapshot: Snapshot, code: str) -> Table:
    """A row for each collaboration: amount, share, year, the rule behind, where it stands."""
    rows = [_bill_row(snapshot, row) for row in bill(snapshot, code).rows]
    empty = (word(""),) * 4
    rows.append(TableRow(word("Summa"), (_sum_cell(snapshot, code), *empty), is_total=True))
    printed = (_printed_cell(snapshot, code), *empty)
    rows.append(TableRow(word("Summa som rapporten skriver"), printed))
    return Table(
        f"{name_municipality(snapshot, code)}, kronor per år",
        ("Samarbete", "Belopp", "Andel av kommunernas summa", "År", "Regel", "Var det står"),
        tuple(rows),
    )


def _bill_row(snapshot: Snapshot, row: Contribution) -> TableRow:
    collaboration = row.key.collaboration
    share = share_of_payers(snapshot, row)
    text = "?" if share is None else format_percent(share, 1)
    mark = "okänd" if share is None else "härledd"
    return TableRow(
        word(name_collaboration(snapshot, collaboration)),
        (
            _amount(row.figure),
            Cell(text, paid_share_ref(row.key), mark, ratio=share),
            word(name_year(row.year)),
            word(describe_rule(snapshot, row)),
            word(name_spot(row.figure.origin)),
        ),
    )


def split_table(snapshot: Snapshot, split: KeySplit) -> Table:
    """What the paper states, what the key gives of the same sum, and the share of the whole."""
    collaboration = split.key.collaboration
    steps = key_steps(split)
    rows = [
        TableRow(
            word(name_municipality(snapshot, code)),
            (
                _amount(figure),
                _amount(split.by_rule[code]),
                _share_cell(collaboration, code, split.shares[code]),
            ),
        )
        for code, figure in sorted(split.stated.items(), reverse=True)
    ]
    together = collaboration_figure(snapshot, collaboration)
    total = (
        _amount(together),
        _amount(together),
        _share_cell(collaboration, TOTAL, steps.payers_share),
    )
    rows.append(TableRow(word("Tillsammans"), total, is_total=True))
    if split.implied_total is not None:
        everybody = Cell(format_share(Fraction(1), 0), ratio=Fraction(1))
        whole = (word(""), _amount(split.implied_total), everybody)
        rows.append(TableRow(word("Hela samarbetet, alla medlemmar"), whole))
    return Table(
        f"{name_collaboration(snapshot, collaboration)}, kronor per år",
        ("Kommun", "Enligt rapporten", "Enligt nyckeln", "Andel av hela samarbetet"),
        tuple(rows),
    )


def _share_cell(collaboration: str, code: str, share: Fraction, mark: str = "härledd") -> Cell:
    return Cell(format_share(share), share_ref(collaboration, code), mark, ratio=share)


def shares_table(snapshot: Snapshot, split: KeySplit) -> Table:
    """Every member: inhabitants, equal part, part by inhabitants, share; kr where known."""
    collaboration = split.key.collaboration
    rows = []
    for member in key_steps(split).members:
        code = member.municipality
        people = population_ref(code, split.counted_on)
        stated = split.stated.get(code)
        rows.append(
            TableRow(
                word(name_municipality(snapshot, code)),
                (
                    Cell(format_number(member.inhabitants), people, count=member.inhabitants),
                    _share_cell(collaboration, code, member.equal, ""),
                    _share_cell(collaboration, code, member.by_inhabitants, ""),
                    _share_cell(collaboration, code, member.share),
                    _amount(stated) if stated else Cell(UNSTATED),
                ),
            )
        )
    return Table(
        f"{name_collaboration(snapshot, collaboration)}: medlemmarna enligt nyckeln",
        ("Medlem", "Invånare", "Lika del", "Efter invånare", "Andel", "Betalar enligt rapporten"),
        tuple(rows),
    )
