"""How much a PDF's streams unpack to: a file of 100 KB may hold gigabytes."""

from collections.abc import Sequence

import pikepdf
from pikepdf import (
    Array,
    Name,
    Pdf,
    Stream,
    StreamDecodeLevel,
    settings,
)

from core.inspection.report import Refused

MOST_IN_ONE = 64 * 1024 * 1024
"""Bytes one stream may unpack to: a page scanned in colour at 400 dots per inch."""

MOST_IN_ALL = 512 * 1024 * 1024
"""Bytes all streams together may unpack to."""

MOST_PIXELS = 200_000_000
"""Pixels of one picture in a PDF: whoever shows the page has to unpack them."""

MOST_FILTERS = 4
GENERAL = frozenset(
    {"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode"}
    | {"/RunLengthDecode", "/Fl", "/LZW", "/A85", "/AHx", "/RL"}
)
OF_PICTURES = frozenset(
    {"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/DCT", "/CCF"}
)
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def hold_qpdf_back() -> None:
    """Set qpdf's own limits: it unpacks tables and object streams on its own."""
    settings.set_qpdf_limits(
        doc_max_warnings=10_000,
        max_stream_filters=MOST_FILTERS,
        flate_max_memory=MOST_IN_ONE,
        run_length_max_memory=MOST_IN_ONE,
        png_max_memory=MOST_IN_ONE,
        tiff_max_memory=MOST_IN_ONE,
    )


class Unpacking:
    """Unpacks one stream after another of a PDF and counts the bytes."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._left = MOST_IN_ALL

    def count(self, stream: Stream) -> None:
        """Unpack a stream; raises `Refused`, or what qpdf raises."""
        if _side(stream, Name.Width) * _side(stream, Name.Height) > MOST_PIXELS:
            raise Refused("bomb")
        content = self._unpacked(stream)
        self._left -= len(content)
        if len(content) > MOST_IN_ONE or self._left < 0:
            raise Refused("bomb")
        if EICAR in content:
            raise Refused("virus")

    def _unpacked(self, stream: Stream) -> bytes:
        """What a stream unpacks to; a picture stays packed as a picture."""
        filters = _filters(stream)
        if not filters:
            return stream.read_raw_bytes()
        pictures = [name in OF_PICTURES for name in filters]
        if not any(pictures):
            return stream.read_bytes(StreamDecodeLevel.specialized)
        around = filters[:-1]
        if any(pictures[:-1]):
            raise Refused("damaged")
        if not around:
            return stream.read_raw_bytes()
        inner = self._pdf.make_stream(stream.read_raw_bytes())
        inner.Filter = Array([Name(name) for name in around])
        return inner.read_bytes(StreamDecodeLevel.specialized)


def _filters(stream: Stream) -> Sequence[str]:
    """The filters a stream went through, as names; refuses one that nobody knows."""
    given = stream.get(Name.Filter)
    listed = list(given) if isinstance(given, Array) else [given]
    names = [str(name) for name in listed if name is not None]
    if len(names) > MOST_FILTERS:
        raise Refused("bomb")
    if not set(names) <= GENERAL | OF_PICTURES:
        raise Refused("damaged")
    return names


def _side(stream: Stream, key: pikepdf.Name) -> int:
    """A picture's width or height in pixels; one pixel where none is given."""
    try:
        return max(1, int(stream.get(key, 1)))
    except (TypeError, ValueError):
        return 1
