"""The child's side of a good-standing report."""

from portal.layouts.drawing import draw


def render_frame(frame: bytes) -> bytes:
    """Make the PDF; raises `PdfError` where it takes more pages than it may."""
    return draw(frame, "good_standing")
