"""One address in front of several servers, as a proxy that takes them in turn."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count

_READ = 65_536
Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Front:
    """Hands each new connection to the next server that takes it; what goes through is untouched.

    `ports` may be changed at any time, for the connections that come after, and `delay`, the
    seconds that all that goes through is held up, for all of them.
    """

    def __init__(self, port: int, ports: Sequence[int]) -> None:
        self.port = port
        self.ports = list(ports)
        self.delay = 0.0
        self._turn = count()

    async def serve(self, ready: threading.Event) -> None:
        """Serve until cancelled."""
        async with await asyncio.start_server(self._connect, "127.0.0.1", self.port) as server:
            ready.set()
            await server.serve_forever()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in self.ports:
            port = self.ports[next(self._turn) % len(self.ports)]
            with contextlib.suppress(OSError):
                inward = await asyncio.open_connection("127.0.0.1", port)
                await self._join((reader, writer), inward)
                return
        writer.close()


    async def _join(self, outward: Ends, inward: Ends) -> None:
        """Pass on both ways; what one side ends is ended on the other."""
        await asyncio.gather(
            self._pass_on(outward[0], inward[1]), self._pass_on(inward[0], outward[1])
        )

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(_READ):
                await asyncio.sleep(self.delay)
                writer.write(data)
                await writer.drain()
        writer.close()


@contextmanager
def in_front(port: int, ports: Sequence[int]) -> Iterator[Front]:
    """A front on `port` while inside."""
    front, ready = Front(port, ports), threading.Event()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=_run, args=(loop, front, ready), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield front
    finally:
        loop.call_soon_threadsafe(_cancel_all, loop)
        thread.join()


def _run(loop: asyncio.AbstractEventLoop, front: Front, ready: threading.Event) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        loop.run_until_complete(front.serve(ready))
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()


def _cancel_all(loop: asyncio.AbstractEventLoop) -> None:
    for task in asyncio.all_tasks(loop):
        task.cancel()
