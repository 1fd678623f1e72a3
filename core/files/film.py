"""Films: what a WebM or MP4 file says of itself, read from its frame alone.

Nothing of a picture is opened here: a browser does that, in its own sandbox. A file
that is cut off, or is something else under this name, has no such frame.
"""

import struct
from collections.abc import Iterator
from decimal import Decimal

EBML, MP4 = b"\x1a\x45\xdf\xa3", b"ftyp"
SEGMENT, INFO, SCALE, DURATION = 0x18538067, 0x1549A966, 0x2AD7B1, 0x4489
# Of a segment or an atom, whatever stands before what is looked for.
MOST_PARTS = 10_000
CENT = Decimal("0.01")


class NoFilm(ValueError):  # noqa: N818  (a state of a file, not a fault of ours)
    """It isn't one, or is not whole."""


def film_of(data: bytes) -> str:
    """Say which film a content begins as: "webm", "mp4", or "" for none."""
    if data.startswith(EBML) and b"webm" in data[:64]:
        return "webm"
    return "mp4" if data[4:8] == MP4 else ""


def seconds_of(data: bytes, film: str) -> Decimal | None:
    """Read how long a film is; None where it doesn't say.

    Raises:
        NoFilm: its frame is damaged.
    """
    try:
        found = _webm(data) if film == "webm" else _mp4(data)
        # What is no number at all is of no length either, and can't be compared.
        known = found and found.is_finite() and CENT <= found < 10**6
    except (IndexError, struct.error, ArithmeticError) as fault:
        raise NoFilm("It is damaged.") from fault
    return found.quantize(CENT) if found and known else None


def _webm(data: bytes) -> Decimal | None:
    top = dict(_elements(data, 0, len(data)))
    if SEGMENT not in top:
        raise NoFilm("It has no segment.")
    inside = dict(_elements(data, *top[SEGMENT]))
    if INFO not in inside:
        raise NoFilm("It has no facts.")
    facts = dict(_elements(data, *inside[INFO]))
    if DURATION not in facts:
        return None
    start, end = facts[DURATION]
    (length,) = struct.unpack(">d" if end - start == 8 else ">f", data[start:end])
    scale = 1_000_000
    if SCALE in facts:
        begin, stop = facts[SCALE]
        # A number of EBML has eight bytes at most.
        scale = int.from_bytes(data[begin : min(stop, begin + 8)], "big")
    return Decimal(str(length)) * scale / 10**9


def _elements(data: bytes, at: int, end: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Give the elements of a stretch: each's id, and where its content lies."""
    for _ in range(MOST_PARTS):
        if at >= end:
            return
        name, at = _number(data, at, marked=True)
        size, at = _number(data, at, marked=False)
        # A live recording doesn't know its length: it goes on to the end.
        stop = end if size < 0 else at + size
        if stop > len(data):
            raise NoFilm("It is cut off.")
        yield name, (at, stop)
        at = stop


def _number(data: bytes, at: int, *, marked: bool) -> tuple[int, int]:
    """Read a number of EBML; -1 where its length is not known."""
    first = data[at]
    length = 9 - first.bit_length()
    if not 1 <= length <= 8 or at + length > len(data):
        raise NoFilm("It is damaged.")
    value = int.from_bytes(data[at : at + length], "big")
    if not marked:
        most = (1 << (7 * length)) - 1
        value &= most
        value = -1 if value == most else value
    return value, at + length


def _mp4(data: bytes) -> Decimal | None:
    top = dict(_boxes(data, 0, len(data)))
    if b"moov" not in top or b"mdat" not in top:
        raise NoFilm("It has no film in it.")
    inside = dict(_boxes(data, *top[b"moov"]))
    if b"mvhd" not in inside:
        raise NoFilm("It has no facts.")
    at, _ = inside[b"mvhd"]
    places = (at + 20, ">IQ") if data[at] == 1 else (at + 12, ">II")
    scale, length = struct.unpack_from(places[1], data, places[0])
    return Decimal(length) / scale if scale else None


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    for _ in range(MOST_PARTS):
        if at >= end:
            return
        size, name = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, at + 8)
            head = 16
        stop = end if size == 0 else at + size
        if (size and size < head) or stop > end:
            raise NoFilm("It is cut off.")
        yield name, (at + head, stop)
        at = stop
