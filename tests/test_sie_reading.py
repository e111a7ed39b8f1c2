"""What counts in an SIE file, what is refused with its line, and what is said of the rest."""

import zlib
from datetime import date
from decimal import Decimal
from time import perf_counter

import pytest
from sie_written import HEAD, first_problem, read, read_good, voucher, written

from gsn_dash.domain.ledger import BUDGET, DEFAULT_MAP, OUTCOME, LedgerDraft
from gsn_dash.ingest.sie.reading import is_sie, read_sie


def sums(ledger: LedgerDraft, *fields: str, measure: str = OUTCOME) -> dict:
    """Kr with our sign by the named fields of the entries, without what comes to nothing."""
    found: dict = {}
    for entry in ledger.entries:
        if entry.measure == measure:
            key = tuple(getattr(entry, name) for name in fields)
            found[key] = found.get(key, Decimal(0)) + entry.amount.kr
    return {key: amount for key, amount in found.items() if amount}


def test_a_cost_is_below_zero_with_us_and_a_revenue_above():
    ledger = read_good(*voucher("#TRANS 4010 {} 250.50", "#TRANS 3010 {} -250.50"))
    assert sums(ledger, "account") == {("4010",): Decimal("-250.50"), ("3010",): Decimal("250.50")}


def test_a_row_is_of_the_month_of_its_own_date_or_else_of_the_vouchers():
    rows = ("#TRANS 4010 {} 10 20230301", '#TRANS 4010 {} 5 "" "text"', "#TRANS 1930 {} -15")
    found = sums(read_good(*voucher(*rows)), "account", "month")
    assert found[("4010", date(2023, 3, 1))] == -10
    assert found[("4010", date(2023, 1, 1))] == -5


def test_added_rows_count_once_and_removed_ones_not_at_all():
    rows = (
        "#TRANS 1910 {} -1000",
        "#BTRANS 6110 {} 900",
        "#RTRANS 6250 {} 1000",
        "#TRANS 6250 {} 1000",
    )
    found = read(*voucher(*rows))
    assert sums(found.ledgers[0], "account") == {("1910",): 1000, ("6250",): -1000}
    assert found.remarks == ()


def test_an_added_row_that_no_row_repeats_is_told_of():
    found = read(*voucher("#RTRANS 6250 {} 10", "#TRANS 6250 {} 5", "#TRANS 1910 {} -5"))
    assert found.remarks == ("Rad 9: efter #RTRANS saknas den #TRANS som ska upprepa den.",)


def test_cost_centre_and_project_come_with_the_row_and_other_dimensions_do_not():
    rows = ('#TRANS 4010 {1 "031" 6 "P 1" 7 "Anställd"} 10', "#TRANS 1910 {} -10")
    found = sums(read_good(*voucher(*rows)), "account", "cost_centre", "project")
    assert found[("4010", "031", "P 1")] == -10


BALANCES = (
    "#PSALDO 0 202301 4010 {} 100",
    '#PSALDO 0 202301 4010 {1 "A"} 70',
    '#PSALDO 0 202301 4010 {1 "B"} 20',
    '#PSALDO 0 202301 4010 {6 "P"} 55',
    '#PSALDO 0 202301 4010 {7 "Anställd"} 33',
    "#PBUDGET 0 202301 4010 {} 90",
)


def test_objects_divide_a_total_and_add_nothing_to_it():
    ledger = read_good(*BALANCES, sie_type="3")
    assert sums(ledger, "account") == {("4010",): -100}
    assert sums(ledger, "cost_centre") == {("A",): -70, ("B",): -20, ("",): -10}
    assert sums(ledger, "project") == {("P",): -55, ("",): -45}
    assert sums(ledger, "account", measure=BUDGET) == {("4010",): -90}


def test_an_object_of_both_dimensions_is_part_of_each_of_its_own():
    both = '#PSALDO 0 202301 4010 {1 "A" 6 "P"} 40'
    ledger = read_good(*BALANCES, both, sie_type="3")
    assert sums(ledger, "account") == {("4010",): -100}
    assert sums(ledger, "cost_centre") == {("A",): -70, ("B",): -20, ("",): -10}
    assert sums(ledger, "project") == {("P",): -55, ("",): -45}
    assert sums(ledger, "cost_centre", "project")[("A", "P")] == -40


