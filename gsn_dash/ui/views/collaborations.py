"""Samarbeten: what each municipality pays, the paper's summary, and the key beside it."""

from __future__ import annotations

from fractions import Fraction
from html import escape

import streamlit as st

from gsn_dash.domain.collaborating import (
    KeySplit,
    bill,
    bill_figure,
    collaboration_figure,
    key_split,
    key_steps,
    payers,
    restatements,
    share_of_payers,
)
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.refs import TOTAL, population_ref
from gsn_dash.domain.snapshot import Collaboration, Contribution, Snapshot
from gsn_dash.pictures.collaborations import (
    bill_picture,
    contributions_of,
    payments_picture,
    shares_picture,
    split_picture,
)
from gsn_dash.present.collaborating import (
    describe_bill,
    describe_bills,
    describe_papers,
    describe_published,
    describe_restatement,
    describe_result,
    describe_total,
    describe_unknown,
    describe_years,
    format_exact_kr,
    genitive,
    name_years,
)
from gsn_dash.present.names import name_collaboration, name_municipality, name_year
from gsn_dash.present.numbers import format_number, format_percent
from gsn_dash.present.places import UNSTATED, name_spot
from gsn_dash.present.ratios import paid_share_ref
from gsn_dash.present.sharing import (
    ROUNDING_NOTE,
    describe_billed,
    describe_comparison,
    describe_counted,
    describe_implied,
    describe_reservation,
    describe_rule,
    describe_steps,
    format_share,
)
from gsn_dash.present.sources import share_ref
from gsn_dash.present.tables import Cell, Table, TableRow, number, word
from gsn_dash.ui.page import show_drawn, show_heading, show_message, show_note, show_text
from gsn_dash.ui.state.choices import choose_in_address, read_parameter
from gsn_dash.ui.tables import render_list, show_table

EVERYBODY = "alla"


def choose_municipality(snapshot: Snapshot) -> str | None:
    """Say the message, and let the reader choose whose view to show; the address holds it.

    Returns a municipality's code, or None for all of them together.
    """
    codes = payers(snapshot)
    asked = read_parameter("kommun")
    show_message(describe_bill(snapshot, asked) if asked in codes else describe_bills(snapshot))
    if not codes:
        return None
    names = {code: name_municipality(snapshot, code) for code in codes}
    chosen = choose_in_address("kommun", "Visa för", {EVERYBODY: "Alla", **names})
    return chosen if chosen in codes else None


def show_summary(snapshot: Snapshot) -> None:
    """Every municipality's payments: picture, the paper's summary, what to mind."""
    show_drawn(payments_picture(snapshot), "samarbeten", "samarbetena")
    if not payers(snapshot):
        return
    show_heading("Rapportens sammanställning")
    show_table(summary_table(snapshot))
    _show_remarks(snapshot, payers(snapshot))


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
    figure = bill_figure(snapshot, code)
    text, _, _ = describe_total(snapshot, bill(snapshot, code)).partition(", ")
    return Cell(text, figure.ref, "" if figure.is_unknown else "härledd")


def _printed_cell(snapshot: Snapshot, code: str) -> Cell:
    published = bill(snapshot, code).published
    if published is None:
        return Cell(UNSTATED)
    if published.is_unknown:
        return Cell("tom ruta", published.ref, "okänd")
    return number(published, format_exact_kr(published))


def _show_remarks(snapshot: Snapshot, codes: tuple[str, ...]) -> None:
    roundings = [
        describe_restatement(snapshot, found)
        for found in restatements(snapshot)
        if found.in_force.key.municipality in codes
    ]
    told = [
        sentence
        for describe in (describe_unknown, describe_published, describe_years)
        for code in codes
        if (sentence := describe(snapshot, code))
    ]
    remarks = (*told, *roundings)
    if remarks:
        st.html(render_list(remarks))


