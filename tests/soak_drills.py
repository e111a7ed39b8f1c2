"""Everything breaks, in its whole number, and what was measured goes to docs/fel.md: `make soak`.

The suite does a small part of it, with seeds of its own.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from balancer import NOT_RUN, find_nginx
from chromium import FLAGS, find_chromium
from deeds import DEEDS, program
from editors import CLASHES, clash
from faults import FAULTS, Endured, endure, ground
from harness import WAIT_SECONDS, AppServer, free_port, fresh_state, surroundings
from killing import Killed, drive
from lost_servers import STANDBY_FAULTS, Borne, Saved, bear, loaded_pair, lose_primary_of_savers
from machine_faults import CLOCK, FULL, NotRun, fill_disk, move_clock
from old_tab import outlive_update
from open_page import open_pages
from playwright.sync_api import Browser, expect, sync_playwright
from soak_imports import papers
from standing import Site, site

from gsn_dash.settings import PROJECT

KILLS, LOST_APPS, LOST_PRIMARIES, UPDATES = 100, 10, 6, 3
PAGE = PROJECT / "docs" / "fel.md"
HEAD = """# När något går sönder

Skriven av `make soak` ({day}, frö {seed}). Varje rad är uppmätt på en dator där allt står: tiderna
är sekunder och beror på datorn. Under varje fel lämnas de senaste siffrorna ut oförändrade, och det
som har kvitterats finns kvar efteråt; annars hade provet inte gått igenom. Vad som lovas och inte
står i [drift.md](drift.md). Inget var halvt, och inget som hade kvitterats var borta.
"""


def kill_all(seed: int, kills: int) -> Iterator[Killed]:
    """Kill whoever keeps something, so many times for each thing that is kept."""
    for deed in DEEDS:
        with papers() as engine:
            yield drive(engine, deed, kills, seed)
    with papers() as engine, TemporaryDirectory() as folder:
        yield drive(engine, program(Path(folder)), kills // 2, seed)


def hurt_all() -> Iterator[Endured | tuple[str, str]]:
    """Every fault of the database and of the machine; (name, why) of what could not be tried."""
    with ground() as made:
        for fault in FAULTS:
            yield endure(made, fault)
    for name, drill in ((FULL, fill_disk), (CLOCK, move_clock)):
        try:
            yield drill()
        except NotRun as problem:
            yield name, str(problem)


def lose_all(seed: int) -> Iterator[tuple[str, list[float]]]:
    """Processes and primaries that die: seconds until all were back, by kind."""
    with site() as standing:
        with standing.meeting(seed) as made:
            apps = [standing.lose_app(made) for _ in range(LOST_APPS)]
            yield "En process dödas under ett möte", apps
            lost = []
            for _ in range(LOST_PRIMARIES):
                lost.append(standing.lose_primary(made)[1])
                standing.pair.replicate()
            yield "Den första databasservern dödas under ett möte, reserven tar över", lost
        if find_nginx():
            read, used = _lose_under_pages(standing)
            yield "En process dödas under en öppen sida", read
            yield "En process dödas just när någon går till en annan sida", used


def _lose_under_pages(standing: Site) -> tuple[list[float], list[float]]:
    """Seconds for the page that is read, and for the one where somebody follows a link."""
    read, used = [], []
    with browser() as chromium, open_pages(standing, chromium) as pages:
        for _ in range(LOST_APPS):
            place, drawn, led = pages.lose_app()
            read.append(drawn)
            used.append(led)
            pages.start_again(place)
            pages.go_back()
    return read, used


@contextmanager
def browser() -> Iterator[Browser]:
    """The machine's Chromium, without a window, while inside."""
    expect.set_options(timeout=WAIT_SECONDS * 1000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield chromium
        chromium.close()


def lose_while_saving() -> tuple[list[Saved], list[Borne]]:
    """Primaries and standbys that go while somebody saves."""
    with loaded_pair() as pair:
        borne = [bear(pair, fault) for fault in STANDBY_FAULTS]
        saved = []
        for _ in range(LOST_PRIMARIES):
            saved.append(lose_primary_of_savers(pair))
            pair.replicate()
    return saved, borne


def outlive() -> list[float]:
    """Seconds until tabs from before an update were right after it."""
    took = []
    with browser() as chromium:
        for _ in range(UPDATES):
            with papers() as engine, fresh_state() as state, TemporaryDirectory() as folder:
                url = engine.url.set(drivername="postgresql").render_as_string(False)
                own = {"PORT": str(free_port()), "GSN_STATE": str(state)}
                app = AppServer(surroundings(DATABASE_URL=url, **own)).wait_open()
                took.append(outlive_update(chromium, app, engine, Path(folder)))
    return took


def main() -> None:
    """Print and write the tables; a fault is an AssertionError, with the seed above it.

    Arguments: the seed, and how many are killed of each kind.
    """
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else random.randrange(10_000)
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else KILLS
    lines = HEAD.format(day=date.today(), seed=seed).splitlines()
    print(f"Frö {seed}", flush=True)
    for part in (_killed(seed, kills), _hurt(), _lost(seed), _saved(), _clashed(kills), _aged()):
        for line in part:
            print(line, flush=True)
            lines.append(line)
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _killed(seed: int, kills: int) -> Iterator[str]:
    yield "\n## Den som sparar dödas (kill -9), när som helst\n"
    yield from _table("Vad som sparas", "dödade", "hann bli hela", "hann kvitteras")
    for found in kill_all(seed, kills):
        yield _row(found.name, found.killed, found.done, found.told)


def _hurt() -> Iterator[str]:
    yield "\n## Databasen och datorn\n"
    heads = "sidorna säger det", "den som sparar får svar", "allt går igen", "svaret"
    yield from _table("Fel", *heads)
    for found in hurt_all():
        if isinstance(found, Endured):
            told = "–" if found.told is None else _seconds(found.told)
            times = told, _seconds(found.answered), _seconds(found.back)
            yield _row(found.name, *times, found.sentence or "–")
        else:
            yield _row(found[0], f"inte kört: {found[1]}", "", "", "")


def _lost(seed: int) -> Iterator[str]:
    yield "\n## Flera servrar\n"
    if find_nginx() is None:
        yield f"{NOT_RUN[0].upper()}{NOT_RUN[1:]}; provens egen fördelare stod i stället.\n"
    yield from _table("Fel", "gånger", "alla tillbaka, median", "som mest")
    for name, seconds in lose_all(seed):
        yield _row(name, len(seconds), _seconds(median(seconds)), _seconds(max(seconds)))


def _saved() -> Iterator[str]:
    saved, borne = lose_while_saving()
    yield "\n## Någon sparar medan en databasserver går\n"
    yield "Ett scenario, en rättelse och en inläsning sparas om och om igen, så fort det går.\n"
    heads = "gånger", "kvitterade", "återfunna", "ovissa", "alla sparar igen, median", "som mest"
    yield from _table("Fel", *heads)
    told, back = sum(each.told for each in saved), [each.back for each in saved]
    counts = len(saved), told, told, sum(each.refused for each in saved)
    times = _seconds(median(back)), _seconds(max(back))
    yield _row("Den första servern dödas, reserven tar över", *counts, *times)
    yield ""
    heads = "svar inom", "att läsa siffrorna", "alla sparar igen", "svaret"
    yield from _table("Fel", *heads)
    for each in borne:
        times = _seconds(each.answered), _seconds(each.read), _seconds(each.back)
        yield _row(each.name, *times, each.sentence or "sparat")


def _clashed(turns: int) -> Iterator[str]:
    yield "\n## Två redaktörer gör samma sak i samma stund\n"
    yield "En får det gjort, den andra får veta vem som hann före; inget är halvt.\n"
    yield from _table("Vad båda gör", "gånger", "den ena först", "den andra först")
    for what in CLASHES:
        with papers() as engine:
            yield _row(what.name, turns, *clash(engine, what, turns))


def _aged() -> Iterator[str]:
    yield "\n## En flik som var öppen när webbplatsen uppdaterades\n"
    yield "Servern startas om med nya filer och andra siffror. Sidan får siffrorna och säger att"
    yield "den bör laddas om; skärmen till ett möte laddar om sig själv; gamla adresser svarar.\n"
    took = outlive()
    yield from _table("Fel", "gånger", "allt rätt, median", "som mest")
    times = _seconds(median(took)), _seconds(max(took))
    yield _row("Uppdatering under en öppen sida och ett möte", len(took), *times)


def _table(*heads: str) -> Iterator[str]:
    yield _row(*heads)
    yield _row(*("---" for _ in heads))


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f}".replace(".", ",")


if __name__ == "__main__":
    main()
