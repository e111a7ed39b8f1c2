"""The appendix as PDF: who cannot see it can read it, names stay text, the same is the same."""

from io import BytesIO

import pikepdf
import pytest
from issued import frozen_scenario, sources_of, with_nasty_names
from papers import read_papers

from gsn_dash.report.appendix import compose_appendix
from gsn_dash.report.content import Drawing
from gsn_dash.report.formats import make_appendix
from gsn_dash.report.sources import AppendixSources


@pytest.fixture(scope="module")
def sources(server_url, loaded_template) -> AppendixSources:
    papers = with_nasty_names(read_papers(server_url, loaded_template))
    return sources_of(papers, scenarios=(frozen_scenario(papers, "<b>#lorem(5)</b>"),))


@pytest.fixture(scope="module")
def made(sources) -> bytes:
    return make_appendix(sources, "pdf")


@pytest.fixture(scope="module")
def pdf(made):
    with pikepdf.open(BytesIO(made)) as opened:
        yield opened


def _elements(node) -> list:
    """Every element of the tree of structure below `node`, itself included."""
    if isinstance(node, pikepdf.Array):
        return [found for child in node for found in _elements(child)]
    if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
        return []
    return [node, *_elements(node.get("/K", pikepdf.Array()))]


def test_a_screen_reader_is_told_structure_language_and_title(pdf, sources):
    root = pdf.Root
    assert str(root.Lang).startswith("sv")
    assert root.MarkInfo.Marked and root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as told:
        assert told["dc:title"] == compose_appendix(sources).title
        assert told["pdfuaid:part"] == "1"


def test_every_picture_has_its_alternative_and_every_table_its_headings(pdf, sources):
    elements = _elements(pdf.Root.StructTreeRoot.K)
    kinds = [str(element.S) for element in elements]
    pictures = [b for b in compose_appendix(sources).blocks if isinstance(b, Drawing)]
    alternatives = [str(e.Alt) for e in elements if str(e.S) == "/Figure" and "/Alt" in e]
    assert len(alternatives) == kinds.count("/Figure") == len(pictures)
    assert all(alternatives)
    assert kinds.count("/Table") == kinds.count("/THead") > 15
    assert kinds.count("/H1") > 5 and kinds.count("/H3") > 10


def test_all_type_is_in_the_file(pdf):
    fonts = {
        str(font.BaseFont): descendant.FontDescriptor
        for page in pdf.pages
        for font in page.Resources.get("/Font", {}).values()
        for descendant in font.get("/DescendantFonts", [font])
    }
    assert fonts
    for name, descriptor in fonts.items():
        assert any(key in descriptor for key in ("/FontFile2", "/FontFile3")), name
        assert "SourceSans" in name or "Libertinus" in name or "DejaVu" in name


def test_the_same_sources_give_the_same_bytes(made, sources):
    assert make_appendix(sources, "pdf") == made
