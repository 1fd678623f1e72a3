"""Hours that may count for one requirement alone, given out so that most is met (M8).

Each credit may be parted. What can be given is a flow from the credits through the
requirements they qualify for, each up to its need; by the max-flow min-cut theorem a
flow that no path enlarges is a largest one (Ford and Fulkerson, 1956), and with the
shortest path each time there are few (Edmonds and Karp, 1972). So if any allocation
meets all needs, this one does.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

NOTHING = Decimal(0)
# The two ends of the flow; credits are numbers, requirements their codes.
SOURCE, SINK = ("source", ""), ("sink", "")
Node = tuple[str, int | str]
Room = dict[Node, dict[Node, Decimal]]


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a credit, by its place, counts for a requirement."""

    credit: int
    requirement: str
    credits: Decimal


def allocate(
    credits: Sequence[tuple[Decimal, frozenset[str]]], needs: Mapping[str, Decimal]
) -> tuple[Share, ...]:
    """Give credits out among requirements that may not share an hour.

    Args:
        credits: how much each is, and the requirements it qualifies for.
        needs: what each requirement asks.

    Returns:
        The parts, in the order of the credits: as much in all as can be.
    """
    room = _room(credits, needs)
    while path := _path(room):
        by = min(room[a][b] for a, b in path)
        for a, b in path:
            room[a][b] -= by
            room[b][a] = room[b].get(a, NOTHING) + by
    return tuple(
        Share(place, code, given)
        for place, (_, qualifies) in enumerate(credits)
        for code in needs
        if code in qualifies
        # What flows back is what was given.
        and (given := room[("needs", code)].get(("credit", place), NOTHING)) > 0
    )


def _room(
    credits: Sequence[tuple[Decimal, frozenset[str]]], needs: Mapping[str, Decimal]
) -> Room:
    room: Room = {SOURCE: {}, SINK: {}}
    for code, need in needs.items():
        room["needs", code] = {SINK: need}
    for place, (amount, qualifies) in enumerate(credits):
        room[SOURCE]["credit", place] = amount
        room["credit", place] = {
            ("needs", code): amount for code in needs if code in qualifies
        }
    return room


def _path(room: Room) -> list[tuple[Node, Node]]:
    """Find a shortest way with room left, as its steps; none, where there is none."""
    came: dict[Node, Node] = {}
    waiting: deque[Node] = deque([SOURCE])
    while waiting:
        here = waiting.popleft()
        for there, left in room[here].items():
            if left > 0 and there not in came and there != SOURCE:
                came[there] = here
                waiting.append(there)
    steps: list[tuple[Node, Node]] = []
    at: Node = SINK
    while at in came:
        steps.append((came[at], at))
        at = came[at]
    return steps[::-1]
