"""A stored file's page as a picture, for somebody who decides on it.

A picture that was drawn is kept for some minutes, sealed, for every process: the page
that is looked at next can be asked for while somebody still decides on this one.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from hashlib import sha256

import structlog
from django.core.cache import cache

from core.failures import Missing
from core.files.intake import PATIENCE, SECONDS, opener
from core.files.keeping import stored
from core.files.refusals import FileRefused
from core.inspection.report import parted, spelled
from core.limited.faults import Failed
from core.sealing import Unreadable, seal, unseal

NARROWEST, WIDEST = 16, 2_400
KEPT_SECONDS = 300
Asked = Mapping[str, int | str]
logger = structlog.get_logger(__name__)
_drawing = opener("core.inspection.drawing:draw", cpu_seconds=3)


def page_picture(*, key: str, kind: str, page: int, width: int = 1200) -> bytes:
    """Draw one page of a stored file, in a limited child process, as a PNG.

    `page` counts from 1, a picture has one; `width` is in pixels, 16 to 2,400.

    Raises:
        Missing: there is no such page, or no such file.
        FileRefused: it can't be drawn, or not in the time and memory there is.
    """
    asked: Asked = {
        "kind": kind,
        "page": page,
        "width": min(max(width, NARROWEST), WIDEST),
    }
    name = _name(key, asked)
    drawn = _kept(name)
    if drawn is None:
        drawn = _drawn(key, asked)
        cache.set(name, seal(b64encode(drawn).decode()), KEPT_SECONDS)
    return drawn


def _name(key: str, asked: Asked) -> str:
    """Name a picture so that nobody reads a file's key out of the cache."""
    spelt = repr((key, sorted(asked.items())))
    return f"page-picture:{sha256(spelt.encode()).hexdigest()}"


def _kept(name: str) -> bytes | None:
    sealed = cache.get(name)
    try:
        return b64decode(unseal(sealed)) if sealed else None
    except Unreadable:
        return None


def _drawn(key: str, asked: Asked) -> bytes:
    content = stored(key)
    if int(asked["page"]) < 1:
        raise Missing("There is no such page.")
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
