"""A database that is away, or that will not: one sentence for who imports, answers or issues."""

import pytest
from imports_made import BOOKED, SPRING, correction, last_batch
from sqlalchemy import text

from gsn_dash.domain.ledger import DEFAULT_MAP, LedgerMap
from gsn_dash.store.answers import EXPLAINED, answer, read_answers
from gsn_dash.store.engine import StoreUnavailable, make_engine
from gsn_dash.store.issued import IssuedDraft, keep_issued, list_issued, read_issued
from gsn_dash.store.keep import keep
from gsn_dash.store.ledger_maps import read_map, save_map
from gsn_dash.store.occasions import list_collaborations, list_occasions, read_series
from gsn_dash.store.preview import preview
from gsn_dash.store.withdrawing import preview_withdrawal, withdraw

PAPER = IssuedDraft(2023, 2, 1, "pdf", {}, "f", b"x", "Eva")
OTHER = LedgerMap(DEFAULT_MAP.accounts, {"31": "031"})
WRITES = {
    "keep": lambda engine: keep(engine, BOOKED, "Eva", "", 1),
    "preview": lambda engine: preview(engine, correction("-1"), "Eva"),
    "withdraw": lambda engine: withdraw(engine, 1, "Eva", "Fel"),
    "preview_withdrawal": lambda engine: preview_withdrawal(engine, 1, "Eva"),
    "answer": lambda engine: answer(engine, SPRING, "k", 0, EXPLAINED, "Ett", "Eva", "a" * 64),
    "issue": lambda engine: keep_issued(engine, PAPER),
    "save_map": lambda engine: save_map(engine, 0, OTHER, "Eva"),
}
READS = {
    "answers": lambda engine: read_answers(engine, SPRING),
    "issued": list_issued,
    "one issued": lambda engine: read_issued(engine, PAPER.id),
    "map": read_map,
    "occasions": list_occasions,
    "collaborations": list_collaborations,
    "series": lambda engine: read_series(engine, ["x"]),
}


@pytest.mark.parametrize("name", [*WRITES, *READS])
def test_a_database_that_is_away_is_told_in_a_sentence(name):
    engine = make_engine("postgresql://nobody@127.0.0.1:9/nothing")
    with pytest.raises(StoreUnavailable) as told:
        {**WRITES, **READS}[name](engine)
    assert told.value.sentence.startswith("Databasen svara")
    engine.dispose()


def test_a_database_that_may_only_be_read_says_that_nothing_is_kept(loaded_engine):
    name = loaded_engine.url.database
    with loaded_engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    loaded_engine.dispose()  # what is set holds for new connections
    for write in WRITES.values():
        with pytest.raises(StoreUnavailable) as told:
            write(loaded_engine)
        assert "den som sköter databasen ser varför i loggen" in told.value.sentence
    assert last_batch(loaded_engine) == 1
