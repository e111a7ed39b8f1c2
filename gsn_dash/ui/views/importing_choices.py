"""How a file is read: its occasion, and what each column of its tables means."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date

import streamlit as st

from gsn_dash.domain.drafts import OccasionDraft
from gsn_dash.importing.flow import needs_occasion
from gsn_dash.importing.proposing import Proposed, fitting_line, propose_occasion
from gsn_dash.ingest.cells import Sheet, cell_name
from gsn_dash.ingest.count_days import COUNT_DAYS, UNTOLD
from gsn_dash.ingest.meanings import IGNORE, KINDS, MEANINGS, OPERATING, TEMPLATE, Meaning
from gsn_dash.ingest.opened import Opened
from gsn_dash.ingest.recognising import Recognised
from gsn_dash.present.import_names import name_kind, name_meaning
from gsn_dash.present.numbers import SPACE, name_month
from gsn_dash.ui import data
from gsn_dash.ui.page import show_text
from gsn_dash.ui.state import importing as state
from gsn_dash.ui.state.importing import Held, Told
from gsn_dash.ui.state.labels import plain_label

CHOOSING = "choosing"
_NEW = "Ett nytt tillfälle"
_GONE = "Tillfället finns inte längre; välj ett annat."
_SCALES = ("Mkr", "tkr", "kr")
_SIGNS = {-1: "med minus framför kostnader", 1: "utan minus framför kostnader"}
_COUNT_DAYS = dict(zip(COUNT_DAYS, ("1 november", "31 december"), strict=True))
_SHOWN_CELLS = 3
_LONGEST_LABEL = 60


def show_choices(figures: data.Figures, held: Held) -> Held | None:
    """What can be chosen; the file as it is now to be read where something has been, else None."""
    opened = held.opened
    tables = [found for found in held.recognised if found.kind != TEMPLATE]
    if opened.kind == TEMPLATE or not tables:
        return None
    with st.form(f"import_choices_{held.turn}", enter_to_submit=False):
        asked = _ask_occasion(figures, held) if needs_occasion(opened) else None
        is_sure = all(found.is_sure for found in tables)
        if not is_sure:
            show_text(f"Programmet är inte säkert på {_doubts(tables)}. Se efter att det stämmer.")
        with st.expander("Kolumnerna, som de har förståtts", expanded=not is_sure):
            recognised = tuple(
                _ask_columns(held, number, found) for number, found in enumerate(held.recognised)
            )
        pressed = st.form_submit_button(
            "Visa vad som ändras", type="primary", key=f"import_look_{held.turn}"
        )
    if not pressed:
        return None
    lacking = asked if isinstance(asked, Told) else _lacking_sign(held, recognised)
    if lacking is not None:
        state.tell(lacking, CHOOSING)
        return None
    # What was seen is of another reading; another kind of table has other columns to choose.
    return replace(held, recognised=recognised, occasion=asked, seen=None)


def _doubts(tables: list[Recognised]) -> str:
    unsure = [found for found in tables if not found.is_sure]
    said = dict.fromkeys(doubt for found in unsure for doubt in found.doubts)
    return ", ".join(said) or "vad kolumnerna betyder"


def _lacking_sign(held: Held, recognised: tuple[Recognised, ...]) -> Told | None:
    """That a person must say how costs are written, where the file does not."""
    for number, found in enumerate(recognised):
        if found.kind == OPERATING and found.cost_sign not in _SIGNS:
            field = f"import_sign_{held.turn}_{number}"
            return Told("Välj hur kostnader skrivs i filen.", True, field)
    return None


def _ask_occasion(figures: data.Figures, held: Held) -> OccasionDraft | Told:
    """One of the occasions that there are, or a new one with its days; or what is lacking."""
    lines = figures.occasions
    proposed = propose_occasion(held.opened, lines)
    fitting = fitting_line(proposed, lines)
    options = [*(f"{line.year}-{line.number}" for line in lines), _NEW]
    first = options.index(f"{fitting.year}-{fitting.number}") if fitting else None
    if fitting is None and (proposed.number or not lines):
        first = len(options) - 1
    chosen = st.selectbox(
        "Tillfälle som filen gäller",
        options,
        index=first,
        format_func=_name_option,
        placeholder="Välj tillfälle",
        key=f"import_occasion_{held.turn}",
        width=320,
    )
    with st.container(key="import_new_occasion"):
        show_text("Om tillfället är nytt: vilket det är, och dess dagar.")
        new = _ask_days(Proposed() if fitting else proposed, held)
    if chosen is None:
        return Told("Välj vilket tillfälle filen gäller.", True, f"import_occasion_{held.turn}")
    return new if chosen == _NEW else _draft_of(chosen) or Told(_GONE, True)


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


def _ask_days(proposed: Proposed, held: Held) -> OccasionDraft | Told:
    """A new occasion: what the file says of it is filled in, its days never are."""
    turn = held.turn
    with st.container(horizontal=True, gap="small"):
        given = {"width": 150}
        year = st.number_input("År", 2000, 2100, proposed.year, key=f"import_year_{turn}", **given)
        number = st.number_input("Nummer", 1, 12, proposed.number, key=f"import_no_{turn}", **given)
        month = st.selectbox(
            "Till och med",
            range(1, 13),
            index=proposed.month - 1 if proposed.month else None,
            format_func=name_month,
            placeholder="Välj månad",
            key=f"import_month_{turn}",
            width=200,
        )
        given = {"format": "YYYY-MM-DD", "width": 200}
        dated = st.date_input("Papperet daterat", None, key=f"import_dated_{turn}", **given)
        meeting = st.date_input("Nämndens möte", None, key=f"import_meeting_{turn}", **given)
    answers = {
        "year": ("vilket år", year),
        "no": ("vilket nummer", number),
        "month": ("till och med vilken månad", month),
        "dated": ("vilken dag papperet är daterat", dated),
        "meeting": ("vilken dag nämnden har möte", meeting),
    }
    for field, (what, answer) in answers.items():
        if answer is None:
            return Told(f"Fyll i det nya tillfället: {what}.", True, f"import_{field}_{turn}")
    end = date(year, month, monthrange(year, month)[1])
    return OccasionDraft(year, number, date(year, 1, 1), end, dated, meeting, "")


def _ask_columns(held: Held, number: int, found: Recognised) -> Recognised:
    """A table's kind, scale and signs, and what each of its columns means."""
    if found.kind == TEMPLATE:
        return found
    key = f"{held.turn}_{number}"
    sheet = f"Bladet {found.sheet}" if found.sheet else "Filen"
    st.subheader(plain_label(sheet), anchor=False)
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
        sign = _ask_sign(key, found) if found.kind == OPERATING else found.cost_sign
    counted = _ask_count_day(key) if found.counted else ""
    columns = _ask_meanings(held, key, found)
    allowed = MEANINGS[kind]
    fitting = {at: one if one in allowed else IGNORE for at, one in columns.items()}
    return replace(
        found,
        kind=kind,
        scale=scale,
        cost_sign=sign,
        columns=fitting,
        counted=counted,
        is_sure=kind == found.kind,
    )


