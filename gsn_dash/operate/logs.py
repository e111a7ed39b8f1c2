"""Where the details go, so that the console stays short and Swedish."""

import logging
import sys
from pathlib import Path

LOG_NAME = "gsn.log"
LOG_BYTES = 5_000_000


def log_to_file(state: Path) -> None:
    """Send the logs, and all that anyone writes on stderr from here on, to a file.

    Libraries set up handlers of their own on stderr at odd times, so the stream itself is
    exchanged. A long file is put aside as gsn.log.1. Raises OSError.
    """
    path = state / LOG_NAME
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_name(f"{LOG_NAME}.1"))
    stream = path.open("a", encoding="utf-8", buffering=1)
    logging.basicConfig(
        stream=stream,
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        force=True,
    )
    logging.captureWarnings(True)
    sys.stderr = stream
