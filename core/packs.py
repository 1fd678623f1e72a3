"""A ZIP that was sent: opened only where nothing in it can hurt, name by name."""

import re
import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.core.files import File

from core.failures import FieldProblem, NotUsable

# A name within it: at most one folder, and nothing a system takes for something else.
NAME = re.compile(r"(?:[a-z]+/)?[A-Za-z0-9][A-Za-z0-9 ._()-]{0,99}")
NAME_RULE = "letters (A to Z), digits, spaces and . _ - ( )"
MOST_PARTS = 300
# Films are packed already; words don't shrink a hundredfold.
MOST_RATIO, SMALL = 100, 64 * 1024
PIECE = 256 * 1024
# What a ZIP is packed with everywhere; others ask for memory as they please.
PACKED = frozenset({ZIP_STORED, ZIP_DEFLATED})
DAMAGED = (
    *(BadZipFile, EOFError, OSError, NotImplementedError, ValueError),
    *(struct.error, zlib.error),
)


def unpacked(upload: "File[Any]", *, most: int) -> Mapping[str, bytes]:
    """Unpack a ZIP in memory: each file by its path.

    What it says of its sizes is not believed: no more is read than may be there.

    Args:
        upload: what was sent.
        most: bytes that all of it may be, packed and unpacked.

    Raises:
        NotUsable: it is no ZIP, too much, or one of its files may not be there; the
            sentence names that file.
    """
    upload.seek(0)
    data: bytes = upload.read(most + 1)
    if len(data) > most:
        raise refused(f"This ZIP is larger than {most // 1024**2} MB.")
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _read(archive, most)
    except DAMAGED as fault:
        raise refused("This file is no ZIP, or it is damaged.") from fault
    except RuntimeError as fault:
        raise refused("This ZIP is protected by a password.") from fault


def refused(text: str) -> NotUsable:
    """Refuse the file that was sent."""
    return NotUsable(text, [FieldProblem("file", text)])


def fits_pack(path: str) -> bool:
    """Say whether a file of a ZIP may have this path: at most one folder, a name."""
    return bool(NAME.fullmatch(path)) and ".." not in path and not path.endswith(".")


def _read(archive: ZipFile, most: int) -> Mapping[str, bytes]:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise refused(f"This ZIP holds more than {MOST_PARTS} files.")
    found: dict[str, bytes] = {}
    left = most
    for part in parts:
        name = part.filename
        _check_name(part)
        if part.is_dir():
            continue
        if name.casefold() in {each.casefold() for each in found}:
            raise refused(f"{name} is in this ZIP twice.")
        found[name] = _content(archive, part, left)
        left -= len(found[name])
    return found


def _check_name(part: ZipInfo) -> None:
    """Refuse what leads elsewhere, or is something else than a file."""
    name = part.filename
    mode = part.external_attr >> 16
    if mode and not (S_ISREG(mode) or S_ISDIR(mode)) and (S_ISLNK(mode) or mode >> 12):
        raise refused(f"{name[:100]!r} is a link or a device, not a file.")
    if part.compress_type not in PACKED:
        raise refused(f"{name[:100]!r} is packed in a way that few ZIPs are.")
    plain = name.removesuffix("/")
    if not fits_pack(plain):
        raise refused(
            f"{name[:100]!r} can't be in this ZIP: paths are at most one folder and a "
            f"name of {NAME_RULE}."
        )


def _content(archive: ZipFile, part: ZipInfo, left: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    with archive.open(part) as file:
        while piece := file.read(PIECE):
            pieces.append(piece)
            size += len(piece)
            bomb = size > SMALL and size > MOST_RATIO * max(part.compress_size, 1)
            if size > left or bomb:
                name = part.filename
                raise refused(f"{name} unpacks to far more than this ZIP may hold.")
    return b"".join(pieces)
