"""A table as municipalities write it gives the same figures, whatever it looks like."""

from dataclasses import replace
from decimal import Decimal

import pytest
from made_tables import AUTUMN, BY_ACTIVITY, KNOWN, Rows, csv_text, ods, xlsx
from read_tables import facts, read
from table_variants import DEVIATIONS, GROSS, NETS, TURNED, VARIANTS

from gsn_dash.domain.amounts import Money, Unknown
from gsn_dash.ingest.meanings import IGNORE, Meaning
from gsn_dash.ingest.opened import Choices, known_in, open_file, read_opened
from gsn_dash.store.read import read_snapshot
from gsn_dash.store.record import record


def _nets() -> dict[str, int]:
    named = {f"operating:{a}:net:{s}:{m}": kr for (a, s, m), kr in NETS.items()}
    return named | {f"operating:{a}:net:{s}:deviation": kr for (a, s), kr in DEVIATIONS.items()}


@pytest.mark.parametrize("name", VARIANTS)
def test_every_way_to_write_a_table_gives_the_same_figures(name):
    rows = VARIANTS[name]
    for file, content in (("a.xlsx", xlsx(rows)), ("a.csv", csv_text(rows)), ("a.ods", ods(rows))):
        found = read(file, content)
        assert found.problems == ()
        assert facts(found) == _nets(), file
        assert found.drafts.activities == ()
        totals = [each for each in found.control_totals if each.name.startswith("Summan")]
        assert len(totals) == 6 and all(each.agrees for each in found.control_totals), file


@pytest.mark.parametrize("sign", [-1, 1])
def test_revenue_cost_and_net_below_each_activity(sign):
    """The net follows from the other two, so it is a total to be checked and no fact."""
    turned = ("Kostnader", "Nettokostnad") if sign == 1 else ()
    rows = [
        (row[0], *(-v if x % 3 != 2 else v for x, v in enumerate(row[1:])))
        if row and row[0] in turned
        else row
        for row in GROSS
    ]
    opened = open_file("a.xlsx", xlsx(rows))
    assert opened.recognised[0].cost_sign == sign
    found = read("a.xlsx", xlsx(rows))
    assert found.problems == ()
    assert {ref: kr for ref, kr in facts(found).items() if ":net:" in ref} == _nets()
    assert facts(found)["operating:032:cost:period:outcome"] == -3_600_000
    assert facts(found)["operating:032:revenue:period:outcome"] == 600_000
    assert {draft.key.item for draft in found.drafts.operating} == {"revenue", "cost"}
    # Three activities with the same revenue do not add up to the whole's own: that is told.
    wrong = {each.name for each in found.control_totals if each.agrees is False}
    assert "Summan, intäkter, utfall för perioden" in wrong
    assert not [name for name in wrong if "netto" in name]


def test_nets_whose_sign_is_not_told_give_no_figures_until_a_person_says_it():
    """All that is written is above zero, and deviations are what came of it less its budget."""
    opened = open_file("a.xlsx", xlsx(TURNED))
    (table,) = opened.recognised
    assert (table.cost_sign, table.doubts) == (0, ("hur kostnader skrivs",))
    untold = read_opened(opened, Choices(AUTUMN), KNOWN)
    assert [each.cell for each in untold.problems] == ["A4"] and facts(untold) == {}
    for sign, turns in ((1, 1), (-1, -1)):
        found = read_opened(opened, Choices(AUTUMN, (replace(table, cost_sign=sign),)), KNOWN)
        assert facts(found) == {ref: kr * turns for ref, kr in _nets().items()}
        assert all(each.agrees for each in found.control_totals)


def test_deviations_tell_the_sign_of_nets_and_are_never_turned_unproven():
    head = ("Verksamhet", "Budget jan-aug", "Utfall jan-aug", "Avvikelse")
    above = ("Nettokostnad per verksamhet, tkr",)
    rows = (above, head, ("031 A", 0, -150, -150), ("032 B", 0, 900, 900), ("033 C", 0, 3, 3))
    found = read("a.xlsx", xlsx(rows))
    assert found.problems == ()
    assert facts(found)["operating:032:net:period:outcome"] == 900_000
    assert facts(found)["operating:031:net:period:deviation"] == -150_000
    # Costs tell their own sign, and revenue has no outcome that its deviation could be held to.
    rows = (("tkr",), head, ("Intäkter", "?", "?", 5), ("Kostnader", 100, 110, 10))
    (table,) = open_file("a.xlsx", xlsx(rows)).recognised
    assert (table.cost_sign, table.is_sure) == (1, False)
    found = read("a.xlsx", xlsx(rows))
    assert facts(found)["operating:total:revenue:period:deviation"] == 5_000
    assert facts(found)["operating:total:cost:period:deviation"] == -10_000


