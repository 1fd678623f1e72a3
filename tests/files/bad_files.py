"""01-28 and 52-53 of the bad uploads: not what they say, broken, bombs, two in one."""

import gzip
import struct
import zipfile
import zlib
from functools import lru_cache
from io import BytesIO

from PIL import Image

from tests.files.samples import EICAR, MIB, SCRIPT, Sample, pdf, picture, zeros

SVG = b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>"
HTML = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
XXE = b'<?xml version="1.0"?><!DOCTYPE p [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
KIND = "not a PDF, PNG or JPEG"


def archive(**files: bytes) -> bytes:
    """A ZIP archive."""
    to = BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return to.getvalue()


def docx() -> bytes:
    """A Word document with a macro, as far as anybody looks."""
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}
    return archive(**parts, **{"word/vbaProject.bin": b"\xd0\xcf\x11\xe0Auto_Open"})


def jar() -> bytes:
    """A Java archive."""
    return archive(**{"META-INF/MANIFEST.MF": b"Main-Class: M\n", "M.class": b"\xca"})


@lru_cache
def zip_bomb() -> bytes:
    """200 MB of zeros in an archive of 200 KB."""
    content = zeros(200 * MIB)[2:-4]
    name, crc = b"proof.pdf", zlib.crc32(bytes(1))
    local = struct.pack(
        "<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(content), 200 * MIB, 9, 0
    )
    entry = struct.pack(
        "<4s6H3I5H2I",
        *(b"PK\1\2", 20, 20, 0, 8, 0, 0, crc, len(content), 200 * MIB),
        *(9, 0, 0, 0, 0, 0, 0),
    )
    at = len(local) + 9 + len(content)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(entry) + 9, at, 0)
    return local + name + content + entry + name + end


def chunk(kind: bytes, content: bytes) -> bytes:
    """A part of a PNG with its right check sum."""
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def png(width: int, height: int, packed: bytes) -> bytes:
    """A PNG of one bit a pixel that says it has this size."""
    header = struct.pack(">2I5B", width, height, 1, 0, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def vast_jpeg() -> bytes:
    """A small JPEG whose header says 65,535 by 65,535."""
    data = bytearray(picture("JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = b"\xff" * 4
    return bytes(data)


def bad_check_sum() -> bytes:
    """A PNG whose pixels' check sum is wrong by one bit."""
    data = bytearray(picture("PNG"))
    at = data.index(b"IDAT") - 4
    (length,) = struct.unpack(">I", data[at : at + 4])
    data[at + 8 + length] ^= 1
    return bytes(data)


def gif() -> bytes:
    """A GIF that is a web page as well."""
    return b"GIF89a/*" + HTML + b"*/=1;" + bytes(64)


def tiff() -> bytes:
    """A TIFF picture."""
    to = BytesIO()
    Image.new("L", (8, 8)).save(to, "TIFF")
    return to.getvalue()


def big_pdf() -> bytes:
    """A PDF that is fine but for one byte too many."""
    data = pdf()
    return data + b"\n" * (10 * MIB + 1 - len(data))


FILES = [
    Sample("01", "nothing", "proof.pdf", lambda: b"", "empty", "is empty"),
    Sample("02", "one byte", "proof.pdf", lambda: b"%", "kind", KIND),
    Sample("03", "over 10 MiB", "proof.pdf", big_pdf, "large", "larger than 10 MB"),
    Sample(
        "04", "EXE", "proof.pdf", lambda: b"MZ\x90\0" + bytes(400), "kind", "a program"
    ),
    Sample(
        "05", "ELF", "proof.pdf", lambda: b"\x7fELF" + bytes(400), "kind", "a program"
    ),
    Sample("06", "shell", "proof.pdf", lambda: b"#!/bin/sh\nid\n", "kind", "a program"),
    Sample("07", "HTML", "proof.pdf", lambda: HTML, "kind", "a web page"),
    Sample("08", "SVG with a script", "proof.png", lambda: SVG, "kind", "a drawing"),
    Sample("09", "SVG", "proof.svg", lambda: SVG, "kind", "a drawing"),
    Sample("10", "HTML", "proof.html", lambda: HTML, "kind", "a web page"),
    Sample("11", "macro DOCX", "proof.pdf", docx, "kind", "a Word document"),
    Sample("12", "macro DOCX", "proof.docm", docx, "kind", "a Word document"),
    Sample("13", "zip bomb", "proof.zip", zip_bomb, "kind", "a ZIP archive"),
    Sample("14", "zip bomb", "proof.pdf", zip_bomb, "kind", "a ZIP archive"),
    Sample(
        "15",
        "gzip bomb",
        "proof.gz",
        lambda: gzip.compress(bytes(5 * MIB)),
        "kind",
        "an archive",
    ),
    Sample("16", "PNG", "proof.pdf", picture, "ending", "a PNG picture named .pdf"),
    Sample("17", "PDF", "proof.jpg", pdf, "ending", "a PDF named .jpg"),
    Sample("18", "PostScript", "a.pdf", lambda: b"%!PS-3.0\n", "kind", "PostScript"),
    Sample("19", "XXE", "proof.xml", lambda: XXE, "kind", KIND),
    Sample("20", "EICAR", "proof.pdf", lambda: EICAR, "kind", KIND),
    Sample("21", "GIF and HTML", "proof.jpg", gif, "kind", "a GIF picture"),
    Sample("22", "TIFF", "proof.jpg", tiff, "kind", "a TIFF picture"),
    Sample(
        "23",
        "1.6 gigapixels in 200 KB",
        "proof.png",
        lambda: png(40_000, 40_000, zeros(5001 * 40_000)),
        "pixels",
        "more than 40 million pixels",
    ),
    Sample(
        "24",
        "IHDR of 2^31-1",
        "proof.png",
        lambda: png(2**31 - 1, 2**31 - 1, zlib.compress(bytes(100))),
        "pixels",
        "more than 40 million pixels",
    ),
    Sample("25", "65,535 squared", "proof.jpg", vast_jpeg, "pixels", "40 million"),
    Sample(
        "26",
        "half a JPEG",
        "proof.jpg",
        lambda: picture("JPEG")[:400],
        "damaged-picture",
        "not complete",
    ),
    Sample(
        "27",
        "half a PNG",
        "proof.png",
        lambda: picture("PNG")[:90],
        "damaged-picture",
        "not complete",
    ),
    Sample("28", "bad CRC", "proof.png", bad_check_sum, "damaged-picture", "damaged"),
    Sample(
        "52", "HTML first", "a.pdf", lambda: HTML + b"\n" + pdf(), "before", "in front"
    ),
    Sample(
        "53",
        "PDF and JAR",
        "proof.pdf",
        lambda: pdf() + jar(),
        "two-kinds",
        "something else at the same time",
    ),
]
