"""What the papers leave open in an item of the agenda, as clauses: "varför …", "vad …", "om …"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from gsn_dash.domain.amounts import ZERO
from gsn_dash.domain.checks.finding import Finding, Verdict
from gsn_dash.domain.investing import portfolio
from gsn_dash.domain.meeting.agenda import COLLABORATIONS, INVESTMENTS, OPERATING, AgendaItem
from gsn_dash.domain.operating import is_left_uncovered
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.collaborating import join_words
from gsn_dash.present.names import (
    name_collaboration,
    name_municipality,
    name_plan,
    name_project,
    name_subject,
)
from gsn_dash.present.numbers import format_mkr

# Which subject a finding is of, by what its quantity is a part of.
_SUBJECTS = {
    "operating": OPERATING,
    "action_plan": OPERATING,
    "forecast": OPERATING,
    "investment": INVESTMENTS,
    "code": INVESTMENTS,
    "collaboration": COLLABORATIONS,
}
_QUESTIONS = {
    "action_plan:has_actions": "om handlingsplanen har åtgärder",
    "forecast:no_deviation": "om prognosen är utan avvikelser",
}


def concerns(item: AgendaItem, finding: Finding) -> bool:
    """Whether a finding is of the item's subjects, or else of a paper that belongs to it; what is
    of no item's paper, as the notice of the meeting, goes with the operating budget."""
    subject = _SUBJECTS.get(finding.ref.partition(":")[0])
    if subject:
        return subject in item.subjects
    places = (*finding.stated.places, *finding.found.places)
    numbers = {place.document.item for place in places if place.document.item}
    return item.number in numbers if numbers else OPERATING in item.subjects


def list_unsettled(
    snapshot: Snapshot, item: AgendaItem, findings: Sequence[Finding]
) -> tuple[str, ...]:
    """The clauses of an item, the operating budget first; empty where all is settled."""
    own = [found for found in findings if concerns(item, found)]
    told = [clause for found in own if (clause := _from_finding(snapshot, found))]
    if OPERATING in item.subjects:
        told += _uncovered(snapshot)
    if INVESTMENTS in item.subjects:
        told += _projects(snapshot)
    return tuple(dict.fromkeys([*told, *_missing_papers(own)]))


def _from_finding(snapshot: Snapshot, finding: Finding) -> str:
    tell = _CLAUSES.get(finding.rule)
    return tell(snapshot, finding) if tell and _is_open(finding) else ""


def _is_open(finding: Finding) -> bool:
    return finding.verdict in (Verdict.FAILS, Verdict.CANNOT_TELL)


def _unexplained(snapshot: Snapshot, finding: Finding) -> str:
    """ "varför övriga kostnader är 1,2 miljoner kronor högre än periodens budget"."""
    amount, item = finding.found.amount, finding.about["item"]
    how = "högre" if (amount > ZERO) == (item == "revenue") else "lägre"
    names = {"revenue": "intäkterna", "cost": "kostnaderna", "net": "nettokostnaden"}
    rest = {"revenue": "övriga intäkter", "cost": "övriga kostnader", "net": "återstoden"}
    who = (rest if finding.about["explained"] else names)[item]
    than = f"miljoner kronor {how} än {name_plan(snapshot.occasion)}"
    verb = "blev" if snapshot.occasion.is_closing else "är"
    return f"varför {who} {verb} {format_mkr(abs(amount))} {than}"


def _contradiction(_snapshot: Snapshot, finding: Finding) -> str:
    question = _QUESTIONS.get(finding.ref)
    return f"{question}, eftersom de säger både ja och nej" if question else ""


def _missing_papers(findings: Sequence[Finding]) -> list[str]:
    """ "vad bilaga 2 innehåller, eftersom den saknas"; empty where none is missing."""
    names = [f.about["name"] for f in findings if f.rule == "appendix" and _is_open(f)]
    if not names:
        return []
    why = "den saknas" if len(names) == 1 else "de saknas"
    return [f"vad {join_words(names)} innehåller, eftersom {why}"]


def _key(snapshot: Snapshot, finding: Finding) -> str:
    name = name_collaboration(snapshot, finding.about["collaboration"])
    return f"varför kostnaden för {name} inte delas enligt avtalets fördelningsnyckel"


def _missing(snapshot: Snapshot, finding: Finding) -> str:
    who = name_municipality(snapshot, finding.about["municipality"])
    lacking = [
        name_collaboration(snapshot, row.key.collaboration) for row in finding.about["missing"]
    ]
    return f"vad {who} betalar för {join_words(lacking)}"


_CLAUSES: dict[str, Callable[[Snapshot, Finding], str]] = {
    "unexplained": _unexplained,
    "contradiction": _contradiction,
    "key": _key,
    "unknown_in_sum": _missing,
}


def _uncovered(snapshot: Snapshot) -> Iterator[str]:
    """How the deviation of an activity is evened out, where no paper says that."""
    for key, figure in snapshot.operating.items():
        if key.span != "year" or key.measure != "deviation" or figure.is_unknown:
            continue
        if not is_left_uncovered(snapshot, key) or name_subject(snapshot, key.subject) == "":
            continue
        about = "cirka " if figure.approximate else ""
        what = ("underskottet", "täcks") if figure.money < ZERO else ("överskottet", "används")
        yield (
            f"hur {what[0]} på {about}{format_mkr(abs(figure.money))} miljoner kronor för"
            f" {name_subject(snapshot, key.subject)} {what[1]}"
        )


def _projects(snapshot: Snapshot) -> Iterator[str]:
    """What of the projects' money nobody knows."""
    found = portfolio(snapshot)
    if found.rows and all(row.outcome.is_unknown for row in found.rows):
        yield "hur mycket som är bokfört på vart och ett av investeringsprojekten"
    for lost in found.lost:
        if lost.solution is None:
            yield f"hur stort anslaget är för {name_project(lost.project)}"
