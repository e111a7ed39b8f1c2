"""make bench: what it says of a measurement that holds, that does not, and that breaks."""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from gsn_dash.settings import PROJECT

HELD = "print('Snabbt (högst 2): håller')"
UNHELD = "print('Snabbt (högst 1): HÅLLER INTE'); raise SystemExit(3)"
BROKEN = "print('Snabbt (högst 0): håller', flush=True); import os; os.kill(os.getpid(), 9)"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The bench, with measurements of the test's own that write to a folder of its own."""
    monkeypatch.syspath_prepend(PROJECT / "bench")
    module = import_module("all")
    monkeypatch.setattr(module, "HERE", tmp_path)
    monkeypatch.setattr(module, "PROJECT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["all"])
    (tmp_path / "docs").mkdir()
    return module


@pytest.mark.parametrize(
    "scripts, code, told",
    [
        ([HELD], 0, ["- Snabbt (högst 2): håller"]),
        ([HELD, UNHELD], 3, ["- Snabbt (högst 2): håller", "- Snabbt (högst 1): HÅLLER INTE"]),
        # What a measurement said before it broke is no measure.
        ([BROKEN, HELD], 1, ["- mätning 0: INTE MÄTT", "- Snabbt (högst 2): håller"]),
    ],
)
def test_each_promise_is_told_with_its_fate(bench, monkeypatch, tmp_path, scripts, code, told):
    names = {f"m{number}": f"mätning {number}" for number in range(len(scripts))}
    monkeypatch.setattr(bench, "MEASURED", names)
    for name, script in zip(names, scripts, strict=True):
        (tmp_path / f"{name}.py").write_text(script, encoding="utf-8")
    assert bench.main() == code
    written = (tmp_path / "docs" / "matningar.md").read_text(encoding="utf-8")
    promised = written.split("## ")[1]
    assert [line for line in promised.splitlines() if line.startswith("- ")] == told
