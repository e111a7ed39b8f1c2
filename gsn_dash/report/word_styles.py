"""The styles of a Word document: those that Word has, and two of ours, all in Swedish."""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

MESSAGE, NOTE, CAPTION = "Budskap", "Anmärkning", "Caption"
LIST = "List Bullet"
TEXT_WIDTH = Cm(17)
_FONT = "Calibri"
_SIZES = {"Title": 22, "Subtitle": 12, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11}
_BLACK = RGBColor(0, 0, 0)


def set_styles(document: Document) -> None:
    """One font, black headings, Swedish as the language, and the styles of ours."""
    styles = document.styles
    normal = styles["Normal"]
    _set_font(normal, 10.5)
    normal.paragraph_format.space_after = Pt(6)
    for name, size in _SIZES.items():
        _set_font(styles[name], size)
        styles[name].font.italic = False
    styles["Title"].paragraph_format.space_before = Pt(18)
    _set_font(styles[CAPTION], 9.5)
    styles[CAPTION].font.bold = True
    _add_style(document, MESSAGE, 12, is_bold=True)
    # What is said of something stands on the page of that.
    styles[MESSAGE].paragraph_format.keep_with_next = True
    styles[LIST].paragraph_format.keep_together = True
    _add_style(document, NOTE, 9.5, is_bold=False)
    _set_language(document)


def _add_style(document: Document, name: str, size: float, is_bold: bool) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    _set_font(style, size)
    style.font.bold = is_bold
    style.paragraph_format.left_indent = Cm(0.4)
    style.paragraph_format.space_after = Pt(8)
    style.quick_style = True


def _set_font(style: ParagraphStyle, size: float) -> None:
    style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), _BLACK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(script), None)


def _set_language(document: Document) -> None:
    """What a screen reader and the spelling take the text for, all through."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "sv-SE")
