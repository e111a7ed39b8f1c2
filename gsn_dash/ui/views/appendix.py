"""Bilaga: what is to be in it, the draft to fetch, and what has been issued."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from html import escape
from typing import TypeVar
from uuid import uuid4

import streamlit as st

from gsn_dash.domain.scenario.fingerprint import fingerprint
from gsn_dash.pictures.kept import kept
from gsn_dash.present import appendix as words
from gsn_dash.present.numbers import format_day, format_moment
from gsn_dash.present.scenarios import AWAY as STORE_AWAY
from gsn_dash.present.scenarios import apart, shorten_fingerprint
from gsn_dash.report.appendix import compose_appendix
from gsn_dash.report.content import DataTable, Drawing, Heading
from gsn_dash.report.formats import FORMATS, make_appendix
from gsn_dash.report.sources import (
    AppendixSources,
    ChosenScenario,
    chosen_scenarios,
    given_answers,
    write_options,
)
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.issued import IssuedDraft, IssuedSummary, keep_issued, list_issued
from gsn_dash.store.scenario_drafts import FROZEN, ScenarioSummary
from gsn_dash.store.scenarios import find_scenarios, list_scenarios
from gsn_dash.ui import data
from gsn_dash.ui.changing import try_change
from gsn_dash.ui.page import show_heading, show_note, show_text
from gsn_dash.ui.rights import Deed, may, show_way_in
from gsn_dash.ui.state import importing as state
from gsn_dash.ui.state import laid_out, opened
from gsn_dash.ui.state.importing import Told
from gsn_dash.ui.state.visits import has_just_come
from gsn_dash.ui.tables import render_data, render_frame, render_heading, render_list
from gsn_dash.ui.views.scenario_forms import say_listed, show_sentence

_TOLD, _FORM = "bilaga", "issue"
_LONGEST_AUTHOR = 60
Found = TypeVar("Found")


@dataclass(frozen=True)
class Chosen:
    """What the visitor wants in the appendix, and the day that it is to say."""

    made_on: date
    scenarios: tuple[ChosenScenario, ...] = ()


def message(figures: data.Figures) -> str:
    """The page's one sentence: which appendix it is."""
    return f"{words.name_appendix(figures.snapshot.occasion)}."


def choose(figures: data.Figures) -> Chosen:
    """The appendix's day, and which frozen scenarios are to be in it."""
    show_text(words.LEAD)
    show_heading(words.MAKE)
    dated = figures.snapshot.occasion.appendix_dated
    place = "-".join(map(str, figures.place))
    made_on = st.date_input(
        "Bilagan är daterad", dated, format="YYYY-MM-DD", width=320, key=f"appendix_dated_{place}"
    )
    made_on = made_on or dated
    show_text(words.say_other_date(made_on, dated))
    found = _ask(list_scenarios)
    frozen = {each.id: each for each in found or () if each.state == FROZEN}
    if not frozen:
        show_text(words.NO_FROZEN if found is not None else STORE_AWAY)
        return Chosen(made_on)
    return Chosen(made_on, _choose_scenarios(frozen))


def _choose_scenarios(frozen: dict[str, ScenarioSummary]) -> tuple[ChosenScenario, ...]:
    names = st.multiselect(
        "Frysta scenarier som ska vara med",
        list(frozen),
        format_func=lambda name: say_listed(frozen[name]),
        placeholder="Inga",
    )
    versions = _ask(lambda engine: find_scenarios(engine, names)) if names else ()
    return chosen_scenarios(versions or (), data.ZONE)


def _ask(ask: Callable[[data.Engine], Found]) -> Found | None:
    """What the database answers; None where it does not."""
    engine = data.engine()
    if engine is None:
        return None
    try:
        return ask(engine)
    except StoreUnavailable:
        return None


def show_content(figures: data.Figures, chosen: Chosen) -> None:
    """What the appendix holds, chapter by chapter."""
    snapshot = figures.snapshot
    sources = _sources(figures, chosen, is_draft=True)
    name = f"appendix {sorted(each.fingerprint + each.name for each in chosen.scenarios)}"
    pictures, tables, chapters = kept(snapshot, name, lambda: _size_up(sources))
    show_text(words.describe_size(pictures, tables, len(chosen.scenarios)))
    st.html(f"<details><summary>{words.HOLDS}</summary>{render_list(chapters)}</details>")


def _size_up(sources: AppendixSources) -> tuple[int, int, list[str]]:
    """How many pictures and tables the appendix has, and what its chapters are called."""
    blocks = compose_appendix(sources).blocks
    pictures, tables = (sum(isinstance(b, kind) for b in blocks) for kind in (Drawing, DataTable))
    return pictures, tables, [b.text for b in blocks if isinstance(b, Heading) and b.level == 1]


