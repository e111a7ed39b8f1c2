"""The kinds of file that an appendix is made as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gsn_dash.report.appendix import compose_appendix
from gsn_dash.report.content import Content
from gsn_dash.report.sources import AppendixSources


@dataclass(frozen=True)
class Format:
    """A kind of file: its ending, its media type, and what makes it."""

    key: str
    name: str
    media_type: str
    make: Callable[[Content], bytes]


def _pdf(content: Content) -> bytes:
    # What makes a kind of file is imported when one is asked for.
    from gsn_dash.report.pdf import make_pdf

    return make_pdf(content)


def _docx(content: Content) -> bytes:
    from gsn_dash.report.word import make_docx

    return make_docx(content)


PDF = Format("pdf", "PDF", "application/pdf", _pdf)
DOCX = Format(
    "docx",
    "Word",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    _docx,
)
FORMATS = {each.key: each for each in (PDF, DOCX)}


def make_appendix(sources: AppendixSources, key: str) -> bytes:
    """The appendix as a file; the same sources give the same bytes. Raises KeyError for a `key`
    that is none of `FORMATS`."""
    return FORMATS[key].make(compose_appendix(sources))
