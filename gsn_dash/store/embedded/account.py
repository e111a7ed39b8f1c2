"""Who the server runs as. PostgreSQL refuses to be root, so root hands it to someone else."""

import logging
import os
import pwd
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from gsn_dash.store.engine import StoreUnavailable

SYSTEM_USERS = ("gsn", "postgres")
CAP_DAC_READ_SEARCH = 2

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Account:
    """A user of the system. `other` tells that it is not the one who runs this process."""

    uid: int
    gid: int
    other: bool


def choose_account(folder: Path) -> Account:
    """The account that is to own `folder` and run the server.

    An ordinary user runs it as themselves. Root takes the owner of a folder that is already
    there, else a user of the system made for databases, else makes one.
    Raises StoreUnavailable when root has nobody to hand it to.
    """
    if os.geteuid() != 0:
        return _own_account()
    if folder.exists() and folder.stat().st_uid != 0:
        owner = folder.stat()
        return Account(owner.st_uid, owner.st_gid, other=True)
    account = _system_account() or _created_account()
    if account is None:
        raise StoreUnavailable(
            "Databasen kan inte köras av root och användaren gsn gick inte att skapa; "
            "kör programmet som en vanlig användare eller skapa systemanvändaren gsn."
        )
    return account


def _own_account() -> Account:
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError as problem:
        # initdb asks for the name, and says so in a way that helps nobody.
        raise StoreUnavailable(
            f"Användaren med nummer {os.geteuid()} har inget namn i systemet, vilket databasen "
            "kräver; lägg till den i /etc/passwd eller ange en server med DATABASE_URL."
        ) from problem
    return Account(os.geteuid(), os.getegid(), other=False)


def _system_account() -> Account | None:
    for name in SYSTEM_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_uid, entry.pw_gid, other=True)
    return None


def _created_account() -> Account | None:
    name = SYSTEM_USERS[0]
    commands = {
        "useradd": ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", name],
        "adduser": ["-S", "-D", "-H", "-s", "/bin/false", name],  # BusyBox
    }
    for program, arguments in commands.items():
        path = shutil.which(program, path="/usr/sbin:/sbin:/usr/bin:/bin")
        if path is None:
            continue
        made = subprocess.run([path, *arguments], capture_output=True, text=True, timeout=30)
        if made.returncode == 0:
            return _system_account()
        log.error("%s failed: %s", program, made.stderr.strip())
    return None


def may_enter(folder: Path, account: Account) -> bool:
    """Whether the account can walk to `folder` and into it, judged by the mode bits."""
    # A link is walked to by its own way, and then on by the way that it points to.
    real = folder.resolve()
    steps = {folder, *folder.parents, real, *real.parents}
    return all(_allowed(step, account, stat.S_IXOTH) for step in steps)


def may_run(program: Path, account: Account) -> bool:
    """Whether the account can reach, read and execute the file `program`."""
    return _allowed(program, account, stat.S_IROTH | stat.S_IXOTH) and may_enter(
        program.parent, account
    )


def _allowed(path: Path, account: Account, wanted: int) -> bool:
    """`wanted` is given as bits for others; they are shifted to whom the account is here."""
    status = path.stat()
    shift = 6 if status.st_uid == account.uid else 3 if status.st_gid == account.gid else 0
    return (status.st_mode >> shift) & wanted == wanted


def can_lend_search() -> bool:
    """Whether this process may give a child the right to walk through closed folders."""
    if sys.platform != "linux":
        return False
    lines = Path("/proc/self/status").read_text().splitlines()
    sets = dict(line.split(":\t", 1) for line in lines if line.startswith("Cap"))
    bit = 1 << CAP_DAC_READ_SEARCH
    return all(int(sets[name], 16) & bit for name in ("CapEff", "CapPrm", "CapBnd"))
