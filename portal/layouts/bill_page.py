"""The child's side of an estimate, an invoice, a credit note and a receipt."""

from portal.layouts.drawing import draw


def render_frame(frame: bytes) -> bytes:
    """Make the PDF; raises `PdfError` where it takes more pages than it may."""
    return draw(frame, "bill")
