"""python -m gsn_dash backup and restore: the whole database in one file that proves itself.

The file is a tar: `database.dump` (PostgreSQL's custom format), `manifest.json` (what is in it)
and `SHA256SUMS` over both, which `sha256sum -c` reads.
"""

from __future__ import annotations

import json
import logging
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine

from gsn_dash.store.archive import (
    ArchiveFailed,
    describe,
    differences,
    dump,
    frozen,
    is_empty,
    knows_revision,
    load,
)
from gsn_dash.store.audit import record_restore, verify
from gsn_dash.store.migrate import migrate

FORMAT = 1
DUMP, MANIFEST, SUMS = "database.dump", "manifest.json", "SHA256SUMS"
_DONE, _FAILED = 0, 1

log = logging.getLogger(__name__)


class CannotRestore(Exception):
    """Nothing was restored; the text is one Swedish sentence."""


def run_backup(engine: Engine, file: Path) -> int:
    """Write the database to a file, which is there whole or not at all; returns the exit code.

    Raises StoreUnavailable.
    """
    if file.exists():
        return _fail(f"Filen {file} finns redan; välj ett annat namn.")
    try:
        with TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent) as folder:
            manifest = _write(engine, Path(folder))
            _pack(Path(folder)).rename(file)
    except ArchiveFailed as problem:
        log.error("the backup failed: %s", problem)
        return _fail(f"Säkerhetskopian gick inte att göra; {_say(problem)}")
    except OSError as problem:
        said = f"Det går inte att skriva i mappen {file.parent} ({problem.strerror})"
        return _fail(f"{said}; välj en annan.")
    print(
        f"Säkerhetskopian är sparad i {file}: {manifest['audit']['count']} händelser i loggen, den"
        f" senastes kontrollsumma {manifest['audit']['head']}."
    )
    return _DONE


def _write(engine: Engine, folder: Path) -> dict[str, Any]:
    with frozen(engine) as (connection, snapshot):
        dump(engine, snapshot, folder / DUMP)
        made = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = {"format": FORMAT, "made_at": made, **describe(connection)}
    written = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(written, encoding="utf-8")
    sums = (f"{_sha256(folder / name)}  {name}\n" for name in (MANIFEST, DUMP))
    (folder / SUMS).write_text("".join(sums), encoding="ascii")
    return manifest


def _pack(folder: Path) -> Path:
    packed = folder / "packed"
    with tarfile.open(packed, "w") as archive:
        for name in (MANIFEST, SUMS, DUMP):
            archive.add(folder / name, arcname=name)
    # It holds all that the database does, so no one but its owner reads it.
    packed.chmod(0o600)
    return packed


def run_restore(engine: Engine, file: Path, by: str) -> int:
    """Read a backup into the empty database, bring it up to date, and prove that it is the same.

    `by` is the operator, whose deed is put down. Returns the exit code; raises StoreUnavailable.
    """
    try:
        with _opened(file) as (manifest, dumped):
            if not is_empty(engine):
                raise CannotRestore(
                    "Databasen är inte tom; ange en tom i DATABASE_URL, eller en ny mapp i"
                    " GSN_STATE, så att inget skrivs över."
                )
            load(engine, dumped)
            _compare(engine, manifest)
            # An older version has not all that the proof asks for.
            migrate(engine)
            _prove(engine, manifest["audit"]["head"])
            record_restore(engine, by, _sha256(dumped))
    except CannotRestore as problem:
        return _fail(str(problem))
    except ArchiveFailed as problem:
        log.error("the restore failed: %s", problem)
        return _fail(f"Säkerhetskopian gick inte att läsa in, så inget är ändrat; {_say(problem)}")
    print(
        f"Databasen är återställd från {file}, som gjordes {manifest['made_at']}: alla uppgifter"
        " är desamma på öret, och loggen över vem som gjort vad är hel."
    )
    return _DONE


def _compare(engine: Engine, manifest: dict[str, Any]) -> None:
    """Hold what was read against what was written. Raises CannotRestore."""
    with engine.connect() as connection:
        changed = differences(manifest, describe(connection))
    if changed:
        raise CannotRestore(
            f"Databasen blev inte den som kopierades ({', '.join(changed)} skiljer sig); använd"
            " den inte utan pröva en annan säkerhetskopia."
        )


def _prove(engine: Engine, head: str) -> None:
    """Prove the chain, which has `head` in it. Raises CannotRestore."""
    verdict = verify(engine, head)
    if verdict.breaks or not verdict.has_head:
        raise CannotRestore(
            "Databasen är återställd, men loggen över vem som gjort vad är inte hel;"
            " python -m gsn_dash audit verify visar var."
        )


@contextmanager
def _opened(file: Path) -> Iterator[tuple[dict[str, Any], Path]]:
    """The manifest and the dump of a backup that is whole and that this version can read.

    Raises CannotRestore.
    """
    if not file.is_file():
        raise CannotRestore(f"Filen {file} finns inte; ange en säkerhetskopia.")
    with TemporaryDirectory(prefix="gsn-restore-") as name:
        folder = Path(name)
        try:
            with tarfile.open(file) as archive:
                archive.extractall(folder, filter="data")
            sums = (folder / SUMS).read_text(encoding="ascii")
            wanted = {line[66:]: line[:64] for line in sums.splitlines()}
            is_whole = all(_sha256(folder / part) == wanted[part] for part in (MANIFEST, DUMP))
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        except (tarfile.TarError, OSError, KeyError, ValueError, EOFError) as problem:
            log.error("no backup", exc_info=problem)
            is_whole = False
        if not is_whole:
            raise CannotRestore(f"Filen {file} är skadad eller ingen säkerhetskopia; ta en annan.")
        if manifest["format"] != FORMAT or not knows_revision(manifest["revision"]):
            raise CannotRestore(
                f"Säkerhetskopian {file} är gjord av en nyare version av programmet; uppdatera"
                " programmet först."
            )
        yield manifest, folder / DUMP


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


def _say(problem: ArchiveFailed) -> str:
    last = str(problem).splitlines()[-1:]
    return f"PostgreSQL säger: {' '.join(last)}"


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return _FAILED
