"""Where a file is chosen: a small component that hands the file over whole, once."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gsn_dash.ui.component import component
from gsn_dash.ui.state.address import session_mark

_mount = component("gsn_file", ["file_input.js"], ["file_input.css"])


@dataclass(frozen=True)
class GivenFile:
    """A file as the visitor gave it: its name in his own folder, and its bytes."""

    name: str
    content: bytes


def choose_file(
    key: str, words: Mapping[str, str], kinds: Sequence[str], largest: int, turn: int
) -> GivenFile | None:
    """Show the input; the file in the one run that it comes with, None in all others.

    `words` are label, hint, reading, sent, lost, large, many and unread, with {name} and {size};
    `kinds` the endings of names that the browser is to propose; `largest` is in bytes. What was
    last said there goes away with another `turn`.
    """
    data = {
        "id": key,
        "words": dict(words),
        "accept": ",".join(kinds),
        "largest": largest,
        "turn": turn,
        "session": session_mark(),
    }
    # Without a callback the component's trigger would not be told of.
    told = _mount(key=key, data=data, on_file_change=lambda: None).get("file")
    if not isinstance(told, dict):
        return None
    try:
        content = b64decode(told.get("content", ""), validate=True)
    except (binascii.Error, ValueError, TypeError):
        return None  # nothing of ours has sent it
    return GivenFile(str(told.get("name", "")), content)
