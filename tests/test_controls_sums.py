"""The activities together against the total, and the projects: where all of them are known."""

import pytest
from papers import CABLES, LAMPS, REST, investments_with, mkr, read_papers, snapshot_with, stated

from gsn_dash.domain.amounts import Money
from gsn_dash.domain.checks.finding import Verdict
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.refs import TOTAL, OperatingKey
from gsn_dash.domain.snapshot import Activity
from gsn_dash.present.findings import describe_finding

_PARTS = ("revenue", "cost")
ACTIVITIES = (
    Activity("031", "Utveckling"),
    Activity("032", "Teknik"),
    Activity("033", "Support"),
    Activity("032+033", "Teknik och support", ("032", "033")),
)


def by_activity(item="cost", span="period", measure="outcome", **amounts):
    """Amounts of one column, by activity."""
    subjects = {TOTAL: amounts.pop("total"), **{k.strip("_"): v for k, v in amounts.items()}}
    keys = {
        OperatingKey(subject.replace("_", "+"), item, span, measure): mkr(amount)
        for subject, amount in subjects.items()
    }
    figures = {key: stated(key.ref, amount) for key, amount in keys.items()}
    return snapshot_with(operating=figures, activities=ACTIVITIES)


def of(snapshot, rule):
    return [f for f in run_controls(snapshot) if f.rule == rule]


def told(snapshot, finding):
    return " ".join(describe_finding(snapshot, finding)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("amounts", "verdicts"),
    [
        ({"_031": "-17.9", "_032": "-9.3", "_033": "-21.4"}, [Verdict.FAILS]),
        ({"_031": "-20.6", "_032": "-9.3", "_033": "-21.4"}, [Verdict.HOLDS]),
        ({"_031": "-20.8", "_032": "-9.3", "_033": "-21.4"}, [Verdict.HOLDS_ROUNDED]),
        ({"_031": "-20.6", "_032": "-9.3"}, []),
        ({"_031": "-20.6", "_032_033": "-30.7"}, [Verdict.HOLDS]),
        ({"_031": "-20.6", "_032_033": "-30.7", "_033": "-21.4"}, [Verdict.HOLDS]),
        (
            {"_031": "-20.6", "_032_033": "-1.5", "_032": "-9.3", "_033": "-21.4"},
            [Verdict.HOLDS],
        ),
    ],
)
def test_activities_that_are_all_known_are_held_against_the_total(amounts, verdicts):
    snapshot = by_activity(total="-51.3", **amounts)
    assert [f.verdict for f in of(snapshot, "activities_sum")] == verdicts


@pytest.mark.parametrize(
    ("item", "span", "measure"),
    [("revenue", "year", "budget"), ("net", "period", "deviation"), ("cost", "year", "forecast")],
)
def test_every_column_of_the_total_is_held(item, span, measure):
    amounts = {"total": "9.0", "_031": "1.0", "_032": "2.0", "_033": "3.0"}
    snapshot = by_activity(item, span, measure, **amounts)
    (finding,) = of(snapshot, "activities_sum")
    assert (finding.verdict, finding.ref) == (
        Verdict.FAILS, OperatingKey(TOTAL, item, span, measure).ref,
    )  # fmt: skip


def test_what_follows_from_totals_that_are_held_is_not_held_again():
    columns = {"revenue": ("5.0", "6.0", "1.0"), "cost": ("-4.0", "-4.5", "-0.5")}
    columns["net"] = ("1.0", "1.5", "0.5")
    figures = {}
    for item, amounts in columns.items():
        for measure, amount in zip(("budget", "outcome", "deviation"), amounts, strict=True):
            for subject, share in ((TOTAL, 3), ("031", 1), ("032", 1), ("033", 1)):
                key = OperatingKey(subject, item, "period", measure)
                figures[key] = stated(key.ref, Money(mkr(amount).kr * share))
    held = of(snapshot_with(operating=figures, activities=ACTIVITIES), "activities_sum")
    assert [f.ref.split(":", 2)[2] for f in held] == [
        f"{item}:period:{measure}" for measure in ("budget", "outcome") for item in _PARTS
    ]


def test_a_sum_that_fails_tells_its_parts_and_what_differs():
    snapshot = by_activity(total="-51.3", _031="-17.9", _032="-9.3", _033="-21.4")
    (finding,) = of(snapshot, "activities_sum")
    assert told(snapshot, finding) == (
        "Kostnader, utfall januari–april 2023: verksamheterna är tillsammans inte summan"
        " Summan är −51,3 Mkr, men verksamheterna är tillsammans −48,6 Mkr"
        " (031 Utveckling −17,9, 032 Teknik −9,3, 033 Support −21,4). Det skiljer 2,7 Mkr."
    )


def invested(outcome: str, *projects):
    cells = {
        (TOTAL, "original"): mkr("9.0"),
        (TOTAL, "outcome"): mkr(outcome),
        ("lamps", "appropriation"): mkr("6.0"),
        ("lamps", "outcome"): mkr("2.0"),
        ("cables", "appropriation"): mkr("3.0"),
        ("cables", "outcome"): mkr("1.0"),
    }
    return investments_with(cells, projects)


def test_projects_that_are_all_known_are_held_against_the_totals():
    snapshot = invested("3.9", LAMPS, CABLES)
    fails, holds = of(snapshot, "projects_sum")
    assert (fails.verdict, holds.verdict) == (Verdict.FAILS, Verdict.HOLDS)
    assert "Summan är 3,9 Mkr, men projekten är tillsammans 3,0 Mkr" in told(snapshot, fails)
    assert of(invested("3.9", LAMPS, CABLES, REST), "projects_sum") == []


def test_the_papers_tell_of_too_few_to_be_held(server_url, loaded_template):
    snapshot = read_papers(server_url, loaded_template)
    assert of(snapshot, "activities_sum") == of(snapshot, "projects_sum") == []
