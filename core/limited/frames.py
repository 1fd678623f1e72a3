"""How parent and child speak: frames of bytes, each with its length before it."""

import struct
from typing import BinaryIO

LARGEST = 16 * 1024 * 1024
# The first byte of an answer: made; raised; ran out of memory and is gone.
DONE, FAILED, SPENT = b"\x01", b"\x00", b"\x02"
HEADER = struct.Struct(">I")


def pack(frame: bytes) -> bytes:
    """A frame as it goes through the pipe."""
    return HEADER.pack(len(frame)) + frame


def read_frame(pipe: BinaryIO) -> bytes | None:
    """The next frame of a blocking pipe; `None` when the other side is gone."""
    header = pipe.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    (length,) = HEADER.unpack(header)
    frame = pipe.read(length)
    return frame if len(frame) == length <= LARGEST else None
