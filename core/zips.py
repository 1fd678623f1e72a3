"""A ZIP that leaves piece by piece: no more than one of its files is in memory."""

from collections.abc import Callable, Iterable, Iterator
from io import RawIOBase
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.files import File

from core.files.naming import DEVICES, shown_name

if TYPE_CHECKING:
    from typing_extensions import Buffer

# Files carry no clock of ours: the same files make the same ZIP.
ANY_DAY = (1980, 1, 1, 0, 0, 0)
# Packed already: packing them again costs time and saves nothing.
PIECE = 256 * 1024
# What Windows, or `sha256sum -c`, would take for something else.
REFUSED = frozenset('<>:"/\\|?*\n\r\t')
LONGEST_ENDING = 5
PACKED = (".pdf", ".png", ".jpg", ".jpeg", ".zip", ".xlsx")


class _Pieces(RawIOBase):
    """What the archive writes to: pieces for whoever asks next; nobody goes back."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: "Buffer") -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        """Give what was written since it was asked last."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def zip_pieces(files: Iterable[tuple[str, bytes | Path]]) -> Iterator[bytes]:
    """Pack files, each a name within the archive and its content, in their order.

    A content may be the place of a file, which is read in pieces.
    """
    pieces = _Pieces()
    with ZipFile(pieces, "w") as archive:
        for name, content in files:
            info = _about(name)
            if isinstance(content, bytes):
                archive.writestr(info, content)
                yield pieces.taken()
                continue
            with (
                content.open("rb") as source,
                archive.open(info, "w", force_zip64=True) as to,
            ):
                while piece := source.read(PIECE):
                    to.write(piece)
                    yield pieces.taken()
    yield pieces.taken()


def _about(name: str) -> ZipInfo:
    packed = name.lower().endswith(PACKED)
    info = ZipInfo(name, ANY_DAY)
    info.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def member_pieces(opener: Callable[[], "File[Any]"], name: str) -> Iterator[bytes]:
    """Give one file of an archive in pieces; it is open only while they are taken.

    Raises `KeyError` at the first piece where it has no such file.
    """
    with opener() as archive:
        # What Django calls a file reads and seeks like one.
        whole = cast("IO[bytes]", archive)
        with ZipFile(whole) as packed, packed.open(name) as file:
            while piece := file.read(PIECE):
                yield piece


def safe_name(text: str, most: int = 80) -> str:
    """A text as a part of a path in an archive: any system can unpack it.

    It has no folders, no characters that some system refuses, no name of a device, and
    is never empty. What it is shortened by is its middle, not its ending.
    """
    clean = "".join("_" if each in REFUSED else each for each in shown_name(text))
    stem, dot, ending = clean.rpartition(".")
    if dot and stem and len(ending) <= LONGEST_ENDING:
        clean = f"{stem[: most - len(ending) - 1].rstrip(' .')}.{ending}"
    clean = clean[:most].strip(" .") or "file"
    return f"_{clean}" if DEVICES.match(clean) else clean