def test_objects_of_type_2_do_not_count():
    ledger = read_good(*BALANCES, sie_type="2")
    assert sums(ledger, "cost_centre", "project") == {("", ""): -100}


def test_an_account_with_cost_centres_and_projects_alone_is_what_the_cost_centres_sum_to():
    ledger = read_good(*BALANCES[1:5], sie_type="3")
    assert sums(ledger, "account") == {("4010",): -90}
    assert sums(ledger, "project") == {("P",): -55, ("",): -35}


def test_a_total_that_is_left_out_is_zero_and_objects_must_say_so_too():
    other_month = ('#PSALDO 0 202302 4010 {1 "A"} 5', '#PSALDO 0 202302 4010 {1 "B"} -5')
    ledger = read_good(*BALANCES, *other_month, sie_type="3")
    assert sums(ledger, "month") == {(date(2023, 1, 1),): -100}
    line, sentence = first_problem(*BALANCES, other_month[0], sie_type="3")
    assert line == 13
    assert "kontots total saknas" in sentence


def test_period_balances_beside_vouchers_are_not_counted_again():
    rows = voucher("#TRANS 4010 {} 100", "#TRANS 1910 {} -100")
    assert sums(read_good(*BALANCES, *rows), "account")[("4010",)] == -100


def test_an_earlier_year_comes_as_a_ledger_of_its_own():
    head = (*HEAD, "#RAR -1 20220101 20221231")
    found = read(*BALANCES, "#PSALDO -1 202206 4010 {} 7", sie_type="3", head=head)
    assert [ledger.starts.year for ledger in found.ledgers] == [2023, 2022]
    assert sums(found.ledgers[1], "month") == {(date(2022, 6, 1),): -7}
    assert [len(ledger.months) for ledger in found.ledgers] == [1, 1]


@pytest.mark.parametrize(
    ("totals", "covered"),
    [((), 1), (("#RES -1 4010 7",), 12), (("#RES -1 4010 8",), 1), (("#RES -1 4020 0",), 1)],
)
def test_a_month_without_records_is_empty_where_the_years_result_says_so(totals, covered):
    """Without it the file may have some months alone, and the others are unknown, never zero."""
    head = (*HEAD, "#RAR -1 20220101 20221231")
    records = ("#PSALDO 0 202304 4010 {} 1", "#PSALDO -1 202204 4010 {} 7", *totals)
    this, before = read(*records, sie_type="3", head=head).ledgers
    assert this.months == (date(2023, 4, 1),)
    assert len(before.months) == covered


def test_a_year_from_july_has_its_months_over_new_year():
    head = (*HEAD[:-1], "#RAR 0 20220701 20230630")
    rows = voucher("#TRANS 4010 {} 1 20221231", "#TRANS 1910 {} -1 20230101")
    ledger = read_good("#RES 0 4010 1", *rows, head=head)
    assert sums(ledger, "month") == {(date(2022, 12, 1),): -1, (date(2023, 1, 1),): 1}
    assert ledger.months == tuple(date(2022, month, 1) for month in range(7, 13)) + (
        date(2023, 1, 1),
    )


def test_what_the_file_says_it_covers_is_known_also_where_nothing_was_booked():
    ledger = read_good(*BALANCES, "#OMFATTN 20230430", sie_type="3")
    assert len(ledger.months) == 4


@pytest.mark.parametrize("account", ["401", "4010", "40105"])
def test_accounts_have_three_to_five_digits(account):
    ledger = read_good(*voucher(f"#TRANS {account} {{}} 1", "#TRANS 193 {} -1"))
    assert (account,) in sums(ledger, "account")
    assert DEFAULT_MAP.item_of(account) == "cost"


