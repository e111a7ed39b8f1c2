"""Files that real accounting programs wrote, against totals found in their lines by other means."""

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest
from sie_real import FOLDER, REAL, decimals
from sie_written import read, voucher

from gsn_dash.domain.ledger import BUDGET, DEFAULT_MAP, OUTCOME, LedgerDraft
from gsn_dash.ingest.sie.reading import ReadSie, read_sie


def read_file(name: str) -> ReadSie:
    return read_sie(name, (FOLDER / name).read_bytes(), DEFAULT_MAP)


def by_class(ledger: LedgerDraft, measure: str = OUTCOME) -> dict[str, Decimal]:
    """A year's sums by class of account, with SIE's sign as the file has them."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for entry in ledger.entries:
        if entry.measure == measure:
            sums[entry.account[0]] -= entry.amount.kr
    return dict(sums)


@pytest.mark.parametrize("name", REAL)
def test_a_real_file_has_the_years_and_sums_that_are_in_its_lines(name):
    found = read_file(name)
    assert found.problems == ()
    assert [(each.starts, each.ends, by_class(each)) for each in found.ledgers] == REAL[name]


@pytest.mark.parametrize("name", REAL)
def test_every_total_that_a_real_file_has_of_itself_agrees_with_its_months(name):
    totals = read_file(name).control_totals
    assert len(totals) >= 7
    assert [total for total in totals if total.agrees is not True] == []


def test_budgets_by_month_are_those_of_the_accounts_and_not_of_their_cost_centres_too():
    budgets = {"_3": "-2677400.00", "_4": "2040000.00", "_5": "924000.00"}
    ledger = read_file("Test3.SE").ledgers[0]
    assert by_class(ledger, BUDGET) == decimals(**budgets)
    january = [
        (entry.cost_centre, entry.amount.kr)
        for entry in ledger.entries
        if (entry.account, entry.month, entry.measure) == ("3010", date(1997, 1, 1), BUDGET)
    ]
    assert ("11", Decimal(240_000)) in january  # a budgeted revenue is above zero with us


def object_sums_in(name: str, dimension: str) -> dict[tuple[str, str], Decimal]:
    """What the rows of a file's vouchers sum to by account and object, read by a plain pattern."""
    text = (FOLDER / name).read_bytes().decode("cp437" if name != UNDER else "utf-8")
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for account, objects, amount in re.findall(r"#TRANS\s+(\d+)\s+\{(.*?)\}\s+(\S+)", text):
        codes = [a or b for a, b in re.findall(r'"([^"]*)"|(\S+)', objects)]
        for place in range(0, len(codes), 2):
            if codes[place] == dimension:
                sums[account, codes[place + 1]] += Decimal(amount)
    return {key: amount for key, amount in sums.items() if amount}


UNDER = "SIE4_Exempelfil_med_underdim.SE"


@pytest.mark.parametrize("name", ["BL0001_typ4.SE", "typ4.se", UNDER])
@pytest.mark.parametrize(("dimension", "field"), [("1", "cost_centre"), ("6", "project")])
def test_each_cost_centre_and_project_has_what_its_rows_sum_to(name, dimension, field):
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for entry in read_file(name).ledgers[0].entries:
        if getattr(entry, field):
            sums[entry.account, getattr(entry, field)] -= entry.amount.kr
    found = {key: amount for key, amount in sums.items() if amount}
    assert found == object_sums_in(name, dimension)


def test_a_broken_fiscal_year_has_its_own_twelve_months():
    (ledger,) = read_file("BL0001_typ4.SE").ledgers
    assert (ledger.months[0], ledger.months[-1]) == (date(2009, 7, 1), date(2010, 6, 1))
    assert len(ledger.months) == 12
    budgets = [entry for entry in ledger.entries if entry.measure == BUDGET]
    assert {entry.month for entry in budgets} == set(ledger.months)


def test_a_file_of_three_months_speaks_for_no_others():
    ledgers = read_file("periodsaldo_ovnbolag.se").ledgers
    assert [month.month for month in ledgers[0].months] == [1, 2, 3]
    assert len(ledgers[1].months) == 12  # the year before is over


def test_budgets_of_one_year_with_periods_in_another_are_told_of_and_not_counted():
    found = read_file("periodsaldo_ovnbolag.se")
    assert any("Rad 3264 är den första av 624 budgetposter" in each for each in found.remarks)
    assert by_class(found.ledgers[1], BUDGET) == {}
    budgets = {"_3": "-5815000", "_4": "2610000", "_5": "355000", "_6": "93000", "_7": "1947000"}
    assert by_class(found.ledgers[0], BUDGET) == decimals(**budgets, _8="10000")


def test_removed_rows_do_not_count_and_added_ones_count_once():
    # Voucher A 8 of the file had 800 kr on account 4010, which was taken away afterwards.
    (ledger,) = read_file("BL0001_typ4.SE").ledgers
    total = sum(
        entry.amount.kr
        for entry in ledger.entries
        if (entry.account, entry.measure) == ("4010", OUTCOME)
    )
    assert total == Decimal("-35693.20")


def test_months_that_do_not_balance_are_told_of():
    # In this file February 1997 misses 100 kr; every other month sums to zero.
    text = (FOLDER / "Test3.SE").read_bytes().decode("cp437")
    months: dict[str, Decimal] = defaultdict(Decimal)
    for month, amount in re.findall(r"#PSALDO \S+ (\d{6}) \d+ \{\} (\S+)", text):
        months[month] += Decimal(amount)
    assert {month: amount for month, amount in months.items() if amount} == {"199702": 100}
    said = [each for each in read_file("Test3.SE").remarks if "går inte ihop" in each]
    assert len(said) == 1
    assert "Kontona för 1997-02" in said[0]
    assert "100,00 kr" in said[0]


def test_utf_8_that_claims_to_be_pc8_is_read_with_a_word_on_what_was_lost():
    found = read_file(UNDER)
    assert found.problems == ()
    assert by_class(found.ledgers[0])["3"] == Decimal("-5778873.41")
    said = " ".join(found.remarks)
    assert "Rad 6: en SIE-fil ska ha tecken enligt PC8, men denna har UTF-8" in said
    assert "å, ä och ö gick förlorade" in said
    assert all(total.agrees for total in found.control_totals)


def test_a_web_servers_page_instead_of_the_file_is_refused():
    found = read_file("BokSald.SE")
    assert found.ledgers == ()
    (problem,) = found.problems
    assert problem.row == 1
    assert "är ingen SIE-fil" in problem.sentence


def test_nothing_that_names_a_person_is_kept():
    for name in (*REAL, UNDER):
        for ledger in read_file(name).ledgers:
            kept = {(e.account, e.cost_centre, e.project) for e in ledger.entries}
            assert not any(" " in text for texts in kept for text in texts)
            assert "Bengtsson" not in repr(ledger)


@pytest.mark.parametrize(
    "records",
    [
        ('#VER A 1 20230115 "Ersättning till', 'Anna Svensson 8501011234"', *voucher()[1:]),
        voucher('#TRANS 4010 {} "Anna Svensson" 10'),
        voucher("#TRANS Anna {} 10"),
        voucher(day='"Anna Svensson"'),
        ('#PSALDO 0 "Anna Svensson" 4010 {} 1',),
    ],
)
def test_a_broken_line_is_told_without_the_person_that_it_may_name(records):
    told = " ".join(problem.sentence for problem in read(*records).problems)
    assert told
    assert "Anna" not in told and "8501011234" not in told
