"""The one way to Typst: what is set is a template of ours, what it says is data.

A text from the figures never becomes markup: a template reads it out of `sys.inputs`. Only the
fonts that are installed with the program are used, so that the same input is the same to the byte
wherever it is set. Typst is 30 MB: it is imported when something is set.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

FONT = "Source Sans Pro"
_FONT_PACKAGE = "font_source_sans_pro"


@cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[_folder()])


@cache
def _folder() -> str:
    return str(files(_FONT_PACKAGE) / "files")


def font_file(weight: str) -> bytes:
    """The font as it is installed; `weight` is "Regular", "Bold" and so on."""
    return Path(_folder(), f"SourceSansPro-{weight}.ttf").read_bytes()


def set_png(template: str, inputs: Mapping[str, str], ppi: float) -> bytes:
    """The one page of the template as a PNG, `ppi` pixels for each 72 points."""
    import typst

    return typst.compile(
        template.encode(),
        root=_folder(),
        font_paths=_fonts(),
        format="png",
        ppi=ppi,
        sys_inputs=dict(inputs),
    )


def set_pdf(template: str, inputs: Mapping[str, str], timestamp: int) -> bytes:
    """The template as a PDF that a screen reader can follow (PDF/UA-1).

    `timestamp` (seconds since 1970) is what stands in the file as when it was made.
    """
    import typst

    return typst.compile(
        template.encode(),
        root=_folder(),
        font_paths=_fonts(),
        format="pdf",
        sys_inputs=dict(inputs),
        pdf_standards=["ua-1"],
        timestamp=timestamp,
    )
