"""Become a PostgreSQL program: leave root, tie our life to the parent's, then exec.

Run as a script by a fresh interpreter (`python -I -S launch.py ORDER`), so that nothing
but exec happens between fork and this code: the app has threads, and Python code in a
forked child of a threaded process can hang. Standard library only, for a quick start.
ORDER is the JSON of `{"argv", "parent", "death_signal", "uid", "gid", "search"}`, where uid
and gid are null to stay who we are and `search` asks to keep CAP_DAC_READ_SEARCH.
"""

import ctypes
import json
import os
import sys

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_READ_SEARCH = 2
CAPABILITY_VERSION_3 = 0x20080522


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Sets(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable")]


def _checked(result: int, what: str) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), what)


def _leave_root(libc: ctypes.CDLL, uid: int, gid: int, search: bool) -> None:
    if search:
        _checked(libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0), "PR_SET_KEEPCAPS")
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    if search:
        _keep_search(libc)


def _keep_search(libc: ctypes.CDLL) -> None:
    """Keep the one right to walk through folders, and hand it on through exec."""
    bit = 1 << CAP_DAC_READ_SEARCH
    sets = (_Sets * 2)(_Sets(bit, bit, bit), _Sets(0, 0, 0))
    header = _Header(CAPABILITY_VERSION_3, 0)
    _checked(libc.capset(ctypes.byref(header), ctypes.byref(sets)), "capset")
    raised = libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_READ_SEARCH, 0, 0)
    _checked(raised, "PR_CAP_AMBIENT_RAISE")


def main(order: dict) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if order["uid"] is not None:
        _leave_root(libc, order["uid"], order["gid"], order["search"])
    os.umask(0o077)
    if sys.platform == "linux":
        # After the change of user, which clears it.
        _checked(libc.prctl(PR_SET_PDEATHSIG, order["death_signal"], 0, 0, 0), "PR_SET_PDEATHSIG")
        if os.getppid() != order["parent"]:
            raise SystemExit("the parent died before this started")
    os.execve(order["argv"][0], order["argv"], dict(os.environ))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
