"""Källor: every value in force, where it was printed, or how it follows from others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

import streamlit as st

from gsn_dash.domain.figures import Figure
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.kept import kept
from gsn_dash.present.inventory import Group, derived_refs, stated_groups
from gsn_dash.present.numbers import format_moment, format_number
from gsn_dash.present.order import swedish_order
from gsn_dash.present.places import fold, format_as_printed
from gsn_dash.present.scenarios import apart
from gsn_dash.present.sources import Account, account_for, account_of
from gsn_dash.present.sources_tables import documents_table, populations_table
from gsn_dash.present.tables import Table, TableRow, word
from gsn_dash.store.read import Batch
from gsn_dash.ui import data
from gsn_dash.ui.downloads import whole_line
from gsn_dash.ui.page import render_link, show_note, show_text
from gsn_dash.ui.tables import render_data, render_frame, render_heading, show_table
from gsn_dash.ui.views.source_box import render_amount

_PRINTED = ("Uppgift", "Belopp", "I\u00a0papperet", "Noggrannhet", "Var det står")
_DERIVED = ("Uppgift", "Belopp", "Regel", "Bygger på")
_LONGEST_SOUGHT = 200
_PLACES = (
    ("driftbudget", "Driftbudget"),
    ("investeringar", "Investeringar"),
    ("samarbeten", "Samarbeten"),
    ("beraknade", "Beräknade"),
    ("invanare", "Invånare"),
    ("rattelser", "Rättade uppgifter"),
    ("papper", "Papperen"),
    ("inlasningar", "Inläsningar"),
)


def show_ways() -> None:
    """Links to the lists further down."""
    links = " · ".join(f'<a href="#{key}">{text}</a>' for key, text in _PLACES)
    st.html(f'<nav aria-label="Listorna på sidan"><p>{links}</p></nav>{whole_line()}')


def ask_for_words() -> str:
    """What the reader looks for in the lists, in small letters; empty for everything."""
    asked = st.text_input(
        "Sök i listorna",
        max_chars=_LONGEST_SOUGHT,
        placeholder="till exempel skolskjuts, 74,1 eller bilaga 1",
    )
    return fold(asked)


def show_lists(snapshot: Snapshot, words: str) -> None:
    """Every figure, area by area, as far as it holds the words."""
    shown = [
        _show_rows(group.key, group.heading, _PRINTED, _stated(snapshot, group), words)
        for group in kept(snapshot, "stated groups", lambda: stated_groups(snapshot))
    ]
    restated = _alone(snapshot, tuple(row.figure for row in snapshot.restated))
    shown.append(
        _show_rows("upprepade", "Samma uppgift på ett ställe till", _PRINTED, restated, words)
    )
    shown.append(_show_rows("beraknade", "Beräknade", _DERIVED, _derived(snapshot), words))
    if words and not any(shown):
        show_note("Inget i listorna innehåller det du söker. Pröva ett kortare ord.")


def _stated(snapshot: Snapshot, group: Group) -> tuple[Account, ...]:
    return kept(snapshot, f"stated {group.key}", lambda: _alone(snapshot, group.figures))


def _alone(snapshot: Snapshot, figures: tuple[Figure, ...]) -> tuple[Account, ...]:
    return tuple(account_of(snapshot, figure) for figure in figures)


def _derived(snapshot: Snapshot) -> tuple[Account, ...]:
    def make() -> tuple[Account, ...]:
        found = (account_for(snapshot, ref) for ref in derived_refs(snapshot))
        return tuple(account for account in found if account)

    return kept(snapshot, "derived accounts", make)


def _show_rows(
    key: str, heading: str, columns: tuple[str, ...], accounts: tuple[Account, ...], words: str
) -> bool:
    """A list under its heading; returns whether there was anything to show."""
    found = [account for account in accounts if words in _searchable(account)]
    if not found:
        return False
    head = f'<tr role="row">{"".join(map(render_heading, columns))}</tr>'
    rows = "".join(_render_rows(found, columns))
    count = f"{format_number(len(found))} uppgifter" if len(found) > 1 else "1 uppgift"
    _show_place(key, heading)
    st.html(render_frame(f"{heading}, lista", count, head, rows))
    return True


def _show_place(key: str, heading: str) -> None:
    """A section's heading that a link on the page can lead to."""
    st.html(f'<h2 id="{key}">{escape(heading)}</h2>')


