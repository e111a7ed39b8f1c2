"""Each row of a table is read as what it is: an activity, an item, a sum, or a part of another."""

import pytest
from made_tables import KNOWN, Rows, xlsx
from read_tables import facts, read

from gsn_dash.ingest.opened import open_file

_HEAD = ("Verksamhet", "Budget jan-aug")
_FIRST, _SECOND = ("031 Digitalisering och innovation", -100), ("032 Arkitektur och teknik", -50)
_CODED = ("Kod", "Benämning", "Budget jan-aug")


def _operating(rows: Rows, caption: str = "Driftbudget, tkr", head=_HEAD):
    """What a table of the budget gives in tkr, by subject and item, and what was read."""
    found = read("a.xlsx", xlsx(((caption,), head, *rows)))
    assert found.problems == ()
    values = {tuple(ref.split(":")[1:3]): kr / 1000 for ref, kr in facts(found).items()}
    return values, found


@pytest.mark.parametrize(
    "label",
    ["Summa", "Totalt IT-center", "IT-center totalt", "Verksamheten totalt", "GSN totalt",
     "Driftbudget totalt", "Nettokostnad totalt", "Alla", "Σ", "Nettokostnad", "Resultat",
     "Summa nettokostnad", "Totala nettokostnader", "Verksamhetens nettokostnader"],
)  # fmt: skip
def test_the_sum_of_the_table_is_known_by_its_many_names(label):
    values, found = _operating((_FIRST, _SECOND, (label, -150)))
    assert values == {("031", "net"): -100, ("032", "net"): -50, ("total", "net"): -150}
    assert [each.agrees for each in found.control_totals] == [True]
    assert found.drafts.activities == ()


def test_a_sum_of_one_activity_is_no_sum_of_the_table():
    rows = (_FIRST, ("Summa 031", -100), _SECOND, ("Arkitektur och teknik totalt", -50))
    values, found = _operating(rows)
    assert values == {("031", "net"): -100, ("032", "net"): -50}
    assert found.remarks == ("Delsummor läses inte: rad 4, 6.",)


@pytest.mark.parametrize("heading", ["Kod", "Vht"])
def test_words_of_a_row_may_stand_where_the_codes_are(heading):
    rows = (
        ("031", "Digitalisering och innovation", -100), ("varav", "Personal", -10),
        ("032", "Arkitektur och teknik", -50), ("Summa", "", -150), ("", "", -7),
    )  # fmt: skip
    values, found = _operating(rows, head=(heading, *_CODED[1:]))
    assert values == {("031", "net"): -100, ("032", "net"): -50, ("total", "net"): -150}
    assert found.drafts.activities == ()
    assert "Rader utan namn läses inte: rad 7." in found.remarks
    assert "”varav”-rader räknas inte in: rad 4." in found.remarks


def test_varav_is_left_out_in_whatever_column_it_stands_and_marks_and_notes_change_nothing():
    head = ("Vht", "Verksamhet", "Januari–augusti 2023", "", "Helår 2023", "")
    below = ("", "", "Budget", "Utfall 1)", "Budget", "Prognos [2]")
    found = read("a.xlsx", xlsx((
        ("Driftredovisning januari–augusti 2023",), ("Belopp i tkr",), (), head, below,
        ("", "Intäkter", "49 400", "50 600", "74 100", "75 000"),
        ("", "varav kommunbidrag", "40 000", "40 100", "60 000", "60 000"),
        ("", "Kostnader", "– 49 400", "– 46 900", "– 74 100", "– 73 200"),
        ("", "Nettokostnad 2)", "0", "3 700", "0", "1 800"), (),
        ("1) Prognosen är gjord i augusti.",), ("2) Före bokslutsdispositioner.",),
    )))  # fmt: skip
    assert found.problems == () and all(each.agrees for each in found.control_totals)
    assert facts(found)["operating:total:cost:period:outcome"] == -46_900_000
    assert found.remarks == ("”varav”-rader räknas inte in: rad 7.",)
    head = ("Verksamhet", "Post", "Budget jan-aug")
    rows = (("031", "Kostnader", -100), ("", "varav personal", -60), ("", "Delsumma", -7))
    values, _ = _operating(rows, head=head)
    assert values == {("031", "cost"): -100}


@pytest.mark.parametrize("is_coded", [True, False])
def test_vht_beside_verksamhet_is_the_code_also_where_not_every_row_has_one(is_coded):
    first = ("031", "Digitalisering och innovation", -100)
    rows = (first, ("032" if is_coded else "Övrigt", "Arkitektur och teknik", -50))
    opened = open_file("a.xlsx", xlsx((("tkr",), ("Vht", "Verksamhet", "Utfall jan-aug"), *rows)))
    assert [each.key for each in opened.recognised[0].columns.values()][:2] == ["code", "subject"]


