"""What runs as long as the server runs."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import anyio

Hook = Callable[[], object]
Lifespan = Callable[[Any], AbstractAsyncContextManager[None]]


def make_lifespan(start: Hook, stop: Hook) -> Lifespan:
    """A lifespan for st.App: `start` before the first visitor, `stop` when the server ends.

    Both may block: they are called in a thread. `stop` is called however the server ends
    (signal or error), but not when `start` failed.
    """

    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncGenerator[None, None]:
        await anyio.to_thread.run_sync(start)
        try:
            yield
        finally:
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(stop)

    return lifespan
