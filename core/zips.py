"""A ZIP that leaves piece by piece: no more than one of its files is in memory."""

from collections.abc import Iterable, Iterator
from io import RawIOBase
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from typing_extensions import Buffer

# Files carry no clock of ours: the same files make the same ZIP.
ANY_DAY = (1980, 1, 1, 0, 0, 0)
# Packed already: packing them again costs time and saves nothing.
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


def zip_pieces(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Pack files, each a name within the archive and its content, in their order."""
    pieces = _Pieces()
    with ZipFile(pieces, "w") as archive:
        for name, content in files:
            packed = name.lower().endswith(PACKED)
            info = ZipInfo(name, ANY_DAY)
            info.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
            yield pieces.taken()
    yield pieces.taken()