@pytest.mark.parametrize(
    ("rows", "caption", "item"),
    [((("031 Digitalisering och innovation",), ("Kostnader", -100), ("032 Arkitektur och teknik",),
       ("Kostnader", -50), ("Summa intäkter", 120), ("Summa kostnader", -150)), "tkr", "cost"),
     ((_FIRST, _SECOND, ("Intäkter", 120), ("Kostnader", -150)), "Kostnader, tkr", "cost")],
)  # fmt: skip
def test_items_after_the_activities_are_about_the_whole(rows, caption, item):
    values, found = _operating(rows, caption)
    assert values == {
        ("031", item): -100, ("032", item): -50,
        ("total", "revenue"): 120, ("total", "cost"): -150,
    }  # fmt: skip
    assert [each.agrees for each in found.control_totals] == [True]


def test_an_item_with_a_code_beside_it_is_about_that_activity():
    rows = (("031", "Intäkter", 1), ("031", "Kostnader", -9), ("032", "Kostnader", -5))
    values, _ = _operating(rows, head=_CODED)
    assert values == {("031", "revenue"): 1, ("031", "cost"): -9, ("032", "cost"): -5}


def test_an_activity_whose_name_sounds_like_a_cost_is_an_activity():
    rows = (
        ("E-tjänster",), ("Intäkter", 20), ("Kostnader", -24), ("Lönecenter",),
        ("Intäkter", 1), ("Kostnader", -4), ("Summa",), ("Intäkter", 21), ("Kostnader", -28),
    )  # fmt: skip
    values, found = _operating(rows)
    assert values["e-tjanster", "cost"] == -24 and values["lonecenter", "revenue"] == 1
    assert values["total", "cost"] == -28
    assert [each.name for each in found.drafts.activities] == ["E-tjänster", "Lönecenter"]


def test_kinds_of_cost_stay_left_out_where_one_of_them_is_empty():
    rows = (("Avgifter", 20), ("Bidrag", None), ("Summa intäkter", 20), ("Summa lokaler", -1))
    values, found = _operating((*rows, ("Summa kostnader", -19)))
    assert values == {("total", "revenue"): 20, ("total", "cost"): -19}
    assert found.drafts.activities == ()


def test_codes_that_lost_their_zeros_are_the_ones_that_are_known():
    rows = (
        (31, "Digitalisering och innovation", -100), (32, "", -50), ("32+33", "", -60),
        (51, "Service och support", -1),
    )  # fmt: skip
    values, found = _operating(rows, head=_CODED)
    assert set(values) == {(code, "net") for code in ("031", "032", "032+033", "51")}
    assert "31 i filen läses som 031." in found.remarks
    assert "51 läses som en ny verksamhet, fast 033 heter likadant." in found.remarks
    projects = (
        ("Mkr",), ("Projektnr", "Projekt", "Anslag"),
        (51, "Säkerhet (GDPR)", 2.5), (3, "365 digital arbetsplats", 2), (77, "Nytt", 1),
    )  # fmt: skip
    found = read("a.xlsx", xlsx(projects))
    assert found.problems == () and [each.name for each in found.drafts.projects] == ["Nytt"]
    assert set(facts(found)) == {f"investment:{key}:appropriation" for key in
                                 ("sakerhet", "365", "nytt")}  # fmt: skip
    assert "51 i filen läses som 0051 Säkerhet (GDPR)." in found.remarks


def test_the_sum_of_projects_may_stand_where_the_numbers_are():
    rows = (("Mkr",), ("Projektnr", "Anslag"), ("0051", 2.5), ("0077", 1.5), ("Summa", 4))
    found = read("a.xlsx", xlsx(rows))
    assert found.problems == ()
    assert [each.codes for each in found.drafts.projects] == [("0077",)]
    assert [each.agrees for each in found.control_totals] == [True]


def test_what_is_left_of_the_outcome_is_not_taken_for_a_forecast():
    head = ("Projekt", "Anslag", "Utfall", "Kvar av budget")
    rows = (("Mkr",), head, ("Säkerhet (GDPR)", 2.5, 0.5, 2.0), ("Summa", 2.5, 0.5, 2.0))
    found = read("a.xlsx", xlsx(rows))
    assert found.problems == ()
    assert not [ref for ref in facts(found) if ref.endswith(":left")]
    assert any("Kvar av budget" in remark for remark in found.remarks)
    rows = (("Mkr",), ("Projekt", "Anslag", "Kvar enligt prognos"), ("Säkerhet (GDPR)", 2.5, 1))
    assert facts(read("a.xlsx", xlsx(rows)))["investment:sakerhet:left"] == 1_000_000


def test_parts_and_subtotals_are_no_collaborations():
    rows = (
        ("Samarbeten, kr",), ("Samarbete", "Ludvika"), ("E-dala", 185000),
        ("varav licenser", 100000), ("Delsumma", 185000), ("E-dala totalt", 185000),
        ("E-arkiv", 417000), ("Summa", 602000),
    )  # fmt: skip
    found = read("a.xlsx", xlsx(rows))
    assert found.problems == () and found.drafts.collaborations == ()
    assert len(found.drafts.contributions) == len(KNOWN.collaborations)
    assert [each.agrees for each in found.control_totals] == [True]
    assert found.remarks[0] == "Rad 4, ”varav licenser”, räknas inte in."
