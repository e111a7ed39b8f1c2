"""Make the font with the icons that can be shown out of Streamlit's: `make icons`."""

from __future__ import annotations

import hashlib

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from gsn_dash.settings import PROJECT
from gsn_dash.web.icons import (
    ICONS_FILE,
    SOURCE_SHA256,
    icons_of_streamlit,
    named_icons,
    source_font,
)


def wanted_icons() -> frozenset[str]:
    """What Streamlit's scripts and our pages can show."""
    ours = [PROJECT / "app.py", *(PROJECT / "pages").glob("*.py")]
    return icons_of_streamlit() | named_icons([*ours, *(PROJECT / "gsn_dash").rglob("*.py")])


def glyphs_of(font: TTFont) -> dict[str, str]:
    """The name of an icon, as it is written, to its glyph."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    found = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for each in lookup.SubTable:
            table = getattr(each, "ExtSubTable", each)
            for first, ligatures in table.ligatures.items():
                for ligature in ligatures:
                    name = "".join(letters[part] for part in (first, *ligature.Component))
                    found[name] = ligature.LigGlyph
    return found


def make_font(source: TTFont, icons: frozenset[str]) -> TTFont:
    """The source with the letters and these icons alone; raises KeyError for an unknown one."""
    glyphs = glyphs_of(source)
    # The letters stand for every icon, so that what follows from them must not be kept too.
    options = Options(layout_closure=False, layout_features=["*"], notdef_outline=True)
    subsetter = Subsetter(options)
    letters = {ord(letter) for icon in glyphs for letter in icon}
    subsetter.populate(glyphs=[glyphs[icon] for icon in sorted(icons)], unicodes=letters)
    subsetter.subset(source)
    return source


def main() -> int:
    path = source_font()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != SOURCE_SHA256:
        print(f"Streamlits typsnitt är ett annat: skriv in {digest} i gsn_dash/web/icons.py.")
    # The same font each time: no time of its making is written into it.
    source = TTFont(path, recalcTimestamp=False)
    wanted = wanted_icons()
    known = wanted & glyphs_of(source).keys()
    print(f"{len(known)} ikoner. Finns inte i typsnittet: {', '.join(sorted(wanted - known))}")
    font = make_font(source, known)
    font.flavor = "woff2"
    font.save(ICONS_FILE)
    print(f"{ICONS_FILE.name}: {ICONS_FILE.stat().st_size} byte")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
