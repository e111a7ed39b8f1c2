"""Open data: the figures in force to the öre, with a description that the data keep to."""

import csv
import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from papers import read_papers

from gsn_dash.domain.amounts import ORE, Money, Unknown, round_half_away
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.quantities import in_force
from gsn_dash.present.inventory import derived_refs, stated_groups
from gsn_dash.present.open_data import CONTROLS, FIGURES, RESOURCES, TOTALS
from gsn_dash.report.open_data import rows_of, write_csv, write_json
from gsn_dash.report.open_description import catalogue, data_package
from gsn_dash.report.sources import FindingAnswer

TYPES = {"string": str, "integer": int, "number": (int, Decimal)}


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


@pytest.fixture(scope="module")
def findings(papers):
    return run_controls(papers)


@pytest.fixture(scope="module")
def figures(papers, findings):
    content = json.loads(write_json(papers, findings, FIGURES), parse_float=Decimal)
    return {row["id"]: row for row in content["uppgifter"]}


@pytest.fixture(scope="module")
def package(papers):
    return {
        found["name"]: found for found in json.loads(data_package(papers.occasion))["resources"]
    }


def test_every_amount_in_force_is_there_to_the_ore(papers, figures):
    stated = [figure.ref for group in stated_groups(papers) for figure in group.figures]
    for ref in (*stated, *derived_refs(papers)):
        figure, row = in_force(papers, ref), figures[ref]
        if figure is None:
            continue
        if isinstance(figure.amount, Money):
            assert row["varde"] == round_half_away(figure.amount.kr, ORE), ref
            assert row["orsak"] is None
        else:
            assert row["varde"] is None, ref
            assert (row["status"], row["orsak"]) == ("okänd", figure.amount.reason)
    assert len(figures) > 100


def test_what_nobody_knows_is_null_with_a_reason_and_never_zero(figures):
    archive = figures["collaboration:e-arkiv:2061"]
    assert (archive["varde"], archive["status"]) == (None, "okänd")
    assert archive["orsak"] == "papperet har ett frågetecken"
    whole = figures["collaboration:total:2061"]
    assert (whole["varde"], whole["minst"]) == (None, 120_000)


def test_the_finer_figure_is_in_force_with_its_place(figures):
    school = figures["collaboration:skolskjuts:2085"]
    assert (school["varde"], school["tryckt"], school["status"]) == (18_300, "18 300", "angiven")
    assert "Skolskjuts" in school["plats"]
    by_key = figures["key:e-dala:2085"]
    assert (by_key["varde"], by_key["status"]) == (Decimal("142555.26"), "härledd")
    assert by_key["regel"]
    assert set(by_key["bygger_pa"].split()) <= set(figures)


def test_what_the_paper_calls_about_so_much_says_so(papers, findings, figures):
    about = {ref for ref, row in figures.items() if row["cirka"] == "ja"}
    assert about == {
        "operating:031:net:year:deviation",
        "investment:365:forecast",
        "investment:sakerhet:forecast",
    }
    printed = {row["id"]: row["cirka"] for row in rows_of(papers, findings, TOTALS)}
    assert printed["collaboration:e-dala:total"] == "ja"
    assert printed["collaboration:total:2085"] == "nej"


def test_a_printed_sum_is_there_beside_the_one_that_its_parts_give(papers, findings, figures):
    printed = {row["id"]: row for row in rows_of(papers, findings, TOTALS)}
    ludvika = printed["collaboration:total:2085"]
    assert (ludvika["varde"], ludvika["noggrannhet"]) == (740_000, 1_000)
    assert figures["collaboration:total:2085"]["varde"] == 740_300
    smedjebacken = printed["collaboration:total:2061"]
    assert smedjebacken["varde"] is None and smedjebacken["orsak"]
    for ref, figure in papers.totals.items():
        assert printed[ref]["tryckt"] == (figure.printed or None), ref


