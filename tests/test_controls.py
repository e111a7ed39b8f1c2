"""What the controls find in the papers, and that each is silent on a paper put right."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from papers import claim, kr, mkr, read_papers, stated

from gsn_dash.domain.amounts import MKR, Money
from gsn_dash.domain.checks.finding import Finding, Verdict, compare
from gsn_dash.domain.checks.run import count_verdicts, run_controls
from gsn_dash.domain.refs import ContributionKey, InvestmentKey, OperatingKey
from gsn_dash.domain.snapshot import Claim, Snapshot
from gsn_dash.present.controls import controls_message
from gsn_dash.present.findings import VERDICTS, describe_finding

HOLDS = (Verdict.HOLDS, Verdict.HOLDS_ROUNDED)
NET = "operating:total:net:period:deviation"
COST = "operating:total:cost:period:deviation"
BODY = "Driftkostnader"


@pytest.fixture(scope="module")
def papers(server_url: str, loaded_template: str) -> Snapshot:
    return read_papers(server_url, loaded_template)


def found(snapshot: Snapshot, rule: str) -> list[Finding]:
    """What a rule found that does not hold."""
    return [f for f in run_controls(snapshot) if f.rule == rule and f.verdict not in HOLDS]


def told(snapshot: Snapshot, rule: str) -> str:
    """The title and explanation of the first thing a rule found."""
    return " ".join(describe_finding(snapshot, found(snapshot, rule)[0])).replace("\u00a0", " ")


def change_claims(snapshot: Snapshot, change: Callable[[Claim], Claim | None]) -> Snapshot:
    changed = [change(claim) for claim in snapshot.claims]
    return replace(snapshot, claims=tuple(claim for claim in changed if claim is not None))


def swap_back(snapshot: Snapshot) -> Snapshot:
    right = {NET: mkr("4.0"), COST: mkr("3.2")}

    def change(claim: Claim) -> Claim:
        in_body = claim.source.section == BODY and claim.ref in right
        return replace(claim, value=right[claim.ref]) if in_body else claim

    return change_claims(snapshot, change)


def right_share(snapshot: Snapshot) -> Snapshot:
    return change_claims(
        snapshot, lambda c: replace(c, value=Decimal("0.6")) if c.kind == "percent" else c
    )


def without_deviating_activity(snapshot: Snapshot) -> Snapshot:
    kept = {k: f for k, f in snapshot.operating.items() if k.subject != "031"}
    return replace(snapshot, operating=kept)


def all_explained(snapshot: Snapshot) -> Snapshot:
    more = {
        key: stated(key.ref, amount)
        for key, amount in (
            (OperatingKey("031", "revenue", "period", "deviation"), mkr("0.8")),
            (OperatingKey("031", "cost", "period", "deviation"), mkr("-1.2")),
        )
    }
    return replace(snapshot, operating={**snapshot.operating, **more})


def own_code(snapshot: Snapshot) -> Snapshot:
    projects = tuple(
        replace(p, codes=("0004",)) if p.key == "365" else p for p in snapshot.projects
    )
    return replace(snapshot, projects=projects)


def readable_digit(snapshot: Snapshot) -> Snapshot:
    key = InvestmentKey("basfunktionalitet", "appropriation")
    right = {**snapshot.investments, key: stated(key.ref, mkr("0.5"), "0,5")}
    return replace(snapshot, investments=right)


def pays(snapshot: Snapshot, **amounts: Money) -> Snapshot:
    """E-dala's split as given per municipality ("_2085"=…)."""
    changed = dict(snapshot.contributions)
    for code, amount in amounts.items():
        key = ContributionKey("e-dala", code.removeprefix("_"))
        changed[key] = replace(changed[key], figure=stated(key.ref, amount, step="1"))
    return replace(snapshot, contributions=changed)


def by_the_key(snapshot: Snapshot) -> Snapshot:
    return pays(snapshot, _2085=kr("142555.26"), _2061=kr("87444.74"))


