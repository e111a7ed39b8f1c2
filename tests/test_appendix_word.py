"""The appendix as Word, opened again: real headings and tables, each amount that of the store."""

from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from issued import MADE_ON, NASTY, frozen_scenario, sources_of, with_nasty_names
from papers import read_papers

from gsn_dash.domain.amounts import MKR, Money
from gsn_dash.domain.operating import ITEMS, line
from gsn_dash.report.appendix import compose_appendix
from gsn_dash.report.content import DataTable, Drawing, Heading
from gsn_dash.report.formats import make_appendix


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


@pytest.fixture(scope="module")
def sources(papers):
    nasty = with_nasty_names(papers)
    return sources_of(nasty, scenarios=(frozen_scenario(nasty, "<w:p/>"),))


@pytest.fixture(scope="module")
def made(sources) -> bytes:
    return make_appendix(sources, "docx")


@pytest.fixture(scope="module")
def word(made):
    return Document(BytesIO(made))


def _amount(text: str) -> Decimal:
    """A number as it is written in a cell, without the program's own reader."""
    plain = text.split(" ")[-1].replace("\u00a0", "").replace("−", "-").replace(",", ".")
    return Decimal(plain.removesuffix("kr").removeprefix("+"))


def _table(word, heading: str):
    return next(t for t in word.tables if heading in [c.text for c in t.rows[0].cells])


def test_headings_are_headings_and_the_properties_are_swedish(word, sources):
    composed = compose_appendix(sources)
    wanted = [(b.level, b.text.replace("\x0b", "\ufffd")) for b in composed.blocks
              if isinstance(b, Heading)]  # fmt: skip
    found = [
        (int(p.style.name[-1]), p.text)
        for p in word.paragraphs
        if p.style.name.startswith("Heading")
    ]
    assert found == wanted
    properties = word.core_properties
    assert (properties.title, properties.language) == (composed.title, "sv-SE")
    assert properties.created.date() == properties.modified.date() == MADE_ON
    defaults = word.styles.element.find(qn("w:docDefaults"))
    assert [lang.get(qn("w:val")) for lang in defaults.iter(qn("w:lang"))] == ["sv-SE"]


def test_every_table_has_marked_heading_rows_and_every_picture_its_text(word, sources):
    blocks = compose_appendix(sources).blocks
    tables = [b.table for b in blocks if isinstance(b, DataTable)]
    assert len(word.tables) == len(tables)
    for made, told in zip(word.tables, tables, strict=True):
        heads = [row for row in made.rows if row._tr.find(f".//{qn('w:tblHeader')}") is not None]
        assert len(heads) == (2 if told.groups else 1)
        assert len(made.rows) == len(heads) + len(told.rows)
    told = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert told == [b.alt.replace("\x0b", "\ufffd") for b in blocks if isinstance(b, Drawing)]
    names = [shape._inline.docPr.get("name") for shape in word.inline_shapes]
    assert names == [f"Bild {place}" for place in range(1, len(told) + 1)]


def test_nothing_of_the_empty_document_is_left(made):
    with ZipFile(BytesIO(made)) as file:
        names = file.namelist()
        assert not [
            name
            for name in names
            if any(part in name for part in ("thumbnail", "WithEffects", "app.xml", "customXml"))
        ]
        assert b"Macintosh" not in b"".join(map(file.read, names))


def test_the_operating_amounts_are_those_of_the_store(word, papers):
    table = _table(word, "Januari–april 2023")
    shown = [[_amount(cell.text) for cell in row.cells[1:]] for row in table.rows[2:]]
    stored = [
        [
            getattr(line(papers, item, span), part).money.in_unit(MKR)
            for span in ("period", "year")
            for part in ("budget", "result", "deviation")
        ]
        for item in ITEMS
    ]
    assert shown == stored


def test_every_stated_contribution_is_the_stores_to_the_ore(word, papers):
    table = next(t for t in word.tables if t.rows[0].cells[0].text == "Samarbete")
    shown = [_amount(row.cells[1].text) for row in table.rows[1:5]]
    codes = {m.name: code for code, m in papers.municipalities.items()}
    ludvika = codes["Ludvika"]
    stored = [
        row.figure.amount
        for collaboration in papers.collaborations
        for key, row in papers.contributions.items()
        if (key.collaboration, key.municipality) == (collaboration.key, ludvika)
    ]
    assert [Money(amount) for amount in shown] == stored


def test_names_with_markup_in_them_are_text_and_nothing_is_run(word):
    said = "".join(node.text or "" for node in word.element.iter(qn("w:t")))
    assert NASTY.replace("\x0b", "\ufffd") in said
    assert not [rel for rel in word.part.rels.values() if rel.is_external]


def test_the_same_sources_give_the_same_bytes_without_a_moment_in_them(made, sources):
    assert make_appendix(sources, "docx") == made
    with ZipFile(BytesIO(made)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
