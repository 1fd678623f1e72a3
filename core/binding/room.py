"""Room for a line below a page.

A strip is added to the page's lower edge, as that page is read: nothing that a paper
shows is covered, moved or made smaller.
"""

from pikepdf import Array, Dictionary, Name, Page

from core.inspection.wrapping import turned, wrap

# A page of US Letter and the strip below it, in points.
WIDE, STRIP = 612.0, 24.0
# On a page of another width the strip is as much larger or smaller, within reason.
LEAST, MOST = 0.2, 20.0
# How the strip lies on a page that is turned by so many degrees.
TURNED = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}


def make_room(found: Dictionary, line: Dictionary) -> float:
    """Grow a page and have it show a picture, `line`, in the strip; give its width.

    The picture is `STRIP` high and as wide as it says here; it is fitted to the page.
    """
    page = Page(found)
    left, low, right, top = wrap(page)
    way = turned(page)
    wide = top - low if way % 180 else right - left
    scale = min(max(wide / WIDE, LEAST), MOST)
    high = STRIP * scale
    # Where the strip's lower left corner comes to lie, and the page's new box.
    corner, grown = {
        0: ((left, low - high), (left, low - high, right, top)),
        90: ((right + high, low), (left, low, right + high, top)),
        180: ((right, top + high), (left, low, right, top + high)),
        270: ((left - high, top), (left - high, low, right, top)),
    }[way]
    found.MediaBox = Array([round(each, 3) for each in grown])
    found.CropBox = found.MediaBox
    ways = [round(each * scale, 4) for each in TURNED[way]]
    place = " ".join(f"{each:.4f}" for each in (*ways, *corner))
    name = page.add_resource(line, Name.XObject, prefix="Line")
    page.contents_add(f"\nq {place} cm {name} Do Q".encode())
    return wide / scale
