"""What a sheet holds is recognised from its headings, and what is doubtful is said to be."""

import pytest
from made_tables import BY_ACTIVITY, Rows, csv_text, xlsx

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
     ("tusental kronor", "tkr"), ("ksek", "tkr"), ("i kronor", "kr"), ("belopp i kr", "kr"),
     ("belopp i tusentals kronor", "tkr"), ("1000-tal kronor", "tkr"), ("(1 000 kr)", "tkr"),
     ("i 1000 kr", "tkr"), ("tusen SEK", "tkr"), ("T kr", "tkr"), ("SEK thousands", "tkr"),
     ("miljontals kronor", "Mkr"), ("miljon kronor", "Mkr"), ("Mn SEK", "Mkr"), ("M kr", "Mkr")],
)  # fmt: skip
def test_the_scale_is_read_above_the_table_or_in_its_headings(words, scale):
    above, beside = _tables(
        ((f"Driftbudget, {words}",), *BY_ACTIVITY[1:]),
        (("Driftbudget",), (words, *BY_ACTIVITY[1][1:]), *BY_ACTIVITY[2:]),
    )
    assert (above.scale, above.is_sure) == (beside.scale, beside.is_sure) == (scale, True)


@pytest.mark.parametrize(
    ("above", "scale"),
    [
        (("Nettokostnaden är 4,0 Mkr lägre än budget.", "Belopp i tkr"), "tkr"),
        (("Av ramen på 13 Mkr återstår mycket. Belopp i tkr.",), "tkr"),
        (("Belopp i miljarder kronor",), "kr"),
        (("Belopp i dussin kr",), "kr"),
        (("Belopp i 10 000 kr",), "kr"),
        (("Nettokostnaden är 4,0 Mkr lägre än budget.",), "kr"),
        (("Nettokostnad, kr per invånare",), "kr"),
    ],
)
def test_a_unit_that_is_not_surely_understood_is_for_a_person_to_see(above, scale):
    (table,) = _tables(((above[0],), *((line,) for line in above[1:]), *BY_ACTIVITY[1:]))
    assert (table.scale, table.is_sure) == (scale, False)
    (noted,) = _tables((("Driftbudget",), *BY_ACTIVITY[1:], ("Belopp i tkr",)))
    assert (noted.scale, noted.is_sure) == ("tkr", False)


_ACTIVITY = ("031 Digitalisering", -100, -60, -110, -130)
_PROJECT = ("Trådlöst nät", 9, 3, 1, 2)


@pytest.mark.parametrize(
    ("rows", "keys", "is_sure"),
    [
        ((("", "Budget 2023", "Utfall jan-aug 2023", "Prognos 2023", "Budget 2024"), _ACTIVITY),
         {"net:year:budget": 1, "net:period:outcome": 2, "net:year:forecast": 3}, False),
        ((("", "Utfall fg år", "Utfall", "Årsbudget", "Prognos"), _ACTIVITY),
         {"net:period:outcome": 2, "net:year:budget": 3, "net:year:forecast": 4}, True),
        ((("", "Årsbudget", "Utfall helår", "Prognos helår"), _ACTIVITY),
         {"net:year:budget": 1, "net:period:outcome": 2, "net:year:forecast": 3}, False),
        ((("", "Utfall jan-aug", "Avvikelse mot budget"), _ACTIVITY),
         {"net:period:outcome": 1, "net:period:deviation": 2}, False),
        ((("Projekt", "Utfall 2022", "Budget 2023", "Utfall 2023", "Prognos 2023"), _PROJECT),
         {"investment:appropriation": 2, "investment:outcome": 3, "investment:forecast": 4}, True),
        ((("Projekt", "Utfall 2022", "Budget 2023", "Prognos 2023"), _PROJECT[:4]),
         {"investment:appropriation": 2, "investment:forecast": 3}, True),
        ((("Projekt", "Projektbudget", "Ack utfall", "Årsbudget 2023", "Prognos"), _PROJECT),
         {"investment:outcome": 2, "investment:appropriation": 3, "investment:forecast": 4}, False),
        ((("Projekt", "Överfört från 2022", "Budget 2023", "Utfall 2023", "Prognos"), _PROJECT),
         {"investment:carried_over": 1, "investment:appropriation": 2, "investment:outcome": 3,
          "investment:forecast": 4}, False),
        ((("Projekt", "Anslag", "", "", "Utfall"),
          ("", "Budget 2023", "Ombudgeterat", "Tillägg", "jan-aug"), _PROJECT),
         {"investment:original": 1, "investment:carried_over": 2, "investment:extra": 3,
          "investment:outcome": 4}, True),
        ((("Projekt", "Totalt anslag", "Anslag budget", "Ombudgeterat", "Utfall"), _PROJECT),
         {"investment:appropriation": 1, "investment:original": 2, "investment:carried_over": 3,
          "investment:outcome": 4}, True),
    ],
)  # fmt: skip
def test_columns_of_other_years_are_not_taken_for_this_year(rows, keys, is_sure):
    (table,) = _tables((("Nettokostnad, tkr",), *rows))
    amounts = {meaning.key: x for x, meaning in table.columns.items() if meaning.is_amount}
    assert (amounts, table.is_sure) == (keys, is_sure)


