"""Which of Streamlit's script files a page will ask for, so that they can be fetched at once."""

import re
from pathlib import Path

import streamlit

_SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"
_IMPORT = re.compile(r'(?:from|import)"\./([\w.~-]+\.js)"')


def find_chunks(elements: tuple[str, ...]) -> set[str]:
    """File names of the elements' scripts with all that these import, for example "Html".

    Streamlit's index.html names what every page needs; what draws an element is asked for
    when the element arrives, and what that imports after it: a journey each. Raises
    FileNotFoundError when Streamlit has no script for an element.
    """
    found: set[str] = set()
    waiting = [_script_of(element) for element in elements]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _IMPORT.findall((_SCRIPTS / name).read_text(encoding="utf-8"))
    return found


def _script_of(element: str) -> str:
    for path in _SCRIPTS.glob(f"{element}.*.js"):
        return path.name
    raise FileNotFoundError(f"Streamlit har inget skript för {element}.")
