"""How a file is read: its occasion, and what each column of its tables means."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date

import streamlit as st

from gsn_dash.domain.drafts import OccasionDraft
from gsn_dash.importing.flow import needs_occasion
from gsn_dash.ingest.cells import Sheet, cell_name
from gsn_dash.ingest.meanings import IGNORE, KINDS, MEANINGS, OPERATING, TEMPLATE, Meaning
from gsn_dash.ingest.opened import Opened
from gsn_dash.ingest.recognising import Recognised
from gsn_dash.present.import_names import name_kind, name_meaning
from gsn_dash.present.numbers import SPACE, name_month
from gsn_dash.ui import data
from gsn_dash.ui.page import show_text
from gsn_dash.ui.state.importing import Held
from gsn_dash.ui.state.labels import plain_label

_NEW = "Ett nytt tillfälle"
_SCALES = ("Mkr", "tkr", "kr")
_SIGNS = {-1: "med minus framför kostnader", 1: "utan minus framför kostnader"}
_SHOWN_CELLS = 3
_LONGEST_LABEL = 60


def show_choices(figures: data.Figures, held: Held) -> Held | None:
    """What can be chosen; the file as it is now to be read where something has been, else None."""
    opened = held.opened
    tables = [found for found in held.recognised if found.kind != TEMPLATE]
    if opened.kind == TEMPLATE or not tables:
        return None
    with st.form(f"import_choices_{held.turn}", enter_to_submit=False):
        occasion = _ask_occasion(figures, held) if needs_occasion(opened) else None
        is_sure = all(found.is_sure for found in tables)
        if not is_sure:
            show_text("Programmet är inte säkert på kolumnerna. Se efter att de stämmer.")
        with st.expander("Kolumnerna, som de har förståtts", expanded=not is_sure):
            recognised = tuple(
                _ask_columns(held, number, found) for number, found in enumerate(held.recognised)
            )
        pressed = st.form_submit_button(
            "Visa vad som ändras", type="primary", key=f"import_look_{held.turn}"
        )
    if not pressed:
        return None
    # What was seen is of another reading; another kind of table has other columns to choose.
    return replace(held, recognised=recognised, occasion=occasion, seen=None)


def _ask_occasion(figures: data.Figures, held: Held) -> OccasionDraft:
    """One of the occasions that there are, or a new one with its days."""
    options = [f"{line.year}-{line.number}" for line in figures.occasions]
    options = [*options, _NEW]
    chosen = st.selectbox(
        "Tillfälle som filen gäller",
        options,
        index=len(options) - 1,
        format_func=_name_option,
        key=f"import_occasion_{held.turn}",
        width=320,
    )
    with st.container(key="import_new_occasion"):
        show_text("Om tillfället är nytt: vilket det är, och dess dagar.")
        new = _ask_days(figures, held)
    return new if chosen == _NEW else _draft_of(chosen)


def _name_option(option: str) -> str:
    year, _, number = option.partition("-")
    return f"Tillfälle{SPACE}{number}, {year}" if number else option


def _draft_of(option: str) -> OccasionDraft | None:
    """An occasion that there is ("2023-2"), with the days that it has."""
    year, _, number = option.partition("-")
    found = data.figures_of((int(year), int(number)))
    if found is None or found.snapshot is None:
        return None
    days = found.snapshot.occasion
    return OccasionDraft(
        days.year,
        days.number,
        days.period_start,
        days.period_end,
        days.appendix_dated,
        days.meeting_on,
        "",
    )


def _ask_days(figures: data.Figures, held: Held) -> OccasionDraft:
    now, turn = figures.snapshot.occasion, held.turn
    is_next_year = now.is_closing
    with st.container(horizontal=True, gap="small"):
        year = st.number_input(
            "År", 2000, 2100, now.year + is_next_year, key=f"import_year_{turn}", width=150
        )
        number = st.number_input(
            "Nummer",
            1,
            12,
            1 if is_next_year else now.number + 1,
            key=f"import_no_{turn}",
            width=150,
        )
        last = 4 if is_next_year else min(now.period_end.month + 4, 12)
        month = st.selectbox(
            "Till och med",
            range(1, 13),
            index=last - 1,
            format_func=name_month,
            key=f"import_month_{turn}",
            width=200,
        )
        end = date(year, month, monthrange(year, month)[1])
        given = {"format": "YYYY-MM-DD", "width": 200}
        dated = st.date_input("Papperet daterat", end, key=f"import_dated_{turn}", **given)
        meeting = st.date_input("Nämndens möte", end, key=f"import_meeting_{turn}", **given)
    return OccasionDraft(year, number, date(year, 1, 1), end, dated, meeting, "")


def _ask_columns(held: Held, number: int, found: Recognised) -> Recognised:
    """A table's kind, scale and signs, and what each of its columns means."""
    if found.kind == TEMPLATE:
        return found
    key = f"{held.turn}_{number}"
    st.subheader(plain_label(f"Bladet {found.sheet}"), anchor=False)
    with st.container(horizontal=True, gap="small"):
        kinds = [kind for kind in KINDS if kind != TEMPLATE]
        kind = st.selectbox(
            "Vad bladet handlar om",
            kinds,
            kinds.index(found.kind),
            name_kind,
            key=f"import_kind_{key}",
            width=240,
        )
        scale = st.selectbox(
            "Beloppen är i",
            _SCALES,
            _SCALES.index(found.scale),
            key=f"import_scale_{key}",
            width=160,
        )
        sign = found.cost_sign
        if found.kind == OPERATING:
            signs = list(_SIGNS)
            sign = st.selectbox(
                "Kostnader skrivs",
                signs,
                signs.index(sign),
                _SIGNS.get,
                key=f"import_sign_{key}",
                width=320,
            )
    columns = _ask_meanings(held, key, found)
    allowed = MEANINGS[kind]
    fitting = {at: one if one in allowed else IGNORE for at, one in columns.items()}
    return replace(
        found, kind=kind, scale=scale, cost_sign=sign, columns=fitting, is_sure=kind == found.kind
    )


