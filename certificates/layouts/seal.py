"""The seal: a pointed brass ring with words on two arcs around the mark."""

from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin

from core.pdf.lettering import letter_advance, letter_path
from core.pdf.text import Face

POINTS = 38
_OUTER, _INNER = 76.0, 71.5
_TICKS, _TICK_FROM, _TICK_TO = 72, 44.5, 48.5
# The capitals stand in the ring between the tick marks and the inner circle.
_TOP_BASELINE, _BOTTOM_BASELINE = 52.4, 60.2
_LARGEST, _SMALLEST, _SPACING = 11.0, 6.0, 0.16
_LONGEST_ARC = 0.86 * pi


@dataclass(frozen=True)
class Seal:
    """What the seal's drawing needs; `alt` is what it says to somebody who listens."""

    alt: str
    letters: str
    star: str
    ticks: str


def _at(radius: float, angle: float) -> str:
    """A point by its angle from twelve o'clock, clockwise, in radians."""
    return f"{radius * sin(angle):.2f} {-radius * cos(angle):.2f}"


def _star() -> str:
    step = pi / POINTS
    radii = (_OUTER, _INNER)
    corners = (_at(radii[at % 2], at * step) for at in range(2 * POINTS))
    return f"M{' L'.join(corners)} Z"


def _ticks() -> str:
    angles = [at * 2 * pi / _TICKS for at in range(_TICKS)]
    return " ".join(f"M{_at(_TICK_FROM, a)} L{_at(_TICK_TO, a)}" for a in angles)


STAR, TICKS = _star(), _ticks()


@lru_cache(maxsize=256)
def _arc(text: str, face: Face, *, upper: bool) -> str:
    """Set a text on the upper or lower arc, as large as it fits, as SVG path data.

    Letters are placed one by one, which only scripts without joining bear: any other
    text is left out, and so is one too long to be read.
    """
    if not text or not text.isascii() or not text.isprintable():
        return ""
    baseline, sign = (_TOP_BASELINE, 1) if upper else (_BOTTOM_BASELINE, -1)
    advances = [letter_advance(character, face) + _SPACING for character in text]
    size = min(_LARGEST, _LONGEST_ARC * baseline / sum(advances))
    if size < _SMALLEST:
        return ""
    letters = []
    angle = -sum(advances) * size / baseline / 2
    for character, advance in zip(text, advances, strict=True):
        # A letter turns around its own left edge: half its advance further on, the
        # circle has the slope the letter should have.
        angle += advance * size / baseline / 2
        along, across = size * cos(angle), sign * size * sin(angle)
        half = (advance - _SPACING) / 2
        x = baseline * sin(angle) - half * along
        y = -sign * baseline * cos(angle) - half * across
        matrix = (along, across, -across, along, x, y)
        letters.append(letter_path(character, face, matrix))
        angle += advance * size / baseline / 2
    return "".join(letters)


def seal(upper: str, lower: str, face: Face) -> Seal:
    """Set the seal's two lines; one that is too long or can't be set is left out."""
    top = _arc(upper.upper(), face, upper=True)
    bottom = _arc(lower.upper(), face, upper=False)
    alt = ", ".join(text for text in (upper, lower) if text)
    return Seal(alt, top + bottom, STAR, TICKS)
