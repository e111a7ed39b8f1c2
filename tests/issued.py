"""What the tests of appendices read: sources with everything in them, and markup in every name."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.scenario.document import write_document
from gsn_dash.domain.scenario.fingerprint import fingerprint
from gsn_dash.domain.scenario.overlays import RestChange, Scenario
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.report.sources import AppendixSources, ChosenScenario, FindingAnswer

MADE_ON = date(2023, 5, 4)
ANSWER = "Fakturorna kom först i maj"
# What a name could do to Typst, to XML, to HTML or to Word, a character that none can hold, and
# those that no font of the program has.
NASTY = '#eval("1+1") $x$ *fet* <script>alert(1)</script> ]]> & \\ @ `kod` \u202e\x0b ✅漢 = rubrik'


def sources_of(snapshot: Snapshot, **more: object) -> AppendixSources:
    """An appendix's sources with the controls, one of them answered on other figures."""
    findings = run_controls(snapshot)
    told = FindingAnswer(ANSWER, "Eva Ek", date(2023, 5, 3), "others")
    answers = {finding.key: told for finding in findings[:1]}
    return replace(AppendixSources(snapshot, MADE_ON, findings, answers), **more)


def frozen_scenario(snapshot: Snapshot, name: str = "Dyrare höst") -> ChosenScenario:
    """A frozen scenario on the snapshot: the rest of the year costs 2 % more."""
    document = write_document(Scenario((RestChange("cost", Decimal("0.02")),)))
    return ChosenScenario(name, "Eva Ek", "", date(2023, 5, 2), fingerprint(snapshot), document)


def with_nasty_names(snapshot: Snapshot) -> Snapshot:
    """The snapshot with markup in the name of everything that has one."""

    def name(each):
        return replace(each, name=f"{each.name} {NASTY}")

    return replace(
        snapshot,
        activities=tuple(map(name, snapshot.activities)),
        projects=tuple(map(name, snapshot.projects)),
        collaborations=tuple(map(name, snapshot.collaborations)),
        municipalities={code: name(each) for code, each in snapshot.municipalities.items()},
    )
