"""What was issued is kept as it was issued, to the byte."""

import hashlib
from uuid import uuid4

import pytest
from imports_made import SPRING, autumn, correction, kept
from sqlalchemy.exc import IntegrityError

from gsn_dash.store import schema
from gsn_dash.store.issued import Issued, IssuedDraft, keep_issued, list_issued, read_issued
from gsn_dash.store.written import NotKept

PAPER = bytes(range(256)) * 40
OPTIONS = {"made_on": "2023-05-08", "scenarios": ["a"], "nested": {"å": [1, None]}}


def draft(**changes) -> IssuedDraft:
    parts = {
        "year": 2023, "number": 2, "batch": 1, "format": "pdf", "options": OPTIONS,
        "fingerprint": "f" * 64, "content": PAPER, "issued_by": "Eva", **changes,
    }  # fmt: skip
    return IssuedDraft(**parts)


def test_an_appendix_is_read_back_to_the_byte(loaded_engine):
    issued = keep_issued(loaded_engine, draft())
    assert issued.content == PAPER
    assert issued.sha256 == hashlib.sha256(PAPER).hexdigest()
    assert (issued.options, issued.batch, issued.issued_by) == (OPTIONS, 1, "Eva")
    kept(loaded_engine, correction("-21000000"))
    assert read_issued(loaded_engine, issued.id) == issued
    assert read_issued(loaded_engine, str(uuid4())) is None
    assert read_issued(loaded_engine, "../etc") is None


def test_the_list_has_the_latest_first_and_no_contents(loaded_engine):
    kept(loaded_engine, autumn())
    first = keep_issued(loaded_engine, draft())
    second = keep_issued(loaded_engine, draft(format="docx", content=b"ord"))
    third = keep_issued(loaded_engine, draft(number=3, batch=2))
    assert [each.id for each in list_issued(loaded_engine)] == [third.id, second.id, first.id]
    of_spring = list_issued(loaded_engine, SPRING)
    assert [each.id for each in of_spring] == [second.id, first.id]
    assert not any(isinstance(each, Issued) for each in of_spring)
    assert first.issued_at <= second.issued_at


def test_the_same_sent_twice_is_one(loaded_engine):
    sent = draft()
    assert keep_issued(loaded_engine, sent) == keep_issued(loaded_engine, sent)
    assert len(list_issued(loaded_engine)) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"content": b""}, "Bilagan är tom"),
        ({"issued_by": " "}, "Namnet på den som utfärdar är tomt"),
        ({"options": {"x": object()}}, "Valen som bilagan gjordes av"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(loaded_engine, changes, said):
    with pytest.raises(NotKept) as refused:
        keep_issued(loaded_engine, draft(**changes))
    assert refused.value.sentence.startswith(said)
    assert list_issued(loaded_engine) == ()


def test_the_database_holds_contents_and_sha256_together(loaded_engine):
    values = {
        "id": uuid4(), "year": 2023, "number": 2, "batch": 1, "format": "pdf", "options": {},
        "fingerprint": "f", "sha256": "0" * 64, "content": b"x", "issued_by": "Eva",
    }  # fmt: skip
    with pytest.raises(IntegrityError), loaded_engine.begin() as connection:
        connection.execute(schema.issued_report.insert().values(values))