GOOD = voucher("#TRANS 4010 {} 100", "#TRANS 1910 {} -100")
# What is put in after the head (six lines), the line that is named, and a part of its sentence.
BAD = {
    "unbalanced": (voucher("#TRANS 4010 {} 100", "#TRANS 1910 {} -90"), 7, "balanserar inte"),
    "cut in a voucher": (GOOD[:-1], 10, "filen är avkortad"),
    "a voucher in another": ((*GOOD[:-1], *GOOD), 11, "verifikationen på rad 7 tar inte slut"),
    "a stub": (("#PSALDO 0 202301 4010 {}",), 7, "fältet saldo saknas"),
    "a stub of a row": (voucher("#TRANS 4010"), 9, "klammern { } med objekt saknas"),
    "an account of letters": (voucher("#TRANS 40A0 {} 1"), 9, "inget kontonummer"),
    "digits of another script": (voucher("#TRANS 401² {} 1"), 9, "inget kontonummer"),
    "a decimal comma": (("#PSALDO 0 202301 4010 {} 1,5",), 7, "inget belopp"),
    "three decimals": (("#PSALDO 0 202301 4010 {} 1.555",), 7, "inget belopp"),
    "two signs": (("#PSALDO 0 202301 4010 {} +-1",), 7, "inget belopp"),
    "an amount beyond all": (("#PSALDO 0 202301 4010 {} 9999999999999999",), 7, "för stort"),
    "no such month": (("#PSALDO 0 202313 4010 {} 1",), 7, "ingen period"),
    "a month of another year": (("#PSALDO 0 202401 4010 {} 1",), 7, "utanför räkenskapsår 0"),
    "a year without dates": (("#PSALDO -1 202201 4010 {} 1",), 7, "#RAR saknas"),
    "a year to come": (("#PSALDO 1 202301 4010 {} 1",), 7, "årsnumret"),
    "the same thing twice": (("#PSALDO 0 202301 4010 {} 1",) * 2, 8, "gäller detsamma som rad 7"),
    "a voucher of another year": (voucher(*GOOD[2:4], day="20250101"), 9, "utanför"),
    "no such day": (voucher(day="20230230"), 7, "inget datum"),
    "a row without a voucher": (("#TRANS 4010 {} 1",), 7, "utanför en verifikation"),
    "a brace without a voucher": (("{",), 7, "hör inte till någon verifikation"),
    "half a pair of objects": (voucher('#TRANS 4010 {1} 1'), 9, "inte parvis"),
    "one dimension twice": (voucher('#TRANS 4010 {1 "A" 1 "B"} 1'), 9, "två gånger"),
    "an open quotation mark": (voucher('#TRANS 4010 {1 "A} 1'), 9, "går inte att dela upp"),
    "something between the records": (("hej",), 7, "börjar inte med #"),
    "another currency": (("#VALUTA NOK",), 7, "NOK"),
    "two years at once": (("#RAR -1 20220201 20230131",), 7, "krockar med det på rad 6"),
    "a year of two": (("#RAR -1 20200101 20221231",), 7, "inget år"),
    "a check sum without its end": (("#KSUMMA", *GOOD), 7, "avkortad"),
    "a wrong check sum": (("#KSUMMA", *GOOD, "#KSUMMA 1"), 13, "stämmer inte"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BAD)
def test_a_fault_is_told_with_its_line_and_nothing_is_read(fault):
    records, line, said = BAD[fault]
    found = first_problem(*records)
    assert found[0] == line
    assert said in found[1]


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content + b"\x1a",
        lambda content: content + b"\x1a" + b"\x00" * 128,
        lambda content: content.replace(b"\r\n", b"\r"),
        lambda content: content.replace(b"{} 100", b"{} +100"),
    ],
    ids=["end of file of DOS", "filled up", "lone CR", "a plus sign"],
)
def test_what_old_programs_write_is_read_as_the_same(change):
    found = read_sie("prov.se", change(written(*GOOD)), DEFAULT_MAP)
    assert found.problems == ()
    assert found.ledgers[0].entries == read_good(*GOOD).entries