def _ask_sign(key: str, found: Recognised) -> int:
    """Whether costs stand below zero or above; 0 until that is chosen, where nothing tells."""
    signs = list(_SIGNS)
    chosen = st.selectbox(
        "Kostnader skrivs",
        signs,
        signs.index(found.cost_sign) if found.cost_sign in signs else None,
        _SIGNS.get,
        placeholder="Välj",
        key=f"import_sign_{key}",
        width=320,
    )
    return chosen or 0


def _ask_count_day(key: str) -> str:
    """The day of a count that the table does not say; UNTOLD until it is chosen."""
    chosen = st.selectbox(
        "Invånarna räknades",
        list(_COUNT_DAYS),
        None,
        _COUNT_DAYS.get,
        placeholder="Välj dag",
        key=f"import_counted_{key}",
        width=240,
    )
    return chosen or UNTOLD


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
    return shorten_label(f"{said} ({sample})" if sample else said)


def shorten_label(label: str) -> str:
    """A label that is long, cut after a whole word."""
    if len(label) <= _LONGEST_LABEL:
        return label
    whole, _, cut = label[:_LONGEST_LABEL].rpartition(" ")
    end = ")" if "(" in whole else ""
    return f"{(whole or cut).rstrip(' ;,(')}{SPACE}…{end}"


def _sample(sheet: Sheet, found: Recognised, at: int) -> str:
    first = max(found.heading_rows, default=-1) + 1
    texts = (row[at].text.strip() for row in sheet.rows[first:] if at < len(row))
    return "; ".join([text for text in texts if text][:_SHOWN_CELLS])


def _sheet(opened: Opened, name: str) -> Sheet | None:
    sheets = opened.workbook.sheets if opened.workbook else ()
    return next((sheet for sheet in sheets if sheet.name == name), None)
