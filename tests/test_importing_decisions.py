"""What a person decides of the figures: a correction, another source, a withdrawal."""

import pytest
from papers import kr, mkr, read_papers
from sqlalchemy import Engine

from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.refs import ContributionKey, OperatingKey
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.importing import telling
from gsn_dash.importing.corrections import (
    Correction,
    CorrectionRefused,
    choice_drafts,
    correction_drafts,
    find_stated,
    sources_of_contribution,
)
from gsn_dash.importing.flow import keep_drafts, look_at_withdrawal
from gsn_dash.present.corrected import say_outdated
from gsn_dash.present.names import name_place
from gsn_dash.present.sources import account_for
from gsn_dash.store.keep import Overtaken
from gsn_dash.store.read import read_batches, read_snapshot
from gsn_dash.store.record import Recorded
from gsn_dash.store.withdrawing import CannotWithdraw, withdraw

COST = OperatingKey("total", "cost", "period", "outcome")
SCHOOL = ContributionKey("skolskjuts", "2085")


@pytest.fixture(scope="module")
def papers(server_url: str, loaded_template: str) -> Snapshot:
    return read_papers(server_url, loaded_template)


def read(engine: Engine) -> Snapshot:
    snapshot = read_snapshot(engine)
    assert snapshot is not None
    return snapshot


def correct(engine: Engine, ref: str, printed: str, scale: str = "Mkr") -> Recorded | Overtaken:
    now = read(engine)
    drafts = correction_drafts(now, ref, Correction(printed, scale))
    kept = keep_drafts(engine, drafts, "Eva Ek", "Felskrivet i papperet", now.batch)
    assert not isinstance(kept, str), kept
    return kept


def choose(engine: Engine, chosen: int) -> None:
    now = read(engine)
    drafts = choice_drafts(now, SCHOOL.ref, chosen)
    assert isinstance(keep_drafts(engine, drafts, "Eva Ek", "Tabellen", now.batch), Recorded)


def test_a_figure_is_put_right_with_who_and_why_and_what_it_replaced_is_told(loaded_engine: Engine):
    before = read(loaded_engine)
    kept = correct(loaded_engine, COST.ref, "−21,9")
    after, batch = read(loaded_engine), read_batches(loaded_engine)[-1]
    figure = after.operating[COST]
    assert figure.amount == mkr("-21.9") and figure.printed == "−21,9"
    # It stands where it stood; what stood there, by whom it is another, and why, is told beside.
    assert figure.origin == before.operating[COST].origin
    account = account_for(after, COST.ref)
    assert account.printed == "-21,5" and account.place == name_place(figure.origin)
    assert account.notes[0].startswith("Rättat till −21,9\u00a0Mkr av Eva Ek ")
    assert account.notes[0].endswith(
        "därför att: Felskrivet i papperet. I filen eller papperet stod ”−21,5”."
    )
    assert not any("Ersätter" in note for note in account.notes)
    assert [old.amount for old in after.replaced] == [mkr("-21.5")]
    assert (batch.id, batch.kind, batch.recorded_by) == (kept.batch, "correction", "Eva Ek")
    assert batch.note == "Felskrivet i papperet" and batch.files == ()
    # What rests on it stands as printed, and says so.
    for ref, stands, now in (
        ("total:net:period:outcome", "−0,3", "−0,7"),
        ("total:cost:period:deviation", "+3,2", "+2,8"),
    ):
        (note,) = (n for n in account_for(after, f"operating:{ref}").notes if "rättad" in n)
        said = note.replace("\u00a0", " ")
        assert f"står kvar som tryckt, {stands} Mkr, fast ”Kostnader, utfall" in said
        assert f"delarna ger nu {now} Mkr." in said
    assert say_outdated(before, "operating:") == ()
    assert len(say_outdated(after, "operating:")) == 3
    # Nothing else has moved.
    assert {k: f for k, f in after.operating.items() if k != COST} == {
        k: f for k, f in before.operating.items() if k != COST
    }
    assert after.investments == before.investments and after.totals == before.totals


@pytest.mark.parametrize(
    ("ref", "printed", "scale", "amount"),
    [
        ("investment:total:outcome", "0,9", "Mkr", mkr("0.9")),
        ("investment:total:outcome", "0,9 mkr", "Mkr", mkr("0.9")),
        ("collaboration:e-arkiv:2061", "98 000", "kr", kr("98000")),
        ("collaboration:total:2085", "740 300", "kr", kr("740300")),
        ("operating:total:revenue:period:outcome", "?", "Mkr", Unknown("okänt enligt rättelsen")),
    ],
)
def test_every_kind_of_stated_amount_can_be_put_right(
    loaded_engine: Engine, ref: str, printed: str, scale: str, amount: object
):
    assert correct(loaded_engine, ref, printed, scale).corrected == 1
    assert find_stated(read(loaded_engine), ref).amount == amount


