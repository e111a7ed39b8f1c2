"""Files that have been made, kept while there is room: who asks again is sent the same bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable

from gsn_dash.publish.answering import Published


class KeptFiles:
    """The files asked for last, by what names them, up to so many bytes in all."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._size = 0
        self._files: OrderedDict[Hashable, Published] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, name: Hashable) -> Published | None:
        """The file of that name; None where it has not been made, or has had to go."""
        with self._lock:
            found = self._files.get(name)
            if found is not None:
                self._files.move_to_end(name)
            return found

    def keep(self, name: Hashable, file: Published) -> None:
        """Keep the file, and let go of those that nobody has asked for longest."""
        with self._lock:
            if name in self._files:
                return
            self._files[name] = file
            self._size += _size_of(file)
            while self._size > self._most:
                _, gone = self._files.popitem(last=False)
                self._size -= _size_of(gone)


def _size_of(file: Published) -> int:
    return len(file.content) + len(file.packed)
