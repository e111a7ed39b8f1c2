"""The addresses of the site, its name, and where its own static files lie."""

import hashlib
from functools import cache
from pathlib import Path

TITLE = "GSN ekonomi"
STATIC_DIR = Path(__file__).parent / "static"
STATIC_URL = "/gsn-static"
PLOTLY_FILE = "plotly-basic.min.js"
# In the order that they are to be read: the last has the last word.
STYLESHEETS = ("gsn.css", "blocks.css", "adapted.css")

# Address -> Swedish title, in the order of the navigation. "" is the start page.
PAGES: dict[str, str] = {
    "": "Översikt",
    "driftbudget": "Driftbudget",
    "investeringar": "Investeringar",
    "samarbeten": "Samarbeten",
    "tank-om": "Tänk om …?",
    "granskning": "Granskning",
    "kallor": "Källor",
    "hjalp": "Hjälp",
}
# The addresses of the pages that show pictures.
PICTURE_PAGES = frozenset(PAGES) - {"granskning", "kallor"}


@cache
def static_address(name: str) -> str:
    """Address of one of our static files, with its content's hash as a version.

    The hash lets a browser keep the file for good and still fetch a changed one.
    Raises FileNotFoundError when there is no such file.
    """
    digest = hashlib.sha256((STATIC_DIR / name).read_bytes()).hexdigest()[:12]
    return f"{STATIC_URL}/{name}?v={digest}"
