"""Two ways to do the same, timed in turn in one run: A B A B, medians, CPU time."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Timing:
    """Median milliseconds of CPU time that the reference took, and that ours took."""

    reference: float
    ours: float

    @property
    def ratio(self) -> float:
        """How many times less ours takes."""
        return self.reference / self.ours


def _milliseconds(work: Callable[[T], object], item: T) -> float:
    began = time.process_time()
    work(item)
    return (time.process_time() - began) * 1000


def in_turn(
    reference: Callable[[T], object], ours: Callable[[T], object], items: Sequence[T]
) -> Timing:
    """Do every item both ways, one after the other, and take the medians."""
    pairs = [
        (_milliseconds(reference, item), _milliseconds(ours, item)) for item in items
    ]
    return Timing(*(median(times) for times in zip(*pairs, strict=True)))
