"""The order of Swedish words."""

from __future__ import annotations

from unicodedata import normalize

# After z, in this order; the characters that follow z in ASCII sort as they should.
_LAST = str.maketrans({"å": "{", "ä": "|", "ö": "}"})


def swedish_order(text: str) -> tuple[str, str]:
    """What to sort `text` by: å, ä and ö after z, other letters without their accents."""
    plain = normalize("NFC", text).casefold().translate(_LAST)
    return normalize("NFKD", plain).encode("ascii", "ignore").decode(), text
