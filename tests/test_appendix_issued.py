"""What is issued is kept as issued, and is made again to the byte after the figures have moved."""

from pathlib import Path

import pytest
from papers import change, copy_papers

from gsn_dash.__main__ import make_parser
from gsn_dash.operate.appendix import Wanted, run_appendix
from gsn_dash.operate.load import load_data
from gsn_dash.store.issued import list_issued, read_issued
from gsn_dash.store.scenario_drafts import ScenarioDraft
from gsn_dash.store.scenarios import create_scenario, freeze_scenario

DAY = "2023-05-04"


def _correct(engine, folder: Path) -> None:
    """A later import puts one amount right."""
    papers = copy_papers(folder)
    change(papers, "operating.csv", ";-21,5;", ";-21,6;")
    assert load_data(engine, papers, by="rättare").problems == ()


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_an_issued_appendix_is_kept_and_made_again_to_the_byte(
    loaded_engine, tmp_path, capsys, kind
):
    out, again = tmp_path / f"ut.{kind}", tmp_path / f"igen.{kind}"
    wanted = Wanted("2023-2", kind, str(out), DAY, issue=True)
    assert run_appendix(loaded_engine, wanted, "<b>Sekreteraren</b>") == 0
    assert "utfärdad av <b>Sekreteraren</b>" in capsys.readouterr().out
    (kept,) = list_issued(loaded_engine, (2023, 2))
    issued = read_issued(loaded_engine, kept.id)
    assert issued.content == out.read_bytes()
    _correct(loaded_engine, tmp_path)
    assert run_appendix(loaded_engine, Wanted(again=kept.id, out=str(again)), "") == 0
    assert again.read_bytes() == issued.content
    assert "densamma, tecken för tecken" in capsys.readouterr().out
    fresh = Wanted("", kind, str(tmp_path / "nytt"), DAY)
    assert run_appendix(loaded_engine, fresh, "") == 0
    assert (tmp_path / "nytt").read_bytes() != issued.content
    assert "Utkastet är sparat" in capsys.readouterr().out
    assert len(list_issued(loaded_engine)) == 1


def test_a_scenario_must_be_frozen_and_then_is_kept_with_what_it_assumed(
    loaded_engine, tmp_path, capsys
):
    draft = ScenarioDraft("Höst", "Eva", "", {"format": 1, "assumptions": []}, 2023, 2, 1)
    made = create_scenario(loaded_engine, draft)
    wanted = Wanted(dated=DAY, out=str(tmp_path / "ut"), scenarios=(made.id,), issue=True)
    assert run_appendix(loaded_engine, wanted, "Eva") == 1
    assert "”Höst” är inte fryst" in capsys.readouterr().err
    assert not (tmp_path / "ut").exists()
    freeze_scenario(loaded_engine, made.id, 1, "Eva", "f" * 64, 1)
    assert run_appendix(loaded_engine, wanted, "Eva") == 0
    (kept,) = list_issued(loaded_engine)
    assert [each["name"] for each in kept.options["scenarios"]] == ["Höst"]
    assert kept.options["made_on"] == DAY


def test_a_file_that_looks_issued_is_one_that_was_kept(
    loaded_engine, tmp_path, capsys, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert run_appendix(loaded_engine, Wanted(dated=DAY, issue=True), "") == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == [] and list_issued(loaded_engine) == ()
    assert run_appendix(loaded_engine, Wanted(dated=DAY, issue=True), "Eva") == 0
    (kept,) = list_issued(loaded_engine)
    for more in (Wanted(), Wanted(again=kept.id)):
        assert run_appendix(loaded_engine, more, "Eva") == 0
    names = {path.name for path in tmp_path.iterdir()}
    issued = "bilaga-2023-2.pdf"
    assert names == {issued, f"utkast-{issued}", f"omgjord-{issued}"}
    assert (tmp_path / issued).read_bytes() == read_issued(loaded_engine, kept.id).content


def test_an_issued_one_whose_file_cannot_be_written_says_that_it_is_issued(loaded_engine, capsys):
    wanted = Wanted(dated=DAY, out="/finns/inte/ut.pdf", issue=True)
    assert run_appendix(loaded_engine, wanted, "Eva") == 1
    (kept,) = list_issued(loaded_engine)
    said = capsys.readouterr().err
    assert f"utfärdad med id {kept.id}" in said and "hämta den under Bilaga" in said


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted("2023-9"), "Tillfälle 2023-9 finns inte"),
        (Wanted("våren"), "”våren” går inte att läsa"),
        (Wanted(format="odt"), "”odt” finns inte"),
        (Wanted(dated="4 maj"), "”4 maj” går inte att läsa"),
        (Wanted(scenarios=("nej",)), "Scenariot nej finns inte"),
        (Wanted(again="nej"), "Ingen utfärdad bilaga har id nej"),
        (Wanted(out="/finns/inte/ut.pdf"), "/finns/inte/ut.pdf"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_sentence(loaded_engine, capsys, wanted, said):
    assert run_appendix(loaded_engine, wanted, "Eva") == 1
    told = capsys.readouterr()
    assert said in told.err and told.err.count("\n") == 1 and told.out == ""
    assert list_issued(loaded_engine) == ()


def test_without_figures_there_is_no_appendix(engine, capsys):
    assert run_appendix(engine, Wanted(), "Eva") == 1
    assert "läs in dem först" in capsys.readouterr().err


def test_the_command_reads_its_choices():
    line = [
        "appendix",
        "--occasion",
        "2023-2",
        "--format",
        "docx",
        "--scenario",
        "a",
        "b",
        "--issue",
    ]
    chosen = make_parser().parse_args(line)
    assert (chosen.occasion, chosen.format, chosen.scenario) == ("2023-2", "docx", ["a", "b"])
    assert chosen.issue is True
