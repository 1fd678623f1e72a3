"""A paper's objects as a PDF file has them, under new numbers."""

from collections.abc import Iterator
from typing import BinaryIO

from pikepdf import (
    Array,
    Dictionary,
    Name,
    Object,
    Pdf,
    Stream,
    explicit_conversion,
)

Spelled = Iterator[bytes]


class Numbers:
    """The numbers that a paper's objects get: each the first time it is named."""

    def __init__(self, pdf: Pdf, first: int) -> None:
        self._pdf, self._first = pdf, first
        self._given: dict[tuple[int, int], int] = {}
        # What is to be written, in the order of the numbers; None is kept free.
        self.waiting: list[Object | None] = []

    def of(self, found: Object) -> int:
        """Give the number of an object that others refer to."""
        place = found.objgen
        if place not in self._given:
            self._given[place] = self._first + len(self.waiting)
            self.waiting.append(found)
        return self._given[place]

    def keep(self) -> int:
        """Keep a number free: its object is written by somebody else."""
        self.waiting.append(None)
        return self._first + len(self.waiting) - 1

    def named(self, number: int) -> Dictionary:
        """Give an object to be referred to, which stands for one of that number."""
        there = self._pdf.make_indirect(Dictionary())
        self._given[there.objgen] = number
        return there


def spell_all(numbers: Numbers, file: BinaryIO) -> list[int | None]:
    """Write every object that has a number, and those that it refers to.

    Gives the place of each in the file; None for a number that is kept free.
    """
    offsets: list[int | None] = []
    # What is written refers to more, which waits behind it.
    for found in numbers.waiting:
        if found is None:
            offsets.append(None)
            continue
        offsets.append(file.tell())
        file.write(b"%d 0 obj\n" % numbers.of(found))
        with explicit_conversion():
            file.writelines(_top(found, numbers))
        file.write(b"\nendobj\n")
    return offsets


def _top(found: Object, numbers: Numbers) -> Spelled:
    if not isinstance(found, Stream):
        yield from _direct(found, numbers)
        return
    packed = found.read_raw_bytes()
    yield b"<<"
    for key, value in found.items():
        if key != "/Length":
            yield Name(key).unparse() + b" "
            yield from _value(value, numbers)
    yield b"/Length %d>>\nstream\n" % len(packed)
    yield packed
    yield b"\nendstream"


def _value(value: Object, numbers: Numbers) -> Spelled:
    if value.is_indirect:
        yield b" %d 0 R" % numbers.of(value)
    else:
        yield from _direct(value, numbers)


def _direct(value: Object, numbers: Numbers) -> Spelled:
    if isinstance(value, Dictionary):
        yield b"<<"
        for key, inner in value.items():
            yield Name(key).unparse() + b" "
            yield from _value(inner, numbers)
        yield b">>"
    elif isinstance(value, Array):
        yield b"["
        for inner in value:
            yield from _value(inner, numbers)
        yield b"]"
    else:
        yield b" " + value.unparse(resolved=True)
