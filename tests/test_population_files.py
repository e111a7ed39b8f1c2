"""Inhabitants are read from Statistics Sweden's tables, with the day that they are of."""

from dataclasses import replace
from datetime import date

import pytest
from made_tables import KNOWN, Rows, csv_text, xlsx

from gsn_dash.ingest.count_days import UNTOLD
from gsn_dash.ingest.opened import Choices, Known, open_file, read_opened

NOVEMBER, DECEMBER = date(2022, 11, 1), date(2022, 12, 31)
_BOTH = (26_353, 10_922)
VARIANTS: dict[str, tuple[Rows, date]] = {
    "as the database gives it": (
        (
            ("Folkmängden den 1 november efter region och år",),
            (),
            ("", "2022"),
            ("2061 Smedjebacken", 10922),
            ("2085 Ludvika", 26353),
            (),
            ("Folkmängd den 1 november används för beräkning av utjämning.",),
        ),
        NOVEMBER,
    ),
    "code and name apart, and counties": (
        (
            ("Folkmängd i riket, län och kommuner 31 december 2022 och befolkningsförändringar",),
            ("Kod", "Region", "Folkmängd", "Folkökning", "Födda"),
            ("20", "Dalarnas län", 288_387, 12, 13),
            ("2061", "Smedjebacken", 10_922, -11, 90),
            ("2085", "Ludvika", 26_353, -144, 230),
        ),
        DECEMBER,
    ),
    "day in the heading": (
        (
            ("region", "Folkmängd 1 november 2022"),
            ("2085 Ludvika", "26 353"),
            ("2061 Smedjebacken", "10\u00a0922"),
        ),
        NOVEMBER,
    ),
    "day as a date": (
        (("Kommun", "2022-12-31"), ("Ludvika", 26353), ("Smedjebackens kommun", 10922)),
        DECEMBER,
    ),
    "published in another month": (
        (
            ("Folkmängd den 31 december efter region och år. Publicerad i november 2023",),
            ("Region", "2022"),
            ("2085 Ludvika", 26353),
            ("2061 Smedjebacken", 10922),
        ),
        DECEMBER,
    ),
    "men and women beside": (
        (
            ("Folkmängd 31 december 2022, män och kvinnor",),
            ("Region", "Antal män", "Antal kvinnor", "Antal totalt"),
            ("2085 Ludvika", 13000, 13353, 26353),
            ("2061 Smedjebacken", 5500, 5422, 10922),
        ),
        DECEMBER,
    ),
    "with its day in a note below": (
        (
            ("Folkmängden efter region och år",),
            (),
            ("", "2022"),
            ("2061 Smedjebacken", 10922),
            ("2085 Ludvika", 26353),
            ("2080 Falun", 59988),
            (),
            ("Folkmängd 31 december.",),
            ("Senaste uppdatering:",),
            ("20240222 08:00",),
        ),
        DECEMBER,
    ),
    "a total beside men and women": (
        (
            ("31 december 2022",),
            ("Kommun", "Män", "Kvinnor", "Totalt"),
            ("Ludvika", 13000, 13353, 26353),
            ("Smedjebacken", 5500, 5422, 10922),
        ),
        DECEMBER,
    ),
    "a year that is text": (
        (
            ("Folkmängd 31 december",),
            ("region", "2022"),
            ("2085 Ludvika", "26353"),
            ("2061 Smedjebacken", "10922"),
        ),
        DECEMBER,
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_a_published_table_gives_inhabitants_with_their_day(name):
    rows, day = VARIANTS[name]
    for file, content in (("a.xlsx", xlsx(rows)), ("a.csv", csv_text(rows, ","))):
        opened = open_file(file, content)
        assert opened.kind == "population"
        found = read_opened(opened, Choices(), KNOWN)
        assert found.problems == ()
        counts = {draft.municipality: draft.count for draft in found.drafts.populations}
        assert counts == dict(zip(("2085", "2061"), _BOTH, strict=True)), file
        assert {draft.as_of for draft in found.drafts.populations} == {day}
        assert found.drafts.kind == "population" and found.drafts.occasions == ()
        others = [told for told in found.remarks if "andra områden" in told]
        assert others in ([], ["1 rad om andra områden än våra kommuner läses inte."])
        assert "Filen har ingen folkmängd för Malung-Sälen." in found.remarks


def test_several_years_side_by_side_each_have_their_day():
    rows = (
        ("Folkmängd 1 november",),
        ("Region", "2021", "2022"),
        ("2085 Ludvika", 26_497, 26_353),
    )
    found = read_opened(open_file("a.xlsx", xlsx(rows)), Choices(), KNOWN)
    assert [(draft.as_of.year, draft.count) for draft in found.drafts.populations] == [
        (2021, 26_497), (2022, 26_353),
    ]  # fmt: skip


def test_a_day_that_the_table_does_not_say_is_asked_for_once_and_chosen():
    rows = (
        ("Folkmängd",), ("", "2022", "2023"), ("2085 Ludvika", 26353, 26400),
        ("2061 Smedjebacken", 10922, 10900), ("Uppdaterad 2024-02-22, 31 december",),
    )  # fmt: skip
    opened = open_file("a.xlsx", xlsx(rows))
    (table,) = opened.recognised
    assert (table.is_sure, table.counted) == (False, UNTOLD)
    (problem,) = read_opened(opened, Choices(), KNOWN).problems
    assert "välj dagen" in problem.sentence and problem.cell == "B2"
    chosen = Choices(recognised=(replace(table, counted="11-01"),))
    drafts = read_opened(opened, chosen, KNOWN).drafts
    assert {draft.as_of for draft in drafts.populations} == {NOVEMBER, date(2023, 11, 1)}


def test_without_known_municipalities_those_with_a_code_are_drafted():
    rows = VARIANTS["as the database gives it"][0]
    found = read_opened(open_file("a.xlsx", xlsx(rows)), Choices(), Known())
    assert [each.name for each in found.drafts.municipalities] == ["Smedjebacken", "Ludvika"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((("Folkmängd",), ("Region", "2022"), ("2085 Ludvika", 26353)), "1 november eller 31"),
        ((("Folkmängd 31 december 2022",), ("Region", "Antal"), ("2085 Ludvika", "..")), "”..”"),
        ((("Folkmängd 31 december 2022",), ("Region", "Antal"), ("2085 Ludvika", 26353.5)),
         "inget antal"),
        ((("Folkmängd 31 december 2022",), ("Region", "Kön", "Antal"), ("2085 Ludvika", "män", 1),
          ("2085 Ludvika", "kvinnor", 2)), "bara männen eller kvinnorna"),
        ((("Folkmängd 31 december 2022, män",), ("Region", "Antal"), ("2085 Ludvika", 13000)),
         "alla invånare"),
        ((("Befolkningsprognos 31 december",), ("Region", "2030"), ("2085 Ludvika", 27000)),
         "en prognos"),
        ((("Folkmängd 1 november och 31 december",), ("Region", "2022"), ("2085 Ludvika", 26353)),
         "1 november eller 31"),
        ((("Folkmängd 31 december 2022",), ("Region", "Antal"), ("2085 Ludvika", 1),
          ("2085 Ludvika", 2)), "samma sak"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_trusted_is_told(rows, words):
    found = read_opened(open_file("a.xlsx", xlsx(rows)), Choices(), KNOWN)
    assert words in found.problems[0].sentence and found.problems[0].cell