def _render_rows(accounts: list[Account], columns: tuple[str, ...]) -> Iterator[str]:
    """The rows, under the title of the paper that they are from."""
    paper = ""
    for account in sorted(accounts, key=lambda account: swedish_order(account.paper)):
        if account.paper != paper:
            paper = account.paper
            yield (
                f'<tr role="row" class="gsn-group"><th colspan="{len(columns)}" scope="rowgroup"'
                f' role="rowheader">{escape(paper)}</th></tr>'
            )
        yield _render_row(account, columns)


def _searchable(account: Account) -> str:
    texts = (account.name, account.value, account.printed, account.place, account.rule)
    return fold(" ".join(texts))


def _render_row(account: Account, columns: tuple[str, ...]) -> str:
    if account.rule:
        parts = ", ".join(render_link(part.name, part.ref) for part in account.inputs)
        texts = (escape(account.rule), parts)
    else:
        printed = format_as_printed(account.printed)
        texts = (escape(printed), escape(account.precision), escape(account.spot))
    shown = zip((render_amount(account), *texts), columns[1:], strict=True)
    cells = "".join(render_data(text, column) for text, column in shown)
    heading = render_link(account.name, account.ref)
    return f'<tr role="row"><th scope="row" role="rowheader">{heading}</th>{cells}</tr>'


def show_populations(snapshot: Snapshot) -> None:
    """Inhabitants: a row for each municipality, a column for each day."""
    sources = dict.fromkeys(p.source.document.title for p in snapshot.populations)
    _show_place("invanare", "Invånare")
    show_text(f"Källa: {', '.join(sources)}." if sources else "")
    show_table(populations_table(snapshot), download="invanare")


def show_replaced(snapshot: Snapshot) -> None:
    """What corrections have replaced, or that there are none."""
    _show_place("rattelser", "Rättade uppgifter")
    if not snapshot.replaced:
        show_text(
            "Inget belopp för driftbudget, investeringar eller samarbeten har rättats."
            " En rättelse skulle stå här med det gamla beloppet."
        )
        return
    accounts = _alone(snapshot, snapshot.replaced)
    _show_rows("rattade", "Ersatta belopp", _PRINTED, accounts, "")


def show_documents(snapshot: Snapshot) -> None:
    """The papers and tables that the figures are from."""
    _show_place("papper", "Papperen")
    show_table(documents_table(snapshot), download="papper")


def show_imports(batches: Sequence[Batch]) -> None:
    """Every import of files: when, by whom, and its files with the beginning of their sha256."""
    _show_place("inlasningar", "Inläsningar")
    show_text(
        "Så här kom uppgifterna in i databasen. Kontrollsumman (sha256) är filens fingeravtryck:"
        " är den lika är filen oförändrad."
    )
    st.html(
        "<p>Rättelser och tillbakadragna inläsningar står i historiken på sidan <a"
        ' href="/inlasning">Inläsning</a>.</p>'
    )
    for batch in batches:
        if not batch.files:
            continue
        rows = tuple(TableRow(word(name), (word(checksum[:12]),)) for name, checksum in batch.files)
        when = format_moment(batch.recorded_at.astimezone(data.ZONE))
        note = f", {apart(batch.note)}" if batch.note else ""
        gone = ", tillbakadragen" if batch.withdrawn_by is not None else ""
        caption = f"Inläsning {batch.id}: {when} av {apart(batch.recorded_by)}{note}{gone}"
        show_table(Table(caption, ("Fil", "Kontrollsumma, de första tolv tecknen"), rows))