def known_archive(snapshot: Snapshot) -> Snapshot:
    key = ContributionKey("e-arkiv", "2061")
    right = replace(snapshot.contributions[key], figure=stated(key.ref, kr("100000"), step="1"))
    return replace(snapshot, contributions={**snapshot.contributions, key: right})


def one_year(snapshot: Snapshot) -> Snapshot:
    right = {key: replace(c, year=2023) for key, c in snapshot.contributions.items()}
    return replace(snapshot, contributions=right)


def whole_table(snapshot: Snapshot) -> Snapshot:
    table = "Investeringar, miljoner kronor"
    cells = [c for c in snapshot.cells if c.table != table]
    for cell in (c for c in snapshot.cells if c.table == table):
        if cell.role == "heading" and cell.column == 6:
            cells += [replace(cell, text="Prognos"), replace(cell, column=7)]
        elif cell.text == "-5,2":
            cells.append(replace(cell, row=1, column=7))
        else:
            cells.append(cell)
    return replace(snapshot, cells=tuple(cells))


def registry_numbers(snapshot: Snapshot) -> Snapshot:
    cells = tuple(
        replace(c, text=f"GSN 2023/{c.row}")
        if c.table == "Ärendelista" and c.role == "value"
        else c
        for c in snapshot.cells
    )
    return replace(snapshot, cells=cells)


def one_answer(snapshot: Snapshot) -> Snapshot:
    return change_claims(
        snapshot, lambda c: None if c.ref.startswith("action_plan") and c.value is True else c
    )


def all_attached(snapshot: Snapshot) -> Snapshot:
    names = {c.ref.split(":")[1] for c in snapshot.claims if c.ref.startswith("appendix:")}
    more = tuple(claim(f"appendix:{name}:attached", "flag", True) for name in sorted(names))
    return replace(snapshot, claims=(*snapshot.claims, *more))


CORRECTED = {
    "swapped": (swap_back, 1),
    "share": (right_share, 1),
    "no_deviation": (without_deviating_activity, 1),
    "unexplained": (all_explained, 2),
    "code_twice": (own_code, 1),
    "lost_digit": (readable_digit, 1),
    "key": (by_the_key, 1),
    "unknown_in_sum": (known_archive, 1),
    "years_mixed": (one_year, 1),
    "table": (whole_table, 1),
    "registry": (registry_numbers, 1),
    "contradiction": (one_answer, 1),
    "appendix": (all_attached, 3),
}


@pytest.mark.parametrize("rule", CORRECTED)
def test_a_rule_finds_its_fault_and_is_silent_when_the_paper_is_right(
    papers: Snapshot, rule: str
) -> None:
    correct, faults = CORRECTED[rule]
    assert len(found(papers, rule)) == faults
    assert found(correct(papers), rule) == []


@pytest.mark.parametrize(
    ("rule", "words"),
    {
        "swapped": ("3,2", "4,0 Mkr", "tvärtom"),
        "share": ("100 %", "7,8 av 13,0 Mkr är 60 %"),
        "no_deviation": ("på 2 ställen", "031", "−0,1 Mkr"),
        "code_twice": ("0003", "365 digital arbetsplats", "Nätverksprojekten"),
        "lost_digit": ("”,5”", "Med 0 stämmer alla totaler", "1,5 Mkr", "omöjligt"),
        "key": ("185 000 kr", "142 555 kr", "87 445 kr", "4,1 gånger", "1,6 gånger", "2,4 gånger"),
        "unknown_in_sum": ("minst 120 000 kr, 1 uppgift saknas", "E-arkiv", "tom"),
        "years_mixed": ("Telefoni (2022)", "Skolskjuts (2023)", "E-dala (år anges inte)"),
        "table": ("6 rubriker men 7 värden", "”prognos”", "”-5,2”"),
        "registry": ("”Dnr”", "4–8", "stigande sidnummer"),
        "contradiction": ("andlingsplanen", "sägs på 1 ställe, och motsatsen på 3 ställen"),
        "appendix": ("Bilaga 2 saknas", "varken i listan över bilagor eller bland papperen"),
    }.items(),
)
def test_the_finding_says_what_and_how_much(
    papers: Snapshot, rule: str, words: tuple[str, ...]
) -> None:
    text = told(papers, rule)
    assert [word for word in words if word not in text] == []


