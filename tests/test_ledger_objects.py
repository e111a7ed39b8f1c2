"""What a ledger's codes are: their amounts, what is not mapped, and what is proposed for it."""

from datetime import date

import pytest
from papers import kr
from sie_written import HEAD, read, written

from gsn_dash.domain.ledger import (
    BUDGET,
    COST,
    DEFAULT_MAP,
    OUTCOME,
    REVENUE,
    LedgerEntry,
    LedgerMap,
)
from gsn_dash.domain.ledger_objects import (
    ACCOUNT,
    COST_CENTRE,
    PROJECT,
    Ours,
    Proposal,
    cost_centres_of,
    open_accounts,
    projects_of,
    propose,
)
from gsn_dash.ingest.sie.reading import read_sie
from gsn_dash.present.ledger_objects import describe_object, describe_open, open_table

SPACE = "\u00a0"
OURS = (
    Ours("031", "Digitalisering", ("031",)),
    Ours("032", "Arkitektur", ("032",)),
    Ours("033", "Teknik", ("033",)),
)
NAMES = {each.key: each.name for each in OURS}
# Two projects of ours have the same number, as they have in the papers.
PROJECTS = (Ours("lamps", "Lampor", ("0003",)), Ours("poles", "Stolpar", ("0003",)))


def entry(account, amount, centre="", project="", measure=OUTCOME):
    return LedgerEntry(date(2023, 1, 1), account, centre, project, measure, kr(amount))


@pytest.mark.parametrize(
    ("code", "name", "proposed"),
    [
        ("031", "digitalisering ", Proposal("031", "both")),
        ("031", "Något annat", Proposal("031", "code")),
        ("031", "", Proposal("031", "code")),
        ("9", "Arkitektur", Proposal("032", "name")),
        ("031", "Arkitektur", None),  # the number is of one, the name of another
        ("9", "", None),
    ],
)
def test_the_same_number_or_name_proposes_and_what_contradicts_itself_does_not(
    code, name, proposed
):
    assert propose(code, name, OURS) == proposed


def test_a_number_of_two_projects_proposes_none_unless_the_name_tells_which():
    assert propose("0003", "", PROJECTS) is None
    assert propose("0003", "Stolpar", PROJECTS) == Proposal("poles", "both")


def test_every_cost_centre_has_its_amounts_and_what_is_mapped_has_no_proposal():
    mapped = LedgerMap(DEFAULT_MAP.accounts, {"032": "031"})
    entries = [
        entry("3010", "50", "031"), entry("4010", "-80", "031"), entry("5010", "-20", "031"),
        entry("4010", "-40", "031", measure=BUDGET), entry("1930", "-999", "031"),
        entry("4010", "-7", "032"), entry("4010", "-3"),
    ]  # fmt: skip
    first, second = cost_centres_of(entries, {(COST_CENTRE, "031"): "Digitalisering"}, mapped, OURS)
    assert (first.code, first.name, first.budget) == ("031", "Digitalisering", kr("-40"))
    # A bank account is neither revenue nor cost.
    assert first.booked == {REVENUE: kr("50"), COST: kr("-100")}
    assert first.proposal == Proposal("031", "both")
    assert (second.key, second.proposal) == ("031", None)
    assert describe_object(first) == (
        f"031 Digitalisering: intäkter 50{SPACE}kr, kostnader −100{SPACE}kr, budget −40{SPACE}kr"
    )


def test_what_is_not_mapped_is_a_table_with_its_amounts():
    entries = [
        entry("4010", "-80", "031"), entry("9110", "-5"), entry("4010", "-1", project="P"),
        entry("1210", "-9", project="P"),
    ]  # fmt: skip
    centres = cost_centres_of(entries, {}, DEFAULT_MAP, OURS)
    (row,) = open_table(COST_CENTRE, centres, NAMES).rows
    texts = [cell.text for cell in row.cells]
    assert texts == [
        f"0{SPACE}kr", f"−80{SPACE}kr", "ingen", "031 Digitalisering (samma nummer)",
    ]  # fmt: skip
    assert describe_open(COST_CENTRE, centres).startswith("Ett kostnadsställe är inte kopplat")
    accounts = open_accounts(entries, {(ACCOUNT, "9110"): "Internt"}, DEFAULT_MAP)
    assert [each.code for each in accounts] == ["9110"]
    assert open_table(ACCOUNT, accounts, {}).rows[0].heading.text == "9110 Internt"
    assert "räknas därför inte" in describe_open(ACCOUNT, accounts)
    (project,) = projects_of(entries, {}, DEFAULT_MAP, PROJECTS)
    assert [c.text for c in open_table(PROJECT, [project], {}).rows[0].cells][:2] == [
        f"−1{SPACE}kr", f"−9{SPACE}kr",
    ]  # fmt: skip
    all_mapped = LedgerMap(DEFAULT_MAP.accounts, {"031": "031"})
    assert open_table(COST_CENTRE, cost_centres_of(entries, {}, all_mapped, OURS), NAMES) is None
    assert describe_open(COST_CENTRE, cost_centres_of(entries, {}, all_mapped, OURS)) == ""


def test_a_file_tells_what_its_codes_are_called_and_an_odd_name_is_no_fault():
    rows = ("#PSALDO 0 202301 4010 {} 9", "#PSALDO 0 202301 4010 {1 031} 9")
    told = ('#KONTO 4010 "Inköp"', '#OBJEKT 1 031 "Ansvar ett"', '#OBJEKT 6 P "Lampor"')
    found = read_sie("a.se", written(*told, *rows, sie_type="3", head=HEAD), DEFAULT_MAP)
    assert found.ledgers[0].names == {
        (ACCOUNT, "4010"): "Inköp",
        (COST_CENTRE, "031"): "Ansvar ett",
        (PROJECT, "P"): "Lampor",
    }
    odd = ('#KONTO 4010 "Inköp', "#OBJEKT", '#OBJEKT 7 X "Annan dimension"', "#KONTO 3010")
    (ledger,) = read(*odd, *rows, sie_type="3").ledgers
    assert ledger.names == {}
