"""Texts from the figures as labels: Streamlit reads a label as Markdown."""

from __future__ import annotations

import re

# Only what could begin markup within a line: a slider's label is also read out, as it is written.
_MARKUP = re.compile(r"([\\`*_\[\]<>$~]|:(?=\S)|&(?=#?\w+;))")


def plain_label(text: str) -> str:
    """`text` so that Streamlit shows it as it stands."""
    return _MARKUP.sub(r"\\\1", text)
