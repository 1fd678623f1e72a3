"""Where somebody goes on in a course, and when they are through (M1, M3)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from courses.rules.watching import NOTHING

# Whoever stopped in a video's last moments begins it anew.
LAST_MOMENTS = Decimal(2)

# Words that stand where a page's code does in addresses: no page is called so.
RESERVED = frozenset({"contents", "test", "evaluation", "credit", "files"})


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a version: its code, and how long its video is; None for a text."""

    code: str
    seconds: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and the second of its video."""

    code: str
    second: Decimal = NOTHING


def resume_at(leaves: Sequence[Leaf], left: Place | None) -> Place:
    """Say where to go on: where it was left, else at the beginning.

    Raises:
        ValueError: there is no page at all.
    """
    if not leaves:
        raise ValueError("a version without pages is never published")
    for leaf in leaves:
        if left and leaf.code == left.code:
            if leaf.seconds is None or left.second >= leaf.seconds - LAST_MOMENTS:
                return Place(leaf.code)
            return left
    return Place(leaves[0].code)


def next_leaf(leaves: Sequence[Leaf], code: str) -> Leaf | None:
    """Give the page after one; None after the last."""
    codes = [each.code for each in leaves]
    place = codes.index(code) + 1
    return leaves[place] if place < len(leaves) else None


def last_leaf(leaves: Sequence[Leaf], code: str) -> Leaf | None:
    """Give the page before one; None before the first."""
    codes = [each.code for each in leaves]
    place = codes.index(code)
    return leaves[place - 1] if place else None


def missing_leaves(leaves: Sequence[Leaf], done: Collection[str]) -> Sequence[Leaf]:
    """List the pages that were not read or watched yet, in their order."""
    return [each for each in leaves if each.code not in done]
