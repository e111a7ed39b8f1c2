"""Runs every measurement, shows what they say, and writes it to docs/matningar.md.

Run by `make bench`; names of scripts can be given to run only those, and then nothing is written.
A measurement that ends without its table is written down as not run.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path

from served import UNHELD

from gsn_dash.settings import PROJECT

HERE = Path(__file__).parent
MEASURED = {
    "loading": "Att öppna en sida med bilder",
    "viewers": "Vad de som tittar kostar servern",
    "what_if": "Tänk om …?: från tangent till färdigritat",
    "meeting": "Ett möte: från tangent till allas skärmar",
    "many": "Många tillfällen och en stor bokföring",
}
_TOLD = """# Mätningar

Gjorda den {day} på {machine}, {processors} processorer, Python {python}, med `make bench`. Tiderna
beror på maskinen; förhållandet till det nakna golvet, mätt i samma körning, är det som räknas.
Under varje tabell står vad som är lovat och om det håller.
"""


def run(name: str) -> tuple[str, int]:
    """What a measurement printed, which is shown as it comes, and how it ended."""
    lines = []
    with subprocess.Popen(
        [sys.executable, "-u", str(HERE / f"{name}.py")], stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line.rstrip())
    return "\n".join(lines), process.returncode


def tell(said: dict[str, tuple[str, int]]) -> str:
    """The document, with a part for each measurement."""
    parts = [
        _TOLD.format(
            day=date.today().isoformat(),
            machine=f"{platform.system()} {platform.machine()}",
            processors=os.cpu_count(),
            python=platform.python_version(),
        )
    ]
    for name, (text, code) in said.items():
        fate = "" if code in (0, UNHELD) else "\nMätningen avbröts och räknas som inte gjord.\n"
        parts.append(f"## {MEASURED[name]}\n{fate}\n```text\n{text}\n```\n")
    return "\n".join(parts)


def main() -> int:
    chosen = sys.argv[1:] or list(MEASURED)
    said = {}
    for name in chosen:
        print(f"\n== {MEASURED[name]}", flush=True)
        said[name] = run(name)
    if len(chosen) == len(MEASURED):
        (PROJECT / "docs" / "matningar.md").write_text(tell(said), encoding="utf-8")
    return max(code for _, code in said.values())


if __name__ == "__main__":
    raise SystemExit(main())
