"""A document as Word: real styles, tables with heading rows, pictures with their text."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from gsn_dash.charts.svg.nodes import plain
from gsn_dash.present.appendix import KIND
from gsn_dash.report.content import (
    Block,
    BulletList,
    Content,
    DataTable,
    Drawing,
    Heading,
    Message,
    Note,
    Paragraph,
)
from gsn_dash.report.fixed_zip import fix_times
from gsn_dash.report.png import draw_png
from gsn_dash.report.word_styles import CAPTION, LIST, MESSAGE, NOTE, TEXT_WIDTH, set_styles
from gsn_dash.report.word_table import add_table

# Sharp on paper: 250 dots to the inch.
_PICTURE_PIXELS = 1680
_LEFTOVERS = ("thumbnail", "extended-properties", "stylesWithEffects", "customXml")
_BADGE_SIZE = Pt(9)


def make_docx(content: Content) -> bytes:
    """The document as docx; the same content gives the same bytes, whenever it is made."""
    document = Document()
    _drop_leftovers(document)
    set_styles(document)
    _set_properties(document, content)
    _set_margins(document, content)
    _add_front(document, content)
    for block in content.blocks:
        _add(document, block)
    file = BytesIO()
    document.save(file)
    return fix_times(file.getvalue())


def _drop_leftovers(document: WordDocument) -> None:
    """What the empty document has of the one it was once made from: a picture of that, the
    program it was made with, and its styles a second time."""
    for part in (document.part.package, document.part):
        for key, relation in list(part.rels.items()):
            if relation.reltype.rpartition("/")[2] in _LEFTOVERS:
                del part.rels[key]


def _set_properties(document: WordDocument, content: Content) -> None:
    noon = datetime(*content.made, 12)
    properties = document.core_properties
    properties.title, properties.author = content.title, content.board
    properties.subject, properties.language = content.subtitle, "sv-SE"
    properties.created = properties.modified = noon
    properties.last_modified_by, properties.revision = content.board, 1
    properties.comments = properties.keywords = ""


def _set_margins(document: WordDocument, content: Content) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    head = f"{content.running} · {content.badge}" if content.badge else content.running
    section.header.paragraphs[0].add_run(plain(head)).font.size = _BADGE_SIZE
    _add_page_number(section.footer.paragraphs[0], content.title)


def _add_page_number(paragraph: WordParagraph, title: str) -> None:
    paragraph.add_run(f"{plain(title)} · Sida ").font.size = _BADGE_SIZE
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(OxmlElement("w:r"))
    paragraph._p.append(field)


def _add_front(document: WordDocument, content: Content) -> None:
    document.add_paragraph(f"{plain(content.board)} · {KIND}", style="Subtitle")
    document.add_paragraph(plain(content.title), style="Title")
    document.add_paragraph(plain(content.subtitle), style="Subtitle")
    for name, text in content.facts:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(plain(text))


def _add(document: WordDocument, block: Block) -> None:
    match block:
        case Heading(text=text, level=level):
            document.add_heading(plain(text), level)
        case Message(text=text):
            document.add_paragraph(plain(text), style=MESSAGE)
        case Paragraph(text=text, lead=lead):
            paragraph = document.add_paragraph()
            if lead:
                paragraph.add_run(f"{lead} ").bold = True
            paragraph.add_run(plain(text))
        case Note(text=text):
            document.add_paragraph(plain(text), style=NOTE)
        case BulletList(items=items):
            for item in items:
                document.add_paragraph(plain(item), style=LIST)
        case DataTable(table=table):
            add_table(document, table)
        case Drawing():
            _add_drawing(document, block)


def _add_drawing(document: WordDocument, block: Drawing) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.keep_with_next = True
    png = BytesIO(draw_png(block.svg, _PICTURE_PIXELS))
    shape = paragraph.add_run().add_picture(png, width=TEXT_WIDTH)
    properties = shape._inline.docPr
    name = f"Bild {len(document.inline_shapes)}"
    for named in (properties, shape._inline.graphic.graphicData.pic.nvPicPr.cNvPr):
        named.set("name", name)
    properties.set("descr", plain(block.alt))
    properties.set("title", plain(block.caption))
    document.add_paragraph(plain(block.caption), style=CAPTION)
