"""Whatever ledger is written as SIE is read back as it was, and its cuts agree with each other."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from sie_written import read_good, written

from gsn_dash.domain.ledger import BUDGET, DEFAULT_MAP, OUTCOME, LedgerDraft
from gsn_dash.ingest.sie.reading import read_sie

MONTHS = st.integers(1, 12).map(lambda month: date(2023, month, 1))
ACCOUNTS = st.sampled_from(["193", "2440", "3010", "30105", "4010", "5010", "7999", "8300"])
CENTRES = st.sampled_from(["", "031", "032", "Öst 3", 'a"b'])
PROJECTS = st.sampled_from(["", "0003", "P-9"])
ORE = st.integers(-(10**11), 10**11).filter(bool).map(lambda ore: Decimal(ore).scaleb(-2))

Rows = dict[tuple[date, str, str, str], Decimal]


def quoted(text: str) -> str:
    return '"' + text.replace('"', "'") + '"'


def objects(centre: str, project: str) -> str:
    pairs = [f"{dim} {quoted(code)}" for dim, code in ((1, centre), (6, project)) if code]
    return "{" + " ".join(pairs) + "}"


def entries(ledger: LedgerDraft, measure: str = OUTCOME) -> Rows:
    return {
        (e.month, e.account, e.cost_centre, e.project): e.amount.kr
        for e in ledger.entries
        if e.measure == measure
    }


@given(st.lists(st.tuples(MONTHS, ACCOUNTS, CENTRES, PROJECTS, ORE), min_size=1, max_size=12))
def test_vouchers_are_read_back_as_what_they_sum_to(rows):
    lines, wanted = [], defaultdict(Decimal)
    for number, (month, account, centre, project, amount) in enumerate(rows, start=1):
        day = f"{month:%Y%m}15"
        lines += [
            f'#VER A {number} {day} "Någons namn"',
            "{",
            f'#TRANS {account} {objects(centre, project)} {amount} {day} "Någon" 1 "NN"',
            f"\t#TRANS  1910\t{{}}  {-amount}",
            "}",
        ]
        wanted[month, account, centre.replace('"', "'"), project] -= amount
        wanted[month, "1910", "", ""] += amount
    ledger = read_good(*lines)
    assert entries(ledger) == {key: amount for key, amount in wanted.items() if amount}
    assert "Någon" not in repr(ledger)


PARTS = st.dictionaries(st.tuples(CENTRES, PROJECTS), ORE, min_size=1, max_size=6)


@given(st.dictionaries(st.tuples(MONTHS, ACCOUNTS), PARTS, min_size=1, max_size=4), st.booleans())
def test_sums_by_cost_centre_and_by_project_are_the_accounts_total(cells, tells_both):
    """A file states totals and both cuts, and may state what both dimensions name together."""
    lines = []
    for (month, account), parts in cells.items():
        period = f"{month:%Y%m}"
        cuts: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for (centre, project), amount in parts.items():
            cuts["", ""] += amount
            for cut in {(centre, ""), ("", project)} - {("", "")}:
                cuts[cut] += amount
            if centre and project and tells_both:
                cuts[centre, project] += amount
        lines += [
            f"#PSALDO 0 {period} {account} {objects(*cut)} {amount}" for cut, amount in cuts.items()
        ]
    ledger = read_good(*lines, sie_type="3")
    assert cut_by(entries(ledger), ()) == cut_of(cells, ())
    assert cut_by(entries(ledger), (2,)) == cut_of(cells, (0,))
    assert cut_by(entries(ledger), (3,)) == cut_of(cells, (1,))


def cut_by(found: Rows, places: tuple[int, ...]) -> dict:
    """Sums by month, account and these fields of the entries, without what comes to nothing."""
    sums: dict = defaultdict(Decimal)
    for key, amount in found.items():
        sums[key[0], key[1], *(key[place] for place in places)] += amount
    return {key: amount for key, amount in sums.items() if amount}


def cut_of(cells: dict, places: tuple[int, ...]) -> dict:
    """The same of what was written, with our sign and the characters that a code can have."""
    sums: dict = defaultdict(Decimal)
    for (month, account), parts in cells.items():
        for names, amount in parts.items():
            codes = (names[place].replace('"', "'") for place in places)
            sums[month, account, *codes] -= amount
    return {key: amount for key, amount in sums.items() if amount}


@given(st.dictionaries(st.tuples(MONTHS, ACCOUNTS), ORE, min_size=1, max_size=8))
def test_budgets_are_read_back_and_are_no_outcome(cells):
    lines = [
        f"#PBUDGET 0 {month:%Y%m} {account} {{}} {amount}"
        for (month, account), amount in cells.items()
    ]
    ledger = read_good(*lines)
    wanted = {(*key, "", ""): -amount for key, amount in cells.items()}
    assert entries(ledger, BUDGET) == wanted
    assert entries(ledger) == {}
    assert ledger.months == ()


@given(st.binary(max_size=300), st.integers(0, 400))
def test_any_bytes_in_a_file_are_read_or_refused_with_a_line(noise, place):
    good = written("#VER A 1 20230115", "{", "#TRANS 4010 {} 1", "#TRANS 1910 {} -1", "}")
    found = read_sie("prov.se", good[:place] + noise + good[place:], DEFAULT_MAP)
    assert not (found.ledgers and found.problems)
    assert all(problem.sentence and problem.row >= 0 for problem in found.problems)
    assert found.ledgers or found.problems
