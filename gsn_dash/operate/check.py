"""Print the controls of the latest occasion for the operator."""

from __future__ import annotations

from sqlalchemy import Engine

from gsn_dash.domain.checks.run import run_controls
from gsn_dash.present.findings import VERDICTS, describe_finding
from gsn_dash.present.frame import describe_counts, describe_occasion
from gsn_dash.store.read import read_snapshot


def run_check(engine: Engine) -> int:
    """Print every control and return 0; with no occasion in the store say so and return 1."""
    snapshot = read_snapshot(engine)
    if snapshot is None:
        print("Databasen har inga uppgifter än: läs in dem med ”python -m gsn_dash load data”.")
        return 1
    print(describe_occasion(snapshot.occasion))
    findings = run_controls(snapshot)
    for finding in findings:
        title, explanation = describe_finding(snapshot, finding)
        print(f"[{VERDICTS[finding.verdict]}] {title}. {explanation}")
    print(f"Kontroll av siffrorna: {describe_counts(findings)}.")
    return 0
