"""Two people at the same thing: what one has written is neither lost nor given another's name."""

from collections.abc import Callable, Iterator

import pytest
from imports_made import COST_OUTCOME, SPRING, correction, kept, last_batch, left
from papers import mkr
from seated import sit_at_the_server
from sie_written import voucher, written
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from gsn_dash.domain.checks.finding import Verdict
from gsn_dash.domain.drafts import LEDGER, DocumentDraft, Drafts
from gsn_dash.domain.ledger import DEFAULT_MAP, LedgerMap
from gsn_dash.ingest.sie.reading import read_sie
from gsn_dash.present.answers import OTHER_FIGURES
from gsn_dash.store.answers import EXPLAINED, answer, read_answers
from gsn_dash.store.engine import make_engine
from gsn_dash.store.issued import list_issued
from gsn_dash.store.ledger_maps import read_map, save_map
from gsn_dash.store.read import read_snapshot
from gsn_dash.ui import data

SAVE, CORRECT, ISSUE = "Spara förklaringen", "Spara rättelsen", "Utfärda bilagan"
SUM = "total|operating:total:net:period:outcome|bilaga-1/"


@pytest.fixture(autouse=True)
def at_the_server() -> Iterator[None]:
    """Everybody sits at the server's own computer; what one test has read is gone for the next."""
    sit_at_the_server()
    yield
    data._figures, data._engine = data.Figures(), None


def come(page: Callable[[], None], **address: str) -> AppTest:
    """A visitor comes to a page, or to a part of it."""
    app = AppTest.from_function(page, default_timeout=30)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def press(app: AppTest, label: str) -> None:
    (button,) = [each for each in app.button if each.label == label]
    assert not button.click().run().exception


def fill(app: AppTest, **fields: str) -> None:
    for each in (*app.text_input, *app.text_area):
        if (word := each.label.split()[0].strip(",:")) in fields:
            each.input(fields[word])


def shown(app: AppTest) -> str:
    """All that stands on the page beside its fields."""
    return "\n".join(each.proto.body for each in app.get("html"))


def answering() -> None:
    from gsn_dash.ui import data
    from gsn_dash.ui.state.visits import arrive
    from gsn_dash.ui.views.answering import show_answering

    arrive("a page", "")
    show_answering(data.current())


def correcting() -> None:
    from gsn_dash.ui import data
    from gsn_dash.ui.state.visits import arrive
    from gsn_dash.ui.views.correcting import show_correcting

    arrive("a page", "")
    show_correcting(data.current().snapshot, "operating:total:cost:period:outcome")


def ledger_map() -> None:
    from gsn_dash.ui.state.visits import arrive
    from gsn_dash.ui.views.ledger_map import show_ledger_map

    arrive("a page", "")
    show_ledger_map()


def issuing() -> None:
    from datetime import date

    from gsn_dash.ui import data
    from gsn_dash.ui.state.visits import arrive
    from gsn_dash.ui.views.appendix import Chosen, show_issuing

    arrive("a page", "")
    show_issuing(data.current(), Chosen(date(2023, 5, 31)))


def test_an_explanation_is_kept_on_top_of_the_one_that_was_seen(loaded_engine: Engine):
    data.refresh(loaded_engine)
    finding = next(f for f in data.current().findings if f.verdict is Verdict.FAILS)
    anna = come(answering, fynd=finding.key)
    about = loaded_engine, SPRING, finding.key
    theirs = answer(*about, 0, EXPLAINED, "Bertils ord", "Bertil", finding.fingerprint)

    data.refresh(loaded_engine)
    anna.run()
    assert "Bertils ord" in shown(anna) and anna.text_area[0].value == ""
    fill(anna, Förklaring="Annas ord", Ditt="Anna")
    press(anna, SAVE)
    assert read_answers(loaded_engine, SPRING)[finding.key] == theirs
    assert anna.text_area[0].value == "Annas ord"
    assert "Bertils ord" in shown(anna) and "Inget sparades: Bertil svarade" in shown(anna)

    press(anna, SAVE)
    now = read_answers(loaded_engine, SPRING)[finding.key]
    assert (now.version, now.words, now.author) == (2, "Annas ord", "Anna")
    # When the page has heard of it, the form is of that one, and can be saved anew at once.
    data.refresh(loaded_engine)
    fill(anna.run(), Förklaring="Annas nya ord")
    press(anna, SAVE)
    assert read_answers(loaded_engine, SPRING)[finding.key].words == "Annas nya ord"


