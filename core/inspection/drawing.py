"""One page of a stored file as a PNG, for somebody who decides on it."""

from io import BytesIO

import pypdfium2
from PIL import Image

from core.inspection.pictures import drawn_anew, kind_of
from core.inspection.report import Facts, Refused, parted, reporting

# A page may be a strip of paper: nobody needs more of it at a time.
HIGHEST = 4


@reporting
def draw(frame: bytes) -> tuple[Facts, bytes]:
    """Draw a page; the frame's facts are `kind`, `page` (from 1) and `width` (pixels).

    Raises `Refused` with "no-page" for one that isn't there, "undrawable" for one that
    can't be shown. A picture smaller than `width` stays as it is.
    """
    asked, content = parted(frame)
    page, width = int(asked["page"]), int(asked["width"])
    if asked["kind"] == "pdf":
        image = _page(content, page, width)
    elif page == 1:
        image = _picture(content, width)
    else:
        raise Refused("no-page")
    to = BytesIO()
    image.save(to, "PNG", compress_level=1)
    return {"width": image.width, "height": image.height}, to.getvalue()


def _page(content: bytes, page: int, width: int) -> Image.Image:
    try:
        document = pypdfium2.PdfDocument(content)
        if page > len(document):
            raise Refused("no-page")
        # Without its forms a page would show what was asked and not what was answered.
        document.init_forms()
        shown = document[page - 1]
        across, high = shown.get_size()
        scale = min(width / across, width * HIGHEST / high)
        drawn: Image.Image = shown.render(scale=scale).to_pil()
    except (pypdfium2.PdfiumError, ZeroDivisionError, ValueError) as fault:
        raise Refused("undrawable") from fault
    return drawn


def _picture(content: bytes, width: int) -> Image.Image:
    image = drawn_anew(content, kind_of(content))
    image.thumbnail((width, width * HIGHEST))
    return image
