"""What a film says of its length, however oddly."""

import struct
from decimal import Decimal

import pytest

from core.files.film import seconds_of


def element(name: int, content: bytes) -> bytes:
    """One element of a WebM."""
    head = name.to_bytes((name.bit_length() + 7) // 8, "big")
    return head + b"\x01" + len(content).to_bytes(7, "big") + content


def webm(duration: bytes, scale: bytes = b"\x0f\x42\x40") -> bytes:
    """A WebM that says nothing but its length."""
    facts = element(0x2AD7B1, scale) + element(0x4489, duration)
    inside = element(0x1549A966, facts)
    return element(0x1A45DFA3, b"webm") + element(0x18538067, inside)


@pytest.mark.parametrize(
    ("duration", "scale", "seconds"),
    [
        (struct.pack(">d", 60_000), b"\x0f\x42\x40", Decimal(60)),
        (struct.pack(">d", float("nan")), b"\x0f\x42\x40", None),
        (struct.pack(">f", float("inf")), b"\x0f\x42\x40", None),
        (struct.pack(">d", -1), b"\x0f\x42\x40", None),
        (struct.pack(">d", 0.001), b"\x0f\x42\x40", None),
        (struct.pack(">d", 1), b"\xff" * 5_000_000, None),
    ],
)
def test_a_length_that_is_none_is_not_told(
    duration: bytes, scale: bytes, seconds: Decimal | None
) -> None:
    assert seconds_of(webm(duration, scale), "webm") == seconds
