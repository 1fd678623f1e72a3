"""A stored file's page as a picture, for somebody who decides on it."""

import structlog

from core.failures import Missing
from core.files.intake import PATIENCE, SECONDS, opener
from core.files.keeping import stored
from core.files.refusals import FileRefused
from core.inspection.report import parted, spelled
from core.limited.faults import Failed

NARROWEST, WIDEST = 16, 2_400
logger = structlog.get_logger(__name__)
_drawing = opener("core.inspection.drawing:draw", cpu_seconds=3)


def page_picture(*, key: str, kind: str, page: int, width: int = 1200) -> bytes:
    """Draw one page of a stored file, in a limited child process, as a PNG.

    `page` counts from 1, a picture has one; `width` is in pixels, 16 to 2,400.

    Raises:
        Missing: there is no such page, or no such file.
        FileRefused: it can't be drawn, or not in the time and memory there is.
    """
    content = stored(key)
    if page < 1:
        raise Missing("There is no such page.")
    asked = {"kind": kind, "page": page, "width": min(max(width, NARROWEST), WIDEST)}
    try:
        frame = _drawing.run(
            spelled(asked, content), seconds=SECONDS, patience=PATIENCE
        )
        facts, drawn = parted(frame)
    except (Failed, ValueError) as fault:
        logger.warning("A page could not be drawn", key=key, why=str(fault))
        raise FileRefused.because("undrawable") from fault
    match facts.get("refused"):
        case None:
            return drawn
        case "no-page":
            raise Missing("There is no such page.")
        case _:
            raise FileRefused.because("undrawable")
