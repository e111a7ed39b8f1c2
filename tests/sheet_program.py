"""A small scenario to try the live sheet with: levers of every kind and a program of its own."""

from __future__ import annotations

from gsn_dash.domain.scenario.program import Builder, Dial, Quantity, evaluate

# Positions and rest of each lever, in the order of the program.
DIALS = {
    "used": Dial(range(0, 201), 100),
    "cost": Dial(range(-20, 21), 0),
    "network": Dial(range(0, 151), 84),
    "office": Dial(range(0, 151), 60),
    "year": Dial((2021, 2022, 2023), 2022),
    "member": Dial((0, 1), 0),
    "price": Dial(range(-50, 101), 0),
    "action": Dial(range(0, 2001, 50), None),
}


class Program:
    """A program such as the domain compiles, and the quantities that the page shows."""

    def __init__(self) -> None:
        make = Builder()
        place = {name: number for number, name in enumerate(DIALS)}
        percent_of = {name: make.lever(number) for name, number in place.items()}
        hundred = make.const(100)
        used = make.sum((1, percent_of["used"]), (-100, make.const(1)))
        cost = make.sum((-49_500_000, percent_of["cost"]), (1_000_00, percent_of["action"]))
        self.cost = Quantity(make.sum((-2_000_000, used), (1, cost)), 100)
        self.revenue = Quantity(make.sum((390_000, used)), 100)
        self.net = Quantity(make.sum((1, self.cost.node), (1, self.revenue.node)), 100)
        self.network = Quantity(make.sum((640_000_000, percent_of["network"])), 10_000)
        self.office = Quantity(make.sum((660_000_000, percent_of["office"])), 10_000)
        granted = make.times(make.const(1_300_000_000), hundred)
        self.granted = Quantity(granted, 10_000)
        used_up = make.sum((1, self.network.node), (1, self.office.node))
        self.projects = Quantity(used_up, 10_000)
        self.left = Quantity(make.sum((1, granted), (-1, used_up)), 10_000)
        people = make.table(place["year"], (26_900, 26_700, 26_353))
        raised = make.sum((100, make.const(1)), (1, percent_of["price"]))
        whole = make.divide(make.times(make.const(1_051_234_50), raised), 100)
        joined = make.times(make.const(11_100), percent_of["member"])
        parts = make.split(whole, (people, make.const(10_747), joined))
        self.bills = [Quantity(node, 100) for node in parts]
        self.changes = [
            Quantity(make.sum((1, node), (-1, make.const(before))), 100)
            for node, before in zip(parts, (74_952_870, 30_170_580, 0), strict=True)
        ]
        self.moved = make.most(make.moved(place["used"]), make.moved(place["cost"]))
        self.said = {name: Quantity(node, 1) for name, node in percent_of.items()}
        self.nodes = make.nodes


PROGRAM = Program()
RESTING = [dial.resting if dial.resting is not None else 500 for dial in DIALS.values()]


def values_at(positions: list[int]) -> list:
    """The program's answers."""
    return evaluate(PROGRAM.nodes, tuple(DIALS.values()), positions)
