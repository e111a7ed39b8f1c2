"""How a text is packed for the wire: which way the reader can unpack, and what that gives."""

import gzip
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

import brotli
from starlette.datastructures import Headers
from starlette.types import Scope

_WEIGHT = re.compile(r"q=([01](?:\.\d{0,3})?)")
# Ours in order: the first gives the fewest bytes. Brotli's best quality is a tenth smaller
# still, and takes two seconds of processor for the largest file; this one a tenth of a second.
_WAYS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=9),
    "gzip": lambda content: gzip.compress(content, 9, mtime=0),
}


def chosen_way(scope: Scope) -> str | None:
    """The name of the way that the reader likes best, of equals the first; None for plain."""
    weights = _weights(scope)
    best = max(_WAYS, key=lambda way: _weight(weights, way))
    weight = _weight(weights, best)
    # Plain is what a reader takes who says nothing of it, but not what it wishes for.
    return best if weight > 0 and weight >= weights.get("identity", 0.0) else None


def takes_gzip(scope: Scope) -> bool:
    """Whether the reader can unpack gzip; a weight of 0 says that it cannot."""
    return _weight(_weights(scope), "gzip") > 0


def pack(content: bytes, way: str) -> bytes:
    """The content, packed in a way that `chosen_way` has named."""
    return _WAYS[way](content)


def packed_ways(content: bytes) -> dict[str | None, bytes]:
    """The content in every way, and plain under None."""
    return {None: content} | {way: pack(content, way) for way in _WAYS}


def has_mark(scope: Scope, mark: str) -> bool:
    """Whether the reader says that it has the content with this ETag; a proxy may weaken it."""
    said = ",".join(Headers(scope=scope).getlist("if-none-match"))
    return mark in {part.strip().removeprefix("W/") for part in said.split(",")}


def _weights(scope: Scope) -> Mapping[str, float]:
    """From 0 (cannot) to 1 of each way that the reader names; 1 where that cannot be read."""
    return _read_weights(",".join(Headers(scope=scope).getlist("accept-encoding")))


# Browsers say the same of every file; what somebody else makes up soon gives way again.
@lru_cache(maxsize=64)
def _read_weights(told: str) -> Mapping[str, float]:
    weights = {}
    for part in told.split(","):
        name, _, said = part.partition(";")
        weight = _WEIGHT.fullmatch(said.replace(" ", "").lower())
        weights[name.strip().lower()] = float(weight[1]) if weight else 1.0
    return weights


def _weight(weights: Mapping[str, float], way: str) -> float:
    return weights.get(way, weights.get("*", 0.0))
