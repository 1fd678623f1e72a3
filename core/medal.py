"""A round badge painted as PNG, of our own words: nothing that anybody sent is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

# Four pixels for each unit of the drawing: sharp where it is shown large, and in print.
# It is painted twice as large: edges are smooth once they are halved.
SCALE, HALVED = 8, 2
SIDE = 240
CENTRE = SIDE // 2
WIDEST = 190
BLUE, GOLD = "#1e3357", "#8c6a1b"


@dataclass(frozen=True)
class Words:
    """A line of the badge: at which height, how large, in which colour."""

    text: str
    baseline: int
    size: int
    colour: str = BLUE


def painted(lines: Sequence[Words]) -> bytes:
    """Paint a badge on nothing, as PNG; a line too long for it is set smaller."""
    image = Image.new("RGBA", (SIDE * SCALE, SIDE * SCALE), (0, 0, 0, 0))
    brush = ImageDraw.Draw(image)
    for radius, colour in ((116, BLUE), (108, "#ffffff")):
        brush.circle((CENTRE * SCALE, CENTRE * SCALE), radius * SCALE, fill=colour)
    ring = (CENTRE * SCALE, CENTRE * SCALE)
    brush.circle(ring, 103 * SCALE, outline=GOLD, width=2 * SCALE)
    for line in lines:
        place = (CENTRE * SCALE, line.baseline * SCALE)
        font = _font(line.size * SCALE)
        while font.getlength(line.text) > WIDEST * SCALE and font.size > SCALE:
            font = _font(font.size - SCALE)
        brush.text(place, line.text, fill=line.colour, font=font, anchor="ms")
    held = BytesIO()
    image.reduce(HALVED).save(held, "PNG", optimize=True)
    return held.getvalue()


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    """Give the font that comes with the library, so that every server has it."""
    found = ImageFont.load_default(size)
    assert isinstance(found, ImageFont.FreeTypeFont)
    return found
