"""Drawing a sample of what was submitted, so that anybody can draw it again (A9, N13).

Who comes first within a kind follows from the seed alone: whoever has the smallest
SHA-256 of "seed:id". No language's random numbers are part of it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

FULL = 100


class SampleError(ValueError):
    """What was asked for is no sample; `field` says which value, `str` says why."""

    def __init__(self, field: str, text: str) -> None:
        """Name the value and the way out."""
        super().__init__(text)
        self.field = field


@dataclass(frozen=True, slots=True)
class Size:
    """How many are drawn: a number, or a percentage of all, never both."""

    number: int | None = None
    percent: int | None = None


def size_of(size: Size, population: int) -> int:
    """Say how many of a population are drawn; a percentage is rounded up.

    Raises:
        SampleError: nothing or both is asked for, it is 0 or less, over 100 %, or there
            is nothing or not enough to draw from.
    """
    check_size(size)
    if population < 1:
        text = "Nothing was submitted that could be drawn. Choose other days or kinds."
        raise SampleError("from_on", text)
    if size.percent is not None:
        return -(-population * size.percent // FULL)
    assert size.number is not None
    if size.number > population:
        text = f"Only {population:,} can be drawn. Write {population:,} or fewer."
        raise SampleError("number", text)
    return size.number


def check_size(size: Size) -> None:
    """See whether so many can be asked for at all.

    Raises:
        SampleError: nothing or both is asked for, it is 0 or less, or over 100 %.
    """
    if size.number is None and size.percent is None:
        raise SampleError("number", "Write how many to draw, or a percentage.")
    if size.number is not None and size.percent is not None:
        raise SampleError("percent", "Write a number or a percentage, not both.")
    if size.percent is not None and not 1 <= size.percent <= FULL:
        raise SampleError("percent", "Write a percentage from 1 to 100.")
    if size.number is not None and size.number < 1:
        raise SampleError("number", "Write a number of 1 or more.")


def draw_sample(
    population: Mapping[str, Sequence[UUID]], *, size: int, seed: str
) -> list[UUID]:
    """Draw so many, of each stratum in proportion, by the seed.

    The order in which the population is given changes nothing.

    Args:
        population: stratum → who is in it.
        size: how many to draw, at most as many as there are.
        seed: what decides; the same seed draws the same.

    Returns:
        Who was drawn, sorted by id.
    """
    places = shares({name: len(ids) for name, ids in population.items()}, size)
    drawn = [
        each
        for name, ids in population.items()
        for each in sorted(ids, key=lambda one: (_lot(seed, one), one.hex))[
            : places[name]
        ]
    ]
    return sorted(drawn)


def shares(counts: Mapping[str, int], size: int) -> dict[str, int]:
    """Share out `size` places in proportion to counts, by largest remainder.

    Of two equal remainders the stratum whose name comes first has the place.
    """
    total = sum(counts.values())
    if not 0 <= size <= total:
        raise ValueError("more places than there are people")
    if not total:
        return dict.fromkeys(counts, 0)
    places = {name: count * size // total for name, count in counts.items()}
    left = size - sum(places.values())
    by_rest = sorted(counts, key=lambda name: (-(counts[name] * size % total), name))
    for name in by_rest[:left]:
        places[name] += 1
    return places


def population_hash(population: Mapping[str, Sequence[UUID]]) -> str:
    """Sum a population up in one SHA-256, however it is ordered."""
    ordered = {
        name: sorted(each.hex for each in ids) for name, ids in population.items()
    }
    text = json.dumps(ordered, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _lot(seed: str, one: UUID) -> str:
    return sha256(f"{seed}:{one.hex}".encode()).hexdigest()
