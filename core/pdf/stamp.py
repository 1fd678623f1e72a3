"""The child's side of a reader's mark: a line and a slanted block, one page each.

They are laid over another document's pages (`core.inspection.marking`), so each page is
as large as what is on it and has no margin.
"""

import hashlib
import json
from html import escape

from core.pdf.engine import render_pdf
from core.pdf.text import Face, legible

SANS = Face(("Noto Sans", "DejaVu Sans", "Droid Sans Fallback", "sans-serif"))
# In points. Long names get smaller letters, never a second line in the strip.
STRIP_WIDTH, STRIP_HEIGHT, BLOCK = 540, 14, 480
LARGEST, SMALLEST = 8.0, 3.0
CSS = f"""
@page strip {{ size: {STRIP_WIDTH}pt {STRIP_HEIGHT}pt; margin: 0 }}
@page block {{ size: {BLOCK}pt {BLOCK}pt; margin: 0 }}
body {{ margin: 0; font-family: {SANS.css}; color: #333 }}
p {{ margin: 0; text-align: center }}
.strip {{ page: strip; line-height: {STRIP_HEIGHT}pt; white-space: nowrap }}
.block {{ page: block; padding-top: 190pt; font-size: 20pt; line-height: 30pt;
  color: rgba(90, 90, 90, .22); transform: rotate(-45deg);
  transform-origin: {BLOCK // 2}pt {BLOCK // 2}pt; height: {BLOCK - 190}pt;
  overflow: hidden }}
"""


def render_frame(frame: bytes) -> bytes:
    """Make both pages of a frame's `lines`, which are spelled so that all can be read.

    Raises:
        PdfError: they take more than two pages.
    """
    lines = [legible(str(each), SANS) for each in json.loads(frame)["lines"]]
    strip = " · ".join(lines)
    size = min(LARGEST, max(SMALLEST, STRIP_WIDTH / max(len(strip), 1) / 0.62))
    block = "".join(f"<p>{escape(each)}</p>" for each in lines)
    html = (
        '<html lang="en"><head><title>Copy</title></head><body>'
        f'<p class="strip" style="font-size: {size:.2f}pt">{escape(strip)}</p>'
        f'<div class="block">{block}</div></body></html>'
    )
    mark = hashlib.sha256(frame).hexdigest()[:32].encode()
    return render_pdf(html, css=CSS, fingerprint=mark, most_pages=2)
