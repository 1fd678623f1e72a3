"""54-75 of the uploads, of which 15 are taken and made harmless, and the good ones."""

import struct
from collections.abc import Callable
from io import BytesIO

from pikepdf import ObjectStreamMode
from PIL import Image, PngImagePlugin

from tests.files.bad_files import jar
from tests.files.bad_pdfs import LINK, nothing, saved
from tests.files.samples import SCRIPT, Sample, pdf, photo, picture, stream

PHP = "<?php system($_GET[0]); ?>"
RLO = "\u202e"


def commented() -> bytes:
    """A JPEG with a script in its comment."""
    return picture("JPEG", comment=SCRIPT)


def texted() -> bytes:
    """A PNG with a program in its text, packed and unpacked, and behind its end."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", PHP)
    info.add_text("Title", PHP, zip=True)
    return picture("PNG", pnginfo=info) + PHP.encode()


def placed() -> bytes:
    """A JPEG that tells where it was taken, and more."""
    exif = Image.Exif()
    exif[0x010E] = SCRIPT.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (40.0, 26.0, 46.0), 3: "W"})
    return picture("JPEG", exif=exif)


def turned() -> bytes:
    """A JPEG taken with the camera on its side: red is at the upper right, really."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return picture("JPEG", exif=exif, size=(640, 480))


# Names that say what the content is not, or say nothing.
LYING = [
    Sample("61", "RLO, an .exe", f"proof{RLO}fdp.exe", pdf, "ending", "named .exe"),
    Sample("67", ".htaccess", ".htaccess", pdf, "ending", "doesn't end in .pdf"),
    Sample("68", ".pdf.php", "proof.pdf.php", pdf, "ending", "named .php"),
    Sample("69", "NUL", "proof.php\0.pdf", pdf, "name", "a character"),
    Sample(
        "70",
        "Cyrillic ending",
        "proof.\N{CYRILLIC SMALL LETTER ER}df",
        pdf,
        "ending",
        "doesn't end in",
    ),
    Sample("73", "dot at the end", "proof.pdf.", pdf, "ending", "doesn't end in .pdf"),
    Sample("74", "no ending", "proof", pdf, "ending", "doesn't end in .pdf"),
]

ODD_PICTURES = [
    Sample("54", "JPEG comment", "proof.jpg", commented),
    Sample("55", "PNG text", "proof.png", texted),
    Sample("56", "JPEG and ZIP", "proof.jpg", lambda: picture("JPEG") + jar()),
    Sample("57", "EXIF", "proof.jpg", placed),
]

ODD_NAMES = [
    Sample("58", "up", "../../../etc/cron.d/proof.pdf", pdf),
    Sample("59", "up on Windows", r"..\..\Windows\proof.pdf", pdf),
    Sample("60", "absolute", "/var/www/html/proof.pdf", pdf),
    Sample("62", "RLO", f"proof{RLO}exe.pdf", pdf),
    Sample("63", "304 characters", "a" * 300 + ".pdf", pdf),
    Sample("64", "CRLF", "proof\r\nSet-Cookie: a=b\r\n\r\n.pdf", pdf),
    Sample("65", "quotes", 'proof"; filename="evil.exe.pdf', pdf),
    Sample("66", "device", "CON.pdf", pdf),
    Sample("71", "markup", "<img src=x onerror=alert(1)>.pdf", pdf),
    Sample("72", "formula", "=cmd|' /C calc'!A0.pdf", pdf),
    Sample("75", "emoji", "beleg \N{PARTY POPPER}\U0001fae8.pdf", pdf),
]


def form() -> bytes:
    """A form of text fields, filled in."""
    field = b"<</FT/Tx/T(name)/V(Alice)/Subtype/Widget/Rect[0 0 99 20]/P 3 0 R>>"
    catalog = b"/AcroForm<</Fields[6 0 R]/DA(/Helv 0 Tf)>>"
    return pdf(field, catalog=catalog, page=b"/Annots[6 0 R]")


def scan() -> bytes:
    """A page that is one JPEG, as scanners write it."""
    entries = (
        b"/Type/XObject/Subtype/Image/Width 640/Height 480/ColorSpace/DeviceRGB"
        b"/BitsPerComponent 8/Filter/DCTDecode"
    )
    drawn = picture("JPEG", size=(640, 480))
    return pdf(stream(drawn, entries), stream(b"q 600 0 0 700 0 0 cm /I Do Q"))


def written_by_qpdf(**how: object) -> Callable[[], bytes]:
    """A PDF in one of qpdf's ways of writing."""
    return lambda: saved(pdf(), nothing, **how)


def grey_16_bits() -> bytes:
    """A PNG of 16 bits a pixel, all of the same middle grey."""
    image = Image.frombytes("I;16", (32, 32), struct.pack("<H", 0x8000) * 1024)
    to = BytesIO()
    image.save(to, "PNG")
    return to.getvalue()


GOOD = [
    Sample(
        "G1",
        "link",
        "proof.pdf",
        lambda: pdf(page=LINK % b"<</S/URI/URI(https://cms.example/mln?a=1)>>"),
    ),
    Sample("G2", "form", "proof.pdf", form),
    Sample("G3", "linearized", "proof.pdf", written_by_qpdf(linearize=True)),
    Sample(
        "G4",
        "object streams",
        "proof.pdf",
        written_by_qpdf(object_stream_mode=ObjectStreamMode.generate),
    ),
    Sample(
        "G5",
        "opens on a page",
        "proof.pdf",
        lambda: pdf(
            b"<</S/GoTo/D[3 0 R/Fit]>>",
            catalog=b"/OpenAction 6 0 R/Names<</Dests<</Names[(a)[3 0 R/Fit]]>>>>",
        ),
    ),
    Sample(
        "G6", "capitals", "PROOF.PDF", lambda: pdf(catalog=b"/OpenAction[3 0 R/XYZ]")
    ),
    Sample("G7", "name in other scripts", "شهادة 証明書 çé.pdf", pdf),
    Sample("G8", "photo of 12 million pixels", "IMG_0001.JPG", photo),
    Sample("G9", "PNG", "proof.png", picture),
    Sample("G10", "turned JPEG", "proof.jpeg", turned),
    Sample("G11", "scan", "scan.pdf", scan),
    Sample("G12", "16 bits of grey", "proof.png", grey_16_bits),
]
