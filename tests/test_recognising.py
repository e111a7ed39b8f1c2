"""What a sheet holds is recognised from its headings, and what is doubtful is said to be."""

import pytest
from made_tables import BY_ACTIVITY, Rows, xlsx

from gsn_dash.ingest.cells import FileRefused
from gsn_dash.ingest.meanings import KINDS, MEANINGS
from gsn_dash.ingest.opened import open_file
from gsn_dash.ingest.recognising import Recognised
from gsn_dash.present.import_names import name_kind, name_meaning

_LINES: Rows = (
    ("Intäkter", "20,4", "21,2", "0,8", "74,1", "74,1", "0,0"),
    ("Kostnader", "-24,7", "-21,5", "3,2", "-74,1", "-74,1", "0,0"),
    ("Nettokostn", "-4,3", "-0,3", "4,0", "0,0", "0,0", "0,0"),
)
_SPANS = ("", "Januari-april 2023", "", "", "Helår 2023", "", "")
_HEAD = ("", "Budget", "Utfall", "Avvikelse", "Budget", "Prognos", "Avvikelse")
APPENDIX: Rows = (
    ("Gemensamma servicenämndens driftkostnader och investeringar",),
    (),
    ("Intäkter och kostnader, miljoner kronor",),
    _SPANS, _HEAD, *_LINES, (),
    ("Investeringar, miljoner kronor",),
    ("", "Januari-april 2023", "", "", "", "Helår 2023", ""),
    ("", "Årsbudget", "Extra beviljat + överfört under året", "Totalt anslag för året",
     "Utfall för perioden", "Periodens avvikelse mot totalt anslag för året",
     "Prognosen s avvikelse mot totalt anslag för året"),
    ("Summa", "6,9", "6,1", "13,0", "0,8", "-12,2", "-5,2"),
    (),
    ("Samarbete", "Ludvika", "Smedjebacken"),
    ("E-dala", "185 000", "45 000"),
)  # fmt: skip


def _tables(*sheets: Rows) -> tuple[Recognised, ...]:
    return open_file("a.xlsx", xlsx(*sheets)).recognised


def _keys(table: Recognised) -> list[str]:
    return [meaning.key for meaning in table.columns.values()]


def test_the_tables_of_an_appendix_on_one_sheet_are_told_apart():
    operating, investments, collaborations = _tables(APPENDIX)
    assert operating.kind == "operating" and operating.heading_rows == (3, 4)
    assert _keys(operating) == [
        "subject", ":period:budget", ":period:outcome", ":period:deviation", ":year:budget",
        ":year:forecast", ":year:deviation",
    ]  # fmt: skip
    assert (operating.scale, operating.cost_sign, operating.is_sure) == ("Mkr", -1, True)
    assert investments.kind == "investments" and investments.scale == "Mkr"
    assert _keys(investments)[1:] == [
        f"investment:{measure}"
        for measure in ("original", "carried_over", "appropriation", "outcome",
                        "outcome_deviation", "forecast_deviation")
    ]  # fmt: skip
    assert collaborations.kind == "contributions" and collaborations.scale == "kr"
    assert _keys(collaborations) == ["collaboration", "contribution", "contribution"]


def test_a_heading_in_two_rows_is_read_as_one():
    (table,) = _tables(BY_ACTIVITY)
    assert table.headings[3] == "Januari–augusti 2023 Utfall"
    assert table.headings[1] == "Benämning" and table.caption == "Driftbudget per verksamhet, tkr"


@pytest.mark.parametrize(
    ("words", "scale"),
    [("tkr", "tkr"), ("Mkr", "Mkr"), ("mnkr", "Mkr"), ("mSEK", "Mkr"), ("miljoner kronor", "Mkr"),
     ("tusental kronor", "tkr"), ("ksek", "tkr"), ("i kronor", "kr"), ("belopp i kr", "kr")],
)  # fmt: skip
def test_the_scale_is_read_above_the_table_or_in_its_headings(words, scale):
    above, beside = _tables(
        ((f"Driftbudget, {words}",), *BY_ACTIVITY[1:]),
        (("Driftbudget",), (words, *BY_ACTIVITY[1][1:]), *BY_ACTIVITY[2:]),
    )
    assert (above.scale, above.is_sure) == (beside.scale, beside.is_sure) == (scale, True)


def test_what_is_not_said_is_guessed_and_marked_as_not_sure():
    no_scale = (("Driftbudget",), *BY_ACTIVITY[1:])
    no_span = (("tkr",), ("Verksamhet", "Budget", "Utfall", "Prognos"), ("031 A", -1, -2, -3))
    no_sign = (("tkr",), ("", "Budget jan-apr", "Utfall jan-apr"), ("Intäkter", 5, 6))
    for rows in (no_scale, no_span, no_sign):
        (table,) = _tables(rows)
        assert not table.is_sure, rows
    assert _keys(_tables(no_span)[0]) == [
        "subject", "net:year:budget", "net:period:outcome", "net:year:forecast",
    ]  # fmt: skip


def test_costs_written_above_zero_are_seen_to_be():
    turned = [
        tuple(-v if isinstance(v, int) and x not in (4, 7) else v for x, v in enumerate(row))
        for row in BY_ACTIVITY
    ]
    (said,) = _tables((("Nettokostnad per verksamhet, tkr",), *turned[1:]))
    assert (said.cost_sign, said.is_sure) == (1, True)
    # Without a word of costs a net above zero can be a surplus: a person has to say.
    (table,) = _tables(turned)
    assert (table.cost_sign, table.is_sure) == (1, False)


@pytest.mark.parametrize("words", ["helår 2023", "jan-dec 2023"])
def test_of_a_closing_the_whole_year_is_the_period(words):
    heads = ("Verksamhet", f"Budget {words}", f"Utfall {words}", f"Avvikelse {words}")
    (table,) = _tables((("Nettokostnad, tkr",), heads, ("031 Digitalisering", -5, -6, -1)))
    assert _keys(table) == ["subject", *(f"net:period:{m}" for m in
                                         ("budget", "outcome", "deviation"))]  # fmt: skip
    assert table.is_sure


def test_items_side_by_side_over_their_measures():
    (table,) = _tables((
        ("tkr, januari–augusti 2023",),
        ("", "Intäkter", "", "Kostnader", "", "Netto", ""),
        ("Verksamhet", "Budget", "Utfall", "Budget", "Utfall", "Budget", "Utfall"),
        ("031 Digitalisering", 5, 6, -7, -8, -2, -2),
        ("IT-center support", 5, 6, -7, -8, -2, -2),
    ))  # fmt: skip
    assert _keys(table)[1:] == [
        f"{item}:period:{measure}"
        for item in ("revenue", "cost", "net") for measure in ("budget", "outcome")
    ]  # fmt: skip
    assert (table.cost_sign, table.is_sure) == (-1, True)


def test_a_file_without_any_table_that_we_know_is_refused_with_what_to_do():
    with pytest.raises(FileRefused, match="Använd mallen"):
        open_file("a.xlsx", xlsx((("Närvarande", "Funktion"), ("Ledamot", "Ordförande"))))


def test_everything_that_can_be_chosen_has_a_swedish_name_of_its_own():
    for kind in KINDS:
        names = [name_meaning(meaning.key) for meaning in MEANINGS[kind]]
        assert len(set(names)) == len(names) and all(names), kind
    assert len({name_kind(kind) for kind in KINDS}) == len(KINDS)
    assert name_meaning("cost:period:budget") == "Kostnader, budget för perioden"
    assert name_meaning(":year:forecast") == "Prognos för året"
