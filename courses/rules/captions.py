"""Captions: a WebVTT file, read strictly, and the transcript that follows from it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from html import escape

TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMING = re.compile(rf"^{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t].*)?$")
# Without the second bracket a megabyte of them is looked through a million times.
TAG = re.compile(r"<[^<>]*>")
APART = ("NOTE", "STYLE", "REGION")
# After so long a silence a new paragraph of the transcript begins.
SILENCE = Decimal(2)


class CaptionsError(ValueError):
    """A file is no captions; says at which line, and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line, self.reason = line, reason


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from one second of a video until another."""

    start: Decimal
    end: Decimal
    text: str


def read_captions(content: bytes) -> tuple[Cue, ...]:
    """Read a WebVTT file.

    Raises:
        CaptionsError: it is none, or has nothing to show.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise CaptionsError(1, "captions are text in UTF-8") from fault
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.match(r"^WEBVTT(?:[ \t]|$)", lines[0]) or "\0" in text:
        raise CaptionsError(1, "captions begin with the line WEBVTT")
    cues = tuple(_cues(lines))
    if not cues:
        raise CaptionsError(len(lines), "there is no caption in it")
    return cues


def transcript_of(cues: tuple[Cue, ...]) -> str:
    """Put the captions together as HTML: what was said, in paragraphs."""
    paragraphs: list[list[str]] = []
    before: Cue | None = None
    for cue in cues:
        if before is None or cue.start - before.end >= SILENCE:
            paragraphs.append([])
        paragraphs[-1].append(escape(" ".join(TAG.sub("", cue.text).split())))
        before = cue
    return "".join(f"<p>{' '.join(each)}</p>" for each in paragraphs)


def _cues(lines: list[str]) -> "list[Cue]":
    found: list[Cue] = []
    number = 1
    while number < len(lines):
        block, first = [], number
        while number < len(lines) and lines[number].strip():
            block.append(lines[number])
            number += 1
        number += 1
        if block and not block[0].startswith(APART):
            found.append(_cue(block, first + 1, found[-1] if found else None))
    return found


def _cue(block: list[str], line: int, before: Cue | None) -> Cue:
    """Read one caption; `line` is where its block begins, counted from 1."""
    # A name may stand above the times.
    at = 0 if "-->" in block[0] else 1
    if at >= len(block) or "-->" not in block[at]:
        raise CaptionsError(line, "a caption needs its times, 00:01.000 --> 00:04.000")
    times = TIMING.match(block[at].strip())
    if times is None:
        said = block[at].strip()[:60]
        raise CaptionsError(line + at, f"{said!r} is no 00:01.000 --> 00:04.000")
    start, end = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
    if end <= start:
        raise CaptionsError(line + at, "a caption ends after it begins")
    if before is not None and start < before.start:
        raise CaptionsError(line + at, "captions stand in the order of their times")
    text = "\n".join(block[at + 1 :])
    if not text.strip():
        raise CaptionsError(line + at, "a caption has words below its times")
    return Cue(start, end, text)


def _seconds(parts: tuple[str | None, ...]) -> Decimal:
    hours, minutes, seconds, thousandths = (int(each or 0) for each in parts)
    return Decimal(hours * 3600 + minutes * 60 + seconds) + Decimal(thousandths) / 1000