def _sources(figures: data.Figures, chosen: Chosen, is_draft: bool) -> AppendixSources:
    return AppendixSources(
        figures.snapshot,
        chosen.made_on,
        figures.findings,
        given_answers(figures.answers, data.ZONE),
        chosen.scenarios,
        is_draft,
    )


def show_drafts(figures: data.Figures, chosen: Chosen) -> None:
    """The draft as each kind of file; it is made when somebody asks for it."""
    sources = _sources(figures, chosen, is_draft=True)
    with st.container(horizontal=True, gap="small"):
        for key, kind in FORMATS.items():
            st.download_button(
                f"Hämta utkast som {kind.name}",
                lambda key=key: make_appendix(sources, key),
                words.name_file(figures.snapshot.occasion, key, is_draft=True),
                kind.media_type,
                key=f"draft_{key}",
                on_click="ignore",
            )
    show_text(words.DRAFT_NOTE)


def show_issuing(figures: data.Figures, chosen: Chosen) -> None:
    """The form that issues the appendix as it stands, for those who may."""
    show_heading(words.ISSUE)
    if has_just_come():
        state.forget_told()
    told = state.told(_TOLD)
    show_sentence(told.sentence, told.is_warning)
    if not may(Deed.ISSUE):
        show_way_in("bilaga", "utfärda bilagan")
        return
    with st.form("issue_appendix", border=False, enter_to_submit=False):
        author = st.text_input(
            "Ditt namn", opened.author(), max_chars=_LONGEST_AUTHOR, key="issue_who", width=320
        )
        names = {key: kind.name for key, kind in FORMATS.items()}
        key = st.radio("Som", list(names), format_func=names.get, horizontal=True)
        issues = st.form_submit_button("Utfärda bilagan", type="primary")
    if issues:
        opened.remember_author(author.strip())
        asked = figures, chosen, key, author
        told = try_change(Deed.ISSUE, lambda engine: _issue(engine, *asked), words.AWAY)
        state.tell(told, _TOLD)
        st.rerun()


def _issue(
    engine: data.Engine, figures: data.Figures, chosen: Chosen, key: str, author: str
) -> Told:
    """Issued once, also where it is asked for again since it was uncertain whether it was."""
    snapshot = figures.snapshot
    sources = _sources(figures, chosen, is_draft=False)
    content = make_appendix(sources, key)
    wanted = (figures.place, snapshot.batch, key, author, sha256(content).hexdigest())
    draft = IssuedDraft(
        snapshot.occasion.year,
        snapshot.occasion.number,
        snapshot.batch,
        key,
        write_options(sources),
        fingerprint(snapshot),
        content,
        author,
        laid_out.lay_out(_FORM, wanted, str(uuid4())).shown,
    )
    found = keep_issued(engine, draft)
    laid_out.put_away(_FORM)
    return Told(words.describe_issued(FORMATS[key].name, found.issued_by))


def show_issued(figures: data.Figures) -> None:
    """What has been issued for the occasion, the latest first, each with a link to it."""
    show_heading(words.ISSUED)
    found = _ask(lambda engine: list_issued(engine, figures.place))
    if found is None:
        show_note(STORE_AWAY, True)
        return
    if not found:
        show_text(words.NOT_ISSUED)
        return
    head = "".join(map(render_heading, words.ISSUED_HEADINGS))
    body = "".join(map(_render_issued, found))
    caption = f"{words.ISSUED}, den senaste först"
    st.html(render_frame(words.ISSUED, caption, f'<tr role="row">{head}</tr>', body))


def _render_issued(found: IssuedSummary) -> str:
    moment = format_moment(found.issued_at.astimezone(data.ZONE))
    scenarios = ", ".join(apart(each["name"]) for each in found.options["scenarios"])
    kind = FORMATS[found.format].name
    cells = (
        f"<bdi>{escape(apart(found.issued_by))}</bdi>",
        escape(format_day(date.fromisoformat(found.options["made_on"]))),
        f"<bdi>{escape(scenarios or 'inga')}</bdi>",
        escape(shorten_fingerprint(found.fingerprint)),
        f'<a href="/hamta/bilaga/{escape(found.id)}" download>{kind}'
        f'<span class="gsn-hidden">, utfärdad {escape(moment)}</span></a>',
    )
    rest = zip(cells, words.ISSUED_HEADINGS[1:], strict=True)
    heading = f'<th scope="row" role="rowheader">{escape(moment)}</th>'
    return f'<tr role="row">{heading}{"".join(render_data(*pair) for pair in rest)}</tr>'
