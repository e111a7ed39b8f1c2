"""Nodes of an SVG: attributes in a fixed order and form, so that the same drawing is the same text.

Every text goes in as a text node, so that nothing in it can become markup.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

# What XML 1.0 cannot hold, not even escaped.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: Element, name: str, **attributes: object) -> Element:
    """A child with these attributes; `_` in their names is "-", None leaves one out."""
    said = {
        key.rstrip("_").replace("_", "-"): write(value)
        for key, value in attributes.items()
        if value is not None
    }
    return SubElement(parent, name, said)


def write(value: object) -> str:
    """An attribute's value: lengths in hundredths of a pixel, no more decimals than they have."""
    if isinstance(value, int | float):
        return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
    return plain(str(value))


def plain(text: str) -> str:
    """The text as XML can hold it: what it cannot hold becomes the sign for that."""
    return _UNWRITABLE.sub("\ufffd", text)
