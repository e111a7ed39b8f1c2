"""Texts from the figures as labels: Streamlit reads a label as Markdown."""

from __future__ import annotations

import re

# Streamlit makes links of bare addresses, too: a word joiner, which nobody sees, keeps them apart.
_ADDRESS = re.compile(
    r"(https?(?=:)|www(?=\.)|mailto(?=:)|xmpp(?=:)|(?<=\w)(?=@\w))", re.IGNORECASE
)
_JOINER = "\u2060"
# Only what could begin markup within a line: a slider's label is also read out, as it is written.
_MARKUP = re.compile(r"([\\`*_\[\]<>$~]|:(?=\S)|&(?=#?\w+;))")


def plain_label(text: str) -> str:
    """`text` so that Streamlit shows it as it stands, where it reads Markdown.

    The choices of selectboxes and multiselects are no Markdown: there the text is as it is.
    """
    return _MARKUP.sub(r"\\\1", _ADDRESS.sub(rf"\1{_JOINER}", text))
