"""Översikt: three answers with a small picture each, how far to trust them, and the days."""

from __future__ import annotations

from html import escape

from gsn_dash.charts.data import Picture
from gsn_dash.domain.checks.finding import Finding
from gsn_dash.domain.checks.run import count_verdicts
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.collaborations import sums_picture
from gsn_dash.pictures.investments import total_picture
from gsn_dash.pictures.operating import net_picture
from gsn_dash.present.collaborating import describe_bills
from gsn_dash.present.contradicted import say_contradicted
from gsn_dash.present.controls import controls_message
from gsn_dash.present.investing import investments_message
from gsn_dash.present.operating import answer_budget
from gsn_dash.present.overview import (
    COLLABORATIONS,
    ask_budget,
    ask_investments,
    days_that_matter,
)
from gsn_dash.ui.canvas import canvas
from gsn_dash.ui.page import show_drawn, show_heading


def show_answers(snapshot: Snapshot) -> None:
    """Three cards in a row, one below the other on a phone."""
    cards = (
        (
            ask_budget(snapshot.occasion),
            answer_budget(snapshot),
            net_picture(snapshot),
            "driftbudget",
            "nettokostnadens avvikelse",
        ),
        (
            ask_investments(snapshot.occasion),
            investments_message(snapshot),
            total_picture(snapshot),
            "investeringar",
            "investeringarna",
        ),
        (
            COLLABORATIONS,
            say_contradicted(snapshot, "collaboration", describe_bills(snapshot)),
            sums_picture(snapshot),
            "samarbeten",
            "samarbetena",
        ),
    )
    with canvas().box(key="gsn_answers"):
        for column, card in zip(canvas().columns(len(cards)), cards, strict=True):
            with column, canvas().box(border=True):
                _show_card(*card)


def _show_card(question: str, answer: str, picture: Picture | None, page: str, about: str) -> None:
    heading = f'<h2 class="gsn-question">{escape(question)}</h2>'
    canvas().html(f'{heading}<p class="gsn-answer">{escape(answer)}</p>')
    show_drawn(picture, f"oversikt_{page}", about)
    more = f"Mer om {page}"
    canvas().html(f'<p class="gsn-more"><a href="/{page}">{escape(more)}</a></p>')


def show_trust(findings: tuple[Finding, ...]) -> None:
    """How many controls hold, with the way to them."""
    show_heading("Går siffrorna att lita på?")
    sentence = controls_message(count_verdicts(findings))
    canvas().html(f'<p>{escape(sentence)} <a href="/granskning">Se alla kontroller</a></p>')


def show_paper(snapshot: Snapshot) -> None:
    """Which papers, and the days that matter."""
    show_heading("Vilket underlag")
    days = "".join(
        f"<div><dt>{escape(what)}</dt><dd>{escape(day)}</dd></div>"
        for what, day in days_that_matter(snapshot.occasion)
    )
    # Two files of one paper are one paper; the sources tell them apart.
    titles = dict.fromkeys(
        document.title for document in snapshot.documents.values() if document.kind != "statistik"
    )
    papers = "".join(f"<li>{escape(title)}</li>" for title in titles)
    canvas().html(
        f'<dl class="gsn-dates">{days}</dl><ul>{papers}</ul>'
        '<p><a href="/kallor">Se alla källor</a></p>'
    )
