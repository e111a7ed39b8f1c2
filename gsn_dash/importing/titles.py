"""What a file is called among the papers: what it is, and not what its file is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from gsn_dash.domain.drafts import (
    CORRECTION,
    TABLE,
    TEMPLATE,
    ContributionDraft,
    DocumentDraft,
    Drafts,
    InvestmentDraft,
    OccasionDraft,
    OperatingDraft,
    TotalDraft,
)
from gsn_dash.domain.figures import Document
from gsn_dash.domain.snapshot import Occasion

LONGEST_TITLE = 120
_LAST_MONTH = 12
_Stated = TypeVar("_Stated", OperatingDraft, InvestmentDraft, ContributionDraft, TotalDraft)


def usual_title(drafts: Drafts, occasion: Occasion | OccasionDraft | None) -> str:
    """ "Uppföljning, tillfälle 3 2023", "Bokslut 2023"; empty for a file of no occasion."""
    is_of_occasion = drafts.kind in (TABLE, TEMPLATE) and any(
        (drafts.operating, drafts.investments, drafts.contributions, drafts.totals)
    )
    if occasion is None or not is_of_occasion:
        return ""
    if occasion.period_end.month == _LAST_MONTH:
        return f"Bokslut {occasion.year}"
    return f"Uppföljning, tillfälle {occasion.number} {occasion.year}"


def titled(drafts: Drafts, title: str) -> Drafts:
    """The drafts of one file under a title, as they are where it is empty.

    The file's own name then stands in front of each place.
    """
    wanted = " ".join(title.split())[:LONGEST_TITLE]
    if not wanted:
        return drafts
    file = drafts.files[0][0] if drafts.files else ""
    return replace(
        drafts,
        documents=tuple(replace(each, title=wanted) for each in drafts.documents),
        operating=_placed(drafts.operating, file),
        investments=_placed(drafts.investments, file),
        contributions=_placed(drafts.contributions, file),
        totals=_placed(drafts.totals, file),
    )


def _placed(stated: tuple[_Stated, ...], file: str) -> tuple[_Stated, ...]:
    return tuple(_in_file(draft, file) for draft in stated)


def _in_file(draft: _Stated, file: str) -> _Stated:
    place = draft.reading.place
    section = ", ".join(part for part in (file, place.section) if part)
    reading = replace(draft.reading, place=replace(place, section=section))
    return replace(draft, reading=reading)


def rename_drafts(papers: Iterable[Document], title: str) -> Drafts:
    """The drafts that call files' papers something else; no figure changes."""
    wanted = " ".join(title.split())[:LONGEST_TITLE]
    drafts = tuple(
        DocumentDraft(p.key, wanted or p.title, p.kind, p.dated, p.pages, p.item) for p in papers
    )
    return Drafts(documents=drafts, kind=CORRECTION)