def test_files_without_months_or_year_or_type_say_what_to_export():
    assert "exportera typ 2, 3 eller 4" in first_problem("#RES 0 4010 100", sie_type="1")[1]
    assert "har inga månader" in first_problem("#RES 0 4010 100", sie_type="3")[1]
    assert "#RAR 0" in first_problem(*GOOD, head=HEAD[:-1])[1]


@pytest.mark.parametrize("content", [b"", b"\n \n", b"PK\x03\x04rest", b"#FLAGGA 0\n\x00\x00"])
def test_what_is_no_sie_file_is_refused_by_its_first_line(content):
    found = read_sie("prov.se", content, DEFAULT_MAP)
    assert found.ledgers == ()
    assert found.problems[0].row == 1


def test_a_check_sum_is_that_of_the_fields_alone():
    # Labels and fields in PC8, without blanks, quotation marks and braces.
    fields = b"#VERA120230115Text" + b"#TRANS40101A100" + b"#TRANS1910-100"
    rows = voucher('#TRANS 4010 {1 "A"} 100', "#TRANS 1910  {} -100")
    assert read("#KSUMMA", *rows, f"#KSUMMA {zlib.crc32(fields)}").problems == ()


def test_thousands_of_faults_are_told_as_some():
    found = read(*("hej",) * 5000)
    assert len(found.problems) == 51
    assert found.problems[-1].sentence == "resten av filen lästes inte"


def test_letters_of_windows_are_read_and_a_lost_code_is_not():
    rows = voucher('#TRANS 4010 {1 "Å1"} 1', "#TRANS 1910 {} -1")
    lines = [*(line.format(sie_type="4") for line in HEAD), *rows]
    found = read_sie("prov.se", "\n".join(lines).encode("cp1252"), DEFAULT_MAP)
    assert sums(found.ledgers[0], "cost_centre")[("Å1",)] == -1
    assert "Windows tecken" in found.remarks[0]
    lost = "\n".join(lines).replace("Å1", "\ufffd1").encode()
    refused = read_sie("prov.se", lost, DEFAULT_MAP)
    assert (refused.problems[0].row, refused.ledgers) == (9, ())


def test_totals_of_the_file_that_its_months_do_not_give_are_shown_and_told():
    found = read("#RES 0 4010 120", *GOOD)
    (total,) = [each for each in found.control_totals if each.name.startswith("Kontoklass 4")]
    assert (total.stated.kr, total.found.kr, total.agrees) == (-120, -100, False)
    assert total.place == "rad 7 och framåt"
    assert "Rad 7: konto 4010 ändras under året med 120,00 kr" in found.remarks[0]


def test_the_same_voucher_twice_is_told_of_and_both_count():
    found = read(*GOOD, *GOOD)
    assert "Rad 12: verifikationen är på raden lik den på rad 7" in found.remarks[0]
    assert sums(found.ledgers[0], "account")[("4010",)] == -200


def test_a_file_that_was_made_before_its_last_month_was_over_says_so():
    head = tuple(line.replace("20240115", "20230120") for line in HEAD)
    assert "innan 2023-01 var slut" in read(*GOOD, head=head).remarks[0]


def test_only_what_begins_like_sie_is_taken_for_it():
    assert is_sie(written())
    assert is_sie(b"\xef\xbb\xbf\r\n#FLAGGA 0")
    assert not is_sie(b"# en rubrik")
    assert not is_sie(b"a;b;c")


def test_a_file_of_ten_megabytes_is_read_in_seconds():
    rows = (f'#TRANS {4000 + n % 500} {{1 "{n % 40}" 6 "{n % 90}"}} 12.50' for n in range(12))
    each = "\r\n".join(voucher(*rows, "#TRANS 1910 {} -150")) + "\r\n"
    count = 400_000 // len(each)
    start = perf_counter()
    found = read_sie("stor.se", written() + each.encode() * count, DEFAULT_MAP)
    took = perf_counter() - start
    assert sums(found.ledgers[0], "account")[("1910",)] == 150 * count
    assert took * 10 / 0.4 < 60  # a guard against what grows faster than the file
