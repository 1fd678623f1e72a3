"""All that a page shows becomes one picture of it, which nothing laid beside it obeys.

What a page does to the way it is drawn (an unclosed `q`, a `Q` too many, a scale that
is never taken back) ends with the picture. Its boxes become one that every program
reads alike.
"""

import zlib
from collections.abc import Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name, Page

Box = tuple[float, float, float, float]
# Which ways a page may be turned; programs differ about any other number.
TURNS = (0, 90, 180, 270)


def wrap(page: Page) -> Box:
    """Have a page show itself as one picture; give the box that is shown of it.

    Notes on the page (`/Annots`) stay as they are.

    Raises:
        ValueError: the page has no size.
        PikepdfError: what draws it can't be read.
    """
    box = _shown(page)
    found = page.obj
    for key in ("/TrimBox", "/ArtBox", "/BleedBox"):
        if key in found:
            del found[key]
    picture = page.as_form_xobject(handle_transformations=False)
    drawn = zlib.compress(_balanced(picture))
    picture.write(drawn, filter=Name.FlateDecode)
    picture.BBox = Array([round(each, 3) for each in box])
    found.MediaBox = picture.BBox
    found.CropBox = picture.BBox
    found.Resources = Dictionary(XObject=Dictionary(Whole=picture))
    if Name.Contents in found:
        del found[Name.Contents]
    page.contents_add(b"q /Whole Do Q")
    return box


def turned(page: Page) -> int:
    """Say by how many degrees a page is turned; by an odd number it is not.

    The page says so itself from then on.
    """
    asked = int(page.obj.get(Name.Rotate, 0)) % 360
    page.obj.Rotate = asked if asked in TURNS else 0
    return int(page.obj.Rotate)


def _balanced(picture: pikepdf.Object) -> bytes:
    """What draws a picture, with as many `q` as `Q`: some programs count on through."""
    deep = lowest = 0
    for each in pikepdf.parse_content_stream(picture, "q Q"):
        deep += 1 if str(each.operator) == "q" else -1
        lowest = min(lowest, deep)
    before, after = b"q " * -lowest, b"\nQ" * (deep - lowest)
    return before + picture.read_bytes() + after


def _shown(page: Page) -> Box:
    """What is shown: the cut within the sheet, or the sheet where they don't meet."""
    sheet, cut = _box(page.mediabox), _box(page.cropbox)
    both = (
        max(sheet[0], cut[0]),
        max(sheet[1], cut[1]),
        min(sheet[2], cut[2]),
        min(sheet[3], cut[3]),
    )
    shown = both if _has_size(both) else sheet
    if not _has_size(shown):
        message = "The page has no size"
        raise ValueError(message)
    return shown


def _has_size(box: Box) -> bool:
    return box[0] < box[2] and box[1] < box[3]


def _box(found: Iterable[object]) -> Box:
    one, two, three, four = (float(str(each)) for each in found)
    return min(one, three), min(two, four), max(one, three), max(two, four)
