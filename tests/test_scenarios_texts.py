"""What a scenario may hold: any text as it was written, within limits that two sides keep."""

import uuid

import pytest
from drafted import draft, refused
from hypothesis import given
from hypothesis import strategies as st
from papers import rolled_back
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from gsn_dash.store import schema
from gsn_dash.store.engine import make_engine
from gsn_dash.store.scenario_drafts import (
    DEEPEST_DOCUMENT,
    LARGEST_DOCUMENT,
    ScenarioRefused,
    checked,
)
from gsn_dash.store.scenarios import (
    create_scenario,
    find_scenario,
    freeze_scenario,
    rename_scenario,
    save_scenario,
)

HOSTILE = [
    "<script>alert(1)</script>",
    "&amp; <b>",
    "'; DROP TABLE scenario; --",
    '"citat" och \\ och \\u0000',
    "100 % :namn %(namn)s {namn} $1",
    "👩‍👩‍👧‍👦 🇸🇪 e\u0301",
    "\u202eשלום עולם مرحبا",
    "\ufeff\u200bnolla",
    "=1+1",
]
# All characters but those that are refused: control characters, and halves of pairs.
LETTERS = st.characters(exclude_categories=("Cc", "Cs"))
WORDS = st.text(LETTERS, max_size=100) | st.sampled_from(HOSTILE)
LEAVES = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | WORDS
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner), max_leaves=8
)


@pytest.fixture
def store(loaded_engine):
    return loaded_engine


@pytest.fixture(scope="module")
def many(server_url, loaded_template):
    """A database that all the examples of a property write in."""
    name = f"gsn_test_{uuid.uuid4().hex[:12]}"
    server = make_engine(server_url)
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{loaded_template}"'))
        engine = make_engine(make_url(server_url).set(database=name).render_as_string(False))
        yield engine
        engine.dispose()
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    server.dispose()


@given(
    st.text(LETTERS, max_size=90) | st.sampled_from(HOSTILE),
    st.text(LETTERS, max_size=70) | st.sampled_from(HOSTILE),
    st.text(LETTERS | st.sampled_from("\n\r\t"), max_size=2100),
    st.dictionaries(WORDS, JSON, max_size=5),
)
def test_a_text_is_kept_as_it_was_written_or_refused_by_name(many, name, author, note, document):
    wanted = draft(name, author, note=note, document=document)
    try:
        made = create_scenario(many, wanted)
    except ScenarioRefused as refusal:
        limits = {"name": (name, 80), "author": (author, 60), "note": (note, 2000)}
        words, longest = limits[refusal.part]
        is_blank = not any(c.isprintable() and not c.isspace() for c in words)
        assert len(words.strip()) > longest or is_blank
        assert find_scenario(many, wanted.id) is None
        return
    assert (made.name, made.author, made.note) == (name.strip(), author.strip(), note.strip())
    assert made.document == document
    assert find_scenario(many, made.id) == made


@given(st.text(st.characters(), max_size=60), st.text(st.characters(), max_size=60))
def test_no_text_at_all_reaches_the_person_as_an_error_of_the_database(many, words, note):
    """Every character there is; the two sides agree on which are refused."""
    try:
        made = create_scenario(many, draft(words, words, note=note, document={words: note}))
    except ScenarioRefused as refusal:
        assert refusal.part in ("name", "author", "note", "document")
        return
    assert (made.name, made.note, made.document) == (words.strip(), note.strip(), {words: note})


@pytest.mark.parametrize("sign", [*map(chr, (*range(1, 32), *range(127, 160))), "\0", "\ud800"])
def test_a_control_character_is_refused_with_its_place(sign):
    with refused("name") as refusal:
        checked(draft(f"Höst{sign}plan"))
    assert f"U+{ord(sign):04X}) som tecken 5" in refusal.value.sentence
    with refused("author"):
        checked(draft(author=f"Eva{sign}L"))
    if sign in "\n\r\t":
        assert checked(draft(note=f"a{sign}b")).note == f"a{sign}b"
    else:
        with refused("note"):
            checked(draft(note=f"a{sign}b"))


@pytest.mark.parametrize(("part", "longest"), [("name", 80), ("author", 60), ("note", 2000)])
def test_a_text_has_a_longest_length_in_characters(store, part, longest):
    made = create_scenario(store, draft(**{part: "😀" * longest}))
    assert getattr(made, part) == "😀" * longest
    with refused(part) as refusal:
        create_scenario(store, draft(**{part: "å" * (longest + 1)}))
    assert f"{longest + 1} tecken" in refusal.value.sentence


@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\u00a0", "\u200b", "\u2060\ufeff"])
def test_a_name_that_shows_nothing_is_refused(store, blank):
    with refused("name"):
        checked(draft(blank))
    with refused("author"):
        checked(draft(author=blank))
    assert checked(draft(note=blank)).note == blank.strip()
    made = create_scenario(store, draft())
    with refused("name"):
        rename_scenario(store, made.id, 1, blank, "Eva")
    with refused("fingerprint"):
        freeze_scenario(store, made.id, 1, "Eva", blank, 1)
    assert find_scenario(store, made.id) == made


