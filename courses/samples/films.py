"""Draw the films of the samples, and write their captions, from each `film.toml`.

    python -m courses.samples.films FFMPEG

FFMPEG is a program to pack pictures as WebM. Nothing else in the project needs it: the
films are committed, each below 500 KB, and made anew only when their words change.
"""

import subprocess
import sys
import tempfile
import textwrap
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

PLACE = Path(__file__).resolve().parent
SIZE = (640, 360)
PAPER, INK, ACCENT = "#F8FAFC", "#0F172A", "#1D4ED8"
MOST_BYTES = 500_000
# A caption is two lines at most, and stays long enough to be read.
WIDEST = 42


def draw(slide: Mapping[str, Any], done: float) -> Image.Image:
    """Draw a slide; a bar below shows how far the film is."""
    picture = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, SIZE[0], 10), fill=ACCENT)
    pen.text((48, 70), slide["title"], fill=ACCENT, font=ImageFont.load_default(38))
    for number, line in enumerate(slide["lines"]):
        place = (48, 150 + 44 * number)
        pen.text(place, line, fill=INK, font=ImageFont.load_default(28))
    pen.rectangle((0, SIZE[1] - 6, int(SIZE[0] * done), SIZE[1]), fill=ACCENT)
    return picture


def captions(slides: Sequence[Mapping[str, Any]]) -> str:
    """Write what is said as WebVTT, in pieces that can be read."""
    found, start = ["WEBVTT", ""], 0.0
    for slide in slides:
        lines = textwrap.wrap(slide["said"], WIDEST)
        pieces = [lines[at : at + 2] for at in range(0, len(lines), 2)]
        each = slide["seconds"] / len(pieces)
        for number, piece in enumerate(pieces):
            first = start + number * each
            found += [f"{_time(first)} --> {_time(first + each)}", *piece, ""]
        start += slide["seconds"]
    return "\n".join(found)


def make(folder: Path, ffmpeg: str) -> None:
    """Make one sample's film and captions."""
    film = tomllib.loads((folder / "film.toml").read_text(encoding="utf-8"))
    slides, to = film["slides"], folder / "files"
    to.mkdir(exist_ok=True)
    whole = sum(slide["seconds"] for slide in slides)
    with tempfile.TemporaryDirectory() as room:
        second = 0
        for slide in slides:
            for _ in range(slide["seconds"]):
                picture = draw(slide, second / whole)
                picture.save(Path(room) / f"{second:04}.png")
                second += 1
        out = to / f"{film['name']}.webm"
        # One picture a second; a browser seeks to each of the key frames.
        command = [ffmpeg, "-y", "-loglevel", "error", "-framerate", "1"]
        command += ["-i", f"{room}/%04d.png", "-c:v", "libvpx-vp9", "-b:v", "0"]
        command += ["-crf", "40", "-g", "5", "-pix_fmt", "yuv420p", str(out)]
        subprocess.run(command, check=True)  # noqa: S603  (whoever runs it names it)
    if out.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{out} is larger than {MOST_BYTES} bytes.")
    words = to / f"{film['name']}.vtt"
    words.write_text(captions(slides), encoding="utf-8")


def _time(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes):02}:{rest:06.3f}"


if __name__ == "__main__":
    for source in sorted(PLACE.glob("*/film.toml")):
        make(source.parent, sys.argv[1])
