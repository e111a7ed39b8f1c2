"""One figure put right, or another of its sources chosen: drafts of what a person decides."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gsn_dash.domain.amounts import ZERO, Amount, Unknown
from gsn_dash.domain.drafts import (
    CHOICE,
    CORRECTION,
    IN_FORCE,
    RESTATED,
    ContributionDraft,
    Drafts,
    InvestmentDraft,
    OperatingDraft,
    Place,
    PopulationDraft,
    Reading,
    TotalDraft,
)
from gsn_dash.domain.figures import Figure, SourceRef
from gsn_dash.domain.refs import population_ref
from gsn_dash.domain.snapshot import Contribution, Population, Snapshot
from gsn_dash.ingest.printed import UnreadableError, parse_printed

_UNKNOWN_NOW = "okänt enligt rättelsen"
_LONGEST_COUNT = 9
_WITH_UNIT = re.compile(r"(.*?\S)\s*(mkr|tkr|kr)", re.IGNORECASE)
_COSTS, _DEVIATION = ("cost", "other_cost"), "deviation"


class CorrectionRefused(ValueError):
    """The correction cannot be made; the text is one Swedish sentence with what to write."""


@dataclass(frozen=True)
class Correction:
    """What a person writes in the place of a figure: as it would be printed, and its scale."""

    printed: str
    scale: str


def find_stated(snapshot: Snapshot, ref: str) -> Figure | Population | None:
    """The figure in force that a paper states and that may be put right; None for any other."""
    for figures in (snapshot.operating, snapshot.investments):
        for key, figure in figures.items():
            if key.ref == ref:
                return figure
    for key, stated in snapshot.contributions.items():
        if key.ref == ref:
            return stated.figure
    counted = (p for p in snapshot.populations if _name(p) == ref)
    return snapshot.totals.get(ref) or next(counted, None)


def correction_drafts(snapshot: Snapshot, ref: str, correction: Correction) -> Drafts:
    """The drafts that put `ref` right, which stands where it stood. Raises CorrectionRefused.

    Why belongs to the import, as its note.
    """
    stated = find_stated(snapshot, ref)
    if isinstance(stated, Population):
        place = _place_of(stated.source)
        draft = PopulationDraft(stated.municipality, stated.as_of, _count(correction), place)
        return Drafts(populations=(draft,), kind=CORRECTION)
    if stated is None or not isinstance(stated.origin, SourceRef):
        raise CorrectionRefused("Uppgiften finns inte längre; ladda om sidan och försök igen.")
    return _corrected(snapshot, ref, _reading(ref, correction, _place_of(stated.origin)))


def _corrected(snapshot: Snapshot, ref: str, reading: Reading) -> Drafts:
    occasion = (snapshot.occasion.year, snapshot.occasion.number)
    given = {"kind": CORRECTION}
    for key in snapshot.operating:
        if key.ref == ref:
            return Drafts(operating=(OperatingDraft(occasion, key, reading),), **given)
    for project in snapshot.investments:
        if project.ref == ref:
            return Drafts(investments=(InvestmentDraft(occasion, project, reading),), **given)
    for payer, stated in snapshot.contributions.items():
        if payer.ref == ref:
            draft = ContributionDraft(occasion, payer, stated.year, reading)
            return Drafts(contributions=(draft,), **given)
    return Drafts(totals=(TotalDraft(occasion, ref, reading),), **given)


def _reading(ref: str, correction: Correction, place: Place) -> Reading:
    text = _without_unit(correction.printed.strip(), correction.scale)
    if not text:
        raise CorrectionRefused("Skriv beloppet, eller ? om det är okänt.")
    try:
        parsed = parse_printed(text, correction.scale)
    except UnreadableError as error:
        raise CorrectionRefused(f"{error}; skriv till exempel 18,5.") from error
    _check_sign(ref, text, parsed.amount)
    amount = Unknown(_UNKNOWN_NOW) if isinstance(parsed.amount, Unknown) else parsed.amount
    return Reading(text, amount, parsed.precision, False, place)


def _without_unit(text: str, scale: str) -> str:
    """ "19,4 Mkr" as "19,4", where that is also the scale."""
    found = _WITH_UNIT.fullmatch(text)
    if found is None:
        return text
    if found[2].lower() != scale.lower():
        raise CorrectionRefused(f"Du har skrivit {found[2]}, men {scale} är valt; välj samma.")
    return found[1]


def _check_sign(ref: str, text: str, amount: Amount) -> None:
    """Costs are below zero here, whatever they are in the paper at hand."""
    area, *names = ref.split(":")
    is_cost = area == "operating" and names[1] in _COSTS and names[-1] != _DEVIATION
    if is_cost and not isinstance(amount, Unknown) and amount > ZERO:
        raise CorrectionRefused(f"Kostnader skrivs med minus framför: skriv −{text}.")


def _count(correction: Correction) -> int:
    text = "".join(correction.printed.split())
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_COUNT):
        raise CorrectionRefused("Antalet invånare skrivs med bara siffror, till exempel 26 353.")
    return int(text)


def _name(people: Population) -> str:
    return population_ref(people.municipality, people.as_of)


def sources_of_contribution(snapshot: Snapshot, ref: str) -> tuple[Contribution, ...]:
    """Every place that states a contribution, the one in force first; empty for other figures."""
    for key, stated in snapshot.contributions.items():
        if key.ref == ref:
            return (stated, *(other for other in snapshot.restated if other.key == key))
    return ()


def choice_drafts(snapshot: Snapshot, ref: str, chosen: int) -> Drafts:
    """The drafts that put the source number `chosen` of `sources_of_contribution` in force."""
    occasion = (snapshot.occasion.year, snapshot.occasion.number)
    drafts = tuple(
        ContributionDraft(
            occasion,
            stated.key,
            stated.year,
            _as_read(stated.figure),
            IN_FORCE if number == chosen else RESTATED,
        )
        for number, stated in enumerate(sources_of_contribution(snapshot, ref))
    )
    return Drafts(contributions=drafts, kind=CHOICE)


def _as_read(figure: Figure) -> Reading:
    assert isinstance(figure.origin, SourceRef)
    place = _place_of(figure.origin)
    return Reading(figure.printed, figure.amount, figure.precision, figure.approximate, place)


def _place_of(source: SourceRef) -> Place:
    return Place(source.document.key, source.section, source.row, source.column, source.page)
