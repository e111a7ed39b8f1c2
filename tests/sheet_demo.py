"""A sheet to try the live component with, small but with something of every kind."""

from __future__ import annotations

from sheet_pictures import bridge, investments, operating, still, still_bridge
from sheet_program import DIALS, PROGRAM, values_at

from gsn_dash.charts.moving import move
from gsn_dash.domain.scenario.program import Quantity
from gsn_dash.present.templates import BySign, Joined, Number, Pick, Template, as_json, mkr


def whole(name: str) -> dict:
    """A lever's position as a number."""
    return {"n": PROGRAM.said[name].node, "as": "int"}


def levers(positions: dict[str, int]) -> list[dict]:
    """The levers of the sheet where they stand."""
    said = [
        ("used", "Så mycket av avvikelsen går åt", "drift", [whole("used"), " %"]),
        ("cost", "Kostnader resten av året", "drift", [{**whole("cost"), "as": "int+"}, " %"]),
        ("action", "Åtgärd: färre konsulter", "drift", [whole("action"), " tkr"]),
        ("network", "Nätverksprojekten", "projekt", [whole("network"), " %"]),
        ("office", "Office 365", "projekt", [whole("office"), " %"]),
        ("price", "Pris för E-dala", "samarbeten", [{**whole("price"), "as": "int+"}, " %"]),
        ("year", "Folkmängd från", "samarbeten", [whole("year")]),
        (
            "member",
            "Falun är med",
            "samarbeten",
            as_json((Pick(PROGRAM.said["member"].node, ("nej", "ja")),)),
        ),
    ]
    order = {name: number for number, name in enumerate(DIALS)}
    own = [_lever(*one, positions) for one in sorted(said, key=lambda one: order[one[0]])]
    own[order["action"]]["remove"] = "Ta bort"
    own[order["action"]]["group"] = "Åtgärder"
    master = {
        **own[order["network"]],
        "id": "all",
        "label": "Alla projekt",
        "say": [whole("network"), " %"],
        "leads": ["network", "office"],
        "mixed": "olika",
        "resting": None,
        "positions": [0, 150, 1],
    }
    return [*own, master]


def _lever(name: str, label: str, section: str, say: list, positions: dict[str, int]) -> dict:
    found = DIALS[name]
    widget = {"year": "choice", "member": "toggle"}.get(name, "range")
    places = [found.positions[0], found.positions[-1], found.positions[1] - found.positions[0]]
    chosen = {"values": list(found.positions), "names": [str(at) for at in found.positions]}
    return {
        "id": name,
        "widget": widget,
        "label": label,
        "positions": chosen if widget == "choice" else places,
        "resting": found.resting,
        "value": positions[name],
        "say": say,
        "section": section,
    }


def sheet(positions: dict[str, int], revision: int, about: str = "one") -> dict:
    """All that is sent to the browser."""
    order = [positions[name] for name in DIALS]
    answers = values_at(order)
    net = Number(PROGRAM.net.node, "mkr0", 100)
    better = BySign(net, (net, " Mkr bättre än budget"), ("på budget",), (net, " Mkr sämre"))
    return {
        "about": about,
        "revision": revision,
        "levers": levers(positions),
        "program": PROGRAM.nodes,
        "message": as_json(("Med dessa antaganden slutar året ", better, ".")),
        "nothing": "Inget är antaget än.",
        "assumed": as_json((Joined("; ", (("netto ", mkr(PROGRAM.net)), ())),)),
        "consequences": as_json(("Kvar att föra över: ", mkr(PROGRAM.left), " Mkr.")),
        "reset": "Återställ",
        "sections": _sections(),
        "settled": {
            "values": [
                [node, str(value)]
                for node, value in enumerate(answers)
                if not isinstance(value, list)
            ]
        },
    }


def _sections() -> list[dict]:
    over = BySign(
        Number(PROGRAM.left.node, "mkr", PROGRAM.left.per), (), (), ("Det går över anslaget.",)
    )
    lead = "#{}".format
    return [
        {
            "key": "drift",
            "heading": "Driftbudget",
            "pairs": [_pair("Prognosen, mot årets budget", "−2,2 Mkr", (mkr(PROGRAM.net), " Mkr"))],
            "tables": [
                _table("Vid årets slut, Mkr", {"Kostnader": PROGRAM.cost, "Netto": PROGRAM.net})
            ],
            "pictures": [move(operating(), lead), move(still(), lead), move(still_bridge(), lead)],
            "notes": [],
        },
        {
            "key": "projekt",
            "heading": "Investeringar",
            "pairs": [],
            "tables": [_table("Investeringar, Mkr", {"Alla projekt": PROGRAM.projects})],
            "pictures": [move(investments(), lead)],
            "notes": [{"text": as_json((over,)), "warning": True}],
        },
        {
            "key": "samarbeten",
            "heading": "Samarbeten",
            "pairs": [],
            "tables": [_table("Räkningar, Mkr", dict(zip("ABC", PROGRAM.bills, strict=True)))],
            "pictures": [move(bridge(), lead)],
            "notes": [{"text": ["Papperen säger inget om nästa år."], "warning": False}],
        },
    ]


def _pair(name: str, reported: str, assumed: Template) -> dict:
    return {
        "name": name,
        "reported": {"text": reported, "href": "#pair"},
        "assumed": as_json(assumed),
    }


def _table(caption: str, rows: dict[str, Quantity]) -> dict:
    return {
        "caption": caption,
        "headings": ["Post", "I papperen", "Tänk om", "Mark"],
        "rows": [
            {
                "heading": name,
                "total": name == "Netto",
                "cells": [
                    {"text": "−2,2", "href": "#cell", "mark": "härledd"},
                    {"template": as_json((mkr(value),))},
                    {"text": "?", "mark": "okänd"},
                ],
            }
            for name, value in rows.items()
        ],
    }