def test_an_explanation_is_of_the_figures_that_were_seen(loaded_engine: Engine):
    data.refresh(loaded_engine)
    before = next(f for f in data.current().findings if f.key.startswith(SUM))
    anna = come(answering, fynd=before.key)
    kept(loaded_engine, correction("-21000000"))
    data.refresh(loaded_engine)
    fill(anna.run(), Förklaring="Annas ord", Ditt="Anna")
    press(anna, SAVE)
    assert before not in data.current().findings
    given = read_answers(loaded_engine, SPRING)[before.key]
    assert given.fingerprint == before.fingerprint
    data.refresh(loaded_engine)
    assert OTHER_FIGURES in shown(anna.run())


def test_a_correction_of_what_has_been_corrected_since_is_asked_about(loaded_engine: Engine):
    data.refresh(loaded_engine)
    anna = come(correcting)
    batch = kept(loaded_engine, correction("-22700000"), "Bertil").batch
    data.refresh(loaded_engine)
    fill(anna.run(), Nytt="−22,1", Varför="Fel", Ditt="Anna")
    press(anna, CORRECT)
    assert "uppgiften har ändrats sedan" in shown(anna)
    assert last_batch(loaded_engine) == batch
    assert anna.text_input[0].value == "−22,1"

    press(anna, CORRECT)
    assert f"Inläsning {batch + 1} är sparad" in shown(anna)
    assert read_snapshot(loaded_engine).operating[COST_OUTCOME].amount == mkr("-22.1")
    # Her own correction is no surprise to her, and what is about another figure no hindrance.
    data.refresh(loaded_engine)
    anna.run()
    kept(loaded_engine, left("1000000"))
    data.refresh(loaded_engine)
    fill(anna.run(), Nytt="−22,2", Varför="Fel igen", Ditt="Anna")
    press(anna, CORRECT)
    assert read_snapshot(loaded_engine).operating[COST_OUTCOME].amount == mkr("-22.2")


def _book(engine: Engine, cost_centre: str) -> None:
    """A ledger in force, with a cost on a cost centre."""
    rows = f'#TRANS 4010 {{1 "{cost_centre}"}} 100', "#TRANS 1930 {} -100"
    read = read_sie("bok.se", written(*voucher(*rows, day="20230115")), DEFAULT_MAP)
    assert read.problems == ()
    document = DocumentDraft(read.ledgers[0].place.document, "Bokföringen", "sie", None, "")
    kept(engine, Drafts(documents=(document,), ledgers=read.ledgers, kind=LEDGER))


def test_a_table_of_accounts_is_saved_on_top_of_the_one_that_was_seen(loaded_engine: Engine):
    _book(loaded_engine, "0311")
    data.refresh(loaded_engine)
    anna = come(ledger_map)
    anna.session_state["ledger_map"] = True
    assert "Ett kostnadsställe är inte kopplat" in shown(anna.run())
    theirs = LedgerMap(DEFAULT_MAP.accounts, {"0311": "032"}, {})
    save_map(loaded_engine, 0, theirs, "Bertil")
    fill(anna.run(), Ditt="Anna")
    anna.selectbox[0].set_value("033")
    press(anna, "Spara kontotabellen")
    assert "Inget sparades: Bertil har ändrat" in shown(anna) and "0311 = 032" in shown(anna)
    # What is lacking is lacking in the table that now is in force.
    assert "är inte kopplat" not in shown(anna.run())
    assert read_map(loaded_engine).map == theirs
    press(anna, "Spara kontotabellen")
    now = read_map(loaded_engine)
    assert (now.version, now.author, now.map.cost_centres) == (2, "Anna", {"0311": "033"})


def test_an_appendix_that_may_have_been_issued_is_not_issued_twice(loaded_engine: Engine):
    data.refresh(loaded_engine)
    anna = come(issuing)
    fill(anna, Ditt="Anna")
    away = make_engine("postgresql://gsn@127.0.0.1:1/gsn")
    data._engine = away
    press(anna, ISSUE)
    away.dispose()
    assert "ovisst om bilagan sparades" in shown(anna)
    (sent,) = anna.session_state["laid_out"].values()

    data.refresh(loaded_engine)
    press(anna, ISSUE)
    assert [each.id for each in list_issued(loaded_engine)] == [sent.shown]
    # Issued, and told: the next one is another.
    assert anna.session_state["laid_out"]["issue"].awaits is not None
