"""python -m gsn_dash key: hand out a key that lets a browser in once."""

from __future__ import annotations

import sys

from sqlalchemy import Engine

from gsn_dash.meeting.keys import describe_key, key_mark, new_key
from gsn_dash.settings_access import ROLE_NAMES
from gsn_dash.store.keys import keep_key
from gsn_dash.store.trouble import NotConfirmed

_NOT_CONFIRMED = (
    "Nyckeln gäller, men den är sparad bara på den första databasservern: reserven svarar inte. Tar"
    " reserven över utan att ha kommit ifatt gäller nyckeln inte, och då behövs en ny."
)


def run_key(engine: Engine, role: str) -> int:
    """Make a key for a role, one of ROLE_NAMES, and print it in Swedish; returns the exit code.

    Raises StoreUnavailable where it is not kept.
    """
    key, warning = new_key(), ""
    try:
        keep_key(engine, key_mark(key), ROLE_NAMES[role])
    except NotConfirmed:
        warning = _NOT_CONFIRMED
    print(describe_key(key))
    print(f"Den ger rollen {role}.")
    if warning:
        print(warning, file=sys.stderr)
    return 0
