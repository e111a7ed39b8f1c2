"""What has been previewed is kept whole, by one at a time, and takes nothing else away."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from imports_made import (
    BOOK,
    COST_FORECAST,
    COST_OUTCOME,
    PLACE,
    SPRING,
    autumn,
    contribution,
    correction,
    kept,
    last_batch,
    occasion,
)
from papers import kr, mkr

from gsn_dash.domain.drafts import CHOICE, RESTATED, Drafts, OccasionDraft, Place
from gsn_dash.domain.refs import ContributionKey
from gsn_dash.domain.snapshot import Collaboration, Project
from gsn_dash.store.keep import Overtaken, keep
from gsn_dash.store.read import read_batches, read_snapshot
from gsn_dash.store.record import Recorded
from gsn_dash.store.withdrawing import withdraw
from gsn_dash.store.written import NotKept

FILE = (("tabell.xlsx", "a" * 64),)
SCHOOL = ("skolskjuts", "2085")


def test_an_import_says_who_when_why_and_of_what(loaded_engine):
    kept(loaded_engine, correction("-21000000", files=FILE), "Eva", "Felskrivet i bilagan")
    first, second = read_batches(loaded_engine)
    assert (first.id, first.kind, first.note) == (1, "folder", "")
    assert (second.id, second.kind, second.note) == (2, "correction", "Felskrivet i bilagan")
    assert (second.recorded_by, second.files) == ("Eva", FILE)
    assert (second.withdraws, second.withdrawn_by) == (None, None)
    assert second.recorded_at >= first.recorded_at


def test_the_same_again_is_no_import(loaded_engine):
    kept(loaded_engine, correction("-21000000", files=FILE))
    again = kept(loaded_engine, correction("-21000000", files=FILE))
    assert (again.batch, again.unchanged) == (None, 1)
    assert last_batch(loaded_engine) == 2


def test_what_was_previewed_before_another_import_is_not_kept(loaded_engine):
    kept(loaded_engine, correction("-21000000"), "Bo")
    told = keep(loaded_engine, correction("-22000000"), "Eva", "", seen_batch=1)
    assert isinstance(told, Overtaken)
    assert (told.batch, told.by) == (2, "Bo")
    assert read_snapshot(loaded_engine).operating[COST_OUTCOME].money == mkr("-21.0")


def test_another_database_than_the_one_compared_with_keeps_nothing(engine):
    with pytest.raises(NotKept, match="jämför den på nytt"):
        keep(engine, correction("-21000000"), "Eva", "", seen_batch=5)
    assert last_batch(engine) == 0


def test_of_two_at_once_one_is_kept_and_the_other_is_told(loaded_engine):
    together = Barrier(2)

    def one(amount: str) -> Recorded | Overtaken:
        together.wait()
        return keep(loaded_engine, correction(amount), amount, "", seen_batch=1)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(one, ("-21000000", "-22000000"))
    recorded, overtaken = (first, second) if isinstance(first, Recorded) else (second, first)
    assert (recorded.batch, overtaken.batch) == (2, 2)
    shown = read_snapshot(loaded_engine).operating[COST_OUTCOME].money
    assert shown == kr(overtaken.by)


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("", "Skriv ditt namn."),
        ("  ", "Skriv ditt namn."),
        ("E\nva", "Namnet har ett styrtecken"),
        ("E" * 61, "Namnet har 61 tecken"),
        ("p" + "0" * 32, "Namnet ser ut som ett id"),
    ],
)
def test_a_name_that_cannot_be_kept_is_refused_with_a_sentence(loaded_engine, by, said):
    with pytest.raises(NotKept) as refused:
        keep(loaded_engine, correction("-21000000"), by, "", seen_batch=1)
    assert refused.value.sentence.startswith(said)
    assert last_batch(loaded_engine) == 1


def test_only_a_whole_folder_takes_away_what_it_lacks(loaded_engine):
    """A table by the name of one of the folder's files, and for the same occasion."""
    before = read_snapshot(loaded_engine)
    days = before.occasion
    same = OccasionDraft(
        2023, 2, days.period_start, days.period_end, days.appendix_dated, days.meeting_on,
        "arende-3",
    )  # fmt: skip
    files = (("operating.csv", "b" * 64), ("projects.csv", "c" * 64))
    drafts = correction("-21000000", occasions=(same,), kind="table", files=files)
    assert kept(loaded_engine, drafts).withdrawn == 0
    after = read_snapshot(loaded_engine)
    assert set(after.operating) == set(before.operating)
    assert after.operating[COST_FORECAST] == before.operating[COST_FORECAST]
    assert after.populations == before.populations


def test_what_a_table_brings_anew_comes_last_and_changes_no_parts(loaded_engine):
    before = read_snapshot(loaded_engine)
    first = before.projects[0]
    drafts = Drafts(
        (BOOK,),
        projects=(Project("nytt", "Nytt projekt", ("0099",)), Project(first.key, "Nytt namn", ())),
        collaborations=(Collaboration("nytt", "Nytt samarbete"),),
        contributions=(contribution("1000", "in_force", PLACE, ("nytt", "2085")),),
        kind="table",
    )
    kept(loaded_engine, drafts)
    after = read_snapshot(loaded_engine)
    assert [p.key for p in after.projects] == [p.key for p in before.projects]
    renamed = after.projects[0]
    assert (renamed.name, renamed.codes) == ("Nytt namn", first.codes)
    assert after.collaborations[-1].key == "nytt"
    assert after.collaborations[:-1] == before.collaborations


def test_a_choice_turns_two_sources_round(loaded_engine):
    """The table's 18 000 in force instead of the text's 18 300, which is kept as restated."""
    before = read_snapshot(loaded_engine)
    key = ContributionKey(*SCHOOL)
    stands, other = before.contributions[key].figure, before.restated[0].figure
    assert (before.restated[0].key, stands.money, other.money) == (key, kr("18300"), kr("18000"))

    def at(figure) -> Place:
        source = figure.origin
        return Place(source.document.key, source.section, source.row, source.column, source.page)

    drafts = Drafts(
        contributions=(
            contribution("18000", "in_force", at(other), SCHOOL),
            contribution("18300", RESTATED, at(stands), SCHOOL),
        ),
        kind=CHOICE,
    )
    done = kept(loaded_engine, drafts, note="Tabellen är beslutad")
    assert (done.corrected, done.added, done.withdrawn) == (1, 1, 1)
    after = read_snapshot(loaded_engine)
    assert after.contributions[key].figure.money == kr("18000")
    assert after.contributions[key].figure.origin == other.origin
    assert [each.figure.money for each in after.restated if each.key == key] == [kr("18300")]
    assert len(after.restated) == len(before.restated)
    withdraw(loaded_engine, 2, "Eva", "Fel val")
    back = read_snapshot(loaded_engine)
    assert dict(back.contributions) == dict(before.contributions)
    assert set(back.restated) == set(before.restated)


def test_a_year_end_closing_is_an_occasion_too(loaded_engine):
    kept(loaded_engine, autumn())
    kept(loaded_engine, Drafts((BOOK,), (occasion(2023, 4, 12),), kind="table"))
    latest = read_snapshot(loaded_engine).occasion
    assert (latest.number, latest.is_closing, latest.months_left) == (4, True, 0)
    assert not read_snapshot(loaded_engine, SPRING).occasion.is_closing
