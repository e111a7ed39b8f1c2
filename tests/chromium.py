"""A Chromium for the tests: the machine's own, or one that is fetched for them.

Run as a script it makes sure that there is one, and says in Swedish what it does.
"""

import os
import shutil
import subprocess
import sys
from functools import partial
from itertools import chain

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Pages of one site share a process, which has read their scripts before.
    "--process-per-site",
    "--renderer-process-limit=1",
]


def find_chromium() -> str | None:
    """The path of a browser that starts, or None."""
    # One at a time: to ask for the one that is fetched takes a second.
    ways = chain((partial(shutil.which, name) for name in NAMES), [_fetched])
    return next((path for way in ways if (path := way()) and _starts(path)), None)


def _fetched() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def _starts(path: str) -> bool:
    # A package can be an empty shell that only tells where the browser has moved.
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _ways() -> list[list[str]]:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
    if root and shutil.which("apt-get"):
        apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
        install = [*apt, "install", "-y", "-q", "--no-install-recommends", "chromium"]
        return [[*apt, "update", "-q"], install, [*fetch, "--with-deps"]]
    return [fetch]


def main() -> int:
    if find_chromium():
        return 0
    print("Hämtar webbläsaren Chromium för testerna …", flush=True)
    for way in _ways():
        subprocess.run(way, check=False)
        if find_chromium():
            return 0
    print("Chromium gick inte att hämta; installera den och kör make test igen.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
