"""A quantity of a program as one lever after another moves, all others standing where they do.

All that the lever does not move is reckoned once, so a position costs a small part of what the
whole program does. Nothing is reckoned for a lever that the quantity does not follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from gsn_dash.domain.scenario.compiling import Compiled
from gsn_dash.domain.scenario.program import PER_HUNDREDTH, Node, Quantity, evaluate

_OF_A_LEVER = ("lever", "moved", "table")


class Sweep:
    """The sum of some quantities, in hundredths of an öre, as one lever after another moves.

    A lever is named by its place in the program.
    """

    def __init__(
        self, compiled: Compiled, positions: Sequence[int], quantities: Iterable[Quantity]
    ) -> None:
        self._compiled = compiled
        self._values = compiled.values(positions)
        self._terms = [(PER_HUNDREDTH // q.per, q.node) for q in quantities]
        self._moved_by = _levers_of_nodes(compiled.nodes)

    @property
    def now(self) -> int:
        """The sum where the levers stand."""
        return sum(scale * self._values[node] for scale, node in self._terms)

    def along(self, *levers: int) -> Callable[[int], int] | None:
        """The sum by the position of a lever, or of several alike that move as one.

        None where it does not follow them: then it is the same at every position.
        """
        if not any(self._is_moved(node, levers) for _, node in self._terms):
            return None
        dial = self._compiled.levers[levers[0]].dial
        nodes, places = self._narrowed(levers)

        def value_at(position: int) -> int:
            values = evaluate(nodes, [dial], [position])
            return sum(scale * values[places[node]] for scale, node in self._terms)

        return value_at

    def _is_moved(self, place: int, levers: Iterable[int]) -> bool:
        return not self._moved_by[place].isdisjoint(levers)

    def _narrowed(self, levers: tuple[int, ...]) -> tuple[list[Node], dict[int, int]]:
        """The program of these levers as one, and where in it the nodes of the whole one are."""
        nodes: list[Node] = []
        places: dict[int, int] = {}

        def take(place: int) -> int:
            if place not in places:
                node = ("const", self._values[place])
                if self._is_moved(place, levers):
                    node = _taken(self._compiled.nodes[place], take)
                places[place] = len(nodes)
                nodes.append(node)
            return places[place]

        for _, node in self._terms:
            take(node)
        return nodes, places


def _levers_of_nodes(nodes: Sequence[Node]) -> list[frozenset[int]]:
    """For each node the levers that it follows."""
    found: list[frozenset[int]] = []
    for node in nodes:
        own = {node[1]} if node[0] in _OF_A_LEVER else set()
        heard: list[int] = []
        _taken(node, lambda place, heard=heard: heard.append(place) or place)
        found.append(frozenset(own.union(*(found[place] for place in heard))))
    return found


def _taken(node: Node, take: Callable[[int], int]) -> Node:
    """The node with each earlier one taken over, and its lever as the only one there is."""
    match node:
        case ("const", _):
            return node
        case (kind, _, *rest) if kind in _OF_A_LEVER:
            return (kind, 0, *rest)
        case ("sum", terms):
            return ("sum", tuple((factor, take(place)) for factor, place in terms))
        case ("times" | "most" as kind, first, second):
            return (kind, take(first), take(second))
        case ("divide" | "part" as kind, place, number):
            return (kind, take(place), number)
        case ("split", whole, weights):
            return ("split", take(whole), tuple(take(place) for place in weights))
    raise ValueError(f"no such node: {node[0]}")
