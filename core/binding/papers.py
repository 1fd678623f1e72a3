"""One paper as pages that can be bound: what it shows, and nothing that acts."""

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf
from PIL import Image

from core.binding.spelling import Numbers

# US Letter with a margin, in points: what a picture is laid on.
WIDE, HIGH, MARGIN = 612, 792, 36
# A picture is never blown up beyond this many dots per inch.
COARSEST = 96
KEPT_OF_A_PAGE = frozenset(
    {"/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents"}
)
# How a page of ours names another page: an address that is none.
LEADS_TO = "https://page.invalid/"


@contextmanager
def paper(content: bytes, kind: str) -> Iterator[Pdf]:
    """Open a paper: "pdf", "png", "jpeg", or "ours" for a PDF the program made.

    Raises what pikepdf or Pillow do for what can't be read.
    """
    if kind in ("png", "jpeg"):
        with Pdf.new() as made:
            made.pages.append(_picture(made, content, kind))
            yield made
        return
    with pikepdf.open(BytesIO(content)) as pdf:
        if kind != "ours":
            # What was filled in or noted on it becomes part of the page.
            pdf.generate_appearance_streams()
            pdf.flatten_annotations()
        yield pdf


def pages_of(pdf: Pdf, *, ours: bool) -> list[Dictionary]:
    """Give the pages, left with what they show: no actions, threads or structure.

    Pages of `ours` keep their links.
    """
    pages = [page.obj for page in pdf.pages]
    if not pages:
        message = "The paper has no pages"
        raise ValueError(message)
    for page in pages:
        for key in list(page.keys()):
            if key not in KEPT_OF_A_PAGE and not (ours and key == "/Annots"):
                del page[key]
    return pages


def lead(pages: list[Dictionary], leads: Mapping[str, int], numbers: Numbers) -> None:
    """Let links of ours that name a page (`LEADS_TO`) lead there.

    `leads` gives the number of each page's object; any other link stays as it is.
    """
    for page in pages:
        for note in page.get(Name.Annots, ()):
            _bare(note)
            address = str(note.get(Name.A, Dictionary()).get(Name.URI, ""))
            page_number = address.removeprefix(LEADS_TO)
            if page_number != address and page_number in leads:
                del note[Name.A]
                there = numbers.named(leads[page_number])
                note.Dest = Array([there, Name.Fit])


def _bare(note: Object) -> None:
    # It would lead into the structure of a document that is left behind.
    if Name.StructParent in note:
        del note[Name.StructParent]


def _picture(made: Pdf, content: bytes, kind: str) -> Page:
    with Image.open(BytesIO(content)) as image:
        across, down = image.size
        as_it_is = kind == "jpeg" and image.mode in ("L", "RGB")
        grey = image.mode == "L"
        drawn = made.make_stream(content if as_it_is else _packed(image))
    drawn.Type, drawn.Subtype = Name.XObject, Name.Image
    drawn.Width, drawn.Height, drawn.BitsPerComponent = across, down, 8
    drawn.ColorSpace = Name.DeviceGray if grey else Name.DeviceRGB
    drawn.Filter = Name.DCTDecode if as_it_is else Name.FlateDecode
    scale = min((WIDE - 2 * MARGIN) / across, (HIGH - 2 * MARGIN) / down, 72 / COARSEST)
    wide, high = across * scale, down * scale
    place = f"{(WIDE - wide) / 2:.2f} {HIGH - MARGIN - high:.2f}"
    shown = f"q {wide:.2f} 0 0 {high:.2f} {place} cm /Shown Do Q"
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, WIDE, HIGH]),
        Resources=Dictionary(XObject=Dictionary(Shown=drawn)),
        Contents=made.make_stream(shown.encode()),
    )
    return Page(made.make_indirect(page))


def _packed(image: Image.Image) -> bytes:
    """A picture's dots; what can be seen through lies on white."""
    if image.mode == "L":
        return zlib.compress(image.tobytes())
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        seen = image.convert("RGBA")
        ground = Image.new("RGB", seen.size, "white")
        ground.paste(seen, mask=seen.getchannel("A"))
        return zlib.compress(ground.tobytes())
    return zlib.compress(image.convert("RGB").tobytes())
