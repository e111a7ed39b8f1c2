"""Frozen scenarios, each by itself: what it gives beside the papers, and what it assumes."""

from __future__ import annotations

from gsn_dash.domain.scenario.document import DocumentRefused, read_document
from gsn_dash.domain.scenario.effects import result_of
from gsn_dash.domain.scenario.fingerprint import fingerprint
from gsn_dash.domain.scenario.fit import fit
from gsn_dash.domain.scenario.overlays import Overlay, Scenario
from gsn_dash.domain.scenario.trial import make_trial
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.scenario_compare import net_picture
from gsn_dash.present.appendix import (
    CALCULATED,
    NOTHING_ASSUMED,
    OTHER_FIGURES,
    SCENARIOS,
    describe_frozen,
)
from gsn_dash.present.scenario_tables import Named, in_words, results_table, say_refused
from gsn_dash.present.scenarios import AT_LEAST, apart, describe_left_out_of
from gsn_dash.report.content import (
    Block,
    Heading,
    Note,
    Paragraph,
    bullets,
    drawing,
    paragraphs,
    table,
)
from gsn_dash.report.sources import AppendixSources, ChosenScenario

_PAPERS = "Papperen"


def compose_scenarios(sources: AppendixSources) -> tuple[Block, ...]:
    """The chapter as blocks; none where no scenario is chosen."""
    if not sources.scenarios:
        return ()
    snapshot = sources.snapshot
    taken = [_take(snapshot, found) for found in sources.scenarios]
    results = [result_of(snapshot, scenario) for scenario, _ in taken]
    names = [apart(found.name) for found in sources.scenarios]
    authors = [apart(found.author) for found in sources.scenarios]
    nets = [(n, a, r.net) for n, a, r in zip(names, authors, results, strict=True)]
    named = [Named(name, result) for name, result in zip(names, results, strict=True)]
    reported = Named(_PAPERS, result_of(snapshot, Scenario()), is_reported=True)
    every = [total for each in (reported, *named) for total in each.result.bills.values()]
    return (
        Heading(SCENARIOS),
        Paragraph(CALCULATED),
        *drawing(net_picture(snapshot, nets)),
        *table(results_table("Vad scenarierna ger", "Scenario", snapshot, (reported, *named))),
        *paragraphs(AT_LEAST if any(total.missing for total in every) else ""),
        *(
            block
            for found, (scenario, refused) in zip(sources.scenarios, taken, strict=True)
            for block in _one(snapshot, found, scenario, refused)
        ),
    )


def _take(snapshot: Snapshot, found: ChosenScenario) -> tuple[Scenario, tuple[Overlay, ...]]:
    """What of it these figures can take, and what not; nothing of a document that is none."""
    try:
        return fit(snapshot, read_document(found.document))
    except DocumentRefused:
        return Scenario(), ()


def _one(
    snapshot: Snapshot,
    found: ChosenScenario,
    scenario: Scenario,
    refused: tuple[Overlay, ...],
) -> tuple[Block, ...]:
    worded = in_words(make_trial(snapshot, scenario))
    texts = [f"{text}." for text in worded.texts.values()]
    is_other = found.fingerprint != fingerprint(snapshot)
    left_out = [say_refused(overlay, snapshot) for overlay in refused]
    return (
        Heading(apart(found.name), 2),
        Note(describe_frozen(found.author, found.frozen_on, found.fingerprint)),
        *((Note(OTHER_FIGURES),) if is_other else ()),
        *paragraphs(apart(found.note.strip())),
        *(bullets(*texts) or paragraphs(NOTHING_ASSUMED)),
        *paragraphs(describe_left_out_of(apart(found.name), left_out)),
    )