def show_bill(snapshot: Snapshot, code: str) -> None:
    """One municipality's own view: its bill with shares, years, rules and places."""
    name = genitive(name_municipality(snapshot, code))
    show_drawn(bill_picture(snapshot, code), f"samarbeten_{code}", "samarbetena")
    show_heading(f"{name} räkning")
    show_table(bill_table(snapshot, code))
    show_text(describe_papers(bill(snapshot, code)))
    _show_remarks(snapshot, (code,))


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
    mark = "okänd" if share is None else "härledd"
    ref = paid_share_ref(row.key)
    return TableRow(
        word(name_collaboration(snapshot, collaboration)),
        (
            _amount(row.figure),
            Cell("?" if share is None else format_percent(share, 1), ref, mark),
            word(name_year(row.year)),
            word(describe_rule(snapshot, row)),
            word(name_spot(row.figure.origin)),
        ),
    )


def show_keys(snapshot: Snapshot) -> None:
    """For each collaboration with an allocation key: the paper's split beside the key's."""
    for collaboration in snapshot.allocation_keys:
        split = key_split(snapshot, collaboration)
        if split is not None:
            _show_key(snapshot, split)


def _show_key(snapshot: Snapshot, split: KeySplit) -> None:
    name = name_collaboration(snapshot, split.key.collaboration)
    show_heading(f"{name}: rapportens fördelning och avtalets nyckel")
    if split.by_rule:
        comparison = describe_comparison(snapshot, split)
        if comparison:
            show_message(comparison)
        show_drawn(split_picture(snapshot, split), f"nyckel_{split.key.collaboration}", name)
        show_text(describe_billed(snapshot, split.key.collaboration))
        show_table(split_table(snapshot, split))
        show_note(describe_reservation(snapshot, split))
    steps = key_steps(split)
    st.subheader("Så räknar nyckeln", anchor=False)
    items = "".join(f"<li>{escape(step)}</li>" for step in describe_steps(snapshot, split, steps))
    st.html(f"<ol>{items}</ol><p class='gsn-quiet'>{escape(ROUNDING_NOTE)}</p>")
    show_text(describe_implied(snapshot, split, steps))
    show_note(describe_counted(split))
    st.subheader("Alla medlemmars andelar", anchor=False)
    show_drawn(shares_picture(snapshot, split), f"andelar_{split.key.collaboration}", name)
    show_table(shares_table(snapshot, split))


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
                _share_cell(collaboration, code, format_share(split.shares[code])),
            ),
        )
        for code, figure in sorted(split.stated.items(), reverse=True)
    ]
    together = collaboration_figure(snapshot, collaboration)
    total = (
        _amount(together),
        _amount(together),
        _share_cell(collaboration, TOTAL, format_share(steps.payers_share)),
    )
    rows.append(TableRow(word("Tillsammans"), total, is_total=True))
    if split.implied_total is not None:
        whole = (word(""), _amount(split.implied_total), Cell(format_share(Fraction(1), 0)))
        rows.append(TableRow(word("Hela samarbetet, alla medlemmar"), whole))
    return Table(
        f"{name_collaboration(snapshot, collaboration)}, kronor per år",
        ("Kommun", "Enligt rapporten", "Enligt nyckeln", "Andel av hela samarbetet"),
        tuple(rows),
    )


def _share_cell(collaboration: str, code: str, text: str) -> Cell:
    return Cell(text, share_ref(collaboration, code), "härledd")


def shares_table(snapshot: Snapshot, split: KeySplit) -> Table:
    """Every member: inhabitants, equal part, part by inhabitants, share; kr where known."""
    collaboration = split.key.collaboration
    rows = []
    for member in key_steps(split).members:
        code = member.municipality
        people = population_ref(code, split.counted_on)
        share = share_ref(collaboration, code)
        stated = split.stated.get(code)
        rows.append(
            TableRow(
                word(name_municipality(snapshot, code)),
                (
                    Cell(format_number(member.inhabitants), people),
                    Cell(format_share(member.equal), share),
                    Cell(format_share(member.by_inhabitants), share),
                    _share_cell(collaboration, code, format_share(member.share)),
                    _amount(stated) if stated else Cell(UNSTATED),
                ),
            )
        )
    return Table(
        f"{name_collaboration(snapshot, collaboration)}: medlemmarna enligt nyckeln",
        ("Medlem", "Invånare", "Lika del", "Efter invånare", "Andel", "Betalar enligt rapporten"),
        tuple(rows),
    )


def show_result_note(snapshot: Snapshot) -> None:
    """That the board's own result is another matter."""
    show_note(describe_result(snapshot))
