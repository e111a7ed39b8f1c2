"""The font of Streamlit's pages, for documents that are not Streamlit's."""

from functools import cache
from pathlib import Path

import streamlit

_FONTS = Path(streamlit.__file__).parent / "static" / "static" / "media"


@cache
def font_address() -> str:
    """Where the font is fetched. Raises FileNotFoundError where Streamlit has another one."""
    for path in _FONTS.glob("SourceSansVF-Upright*.woff2"):
        return f"/static/media/{path.name}"
    raise FileNotFoundError("Streamlit har inte teckensnittet Source Sans.")


def font_face() -> str:
    """The rule of CSS that names the font. Raises FileNotFoundError as `font_address` does."""
    return (
        '@font-face { font-family: "Source Sans"; font-weight: 200 900; font-display: swap;'
        f' src: url("{font_address()}") format("woff2"); }}'
    )


def font_link() -> str:
    """What makes a document's head fetch the font from the start. Raises FileNotFoundError."""
    return f'<link rel="preload" as="font" type="font/woff2" crossorigin href="{font_address()}" />'
