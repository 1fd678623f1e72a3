"""The child's side of an audit binder's own pages."""

import json

from portal.layouts.drawing import draw


def render_frame(frame: bytes) -> bytes:
    """Make the PDF; raises `PdfError` where it takes more pages than it may."""
    layout = json.loads(frame)["layout"]
    return draw(frame, f"binder_{layout}", style="binder")
