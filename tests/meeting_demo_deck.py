"""The deck of `meeting_demo`: a view of every kind, from the small program of `sheet_program`."""

from __future__ import annotations

import re

from sheet_demo import levers
from sheet_pictures import operating, still, still_bridge
from sheet_program import DIALS, PROGRAM, RESTING

from gsn_dash.charts.moving import move
from gsn_dash.charts.moving_rules import RULES
from gsn_dash.present.tables import Cell, Table, TableRow, word
from gsn_dash.present.templates import BySign, Joined, Number, as_json, mkr
from gsn_dash.ui.tables import render_table

FIRST_LEVERS = ["used", "cost", "action", "member", "year"]
LONG = (
    "Driftbudgeten går 2,2 Mkr bättre än budget hittills, men prognosen för året säger precis på"
    " budget: hela överskottet väntas gå åt."
)


def _view(key: str, name: str, message: object, **given: object) -> dict:
    item = "" if key == "opening" else "4" if key.startswith(("4", "coll")) else "3"
    pages = {"3": "sidorna 4–8", "4": "sidorna 12–31"}.get(item, "")
    heading = f"Ärende {item} · Rapportering av ekonomin · {pages}" if item else "Mötet i dag"
    empty = {"badge": "", "numbers": [], "picture": None, "html": "", "levers": [], "notes": []}
    source = f"Ärende {item}, {pages}" if item else ""
    kind = key.split(":")[-1]
    base = {"key": key, "item": item, "kind": kind, "name": name, "heading": heading}
    return {**base, "message": message, **empty, "source": source, **given}


def _table(rows: int, first: str) -> str:
    numbers = (Cell(first, "op:a"), Cell("−4,3"), Cell("+2,2", "", "härledd"), Cell("okänt"))
    table = Table(
        "Intäkter och kostnader, Mkr",
        ("Verksamhet", "Utfall", "Budget", "Avvikelse", "Prognos"),
        tuple(TableRow(word(f"Verksamhet nummer {at}"), numbers) for at in range(1, rows + 1)),
    )
    count = iter(range(1, rows + 1))
    return re.sub(
        '<tr role="row"><th scope="row"',
        lambda _: f'<tr role="row" data-row="rad-{next(count)}"><th scope="row"',
        render_table(table),
    )


def _list(*lines: str) -> str:
    items = "".join(f'<li data-row="rad-{at}">{line}</li>' for at, line in enumerate(lines, 1))
    return f'<ul class="gsn-list">{items}</ul>'


def _sheet(**values: int) -> dict:
    given = {**dict(zip(DIALS, RESTING, strict=True)), **values}
    over = ("Kvar att föra över: ", mkr(PROGRAM.left), " Mkr.")
    return {
        "levers": levers(given),
        "program": PROGRAM.nodes,
        "assumed": as_json((Joined("; ", (("netto ", mkr(PROGRAM.net)), ())),)),
        "consequences": as_json(over),
        "nothing": "Inget är antaget än.",
        "settled": None,
    }


def _what_if() -> list:
    net = Number(PROGRAM.net.node, "mkr0", 100)
    better = BySign(net, (net, " Mkr bättre än budget"), ("på budget",), (net, " Mkr sämre"))
    return as_json(("Med dessa antaganden slutar året ", better, "."))


def _numbers(first: str) -> list[dict]:
    return [
        {"name": "Netto till och med april", "text": first, "href": "/kallor?figur=a"},
        {"name": "Budget för samma tid", "text": "−4,3 Mkr", "href": ""},
        {"name": "Bättre än budget", "text": "+2,2 Mkr", "href": ""},
    ]


def make_deck(figures: str = "7", first: str = "−2,1", without: tuple[str, ...] = ()) -> dict:
    """The deck by its figures' name and a number of theirs, without some of its views."""
    moves = move(operating(), "/kallor#{}".format)
    decision = "<p>Nämnden godkänner rapporten. Nämnden lägger den till handlingarna.</p>"
    views = [
        _view("opening", "Dagens ärenden", "Två ärenden i dag.", html=_list("Ekonomi", "Dalarna")),
        _view("operating:message", "Budskapet", LONG, numbers=_numbers(f"{first} Mkr")),
        _view("operating:picture", "Bilden", LONG, picture=move(still(), "/kallor#{}".format)),
        _view("operating:bridge", "Bron", "Så blev det.", picture=move(still_bridge())),
        _view("operating:table", "Tabellen", "Så ser det ut.", html=_table(14, first)),
        _view("operating:demand", "Vad krävs?", LONG, html=_list(*["Ett svar på en fråga."] * 6)),
        _view(
            "operating:what_if",
            "Tänk om …?",
            _what_if(),
            picture=moves,
            levers=FIRST_LEVERS,
            notes=["Papperen säger inget om nästa år."],
        ),
        _view("3:decision", "Beslut", "Förslag till beslut", html=decision, badge="utkast"),
        _view("collaborations:table", "Kommunerna", "Så delas det.", html=_table(40, first)),
        _view(
            "collaborations:what_if",
            "Tänk om priset ändras?",
            _what_if(),
            picture=moves,
            levers=["price", "network", "office", "all"],
        ),
    ]
    return {
        "title": "Gemensamma servicenämnden, 8 maj 2023",
        "figures": figures,
        "read": "Siffrorna lästes in den 3 maj 2023 klockan 14.05",
        "archived": "",
        "rules": RULES,
        "items": [
            {"number": "3", "title": "Rapportering av ekonomin", "pages": "sidorna 4–8"},
            {"number": "4", "title": "Dalarnas samarbeten", "pages": "sidorna 12–31"},
        ],
        "views": [view for view in views if view["key"] not in without],
        "sheet": _sheet(),
    }
