"""A file's earlier years fill in what nobody has read, and replace nothing that has been."""

from papers import kr
from sie_written import HEAD, voucher, written
from sqlalchemy import Engine

from gsn_dash.importing import flow
from gsn_dash.ingest.opened import Choices
from gsn_dash.store.ledger_codes import read_sums, read_years

EARLIER = (*HEAD, "#RAR -1 20220101 20221231")
BOTH = ("#PSALDO 0 202301 4010 {} 9", "#PSALDO -1 202206 4010 {} 7")


def look(engine: Engine, content: bytes) -> flow.Look:
    return flow.look(engine, flow.begin("bok.se", content), Choices())


def test_an_earlier_year_is_read_once_and_its_own_file_is_what_corrects_it(loaded_engine):
    first = look(loaded_engine, written(*BOTH, sie_type="3", head=EARLIER))
    assert [each.starts.year for each in first.read.drafts.ledgers] == [2023, 2022]
    flow.keep_look(loaded_engine, first, "ekonomen", "")
    assert [day.year for day in sorted(read_years(loaded_engine))] == [2022, 2023]

    later = BOTH[0].replace(" 9", " 10"), BOTH[1].replace(" 7", " 8")
    second = look(loaded_engine, written(*later, sie_type="3", head=EARLIER))
    assert [each.starts.year for each in second.read.drafts.ledgers] == [2023]
    assert any("2022-01-01–2022-12-31 är redan inläst" in each for each in second.read.remarks)

    own = (*HEAD[:-1], "#RAR 0 20220101 20221231")
    rows = voucher('#TRANS 40105 {1 "A" 6 "P"} 8', "#TRANS 1910 {} -8", day="20220615")
    third = look(loaded_engine, written(*rows, head=own))
    assert third.can_keep
    flow.keep_look(loaded_engine, third, "ekonomen", "")
    # Of the two latest years, each sum over its months with the paper's signs.
    sums = {
        (each.account, each.cost_centre, each.project): each for each in read_sums(loaded_engine)
    }
    assert {name: each.amount for name, each in sums.items()} == {
        ("1910", "", ""): kr("8"),
        ("4010", "", ""): kr("-9"),
        ("40105", "A", "P"): kr("-8"),
    }