def test_what_nothing_explains_is_the_whole_of_revenue_and_the_rest_of_cost(
    papers: Snapshot,
) -> None:
    amounts = {f.ref: f.found.amount for f in found(papers, "unexplained")}
    assert amounts == {
        "operating:rest:revenue:period:deviation": mkr("0.8"),
        "operating:rest:cost:period:deviation": mkr("-1.2"),
    }


def test_the_rounded_figure_of_school_transport_agrees_after_rounding(papers: Snapshot) -> None:
    ref = ContributionKey("skolskjuts", "2085").ref
    finding = next(f for f in run_controls(papers) if f.rule == "restated" and f.ref == ref)
    assert finding.verdict is Verdict.HOLDS_ROUNDED
    assert (finding.stated.amount, finding.found.amount) == (kr("18000.00"), kr("18300.00"))


def test_the_printed_sum_for_ludvika_agrees_after_rounding(papers: Snapshot) -> None:
    ref = ContributionKey("total", "2085").ref
    finding = next(f for f in run_controls(papers) if f.rule == "total" and f.ref == ref)
    assert finding.verdict is Verdict.HOLDS_ROUNDED
    assert (finding.stated.amount, finding.found.amount) == (kr("740000.00"), kr("740300.00"))


def test_a_total_that_its_parts_do_not_give_does_not_hold(papers: Snapshot) -> None:
    ref = "operating:total:net:period:outcome"
    wrong = replace(papers, totals={**papers.totals, ref: stated(ref, mkr("-0.5"), "-0,5")})
    assert [f.ref for f in found(wrong, "total")] == [ref]


@pytest.mark.parametrize("amount", ["1.8", "0.9", "0.7"])
def test_a_claim_is_the_same_to_the_last_printed_digit(papers: Snapshot, amount: str) -> None:
    ref = "investment:total:outcome"
    wrong = change_claims(papers, lambda c: replace(c, value=mkr(amount)) if c.ref == ref else c)
    assert {f.ref for f in found(wrong, "claim")} == {ref}


def test_every_finding_has_words_and_a_place(papers: Snapshot) -> None:
    for finding in run_controls(papers):
        title, explanation = describe_finding(papers, finding)
        assert title and explanation.endswith((".", ".”"))
        assert finding.stated.places or finding.found.places
        assert finding.verdict in VERDICTS


def test_what_does_not_hold_comes_first(papers: Snapshot) -> None:
    verdicts = [finding.verdict for finding in run_controls(papers)]
    assert verdicts == sorted(verdicts, key=[*VERDICTS].index)
    assert sum(count_verdicts(run_controls(papers)).values()) == len(verdicts)


def test_the_tolerance_is_what_rounding_can_do() -> None:
    step = MKR / 10
    assert compare(mkr("4.0"), mkr("4.0"), step) is Verdict.HOLDS
    assert compare(mkr("4.0"), mkr("4.1"), step) is Verdict.HOLDS_ROUNDED
    assert compare(mkr("4.0"), mkr("4.2"), step) is Verdict.FAILS


@pytest.mark.parametrize("verdict", Verdict)
def test_of_a_single_control_is_not_said_how_many(verdict: Verdict):
    said = controls_message(Counter([verdict]))
    assert "en enda kontrollen" in said and not any(map(str.isdigit, said))
    said = controls_message(Counter({Verdict.HOLDS: 4, verdict: 5}))
    assert " 0 " not in said and said.startswith("I ")
