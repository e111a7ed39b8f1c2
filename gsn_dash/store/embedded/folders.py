"""The folders of the server: made when they are missing, never changed when they are there."""

import hashlib
import os
import stat
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from gsn_dash.store.embedded.account import Account, can_lend_search, choose_account, may_enter
from gsn_dash.store.embedded.postmaster import SOCKET_NAME
from gsn_dash.store.engine import StoreUnavailable

_ROOT, _DATA = "postgres", "data"
# sockaddr_un holds 108 bytes on Linux and 104 elsewhere, the closing zero included.
SOCKET_BYTES = 107 if sys.platform == "linux" else 103


@dataclass(frozen=True)
class Folders:
    """Where the server keeps what, and the account that it all belongs to.

    `search` tells that the account cannot walk here by itself and must be lent the right to.
    """

    root: Path
    account: Account
    search: bool

    @property
    def data(self) -> Path:
        return self.root / _DATA

    @property
    def log(self) -> Path:
        # Not in the account's own folder: root writes it, and must not be led elsewhere by a link.
        return self.root.with_name("postgres.log")


def make_state(state: Path) -> Path:
    """The state folder with its links resolved, made if it was missing.

    New folders of root can be walked through by others (the server is not root), whatever
    the umask; an ordinary user's are closed. Raises StoreUnavailable when it cannot be made.
    """
    mode = 0o755 if os.geteuid() == 0 else 0o700
    try:
        for folder in reversed((state, *state.parents)):
            if not folder.exists():
                folder.mkdir(exist_ok=True)
                folder.chmod(mode)
        resolved = state.resolve(strict=True)
        writable = resolved.is_dir() and os.access(resolved, os.W_OK | os.X_OK)
    except OSError as problem:
        raise _unusable(state) from problem
    if not writable:
        raise _unusable(state)
    return resolved


def _unusable(state: Path) -> StoreUnavailable:
    return StoreUnavailable(
        f"Det går inte att spara i mappen {state}; välj en annan med GSN_STATE=/sökväg/till/mapp."
    )


def cluster_of(state: Path) -> Path:
    """Where the data of the server lies, or will."""
    return state / _ROOT / _DATA


def make_folders(state: Path) -> Folders:
    """The server's own folder below `state`, owned by its account and closed to all others."""
    root = state / _ROOT
    account = choose_account(root)
    _make_private(root, account)
    search = account.other and not may_enter(state, account)
    if search and not can_lend_search():
        raise StoreUnavailable(
            f"Databasen körs inte av root och kommer inte in i mappen {state}; "
            "välj en mapp som andra får gå igenom med GSN_STATE=/sökväg/till/mapp."
        )
    return Folders(root, account, search)


def socket_folder(folders: Folders, state: Path) -> Path:
    """The folder for the socket: beside the data, or a short one when the path is too long."""
    beside = folders.root / "socket"
    if len(os.fsencode(beside / SOCKET_NAME)) <= SOCKET_BYTES:
        _make_private(beside, folders.account)
        return beside
    mark = hashlib.sha256(os.fsencode(state)).hexdigest()[:16]
    short = _short_base(folders.account) / f"gsn-{folders.account.uid}-{mark}"
    _make_private(short, folders.account)
    return short


def _short_base(account: Account) -> Path:
    for text in (os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir()):
        base = Path(text)
        short = base.is_absolute() and len(os.fsencode(base)) + 50 <= SOCKET_BYTES
        if short and base.is_dir() and os.access(base, os.W_OK) and may_enter(base, account):
            return base
    return Path("/tmp")


def _make_private(folder: Path, account: Account) -> None:
    """Make a folder that only the account may enter, or see that it already is one.

    A folder in a place that all may write to could have been put there by someone else.
    """
    try:
        folder.mkdir(mode=0o700)
        folder.chmod(0o700)
        if account.other:
            os.chown(folder, account.uid, account.gid)
    except FileExistsError:
        pass
    except OSError as problem:
        raise _unusable(folder) from problem
    status = folder.lstat()
    closed = stat.S_ISDIR(status.st_mode) and status.st_mode & 0o077 == 0
    if not closed or status.st_uid != account.uid:
        raise StoreUnavailable(
            f"Mappen {folder} ska ägas av den som kör databasen och vara stängd för andra; "
            "ta bort den eller välj en annan med GSN_STATE=/sökväg/till/mapp."
        )
