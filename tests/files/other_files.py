"""More files of the same classes, which nobody listed: other ways to the same harm."""

import zlib

from tests.files.bad_files import HTML, archive, chunk, jar
from tests.files.bad_pdfs import JS, LINK
from tests.files.samples import (
    EICAR,
    MIB,
    Sample,
    from_objects,
    pdf,
    picture,
    stream,
    zeros,
)

FLATE = b"/Filter/FlateDecode"


def lzw_zeros(rounds: int) -> bytes:
    """Packed zeros (LZW), 7.3 MB a round in some 5 KB.

    A round is every code of the table, each one zero longer than the last, and the one
    that clears the table.
    """
    codes = "".join(map(_lzw_code, range(258, 4094)))
    bits = f"{256:09b}" + f"{0:09b}{codes}{256:012b}" * rounds + f"{257:09b}"
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _lzw_code(code: int) -> str:
    width = 9 + (code > 510) + (code > 1022) + (code > 2046)
    return f"{code:0{width}b}"


def run_lengths(size: int) -> bytes:
    """Packed zeros (RunLength)."""
    return b"\x81\x00" * (size // 128) + b"\x80"


def tar_as_well() -> bytes:
    """A PDF that has a tar archive's mark in its place."""
    pad = 257 - pdf(catalog=b"/X(ustar)").index(b"ustar")
    data = pdf(catalog=b"/X(" + b" " * pad + b"ustar)")
    assert data[257:262] == b"ustar"
    return data


def jar_inside() -> bytes:
    """A PDF whose end is the comment of the archive before it."""
    tail = b"\nstartxref\n1\n%%EOF\n"
    data = bytearray(pdf() + jar())
    data[-2:] = len(tail).to_bytes(2, "little")
    return bytes(data) + tail


def xref_bomb() -> bytes:
    """A PDF whose table of objects unpacks to 100 MB."""
    head = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    entries = b"/Type/XRef/Size 3/W[1 2 1]/Root 1 0 R" + FLATE
    table = b"3 0 obj\n" + stream(zeros(100 * MIB), entries) + b"\nendobj\n"
    return head + table + b"startxref\n%d\n%%%%EOF\n" % len(head)


def image(filters: bytes, content: bytes, side: int = 8) -> bytes:
    """A picture as a PDF's object."""
    entries = b"/Subtype/Image/Width %d/Height %d/Filter%b" % (side, side, filters)
    return stream(content, entries)


def objects(count: int) -> bytes:
    """A PDF of so many objects that nothing uses."""
    return pdf(*[b"<<>>"] * count)


_PDFS: list[tuple[str, str, bytes]] = [
    ("action", "name behind a reference", pdf(b"/Launch", page=LINK % b"<</S 6 0 R>>")),
    ("automatic", "script of a field", pdf(b"<</FT/Tx/AA<</K%b>>>>" % JS)),
    (
        "automatic",
        "action behind references",
        pdf(b"<</O 7 0 R>>", b"<</S/URI/URI(http://a)>>", page=b"/AA 6 0 R"),
    ),
    ("automatic", "prints itself", pdf(catalog=b"/OpenAction<</S/Named/N/Print>>")),
    (
        "automatic",
        "address after a page",
        pdf(
            catalog=b"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next<</S/URI/URI(http://a)>>>>"
        ),
    ),
    ("action", "GoToE", pdf(page=LINK % b"<</S/GoToE/T<</R/C>>>>")),
    ("action", "ImportData", pdf(b"<</S/ImportData/F(a.fdf)>>")),
    (
        "action",
        "Launch after a page",
        pdf(page=LINK % b"<</S/GoTo/D[3 0 R/Fit]/Next[<</S/Launch/F(a)>>]>>"),
    ),
    ("media", "Screen", pdf(b"<</Subtype/Screen/Rect[0 0 9 9]>>")),
    ("media", "3D", pdf(b"<</Subtype/3D/Rect[0 0 9 9]>>")),
    ("attachment", "pinned to a page", pdf(b"<</Subtype/FileAttachment/FS<<>>>>")),
    ("attachment", "portfolio", pdf(catalog=b"/Collection<</View/D>>")),
    (
        "attachment",
        "file of an object",
        pdf(stream(b"MZ"), b"<</Type/Filespec/F(a)/EF<</F 6 0 R>>>>"),
    ),
    (
        "link",
        "javascript:",
        pdf(page=LINK % b"<</S/URI/URI( JavaScript:alert\\(1\\))>>"),
    ),
    ("link", "file:", pdf(page=LINK % b"<</S/URI/URI(file:///etc/passwd)>>")),
    ("link", "share", pdf(page=LINK % b"<</S/URI/URI(\\\\\\\\evil\\\\share)>>")),
    ("link", "in hex", pdf(page=LINK % b"<</S/URI/URI<66696c653a2f2f2f>>>")),
    ("link", "base", pdf(catalog=b"/URI<</Base(javascript:)>>")),
    ("external", "stream elsewhere", pdf(stream(b"", b"/F(http://a)"))),
    ("external", "PostScript", pdf(stream(b"quit", b"/Subtype/PS"))),
    ("external", "page elsewhere", pdf(stream(b"", b"/Subtype/Form/Ref<<>>"))),
    ("virus", "EICAR, packed", pdf(stream(zlib.compress(EICAR), FLATE))),
    ("virus", "EICAR, bare", pdf(stream(EICAR))),
    ("bomb", "1.6 gigapixels", pdf(image(b"/CCITTFaxDecode", b"\0" * 9, side=40_000))),
    (
        "bomb",
        "packed twice",
        pdf(stream(zlib.compress(zeros(99 * MIB)), b"/Filter[/FlateDecode/Fl]")),
    ),
    (
        "bomb",
        "packed around a JPEG",
        pdf(image(b"[/FlateDecode/DCTDecode]", zeros(99 * MIB))),
    ),
    ("bomb", "LZW", pdf(stream(lzw_zeros(12), b"/Filter/LZWDecode"))),
    ("bomb", "LZW, 1.4 GB", pdf(stream(lzw_zeros(200), b"/Filter/LZWDecode"))),
    (
        "bomb",
        "RunLength",
        pdf(stream(run_lengths(99 * MIB), b"/Filter/RunLengthDecode")),
    ),
    ("bomb", "many streams", pdf(*[stream(zeros(60 * MIB), FLATE)] * 9)),
    ("damaged", "table of objects", xref_bomb()),
    ("damaged", "unknown packing", pdf(stream(b"x", b"/Filter/Secret"))),
    ("damaged", "packing broken", pdf(stream(b"x" * 99, FLATE))),
    ("damaged", "key twice", pdf(b"<</A 1/A 2>>")),
    ("damaged", "no pages", from_objects(b"<</Type/Catalog>>")),
    (
        "damaged",
        "wrong length",
        pdf(b"<</Length 3>>\nstream\nabcdefghijk\nendstream"),
    ),
    ("two-kinds", "tar", tar_as_well()),
    ("two-kinds", "JAR around its end", jar_inside()),
    ("two-kinds", "HTML behind", pdf() + HTML),
    ("two-kinds", "HTML within", pdf(catalog=b"/X(<html><script>)")),
    ("before", "line before", b"\n" + pdf()),
    ("before", "byte order mark", b"\xef\xbb\xbf" + pdf()),
    ("kind", "no PDF", archive(**{"a.pdf": pdf()})),
]
_PICTURES = [
    ("damaged-picture", "mark alone", "a.png", picture()[:8]),
    ("damaged-picture", "mark alone", "a.jpg", picture("JPEG")[:3]),
    ("ending", "JPEG", "a.png", picture("JPEG")),
    ("ending", "PNG", "a.jpeg", picture("PNG")),
    ("kind", "iPhone's", "a.jpg", b"\0\0\0\x18ftypheic" + bytes(99)),
    (
        "damaged-picture",
        "text that unpacks to 300 MB",
        "a.png",
        picture()[:33] + chunk(b"zTXt", b"a\0\0" + zeros(300 * MIB)) + picture()[33:],
    ),
]


def _sample(code: str, what: str, name: str, data: bytes) -> Sample:
    return Sample(code, what, name, lambda: data, code)


OTHER = [
    *(_sample(code, what, "a.pdf", data) for code, what, data in _PDFS),
    *(_sample(code, what, name, data) for code, what, name, data in _PICTURES),
]
