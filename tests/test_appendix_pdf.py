"""The appendix as PDF: who cannot see it can read it, names stay text, the same is the same."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from issued import frozen_scenario, sources_of, with_nasty_names
from papers import read_papers

from gsn_dash.report.appendix import compose_appendix
from gsn_dash.report.content import Drawing, Paragraph
from gsn_dash.report.formats import make_appendix
from gsn_dash.report.letters import settable
from gsn_dash.report.pdf import make_pdf
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


def _pages(node, page=None) -> set:
    """The pages that hold something of an element."""
    if isinstance(node, pikepdf.Array):
        return set().union(*(_pages(child, page) for child in node))
    page = node.get("/Pg", page) if isinstance(node, pikepdf.Dictionary) else page
    if isinstance(node, pikepdf.Dictionary) and "/K" in node:
        return _pages(node.K, page)
    return {page.objgen}


def test_what_belongs_together_is_on_one_page(pdf):
    elements = _elements(pdf.Root.StructTreeRoot.K)
    assert all(len(_pages(row)) == 1 for row in elements if row.S == "/TR")
    blocks = [(str(e.S), _pages(e)) for e in elements[0].K]
    headings = ("/H1", "/H2", "/H3")
    apart, findings, before, kind_of_part = [], [], "", ""
    for (kind, pages), (_, after) in pairwise(blocks):
        # The sentence set off below a heading is a span.
        if kind in headings or (kind == "/Span" and before in headings):
            apart += [] if pages & after else [kind]
        before = kind
    for kind, pages in blocks:
        kind_of_part = kind if kind in headings else kind_of_part
        if kind == "/H3":
            findings.append(set())
        if kind_of_part == "/H3":
            findings[-1] |= pages
    assert apart == []
    assert len(findings) > 10 and all(len(pages) == 1 for pages in findings)


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


def test_whatever_somebody_writes_there_is_a_pdf(sources):
    """Typst refuses a whole document for one character that no font has."""
    anything = "".join(
        map(chr, [*range(0xD800), *range(0xE000, 0x11000), *range(0x1F000, 0x20000)])
    )
    small = replace(compose_appendix(sources), blocks=(Paragraph(anything, lead=anything),))
    assert make_pdf(replace(small, title=f"Bilaga {anything}", facts=(("x", anything),)))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Förklarat, se bilaga ✅", "Förklarat, se bilaga □"),
        ("a\x02b\x07c\ufeff\u202ed\u200b\x85", "abcd"),
        ("A\u030angstro\u0308m", "Ångström"),
        ("漢 👍\ufe0f", "□ □"),
        ("ett\ttu\u2028tre\nfyra", "ett tu tre\nfyra"),
        (
            "−1\u202f234,5\u00a0Mkr – ½ → ‰ Łódź Жα\u2011β",
            "−1\u202f234,5\u00a0Mkr – ½ → ‰ Łódź Жα\u2011β",
        ),
    ],
)
def test_what_no_font_has_is_a_square_and_what_is_not_seen_is_gone(written, shown):
    assert settable(written) == shown
