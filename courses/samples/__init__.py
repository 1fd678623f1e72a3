"""Courses of our own, as files: for a demonstration, and as models to write by."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from django.core.files import File

from core.zips import zip_pieces

PLACE = Path(__file__).resolve().parent
# What a film is made from stays here.
LEFT_OUT = "film.toml"


def samples() -> tuple[str, ...]:
    """Name the samples."""
    return tuple(sorted(each.parent.name for each in PLACE.glob("*/course.toml")))


def sample_zip(name: str) -> "File[bytes]":
    """Pack a sample as somebody would send it."""
    whole = b"".join(zip_pieces(_files(PLACE / name)))
    return File(BytesIO(whole), name=f"{name}.zip")


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != LEFT_OUT:
            yield path.relative_to(folder).as_posix(), path.read_bytes()
