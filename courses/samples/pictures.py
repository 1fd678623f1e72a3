"""Draw the pictures that sample questions show.

    python -m courses.samples.pictures

The pictures are committed, each below 40 KB, and drawn anew only when they change. One
that changes gets another name: an exam that runs shows what its bank names.
"""

from collections.abc import Callable, Mapping
from math import exp
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from courses.rules.banks import BANKS, PICTURES
from courses.samples import PLACE

SIZE = (640, 400)
PAPER, INK, ACCENT, SOFT = "#FFFFFF", "#0F172A", "#1D4ED8", "#E2E8F0"
MOST_BYTES = 40_000
# Lines are drawn so many times as large, and made small: that smooths them.
FINE = 3
Point = tuple[float, float]


class Pen:
    """Draws in the picture's own measures, on a sheet some times as large."""

    def __init__(self) -> None:
        """Begin with an empty sheet."""
        self._sheet = Image.new("RGB", (SIZE[0] * FINE, SIZE[1] * FINE), PAPER)
        self._draw = ImageDraw.Draw(self._sheet)

    def line(self, *points: Point, color: str = INK, width: int = 3) -> None:
        """Draw from point to point."""
        self._draw.line(_large(points), fill=color, width=width * FINE, joint="curve")

    def box(self, *corners: Point, fill: str = PAPER, edge: str = INK) -> None:
        """Draw a box between two corners, rounded."""
        self._draw.rounded_rectangle(
            _large(corners), 8 * FINE, fill=fill, outline=edge, width=2 * FINE
        )

    def oval(self, *corners: Point, fill: str = PAPER) -> None:
        """Draw an oval between two corners."""
        self._draw.ellipse(_large(corners), fill=fill, outline=INK, width=3 * FINE)

    def shape(self, *points: Point, fill: str = SOFT) -> None:
        """Draw a filled shape with an edge."""
        self._draw.polygon(_large(points), fill=fill)
        self.line(*points, points[0])

    def text(
        self, at: Point, words: str, *, size: int = 22, color: str = INK, to: str = "lm"
    ) -> None:
        """Write; `to` anchors the words at their point, as Pillow names it."""
        font = ImageFont.load_default(size * FINE)
        self._draw.text(_large([at])[0], words, fill=color, font=font, anchor=to)

    def mark(self, at: Point, letter: str) -> None:
        """Put a letter into a disc, as something is named by it."""
        (x, y), reach = at, 19
        self._draw.ellipse(
            _large([(x - reach, y - reach), (x + reach, y + reach)]), fill=ACCENT
        )
        self.text(at, letter, size=24, color=PAPER, to="mm")

    def picture(self, *, height: int = SIZE[1]) -> Image.Image:
        """Give what was drawn down to a height, of few colours."""
        small = self._sheet.resize(SIZE, Image.Resampling.LANCZOS)
        small = small.crop((0, 0, SIZE[0], height))
        return small.quantize(48, dither=Image.Dither.NONE)


def abdomen() -> Image.Image:
    """Draw a belly from the front, in four areas."""
    pen = Pen()
    left = [(214, 46), (200, 90), (198, 130), (206, 190), (204, 220), (192, 270)]
    left += [(184, 320), (188, 384)]
    right = [(640 - x, y) for x, y in reversed(left)]
    pen.shape(*left, *right)
    pen.line((320, 58), (320, 372), color=ACCENT, width=2)
    pen.line((208, 205), (432, 205), color=ACCENT, width=2)
    pen.oval((314, 199), (326, 211), fill=INK)
    for letter, at in zip(
        "ABCD", ((260, 130), (380, 130), (260, 300), (380, 300)), strict=True
    ):
        pen.mark(at, letter)
    pen.text((320, 10), "The patient faces you.", size=24, to="mt")
    return pen.picture()


def plane() -> Image.Image:
    """Draw somebody from the side, and a line that parts front from back."""
    pen = Pen()
    pen.oval((285, 24), (355, 104))
    pen.shape((353, 58), (372, 72), (353, 80), fill=PAPER)
    pen.shape(
        (296, 108), (342, 108), (362, 150), (356, 230), (346, 250), (344, 330),
        (384, 356), (384, 370), (296, 370), (290, 250), (282, 170),
    )  # fmt: skip
    pen.line((324, 130), (330, 190), (338, 244), width=4)
    pen.line((320, 8), (320, 392), color=ACCENT, width=4)
    pen.text((226, 200), "back", size=26, to="rm")
    pen.text((430, 200), "front", size=26)
    return pen.picture()


