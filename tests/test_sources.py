"""Every name that an address may ask for can be told of, in Swedish."""

from dataclasses import replace
from decimal import Decimal

import pytest
from papers import kr, read_papers, snapshot_with

from gsn_dash.domain.refs import ContributionKey
from gsn_dash.domain.snapshot import Contribution
from gsn_dash.present.help import parse_guide
from gsn_dash.present.inventory import derived_refs, known_refs, stated_groups
from gsn_dash.present.order import swedish_order
from gsn_dash.present.places import describe_precision
from gsn_dash.present.sources import account_for


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def test_every_known_name_is_told_of(papers):
    for ref in known_refs(papers):
        account = account_for(papers, ref)
        assert account is not None, ref
        assert account.name, ref
        assert account.value, ref
        assert "_" not in account.name, ref
        assert account.place or account.rule or account.notes, ref


def test_every_chain_ends_in_papers(papers):
    def ends(account):
        return [end for part in account.inputs for end in ends(part)] or [account]

    for ref in derived_refs(papers):
        for end in ends(account_for(papers, ref)):
            # That a project cannot be started rests on a sentence and not on an amount.
            assert end.place or any("Det står i" in note for note in end.notes), (ref, end)


def test_all_facts_and_printed_totals_are_listed(papers):
    listed = {figure.ref for group in stated_groups(papers) for figure in group.figures}
    stated = [
        *(figure.ref for figure in papers.operating.values()),
        *(figure.ref for figure in papers.investments.values()),
        *(row.figure.ref for row in papers.contributions.values()),
        *papers.totals,
    ]
    assert set(stated) == listed


def test_a_correction_says_what_it_replaced(papers):
    key = ContributionKey("telefoni", "2085")
    old = papers.contributions[key]
    new = Contribution(key, replace(old.figure, amount=kr("125000"), printed="125 000"), old.year)
    corrected = replace(
        papers, contributions={**papers.contributions, key: new}, replaced=(old.figure,)
    )
    told = account_for(corrected, key.ref)
    assert told.value == "125\u00a0000\u00a0kr"
    assert "Ersätter den tidigare uppgiften 120\u00a0000\u00a0kr, tryckt ”120 000”." in told.notes


@pytest.mark.parametrize(
    ("kr_step", "words"),
    [
        ("0", "exakt"),
        ("1", "på 1 kr när"),
        ("1000", "på 1 000 kr när"),
        ("100000", "på 0,1 Mkr när"),
        ("1000000", "på 1 Mkr när"),
    ],
)
def test_precision_in_words(kr_step, words):
    assert describe_precision(Decimal(kr_step)).replace("\u00a0", " ") == words


def test_a_guide_comes_apart_into_sections_with_the_names_of_their_links():
    guide = parse_guide(
        "# Hjälp\n\nEn mening.\n\n- [Så här](#så-här-då)\n\n## Så här, då?\n\nText.\n"
    )
    assert (guide.title, guide.message) == ("Hjälp", "En mening.")
    (section,) = guide.sections
    assert (section.heading, section.place, section.body) == ("Så här, då?", "så-här-då", "Text.")
    with pytest.raises(ValueError, match="begins with a title"):
        parse_guide("Ingen rubrik\n\n## Avsnitt\n")


@pytest.mark.parametrize(
    ("ref", "value", "inputs"),
    [
        ("demand:cost:increase", "+22 %", ["demand:cost:needed", "demand:cost:so_far"]),
        (
            "investment:365:forecast_utilisation",
            "15 %",
            ["investment:365:forecast", "investment:365:appropriation"],
        ),
        (
            "paid:telefoni:2085",
            "66,7 %",
            ["collaboration:telefoni:2085", "collaboration:telefoni:total"],
        ),
        ("share:e-dala:total", "18,263 %", ["share:e-dala:2085", "share:e-dala:2061"]),
    ],
)
def test_a_ratio_is_told_with_what_it_is_made_of(papers, ref, value, inputs):
    assert ref in derived_refs(papers)
    told = account_for(papers, ref)
    assert (told.value.replace("\u00a0", " "), told.mark) == (value, "härledd")
    assert sorted(part.ref for part in told.inputs) == sorted(inputs)
    assert told.rule


def test_a_ratio_of_the_unknown_is_unknown_and_not_listed(papers):
    ref = "paid:e-arkiv:2061"
    assert ref in known_refs(papers) and ref not in derived_refs(papers)
    told = account_for(papers, ref)
    assert (told.value, told.mark) == ("okänt", "okänd")


def test_what_an_occasion_has_nothing_of_is_still_told_of():
    nothing = snapshot_with()
    for ref in known_refs(nothing):
        told = account_for(nothing, ref)
        assert told is not None and told.rule, ref
    assert account_for(nothing, "investment:total:forecast").value == "okänt"


def test_swedish_names_are_in_swedish_order():
    names = ["Örebro", "Älvdalen", "Åre", "Zinkgruvan", "avesta", "Éden", "Borlänge"]
    assert sorted(names, key=swedish_order) == [
        "avesta", "Borlänge", "Éden", "Zinkgruvan", "Åre", "Älvdalen", "Örebro",
    ]  # fmt: skip
