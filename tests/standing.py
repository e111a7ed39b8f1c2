"""The site as it stands on several machines: processes behind a balancer, on a pair of servers."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from balancer import balanced, find_nginx
from front import in_front
from harness import AppServer, free_port, fresh_state, surroundings, until
from meeting_client import Browser
from meeting_drill import Drill, drill, key_of
from servers import Pair, pair

FOLLOWERS = 12


@dataclass
class Site:
    """Two processes of the app, and the servers that they share."""

    pair: Pair
    apps: list[AppServer]
    cookie: str = ""

    @property
    def ports(self) -> list[int]:
        return [int(app.environ["PORT"]) for app in self.apps]

    @contextmanager
    def meeting(self, seed: int) -> Iterator[Drill]:
        """A meeting through nginx; where there is none through a balancer of the tests' own."""
        chance = random.Random(seed)
        with ExitStack() as stack:
            if find_nginx():
                before = stack.enter_context(balanced(self.ports))
                presenter = Browser(before.port, self.cookie, trust=before.trust)
            else:
                before = stack.enter_context(in_front(free_port(), self.ports))
                presenter = Browser(before.port, self.cookie)
            if not self.cookie:
                # The other process may be asked, which knows of it once it is kept.
                kept = "SELECT count(*) FROM presenter_key"
                until(lambda: self.pair.primary.ask(kept) == len(self.apps), "the keys")
                presenter.unlock(key_of(self.apps[0]))
                self.cookie = presenter.cookie
            yield stack.enter_context(drill(self.apps, presenter, chance, FOLLOWERS))

    def lose_app(self, made: Drill) -> float:
        """A process is killed and stays away; seconds until all were at the next step."""
        place = made.chance.randrange(len(self.apps))
        began = time.monotonic()
        self.apps[place].stop(signal.SIGKILL)
        made.step()
        took = time.monotonic() - began
        made.start_again(place)
        return took

    def lose_primary(self, made: Drill) -> tuple[float, float]:
        """The primary dies and the standby is made to take its place.

        Seconds until all had been told that the database is away, and from then, when the
        standby was told, until all were at the next step.
        """
        self.pair.primary.kill()
        told = made.await_told(database=False)
        began = time.monotonic()
        self.pair.fail_over()
        made.step()
        return told, time.monotonic() - began


@contextmanager
def site() -> Iterator[Site]:
    """Two processes on a pair of servers, with data/ in them."""
    with ExitStack() as stack:
        servers = stack.enter_context(pair())
        folder = stack.enter_context(fresh_state())
        apps = []
        stack.callback(lambda: [app.stop() for app in apps])
        for number in range(2):
            own = {"PORT": str(free_port()), "GSN_STATE": str(folder / str(number))}
            apps.append(AppServer(surroundings(DATABASE_URL=servers.url, **own)))
        for app in apps:
            app.wait_open()
        yield Site(servers, apps)
