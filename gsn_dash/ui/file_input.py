"""Where a file is chosen: a small component that hands the file in, and then tells of it once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gsn_dash.access.files import TRAY
from gsn_dash.ui.component import component
from gsn_dash.ui.state.address import session_mark
from gsn_dash.web.guarding import FILES

_mount = component("gsn_file", ["file_input.js"], ["file_input.css"])


@dataclass(frozen=True)
class GivenFile:
    """A file as the visitor gave it: its name in his own folder, and its bytes.

    The bytes are None where it was handed in to a server that has been exchanged since.
    """

    name: str
    content: bytes | None


def choose_file(
    key: str, words: Mapping[str, str], kinds: Sequence[str], largest: int, turn: int
) -> GivenFile | None:
    """Show the input; the file in the one run that it comes with, None in all others.

    `words` are label, hint, reading, sent, lost, broken, large, many and unread, with {name} and
    {size}; `kinds` the endings of names that the browser is to propose; `largest` is in bytes.
    What was last said there goes away with another `turn`.
    """
    data = {
        "id": key,
        "words": dict(words),
        "accept": ",".join(kinds),
        "largest": largest,
        "turn": turn,
        "session": session_mark(),
        "address": FILES,
    }
    # Without a callback the component's trigger would not be told of.
    told = _mount(key=key, data=data, on_file_change=lambda: None).get("file")
    if not isinstance(told, dict):
        return None
    # It lies there still where Streamlit begins the run anew.
    return GivenFile(str(told.get("name", "")), TRAY.find(str(told.get("file", ""))))