def test_a_result_is_no_cost_and_a_remark_no_heading():
    heads = ("Kostnadsställe", "Budget jan-aug", "Utfall jan-aug", "Avvikelse jan-aug")
    (result,) = _tables((("Resultat per kostnadsställe, tkr",), heads, ("031 A", 100, 110, 10)))
    assert not result.is_sure
    (both,) = _tables((("Kostnader och intäkter, tkr",), heads, ("031 A", 100, 110, 10)))
    assert _keys(both)[1] == "net:period:budget" and not both.is_sure
    remark = ("Kommentar", "Avvikelsen mot budget beror på licenser")
    for row in (remark, ("Till detta", "Avvikelse enligt plan")):
        assert len(_tables((*BY_ACTIVITY[:5], row, *BY_ACTIVITY[5:]))) == 1
    (month,) = _tables((("Nettokostnad augusti 2023, tkr",), ("", "Budget", "Utfall"),
                        ("031 A", -1, -2)))  # fmt: skip
    assert not month.is_sure


def test_thousands_that_may_be_written_with_a_comma_are_for_a_person_to_see():
    (table,) = _tables((*BY_ACTIVITY[:3], ("031", "A", "-1,200", "-1,250", "-50", *_ACTIVITY[1:4])))
    assert not table.is_sure


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


@pytest.mark.parametrize(
    ("above", "heading", "is_sure"),
    [("Nettokostnad, tkr", "Utfall tertial 2", False),
     ("Uppföljning tertial 2, jan-aug, tkr", "Utfall", True),
     ("Uppföljning tertial 2, tkr", "Utfall", False),
     ("Nettokostnad, tkr", "Utfall ackumulerat tertial 2", True),
     ("Uppföljning tertial 2, tkr", "Utfall jan-aug", True),
     ("Nettokostnad, tkr", "Utfall kvartal 1", True),
     ("Nettokostnad, tkr", "Utfall kv 3", False)],
)  # fmt: skip
def test_a_later_part_of_the_year_is_since_january_only_where_that_is_said(above, heading, is_sure):
    budget = heading.replace("Utfall", "Budget")
    heads = ("Verksamhet", budget, heading, "Årsbudget", "Prognos tertial 2")
    (table,) = _tables(((above,), heads, ("031 Digitalisering", -5, -6, -9, -9)))
    assert (table.is_sure, "vilka månader beloppen gäller" not in table.doubts) == (is_sure,) * 2


def test_a_csv_with_plain_headings_is_sure_and_one_without_a_unit_says_what_it_lacks():
    head = ("Verksamhet", "Post", "Budget jan-aug", "Utfall jan-aug", "Helårsbudget", "Prognos")
    rows = (("Summa", "Intäkter", "49,4", "50,7", "74,1", "75,0"),
            ("Summa", "Kostnader", "-49,4", "-46,9", "-74,1", "-73,2"))  # fmt: skip
    said = (*head[:2], "Budget jan-aug (Mkr)", *head[3:])
    (table,) = open_file("a.csv", csv_text((said, *rows))).recognised
    assert (table.is_sure, table.doubts, table.scale) == (True, (), "Mkr")
    (table,) = open_file("a.csv", csv_text((head, *rows))).recognised
    assert (table.is_sure, table.doubts) == (False, ("om beloppen är i Mkr, tkr eller kr",))


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