def test_an_answer_stands_by_its_control_without_who_gave_it(papers, findings):
    given = date(2023, 5, 3)
    answers = {
        findings[0].key: FindingAnswer("Fakturan kom i maj", "Eva", given, findings[0].fingerprint),
        findings[1].key: FindingAnswer("=1+1", "Eva", given, "på andra siffror"),
    }
    content = write_json(papers, findings, CONTROLS, answers)
    first, second, third = json.loads(content)["kontroller"][:3]
    said = ("Fakturan kom i maj", "2023-05-03", "ja")
    assert (first["svar"], first["svarsdag"], first["svar_aktuellt"]) == said
    assert (second["svar"], second["svar_aktuellt"], third["svar"]) == ("=1+1", "nej", None)
    assert b"Eva" not in content
    assert ";'=1+1;" in write_csv(papers, findings, CONTROLS, answers).decode()


def test_shares_are_parts_of_one(figures):
    share = figures["share:e-dala:2085"]
    assert (share["enhet"], share["varde"]) == ("andel", Decimal("0.113194685"))


def _schema_errors(rows, schema):
    """What of the rows breaks the schema's types, constraints and key."""
    keys = set()
    for row in rows:
        for column in schema["fields"]:
            value, rules = row[column["name"]], column["constraints"]
            if value is None:
                if rules["required"]:
                    yield f"{column['name']} saknas: {row}"
                continue
            kind = date if column["type"] == "date" else TYPES[column["type"]]
            if not isinstance(value, kind) or isinstance(value, bool):
                yield f"{column['name']}: {value!r}"
            if "enum" in rules and value not in rules["enum"]:
                yield f"{column['name']}: {value!r}"
        key = tuple(row[name] for name in schema["primaryKey"])
        if key in keys:
            yield f"{key} finns två gånger"
        keys.add(key)


@pytest.mark.parametrize("name", RESOURCES)
def test_the_data_keep_to_their_schema(papers, findings, package, name):
    rows = rows_of(papers, findings, RESOURCES[name])
    schema = package[name]["schema"]
    assert rows
    assert list(_schema_errors(rows, schema)) == []
    assert list(rows[0]) == [column["name"] for column in schema["fields"]]
    broken = dict.fromkeys(rows[0])
    assert list(_schema_errors([broken], schema)), "the check itself sees what is wrong"


@pytest.mark.parametrize("name", RESOURCES)
def test_the_csv_says_the_same_as_the_json(papers, findings, package, name):
    resource = RESOURCES[name]
    content = write_csv(papers, findings, resource).decode("utf-8-sig")
    read = list(csv.DictReader(StringIO(content, newline=""), delimiter=";"))
    rows = json.loads(write_json(papers, findings, resource), parse_float=Decimal)[name]
    assert len(read) == len(rows)
    numbers = {c["name"] for c in package[name]["schema"]["fields"] if c["type"] == "number"}
    for line, row in zip(read, rows, strict=True):
        for column, value in row.items():
            # What is printed as a number comes as it is printed; other texts never as a formula.
            text = line[column] if column == "tryckt" else line[column].removeprefix("'")
            if value is None:
                assert text == "", column
            elif column in numbers:
                assert Decimal(text.replace(",", ".")) == value, column
            else:
                assert text == str(value), column


def test_who_reads_without_people_finds_licence_addresses_and_occasion(papers, package):
    found = json.loads(data_package(papers.occasion))
    assert found["licenses"][0]["name"] == "CC0-1.0"
    assert package["uppgifter"]["path"] == "uppgifter.csv?tillfalle=2023-2"
    assert package["uppgifter"]["dialect"]["delimiter"] == ";"
    sets = json.loads(catalogue())["dcat:dataset"]
    addresses = {
        way["dcat:downloadURL"]["@id"] for found in sets for way in found["dcat:distribution"]
    }
    assert addresses == {
        f"/oppna-data/v1/{name}.{ending}" for name in RESOURCES for ending in ("json", "csv")
    }


def test_no_amount_is_unknown_and_known_at_once(papers, findings):
    for row in rows_of(papers, findings, FIGURES):
        assert (row["varde"] is None) == (row["status"] == "okänd"), row["id"]
        known = in_force(papers, row["id"])
        if known is not None and isinstance(known.amount, Unknown):
            assert row["varde"] is None
