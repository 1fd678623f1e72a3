"""How an inspection answers: facts as one line of JSON, then a content.

A refusal is a code and perhaps a figure, never a sentence: what people read is written
on the side that a hostile file can't reach.
"""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

Facts = Mapping[str, Any]


class Refused(Exception):  # noqa: N818  (a finding is an answer, not a fault)
    """The file is not taken; `code` says why, `figure` how many of what counts."""

    def __init__(self, code: str, figure: int | None = None) -> None:
        super().__init__(code)
        self.code, self.figure = code, figure


def spelled(facts: Facts, content: bytes = b"") -> bytes:
    """Facts and content as one frame."""
    return json.dumps(facts).encode() + b"\n" + content


def parted(frame: bytes) -> tuple[dict[str, Any], bytes]:
    """Facts and content of a frame; raises `ValueError` for one that has no facts."""
    line, _, content = frame.partition(b"\n")
    facts = json.loads(line)
    if not isinstance(facts, dict):
        message = "The facts are not an object"
        raise ValueError(message)
    return facts, content


def reporting(
    look: Callable[[bytes], tuple[Facts, bytes]],
) -> Callable[[bytes], bytes]:
    """Turn a function that looks, or raises `Refused`, into one from frame to frame."""

    @wraps(look)
    def report(frame: bytes) -> bytes:
        try:
            facts, content = look(frame)
        except Refused as finding:
            return spelled({"refused": finding.code, "figure": finding.figure})
        return spelled(facts, content)

    return report