def test_a_sum_that_does_not_add_up_is_told_and_changes_nothing():
    rows = [*BY_ACTIVITY[:-1], ("", "Summa", -7000, -6300, 600, -10500, -10600, -100)]
    found = read("a.xlsx", xlsx(rows))
    assert found.problems == ()
    wrong = [each for each in found.control_totals if each.agrees is False]
    assert [(each.name, each.place) for each in wrong] == [
        ("Netto, avvikelse för perioden", "Blad1, E7"),
        ("Summan, netto, utfall för perioden", "Blad1, D7"),
    ]
    assert wrong[1].stated == Money(Decimal(-6_300_000))
    assert wrong[1].found == Money(Decimal(-6_400_000))
    assert facts(found)["operating:total:net:period:outcome"] == -6_300_000


def test_empty_cells_and_question_marks_are_unknown_and_never_zero():
    rows = [list(row) for row in BY_ACTIVITY]
    rows[3][3], rows[4][3], rows[5][3] = None, "?", "–"
    found = read("a.xlsx", xlsx(rows))
    assert found.problems == ()
    reasons = [
        draft.reading.amount.reason
        for draft in found.drafts.operating
        if isinstance(draft.reading.amount, Unknown)
    ]
    assert reasons == [
        "rutan är tom i filen", "filen har ett frågetecken", "filen har ett streck i rutan",
    ]  # fmt: skip
    sums = {each.name: each.agrees for each in found.control_totals}
    assert sums["Summan, netto, utfall för perioden"] is None


def test_a_cell_that_cannot_be_read_is_told_with_sheet_cell_and_what_to_do():
    rows = [list(row) for row in BY_ACTIVITY]
    rows[3][3], rows[4][6], rows[5][2] = "cirka tolv", "1.234", ("=1/0", "#DIV/0!")
    found = read("a.xlsx", xlsx(rows))
    told = {problem.cell: problem for problem in found.problems}
    assert set(told) == {"C6", "D4", "G5"}
    assert told["C6"].sentence == "rutan är en formel som ger ett fel"
    assert told["D4"].sheet == "Blad1" and told["D4"].row == 4
    assert told["D4"].column == "Januari–augusti 2023 Utfall"
    assert "går inte att läsa som ett belopp" in told["D4"].sentence
    assert told["G5"].sentence == "”1.234” kan läsas på två sätt: skriv 1234 eller 1,234"
    first = read("a.csv", csv_text(rows)).problems[0]
    assert (first.row, first.sheet, first.cell) == (4, "", "")


def test_what_was_recognised_can_be_put_right_before_anything_is_read():
    opened = open_file("a.xlsx", xlsx(BY_ACTIVITY))
    (table,) = opened.recognised
    assert table.is_sure and table.scale == "tkr" and table.cost_sign == -1
    columns = {**table.columns, 4: IGNORE, 7: IGNORE, 3: Meaning("cost:period:outcome")}
    changed = replace(table, scale="kr", cost_sign=1, columns=columns)
    # Read as a kind that it is not, it gives no figures of a kind that does not exist.
    other = read_opened(opened, Choices(AUTUMN, (replace(table, kind="investments"),)), KNOWN)
    assert facts(other) == {} and "inga belopp" in other.problems[0].sentence
    found = read_opened(opened, Choices(AUTUMN, (changed,)), KNOWN)
    assert facts(found)["operating:031:cost:period:outcome"] == 1_250
    assert not [ref for ref in facts(found) if "deviation" in ref]


def test_new_activities_and_projects_are_drafted_and_named():
    rows = [*BY_ACTIVITY[:-1], ("034", "Informationssäkerhet", -1, -1, 0, -1, -1, 0)]
    projects: Rows = (
        ("Investeringar, tkr",),
        ("Projektnr", "Projekt", "Anslag", "Utfall", "Prognos"),
        ("0003", "Trådlöst nät", 100, 10, 90),
        ("0051", "Säkerhet (GDPR)", 2500, None, 500),
    )
    found = read("a.xlsx", xlsx(rows, projects))
    assert found.problems == ()
    (activity,), (project,) = found.drafts.activities, found.drafts.projects
    assert (activity.key, activity.name) == ("034", "Informationssäkerhet")
    assert (project.key, project.codes) == ("tradlost-nat", ("0003",))
    # The same number stands for another project already, which a person should know.
    assert any("”Nätverksprojekten”" in remark for remark in found.remarks)
    assert facts(found)["investment:tradlost-nat:forecast"] == 90_000
    assert facts(found)["investment:sakerhet:outcome"] is None


