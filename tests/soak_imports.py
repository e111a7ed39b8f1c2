"""Imports that are killed and files that are broken, in their whole numbers: part of `make soak`.

The suite runs a few of each, with seeds of its own.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bad_files import drive_bad_files
from harness import fresh_state
from import_kills import drive_import_kills
from kills import drive_kills
from program_kills import drive_program_kills
from sqlalchemy import Engine

from gsn_dash.operate.load import load_data
from gsn_dash.settings import PROJECT
from gsn_dash.store.embedded import EmbeddedPostgres
from gsn_dash.store.engine import make_engine
from gsn_dash.store.migrate import migrate
from gsn_dash.store.preview import preview

KILLS, PROGRAM_KILLS, FILES = 100, 50, 2000


@contextmanager
def papers() -> Iterator[Engine]:
    """A database of its own server with data/ in it."""
    with fresh_state() as state:
        server = EmbeddedPostgres(state)
        engine = make_engine(server.ensure_running())
        migrate(engine)
        assert load_data(engine, PROJECT / "data", by="soak").problems == ()
        try:
            yield engine
        finally:
            engine.dispose()
            server.stop()


def main() -> None:
    """Say in Swedish what was done; a fault is an AssertionError with its seed."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else random.randrange(10_000)
    killed = 2 * KILLS + PROGRAM_KILLS
    print(f"Frö {seed}: {FILES} trasiga filer, {killed} dödade inläsningar", flush=True)
    with papers() as engine:
        counted = drive_bad_files(FILES, seed, lambda drafts: preview(engine, drafts, "soak"))
    print(f"Filer: {counted['refused']} avvisade, {counted['told']} med fel som sägs,", end=" ")
    print(f"{counted['read']} rätt lästa", flush=True)
    with papers() as engine:
        kills = drive_import_kills(engine, KILLS, seed)
    print(f"Dödade medan de läser in om och om igen: {kills.killed}, {kills.imports} hela")
    with papers() as engine:
        url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        kept = drive_kills(url, KILLS, seed)
    print(f"Dödade medan en fil sparas: {len(kept)}, varav {sum(kept)} redan var hela", flush=True)
    with papers() as engine, TemporaryDirectory() as folder:
        whole = drive_program_kills(engine, Path(folder), PROGRAM_KILLS, seed)
    print(f"Dödade kommandon: {PROGRAM_KILLS}, {whole} hela filer, inget halvt")


if __name__ == "__main__":
    main()
