"""Fitting a text into the band it has: as large as designed, smaller, then in lines."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor

from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.pdf.text import Face, legible, text_width

# Lines break at words, so a line is seldom full to its end.
_FILL = 0.88
_LEADING = 1.22
_SMALLEST = 2.0


@dataclass(frozen=True)
class Band:
    """The place of one text, in CSS pixels: its room, its face and its sizes.

    `size` is the designed one; a longer text shrinks to `floor` on one line and is
    then broken into lines, smaller again if they would not fit into the height.
    """

    face: Face
    width: float
    height: float
    size: float
    floor: float
    step: float = 1.0


@dataclass(frozen=True)
class Fitted:
    """A text with the size and lines it fits in."""

    slot: str
    text: str
    size: float
    height: float
    lines: int
    rtl: bool

    @property
    def attributes(self) -> SafeString:
        """The attributes of the element that holds the text."""
        wraps = "white-space:normal;overflow-wrap:anywhere;" if self.lines > 1 else ""
        return format_html(
            'data-slot="{}" dir="{}" style="{}font-size:{}px;line-height:{}px"',
            self.slot,
            "rtl" if self.rtl else "ltr",
            wraps,
            f"{self.size:g}",
            f"{self.height / self.lines:.2f}",
        )


def _is_rtl(text: str) -> bool:
    """Whether the first letter with a direction of its own reads right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def _lines(width: float, band: Band, size: float) -> int:
    return max(2, ceil(width * size / band.size / (band.width * _FILL)))


@lru_cache(maxsize=1024)
def fit(slot: str, text: str, band: Band) -> Fitted:
    """Make a text legible and find the largest size at which it stays in its band."""
    text = legible(text, band.face)
    width = text_width(text, band.face, band.size)
    size, lines = band.size, 1
    if width > band.width:
        steps = floor((band.size - band.size * band.width / width) / band.step) + 1
        size = band.size - steps * band.step
    if size < band.floor:
        size = band.floor
        lines = _lines(width, band, size)
        while lines * size * _LEADING > band.height and size > _SMALLEST:
            size = max(_SMALLEST, size - 0.5)
            lines = _lines(width, band, size)
    return Fitted(slot, text, size, band.height, lines, _is_rtl(text))


def fit_all(texts: Mapping[str, str], bands: Mapping[str, Band]) -> dict[str, Fitted]:
    """Fit every text into the band of its name."""
    return {slot: fit(slot, text, bands[slot]) for slot, text in texts.items()}
