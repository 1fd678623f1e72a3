"""How a sample file is written down, and the smallest files of each kind."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

MIB = 1024 * 1024
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SCRIPT = b"<script>alert(document.domain)</script>"


@dataclass(frozen=True)
class Sample:
    """A file by its number in the list, its name and how its bytes are made.

    `code` is why it is refused and `says` what the sentence must hold; both stay empty
    for a file that is taken.
    """

    number: str
    what: str
    name: str
    make: Callable[[], bytes]
    code: str = ""
    says: str = ""

    def __str__(self) -> str:
        return f"{self.number} {self.what}"


def pdf(
    *more: bytes, catalog: bytes = b"", page: bytes = b"", version: bytes = b"1.7"
) -> bytes:
    """A PDF of one page that says "Proof"; `more` are its objects from 6 on.

    `catalog` and `page` are further entries of those dictionaries.
    """
    shown = b"BT /F1 24 Tf 72 720 Td (Proof) Tj ET"
    return from_objects(
        b"<</Type/Catalog/Pages 2 0 R " + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>" + page + b">>",
        stream(shown),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
        version=version,
    )


def from_objects(*objects: bytes, version: bytes = b"1.7") -> bytes:
    """A PDF of these objects, the first of them its catalog."""
    out, places = bytearray(b"%PDF-" + version + b"\n%\xe2\xe3\xcf\xd3\n"), []
    for number, said in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, said)
    lines = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    listed = b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, lines)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(out) + listed + trailer % (size, len(out))


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object as it stands in a file."""
    said = b"<<%b/Length %d>>" % (entries, len(content))
    return said + b"\nstream\n" + content + b"\nendstream"


def zeros(size: int) -> bytes:
    """Packed zeros (zlib), quickly: one packed piece over and over."""
    piece = bytes(MIB)
    packer = zlib.compressobj(9)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    packed = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    whole, rest = divmod(size, MIB)
    tail = packer.compress(bytes(rest)) + packer.flush()
    # The check sum counts what was packed: of zeros it is known.
    check = (1 + (size % 65521 << 16)).to_bytes(4, "big")
    return head + packed * whole + tail[:-4] + check


def picture(
    kind: str = "PNG",
    size: tuple[int, int] = (64, 48),
    **more: Any,  # noqa: ANN401  (whatever Pillow takes)
) -> bytes:
    """A picture with a red upper left quarter on grey."""
    image = Image.new("RGB", size, (200, 200, 200))
    image.paste((220, 0, 0), (0, 0, size[0] // 2, size[1] // 2))
    to = BytesIO()
    image.save(to, kind, **more)
    return to.getvalue()


def photo(size: tuple[int, int] = (4000, 3000)) -> bytes:
    """What a telephone's camera makes: 12 million pixels with noise."""
    rough = Image.effect_noise((size[0] // 8, size[1] // 8), 60).convert("RGB")
    to = BytesIO()
    rough.resize(size, Image.Resampling.BILINEAR).save(to, "JPEG", quality=88)
    return to.getvalue()
