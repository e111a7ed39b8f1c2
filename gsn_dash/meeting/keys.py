"""The one-time keys that let a browser on another computer hold meetings and change figures.

A key is shown to the operator once; only its hash is kept, in the database.
"""

from __future__ import annotations

import threading
from hashlib import sha256
from secrets import choice

from sqlalchemy import Engine

from gsn_dash.store.acting import EDITOR
from gsn_dash.store.keys import KEY_DAYS, keep_key, redeem_key
from gsn_dash.store.ways import OWN_DISK

# 32 signs, none of which is taken for another when it is read aloud: 5 bits each.
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_PART, _PARTS = 4, 3


def new_key() -> str:
    """A key of 60 random bits, as XXXX-XXXX-XXXX: too many to guess, however fast."""
    return "-".join("".join(choice(_LETTERS) for _ in range(_PART)) for _ in range(_PARTS))


def key_mark(key: str) -> str:
    """What is kept of a key, however it was typed: the sha256 of its letters and digits."""
    letters = "".join(sign for sign in key.upper() if sign.isalnum())
    return sha256(letters.encode()).hexdigest()


def describe_key(key: str) -> str:
    """The line that the operator reads."""
    return (
        f"Nyckel för att hålla möte eller ändra siffror från en annan dator än den här: {key}."
        f" Den gäller en gång, inom {KEY_DAYS} dagar."
    )


class Keys:
    """The keys of this process; those made while the database is away are kept when it is back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[tuple[str, str]] = []

    def add(self, key: str, role: str = EDITOR) -> None:
        """A key that has been shown to the operator, and the role that it gives."""
        with self._lock:
            self._waiting.append((key_mark(key), role))

    def keep(self, engine: Engine) -> None:
        """Keep what is not kept yet. Raises StoreUnavailable, and then tries again next time."""
        with self._lock:
            while self._waiting:
                # One that a fail-over loses opens nothing, and the next start prints another.
                keep_key(engine, *self._waiting[0], awaits=OWN_DISK)
                del self._waiting[0]

    def redeem(self, engine: Engine, key: str, browser: str) -> bool:
        """Log a browser in, by its mark, if the key is good and unused."""
        self.keep(engine)
        return redeem_key(engine, key_mark(key), browser)
