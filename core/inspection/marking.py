"""Laying a reader's mark over every page of a PDF that was looked into before."""

from io import BytesIO

import pikepdf
from pikepdf import (
    ContentStreamInstruction,
    Name,
    Operator,
    Page,
    Pdf,
    Rectangle,
)

from core.inspection.report import Facts, Refused, parted, reporting
from core.inspection.tags import keep_tags
from core.inspection.wrapping import turned, wrap

# How far from the edges, and how high the line is: parts of the page as it is shown.
MARGIN, HIGH = 0.02, 0.022
TAGGING = {"BDC", "BMC", "EMC", "MP", "DP"}


@reporting
def mark(frame: bytes) -> tuple[Facts, bytes]:
    """Mark each page; the facts' `mark` is the length of the mark that comes first.

    The mark's first page becomes a line at the foot of each page as it is shown,
    whichever way it is turned or cut; its second page lies across the middle. Both
    become part of the page, and are no text of the document's for a screen reader.
    Notes on a page (`/Annots`) lie over all else, so they become part of it as well.

    Raises `Refused` with "damaged" for a file that can't be marked.
    """
    asked, content = parted(frame)
    length = int(asked["mark"])
    try:
        with (
            pikepdf.open(BytesIO(content[:length])) as marks,
            pikepdf.open(BytesIO(content[length:]), attempt_recovery=False) as pdf,
        ):
            line, block = (_untagged(marks, page) for page in marks.pages)
            pdf.generate_appearance_streams()
            pdf.flatten_annotations()
            for page in pdf.pages:
                _lay_over(page, line, block)
                keep_tags(pdf, page, page.obj.Resources.XObject.Whole)
            to = BytesIO()
            pdf.save(to, deterministic_id=True)
            return {"pages": len(pdf.pages)}, to.getvalue()
    except (pikepdf.PikepdfError, ValueError, TypeError, RuntimeError) as fault:
        raise Refused("damaged") from fault


def _untagged(marks: Pdf, page: Page) -> Page:
    """Take the mark out of its own document's structure: elsewhere it has no place."""
    plain = [
        each
        for each in pikepdf.parse_content_stream(page)
        if str(each.operator) not in TAGGING
    ]
    begin = ContentStreamInstruction([Name.Artifact], Operator("BMC"))
    end = ContentStreamInstruction([], Operator("EMC"))
    stream = pikepdf.unparse_content_stream([begin, *plain, end])
    page.obj.Contents = marks.make_stream(stream)
    for key in ("/StructParents", "/Annots"):
        if key in page.obj:
            del page.obj[key]
    return page


def _lay_over(page: Page, line: Page, block: Page) -> None:
    if Name.Annots in page.obj:
        del page.obj[Name.Annots]
    box, way = wrap(page), turned(page)
    left, low, right, high = box
    across, up = right - left, high - low
    tall = (up if way in {0, 180} else across) * HIGH
    gap = min(across, up) * MARGIN
    # The foot of the page as it is shown, in the sheet's own coordinates.
    foot = {
        0: (left + gap, low + gap, right - gap, low + gap + tall),
        90: (right - gap - tall, low + gap, right - gap, high - gap),
        180: (left + gap, high - gap - tall, right - gap, high - gap),
        270: (left + gap, low + gap, left + gap + tall, high - gap),
    }[way]
    page.add_overlay(line, Rectangle(*foot))
    page.add_overlay(block, Rectangle(*box))
