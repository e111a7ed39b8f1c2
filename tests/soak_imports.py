"""Files that are broken, in their whole number: part of `make soak`.

The suite reads a few of them, with a seed of its own.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bad_files import drive_bad_files
from harness import fresh_state
from sqlalchemy import Engine

from gsn_dash.operate.load import load_data
from gsn_dash.settings import PROJECT
from gsn_dash.store.embedded import EmbeddedPostgres
from gsn_dash.store.engine import make_engine
from gsn_dash.store.migrate import migrate
from gsn_dash.store.preview import preview

FILES = 2000


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
    print(f"Frö {seed}: {FILES} trasiga filer", flush=True)
    with papers() as engine:
        counted = drive_bad_files(FILES, seed, lambda drafts: preview(engine, drafts, "soak"))
    print(f"Filer: {counted['refused']} avvisade, {counted['told']} med fel som sägs,", end=" ")
    print(f"{counted['read']} rätt lästa", flush=True)


if __name__ == "__main__":
    main()
