"""A copy of a stored PDF with its reader's name on every page."""

import json
from collections.abc import Sequence

import structlog

from core.failures import Refusal
from core.files.intake import PATIENCE, opener
from core.files.keeping import stored
from core.inspection.report import parted, spelled
from core.limited.faults import Failed
from core.pdf.faults import PdfError
from core.pdf.isolated import Renderer

SECONDS = 20
UNMARKED = (
    "The copy with your name could not be made. Nothing was opened. Try again in a "
    "minute."
)
logger = structlog.get_logger(__name__)
_stamps = Renderer("core.pdf.stamp:render_frame")
_marking = opener("core.inspection.marking:mark", cpu_seconds=10)


class NotMarked(Refusal):
    """The copy could not be made; without a name nobody gets one."""

    title = "The copy could not be made"


def marked_copy(*, key: str, lines: Sequence[str]) -> bytes:
    """Make a copy of a stored PDF with these lines on each page, as text.

    Both halves of the work run in limited child processes; nothing is kept.

    Raises:
        Missing: the storage doesn't have the file.
        NotMarked: no copy came out.
    """
    content = stored(key)
    try:
        stamp = _stamps.run(
            json.dumps({"lines": list(lines)}).encode(), seconds=SECONDS
        )
        frame = spelled({"mark": len(stamp)}, stamp + content)
        facts, copy = parted(_marking.run(frame, seconds=SECONDS, patience=PATIENCE))
    except (PdfError, Failed, ValueError) as fault:
        logger.error("A copy could not be marked", key=key, why=str(fault))
        raise NotMarked(UNMARKED) from fault
    if "refused" in facts or not copy.startswith(b"%PDF-"):
        logger.error("A copy could not be marked", key=key, why=facts.get("refused"))
        raise NotMarked(UNMARKED)
    return copy
