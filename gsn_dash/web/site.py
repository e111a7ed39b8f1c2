"""The addresses of the site, its name, and where its own static files lie."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

TITLE = "GSN ekonomi"
STATIC_DIR = Path(__file__).parent / "static"
STATIC_URL = "/gsn-static"
# So much of its content's hash is the version of a file.
VERSION_SIGNS = 12
# In the order that they are to be read: the last has the last word.
STYLESHEETS = ("gsn.css", "blocks.css", "pictures.css", "adapted.css")

# Address -> Swedish title, in the order of the navigation. "" is the start page.
PAGES: dict[str, str] = {
    "": "Översikt",
    "driftbudget": "Driftbudget",
    "investeringar": "Investeringar",
    "samarbeten": "Samarbeten",
    "over-tid": "Över tid",
    "tank-om": "Tänk om …?",
    "mote": "Möte",
    "granskning": "Granskning",
    "inlasning": "Inläsning",
    "bilaga": "Bilaga",
    "kallor": "Källor",
    "hjalp": "Hjälp",
}
# What each page shows, for who can see none of it.
ABOUT: dict[str, str] = {
    "": "de viktigaste frågorna om ekonomin och deras svar",
    "driftbudget": "intäkter, kostnader och netto mot budget, hittills och vid årets slut",
    "investeringar": "hur mycket av investeringspengarna som används i varje projekt",
    "samarbeten": "vad varje kommun betalar för Dalarnas samarbeten, och regeln bakom",
    "over-tid": "vad som har ändrats sedan tidigare tillfällen, och hur rätt prognoserna blev",
    "tank-om": "hur året skulle sluta med andra antaganden än prognosens, bredvid prognosen",
    "mote": "dagordningen för nämndens möte, och mötet på skärmen",
    "granskning": "kontrollerna av siffrorna, vad de visar och vad som är förklarat",
    "inlasning": "nya siffror läses in ur en fil, och historiken över alla inläsningar",
    "bilaga": "nämndpapperets bilaga, att ladda ner som PDF eller Word och att utfärda",
    "kallor": "varje siffras plats i papperen",
    "hjalp": "hur sidorna läses och används",
}
# The addresses of the pages whose documents carry a first view of them.
FIRST_VIEWS = ("", "driftbudget", "investeringar", "samarbeten")

# Documents that the law asks for, which every page links to.
ACCESSIBILITY, PRIVACY = "/tillganglighet", "/integritet"
FOOT_LINKS = {ACCESSIBILITY: "Tillgänglighet", PRIVACY: "Personuppgifter"}


@cache
def static_address(name: str) -> str:
    """Address of one of our static files, with its content's hash as a version.

    The hash lets a browser keep the file for good and still fetch a changed one.
    Raises FileNotFoundError when there is no such file.
    """
    digest = hashlib.sha256((STATIC_DIR / name).read_bytes()).hexdigest()[:VERSION_SIGNS]
    return f"{STATIC_URL}/{name}?v={digest}"


@cache
def site_version() -> str:
    """What names the files that a page is opened with; another one after they have changed."""
    digest = hashlib.sha256(version("streamlit").encode())
    for path in sorted(STATIC_DIR.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
