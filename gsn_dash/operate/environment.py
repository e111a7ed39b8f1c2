"""Make the environment that the app runs in: python3 environment.py PURPOSE REQUIREMENTS...

Run by make with the machine's own Python, before anything is installed: standard library
only. An environment that was not finished is made anew; one that is finished is left alone
until a file of requirements changes.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
VENV = PROJECT / ".venv"
CONSTRAINTS = PROJECT / "constraints.txt"
MARK = VENV / "gsn-whole.json"
PIP_LOG = VENV / "gsn-pip.log"
PYTHON = VENV / "bin" / "python"
BEGINNING = "Gör i ordning programmets miljö i .venv; första gången tar det några minuter."


def main(purpose: str, files: list[Path]) -> int:
    """Make sure of the packages for a purpose; returns the exit code."""
    wanted = fingerprint([*files, CONSTRAINTS])
    whole = _whole_for()
    if whole is not None and whole.get(purpose) == wanted:
        return 0
    print(BEGINNING, flush=True)
    if whole is None and not _create():
        return 1
    MARK.unlink(missing_ok=True)
    if not _install(files):
        print(
            "Paketen gick inte att installera; se efter att datorn når nätet och läs "
            f"{PIP_LOG.relative_to(PROJECT)}.",
            file=sys.stderr,
        )
        return 1
    _write_mark({**(whole or {}), "python": _python_version(), purpose: wanted})
    return 0


def fingerprint(files: list[Path]) -> str:
    """What the files of requirements ask for, as one hash."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def _whole_for() -> dict[str, str] | None:
    """The purposes that the environment is whole for; None when it must be made anew."""
    try:
        whole = json.loads(MARK.read_text())
    except (OSError, ValueError):
        return None
    # The Python that it was made from may have been replaced since.
    return whole if whole.get("python") == _python_version() else None


def _python_version() -> str | None:
    try:
        asked = subprocess.run([PYTHON, "-I", "-S", "-V"], capture_output=True, text=True)
    except OSError:
        return None
    return asked.stdout.strip()


def _create() -> bool:
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        venv.create(VENV, with_pip=True, symlinks=True)
    except (OSError, subprocess.CalledProcessError):
        print(
            "Pythons miljö gick inte att göra i .venv; installera Pythons del venv, "
            "till exempel med apt install python3-venv, och se till att mappen får skrivas i.",
            file=sys.stderr,
        )
        return False
    return True


def _install(files: list[Path]) -> bool:
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--progress-bar=off", f"--log={PIP_LOG}", f"--constraint={CONSTRAINTS}"]
    command += [f"--requirement={path}" for path in files]
    pip = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    collected = 0
    for line in pip.stdout:
        words = line.split()
        if words[:1] == ["Collecting"]:
            collected += 1
            print(f"  hämtar paket {collected}: {words[1]}", flush=True)
        elif words[:2] == ["Installing", "collected"]:
            print("  installerar paketen …", flush=True)
    return pip.wait() == 0


def _write_mark(whole: dict[str, str | None]) -> None:
    # Renamed into place: a mark is there in full or not at all.
    half = MARK.with_suffix(".ny")
    half.write_text(json.dumps(whole))
    half.replace(MARK)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], [PROJECT / name for name in sys.argv[2:]]))
