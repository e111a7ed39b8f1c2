"""What the appendix says: the papers' tables as the papers have them, and all that goes with it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from issued import ANSWER, MADE_ON, frozen_scenario, sources_of
from ledgers_made import spring_2023
from papers import WHOLE_YEAR, mkr, read_papers, stated

from gsn_dash.domain.amounts import Money, Unknown
from gsn_dash.domain.checks.finding import Verdict
from gsn_dash.domain.refs import TOTAL, InvestmentKey, OperatingKey
from gsn_dash.present.appendix_tables import investments_table
from gsn_dash.present.findings import describe_finding
from gsn_dash.present.tables import Table
from gsn_dash.report.appendix import compose_appendix
from gsn_dash.report.columns import column_weights
from gsn_dash.report.content import (
    BulletList,
    Content,
    DataTable,
    Drawing,
    Heading,
    Message,
    Note,
    Paragraph,
)
from gsn_dash.report.sources import read_options, write_options

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


@pytest.fixture(scope="module")
def content(papers) -> Content:
    return compose_appendix(sources_of(papers))


def _golden(name: str) -> list[list[str]]:
    lines = (GOLDEN / name).read_text(encoding="utf-8").split("\n")[:-1]
    return [line.split(" | ") for line in lines]


def _table(content: Content, caption: str) -> Table:
    found = [b.table for b in content.blocks if isinstance(b, DataTable)]
    return next(table for table in found if table.caption == caption)


def _cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def _headings(content: Content, level: int) -> list[str]:
    return [b.text for b in content.blocks if isinstance(b, Heading) and b.level == level]


def _said(content: Content) -> str:
    texts = []
    for block in content.blocks:
        match block:
            case Message() | Paragraph() | Note() | Heading():
                texts.append(block.text)
            case BulletList():
                texts += block.items
    return "\n".join(texts)


def test_the_operating_table_is_the_papers(content):
    shown = _cells(_table(content, "Intäkter och kostnader, miljoner kronor"))
    printed = [[text.lstrip("+") for text in row] for row in shown]
    assert printed == [row[1:] for row in _golden("operating.txt")]


def test_the_investments_are_one_line_as_in_the_papers_with_the_lost_heading(content):
    table = _table(content, "Investeringar, miljoner kronor")
    assert _cells(table) == _golden("investments.txt")
    assert table.headings[6] == "Prognos"
    assert table.groups == (("Januari–april 2023", 5), ("Helår 2023", 2))


def test_the_collaborations_are_the_papers_but_for_the_finer_figure(content):
    table = _table(content, "Kronor per år")
    shown = [
        [row.heading.text, *(c.text.removesuffix("\u00a0kr") for c in row.cells[:2])]
        for row in table.rows
    ]
    printed = [
        [text.replace(" ", "\u00a0") for text in row] for row in _golden("collaborations.txt")
    ]
    assert shown[0] == printed[0] and shown[2:4] == printed[2:4]
    assert shown[1] == ["Skolskjuts", "18\u00a0300", "15\u00a0000"]
    assert shown[-2] == ["Summa av uppgifterna", "740\u00a0300", "minst\u00a0120\u00a0000"]
    assert shown[-1] == ["Summa som rapporten skriver", "740\u00a0000", "tom ruta"]


def test_the_summary_names_every_contradiction_on_a_line(content):
    blocks = content.blocks[: content.blocks.index(Heading("Så läser du bilagan"))]
    named = [b.items for b in blocks if isinstance(b, BulletList)][1]
    fails = next(h for h in _headings(content, 2) if h.startswith("Stämmer inte"))
    assert fails == f"Stämmer inte ({len(named)})" and len(named) == 8
    assert "Fördelningen av E-dala följer inte nyckeln" in named
    share = next(line for line in named if "100\u00a0%" in line)
    assert share.startswith("Investeringar, alla projekt: prognos i procent av anslaget: texten")
    assert all(len(line) < 120 for line in named)


def test_a_contradiction_whose_title_is_only_a_name_says_what_it_is(papers):
    key = OperatingKey(TOTAL, "cost", "period", "outcome")
    moved = replace(papers.operating[key], amount=Money(Decimal("-22_700_000")))
    changed = replace(papers, operating={**papers.operating, key: moved})
    assert "Kostnader, avvikelse januari–april 2023: det tryckta mot sina delar: 3,2" in _said(
        compose_appendix(sources_of(changed))
    )


def test_a_rule_that_many_rows_have_is_said_once(content):
    rows = _table(content, "Uppgifter som inget papper säger").rows
    assert len({row.heading.text for row in rows}) == len(rows)
    shares = [row.cells[1].text for row in rows if "andel enligt nyckeln" in row.heading.text]
    assert len(shares) == 13 and all(text.startswith("Lika del 3,846") for text in shares)
    assert not any("Medlemmarna" in row.cells[1].text for row in rows)
    assert _said(content).count("176\u00a0314 invånare (31\u00a0december 2022).") == 1


def test_what_holds_is_told_apart_and_what_is_unknown_is_a_word_by_itself(content):
    captions = [b.table.caption for b in content.blocks if isinstance(b, DataTable)]
    assert len(set(captions)) == len(captions)
    held = _table(content, "Kontroller som stämmer").rows
    said = [(row.heading.text, row.cells[0].text) for row in held]
    assert len(set(said)) == len(said)
    twice = "Texten och siffran som gäller: båda är 13,0\u00a0Mkr. Prövat på 2 ställen."
    assert ("Investeringar, alla projekt: anslag", twice) in said
    assert "Summan i papperet (okänt): Ärende 4" in _said(content)
    assert "kallelsen och på 1\u00a0ställe till." in _said(content)


def test_what_keeps_a_bill_answers_how_far_a_thing_may_be_changed(content):
    rows = next(
        b.table.rows
        for b in content.blocks
        if isinstance(b, DataTable) and "utan att kommunen betalar" in b.table.caption
    )
    told = {row.heading.text: [cell.text for cell in row.cells] for row in rows}
    days = told["E-dala: invånarna räknas den"]
    assert days[0] == "bara den 31\u00a0december 2022"
    assert days[1] == "inte den 31\u00a0december 2021 eller 31\u00a0december 2023"
    assert next(cells for name, cells in told.items() if name.startswith("Vansbro")) == [
        "ingen får gå ur",
        "ingen får gå ur",
    ]


def test_every_chapter_is_there_and_no_level_of_heading_is_skipped(content):
    assert _headings(content, 1) == [
        "Sammanfattning",
        "Så läser du bilagan",
        "Driftbudget",
        "Investeringar",
        "Samarbeten",
        "Kontroller av siffrorna",
        "Källor",
    ]
    assert _headings(content, 2).count("Vad krävs av resten av året?") == 2
    levels = [0, *(b.level for b in content.blocks if isinstance(b, Heading))]
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_what_the_forecast_demands_is_said(content):
    said = _said(content)
    assert "kostnaderna maj–december blir 22\u00a0% högre per månad än hittills" in said
    assert "0,9\u00a0Mkr i\u00a0månaden användas resten av året" in said


def test_unknown_is_shown_as_unknown_and_never_as_zero(papers, content):
    projects = _table(content, "Investeringar 2023, Mkr")
    outcomes = [(row.cells[1].text, row.is_total) for row in projects.rows]
    assert outcomes == [("okänt", False)] * 5 + [("0,8", True)]
    key = InvestmentKey("total", "outcome")
    gone = replace(papers.investments[key], amount=Unknown("står inte"), printed="?")
    blank = replace(papers, investments={**papers.investments, key: gone})
    made = compose_appendix(sources_of(blank))
    assert _cells(_table(made, "Investeringar, miljoner kronor"))[0][3] == "okänt"


def test_every_picture_has_its_text_and_every_figure_its_place(papers, content):
    pictures = [b for b in content.blocks if isinstance(b, Drawing)]
    assert len(pictures) == 10
    assert all(len(p.alt) > 20 and p.svg.startswith("<svg") for p in pictures)
    stated = [
        row.cells[2].text
        for block in content.blocks
        if isinstance(block, DataTable) and "uppgifter ur papperen" in block.table.caption
        for row in block.table.rows
    ]
    assert len(stated) > 40 and all(stated)


def test_what_does_not_hold_is_told_with_its_answer_and_that_the_figures_have_moved_on(
    papers, content
):
    sources = sources_of(papers)
    unsettled = [f for f in sources.findings if f.verdict in (Verdict.FAILS, Verdict.CANNOT_TELL)]
    titles = [describe_finding(papers, finding)[0] for finding in unsettled]
    assert _headings(content, 3) == titles
    answered = [b for b in content.blocks if isinstance(b, Paragraph) and b.lead == "Förklarat:"]
    assert len(answered) == 1
    assert answered[0].text.startswith(f"{ANSWER} (Eva Ek, 3\u00a0maj 2023)")
    assert "när siffrorna var andra" in answered[0].text


def test_frozen_scenarios_are_there_if_chosen_and_are_called_assumptions(papers):
    made = compose_appendix(sources_of(papers, scenarios=(frozen_scenario(papers),)))
    assert "Tänk om: scenarier som är frysta" in _headings(made, 1)
    assert "Dyrare höst" in _headings(made, 2)
    table = _table(made, "Vad scenarierna ger")
    assert [row.heading.text for row in table.rows] == ["Papperen", "Dyrare höst"]
    assert table.rows[0].cells[0].text == "0,0" and table.rows[1].cells[0].text.startswith("−")
    said = _said(made)
    assert "antaganden, inte rapporterade siffror" in said and "Fryst av Eva Ek" in said
    assert "andra siffror än bilagans" not in said


def test_a_scenario_of_other_figures_says_so(papers):
    other = replace(frozen_scenario(papers), fingerprint="0" * 64)
    assert "andra siffror än bilagans" in _said(
        compose_appendix(sources_of(papers, scenarios=(other,)))
    )


def test_the_names_of_rows_have_room_beside_many_headings(papers):
    key = InvestmentKey("total", "extra")
    more = {**papers.investments, key: stated(key.ref, mkr("0.4"))}
    wide = investments_table(replace(papers, investments=more))
    weights = column_weights(wide)
    assert len(weights) == 9 and all(weights)
    words = [max(map(len, heading.split(" "))) for heading in wide.headings]
    assert all(weight > least for weight, least in zip(weights, words, strict=True))
    assert weights[0] > len("Alla projekt")
    # With a heading less the texts themselves have room.
    assert not any(column_weights(investments_table(papers))[1:])


def test_its_day_is_the_one_given_and_its_figures_have_their_fingerprint(papers, content):
    assert content.made == (MADE_ON.year, MADE_ON.month, MADE_ON.day)
    facts = dict(content.facts)
    assert facts["Daterad"] == "4\u00a0maj 2023"
    assert len(facts["Siffrornas fingeravtryck"].replace(" ", "")) == 64
    assert "Papperens bilaga daterad" not in facts  # the same day: told once
    other = dict(compose_appendix(sources_of(papers, made_on=date(2024, 1, 2))).facts)
    assert other["Papperens bilaga daterad"] == facts["Daterad"]
    assert other["Daterad"] == "2\u00a0januari 2024"
    assert other["Siffrornas fingeravtryck"] == facts["Siffrornas fingeravtryck"]


def test_what_is_kept_beside_the_figures_gives_the_same_appendix_again(papers):
    sources = sources_of(papers, scenarios=(frozen_scenario(papers),))
    again = read_options(write_options(sources), papers)
    assert compose_appendix(again) == compose_appendix(sources)


def test_a_closing_demands_nothing_of_the_rest_of_the_year(papers):
    made = compose_appendix(sources_of(replace(papers, occasion=WHOLE_YEAR)))
    assert "Vad krävs av resten av året?" not in _headings(made, 2)
    assert made.title == "Driftkostnader och investeringar, bokslut\u00a02023"
    assert made.subtitle == "Avser januari–december 2023"


def test_papers_without_anything_give_an_appendix_that_says_so(papers):
    empty = replace(
        papers,
        operating={},
        investments={},
        projects=(),
        contributions={},
        restated=(),
        allocation_keys={},
        totals={},
        claims=(),
        cells=(),
    )
    made = compose_appendix(sources_of(empty))
    assert "Papperen säger inte" in _said(made)
    assert [b for b in made.blocks if isinstance(b, Drawing)][0].caption.startswith("Tecken")


def test_with_a_ledger_the_months_are_there_in_pictures_and_a_table(papers, content):
    assert "Månad för månad" not in _headings(content, 2)
    made = compose_appendix(sources_of(replace(papers, ledger=spring_2023())))
    place = _headings(made, 2).index("Månad för månad")
    assert place == _headings(made, 2).index("Enskilda verksamheter") + 1
    pictures = [b for b in made.blocks if isinstance(b, Drawing)]
    assert len(pictures) == 12
