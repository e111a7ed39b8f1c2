"""Where the details go, so that the console stays short and Swedish."""

import io
import logging
import sys
import threading
from contextlib import suppress
from pathlib import Path

LOG_NAME = "gsn.log"
LOG_BYTES = 5_000_000


class LogFile(io.TextIOBase):
    """A text stream to a file that is put aside as NAME.1, over the one before, when it is long.

    So there are never more than twice `LOG_BYTES` of it, whoever makes the program write. Raises
    OSError where the file cannot be opened; one that cannot be put aside grows on.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._stream = self._open()
        self._is_at_start = True

    def _open(self) -> io.TextIOWrapper:
        stream = self._path.open("a", encoding="utf-8", errors="backslashreplace", buffering=1)
        self._left = LOG_BYTES - self._path.stat().st_size
        return stream

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        with self._lock:
            if self._left <= 0 and self._is_at_start:
                self._put_aside()
            self._is_at_start = text.endswith("\n")
            self._left -= len(text.encode("utf-8", "backslashreplace"))
            return self._stream.write(text)

    def _put_aside(self) -> None:
        # Where it fails it is tried again after as much more.
        self._left = LOG_BYTES
        with suppress(OSError):
            self._path.replace(self._path.with_name(f"{self._path.name}.1"))
            full, self._stream = self._stream, self._open()
            full.close()

    def flush(self) -> None:
        with self._lock:
            self._stream.flush()

    def fileno(self) -> int:
        return self._stream.fileno()


def log_to_file(state: Path) -> None:
    """Send the logs, and all that anyone writes on stderr from here on, to a file.

    Libraries set up handlers of their own on stderr at odd times, so the stream itself is
    exchanged. Raises OSError.
    """
    stream = LogFile(state / LOG_NAME)
    logging.basicConfig(
        stream=stream,
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        force=True,
    )
    logging.captureWarnings(True)
    sys.stderr = stream
