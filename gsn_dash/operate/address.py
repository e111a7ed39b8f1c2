"""The address that the app is served on."""

import errno
import socket
from contextlib import ExitStack

_EVERYWHERE = ("0.0.0.0", "::")
# A phone that has left without a word is taken for gone when it has answered nothing for so long.
_SILENT_MILLISECONDS = 30_000
_NO_SUCH_FAMILY = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


class AddressUnavailable(Exception):
    """The address cannot be used; the text is one Swedish sentence for the operator."""


def bind(address: str, port: int) -> list[socket.socket]:
    """Bind every address that the name stands for; localhost is both 127.0.0.1 and ::1.

    The sockets are bound but not listening, so that the port is ours before the long work
    of starting, and nobody is kept waiting on it. Raises AddressUnavailable.
    """
    try:
        found = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)
    except OSError as problem:
        raise _unknown(address) from problem
    with ExitStack() as opened:
        bound = []
        for family, _, _, _, place in dict.fromkeys(found):
            try:
                bound.append(opened.enter_context(_bound(family, place)))
            except OSError as problem:
                # A name can stand for an IPv6 address that this machine does not have.
                if problem.errno not in _NO_SUCH_FAMILY:
                    raise explain_refusal(problem, address, port) from problem
        if not bound:
            raise _unknown(address)
        opened.pop_all()
        return bound


def explain_refusal(problem: OSError, address: str, port: int) -> AddressUnavailable:
    """What the system's refusal to bind or listen means to the operator."""
    if problem.errno == errno.EADDRINUSE:
        return AddressUnavailable(
            f"Porten {port} används redan av ett annat program; "
            f"stäng det eller välj en annan port, till exempel PORT={_another(port)}."
        )
    if problem.errno == errno.EACCES:
        return AddressUnavailable(
            f"Porten {port} får inte användas av den här användaren; "
            "välj en högre port, till exempel PORT=8501."
        )
    return _unknown(address)


def shown_url(address: str, port: int) -> str:
    """Where to point the browser on this machine."""
    host = "localhost" if address in _EVERYWHERE else address
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _bound(family: int, place: tuple) -> socket.socket:
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        # A port that was used a moment ago is free; one that is listened on is not.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            # "::" means everything, but ::1 must leave 127.0.0.1 to its own socket.
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, int(place[0] != "::"))
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux; connections inherit it
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _SILENT_MILLISECONDS)
        sock.bind(place)
    except OSError:
        sock.close()
        raise
    return sock


def _another(port: int) -> int:
    return port + 1 if port < 65535 else port - 1


def _unknown(address: str) -> AddressUnavailable:
    return AddressUnavailable(
        f"Adressen {address} finns inte på den här datorn; "
        "ändra ADDRESS, till exempel till localhost eller 0.0.0.0."
    )
