"""How often somebody's refusals are put down: nobody fills the chain of deeds with them."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

from gsn_dash.access.roles import Deed

AGAIN_SECONDS = 60.0
_MOST_KNOWN = 1000


class Refusals:
    """When each visitor was last refused each deed, as far as this process knows."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: OrderedDict[tuple[str, Deed], float] = OrderedDict()

    def is_new(self, visitor: str, deed: Deed) -> bool:
        """Whether to put it down now; all strangers are one visitor, with an empty name."""
        now = time.monotonic()
        with self._lock:
            if now - self._last.get((visitor, deed), -AGAIN_SECONDS) < AGAIN_SECONDS:
                return False
            self._last[visitor, deed] = now
            self._last.move_to_end((visitor, deed))
            if len(self._last) > _MOST_KNOWN:
                self._last.popitem(last=False)
        return True
