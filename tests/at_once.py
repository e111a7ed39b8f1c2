"""Several programs or people that do something at the same moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

from sqlalchemy import Engine

from gsn_dash.store.engine import make_engine


@contextmanager
def own_engine(engine: Engine) -> Iterator[Engine]:
    """Another program's way to the same database."""
    other = make_engine(engine.url.render_as_string(hide_password=False))
    try:
        yield other
    finally:
        other.dispose()


def together(count: int, work: Callable[[int], object]) -> list:
    """What each of `count` threads that start at the same moment answers."""
    start = Barrier(count)

    def begin(number: int) -> object:
        start.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(begin, range(count)))
