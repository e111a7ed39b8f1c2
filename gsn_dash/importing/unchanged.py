"""What a file repeats of what is in force: it stays as it is, with the place that it has now.

A template comes back with most of its figures as they were; they are still the papers' own.
"""

from __future__ import annotations

from dataclasses import replace

from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.drafts import Drafts, OccasionDraft, PopulationDraft, Reading
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.refs import population_ref
from gsn_dash.domain.snapshot import Occasion, Snapshot
from gsn_dash.ingest.printed import is_lost_digit


def without_unchanged(drafts: Drafts, held: Snapshot | None, latest: Snapshot | None) -> Drafts:
    """The drafts that say something else than `held`, which is their occasion as it is in force.

    None where the occasion is new: then all of it is, but for the inhabitants, who belong to no
    occasion and are held against the `latest`.
    """
    changed = replace(drafts, populations=_other_populations(drafts, latest))
    return _other_figures(changed, held) if held else changed


def _other_populations(drafts: Drafts, latest: Snapshot | None) -> tuple[PopulationDraft, ...]:
    held = latest.populations if latest else ()
    counts = {population_ref(p.municipality, p.as_of): p.count for p in held}
    return tuple(
        draft
        for draft in drafts.populations
        if counts.get(population_ref(draft.municipality, draft.as_of)) != draft.count
    )


def _other_figures(drafts: Drafts, held: Snapshot) -> Drafts:
    return replace(
        drafts,
        occasions=tuple(d for d in drafts.occasions if _as_occasion(d) != held.occasion),
        operating=tuple(
            d for d in drafts.operating if not _is_same(d.reading, held.operating.get(d.key))
        ),
        investments=tuple(
            d for d in drafts.investments if not _is_same(d.reading, held.investments.get(d.key))
        ),
        contributions=tuple(
            d
            for d in drafts.contributions
            if not (
                (now := held.contributions.get(d.key))
                and d.year == now.year
                and _is_same(d.reading, now.figure)
            )
        ),
        totals=tuple(d for d in drafts.totals if not _is_same(d.reading, held.totals.get(d.ref))),
    )


def figures_unsaid(drafts: Drafts, held: Snapshot | None) -> tuple[Figure, ...]:
    """The known figures of `held` in the tables that the drafts are of, that they do not state."""
    if held is None:
        return ()
    contributions = {key: stated.figure for key, stated in held.contributions.items()}
    tables = (
        (drafts.operating, held.operating),
        (drafts.investments, held.investments),
        (drafts.contributions, contributions),
    )
    return tuple(
        figure
        for said, figures in tables
        if said
        for key, figure in figures.items()
        if key not in {draft.key for draft in said} and not figure.is_unknown
    )


def count_figures(drafts: Drafts) -> int:
    """How many figures the drafts state."""
    groups = (
        drafts.operating,
        drafts.investments,
        drafts.contributions,
        drafts.totals,
        drafts.populations,
    )
    return sum(map(len, groups))


def _as_occasion(draft: OccasionDraft) -> Occasion:
    """The occasion that a draft would make."""
    return Occasion(
        draft.year,
        draft.number,
        draft.period_start,
        draft.period_end,
        draft.appendix_dated,
        draft.meeting_on,
    )


def _is_same(reading: Reading, now: Figure | None) -> bool:
    """Whether a file states a figure just as it is in force, wherever it stands."""
    if now is None:
        return False
    if now.is_unknown and isinstance(reading.amount, Unknown):
        # What is left of a number whose first digit is lost says more than a question mark.
        lost = is_lost_digit(now.printed) or is_lost_digit(reading.printed)
        return not lost or now.printed == reading.printed
    stated = (reading.amount, reading.precision, reading.approximate)
    return stated == (now.amount, now.precision, now.approximate)