def test_a_number_of_inhabitants_is_put_right(loaded_engine: Engine):
    ref = "population:2085:2022-12-31"
    assert correct(loaded_engine, ref, "26 400").corrected == 1
    after = read(loaded_engine)
    assert find_stated(after, ref).count == 26400
    assert account_for(after, ref).printed == "26\u00a0353"


@pytest.mark.parametrize(
    ("ref", "printed", "words"),
    [
        (COST.ref, "", "eller ? om det är okänt"),
        (COST.ref, "ungefär 20", "går inte att läsa"),
        (COST.ref, "21,9", "skriv −21,9"),
        ("population:2085:2022-12-31", "många", "bara siffror"),
        ("operating:demand:x:y:z", "1", "finns inte längre"),
    ],
)
def test_what_cannot_be_a_correction_is_refused_in_a_sentence(
    papers: Snapshot, ref: str, printed: str, words: str
):
    with pytest.raises(CorrectionRefused) as refusal:
        correction_drafts(papers, ref, Correction(printed, "Mkr"))
    sentence = str(refusal.value)
    assert words in sentence and sentence[0] in "”SKAU" and sentence.endswith(".")


def test_what_a_rule_has_given_cannot_be_put_right(papers: Snapshot):
    assert find_stated(papers, "operating:rest:cost:period:deviation") is None
    assert sources_of_contribution(papers, COST.ref) == ()


def test_another_source_can_be_put_in_force_and_the_first_again(loaded_engine: Engine):
    places = {c.figure.origin for c in sources_of_contribution(read(loaded_engine), SCHOOL.ref)}
    choose(loaded_engine, 1)
    chosen = sources_of_contribution(read(loaded_engine), SCHOOL.ref)
    assert [c.figure.amount for c in chosen] == [kr("18000"), kr("18300")]
    assert {c.figure.origin for c in chosen} == places
    # The two are told apart, and the one in force is not said to replace itself.
    notes = " ".join(account_for(read(loaded_engine), SCHOOL.ref).notes)
    assert "Står också som ”18 300”" in notes and "Det som gäller är ”18 000”." in notes
    assert "Ersätter" not in notes
    choose(loaded_engine, 1)
    again = sources_of_contribution(read(loaded_engine), SCHOOL.ref)
    assert [c.figure.amount for c in again] == [kr("18300"), kr("18000")]
    assert {c.figure.origin for c in again} == places
    kinds = [(b.kind, b.note) for b in read_batches(loaded_engine)[1:]]
    assert kinds == [("choice", "Tabellen")] * 2


def test_who_comes_second_is_told_and_nothing_is_lost(loaded_engine: Engine):
    seen = read(loaded_engine).batch
    first = correct(loaded_engine, COST.ref, "−21,9")
    late = correction_drafts(read(loaded_engine), COST.ref, Correction("−22,0", "Mkr"))
    found = keep_drafts(loaded_engine, late, "Bo", "skäl", seen)
    assert isinstance(found, Overtaken) and (found.batch, found.by) == (first.batch, "Eva Ek")
    assert read(loaded_engine).operating[COST].amount == mkr("-21.9")


def test_a_withdrawal_is_seen_before_it_is_done_and_puts_all_back(loaded_engine: Engine):
    before = read(loaded_engine)
    kept = correct(loaded_engine, COST.ref, "−21,9")
    seen = look_at_withdrawal(loaded_engine, kept.batch)
    rows = telling.changes_table(seen).rows
    said = [(row.heading.text, [cell.text for cell in row.cells]) for row in rows]
    assert len(said) == 1 and said[0][0] == "Kostnader, utfall januari–april 2023"
    assert said[0][1] == ["−21,9\u00a0Mkr", "−21,5\u00a0Mkr", "ändras"]
    assert telling.findings_table(seen, ()).rows == ()
    assert read(loaded_engine).operating[COST].amount == mkr("-21.9")  # it was only looked at

    assert isinstance(withdraw(loaded_engine, kept.batch, "Bo", "Fel dag"), Recorded)
    assert read(loaded_engine).operating == before.operating
    again = look_at_withdrawal(loaded_engine, kept.batch)
    assert isinstance(again, CannotWithdraw) and again.sentence.endswith(".")