def test_investments_with_every_kind_of_appropriation_and_their_sum():
    rows: Rows = (
        ("Investeringsredovisning, tkr",),
        ("Projekt", "Grundbudget", "Överfört från 2022", "Extra beviljat", "Totalt anslag",
         "Utfall", "Prognos", "Kvar", "Avvikelse prognos"),
        ("Nätverksprojekten", 3000, 3400, None, 6400, 200, 5400, 1000, -1000),
        ("365 digital arbetsplats", 2000, 0, 0, 2000, "?", "ca 300", 1700, -1700),
        ("Övriga projekt", 1900, 2700, 0, 4600, 600, 2100, 2500, -2500),
        ("Totalt", 6900, 6100, 0, 13000, 800, 7800, 5200, -5200),
    )  # fmt: skip
    found = read("a.csv", csv_text(rows))
    assert found.problems == () and found.drafts.projects == ()
    values = facts(found)
    assert values["investment:natverk:appropriation"] == 6_400_000
    assert "investment:natverk:extra" not in values
    assert values["investment:365:forecast"] == 300_000
    assert values["investment:total:forecast_deviation"] == -5_200_000
    about = [d.reading.approximate for d in found.drafts.investments if d.key.project == "365"]
    assert about == [False, False, False, False, False, True]
    totals = {draft.ref for draft in found.drafts.totals}
    assert {"investment:total:appropriation", "investment:natverk:left"} <= totals
    sums = {each.name: each.agrees for each in found.control_totals}
    assert sums["Investeringar, summan, totalt anslag"] is True
    assert sums["Investeringar, summan, utfall"] is None


def test_contributions_by_municipality_and_their_unrounded_sum():
    rows: Rows = (
        ("Sammanställning – ekonomi",),
        ("Samarbete", "Ludvika", "Smedjebackens kommun"),
        ("E-dala", "185 000", "45 000"),
        ("Skolskjuts", "18 300", "15 000 kr"),
        ("E-arkiv", "417 000", "?"),
        ("Summa:", "620 000", ""),
    )
    found = read("a.csv", csv_text(rows))
    assert found.problems == ()
    values = facts(found)
    assert values["collaboration:skolskjuts:2061"] == 15_000
    assert values["collaboration:e-arkiv:2061"] is None
    assert values["collaboration:total:2085"] == 620_000
    assert [each.key for each in found.drafts.collaborations] == ["skolskjuts"]
    (ludvika,) = [each for each in found.control_totals if "Ludvika" in each.name]
    assert ludvika.agrees is False and ludvika.found == Money(Decimal(620_300))


def test_the_same_figure_twice_in_one_file_is_for_a_person_to_settle():
    rows = [*BY_ACTIVITY[:4], BY_ACTIVITY[3]]
    problems = read("a.xlsx", xlsx(rows)).problems
    assert len(problems) == 6
    assert problems[0].sentence == "rutan säger samma sak som Blad1, C4: ta bort en av dem"


def test_a_file_without_its_occasion_is_not_read():
    (problem,) = read("a.xlsx", xlsx(BY_ACTIVITY), occasion=None).problems
    assert "vilket tillfälle" in problem.sentence
    odd = replace(AUTUMN, period_end=AUTUMN.period_end.replace(day=30))
    (problem,) = read("a.xlsx", xlsx(BY_ACTIVITY), occasion=odd).problems
    assert "den sista dagen i en månad" in problem.sentence


def test_the_file_itself_is_the_source_of_every_figure():
    content = xlsx(BY_ACTIVITY)
    opened = open_file("höst.xlsx", content)
    found = read_opened(opened, Choices(AUTUMN, title="Bilaga 1, höst"), known_in(None))
    (document,) = found.drafts.documents
    assert document.title == "Bilaga 1, höst" and document.key == f"fil-{opened.sha256[:12]}"
    assert found.drafts.files == (("höst.xlsx", opened.sha256),)
    place = found.drafts.operating[0].reading.place
    assert (place.document, place.row) == (document.key, "Digitalisering och innovation (C4)")
    assert place.column == "Januari–augusti 2023 Budget"
    assert found.drafts.occasions[0].document == document.key


def test_what_is_read_can_be_kept_and_read_back_to_the_ore(loaded_engine):
    rows: Rows = (
        ("Investeringar, kr",),
        ("Projekt", "Anslag", "Prognos"),
        ("Säkerhet (GDPR)", 2500000.25, "1 000 000,75"),
    )
    found = read("a.xlsx", xlsx(VARIANTS["decimals"], rows))
    with loaded_engine.begin() as connection:
        record(connection, found.drafts, by="test")
    snapshot = read_snapshot(loaded_engine)
    assert (snapshot.occasion.year, snapshot.occasion.number) == (2023, 3)
    kept = {f.ref: f for f in (*snapshot.operating.values(), *snapshot.investments.values())}
    kept |= snapshot.totals
    assert {ref: figure.money.kr for ref, figure in kept.items()} == facts(found)
    assert kept["investment:sakerhet:forecast"].money.kr == Decimal("1000000.75")
    assert kept["operating:031:net:year:forecast"].precision == 100
    assert kept["operating:031:net:year:forecast"].origin.document.title == "a.xlsx"
