"""Källor: the box that tells of one value all the way down to the papers."""

from __future__ import annotations

from html import escape

import streamlit as st

from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.kept import kept
from gsn_dash.present.derivations import UNKNOWN_MARK
from gsn_dash.present.inventory import known_refs
from gsn_dash.present.numbers import UNKNOWN
from gsn_dash.present.places import format_as_printed
from gsn_dash.present.sources import Account, account_for
from gsn_dash.present.tables import place_name
from gsn_dash.ui.page import render_link, show_message, show_note
from gsn_dash.ui.state.choices import read_parameter
from gsn_dash.ui.views.correcting import show_correcting

PARAMETER = "figur"
_MESSAGE = (
    "Varje siffra har en källa: en plats i ett papper, eller en regel och de tal den bygger på."
)
_BACK = {
    "operating": ("/driftbudget", "Driftbudget"),
    "demand": ("/driftbudget", "Driftbudget"),
    "investment": ("/investeringar", "Investeringar"),
    "pace": ("/investeringar", "Investeringar"),
    "collaboration": ("/samarbeten", "Samarbeten"),
    "key": ("/samarbeten", "Samarbeten"),
    "share": ("/samarbeten", "Samarbeten"),
    "paid": ("/samarbeten", "Samarbeten"),
    "population": ("/samarbeten", "Samarbeten"),
}
_CONTROLS = ("/granskning", "Granskning")
_LONGEST = 60


def show_asked(snapshot: Snapshot) -> None:
    """The figure that the address asks for, first on the page; otherwise what the page is."""
    ref = read_parameter(PARAMETER)
    if not ref:
        show_message(_MESSAGE)
        return
    known = kept(snapshot, "known refs", lambda: known_refs(snapshot))
    found = account_for(snapshot, ref) if ref in known else None
    if found is None:
        show_note(
            f"Det finns ingen uppgift som heter ”{_shorten(ref)}”. Leta i listorna nedan.", True
        )
        return
    st.html(_render_asked(found))
    show_correcting(snapshot, ref)


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"


def _render_asked(found: Account) -> str:
    address, title = _BACK.get(found.ref.split(":")[0], _CONTROLS)
    beside = ""
    if found.beside:
        how = "Räknat ur delarna" if found.beside.rule else "Så står det i papperet"
        beside = f"<h3>{how}</h3>{_render_value(found.beside)}{_render_origin(found.beside)}"
    return (
        f'<section class="gsn-note" id="{escape(place_name(found.ref))}" tabindex="-1"'
        f' aria-labelledby="gsn-asked"><h2 id="gsn-asked">Så vet vi det</h2>'
        f"<p>{escape(found.name)}</p>{_render_value(found)}{_render_origin(found)}{beside}"
        f'<p><a href="{address}">Tillbaka till {title}</a> · <a href="/kallor">Visa bara listorna'
        "</a></p></section>"
    )


def _render_value(account: Account) -> str:
    return f'<p class="gsn-message">{render_amount(account)}</p>'


def render_amount(account: Account) -> str:
    """A value with the mark "härledd", "okänd" or "cirka" where it is not plainly stated."""
    value = escape(account.value)
    if account.value == UNKNOWN:
        return f'<span class="gsn-unknown">{value}</span>'
    if not account.mark:
        return value
    kind = "gsn-unknown" if account.mark == UNKNOWN_MARK else "gsn-derived"
    return f'{value} <span class="{kind}">{escape(account.mark)}</span>'


def _render_origin(account: Account) -> str:
    lines = [_line("I papperet", format_as_printed(account.printed))] if account.place else []
    lines += [
        _line(term, text)
        for term, text in (
            ("Noggrannhet", account.precision),
            ("Var det står", account.place),
            ("Så räknas det", account.rule),
        )
        if text
    ]
    if account.inputs:
        lines.append(f"<p><strong>Bygger på:</strong></p>{_render_inputs(account)}")
    lines += [f"<p>{escape(note)}</p>" for note in account.notes]
    return "".join(lines)


def _line(term: str, text: str) -> str:
    return f"<p><strong>{term}:</strong> {escape(text)}</p>"


def _render_inputs(account: Account) -> str:
    """The chain down to the papers: what each input is, from where, and its own inputs."""
    items = []
    for part in account.inputs:
        # The printed text of a solved amount has the name of the solution: it is no link to it.
        name = escape(part.name) if part.ref == account.ref else render_link(part.name, part.ref)
        origin = part.rule or f"{format_as_printed(part.printed)}, {part.place}"
        items.append(
            f"<li>{name}: {render_amount(part)}"
            f'<br><span class="gsn-quiet">{escape(origin)}</span>'
            f"{_render_inputs(part) if part.inputs else ''}</li>"
        )
    return f"<ul>{''.join(items)}</ul>"