def strip() -> Image.Image:
    """Draw a rhythm strip of six seconds, with a beat every 0.8 seconds."""
    pen = Pen()
    first, second, base = 20, 100, 230
    for column in range(31):
        x = first + column * second / 5
        heavy = column % 5 == 0
        pen.line((x, 110), (x, 310), color="#F4A7A7" if heavy else "#FBDCDC", width=1)
    for row in range(11):
        pen.line((20, 110 + row * 20), (620, 110 + row * 20), color="#FBDCDC", width=1)
    points = [
        (first + step, base - _beat(step / second)) for step in range(6 * second + 1)
    ]
    pen.line(*points, width=2)
    for x in (20, 320, 620):
        pen.line((x, 78), (x, 98), width=3)
    pen.line((20, 78), (620, 78), width=2)
    pen.text((320, 52), "6 seconds", size=26, to="mm")
    return pen.picture(height=336)


def _beat(second: float) -> float:
    """Say how high the line is: a small wave, a spike, a broad wave, every 0.75 s."""
    at = (second - 0.2) % 0.75 if second >= 0.2 else 0.6
    waves = [(0.06, 0.022, 14), (0.185, 0.008, -14), (0.215, 0.012, 105)]
    waves += [(0.245, 0.009, -26), (0.43, 0.04, 26)]
    return sum(high * exp(-(((at - mid) / wide) ** 2)) for mid, wide, high in waves)


def screen() -> Image.Image:
    """Draw a screen that faces the waiting area, in four parts."""
    pen = Pen()
    pen.box((20, 14), (620, 352), fill=SOFT)
    pen.line((320, 352), (320, 384), width=14)
    pen.line((240, 388), (400, 388), width=8)
    rows = (
        ("Northside Clinic, open 8 to 5", ""),
        ("Jordan Vale", "born Feb 14, 1971"),
        ("Reason for the visit:", "follow-up of a positive test"),
        ("In case of fire:", "follow the green signs"),
    )
    for number, ((first, second), letter) in enumerate(zip(rows, "ABCD", strict=True)):
        top = 28 + number * 79
        pen.box((36, top), (604, top + 70))
        pen.mark((70, top + 35), letter)
        pen.text((108, top + (22 if second else 35)), first, size=24)
        pen.text((108, top + 50), second, size=24)
    return pen.picture()


def access_log() -> Image.Image:
    """Draw four lines of a log: which chart a scribe opened, and for what."""
    pen = Pen()
    pen.box((14, 14), (626, 386))
    pen.text((32, 42), "Charts opened by N. Kim, scribe", size=26, color=ACCENT)
    rows = (
        ("9:02", "Patient 1", "visit with Dr. Ray"),
        ("10:15", "Patient 2", "visit with Dr. Ray"),
        ("11:40", "Patient 3", "no visit, no task"),
        ("14:10", "Patient 1", "note sent back by Dr. Ray"),
    )
    for number, (row, letter) in enumerate(zip(rows, "ABCD", strict=True)):
        y = 110 + number * 76
        pen.line((30, y - 38), (610, y - 38), color=SOFT, width=2)
        pen.mark((54, y), letter)
        for x, words in zip((86, 164, 290), row, strict=True):
            pen.text((x, y), words, size=24)
    return pen.picture()


def after_hours() -> Image.Image:
    """Draw columns: minutes in the record after hours, week by week."""
    pen = Pen()
    pen.text((20, 24), "Minutes in the record after hours, a day", size=24)
    minutes = (88, 92, 90, 54, 50, 48)
    for number, each in enumerate(minutes):
        x, top = 46 + number * 98, 350 - each * 2.8
        pen.box((x, top), (x + 60, 350), fill=ACCENT, edge=ACCENT)
        pen.text((x + 30, top - 18), str(each), size=24, to="mm")
        pen.text((x + 30, 374), f"week {number + 1}", size=22, to="mm")
    pen.line((20, 350), (620, 350))
    return pen.picture()


EXAMS = BANKS / PICTURES
BURNOUT = PLACE / "clinician-burnout" / PICTURES
DRAWN: Mapping[Path, Callable[[], Image.Image]] = {
    EXAMS / "abdomen-in-four.png": abdomen,
    EXAMS / "line-through-a-body.png": plane,
    EXAMS / "six-seconds.png": strip,
    EXAMS / "screen-at-the-desk.png": screen,
    EXAMS / "charts-opened.png": access_log,
    BURNOUT / "after-hours.png": after_hours,
}


def _large(points: "tuple[Point, ...] | list[Point]") -> list[Point]:
    return [(x * FINE, y * FINE) for x, y in points]


def save(path: Path, picture: Image.Image) -> None:
    """Write a picture, as small as it gets.

    Raises:
        SystemExit: it is larger than it may be.
    """
    path.parent.mkdir(exist_ok=True)
    picture.save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{path} is larger than {MOST_BYTES} bytes.")


if __name__ == "__main__":
    for place, drawn in DRAWN.items():
        save(place, drawn())
