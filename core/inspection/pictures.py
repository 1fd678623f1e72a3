"""Drawing a PNG or JPEG anew: what is kept has the same look and nothing else.

A picture's comments, places, thumbnails, profiles and whatever hangs behind it stay
behind. A copy saved by Pillow would keep some of them: only a fresh canvas does not.
"""

from io import BytesIO

from PIL import Image, ImageFile

from core.inspection.report import Facts, Refused, reporting

MOST_PIXELS = 40_000_000
"""Above what a telephone takes by default, and a canvas of it fits into the limit."""

MOST_DRAWN = 10 * 1024 * 1024
"""Bytes of a picture drawn anew: no more than a file may have that is sent."""

# JPEG's quality and PNG's effort: first as good and as quick as it gets.
USUAL, SMALLER = (90, 1), (80, 6)
FAR_TOO_MANY = 1.3
WORTH_AN_EFFORT = 16_000_000
MAGIC = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Sizes are held to our own limit before anything is unpacked.
Image.MAX_IMAGE_PIXELS = None


@reporting
def look(frame: bytes) -> tuple[Facts, bytes]:
    """Draw a picture anew; the content is the new one, of the same kind."""
    kind = kind_of(frame)
    return {"pages": 1}, _saved(drawn_anew(frame, kind), kind)


def kind_of(data: bytes) -> str:
    """Pillow's name of a picture's kind."""
    for magic, kind in MAGIC.items():
        if data.startswith(magic):
            return kind
    raise Refused("damaged")


def drawn_anew(data: bytes, kind: str) -> Image.Image:
    """The picture on a fresh canvas, upright; `Refused` if it is broken or too large.

    Every step lets go of the one before: there are two of them at a time at most.
    """
    try:
        image: Image.Image = _opened(data, kind)
        turn = TURNS.get(_orientation(image))
        if turn is not None:
            image = image.transpose(turn)
        image = _plain(image)
    except (MemoryError, Refused):
        raise
    except Exception as fault:  # Pillow's decoders raise whatever they trip over
        raise Refused("damaged") from fault
    canvas = Image.new(image.mode, image.size)
    canvas.paste(image)
    return canvas


def _opened(data: bytes, kind: str) -> ImageFile.ImageFile:
    """The picture, unpacked, its size looked at before."""
    with Image.open(BytesIO(data), formats=[kind]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise Refused("pixels", MOST_PIXELS // 1_000_000)
        # Looks at the check sums of a PNG's parts, which unpacking does not.
        image.verify()
    image = Image.open(BytesIO(data), formats=[kind])
    image.load()
    return image


def _orientation(image: Image.Image) -> int:
    """How the camera was held (EXIF); upright where it does not say so readably."""
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:  # whatever stands there instead
        return 1


def _plain(image: Image.Image) -> Image.Image:
    """The picture in grey, colour or colour with transparency, 8 bits each."""
    if image.mode == "I;16":  # converted, all but the darkest would become white
        return Image.frombytes("L", image.size, image.tobytes("raw", "I;16")[1::2])
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        mode = "RGBA"
    elif image.mode in {"1", "L"}:
        mode = "L"
    else:
        mode = "RGB"
    return image if image.mode == mode else image.convert(mode)


def _saved(canvas: Image.Image, kind: str) -> bytes:
    """The picture's bytes; packed closer, then drawn smaller, if they are too many."""
    while True:
        small = canvas.width * canvas.height <= WORTH_AN_EFFORT
        for quality, effort in (USUAL, SMALLER) if small else (USUAL,):
            to = BytesIO()
            canvas.save(to, kind, quality=quality, compress_level=effort)
            if to.tell() <= MOST_DRAWN:
                return to.getvalue()
            if to.tell() > MOST_DRAWN * FAR_TOO_MANY:
                break
        canvas = canvas.reduce(2)