def _ask_meanings(held: Held, key: str, found: Recognised) -> dict[int, Meaning]:
    """A list for each column, named by its heading and by some of its cells."""
    sheet = _sheet(held.opened, found.sheet)
    if sheet is None:
        return dict(found.columns)
    options = list(MEANINGS[found.kind])
    width = max((len(row) for row in sheet.rows), default=0)
    shown = [at for at in range(width) if at in found.columns or _sample(sheet, found, at)]
    chosen = {}
    with st.container(horizontal=True, gap="small"):
        for at in shown:
            now = found.columns.get(at, IGNORE)
            choices = options if now in options else [*options, now]
            chosen[at] = st.selectbox(
                plain_label(_label(sheet, found, at)),
                choices,
                choices.index(now),
                lambda one: name_meaning(one.key),
                key=f"import_column_{key}_{found.kind}_{at}",
                width=400,
            )
    return chosen


def _label(sheet: Sheet, found: Recognised, at: int) -> str:
    """ "B: Budget jan–apr (20,4; −24,7)"."""
    letter = cell_name(0, at).removesuffix("1")
    heading = found.headings[at] if at < len(found.headings) else ""
    sample = _sample(sheet, found, at)
    said = f"{letter}: {heading}" if heading else letter
    return f"{said} ({sample})"[:_LONGEST_LABEL] if sample else said[:_LONGEST_LABEL]


def _sample(sheet: Sheet, found: Recognised, at: int) -> str:
    first = max(found.heading_rows, default=-1) + 1
    texts = (row[at].text.strip() for row in sheet.rows[first:] if at < len(row))
    return "; ".join([text for text in texts if text][:_SHOWN_CELLS])


def _sheet(opened: Opened, name: str) -> Sheet | None:
    sheets = opened.workbook.sheets if opened.workbook else ()
    return next((sheet for sheet in sheets if sheet.name == name), None)
