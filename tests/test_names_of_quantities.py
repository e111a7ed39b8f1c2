"""What rows may name: every name is read strictly, located where it slips, and told in words."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import FOLDER, append, change, copy_papers, read_papers, rows_in

from gsn_dash.domain.refs import (
    APPENDIX_STATES,
    FLAGS,
    INVESTMENT_MEASURES,
    OPERATING_ITEMS,
    OPERATING_MEASURES,
    TOTAL_DEVIATIONS,
    UTILISATIONS,
    parse_ref,
)
from gsn_dash.ingest.data_folder import parse_folder
from gsn_dash.ingest.table import Problem
from gsn_dash.present.names import name_quantity

PLACE = ";;;;;arende-3;Sammanfattning;en mening;;"
NAMES = [
    *FLAGS,
    *(f"operating:{s}:{i}:{span}:{m}" for s in ("total", "031", "032+033") for i in OPERATING_ITEMS
      for span in OPERATING_MEASURES for m in (*OPERATING_MEASURES[span], "why")),
    *(f"investment:{p}:{m}" for p in ("total", "365", "ovriga")
      for m in (*INVESTMENT_MEASURES, *UTILISATIONS, "why")),
    *(f"investment:total:{m}" for m in TOTAL_DEVIATIONS),
    "investment:365:not_started", "collaboration:e-dala:2085", "collaboration:total:2085",
    "collaboration:e-dala:total", *(f"appendix:bilaga 7:{state}" for state in APPENDIX_STATES),
]  # fmt: skip
ENGLISH = {
    *OPERATING_ITEMS, "outcome", "forecast", "deviation", "left", "original", "appropriation",
    "why", "period", "year", "total", *APPENDIX_STATES,
}  # fmt: skip
WRONG = [
    "operating:total:net:yr:deviation", "operating:total:net:year:outcome",
    "operating:total:net:period", "operating:rest:cost:period:deviation",
    "operating::net:year:deviation", "operating: 031:net:year:deviation",
    "investment:total:spent", "investment:365:forecast_deviation", "investment:total:not_started",
    "collaboration:total:total", "collaboration:e-dala", "appendix:bilaga 2: planen:referred",
    "appendix:bilaga 2:lost", "action_plan:has_action", "demand:cost:rest", "nettokostnad", "",
]  # fmt: skip


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_papers(tmp_path)


def problem_of(folder: Path) -> Problem:
    """The one problem of the folder."""
    _, problems = parse_folder(folder)
    (problem,) = problems
    return problem


def test_the_papers_own_names_are_all_known():
    for name in ("claims.csv", "totals.csv", "printed_cells.csv"):
        refs = {row["ref"] for row in rows_in(FOLDER, name)} - {""}
        assert refs and all(parse_ref(ref) for ref in refs)


@pytest.mark.parametrize("ref", NAMES)
def test_a_known_name_is_told_in_words(papers, ref):
    assert parse_ref(ref).ref == ref
    words = name_quantity(papers, ref)
    assert "programmet inte känner" not in words
    assert not set("_+").intersection(words.replace("032+033", ""))
    assert not ENGLISH.intersection(words.replace(":", " ").split())


@pytest.mark.parametrize("ref", [ref for ref in NAMES if parse_ref(ref).subjects])
def test_a_name_of_what_the_occasion_lacks_shows_no_key(papers, ref):
    bare = replace(papers, projects=(), collaborations=())
    words = name_quantity(bare, ref)
    assert words
    for subject, key in parse_ref(ref).subjects:
        assert subject not in ("project", "collaboration") or key not in words.split()


@pytest.mark.parametrize("ref", WRONG)
def test_a_name_of_nothing_is_none_and_can_still_be_shown(papers, ref):
    assert parse_ref(ref) is None
    assert name_quantity(papers, ref)


@given(st.text() | st.lists(st.sampled_from(":".join(NAMES).split(":"))).map(":".join))
def test_no_text_breaks_a_name(papers, ref):
    quantity = parse_ref(ref)
    assert quantity is None or quantity.kind in ("money", "percent", "flag", "text")
    assert name_quantity(papers, ref)


@pytest.mark.parametrize("ref", [ref for ref in WRONG if ref])
@pytest.mark.parametrize("name", ["claims.csv", "totals.csv", "printed_cells.csv"])
def test_a_misspelt_name_is_located_and_told_how_to_write(folder, name, ref):
    row = {
        "claims.csv": f"2023-2;{ref};money;1,0;Mkr{PLACE[1:]}",
        "totals.csv": f"2023-2;{ref};1,0;Mkr{PLACE}",
        "printed_cells.csv": f"2023-2;bilaga-1;En tabell;1;1;value;1,0;{ref}",
    }[name]
    append(folder, name, row)
    problem = problem_of(folder)
    assert (problem.file, problem.column) == (name, "ref")
    assert problem.row == len(rows_in(folder, name)) + 1
    assert problem.sentence.startswith(f"”{ref}” är ingen uppgift som programmet känner: ")


@pytest.mark.parametrize(
    ("name", "old", "new", "column", "target"),
    [
        (
            "operating.csv",
            "-21,5;Mkr;;;;;bilaga-1",
            "-21,5;Mkr;;;;;bilaga-9",
            "document",
            "documents",
        ),
        ("operating.csv", "032+033;other_cost", "039;other_cost", "subject", "activities"),
        ("investments.csv", "sakerhet;forecast", "okand;forecast", "project", "projects"),
        (
            "contributions.csv",
            "telefoni;2061;2022;60 000;kr;;;;;",
            "telefoni;85;2022;60 000;kr;;;;;",
            "municipality",
            "municipalities",
        ),
        ("allocation_keys.csv", "2021 2023", "20 2023", "members", "municipalities"),
    ],
)
def test_a_row_about_something_that_no_file_names_is_located(
    folder, name, old, new, column, target
):
    row = change(folder, name, old, new)
    problem = problem_of(folder)
    assert (problem.file, problem.row, problem.column) == (name, row, column)
    assert problem.sentence.endswith(f"finns inte i {target}.csv")


@pytest.mark.parametrize(
    ("ref", "file"),
    [
        ("operating:039:net:year:deviation", "activities.csv"),
        ("investment:molnet:forecast", "projects.csv"),
        ("collaboration:e-post:2085", "collaborations.csv"),
        ("collaboration:total:9999", "municipalities.csv"),
    ],
)
def test_a_name_of_someone_that_no_file_has_is_located(folder, ref, file):
    append(folder, "totals.csv", f"2023-2;{ref};1,0;Mkr{PLACE}")
    problem = problem_of(folder)
    assert (problem.file, problem.column) == ("totals.csv", "ref")
    assert problem.sentence.endswith(f"finns inte i {file}")


@pytest.mark.parametrize(
    ("name", "row", "words"),
    [
        ("claims.csv", f"2023-2;investment:total:why;money;1,0;Mkr{PLACE[1:]}", "en text"),
        ("claims.csv", f"2023-2;investment:total:forecast;flag;ja;{PLACE[1:]}", "ett belopp"),
        ("totals.csv", f"2023-2;investment:total:forecast_utilisation;60;Mkr{PLACE}", "en andel"),
        ("totals.csv", f"2023-2;forecast:no_deviation;1,0;Mkr{PLACE}", "ett ja eller nej"),
        ("printed_cells.csv", "2023-2;bilaga-1;T;1;1;value;x;investment:365:why", "en text"),
    ],
)
def test_a_name_of_another_kind_of_value_is_refused(folder, name, row, words):
    append(folder, name, row)
    problem = problem_of(folder)
    assert (problem.file, problem.column) == (name, "ref")
    assert words in problem.sentence


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("activities.csv", "03:1;Ett namn;", "activity"),
        ("activities.csv", "rest;Ett namn;", "activity"),
        ("projects.csv", "total;Ett namn;0009;project", "project"),
        ("collaborations.csv", "e:post;E-post", "collaboration"),
    ],
)
def test_a_key_that_would_break_a_name_is_refused(folder, name, row, column):
    append(folder, name, row)
    problem = problem_of(folder)
    assert (problem.file, problem.column) == (name, column)
    assert "kan inte vara nyckel" in problem.sentence


@pytest.mark.parametrize(
    ("name", "old", "new", "column", "words"),
    [
        ("occasions.csv", "2023-01-01", "2023-02-01", "period_start", "1 januari"),
        ("occasions.csv", "2023-01-01", "2023-01-02", "period_start", "1 januari"),
        ("occasions.csv", "2023-04-30", "2023-04-29", "period_end", "sista dagen i en månad"),
        ("occasions.csv", "2023-04-30", "2023-02-27", "period_end", "sista dagen i en månad"),
        ("operating.csv", "-21,5;Mkr;;", "-21,5;Mkr;-;", "sign", "har redan ett minus"),
        ("operating.csv", "-21,5;Mkr;;", "\u221221,5;Mkr;+;", "sign", "har redan ett minus"),
        ("investments.csv", ",5;Mkr;;;;;arende-3;Investeringar, Väsentliga avvikelser i år enligt"
         " prognosen;0024", ",5;Mkr;;;1000000;;arende-3;Investeringar, Väsentliga avvikelser i år"
         " enligt prognosen;0024", "precision", "lämna tomt"),
    ],
)  # fmt: skip
def test_what_the_rules_cannot_count_with_is_refused(folder, name, old, new, column, words):
    row = change(folder, name, old, new)
    problem = problem_of(folder)
    assert (problem.file, problem.row, problem.column) == (name, row, column)
    assert words in problem.sentence


@pytest.mark.parametrize("end", ["2023-02-28", "2023-12-31"])
def test_a_period_may_end_with_any_month(folder, end):
    change(folder, "occasions.csv", "2023-04-30", end)
    assert parse_folder(folder)[1] == ()
