"""The HTML documents the server hands out: Streamlit's shell in Swedish, and "no such page"."""

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit

from gsn_dash.web.chunks import find_chunks
from gsn_dash.web.font import font_face, font_link
from gsn_dash.web.site import (
    ABOUT,
    FOOT_LINKS,
    PAGES,
    STYLESHEETS,
    TITLE,
    site_version,
    static_address,
)

# Ours comes before Streamlit's: it sets the language before they read it.
SCRIPTS = ("sv.js", "pictures.js", "navigate.js")
# Streamlit's names for st.html and for components of our own.
_DRAWN_EVERYWHERE = ("Html", "BidiComponent")
_DESCRIPTION = (
    "Ekonomisk uppföljning för Gemensamma servicenämnden: driftbudget, investeringar och "
    "samarbeten, med källa till varje siffra."
)
_NEEDS_SCRIPTS = (
    "Den här sidan visar diagram och tabeller med JavaScript. Slå på JavaScript i webbläsaren "
    "och ladda sedan om sidan. Det här visar sidorna:"
)


def shell_document(
    title: str = TITLE,
    styles: Sequence[str] = STYLESHEETS,
    scripts: Sequence[str] = SCRIPTS,
    body: str | None = None,
) -> str:
    """Streamlit's index.html as installed, turned Swedish and without its inline script.

    `styles` and `scripts` are names of our static files; `body` is HTML to stand in the page until
    there is another, by default only for whose scripts are blocked. What every page draws is
    fetched from the start, what is needed first before the rest. Raises ValueError when the
    installed index.html no longer has the parts that are replaced, so that an upgrade of Streamlit
    is noticed at start and not by a reader.
    """
    text = _installed_index()
    text = re.sub(r"<!--.*?-->\s*", "", text, flags=re.S)
    text = _replace(text, r'<html lang="en">', '<html lang="sv">')
    text = _replace(text, r"<title>.*?</title>\s*", "")
    text = _replace(text, r'<link rel="service-desc"[^>]*/>\s*', "")
    # An inline script would need an exception in the content security policy.
    text = _replace(text, r"<script>\s*window\.prerenderReady = false\s*</script>\s*", "")
    # The style sheet names the font, which what is painted first is written in.
    sheet, text = _take(text, r'<link rel="stylesheet" crossorigin [^>]*>')
    font, text = _take(text, r'<link\s+rel="preload"[^>]*\sas="font"[^>]*/>')
    head = (*_head(title), font, sheet, *_stylesheets(styles), *map(_script, scripts))
    text = _replace(text, r'<link rel="shortcut icon"[^>]*/>', "\n    ".join(head))
    text = _replace(text, r"<noscript>.*?</noscript>", _noscript() if body is None else body)
    return _replace(text, r"</head>", f"  {_preloads(text)}\n  </head>")


def _noscript() -> str:
    """What stands on a page whose scripts are blocked."""
    pages = "".join(
        f"<li>{escape(title)}: {escape(ABOUT[address])}.</li>" for address, title in PAGES.items()
    )
    return f"<noscript><p>{_NEEDS_SCRIPTS}</p><ul>{pages}</ul></noscript>"


def missing_document() -> str:
    """A Swedish page for an address that does not exist, with a link to each page."""
    links = "\n".join(
        f'        <li><a href="/{address}">{escape(title)}</a></li>'
        for address, title in PAGES.items()
    )
    return plain_document(
        "Sidan finns inte",
        f"""<p>Det finns ingen sida på den här adressen. De som finns är:</p>
      <ul>
{links}
      </ul>""",
    )


def plain_document(heading: str, content: str, head: str = "") -> str:
    """A document without Streamlit and without scripts: `content` is HTML below the heading,
    `head` what the browser is told besides."""
    return f"""<!DOCTYPE html>
<html lang="sv">
  <head>
    <meta charset="UTF-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>{escape(heading)} – {TITLE}</title>
    <link rel="icon" href="{static_address("favicon.svg")}" type="image/svg+xml" />
    {font_link()}
    <style>{font_face()}</style>
    {" ".join(_stylesheets())}
    {head}
  </head>
  <body class="gsn-plain">
    <main>
      <p class="gsn-board">{TITLE}</p>
      <h1>{escape(heading)}</h1>
      {content}
    </main>
    <footer>{foot_links()}</footer>
  </body>
</html>
"""


def foot_links() -> str:
    """The links to what the law wants said about the site."""
    links = (f'<a href="{address}">{escape(text)}</a>' for address, text in FOOT_LINKS.items())
    return f'<p class="gsn-foot">{" ".join(links)}</p>'


def _installed_index() -> str:
    path = Path(streamlit.__file__).parent / "static" / "index.html"
    return path.read_text(encoding="utf-8")


def _head(title: str) -> tuple[str, ...]:
    return (
        f"<title>{escape(title)}</title>",
        f'<meta name="description" content="{escape(_DESCRIPTION)}" />',
        f'<meta name="gsn-site" content="{site_version()}" />',
        f'<link rel="icon" href="{static_address("favicon.svg")}" type="image/svg+xml" />',
    )


def _script(name: str) -> str:
    """It runs when the document has been read, before Streamlit's scripts, which are modules.

    They wait for it, so it is not to come after them.
    """
    return f'<script defer fetchpriority="high" src="{static_address(name)}"></script>'


def _preloads(text: str) -> str:
    names = sorted(name for name in find_chunks(_DRAWN_EVERYWHERE) if name not in text)
    return "\n    ".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in names
    )


def _stylesheets(names: Sequence[str] = STYLESHEETS) -> list[str]:
    return [f'<link rel="stylesheet" href="{static_address(name)}" />' for name in names]


def _take(text: str, pattern: str) -> tuple[str, str]:
    """What matches, and the text without it."""
    found = re.search(pattern, text)
    return found[0] if found else "", _replace(text, pattern, "")


def _replace(text: str, pattern: str, replacement: str) -> str:
    changed, count = re.subn(pattern, lambda _: replacement, text, flags=re.S)
    if count != 1:
        raise ValueError(f"Streamlits index.html har ändrats: {pattern!r} fanns {count} gånger.")
    return changed
