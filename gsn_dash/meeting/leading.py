"""Where the numbers of a meeting lead: to the sources of the occasion that it is about."""

from __future__ import annotations

import re
from typing import Any

from gsn_dash.present.occasions import PARAMETER, Place, say_place
from gsn_dash.present.tables import SOURCES

_LINK = re.compile(rf"({re.escape(SOURCES)}\?figur=[^#\"&]+)#")


def led_to(content: Any, occasion: Place) -> Any:
    """The content of a deck with its links made to name the occasion, for one not the latest.

    Without it they lead to the figures that are the latest when they are followed.
    """
    if isinstance(content, str):
        return _LINK.sub(rf"\1&{PARAMETER}={say_place(occasion)}#", content)
    if isinstance(content, dict):
        return {key: led_to(value, occasion) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [led_to(value, occasion) for value in content]
    return content
