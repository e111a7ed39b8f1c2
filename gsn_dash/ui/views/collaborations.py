"""Samarbeten: what each municipality pays, the paper's summary, and the key beside it."""

from __future__ import annotations

from html import escape

from gsn_dash.domain.collaborating import KeySplit, bill, key_split, key_steps, payers, restatements
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.collaborations import (
    bill_picture,
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
    describe_unknown,
    describe_years,
    genitive,
)
from gsn_dash.present.collaborating_tables import (
    bill_table,
    shares_table,
    split_table,
    summary_table,
)
from gsn_dash.present.contradicted import say_contradicted
from gsn_dash.present.names import name_collaboration, name_municipality
from gsn_dash.present.sharing import (
    ROUNDING_NOTE,
    describe_billed,
    describe_comparison,
    describe_counted,
    describe_implied,
    describe_reservation,
    describe_steps,
)
from gsn_dash.ui.canvas import canvas
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
    said = describe_bill(snapshot, asked) if asked in codes else describe_bills(snapshot)
    show_message(say_contradicted(snapshot, "collaboration", said))
    if not codes:
        return None
    names = {code: name_municipality(snapshot, code) for code in codes}
    chosen = choose_in_address("kommun", "Visa för", {EVERYBODY: "Alla", **names})
    return chosen if chosen in codes else None


def show_summary(snapshot: Snapshot) -> None:
    """Every municipality's payments: picture, the paper's summary, what to mind."""
    show_drawn(payments_picture(snapshot), "samarbeten", "samarbetena", download="samarbeten")
    if not payers(snapshot):
        return
    show_heading("Rapportens sammanställning")
    show_table(summary_table(snapshot), download="samarbeten")
    _show_remarks(snapshot, payers(snapshot))


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
        canvas().html(render_list(remarks))


def show_bill(snapshot: Snapshot, code: str) -> None:
    """One municipality's own view: its bill with shares, years, rules and places."""
    name = genitive(name_municipality(snapshot, code))
    file = f"samarbeten-{code}"
    show_drawn(bill_picture(snapshot, code), f"samarbeten_{code}", "samarbetena", download=file)
    show_heading(f"{name} räkning")
    show_table(bill_table(snapshot, code), download=file)
    show_text(describe_papers(bill(snapshot, code)))
    _show_remarks(snapshot, (code,))


def show_keys(snapshot: Snapshot) -> None:
    """For each collaboration with an allocation key: the paper's split beside the key's."""
    for collaboration in snapshot.allocation_keys:
        split = key_split(snapshot, collaboration)
        if split is not None:
            _show_key(snapshot, split)


def _show_key(snapshot: Snapshot, split: KeySplit) -> None:
    key = split.key.collaboration
    name, by_key, shares = name_collaboration(snapshot, key), f"nyckel-{key}", f"andelar-{key}"
    show_heading(f"{name}: rapportens fördelning och avtalets nyckel")
    if split.by_rule:
        comparison = describe_comparison(snapshot, split)
        if comparison:
            show_message(comparison)
        show_drawn(split_picture(snapshot, split), f"nyckel_{key}", name, download=by_key)
        show_text(describe_billed(snapshot, key))
        show_table(split_table(snapshot, split), download=by_key)
        show_note(describe_reservation(snapshot, split))
    steps = key_steps(split)
    canvas().heading("Så räknar nyckeln", 3)
    items = "".join(f"<li>{escape(step)}</li>" for step in describe_steps(snapshot, split, steps))
    canvas().html(f"<ol>{items}</ol><p class='gsn-quiet'>{escape(ROUNDING_NOTE)}</p>")
    show_text(describe_implied(snapshot, split, steps))
    show_note(describe_counted(split))
    canvas().heading("Alla medlemmars andelar", 3)
    show_drawn(shares_picture(snapshot, split), f"andelar_{key}", name, download=shares)
    show_table(shares_table(snapshot, split), download=shares)


def show_result_note(snapshot: Snapshot) -> None:
    """That the board's own result is another matter."""
    show_note(describe_result(snapshot))