def test_a_document_has_a_largest_size(store):
    room = LARGEST_DOCUMENT - len('{"a": ""}')
    made = create_scenario(store, draft(document={"a": "x" * room}))
    assert find_scenario(store, made.id).document == {"a": "x" * room}
    for document in ({"a": "x" * (room + 1)}, {"a": "å" * (room // 2 + 1)}):
        with refused("document"):
            save_scenario(store, made.id, 1, draft(document=document))
    # Written by the database these take more room than in Python: it refuses them itself.
    with refused("document"):
        save_scenario(store, made.id, 1, draft(document={"a": [1e300] * 1000}))


def _nested(depth: int) -> dict:
    return {} if depth == 1 else {"a": _nested(depth - 1)}


def test_a_document_is_not_nested_so_deep_that_a_reader_fails(store):
    deepest = _nested(DEEPEST_DOCUMENT)
    assert create_scenario(store, draft(document=deepest)).document == deepest
    deep: list = []
    for _ in range(20_000):
        deep = [deep]
    for document in (_nested(DEEPEST_DOCUMENT + 1), _nested(400), {"a": deep}):
        with refused("document"):
            checked(draft(document=document))


@pytest.mark.parametrize(
    "document",
    [
        [],
        "{}",
        None,
        {"a": object()},
        {"a": float("nan")},
        {"a": float("inf")},
        {"a": 10**5000},
        {"a": "\0"},
        {"\0": 1},
        {"a": [{"b": "x\0"}]},
        {"a": "\ud83d"},
    ],
    ids=lambda document: type(document).__name__,
)
def test_what_json_or_the_database_cannot_hold_is_refused(document):
    with refused("document"):
        checked(draft(document=document))


@pytest.mark.parametrize("base", [{"year": 2022}, {"number": 9}, {"batch": 99}])
def test_a_scenario_is_based_on_figures_that_the_database_has(store, base):
    wanted = draft(**base)
    with refused("base"):
        create_scenario(store, wanted)
    assert find_scenario(store, wanted.id) is None


@pytest.fixture
def connection(server_url, loaded_template):
    """A transaction that is rolled back, with a scenario of one version and another of none."""
    with rolled_back(server_url, loaded_template) as connection:
        for name in (KEPT, BARE):
            connection.execute(schema.scenario.insert().values(id=name))
        _insert(connection, version=1)
        yield connection


KEPT, BARE = uuid.UUID(int=1), uuid.UUID(int=2)


def _insert(connection, **changes):
    values = {
        **{"scenario_id": KEPT, "version": 2, "name": "Ett", "author": "Eva", "note": ""},
        **{"document": {}, "year": 2023, "number": 2, "batch": 1, "state": "open"},
    }
    connection.execute(schema.scenario_version.insert().values({**values, **changes}))


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"name": "x" * 81}, "name"),
        ({"name": " "}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"name": "a\x85b"}, "name"),
        ({"author": "x" * 61}, "author"),
        ({"author": ""}, "author"),
        ({"author": "a\x7fb"}, "author"),
        ({"note": "x" * 2001}, "note"),
        ({"note": "a\x1bb"}, "note"),
        ({"document": [1]}, "document"),
        ({"document": {"a": "x" * LARGEST_DOCUMENT}}, "document"),
        ({"state": "lost"}, "state"),
        ({"state": "frozen"}, "frozen"),
        ({"fingerprint": "f"}, "frozen"),
        ({"state": "frozen", "fingerprint": ""}, "fingerprint"),
    ],
)
def test_the_database_keeps_the_limits_by_itself(connection, changes, constraint):
    with pytest.raises(IntegrityError) as refusal:
        _insert(connection, **changes)
    # Who wrote it is a pseudonym there; the limits of names are the names' own.
    owner = "person_name" if constraint == "author" else f"scenario_version_{constraint}"
    assert refusal.value.orig.diag.constraint_name == f"{owner}_check"


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 1},
        {"version": 3},
        {"version": 0},
        {"scenario_id": BARE},
        {"scenario_id": BARE, "version": 1, "state": "deleted"},
        {"scenario_id": BARE, "version": 1, "state": "frozen", "fingerprint": "f"},
    ],
)
def test_the_database_lets_a_version_follow_the_last_only(connection, changes):
    with pytest.raises(IntegrityError) as refusal:
        _insert(connection, **changes)
    assert refusal.value.orig.sqlstate == "23001"


@pytest.mark.parametrize(
    ("before", "after"),
    [("frozen", "open"), ("frozen", "deleted"), ("frozen", "frozen")]
    + [("deleted", "deleted"), ("deleted", "frozen")],
)
def test_the_database_knows_what_may_follow_an_end(connection, before, after):
    marks = {"frozen": {"fingerprint": "f"}}
    _insert(connection, state=before, **marks.get(before, {}))
    with pytest.raises(IntegrityError) as refusal:
        _insert(connection, version=3, state=after, **marks.get(after, {}))
    assert refusal.value.orig.sqlstate == "23001"


def test_the_database_has_no_scenario_without_a_version(store):
    with pytest.raises(DBAPIError) as refusal, store.begin() as connection:
        connection.execute(schema.scenario.insert().values(id=BARE))
    assert refusal.value.orig.sqlstate == "23001"
    assert find_scenario(store, str(BARE)) is None
