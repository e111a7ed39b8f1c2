"""Runs every measurement, shows what they say, and writes it to docs/matningar.md.

Run by `make bench`; names of scripts can be given to run only those, and then nothing is written.
First stands what is promised and whether it holds. A measurement that ends without its table, or
takes longer than it may, is written down as not done, and so is what it promises.
"""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from promised import HOLDS, HOLDS_NOT, UNHELD

from gsn_dash.settings import PROJECT

HERE = Path(__file__).parent
# Many times what each takes: one that hangs is not to hold up the others.
MOST_SECONDS = 600
MEASURED = {
    "loading": "Att öppna en sida med bilder",
    "viewers": "Vad de som tittar kostar servern",
    "serving": "Vad servern läser in, gör och har i minnet",
    "what_if": "Tänk om …?: från tangent till färdigritat",
    "meeting": "Ett möte: från tangent till allas skärmar",
    "many": "Många tillfällen och en stor bokföring",
}
_TOLD = """# Mätningar

Gjorda den {day} på {machine}, {processors} processorer, Python {python}, med `make bench`, på
{minutes} minuter. Tiderna beror på maskinen och på vad den gör samtidigt (lasten står vid varje
mätning); förhållandet till det nakna golvet, mätt i samma körning, är det som räknas.

## Vad som är lovat

{promises}
"""


@dataclass(frozen=True)
class Said:
    """What a measurement printed, and whether it came to its end."""

    text: str
    is_done: bool

    @property
    def promises(self) -> list[str]:
        """What it says of what is promised, and whether it holds."""
        ends = (f": {HOLDS}", f": {HOLDS_NOT}")
        return [line.strip() for line in self.text.splitlines() if line.endswith(ends)]


def run(name: str) -> tuple[Said, int]:
    """What a measurement says, which is shown as it comes, and how it ended."""
    lines = []
    # In a group of its own, so that what it has started ends with it.
    with subprocess.Popen(
        [sys.executable, "-u", str(HERE / f"{name}.py")],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        clock = threading.Timer(MOST_SECONDS, os.killpg, (process.pid, signal.SIGKILL))
        clock.start()
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line.rstrip())
        code = process.wait()
        clock.cancel()
    return Said("\n".join(lines), code in (0, UNHELD)), code


def tell(said: dict[str, Said], seconds: float) -> str:
    """The document, with a part for each measurement."""
    promises = []
    for name, each in said.items():
        told = each.promises if each.is_done else [f"{MEASURED[name]}: INTE MÄTT"]
        promises += [f"- {promise}" for promise in told]
    parts = [
        _TOLD.format(
            day=date.today().isoformat(),
            machine=f"{platform.system()} {platform.machine()}",
            processors=os.cpu_count(),
            python=platform.python_version(),
            minutes=round(seconds / 60),
            promises="\n".join(promises),
        )
    ]
    for name, each in said.items():
        fate = "" if each.is_done else "\nMätningen avbröts och räknas som inte gjord.\n"
        parts.append(f"## {MEASURED[name]}\n{fate}\n```text\n{each.text}\n```\n")
    return "\n".join(parts)


def main() -> int:
    chosen = sys.argv[1:] or list(MEASURED)
    unknown = [name for name in chosen if name not in MEASURED]
    if unknown:
        print(f"Det finns ingen mätning {unknown[0]}; de som finns är {', '.join(MEASURED)}.")
        return 2
    said, codes, began = {}, [], time.monotonic()
    for name in chosen:
        print(f"\n== {MEASURED[name]}", flush=True)
        since = time.monotonic()
        said[name], code = run(name)
        codes.append(code)
        ended = "" if said[name].is_done else ", avbröts: inte mätt"
        print(f"   ({time.monotonic() - since:.0f} s{ended})", flush=True)
    if len(chosen) == len(MEASURED):
        document = tell(said, time.monotonic() - began)
        (PROJECT / "docs" / "matningar.md").write_text(document, encoding="utf-8")
    if all(each.is_done for each in said.values()):
        return max(codes)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
